//! Lines counted by goods, place, month and class of price, kept up to date form by form.

use std::collections::BTreeMap;

use bm_app::StoreError;
use bm_app::event::Declaration;
use bm_app::ports::PriceQuery;
use bm_domain::price::{class_of, month_of};
use rusqlite::{Connection, params};

use crate::codec::sql;
use crate::table::day_total::Change;
use crate::table::declaration;

/// The step that makes the table, which [`fill`] then fills.
pub const MIGRATION: &str = include_str!("../../migrations/0006_price_points.sql");

/// Code, unit and price class of each line that has a price.
pub fn points(form: &Declaration) -> impl Iterator<Item = (u32, &str, i32)> {
    let lines = form.draft.lines.iter().zip(&form.decision.lines);
    lines.filter_map(|(line, decided)| {
        let class = class_of(decided.value, line.quantity)?;
        Some((line.hs.number(), line.unit.as_str(), class))
    })
}

/// Counts the lines of a form, or with a negative `sign` no longer.
pub fn add(db: &Connection, form: &Declaration, sign: i64) -> Result<(), StoreError> {
    let upsert = "INSERT INTO price_point (gate, direction, month, hs, unit, class, lines)
        VALUES (?1, ?4, ?5, ?2, ?3, ?6, ?7)
        ON CONFLICT DO UPDATE SET lines = lines + excluded.lines";
    let mut statement = db.prepare_cached(upsert).map_err(sql)?;
    let (gate, way) = (&form.draft.gate, form.draft.direction.word());
    let month = month_of(form.day());
    for (hs, unit, class) in points(form) {
        statement
            .execute(params![gate, hs, unit, way, month, class, sign])
            .map_err(sql)?;
    }
    if sign > 0 {
        return Ok(());
    }
    // What nothing is left of leaves no row, as if it had never been counted.
    let empty = "DELETE FROM price_point WHERE gate = ?1 AND hs = ?2 AND unit = ?3
        AND direction = ?4 AND month = ?5 AND class = ?6 AND lines = 0";
    let mut statement = db.prepare_cached(empty).map_err(sql)?;
    for (hs, unit, class) in points(form) {
        statement
            .execute(params![gate, hs, unit, way, month, class])
            .map_err(sql)?;
    }
    Ok(())
}

/// Lines by class of price.
pub fn counts(db: &Connection, of: &PriceQuery<'_>) -> Result<BTreeMap<i32, u64>, StoreError> {
    let query = "SELECT class, lines FROM price_point
        WHERE gate = ?1 AND direction = ?2 AND month = ?3 AND hs = ?4 AND unit = ?5";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let mut counts = BTreeMap::new();
    for month in of.months.0..=of.months.1 {
        let way = of.direction.word();
        let key = params![of.gate, way, month, of.hs.number(), of.unit];
        let mut rows = statement.query(key).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let (class, lines) = (row.get(0).map_err(sql)?, row.get(1).map_err(sql)?);
            let lines: i64 = lines;
            *counts.entry(class).or_default() += u64::try_from(lines).unwrap_or_default();
        }
    }
    Ok(counts)
}

/// What a change of a form does to the counts: forms whose lines are counted, each with its sign.
/// An amended form counts as it stands then, and no longer as it stood before.
pub fn moved<'a>(form: &'a Declaration, change: Change<'a>) -> Vec<(&'a Declaration, i64)> {
    match change {
        Change::Registered => vec![(form, 1)],
        Change::Ended(..) => vec![(form, -1)],
        Change::Amended(before) => vec![(form, 1), (before, -1)],
        Change::Refused | Change::Released => Vec::new(),
    }
}

/// Fills the table from the forms that stand, for a database that was made before it.
pub fn fill(db: &Connection) -> Result<(), StoreError> {
    declaration::each_standing(db, |form| add(db, form, 1))
}
