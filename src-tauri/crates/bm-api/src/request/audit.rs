//! What the log is asked.

use serde::Deserialize;

/// Which records are wanted. An empty text asks for nothing in particular.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct AuditQuery {
    /// From this day or time on: `2026-11-24` or `2026-11-24 08:30`, as clocks in Vietnam show it.
    pub from: String,
    /// To the end of this day, or before this time.
    pub to: String,
    /// By this account.
    pub by: String,
    /// Of this kind.
    pub kind: String,
    /// At this gate, or at this counter of it, `MONGCAI/Q1`.
    pub place: String,
    /// Done to this: number or id of a form, number of a person's paper or the person's id, an
    /// account, a rule of the law, the plate of a vehicle, the number of an entry.
    pub subject: String,
    /// With these words in a reason or remark.
    pub text: String,
    /// Where to go on.
    pub next: Option<String>,
    /// At most so many; fifty without it.
    pub limit: Option<u32>,
}

/// A record by its place.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AuditAt {
    /// Workstation whose series it stands in.
    pub series: String,
    /// Its place in the series.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub index: i64,
}

/// The day of an anchor.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AnchorDay {
    /// The day.
    pub day: String,
}

/// An anchor as another office handed it in.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AnchorText {
    /// The text of its file.
    pub text: String,
}

/// Why something is done.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Reason {
    /// Why.
    pub reason: String,
}
