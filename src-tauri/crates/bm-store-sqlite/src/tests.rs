//! The file as a whole: schema and its numbers, encryption, and plans without a full scan.

use std::sync::{Arc, Mutex};

use bm_app::book::{Book, EntryFilter};
use bm_app::event::{Declaration, Event, Record};
use bm_app::ports::{DeclarationFilter, Status, Store};
use bm_app::{AppError, StoreError};
use bm_domain::decide::Decision;
use bm_domain::declaration::{Allocation, Direction, Draft};
use bm_domain::process::{Finding, Mark, Stage, Step};
use bm_domain::resident::{Paper, PaperKind, ResidenceBasis, Resident};
use bm_domain::tax::Taxes;
use bm_domain::vehicle::{Vehicle, VehicleKind};
use bm_domain::{BusinessDay, DeclarationId, PersonId, Validity, Vnd};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::migration::MIGRATIONS;

mod log;
mod prices;
mod replica;
mod statistics;

const DAY: &str = "2026-11-24";

fn day() -> BusinessDay {
    DAY.parse().expect("a day")
}

fn new_store() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().expect("a folder");
    let key = Key::create(folder.path(), None).expect("a key");
    let store = SqliteStore::create(folder.path(), &key, Uuid::from_u128(7)).expect("a store");
    (folder, store)
}

fn key_of(folder: &TempDir) -> Key {
    Key::load(folder.path(), None).expect("the key")
}

fn resident() -> Resident {
    Resident {
        id: PersonId(Uuid::from_u128(1)),
        name: "La Thị Đào".into(),
        born: BusinessDay::new(day().date()).before(12_000).date(),
        sex: None,
        address: "Thôn Đồng Thắng".into(),
        commune: "06841".into(),
        basis: ResidenceBasis::PermanentResidence,
        phone: None,
        papers: vec![Paper::new(PaperKind::Cccd, "022185004321")],
    }
}

fn form() -> Declaration {
    Declaration {
        draft: Draft {
            id: DeclarationId(Uuid::from_u128(2)),
            at: day().start(),
            gate: "HOANHMO".into(),
            workstation: "QUAY-01".into(),
            direction: Direction::Import,
            exchange_of: None,
            vehicle: None,
            counterpart: None,
            lines: vec![],
            allocation: Allocation::Entered,
        },
        person: resident().id,
        number: "HOANHMO/2026/NK/QUAY-01-000001".into(),
        revision: 0,
        decision: Decision {
            lines: vec![],
            value: Vnd::new(1_500_000),
            exempt: Vnd::new(1_500_000),
            excess: Vnd::ZERO,
            taxes: Taxes::default(),
            fee: Vnd::ZERO,
            inspection_required: false,
            counts_as_trip: true,
            trips_used: 1,
            violations: vec![],
        },
    }
}

fn record(number: u128, event: Event) -> Record {
    Record {
        id: Uuid::from_u128(100 + number),
        at: day().start(),
        by: "officer".into(),
        place: "HOANHMO/QUAY-01".into(),
        event,
    }
}

/// A day of one resident: entered, registered, cancelled, looked up in every way.
fn live_a_day(store: &SqliteStore) -> Result<(), AppError> {
    let person = Event::PersonSaved {
        person: Box::new(resident()),
        reason: "first seen".into(),
    };
    let cancelled = Event::Cancelled {
        id: form().draft.id,
        reason: "declared twice".into(),
    };
    let inspection = Event::StepTaken {
        id: form().draft.id,
        step: Step::OrderInspection,
    };
    store.write(&mut |writer| {
        writer.append(&record(1, person.clone()))?;
        writer.next_number("HOANHMO/2026/NK/QUAY-01")?;
        writer.append(&record(2, Event::Registered(Box::new(form()))))?;
        writer.append(&record(3, inspection.clone()))?;
        assert_eq!(writer.open_forms("HOANHMO", 9)?.len(), 1);
        writer.append(&record(4, cancelled.clone()))?;
        Ok(writer.append(&record(5, lorry(None)))?)
    })?;
    store.read(&mut |reader| {
        assert_eq!(reader.open_forms("HOANHMO", 9)?.len(), 0);
        let (id, month) = (resident().id, (day().month_start(), day().month_end()));
        let words = ["dao".to_owned(), "la".to_owned()];
        assert_eq!(reader.people_by_number(None, "022185004321")?.len(), 1);
        assert_eq!(reader.people_by_name(&words, 10)?.len(), 1);
        reader.people_by_name_and_year(&words, 1985, 10)?;
        assert_eq!(reader.namesakes("LA THỊ ĐÀO", resident().born)?.len(), 1);
        assert_eq!(reader.quota_usage(id, day(), month)?.trips_in_period, 0);
        let stored = reader.declaration(form().draft.id)?.expect("the form");
        let by_number = reader.declaration_by_number(&form().number)?;
        assert_eq!(by_number.as_ref(), Some(&stored));
        assert_eq!(stored.status, Status::Cancelled);
        for filter in [
            DeclarationFilter {
                gate_day: Some(("HOANHMO".into(), day())),
                person: None,
                limit: 9,
            },
            DeclarationFilter {
                gate_day: None,
                person: Some(id),
                limit: 9,
            },
        ] {
            assert_eq!(reader.declarations(&filter)?.len(), 1);
        }
        assert!(reader.entry(Book::Vehicle, Uuid::from_u128(9))?.is_some());
        let gate = EntryFilter {
            gate: Some("HOANHMO".into()),
            open: Some(true),
            ..EntryFilter::default()
        };
        let anywhere = EntryFilter {
            gate: None,
            days: Some((day(), day())),
            ..gate.clone()
        };
        let plate = EntryFilter {
            reference: Some("14C12345".into()),
            ..gate.clone()
        };
        let any_state = EntryFilter {
            open: None,
            ..gate.clone()
        };
        for filter in [gate, anywhere, plate, any_state] {
            assert_eq!(reader.entries(Book::Vehicle, &filter)?.len(), 1);
        }
        let totals = reader.day_totals("HOANHMO", day(), Direction::Import)?;
        assert_eq!((totals.forms, totals.cancelled, totals.value), (0, 1, 0));
        assert!(reader.open_forms_of("HOANHMO", day(), 9)?.is_empty());
        assert!(reader.unsettled_forms("HOANHMO", 9)?.is_empty());
        assert!(!reader.is_closed("HOANHMO", day())?);
        assert_eq!(reader.corrections(form().draft.id)?.len(), 1);
        assert_eq!(reader.as_registered(form().draft.id)?, Some(form()));
        reader.correction_totals("HOANHMO", day(), Direction::Import)?;
        log::look_around(reader)
    })
}

fn schema(connection: &Connection) -> String {
    let query = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
        AND name NOT LIKE 'person_name_%' ORDER BY type DESC, name";
    let mut statement = connection.prepare(query).expect("prepared");
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))
        .expect("rows");
    rows.map(|row| row.expect("text") + ";\n").collect()
}

/// Takes the tables of the migrations from `step` on out of a database.
fn undo_since(connection: &Connection, step: usize) {
    let tables = |connection: &Connection| {
        let query = "SELECT name FROM sqlite_schema WHERE type = 'table'
            AND name NOT LIKE 'person_name%' AND name NOT LIKE 'sqlite%'";
        let mut statement = connection.prepare(query).expect("prepared");
        let rows = statement.query_map([], |row| row.get::<_, String>(0));
        let names = rows.expect("rows").map(|row| row.expect("a name"));
        names.collect::<Vec<_>>()
    };
    let older = Connection::open_in_memory().expect("opened");
    for earlier in &MIGRATIONS[..step] {
        older.execute_batch(earlier).expect("an older schema");
    }
    let held = tables(&older);
    for table in tables(connection)
        .iter()
        .filter(|name| !held.contains(name))
    {
        connection
            .execute_batch(&format!("DROP TABLE {table}"))
            .expect("taken out");
    }
    connection
        .pragma_update(None, "user_version", u32::try_from(step).expect("few"))
        .expect("numbered");
}

/// Every release's schema is reached from every one before it, and looks as the snapshot says.
#[test]
fn every_older_schema_becomes_the_newest() {
    let fresh = {
        let (_folder, store) = new_store();
        let connection = lock(&store.writer).expect("free");
        schema(&connection)
    };
    insta::assert_snapshot!("schema", fresh);
    for (older, _) in (0_u32..).zip(MIGRATIONS) {
        let mut connection = Connection::open_in_memory().expect("opened");
        for step in &MIGRATIONS[..older as usize] {
            connection.execute_batch(step).expect("an older schema");
        }
        connection
            .pragma_update(None, "user_version", older)
            .expect("numbered");
        migration::migrate(&mut connection).expect("migrated");
        assert_eq!(schema(&connection), fresh, "from schema {older}");
        migration::migrate(&mut connection).expect("a second time changes nothing");
    }
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let (folder, store) = new_store();
    let known = u32::try_from(MIGRATIONS.len()).expect("few");
    let newer = known + 1;
    lock(&store.writer)
        .expect("free")
        .pragma_update(None, "user_version", newer)
        .expect("numbered");
    drop(store);
    let opened = SqliteStore::open(folder.path(), &key_of(&folder)).err();
    let known = u32::try_from(MIGRATIONS.len()).expect("few");
    assert_eq!(
        opened,
        Some(StoreError::TooNew {
            found: known + 1,
            known
        })
    );
}

#[test]
fn nothing_in_the_folder_can_be_read_without_the_key() {
    let (folder, store) = new_store();
    live_a_day(&store).expect("a day");
    for entry in std::fs::read_dir(folder.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("readable");
        for secret in ["SQLite format", "022185004321", "HOANHMO", "CREATE TABLE"] {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", path.display());
        }
    }
    drop(store);
    let wrong = Key::Raw("0".repeat(64));
    assert_eq!(
        SqliteStore::open(folder.path(), &wrong).err(),
        Some(StoreError::KeyWrong)
    );
    let opened = SqliteStore::open(folder.path(), &key_of(&folder));
    assert!(opened.is_ok(), "{:?}", opened.err());
}

#[test]
fn a_commit_is_on_the_disk_before_it_is_answered() {
    let (_folder, store) = new_store();
    let connection = lock(&store.writer).expect("free");
    let setting = |name: &str| -> String {
        let value: rusqlite::types::Value = connection
            .pragma_query_value(None, name, |row| row.get(0))
            .expect("a setting");
        format!("{value:?}")
    };
    assert_eq!(setting("journal_mode"), "Text(\"wal\")");
    assert_eq!(setting("synchronous"), "Integer(2)", "2 is FULL");
    assert_eq!(setting("foreign_keys"), "Integer(1)");
}

/// No statement of a day's work reads a table from end to end: their cost must not grow with it.
/// A lorry in the register, or struck off it.
fn lorry(struck_off: Option<&str>) -> Event {
    let mark = Mark {
        at: day().start(),
        by: "lan".into(),
    };
    let vehicle = Vehicle {
        id: Uuid::from_u128(9),
        number: "HOANHMO/2026/PT/QUAY-01-000001".into(),
        gate: "HOANHMO".into(),
        plate: "14C-123.45".parse().expect("a plate"),
        kind: VehicleKind::Truck,
        owner: resident().id,
        validity: Validity::since(day()),
        registered: mark.clone(),
        struck_off: struck_off.map(|reason| (mark, reason.to_owned())),
    };
    Event::Entered {
        change: "registered".into(),
        entry: vehicle.into(),
    }
}

#[test]
fn a_book_holds_each_entry_as_it_was_last_recorded() {
    let (_folder, store) = new_store();
    let filter = EntryFilter {
        gate: Some("HOANHMO".into()),
        days: Some((day(), day())),
        open: Some(true),
        reference: Some("14C12345".into()),
        limit: Some(10),
    };
    let held = |filter: &EntryFilter| {
        let mut found = Vec::new();
        store
            .read(&mut |reader| {
                found = reader.entries(Book::Vehicle, filter)?;
                assert!(reader.entries(Book::Crossing, filter)?.is_empty());
                Ok(())
            })
            .expect("read");
        found.len()
    };
    let enter = |number, event: Event| {
        store.write(&mut |writer| {
            if number == 1 {
                writer.next_number("HOANHMO/2026/PT/QUAY-01")?;
            }
            Ok(writer.append(&record(number, event.clone()))?)
        })
    };
    enter(1, lorry(None)).expect("entered");
    assert_eq!(held(&filter), 1);
    assert_eq!(
        held(&EntryFilter {
            reference: None,
            ..filter.clone()
        }),
        1
    );
    assert_eq!(
        held(&EntryFilter {
            reference: Some("14C99999".into()),
            ..filter.clone()
        }),
        0
    );
    enter(2, lorry(Some("sold"))).expect("changed");
    assert_eq!(held(&filter), 0);
    assert_eq!(
        held(&EntryFilter {
            open: None,
            ..filter
        }),
        1
    );

    let differences = || store.verify(&mut |_, _| ()).expect("verified").differences;
    assert_eq!(differences(), Vec::<String>::new());
    for damage in [
        "UPDATE book_entry SET gate = 'MONGCAI'",
        "UPDATE book_entry SET open = 1",
        "UPDATE book_entry SET day = day + 1",
        "UPDATE book_entry SET body = replace(body, '14C1', '14C2')",
        "UPDATE book_reference SET word = '14C12346' WHERE word = '14C12345'",
        "INSERT INTO book_reference VALUES (77, 'x')",
        "UPDATE number_series SET last = 5",
        "DELETE FROM book_reference; DELETE FROM book_entry",
    ] {
        let connection = lock(&store.writer).expect("free");
        let spoil = format!("PRAGMA foreign_keys = OFF; SAVEPOINT whole; {damage}");
        connection.execute_batch(&spoil).expect("damaged");
        let found = crate::verify::verify(&connection, &mut |_, _| ()).expect("verified");
        assert!(!found.differences.is_empty(), "{damage}");
        connection
            .execute_batch("ROLLBACK TO whole; RELEASE whole")
            .expect("mended");
    }
}

#[test]
fn no_statement_of_the_day_scans_a_table() {
    let (_folder, store) = new_store();
    let seen = Arc::new(Mutex::new(Vec::new()));
    for connection in [&store.writer, &store.reader] {
        let seen = Arc::clone(&seen);
        let note = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, _) = event {
                seen.lock().expect("free").push(statement.sql().to_string());
            }
        };
        lock(connection)
            .expect("free")
            .trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note))
            .expect("traced");
    }
    live_a_day(&store).expect("a day");
    let connection = lock(&store.writer).expect("free");
    let mut statements = seen.lock().expect("free").clone();
    statements.retain(|sql| !sql.starts_with("--") && !sql.contains("'main'."));
    statements.sort();
    statements.dedup();
    assert!(
        statements.len() > 15,
        "too few statements were seen: {statements:#?}"
    );
    for sql in statements {
        let Ok(mut plan) = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) else {
            continue;
        };
        let steps = plan
            .raw_query()
            .mapped(|row| row.get::<_, String>(3))
            .collect::<Result<Vec<_>, _>>()
            .expect("a plan");
        let scans = steps.iter().filter(|step| step.starts_with("SCAN"));
        let scans: Vec<_> = scans
            .filter(|step| !step.contains("VIRTUAL TABLE"))
            .collect();
        assert!(scans.is_empty(), "{sql}\n{scans:?}");
    }
}

#[test]
fn a_form_is_released_step_by_step_and_verify_agrees() {
    let (_folder, store) = new_store();
    let id = form().draft.id;
    let inspected = Step::Inspect {
        finding: Finding::Conforms,
        remark: String::new(),
    };
    let steps = [
        (Step::OrderInspection, Stage::Inspection),
        (inspected, Stage::Release),
        (Step::Release, Stage::Released),
    ];
    let append = |number, event: Event| {
        store.write(&mut |writer| Ok(writer.append(&record(number, event.clone()))?))
    };
    append(
        1,
        Event::PersonSaved {
            person: Box::new(resident()),
            reason: "first seen".into(),
        },
    )
    .expect("a person");
    store
        .write(&mut |writer| {
            writer.next_number("HOANHMO/2026/NK/QUAY-01")?;
            Ok(writer.append(&record(2, Event::Registered(Box::new(form()))))?)
        })
        .expect("a form");
    for (number, (step, stage)) in (3..).zip(steps) {
        append(number, Event::StepTaken { id, step }).expect("a step");
        store
            .read(&mut |reader| {
                let held = reader.declaration(id)?.expect("the form");
                assert_eq!(held.stage(), Some(stage));
                let totals = reader.day_totals("HOANHMO", day(), Direction::Import)?;
                assert_eq!(
                    (totals.forms, totals.released),
                    (1, i64::from(stage == Stage::Released))
                );
                Ok(())
            })
            .expect("read");
    }
    let differences = || store.verify(&mut |_, _| ()).expect("verified").differences;
    assert_eq!(differences(), [""; 0]);
    for damage in [
        "UPDATE declaration SET released = 0",
        "UPDATE declaration SET progress = NULL",
        "UPDATE day_total SET released = 0",
    ] {
        let connection = lock(&store.writer).expect("free");
        connection
            .execute_batch(&format!("SAVEPOINT before; {damage}"))
            .expect("damaged");
        let found = verify::verify(&connection, &mut |_, _| ())
            .expect("verified")
            .differences;
        connection
            .execute_batch("ROLLBACK TO before; RELEASE before")
            .expect("put back");
        assert_eq!(found.len(), 1, "{damage}: {found:?}");
    }
}

mod corrections;
