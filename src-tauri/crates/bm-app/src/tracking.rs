//! The tracking book STDHCDBG 2019/HQVN: the forms received by a gate, in the order of their
//! registration (Circular 80/2019/TT-BTC art. 9(2)).

use std::collections::BTreeSet;

use bm_domain::{BusinessDay, LawOfDay, PersonId};

use crate::error::AppError;
use crate::paper::{
    Content, Moment, Office, TrackingPaper, TrackingRow, TrackingSums, address_of, line_name,
};
use crate::ports::{DeclarationFilter, Reader, Status, StoredDeclaration};
use crate::reveal::Numbers;
use crate::{Actor, App};

/// What asks for the book and its fields.
pub const ARTICLE: &str = "Circular 80/2019/TT-BTC art. 9(2)";

/// More forms than any gate registers on a day.
const FORMS_MAX: u32 = 100_000;

impl App {
    /// A day of a gate's book. Forms refused at once were not received and are not in it; those that no longer stand stay
    /// with their reason and are not summed. Who is in it is recorded, and why their numbers are in full
    /// where they are: on paper the book has a field for them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate; as for [`Numbers::check`].
    pub fn tracking_book(
        &self,
        actor: &Actor,
        gate: &str,
        day: BusinessDay,
        numbers: Numbers<'_>,
    ) -> Result<TrackingPaper, AppError> {
        numbers.check(actor)?;
        self.write(|writer| {
            let book = self.law_book(writer)?;
            if !book.1.gates.contains_key(gate) {
                return Err(AppError::NotFound);
            }
            let filter = DeclarationFilter {
                gate_day: Some((gate.to_owned(), day)),
                person: None,
                limit: FORMS_MAX,
            };
            let forms = writer.declarations(&filter)?;
            let mut rows = Vec::new();
            let mut totals = TrackingSums::default();
            let mut persons = BTreeSet::new();
            let numbered = |form: &&StoredDeclaration| !form.declaration.number.is_empty();
            let received = forms.iter().rev().filter(numbered);
            for (index, form) in received.enumerate() {
                let index = u32::try_from(index + 1).unwrap_or(u32::MAX);
                let row = row(writer, book.1.on(day), (index, form), numbers)?;
                if !row.cancelled {
                    totals.add(&row.sums);
                }
                persons.insert(form.declaration.person);
                rows.push(row);
            }
            if !persons.is_empty() {
                let ids: Vec<PersonId> = persons.into_iter().collect();
                let event = numbers.event(&format!("tracking_book {gate} {day}"), ids);
                writer.append(&self.record(actor, event))?;
            }
            Ok(TrackingPaper {
                office: Office::of(book.1.on(day), gate, ""),
                from: Moment::day(day.date()),
                to: Moment::day(day.date()),
                rows,
                totals,
            })
        })
    }
}

impl From<TrackingPaper> for Content {
    fn from(book: TrackingPaper) -> Self {
        Self::Tracking(Box::new(book))
    }
}

fn row(
    reader: &dyn Reader,
    law: LawOfDay<'_>,
    (index, stored): (u32, &StoredDeclaration),
    numbers: Numbers<'_>,
) -> Result<TrackingRow, AppError> {
    let form = &stored.declaration;
    let decision = &form.decision;
    let person = reader.person(form.person)?;
    let officer = reader.account(&stored.officer)?;
    let at = Moment::of(form.draft.at);
    let lines = form.draft.lines.iter();
    let goods = lines.clone().map(|line| line_name(law, line));
    let quantities = lines.map(|line| format!("{} {}", line.quantity, line.unit));
    Ok(TrackingRow {
        index,
        date: at.date,
        time: at.time,
        number: form.number.clone(),
        direction: form.draft.direction.word().to_owned(),
        identity: numbers.first_of(person.as_ref()),
        address: (person.as_ref())
            .map(|person| address_of(law, person))
            .unwrap_or_default(),
        resident: person.map(|person| person.name).unwrap_or_default(),
        goods: goods.collect::<Vec<_>>().join("; "),
        quantity: quantities.collect::<Vec<_>>().join("; "),
        sums: TrackingSums {
            value: decision.value,
            exempt: decision.exempt,
            duty: decision.taxes.duty,
            excise: decision.taxes.excise,
            environment: decision.taxes.environment,
            vat: decision.taxes.vat,
            fee: decision.fee,
        },
        receipt: (stored.progress.paid.as_ref())
            .map(|(_, _, document)| document.clone())
            .unwrap_or_default(),
        officer: officer.map_or_else(|| stored.officer.clone(), |known| known.display_name),
        cancelled: stored.status != Status::Registered,
        note: stored.cancel_reason.clone().unwrap_or_default(),
    })
}
