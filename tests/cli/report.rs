//! Reports over periods from the command line: against sums of the lines that are taken apart from the
//! program's own, the same in every format, the same bytes twice.

use std::collections::{BTreeMap, HashMap};

use bm_app::correction::{Came, Wanted};
use bm_app::permission::Role;
use bm_app::ports::StoredDeclaration;
use bm_app::{Actor, App};
use bm_domain::Quantity;
use bm_domain::process::{PaymentMethod, Stage, Step};
use calamine::{Data, Reader, Xlsx};
use chrono::{Datelike, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::office::{Office, today};

/// The rows of a CSV file by heading, from the row that begins with `first` on.
fn csv(text: &str, first: &str) -> Vec<HashMap<String, String>> {
    let mut rows = text.lines().map(|line| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().expect("a cell").push(c),
            }
        }
        cells
    });
    let head = rows
        .by_ref()
        .find(|cells| cells[0] == first)
        .expect("a head");
    rows.map(|cells| head.iter().cloned().zip(cells).collect())
        .collect()
}

fn number(text: &str) -> Decimal {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn actor(user: &str) -> Actor {
    Actor {
        user: user.into(),
        role: Role::Operator,
        gate: String::new(),
        workstation: String::new(),
    }
}

/// The demo world, in which besides a form of weeks ago was released today, one was returned and one
/// amended after it had been released.
fn demo() -> Office {
    let office = Office::empty();
    office.run(["init", "--demo"]).ended(0);
    let lines = lines(&office);
    let old = (today() - TimeDelta::days(17)).to_string();
    let number_of = |movement: &str| {
        let fits = |row: &&HashMap<String, String>| {
            let at = (row["Phát sinh"].as_str(), row["Trạng thái"].as_str());
            at == (movement, "registered") && row["Ngày đăng ký"] <= old && row["Dòng"] == "1"
        };
        let found = lines
            .iter()
            .filter(fits)
            .map(|row| row["Tờ khai số"].clone());
        found.collect::<Vec<_>>()
    };
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let app = held.app();
    let form = |number: &str| {
        let found = app.read(|reader| Ok(reader.declaration_by_number(number)?));
        found.expect("read").expect("a form")
    };
    let late = number_of("registered");
    let late = form(late.first().expect("a form of weeks ago that waits"));
    let id = late.declaration.draft.id;
    app.take_steps(&actor("an"), &[id], on).expect("released");
    let mut released = number_of("released").into_iter();
    let mut corrected = |wanted: &dyn Fn(&StoredDeclaration) -> Wanted| {
        released
            .by_ref()
            .any(|number| approved(app, &form(&number), wanted))
    };
    assert!(corrected(&|_| Wanted::Return), "one is returned");
    let halved = |form: &StoredDeclaration| {
        let draft = &form.declaration.draft;
        let mut lines = draft.lines.clone();
        let half = lines[0].quantity.decimal() / Decimal::TWO;
        lines[0].quantity = Quantity::new(half.ceil()).expect("a quantity");
        lines[0].weight = None;
        Wanted::Amend {
            lines,
            allocation: draft.allocation,
        }
    };
    assert!(corrected(&halved), "one is amended");
    drop(held);
    office.is_clean();
    office
}

/// Whatever a form waits for.
fn on(form: &StoredDeclaration) -> Option<Step> {
    let waits = form.requirements().certificates;
    let line = waits
        .into_iter()
        .find(|line| !form.progress.certificates.contains_key(line));
    Some(match form.stage()? {
        Stage::Inspection if form.progress.presented.is_none() => Step::Present,
        Stage::Inspection => Step::Inspect {
            finding: bm_domain::process::Finding::Conforms,
            remark: String::new(),
        },
        Stage::Certificates => Step::Waive {
            line: line?,
            reason: "cơ quan kiểm dịch miễn".into(),
        },
        Stage::Tax => Step::ConfirmTax,
        Stage::Payment => Step::Pay {
            method: PaymentMethod::Bank,
            document: "GNT-1".into(),
            amount: None,
        },
        Stage::Release => Step::Release,
        Stage::Released => return None,
    })
}

/// Whether a correction of a released form took effect, approved by another.
fn approved(
    app: &App,
    form: &StoredDeclaration,
    wanted: &dyn Fn(&StoredDeclaration) -> Wanted,
) -> bool {
    let id = form.declaration.draft.id;
    match app.correct(&actor("an"), id, &wanted(form), "kiểm tra sau") {
        Ok(Came::Proposed(proposal, _)) => {
            let decided = app.decide_correction(&actor("bình"), proposal, true, "");
            decided.is_ok()
        }
        Ok(Came::Done(_)) => panic!("what has left needs a second person"),
        Err(_) => false,
    }
}

/// Every line of the year's forms.
fn lines(office: &Office) -> Vec<HashMap<String, String>> {
    let last = today().to_string();
    let arguments = [
        "report",
        "lines",
        "--all-gates",
        "--period",
        "year",
        "--date",
        &last,
        "--format",
        "csv",
        "--no-mark",
    ];
    csv(&office.run(arguments).ended(0).out, "Tờ khai số")
}

/// Figures by gate, direction, code and unit.
type Sums = BTreeMap<[String; 4], Vec<Decimal>>;

/// The figures of the month's report that the lines tell too, with their headings there.
const FIGURES: [(&str, &[&str]); 4] = [
    ("Lượng", &["Lượng"]),
    ("Quy tấn", &["Quy tấn"]),
    ("Trị giá (đ)", &["Trị giá (đ)"]),
    (
        "Tổng thuế (đ)",
        &[
            "Thuế nhập khẩu, xuất khẩu (đ)",
            "Thuế tiêu thụ đặc biệt (đ)",
            "Thuế bảo vệ môi trường (đ)",
            "Thuế giá trị gia tăng (đ)",
        ],
    ),
];

/// The sums of lines that `counts` takes.
fn sums(lines: &[HashMap<String, String>], counts: impl Fn(NaiveDate, NaiveDate) -> bool) -> Sums {
    let mut sums = Sums::new();
    for line in lines.iter().filter(|line| !line["Mã HS"].is_empty()) {
        let counted = &line["Ngày tính thống kê"];
        if counted.is_empty() || !counts(day(&line["Ngày đăng ký"]), day(counted)) {
            continue;
        }
        let way = if line["Chiều"] == "import" {
            "Nhập khẩu"
        } else {
            "Xuất khẩu"
        };
        let key = [&line["Cửa khẩu"], way, &line["Mã HS"], &line["Đơn vị tính"]];
        let sum = sums
            .entry(key.map(str::to_owned))
            .or_insert_with(|| vec![Decimal::ZERO; 4]);
        for (sum, (_, parts)) in sum.iter_mut().zip(FIGURES) {
            *sum += parts
                .iter()
                .map(|part| number(&line[*part]))
                .sum::<Decimal>();
        }
    }
    sums.retain(|_, sum| sum.iter().any(|figure| !figure.is_zero()));
    sums
}

/// The group of a code by the table every office begins with: that of the longest prefix.
fn group(hs: &str) -> String {
    let seed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../bm-seed/data");
    let table = std::fs::read_to_string(seed.join("commodity-groups.csv")).expect("a table");
    let groups = csv(&table, "code").into_iter().flat_map(|row| {
        let prefixes: Vec<_> = row["prefixes"].split('/').map(str::to_owned).collect();
        prefixes
            .into_iter()
            .map(move |prefix| (prefix, row["name_vi"].clone()))
    });
    let fitting = groups.filter(|(prefix, _)| hs.starts_with(prefix.as_str()));
    let longest = fitting.max_by_key(|(prefix, _)| prefix.len());
    longest.map_or_else(|| "Hàng khác".to_owned(), |(_, name)| name)
}

/// The same as a report says, in the period or since the beginning of the year.
fn said(report: &[HashMap<String, String>], span: &str) -> Sums {
    let mut sums = Sums::new();
    for row in report
        .iter()
        .filter(|row| row.get("Mã HS").is_some_and(|hs| !hs.is_empty()))
    {
        let key = ["Cửa khẩu", "Chiều", "Mã HS", "Đơn vị tính"].map(|name| row[name].clone());
        let figures = FIGURES
            .iter()
            .map(|(name, _)| number(&row[&format!("{name} {span}")]));
        assert_eq!(row["Nhóm hàng"], group(&row["Mã HS"]), "{key:?}");
        let twice = sums.insert(key.clone(), figures.collect());
        assert_eq!(twice, None, "{key:?}");
    }
    sums.retain(|_, sum| sum.iter().any(|figure| !figure.is_zero()));
    sums
}

/// First and last day of a month or half of it.
fn span(report: &str, on: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = on.with_day(1).expect("a first");
    let last = first + chrono::Months::new(1) - TimeDelta::days(1);
    match (report, on.day()) {
        ("month", _) => (first, last),
        (_, ..=15) => (first, first + TimeDelta::days(14)),
        _ => (first + TimeDelta::days(15), last),
    }
}

#[test]
fn statistics_equal_an_independent_sum_of_the_lines_cell_by_cell() {
    let office = demo();
    let lines = lines(&office);
    let movements: Vec<_> = ["released", "withdrawn", "amended", "registered"]
        .map(|word| {
            lines
                .iter()
                .filter(|line| line["Phát sinh"] == word)
                .count()
        })
        .into();
    assert!(movements.iter().all(|count| *count > 0), "{movements:?}");
    let mut late = 0;
    for on in [
        today(),
        today() - TimeDelta::days(17),
        today() - TimeDelta::days(30),
    ] {
        for report in ["month", "halfmonth"] {
            let (from, to) = span(report, on);
            let on = on.to_string();
            let arguments = [
                "report",
                report,
                "--all-gates",
                "--date",
                &on,
                "--format",
                "csv",
                "--no-mark",
            ];
            let text = office.run(arguments).ended(0).out;
            // The head of the table, not the fact of the same name above it.
            let head = text.find("\nCửa khẩu,Tên,").expect("a head");
            let rows = csv(&text[head + 1..], "Cửa khẩu");
            let within = |date: NaiveDate| from <= date && date <= to;
            let new_year = from.with_ordinal(1).expect("a first");
            let since = |date: NaiveDate| new_year <= date && date <= to;
            let period = sums(&lines, |registered, counted| {
                within(registered) && within(counted)
            });
            let year = sums(&lines, |_, counted| since(counted));
            assert_eq!(said(&rows, "trong kỳ"), period, "{report} {on}");
            if new_year.year() == today().year() {
                assert_eq!(said(&rows, "lũy kế"), year, "{report} {on}");
            }
            late += usize::from(period != year);
        }
    }
    assert!(late > 0, "no period has a late form");
}

#[test]
fn a_report_has_the_same_figures_in_json_csv_and_a_workbook() {
    let office = Office::empty();
    office.run(["init", "--demo"]).ended(0);
    let on = (today() - TimeDelta::days(1)).to_string();
    for report in ["month", "provincial", "totals", "communes", "residents"] {
        let run = |more: &[&str]| {
            let arguments = ["--json", "report", report, "--all-gates", "--date", &on];
            office.run(arguments.iter().chain(more)).ended(0)
        };
        let json: Value = run(&[]).value();
        let rows = json["rows"].as_array().expect("rows");
        assert!(rows.len() > 5, "{report}: {json}");
        let columns = json["columns"].as_array().expect("columns");
        let path = office.beside(&format!("{report}.xlsx"));
        run(&["--format", "xlsx", "--out", &path]);
        let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
        let sheet = book
            .worksheet_range_at(0)
            .expect("a sheet")
            .expect("readable");
        let head = sheet.rows().position(|cells| {
            cells.get(columns.len() - 1).is_some_and(|cell| {
                cell == &Data::String(
                    columns[columns.len() - 1]["heading"]
                        .as_str()
                        .expect("text")
                        .into(),
                )
            })
        });
        let head = head.expect("a head");
        for (at, row) in rows.iter().enumerate() {
            let cells = sheet.rows().nth(head + 1 + at).expect("a row");
            for (column, (kind, cell)) in columns.iter().zip(cells).enumerate() {
                let text = row["cells"][column].as_str().expect("a cell");
                let label = row["label"].as_str().expect("a label");
                let expected = match (kind["kind"].as_str(), text) {
                    _ if column == 0 && !label.is_empty() => Data::String(label.into()),
                    (_, "") => Data::Empty,
                    (Some("number"), text) => Data::Float(text.parse().expect("a number")),
                    _ => Data::String(text.into()),
                };
                assert_eq!(cell, &expected, "{report} row {at} column {column}");
            }
        }
        let csv = run(&["--format", "csv"]).out;
        assert_eq!(csv.chars().next(), Some('\u{feff}'));
        assert_eq!(
            run(&["--format", "csv", "--no-mark"]).out.chars().next(),
            csv.chars().nth(1)
        );
        let last = csv.lines().last().expect("a total");
        let total = rows.last().expect("a total")["cells"]
            .as_array()
            .expect("cells");
        for (cell, said) in total.iter().zip(last.split(',')).skip(1) {
            assert_eq!(cell, said, "{report}: {last}");
        }
    }
}

#[test]
fn a_period_without_figures_says_so_and_what_is_not_known_is_refused() {
    let office = Office::empty();
    office.run(["init", "--demo"]).ended(0);
    let run = |arguments: &[&str]| office.run(["report"].iter().chain(arguments));
    let empty = run(&["month", "--all-gates", "--date", "2020-02-10"])
        .ended(0)
        .value();
    assert_eq!(empty["empty"], true);
    let rows = empty["rows"].as_array().expect("rows");
    assert_eq!((rows.len(), &rows[0]["kind"]), (1, &"total".into()));
    let notes = empty["notes"].to_string();
    assert!(notes.contains("Không có số liệu"), "{notes}");
    run(&["month", "--date", "2026-11-10"])
        .ended(2)
        .said(&["--all-gates"]);
    run(&["daily", "--all-gates", "--date", "2026-11-10"])
        .ended(2)
        .said(&["--gate"]);
    run(&["weekly", "--all-gates", "--date", "2026-11-10"])
        .ended(2)
        .said(&["weekly", "halfmonth", "provincial"]);
    run(&["month", "--gate", "MONGCAY", "--date", "2026-11-10"])
        .ended(2)
        .said(&["MONGCAI"]);
    run(&[
        "month",
        "--gate",
        "MONGCAI",
        "--all-gates",
        "--date",
        "2026-11-10",
    ])
    .ended(2);
    run(&[
        "span",
        "--all-gates",
        "--date",
        "2026-11-10",
        "--to",
        "2026-11-09",
    ])
    .ended(1);
    run(&[
        "span",
        "--all-gates",
        "--date",
        "2026-11-10",
        "--to",
        "10/11",
    ])
    .ended(2);
    run(&["nightly", "--date", "2026-11-10"])
        .ended(2)
        .said(&["--out-dir"]);
    let file = office.file("held", "");
    run(&["nightly", "--date", "2026-11-10", "--out-dir", &file])
        .ended(2)
        .said(&["held"]);
    // Whom the leader may not look up, a report does not name to them.
    let leader = |report: &str| {
        let arguments = ["report", report, "--all-gates", "--date", "2026-11-10"];
        office.run_as("leader", "leader-demo", arguments)
    };
    leader("residents").ended(1);
    leader("lines").ended(1);
    leader("communes").ended(0);
}

#[test]
fn a_night_writes_what_its_day_asks_for_and_the_same_bytes_again() {
    let office = Office::empty();
    office.run(["init", "--demo"]).ended(0);
    let run = |day: &str, folder: &str| {
        let folder = office.beside(folder);
        let arguments = [
            "report",
            "nightly",
            "--gate",
            "KM34",
            "--date",
            day,
            "--out-dir",
            &folder,
            "--format",
            "xlsx,pdf,csv,json",
        ];
        let ran = office.run(arguments).ended(0).value();
        let files = ran["files"].as_array().expect("files").iter();
        let files = files.map(|path| {
            let path = std::path::Path::new(path.as_str().expect("a path"));
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(path).expect("written"))
        });
        files.collect::<BTreeMap<_, _>>()
    };
    let stems = |files: &BTreeMap<String, Vec<u8>>| {
        let pdf = files.keys().filter_map(|name| name.strip_suffix(".pdf"));
        pdf.map(str::to_owned).collect::<Vec<_>>()
    };
    let first = run("2026-06-30", "first");
    assert_eq!(
        stems(&first),
        [
            "daily-KM34-2026-06-30",
            "goods-KM34-2026-01-01_2026-06-30",
            "goods-KM34-2026-04-01_2026-06-30",
            "goods-KM34-2026-06-16_2026-06-30",
            "goods-KM34-2026-06",
            "provincial-KM34-2026-06",
            "totals-KM34-2026-06-30",
            "tracking-KM34-2026-06-30",
        ]
    );
    assert_eq!(first.len(), 4 * 8);
    assert_eq!(stems(&run("2026-06-29", "plain")).len(), 3);
    // Looking persons up, as the tracking book does, makes no other report.
    let again = run("2026-06-30", "again");
    for (name, bytes) in &first {
        assert!(
            again[name] == *bytes,
            "{name} is another file the second time"
        );
        assert!(
            !name.ends_with("pdf") || bytes.starts_with(b"%PDF"),
            "{name}"
        );
    }
}
