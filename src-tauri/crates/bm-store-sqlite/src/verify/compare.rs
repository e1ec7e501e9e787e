//! The derived tables against what was made afresh from the records.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use bm_app::StoreError;
use bm_app::verification::{Difference, DifferenceCode as Code, RecordName};
use bm_domain::process::Progress;
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, text};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Fresh, TotalsKey, count, digest};
use crate::codec::sql;
use crate::table::day_total::{COLUMNS, Totals, from_row};
use crate::table::{log_block, record, trail, twin};

/// How many words an index holds, and a sum of them that does not depend on their order.
fn words(db: &Connection, query: &str) -> Result<(u64, u64), StoreError> {
    let mut statement = db.prepare(query).map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    let (mut count, mut sum) = (0, 0_u64);
    while let Some(row) = rows.next().map_err(sql)? {
        let mut hasher = DefaultHasher::new();
        row.get_ref(0)
            .map_err(sql)?
            .as_bytes()
            .unwrap_or_default()
            .hash(&mut hasher);
        row.get::<_, i64>(1).map_err(sql)?.hash(&mut hasher);
        sum = sum.wrapping_add(hasher.finish());
        count += 1;
    }
    Ok((count, sum))
}

fn day_of(number: i32) -> String {
    BusinessDay::from_number(number).map_or_else(|| number.to_string(), |day| day.to_string())
}

fn totals(code: Code, (of, gate, day, way): &TotalsKey) -> Difference {
    let row = format!("{gate}/{}/{way}", day_of(*day));
    Difference::new(code, row).in_table(of.table())
}

impl Fresh {
    pub(super) fn compare(&mut self, db: &Connection) -> Result<(), StoreError> {
        let forms = count(db, "SELECT COUNT(*) FROM declaration")?;
        if forms != self.found.declarations {
            let records = self.found.declarations;
            let count = Difference::new(Code::FormCount, "").with("held", forms);
            self.differ(count.with("recorded", records));
        }
        self.compare_fates(db)?;
        self.compare_progress(db)?;
        self.compare_totals(db)?;
        self.compare_quota(db)?;
        self.compare_people(db)?;
        self.compare_papers(db)?;
        self.compare_names(db)?;
        self.compare_numbers(db)?;
        self.compare_books(db)?;
        self.compare_prices(db)?;
        if trail::Sum::held(db)? != self.trail {
            self.differ(Difference::new(Code::Trail, ""));
        }
        self.compare_blocks(db)?;
        self.compare_statistics(db)?;
        let law = std::mem::take(&mut self.law);
        let codes = (Code::Law, Code::LawMissing);
        self.compare_bodies(db, codes, "SELECT key, body FROM law", law, |r| r.get(0))?;
        let accounts = std::mem::take(&mut self.accounts);
        let select = "SELECT name, body FROM account";
        let codes = (Code::Account, Code::AccountMissing);
        self.compare_bodies(db, codes, select, accounts, |r| r.get(0))
    }

    /// Blocks of rows that are whole say when their records were written.
    fn compare_blocks(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut fresh = std::mem::take(&mut self.blocks);
        let rows = i64::try_from(self.found.records).unwrap_or(i64::MAX);
        fresh.retain(|block, _| block * log_block::SIZE <= rows);
        for (block, first, last) in log_block::all(db)? {
            if fresh.remove(&block) != Some((first, last)) {
                self.differ(Difference::new(Code::LogBlock, block));
            }
        }
        for block in fresh.into_keys() {
            self.differ(Difference::new(Code::LogBlock, block));
        }
        Ok(())
    }

    fn compare_totals(&mut self, db: &Connection) -> Result<(), StoreError> {
        for of in [Totals::Day, Totals::Correction] {
            let table = of.table();
            let query = format!("SELECT {COLUMNS}, gate, day, direction FROM {table}");
            let mut statement = db.prepare(&query).map_err(sql)?;
            let rows = statement
                .query_map([], |r| {
                    let key = (of, r.get("gate")?, r.get("day")?, r.get("direction")?);
                    Ok((from_row(r)?, key))
                })
                .map_err(sql)?;
            for row in rows {
                let (held, key) = row.map_err(sql)?;
                if self.totals.remove(&key) != Some(held) {
                    self.differ(totals(Code::Totals, &key));
                }
            }
        }
        for key in std::mem::take(&mut self.totals).into_keys() {
            self.differ(totals(Code::TotalsMissing, &key));
        }
        Ok(())
    }

    fn compare_quota(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT COALESCE(p.uuid, zeroblob(16)), q.day, q.exempt, q.trips
            FROM quota_use q LEFT JOIN person p ON p.id = q.person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                Ok((
                    Uuid::from_bytes(r.get(0)?),
                    r.get::<_, i32>(1)?,
                    (r.get(2)?, r.get(3)?),
                ))
            })
            .map_err(sql)?;
        for row in rows {
            let (person, day, held) = row.map_err(sql)?;
            if self.quota.remove(&(person, day)) != Some(held) {
                self.differ(Difference::new(Code::Quota, person).with("day", day_of(day)));
            }
        }
        if !self.quota.is_empty() {
            let missing = self.quota.len();
            self.differ(Difference::new(Code::QuotaMissing, "").with("count", missing));
        }
        Ok(())
    }

    /// Each series ends where the last transaction left it: cutting off its newest records shows.
    pub(super) fn compare_heads(
        &mut self,
        db: &Connection,
        mut heads: HashMap<[u8; 16], record::End>,
    ) -> Result<(), StoreError> {
        let query = "SELECT uuid, last_idx, last_hash FROM series ORDER BY id";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                Ok((
                    r.get::<_, [u8; 16]>(0)?,
                    (r.get(1)?, r.get::<_, Vec<u8>>(2)?),
                ))
            })
            .map_err(sql)?;
        for row in rows {
            let (workstation, left) = row.map_err(sql)?;
            let (last, hash) = heads.remove(&workstation).unwrap_or((0, record::GENESIS));
            if (last, hash.to_vec()) != left {
                let series = Uuid::from_bytes(workstation);
                if left.0 > last {
                    let cut_off = RecordName {
                        series,
                        index: last + 1,
                        at: self.last_at,
                        ..RecordName::default()
                    };
                    self.differ_record(Code::RecordMissing, &cut_off);
                }
                self.differ(Difference::new(Code::SeriesEnd, series).with("index", last));
            }
        }
        for workstation in heads.into_keys() {
            let series = Uuid::from_bytes(workstation);
            self.differ(Difference::new(Code::SeriesUnknown, series));
        }
        Ok(())
    }

    /// Persons, with the columns they are searched by and each of their papers.
    fn compare_people(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut expected = std::mem::take(&mut self.people);
        let query = "SELECT uuid, folded, born, body, id FROM person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        let holder = "SELECT p.id, p.uuid FROM paper JOIN person p ON p.id = paper.person
            WHERE number = ?1 AND kind = ?2";
        let mut holder = db.prepare(holder).map_err(sql)?;
        let twins = twin::all(db)?;
        let mut expected_twins = BTreeSet::new();
        while let Some(row) = rows.next().map_err(sql)? {
            let id = Uuid::from_bytes(row.get(0).map_err(sql)?);
            let folded: String = row.get(1).map_err(sql)?;
            let born: i32 = row.get(2).map_err(sql)?;
            let body: String = row.get(3).map_err(sql)?;
            let person = serde_json::from_str::<Resident>(&body).ok();
            let searchable = person.as_ref().is_some_and(|person| {
                folded == text::fold(&person.name) && born == BusinessDay::new(person.born).number()
            });
            if expected.remove(&id) != Some(digest(&body)) || !searchable {
                self.differ(Difference::new(Code::Person, id));
            }
            for paper in person.iter().flat_map(|person| &person.papers) {
                let key = params![paper.number, paper.kind.word()];
                let first: Option<(i64, Uuid)> = holder
                    .query_row(key, |r| Ok((r.get(0)?, Uuid::from_bytes(r.get(1)?))))
                    .optional()
                    .map_err(sql)?;
                let entered: i64 = row.get(4).map_err(sql)?;
                match first {
                    None => self.differ(Difference::new(Code::PaperMissing, id)),
                    Some((_, first)) if first == id => {}
                    Some((before, first)) => {
                        if before > entered {
                            self.differ(Difference::new(Code::Twin, id));
                        }
                        expected_twins.extend([(id, first), (first, id)]);
                    }
                }
            }
        }
        for (person, _) in twins.symmetric_difference(&expected_twins) {
            self.differ(Difference::new(Code::Twin, person));
        }
        if !expected.is_empty() {
            self.differ(Difference::new(Code::PersonMissing, "").with("count", expected.len()));
        }
        Ok(())
    }

    /// Each paper belongs to a person whose records name it.
    fn compare_papers(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT paper.number, paper.kind, p.uuid, p.body
            FROM paper LEFT JOIN person p ON p.id = paper.person";
        let mut statement = db.prepare(query).map_err(sql)?;
        let mut rows = statement.query([]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let number: String = row.get(0).map_err(sql)?;
            let kind: String = row.get(1).map_err(sql)?;
            let holder: Option<[u8; 16]> = row.get(2).map_err(sql)?;
            let body: Option<String> = row.get(3).map_err(sql)?;
            let person = body.and_then(|body| serde_json::from_str::<Resident>(&body).ok());
            let named = person.is_some_and(|person| {
                let mut papers = person.papers.iter();
                papers.any(|paper| paper.number == number && paper.kind.word() == kind)
            });
            if !named {
                let holder = holder.map_or(Uuid::nil(), Uuid::from_bytes);
                self.differ(Difference::new(Code::PaperStray, holder));
            }
        }
        Ok(())
    }

    /// The index of names, which can't be read back, holds the same words as one made afresh.
    fn compare_names(&mut self, db: &Connection) -> Result<(), StoreError> {
        let make = "CREATE VIRTUAL TABLE temp.fresh_name USING fts5
            (folded, content = '', detail = none);
            INSERT INTO fresh_name (rowid, folded) SELECT id, folded FROM person;
            CREATE VIRTUAL TABLE temp.fresh_word USING fts5vocab (temp, fresh_name, instance);
            CREATE VIRTUAL TABLE temp.held_word USING fts5vocab (main, person_name, instance);";
        let drop = "DROP TABLE temp.fresh_word; DROP TABLE temp.held_word;
            DROP TABLE temp.fresh_name;";
        db.execute_batch(make).map_err(sql)?;
        let held = words(db, "SELECT term, doc FROM held_word");
        let fresh = words(db, "SELECT term, doc FROM fresh_word");
        db.execute_batch(drop).map_err(sql)?;
        if held? != fresh? {
            self.differ(Difference::new(Code::NameIndex, ""));
        }
        Ok(())
    }

    /// The next number of each counter follows the last one given.
    fn compare_numbers(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut statement = db
            .prepare("SELECT series, last FROM number_series")
            .map_err(sql)?;
        let rows = statement
            .query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?)))
            .map_err(sql)?;
        for row in rows {
            let (series, last) = row.map_err(sql)?;
            if self.numbers.remove(&series) != Some(last) {
                self.differ(Difference::new(Code::NumberSeries, series).with("held", last));
            }
        }
        for series in std::mem::take(&mut self.numbers).into_keys() {
            self.differ(Difference::new(Code::NumberSeriesMissing, series));
        }
        Ok(())
    }

    fn compare_bodies<K: std::hash::Hash + Eq + std::fmt::Display>(
        &mut self,
        db: &Connection,
        codes: (Code, Code),
        query: &str,
        mut expected: HashMap<K, [u8; 32]>,
        key: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<K>,
    ) -> Result<(), StoreError> {
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| Ok((key(r)?, r.get::<_, String>(1)?)))
            .map_err(sql)?;
        for row in rows {
            let (key, body) = row.map_err(sql)?;
            if expected.remove(&key) != Some(digest(&body)) {
                self.differ(Difference::new(codes.0, key));
            }
        }
        if !expected.is_empty() {
            self.differ(Difference::new(codes.1, "").with("count", expected.len()));
        }
        Ok(())
    }

    fn compare_progress(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = "SELECT uuid, progress, released FROM declaration
            WHERE progress IS NOT NULL OR released <> 0";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement
            .query_map([], |r| {
                let id = Uuid::from_bytes(r.get(0)?);
                Ok((id, r.get::<_, Option<String>>(1)?, r.get::<_, bool>(2)?))
            })
            .map_err(sql)?;
        for row in rows {
            let (id, held, released) = row.map_err(sql)?;
            let fresh = self.progress.remove(&id);
            let held = held.and_then(|text| serde_json::from_str::<Progress>(&text).ok());
            let left = fresh.as_ref().is_some_and(|fresh| fresh.released.is_some());
            if held != fresh || fresh.is_none() || released != left {
                self.differ(Difference::new(Code::FormProgress, id));
            }
        }
        for id in std::mem::take(&mut self.progress).into_keys() {
            self.differ(Difference::new(Code::FormProgressMissing, id));
        }
        Ok(())
    }
}
