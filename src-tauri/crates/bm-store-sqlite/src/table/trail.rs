//! What each record was done to, for searching the log.

use std::hash::{DefaultHasher, Hash, Hasher};

use bm_app::StoreError;
use bm_app::audit::{Subject, subjects};
use bm_app::event::Event;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::codec::{Head, record, sql};

/// The step that makes the table, which [`fill`] then fills.
pub const MIGRATION: &str = include_str!("../../migrations/0012_trail.sql");

/// The number a subject is held under. Two subjects with one number are told apart by their records.
pub fn key(subject: &Subject) -> i64 {
    let hash = Sha256::digest(subject.word().as_bytes());
    hash.first_chunk()
        .map_or(0, |first| i64::from_be_bytes(*first))
}

/// Notes what a record was done to.
pub fn note(db: &Connection, row: i64, event: &Event) -> Result<(), StoreError> {
    let found = subjects(event);
    if found.is_empty() {
        return Ok(());
    }
    let insert = "INSERT OR IGNORE INTO trail (subject, record) VALUES (?1, ?2)";
    let mut statement = db.prepare_cached(insert).map_err(sql)?;
    for subject in &found {
        statement.execute(params![key(subject), row]).map_err(sql)?;
    }
    Ok(())
}

/// The same for a record whose text was replaced.
pub fn renote(db: &Connection, row: i64, before: &Event, after: &Event) -> Result<(), StoreError> {
    let delete = "DELETE FROM trail WHERE subject = ?1 AND record = ?2";
    let mut statement = db.prepare_cached(delete).map_err(sql)?;
    for subject in &subjects(before) {
        statement.execute(params![key(subject), row]).map_err(sql)?;
    }
    note(db, row, after)
}

/// Rows of records of a subject below `before`, the newest first; at most `limit`.
pub fn rows(
    db: &Connection,
    subject: &Subject,
    before: i64,
    limit: u32,
) -> Result<Vec<i64>, StoreError> {
    let mut found = ids(
        db,
        "SELECT record FROM trail WHERE subject = ?1 AND record < ?2
            ORDER BY record DESC LIMIT ?3",
        params![key(subject), before, limit],
    )?;
    if let Some(id) = subject.as_id() {
        let bytes = id.as_bytes();
        found.extend(ids(
            db,
            "SELECT id FROM declaration WHERE uuid = ?1 AND id < ?2 LIMIT ?3",
            params![bytes, before, limit],
        )?);
        found.extend(ids(
            db,
            "SELECT id FROM declaration
                WHERE person = (SELECT id FROM person WHERE uuid = ?1) AND id < ?2
                ORDER BY id DESC LIMIT ?3",
            params![bytes, before, limit],
        )?);
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.dedup();
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn ids(
    db: &Connection,
    query: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement.query_map(values, |r| r.get(0)).map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}

/// What a record was done to, or the first of several; empty where it was done to nothing.
pub fn first_subject(event: &Event) -> String {
    let found = subjects(event);
    found
        .first()
        .map(|subject| subject.word().to_owned())
        .unwrap_or_default()
}

/// The rows of the table as one sum, which does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    rows: u64,
    sum: u64,
}

impl Sum {
    /// Adds what a record was done to.
    pub fn add(&mut self, row: i64, event: &Event) {
        let mut keys: Vec<_> = subjects(event).iter().map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.note(key, row);
        }
    }

    fn note(&mut self, key: i64, row: i64) {
        let mut hasher = DefaultHasher::new();
        (key, row).hash(&mut hasher);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(hasher.finish());
    }

    /// Of the rows that are held.
    pub fn held(db: &Connection) -> Result<Self, StoreError> {
        let mut sum = Self::default();
        let mut statement = db
            .prepare("SELECT subject, record FROM trail")
            .map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            sum.note(row.get(0).map_err(sql)?, row.get(1).map_err(sql)?);
        }
        Ok(sum)
    }
}

/// Fills the table from the records, for a database that was made before it. A record that can't be
/// read has no subject; `verify` names it.
pub fn fill(db: &Connection) -> Result<(), StoreError> {
    let mut statement = db
        .prepare("SELECT id, payload FROM record ORDER BY id")
        .map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let id = row.get(0).map_err(sql)?;
        let payload = row.get_ref(1).map_err(sql)?.as_str().unwrap_or_default();
        if Head::of(payload).is_some_and(|head| head.is_form()) {
            continue;
        }
        if let Ok(read) = record(payload) {
            note(db, id, &read.event)?;
        }
    }
    Ok(())
}
