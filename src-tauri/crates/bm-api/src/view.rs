//! Persons, forms and totals as the window and the command line show them.

use bm_app::event::Account;
use bm_app::people::{PersonPage, QuotaStanding};
use bm_app::ports::{DayTotals, StoredDeclaration};
use bm_domain::LawOfDay;
use bm_domain::resident::{Resident, masked};
use bm_domain::{BusinessDay, Vnd};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use crate::answer;
use crate::words::{self, Language};

/// Quota of a person.
#[must_use]
pub fn quota(language: Language, standing: &QuotaStanding) -> Value {
    json!({
        "limit_vnd": standing.rule.value_limit,
        "used_today_vnd": standing.usage.exempt_today,
        "left_today_vnd": standing.left_today,
        "trips_used": standing.usage.trips_in_period,
        "trips_limit": standing.rule.trips_limit,
        "trips_today": standing.usage.trips_today,
        "basis": words::citation(language, &standing.rule.basis),
    })
}

/// A person in a list: papers masked.
#[must_use]
pub fn hit(
    language: Language,
    law: LawOfDay<'_>,
    person: &Resident,
    standing: Option<&QuotaStanding>,
) -> Value {
    let papers: Vec<Value> = person
        .papers
        .iter()
        .map(|paper| json!({"kind": paper.kind, "number": masked(&paper.number)}))
        .collect();
    json!({
        "id": person.id,
        "name": person.name,
        "born": person.born,
        "sex": person.sex,
        "papers": papers,
        "address": person.address,
        "commune": person.commune,
        "commune_name": commune_name(law, &person.commune),
        "quota": standing.map(|standing| quota(language, standing)),
    })
}

fn in_full(language: Language, law: LawOfDay<'_>, person: &Resident) -> Value {
    let mut view = hit(language, law, person, None);
    view["papers"] = person
        .papers
        .iter()
        .map(|paper| json!({"kind": paper.kind, "number": paper.number}))
        .collect();
    view
}

fn commune_name(law: LawOfDay<'_>, code: &str) -> String {
    law.commune(code)
        .map(|commune| commune.name.clone())
        .unwrap_or_default()
}

/// A person's page: papers in full, as its opening is recorded.
#[must_use]
pub fn page(language: Language, law: LawOfDay<'_>, page: &PersonPage) -> Value {
    let person = &page.person;
    let papers: Vec<Value> = person
        .papers
        .iter()
        .map(|p| {
            json!({"kind": p.kind, "number": p.number, "issued": p.issued, "expires": p.expires})
        })
        .collect();
    let month: Vec<Value> = page
        .month
        .iter()
        .map(|(day, exempt, trips)| json!({"day": day, "exempt_vnd": exempt, "trips": trips}))
        .collect();
    json!({
        "id": person.id,
        "name": person.name,
        "born": person.born,
        "sex": person.sex,
        "address": person.address,
        "commune": person.commune,
        "commune_name": commune_name(law, &person.commune),
        "basis": person.basis,
        "phone": person.phone,
        "papers": papers,
        "quota": page.quota.as_ref().map(|standing| quota(language, standing)),
        "month": month,
        "history": page.history.iter().map(|form| row(form, &person.name)).collect::<Vec<_>>(),
    })
}

/// A form in a list.
#[must_use]
pub fn row(stored: &StoredDeclaration, person_name: &str) -> Value {
    let form = &stored.declaration;
    let goods: Vec<&str> = form
        .draft
        .lines
        .iter()
        .map(|line| line.name.as_str())
        .collect();
    json!({
        "id": form.draft.id,
        "number": form.number,
        "at": form.draft.at,
        "gate": form.draft.gate,
        "direction": form.draft.direction,
        "status": stored.status,
        "person": form.person,
        "person_name": person_name,
        "value_vnd": form.decision.value,
        "exempt_vnd": form.decision.exempt,
        "excess_vnd": form.decision.excess,
        "total_due_vnd": form.decision.total_due(),
        "lines": form.draft.lines.len(),
        "goods": goods.join(", "),
    })
}

/// A form whole: papers in full, as its opening is recorded.
#[must_use]
pub fn form(
    language: Language,
    law: LawOfDay<'_>,
    stored: &StoredDeclaration,
    person: Option<&Resident>,
    officer: Option<&Account>,
) -> Value {
    let form = &stored.declaration;
    let draft = &form.draft;
    let mut answer = answer::of_decision(language, draft.id.to_string(), &form.decision);
    answer.number = Some(form.number.clone()).filter(|number| !number.is_empty());
    let lines: Vec<Value> = draft
        .lines
        .iter()
        .zip(&answer.lines)
        .map(|(line, decided)| {
            let mut merged = json!(decided);
            let declared = json!({
                "hs": line.hs, "name": line.name, "quantity": line.quantity, "unit": line.unit,
                "weight_kg": line.weight, "unit_price": line.unit_price,
                "currency": line.currency, "origin": line.origin,
                "condition": line.condition, "certificate": line.certificate,
            });
            if let (Some(merged), Value::Object(declared)) = (merged.as_object_mut(), declared) {
                merged.extend(declared);
            }
            merged
        })
        .collect();
    json!({
        "id": draft.id,
        "number": form.number,
        "at": draft.at,
        "gate": draft.gate,
        "gate_name": law.gate(&draft.gate).map(|gate| gate.name.clone()).unwrap_or_default(),
        "workstation": draft.workstation,
        "direction": draft.direction,
        "status": stored.status,
        "officer": stored.officer,
        "officer_name": officer.map_or(&stored.officer, |account| &account.display_name),
        "cancel_reason": stored.cancel_reason,
        "person": person.map(|person| in_full(language, law, person)),
        "allocation": draft.allocation,
        "lines": lines,
        "answer": answer,
    })
}

/// Totals of one direction of a day.
#[derive(Clone, Debug, Serialize)]
pub struct DirectionTotals {
    /// Forms that stand.
    pub forms: i64,
    /// Persons with a form that stands.
    pub residents: i64,
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
    /// Fees.
    pub fee_vnd: Vnd,
    /// Gross weight.
    pub weight_kg: String,
    /// Forms received: released, refused, cancelled and pending together.
    pub registered: i64,
    /// Forms released.
    pub released: i64,
    /// Forms refused.
    pub refused: i64,
    /// Forms cancelled.
    pub cancelled: i64,
    /// Forms registered and not yet released.
    pub pending: i64,
}

impl From<DayTotals> for DirectionTotals {
    fn from(t: DayTotals) -> Self {
        Self {
            forms: t.forms,
            residents: t.residents,
            value_vnd: Vnd::new(t.value),
            exempt_vnd: Vnd::new(t.exempt),
            excess_vnd: Vnd::new(t.excess),
            duty_vnd: Vnd::new(t.duty),
            excise_vnd: Vnd::new(t.excise),
            environment_vnd: Vnd::new(t.environment),
            vat_vnd: Vnd::new(t.vat),
            fee_vnd: Vnd::new(t.fee),
            weight_kg: Decimal::new(t.weight_g, 3).normalize().to_string(),
            registered: t.forms + t.refused + t.cancelled,
            released: t.released,
            refused: t.refused,
            cancelled: t.cancelled,
            pending: t.forms - t.released,
        }
    }
}

/// Both directions of a gate's day.
#[derive(Clone, Debug, Serialize)]
pub struct Directions {
    /// Purchases.
    pub import: DirectionTotals,
    /// Sales.
    pub export: DirectionTotals,
}

/// The daily report of a gate.
#[derive(Clone, Debug, Serialize)]
pub struct DailyReport {
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// The day.
    pub date: BusinessDay,
    /// When it was made.
    pub made_at: chrono::DateTime<chrono::Utc>,
    /// By whom.
    pub made_by: String,
    /// The figures.
    pub directions: Directions,
}
