//! A day at the counter from the first scan to the report.

use bm_tests::testkit::{TestOffice, form_id};
use serde_json::json;

use super::{apples, codes, dong, hoa, line, officer, purchase, split};

const CARD: &str = "022185004321||NGUYỄN THỊ HOA|12031985|Nữ|\
    Thôn 1, Hoành Mô, Bình Liêu, Quảng Ninh|15042021";

#[test]
fn from_a_card_to_a_person_with_a_quota() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let scan = desk.ok("person_find", &json!({"text": CARD}));
    assert_eq!(
        (&scan["reading"], &scan["matches"]),
        (&json!("qr"), &json!([]))
    );
    let scanned = &scan["scanned"];
    assert_eq!(scanned["number"], "022185004321");
    assert_eq!(scanned["born"], "1985-03-12");
    assert_eq!(scanned["sex"], "female");

    let person = json!({"id": null, "name": scanned["name"], "born": scanned["born"],
        "sex": scanned["sex"], "address": scanned["address"], "commune": "06841",
        "basis": "permanent_residence", "phone": null, "reason": "new",
        "papers": [{"kind": scanned["paper_kind"], "number": scanned["number"],
            "issued": scanned["issued"], "expires": null}]});
    let page = desk.ok("person_save", &person);
    assert_eq!(page["name"], "NGUYỄN THỊ HOA");
    assert_eq!(page["commune_name"], "Xã Hoành Mô");
    assert_eq!(page["papers"][0]["issued"], "2021-04-15");
    assert_eq!(page["quota"]["left_today_vnd"], "2000000");

    for text in [CARD, "022185004321", "nguyen hoa", "hoa 1985"] {
        let found = desk.ok("person_find", &json!({"text": text}));
        let [hit] = found["matches"].as_array().expect("matches").as_slice() else {
            panic!("{text}: {found}");
        };
        assert_eq!(hit["id"], page["id"], "{text}");
        assert_eq!(hit["papers"][0]["number"], "••••••••4321", "{text}");
        assert_eq!(hit["quota"]["trips_limit"], 4, "{text}");
    }
}

#[test]
fn three_lines_over_the_quota_are_decided_registered_and_taken_back() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let basket = [
        line("07032090", "50", "kg", "25000"),
        line("39241010", "20", "bộ", "35000"),
        line("63011000", "1", "chiếc", "320000"),
    ];
    let form = purchase(1, &person, &basket);

    // 2,270,000 declared: the last line bears 270,000 at 12 % and 8 %; garlic would bear it at 20 %.
    let view = desk.ok("declaration_preview", &form);
    assert_eq!(view["entered_due_vnd"], "56592");
    assert_eq!(view["least_tax_due_vnd"], "54000");
    assert_eq!(codes(&view["decision"]), ["over_quota"]);

    let answer = desk.ok("declaration_register", &form);
    assert_eq!(answer["status"], "registered");
    assert_eq!(answer["number"], "MONGCAI/2026/NK/Q1-000001");
    assert_eq!(split(&answer), (2_000_000, 270_000, 56_592));
    assert_eq!(answer["lines"][2]["duty_vnd"], "32400");
    assert_eq!(answer["lines"][2]["vat_vnd"], "24192");
    assert_eq!(answer["inspection_required"], true);
    assert_eq!(answer["trips_used"], 1);
    let registered = view["decision"].clone();
    assert_eq!(
        registered["lines"], answer["lines"],
        "registered as it was previewed"
    );

    let again = desk.ok("declaration_register", &form);
    assert_eq!(again, answer, "the same id is answered the same way");

    let shown = desk.ok("declaration_view", &json!({"id": form["id"]}));
    assert_eq!(shown["number"], answer["number"]);
    assert_eq!(shown["person"]["papers"][0]["number"], "022185004321");
    assert_eq!(shown["officer_name"], "Account of officer");
    assert_eq!(shown["lines"][0]["quantity"], "50");
    assert_eq!(shown["lines"][0]["exempt_vnd"], "1250000");

    // LAW vector 11: cancelling gives the quota of the day back and leaves a trace.
    let cancel = json!({"id": form["id"], "reason": "wrong goods"});
    desk.ok("declaration_cancel", &cancel);
    let page = desk.ok("person_view", &json!({"id": person}));
    assert_eq!(page["quota"]["left_today_vnd"], "2000000");
    assert_eq!(page["quota"]["trips_used"], 0);
    assert_eq!(page["history"][0]["status"], "cancelled");
    assert_eq!(
        desk.code("declaration_cancel", &cancel),
        "stale",
        "not twice"
    );
    let shown = desk.ok("declaration_view", &json!({"id": form["id"]}));
    assert_eq!(shown["cancel_reason"], "wrong goods");
    assert_eq!(office.verify().differences, [""; 0]);
}

#[test]
fn vector_11_cancelling_restores_the_quota_and_keeps_the_trace() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let first = desk.ok(
        "declaration_register",
        &purchase(1, &person, &[apples(1_500_000)]),
    );
    let unnamed = json!({"id": first["id"], "reason": "  "});
    assert_eq!(
        desk.error("declaration_cancel", &unnamed)["violations"][0]["field"],
        "reason"
    );
    desk.ok(
        "declaration_cancel",
        &json!({"id": first["id"], "reason": "left behind"}),
    );
    let second = desk.ok(
        "declaration_register",
        &purchase(2, &person, &[apples(2_000_000)]),
    );
    assert_eq!(split(&second), (2_000_000, 0, 0));
    assert_eq!(second["trips_used"], 1);
    let records = office.records();
    let cancelled = records.iter().find(|record| record["event"] == "cancelled");
    let cancelled = cancelled.expect("a record of it");
    assert_eq!(cancelled["data"]["reason"], "left behind");
    assert_eq!(
        (&cancelled["by"], &cancelled["place"]),
        (&json!("officer"), &json!("MONGCAI/Q1"))
    );
    let unknown = json!({"id": form_id(99), "reason": "none"});
    assert_eq!(desk.code("declaration_cancel", &unknown), "not_found");
}

#[test]
fn the_report_of_the_day_is_the_sum_of_its_answers() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    let other = super::enter(&desk, &super::someone("022190001234", "Lý Văn Nam"));
    let mut value = 0;
    let mut excess = 0;
    let mut duty = 0;
    for (n, who) in [(1, &person), (2, &other), (3, &person)] {
        let answer = desk.ok(
            "declaration_register",
            &purchase(n, who, &[apples(2_100_000)]),
        );
        value += dong(&answer["value_vnd"]);
        excess += dong(&answer["excess_vnd"]);
        duty += dong(&answer["duty_vnd"]);
    }
    let refused = purchase(4, &other, &[line("39269099", "1", "kg", "60000")]);
    assert_eq!(
        desk.ok("declaration_register", &refused)["status"],
        "refused"
    );
    let fourth = desk.ok(
        "declaration_register",
        &purchase(5, &other, &[apples(300_000)]),
    );
    desk.ok(
        "declaration_cancel",
        &json!({"id": fourth["id"], "reason": "typed twice"}),
    );

    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    let report = desk.ok("report_daily", &day);
    let import = &report["directions"]["import"];
    assert_eq!(import["forms"], 3);
    assert_eq!(import["residents"], 2);
    assert_eq!(
        (dong(&import["value_vnd"]), dong(&import["excess_vnd"])),
        (value, excess)
    );
    assert_eq!(dong(&import["duty_vnd"]), duty);
    assert_eq!(import["weight_kg"], "3");
    assert_eq!(
        (&import["registered"], &import["refused"]),
        (&json!(5), &json!(1))
    );
    assert_eq!(
        (&import["cancelled"], &import["pending"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(report["directions"]["export"]["forms"], 0);
    assert_eq!(report["made_by"], "Account of officer");

    let mut export = day;
    export["format"] = json!("xlsx");
    assert_eq!(
        desk.ok("report_export", &export)["path"],
        "daily-MONGCAI-2026-11-24.xlsx"
    );
    export["format"] = json!("pdf");
    assert_eq!(
        desk.ok("report_export", &export)["path"],
        "daily-MONGCAI-2026-11-24.pdf"
    );
    let nowhere = json!({"gate": "NOWHERE", "day": "2026-11-24"});
    assert_eq!(desk.code("report_daily", &nowhere), "not_found");
    let never = json!({"gate": "MONGCAI", "day": "2026-02-30"});
    assert_eq!(desk.code("report_daily", &never), "bad_request");
}
