//! Random weeks of forms that are registered, amended, refused, returned, cancelled, taken through
//! their steps, and days that are closed: the sums against what the forms say one by one.

use std::collections::BTreeMap;

use bm_api::Language;
use bm_api::command::{Call, daily, register_all};
use bm_api::input::{DraftInput, read_correction};
use bm_api::view::{CorrectionTotals, DirectionTotals};
use bm_app::correction::{Came, Wanted, pending};
use bm_app::permission::Role;
use bm_app::ports::{DeclarationFilter, Status, StoredDeclaration};
use bm_app::{Actor, App, AppError};
use bm_domain::process::{Finding, PaymentMethod, Stage, Step};
use bm_domain::quota::QuotaUsage;
use bm_domain::{BusinessDay, DeclarationId, PersonId, Vnd};
use bm_tests::testkit::{TestOffice, form_id};
use proptest::prelude::*;
use serde_json::{Value, json};

const GATE: &str = "MONGCAI";
/// On the list at 5 %; at 22 % and 8 %.
const GOODS: [&str; 2] = ["08081000", "39241010"];

/// What happens next.
#[derive(Clone, Debug)]
enum Happens {
    /// A person declares goods of a value, going in or out.
    Register(u32, bool, usize, u32),
    /// A form is asked to be amended.
    Amend(usize, usize, u32),
    /// A form is asked to be refused, returned or cancelled.
    End(usize, &'static str),
    /// A form is taken to the end of its way.
    Finish(usize),
    /// The second person approves, or rejects, what waits.
    Decide(bool),
    /// What waits is decided and finished, and the day of so many days ago is closed.
    Close(u32),
    /// A night passes.
    Night,
}

fn happens() -> impl Strategy<Value = Happens> {
    let form = || 0..8_usize;
    prop_oneof![
        5 => (0..2_u32, prop::bool::weighted(0.8), 0..GOODS.len(), 1..3_200_000_u32)
            .prop_map(|(person, bought, goods, vnd)| Happens::Register(person, bought, goods, vnd)),
        4 => (form(), 0..GOODS.len(), 1..3_200_000_u32)
            .prop_map(|(form, goods, vnd)| Happens::Amend(form, goods, vnd)),
        2 => (form(), prop::sample::select(vec!["refuse", "return", "cancel"]))
            .prop_map(|(form, kind)| Happens::End(form, kind)),
        3 => form().prop_map(Happens::Finish),
        3 => prop::bool::weighted(0.8).prop_map(Happens::Decide),
        2 => (0..3_u32).prop_map(Happens::Close),
        2 => Just(Happens::Night),
    ]
}

fn line(goods: usize, vnd: u32) -> Value {
    json!({"hs": GOODS[goods], "quantity": "1", "unit": "kg", "weight_kg": "0.25",
        "unit_price": vnd.to_string(), "currency": "VND", "origin": "CN", "certificate": "KD"})
}

fn input(n: u32, person: u32, bought: bool, lines: &[Value]) -> DraftInput {
    let form = json!({
        "id": form_id(n),
        "direction": if bought { "import" } else { "export" },
        "resident": {"kind": "cccd", "number": format!("02219000000{person}"),
            "name": "Lý Văn Nam", "born": "1990-01-01", "commune": "06841"},
        "lines": lines,
    });
    serde_json::from_value(form).expect("a form")
}

fn actor(role: Role) -> Actor {
    Actor {
        user: role.word().into(),
        role,
        gate: GATE.into(),
        workstation: "Q1".into(),
    }
}

fn id_of(n: usize) -> DeclarationId {
    let n = u32::try_from(n).expect("few forms");
    form_id(n).parse().expect("an id")
}

/// The next step of a form on its way to the release and to the last settled dong.
fn next_step(form: &StoredDeclaration) -> Option<Step> {
    let balance = form.progress.balance(&form.requirements());
    match form.stage() {
        Some(Stage::Inspection) => Some(Step::Inspect {
            finding: Finding::Conforms,
            remark: String::new(),
        }),
        Some(Stage::Tax) => Some(Step::ConfirmTax),
        Some(Stage::Payment) => Some(pay()),
        Some(Stage::Release) => Some(Step::Release),
        _ if balance < Vnd::ZERO => Some(Step::Refund {
            amount: Vnd::ZERO - balance,
            method: PaymentMethod::Bank,
            document: "QD".into(),
        }),
        _ if balance.is_positive() && form.progress.taxed.is_none() => Some(Step::ConfirmTax),
        _ if balance.is_positive() => Some(pay()),
        _ => None,
    }
}

fn pay() -> Step {
    Step::Pay {
        method: PaymentMethod::Bank,
        document: "BL".into(),
        amount: None,
    }
}

/// What rules refuse is an answer like any other here; everything else fails the test.
fn allowed<T>(done: Result<T, AppError>) -> Option<T> {
    match done {
        Ok(done) => Some(done),
        Err(AppError::Refused(_) | AppError::Stale | AppError::NotFound) => None,
        Err(error) => panic!("{error}"),
    }
}

fn wanted(kind: &str, lines: &[Value]) -> Wanted {
    let ask = json!({"id": "", "kind": kind, "lines": lines});
    let ask = serde_json::from_value(ask).expect("a correction");
    read_correction(&ask).expect("readable")
}

/// A week as it was lived, and the totals with which days were closed.
struct Week<'a> {
    office: &'a TestOffice,
    app: &'a App,
    day: u32,
    forms: u32,
    closed: BTreeMap<String, Value>,
}

fn day_name(day: u32) -> String {
    let first: BusinessDay = "2026-11-23".parse().expect("a day");
    first.after(day).to_string()
}

impl Week<'_> {
    fn call(&self) -> Call<'_> {
        Call {
            app: self.app,
            actor: actor(Role::Officer),
            language: Language::Vi,
        }
    }

    fn report(&self, day: &str) -> (Value, [DirectionTotals; 2], [CorrectionTotals; 2]) {
        let report = daily(&self.call(), GATE, day).expect("a report");
        let (own, moved) = (report.directions, report.corrections);
        let json = serde_json::to_value(&own).expect("JSON");
        (json, [own.import, own.export], [moved.import, moved.export])
    }

    fn live(&mut self, what: &Happens) {
        match what {
            Happens::Register(person, bought, goods, vnd) => {
                let form = input(self.forms, *person, *bought, &[line(*goods, *vnd)]);
                register_all(&self.call(), &[form]).expect("answered");
                self.forms += 1;
            }
            Happens::Amend(form, goods, vnd) => {
                self.correct(*form, &wanted("amend", &[line(*goods, *vnd)]));
            }
            Happens::End(form, kind) => self.correct(*form, &wanted(kind, &[])),
            Happens::Finish(form) => self.finish(*form),
            Happens::Decide(approve) => self.decide(*approve),
            Happens::Close(ago) => {
                self.decide(true);
                (0..self.forms as usize).for_each(|form| self.finish(form));
                let day = day_name(self.day.saturating_sub(*ago));
                let date = day.parse().expect("a day");
                let head = actor(Role::Supervisor);
                if allowed(self.app.close_day(&head, GATE, date)).is_some() {
                    let totals = self.report(&day).0;
                    self.closed.insert(day, totals);
                }
            }
            Happens::Night => {
                self.day += 1;
                self.office
                    .clock
                    .set(&format!("{} 08:00", day_name(self.day)));
            }
        }
    }

    fn finish(&self, form: usize) {
        let ids = [id_of(form)];
        allowed(self.app.take_steps(&actor(Role::Officer), &ids, next_step));
    }

    fn decide(&self, approve: bool) {
        let waits = self.app.read(|reader| Ok(pending(reader, Some(GATE))?));
        for proposal in waits.expect("read") {
            let head = actor(Role::Supervisor);
            allowed(
                self.app
                    .decide_correction(&head, proposal.id, approve, "seen"),
            );
        }
    }

    fn correct(&self, form: usize, wanted: &Wanted) {
        let done = (self.app).correct(&actor(Role::Officer), id_of(form), wanted, "drawn");
        if let Some(Came::Done(plan)) = allowed(done) {
            assert!(!plan.second_person);
        }
    }

    /// The forms of every day, as each stands.
    fn standing(&self) -> Vec<StoredDeclaration> {
        let of = |day: u32| {
            let day = day_name(day).parse().expect("a day");
            let filter = DeclarationFilter {
                gate_day: Some((GATE.into(), day)),
                person: None,
                limit: 1_000,
            };
            self.app.read(|reader| Ok(reader.declarations(&filter)?))
        };
        let days = (0..=self.day).flat_map(|day| of(day).expect("forms"));
        days.collect()
    }

    /// Totals of all days with the corrections booked later are what standing forms add up to.
    fn check_sums(&self) -> Result<(), TestCaseError> {
        let mut sums = [[0_i64; 5]; 2];
        for form in self.standing() {
            let decision = &form.declaration.decision;
            let way = usize::from(form.declaration.draft.direction.word() == "export");
            if form.status == Status::Registered {
                let amounts = [decision.value, decision.exempt, decision.excess];
                let amounts = amounts.into_iter().chain([decision.taxes.total()]);
                for (sum, amount) in sums[way].iter_mut().zip(amounts) {
                    *sum += amount.dong();
                }
                sums[way][4] += 1;
            }
        }
        let mut told = [[0_i64; 5]; 2];
        for day in 0..=self.day + 7 {
            let (json, own, moved) = self.report(&day_name(day));
            if let Some(then) = self.closed.get(&day_name(day)) {
                prop_assert_eq!(then, &json, "day {} was closed", day);
            }
            for way in 0..2 {
                let (a, b) = (&own[way], &moved[way]);
                prop_assert_eq!(
                    a.registered,
                    a.released + a.refused + a.cancelled + a.pending
                );
                let taxes = |t: [Vnd; 4]| t.into_iter().sum::<Vnd>();
                let own_tax = taxes([a.duty_vnd, a.excise_vnd, a.environment_vnd, a.vat_vnd]);
                let amounts = [
                    a.value_vnd + b.value_vnd,
                    a.exempt_vnd + b.exempt_vnd,
                    a.excess_vnd + b.excess_vnd,
                    own_tax + b.total(),
                ];
                for (sum, amount) in told[way].iter_mut().zip(amounts) {
                    *sum += amount.dong();
                }
                told[way][4] += a.forms + b.forms;
            }
        }
        prop_assert_eq!(sums, told);
        Ok(())
    }

    fn held(&self, person: PersonId, day: BusinessDay) -> QuotaUsage {
        let standing = self.app.quota_on(person, day).expect("read");
        standing.expect("a rule").usage
    }

    /// Nobody uses more than the law gives, and what is held is what the standing forms use.
    fn check_quota(&self) -> Result<(), TestCaseError> {
        let mut used: BTreeMap<_, (i64, u32)> = BTreeMap::new();
        for form in self.standing() {
            let (of, decision) = (&form.declaration, &form.declaration.decision);
            let stands = form.status == Status::Registered;
            if stands && decision.counts_as_trip {
                let day = used.entry((of.person, of.day())).or_default();
                day.0 += decision.exempt.dong();
                day.1 += 1;
            }
        }
        let mut month: BTreeMap<_, u32> = BTreeMap::new();
        for ((person, day), (exempt, trips)) in used {
            prop_assert!(
                exempt <= 2_000_000 && trips <= 1,
                "{exempt} in {trips} trips"
            );
            *month.entry((person, day.month_start())).or_default() += trips;
            let held = self.held(person, day);
            prop_assert_eq!(
                (held.exempt_today.dong(), held.trips_today),
                (exempt, trips)
            );
        }
        for ((person, first), trips) in month {
            prop_assert!(trips <= 4, "{trips} trips");
            let held = self.held(person, first);
            prop_assert_eq!(held.trips_in_period, trips);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn totals_are_what_stands_and_the_quota_is_never_exceeded(
        week in prop::collection::vec(happens(), 1..60),
    ) {
        let office = TestOffice::opened_at("2026-11-23 08:00");
        for role in ["officer", "supervisor"] {
            office.account(role);
        }
        office.with_app(|app| {
            let mut lived = Week { office: &office, app, day: 0, forms: 0, closed: BTreeMap::new() };
            for what in &week {
                lived.live(what);
            }
            lived.check_sums()?;
            lived.check_quota()
        })?;
        prop_assert_eq!(office.verify().differences, [""; 0]);
    }
}
