//! What each command is asked. Texts stay texts until the command has looked at them, so that a
//! wrong one comes back as a message beside its field.

mod audit;
mod breach;
mod law;
mod paper;
mod reconcile;
mod report;
mod rights;

use bm_app::permission::{Duty, Role};
use bm_app::ports::Status;
use bm_app::vehicle::Way;
use bm_domain::correction::CorrectionKind;
use bm_domain::declaration::{Allocation, Direction};
use bm_domain::gathering::GatheringStep;
use bm_domain::process::Step;
use bm_domain::vehicle::VehicleKind;
use serde::Deserialize;

use crate::input::{DraftInput, LineInput};
pub use audit::{AnchorDay, AnchorText, AuditAt, AuditQuery, Reason};
pub use breach::{BreachAssign, BreachDecision, BreachHarmless, BreachQuery, HarmlessQuery};
pub use law::{
    LawChangesQuery, LawEffectRequest, LawEndInput, LawProposalInput, LawQuery, LawReject,
    LawRowInput, LawSeries, LawTableInput,
};
pub use paper::{AlignmentPrint, FormPrint, FormSend};
pub use reconcile::{
    BarrierInput, BarrierTable, CountedInput, PeriodQuery, SecondAnswer, SettleInput,
};
pub use report::{Export, ReportFile, ReportFormat, ReportKeep, ReportRequest};
pub use rights::{DossierFormat, PersonExport, RetentionAsk, RetentionVerdict};

/// A command that needs to be told nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(type = "Record<string, never>")
)]
pub struct Nothing {}

/// Who signs in, where.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SignIn {
    /// Account name.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Code of the gate.
    pub gate: String,
    /// Code of the counter.
    #[serde(default)]
    pub workstation: String,
}

/// The password of a locked session's account.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Unlock {
    /// The password.
    pub password: String,
}

/// The first administrator of a new database.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FirstAccount {
    /// Account name.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// Its password.
    pub password: String,
}

/// An account as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AccountSave {
    /// Account name; an unknown one makes a new account.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// The parts of the work it is assigned to; all of them when none is named.
    pub duties: Vec<Duty>,
    /// A new password; the old one stays when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub password: Option<String>,
}

/// An account by its name.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AccountName {
    /// Its name.
    pub name: String,
}

/// One's own password, changed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PasswordChange {
    /// The password until now.
    pub old: String,
    /// The password from now on.
    pub new: String,
}

/// A thing by its id.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ById {
    /// The id.
    pub id: String,
}

/// What was typed or scanned into the one box.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonQuery {
    /// As it arrived.
    pub text: String,
}

/// A paper as entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaperInput {
    /// Kind of paper.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Day of issue.
    #[serde(default)]
    pub issued: Option<String>,
    /// Last day of validity.
    #[serde(default)]
    pub expires: Option<String>,
}

/// A person as entered.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonSave {
    /// The person to change; a new one when absent.
    pub id: Option<String>,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub born: String,
    /// Sex.
    pub sex: Option<String>,
    /// Address as on the paper.
    #[serde(default)]
    pub address: String,
    /// Code of the commune.
    pub commune: String,
    /// Ground of residence.
    pub basis: String,
    /// Telephone.
    pub phone: Option<String>,
    /// All papers of the person.
    pub papers: Vec<PaperInput>,
    /// Why it is entered or changed.
    pub reason: String,
    /// Someone has looked: a known person of the same name and birth is another.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub is_another: bool,
}

/// Goods by what was typed, for a person and a direction.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GoodsQuery {
    /// Part of a name, or the first digits of a code.
    pub text: String,
    /// Which way the goods go; either when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub direction: Option<Direction>,
    /// Whose usual goods come first.
    #[serde(default)]
    pub person: Option<String>,
}

/// Goods whose prices are asked for.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriceQuery {
    /// Commodity code.
    pub hs: String,
    /// Unit of quantity.
    pub unit: String,
    /// Code of the gate; that of the session when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub gate: Option<String>,
    /// Which way the goods go.
    pub direction: Direction,
}

/// A form to take back.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Cancel {
    /// Which.
    pub id: String,
    /// Why.
    pub reason: String,
}

/// Forms of a gate's day.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationListRequest {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    /// Part of a number, a name or goods.
    #[serde(default)]
    pub text: String,
    /// Where they stand; all but the refused ones when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub status: Option<Status>,
    /// Which way; both when absent.
    #[serde(default)]
    pub direction: Option<Direction>,
}

/// A gate's day.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GateDay {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
}

/// A gate.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "GateRequest"))]
pub struct Gate {
    /// Its code.
    pub gate: String,
}

/// What was typed or scanned to find one thing.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Typed {
    /// As it arrived.
    pub text: String,
}

/// Lists of gathered goods.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheringListRequest {
    /// Code of the gate; all gates when empty.
    #[serde(default)]
    pub gate: String,
    /// Only those with something still to be done, or also the others.
    #[serde(default)]
    pub all: bool,
    /// Part of a number, a trader's name or tax code, or a place.
    #[serde(default)]
    pub text: String,
}

/// A step on a list of gathered goods.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TakeGatheringStep {
    /// The list.
    pub id: String,
    /// The step.
    pub step: GatheringStep,
}

/// A list of gathered goods as a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheringExport {
    /// The list.
    pub id: String,
    /// Kind of file.
    pub format: ReportFormat,
    /// Why numbers of papers are to stand in it in full; masked when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub reveal: Option<String>,
}

/// A vehicle as entered.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VehicleInput {
    /// UUID.
    pub id: String,
    /// Its plate.
    pub plate: String,
    /// What it is.
    pub kind: VehicleKind,
    /// Key of its owner.
    pub owner: String,
    /// This year when absent, or the next.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub year: Option<i32>,
}

/// A vehicle that goes out or comes back.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Cross {
    /// Its plate.
    pub plate: String,
    /// Which way.
    pub way: Way,
    /// A supervisor's reason for taking it at another gate than its own.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
    pub reason: String,
}

/// More time for a vehicle that is away.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Extend {
    /// The absence.
    pub id: String,
    /// Hours.
    pub hours: u32,
    /// Why.
    pub reason: String,
}

/// The vehicle book of a gate's year.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GateYear {
    /// Code of the gate.
    pub gate: String,
    /// The year.
    pub year: i32,
}

/// The vehicle book of a gate's year as a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VehicleExport {
    /// Code of the gate.
    pub gate: String,
    /// The year.
    pub year: i32,
    /// Kind of file.
    pub format: ReportFormat,
    /// Why numbers of papers are to stand in it in full; masked when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub reveal: Option<String>,
}

/// A step on a form.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TakeStep {
    /// The form.
    pub id: String,
    /// The step.
    pub step: Step,
}

/// A session to open.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OpenCash {
    /// Money for change in the drawer.
    pub float_vnd: String,
}

/// So many notes of one value.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NotesInput {
    /// Value of one.
    pub note_vnd: String,
    /// How many.
    pub count: u32,
}

/// A session to close.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CloseCash {
    /// The session.
    pub id: String,
    /// Notes counted.
    pub notes: Vec<NotesInput>,
    /// Small notes and coins together.
    #[serde(default)]
    pub small_vnd: Option<String>,
    /// Why the count differs from the records.
    #[serde(default)]
    pub reason: String,
}

/// The slip over a session's money.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HandOverCash {
    /// The session.
    pub id: String,
    /// Day on the slip.
    pub day: String,
    /// Its number.
    pub slip: String,
    /// Its amount.
    pub amount_vnd: String,
}

/// Receipts of a gate's day, or of a session.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReceiptQuery {
    /// Code of the gate.
    #[serde(default)]
    pub gate: String,
    /// The day.
    #[serde(default)]
    pub day: String,
    /// The session; then gate and day do not matter.
    #[serde(default)]
    pub session: Option<String>,
}

/// A receipt to take back.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CancelReceipt {
    /// Which.
    pub id: String,
    /// Number as read off the paper in hand.
    pub serial: String,
    /// Why.
    pub reason: String,
}

/// What a second person says of a receipt that is to be taken back.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AnswerReceipt {
    /// Which.
    pub id: String,
    /// Whether its paper came back; else it stands as before.
    pub confirm: bool,
}

/// How a registered form is to be corrected.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionInput {
    /// The form.
    pub id: String,
    /// How.
    pub kind: CorrectionKind,
    /// Why; a preview needs none.
    #[serde(default)]
    pub reason: String,
    /// The goods as they should stand, of an amendment.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub lines: Option<Vec<LineInput>>,
    /// In which order they use up the exemption.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub allocation: Option<Allocation>,
}

/// What the second person says of a proposed correction.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionVerdict {
    /// The proposal.
    pub id: String,
    /// Whether it is approved.
    pub approve: bool,
    /// Why; may be empty when it is approved.
    #[serde(default)]
    pub reason: String,
}

/// Goods for goods: both legs, registered together.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Exchange {
    /// The goods that go out.
    pub out: DraftInput,
    /// The goods that come in.
    pub back: DraftInput,
}
