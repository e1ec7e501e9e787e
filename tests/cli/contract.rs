//! The contract of nightly jobs: what each command takes, answers and exits with.

use std::collections::BTreeSet;

use bm_app::book::{self, EntryFilter};
use bm_app::cash::unfinished;
use bm_app::correction::pending;
use bm_domain::cash::{CashSession, SessionStage};
use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::office::{KEEPER, Office, Ran, Trade, folder, id, today};

/// The fields of an answer, as the contract lists them.
const ANSWER: [&str; 16] = [
    "duty_vnd",
    "environment_vnd",
    "excess_vnd",
    "excise_vnd",
    "exempt_vnd",
    "fee_vnd",
    "id",
    "inspection_required",
    "lines",
    "number",
    "provisional",
    "status",
    "total_due_vnd",
    "trips_used",
    "value_vnd",
    "vat_vnd",
];
/// The figures of each direction of a daily report, as the contract lists them.
const FIGURES: [&str; 16] = [
    "cancelled",
    "duty_vnd",
    "environment_vnd",
    "excess_vnd",
    "excise_vnd",
    "exempt_vnd",
    "fee_vnd",
    "forms",
    "pending",
    "refused",
    "registered",
    "released",
    "residents",
    "value_vnd",
    "vat_vnd",
    "weight_kg",
];

fn keys(value: &Value) -> BTreeSet<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

#[test]
fn a_database_is_made_once() {
    let office = Office::bare();
    let before = office.records();
    office
        .run(["init"])
        .ended(2)
        .said(&["Đã có cơ sở dữ liệu", "data", "--data"]);
    office
        .run(["--lang", "en", "init"])
        .ended(2)
        .said(&["There is a database"]);
    office
        .run(["--lang", "zh", "init", "--demo"])
        .ended(2)
        .said(&["已有数据库"]);
    assert_eq!(office.records(), before);
    office.is_clean();
}

#[test]
fn a_short_password_makes_no_database() {
    let home = folder();
    let mut command = std::process::Command::new(crate::office::PROGRAM);
    command
        .arg("--data")
        .arg(home.path().join("data"))
        .args(["--as", "admin", "init"]);
    let ran: Ran = command
        .env("BIENMAU_PASSWORD", "short")
        .output()
        .expect("started")
        .into();
    ran.ended(2).said(&["BIENMAU_PASSWORD", "8"]);
    assert!(!home.path().join("data/bienmau.db").exists());
}

/// At the gates of the example a correction waits for the second person, a drawer is open, and what
/// was taken in on days before was counted and handed over.
#[track_caller]
fn example_waits(home: &std::path::Path) {
    let held = bm_host::Office::open(home).expect("opens");
    let (drawers, asked, done) = held
        .app()
        .read(|reader| {
            let done = EntryFilter {
                open: Some(false),
                ..EntryFilter::default()
            };
            let done: Vec<CashSession> = book::list(reader, &done)?;
            Ok((unfinished(reader, None)?, pending(reader, None)?, done))
        })
        .expect("read");
    let gates = |all: Vec<&str>| all.into_iter().collect::<BTreeSet<_>>().len();
    let (short, open): (Vec<_>, Vec<_>) =
        (drawers.iter()).partition(|one| one.stage() == SessionStage::Difference);
    assert!(open.iter().all(|one| one.stage() == SessionStage::Open));
    assert_eq!(short.len(), 1, "yesterday's drawer that is short");
    assert!(gates(drawers.iter().map(|one| one.gate.as_str()).collect()) >= 3);
    assert!(gates(asked.iter().map(|one| one.gate.as_str()).collect()) >= 3);
    assert!(done.iter().any(|one| one.handed_over.is_some()));
}

/// What does not meet on yesterday's planted day.
const PLANTED: [&str; 8] = [
    "cancelled_counted",
    "cash_short",
    "doubled_form",
    "late_form",
    "missing_receipt",
    "uncounted_person",
    "unreleased_form",
    "wrong_gate",
];

#[test]
fn the_example_is_whole_and_each_role_may_do_its_own() {
    let home = folder();
    let run = |user: Option<&str>, arguments: &[&str]| -> Ran {
        let mut command = std::process::Command::new(crate::office::PROGRAM);
        command.arg("--data").arg(home.path());
        if let Some(user) = user {
            command.args(["--as", user]);
            command.env("BIENMAU_PASSWORD", format!("{user}-demo"));
        }
        command.args(arguments).output().expect("started").into()
    };
    run(None, &["init", "--demo"]).ended(0);
    let verified = run(None, &["verify", "--json"]).ended(0).value();
    assert_eq!(verified["differences"], json!([]));
    assert!(
        verified["declarations"].as_u64() > Some(1_500),
        "{verified}"
    );
    example_waits(home.path());
    let yesterday = (today() - TimeDelta::days(1)).to_string();
    let ask = [
        "--json",
        "reconcile",
        "--gate",
        "MONGCAI",
        "--date",
        &yesterday,
    ];
    let matched = run(None, &ask).ended(1).value();
    let differences = matched["differences"].as_array().expect("differences");
    let kinds = differences.iter().filter_map(|one| one["kind"].as_str());
    let kinds: BTreeSet<_> = kinds.collect();
    assert_eq!(kinds, PLANTED.into(), "{matched}");
    let before = (today() - TimeDelta::days(2)).to_string();
    run(None, &["reconcile", "--gate", "KM34", "--date", &before]).ended(0);
    let lists = run(None, &["--json", "gather"]).ended(0).value();
    let waiting = lists.as_array().map(Vec::len).unwrap_or_default();
    assert!(waiting >= 3, "lists of gathered goods wait: {lists}");
    let overdue = run(None, &["--json", "overdue"]).ended(0).value();
    assert_eq!(overdue, json!({"gatherings": [], "vehicles": []}));

    let day = today().to_string();
    let report = ["report", "daily", "--gate", "MONGCAI", "--date", &day];
    let gates = home.path().join("gates.csv");
    std::fs::write(&gates, "code,name\nKM99,Thử\n").expect("written");
    let gates = gates.display().to_string();
    let residents = home.path().join("residents.csv");
    std::fs::write(
        &residents,
        "kind,number,name,born,commune\ncmnd,100123987,La Thị Mai,1980-01-01,06712\n",
    )
    .expect("written");
    let residents = residents.display().to_string();
    let forms = home.path().join("forms.jsonl");
    std::fs::write(&forms, "").expect("written");
    let forms = forms.display().to_string();
    // What each of: report, gates, residents, declare, verify.
    let may = [
        ("officer", [true, false, false, true, false]),
        ("supervisor", [true, false, true, true, false]),
        ("branch", [true, true, true, false, true]),
        ("leader", [true, false, false, false, false]),
        ("admin", [false, true, false, false, true]),
        ("auditor", [true, false, false, false, false]),
    ];
    for (user, allowed) in may {
        let commands: [&[&str]; 5] = [
            &report,
            &["import", "gates", &gates],
            &["import", "residents", &residents],
            &["declare", &forms],
            &["verify"],
        ];
        for (command, allowed) in commands.into_iter().zip(allowed) {
            let ran = run(Some(user), command);
            let status = i32::from(!allowed);
            assert_eq!(ran.status, Some(status), "{user} {command:?}: {ran:?}");
            assert_eq!(
                ran.err.contains("không được phép"),
                !allowed,
                "{user}: {ran:?}"
            );
        }
    }
    let mut command = std::process::Command::new(crate::office::PROGRAM);
    command
        .arg("--data")
        .arg(home.path())
        .args(["--as", "officer", "verify"]);
    let ran: Ran = command
        .env("BIENMAU_PASSWORD", "wrong")
        .output()
        .expect("started")
        .into();
    ran.ended(1).said(&["Sai tài khoản hoặc mật khẩu"]);
}

#[test]
fn six_kinds_of_tables_are_imported() {
    let trade = Trade::of(40);
    // Gates, communes, rates and residents are imported there.
    let office = Office::of(&trade);
    let goods = office.file(
        "goods.csv",
        "hs;name_vi;unit;mfn;vat_class;used_banned\n07032090;Tỏi khô;kg;21,5;reduced;0\n",
    );
    // A decimal comma is no number here: 21,5 could be two columns elsewhere.
    let ran = office.run(["import", "goods", &goods]).ended(2);
    let ran = ran.said(&["Dòng 2, cột mfn", "“21,5”", "12.5"]);
    assert_eq!(ran.value(), json!({"taken": 0, "bad": 1}));
    let goods = office.file(
        "goods.csv",
        "hs,name_vi,unit,mfn,vat_class\n07032090,Tỏi khô,kg,21.5,reduced\n",
    );
    let ran = office.run(["import", "goods", &goods]).ended(0);
    assert_eq!(ran.value(), json!({"taken": 1, "bad": 0}));
    let list = office.file(
        "list.csv",
        "hs_prefix,rule\n0703,include\n07032090,exclude\n",
    );
    let ran = office.run(["import", "goods-list", &list]).ended(0);
    assert_eq!(ran.value()["taken"], 2);
    office
        .run(["import", "dogs", &list])
        .ended(2)
        .said(&["goods-list"]);
    office.is_clean();
}

#[test]
fn a_declaration_is_answered_quoted_shown_and_cancelled() {
    let trade = Trade::of(400);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..60));
    let first = office.run(["declare", &forms]);
    let answers = first.lines();
    assert_eq!(answers.len(), 60);
    for (index, answer) in answers.iter().enumerate() {
        let mut fields = BTreeSet::from(ANSWER);
        fields.insert("violations");
        assert_eq!(keys(answer), fields);
        assert_eq!(answer["id"], json!(id(index)), "in order");
    }
    let refused = answers.iter().any(|answer| answer["status"] == "refused");
    assert_eq!(first.status, Some(i32::from(refused)));
    assert!(first.err.contains("được đăng ký"), "{}", first.err);
    // The same from standard input, of which every id is known by now.
    let again = office.feed(["declare", "-"], trade.jsonl(0..60));
    assert_eq!(again.out, first.out);

    let at = answers
        .iter()
        .position(|a| a["status"] == "registered" && a["exempt_vnd"] != "0")
        .expect("a form with an exempt part");
    let form = trade.declaration(at);
    let number = form["resident"]["number"].as_str().expect("a number");
    let when = form["at"].as_str().expect("a time");
    let quota = |office: &Office| {
        office
            .run(["quota", number, "--at", when, "--json"])
            .ended(0)
    };
    let before = quota(&office);
    assert_eq!(before.out.lines().count(), 1, "one value on one line");
    let before = before.value();
    assert_ne!(before["used_today_vnd"], "0");
    let shown = office.run(["show", &id(at)]).ended(0).value();
    assert_eq!(shown["status"], "registered");
    assert_eq!(shown["number"], answers[at]["number"]);
    let ran = office
        .run(["cancel", &id(at), "--reason", "nhập sai số lượng"])
        .ended(0);
    assert_eq!(ran.value(), json!({"id": id(at), "status": "cancelled"}));
    let after = quota(&office).value();
    assert_eq!(
        after["trips_today"].as_u64(),
        before["trips_today"].as_u64().map(|n| n - 1)
    );
    let shown = office.run(["show", &id(at)]).ended(0).value();
    assert_eq!(shown["status"], "cancelled");
    let number = shown["number"].as_str().expect("a number");
    let by_number = office.run(["show", number]).ended(0).value();
    assert_eq!(by_number["id"], shown["id"]);
    office
        .run(["show", "MONGCAI/2026/NK/KHONG-000001"])
        .ended(1)
        .said(&["KHONG-000001"]);

    office
        .run(["cancel", &id(at), "--reason", "lần nữa"])
        .ended(1)
        .said(&["đã hủy", &id(at)]);
    office
        .run(["cancel", &id(1), "--reason", " "])
        .ended(1)
        .said(&["reason"]);
    office
        .run(["cancel", &id(70_000), "--reason", "x"])
        .ended(1)
        .said(&["Không có tờ khai"]);
    office.run(["show", "12"]).ended(2).said(&["“12”", "UUID"]);
    office
        .run(["quota", "022999999999"])
        .ended(1)
        .said(&["022999999999"]);
    office
        .run(["quota", number, "--at", "hôm qua"])
        .ended(2)
        .said(&["“hôm qua”", "RFC 3339"]);
    office
        .run(["quota", number, "--kind", "visa"])
        .ended(2)
        .said(&["border_pass"]);
    office.is_clean();
}

#[test]
fn two_persons_with_papers_of_one_number_are_told_apart() {
    let trade = Trade::of(2);
    let office = Office::of(&trade);
    let csv = "kind,number,name,born,commune\n\
        border_pass,100200300,La Thị Mai,1980-01-01,06712\n\
        cmnd,100200300,Lỷ A Sử,1981-01-01,06712\n";
    let file = office.file("two.csv", csv);
    office.run(["import", "residents", &file]).ended(0);
    let ran = office.run(["quota", "100 200 300"]).ended(2);
    ran.said(&["--kind", "border_pass", "cmnd"]);
    let ran = office
        .run(["quota", "100200300", "--kind", "cmnd"])
        .ended(0);
    assert_eq!(ran.value()["name"], "Lỷ A Sử");
}

#[test]
fn a_report_has_the_same_figures_in_every_format() {
    let trade = Trade::of(400);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    let answers = office.run(["declare", &forms]).lines();
    let index = answers
        .iter()
        .enumerate()
        .position(|(index, answer)| {
            answer["status"] == "registered" && trade.trades[index].direction == "import"
        })
        .expect("an import");
    let (gate, day) = trade.place(index);
    let report = |more: &[&str]| {
        let arguments = ["report", "daily", "--gate", gate, "--date", &day];
        office
            .command(arguments.iter().chain(more))
            .output()
            .expect("started")
    };
    let json: Value = serde_json::from_slice(&report(&[]).stdout).expect("JSON");
    let both = &json["directions"];
    assert_ne!(both["import"]["value_vnd"], "0", "a day with trade: {json}");
    for direction in ["import", "export"] {
        assert_eq!(keys(&both[direction]), BTreeSet::from(FIGURES));
    }
    // What a reader of a sheet sees, row by row.
    let order = [
        "forms",
        "residents",
        "value_vnd",
        "exempt_vnd",
        "excess_vnd",
        "duty_vnd",
        "excise_vnd",
        "environment_vnd",
        "vat_vnd",
        "fee_vnd",
        "registered",
        "released",
        "refused",
        "cancelled",
        "pending",
        "weight_kg",
    ];
    let figure = |direction: &str, name: &str| match &both[direction][name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let csv = String::from_utf8(report(&["--format", "csv"]).stdout).expect("UTF-8");
    // The names in the first column may hold commas.
    let rows: Vec<Vec<&str>> = csv
        .lines()
        .map(|line| line.rsplitn(3, ',').collect())
        .collect();
    let rows = &rows[rows.len() - order.len()..];
    for (row, name) in rows.iter().zip(order) {
        let expected = [figure("export", name), figure("import", name)];
        assert_eq!(row[..2], expected, "{name} in {csv}");
    }
    let path = office.beside("day.xlsx");
    assert_eq!(
        report(&["--format", "xlsx", "--out", &path]).status.code(),
        Some(0)
    );
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let sheet = book
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("readable");
    let rows: Vec<_> = sheet.rows().collect();
    let rows = &rows[rows.len() - order.len()..];
    for (row, name) in rows.iter().zip(order) {
        for (cell, direction) in row[1..].iter().zip(["import", "export"]) {
            let number: f64 = figure(direction, name).parse().expect("a number");
            assert_eq!(cell, &Data::Float(number), "{name}");
        }
    }
    // The spreadsheet also goes to a pipe, whole.
    let piped = report(&["--format", "xlsx"]).stdout;
    let piped = Xlsx::new(std::io::Cursor::new(piped));
    assert!(piped.is_ok_and(|mut book| book.worksheet_range_at(0).is_some()));
}

#[test]
fn a_report_of_no_such_gate_or_day_says_so() {
    let office = Office::of(&Trade::of(2));
    let report = |gate: &str, day: &str, more: &[&str]| {
        let arguments = ["report", "daily", "--gate", gate, "--date", day];
        office.run(arguments.iter().chain(more))
    };
    report("MONGCAY", "2026-11-20", &[])
        .ended(2)
        .said(&["“MONGCAY”", "MONGCAI, MONGCAI2"]);
    for day in ["2026-13-01", "20/11/2026", "", "2026-02-30"] {
        report("MONGCAI", day, &[])
            .ended(2)
            .said(&["năm-tháng-ngày"]);
    }
    let nowhere = office.beside("no/such/day.csv");
    report(
        "MONGCAI",
        "2026-11-20",
        &["--format", "csv", "--out", &nowhere],
    )
    .ended(2)
    .said(&["Không ghi được"]);
    let before = std::fs::read_dir(office.data()).expect("listed").count();
    let folder = office.data().display().to_string();
    report(
        "MONGCAI",
        "2026-11-20",
        &["--format", "csv", "--out", &folder],
    )
    .ended(2);
    assert_eq!(
        std::fs::read_dir(office.data()).expect("listed").count(),
        before
    );
}

#[test]
fn a_scan_says_what_it_read_or_why_not() {
    let office = Office::bare();
    let card = "022185004321||NGUYỄN THỊ HOA|31031985|Nữ|Thôn 1|15042021";
    let read = office.run(["scan", card, "--json"]).ended(0);
    assert_eq!(read.out.lines().count(), 1);
    assert_eq!(read.value()["numbers"], json!(["022185004321"]));
    let piped = office.feed(["scan", "-", "--json"], card);
    assert_eq!(piped.out, read.out);
    let wrong = "022185004321||NGUYỄN THỊ HOA|31021985|Nữ|Thôn 1|15042021";
    office.run(["scan", wrong]).ended(1).said(&["31021985"]);
    // Ten megabytes of noise, and bytes that are no text.
    let noise = "9|".repeat(5_000_000);
    let ran = office
        .feed(["scan", "-"], noise)
        .ended(1)
        .said(&["dài hơn 2000 ký tự"]);
    assert_eq!(ran.value()["problems"][0]["code"], "too_long");
    office
        .feed(["scan", "-"], [0xff, 0xfe, 0x00, 0x80])
        .ended(1);
    // Nothing of a database is needed.
    let home = folder();
    let mut command = std::process::Command::new(crate::office::PROGRAM);
    command.arg("--data").arg(home.path()).args(["scan", card]);
    let ran: Ran = command.output().expect("started").into();
    ran.ended(0);
}

#[test]
fn without_a_database_every_command_says_so() {
    let home = folder();
    let file = home.path().join("file.csv");
    std::fs::write(&file, "code\n").expect("written");
    let file = file.display().to_string();
    let commands: [&[&str]; 7] = [
        &["verify"],
        &["declare", &file],
        &["import", "gates", &file],
        &["quota", "1"],
        &["backup", "x.db"],
        &["--as", "admin", "verify"],
        &["report", "daily", "--gate", "X", "--date", "2026-11-20"],
    ];
    for arguments in commands {
        let mut command = std::process::Command::new(crate::office::PROGRAM);
        command
            .arg("--data")
            .arg(home.path().join("none"))
            .args(arguments);
        let ran: Ran = command.output().expect("started").into();
        let ran = ran.ended(2).said(&["init"]);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    assert!(!home.path().join("none").exists(), "nothing was made");
}

#[test]
fn messages_go_to_standard_error_and_answers_to_standard_output() {
    let office = Office::bare();
    let ran = office.run(["verify"]).ended(0);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("0 chỗ sai lệch"), "{}", ran.err);
    let ran = office.run(["--json", "--lang", "en", "verify"]).ended(0);
    assert!(ran.err.contains("0 differences"), "{}", ran.err);
    assert_eq!(ran.value()["differences"], json!([]));
    office.run(["cancel", &id(1)]).ended(2).said(&["--reason"]);
    office.run(["frobnicate"]).ended(2).said(&["frobnicate"]);
    office.run_as(KEEPER.0, KEEPER.1, ["verify"]).ended(0);
    office
        .run_as("nobody", KEEPER.1, ["verify"])
        .ended(1)
        .said(&["Sai tài khoản"]);
}
