//! Residents' vehicles: entered once a year, out and back through the same gate in time.

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::{hoa, officer};

pub(super) fn vehicle(n: u32, plate: &str, kind: &str, owner: &str) -> Value {
    json!({"id": form_id(20_000 + n), "plate": plate, "kind": kind, "owner": owner})
}

pub(super) fn cross(plate: &str, way: &str) -> Value {
    json!({"plate": plate, "way": way})
}

/// The codes of what a plate says.
fn says(found: &Value) -> Vec<&str> {
    let all = found["problems"].as_array().expect("problems").iter();
    all.map(|one| one["code"].as_str().expect("a code"))
        .collect()
}

fn refused(desk: &Desk<'_>, command: &str, request: &Value) -> Vec<String> {
    let error = desk.error(command, request);
    assert_eq!(error["code"], "refused", "{error}");
    let all = error["violations"].as_array().expect("violations").iter();
    all.map(|one| one["code"].as_str().expect("a code").to_owned())
        .collect()
}

fn find(desk: &Desk<'_>, plate: &str) -> Value {
    desk.ok("vehicle_find", &json!({"text": plate}))
}

#[test]
fn a_vehicle_is_entered_once_a_year_and_struck_off_with_a_reason() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    assert_eq!(says(&find(&desk, "14C-123.45")), ["vehicle_unregistered"]);
    assert_eq!(says(&find(&desk, "14C")), ["plate_invalid"]);
    assert_eq!(
        refused(&desk, "vehicle_cross", &cross("14c 12345", "out")),
        ["vehicle_unregistered"]
    );
    let entered = desk.ok(
        "vehicle_register",
        &vehicle(1, "14c-123.45", "truck", &owner),
    );
    let entry = &entered["vehicle"];
    assert_eq!(entry["number"], "MONGCAI/2026/PT/Q1-000001");
    assert_eq!(
        (&entry["plate"], &entry["from"], &entry["to"]),
        (
            &json!("14C12345"),
            &json!("2026-11-24"),
            &json!("2026-12-31")
        )
    );
    assert_eq!(entry["owner_paper"], "••••••••4321");
    assert_eq!(
        refused(
            &desk,
            "vehicle_register",
            &vehicle(2, "14C 12345", "car", &owner)
        ),
        ["vehicle_registered"]
    );
    let cart = vehicle(3, "XK 0001", "handcart", &owner);
    assert_eq!(
        refused(&desk, "vehicle_register", &cart),
        ["handcart_not_registered"]
    );
    let nobody = vehicle(4, "14C 77777", "car", &form_id(77));
    assert_eq!(
        refused(&desk, "vehicle_register", &nobody),
        ["resident_unknown"]
    );

    let mut next = vehicle(5, "14C-12345", "truck", &owner);
    next["year"] = json!(2027);
    desk.ok("vehicle_register", &next);
    next["id"] = json!(form_id(20_006));
    next["year"] = json!(2028);
    assert_eq!(refused(&desk, "vehicle_register", &next), ["value_unknown"]);
    assert_eq!(
        find(&desk, "14C12345")["vehicle"]["number"],
        "MONGCAI/2026/PT/Q1-000001",
        "this year's entry holds"
    );
    office.clock.set("2027-01-01 06:00");
    let desk = officer(&office);
    let renewed = find(&desk, "14C12345");
    assert_eq!(renewed["vehicle"]["number"], "MONGCAI/2027/PT/Q1-000001");
    assert_eq!(says(&renewed), [""; 0]);
    let strike = |reason: &str| json!({"id": form_id(20_005), "reason": reason});
    assert_eq!(
        refused(&desk, "vehicle_strike_off", &strike("")),
        ["field_required"]
    );
    let struck = desk.ok("vehicle_strike_off", &strike("bán xe"));
    assert_eq!(says(&struck), ["vehicle_struck_off"]);
    assert_eq!(desk.code("vehicle_strike_off", &strike("bán xe")), "stale");
    assert_eq!(
        refused(&desk, "vehicle_cross", &cross("14C12345", "out")),
        ["vehicle_struck_off"]
    );
    let book = desk.ok("vehicle_book", &json!({"gate": "MONGCAI", "year": 2027}));
    assert_eq!(book["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(book["rows"][0]["strike_reason"], "bán xe");
    let file = json!({"gate": "MONGCAI", "year": 2026, "format": "csv"});
    assert_eq!(
        desk.ok("vehicle_export", &file)["path"],
        "vehicles-MONGCAI-2026.csv"
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn without_renewal_the_entry_ends_with_its_year() {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-12345", "truck", &hoa(&desk)),
    );
    office.clock.set("2026-12-31 23:59");
    let desk = officer(&office);
    desk.ok("vehicle_cross", &cross("14C12345", "out"));
    office.clock.set("2027-01-01 00:01");
    let desk = officer(&office);
    let back = desk.ok("vehicle_cross", &cross("14C12345", "back"));
    assert_eq!(says(&back), ["vehicle_expired"], "it may always come back");
    assert_eq!(
        refused(&desk, "vehicle_cross", &cross("14C12345", "out")),
        ["vehicle_expired"]
    );
}

#[test]
fn a_lorry_is_back_in_48_hours_a_boat_in_72_unless_a_supervisor_extends_it() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    for (n, plate, kind) in [
        (1, "14C11111", "truck"),
        (2, "QN2222", "boat"),
        (3, "14M33333", "motorcycle"),
    ] {
        desk.ok("vehicle_register", &vehicle(n, plate, kind, &owner));
        desk.ok("vehicle_cross", &cross(plate, "out"));
    }
    assert_eq!(
        refused(&desk, "vehicle_cross", &cross("14C11111", "out")),
        ["vehicle_outside"]
    );
    let away = desk.ok("vehicle_outside", &json!({"gate": "MONGCAI"}));
    let row = |at: usize| (&away[at]["plate"], &away[at]["due"]);
    assert_eq!(row(0), (&json!("14C11111"), &json!("2026-11-26T01:00:00Z")));
    assert_eq!(row(1), (&json!("QN2222"), &json!("2026-11-27T01:00:00Z")));
    assert_eq!(row(2), (&json!("14M33333"), &json!(null)));
    let id = |at: usize| away[at]["id"].clone();
    let more = |at: usize, hours: u32, reason: &str| json!({"id": id(at), "hours": hours, "reason": reason});
    assert_eq!(
        desk.code("vehicle_extend", &more(0, 10, "hỏng xe")),
        "not_permitted"
    );
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(
        refused(&head, "vehicle_extend", &more(0, 10, "")),
        ["field_required"]
    );
    assert_eq!(
        refused(&head, "vehicle_extend", &more(0, 49, "hỏng xe")),
        ["extension_too_long"]
    );
    assert_eq!(
        refused(&head, "vehicle_extend", &more(2, 1, "hỏng xe")),
        ["no_limit_runs"]
    );
    let longer = head.ok("vehicle_extend", &more(0, 30, "hỏng xe"));
    assert_eq!(longer["due"], "2026-11-27T07:00:00Z");
    assert_eq!(
        refused(&head, "vehicle_extend", &more(0, 19, "hỏng xe")),
        ["extension_too_long"]
    );

    office.clock.set("2026-11-27 14:00");
    let desk = officer(&office);
    let back = desk.ok("vehicle_cross", &cross("14C11111", "back"));
    assert_eq!(says(&back), [""; 0], "the last minute counts");
    assert_eq!(
        refused(&desk, "vehicle_cross", &cross("14C11111", "back")),
        ["vehicle_not_outside"]
    );
    let boat = desk.ok("vehicle_cross", &cross("QN2222", "back"));
    assert_eq!(says(&boat), ["vehicle_late"]);
    assert_eq!(boat["history"][0]["late"], true);
    let away = desk.ok("vehicle_outside", &json!({"gate": ""}));
    assert_eq!(away.as_array().map(Vec::len), Some(1), "the motorcycle");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_vehicle_comes_back_through_its_own_gate_unless_a_supervisor_says_why_not() {
    let office = TestOffice::new();
    let desk = officer(&office);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-12345", "truck", &hoa(&desk)),
    );
    let north = office.sign_in("officer", "HOANHMO", "Q1");
    let error = north.error("vehicle_cross", &cross("14C12345", "out"));
    let said = &error["violations"][0];
    assert_eq!(said["code"], "vehicle_other_gate");
    assert_eq!(said["basis"], "Decree 08/2015/ND-CP art. 81");
    desk.ok("vehicle_cross", &cross("14C12345", "out"));
    let mut elsewhere = cross("14C12345", "back");
    assert_eq!(
        refused(&north, "vehicle_cross", &elsewhere),
        ["vehicle_other_gate"]
    );
    elsewhere["reason"] = json!("sạt lở đường");
    assert_eq!(
        refused(&north, "vehicle_cross", &elsewhere),
        ["vehicle_other_gate"],
        "an officer can't decide it"
    );
    let head = office.sign_in("supervisor", "HOANHMO", "S1");
    let back = head.ok("vehicle_cross", &elsewhere);
    let last = &back["history"][0];
    assert_eq!(
        (&last["gate"], &last["back_gate"], &last["back_reason"]),
        (&json!("MONGCAI"), &json!("HOANHMO"), &json!("sạt lở đường"))
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn whoever_is_shown_as_an_owner_is_recorded() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    desk.ok(
        "vehicle_register",
        &vehicle(1, "14C-12345", "truck", &owner),
    );
    let before = office.records().len();
    find(&desk, "14C12345");
    let records = office.records();
    let last = records.last().expect("a record");
    assert_eq!(records.len(), before + 1);
    assert_eq!(last["event"], "people_listed");
    assert_eq!(last["data"]["ids"], json!([owner]));
}
