//! Prices counted by class against the lines of the forms that stand.

use std::collections::HashMap;

use bm_app::StoreError;
use bm_app::event::Declaration;
use bm_app::verification::{Difference, DifferenceCode as Code};
use bm_domain::price::month_of;
use rusqlite::Connection;

use super::Fresh;
use crate::codec::sql;
use crate::table::price_point::points;

/// Gate, unit and direction by number, code, month, class.
type Key = ([u32; 3], u32, i32, i32);

/// Lines counted afresh. The few words there are stand once, so that a line is counted without
/// making a text.
#[derive(Default)]
pub(super) struct Points {
    words: HashMap<String, u32>,
    lines: HashMap<Key, i64>,
}

impl Points {
    fn word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.insert(word.to_owned(), next);
        next
    }

    pub(super) fn add(&mut self, form: &Declaration, sign: i64) {
        let place = self.word(&form.draft.gate);
        let way = self.word(form.draft.direction.word());
        let month = month_of(form.day());
        for (hs, unit, class) in points(form) {
            let unit = self.word(unit);
            let key = ([place, unit, way], hs, month, class);
            *self.lines.entry(key).or_default() += sign;
        }
    }
}

impl Fresh {
    pub(super) fn compare_prices(&mut self, db: &Connection) -> Result<(), StoreError> {
        self.prices.lines.retain(|_, lines| *lines != 0);
        let query = "SELECT gate, unit, direction, hs, month, class, lines FROM price_point";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let word = |at: usize| row.get::<_, String>(at).map_err(sql);
            let words = [word(0)?, word(1)?, word(2)?];
            let [place, unit, way] = [0, 1, 2].map(|at: usize| self.prices.word(&words[at]));
            let hs = row.get(3).map_err(sql)?;
            let (month, class) = (row.get(4).map_err(sql)?, row.get(5).map_err(sql)?);
            let held: i64 = row.get(6).map_err(sql)?;
            let key = ([place, unit, way], hs, month, class);
            if self.prices.lines.remove(&key) != Some(held) {
                let [gate, unit, _] = words;
                let differs = Difference::new(Code::Prices, format!("{gate}/{hs:08}/{unit}"));
                self.differ(differs);
            }
        }
        let missing = std::mem::take(&mut self.prices.lines).len();
        if missing > 0 {
            self.differ(Difference::new(Code::PricesMissing, "").with("count", missing));
        }
        Ok(())
    }
}
