//! Totals of each gate, day and direction, kept up to date form by form.

use std::sync::OnceLock;

use bm_app::StoreError;
use bm_app::event::Declaration;
use bm_app::ports::DayTotals;
use bm_domain::correction::CorrectionKind;
use bm_domain::declaration::Direction;
use bm_domain::{BusinessDay, PersonId, Validity};
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use crate::codec::sql;

/// What happens to a form, as far as totals and quota follow from it.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// It was registered.
    Registered,
    /// It was refused and never stood.
    Refused,
    /// It was released.
    Released,
    /// It stands no longer; whether it had been released.
    Ended(CorrectionKind, bool),
    /// It was amended; how it stood before.
    Amended(&'a Declaration),
}

/// The sums of a form that stands.
fn amounts(declaration: &Declaration) -> DayTotals {
    let decision = &declaration.decision;
    let weights = decision.lines.iter().filter_map(|line| line.weight);
    DayTotals {
        forms: 1,
        value: decision.value.dong(),
        exempt: decision.exempt.dong(),
        excess: decision.excess.dong(),
        duty: decision.taxes.duty.dong(),
        excise: decision.taxes.excise.dong(),
        environment: decision.taxes.environment.dong(),
        vat: decision.taxes.vat.dong(),
        fee: decision.fee.dong(),
        weight_g: weights.map(|weight| weight.grams()).sum(),
        ..DayTotals::default()
    }
}

/// `one` and `sign` times `other`, amount by amount; persons are not added up.
pub fn plus(one: DayTotals, sign: i64, other: DayTotals) -> DayTotals {
    let mut sum = one;
    for (sum, part) in columns(&mut sum)
        .into_iter()
        .zip(columns(&mut other.clone()))
    {
        *sum += sign * *part;
    }
    sum
}

/// The amounts by which `change` of a form moves the totals; an amended form is given as it stands
/// then.
pub fn delta(declaration: &Declaration, change: Change<'_>) -> DayTotals {
    let none = DayTotals::default();
    match change {
        Change::Registered => amounts(declaration),
        Change::Refused => DayTotals { refused: 1, ..none },
        Change::Released => DayTotals {
            released: 1,
            ..none
        },
        Change::Ended(kind, released) => {
            let counts = DayTotals {
                refused: i64::from(kind == CorrectionKind::Refuse),
                cancelled: i64::from(kind != CorrectionKind::Refuse),
                returned: i64::from(kind == CorrectionKind::Return),
                released: -i64::from(released),
                ..none
            };
            plus(counts, -1, amounts(declaration))
        }
        Change::Amended(before) => {
            let counts = DayTotals { amended: 1, ..none };
            let added = plus(counts, 1, amounts(declaration));
            plus(added, -1, amounts(before))
        }
    }
}

/// The exempt value and the trips by which `change` of a form moves what a person used that day;
/// nothing when it does not. Of two workstations that were given one form each may have entered its
/// person apart: an amendment may name the other.
pub fn quota_moved(
    declaration: &Declaration,
    change: Change<'_>,
) -> impl Iterator<Item = (PersonId, (i64, i64))> {
    let person = declaration.person;
    let moved = match change {
        Change::Amended(before) if before.person != person => [
            (before.person, quota_delta(before, ENDED)),
            (person, quota_delta(declaration, Change::Registered)),
        ],
        _ => [(person, quota_delta(declaration, change)), (person, (0, 0))],
    };
    moved.into_iter().filter(|(_, moved)| *moved != (0, 0))
}

/// What takes a form out of the quota.
const ENDED: Change<'static> = Change::Ended(CorrectionKind::Cancel, false);

fn quota_delta(declaration: &Declaration, change: Change<'_>) -> (i64, i64) {
    let used = |form: &Declaration| match form.decision.counts_as_trip {
        true => (form.decision.exempt.dong(), 1),
        false => (0, 0),
    };
    let now = used(declaration);
    match change {
        Change::Registered => now,
        Change::Refused | Change::Released => (0, 0),
        Change::Ended(..) => (-now.0, -now.1),
        Change::Amended(before) => {
            let then = used(before);
            (now.0 - then.0, now.1 - then.1)
        }
    }
}

/// Every amount that is added up, in the order of the columns.
pub fn columns(t: &mut DayTotals) -> [&mut i64; 15] {
    [
        &mut t.forms,
        &mut t.value,
        &mut t.exempt,
        &mut t.excess,
        &mut t.duty,
        &mut t.excise,
        &mut t.environment,
        &mut t.vat,
        &mut t.fee,
        &mut t.weight_g,
        &mut t.refused,
        &mut t.cancelled,
        &mut t.released,
        &mut t.returned,
        &mut t.amended,
    ]
}

/// The columns in that order.
pub const COLUMNS: &str = "forms, value, exempt, excess, duty, excise, environment, vat, fee,
    weight_g, refused, cancelled, released, returned, amended";

/// Which totals a change is booked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Totals {
    /// Those of the form's own day.
    Day,
    /// Those of the corrections made on a day to forms of days closed by then.
    Correction,
}

impl Totals {
    /// Its table.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Day => "day_total",
            Self::Correction => "correction_total",
        }
    }
}

/// Where a change made on `made` to a form of `day` is booked: on the form's day while it is open,
/// afterwards among the corrections of the first day from `made` on that is open (Circular
/// 52/2020/TT-BTC: later changes count at the date of change).
pub fn booked(
    day: BusinessDay,
    made: BusinessDay,
    mut is_closed: impl FnMut(BusinessDay) -> Result<bool, StoreError>,
) -> Result<(Totals, BusinessDay), StoreError> {
    if !is_closed(day)? {
        return Ok((Totals::Day, day));
    }
    let mut on = made;
    while is_closed(on)? {
        on = on.after(1);
    }
    Ok((Totals::Correction, on))
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
    to: Totals,
    gate: &str,
    day: BusinessDay,
    direction: Direction,
    moved: &DayTotals,
) -> Result<(), StoreError> {
    let upsert = match to {
        Totals::Day => DAY_UPSERT.get_or_init(|| upsert(to)),
        Totals::Correction => CORRECTION_UPSERT.get_or_init(|| upsert(to)),
    };
    let mut moved = *moved;
    let (day, way) = (day.number(), direction.word());
    let key: [&dyn ToSql; 3] = [&gate, &day, &way];
    let amounts = columns(&mut moved);
    let amounts = amounts.iter().map(|amount| *amount as &dyn ToSql);
    let values: Vec<&dyn ToSql> = key.into_iter().chain(amounts).collect();
    db.prepare_cached(upsert)
        .and_then(|mut s| s.execute(values.as_slice()))
        .map(|_| ())
        .map_err(sql)
}

static DAY_UPSERT: OnceLock<String> = OnceLock::new();
static CORRECTION_UPSERT: OnceLock<String> = OnceLock::new();

fn upsert(to: Totals) -> String {
    let names: Vec<_> = COLUMNS.split(',').map(str::trim).collect();
    let sums = names
        .iter()
        .map(|name| format!("{name} = {name} + excluded.{name}"));
    let holes = (1..=names.len() + 3).map(|at| format!("?{at}"));
    format!(
        "INSERT INTO {} (gate, day, direction, {COLUMNS}) VALUES ({})
        ON CONFLICT DO UPDATE SET {}",
        to.table(),
        holes.collect::<Vec<_>>().join(", "),
        sums.collect::<Vec<_>>().join(", "),
    )
}

/// The amounts of a day as they are held.
pub fn held(
    db: &Connection,
    of: Totals,
    gate: &str,
    day: BusinessDay,
    direction: Direction,
) -> Result<DayTotals, StoreError> {
    let query = format!(
        "SELECT {COLUMNS} FROM {} WHERE gate = ?1 AND day = ?2 AND direction = ?3",
        of.table()
    );
    let key = params![gate, day.number(), direction.word()];
    let found = db
        .prepare_cached(&query)
        .and_then(|mut s| s.query_row(key, from_row).optional())
        .map_err(sql)?;
    Ok(found.unwrap_or_default())
}

/// Shows the totals of every gate, day and direction from one day to another, and what corrections
/// booked on a day moved, day by day.
pub fn between(
    db: &Connection,
    days: (BusinessDay, BusinessDay),
    each: &mut dyn FnMut(&str, BusinessDay, Direction, DayTotals),
) -> Result<(), StoreError> {
    for of in [Totals::Day, Totals::Correction] {
        let query = format!(
            "SELECT {COLUMNS}, gate, day, direction FROM {} WHERE day BETWEEN ?1 AND ?2
            ORDER BY day, gate, direction",
            of.table()
        );
        let mut statement = db.prepare_cached(&query).map_err(sql)?;
        let span = params![days.0.number(), days.1.number()];
        let mut rows = statement.query(span).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let damaged = || StoreError::Damaged(of.table().to_owned());
            let gate: String = row.get("gate").map_err(sql)?;
            let day = BusinessDay::from_number(row.get("day").map_err(sql)?);
            let way: String = row.get("direction").map_err(sql)?;
            let way = way.parse().map_err(|_| damaged())?;
            each(
                &gate,
                day.ok_or_else(damaged)?,
                way,
                from_row(row).map_err(sql)?,
            );
        }
    }
    Ok(())
}

/// Totals of a day; persons are counted from the forms themselves.
pub fn of_day(
    db: &Connection,
    gate: &str,
    day: BusinessDay,
    direction: Direction,
) -> Result<DayTotals, StoreError> {
    let totals = held(db, Totals::Day, gate, day, direction)?;
    let key = params![gate, day.number(), direction.word()];
    let persons = "SELECT COUNT(DISTINCT person) FROM declaration
        WHERE gate = ?1 AND day = ?2 AND direction = ?3 AND status = 'registered'";
    let residents = db
        .prepare_cached(persons)
        .and_then(|mut s| s.query_row(key, |r| r.get(0)))
        .map_err(sql)?;
    Ok(DayTotals {
        residents,
        ..totals
    })
}

/// Reads the amounts in the order of the columns, from the first one of `row`.
pub fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DayTotals> {
    let mut totals = DayTotals::default();
    for (at, amount) in columns(&mut totals).into_iter().enumerate() {
        *amount = row.get(at)?;
    }
    Ok(totals)
}
