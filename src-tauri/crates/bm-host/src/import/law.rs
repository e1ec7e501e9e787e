//! Tables of dated data: read row by row, compared with the book, taken as one change.

use std::collections::HashMap;

use bm_api::Language;
use bm_api::law::{BadTableRow, ReadTable, TableText};
use bm_app::law::{LawRow, Proposal, Sorted, State};
use bm_app::{Actor, App, AppError};
use bm_domain::BusinessDay;
use bm_domain::law::LawBook;
use bm_files::table::{Row, Rows, Table};

use super::rows::{OnDays, law_row};
use super::{
    Bad, Fault, Imported, Kind, Order, PROGRESS_EVERY, Told, file_name, row_fault, table_fault,
};
use crate::words::{HostError, Message};

/// Most rows of a table of dated data: it is held in memory, and the nomenclature has 12,000.
const ROWS_MAX: usize = 100_000;

/// Checks every row, then takes all as one change, or tells what it would change.
pub(super) fn import(
    app: &App,
    actor: &Actor,
    order: &Order<'_>,
    size: u64,
    rows: &mut Rows,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Imported, HostError> {
    let terms = order.terms;
    let today = BusinessDay::of(app.clock().now());
    let day = terms.from.unwrap_or(today);
    let held = app.read(|reader| app.law_book(reader))?;
    let reading = Reading {
        kind: order.kind,
        book: &held.1,
        on: OnDays {
            given: terms.from,
            today,
        },
        language: order.language,
    };
    let (rows_read, bad) = reading.read(rows, &mut |bad, bytes| {
        if let Some(bad) = bad {
            told(Told::Bad(bad));
        }
        told(Told::Progress(bytes, size));
    })?;
    let imported = Imported {
        taken: rows_read.len() as u64,
        bad,
    };
    if bad > 0 && !order.skip_bad && !terms.preview {
        return Ok(Imported { taken: 0, bad });
    }
    let Some(kind) = order.kind.law() else {
        return Ok(imported);
    };
    let sorted = Sorted::of(&held.1, kind, rows_read, day, terms.whole);
    if terms.preview {
        told(Told::Preview(&sorted));
        return Ok(imported);
    }
    if sorted.is_empty() {
        return Ok(imported);
    }
    let basis = match terms.basis.trim() {
        "" => file_name(order.path),
        basis => basis.to_owned(),
    };
    let proposal = Proposal {
        change: sorted.change(),
        basis,
        reason: terms.reason.clone(),
    };
    if app.propose_law(actor, &proposal)?.state == State::Waiting {
        told(Told::Waits);
    }
    Ok(imported)
}

/// Reads a table whose text was handed over, for the command list.
///
/// # Errors
/// [`AppError::BadRequest`], in words, when it is no such table.
pub fn read_text(text: &TableText<'_>) -> Result<ReadTable, AppError> {
    let wrong = |error: HostError| match error {
        HostError::App(error) => error,
        HostError::Wrong(said) | HostError::Refused(said) => {
            AppError::BadRequest(said.text(text.language))
        }
    };
    let kind = Kind::of_law(text.kind);
    let kind = kind.ok_or_else(|| AppError::BadRequest(text.kind.word().to_owned()))?;
    let table = Table::of_text(text.name, text.text, kind.required());
    let mut rows = table.map_err(|error| wrong(table_fault(&error)))?.rows();
    let columns = rows
        .columns()
        .iter()
        .filter(|column| !column.is_empty() && !kind.known().contains(&column.as_str()));
    let unused = columns.cloned().collect();
    let mut bad_rows = Vec::new();
    let reading = Reading {
        kind,
        book: text.book,
        on: OnDays {
            given: text.from,
            today: text.today,
        },
        language: text.language,
    };
    let (rows, bad) = reading
        .read(&mut rows, &mut |bad, _| {
            bad_rows.extend(bad.map(|bad| BadTableRow {
                line: u32::try_from(bad.line).unwrap_or(u32::MAX),
                column: bad.column,
                reason: bad.reason,
            }));
        })
        .map_err(wrong)?;
    Ok(ReadTable {
        rows,
        bad_count: u32::try_from(bad).unwrap_or(u32::MAX),
        bad: bad_rows,
        unused,
    })
}

/// How a table is read.
struct Reading<'a> {
    kind: Kind,
    book: &'a LawBook,
    on: OnDays,
    language: Language,
}

impl Reading<'_> {
    /// The good rows, and how many are bad; each of those is told, and how many bytes were read.
    fn read(
        &self,
        rows: &mut Rows,
        told: &mut dyn FnMut(Option<Bad>, u64),
    ) -> Result<(Vec<LawRow>, u64), HostError> {
        let mut taken: Vec<LawRow> = Vec::new();
        let mut lines: HashMap<String, (u64, usize)> = HashMap::new();
        let mut bad = 0;
        while let Some(row) = rows.next() {
            let line = row.as_ref().map_or_else(|bad| bad.line, Row::line);
            let read = match row {
                Ok(row) => law_row(self.kind, &row, self.book, self.on),
                Err(bad) => Err(row_fault(bad)?),
            };
            let once = read.and_then(|row| match lines.get(&row.key()) {
                None => {
                    lines.insert(row.key(), (line, taken.len()));
                    Ok(Some(row))
                }
                // The national nomenclature prints some rows twice, word for word.
                Some((_, at)) if taken.get(*at) == Some(&row) => Ok(None),
                Some((first, _)) => {
                    let repeated = Message::new("row_repeated").with("line", first);
                    Err(Fault::Said(String::new(), repeated))
                }
            });
            match once {
                Ok(row) => taken.extend(row),
                Err(fault) => {
                    bad += 1;
                    told(Some(fault.worded(line, self.language)), rows.bytes_read());
                }
            }
            if taken.len() > ROWS_MAX {
                let many = Message::new("rows_too_many").with("limit", ROWS_MAX);
                return Err(HostError::Wrong(many));
            }
            if (taken.len() as u64 + bad).is_multiple_of(PROGRESS_EVERY) {
                told(None, rows.bytes_read());
            }
        }
        Ok((taken, bad))
    }
}
