//! The series of records, each chained to the one before it by SHA-256.

use bm_app::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::sql;

/// The hash before the first record.
pub const GENESIS: [u8; 32] = [0; 32];

/// Last index and hash of a series.
pub fn head(db: &Connection, series: &str) -> Result<(i64, [u8; 32]), StoreError> {
    let query = "SELECT idx, hash FROM record WHERE series = ?1 ORDER BY idx DESC LIMIT 1";
    let row = db.prepare_cached(query).and_then(|mut s| {
        s.query_row([series], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()
    });
    Ok(row.map_err(sql)?.unwrap_or((0, GENESIS)))
}

/// Where a series ends, as it is noted beside it.
pub fn head_text((idx, hash): (i64, [u8; 32])) -> String {
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{idx}:{hex}")
}

/// Notes where a series ends, so that cutting off its newest records shows.
pub fn note_head(db: &Connection, series: &str, head: (i64, [u8; 32])) -> Result<(), StoreError> {
    let upsert = "INSERT INTO meta (key, value) VALUES ('head/' || ?1, ?2)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    db.prepare_cached(upsert)
        .and_then(|mut s| s.execute(params![series, head_text(head)]))
        .map(|_| ())
        .map_err(sql)
}

/// The hash of a record: over the one before it, series, index, id and payload, each with its
/// length so that no two records share their bytes.
pub fn hash(previous: &[u8; 32], series: &str, idx: i64, id: &[u8], payload: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(previous);
    for part in [
        series.as_bytes(),
        &idx.to_be_bytes(),
        id,
        payload.as_bytes(),
    ] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// Appends a record; gives its row id.
pub fn insert(
    db: &Connection,
    series: &str,
    head: &mut (i64, [u8; 32]),
    id: Uuid,
    payload: &str,
) -> Result<i64, StoreError> {
    let idx = head.0 + 1;
    let hash = hash(&head.1, series, idx, id.as_bytes(), payload);
    let insert =
        "INSERT INTO record (series, idx, uuid, payload, hash) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(insert)
        .and_then(|mut s| s.insert(params![series, idx, id.as_bytes(), payload, hash]))
        .map_err(sql)
        .inspect(|_| *head = (idx, hash))
}
