//! The bodies of the commands: each looks at its request, asks the use cases, shapes the answer.
//! The list of them is in [`crate::catalog`].

mod account;
mod anchor;
mod audit;
mod breach;
mod cash;
mod correction;
mod declaration;
mod door;
mod gathering;
mod goods;
mod hub;
mod law;
mod overview;
mod paper;
mod person;
mod price;
mod process;
mod reconcile;
mod report;
mod rights;
mod vehicle;

use bm_app::{Actor, App, AppError};
use bm_domain::BusinessDay;

use crate::input::Desk;
use crate::words::Language;

pub use account::{account_first, account_list, account_save, account_unlock, password_change};
pub use anchor::{
    anchor_export, anchor_keep, anchor_list, anchor_make, anchor_print, anchor_renew, office,
    read_anchor, write_anchor,
};
pub use audit::{EVENTS, audit_kinds, audit_search, audit_view};
pub use breach::{
    breach_assign, breach_decide, breach_harmless, breach_list, breach_scan, breach_view,
    harmless_list, harmless_withdraw,
};
pub use cash::{
    cash_acknowledge, cash_close, cash_day, cash_desk, cash_hand_over, cash_open, receipt_answer,
    receipt_cancel, receipt_list, receipt_view,
};
pub use correction::{
    correction_decide, correction_list, correction_make, correction_preview, declaration_cancel,
    declaration_history,
};
pub use declaration::{
    declaration_list, declaration_preview, declaration_register, declaration_view,
    exchange_register, register_all,
};
pub use door::{session_lock, session_sign_in, session_sign_out, session_unlock, system_status};
pub use gathering::{
    gathering_cancel, gathering_export, gathering_form, gathering_list, gathering_save,
    gathering_step, gathering_trader, gathering_view,
};
pub use goods::{commune_list, goods_find};
pub use hub::{hub_members, hub_status, hub_sync};
pub use law::{
    law_approve, law_changes, law_check, law_effect, law_kinds, law_propose, law_reject, law_rule,
    law_series, law_table_preview, law_table_take, table_view,
};
pub use overview::overview;
pub use paper::{
    alignment_print, form_find, form_print, form_send, gathering_print, printer_list,
    receipt_print, vehicle_print,
};
pub use person::{person_find, person_save, person_view};
pub use price::price_view;
pub use process::{declaration_queue, declaration_step};
pub use reconcile::{
    barrier_import, barrier_save, day_close, day_close_answer, difference_settle,
    reconciliation_period, reconciliation_view, settlement_answer,
};
pub use report::{
    LINES, daily, on_paper, report, report_daily, report_definitions, report_export, report_file,
    report_run, report_save_definition, report_withdraw,
};
pub use rights::{
    dossier, person_export, retention_decide, retention_list, retention_preview, retention_propose,
};
pub use vehicle::{
    vehicle_book, vehicle_cross, vehicle_export, vehicle_extend, vehicle_find, vehicle_outside,
    vehicle_register, vehicle_strike_off,
};

/// Most persons or goods offered for what was typed.
const HITS_MAX: usize = 12;

/// What every command of someone who has signed in gets besides its request.
pub struct Call<'a> {
    /// The use cases.
    pub app: &'a App,
    /// Who asks.
    pub actor: Actor,
    /// In which language to answer.
    pub language: Language,
}

impl Call<'_> {
    fn today(&self) -> BusinessDay {
        BusinessDay::of(self.app.clock().now())
    }

    fn desk(&self) -> Desk {
        Desk {
            gate: self.actor.gate.clone(),
            workstation: self.actor.workstation.clone(),
            now: self.app.clock().now(),
        }
    }
}

fn read_id<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn read_day(text: &str) -> Result<BusinessDay, AppError> {
    text.parse()
        .map_err(|_| AppError::BadRequest(format!("day: {text}")))
}
