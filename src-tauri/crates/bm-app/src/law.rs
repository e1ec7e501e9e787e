//! Dated data as rows that are entered, and as the book the rules read.

use std::sync::Arc;

use bm_domain::goods::{Goods, ListEntry};
use bm_domain::law::{Commune, ExchangeRate, Gate, LawBook, Practice, VatRate};
use bm_domain::process::TimeLimits;
use bm_domain::quota::QuotaRule;
use bm_domain::template::FormTemplate;
use bm_domain::worktime::{Holiday, WeekHours};
use bm_domain::{HsCode, text};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, StoreError};

/// One row of dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "section", content = "row", rename_all = "snake_case")]
pub enum LawRow {
    /// A quota rule.
    Quota(QuotaRule),
    /// A rate of value added tax.
    Vat(VatRate),
    /// An exchange rate.
    Rate(ExchangeRate),
    /// An entry of the list of goods.
    List(ListEntry),
    /// A commodity code of the catalogue.
    Goods(Goods),
    /// A gate.
    Gate(Gate),
    /// A border commune.
    Commune(Commune),
    /// Settings.
    Practice(Practice),
    /// Time limits.
    Limits(TimeLimits),
    /// Working hours.
    Hours(WeekHours),
    /// A public holiday.
    Holiday(Holiday),
    /// How a form looks on paper.
    Template(FormTemplate),
}

impl LawRow {
    /// What names the row: entering a row with the same key replaces what the book says.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Quota(r) => format!("quota/{}/{}", r.direction.word(), r.validity.from),
            Self::Vat(r) => format!("vat/{:?}/{}", r.class, r.validity.from),
            Self::Rate(r) => format!("rate/{}/{}", r.currency, r.validity.from),
            Self::List(r) => format!("list/{}/{}", r.prefix, r.validity.from),
            Self::Goods(r) => format!("goods/{}", r.hs),
            Self::Gate(r) => format!("gate/{}", r.code),
            Self::Commune(r) => format!("commune/{}/{}", r.code, r.validity.from),
            Self::Practice(r) => format!("practice/{}", r.validity.from),
            Self::Limits(r) => format!("limits/{}", r.validity.from),
            Self::Hours(r) => format!("hours/{}", r.validity.from),
            Self::Holiday(r) => format!("holiday/{}", r.day),
            Self::Template(r) => format!("template/{}/{}", r.form.word(), r.validity.from),
        }
    }
}

/// Puts rows, ordered by their keys and so by date, into a book.
#[must_use]
pub fn book(rows: Vec<LawRow>) -> LawBook {
    let mut book = LawBook::default();
    for row in rows {
        match row {
            LawRow::Quota(r) => book.quota.push(r),
            LawRow::Vat(r) => book.vat.push(r),
            LawRow::Rate(r) => book.rates.entry(r.currency).or_default().push(r),
            LawRow::List(r) => book.list.entry(r.prefix).or_default().push(r),
            LawRow::Goods(r) => {
                book.goods.insert(r.hs, r);
            }
            LawRow::Gate(r) => {
                book.gates.insert(r.code.clone(), r);
            }
            LawRow::Commune(r) => book.communes.entry(r.code.clone()).or_default().push(r),
            LawRow::Practice(r) => book.practice.push(r),
            LawRow::Limits(r) => book.limits.push(r),
            LawRow::Hours(r) => book.work.hours.push(r),
            LawRow::Holiday(r) => {
                book.work.holidays.insert(r.day, r);
            }
            LawRow::Template(r) => book.templates.push(r),
        }
    }
    book
}

/// The names of all goods of a book, folded: a search at every keystroke folds none of them.
#[derive(Debug, Default)]
pub struct GoodsNames(Vec<(HsCode, String)>);

impl GoodsNames {
    fn of(book: &LawBook) -> Self {
        let all = book.goods.values();
        let folded = all.map(|goods| {
            let names = format!("{} {} {}", goods.name_vi, goods.name_en, goods.name_zh);
            (goods.hs, text::fold(&names))
        });
        Self(folded.collect())
    }

    /// Codes of the goods whose names hold each of the folded words.
    pub fn with_words<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = HsCode> + 'a {
        let fits = |name: &str| words.iter().all(|word| name.contains(word));
        let named = self.0.iter().filter(move |(_, name)| fits(name));
        named.map(|(hs, _)| *hs)
    }
}

impl App {
    /// The folded names of a book's goods, made once for each version of the book.
    ///
    /// # Errors
    /// When another thread failed while it held them.
    pub fn goods_names(&self, held: &(u64, LawBook)) -> Result<Arc<GoodsNames>, AppError> {
        let broken = |_| StoreError::Broken("names of goods poisoned".into());
        {
            let names = self.goods_names.read().map_err(|_| broken(()))?;
            if names.0 == held.0 {
                return Ok(Arc::clone(&names.1));
            }
        }
        let fresh = Arc::new(GoodsNames::of(&held.1));
        *self.goods_names.write().map_err(|_| broken(()))? = (held.0, Arc::clone(&fresh));
        Ok(fresh)
    }
}
