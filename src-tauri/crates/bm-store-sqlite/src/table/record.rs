//! The series of records, each chained to the one before it by SHA-256.

use bm_app::StoreError;
use bm_domain::DeclarationId;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::sql;

/// The hash before the first record.
pub const GENESIS: [u8; 32] = [0; 32];

/// Index and hash of the last record of a series.
pub type End = (i64, [u8; 32]);

/// A series of records and where it ends.
pub struct Head {
    /// Row id of the series.
    series: i64,
    /// The workstation it belongs to.
    workstation: [u8; 16],
    /// Where it ends now.
    last: End,
    /// Where it ended when the transaction began.
    found: End,
}

/// The series of this workstation.
pub const OWN_SERIES: i64 = 1;

/// Enters this workstation's series into a new database.
pub fn begin(db: &Connection, workstation: Uuid) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO series (id, uuid, last_idx, last_hash) VALUES (?1, ?2, 0, ?3)",
        params![OWN_SERIES, workstation.as_bytes(), GENESIS],
    )
    .map(|_| ())
    .map_err(sql)
}

/// Where this workstation's series ends.
pub fn head(db: &Connection) -> Result<Head, StoreError> {
    let own = "SELECT uuid, last_idx, last_hash FROM series WHERE id = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, (r.get(1)?, r.get(2)?)));
    let (workstation, last) = db
        .prepare_cached(own)
        .and_then(|mut s| s.query_row([OWN_SERIES], row))
        .map_err(sql)?;
    Ok(Head {
        series: OWN_SERIES,
        workstation,
        last,
        found: last,
    })
}

/// Notes where a series ends, so that cutting off its newest records shows.
pub fn note_head(db: &Connection, head: &Head) -> Result<(), StoreError> {
    if head.last == head.found {
        return Ok(());
    }
    let update = "UPDATE series SET last_idx = ?2, last_hash = ?3 WHERE id = ?1";
    db.prepare_cached(update)
        .and_then(|mut s| s.execute(params![head.series, head.last.0, head.last.1]))
        .map(|_| ())
        .map_err(sql)
}

/// The hash of a record: over the one before it, workstation, index, id and payload, each with its
/// length so that no two records share their bytes.
pub fn hash(
    previous: &[u8; 32],
    workstation: &[u8; 16],
    idx: i64,
    id: &[u8],
    payload: &str,
) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(previous);
    for part in [&workstation[..], &idx.to_be_bytes(), id, payload.as_bytes()] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// Appends a record; gives its row id.
pub fn insert(
    db: &Connection,
    head: &mut Head,
    id: Uuid,
    payload: &str,
) -> Result<i64, StoreError> {
    let idx = head.last.0 + 1;
    let hash = hash(&head.last.1, &head.workstation, idx, id.as_bytes(), payload);
    let insert =
        "INSERT INTO record (series, idx, uuid, payload, hash) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(insert)
        .and_then(|mut s| s.insert(params![head.series, idx, id.as_bytes(), payload, hash]))
        .map_err(sql)
        .inspect(|_| head.last = (idx, hash))
}

/// The series in which a form was registered or refused, and its place there.
pub fn place_of_form(
    db: &Connection,
    id: DeclarationId,
) -> Result<Option<(Uuid, i64)>, StoreError> {
    let query = "SELECT s.uuid, r.idx FROM declaration d
        JOIN record r ON r.id = d.id JOIN series s ON s.id = r.series WHERE d.uuid = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((Uuid::from_bytes(r.get(0)?), r.get(1)?));
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row([id.0.as_bytes()], row).optional())
        .map_err(sql)
}
