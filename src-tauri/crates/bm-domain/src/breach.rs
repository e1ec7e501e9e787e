//! Breaches: what a supervisor has to look at, opened by rules and never by a screen.
//!
//! A rule takes facts and gives what it [`Found`]: kind, article, the figures as they were. The
//! entry in the book ([`Breach`]) keeps them frozen through assignment and decision and is never
//! deleted. Tax that was paid on an excess is lawful (Circular 80/2019/TT-BTC art. 6(3)): such a
//! trip is a notice at most. Penalties are not computed (Decree 169/2026/ND-CP is applied by people);
//! a suspected mismatch is recorded as facts.

mod form;
mod harmless;
mod overrun;
mod paper;
mod pattern;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::BusinessDay;
use crate::ids::{DeclarationId, PersonId};
use crate::process::{Mark, text};
use crate::resident::UnknownWord;
use crate::violation::{Violation, ViolationCode as Code};

pub use form::{FormFacts, Missed, goods_differ, missed, of_form, short_of_tax, would_open};
pub use harmless::Harmless;
pub use overrun::{Overrun, QuotaClaim, over_use, overruns};
pub use paper::{paper_of_another, same_name_and_birth};
pub use pattern::{DayForm, GateDay, PatternKind, PatternRule, Trader, findings};

/// The longest reason of a decision, in characters.
const REASON_MAX: usize = 500;
/// Most forms and persons that an entry names one by one.
pub const NAMED_MAX: usize = 200;

macro_rules! breach_kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $basis:literal;)+) => {
        /// What kind of breach it is.
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum BreachKind { $($(#[$doc])* $name),+ }

        impl BreachKind {
            /// Every kind, the breaches before the patterns.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The article it rests on, unless a dated rule names its own.
            #[must_use]
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$name => $basis),+ }
            }
        }
    };
}

breach_kinds! {
    /// A value over the quota whose tax is short, that was refused, or that is so far over that it
    /// no longer looks like a household's own use.
    OverQuota = "over_quota", "Circular 80/2019/TT-BTC art. 6(3), 7(1)";
    /// A trip after the exempt ones of the month were used up.
    FifthTrip = "fifth_trip", "Decree 134/2016/ND-CP app. V";
    /// A further trip on a day that had an exempt one.
    SecondTrip = "second_trip", "Decree 134/2016/ND-CP app. V";
    /// One person, as it seems, under two papers.
    TwoPapers = "two_papers", "Decree 134/2016/ND-CP art. 9";
    /// More was exempted than the law allows: found when the ledgers of two gates met.
    OverUse = "over_use", "Decree 134/2016/ND-CP app. V";
    /// Goods that residents may not bring in, or nobody may.
    OffList = "off_list", "Circular 80/2019/TT-BTC art. 6(3)";
    /// Someone who is no border resident on that day.
    Ineligible = "ineligible", "Decree 14/2018/ND-CP art. 3(3)";
    /// No rate of that week was held when a form was to be registered.
    ExpiredRate = "expired_rate", "Decree 08/2015/ND-CP art. 21(3)";
    /// A step was taken after its time limit, or has not been taken although it ran out.
    DeadlineMissed = "deadline_missed", "Law 54/2014/QH13 art. 23(2)";
    /// An inspection found other goods than declared: a suspected mismatch.
    GoodsDiffer = "goods_differ", "Circular 80/2019/TT-BTC art. 7(3)";
    /// Several persons with one telephone.
    SharedPhone = "shared_phone", "Law 107/2016/QH13 art. 16(3)";
    /// Several persons with one address.
    SharedAddress = "shared_address", "Law 107/2016/QH13 art. 16(3)";
    /// Goods of several persons on one vehicle.
    SharedVehicle = "shared_vehicle", "Law 107/2016/QH13 art. 16(3)";
    /// Goods of several persons gathered by one trader.
    SharedTrader = "shared_trader", "Law 107/2016/QH13 art. 16(3)";
    /// The same goods by several persons, minutes apart.
    SameGoods = "same_goods", "Law 107/2016/QH13 art. 16(3)";
    /// Several values just under the limit, minutes apart.
    JustUnder = "just_under", "Law 107/2016/QH13 art. 16(3)";
    /// One person at several gates on a day.
    TwoGates = "two_gates", "Decree 134/2016/ND-CP app. V";
}

impl BreachKind {
    /// Whether it is a pattern worth a look, which may be found harmless.
    #[must_use]
    pub const fn is_pattern(self) -> bool {
        matches!(
            self,
            Self::SharedPhone
                | Self::SharedAddress
                | Self::SharedVehicle
                | Self::SharedTrader
                | Self::SameGoods
                | Self::JustUnder
                | Self::TwoGates
        )
    }
}

impl std::str::FromStr for BreachKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| kind.word() == text).ok_or(UnknownWord)
    }
}

/// How much came of it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Lawful so far, with its tax: somebody should look.
    Notice,
    /// It was tried and refused: nothing passed.
    Attempt,
    /// Something passed that may not, or a limit was not kept.
    Breach,
}

impl Gravity {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Attempt => "attempt",
            Self::Breach => "breach",
        }
    }
}

/// What a rule found, with the facts as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What kind it is.
    pub kind: BreachKind,
    /// How much came of it.
    pub gravity: Gravity,
    /// Code of the gate.
    pub gate: String,
    /// The day it belongs to.
    pub day: BusinessDay,
    /// The article it rests on, in its neutral form.
    pub basis: String,
    /// Whose it is, the first one first; nobody where a refused form did not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The forms behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<DeclarationId>,
    /// What it is about besides kind, gate and day: the same again joins the same entry.
    pub subject: String,
    /// The figures, by name: money in whole VND, times in RFC 3339.
    pub facts: BTreeMap<String, String>,
}

impl Found {
    fn new(kind: BreachKind, gravity: Gravity, gate: &str, day: BusinessDay) -> Self {
        Self {
            kind,
            gravity,
            gate: gate.to_owned(),
            day,
            basis: kind.basis().to_owned(),
            people: Vec::new(),
            forms: Vec::new(),
            subject: String::new(),
            facts: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// Rests it on the text a dated rule names; an empty one leaves the kind's own.
    fn on_basis(mut self, basis: &str) -> Self {
        if !basis.is_empty() {
            basis.clone_into(&mut self.basis);
        }
        self
    }

    fn about(mut self, subject: impl ToString) -> Self {
        self.subject = subject.to_string();
        self
    }

    fn of(mut self, person: Option<PersonId>) -> Self {
        self.people.extend(person);
        self
    }

    fn behind(mut self, forms: impl IntoIterator<Item = DeclarationId>) -> Self {
        self.forms.extend(forms);
        self
    }

    /// By what the same thing is known again. A person at two gates is one finding, whichever of
    /// them is looked at.
    #[must_use]
    pub fn key(&self) -> String {
        let (kind, day, subject) = (self.kind.word(), self.day, &self.subject);
        match self.kind {
            BreachKind::TwoGates => format!("{kind}/{day}/{subject}"),
            _ => format!("{kind}/{}/{day}/{subject}", self.gate),
        }
    }

    /// Whether there are forms or persons behind it that `before` did not have.
    #[must_use]
    pub fn outgrows(&self, before: &Self) -> bool {
        let more = |held: usize| held < NAMED_MAX;
        let form = |id: &DeclarationId| more(before.forms.len()) && !before.forms.contains(id);
        let person = |id: &PersonId| more(before.people.len()) && !before.people.contains(id);
        self.forms.iter().any(form) || self.people.iter().any(person)
    }
}

/// Where an entry stands.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachState {
    /// Nobody has decided.
    Open,
    /// It is one.
    Upheld,
    /// It is none, or not worth pursuing.
    Waived,
    /// A higher office decides.
    Referred,
}

impl BreachState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Upheld, Self::Waived, Self::Referred];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Waived => "waived",
            Self::Referred => "referred",
        }
    }
}

impl std::str::FromStr for BreachState {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let mut all = Self::ALL.into_iter();
        all.find(|state| state.word() == text).ok_or(UnknownWord)
    }
}

/// What was done with an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// It was given to someone.
    Assigned {
        /// Account of who is to decide.
        to: String,
        /// Who gave it, and when.
        mark: Mark,
    },
    /// It was decided.
    Decided {
        /// What it is from then on.
        state: BreachState,
        /// Why.
        reason: String,
        /// Who, and when.
        mark: Mark,
    },
}

/// An entry of the book of breaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Its id.
    pub id: Uuid,
    /// What was found, frozen.
    pub found: Found,
    /// Who caused or found it, and when.
    pub opened: Mark,
    /// Accounts that made the forms or decisions behind it: they don't decide on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub involved: Vec<String>,
    /// How often the same was tried.
    pub attempts: u32,
    /// When it was tried last.
    pub last: DateTime<Utc>,
    /// Account of who is to decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<String>,
    /// Where it stands.
    pub state: BreachState,
    /// What was done with it, the earlier first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
}

impl Breach {
    /// A new entry. `by` are the accounts behind it.
    #[must_use]
    pub fn open(id: Uuid, found: Found, opened: Mark, by: Vec<String>) -> Self {
        Self {
            id,
            found,
            last: opened.at,
            opened,
            involved: by,
            attempts: 1,
            assigned: None,
            state: BreachState::Open,
            acts: Vec::new(),
        }
    }

    /// The entry after the same was tried once more: its figures stay as they were.
    #[must_use]
    pub fn joined(mut self, found: &Found, mark: &Mark, by: &[String]) -> Self {
        self.attempts = self.attempts.saturating_add(1);
        self.last = mark.at;
        self.note(found, by);
        self
    }

    /// The entry of a pattern that has more behind it by now, with the new figures.
    #[must_use]
    pub fn grown(mut self, found: Found, mark: &Mark, by: &[String]) -> Self {
        self.last = mark.at;
        self.note(&found, by);
        self.found.facts = found.facts;
        self
    }

    fn note(&mut self, found: &Found, by: &[String]) {
        for form in &found.forms {
            if self.found.forms.len() < NAMED_MAX && !self.found.forms.contains(form) {
                self.found.forms.push(*form);
            }
        }
        for person in &found.people {
            if self.found.people.len() < NAMED_MAX && !self.found.people.contains(person) {
                self.found.people.push(*person);
            }
        }
        for name in by {
            if !self.involved.contains(name) {
                self.involved.push(name.clone());
            }
        }
    }

    fn check_eyes(&self, who: &str, field: &str) -> Vec<Violation> {
        let own = self.involved.iter().any(|name| name == who);
        let problem = || Violation::new(Code::OwnBreach, field);
        own.then(problem).into_iter().collect()
    }

    /// Gives the entry to someone who may decide.
    ///
    /// # Errors
    /// [`Code::OwnBreach`] when a form or decision behind it is theirs; [`Code::BreachDecided`].
    pub fn assign(mut self, to: &str, mark: Mark) -> Result<Self, Vec<Violation>> {
        let mut problems = self.check_eyes(to, "to");
        if self.state != BreachState::Open {
            problems.push(Violation::new(Code::BreachDecided, "id"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        self.assigned = Some(to.to_owned());
        let to = to.to_owned();
        self.acts.push(Act::Assigned { to, mark });
        Ok(self)
    }

    /// Decides on the entry. What was referred may be upheld or waived when the higher office has
    /// answered; what was upheld or waived stays.
    ///
    /// # Errors
    /// [`Code::OwnBreach`] to whoever made a form or decision behind it; [`Code::BreachDecided`];
    /// [`Code::FieldRequired`] without a reason.
    pub fn decide(
        mut self,
        state: BreachState,
        reason: &str,
        mark: Mark,
    ) -> Result<Self, Vec<Violation>> {
        let mut problems = self.check_eyes(&mark.by, "id");
        let open = match self.state {
            BreachState::Open => true,
            BreachState::Referred => state != BreachState::Referred,
            BreachState::Upheld | BreachState::Waived => false,
        };
        if !open {
            problems.push(Violation::new(Code::BreachDecided, "id"));
        }
        if state == BreachState::Open {
            let none = Violation::new(Code::ValueUnknown, "state");
            problems.push(none.with("value", state.word()));
        }
        problems.extend(text(reason, "reason", REASON_MAX));
        if !problems.is_empty() {
            return Err(problems);
        }
        self.state = state;
        let reason = reason.trim().to_owned();
        self.acts.push(Act::Decided {
            state,
            reason,
            mark,
        });
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
