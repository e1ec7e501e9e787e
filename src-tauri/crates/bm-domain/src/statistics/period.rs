//! Periods of reports: the solar calendar in Vietnam (Circular 52/2020/TT-BTC).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::BusinessDay;

words! {
    /// How long a report reaches.
    PeriodKind {
        /// One day.
        Day = "day",
        /// From the 1st to the 15th, or from the 16th to the end of the month.
        HalfMonth = "half_month",
        /// A calendar month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// Six months.
        HalfYear = "half_year",
        /// A calendar year.
        Year = "year",
        /// Any days.
        Span = "span",
    }
}

/// The days a report is about, both included.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: BusinessDay,
    /// Last day.
    pub to: BusinessDay,
}

fn day(year: i32, month: u32, day: u32) -> Option<BusinessDay> {
    NaiveDate::from_ymd_opt(year, month, day).map(BusinessDay::new)
}

impl Period {
    /// The period of a kind in which a day lies; a span is the day alone.
    #[must_use]
    pub fn of(kind: PeriodKind, on: BusinessDay) -> Self {
        let months = |count: u32| {
            let first = on.date().month0() / count * count + 1;
            let from = day(on.year(), first, 1).unwrap_or(on);
            let to = day(on.year(), first + count - 1, 1).map_or(on, BusinessDay::month_end);
            Self { from, to }
        };
        match kind {
            PeriodKind::Day | PeriodKind::Span => Self { from: on, to: on },
            PeriodKind::HalfMonth if on.date().day() <= 15 => Self {
                from: on.month_start(),
                to: on.month_start().after(14),
            },
            PeriodKind::HalfMonth => Self {
                from: on.month_start().after(15),
                to: on.month_end(),
            },
            PeriodKind::Month => months(1),
            PeriodKind::Quarter => months(3),
            PeriodKind::HalfYear => months(6),
            PeriodKind::Year => months(12),
        }
    }

    /// Whether a day lies within.
    #[must_use]
    pub fn holds(&self, day: BusinessDay) -> bool {
        self.from <= day && day <= self.to
    }

    /// From 1 January of the year in which it begins to its end.
    #[must_use]
    pub fn since_new_year(&self) -> Self {
        Self {
            from: day(self.from.year(), 1, 1).unwrap_or(self.from),
            to: self.to,
        }
    }
}
