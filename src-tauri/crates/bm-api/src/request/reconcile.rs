//! What the commands of reconciliation are asked.

use bm_domain::reconcile::Way;
use serde::Deserialize;

/// What was counted in one direction; empty texts where nothing was.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CountedInput {
    /// Persons.
    pub persons: String,
    /// Forms.
    pub forms: String,
    /// Vehicles, where they were counted.
    #[serde(default)]
    pub vehicles: String,
    /// Gross weight in kilograms, where it was taken.
    #[serde(default)]
    pub weight_kg: String,
}

/// A count of the barrier as typed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BarrierInput {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    /// Who counted, in words.
    pub counter: String,
    /// Goods that came in.
    pub import: CountedInput,
    /// Goods that went out.
    pub export: CountedInput,
    /// Why it takes the place of the count that is held.
    #[serde(default)]
    pub reason: String,
}

/// A count of the barrier as a table in CSV.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BarrierTable {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    /// Who counted, in words.
    pub counter: String,
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Why it takes the place of the count that is held.
    #[serde(default)]
    pub reason: String,
    /// Take it; else tell what it says.
    #[serde(default)]
    pub take: bool,
}

/// How a difference is settled.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SettleInput {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    /// Key of the difference.
    pub key: String,
    /// How.
    pub way: Way,
    /// Why.
    pub reason: String,
}

/// What the second person says of a settlement or a close.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SecondAnswer {
    /// What waits.
    pub id: String,
    /// Whether it is confirmed.
    pub confirm: bool,
    /// Why not; may be empty when it is.
    #[serde(default)]
    pub reason: String,
}

/// Several gates over a period.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeriodQuery {
    /// Codes of gates; every gate when empty.
    #[serde(default)]
    pub gates: Vec<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}
