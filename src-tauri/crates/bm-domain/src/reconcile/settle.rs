//! How a difference is settled: an entry that refers to it, by one person or by two.
//!
//! A settlement covers a difference as long as it is the same one: another fact behind it makes
//! another difference, which is open again.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Difference, ReconcileRule, Way};
use crate::calendar::BusinessDay;
use crate::process::Mark;
use crate::violation::{Violation, ViolationCode as Code};

/// What the second person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who, and when.
    pub mark: Mark,
    /// Whether it was confirmed.
    pub confirmed: bool,
    /// Why not; may be empty when it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A settlement of a difference of a gate's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Its entry.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// The difference as it was.
    pub difference: Difference,
    /// How it is settled.
    pub way: Way,
    /// Why.
    pub reason: String,
    /// Who settled it, and when.
    pub settled: Mark,
    /// Whether who settled it decides for the office.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decides: bool,
    /// Whether a second person has to confirm it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_second: bool,
    /// What the second person said, once one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

impl Settlement {
    /// Whether it waits for the second person.
    #[must_use]
    pub const fn is_pending(&self) -> bool {
        self.needs_second && self.answer.is_none()
    }

    /// Whether it holds: it was confirmed where two were asked for.
    #[must_use]
    pub fn holds(&self) -> bool {
        let confirmed = self.answer.as_ref().is_some_and(|answer| answer.confirmed);
        !self.needs_second || confirmed
    }

    /// Whether it is about that difference as it stands now.
    #[must_use]
    pub fn is_of(&self, difference: &Difference) -> bool {
        self.difference == *difference
    }
}

/// Whether a difference is settled by two: where the office laid it down, and where who settles it
/// made what stands behind it.
#[must_use]
pub fn needs_second(rule: &ReconcileRule, difference: &Difference, by: &str) -> bool {
    rule.second_person.contains(&difference.kind) || difference.makers.contains(by)
}

/// Why a difference can't be settled that way.
#[must_use]
pub fn check_way(difference: &Difference, way: Way) -> Option<Violation> {
    let offered = way.is_recorded() && difference.kind.ways().contains(&way);
    (!offered).then(|| Violation::new(Code::WayNotOffered, "way").with("way", way.word()))
}

/// Why a person can't be the second one: the first one is none, and one of the two made nothing of
/// what stands behind the difference.
#[must_use]
pub fn check_second(settlement: &Settlement, by: &str) -> Option<Violation> {
    let makers = &settlement.difference.makers;
    if settlement.settled.by == by {
        Some(Violation::new(Code::OwnSettlement, "id"))
    } else if makers.contains(&settlement.settled.by) && makers.contains(by) {
        Some(Violation::new(Code::BothMadeIt, "id"))
    } else {
        None
    }
}
