//! The match of a gate's day: three columns, what does not meet, how it is settled.

use bm_app::reconcile::period::DayState;
use bm_domain::reconcile::{DifferenceKind, Figure, Side, Unit, Way};
use bm_domain::{BusinessDay, DeclarationId, Vnd};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::cash::SeriesView;
use super::{Directions, MarkView};
use crate::answer::ViolationView;
use crate::law::BadTableRow;

/// Where a difference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DifferenceState {
    /// Nobody has settled it.
    Open,
    /// A settlement waits for the second person.
    Pending,
    /// It is settled.
    Settled,
}

/// What was counted at the barrier in one direction.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CountedView {
    /// Persons.
    pub persons: u32,
    /// Forms.
    pub forms: u32,
    /// Vehicles, where they were counted.
    pub vehicles: Option<u32>,
    /// Gross weight, where it was taken.
    pub weight_kg: Option<String>,
}

/// Forms of one direction, and what the barrier should have counted of them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FormsView {
    /// Received: released, refused, cancelled and pending together.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub registered: i64,
    /// Released.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub released: i64,
    /// Refused.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub refused: i64,
    /// Cancelled or returned.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub cancelled: i64,
    /// Registered and not yet released.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub pending: i64,
    /// Forms whose goods left on the day.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub left: i64,
    /// Persons with such a form.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub persons: i64,
    /// Gross weight of their goods.
    pub weight_kg: String,
    /// What was counted; `None` without a count.
    pub counted: Option<CountedView>,
}

/// The money of a day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MoneyView {
    /// Due by forms that stand.
    pub computed_vnd: Vnd,
    /// Paid on them in cash.
    pub paid_cash_vnd: Vnd,
    /// Paid on them at a bank or the Treasury.
    pub paid_bank_vnd: Vnd,
    /// Given back on them.
    pub refunded_vnd: Vnd,
    /// Not yet paid.
    pub unpaid_vnd: Vnd,
    /// To be given back.
    pub to_refund_vnd: Vnd,
    /// Receipts issued.
    pub receipts: u32,
    /// Leaves of pre-printed books among them.
    pub preprinted: u32,
    /// Those taken back since.
    pub cancelled: u32,
    /// What those that stand brought in.
    pub standing_vnd: Vnd,
    /// Numbered receipts, by series.
    pub series: Vec<SeriesView>,
    /// Recorded in the drawers.
    pub recorded_vnd: Vnd,
    /// Counted in them.
    pub counted_vnd: Vnd,
    /// Taken in, to be handed over.
    pub taken_vnd: Vnd,
    /// Handed over.
    pub handed_over_vnd: Vnd,
}

/// What two figures are held against each other for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Registered is released, refused, cancelled and pending together.
    Registered,
    /// Tax computed is paid and unpaid.
    Tax,
    /// Cash recorded is cash counted.
    Cash,
    /// What was taken in is handed over.
    HandOver,
    /// Forms that left are forms counted.
    Forms,
    /// Persons with such forms are persons counted.
    Persons,
}

/// Two figures that meet, or do not.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CheckView {
    /// What they are.
    pub name: CheckName,
    /// Which way the goods go, where one is meant.
    pub direction: Option<bm_domain::Direction>,
    /// What both count.
    pub unit: Unit,
    /// The one: what is recorded.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub left: i64,
    /// Which side says the other.
    pub side: Side,
    /// The other; `None` while nobody has said it.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub right: Option<i64>,
    /// Whether they meet.
    pub meets: bool,
}

/// A figure of a side.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FigureView {
    /// Which side says it.
    pub side: Side,
    /// What it counts.
    pub unit: Unit,
    /// How much.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub amount: i64,
}

impl From<&Figure> for FigureView {
    fn from(figure: &Figure) -> Self {
        Self {
            side: figure.side,
            unit: figure.unit,
            amount: figure.amount,
        }
    }
}

/// A form behind a difference.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BehindForm {
    /// Its id.
    pub id: DeclarationId,
    /// Its number.
    pub number: String,
    /// Who declared it.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub person: Uuid,
    /// Their name.
    pub person_name: String,
}

/// A passage behind a difference; the paper's number is masked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PassageView {
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Code of the gate where it was counted.
    pub gate: String,
    /// Number of the form shown.
    pub form: String,
    /// Number of the paper shown, masked.
    pub paper: String,
}

/// A drawer behind a difference.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BehindSession {
    /// The session.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Its cashier.
    pub cashier: String,
}

/// A way to settle a difference.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WayView {
    /// Which.
    pub way: Way,
    /// What it is called.
    pub label: String,
    /// Whether it is an entry with a reason; else it is done on another screen.
    pub recorded: bool,
}

/// How a difference was settled.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DifferenceSettlement {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// How.
    pub way: Way,
    /// What that is called.
    pub label: String,
    /// Why.
    pub reason: String,
    /// Who settled it, and when.
    pub settled: MarkView,
    /// The second person, once one answered.
    pub answered: Option<MarkView>,
    /// Whether who asks settled it, and so can't confirm it.
    pub own: bool,
}

/// Something that does not meet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DifferenceView {
    /// What names it within the day.
    pub key: String,
    /// What it is.
    pub kind: DifferenceKind,
    /// What that is called.
    pub title: String,
    /// Legal basis, in words.
    pub basis: String,
    /// Where it stands.
    pub state: DifferenceState,
    /// Which way the goods go, where one is meant.
    pub direction: Option<bm_domain::Direction>,
    /// The figures that do not meet.
    pub figures: Vec<FigureView>,
    /// The forms behind it.
    pub forms: Vec<BehindForm>,
    /// Forms that may explain it, the likeliest first.
    pub candidates: Vec<BehindForm>,
    /// Numbers of receipts behind it.
    pub receipts: Vec<String>,
    /// The drawer behind it.
    pub session: Option<BehindSession>,
    /// The passage behind it.
    pub passage: Option<PassageView>,
    /// When what it is about happened.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub at: Option<DateTime<Utc>>,
    /// The lawful ways to settle it; none once it is settled.
    pub ways: Vec<WayView>,
    /// Whether a second person has to confirm what who asks settles.
    pub needs_second: bool,
    /// How it was settled, or is to be.
    pub settlement: Option<DifferenceSettlement>,
    /// Who has seen it, where its own process has a second person.
    pub seen: Option<MarkView>,
}

/// A count of the barrier.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BarrierView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Who counted.
    pub counter: String,
    /// Who entered it, and when.
    pub entered: MarkView,
    /// Name of its file; empty when it was typed.
    pub file: String,
    /// Passages written one by one.
    pub passages: u32,
    /// Totals as counted; `None` where only passages were.
    pub totals: Option<Directions<CountedView>>,
    /// Why it took the place of the one before.
    pub reason: String,
    /// Whether another took its place.
    pub replaced: bool,
}

/// A correction made to a closed day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LaterCorrection {
    /// The form.
    pub form: DeclarationId,
    /// Its number.
    pub number: String,
    /// What kind.
    pub kind: bm_domain::correction::CorrectionKind,
    /// Why.
    pub reason: String,
    /// Who proposed it, and when.
    pub proposed: MarkView,
    /// Who decided, and when; `None` while it waits.
    pub decided: Option<MarkView>,
    /// Whether it took effect.
    pub approved: bool,
}

/// How a day was closed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DayClosing {
    /// Who closed it, or confirmed the close, and when.
    pub closed: MarkView,
    /// Who proposed it, where two were asked for.
    pub proposed: Option<MarkView>,
    /// Digest over the day's records; empty for days closed before there was one.
    pub digest: String,
    /// Corrections made since.
    pub corrections: Vec<LaterCorrection>,
}

/// A close that waits for the second person.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClosePending {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Who proposed it, and when.
    pub proposed: MarkView,
    /// Whether who asks proposed it, and so can't confirm it.
    pub own: bool,
}

/// The match of a gate's day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReconciliationView {
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// The day.
    pub day: BusinessDay,
    /// Where it stands.
    pub state: DayState,
    /// Forms and what was counted of them.
    pub forms: Directions<FormsView>,
    /// Money.
    pub money: MoneyView,
    /// Figures held against each other.
    pub checks: Vec<CheckView>,
    /// What does not meet.
    pub differences: Vec<DifferenceView>,
    /// Differences that nothing settles yet.
    pub unsettled: u32,
    /// Counts of the barrier, the newest first; the one that holds is not replaced.
    pub counts: Vec<BarrierView>,
    /// What stands against closing it now.
    pub against: Vec<ViolationView>,
    /// Whether closing it asks for a second person.
    pub close_needs_second: bool,
    /// The close that waits for the second person.
    pub closing: Option<ClosePending>,
    /// How it was closed.
    pub closed: Option<DayClosing>,
}

/// What a table of counts says, and what came of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BarrierTableView {
    /// Totals in it.
    pub totals: Option<Directions<CountedView>>,
    /// Passages in it.
    pub passages: u32,
    /// Rows that can't be taken, with line, column and reason.
    pub bad: Vec<BadTableRow>,
    /// Columns that are there and not used.
    pub unused: Vec<String>,
    /// What else stands against it.
    pub problems: Vec<ViolationView>,
    /// Whether it was taken.
    pub taken: bool,
}

/// What came of closing a day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CloseResult {
    /// Whether it is closed; else it waits for the second person.
    pub closed: bool,
    /// Digest over the day's records, once it is.
    pub digest: String,
}

/// Figures of a day, or of several together.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeriodFigures {
    /// Forms received.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub registered: i64,
    /// Released.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub released: i64,
    /// Refused.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub refused: i64,
    /// Cancelled or returned.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub cancelled: i64,
    /// Pending.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub pending: i64,
    /// Taxes and fees due.
    pub due_vnd: Vnd,
    /// Paid, less what was given back.
    pub paid_vnd: Vnd,
    /// Recorded in drawers.
    pub recorded_vnd: Vnd,
    /// Counted in them.
    pub counted_vnd: Vnd,
    /// Forms whose goods left.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub left: i64,
    /// Forms counted at the barrier.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seen: i64,
    /// Days.
    pub days: u32,
    /// Days that are closed.
    pub closed: u32,
    /// Days with differences that are not settled.
    pub differing: u32,
    /// Differences that are not settled.
    pub unsettled: u32,
}

/// A gate's day in a roll-up.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeriodDay {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Where it stands.
    pub state: DayState,
    /// Whether it was matched form by form; else its figures are its totals.
    pub matched: bool,
    /// Its figures.
    pub figures: PeriodFigures,
    /// Digest of a closed day.
    pub digest: String,
}

/// By what a line of a roll-up gathers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One gate.
    Gate,
    /// A gate with those that belong to it.
    Parent,
    /// A customs office.
    Office,
    /// A customs region.
    Region,
}

/// A line of a roll-up.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeriodGroup {
    /// What it gathers by.
    pub level: Level,
    /// Code of the gate, office or region; empty where it is not known.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The least settled of its days.
    pub state: DayState,
    /// Figures of all its days.
    pub figures: PeriodFigures,
}

/// The match of several gates over a period.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeriodView {
    /// First day.
    pub from: BusinessDay,
    /// Last day.
    pub to: BusinessDay,
    /// Days, the newest first.
    pub days: Vec<PeriodDay>,
    /// Roll-ups: gates, parent gates, offices, regions.
    pub groups: Vec<PeriodGroup>,
    /// All of it.
    pub total: PeriodFigures,
}
