//! What is recorded: every change is an event appended to this workstation's series.
//!
//! All tables are derived from these. A past event is never changed; a correction is a new one.

use std::collections::BTreeSet;

use bm_domain::correction::CorrectionKind;
use bm_domain::decide::Decision;
use bm_domain::declaration::Draft;
use bm_domain::process::{Mark, Step};
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, DeclarationId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::Entry;
use crate::law::LawRow;
use crate::permission::{Duty, Role};

/// A form as decided, registered or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// What was declared.
    pub draft: Draft,
    /// Who declared it; nil when a refused form did not say.
    pub person: PersonId,
    /// Number on the form; empty when it was refused.
    pub number: String,
    /// How often it has been amended.
    #[serde(default, skip_serializing_if = "is_first")]
    pub revision: u32,
    /// What was decided.
    pub decision: Decision,
}

// serde hands a reference to what decides whether a field is written.
const fn is_first(revision: &u32) -> bool {
    *revision == 0
}

impl Declaration {
    /// The day it counts for.
    #[must_use]
    pub fn day(&self) -> BusinessDay {
        BusinessDay::of(self.draft.at)
    }
}

/// What a correction makes of a registered form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "form", rename_all = "snake_case")]
pub enum Correction {
    /// The form as decided again; its number stays.
    Amend(Box<Declaration>),
    /// Its goods may not pass.
    Refuse,
    /// Its goods go back.
    Return,
    /// It is taken back.
    Cancel,
}

impl Correction {
    /// Of which kind it is.
    #[must_use]
    pub const fn kind(&self) -> CorrectionKind {
        match self {
            Self::Amend(_) => CorrectionKind::Amend,
            Self::Refuse => CorrectionKind::Refuse,
            Self::Return => CorrectionKind::Return,
            Self::Cancel => CorrectionKind::Cancel,
        }
    }
}

/// A correction as it took effect; the record's officer is the one who made it do so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Which form.
    pub id: DeclarationId,
    /// What it makes of it.
    pub correction: Correction,
    /// Why.
    pub reason: String,
    /// Who proposed it, where a second person had to approve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Mark>,
}

/// An account of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Name to sign in with.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Password, hashed with argon2id in PHC form.
    pub password_hash: String,
    /// Whether it may sign in.
    pub active: bool,
    /// The parts of the work it is assigned to; all of them when none is named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub duties: BTreeSet<Duty>,
    /// Whether its password was set by an administrator and has to be changed first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_change: bool,
    /// When its password was set; unknown of older ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_set: Option<DateTime<Utc>>,
    /// Hashes of the passwords it had before, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

impl Account {
    /// Whether the office gave it that part of the work.
    #[must_use]
    pub fn has(&self, duty: Duty) -> bool {
        self.duties.is_empty() || self.duties.contains(&duty)
    }
}

/// Persons whose data was kept long enough, and what was taken out of which records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The persons; their ids name nobody by now.
    pub persons: Vec<PersonId>,
    /// The records whose text is another since.
    pub records: Vec<RedactedRecord>,
    /// What lets it be done: the rule and its days.
    pub reason: String,
    /// Who proposed it, where a second person had to confirm it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Mark>,
}

/// A record whose text was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactedRecord {
    /// The workstation it comes from.
    pub series: Uuid,
    /// Where it stands in the series of that workstation.
    pub index: i64,
    /// SHA-256 of its text since, in hexadecimal digits.
    pub text: String,
    /// The first eight bytes of that of its first text, which the codes on printed sheets bear.
    pub was: String,
    /// Its hash in the chain, which stays.
    pub hash: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// A form was registered.
    Registered(Box<Declaration>),
    /// A form was refused; kept so that the same id gets the same answer.
    Refused(Box<Declaration>),
    /// A registered form was amended, refused, or returned, or cancelled by two persons.
    Corrected(Box<Corrected>),
    /// A registered form was cancelled by one officer.
    Cancelled {
        /// Which.
        id: DeclarationId,
        /// Why.
        reason: String,
    },
    /// An officer took a step on a registered form.
    StepTaken {
        /// Which form.
        id: DeclarationId,
        /// What was done.
        step: Step,
    },
    /// A form was printed; what is printed after the first time is a copy.
    FormPrinted {
        /// Which form.
        id: DeclarationId,
        /// Whether the sheets say that they are a copy.
        copy: bool,
    },
    /// A person was entered or changed.
    PersonSaved {
        /// The person as it is from then on.
        person: Box<Resident>,
        /// Why.
        reason: String,
    },
    /// A person's page was opened (Law 91/2025/QH15: access to personal data is traced).
    PersonViewed {
        /// Whose.
        id: PersonId,
    },
    /// Persons were shown in answer to a search; their numbers were masked.
    PeopleListed {
        /// Who.
        ids: Vec<PersonId>,
    },
    /// Persons were shown with the numbers of their papers in full in a list or a file.
    PeopleRevealed {
        /// Who; nobody by name when they were too many.
        ids: Vec<PersonId>,
        /// How many.
        count: u32,
        /// In which list or file.
        what: String,
        /// Why, or the article that asks for it.
        reason: String,
    },
    /// An entry of one of the office's books was made or changed.
    Entered {
        /// What was done to it, in a word.
        change: String,
        /// The entry as it is from then on.
        entry: Entry,
    },
    /// Names and numbers of persons were taken out of records.
    Redacted(Box<Redaction>),
    /// Dated data was entered.
    LawSaved {
        /// The rows.
        rows: Vec<LawRow>,
        /// Keys of rows that go, before those are entered.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<String>,
        /// File or decision they come from.
        source: String,
    },
    /// An account was entered or changed.
    AccountSaved(Account),
}

/// An event with who and when, as it is written and hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: Uuid,
    /// When it was written, by this workstation's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// Where: gate and counter.
    pub place: String,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}
