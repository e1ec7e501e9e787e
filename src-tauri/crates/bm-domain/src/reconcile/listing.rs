//! What the digest of a closed day is made over: a listing that any copy of the records can write
//! again, line by line.
//!
//! ```text
//! bienmau close 1
//! gate MONGCAI
//! day 2026-11-24
//! form <id> <number, or -> <status> <hash of the record that says what it says> <SHA-256 of its steps, or ->
//! entry <book> <id> <SHA-256 of the entry>
//! totals import <numbers>
//! totals export <numbers>
//! ```
//!
//! The books are `barrier_count`, `cash_refund`, `cash_session`, `receipt` and `settlement`. The numbers are forms, value, exempt, excess, duty, excise, environment tax, VAT, fee (VND), weight
//! (grams), refused, cancelled, released, returned, amended. Every line ends with a line feed. Forms and entries are sorted by what they begin with. The digest
//! is the SHA-256 of the listing in UTF-8, in hexadecimal digits.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::calendar::BusinessDay;

/// Version of the listing; another order of lines is another version.
pub const VERSION: u32 = 1;

/// A form of the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormLine {
    /// Its id.
    pub id: Uuid,
    /// Its number; empty when it was refused at once.
    pub number: String,
    /// Where it stands, in a word.
    pub status: String,
    /// Chained hash of the record that says what it says now.
    pub record: [u8; 32],
    /// SHA-256 of the steps taken on it, as they are kept; none when none was.
    pub steps: Option<[u8; 32]>,
}

/// An entry of one of the day's books: receipts, drawers, counts, settlements and the like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryLine {
    /// The book.
    pub book: String,
    /// Its id.
    pub id: Uuid,
    /// SHA-256 of the entry as it is kept.
    pub body: [u8; 32],
}

/// The day's records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Forms.
    pub forms: Vec<FormLine>,
    /// Entries of books.
    pub entries: Vec<EntryLine>,
    /// Totals: import, export.
    pub totals: [Vec<i64>; 2],
}

impl Listing {
    /// The listing as text.
    #[must_use]
    pub fn text(&self, gate: &str, day: BusinessDay) -> String {
        let mut forms = self.forms.clone();
        forms.sort();
        let mut entries = self.entries.clone();
        entries.sort();
        let mut lines = vec![
            format!("bienmau close {VERSION}"),
            format!("gate {gate}"),
            format!("day {day}"),
        ];
        for form in forms {
            let number = match form.number.as_str() {
                "" => "-",
                number => number,
            };
            let steps = form.steps.map_or_else(|| "-".to_owned(), |sum| hex(&sum));
            let (id, status, record) = (form.id, form.status, hex(&form.record));
            lines.push(format!("form {id} {number} {status} {record} {steps}"));
        }
        for entry in entries {
            let (book, id, body) = (entry.book, entry.id, hex(&entry.body));
            lines.push(format!("entry {book} {id} {body}"));
        }
        for (way, totals) in ["import", "export"].iter().zip(&self.totals) {
            let numbers: Vec<String> = totals.iter().map(ToString::to_string).collect();
            lines.push(format!("totals {way} {}", numbers.join(" ")));
        }
        lines.iter().fold(String::new(), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        })
    }

    /// The digest of the listing, in hexadecimal digits.
    #[must_use]
    pub fn digest(&self, gate: &str, day: BusinessDay) -> String {
        sha256(&self.text(gate, day))
    }
}

/// SHA-256 of a text, in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
