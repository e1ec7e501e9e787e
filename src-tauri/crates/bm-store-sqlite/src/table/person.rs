//! Persons, their papers, and the words of their names.

use std::collections::HashMap;

use bm_app::StoreError;
use bm_domain::resident::{PaperKind, Resident};
use bm_domain::{BusinessDay, PersonId, text};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::codec::{decode, encode, sql};
use crate::table::twin;

/// Row id of a person.
pub fn row_id(db: &Connection, id: PersonId) -> Result<Option<i64>, StoreError> {
    db.prepare_cached("SELECT id FROM person WHERE uuid = ?1")
        .and_then(|mut s| s.query_row([id.0.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)
}

/// Enters a person or replaces what is held of them.
pub fn save(db: &Connection, person: &Resident) -> Result<(), StoreError> {
    let folded = text::fold(&person.name);
    let born = BusinessDay::new(person.born).number();
    let upsert = "INSERT INTO person (uuid, folded, born, body) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (uuid) DO UPDATE
        SET folded = excluded.folded, born = excluded.born, body = excluded.body
        RETURNING id";
    let body = encode(person)?;
    let id: i64 = db
        .prepare_cached(upsert)
        .and_then(|mut s| {
            s.query_row(params![person.id.0.as_bytes(), folded, born, body], |r| {
                r.get(0)
            })
        })
        .map_err(sql)?;
    let run = |statement: &str, values: &[&dyn rusqlite::ToSql]| {
        db.prepare_cached(statement)
            .and_then(|mut s| s.execute(values))
            .map_err(sql)
    };
    twin::settle(db, id, person)?;
    run("DELETE FROM person_name WHERE rowid = ?1", &[&id])?;
    run(
        "INSERT INTO person_name (rowid, folded) VALUES (?1, ?2)",
        &[&id, &folded],
    )?;
    Ok(())
}

/// A person by id.
pub fn by_id(db: &Connection, id: PersonId) -> Result<Option<Resident>, StoreError> {
    let body: Option<String> = db
        .prepare_cached("SELECT body FROM person WHERE uuid = ?1")
        .and_then(|mut s| s.query_row([id.0.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)?;
    body.map(|body| decode(&body)).transpose()
}

/// Persons with a paper of that number.
pub fn by_number(
    db: &Connection,
    kind: Option<PaperKind>,
    number: &str,
) -> Result<Vec<Resident>, StoreError> {
    let query = "SELECT DISTINCT p.body FROM paper JOIN person p ON p.id = paper.person
        WHERE paper.number = ?1 AND (?2 IS NULL OR paper.kind = ?2)";
    bodies(db, query, &[&number, &kind.map(PaperKind::word)])
}

/// Persons whose folded name has words beginning with each of `words`.
pub fn by_name(db: &Connection, words: &[String], limit: u32) -> Result<Vec<Resident>, StoreError> {
    let all = prefixes(words);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let query = "SELECT p.body FROM person p WHERE p.id IN
        (SELECT rowid FROM person_name WHERE person_name MATCH ?1 LIMIT ?2)";
    bodies(db, query, &[&all, &limit])
}

/// The same among those born in a year: the limit falls on those who are both.
pub fn by_name_and_year(
    db: &Connection,
    words: &[String],
    year: u16,
    limit: u32,
) -> Result<Vec<Resident>, StoreError> {
    let all = prefixes(words);
    let day = |month, day| NaiveDate::from_ymd_opt(i32::from(year), month, day);
    let (Some(first), Some(last), false) = (day(1, 1), day(12, 31), all.is_empty()) else {
        return Ok(Vec::new());
    };
    let [first, last] = [first, last].map(|day| BusinessDay::new(day).number());
    let query = "SELECT p.body FROM person p WHERE p.id IN
        (SELECT id FROM person WHERE born BETWEEN ?3 AND ?4
         INTERSECT SELECT rowid FROM person_name WHERE person_name MATCH ?1 LIMIT ?2)";
    bodies(db, query, &[&all, &limit, &first, &last])
}

/// Words as the index is asked for them: each begins a word of the name.
fn prefixes(words: &[String]) -> String {
    let quoted = words
        .iter()
        .map(|w| format!("\"{}\"*", w.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" AND ")
}

fn bodies(
    db: &Connection,
    query: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Resident>, StoreError> {
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(values, |r| r.get::<_, String>(0))
        .map_err(sql)?;
    rows.map(|body| decode(&body.map_err(sql)?)).collect()
}

/// Persons of that name and birth.
pub fn namesakes(
    db: &Connection,
    name: &str,
    born: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let query = "SELECT uuid FROM person WHERE born = ?1 AND folded = ?2";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let born = BusinessDay::new(born).number();
    let rows = statement
        .query_map(params![born, text::fold(name)], |r| r.get::<_, [u8; 16]>(0))
        .map_err(sql)?;
    rows.map(|id| Ok(PersonId(Uuid::from_bytes(id.map_err(sql)?))))
        .collect()
}

/// All twins of a person, and theirs, by id.
pub fn twins(db: &Connection, id: PersonId) -> Result<Vec<PersonId>, StoreError> {
    let Some(row) = row_id(db, id)? else {
        return Ok(Vec::new());
    };
    let mut statement = db
        .prepare_cached("SELECT uuid FROM person WHERE id = ?1")
        .map_err(sql)?;
    let others = twin::group(db, row)?.into_iter().filter(|one| *one != row);
    let mut twins = others
        .map(|other| {
            let uuid = statement.query_row([other], |r| r.get(0)).map_err(sql)?;
            Ok(PersonId(Uuid::from_bytes(uuid)))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    twins.sort_unstable();
    Ok(twins)
}

/// Persons with papers and without a form since that day.
pub fn quiet(db: &Connection, since: BusinessDay) -> Result<Vec<PersonId>, StoreError> {
    let query = "SELECT uuid FROM person p
        WHERE (EXISTS (SELECT 1 FROM paper WHERE person = p.id)
            OR EXISTS (SELECT 1 FROM twin WHERE person = p.id))
        AND NOT EXISTS (SELECT 1 FROM declaration WHERE person = p.id AND day >= ?1)";
    let mut statement = db.prepare(query).map_err(sql)?;
    let rows = statement
        .query_map([since.number()], |r| r.get::<_, [u8; 16]>(0))
        .map_err(sql)?;
    rows.map(|id| Ok(PersonId(Uuid::from_bytes(id.map_err(sql)?))))
        .collect()
}

/// Every person by the row it stands in.
pub fn rows(db: &Connection) -> Result<HashMap<i64, Uuid>, StoreError> {
    let mut statement = db.prepare("SELECT id, uuid FROM person").map_err(sql)?;
    let rows = statement
        .query_map([], |r| Ok((r.get(0)?, Uuid::from_bytes(r.get(1)?))))
        .map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}
