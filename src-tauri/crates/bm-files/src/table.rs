//! Tables in CSV files as offices have them: UTF-8 with or without a mark, UTF-16, Windows-1258;
//! commas, semicolons or tabs. Rows are streamed, so a file of any size takes the same memory.

use std::cell::Cell;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use unicode_normalization::UnicodeNormalization;

/// How much of a file is looked at to tell its encoding, in bytes.
pub(crate) const LOOK: usize = 65_536;
/// The longest field taken, in bytes.
const FIELD_MAX: usize = 10_000;
/// The longest row taken, in bytes: a quotation mark that is never closed must not read the rest
/// of the file into memory.
const ROW_MAX: u64 = 1_000_000;

/// Why a file is no table we can read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is a folder.
    #[error("{0} is a folder")]
    Folder(String),
    /// It can be read only once, like a pipe; a table is read twice.
    #[error("{0} is no regular file")]
    NotRegular(String),
    /// The file has no header.
    #[error("{0}: no header line")]
    Empty(String),
    /// A column that is needed is not there.
    #[error("{path}: column {column} is missing; found: {found}")]
    ColumnMissing {
        /// The file.
        path: String,
        /// The column.
        column: String,
        /// The columns there are.
        found: String,
    },
    /// Two columns have one name.
    #[error("{path}: column {column} is there twice")]
    ColumnTwice {
        /// The file.
        path: String,
        /// The column.
        column: String,
    },
}

/// Why a row was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowError {
    /// It has another number of fields than the header.
    Fields {
        /// Fields of the row.
        found: usize,
        /// Fields of the header.
        expected: usize,
        /// The line it ends on, when that is not the one it begins on.
        until: Option<u64>,
    },
    /// A field holds what look like further rows, down to this line: a quotation mark is missing.
    RowsInside(u64),
    /// A field is longer than so many bytes.
    FieldLong(usize),
    /// A field has characters that the file's encoding does not know.
    Unreadable,
    /// A quotation mark that opens in this row is not closed: what follows can't be told apart.
    QuoteOpen,
    /// The file can't be read on.
    Broken(String),
}

impl RowError {
    /// Whether the rows behind this one could not be read.
    #[must_use]
    pub const fn ends_the_table(&self) -> bool {
        matches!(self, Self::QuoteOpen | Self::Broken(_))
    }
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// Column, or empty for the whole row.
    pub column: String,
    /// Why.
    pub why: RowError,
}

/// A table being read.
pub struct Table {
    reader: csv::Reader<Watched>,
    columns: Vec<String>,
    delimiter: u8,
    watch: Rc<Watch>,
}

/// What was read since the last row ended.
#[derive(Debug, Default)]
struct Watch {
    since_row: Cell<u64>,
    quotes: Cell<u64>,
    ended: Cell<bool>,
}

/// The decoded file; stops where a row has no end.
struct Watched {
    inner: DecodeReaderBytes<Box<dyn Read>, Vec<u8>>,
    watch: Rc<Watch>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let since = self.watch.since_row.get();
        if since > ROW_MAX {
            return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge));
        }
        let read = self.inner.read(buffer)?;
        self.watch.since_row.set(since + read as u64);
        self.watch.ended.set(read == 0);
        let quotes = buffer.iter().take(read).filter(|byte| **byte == b'"');
        let quotes = self.watch.quotes.get() + quotes.count() as u64;
        self.watch.quotes.set(quotes);
        Ok(read)
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    line: u64,
    columns: Arc<Vec<String>>,
    fields: Vec<String>,
}

impl Row {
    /// The field of a column, trimmed; empty when the table has no such column.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.fields.get(at))
            .map_or("", |field| field.trim())
    }

    /// The first of several columns the table has.
    #[must_use]
    pub fn any(&self, columns: &[&str]) -> &str {
        columns
            .iter()
            .map(|column| self.get(column))
            .find(|text| !text.is_empty())
            .unwrap_or("")
    }

    /// Whether the table has such a column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Line in the file, from 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }
}

/// Tells the encoding by the mark at the beginning, or by whether the text is valid UTF-8.
pub(crate) fn encoding_of(start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    let zeros = |offset: usize| {
        start
            .iter()
            .skip(offset)
            .step_by(2)
            .take(64)
            .filter(|b| **b == 0)
    };
    if zeros(1).count() > 16 {
        return UTF_16LE;
    }
    if zeros(0).count() > 16 {
        return UTF_16BE;
    }
    match std::str::from_utf8(start) {
        Ok(_) => UTF_8,
        // A character cut in two at the end of what was looked at is no mistake.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1258,
    }
}

fn decoded(
    source: Box<dyn Read>,
    encoding: &'static Encoding,
) -> DecodeReaderBytes<Box<dyn Read>, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(source)
}

impl Table {
    /// Opens a file whose header must name `required` columns. Names are compared in lower case.
    ///
    /// # Errors
    /// [`TableError`].
    pub fn open(path: &Path, required: &[&str]) -> Result<Self, TableError> {
        let shown = path.display().to_string();
        let unreadable = |source| TableError::Unreadable {
            path: shown.clone(),
            source,
        };
        let kind = std::fs::metadata(path).map_err(unreadable)?;
        if kind.is_dir() {
            return Err(TableError::Folder(shown));
        }
        if !kind.is_file() {
            return Err(TableError::NotRegular(shown));
        }
        let mut file = File::open(path).map_err(unreadable)?;
        let mut start = Vec::with_capacity(LOOK);
        file.by_ref()
            .take(LOOK as u64)
            .read_to_end(&mut start)
            .map_err(unreadable)?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        Self::begin(shown, &start, Box::new(file), required)
    }

    /// Reads a text that was handed over instead of a file; `name` is what it is called in errors.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn of_text(name: &str, text: &str, required: &[&str]) -> Result<Self, TableError> {
        let bytes = text.as_bytes().to_vec();
        let start = bytes[..bytes.len().min(LOOK)].to_vec();
        Self::begin(
            name.to_owned(),
            &start,
            Box::new(Cursor::new(bytes)),
            required,
        )
    }

    fn begin(
        shown: String,
        start: &[u8],
        source: Box<dyn Read>,
        required: &[&str],
    ) -> Result<Self, TableError> {
        let encoding = encoding_of(start);
        let (header, _, _) = encoding.decode(start);
        let header = header.lines().next().unwrap_or_default().to_owned();
        if header.trim().is_empty() {
            return Err(TableError::Empty(shown));
        }
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|mark| header.bytes().filter(|byte| byte == mark).count())
            .unwrap_or(b',');
        let watch = Rc::new(Watch::default());
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Watched {
                inner: decoded(source, encoding),
                watch: Rc::clone(&watch),
            });
        let columns: Vec<String> = match reader.byte_headers() {
            Ok(names) => names.iter().map(column_name).collect(),
            Err(_) => return Err(TableError::Empty(shown)),
        };
        for (i, column) in columns.iter().enumerate() {
            if !column.is_empty() && columns[..i].contains(column) {
                let column = column.clone();
                return Err(TableError::ColumnTwice {
                    path: shown,
                    column,
                });
            }
        }
        for column in required {
            if !columns.iter().any(|name| name == column) {
                let found = columns.join(", ");
                let column = (*column).to_owned();
                return Err(TableError::ColumnMissing {
                    path: shown,
                    column,
                    found,
                });
            }
        }
        Ok(Self {
            reader,
            columns,
            delimiter,
            watch,
        })
    }

    /// The rows, good and bad, in the order of the file.
    pub fn rows(self) -> Rows {
        Rows {
            reader: self.reader,
            columns: Arc::new(self.columns),
            delimiter: self.delimiter,
            watch: self.watch,
            record: ByteRecord::new(),
            ended: false,
        }
    }
}

/// The rows of a table, read one at a time.
pub struct Rows {
    reader: csv::Reader<Watched>,
    columns: Arc<Vec<String>>,
    delimiter: u8,
    watch: Rc<Watch>,
    record: ByteRecord,
    ended: bool,
}

impl Rows {
    /// The names of the columns, in lower case.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many bytes of the decoded file have been read as rows.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Whether the lines of a field behind its first one have the marks of a whole row.
    fn holds_a_row(&self, field: &[u8]) -> bool {
        let behind = field.iter().skip_while(|byte| **byte != b'\n');
        let marks = behind.filter(|byte| **byte == self.delimiter).count();
        marks > 0 && marks + 1 >= self.columns.len()
    }

    fn bad(&mut self, line: u64, why: RowError) -> BadRow {
        self.ended |= why.ends_the_table();
        BadRow {
            line,
            column: String::new(),
            why,
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row, BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let begins = self.reader.position().line();
        self.watch.since_row.set(0);
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                let line = self.record.position().map_or(begins, csv::Position::line);
                let until = self.reader.position().line();
                let spans = until > line + 1;
                // Quotation marks come in pairs; an odd one out runs on to the end of the file.
                if spans && self.watch.ended.get() && self.watch.quotes.get() % 2 == 1 {
                    return Some(Err(self.bad(line, RowError::QuoteOpen)));
                }
                if self.record.len() != self.columns.len() {
                    let why = RowError::Fields {
                        found: self.record.len(),
                        expected: self.columns.len(),
                        until: spans.then(|| until - 1),
                    };
                    return Some(Err(self.bad(line, why)));
                }
                if spans && self.record.iter().any(|field| self.holds_a_row(field)) {
                    return Some(Err(self.bad(line, RowError::RowsInside(until - 1))));
                }
                Some(row(&self.columns, &self.record, line))
            }
            Err(error) => {
                let why = match error.kind() {
                    csv::ErrorKind::Io(error)
                        if error.kind() == std::io::ErrorKind::FileTooLarge =>
                    {
                        RowError::QuoteOpen
                    }
                    _ => RowError::Broken(error.to_string()),
                };
                Some(Err(self.bad(begins, why)))
            }
        }
    }
}

fn column_name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim()
        .trim_start_matches('\u{feff}')
        .to_lowercase()
}

fn row(columns: &Arc<Vec<String>>, record: &ByteRecord, line: u64) -> Result<Row, BadRow> {
    let mut fields = Vec::with_capacity(columns.len());
    for (field, column) in record.iter().zip(columns.iter()) {
        let bad = |why| BadRow {
            line,
            column: column.clone(),
            why,
        };
        if field.len() > FIELD_MAX {
            return Err(bad(RowError::FieldLong(FIELD_MAX)));
        }
        let text = std::str::from_utf8(field).unwrap_or("\u{fffd}");
        if text.contains(['\0', '\u{fffd}']) {
            return Err(bad(RowError::Unreadable));
        }
        // Windows-1258 spells marks apart; composed text is what the rest of the program knows.
        fields.push(text.nfc().collect());
    }
    Ok(Row {
        line,
        columns: Arc::clone(columns),
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("table.csv");
        std::fs::write(&path, bytes).expect("written");
        (folder, path)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let pair = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(pair).collect()
    }

    #[test]
    fn a_table_reads_the_same_in_every_usual_encoding() {
        let text = "Code,Name\r\n06841,\"Xã Hoành Mô, Bình Liêu\"\r\n";
        let marked = [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat();
        // Windows-1258 spells the tilde and the hook as marks of their own.
        let windows = b"Code;Name\n06841;X\xe3 Ho\xe0nh M\xf4, B\xec\x6eh Li\xeau\n".to_vec();
        let cases = [
            ("UTF-8", text.as_bytes().to_vec(), "Xã Hoành Mô, Bình Liêu"),
            ("UTF-8 with a mark", marked, "Xã Hoành Mô, Bình Liêu"),
            (
                "UTF-16 LE",
                utf16(&format!("\u{feff}{text}"), false),
                "Xã Hoành Mô, Bình Liêu",
            ),
            (
                "UTF-16 BE",
                utf16(&format!("\u{feff}{text}"), true),
                "Xã Hoành Mô, Bình Liêu",
            ),
            (
                "UTF-16 LE bare",
                utf16(text, false),
                "Xã Hoành Mô, Bình Liêu",
            ),
            (
                "tabs",
                text.replacen(',', "\t", 1).replace("1,", "1\t").into(),
                "Xã Hoành Mô, Bình Liêu",
            ),
            ("Windows-1258", windows, ""),
        ];
        for (name, bytes, expected) in cases {
            let (_folder, path) = table(&bytes);
            let rows: Vec<_> = Table::open(&path, &["code", "name"])
                .expect(name)
                .rows()
                .collect();
            let row = rows[0].as_ref().expect(name);
            assert_eq!(row.get("code"), "06841", "{name}");
            if expected.is_empty() {
                assert!(
                    row.get("name").contains("Hoành Mô"),
                    "{name}: {}",
                    row.get("name")
                );
            } else {
                assert_eq!(row.get("name"), expected, "{name}");
            }
        }
    }

    #[test]
    fn bad_rows_are_named_and_good_ones_go_on() {
        let long = "x".repeat(FIELD_MAX + 1);
        let text = format!("a,b\n1,2\n1\n1,2,3\n{long},2\n1,\"two\nlines\"\nz\0,2\n3,4\n");
        let (_folder, path) = table(text.as_bytes());
        let rows: Vec<_> = Table::open(&path, &["a"])
            .expect("a table")
            .rows()
            .collect();
        let lines: Vec<Result<u64, u64>> = rows
            .iter()
            .map(|row| row.as_ref().map(Row::line).map_err(|bad| bad.line))
            .collect();
        assert_eq!(lines, [Ok(2), Err(3), Err(4), Err(5), Ok(6), Err(8), Ok(9)]);
    }

    #[test]
    fn a_quotation_mark_left_open_ends_the_table() {
        let rows = |text: &str| {
            let (_folder, path) = table(text.as_bytes());
            let rows = Table::open(&path, &["a"]).expect("a table").rows();
            rows.map(|row| row.map(|row| row.line()).map_err(|bad| (bad.line, bad.why)))
                .collect::<Vec<_>>()
        };
        let open = "a,b\n1,2\n3,\"4\n5,6\n7,8\n";
        assert_eq!(rows(open), [Ok(2), Err((3, RowError::QuoteOpen))]);
        // Far from the end of the file it is told before the file is in memory.
        let far = format!("a,b\n1,\"2\n{}", "3,4\n".repeat(1_000_000));
        assert_eq!(rows(&far), [Err((2, RowError::QuoteOpen))]);
        let inside = "a,b\n1,\"2\n3,4\n5,\"6\n7,8\n";
        assert_eq!(rows(inside), [Err((2, RowError::RowsInside(4))), Ok(5)]);
        let swallowed = RowError::Fields {
            found: 4,
            expected: 2,
            until: Some(3),
        };
        let merged = "a,b\n1,\"2\n3\",4,5\n7,8\n";
        assert_eq!(rows(merged), [Err((2, swallowed)), Ok(4)]);
        assert_eq!(rows("a,b\n1,5\" pipe\n2,3\n"), [Ok(2), Ok(3)]);
    }

    #[test]
    fn a_missing_column_is_named() {
        let (_folder, path) = table(b"hs,nam\n1,2\n");
        let Err(error) = Table::open(&path, &["hs", "name_vi"]) else {
            panic!("opened")
        };
        assert!(
            error
                .to_string()
                .contains("name_vi is missing; found: hs, nam"),
            "{error}"
        );
        let (_folder, path) = table(b"");
        assert!(matches!(Table::open(&path, &[]), Err(TableError::Empty(_))));
    }
}
