//! What a report asks for: its basis, what it is grouped by, which figures it shows.

use serde::{Deserialize, Serialize};

use super::PeriodKind;
use crate::declaration::Direction;
use crate::hs::HsPrefix;
use crate::violation::{Violation, ViolationCode as Code};

words! {
    /// What is counted.
    Basis {
        /// What the gates' days say: totals of each day, and corrections on the day they were booked.
        DayBook = "day_book",
        /// Released forms on the day they were released (Circular 52/2020/TT-BTC).
        Statistical = "statistical",
        /// Forms that stand, as they stand now, on their day of registration.
        Standing = "standing",
    }
}

words! {
    /// What figures are told apart by.
    Dimension {
        /// Gate.
        Gate = "gate",
        /// Gate that it belongs to, or itself.
        Parent = "parent",
        /// Import or export.
        Direction = "direction",
        /// Group of commodities.
        Group = "group",
        /// Commodity code.
        Hs = "hs",
        /// Partner country.
        Country = "country",
        /// Unit of the quantity.
        Unit = "unit",
        /// Commune of the resident.
        Commune = "commune",
        /// Resident.
        Resident = "resident",
        /// Day of registration.
        Day = "day",
    }
}

words! {
    /// A figure.
    Measure {
        /// Forms received, whatever became of them.
        Received = "received",
        /// Of these released.
        Released = "released",
        /// Refused.
        Refused = "refused",
        /// Cancelled or returned.
        Cancelled = "cancelled",
        /// Not released yet.
        Pending = "pending",
        /// Forms.
        Forms = "forms",
        /// Lines of goods.
        Lines = "lines",
        /// Quantity in the unit declared, in thousandths.
        Quantity = "quantity",
        /// Gross weight in grams.
        Weight = "weight",
        /// What counts for tonnes, in grams.
        Mass = "mass",
        /// Customs value in VND.
        Value = "value",
        /// The same in cents of a dollar.
        ValueUsd = "value_usd",
        /// Within the quota, in VND.
        Exempt = "exempt",
        /// Above it.
        Excess = "excess",
        /// Import or export duty.
        Duty = "duty",
        /// Excise.
        Excise = "excise",
        /// Environment tax.
        Environment = "environment",
        /// Value added tax.
        Vat = "vat",
        /// These four together.
        Taxes = "taxes",
        /// Fees.
        Fee = "fee",
    }
}

impl Dimension {
    /// Whether it tells the lines of one form apart.
    #[must_use]
    pub const fn is_of_lines(self) -> bool {
        matches!(self, Self::Group | Self::Hs | Self::Country | Self::Unit)
    }

    /// Whether the totals of days tell it.
    const fn is_of_days(self) -> bool {
        matches!(
            self,
            Self::Gate | Self::Parent | Self::Direction | Self::Day
        )
    }
}

impl Measure {
    /// Whether it is counted by whole forms only.
    #[must_use]
    pub const fn is_of_forms(self) -> bool {
        matches!(
            self,
            Self::Forms
                | Self::Fee
                | Self::Received
                | Self::Released
                | Self::Refused
                | Self::Cancelled
                | Self::Pending
        )
    }

    /// Whether only the totals of days tell it.
    #[must_use]
    pub const fn is_of_days(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Released | Self::Refused | Self::Cancelled | Self::Pending
        )
    }

    /// How many digits of the stored figure stand behind the point: weights are kilograms, masses
    /// tonnes.
    #[must_use]
    pub const fn places(self) -> u32 {
        match self {
            Self::Quantity | Self::Weight => 3,
            Self::Mass => 6,
            Self::ValueUsd => 2,
            _ => 0,
        }
    }

    /// Whether the totals of days do not tell it.
    const fn is_of_lines(self) -> bool {
        matches!(self, Self::Lines | Self::Quantity | Self::Mass)
    }
}

/// Which figures a report leaves out: an empty list takes all.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Only this way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub direction: Option<Direction>,
    /// Only these groups of commodities, by code.
    pub groups: Vec<String>,
    /// Only codes that begin so.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<String>"))]
    pub hs: Vec<HsPrefix>,
    /// Only these countries.
    pub countries: Vec<String>,
    /// Only these communes, by code.
    pub communes: Vec<String>,
}

impl Filter {
    /// Whether it takes some lines of a form only.
    #[must_use]
    pub fn is_of_lines(&self) -> bool {
        !(self.groups.is_empty() && self.hs.is_empty() && self.countries.is_empty())
    }
}

/// By which figure rows are put in order; those of a section among themselves.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorting {
    /// The figure.
    pub by: Measure,
    /// The largest first.
    pub descending: bool,
}

/// What a report asks for, for whatever days and gates it is made.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPlan {
    /// What is counted.
    pub basis: Basis,
    /// How long it reaches.
    pub period: PeriodKind,
    /// What figures are told apart by, the outermost first.
    pub grouping: Vec<Dimension>,
    /// How many of these, from the outermost, have a heading and a sum of their own.
    pub sections: u8,
    /// What is left out.
    pub filter: Filter,
    /// The figures, in the order of the columns.
    pub columns: Vec<Measure>,
    /// Whether each figure is shown since the beginning of the year too.
    pub cumulative: bool,
    /// The order of the rows; by what they are grouped by when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub sort: Option<Sorting>,
}

impl ReportPlan {
    /// What can't be answered; fields are named as in the plan.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut odd = |field: &str, word: &str| {
            found.push(Violation::new(Code::ReportNotTold, field).with("what", word));
        };
        let lines = self.grouping.iter().any(|one| one.is_of_lines()) || self.filter.is_of_lines();
        for one in &self.grouping {
            let told = match self.basis {
                Basis::DayBook => one.is_of_days(),
                Basis::Statistical => *one != Dimension::Resident,
                Basis::Standing => true,
            };
            if !told || self.grouping.iter().filter(|other| *other == one).count() > 1 {
                odd("grouping", one.word());
            }
        }
        for one in &self.columns {
            let told = match self.basis {
                Basis::DayBook => !one.is_of_lines(),
                Basis::Statistical | Basis::Standing => !one.is_of_days(),
            };
            // Pieces and kilograms make no sum.
            let by_unit = *one != Measure::Quantity || self.grouping.contains(&Dimension::Unit);
            if !told || !by_unit || (lines && one.is_of_forms()) {
                odd("columns", one.word());
            }
        }
        if self.basis == Basis::DayBook && (lines || !self.filter.communes.is_empty()) {
            odd("filter", Basis::DayBook.word());
        }
        if self.columns.is_empty() {
            found.push(Violation::new(Code::FieldRequired, "columns"));
        }
        if usize::from(self.sections) > self.grouping.len() {
            found.push(Violation::new(Code::NumberOutOfRange, "sections"));
        }
        if self
            .sort
            .is_some_and(|sort| !self.columns.contains(&sort.by))
        {
            found.push(Violation::new(Code::FieldRequired, "sort"));
        }
        found
    }
}
