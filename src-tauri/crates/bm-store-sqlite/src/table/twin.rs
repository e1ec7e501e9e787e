//! Persons who may be one: workstations that could not hear of each other entered them apart, and
//! both name one paper.
//!
//! A paper stands under the person who was entered first among those who name it; each other one is
//! noted as a twin of that person, and that person as a twin of theirs. Nobody else has a row here.

use std::collections::BTreeSet;

use bm_app::StoreError;
use bm_domain::resident::{Paper, Resident};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::codec::{decode, sql};

/// The step that makes the table, which [`fill`] then fills.
pub const MIGRATION: &str = include_str!("../../migrations/0013_hub.sql");

/// The person with all twins, and theirs, by row.
pub fn group(db: &Connection, person: i64) -> Result<BTreeSet<i64>, StoreError> {
    let mut statement = db
        .prepare_cached("SELECT other FROM twin WHERE person = ?1")
        .map_err(sql)?;
    let mut group = BTreeSet::from([person]);
    let mut open = vec![person];
    while let Some(next) = open.pop() {
        let others = statement.query_map([next], |r| r.get(0)).map_err(sql)?;
        for other in others {
            let other = other.map_err(sql)?;
            if group.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(group)
}

/// The row of the person a paper stands under.
fn holder(db: &Connection, paper: &Paper) -> Result<Option<i64>, StoreError> {
    let query = "SELECT person FROM paper WHERE number = ?1 AND kind = ?2";
    let key = params![paper.number, paper.kind.word()];
    db.prepare_cached(query)
        .and_then(|mut s| s.query_row(key, |r| r.get(0)).optional())
        .map_err(sql)
}

fn run(
    db: &Connection,
    statement: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<usize, StoreError> {
    db.prepare_cached(statement)
        .and_then(|mut s| s.execute(values))
        .map_err(sql)
}

/// Puts the papers of a person who was just saved under that person, or notes whose they are.
pub fn settle(db: &Connection, row: i64, person: &Resident) -> Result<(), StoreError> {
    let mut all = group(db, row)?;
    for paper in &person.papers {
        if let Some(holder) = holder(db, paper)?.filter(|holder| !all.contains(holder)) {
            all.extend(group(db, holder)?);
        }
    }
    let alone = all.len() == 1;
    for row in &all {
        run(db, "DELETE FROM paper WHERE person = ?1", &[row])?;
        if !alone {
            run(db, "DELETE FROM twin WHERE person = ?1", &[row])?;
        }
    }
    if alone {
        return give(db, row, &person.papers);
    }
    for row in all {
        let query = "SELECT body FROM person WHERE id = ?1";
        let body: String = db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([row], |r| r.get(0)))
            .map_err(sql)?;
        give(db, row, &decode::<Resident>(&body)?.papers)?;
    }
    Ok(())
}

/// Puts papers under a person unless they stand under another.
fn give(db: &Connection, row: i64, papers: &[Paper]) -> Result<(), StoreError> {
    for paper in papers {
        let insert = "INSERT INTO paper (number, kind, person) VALUES (?1, ?2, ?3)
            ON CONFLICT (number, kind) DO NOTHING";
        let given = run(db, insert, &[&paper.number, &paper.kind.word(), &row])?;
        if given > 0 {
            continue;
        }
        if let Some(holder) = holder(db, paper)?.filter(|holder| *holder != row) {
            let insert = "INSERT INTO twin (person, other) VALUES (?1, ?2), (?2, ?1)
                ON CONFLICT DO NOTHING";
            run(db, insert, &[&row, &holder])?;
        }
    }
    Ok(())
}

/// Settles the papers of persons who name one that stands under another, in a database that was made
/// before there were twins.
pub fn fill(db: &Connection) -> Result<(), StoreError> {
    let query = "SELECT p.id, p.body FROM person p WHERE EXISTS (
            SELECT 1 FROM json_each(p.body, '$.papers') j WHERE NOT EXISTS (
                SELECT 1 FROM paper WHERE number = j.value ->> 'number'
                AND kind = j.value ->> 'kind' AND person = p.id))";
    let mut statement = db.prepare(query).map_err(sql)?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get::<_, String>(1)?)));
    let odd: Vec<(i64, String)> = rows.and_then(Iterator::collect).map_err(sql)?;
    for (row, body) in odd {
        settle(db, row, &decode(&body)?)?;
    }
    Ok(())
}

/// Who is noted as a twin of whom, for comparing.
pub fn all(db: &Connection) -> Result<BTreeSet<(Uuid, Uuid)>, StoreError> {
    let query = "SELECT COALESCE(p.uuid, zeroblob(16)), COALESCE(o.uuid, zeroblob(16)) FROM twin t
        LEFT JOIN person p ON p.id = t.person LEFT JOIN person o ON o.id = t.other";
    let mut statement = db.prepare(query).map_err(sql)?;
    let rows = statement.query_map([], |r| {
        Ok((Uuid::from_bytes(r.get(0)?), Uuid::from_bytes(r.get(1)?)))
    });
    rows.and_then(Iterator::collect).map_err(sql)
}
