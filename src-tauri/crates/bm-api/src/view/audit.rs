//! The log as shown.

use bm_app::anchor::{AnchorAnswer, AnchorCheck, KeptAnchor};
use bm_app::audit::LogEntry;
use bm_domain::BusinessDay;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::words::{self, Language};

/// A kind of record, for choosing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditKind {
    /// As asked for.
    pub kind: String,
    /// What it is called.
    pub label: String,
}

/// What a record was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AuditSubjectKind {
    /// A form.
    Form,
    /// A person.
    Person,
    /// An account.
    Account,
    /// A rule of the law.
    Law,
    /// An entry of a book, or a word it is found by.
    Entry,
}

/// What a record was done to, with what it is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditSubject {
    /// Which kind of thing it is.
    pub kind: AuditSubjectKind,
    /// The word it is looked up by.
    pub id: String,
    /// What people know it by: a form's number, the name of an account. Of a person only an id: a
    /// name stands on the person's page.
    pub name: String,
}

/// A record in the list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditRow {
    /// Workstation whose series it stands in.
    pub series: String,
    /// Its place in the series.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub index: i64,
    /// When it was written.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Account of who wrote it.
    pub by: String,
    /// Gate and counter; empty where it was written at none.
    pub place: String,
    /// Of which kind it is.
    pub kind: String,
    /// What that is called.
    pub label: String,
    /// What it was done to; of several the first.
    pub subject: Option<AuditSubject>,
    /// How many others it was done to.
    pub more: u32,
    /// What was done in particular, and why.
    pub note: String,
}

/// Records found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditPage {
    /// What was asked for, once it is known.
    pub subject: Option<AuditSubject>,
    /// The records, the newest first.
    pub rows: Vec<AuditRow>,
    /// Where to go on; `None` when nothing is left.
    pub next: Option<String>,
    /// Back to when the log was looked through.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub read_to: Option<DateTime<Utc>>,
}

/// A field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditField {
    /// What it is called.
    pub label: String,
    /// What it said before; empty where it said nothing.
    pub before: String,
    /// What it says since.
    pub after: String,
}

/// Fields that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditGroup {
    /// What they are of; empty where there is one group.
    pub title: String,
    /// The fields that changed, or all of them where nothing stood before.
    pub fields: Vec<AuditField>,
}

/// A record whole.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditDetail {
    /// The record as in the list.
    pub row: AuditRow,
    /// Name of who wrote it.
    pub by_name: String,
    /// Whether something stood before.
    pub had_before: bool,
    /// What changed.
    pub groups: Vec<AuditGroup>,
    /// Rules or fields that are not shown, because there are too many.
    pub more: u32,
    /// Everything it was done to.
    pub subjects: Vec<AuditSubject>,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// The hash of the record before it.
    pub previous: String,
}

impl AuditRow {
    /// A record, without what it was done to.
    #[must_use]
    pub fn new(language: Language, entry: &LogEntry) -> Self {
        Self {
            series: entry.series.to_string(),
            index: entry.index,
            at: entry.record.at,
            by: entry.record.by.clone(),
            place: entry.record.place.clone(),
            kind: entry.kind.clone(),
            label: words::event(language, &entry.kind),
            subject: None,
            more: 0,
            note: String::new(),
        }
    }
}

/// Where a series stood.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RootView {
    /// Workstation whose series it is.
    pub series: String,
    /// Index of the last record.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub index: i64,
    /// Records of the day.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub records: i64,
    /// Hash of the last record, in groups that can be read aloud.
    pub hash: String,
}

/// An anchor.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AnchorView {
    /// Its id.
    pub id: String,
    /// Whether this office made it.
    pub ours: bool,
    /// Its day.
    pub day: BusinessDay,
    /// When it was made.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub made: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Which office.
    pub office: String,
    /// Where each series stood.
    pub roots: Vec<RootView>,
    /// The public key it is signed with, in groups.
    pub key: String,
    /// What it says of this database.
    pub answer: AnchorAnswer,
    /// The same in words.
    pub message: String,
    /// Whether nothing speaks against the log.
    pub fine: bool,
}

impl AnchorView {
    /// An anchor with what came of checking it.
    #[must_use]
    pub fn new(language: Language, kept: &KeptAnchor, check: &AnchorCheck) -> Self {
        let anchor = &kept.anchor;
        let roots = anchor.roots.iter().map(|root| RootView {
            series: root.series.to_string(),
            index: root.index,
            records: root.records,
            hash: in_groups(&root.hash),
        });
        Self {
            id: kept.id.to_string(),
            ours: kept.ours,
            day: anchor.day,
            made: anchor.made,
            by: anchor.by.clone(),
            office: anchor.office.clone(),
            roots: roots.collect(),
            key: in_groups(&anchor.key),
            answer: check.answer,
            message: words::anchor(language, check),
            fine: check.answer.is_fine(),
        }
    }
}

/// Digits in groups of four.
#[must_use]
pub fn in_groups(digits: &str) -> String {
    let letters: Vec<char> = digits.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}
