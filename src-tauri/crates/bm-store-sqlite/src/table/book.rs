//! Entries of the office's books, as they stand, with what each is looked up by.

use bm_app::StoreError;
use bm_app::book::{Book, Entry, EntryFilter};
use bm_domain::BusinessDay;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use uuid::Uuid;

use crate::codec::{decode, encode, sql};

/// Enters an entry, or puts it in place of what it was.
pub fn save(db: &Connection, entry: &Entry) -> Result<(), StoreError> {
    let heading = entry.heading();
    let upsert = "INSERT INTO book_entry (book, uuid, gate, day, open, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (book, uuid) DO UPDATE
        SET gate = ?3, day = ?4, open = ?5, body = ?6 RETURNING id";
    let values = params![
        entry.book().word(),
        heading.id.as_bytes(),
        heading.gate,
        heading.day.number(),
        heading.open,
        encode(entry)?
    ];
    let row: i64 = db
        .prepare_cached(upsert)
        .and_then(|mut s| s.query_row(values, |r| r.get(0)))
        .map_err(sql)?;
    db.prepare_cached("DELETE FROM book_reference WHERE entry = ?1")
        .and_then(|mut s| s.execute([row]))
        .map_err(sql)?;
    let mut insert = db
        .prepare_cached("INSERT OR IGNORE INTO book_reference (entry, word) VALUES (?1, ?2)")
        .map_err(sql)?;
    for word in &heading.references {
        insert.execute(params![row, word]).map_err(sql)?;
    }
    Ok(())
}

/// An entry by its id.
pub fn by_id(db: &Connection, book: Book, id: Uuid) -> Result<Option<Entry>, StoreError> {
    let query = "SELECT body FROM book_entry WHERE book = ?1 AND uuid = ?2";
    let body: Option<String> = db
        .prepare_cached(query)
        .and_then(|mut s| {
            s.query_row(params![book.word(), id.as_bytes()], |r| r.get(0))
                .optional()
        })
        .map_err(sql)?;
    body.map(|body| decode(&body)).transpose()
}

/// Entries, the newest first.
pub fn list(db: &Connection, book: Book, filter: &EntryFilter) -> Result<Vec<Entry>, StoreError> {
    let word = book.word();
    let mut query = "SELECT body FROM book_entry e WHERE book = ?".to_owned();
    let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(word)];
    if let Some(reference) = &filter.reference {
        // The unary plus leaves the index to the words, of which each has few entries.
        query = "SELECT body FROM book_reference r JOIN book_entry e ON e.id = r.entry
            WHERE r.word = ? AND +e.book = ?"
            .to_owned();
        values.insert(0, Box::new(reference.clone()));
    }
    if let Some(gate) = &filter.gate {
        query += " AND e.gate = ?";
        values.push(Box::new(gate.clone()));
    }
    if let Some(open) = filter.open {
        query += " AND e.open = ?";
        values.push(Box::new(open));
    }
    if let Some((from, to)) = filter.days {
        // Both states by name, so that the days are looked up and not searched for.
        if filter.open.is_none() {
            query += " AND e.open IN (0, 1)";
        }
        query += " AND e.day BETWEEN ? AND ?";
        values.push(Box::new(from.number()));
        values.push(Box::new(to.number()));
    }
    query += " ORDER BY e.day DESC, e.id DESC LIMIT ?";
    values.push(Box::new(filter.limit.map_or(-1, i64::from)));
    let mut statement = db.prepare_cached(&query).map_err(sql)?;
    let values = rusqlite::params_from_iter(values.iter());
    let rows = statement
        .query_map(values, |r| r.get::<_, String>(0))
        .map_err(sql)?;
    rows.map(|body| decode(&body.map_err(sql)?)).collect()
}

/// Whether a gate's day is closed.
pub fn is_closed(db: &Connection, gate: &str, day: BusinessDay) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM book_entry
        WHERE book = ?1 AND gate = ?2 AND open = 0 AND day = ?3 LIMIT 1";
    let key = params![Book::ClosedDay.word(), gate, day.number()];
    db.prepare_cached(query)
        .and_then(|mut s| s.exists(key))
        .map_err(sql)
}
