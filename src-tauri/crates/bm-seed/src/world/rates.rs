//! Invented weekly exchange rates, the same for a week whatever day the world is asked on.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use super::chance::Chance;
use crate::data::RateRow;

/// Kept away from the streams of residents and days.
const STREAM: u64 = 1 << 40;
/// Weeks before this one that have a rate.
const WEEKS_BACK: i64 = 9;
/// Weeks that have a rate.
const WEEKS: i64 = 14;

/// Hundredths of a VND for one unit.
fn hundredths(seed: u64, currency: &str, monday: NaiveDate) -> i64 {
    let week = monday.to_epoch_days().unsigned_abs() / 7;
    let mut chance = Chance::new(seed, STREAM + u64::from(week));
    // Both are drawn so that neither depends on which was asked for.
    let yuan = 363_000 + i64::from(chance.below(3_000));
    let dollar = 2_608_000 + 100 * i64::from(chance.below(120));
    if currency == "USD" { dollar } else { yuan }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Hundredths of a VND for one yuan on a day.
pub(super) fn yuan_on(seed: u64, day: NaiveDate) -> i64 {
    hundredths(seed, "CNY", monday_of(day))
}

/// The rows of fourteen weeks around a day, oldest first.
pub(super) fn around(seed: u64, today: NaiveDate) -> Vec<RateRow> {
    let first = monday_of(today) - TimeDelta::weeks(WEEKS_BACK);
    let mondays = (0..WEEKS).map(|week| first + TimeDelta::weeks(week));
    mondays
        .flat_map(|monday| ["CNY", "USD"].map(|name| row(seed, name, monday)))
        .collect()
}

fn row(seed: u64, currency: &str, monday: NaiveDate) -> RateRow {
    RateRow {
        currency: currency.to_owned(),
        rate_vnd: Decimal::new(hundredths(seed, currency, monday), 2),
        thursday: monday - TimeDelta::days(4),
        valid_from: monday,
        valid_to: monday + TimeDelta::days(6),
        source: "demo".to_owned(),
    }
}
