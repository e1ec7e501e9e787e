//! Traders who gather what residents brought in: lists over forms, their time limit, their tax.

use bm_api::command::{self, Call};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{dong, enter, hoa, line, officer, purchase, sale, someone};

/// The id of a test's `n`th list.
pub(super) fn list_id(n: u32) -> String {
    form_id(10_000 + n)
}

/// So many kilograms of cups at 1,000 VND: duty 22 %, VAT 8 %.
pub(super) fn cups(kilograms: &str) -> Value {
    let mut cups = line("39241010", kilograms, "kg", "1000");
    cups["certificate"] = json!(null);
    cups
}

/// Registers a purchase and leads it to its release.
pub(super) fn released(desk: &Desk<'_>, n: u32, person: &str, lines: &[Value]) {
    desk.ok("declaration_register", &purchase(n, person, lines));
    let step = json!({"id": form_id(n), "step": {"step": "release"}});
    assert_eq!(desk.ok("declaration_step", &step)["stage"], "released");
}

/// What a list takes: form, line, quantity.
pub(super) fn taken(n: u32, quantity: &str) -> Value {
    json!({"form": form_id(n), "line": 0, "quantity": quantity})
}

pub(super) fn list(n: u32, lines: &[Value]) -> Value {
    json!({"id": list_id(n), "place": "Chợ biên giới Móng Cái", "day": "2026-11-24",
        "trader": {"name": "Công ty An Phát", "address": "12 Hùng Vương, Móng Cái",
            "tax_code": "0100112437"},
        "lines": lines})
}

pub(super) fn by(n: u32, step: Value) -> Value {
    json!({"id": list_id(n), "step": step})
}

fn step(name: &str) -> Value {
    json!({"step": name})
}

/// Field and code of each refusal.
fn refusals(desk: &Desk<'_>, command: &str, request: &Value) -> Vec<(String, String)> {
    let error = desk.error(command, request);
    assert_eq!(error["code"], "refused", "{error}");
    let all = error["violations"].as_array().expect("violations").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    all.map(|one| (text(&one["field"]), text(&one["code"])))
        .collect()
}

fn refused(desk: &Desk<'_>, lines: &[Value]) -> Vec<(String, String)> {
    refusals(desk, "gathering_save", &list(99, lines))
}

fn one(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.into(), code.into())]
}

/// What is left of each line of a form.
fn left(desk: &Desk<'_>, n: u32) -> String {
    let form = desk.ok("gathering_form", &json!({"text": form_id(n)}));
    form["lines"][0]["left"].as_str().expect("left").to_owned()
}

/// Three persons with a released form of 100 kg each.
fn three_forms(desk: &Desk<'_>) {
    for (n, number) in [
        (1, "022185004321"),
        (2, "022185004322"),
        (3, "022185004323"),
    ] {
        let person = enter(desk, &someone(number, &format!("Nguyễn Thị Hoa {n}")));
        released(desk, n, &person, &[cups("100")]);
    }
}

fn verified(office: &TestOffice) {
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn vector_12_no_more_is_gathered_than_was_imported() {
    let office = TestOffice::new();
    let desk = officer(&office);
    three_forms(&desk);
    let asked = list(1, &[taken(1, "100"), taken(2, "100"), taken(3, "110")]);
    let error = desk.error("gathering_save", &asked);
    assert_eq!(error["violations"][0]["code"], "gathered_too_much");
    let message = error["violations"][0]["message"].as_str().expect("words");
    assert!(
        message.contains("takes 310 kg") && message.contains("300 kg left"),
        "{message}"
    );
    assert!(message.contains("art. 4(1), (2)"), "{message}");
    assert_eq!(left(&desk, 3), "100", "a refused list takes nothing");

    let right = list(1, &[taken(1, "100"), taken(2, "100"), taken(3, "100")]);
    let saved = desk.ok("gathering_save", &right);
    assert_eq!(saved["number"], "MONGCAI/2026/MG/Q1-000001");
    assert_eq!(saved["stage"], "draft");
    assert_eq!(left(&desk, 3), "0");
    assert_eq!(
        refused(&desk, &[taken(3, "0.001")]),
        one("lines[0].quantity", "gathered_too_much")
    );
    let mut again = desk.ok("gathering_save", &right);
    assert_eq!(again["number"].take(), saved["number"], "entered twice");
    verified(&office);
}

#[test]
fn vector_13_after_thirty_days_a_supervisor_gives_the_reason() {
    let office = TestOffice::new();
    let desk = officer(&office);
    released(&desk, 1, &hoa(&desk), &[cups("100")]);
    let mut two_days = list(1, &[taken(1, "10"), taken(1, "20")]);
    office.clock.set("2026-11-27 08:00");
    let desk = officer(&office);
    two_days["day"] = json!("2026-11-27");
    two_days["lines"][1]["day"] = json!("2026-11-24");
    let saved = desk.ok("gathering_save", &two_days);
    assert_eq!(
        (&saved["last_day"], &saved["days_left"]),
        (&json!("2026-12-24"), &json!(27))
    );

    office.clock.set("2026-12-24 23:59");
    let desk = officer(&office);
    rates_of_the_week(&office, "2026-12-21");
    let open = desk.ok("gathering_list", &json!({"gate": "MONGCAI"}));
    assert_eq!(open[0]["days_left"], 0, "the last day counts");

    office.clock.set("2026-12-25 00:00");
    let desk = officer(&office);
    let late = desk.ok("gathering_view", &json!({"id": list_id(1)}));
    assert_eq!(late["days_left"], -1);
    assert_eq!(late["violations"][0]["code"], "gathering_late");
    let file = |reason: &str| by(1, json!({"step": "file", "reason": reason}));
    for reason in ["", "đường ngập"] {
        assert_eq!(
            refusals(&desk, "gathering_step", &file(reason)),
            one("reason", "gathering_reason_needed"),
            "an officer can't decide it"
        );
    }
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(
        refusals(&head, "gathering_step", &file(" ")),
        one("reason", "gathering_reason_needed")
    );
    let filed = head.ok("gathering_step", &file("đường ngập"));
    assert_eq!(
        (&filed["stage"], &filed["late_reason"]),
        (&json!("filed"), &json!("đường ngập"))
    );
    verified(&office);
}

/// Enters the rate of a week, which the seed does not have.
fn rates_of_the_week(office: &TestOffice, monday: &str) {
    let from: bm_domain::BusinessDay = monday.parse().expect("a day");
    let rate = bm_domain::law::ExchangeRate {
        currency: bm_domain::Currency::CNY,
        rate: "3650".parse().expect("a rate"),
        validity: bm_domain::Validity {
            from,
            to: Some(from.after(6)),
        },
        source: String::new(),
    };
    let row = bm_app::law::LawRow::Rate(rate);
    let actor = bm_api::session::operator("test");
    let saved = office.with_app(|app| app.save_law(&actor, &[row], "test"));
    saved.expect("a rate");
}

#[test]
fn each_form_that_cannot_be_gathered_says_why() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    desk.ok("declaration_register", &sale(1, &person, &[cups("10")]));
    desk.ok("declaration_register", &purchase(2, &person, &[cups("10")]));
    let bad = purchase(3, &person, &[line("39269099", "1", "kg", "1000")]);
    assert_eq!(desk.ok("declaration_register", &bad)["status"], "refused");
    let gone = json!({"id": form_id(4), "reason": "nhập sai"});
    desk.ok("declaration_register", &purchase(4, &person, &[cups("10")]));
    desk.ok("declaration_cancel", &gone);
    for (n, code) in [
        (1, "gathered_form_export"),
        (2, "gathered_form_pending"),
        (3, "gathered_form_refused"),
        (4, "gathered_form_cancelled"),
        (5, "gathered_form_unknown"),
    ] {
        assert_eq!(refused(&desk, &[taken(n, "1")]), one("lines[0].form", code));
        if n < 5 {
            let form = desk.ok("gathering_form", &json!({"text": form_id(n)}));
            assert_eq!(form["problems"][0]["code"], code, "told before it is taken");
        }
    }
    let unknown = refusals(
        &desk,
        "gathering_form",
        &json!({"text": "MONGCAI/2026/NK/Q1-9"}),
    );
    assert_eq!(unknown, one("form", "gathered_form_unknown"));
    assert_eq!(refused(&desk, &[]), one("lines", "nothing_gathered"));

    let another = enter(&desk, &someone("022185004322", "Nguyễn Thị Huệ"));
    released(&desk, 6, &another, &[cups("10")]);
    let number = desk.ok("gathering_form", &json!({"text": form_id(6)}))["number"].take();
    let by_number = json!({"form": number, "line": 0, "quantity": "1"});
    assert_eq!(desk.code("gathering_save", &list(1, &[by_number])), "ok");
    let beyond = json!({"form": form_id(6), "line": 1, "quantity": "1"});
    assert_eq!(
        refused(&desk, &[beyond]),
        one("lines[0].line", "gathered_line_unknown")
    );
    for day in ["2026-11-23", "2026-11-25"] {
        let other_day = json!({"form": form_id(6), "line": 0, "quantity": "1", "day": day});
        assert_eq!(
            refused(&desk, &[other_day]),
            one("lines[0].day", "gathering_day_wrong")
        );
    }
    let bare = json!({"id": list_id(9), "lines": [{"form": form_id(6), "line": 0, "quantity": "0"}],
        "trader": {"tax_code": "12345"}});
    let said = refusals(&desk, "gathering_save", &bare);
    for (field, code) in [
        ("trader.name", "field_required"),
        ("trader.address", "field_required"),
        ("trader.tax_code", "tax_code_invalid"),
        ("place", "field_required"),
        ("day", "field_required"),
        ("lines[0].quantity", "number_out_of_range"),
    ] {
        assert!(
            said.contains(&(field.into(), code.into())),
            "{field} {said:?}"
        );
    }
}

#[test]
fn a_form_of_another_gate_or_of_another_trader_is_taken_with_its_message() {
    let office = TestOffice::new();
    let north = office.sign_in("officer", "HOANHMO", "Q1");
    released(&north, 1, &hoa(&north), &[cups("100")]);
    let desk = officer(&office);
    let saved = desk.ok("gathering_save", &list(1, &[taken(1, "30")]));
    assert_eq!(saved["violations"][0]["code"], "gathered_elsewhere");
    assert_eq!(
        saved["violations"][0]["basis"],
        "Circular 80/2019/TT-BTC art. 4(3)"
    );
    let mut other = list(2, &[taken(1, "30")]);
    other["trader"]["tax_code"] = json!("0100109106");
    other["trader"]["name"] = json!("Công ty Bình Minh");
    let saved = desk.ok("gathering_save", &other);
    let codes: Vec<_> = super::codes(&saved);
    assert_eq!(codes, ["gathered_elsewhere", "gathered_form_split"]);
    let doubtful = json!({"text": "0100109106"});
    assert_eq!(
        desk.ok("gathering_trader", &doubtful)["name"],
        "Công ty Bình Minh"
    );
    assert_eq!(left(&desk, 1), "40");
    verified(&office);
}

#[test]
fn the_tax_is_that_of_a_commercial_import_and_is_paid_before_the_goods_leave() {
    let office = TestOffice::new();
    let desk = officer(&office);
    // 3,000,000 VND: 1,000,000 above the quota, of which the resident has paid the tax.
    let person = hoa(&desk);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[cups("3000")]),
    );
    for done in [
        step("present"),
        json!({"step": "inspect", "finding": "conforms"}),
        step("confirm_tax"),
        json!({"step": "pay", "method": "bank", "document": "GNT-000001"}),
        step("release"),
    ] {
        desk.ok("declaration_step", &json!({"id": form_id(1), "step": done}));
    }
    let draft = desk.ok("gathering_save", &list(1, &[taken(1, "1500")]));
    // 1,500,000 VND: duty 22 % 330,000; VAT 8 % of 1,830,000 146,400. The resident paid 220,000
    // and 97,600 on the whole, half of it on half the goods.
    assert_eq!(dong(&draft["sums"]["value_vnd"]), 1_500_000);
    assert_eq!(dong(&draft["sums"]["duty_vnd"]), 330_000);
    assert_eq!(dong(&draft["sums"]["vat_vnd"]), 146_400);
    assert_eq!(dong(&draft["sums"]["total_vnd"]), 476_400);
    assert_eq!(dong(&draft["sums"]["paid_by_resident_vnd"]), 158_800);

    let take = |what: Value| desk.ok("gathering_step", &by(1, what))["stage"].take();
    let no = |what: Value| refusals(&desk, "gathering_step", &by(1, what));
    let pay = json!({"step": "pay", "method": "bank", "document": "GNT-77"});
    assert_eq!(no(step("release")), one("step", "gathering_not_filed"));
    assert_eq!(
        take(json!({"step": "file", "declaration": "106123456789"})),
        "filed"
    );
    assert_eq!(no(step("release")), one("step", "gathering_not_taxed"));
    assert_eq!(take(step("confirm_tax")), "taxed");
    assert_eq!(no(step("release")), one("step", "gathering_not_paid"));
    assert_eq!(
        no(json!({"step": "pay", "method": "cash", "document": " "})),
        one("document", "field_required")
    );
    assert_eq!(take(pay), "paid");
    let cancel = json!({"id": list_id(1), "reason": "trả lại hàng"});
    assert_eq!(desk.code("gathering_cancel", &cancel), "not_permitted");
    assert_eq!(take(step("release")), "released");
    assert_eq!(no(step("release")), one("step", "gathering_closed"));
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(
        refusals(&head, "gathering_cancel", &cancel),
        one("id", "gathering_closed")
    );
    assert_eq!(
        desk.code("gathering_save", &list(1, &[taken(1, "1")])),
        "stale"
    );
    assert_eq!(
        desk.ok("gathering_list", &json!({"gate": "MONGCAI"})),
        json!([])
    );
    let all = desk.ok(
        "gathering_list",
        &json!({"gate": "", "all": true, "text": "an phat"}),
    );
    assert_eq!(all[0]["total_vnd"], "476400");
    let file = desk.ok(
        "gathering_export",
        &json!({"id": list_id(1), "format": "xlsx"}),
    );
    assert_eq!(file["path"], "gathering-MONGCAI-2026-MG-Q1-000001.xlsx");
    verified(&office);
}

#[test]
fn a_form_on_a_list_is_locked_until_the_list_is_cancelled() {
    let office = TestOffice::new();
    let desk = officer(&office);
    released(&desk, 1, &hoa(&desk), &[cups("100")]);
    desk.ok("gathering_save", &list(1, &[taken(1, "100")]));
    desk.ok("gathering_step", &by(1, json!({"step": "file"})));
    let cancel = json!({"id": form_id(1), "reason": "nhập sai"});
    let refused = refusals(&desk, "declaration_cancel", &cancel);
    assert_eq!(refused[..1], one("id", "form_gathered"));
    let without = json!({"id": list_id(1), "reason": " "});
    assert_eq!(
        refusals(&desk, "gathering_cancel", &without),
        one("reason", "field_required")
    );
    let gone = json!({"id": list_id(1), "reason": "khai nhầm"});
    let cancelled = desk.ok("gathering_cancel", &gone);
    assert_eq!(
        (&cancelled["stage"], &cancelled["cancel_reason"]),
        (&json!("cancelled"), &json!("khai nhầm"))
    );
    assert_eq!(left(&desk, 1), "100", "the quantities are free again");
    assert_eq!(
        refusals(&desk, "declaration_cancel", &cancel),
        one("id", "already_released"),
        "nothing but the release stands in its way"
    );
    desk.ok("gathering_save", &list(2, &[taken(1, "100")]));
    office.reopen();
    let desk = officer(&office);
    assert_eq!(left(&desk, 1), "0");
    verified(&office);
}

/// The rows of a CSV file, cell by cell.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_list_as_a_file_has_each_line_and_their_sums() {
    let office = TestOffice::new();
    let desk = officer(&office);
    three_forms(&desk);
    let lines = [taken(1, "100"), taken(2, "50.5"), taken(3, "0.001")];
    desk.ok("gathering_save", &list(1, &lines));
    let mut file = std::io::Cursor::new(Vec::new());
    office.with_app(|app| {
        let call = Call {
            app,
            actor: office.officer("MONGCAI"),
            language: bm_api::Language::En,
        };
        let by = serde_json::from_value(json!({"id": list_id(1)})).expect("a request");
        let view = command::gathering_view(&call, by).expect("the list");
        let list = bm_api::router::Written::Gathering(&view);
        bm_host::export::write_to(list, "csv", bm_api::Language::En, &mut file).expect("written");
    });
    let rows = cells(&String::from_utf8(file.into_inner()).expect("UTF-8"));
    let head = rows
        .iter()
        .position(|row| row[0] == "Form")
        .expect("headings");
    let table = &rows[head..];
    assert_eq!(table.len(), 5, "headings, three lines, the sums");
    assert!(table.iter().all(|row| row.len() == table[0].len()));
    for (name, expected) in [
        // 100,000 + 50,500 + 1 VND at 22 % and 8 %.
        ("Value (VND)", 150_501),
        ("Duty (VND)", 22_000 + 11_110),
        ("VAT (VND)", 9_760 + 4_929),
        ("All taxes (VND)", 31_760 + 16_039),
    ] {
        let column = table[0].iter().position(|cell| cell == name).expect(name);
        let number = |row: &Vec<String>| row[column].parse::<i64>().expect("a number");
        let sum: i64 = table[1..4].iter().map(number).sum();
        assert_eq!((number(&table[4]), sum), (expected, expected), "{name}");
    }
}

#[test]
fn each_step_is_taken_by_those_it_was_given_to() {
    let office = TestOffice::new();
    let desk = officer(&office);
    released(&desk, 1, &hoa(&desk), &[cups("100")]);
    desk.ok("gathering_save", &list(1, &[taken(1, "100")]));
    let admin = office.sign_in("administrator", "", "Q1");
    let account = json!({"name": "officer", "display_name": "Thu", "role": "officer",
        "active": true, "duties": ["tax"]});
    admin.ok("account_save", &account);
    let desk = officer(&office);
    let file = by(1, json!({"step": "file"}));
    let other = one("step", "duty_not_assigned");
    assert_eq!(refusals(&desk, "gathering_step", &file), other);
    let save = list(2, &[taken(1, "1")]);
    assert_eq!(refusals(&desk, "gathering_save", &save), other);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok("gathering_step", &file);
    desk.ok("gathering_step", &by(1, step("confirm_tax")));
    let pay = json!({"step": "pay", "method": "cash", "document": "BL-1"});
    assert_eq!(
        refusals(&desk, "gathering_step", &by(1, pay.clone())),
        other
    );
    head.ok("gathering_step", &by(1, pay));
    assert_eq!(
        refusals(&desk, "gathering_step", &by(1, step("release"))),
        other
    );
    let out = json!({"plate": "14C-12345", "way": "out"});
    assert_eq!(refusals(&desk, "vehicle_cross", &out), other);
}

/// What a trader's day is made of: a list drawn up or changed (its number, who, what), or one
/// cancelled.
#[derive(Clone, Debug)]
enum Act {
    Save(u32, bool, Vec<(u32, u32, u32)>),
    File(u32),
    Cancel(u32),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let taken = prop::collection::vec((1..4_u32, 0..2_u32, 1..70_u32), 1..5);
    let save = (0..4_u32, any::<bool>(), taken).prop_map(|(n, who, what)| Act::Save(n, who, what));
    let act = prop_oneof![
        6 => save,
        1 => (0..4_u32).prop_map(Act::File),
        2 => (0..4_u32).prop_map(Act::Cancel),
    ];
    prop::collection::vec(act, 1..14)
}

/// What each line of each form has given, list by list.
type Given = std::collections::BTreeMap<u32, Vec<(u32, u32, u32)>>;

fn given(lists: &Given, form: u32, line: u32) -> u32 {
    let all = lists.values().flatten();
    let of_line = all.filter(|(f, l, _)| (*f, *l) == (form, line));
    of_line.map(|(_, _, quantity)| quantity).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn nothing_is_gathered_twice_whatever_is_drawn_up_changed_and_cancelled(acts in acts()) {
        let office = TestOffice::new();
        let desk = officer(&office);
        for (n, number) in [(1, "022185004321"), (2, "022185004322"), (3, "022185004323")] {
            let person = enter(&desk, &someone(number, &format!("Nguyễn Thị Hoa {n}")));
            released(&desk, n, &person, &[cups("100"), cups("50")]);
        }
        let mut lists = Given::new();
        // What was last entered under each number stays so, also of a list that was cancelled.
        let mut entered = std::collections::BTreeMap::new();
        let mut closed = std::collections::BTreeSet::new();
        for act in acts {
            match act {
                Act::Save(n, second, what) => {
                    let lines: Vec<_> = what
                        .iter()
                        .map(|(f, l, q)| json!({"form": form_id(*f), "line": l, "quantity": q.to_string()}))
                        .collect();
                    let mut asked = list(n, &lines);
                    if second {
                        asked["trader"]["tax_code"] = json!("0100109106");
                    }
                    let mut then = lists.clone();
                    then.insert(n, what);
                    let fits = (1..4).all(|f| given(&then, f, 0) <= 100 && given(&then, f, 1) <= 50);
                    let content = (second, then[&n].clone());
                    let same = entered.get(&n) == Some(&content);
                    let expected = match (closed.contains(&n), fits) {
                        (true, _) if same => "ok",
                        (true, _) => "stale",
                        (false, true) => "ok",
                        (false, false) => "refused",
                    };
                    prop_assert_eq!(desk.code("gathering_save", &asked), expected);
                    if !closed.contains(&n) && fits {
                        lists = then;
                        entered.insert(n, content);
                    }
                }
                Act::File(n) => {
                    let code = desk.code("gathering_step", &by(n, json!({"step": "file"})));
                    prop_assert_eq!(code == "ok", lists.contains_key(&n) && closed.insert(n));
                }
                Act::Cancel(n) => {
                    let cancel = json!({"id": list_id(n), "reason": "khai nhầm"});
                    let code = desk.code("gathering_cancel", &cancel);
                    prop_assert_eq!(code == "ok", lists.remove(&n).is_some());
                    if code == "ok" {
                        closed.insert(n);
                    }
                }
            }
        }
        office.reopen();
        let desk = officer(&office);
        for form in 1..4 {
            let shown = desk.ok("gathering_form", &json!({"text": form_id(form)}));
            for (line, imported) in [(0, 100), (1, 50)] {
                let left = (imported - given(&lists, form, line)).to_string();
                prop_assert_eq!(shown["lines"][line as usize]["left"].as_str(), Some(left.as_str()));
            }
        }
        prop_assert_eq!(office.verify().differences, [""; 0]);
    }
}
