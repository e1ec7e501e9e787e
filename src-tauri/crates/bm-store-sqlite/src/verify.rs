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
use bm_app::verification::{Difference, DifferenceCode as Code, RecordName};
use bm_domain::BusinessDay;
use bm_domain::process::{Mark, Progress};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::{self, sql};
use crate::table::day_total::{Change, Totals};
use crate::table::{log_block, person, record, trail};

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
    /// The workstation whose record is read.
    now: [u8; 16],
    /// Days that are closed, by gate, with the workstations that closed them.
    closed: HashMap<(String, BusinessDay), Vec<[u8; 16]>>,
    /// Forms that were registered a second time at another workstation, which changed nothing.
    repeated: HashSet<Uuid>,
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
    /// What records were done to, as one sum.
    trail: trail::Sum,
    /// When the records of each block of rows were written: the first and the last.
    blocks: BTreeMap<i64, (i64, i64)>,
    /// When the last record that could be read was written.
    last_at: Option<DateTime<Utc>>,
}

/// A record as it stands in the database, not read yet.
struct Held {
    row: i64,
    workstation: [u8; 16],
    index: i64,
    id: Vec<u8>,
    /// Empty where the stored text is none.
    payload: String,
    hash: Vec<u8>,
}

impl Held {
    /// Reads a row whatever was done to it.
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let text = |at| -> rusqlite::Result<Vec<u8>> {
            Ok(row.get_ref(at)?.as_bytes().unwrap_or_default().to_vec())
        };
        Ok(Self {
            row: row.get(0)?,
            workstation: text(1)?.try_into().unwrap_or_default(),
            index: row.get(2)?,
            id: text(3)?,
            payload: String::from_utf8(text(4)?).unwrap_or_default(),
            hash: text(5)?,
        })
    }
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
        let held = Held::of(row).map_err(sql)?;
        let end = heads
            .entry(held.workstation)
            .or_insert((0, record::GENESIS));
        fresh.take_record(db, held, end)?;
        if fresh.found.records.is_multiple_of(PROGRESS_EVERY) {
            progress(fresh.found.records, total);
        }
    }
    fresh.compare_heads(db, heads)?;
    fresh.compare_redactions(db)?;
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

/// What a form is known by: its number, or its id where it has none.
fn form_name(form: &Declaration) -> String {
    match form.number.as_str() {
        "" => form.draft.id.to_string(),
        number => number.to_owned(),
    }
}

/// What a record says of itself.
fn record_name(held: &Held, read: Option<&Record>) -> RecordName {
    let mut name = RecordName {
        series: Uuid::from_bytes(held.workstation),
        index: held.index,
        ..RecordName::default()
    };
    if let Some(head) = codec::Head::of(&held.payload) {
        name.at = Some(head.at);
        name.by = head.by.into_owned();
        name.place = head.place.into_owned();
        head.event.clone_into(&mut name.event);
    }
    if let Some(read) = read {
        name.subject = match &read.event {
            Event::Registered(form) => form.number.clone(),
            other => trail::first_subject(other),
        };
    }
    name
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Fresh {
    fn differ(&mut self, found: impl Into<Difference>) {
        if self.found.differences.len() < DIFFERENCES_MAX {
            self.found.differences.push(found.into());
        }
    }

    /// A record is not as it was written: the first such one is named.
    fn differ_record(&mut self, code: Code, name: &RecordName) {
        let is_first = |first: &RecordName| first.series == name.series && name.index < first.index;
        if self.found.first_altered.as_deref().is_none_or(is_first) {
            self.found.first_altered = Some(Box::new(name.clone()));
        }
        self.differ(Difference::of_record(code, name.clone()));
    }

    /// Checks a record's place in the chain that ends in `end`, then takes what it says.
    fn take_record(
        &mut self,
        db: &Connection,
        held: Held,
        end: &mut record::End,
    ) -> Result<(), StoreError> {
        self.found.records += 1;
        let read = codec::record(&held.payload);
        let name = || record_name(&held, read.as_ref().ok());
        if held.index != end.0 + 1 {
            let missing = self.missing(db, &held, end.0 + 1)?;
            self.differ_record(Code::RecordMissing, &missing);
        }
        let hash = record::hash(
            &end.1,
            &held.workstation,
            held.index,
            &held.id,
            &held.payload,
        );
        let place = (Uuid::from_bytes(held.workstation), held.index);
        let whole = match self.redactions.of(held.row, place) {
            Some(digests) => redaction::fits(digests, &held.payload, (&held.id, &held.hash)),
            None => hash[..] == held.hash,
        };
        if !whole {
            self.differ_record(Code::RecordAltered, &name());
        }
        // Records are only ever appended, so their rows have no gap.
        if u64::try_from(held.row) != Ok(self.found.records) {
            self.differ_record(Code::RecordMoved, &name());
        }
        // What follows is chained to what is stored, so that one altered record is named once.
        *end = (held.index, held.hash.as_slice().try_into().unwrap_or(hash));
        self.closings.read(held.workstation, end.1);
        self.now = held.workstation;
        match read {
            Ok(read) => {
                self.last_at = Some(read.at);
                self.note_time(held.row, read.at);
                self.trail.add(held.row, &read.event);
                self.take(db, held.row, read)
            }
            Err(_) => {
                self.differ_record(Code::RecordUnreadable, &name());
                Ok(())
            }
        }
    }

    /// A record that is there, by its place.
    fn name_at(db: &Connection, series: Uuid, index: i64) -> Result<RecordName, StoreError> {
        let query = "SELECT r.id, s.uuid, r.idx, r.uuid, r.payload, r.hash
            FROM record r JOIN series s ON s.id = r.series WHERE s.uuid = ?1 AND r.idx = ?2";
        let held = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row((series.as_bytes(), index), Held::of).optional())
            .map_err(sql)?;
        let name = held.map(|held| record_name(&held, codec::record(&held.payload).ok().as_ref()));
        Ok(name.unwrap_or(RecordName {
            series,
            index,
            ..RecordName::default()
        }))
    }

    fn note_time(&mut self, row: i64, at: DateTime<Utc>) {
        let at = at.timestamp();
        let block = self.blocks.entry(log_block::of(row)).or_insert((at, at));
        *block = (block.0.min(at), block.1.max(at));
    }

    /// What can be said of a record that is not there: the form that stands in its row.
    fn missing(&self, db: &Connection, next: &Held, index: i64) -> Result<RecordName, StoreError> {
        let row = i64::try_from(self.found.records).unwrap_or_default();
        let query = "SELECT COALESCE(number, '') FROM declaration WHERE id = ?1";
        let number: Option<String> = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([row], |r| r.get(0)).optional())
            .map_err(sql)?;
        Ok(RecordName {
            series: Uuid::from_bytes(next.workstation),
            index,
            at: self.last_at,
            event: number.as_ref().map_or("", |_| "registered").to_owned(),
            subject: number.unwrap_or_default(),
            ..RecordName::default()
        })
    }

    fn take(&mut self, db: &Connection, row: i64, record: Record) -> Result<(), StoreError> {
        let json = |value: serde_json::Result<String>| value.unwrap_or_default();
        match record.event {
            Event::Registered(form) => {
                self.check_number(&form.number);
                let statuses = ["registered", "cancelled", "refused"];
                if self.check_row(db, row, &form, &statuses)? {
                    self.take_form(&form, record.at);
                }
                self.closings.take_form(form, true);
            }
            Event::Refused(form) => {
                if self.check_row(db, row, &form, &["refused"])? {
                    self.add(&form, record.at, Change::Refused);
                }
                self.closings.take_form(form, false);
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
                self.closings.take(id.0, closing::Told::Printed(id.0));
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

    /// Whether a number comes after the last one of its counter.
    fn is_new(&self, number: &str) -> bool {
        let parts = number.rsplit_once('-');
        let serial = parts.map(|(series, n)| (self.numbers.get(series), n.parse::<i64>()));
        matches!(serial, Some((last, Ok(serial))) if last.is_none_or(|last| serial > *last))
    }

    /// Numbers of a counter run without a gap.
    fn check_number(&mut self, number: &str) {
        let parts = number.rsplit_once('-');
        let Some((series, Ok(serial))) = parts.map(|(s, n)| (s, n.parse::<i64>())) else {
            self.differ(Difference::new(Code::NumberMalformed, number));
            return;
        };
        let last = self.numbers.entry(series.to_owned()).or_default();
        let expected = *last + 1;
        *last = serial.max(*last);
        if serial != expected {
            let gap = Difference::new(Code::NumberGap, number);
            self.differ(gap.with("expected", expected));
        }
    }

    /// Whether another workstation registered or refused the form before this record.
    fn is_repeated(
        &self,
        db: &Connection,
        row: i64,
        form: &Declaration,
    ) -> Result<bool, StoreError> {
        let query = "SELECT s.uuid FROM declaration d JOIN record r ON r.id = d.id
            JOIN series s ON s.id = r.series WHERE d.uuid = ?1 AND d.id < ?2";
        let key = (form.draft.id.0.as_bytes(), row);
        let first: Option<[u8; 16]> = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row(key, |r| r.get(0)).optional())
            .map_err(sql)?;
        Ok(first.is_some_and(|first| first != self.now))
    }

    /// Compares a form with its row; `false` when it has none because it stood by then.
    fn check_row(
        &mut self,
        db: &Connection,
        row: i64,
        form: &Declaration,
        statuses: &[&str],
    ) -> Result<bool, StoreError> {
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
        if stored.is_none() && self.is_repeated(db, row, form)? {
            self.repeated.insert(form.draft.id.0);
            return Ok(false);
        }
        self.found.declarations += 1;
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
            self.differ(Difference::new(Code::FormRow, form_name(form)));
        }
        Ok(true)
    }
}
