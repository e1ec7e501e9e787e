//! Which report, how it is written, and what is kept under a name.

use bm_domain::statistics::{PeriodKind, ReportPlan};
use serde::{Deserialize, Serialize};

/// A kind of report file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// On paper.
    Pdf,
    /// For programs.
    Json,
}

impl ReportFormat {
    /// The word used on the wire, and the file's suffix.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }
}

/// Which report, of which days and gates.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportRequest {
    /// One every office has, by its word, or the name or id of one a branch keeps; `lines` for every
    /// line of the forms.
    pub report: String,
    /// What is asked for instead of what the report says.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub plan: Option<ReportPlan>,
    /// How long it reaches; as the report says when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub period: Option<PeriodKind>,
    /// A day of its period; the first one of a span.
    pub day: String,
    /// The last day of a span.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub to: Option<String>,
    /// Codes of its gates; all when empty.
    pub gates: Vec<String>,
    /// Why numbers of papers are asked for in full; masked when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub reveal: Option<String>,
}

/// A report as a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportFile {
    /// Which report.
    pub report: ReportRequest,
    /// Kind of file.
    pub format: ReportFormat,
}

/// A report to keep under a name.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportKeep {
    /// Which is changed; a new one when absent.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub plan: ReportPlan,
}

/// A gate's day as a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Export {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    /// Kind of file.
    pub format: ReportFormat,
}
