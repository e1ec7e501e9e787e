//! Prices of goods.

use bm_domain::price::{Reference, Spread};
use bm_domain::{BusinessDay, HsCode, Vnd};
use serde::Serialize;

/// What is held against a price.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReferenceView {
    /// Price of one unit.
    pub price_vnd: Vnd,
    /// Where it comes from; empty where that is not known.
    pub source: String,
    /// Since when it holds.
    pub since: Option<BusinessDay>,
}

impl From<Reference<'_>> for ReferenceView {
    fn from(held: Reference<'_>) -> Self {
        Self {
            price_vnd: held.price,
            source: held.source.to_owned(),
            since: held.since,
        }
    }
}

/// How declared prices of one unit spread, each to a few percent.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SpreadView {
    /// Lines counted.
    pub lines: u32,
    /// The lowest or a little less.
    pub least_vnd: Vnd,
    /// A quarter lies below.
    pub lower_vnd: Vnd,
    /// Half of them does.
    pub median_vnd: Vnd,
    /// Three quarters do.
    pub upper_vnd: Vnd,
    /// The highest or a little more.
    pub most_vnd: Vnd,
}

impl From<Spread> for SpreadView {
    fn from(spread: Spread) -> Self {
        Self {
            lines: u32::try_from(spread.lines).unwrap_or(u32::MAX),
            least_vnd: spread.least,
            lower_vnd: spread.lower,
            median_vnd: spread.median,
            upper_vnd: spread.upper,
            most_vnd: spread.most,
        }
    }
}

/// Reference and spread of the prices of goods at a gate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriceView {
    /// Commodity code.
    pub hs: HsCode,
    /// Unit the prices are for.
    pub unit: String,
    /// What is held against the price today.
    pub reference: Option<ReferenceView>,
    /// Calendar months looked back on, the running one included.
    pub months: u32,
    /// Fewest lines that are shown.
    pub least: u32,
    /// How many times the reference a price may be before it is far from it.
    pub times: String,
    /// How prices spread; `None` where too few were declared.
    pub spread: Option<SpreadView>,
}
