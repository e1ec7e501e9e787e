//! Changes of the law through the command list: who may propose and approve, what is refused, and the
//! same goods on both sides of a change.

use bm_domain::law::change::gaps;
use bm_domain::law::{Continuity, LawKind};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::{apples, codes, enter, hoa, line, officer, purchase, refusals, someone, split};

/// A change of one row.
fn row(kind: &str, values: &Value, from: &str, to: &str) -> Value {
    json!({"kind": kind, "values": values, "valid_from": from, "valid_to": to})
}

/// A change of these rows under a basis.
fn change(rows: &[Value], basis: &str) -> Value {
    json!({"rows": rows, "basis": basis})
}

fn with(mut change: Value, name: &str, value: Value) -> Value {
    change[name] = value;
    change
}

fn listed(prefix: &str, rule: &str, from: &str, to: &str) -> Value {
    row("list", &json!({"prefix": prefix, "rule": rule}), from, to)
}

fn rate(dong: &str, from: &str, to: &str) -> Value {
    row("rate", &json!({"currency": "CNY", "rate": dong}), from, to)
}

fn quota(value: &str, from: &str) -> Value {
    let values = json!({"direction": "import", "value_limit": value, "trips_limit": "4",
        "period": "calendar_month", "second_trip": "not_exempt", "taxed_trip_counts": "false"});
    row("quota", &values, from, "")
}

fn price(gate: &str, dong: &str) -> Value {
    let values = json!({"hs": "07032090", "unit": "kg", "place": gate, "price": dong});
    row("price", &values, "2027-01-01", "")
}

fn cash(notes: &str) -> Value {
    let values = json!({"notes": notes, "hand_over_days": "0", "hand_over_days_remote": "3",
        "remote_gates": "", "cancel_needs_second": "true"});
    row("cash", &values, "2027-01-01", "")
}

/// The administrator and the branch office: two persons who keep the law.
fn keepers(office: &TestOffice) -> (Desk<'_>, Desk<'_>) {
    (
        office.sign_in("administrator", "MONGCAI", "Q9"),
        office.sign_in("branch", "MONGCAI", "Q8"),
    )
}

/// The codes that refuse a change, each with its field.
fn against(desk: &Desk<'_>, change: &Value) -> Vec<(String, String)> {
    let error = desk.error("law_propose", change);
    assert_eq!(error["code"], "refused", "{error}");
    let all = error["violations"].as_array().expect("violations").iter();
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    all.map(|one| (text(one, "code"), text(one, "field")))
        .collect()
}

#[test]
fn the_goods_list_turns_on_its_day() {
    let office = TestOffice::opened_at("2025-07-20 09:00");
    let (admin, _) = keepers(&office);
    let old = [
        listed("1005", "include", "2018-02-27", "2025-07-20"),
        listed("6301", "include", "2018-02-27", "2025-07-20"),
    ];
    let taken = admin.ok("law_propose", &change(&old, "Circular 02/2018/TT-BCT"));
    assert_eq!(taken["state"], "taken");
    let maize = [line("1005.10.00", "10", "kg", "9000")];
    let desk = officer(&office);
    let person = hoa(&desk);
    let before = desk.ok("declaration_register", &purchase(1, &person, &maize));
    assert_eq!(before["status"], "registered", "{before}");
    office.clock.set("2025-07-21 09:00");
    let desk = officer(&office);
    let after = desk.ok("declaration_register", &purchase(2, &person, &maize));
    assert_eq!(refusals(&after), ["goods_excluded"]);
    let basis = after["violations"][0]["basis"].as_str().unwrap_or_default();
    assert!(basis.contains("34/2025/TT-BCT"), "{basis}");
    // Registered afterwards for the day before: the law of that day.
    let mut late = purchase(3, &person, &maize);
    late["at"] = json!("2025-07-20T16:00:00+07:00");
    let late = desk.ok("declaration_register", &late);
    assert!(!codes(&late).contains(&"goods_excluded"), "{late}");
}

#[test]
fn the_reduced_vat_ends_with_the_year() {
    let office = TestOffice::opened_at("2026-12-31 09:00");
    let desk = officer(&office);
    let (first, second) = (
        hoa(&desk),
        enter(&desk, &someone("022185004322", "Trần Văn Bình")),
    );
    let blankets = [line("63011000", "10", "chiếc", "500000")];
    let old = desk.ok("declaration_register", &purchase(1, &first, &blankets));
    office.clock.set("2027-01-01 09:00");
    let desk = officer(&office);
    let new = desk.ok("declaration_register", &purchase(2, &second, &blankets));
    // Three millions above, duty 12 %: VAT 8 % and 10 % of 3,360,000.
    assert_eq!(split(&old), (2_000_000, 3_000_000, 628_800));
    assert_eq!(split(&new), (2_000_000, 3_000_000, 696_000));
}

#[test]
fn a_lower_quota_from_2029_is_entered_today_and_approved_by_another() {
    let office = TestOffice::new();
    let (admin, branch) = keepers(&office);
    // The office wants a second person for the quota too.
    let practice = json!({"rounding": "per_line", "fee": "0", "fee_free_below.0": "500000",
        "fee_free_below.1": "50000", "second_person": "rate,quota"});
    let settings = change(
        &[row("practice", &practice, "2026-11-24", "")],
        "Quyết định nội bộ 12",
    );
    let settings = with(settings, "make_room", json!(true));
    // Nobody takes the second person away, or puts another one in, alone.
    let asked = admin.ok("law_propose", &settings);
    assert_eq!(asked["state"], "waiting");
    branch.ok("law_approve", &json!({"id": asked["id"]}));

    let desk = officer(&office);
    let person = hoa(&desk);
    let today = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(1_800_000)]),
    );
    assert_eq!(split(&today), (1_800_000, 0, 0));

    let lower = change(&[quota("1500000", "2029-01-01")], "Nghị định (dự thảo)");
    let lower = with(lower, "make_room", json!(true));
    let checked = admin.ok("law_check", &lower);
    assert_eq!(checked["problems"], json!([]));
    assert_eq!(checked["second_person"], true);
    let keys: Vec<_> = checked["saved"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|r| &r["key"])
        .collect();
    assert_eq!(keys, ["quota/import/2016-09-01", "quota/import/2029-01-01"]);
    let effect = admin.ok("law_effect", &json!({"proposal": lower}));
    let replay = &effect["replay"];
    assert_eq!(
        (
            &replay["forms"],
            &replay["affected_forms"],
            &replay["affected_persons"]
        ),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(replay["old"]["due_vnd"], "0");
    assert_eq!(replay["new"]["excess_vnd"], "300000");
    assert_eq!(replay["new"]["due_vnd"], "15000");
    assert_eq!(replay["first"][0]["number"], today["number"]);
    assert_eq!(effect["past_forms"], 0);

    let proposed = admin.ok("law_propose", &lower);
    assert_eq!(proposed["state"], "waiting");
    let id = json!({"id": proposed["id"]});
    // What waits decides nothing.
    office.clock.set("2029-01-02 09:00");
    let (admin, branch2) = keepers(&office);
    let form = purchase(2, &person, &[apples(1_800_000)]);
    let waiting = officer(&office).ok("declaration_preview", &form);
    assert_eq!(split(&waiting["decision"]), (1_800_000, 0, 0));
    let own = admin.error("law_approve", &id);
    assert_eq!(own["violations"][0]["code"], "law_own_approval");
    assert_eq!(officer(&office).code("law_approve", &id), "not_permitted");
    // By now it would reach back over no form: the year has none.
    let approved = branch2.ok("law_approve", &id);
    assert_eq!(
        (&approved["state"], &approved["decided_by"]),
        (&json!("taken"), &json!("branch"))
    );
    assert_eq!(branch2.code("law_approve", &id), "stale");
    let after = officer(&office).ok("declaration_register", &form);
    assert_eq!(split(&after), (1_500_000, 300_000, 15_000));
    let rule = admin.ok("law_rule", &json!({"series": "quota/import"}));
    let last = rule["rows"]
        .as_array()
        .and_then(|rows| rows.last())
        .expect("a row");
    assert_eq!(
        (
            &last["phase"],
            &last["by"],
            &last["approved_by"],
            &last["basis"]
        ),
        (
            &json!("current"),
            &json!("administrator"),
            &json!("branch"),
            &json!("Nghị định (dự thảo)")
        )
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_weekly_rate_waits_for_a_second_person_and_the_counter_says_so() {
    let office = TestOffice::opened_at("2026-12-07 08:00");
    let (admin, branch) = keepers(&office);
    let desk = officer(&office);
    let person = hoa(&desk);
    let mut in_yuan = apples(7);
    in_yuan["currency"] = json!("CNY");
    let form = purchase(1, &person, &[in_yuan]);
    let preview = |desk: &Desk<'_>| desk.ok("declaration_preview", &form);
    assert_eq!(refusals(&preview(&desk)["decision"]), ["rate_missing"]);

    let week = change(
        &[rate("3700.5", "2026-12-07", "")],
        "Vietcombank, 3/12/2026",
    );
    let proposed = admin.ok("law_propose", &week);
    assert_eq!(proposed["state"], "waiting");
    assert_eq!(proposed["rows"][0]["valid_to"], "2026-12-13");
    assert_eq!(refusals(&preview(&desk)["decision"]), ["rate_waiting"]);
    // A second one for the same week does not wait beside it.
    let again = change(&[rate("3701", "2026-12-07", "2026-12-13")], "Vietcombank");
    assert_eq!(
        against(&branch, &again),
        [("law_waiting".into(), "rows".into())]
    );
    branch.ok("law_approve", &json!({"id": proposed["id"]}));
    let approved = preview(&desk);
    assert_eq!(refusals(&approved["decision"]), Vec::<&str>::new());
    assert_eq!(approved["decision"]["lines"][0]["rate"], "3700.5");
    let twice = against(&branch, &again);
    assert_eq!(
        twice,
        [("law_rate_twice".into(), "rows[0].valid_from".into())]
    );
}

#[test]
fn a_rejected_change_never_holds_and_keeps_its_reason() {
    let office = TestOffice::opened_at("2026-12-07 08:00");
    let (admin, branch) = keepers(&office);
    let week = change(&[rate("37", "2026-12-07", "2026-12-13")], "Vietcombank");
    let id = admin.ok("law_propose", &week)["id"].clone();
    let silent = branch.error("law_reject", &json!({"id": id, "reason": " "}));
    assert_eq!(silent["violations"][0]["field"], "reason");
    let reason = json!({"id": id, "reason": "thiếu hai chữ số"});
    let rejected = branch.ok("law_reject", &reason);
    assert_eq!(rejected["decided_why"], "thiếu hai chữ số");
    assert_eq!(branch.code("law_approve", &json!({"id": id})), "stale");
    assert_eq!(
        admin.ok("law_changes", &json!({"waiting": true})),
        json!([])
    );
    let rule = admin.ok("law_rule", &json!({"series": "rate/CNY"}));
    assert_eq!(rule["changes"][0]["state"], "rejected");
    let from = |row: &Value| row["valid_from"] == "2026-12-07";
    assert!(!rule["rows"].as_array().expect("rows").iter().any(from));
}

#[test]
fn bad_changes_are_refused_with_what_is_wrong() {
    let office = TestOffice::new();
    let (admin, _) = keepers(&office);
    let vat = |percent: &str, from: &str, to: &str| {
        row(
            "vat",
            &json!({"class": "standard", "percent": percent}),
            from,
            to,
        )
    };
    let basis = "Nghị quyết thử";
    let room = |rows: &[Value]| with(change(rows, basis), "make_room", json!(true));
    let end = |key: &str, last: &str| json!({"ends": [{"key": key, "last": last}], "basis": basis});
    let held = "Luật Thuế giá trị gia tăng 48/2024/QH15";
    let (from, rows) = ("rows[0].valid_from", "rows");
    let cases = [
        (
            "overlap",
            change(&[vat("9", "2027-03-01", "")], basis),
            vec![("law_overlap", from)],
        ),
        (
            "gap",
            end("vat/standard/2025-07-01", "2026-11-30"),
            vec![("law_gap", rows)],
        ),
        (
            "no law after",
            end("vat/standard/2027-01-01", "2029-12-31"),
            vec![("law_ends", rows)],
        ),
        (
            "dates the wrong way",
            room(&[vat("9", "2027-03-01", "2027-02-01")]),
            vec![("law_dates_reversed", "rows[0].valid_to")],
        ),
        (
            "no date",
            room(&[vat("9", "31/12/2026", "")]),
            vec![("value_unknown", from)],
        ),
        (
            "no figure",
            room(&[vat("", "2027-03-01", "")]),
            vec![("field_required", "rows[0].percent")],
        ),
        (
            "minus",
            room(&[vat("-1", "2027-03-01", "")]),
            vec![("number_out_of_range", "rows[0].percent")],
        ),
        (
            "no basis",
            json!({"rows": [vat("9", "2027-03-01", "")], "make_room": true}),
            vec![("law_basis_missing", "rows[0].basis")],
        ),
        (
            "a rate from Wednesday",
            change(&[rate("3700", "2026-12-09", "2026-12-15")], basis),
            vec![("law_rate_week", from), ("law_gap", rows)],
        ),
        (
            "a week left out",
            change(&[rate("3700", "2026-12-14", "")], basis),
            vec![("law_gap", rows)],
        ),
        (
            "twice for a week",
            change(&[rate("3700", "2026-11-23", "")], basis),
            vec![("law_rate_twice", from)],
        ),
        (
            "a price at a gate nobody knows, for nothing",
            room(&[price("NOWHERE", "0")]),
            vec![
                ("number_out_of_range", "rows[0].price"),
                ("value_unknown", "rows[0].place"),
            ],
        ),
        (
            "notes out of order",
            room(&[cash("1000/5000")]),
            vec![("number_out_of_range", "rows[0].notes")],
        ),
        (
            "one line would tell whose price it is",
            room(&[row(
                "price_watch",
                &json!({"times": "1", "months": "0", "least": "1"}),
                "2027-01-01",
                "",
            )]),
            vec![
                ("number_out_of_range", "rows[0].times"),
                ("number_out_of_range", "rows[0].months"),
                ("number_out_of_range", "rows[0].least"),
            ],
        ),
        (
            "nothing new",
            room(&[with(vat("10", "2027-01-01", ""), "basis", json!(held))]),
            vec![("law_unchanged", rows)],
        ),
        (
            "not there",
            end("vat/standard/2020-01-01", "2020-12-31"),
            vec![("law_row_unknown", "ends[0]")],
        ),
    ];
    for (name, change, expected) in cases {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, field)| (code.to_owned(), field.to_owned()))
            .collect();
        assert_eq!(against(&admin, &change), expected, "{name}");
    }
}

#[test]
fn prices_and_the_rule_for_cash_are_kept_like_any_other_law() {
    let office = TestOffice::new();
    let (admin, _) = keepers(&office);
    let prices = [price("MONGCAI", "45000"), price("", "30000")];
    for (rows, basis) in [
        (&prices[..], "TB 9/2026"),
        (&[cash("500000/100000")], "Thông tư mới"),
    ] {
        let entered = with(change(rows, basis), "make_room", json!(true));
        admin.ok("law_propose", &entered);
    }
    let asked = |gate: &str| {
        let of = json!({"hs": "07032090", "unit": "kg", "gate": gate, "direction": "import"});
        let desk = office.sign_in("supervisor", gate, "Q7");
        desk.ok("price_view", &of)["reference"]["price_vnd"].clone()
    };
    let rule = admin.ok("law_rule", &json!({"series": "price/07032090/kg/MONGCAI"}));
    assert_eq!(rule["rows"][0]["basis"], "TB 9/2026");
    office.clock.set("2027-01-01 08:00");
    assert_eq!(asked("MONGCAI"), "45000");
    assert_eq!(asked("HOANHMO"), "30000");
    let desk = officer(&office).ok("cash_desk", &json!({"gate": "MONGCAI"}));
    assert_eq!(desk["notes_vnd"], json!(["500000", "100000"]));
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn reaching_back_over_forms_needs_a_reason_and_a_second_person() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let form = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(3_000_000)]),
    );
    assert_eq!(split(&form), (2_000_000, 1_000_000, 50_000));
    office.clock.set("2026-11-25 08:00");
    let (admin, branch) = keepers(&office);
    let back = with(
        change(&[quota("2500000", "2026-11-01")], "Nghị định X"),
        "make_room",
        json!(true),
    );
    assert_eq!(
        against(&admin, &back),
        [("law_retroactive".into(), "reason".into())]
    );
    let effect = admin.ok("law_effect", &json!({"proposal": back}));
    assert_eq!(
        (
            &effect["past_forms"],
            &effect["open_forms"],
            &effect["open_touched"]
        ),
        (&json!(1), &json!(1), &json!(1))
    );
    let reasoned = with(back, "reason", json!("văn bản đến muộn"));
    let proposed = admin.ok("law_propose", &reasoned);
    assert_eq!(proposed["state"], "waiting");
    branch.ok("law_approve", &json!({"id": proposed["id"]}));
    // The form keeps what was decided.
    let shown = officer(&office).ok("declaration_view", &json!({"id": form_id(1)}));
    assert_eq!(shown["answer"]["excess_vnd"], "1000000");
}

#[test]
fn prohibited_goods_are_refused_either_way_from_their_day() {
    let office = TestOffice::new();
    let (admin, _) = keepers(&office);
    let ban = json!({"prefix": "6301", "direction": "import", "goods": "chăn"});
    let banned = change(
        &[row("prohibited", &ban, "2026-11-25", "")],
        "Law 05/2017/QH14",
    );
    assert_eq!(admin.ok("law_propose", &banned)["state"], "taken");
    let desk = officer(&office);
    let person = hoa(&desk);
    let form = purchase(1, &person, &[line("63011000", "1", "chiếc", "320000")]);
    let today = desk.ok("declaration_preview", &form);
    assert_eq!(refusals(&today["decision"]), Vec::<&str>::new());
    office.clock.set("2026-11-25 08:00");
    let tomorrow = officer(&office).ok("declaration_preview", &form);
    assert_eq!(refusals(&tomorrow["decision"]), ["goods_prohibited"]);
    // Withdrawn as one that never held: the row is gone, its record stays.
    office.clock.set("2026-11-24 18:00");
    let (admin, _) = keepers(&office);
    let key = "prohibited/import/6301/2026-11-25";
    let withdrawn = json!({"ends": [{"key": key, "last": ""}], "basis": "Law 05/2017/QH14"});
    admin.ok("law_propose", &withdrawn);
    office.clock.set("2026-11-25 08:00");
    let freed = officer(&office).ok("declaration_preview", &form);
    assert_eq!(refusals(&freed["decision"]), Vec::<&str>::new());
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_table_is_previewed_and_taken_as_one_change() {
    let office = TestOffice::new();
    let (admin, _) = keepers(&office);
    let text =
        "hs_prefix,rule,note\n0301,include,\n9999,include,mới\n10051000,include,\nabc,include,\n";
    let mut table = json!({"kind": "list", "name": "thu.csv", "text": text, "from": "2027-01-01",
        "basis": "Thông tư thử", "whole": true});
    let view = admin.ok("law_table_preview", &table);
    let counts = ["new", "changed", "unchanged", "bad", "excluded"].map(|name| view[name].clone());
    assert_eq!(counts, [json!(1), json!(1), json!(1), json!(1), json!(0)]);
    assert_eq!(view["bad_rows"][0]["line"], 5);
    assert_eq!(view["bad_rows"][0]["column"], "hs_prefix");
    assert_eq!(view["changed_rows"][0]["old"], "excluded");
    assert!(
        view["ended"].as_u64().is_some_and(|ended| ended > 70),
        "{}",
        view["ended"]
    );
    let refused = admin.error("law_table_take", &table);
    assert_eq!(refused["violations"][0]["code"], "law_table_bad");
    table["skip_bad"] = json!(true);
    let taken = admin.ok("law_table_take", &table);
    assert_eq!(taken["state"], "taken");
    let rows = admin.ok("law_series", &json!({"kind": "list", "text": "0303"}));
    assert_eq!(rows["rows"], json!([]));
    let shrimps = admin.ok("law_rule", &json!({"series": "list/0306"}));
    assert_eq!(shrimps["rows"][0]["valid_to"], "2026-12-31");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_form_is_printed_under_the_titles_of_its_day() {
    let office = TestOffice::opened_at("2027-02-28 09:00");
    let desk = office.sign_in("officer", "MONGCAI2", "Q1");
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(500_000)]),
    );
    office.clock.set("2027-03-01 09:00");
    let desk = office.sign_in("officer", "MONGCAI2", "Q1");
    desk.ok(
        "declaration_register",
        &purchase(2, &person, &[apples(500_000)]),
    );
    let titles = |n| {
        let form = desk.ok("declaration_view", &json!({"id": form_id(n)}));
        (form["region_title"].clone(), form["office_title"].clone())
    };
    let office_title = json!("Hải quan cửa khẩu quốc tế Móng Cái");
    let before = (json!("Chi cục Hải quan khu vực VIII"), office_title.clone());
    assert_eq!(titles(1), before);
    assert_eq!(titles(2), (json!("Hải quan khu vực VIII"), office_title));
}

#[test]
fn the_law_of_a_new_office_leaves_no_day_out() {
    let office = TestOffice::new();
    let book = office.with_app(|app| app.read(|reader| app.law_book(reader)));
    let book = &book.expect("the law").1;
    let mut series: Vec<String> = LawKind::ALL
        .iter()
        .copied()
        .flat_map(|kind| book.rows(kind))
        .map(|row| row.series())
        .collect();
    series.dedup();
    let mut looked = 0;
    for series in series {
        let rows = book.series(&series);
        for (i, row) in rows.iter().enumerate() {
            let later = rows.iter().skip(i + 1);
            let mut over = later.filter(|other| other.validity().overlaps(&row.validity()));
            assert_eq!(over.next(), None, "{series}");
        }
        let first = rows[0].validity().from;
        let mut open = gaps(&rows, first);
        match rows[0].continuity() {
            Continuity::Always => {}
            Continuity::NoHole => open.retain(|gap| gap.to.is_some()),
            Continuity::Free => continue,
        }
        looked += 1;
        assert_eq!(open, [], "{series}");
        assert!(rows.iter().all(|row| !row.basis().is_empty()), "{series}");
    }
    assert!(looked > 90, "{looked} series");
}
