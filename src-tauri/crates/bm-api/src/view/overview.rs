//! What waits for a supervisor: the start page.

use bm_domain::BusinessDay;
use serde::Serialize;

use super::BreachTally;

/// A gate's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OverviewDay {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
}

/// Counts of what waits at the gate of who asks; away from a gate, at all gates.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Overview {
    /// Code of the gate; empty for all gates.
    pub gate: String,
    /// Open breaches, by kind.
    pub breaches: Vec<BreachTally>,
    /// Those given to who asks.
    pub breaches_own: u32,
    /// Breaches that a higher office decides on.
    pub breaches_referred: u32,
    /// Corrections that wait for the second person.
    pub corrections: u32,
    /// Those that wait for somebody else than who asks, who proposed them.
    pub corrections_own: u32,
    /// Forms that wait for a step.
    pub forms_open: u32,
    /// Those whose time limit is over.
    pub forms_late: u32,
    /// Those whose time limit ends within the hour.
    pub forms_near: u32,
    /// Cashiers' sessions that are open.
    pub cash_open: u32,
    /// Closed with a difference that nobody else has seen.
    pub cash_unseen: u32,
    /// Closed, with money to be handed over.
    pub cash_waiting: u32,
    /// Those of them whose time for that is over.
    pub cash_late: u32,
    /// Receipts that wait for the second person.
    pub receipts: u32,
    /// Changes of the law that wait for approval.
    pub law_changes: u32,
    /// Days of the last month with forms that nobody has closed, the oldest first.
    pub days_open: Vec<OverviewDay>,
}
