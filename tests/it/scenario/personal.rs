//! Persons' data: masked in files, handed out whole to whom it belongs, taken out when it was kept
//! long enough.

use bm_domain::{BusinessDay, PersonId};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::vehicles::{cross, vehicle};
use super::{apples, codes, enter, hoa, officer, purchase, someone};

const NUMBER: &str = "022185004321";

fn last_event(office: &TestOffice, event: &str) -> Value {
    let records = office.records().into_iter().rev();
    let mut of_kind = records.filter(|record| record["event"] == event);
    of_kind.next().expect("such a record")
}

/// Takes a form to its release, paying what it owes.
fn release(desk: &Desk<'_>, n: u32) {
    for _ in 0..6 {
        let view = desk.ok("declaration_view", &json!({"id": form_id(n)}));
        let step = match view["progress"]["stage"].as_str() {
            Some("inspection") => json!({"step": "inspect", "finding": "conforms"}),
            Some("tax") => json!({"step": "confirm_tax"}),
            Some("payment") => json!({"step": "pay", "method": "bank", "document": "UNC-1"}),
            Some("release") => json!({"step": "release"}),
            _ => return,
        };
        desk.ok("declaration_step", &json!({"id": form_id(n), "step": step}));
    }
    panic!("form {n} is not released");
}

#[test]
fn numbers_stand_masked_in_files_unless_a_role_that_may_says_why() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-123.45", "truck", &owner),
    );
    let ask = |reveal: Option<&str>| json!({"gate": "MONGCAI", "year": 2026, "format": "csv", "reveal": reveal});
    desk.ok("vehicle_export", &ask(None));
    let listed = last_event(&office, "people_listed");
    assert_eq!(listed["data"]["ids"], json!([owner]));
    let reason = "công an huyện yêu cầu, công văn 12";
    for role in ["officer", "leader", "administrator"] {
        let other = office.sign_in(role, "MONGCAI", "Q2");
        let code = other.code("vehicle_export", &ask(Some(reason)));
        assert_eq!(code, "not_permitted", "{role}");
    }
    for role in ["supervisor", "branch", "auditor"] {
        let other = office.sign_in(role, "MONGCAI", "Q3");
        let error = other.error("vehicle_export", &ask(Some("  ")));
        assert_eq!(codes(&error), ["field_required"], "{role}");
        other.ok("vehicle_export", &ask(Some(reason)));
        let told = last_event(&office, "people_revealed");
        assert_eq!(told["by"], role);
        let data = &told["data"];
        assert_eq!(data["ids"], json!([owner]));
        assert_eq!(data["count"], 1);
        assert_eq!(data["reason"], reason);
        assert_eq!(data["what"], "vehicle_book MONGCAI 2026");
    }
}

#[test]
fn an_official_book_on_paper_has_the_numbers_its_form_asks_for() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-123.45", "truck", &owner),
    );
    desk.ok("vehicle_print", &json!({"gate": "MONGCAI", "year": 2026}));
    let told = last_event(&office, "people_revealed");
    assert_eq!(told["data"]["reason"], "Decree 08/2015/ND-CP art. 81");
    assert_eq!(told["by"], "officer");
}

#[test]
fn a_person_gets_all_that_is_held_and_the_handing_out_is_recorded() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    let mut changed = someone(NUMBER, "Nguyễn Thị Hoa");
    changed["id"] = json!(owner);
    changed["phone"] = json!("0912345678");
    changed["reason"] = json!("đổi số điện thoại");
    desk.ok("person_save", &changed);
    desk.ok(
        "declaration_register",
        &purchase(1, &owner, &[apples(3_000_000)]),
    );
    release(&desk, 1);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-123.45", "truck", &owner),
    );
    desk.ok("vehicle_cross", &cross("14C-123.45", "out"));
    let other = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
    desk.ok(
        "declaration_register",
        &purchase(2, &other, &[apples(100_000)]),
    );

    let ask = |reason: &str| json!({"id": owner, "reason": reason, "format": "json"});
    assert_eq!(
        desk.code("person_export", &ask("đương sự yêu cầu")),
        "not_permitted"
    );
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(
        codes(&head.error("person_export", &ask(" "))),
        ["field_required"]
    );
    let path = head.ok("person_export", &ask("đương sự yêu cầu"))["path"].clone();
    assert!(
        path.as_str()
            .is_some_and(|path| path.ends_with(".json") && !path.contains(NUMBER))
    );
    let told = last_event(&office, "people_revealed");
    assert_eq!(told["data"]["what"], "person_export");
    assert_eq!(told["data"]["reason"], "đương sự yêu cầu");

    let id: PersonId = owner.parse().expect("an id");
    let held = office.with_app(|app| {
        let actor = bm_api::session::operator("test");
        app.dossier(&actor, id, "test").expect("all that is held")
    });
    assert_eq!(held.forms.len(), 1);
    assert_eq!(held.versions.len(), 2);
    assert_eq!(held.quota.len(), 1);
    let books: Vec<_> = held.entries.iter().map(|one| one.0.book().word()).collect();
    assert!(
        books.contains(&"vehicle") && books.contains(&"crossing"),
        "{books:?}"
    );
    assert!(!format!("{held:?}").contains("Lý Văn Nam"));
    // Views of the form, two handings out: the last is part of what it hands out.
    let looks: Vec<_> = held
        .access
        .iter()
        .map(|record| record.by.as_str())
        .collect();
    assert!(looks.contains(&"officer") && looks.contains(&"supervisor"));
    assert_eq!(looks.last(), Some(&"system:test"));
}

/// Hoa traded without tax, Nam with tax, Tư left a form open, Quý came back later; Hoa's namesake is
/// young. Every one of them but Quý has been away since.
fn five_years_later() -> TestOffice {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    let mut changed = someone(NUMBER, "Nguyễn Thị Hoa");
    changed["id"] = json!(owner);
    changed["phone"] = json!("0912345678");
    changed["reason"] = json!("chị NGUYEN THI HOA đổi số 0912345678");
    desk.ok("person_save", &changed);
    let mut form = purchase(1, &owner, &[apples(500_000)]);
    form["counterpart"] =
        json!({"name": "王伟", "kind": "chinese_id", "number": "11010519491231002X"});
    desk.ok("declaration_register", &form);
    let step = json!({"step": "inspect", "finding": "conforms", "remark": "hàng của Nguyễn Thị Hoa, đúng khai"});
    let ordered = office.sign_in("supervisor", "MONGCAI", "S1");
    ordered.ok(
        "declaration_step",
        &json!({"id": form_id(1), "step": {"step": "order_inspection"}}),
    );
    desk.ok("declaration_step", &json!({"id": form_id(1), "step": step}));
    release(&desk, 1);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-123.45", "truck", &owner),
    );
    let gone = json!({"id": form_id(20_001), "reason": "Nguyễn Thị Hoa bán xe"});
    desk.ok("vehicle_strike_off", &gone);

    let nam = enter(&desk, &someone("022190001234", "Lý Văn Nam"));
    desk.ok(
        "declaration_register",
        &purchase(2, &nam, &[apples(3_000_000)]),
    );
    release(&desk, 2);
    let tu = enter(&desk, &someone("022190002222", "Đỗ Thị Tư"));
    desk.ok(
        "declaration_register",
        &purchase(3, &tu, &[apples(100_000)]),
    );
    let quy = enter(&desk, &someone("022190003333", "Lê Thị Quý"));
    desk.ok(
        "declaration_register",
        &purchase(4, &quy, &[apples(100_000)]),
    );
    release(&desk, 4);

    let mut namesake = purchase(6, "", &[apples(100_000)]);
    namesake["person"] = json!(null);
    namesake["resident"] = someone("022185007777", "NGUYỄN THỊ HOA")["papers"][0].clone();
    for field in ["name", "born", "commune", "basis"] {
        namesake["resident"][field] = someone("022185007777", "NGUYỄN THỊ HOA")[field].clone();
    }
    let warned = desk.ok("declaration_register", &namesake);
    assert!(codes(&warned).contains(&"namesake"), "{warned}");
    release(&desk, 6);
    let chief = office.sign_in("supervisor", "MONGCAI", "S1");
    let queue = chief.ok("breach_list", &json!({}));
    for row in queue["rows"].as_array().expect("rows") {
        let waived = json!({"id": row["id"], "state": "waived",
            "reason": "hai người, Nguyễn Thị Hoa đã xem"});
        chief.ok("breach_decide", &waived);
    }

    office.clock.set("2031-11-24 08:00");
    let desk = officer(&office);
    desk.ok(
        "declaration_register",
        &purchase(5, &quy, &[apples(100_000)]),
    );
    let again = desk.ok("person_find", &json!({"text": "022185007777"}));
    let again = again["matches"][0]["id"].as_str().expect("an id");
    desk.ok(
        "declaration_register",
        &purchase(7, again, &[apples(100_000)]),
    );
    office.clock.set("2031-11-25 08:00");
    office
}

fn quota_of(office: &TestOffice, owner: &str) -> Vec<(BusinessDay, String, u32)> {
    let id: PersonId = owner.parse().expect("an id");
    let day = |text: &str| text.parse::<BusinessDay>().expect("a day");
    let all = (day("2020-01-01"), day("2040-01-01"));
    office.with_app(|app| {
        let used = app
            .read(|reader| Ok(reader.quota_days(id, all)?))
            .expect("read");
        let used = used.into_iter();
        used.map(|(day, exempt, trips)| (day, exempt.to_string(), trips))
            .collect()
    })
}

#[test]
fn who_was_kept_long_enough_loses_name_and_number_and_nothing_else_changes() {
    let office = five_years_later();
    let desk = officer(&office);
    let found = desk.ok("person_find", &json!({"text": NUMBER}));
    let owner = found["matches"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let sheet = desk.ok("form_print", &json!({"id": form_id(1), "preview": true}));
    let code = super::paper::qr(&sheet);
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let head = office.sign_in("branch", "", "V1");
    let admin = office.sign_in("administrator", "", "V2");
    let before = (
        head.ok("report_daily", &day)["directions"].clone(),
        quota_of(&office, &owner),
    );

    let ask = json!({"before": ""});
    let preview = admin.ok("retention_preview", &ask);
    assert_eq!(preview["customs_before"], "2026-11-25");
    assert_eq!(preview["accounting_before"], "2021-11-25");
    assert_eq!(
        (&preview["persons"], &preview["held"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(preview["years"], json!([{"year": 2026, "persons": 1}]));
    let early = admin.error("retention_preview", &json!({"before": "2026-11-26"}));
    assert_eq!(codes(&early), ["retention_not_over"]);
    let nobody = admin.error("retention_propose", &json!({"before": "2026-11-24"}));
    assert_eq!(codes(&nobody), ["retention_nobody"]);

    let run = admin.ok("retention_propose", &ask)[0]["id"].clone();
    assert!(office.stored_text().contains(NUMBER), "proposed, not done");
    let verdict = json!({"id": run, "agree": true});
    let own = admin.error("retention_decide", &verdict);
    assert_eq!(codes(&own), ["second_person_needed"]);
    let twice = head.error("retention_propose", &ask);
    assert_eq!(codes(&twice), ["retention_waits"]);
    let done = head.ok("retention_decide", &verdict);
    assert_eq!(
        (&done[0]["done"], &done[0]["persons"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(head.code("retention_decide", &verdict), "stale");

    assert_eq!(office.verify().differences, Vec::<String>::new());
    let text = office.stored_text();
    for gone in [
        NUMBER,
        "Nguyễn Thị Hoa",
        "NGUYEN THI HOA",
        "0912345678",
        "王伟",
        "11010519491231002X",
        "••••••••4321",
    ] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert!(text.contains("1985-01-01"), "the year of birth stays");
    // The others are as they were.
    for kept in [
        "Lý Văn Nam",
        "Đỗ Thị Tư",
        "Lê Thị Quý",
        "NGUYỄN THỊ HOA",
        "022185007777",
    ] {
        assert!(text.contains(kept), "{kept}");
    }
    let found = desk.ok("person_find", &json!({"text": NUMBER}));
    assert_eq!(found["matches"], json!([]));
    let found = desk.ok("person_find", &json!({"text": "nguyen thi hoa"}));
    assert_eq!(
        found["matches"].as_array().map(Vec::len),
        Some(1),
        "{found}"
    );
    let after = (
        head.ok("report_daily", &day)["directions"].clone(),
        quota_of(&office, &owner),
    );
    assert_eq!(before, after);
    let view = desk.ok("declaration_view", &json!({"id": form_id(1)}));
    assert_eq!(view["person"]["name"], "•••");
    assert_eq!(view["counterpart"], Value::Null);
    assert_eq!(
        view["progress"]["inspected"]["remark"],
        "hàng của •••, đúng khai"
    );
    let sheet = desk.ok("form_find", &json!({"text": code}));
    assert_eq!(
        sheet["problems"],
        json!([]),
        "an old sheet is not called forged"
    );

    // What is gone does not come back by an edit of the empty page.
    let mut back = someone(NUMBER, "Nguyễn Thị Hoa");
    back["id"] = json!(owner);
    assert_eq!(desk.code("person_save", &back), "stale");
    let told = last_event(&office, "redacted");
    assert_eq!(told["by"], "branch");
    assert_eq!(told["data"]["proposed"]["by"], "administrator");
    assert_eq!(told["data"]["persons"], json!([owner]));
    office.reopen();
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn accounts_are_kept_five_years_longer_and_a_rejected_proposal_does_nothing() {
    let office = five_years_later();
    office.clock.set("2036-11-24 08:00");
    let admin = office.sign_in("administrator", "", "V2");
    let early = admin.ok("retention_preview", &json!({"before": ""}));
    assert_eq!(early["persons"], 1, "Nam paid tax ten years ago today");
    office.clock.set("2036-11-25 08:00");
    let admin = office.sign_in("administrator", "", "V2");
    let head = office.sign_in("branch", "", "V1");
    let ask = json!({"before": ""});
    // Hoa and Nam; of the others a form still waits.
    let preview = admin.ok("retention_preview", &ask);
    assert_eq!(
        (&preview["persons"], &preview["held"]),
        (&json!(2), &json!(3))
    );
    let run = admin.ok("retention_propose", &ask)[0]["id"].clone();
    let before = office.stored_text().len();
    head.ok("retention_decide", &json!({"id": run, "agree": false}));
    assert!(office.stored_text().len() > before);
    let again = head.ok("retention_propose", &ask)[0]["id"].clone();
    admin.ok("retention_decide", &json!({"id": again, "agree": true}));
    assert!(!office.stored_text().contains("Lý Văn Nam"));
    assert!(office.stored_text().contains("Đỗ Thị Tư"));
    assert_eq!(office.verify().differences, Vec::<String>::new());
    for role in ["officer", "supervisor", "leader", "auditor"] {
        let desk = office.sign_in(role, "MONGCAI", "Q9");
        let code = desk.code("retention_propose", &ask);
        assert_eq!(code, "not_permitted", "{role}");
    }
}
