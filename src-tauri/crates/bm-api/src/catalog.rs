//! The one list of commands: what each is asked and answers, who may call it, what it reads and
//! changes. The dispatch, the permission check, the table of commands and the page's types follow
//! from it.

use bm_app::AppError;
use bm_app::permission::Permission;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::command;
use crate::input::{DraftInput, GatheringInput};
use crate::request as ask;
use crate::router::{Door, Place};
use crate::view;

/// A part of the data, as a page that has read it needs to know that it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Accounts of the program.
    Accounts,
    /// Dated data: gates, communes, catalogue.
    Law,
    /// Persons and their papers.
    People,
    /// Forms, and what follows from them: quota used, totals.
    Forms,
    /// Cashiers' sessions and receipts.
    Cash,
    /// Proposals to take out data that was kept long enough.
    Retention,
    /// Lists of gathered goods.
    Gatherings,
    /// The register of vehicles and their absences.
    Vehicles,
    /// Anchors of the log.
    Anchors,
    /// Definitions of reports.
    Reports,
    /// Counts of the barrier, settlements, closed days.
    Reconciliation,
    /// Breaches, and patterns found harmless.
    Breaches,
}

/// A command as listed.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name on the wire.
    pub name: &'static str,
    /// What the caller must be allowed.
    pub permission: Permission,
    /// What its answer is made from.
    pub reads: &'static [Tag],
    /// What it changes.
    pub changes: &'static [Tag],
}

/// An answer as JSON, or why there is none.
pub type Answered = Result<Box<RawValue>, AppError>;

// `unattended` marks what a page asks by itself: it is no sign that anyone still sits there.
macro_rules! commands {
    ($(
        $name:ident($request:ty) -> $response:ty, $permission:ident $($unattended:ident)?
        $(, reads $($reads:ident)+)? $(, changes $($changes:ident)+)?;
    )+) => {
        /// Every command.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            permission: Permission::$permission,
            reads: &[$($(Tag::$reads),+)?],
            changes: &[$($(Tag::$changes),+)?],
        }),+];

        /// Runs the command of that name.
        pub(crate) fn dispatch(door: &Door<'_>, name: &str, request: Option<&RawValue>) -> Answered {
            match name {
                $(stringify!($name) => run::<_, $request, $response>(
                    door,
                    Permission::$permission,
                    stringify!($($unattended)?).is_empty(),
                    request,
                    command::$name,
                ),)+
                unknown => Err(AppError::BadRequest(format!("command: {unknown}"))),
            }
        }

        /// Shows the types of every command to `each`: name, request, response.
        #[cfg(feature = "bindings")]
        pub(crate) fn visit_types(each: &mut impl crate::bindings::EachCommand) {
            $(each.command::<$request, $response>(stringify!($name));)+
        }
    };
}

commands! {
    system_status(ask::Nothing) -> view::SystemStatus, Anyone, reads Accounts Law;
    account_first(ask::FirstAccount) -> (), Anyone, changes Accounts;
    session_sign_in(ask::SignIn) -> view::SessionView, Anyone;
    session_sign_out(ask::Nothing) -> (), Anyone;
    session_lock(ask::Nothing) -> (), Anyone;
    session_unlock(ask::Unlock) -> (), Anyone;
    password_change(ask::PasswordChange) -> (), OwnAccount, changes Accounts;
    account_list(ask::Nothing) -> Vec<view::AccountView>, ReadAccounts, reads Accounts;
    account_save(ask::AccountSave) -> Vec<view::AccountView>, KeepAccounts, changes Accounts;
    account_unlock(ask::AccountName) -> Vec<view::AccountView>, KeepAccounts, changes Accounts;
    person_find(ask::PersonQuery) -> view::PersonFind, ReadTrade, reads People Forms;
    person_view(ask::ById) -> view::PersonView, ReadTrade, reads People Forms;
    person_save(ask::PersonSave) -> view::PersonView, Trade, changes People Breaches;
    person_export(ask::PersonExport) -> view::ExportedFile, Reveal;
    retention_preview(ask::RetentionAsk) -> view::RetentionView, KeepDatabase, reads Law People Forms;
    retention_list(ask::Nothing) -> Vec<view::RetentionRunView>, KeepDatabase, reads Retention;
    retention_propose(ask::RetentionAsk) -> Vec<view::RetentionRunView>, KeepDatabase, changes Retention People Forms;
    retention_decide(ask::RetentionVerdict) -> Vec<view::RetentionRunView>, KeepDatabase, changes Retention People Forms;
    commune_list(ask::Nothing) -> Vec<view::CommuneView>, SignedIn, reads Law;
    goods_find(ask::GoodsQuery) -> Vec<view::GoodsHit>, SignedIn, reads Law Forms;
    price_view(ask::PriceQuery) -> view::PriceView, ReadTrade, reads Law Forms;
    declaration_preview(DraftInput) -> view::DecisionView, Trade, reads Law People Forms;
    declaration_register(DraftInput) -> Answer, Trade, changes Forms Breaches;
    exchange_register(ask::Exchange) -> view::ExchangeAnswer, Trade, changes Forms Breaches;
    declaration_cancel(ask::Cancel) -> view::CorrectionResult, Trade, changes Forms;
    correction_preview(ask::CorrectionInput) -> view::CorrectionPreview, Trade, reads Law People Forms;
    correction_make(ask::CorrectionInput) -> view::CorrectionResult, Trade, changes Forms Breaches;
    correction_decide(ask::CorrectionVerdict) -> (), Decide, changes Forms Breaches;
    correction_list(ask::Gate) -> view::CorrectionList, ReadTrade unattended, reads People Forms;
    declaration_history(ask::ById) -> Vec<view::RevisionView>, ReadTrade, reads Forms;
    declaration_list(ask::DeclarationListRequest) -> view::DeclarationList, ReadTrade, reads People Forms;
    declaration_view(ask::ById) -> view::DeclarationView, ReadTrade, reads People Forms;
    declaration_step(ask::TakeStep) -> view::ProgressView, Trade, changes Forms Cash Breaches;
    declaration_queue(ask::Gate) -> Vec<view::QueueRow>, ReadTrade unattended, reads People Forms;
    overview(ask::Nothing) -> view::Overview, Decide unattended, reads Law Forms Cash Breaches;
    breach_list(ask::BreachQuery) -> view::BreachList, ReadBreaches unattended, reads Law People Breaches;
    breach_view(ask::ById) -> view::BreachView, ReadBreaches, reads Law People Forms Breaches;
    breach_assign(ask::BreachAssign) -> (), Decide, changes Breaches;
    breach_decide(ask::BreachDecision) -> (), Decide, changes Breaches;
    breach_harmless(ask::BreachHarmless) -> (), Decide, changes Breaches;
    breach_scan(ask::GateDay) -> view::BreachScan, Decide unattended, changes Breaches;
    harmless_list(ask::HarmlessQuery) -> Vec<view::HarmlessView>, ReadBreaches, reads People Breaches;
    harmless_withdraw(ask::Cancel) -> (), Decide, changes Breaches;
    cash_desk(ask::Gate) -> view::CashDesk, ReadTrade unattended, reads Law People Cash;
    cash_open(ask::OpenCash) -> view::CashSessionView, Trade, changes Cash;
    cash_close(ask::CloseCash) -> view::CashSessionView, Trade, changes Cash;
    cash_acknowledge(ask::ById) -> view::CashSessionView, Trade, changes Cash;
    cash_hand_over(ask::HandOverCash) -> view::CashSessionView, Trade, changes Cash;
    cash_day(ask::GateDay) -> view::CashDay, Report, reads Forms Cash;
    receipt_list(ask::ReceiptQuery) -> Vec<view::ReceiptRow>, ReadTrade, reads People Cash;
    receipt_view(ask::ById) -> view::ReceiptView, ReadTrade, reads Law People Cash;
    receipt_cancel(ask::CancelReceipt) -> view::ReceiptRow, Trade, changes Forms Cash;
    receipt_answer(ask::AnswerReceipt) -> view::ReceiptRow, Trade, changes Forms Cash;
    receipt_print(ask::ById) -> view::PrintedFile, Trade;
    form_print(ask::FormPrint) -> view::PrintedFile, ReadTrade, changes Forms;
    form_send(ask::FormSend) -> view::SentForm, Trade, changes Forms;
    printer_list(ask::Nothing) -> Vec<String>, SignedIn;
    form_find(ask::PersonQuery) -> view::FoundFormView, ReadTrade;
    alignment_print(ask::AlignmentPrint) -> view::PrintedFile, SignedIn;
    law_kinds(ask::Nothing) -> Vec<view::LawKindView>, SignedIn, reads Law;
    law_series(ask::LawQuery) -> view::LawSeriesList, SignedIn, reads Law;
    law_rule(ask::LawSeries) -> view::LawRuleView, SignedIn, reads Law;
    law_changes(ask::LawChangesQuery) -> Vec<view::LawChangeView>, SignedIn, reads Law;
    law_check(ask::LawProposalInput) -> view::LawCheckView, KeepLaw, reads Law Forms;
    law_effect(ask::LawEffectRequest) -> view::LawEffectView, KeepLaw, reads Law Forms;
    law_propose(ask::LawProposalInput) -> view::LawChangeView, KeepLaw, changes Law;
    law_approve(ask::ById) -> view::LawChangeView, KeepLaw, changes Law;
    law_reject(ask::LawReject) -> view::LawChangeView, KeepLaw, changes Law;
    law_table_preview(ask::LawTableInput) -> view::LawTableView, KeepLaw, reads Law Forms;
    law_table_take(ask::LawTableInput) -> view::LawChangeView, KeepLaw, changes Law;
    gathering_form(ask::Typed) -> view::GatherableForm, ReadTrade, reads Forms Gatherings;
    gathering_trader(ask::Typed) -> Option<view::TraderView>, ReadTrade, reads Gatherings;
    gathering_save(GatheringInput) -> view::GatheringView, Trade, changes Gatherings;
    gathering_step(ask::TakeGatheringStep) -> view::GatheringView, Trade, changes Gatherings;
    gathering_cancel(ask::Cancel) -> view::GatheringView, Trade, changes Gatherings;
    gathering_list(ask::GatheringListRequest) -> Vec<view::GatheringRow>, ReadTrade, reads Law Forms Gatherings;
    gathering_view(ask::ById) -> view::GatheringView, ReadTrade, reads Law Forms Gatherings;
    gathering_export(ask::GatheringExport) -> view::ExportedFile, ReadTrade;
    gathering_print(ask::ById) -> view::PrintedFile, Trade;
    vehicle_find(ask::Typed) -> view::VehicleFind, ReadTrade, reads People Vehicles;
    vehicle_register(ask::VehicleInput) -> view::VehicleFind, Trade, changes Vehicles;
    vehicle_strike_off(ask::Cancel) -> view::VehicleFind, Trade, changes Vehicles;
    vehicle_cross(ask::Cross) -> view::VehicleFind, Trade, changes Vehicles;
    vehicle_extend(ask::Extend) -> view::CrossingView, Decide, changes Vehicles;
    vehicle_outside(ask::Gate) -> Vec<view::CrossingView>, ReadTrade unattended, reads People Vehicles;
    vehicle_book(ask::GateYear) -> view::VehicleBook, ReadTrade, reads People Vehicles;
    vehicle_export(ask::VehicleExport) -> view::ExportedFile, ReadTrade;
    vehicle_print(ask::GateYear) -> view::PrintedFile, Trade;
    reconciliation_view(ask::GateDay) -> view::ReconciliationView, ReadTrade unattended, reads Law People Forms Cash Reconciliation;
    barrier_save(ask::BarrierInput) -> view::ReconciliationView, Trade, changes Reconciliation;
    barrier_import(ask::BarrierTable) -> view::BarrierTableView, Trade, changes Reconciliation;
    difference_settle(ask::SettleInput) -> view::ReconciliationView, Trade, changes Reconciliation;
    settlement_answer(ask::SecondAnswer) -> view::ReconciliationView, Trade, changes Reconciliation;
    day_close(ask::GateDay) -> view::CloseResult, Trade, changes Forms Reconciliation;
    day_close_answer(ask::SecondAnswer) -> view::CloseResult, Trade, changes Forms Reconciliation;
    reconciliation_period(ask::PeriodQuery) -> view::PeriodView, Report, reads Law Forms Cash Reconciliation;
    report_daily(ask::GateDay) -> view::DailyReport, Report, reads Forms;
    report_run(ask::ReportRequest) -> view::ReportView, Report, reads Law People Forms Reports;
    report_file(ask::ReportFile) -> view::ExportedFile, Report;
    report_definitions(ask::Nothing) -> view::ReportChoices, Report, reads Law Reports;
    report_save_definition(ask::ReportKeep) -> view::KeptReport, KeepReports, changes Reports;
    report_withdraw(ask::ById) -> (), KeepReports, changes Reports;
    report_export(ask::Export) -> view::ExportedFile, Report, reads Forms;
    audit_kinds(ask::Nothing) -> Vec<view::AuditKind>, Audit;
    audit_search(ask::AuditQuery) -> view::AuditPage, Audit;
    audit_view(ask::AuditAt) -> view::AuditDetail, Audit;
    anchor_list(ask::Nothing) -> Vec<view::AnchorView>, Anchor, reads Anchors;
    anchor_make(ask::AnchorDay) -> view::AnchorView, Anchor, changes Anchors;
    anchor_keep(ask::AnchorText) -> view::AnchorView, Anchor, changes Anchors;
    anchor_export(ask::ById) -> view::ExportedFile, Anchor;
    anchor_print(ask::ById) -> view::PrintedFile, Anchor;
    anchor_renew(ask::Reason) -> (), Decide, changes Anchors;
    hub_status(ask::Nothing) -> view::HubView, SignedIn unattended, reads Forms People Cash;
    hub_sync(ask::Nothing) -> view::HubView, SignedIn;
    hub_members(ask::Nothing) -> Vec<view::MemberView>, ReadStations unattended;
}

/// The one place where permissions are checked: nothing of a request is read before.
fn run<'a, P: Place<'a>, Q: DeserializeOwned, A: Serialize>(
    door: &Door<'a>,
    permission: Permission,
    attended: bool,
    request: Option<&RawValue>,
    handler: fn(&P, Q) -> Result<A, AppError>,
) -> Answered {
    let place = P::of(door, door.admit(permission, attended)?);
    let request = serde_json::from_str(request.map_or("{}", RawValue::get));
    let request = request.map_err(|error| AppError::BadRequest(error.to_string()))?;
    let answer = handler(&place, request)?;
    serde_json::value::to_raw_value(&answer)
        .map_err(|error| bm_app::StoreError::Broken(error.to_string()).into())
}
