//! A report table as CSV and as a workbook: the same figures as on screen.

use std::io::{self, Seek, Write};

use bm_app::report::table::{ColumnKind, ReportColumn, ReportRow, ReportRowKind, ReportTable};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use crate::report::harmless;

/// The longest formula a spreadsheet reads, in characters, with room to spare.
const FORMULA_MAX: usize = 8_000;
/// Most arguments of one SUM.
const ARGUMENTS_MAX: usize = 200;

/// Writes a report as CSV in UTF-8; with a `mark` spreadsheets read Vietnamese right.
///
/// # Errors
/// What the writer says.
pub fn write_csv(table: &ReportTable, mark: bool, mut to: impl Write) -> io::Result<()> {
    if mark {
        to.write_all(b"\xef\xbb\xbf")?;
    }
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(to);
    writer.write_record([harmless(&table.title)])?;
    for fact in &table.about {
        writer.write_record([harmless(&fact.name), harmless(&fact.text)])?;
    }
    for note in &table.notes {
        writer.write_record([harmless(note)])?;
    }
    writer.write_record(table.columns.iter().map(|column| harmless(&column.heading)))?;
    for row in &table.rows {
        let cells = row.cells.iter().zip(&table.columns).enumerate();
        writer.write_record(cells.map(|(at, (cell, column))| match column.kind {
            _ if at == 0 && !row.label.is_empty() => harmless(&row.label),
            ColumnKind::Text => harmless(cell),
            ColumnKind::Day | ColumnKind::Number => cell.clone(),
        }))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes a report as a workbook in constant memory: numbers and days as such, sums as formulas
/// with their results, heads that stay in sight and are printed on every page.
///
/// # Errors
/// What the writer says.
pub fn write_xlsx(table: &ReportTable, to: impl Write + Seek + Send) -> io::Result<()> {
    workbook(table, to).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

/// How cells look.
struct Looks {
    bold: Format,
    heading: Format,
    name: Format,
    text: Format,
    note: Format,
    section: Format,
    sum: Format,
}

impl Looks {
    fn new() -> Self {
        let thin = FormatBorder::Thin;
        Self {
            bold: Format::new().set_bold().set_font_size(14),
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_border(thin),
            name: Format::new().set_italic(),
            text: Format::new().set_align(FormatAlign::Top),
            note: Format::new().set_italic(),
            section: Format::new().set_bold().set_border_top(thin),
            sum: Format::new().set_bold().set_border_top(thin),
        }
    }

    /// The look of a number: money and counts whole, dollars with cents, tonnes to the kilogram.
    fn number(places: u32, text: &str, bold: bool) -> Format {
        let form = match places {
            0 => "#,##0",
            2 => "#,##0.00",
            6 => "#,##0.000",
            _ if text.contains('.') => "#,##0.0##",
            _ => "#,##0",
        };
        let plain = Format::new().set_num_format(form);
        if bold {
            plain.set_bold().set_border_top(FormatBorder::Thin)
        } else {
            plain
        }
    }
}

fn workbook(table: &ReportTable, to: impl Write + Seek + Send) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(table.made_at.timestamp())?;
    let properties = DocProperties::new().set_title(&table.title);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let looks = Looks::new();
    let page = workbook.add_worksheet_with_constant_memory()?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&L&8&F&R&8&P/&N");
    let width = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    for (at, column) in (0_u16..).zip(&table.columns) {
        page.set_column_width(at, column_width(column))?;
    }
    page.write_with_format(0, 0, &table.title, &looks.bold)?;
    let mut row = 0_u32;
    for fact in &table.about {
        row += 1;
        page.write_with_format(row, 0, &fact.name, &looks.name)?;
        page.write(row, 1, &fact.text)?;
    }
    for note in &table.notes {
        row += 1;
        page.write_with_format(row, 0, note, &looks.note)?;
    }
    row += 1;
    let head = row;
    for (at, column) in (0_u16..).zip(&table.columns) {
        page.write_with_format(head, at, &column.heading, &looks.heading)?;
    }
    let first = head + 1;
    let frozen = table.columns.iter();
    let frozen = frozen
        .take_while(|column| column.kind != ColumnKind::Number)
        .count();
    let frozen = u16::try_from(frozen.min(3)).unwrap_or(1);
    page.set_freeze_panes(first, frozen)?
        .set_repeat_rows(head, head)?;
    for line in &table.rows {
        row += 1;
        write_row(page, &looks, table, line, (row, first))?;
    }
    if !table.signatures.is_empty() {
        row += 2;
        let last = width.saturating_sub(1);
        let apart = last / u16::try_from(table.signatures.len().max(2) - 1).unwrap_or(1);
        for (at, title) in (0_u16..).zip(&table.signatures) {
            let column = (at * apart).min(last);
            page.write_with_format(row, column, title, &looks.section)?;
        }
        row += 4;
    }
    page.set_print_area(0, 0, row, width.saturating_sub(1))?;
    workbook.save_to_writer(to)
}

fn column_width(column: &ReportColumn) -> f64 {
    match column.kind {
        ColumnKind::Day => 12.0,
        ColumnKind::Number => 17.0,
        ColumnKind::Text if column.id.contains('_') || column.id == "group" => 32.0,
        ColumnKind::Text => 16.0,
    }
}

fn write_row(
    page: &mut Worksheet,
    looks: &Looks,
    table: &ReportTable,
    line: &ReportRow,
    (row, first): (u32, u32),
) -> Result<(), XlsxError> {
    let is_line = line.kind == ReportRowKind::Line;
    let sums = matches!(line.kind, ReportRowKind::Sum | ReportRowKind::Total);
    let plain = match line.kind {
        ReportRowKind::Line => &looks.text,
        ReportRowKind::Section => &looks.section,
        ReportRowKind::Sum | ReportRowKind::Total => &looks.sum,
    };
    for (at, (cell, column)) in (0_u16..).zip(line.cells.iter().zip(&table.columns)) {
        if at == 0 && !line.label.is_empty() {
            page.write_string_with_format(row, at, &line.label, plain)?;
            continue;
        }
        match (column.kind, cell.as_str()) {
            (_, "") if is_line => {}
            (_, "") => {
                page.write_blank(row, at, plain)?;
            }
            (ColumnKind::Number, text) => {
                let look = Looks::number(column.places, text, !is_line);
                let formula = if sums {
                    sum_of(&line.of, at, first)
                } else {
                    None
                };
                match (formula, text.parse::<f64>()) {
                    (Some(formula), _) => {
                        let formula = Formula::new(formula).set_result(text);
                        page.write_formula_with_format(row, at, formula, &look)?;
                    }
                    (None, Ok(number)) => {
                        page.write_number_with_format(row, at, number, &look)?;
                    }
                    (None, Err(_)) => {
                        page.write_string(row, at, text)?;
                    }
                }
            }
            (ColumnKind::Day, text) => match ExcelDateTime::parse_from_str(text) {
                Ok(day) => {
                    let look = Format::new().set_num_format("dd/mm/yyyy");
                    page.write_datetime_with_format(row, at, &day, &look)?;
                }
                Err(_) => {
                    page.write_string(row, at, text)?;
                }
            },
            (ColumnKind::Text, text) => {
                page.write_string_with_format(row, at, text, plain)?;
            }
        }
    }
    Ok(())
}

/// The formula that adds up rows of a column; `None` where there is nothing to add up, or more than
/// a spreadsheet reads.
fn sum_of(rows: &[usize], column: u16, first: u32) -> Option<String> {
    let letters = rust_xlsxwriter::utility::column_number_to_name(column);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => spans.push((*row, *row)),
        }
    }
    // Rows of a sheet are counted from 1.
    let place = |row: usize| u32::try_from(row).map_or(0, |row| row + first + 1);
    let span = |(from, to): &(usize, usize)| {
        let (from, to) = (place(*from), place(*to));
        if from == to {
            format!("{letters}{from}")
        } else {
            format!("{letters}{from}:{letters}{to}")
        }
    };
    let sums = spans.chunks(ARGUMENTS_MAX).map(|part| {
        let spans: Vec<_> = part.iter().map(span).collect();
        format!("SUM({})", spans.join(","))
    });
    let formula = sums.collect::<Vec<_>>().join("+");
    let readable = !formula.is_empty() && formula.len() <= FORMULA_MAX;
    readable.then(|| format!("={formula}"))
}

#[cfg(test)]
mod tests;
