//! Tables imported from files: the file is read twice. The first time every row is checked; the
//! second time all rows are written in one transaction, or none.

pub mod counts;
mod law;
mod rows;

use std::path::Path;

use bm_api::law::{CountText, ReadCounts, ReadTable, TableText, Tables};
use bm_api::{Language, words};
use bm_app::law::Sorted;
use bm_app::people::NewPerson;
use bm_app::{Actor, App, AppError};
use bm_domain::law::LawKind;
use bm_domain::{BusinessDay, Violation};
use bm_files::table::{BadRow, Row, RowError, Rows, Table, TableError};

use self::rows::resident;
use crate::words::{HostError, Message};

/// Reads tables handed over as text, for the command list.
#[derive(Clone, Copy, Debug)]
pub struct FileTables;

impl Tables for FileTables {
    fn law(&self, text: &TableText<'_>) -> Result<ReadTable, AppError> {
        law::read_text(text)
    }

    fn counts(&self, text: &CountText<'_>) -> Result<ReadCounts, AppError> {
        counts::read_text(text)
    }
}

/// Rows between two reports of progress.
const PROGRESS_EVERY: u64 = 1_000;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Persons.
    Residents,
    /// Commodity codes.
    Goods,
    /// Goods residents may import.
    GoodsList,
    /// Exchange rates.
    Rates,
    /// Border communes.
    Communes,
    /// Gates.
    Gates,
    /// Prices of reference.
    Prices,
}

/// How rows of dated data enter the book.
#[derive(Clone, Debug, Default)]
pub struct LawTerms {
    /// Day from which rows without one of their own hold; today when absent.
    pub from: Option<BusinessDay>,
    /// The text rows without a basis of their own rest on; the file's name when empty.
    pub basis: String,
    /// Why they reach back over days with forms.
    pub reason: String,
    /// The table is all there is: what it does not name ends.
    pub whole: bool,
    /// Only tell what would change.
    pub preview: bool,
}

/// What is to be imported.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub path: &'a Path,
    /// Take the good rows although others are bad.
    pub skip_bad: bool,
    /// Language of the reasons.
    pub language: Language,
    /// How rows of dated data enter the book.
    pub terms: &'a LawTerms,
}

/// What is told while a file is imported.
#[derive(Debug)]
pub enum Told<'a> {
    /// A row will not be taken.
    Bad(Bad),
    /// Columns that are there and not used, and those that could be.
    Unused(&'a [&'a str], &'static [&'static str]),
    /// How far it is: bytes, of so many.
    Progress(u64, u64),
    /// What dated data would change.
    Preview(&'a Sorted),
    /// The rows wait for a second person.
    Waits,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Line in the file, from 1.
    pub line: u64,
    /// Column, or empty for the whole row.
    pub column: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What is wrong, in words.
    pub reason: String,
}

/// How many rows were taken and how many were bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows taken.
    pub taken: u64,
    /// Rows not good.
    pub bad: u64,
}

/// Why a row is not good.
enum Fault {
    Said(String, Message),
    Rule(String, Violation),
}

impl Fault {
    fn worded(self, line: u64, language: Language) -> Bad {
        match self {
            Self::Said(column, message) => Bad {
                line,
                column,
                code: message.code.to_owned(),
                reason: message.text(language),
            },
            Self::Rule(column, violation) => Bad {
                line,
                column,
                code: words::code(violation.code),
                reason: words::violation(language, &violation),
            },
        }
    }
}

/// Checks every row of a file, then takes all of them; with `skip_bad` the good ones.
///
/// # Errors
/// [`HostError`] when the file is no such table or the database can't be written; then nothing is
/// taken.
pub fn import(
    app: &App,
    actor: &Actor,
    order: &Order<'_>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Imported, HostError> {
    let mut rows = open(order)?;
    let columns: Vec<&str> = rows.columns().iter().map(String::as_str).collect();
    let unused: Vec<&str> = columns
        .into_iter()
        .filter(|column| !column.is_empty() && !order.kind.known().contains(column))
        .collect();
    if !unused.is_empty() {
        told(Told::Unused(&unused, order.kind.known()));
    }
    let size = std::fs::metadata(order.path).map_or(0, |file| file.len());
    match order.kind {
        Kind::Residents => residents(app, actor, order, size, rows, told),
        _ => law::import(app, actor, order, size, &mut rows, told),
    }
}

fn open(order: &Order<'_>) -> Result<Rows, HostError> {
    let table = Table::open(order.path, order.kind.required()).map_err(|error| table_fault(&error));
    Ok(table?.rows())
}

fn table_fault(error: &TableError) -> HostError {
    let message = match error {
        TableError::Unreadable { path, source } => Message::new("file_unreadable")
            .with("path", path)
            .with("detail", source),
        TableError::Folder(path) => Message::new("file_folder").with("path", path),
        TableError::NotRegular(path) => Message::new("file_not_regular").with("path", path),
        TableError::Empty(path) => Message::new("file_empty").with("path", path),
        TableError::ColumnMissing {
            path,
            column,
            found,
        } => Message::new("column_missing")
            .with("path", path)
            .with("column", column)
            .with("found", found),
        TableError::ColumnTwice { path, column } => Message::new("column_twice")
            .with("path", path)
            .with("column", column),
    };
    HostError::Wrong(message)
}

/// A bad row's fault; an error when the rows behind it could not be read.
fn row_fault(bad: BadRow) -> Result<Fault, HostError> {
    let message = match bad.why {
        RowError::Fields {
            found,
            expected,
            until: None,
        } => Message::new("row_fields")
            .with("found", found)
            .with("expected", expected),
        RowError::Fields {
            found,
            expected,
            until: Some(until),
        } => Message::new("row_fields_until")
            .with("found", found)
            .with("expected", expected)
            .with("until", until),
        RowError::RowsInside(until) => Message::new("rows_inside").with("until", until),
        RowError::FieldLong(limit) => Message::new("field_long").with("limit", limit),
        RowError::Unreadable => Message::new("field_unreadable"),
        RowError::QuoteOpen => {
            let open = Message::new("quote_open").with("line", bad.line);
            return Err(HostError::Wrong(open));
        }
        RowError::Broken(detail) => {
            let broken = Message::new("row_broken")
                .with("line", bad.line)
                .with("detail", detail);
            return Err(HostError::Wrong(broken));
        }
    };
    Ok(Fault::Said(bad.column, message))
}

fn residents(
    app: &App,
    actor: &Actor,
    order: &Order<'_>,
    size: u64,
    mut rows: Rows,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Imported, HostError> {
    let mut checked = Imported::default();
    while let Some(row) = rows.next() {
        let line = row.as_ref().map_or_else(|bad| bad.line, Row::line);
        let fault = match row {
            Ok(row) => resident(&row).err(),
            Err(bad) => Some(row_fault(bad)?),
        };
        match fault {
            Some(fault) => {
                checked.bad += 1;
                told(Told::Bad(fault.worded(line, order.language)));
            }
            None => checked.taken += 1,
        }
        if (checked.taken + checked.bad).is_multiple_of(PROGRESS_EVERY) {
            told(Told::Progress(rows.bytes_read(), 2 * size));
        }
    }
    if checked.bad > 0 && !order.skip_bad {
        checked.taken = 0;
        return Ok(checked);
    }
    let mut again = Again {
        rows: open(order)?,
        left: checked.taken,
        read: 0,
        told: &mut |position| told(Told::Progress(size + position, 2 * size)),
    };
    let written = app.import_people_from(actor, &mut again, &file_name(order.path));
    match written {
        Err(AppError::Stale) => {
            let path = order.path.display();
            Err(HostError::Wrong(
                Message::new("file_changed").with("path", path),
            ))
        }
        Err(error) => Err(error.into()),
        Ok(taken) => Ok(Imported { taken, ..checked }),
    }
}

/// The good rows of a file that has been checked, read once more. They must be as many as they
/// were; the bad ones have been told.
struct Again<'a> {
    rows: Rows,
    left: u64,
    read: u64,
    told: &'a mut dyn FnMut(u64),
}

impl Iterator for Again<'_> {
    type Item = Result<NewPerson, AppError>;

    fn next(&mut self) -> Option<Self::Item> {
        for row in self.rows.by_ref() {
            let Some(person) = row.ok().and_then(|row| resident(&row).ok()) else {
                continue;
            };
            let Some(left) = self.left.checked_sub(1) else {
                return Some(Err(AppError::Stale));
            };
            self.left = left;
            self.read += 1;
            if self.read.is_multiple_of(PROGRESS_EVERY) {
                (self.told)(self.rows.bytes_read());
            }
            return Some(Ok(person));
        }
        let short = std::mem::take(&mut self.left) > 0;
        short.then_some(Err(AppError::Stale))
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name();
    name.map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl Kind {
    /// The kind of rule it holds; `None` for persons.
    #[must_use]
    pub const fn law(self) -> Option<LawKind> {
        match self {
            Self::Residents => None,
            Self::Goods => Some(LawKind::Goods),
            Self::GoodsList => Some(LawKind::List),
            Self::Rates => Some(LawKind::Rate),
            Self::Communes => Some(LawKind::Commune),
            Self::Gates => Some(LawKind::Gate),
            Self::Prices => Some(LawKind::Price),
        }
    }

    /// The kind of table that holds rules of a kind.
    #[must_use]
    pub fn of_law(law: LawKind) -> Option<Self> {
        let all = [
            Self::Goods,
            Self::GoodsList,
            Self::Rates,
            Self::Communes,
            Self::Gates,
            Self::Prices,
        ];
        all.into_iter().find(|kind| kind.law() == Some(law))
    }

    const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Residents => &["kind", "number", "name", "born", "commune"],
            Self::Goods => &["hs", "name_vi"],
            Self::GoodsList => &["hs_prefix", "rule"],
            Self::Rates => &["currency", "valid_from"],
            Self::Communes => &["code", "name"],
            Self::Gates => &["code"],
            Self::Prices => &["hs", "unit", "price_vnd", "source"],
        }
    }

    /// Every column that is read; those of our own tables that only people read are known too.
    const fn known(self) -> &'static [&'static str] {
        match self {
            Self::Residents => &[
                "kind", "number", "name", "born", "commune", "sex", "address", "basis", "phone",
            ],
            Self::Goods => &[
                "hs",
                "name_vi",
                "name_en",
                "name_zh",
                "unit",
                "mfn",
                "ordinary",
                "acfta",
                "vat_class",
                "excise",
                "environment",
                "export_duty",
                "quarantine",
                "used_banned",
                "reference_price_vnd",
                "valid_from",
                "valid_to",
                "basis",
                "note",
            ],
            Self::GoodsList => &[
                "hs_prefix",
                "rule",
                "valid_from",
                "valid_to",
                "basis",
                "note",
            ],
            Self::Rates => &[
                "currency",
                "rate",
                "rate_vnd",
                "valid_from",
                "valid_to",
                "thursday",
                "source",
            ],
            Self::Communes => &[
                "code",
                "name",
                "valid_from",
                "valid_to",
                "basis",
                "province_code",
                "old_names",
            ],
            Self::Prices => &[
                "hs",
                "unit",
                "price_vnd",
                "gate",
                "valid_from",
                "valid_to",
                "source",
            ],
            Self::Gates => &[
                "code",
                "name",
                "name_vi",
                "name_en",
                "name_zh",
                "kind",
                "type",
                "parent",
                "valid_from",
                "valid_to",
                "open_from",
                "open_to",
                "opens_at",
                "closes_at",
                "office_code",
                "office",
                "region",
                "partner",
                "basis",
                "note",
            ],
        }
    }
}
