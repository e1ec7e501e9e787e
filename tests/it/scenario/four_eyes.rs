//! What asks for two persons: whoever proposed it may not approve it, and reads why.

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::correction;
use super::{apples, cash, codes, gathering, hoa, purchase};

/// The one refusal of a person's own approval, which says what to do.
fn own(desk: &Desk<'_>, command: &str, ask: &Value, code: &str) {
    let error = desk.error(command, ask);
    assert_eq!(codes(&error), [code], "{command}");
    let message = error["violations"][0]["message"].as_str();
    let message = message.expect("a sentence");
    assert!(message.len() > 30 && !message.contains(code), "{message}");
}

fn supervisors(office: &TestOffice) -> [Desk<'_>; 2] {
    office.with_app(|app| {
        let role = bm_app::permission::Role::Supervisor;
        let operator = bm_api::session::operator("test");
        app.enter_account(&operator, "second", "Second", role, "second-secret")
            .expect("a second supervisor");
    });
    [
        office.sign_in("supervisor", "MONGCAI", "S1"),
        office.open_session("second", "MONGCAI", "S2"),
    ]
}

#[test]
fn a_correction_after_the_release_is_approved_by_another() {
    let office = TestOffice::new();
    let [one, two] = supervisors(&office);
    gathering::released(&one, 1, &hoa(&one), &[apples(500_000)]);
    one.ok(
        "correction_make",
        &correction(1, "amend", &[apples(400_000)]),
    );
    let waiting = one.ok("correction_list", &json!({"gate": "MONGCAI"}));
    let ask = json!({"id": waiting["pending"][0]["id"], "approve": true, "reason": ""});
    own(&one, "correction_decide", &ask, "own_proposal");
    two.ok("correction_decide", &ask);
}

#[test]
fn a_receipt_taken_back_and_a_drawer_that_differs_are_confirmed_by_another() {
    let office = TestOffice::new();
    let [one, two] = supervisors(&office);
    let session = cash::open(&one, 0)["id"].clone();
    let due = cash::to_pay(&one, 1, 3_000_000);
    cash::take(&one, 1, cash::pay());
    let receipt = cash::desk_of(&one)["receipts"][0].clone();
    let back = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "ghi nhầm"});
    one.ok("receipt_cancel", &back);
    let answer = json!({"id": receipt["id"], "confirm": true});
    own(&one, "receipt_answer", &answer, "second_person_needed");
    two.ok("receipt_answer", &answer);

    cash::take(&one, 1, cash::pay());
    let short = json!({"id": session, "notes": [], "small_vnd": (due - 1).to_string(),
        "reason": "thiếu một đồng"});
    one.ok("cash_close", &short);
    let ask = json!({"id": session});
    own(&one, "cash_acknowledge", &ask, "second_person_needed");
    two.ok("cash_acknowledge", &ask);
}

#[test]
fn the_rules_for_accounts_and_retention_are_changed_by_two() {
    let office = TestOffice::new();
    let branch = office.sign_in("branch", "", "V1");
    let admin = office.sign_in("administrator", "", "V2");
    let values = json!({"customs_years": "1", "accounting_years": "1", "needs_second": "false"});
    let change = json!({"basis": "quy chế", "make_room": true, "rows": [
        {"kind": "retention", "values": values, "valid_from": "2026-11-24"}]});
    let proposed = branch.ok("law_propose", &change);
    assert_eq!(proposed["state"], "waiting");
    let by = json!({"id": proposed["id"]});
    own(&branch, "law_approve", &by, "law_own_approval");
    let before = json!({"before": ""});
    assert_eq!(branch.ok("retention_preview", &before)["customs_years"], 5);
    admin.ok("law_approve", &by);
    assert_eq!(branch.ok("retention_preview", &before)["customs_years"], 1);
}

#[test]
fn who_only_reads_looks_at_a_sheet_and_prints_none() {
    let office = TestOffice::new();
    let desk = super::officer(&office);
    desk.ok(
        "declaration_register",
        &purchase(1, &hoa(&desk), &[apples(500_000)]),
    );
    for role in ["branch", "auditor"] {
        let reader = office.sign_in(role, "MONGCAI", "V1");
        let ask = |preview: bool| json!({"id": form_id(1), "preview": preview});
        assert_eq!(reader.ok("form_print", &ask(true))["mark"], "preview");
        assert_eq!(reader.code("form_print", &ask(false)), "not_permitted");
    }
    for role in ["leader", "administrator"] {
        let other = office.sign_in(role, "MONGCAI", "V1");
        let code = other.code("form_print", &json!({"id": form_id(1), "preview": true}));
        assert_eq!(code, "not_permitted", "{role}");
    }
}
