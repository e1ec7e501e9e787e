//! Writing: a record is appended and every derived table follows in the same transaction.

use bm_app::StoreError;
use bm_app::event::{Declaration, Event, Record};
use bm_app::ports::{Status, Writer};
use bm_domain::DeclarationId;
use bm_domain::process::{Mark, Step};
use rusqlite::{Connection, params};

use crate::codec::{encode, sql};
use crate::table::day_total::{Change, delta};
use crate::table::{book, day_total, declaration, person, quota_use, record};

/// A transaction as the use cases see it.
pub struct Transaction<'a> {
    pub(crate) db: &'a Connection,
    /// Where records are appended; `None` in a transaction that only reads.
    head: Option<record::Head>,
}

impl<'a> Transaction<'a> {
    pub(crate) const fn reading(db: &'a Connection) -> Self {
        Self { db, head: None }
    }

    pub(crate) fn writing(db: &'a Connection) -> Result<Self, StoreError> {
        let head = Some(record::head(db)?);
        Ok(Self { db, head })
    }

    /// Ends the writing: notes where the series ends.
    pub(crate) fn seal(&self) -> Result<(), StoreError> {
        self.head
            .as_ref()
            .map_or(Ok(()), |head| record::note_head(self.db, head))
    }

    fn run(&self, statement: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), StoreError> {
        let done = self
            .db
            .prepare_cached(statement)
            .and_then(|mut s| s.execute(values));
        done.map(|_| ()).map_err(sql)
    }

    fn derive(&self, row: i64, record: &Record) -> Result<(), StoreError> {
        match &record.event {
            Event::Registered(form) => self.derive_form(row, form, Change::Registered),
            Event::Refused(form) => self.derive_form(row, form, Change::Refused),
            Event::Cancelled { id, reason } => self.derive_cancel(*id, reason),
            Event::StepTaken { id, step } => self.derive_step(*id, step, record),
            Event::FormPrinted { id, .. } => self.derive_print(*id),
            Event::PersonSaved { person, .. } => person::save(self.db, person),
            Event::Entered { entry, .. } => book::save(self.db, entry),
            Event::PersonViewed { .. } | Event::PeopleListed { .. } => Ok(()),
            Event::LawSaved { rows, .. } => {
                for row in rows {
                    let upsert = "INSERT OR REPLACE INTO law (key, body) VALUES (?1, ?2)";
                    self.run(upsert, &[&row.key(), &encode(row)?])?;
                }
                let count_up = "UPDATE meta SET value = CAST(value AS INTEGER) + 1
                    WHERE key = 'law_version'";
                self.run(count_up, &[])
            }
            Event::AccountSaved(account) => {
                let upsert = "INSERT OR REPLACE INTO account (name, body) VALUES (?1, ?2)";
                self.run(upsert, &[&account.name, &encode(account)?])
            }
        }
    }

    fn derive_form(&self, row: i64, form: &Declaration, change: Change) -> Result<(), StoreError> {
        let status = if change == Change::Refused {
            Status::Refused
        } else {
            Status::Registered
        };
        let person = person::row_id(self.db, form.person)?;
        declaration::insert(self.db, row, form, status, person)?;
        self.add_totals(form, person, change)
    }

    fn derive_cancel(&self, id: DeclarationId, reason: &str) -> Result<(), StoreError> {
        let (row, stored) = declaration::by_id(self.db, id)?
            .ok_or_else(|| StoreError::Damaged(format!("no form {id} to cancel")))?;
        declaration::cancel(self.db, row, reason)?;
        let person = person::row_id(self.db, stored.declaration.person)?;
        self.add_totals(&stored.declaration, person, Change::Cancelled)
    }

    fn derive_step(&self, id: DeclarationId, step: &Step, by: &Record) -> Result<(), StoreError> {
        let (row, stored) = declaration::by_id(self.db, id)?
            .ok_or_else(|| StoreError::Damaged(format!("no form {id} for a step")))?;
        let progress = stored.progress.after(step, mark(by));
        declaration::advance(self.db, row, &progress)?;
        if progress.released.is_some() {
            self.add_totals(&stored.declaration, None, Change::Released)?;
        }
        Ok(())
    }

    fn derive_print(&self, id: DeclarationId) -> Result<(), StoreError> {
        let (row, stored) = declaration::by_id(self.db, id)?
            .ok_or_else(|| StoreError::Damaged(format!("no form {id} to print")))?;
        declaration::advance(self.db, row, &stored.progress.printed_again())
    }

    fn add_totals(
        &self,
        form: &Declaration,
        person: Option<i64>,
        change: Change,
    ) -> Result<(), StoreError> {
        let draft = &form.draft;
        let moved = delta(form, change);
        day_total::add(self.db, &draft.gate, form.day(), draft.direction, &moved)?;
        let trips = moved.forms * i64::from(form.decision.counts_as_trip);
        match person {
            Some(person) if trips != 0 => {
                quota_use::add(self.db, person, form.day(), moved.exempt, trips)
            }
            _ => Ok(()),
        }
    }
}

/// Who took a step, and when.
pub fn mark(record: &Record) -> Mark {
    Mark {
        at: record.at,
        by: record.by.clone(),
    }
}

impl Writer for Transaction<'_> {
    fn next_number(&mut self, series: &str) -> Result<i64, StoreError> {
        let upsert = "INSERT INTO number_series (series, last) VALUES (?1, 1)
            ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last";
        self.db
            .prepare_cached(upsert)
            .and_then(|mut s| s.query_row(params![series], |r| r.get(0)))
            .map_err(sql)
    }

    fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        let payload = encode(record)?;
        let head = self
            .head
            .as_mut()
            .ok_or_else(|| StoreError::Broken("a reading transaction can't append".into()))?;
        let row = record::insert(self.db, head, record.id, &payload)?;
        self.derive(row, record)
    }
}
