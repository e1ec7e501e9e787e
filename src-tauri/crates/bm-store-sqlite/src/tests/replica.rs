//! Copies that follow a hub: all become equal, whatever happened apart.

mod life;
mod twins;

use bm_app::StoreError;
use bm_app::sync::{Arrived, Replica, TakeError};

use super::*;
use crate::replica::{Order, undo};
use crate::table::record;
use life::{Chance, GATE, Hub, Station, difference, dump, hub_id, person, verified};

/// Lives apart and meets at random; at the end all know all.
fn live_together(seed: u64, stations: u128, rounds: u32, closing: bool) -> (Hub, Vec<Station>) {
    let mut chance = Chance::of(seed);
    let mut hub = Hub::default();
    let mut all: Vec<_> = (1..=stations).map(Station::joined).collect();
    for _ in 0..rounds {
        let at = chance.at(all.len());
        let station = &mut all[at];
        match chance.below(8) {
            0 | 1 => station.push(&mut hub, chance.at(6) + 1),
            2 => {
                station.pull(&hub, chance.at(12) + 1);
            }
            3 if closing && chance.one_in(6) => station.close_a_day(&mut chance),
            _ => station.live(&mut chance),
        }
    }
    for station in &all {
        station.push(&mut hub, 10_000);
    }
    for station in &all {
        station.pull(&hub, 10_000);
    }
    (hub, all)
}

#[test]
fn copies_that_lived_apart_become_equal() {
    for seed in 0..8 {
        let (hub, all) = live_together(seed, 3, 150, true);
        let replayed = Station::joined(99);
        replayed.pull(&hub, 10_000);
        for station in &all {
            let odd = difference(&station.store, &replayed.store);
            assert_eq!(odd, None, "seed {seed}, station {}", station.pen.number);
            assert_eq!(verified(&station.store), [""; 0], "seed {seed}");
        }
        assert!(dump(&replayed.store).len() > 200, "too little happened");
    }
}

/// What was recorded before a hub was joined can't be undone row by row: everything is derived again.
#[test]
fn what_was_recorded_before_joining_comes_after_what_the_hub_has() {
    for seed in 50..54 {
        let mut chance = Chance::of(seed);
        let mut hub = Hub::default();
        let mut all: Vec<_> = (1..=2).map(Station::new).collect();
        for station in &mut all {
            for _ in 0..25 {
                station.live(&mut chance);
            }
            station.store.join(hub_id()).expect("joined");
            station.live(&mut chance);
        }
        for station in &all {
            station.push(&mut hub, 10_000);
        }
        for station in &all {
            // In parts: the first places a part of the tail only.
            station.pull(&hub, 7);
            if station.pen.number == 2 {
                // Derived again once; from here on the tail is undone row by row.
                assert_eq!(rows(&station.store, "hub WHERE undoable = passed"), 1);
                assert!(rows(&station.store, "undo") > 0);
            }
            station.pull(&hub, 40);
            station.pull(&hub, 10_000);
        }
        let replayed = Station::joined(99);
        replayed.pull(&hub, 10_000);
        for station in &all {
            assert_eq!(
                difference(&station.store, &replayed.store),
                None,
                "seed {seed}"
            );
            assert_eq!(verified(&station.store), [""; 0], "seed {seed}");
        }
    }
}

fn rows(store: &SqliteStore, table: &str) -> i64 {
    let connection = lock(&store.writer).expect("free");
    let query = format!("SELECT COUNT(*) FROM {table}");
    connection
        .query_row(&query, [], |r| r.get(0))
        .expect("read")
}

#[test]
fn every_derived_table_has_a_key_by_which_its_rows_are_put_back() {
    let (_folder, store) = new_store();
    let connection = lock(&store.writer).expect("free");
    assert_eq!(undo::tables_without_key(&connection), [""; 0]);
    let deletes = undo::deletes(&connection);
    assert!(deletes.len() > 15, "{deletes:?}");
    for delete in deletes {
        let plan = format!("EXPLAIN QUERY PLAN {delete}");
        let mut plan = connection.prepare(&plan).expect("prepared");
        let steps = plan.query_map(["[]"], |row| row.get::<_, String>(3));
        for step in steps.expect("a plan") {
            let step = step.expect("a step");
            assert!(!step.starts_with("SCAN"), "{delete}\n{step}");
        }
    }
    let keyless = "CREATE TABLE keyless (one INTEGER) STRICT";
    connection.execute_batch(keyless).expect("made");
    assert_eq!(undo::tables_without_key(&connection), ["keyless"]);
}

#[test]
fn nothing_is_noted_before_a_hub_is_joined_and_nothing_once_all_is_placed() {
    let (mut chance, mut hub) = (Chance::of(3), Hub::default());
    let mut station = Station::new(1);
    station.live(&mut chance);
    assert_eq!(rows(&station.store, "undo"), 0);
    assert_eq!(station.store.standing(), Ok(None));
    station.store.join(hub_id()).expect("joined");
    for _ in 0..20 {
        station.live(&mut chance);
    }
    let noted = rows(&station.store, "undo");
    assert!(noted > 20, "{noted} rows");
    station.push(&mut hub, 10);
    station.pull(&hub, 10);
    let left = rows(&station.store, "undo");
    assert!(left < noted && left > 0, "{left} of {noted} rows");
    station.meet(&mut hub);
    assert_eq!(rows(&station.store, "undo"), 0);
}

/// Everything that may happen at a counter is undone to the last row.
#[test]
fn what_the_tail_changed_is_put_back() {
    let mut chance = Chance::of(8);
    let mut station = Station::joined(1);
    for _ in 0..40 {
        station.live(&mut chance);
    }
    let last = || station.store.standing().expect("read").map(|s| s.last);
    let (index, before) = (last().expect("joined"), dump(&station.store));
    for _ in 0..120 {
        station.live(&mut chance);
    }
    station.close_a_day(&mut chance);
    let kinds = "SELECT COUNT(DISTINCT payload ->> 'event') FROM record WHERE idx > ?1";
    let changed = dump(&station.store);
    {
        let connection = lock(&station.store.writer).expect("free");
        let kinds: i64 = connection
            .query_row(kinds, [index], |r| r.get(0))
            .expect("read");
        assert_eq!(kinds, 11, "kinds of events");
        let open = "PRAGMA foreign_keys = OFF; SAVEPOINT whole";
        connection.execute_batch(open).expect("begun");
        undo::undo(&connection, index).expect("undone");
        let cut = "DELETE FROM record WHERE idx > ?1";
        connection.execute(cut, [index]).expect("cut off");
    }
    let follows =
        |line: &&String| !line.starts_with("series") && !line.starts_with("number_series");
    let undone = dump(&station.store);
    for (undone, before) in undone.iter().zip(&before).filter(|(line, _)| follows(line)) {
        assert_eq!(undone, before);
    }
    assert_eq!(undone.len(), before.len());
    let connection = lock(&station.store.writer).expect("free");
    let names = "SELECT COUNT(*) FROM person_name";
    let persons = "SELECT COUNT(*) FROM person";
    let count = |query| connection.query_row(query, [], |r| r.get::<_, i64>(0));
    assert_eq!(count(names), count(persons));
    connection
        .execute_batch("ROLLBACK TO whole; RELEASE whole")
        .expect("put back");
    drop(connection);
    assert_eq!(dump(&station.store), changed);
}

#[test]
fn every_table_is_derived_again_from_the_records() {
    let (_, all) = live_together(21, 2, 120, true);
    for station in &all {
        let before = dump(&station.store);
        {
            let mut connection = lock(&station.store.writer).expect("free");
            connection
                .pragma_update(None, "foreign_keys", false)
                .expect("set");
            let tx = connection.transaction().expect("begun");
            let damage = "UPDATE day_total SET forms = 99; DELETE FROM trail; DELETE FROM paper";
            tx.execute_batch(damage).expect("damaged");
            let order = Order::open(&tx).expect("opened");
            order.rebuild(i64::MAX).expect("derived");
            tx.commit().expect("kept");
        }
        assert_eq!(dump(&station.store), before);
        assert_eq!(verified(&station.store), [""; 0]);
    }
}

/// Two stations of which the second has a tail that has to be undone, and what arrives there.
fn before_meeting() -> (Station, Vec<Arrived>) {
    let (mut chance, mut hub) = (Chance::of(5), Hub::default());
    let (mut one, mut two) = (Station::joined(1), Station::joined(2));
    two.live(&mut chance);
    two.meet(&mut hub);
    for _ in 0..10 {
        one.live(&mut chance);
        two.live(&mut chance);
    }
    one.push(&mut hub, 10_000);
    let standing = two.store.standing().expect("read").expect("joined");
    let own = (standing.own, standing.last);
    let arrived = hub.after(standing.cursor.position, own, 10_000);
    assert!(standing.unsent() > 0 && arrived.len() > 10);
    (two, arrived)
}

#[test]
fn what_can_not_be_taken_changes_nothing() {
    let (station, good) = before_meeting();
    let standing = station.store.standing();
    let (before, noted) = (dump(&station.store), rows(&station.store, "undo"));
    let last = good.last().expect("some").clone();
    let (series, index) = (last.series, last.index);
    let with = |change: &dyn Fn(&mut Vec<Arrived>)| {
        let mut arrived = good.clone();
        change(&mut arrived);
        arrived
    };
    let body = |text: &str| Some((Uuid::from_u128(1), text.to_owned()));
    let own = Arrived {
        series: Uuid::from_u128(2),
        index: 1 + standing
            .clone()
            .expect("read")
            .expect("joined")
            .cursor
            .position,
        hash: [7; 32],
        body: None,
        ..last
    };
    let (mine, mine_at) = (own.series, own.index);
    let unreadable = TakeError::Forged { series, index };
    for (arrived, error) in [
        (
            with(&|all| all.last_mut().expect("some").body = body("{}")),
            unreadable,
        ),
        (
            with(&|all| all.last_mut().expect("some").hash = [1; 32]),
            TakeError::Forged { series, index },
        ),
        (
            with(&|all| all.last_mut().expect("some").body = None),
            TakeError::Hole { series, index },
        ),
        (
            with(&|all| {
                all.remove(all.len() - 2);
            }),
            TakeError::Hole { series, index },
        ),
        (
            with(&|all| {
                let mut again = all[0].clone();
                again.position = last.position + 1;
                again.hash = [1; 32];
                all.push(again);
            }),
            TakeError::Forked {
                series,
                index: good[0].index,
            },
        ),
        (
            with(&|all| all.insert(0, own.clone())),
            TakeError::Forked {
                series: mine,
                index: mine_at,
            },
        ),
        (
            with(&|all| {
                let mut far = own.clone();
                far.index += 1_000;
                all.push(far);
            }),
            TakeError::Hole {
                series: mine,
                index: mine_at + 1_000,
            },
        ),
    ] {
        let count = arrived.len();
        assert_eq!(station.store.take(&arrived), Err(error), "{count} records");
        assert_eq!(dump(&station.store), before);
        assert_eq!(station.store.standing(), standing);
        assert_eq!(rows(&station.store, "undo"), noted);
        let connection = lock(&station.store.writer).expect("free");
        let on: bool = connection
            .pragma_query_value(None, "foreign_keys", |r| r.get(0))
            .expect("read");
        assert!(on, "references are checked again");
    }
    let taken = station.store.take(&good).expect("taken");
    assert_eq!(taken.foreign, good.len() as u64);
    let met = station.store.met().expect("read");
    assert!(!met.is_empty());
    station.store.forget_met(&met[1..]).expect("forgotten");
    assert_eq!(station.store.met(), Ok(vec![met[0]]));
    assert_eq!(
        station.store.take(&good),
        Ok(Default::default()),
        "a second time"
    );
    assert_eq!(verified(&station.store), [""; 0]);
}

/// A newer program may record what this one does not know: it waits until it is brought up to date.
#[test]
fn a_record_that_can_not_be_read_is_not_taken() {
    let station = Station::joined(1);
    let series = Uuid::from_u128(5);
    let (id, text) = (Uuid::from_u128(6), r#"{"event":"flown"}"#.to_owned());
    let hash = record::hash(&record::GENESIS, series.as_bytes(), 1, id.as_bytes(), &text);
    let arrived = Arrived {
        position: 1,
        series,
        index: 1,
        hash,
        body: Some((id, text)),
    };
    let refused = station.store.take(&[arrived]);
    assert!(
        matches!(refused, Err(TakeError::Store(StoreError::Broken(_)))),
        "{refused:?}"
    );
    assert_eq!(rows(&station.store, "series"), 1);
}

/// A copy of before, opened in another folder as the same workstation.
fn older_copy(of: &Station) -> Station {
    let folder = tempfile::tempdir().expect("a folder");
    let key = Key::load(of.folder.path(), None).expect("the key");
    let file = folder.path().join(DATABASE_FILE);
    of.store
        .backup(&file, &key, &mut |_, _| ())
        .expect("copied");
    let store = SqliteStore::open(folder.path(), &key).expect("opened");
    let pen = of.pen.clone();
    let copy = Station { folder, store, pen };
    copy.hurry();
    copy
}

#[test]
fn an_older_copy_gets_back_what_it_had_lost_once() {
    let (mut chance, mut hub) = (Chance::of(6), Hub::default());
    let (mut one, mut two) = (Station::joined(1), Station::joined(2));
    for _ in 0..15 {
        one.live(&mut chance);
        two.live(&mut chance);
    }
    one.push(&mut hub, 10);
    two.push(&mut hub, 10);
    one.pull(&hub, 15);
    let older = older_copy(&one);
    for _ in 0..15 {
        one.live(&mut chance);
    }
    two.push(&mut hub, 10_000);
    one.meet(&mut hub);
    let (held, lost) = [&older, &one]
        .map(|s| s.store.standing().expect("read").expect("joined").last)
        .into();
    let taken = older.pull(&hub, 10_000);
    assert_eq!(i64::try_from(taken.restored), Ok(lost - held));
    assert_eq!(difference(&older.store, &one.store), None);
    let standing = older.store.standing().expect("read").expect("joined");
    assert_eq!((standing.last, standing.unsent()), (lost, 0));
    assert_eq!(older.pull(&hub, 10_000).restored, 0);
    assert_eq!(verified(&older.store), [""; 0]);
    // It goes on where it was: neither an index nor a number is given twice.
    let mut older = older;
    older.pen = one.pen.clone();
    for _ in 0..15 {
        older.live(&mut chance);
    }
    older.meet(&mut hub);
    assert_eq!(verified(&older.store), [""; 0]);
    // A workstation that was set up anew has nothing of its own.
    let anew = Station::joined(1);
    let mut forged = hub.after(0, (Uuid::nil(), 0), 10_000);
    let at = forged
        .iter()
        .rposition(|one| one.series == Uuid::from_u128(1));
    let last = &mut forged[at.expect("own records")];
    let (series, index) = (last.series, last.index);
    last.body = Some((Uuid::from_u128(1), "{}".to_owned()));
    let refused = anew.store.take(&forged);
    assert_eq!(refused, Err(TakeError::Forged { series, index }));
    assert_eq!(rows(&anew.store, "record"), 0);
    let taken = anew.pull(&hub, 10_000);
    assert_eq!(
        i64::try_from(taken.restored),
        Ok(older.store.standing().expect("read").expect("joined").last)
    );
    assert_eq!(difference(&anew.store, &older.store), None);
}

#[test]
fn an_older_copy_that_went_on_by_itself_is_a_fork() {
    let (mut chance, mut hub) = (Chance::of(6), Hub::default());
    let mut one = Station::joined(1);
    one.live(&mut chance);
    one.meet(&mut hub);
    let mut older = older_copy(&one);
    let next = one.store.standing().expect("read").expect("joined").last + 1;
    one.live(&mut chance);
    one.meet(&mut hub);
    older.pen.made += 50;
    older.live(&mut chance);
    let before = dump(&older.store);
    let arrived = hub.after(0, (Uuid::nil(), 0), 10_000);
    let series = Uuid::from_u128(1);
    let forked = TakeError::Forked {
        series,
        index: next,
    };
    assert_eq!(older.store.take(&arrived), Err(forked));
    assert_eq!(dump(&older.store), before);
}

#[test]
fn one_hub_is_joined_for_good_and_texts_stay_as_they_were_hashed() {
    let mut station = Station::joined(1);
    let other = Uuid::from_u128(0xdead);
    assert_eq!(station.store.join(hub_id()), Ok(()));
    assert!(matches!(
        station.store.join(other),
        Err(StoreError::Broken(_))
    ));
    let who = person(1, 1);
    let id = who.id;
    station.write(&mut |pen, writer| pen.save(writer, who.clone()));
    let hide = |station: &Station| {
        station.store.write(&mut |writer| {
            let records = writer.pseudonymise(&[id].into())?;
            let redaction = bm_app::event::Redaction {
                persons: vec![id],
                records,
                reason: "kept long enough".into(),
                proposed: None,
            };
            Ok(writer.append(&super::record(9, Event::Redacted(Box::new(redaction))))?)
        })
    };
    let refused = hide(&station);
    assert!(matches!(
        refused,
        Err(AppError::Store(StoreError::Broken(_)))
    ));
    let mut alone = Station::new(2);
    alone.write(&mut |pen, writer| pen.save(writer, who.clone()));
    hide(&alone).expect("hidden");
    assert!(matches!(
        alone.store.join(hub_id()),
        Err(StoreError::Broken(_))
    ));
}

#[test]
fn what_was_sent_is_noted_and_never_more_than_there_is() {
    let mut station = Station::joined(1);
    for n in 1..=5 {
        station.write(&mut |pen, writer| pen.save(writer, person(n, 5)));
    }
    let links = station.store.own_links(1, 3).expect("read");
    let indexes: Vec<_> = links.iter().map(|link| link.index).collect();
    assert_eq!(indexes, [2, 3, 4]);
    let sent = |index| {
        station.store.note_sent(index).expect("noted");
        let standing = station.store.standing().expect("read").expect("joined");
        (standing.sent, standing.unsent())
    };
    assert_eq!(sent(3), (3, 2));
    assert_eq!(sent(2), (3, 2));
    assert_eq!(sent(99), (5, 0));
}

/// Where each workstation's records ended is found however they lie among those of others.
#[test]
fn the_end_of_each_series_is_found_among_others() {
    let (hub, all) = live_together(31, 3, 120, false);
    let store = &all[0].store;
    let count = i64::try_from(hub.0.len()).expect("few");
    let connection = lock(&store.writer).expect("free");
    let plain = "SELECT s.uuid, MAX(r.idx) FROM record r JOIN series s ON s.id = r.series
        WHERE unixepoch(r.payload ->> 'at') < ?1 OR r.id < (SELECT MAX(id) FROM record
            WHERE unixepoch(payload ->> 'at') < ?1) GROUP BY s.id ORDER BY s.id";
    let transaction = crate::writer::Transaction::reading(&connection);
    let mut seen = std::collections::BTreeSet::new();
    for minutes in (0..count * 7).step_by(40) {
        let at = day().start() + chrono::TimeDelta::minutes(minutes);
        let ends = transaction.chain_ends(Some(at)).expect("read");
        let found: Vec<_> = ends.iter().map(|end| (end.series, end.index)).collect();
        let mut statement = connection.prepare(plain).expect("prepared");
        let rows = statement.query_map([at.timestamp()], |r| {
            Ok((Uuid::from_bytes(r.get(0)?), r.get(1)?))
        });
        let expected: Vec<(Uuid, i64)> = rows.and_then(Iterator::collect).expect("read");
        assert_eq!(found, expected, "after {minutes} minutes");
        seen.insert(found);
    }
    assert!(seen.len() > 10, "{seen:?}");
}

/// A step of the schema may change tables without a record: what is noted no longer fits them.
#[test]
fn a_newer_schema_undoes_by_deriving_again() {
    let (station, arrived) = before_meeting();
    assert!(rows(&station.store, "undo") > 0);
    {
        let connection = lock(&station.store.writer).expect("free");
        crate::table::hub::forget_undo(&connection).expect("forgotten");
    }
    station.store.take(&arrived).expect("taken");
    assert_eq!(verified(&station.store), [""; 0]);
    let (other, _) = before_meeting();
    other.store.take(&arrived).expect("taken");
    assert_eq!(difference(&station.store, &other.store), None);
}

/// Registers, releases and cancels apart; gives the totals of the day and of the next one's corrections.
#[test]
fn each_form_counts_once_whatever_was_done_to_it_apart() {
    let mut hub = Hub::default();
    let (mut one, mut two) = (Station::joined(1), Station::joined(2));
    let id = |n| Uuid::from_u128(n);
    let who = person(1, 1).id;
    let mut forms = Vec::new();
    one.write(&mut |pen, writer| {
        pen.save(writer, person(1, 1))?;
        for n in [31, 32] {
            forms.push(pen.register(writer, (id(n), who), day(), (100_000, 0))?);
        }
        Ok(())
    });
    one.meet(&mut hub);
    two.meet(&mut hub);
    let release = |id| Event::StepTaken {
        id,
        step: Step::Release,
    };
    let cancel = |id| Event::Cancelled {
        id,
        reason: "twice".into(),
    };
    let (first, second) = (forms[0], forms[1]);
    one.write(&mut |pen, writer| {
        pen.append(writer, release(first))?;
        pen.append(writer, cancel(second))?;
        // A file that the other reads too.
        pen.register(writer, (id(33), who), day(), (300_000, 0))?;
        Ok(())
    });
    two.write(&mut |pen, writer| {
        pen.append(writer, release(first))?;
        pen.append(writer, release(second))?;
        pen.append(writer, cancel(second))?;
        pen.register(writer, (id(33), who), day(), (900_000, 0))?;
        Ok(())
    });
    for station in [&one, &two] {
        station.push(&mut hub, 10_000);
    }
    one.write(&mut |pen, writer| pen.close(writer, day()));
    one.push(&mut hub, 10_000);
    two.write(&mut |pen, writer| {
        pen.register(writer, (id(34), who), day(), (500_000, 0))?;
        Ok(())
    });
    two.push(&mut hub, 10_000);
    for station in [&one, &two] {
        station.pull(&hub, 10_000);
        let read = station.store.read(&mut |reader| {
            let totals = reader.day_totals(GATE, day(), Direction::Import)?;
            let counts = (totals.forms, totals.released, totals.cancelled);
            assert_eq!((counts, totals.value), ((2, 1, 1), 400_000));
            let next = reader.correction_totals(GATE, day().after(1), Direction::Import)?;
            assert_eq!((next.forms, next.value), (1, 500_000));
            let month = (day().month_start(), day().month_end());
            let usage = reader.quota_usage(who, day(), month)?;
            assert_eq!(
                (usage.trips_today, usage.exempt_today),
                (3, Vnd::new(450_000))
            );
            assert_eq!(reader.corrections(second)?.len(), 1);
            Ok(())
        });
        read.expect("read");
        assert_eq!(verified(&station.store), [""; 0]);
    }
    assert_eq!(difference(&one.store, &two.store), None);
}
