//! Days that a supervisor closed: their totals stay, corrections show on the day they are made.

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::{correction, refused, report, step, take, view};
use super::{apples, hoa, officer, purchase, refusals, sale, split};

const DAY: &str = "2026-11-24";

fn close(day: &str) -> Value {
    json!({"gate": "MONGCAI", "day": day})
}

/// A day with an import of 500,000 and a sale, both released, closed by the supervisor.
fn closed_day(office: &TestOffice) -> String {
    let desk = officer(office);
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(500_000)]),
    );
    desk.ok("declaration_register", &sale(2, &person, &[apples(80_000)]));
    for n in [1, 2] {
        take(&desk, n, step("release"));
    }
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok("day_close", &close(DAY));
    person
}

fn correct_by_two(office: &TestOffice, request: &Value) {
    let desk = officer(office);
    let proposal = desk.ok("correction_make", request)["proposal"].clone();
    assert!(proposal.is_string(), "a closed day asks for two");
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": true}),
    );
}

fn months_use(desk: &Desk<'_>, person: &str) -> Value {
    desk.ok("person_view", &json!({"id": person}))["month"].clone()
}

#[test]
fn a_day_is_closed_only_when_nothing_of_it_is_open() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let person = hoa(&desk);
    let answer = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(500_000)]),
    );
    assert_eq!(desk.code("day_close", &close(DAY)), "not_permitted");
    let error = head.error("day_close", &close(DAY));
    assert_eq!(error["violations"][0]["code"], "day_has_open_forms");
    let message = error["violations"][0]["message"].as_str().expect("words");
    assert!(
        message.contains(answer["number"].as_str().expect("a number")),
        "{message}"
    );
    take(&desk, 1, step("release"));
    let proposal = desk.ok("correction_make", &correction(1, "return", &[]))["proposal"].clone();
    assert_eq!(
        refused(&head, "day_close", &close(DAY)),
        ["day_has_pending_corrections"]
    );
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": false, "reason": "no"}),
    );
    assert_eq!(
        refused(&head, "day_close", &close("2026-11-25")),
        ["day_not_done"]
    );
    let nowhere = json!({"gate": "NOWHERE", "day": DAY});
    assert_eq!(head.code("day_close", &nowhere), "not_found");
    head.ok("day_close", &close(DAY));
    assert_eq!(refused(&head, "day_close", &close(DAY)), ["day_closed"]);
    let closed = &report(&head, DAY)["closed"];
    assert_eq!(closed["by"], "Account of supervisor");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn no_form_is_registered_on_a_closed_day() {
    let office = TestOffice::new();
    let person = closed_day(&office);
    let before = report(&officer(&office), DAY)["directions"].clone();
    let desk = officer(&office);
    let late = purchase(3, &person, &[apples(100_000)]);
    let preview = desk.ok("declaration_preview", &late);
    assert_eq!(refusals(&preview["decision"]), ["day_closed"]);
    let answer = desk.ok("declaration_register", &late);
    assert_eq!(refusals(&answer), ["day_closed"]);
    assert_eq!(report(&desk, DAY)["directions"], before);
    office.clock.set("2026-11-25 08:00");
    let desk = officer(&office);
    let mut dated = purchase(4, &person, &[apples(100_000)]);
    dated["at"] = json!("2026-11-24T16:00:00+07:00");
    assert_eq!(
        refusals(&desk.ok("declaration_register", &dated)),
        ["day_closed"]
    );
    assert_eq!(
        report(&desk, DAY)["directions"],
        before,
        "a refusal moves it neither"
    );
    let next = &report(&desk, "2026-11-25")["corrections"]["import"];
    assert_eq!(next["refused"], 2, "both count there");
    let fresh = purchase(5, &person, &[apples(100_000)]);
    assert_eq!(
        desk.ok("declaration_register", &fresh)["status"],
        "registered"
    );
    let elsewhere = office.sign_in("officer", "HOANHMO", "Q1");
    let mut other = purchase(6, &person, &[apples(100_000)]);
    other["at"] = json!("2026-11-24T16:00:00+07:00");
    let answer = elsewhere.ok("declaration_register", &other);
    assert_eq!(answer["status"], "registered", "another gate is open");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_correction_of_a_closed_day_shows_on_the_day_it_is_made() {
    let office = TestOffice::new();
    let person = closed_day(&office);
    let before = report(&officer(&office), DAY)["directions"].clone();
    office.clock.set("2026-11-26 10:00");
    correct_by_two(&office, &correction(1, "amend", &[apples(2_300_000)]));
    let desk = officer(&office);
    assert_eq!(
        split(&view(&desk, 1)["answer"]),
        (2_000_000, 300_000, 15_000)
    );
    assert_eq!(
        report(&desk, DAY)["directions"],
        before,
        "what was closed stays"
    );
    let today = report(&desk, "2026-11-26");
    let moved = &today["corrections"]["import"];
    assert_eq!(moved["amended"], 1);
    assert_eq!(moved["value_vnd"], "1800000");
    assert_eq!(moved["exempt_vnd"], "1500000");
    assert_eq!(moved["excess_vnd"], "300000");
    assert_eq!(moved["duty_vnd"], "15000");
    assert_eq!(
        today["directions"]["import"]["value_vnd"], "0",
        "not among the day's own"
    );
    let month = months_use(&desk, &person);
    assert_eq!(month[0]["day"], DAY, "the quota follows on the form's day");
    assert_eq!(month[0]["exempt_vnd"], "2000000");

    correct_by_two(&office, &correction(2, "return", &[]));
    let today = report(&desk, "2026-11-26");
    assert_eq!(today["corrections"]["export"]["returned"], 1);
    assert_eq!(today["corrections"]["export"]["forms"], -1);
    assert_eq!(today["corrections"]["export"]["value_vnd"], "-80000");
    let closed = report(&desk, DAY);
    assert_eq!(closed["directions"], before, "persons of the day included");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn corrections_made_after_closing_the_same_day_go_to_the_next_open_one() {
    let office = TestOffice::new();
    closed_day(&office);
    correct_by_two(&office, &correction(1, "return", &[]));
    let desk = officer(&office);
    let none = report(&desk, DAY)["corrections"]["import"].clone();
    assert_eq!(none["returned"], 0);
    let next = report(&desk, "2026-11-25")["corrections"]["import"].clone();
    assert_eq!(
        (&next["returned"], &next["value_vnd"]),
        (&json!(1), &json!("-500000"))
    );
    let ended = json!({"id": form_id(1), "reason": "again"});
    assert_eq!(desk.code("declaration_cancel", &ended), "stale");
    assert_eq!(office.verify().differences, [""; 0]);
}
