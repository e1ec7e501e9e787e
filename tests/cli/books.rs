//! Lists of gathered goods and what is overdue, from the command line.

use bm_app::permission::Role;
use bm_app::{Actor, book};
use bm_domain::gathering::Gathering;
use bm_domain::process::{Stage, Step};
use serde_json::{Value, json};

use crate::office::{Office, Trade, id};

/// An office with released forms, and the ids of those that are imports.
fn released() -> (Office, Vec<String>) {
    let trade = Trade::of(40);
    let office = Office::of(&trade);
    let file = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    let answers = office.run(["declare", &file]).lines();
    let at = |answer: &&Value| answer["status"] == "registered" && answer["total_due_vnd"] == "0";
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let app = held.app();
    let ids: Vec<_> = answers
        .iter()
        .filter(at)
        .map(|answer| {
            answer["id"]
                .as_str()
                .expect("an id")
                .parse()
                .expect("a UUID")
        })
        .collect();
    app.take_steps(&officer(), &ids, |form| {
        (form.stage()? == Stage::Release).then_some(Step::Release)
    })
    .expect("released");
    let forms = ids.iter().filter_map(|id| {
        let form = app.read(|reader| Ok(reader.declaration(*id)?));
        let form = form.expect("read").expect("held");
        let import = form.declaration.draft.direction == bm_domain::Direction::Import;
        (import && form.progress.released.is_some()).then(|| id.to_string())
    });
    let forms = forms.collect();
    drop(held);
    (office, forms)
}

fn officer() -> Actor {
    Actor {
        user: "test".into(),
        role: Role::Operator,
        gate: String::new(),
        workstation: String::new(),
    }
}

fn list(form: &str, day: &str) -> Value {
    json!({"id": id(777), "gate": "MONGCAI", "workstation": "VP-01", "place": "Chợ cửa khẩu",
        "day": day, "lines": [{"form": form, "line": 0, "quantity": 1}],
        "trader": {"name": "Công ty An Phát", "address": "Móng Cái", "tax_code": "0100112437"}})
}

#[test]
fn a_list_is_entered_from_a_file_and_told_when_it_is_late() {
    let (office, forms) = released();
    let form = forms.first().expect("a released purchase");
    let shown = office.run(["--json", "show", form]).ended(0).value();
    let day = &shown["at"].as_str().expect("a time")[..10];
    let good = office.file("list.json", list(form, day).to_string());
    let saved = office.run(["--json", "gather", &good]).ended(0).value();
    assert_eq!(saved["stage"], "draft");
    assert_eq!(saved["goods"][0]["number"], shown["number"]);
    let again = office.run(["--json", "gather", &good]).ended(0).value();
    assert_eq!(
        again["number"], saved["number"],
        "entered twice it is one list"
    );
    let open = office.run(["--json", "gather"]).ended(0).value();
    assert_eq!(open.as_array().map(Vec::len), Some(1));

    let unknown = office.file("unknown.json", list(&id(888), day).to_string());
    office
        .run(["gather", &unknown])
        .ended(1)
        .said(&["lines[0].form", "Điều 4(2)"]);
    let bad = office.file("bad.json", "{\"lines\": 7}");
    office
        .run(["gather", &bad])
        .ended(2)
        .said(&["bad.json", "bảng kê"]);
    office
        .run(["gather", "none.json"])
        .ended(2)
        .said(&["none.json"]);

    office.run(["overdue"]).ended(0);
    make_late(&office);
    let late = office.run(["--json", "overdue"]).ended(1).value();
    assert_eq!(late["gatherings"][0]["number"], saved["number"]);
    let elsewhere = ["--json", "overdue", "--gate", "HOANHMO"];
    assert_eq!(
        office.run(elsewhere).ended(0).value(),
        json!({"gatherings": [], "vehicles": []})
    );
    office.is_clean();
}

#[test]
fn the_queue_of_breaches_is_listed_looked_over_and_tells_by_its_exit_status() {
    let (office, _) = released();
    let clean = ["breaches", "--state", "open", "--kind", "expired_rate"];
    office.run(clean).ended(0);
    let shown = office
        .run(["--json", "breaches", "--state", "open"])
        .value();
    assert_eq!(
        shown["total"].as_u64(),
        shown["rows"].as_array().map(|rows| rows.len() as u64)
    );

    let trade = Trade::of(40);
    let off_list = trade.declaration(0).to_string();
    let off_list = off_list
        .replace(&id(0), &id(9_999_999))
        .replace("\"hs\":\"", "\"hs\":\"9");
    office.feed(["declare", "-"], off_list).ended(1);
    let listed = office
        .run(["--json", "breaches", "--kind", "off_list"])
        .ended(1)
        .value();
    assert_eq!(listed["rows"][0]["state"], "open");
    assert_eq!(listed["rows"][0]["gravity"], "attempt");
    let gate = listed["rows"][0]["gate"]
        .as_str()
        .expect("a gate")
        .to_owned();
    let day = listed["rows"][0]["day"].as_str().expect("a day").to_owned();
    let text = office.run(["breaches", "--kind", "off_list"]).ended(1).out;
    for word in ["Hàng ngoài danh mục", "chưa xử lý", &gate] {
        assert!(text.contains(word), "{word} in {text}");
    }

    let look = [
        "--json", "breaches", "--scan", "--gate", &gate, "--date", &day,
    ];
    let first = office.run(look).ended(1).value();
    let again = office.run(look).ended(1).value();
    assert_eq!(
        first["counts"], again["counts"],
        "looked at twice, opened once"
    );

    office
        .run(["breaches", "--state", "closed"])
        .ended(2)
        .said(&["closed", "upheld"]);
    office
        .run(["breaches", "--kind", "x"])
        .ended(2)
        .said(&["x", "fifth_trip"]);
    office
        .run(["breaches", "--gate", "X"])
        .ended(2)
        .said(&["X", "MONGCAI"]);
    office
        .run(["breaches", "--scan", "--date", "hôm qua"])
        .ended(2)
        .said(&["hôm qua"]);
    office.is_clean();
}

/// Records the list as one that was gathered long ago.
fn make_late(office: &Office) {
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let app = held.app();
    let key = id(777).parse().expect("a UUID");
    let done = app.write(|writer| {
        let mut list: Gathering = book::get(writer, key)?.expect("the list");
        for line in &mut list.lines {
            line.day = line.day.before(60);
        }
        Ok(app.keep(writer, &officer(), "draft", list)?)
    });
    done.expect("kept");
}
