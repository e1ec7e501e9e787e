//! Bad input: each file says what is wrong with it, and nothing of it is half taken.

use std::process::{Command, Stdio};

use calamine::Reader;
use serde_json::{Value, json};

use crate::office::{KEEPER, Office, PROGRAM, Ran, Trade, id};

const HEADER: &str = "kind,number,name,born,commune,address\n";
const GOOD: &str = "cmnd,100000001,La Thị Mai,1980-01-31,06712,Thôn 1\n";

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_table_that_is_none_says_why_and_is_not_taken() {
    let office = Office::bare();
    let before = office.records();
    let import = |file: &str| {
        let ran = office.run(["import", "residents", file]).ended(2);
        let skipped = office.run(["import", "--skip-bad", "residents", file]);
        (ran, skipped.ended(2))
    };
    let open = format!("{HEADER}{GOOD}cmnd,100000002,\"Lỷ A Sử,1980-01-31,06712,\n{GOOD}{GOOD}");
    let far = format!("{open}{}", GOOD.repeat(50_000));
    let cases: [(&str, Vec<u8>, &[&str]); 9] = [
        ("empty", vec![], &["trống", "tiêu đề"]),
        ("blank", b"\n\n".to_vec(), &["trống"]),
        (
            "no column",
            b"kind,number,name,born\n".to_vec(),
            &["thiếu cột “commune”", "kind, number"],
        ),
        (
            "misspelt",
            HEADER.replace("born", "bron").into(),
            &["thiếu cột “born”", "bron"],
        ),
        (
            "twice",
            HEADER.replace("address", "name").into(),
            &["hai cột tên “name”"],
        ),
        ("zeros", vec![0; 5_000], &["thiếu cột"]),
        (
            "no table",
            vec![0x89, b'P', b'N', b'G', 0xff, 0xd8, 0x1a, b'\n', 0x80],
            &["thiếu cột"],
        ),
        (
            "open quote",
            open.into(),
            &["Dòng 3", "ngoặc kép mở mà không đóng"],
        ),
        (
            "open quote far from the end",
            far.into(),
            &["Dòng 3", "ngoặc kép mở mà không đóng"],
        ),
    ];
    for (name, bytes, words) in cases {
        let file = office.file("table.csv", bytes);
        let (ran, skipped) = import(&file);
        for ran in [ran.said(words), skipped.said(words)] {
            assert_eq!(ran.out, "", "{name}");
        }
    }
    let folder = office.data().display().to_string();
    import(&folder).0.said(&["là thư mục"]);
    import(&office.beside("none.csv"))
        .0
        .said(&["Không đọc được", "none.csv"]);
    let ran = office.feed(
        ["import", "residents", "/dev/stdin"],
        format!("{HEADER}{GOOD}"),
    );
    ran.ended(2).said(&["đọc hai lần"]);
    let ran = office.run(["--lang", "en", "import", "residents", &folder]);
    ran.ended(2).said(&["is a folder"]);
    let ran = office.run(["--lang", "zh", "import", "residents", &folder]);
    ran.ended(2).said(&["文件夹"]);
    assert_eq!(office.records(), before, "nothing was taken");
}

#[test]
fn each_bad_row_is_named_and_the_good_ones_wait_or_go_on() {
    let office = Office::bare();
    let long = "x".repeat(20_000);
    let rows = [
        // Row, its line, column and code.
        (
            "visa,100000002,Lỷ A Sử,1980-01-31,06712,".to_owned(),
            "kind",
            "field_invalid",
        ),
        (
            "cmnd,12345,Lỷ A Sử,1980-01-31,06712,".into(),
            "number",
            "value_unknown",
        ),
        (
            "cmnd,,Lỷ A Sử,1980-01-31,06712,".into(),
            "number",
            "value_unknown",
        ),
        (
            "cmnd,100000002,,1980-01-31,06712,".into(),
            "name",
            "field_required",
        ),
        (
            "cmnd,100000002,Lỷ A Sử,31/01/1980,06712,".into(),
            "born",
            "field_invalid",
        ),
        (
            "cmnd,100000002,Lỷ A Sử,,06712,".into(),
            "born",
            "field_required",
        ),
        (
            "cmnd,100000002,Lỷ A Sử,1980-01-31,,".into(),
            "commune",
            "field_required",
        ),
        ("cmnd,100000002,Lỷ A Sử,1980-01-31".into(), "", "row_fields"),
        (
            "cmnd,100000002,Lỷ A Sử,1980-01-31,06712,Thôn 1, xã 2".into(),
            "",
            "row_fields",
        ),
        (
            format!("cmnd,100000002,Lỷ A Sử,1980-01-31,06712,{long}"),
            "address",
            "field_long",
        ),
        (
            "cmnd,100000002,Lỷ \0 Sử,1980-01-31,06712,".into(),
            "name",
            "field_unreadable",
        ),
        (
            format!("cmnd,100000002,{},1980-01-31,06712,", &long[..300]),
            "name",
            "text_too_long",
        ),
    ];
    let mut csv = format!("{HEADER}{GOOD}");
    for (row, ..) in &rows {
        csv.push_str(row);
        csv.push('\n');
    }
    csv.push_str("cmnd,100000003,\"Ngô, Văn Ba\",1980-01-31,06712,\"Thôn 1\nHải Sơn\"\n");
    let file = office.file("rows.csv", csv);
    let before = office.records();
    let ran = office.run(["import", "residents", &file]).ended(2);
    assert_eq!(ran.value(), json!({"taken": 0, "bad": rows.len()}));
    assert_eq!(office.records(), before, "none is taken");
    let ran = ran.said(&[
        "Dòng 3, cột kind",
        "“visa”",
        "border_pass",
        "--skip-bad",
        "chưa nhận dòng nào",
    ]);
    // Words, not codes.
    for code in ["field_required", "value_unknown", "row_fields"] {
        assert!(!ran.err.contains(code), "{}", ran.err);
    }
    let machine = office
        .run(["--json", "import", "residents", &file])
        .ended(2)
        .lines();
    assert_eq!(machine.len(), rows.len() + 1);
    for ((told, (row, column, code)), line) in machine.iter().zip(&rows).zip(3..) {
        assert_eq!(told["line"], line, "{row}");
        assert_eq!(
            (&told["column"], &told["code"]),
            (&json!(column), &json!(code)),
            "{row}"
        );
        assert!(
            told["reason"].as_str().is_some_and(|text| text.len() > 10),
            "{told}"
        );
    }
    let ran = office
        .run(["--lang", "en", "import", "--skip-bad", "residents", &file])
        .ended(2);
    assert_eq!(ran.value(), json!({"taken": 2, "bad": rows.len()}));
    ran.said(&["Line 3, column kind", "2 rows taken, 12 left out"]);
    office.run(["quota", "100000003"]).ended(0);
    office.is_clean();
}

#[test]
fn a_missing_quotation_mark_in_the_middle_swallows_nothing() {
    let office = Office::bare();
    let csv = format!(
        "{HEADER}cmnd,100000002,\"Lỷ A Sử,1980-01-31,06712,\n{GOOD}\
         cmnd,100000004,Ngô,1980-01-31,06712,\"Thôn 2\"\n"
    );
    let file = office.file("rows.csv", csv);
    let ran = office.run(["import", "residents", &file]).ended(2);
    ran.said(&["Dòng 2", "đến dòng 4", "ngoặc kép"]);
}

#[test]
fn every_usual_encoding_is_read_and_others_are_named() {
    let text = format!("{HEADER}{GOOD}").replace('\n', "\r\n");
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    // Windows-1258 writes the marks behind their letters.
    let mut windows = HEADER.as_bytes().to_vec();
    windows.extend(b"cmnd,100000001,L\xea Th\xf2 Mai,1980-01-31,06712,Th\xf4n 1\n");
    for (name, bytes) in [
        ("UTF-8", text.clone().into_bytes()),
        ("marked", marked),
        ("UTF-16", utf16(&format!("\u{feff}{text}"))),
        ("UTF-16 unmarked", utf16(&text)),
        ("semicolons", text.replace(',', ";").into_bytes()),
        ("tabs", text.replace(',', "\t").into_bytes()),
        ("Windows-1258", windows),
    ] {
        let office = Office::bare();
        let file = office.file("rows.csv", bytes);
        let ran = office.run(["import", "residents", &file]);
        assert_eq!(ran.status, Some(0), "{name}: {ran:?}");
        let quota = office.run(["quota", "100000001"]).ended(0).value();
        assert!(
            quota["name"]
                .as_str()
                .is_some_and(|name| name.ends_with("Mai")),
            "{quota}"
        );
    }
    let office = Office::bare();
    // Text cut in the middle of a character, far behind what is looked at first.
    let mut cut = format!("{HEADER}{GOOD}{}", "\n".repeat(70_000)).into_bytes();
    cut.extend(b"cmnd,100000002,L\xe1\xbb A,1980-01-31,06712,\n");
    let file = office.file("cut.csv", cut);
    office
        .run(["import", "residents", &file])
        .ended(2)
        .said(&["cột name", "UTF-8"]);
}

#[test]
fn tables_of_the_law_are_checked_row_by_row() {
    let office = Office::bare();
    let cases = [
        (
            "rates",
            "currency,rate,valid_from\nCNY,3600,2026-11-24\n",
            "thứ Hai",
        ),
        (
            "rates",
            "currency,rate,valid_from\nYUAN,3600,2026-11-23\n",
            "“YUAN”",
        ),
        (
            "rates",
            "currency,rate,valid_from\nCNY,0,2026-11-23\n",
            "“0”",
        ),
        (
            "rates",
            "currency,rate,valid_from\nCNY,-1,2026-11-23\n",
            "“-1”",
        ),
        (
            "rates",
            "currency,rate,valid_from\nCNY,1e4,2026-11-23\n",
            "“1e4”",
        ),
        (
            "rates",
            "currency,rate,valid_from\nCNY,1,2026-11-23\nCNY,2,2026-11-23\n",
            "lặp lại dòng 2",
        ),
        ("goods", "hs,name_vi\n0703209,Tỏi\n", "“0703209”"),
        ("goods", "hs,name_vi\n07032090,\n", "Ô trống"),
        (
            "goods-list",
            "hs_prefix,rule\n0703,perhaps\n",
            "include | exclude",
        ),
        (
            "goods-list",
            "hs_prefix,rule,valid_from,valid_to\n0703,include,2026-02-01,2026-01-01\n",
            "trước ngày",
        ),
        ("communes", "code,name\n,Xã\n", "Ô trống"),
        (
            "prices",
            "hs,unit,price_vnd,source\n07032090,kg,0,TB 1\n",
            "25000",
        ),
        (
            "prices",
            "hs,unit,price_vnd,source\n07032090,kg,9000,\n",
            "TB 123/2026",
        ),
        (
            "prices",
            "hs,unit,price_vnd,source,gate\n07032090,kg,9000,TB 1,XYZ\n",
            "MONGCAI",
        ),
        ("gates", "code\nCửa khẩu\n", "“Cửa khẩu”"),
    ];
    let before = office.records();
    for (kind, csv, word) in cases {
        let file = office.file("law.csv", csv);
        let ran = office.run(["import", kind, &file]);
        let ran = ran.ended(2).said(&["Dòng", word]);
        assert_eq!(ran.value()["taken"], 0, "{csv}");
    }
    assert_eq!(office.records(), before);
    let prices = "hs,unit,price_vnd,source,valid_from\n07032090,kg,9000,TB 1,2026-11-01\n";
    let file = office.file("prices.csv", prices);
    let ran = office.run(["import", "prices", &file]).ended(0);
    assert_eq!(ran.value()["taken"], 1);
    let file = office.file("gates.csv", "code,nmae\nKM99,Thử\n");
    office
        .run(["import", "gates", &file])
        .ended(0)
        .said(&["nmae", "name_vi"]);
}

#[test]
fn a_table_of_the_law_is_previewed_and_then_taken_beside_what_is_held() {
    let office = Office::bare();
    let list =
        "hs_prefix,rule,note\n0301,include,\n0301,include,\n9999,include,mới\n1005,exclude,\n";
    let file = office.file("list.csv", list);
    let before = office.records();
    let import = [
        "import",
        "goods-list",
        &file,
        "--from",
        "2030-01-01",
        "--basis",
        "Thông tư thử",
    ];
    let preview = office
        .run(import.iter().chain(&["--preview", "--json"]))
        .ended(0)
        .value();
    for (name, count) in [
        ("new", 1),
        ("changed", 1),
        ("unchanged", 1),
        ("excluded", 1),
        ("bad", 0),
    ] {
        assert_eq!(preview[name], count, "{name} in {preview}");
    }
    assert_eq!(office.records(), before);
    office.run(import).ended(0);
    let again = office
        .run(import.iter().chain(&["--preview", "--json"]))
        .ended(0)
        .value();
    assert_eq!((&again["new"], &again["changed"]), (&json!(0), &json!(0)));
    let whole = office
        .run(import.iter().chain(&["--preview", "--whole", "--json"]))
        .ended(0);
    assert!(whole.value()["ended"].as_u64() > Some(70));
    // An account's rate waits for a second person; the operator's night job does not.
    let file = office.file(
        "rates.csv",
        "currency,rate,valid_from,source\nCNY,3700,2026-11-23,VCB\n",
    );
    let ran = office.run_as(KEEPER.0, KEEPER.1, ["import", "rates", &file]);
    ran.ended(0).said(&["người thứ hai"]);
    office
        .run(["import", "rates", &file])
        .ended(1)
        .said(&["đang chờ duyệt"]);
    let residents = office.file("people.csv", "kind,number,name,born,commune\n");
    office
        .run(["import", "residents", "--preview", &residents])
        .ended(2)
        .said(&["--preview"]);
    office.run(["verify"]).ended(0);
}

#[test]
fn a_cell_that_wants_to_be_a_formula_stays_text() {
    let office = Office::bare();
    let csv = "code,name\nKM99,\"=cmd|'/c calc'!A1\"\n";
    let file = office.file("gates.csv", csv);
    office.run(["import", "gates", &file]).ended(0);
    let report = [
        "report",
        "daily",
        "--gate",
        "KM99",
        "--date",
        "2026-11-20",
        "--format",
    ];
    let ran = office.run(report.iter().chain(&["csv"])).ended(0);
    assert!(ran.out.contains(",'=cmd|"), "{}", ran.out);
    assert!(!ran.out.contains(",=cmd|"), "{}", ran.out);
    let path = office.beside("day.xlsx");
    office
        .run(report.iter().chain(&["xlsx", "--out", &path]))
        .ended(0);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).expect("read");
    assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
}

/// Runs the import with at most so many kilobytes of address space.
fn import_within(office: &Office, kilobytes: u32, file: &str) -> Ran {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("ulimit -v {kilobytes}; exec \"$@\""))
        .arg("sh");
    command.arg(PROGRAM).arg("--data").arg(office.data());
    command
        .args(["import", "residents", file])
        .output()
        .expect("started")
        .into()
}

#[cfg(target_os = "linux")]
#[test]
fn a_large_table_is_checked_in_little_memory() {
    let office = Office::bare();
    let mut csv = HEADER.to_owned();
    for row in 0..100_000 {
        csv.push_str(&format!(
            "cmnd,{},La Thị Mai,1980-01-31,06712,\"Thôn {row}, một nơi có tên rất dài để hàng này dài ra\"\n",
            100_000_000 + row
        ));
    }
    csv.push_str("cmnd,1,La Thị Mai,1980-01-31,06712,\n");
    assert!(csv.len() > 10_000_000);
    let file = office.file("large.csv", csv);
    let small = office.file(
        "small.csv",
        format!("{HEADER}cmnd,1,La Thị Mai,1980-01-31,06712,\n"),
    );
    // As much as a small table needs and half of the file more.
    let mut enough = 8_000;
    while import_within(&office, enough, &small).status != Some(2) {
        enough += 1_000;
        assert!(enough < 2_000_000, "a small table needs little");
    }
    let ran = import_within(&office, enough + 5_000, &file);
    ran.ended(2).said(&["Dòng 100002, cột number"]);
}

#[cfg(target_os = "linux")]
#[test]
fn killed_in_the_middle_an_import_leaves_nothing() {
    let trade = Trade::of(3_000);
    let office = Office::of(&Trade::of(2));
    let before = office.records();
    let csv = trade.residents_csv();
    let half = csv.len() as u64 * 3 / 2;
    let file = office.file("residents.csv", csv);
    let mut child = office
        .command(["import", "residents", &file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    // It reads the file twice; half of the second time, half of the rows are written.
    let io = format!("/proc/{}/io", child.id());
    loop {
        let read = std::fs::read_to_string(&io).unwrap_or_default();
        let read = read.lines().find_map(|line| line.strip_prefix("rchar: "));
        let read: u64 = read
            .and_then(|count| count.parse().ok())
            .unwrap_or(u64::MAX);
        if read > half {
            break;
        }
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    assert!(
        !child.wait().expect("ended").success(),
        "it was killed in time"
    );
    assert_eq!(office.records(), before, "all rows or none");
    office.run(["import", "residents", &file]).ended(0);
    assert_eq!(office.records(), before + 3_000);
    office.is_clean();
}

/// A declaration changed by replacing a piece of its text.
fn broken(trade: &Trade, index: usize, from: &str, to: &str) -> Vec<u8> {
    let text = trade.declaration(index).to_string();
    assert!(text.contains(from), "{from} in {text}");
    text.replace(from, to).into_bytes()
}

#[test]
fn each_bad_declaration_is_answered_and_the_good_ones_are_registered() {
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let good = |index: usize| trade.declaration(index).to_string().into_bytes();
    let line = &trade.declaration(1)["lines"][0];
    let text = |name: &str| format!("\"{name}\":{}", line[name]);
    let number =
        |name: &str, value: &str| broken(&trade, 1, &text(name), &format!("\"{name}\":{value}"));
    let at = format!("\"at\":{}", trade.declaration(1)["at"]);
    let long = format!("\"address\":\"{}\",", "x".repeat(1_100_000));
    let unreadable = [
        ("half", br#"{"id":"x","at":"#.to_vec(), "line_not_json"),
        ("text", b"hello".to_vec(), "line_not_json"),
        ("array", b"[1,2]".to_vec(), "line_not_declaration"),
        ("number", b"17".to_vec(), "line_not_declaration"),
        (
            "a field of another kind",
            broken(&trade, 1, "\"import\"", "17").to_vec(),
            "line_not_declaration",
        ),
        (
            "a key twice",
            broken(&trade, 1, "\"gate\":", "\"gate\":\"KM34\",\"gate\":"),
            "line_not_declaration",
        ),
        (
            "no text",
            [b"{\"id\":\"".as_slice(), b"\xff\xfe\"}"].concat(),
            "line_not_text",
        ),
        ("a zero byte", b"{\"id\":\"\0\"}".to_vec(), "line_not_json"),
        (
            "a megabyte",
            broken(&trade, 1, "\"kind\":", &format!("{long}\"kind\":")),
            "line_long",
        ),
        (
            "deep",
            [b"{\"lines\":".as_slice(), &b"[".repeat(5_000)].concat(),
            "line_not_declaration",
        ),
    ];
    let refused = [
        ("exponent", number("quantity", "1e6"), "number_invalid"),
        (
            "exponent in a string",
            number("quantity", "\"1E2\""),
            "number_invalid",
        ),
        ("negative", number("quantity", "-5"), "number_out_of_range"),
        ("zero", number("quantity", "0"), "number_out_of_range"),
        (
            "huge",
            number("quantity", &"9".repeat(400)),
            "number_out_of_range",
        ),
        (
            "huge price",
            number("unit_price", "\"99999999999999999999\""),
            "number_out_of_range",
        ),
        (
            "precise",
            number("quantity", "\"0.123456789012345\""),
            "number_too_precise",
        ),
        ("words", number("quantity", "\"ten\""), "number_invalid"),
        ("no quantity", number("quantity", "null"), "field_required"),
        ("unknown HS", number("hs", "\"99999999\""), "hs_unknown"),
        ("no HS", number("hs", "\"0703\""), "value_unknown"),
        ("currency", number("currency", "\"XAU\""), "rate_missing"),
        (
            "no currency",
            number("currency", "\"yuan\""),
            "value_unknown",
        ),
        (
            "future",
            broken(&trade, 1, &at, "\"at\":\"2099-01-01T00:00:00Z\""),
            "time_in_future",
        ),
        (
            "time",
            broken(&trade, 1, &at, "\"at\":\"yesterday\""),
            "value_unknown",
        ),
        (
            "paper",
            broken(&trade, 1, "\"cccd\"", "\"visa\""),
            "value_unknown",
        ),
        (
            "gate",
            broken(&trade, 1, trade.trades[1].gate, "KM999"),
            "gate_unknown",
        ),
        ("no id", broken(&trade, 1, &id(1), ""), "field_required"),
        ("id", broken(&trade, 1, &id(1), "abc"), "value_unknown"),
        (
            "control",
            broken(&trade, 1, &id(1), "\\u0000\\u001b[2J"),
            "value_unknown",
        ),
        ("empty", b"{}".to_vec(), "field_required"),
    ];
    for (name, bytes, code) in &unreadable {
        let input = [good(0), bytes.clone(), good(2)].join(&b"\n"[..]);
        let ran = office
            .feed(["declare", "-"], input)
            .ended(2)
            .said(&["Dòng 2"]);
        let answers = ran.lines();
        assert_eq!(answers.len(), 3, "{name}");
        assert_eq!(answers[0]["status"], "registered", "{name}");
        assert_eq!(answers[2]["status"], "registered", "{name}");
        assert_eq!(answers[1]["status"], "refused", "{name}");
        assert_eq!(
            answers[1]["violations"][0]["code"],
            json!(code),
            "{name}: {}",
            answers[1]
        );
        let message = answers[1]["violations"][0]["message"]
            .as_str()
            .expect("words");
        assert!(
            message.len() < 600 && !message.contains('\0'),
            "{name}: {message}"
        );
    }
    for (at, (name, bytes, code)) in refused.iter().enumerate() {
        // A refused id keeps its answer, so that each case has its own.
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let ran = office
            .feed(["declare", "-"], text.replace(&id(1), &id(1_000 + at)))
            .ended(1);
        let [answer] = &ran.lines()[..] else {
            panic!("{name}: {ran:?}")
        };
        let codes = answer["violations"].as_array().expect("a list").iter();
        let codes: Vec<&Value> = codes.map(|violation| &violation["code"]).collect();
        assert!(codes.contains(&&json!(code)), "{name}: {codes:?}");
        assert!(answer["number"].is_null(), "{name}");
    }
    office.is_clean();
}

#[test]
fn blank_lines_line_ends_and_a_mark_do_not_matter() {
    let trade = Trade::of(60);
    let plain = Office::of(&trade).feed(["declare", "-"], trade.jsonl(0..5));
    let odd = format!(
        "\u{feff}\r\n\n{}  \r\n\r\n",
        trade.jsonl(0..5).replace('\n', "\r\n\r\n")
    );
    let odd = Office::of(&trade).feed(["declare", "-"], odd.trim_end());
    assert_eq!(odd.out, plain.out);
    let office = Office::bare();
    let empty = office.file("empty.jsonl", "");
    let ran = office.run(["declare", &empty]).ended(0);
    assert_eq!(ran.out, "");
    let folder = office.data().display().to_string();
    office
        .run(["declare", &folder])
        .ended(2)
        .said(&["là thư mục"]);
    let none = office.beside("none.jsonl");
    office
        .run(["declare", &none])
        .ended(2)
        .said(&["Không đọc được", "none.jsonl"]);
}

#[test]
fn who_waits_for_an_answer_gets_it_before_giving_the_next() {
    use std::io::{BufRead, Write};
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let (mut child, mut to, from) = office.declaring();
    let mut from = from.lines();
    for index in 0..5 {
        to.write_all(trade.jsonl(index..index + 1).as_bytes())
            .expect("taken");
        let answer = from.next().expect("an answer").expect("read");
        assert!(answer.contains(&id(index)), "{answer}");
    }
    drop(to);
    assert!(from.next().is_none());
    child.wait().expect("ended");
}
