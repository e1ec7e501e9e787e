//! Random days of forms: what the reports and the quota say against sums taken apart from them.

use std::collections::BTreeMap;

use bm_api::Language;
use bm_api::answer::{Answer, AnswerStatus};
use bm_api::command::{Call, daily, register_all};
use bm_api::input::DraftInput;
use bm_api::session::operator;
use bm_api::view::DirectionTotals;
use bm_app::people::QuotaStanding;
use bm_domain::{DeclarationId, Vnd};
use bm_tests::testkit::{TestOffice, form_id};
use proptest::prelude::*;
use serde_json::json;

const GATES: [&str; 3] = ["MONGCAI", "KM34", "HOANHMO"];
const DIRECTIONS: [&str; 2] = ["import", "export"];
/// On the list at 5 %, at 22 % and 8 %, at 12 % and 8 %; and off it.
const GOODS: [&str; 4] = ["08081000", "39241010", "63011000", "39269099"];
const PEOPLE: u32 = 4;
const DAYS: u32 = 7;

/// One form as drawn, and whether it is cancelled in the end.
#[derive(Clone, Debug)]
struct Drawn {
    person: u32,
    gate: usize,
    day: u32,
    direction: usize,
    lines: Vec<(usize, u32)>,
    least_tax: bool,
    cancelled: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let lines = prop::collection::vec((0..100_usize, 1..1_900_000_u32), 1..4);
    let place = (0..PEOPLE, 0..GATES.len(), 0..DAYS);
    (place, 0..10_usize, lines, any::<bool>(), 0..8_u32).prop_map(
        |((person, gate, day), direction, lines, least_tax, cancelled)| Drawn {
            person,
            gate,
            day,
            // One sale in five; goods off the list in one line of twenty.
            direction: usize::from(direction > 7),
            lines: lines
                .into_iter()
                .map(|(goods, vnd)| (if goods < 95 { goods % 3 } else { 3 }, vnd))
                .collect(),
            least_tax,
            cancelled: cancelled == 0,
        },
    )
}

fn day_of(day: u32) -> String {
    format!("2026-11-{:02}", day + 2)
}

fn input(n: u32, form: &Drawn) -> DraftInput {
    let lines: Vec<_> = form
        .lines
        .iter()
        .map(|(goods, vnd)| {
            json!({"hs": GOODS[*goods], "quantity": "1", "unit": "kg", "weight_kg": "0.25",
                "unit_price": vnd.to_string(), "currency": "VND", "origin": "CN"})
        })
        .collect();
    let form = json!({
        "id": form_id(n),
        "at": format!("{}T10:{:02}:00+07:00", day_of(form.day), n % 60),
        "gate": GATES[form.gate],
        "workstation": "Q1",
        "direction": DIRECTIONS[form.direction],
        "resident": {"kind": "cccd", "number": format!("02219000000{}", form.person),
            "name": "Lý Văn Nam", "born": "1990-01-01", "commune": "06841"},
        "lines": lines,
        "allocation": if form.least_tax { "least_tax" } else { "entered" },
    });
    serde_json::from_value(form).expect("a form")
}

/// What a gate's day and direction should add up to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    forms: i64,
    residents: std::collections::BTreeSet<u32>,
    money: [Vnd; 6],
    refused: i64,
    cancelled: i64,
    quarter_kilograms: i64,
}

impl Sums {
    fn add(&mut self, form: &Drawn, answer: &Answer) {
        if answer.status == AnswerStatus::Refused {
            self.refused += 1;
        } else if form.cancelled {
            self.cancelled += 1;
        } else {
            self.forms += 1;
            self.residents.insert(form.person);
            self.quarter_kilograms += i64::try_from(form.lines.len()).expect("few lines");
            let amounts = [
                answer.value_vnd,
                answer.exempt_vnd,
                answer.excess_vnd,
                answer.duty_vnd,
                answer.vat_vnd,
                answer.fee_vnd,
            ];
            for (sum, amount) in self.money.iter_mut().zip(amounts) {
                *sum += amount;
            }
        }
    }

    fn check(&self, totals: &DirectionTotals) -> Result<(), TestCaseError> {
        let money = [
            totals.value_vnd,
            totals.exempt_vnd,
            totals.excess_vnd,
            totals.duty_vnd,
            totals.vat_vnd,
            totals.fee_vnd,
        ];
        prop_assert_eq!(self.money, money);
        prop_assert_eq!(self.forms, totals.forms);
        prop_assert_eq!(self.residents.len() as i64, totals.residents);
        prop_assert_eq!(
            (self.refused, self.cancelled),
            (totals.refused, totals.cancelled)
        );
        let received = self.forms + self.refused + self.cancelled;
        prop_assert_eq!(received, totals.registered);
        prop_assert_eq!(
            totals.registered,
            totals.released + totals.refused + totals.cancelled + totals.pending
        );
        let grams = self.quarter_kilograms * 250;
        let weight = rust_decimal::Decimal::new(grams, 3).normalize();
        prop_assert_eq!(weight.to_string(), totals.weight_kg.clone());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn reports_and_quota_agree_with_the_answers(forms in prop::collection::vec(drawn(), 1..60)) {
        let office = TestOffice::new();
        office.with_app(|app| {
            let call = Call { app, actor: operator("test"), language: Language::Vi };
            let inputs: Vec<_> = (0..).zip(&forms).map(|(n, form)| input(n, form)).collect();
            let answers = register_all(&call, &inputs).expect("all answered");
            prop_assert_eq!(answers.len(), forms.len());
            for (form, answer) in forms.iter().zip(&answers) {
                if form.cancelled && answer.status == AnswerStatus::Registered {
                    let id: DeclarationId = answer.id.parse().expect("an id");
                    app.cancel(&call.actor, id, "drawn").expect("cancelled");
                }
            }
            let mut sums: BTreeMap<_, Sums> = BTreeMap::new();
            for (form, answer) in forms.iter().zip(&answers) {
                let key = (form.gate, form.day, form.direction);
                sums.entry(key).or_default().add(form, answer);
            }
            for (gate, code) in GATES.iter().enumerate() {
                for day in 0..DAYS {
                    let report = daily(&call, code, &day_of(day)).expect("a report").directions;
                    for (direction, totals) in [report.import, report.export].iter().enumerate() {
                        let key = (gate, day, direction);
                        sums.remove(&key).unwrap_or_default().check(totals)?;
                    }
                }
            }
            check_quota(&call, &forms, &answers)
        })?;
        let found = office.verify();
        prop_assert_eq!(found.differences, [""; 0]);
    }
}

/// Nobody has more exempt than the law gives, and the quota held is what the forms used.
fn check_quota(call: &Call<'_>, forms: &[Drawn], answers: &[Answer]) -> Result<(), TestCaseError> {
    for person in 0..PEOPLE {
        let mut trips_of_month = 0;
        for day in 0..DAYS {
            let of_day = forms.iter().zip(answers).filter(|(form, answer)| {
                let stands = answer.status == AnswerStatus::Registered && !form.cancelled;
                stands && (form.person, form.day) == (person, day)
            });
            let exempt: Vec<_> = of_day
                .map(|(_, answer)| answer.exempt_vnd)
                .filter(|exempt| exempt.is_positive())
                .collect();
            prop_assert!(exempt.len() <= 1, "one exempt trip a day: {exempt:?}");
            let used: Vnd = exempt.iter().copied().sum();
            trips_of_month += exempt.len();
            prop_assert!(used <= Vnd::new(2_000_000), "{used}");
            if let Some(held) = held(call, person, day) {
                prop_assert_eq!(held.usage.exempt_today, used);
                prop_assert_eq!(held.usage.trips_today as usize, exempt.len());
                prop_assert!(held.left_today >= Vnd::ZERO);
                prop_assert!(held.left_today + used <= Vnd::new(2_000_000));
            } else {
                prop_assert!(exempt.is_empty(), "exempt without being a person");
            }
        }
        prop_assert!(trips_of_month <= 4, "{trips_of_month} exempt trips");
    }
    Ok(())
}

fn held(call: &Call<'_>, person: u32, day: u32) -> Option<QuotaStanding> {
    let number = format!("02219000000{person}");
    let known = call
        .app
        .people_by_number(None, &number)
        .expect("a look")
        .pop()?;
    let date = day_of(day).parse().expect("a day");
    call.app.quota_on(known.id, date).expect("a look")
}
