//! Every line of the forms as a table.

use bm_app::report::LineReport;
use bm_app::report::table::{ColumnKind, ReportColumn, ReportRow, ReportRowKind, ReportTable};
use bm_domain::law::LawBook;
use bm_domain::statistics::{Dimension, PeriodKind};

use super::report::{
    days, dimension_title, fact, file_name, gates, made, measure_title, number, word,
};
use crate::words::Language;

/// Lines of forms as a table.
#[must_use]
pub fn line_table(
    language: Language,
    report: &LineReport,
    book: &LawBook,
    kind: PeriodKind,
) -> ReportTable {
    let text = |id: &str, heading: String| ReportColumn {
        id: id.to_owned(),
        heading,
        kind: ColumnKind::Text,
        places: 0,
        in_section: false,
    };
    let plain = |id: &str| text(id, word(language, &format!("column.{id}")));
    let day = |id: &str| ReportColumn {
        kind: ColumnKind::Day,
        ..plain(id)
    };
    let of = |dimension: Dimension| text(dimension.word(), dimension_title(language, dimension));
    let mut columns = vec![
        plain("form"),
        of(Dimension::Gate),
        text("direction", dimension_title(language, Dimension::Direction)),
        day("registered"),
        day("counted"),
        plain("movement"),
        plain("status"),
        ReportColumn {
            kind: ColumnKind::Number,
            ..plain("line")
        },
        of(Dimension::Hs),
        plain("goods"),
        of(Dimension::Unit),
        of(Dimension::Country),
        of(Dimension::Commune),
    ];
    columns.extend(LineReport::MEASURES.map(|measure| ReportColumn {
        kind: ColumnKind::Number,
        places: measure.places(),
        ..text(measure.word(), measure_title(language, measure))
    }));
    let rows = report.rows.iter().map(|row| {
        let mut cells = vec![
            row.number.clone(),
            row.gate.clone(),
            row.direction.word().to_owned(),
            row.registered.to_string(),
            row.counted.map(|day| day.to_string()).unwrap_or_default(),
            row.movement.word().to_owned(),
            row.status.word().to_owned(),
            row.line.to_string(),
            row.hs.clone(),
            row.name.clone(),
            row.unit.clone(),
            row.country.clone(),
            row.commune.clone(),
        ];
        let figures = LineReport::MEASURES.iter().zip(&row.figures);
        cells.extend(figures.map(|(measure, figure)| number(*figure, *measure)));
        ReportRow {
            kind: ReportRowKind::Line,
            depth: 0,
            of: Vec::new(),
            label: String::new(),
            cells,
        }
    });
    let mut about = vec![
        fact(language, "gates", gates(language, book, &report.gates)),
        fact(language, "days", days(language, kind, report.period)),
        fact(language, "basis", word(language, "basis_lines")),
    ];
    about.extend(made(language, report.made_at, &report.made_by));
    ReportTable {
        file: file_name("lines", &report.gates, kind, report.period),
        title: word(language, "lines"),
        days: days(language, kind, report.period),
        about,
        columns,
        rows: rows.collect(),
        notes: vec![word(language, "note_lines")],
        signatures: Vec::new(),
        empty: report.rows.is_empty(),
        period: report.period,
        made_at: report.made_at,
    }
}
