//! Breaches from the attempt to the decision, and patterns worth a look.

use bm_api::session::operator;
use bm_app::breach::{BreachFilter, breaches};
use bm_app::event::Event;
use bm_app::law::LawRow;
use bm_app::ports::{Status, Writer};
use bm_app::{Actor, App};
use bm_domain::breach::{PatternKind, PatternRule};
use bm_domain::{PersonId, Validity, Vnd};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::{refused, step, take};
use super::{apples, enter, hoa, line, officer, purchase, someone};

/// A supervisor at Móng Cái, who made none of the forms.
fn supervisor(office: &TestOffice) -> Desk<'_> {
    office.sign_in("supervisor", "MONGCAI", "VP")
}

/// The rows of the queue.
fn queue(desk: &Desk<'_>) -> Vec<Value> {
    let list = desk.ok("breach_list", &json!({}));
    list["rows"].as_array().expect("rows").clone()
}

/// Kind, gravity and state of each row, the newest first.
fn told(rows: &[Value]) -> Vec<String> {
    let word = |row: &Value, name: &str| row[name].as_str().expect("a word").to_owned();
    let one = |row: &Value| {
        let words = ["kind", "gravity", "state"].map(|name| word(row, name));
        words.join(" ")
    };
    rows.iter().map(one).collect()
}

fn open(desk: &Desk<'_>, row: &Value) -> Value {
    desk.ok("breach_view", &json!({"id": row["id"]}))
}

/// A figure of an entry as it is read.
fn fact(view: &Value, name: &str) -> String {
    let facts = view["facts"].as_array().expect("facts").iter();
    let mut named = facts.filter(|fact| fact["name"] == name);
    let fact = named.next().unwrap_or_else(|| panic!("{name} in {view}"));
    fact["text"].as_str().expect("a text").to_owned()
}

fn decision(row: &Value, state: &str, reason: &str) -> Value {
    json!({"id": row["id"], "state": state, "reason": reason})
}

fn register(desk: &Desk<'_>, n: u32, person: &str, lines: &[Value]) -> Value {
    desk.ok("declaration_register", &purchase(n, person, lines))
}

/// So many kilograms of apples: nobody carries the same.
fn kilos(n: u32) -> [Value; 1] {
    [line("08081000", &n.to_string(), "kg", "30000")]
}

/// So many people of Hoành Mô.
fn crowd(desk: &Desk<'_>, phones: &[&str]) -> Vec<String> {
    let one = |(n, phone): (usize, &&str)| {
        let mut person = someone(&format!("0221850{:05}", 10_000 + n), &format!("Lý Văn {n}"));
        person["phone"] = json!(phone);
        person["address"] = json!(format!("Số {n}, thôn 1, Hoành Mô"));
        enter(desk, &person)
    };
    phones.iter().enumerate().map(one).collect()
}

fn watch(app: &App, rule: PatternRule) {
    app.save_law(&operator("test"), &[LawRow::Pattern(rule)], "test")
        .expect("saved");
}

fn scan(desk: &Desk<'_>, gate: &str, day: &str) -> (u64, u64, u64) {
    let done = desk.ok("breach_scan", &json!({"gate": gate, "day": day}));
    let count = |name: &str| done[name].as_u64().expect("a count");
    (count("opened"), count("grown"), count("known"))
}

#[test]
fn goods_off_the_list_tried_five_times_are_one_entry_that_is_decided_by_another() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let plastic = || [line("3926.90.99", "1", "kg", "60000")];
    let preview = desk.ok("declaration_preview", &purchase(1, &person, &plastic()));
    assert_eq!(preview["breaches"], json!(["off_list"]));
    for n in 1..=5 {
        office.clock.set(&format!("2026-11-24 08:0{n}"));
        assert_eq!(register(&desk, n, &person, &plastic())["status"], "refused");
    }
    // The same form sent again is answered as the first time, and counts for nothing.
    register(&desk, 5, &person, &plastic());
    let chief = supervisor(&office);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["off_list attempt open"]);
    assert_eq!(rows[0]["attempts"], 5);
    assert_eq!(rows[0]["who"], "Nguyễn Thị Hoa");
    let view = open(&chief, &rows[0]);
    assert_eq!(fact(&view, "matter"), "39269099");
    assert_eq!(fact(&view, "value"), "60,000");
    assert_eq!(view["basis"], "Circular 80/2019/TT-BTC art. 6(3)");
    assert_eq!(view["forms"].as_array().map(Vec::len), Some(5));
    assert_eq!(view["people"][0]["papers"][0]["number"], "••••••••4321");

    // An officer reads no breaches; a supervisor who made the form does not decide on it.
    assert_eq!(desk.code("breach_list", &json!({})), "not_permitted");
    let waive = decision(&rows[0], "waived", "nhầm mã");
    assert_eq!(desk.code("breach_decide", &waive), "not_permitted");
    let unsaid = decision(&rows[0], "waived", " ");
    assert_eq!(
        refused(&chief, "breach_decide", &unsaid),
        ["field_required"]
    );
    let to = |name: &str| json!({"id": rows[0]["id"], "to": name});
    assert_eq!(
        refused(&chief, "breach_assign", &to("officer")),
        ["breach_assignee"]
    );
    assert_eq!(view["deciders"].as_array().map(Vec::len), Some(1));
    chief.ok("breach_assign", &to("supervisor"));
    assert_eq!(queue(&chief)[0]["assigned_name"], "Account of supervisor");
    chief.ok("breach_decide", &waive);
    assert_eq!(refused(&chief, "breach_decide", &waive), ["breach_decided"]);
    let view = open(&chief, &rows[0]);
    let acts = view["acts"].as_array().expect("acts");
    assert_eq!(acts[0]["to"], "Account of supervisor");
    assert_eq!(
        (&acts[1]["state"], &acts[1]["reason"]),
        (&json!("waived"), &json!("nhầm mã"))
    );
    assert_eq!(view["row"]["attempts"], 5, "the figures stay");

    // Tried again after the decision it is a new entry.
    register(&desk, 6, &person, &plastic());
    assert_eq!(
        told(&queue(&chief)),
        ["off_list attempt open", "off_list attempt waived"]
    );
    let list = chief.ok("breach_list", &json!({"state": "open", "kind": "off_list"}));
    assert_eq!(list["total"], 1);
    let both = json!([{"kind": "off_list", "state": "open", "count": 1},
        {"kind": "off_list", "state": "waived", "count": 1}]);
    assert_eq!(list["counts"], both);
    let elsewhere = chief.ok("breach_list", &json!({"gate": "HOANHMO"}));
    assert_eq!(
        (&elsewhere["total"], &elsewhere["counts"]),
        (&json!(0), &json!([]))
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn four_eyes_hold_for_a_supervisor_who_registered_the_form() {
    let office = TestOffice::new();
    let chief = supervisor(&office);
    let person = hoa(&chief);
    register(&chief, 1, &person, &[apples(300_000)]);
    register(&chief, 2, &person, &[apples(300_000)]);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["second_trip notice open"]);
    assert_eq!(rows[0]["is_own"], true);
    let uphold = decision(&rows[0], "upheld", "tách chuyến");
    assert_eq!(refused(&chief, "breach_decide", &uphold), ["own_breach"]);
    let to = json!({"id": rows[0]["id"], "to": "supervisor"});
    assert_eq!(refused(&chief, "breach_assign", &to), ["own_breach"]);
    let view = open(&chief, &rows[0]);
    assert_eq!(view["deciders"], json!([]));
    assert_eq!(fact(&view, "used_today"), "300,000");
    assert_eq!(fact(&view, "limit"), "2,000,000");
    office.with_app(|app| {
        let other = Actor {
            user: "bich".into(),
            ..operator("bich")
        };
        let id = rows[0]["id"]
            .as_str()
            .expect("an id")
            .parse()
            .expect("a UUID");
        let state = bm_domain::breach::BreachState::Referred;
        app.decide_breach(&other, id, state, "gửi Chi cục")
            .expect("decided");
    });
    assert_eq!(told(&queue(&chief)), ["second_trip notice referred"]);
    assert_eq!(chief.ok("overview", &json!({}))["breaches_referred"], 1);
}

#[test]
fn the_fifth_trip_is_a_notice_and_the_fourth_is_none() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    for n in 1..=4 {
        office.clock.set(&format!("2026-11-{:02} 08:00", 15 + n));
        register(&officer(&office), n, &person, &[apples(300_000)]);
    }
    office.clock.set("2026-11-24 08:00");
    assert_eq!(queue(&supervisor(&office)), Vec::<Value>::new());
    register(&officer(&office), 5, &person, &[apples(100_000)]);
    let chief = supervisor(&office);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["fifth_trip notice open"]);
    let view = open(&chief, &rows[0]);
    assert_eq!(view["basis"], "Decree 134/2016/ND-CP app. V");
    assert_eq!(
        (fact(&view, "trips"), fact(&view, "trips_limit")),
        ("4".into(), "4".into())
    );
    assert_eq!(view["forms"][0]["id"], form_id(5));
    // The figures are frozen: what becomes of the form later does not change them.
    let cancel = json!({"id": form_id(5), "reason": "hàng không về"});
    officer(&office).ok("declaration_cancel", &cancel);
    let view = open(&chief, &rows[0]);
    assert_eq!(fact(&view, "value"), "100,000");
    assert_eq!(view["forms"][0]["status"], "cancelled");
}

#[test]
fn an_excess_with_its_tax_is_lawful_until_it_is_many_times_the_limit() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(3_000_000)]);
    let chief = supervisor(&office);
    assert_eq!(queue(&chief), Vec::<Value>::new(), "taxed on the form");
    let other = enter(&desk, &someone("022185004322", "Lý Thị Sáu"));
    register(&desk, 2, &other, &[apples(5_000_000)]);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["over_quota notice open"]);
    let view = open(&chief, &rows[0]);
    assert_eq!(
        (fact(&view, "excess"), fact(&view, "due")),
        ("3,000,000".into(), "150,000".into())
    );
    // The share is dated data: an office may want to see every excess.
    office.with_app(|app| {
        watch(
            app,
            PatternRule {
                pattern: PatternKind::LargeExcess,
                enabled: true,
                threshold: 1,
                window_minutes: 0,
                share_percent: 100,
                validity: Validity::since("2026-11-24".parse().expect("a day")),
                basis: "Đội giám sát".into(),
            },
        );
    });
    let third = enter(&desk, &someone("022185004323", "Lý Thị Bảy"));
    register(&desk, 3, &third, &[apples(2_000_001)]);
    assert_eq!(queue(&chief).len(), 2);
    assert_eq!(open(&chief, &queue(&chief)[0])["basis"], "Đội giám sát");
}

#[test]
fn an_excess_found_after_the_goods_had_left_is_short_of_its_tax() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(1_500_000)]);
    take(&desk, 1, step("release"));
    let more = json!({"id": form_id(1), "kind": "amend", "reason": "đếm lại",
        "lines": [apples(2_600_000)]});
    let asked = desk.ok("correction_make", &more);
    let chief = supervisor(&office);
    assert_eq!(
        queue(&chief),
        Vec::<Value>::new(),
        "it waits for the second person"
    );
    chief.ok(
        "correction_decide",
        &json!({"id": asked["proposal"], "approve": true}),
    );
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["over_quota breach open"]);
    let view = open(&chief, &rows[0]);
    assert_eq!(
        (fact(&view, "excess_before"), fact(&view, "open")),
        ("0".into(), "30,000".into())
    );
    let uphold = decision(&rows[0], "upheld", "thiếu thuế");
    assert_eq!(
        refused(&chief, "breach_decide", &uphold),
        ["own_breach"],
        "whoever approved the correction does not decide"
    );
}

#[test]
fn someone_of_no_border_commune_and_a_week_without_a_rate_are_attempts() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut stranger = someone("001185004321", "Trần Thị Hà");
    stranger["commune"] = json!("00001");
    let person = enter(&desk, &stranger);
    register(&desk, 1, &person, &[apples(300_000)]);
    let chief = supervisor(&office);
    assert_eq!(told(&queue(&chief)), ["ineligible attempt open"]);
    let view = open(&chief, &queue(&chief)[0]);
    assert_eq!(fact(&view, "matter"), "00001");
    assert_eq!(view["basis"], "Decree 14/2018/ND-CP art. 3(3)");

    office.clock.set("2026-12-07 08:00");
    let desk = officer(&office);
    let mut in_yuan = apples(7);
    in_yuan["currency"] = json!("CNY");
    let other = hoa(&desk);
    register(&desk, 2, &other, std::slice::from_ref(&in_yuan));
    let third = enter(&desk, &someone("022185004399", "Lý Thị Ba"));
    register(&desk, 3, &third, &[in_yuan]);
    let chief = supervisor(&office);
    let rows = queue(&chief);
    // Two people met the same missing rate: it is the office's matter, and one entry.
    assert_eq!(told(&rows)[0], "expired_rate attempt open");
    assert_eq!((&rows[0]["attempts"], rows.len()), (&json!(2), 2));
    assert_eq!(fact(&open(&chief, &rows[0]), "matter"), "CNY");
}

#[test]
fn a_paper_of_another_and_a_namesake_are_one_person_under_two_papers() {
    let office = TestOffice::new();
    let desk = officer(&office);
    hoa(&desk);
    // Her card for somebody else: refused, and on record.
    let mut other = someone("022185004321", "Lý Thị Sáu");
    assert_eq!(
        refused(&desk, "person_save", &other),
        ["possible_duplicate"]
    );
    let chief = supervisor(&office);
    assert_eq!(told(&queue(&chief)), ["two_papers attempt open"]);
    let view = open(&chief, &queue(&chief)[0]);
    assert_eq!(
        (fact(&view, "paper"), fact(&view, "other_name")),
        ("••••••••4321".into(), "Lý Thị Sáu".into())
    );

    // Her name and birth with a border pass: asked first, then taken with a look by another.
    other["name"] = json!("Nguyễn Thị Hoa");
    other["papers"] = json!([{"kind": "border_pass", "number": "QN1234567"}]);
    assert_eq!(refused(&desk, "person_save", &other), ["namesake"]);
    assert_eq!(queue(&chief).len(), 1, "asked is not done");
    other["is_another"] = json!(true);
    desk.ok("person_save", &other);
    let rows = queue(&chief);
    assert_eq!(told(&rows)[0], "two_papers notice open");
    assert_eq!(
        open(&chief, &rows[0])["people"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn a_late_step_and_a_limit_that_ran_out_are_one_missed_deadline() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(300_000)]);
    // Two working hours from eight o'clock.
    office.clock.set("2026-11-24 10:00");
    assert_eq!(
        scan(&supervisor(&office), "MONGCAI", "2026-11-24"),
        (0, 0, 0)
    );
    office.clock.set("2026-11-24 10:05");
    let late = supervisor(&office);
    assert_eq!(scan(&late, "MONGCAI", "2026-11-24"), (1, 0, 0));
    assert_eq!(
        scan(&late, "MONGCAI", "2026-11-24"),
        (0, 0, 1),
        "looked at twice"
    );
    let rows = queue(&late);
    assert_eq!(told(&rows), ["deadline_missed breach open"]);
    let view = open(&late, &rows[0]);
    assert_eq!(fact(&view, "deadline"), "2026-11-24 10:00");
    assert_eq!(fact(&view, "late_minutes"), "5");
    assert_eq!(view["basis"], "Law 54/2014/QH13 art. 23(2)");
    office.clock.set("2026-11-24 10:30");
    take(&officer(&office), 1, step("release"));
    let rows = queue(&supervisor(&office));
    assert_eq!((rows.len(), &rows[0]["attempts"]), (1, &json!(2)));

    // A step in time opens nothing, one that is late does so by itself.
    let desk = officer(&office);
    let other = enter(&desk, &someone("022185004322", "Lý Thị Sáu"));
    register(&desk, 2, &other, &[apples(300_000)]);
    take(&desk, 2, step("release"));
    let third = enter(&desk, &someone("022185004323", "Lý Thị Bảy"));
    register(&desk, 3, &third, &[apples(300_000)]);
    office.clock.set("2026-11-24 16:00");
    let chief = supervisor(&office);
    take(&officer(&office), 3, step("release"));
    let rows = queue(&chief);
    assert_eq!(rows.len(), 2);
    assert_eq!(open(&chief, &rows[0])["forms"][0]["id"], form_id(3));
}

#[test]
fn an_inspection_that_finds_other_goods_is_a_suspected_mismatch() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(3_000_000)]);
    take(&desk, 1, step("present"));
    let differs = json!({"step": "inspect", "finding": "differs", "remark": "thêm 20 thùng"});
    take(&desk, 1, differs);
    let chief = supervisor(&office);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["goods_differ breach open"]);
    assert_eq!(fact(&open(&chief, &rows[0]), "remark"), "thêm 20 thùng");
}

/// Writes a form as another gate would have, that did not know of the others.
fn as_of_another_gate(app: &App, person: &str, n: u32, exempt: i64) {
    let person: PersonId = person.parse().expect("an id");
    app.write(|writer: &mut dyn Writer| {
        let known = form_id(1).parse().expect("an id");
        let known = writer.declaration(known)?.expect("a form");
        assert_eq!(known.status, Status::Registered);
        let mut form = known.declaration;
        assert_eq!(form.person, person);
        form.draft.id = form_id(n).parse().expect("an id");
        form.draft.gate = "HOANHMO".into();
        form.draft.at += chrono::TimeDelta::hours(3);
        form.number = format!("HOANHMO/2026/NK/Q1-{n:06}");
        form.decision.exempt = Vnd::new(exempt);
        let record = bm_app::event::Record {
            id: uuid::Uuid::from_u128(u128::from(n) << 64),
            at: form.draft.at,
            by: "nga".into(),
            place: "HOANHMO/Q1".into(),
            event: Event::Registered(Box::new(form)),
        };
        Ok(writer.append(&record)?)
    })
    .expect("appended");
}

#[test]
fn over_use_is_found_when_the_records_of_two_gates_have_met() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(2_000_000)]);
    office.with_app(|app| as_of_another_gate(app, &person, 2, 2_000_000));
    office.clock.set("2026-11-24 18:00");
    let chief = supervisor(&office);
    // The earlier form by the law's clock stands; the later one exceeds, at its own gate.
    scan(&chief, "MONGCAI", "2026-11-24");
    let over = |rows: &[Value]| rows.iter().filter(|row| row["kind"] == "over_use").count();
    assert_eq!(over(&queue(&chief)), 0);
    scan(&chief, "HOANHMO", "2026-11-24");
    scan(&chief, "HOANHMO", "2026-11-24");
    let rows = queue(&chief);
    assert_eq!(over(&rows), 1);
    let row = rows
        .iter()
        .find(|row| row["kind"] == "over_use")
        .expect("a row");
    let view = open(&chief, row);
    assert_eq!(
        (fact(&view, "lawful"), fact(&view, "over")),
        ("0".into(), "2,000,000".into())
    );
    assert_eq!(fact(&view, "why"), "second trip of the day");
    let forms: Vec<_> = view["forms"]
        .as_array()
        .expect("forms")
        .iter()
        .map(|form| &form["id"])
        .collect();
    assert_eq!(forms, [&json!(form_id(2)), &json!(form_id(1))]);
    // One person at two gates shows too.
    assert!(rows.iter().any(|row| row["kind"] == "two_gates"));
}

#[test]
fn a_household_is_harmless_until_somebody_new_has_its_telephone() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let people = crowd(&desk, &["0986123456"; 5]);
    let pass = |desk: &Desk<'_>, n: u32, person: &str| {
        register(desk, n, person, &kilos(n % 10));
        take(desk, n, step("release"));
    };
    for (n, person) in (1..).zip(people.iter().take(4)) {
        pass(&desk, n, person);
    }
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (1, 0, 0));
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["shared_phone notice open"]);
    assert_eq!(
        (&rows[0]["people"], &rows[0]["forms"]),
        (&json!(4), &json!(4))
    );
    let why = rows[0]["why"].as_str().expect("a sentence");
    assert!(
        why.contains("4 persons") && why.contains("threshold 4"),
        "{why}"
    );
    assert!(
        why.contains("3456") && !why.contains("0986"),
        "a list masks it: {why}"
    );

    let harmless =
        |until: &str, reason: &str| json!({"id": rows[0]["id"], "until": until, "reason": reason});
    assert_eq!(
        refused(
            &chief,
            "breach_harmless",
            &harmless("2026-11-01", "một nhà")
        ),
        ["law_dates_reversed"]
    );
    assert_eq!(
        refused(&chief, "breach_harmless", &harmless("mai", "một nhà")),
        ["value_unknown"]
    );
    chief.ok("breach_harmless", &harmless("2026-11-30", "một nhà"));
    assert_eq!(told(&queue(&chief)), ["shared_phone notice waived"]);

    // The next day the same four are remembered, a fifth is not.
    office.clock.set("2026-11-25 08:00");
    let desk = officer(&office);
    for (n, person) in (11..).zip(people.iter().take(4)) {
        pass(&desk, n, person);
    }
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-25"), (0, 0, 1));
    let verdicts = chief.ok("harmless_list", &json!({}));
    assert_eq!(verdicts[0]["until"], "2026-11-30");
    assert_eq!(verdicts[0]["subject"], "••••••3456");
    pass(&desk, 25, &people[4]);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-25"), (1, 0, 0));
    assert_eq!(queue(&chief)[0]["people"], 5);

    // Withdrawn, the four fire again; a day after its end they would have anyway.
    let withdraw = |reason: &str| json!({"id": verdicts[0]["id"], "reason": reason});
    assert_eq!(
        refused(&chief, "harmless_withdraw", &withdraw("")),
        ["field_required"]
    );
    chief.ok("harmless_withdraw", &withdraw("không cùng nhà"));
    assert_eq!(chief.code("harmless_withdraw", &withdraw("nữa")), "stale");
    assert_eq!(chief.ok("harmless_list", &json!({})), json!([]));
    let all = chief.ok("harmless_list", &json!({"all": true}));
    assert_eq!(all[0]["withdraw_reason"], "không cùng nhà");
    office.clock.set("2026-11-26 08:00");
    let desk = officer(&office);
    for (n, person) in (31..).zip(people.iter().take(4)) {
        pass(&desk, n, person);
    }
    assert_eq!(
        scan(&supervisor(&office), "MONGCAI", "2026-11-26"),
        (1, 0, 0)
    );
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn an_open_pattern_grows_with_its_day_and_a_decided_one_comes_back_grown() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let people = crowd(&desk, &["", "", "", "", "", ""]);
    let garlic = || [line("07032090", "60", "kg", "30000")];
    let mut n = 0;
    let mut come = |minute: &str, person: &str| {
        n += 1;
        office.clock.set(&format!("2026-11-24 {minute}"));
        register(&officer(&office), n, person, &garlic());
    };
    for (at, person) in ["08:00", "08:03", "08:06", "08:09"].iter().zip(&people) {
        come(at, person);
    }
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (1, 0, 0));
    let row = queue(&chief).remove(0);
    assert_eq!(told(std::slice::from_ref(&row)), ["same_goods notice open"]);
    assert_eq!(fact(&open(&chief, &row), "goods"), "07032090");
    come("08:12", &people[4]);
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (0, 1, 0));
    let view = open(&chief, &row);
    assert_eq!(
        (fact(&view, "persons"), fact(&view, "window")),
        ("5".into(), "20".into())
    );
    chief.ok("breach_decide", &decision(&row, "upheld", "chở thuê"));
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (0, 0, 1));
    come("08:14", &people[5]);
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (1, 0, 0));
    assert_eq!(
        told(&queue(&chief)),
        ["same_goods notice open", "same_goods notice upheld"]
    );
}

#[test]
fn goods_of_several_persons_on_one_vehicle_are_a_pattern() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let people = crowd(&desk, &["", "", "", ""]);
    for (n, person) in (1..).zip(&people) {
        let mut form = purchase(n, person, &kilos(n));
        form["vehicle"] = json!(if n == 1 { "14C-123.45" } else { "14c12345" });
        assert_eq!(
            desk.ok("declaration_register", &form)["status"],
            "registered"
        );
    }
    let mut odd = purchase(9, &people[0], &[apples(100_000)]);
    odd["vehicle"] = json!("xe đạp");
    let answer = desk.ok("declaration_register", &odd);
    assert_eq!(answer["violations"][0]["code"], "plate_invalid");
    assert_eq!(answer["violations"][0]["field"], "vehicle");
    let chief = supervisor(&office);
    assert_eq!(scan(&chief, "MONGCAI", "2026-11-24"), (1, 0, 0));
    let view = open(&chief, &queue(&chief)[0]);
    assert_eq!(view["row"]["kind"], "shared_vehicle");
    assert_eq!(fact(&view, "shared"), "14C12345");
}

#[test]
fn an_exchange_that_is_refused_leaves_no_form_but_its_attempt() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let out = super::sale(1, &person, &[line("07032090", "10", "kg", "30000")]);
    let back = purchase(2, &person, &[line("3926.90.99", "1", "kg", "60000")]);
    let answer = desk.ok("exchange_register", &json!({"out": out, "back": back}));
    assert_eq!(answer["back"]["status"], "refused");
    let chief = supervisor(&office);
    let rows = queue(&chief);
    assert_eq!(told(&rows), ["off_list attempt open"]);
    let view = open(&chief, &rows[0]);
    assert_eq!(
        (&view["forms"], &view["row"]["forms"]),
        (&json!([]), &json!(0))
    );
}

#[test]
fn the_start_page_counts_what_waits_at_the_gate() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    register(&desk, 1, &person, &[apples(1_500_000)]);
    take(&desk, 1, step("release"));
    let back = json!({"id": form_id(1), "kind": "return", "reason": "không nhận"});
    desk.ok("correction_make", &back);
    register(&desk, 2, &person, &[apples(300_000)]);
    desk.ok("cash_open", &json!({"float_vnd": "0"}));
    let plastic = [line("3926.90.99", "1", "kg", "60000")];
    register(&desk, 3, &person, &plastic);
    let seen = |desk: &Desk<'_>| desk.ok("overview", &json!({}));
    let chief = supervisor(&office);
    let now = seen(&chief);
    assert_eq!(now["gate"], "MONGCAI");
    assert_eq!(
        now["breaches"],
        json!([{"kind": "second_trip", "state": "open", "count": 1},
            {"kind": "off_list", "state": "open", "count": 1}])
    );
    assert_eq!(
        (&now["corrections"], &now["corrections_own"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(
        (&now["forms_open"], &now["forms_late"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(
        (&now["cash_open"], &now["receipts"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(now["days_open"], json!([]), "today is not over");
    office.clock.set("2026-11-25 08:00");
    let chief = supervisor(&office);
    let next = seen(&chief);
    assert_eq!(
        next["days_open"],
        json!([{"gate": "MONGCAI", "day": "2026-11-24"}])
    );
    assert_eq!(
        officer(&office).code("overview", &json!({})),
        "not_permitted"
    );
    let elsewhere = office.sign_in("supervisor", "HOANHMO", "VP");
    assert_eq!(seen(&elsewhere)["breaches"], json!([]));
}

#[test]
fn a_form_that_breaks_nothing_writes_and_reads_nothing_more() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let before = office.records().len();
    register(&desk, 1, &person, &[apples(300_000)]);
    assert_eq!(office.records().len(), before + 1);
    let held =
        office.with_app(|app| app.read(|reader| Ok(breaches(reader, &BreachFilter::default())?)));
    assert_eq!(held.expect("read"), []);
}
