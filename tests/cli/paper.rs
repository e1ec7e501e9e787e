//! Forms on paper from the command line: the real typesetter, files that are there or not.

use serde_json::{Value, json};

use crate::office::{Office, Trade, id};

/// An office with a day of trade, and the index of an import that stands.
fn traded() -> (Trade, Office, usize) {
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    let answers = office.run(["declare", &forms]).lines();
    let stands = |(index, answer): &(usize, &Value)| {
        answer["status"] == "registered" && trade.trades[*index].direction == "import"
    };
    let found = answers.iter().enumerate().find(stands);
    let index = found.expect("an import").0;
    (trade, office, index)
}

#[test]
fn a_form_is_printed_once_as_originals_and_then_as_copies() {
    let (_, office, index) = traded();
    let out = office.beside("form.pdf");
    let print = |more: &[&str]| {
        let form = id(index);
        let arguments = ["print", &form, "--out", &out, "--json"];
        let all: Vec<_> = arguments.iter().chain(more).collect();
        office.run(all)
    };
    // What can't be written is not printed, and uses up no original.
    let nowhere = office.beside("nowhere/form.pdf");
    office
        .run(["print", &id(index), "--out", &nowhere])
        .ended(2)
        .said(&["Không ghi được", "nowhere"]);
    let first = print(&[]).ended(0).value();
    assert_eq!(
        (&first["mark"], &first["times"]),
        (&json!("original"), &json!(1))
    );
    let pdf = std::fs::read(&out).expect("a file");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let second = print(&["--paper", "a5"])
        .ended(0)
        .said(&["bản sao"])
        .value();
    assert_eq!(
        (&second["mark"], &second["times"]),
        (&json!("copy"), &json!(2))
    );
    let third = print(&["--overlay", "--shift", "1.5,-2"]).ended(0).value();
    assert_eq!(third["times"], 3);
    for odd in ["1", "1,5,2", "a,b", "30.1,0", "1.55,0", "-,0"] {
        let shift = format!("--shift={odd}");
        print(&["--overlay", &shift]).ended(2).said(&["30 mm"]);
    }
    print(&["--shift", "1,1"]).ended(2);
    let before = std::fs::read(&out).expect("a file");
    let unknown = id(70_000);
    office
        .run(["print", &unknown, "--out", &out])
        .ended(1)
        .said(&["Không có tờ khai", &unknown]);
    assert!(
        std::fs::read(&out).expect("a file") == before,
        "what was there stays"
    );
    office.is_clean();
}

#[test]
fn a_template_that_does_not_compile_is_refused_and_the_old_one_stays() {
    let (_, office, index) = traded();
    let held = || office.run(["template", "import_form"]).ended(0).out;
    let before = held();
    assert!(before.contains("HQ2019/TKNKBG"));
    let broken = office.file("broken.typ", "= Tờ khai\n\n#unknown-word\n");
    let ran = office.run(["template", "import_form", &broken, "--basis", "test"]);
    ran.ended(1)
        .said(&["dòng 3", "unknown variable", "mẫu cũ vẫn được dùng"]);
    assert_eq!(held(), before);
    let changed = before.replace("CỦA CƯ DÂN BIÊN GIỚI", "CỦA CƯ DÂN");
    let changed = office.file("changed.typ", changed);
    let from = ["--from", "2020-01-02", "--basis", "test"];
    let arguments = ["template", "import_form", &changed];
    office.run(arguments.iter().chain(&from)).ended(0);
    assert!(held().contains("CỦA CƯ DÂN]"));
    let out = office.beside("form.pdf");
    office.run(["print", &id(index), "--out", &out]).ended(0);
    office
        .run(["template", "visa"])
        .ended(2)
        .said(&["“visa”", "import_form"]);
    office.is_clean();
}

#[test]
fn the_tracking_book_has_the_figures_of_the_day_in_every_format() {
    let (trade, office, index) = traded();
    let (gate, day) = trade.place(index);
    let why = "Phía bạn không giao hàng";
    office.run(["cancel", &id(index), "--reason", why]).ended(0);
    let report = |kind: &str, more: &[&str]| {
        let arguments = ["report", kind, "--gate", gate, "--date", &day];
        let all: Vec<_> = arguments.iter().chain(more).copied().collect();
        office.run(all)
    };
    let book = report("tracking-book", &[]).ended(0).value();
    let rows = book["rows"].as_array().expect("rows").clone();
    let daily = report("daily", &[]).ended(0).value();
    let both = &daily["directions"];
    let count = |name: &str| {
        let of = |way: &str| both[way][name].as_i64().expect("a count");
        usize::try_from(of("import") + of("export")).expect("a count")
    };
    assert_eq!(rows.len(), count("forms") + count("cancelled"));
    let cancelled: Vec<_> = rows.iter().filter(|row| row["cancelled"] == true).collect();
    assert_eq!(cancelled.len(), count("cancelled"));
    assert!(cancelled.iter().any(|row| row["note"] == why));
    let dong = |value: &Value| value.as_str().expect("money").parse::<i64>().expect("VND");
    for name in [
        "value",
        "exempt",
        "duty",
        "excise",
        "environment",
        "vat",
        "fee",
    ] {
        let field = format!("{name}_vnd");
        let day = dong(&both["import"][&field]) + dong(&both["export"][&field]);
        assert_eq!(dong(&book["totals"][name]), day, "{name}");
    }
    let indices: Vec<_> = rows.iter().map(|row| row["index"].as_u64()).collect();
    let running: Vec<_> = (1..=rows.len() as u64).map(Some).collect();
    assert_eq!(
        indices, running,
        "it runs from 1 in the order of registration"
    );
    let times: Vec<_> = rows.iter().map(|row| row["time"].to_string()).collect();
    assert!(times.is_sorted(), "{times:?}");

    let csv = report("tracking-book", &["--format", "csv"]).ended(0).out;
    for row in &rows {
        let number = row["number"].as_str().expect("a number");
        assert!(csv.contains(number), "{number} in {csv}");
    }
    assert!(csv.contains("Đã hủy: Phía bạn không giao hàng"), "{csv}");
    for (format, magic) in [("pdf", "%PDF"), ("xlsx", "PK")] {
        let out = office.beside(&format!("book.{format}"));
        report("tracking-book", &["--format", format, "--out", &out]).ended(0);
        let bytes = std::fs::read(&out).expect("a file");
        assert!(bytes.starts_with(magic.as_bytes()), "{format}");
    }
    let out = office.beside("day.pdf");
    report("daily", &["--format", "pdf", "--out", &out]).ended(0);
    assert!(std::fs::read(&out).expect("a file").starts_with(b"%PDF"));
    report("tracking-book", &["--format", "doc"]).ended(2);
    office
        .run([
            "report",
            "tracking-book",
            "--gate",
            "NOWHERE",
            "--date",
            &day,
        ])
        .ended(2)
        .said(&["NOWHERE", "MONGCAI"]);
    office.is_clean();
}
