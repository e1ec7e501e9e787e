//! Proof that the database says what its records say.
//!
//! Reads every record once in order: the chain of hashes must hold and end where it was left, every
//! form must stand where its records leave it, and totals, quota use, persons with their papers and
//! names, and the series of numbers made afresh must equal the derived tables.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use bm_app::StoreError;
use bm_app::event::{Declaration, Event, Record};
use bm_app::ports::{DayTotals, Verification};
use bm_domain::process::{Mark, Progress, Step};
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, DeclarationId, text};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::{self, sql};
use crate::table::day_total::{Change, delta, from_row};
use crate::table::{declaration, person, record};

const DIFFERENCES_MAX: usize = 100;
const PROGRESS_EVERY: u64 = 10_000;

#[derive(Default)]
struct Fresh {
    found: Verification,
    totals: BTreeMap<(String, i32, String), DayTotals>,
    quota: HashMap<(Uuid, i32), (i64, i64)>,
    /// Forms that may still be cancelled, by id, with the row of their record.
    people: HashMap<Uuid, [u8; 32]>,
    law: HashMap<String, [u8; 32]>,
    accounts: HashMap<String, [u8; 32]>,
    cancelled: u64,
    numbers: BTreeMap<String, i64>,
    progress: HashMap<Uuid, Progress>,
    /// Persons by the row they stand in.
    rows: HashMap<i64, Uuid>,
}

/// Derives everything again and compares.
pub fn verify(
    db: &Connection,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Verification, StoreError> {
    let total: u64 = count(db, "SELECT COUNT(*) FROM record")?;
    let mut fresh = Fresh {
        rows: person::rows(db)?,
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
        if record::hash(&head.1, &workstation, idx, &uuid, payload) != stored {
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
        match codec::record(payload) {
            Ok(parsed) => fresh.take(db, id, parsed)?,
            Err(error) => fresh.differ(format!("record {series}/{idx}: unreadable: {error}")),
        }
        if fresh.found.records.is_multiple_of(PROGRESS_EVERY) {
            progress(fresh.found.records, total);
        }
    }
    fresh.compare_heads(db, heads)?;
    fresh.compare(db)?;
    progress(total, total);
    Ok(fresh.found)
}

fn count(db: &Connection, query: &str) -> Result<u64, StoreError> {
    let rows: i64 = db.query_row(query, [], |r| r.get(0)).map_err(sql)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// How many words an index holds, and a sum of them that does not depend on their order.
fn words(db: &Connection, query: &str) -> Result<(u64, u64), StoreError> {
    let mut statement = db.prepare(query).map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    let (mut count, mut sum) = (0, 0_u64);
    while let Some(row) = rows.next().map_err(sql)? {
        let mut hasher = DefaultHasher::new();
        row.get_ref(0)
            .map_err(sql)?
            .as_bytes()
            .unwrap_or_default()
            .hash(&mut hasher);
        row.get::<_, i64>(1).map_err(sql)?.hash(&mut hasher);
        sum = sum.wrapping_add(hasher.finish());
        count += 1;
    }
    Ok((count, sum))
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
                self.check_number(&form);
                self.check_row(db, row, &form, &["registered", "cancelled"])?;
                self.add(&form, Change::Registered);
            }
            Event::Refused(form) => {
                self.check_row(db, row, &form, &["refused"])?;
                self.add(&form, Change::Refused);
            }
            Event::Cancelled { id, reason } => self.take_cancel(db, id.0, &reason)?,
            Event::StepTaken { id, step } => {
                let by = Mark {
                    at: record.at,
                    by: record.by,
                };
                self.take_step(db, id.0, &step, by)?;
            }
            Event::FormPrinted { id, .. } => {
                let progress = self.progress.remove(&id.0).unwrap_or_default();
                self.progress.insert(id.0, progress.printed_again());
            }
            Event::PersonSaved { person, .. } => {
                let body = json(serde_json::to_string(&person));
                self.people.insert(person.id.0, digest(&body));
            }
            Event::PersonViewed { .. } | Event::PeopleListed { .. } => {}
            Event::LawSaved { rows, .. } => {
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
    fn check_number(&mut self, form: &Declaration) {
        let parts = form
            .number
            .rsplit_once('-')
            .map(|(s, n)| (s.to_owned(), n.parse::<i64>()));
        let Some((series, Ok(serial))) = parts else {
            self.differ(format!(
                "form {}: number {} is malformed",
                form.draft.id, form.number
            ));
            return;
        };
        let last = self.numbers.entry(series).or_default();
        let expected = *last + 1;
        *last = serial;
        if serial != expected {
            self.differ(format!("form {}: serial {expected} expected", form.number));
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
            person, cancel_reason IS NOT NULL FROM declaration WHERE id = ?1";
        let columns = |r: &rusqlite::Row<'_>| {
            let held: (Uuid, String, i32, String, String) = (
                Uuid::from_bytes(r.get(0)?),
                r.get(1)?,
                r.get(2)?,
                r.get(3)?,
                r.get(4)?,
            );
            Ok((
                held,
                r.get::<_, String>(5)?,
                r.get::<_, Option<i64>>(6)?,
                r.get::<_, bool>(7)?,
            ))
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
        let same = stored.is_some_and(|(held, status, holder, has_reason)| {
            held == expected
                && statuses.contains(&status.as_str())
                && has_reason == (status == "cancelled")
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

    fn take_cancel(&mut self, db: &Connection, id: Uuid, reason: &str) -> Result<(), StoreError> {
        self.cancelled += 1;
        let query = "SELECT r.payload, d.status = 'cancelled' AND d.cancel_reason = ?2
            FROM declaration d JOIN record r ON r.id = d.id WHERE d.uuid = ?1";
        let held: Option<(String, Option<bool>)> = db
            .prepare_cached(query)
            .and_then(|mut s| {
                s.query_row(params![id.as_bytes(), reason], |r| {
                    Ok((r.get(0)?, r.get(1)?))
                })
                .optional()
            })
            .map_err(sql)?;
        let record = held.map(|(payload, same)| (codec::record(&payload), same));
        match record {
            Some((
                Ok(Record {
                    event: Event::Registered(form),
                    ..
                }),
                same,
            )) => {
                if same != Some(true) {
                    self.differ(format!(
                        "form {id}: cancelled in its records, not so in its row"
                    ));
                }
                self.add(&form, Change::Cancelled);
            }
            _ => self.differ(format!("form {id}: cancelled but not held")),
        }
        Ok(())
    }

    fn take_step(
        &mut self,
        db: &Connection,
        id: Uuid,
        step: &Step,
        by: Mark,
    ) -> Result<(), StoreError> {
        let released = *step == Step::Release;
        let progress = self.progress.remove(&id).unwrap_or_default();
        self.progress.insert(id, progress.after(step, by));
        if released {
            match declaration::by_id(db, DeclarationId(id))? {
                Some((_, stored)) => self.add(&stored.declaration, Change::Released),
                None => self.differ(format!("form {id}: released but not held")),
            }
        }
        Ok(())
    }

    fn compare_progress(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT uuid, progress, released FROM declaration
            WHERE progress IS NOT NULL OR released <> 0";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                let id = Uuid::from_bytes(r.get(0)?);
                Ok((id, r.get::<_, Option<String>>(1)?, r.get::<_, bool>(2)?))
            })
            .map_err(sql)?;
        for row in rows {
            let (id, held, released) = row.map_err(sql)?;
            let fresh = self.progress.remove(&id);
            let held = held.and_then(|text| serde_json::from_str::<Progress>(&text).ok());
            let left = fresh.as_ref().is_some_and(|fresh| fresh.released.is_some());
            if held != fresh || fresh.is_none() || released != left {
                self.differ(format!("form {id}: its progress differs from its records"));
            }
        }
        for id in std::mem::take(&mut self.progress).into_keys() {
            self.differ(format!("form {id}: its progress is missing"));
        }
        Ok(())
    }

    fn add(&mut self, form: &Declaration, change: Change) {
        let day = form.day().number();
        let draft = &form.draft;
        let key = (draft.gate.clone(), day, draft.direction.word().to_owned());
        let moved = delta(form, change);
        let sum = self.totals.entry(key).or_default();
        for (sum, part) in amounts(sum).into_iter().zip(amounts(&mut moved.clone())) {
            *sum += *part;
        }
        if form.decision.counts_as_trip && moved.forms != 0 {
            let used = self.quota.entry((form.person.0, day)).or_default();
            used.0 += moved.exempt;
            used.1 += moved.forms;
        }
    }

    fn compare(&mut self, db: &Connection) -> Result<(), StoreError> {
        let forms = count(db, "SELECT COUNT(*) FROM declaration")?;
        if forms != self.found.declarations {
            let records = self.found.declarations;
            self.differ(format!("{forms} forms are held, records tell of {records}"));
        }
        let cancelled = count(
            db,
            "SELECT COUNT(*) FROM declaration WHERE status = 'cancelled'",
        )?;
        if cancelled != self.cancelled {
            let records = self.cancelled;
            self.differ(format!(
                "{cancelled} forms are cancelled, records tell of {records}"
            ));
        }
        self.compare_progress(db)?;
        self.compare_totals(db)?;
        self.compare_quota(db)?;
        self.compare_people(db)?;
        self.compare_papers(db)?;
        self.compare_names(db)?;
        self.compare_numbers(db)?;
        let law = std::mem::take(&mut self.law);
        self.compare_bodies(db, "law", "SELECT key, body FROM law", law, |r| r.get(0))?;
        let accounts = std::mem::take(&mut self.accounts);
        let select = "SELECT name, body FROM account";
        self.compare_bodies(db, "account", select, accounts, |r| r.get(0))
    }

    fn compare_totals(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT forms, value, exempt, excess, duty, excise, environment, vat, fee,
            weight_g, refused, cancelled, released, gate, day, direction FROM day_total";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                Ok((from_row(r)?, (r.get(13)?, r.get(14)?, r.get(15)?)))
            })
            .map_err(sql)?;
        for row in rows {
            let (held, key) = row.map_err(sql)?;
            if self.totals.remove(&key) != Some(held) {
                self.differ(format!("totals of {} day {} {}", key.0, key.1, key.2));
            }
        }
        for key in std::mem::take(&mut self.totals).into_keys() {
            self.differ(format!(
                "totals of {} day {} {} are missing",
                key.0, key.1, key.2
            ));
        }
        Ok(())
    }

    fn compare_quota(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT COALESCE(p.uuid, zeroblob(16)), q.day, q.exempt, q.trips
            FROM quota_use q LEFT JOIN person p ON p.id = q.person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                Ok((
                    Uuid::from_bytes(r.get(0)?),
                    r.get::<_, i32>(1)?,
                    (r.get(2)?, r.get(3)?),
                ))
            })
            .map_err(sql)?;
        for row in rows {
            let (person, day, held) = row.map_err(sql)?;
            if self.quota.remove(&(person, day)) != Some(held) {
                self.differ(format!("quota of person {person} on day {day}"));
            }
        }
        if !self.quota.is_empty() {
            let missing = self.quota.len();
            self.differ(format!("{missing} person days of quota use are missing"));
        }
        Ok(())
    }

    /// Each series ends where the last transaction left it: cutting off its newest records shows.
    fn compare_heads(
        &mut self,
        db: &Connection,
        mut heads: HashMap<[u8; 16], record::End>,
    ) -> Result<(), StoreError> {
        let query = "SELECT uuid, last_idx, last_hash FROM series ORDER BY id";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                Ok((
                    r.get::<_, [u8; 16]>(0)?,
                    (r.get(1)?, r.get::<_, Vec<u8>>(2)?),
                ))
            })
            .map_err(sql)?;
        for row in rows {
            let (workstation, left) = row.map_err(sql)?;
            let (last, hash) = heads.remove(&workstation).unwrap_or((0, record::GENESIS));
            if (last, hash.to_vec()) != left {
                let series = Uuid::from_bytes(workstation);
                self.differ(format!(
                    "series {series}: ends at record {last}, not as left"
                ));
            }
        }
        for workstation in heads.into_keys() {
            let series = Uuid::from_bytes(workstation);
            self.differ(format!("series {series} is not entered"));
        }
        Ok(())
    }

    /// Persons, with the columns they are searched by and each of their papers.
    fn compare_people(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut expected = std::mem::take(&mut self.people);
        let query = "SELECT uuid, folded, born, body FROM person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        let held = "SELECT COUNT(*) FROM paper WHERE number = ?1 AND kind = ?2";
        let mut held = db.prepare(held).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let id = Uuid::from_bytes(row.get(0).map_err(sql)?);
            let folded: String = row.get(1).map_err(sql)?;
            let born: i32 = row.get(2).map_err(sql)?;
            let body: String = row.get(3).map_err(sql)?;
            let person = serde_json::from_str::<Resident>(&body).ok();
            let searchable = person.as_ref().is_some_and(|person| {
                folded == text::fold(&person.name) && born == BusinessDay::new(person.born).number()
            });
            if expected.remove(&id) != Some(digest(&body)) || !searchable {
                self.differ(format!("person {id} differs from its records"));
            }
            for paper in person.iter().flat_map(|person| &person.papers) {
                let key = params![paper.number, paper.kind.word()];
                let rows: i64 = held.query_row(key, |r| r.get(0)).map_err(sql)?;
                if rows == 0 {
                    self.differ(format!("person {id}: a paper is missing"));
                }
            }
        }
        if !expected.is_empty() {
            self.differ(format!("{} rows of person are missing", expected.len()));
        }
        Ok(())
    }

    /// Each paper belongs to a person whose records name it.
    fn compare_papers(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT paper.number, paper.kind, p.uuid, p.body
            FROM paper LEFT JOIN person p ON p.id = paper.person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let number: String = row.get(0).map_err(sql)?;
            let kind: String = row.get(1).map_err(sql)?;
            let holder: Option<[u8; 16]> = row.get(2).map_err(sql)?;
            let body: Option<String> = row.get(3).map_err(sql)?;
            let person = body.and_then(|body| serde_json::from_str::<Resident>(&body).ok());
            let named = person.is_some_and(|person| {
                let mut papers = person.papers.iter();
                papers.any(|paper| paper.number == number && paper.kind.word() == kind)
            });
            if !named {
                let holder = holder.map_or(Uuid::nil(), Uuid::from_bytes);
                self.differ(format!(
                    "a paper stands under person {holder}, who has none such"
                ));
            }
        }
        Ok(())
    }

    /// The index of names, which can't be read back, holds the same words as one made afresh.
    fn compare_names(&mut self, db: &Connection) -> Result<(), StoreError> {
        let make = "CREATE VIRTUAL TABLE temp.fresh_name USING fts5
            (folded, content = '', detail = none);
            INSERT INTO fresh_name (rowid, folded) SELECT id, folded FROM person;
            CREATE VIRTUAL TABLE temp.fresh_word USING fts5vocab (temp, fresh_name, instance);
            CREATE VIRTUAL TABLE temp.held_word USING fts5vocab (main, person_name, instance);";
        let drop = "DROP TABLE temp.fresh_word; DROP TABLE temp.held_word;
            DROP TABLE temp.fresh_name;";
        db.execute_batch(make).map_err(sql)?;
        let held = words(db, "SELECT term, doc FROM held_word");
        let fresh = words(db, "SELECT term, doc FROM fresh_word");
        db.execute_batch(drop).map_err(sql)?;
        if held? != fresh? {
            self.differ("the index of names differs from the persons".into());
        }
        Ok(())
    }

    /// The next number of each counter follows the last one given.
    fn compare_numbers(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut statement = db
            .prepare("SELECT series, last FROM number_series")
            .map_err(sql)?;
        let rows = statement
            .query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?)))
            .map_err(sql)?;
        for row in rows {
            let (series, last) = row.map_err(sql)?;
            if self.numbers.remove(&series) != Some(last) {
                self.differ(format!(
                    "numbers {series}: {last} is not the last one given"
                ));
            }
        }
        for series in std::mem::take(&mut self.numbers).into_keys() {
            self.differ(format!("numbers {series} are missing"));
        }
        Ok(())
    }

    fn compare_bodies<K: std::hash::Hash + Eq + std::fmt::Display>(
        &mut self,
        db: &Connection,
        table: &str,
        query: &str,
        mut expected: HashMap<K, [u8; 32]>,
        key: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<K>,
    ) -> Result<(), StoreError> {
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| Ok((key(r)?, r.get::<_, String>(1)?)))
            .map_err(sql)?;
        for row in rows {
            let (key, body) = row.map_err(sql)?;
            if expected.remove(&key) != Some(digest(&body)) {
                self.differ(format!("{table} {key} differs from its records"));
            }
        }
        if !expected.is_empty() {
            self.differ(format!("{} rows of {table} are missing", expected.len()));
        }
        Ok(())
    }
}

/// Every summed amount, in one order.
fn amounts(t: &mut DayTotals) -> [&mut i64; 13] {
    [
        &mut t.forms,
        &mut t.value,
        &mut t.exempt,
        &mut t.excess,
        &mut t.duty,
        &mut t.excise,
        &mut t.environment,
        &mut t.vat,
        &mut t.fee,
        &mut t.weight_g,
        &mut t.refused,
        &mut t.cancelled,
        &mut t.released,
    ]
}
