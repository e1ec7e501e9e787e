//! What each command answers, as the window and the command line show it. Money is a string of
//! whole VND.

mod audit;
mod breach;
mod cash;
mod correction;
mod daily;
mod form;
mod gathering;
mod hub;
mod law;
mod law_effect;
mod lines;
mod overview;
mod paper;
mod person;
mod price;
mod process;
mod reconcile;
mod report;
mod rights;
mod totals;
mod vehicle;

use bm_app::event::Account;
use bm_app::permission::{Duty, Role};
use bm_domain::account::SignInTries;
use bm_domain::goods::{Goods, Quarantine};
use bm_domain::law::{Commune, Gate};
use bm_domain::{BusinessDay, HsCode, Vnd};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::words::Language;

pub use audit::{
    AnchorView, AuditDetail, AuditField, AuditGroup, AuditKind, AuditPage, AuditRow, AuditSubject,
    AuditSubjectKind, RootView, in_groups,
};
pub use breach::{
    BreachActView, BreachDecider, BreachFact, BreachList, BreachRow, BreachScan, BreachTally,
    BreachView, HarmlessView,
};
pub use cash::{
    CashCheck, CashDay, CashDesk, CashDifference, CashSessionView, HandOverView, NotesView,
    ReceiptRow, ReceiptStatus, ReceiptView, SeriesView,
};
pub use correction::{
    CorrectionList, CorrectionPreview, CorrectionResult, ExchangeAnswer, ExchangeLeg, ProposalView,
    RevisionView, Sums, UnsettledRow,
};
pub use daily::daily_table;
pub use form::{
    CounterpartView, DecisionView, DeclarationList, DeclarationRow, DeclarationView, LineView,
};
pub use gathering::{
    AssessedView, GatherableForm, GatherableLine, GatheredLineView, GatheringRow, GatheringSums,
    GatheringView, TraderView,
};
pub use hub::{HubTrouble, HubView, MemberView};
pub use law::{
    LawChangeView, LawCheckView, LawField, LawInput, LawKindView, LawOption, LawPhase, LawRowView,
    LawRuleView, LawSeriesList, LawSeriesRow, LawValue, series_row, summary,
};
pub use law_effect::{
    LawEffectView, LawReplay, LawReplayedForm, LawSums, LawTableRow, LawTableView,
};
pub use lines::line_table;
pub use overview::{Overview, OverviewDay};
pub use paper::{FoundFormView, PrintedFile, SentForm};
pub use person::{DayUse, PaperHit, PaperView, PersonFind, PersonHit, PersonView, QuotaView};
pub use price::{PriceView, ReferenceView, SpreadView};
pub use process::{
    CertificateView, InspectionView, MarkView, PaymentView, ProgressView, QueueRow, SettlementView,
};
pub use reconcile::{
    BarrierTableView, BarrierView, BehindForm, BehindSession, CheckName, CheckView, ClosePending,
    CloseResult, CountedView, DayClosing, DifferenceSettlement, DifferenceState, DifferenceView,
    FigureView, FormsView, LaterCorrection, Level, MoneyView, PassageView, PeriodDay,
    PeriodFigures, PeriodGroup, PeriodView, ReconciliationView, WayView,
};
pub use report::{
    Called, KeptReport, ReadyReport, ReportChoice, ReportChoices, ReportView, one_day, ready_title,
    report_table, signatures,
};
pub use rights::{
    DossierEntry, DossierMark, DossierPerson, DossierVersion, DossierView, RetentionRunView,
    RetentionView, RetentionYear,
};
pub use totals::{ClosedView, CorrectionTotals, DailyReport, DirectionTotals, Directions};
pub use vehicle::{CrossingView, ExtensionView, VehicleBook, VehicleFind, VehicleView};

/// What is shown before anyone has signed in; nothing personal.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SystemStatus {
    /// Version of the program.
    pub version: &'static str,
    /// Accounts of the invented example; none in an office's own database.
    pub demo_accounts: Vec<DemoAccount>,
    /// No one can sign in yet: the first administrator is to be entered.
    pub is_new: bool,
    /// The business day.
    pub today: BusinessDay,
    /// Gates open today.
    pub gates: Vec<GateView>,
}

/// An account whose password is public.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DemoAccount {
    /// Account name.
    pub user: &'static str,
    /// Its password.
    pub password: &'static str,
    /// What it may do.
    pub role: Role,
}

/// An account, without its password.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AccountView {
    /// Account name.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// The parts of the work it is assigned to; all of them when none is named.
    pub duties: Vec<Duty>,
    /// Whether it has to change its password when it signs in next.
    pub must_change_password: bool,
    /// Wrong tries in a row.
    pub wrong_tries: u32,
    /// Until when it is locked; nothing when it is not.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub locked_until: Option<DateTime<Utc>>,
}

impl AccountView {
    /// An account with the wrong tries under its name.
    #[must_use]
    pub fn new(account: Account, tries: Option<&SignInTries>, now: DateTime<Utc>) -> Self {
        Self {
            name: account.name,
            display_name: account.display_name,
            role: account.role,
            active: account.active,
            duties: account.duties.into_iter().collect(),
            must_change_password: account.must_change,
            wrong_tries: tries.map_or(0, |tries| tries.wrong),
            locked_until: tries.and_then(|tries| tries.locked(now)),
        }
    }
}

/// A gate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GateView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Code of the gate it belongs to; empty when it stands alone.
    pub parent: String,
}

impl From<&Gate> for GateView {
    fn from(gate: &Gate) -> Self {
        Self {
            code: gate.code.clone(),
            name: gate.name.clone(),
            kind: gate.kind.clone(),
            parent: gate.parent.clone(),
        }
    }
}

/// Who has signed in, where.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SessionView {
    /// Names the session in every envelope.
    pub token: String,
    /// Account name.
    pub user: String,
    /// Name to show.
    pub display_name: String,
    /// What the account may do.
    pub role: Role,
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Code of the counter.
    pub workstation: String,
    /// Seconds without a command after which the session locks itself.
    pub idle_lock_seconds: u32,
    /// Whether it can do nothing before it has changed its password.
    pub must_change_password: bool,
    /// The commands it may give: a page shows the screens that have something to ask.
    #[cfg_attr(feature = "bindings", ts(type = "CommandName[]"))]
    pub commands: Vec<&'static str>,
}

/// A border commune.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CommuneView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl From<&Commune> for CommuneView {
    fn from(commune: &Commune) -> Self {
        Self {
            code: commune.code.clone(),
            name: commune.name.clone(),
        }
    }
}

/// Goods offered for what was typed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GoodsHit {
    /// Commodity code.
    pub hs: HsCode,
    /// Trade name in the language asked for, else in Vietnamese.
    pub name: String,
    /// Units the tariff names, the usual one first.
    pub units: Vec<String>,
    /// Whether residents may bring them in today.
    pub on_list: bool,
    /// Most-favoured-nation duty in percent.
    pub mfn: Option<String>,
    /// Reference price for one usual unit.
    pub reference_price_vnd: Option<Vnd>,
    /// Which specialised check applies.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub quarantine: Option<Quarantine>,
    /// Whether the person has traded them of late.
    pub usual: bool,
}

impl GoodsHit {
    /// Goods in the words of a language.
    #[must_use]
    pub fn new(
        language: Language,
        goods: &Goods,
        reference: Option<Vnd>,
        on_list: bool,
        usual: bool,
    ) -> Self {
        let name = match language {
            Language::En if !goods.name_en.is_empty() => &goods.name_en,
            Language::Zh if !goods.name_zh.is_empty() => &goods.name_zh,
            _ => &goods.name_vi,
        };
        Self {
            hs: goods.hs,
            name: name.clone(),
            units: goods.units.clone(),
            on_list,
            mfn: goods.tariff.mfn.map(|percent| percent.to_string()),
            reference_price_vnd: reference,
            quarantine: goods.quarantine,
            usual,
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExportedFile {
    /// Where it is.
    pub path: String,
}
