//! Requests about the data of persons: one's own, whole, and what has been kept long enough.

use serde::{Deserialize, Serialize};

/// All that is held of a person, as a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonExport {
    /// The person.
    pub id: String,
    /// Why, and at whose request.
    pub reason: String,
    /// Kind of file.
    pub format: DossierFormat,
}

/// A kind of file that one person's data is handed out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DossierFormat {
    /// For programs: everything, in full.
    Json,
    /// For people: a table.
    Csv,
    /// The same as a workbook.
    Xlsx,
}

impl DossierFormat {
    /// The word used on the wire, and the file's suffix.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Persons whose data was kept long enough.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RetentionAsk {
    /// Only those without a trace since this day; the rule's own day when empty.
    pub before: String,
}

/// The second person's answer to a proposal.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RetentionVerdict {
    /// The proposal.
    pub id: String,
    /// Whether it is to be done.
    pub agree: bool,
}
