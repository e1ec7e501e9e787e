//! What the commands about dated data are asked.

use std::collections::BTreeMap;

use bm_domain::law::LawKind;
use serde::Deserialize;

/// Rules of a kind.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawQuery {
    /// The kind.
    pub kind: LawKind,
    /// Part of a code or a name.
    #[serde(default)]
    pub text: String,
}

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawSeries {
    /// Its series, as in `vat/standard`.
    pub series: String,
}

/// A row as typed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawRowInput {
    /// Its kind.
    pub kind: LawKind,
    /// Texts by field.
    #[cfg_attr(feature = "bindings", ts(type = "{ [name: string]: string }"))]
    pub values: BTreeMap<String, String>,
    /// First day.
    pub valid_from: String,
    /// Last day; empty while it has none.
    #[serde(default)]
    pub valid_to: String,
    /// The text it rests on; that of the change when empty.
    #[serde(default)]
    pub basis: String,
}

/// A row that is to end.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawEndInput {
    /// Its key.
    pub key: String,
    /// Its last day; empty when it is to go altogether.
    #[serde(default)]
    pub last: String,
}

/// A change as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawProposalInput {
    /// New rows.
    #[serde(default)]
    pub rows: Vec<LawRowInput>,
    /// Rows that end.
    #[serde(default)]
    pub ends: Vec<LawEndInput>,
    /// Rows in the way end the day before and go on after.
    #[serde(default)]
    pub make_room: bool,
    /// The text it comes from.
    #[serde(default)]
    pub basis: String,
    /// Why it reaches back over days with registered forms.
    #[serde(default)]
    pub reason: String,
}

/// A table of rows as a file's text.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawTableInput {
    /// What it holds.
    pub kind: LawKind,
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Day from which rows without one of their own hold; today when empty.
    #[serde(default)]
    pub from: String,
    /// The text rows rest on; the file's name when empty.
    #[serde(default)]
    pub basis: String,
    /// Why it reaches back over days with registered forms.
    #[serde(default)]
    pub reason: String,
    /// The table is all there is: what it does not name ends.
    #[serde(default)]
    pub whole: bool,
    /// Take the good rows although others are bad.
    #[serde(default)]
    pub skip_bad: bool,
}

/// A change whose effect is asked: one that waits, or one as typed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawEffectRequest {
    /// The one that waits.
    #[serde(default)]
    pub id: Option<String>,
    /// As typed.
    #[serde(default)]
    pub proposal: Option<LawProposalInput>,
    /// As a table.
    #[serde(default)]
    pub table: Option<LawTableInput>,
}

/// Which changes are listed.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawChangesQuery {
    /// Only those that wait.
    #[serde(default)]
    pub waiting: bool,
}

/// A change to reject.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawReject {
    /// Which.
    pub id: String,
    /// Why.
    pub reason: String,
}
