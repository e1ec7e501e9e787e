//! Tables of counts from the barrier: totals of a day by direction, or passages one by one.

use std::collections::BTreeSet;
use std::path::Path;

use bm_api::law::{BadTableRow, CountText, ReadCounts};
use bm_app::AppError;
use bm_domain::reconcile::count::{COUNT_MAX, Counted, GRAMS_MAX, Passage, twice};
use bm_domain::reconcile::place;
use bm_domain::{BusinessDay, Direction, Violation, ViolationCode as Code, Weight};
use bm_files::table::{Row, Table};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::{Fault, row_fault, table_fault};
use crate::words::HostError;

/// The longest file of counts taken, in bytes.
const FILE_MAX: u64 = 16 << 20;
const REQUIRED: [&str; 3] = ["gate", "date", "direction"];
const KNOWN: [&str; 10] = [
    "gate",
    "date",
    "direction",
    "persons",
    "forms",
    "vehicles",
    "weight_kg",
    "time",
    "form",
    "paper",
];

/// Reads a table of counts. One with a column `time` holds passages, any other totals.
///
/// # Errors
/// [`AppError::BadRequest`], in words, when it is no such table.
pub(super) fn read_text(text: &CountText<'_>) -> Result<ReadCounts, AppError> {
    let wrong = |error: HostError| match error {
        HostError::App(error) => error,
        HostError::Wrong(said) | HostError::Refused(said) => {
            AppError::BadRequest(said.text(text.language))
        }
    };
    let open = |required: &[&str]| {
        let table = Table::of_text(text.name, text.text, required);
        table
            .map(Table::rows)
            .map_err(|error| wrong(table_fault(&error)))
    };
    let mut rows = open(&REQUIRED)?;
    let one_by_one = rows.columns().iter().any(|column| column == "time");
    if !one_by_one {
        rows = open(&[&REQUIRED[..], &["persons", "forms"]].concat())?;
    }
    let unused = rows.columns().iter();
    let unused = unused.filter(|name| !name.is_empty() && !KNOWN.contains(&name.as_str()));
    let mut read = Reading {
        of: *text,
        found: ReadCounts {
            unused: unused.cloned().collect(),
            ..ReadCounts::default()
        },
        passages: BTreeSet::new(),
        directions: BTreeSet::new(),
    };
    for row in rows {
        let (line, fault) = match row {
            Ok(row) if one_by_one => (row.line(), read.passage(&row).err()),
            Ok(row) => (row.line(), read.totals(&row).err()),
            Err(bad) => (bad.line, Some(row_fault(bad).map_err(wrong)?)),
        };
        if let Some(fault) = fault {
            let bad = fault.worded(line, text.language);
            read.found.bad.push(BadTableRow {
                line: u32::try_from(bad.line).unwrap_or(u32::MAX),
                column: bad.column,
                reason: bad.reason,
            });
        }
    }
    Ok(read.found)
}

/// The text of a file of counts.
///
/// # Errors
/// [`HostError::Wrong`] when it can't be read.
pub fn file(path: &Path) -> Result<String, HostError> {
    bm_files::text::read_text(path, FILE_MAX).map_err(|error| table_fault(&error))
}

struct Reading<'a> {
    of: CountText<'a>,
    found: ReadCounts,
    passages: BTreeSet<(Direction, String, Option<chrono::DateTime<chrono::Utc>>)>,
    directions: BTreeSet<Direction>,
}

fn unknown(column: &str, value: &str) -> Fault {
    let code = if value.is_empty() {
        Code::FieldRequired
    } else {
        Code::ValueUnknown
    };
    let problem = Violation::new(code, column);
    Fault::Rule(column.to_owned(), problem.with("value", value))
}

/// A whole number that is not negative; an empty field of an optional column is none.
fn number(row: &Row, column: &str) -> Result<Option<u32>, Fault> {
    let text = row.get(column);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |code| Fault::Rule(column.to_owned(), Violation::new(code, column));
    let read: i64 = text.parse().map_err(|_| wrong(Code::NumberInvalid))?;
    u32::try_from(read)
        .ok()
        .filter(|read| *read <= COUNT_MAX)
        .map(Some)
        .ok_or_else(|| wrong(Code::NumberOutOfRange))
}

fn needed(row: &Row, column: &str) -> Result<u32, Fault> {
    number(row, column)?.ok_or_else(|| unknown(column, ""))
}

fn grams(row: &Row) -> Result<Option<i64>, Fault> {
    let column = "weight_kg";
    let text = row.get(column);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |code| Fault::Rule(column.to_owned(), Violation::new(code, column));
    if text.starts_with('-') {
        return Err(wrong(Code::NumberOutOfRange));
    }
    let weight: Weight = text.parse().map_err(|_| wrong(Code::NumberInvalid))?;
    let grams = Some(weight.grams()).filter(|grams| *grams <= GRAMS_MAX);
    grams.map(Some).ok_or_else(|| wrong(Code::NumberOutOfRange))
}

/// A day as in 2026-11-24 or 24/11/2026.
fn read_day(text: &str) -> Option<BusinessDay> {
    let local = || NaiveDate::parse_from_str(text, "%d/%m/%Y").ok();
    text.parse().ok().or_else(|| local().map(BusinessDay::new))
}

fn read_direction(text: &str) -> Option<Direction> {
    match text.to_lowercase().as_str() {
        "import" | "nk" | "nhập" => Some(Direction::Import),
        "export" | "xk" | "xuất" => Some(Direction::Export),
        _ => None,
    }
}

impl Reading<'_> {
    /// The direction of a row of the gate and the day that are asked for.
    fn place(&self, row: &Row) -> Result<Direction, Fault> {
        let rule = |column: &str, violation| Fault::Rule(column.to_owned(), violation);
        let gate = row.get("gate");
        if gate.is_empty() {
            return Err(unknown("gate", gate));
        }
        if !self.of.book.gates.contains_key(gate) {
            let nowhere = Violation::new(Code::GateUnknown, "gate").with("gate", gate);
            return Err(rule("gate", nowhere));
        }
        if gate != self.of.gate {
            let other = Violation::new(Code::CountOtherGate, "gate");
            let other = other.with("gate", self.of.gate).with("found", gate);
            return Err(rule("gate", other));
        }
        let text = row.get("date");
        let day = read_day(text).ok_or_else(|| unknown("date", text))?;
        if day != self.of.day {
            let other = Violation::new(Code::CountOtherDay, "date");
            let other = other.with("day", self.of.day).with("found", day);
            return Err(rule("date", other));
        }
        let text = row.get("direction");
        read_direction(text).ok_or_else(|| unknown("direction", text))
    }

    fn totals(&mut self, row: &Row) -> Result<(), Fault> {
        let direction = self.place(row)?;
        let counted = Counted {
            persons: needed(row, "persons")?,
            forms: needed(row, "forms")?,
            vehicles: number(row, "vehicles")?,
            weight_g: grams(row)?,
        };
        if !self.directions.insert(direction) {
            let again = Violation::new(Code::CountTwice, "direction");
            return Err(Fault::Rule("direction".to_owned(), again));
        }
        let totals = self.found.totals.get_or_insert_default();
        totals[place(direction)] = counted;
        Ok(())
    }

    fn passage(&mut self, row: &Row) -> Result<(), Fault> {
        let direction = self.place(row)?;
        let text = row.get("time");
        let time = ["%H:%M:%S", "%H:%M"]
            .into_iter()
            .find_map(|format| NaiveTime::parse_from_str(text, format).ok());
        let time = time.ok_or_else(|| unknown("time", text))?;
        let after = time.signed_duration_since(NaiveTime::MIN);
        let passage = Passage {
            at: self.of.day.start() + TimeDelta::seconds(after.num_seconds()),
            direction,
            form: row.get("form").to_owned(),
            paper: row.get("paper").to_owned(),
        };
        if !self.passages.insert(passage.key()) {
            return Err(Fault::Rule("form".to_owned(), twice(&passage, "form")));
        }
        self.found.passages.push(passage);
        Ok(())
    }
}
