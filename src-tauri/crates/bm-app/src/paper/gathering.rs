//! A list of gathered goods as it stands on paper (BK-MGHCDBG 2019/HQVN, Circular 80/2019/TT-BTC
//! art. 4).

use std::collections::BTreeMap;

use bm_domain::gathering::{Assessed, Gathering, ImportForm, Taken, assess, term_of};
use bm_domain::law::LawBook;
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use uuid::Uuid;

use super::declaration::signed;
use super::{GatheredLine, GatheringPaper, Moment, Office, address_of, line_name};
use crate::book;
use crate::error::AppError;
use crate::gathering::forms_of;
use crate::reveal::Numbers;
use crate::{Actor, App};

/// What asks for the list and its fields.
const ARTICLE: &str = "Circular 80/2019/TT-BTC art. 4";

impl App {
    /// A list on paper and the day whose template and rates it has: that of its filing, today before.
    /// It names persons in full as the list asks for it, which is recorded.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Refused`] for a cancelled list and for one whose value
    /// can't be computed.
    pub fn gathering_paper(
        &self,
        actor: &Actor,
        id: Uuid,
    ) -> Result<(BusinessDay, GatheringPaper), AppError> {
        let today = BusinessDay::of(self.clock().now());
        let (day, paper, people) = self.read(|reader| {
            let list: Gathering = book::get(reader, id)?.ok_or(AppError::NotFound)?;
            if list.cancelled.is_some() {
                let closed = Violation::new(Code::GatheringClosed, "id");
                return Err(AppError::Refused(vec![closed]));
            }
            let law = self.law_book(reader)?;
            let forms = forms_of(reader, &list)?;
            let filed = list.filed.as_ref();
            let day = filed.map_or(today, |filing| BusinessDay::of(filing.mark.at));
            let sheet = match filed {
                Some(filing) => filing.sheet.clone(),
                None => assess(&list, &forms, &law.1.on(day)).map_err(AppError::Refused)?,
            };
            let mut people: BTreeMap<_, Resident> = BTreeMap::new();
            for form in forms.keys() {
                if let Some(stored) = reader.declaration(*form)?
                    && let Some(person) = reader.person(stored.declaration.person)?
                {
                    people.insert(*form, person);
                }
            }
            let line = |(taken, assessed): (&Taken, &Assessed)| {
                let form = forms.get(&taken.form)?;
                line(&law.1, taken, (form, people.get(&taken.form)), assessed)
            };
            let day_of = |day: Option<BusinessDay>| {
                day.map(|day| Moment::day(day.date())).unwrap_or_default()
            };
            let last = term_of(&list, &law.1).and_then(|term| list.last_day(term));
            let paper = GatheringPaper {
                office: Office::of(law.1.on(day), &list.gate, ""),
                number: list.number.clone(),
                trader: list.trader.name.clone(),
                address: list.trader.address.clone(),
                tax_code: list.trader.tax_code.to_string(),
                place: list.place.clone(),
                gathered: day_of(list.oldest_day()),
                due: day_of(last),
                lines: list.lines.iter().zip(&sheet).filter_map(line).collect(),
                value: sheet.iter().map(|line| line.value).sum(),
                confirmed: filed
                    .map(|filing| signed(reader, &filing.mark))
                    .transpose()?,
            };
            Ok((day, paper, people))
        })?;
        let mut shown: Vec<Resident> = people.into_values().collect();
        shown.sort_by_key(|person| person.id);
        shown.dedup_by_key(|person| person.id);
        let what = format!("gathering_list {}", paper.number);
        self.note_shown(actor, Numbers::Form(ARTICLE), &what, &shown)?;
        Ok((day, paper))
    }
}

/// A line with its price in VND at the rate of its assessment; `None` when the form has no such line.
fn line(
    book: &LawBook,
    taken: &Taken,
    (form, person): (&ImportForm, Option<&Resident>),
    assessed: &Assessed,
) -> Option<GatheredLine> {
    let declared = &form.lines.get(taken.line)?.declared;
    let law = book.on(form.day);
    let paper = person.and_then(|person| person.papers.first());
    let price = declared.unit_price.decimal() * assessed.rate.decimal();
    Some(GatheredLine {
        resident: person.map(|person| person.name.clone()).unwrap_or_default(),
        identity: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
        address: person
            .map(|person| address_of(law, person))
            .unwrap_or_default(),
        form: form.number.clone(),
        form_date: Moment::day(form.day.date()).date,
        name: line_name(law, declared).to_owned(),
        hs: declared.hs.to_string(),
        unit: declared.unit.clone(),
        quantity: taken.quantity.to_string(),
        price: price.normalize().to_string(),
        value: assessed.value,
    })
}
