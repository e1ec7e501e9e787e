//! The demo's days in reconciliation: one gate's yesterday with eight things that do not meet, counts
//! from the barrier for every past day, and the older days closed.

use std::collections::BTreeMap;
use std::sync::Arc;

use bm_api::Language;
use bm_api::command::{Call, register_all};
use bm_api::input::{DraftInput, LineInput, NumberText, ResidentInput};
use bm_app::law::LawRow;
use bm_app::ports::StoredDeclaration;
use bm_app::reconcile::counts::NewCount;
use bm_app::{Actor, App, AppError};
use bm_domain::cash::{Count, Notes};
use bm_domain::process::{PaymentMethod, Stage, Step};
use bm_domain::reconcile::ReconcileRule;
use bm_domain::reconcile::count::{Counted, Passage, Source};
use bm_domain::reconcile::place;
use bm_domain::{BusinessDay, DeclarationId, Direction, Validity, Vnd};
use bm_seed::world::InventedResident;
use chrono::{DateTime, TimeDelta, Utc};

use super::demo_days::{PastClock, hand_over};
use super::{damaged, next_step, reconciliation};

/// The gate of the planted day.
const GATE: &str = "MONGCAI";
/// The gate whose form passed at the other one.
const OTHER_GATE: &str = "MONGCAI2";
/// The counter where the planted forms are registered.
const COUNTER: &str = "Q09";
/// Leaves of a pre-printed book; the one between them is missing.
const LEAVES: [&str; 2] = ["QN/26P 0000101", "QN/26P 0000103"];
/// Days counted and closed in one transaction.
const GROUP: usize = 50;
/// Residents of the planted day, far from those of the planted month.
const FIRST_RESIDENT: usize = 1_500;

/// Until the day before yesterday one supervisor closed; since then the barrier counts every day and
/// two persons close.
pub(super) fn rules(today: BusinessDay) -> Result<Vec<LawRow>, AppError> {
    let (mut before, mut since) = (reconciliation()?, reconciliation()?);
    let yesterday = today.before(1);
    before.validity.to = Some(yesterday.before(1));
    since = ReconcileRule {
        count_required: true,
        close_needs_second: true,
        validity: Validity::since(yesterday),
        ..since
    };
    Ok(vec![LawRow::Reconcile(before), LawRow::Reconcile(since)])
}

/// A planted form: minute of the day, resident, direction, whether it is worth more than the quota.
struct Planted {
    name: &'static str,
    minute: i64,
    resident: usize,
    gate: &'static str,
    taxed: bool,
    released: bool,
    seen: bool,
}

const fn sale(name: &'static str, minute: i64, resident: usize) -> Planted {
    Planted {
        name,
        minute,
        resident,
        gate: GATE,
        taxed: false,
        released: true,
        seen: true,
    }
}

/// The planted forms: each is what its name says.
fn forms() -> Vec<Planted> {
    vec![
        Planted {
            released: false,
            ..sale("unreleased", 15 * 60 + 5, 0)
        },
        sale("made once", 15 * 60 + 20, 1),
        Planted {
            released: false,
            seen: false,
            ..sale("made twice", 15 * 60 + 32, 1)
        },
        Planted {
            released: false,
            ..sale("cancelled", 15 * 60 + 41, 2)
        },
        Planted {
            gate: OTHER_GATE,
            ..sale("wrong gate", 15 * 60 + 50, 3)
        },
        Planted {
            seen: false,
            ..sale("uncounted", 16 * 60 + 3, 4)
        },
        Planted {
            released: false,
            seen: false,
            ..sale("late", 16 * 60 + 14, 5)
        },
        Planted {
            taxed: true,
            ..sale("leaf 101", 16 * 60 + 22, 6)
        },
        Planted {
            taxed: true,
            ..sale("leaf 103", 16 * 60 + 37, 7)
        },
    ]
}

impl Planted {
    fn at(&self, day: BusinessDay) -> DateTime<Utc> {
        day.start() + TimeDelta::minutes(self.minute)
    }

    /// The same id in every demo of a day.
    fn id(&self, day: BusinessDay) -> DeclarationId {
        let millis = u64::try_from(self.at(day).timestamp_millis()).unwrap_or_default();
        let bytes = [0xd1; 10];
        DeclarationId(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    fn draft(&self, day: BusinessDay, residents: &[InventedResident]) -> Option<DraftInput> {
        let resident = residents.get(FIRST_RESIDENT + self.resident)?;
        let (quantity, weight) = if self.taxed {
            ("150", "150")
        } else {
            ("40", "40")
        };
        let line = LineInput {
            hs: "08081000".into(),
            name: None,
            quantity: NumberText(quantity.into()),
            unit: "kg".into(),
            weight_kg: NumberText(weight.into()),
            unit_price: NumberText("25000".into()),
            currency: "VND".into(),
            origin: Some(if self.taxed { "CN" } else { "VN" }.into()),
            condition: Some("new".into()),
            certificate: Some("KDTV-26-0411".into()),
        };
        Some(DraftInput {
            id: self.id(day).to_string(),
            at: Some(self.at(day).to_rfc3339()),
            gate: Some(self.gate.into()),
            workstation: Some(COUNTER.into()),
            direction: if self.taxed { "import" } else { "export" }.into(),
            resident: Some(ResidentInput {
                kind: "cccd".into(),
                number: resident.cccd.clone(),
                ..ResidentInput::default()
            }),
            lines: vec![line],
            allocation: Some("entered".into()),
            ..DraftInput::default()
        })
    }
}

fn at_gate(actor: &Actor, gate: &str) -> Actor {
    Actor {
        gate: gate.to_owned(),
        workstation: COUNTER.into(),
        ..actor.clone()
    }
}

/// Puts the eight differences into yesterday at one gate, by the ordinary rules.
///
/// # Errors
/// [`AppError`].
pub(super) fn plant(
    app: &App,
    officer: &Actor,
    residents: &[InventedResident],
    today: BusinessDay,
) -> Result<(), AppError> {
    let day = today.before(1);
    let clock = Arc::new(PastClock::default());
    let then = app.by_clock(clock.clone())?;
    let evening = |minute: i64| clock.set(day.start() + TimeDelta::minutes(20 * 60 + minute));
    let cashier = at_gate(officer, GATE);
    let forms = forms();
    evening(0);
    let drafts: Vec<_> = forms
        .iter()
        .filter_map(|form| form.draft(day, residents))
        .collect();
    let call = Call {
        app: &then,
        actor: officer.clone(),
        language: Language::Vi,
    };
    register_all(&call, &drafts)?;
    // The planted forms paid in cash have a drawer of their own, handed over the same evening.
    let drawer = then.open_cash(&cashier, Vnd::new(500_000))?;
    let mut leaves = LEAVES.iter();
    for form in forms.iter().filter(|form| form.taxed) {
        let leaf = leaves.next().ok_or_else(|| damaged("leaves"))?;
        let step = |stored: &StoredDeclaration| match stored.stage() {
            Some(Stage::Payment) => Some(Step::Pay {
                method: PaymentMethod::Cash,
                document: (*leaf).to_owned(),
                amount: None,
            }),
            _ => next_step(stored, true),
        };
        then.take_steps(&cashier, &[form.id(day)], step)?;
    }
    hand_over(&then, &cashier, &drawer, day)?;
    evening(10);
    let short = then.open_cash(&cashier, Vnd::new(500_000))?;
    let notes = [(200_000, 2), (50_000, 1)].map(|(note, count)| Notes {
        note: Vnd::new(note),
        count,
    });
    let counted = Count {
        notes: notes.to_vec(),
        small: Vnd::ZERO,
    };
    then.close_cash(
        &cashier,
        short.id,
        &counted,
        "Thiếu một tờ 50.000, đang tìm",
    )?;
    for form in forms.iter().filter(|form| form.released && !form.taxed) {
        let actor = at_gate(officer, form.gate);
        then.take_steps(&actor, &[form.id(day)], |stored| next_step(stored, true))?;
    }
    evening(20);
    write_down(&then, &cashier, &forms, day)?;
    evening(30);
    let named = |name: &str| {
        let found = forms.iter().find(|form| form.name == name);
        found.map(|form| form.id(day)).ok_or_else(|| damaged(name))
    };
    then.cancel(
        &cashier,
        named("cancelled")?,
        "Cư dân đổi ý, xin hủy tờ khai",
    )?;
    app.take_steps(&cashier, &[named("late")?], |stored| {
        next_step(stored, true)
    })
}

/// What the barrier wrote down at the planted gate: every form that had left, but not all of the
/// planted ones.
fn write_down(
    app: &App,
    actor: &Actor,
    planted: &[Planted],
    day: BusinessDay,
) -> Result<(), AppError> {
    let by_id: BTreeMap<DeclarationId, &Planted> =
        planted.iter().map(|form| (form.id(day), form)).collect();
    let mut passages = Vec::new();
    for gate in [GATE, OTHER_GATE] {
        let filter = bm_app::ports::DeclarationFilter {
            gate_day: Some((gate.to_owned(), day)),
            person: None,
            limit: u32::MAX,
        };
        for form in app.read(|reader| Ok(reader.declarations(&filter)?))? {
            let draft = &form.declaration.draft;
            let seen = match by_id.get(&draft.id) {
                Some(planted) => planted.seen,
                None => gate == GATE && form.progress.released.is_some(),
            };
            if seen {
                passages.push(Passage {
                    at: draft.at + TimeDelta::minutes(20),
                    direction: draft.direction,
                    form: form.declaration.number.clone(),
                    paper: String::new(),
                });
            }
        }
    }
    let new = NewCount {
        gate: GATE.to_owned(),
        day,
        counter: "Trạm kiểm soát biên phòng Bắc Luân".to_owned(),
        totals: None,
        passages,
        source: Source::Typed,
        reason: String::new(),
    };
    app.save_count(actor, &new).map(drop)
}

/// Counts of the barrier for every other past day, which agree, and the close of those before
/// yesterday of which nothing is open.
///
/// # Errors
/// [`AppError`].
pub(super) fn count_and_close(
    app: &App,
    (officer, supervisor): (&Actor, &Actor),
    days: &[(BusinessDay, String)],
    today: BusinessDay,
) -> Result<(), AppError> {
    let yesterday = today.before(1);
    let planted = (yesterday, GATE.to_owned());
    let clock = Arc::new(PastClock::default());
    let then = app.by_clock(clock.clone())?;
    for days in days.chunks(GROUP) {
        then.write(|writer| {
            for (day, gate) in days.iter().filter(|one| **one != planted) {
                clock.set(day.start() + TimeDelta::minutes(23 * 60 + 55));
                let found = then.match_day(writer, gate, *day)?;
                let mut totals = found.result.figures.expected.map(|expected| Counted {
                    persons: u32::try_from(expected.persons).unwrap_or_default(),
                    forms: u32::try_from(expected.forms).unwrap_or_default(),
                    vehicles: None,
                    weight_g: Some(expected.weight_g),
                });
                if *day == yesterday && gate == OTHER_GATE {
                    // One of its forms passed at the other gate.
                    let sold = &mut totals[place(Direction::Export)];
                    sold.persons = sold.persons.saturating_sub(1);
                    sold.forms = sold.forms.saturating_sub(1);
                }
                let new = NewCount {
                    gate: gate.clone(),
                    day: *day,
                    counter: "Bộ đội biên phòng cửa khẩu".to_owned(),
                    totals: Some(totals),
                    passages: Vec::new(),
                    source: Source::Typed,
                    reason: String::new(),
                };
                then.save_count_in(writer, &at_gate(officer, gate), &new)?;
                if *day == yesterday {
                    continue;
                }
                match then.close_day_in(writer, &at_gate(supervisor, gate), gate, *day) {
                    // A form still waits for its certificate.
                    Ok(_) | Err(AppError::Refused(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}
