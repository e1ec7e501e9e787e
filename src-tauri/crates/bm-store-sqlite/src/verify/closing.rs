//! Closed days: the digest each was closed with, made again from the records that came before.

use std::collections::{BTreeMap, HashMap, HashSet};

use bm_app::StoreError;
use bm_app::book::{Book, Entry};
use bm_app::close::ClosedDay;
use bm_app::event::{Correction, Declaration};
use bm_domain::BusinessDay;
use bm_domain::reconcile::listing::{EntryLine, FormLine, Listing};
use rusqlite::Connection;
use uuid::Uuid;

use super::Fresh;
use crate::codec::{encode, sql};
use crate::table::day_total::{Totals, columns};
use crate::table::{declaration, listing};

/// Gate and day.
type Place = (String, i32);

/// What the records say of days that were closed, up to each closing.
#[derive(Default)]
pub(super) struct Closings {
    /// Days whose closing is still to come.
    awaited: HashSet<Place>,
    /// Chained hash of the record that is read.
    hash: [u8; 32],
    forms: HashMap<Uuid, FormLine>,
    of_day: HashMap<Place, Vec<Uuid>>,
    entries: HashMap<Place, BTreeMap<(Book, Uuid), [u8; 32]>>,
}

impl Closings {
    /// Awaits the closings that the book of closed days tells of.
    pub(super) fn awaiting(db: &Connection) -> Result<Self, StoreError> {
        let query = "SELECT gate, day FROM book_entry WHERE book = ?1";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement.query_map([Book::ClosedDay.word()], |r| Ok((r.get(0)?, r.get(1)?)));
        let awaited = rows.and_then(Iterator::collect).map_err(sql)?;
        Ok(Self {
            awaited,
            ..Self::default()
        })
    }

    pub(super) const fn read(&mut self, hash: [u8; 32]) {
        self.hash = hash;
    }

    pub(super) fn take_form(&mut self, form: &Declaration, status: &str) {
        let place = (form.draft.gate.clone(), form.day().number());
        if !self.awaited.contains(&place) {
            return;
        }
        let line = FormLine {
            id: form.draft.id.0,
            number: form.number.clone(),
            status: status.to_owned(),
            record: self.hash,
            steps: None,
        };
        self.of_day.entry(place).or_default().push(line.id);
        self.forms.insert(line.id, line);
    }

    pub(super) fn take_correction(&mut self, id: Uuid, correction: &Correction) {
        let Some(line) = self.forms.get_mut(&id) else {
            return;
        };
        if matches!(correction, Correction::Amend(_)) {
            line.record = self.hash;
        } else {
            let (status, returned) = declaration::ended(correction.kind());
            listing::status(status, returned).clone_into(&mut line.status);
        }
    }

    pub(super) fn take_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if !listing::BOOKS.contains(&entry.book()) {
            return Ok(());
        }
        let heading = entry.heading();
        let place = (heading.gate.to_owned(), heading.day.number());
        if self.awaited.contains(&place) {
            let body = listing::body(&encode(entry)?);
            let key = (entry.book(), heading.id);
            self.entries.entry(place).or_default().insert(key, body);
        }
        Ok(())
    }
}

impl Fresh {
    /// The digest of a closing is that of what the records said then.
    pub(super) fn compare_digest(&mut self, closed: &ClosedDay) -> Result<(), StoreError> {
        let place = (closed.gate.clone(), closed.day.number());
        self.closings.awaited.remove(&place);
        let ids = self.closings.of_day.remove(&place).unwrap_or_default();
        let entries = self.closings.entries.remove(&place).unwrap_or_default();
        let mut made = Listing::default();
        for id in ids {
            if let Some(line) = self.closings.forms.remove(&id) {
                let progress = self.progress.get(&id).cloned().unwrap_or_default();
                let steps = listing::steps(&progress)?;
                made.forms.push(FormLine { steps, ..line });
            }
        }
        let lines = entries.into_iter().map(|((book, id), body)| EntryLine {
            book: book.word().to_owned(),
            id,
            body,
        });
        made.entries.extend(lines);
        for (way, numbers) in ["import", "export"].iter().zip(&mut made.totals) {
            let key = (Totals::Day, place.0.clone(), place.1, (*way).to_owned());
            let mut totals = self.totals.get(&key).copied().unwrap_or_default();
            *numbers = columns(&mut totals).map(|n| *n).to_vec();
        }
        let day = BusinessDay::from_number(place.1).unwrap_or(closed.day);
        let digest = made.digest(&place.0, day);
        if closed.digest.as_ref().is_some_and(|said| *said != digest) {
            self.differ(format!(
                "closing of {} day {}: its digest is not that of its records",
                place.0, place.1
            ));
        }
        Ok(())
    }
}
