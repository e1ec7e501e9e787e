//! The office's books against the last record of each entry.

use bm_app::StoreError;
use bm_app::book::Entry;
use bm_app::verification::{Difference, DifferenceCode as Code};
use rusqlite::Connection;
use uuid::Uuid;

use super::{Fresh, digest};
use crate::codec::{encode, sql};

/// What a row of a book and the words it is looked up by must say, as one digest.
fn sum(gate: &str, day: i32, open: bool, body: &str, words: &str) -> [u8; 32] {
    digest(&format!("{gate}\n{day}\n{open}\n{words}\n{body}"))
}

fn entry(code: Code, (book, id): &(String, Uuid)) -> Difference {
    Difference::new(code, id).with("book", book)
}

impl Fresh {
    /// Notes an entry as its newest record has it; a number is counted when it is first given.
    pub(super) fn take_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let heading = entry.heading();
        let mut words = heading.references.clone();
        words.sort();
        words.dedup();
        let day = heading.day.number();
        let body = encode(entry)?;
        let made = sum(heading.gate, day, heading.open, &body, &words.join("\n"));
        let key = (entry.book().word().to_owned(), heading.id);
        let is_new = self.books.insert(key, made).is_none();
        // An entry that two workstations made under one id took a number at each.
        if let Some(number) = heading
            .number
            .filter(|number| is_new || self.is_new(number))
        {
            self.check_number(number);
        }
        Ok(())
    }

    pub(super) fn compare_books(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT book, uuid, gate, day, open, body,
                COALESCE((SELECT group_concat(word, char(10)) FROM
                    (SELECT word FROM book_reference WHERE entry = e.id ORDER BY word)), '')
            FROM book_entry e";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let column = |at: usize| row.get::<_, String>(at).map_err(sql);
            let key = (column(0)?, Uuid::from_bytes(row.get(1).map_err(sql)?));
            let day = row.get(3).map_err(sql)?;
            let open = row.get(4).map_err(sql)?;
            let held = sum(&column(2)?, day, open, &column(5)?, &column(6)?);
            if self.books.remove(&key) != Some(held) {
                self.differ(entry(Code::BookEntry, &key));
            }
        }
        for key in std::mem::take(&mut self.books).into_keys() {
            self.differ(entry(Code::BookEntryMissing, &key));
        }
        let stray = "SELECT COUNT(*) FROM book_reference
            WHERE entry NOT IN (SELECT id FROM book_entry)";
        if super::count(db, stray)? > 0 {
            self.differ(Difference::new(Code::BookReference, ""));
        }
        Ok(())
    }
}
