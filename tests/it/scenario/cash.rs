//! Cash at the gate: sessions, receipts, the hand-over, and receipts that come back.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_app::permission::Duty;
use bm_domain::cash::CashRule;
use bm_domain::{Validity, Vnd};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{apples, codes, dong, enter, officer, purchase, someone};

const PAY: &str = r#"{"step": "pay", "method": "cash"}"#;

pub(super) fn pay() -> Value {
    serde_json::from_str(PAY).expect("JSON")
}

/// A form of a person of its own over the quota, taken to its payment; tells what it owes.
pub(super) fn to_pay(desk: &Desk<'_>, n: u32, vnd: u32) -> i64 {
    let number = format!("022185{:06}", 100_000 + n);
    let person = enter(desk, &someone(&number, &format!("Lý Văn Nam {n}")));
    let answer = desk.ok(
        "declaration_register",
        &purchase(n, &person, &[apples(vnd)]),
    );
    for step in [
        json!({"step": "present"}),
        json!({"step": "inspect", "finding": "conforms"}),
        json!({"step": "confirm_tax"}),
    ] {
        desk.ok("declaration_step", &json!({"id": form_id(n), "step": step}));
    }
    dong(&answer["total_due_vnd"])
}

pub(super) fn take(desk: &Desk<'_>, n: u32, step: Value) -> Value {
    desk.ok("declaration_step", &json!({"id": form_id(n), "step": step}))
}

/// Why a step on a form is refused.
pub(super) fn refused(desk: &Desk<'_>, n: u32, step: Value) -> Value {
    let error = desk.error("declaration_step", &json!({"id": form_id(n), "step": step}));
    assert_eq!(error["code"], "refused", "{error}");
    error["violations"][0].clone()
}

pub(super) fn open(desk: &Desk<'_>, float: i64) -> Value {
    desk.ok("cash_open", &json!({"float_vnd": float.to_string()}))
}

pub(super) fn desk_of(desk: &Desk<'_>) -> Value {
    desk.ok("cash_desk", &json!({"gate": "MONGCAI"}))
}

pub(super) fn money(desk: &Desk<'_>, day: &str) -> Value {
    desk.ok("cash_day", &json!({"gate": "MONGCAI", "day": day}))
}

/// Counts a session as so many thousands and some small money.
pub(super) fn count(session: &Value, vnd: i64, reason: &str) -> Value {
    json!({"id": session["id"], "reason": reason, "small_vnd": (vnd % 1_000).to_string(),
        "notes": [{"note_vnd": "1000", "count": vnd / 1_000}]})
}

fn unlock(office: &TestOffice, desk: &Desk<'_>, who: &str, hanoi: &str) {
    office.clock.set(hanoi);
    desk.ok(
        "session_unlock",
        &json!({"password": format!("{who}-secret")}),
    );
}

#[track_caller]
pub(super) fn clean(office: &TestOffice) {
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn a_cashiers_day_from_the_opening_to_the_treasury() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let session = open(&desk, 500_000);
    assert_eq!(session["stage"], "open");
    let first = to_pay(&desk, 1, 3_000_000);
    let second = to_pay(&desk, 2, 5_000_000);
    let third = to_pay(&desk, 3, 4_000_000);
    let paid = take(&desk, 1, pay());
    assert_eq!(paid["paid"]["document"], "MONGCAI/2026/BL/Q1-000001");
    take(&desk, 2, pay());
    let bank =
        json!({"step": "pay", "method": "bank", "document": "GNT 5", "amount": third.to_string()});
    take(&desk, 3, bank);

    let view = desk_of(&desk);
    assert_eq!(dong(&view["own"]["taken_vnd"]), first + second);
    assert_eq!(dong(&view["own"]["expected_vnd"]), 500_000 + first + second);
    let numbers: Vec<_> = view["receipts"]
        .as_array()
        .expect("receipts")
        .iter()
        .map(|row| row["number"].clone())
        .collect();
    assert_eq!(
        numbers,
        ["MONGCAI/2026/BL/Q1-000002", "MONGCAI/2026/BL/Q1-000001"]
    );
    let receipt = desk.ok("receipt_view", &json!({"id": view["receipts"][1]["id"]}));
    assert_eq!(first, 50_000);
    assert_eq!(receipt["amount_words"], "Năm mươi nghìn đồng");
    assert_eq!(receipt["row"]["person_name"], "Lý Văn Nam 1");
    assert_eq!(
        (&receipt["series"], &receipt["serial"]),
        (&json!("MONGCAI/2026/BL/Q1"), &json!("000001"))
    );

    let day = money(&desk, "2026-11-24");
    assert_eq!(dong(&day["computed_vnd"]), first + second + third);
    assert_eq!(dong(&day["paid_cash_vnd"]), first + second);
    assert_eq!(dong(&day["paid_bank_vnd"]), third);
    assert_eq!(dong(&day["unpaid_vnd"]), 0);
    assert_eq!(day["differences"][0]["check"], "open");

    let whole = 500_000 + first + second;
    let closed = desk.ok("cash_close", &count(&session, whole, ""));
    assert_eq!(closed["stage"], "hand_over");
    assert_eq!(closed["deadline"], "2026-11-25T00:30:00Z");
    let slip = json!({"id": session["id"], "day": "2026-11-24", "slip": "KB 77",
        "amount_vnd": (first + second).to_string()});
    assert_eq!(desk.ok("cash_hand_over", &slip)["stage"], "done");
    let day = money(&desk, "2026-11-24");
    assert_eq!(day["differences"], json!([]));
    assert_eq!(day["handed_over_vnd"], day["taken_vnd"]);
    assert_eq!(day["counted_vnd"], day["recorded_vnd"]);
    clean(&office);
}

#[test]
fn without_a_session_no_cash_is_taken_and_one_key_away_it_is() {
    let office = TestOffice::new();
    let desk = officer(&office);
    to_pay(&desk, 1, 3_000_000);
    let said = refused(&desk, 1, pay());
    assert_eq!(said["code"], "cash_session_missing");
    let message = said["message"].as_str().unwrap_or_default();
    assert!(message.contains("key F2"), "{message}");
    // Another one's drawer does not do.
    open(&office.sign_in("supervisor", "MONGCAI", "Q2"), 0);
    assert_eq!(refused(&desk, 1, pay())["code"], "cash_session_missing");
    open(&desk, 0);
    let twice = desk.error("cash_open", &json!({"float_vnd": "0"}));
    assert_eq!(codes(&twice), ["cash_session_open"]);
    take(&desk, 1, pay());

    // A bank slip needs no drawer, but a number.
    to_pay(&desk, 2, 3_000_000);
    let nameless = json!({"step": "pay", "method": "bank"});
    assert_eq!(refused(&desk, 2, nameless)["code"], "field_required");
    for wrong in ["-1", "1.5", "x", ""] {
        let asked = json!({"float_vnd": wrong});
        assert_eq!(desk.code("cash_open", &asked), "refused", "{wrong}");
    }
}

#[test]
fn a_leaf_of_a_printed_book_is_used_once_and_a_tax_is_paid_whole() {
    let office = TestOffice::new();
    let desk = officer(&office);
    open(&desk, 0);
    let due = to_pay(&desk, 1, 3_000_000);
    to_pay(&desk, 2, 3_000_000);
    let with = |document: &str, amount: i64| {
        json!({"step": "pay", "method": "cash",
        "document": document, "amount": amount.to_string()})
    };
    let part = refused(&desk, 1, with("AB/26P 0000123", due - 1_000));
    assert_eq!(part["code"], "payment_differs");
    let letters = refused(&desk, 1, with("AB/P", due));
    assert_eq!(letters["code"], "value_unknown");
    let paid = take(&desk, 1, with("AB/26P 0000123", due));
    assert_eq!(paid["paid"]["document"], "AB/26P 0000123");
    office.clock.set("2026-11-24 08:05");
    let again = refused(&desk, 2, with("ab/26p-0000123", due));
    assert_eq!(again["code"], "receipt_used");
    let message = again["message"].as_str().unwrap_or_default();
    for told in [
        "AB/26P 0000123",
        "Account of officer",
        "2026-11-24 08:00",
        "NK/Q1-000001",
    ] {
        assert!(message.contains(told), "{told} in {message}");
    }
    // A number given by the program is none of a book's.
    take(&desk, 2, pay());
    to_pay(&desk, 3, 3_000_000);
    let given = refused(&desk, 3, with("MONGCAI/2026/BL/Q1-000001", due));
    assert_eq!(given["code"], "receipt_used");
    let day = money(&desk, "2026-11-24");
    assert_eq!(
        (&day["receipts"], &day["preprinted"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(day["series"][0]["missing"], json!([]));
    clean(&office);
}

#[test]
fn a_count_that_differs_needs_a_reason_and_a_second_person() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    let session = open(&desk, 200_000);
    let due = to_pay(&desk, 1, 3_000_000);
    take(&desk, 1, pay());
    let short = 200_000 + due - 5_000;
    let error = desk.error("cash_close", &count(&session, short, ""));
    assert_eq!(codes(&error), ["cash_differs"]);
    let closed = desk.ok("cash_close", &count(&session, short, "trả nhầm tiền thừa"));
    assert_eq!(closed["stage"], "difference");
    assert_eq!(dong(&closed["difference_vnd"]), -5_000);
    let by = json!({"id": session["id"]});
    let own = desk.error("cash_acknowledge", &by);
    assert_eq!(codes(&own), ["second_person_needed"]);
    let slip = json!({"id": session["id"], "day": "2026-11-24", "slip": "KB 1",
        "amount_vnd": due.to_string()});
    let early = desk.error("cash_hand_over", &slip);
    assert_eq!(codes(&early), ["second_person_needed"]);
    let seen = chief.ok("cash_acknowledge", &by);
    assert_eq!(seen["acknowledged"]["by"], "supervisor");
    let mut less = slip.clone();
    less["amount_vnd"] = json!((due - 5_000).to_string());
    let error = desk.error("cash_hand_over", &less);
    assert_eq!(
        codes(&error),
        ["hand_over_differs"],
        "the State gets what was receipted"
    );
    desk.ok("cash_hand_over", &slip);
    let day = money(&desk, "2026-11-24");
    assert_eq!(day["differences"][0]["check"], "count");
    assert_eq!(day["differences"].as_array().map(Vec::len), Some(1));

    // Only the cashier, or who decides for the office, counts a drawer.
    let theirs = open(&chief, 0);
    let code = desk.code("cash_close", &count(&theirs, 0, ""));
    assert_eq!(code, "not_permitted");
    let mine = open(&desk, 0);
    assert_eq!(
        chief.ok("cash_close", &count(&mine, 0, ""))["stage"],
        "done"
    );
    clean(&office);
}

/// The rule of the seed with changes.
fn rule(office: &TestOffice, change: impl Fn(&mut CashRule)) {
    let mut rule = CashRule {
        notes: vec![Vnd::new(1_000)],
        hand_over_days: 0,
        hand_over_days_remote: 3,
        remote_gates: Vec::new(),
        cancel_needs_second: true,
        validity: Validity::since("2026-01-01".parse().expect("a day")),
        basis: "test".into(),
    };
    change(&mut rule);
    let saved =
        office.with_app(|app| app.save_law(&operator("test"), &[LawRow::Cash(rule)], "test"));
    saved.expect("entered");
}

#[test]
fn money_that_is_not_handed_over_is_late_after_the_week_end_and_the_holiday() {
    // A Friday before an ordinary Monday; the Monday before the two days of the National Day; a
    // remote gate, whose three working days pass over both.
    for (day, remote, in_time, late, deadline) in [
        (
            "2026-08-28",
            false,
            "2026-08-31 07:29",
            "2026-08-31 07:31",
            "2026-08-31T00:30:00Z",
        ),
        (
            "2026-08-31",
            false,
            "2026-09-03 07:29",
            "2026-09-03 07:31",
            "2026-09-03T00:30:00Z",
        ),
        (
            "2026-08-28",
            true,
            "2026-09-04 16:59",
            "2026-09-04 17:01",
            "2026-09-04T10:00:00Z",
        ),
    ] {
        let office = TestOffice::opened_at(&format!("{day} 09:00"));
        rule(&office, |rule| {
            if remote {
                rule.remote_gates = vec!["MONGCAI".into()];
            }
        });
        let desk = officer(&office);
        let session = open(&desk, 0);
        let due = 50_000;
        assert_eq!(to_pay(&desk, 1, 3_000_000), due);
        take(&desk, 1, pay());
        let closed = desk.ok("cash_close", &count(&session, due, ""));
        assert_eq!(closed["deadline"], deadline, "{day} {remote}");
        let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
        unlock(&office, &chief, "supervisor", in_time);
        assert_eq!(desk_of(&chief)["overdue"], 0, "{day} {remote}");
        assert_eq!(money(&chief, day)["differences"], json!([]));
        unlock(&office, &chief, "supervisor", late);
        let view = desk_of(&chief);
        assert_eq!(view["overdue"], 1, "{day} {remote}");
        assert_eq!(view["sessions"][0]["overdue"], true);
        assert_eq!(view["sessions"][0]["opened"]["name"], "Account of officer");
        assert_eq!(money(&chief, day)["differences"][0]["check"], "late");
        let slip = json!({"id": session["id"], "day": late[..10], "slip": "KB 1",
            "amount_vnd": due.to_string()});
        chief.ok("cash_hand_over", &slip);
        assert_eq!(desk_of(&chief)["overdue"], 0);
        clean(&office);
    }
}

#[test]
fn a_drawer_left_open_over_night_takes_nothing_until_it_is_counted() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let session = open(&desk, 0);
    unlock(&office, &desk, "officer", "2026-11-25 08:00");
    to_pay(&desk, 1, 3_000_000);
    let said = refused(&desk, 1, pay());
    assert_eq!(said["code"], "cash_session_old");
    desk.ok("cash_close", &count(&session, 0, ""));
    open(&desk, 0);
    take(&desk, 1, pay());
    clean(&office);
}

#[test]
fn a_receipt_comes_back_with_its_paper_and_its_form_is_unpaid_again() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    let session = open(&desk, 100_000);
    let due = to_pay(&desk, 1, 3_000_000);
    take(&desk, 1, pay());
    let receipt = desk_of(&desk)["receipts"][0].clone();
    let ask = |serial: &str, reason: &str| {
        json!({"id": receipt["id"], "serial": serial,
        "reason": reason})
    };

    // The form stands on its receipt.
    let cancel = json!({"id": form_id(1), "reason": "khai nhầm"});
    let error = desk.error("declaration_cancel", &cancel);
    assert_eq!(codes(&error), ["receipt_standing"]);
    let error = desk.error(
        "receipt_cancel",
        &ask("MONGCAI/2026/BL/Q1-000009", "ghi nhầm"),
    );
    assert_eq!(codes(&error), ["receipt_paper_wrong"]);
    let error = desk.error("receipt_cancel", &ask("MONGCAI/2026/BL/Q1-000001", " "));
    assert_eq!(codes(&error), ["field_required"]);
    let sly = json!({"step": "take_back", "receipt": "MONGCAI/2026/BL/Q1-000001", "reason": "x"});
    let code = desk.code("declaration_step", &json!({"id": form_id(1), "step": sly}));
    assert_eq!(code, "bad_request", "only with the paper in hand");

    let asked = desk.ok(
        "receipt_cancel",
        &ask("mongcai/2026/bl/q1 000001", "ghi nhầm"),
    );
    assert_eq!(asked["status"], "pending");
    assert_eq!(
        dong(&desk_of(&desk)["own"]["taken_vnd"]),
        due,
        "not yet returned"
    );
    assert_eq!(
        refused(&desk, 1, json!({"step": "release"}))["code"],
        "receipt_pending"
    );
    let error = desk.error("cash_close", &count(&session, 100_000, "x"));
    assert_eq!(codes(&error), ["receipt_pending"]);
    let answer = json!({"id": receipt["id"], "confirm": true});
    let error = desk.error("receipt_answer", &answer);
    assert_eq!(codes(&error), ["second_person_needed"]);
    let done = chief.ok("receipt_answer", &answer);
    assert_eq!(done["status"], "cancelled");
    assert_eq!(done["confirmed"]["by"], "supervisor");

    let view = desk.ok("declaration_view", &json!({"id": form_id(1)}));
    assert_eq!(view["progress"]["stage"], "payment");
    assert_eq!(view["progress"]["paid"], Value::Null);
    assert_eq!(dong(&desk_of(&desk)["own"]["expected_vnd"]), 100_000);
    // Paid anew it gets the next number; the old one is never given again.
    assert_eq!(
        take(&desk, 1, pay())["paid"]["document"],
        "MONGCAI/2026/BL/Q1-000002"
    );
    let day = money(&desk, "2026-11-24");
    assert_eq!(
        (&day["receipts"], &day["cancelled"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(dong(&day["standing_vnd"]), due);

    // After the release nothing comes back.
    take(&desk, 1, json!({"step": "release"}));
    let second = desk_of(&desk)["receipts"][0].clone();
    let late = json!({"id": second["id"], "serial": second["number"], "reason": "x"});
    let error = desk.error("receipt_cancel", &late);
    assert_eq!(codes(&error), ["already_released"]);
    let view = desk.ok("receipt_list", &json!({"session": session["id"]}));
    assert_eq!(view.as_array().map(Vec::len), Some(2));
    clean(&office);
}

#[test]
fn a_drawer_is_opened_by_those_given_the_cashiers_work() {
    let office = TestOffice::new();
    for (name, duty) in [("thu", Duty::Cashier), ("kiem", Duty::Inspection)] {
        office.officer_with(name, &[duty]);
    }
    open(&office.open_session("thu", "MONGCAI", "Q1"), 0);
    let inspector = office.open_session("kiem", "MONGCAI", "Q2");
    let error = inspector.error("cash_open", &json!({"float_vnd": "0"}));
    assert_eq!(codes(&error), ["duty_not_assigned"]);
}

#[test]
fn a_second_person_may_say_that_the_paper_is_not_there() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    let session = open(&desk, 0);
    let due = to_pay(&desk, 1, 3_000_000);
    take(&desk, 1, pay());
    let receipt = desk_of(&desk)["receipts"][0].clone();
    let ask = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "ghi nhầm"});
    desk.ok("receipt_cancel", &ask);
    let no = json!({"id": receipt["id"], "confirm": false});
    assert_eq!(chief.ok("receipt_answer", &no)["status"], "standing");
    assert_eq!(codes(&chief.error("receipt_answer", &no)), ["step_taken"]);

    // Where the rule asks for nobody else, it comes back at once; then the form may be cancelled.
    rule(&office, |rule| rule.cancel_needs_second = false);
    desk.ok("cash_close", &count(&session, due, ""));
    let error = desk.error("receipt_cancel", &ask);
    assert_eq!(codes(&error), ["cash_session_missing"]);
    open(&desk, 1_000_000);
    let error = desk.error("receipt_cancel", &ask);
    assert_eq!(codes(&error), ["refund_too_large"], "the float is no tax");
    to_pay(&desk, 2, 3_000_000);
    take(&desk, 2, pay());
    assert_eq!(desk.ok("receipt_cancel", &ask)["status"], "cancelled");
    let view = desk_of(&desk);
    assert_eq!(dong(&view["own"]["taken_vnd"]), 0);
    assert_eq!(dong(&view["sessions"][1]["taken_vnd"]), due);
    let cancel = json!({"id": form_id(1), "reason": "khai nhầm"});
    desk.ok("declaration_cancel", &cancel);
    clean(&office);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 40, ..Default::default() })]

    /// Whatever is done in whatever order: the series has no gap, the drawers hold their floats and
    /// the receipts that stand, and every paid form has its one receipt.
    #[test]
    fn drawers_and_receipts_agree_in_any_order(
        moves in proptest::collection::vec((0_u8..10, 0_u32..4, any::<bool>(), any::<bool>()), 10..40),
    ) {
        let office = TestOffice::new();
        let desk = officer(&office);
        let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
        for n in 0..4 {
            to_pay(&desk, n, 3_000_000 + n * 100_000);
        }
        open(&desk, 100_000);
        open(&chief, 100_000);
        let mut floats = 200_000;
        for (kind, n, first, confirm) in moves {
            let who = if first { &desk } else { &chief };
            let view = desk_of(who);
            let own = &view["own"];
            let row = view["receipts"].get(n as usize).cloned().unwrap_or_default();
            match kind {
                0 => {
                    let opened = who.answer("cash_open", &json!({"float_vnd": "100000"}));
                    floats += if opened.get("ok").is_some() { 100_000 } else { 0 };
                }
                1..=3 => {
                    let step = json!({"id": form_id(n), "step": pay()});
                    let _ = who.answer("declaration_step", &step);
                }
                4 | 5 => {
                    let ask = json!({"id": row["id"], "serial": row["number"], "reason": "thử"});
                    let _ = who.answer("receipt_cancel", &ask);
                }
                6..=8 => {
                    let answer = json!({"id": row["id"], "confirm": confirm});
                    let _ = who.answer("receipt_answer", &answer);
                }
                _ if own.is_null() => {}
                _ => {
                    let expected = dong(&own["expected_vnd"]);
                    let _ = who.answer("cash_close", &count(own, expected, ""));
                }
            }
        }
        let day = money(&desk, "2026-11-24");
        for series in day["series"].as_array().expect("series") {
            prop_assert_eq!(&series["first"], 1);
            prop_assert_eq!(&series["missing"], &json!([]));
            prop_assert_eq!(&series["last"], &series["receipts"]);
        }
        let standing = dong(&day["standing_vnd"]);
        prop_assert_eq!(dong(&day["recorded_vnd"]), floats + standing);
        prop_assert_eq!(dong(&day["paid_cash_vnd"]), standing);
        let whole = dong(&day["paid_cash_vnd"]) + dong(&day["unpaid_vnd"]);
        prop_assert_eq!(dong(&day["computed_vnd"]), whole);
        for differs in day["differences"].as_array().expect("differences") {
            prop_assert_eq!(&differs["check"], "open");
        }
        prop_assert_eq!(office.verify().differences, Vec::<String>::new());
    }
}
