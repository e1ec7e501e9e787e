//! The records that concern certain persons: those that name them, their forms, and what was entered
//! about these. No table lists them: they are asked for rarely, and every record is read then.

use std::collections::{BTreeSet, HashMap};

use bm_app::StoreError;
use bm_app::event::{Correction, Event, Record};
use bm_app::ports::Show;
use bm_domain::PersonId;
use rusqlite::Connection;
use uuid::Uuid;

use crate::codec::{self, sql};

/// Records read at a time, so that what is done with them may write.
const AT_A_TIME: i64 = 2_000;

/// A number shorter than this names nobody by itself, in characters: it may be an amount.
const NUMBER_LEAST: usize = 8;

/// A record as it is stored.
pub struct Stored {
    /// Its row.
    pub row: i64,
    /// The workstation it comes from.
    pub series: Uuid,
    /// Where it stands in the series of that workstation.
    pub index: i64,
    /// Its text.
    pub text: String,
}

impl Stored {
    /// What it says.
    pub fn record(&self) -> Result<Record, StoreError> {
        codec::record(&self.text).map_err(|error| StoreError::Damaged(error.to_string()))
    }
}

/// Shows every record to `each`, in the order they were written.
pub fn each(
    db: &Connection,
    mut each: impl FnMut(Stored) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let query = "SELECT r.id, s.uuid, r.idx, r.payload FROM record r
        JOIN series s ON s.id = r.series WHERE r.id > ?1 ORDER BY r.id LIMIT ?2";
    let mut last = 0;
    loop {
        let mut statement = db.prepare_cached(query).map_err(sql)?;
        let rows = statement.query_map([last, AT_A_TIME], |r| {
            Ok(Stored {
                row: r.get(0)?,
                series: Uuid::from_bytes(r.get(1)?),
                index: r.get(2)?,
                text: r.get(3)?,
            })
        });
        let read: Vec<Stored> = rows.and_then(Iterator::collect).map_err(sql)?;
        drop(statement);
        let Some(end) = read.last() else {
            return Ok(());
        };
        last = end.row;
        for stored in read {
            each(stored)?;
        }
    }
}

/// Which words name which of the persons asked for. A word is what stands between quotes: an id or
/// the number of a paper.
pub struct Subjects {
    words: HashMap<String, BTreeSet<PersonId>>,
}

impl Subjects {
    /// Of these persons nothing but their ids is known yet.
    pub fn of(persons: &BTreeSet<PersonId>) -> Self {
        let words = persons
            .iter()
            .map(|id| (id.to_string(), BTreeSet::from([*id])));
        Self {
            words: words.collect(),
        }
    }

    /// The persons a text names by one of their words.
    pub fn named(&self, text: &str) -> BTreeSet<PersonId> {
        let words = text.split('"').filter_map(|word| self.words.get(word));
        words.flatten().copied().collect()
    }

    /// Takes a number or an id as one that names these persons.
    pub fn learn(&mut self, word: &str, who: &BTreeSet<PersonId>) {
        let known = self.words.entry(word.to_owned()).or_default();
        known.extend(who);
    }

    /// Takes what a record that names `who` adds: papers, forms, entries about them.
    pub fn follow(&mut self, record: &Record, who: &BTreeSet<PersonId>) {
        let own = |id: PersonId| BTreeSet::from([id]).intersection(who).copied().collect();
        match &record.event {
            Event::PersonSaved { person, .. } => {
                let who: BTreeSet<_> = own(person.id);
                let long = |number: &&str| number.len() >= NUMBER_LEAST;
                let numbers = person.papers.iter().map(|paper| paper.number.as_str());
                for number in numbers.filter(long).filter(|_| !who.is_empty()) {
                    self.learn(number, &who);
                }
            }
            Event::Registered(form) | Event::Refused(form) => {
                let who: BTreeSet<_> = own(form.person);
                if !who.is_empty() {
                    self.learn(&form.draft.id.to_string(), &who);
                }
            }
            Event::Entered { entry, .. } => {
                let id = entry.heading().id.to_string();
                self.learn(&id, who);
            }
            _ => {}
        }
    }
}

/// Shows the records that concern these persons to `each`, with whom each concerns, the oldest first.
pub fn records(
    db: &Connection,
    persons: &BTreeSet<PersonId>,
    show: &mut Show<'_>,
) -> Result<(), StoreError> {
    let mut subjects = Subjects::of(persons);
    each(db, |stored| {
        let who = subjects.named(&stored.text);
        if who.is_empty() {
            return Ok(());
        }
        let record = stored.record()?;
        subjects.follow(&record, &who);
        show(&who, &record)
    })
}

/// The form a record tells of whole.
pub fn form_of(event: &mut Event) -> Option<&mut bm_app::event::Declaration> {
    match event {
        Event::Registered(form) | Event::Refused(form) => Some(form),
        Event::Corrected(made) => match &mut made.correction {
            Correction::Amend(form) => Some(form),
            _ => None,
        },
        _ => None,
    }
}
