//! Days at a gate, told in envelopes of JSON over a real encrypted database. A test named
//! `vector_…` is the one of that number in part 11 of the notes on the law.

mod access;
mod accounts;
mod anchor;
mod audit;
mod breaches;
mod cash;
mod cash_corrections;
mod closed_day;
mod corrections;
mod day;
mod exchange;
mod forms;
mod four_eyes;
mod gathering;
mod goods;
mod law;
mod odd;
mod paper;
mod people;
mod personal;
mod prices;
mod process;
mod quota;
mod reconcile;
mod reconcile_counts;
mod reconcile_digest;
mod reconcile_sums;
mod reports;
mod sign_in;
mod steps;
mod vehicles;

use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

/// A line in VND from China, not used before.
fn line(hs: &str, quantity: &str, unit: &str, price: &str) -> Value {
    json!({"hs": hs, "name": "", "quantity": quantity, "unit": unit, "weight_kg": "1",
        "unit_price": price, "currency": "VND", "origin": "CN", "condition": "new",
        "certificate": "KD-1"})
}

/// Apples of that value: duty 5 %, no VAT.
fn apples(vnd: u32) -> Value {
    line("08081000", "1", "kg", &vnd.to_string())
}

/// A purchase of a person.
fn purchase(n: u32, person: &str, lines: &[Value]) -> Value {
    json!({"id": form_id(n), "person": person, "direction": "import", "exchange_of": null,
        "lines": lines, "allocation": "entered"})
}

/// A sale of a person.
fn sale(n: u32, person: &str, lines: &[Value]) -> Value {
    let mut form = purchase(n, person, lines);
    form["direction"] = json!("export");
    form
}

/// Someone of Hoành Mô, as entered from a citizen card.
fn someone(number: &str, name: &str) -> Value {
    json!({"id": null, "name": name, "born": "1985-03-12", "sex": "female",
        "address": "Thôn 1, Hoành Mô", "commune": "06841", "basis": "permanent_residence",
        "phone": null, "papers": [{"kind": "cccd", "number": number}], "reason": "card shown"})
}

/// Enters a person and tells the key.
fn enter(desk: &Desk<'_>, person: &Value) -> String {
    let saved = desk.ok("person_save", person);
    saved["id"].as_str().expect("a key").to_owned()
}

/// Nguyễn Thị Hoa of the notes' example card.
fn hoa(desk: &Desk<'_>) -> String {
    enter(desk, &someone("022185004321", "Nguyễn Thị Hoa"))
}

/// An officer at the counter Q1 of Móng Cái.
fn officer(office: &TestOffice) -> Desk<'_> {
    office.sign_in("officer", "MONGCAI", "Q1")
}

/// The codes of an answer's violations, in their order.
fn codes(answer: &Value) -> Vec<&str> {
    let all = answer["violations"].as_array().expect("violations").iter();
    all.map(|one| one["code"].as_str().expect("a code"))
        .collect()
}

/// The codes that refuse.
fn refusals(answer: &Value) -> Vec<&str> {
    let all = answer["violations"].as_array().expect("violations").iter();
    let refusing = all.filter(|one| one["severity"] == "refuse");
    refusing
        .map(|one| one["code"].as_str().expect("a code"))
        .collect()
}

/// Exempt part, excess and what is due, in VND.
fn split(answer: &Value) -> (i64, i64, i64) {
    (
        dong(&answer["exempt_vnd"]),
        dong(&answer["excess_vnd"]),
        dong(&answer["total_due_vnd"]),
    )
}

/// An amount of the wire: a string of whole VND.
fn dong(amount: &Value) -> i64 {
    let text = amount.as_str().expect("money is a string");
    text.parse().expect("whole VND")
}
