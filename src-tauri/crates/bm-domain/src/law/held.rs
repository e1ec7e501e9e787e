//! The rows a book holds, by their series and kinds.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::row::{LawKind, LawRow};
use super::{LawBook, LawOfDay, Prohibition};
use crate::breach::{PatternKind, PatternRule};

impl LawBook {
    /// Puts rows into a book; of one series the earlier first.
    #[must_use]
    pub fn of(rows: Vec<LawRow>) -> Self {
        let mut book = Self::default();
        for row in rows {
            book.put(row);
        }
        book
    }

    fn put(&mut self, row: LawRow) {
        match row {
            LawRow::Quota(r) => self.quota.push(r),
            LawRow::Vat(r) => self.vat.push(r),
            LawRow::Rate(r) => self.rates.entry(r.currency).or_default().push(r),
            LawRow::List(r) => self.list.entry(r.prefix).or_default().push(r),
            LawRow::Goods(r) => self.goods.entry(r.hs).or_default().push(r),
            LawRow::Prohibited(r) => self.prohibited.entry(r.prefix).or_default().push(r),
            LawRow::Gate(r) => self.gates.entry(r.code.clone()).or_default().push(r),
            LawRow::Commune(r) => self.communes.entry(r.code.clone()).or_default().push(r),
            LawRow::UnitTitle(r) => self.titles.entry(r.unit.clone()).or_default().push(r),
            LawRow::Practice(r) => self.practice.push(r),
            LawRow::SecondPerson(r) => self.second_person.push(r),
            LawRow::Limits(r) => self.limits.push(r),
            LawRow::Template(r) => self.templates.push(r),
            LawRow::Term(r) => self.terms.push(r),
            LawRow::Hours(r) => self.work.hours.push(r),
            LawRow::Holiday(r) => {
                self.work.holidays.insert(r.day, r);
            }
            LawRow::Cash(r) => self.cash.push(r),
            LawRow::Price(r) => self.prices.entry(r.hs).or_default().push(r),
            LawRow::PriceWatch(r) => self.price_watch.push(r),
            LawRow::CommodityGroup(r) => self.groups.entry(r.code.clone()).or_default().push(r),
            LawRow::Reconcile(r) => self.reconcile.push(r),
            LawRow::Account(r) => self.account_rules.push(r),
            LawRow::Retention(r) => self.retention.push(r),
            LawRow::Pattern(r) => self.patterns.push(r),
        }
    }

    /// The rows of a series, the earlier first; none of a series that is not held.
    #[must_use]
    pub fn series(&self, series: &str) -> Vec<LawRow> {
        let (word, key) = series.split_once('/').unwrap_or((series, ""));
        let Some(kind) = LawKind::of_series(word) else {
            return Vec::new();
        };
        let mut rows = match kind {
            LawKind::Rate => under(&self.rates, key, LawRow::Rate),
            LawKind::List => under(&self.list, key, LawRow::List),
            LawKind::Goods => under(&self.goods, key, LawRow::Goods),
            LawKind::Gate => under(&self.gates, key, LawRow::Gate),
            LawKind::Commune => under(&self.communes, key, LawRow::Commune),
            LawKind::UnitTitle => under(&self.titles, key, LawRow::UnitTitle),
            LawKind::CommodityGroup => under(&self.groups, key, LawRow::CommodityGroup),
            LawKind::Price => {
                let mut of_code = under(&self.prices, code_of(key), LawRow::Price);
                of_code.retain(|row| row.series() == series);
                of_code
            }
            LawKind::Quota
            | LawKind::Vat
            | LawKind::Prohibited
            | LawKind::Practice
            | LawKind::SecondPerson
            | LawKind::Limits
            | LawKind::Template
            | LawKind::Term
            | LawKind::Hours
            | LawKind::Holiday
            | LawKind::Cash
            | LawKind::PriceWatch
            | LawKind::Reconcile
            | LawKind::Account
            | LawKind::Retention
            | LawKind::Pattern => {
                let mut all = self.rows(kind);
                all.retain(|row| row.series() == series);
                all
            }
        };
        rows.sort_by_key(|row| row.validity().from);
        rows
    }

    /// Every row of a kind.
    #[must_use]
    pub fn rows(&self, kind: LawKind) -> Vec<LawRow> {
        match kind {
            LawKind::Quota => self.quota.iter().cloned().map(LawRow::Quota).collect(),
            LawKind::Vat => self.vat.iter().cloned().map(LawRow::Vat).collect(),
            LawKind::Rate => all(&self.rates, LawRow::Rate),
            LawKind::List => all(&self.list, LawRow::List),
            LawKind::Goods => all(&self.goods, LawRow::Goods),
            LawKind::Prohibited => all(&self.prohibited, LawRow::Prohibited),
            LawKind::Gate => all(&self.gates, LawRow::Gate),
            LawKind::Commune => all(&self.communes, LawRow::Commune),
            LawKind::UnitTitle => all(&self.titles, LawRow::UnitTitle),
            LawKind::Practice => self
                .practice
                .iter()
                .cloned()
                .map(LawRow::Practice)
                .collect(),
            LawKind::SecondPerson => {
                let rules = self.second_person.iter().cloned();
                rules.map(LawRow::SecondPerson).collect()
            }
            LawKind::Limits => self.limits.iter().cloned().map(LawRow::Limits).collect(),
            LawKind::Template => {
                let templates = self.templates.iter().cloned();
                templates.map(LawRow::Template).collect()
            }
            LawKind::Term => self.terms.iter().cloned().map(LawRow::Term).collect(),
            LawKind::Hours => self.work.hours.iter().cloned().map(LawRow::Hours).collect(),
            LawKind::Holiday => {
                let days = self.work.holidays.values().cloned();
                days.map(LawRow::Holiday).collect()
            }
            LawKind::Cash => self.cash.iter().cloned().map(LawRow::Cash).collect(),
            LawKind::Price => all(&self.prices, LawRow::Price),
            LawKind::CommodityGroup => all(&self.groups, LawRow::CommodityGroup),
            LawKind::PriceWatch => {
                let rules = self.price_watch.iter().cloned();
                rules.map(LawRow::PriceWatch).collect()
            }
            LawKind::Reconcile => {
                let rules = self.reconcile.iter().cloned();
                rules.map(LawRow::Reconcile).collect()
            }
            LawKind::Account => {
                let rules = self.account_rules.iter().cloned();
                rules.map(LawRow::Account).collect()
            }
            LawKind::Retention => {
                let rules = self.retention.iter().cloned();
                rules.map(LawRow::Retention).collect()
            }
            LawKind::Pattern => self.patterns.iter().cloned().map(LawRow::Pattern).collect(),
        }
    }

    /// How many rows of a kind are held.
    #[must_use]
    pub fn count(&self, kind: LawKind) -> usize {
        fn sum<K, R>(held: &BTreeMap<K, Vec<R>>) -> usize {
            held.values().map(Vec::len).sum()
        }
        match kind {
            LawKind::Quota => self.quota.len(),
            LawKind::Vat => self.vat.len(),
            LawKind::Rate => sum(&self.rates),
            LawKind::List => sum(&self.list),
            LawKind::Goods => sum(&self.goods),
            LawKind::Prohibited => sum(&self.prohibited),
            LawKind::Gate => sum(&self.gates),
            LawKind::Commune => sum(&self.communes),
            LawKind::UnitTitle => sum(&self.titles),
            LawKind::Practice => self.practice.len(),
            LawKind::SecondPerson => self.second_person.len(),
            LawKind::Limits => self.limits.len(),
            LawKind::Template => self.templates.len(),
            LawKind::Term => self.terms.len(),
            LawKind::Hours => self.work.hours.len(),
            LawKind::Holiday => self.work.holidays.len(),
            LawKind::Cash => self.cash.len(),
            LawKind::Price => sum(&self.prices),
            LawKind::PriceWatch => self.price_watch.len(),
            LawKind::CommodityGroup => sum(&self.groups),
            LawKind::Reconcile => self.reconcile.len(),
            LawKind::Account => self.account_rules.len(),
            LawKind::Retention => self.retention.len(),
            LawKind::Pattern => self.patterns.len(),
        }
    }

    /// Puts these rows in place of all rows of their series.
    pub fn set_series(&mut self, series: &str, rows: Vec<LawRow>) {
        let (word, key) = series.split_once('/').unwrap_or((series, ""));
        match LawKind::of_series(word) {
            Some(LawKind::Quota) => self.quota.retain(|r| r.direction.word() != key),
            Some(LawKind::Vat) => self.vat.retain(|r| r.class.word() != key),
            Some(LawKind::Rate) => forget(&mut self.rates, key),
            Some(LawKind::List) => forget(&mut self.list, key),
            Some(LawKind::Goods) => forget(&mut self.goods, key),
            Some(LawKind::Prohibited) => {
                let other = |r: &Prohibition| format!("{}/{}", r.direction.word(), r.prefix) != key;
                self.prohibited
                    .values_mut()
                    .for_each(|rows| rows.retain(other));
            }
            Some(LawKind::Gate) => forget(&mut self.gates, key),
            Some(LawKind::Commune) => forget(&mut self.communes, key),
            Some(LawKind::UnitTitle) => forget(&mut self.titles, key),
            Some(LawKind::Practice) => self.practice.clear(),
            Some(LawKind::SecondPerson) => self.second_person.clear(),
            Some(LawKind::Limits) => self.limits.clear(),
            Some(LawKind::Template) => self.templates.retain(|r| r.form.word() != key),
            Some(LawKind::Term) => self.terms.retain(|r| r.kind.word() != key),
            Some(LawKind::Hours) => self.work.hours.clear(),
            Some(LawKind::Holiday) => {
                self.work.holidays.retain(|day, _| day.to_string() != key);
            }
            Some(LawKind::Cash) => self.cash.clear(),
            Some(LawKind::Price) => {
                let held = code_of(key).parse().ok();
                if let Some(held) = held.and_then(|code| self.prices.get_mut(&code)) {
                    held.retain(|r| LawRow::Price(r.clone()).series() != series);
                }
            }
            Some(LawKind::PriceWatch) => self.price_watch.clear(),
            Some(LawKind::CommodityGroup) => forget(&mut self.groups, key),
            Some(LawKind::Reconcile) => self.reconcile.clear(),
            Some(LawKind::Account) => self.account_rules.clear(),
            Some(LawKind::Retention) => self.retention.clear(),
            Some(LawKind::Pattern) => self.patterns.retain(|r| r.pattern.word() != key),
            None => {}
        }
        for row in rows {
            self.put(row);
        }
    }
}

impl<'a> LawOfDay<'a> {
    /// How a pattern of trade is watched for; `None` where it is not.
    #[must_use]
    pub fn pattern(&self, pattern: PatternKind) -> Option<&'a PatternRule> {
        let holds =
            |rule: &&PatternRule| rule.pattern == pattern && rule.validity.holds_on(self.day);
        let rule = self.book.patterns.iter().rev().find(holds);
        rule.filter(|rule| rule.enabled)
    }
}

/// The commodity code that the key of a price begins with.
fn code_of(key: &str) -> &str {
    key.split('/').next().unwrap_or_default()
}

/// The rows held under a key that is written as text.
fn under<K: Ord + FromStr, R: Clone>(
    held: &BTreeMap<K, Vec<R>>,
    key: &str,
    row: fn(R) -> LawRow,
) -> Vec<LawRow> {
    let rows = key.parse().ok().and_then(|key: K| held.get(&key));
    rows.into_iter().flatten().cloned().map(row).collect()
}

fn all<K, R: Clone>(held: &BTreeMap<K, Vec<R>>, row: fn(R) -> LawRow) -> Vec<LawRow> {
    held.values().flatten().cloned().map(row).collect()
}

fn forget<K: Ord + FromStr, R>(held: &mut BTreeMap<K, Vec<R>>, key: &str) {
    if let Ok(key) = key.parse::<K>() {
        held.remove(&key);
    }
}
