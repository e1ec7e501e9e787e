//! Forms as such: their time, their id, their list.

use bm_api::Language;
use bm_api::command::{Call, register_all};
use bm_tests::testkit::{TestOffice, form_id};
use serde_json::{Value, json};

use super::{apples, codes, enter, hoa, line, officer, purchase, refusals, sale, someone};

#[test]
fn a_form_dated_in_the_future_is_refused() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let mut form = purchase(1, &person, &[apples(100_000)]);
    form["at"] = json!("2026-11-24T08:06:00+07:00");
    let answer = desk.ok("declaration_register", &form);
    assert_eq!(refusals(&answer), ["time_in_future"]);
    let mut form = purchase(2, &person, &[apples(100_000)]);
    form["at"] = json!("2026-11-24T08:04:00+07:00");
    let answer = desk.ok("declaration_register", &form);
    assert_eq!(
        answer["status"], "registered",
        "clocks of counters differ a little"
    );
    form["id"] = json!(form_id(3));
    form["at"] = json!("yesterday");
    let answer = desk.ok("declaration_register", &form);
    assert_eq!(refusals(&answer), ["value_unknown"]);
}

#[test]
fn a_refused_id_is_answered_the_same_way_again() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let form = purchase(1, &person, &[line("39269099", "1", "kg", "60000")]);
    let refused = desk.ok("declaration_register", &form);
    let mended = purchase(1, &person, &[apples(100_000)]);
    assert_eq!(desk.ok("declaration_register", &mended), refused);
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let report = desk.ok("report_daily", &day);
    assert_eq!(report["directions"]["import"]["refused"], 1);
}

#[test]
fn numbers_of_a_counter_run_without_a_gap() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let serial = |n, lines: &[Value]| {
        let answer = desk.ok("declaration_register", &purchase(n, &person, lines));
        answer["number"].as_str().map(str::to_owned)
    };
    let apples = [apples(100_000)];
    assert_eq!(
        serial(1, &apples).as_deref(),
        Some("MONGCAI/2026/NK/Q1-000001")
    );
    assert_eq!(serial(2, &[]), None);
    assert_eq!(
        serial(3, &apples).as_deref(),
        Some("MONGCAI/2026/NK/Q1-000002")
    );
}

#[test]
fn the_list_of_the_day_is_filtered_and_summed() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let (hoa, nam) = (
        hoa(&desk),
        enter(&desk, &someone("022190001234", "Lý Văn Nam")),
    );
    let mut named = apples(500_000);
    named["name"] = json!("Táo Vân Nam");
    desk.ok("declaration_register", &purchase(1, &hoa, &[named]));
    desk.ok(
        "declaration_register",
        &purchase(2, &nam, &[apples(700_000)]),
    );
    desk.ok("declaration_register", &sale(3, &nam, &[apples(40_000)]));
    desk.ok("declaration_register", &purchase(4, &nam, &[]));
    desk.ok("declaration_register", &purchase(5, &hoa, &[apples(1)]));
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(5), "reason": "typed twice"}),
    );
    let list = |text: &str, status: Value, direction: Value| {
        let request = json!({"gate": "MONGCAI", "day": "2026-11-24", "text": text,
            "status": status, "direction": direction});
        let list = desk.ok("declaration_list", &request);
        let rows = list["rows"].as_array().expect("rows");
        let ids = rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        (json!(ids), list["forms"].clone(), list["value_vnd"].clone())
    };
    let ids = |of: &[u32]| json!(of.iter().map(|n| form_id(*n)).collect::<Vec<_>>());
    let none = || json!(null);
    assert_eq!(
        list("", none(), none()),
        (ids(&[5, 3, 2, 1]), json!(3), json!("1240000"))
    );
    assert_eq!(
        list("ly van", none(), none()),
        (ids(&[3, 2]), json!(2), json!("740000"))
    );
    assert_eq!(
        list("tao van", none(), none()),
        (ids(&[1]), json!(1), json!("500000"))
    );
    assert_eq!(list("nk/q1-000002", none(), none()).0, ids(&[2]));
    assert_eq!(
        list("", json!("refused"), none()),
        (ids(&[4]), json!(0), json!("0"))
    );
    assert_eq!(list("", json!("cancelled"), none()).0, ids(&[5]));
    assert_eq!(list("", none(), json!("export")).0, ids(&[3]));
    let elsewhere = json!({"gate": "HOANHMO", "day": "2026-11-24", "text": ""});
    assert_eq!(desk.ok("declaration_list", &elsewhere)["rows"], json!([]));
}

#[test]
fn goods_without_a_description_bear_the_catalogue_s_name() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let mut named = apples(1_000);
    named["name"] = json!("Táo Vân Nam");
    let form = purchase(1, &person, &[apples(1_000), named]);
    desk.ok("declaration_register", &form);
    let shown = desk.ok("declaration_view", &json!({"id": form["id"]}));
    assert_eq!(shown["lines"][0]["name"], "Táo");
    assert_eq!(shown["lines"][1]["name"], "Táo Vân Nam");
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24", "text": "tao, tao"});
    let list = desk.ok("declaration_list", &day);
    assert_eq!(list["rows"][0]["goods"], "Táo, Táo Vân Nam");
    let page = desk.ok("person_view", &json!({"id": person}));
    assert_eq!(page["history"][0]["goods"], "Táo, Táo Vân Nam");
    let queue = desk.ok("declaration_queue", &json!({"gate": "MONGCAI"}));
    assert_eq!(queue[0]["form"]["goods"], "Táo, Táo Vân Nam");
}

#[test]
fn a_preview_writes_nothing() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let before = office.records().len();
    let view = desk.ok(
        "declaration_preview",
        &purchase(1, &person, &[apples(2_500_000)]),
    );
    assert_eq!(codes(&view["decision"]).first(), Some(&"price_unusual"));
    assert_eq!(office.records().len(), before);
    let listed = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    assert_eq!(desk.ok("declaration_list", &listed)["rows"], json!([]));
}

#[test]
fn a_long_day_is_summed_whole_though_not_all_of_it_is_shown() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    office.with_app(|app| {
        let call = Call {
            app,
            actor: office.officer("MONGCAI"),
            language: Language::En,
        };
        let forms = (0..1_003).map(|n| purchase(n, &person, &[apples(1_000)]));
        let forms = forms.map(|form| serde_json::from_value(form).expect("a form"));
        let answers = register_all(&call, &forms.collect::<Vec<_>>());
        assert_eq!(answers.expect("answers").len(), 1_003);
    });
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let list = desk.ok("declaration_list", &day);
    assert_eq!(list["rows"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(
        list["rows"][0]["id"],
        json!(form_id(1_002)),
        "the newest first"
    );
    assert_eq!((&list["more"], &list["forms"]), (&json!(3), &json!(1_003)));
    assert_eq!(list["value_vnd"], "1003000");
}
