//! What released forms count for against the records of their release and their corrections.

use std::collections::HashMap;

use bm_app::StoreError;
use bm_app::event::Declaration;
use bm_app::verification::{Difference, DifferenceCode as Code};
use bm_domain::BusinessDay;
use bm_domain::resident::Resident;
use bm_domain::statistics::{Amounts, Fact};
use rusqlite::Connection;
use uuid::Uuid;

use super::Fresh;
use crate::codec::sql;
use crate::table::day_total::Change;
use crate::table::statistic::{each, facts, moved, parts};

/// Entered, registered, code; gate, direction, country, unit and commune by number.
type Key = ((i32, i32, u32), [u32; 5]);

/// Counted afresh. The few words there are stand once.
#[derive(Default)]
pub(super) struct Statistics {
    words: HashMap<String, u32>,
    rows: HashMap<Key, Amounts>,
    /// Where persons live.
    residents: HashMap<Uuid, u32>,
    /// The commune each released form counts for.
    forms: HashMap<Uuid, u32>,
}

impl Statistics {
    fn word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.insert(word.to_owned(), next);
        next
    }

    fn text(&self, number: u32) -> String {
        let held = self.words.iter().find(|(_, held)| **held == number);
        held.map(|(word, _)| word.clone()).unwrap_or_default()
    }

    pub(super) fn lives(&mut self, person: &Resident) {
        let commune = self.word(&person.commune);
        self.residents.insert(person.id.0, commune);
    }

    fn key(&mut self, fact: &Fact) -> Key {
        let (hs, country, unit) = parts(fact.item.as_ref());
        let words = [
            &fact.gate,
            fact.direction.word(),
            country,
            unit,
            &fact.commune,
        ];
        let words = words.map(|word| self.word(word));
        ((fact.entered.number(), fact.registered.number(), hs), words)
    }

    pub(super) fn take(&mut self, form: &Declaration, on: BusinessDay, change: Change<'_>) {
        let id = form.draft.id.0;
        let released = self.forms.contains_key(&id);
        let moved = moved(form, change, released);
        if moved.is_empty() {
            return;
        }
        let none = self.word("");
        let lives = self.residents.get(&form.person.0).copied().unwrap_or(none);
        let commune = *self.forms.entry(id).or_insert(lives);
        let commune = self.text(commune);
        for (form, sign) in moved {
            for fact in facts(form, on, &commune) {
                let key = self.key(&fact);
                self.rows.entry(key).or_default().add(&fact.amounts, sign);
            }
        }
    }
}

impl Fresh {
    pub(super) fn compare_statistics(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut odd = Vec::new();
        let of = &mut self.statistics;
        let read = each(db, None, &mut |fact| {
            let key = of.key(&fact);
            if of.rows.remove(&key) != Some(fact.amounts) {
                let row = format!("{} {}", fact.gate, fact.entered);
                odd.push(Difference::new(Code::Statistics, row));
            }
        });
        match read {
            Ok(()) => {}
            Err(StoreError::Damaged(what)) => odd.push(Difference::new(Code::Statistics, what)),
            Err(error) => return Err(error),
        }
        let missing = std::mem::take(&mut of.rows).len();
        if missing > 0 && odd.is_empty() {
            odd.push(Difference::new(Code::StatisticsMissing, "").with("count", missing));
        }
        let query = "SELECT uuid, commune FROM declaration WHERE commune IS NOT NULL";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let id = Uuid::from_bytes(row.get(0).map_err(sql)?);
            let held: String = row.get(1).map_err(sql)?;
            let held = of.word(&held);
            if of.forms.remove(&id) != Some(held) {
                odd.push(Difference::new(Code::Commune, id));
            }
        }
        for id in std::mem::take(&mut of.forms).into_keys() {
            odd.push(Difference::new(Code::CommuneMissing, id));
        }
        for what in odd {
            self.differ(what);
        }
        Ok(())
    }
}
