//! The digest of a closed day, made again from the records alone as decision 81 describes it,
//! with nothing of the program.

use std::collections::BTreeMap;

use bm_tests::testkit::{SERIES, TestOffice, form_id};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::cash::{clean, count, open, pay, to_pay};
use super::corrections::{step, take};
use super::reconcile::{DAY, import, passages, person, register};
use super::{apples, officer, purchase, sale};

/// The books whose entries belong to a day.
const BOOKS: [&str; 5] = [
    "barrier_count",
    "cash_refund",
    "cash_session",
    "receipt",
    "settlement",
];

#[derive(Deserialize)]
struct Entered<'a> {
    #[serde(borrow)]
    data: Kept<'a>,
}

#[derive(Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    entry: &'a RawValue,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Each record's text with its hash in the chain.
fn chained(texts: &[String]) -> Vec<([u8; 32], Value, &str)> {
    let mut last = [0_u8; 32];
    let mut found = Vec::new();
    for (text, idx) in texts.iter().zip(1_i64..) {
        let record: Value = serde_json::from_str(text).expect("JSON");
        let id: Uuid = record["id"]
            .as_str()
            .expect("an id")
            .parse()
            .expect("a UUID");
        let mut digest = Sha256::new();
        digest.update(last);
        let idx = idx.to_be_bytes();
        for part in [&SERIES.as_bytes()[..], &idx, id.as_bytes(), text.as_bytes()] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        last = digest.finalize().into();
        found.push((last, record, text.as_str()));
    }
    found
}

/// The listing of Móng Cái's day from its records, up to the one that closed it.
fn listing(texts: &[String], steps: &BTreeMap<String, String>, totals: [&str; 2]) -> String {
    let mut forms = BTreeMap::new();
    let mut entries = BTreeMap::new();
    for (hash, record, text) in chained(texts) {
        let data = &record["data"];
        match record["event"].as_str().expect("an event") {
            "registered" | "refused" => {
                let id = data["draft"]["id"].as_str().expect("an id").to_owned();
                let number = data["number"].as_str().unwrap_or_default().to_owned();
                let status = record["event"].as_str().expect("an event").to_owned();
                forms.insert(id, (number, status, hash));
            }
            "cancelled" => {
                let id = data["id"].as_str().expect("an id");
                forms.get_mut(id).expect("a form").1 = "cancelled".into();
            }
            "entered" => {
                let book = data["entry"]["book"].as_str().expect("a book").to_owned();
                if book == "closed_day" {
                    break;
                }
                if !BOOKS.contains(&book.as_str()) {
                    continue;
                }
                let id = data["entry"]["entry"]["id"]
                    .as_str()
                    .expect("an id")
                    .to_owned();
                let raw: Entered<'_> = serde_json::from_str(text).expect("an entry");
                entries.insert((book, id), sha(raw.data.entry.get()));
            }
            _ => {}
        }
    }
    let mut lines = vec![
        "bienmau close 1".into(),
        "gate MONGCAI".into(),
        format!("day {DAY}"),
    ];
    for (id, (number, status, hash)) in forms {
        let number = if number.is_empty() { "-" } else { &number };
        let steps = steps
            .get(&id)
            .map_or_else(|| "-".to_owned(), |text| sha(text));
        lines.push(format!(
            "form {id} {number} {status} {} {steps}",
            hex(&hash)
        ));
    }
    for ((book, id), sum) in entries {
        lines.push(format!("entry {book} {id} {sum}"));
    }
    lines.push(format!("totals import {}", totals[0]));
    lines.push(format!("totals export {}", totals[1]));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn any_copy_of_the_records_gives_the_digest_of_a_closed_day_again() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let first = register(&desk, &purchase(1, &person(&desk, 1), &[apples(500_000)]));
    register(&desk, &sale(2, &person(&desk, 2), &[apples(80_000)]));
    let off_list = [super::line("39269099", "1", "kg", "1000")];
    let refused = purchase(3, &person(&desk, 3), &off_list);
    let answer = desk.ok("declaration_register", &refused);
    assert_eq!(answer["status"], "refused");
    let drawer = open(&desk, 500_000);
    let paid = to_pay(&desk, 4, 3_000_000);
    take(&desk, 4, pay());
    for n in [1, 4] {
        take(&desk, n, step("release"));
    }
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(2), "reason": "nhập sai"}),
    );
    desk.ok("cash_close", &count(&drawer, 500_000 + paid, ""));
    let fourth = super::corrections::view(&desk, 4)["answer"]["number"].clone();
    let fourth = fourth.as_str().expect("a number");
    let rows = [
        ("09:00", "import", first.as_str()),
        ("09:05", "import", fourth),
    ];
    desk.ok("barrier_import", &import(&passages(&rows), ""));
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let close = json!({"gate": "MONGCAI", "day": DAY});
    let closed = head.ok("day_close", &close);

    let at = "2026-11-24T01:00:00Z";
    let mark = format!(r#"{{"at":"{at}","by":"officer"}}"#);
    let receipt = "MONGCAI/2026/BL/Q1-000001";
    let steps = BTreeMap::from([
        (form_id(1), format!(r#"{{"released":{mark}}}"#)),
        (
            form_id(4),
            format!(
                r#"{{"presented":{mark},"inspected":[{mark},"conforms",""],"taxed":{mark},"paid":[{mark},"cash","{receipt}"],"released":{mark}}}"#
            ),
        ),
    ]);
    // Forms, value, exempt, excess, duty, excise, environment tax, VAT, fee, grams, refused, cancelled,
    // released, returned, amended.
    let import = "2 3500000 2500000 1000000 50000 0 0 0 0 2000 1 0 2 0 0";
    let export = "0 0 0 0 0 0 0 0 0 0 0 1 0 0 0";
    let text = listing(&office.record_texts(), &steps, [import, export]);
    assert_eq!(closed["digest"], sha(&text), "{text}");
    clean(&office);

    // What happens to the day's papers afterwards does not change what was closed.
    let slip = json!({"id": drawer["id"], "day": DAY, "slip": "KB 1",
        "amount_vnd": paid.to_string()});
    desk.ok("cash_hand_over", &slip);
    clean(&office);
    assert_eq!(
        text,
        listing(&office.record_texts(), &steps, [import, export])
    );
}
