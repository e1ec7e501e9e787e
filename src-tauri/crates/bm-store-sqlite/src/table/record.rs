//! The series of records, each chained to the one before it by SHA-256.

use bm_app::StoreError;
use bm_app::sync::Link;
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

impl Head {
    /// Where it ends now.
    pub const fn last(&self) -> End {
        self.last
    }

    /// The workstation it belongs to.
    pub const fn workstation(&self) -> Uuid {
        Uuid::from_bytes(self.workstation)
    }

    /// Whether a record that follows the last one is what was hashed.
    pub fn chains(&self, link: &Link) -> bool {
        let id = link.id.as_bytes();
        let made = hash(
            &self.last.1,
            &self.workstation,
            link.index,
            id,
            &link.payload,
        );
        made == link.hash
    }
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

/// Where this workstation's series ends, and whether it has joined a hub.
pub fn head(db: &Connection) -> Result<(Head, bool), StoreError> {
    let own = "SELECT uuid, last_idx, last_hash, EXISTS (SELECT 1 FROM hub WHERE id = 1)
        FROM series WHERE id = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, (r.get(1)?, r.get(2)?), r.get(3)?));
    let (workstation, last, joined) = db
        .prepare_cached(own)
        .and_then(|mut s| s.query_row([OWN_SERIES], row))
        .map_err(sql)?;
    let head = Head {
        series: OWN_SERIES,
        workstation,
        last,
        found: last,
    };
    Ok((head, joined))
}

/// Where the series of a workstation ends; one that is not known is entered.
pub fn head_of(db: &Connection, workstation: Uuid) -> Result<Head, StoreError> {
    let query = "SELECT id, last_idx, last_hash FROM series WHERE uuid = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, (r.get(1)?, r.get(2)?)));
    let held: Option<(i64, End)> = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([workstation.as_bytes()], row).optional())
        .map_err(sql)?;
    let enter = || {
        let insert = "INSERT INTO series (uuid, last_idx, last_hash) VALUES (?1, 0, ?2)";
        let mut statement = db.prepare_cached(insert).map_err(sql)?;
        let id = statement.insert(params![workstation.as_bytes(), GENESIS]);
        Ok::<_, StoreError>((id.map_err(sql)?, (0, GENESIS)))
    };
    let (series, last) = held.map_or_else(enter, Ok)?;
    Ok(Head {
        series,
        workstation: *workstation.as_bytes(),
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

/// Puts a record that came from elsewhere into a row as it is; it has to chain.
pub fn put(db: &Connection, head: &mut Head, row: i64, link: &Link) -> Result<(), StoreError> {
    let insert = "INSERT INTO record (id, series, idx, uuid, payload, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let id = link.id.as_bytes();
    let values = params![row, head.series, link.index, id, link.payload, link.hash];
    db.prepare_cached(insert)
        .and_then(|mut s| s.execute(values))
        .map_err(sql)?;
    head.last = (link.index, link.hash);
    Ok(())
}

/// The hash of a record of a series.
pub fn hash_at(db: &Connection, head: &Head, index: i64) -> Result<Option<[u8; 32]>, StoreError> {
    let query = "SELECT hash FROM record WHERE series = ?1 AND idx = ?2";
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row([head.series, index], |r| r.get(0)).optional())
        .map_err(sql)
}

/// The row in which this workstation's record with that index stands.
pub fn own_row(db: &Connection, index: i64) -> Result<Option<i64>, StoreError> {
    let query = "SELECT id FROM record WHERE series = ?1 AND idx = ?2";
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row([OWN_SERIES, index], |r| r.get(0)).optional())
        .map_err(sql)
}

/// The last row there is; 0 when there is none.
pub fn last_row(db: &Connection) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT COALESCE(MAX(id), 0) FROM record")
        .and_then(|mut s| s.query_row([], |r| r.get(0)))
        .map_err(sql)
}

/// This workstation's records after an index, the oldest first, at most so many.
pub fn own_links(db: &Connection, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
    let query = "SELECT s.uuid, r.idx, r.uuid, r.payload, r.hash
        FROM record r JOIN series s ON s.id = r.series
        WHERE r.series = ?1 AND r.idx > ?2 ORDER BY r.idx LIMIT ?3";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![OWN_SERIES, after, limit], |r| {
            Ok(Link {
                series: Uuid::from_bytes(r.get(0)?),
                index: r.get(1)?,
                id: Uuid::from_bytes(r.get(2)?),
                payload: r.get(3)?,
                hash: r.get(4)?,
            })
        })
        .map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}

/// How far the rows of a tail are moved out of the way while others are put before it.
const ASIDE: i64 = 1 << 48;

/// Moves every record after a row out of the way.
pub fn set_aside(db: &Connection, row: i64) -> Result<(), StoreError> {
    let update = "UPDATE record SET id = id + ?2 WHERE id > ?1";
    db.prepare_cached(update)
        .and_then(|mut s| s.execute([row, ASIDE]))
        .map(|_| ())
        .map_err(sql)
}

/// Puts an own record that was set aside into a row; gives its text.
pub fn put_back(db: &Connection, index: i64, row: i64) -> Result<String, StoreError> {
    let update = "UPDATE record SET id = ?3 WHERE series = ?1 AND idx = ?2 RETURNING payload";
    db.prepare_cached(update)
        .and_then(|mut s| s.query_row([OWN_SERIES, index, row], |r| r.get(0)))
        .map_err(sql)
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
