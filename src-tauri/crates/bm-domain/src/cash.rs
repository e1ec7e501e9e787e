//! Cash at the gate: a cashier's session from its opening to the hand-over, and the receipts in it.
//!
//! Where no bank and no Treasury point is near, a resident pays the tax in cash against a receipt
//! (Circular 80/2019/TT-BTC art. 6(5)). What was taken in goes to the State budget by the end of the
//! day or at the beginning of the next working day, in remote places within three working days
//! (Circular 184/2015/TT-BTC art. 21(3)).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::{BusinessDay, Validity};
use crate::ids::DeclarationId;
use crate::money::{VND_MAX, Vnd};
use crate::process::Mark;
use crate::violation::{Violation, ViolationCode as Code};
use crate::worktime::WorkCalendar;

/// The longest reason or slip number, in characters.
const REASON_MAX: usize = 500;
const SLIP_MAX: usize = 50;

/// What the office has laid down for cash, as dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashRule {
    /// Notes the State Bank has in circulation, in VND, the largest first.
    pub notes: Vec<Vnd>,
    /// Whole working days after the day of collection that may pass before the money is handed
    /// over; none means by the opening of the next working day.
    pub hand_over_days: u32,
    /// The same at remote gates.
    pub hand_over_days_remote: u32,
    /// Codes of the gates in especially hard places far from a bank and the Treasury.
    pub remote_gates: Vec<String>,
    /// Whether a second person must confirm that the paper of a cancelled receipt came back.
    pub cancel_needs_second: bool,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

impl CashRule {
    /// Until when what was collected at a gate on a day must be handed over; `None` where no
    /// working hours are entered.
    #[must_use]
    pub fn hand_over_until(
        &self,
        gate: &str,
        day: BusinessDay,
        calendar: &WorkCalendar,
    ) -> Option<DateTime<Utc>> {
        let remote = self.remote_gates.iter().any(|code| code == gate);
        let days = if remote {
            self.hand_over_days_remote
        } else {
            self.hand_over_days
        };
        calendar.days_after(day, days)
    }
}

/// So many notes of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// Value of one, in VND.
    pub note: Vnd,
    /// How many.
    pub count: u32,
}

/// What lay in the drawer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Notes by value.
    pub notes: Vec<Notes>,
    /// Small notes and coins together, in VND.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub small: Vnd,
}

impl Count {
    /// All of it together; `None` beyond what any field may hold.
    #[must_use]
    pub fn total(&self) -> Option<Vnd> {
        let add = |sum: i64, notes: &Notes| {
            let value = notes.note.dong().checked_mul(i64::from(notes.count))?;
            sum.checked_add(value).filter(|sum| *sum <= VND_MAX)
        };
        let total = self.notes.iter().try_fold(self.small.dong(), add)?;
        (0..=VND_MAX).contains(&total).then_some(Vnd::new(total))
    }
}

/// How a session was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Who counted, and when.
    pub mark: Mark,
    /// What was counted.
    pub count: Count,
    /// What was taken in by its receipts, less what was paid back.
    pub taken: Vnd,
    /// Why the count differs from the records; empty when it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The second person who has seen the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Mark>,
}

/// The money's way to the State budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Who entered it, and when.
    pub mark: Mark,
    /// Day on the slip of the bank or the Treasury.
    pub day: BusinessDay,
    /// Number of the slip.
    pub slip: String,
    /// Amount on it.
    pub amount: Vnd,
}

/// A cashier's drawer at one gate, from its opening to the hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashSession {
    /// Its entry.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// Account of the cashier.
    pub cashier: String,
    /// When it was opened.
    pub opened: DateTime<Utc>,
    /// Money for change that lay in the drawer then.
    pub float: Vnd,
    /// How it was closed, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// How the money was handed over, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandOver>,
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SessionStage {
    /// Money is being taken in.
    Open,
    /// A second person must see the difference.
    Difference,
    /// The money must be handed over.
    HandOver,
    /// Nothing more.
    Done,
}

impl CashSession {
    /// The day its money was collected on.
    #[must_use]
    pub fn day(&self) -> BusinessDay {
        BusinessDay::of(self.opened)
    }

    /// What it waits for.
    #[must_use]
    pub fn stage(&self) -> SessionStage {
        let Some(closing) = &self.closing else {
            return SessionStage::Open;
        };
        if closing.acknowledged.is_none() && self.difference() != Some(Vnd::ZERO) {
            SessionStage::Difference
        } else if self.handed_over.is_none() && closing.taken.is_positive() {
            SessionStage::HandOver
        } else {
            SessionStage::Done
        }
    }

    /// Counted less recorded; `None` while it is open.
    #[must_use]
    pub fn difference(&self) -> Option<Vnd> {
        let closing = self.closing.as_ref()?;
        let counted = closing.count.total()?;
        Some(counted - (self.float + closing.taken))
    }

    /// Closes it with what was counted. A count that differs needs a reason.
    ///
    /// # Errors
    /// Why it may not be closed so.
    pub fn close(
        mut self,
        rule: &CashRule,
        taken: Vnd,
        count: Count,
        reason: &str,
        mark: Mark,
    ) -> Result<Self, Vec<Violation>> {
        if self.closing.is_some() {
            return Err(vec![Violation::new(Code::CashSessionClosed, "session")]);
        }
        let foreign = |notes: &&Notes| !rule.notes.contains(&notes.note);
        if let Some(unknown) = count.notes.iter().find(foreign) {
            let problem = Violation::new(Code::ValueUnknown, "notes");
            return Err(vec![problem.with("value", unknown.note)]);
        }
        let Some(counted) = count.total() else {
            return Err(vec![Violation::new(Code::NumberOutOfRange, "notes")]);
        };
        let expected = self.float + taken;
        let reason = reason.trim();
        if counted != expected && reason.is_empty() {
            let differs = Violation::new(Code::CashDiffers, "reason");
            let differs = differs.with("expected", expected).with("counted", counted);
            return Err(vec![differs]);
        }
        too_long(reason, "reason", REASON_MAX)?;
        self.closing = Some(Closing {
            mark,
            count,
            taken,
            reason: reason.to_owned(),
            acknowledged: None,
        });
        Ok(self)
    }

    /// Notes that a second person has seen the difference.
    ///
    /// # Errors
    /// When there is none to be seen, or the same person counted.
    pub fn acknowledge(mut self, mark: Mark) -> Result<Self, Vec<Violation>> {
        let waits = self.stage() == SessionStage::Difference;
        let Some(closing) = self.closing.as_mut().filter(|_| waits) else {
            return Err(vec![Violation::new(Code::StepTaken, "session")]);
        };
        if closing.mark.by == mark.by || self.cashier == mark.by {
            return Err(vec![Violation::new(Code::SecondPersonNeeded, "session")]);
        }
        closing.acknowledged = Some(mark);
        Ok(self)
    }

    /// Notes the slip of the bank or the Treasury; its amount is what was taken in.
    ///
    /// # Errors
    /// Why it may not be entered so.
    pub fn hand_over(mut self, slip: HandOver) -> Result<Self, Vec<Violation>> {
        let refuse = |code, field: &str| Err(vec![Violation::new(code, field)]);
        let taken = match (self.stage(), &self.closing) {
            (SessionStage::HandOver, Some(closing)) => closing.taken,
            (SessionStage::Open, _) => return refuse(Code::CashSessionOpen, "session"),
            (SessionStage::Difference, _) => return refuse(Code::SecondPersonNeeded, "session"),
            _ => return refuse(Code::StepTaken, "session"),
        };
        if slip.slip.trim().is_empty() {
            return refuse(Code::FieldRequired, "slip");
        }
        too_long(&slip.slip, "slip", SLIP_MAX)?;
        if slip.day < self.day() || slip.day > BusinessDay::of(slip.mark.at) {
            let wrong = Violation::new(Code::ValueUnknown, "day");
            return Err(vec![wrong.with("value", slip.day)]);
        }
        if slip.amount != taken {
            let differs = Violation::new(Code::HandOverDiffers, "amount");
            return Err(vec![differs.with("due", taken)]);
        }
        self.handed_over = Some(slip);
        Ok(self)
    }
}

/// A receipt that is to be, or was, taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Who has the paper in hand, and since when.
    pub asked: Mark,
    /// Why.
    pub reason: String,
    /// The session whose drawer pays the money back.
    pub session: Uuid,
    /// Who confirmed it; then it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Mark>,
}

/// A receipt for tax paid in cash (biên lai thu tiền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its entry.
    pub id: Uuid,
    /// `gate/year/BL/counter-serial`, or series and number as printed in a book.
    pub number: String,
    /// Whether it is a leaf of a pre-printed book.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preprinted: bool,
    /// Code of the gate.
    pub gate: String,
    /// The session the money went into.
    pub session: Uuid,
    /// The form whose tax it is.
    pub form: DeclarationId,
    /// What was paid: all that the form owed then.
    pub amount: Vnd,
    /// When it was issued.
    pub issued: DateTime<Utc>,
    /// Account of the cashier.
    pub cashier: String,
    /// How it was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<TakenBack>,
}

impl Receipt {
    /// Whether it was taken back.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.back.as_ref().is_some_and(|b| b.confirmed.is_some())
    }

    /// Whether it waits for a second person to confirm that its paper came back.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.back.as_ref().is_some_and(|b| b.confirmed.is_none())
    }

    /// What it moves in a session's drawer: in when issued, out when paid back.
    #[must_use]
    pub fn moves(&self, session: Uuid) -> Vnd {
        let into = if self.session == session {
            self.amount
        } else {
            Vnd::ZERO
        };
        let paid_back = self.back.as_ref();
        let out = paid_back.filter(|back| back.session == session && back.confirmed.is_some());
        into - out.map_or(Vnd::ZERO, |_| self.amount)
    }
}

/// Money paid back in cash after a correction (Law 107/2016/QH13 art. 19); the receipts of its form
/// stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashRefund {
    /// Its entry.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// The session whose drawer paid it.
    pub session: Uuid,
    /// The form on which too much was paid.
    pub form: DeclarationId,
    /// Number of the decision to pay it back.
    pub document: String,
    /// What was paid back.
    pub amount: Vnd,
    /// Who paid it, and when.
    pub paid: Mark,
}

/// What receipts have brought into a session's drawer, less what was paid out of it.
#[must_use]
pub fn taken(session: Uuid, receipts: &[Receipt], refunds: &[CashRefund]) -> Vnd {
    let brought: Vnd = receipts.iter().map(|receipt| receipt.moves(session)).sum();
    let of_session = refunds.iter().filter(|refund| refund.session == session);
    brought - of_session.map(|refund| refund.amount).sum()
}

/// The number of a receipt as it is compared: letters, digits and strokes only, in capitals, so
/// that `AB/26P 0000123` and `ab/26p0000123` are one.
#[must_use]
pub fn receipt_key(number: &str) -> String {
    let counts = |c: &char| c.is_alphanumeric() || *c == '/';
    let kept: String = number.chars().filter(counts).collect();
    kept.to_uppercase()
}

fn too_long(said: &str, field: &str, longest: usize) -> Result<(), Vec<Violation>> {
    if said.chars().count() <= longest {
        return Ok(());
    }
    Err(vec![
        Violation::new(Code::TextTooLong, field).with("limit", longest),
    ])
}

#[cfg(test)]
mod tests;
