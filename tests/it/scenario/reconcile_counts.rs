//! Counts of the barrier: typed, taken from files, replaced, refused.

use bm_tests::testkit::TestOffice;
use serde_json::{Value, json};

use super::cash::clean;
use super::corrections::{refused, step, take};
use super::reconcile::{DAY, day, find, import, open_kinds, passages, person, register};
use super::{apples, officer, purchase};

fn typed(import: (&str, &str), reason: &str) -> Value {
    json!({"gate": "MONGCAI", "day": DAY, "counter": "Trạm 1", "reason": reason,
        "import": {"persons": import.0, "forms": import.1},
        "export": {"persons": "0", "forms": "0"}})
}

#[test]
fn totals_differ_with_the_forms_that_may_explain_it() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut numbers = Vec::new();
    for n in 1..=3 {
        let form = purchase(n, &person(&desk, n), &[apples(500_000)]);
        numbers.push(register(&desk, &form));
    }
    for n in [1, 2] {
        take(&desk, n, step("release"));
    }
    let found = desk.ok("barrier_save", &typed(("3", "3"), ""));
    assert_eq!(open_kinds(&found), ["count_differs", "count_differs"]);
    let one = find(&found, "count_differs");
    assert_eq!(one["figures"][0]["amount"], 2);
    assert_eq!(one["figures"][1]["amount"], 3);
    assert_eq!(
        one["candidates"][0]["number"], numbers[2],
        "the one not released"
    );
    assert_eq!(one["candidates"].as_array().map(Vec::len), Some(1));
    // The form is released: the totals meet.
    take(&desk, 3, step("release"));
    assert_eq!(open_kinds(&day(&desk, "MONGCAI")), Vec::<String>::new());
    // Another count takes its place with a reason, and stays beside it.
    assert_eq!(
        refused(&desk, "barrier_save", &typed(("2", "2"), "")),
        ["count_held"]
    );
    let found = desk.ok("barrier_save", &typed(("2", "2"), "đếm lại"));
    assert_eq!(open_kinds(&found), ["count_differs", "count_differs"]);
    let counts = found["counts"].as_array().expect("counts");
    assert_eq!(counts.len(), 2);
    assert_eq!(
        (&counts[0]["replaced"], &counts[1]["replaced"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(counts[0]["reason"], "đếm lại");
    clean(&office);
}

#[test]
fn a_count_that_can_not_be_is_refused_beside_its_field() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let bad = json!({"gate": "MONGCAI", "day": DAY, "counter": "",
        "import": {"persons": "-1", "forms": "ba"},
        "export": {"persons": "", "forms": "2", "weight_kg": "x"}});
    let error = desk.error("barrier_save", &bad);
    let all = error["violations"].as_array().expect("why").iter();
    let all: Vec<_> = all
        .map(|one| (one["field"].clone(), one["code"].clone()))
        .collect();
    assert_eq!(
        all,
        [
            (json!("import.persons"), json!("number_out_of_range")),
            (json!("import.forms"), json!("number_invalid")),
            (json!("export.weight_kg"), json!("number_invalid")),
            (json!("export.persons"), json!("field_required")),
        ]
    );
    let mut unsigned = typed(("1", "1"), "");
    unsigned["counter"] = json!(" ");
    assert_eq!(
        refused(&desk, "barrier_save", &unsigned),
        ["field_required"]
    );
    let mut ahead = typed(("1", "1"), "");
    ahead["day"] = json!("2026-11-25");
    assert_eq!(refused(&desk, "barrier_save", &ahead), ["day_not_done"]);
    let mut nowhere = typed(("1", "1"), "");
    nowhere["gate"] = json!("NOWHERE");
    assert_eq!(desk.code("barrier_save", &nowhere), "not_found");
    let branch = office.sign_in("branch", "MONGCAI", "B1");
    assert_eq!(
        branch.code("barrier_save", &typed(("1", "1"), "")),
        "not_permitted"
    );
    assert_eq!(
        branch.code(
            "reconciliation_view",
            &json!({"gate": "MONGCAI", "day": DAY})
        ),
        "ok"
    );
}

#[test]
fn each_bad_row_of_a_file_is_named_and_nothing_of_it_taken() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let text = "gate,date,time,direction,form,note\n\
        MONGCAI,2026-11-23,08:00,import,A-1,\n\
        NOWHERE,2026-11-24,08:01,import,A-2,\n\
        HOANHMO,2026-11-24,08:02,import,A-3,\n\
        MONGCAI,2026-11-24,25:00,import,A-4,\n\
        MONGCAI,2026-11-24,08:04,sideways,A-5,\n\
        MONGCAI,2026-11-24,08:05,import,A-6,\n\
        MONGCAI,2026-11-24,08:06,import,A-6,\n";
    let mut ask = import(text, "");
    ask["take"] = json!(false);
    let seen = desk.ok("barrier_import", &ask);
    let bad = seen["bad"].as_array().expect("rows").iter();
    let bad: Vec<_> = bad
        .map(|row| (row["line"].clone(), row["column"].clone()))
        .collect();
    let at = |line: u32, column: &str| (json!(line), json!(column));
    assert_eq!(
        bad,
        [
            at(2, "date"),
            at(3, "gate"),
            at(4, "gate"),
            at(5, "time"),
            at(6, "direction"),
            at(8, "form"),
        ]
    );
    let reason = seen["bad"][0]["reason"].as_str().expect("words");
    assert_eq!(
        reason,
        "This count is of 2026-11-23, not of 2026-11-24. Choose the right day or file."
    );
    assert_eq!(
        (&seen["unused"], &seen["taken"]),
        (&json!(["note"]), &json!(false))
    );
    assert_eq!(
        refused(&desk, "barrier_import", &import(text, "")),
        ["count_rows_bad"]
    );
    let totals = "gate,date,direction,persons,forms\n\
        MONGCAI,24/11/2026,NK,-3,2\n\
        MONGCAI,24/11/2026,XK,3,hai\n\
        MONGCAI,24/11/2026,XK,3,2\n\
        MONGCAI,24/11/2026,xuất,3,2\n";
    let mut ask = import(totals, "");
    ask["take"] = json!(false);
    let bad = desk.ok("barrier_import", &ask)["bad"].clone();
    let bad: Vec<_> = bad
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["line"].clone())
        .collect();
    assert_eq!(bad, [json!(2), json!(3), json!(5)]);
    let no_table = import("hello\nworld\n", "");
    assert_eq!(desk.code("barrier_import", &no_table), "bad_request");
    assert_eq!(day(&desk, "MONGCAI")["counts"], json!([]));
}

#[test]
fn no_file_is_taken_twice_whatever_it_is_called() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let number = register(&desk, &purchase(1, &person(&desk, 1), &[apples(500_000)]));
    take(&desk, 1, step("release"));
    let text = passages(&[("09:00", "import", &number)]);
    let taken = desk.ok("barrier_import", &import(&text, ""));
    assert_eq!(
        (&taken["passages"], &taken["taken"]),
        (&json!(1), &json!(true))
    );
    let mut again = import(&text.replace('\n', "\r\n"), "nhập lại");
    again["name"] = json!("khac.csv");
    let error = desk.error("barrier_import", &again);
    assert_eq!(error["violations"][0]["code"], "count_file_known");
    let said = error["violations"][0]["message"].as_str().expect("words");
    assert!(
        said.contains("Account of officer at 2026-11-24 08:00"),
        "{said}"
    );
    clean(&office);
}

#[test]
fn a_passage_is_found_by_the_paper_shown_and_masked_where_none_is() {
    let office = TestOffice::new();
    let desk = officer(&office);
    register(&desk, &purchase(1, &person(&desk, 1), &[apples(500_000)]));
    take(&desk, 1, step("release"));
    let text = format!(
        "gate,date,time,direction,form,paper\n\
        MONGCAI,{DAY},09:00,import,,022185500001\n\
        MONGCAI,{DAY},09:01,import,,022185599999\n"
    );
    desk.ok("barrier_import", &import(&text, ""));
    let found = day(&desk, "MONGCAI");
    assert_eq!(open_kinds(&found), ["passage_without_form"]);
    let stranger = find(&found, "passage_without_form");
    assert_eq!(stranger["passage"]["paper"], "••••••••9999");
    assert!(!found.to_string().contains("022185599999"));
    clean(&office);
}
