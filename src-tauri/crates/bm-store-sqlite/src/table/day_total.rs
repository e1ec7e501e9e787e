//! Totals of each gate, day and direction, kept up to date form by form.

use bm_app::StoreError;
use bm_app::event::Declaration;
use bm_app::ports::DayTotals;
use bm_domain::declaration::Direction;
use bm_domain::{BusinessDay, Validity};
use rusqlite::{Connection, OptionalExtension, params};

use crate::codec::sql;

/// What one form adds to its day: standing, refused, or cancelled after standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A form was registered.
    Registered,
    /// A form was refused.
    Refused,
    /// A registered form was cancelled.
    Cancelled,
    /// A registered form was released.
    Released,
}

/// The amounts by which `change` of a form moves its day's totals.
pub fn delta(declaration: &Declaration, change: Change) -> DayTotals {
    let sign = match change {
        Change::Refused => {
            return DayTotals {
                refused: 1,
                ..DayTotals::default()
            };
        }
        Change::Released => {
            return DayTotals {
                released: 1,
                ..DayTotals::default()
            };
        }
        Change::Registered => 1,
        Change::Cancelled => -1,
    };
    let decision = &declaration.decision;
    let weight: i64 = decision
        .lines
        .iter()
        .filter_map(|l| l.weight)
        .map(|w| w.grams())
        .sum();
    DayTotals {
        forms: sign,
        residents: 0,
        value: sign * decision.value.dong(),
        exempt: sign * decision.exempt.dong(),
        excess: sign * decision.excess.dong(),
        duty: sign * decision.taxes.duty.dong(),
        excise: sign * decision.taxes.excise.dong(),
        environment: sign * decision.taxes.environment.dong(),
        vat: sign * decision.taxes.vat.dong(),
        fee: sign * decision.fee.dong(),
        weight_g: sign * weight,
        refused: 0,
        cancelled: i64::from(change == Change::Cancelled),
        released: 0,
    }
}

/// How many forms of a gate stand that were registered on these days.
pub fn forms_between(db: &Connection, gate: &str, days: Validity) -> Result<u64, StoreError> {
    let query = "SELECT COALESCE(SUM(forms), 0) FROM day_total
        WHERE gate = ?1 AND day BETWEEN ?2 AND ?3";
    let last = days.to.map_or(i32::MAX, BusinessDay::number);
    let forms: i64 = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row(params![gate, days.from.number(), last], |r| r.get(0)))
        .map_err(sql)?;
    Ok(u64::try_from(forms).unwrap_or_default())
}

/// Adds to a day.
pub fn add(
    db: &Connection,
    gate: &str,
    day: BusinessDay,
    direction: Direction,
    d: &DayTotals,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO day_total VALUES
        (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT DO UPDATE SET forms = forms + excluded.forms, value = value + excluded.value,
        exempt = exempt + excluded.exempt, excess = excess + excluded.excess,
        duty = duty + excluded.duty, excise = excise + excluded.excise,
        environment = environment + excluded.environment, vat = vat + excluded.vat,
        fee = fee + excluded.fee, weight_g = weight_g + excluded.weight_g,
        refused = refused + excluded.refused, cancelled = cancelled + excluded.cancelled,
        released = released + excluded.released";
    let values = params![
        gate,
        day.number(),
        direction.word(),
        d.forms,
        d.value,
        d.exempt,
        d.excess,
        d.duty,
        d.excise,
        d.environment,
        d.vat,
        d.fee,
        d.weight_g,
        d.refused,
        d.cancelled,
        d.released
    ];
    db.prepare_cached(upsert)
        .and_then(|mut s| s.execute(values))
        .map(|_| ())
        .map_err(sql)
}

/// Totals of a day; persons are counted from the forms themselves.
pub fn of_day(
    db: &Connection,
    gate: &str,
    day: BusinessDay,
    direction: Direction,
) -> Result<DayTotals, StoreError> {
    let query = "SELECT forms, value, exempt, excess, duty, excise, environment, vat, fee,
        weight_g, refused, cancelled, released FROM day_total WHERE gate = ?1 AND day = ?2 AND direction = ?3";
    let key = params![gate, day.number(), direction.word()];
    let found = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row(key, from_row).optional())
        .map_err(sql)?;
    let persons = "SELECT COUNT(DISTINCT person) FROM declaration
        WHERE gate = ?1 AND day = ?2 AND direction = ?3 AND status = 'registered'";
    let residents = db
        .prepare_cached(persons)
        .and_then(|mut s| s.query_row(key, |r| r.get(0)))
        .map_err(sql)?;
    Ok(DayTotals {
        residents,
        ..found.unwrap_or_default()
    })
}

/// Reads the amounts in the order of the columns, from the first one of `row`.
pub fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DayTotals> {
    Ok(DayTotals {
        forms: row.get(0)?,
        residents: 0,
        value: row.get(1)?,
        exempt: row.get(2)?,
        excess: row.get(3)?,
        duty: row.get(4)?,
        excise: row.get(5)?,
        environment: row.get(6)?,
        vat: row.get(7)?,
        fee: row.get(8)?,
        weight_g: row.get(9)?,
        refused: row.get(10)?,
        cancelled: row.get(11)?,
        released: row.get(12)?,
    })
}
