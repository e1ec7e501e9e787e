//! The three-way match of a gate's day: forms, money, and what was counted at the barrier.
//!
//! Forms registered are released, refused, cancelled or pending; tax computed is paid or unpaid, the
//! receipts run in series without a gap, cash counted is cash recorded and is handed over in time; the
//! border guard, or the officer at the exit, counted as many forms and persons as were released
//! (Circular 80/2019/TT-BTC art. 6(5), 7(4); Circular 184/2015/TT-BTC art. 21(3)). What does not meet is
//! a [`Difference`] that names what stands behind it and how it may be settled.

mod barrier;
pub mod count;
mod forms;
mod kind;
pub mod listing;
mod money;
pub mod settle;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::{BusinessDay, Validity};
use crate::cash::{CashSession, Receipt};
use crate::declaration::Direction;
use crate::ids::{DeclarationId, PersonId};
use crate::money::Vnd;
use crate::process::{Mark, PaymentMethod};
use count::{BarrierCount, Counted, Passage};
pub use kind::{DifferenceKind, Way};

/// What the office has laid down for the match, as dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconcileRule {
    /// Whether a day closes only with a count from the barrier.
    pub count_required: bool,
    /// By how many persons a count may differ.
    pub persons_tolerance: u32,
    /// By how many forms a count may differ.
    pub forms_tolerance: u32,
    /// By how many percent a counted weight may differ.
    pub weight_percent: Decimal,
    /// Within how many minutes the same goods of one person count as one form made twice.
    pub doubled_minutes: u32,
    /// Leaves of a pre-printed book of receipts: a gap of more is the next book.
    pub book_leaves: u32,
    /// Differences whose settlement a second person has to confirm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub second_person: Vec<DifferenceKind>,
    /// Whether a second person has to confirm the close.
    pub close_needs_second: bool,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

impl ReconcileRule {
    /// What holds where nothing was laid down: nothing may differ, every settlement is seen by two.
    #[must_use]
    pub fn strict(day: BusinessDay) -> Self {
        Self {
            count_required: false,
            persons_tolerance: 0,
            forms_tolerance: 0,
            weight_percent: Decimal::ZERO,
            doubled_minutes: 0,
            book_leaves: 0,
            second_person: DifferenceKind::ALL.to_vec(),
            close_needs_second: false,
            validity: Validity::since(day),
            basis: String::new(),
        }
    }
}

/// One of the three columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What the forms say.
    Forms,
    /// What receipts, drawers and slips say.
    Money,
    /// What was counted at the barrier.
    Barrier,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Forms.
    Forms,
    /// Persons.
    Persons,
    /// Receipts.
    Receipts,
    /// Whole VND.
    Vnd,
    /// Grams.
    Grams,
}

/// A figure of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which side says it.
    pub side: Side,
    /// What it counts.
    pub unit: Unit,
    /// How much.
    pub amount: i64,
}

/// Where a form stands, as the match sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Registered, its goods not released.
    Pending,
    /// Released.
    Released,
    /// Not accepted, or not accepted any more.
    Refused,
    /// Taken back.
    Cancelled,
    /// Its goods went back after they had been released, or before.
    Returned,
}

/// A payment on a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// How.
    pub method: PaymentMethod,
    /// Number of the slip or receipt.
    pub document: String,
    /// How much.
    pub amount: Vnd,
    /// Whether a standing receipt of that number and amount is held.
    pub receipt: bool,
}

/// A form as the match needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFact {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused at once.
    pub number: String,
    /// Code of its gate.
    pub gate: String,
    /// When it was registered.
    pub at: DateTime<Utc>,
    /// Which way its goods go.
    pub direction: Direction,
    /// Who declared it.
    pub person: PersonId,
    /// Where it stands.
    pub standing: Standing,
    /// Release mark, kept when the form was returned later.
    pub released: Option<Mark>,
    /// When its tax was confirmed, or its goods were released: from then on it is in the statistics
    /// (Circular 52/2020/TT-BTC).
    pub confirmed: Option<DateTime<Utc>>,
    /// When it stopped standing, if it did.
    pub ended: Option<DateTime<Utc>>,
    /// Its goods in one text: equal for equal goods.
    pub goods: String,
    /// Gross weight in grams.
    pub weight_g: i64,
    /// Taxes and fee due while it stands.
    pub due: Vnd,
    /// Payments on it.
    pub payments: Vec<Paid>,
    /// Given back on it.
    pub given_back: Vnd,
    /// Still to be paid; negative when to be given back.
    pub balance: Vnd,
    /// Accounts that registered it or set a mark on it.
    pub makers: BTreeSet<String>,
}

impl FormFact {
    /// The day it counts for.
    #[must_use]
    pub fn day(&self) -> BusinessDay {
        BusinessDay::of(self.at)
    }

    /// Whether its goods have left on its own day: what the barrier should have counted that day.
    #[must_use]
    pub fn left_in_time(&self) -> bool {
        let of_day = |mark: &Mark| BusinessDay::of(mark.at) <= self.day();
        let may_leave = matches!(self.standing, Standing::Released | Standing::Returned);
        may_leave && self.released.as_ref().is_some_and(of_day)
    }

    /// The form as a difference names it.
    #[must_use]
    pub fn named(&self) -> NamedForm {
        NamedForm {
            id: self.id,
            number: self.number.clone(),
            person: self.person,
        }
    }
}

/// A drawer as the match needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFact {
    /// The session.
    pub session: CashSession,
    /// What its receipts and refunds say it took in.
    pub taken: Vnd,
    /// Until when its money had to be handed over, where a limit is known.
    pub until: Option<DateTime<Utc>>,
}

/// A form that was counted at the barrier, as far as it could be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A form of this gate's day.
    OfDay(DeclarationId),
    /// A form of another gate or day.
    Other(Box<FormFact>),
    /// No form of that number, and none of that paper.
    Unknown,
}

/// Everything the match looks at.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Code of the gate.
    pub gate: &'a str,
    /// The day.
    pub day: BusinessDay,
    /// Now: what is not yet late is no difference.
    pub now: DateTime<Utc>,
    /// What the office has laid down.
    pub rule: &'a ReconcileRule,
    /// Forms counted by the day's totals: import, export.
    pub totals: [FormSums; 2],
    /// The day's forms.
    pub forms: Vec<FormFact>,
    /// Receipts issued on the day at the gate.
    pub receipts: Vec<Receipt>,
    /// Ids of receipts whose form does not say that it was paid by them.
    pub unmatched: BTreeSet<Uuid>,
    /// Sessions opened on the day at the gate.
    pub sessions: Vec<SessionFact>,
    /// The count of the barrier that holds.
    pub count: Option<&'a BarrierCount>,
    /// Its passages, each with the form it is about.
    pub seen: Vec<Seen>,
    /// Passages of other gates on the day that are about forms of this gate, with their gate.
    pub elsewhere: Vec<(String, Passage, DeclarationId)>,
    /// Forms of passages that a settlement transferred to the gate of their form.
    pub transferred: BTreeSet<DeclarationId>,
}

/// Forms by where they stand, in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSums {
    /// Received: the others together.
    pub registered: i64,
    /// Released, among those that stand.
    pub released: i64,
    /// Refused.
    pub refused: i64,
    /// Cancelled or returned.
    pub cancelled: i64,
    /// Registered and not yet released.
    pub pending: i64,
    /// Taxes and fees due by those that stand, in VND.
    pub due: i64,
}

/// What the forms of one direction say to the barrier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Forms whose goods left on the day.
    pub forms: i64,
    /// Persons with such a form.
    pub persons: i64,
    /// Gross weight of their goods, in grams.
    pub weight_g: i64,
}

/// Receipts of one series on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesSum {
    /// The series.
    pub series: String,
    /// First serial.
    pub first: u32,
    /// Last serial.
    pub last: u32,
    /// Receipts in it.
    pub receipts: u32,
    /// Serials in between that no receipt has.
    pub missing: Vec<u32>,
}

/// The money of a day, in VND where not said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneySums {
    /// Due by forms that stand.
    pub computed: Vnd,
    /// Paid on the day's forms in cash.
    pub paid_cash: Vnd,
    /// Paid on them at a bank or the Treasury.
    pub paid_bank: Vnd,
    /// Given back on them.
    pub refunded: Vnd,
    /// Not yet paid on them.
    pub unpaid: Vnd,
    /// To be given back on them.
    pub to_refund: Vnd,
    /// Numbered receipts, by series.
    pub series: Vec<SeriesSum>,
    /// Receipts issued that day.
    pub receipts: u32,
    /// Leaves of pre-printed books among them.
    pub preprinted: u32,
    /// Those taken back since.
    pub cancelled: u32,
    /// What those that stand brought in.
    pub standing: Vnd,
    /// Recorded in the day's drawers: floats and receipts, less what was paid back.
    pub recorded: Vnd,
    /// Counted in those that are closed.
    pub counted: Vnd,
    /// Taken in by the drawers, to be handed over.
    pub taken: Vnd,
    /// Handed over of it.
    pub handed_over: Vnd,
}

/// The three columns of a gate's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Forms: import, export.
    pub forms: [FormSums; 2],
    /// What the barrier should have counted: import, export.
    pub expected: [Expected; 2],
    /// What it counted: import, export; absent without a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<[Counted; 2]>,
    /// Money.
    pub money: MoneySums,
}

/// A form named by a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedForm {
    /// Its id.
    pub id: DeclarationId,
    /// Its number.
    pub number: String,
    /// Who declared it.
    pub person: PersonId,
}

/// What does not meet: which sides say what, and what stands behind it. It holds facts alone, so that
/// another fact makes another difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is.
    pub kind: DifferenceKind,
    /// What it is about: id of a form, number of a receipt, id of a session, what was counted.
    pub about: String,
    /// Which way, where one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The figures that do not meet.
    pub figures: Vec<Figure>,
    /// The forms behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<NamedForm>,
    /// Forms that may explain it, the likeliest first, where nobody wrote down which one it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<NamedForm>,
    /// Numbers of the receipts behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipts: Vec<String>,
    /// The session behind it, with its cashier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<(Uuid, String)>,
    /// The passage behind it, with the gate where it was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<(String, Passage)>,
    /// When what it is about happened: a release, an ending, a slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// Accounts that made what stands behind it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub makers: BTreeSet<String>,
    /// Who has seen it already, where its own process has a second person (a cashier's count).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Mark>,
}

impl Difference {
    pub(crate) fn new(kind: DifferenceKind, about: impl Into<String>) -> Self {
        Self {
            kind,
            about: about.into(),
            direction: None,
            figures: Vec::new(),
            forms: Vec::new(),
            candidates: Vec::new(),
            receipts: Vec::new(),
            session: None,
            passage: None,
            at: None,
            makers: BTreeSet::new(),
            seen: None,
        }
    }

    pub(crate) fn says(mut self, side: Side, unit: Unit, amount: i64) -> Self {
        self.figures.push(Figure { side, unit, amount });
        self
    }

    pub(crate) fn of_form(mut self, form: &FormFact) -> Self {
        self.direction = Some(form.direction);
        self.forms.push(form.named());
        self.makers.extend(form.makers.iter().cloned());
        self
    }

    /// What names it within its gate's day, as long as its kind and what it is about stay the same.
    #[must_use]
    pub fn key(&self) -> String {
        let way = self.direction.map_or("-", Direction::word);
        format!("{}/{way}/{}", self.kind.word(), self.about)
    }
}

/// The match of a gate's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The three columns.
    pub figures: Figures,
    /// What does not meet, forms first.
    pub differences: Vec<Difference>,
}

/// Both directions, in the order of every pair here.
pub const DIRECTIONS: [Direction; 2] = [Direction::Import, Direction::Export];

/// The place of a direction in every pair here.
#[must_use]
pub const fn place(direction: Direction) -> usize {
    match direction {
        Direction::Import => 0,
        Direction::Export => 1,
    }
}

/// Matches forms, money and barrier of a gate's day.
#[must_use]
pub fn reconcile(facts: &Facts<'_>) -> Reconciliation {
    let by_id: BTreeMap<_, _> = facts.forms.iter().map(|form| (form.id, form)).collect();
    let mut differences = Vec::new();
    let forms = forms::sums(facts, &mut differences);
    let barrier = barrier::compare(facts, &by_id, &mut differences);
    forms::late(facts, &mut differences);
    let money = money::sums(facts, &mut differences);
    Reconciliation {
        figures: Figures {
            forms,
            expected: barrier.0,
            counted: barrier.1,
            money,
        },
        differences,
    }
}

#[cfg(test)]
mod tests;
