//! A report as its readers see it: types of cells, formulas, frozen heads, hostile text.

use std::io::{Cursor, Read};

use bm_app::report::table::ReportFact;
use bm_domain::statistics::{Period, PeriodKind};
use calamine::{Data, Reader, Xlsx};

use super::*;

fn column(id: &str, heading: &str, kind: ColumnKind, places: u32) -> ReportColumn {
    ReportColumn {
        id: id.into(),
        heading: heading.into(),
        kind,
        places,
        in_section: false,
    }
}

fn row(kind: ReportRowKind, label: &str, of: &[usize], cells: [&str; 4]) -> ReportRow {
    ReportRow {
        kind,
        depth: 0,
        of: of.to_vec(),
        label: label.into(),
        cells: cells.map(str::to_owned).to_vec(),
    }
}

fn table() -> ReportTable {
    use ReportRowKind::{Line, Section, Sum, Total};
    ReportTable {
        file: "goods".into(),
        title: "=cmd|' /C calc'!A0".into(),
        days: "11/2026".into(),
        about: vec![ReportFact {
            name: "Lọc".into(),
            text: "=HYPERLINK(1)".into(),
        }],
        columns: vec![
            column("day", "Ngày", ColumnKind::Day, 0),
            column("goods", "Tên hàng", ColumnKind::Text, 0),
            column("value", "Trị giá (đ)", ColumnKind::Number, 0),
            column("value_usd", "USD", ColumnKind::Number, 2),
        ],
        rows: vec![
            row(Section, "Móng Cái", &[], ["", "", "", ""]),
            row(
                Line,
                "",
                &[],
                ["2026-11-03", "@SUM(A1)", "5000000", "191.7"],
            ),
            row(Line, "", &[], ["2026-11-04", "Tỏi", "-7", "0.1"]),
            row(
                Line,
                "",
                &[],
                ["2026-11-06", "https://x.invalid", "1", "0.2"],
            ),
            row(Sum, "Cộng", &[1, 2, 3], ["", "", "4999994", "192"]),
            row(Line, "", &[], ["2026-11-05", "Lê", "6", "1"]),
            row(Total, "Tổng cộng", &[4, 5], ["", "", "5000000", "193"]),
        ],
        notes: vec!["-ghi chú".into()],
        signatures: vec!["Người lập biểu".into(), "Trưởng".into()],
        empty: false,
        period: Period::of(PeriodKind::Month, "2026-11-01".parse().expect("a day")),
        made_at: "2026-11-24T09:00:00Z".parse().expect("a time"),
    }
}

fn written(table: &ReportTable) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    write_xlsx(table, &mut bytes).expect("written");
    bytes.into_inner()
}

#[test]
fn csv_keeps_numbers_plain_and_text_from_being_a_formula() {
    let of = |mark| {
        let mut bytes = Vec::new();
        write_csv(&table(), mark, &mut bytes).expect("written");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let expected = "'=cmd|' /C calc'!A0\r\nLọc,'=HYPERLINK(1)\r\n'-ghi chú\r\n\
        Ngày,Tên hàng,Trị giá (đ),USD\r\nMóng Cái,,,\r\n\
        2026-11-03,'@SUM(A1),5000000,191.7\r\n2026-11-04,Tỏi,-7,0.1\r\n\
        2026-11-06,https://x.invalid,1,0.2\r\nCộng,,4999994,192\r\n\
        2026-11-05,Lê,6,1\r\nTổng cộng,,5000000,193\r\n";
    assert_eq!(of(false), expected);
    assert_eq!(of(true), format!("\u{feff}{expected}"));
}

#[test]
fn a_workbook_has_numbers_days_and_sums_that_name_their_cells() {
    let bytes = written(&table());
    assert_eq!(bytes, written(&table()), "the same report is the same file");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).expect("a sheet");
    let text = |row, column| {
        range
            .get_value((row, column))
            .cloned()
            .unwrap_or(Data::Empty)
    };
    // Title, one fact, one note, the head: the rows begin in the fifth.
    assert_eq!(text(0, 0), Data::String("=cmd|' /C calc'!A0".into()));
    assert_eq!(text(1, 1), Data::String("=HYPERLINK(1)".into()));
    assert_eq!(text(5, 1), Data::String("@SUM(A1)".into()));
    assert_eq!(text(5, 2), Data::Float(5_000_000.0));
    assert_eq!(text(7, 1), Data::String("https://x.invalid".into()));
    let Data::DateTime(day) = text(5, 0) else {
        panic!("a day, not {:?}", text(5, 0));
    };
    assert_eq!(day.to_ymd_hms_milli().0, 2026);
    assert_eq!(
        (text(8, 2), text(10, 3)),
        (Data::Float(4_999_994.0), Data::Float(193.0))
    );
    let formulas = book.worksheet_formula(&name).expect("formulas");
    let cells: Vec<_> = formulas
        .used_cells()
        .map(|(row, column, text)| {
            let (first_row, first_column) = formulas.start().expect("formulas");
            (
                first_row as usize + row,
                first_column as usize + column,
                text.as_str(),
            )
        })
        .collect();
    let expected = [
        (8, 2, "SUM(C6:C8)"),
        (8, 3, "SUM(D6:D8)"),
        (10, 2, "SUM(C9:C10)"),
        (10, 3, "SUM(D9:D10)"),
    ];
    assert_eq!(cells, expected);
}

#[test]
fn heads_stay_in_sight_and_are_printed_on_every_page() {
    let mut archive = zip::ZipArchive::new(Cursor::new(written(&table()))).expect("a workbook");
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut part = archive.by_name(name).expect("a part");
        part.read_to_string(&mut text).expect("read");
        text
    };
    let sheet = read("xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains(r#"<pane xSplit="2" ySplit="4" topLeftCell="C5""#),
        "{sheet}"
    );
    let book = read("xl/workbook.xml");
    assert!(book.contains("Sheet1!$A$1:$D$17"), "{book}");
    assert!(book.contains("Sheet1!$4:$4"), "{book}");
}

#[test]
fn a_sum_over_many_sections_is_still_a_formula_a_spreadsheet_reads() {
    let odd: Vec<usize> = (0..500).map(|row| row * 2).collect();
    let formula = sum_of(&odd, 2, 5).expect("a formula");
    assert!(formula.starts_with("=SUM(C6,C8,") && formula.matches("SUM(").count() == 3);
    assert_eq!(sum_of(&[], 2, 5), None);
    let far: Vec<usize> = (0..5_000).map(|row| row * 2).collect();
    assert_eq!(sum_of(&far, 2, 5), None, "too long to be read");
}
