//! The match of a gate's day: eight planted differences, each named and settled, and the close.

use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_domain::BusinessDay;
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::cash::{clean, count, open, pay, to_pay};
use super::corrections::{correction, refused, step, take, view};
use super::{apples, enter, purchase, sale, someone};

pub(super) const DAY: &str = "2026-11-24";

/// Someone of that number among the test's people.
pub(super) fn person(desk: &Desk<'_>, n: u32) -> String {
    let number = format!("022185{:06}", 500_000 + n);
    enter(desk, &someone(&number, &format!("Chìu Văn Bảy {n}")))
}

/// Registers a form and tells its number.
pub(super) fn register(desk: &Desk<'_>, form: &Value) -> String {
    let answer = desk.ok("declaration_register", form);
    assert_eq!(answer["status"], "registered", "{answer}");
    answer["number"].as_str().expect("a number").to_owned()
}

pub(super) fn day(desk: &Desk<'_>, gate: &str) -> Value {
    desk.ok("reconciliation_view", &json!({"gate": gate, "day": DAY}))
}

/// Kinds of the differences of a day that nothing settles yet, in their order.
pub(super) fn open_kinds(day: &Value) -> Vec<String> {
    let all = day["differences"].as_array().expect("differences").iter();
    let open = all.filter(|one| one["state"] != "settled");
    open.map(|one| one["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

pub(super) fn find<'a>(day: &'a Value, kind: &str) -> &'a Value {
    let mut all = day["differences"].as_array().expect("differences").iter();
    let found = all.find(|one| one["kind"] == kind && one["state"] != "settled");
    found.unwrap_or_else(|| panic!("no open {kind} in {day}"))
}

pub(super) fn passages(rows: &[(&str, &str, &str)]) -> String {
    let head = "gate,date,time,direction,form,paper\n".to_owned();
    rows.iter().fold(head, |text, (time, way, form)| {
        text + &format!("MONGCAI,{DAY},{time},{way},{form},\n")
    })
}

pub(super) fn import(text: &str, reason: &str) -> Value {
    json!({"gate": "MONGCAI", "day": DAY, "counter": "Trạm biên phòng", "name": "dem.csv",
        "text": text, "reason": reason, "take": true})
}

fn settle(desk: &Desk<'_>, of: &Value, way: &str) -> Value {
    let request = json!({"gate": "MONGCAI", "day": DAY, "key": of["key"], "way": way,
        "reason": "Đã kiểm tra tại chỗ"});
    desk.ok("difference_settle", &request)
}

/// A second drawer of the day whose count is short by 50,000.
fn short_drawer(desk: &Desk<'_>) {
    let drawer = open(desk, 500_000);
    desk.ok("cash_close", &count(&drawer, 450_000, "Trả nhầm tiền thừa"));
}

/// Two forms paid with leaves of a pre-printed book, the one between them missing.
fn two_leaves(desk: &Desk<'_>) {
    let drawer = open(desk, 500_000);
    let mut taken = 0;
    for (n, leaf) in [(9, "AB/26P 0000101"), (10, "AB/26P 0000103")] {
        taken += to_pay(desk, n, 3_000_000);
        let mut paid = pay();
        paid["document"] = json!(leaf);
        take(desk, n, paid);
        take(desk, n, step("release"));
    }
    desk.ok("cash_close", &count(&drawer, 500_000 + taken, ""));
    let slip = json!({"id": drawer["id"], "day": DAY, "slip": "KB 1",
        "amount_vnd": taken.to_string()});
    desk.ok("cash_hand_over", &slip);
}

/// What the barrier wrote down from that hour on, a form a minute.
fn counted(numbers: &[String], hour: u32) -> String {
    let seen = [1, 2, 3, 5, 6, 9, 10];
    let head = "gate,date,time,direction,form\n".to_owned();
    seen.iter().fold(head, |text, n| {
        let way = if *n == 3 { "export" } else { "import" };
        text + &format!("MONGCAI,{DAY},{hour:02}:{n:02},{way},{}\n", numbers[*n])
    })
}

/// A day of Móng Cái with everything in it that can go wrong. Tells the numbers of its forms, by
/// their place in the test.
fn planted(office: &TestOffice) -> Vec<String> {
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    let mut numbers = vec![String::new(); 11];
    for n in [1, 2, 5, 7, 8] {
        let form = purchase(n, &person(&desk, n), &[apples(500_000)]);
        numbers[n as usize] = register(&desk, &form);
    }
    let twice = person(&desk, 3);
    for n in [3, 4] {
        numbers[n as usize] = register(&desk, &sale(n, &twice, &[apples(80_000)]));
    }
    for n in [1, 3, 7] {
        take(&desk, n, step("release"));
    }
    two_leaves(&desk);
    short_drawer(&desk);
    for n in [9, 10] {
        numbers[n as usize] = view(&desk, n)["answer"]["number"]
            .as_str()
            .expect("a number")
            .to_owned();
    }
    let there = office.sign_in("officer", "MONGCAI2", "Q1");
    let other = person(&there, 6);
    numbers[6] = register(&there, &purchase(6, &other, &[apples(500_000)]));
    take(&there, 6, step("release"));
    desk.ok("barrier_import", &import(&counted(&numbers, 9), ""));
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(5), "reason": "nhập sai"}),
    );
    office.clock.set("2026-11-25 08:00");
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    take(&desk, 8, step("release"));
    numbers
}

#[test]
fn eight_planted_differences_are_named_and_settled_and_the_day_closed() {
    let office = TestOffice::new();
    let numbers = planted(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let found = day(&head, "MONGCAI");
    assert_eq!(found["state"], "differs");
    let mut kinds = open_kinds(&found);
    kinds.sort();
    assert_eq!(
        kinds,
        [
            "cancelled_counted",
            "cash_short",
            "doubled_form",
            "late_form",
            "missing_receipt",
            "uncounted_person",
            "unreleased_form",
            "wrong_gate",
        ]
    );
    // Each names what stands behind it.
    let named = |kind: &str| find(&found, kind)["forms"][0]["number"].clone();
    for (kind, n) in [
        ("unreleased_form", 2),
        ("doubled_form", 3),
        ("cancelled_counted", 5),
        ("wrong_gate", 6),
        ("uncounted_person", 7),
        ("late_form", 8),
    ] {
        assert_eq!(named(kind), numbers[n], "{kind}");
    }
    assert_eq!(
        find(&found, "doubled_form")["forms"][1]["number"],
        numbers[4]
    );
    assert_eq!(
        find(&found, "uncounted_person")["forms"][0]["person_name"],
        "Chìu Văn Bảy 7"
    );
    let receipt = find(&found, "missing_receipt");
    assert_eq!(receipt["receipts"][0], "AB/26P 0000102");
    assert_eq!(receipt["basis"], "Circular 80/2019/TT-BTC art. 6(5)");
    assert_eq!(
        find(&found, "cash_short")["session"]["cashier"],
        "Account of officer"
    );

    // Those the facts settle: released, cancelled, acknowledged.
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    take(&desk, 2, step("release"));
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(4), "reason": "lập trùng"}),
    );
    let drawer = find(&found, "cash_short")["session"]["id"].clone();
    head.ok("cash_acknowledge", &json!({"id": drawer}));
    let found = day(&head, "MONGCAI");
    let mut kinds = open_kinds(&found);
    kinds.sort();
    // What was released today is late as well now.
    assert_eq!(
        kinds,
        [
            "cancelled_counted",
            "late_form",
            "late_form",
            "missing_receipt",
            "uncounted_person",
            "wrong_gate",
        ]
    );

    // Those an entry settles.
    for (kind, way) in [
        ("cancelled_counted", "refer"),
        ("late_form", "cumulative"),
        ("late_form", "cumulative"),
        ("uncounted_person", "explain"),
        ("wrong_gate", "transfer"),
    ] {
        settle(&head, find(&day(&head, "MONGCAI"), kind), way);
    }
    let spoiled = settle(
        &head,
        find(&day(&head, "MONGCAI"), "missing_receipt"),
        "spoiled",
    );
    let waiting = find(&spoiled, "missing_receipt");
    assert_eq!(waiting["state"], "pending", "the rule asks for two");
    let close = json!({"gate": "MONGCAI", "day": DAY});
    let against = refused(&head, "day_close", &close);
    assert_eq!(
        against,
        ["day_has_differences", "day_has_pending_settlements"]
    );
    let answer = json!({"id": waiting["settlement"]["id"], "confirm": true});
    assert_eq!(
        refused(&head, "settlement_answer", &answer),
        ["own_settlement"]
    );
    let settled = desk.ok("settlement_answer", &answer);
    assert_eq!(open_kinds(&settled), Vec::<String>::new());
    assert_eq!(settled["state"], "settled");

    let closed = head.ok("day_close", &close);
    assert_eq!(closed["closed"], true);
    let shown = day(&head, "MONGCAI");
    assert_eq!(shown["state"], "closed");
    assert_eq!(shown["closed"]["digest"], closed["digest"]);
    assert_eq!(closed["digest"].as_str().map(str::len), Some(64));
    // The settlement at one gate moved the passage to the other.
    let other = day(&head, "MONGCAI2");
    assert_eq!(open_kinds(&other), Vec::<String>::new());
    assert_eq!(other["differences"][0]["state"], "settled");
    clean(&office);

    // Afterwards nothing but corrections, which point to the day.
    let late = import(&passages(&[("10:00", "import", &numbers[7])]), "bổ sung");
    assert_eq!(refused(&head, "barrier_import", &late), ["day_closed"]);
    let again = json!({"gate": "MONGCAI", "day": DAY, "key": "x", "way": "explain", "reason": "x"});
    assert_eq!(refused(&head, "difference_settle", &again), ["day_closed"]);
    desk.ok("correction_make", &correction(1, "return", &[]));
    let shown = day(&head, "MONGCAI");
    assert_eq!(shown["closed"]["corrections"][0]["number"], numbers[1]);
    assert_eq!(shown["forms"]["import"]["released"], 6, "as it was closed");
    clean(&office);
}

#[test]
fn a_settlement_covers_its_difference_only_while_the_facts_stay() {
    let office = TestOffice::new();
    planted(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let found = day(&head, "MONGCAI");
    let unseen = find(&found, "uncounted_person").clone();
    settle(&head, &unseen, "explain");
    assert!(!open_kinds(&day(&head, "MONGCAI")).contains(&"uncounted_person".to_owned()));
    // The same person turns out to have another form that nobody saw.
    let taken = json!({"gate": "MONGCAI", "day": DAY, "key": unseen["key"], "way": "explain",
        "reason": "again"});
    assert_eq!(
        refused(&head, "difference_settle", &taken),
        ["difference_settled"]
    );
    office.clock.set("2026-11-25 08:05");
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    let amend = correction(7, "amend", &[apples(600_000)]);
    let proposal = desk.ok("correction_make", &amend)["proposal"].clone();
    head.ok(
        "correction_decide",
        &json!({"id": proposal, "approve": true}),
    );
    // An amendment of other goods is no other fact of the count.
    assert!(!open_kinds(&day(&head, "MONGCAI")).contains(&"uncounted_person".to_owned()));
    let more = person(&desk, 70);
    let mut form = sale(70, &more, &[apples(90_000)]);
    form["at"] = json!("2026-11-24T16:00:00+07:00");
    register(&desk, &form);
    take(&desk, 70, step("release"));
    let found = day(&head, "MONGCAI");
    assert_eq!(find(&found, "late_form")["state"], "open");
    let unknown = json!({"gate": "MONGCAI", "day": DAY, "key": "wrong_gate/import/none",
        "way": "transfer", "reason": "x"});
    assert_eq!(
        refused(&head, "difference_settle", &unknown),
        ["difference_gone"]
    );
    let late = find(&found, "late_form")["key"].clone();
    let not_so = json!({"gate": "MONGCAI", "day": DAY, "key": late, "way": "explain",
        "reason": "x"});
    assert_eq!(
        refused(&head, "difference_settle", &not_so),
        ["way_not_offered"]
    );
    clean(&office);
}

#[test]
fn who_made_it_does_not_settle_it_alone_and_officers_not_among_themselves() {
    let office = TestOffice::new();
    let numbers = planted(&office);
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    head.ok(
        "barrier_import",
        &import(&counted(&numbers, 10), "giờ ghi sai"),
    );
    // The officer registered the form: the settlement waits, and the officer can't confirm it.
    let late = find(&day(&desk, "MONGCAI"), "late_form").clone();
    assert_eq!(late["needs_second"], true);
    let waits = settle(&desk, &late, "cumulative");
    let waits = find(&waits, "late_form");
    assert_eq!(
        (&waits["state"], &waits["settlement"]["own"]),
        (&json!("pending"), &json!(true))
    );
    let answer = json!({"id": waits["settlement"]["id"], "confirm": true});
    assert_eq!(
        refused(&desk, "settlement_answer", &answer),
        ["own_settlement"]
    );
    // The supervisor entered the count, the officer the form: neither of both is a third.
    let unseen = find(&day(&desk, "MONGCAI"), "uncounted_person").clone();
    let both = settle(&desk, &unseen, "explain");
    let both = json!({"id": find(&both, "uncounted_person")["settlement"]["id"], "confirm": true});
    assert_eq!(refused(&head, "settlement_answer", &both), ["both_made_it"]);
    head.ok("settlement_answer", &answer);
    assert_eq!(head.code("settlement_answer", &answer), "stale");
    let no = json!({"id": both["id"], "confirm": false});
    assert_eq!(refused(&head, "settlement_answer", &no), ["field_required"]);
    let no = json!({"id": both["id"], "confirm": false, "reason": "chưa rõ"});
    head.ok("settlement_answer", &no);
    assert_eq!(
        find(&day(&head, "MONGCAI"), "uncounted_person")["state"],
        "open"
    );
    for role in ["branch", "auditor"] {
        let other = office.sign_in(role, "MONGCAI", "B1");
        let try_it = json!({"gate": "MONGCAI", "day": DAY, "key": "x", "way": "explain",
            "reason": "x"});
        assert_eq!(other.code("difference_settle", &try_it), "not_permitted");
    }
    clean(&office);
}

/// The office asks for two at the close.
fn close_by_two(office: &TestOffice) {
    office.with_app(|app| {
        let day: BusinessDay = DAY.parse().expect("a day");
        let held = app.read(|reader| app.law_book(reader)).expect("the law");
        let mut rule = held.1.on(day).reconcile();
        rule.close_needs_second = true;
        rule.count_required = true;
        let saved = app.save_law(&operator("test"), &[LawRow::Reconcile(rule)], "test");
        saved.expect("a rule");
    });
}

#[test]
fn a_close_by_two_is_confirmed_by_another() {
    let office = TestOffice::new();
    close_by_two(&office);
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let form = purchase(1, &person(&desk, 1), &[apples(500_000)]);
    register(&desk, &form);
    let close = json!({"gate": "MONGCAI", "day": DAY});
    let error = head.error("day_close", &close);
    let codes = error["violations"].as_array().expect("why").iter();
    let codes: Vec<_> = codes
        .map(|one| one["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes, ["day_has_open_forms", "day_has_differences"]);
    let message = error["violations"][1]["message"].as_str().expect("words");
    assert!(message.contains("No count from the barrier"), "{message}");
    take(&desk, 1, step("release"));
    let typed = json!({"gate": "MONGCAI", "day": DAY, "counter": "Trạm 1",
        "import": {"persons": "1", "forms": "1"}, "export": {"persons": "0", "forms": "0"}});
    let counted = desk.ok("barrier_save", &typed);
    assert_eq!(open_kinds(&counted), Vec::<String>::new());

    assert_eq!(head.ok("day_close", &close)["closed"], false);
    assert_eq!(refused(&head, "day_close", &close), ["close_pending"]);
    let waiting = day(&head, "MONGCAI")["closing"].clone();
    assert_eq!(waiting["own"], true);
    let answer = json!({"id": waiting["id"], "confirm": true});
    let error = head.error("day_close_answer", &answer);
    let said = error["violations"][0]["message"]
        .as_str()
        .expect("a sentence");
    assert_eq!(
        said,
        "Who proposed the close may not confirm it; a second person signs in and confirms."
    );
    // Meanwhile something of the day opens: the confirmation is refused.
    let form = purchase(2, &person(&desk, 2), &[apples(500_000)]);
    register(&desk, &form);
    assert_eq!(
        refused(&desk, "day_close_answer", &answer),
        ["day_has_open_forms"]
    );
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(2), "reason": "nhập sai"}),
    );
    let closed = desk.ok("day_close_answer", &answer);
    assert_eq!(closed["closed"], true);
    let shown = day(&head, "MONGCAI");
    assert_eq!(shown["closed"]["proposed"]["name"], "Account of supervisor");
    assert_eq!(shown["closed"]["closed"]["name"], "Account of officer");
    assert_eq!(head.code("day_close_answer", &answer), "stale");
    clean(&office);
}

#[test]
fn officers_may_propose_a_close_where_two_are_asked_for_and_not_decide_it_among_themselves() {
    let office = TestOffice::new();
    close_by_two(&office);
    let desk = office.sign_in("officer", "MONGCAI", "Q1");
    let typed = json!({"gate": "MONGCAI", "day": DAY, "counter": "Trạm 1",
        "import": {"persons": "0", "forms": "0"}, "export": {"persons": "0", "forms": "0"}});
    desk.ok("barrier_save", &typed);
    let close = json!({"gate": "MONGCAI", "day": DAY});
    assert_eq!(desk.ok("day_close", &close)["closed"], false);
    let id = day(&desk, "MONGCAI")["closing"]["id"].clone();
    let no = json!({"id": id, "confirm": false, "reason": "còn khách"});
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    assert_eq!(head.ok("day_close_answer", &no)["closed"], false);
    assert_eq!(day(&desk, "MONGCAI")["closing"], Value::Null);
    desk.ok("day_close", &close);
    let id = day(&desk, "MONGCAI")["closing"]["id"].clone();
    let yes = json!({"id": id, "confirm": true});
    assert_eq!(head.ok("day_close_answer", &yes)["closed"], true);
    clean(&office);
}

#[test]
fn a_period_rolls_gates_up_to_their_parent_office_and_region() {
    let office = TestOffice::new();
    planted(&office);
    let branch = office.sign_in("branch", "MONGCAI", "B1");
    let view = branch.ok(
        "reconciliation_period",
        &json!({"from": DAY, "to": "2026-11-25"}),
    );
    let group = |level: &str, code: &str| {
        let mut all = view["groups"].as_array().expect("groups").iter();
        let found = all.find(|one| one["level"] == level && one["code"] == code);
        found
            .unwrap_or_else(|| panic!("{level} {code}: {view}"))
            .clone()
    };
    let own = group("gate", "MONGCAI")["figures"]["registered"].as_i64();
    let second = group("gate", "MONGCAI2")["figures"]["registered"].as_i64();
    assert_eq!((own, second), (Some(9), Some(1)));
    for (level, code) in [
        ("parent", "MONGCAI"),
        ("office", "20BB"),
        ("region", "VIII"),
    ] {
        let group = group(level, code);
        assert_eq!(group["figures"]["registered"], 10, "{level}");
        assert_eq!(group["state"], "differs");
    }
    assert_eq!(
        group("office", "20BB")["name"],
        "Hải quan cửa khẩu quốc tế Móng Cái"
    );
    assert_eq!(view["total"]["registered"], 10);
    let one = branch.ok(
        "reconciliation_period",
        &json!({"gates": ["HOANHMO"], "from": DAY, "to": DAY}),
    );
    assert_eq!(one["days"], json!([]), "nothing was there");
    let ask = |from: &str, to: &str, gate: &str| {
        let of = json!({"gates": [gate], "from": from, "to": to});
        branch.code("reconciliation_period", &of)
    };
    assert_eq!(ask("2026-11-25", DAY, "MONGCAI"), "bad_request");
    assert_eq!(ask("2024-11-25", DAY, "MONGCAI"), "bad_request");
    assert_eq!(ask(DAY, DAY, "NOWHERE"), "not_found");
}
