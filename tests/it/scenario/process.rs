//! The way of a form to its release, and the queue of those that wait.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::goods::{Goods, Tariff, always};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::{apples, hoa, line, officer, purchase, sale};

/// Takes a step that must be allowed; tells what the form waits for then.
fn take(desk: &Desk<'_>, n: u32, step: Value) -> String {
    let progress = desk.ok("declaration_step", &json!({"id": form_id(n), "step": step}));
    progress["stage"].as_str().unwrap_or_default().to_owned()
}

/// The codes that refuse a step.
fn refused(desk: &Desk<'_>, n: u32, step: Value) -> Vec<String> {
    let error = desk.error("declaration_step", &json!({"id": form_id(n), "step": step}));
    let all = error["violations"].as_array().expect("violations").iter();
    all.map(|one| one["code"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn step(name: &str) -> Value {
    json!({"step": name})
}

fn totals(desk: &Desk<'_>, direction: &str) -> Value {
    let report = desk.ok(
        "report_daily",
        &json!({"gate": "MONGCAI", "day": "2026-11-24"}),
    );
    let totals = &report["directions"][direction];
    json!([totals["registered"], totals["released"], totals["pending"]])
}

#[test]
fn a_form_over_the_quota_is_inspected_taxed_paid_and_released() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    let queue = || desk.ok("declaration_queue", &json!({"gate": "MONGCAI"}));
    assert_eq!(queue()[0]["progress"]["stage"], "inspection");
    assert_eq!(totals(&desk, "import"), json!([1, 0, 1]));
    let open = ["inspection_outstanding", "tax_outstanding"];
    assert_eq!(refused(&desk, 1, step("release")), open);
    assert_eq!(
        refused(&desk, 1, step("confirm_tax")),
        ["inspection_outstanding"]
    );

    assert_eq!(take(&desk, 1, step("present")), "inspection");
    let inspect = json!({"step": "inspect", "finding": "conforms"});
    assert_eq!(take(&desk, 1, inspect), "tax");
    assert_eq!(take(&desk, 1, step("confirm_tax")), "payment");
    assert_eq!(refused(&desk, 1, step("release")), ["payment_outstanding"]);
    desk.ok("cash_open", &json!({"float_vnd": "0"}));
    let pay = json!({"step": "pay", "method": "cash", "document": "BL-000001"});
    assert_eq!(take(&desk, 1, pay.clone()), "release");
    assert_eq!(refused(&desk, 1, pay), ["step_taken"]);
    assert_eq!(take(&desk, 1, step("release")), "released");

    assert_eq!(queue(), json!([]));
    assert_eq!(totals(&desk, "import"), json!([1, 1, 0]));
    let cancel = json!({"id": form_id(1), "reason": "too late"});
    assert_eq!(
        desk.code("declaration_cancel", &cancel),
        "refused",
        "the goods have left"
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn goods_in_quarantine_wait_for_their_certificate() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut bare = apples(100_000);
    bare["certificate"] = json!(null);
    desk.ok("declaration_register", &purchase(1, &hoa(&desk), &[bare]));
    assert_eq!(
        refused(&desk, 1, step("release")),
        ["certificate_outstanding"]
    );
    let waive = json!({"step": "waive", "line": 0, "reason": "agency says none"});
    assert_eq!(
        desk.code(
            "declaration_step",
            &json!({"id": form_id(1), "step": waive})
        ),
        "not_permitted"
    );
    let certify = json!({"step": "certify", "line": 0, "certificate": "KD-77"});
    assert_eq!(take(&desk, 1, certify), "release");
    assert_eq!(take(&desk, 1, step("release")), "released");
}

#[test]
fn an_inspection_ordered_after_the_tax_was_paid_can_still_be_done() {
    let office = TestOffice::new();
    let ore = Goods {
        hs: "26011110".parse().expect("a code"),
        name_vi: "Quặng sắt".into(),
        name_en: String::new(),
        name_zh: String::new(),
        units: vec!["kg".into()],
        tariff: Tariff {
            export_duty: Some(40.into()),
            ..Tariff::default()
        },
        quarantine: None,
        used_banned: false,
        reference_price: None,
        validity: always(),
        basis: String::new(),
    };
    let saved = office.with_app(|app| app.save_law(&operator("test"), &[LawRow::Goods(ore)], "t"));
    saved.expect("goods");
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let sold = sale(1, &hoa(&desk), &[line("26011110", "100", "kg", "1000")]);
    assert_eq!(desk.ok("declaration_register", &sold)["duty_vnd"], "40000");
    assert_eq!(take(&desk, 1, step("confirm_tax")), "payment");
    desk.ok("cash_open", &json!({"float_vnd": "0"}));
    let pay = json!({"step": "pay", "method": "cash", "document": "BL-000002"});
    assert_eq!(take(&desk, 1, pay), "release");
    assert_eq!(take(&head, 1, step("order_inspection")), "inspection");
    assert_eq!(
        refused(&desk, 1, step("release")),
        ["inspection_outstanding"]
    );
    let inspect = json!({"step": "inspect", "finding": "conforms"});
    assert_eq!(take(&desk, 1, inspect), "release");
    assert_eq!(take(&desk, 1, step("release")), "released");
}

#[test]
fn a_sale_is_inspected_only_by_order() {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok(
        "declaration_register",
        &sale(1, &hoa(&desk), &[apples(3_000_000)]),
    );
    let order = json!({"id": form_id(1), "step": step("order_inspection")});
    assert_eq!(desk.code("declaration_step", &order), "not_permitted");
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(take(&head, 1, step("order_inspection")), "inspection");
    let differs = json!({"step": "inspect", "finding": "differs"});
    assert_eq!(refused(&desk, 1, differs), ["field_required"]);
    let differs = json!({"step": "inspect", "finding": "differs", "remark": "two boxes more"});
    assert_eq!(take(&desk, 1, differs), "inspection");
    assert_eq!(refused(&desk, 1, step("release")), ["inspection_differs"]);
    let mends = json!({"step": "inspect", "finding": "conforms", "remark": "counted again"});
    assert_eq!(take(&desk, 1, mends), "release");
    assert_eq!(take(&desk, 1, step("release")), "released");
    assert_eq!(totals(&desk, "export"), json!([1, 1, 0]));
}
