//! Records in the order of the hub, and the own ones after it: the tail.

use std::collections::HashMap;

use bm_app::StoreError;
use bm_app::event::{Event, Record};
use bm_app::sync::{Arrived, Link, TakeError, Taken};
use bm_domain::DeclarationId;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{broken, undo};
use crate::codec::{self, sql};
use crate::table::hub::{self, Joined};
use crate::table::record::{self, Head};
use crate::writer::Transaction;

/// The order, while records are taken.
pub struct Order<'a> {
    db: &'a Connection,
    derived: Transaction<'a>,
    joined: Joined,
    own: Head,
    others: HashMap<Uuid, Head>,
    /// The row the next record comes into.
    row: i64,
    /// Own records after this index were undone and set aside.
    aside: i64,
    taken: Taken,
    /// Forms of others among what was taken.
    met: Vec<DeclarationId>,
}

impl<'a> Order<'a> {
    /// Looks where the order has come to.
    pub fn open(db: &'a Connection) -> Result<Self, StoreError> {
        let joined = hub::held(db)?.ok_or_else(|| broken("no hub is joined"))?;
        // What others wrote is never undone.
        undo::stop(db)?;
        Ok(Self {
            db,
            derived: Transaction::ordering(db),
            joined,
            own: record::head(db)?.0,
            others: HashMap::new(),
            row: record::last_row(db)? + 1,
            aside: i64::MAX,
            taken: Taken::default(),
            met: Vec::new(),
        })
    }

    /// Those not read before.
    fn fresh<'b>(&self, arrived: &'b [Arrived]) -> impl Iterator<Item = &'b Arrived> + use<'b> {
        let position = self.joined.cursor.position;
        arrived
            .iter()
            .skip_while(move |one| one.position <= position)
    }

    /// Whether all were read before.
    pub fn is_read(&self, arrived: &[Arrived]) -> bool {
        self.fresh(arrived).next().is_none()
    }

    /// How many own records of the tail come first.
    fn leading(&self, arrived: &[Arrived]) -> i64 {
        let (own, passed) = (self.own.workstation(), self.joined.passed);
        let tail = (passed + 1..=self.own.last().0).zip(self.fresh(arrived));
        let first = tail.take_while(|(index, one)| one.series == own && one.index == *index);
        i64::try_from(first.count()).unwrap_or(i64::MAX)
    }

    /// Whether records of others come before own ones that are held.
    pub fn has_to_undo(&self, arrived: &[Arrived]) -> bool {
        let own = self.own.workstation();
        let leading = self.leading(arrived);
        let others = self.fresh(arrived).any(|one| one.series != own);
        others && self.joined.passed + leading < self.own.last().0
    }

    /// Takes records that all come after what is held.
    pub fn follow(mut self, arrived: &[Arrived]) -> Result<Taken, TakeError> {
        self.take(arrived)?;
        let start = if self.joined.passed == self.own.last().0 {
            self.joined.undoable = self.joined.passed;
            i64::MAX
        } else {
            undo::start(self.db, self.joined.passed)?
        };
        undo::forget_before(self.db, start)?;
        Ok(self.end()?)
    }

    /// Takes records of which some come before the tail.
    pub fn reorder(mut self, arrived: &[Arrived]) -> Result<Taken, TakeError> {
        if !self.has_to_undo(arrived) {
            return self.follow(arrived);
        }
        let kept = self.joined.passed + self.leading(arrived);
        let from = if kept >= self.joined.undoable {
            undo::start(self.db, kept)?
        } else {
            kept
        };
        let first = record::own_row(self.db, from + 1)?;
        let first = first.ok_or_else(|| StoreError::Damaged("the tail is not held".into()))?;
        if self.row - first != self.own.last().0 - from {
            let what = "records of others stand in the tail";
            return Err(StoreError::Damaged(what.into()).into());
        }
        if kept >= self.joined.undoable {
            undo::undo(self.db, from)?;
            undo::forget_before(self.db, i64::MAX)?;
        } else {
            self.rebuild(first - 1)?;
        }
        record::set_aside(self.db, first - 1)?;
        self.row = first;
        self.aside = from;
        for index in from + 1..=self.joined.passed {
            self.put_back(index)?;
        }
        self.take(arrived)?;
        undo::note_from(self.db, self.joined.passed)?;
        for index in self.joined.passed + 1..=self.own.last().0 {
            self.put_back(index)?;
        }
        undo::stop(self.db)?;
        self.joined.undoable = self.joined.passed;
        Ok(self.end()?)
    }

    /// Derives every table again from the records up to a row.
    pub fn rebuild(&self, last: i64) -> Result<(), StoreError> {
        undo::empty(self.db)?;
        let query = "SELECT id, payload FROM record WHERE id <= ?1 ORDER BY id";
        let mut statement = self.db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([last]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let text = row.get_ref(1).map_err(sql)?.as_str().unwrap_or_default();
            self.derive(row.get(0).map_err(sql)?, text)?;
        }
        Ok(())
    }

    fn derive(&self, row: i64, text: &str) -> Result<(), StoreError> {
        let read = codec::record(text).map_err(|error| StoreError::Damaged(error.to_string()))?;
        self.derived.follow(row, &read)
    }

    fn take(&mut self, arrived: &[Arrived]) -> Result<(), TakeError> {
        let own = self.own.workstation();
        for one in self.fresh(arrived) {
            if one.series == own {
                self.take_own(one)?;
            } else {
                self.take_other(one)?;
            }
            self.joined.cursor.position = one.position;
            self.joined.cursor.hash = one.hash;
        }
        Ok(())
    }

    /// Notes where everything ends.
    fn end(self) -> Result<Taken, StoreError> {
        hub::note_met(self.db, &self.met)?;
        for head in self.others.values().chain([&self.own]) {
            record::note_head(self.db, head)?;
        }
        hub::note(self.db, &self.joined)?;
        Ok(self.taken)
    }

    /// Puts an own record that was set aside where it belongs now.
    fn put_back(&mut self, index: i64) -> Result<(), StoreError> {
        let text = record::put_back(self.db, index, self.row)?;
        self.derive(self.row, &text)?;
        self.row += 1;
        Ok(())
    }

    fn take_own(&mut self, one: &Arrived) -> Result<(), TakeError> {
        let (index, last) = (one.index, self.own.last().0);
        if index <= last {
            if record::hash_at(self.db, &self.own, index)? != Some(one.hash) {
                return Err(forked(one));
            }
            if index <= self.joined.passed {
                return Ok(());
            }
        }
        if index != self.joined.passed + 1 {
            return Err(hole(one));
        }
        if index > last {
            let link = link(one)?;
            if !self.own.chains(&link) {
                return Err(forged(one));
            }
            let read = readable(&link)?;
            record::put(self.db, &mut self.own, self.row, &link)?;
            self.derived.follow(self.row, &read)?;
            self.count_number(&read.event)?;
            self.row += 1;
            self.taken.restored += 1;
        } else if index > self.aside {
            self.put_back(index)?;
        }
        self.joined.passed = index;
        self.joined.sent = self.joined.sent.max(index);
        Ok(())
    }

    fn take_other(&mut self, one: &Arrived) -> Result<(), TakeError> {
        if !self.others.contains_key(&one.series) {
            let head = record::head_of(self.db, one.series)?;
            self.others.insert(one.series, head);
        }
        let Some(head) = self.others.get_mut(&one.series) else {
            return Err(hole(one));
        };
        if one.index <= head.last().0 {
            let same = record::hash_at(self.db, head, one.index)? == Some(one.hash);
            return if same { Ok(()) } else { Err(forked(one)) };
        }
        if one.index != head.last().0 + 1 {
            return Err(hole(one));
        }
        let link = link(one)?;
        if !head.chains(&link) {
            return Err(forged(one));
        }
        let read = readable(&link)?;
        record::put(self.db, head, self.row, &link)?;
        self.derived.follow(self.row, &read)?;
        self.count_number(&read.event)?;
        self.row += 1;
        self.taken.foreign += 1;
        let form = match &read.event {
            Event::Registered(form) => Some(form.draft.id),
            Event::Corrected(made) => Some(made.id),
            Event::Cancelled { id, .. } => Some(*id),
            _ => None,
        };
        self.met.extend(form);
        Ok(())
    }

    /// A number that was given elsewhere is not given again here: a workstation may take the place of
    /// one that was lost.
    fn count_number(&self, event: &Event) -> Result<(), StoreError> {
        let number = match event {
            Event::Registered(form) => Some(form.number.as_str()),
            Event::Entered { entry, .. } => entry.heading().number,
            _ => None,
        };
        let parts = number.and_then(|number| number.rsplit_once('-'));
        let Some((series, Ok(serial))) = parts.map(|(s, n)| (s, n.parse::<i64>())) else {
            return Ok(());
        };
        let upsert = "INSERT INTO number_series (series, last) VALUES (?1, ?2)
            ON CONFLICT (series) DO UPDATE SET last = MAX(last, excluded.last)";
        self.db
            .prepare_cached(upsert)
            .and_then(|mut s| s.execute(params![series, serial]))
            .map(|_| ())
            .map_err(sql)
    }
}

/// A record that is not held, as it was sent; one without its text would leave a hole.
fn link(one: &Arrived) -> Result<Link, TakeError> {
    let (id, payload) = one.body.clone().ok_or_else(|| hole(one))?;
    Ok(Link {
        series: one.series,
        index: one.index,
        id,
        payload,
        hash: one.hash,
    })
}

/// What a record says that is not held yet; a newer program may say what this one can't read.
fn readable(link: &Link) -> Result<Record, StoreError> {
    codec::record(&link.payload).map_err(|error| {
        let (index, series) = (link.index, link.series);
        broken(format!("record {index} of {series} can't be read: {error}"))
    })
}

const fn hole(one: &Arrived) -> TakeError {
    let (series, index) = (one.series, one.index);
    TakeError::Hole { series, index }
}

const fn forged(one: &Arrived) -> TakeError {
    let (series, index) = (one.series, one.index);
    TakeError::Forged { series, index }
}

const fn forked(one: &Arrived) -> TakeError {
    let (series, index) = (one.series, one.index);
    TakeError::Forked { series, index }
}
