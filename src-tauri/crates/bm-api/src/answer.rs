//! The answer to a form, as the command line's contract and the window read it. Money is a string
//! of whole VND.

use bm_app::counter::Outcome;
use bm_domain::decide::{Decision, LineDecision};
use bm_domain::{Severity, Violation, Vnd};
use serde::Serialize;

use crate::words::{self, Language};

/// A violation in words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "Violation"))]
pub struct ViolationView {
    /// Which rule.
    pub code: String,
    /// `refuse` or `warn`.
    pub severity: Severity,
    /// The field it concerns.
    pub field: String,
    /// Legal basis.
    pub basis: String,
    /// What happened, why, what to do.
    pub message: String,
}

/// One line of an answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LineAnswer {
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Import or export duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// Rate of duty.
    pub duty_percent: String,
    /// Rate of value added tax.
    pub vat_percent: String,
    /// VND for one unit of the currency.
    pub rate: Option<String>,
}

/// What came of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AnswerStatus {
    /// It stands, or stood until it was cancelled.
    Registered,
    /// A rule refuses it.
    #[default]
    Refused,
}

/// The answer to a form.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Answer {
    /// The form's id as given.
    pub id: String,
    /// Its number, once registered.
    pub number: Option<String>,
    /// What came of it; a known id is answered as it was the first time.
    pub status: AnswerStatus,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Import or export duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// Fee.
    pub fee_vnd: Vnd,
    /// Taxes and fee.
    pub total_due_vnd: Vnd,
    /// Whether goods must be inspected.
    pub inspection_required: bool,
    /// Trips of the period, this one included.
    pub trips_used: u32,
    /// Granted without the hub.
    pub provisional: bool,
    /// Line by line.
    pub lines: Vec<LineAnswer>,
    /// What was broken or needs a look.
    pub violations: Vec<ViolationView>,
}

/// A violation in the words of a language.
#[must_use]
pub fn violation(language: Language, violation: &Violation) -> ViolationView {
    ViolationView {
        code: words::code(violation.code),
        severity: violation.severity,
        field: violation.field.clone(),
        basis: words::citation(language, &violation.basis),
        message: words::violation(language, violation),
    }
}

/// Violations in the words of a language.
#[must_use]
pub fn violations(language: Language, all: &[Violation]) -> Vec<ViolationView> {
    all.iter().map(|one| violation(language, one)).collect()
}

fn line(line: &LineDecision) -> LineAnswer {
    LineAnswer {
        value_vnd: line.value,
        exempt_vnd: line.exempt,
        excess_vnd: line.excess,
        duty_vnd: line.taxes.duty,
        excise_vnd: line.taxes.excise,
        environment_vnd: line.taxes.environment,
        vat_vnd: line.taxes.vat,
        duty_percent: line.duty_percent.to_string(),
        vat_percent: line.vat_percent.to_string(),
        rate: line.rate.map(|rate| rate.to_string()),
    }
}

/// The answer a decision makes.
#[must_use]
pub fn of_decision(language: Language, id: String, decision: &Decision) -> Answer {
    Answer {
        id,
        number: None,
        status: if decision.is_refused() {
            AnswerStatus::Refused
        } else {
            AnswerStatus::Registered
        },
        value_vnd: decision.value,
        exempt_vnd: decision.exempt,
        excess_vnd: decision.excess,
        duty_vnd: decision.taxes.duty,
        excise_vnd: decision.taxes.excise,
        environment_vnd: decision.taxes.environment,
        vat_vnd: decision.taxes.vat,
        fee_vnd: decision.fee,
        total_due_vnd: decision.total_due(),
        inspection_required: decision.inspection_required,
        trips_used: decision.trips_used,
        provisional: false,
        lines: decision.lines.iter().map(line).collect(),
        violations: violations(language, &decision.violations),
    }
}

/// The answer to a form that was registered or refused, now or before.
#[must_use]
pub fn of_outcome(language: Language, outcome: &Outcome) -> Answer {
    let form = &outcome.declaration;
    let mut answer = of_decision(language, form.draft.id.to_string(), &form.decision);
    answer.number = Some(form.number.clone()).filter(|number| !number.is_empty());
    answer.provisional = outcome.provisional;
    answer.status = if outcome.is_refused() {
        AnswerStatus::Refused
    } else {
        AnswerStatus::Registered
    };
    answer
}

/// The answer to a form that could not be read.
#[must_use]
pub fn unreadable(language: Language, id: &str, problems: &[Violation]) -> Answer {
    Answer {
        id: id.chars().take(100).collect(),
        status: AnswerStatus::Refused,
        violations: violations(language, problems),
        ..Answer::default()
    }
}
