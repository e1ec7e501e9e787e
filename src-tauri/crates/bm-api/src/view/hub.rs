//! The hub, as a workstation sees it.

use bm_app::sync::Member;
use bm_app::sync::exchange::HubState;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::words::{self, Language};

/// What keeps a workstation from its hub.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HubTrouble {
    /// Its code.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
}

/// How this workstation stands with the hub.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HubView {
    /// Whether it has joined one; the rest says nothing where it has not.
    pub joined: bool,
    /// Whether the last word with it came through: what is granted now is final.
    pub reached: bool,
    /// When everything was exchanged for the last time.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub met: Option<DateTime<Utc>>,
    /// Own records that the hub has not taken.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub unsent: i64,
    /// How far the hub's order was read: what is shown may be out of date once it has moved.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub position: i64,
    /// The hub's clock less ours, in milliseconds.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub clock_offset_ms: i64,
    /// What keeps it from the hub.
    pub trouble: Option<HubTrouble>,
}

impl HubView {
    /// In the words of a language.
    #[must_use]
    pub fn new(language: Language, state: &HubState) -> Self {
        let trouble = state.trouble.as_ref().map(|error| HubTrouble {
            code: error.code(),
            message: words::sync_error(language, error),
        });
        Self {
            joined: true,
            reached: state.reached,
            met: state.met,
            unsent: state.standing.unsent(),
            position: state.standing.cursor.position,
            clock_offset_ms: state.clock_offset_ms,
            trouble,
        }
    }
}

/// A workstation of the office.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MemberView {
    /// Its series.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub series: Uuid,
    /// What it is called.
    pub name: String,
    /// Version of its program.
    pub version: String,
    /// Whether it is this one.
    pub own: bool,
    /// When it was last heard of, by the hub's clock.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub seen: DateTime<Utc>,
    /// Records the hub holds of it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub held: i64,
    /// Records it had not sent when it was last heard of.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub unsent: i64,
    /// Records of the hub it had not read.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub behind: i64,
    /// The hub's clock less its own, in milliseconds.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub clock_offset_ms: i64,
    /// Whether it was declared lost.
    pub lost: bool,
}

impl MemberView {
    /// A member, seen from the workstation of that series.
    #[must_use]
    pub fn new(member: Member, own: Uuid) -> Self {
        Self {
            series: member.series,
            own: member.series == own,
            name: member.name,
            version: member.version,
            seen: DateTime::from_timestamp_millis(member.seen_ms).unwrap_or_default(),
            held: member.held,
            unsent: member.unsent,
            behind: member.behind,
            clock_offset_ms: member.clock_offset_ms,
            lost: member.lost,
        }
    }
}
