//! The log on the command line, and what `verify` says of an altered database in three languages.

use serde_json::{Value, json};

use crate::office::{KEEPER, Office, Trade};

fn traded() -> (Office, Vec<Value>) {
    let trade = Trade::of(20);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    let answers = office.run(["declare", &forms]).lines();
    let registered = answers
        .into_iter()
        .filter(|one| one["status"] == "registered");
    let registered = registered.collect();
    (office, registered)
}

#[test]
fn the_log_is_read_as_text_and_as_lines_of_json() {
    let (office, forms) = traded();
    let (id, number) = (&forms[0]["id"], &forms[0]["number"]);
    let id = id.as_str().expect("an id");
    let number = number.as_str().expect("a number");
    office.run(["cancel", id, "--reason", "nhập sai"]).ended(0);
    let told = office.run(["audit", "--form", number]).ended(0);
    let lines: Vec<_> = told.out.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains("Hủy tờ khai") && lines[0].contains("nhập sai"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].contains("Đăng ký tờ khai") && lines[1].contains(number),
        "{}",
        lines[1]
    );
    let rows = office
        .run(["--json", "audit", "--about", id])
        .ended(0)
        .lines();
    let kinds: Vec<_> = rows.iter().map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("cancelled"), Some("registered")]);
    let index = rows[0]["index"].to_string();
    let whole = office
        .run(["--lang", "en", "audit", "--at", &index])
        .ended(0);
    assert!(
        whole.out.contains("Status: registered → cancelled"),
        "{}",
        whole.out
    );
    let detail = office
        .run(["--json", "audit", "--at", &index])
        .ended(0)
        .value();
    assert_eq!(detail["row"], rows[0]);
    // All pages, not the first alone.
    let all = office.run(["--json", "audit"]).ended(0).lines();
    assert_eq!(u64::try_from(all.len()).ok(), Some(office.records()));
    assert_eq!(
        office
            .run(["audit", "--limit", "3"])
            .ended(0)
            .out
            .lines()
            .count(),
        3
    );
    assert_eq!(
        office
            .run(["audit", "--from", "2001-01-01", "--to", "2001-01-02"])
            .ended(0)
            .out,
        ""
    );
}

#[test]
fn a_wrong_time_and_a_role_that_may_not_are_refused() {
    let (office, _) = traded();
    office
        .run(["audit", "--from", "hôm qua"])
        .ended(1)
        .said(&["from"]);
    let (name, password) = KEEPER;
    office
        .run_as(name, password, ["audit"])
        .ended(1)
        .said(&["không được phép"]);
    office.run_as(name, password, ["audit", "--chain"]).ended(0);
    let file = office.beside("anchor.json");
    office
        .run_as(name, password, ["anchor", "--out", &file])
        .ended(1);
    office
        .run(["anchor", "--date", "2999-01-01", "--out", &file])
        .ended(1);
    assert!(!std::path::Path::new(&file).exists());
}

#[test]
fn verify_names_the_first_altered_entry_in_three_languages() {
    let (office, forms) = traded();
    let number = forms[3]["number"].as_str().expect("a number");
    let database = office.database();
    let (row, index): (i64, i64) = database
        .query_row(
            "SELECT r.id, r.idx FROM record r JOIN declaration d ON d.id = r.id WHERE d.number = ?1",
            [number],
            |r| Ok((r.get(0)?, r.get(1)?)),
        )
        .expect("the form");
    let update =
        "UPDATE record SET payload = replace(payload, '\"by\":\"', '\"by\":\"x') WHERE id = ?1";
    database.execute(update, [row]).expect("changed");
    let update =
        "UPDATE day_total SET forms = forms + 1 WHERE day = (SELECT MAX(day) FROM day_total)";
    database.execute(update, []).expect("changed");
    drop(database);
    for (language, words) in [
        (
            "vi",
            [
                "Mục đầu tiên không còn như lúc ghi",
                "Đăng ký tờ khai",
                "tổng số khác các tờ khai",
            ],
        ),
        (
            "en",
            [
                "First entry that is not as it was written",
                "Form registered",
                "totals differ",
            ],
        ),
        (
            "zh",
            ["第一条与写入时不符的记录", "登记申报", "合计与申报不符"],
        ),
    ] {
        let ran = office.run(["--lang", language, "verify"]).ended(1);
        let lines: Vec<_> = ran.out.lines().collect();
        for word in [words[0], words[1], number, &index.to_string()] {
            assert!(lines[0].contains(word), "{word} in {}", lines[0]);
        }
        assert!(ran.out.contains(words[2]), "{}", ran.out);
    }
    let ran = office
        .run(["--json", "--lang", "en", "verify"])
        .ended(1)
        .value();
    let first = &ran["first_altered"];
    assert_eq!(
        (&first["index"], &first["subject"]),
        (&json!(index), &json!(number))
    );
    assert!(
        first["by"].as_str().is_some_and(|by| by.starts_with('x')),
        "{first}"
    );
    let tables: Vec<_> = ran["differences"]
        .as_array()
        .expect("differences")
        .iter()
        .map(|one| {
            (
                one["code"].as_str(),
                one["table"].as_str(),
                one["message"].is_string(),
            )
        })
        .collect();
    assert_eq!(tables[0], (Some("record_altered"), Some("record"), true));
    assert!(
        tables.contains(&(Some("totals"), Some("day_total"), true)),
        "{tables:?}"
    );
}

#[test]
fn every_field_of_every_kind_of_record_has_a_name() {
    let office = Office::empty();
    office.run(["init", "--demo"]).ended(0);
    let mut kinds: Vec<String> = Vec::new();
    for row in office.run(["--json", "audit"]).ended(0).lines() {
        let kind = row["kind"].as_str().expect("a kind").to_owned();
        if kinds.iter().filter(|known| **known == kind).count() >= 4 {
            continue;
        }
        kinds.push(kind.clone());
        let index = row["index"].to_string();
        let detail = office
            .run(["--json", "audit", "--at", &index])
            .ended(0)
            .value();
        assert_ne!(
            detail["row"]["label"], detail["row"]["kind"],
            "a kind without a name"
        );
        for group in detail["groups"].as_array().expect("groups") {
            for field in group["fields"].as_array().expect("fields") {
                for part in field["label"].as_str().expect("a label").split(" · ") {
                    let word = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
                    let raw = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                    assert!(!raw || kind == "people_listed", "{kind}: {field}");
                }
            }
        }
    }
    kinds.dedup();
    assert!(kinds.len() >= 12, "{kinds:?}");
}
