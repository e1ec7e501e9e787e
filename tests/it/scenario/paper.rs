//! Forms on paper: originals once, copies after, found again by their code, templates by their day.

use std::sync::Arc;

use base64::Engine as _;
use bm_app::ports::{PrinterFault, Printers};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::correction;
use super::{apples, cash, gathering, hoa, officer, purchase, vehicles};

/// Registers Hoa's first form and tells its number.
fn registered(desk: &Desk<'_>) -> String {
    let person = hoa(desk);
    let form = purchase(1, &person, &[apples(1_000_000)]);
    let answer = desk.ok("declaration_register", &form);
    answer["number"].as_str().expect("a number").to_owned()
}

fn print(desk: &Desk<'_>, more: &Value) -> Value {
    let mut ask = json!({"id": form_id(1)});
    for (name, value) in more.as_object().expect("an object") {
        ask[name] = value.clone();
    }
    desk.ok("form_print", &ask)
}

/// The sheet and its template, as the plain typesetter writes them.
pub(super) fn set(printed: &Value) -> Value {
    let file = printed["pdf"].as_str().expect("base64");
    let bytes = base64::engine::general_purpose::STANDARD.decode(file);
    serde_json::from_slice(&bytes.expect("base64")).expect("JSON")
}

/// The code on a form's sheet.
pub(super) fn qr(printed: &Value) -> String {
    let sheet = set(printed);
    sheet["sheet"]["run"]["qr"]
        .as_str()
        .expect("a code")
        .to_owned()
}

fn code_of(desk: &Desk<'_>) -> String {
    qr(&print(desk, &json!({"preview": true})))
}

/// The template of the import form from a day on.
fn template(from: &str, source: &str) -> Value {
    let values = json!({"form": "import_form", "paper": "a4", "copies": "2", "source": source});
    json!({"basis": "test", "make_room": true, "rows": [{"kind": "template", "values": values,
        "valid_from": from}]})
}

#[test]
fn originals_come_once_and_what_follows_is_a_copy() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let number = registered(&desk);
    let looked = print(&desk, &json!({"preview": true, "pictures": true}));
    assert_eq!(
        (&looked["mark"], &looked["times"]),
        (&json!("preview"), &json!(0))
    );
    assert_eq!(looked["pictures"].as_array().map(Vec::len), Some(1));
    let first = print(&desk, &json!({}));
    assert_eq!(
        (&first["mark"], &first["times"]),
        (&json!("original"), &json!(1))
    );
    let sheet = &set(&first)["sheet"];
    assert_eq!(sheet["run"]["copies"], 2);
    assert_eq!(sheet["data"]["number"], json!(number));
    assert_eq!(sheet["data"]["resident"]["paper_number"], "022185004321");
    let again = print(&desk, &json!({"paper": "a5"}));
    assert_eq!(
        (&again["mark"], &again["times"]),
        (&json!("copy"), &json!(2))
    );
    assert_eq!(set(&again)["sheet"]["run"]["paper"], "a5");
    office.reopen();
    let desk = officer(&office);
    assert_eq!(
        print(&desk, &json!({}))["times"],
        3,
        "it is known after a restart"
    );
    let shown = desk.ok("declaration_view", &json!({"id": form_id(1)}));
    assert_eq!(shown["progress"]["printed"], 3);
    let all = office.records();
    let prints = all
        .iter()
        .filter(|record| record["event"] == "form_printed");
    let copies: Vec<_> = prints
        .map(|record| record["data"]["copy"].clone())
        .collect();
    assert_eq!(copies, [json!(false), json!(true), json!(true)]);
    assert!(office.verify().differences.is_empty());
}

#[test]
fn an_amended_form_has_new_originals_and_the_old_sheet_no_longer_matches() {
    let office = TestOffice::new();
    let desk = officer(&office);
    registered(&desk);
    let old = code_of(&desk);
    print(&desk, &json!({}));
    desk.ok(
        "correction_make",
        &correction(1, "amend", &[apples(1_500_000)]),
    );
    let found = desk.ok("form_find", &json!({"text": old}));
    assert_eq!(found["problems"][0]["code"], "paper_differs");
    let new = print(&desk, &json!({}));
    assert_eq!(
        (&new["mark"], &new["times"]),
        (&json!("original"), &json!(1))
    );
    let sheet = &set(&new)["sheet"];
    assert_eq!(sheet["data"]["revision"], 1);
    let found = desk.ok("form_find", &json!({"text": sheet["run"]["qr"]}));
    assert_eq!(found["problems"], json!([]));
    assert_eq!(print(&desk, &json!({}))["mark"], "copy");
    assert!(office.verify().differences.is_empty());
}

#[test]
fn a_preview_is_an_access_to_the_person_and_no_print() {
    let office = TestOffice::new();
    let desk = officer(&office);
    registered(&desk);
    let viewed = || {
        let all = office.records();
        all.iter()
            .filter(|record| record["event"] == "person_viewed")
            .count()
    };
    let before = viewed();
    print(&desk, &json!({"preview": true}));
    assert_eq!(viewed(), before + 1);
}

#[test]
fn a_refused_form_has_no_paper_and_a_cancelled_one_says_so() {
    let office = TestOffice::new();
    let desk = officer(&office);
    registered(&desk);
    let mut refused = purchase(2, "", &[]);
    refused["person"] = json!(null);
    desk.ok("declaration_register", &refused);
    assert_eq!(desk.code("form_print", &json!({"id": form_id(2)})), "stale");
    desk.ok(
        "declaration_cancel",
        &json!({"id": form_id(1), "reason": "nhập sai"}),
    );
    let sheet = set(&print(&desk, &json!({})));
    assert_eq!(sheet["sheet"]["data"]["status"], "cancelled");
    assert_eq!(sheet["sheet"]["data"]["end_reason"], "nhập sai");
}

#[test]
fn a_form_is_printed_with_the_template_of_its_day() {
    let office = TestOffice::new();
    let keeper = office.sign_in("administrator", "MONGCAI", "Q1");
    let desk = officer(&office);
    registered(&desk);
    keeper.ok("law_propose", &template("2026-11-25", "the next day"));
    office.clock.set("2026-11-26 08:00");
    let keeper = office.sign_in("administrator", "MONGCAI", "Q1");
    let desk_later = officer(&office);
    let used = set(&print(&desk_later, &json!({})));
    assert_ne!(used["template"], "the next day");
    keeper.ok("law_propose", &template("2026-11-24", "that day"));
    let used = set(&print(&desk_later, &json!({})));
    assert_eq!(used["template"], "that day");
}

#[test]
fn a_broken_template_is_refused_and_the_old_one_stays() {
    let office = TestOffice::new();
    let keeper = office.sign_in("administrator", "MONGCAI", "Q1");
    let held = || keeper.ok("law_rule", &json!({"series": "template/import_form"}));
    let before = held();
    assert_eq!(before["rows"].as_array().map(Vec::len), Some(1));
    let error = keeper.error("law_propose", &template("2026-11-24", "= Head\n#broken"));
    assert_eq!(error["violations"][0]["code"], "template_faulty");
    let said = error["violations"][0]["message"].as_str().expect("words");
    assert!(
        said.contains("line 2") && said.contains("unknown variable"),
        "{said}"
    );
    assert_eq!(held(), before);
    let mut none = template("2026-11-24", "text");
    none["rows"][0]["values"]["copies"] = json!("0");
    assert_eq!(
        keeper.error("law_propose", &none)["violations"][0]["field"],
        "rows[0].copies"
    );
    let desk = officer(&office);
    assert_eq!(
        desk.code("law_propose", &template("2026-11-24", "x")),
        "not_permitted"
    );
}

#[test]
fn the_code_on_the_sheet_leads_back_to_the_form() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let number = registered(&desk);
    let code = code_of(&desk);
    let found = desk.ok("form_find", &json!({"text": format!(" {code}\n")}));
    assert_eq!(found["id"], json!(form_id(1)));
    assert_eq!(found["problems"], json!([]));

    let problems = |desk: &Desk<'_>, text: &str| {
        let found = desk.ok("form_find", &json!({"text": text}));
        let all = found["problems"].as_array().expect("problems").clone();
        let codes: Vec<_> = all.iter().map(|one| one["code"].clone()).collect();
        let words = all.first().map(|one| one["message"].to_string());
        (json!(codes), found["id"].clone(), words.unwrap_or_default())
    };
    let forged = format!("BM1:{number}:00000000000000000001");
    let (codes, id, _) = problems(&desk, &forged);
    assert_eq!((codes, id), (json!(["paper_differs"]), json!(form_id(1))));

    let other = office.sign_in("officer", "HOANHMO", "Q1");
    let (codes, id, words) = problems(&other, &code);
    assert_eq!(
        (codes, id),
        (json!(["form_of_other_gate"]), json!(form_id(1)))
    );
    assert!(
        words.contains(&number) && words.contains("Móng Cái"),
        "{words}"
    );

    let foreign = "BM1:HOANHMO/2026/NK/Q1-000009:00000000000000000001";
    let (codes, id, words) = problems(&desk, foreign);
    assert_eq!(
        (codes, id),
        (json!(["form_of_other_gate", "form_unknown"]), json!(null))
    );
    assert!(words.contains("Hoành Mô"), "{words}");
    for odd in ["022185004321", "BM1:", "BM1:x"] {
        assert_eq!(
            desk.code("form_find", &json!({"text": odd})),
            "bad_request",
            "{odd}"
        );
    }
}

#[test]
fn values_for_printed_stationery_move_by_at_most_three_centimetres() {
    let office = TestOffice::new();
    let desk = officer(&office);
    registered(&desk);
    let moved = print(&desk, &json!({"overlay": {"x": 15, "y": -300}}));
    assert_eq!(
        set(&moved)["sheet"]["run"]["shift"],
        json!({"x": 15, "y": -300})
    );
    let far = json!({"id": form_id(1), "overlay": {"x": 0, "y": 301}});
    assert_eq!(desk.code("form_print", &far), "refused");
    let page = desk.ok("alignment_print", &json!({"shift": {"x": 5, "y": 0}}));
    assert_eq!(set(&page)["sheet"]["run"]["shift"]["x"], 5);
}

/// A printer that takes what it is told to take.
struct OnePrinter(PrinterFault);

impl Printers for OnePrinter {
    fn list(&self) -> Result<Vec<String>, PrinterFault> {
        Ok(vec!["Quay-1".into()])
    }

    fn send(&self, printer: &str, title: &str, pdf: &[u8]) -> Result<(), PrinterFault> {
        assert!(title.ends_with(".pdf") && !pdf.is_empty());
        if printer == "Quay-1" {
            Ok(())
        } else {
            Err(self.0.clone())
        }
    }
}

#[test]
fn what_a_printer_does_not_take_is_no_print() {
    let office = TestOffice::new();
    let desk = officer(&office);
    registered(&desk);
    let send = |printer: &str| json!({"id": form_id(1), "printer": printer});
    let said = |command: &str, request: &Value| {
        let error = desk.error(command, request);
        (
            error["violations"][0]["code"].clone(),
            error["violations"][0]["message"].to_string(),
        )
    };
    assert_eq!(said("printer_list", &json!({})).0, "printer_missing");
    assert_eq!(said("form_send", &send("Quay-1")).0, "printer_missing");
    let fault = PrinterFault::NotTaken("out of paper".into());
    office.with_app(|app| app.set_printers(Arc::new(OnePrinter(fault))));
    assert_eq!(desk.ok("printer_list", &json!({})), json!(["Quay-1"]));
    let (code, words) = said("form_send", &send("Kho"));
    assert_eq!(code, "printer_failed");
    assert!(
        words.contains("Kho") && words.contains("out of paper"),
        "{words}"
    );
    let sent = desk.ok("form_send", &send("Quay-1"));
    assert_eq!(
        sent,
        json!({"mark": "original", "times": 1}),
        "none was recorded before"
    );
    let again = desk.ok("form_send", &send("Quay-1"));
    assert_eq!(again, json!({"mark": "copy", "times": 2}));
    assert!(office.verify().differences.is_empty());
}

#[test]
fn a_receipt_says_what_was_paid_and_that_it_was_taken_back() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    cash::open(&desk, 0);
    cash::to_pay(&desk, 1, 3_000_000);
    cash::take(&desk, 1, cash::pay());
    let receipt = cash::desk_of(&desk)["receipts"][0].clone();
    let by = json!({"id": receipt["id"]});
    let printed = desk.ok("receipt_print", &by);
    assert_eq!(printed["name"], "MONGCAI-2026-BL-Q1-000001.pdf");
    assert_eq!(printed["pictures"].as_array().map(Vec::len), Some(1));
    let sheet = set(&printed);
    let paper = &sheet["sheet"]["data"];
    assert_eq!(
        (&paper["series"], &paper["number"], &paper["total"]),
        (
            &json!("MONGCAI/2026/BL/Q1"),
            &json!("000001"),
            &json!("50000")
        )
    );
    assert_eq!(paper["in_words"], "Năm mươi nghìn đồng");
    assert_eq!(paper["payer"], "Lý Văn Nam 1");
    assert_eq!(paper["identity"], "022185100001");
    assert_eq!(paper["form"], receipt["form_number"]);
    assert_eq!(paper["office"]["gate"], "MONGCAI");
    let items = paper["items"].as_array().expect("items").iter();
    let sum: i64 = items.map(|item| super::dong(&item["amount"])).sum();
    assert_eq!(sum, 50_000, "{paper}");
    assert_eq!(paper["cancelled"], "");

    let ask = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "ghi nhầm"});
    desk.ok("receipt_cancel", &ask);
    chief.ok(
        "receipt_answer",
        &json!({"id": receipt["id"], "confirm": true}),
    );
    let again = set(&desk.ok("receipt_print", &by));
    assert_eq!(again["sheet"]["data"]["cancelled"], "ghi nhầm");
    cash::clean(&office);
}

#[test]
fn a_gathering_list_names_its_residents_in_full_and_adds_up() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let person = hoa(&desk);
    gathering::released(&desk, 1, &person, &[gathering::cups("100")]);
    let lines = [gathering::taken(1, "60")];
    desk.ok("gathering_save", &gathering::list(1, &lines));
    let by = json!({"id": gathering::list_id(1)});
    let draft = set(&desk.ok("gathering_print", &by));
    assert_eq!(draft["sheet"]["data"]["confirmed"], Value::Null);
    let file = json!({"step": "file", "declaration": "1234"});
    desk.ok("gathering_step", &gathering::by(1, file));
    let printed = desk.ok("gathering_print", &by);
    assert_eq!(printed["name"], "MONGCAI-2026-MG-Q1-000001.pdf");
    let sheet = set(&printed);
    let paper = &sheet["sheet"]["data"];
    assert_eq!(paper["trader"], "Công ty An Phát");
    assert_eq!(
        (&paper["gathered"]["date"], &paper["due"]["date"]),
        (&json!("24/11/2026"), &json!("24/12/2026"))
    );
    let line = &paper["lines"][0];
    let form = desk.ok("declaration_view", &json!({"id": form_id(1)}));
    assert_eq!(
        (&line["identity"], &line["form"], &line["form_date"]),
        (
            &json!("022185004321"),
            &form["number"],
            &json!("24/11/2026")
        )
    );
    assert_eq!(
        (&line["quantity"], &line["unit"], &line["price"]),
        (&json!("60"), &json!("kg"), &json!("1000"))
    );
    assert_eq!(
        (&line["value"], &paper["value"]),
        (&json!("60000"), &json!("60000"))
    );
    assert_ne!(paper["confirmed"], Value::Null);
    let cancel = json!({"id": gathering::list_id(1), "reason": "ghi sai"});
    let chief = office.sign_in("supervisor", "MONGCAI", "Q2");
    chief.ok("gathering_cancel", &cancel);
    assert_eq!(desk.code("gathering_print", &by), "refused");
    cash::clean(&office);
}

#[test]
fn the_book_of_vehicles_says_who_is_not_back() {
    let office = TestOffice::new();
    let desk = officer(&office);
    let owner = hoa(&desk);
    for (n, plate) in [(1, "14C-123.45"), (2, "14C-123.46"), (3, "14C-123.47")] {
        desk.ok(
            "vehicle_register",
            &vehicles::vehicle(n, plate, "truck", &owner),
        );
    }
    desk.ok("vehicle_cross", &vehicles::cross("14C12345", "out"));
    desk.ok("vehicle_cross", &vehicles::cross("14C12346", "out"));
    desk.ok("vehicle_cross", &vehicles::cross("14C12346", "back"));
    let of = json!({"gate": "MONGCAI", "year": 2026});
    let listed = || {
        let all = office.records();
        all.iter()
            .filter(|record| record["event"] == "people_revealed")
            .count()
    };
    let before = listed();
    let printed = desk.ok("vehicle_print", &of);
    assert_eq!(listed(), before + 1, "its owners were shown");
    assert_eq!(printed["name"], "QLPT-BG-MONGCAI-2026.pdf");
    let sheet = set(&printed);
    let paper = &sheet["sheet"]["data"];
    assert_eq!(
        (&paper["from"]["date"], &paper["to"]["date"]),
        (&json!("01/01/2026"), &json!("31/12/2026"))
    );
    let rows = paper["rows"].as_array().expect("rows");
    let seen: Vec<_> = rows
        .iter()
        .map(|row| {
            let gone = |name: &str| row[name] != json!("");
            (row["plate"].as_str(), gone("out"), gone("back"))
        })
        .collect();
    assert_eq!(
        seen,
        [
            (Some("14C12345"), true, false),
            (Some("14C12346"), true, true),
            (Some("14C12347"), false, false)
        ]
    );
    assert_eq!(
        (&rows[0]["identity"], &rows[0]["kind"]),
        (&json!("022185004321"), &json!("Xe tải"))
    );
    let unknown = json!({"gate": "NOWHERE", "year": 2026});
    assert_eq!(desk.code("vehicle_print", &unknown), "not_found");
}
