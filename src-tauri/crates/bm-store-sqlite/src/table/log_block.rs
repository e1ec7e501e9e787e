//! When the records of each block of rows were written. A block gets its row when it is whole, so
//! that one append in [`SIZE`] writes one more; a clock that jumped makes a block wider, no record is
//! missed.

use bm_app::StoreError;
use rusqlite::{Connection, OptionalExtension, params};

use crate::codec::sql;

/// Rows of a block.
pub const SIZE: i64 = 512;

/// Seconds since 1970 at which a record was written; a record that can't be read has none.
macro_rules! written {
    () => {
        "CASE WHEN json_valid(payload) THEN unixepoch(json_extract(payload, '$.at')) END"
    };
}

/// The block a row stands in, from 1.
pub const fn of(row: i64) -> i64 {
    (row - 1) / SIZE + 1
}

/// The first row of a block.
pub const fn first_row(block: i64) -> i64 {
    (block - 1) * SIZE + 1
}

/// Notes the block that a row makes whole.
pub fn note(db: &Connection, row: i64) -> Result<(), StoreError> {
    if row % SIZE != 0 {
        return Ok(());
    }
    let insert = concat!(
        "INSERT INTO log_block (block, first, last)
            SELECT ?1, COALESCE(min(at), 0), COALESCE(max(at), 0) FROM
            (SELECT ",
        written!(),
        " AS at FROM record WHERE id > ?2 AND id <= ?3)"
    );
    db.prepare_cached(insert)
        .and_then(|mut s| s.execute(params![of(row), row - SIZE, row]))
        .map(|_| ())
        .map_err(sql)
}

/// Notes every whole block, for a database that was made before there were any.
pub fn fill(db: &Connection) -> Result<(), StoreError> {
    let insert = concat!(
        "INSERT INTO log_block (block, first, last)
            SELECT (id - 1) / ?1 + 1, COALESCE(min(at), 0), COALESCE(max(at), 0) FROM
            (SELECT id, ",
        written!(),
        " AS at FROM record) GROUP BY (id - 1) / ?1 HAVING count(*) = ?1"
    );
    db.execute(insert, [SIZE]).map(|_| ()).map_err(sql)
}

/// The newest block up to `block` with a record written from `from` on and before `to`; the block
/// that is not whole yet, whatever it holds.
pub fn before(db: &Connection, block: i64, from: i64, to: i64) -> Result<Option<i64>, StoreError> {
    let whole: i64 = db
        .prepare_cached("SELECT COALESCE(MAX(block), 0) FROM log_block")
        .and_then(|mut s| s.query_row([], |r| r.get(0)))
        .map_err(sql)?;
    if block > whole {
        return Ok(Some(block));
    }
    let query = "SELECT block FROM log_block
        WHERE block <= ?1 AND last >= ?2 AND first < ?3 ORDER BY block DESC LIMIT 1";
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row([block, from, to], |r| r.get(0)).optional())
        .map_err(sql)
}

/// The newest row before `row` whose record was written before `to`, in seconds.
pub fn last_before(db: &Connection, row: i64, to: i64) -> Result<Option<i64>, StoreError> {
    let query = concat!(
        "SELECT id FROM record WHERE id >= ?1 AND id < ?2 AND ",
        written!(),
        " < ?3 ORDER BY id DESC LIMIT 1"
    );
    let mut high = row;
    while high > 1 {
        let Some(block) = before(db, of(high - 1), i64::MIN, to)? else {
            return Ok(None);
        };
        let low = first_row(block);
        let found = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([low, high, to], |r| r.get(0)).optional())
            .map_err(sql)?;
        if found.is_some() {
            return Ok(found);
        }
        high = low;
    }
    Ok(None)
}

/// The times of every whole block, for comparing.
pub fn all(db: &Connection) -> Result<Vec<(i64, i64, i64)>, StoreError> {
    let query = "SELECT block, first, last FROM log_block ORDER BY block";
    let mut statement = db.prepare(query).map_err(sql)?;
    let rows = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}
