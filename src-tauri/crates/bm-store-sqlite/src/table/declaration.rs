//! Where each form stands; what it says is in its record.

use bm_app::StoreError;
use bm_app::event::{Correction, Declaration, Event, Record};
use bm_app::ports::{DeclarationFilter, Status, StoredDeclaration};
use bm_domain::correction::CorrectionKind;
use bm_domain::process::Progress;
use bm_domain::{BusinessDay, DeclarationId, PersonId};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

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

/// Row id of a form.
pub fn row_of(db: &Connection, id: DeclarationId) -> Result<Option<i64>, StoreError> {
    db.prepare_cached("SELECT id FROM declaration WHERE uuid = ?1")
        .and_then(|mut s| s.query_row([id.0.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)
}

/// How `status` and `returned` tell why a form no longer stands.
pub const fn ended(kind: CorrectionKind) -> (&'static str, bool) {
    match kind {
        CorrectionKind::Refuse => ("refused", false),
        CorrectionKind::Return => ("cancelled", true),
        CorrectionKind::Cancel | CorrectionKind::Amend => ("cancelled", false),
    }
}

/// Marks a form as one that no longer stands.
pub fn end(
    db: &Connection,
    id: i64,
    kind: CorrectionKind,
    reason: &str,
    unsettled: bool,
) -> Result<(), StoreError> {
    let (status, returned) = ended(kind);
    let update = "UPDATE declaration SET status = ?2, returned = ?3, cancel_reason = ?4,
        unsettled = ?5 WHERE id = ?1";
    run(db, update, params![id, status, returned, reason, unsettled])
}

/// Notes which record says now what a form says.
pub fn revise(db: &Connection, id: i64, record: i64) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET revised = ?2 WHERE id = ?1";
    run(db, update, params![id, record])
}

/// Notes that a record corrected a form.
pub fn note_correction(db: &Connection, id: i64, record: i64) -> Result<(), StoreError> {
    let insert = "INSERT INTO correction (id, declaration) VALUES (?1, ?2)";
    run(db, insert, params![record, id])
}

/// Links the legs of an exchange, each to the other.
pub fn link(db: &Connection, leg: DeclarationId, other: DeclarationId) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET other_leg = ?2 WHERE uuid = ?1";
    run(db, update, params![leg.0.as_bytes(), other.0.as_bytes()])?;
    run(db, update, params![other.0.as_bytes(), leg.0.as_bytes()])
}

/// Notes how far a form has come; `unsettled` tells of a difference a correction left.
pub fn advance(
    db: &Connection,
    record: i64,
    progress: &Progress,
    unsettled: bool,
) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET progress = ?2, released = ?3, unsettled = ?4
        WHERE id = ?1";
    let released = progress.released.is_some();
    run(
        db,
        update,
        params![record, encode(progress)?, released, unsettled],
    )
}

fn run(db: &Connection, statement: &str, values: &[&dyn ToSql]) -> Result<(), StoreError> {
    db.prepare_cached(statement)
        .and_then(|mut s| s.execute(values))
        .map(|_| ())
        .map_err(sql)
}

/// What is read of a form: its row, and the record that says now what it says.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.status, d.cancel_reason, d.progress, r.payload, d.returned, d.other_leg,
                CASE WHEN d.revised IS NOT NULL THEN
                    (SELECT json_extract(payload, '$.by') FROM record WHERE id = d.id) END
            FROM declaration d JOIN record r ON r.id = COALESCE(d.revised, d.id) ",
            $rest
        )
    };
}

/// Forms of a gate that wait for a step, the oldest first.
pub fn open(db: &Connection, gate: &str, limit: u32) -> Result<Vec<StoredDeclaration>, StoreError> {
    let query = select!(
        "WHERE d.gate = ?1 AND d.status = 'registered' AND d.released = 0
        ORDER BY d.day, d.id LIMIT ?2"
    );
    many(db, query, &[&gate, &limit])
}

/// The same of one day.
pub fn open_of(
    db: &Connection,
    gate: &str,
    day: BusinessDay,
    limit: u32,
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let query = select!(
        "WHERE d.gate = ?1 AND d.day = ?2 AND d.status = 'registered' AND d.released = 0
        ORDER BY d.id LIMIT ?3"
    );
    many(db, query, &[&gate, &day.number(), &limit])
}

/// Persons with a form of a gate's day that stands: read off the index by gate and day.
pub fn people_on(
    db: &Connection,
    gate: &str,
    day: BusinessDay,
) -> Result<Vec<PersonId>, StoreError> {
    let query = "SELECT p.uuid FROM person p WHERE p.id IN (
        SELECT d.person FROM declaration d
        WHERE d.gate = ?1 AND d.day = ?2 AND d.direction IN ('import', 'export')
            AND d.status = 'registered')";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![gate, day.number()], |r| r.get::<_, [u8; 16]>(0))
        .map_err(sql)?;
    rows.map(|row| Ok(PersonId(Uuid::from_bytes(row.map_err(sql)?))))
        .collect()
}

/// Forms of a gate with a difference that a correction left, the oldest first.
pub fn unsettled(
    db: &Connection,
    gate: &str,
    limit: u32,
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let query = select!(
        "WHERE d.gate = ?1 AND d.unsettled = 1
        ORDER BY d.day, d.id LIMIT ?2"
    );
    many(db, query, &[&gate, &limit])
}

fn many(
    db: &Connection,
    query: &str,
    values: &[&dyn ToSql],
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement.query_map(values, Parts::read).map_err(sql)?;
    rows.map(|row| stored(row.map_err(sql)?)).collect()
}

/// A form by id, with the id of its row.
pub fn by_id(
    db: &Connection,
    id: DeclarationId,
) -> Result<Option<(i64, StoredDeclaration)>, StoreError> {
    let row = db
        .prepare_cached(select!("WHERE d.uuid = ?1"))
        .and_then(|mut s| s.query_row([id.0.as_bytes()], Parts::read).optional())
        .map_err(sql)?;
    row.map(|parts| Ok((parts.id, stored(parts)?))).transpose()
}

/// A form as it was first registered or refused.
pub fn as_registered(
    db: &Connection,
    id: DeclarationId,
) -> Result<Option<Declaration>, StoreError> {
    let query = "SELECT r.payload FROM declaration d JOIN record r ON r.id = d.id
        WHERE d.uuid = ?1";
    let payload: Option<String> = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([id.0.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)?;
    payload.map(|payload| Ok(said(&payload)?.1)).transpose()
}

/// The form the record in a row tells of.
pub fn by_record(db: &Connection, row: i64) -> Result<Option<Declaration>, StoreError> {
    let query = "SELECT payload FROM record WHERE id = ?1";
    let payload: Option<String> = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([row], |r| r.get(0)).optional())
        .map_err(sql)?;
    payload.map(|payload| Ok(said(&payload)?.1)).transpose()
}

/// The records that corrected a form, the oldest first.
pub fn corrections(db: &Connection, id: DeclarationId) -> Result<Vec<Record>, StoreError> {
    let query = "SELECT r.payload FROM declaration d JOIN correction c ON c.declaration = d.id
        JOIN record r ON r.id = c.id WHERE d.uuid = ?1 ORDER BY c.id";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map([id.0.as_bytes()], |r| r.get::<_, String>(0))
        .map_err(sql)?;
    rows.map(|payload| record(&payload.map_err(sql)?).map_err(damaged))
        .collect()
}

/// A form by its number.
pub fn by_number(db: &Connection, number: &str) -> Result<Option<StoredDeclaration>, StoreError> {
    let row = db
        .prepare_cached(select!("WHERE d.number = ?1 ORDER BY d.id LIMIT 1"))
        .and_then(|mut s| s.query_row([number], Parts::read).optional())
        .map_err(sql)?;
    row.map(stored).transpose()
}

/// The first eight bytes of the SHA-256 of the record that says what a form says.
pub fn digest(db: &Connection, id: DeclarationId) -> Result<Option<u64>, StoreError> {
    // A sheet printed before its form lost its names bears the digest of then.
    let query = "SELECT r.payload, x.was FROM declaration d
        JOIN record r ON r.id = COALESCE(d.revised, d.id)
        LEFT JOIN redaction x ON x.record = r.id WHERE d.uuid = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, String>(0)?, r.get::<_, Option<[u8; 8]>>(1)?));
    let found = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([id.0.as_bytes()], row).optional())
        .map_err(sql)?;
    Ok(found.and_then(|(text, was)| {
        let hash = Sha256::digest(text.as_bytes());
        was.or_else(|| hash.first_chunk().copied())
            .map(u64::from_be_bytes)
    }))
}

/// Forms, the newest first.
pub fn list(
    db: &Connection,
    filter: &DeclarationFilter,
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let limit = filter.limit;
    match (&filter.gate_day, filter.person) {
        (Some((gate, day)), _) => {
            let query = select!("WHERE d.gate = ?1 AND d.day = ?2 ORDER BY d.id DESC LIMIT ?3");
            many(db, query, &[gate, &day.number(), &limit])
        }
        (None, Some(id)) => {
            let query = select!("WHERE d.person = ?1 ORDER BY d.id DESC LIMIT ?2");
            many(db, query, &[&person::row_id(db, id)?, &limit])
        }
        (None, None) => many(
            db,
            select!("WHERE TRUE ORDER BY d.id DESC LIMIT ?1"),
            &[&limit],
        ),
    }
}

/// Shows every form that stands, as it stands now, to `each`, in the order of their records.
pub fn each_standing(
    db: &Connection,
    mut each: impl FnMut(&Declaration) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let query = "SELECT r.payload FROM declaration d
        JOIN record r ON r.id = COALESCE(d.revised, d.id)
        WHERE d.status = 'registered' ORDER BY d.id";
    let mut statement = db.prepare(query).map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let payload = row.get_ref(0).map_err(sql)?.as_str().unwrap_or_default();
        each(&said(payload)?.1)?;
    }
    Ok(())
}

/// A form's row and what its record says.
struct Parts {
    id: i64,
    status: String,
    reason: Option<String>,
    progress: Option<String>,
    payload: String,
    returned: bool,
    other_leg: Option<[u8; 16]>,
    /// Who registered it, where the record is that of an amendment.
    officer: Option<String>,
}

impl Parts {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            status: row.get(1)?,
            reason: row.get(2)?,
            progress: row.get(3)?,
            payload: row.get(4)?,
            returned: row.get(5)?,
            other_leg: row.get(6)?,
            officer: row.get(7)?,
        })
    }
}

fn damaged(error: serde_json::Error) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// Who wrote a record, and the form it tells of.
pub fn said(payload: &str) -> Result<(String, Declaration), StoreError> {
    let record = record(payload).map_err(damaged)?;
    let form = match record.event {
        Event::Registered(form) | Event::Refused(form) => Some(*form),
        Event::Corrected(corrected) => match corrected.correction {
            Correction::Amend(form) => Some(*form),
            _ => None,
        },
        _ => None,
    };
    let form = form.ok_or_else(|| StoreError::Damaged("a form's record is of another kind".into()));
    Ok((record.by, form?))
}

fn stored(parts: Parts) -> Result<StoredDeclaration, StoreError> {
    let (by, declaration) = said(&parts.payload)?;
    let status = match (parts.status.as_str(), parts.returned) {
        ("registered", false) => Status::Registered,
        ("refused", false) => Status::Refused,
        ("cancelled", false) => Status::Cancelled,
        ("cancelled", true) => Status::Returned,
        (other, _) => return Err(StoreError::Damaged(format!("declaration.status {other}"))),
    };
    let progress = parts.progress;
    Ok(StoredDeclaration {
        declaration,
        officer: parts.officer.unwrap_or(by),
        status,
        cancel_reason: parts.reason,
        progress: progress.map_or_else(|| Ok(Progress::default()), |text| decode(&text))?,
        other_leg: parts
            .other_leg
            .map(|leg| DeclarationId(Uuid::from_bytes(leg))),
    })
}
