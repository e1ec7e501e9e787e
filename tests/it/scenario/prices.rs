//! Prices of reference and how declared prices spread (Circular 80/2019/TT-BTC art. 9(3)).

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::price::{PriceWatch, ReferencePrice};
use bm_domain::{Validity, Vnd};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::correction;
use super::{codes, dong, enter, hoa, line, officer, purchase, someone};

const APRICOTS: &str = "08091000";

fn enter_law(office: &TestOffice, rows: &[LawRow]) {
    let saved = office.with_app(|app| app.save_law(&operator("test"), rows, "test"));
    saved.expect("entered");
}

fn reference(price: i64, place: &str, from: &str, source: &str) -> LawRow {
    LawRow::Price(ReferencePrice {
        hs: APRICOTS.parse().expect("a code"),
        unit: "kg".into(),
        place: place.into(),
        price: Vnd::new(price),
        validity: Validity::since(from.parse().expect("a day")),
        source: source.into(),
    })
}

/// Apricots at that price, in two kilograms.
fn apricots(price: u32) -> Value {
    line(APRICOTS, "2", "kg", &price.to_string())
}

/// The warning of a price that is far off, if there is one.
fn warned(desk: &Desk<'_>, form: &Value) -> Option<Value> {
    let view = desk.ok("declaration_preview", form);
    let all = view["decision"]["violations"].as_array()?;
    let mut far = all.iter().filter(|one| one["code"] == "price_unusual");
    far.next().cloned()
}

fn prices(desk: &Desk<'_>, gate: &str) -> Value {
    let asked = json!({"hs": APRICOTS, "unit": "kg", "gate": gate, "direction": "import"});
    desk.ok("price_view", &asked)
}

#[test]
fn a_price_far_off_is_warned_of_with_its_reference_source_and_day() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    enter_law(
        &office,
        &[
            reference(20_000, "", "2026-01-01", "TB 1/2026"),
            reference(50_000, "MONGCAI", "2026-11-01", "TB 2/2026"),
            reference(90_000, "", "2026-12-01", "TB 3/2026"),
        ],
    );
    let form = |price| purchase(1, &person, &[apricots(price)]);
    assert_eq!(warned(&desk, &form(150_000)), None, "just three times");
    let far = warned(&desk, &form(150_001)).expect("a warning");
    assert_eq!(far["severity"], "warn");
    assert_eq!(far["field"], "lines[0].unit_price");
    let message = far["message"].as_str().unwrap_or_default();
    for told in [
        "3 times",
        "50,000",
        "kg",
        "TB 2/2026",
        "2026-11-01",
        "art. 9(3)",
    ] {
        assert!(message.contains(told), "{told} in {message}");
    }
    assert!(warned(&desk, &form(16_666)).is_some(), "below a third");
    assert_eq!(warned(&desk, &form(16_667)), None);

    // Elsewhere the price of everywhere holds; the declared price stays as it was declared.
    let elsewhere = office.sign_in("supervisor", "HOANHMO", "Q1");
    let answer = elsewhere.ok("declaration_register", &form(60_001));
    assert!(codes(&answer).contains(&"price_unusual"), "{answer}");
    assert_eq!(dong(&answer["value_vnd"]), 120_002);
    let view = prices(&elsewhere, "HOANHMO");
    assert_eq!(
        view["reference"],
        json!({"price_vnd": "20000", "source": "TB 1/2026", "since": "2026-01-01"})
    );

    // How far is far is dated data; a unit without a reference says nothing.
    let watch = |times: i64| {
        LawRow::PriceWatch(PriceWatch {
            times: times.into(),
            months: 2,
            least: 5,
            validity: Validity::since("2026-11-24".parse().expect("a day")),
            basis: "test".into(),
        })
    };
    enter_law(&office, &[watch(4)]);
    assert_eq!(warned(&desk, &form(150_001)), None);
    assert!(warned(&desk, &form(200_001)).is_some());
    let by_box = line(APRICOTS, "1", "hộp", "900000");
    assert_eq!(warned(&desk, &purchase(1, &person, &[by_box])), None);
}

#[test]
fn the_spread_shows_no_fewer_lines_than_the_rule_asks_for() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
    for (n, price) in (1..).zip([20_000, 30_000, 40_000, 50_000]) {
        desk.ok(
            "declaration_register",
            &purchase(n, &person, &[apricots(price)]),
        );
    }
    let few = prices(&desk, "MONGCAI");
    assert_eq!(few["spread"], Value::Null, "four lines are one person's");
    assert_eq!((&few["least"], &few["months"]), (&json!(5), &json!(3)));
    desk.ok(
        "declaration_register",
        &purchase(5, &person, &[apricots(60_000)]),
    );
    let spread = prices(&desk, "MONGCAI")["spread"].clone();
    assert_eq!(spread["lines"], 5);
    let median = dong(&spread["median_vnd"]);
    assert!((37_500..42_500).contains(&median), "{median}");
    assert!(dong(&spread["least_vnd"]) <= 20_000 && dong(&spread["most_vnd"]) >= 60_000);
    assert_eq!(
        prices(&desk, "HOANHMO")["spread"],
        Value::Null,
        "another place"
    );
    let text = prices(&desk, "MONGCAI").to_string();
    assert!(!text.contains(&person) && !text.contains(&form_id(1)));

    // A form taken back is counted no longer; after three months none of them is.
    desk.ok(
        "declaration_register",
        &purchase(6, &person, &[apricots(70_000)]),
    );
    let cancel = json!({"id": form_id(5), "reason": "khai nhầm"});
    desk.ok("declaration_cancel", &cancel);
    assert_eq!(prices(&desk, "MONGCAI")["spread"]["lines"], 5);
    // An amended form counts as it stands now.
    desk.ok(
        "correction_make",
        &correction(6, "amend", &[apricots(25_000)]),
    );
    let spread = prices(&desk, "MONGCAI")["spread"].clone();
    assert_eq!(spread["lines"], 5);
    assert!(dong(&spread["most_vnd"]) < 60_000, "{spread}");
    for (hanoi, lines) in [
        ("2027-01-31 08:00", json!(5)),
        ("2027-02-01 08:00", Value::Null),
    ] {
        office.clock.set(hanoi);
        desk.ok("session_unlock", &json!({"password": "officer-secret"}));
        assert_eq!(
            prices(&desk, "MONGCAI")["spread"]["lines"],
            lines,
            "{hanoi}"
        );
    }
    assert_eq!(office.verify().differences, [""; 0]);
    let wrong = json!({"hs": "x", "unit": "kg", "direction": "import"});
    assert_eq!(desk.code("price_view", &wrong), "not_found");
}
