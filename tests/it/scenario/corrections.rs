//! Forms that turn out wrong after their registration: amended, refused, returned, cancelled.

use bm_app::paper::TrackingRow;
use bm_app::reveal::Numbers;
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::{apples, dong, hoa, officer, purchase, refusals, sale, split};

/// What a correction is asked with.
pub(super) fn correction(n: u32, kind: &str, lines: &[Value]) -> Value {
    json!({"id": form_id(n), "kind": kind, "reason": "counted again", "lines": lines})
}

/// Corrects a form at once; the form as it is shown then.
fn correct(desk: &Desk<'_>, n: u32, kind: &str, lines: &[Value]) -> Value {
    let made = desk.ok("correction_make", &correction(n, kind, lines));
    assert_eq!(made["proposal"], json!(null), "one officer is enough");
    view(desk, n)
}

pub(super) fn view(desk: &Desk<'_>, n: u32) -> Value {
    desk.ok("declaration_view", &json!({"id": form_id(n)}))
}

/// The codes that refuse what is asked.
pub(super) fn refused(desk: &Desk<'_>, command: &str, request: &Value) -> Vec<String> {
    let error = desk.error(command, request);
    let all = error["violations"].as_array().expect("violations").iter();
    all.map(|one| one["code"].as_str().unwrap_or_default().to_owned())
        .collect()
}

pub(super) fn take(desk: &Desk<'_>, n: u32, step: Value) -> Value {
    desk.ok("declaration_step", &json!({"id": form_id(n), "step": step}))
}

pub(super) fn step(name: &str) -> Value {
    json!({"step": name})
}

fn pay(document: &str) -> Value {
    json!({"step": "pay", "method": "bank", "document": document})
}

/// Takes a form of 3,000,000 from its inspection to what is left after the payment.
fn inspect_and_pay(desk: &Desk<'_>, n: u32) {
    take(desk, n, json!({"step": "inspect", "finding": "conforms"}));
    take(desk, n, step("confirm_tax"));
    take(desk, n, pay("BL-1"));
}

pub(super) fn report(desk: &Desk<'_>, day: &str) -> Value {
    desk.ok("report_daily", &json!({"gate": "MONGCAI", "day": day}))
}

/// Forms, value, exempt part and duty of a day's imports.
fn sums(desk: &Desk<'_>) -> (Value, i64, i64, i64) {
    let totals = &report(desk, "2026-11-24")["directions"]["import"];
    let sum = |name: &str| dong(&totals[name]);
    (
        totals["forms"].clone(),
        sum("value_vnd"),
        sum("exempt_vnd"),
        sum("duty_vnd"),
    )
}

/// Used today and trips of the month.
fn quota(desk: &Desk<'_>, person: &str) -> (i64, Value) {
    let page = desk.ok("person_view", &json!({"id": person}));
    let quota = &page["quota"];
    (dong(&quota["used_today_vnd"]), quota["trips_used"].clone())
}

fn clean(office: &TestOffice) {
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn an_amended_form_keeps_its_number_and_quota_and_report_follow() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let first = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    assert_eq!(split(&first), (2_000_000, 1_000_000, 50_000));
    let preview = desk.ok(
        "correction_preview",
        &correction(1, "amend", &[apples(1_500_000)]),
    );
    assert_eq!(split(&preview["before"]), (2_000_000, 1_000_000, 50_000));
    assert_eq!(split(&preview["after"]), (1_500_000, 0, 0));
    assert_eq!(preview["second_person"], false);
    assert_eq!(view(&desk, 1)["revision"], 0, "a preview writes nothing");

    let form = correct(&desk, 1, "amend", &[apples(1_500_000)]);
    assert_eq!(form["number"], first["number"]);
    assert_eq!(form["revision"], 1);
    assert_eq!(split(&form["answer"]), (1_500_000, 0, 0));
    assert_eq!(
        form["progress"]["stage"], "release",
        "no inspection is due now"
    );
    assert_eq!(sums(&desk), (json!(1), 1_500_000, 1_500_000, 0));
    assert_eq!(quota(&desk, &person), (1_500_000, json!(1)));
    // The id answers what it answered the first time.
    let again = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    assert_eq!(again, first);

    // Back above the quota: the inspection that is mandatory again blocks the release.
    let form = correct(&desk, 1, "amend", &[apples(2_500_000)]);
    assert_eq!(form["progress"]["stage"], "inspection");
    let release = json!({"id": form_id(1), "step": step("release")});
    assert_eq!(
        refused(&desk, "declaration_step", &release),
        ["inspection_outstanding", "tax_outstanding"]
    );
    assert_eq!(sums(&desk), (json!(1), 2_500_000, 2_000_000, 25_000));
    let history = desk.ok("declaration_history", &json!({"id": form_id(1)}));
    let told: Vec<_> = history.as_array().expect("a history").iter().collect();
    assert_eq!(told.len(), 3);
    assert_eq!(told[0]["sums"]["value_vnd"], "3000000");
    assert_eq!(told[1]["revision"], 1);
    assert_eq!(told[2]["by"], "Account of officer");
    assert_eq!(told[2]["reason"], "counted again");
    assert_eq!(told[2]["basis"], "Law 54/2014/QH13 art. 29(4)");
    clean(&office);
}

#[test]
fn quota_report_and_tracking_book_of_an_amended_form_agree() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    for (n, value) in [(1, 3_000_000), (2, 400_000), (3, 700_000)] {
        let form = purchase(n, &person, &[apples(value)]);
        desk.ok("declaration_register", &form);
    }
    correct(&desk, 1, "amend", &[apples(1_200_000)]);
    correct(&desk, 2, "amend", &[apples(900_000)]);
    let cancel = json!({"id": form_id(3), "reason": "not bought after all"});
    desk.ok("declaration_cancel", &cancel);

    let day = "2026-11-24".parse().expect("a day");
    let book = office
        .with_app(|app| {
            app.tracking_book(&office.officer("MONGCAI"), "MONGCAI", day, Numbers::Masked)
        })
        .expect("the tracking book");
    let [first, second, third] = &book.rows[..] else {
        panic!("every form received stays in the book: {:?}", book.rows);
    };
    let of = |row: &TrackingRow| (row.sums.value.dong(), row.sums.exempt.dong(), row.cancelled);
    assert_eq!(of(first), (1_200_000, 1_200_000, false));
    // Decided without itself on a day with one exempt trip: nothing is left for it.
    assert_eq!(of(second), (900_000, 0, false));
    assert!(
        third.cancelled && third.note.contains("not bought"),
        "{third:?}"
    );

    let totals = &book.totals;
    let (forms, value, exempt, duty) = sums(&desk);
    assert_eq!(forms, 2);
    assert_eq!(
        (
            totals.value.dong(),
            totals.exempt.dong(),
            totals.duty.dong()
        ),
        (value, exempt, duty)
    );
    assert_eq!(quota(&desk, &person), (exempt, json!(1)));
    assert_eq!(duty, 45_000, "5 % of what the second form is over");
    clean(&office);
}

#[test]
fn what_is_amended_is_decided_without_itself_and_under_the_law_of_its_day() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    for (n, vnd) in [(1, 500_000), (2, 400_000)] {
        desk.ok(
            "declaration_register",
            &purchase(n, &person, &[apples(vnd)]),
        );
    }
    // The second trip of the day stays taxed, the first may use the day's whole value.
    let second = correct(&desk, 2, "amend", &[apples(300_000)]);
    assert_eq!(split(&second["answer"]), (0, 300_000, 15_000));
    office.clock.set("2026-12-02 09:00");
    let desk = officer(&office);
    let first = correct(&desk, 1, "amend", &[apples(2_000_000)]);
    assert_eq!(split(&first["answer"]), (2_000_000, 0, 0));
    assert_eq!(sums(&desk), (json!(2), 2_300_000, 2_000_000, 15_000));
    assert_eq!(quota(&desk, &person).1, json!(0), "December is untouched");
    clean(&office);
}

#[test]
fn an_amendment_that_a_rule_refuses_or_that_changes_nothing_is_refused() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let form = purchase(1, &hoa(&desk), &[apples(500_000)]);
    desk.ok("declaration_register", &form);
    let ask = |lines: &[Value]| refused(&desk, "correction_make", &correction(1, "amend", lines));
    assert_eq!(ask(&[apples(500_000)]), ["nothing_amended"]);
    assert_eq!(ask(&[]), ["nothing_declared"]);
    let mut off_list = apples(500_000);
    off_list["hs"] = json!("39269099");
    assert_eq!(ask(&[off_list]), ["goods_not_on_list"]);
    let mut odd = apples(1);
    odd["quantity"] = json!("many");
    assert_eq!(ask(&[odd]), ["number_invalid"]);
    let mut silent = correction(1, "cancel", &[]);
    silent["reason"] = json!(" ");
    assert_eq!(
        refused(&desk, "correction_make", &silent),
        ["field_required"]
    );
    assert_eq!(
        desk.code("correction_make", &correction(7, "cancel", &[])),
        "not_found"
    );
    assert_eq!(view(&desk, 1)["revision"], 0);
}

#[test]
fn goods_that_an_inspection_found_otherwise_are_refused_or_amended() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    let differs = json!({"step": "inspect", "finding": "differs", "remark": "two boxes more"});
    take(&desk, 1, differs.clone());
    let form = correct(&desk, 1, "amend", &[apples(3_200_000)]);
    assert_eq!(form["progress"]["stage"], "inspection", "looked at again");
    assert_eq!(form["progress"]["inspected"], json!(null));
    take(&desk, 1, differs);
    let form = correct(&desk, 1, "refuse", &[]);
    assert_eq!(form["status"], "refused");
    assert_eq!(form["cancel_reason"], "counted again");
    assert_eq!(form["progress"]["stage"], json!(null));
    assert_eq!(sums(&desk), (json!(0), 0, 0, 0));
    assert_eq!(quota(&desk, &person), (0, json!(0)));
    let import = &report(&desk, "2026-11-24")["directions"]["import"];
    assert_eq!(
        (&import["refused"], &import["registered"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        desk.code("correction_make", &correction(1, "return", &[])),
        "stale"
    );
    let list = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let list = desk.ok("declaration_list", &list);
    assert_eq!(list["rows"][0]["status"], "refused", "it stood once");
    let queue = desk.ok("declaration_queue", &json!({"gate": "MONGCAI"}));
    assert_eq!(queue, json!([]));
    clean(&office);
}

#[test]
fn goods_that_go_back_give_back_quota_and_tax() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    inspect_and_pay(&desk, 1);
    let form = correct(&desk, 1, "return", &[]);
    assert_eq!(form["status"], "returned");
    assert_eq!(form["progress"]["balance_vnd"], "-50000");
    assert_eq!(quota(&desk, &person), (0, json!(0)));
    let import = &report(&desk, "2026-11-24")["directions"]["import"];
    assert_eq!(
        (&import["cancelled"], &import["pending"]),
        (&json!(1), &json!(0))
    );
    let unsettled = || desk.ok("correction_list", &json!({"gate": "MONGCAI"}))["unsettled"].clone();
    assert_eq!(unsettled()[0]["balance_vnd"], "-50000");

    let refund = |amount: &str| json!({"step": "refund", "amount": amount, "document": "QD-9"});
    let ask = |amount: &str| json!({"id": form_id(1), "step": refund(amount)});
    assert_eq!(
        refused(&desk, "declaration_step", &ask("40000")),
        ["refund_differs"]
    );
    assert_eq!(
        desk.code(
            "declaration_step",
            &json!({"id": form_id(1), "step": step("release")})
        ),
        "stale"
    );
    let progress = take(&desk, 1, refund("50000"));
    assert_eq!(progress["balance_vnd"], "0");
    let settled: Vec<_> = progress["settlements"]
        .as_array()
        .expect("both")
        .iter()
        .map(|one| (one["document"].clone(), one["amount_vnd"].clone()))
        .collect();
    assert_eq!(
        settled,
        [
            (json!("BL-1"), json!("50000")),
            (json!("QD-9"), json!("-50000"))
        ]
    );
    assert_eq!(
        refused(&desk, "declaration_step", &ask("50000")),
        ["nothing_to_refund"]
    );
    assert_eq!(unsettled(), json!([]));
    clean(&office);
}

#[test]
fn a_paid_tax_counts_towards_the_amended_one() {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok(
        "declaration_register",
        &purchase(1, &hoa(&desk), &[apples(3_000_000)]),
    );
    inspect_and_pay(&desk, 1);
    // Another price: nothing new to inspect, but the tax is confirmed again.
    let form = correct(&desk, 1, "amend", &[apples(4_000_000)]);
    assert_eq!(form["progress"]["stage"], "tax");
    assert_eq!(form["progress"]["balance_vnd"], "50000");
    take(&desk, 1, step("confirm_tax"));
    let release = json!({"id": form_id(1), "step": step("release")});
    assert_eq!(
        refused(&desk, "declaration_step", &release),
        ["payment_outstanding"]
    );
    assert_eq!(take(&desk, 1, pay("BL-2"))["stage"], "release");
    let form = correct(&desk, 1, "amend", &[apples(2_400_000)]);
    assert_eq!(form["progress"]["balance_vnd"], "-80000");
    assert_eq!(take(&desk, 1, step("confirm_tax"))["stage"], "release");
    assert_eq!(take(&desk, 1, step("release"))["stage"], "released");
    let open = desk.ok("correction_list", &json!({"gate": "MONGCAI"}));
    assert_eq!(open["unsettled"][0]["balance_vnd"], "-80000");
    let refund = json!({"step": "refund", "amount": "80000", "document": "QD-1"});
    assert_eq!(take(&desk, 1, refund)["balance_vnd"], "0");
    clean(&office);
}

#[test]
fn what_has_left_is_amended_or_returned_by_two_persons_only() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(500_000)]),
    );
    take(&desk, 1, step("release"));
    for kind in ["cancel", "refuse"] {
        assert_eq!(
            refused(&desk, "correction_make", &correction(1, kind, &[])),
            ["already_released"]
        );
    }
    let more = correction(1, "amend", &[apples(2_600_000)]);
    let proposal = desk.ok("correction_make", &more)["proposal"].clone();
    assert!(proposal.is_string());
    assert_eq!(view(&desk, 1)["correction_pending"], true);
    assert_eq!(split(&view(&desk, 1)["answer"]), (500_000, 0, 0), "not yet");
    assert_eq!(
        refused(&desk, "correction_make", &correction(1, "return", &[])),
        ["correction_pending"]
    );
    let verdict =
        |approve: bool, reason: &str| json!({"id": proposal, "approve": approve, "reason": reason});
    assert_eq!(
        desk.code("correction_decide", &verdict(true, "")),
        "not_permitted"
    );
    let waiting = head.ok("correction_list", &json!({"gate": "MONGCAI"}))["pending"].clone();
    assert_eq!(waiting[0]["kind"], "amend");
    assert_eq!(waiting[0]["proposed_by"], "Account of officer");
    assert_eq!(waiting[0]["is_own"], false);
    let preview = &waiting[0]["preview"];
    assert_eq!(split(&preview["before"]), (500_000, 0, 0));
    assert_eq!(split(&preview["after"]), (2_000_000, 600_000, 30_000));
    assert_eq!(preview["balance_vnd"], "30000");

    assert_eq!(
        refused(&head, "correction_decide", &verdict(false, "")),
        ["field_required"]
    );
    head.ok("correction_decide", &verdict(false, "no paper shown"));
    assert_eq!(head.code("correction_decide", &verdict(true, "")), "stale");
    assert_eq!(
        split(&view(&desk, 1)["answer"]),
        (500_000, 0, 0),
        "rejected"
    );

    office.clock.set("2026-11-24 08:05");
    let proposal = desk.ok("correction_make", &more)["proposal"].clone();
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": true}),
    );
    let form = view(&desk, 1);
    assert_eq!(split(&form["answer"]), (2_000_000, 600_000, 30_000));
    assert_eq!(form["progress"]["stage"], "released", "the goods are gone");
    assert_eq!(form["progress"]["balance_vnd"], "30000");
    assert_eq!(quota(&desk, &person), (2_000_000, json!(1)));
    take(&desk, 1, step("confirm_tax"));
    assert_eq!(take(&desk, 1, pay("BL-3"))["balance_vnd"], "0");
    let history = desk.ok("declaration_history", &json!({"id": form_id(1)}));
    assert_eq!(history[1]["rejected"], true);
    assert_eq!(history[1]["verdict_reason"], "no paper shown");
    assert_eq!(history[2]["decided_by"], "Account of supervisor");
    let import = &report(&desk, "2026-11-24")["directions"]["import"];
    assert_eq!(import["released"], 1);
    assert_eq!(import["exempt_vnd"], "2000000");

    let back = desk.ok("correction_make", &correction(1, "return", &[]))["proposal"].clone();
    head.ok("correction_decide", &json!({"id": back, "approve": true}));
    let import = &report(&desk, "2026-11-24")["directions"]["import"];
    let counts = [
        &import["forms"],
        &import["released"],
        &import["cancelled"],
        &import["pending"],
    ];
    assert_eq!(counts, [&json!(0), &json!(0), &json!(1), &json!(0)]);
    assert_eq!(quota(&desk, &person), (0, json!(0)));
    clean(&office);
}

#[test]
fn nobody_approves_what_he_proposed_himself() {
    let office = TestOffice::new();
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let form = purchase(1, &hoa(&head), &[apples(500_000)]);
    head.ok("declaration_register", &form);
    take(&head, 1, step("release"));
    let proposal = head.ok("correction_make", &correction(1, "return", &[]))["proposal"].clone();
    let waiting = head.ok("correction_list", &json!({"gate": "MONGCAI"}));
    assert_eq!(waiting["pending"][0]["is_own"], true);
    let verdict = json!({"id": proposal, "approve": true});
    let error = head.error("correction_decide", &verdict);
    assert_eq!(error["violations"][0]["code"], "own_proposal");
    assert_eq!(
        error["violations"][0]["basis"],
        "Law 54/2014/QH13 art. 29(4)"
    );
    assert_eq!(view(&head, 1)["status"], "registered");
    let refusal = json!({"id": proposal, "approve": false, "reason": "mine"});
    assert_eq!(
        refused(&head, "correction_decide", &refusal),
        ["own_proposal"]
    );
}

#[test]
fn a_sale_that_is_returned_leaves_the_tracking_of_sales() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let answer = desk.ok(
        "declaration_register",
        &sale(1, &hoa(&desk), &[apples(900_000)]),
    );
    assert_eq!(refusals(&answer), [""; 0]);
    correct(&desk, 1, "return", &[]);
    let export = &report(&desk, "2026-11-24")["directions"]["export"];
    assert_eq!(
        (&export["forms"], &export["cancelled"]),
        (&json!(0), &json!(1))
    );
    let history = desk.ok("declaration_history", &json!({"id": form_id(1)}));
    assert_eq!(history[1]["basis"], "Decree 08/2015/ND-CP art. 47");
    clean(&office);
}
