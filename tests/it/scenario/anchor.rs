//! Anchors of the log: made, handed to a neighbour, kept, checked.

use bm_tests::testkit::{Desk, TestOffice};
use serde_json::{Value, json};

use super::corrections::refused;
use super::{apples, hoa, officer, purchase};

const TODAY: &str = "2026-11-24";

/// The text of an anchor's file.
fn text(office: &TestOffice, view: &Value) -> String {
    let id = view["id"].as_str().expect("an id").parse().expect("a UUID");
    office.with_app(|app| {
        let kept: Option<bm_app::anchor::KeptAnchor> = app
            .read(|reader| Ok(bm_app::book::get(reader, id)?))
            .expect("read");
        bm_api::command::write_anchor(&kept.expect("kept").anchor).expect("written")
    })
}

fn make<'a>(office: &'a TestOffice, role: &str) -> (Desk<'a>, Value) {
    let desk = office.sign_in(role, "MONGCAI", "Q1");
    let made = desk.ok("anchor_make", &json!({"day": TODAY}));
    (desk, made)
}

#[test]
fn an_anchor_says_where_the_records_stood_and_holds_while_they_grow() {
    let office = TestOffice::new();
    let records = |office: &TestOffice| office.verify().records;
    office.account("supervisor");
    let before = records(&office);
    let (desk, made) = make(&office, "supervisor");
    assert_eq!(made["answer"], "holds");
    assert_eq!(made["day"], TODAY);
    let root = &made["roots"][0];
    // The key is recorded first, with the first anchor.
    assert_eq!(root["index"], before + 1);
    assert_eq!(records(&office), before + 2);
    assert_eq!(
        root["hash"].as_str().map(|hash| hash.split(' ').count()),
        Some(16)
    );
    let clerk = officer(&office);
    let person = hoa(&clerk);
    clerk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    desk.ok("anchor_make", &json!({"day": TODAY}));
    let all = desk.ok("anchor_list", &json!({}));
    let all = all.as_array().expect("anchors");
    assert_eq!(all.len(), 2);
    assert!(
        all.iter()
            .all(|one| one["answer"] == "holds" && one["fine"] == true),
        "{all:?}"
    );
    assert_eq!(all[0]["key"], all[1]["key"]);
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn a_day_that_has_not_come_or_had_no_records_has_no_anchor() {
    let office = TestOffice::new();
    let desk = office.sign_in("auditor", "MONGCAI", "Q1");
    let ask = |day: &str| refused(&desk, "anchor_make", &json!({"day": day}));
    assert_eq!(ask("2026-11-25"), ["anchor_day_to_come"]);
    assert_eq!(ask("2026-11-23"), ["anchor_of_nothing"]);
}

#[test]
fn the_anchor_of_a_day_gone_by_ends_with_that_day() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let last = office.verify().records;
    office.clock.set("2026-11-25 08:00");
    let desk = officer(&office);
    desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(100_000)]),
    );
    let (_, made) = make(&office, "branch");
    let root = &made["roots"][0];
    assert_eq!(
        (&root["index"], &root["records"]),
        (&json!(last), &json!(last))
    );
    assert_eq!(made["answer"], "holds");
}

#[test]
fn a_day_closed_on_the_day_stands_on_its_anchor_with_its_digest() {
    let office = TestOffice::new();
    office.clock.set("2026-11-24 20:00");
    let desk = office.sign_in("supervisor", "MONGCAI", "Q1");
    desk.ok("day_close", &json!({"gate": "MONGCAI", "day": TODAY}));
    let made = desk.ok("anchor_make", &json!({"day": TODAY}));
    let anchor: Value = serde_json::from_str(&text(&office, &made)).expect("JSON");
    let closed = &anchor["closed"];
    assert_eq!(closed.as_array().map(Vec::len), Some(1), "{anchor}");
    assert_eq!(
        (&closed[0]["gate"], &closed[0]["day"]),
        (&json!("MONGCAI"), &json!(TODAY))
    );
    let entry = office
        .records()
        .into_iter()
        .find(|record| record["data"]["change"] == "closed");
    let digest = &entry.expect("the closing")["data"]["entry"]["entry"]["digest"];
    assert_eq!(&closed[0]["digest"], digest);
    assert_eq!(made["answer"], "holds");
}

#[test]
fn neighbours_keep_each_others_anchors() {
    let (ours, theirs) = (TestOffice::new(), TestOffice::new_workstation(0xbeef));
    let (_, made) = make(&theirs, "branch");
    let file = text(&theirs, &made);
    let desk = ours.sign_in("branch", "MONGCAI", "Q1");
    let kept = desk.ok("anchor_keep", &json!({"text": file}));
    assert_eq!(
        (&kept["answer"], &kept["ours"]),
        (&json!("neighbour"), &json!(false))
    );
    let again = desk.ok("anchor_keep", &json!({"text": file}));
    assert_eq!(again["id"], kept["id"], "handed in twice, kept once");
    assert_eq!(text(&ours, &kept), file, "handed out as it came");
    // Their log goes on, and the next anchor agrees with the first.
    theirs.clock.set("2026-11-25 08:00");
    ours.clock.set("2026-11-25 08:00");
    let desk = ours.sign_in("branch", "MONGCAI", "Q1");
    let keeper = theirs.sign_in("branch", "MONGCAI", "Q1");
    let next = keeper.ok("anchor_make", &json!({"day": "2026-11-25"}));
    let next = desk.ok("anchor_keep", &json!({"text": text(&theirs, &next)}));
    assert_eq!(next["answer"], "neighbour");
    let all = desk.ok("anchor_list", &json!({}));
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    assert_eq!(ours.verify().differences, [""; 0]);
}

#[test]
fn a_log_that_was_begun_anew_contradicts_what_the_neighbour_kept() {
    let ours = TestOffice::new();
    let first = TestOffice::new_workstation(0xbeef);
    let desk = ours.sign_in("branch", "MONGCAI", "Q1");
    let clerk = officer(&first);
    hoa(&clerk);
    let (_, made) = make(&first, "branch");
    desk.ok("anchor_keep", &json!({"text": text(&first, &made)}));
    // The same workstation, its records written anew with one person less.
    let second = TestOffice::new_workstation(0xbeef);
    second.clock.set("2026-11-24 09:00");
    let (_, made) = make(&second, "branch");
    ours.clock.set("2026-11-24 09:01");
    let desk = ours.sign_in("branch", "MONGCAI", "Q1");
    let kept = desk.ok("anchor_keep", &json!({"text": text(&second, &made)}));
    assert_eq!(
        (&kept["answer"], &kept["fine"]),
        (&json!("contradicts"), &json!(false))
    );
}

#[test]
fn each_wrong_anchor_is_refused_in_its_own_words() {
    let (ours, theirs) = (TestOffice::new(), TestOffice::new_workstation(0xbeef));
    let (desk, own) = make(&ours, "branch");
    let keep = |text: &str| refused(&desk, "anchor_keep", &json!({"text": text}));
    assert_eq!(keep(&text(&ours, &own)), ["anchor_of_ours"]);
    theirs.clock.set("2026-11-24 12:00");
    let (_, early) = make(&theirs, "branch");
    let early = text(&theirs, &early);
    assert_eq!(keep(&early), ["anchor_of_future"]);
    ours.clock.set("2026-11-24 12:05");
    let desk = ours.sign_in("branch", "MONGCAI", "Q1");
    let keep = |text: &str| refused(&desk, "anchor_keep", &json!({"text": text}));
    let forged = early.replace("\"index\": ", "\"index\": 1");
    for forged in [&*forged, "", "{}", "không phải neo", &early[..100]] {
        assert_eq!(keep(forged), ["anchor_forged"], "{forged}");
    }
    // A line of the signed text hidden in a name.
    let mut hidden: Value = serde_json::from_str(&early).expect("JSON");
    let root = &hidden["roots"][0];
    let line = format!(
        "x\nseries {} index {} records {} hash {}",
        root["series"].as_str().expect("a series"),
        root["index"],
        root["records"],
        root["hash"].as_str().expect("a hash")
    );
    hidden["office"] = json!(line);
    assert_eq!(keep(&hidden.to_string()), ["anchor_forged"]);
    assert_eq!(desk.code("anchor_keep", &json!({"text": early})), "ok");
}

#[test]
fn a_new_key_is_recorded_and_old_anchors_still_hold() {
    let office = TestOffice::new();
    let (desk, first) = make(&office, "supervisor");
    assert_eq!(
        refused(&desk, "anchor_renew", &json!({"reason": " "})),
        ["field_required"]
    );
    desk.ok("anchor_renew", &json!({"reason": "đổi người giữ khóa"}));
    let second = desk.ok("anchor_make", &json!({"day": TODAY}));
    assert_ne!(first["key"], second["key"]);
    let all = desk.ok("anchor_list", &json!({}));
    assert!(
        all.as_array()
            .expect("anchors")
            .iter()
            .all(|one| one["answer"] == "holds")
    );
    let reader = office.sign_in("auditor", "MONGCAI", "Q1");
    let found = reader.ok("audit_search", &json!({"kind": "entered/anchor_key"}));
    let notes: Vec<_> = found["rows"].as_array().expect("rows").iter().collect();
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0]["note"], "made · đổi người giữ khóa");
}

#[test]
fn an_anchor_is_printed_with_its_digest_in_groups_and_a_code() {
    let office = TestOffice::new();
    let (desk, made) = make(&office, "auditor");
    let printed = desk.ok("anchor_print", &json!({"id": made["id"]}));
    assert_eq!(printed["name"], "anchor-2026-11-24.pdf");
    use base64::Engine as _;
    let pdf = printed["pdf"].as_str().expect("a file");
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(pdf)
        .expect("base64");
    // The tests' typesetter gives the sheet itself.
    let sheet: Value = serde_json::from_slice(&bytes).expect("JSON");
    let sheet = &sheet["sheet"];
    let groups = sheet["data"]["roots"][0]["hash"]
        .as_array()
        .expect("groups");
    assert_eq!(groups.len(), 16);
    let spoken = groups
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(json!(spoken), made["roots"][0]["hash"]);
    let code = sheet["run"]["qr"].as_str().expect("a code");
    assert!(
        code.starts_with("bienmau-anchor-1\nday 2026-11-24\n"),
        "{code}"
    );
    assert!(code.contains("\nsignature "), "{code}");
    let path = desk.ok("anchor_export", &json!({"id": made["id"]}));
    assert_eq!(path["path"], "anchor-2026-11-24-080000.json");
}

#[test]
fn who_may_make_and_keep_anchors() {
    let office = TestOffice::new();
    for (role, code) in [
        ("officer", "not_permitted"),
        ("supervisor", "ok"),
        ("branch", "ok"),
        ("leader", "not_permitted"),
        ("administrator", "not_permitted"),
        ("auditor", "ok"),
    ] {
        let desk = office.sign_in(role, "MONGCAI", "Q1");
        assert_eq!(
            desk.code("anchor_make", &json!({"day": TODAY})),
            code,
            "{role}"
        );
        assert_eq!(desk.code("anchor_list", &json!({})), code, "{role}");
    }
}
