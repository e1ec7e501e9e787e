//! Every command, looked at for what it shows of a person: whoever sees a number, a birth or an address
//! leaves an entry (Law 91/2025/QH15). A new command has to be called here, or to be named among those
//! that have no person in their answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use bm_api::COMMANDS;
use bm_api::session::operator;
use bm_app::law::LawRow;
use bm_app::ports::{PrinterFault, Printers};
use bm_domain::Validity;
use bm_domain::breach::{PatternKind, PatternRule};
use bm_tests::testkit::{Desk, TestOffice, form_id};
use serde_json::{Value, json};

use super::corrections::correction;
use super::vehicles::{cross, vehicle};
use super::{apples, cash, gathering, line, officer, paper, purchase, sale, someone};

/// What a command shows of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// Nothing.
    Nothing,
    /// A name, as in the lists of a gate's work, where numbers are masked.
    Names,
    /// Who a person is; it leaves an entry.
    Recorded,
}
use Shows::{Names, Nothing, Recorded};

/// Commands whose answers have no place for a resident: the law, accounts, sessions, figures.
const NOBODY: [&str; 51] = [
    "account_first",
    "account_list",
    "account_save",
    "account_unlock",
    "alignment_print",
    "anchor_export",
    "anchor_keep",
    "anchor_list",
    "anchor_make",
    "anchor_print",
    "anchor_renew",
    "audit_kinds",
    "barrier_import",
    "cash_acknowledge",
    "cash_close",
    "cash_day",
    "cash_hand_over",
    "cash_open",
    "commune_list",
    "day_close",
    "day_close_answer",
    "goods_find",
    "hub_members",
    "hub_status",
    "hub_sync",
    "law_approve",
    "law_changes",
    "law_check",
    "law_effect",
    "law_kinds",
    "law_propose",
    "law_reject",
    "law_rule",
    "law_series",
    "law_table_preview",
    "law_table_take",
    "password_change",
    "price_view",
    "printer_list",
    "reconciliation_period",
    "report_daily",
    "report_definitions",
    "report_export",
    "report_save_definition",
    "report_withdraw",
    "retention_decide",
    "retention_list",
    "retention_preview",
    "retention_propose",
    "session_sign_in",
    "system_status",
];
/// Those that end or lock the session that asks.
const SESSION: [&str; 3] = ["session_lock", "session_sign_out", "session_unlock"];

const NAME: &str = "Nguyễn Thị Hoa";
const NUMBER: &str = "022185004321";
/// Events that tell who looked at whom, or changed what is held of them.
const ENTRIES: [&str; 5] = [
    "person_viewed",
    "people_listed",
    "people_revealed",
    "form_printed",
    "person_saved",
];

/// Every record on the way of a person is looked at; those that tell who it is leave an entry.
fn the_log(watch: &mut Watch<'_>, office: &TestOffice) {
    let desk = office.sign_in("auditor", "MONGCAI", "A1");
    let found = watch.call(&desk, "audit_search", &json!({"subject": NUMBER}), Recorded);
    watch.call(&desk, "audit_search", &json!({"limit": 500}), Nothing);
    let mut kinds = BTreeSet::new();
    for row in found["rows"].as_array().expect("rows") {
        let at = json!({"series": row["series"], "index": row["index"]});
        kinds.insert(row["kind"].to_string());
        watch.call(&desk, "audit_view", &at, Recorded);
    }
    assert!(kinds.len() > 4, "{kinds:?}");
}

struct TakesAll;

impl Printers for TakesAll {
    fn list(&self) -> Result<Vec<String>, PrinterFault> {
        Ok(vec!["Quay-1".into()])
    }

    fn send(&self, _: &str, _: &str, _: &[u8]) -> Result<(), PrinterFault> {
        Ok(())
    }
}

/// Calls commands and looks at what their answers show.
struct Watch<'a> {
    office: &'a TestOffice,
    seen: BTreeSet<String>,
}

impl Watch<'_> {
    fn entries(&self) -> usize {
        let records = self.office.records().into_iter();
        let told = records.filter(|r| ENTRIES.iter().any(|event| r["event"] == *event));
        told.count()
    }

    fn call(&mut self, desk: &Desk<'_>, command: &str, ask: &Value, expected: Shows) -> Value {
        let before = self.entries();
        let answer = desk.ok(command, ask);
        let recorded = self.entries() > before;
        let text = readable(&answer);
        let tells = [NUMBER, "1985-03-12", "Thôn 1, Hoành Mô"];
        let tells = tells.iter().any(|told| text.contains(told));
        let shows = match (recorded, text.contains(NAME)) {
            (true, _) => Recorded,
            (false, true) => Names,
            (false, false) => Nothing,
        };
        assert!(
            recorded || !tells,
            "{command} shows a person and leaves no entry"
        );
        assert_eq!(shows, expected, "{command}: {text}");
        self.seen.insert(command.to_owned());
        answer
    }
}

/// An answer as text, with the sheet in its file.
fn readable(answer: &Value) -> String {
    let sheet = answer["pdf"]
        .is_string()
        .then(|| paper::set(answer).to_string());
    format!("{answer}{}", sheet.unwrap_or_default())
}

#[test]
fn whatever_shows_who_a_person_is_leaves_an_entry() {
    let office = TestOffice::new();
    office.with_app(|app| app.set_printers(Arc::new(TakesAll)));
    let desk = officer(&office);
    let head = office.sign_in("supervisor", "MONGCAI", "S1");
    let mut watch = Watch {
        office: &office,
        seen: BTreeSet::new(),
    };
    let saved = watch.call(&desk, "person_save", &someone(NUMBER, NAME), Recorded);
    let hoa = saved["id"].as_str().expect("a key").to_owned();
    people(&mut watch, &desk, &head, &hoa);
    forms(&mut watch, &desk, &head, &hoa);
    money(&mut watch, &desk, &head, &hoa);
    other_books(&mut watch, &desk, &head, &hoa);
    breaches(&mut watch, &desk, &head, &hoa);
    reconciliation(&mut watch, &desk, &head, &hoa);
    the_log(&mut watch, &office);
    reports(&mut watch, &head);

    let listed = NOBODY.iter().chain(&SESSION).copied();
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    let both: Vec<_> = listed.intersection(&watch.seen).collect();
    assert_eq!(both, Vec::<&String>::new(), "called and listed");
    let known: BTreeSet<String> = watch.seen.union(&listed).cloned().collect();
    let commands: BTreeSet<String> = COMMANDS.iter().map(|one| one.name.to_owned()).collect();
    assert_eq!(
        known, commands,
        "a command nobody has looked at, or one that is gone"
    );
}

/// Goods off the list, and a pattern that fires by the person's address.
fn breaches(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    let off_list = [line("3926.90.99", "1", "kg", "60000")];
    desk.ok("declaration_register", &purchase(70, hoa, &off_list));
    watch.office.with_app(|app| {
        let rule = PatternRule {
            pattern: PatternKind::SharedAddress,
            enabled: true,
            threshold: 1,
            window_minutes: 0,
            share_percent: 0,
            validity: Validity::since("2026-11-01".parse().expect("a day")),
            basis: "test".into(),
        };
        let saved = app.save_law(&operator("test"), &[LawRow::Pattern(rule)], "test");
        saved.expect("the rule");
    });
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    watch.call(head, "breach_scan", &day, Nothing);
    watch.call(head, "overview", &json!({}), Nothing);
    let list = watch.call(head, "breach_list", &json!({}), Names);
    let rows = list["rows"].as_array().expect("rows");
    let of = |kind: &str| {
        let row = rows.iter().find(|row| row["kind"] == kind);
        row.unwrap_or_else(|| panic!("{kind} in {list}"))["id"].clone()
    };
    let (goods, pattern) = (of("off_list"), of("shared_address"));
    watch.call(head, "breach_view", &json!({"id": goods}), Recorded);
    let to = json!({"id": goods, "to": "supervisor"});
    watch.call(head, "breach_assign", &to, Nothing);
    let decided = json!({"id": goods, "state": "waived", "reason": "nhầm mã"});
    watch.call(head, "breach_decide", &decided, Nothing);
    let harmless = json!({"id": pattern, "reason": "một thôn"});
    watch.call(head, "breach_harmless", &harmless, Nothing);
    let verdicts = watch.call(head, "harmless_list", &json!({}), Nothing);
    let back = json!({"id": verdicts[0]["id"], "reason": "xem lại"});
    watch.call(head, "harmless_withdraw", &back, Nothing);
}

fn people(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    let by = json!({"id": hoa});
    watch.call(desk, "person_find", &json!({"text": NUMBER}), Recorded);
    watch.call(
        desk,
        "person_find",
        &json!({"text": "nguyen hoa"}),
        Recorded,
    );
    watch.call(desk, "person_view", &by, Recorded);
    let ask = json!({"id": hoa, "reason": "đương sự yêu cầu", "format": "csv"});
    watch.call(head, "person_export", &ask, Recorded);
}

fn forms(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    let form = |n| purchase(n, hoa, &[apples(100_000)]);
    watch.call(desk, "declaration_preview", &form(1), Nothing);
    watch.call(desk, "declaration_register", &form(1), Nothing);
    let (out, back) = (sale(2, hoa, &[apples(100_000)]), form(3));
    watch.call(
        desk,
        "exchange_register",
        &json!({"out": out, "back": back}),
        Nothing,
    );
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24", "text": ""});
    watch.call(desk, "declaration_list", &day, Names);
    let (gate, by) = (json!({"gate": "MONGCAI"}), json!({"id": form_id(1)}));
    watch.call(desk, "declaration_queue", &gate, Names);
    watch.call(desk, "declaration_view", &by, Recorded);
    let preview = json!({"id": form_id(1), "preview": true});
    let sheet = watch.call(desk, "form_print", &preview, Recorded);
    watch.call(
        desk,
        "form_find",
        &json!({"text": paper::qr(&sheet)}),
        Nothing,
    );
    let send = json!({"id": form_id(1), "printer": "Quay-1"});
    watch.call(desk, "form_send", &send, Recorded);
    let step = json!({"id": form_id(1), "step": {"step": "release"}});
    watch.call(desk, "declaration_step", &step, Nothing);
    let amend = correction(1, "amend", &[apples(90_000)]);
    watch.call(desk, "correction_preview", &amend, Nothing);
    watch.call(desk, "correction_make", &amend, Nothing);
    let waiting = watch.call(head, "correction_list", &gate, Names);
    let verdict = json!({"id": waiting["pending"][0]["id"], "approve": true, "reason": ""});
    watch.call(head, "correction_decide", &verdict, Nothing);
    watch.call(desk, "declaration_history", &by, Nothing);
    let cancel = json!({"id": form_id(3), "reason": "nhập sai"});
    watch.call(desk, "declaration_cancel", &cancel, Nothing);
}

fn money(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    cash::open(desk, 0);
    desk.ok(
        "declaration_register",
        &purchase(5, hoa, &[apples(3_000_000)]),
    );
    for step in [
        json!({"step": "inspect", "finding": "conforms"}),
        json!({"step": "confirm_tax"}),
    ] {
        desk.ok("declaration_step", &json!({"id": form_id(5), "step": step}));
    }
    cash::take(desk, 5, cash::pay());
    let gate = json!({"gate": "MONGCAI"});
    let receipt = watch.call(desk, "cash_desk", &gate, Names)["receipts"][0].clone();
    let day = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    watch.call(desk, "receipt_list", &day, Names);
    let by = json!({"id": receipt["id"]});
    watch.call(desk, "receipt_view", &by, Recorded);
    watch.call(desk, "receipt_print", &by, Recorded);
    let ask = json!({"id": receipt["id"], "serial": receipt["number"], "reason": "ghi nhầm"});
    watch.call(desk, "receipt_cancel", &ask, Names);
    let answer = json!({"id": receipt["id"], "confirm": true});
    watch.call(head, "receipt_answer", &answer, Names);
}

fn other_books(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    desk.ok(
        "declaration_register",
        &purchase(6, hoa, &[gathering::cups("100")]),
    );
    for step in [
        json!({"step": "inspect", "finding": "conforms"}),
        json!({"step": "confirm_tax"}),
        json!({"step": "pay", "method": "bank", "document": "UNC-6"}),
        json!({"step": "release"}),
    ] {
        desk.ok("declaration_step", &json!({"id": form_id(6), "step": step}));
    }
    let form = json!({"text": form_id(6)});
    watch.call(desk, "gathering_form", &form, Recorded);
    let list = gathering::list(1, &[gathering::taken(6, "60")]);
    watch.call(desk, "gathering_save", &list, Recorded);
    let all = json!({"gate": "", "all": true, "text": ""});
    watch.call(desk, "gathering_list", &all, Nothing);
    watch.call(
        desk,
        "gathering_trader",
        &json!({"text": "0100112437"}),
        Nothing,
    );
    let by = json!({"id": gathering::list_id(1)});
    watch.call(desk, "gathering_view", &by, Recorded);
    let export = json!({"id": gathering::list_id(1), "format": "csv"});
    watch.call(desk, "gathering_export", &export, Recorded);
    watch.call(desk, "gathering_print", &by, Recorded);
    let file = json!({"step": "file", "declaration": "107"});
    watch.call(head, "gathering_step", &gathering::by(1, file), Recorded);
    let cancel = json!({"id": gathering::list_id(1), "reason": "ghi sai"});
    watch.call(head, "gathering_cancel", &cancel, Recorded);

    let plate = "14C-123.45";
    watch.call(
        desk,
        "vehicle_register",
        &vehicle(1, plate, "truck", hoa),
        Recorded,
    );
    watch.call(desk, "vehicle_find", &json!({"text": plate}), Recorded);
    let out = watch.call(desk, "vehicle_cross", &cross(plate, "out"), Recorded);
    watch.call(desk, "vehicle_outside", &json!({"gate": "MONGCAI"}), Names);
    let longer = json!({"id": out["away"]["id"], "hours": 12, "reason": "đường sạt lở"});
    watch.call(head, "vehicle_extend", &longer, Names);
    let year = json!({"gate": "MONGCAI", "year": 2026});
    watch.call(desk, "vehicle_book", &year, Recorded);
    let export = json!({"gate": "MONGCAI", "year": 2026, "format": "csv"});
    watch.call(desk, "vehicle_export", &export, Recorded);
    watch.call(desk, "vehicle_print", &year, Recorded);
    desk.ok("vehicle_cross", &cross(plate, "back"));
    let gone = json!({"id": form_id(20_001), "reason": "bán xe"});
    watch.call(desk, "vehicle_strike_off", &gone, Recorded);
}

/// Differences name who declared the forms behind them.
fn reconciliation(watch: &mut Watch<'_>, desk: &Desk<'_>, head: &Desk<'_>, hoa: &str) {
    let sold = sale(95, hoa, &[apples(90_000)]);
    desk.ok("declaration_register", &sold);
    let release = json!({"id": form_id(95), "step": {"step": "release"}});
    desk.ok("declaration_step", &release);
    let none = json!({"persons": "0", "forms": "0"});
    let count = json!({"gate": "MONGCAI", "day": "2026-11-24", "counter": "Trạm 1",
        "import": none, "export": none});
    let day = watch.call(desk, "barrier_save", &count, Names);
    let of = json!({"gate": "MONGCAI", "day": "2026-11-24"});
    watch.call(head, "reconciliation_view", &of, Names);
    let all = day["differences"].as_array().expect("differences").iter();
    let mut counted = all.filter(|one| one["kind"] == "count_differs");
    let key = counted.next().expect("a count that differs")["key"].clone();
    let settle = json!({"gate": "MONGCAI", "day": "2026-11-24", "key": key, "way": "explain",
        "reason": "chưa đếm"});
    let day = watch.call(desk, "difference_settle", &settle, Names);
    let mut all = day["differences"].as_array().expect("differences").iter();
    let waits = all.find(|one| one["key"] == key).expect("it waits");
    let answer = json!({"id": waits["settlement"]["id"], "confirm": true});
    watch.call(head, "settlement_answer", &answer, Names);
}

/// Of all reports only those by resident name anybody.
fn reports(watch: &mut Watch<'_>, head: &Desk<'_>) {
    let of = |report: &str| json!({"report": report, "period": "month", "day": "2026-11-24", "gates": ["MONGCAI"]});
    let named = of("residents");
    watch.call(head, "report_run", &named, Recorded);
    let file = json!({"report": named, "format": "csv"});
    watch.call(head, "report_file", &file, Recorded);
}
