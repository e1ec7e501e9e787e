//! The life of a form after its registration: the officers' steps, the queue, the release.

use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::{apples, codes, dong, enter, hoa, officer, purchase, sale, someone};

/// Apples without the certificate of plant quarantine.
fn uncertified(vnd: u32) -> Value {
    let mut line = apples(vnd);
    line["certificate"] = Value::Null;
    line
}

/// Registers a form and tells its id.
fn register(desk: &Desk<'_>, form: &Value) -> Value {
    let answer = desk.ok("declaration_register", form);
    assert_eq!(answer["status"], "registered", "{answer}");
    answer["id"].clone()
}

/// A request for a step; `step` has its fields.
fn ask(id: &Value, step: &Value) -> Value {
    json!({"id": id, "step": step})
}

/// Takes a step that must be allowed and tells how far the form has come.
fn take(desk: &Desk<'_>, id: &Value, step: &Value) -> Value {
    desk.ok("declaration_step", &ask(id, step))
}

/// Why a step is refused: the codes of its violations.
fn refused(desk: &Desk<'_>, id: &Value, step: &Value) -> Vec<String> {
    let error = desk.error("declaration_step", &ask(id, step));
    assert_eq!(error["code"], "refused", "{error}");
    codes(&error).into_iter().map(str::to_owned).collect()
}

/// Lets time pass; the session, left alone meanwhile, is opened again.
fn later(office: &TestOffice, desk: &Desk<'_>, hanoi: &str) {
    office.clock.set(hanoi);
    desk.ok("session_unlock", &json!({"password": "officer-secret"}));
}

/// The forms that wait at Móng Cái.
fn queue(desk: &Desk<'_>) -> Vec<Value> {
    let rows = desk.ok("declaration_queue", &json!({"gate": "MONGCAI"}));
    rows.as_array().expect("rows").clone()
}

/// What the only waiting form waits for.
fn waits_for(desk: &Desk<'_>) -> Value {
    let [row] = &queue(desk)[..] else {
        panic!("one form waits");
    };
    assert_eq!(row["form"]["stage"], row["progress"]["stage"]);
    row["progress"]["stage"].clone()
}

#[test]
fn the_whole_life_of_an_import_above_the_quota() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let release = json!({"step": "release"});
    let id = register(&desk, &purchase(1, &hoa(&desk), &[uncertified(3_000_000)]));

    assert_eq!(waits_for(&desk), "inspection");
    assert_eq!(
        refused(&desk, &id, &release),
        [
            "inspection_outstanding",
            "certificate_outstanding",
            "tax_outstanding"
        ]
    );

    later(&office, &desk, "2026-11-24 08:30");
    let progress = take(&desk, &id, &json!({"step": "present"}));
    assert_eq!(progress["presented"]["name"], "Account of officer");
    assert_eq!(progress["presented"]["at"], "2026-11-24T01:30:00Z");
    assert_eq!(
        refused(&desk, &id, &json!({"step": "present"})),
        ["step_taken"]
    );

    let differs = json!({"step": "inspect", "finding": "differs", "remark": " "});
    let error = desk.error("declaration_step", &ask(&id, &differs));
    assert_eq!(codes(&error), ["field_required"]);
    assert_eq!(error["violations"][0]["field"], "remark");
    let differs = json!({"step": "inspect", "finding": "differs", "remark": "thừa 2 thùng"});
    let progress = take(&desk, &id, &differs);
    assert_eq!(progress["inspected"]["remark"], "thừa 2 thùng");
    assert_eq!(progress["stage"], "inspection");
    assert_eq!(refused(&desk, &id, &release)[0], "inspection_differs");
    assert_eq!(
        refused(&desk, &id, &json!({"step": "confirm_tax"})),
        ["inspection_outstanding"]
    );

    let conforms = json!({"step": "inspect", "finding": "conforms"});
    assert_eq!(take(&desk, &id, &conforms)["stage"], "certificates");
    let certify =
        |line: u32, number: &str| json!({"step": "certify", "line": line, "certificate": number});
    assert_eq!(
        refused(&desk, &id, &certify(1, "KD-77")),
        ["no_certificate_due"]
    );
    let progress = take(&desk, &id, &certify(0, "KD-77"));
    assert_eq!(
        progress["certificates"],
        json!([{"line": 0, "text": "KD-77"}])
    );
    assert_eq!(progress["stage"], "tax");

    desk.ok("cash_open", &json!({"float_vnd": "0"}));
    let pay = json!({"step": "pay", "method": "cash", "document": "BL 0000012"});
    assert_eq!(refused(&desk, &id, &pay), ["tax_outstanding"]);
    assert_eq!(
        take(&desk, &id, &json!({"step": "confirm_tax"}))["stage"],
        "payment"
    );
    assert_eq!(refused(&desk, &id, &release), ["payment_outstanding"]);
    let progress = take(&desk, &id, &pay);
    assert_eq!(progress["paid"]["document"], "BL 0000012");
    assert_eq!(progress["paid"]["mark"]["by"], "officer");
    assert_eq!(waits_for(&desk), "release");

    later(&office, &desk, "2026-11-24 09:15");
    let progress = take(&desk, &id, &release);
    assert_eq!(progress["stage"], "released");
    assert_eq!(progress["released"]["at"], "2026-11-24T02:15:00Z");
    assert_eq!(refused(&desk, &id, &release), ["already_released"]);
    assert!(queue(&desk).is_empty(), "nothing waits after the release");

    let cancel = json!({"id": id, "reason": "too late"});
    let error = desk.error("declaration_cancel", &cancel);
    assert_eq!(codes(&error), ["already_released"]);
    let view = desk.ok("declaration_view", &json!({"id": id}));
    assert_eq!(view["status"], "registered");
    assert_eq!(view["progress"], progress);

    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let report = desk.ok("report_daily", &day);
    let import = &report["directions"]["import"];
    assert_eq!(
        (&import["released"], &import["pending"]),
        (&json!(1), &json!(0))
    );
    let problems = office.verify().differences;
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn only_a_supervisor_orders_an_inspection_or_waives_a_certificate() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    let id = register(&desk, &purchase(1, &hoa(&desk), &[uncertified(500_000)]));
    let order = json!({"step": "order_inspection"});
    let waive = json!({"step": "waive", "line": 0, "reason": "kiểm dịch trả lời: không phải kiểm"});

    for step in [&order, &waive] {
        let code = desk.code("declaration_step", &ask(&id, step));
        assert_eq!(code, "not_permitted", "{step}");
    }
    assert_eq!(waits_for(&desk), "certificates");

    let nameless = json!({"step": "waive", "line": 0, "reason": ""});
    let error = chief.error("declaration_step", &ask(&id, &nameless));
    assert_eq!(error["violations"][0]["field"], "reason");
    assert_eq!(take(&chief, &id, &waive)["stage"], "release");
    let progress = take(&chief, &id, &order);
    assert_eq!(progress["stage"], "inspection");
    assert_eq!(progress["ordered"]["by"], "supervisor");
    assert_eq!(progress["needs_inspection"], true);
    assert_eq!(refused(&chief, &id, &order), ["step_taken"]);
    let reasons = refused(&desk, &id, &json!({"step": "release"}));
    assert_eq!(reasons, ["inspection_outstanding"]);
}

#[test]
fn the_queue_has_the_oldest_form_first_and_knows_which_is_late() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let nam = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
    let first = register(&desk, &purchase(1, &hoa(&desk), &[apples(3_000_000)]));
    later(&office, &desk, "2026-11-24 09:00");
    let second = register(&desk, &purchase(2, &nam, &[apples(500_000)]));
    register(&desk, &sale(3, &nam, &[apples(500_000)]));

    later(&office, &desk, "2026-11-24 11:00");
    let rows = queue(&desk);
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (&row["form"]["id"], &row["overdue"]))
        .collect();
    assert_eq!(seen[0], (&first, &json!(false)), "no limit runs yet");
    assert_eq!(rows[0]["progress"]["deadline"], Value::Null);
    assert_eq!(seen[1], (&second, &json!(false)), "two hours are not over");
    assert_eq!(rows[1]["progress"]["deadline"], "2026-11-24T04:00:00Z");
    assert_eq!(rows[1]["form"]["person_name"], "Lý Văn Nam");
    assert!(dong(&rows[0]["form"]["total_due_vnd"]) > 0);

    later(&office, &desk, "2026-11-24 11:01");
    let late: Vec<_> = queue(&desk)
        .into_iter()
        .map(|row| row["overdue"].clone())
        .collect();
    assert_eq!(late, [json!(false), json!(true), json!(true)]);

    desk.ok(
        "declaration_cancel",
        &json!({"id": second, "reason": "typed twice"}),
    );
    assert_eq!(queue(&desk).len(), 2, "a cancelled form waits for nothing");
    let code = desk.code(
        "declaration_step",
        &ask(&second, &json!({"step": "release"})),
    );
    assert_eq!(code, "stale");
}

#[test]
fn the_head_of_the_office_extends_an_inspection_by_what_the_law_allows() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let id = register(&desk, &purchase(1, &hoa(&desk), &[apples(3_000_000)]));
    let extend = json!({"step": "extend_inspection", "reason": "ba xe hàng"});
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let asked = ask(&id, &extend);
    assert_eq!(desk.code("declaration_step", &asked), "not_permitted");
    assert_eq!(refused(&head, &id, &extend), ["not_presented"]);
    desk.ok("declaration_step", &ask(&id, &json!({"step": "present"})));
    let deadline = |desk: &Desk<'_>| queue(desk)[0]["progress"]["deadline"].clone();
    assert_eq!(deadline(&desk), "2026-11-25T01:00:00Z");
    head.ok("declaration_step", &asked);
    assert_eq!(deadline(&desk), "2026-11-27T01:00:00Z");
    let progress = queue(&desk)[0]["progress"]["extended"].clone();
    assert_eq!(progress["reason"], "ba xe hàng");
}
