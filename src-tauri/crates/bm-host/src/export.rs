//! Reports as files.

mod gathering;
mod person;
mod tracking;
mod vehicles;

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use bm_api::Language;
use bm_api::router::Written;
use bm_api::view::daily_table;
use bm_app::paper::Moment;
use bm_app::report::table::ReportTable;
use bm_app::{AppError, StoreError};
use bm_domain::calendar::in_vietnam;
use bm_files::report::{Sheet, write_csv, write_xlsx};
use bm_files::sheet;
use chrono::NaiveDateTime;

/// Writes the report to `path`; a file that can't be written whole is left as it was.
///
/// # Errors
/// [`AppError::BadRequest`] for an unknown format or a path that can't be, [`StoreError`] when the
/// disk does not take it.
pub fn write(
    report: Written<'_>,
    format: &str,
    language: Language,
    path: &Path,
) -> Result<(), AppError> {
    Draft::begin(path)?.write(report, format, language)
}

/// A file that takes its place when it is whole; until then what was there stays.
pub struct Draft<'a> {
    path: &'a Path,
    beside: PathBuf,
    file: File,
}

impl<'a> Draft<'a> {
    /// Begins a file at `path`: tells whether it can be written at all.
    ///
    /// # Errors
    /// As [`write`].
    pub fn begin(path: &'a Path) -> Result<Self, AppError> {
        let name = path
            .file_name()
            .ok_or_else(|| AppError::BadRequest(path.display().to_string()))?;
        let beside = path.with_file_name(format!(".{}.part", name.to_string_lossy()));
        let file = File::create(&beside).map_err(|error| failed(path, &error))?;
        Ok(Self { path, beside, file })
    }

    /// Writes it and puts it in its place.
    ///
    /// # Errors
    /// As [`write`]; then what was there stays.
    pub fn finish(self, bytes: &[u8]) -> Result<(), AppError> {
        self.finish_with(|mut to| {
            let done = to.write_all(bytes).and_then(|()| to.flush());
            done.map_err(|error| failed(self.path, &error))
        })
    }

    /// Writes a report and puts it in its place.
    ///
    /// # Errors
    /// As [`write`]; then what was there stays.
    pub fn write(
        self,
        report: Written<'_>,
        format: &str,
        language: Language,
    ) -> Result<(), AppError> {
        self.finish_with(|to| write_to(report, format, language, to))
    }

    fn finish_with(
        &self,
        write: impl FnOnce(BufWriter<&File>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        write(BufWriter::new(&self.file))?;
        std::fs::rename(&self.beside, self.path).map_err(|error| failed(self.path, &error))
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // Once in its place there is none beside it.
        let _ = std::fs::remove_file(&self.beside);
    }
}

/// Writes the report to any writer, in the format `csv`, `xlsx` or `json`.
///
/// # Errors
/// As [`write`].
pub fn write_to(
    report: Written<'_>,
    format: &str,
    language: Language,
    mut to: impl Write + Seek + Send,
) -> Result<(), AppError> {
    let done = match (report, format) {
        (Written::Bytes(_, bytes), _) => to.write_all(bytes),
        (_, "json") => to_json(report, &mut to)
            .map_err(std::io::Error::from)
            .and_then(|()| to.write_all(b"\n")),
        (Written::Anchor(_), _) => Err(unknown(format)),
        (Written::Daily(report), _) => table_to(&daily_table(language, report), format, &mut to),
        (Written::Report(table), _) => table_to(table, format, &mut to),
        (Written::Gathering(list), _) => {
            // The time a workbook bears, so that the same report is the same file.
            let at = list.assessed_on.start().naive_utc();
            sheet_to(gathering::sheet(list, language), at, format, &mut to)
        }
        (Written::Vehicles(book), _) => {
            let at = book.made_at.naive_utc();
            sheet_to(vehicles::sheet(book, language), at, format, &mut to)
        }
        (Written::Dossier(held), _) => {
            let at = held.made_at.naive_utc();
            sheet_to(person::sheet(held, language), at, format, &mut to)
        }
        (Written::Tracking(book, at), _) => {
            let sheet = tracking::sheet(book, at, language);
            sheet_to(sheet, at.naive_utc(), format, &mut to)
        }
    };
    let flushed = done.and_then(|()| to.flush());
    flushed.map_err(|error| failed(Path::new(""), &error))
}

/// Said of a format nobody has asked for before; a typing mistake of a program.
fn unknown(format: &str) -> std::io::Error {
    std::io::Error::new(
        std::io::ErrorKind::InvalidInput,
        format!("format: {format}"),
    )
}

fn table_to(
    table: &ReportTable,
    format: &str,
    to: impl Write + Seek + Send,
) -> std::io::Result<()> {
    match format {
        "csv" => sheet::write_csv(table, true, to),
        "csv-plain" => sheet::write_csv(table, false, to),
        "xlsx" => sheet::write_xlsx(table, to),
        _ => Err(unknown(format)),
    }
}

fn sheet_to(
    sheet: Sheet,
    at: NaiveDateTime,
    format: &str,
    to: impl Write + Seek + Send,
) -> std::io::Result<()> {
    match format {
        "csv" => write_csv(sheet, to),
        "xlsx" => write_xlsx(sheet, at, to),
        _ => Err(unknown(format)),
    }
}

fn to_json(report: Written<'_>, to: impl Write) -> serde_json::Result<()> {
    match report {
        Written::Daily(report) => serde_json::to_writer(to, report),
        Written::Report(table) => serde_json::to_writer(to, table),
        Written::Gathering(list) => serde_json::to_writer(to, list),
        Written::Vehicles(book) => serde_json::to_writer(to, book),
        Written::Dossier(held) => serde_json::to_writer_pretty(to, held),
        Written::Tracking(book, _) => serde_json::to_writer(to, book),
        // Small, and read by people too.
        Written::Anchor(anchor) => serde_json::to_writer_pretty(to, anchor),
        Written::Bytes(..) => Ok(()),
    }
}

/// The name of a report's file, without its suffix.
#[must_use]
pub fn file_name(report: Written<'_>) -> String {
    match report {
        Written::Daily(report) => format!("daily-{}-{}", report.gate, report.date),
        Written::Report(table) => table.file.clone(),
        Written::Bytes(name, _) => name.to_owned(),
        Written::Gathering(list) => format!("gathering-{}", list.row.number.replace('/', "-")),
        Written::Vehicles(book) => format!("vehicles-{}-{}", book.gate, book.year),
        Written::Anchor(anchor) => {
            let made = in_vietnam(anchor.made).format("%H%M%S");
            format!("anchor-{}-{made}", anchor.day)
        }
        Written::Dossier(held) => {
            let made = in_vietnam(held.made_at).format("%Y-%m-%d-%H%M%S");
            format!("person-{}-{made}", held.person.id)
        }
        Written::Tracking(book, _) => {
            let Moment {
                year, month, day, ..
            } = &book.from;
            format!("tracking-{}-{year}-{month}-{day}", book.office.gate)
        }
    }
}

/// A word in a language.
fn word(language: Language, vi: &str, en: &str, zh: &str) -> String {
    match language {
        Language::Vi => vi,
        Language::En => en,
        Language::Zh => zh,
    }
    .to_owned()
}

/// What an error of the file system means for the user.
fn failed(path: &Path, error: &std::io::Error) -> AppError {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => StoreError::Full.into(),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => StoreError::ReadOnly.into(),
        Kind::NotFound | Kind::NotADirectory | Kind::IsADirectory | Kind::InvalidInput => {
            AppError::BadRequest(format!("{}: {error}", path.display()))
        }
        _ => StoreError::Broken(format!("{} {error}", path.display())).into(),
    }
}
