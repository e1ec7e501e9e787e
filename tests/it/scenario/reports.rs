//! Reports over periods, by the command list: late forms, the day book, definitions, look-ups.

use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::corrections::{correction, step, take};
use super::{apples, hoa, line, officer, purchase, sale};

fn ask(report: &str, period: &str, day: &str) -> Value {
    json!({"report": report, "period": period, "day": day, "gates": ["MONGCAI"]})
}

/// The table of a report.
fn table(desk: &Desk<'_>, ask: &Value) -> Value {
    desk.ok("report_run", ask)["table"].clone()
}

/// What the total says in a column.
fn total(table: &Value, column: &str) -> String {
    let columns = table["columns"].as_array().expect("columns");
    let at = columns.iter().position(|one| one["id"] == column);
    let rows = table["rows"].as_array().expect("rows");
    let total = rows.last().expect("a total");
    assert_eq!(total["kind"], "total");
    let cell = &total["cells"][at.unwrap_or_else(|| panic!("{column} in {columns:?}"))];
    cell.as_str().expect("a cell").to_owned()
}

/// Registers a purchase of apples and gives it its steps up to the release.
fn bought(desk: &Desk<'_>, n: u32, person: &str, vnd: u32) {
    let form = purchase(n, person, &[apples(vnd)]);
    desk.ok("declaration_register", &form);
    take(desk, n, step("release"));
}

#[test]
fn a_form_released_after_its_half_month_counts_in_the_cumulative_column_only() {
    let office = TestOffice::opened_at("2026-11-13 08:00");
    let desk = officer(&office);
    let person = hoa(&desk);
    bought(&desk, 1, &person, 500_000);
    office.clock.set("2026-11-14 08:00");
    let desk = officer(&office);
    let late = purchase(2, &person, &[apples(300_000)]);
    desk.ok("declaration_register", &late);
    let values = |half: &str| {
        let desk = officer(&office);
        let made = table(&desk, &ask("goods", "half_month", half));
        ["value.period", "value.cumulative"].map(|column| total(&made, column))
    };
    assert_eq!(
        values("2026-11-13"),
        ["500000", "500000"],
        "not before its release"
    );
    office.clock.set("2026-11-16 08:00");
    let desk = officer(&office);
    take(&desk, 2, step("release"));
    assert_eq!(values("2026-11-13"), ["500000", "500000"]);
    assert_eq!(values("2026-11-16"), ["0", "800000"]);
    // The month holds both of its days.
    let month = table(&desk, &ask("goods", "month", "2026-11-30"));
    assert_eq!(total(&month, "value.period"), "800000");
    // Returned in December by two persons: the difference stands on that day.
    office.clock.set("2026-12-02 08:00");
    let desk = officer(&office);
    let proposal = desk.ok("correction_make", &correction(1, "return", &[]))["proposal"].clone();
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": true}),
    );
    assert_eq!(
        values("2026-11-13"),
        ["500000", "500000"],
        "a report of then stays as it was"
    );
    assert_eq!(values("2026-12-01"), ["0", "300000"]);
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn the_totals_of_a_span_are_those_of_its_days() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    bought(&desk, 1, &person, 500_000);
    desk.ok("declaration_register", &sale(2, &person, &[apples(80_000)]));
    let refused = purchase(3, &person, &[line("39269099", "1", "kg", "1000")]);
    desk.ok("declaration_register", &refused);
    take(&desk, 2, step("release"));
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok(
        "day_close",
        &json!({"gate": "MONGCAI", "day": "2026-11-24"}),
    );
    office.clock.set("2026-11-25 08:00");
    let desk = officer(&office);
    bought(&desk, 4, &person, 200_000);
    let proposal = desk.ok("correction_make", &correction(1, "return", &[]))["proposal"].clone();
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": true}),
    );
    let mut expected = [0_i64; 3];
    for day in ["2026-11-24", "2026-11-25"] {
        let daily = desk.ok("report_daily", &json!({"gate": "MONGCAI", "day": day}));
        for way in ["import", "export"] {
            let (own, moved) = (&daily["directions"][way], &daily["corrections"][way]);
            let value = |of: &Value| super::dong(&of["value_vnd"]);
            expected[0] += value(own) + value(moved);
            let count = |of: &Value, name: &str| of[name].as_i64().expect("a count");
            expected[1] += count(own, "registered");
            expected[2] += count(own, "forms") + count(moved, "forms");
        }
    }
    assert_eq!(expected, [280_000, 4, 2]);
    let mut span = ask("totals", "span", "2026-11-24");
    span["to"] = json!("2026-11-25");
    let made = table(&desk, &span);
    let said = ["value.period", "received.period", "forms.period"].map(|id| total(&made, id));
    assert_eq!(said, expected.map(|figure| figure.to_string()));
    // Corrections of a closed day: the day stays, the day of the change shows the difference.
    let first = table(&desk, &ask("totals", "day", "2026-11-24"));
    assert_eq!(total(&first, "value.period"), "580000");
}

#[test]
fn a_branch_keeps_a_report_that_everyone_uses_until_it_is_withdrawn() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    bought(&desk, 1, &person, 500_000);
    let branch = office.sign_in("branch", "MONGCAI", "B1");
    let mut plan = desk.ok("report_run", &ask("groups", "month", "2026-11-24"))["plan"].clone();
    plan["grouping"] = json!(["commune", "hs"]);
    plan["sections"] = json!(1);
    plan["filter"]["hs"] = json!(["08"]);
    let keep = json!({"name": " Trái cây theo xã ", "plan": plan});
    assert_eq!(desk.code("report_save_definition", &keep), "not_permitted");
    let kept = branch.ok("report_save_definition", &keep);
    assert_eq!(
        (&kept["name"], &kept["kept_by"]),
        (&json!("Trái cây theo xã"), &json!("Account of branch"))
    );
    let made = table(&desk, &ask("Trái cây theo xã", "day", "2026-11-24"));
    assert_eq!(
        (&made["title"], total(&made, "value.period")),
        (&json!("Trái cây theo xã"), "500000".into())
    );
    let labels: Vec<_> = made["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["label"])
        .collect();
    assert_eq!(labels[0], "Xã Hoành Mô");
    let file = json!({"report": ask("Trái cây theo xã", "day", "2026-11-24"), "format": "xlsx"});
    assert_eq!(
        desk.ok("report_file", &file)["path"],
        "Trái-cây-theo-xã-MONGCAI-2026-11-24.xlsx"
    );
    // A name is one report, whatever its marks; the names of the program's own are taken.
    let codes = |error: &Value| {
        let all = error["violations"].as_array().expect("violations").clone();
        all.iter()
            .map(|one| one["code"].clone())
            .collect::<Vec<_>>()
    };
    for name in ["trai cay THEO xa", "goods"] {
        let again = branch.error(
            "report_save_definition",
            &json!({"name": name, "plan": plan}),
        );
        assert_eq!(codes(&again), ["report_name_taken"], "{name}");
    }
    let mut odd = plan.clone();
    odd["columns"] = json!(["forms"]);
    let odd = branch.error("report_save_definition", &json!({"name": "", "plan": odd}));
    assert_eq!(codes(&odd), ["report_not_told", "field_required"]);
    assert!(
        odd["violations"][0]["message"]
            .as_str()
            .expect("words")
            .contains("Forms"),
        "{odd}"
    );
    // Changed under the same id, then withdrawn: it is gone from the list and stays in the records.
    let mut changed = json!({"id": kept["id"], "name": "Trái cây", "plan": plan});
    changed["plan"]["cumulative"] = json!(false);
    branch.ok("report_save_definition", &changed);
    let listed = desk.ok("report_definitions", &json!({}));
    assert_eq!(
        (&listed["kept"][0]["name"], &listed["may_keep"]),
        (&json!("Trái cây"), &json!(false))
    );
    assert_eq!(
        desk.code("report_withdraw", &json!({"id": kept["id"]})),
        "not_permitted"
    );
    branch.ok("report_withdraw", &json!({"id": kept["id"]}));
    assert_eq!(
        branch.code("report_withdraw", &json!({"id": kept["id"]})),
        "not_found"
    );
    assert_eq!(
        desk.code("report_run", &ask("Trái cây", "day", "2026-11-24")),
        "not_found"
    );
    let records = office.records();
    let entered = records
        .iter()
        .filter(|one| one["data"]["entry"]["book"] == "report_definition");
    assert_eq!(entered.count(), 3);
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_report_by_resident_masks_the_number_and_is_recorded_as_a_look_up() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    bought(&desk, 1, &person, 500_000);
    let before = office.records().len();
    let made = table(&desk, &ask("residents", "month", "2026-11-24"));
    let text = made.to_string();
    assert!(
        text.contains("Nguyễn Thị Hoa") && text.contains("••••••••4321"),
        "{text}"
    );
    assert!(!text.contains("022185004321"), "{text}");
    let records = office.records();
    assert_eq!(records.len(), before + 1);
    let last = records.last().expect("a record");
    assert_eq!(
        (&last["event"], &last["data"]["ids"]),
        (&json!("people_listed"), &json!([person]))
    );
    // Who may not look persons up gets no report of them; one of figures alone records nothing.
    let leader = office.sign_in("leader", "MONGCAI", "L1");
    assert_eq!(
        leader.code("report_run", &ask("residents", "month", "2026-11-24")),
        "not_permitted"
    );
    let before = office.records().len();
    leader.ok("report_run", &ask("communes", "month", "2026-11-24"));
    assert_eq!(office.records().len(), before);
}

#[test]
fn what_no_report_can_answer_is_refused() {
    let office = TestOffice::new();
    let desk = officer(&office);
    assert_eq!(
        desk.code("report_run", &ask("weekly", "month", "2026-11-24")),
        "not_found"
    );
    assert_eq!(
        desk.code("report_run", &ask("goods", "month", "2026-11-31")),
        "bad_request"
    );
    let mut nowhere = ask("goods", "month", "2026-11-24");
    nowhere["gates"] = json!(["NOWHERE"]);
    assert_eq!(desk.code("report_run", &nowhere), "not_found");
    let mut back = ask("goods", "span", "2026-11-24");
    back["to"] = json!("2026-11-23");
    assert_eq!(desk.code("report_run", &back), "refused");
    let empty = table(&desk, &ask("goods", "year", "2019-01-01"));
    assert_eq!(
        (&empty["empty"], total(&empty, "value.period")),
        (&json!(true), "0".into())
    );
}
