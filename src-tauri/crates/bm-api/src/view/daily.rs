//! The daily report as a table: a row a figure, a column a direction.

use bm_app::report::table::{ColumnKind, ReportColumn, ReportRow, ReportRowKind, ReportTable};
use bm_domain::Vnd;
use bm_domain::statistics::Period;

use super::report::{fact, made, one_day, word};
use super::{CorrectionTotals, DailyReport, DirectionTotals};
use crate::words::Language;

/// The daily report of a gate as a table.
#[must_use]
pub fn daily_table(language: Language, report: &DailyReport) -> ReportTable {
    let word = |key: &str| word(language, key);
    let column = |id: &str, heading: String, kind, places| ReportColumn {
        id: id.to_owned(),
        heading,
        kind,
        places,
        in_section: false,
    };
    let row = |key: &str, cells: [String; 2]| {
        let [bought, sold] = cells;
        ReportRow {
            kind: ReportRowKind::Line,
            depth: 0,
            of: Vec::new(),
            label: String::new(),
            cells: vec![word(key), bought, sold],
        }
    };
    let (bought, sold) = (&report.directions.import, &report.directions.export);
    type Count = fn(&DirectionTotals) -> i64;
    type Amount = fn(&DirectionTotals) -> Vnd;
    let counts = |figures: &[(&str, Count)]| {
        let rows = figures.iter();
        rows.map(|(key, of)| row(key, [of(bought), of(sold)].map(|count| count.to_string())))
            .collect::<Vec<_>>()
    };
    let amounts: [(&str, Amount); 8] = [
        ("measure.value", |t| t.value_vnd),
        ("measure.exempt", |t| t.exempt_vnd),
        ("measure.excess", |t| t.excess_vnd),
        ("measure.duty", |t| t.duty_vnd),
        ("measure.excise", |t| t.excise_vnd),
        ("measure.environment", |t| t.environment_vnd),
        ("measure.vat", |t| t.vat_vnd),
        ("measure.fee", |t| t.fee_vnd),
    ];
    let mut rows = counts(&[
        ("daily.forms", |t| t.forms),
        ("daily.residents", |t| t.residents),
    ]);
    rows.extend(
        amounts.map(|(key, of)| row(key, [of(bought), of(sold)].map(|sum| sum.to_string()))),
    );
    rows.extend(counts(&[
        ("measure.received", |t| t.registered),
        ("measure.released", |t| t.released),
        ("measure.refused", |t| t.refused),
        ("measure.cancelled", |t| t.cancelled),
        ("measure.pending", |t| t.pending),
    ]));
    let weights = [bought.weight_kg.clone(), sold.weight_kg.clone()];
    rows.push(row("measure.weight", weights));
    let (bought, sold) = (&report.corrections.import, &report.corrections.export);
    if bought.is_any() || sold.is_any() {
        type Moved = fn(&CorrectionTotals) -> String;
        let figures: [(&str, Moved); 4] = [
            ("daily.corrections", |t| {
                (t.amended + t.returned + t.cancelled + t.refused).to_string()
            }),
            ("daily.corrections_value", |t| t.value_vnd.to_string()),
            ("daily.corrections_exempt", |t| t.exempt_vnd.to_string()),
            ("daily.corrections_taxes", |t| t.total().to_string()),
        ];
        rows.extend(figures.map(|(key, of)| row(key, [of(bought), of(sold)])));
    }
    let gate = format!("{} ({})", report.gate_name, report.gate);
    let mut about = vec![
        fact(language, "gates", gate),
        fact(language, "days", one_day(language, report.date)),
        fact(language, "basis", word("daily.basis")),
    ];
    about.extend(made(language, report.made_at, &report.made_by));
    ReportTable {
        file: format!("daily-{}-{}", report.gate, report.date),
        title: word("daily"),
        days: one_day(language, report.date),
        about,
        columns: vec![
            column("figure", word("daily.figure"), ColumnKind::Text, 0),
            column("import", word("direction.import"), ColumnKind::Number, 3),
            column("export", word("direction.export"), ColumnKind::Number, 3),
        ],
        rows,
        notes: Vec::new(),
        signatures: Vec::new(),
        empty: false,
        period: Period {
            from: report.date,
            to: report.date,
        },
        made_at: report.made_at,
    }
}
