//! What released forms count for in trade statistics, kept up to date from their release on.

use std::collections::HashMap;
use std::sync::OnceLock;

use bm_app::StoreError;
use bm_app::event::{Correction, Declaration, Event};
use bm_domain::declaration::Direction;
use bm_domain::process::Step;
use bm_domain::statistics::{Amounts, Fact, Item, points};
use bm_domain::{BusinessDay, HsCode};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use uuid::Uuid;

use crate::codec::{record, sql};
use crate::table::day_total::Change;
use crate::table::declaration;

/// The step that makes the table, which [`fill`] then fills.
pub const MIGRATION: &str = include_str!("../../migrations/0010_statistics.sql");

/// What a row is found by, in the order of its columns.
const KEY: &str = "entered, gate, direction, registered, hs, country, unit, commune";
const KEYS: usize = 8;

/// What a change of a form does to the statistics: forms that are counted, each with its sign. Only
/// a released form counts; `released` tells whether this one was before the change.
pub fn moved<'a>(
    form: &'a Declaration,
    change: Change<'a>,
    released: bool,
) -> Vec<(&'a Declaration, i64)> {
    match change {
        Change::Released => vec![(form, 1)],
        Change::Ended(..) if released => vec![(form, -1)],
        Change::Amended(before) if released => vec![(form, 1), (before, -1)],
        _ => Vec::new(),
    }
}

/// The facts of a form that is counted on a day.
pub fn facts(
    form: &Declaration,
    entered: BusinessDay,
    commune: &str,
) -> impl Iterator<Item = Fact> {
    let points = points(&form.draft, &form.decision).into_iter();
    points.map(move |(item, amounts)| Fact {
        gate: form.draft.gate.clone(),
        direction: form.draft.direction,
        registered: form.day(),
        entered,
        item,
        commune: commune.to_owned(),
        resident: None,
        amounts,
    })
}

fn columns() -> String {
    let names: Vec<_> = Amounts::KEPT.iter().map(|one| one.word()).collect();
    names.join(", ")
}

/// Counts a form on a day, or with a negative `sign` no longer.
pub fn add(
    db: &Connection,
    form: &Declaration,
    entered: BusinessDay,
    commune: &str,
    sign: i64,
) -> Result<(), StoreError> {
    static UPSERT: OnceLock<String> = OnceLock::new();
    let upsert = UPSERT.get_or_init(|| {
        let sums = Amounts::KEPT.map(|one| format!("{0} = {0} + excluded.{0}", one.word()));
        let holes: Vec<_> = (1..=KEYS + Amounts::KEPT.len())
            .map(|at| format!("?{at}"))
            .collect();
        format!(
            "INSERT INTO statistic ({KEY}, {}) VALUES ({}) ON CONFLICT DO UPDATE SET {}",
            columns(),
            holes.join(", "),
            sums.join(", "),
        )
    });
    let mut statement = db.prepare_cached(upsert).map_err(sql)?;
    for fact in facts(form, entered, commune) {
        let (hs, country, unit) = parts(fact.item.as_ref());
        let (entered, registered) = (fact.entered.number(), fact.registered.number());
        let way = fact.direction.word();
        let key: [&dyn ToSql; KEYS] = [
            &entered,
            &fact.gate,
            &way,
            &registered,
            &hs,
            &country,
            &unit,
            &fact.commune,
        ];
        let figures = Amounts::KEPT.map(|one| sign * fact.amounts.of(one));
        let figures = figures.iter().map(|figure| figure as &dyn ToSql);
        let values: Vec<&dyn ToSql> = key.into_iter().chain(figures).collect();
        statement.execute(values.as_slice()).map_err(sql)?;
    }
    Ok(())
}

/// How a line's goods are stored; a form as a whole has none.
pub fn parts(item: Option<&Item>) -> (u32, &str, &str) {
    item.map_or((0, "", ""), |item| {
        (item.hs.number(), &item.country, &item.unit)
    })
}

/// Shows what was counted from one day to another, or ever, the earlier first.
pub fn each(
    db: &Connection,
    days: Option<(BusinessDay, BusinessDay)>,
    each: &mut dyn FnMut(Fact),
) -> Result<(), StoreError> {
    let query = format!(
        "SELECT {KEY}, {} FROM statistic WHERE entered BETWEEN ?1 AND ?2
        ORDER BY {KEY}",
        columns()
    );
    let mut statement = db.prepare_cached(&query).map_err(sql)?;
    let days = days.map(|(from, to)| (i64::from(from.number()), i64::from(to.number())));
    let (from, to) = days.unwrap_or((i64::MIN, i64::MAX));
    let mut rows = statement.query(params![from, to]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        each(fact(row)?);
    }
    Ok(())
}

/// Reads a row in the order of [`each`]'s columns.
fn fact(row: &rusqlite::Row<'_>) -> Result<Fact, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("statistic.{what}"));
    let day = |at: usize| {
        let number = row.get(at).map_err(sql)?;
        BusinessDay::from_number(number).ok_or_else(|| damaged("day"))
    };
    let text = |at: usize| row.get::<_, String>(at).map_err(sql);
    let way: Direction = text(2)?.parse().map_err(|_| damaged("direction"))?;
    let item = match row.get::<_, u32>(4).map_err(sql)? {
        // A form as a whole has neither.
        0 if text(5)?.is_empty() && text(6)?.is_empty() => None,
        hs => Some(Item {
            hs: HsCode::from_number(hs).ok_or_else(|| damaged("hs"))?,
            country: text(5)?,
            unit: text(6)?,
        }),
    };
    let mut amounts = Amounts::default();
    for (at, measure) in Amounts::KEPT.into_iter().enumerate() {
        amounts = amounts.with(measure, row.get(KEYS + at).map_err(sql)?);
    }
    Ok(Fact {
        entered: day(0)?,
        gate: text(1)?,
        direction: way,
        registered: day(3)?,
        item,
        commune: text(7)?,
        resident: None,
        amounts,
    })
}

/// The commune a released form counts for.
pub fn commune(db: &Connection, form: Uuid) -> Result<Option<String>, StoreError> {
    let query = "SELECT commune FROM declaration WHERE uuid = ?1";
    let found = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([form.as_bytes()], |r| r.get(0)).optional())
        .map_err(sql)?;
    Ok(found.flatten())
}

/// Notes the commune a form counts for from its release on.
pub fn note_commune(db: &Connection, form: Uuid, commune: &str) -> Result<(), StoreError> {
    let update = "UPDATE declaration SET commune = ?2 WHERE uuid = ?1";
    db.prepare_cached(update)
        .and_then(|mut s| s.execute(params![form.as_bytes(), commune]))
        .map(|_| ())
        .map_err(sql)
}

/// Fills the table from the records, for a database that was made before it: in their order, as a
/// form counts as it stood and for the commune its resident had when it was released.
pub fn fill(db: &Connection) -> Result<(), StoreError> {
    let mut communes: HashMap<Uuid, String> = HashMap::new();
    let mut revised: HashMap<Uuid, i64> = HashMap::new();
    let mut statement = db
        .prepare("SELECT id, payload FROM record ORDER BY id")
        .map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let id: i64 = row.get(0).map_err(sql)?;
        let payload = row.get_ref(1).map_err(sql)?.as_str().unwrap_or_default();
        let taken = record(payload).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let on = BusinessDay::of(taken.at);
        let form = |id: Uuid| match revised.get(&id) {
            Some(row) => declaration::by_record(db, *row),
            None => declaration::as_registered(db, bm_domain::DeclarationId(id)),
        };
        match taken.event {
            Event::PersonSaved { person, .. } => {
                communes.insert(person.id.0, person.commune.clone());
            }
            Event::StepTaken {
                id,
                step: Step::Release,
            } => {
                let Some(form) = form(id.0)? else { continue };
                let commune = communes.get(&form.person.0).map_or("", String::as_str);
                note_commune(db, id.0, commune)?;
                add(db, &form, on, commune, 1)?;
            }
            Event::Cancelled { id: of, .. } => correct(db, of.0, form(of.0)?, None, on)?,
            Event::Corrected(made) => {
                let before = form(made.id.0)?;
                let after = match &made.correction {
                    Correction::Amend(form) => Some(form.as_ref()),
                    _ => None,
                };
                correct(db, made.id.0, before, after, on)?;
                if after.is_some() {
                    revised.insert(made.id.0, id);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn correct(
    db: &Connection,
    id: Uuid,
    before: Option<Declaration>,
    after: Option<&Declaration>,
    on: BusinessDay,
) -> Result<(), StoreError> {
    // Only what was released before has a commune yet.
    let (Some(before), Some(commune)) = (before, commune(db, id)?) else {
        return Ok(());
    };
    if let Some(after) = after {
        add(db, after, on, &commune, 1)?;
    }
    add(db, &before, on, &commune, -1)
}
