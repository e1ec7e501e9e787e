//! The records of a gate's day, as the digest of a closed day lists them.

use bm_app::StoreError;
use bm_app::book::Book;
use bm_domain::BusinessDay;
use bm_domain::declaration::Direction;
use bm_domain::process::Progress;
use bm_domain::reconcile::listing::{EntryLine, FormLine, Listing};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::codec::{decode, encode, sql};
use crate::table::day_total::{self, Totals};

/// The books whose entries belong to a day.
pub const BOOKS: [Book; 5] = [
    Book::Receipt,
    Book::CashSession,
    Book::CashRefund,
    Book::BarrierCount,
    Book::Settlement,
];

/// Where a form stands, in a word.
pub fn status(status: &str, returned: bool) -> &str {
    if returned { "returned" } else { status }
}

/// SHA-256 of the steps taken on a form; none when none was.
pub fn steps(progress: &Progress) -> Result<Option<[u8; 32]>, StoreError> {
    if *progress == Progress::default() {
        return Ok(None);
    }
    Ok(Some(body(&encode(progress)?)))
}

/// SHA-256 of an entry as it is kept.
pub fn body(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// What a gate's day holds now.
pub fn of_day(db: &Connection, gate: &str, day: BusinessDay) -> Result<Listing, StoreError> {
    let mut listing = Listing {
        forms: forms(db, gate, day)?,
        ..Listing::default()
    };
    for book in BOOKS {
        listing.entries.extend(entries(db, book, gate, day)?);
    }
    for (way, numbers) in [Direction::Import, Direction::Export]
        .into_iter()
        .zip(&mut listing.totals)
    {
        let mut held = day_total::held(db, Totals::Day, gate, day, way)?;
        *numbers = day_total::columns(&mut held).map(|n| *n).to_vec();
    }
    Ok(listing)
}

fn forms(db: &Connection, gate: &str, day: BusinessDay) -> Result<Vec<FormLine>, StoreError> {
    let query = "SELECT d.uuid, COALESCE(d.number, ''), d.status, d.returned, r.hash, d.progress
        FROM declaration d JOIN record r ON r.id = COALESCE(d.revised, d.id)
        WHERE d.gate = ?1 AND d.day = ?2";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![gate, day.number()], |r| {
            let word: String = r.get(2)?;
            let line = FormLine {
                id: Uuid::from_bytes(r.get(0)?),
                number: r.get(1)?,
                status: status(&word, r.get(3)?).to_owned(),
                record: r.get(4)?,
                steps: None,
            };
            Ok((line, r.get::<_, Option<String>>(5)?))
        })
        .map_err(sql)?;
    rows.map(|row| {
        let (line, progress) = row.map_err(sql)?;
        let progress: Option<Progress> = progress.map(|text| decode(&text)).transpose()?;
        let steps = steps(&progress.unwrap_or_default())?;
        Ok(FormLine { steps, ..line })
    })
    .collect()
}

fn entries(
    db: &Connection,
    book: Book,
    gate: &str,
    day: BusinessDay,
) -> Result<Vec<EntryLine>, StoreError> {
    let query = "SELECT uuid, body FROM book_entry
        WHERE book = ?1 AND gate = ?2 AND open IN (0, 1) AND day = ?3";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let key = params![book.word(), gate, day.number()];
    let rows = statement
        .query_map(key, |r| {
            Ok(EntryLine {
                book: book.word().to_owned(),
                id: Uuid::from_bytes(r.get(0)?),
                body: body(&r.get::<_, String>(1)?),
            })
        })
        .map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}
