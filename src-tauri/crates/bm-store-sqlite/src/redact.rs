//! Taking what names persons out of the records and the tables derived from them.
//!
//! A record keeps its id, its place and its hash in the chain; its text is replaced by one without
//! names. What is taken out is found from all that was ever held of a person, and in the same way on
//! every workstation that has the same records.

use std::collections::{BTreeSet, HashMap};

use bm_app::StoreError;
use bm_app::event::{Event, Record, RedactedRecord};
use bm_domain::resident::{Resident, masked};
use bm_domain::{PersonId, ViolationCode, text};
use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::about::{self, Stored, Subjects, form_of};
use crate::codec::{decode, encode, sql};
use crate::table::{book, person};

/// What stands in place of what is taken out.
const HIDDEN: &str = "•••";
/// Shorter texts are taken out only where a field holds nothing else: "Lan" is in many words.
const INSIDE_LEAST: usize = 6;
/// Fields that hold a number as digits; others that do hold amounts.
const NUMBER_FIELDS: [&str; 5] = ["number", "phone", "paper", "identity", "document"];

/// All that was ever held of a person that tells who it is.
#[derive(Default)]
struct Known {
    /// Names, addresses, telephones, numbers, whole and masked.
    texts: BTreeSet<String>,
    /// Names without marks.
    names: BTreeSet<String>,
    /// Numbers as lists show them.
    masked: BTreeSet<String>,
}

impl Known {
    fn learn(&mut self, person: &Resident) {
        let phone = person.phone.iter().cloned();
        let numbers = person.papers.iter().map(|paper| paper.number.clone());
        let masked: Vec<_> = person.papers.iter().map(|p| masked(&p.number)).collect();
        let all = [person.name.clone(), person.address.clone()];
        let all = all.into_iter().chain(phone).chain(numbers);
        self.texts.extend(
            all.chain(masked.iter().cloned())
                .filter(|text| !text.is_empty()),
        );
        self.masked.extend(masked);
        self.names.insert(text::fold(&person.name));
    }

    /// A text without what tells who it is; `None` when it tells nothing.
    fn without(&self, field: &str, from: &str) -> Option<String> {
        let digits = from
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
        if digits && !NUMBER_FIELDS.contains(&field) {
            return None;
        }
        if self.texts.contains(from) {
            return Some(HIDDEN.to_owned());
        }
        let mut left = from.to_owned();
        // The longest first: a short one may be a part of it.
        let mut texts: Vec<_> = self.texts.iter().collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        for known in texts
            .into_iter()
            .filter(|t| t.chars().count() >= INSIDE_LEAST)
        {
            left = replaced(&left, known);
        }
        let folded = text::fold(&left);
        let spelt = |name: &&String| name.chars().count() >= INSIDE_LEAST;
        if self
            .names
            .iter()
            .filter(spelt)
            .any(|name| folded.contains(name.as_str()))
        {
            // The same name written otherwise: there is no telling where it ends.
            return Some(HIDDEN.to_owned());
        }
        (left != from).then_some(left)
    }
}

/// `text` with every `known` that stands by itself hidden.
fn replaced(text: &str, known: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(known) {
        let (before, after) = (&rest[..at], &rest[at + known.len()..]);
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let alone = !joined(before.chars().next_back()) && !joined(after.chars().next());
        left.push_str(before);
        left.push_str(if alone { HIDDEN } else { known });
        rest = after;
    }
    left + rest
}

fn pseudonym(person: &Resident) -> Resident {
    Resident {
        name: HIDDEN.to_owned(),
        born: NaiveDate::from_ymd_opt(person.born.year(), 1, 1).unwrap_or(person.born),
        address: String::new(),
        phone: None,
        papers: Vec::new(),
        ..person.clone()
    }
}

fn walk(value: &mut Value, field: &str, hide: &impl Fn(&str, &str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(hidden) = hide(field, text) {
                *text = hidden;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| walk(one, field, hide)),
        Value::Object(fields) => {
            for (name, value) in fields {
                walk(value, name, hide);
            }
        }
        _ => {}
    }
}

/// A record without what tells who a person is.
fn without(record: Record, id: PersonId, known: &Known) -> Result<Record, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let mut record = record;
    if let Event::PersonSaved { person, .. } = &mut record.event {
        if person.id != id {
            // A paper may have been another's since.
            return Ok(record);
        }
        **person = pseudonym(person);
    }
    if let Some(form) = form_of(&mut record.event).filter(|form| form.person == id) {
        // Whom one traded with is as old as the form.
        form.draft.counterpart = None;
    }
    let mut value = serde_json::to_value(&record.event).map_err(damaged)?;
    walk(&mut value, "", &|field, text| known.without(field, text));
    record.event = serde_json::from_value(value).map_err(damaged)?;
    Ok(record)
}

/// A form of somebody of the same name and birth says where this one lives.
fn hide_namesake(form: &mut bm_app::event::Declaration, known: &Known) {
    for warning in &mut form.decision.violations {
        let says = |name: &str| warning.params.get(name).map_or("", String::as_str);
        if warning.code == ViolationCode::Namesake
            && known.masked.contains(says("paper"))
            && known.names.contains(&text::fold(says("name")))
        {
            for told in ["paper", "address"] {
                warning.params.insert(told.to_owned(), HIDDEN.to_owned());
            }
        }
    }
}

/// Whether a text may hold a warning of a namesake, which names nobody by id.
fn warns(text: &str) -> bool {
    text.contains("\"namesake\"")
}

/// Takes these persons out of everything; the records whose text changed.
pub fn persons(
    db: &Connection,
    persons: &BTreeSet<PersonId>,
) -> Result<Vec<RedactedRecord>, StoreError> {
    // What is taken out shall not lie about in freed pages.
    db.pragma_update(None, "secure_delete", true).map_err(sql)?;
    let mut subjects = Subjects::of(persons);
    let mut known: HashMap<PersonId, Known> = HashMap::new();
    about::each(db, |stored| {
        let who = subjects.named(&stored.text);
        if who.is_empty() {
            return Ok(());
        }
        let record = stored.record()?;
        subjects.follow(&record, &who);
        if let Event::PersonSaved { person, .. } = &record.event
            && persons.contains(&person.id)
        {
            known.entry(person.id).or_default().learn(person);
        }
        Ok(())
    })?;
    let mut redacted = Vec::new();
    about::each(db, |stored| {
        let who = subjects.named(&stored.text);
        if who.is_empty() && !warns(&stored.text) {
            return Ok(());
        }
        let before = stored.record()?;
        let mut after = before.clone();
        for id in who {
            if let Some(known) = known.get(&id) {
                after = without(after, id, known)?;
            }
        }
        if let Some(form) = form_of(&mut after.event) {
            for known in known.values() {
                hide_namesake(form, known);
            }
        }
        if after != before {
            redacted.push(replace(db, &stored, &before, &after)?);
        }
        Ok(())
    })?;
    db.execute(
        "INSERT INTO person_name (person_name) VALUES ('optimize')",
        [],
    )
    .map_err(sql)?;
    db.pragma_update(None, "secure_delete", false)
        .map_err(sql)?;
    Ok(redacted)
}

/// Puts another text in place of a record's, and in the tables that follow from it.
fn replace(
    db: &Connection,
    stored: &Stored,
    before: &Record,
    after: &Record,
) -> Result<RedactedRecord, StoreError> {
    let text = encode(after)?;
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let old: [u8; 32] = Sha256::digest(stored.text.as_bytes()).into();
    let run = |statement: &str, values: &[&dyn rusqlite::ToSql]| {
        let done = db.prepare_cached(statement);
        done.and_then(|mut s| s.execute(values)).map_err(sql)
    };
    let update = "UPDATE record SET payload = ?2 WHERE id = ?1";
    run(update, &[&stored.row, &text])?;
    let upsert = "INSERT INTO redaction (record, text, was, hash)
        SELECT id, ?2, ?3, hash FROM record WHERE id = ?1
        ON CONFLICT (record) DO UPDATE SET text = ?2 RETURNING was, hash";
    let (was, hash): ([u8; 8], [u8; 32]) = db
        .prepare_cached(upsert)
        .and_then(|mut s| {
            s.query_row(params![stored.row, digest, &old[..8]], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })
        })
        .map_err(sql)?;
    follow(db, &before.event, &after.event)?;
    Ok(RedactedRecord {
        series: stored.series,
        index: stored.index,
        text: hex(&digest),
        was: hex(&was),
        hash: hex(&hash),
    })
}

/// Brings the tables that hold the text of a record itself up to date.
fn follow(db: &Connection, before: &Event, after: &Event) -> Result<(), StoreError> {
    match (before, after) {
        (Event::PersonSaved { person: old, .. }, Event::PersonSaved { person: new, .. }) => {
            let held = person::by_id(db, old.id)?.filter(|held| held == &**old);
            held.map_or(Ok(()), |_| person::save(db, new))?;
        }
        (Event::Entered { entry: old, .. }, Event::Entered { entry: new, .. }) => {
            let held = book::by_id(db, old.book(), old.heading().id)?;
            held.filter(|held| held == old)
                .map_or(Ok(()), |_| book::save(db, new))?;
        }
        (Event::Cancelled { id, reason }, Event::Cancelled { reason: new, .. }) => {
            let update = "UPDATE declaration SET cancel_reason = ?3
                WHERE uuid = ?1 AND cancel_reason = ?2";
            let values = params![id.0.as_bytes(), reason, new];
            db.execute(update, values).map_err(sql)?;
        }
        (Event::Corrected(old), Event::Corrected(new)) => {
            let update = "UPDATE declaration SET cancel_reason = ?3
                WHERE uuid = ?1 AND cancel_reason = ?2";
            let values = params![old.id.0.as_bytes(), old.reason, new.reason];
            db.execute(update, values).map_err(sql)?;
        }
        (Event::StepTaken { id, step: old }, Event::StepTaken { step: new, .. }) => {
            let query = "SELECT progress FROM declaration WHERE uuid = ?1";
            let held: Option<String> = db
                .query_row(query, [id.0.as_bytes()], |r| r.get(0))
                .optional()
                .map_err(sql)?
                .flatten();
            let Some(held) = held else {
                return Ok(());
            };
            let values = [serde_json::to_value(old), serde_json::to_value(new)];
            let mut pairs = HashMap::new();
            if let [Ok(old), Ok(new)] = &values {
                changed(old, new, &mut pairs);
            }
            let mut progress: Value = decode(&held)?;
            walk(&mut progress, "", &|_, text| pairs.get(text).cloned());
            // Read and written as what it is, so that its fields keep their order.
            let progress: bm_domain::process::Progress = serde_json::from_value(progress)
                .map_err(|error| StoreError::Damaged(error.to_string()))?;
            let update = "UPDATE declaration SET progress = ?2 WHERE uuid = ?1";
            db.execute(update, params![id.0.as_bytes(), encode(&progress)?])
                .map_err(sql)?;
        }
        _ => {}
    }
    Ok(())
}

/// The texts that differ between two values of one shape.
fn changed(old: &Value, new: &Value, pairs: &mut HashMap<String, String>) {
    match (old, new) {
        (Value::String(old), Value::String(new)) if old != new => {
            pairs.insert(old.clone(), new.clone());
        }
        (Value::Array(old), Value::Array(new)) => {
            for (old, new) in old.iter().zip(new) {
                changed(old, new, pairs);
            }
        }
        (Value::Object(old), Value::Object(new)) => {
            for (name, old) in old {
                changed(old, &new[name], pairs);
            }
        }
        _ => {}
    }
}

/// Bytes as digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
