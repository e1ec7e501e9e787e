//! Writing: a record is appended and every derived table follows in the same transaction.

use std::collections::BTreeSet;

use bm_app::StoreError;
use bm_app::event::{Correction, Declaration, Event, Record, RedactedRecord};
use bm_app::ports::{Status, StoredDeclaration, Writer};
use bm_domain::correction::amended;
use bm_domain::process::{Mark, Requirements, Step};
use bm_domain::{BusinessDay, DeclarationId, PersonId};
use rusqlite::{Connection, params};

use crate::codec::{encode, sql};
use crate::redact;
use crate::replica::undo;
use crate::table::day_total::{Change, Totals, booked, delta, quota_moved};
use crate::table::{
    book, day_total, declaration, log_block, person, price_point, quota_use, record, statistic,
    trail,
};

/// A transaction as the use cases see it.
pub struct Transaction<'a> {
    pub(crate) db: &'a Connection,
    /// Where records are appended; `None` in a transaction that only reads.
    head: Option<record::Head>,
    /// Whether texts of records were replaced.
    pub(crate) redacted: bool,
    /// Whether a hub has been joined.
    joined: bool,
    /// Whether records come in the order of a hub: any may follow what its workstation had not heard of.
    ordered: bool,
}

impl<'a> Transaction<'a> {
    pub(crate) const fn reading(db: &'a Connection) -> Self {
        Self {
            db,
            head: None,
            redacted: false,
            joined: false,
            ordered: false,
        }
    }

    /// Takes records in the order of a hub; they are put into their rows by others.
    pub(crate) const fn ordering(db: &'a Connection) -> Self {
        Self {
            ordered: true,
            ..Self::reading(db)
        }
    }

    pub(crate) fn writing(db: &'a Connection) -> Result<Self, StoreError> {
        let (head, joined) = record::head(db)?;
        if joined {
            undo::note_from(db, head.last().0)?;
        }
        Ok(Self {
            head: Some(head),
            joined,
            ..Self::reading(db)
        })
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

    /// Brings every derived table up to date with the record in a row.
    pub(crate) fn follow(&self, row: i64, record: &Record) -> Result<(), StoreError> {
        trail::note(self.db, row, &record.event)?;
        log_block::note(self.db, row)?;
        self.derive(row, record)
    }

    fn derive(&self, row: i64, record: &Record) -> Result<(), StoreError> {
        match &record.event {
            Event::Registered(form) => self.derive_form(row, form, record, Change::Registered),
            Event::Refused(form) => self.derive_form(row, form, record, Change::Refused),
            Event::Cancelled { id, reason } => {
                self.derive_correction(row, *id, &Correction::Cancel, reason, record)
            }
            Event::Corrected(made) => {
                self.derive_correction(row, made.id, &made.correction, &made.reason, record)
            }
            Event::StepTaken { id, step } => self.derive_step(*id, step, record),
            Event::FormPrinted { id, .. } => self.derive_print(*id),
            Event::PersonSaved { person, .. } => person::save(self.db, person),
            Event::Entered { entry, .. } => book::save(self.db, entry),
            Event::PersonViewed { .. }
            | Event::PeopleListed { .. }
            | Event::PeopleRevealed { .. }
            // Its texts were replaced before it was written.
            | Event::Redacted(_) => Ok(()),
            Event::LawSaved { rows, removed, .. } => {
                for key in removed {
                    self.run("DELETE FROM law WHERE key = ?1", &[key])?;
                }
                for row in rows {
                    let upsert = "INSERT INTO law (key, body) VALUES (?1, ?2)
                        ON CONFLICT (key) DO UPDATE SET body = excluded.body";
                    self.run(upsert, &[&row.key(), &encode(row)?])?;
                }
                let count_up = "UPDATE meta SET value = CAST(value AS INTEGER) + 1
                    WHERE key = 'law_version'";
                self.run(count_up, &[])
            }
            Event::AccountSaved(account) => {
                let upsert = "INSERT INTO account (name, body) VALUES (?1, ?2)
                    ON CONFLICT (name) DO UPDATE SET body = excluded.body";
                self.run(upsert, &[&account.name, &encode(account)?])
            }
        }
    }

    fn derive_form(
        &self,
        row: i64,
        form: &Declaration,
        record: &Record,
        change: Change<'_>,
    ) -> Result<(), StoreError> {
        if self.ordered && declaration::row_of(self.db, form.draft.id)?.is_some() {
            // Two workstations were given the same form: what the first made of it holds.
            return Ok(());
        }
        let stands = matches!(change, Change::Registered);
        let status = if stands {
            Status::Registered
        } else {
            Status::Refused
        };
        let person = person::row_id(self.db, form.person)?;
        declaration::insert(self.db, row, form, status, person)?;
        if let (true, Some(other)) = (stands, form.draft.exchange_of) {
            declaration::link(self.db, form.draft.id, other)?;
        }
        self.add_totals(form, person, record, change)
    }

    fn form(&self, id: DeclarationId) -> Result<(i64, StoredDeclaration), StoreError> {
        declaration::by_id(self.db, id)?
            .ok_or_else(|| StoreError::Damaged(format!("no form {id} for what follows it")))
    }

    fn derive_correction(
        &self,
        row: i64,
        id: DeclarationId,
        correction: &Correction,
        reason: &str,
        record: &Record,
    ) -> Result<(), StoreError> {
        let (at, mut stored) = self.form(id)?;
        if stored.status != Status::Registered {
            // Another workstation had ended it, which this one had not heard of.
            return Ok(());
        }
        declaration::note_correction(self.db, at, row)?;
        if let Correction::Amend(form) = correction {
            let person = person::row_id(self.db, form.person)?;
            let old = &stored.declaration;
            let before = (&old.draft, &old.decision);
            let after = (&form.draft, &form.decision);
            let progress = amended(stored.progress.clone(), before, after, &mark(record));
            declaration::revise(self.db, at, row)?;
            let unsettled = progress.is_unsettled(&Requirements::of(&form.decision));
            let was_unsettled = stored.progress.is_unsettled(&stored.requirements());
            if progress != stored.progress || unsettled != was_unsettled {
                declaration::advance(self.db, at, &progress, unsettled)?;
            }
            return self.add_totals(form, person, record, Change::Amended(old));
        }
        let person = person::row_id(self.db, stored.declaration.person)?;
        let kind = correction.kind();
        let released = stored.progress.released.is_some();
        stored.status = Status::Cancelled;
        let unsettled = stored.progress.is_unsettled(&stored.requirements());
        declaration::end(self.db, at, kind, reason, unsettled)?;
        let ended = Change::Ended(kind, released);
        self.add_totals(&stored.declaration, person, record, ended)
    }

    fn derive_step(&self, id: DeclarationId, step: &Step, by: &Record) -> Result<(), StoreError> {
        let (row, stored) = self.form(id)?;
        let counts = stored.status == Status::Registered && stored.progress.released.is_none();
        if *step == Step::Release && !counts {
            // Another workstation had released or ended it, which this one had not heard of.
            return Ok(());
        }
        let progress = stored.progress.clone().after(step, mark(by));
        let unsettled = progress.is_unsettled(&stored.requirements());
        declaration::advance(self.db, row, &progress, unsettled)?;
        if *step == Step::Release {
            self.add_totals(&stored.declaration, None, by, Change::Released)?;
        }
        Ok(())
    }

    /// What a released form counts for, from its release on.
    fn count(
        &self,
        form: &Declaration,
        on: BusinessDay,
        change: Change<'_>,
    ) -> Result<(), StoreError> {
        let id = form.draft.id.0;
        let known = statistic::commune(self.db, id)?;
        let moved = statistic::moved(form, change, known.is_some());
        let commune = match known {
            Some(commune) => commune,
            None if moved.is_empty() => return Ok(()),
            None => {
                let person = person::by_id(self.db, form.person)?;
                let commune = person.map(|person| person.commune).unwrap_or_default();
                statistic::note_commune(self.db, id, &commune)?;
                commune
            }
        };
        for (form, sign) in moved {
            statistic::add(self.db, form, on, &commune, sign)?;
        }
        Ok(())
    }

    fn derive_print(&self, id: DeclarationId) -> Result<(), StoreError> {
        let (row, stored) = self.form(id)?;
        let unsettled = stored.progress.is_unsettled(&stored.requirements());
        let progress = stored.progress.printed_again();
        declaration::advance(self.db, row, &progress, unsettled)
    }

    fn add_totals(
        &self,
        form: &Declaration,
        person: Option<i64>,
        record: &Record,
        change: Change<'_>,
    ) -> Result<(), StoreError> {
        let draft = &form.draft;
        // A closed day takes no new form, so that registering need not ask a second time; in the order
        // of a hub a form may follow a closing that its workstation had not heard of.
        let (to, day) = if matches!(change, Change::Registered) && !self.ordered {
            (Totals::Day, form.day())
        } else {
            let is_closed = |day| book::is_closed(self.db, &draft.gate, day);
            booked(form.day(), BusinessDay::of(record.at), is_closed)?
        };
        let moved = delta(form, change);
        day_total::add(self.db, to, &draft.gate, day, draft.direction, &moved)?;
        for (form, sign) in price_point::moved(form, change) {
            price_point::add(self.db, form, sign)?;
        }
        if !matches!(change, Change::Registered | Change::Refused) {
            self.count(form, BusinessDay::of(record.at), change)?;
        }
        for (of, (exempt, trips)) in quota_moved(form, change) {
            let person = match of == form.person {
                true => person,
                false => person::row_id(self.db, of)?,
            };
            if let Some(person) = person {
                quota_use::add(self.db, person, form.day(), exempt, trips)?;
            }
        }
        Ok(())
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

    fn pseudonymise(
        &mut self,
        persons: &BTreeSet<PersonId>,
    ) -> Result<Vec<RedactedRecord>, StoreError> {
        if self.joined {
            let why = "persons can't be pseudonymised while a hub is joined";
            return Err(StoreError::Broken(why.into()));
        }
        self.redacted = true;
        redact::persons(self.db, persons)
    }

    fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        let payload = encode(record)?;
        let head = self
            .head
            .as_mut()
            .ok_or_else(|| StoreError::Broken("a reading transaction can't append".into()))?;
        let row = record::insert(self.db, head, record.id, &payload)?;
        self.follow(row, record)
    }
}
