//! The end of a gate's day: once a supervisor has closed it, only corrections change its forms.
//!
//! A day closes when nothing of it is open: no form, no correction, no difference. The record of the
//! closing holds the figures and a digest over the day's records
//! ([`bm_domain::reconcile::listing`]), which any copy can make again.

use bm_domain::declaration::Direction;
use bm_domain::process::Mark;
use bm_domain::reconcile::settle::{Answer, Settlement};
use bm_domain::reconcile::{Difference, Figures};
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::correction::Proposal;
use crate::error::{AppError, StoreError};
use crate::people::check_reason;
use crate::permission::{Permission, allows};
use crate::ports::{DayTotals, Reader, Writer};
use crate::reconcile::settle::refused;
use crate::reconcile::{DayMatch, of_day};
use crate::{Actor, App};

/// Most forms a refusal names.
const NAMED_MAX: u32 = 50;

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
    /// Who proposed it, where a second person confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Mark>,
    /// The three columns it was closed with; days closed before they were matched have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// SHA-256 over the listing of the day's records, in hexadecimal digits; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// A close that a second person confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseProposal {
    /// Its id.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Who proposed it, and when.
    pub proposed: Mark,
    /// Whether they decide for the office.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decides: bool,
    /// What the second person said; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

impl Keep for CloseProposal {
    const BOOK: Book = Book::CloseProposal;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day,
            open: self.answer.is_none(),
            references: Vec::new(),
            number: None,
        }
    }
}

/// What came of closing a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It is closed.
    Done(Box<ClosedDay>),
    /// It waits for the second person.
    Proposed(CloseProposal),
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
    /// Closes a gate's day: its figures stay as they are from then on. Where the rule of the day asks
    /// for a second person, it is proposed.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown gate; [`AppError::Refused`]
    /// when the day is closed or not begun, when its close waits already, and with everything of it
    /// that is open: forms, corrections, differences, settlements.
    pub fn close_day(
        &self,
        actor: &Actor,
        gate: &str,
        day: BusinessDay,
    ) -> Result<Closing, AppError> {
        let held = self.hold_order(actor)?;
        let done = self.write(|writer| self.close_day_in(writer, actor, gate, day));
        self.release(held);
        done
    }

    /// The same within a transaction.
    ///
    /// # Errors
    /// As for [`Self::close_day`].
    pub fn close_day_in(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        gate: &str,
        day: BusinessDay,
    ) -> Result<Closing, AppError> {
        let decides = allows(actor.role, Permission::Decide);
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let found = self.match_day(writer, gate, day)?;
        if !decides && !found.rule.close_needs_second {
            return Err(AppError::NotPermitted);
        }
        self.check_closing(writer, &found, gate, day)?;
        if !found.rule.close_needs_second {
            let closed = self.finish(writer, actor, (gate, day), found, None)?;
            return Ok(Closing::Done(Box::new(closed)));
        }
        if found.closing.is_some() {
            return Err(refused(Code::ClosePending, "day"));
        }
        let proposal = CloseProposal {
            id: self.ids().next(),
            gate: gate.to_owned(),
            day,
            proposed: self.mark(actor),
            decides,
            answer: None,
        };
        self.keep(writer, actor, "propose", proposal.clone())?;
        Ok(Closing::Proposed(proposal))
    }

    /// A second person confirms the close of a day, or says no. One of the two decides for the office.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when it does not wait;
    /// [`AppError::Refused`] to who proposed it, without a reason for a no, and with everything of the
    /// day that is open by now.
    pub fn answer_close(
        &self,
        actor: &Actor,
        id: Uuid,
        confirm: bool,
        reason: &str,
    ) -> Result<Option<ClosedDay>, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let reason = reason.trim();
        let held = self.hold_order(actor)?;
        let done = self.write(|writer| {
            let mut proposal: CloseProposal = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if proposal.answer.is_some() {
                return Err(AppError::Stale);
            }
            if !confirm && let Some(problem) = check_reason(reason) {
                return Err(AppError::Refused(vec![problem]));
            }
            if confirm && proposal.proposed.by == actor.user {
                return Err(refused(Code::OwnClose, "id"));
            }
            if confirm && !proposal.decides && !allows(actor.role, Permission::Decide) {
                return Err(refused(Code::DeciderNeeded, "id"));
            }
            proposal.answer = Some(Answer {
                mark: self.mark(actor),
                confirmed: confirm,
                reason: reason.to_owned(),
            });
            let change = if confirm { "confirm" } else { "reject" };
            self.keep(writer, actor, change, proposal.clone())?;
            if !confirm {
                return Ok(None);
            }
            let place = (proposal.gate.as_str(), proposal.day);
            let found = self.match_day(writer, place.0, place.1)?;
            self.check_closing(writer, &found, place.0, place.1)?;
            let proposed = Some(proposal.proposed.clone());
            self.finish(writer, actor, place, found, proposed).map(Some)
        });
        self.release(held);
        done
    }

    fn check_closing(
        &self,
        reader: &dyn Reader,
        found: &DayMatch,
        gate: &str,
        day: BusinessDay,
    ) -> Result<(), AppError> {
        let today = BusinessDay::of(self.clock().now());
        let problems = against_closing(reader, found, gate, day, today)?;
        if problems.is_empty() {
            Ok(())
        } else {
            Err(AppError::Refused(problems))
        }
    }

    fn finish(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        (gate, day): (&str, BusinessDay),
        found: DayMatch,
        proposed: Option<Mark>,
    ) -> Result<ClosedDay, AppError> {
        let totals = |direction| writer.day_totals(gate, day, direction);
        let closed = ClosedDay {
            id: self.ids().next(),
            gate: gate.to_owned(),
            day,
            closed: self.mark(actor),
            import: totals(Direction::Import)?,
            export: totals(Direction::Export)?,
            proposed,
            figures: Some(found.result.figures),
            digest: Some(writer.day_listing(gate, day)?.digest(gate, day)),
        };
        self.keep(writer, actor, "closed", closed.clone())?;
        Ok(closed)
    }
}

/// Everything that stands against closing a day, with what is behind it.
///
/// # Errors
/// [`StoreError`].
pub fn against_closing(
    reader: &dyn Reader,
    found: &DayMatch,
    gate: &str,
    day: BusinessDay,
    today: BusinessDay,
) -> Result<Vec<Violation>, StoreError> {
    let refuse = |code| Violation::new(code, "day").with("day", day);
    if day > today {
        return Ok(vec![refuse(Code::DayNotDone)]);
    }
    if found.closed.is_some() {
        return Ok(vec![refuse(Code::DayClosed)]);
    }
    let mut problems = Vec::new();
    let mut name = |code, numbers: Vec<String>| {
        if !numbers.is_empty() {
            problems.push(refuse(code).with("numbers", numbers.join(", ")));
        }
    };
    let open = reader.open_forms_of(gate, day, NAMED_MAX)?.into_iter();
    let open = open.map(|form| form.declaration.number);
    name(Code::DayHasOpenForms, open.collect());
    let filter = EntryFilter {
        open: Some(true),
        limit: Some(NAMED_MAX),
        ..of_day(gate, day)
    };
    let mut pending = Vec::new();
    for proposal in book::list::<Proposal>(reader, &filter)? {
        let form = reader.declaration(proposal.form)?;
        pending.extend(form.map(|form| form.declaration.number));
    }
    name(Code::DayHasPendingCorrections, pending);
    for difference in found.unsettled() {
        let differs = refuse(Code::DayHasDifferences);
        let differs = differs.with("difference", difference.kind.word());
        problems.push(differs.with("about", shown(difference)));
    }
    let waiting = book::list::<Settlement>(reader, &filter)?.len();
    if waiting > 0 {
        let waits = refuse(Code::DayHasPendingSettlements);
        problems.push(waits.with("limit", waiting));
    }
    Ok(problems)
}

/// What a difference is about, as a sentence names it: forms, receipts, a cashier.
fn shown(difference: &Difference) -> String {
    let forms = difference.forms.iter().map(|form| form.number.clone());
    let receipts = difference.receipts.iter().take(1).cloned();
    let cashier = difference.session.iter().map(|session| session.1.clone());
    let named: Vec<String> = forms.chain(receipts).chain(cashier).collect();
    if named.is_empty() {
        "—".to_owned()
    } else {
        named.join(", ")
    }
}
