//! Cash on forms that are corrected: the difference is collected on a receipt of its own, or paid
//! back out of the drawer.

use bm_tests::testkit::TestOffice;
use serde_json::{Value, json};

use super::cash::{clean, count, desk_of, money, open, pay, refused, take, to_pay};
use super::corrections::{correction, step};
use super::{apples, codes, dong, officer};

fn refund(method: &str, amount: i64) -> Value {
    json!({"step": "refund", "method": method, "amount": amount.to_string(), "document": "QD 9"})
}

/// What a day says of its tax: computed, paid in cash, given back, to be given back, unpaid.
fn tax(day: &Value) -> [i64; 5] {
    let parts = ["computed", "paid_cash", "refunded", "to_refund", "unpaid"];
    let [computed, cash, back, owed_back, unpaid] =
        parts.map(|name| dong(&day[format!("{name}_vnd")]));
    assert_eq!(
        computed + owed_back + back,
        cash + dong(&day["paid_bank_vnd"]) + unpaid,
        "{day}"
    );
    [computed, cash, back, owed_back, unpaid]
}

#[test]
fn what_an_amendment_adds_is_collected_on_a_second_receipt() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let session = open(&desk, 200_000);
    assert_eq!(to_pay(&desk, 1, 3_000_000), 50_000);
    take(&desk, 1, pay());
    office.clock.set("2026-11-24 08:10");
    let more = correction(1, "amend", &[apples(4_000_000)]);
    desk.ok("correction_make", &more);
    assert_eq!(
        tax(&money(&desk, "2026-11-24")),
        [100_000, 50_000, 0, 0, 50_000]
    );
    office.clock.set("2026-11-24 08:20");
    take(&desk, 1, step("confirm_tax"));
    let whole = json!({"step": "pay", "method": "cash", "amount": "100000"});
    assert_eq!(refused(&desk, 1, whole)["code"], "payment_differs");
    let paid = take(&desk, 1, pay());
    assert_eq!(paid["paid"]["document"], "MONGCAI/2026/BL/Q1-000002");
    assert_eq!(paid["balance_vnd"], "0");
    take(&desk, 1, step("release"));

    let receipts = desk_of(&desk)["receipts"].clone();
    for (row, words) in [(0, "Năm mươi nghìn đồng"), (1, "Năm mươi nghìn đồng")] {
        let receipt = desk.ok("receipt_view", &json!({"id": receipts[row]["id"]}));
        assert_eq!(receipt["row"]["status"], "standing");
        assert_eq!(dong(&receipt["row"]["amount_vnd"]), 50_000);
        assert_eq!(dong(&receipt["duty_vnd"]), 50_000, "of this receipt alone");
        assert_eq!(receipt["amount_words"], words);
    }
    desk.ok("cash_close", &count(&session, 300_000, ""));
    let day = money(&desk, "2026-11-24");
    assert_eq!(tax(&day), [100_000, 100_000, 0, 0, 0]);
    assert_eq!(dong(&day["standing_vnd"]), 100_000);
    assert_eq!(dong(&day["taken_vnd"]), 100_000);
    assert_eq!(day["differences"], json!([]));
    clean(&office);
}

#[test]
fn what_a_correction_gives_back_in_cash_comes_out_of_the_drawer() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let session = open(&desk, 200_000);
    to_pay(&desk, 1, 5_000_000);
    to_pay(&desk, 2, 3_000_000);
    take(&desk, 1, pay());
    take(&desk, 2, pay());
    take(&desk, 2, step("release"));
    let taken = || dong(&desk_of(&desk)["own"]["taken_vnd"]);
    assert_eq!(taken(), 200_000);

    // Less goods: 150,000 were paid, 100,000 are due.
    desk.ok(
        "correction_make",
        &correction(1, "amend", &[apples(4_000_000)]),
    );
    assert_eq!(
        tax(&money(&desk, "2026-11-24")),
        [150_000, 200_000, 0, 50_000, 0]
    );
    assert_eq!(
        refused(&desk, 1, refund("cash", 40_000))["code"],
        "refund_differs"
    );
    assert_eq!(take(&desk, 1, refund("cash", 50_000))["balance_vnd"], "0");
    assert_eq!(taken(), 150_000);

    // Goods that come back after they left: their receipt stays, their money does not.
    let back = desk.ok("correction_make", &correction(2, "return", &[]))["proposal"].clone();
    head.ok("correction_decide", &json!({"id": back, "approve": true}));
    assert_eq!(
        tax(&money(&desk, "2026-11-24")),
        [100_000, 200_000, 50_000, 50_000, 0]
    );
    let receipt = desk_of(&desk)["receipts"][0].clone();
    let ask = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "trả hàng"});
    assert_eq!(desk.code("receipt_cancel", &ask), "stale");
    assert_eq!(take(&desk, 2, refund("cash", 50_000))["balance_vnd"], "0");
    assert_eq!(taken(), 100_000);

    desk.ok("cash_close", &count(&session, 300_000, ""));
    let day = money(&desk, "2026-11-24");
    assert_eq!(tax(&day), [100_000, 200_000, 100_000, 0, 0]);
    assert_eq!(dong(&day["recorded_vnd"]), 300_000);
    assert_eq!(day["differences"], json!([]));
    let slip = json!({"id": session["id"], "day": "2026-11-24", "slip": "KB 7",
        "amount_vnd": "100000"});
    assert_eq!(desk.ok("cash_hand_over", &slip)["stage"], "done");
    clean(&office);
}

#[test]
fn a_drawer_pays_back_no_more_than_it_took_in_and_a_bank_needs_none() {
    let office = TestOffice::new();
    let desk = officer(&office);
    for n in 1..=2 {
        to_pay(&desk, n, 3_000_000);
        take(
            &desk,
            n,
            json!({"step": "pay", "method": "bank", "document": "GNT 1"}),
        );
        desk.ok("correction_make", &correction(n, "cancel", &[]));
    }
    let said = refused(&desk, 1, refund("cash", 50_000));
    assert_eq!(said["code"], "cash_session_missing");
    open(&desk, 1_000_000);
    let said = refused(&desk, 1, refund("cash", 50_000));
    assert_eq!(said["code"], "refund_too_large", "the float is no tax");
    assert_eq!(take(&desk, 1, refund("bank", 50_000))["balance_vnd"], "0");
    // Where nothing is said, it goes by a bank, as it did before there were drawers.
    let plain = json!({"step": "refund", "amount": "50000", "document": "QD 10"});
    assert_eq!(take(&desk, 2, plain)["balance_vnd"], "0");
    assert_eq!(dong(&desk_of(&desk)["own"]["taken_vnd"]), 0);
    assert_eq!(tax(&money(&desk, "2026-11-24")), [0, 0, 100_000, 0, 0]);
    clean(&office);
}

#[test]
fn a_form_whose_receipt_stands_or_is_asked_back_is_not_corrected() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    open(&desk, 0);
    to_pay(&desk, 1, 3_000_000);
    take(&desk, 1, pay());
    let receipt = desk_of(&desk)["receipts"][0].clone();
    for kind in ["cancel", "refuse"] {
        let preview = desk.ok("correction_preview", &correction(1, kind, &[]));
        assert_eq!(
            preview["violations"][0]["code"], "receipt_standing",
            "{kind}"
        );
        let error = desk.error("correction_make", &correction(1, kind, &[]));
        assert_eq!(codes(&error), ["receipt_standing"], "{kind}");
    }
    let ask = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "ghi nhầm"});
    desk.ok("receipt_cancel", &ask);
    for (kind, goods) in [("amend", vec![apples(4_000_000)]), ("return", Vec::new())] {
        let error = desk.error("correction_make", &correction(1, kind, &goods));
        assert_eq!(codes(&error), ["receipt_pending"], "{kind}");
    }
    head.ok(
        "receipt_answer",
        &json!({"id": receipt["id"], "confirm": true}),
    );
    desk.ok("correction_make", &correction(1, "cancel", &[]));
    assert_eq!(tax(&money(&desk, "2026-11-24")), [0, 0, 0, 0, 0]);
    clean(&office);
}
