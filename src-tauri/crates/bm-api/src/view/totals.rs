//! Totals of a gate's day.

use bm_app::ports::DayTotals;
use bm_domain::{BusinessDay, Vnd};
use rust_decimal::Decimal;
use serde::Serialize;

/// Totals of one direction of a day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DirectionTotals {
    /// Forms that stand.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub forms: i64,
    /// Persons with a form that stands.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub residents: i64,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Import or export duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// Fees.
    pub fee_vnd: Vnd,
    /// Gross weight.
    pub weight_kg: String,
    /// Forms received: released, refused, cancelled and pending together.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub registered: i64,
    /// Forms released.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub released: i64,
    /// Forms refused.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub refused: i64,
    /// Forms cancelled.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub cancelled: i64,
    /// Forms registered and not yet released.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub pending: i64,
}

impl From<DayTotals> for DirectionTotals {
    fn from(t: DayTotals) -> Self {
        Self {
            forms: t.forms,
            residents: t.residents,
            value_vnd: Vnd::new(t.value),
            exempt_vnd: Vnd::new(t.exempt),
            excess_vnd: Vnd::new(t.excess),
            duty_vnd: Vnd::new(t.duty),
            excise_vnd: Vnd::new(t.excise),
            environment_vnd: Vnd::new(t.environment),
            vat_vnd: Vnd::new(t.vat),
            fee_vnd: Vnd::new(t.fee),
            weight_kg: Decimal::new(t.weight_g, 3).normalize().to_string(),
            registered: t.forms + t.refused + t.cancelled,
            released: t.released,
            refused: t.refused,
            cancelled: t.cancelled,
            pending: t.forms - t.released,
        }
    }
}

/// What corrections moved, in one direction: every figure may be negative.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionTotals {
    /// Forms amended.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub amended: i64,
    /// Forms returned.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub returned: i64,
    /// Forms cancelled.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub cancelled: i64,
    /// Forms refused.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub refused: i64,
    /// Forms that stand.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub forms: i64,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Import or export duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// Fees.
    pub fee_vnd: Vnd,
    /// Gross weight.
    pub weight_kg: String,
}

impl From<DayTotals> for CorrectionTotals {
    fn from(t: DayTotals) -> Self {
        Self {
            amended: t.amended,
            returned: t.returned,
            cancelled: t.cancelled - t.returned,
            refused: t.refused,
            forms: t.forms,
            value_vnd: Vnd::new(t.value),
            exempt_vnd: Vnd::new(t.exempt),
            excess_vnd: Vnd::new(t.excess),
            duty_vnd: Vnd::new(t.duty),
            excise_vnd: Vnd::new(t.excise),
            environment_vnd: Vnd::new(t.environment),
            vat_vnd: Vnd::new(t.vat),
            fee_vnd: Vnd::new(t.fee),
            weight_kg: Decimal::new(t.weight_g, 3).normalize().to_string(),
        }
    }
}

impl CorrectionTotals {
    /// Whether any correction was made.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.amended + self.returned + self.cancelled + self.refused > 0
    }

    /// Taxes and fees together.
    #[must_use]
    pub fn total(&self) -> Vnd {
        self.duty_vnd + self.excise_vnd + self.environment_vnd + self.vat_vnd + self.fee_vnd
    }
}

/// Both directions of a gate's day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Directions<T> {
    /// Purchases.
    pub import: T,
    /// Sales.
    pub export: T,
}

/// How a gate's day was closed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClosedView {
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: chrono::DateTime<chrono::Utc>,
    /// Display name of who closed it.
    pub by: String,
}

/// The daily report of a gate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DailyReport {
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// The day.
    pub date: BusinessDay,
    /// When it was made.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub made_at: chrono::DateTime<chrono::Utc>,
    /// By whom.
    pub made_by: String,
    /// How the day was closed; `None` while it is open. A closed day keeps its figures.
    pub closed: Option<ClosedView>,
    /// The figures.
    pub directions: Directions<DirectionTotals>,
    /// What corrections made on this day moved the figures of earlier days closed by then.
    pub corrections: Directions<CorrectionTotals>,
}
