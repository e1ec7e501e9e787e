//! Closed days: the totals and the digest each was closed with, made again from the records that came
//! before.
//!
//! A workstation closes a day by what it knows: the hub's order up to some place, and its own records.
//! What others had sent by then may come before the closing all the same. So the last records of others
//! are left out one after the other until the closing says what is left.

use std::collections::{BTreeMap, HashMap};

use bm_app::StoreError;
use bm_app::book::{Book, Entry};
use bm_app::close::ClosedDay;
use bm_app::event::{Correction, Declaration};
use bm_app::ports::DayTotals;
use bm_app::verification::{Difference, DifferenceCode as Code};
use bm_domain::BusinessDay;
use bm_domain::correction::amended;
use bm_domain::declaration::Direction;
use bm_domain::process::{Mark, Progress, Step};
use bm_domain::reconcile::listing::{EntryLine, FormLine, Listing};
use rusqlite::Connection;
use uuid::Uuid;

use super::Fresh;
use crate::codec::{encode, sql};
use crate::table::day_total::{Change, columns, delta, plus};
use crate::table::{declaration, listing};

/// Gate and day.
type Place = (String, i32);

/// What a record tells of a day that is closed later, also where it changed nothing in the order of
/// the hub: its workstation did not know that.
pub(super) enum Told {
    Registered(Box<Declaration>),
    Refused(Box<Declaration>),
    Corrected(Uuid, Correction, Mark),
    Step(Uuid, Step, Mark),
    Printed(Uuid),
    Entered(Book, Uuid, [u8; 32]),
}

/// The workstation that told it, and the chained hash of the record.
type By = ([u8; 16], [u8; 32]);

/// What the records say of days that were closed, up to each closing.
#[derive(Default)]
pub(super) struct Closings {
    /// How many closings of a day are still to come: two workstations may each close it.
    awaited: HashMap<Place, u32>,
    /// The record that is read.
    by: By,
    /// The days of the forms.
    days: HashMap<Uuid, Place>,
    told: HashMap<Place, Vec<(By, Told)>>,
}

/// A form as records leave it.
struct Form<'a> {
    line: FormLine,
    says: &'a Declaration,
    progress: Progress,
    stands: bool,
}

/// A day as records leave it.
#[derive(Default)]
struct Day<'a> {
    forms: BTreeMap<Uuid, Form<'a>>,
    entries: BTreeMap<(Book, Uuid), [u8; 32]>,
    import: DayTotals,
    export: DayTotals,
}

impl<'a> Day<'a> {
    fn of(told: impl Iterator<Item = &'a (By, Told)>) -> Self {
        let mut day = Self::default();
        for ((_, hash), what) in told {
            day.take(*hash, what);
        }
        day
    }

    fn add(&mut self, form: &Declaration, change: Change<'_>) {
        let sum = match form.draft.direction {
            Direction::Import => &mut self.import,
            Direction::Export => &mut self.export,
        };
        *sum = plus(*sum, 1, delta(form, change));
    }

    fn enter(&mut self, hash: [u8; 32], says: &'a Declaration, stands: bool) {
        let id = says.draft.id.0;
        if self.forms.contains_key(&id) {
            return;
        }
        let (status, change) = match stands {
            true => ("registered", Change::Registered),
            false => ("refused", Change::Refused),
        };
        self.add(says, change);
        let line = FormLine {
            id,
            number: says.number.clone(),
            status: status.to_owned(),
            record: hash,
            steps: None,
        };
        let form = Form {
            line,
            says,
            progress: Progress::default(),
            stands,
        };
        self.forms.insert(id, form);
    }

    fn take(&mut self, hash: [u8; 32], what: &'a Told) {
        match what {
            Told::Registered(form) => self.enter(hash, form, true),
            Told::Refused(form) => self.enter(hash, form, false),
            Told::Corrected(id, correction, mark) => self.correct(hash, *id, correction, mark),
            Told::Step(id, step, mark) => {
                let Some(form) = self.forms.get_mut(id) else {
                    return;
                };
                let is_release = *step == Step::Release;
                if is_release && (form.progress.released.is_some() || !form.stands) {
                    return;
                }
                form.progress = form.progress.clone().after(step, mark.clone());
                let says = form.says;
                if is_release {
                    self.add(says, Change::Released);
                }
            }
            Told::Printed(id) => {
                if let Some(form) = self.forms.get_mut(id) {
                    form.progress = form.progress.clone().printed_again();
                }
            }
            Told::Entered(book, id, body) => {
                self.entries.insert((*book, *id), *body);
            }
        }
    }

    fn correct(&mut self, hash: [u8; 32], id: Uuid, correction: &'a Correction, mark: &Mark) {
        let Some(form) = self.forms.get_mut(&id).filter(|form| form.stands) else {
            return;
        };
        let old = form.says;
        if let Correction::Amend(new) = correction {
            let (before, after) = ((&old.draft, &old.decision), (&new.draft, &new.decision));
            form.progress = amended(form.progress.clone(), before, after, mark);
            form.line.record = hash;
            form.says = new;
            self.add(new, Change::Amended(old));
            return;
        }
        let kind = correction.kind();
        let (status, returned) = declaration::ended(kind);
        listing::status(status, returned).clone_into(&mut form.line.status);
        form.stands = false;
        let released = form.progress.released.is_some();
        self.add(old, Change::Ended(kind, released));
    }

    fn has_totals_of(&self, closed: &ClosedDay) -> bool {
        let pairs = [(closed.import, self.import), (closed.export, self.export)];
        pairs.into_iter().all(|(said, made)| {
            let residents = said.residents;
            said == DayTotals { residents, ..made }
        })
    }

    fn digest(mut self, gate: &str, day: BusinessDay) -> Result<String, StoreError> {
        let mut made = Listing::default();
        for form in std::mem::take(&mut self.forms).into_values() {
            let steps = listing::steps(&form.progress)?;
            made.forms.push(FormLine { steps, ..form.line });
        }
        let entries = self.entries.into_iter();
        made.entries = entries
            .map(|((book, id), body)| EntryLine {
                book: book.word().to_owned(),
                id,
                body,
            })
            .collect();
        made.totals =
            [&mut self.import, &mut self.export].map(|totals| columns(totals).map(|n| *n).to_vec());
        Ok(made.digest(gate, day))
    }
}

impl Closings {
    /// Awaits the closings that the book of closed days tells of.
    pub(super) fn awaiting(db: &Connection) -> Result<Self, StoreError> {
        let query = "SELECT gate, day, count(*) FROM book_entry WHERE book = ?1 GROUP BY gate, day";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement.query_map([Book::ClosedDay.word()], |r| {
            Ok(((r.get(0)?, r.get(1)?), r.get(2)?))
        });
        let awaited = rows.and_then(Iterator::collect).map_err(sql)?;
        Ok(Self {
            awaited,
            ..Self::default()
        })
    }

    pub(super) const fn read(&mut self, workstation: [u8; 16], hash: [u8; 32]) {
        self.by = (workstation, hash);
    }

    /// Takes what a record tells of a form that was registered or refused.
    pub(super) fn take_form(&mut self, form: Box<Declaration>, stands: bool) {
        let place = (form.draft.gate.clone(), form.day().number());
        if !self.awaited.contains_key(&place) {
            return;
        }
        let id = form.draft.id.0;
        self.days.entry(id).or_insert_with(|| place.clone());
        let told = match stands {
            true => Told::Registered(form),
            false => Told::Refused(form),
        };
        self.told.entry(place).or_default().push((self.by, told));
    }

    /// Whether what becomes of a form matters to a closing.
    pub(super) fn awaits(&self, id: Uuid) -> bool {
        self.days.contains_key(&id)
    }

    /// Takes what a record tells of what became of a form.
    pub(super) fn take(&mut self, id: Uuid, told: Told) {
        let place = self.days.get(&id);
        if let Some(day) = place.and_then(|place| self.told.get_mut(place)) {
            day.push((self.by, told));
        }
    }

    pub(super) fn take_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if !listing::BOOKS.contains(&entry.book()) {
            return Ok(());
        }
        let heading = entry.heading();
        let place = (heading.gate.to_owned(), heading.day.number());
        if self.awaited.contains_key(&place) {
            let body = listing::body(&encode(entry)?);
            let told = Told::Entered(entry.book(), heading.id, body);
            self.told.entry(place).or_default().push((self.by, told));
        }
        Ok(())
    }

    /// What differs between a closing and what its workstation can have known; nothing when it is true.
    fn check(&self, place: &Place, closed: &ClosedDay) -> Result<Option<Code>, StoreError> {
        let told = self.told.get(place).map_or(&[][..], Vec::as_slice);
        let own = self.by.0;
        let others = told.iter().enumerate().rev();
        let others = others.filter(|(_, ((by, _), _))| *by != own);
        let mut found = Code::ClosingTotals;
        for end in [told.len()].into_iter().chain(others.map(|(at, _)| at)) {
            let (known, rest) = told.split_at(end);
            let rest = rest.iter().filter(|((by, _), _)| *by == own);
            let day = Day::of(known.iter().chain(rest));
            if !day.has_totals_of(closed) {
                continue;
            }
            let Some(said) = &closed.digest else {
                return Ok(None);
            };
            if day.digest(&closed.gate, closed.day)? == *said {
                return Ok(None);
            }
            found = Code::ClosingDigest;
        }
        Ok(Some(found))
    }
}

impl Fresh {
    /// A day is closed with the totals and the digest of what its workstation knew then.
    pub(super) fn take_closing(&mut self, closed: &ClosedDay) -> Result<(), StoreError> {
        let place = (closed.gate.clone(), closed.day.number());
        let found = self.closings.check(&place, closed)?;
        if let Some(code) = found {
            let row = format!("{}/{}", closed.gate, closed.day);
            self.differ(Difference::new(code, row));
        }
        let by = self.closings.by.0;
        let day = (closed.gate.clone(), closed.day);
        self.closed.entry(day).or_default().push(by);
        let awaited = self.closings.awaited.entry(place.clone()).or_default();
        *awaited = awaited.saturating_sub(1);
        if *awaited == 0 {
            self.closings.awaited.remove(&place);
            self.closings.told.remove(&place);
            self.closings.days.retain(|_, day| *day != place);
        }
        Ok(())
    }
}
