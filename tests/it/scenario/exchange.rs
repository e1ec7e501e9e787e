//! Goods for goods: a sale and a purchase, linked.

use bm_tests::testkit::{TestOffice, form_id};
use serde_json::json;

use super::{apples, enter, hoa, officer, purchase, refusals, sale, someone};

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
