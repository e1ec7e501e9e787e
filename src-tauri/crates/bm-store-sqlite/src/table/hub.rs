//! How this workstation stands to its hub: one row once it has joined.

use bm_app::StoreError;
use bm_app::sync::Cursor;
use bm_domain::DeclarationId;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::codec::sql;
use crate::table::record::OWN_SERIES;

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Identity of the hub.
    pub hub: Uuid,
    /// How far its order has been read.
    pub cursor: Cursor,
    /// Index of the last own record it said it took.
    pub sent: i64,
    /// Index of the last own record that stands where the hub placed it. Those after it are the tail.
    pub passed: i64,
    /// Own records after this index can be undone row by row.
    pub undoable: i64,
}

/// How it stands; `None` when it has joined no hub.
pub fn held(db: &Connection) -> Result<Option<Joined>, StoreError> {
    let query = "SELECT uuid, position, hash, sent, passed, undoable FROM hub WHERE id = 1";
    let row = |r: &rusqlite::Row<'_>| {
        Ok(Joined {
            hub: Uuid::from_bytes(r.get(0)?),
            cursor: Cursor {
                position: r.get(1)?,
                hash: r.get(2)?,
            },
            sent: r.get(3)?,
            passed: r.get(4)?,
            undoable: r.get(5)?,
        })
    };
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row([], row).optional())
        .map_err(sql)
}

/// Notes how it stands.
pub fn note(db: &Connection, joined: &Joined) -> Result<(), StoreError> {
    let upsert = "INSERT OR REPLACE INTO hub (id, uuid, position, hash, sent, passed, undoable)
        VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![
        joined.hub.as_bytes(),
        joined.cursor.position,
        joined.cursor.hash,
        joined.sent,
        joined.passed,
        joined.undoable
    ];
    db.prepare_cached(upsert)
        .and_then(|mut s| s.execute(values))
        .map(|_| ())
        .map_err(sql)
}

/// Notes forms of others that have to be looked over.
pub fn note_met(db: &Connection, forms: &[DeclarationId]) -> Result<(), StoreError> {
    each_met(db, "INSERT OR IGNORE INTO met (form) VALUES (?1)", forms)
}

/// Notes that forms have been looked over.
pub fn forget_met(db: &Connection, forms: &[DeclarationId]) -> Result<(), StoreError> {
    each_met(db, "DELETE FROM met WHERE form = ?1", forms)
}

fn each_met(db: &Connection, statement: &str, forms: &[DeclarationId]) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(statement).map_err(sql)?;
    for form in forms {
        statement.execute([form.0.as_bytes()]).map_err(sql)?;
    }
    Ok(())
}

/// Forms of others that were not looked over yet.
pub fn met(db: &Connection) -> Result<Vec<DeclarationId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT form FROM met").map_err(sql)?;
    let rows = statement.query_map([], |r| r.get(0)).map_err(sql)?;
    rows.map(|form| Ok(DeclarationId(Uuid::from_bytes(form.map_err(sql)?))))
        .collect()
}

/// Notes that tables were changed otherwise than by records: none of those there are can be undone row
/// by row any more.
pub fn forget_undo(db: &Connection) -> Result<(), StoreError> {
    let forget = "DELETE FROM undo";
    db.execute(forget, []).map_err(sql)?;
    let update = "UPDATE hub SET undoable = (SELECT last_idx FROM series WHERE id = ?1)";
    db.execute(update, [OWN_SERIES]).map(|_| ()).map_err(sql)
}
