//! Two hundred edits of the stored records and of what is derived from them, made past the program by
//! someone who has the key: each is found, and of records the first altered one is named.

use bm_host::{Office as Opened, Verified};
use rusqlite::{Connection, params};

use crate::office::{Chance, Office};
use crate::tamper::{COLUMNS, copy, edit, lived_in};

/// How many edits are made.
const EDITS: usize = 200;
/// Printed when a test fails: the same seed makes the same edits.
const SEED: u64 = 202_611;

fn verify(folder: &std::path::Path) -> Verified {
    Opened::verify(folder, &[], &mut |_, _| ()).expect("the database can be read")
}

/// What was edited; for a record the index of the first that is not as it was written.
struct Edited {
    what: String,
    first: Option<i64>,
}

fn run(database: &Connection, statement: &str, values: &[&dyn rusqlite::ToSql]) {
    let done = database.execute(statement, values);
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// The value of a column of a record with one byte changed to another letter or digit.
fn flip(database: &Connection, column: &str, index: i64, chance: &mut Chance) {
    let query = format!("SELECT CAST({column} AS BLOB) FROM record WHERE idx = ?1");
    let mut bytes: Vec<u8> = database
        .query_row(&query, [index], |r| r.get(0))
        .expect("a record");
    loop {
        let at = chance.below(bytes.len());
        let new = b"0123456789abcdefXYZ\"{}:,"[chance.below(24)];
        // A letter of several bytes is left whole, so that the text stays a text.
        let fits = column != "payload" || bytes[at].is_ascii();
        if fits && bytes[at] != new {
            bytes[at] = new;
            break;
        }
    }
    let value: Box<dyn rusqlite::ToSql> = if column == "payload" {
        Box::new(String::from_utf8(bytes).expect("UTF-8"))
    } else {
        Box::new(bytes)
    };
    let update = format!("UPDATE record SET {column} = ?2 WHERE idx = ?1");
    run(database, &update, &[&index, &value]);
}

fn count(rows: i64) -> usize {
    usize::try_from(rows).expect("a count")
}

/// One edit of a record.
fn edit_record(database: &Connection, last: i64, chance: &mut Chance) -> Edited {
    let index = i64::try_from(1 + chance.below(count(last))).expect("small");
    let other = 1 + index % last;
    let (low, high) = (index.min(other), index.max(other));
    let (what, first) = match chance.below(8) {
        0 | 1 => {
            flip(database, "payload", index, chance);
            ("a byte of the payload", index)
        }
        2 => {
            flip(database, "hash", index, chance);
            ("a byte of the hash", index)
        }
        3 => {
            flip(database, "uuid", index, chance);
            ("a byte of the id", index)
        }
        4 => {
            let moved = "UPDATE record SET idx = idx + 1000000 WHERE idx = ?1";
            run(database, moved, &[&index]);
            ("the index", index)
        }
        5 => {
            let swap = "UPDATE record SET payload =
                (SELECT payload FROM record o WHERE o.idx = CASE record.idx WHEN ?1 THEN ?2 ELSE ?1 END)
                WHERE idx IN (?1, ?2)";
            run(database, swap, &[&low, &high]);
            ("payloads of two rows swapped", low)
        }
        6 => {
            run(database, "DELETE FROM record WHERE idx = ?1", &[&index]);
            ("a row deleted", index)
        }
        _ => {
            let insert = "INSERT INTO record (id, series, idx, uuid, payload, hash)
                SELECT ?2, series, ?2, uuid, payload, hash FROM record WHERE idx = ?1";
            run(database, insert, &[&index, &(last + 1)]);
            ("a copy put in", last + 1)
        }
    };
    Edited {
        what: format!("{what}, record {index}"),
        first: Some(first),
    }
}

/// One edit of a derived row; `None` where the database itself would not have it.
fn edit_derived(database: &Connection, chance: &mut Chance) -> Option<Edited> {
    let (table, columns) = COLUMNS[1 + chance.below(COLUMNS.len() - 1)];
    let what = if chance.below(3) == 0 {
        let rows: i64 = database
            .query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |r| r.get(0))
            .expect("counted");
        let at = chance.below(count(rows));
        let key = columns.join(", ");
        let delete = format!(
            "DELETE FROM {table} WHERE ({key}) IS (SELECT {key} FROM {table} LIMIT 1 OFFSET {at})"
        );
        run(database, &delete, params![]);
        format!("a row of {table} deleted")
    } else {
        let column = columns[chance.below(columns.len())];
        edit(database, table, column, chance)?
    };
    Some(Edited { what, first: None })
}

#[test]
fn two_hundred_edits_are_found_and_the_first_altered_record_is_named() {
    let office: Office = lived_in();
    let mut chance = Chance::new(SEED);
    let last: i64 = office
        .database()
        .query_row("SELECT MAX(idx) FROM record", [], |r| r.get(0))
        .expect("records");
    let (mut made, mut of_records) = (0, 0);
    while made < EDITS {
        let (folder, database) = copy(&office);
        database
            .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            .expect("set");
        let edited = if chance.below(5) < 3 {
            Some(edit_record(&database, last, &mut chance))
        } else {
            edit_derived(&database, &mut chance)
        };
        drop(database);
        let Some(Edited { what, first }) = edited else {
            continue;
        };
        made += 1;
        of_records += usize::from(first.is_some());
        let found = verify(folder.path()).found;
        let about = format!("seed {SEED}, edit {made}, {what}: {:?}", found.differences);
        assert!(!found.differences.is_empty(), "{about}");
        let named = found.first_altered.map(|record| record.index);
        assert_eq!(named, first, "{about}");
    }
    assert!(of_records >= EDITS / 2, "{of_records} edits of records");
    assert!(verify(&office.data()).is_clean());
}
