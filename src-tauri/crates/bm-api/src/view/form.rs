//! Forms: as decided while typed, in a list, whole.

use bm_app::event::Account;
use bm_app::paper::line_name;
use bm_app::ports::{Status, StoredDeclaration};
use bm_domain::breach::BreachKind;
use bm_domain::declaration::{Allocation, Condition, Counterpart, Direction, DraftLine};
use bm_domain::law::LawBook;
use bm_domain::process::Stage;
use bm_domain::resident::Resident;
use bm_domain::{DeclarationId, HsCode, LawOfDay, PersonId, Vnd};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{ExchangeLeg, PaperHit, PersonHit, ProgressView};
use crate::answer::{self, Answer, LineAnswer};
use crate::words::Language;

/// The decision on a form as it is typed, with what each order of lines would cost.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DecisionView {
    /// As the form stands.
    pub decision: Answer,
    /// Due when the lines bear the excess so that it costs least.
    pub least_tax_due_vnd: Vnd,
    /// Due when they bear it in the order entered.
    pub entered_due_vnd: Vnd,
    /// The breaches that trying to register it, as it is refused, would open.
    pub breaches: Vec<BreachKind>,
}

/// A form in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationRow {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// When it was registered.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Which way the goods go.
    pub direction: Direction,
    /// Where it stands.
    pub status: Status,
    /// How often it has been amended.
    pub revision: u32,
    /// What it waits for; `None` when it was refused or cancelled.
    pub stage: Option<Stage>,
    /// Who declared it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Taxes and fee.
    pub total_due_vnd: Vnd,
    /// How many lines.
    pub lines: u32,
    /// Their names.
    pub goods: String,
}

impl DeclarationRow {
    /// A form with the name of its person.
    #[must_use]
    pub fn new(law: LawOfDay<'_>, stored: &StoredDeclaration, person_name: &str) -> Self {
        let form = &stored.declaration;
        let goods = form.draft.lines.iter().map(|line| line_name(law, line));
        Self {
            id: form.draft.id,
            number: form.number.clone(),
            at: form.draft.at,
            gate: form.draft.gate.clone(),
            direction: form.draft.direction,
            status: stored.status,
            revision: form.revision,
            stage: stored.stage(),
            person: form.person,
            person_name: person_name.to_owned(),
            value_vnd: form.decision.value,
            exempt_vnd: form.decision.exempt,
            excess_vnd: form.decision.excess,
            total_due_vnd: form.decision.total_due(),
            lines: u32::try_from(form.draft.lines.len()).unwrap_or(u32::MAX),
            goods: goods.collect::<Vec<_>>().join(", "),
        }
    }
}

/// Most rows of a list; nobody reads more, and the sums do not depend on it.
const ROWS_MAX: usize = 1_000;

/// Forms of a gate's day, with the sums of those that fit and stand.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationList {
    /// The forms, the newest first; the newest of many.
    pub rows: Vec<DeclarationRow>,
    /// How many more fit and are not among the rows; absent when all are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub more: Option<u32>,
    /// How many stand.
    pub forms: u32,
    /// Their customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Taxes and fees.
    pub total_due_vnd: Vnd,
}

impl DeclarationList {
    /// Adds a form; the sums are of all that stand, whether they are shown or not.
    pub(crate) fn push(&mut self, row: DeclarationRow) {
        if row.status == Status::Registered {
            self.forms += 1;
            self.value_vnd += row.value_vnd;
            self.exempt_vnd += row.exempt_vnd;
            self.excess_vnd += row.excess_vnd;
            self.total_due_vnd += row.total_due_vnd;
        }
        if self.rows.len() < ROWS_MAX {
            self.rows.push(row);
        } else {
            self.more = Some(self.more.unwrap_or_default() + 1);
        }
    }
}

/// The description as declared; the catalogue's name when there is none.
pub(super) fn name_of<'a>(law: LawOfDay<'a>, line: &'a DraftLine) -> &'a str {
    match law.goods(line.hs) {
        Some(goods) if line.name.is_empty() => &goods.name_vi,
        _ => &line.name,
    }
}

/// A line of a form: what was declared and what was decided.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LineView {
    /// Commodity code.
    pub hs: HsCode,
    /// Description.
    pub name: String,
    /// How much.
    pub quantity: String,
    /// In which unit.
    pub unit: String,
    /// Gross weight in kilograms, where given.
    pub weight_kg: Option<String>,
    /// Price of one unit.
    pub unit_price: String,
    /// Currency of the price.
    pub currency: String,
    /// Country of origin or destination.
    pub origin: String,
    /// New or used.
    pub condition: Condition,
    /// Quarantine certificate.
    pub certificate: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub decided: LineAnswer,
}

impl LineView {
    fn new(law: LawOfDay<'_>, line: &DraftLine, decided: &LineAnswer) -> Self {
        Self {
            hs: line.hs,
            name: line_name(law, line).to_owned(),
            quantity: line.quantity.to_string(),
            unit: line.unit.clone(),
            weight_kg: line.weight.map(|weight| weight.to_string()),
            unit_price: line.unit_price.to_string(),
            currency: line.currency.to_string(),
            origin: line.origin.clone(),
            condition: line.condition,
            certificate: line.certificate.clone(),
            decided: decided.clone(),
        }
    }
}

/// The other side of the trade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CounterpartView {
    /// Full name.
    pub name: String,
    /// The paper shown, if one was.
    pub paper: Option<PaperHit>,
}

impl CounterpartView {
    fn new(counterpart: &Counterpart) -> Self {
        Self {
            name: counterpart.name.clone(),
            paper: counterpart.paper.as_ref().map(|paper| PaperHit {
                kind: paper.kind,
                number: paper.number.clone(),
            }),
        }
    }
}

/// A form whole: papers in full, as its opening is recorded.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationView {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// When it was registered.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// What the customs region was called on the day; empty where it is not entered.
    pub region_title: String,
    /// What the office was called on the day; empty where it is not entered.
    pub office_title: String,
    /// Code of the counter.
    pub workstation: String,
    /// Which way the goods go.
    pub direction: Direction,
    /// Where it stands.
    pub status: Status,
    /// Account that registered it.
    pub officer: String,
    /// Display name of the account, for the signature.
    pub officer_name: String,
    /// Why it no longer stands, if it stood once.
    pub cancel_reason: Option<String>,
    /// How often it has been amended.
    pub revision: u32,
    /// Whether a correction of it waits for the second person.
    pub correction_pending: bool,
    /// The other leg, when goods are exchanged for goods.
    pub exchange: Option<ExchangeLeg>,
    /// Who the goods go to or come from, where it was said.
    pub counterpart: Option<CounterpartView>,
    /// Who declared it; without a name when a refused form did not say.
    pub person: PersonHit,
    /// In which order lines used up the exemption.
    pub allocation: Allocation,
    /// The goods.
    pub lines: Vec<LineView>,
    /// What was decided.
    pub answer: Answer,
    /// How far it has come.
    pub progress: ProgressView,
}

impl DeclarationView {
    /// A form in the words of a language.
    #[must_use]
    pub fn new(
        language: Language,
        book: &LawBook,
        stored: &StoredDeclaration,
        person: Option<&Resident>,
        officer: Option<&Account>,
        progress: ProgressView,
    ) -> Self {
        let form = &stored.declaration;
        let draft = &form.draft;
        let mut answer = answer::of_decision(language, draft.id.to_string(), &form.decision);
        answer.number = Some(form.number.clone()).filter(|number| !number.is_empty());
        let lines = draft.lines.iter().zip(&answer.lines);
        let law = book.on(form.day());
        let gate = law.gate(&draft.gate);
        Self {
            id: draft.id,
            number: form.number.clone(),
            at: draft.at,
            gate: draft.gate.clone(),
            gate_name: gate.map(|gate| gate.name.clone()).unwrap_or_default(),
            region_title: law.title("region").unwrap_or_default().to_owned(),
            office_title: law.office_title(&draft.gate).unwrap_or_default().to_owned(),
            workstation: draft.workstation.clone(),
            direction: draft.direction,
            status: stored.status,
            officer: stored.officer.clone(),
            officer_name: officer
                .map_or(&stored.officer, |account| &account.display_name)
                .clone(),
            cancel_reason: stored.cancel_reason.clone(),
            revision: form.revision,
            correction_pending: false,
            exchange: None,
            counterpart: draft.counterpart.as_deref().map(CounterpartView::new),
            person: person
                .map_or_else(PersonHit::unknown, |person| PersonHit::in_full(law, person)),
            allocation: draft.allocation,
            lines: lines
                .map(|(line, decided)| LineView::new(law, line, decided))
                .collect(),
            answer,
            progress,
        }
    }
}
