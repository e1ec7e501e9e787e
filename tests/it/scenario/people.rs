//! Persons: read from papers, entered, kept apart, looked up.

use bm_api::session::operator;
use bm_app::people::NewPerson;
use bm_domain::resident::{Paper, PaperKind};
use bm_tests::testkit::{Desk, TestOffice};
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{apples, codes, enter, hoa, officer, purchase, refusals, someone, split};

/// Whether the text is refused when it is scanned.
fn is_refused(desk: &Desk<'_>, text: &str) -> bool {
    let find = desk.ok("person_find", &json!({"text": text}));
    let problems = find["problems"].as_array().expect("problems").iter();
    problems.filter(|one| one["severity"] == "refuse").count() > 0
}

#[test]
fn vector_14_a_chinese_number_is_checked() {
    let office = TestOffice::new();
    let desk = officer(&office);
    assert!(!is_refused(&desk, "11010519491231002X"));
    assert!(!is_refused(&desk, "11010519491231002x"));
    assert!(is_refused(&desk, "110105194912310021"));
}

#[test]
fn vector_15_any_changed_digit_of_a_zone_is_noticed() {
    let office = TestOffice::new();
    let name = "NGUYEN<<THI<HOA<<<<<<<<<<<<<<<";
    let zone = format!("IDVNM1850043218022185004321<<6\n8503127F3503122VNM<<<<<<<<<<<4\n{name}");
    let desk = officer(&office);
    let find = desk.ok("person_find", &json!({"text": zone}));
    assert_eq!(find["reading"], "mrz");
    assert_eq!(find["scanned"]["number"], "022185004321");
    assert_eq!(find["scanned"]["born"], "1985-03-12");
    assert_eq!(find["scanned"]["expires"], "2035-03-12");
    for (i, digit) in zone.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let other = if digit == '9' { "0" } else { "9" };
        let changed = format!("{}{other}{}", &zone[..i], &zone[i + 1..]);
        assert!(is_refused(&desk, &changed), "digit {i} of {changed}");
    }
}

#[test]
fn two_papers_of_one_person_share_the_quota() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut person = someone("022185004321", "Nguyễn Thị Hoa");
    person["papers"] = json!([
        {"kind": "cccd", "number": "022 185 004 321", "issued": "2021-04-15"},
        {"kind": "cmnd", "number": "100123456"},
        {"kind": "border_pass", "number": "ab 12345", "expires": "2027-01-31"},
    ]);
    let id = enter(&desk, &person);
    for number in ["022185004321", "100123456", "AB12345"] {
        let found = desk.ok("person_find", &json!({"text": number}));
        assert_eq!(found["matches"][0]["id"], json!(id), "{number}");
    }
    let by_paper = |n, kind: &str, number: &str| {
        let mut form = purchase(n, "", &[apples(1_500_000)]);
        form["person"] = json!(null);
        form["resident"] = json!({"kind": kind, "number": number});
        desk.ok("declaration_register", &form)
    };
    assert_eq!(
        split(&by_paper(1, "border_pass", "AB-12345")),
        (1_500_000, 0, 0)
    );
    assert_eq!(
        split(&by_paper(2, "cmnd", "100123456")),
        (0, 1_500_000, 75_000)
    );

    let page = desk.ok("person_view", &json!({"id": id}));
    assert_eq!(page["papers"][2]["expires"], "2027-01-31");
    person["id"] = json!(id);
    person["phone"] = json!("0912345678");
    person["papers"] = page["papers"].clone();
    let saved = desk.ok("person_save", &person);
    assert_eq!(
        saved["papers"], page["papers"],
        "dates stay when the telephone changes"
    );
}

#[test]
fn a_paper_belongs_to_one_person() {
    let office = TestOffice::new();
    let desk = officer(&office);
    hoa(&desk);
    let error = desk.error("person_save", &someone("022185004321", "Trần Văn Khác"));
    assert_eq!(error["code"], "refused");
    assert_eq!(error["violations"][0]["code"], "possible_duplicate");
    let message = error["violations"][0]["message"]
        .as_str()
        .unwrap_or_default();
    assert!(message.contains("Nguyễn Thị Hoa"), "{message}");
}

#[test]
fn what_is_missing_of_a_person_is_named() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut bare = someone("123", " ");
    bare["reason"] = json!("");
    bare["commune"] = json!("");
    let error = desk.error("person_save", &bare);
    let fields: Vec<_> = error["violations"]
        .as_array()
        .expect("violations")
        .iter()
        .map(|one| one["field"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        fields,
        [
            "resident.name",
            "resident.commune",
            "resident.number",
            "reason"
        ]
    );
    bare["papers"] = json!([]);
    let error = desk.error("person_save", &bare);
    assert_eq!(error["violations"][0]["field"], "resident.number");
    bare["papers"] = json!([{"kind": "library_card", "number": "1"}]);
    let error = desk.error("person_save", &bare);
    assert_eq!(error["violations"][0]["field"], "resident.kind");
    let mut unknown = someone("022185004321", "Nguyễn Thị Hoa");
    unknown["id"] = json!(bm_tests::testkit::form_id(1));
    assert_eq!(desk.code("person_save", &unknown), "not_found");
}

#[test]
fn one_who_lives_elsewhere_does_not_trade_as_a_resident() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut person = someone("001085004321", "Phạm Thị Xa");
    person["commune"] = json!("00001");
    let far = enter(&desk, &person);
    let answer = desk.ok(
        "declaration_register",
        &purchase(1, &far, &[apples(100_000)]),
    );
    assert_eq!(refusals(&answer), ["resident_ineligible"]);
    person["id"] = json!(far);
    person["basis"] = json!("residence_permit");
    desk.ok("person_save", &person);
    let answer = desk.ok(
        "declaration_register",
        &purchase(2, &far, &[apples(100_000)]),
    );
    assert_eq!(answer["status"], "registered");
    assert!(codes(&answer).contains(&"permit_to_confirm"), "{answer}");
}

#[test]
fn a_minor_is_a_warning() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut person = someone("022311004321", "La Thị Mai");
    person["born"] = json!("2011-03-12");
    let answer = purchase(1, &enter(&desk, &person), &[apples(100_000)]);
    let answer = desk.ok("declaration_register", &answer);
    assert_eq!(answer["status"], "registered");
    assert!(codes(&answer).contains(&"minor"), "{answer}");
}

#[test]
fn a_chinese_paper_alone_does_not_make_a_resident() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut person = someone("11010519491231002X", "Vương Minh");
    person["papers"][0]["kind"] = json!("chinese_id");
    let answer = purchase(1, &enter(&desk, &person), &[apples(100_000)]);
    let answer = desk.ok("declaration_register", &answer);
    assert_eq!(refusals(&answer), ["paper_not_accepted"]);
}

#[test]
fn nobody_in_particular_can_declare_nothing() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let mut form = purchase(1, "", &[]);
    form["person"] = json!(null);
    let answer = desk.ok("declaration_register", &form);
    assert_eq!(refusals(&answer), ["nothing_declared", "resident_unknown"]);
    let shown = desk.ok("declaration_view", &json!({"id": form["id"]}));
    assert_eq!(
        (&shown["person"]["name"], &shown["status"]),
        (&json!(""), &json!("refused"))
    );
}

/// Whose pages were opened, in order, by whom.
fn looked_at(office: &TestOffice) -> Vec<Value> {
    let records = office.records();
    let views = records
        .iter()
        .filter(|record| record["event"] == "person_viewed");
    views
        .map(|record| json!([record["by"], record["place"], record["data"]["id"]]))
        .collect()
}

#[test]
fn opening_a_person_or_a_form_leaves_an_entry() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let before = looked_at(&office).len();
    let entry = |who: &str, place: &str| json!([who, place, person]);
    desk.ok("person_view", &json!({"id": person}));
    let form = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    let branch = office.sign_in("branch", "HOANHMO", "P1");
    branch.ok("declaration_view", &json!({"id": form["id"]}));
    let entries = looked_at(&office);
    let expected = [
        entry("officer", "MONGCAI/Q1"),
        entry("branch", "HOANHMO/P1"),
    ];
    assert_eq!(entries[before..], expected);
}

/// Who was listed in answer to searches, in order, by whom.
fn listed(office: &TestOffice) -> Vec<Value> {
    let records = office.records();
    let lists = records
        .iter()
        .filter(|record| record["event"] == "people_listed");
    lists
        .map(|record| json!([record["by"], record["data"]["ids"]]))
        .collect()
}

#[test]
fn a_search_that_shows_someone_leaves_an_entry() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let hoa = hoa(&desk);
    let mut other = someone("022190001234", "Nguyễn Thị Hòa");
    other["is_another"] = json!(true);
    let other = enter(&desk, &other);
    desk.ok("person_find", &json!({"text": "022185004321"}));
    desk.ok("person_find", &json!({"text": "nguyen hoa"}));
    desk.ok("person_find", &json!({"text": "nobody of that name"}));
    desk.ok("person_find", &json!({"text": "022199999999"}));
    let expected = [json!(["officer", [hoa]]), json!(["officer", [hoa, other]])];
    assert_eq!(listed(&office), expected);
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_paper_is_over_only_when_no_other_is_valid() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let warned = |n, number: &str, papers: Value| {
        let mut person = someone(number, "Nguyễn Thị Hoa");
        person["papers"] = papers;
        person["is_another"] = json!(true);
        let form = purchase(n, &enter(&desk, &person), &[apples(100_000)]);
        let view = desk.ok("declaration_preview", &form);
        codes(&view["decision"]).contains(&"paper_expired")
    };
    let card = json!({"kind": "cccd", "number": "022185004321"});
    let over = json!({"kind": "border_pass", "number": "AB12345", "expires": "2026-11-23"});
    let valid = json!({"kind": "border_pass", "number": "AB12346", "expires": "2026-11-24"});
    assert!(
        !warned(1, "1", json!([card, over])),
        "a card without an end is valid"
    );
    let over = json!({"kind": "border_pass", "number": "AB99999", "expires": "2026-11-23"});
    assert!(warned(2, "2", json!([over])));
    let over = json!({"kind": "passport", "number": "B9999999", "expires": "2026-11-23"});
    assert!(
        !warned(3, "3", json!([over, valid])),
        "valid on its last day"
    );
}

#[test]
fn a_year_of_birth_finds_one_among_many_of_a_name() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let crowd: Vec<_> = (0..80)
        .map(|n| NewPerson {
            paper: Some(Paper::new(PaperKind::Cccd, &format!("0221700{n:05}"))),
            name: "Nguyễn Thị Hoa".into(),
            born: NaiveDate::from_ymd_opt(1970, 1, 1),
            commune: "06841".into(),
            ..NewPerson::default()
        })
        .collect();
    let entered = office.with_app(|app| app.import_people(&operator("test"), &crowd, "test"));
    entered.expect("a crowd");
    let hoa = hoa(&desk);
    let found = desk.ok("person_find", &json!({"text": "nguyen hoa 1985"}));
    assert_eq!(
        found["matches"].as_array().map(Vec::len),
        Some(1),
        "{found}"
    );
    assert_eq!(found["matches"][0]["id"], json!(hoa));
    let found = desk.ok("person_find", &json!({"text": "nguyen hoa 1984"}));
    assert_eq!(found["matches"], json!([]));
}

#[test]
fn a_newcomer_with_a_known_name_and_birth_is_pointed_out_once() {
    let office = TestOffice::new();
    let desk = officer(&office);
    enter(&desk, &someone("022185004321", "Nguyễn Thị Hoa"));
    let mut twin = someone("022185009999", "NGUYỄN  THỊ HOA");
    let error = desk.error("person_save", &twin);
    let told = &error["violations"][0];
    assert_eq!(
        (&told["code"], &told["field"]),
        (&json!("namesake"), &json!("resident.name"))
    );
    let message = told["message"].as_str().expect("a message");
    assert!(
        message.contains("4321") && !message.contains("022185004321"),
        "{message}"
    );
    twin["is_another"] = json!(true);
    let id = enter(&desk, &twin);
    // Correcting a person who is known asks nothing.
    twin["id"] = json!(id);
    twin["is_another"] = json!(false);
    enter(&desk, &twin);

    // A form that brings one from a file warns, and only the first time.
    let mut form = purchase(1, "", &[apples(500_000)]);
    form["person"] = json!(null);
    form["resident"] = someone("022185007777", "Nguyễn Thị Hoa")["papers"][0].clone();
    for field in ["name", "born", "commune", "basis"] {
        form["resident"][field] = someone("022185007777", "Nguyễn Thị Hoa")[field].clone();
    }
    let first = desk.ok("declaration_register", &form);
    assert!(codes(&first).contains(&"namesake"), "{first}");
    form["id"] = json!(bm_tests::testkit::form_id(2));
    let second = desk.ok("declaration_register", &form);
    assert!(!codes(&second).contains(&"namesake"), "{second}");
}
