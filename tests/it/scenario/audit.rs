//! The log: what each filter finds, what stood before each kind of change, who may look.

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::{correction, refused, step, take};
use super::{apples, enter, hoa, officer, purchase, someone};

/// Kinds of the records found, the newest first.
fn kinds(desk: &Desk<'_>, ask: &Value) -> Vec<String> {
    let page = desk.ok("audit_search", ask);
    let rows = page["rows"].as_array().expect("rows").iter();
    rows.map(|row| row["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

/// The newest record of a kind, whole.
fn newest(desk: &Desk<'_>, kind: &str) -> Value {
    let page = desk.ok("audit_search", &json!({"kind": kind, "limit": 1}));
    let row = &page["rows"][0];
    desk.ok(
        "audit_view",
        &json!({"series": row["series"], "index": row["index"]}),
    )
}

/// Fields of a record: label, before, after.
fn fields(detail: &Value) -> Vec<(String, String, String)> {
    let groups = detail["groups"].as_array().expect("groups").iter();
    let fields = groups.flat_map(|group| group["fields"].as_array().expect("fields"));
    let text = |field: &Value, name: &str| field[name].as_str().expect("a text").to_owned();
    fields
        .map(|field| {
            (
                text(field, "label"),
                text(field, "before"),
                text(field, "after"),
            )
        })
        .collect()
}

#[track_caller]
fn changed(detail: &Value, label: &str) -> (String, String) {
    let all = fields(detail);
    let found = all.iter().find(|(name, ..)| name == label);
    let (_, before, after) = found.unwrap_or_else(|| panic!("{label} in {all:?}"));
    (before.clone(), after.clone())
}

/// A day with one form that went its way and another person's that was cancelled the day after.
fn two_days() -> TestOffice {
    let office = TestOffice::new();
    {
        let desk = officer(&office);
        let hoa = hoa(&desk);
        let nam = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
        desk.ok(
            "declaration_register",
            &purchase(1, &hoa, &[apples(3_000_000)]),
        );
        take(
            &desk,
            1,
            json!({"step": "inspect", "finding": "conforms", "remark": "đủ hàng"}),
        );
        take(&desk, 1, step("confirm_tax"));
        desk.ok("form_print", &json!({"id": form_id(1)}));
        office.clock.set("2026-11-25 09:30");
        let other = office.sign_in("supervisor", "HOANHMO", "Q2");
        other.ok(
            "declaration_register",
            &purchase(2, &nam, &[apples(500_000)]),
        );
        other.ok("correction_make", &correction(2, "cancel", &[]));
    }
    office
}

#[test]
fn each_filter_finds_its_records() {
    let office = two_days();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let number = json!({"subject": "MONGCAI/2026/NK/Q1-000001"});
    let of_form = ["form_printed", "step_taken", "step_taken", "registered"];
    assert_eq!(kinds(&desk, &number), of_form);
    assert_eq!(kinds(&desk, &json!({"subject": form_id(1)})), of_form);
    let steps = json!({"subject": form_id(1), "kind": "step_taken"});
    assert_eq!(kinds(&desk, &steps), ["step_taken", "step_taken"]);
    let days = |from: &str, to: &str| json!({"from": from, "to": to, "by": "supervisor"});
    let second = kinds(&desk, &days("2026-11-25", "2026-11-25"));
    assert_eq!(second, ["cancelled", "registered"]);
    assert_eq!(kinds(&desk, &days("2026-11-24", "2026-11-24")), [""; 0]);
    assert_eq!(
        kinds(&desk, &days("2026-11-25 09:30", "2026-11-25 09:31")),
        second
    );
    assert_eq!(kinds(&desk, &days("", "2026-11-25T09:30")), [""; 0]);
    let place = |place: &str| kinds(&desk, &json!({"place": place, "kind": "registered"}));
    assert_eq!(place("HOANHMO").len(), 1);
    assert_eq!(place("MONGCAI/Q1").len(), 1);
    assert_eq!(place("MONGCAI/Q").len(), 0);
    let text = |text: &str| kinds(&desk, &json!({"text": text}));
    assert_eq!(text("Counted AGAIN"), ["cancelled"]);
    assert_eq!(text("du hang"), ["step_taken"], "without marks");
    assert_eq!(
        kinds(&desk, &json!({"subject": "supervisor"})),
        ["account_saved"]
    );
    let gate = kinds(&desk, &json!({"subject": "gate/MONGCAI"}));
    assert_eq!(gate, ["law_saved"]);
    assert_eq!(kinds(&desk, &json!({"subject": "14C-99999"})), [""; 0]);
    assert_eq!(kinds(&desk, &json!({"kind": "entered/receipt"})), [""; 0]);
}

#[test]
fn asking_for_a_persons_trail_is_itself_in_it() {
    let office = two_days();
    let desk = office.sign_in("branch", "MONGCAI", "Q1");
    let ask = json!({"subject": "022185004321", "kind": "people_listed"});
    let before = kinds(&desk, &ask).len();
    assert_eq!(
        kinds(&desk, &ask).len(),
        before + 1,
        "the first look is there"
    );
    let page = desk.ok("audit_search", &json!({"subject": "022185004321"}));
    assert_eq!(page["subject"]["kind"], "person");
    let newest = &page["rows"][0];
    assert_eq!(
        (&newest["by"], &newest["kind"]),
        (&json!("branch"), &json!("people_listed"))
    );
    let told = page.to_string();
    assert!(
        !told.contains("022185004321") && !told.contains("Nguyễn Thị Hoa"),
        "{told}"
    );
    let kinds: Vec<_> = page["rows"].as_array().expect("rows").iter().collect();
    assert!(
        kinds.iter().any(|row| row["kind"] == "registered"),
        "forms of the person"
    );
}

#[test]
fn pages_go_on_where_they_ended_and_none_is_missed() {
    let office = two_days();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let all = desk.ok("audit_search", &json!({"limit": 500}));
    assert_eq!(all["next"], json!(null));
    let mut found: Vec<Value> = Vec::new();
    let mut ask = json!({"limit": 3});
    loop {
        let page = desk.ok("audit_search", &ask);
        found.extend(page["rows"].as_array().expect("rows").iter().cloned());
        if page["next"].is_null() {
            break;
        }
        ask["next"] = page["next"].clone();
    }
    assert_eq!(json!(found), all["rows"]);
}

#[test]
fn what_is_not_understood_is_refused_beside_its_field() {
    let office = TestOffice::new();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    for (ask, code) in [
        (json!({"from": "hôm qua"}), "value_unknown"),
        (json!({"to": "2026-13-01"}), "value_unknown"),
        (
            json!({"from": "2026-11-25", "to": "2026-11-24"}),
            "law_dates_reversed",
        ),
    ] {
        assert_eq!(refused(&desk, "audit_search", &ask), [code], "{ask}");
    }
    let unknown = json!({"series": "00000000-0000-0000-0000-000000007e57", "index": 99_999});
    assert_eq!(desk.code("audit_view", &unknown), "not_found");
}

#[test]
fn a_form_is_shown_whole_and_an_amendment_field_by_field() {
    let office = two_days();
    let desk = office.sign_in("supervisor", "MONGCAI", "Q1");
    desk.ok(
        "correction_make",
        &correction(1, "amend", &[apples(2_500_000)]),
    );
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let made = newest(&desk, "registered");
    assert_eq!(made["had_before"], false);
    assert_eq!(changed(&made, "Number").1, "HOANHMO/2026/NK/Q2-000001");
    assert_eq!(changed(&made, "Person").1, "Lý Văn Nam");
    assert_eq!(changed(&made, "Line 1 · HS code").1, "08081000");
    let amended = newest(&desk, "corrected");
    assert_eq!(amended["had_before"], true);
    assert_eq!(
        changed(&amended, "Line 1 · Unit price"),
        ("3000000".into(), "2500000".into())
    );
    assert_eq!(
        changed(&amended, "Above the quota (VND)"),
        ("1,000,000".into(), "500,000".into())
    );
    assert_eq!(changed(&amended, "Revision"), (String::new(), "1".into()));
    let labels: Vec<_> = fields(&amended).into_iter().map(|field| field.0).collect();
    assert!(
        !labels.iter().any(|label| label.contains("HS code")),
        "unchanged: {labels:?}"
    );
}

#[test]
fn steps_tell_how_far_the_form_had_come() {
    let office = two_days();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let taxed = newest(&desk, "step_taken");
    let (before, after) = changed(&taxed, "Tax confirmed");
    assert_eq!(before, "");
    assert!(after.ends_with("Account of officer"), "{after}");
    assert_eq!(fields(&taxed).len(), 1, "the inspection stood before");
    assert_eq!(taxed["row"]["note"], "tax confirmed");
    let printed = newest(&desk, "form_printed");
    assert_eq!(
        changed(&printed, "Times printed"),
        (String::new(), "1".into())
    );
    let ended = newest(&desk, "cancelled");
    assert_eq!(
        changed(&ended, "Status"),
        ("registered".into(), "cancelled".into())
    );
    assert_eq!(changed(&ended, "Reason").1, "counted again");
}

#[test]
fn persons_accounts_rules_and_entries_stand_beside_what_they_were() {
    let office = two_days();
    let desk = officer(&office);
    let mut person = someone("022185004321", "Nguyễn Thị Hòa");
    let found = desk.ok("person_find", &json!({"text": "022185004321"}));
    person["id"] = found["matches"][0]["id"].clone();
    person["reason"] = json!("tên sai dấu");
    desk.ok("person_save", &person);
    let vehicle = json!({"id": form_id(50), "plate": "14C-12345", "kind": "truck",
        "owner": person["id"]});
    desk.ok("vehicle_register", &vehicle);
    desk.ok(
        "vehicle_strike_off",
        &json!({"id": form_id(50), "reason": "bán xe"}),
    );
    let admin = office.sign_in("administrator", "MONGCAI", "Q1");
    let account = json!({"name": "officer", "display_name": "Account of officer",
        "role": "officer", "active": true, "duties": ["tax"], "password": "another-secret"});
    admin.ok("account_save", &account);

    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let saved = newest(&desk, "person_saved");
    assert_eq!(saved["row"]["note"], "tên sai dấu");
    assert_eq!(
        changed(&saved, "Name"),
        ("Nguyễn Thị Hoa".into(), "Nguyễn Thị Hòa".into())
    );
    assert_eq!(fields(&saved).len(), 1);

    let account = newest(&desk, "account_saved");
    // The auditor's own account came last.
    assert_eq!(changed(&account, "Password"), (String::new(), "set".into()));
    let page = desk.ok("audit_search", &json!({"subject": "officer", "limit": 1}));
    let at = &page["rows"][0];
    let account = desk.ok(
        "audit_view",
        &json!({"series": at["series"], "index": at["index"]}),
    );
    assert_eq!(
        changed(&account, "Password"),
        (String::new(), "changed".into())
    );
    assert_eq!(
        changed(&account, "Parts of the work"),
        (String::new(), "tax".into())
    );
    assert!(
        !account.to_string().contains("argon2"),
        "the hash is never shown"
    );

    let entry = newest(&desk, "entered/vehicle");
    let (before, after) = changed(&entry, "Struck off");
    assert_eq!((before.as_str(), after.as_str()), ("", "bán xe"));
    assert_eq!(kinds(&desk, &json!({"subject": "14C12345"})).len(), 2);
    assert_eq!(entry["subjects"][1]["kind"], "person");
}

#[test]
fn a_rule_stands_beside_the_row_it_changed() {
    let office = TestOffice::new();
    let desk = office.sign_in("branch", "MONGCAI", "Q1");
    let rule = desk.ok("law_rule", &json!({"series": "gate/MONGCAI"}));
    let mut row = json!({"kind": "gate", "valid_from": "2027-01-01", "basis": "thử", "values": {}});
    for value in rule["rows"][0]["values"].as_array().expect("values") {
        row["values"][value["name"].as_str().expect("a name")] = value["value"].clone();
    }
    row["values"]["name"] = json!("Móng Cái mới");
    let change =
        json!({"rows": [row], "ends": [], "basis": "thử", "reason": "", "make_room": true});
    desk.ok("law_propose", &change);
    let saved = newest(&desk, "law_saved");
    assert_eq!(saved["had_before"], true);
    let groups = saved["groups"].as_array().expect("groups");
    assert_eq!(
        groups.len(),
        2,
        "the row that ends, and the new one: {groups:?}"
    );
    let ended = groups
        .iter()
        .find(|group| group["fields"].as_array().map(Vec::len) == Some(1));
    let ended = &ended.expect("the row that ends")["fields"][0];
    assert_eq!(
        (&ended["before"], &ended["after"]),
        (&json!(""), &json!("2026-12-31"))
    );
}

#[test]
fn numbers_are_masked_and_a_look_at_persons_is_recorded() {
    let office = two_days();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let saved = newest(&desk, "person_saved");
    let (_, number) = changed(&saved, "Paper 1 · Number");
    assert_eq!(number, "••••••••1234");
    let noted = newest(&desk, "people_listed");
    assert_eq!(noted["row"]["by"], "auditor");
    assert_eq!(noted["row"]["subject"], saved["row"]["subject"]);
    assert_eq!(noted["row"]["note"], "persons: 1");
    let papers = &noted["groups"][0]["fields"][0]["after"];
    assert_eq!(papers, "citizen card ••••••••1234");
    assert!(!noted.to_string().contains("022190001234"));
}

#[test]
fn the_chain_is_told_with_each_record() {
    let office = two_days();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let page = desk.ok("audit_search", &json!({"limit": 2, "kind": "step_taken"}));
    let at = |n: usize| &page["rows"][n];
    let view = |row: &Value| {
        desk.ok(
            "audit_view",
            &json!({"series": row["series"], "index": row["index"]}),
        )
    };
    let (later, earlier) = (view(at(0)), view(at(1)));
    assert_eq!(
        at(0)["index"],
        json!(at(1)["index"].as_i64().expect("a number") + 1)
    );
    assert_eq!(later["previous"], earlier["hash"]);
    assert_eq!(later["hash"].as_str().map(str::len), Some(64));
}

#[test]
fn who_may_not_read_the_log_is_told_so() {
    let office = two_days();
    for role in ["officer", "supervisor", "leader", "administrator"] {
        let desk = office.sign_in(role, "MONGCAI", "Q1");
        for command in ["audit_search", "audit_view", "audit_kinds"] {
            assert_eq!(
                desk.code(command, &json!({})),
                "not_permitted",
                "{role} {command}"
            );
        }
    }
}

#[test]
fn every_kind_of_record_has_a_name_in_three_languages() {
    let office = TestOffice::new();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let kinds = desk.ok("audit_kinds", &json!({}));
    for kind in kinds.as_array().expect("kinds") {
        assert_ne!(kind["kind"], kind["label"], "no words");
    }
}
