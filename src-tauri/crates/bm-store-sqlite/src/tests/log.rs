//! The log: found by time, also where a clock jumped, and by what was done to what.

use bm_app::audit::{LogQuery, Subject};
use bm_app::event::Account;
use bm_app::permission::Role;
use bm_app::ports::Reader;
use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::table::log_block::SIZE;

/// Every way of looking into the log, over the day of one resident.
pub fn look_around(reader: &dyn Reader) -> Result<(), AppError> {
    let found = |query: LogQuery| {
        let query = LogQuery { limit: 50, ..query };
        let page = reader.log(&query).expect("read");
        assert_eq!(page.next, None);
        let entries = page.entries.into_iter();
        entries.map(|entry| entry.index).collect::<Vec<_>>()
    };
    let nothing = LogQuery::default;
    assert_eq!(found(nothing()), [5, 4, 3, 2, 1]);
    let id = form().draft.id;
    let of = |subject| LogQuery {
        subject: Some(subject),
        ..nothing()
    };
    assert_eq!(found(of(Subject::form(id))), [4, 3, 2]);
    assert_eq!(found(of(Subject::person(resident().id))), [5, 2, 1]);
    assert_eq!(found(of(Subject::reference("14C12345"))), [5]);
    let number = Subject::reference("HOANHMO/2026/PT/QUAY-01-000001");
    assert_eq!(found(of(number)), [5]);
    assert_eq!(found(of(Subject::account("lan"))), [0; 0]);
    for (query, expected) in [
        (
            LogQuery {
                kinds: vec!["cancelled".into()],
                ..nothing()
            },
            vec![4],
        ),
        (
            LogQuery {
                kinds: vec!["entered".into()],
                ..nothing()
            },
            vec![5],
        ),
        (
            LogQuery {
                kinds: vec!["entered/vehicle".into()],
                ..nothing()
            },
            vec![5],
        ),
        (
            LogQuery {
                kinds: vec!["entered/receipt".into()],
                ..nothing()
            },
            vec![],
        ),
        (
            LogQuery {
                text: Some("declared tw".into()),
                ..nothing()
            },
            vec![4],
        ),
        (
            LogQuery {
                text: Some("purchase".into()),
                ..nothing()
            },
            vec![],
        ),
        (
            LogQuery {
                by: Some("lan".into()),
                ..nothing()
            },
            vec![],
        ),
        (
            LogQuery {
                place: Some("HOANHMO".into()),
                ..nothing()
            },
            vec![5, 4, 3, 2, 1],
        ),
        (
            LogQuery {
                place: Some("HOANHMO/QUAY-01".into()),
                ..nothing()
            },
            vec![5, 4, 3, 2, 1],
        ),
        (
            LogQuery {
                place: Some("HOAN".into()),
                ..nothing()
            },
            vec![],
        ),
        (
            LogQuery {
                to: Some(day().start()),
                ..nothing()
            },
            vec![],
        ),
        (
            LogQuery {
                from: Some(day().start()),
                ..nothing()
            },
            vec![5, 4, 3, 2, 1],
        ),
    ] {
        assert_eq!(found(query.clone()), expected, "{query:?}");
    }
    let ends = reader.chain_ends(Some(day().after(1).start()))?;
    let [end] = ends.as_slice() else {
        panic!("{ends:?}");
    };
    assert_eq!(end.index, 5);
    assert_eq!(reader.chain_ends(Some(day().start()))?, []);
    assert_eq!(reader.chain_ends(None)?, ends);
    assert_eq!(reader.chain_hash(end.series, 5)?, Some(end.hash));
    assert_eq!(reader.chain_hash(end.series, 6)?, None);
    let second = reader.log_entry(end.series, 2)?.expect("a record");
    assert_eq!(reader.chain_hash(end.series, 1)?, Some(second.previous));
    assert_eq!(second.record.event, Event::Registered(Box::new(form())));
    assert_eq!(reader.chain_links(3, 9)?.len(), 2);
    Ok(())
}

/// A record of an account, at a time.
fn saved(name: &str, at: DateTime<Utc>) -> Record {
    let account = Account {
        name: name.into(),
        display_name: name.into(),
        role: Role::Officer,
        password_hash: String::new(),
        active: true,
        duties: std::collections::BTreeSet::default(),
        must_change: false,
        password_set: None,
        former: Vec::new(),
    };
    Record {
        at,
        ..record(0, Event::AccountSaved(account))
    }
}

/// Three blocks of records and a bit, a minute apart; the clock of the second block stood at the
/// evening before.
fn jumped() -> (TempDir, SqliteStore) {
    let (folder, store) = new_store();
    let block = usize::try_from(SIZE).expect("small");
    store
        .write(&mut |writer| {
            for number in 0..3 * block + 40 {
                let minutes = i64::try_from(number).expect("small");
                let back = if number / block == 1 { 24 * 60 } else { 0 };
                let at = day().start() + TimeDelta::minutes(minutes - back);
                writer.append(&saved(&format!("account{number}"), at))?;
            }
            Ok(())
        })
        .expect("written");
    (folder, store)
}

#[test]
fn a_time_is_found_wherever_the_clock_stood_when_it_was_written() {
    let (_folder, store) = jumped();
    let from = day().start() - TimeDelta::minutes(700);
    let found = |from: DateTime<Utc>, minutes| {
        let query = LogQuery {
            from: Some(from),
            to: Some(from + TimeDelta::minutes(minutes)),
            limit: 500,
            ..LogQuery::default()
        };
        let mut indexes = Vec::new();
        let mut read = |reader: &dyn Reader| {
            let page = reader.log(&query)?;
            indexes = page.entries.iter().map(|entry| entry.index).collect();
            Ok(())
        };
        store.read(&mut read).expect("read");
        indexes
    };
    // Written in the second block, by a clock that had jumped back.
    assert_eq!(found(from, 3), [743, 742, 741]);
    assert_eq!(found(day().start(), 2), [2, 1]);
    let newest = day().start() + TimeDelta::minutes(3 * SIZE + 39);
    assert_eq!(
        found(newest, 5),
        [3 * SIZE + 40],
        "in the block that is not whole"
    );
    assert_eq!(found(newest + TimeDelta::minutes(1), 5), [0; 0]);
    // The end of a day is where the last record of it stands, whatever the clock said before.
    let end = |at| {
        let mut index = 0;
        let mut read = |reader: &dyn Reader| {
            index = reader
                .chain_ends(Some(at))?
                .first()
                .map_or(0, |end| end.index);
            Ok(())
        };
        store.read(&mut read).expect("read");
        index
    };
    assert_eq!(end(day().start()), 2 * SIZE);
    assert_eq!(end(day().start() + TimeDelta::minutes(5)), 2 * SIZE);
    assert_eq!(end(day().after(1).start()), 24 * 60);
    assert_eq!(
        store.verify(&mut |_, _| ()).expect("verified").differences,
        [""; 0]
    );
}

#[test]
fn a_page_ends_where_the_next_goes_on() {
    let (_folder, store) = jumped();
    let mut query = LogQuery {
        by: Some("officer".into()),
        limit: 500,
        ..LogQuery::default()
    };
    let mut all = Vec::new();
    loop {
        let mut page = None;
        let mut read = |reader: &dyn Reader| {
            page = Some(reader.log(&query)?);
            Ok(())
        };
        store.read(&mut read).expect("read");
        let page = page.expect("a page");
        all.extend(page.entries.iter().map(|entry| entry.index));
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    let expected: Vec<_> = (1..=3 * SIZE + 40).rev().collect();
    assert_eq!(all, expected);
}

#[test]
fn what_the_log_is_searched_by_is_compared_with_the_records() {
    let (_folder, store) = jumped();
    for (damage, expected) in [
        (
            "UPDATE log_block SET last = last + 1 WHERE block = 2",
            "log_block",
        ),
        ("DELETE FROM log_block WHERE block = 3", "log_block"),
        ("INSERT INTO log_block VALUES (4, 0, 0)", "log_block"),
        (
            "UPDATE trail SET subject = subject + 1 WHERE record = 7",
            "trail",
        ),
        ("DELETE FROM trail WHERE record = 7", "trail"),
        ("INSERT INTO trail VALUES (1, 7)", "trail"),
    ] {
        let connection = lock(&store.writer).expect("free");
        connection
            .execute_batch(&format!("SAVEPOINT before; {damage}"))
            .expect("damaged");
        let found = verify::verify(&connection, &mut |_, _| ()).expect("verified");
        connection
            .execute_batch("ROLLBACK TO before; RELEASE before")
            .expect("put back");
        assert_eq!(found.differences, [expected], "{damage}");
    }
}

#[test]
fn an_older_database_gets_what_the_log_is_searched_by() {
    let (folder, store) = jumped();
    let older = MIGRATIONS
        .iter()
        .position(|step| *step == crate::table::trail::MIGRATION);
    undo_since(&lock(&store.writer).expect("free"), older.expect("a step"));
    drop(store);
    let store = SqliteStore::open(folder.path(), &key_of(&folder)).expect("brought up to date");
    assert_eq!(
        store.verify(&mut |_, _| ()).expect("verified").differences,
        [""; 0]
    );
}
