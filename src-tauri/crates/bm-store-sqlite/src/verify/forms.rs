//! Forms from their registration on: what they say, what was done on them, what became of them, and
//! the totals and quota that follow.

use std::collections::HashMap;

use bm_app::StoreError;
use bm_app::event::{Correction, Declaration};
use bm_app::verification::{Difference, DifferenceCode as Code};
use bm_domain::correction::amended;
use bm_domain::process::{Mark, Requirements, Step};
use bm_domain::{BusinessDay, DeclarationId};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use uuid::Uuid;

use super::Fresh;
use super::closing::Told;
use crate::codec::sql;
use crate::table::day_total::{Change, Totals, booked, delta, plus, quota_moved};
use crate::table::{declaration, price_point};

/// What became of a form that did not simply stay as it was registered.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// How and why it no longer stands.
    ended: Option<(&'static str, bool, String)>,
    /// The workstation that ended it.
    ended_by: Option<[u8; 16]>,
    /// The record of its last amendment.
    revised: Option<i64>,
    /// The other leg of its exchange.
    other_leg: Option<Uuid>,
    /// What it asks for since its last correction.
    asked: Option<Requirements>,
    /// Whether a correction left a difference.
    unsettled: bool,
}

/// A row of a form: status, returned, reason, revised, other leg, unsettled.
type Row = (
    String,
    bool,
    Option<String>,
    Option<i64>,
    Option<Uuid>,
    bool,
);

impl Fate {
    fn row(&self) -> Row {
        let (status, returned, reason) = match &self.ended {
            None => ("registered", false, None),
            Some((status, returned, reason)) => (*status, *returned, Some(reason.clone())),
        };
        let status = status.to_owned();
        let legs = (self.revised, self.other_leg);
        (status, returned, reason, legs.0, legs.1, self.unsettled)
    }

    /// Whether its row is that of a form that stayed as it was.
    fn is_plain(&self) -> bool {
        self.row() == Self::default().row()
    }
}

/// What a form asks for as it was registered or refused.
fn asked(form: &Declaration) -> Requirements {
    let asked = Requirements::of(&form.decision);
    if form.number.is_empty() {
        asked.ended()
    } else {
        asked
    }
}

/// A form whose record was altered may not be readable any more; the record has been named by then.
fn readable<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(form) => Ok(Some(form)),
        Err(StoreError::Damaged(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Fresh {
    pub(super) fn take_form(&mut self, form: &Declaration, at: DateTime<Utc>) {
        let draft = &form.draft;
        if let Some(other) = draft.exchange_of {
            self.fates.entry(draft.id.0).or_default().other_leg = Some(other.0);
            self.fates.entry(other.0).or_default().other_leg = Some(draft.id.0);
        }
        // A workstation may not have heard of a closing that comes before; its own it has.
        let closed = self.closed.get(&(draft.gate.clone(), form.day()));
        if closed.is_some_and(|closed| closed.contains(&self.now)) {
            self.differ(Difference::new(
                Code::FormOnClosedDay,
                super::form_name(form),
            ));
        }
        self.add(form, at, Change::Registered);
    }

    /// A form as its records leave it before the one that is read now.
    fn form(&self, db: &Connection, id: Uuid) -> Result<Option<Declaration>, StoreError> {
        let Some(revised) = self.fates.get(&id).and_then(|fate| fate.revised) else {
            return Ok(readable(declaration::as_registered(db, DeclarationId(id)))?.flatten());
        };
        // What can't be read of it has been told of by itself.
        Ok(declaration::by_record(db, revised).unwrap_or_default())
    }

    pub(super) fn take_correction(
        &mut self,
        db: &Connection,
        row: i64,
        id: Uuid,
        correction: Correction,
        reason: String,
        mark: &Mark,
    ) -> Result<(), StoreError> {
        if self.closings.awaits(id) {
            let told = Told::Corrected(id, correction.clone(), mark.clone());
            self.closings.take(id, told);
        }
        let ended = self.fates.get(&id).is_some_and(|fate| fate.ended.is_some());
        let registered = |form: &Declaration| !form.number.is_empty();
        let Some(old) = self.form(db, id)?.filter(registered).filter(|_| !ended) else {
            // A workstation may not have heard of an end that comes before; its own it has.
            let by = self.fates.get(&id).and_then(|fate| fate.ended_by);
            let heard = by.map_or(!self.repeated.contains(&id), |by| by == self.now);
            if heard {
                self.differ(Difference::new(Code::FormNotStanding, id));
            }
            return Ok(());
        };
        self.corrections.insert(row, id);
        let mut progress = self.progress.get(&id).cloned().unwrap_or_default();
        let released = progress.released.is_some();
        let kind = correction.kind();
        let asked = match &correction {
            Correction::Amend(new) => {
                let held = progress.clone();
                let before = (&old.draft, &old.decision);
                progress = amended(progress, before, (&new.draft, &new.decision), mark);
                if progress != held {
                    self.progress.insert(id, progress.clone());
                }
                self.add(new, mark.at, Change::Amended(&old));
                Requirements::of(&new.decision)
            }
            _ => {
                self.add(&old, mark.at, Change::Ended(kind, released));
                Requirements::of(&old.decision).ended()
            }
        };
        let now = self.now;
        let fate = self.fates.entry(id).or_default();
        if matches!(correction, Correction::Amend(_)) {
            fate.revised = Some(row);
        } else {
            let (status, returned) = declaration::ended(kind);
            fate.ended = Some((status, returned, reason));
            fate.ended_by = Some(now);
        }
        fate.unsettled = progress.is_unsettled(&asked);
        fate.asked = Some(asked);
        Ok(())
    }

    pub(super) fn take_step(
        &mut self,
        db: &Connection,
        id: Uuid,
        step: &Step,
        by: Mark,
    ) -> Result<(), StoreError> {
        if self.closings.awaits(id) {
            let told = Told::Step(id, step.clone(), by.clone());
            self.closings.take(id, told);
        }
        let at = by.at;
        let is_release = *step == Step::Release;
        let fate = self.fates.get(&id);
        let known = fate.and_then(|fate| fate.asked.clone());
        let ended = fate.is_some_and(|fate| fate.ended.is_some());
        let money = matches!(
            step,
            Step::Pay { .. } | Step::TakeBack { .. } | Step::Refund { .. }
        );
        // Only what moves money or lets goods go can leave a difference where nothing was corrected.
        let form = if is_release || (money && known.is_none()) {
            self.form(db, id)?
        } else {
            None
        };
        if is_release {
            let done = self
                .progress
                .get(&id)
                .is_some_and(|done| done.released.is_some());
            let refused = form.as_ref().is_some_and(|form| form.number.is_empty());
            if done || ended || refused {
                return Ok(());
            }
        }
        let progress = self.progress.remove(&id).unwrap_or_default();
        let progress = progress.after(step, by);
        if let Some(asked) = known.or_else(|| form.as_ref().map(asked)) {
            let unsettled = progress.is_unsettled(&asked);
            match self.fates.get_mut(&id) {
                Some(fate) => fate.unsettled = unsettled,
                None if unsettled => self.fates.entry(id).or_default().unsettled = true,
                None => {}
            }
        }
        self.progress.insert(id, progress);
        if is_release {
            match form {
                Some(form) => self.add(&form, at, Change::Released),
                None => self.differ(Difference::new(Code::FormNotHeld, id)),
            }
        }
        Ok(())
    }

    pub(super) fn add(&mut self, form: &Declaration, made: DateTime<Utc>, change: Change<'_>) {
        let draft = &form.draft;
        let is_closed = |day| Ok(self.closed.contains_key(&(draft.gate.clone(), day)));
        let booked = if self.closed.is_empty() {
            Ok((Totals::Day, form.day()))
        } else {
            booked(form.day(), BusinessDay::of(made), is_closed)
        };
        let (of, day) = booked.unwrap_or((Totals::Day, form.day()));
        let way = draft.direction.word().to_owned();
        let key = (of, draft.gate.clone(), day.number(), way);
        let sum = self.totals.entry(key).or_default();
        *sum = plus(*sum, 1, delta(form, change));
        for (form, sign) in price_point::moved(form, change) {
            self.prices.add(form, sign);
        }
        self.statistics.take(form, BusinessDay::of(made), change);
        for (person, (exempt, trips)) in quota_moved(form, change) {
            let key = (person.0, form.day().number());
            let used = self.quota.entry(key).or_default();
            used.0 += exempt;
            used.1 += trips;
        }
    }

    /// Where forms stand, and which records corrected them.
    pub(super) fn compare_fates(&mut self, db: &Connection) -> Result<(), StoreError> {
        // A form that was refused at once has been compared with its record.
        let query =
            "SELECT uuid, iif(number IS NULL, 'registered', status), returned, cancel_reason,
                revised, other_leg, unsettled
            FROM declaration WHERE (status <> 'registered' AND number IS NOT NULL)
            OR cancel_reason IS NOT NULL OR revised IS NOT NULL OR returned <> 0
            OR unsettled <> 0 OR other_leg IS NOT NULL";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement.query_map([], |r| {
            let leg: Option<[u8; 16]> = r.get(5)?;
            let leg = leg.map(Uuid::from_bytes);
            let row: Row = (r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, leg, r.get(6)?);
            Ok((Uuid::from_bytes(r.get(0)?), row))
        });
        let held: HashMap<Uuid, Row> = rows.and_then(Iterator::collect).map_err(sql)?;
        self.fates.retain(|_, fate| !fate.is_plain());
        for (id, row) in &held {
            if self.fates.remove(id).map(|fate| fate.row()).as_ref() != Some(row) {
                self.differ(Difference::new(Code::FormFate, id));
            }
        }
        for id in std::mem::take(&mut self.fates).into_keys() {
            self.differ(Difference::new(Code::FormFateMissing, id));
        }
        let query = "SELECT c.id, COALESCE(d.uuid, zeroblob(16)) FROM correction c
            LEFT JOIN declaration d ON d.id = c.declaration";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement.query_map([], |r| {
            Ok((r.get::<_, i64>(0)?, Uuid::from_bytes(r.get(1)?)))
        });
        for row in rows.map_err(sql)? {
            let (record, form) = row.map_err(sql)?;
            if self.corrections.remove(&record) != Some(form) {
                self.differ(Difference::new(Code::Correction, form));
            }
        }
        for form in std::mem::take(&mut self.corrections).into_values() {
            self.differ(Difference::new(Code::CorrectionMissing, form));
        }
        Ok(())
    }
}
