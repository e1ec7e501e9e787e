//! What each person used of the quota on each day, over all gates.

use std::collections::BTreeMap;

use bm_app::StoreError;
use bm_domain::quota::QuotaUsage;
use bm_domain::{BusinessDay, Vnd};
use rusqlite::{Connection, params};

use crate::codec::sql;
use crate::table::twin;

/// Adds to a person's day; a cancelled form adds negative amounts.
pub fn add(
    db: &Connection,
    person: i64,
    day: BusinessDay,
    exempt: i64,
    trips: i64,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO quota_use (person, day, exempt, trips) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (person, day) DO UPDATE
        SET exempt = exempt + excluded.exempt, trips = trips + excluded.trips";
    // The row's checks apply to what is inserted as well, so a reversal must be an update.
    let update = "UPDATE quota_use SET exempt = exempt + ?3, trips = trips + ?4
        WHERE person = ?1 AND day = ?2";
    let statement = if exempt < 0 || trips < 0 {
        update
    } else {
        upsert
    };
    db.prepare_cached(statement)
        .and_then(|mut s| s.execute(params![person, day.number(), exempt, trips]))
        .map(|_| ())
        .map_err(sql)
}

/// Use by day in a period, of the person and all twins: they may be one.
pub fn days(
    db: &Connection,
    person: i64,
    period: (BusinessDay, BusinessDay),
) -> Result<Vec<(BusinessDay, Vnd, u32)>, StoreError> {
    let all = twin::group(db, person)?;
    if all.len() == 1 {
        return own_days(db, person, period);
    }
    let mut days: BTreeMap<BusinessDay, (Vnd, u32)> = BTreeMap::new();
    for person in all {
        for (day, exempt, trips) in own_days(db, person, period)? {
            let used = days.entry(day).or_default();
            *used = (used.0 + exempt, used.1 + trips);
        }
    }
    let days = days.into_iter();
    Ok(days.map(|(day, used)| (day, used.0, used.1)).collect())
}

fn own_days(
    db: &Connection,
    person: i64,
    period: (BusinessDay, BusinessDay),
) -> Result<Vec<(BusinessDay, Vnd, u32)>, StoreError> {
    let query = "SELECT day, exempt, trips FROM quota_use
        WHERE person = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![person, period.0.number(), period.1.number()], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .map_err(sql)?;
    rows.map(|row| {
        let (day, exempt, trips) = row.map_err(sql)?;
        let day = BusinessDay::from_number(day)
            .ok_or_else(|| StoreError::Damaged(format!("quota_use.day {day}")))?;
        Ok((day, Vnd::new(exempt), trips))
    })
    .collect()
}

/// Use on a day and in the period around it.
pub fn usage(
    db: &Connection,
    person: i64,
    day: BusinessDay,
    period: (BusinessDay, BusinessDay),
) -> Result<QuotaUsage, StoreError> {
    let mut usage = QuotaUsage::default();
    for (of, exempt, trips) in days(db, person, period)? {
        usage.trips_in_period += trips;
        if of == day {
            usage.exempt_today = exempt;
            usage.trips_today = trips;
        }
    }
    Ok(usage)
}
