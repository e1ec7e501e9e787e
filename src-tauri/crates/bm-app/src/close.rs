//! The end of a gate's day: once a supervisor has closed it, only corrections change its forms.

use bm_domain::declaration::Direction;
use bm_domain::process::Mark;
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::correction::Proposal;
use crate::error::{AppError, StoreError};
use crate::permission::{Permission, allows};
use crate::ports::{DayTotals, Reader};
use crate::{Actor, App};

/// Most forms a refusal names.
const NAMED_MAX: u32 = 5;

/// A day of a gate that was closed, with the totals it was closed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// Its id.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Who closed it, and when.
    pub closed: Mark,
    /// Totals of the goods that came in.
    pub import: DayTotals,
    /// Totals of the goods that went out.
    pub export: DayTotals,
}

impl Keep for ClosedDay {
    const BOOK: Book = Book::ClosedDay;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day,
            open: false,
            references: Vec::new(),
            number: None,
        }
    }
}

/// A gate's day as it was closed, if it was.
///
/// # Errors
/// [`StoreError`].
pub fn closed_day(
    reader: &dyn Reader,
    gate: &str,
    day: BusinessDay,
) -> Result<Option<ClosedDay>, StoreError> {
    if !reader.is_closed(gate, day)? {
        return Ok(None);
    }
    let filter = EntryFilter {
        gate: Some(gate.to_owned()),
        days: Some((day, day)),
        ..EntryFilter::default()
    };
    Ok(book::list(reader, &filter)?.into_iter().next())
}

impl App {
    /// Closes a gate's day: its totals stay as they are from then on.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown gate; [`AppError::Refused`]
    /// when the day is closed or not begun, when forms of it wait for a step, or corrections for the
    /// second person.
    pub fn close_day(&self, actor: &Actor, gate: &str, day: BusinessDay) -> Result<(), AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let book = self.law_book(writer)?;
            if !book.1.gates.contains_key(gate) {
                return Err(AppError::NotFound);
            }
            let now = self.clock().now();
            let problems = against_closing(writer, gate, day, BusinessDay::of(now))?;
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let totals = |direction| writer.day_totals(gate, day, direction);
            let closed = ClosedDay {
                id: self.ids().next(),
                gate: gate.to_owned(),
                day,
                closed: Mark {
                    at: now,
                    by: actor.user.clone(),
                },
                import: totals(Direction::Import)?,
                export: totals(Direction::Export)?,
            };
            Ok(self.keep(writer, actor, "closed", closed)?)
        })
    }
}

/// Everything that stands against closing a day, with the numbers of the forms behind it.
fn against_closing(
    reader: &dyn Reader,
    gate: &str,
    day: BusinessDay,
    today: BusinessDay,
) -> Result<Vec<Violation>, AppError> {
    let refuse = |code| Violation::new(code, "day").with("day", day);
    if day > today {
        return Ok(vec![refuse(Code::DayNotDone)]);
    }
    if reader.is_closed(gate, day)? {
        return Ok(vec![refuse(Code::DayClosed)]);
    }
    let mut found = Vec::new();
    let mut name = |code, numbers: Vec<String>| {
        if !numbers.is_empty() {
            found.push(refuse(code).with("numbers", numbers.join(", ")));
        }
    };
    let open = reader.open_forms_of(gate, day, NAMED_MAX)?.into_iter();
    let open = open.map(|form| form.declaration.number);
    name(Code::DayHasOpenForms, open.collect());
    let filter = EntryFilter {
        gate: Some(gate.to_owned()),
        days: Some((day, day)),
        open: Some(true),
        limit: Some(NAMED_MAX),
        ..EntryFilter::default()
    };
    let mut pending = Vec::new();
    for proposal in book::list::<Proposal>(reader, &filter)? {
        let form = reader.declaration(proposal.form)?;
        pending.extend(form.map(|form| form.declaration.number));
    }
    name(Code::DayHasPendingCorrections, pending);
    Ok(found)
}
