//! Working time: hours of the week and public holidays as dated data, and deadlines counted in them.
//!
//! Customs Law 54/2014/QH13 art. 23 sets time limits in working hours; what the hours of an office
//! and the holidays of a year are is entered, not built in.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity, in_vietnam};

/// How far ahead a deadline is looked for, in days: a year of nothing but holidays is a mistake of
/// the data.
const DAYS_MAX: u32 = 370;

/// A span of one day in which the office works, Hanoi time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// When it begins.
    pub from: NaiveTime,
    /// When it ends, later on the same day.
    pub to: NaiveTime,
}

/// The hours of an ordinary week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekHours {
    /// Weekdays with work: 1 is Monday, 7 is Sunday.
    pub weekdays: Vec<u8>,
    /// Spans of each of them, in order, apart.
    pub spans: Vec<Span>,
    /// Days on which these hours hold.
    pub validity: Validity,
    /// The text they come from.
    pub basis: String,
}

impl WeekHours {
    fn works_on(&self, weekday: Weekday) -> bool {
        let number = u8::try_from(weekday.number_from_monday()).unwrap_or_default();
        self.weekdays.contains(&number)
    }
}

/// A day without work (Labour Code 45/2019/QH14 art. 112), with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub day: BusinessDay,
    /// What is kept.
    pub name: String,
    /// The text it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

/// Hours and holidays together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCalendar {
    /// Hours, by the day from which they hold.
    pub hours: Vec<WeekHours>,
    /// Holidays by day.
    pub holidays: BTreeMap<BusinessDay, Holiday>,
}

impl WorkCalendar {
    /// The spans of a day, none on a holiday.
    fn spans(&self, day: BusinessDay) -> &[Span] {
        if self.holidays.contains_key(&day) {
            return &[];
        }
        let hours = self.hours.iter().rev().find(|h| h.validity.holds_on(day));
        hours
            .filter(|hours| hours.works_on(day.date().weekday()))
            .map_or(&[], |hours| &hours.spans)
    }

    /// The instant by which `minutes` of working time have passed since `start`; `None` when no
    /// hours are entered for the days that would be needed.
    #[must_use]
    pub fn deadline(&self, start: DateTime<Utc>, minutes: u32) -> Option<DateTime<Utc>> {
        let mut left = TimeDelta::minutes(i64::from(minutes));
        let mut day = BusinessDay::of(start);
        let mut clock = in_vietnam(start).time();
        for _ in 0..DAYS_MAX {
            for span in self.spans(day) {
                let begin = span.from.max(clock);
                let length = span.to - begin;
                if length <= TimeDelta::zero() {
                    continue;
                }
                if left <= length {
                    return Some(day.start() + (begin - NaiveTime::MIN) + left);
                }
                left -= length;
            }
            day = day.after(1);
            clock = NaiveTime::MIN;
        }
        None
    }

    /// The end of the `days`th working day after `day`; with none, the beginning of the next
    /// working day. `None` when no hours are entered for the days that would be needed.
    #[must_use]
    pub fn days_after(&self, day: BusinessDay, days: u32) -> Option<DateTime<Utc>> {
        let mut left = days;
        for ahead in 1..=DAYS_MAX {
            let next = day.after(ahead);
            let spans = self.spans(next);
            let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
                continue;
            };
            let at = |time: NaiveTime| next.start() + (time - NaiveTime::MIN);
            match left {
                0 => return Some(at(first.from)),
                1 => return Some(at(last.to)),
                _ => left -= 1,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    }

    fn calendar() -> WorkCalendar {
        let day: BusinessDay = "2026-09-02".parse().expect("a day");
        let span = |from, to| Span {
            from: time(from),
            to: time(to),
        };
        WorkCalendar {
            hours: vec![WeekHours {
                weekdays: vec![1, 2, 3, 4, 5],
                spans: vec![span("07:30", "11:30"), span("13:00", "17:00")],
                validity: Validity::since("2020-01-01".parse().expect("a day")),
                basis: String::new(),
            }],
            holidays: BTreeMap::from([(
                day,
                Holiday {
                    day,
                    name: "Quốc khánh".into(),
                    basis: String::new(),
                },
            )]),
        }
    }

    #[test]
    fn working_hours_pass_over_noon_nights_week_ends_and_holidays() {
        let cases = [
            // Tuesday.
            (
                "2026-11-24T08:00:00+07:00",
                120,
                "2026-11-24T10:00:00+07:00",
            ),
            (
                "2026-11-24T10:30:00+07:00",
                120,
                "2026-11-24T14:00:00+07:00",
            ),
            (
                "2026-11-24T06:00:00+07:00",
                120,
                "2026-11-24T09:30:00+07:00",
            ),
            (
                "2026-11-24T16:00:00+07:00",
                120,
                "2026-11-25T08:30:00+07:00",
            ),
            (
                "2026-11-24T09:30:00+07:00",
                480,
                "2026-11-25T09:30:00+07:00",
            ),
            // The last span ends exactly with the time.
            (
                "2026-11-24T15:00:00+07:00",
                120,
                "2026-11-24T17:00:00+07:00",
            ),
            // Friday evening: Monday.
            (
                "2026-11-27T18:00:00+07:00",
                120,
                "2026-11-30T09:30:00+07:00",
            ),
            // Wednesday, 2 September, is a holiday.
            ("2026-09-01T16:30:00+07:00", 60, "2026-09-03T08:00:00+07:00"),
        ];
        for (start, minutes, expected) in cases {
            let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
            let got = calendar().deadline(at(start), minutes);
            assert_eq!(got, Some(at(expected)), "{minutes} minutes from {start}");
        }
        assert_eq!(
            WorkCalendar::default().deadline(DateTime::UNIX_EPOCH, 1),
            None
        );
    }

    #[test]
    fn working_days_pass_over_week_ends_and_holidays() {
        for (day, days, expected) in [
            // Tuesday: Wednesday's opening, Wednesday's end, Friday's end.
            ("2026-11-24", 0, "2026-11-25T07:30:00+07:00"),
            ("2026-11-24", 1, "2026-11-25T17:00:00+07:00"),
            ("2026-11-24", 3, "2026-11-27T17:00:00+07:00"),
            // Friday and Saturday: Monday.
            ("2026-11-27", 0, "2026-11-30T07:30:00+07:00"),
            ("2026-11-28", 1, "2026-11-30T17:00:00+07:00"),
            // The day before a holiday in mid-week.
            ("2026-09-01", 0, "2026-09-03T07:30:00+07:00"),
            ("2026-09-01", 3, "2026-09-07T17:00:00+07:00"),
        ] {
            let got = calendar().days_after(day.parse().expect("a day"), days);
            let expected = expected.parse::<DateTime<Utc>>().expect("a time");
            assert_eq!(got, Some(expected), "{days} days after {day}");
        }
        let day = "2026-11-24".parse().expect("a day");
        assert_eq!(WorkCalendar::default().days_after(day, 0), None);
    }

    proptest! {
        #[test]
        fn a_deadline_in_two_steps_is_the_deadline_in_one(
            second in 0_i64..40_000_000, first in 0_u32..2_000, then in 0_u32..2_000,
        ) {
            let start = "2026-01-01T00:00:00Z".parse::<DateTime<Utc>>().expect("a time")
                + TimeDelta::seconds(second);
            let calendar = calendar();
            let once = calendar.deadline(start, first + then);
            let twice = calendar.deadline(start, first).and_then(|at| calendar.deadline(at, then));
            // A step that ends with a span may begin the next one at the span after it.
            let work = |at: Option<DateTime<Utc>>| at.and_then(|at| calendar.deadline(at, 1));
            prop_assert_eq!(work(once), work(twice));
            prop_assert!(once >= Some(start));
        }
    }
}
