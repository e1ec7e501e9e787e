//! Dated data a form is filled from: communes and goods.

use std::collections::BTreeSet;

use bm_app::AppError;
use bm_app::permission::{Permission, allows};
use bm_app::ports::{DeclarationFilter, Status};
use bm_domain::goods::{Goods, ListVerdict};
use bm_domain::law::LawBook;
use bm_domain::{HsCode, PersonId, text};

use super::{Call, HITS_MAX};
use crate::request::{GoodsQuery, Nothing};
use crate::view::{CommuneView, GoodsHit};

/// Latest forms of a person that tell the usual goods.
const USUAL_FORMS: u32 = 10;

/// Border communes of today.
///
/// # Errors
/// [`AppError::Store`].
pub fn commune_list(call: &Call<'_>, _: Nothing) -> Result<Vec<CommuneView>, AppError> {
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let codes = book.1.communes.keys();
        Ok(codes
            .filter_map(|code| law.commune(code))
            .map(CommuneView::from)
            .collect())
    })
}

/// Goods for what was typed: the person's usual ones first, then by name or code.
///
/// # Errors
/// [`AppError::Store`].
pub fn goods_find(call: &Call<'_>, query: GoodsQuery) -> Result<Vec<GoodsHit>, AppError> {
    let usual = usual_goods(call, &query)?;
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let mut ranked: Vec<_> = codes_typed(call, &book, &query.text)?
            .into_iter()
            .filter_map(|hs| law.goods(hs))
            .map(|goods| {
                let listed = matches!(law.list(goods.hs), ListVerdict::Listed(_));
                (!usual.contains(&goods.hs), !listed, goods)
            })
            .collect();
        ranked.sort_by_key(|(rare, odd, goods)| (*rare, *odd, goods.name_vi.len(), goods.hs));
        ranked.truncate(HITS_MAX);
        let hits = ranked.into_iter();
        let reference = |goods: &Goods| {
            let unit = goods.units.first()?;
            let held = law.reference_price(goods.hs, unit, &call.actor.gate)?;
            Some(held.price)
        };
        Ok(hits
            .map(|(rare, odd, goods)| {
                GoodsHit::new(call.language, goods, reference(goods), !odd, !rare)
            })
            .collect())
    })
}

/// Codes that begin with the digits typed, or whose names hold the words typed.
fn codes_typed(
    call: &Call<'_>,
    book: &(u64, LawBook),
    typed: &str,
) -> Result<Vec<HsCode>, AppError> {
    let digits = typed.replace(['.', ' '], "");
    if digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let codes = book.1.goods.keys().copied();
        return Ok(codes
            .filter(|hs| hs.to_string().starts_with(&digits))
            .collect());
    }
    let folded = text::fold(typed);
    let words: Vec<_> = folded.split(' ').collect();
    let names = call.app.goods_names(book)?;
    Ok(names.with_words(&words).collect())
}

fn usual_goods(call: &Call<'_>, query: &GoodsQuery) -> Result<BTreeSet<HsCode>, AppError> {
    let may_read = allows(call.actor.role, Permission::ReadTrade);
    let person = query.person.as_deref().filter(|_| may_read);
    let Some(person) = person.and_then(|id| id.parse::<PersonId>().ok()) else {
        return Ok(BTreeSet::new());
    };
    let filter = DeclarationFilter {
        person: Some(person),
        limit: USUAL_FORMS,
        gate_day: None,
    };
    let forms = call.app.read(|reader| Ok(reader.declarations(&filter)?))?;
    let same_way = |way| query.direction.is_none_or(|wanted| wanted == way);
    let standing = forms
        .iter()
        .filter(|form| form.status == Status::Registered);
    let drafts = standing.map(|form| &form.declaration.draft);
    Ok(drafts
        .filter(|draft| same_way(draft.direction))
        .flat_map(|draft| draft.lines.iter().map(|line| line.hs))
        .collect())
}
