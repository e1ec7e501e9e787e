//! The business day of the gates and spans of days in which a rule holds.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday,
};
use serde::{Deserialize, Serialize};

/// Seconds by which Vietnam is ahead of UTC. The country has kept one offset since 1975.
const OFFSET_SECONDS: i32 = 7 * 3600;

/// A calendar day in Vietnam (Asia/Ho_Chi_Minh): the day the quota, the law and the reports count by.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessDay(NaiveDate);

impl BusinessDay {
    /// The day in Vietnam at an instant.
    #[must_use]
    pub fn of(instant: DateTime<Utc>) -> Self {
        let ahead = TimeDelta::seconds(i64::from(OFFSET_SECONDS));
        // Beyond the calendar's last hours the day stands still rather than breaking the program.
        Self(
            instant
                .checked_add_signed(ahead)
                .unwrap_or(instant)
                .date_naive(),
        )
    }

    /// Names a day by its date.
    #[must_use]
    pub const fn new(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The date.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// Days since 1 January 1970, as stored.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// Restores a stored day; `None` when it is no date.
    #[must_use]
    pub fn from_number(days: i32) -> Option<Self> {
        NaiveDate::from_epoch_days(days).map(Self)
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The first day of this day's calendar month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.with_day(1).unwrap_or(self.0))
    }

    /// The last day of this day's calendar month.
    #[must_use]
    pub fn month_end(self) -> Self {
        let days = u64::from(self.0.num_days_in_month());
        Self(
            self.month_start()
                .0
                .checked_add_days(Days::new(days - 1))
                .unwrap_or(self.0),
        )
    }

    /// The Monday of this day's week; exchange rates hold from Monday to Sunday
    /// (Decree 08/2015 art. 21(3)).
    #[must_use]
    pub fn week_start(self) -> Self {
        Self(
            self.0
                .week(Weekday::Mon)
                .checked_first_day()
                .unwrap_or(self.0),
        )
    }

    /// The day `days` before this one.
    #[must_use]
    pub fn before(self, days: u32) -> Self {
        Self(
            self.0
                .checked_sub_days(Days::new(u64::from(days)))
                .unwrap_or(NaiveDate::MIN),
        )
    }

    /// The day `days` after this one.
    #[must_use]
    pub fn after(self, days: u32) -> Self {
        Self(
            self.0
                .checked_add_days(Days::new(u64::from(days)))
                .unwrap_or(NaiveDate::MAX),
        )
    }

    /// The instant at which the day begins in Vietnam.
    #[must_use]
    pub fn start(self) -> DateTime<Utc> {
        self.0.and_time(chrono::NaiveTime::MIN).and_utc()
            - TimeDelta::seconds(i64::from(OFFSET_SECONDS))
    }
}

impl fmt::Display for BusinessDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for BusinessDay {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map(Self)
    }
}

/// An instant as clocks in Vietnam show it.
#[must_use]
pub fn in_vietnam(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc));
    instant.with_timezone(&offset)
}

/// The instant at which clocks in Vietnam show this.
#[must_use]
pub fn at_in_vietnam(shown: NaiveDateTime) -> DateTime<Utc> {
    shown.and_utc() - TimeDelta::seconds(i64::from(OFFSET_SECONDS))
}

/// The days on which a dated rule, rate or list entry holds: from its first day on, to its last
/// day if it has one, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// First day.
    pub from: BusinessDay,
    /// Last day; `None` while no end is known.
    pub to: Option<BusinessDay>,
}

impl Validity {
    /// From a day on, without a known end.
    #[must_use]
    pub const fn since(from: BusinessDay) -> Self {
        Self { from, to: None }
    }

    /// Whether the day lies within.
    #[must_use]
    pub fn holds_on(&self, day: BusinessDay) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day that lies within both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |a: &Self, b: &Self| b.to.is_none_or(|to| a.from <= to);
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// Whether every day of the other lies within.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let ends_after = match (self.to, other.to) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(to), Some(last)) => last <= to,
        };
        self.from <= other.from && ends_after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_day_turns_at_midnight_in_vietnam() {
        // LAW vector 7: 31 January 23:50 and 1 February 00:10, Hanoi time.
        let late = BusinessDay::of(at("2026-01-31T16:50:00Z"));
        let early = BusinessDay::of(at("2026-01-31T17:10:00Z"));
        assert_eq!(late.to_string(), "2026-01-31");
        assert_eq!(early.to_string(), "2026-02-01");
        assert_ne!(late.month_start(), early.month_start());
        assert_eq!(early.start(), at("2026-01-31T17:00:00Z"));
    }

    #[test]
    fn months_and_weeks_have_their_ends() {
        let day: BusinessDay = "2028-02-10".parse().expect("a day");
        assert_eq!(day.month_end().to_string(), "2028-02-29");
        assert_eq!(day.week_start().to_string(), "2028-02-07");
        assert_eq!(BusinessDay::from_number(day.number()), Some(day));
    }

    #[test]
    fn validity_includes_both_ends() {
        let day = |text: &str| text.parse::<BusinessDay>().expect("a day");
        let span = Validity {
            from: day("2026-11-23"),
            to: Some(day("2026-11-29")),
        };
        for (text, holds) in [
            ("2026-11-22", false),
            ("2026-11-23", true),
            ("2026-11-29", true),
            ("2026-11-30", false),
        ] {
            assert_eq!(span.holds_on(day(text)), holds, "{text}");
        }
        assert!(Validity::since(day("2020-01-01")).holds_on(day("2099-01-01")));
    }
}
