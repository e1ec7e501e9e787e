//! What should not happen, and does.

use bm_tests::testkit::{TestOffice, form_id};
use serde_json::json;

use super::{apples, codes, hoa, officer, purchase, refusals, sale, someone};

#[test]
fn a_time_beyond_the_calendar_is_refused_and_breaks_nothing() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    for at in [
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "9999-12-31T23:59:59+14:00",
        "1900-01-01T00:00:00Z",
    ] {
        let mut form = purchase(1, &person, &[apples(100_000)]);
        form["at"] = json!(at);
        let view = desk.ok("declaration_preview", &form);
        assert_eq!(refusals(&view["decision"]), ["value_unknown"], "{at}");
        let answer = desk.ok("declaration_register", &form);
        assert_eq!(refusals(&answer), ["value_unknown"], "{at}");
    }
    let day = json!({"gate": "MONGCAI", "day": "+262142-12-31"});
    assert_eq!(desk.code("report_daily", &day), "ok");
    let form = purchase(2, &person, &[apples(100_000)]);
    assert_eq!(
        desk.ok("declaration_register", &form)["status"],
        "registered"
    );
}

#[test]
fn a_leg_that_does_not_stand_is_no_leg() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok("declaration_register", &sale(1, &person, &[]));
    desk.ok(
        "declaration_register",
        &sale(2, &person, &[apples(100_000)]),
    );
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(2), "reason": "left behind"}),
    );
    for (n, leg) in [(3, 1), (4, 2)] {
        let mut back = purchase(n, &person, &[apples(100_000)]);
        back["exchange_of"] = json!(form_id(leg));
        let answer = desk.ok("declaration_register", &back);
        assert_eq!(refusals(&answer), ["exchange_leg_mismatch"], "leg {leg}");
    }
}

#[test]
fn a_text_too_long_for_its_field_is_refused() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let long = "x".repeat(10_000);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    let error = desk.error(
        "declaration_cancel",
        &json!({"id": form_id(1), "reason": long}),
    );
    assert_eq!(error["violations"][0]["code"], "text_too_long");
    for field in ["name", "address", "phone", "commune", "reason"] {
        let mut other = someone("022190001234", "Lý Văn Nam");
        other[field] = json!(long);
        let error = desk.error("person_save", &other);
        assert_eq!(error["violations"][0]["code"], "text_too_long", "{field}");
    }
}

#[test]
fn a_counter_does_not_register_for_another() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    for (field, value) in [("gate", "HOANHMO"), ("workstation", "Q2")] {
        let mut form = purchase(1, &person, &[apples(100_000)]);
        form[field] = json!(value);
        let answer = desk.ok("declaration_register", &form);
        assert_eq!(refusals(&answer), ["value_unknown"], "{field}");
        assert_eq!(answer["violations"][0]["field"], field);
    }
    let mut own = purchase(2, &person, &[apples(100_000)]);
    own["gate"] = json!("MONGCAI");
    own["workstation"] = json!("Q1");
    assert_eq!(
        desk.ok("declaration_register", &own)["status"],
        "registered"
    );
}

#[test]
fn what_someone_buys_is_not_told_to_who_may_not_read_trade() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    let query = json!({"text": "tao", "direction": "import", "person": person});
    let usual = |role| {
        let desk = office.sign_in(role, "MONGCAI", "Q9");
        desk.ok("goods_find", &query)[0]["usual"].clone()
    };
    assert_eq!(usual("branch"), true);
    assert_eq!(usual("leader"), false);
    assert_eq!(usual("administrator"), false);
}

#[test]
fn a_clock_that_jumped_back_is_said_with_every_form() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    office.clock.set("2026-11-24 07:57");
    let desk = officer(&office);
    let answer = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    assert!(
        !codes(&answer).contains(&"clock_behind"),
        "a few minutes are nothing: {answer}"
    );

    office.clock.set("2026-11-23 08:00");
    let desk = officer(&office);
    desk.ok("person_view", &json!({"id": person}));
    let form = purchase(2, &person, &[apples(100_000)]);
    let view = desk.ok("declaration_preview", &form);
    assert!(codes(&view["decision"]).contains(&"clock_behind"), "{view}");
    let answer = desk.ok("declaration_register", &form);
    assert!(codes(&answer).contains(&"clock_behind"), "{answer}");
    let all = answer["violations"].as_array().expect("violations").iter();
    let said = all.filter(|one| one["code"] == "clock_behind");
    for one in said {
        let message = one["message"].as_str().unwrap_or_default();
        assert!(message.contains("2026-11-23 08:00"), "{message}");
        assert!(message.contains("2026-11-24 08:00"), "{message}");
    }

    office.reopen();
    let desk = officer(&office);
    let view = desk.ok("declaration_preview", &purchase(3, &person, &[apples(1)]));
    assert!(
        codes(&view["decision"]).contains(&"clock_behind"),
        "also after a restart"
    );

    office.clock.set("2026-11-24 08:01");
    let desk = officer(&office);
    let view = desk.ok("declaration_preview", &purchase(3, &person, &[apples(1)]));
    assert!(
        !codes(&view["decision"]).contains(&"clock_behind"),
        "{view}"
    );
}
