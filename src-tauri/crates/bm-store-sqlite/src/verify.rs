//! Proof that the database says what its records say.
//!
//! Reads every record once in order: the chain of hashes must hold and end where it was left, every
//! form must stand where its records leave it, and totals, quota use, persons with their papers and
//! names, and the series of numbers made afresh must equal the derived tables.

mod book;
mod closing;
mod compare;
mod forms;
mod price;
mod redaction;
mod statistic;

use std::collections::{BTreeMap, HashMap, HashSet};

use bm_app::StoreError;
use bm_app::book::Entry;
use bm_app::event::{Correction, Declaration, Event, Record};
use bm_app::ports::{DayTotals, Verification};
use bm_domain::BusinessDay;
use bm_domain::process::{Mark, Progress};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::{self, sql};
use crate::table::day_total::{Change, Totals};
use crate::table::{person, record};

const DIFFERENCES_MAX: usize = 100;
const PROGRESS_EVERY: u64 = 10_000;

/// Which totals, gate, day and direction.
type TotalsKey = (Totals, String, i32, String);

#[derive(Default)]
struct Fresh {
    found: Verification,
    totals: BTreeMap<TotalsKey, DayTotals>,
    quota: HashMap<(Uuid, i32), (i64, i64)>,
    people: HashMap<Uuid, [u8; 32]>,
    law: HashMap<String, [u8; 32]>,
    accounts: HashMap<String, [u8; 32]>,
    /// Entries of the books, by book and id.
    books: HashMap<(String, Uuid), [u8; 32]>,
    /// What became of forms that did not simply stay as they were registered.
    fates: HashMap<Uuid, forms::Fate>,
    /// Forms that were corrected, by the row of the record.
    corrections: HashMap<i64, Uuid>,
    /// Days that are closed, by gate.
    closed: HashSet<(String, BusinessDay)>,
    /// What their digests are made over.
    closings: closing::Closings,
    numbers: BTreeMap<String, i64>,
    progress: HashMap<Uuid, Progress>,
    /// Prices by class.
    prices: price::Points,
    /// What released forms count for.
    statistics: statistic::Statistics,
    /// Persons by the row they stand in.
    rows: HashMap<i64, Uuid>,
    /// Texts that were replaced.
    redactions: redaction::Redactions,
}

/// Derives everything again and compares.
pub fn verify(
    db: &Connection,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Verification, StoreError> {
    let total: u64 = count(db, "SELECT COUNT(*) FROM record")?;
    let mut fresh = Fresh {
        rows: person::rows(db)?,
        closings: closing::Closings::awaiting(db)?,
        redactions: redaction::Redactions::held(db)?,
        ..Fresh::default()
    };
    let mut heads: HashMap<[u8; 16], record::End> = HashMap::new();
    // A series that was taken out leaves its records without a workstation, which no chain fits.
    let query = "SELECT r.id, COALESCE(s.uuid, zeroblob(16)), idx, r.uuid, payload, hash
        FROM record r LEFT JOIN series s ON s.id = r.series ORDER BY r.id";
    let mut statement = db.prepare(query).map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let id: i64 = row.get(0).map_err(sql)?;
        let workstation: [u8; 16] = row.get(1).map_err(sql)?;
        let series = Uuid::from_bytes(workstation);
        let idx: i64 = row.get(2).map_err(sql)?;
        let uuid: [u8; 16] = row.get(3).map_err(sql)?;
        let payload = row.get_ref(4).map_err(sql)?.as_str().unwrap_or_default();
        let stored: [u8; 32] = row.get(5).map_err(sql)?;
        let head = heads.entry(workstation).or_insert((0, record::GENESIS));
        if idx != head.0 + 1 {
            fresh.differ(format!("record {series}/{idx}: {} expected", head.0 + 1));
        }
        let whole = match fresh.redactions.of(id, (series, idx)) {
            Some(digests) => redaction::fits(digests, payload, (&uuid, &stored)),
            None => record::hash(&head.1, &workstation, idx, &uuid, payload) == stored,
        };
        if !whole {
            fresh.differ(format!(
                "record {series}/{idx}: hash does not match its contents"
            ));
        }
        *head = (idx, stored);
        fresh.found.records += 1;
        // Records are only ever appended, so their rows have no gap.
        if u64::try_from(id) != Ok(fresh.found.records) {
            fresh.differ(format!("record {series}/{idx}: stands in row {id}"));
        }
        fresh.closings.read(stored);
        match codec::record(payload) {
            Ok(parsed) => fresh.take(db, id, parsed)?,
            Err(error) => fresh.differ(format!("record {series}/{idx}: unreadable: {error}")),
        }
        if fresh.found.records.is_multiple_of(PROGRESS_EVERY) {
            progress(fresh.found.records, total);
        }
    }
    fresh.compare_heads(db, heads)?;
    fresh.compare_redactions();
    fresh.compare(db)?;
    progress(total, total);
    Ok(fresh.found)
}

fn count(db: &Connection, query: &str) -> Result<u64, StoreError> {
    let rows: i64 = db.query_row(query, [], |r| r.get(0)).map_err(sql)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

fn mark(at: &DateTime<Utc>, by: String) -> Mark {
    Mark { at: *at, by }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Fresh {
    fn differ(&mut self, what: String) {
        if self.found.differences.len() < DIFFERENCES_MAX {
            self.found.differences.push(what);
        }
    }

    fn take(&mut self, db: &Connection, row: i64, record: Record) -> Result<(), StoreError> {
        let json = |value: serde_json::Result<String>| value.unwrap_or_default();
        match record.event {
            Event::Registered(form) => {
                self.check_number(&form.number);
                self.check_row(db, row, &form, &["registered", "cancelled", "refused"])?;
                self.closings.take_form(&form, "registered");
                self.take_form(&form);
            }
            Event::Refused(form) => {
                self.check_row(db, row, &form, &["refused"])?;
                self.closings.take_form(&form, "refused");
                self.add(&form, record.at, Change::Refused);
            }
            Event::Cancelled { id, reason } => {
                let mark = mark(&record.at, record.by);
                let what = Correction::Cancel;
                self.take_correction(db, row, id.0, what, reason, &mark)?;
            }
            Event::Corrected(made) => {
                let mark = mark(&record.at, record.by);
                let (what, reason) = (made.correction, made.reason);
                self.take_correction(db, row, made.id.0, what, reason, &mark)?;
            }
            Event::StepTaken { id, step } => {
                self.take_step(db, id.0, &step, mark(&record.at, record.by))?;
            }
            Event::FormPrinted { id, .. } => {
                let progress = self.progress.remove(&id.0).unwrap_or_default();
                self.progress.insert(id.0, progress.printed_again());
            }
            Event::PersonSaved { person, .. } => {
                self.statistics.lives(&person);
                let body = json(serde_json::to_string(&person));
                self.people.insert(person.id.0, digest(&body));
            }
            Event::Entered { entry, .. } => {
                if let Entry::ClosedDay(day) = &entry {
                    self.take_closing(day)?;
                }
                self.closings.take_entry(&entry)?;
                self.take_entry(&entry)?;
            }
            Event::PersonViewed { .. }
            | Event::PeopleListed { .. }
            | Event::PeopleRevealed { .. } => {}
            Event::Redacted(redaction) => self.redactions.take(redaction.records),
            Event::LawSaved { rows, removed, .. } => {
                for key in removed {
                    self.law.remove(&key);
                }
                for row in rows {
                    let body = json(serde_json::to_string(&row));
                    self.law.insert(row.key(), digest(&body));
                }
            }
            Event::AccountSaved(account) => {
                let body = json(serde_json::to_string(&account));
                self.accounts.insert(account.name, digest(&body));
            }
        }
        Ok(())
    }

    /// Numbers of a counter run without a gap.
    fn check_number(&mut self, number: &str) {
        let parts = number.rsplit_once('-');
        let Some((series, Ok(serial))) = parts.map(|(s, n)| (s, n.parse::<i64>())) else {
            self.differ(format!("number {number} is malformed"));
            return;
        };
        let last = self.numbers.entry(series.to_owned()).or_default();
        let expected = *last + 1;
        *last = serial;
        if serial != expected {
            self.differ(format!("number {number}: serial {expected} expected"));
        }
    }

    fn check_row(
        &mut self,
        db: &Connection,
        row: i64,
        form: &Declaration,
        statuses: &[&str],
    ) -> Result<(), StoreError> {
        self.found.declarations += 1;
        let query = "SELECT uuid, COALESCE(number, ''), day, gate, direction, status,
            person FROM declaration WHERE id = ?1";
        let columns = |r: &rusqlite::Row<'_>| {
            let held: (Uuid, String, i32, String, String) = (
                Uuid::from_bytes(r.get(0)?),
                r.get(1)?,
                r.get(2)?,
                r.get(3)?,
                r.get(4)?,
            );
            Ok((held, r.get::<_, String>(5)?, r.get::<_, Option<i64>>(6)?))
        };
        let stored = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([row], columns).optional())
            .map_err(sql)?;
        let draft = &form.draft;
        let expected = (
            draft.id.0,
            form.number.clone(),
            form.day().number(),
            draft.gate.clone(),
            draft.direction.word().to_owned(),
        );
        let person = form.person.0;
        let same = stored.is_some_and(|(held, status, holder)| {
            held == expected
                && statuses.contains(&status.as_str())
                && holder.map_or(Some(&Uuid::nil()), |row| self.rows.get(&row)) == Some(&person)
        });
        if !same {
            self.differ(format!(
                "form {}: its row differs from its record",
                draft.id
            ));
        }
        Ok(())
    }
}
