//! Somebody with the key changes the database past the program: `verify` finds it.

use bm_api::session::operator;
use bm_app::cash::receipts_of_session;
use bm_app::permission::Role;
use bm_app::ports::StoredDeclaration;
use bm_app::vehicle::NewVehicle;
use bm_app::{Actor, AppError};
use bm_domain::cash::Count;
use bm_domain::process::{Finding, PaymentMethod, Stage, Step};
use bm_domain::vehicle::VehicleKind;
use bm_domain::{BusinessDay, DeclarationId, Vnd};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::office::{Chance, Office, Trade, folder, id, in_year, open_database, somebody};

/// A database with forms of every state, accounts and look-ups, its last record a look-up.
pub fn lived_in() -> Office {
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    let ran = office.run(["declare", &forms]);
    let registered: Vec<_> = ran
        .lines()
        .iter()
        .filter(|answer| answer["status"] == "registered")
        .map(|answer| answer["id"].as_str().expect("an id").to_owned())
        .collect();
    for form in registered.iter().step_by(9).take(4) {
        office
            .run(["cancel", form, "--reason", "nhập sai"])
            .ended(0);
    }
    let off_list = trade.declaration(0).to_string();
    let off_list = off_list
        .replace(&id(0), &id(9_999_999))
        .replace("\"hs\":\"", "\"hs\":\"9");
    office.feed(["declare", "-"], off_list).ended(1);
    take_cash(&office, &registered);
    release(&office, &registered[1..]);
    register_vehicle(&office, &trade);
    office.run(["show", &registered[1]]).ended(0);
    office
}

/// A cashier's session with receipts, one of them taken back, and a second one that is open.
fn take_cash(office: &Office, forms: &[String]) {
    let held = bm_host::Office::open(&office.data()).expect("the database opens");
    let app = held.app();
    let actor = |user: &str| Actor {
        user: user.into(),
        role: Role::Supervisor,
        gate: "MONGCAI".into(),
        workstation: "Q1".into(),
    };
    let (lan, bich) = (actor("lan"), actor("bich"));
    let session = app.open_cash(&lan, Vnd::new(100_000)).expect("opened");
    let ids: Vec<DeclarationId> = forms.iter().map(|id| id.parse().expect("an id")).collect();
    let to_pay = |form: &StoredDeclaration| match form.stage()? {
        Stage::Inspection if form.progress.presented.is_none() => Some(Step::Present),
        Stage::Inspection => Some(Step::Inspect {
            finding: Finding::Conforms,
            remark: String::new(),
        }),
        Stage::Tax => Some(Step::ConfirmTax),
        Stage::Payment if form.declaration.draft.gate == "MONGCAI" => Some(Step::Pay {
            method: PaymentMethod::Cash,
            document: String::new(),
            amount: None,
        }),
        _ => None,
    };
    for id in ids {
        match app.take_steps(&lan, &[id], to_pay) {
            Ok(()) | Err(AppError::Stale) => {}
            Err(error) => panic!("{id}: {error}"),
        }
    }
    let receipts = app.read(|reader| Ok(receipts_of_session(reader, session.id)?));
    let receipts = receipts.expect("receipts");
    assert!(receipts.len() >= 2, "{} forms were paid", receipts.len());
    let wrong = &receipts[0];
    app.take_receipt_back(&lan, wrong.id, &wrong.number, "ghi nhầm")
        .expect("asked");
    app.answer_receipt(&bich, wrong.id, true)
        .expect("confirmed");
    app.close_cash(&lan, session.id, &Count::default(), "mất hết")
        .expect("closed");
    app.open_cash(&lan, Vnd::ZERO).expect("opened again");
}

/// What owes nothing leaves.
fn release(office: &Office, forms: &[String]) {
    let held = bm_host::Office::open(&office.data()).expect("the database opens");
    let app = held.app();
    let actor = Actor {
        user: "lan".into(),
        role: Role::Supervisor,
        gate: "MONGCAI".into(),
        workstation: "Q1".into(),
    };
    let on = |form: &StoredDeclaration| (form.stage()? == Stage::Release).then_some(Step::Release);
    let mut released = 0;
    for id in forms {
        let id: DeclarationId = id.parse().expect("an id");
        match app.take_steps(&actor, &[id], on) {
            Ok(()) | Err(AppError::Stale) => released += 1,
            Err(error) => panic!("{id}: {error}"),
        }
    }
    assert!(released > 10, "{released} forms left");
}

/// An entry of one of the other books.
fn register_vehicle(office: &Office, trade: &Trade) {
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let app = held.app();
    let number = &trade.residents[0].cccd;
    let owner = app.people_by_number(None, number).expect("read").remove(0);
    let actor = Actor {
        user: "test".into(),
        role: Role::Operator,
        gate: "MONGCAI".into(),
        workstation: "Q1".into(),
    };
    let vehicle = NewVehicle {
        id: id(5_000_001).parse().expect("a UUID"),
        plate: "14C-123.45".parse().expect("a plate"),
        kind: VehicleKind::Truck,
        owner: owner.id,
        year: BusinessDay::of(app.clock().now()).year(),
    };
    app.register_vehicle(&actor, &vehicle).expect("registered");
}

/// Copies the database so that each case begins with a whole one.
pub fn copy(office: &Office) -> (tempfile::TempDir, Connection) {
    let folder = folder();
    for name in ["bienmau.db", "bienmau.key"] {
        std::fs::copy(office.data().join(name), folder.path().join(name)).expect("copied");
    }
    let database = open_database(folder.path());
    (folder, database)
}

#[track_caller]
fn verify(folder: &std::path::Path) -> (Option<i32>, String) {
    let output = std::process::Command::new(crate::office::PROGRAM)
        .arg("--data")
        .arg(folder)
        .arg("verify")
        .output()
        .expect("started");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let messages = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), text + &messages)
}

/// The value with one byte or digit changed.
fn changed(value: &Value, chance: &mut Chance) -> Value {
    match value {
        Value::Null => Value::Text("x".into()),
        Value::Integer(number) => Value::Integer(number + 1 + chance.below(5) as i64),
        Value::Real(number) => Value::Real(number + 1.0),
        Value::Text(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            if letters.is_empty() {
                return Value::Text("x".into());
            }
            let at = chance.below(letters.len());
            letters[at] = if letters[at] == '7' { '8' } else { '7' };
            Value::Text(letters.into_iter().collect())
        }
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let at = chance.below(bytes.len().max(1));
            bytes[at] ^= 1;
            Value::Blob(bytes)
        }
    }
}

/// Columns that anybody could want to change, table by table.
pub const COLUMNS: &[(&str, &[&str])] = &[
    (
        "record",
        &["id", "series", "idx", "uuid", "payload", "hash"],
    ),
    ("person", &["uuid", "folded", "born", "body"]),
    ("paper", &["number", "kind", "person"]),
    (
        "declaration",
        &[
            "id",
            "uuid",
            "number",
            "day",
            "gate",
            "direction",
            "status",
            "person",
            "cancel_reason",
            "revised",
            "returned",
            "unsettled",
            "other_leg",
            "commune",
        ],
    ),
    ("quota_use", &["person", "day", "exempt", "trips"]),
    (
        "day_total",
        &[
            "gate",
            "day",
            "direction",
            "forms",
            "value",
            "exempt",
            "excess",
            "duty",
            "excise",
            "environment",
            "vat",
            "fee",
            "weight_g",
            "refused",
            "cancelled",
            "returned",
            "amended",
        ],
    ),
    (
        "price_point",
        &["gate", "hs", "unit", "direction", "month", "class", "lines"],
    ),
    (
        "statistic",
        &[
            "entered",
            "gate",
            "direction",
            "registered",
            "hs",
            "country",
            "unit",
            "commune",
            "forms",
            "lines",
            "quantity",
            "weight",
            "mass",
            "value",
            "exempt",
            "excess",
            "duty",
            "excise",
            "environment",
            "vat",
            "fee",
        ],
    ),
    ("correction", &["id", "declaration"]),
    ("number_series", &["series", "last"]),
    (
        "book_entry",
        &["id", "book", "uuid", "gate", "day", "open", "body"],
    ),
    ("book_reference", &["entry", "word"]),
    ("law", &["key", "body"]),
    ("account", &["name", "body"]),
    ("trail", &["subject", "record"]),
];

/// Changes one value of one row; `None` when the database itself would not have it.
pub fn edit(
    database: &Connection,
    table: &str,
    column: &str,
    chance: &mut Chance,
) -> Option<String> {
    let count = format!("SELECT COUNT(*) FROM {table}");
    let rows: u32 = database
        .query_row(&count, [], |r| r.get(0))
        .expect("counted");
    let at = chance.below(rows as usize);
    let keys = match table {
        "record" | "person" | "declaration" | "correction" | "book_entry" => "id",
        "book_reference" => "word, entry",
        "paper" => "number, kind",
        "trail" => "subject, record",
        "quota_use" => "person, day",
        "day_total" => "gate, day, direction",
        "price_point" => "gate, hs, unit, direction, month, class",
        "statistic" => "entered, gate, direction, registered, hs, country, unit, commune",
        "number_series" => "series",
        "law" => "key",
        _ => "name",
    };
    let query = format!("SELECT {column} FROM {table} ORDER BY {keys} LIMIT 1 OFFSET {at}");
    let value: Value = database.query_row(&query, [], |r| r.get(0)).expect("a row");
    let new = match column {
        "direction" if value == Value::Text("import".into()) => Value::Text("export".into()),
        "direction" => Value::Text("import".into()),
        "status" if value == Value::Text("registered".into()) => Value::Text("refused".into()),
        "status" => Value::Text("registered".into()),
        "open" => Value::Integer(i64::from(value == Value::Integer(0))),
        _ => changed(&value, chance),
    };
    let update = format!(
        "UPDATE {table} SET {column} = ?1 WHERE ({keys}) =
            (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1 OFFSET {at})"
    );
    let done = database.execute(&update, [&new]);
    done.ok()
        .map(|_| format!("{table}.{column} row {at}: {value:?} to {new:?}"))
}

#[test]
fn verify_finds_every_changed_value() {
    let office = lived_in();
    let mut chance = Chance::new(80);
    let mut edits = 0;
    for (table, columns) in COLUMNS {
        for column in *columns {
            // Two edits of each column; some the database's own constraints refuse.
            for _ in 0..2 {
                let (folder, database) = copy(&office);
                database
                    .execute_batch("PRAGMA foreign_keys = OFF")
                    .expect("set");
                let Some(what) = edit(&database, table, column, &mut chance) else {
                    continue;
                };
                drop(database);
                edits += 1;
                let (status, said) = verify(folder.path());
                assert_eq!(status, Some(1), "{what}: {said}");
            }
        }
    }
    assert!(edits >= 60, "{edits} edits were made");
}

/// A database in which persons entered long ago were pseudonymised, among others who were not; the
/// row and the text of one of their older records as it was.
fn pseudonymised() -> (Office, i64, String) {
    let office = lived_in();
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let two = [
        somebody("022080001111", "Hoàng Thị Cũ"),
        somebody("022080002222", "Phạm Văn Xưa"),
    ];
    let app = held.app();
    let enter = |year| {
        let entered = in_year(app, year).import_people(&operator("test"), &two, "test");
        entered.expect("entered");
    };
    enter(2012);
    let last = "SELECT id, payload FROM record ORDER BY id DESC LIMIT 1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
    let (id, named) = office
        .database()
        .query_row(last, [], row)
        .expect("a record");
    // Entered once more: no table follows from the first record any longer.
    enter(2013);
    let run = app.propose_retention(&operator("one"), None);
    let run = run.expect("proposed");
    let done = app.decide_retention(&operator("two"), run.id, true);
    assert_eq!(done.expect("done").persons, 2);
    drop(held);
    office.is_clean();
    (office, id, named)
}

#[test]
fn verify_takes_the_text_a_redacted_record_was_given_and_no_other() {
    let (office, ..) = pseudonymised();
    let one = "(SELECT MIN(record) FROM redaction)";
    let two = "(SELECT MAX(record) FROM redaction)";
    let cases = [
        format!("UPDATE record SET payload = replace(payload, '•••', 'Trần Văn Ma') WHERE id = {one}"),
        format!("UPDATE record SET payload = replace(payload, '1980', '1981') WHERE id = {one}"),
        format!("UPDATE record SET payload = payload || ' ' WHERE id = {one}"),
        format!("UPDATE record SET payload = '' WHERE id = {one}"),
        format!("UPDATE record SET hash = zeroblob(32) WHERE id = {one}"),
        format!("UPDATE record SET uuid = zeroblob(16) WHERE id = {one}"),
        format!("UPDATE record SET idx = idx + 1000000 WHERE id = {one}"),
        // One redacted record in the place of another, with what the table says of it.
        format!(
            "UPDATE record SET payload = (SELECT payload FROM record WHERE id = {two}) WHERE id = {one};
             UPDATE redaction SET text = (SELECT text FROM redaction WHERE record = {two})
             WHERE record = {one}"
        ),
        format!("DELETE FROM redaction WHERE record = {one}"),
        "DELETE FROM redaction".into(),
        format!("UPDATE redaction SET text = zeroblob(32) WHERE record = {one}"),
        format!("UPDATE redaction SET was = zeroblob(8) WHERE record = {one}"),
        format!("UPDATE redaction SET hash = zeroblob(32) WHERE record = {one}"),
        format!(
            "UPDATE redaction SET hash = zeroblob(32) WHERE record = {one};
             UPDATE record SET hash = zeroblob(32) WHERE id = {one}"
        ),
        "INSERT INTO redaction SELECT 3, text, was, hash FROM redaction LIMIT 1".into(),
        "INSERT INTO redaction SELECT 9999999, text, was, hash FROM redaction LIMIT 1".into(),
        "UPDATE person SET folded = 'tran van ma' WHERE folded = '•••'".into(),
    ];
    for case in cases {
        let (folder, database) = copy(&office);
        let run = format!("PRAGMA foreign_keys = OFF; {case}");
        database
            .execute_batch(&run)
            .unwrap_or_else(|error| panic!("{case}: {error}"));
        assert!(database.total_changes() > 0, "{case} changed nothing");
        drop(database);
        let (status, said) = verify(folder.path());
        assert_eq!(status, Some(1), "{case}: {said}");
    }
    office.is_clean();
}

#[test]
fn verify_finds_a_name_that_was_put_back() {
    let (office, id, named) = pseudonymised();
    assert!(named.contains("Phạm Văn Xưa"), "{named}");
    for forget in [false, true] {
        // The text fits its hash in the chain again; that it was taken out is recorded all the same.
        let (folder, database) = copy(&office);
        let update = "UPDATE record SET payload = ?2 WHERE id = ?1";
        database.execute(update, (id, &named)).expect("changed");
        if forget {
            let delete = "DELETE FROM redaction WHERE record = ?1";
            assert_eq!(database.execute(delete, [id]), Ok(1));
        }
        drop(database);
        let (status, said) = verify(folder.path());
        assert_eq!(status, Some(1), "{forget}: {said}");
    }
}

#[test]
fn verify_finds_rows_taken_out_or_put_in() {
    let office = lived_in();
    let last = "(SELECT MAX(id) FROM record)";
    let cases = [
        format!("DELETE FROM record WHERE id = {last}"),
        "DELETE FROM record WHERE id = 5".into(),
        format!("DELETE FROM record WHERE id >= {last} - 2; DELETE FROM declaration WHERE id >= {last} - 2"),
        "DELETE FROM declaration WHERE id = (SELECT MAX(id) FROM declaration)".into(),
        "DELETE FROM paper WHERE number = (SELECT MIN(number) FROM paper)".into(),
        "INSERT INTO paper VALUES ('100000001', 'cmnd', 1)".into(),
        "UPDATE paper SET person = 2 WHERE person = 1".into(),
        "DELETE FROM person_name WHERE rowid = 3".into(),
        "DELETE FROM person_name WHERE rowid = 3; INSERT INTO person_name (rowid, folded) VALUES (3, 'la thi khac')".into(),
        "INSERT INTO person_name (rowid, folded) VALUES (99999, 'la thi mai')".into(),
        "DELETE FROM quota_use WHERE (person, day) = (SELECT person, day FROM quota_use LIMIT 1)".into(),
        "INSERT INTO quota_use VALUES (1, 1, 0, 0)".into(),
        "INSERT INTO quota_use VALUES (77777, 1, 5, 1)".into(),
        "DELETE FROM day_total WHERE gate = (SELECT MIN(gate) FROM day_total)".into(),
        "INSERT INTO day_total VALUES ('X', 1, 'import', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)".into(),
        "DELETE FROM statistic WHERE value = (SELECT MAX(value) FROM statistic)".into(),
        "INSERT INTO statistic SELECT entered, 'X', direction, registered, hs, country, unit, commune, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM statistic LIMIT 1".into(),
        "DELETE FROM price_point WHERE lines = (SELECT MAX(lines) FROM price_point)".into(),
        "INSERT INTO price_point VALUES ('MONGCAI', 'import', 1, 7032090, 'x', 1, 0)".into(),
        "UPDATE number_series SET last = last + 1".into(),
        "DELETE FROM number_series WHERE series = (SELECT MIN(series) FROM number_series)".into(),
        "INSERT INTO number_series VALUES ('X/2026/NK/Q1', 7)".into(),
        "UPDATE declaration SET cancel_reason = 'khác' WHERE status = 'cancelled'".into(),
        "UPDATE declaration SET cancel_reason = NULL WHERE status = 'cancelled'".into(),
        "DELETE FROM book_entry WHERE id = (SELECT MAX(id) FROM book_entry)".into(),
        "DELETE FROM book_reference WHERE word = (SELECT MAX(word) FROM book_reference)".into(),
        "INSERT INTO book_reference VALUES (1, 'x')".into(),
        "INSERT INTO book_entry SELECT 9999, book, zeroblob(16), gate, day, open, body FROM book_entry LIMIT 1".into(),
        "UPDATE book_entry SET open = 1 - open WHERE id = 1".into(),
        "DELETE FROM law WHERE key = (SELECT MIN(key) FROM law)".into(),
        "INSERT INTO law VALUES ('gate/X', '{}')".into(),
        "INSERT INTO account VALUES ('ghost', '{}')".into(),
        "DELETE FROM book_reference; DELETE FROM book_entry".into(),
        "DELETE FROM book_reference WHERE word = '14C12345'".into(),
        "INSERT INTO book_entry VALUES (99, 'vehicle', zeroblob(16), 'X', 1, 1, '{}')".into(),
        "DELETE FROM person WHERE id = (SELECT MAX(id) FROM person)".into(),
        "UPDATE person SET id = id + 1000 WHERE id = (SELECT MAX(id) FROM person)".into(),
        "UPDATE series SET uuid = zeroblob(16)".into(),
        "UPDATE series SET last_idx = last_idx - 1".into(),
        "UPDATE series SET last_hash = x''".into(),
        "DELETE FROM series".into(),
        "UPDATE declaration SET released = 1 WHERE id = (SELECT MIN(id) FROM declaration)".into(),
        "UPDATE declaration SET progress = '{}' WHERE status = 'registered'".into(),
    ];
    for case in cases {
        let (folder, database) = copy(&office);
        let run = format!("PRAGMA foreign_keys = OFF; {case}");
        database
            .execute_batch(&run)
            .unwrap_or_else(|error| panic!("{case}: {error}"));
        drop(database);
        let (status, said) = verify(folder.path());
        assert_eq!(status, Some(1), "{case}: {said}");
    }
    office.is_clean();
}
