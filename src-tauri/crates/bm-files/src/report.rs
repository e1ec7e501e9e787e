//! Reports as files: the same sheet as CSV for any program and as XLSX with real numbers.

use std::io::{self, Seek, Write};

use chrono::NaiveDateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number: money in VND, or a count.
    Integer(i64),
    /// A decimal number with a point, as in a weight.
    Decimal(String),
}

/// A report ready to be written. Rows may be made one at a time, so that a long one takes no more
/// memory than a short one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<R = Vec<Vec<Cell>>> {
    /// Title.
    pub title: String,
    /// What it is about: filter, basis, when and by whom it was made.
    pub about: Vec<(String, String)>,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows, each as long as the headings.
    pub rows: R,
}

/// Text that a spreadsheet would take for a formula is kept from being one.
pub(crate) fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Writes CSV: UTF-8 with a mark, so that spreadsheets read Vietnamese right.
///
/// # Errors
/// What the writer says.
pub fn write_csv<R>(sheet: Sheet<R>, mut to: impl Write) -> io::Result<()>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    to.write_all(b"\xef\xbb\xbf")?;
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(to);
    writer.write_record([harmless(&sheet.title)])?;
    for (name, value) in &sheet.about {
        writer.write_record([harmless(name), harmless(value)])?;
    }
    writer.write_record(sheet.columns.iter().map(|heading| harmless(heading)))?;
    for row in sheet.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Integer(number) => number.to_string(),
            Cell::Decimal(number) => number.clone(),
        }))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes XLSX row by row in constant memory; `made_at` is the document's creation time, so that
/// the same report is the same file.
///
/// # Errors
/// What the writer says.
pub fn write_xlsx<R>(
    sheet: Sheet<R>,
    made_at: NaiveDateTime,
    to: impl Write + Seek + Send,
) -> io::Result<()>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    workbook(sheet, made_at, to).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet holds numbers as doubles; VND fit 2^53"
)]
fn workbook<R>(
    sheet: Sheet<R>,
    made_at: NaiveDateTime,
    to: impl Write + Seek + Send,
) -> Result<(), XlsxError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(made_at.and_utc().timestamp())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&sheet.title)
            .set_creation_datetime(&created),
    );
    let bold = Format::new().set_bold();
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let number = Format::new().set_num_format("#,##0");
    let decimal = Format::new().set_num_format("#,##0.###");
    let page = workbook.add_worksheet_with_constant_memory()?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    page.set_column_width(0, 30)?;
    let mut row = 0_u32;
    page.write_with_format(row, 0, &sheet.title, &bold)?;
    for (name, value) in &sheet.about {
        row += 1;
        page.write(row, 0, name)?;
        page.write(row, 1, value)?;
    }
    row += 1;
    for (column, text) in (0_u16..).zip(&sheet.columns) {
        if column > 0 {
            page.set_column_width(column, 18)?;
        }
        page.write_with_format(row, column, text, &heading)?;
    }
    page.set_freeze_panes(row + 1, 1)?
        .set_repeat_rows(row, row)?;
    for cells in sheet.rows {
        row += 1;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) => page.write(row, column, text)?,
                Cell::Decimal(text) => match text.parse::<f64>() {
                    Ok(value) => page.write_number_with_format(row, column, value, &decimal)?,
                    Err(_) => page.write(row, column, text)?,
                },
                Cell::Integer(value) => {
                    page.write_number_with_format(row, column, value as f64, &number)?
                }
            };
        }
    }
    workbook.save_to_writer(to)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            title: "Báo cáo ngày".into(),
            about: vec![("Cửa khẩu".into(), "=HYPERLINK(1)".into())],
            columns: vec!["Chỉ tiêu".into(), "Nhập khẩu".into()],
            rows: vec![
                vec![Cell::Text("Trị giá".into()), Cell::Integer(5_000_000)],
                vec![Cell::Text("-1".into()), Cell::Integer(-7)],
                vec![Cell::Text("kg".into()), Cell::Decimal("12.345".into())],
            ],
        }
    }

    #[test]
    fn csv_has_a_mark_and_no_formulas() {
        let mut bytes = Vec::new();
        write_csv(sheet(), &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let expected = "\u{feff}Báo cáo ngày\r\nCửa khẩu,'=HYPERLINK(1)\r\n\
            Chỉ tiêu,Nhập khẩu\r\nTrị giá,5000000\r\n'-1,-7\r\nkg,12.345\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn xlsx_holds_real_numbers_and_the_same_bytes_twice() {
        let at = "2026-11-24T09:00:00".parse().expect("a time");
        let write = || {
            let mut bytes = Cursor::new(Vec::new());
            write_xlsx(sheet(), at, &mut bytes).expect("written");
            bytes.into_inner()
        };
        let bytes = write();
        assert_eq!(bytes, write());
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
        let range = book
            .worksheet_range_at(0)
            .expect("a sheet")
            .expect("readable");
        assert_eq!(range.get_value((3, 1)), Some(&Data::Float(5_000_000.0)));
        assert_eq!(range.get_value((5, 1)), Some(&Data::Float(12.345)));
        assert_eq!(
            range.get_value((3, 0)),
            Some(&Data::String("Trị giá".into()))
        );
    }
}
