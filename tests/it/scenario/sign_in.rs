//! Wrong passwords, locked accounts, passwords somebody else has set.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::Validity;
use bm_domain::account::AccountRule;
use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::{codes, officer};

fn ask(user: &str, password: &str) -> Value {
    json!({"user": user, "password": password, "gate": "MONGCAI", "workstation": "Q1"})
}

/// The code of the answer to a sign-in.
fn attempt(office: &TestOffice, user: &str, password: &str) -> String {
    office
        .stranger()
        .code("session_sign_in", &ask(user, password))
}

fn wrong(office: &TestOffice, user: &str, times: usize) -> Vec<String> {
    let tries = (0..times).map(|_| attempt(office, user, "not-it-at-all"));
    tries.collect()
}

fn listed(admin: &Desk<'_>, name: &str) -> Value {
    let all = admin.ok("account_list", &json!({}));
    let mut all = all.as_array().expect("accounts").iter();
    all.find(|account| account["name"] == name)
        .expect("listed")
        .clone()
}

/// The changes of the wrong tries as the records have them, with who and where.
fn recorded(office: &TestOffice) -> Vec<(String, String, String)> {
    let records = office.records().into_iter();
    let tries = records.filter(|record| record["data"]["entry"]["book"] == "sign_in");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    tries
        .map(|r| {
            (
                text(&r["data"]["change"]),
                text(&r["by"]),
                text(&r["place"]),
            )
        })
        .collect()
}

#[test]
fn five_wrong_passwords_lock_an_account_also_when_the_program_starts_again() {
    let office = TestOffice::new();
    let admin = office.sign_in("administrator", "", "Q1");
    office.account("officer");
    assert_eq!(wrong(&office, "officer", 2), ["wrong_credentials"; 2]);
    office.reopen();
    assert_eq!(wrong(&office, "officer", 2), ["wrong_credentials"; 2]);
    let last = office
        .stranger()
        .error("session_sign_in", &ask("officer", "not-it-at-all"));
    assert_eq!(last["code"], "account_locked");
    let message = last["message"].as_str().expect("a message");
    assert!(message.contains("08:15 24/11/2026"), "{message}");

    office.reopen();
    assert_eq!(
        attempt(&office, "officer", "officer-secret"),
        "account_locked"
    );
    office.clock.set("2026-11-24 08:14");
    assert_eq!(
        attempt(&office, "officer", "officer-secret"),
        "account_locked"
    );
    office.clock.set("2026-11-24 08:15");
    assert_eq!(attempt(&office, "officer", "officer-secret"), "ok");
    // The count begins anew after the right password.
    assert_eq!(wrong(&office, "officer", 4), ["wrong_credentials"; 4]);

    let told: Vec<_> = recorded(&office);
    assert_eq!(told.len(), 10, "{told:?}");
    let of = |change: &str| told.iter().filter(|one| one.0 == change).count();
    assert_eq!(
        (of("wrong_password"), of("locked"), of("signed_in")),
        (8, 1, 1)
    );
    assert!(
        told.iter()
            .all(|(_, by, place)| by == "officer" && place == "Q1" || place.is_empty())
    );
    assert_eq!(office.verify().differences, Vec::<String>::new());
    drop(admin);
}

#[test]
fn a_name_nobody_has_is_answered_like_any_other_and_not_kept() {
    let office = TestOffice::new();
    let answers = wrong(&office, "Mật khẩu của tôi", 6);
    let mut expected = vec!["wrong_credentials"; 4];
    expected.extend(["account_locked"; 2]);
    assert_eq!(answers, expected);
    let kept = office
        .records()
        .iter()
        .map(Value::to_string)
        .collect::<String>();
    assert!(!kept.contains("của tôi") && kept.contains("\"book\":\"sign_in\""));
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn an_administrator_unlocks_an_account_and_sees_which_are_locked() {
    let office = TestOffice::new();
    let admin = office.sign_in("administrator", "", "Q1");
    office.account("officer");
    wrong(&office, "officer", 5);
    let shown = listed(&admin, "officer");
    assert_eq!(shown["wrong_tries"], 5);
    assert_eq!(shown["locked_until"], "2026-11-24T01:15:00Z");
    admin.ok("account_unlock", &json!({"name": "officer"}));
    assert_eq!(listed(&admin, "officer")["locked_until"], Value::Null);
    assert_eq!(attempt(&office, "officer", "officer-secret"), "ok");
    let unknown = admin.code("account_unlock", &json!({"name": "nobody"}));
    assert_eq!(unknown, "not_found");
    let by = recorded(&office).pop().expect("recorded");
    assert_eq!(
        (by.0.as_str(), by.1.as_str()),
        ("unlocked", "administrator")
    );
    // Neither may those who keep no accounts, nor those who only read.
    for role in ["officer", "supervisor", "branch", "leader", "auditor"] {
        let desk = office.sign_in(role, "MONGCAI", "Q2");
        let code = desk.code("account_unlock", &json!({"name": "officer"}));
        assert_eq!(code, "not_permitted", "{role}");
    }
}

#[test]
fn the_last_administrator_comes_in_again_when_the_lock_is_over_or_the_operator_lifts_it() {
    let office = TestOffice::new();
    office.account("administrator");
    wrong(&office, "administrator", 9);
    assert_eq!(
        attempt(&office, "administrator", "administrator-secret"),
        "account_locked"
    );
    let unlocked = office.with_app(|app| app.unlock_account(&operator("root"), "administrator"));
    unlocked.expect("the operator unlocks");
    wrong(&office, "administrator", 5);
    // Tries while it is locked do not make the lock longer.
    office.clock.set("2026-11-24 08:10");
    wrong(&office, "administrator", 5);
    office.clock.set("2026-11-24 08:15");
    assert_eq!(
        attempt(&office, "administrator", "administrator-secret"),
        "ok"
    );
}

#[test]
fn guessing_at_a_locked_session_locks_the_account_too() {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok("session_lock", &json!({}));
    let guess = json!({"password": "not-it-at-all"});
    let codes: Vec<_> = (0..6)
        .map(|_| desk.code("session_unlock", &guess))
        .collect();
    assert_eq!(
        codes[3..],
        ["wrong_credentials", "account_locked", "account_locked"]
    );
    let right = json!({"password": "officer-secret"});
    assert_eq!(desk.code("session_unlock", &right), "account_locked");
}

#[test]
fn a_password_set_by_an_administrator_is_changed_before_anything_else() {
    let office = TestOffice::new();
    let admin = office.sign_in("administrator", "", "Q1");
    let thu = json!({"name": "thu", "display_name": "Ngô Thị Thu", "role": "officer",
        "active": true, "duties": [], "password": "first-of-many"});
    admin.ok("account_save", &thu);
    assert_eq!(listed(&admin, "thu")["must_change_password"], true);
    let session = office
        .stranger()
        .ok("session_sign_in", &ask("thu", "first-of-many"));
    assert_eq!(session["must_change_password"], true);
    let desk = office.desk(&session);
    assert_eq!(desk.code("commune_list", &json!({})), "password_due");
    assert_eq!(
        desk.code("person_find", &json!({"text": "x"})),
        "password_due"
    );
    let change = |new: &str| json!({"old": "first-of-many", "new": new});
    let same = desk.error("password_change", &change("first-of-many"));
    assert_eq!(codes(&same), ["password_used"]);
    let weak = desk.error("password_change", &change("thu-haiquan123"));
    assert_eq!(codes(&weak), ["password_weak"]);
    desk.ok("password_change", &change("sông Ka Long chảy"));
    assert_eq!(desk.code("commune_list", &json!({})), "ok");
    assert_eq!(listed(&admin, "thu")["must_change_password"], false);
    // A change that sets no password asks for none.
    let mut renamed = thu;
    renamed["display_name"] = json!("Ngô Thị Minh Thu");
    renamed["password"] = Value::Null;
    admin.ok("account_save", &renamed);
    assert_eq!(desk.code("commune_list", &json!({})), "ok");
}

#[test]
fn the_last_passwords_do_not_return() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let words = [
        "biển xanh",
        "núi cao vút",
        "đò chiều",
        "chợ sớm mai",
        "gió mùa về",
        "mưa phùn bay",
    ];
    let mut old = "officer-secret".to_owned();
    let change = |old: &str, new: &str| json!({"old": old, "new": new});
    for word in words {
        desk.ok("password_change", &change(&old, word));
        old = word.to_owned();
    }
    for used in &words[1..] {
        let error = desk.error("password_change", &change(&old, used));
        assert_eq!(codes(&error), ["password_used"], "{used}");
    }
    // The first one is six passwords ago.
    desk.ok("password_change", &change(&old, "officer-secret"));
    assert_eq!(attempt(&office, "officer", "officer-secret"), "ok");
}

#[test]
fn the_office_lays_down_when_a_session_locks_and_a_password_is_old() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let rule = AccountRule {
        change_days: 30,
        idle_minutes: 2,
        ..bm_host::init::office::account_rule().expect("the seeded rule")
    };
    let today = Validity::since("2026-11-24".parse().expect("a day"));
    let row = LawRow::Account(AccountRule {
        validity: today,
        ..rule
    });
    let saved = office.with_app(|app| app.save_law(&operator("test"), &[row], "test"));
    saved.expect("the office's rule");
    office.clock.set("2026-11-24 08:03");
    assert_eq!(desk.code("commune_list", &json!({})), "session_locked");
    let session = office
        .stranger()
        .ok("session_sign_in", &ask("officer", "officer-secret"));
    assert_eq!(session["idle_lock_seconds"], 120);
    office.clock.set("2026-12-24 08:03");
    let session = office
        .stranger()
        .ok("session_sign_in", &ask("officer", "officer-secret"));
    assert_eq!(session["must_change_password"], true);
}

#[test]
fn nobody_gives_themselves_another_role() {
    let office = TestOffice::new();
    let admin = office.sign_in("administrator", "", "Q1");
    office.with_app(|app| {
        app.enter_account(
            &operator("test"),
            "second",
            "Second",
            bm_app::permission::Role::Administrator,
            "second-secret",
        )
        .expect("a second administrator");
    });
    let own = json!({"name": "administrator", "display_name": "A", "role": "supervisor",
        "active": true, "duties": []});
    let error = admin.error("account_save", &own);
    assert_eq!(codes(&error), ["second_person_needed"]);
    let second = office.open_session("second", "", "Q2");
    second.ok("account_save", &own);
}
