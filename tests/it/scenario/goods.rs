//! What may come in, and what it costs.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::goods::{Goods, Tariff, always};
use bm_tests::testkit::TestOffice;
use serde_json::{Value, json};

use super::{apples, codes, hoa, line, officer, purchase, refusals, split};

/// The answer to a purchase of these lines by someone with an unused quota.
fn bought(lines: &[Value]) -> Value {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok("declaration_register", &purchase(1, &hoa(&desk), lines))
}

#[test]
fn vector_06_five_million_at_twelve_and_eight_percent() {
    let answer = bought(&[line("63011000", "10", "chiếc", "500000")]);
    assert_eq!(split(&answer), (2_000_000, 3_000_000, 628_800));
    assert_eq!(
        (&answer["duty_vnd"], &answer["vat_vnd"]),
        (&json!("360000"), &json!("268800"))
    );
}

#[test]
fn vector_08_the_rate_of_last_week_does_not_do_on_monday() {
    let office = TestOffice::opened_at("2026-12-06 23:59");
    let in_yuan = || {
        let mut line = apples(7);
        line["currency"] = json!("CNY");
        line
    };
    let desk = officer(&office);
    let person = hoa(&desk);
    let sunday = desk.ok("declaration_preview", &purchase(1, &person, &[in_yuan()]));
    assert_eq!(refusals(&sunday["decision"]), Vec::<&str>::new());
    assert_eq!(sunday["decision"]["lines"][0]["rate"], "3661.35");
    assert_eq!(sunday["decision"]["value_vnd"], "25629");
    office.clock.set("2026-12-07 00:00");
    let desk = officer(&office);
    let monday = desk.ok("declaration_register", &purchase(1, &person, &[in_yuan()]));
    assert_eq!(monday["status"], "refused");
    assert_eq!(refusals(&monday), ["rate_missing"]);
}

#[test]
fn vector_09_seed_maize_is_named_as_excluded() {
    let answer = bought(&[line("1005.10.00", "1", "kg", "90000")]);
    assert_eq!(answer["status"], "refused");
    assert_eq!(refusals(&answer), ["goods_excluded"]);
}

#[test]
fn vector_10_goods_off_the_list_are_refused() {
    let answer = bought(&[line("3926.90.99", "1", "kg", "60000")]);
    assert_eq!(answer["status"], "refused");
    assert_eq!(refusals(&answer), ["goods_not_on_list"]);
    let basis = answer["violations"][0]["basis"]
        .as_str()
        .unwrap_or_default();
    assert_eq!(basis, "Circular 80/2019/TT-BTC art. 6(3)");
}

#[test]
fn used_clothing_and_household_goods_stay_out() {
    let mut used = line("63011000", "1", "chiếc", "320000");
    used["condition"] = json!("used");
    let answer = bought(&[used]);
    assert_eq!(refusals(&answer), ["used_goods_banned"]);
    assert_eq!(answer["violations"][0]["field"], "lines[0].condition");
}

#[test]
fn quarantine_without_a_certificate_warns_and_does_not_refuse() {
    let mut bare = line("07032090", "10", "kg", "30000");
    bare["certificate"] = json!(null);
    let answer = bought(&[bare]);
    assert_eq!(answer["status"], "registered");
    assert_eq!(codes(&answer), ["certificate_missing"]);
}

#[test]
fn the_declarant_may_choose_the_order_that_costs_least() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let lines = [apples(1_500_000), line("63011000", "5", "chiếc", "300000")];
    let mut form = purchase(1, &hoa(&desk), &lines);
    let entered = desk.ok("declaration_preview", &form);
    form["allocation"] = json!("least_tax");
    let least = desk.ok("declaration_register", &form);
    // A million above: apples bear it at 5 %, blankets at 12 % and 8 %.
    assert_eq!(split(&entered["decision"]), (2_000_000, 1_000_000, 209_600));
    assert_eq!(split(&least), (2_000_000, 1_000_000, 50_000));
    assert_eq!(least["lines"][1]["excess_vnd"], "0");
    assert_eq!(entered["least_tax_due_vnd"], least["total_due_vnd"]);
    let shown = desk.ok("declaration_view", &json!({"id": form["id"]}));
    assert_eq!(shown["allocation"], "least_tax");
}

#[test]
fn goods_of_unknown_origin_bear_the_ordinary_rate() {
    let mut unknown = apples(3_000_000);
    unknown["origin"] = json!("");
    let answer = bought(&[unknown]);
    assert_eq!(answer["lines"][0]["duty_percent"], "7.5");
    assert!(codes(&answer).contains(&"origin_unknown"), "{answer}");
}

#[test]
fn goods_are_found_by_name_without_marks_or_by_code() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let first = |text: &str, person: Option<&str>| {
        let query = json!({"text": text, "direction": "import", "person": person});
        desk.ok("goods_find", &query)[0].clone()
    };
    assert_eq!(first("toi", None)["hs"], "07032090");
    assert_eq!(first("TỎI", None)["hs"], "07032090");
    assert_eq!(first("0703.20", None)["hs"], "07032090");
    assert_eq!(first("garlic", None)["quarantine"], "plant");
    assert_eq!(first("大蒜", None)["hs"], "07032090");
    assert_eq!(first("3926", None)["on_list"], false);
    assert_eq!(first("chan", Some(&person))["usual"], false);
    let blanket = [line("63011000", "1", "chiếc", "320000")];
    desk.ok("declaration_register", &purchase(1, &person, &blanket));
    let usual = first("chan", Some(&person));
    assert_eq!(
        (&usual["hs"], &usual["usual"]),
        (&json!("63011000"), &json!(true))
    );
}

#[test]
fn odd_numbers_are_named_field_by_field() {
    let mut odd = line("0808100", "-1", "", "1e3");
    odd["weight_kg"] = json!(0.0001);
    odd["currency"] = json!("YUAN");
    odd["condition"] = json!("broken");
    let answer = bought(&[odd]);
    assert_eq!(answer["status"], "refused");
    let found: Vec<_> = answer["violations"]
        .as_array()
        .expect("violations")
        .iter()
        .map(|one| (one["field"].as_str(), one["code"].as_str()))
        .map(|(field, code)| (field.unwrap_or_default(), code.unwrap_or_default()))
        .collect();
    let expected = [
        ("lines[0].hs", "value_unknown"),
        ("lines[0].quantity", "number_out_of_range"),
        ("lines[0].unit_price", "number_invalid"),
        ("lines[0].currency", "value_unknown"),
        ("lines[0].condition", "value_unknown"),
        ("lines[0].weight_kg", "number_too_precise"),
        ("lines[0].unit", "field_required"),
    ];
    for one in expected {
        assert!(found.contains(&one), "{one:?} not in {found:?}");
    }
}

#[test]
fn goods_entered_today_are_found_today() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let query = json!({"text": "sau rieng", "direction": "import", "person": null});
    assert_eq!(desk.ok("goods_find", &query), json!([]));
    let durian = Goods {
        hs: "08106000".parse().expect("a code"),
        name_vi: "Sầu riêng".into(),
        name_en: String::new(),
        name_zh: String::new(),
        units: vec!["kg".into()],
        tariff: Tariff::default(),
        quarantine: None,
        used_banned: false,
        reference_price: None,
        validity: always(),
        basis: String::new(),
    };
    let rows = [LawRow::Goods(durian)];
    let saved = office.with_app(|app| app.save_law(&operator("test"), &rows, "test"));
    saved.expect("goods");
    assert_eq!(desk.ok("goods_find", &query)[0]["name"], "Sầu riêng");
}
