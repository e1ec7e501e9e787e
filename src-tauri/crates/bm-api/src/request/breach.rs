//! What is asked about breaches.

use bm_domain::breach::{BreachKind, BreachState};
use serde::Deserialize;

/// Which breaches a list shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct BreachQuery {
    /// Code of the gate; all gates when empty.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
    pub gate: String,
    /// Where they stand; anywhere when absent.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub state: Option<BreachState>,
    /// Of which kind; of any when absent.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub kind: Option<BreachKind>,
    /// Decided ones from this day; from thirty days ago when absent. Open ones are listed whatever
    /// their day.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub from: Option<String>,
    /// To this day; today when absent.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub to: Option<String>,
    /// Given to this account.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub assigned: Option<String>,
}

/// A breach for someone to decide.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachAssign {
    /// Which.
    pub id: String,
    /// Account that is to decide.
    pub to: String,
}

/// A decision on a breach.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachDecision {
    /// Which.
    pub id: String,
    /// What it is from then on.
    pub state: BreachState,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A pattern that is harmless.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachHarmless {
    /// Which entry.
    pub id: String,
    /// Last day it is remembered; for good when empty.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
    pub until: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Which verdicts a list shows.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct HarmlessQuery {
    /// Also those that were taken back.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub all: bool,
}
