//! The duty-free quota of a border resident.
//!
//! Decree 134/2016/ND-CP art. 9 and app. V, Circular 80/2019/TT-BTC art. 6(3): goods up to a value
//! a day, at most so many times a month, over all gates. The figures are dated data; where texts
//! disagree the default is the reading that satisfies all of them (one exempt trip a day).

use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity};
use crate::declaration::Direction;
use crate::money::Vnd;

/// What happens to a further trip on a day that already had an exempt one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondTrip {
    /// Nothing of it is exempt: the strict reading.
    NotExempt,
    /// It shares what is left of the day's value and counts as a trip of its own.
    ShareDayLimit,
}

/// The span in which trips are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaPeriod {
    /// The calendar month.
    CalendarMonth,
    /// The day and the 29 before it.
    Rolling30Days,
}

/// The quota as one legal text sets it for one direction of trade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaRule {
    /// Import, export, or both by two rules.
    pub direction: Direction,
    /// Exempt value for one person and day, in VND.
    pub value_limit: Vnd,
    /// Exempt trips for one person in the period.
    pub trips_limit: u32,
    /// The period.
    pub period: QuotaPeriod,
    /// What a second trip of a day gets.
    pub second_trip: SecondTrip,
    /// Whether a trip without any exemption uses up one of the trips.
    pub taxed_trip_counts: bool,
    /// Days on which the rule holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

impl QuotaRule {
    /// First and last day of the period in which a trip of `day` is counted.
    #[must_use]
    pub fn period_of(&self, day: BusinessDay) -> (BusinessDay, BusinessDay) {
        match self.period {
            QuotaPeriod::CalendarMonth => (day.month_start(), day.month_end()),
            QuotaPeriod::Rolling30Days => (day.before(29), day),
        }
    }
}

/// What one person has used, over all gates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaUsage {
    /// Exempt value used on the day, in VND.
    pub exempt_today: Vnd,
    /// Trips counted on the day.
    pub trips_today: u32,
    /// Trips counted in the period, those of the day included.
    pub trips_in_period: u32,
}

/// Why a trip gets less than the day's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Curtailed {
    /// The trips of the period are used up.
    PeriodTripsUsedUp,
    /// An exempt trip was made that day.
    SecondTripOfDay,
    /// Part of the day's value is used.
    DayPartlyUsed,
}

/// How much of the next trip may be exempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The most that may be exempt, in VND.
    pub value: Vnd,
    /// Why it is less than the day's value, if it is.
    pub curtailed: Option<Curtailed>,
}

/// The allowance of the next trip under `rule`, given what was used.
#[must_use]
pub fn allowance(rule: &QuotaRule, usage: QuotaUsage) -> Allowance {
    let none = |why| Allowance {
        value: Vnd::ZERO,
        curtailed: Some(why),
    };
    if usage.trips_in_period >= rule.trips_limit {
        return none(Curtailed::PeriodTripsUsedUp);
    }
    if usage.trips_today > 0 && rule.second_trip == SecondTrip::NotExempt {
        return none(Curtailed::SecondTripOfDay);
    }
    let value = rule.value_limit.above(usage.exempt_today);
    let curtailed = usage
        .exempt_today
        .is_positive()
        .then_some(Curtailed::DayPartlyUsed);
    Allowance { value, curtailed }
}

/// Whether a trip with this exempt value is counted.
#[must_use]
pub fn counts_as_trip(rule: &QuotaRule, value: Vnd, exempt: Vnd) -> bool {
    exempt.is_positive() || (rule.taxed_trip_counts && value.is_positive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(second_trip: SecondTrip) -> QuotaRule {
        QuotaRule {
            direction: Direction::Import,
            value_limit: Vnd::new(2_000_000),
            trips_limit: 4,
            period: QuotaPeriod::CalendarMonth,
            second_trip,
            taxed_trip_counts: false,
            validity: Validity::since("2020-01-01".parse().expect("a day")),
            basis: String::new(),
        }
    }

    fn usage(exempt_today: i64, trips_today: u32, trips_in_period: u32) -> QuotaUsage {
        QuotaUsage {
            exempt_today: Vnd::new(exempt_today),
            trips_today,
            trips_in_period,
        }
    }

    #[test]
    fn the_allowance_follows_day_and_month() {
        use Curtailed::{DayPartlyUsed, PeriodTripsUsedUp, SecondTripOfDay};
        use SecondTrip::{NotExempt, ShareDayLimit};
        let cases = [
            (NotExempt, usage(0, 0, 0), 2_000_000, None),
            (NotExempt, usage(0, 0, 3), 2_000_000, None),
            (NotExempt, usage(0, 0, 4), 0, Some(PeriodTripsUsedUp)),
            (NotExempt, usage(0, 0, 9), 0, Some(PeriodTripsUsedUp)),
            (NotExempt, usage(1_500_000, 1, 1), 0, Some(SecondTripOfDay)),
            (
                ShareDayLimit,
                usage(1_500_000, 1, 1),
                500_000,
                Some(DayPartlyUsed),
            ),
            (
                ShareDayLimit,
                usage(2_000_000, 1, 1),
                0,
                Some(DayPartlyUsed),
            ),
            (
                ShareDayLimit,
                usage(1_500_000, 1, 4),
                0,
                Some(PeriodTripsUsedUp),
            ),
            (
                ShareDayLimit,
                usage(9_000_000, 2, 2),
                0,
                Some(DayPartlyUsed),
            ),
        ];
        for (second_trip, used, value, curtailed) in cases {
            let expected = Allowance {
                value: Vnd::new(value),
                curtailed,
            };
            assert_eq!(
                allowance(&rule(second_trip), used),
                expected,
                "{second_trip:?} {used:?}"
            );
        }
    }

    #[test]
    fn periods_are_months_or_thirty_days() {
        let day = |text: &str| text.parse::<BusinessDay>().expect("a day");
        let mut rule = rule(SecondTrip::NotExempt);
        assert_eq!(
            rule.period_of(day("2026-02-14")),
            (day("2026-02-01"), day("2026-02-28"))
        );
        rule.period = QuotaPeriod::Rolling30Days;
        assert_eq!(
            rule.period_of(day("2026-03-01")),
            (day("2026-01-31"), day("2026-03-01"))
        );
    }

    #[test]
    fn a_fully_taxed_trip_counts_only_if_the_rule_says_so() {
        let mut rule = rule(SecondTrip::NotExempt);
        let value = Vnd::new(400_000);
        assert!(!counts_as_trip(&rule, value, Vnd::ZERO));
        assert!(counts_as_trip(&rule, value, Vnd::new(1)));
        rule.taxed_trip_counts = true;
        assert!(counts_as_trip(&rule, value, Vnd::ZERO));
        assert!(!counts_as_trip(&rule, Vnd::ZERO, Vnd::ZERO));
    }
}
