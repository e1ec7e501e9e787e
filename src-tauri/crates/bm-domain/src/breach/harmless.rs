//! A pattern that was looked at and found harmless: a household that shares a telephone.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Breach, BreachKind, Found};
use crate::calendar::BusinessDay;
use crate::ids::PersonId;
use crate::process::{Mark, text};
use crate::violation::{Violation, ViolationCode as Code};

/// What was judged of a pattern and its subject: the same does not fire again unless it grows
/// beyond that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harmless {
    /// Its id.
    pub id: Uuid,
    /// Which pattern.
    pub kind: BreachKind,
    /// What it is about: a telephone, an address, goods.
    pub subject: String,
    /// Code of the gate where it was judged.
    pub gate: String,
    /// The persons it was judged with.
    pub people: Vec<PersonId>,
    /// How far it went then: persons, or gates.
    pub extent: usize,
    /// Last day it is remembered; for good when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<BusinessDay>,
    /// Why it is harmless.
    pub reason: String,
    /// Who judged, and when.
    pub judged: Mark,
    /// The entry it was judged on.
    pub breach: Uuid,
    /// Who withdrew it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<(Mark, String)>,
}

impl Harmless {
    /// The verdict on an entry.
    ///
    /// # Errors
    /// [`Code::NoPattern`] for what is no pattern; [`Code::LawDatesReversed`] for a day that is over;
    /// [`Code::FieldRequired`] without a reason.
    pub fn of(
        id: Uuid,
        breach: &Breach,
        until: Option<BusinessDay>,
        reason: &str,
        judged: Mark,
    ) -> Result<Self, Vec<Violation>> {
        let found = &breach.found;
        let mut problems = text(reason, "reason", super::REASON_MAX);
        if !found.kind.is_pattern() {
            problems.push(Violation::new(Code::NoPattern, "id"));
        }
        let today = BusinessDay::of(judged.at);
        if let Some(over) = until.filter(|day| *day < today) {
            let past = Violation::new(Code::LawDatesReversed, "until");
            problems.push(past.with("from", today).with("to", over));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            id,
            kind: found.kind,
            subject: found.subject.clone(),
            gate: found.gate.clone(),
            people: found.people.clone(),
            extent: extent(found),
            until,
            reason: reason.trim().to_owned(),
            judged,
            breach: breach.id,
            withdrawn: None,
        })
    }

    /// By what verdicts on one subject are found.
    #[must_use]
    pub fn key(kind: BreachKind, subject: &str) -> String {
        format!("{}/{subject}", kind.word())
    }

    /// Whether a finding is what was judged: the same subject with nobody new; where other people
    /// meet every day (goods, values) no more of them; one person at no more gates.
    #[must_use]
    pub fn covers(&self, found: &Found) -> bool {
        let holds = self.withdrawn.is_none() && self.until.is_none_or(|last| found.day <= last);
        let same = self.kind == found.kind && self.subject == found.subject;
        let judged = match found.kind {
            BreachKind::SameGoods | BreachKind::JustUnder => {
                self.gate == found.gate && extent(found) <= self.extent
            }
            BreachKind::TwoGates => extent(found) <= self.extent,
            _ => found.people.iter().all(|one| self.people.contains(one)),
        };
        holds && same && judged
    }

    /// The verdict taken back.
    ///
    /// # Errors
    /// [`Code::FieldRequired`] without a reason.
    pub fn withdraw(mut self, reason: &str, mark: Mark) -> Result<Self, Vec<Violation>> {
        let problems = text(reason, "reason", super::REASON_MAX);
        if !problems.is_empty() {
            return Err(problems);
        }
        self.withdrawn = Some((mark, reason.trim().to_owned()));
        Ok(self)
    }
}

/// How far a finding goes: over so many persons, or gates.
fn extent(found: &Found) -> usize {
    match found.kind {
        BreachKind::TwoGates => {
            let gates = found.facts.get("gates").map_or("", String::as_str);
            gates.split(", ").count()
        }
        _ => found.people.len(),
    }
}
