//! The quota of a person over days, months and gates.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::quota::{QuotaPeriod, QuotaRule, SecondTrip};
use bm_domain::{Direction, Validity, Vnd};
use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::{apples, codes, hoa, officer, purchase, split};

fn buy(desk: &Desk<'_>, n: u32, person: &str, vnd: u32) -> Value {
    let answer = desk.ok("declaration_register", &purchase(n, person, &[apples(vnd)]));
    assert_eq!(answer["status"], "registered", "{answer}");
    answer
}

#[test]
fn vector_01_the_first_trip_of_the_month_is_exempt() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let answer = buy(&desk, 1, &hoa(&desk), 1_500_000);
    assert_eq!(split(&answer), (1_500_000, 0, 0));
    assert_eq!(answer["inspection_required"], false);
}

#[test]
fn vector_02_a_second_trip_of_the_day_is_taxed() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    buy(&desk, 1, &person, 1_500_000);
    let answer = buy(&desk, 2, &person, 400_000);
    assert_eq!(split(&answer), (0, 400_000, 20_000));
    assert_eq!(answer["inspection_required"], true);
    assert_eq!(answer["trips_used"], 1, "a wholly taxed trip uses none");
    assert!(codes(&answer).contains(&"second_trip_of_day"), "{answer}");
}

#[test]
fn vector_03_a_rule_may_let_trips_share_the_day() {
    let office = TestOffice::new();
    let shared = QuotaRule {
        direction: Direction::Import,
        value_limit: Vnd::new(2_000_000),
        trips_limit: 4,
        period: QuotaPeriod::CalendarMonth,
        second_trip: SecondTrip::ShareDayLimit,
        taxed_trip_counts: false,
        validity: Validity::since("2026-11-24".parse().expect("a day")),
        basis: "Decree 1/2026/ND-CP art. 1".into(),
    };
    let rows = [LawRow::Quota(shared)];
    office
        .with_app(|app| app.save_law(&operator("test"), &rows, "test"))
        .expect("a rule");
    let desk = officer(&office);
    let person = hoa(&desk);
    buy(&desk, 1, &person, 1_500_000);
    let answer = buy(&desk, 2, &person, 400_000);
    assert_eq!(split(&answer), (400_000, 0, 0));
    assert_eq!(answer["trips_used"], 2);
    let third = buy(&desk, 3, &person, 400_000);
    assert_eq!(split(&third), (100_000, 300_000, 15_000));
}

#[test]
fn vector_04_the_fifth_trip_of_the_month_is_taxed_however_small() {
    let office = TestOffice::opened_at("2026-11-02 08:00");
    let mut person = String::new();
    for day in 2_u32..=5 {
        office.clock.set(&format!("2026-11-{day:02} 09:00"));
        let desk = officer(&office);
        if person.is_empty() {
            person = hoa(&desk);
        }
        assert_eq!(
            split(&buy(&desk, day, &person, 2_000_000)),
            (2_000_000, 0, 0)
        );
    }
    office.clock.set("2026-11-24 09:00");
    let desk = officer(&office);
    let fifth = buy(&desk, 6, &person, 100_000);
    assert_eq!(
        split(&fifth),
        (0, 100_000, 5_000),
        "no small amount is exempt"
    );
    assert_eq!(fifth["inspection_required"], true);
    assert!(codes(&fifth).contains(&"month_trips_used_up"), "{fifth}");
    let page = desk.ok("person_view", &json!({"id": person}));
    assert_eq!(page["quota"]["left_today_vnd"], "0");
    assert_eq!(page["month"].as_array().map(Vec::len), Some(4));
    office.clock.set("2026-12-01 09:00");
    let desk = officer(&office);
    assert_eq!(
        split(&buy(&desk, 7, &person, 2_000_000)),
        (2_000_000, 0, 0),
        "a new month"
    );
}

#[test]
fn vector_05_two_gates_on_one_day_share_the_quota() {
    let office = TestOffice::new();
    let here = office.sign_in("officer", "HOANHMO", "Q1");
    let person = hoa(&here);
    assert_eq!(split(&buy(&here, 1, &person, 2_000_000)), (2_000_000, 0, 0));
    let there = office.sign_in("officer", "MONGCAI", "Q2");
    let second = buy(&there, 2, &person, 2_000_000);
    assert_eq!(split(&second), (0, 2_000_000, 100_000));
    assert_eq!(second["number"], "MONGCAI/2026/NK/Q2-000001");
    let report = |gate| there.ok("report_daily", &json!({"gate": gate, "day": "2026-11-24"}));
    assert_eq!(
        report("HOANHMO")["directions"]["import"]["exempt_vnd"],
        "2000000"
    );
    assert_eq!(report("MONGCAI")["directions"]["import"]["exempt_vnd"], "0");
}

#[test]
fn vector_07_the_day_and_the_month_turn_at_midnight_in_hanoi() {
    let office = TestOffice::opened_at("2026-01-31 23:50");
    let desk = officer(&office);
    let person = hoa(&desk);
    let late = buy(&desk, 1, &person, 2_000_000);
    office.clock.set("2026-02-01 00:10");
    let desk = officer(&office);
    let early = buy(&desk, 2, &person, 2_000_000);
    assert_eq!(
        (split(&late), split(&early)),
        ((2_000_000, 0, 0), (2_000_000, 0, 0))
    );
    assert_eq!(early["trips_used"], 1, "the first of February");
    let forms = |day| {
        let report = desk.ok("report_daily", &json!({"gate": "MONGCAI", "day": day}));
        report["directions"]["import"]["forms"].clone()
    };
    assert_eq!(
        (forms("2026-01-31"), forms("2026-02-01")),
        (json!(1), json!(1))
    );
}

#[test]
fn exactly_the_limit_is_exempt_and_one_dong_more_is_inspected() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let at_limit = buy(&desk, 1, &hoa(&desk), 2_000_000);
    assert_eq!(at_limit["inspection_required"], false);
    let other = super::enter(&desk, &super::someone("022190001234", "Lý Văn Nam"));
    let above = buy(&desk, 2, &other, 2_000_001);
    assert_eq!(
        split(&above),
        (2_000_000, 1, 0),
        "5 % of one dong rounds to nothing"
    );
    assert_eq!(above["inspection_required"], true);
}

#[test]
fn a_refused_form_takes_nothing_of_the_quota() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let seed = super::line("10051000", "1", "kg", "90000");
    let refused = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(500_000), seed]),
    );
    assert_eq!(refused["status"], "refused");
    assert_eq!(refused["number"], json!(null));
    assert_eq!(split(&buy(&desk, 2, &person, 2_000_000)), (2_000_000, 0, 0));
}

#[test]
fn a_sale_uses_no_quota() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let sold = desk.ok(
        "declaration_register",
        &super::sale(1, &person, &[apples(9_000_000)]),
    );
    assert_eq!(sold["number"], "MONGCAI/2026/XK/Q1-000001");
    assert_eq!(sold["trips_used"], 0);
    assert_eq!(split(&buy(&desk, 2, &person, 2_000_000)), (2_000_000, 0, 0));
}
