//! A report as it is shown, written and printed: one table for the screen and every file, so that the
//! figures are the same in all of them.

use bm_domain::statistics::Period;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// What a column holds.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Words or codes.
    Text,
    /// Days, as in 2026-11-24.
    Day,
    /// Numbers, with a decimal point; empty where there is no sum.
    Number,
}

/// A column.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportColumn {
    /// A name for programs, the same in every language.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Most digits behind the point.
    pub places: u32,
    /// Whether the headings of sections say the same.
    pub in_section: bool,
}

/// What a row is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportRowKind {
    /// Heading of a section.
    Section,
    /// Figures.
    Line,
    /// Sum of a section.
    Sum,
    /// Sum of all.
    Total,
}

/// A row.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// What it is.
    pub kind: ReportRowKind,
    /// How deep its section lies, from 0.
    pub depth: usize,
    /// The rows a sum is over, from 0.
    pub of: Vec<usize>,
    /// What the row is called, of a section or a sum.
    pub label: String,
    /// A cell a column.
    pub cells: Vec<String>,
}

/// Something said about a report.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportFact {
    /// Its name.
    pub name: String,
    /// What is said.
    pub text: String,
}

/// A report.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportTable {
    /// A name for its file, without suffix.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its days, in words.
    pub days: String,
    /// Gates, basis, filter, rate, when and by whom it was made.
    pub about: Vec<ReportFact>,
    /// Its columns.
    pub columns: Vec<ReportColumn>,
    /// Its rows; the total last, where there is one.
    pub rows: Vec<ReportRow>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// Who signs it, by title.
    pub signatures: Vec<String>,
    /// Whether nothing was counted.
    pub empty: bool,
    /// Its days.
    pub period: Period,
    /// When it was made.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub made_at: DateTime<Utc>,
}
