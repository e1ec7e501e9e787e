//! Goods for goods: a sale and a purchase, linked.

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::{correction, view};
use super::{apples, enter, hoa, officer, purchase, refusals, sale, someone, split};

#[test]
fn an_exchange_is_two_linked_forms_of_one_person() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &sale(1, &person, &[apples(900_000)]),
    );
    let mut back = purchase(2, &person, &[apples(900_000)]);
    back["exchange_of"] = json!(form_id(1));
    assert_eq!(
        desk.ok("declaration_register", &back)["status"],
        "registered"
    );

    let mut same_way = purchase(3, &person, &[apples(1)]);
    same_way["exchange_of"] = json!(form_id(2));
    let answer = desk.ok("declaration_register", &same_way);
    assert_eq!(refusals(&answer), ["exchange_leg_mismatch"]);
    let other = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
    let mut foreign = purchase(4, &other, &[apples(1)]);
    foreign["exchange_of"] = json!(form_id(1));
    let answer = desk.ok("declaration_register", &foreign);
    assert_eq!(refusals(&answer), ["exchange_leg_mismatch"]);
    let mut alone = purchase(5, &other, &[apples(1)]);
    alone["exchange_of"] = json!(form_id(77));
    let answer = desk.ok("declaration_register", &alone);
    assert_eq!(refusals(&answer), ["exchange_leg_unknown"]);
}

fn exchange(out: Value, back: Value) -> Value {
    json!({"out": out, "back": back})
}

fn leg_of(desk: &Desk<'_>, n: u32) -> Value {
    view(desk, n)["exchange"].clone()
}

#[test]
fn both_legs_are_registered_in_one_go_and_seen_from_each_other() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let mut out = sale(1, &person, &[apples(900_000)]);
    let mut back = purchase(2, &person, &[apples(2_400_000)]);
    let other = json!({"name": "王伟", "kind": "chinese_id", "number": "11010519491231002x"});
    out["counterpart"] = other.clone();
    back["counterpart"] = other;
    let answer = desk.ok("exchange_register", &exchange(out.clone(), back.clone()));
    assert_eq!(answer["out"]["status"], "registered");
    assert_eq!(answer["back"]["status"], "registered");
    // Goods for goods bear the tax of any sale and purchase: values are customs values.
    assert_eq!(split(&answer["out"]), (0, 900_000, 0));
    assert_eq!(split(&answer["back"]), (2_000_000, 400_000, 20_000));
    assert_eq!(answer["difference_vnd"], "1500000");
    for (n, other, direction, value) in [(1, 2, "import", "2400000"), (2, 1, "export", "900000")] {
        let leg = leg_of(&desk, n);
        assert_eq!(leg["id"], json!(form_id(other)));
        assert_eq!(
            (&leg["direction"], &leg["value_vnd"]),
            (&json!(direction), &json!(value))
        );
        assert_eq!(
            leg["difference_vnd"], "1500000",
            "the same from either side"
        );
        let counterpart = &view(&desk, n)["counterpart"];
        assert_eq!(counterpart["name"], "王伟");
        assert_eq!(counterpart["paper"]["number"], "11010519491231002X");
    }
    assert_eq!(
        desk.ok("exchange_register", &exchange(out, back)),
        answer,
        "the same again"
    );
    let numbers = [1, 2].map(|n| view(&desk, n)["number"].clone());
    assert_eq!(
        numbers,
        [
            json!("MONGCAI/2026/XK/Q1-000001"),
            json!("MONGCAI/2026/NK/Q1-000001")
        ]
    );
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn neither_leg_is_registered_when_one_is_refused() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let before = office.records().len();
    let mut off_list = apples(500_000);
    off_list["hs"] = json!("39269099");
    let out = sale(1, &person, &[apples(900_000)]);
    let answer = desk.ok(
        "exchange_register",
        &exchange(out.clone(), purchase(2, &person, &[off_list])),
    );
    assert_eq!(refusals(&answer["out"]), ["exchange_other_refused"]);
    assert_eq!(refusals(&answer["back"]), ["goods_not_on_list"]);
    assert_eq!(
        answer["out"]["violations"][0]["basis"],
        "Circular 80/2019/TT-BTC art. 6(1)"
    );
    let mut odd = apples(500_000);
    odd["quantity"] = json!("-1");
    let answer = desk.ok(
        "exchange_register",
        &exchange(
            sale(1, &person, &[odd]),
            purchase(2, &person, &[apples(500_000)]),
        ),
    );
    assert_eq!(refusals(&answer["out"]), ["number_out_of_range"]);
    assert_eq!(refusals(&answer["back"]), ["exchange_other_refused"]);
    let answer = desk.ok(
        "exchange_register",
        &exchange(
            sale(1, &person, &[]),
            purchase(2, &person, &[apples(500_000)]),
        ),
    );
    assert_eq!(refusals(&answer["out"]), ["nothing_declared"]);
    assert_eq!(refusals(&answer["back"]), ["exchange_other_refused"]);
    let attempt = office.records().split_off(before);
    let books: Vec<_> = attempt
        .iter()
        .map(|record| &record["data"]["entry"]["book"])
        .collect();
    assert_eq!(
        books,
        ["breach"],
        "no form, no number used; what was tried is on record"
    );
    let mended = exchange(out, purchase(2, &person, &[apples(500_000)]));
    let answer = desk.ok("exchange_register", &mended);
    assert_eq!(answer["out"]["number"], "MONGCAI/2026/XK/Q1-000001");
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn a_leg_that_is_corrected_leaves_the_other_one_and_says_so() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let legs = exchange(
        sale(1, &person, &[apples(900_000)]),
        purchase(2, &person, &[apples(900_000)]),
    );
    let answer = desk.ok("exchange_register", &legs);
    let amended = desk.ok(
        "correction_make",
        &correction(2, "amend", &[apples(700_000)]),
    );
    assert_eq!(amended["warnings"][0]["code"], "exchange_leg_remains");
    assert_eq!(leg_of(&desk, 1)["difference_vnd"], "-200000", "as amended");
    let preview = desk.ok("correction_preview", &correction(2, "cancel", &[]));
    let warning = &preview["violations"][0];
    assert_eq!(
        (&warning["code"], &warning["severity"]),
        (&json!("exchange_leg_remains"), &json!("warn"))
    );
    let message = warning["message"].as_str().expect("words");
    assert!(
        message.contains(answer["out"]["number"].as_str().expect("a number")),
        "{message}"
    );
    desk.ok("correction_make", &correction(2, "cancel", &[]));
    assert_eq!(leg_of(&desk, 1)["status"], "cancelled");
    assert_eq!(
        view(&desk, 1)["status"],
        "registered",
        "a sale of its own now"
    );
    // What was given may be exchanged for other goods, once.
    let mut instead = purchase(3, &person, &[apples(800_000)]);
    instead["exchange_of"] = json!(form_id(1));
    assert_eq!(
        desk.ok("declaration_register", &instead)["status"],
        "registered"
    );
    assert_eq!(leg_of(&desk, 1)["id"], json!(form_id(3)));
    let mut again = purchase(4, &person, &[apples(1_000)]);
    again["exchange_of"] = json!(form_id(1));
    let answer = desk.ok("declaration_register", &again);
    assert_eq!(refusals(&answer), ["exchange_leg_taken"]);
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn the_other_side_is_recorded_where_it_is_known() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let with = |n, counterpart: Value| {
        let mut form = purchase(n, &person, &[apples(1_000)]);
        form["counterpart"] = counterpart;
        desk.ok("declaration_register", &form)
    };
    // LAW vector 14.
    let wrong = json!({"name": "王伟", "kind": "chinese_id", "number": "110105194912310021"});
    let answer = with(1, wrong);
    assert_eq!(refusals(&answer), ["counterpart_number_invalid"]);
    assert_eq!(answer["violations"][0]["field"], "counterpart.number");
    let unnamed = json!({"kind": "border_pass", "number": "GX123456"});
    assert_eq!(refusals(&with(2, unnamed)), ["field_required"]);
    let odd = json!({"name": "王伟", "kind": "library_card", "number": "7"});
    assert_eq!(refusals(&with(3, odd)), ["value_unknown"]);
    assert_eq!(with(4, json!({"name": "王伟"}))["status"], "registered");
    assert_eq!(
        view(&desk, 4)["counterpart"],
        json!({"name": "王伟", "paper": null})
    );
    assert_eq!(with(5, json!({"name": " "}))["status"], "registered");
    assert_eq!(view(&desk, 5)["counterpart"], json!(null));
}
