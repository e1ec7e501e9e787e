//! Who may do what, through the router: every role calls every command.

use bm_api::COMMANDS;
use bm_app::permission::Role;
use bm_tests::testkit::TestOffice;
use serde_json::json;

/// Commands that are answered before anyone has signed in; the sign-in itself, and what asks for a
/// session by other means.
const BEFORE_SIGN_IN: [&str; 6] = [
    "account_first",
    "session_lock",
    "session_sign_in",
    "session_sign_out",
    "session_unlock",
    "system_status",
];

#[test]
fn every_role_may_do_what_the_matrix_says() {
    let office = TestOffice::new();
    let roles = Role::ALL.map(Role::word);
    let desks = roles.map(|role| office.sign_in(role, "MONGCAI", "Q1"));
    let mut matrix = format!(
        "{:22}{}\n",
        "",
        roles.map(|role| format!("{role:15}")).concat()
    );
    for command in COMMANDS {
        let open = BEFORE_SIGN_IN.contains(&command.name);
        let cells = desks.each_ref().map(|desk| {
            let stranger = office.stranger();
            let desk = if open { &stranger } else { desk };
            let code = desk.code(command.name, &json!({}));
            assert!(open || code != "not_signed_in", "{}", command.name);
            format!(
                "{:15}",
                if code == "not_permitted" {
                    "-"
                } else {
                    "allowed"
                }
            )
        });
        matrix += &format!("{:22}{}\n", command.name, cells.concat());
    }
    let lines: Vec<_> = matrix.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn nobody_gets_in_without_a_session() {
    let office = TestOffice::new();
    for command in COMMANDS {
        let open = BEFORE_SIGN_IN.contains(&command.name);
        let code = office.stranger().code(command.name, &json!({}));
        assert_eq!(code != "not_signed_in", open, "{}: {code}", command.name);
    }
}

#[test]
fn a_locked_session_does_nothing_until_its_password_is_given() {
    let office = TestOffice::new();
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    desk.ok("session_lock", &json!({}));
    for command in COMMANDS {
        if !BEFORE_SIGN_IN.contains(&command.name) {
            let code = desk.code(command.name, &json!({}));
            assert_eq!(code, "session_locked", "{}", command.name);
        }
    }
    let wrong = desk.code("session_unlock", &json!({"password": "supervisor-secret"}));
    assert_eq!(wrong, "wrong_credentials");
    assert_eq!(desk.code("commune_list", &json!({})), "session_locked");
    desk.ok("session_unlock", &json!({"password": "officer-secret"}));
    assert_eq!(desk.code("commune_list", &json!({})), "ok");
}

#[test]
fn a_session_left_alone_locks_itself() {
    let office = TestOffice::new();
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    office.clock.set("2026-11-24 08:10");
    assert_eq!(desk.code("commune_list", &json!({})), "ok");
    office.clock.set("2026-11-24 08:21");
    assert_eq!(desk.code("commune_list", &json!({})), "session_locked");
}

#[test]
fn a_session_that_was_ended_is_gone() {
    let office = TestOffice::new();
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    desk.ok("session_sign_out", &json!({}));
    assert_eq!(desk.code("commune_list", &json!({})), "not_signed_in");
    let unlock = desk.code("session_unlock", &json!({"password": "officer-secret"}));
    assert_eq!(unlock, "not_signed_in");
}

#[test]
fn what_is_no_request_is_answered_with_an_error() {
    let office = TestOffice::new();
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    assert_eq!(desk.code("person_delete", &json!({})), "bad_request");
    assert_eq!(desk.code("person_view", &json!({"id": 7})), "bad_request");
    assert_eq!(desk.code("person_view", &json!([])), "bad_request");
    for envelope in ["", "{", "null", "[]", "{\"command\": 1}"] {
        let answer = office.send(envelope);
        assert_eq!(answer["error"]["code"], "bad_request", "{envelope}");
    }
}

#[test]
fn signing_in_needs_the_right_password_gate_and_counter() {
    let office = TestOffice::new();
    office.account("officer");
    let code = |user: &str, password: &str, gate: &str, workstation: &str| {
        let request = json!({"user": user, "password": password, "gate": gate,
            "workstation": workstation});
        office.stranger().code("session_sign_in", &request)
    };
    assert_eq!(code("officer", "officer-secret", "MONGCAI", "Q1"), "ok");
    assert_eq!(
        code("officer", "officer-secre", "MONGCAI", "Q1"),
        "wrong_credentials"
    );
    assert_eq!(
        code("nobody", "officer-secret", "MONGCAI", "Q1"),
        "wrong_credentials"
    );
    assert_eq!(
        code("officer", "officer-secret", "NOWHERE", "Q1"),
        "refused"
    );
    assert_eq!(
        code("officer", "officer-secret", "MONGCAI", "Q/1"),
        "refused"
    );
    assert_eq!(code("officer", "officer-secret", "MONGCAI", ""), "refused");
}
