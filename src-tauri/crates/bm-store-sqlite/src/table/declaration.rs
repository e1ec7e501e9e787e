//! Where each form stands; what it says is in its record.

use bm_app::StoreError;
use bm_app::event::{Declaration, Event};
use bm_app::ports::{DeclarationFilter, Status, StoredDeclaration};
use bm_domain::DeclarationId;
use bm_domain::process::Progress;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::codec::{decode, encode, record, sql};
use crate::table::person;

/// Enters a form under the id of its record.
pub fn insert(
    db: &Connection,
    record: i64,
    declaration: &Declaration,
    status: Status,
    person: Option<i64>,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO declaration
        (id, uuid, number, day, gate, direction, status, person)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let number = Some(&declaration.number).filter(|number| !number.is_empty());
    let draft = &declaration.draft;
    let values = params![
        record,
        draft.id.0.as_bytes(),
        number,
        declaration.day().number(),
        draft.gate,
        draft.direction.word(),
        status.word(),
        person
    ];
    db.prepare_cached(insert)
        .and_then(|mut s| s.execute(values))
        .map(|_| ())
        .map_err(sql)
}

/// Marks a form as cancelled.
pub fn cancel(db: &Connection, record: i64, reason: &str) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET status = 'cancelled', cancel_reason = ?2 WHERE id = ?1";
    db.prepare_cached(update)
        .and_then(|mut s| s.execute(params![record, reason]))
        .map(|_| ())
        .map_err(sql)
}

/// Notes how far a form has come.
pub fn advance(db: &Connection, record: i64, progress: &Progress) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET progress = ?2, released = ?3 WHERE id = ?1";
    let values = params![record, encode(progress)?, progress.released.is_some()];
    db.prepare_cached(update)
        .and_then(|mut s| s.execute(values))
        .map(|_| ())
        .map_err(sql)
}

/// Forms of a gate that wait for a step, the oldest first.
pub fn open(db: &Connection, gate: &str, limit: u32) -> Result<Vec<StoredDeclaration>, StoreError> {
    let query = "SELECT d.id, d.status, d.cancel_reason, d.progress, r.payload
        FROM declaration d JOIN record r ON r.id = d.id
        WHERE d.gate = ?1 AND d.status = 'registered' AND d.released = 0
        ORDER BY d.day, d.id LIMIT ?2";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![gate, limit], columns)
        .map_err(sql)?;
    rows.map(|row| stored(row.map_err(sql)?.1)).collect()
}

/// A form by id, with the id of its record.
pub fn by_id(
    db: &Connection,
    id: DeclarationId,
) -> Result<Option<(i64, StoredDeclaration)>, StoreError> {
    let query = "SELECT d.id, d.status, d.cancel_reason, d.progress, r.payload
        FROM declaration d JOIN record r ON r.id = d.id WHERE d.uuid = ?1";
    let row = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([id.0.as_bytes()], columns).optional())
        .map_err(sql)?;
    row.map(|(record, parts)| Ok((record, stored(parts)?)))
        .transpose()
}

/// A form by its number.
pub fn by_number(db: &Connection, number: &str) -> Result<Option<StoredDeclaration>, StoreError> {
    let query = "SELECT d.id, d.status, d.cancel_reason, d.progress, r.payload
        FROM declaration d JOIN record r ON r.id = d.id WHERE d.number = ?1";
    let row = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([number], columns).optional())
        .map_err(sql)?;
    row.map(|(_, parts)| stored(parts)).transpose()
}

/// The first eight bytes of the SHA-256 of a form's record.
pub fn digest(db: &Connection, id: DeclarationId) -> Result<Option<u64>, StoreError> {
    let query =
        "SELECT r.payload FROM declaration d JOIN record r ON r.id = d.id WHERE d.uuid = ?1";
    let payload: Option<String> = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([id.0.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)?;
    Ok(payload.and_then(|text| {
        let hash = Sha256::digest(text.as_bytes());
        hash.first_chunk().map(|first| u64::from_be_bytes(*first))
    }))
}

/// Forms, the newest first.
pub fn list(
    db: &Connection,
    filter: &DeclarationFilter,
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let select = "SELECT d.id, d.status, d.cancel_reason, d.progress, r.payload
        FROM declaration d JOIN record r ON r.id = d.id WHERE ";
    let (wanted, values): (&str, Vec<Box<dyn rusqlite::ToSql>>) =
        match (&filter.gate_day, filter.person) {
            (Some((gate, day)), _) => (
                "d.gate = ?1 AND d.day = ?2",
                vec![Box::new(gate.clone()), Box::new(day.number())],
            ),
            (None, Some(id)) => ("d.person = ?1", vec![Box::new(person::row_id(db, id)?)]),
            (None, None) => ("TRUE", vec![]),
        };
    let query = format!("{select}{wanted} ORDER BY d.id DESC LIMIT {}", filter.limit);
    let mut statement = db.prepare_cached(&query).map_err(sql)?;
    let values = rusqlite::params_from_iter(values.iter());
    let rows = statement.query_map(values, columns).map_err(sql)?;
    rows.map(|row| stored(row.map_err(sql)?.1)).collect()
}

/// Status, reason of cancelling, progress, payload.
type Parts = (String, Option<String>, Option<String>, String);

fn columns(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Parts)> {
    let parts = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    Ok((row.get(0)?, parts))
}

fn stored(
    (status, cancel_reason, progress, payload): Parts,
) -> Result<StoredDeclaration, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let record = record(&payload).map_err(damaged)?;
    let (Event::Registered(declaration) | Event::Refused(declaration)) = record.event else {
        return Err(StoreError::Damaged(
            "a form's record is of another kind".into(),
        ));
    };
    let status = match status.as_str() {
        "registered" => Status::Registered,
        "refused" => Status::Refused,
        "cancelled" => Status::Cancelled,
        other => return Err(StoreError::Damaged(format!("declaration.status {other}"))),
    };
    Ok(StoredDeclaration {
        declaration: *declaration,
        officer: record.by,
        status,
        cancel_reason,
        progress: progress.map_or_else(|| Ok(Progress::default()), |text| decode(&text))?,
    })
}
