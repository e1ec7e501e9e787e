//! What was counted at the barrier, by the border guard or at the supervised exit.
//!
//! A count is a record: a later one takes its place with a reason, and the earlier one stays.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::BusinessDay;
use crate::declaration::Direction;
use crate::process::{Mark, text, too_long};
use crate::resident::masked;
use crate::violation::{Violation, ViolationCode as Code};

/// More persons or forms than any gate sees on a day.
pub const COUNT_MAX: u32 = 1_000_000;
/// More grams than any gate sees on a day.
pub const GRAMS_MAX: i64 = 1_000_000_000_000;
/// Most passages of one count.
pub const PASSAGES_MAX: usize = 50_000;
const REASON_MAX: usize = 500;
const NAME_MAX: usize = 200;
const NUMBER_MAX: usize = 50;

/// What was counted in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Persons.
    pub persons: u32,
    /// Forms shown.
    pub forms: u32,
    /// Vehicles, where they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicles: Option<u32>,
    /// Gross weight in grams, where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_g: Option<i64>,
}

/// One passage, where the barrier writes them down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Passage {
    /// When.
    pub at: DateTime<Utc>,
    /// Which way.
    pub direction: Direction,
    /// Number of the form shown; empty when none was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// Number of the paper shown; empty when none was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper: String,
}

/// Where a count comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// Typed in.
    Typed,
    /// A file.
    File {
        /// Its name.
        name: String,
        /// SHA-256 of its text, in hexadecimal digits.
        sha256: String,
    },
}

/// A count of the barrier for a gate's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarrierCount {
    /// Its entry.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Who counted, in words: the border guard's post, the officer at the exit.
    pub counter: String,
    /// Import, export; absent where passages say it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<[Counted; 2]>,
    /// Passages in the order of their times; none where only totals were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// Where it comes from.
    pub source: Source,
    /// Who entered it, and when.
    pub entered: Mark,
    /// The count it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<Uuid>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The count that took its place, once one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Uuid>,
}

impl BarrierCount {
    /// What is wrong with it by itself: nothing counted, a passage twice or on another day, a text
    /// that is missing or too long, a figure no gate sees. Fields are named as on the wire.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let mut found = text(&self.counter, "counter", NAME_MAX);
        if self.totals.is_none() && self.passages.is_empty() {
            found.push(Violation::new(Code::FieldRequired, "totals"));
        }
        if self.amends.is_some() {
            found.extend(text(&self.reason, "reason", REASON_MAX));
        }
        for (way, counted) in ["import", "export"]
            .iter()
            .zip(self.totals.iter().flatten())
        {
            let large = [Some(counted.persons), Some(counted.forms), counted.vehicles];
            let weight = counted.weight_g.unwrap_or_default();
            if large.iter().flatten().any(|n| *n > COUNT_MAX) || !(0..=GRAMS_MAX).contains(&weight)
            {
                let field = format!("totals.{way}");
                found.push(Violation::new(Code::NumberOutOfRange, field));
            }
        }
        if self.passages.len() > PASSAGES_MAX {
            let many = Violation::new(Code::NumberOutOfRange, "passages");
            found.push(many.with("limit", PASSAGES_MAX));
        }
        let mut held = BTreeSet::new();
        for (at, passage) in self.passages.iter().enumerate() {
            let field = format!("passages[{at}]");
            found.extend(passage.check(self.day, &field));
            if !held.insert(passage.key()) {
                found.push(twice(passage, &field));
            }
        }
        found
    }
}

/// The refusal of a passage that is there already.
#[must_use]
pub fn twice(passage: &Passage, field: &str) -> Violation {
    let again = Violation::new(Code::PassageTwice, field);
    again
        .with("at", passage.at.to_rfc3339())
        .with("number", passage.shown())
}

impl Passage {
    /// What makes it this passage: a form passes once; without one the time and the paper.
    #[must_use]
    pub fn key(&self) -> (Direction, String, Option<DateTime<Utc>>) {
        if self.form.is_empty() {
            (self.direction, self.paper.clone(), Some(self.at))
        } else {
            (self.direction, self.form.clone(), None)
        }
    }

    /// Its form's number, or the end of the paper's.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.form.is_empty() {
            masked(&self.paper)
        } else {
            self.form.clone()
        }
    }

    /// What is wrong with it on `day`.
    #[must_use]
    pub fn check(&self, day: BusinessDay, field: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        if BusinessDay::of(self.at) != day {
            let other = Violation::new(Code::CountOtherDay, format!("{field}.time"));
            let other = other.with("day", day);
            found.push(other.with("found", BusinessDay::of(self.at)));
        }
        found.extend(too_long(&self.form, &format!("{field}.form"), NUMBER_MAX));
        found.extend(too_long(&self.paper, &format!("{field}.paper"), NUMBER_MAX));
        found
    }
}
