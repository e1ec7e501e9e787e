//! One order for all, and papers held by one at a time.

use std::time::{Duration, Instant};

use bm_hub::PgHub;

use crate::world::{Series, World};
use bm_app::sync::{Cursor, Hub, HubError, Outgoing};

/// Longer than any budget of these tests, for a machine that is busy.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_reader_never_sees_a_gap_that_is_filled_later() {
    const WRITERS: i64 = 6;
    const BATCHES: i64 = 40;
    let world = World::new();
    let (reader, _) = world.workstation(100);
    let total = WRITERS * BATCHES * (BATCHES + 1) / 2;
    // All are let in before the first writes: letting one in takes longer than all it writes.
    let numbers = (1..=WRITERS).map(i64::unsigned_abs);
    let stations: Vec<_> = numbers.map(|n| world.workstation(n.into())).collect();
    std::thread::scope(|scope| {
        let start = |(hub, mut series): (PgHub, Series)| {
            let add = move |size| hub.push(&series.records(size));
            scope.spawn(move || (1..=BATCHES).try_for_each(add))
        };
        let writers: Vec<_> = stations.into_iter().map(start).collect();
        let mut cursor = Cursor::default();
        let mut ends = std::collections::BTreeMap::new();
        loop {
            let all_in = writers.iter().all(|writer| writer.is_finished());
            for record in reader
                .pull(cursor, (Series::new(0).id, 0), 37)
                .expect("read")
            {
                assert_eq!(record.position, cursor.position + 1, "a gap");
                let last = ends.insert(record.series, record.index).unwrap_or(0);
                assert_eq!(record.index, last + 1, "{} out of order", record.series);
                cursor = Cursor {
                    position: record.position,
                    hash: record.hash,
                };
            }
            if all_in && cursor.position == world_end(&reader) {
                break;
            }
        }
        for writer in writers {
            assert_eq!(writer.join().expect("ended"), Ok(()));
        }
        assert_eq!((cursor.position, ends.len()), (total, 6));
    });
}

/// The last position of the hub.
fn world_end(hub: &PgHub) -> i64 {
    let found = hub.greet(&Series::new(100).beacon());
    found.expect("greeted").end
}

/// How many locks on papers and order are held at the server.
fn locks(world: &World) -> String {
    world.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
}

fn is_out_of_reach<T: std::fmt::Debug>(result: &Result<T, HubError>) -> bool {
    matches!(result, Err(HubError::OutOfReach(_)))
}

#[test]
fn papers_are_held_by_one_at_a_time() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, hasty, _) = world.counter(2);
    let held = one.lock(&[7, 5]).expect("held");
    assert_eq!(held.latest(), 0);
    let began = Instant::now();
    let again = hasty.lock(&[5]).map(|lock| lock.latest());
    assert!(is_out_of_reach(&again), "{again:?}");
    assert!(began.elapsed() < LONG);
    assert_eq!(two.lock(&[6, -3]).map(|lock| lock.latest()), Ok(0));
    assert_eq!(locks(&world), "2");
    drop(held);
    assert_eq!(locks(&world), "0");
    assert_eq!(two.lock(&[5]).map(|lock| lock.latest()), Ok(0));

    let held = one.lock(&[5]).expect("held");
    held.push(&[first.record("a", &[5]), first.record("b", &[6])])
        .expect("added");
    let latest = |papers: &[i64]| two.lock(papers).map(|lock| lock.latest());
    assert_eq!(latest(&[5]), Ok(1));
    assert_eq!(latest(&[6, 5, 5]), Ok(2));
    assert_eq!(latest(&[8]), Ok(0));
    assert_eq!(latest(&[]), Ok(0));
}

#[test]
fn what_was_placed_while_one_waited_for_papers_is_known() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, _) = world.workstation(2);
    let held = one.lock(&[5]).expect("held");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| two.lock(&[5]).map(|lock| lock.latest()));
        // It waits when the server says so.
        let blocked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while world.sql(blocked) == "0" {}
        held.push(&[first.record("a", &[5])]).expect("added");
        assert_eq!(waiting.join().expect("ended"), Ok(1));
    });
}

#[test]
fn records_about_papers_held_elsewhere_wait() {
    let world = World::new();
    let (one, _) = world.workstation(1);
    let (two, hasty, mut second) = world.counter(2);
    let records = [second.record("a", &[5])];
    let held = one.lock(&[5]).expect("held");
    let pushed = hasty.push(&records);
    assert!(is_out_of_reach(&pushed), "{pushed:?}");
    drop(held);
    two.push(&records).expect("added");
    assert_eq!(one.lock(&[5]).map(|lock| lock.latest()), Ok(1));
}

#[test]
fn a_refused_push_lets_the_papers_go_and_adds_nothing() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, mut second) = world.workstation(2);
    let mut records: Vec<Outgoing> = (0..1_200).map(|_| first.record("a", &[5])).collect();
    records[1_100].link.payload.push('b');
    let held = one.lock(&[5]).expect("held");
    let pushed = held.push(&records);
    assert!(
        matches!(pushed, Err(HubError::Forged { index: 1_101, .. })),
        "{pushed:?}"
    );
    assert_eq!(world.sql("SELECT count(*) FROM bienmau.record"), "0");
    let held = two.lock(&[5]).expect("free again");
    held.push(&[second.record("c", &[5])]).expect("added");
}

#[test]
fn papers_of_a_workstation_that_went_away_are_free() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, _) = world.workstation(2);
    let held = one.lock(&[5]).expect("held");
    let _ended = world
        .sql("SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'");
    assert_eq!(two.lock(&[5]).map(|lock| lock.latest()), Ok(0));
    let pushed = held.push(&[first.record("a", &[5])]);
    assert!(is_out_of_reach(&pushed), "{pushed:?}");
    assert_eq!(world.sql("SELECT count(*) FROM bienmau.record"), "0");
    assert_eq!(one.lock(&[5]).map(|lock| lock.latest()), Ok(0));
}

#[test]
fn a_batch_about_very_many_persons_fits_into_the_servers_locks() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records: Vec<_> = (0..20_000_i64)
        .map(|key| {
            series.record(
                "a",
                &[key.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64), key],
            )
        })
        .collect();
    hub.push(&records).expect("added");
    assert_eq!(world.sql("SELECT count(*) > 39000 FROM bienmau.paper"), "t");
}
