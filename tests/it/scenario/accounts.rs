//! Who may sign in, with which part of the work, and what becomes of sessions meanwhile.

use bm_app::permission::Duty;
use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::{apples, codes, hoa, officer, purchase};

fn account(name: &str, role: &str, duties: &[&str]) -> Value {
    json!({"name": name, "display_name": name, "role": role, "active": true, "duties": duties,
        "password": format!("{name}-secret")})
}

fn administrator(office: &TestOffice) -> Desk<'_> {
    office.sign_in("administrator", "", "Q1")
}

#[test]
fn the_first_administrator_of_a_new_database_is_entered_once() {
    let office = TestOffice::new();
    let door = office.stranger();
    assert_eq!(door.ok("system_status", &json!({}))["is_new"], true);
    let first = json!({"name": "quantri", "display_name": "Lê Thị Quý", "password": "short"});
    let error = door.error("account_first", &first);
    assert_eq!(codes(&error), ["password_too_short"]);
    let first = json!({"name": "quantri", "display_name": "Lê Thị Quý",
        "password": "long enough"});
    door.ok("account_first", &first);
    assert_eq!(door.ok("system_status", &json!({}))["is_new"], false);
    let second = json!({"name": "other", "display_name": "O", "password": "long enough"});
    assert_eq!(door.code("account_first", &second), "not_permitted");

    // No gate is needed by someone who registers nothing.
    let session =
        json!({"user": "quantri", "password": "long enough", "gate": "", "workstation": "Q1"});
    let session = door.ok("session_sign_in", &session);
    assert_eq!(session["role"], "administrator");
    let commands = session["commands"].as_array().expect("commands");
    assert!(commands.contains(&json!("account_save")));
    assert!(!commands.contains(&json!("declaration_register")));
}

#[test]
fn an_officer_registers_at_a_gate_that_is_open() {
    let office = TestOffice::new();
    office.account("officer");
    for gate in ["", "NOWHERE"] {
        let ask = json!({"user": "officer", "password": "officer-secret", "gate": gate, "workstation": "Q1"});
        let error = office.stranger().error("session_sign_in", &ask);
        assert_eq!(codes(&error), ["gate_unknown"]);
    }
}

#[test]
fn each_part_of_the_work_is_done_by_those_it_was_given_to() {
    let office = TestOffice::new();
    office.officer_with("thu", &[Duty::Cashier, Duty::Tax]);
    office.officer_with("kiem", &[Duty::Inspection]);
    let anyone = officer(&office);
    let form = purchase(1, &hoa(&anyone), &[apples(3_000_000)]);

    let cashier = office.open_session("thu", "MONGCAI", "Q2");
    let inspector = office.open_session("kiem", "MONGCAI", "Q3");
    let refused = cashier.error("declaration_register", &form);
    assert_eq!(codes(&refused), ["duty_not_assigned"]);
    let message = refused["violations"][0]["message"].as_str();
    assert!(
        message.is_some_and(|text| text.contains("“registration”") && text.contains("art. 6(2)"))
    );

    let id = anyone.ok("declaration_register", &form)["id"].clone();
    let step = |name: &str| json!({"id": id, "step": {"step": name, "finding": "conforms"}});
    let refused = |desk: &Desk<'_>, name| {
        let error = desk.error("declaration_step", &step(name));
        assert_eq!(codes(&error), ["duty_not_assigned"]);
    };
    refused(&cashier, "inspect");
    inspector.ok("declaration_step", &step("inspect"));
    refused(&inspector, "confirm_tax");
    cashier.ok("declaration_step", &step("confirm_tax"));
    assert_eq!(office.verify().differences, Vec::<String>::new());
}

#[test]
fn a_closed_account_loses_its_session_at_once() {
    let office = TestOffice::new();
    let admin = administrator(&office);
    let desk = officer(&office);
    desk.ok("commune_list", &json!({}));
    let mut closed = account("officer", "officer", &[]);
    closed["active"] = json!(false);
    closed["password"] = Value::Null;
    admin.ok("account_save", &closed);
    assert_eq!(desk.code("commune_list", &json!({})), "not_signed_in");
    let again = json!({"user": "officer", "password": "officer-secret", "gate": "MONGCAI",
            "workstation": "Q1"});
    assert_eq!(
        office.stranger().code("session_sign_in", &again),
        "wrong_credentials"
    );
    closed["active"] = json!(true);
    closed["role"] = json!("supervisor");
    admin.ok("account_save", &closed);
    assert_eq!(
        desk.code("commune_list", &json!({})),
        "not_signed_in",
        "another role"
    );
}

#[test]
fn somebody_can_always_keep_the_accounts() {
    let office = TestOffice::new();
    let admin = administrator(&office);
    let mut own = account("administrator", "administrator", &[]);
    own["active"] = json!(false);
    own["password"] = Value::Null;
    let error = admin.error("account_save", &own);
    assert_eq!(codes(&error), ["last_administrator"]);
    admin.ok("account_save", &account("second", "administrator", &[]));
    admin.ok("account_save", &own);
}

#[test]
fn what_is_missing_of_an_account_is_said_at_its_field() {
    let office = TestOffice::new();
    let admin = administrator(&office);
    let mut nobody = account(" ", "officer", &[]);
    nobody["password"] = Value::Null;
    let error = admin.error("account_save", &nobody);
    let fields = error["violations"].as_array().expect("violations").iter();
    let fields: Vec<_> = fields.map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["name", "display_name", "password"]);
}

#[test]
fn one_changes_one_s_own_password_knowing_the_old_one() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let change = |old: &str, new: &str| json!({"old": old, "new": new});
    let code = |ask: &Value| desk.code("password_change", ask);
    assert_eq!(
        code(&change("guessed", "another-secret")),
        "wrong_credentials"
    );
    assert_eq!(code(&change("officer-secret", "short")), "refused");
    desk.ok(
        "password_change",
        &change("officer-secret", "another-secret"),
    );
    let with = |password: &str| {
        let ask = json!({"user": "officer", "password": password, "gate": "MONGCAI",
            "workstation": "Q1"});
        office.stranger().code("session_sign_in", &ask)
    };
    assert_eq!(with("officer-secret"), "wrong_credentials");
    assert_eq!(with("another-secret"), "ok");
}
