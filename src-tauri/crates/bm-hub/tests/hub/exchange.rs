//! What workstations give and take.

use bm_app::sync::{Arrived, Cursor, Hub, HubError, Outgoing};

use crate::world::{Series, World};

/// The cursor after a record.
fn cursor(arrived: &Arrived) -> Cursor {
    Cursor {
        position: arrived.position,
        hash: arrived.hash,
    }
}

fn body(record: &Outgoing) -> (uuid::Uuid, String) {
    (record.link.id, record.link.payload.clone())
}

#[test]
fn what_one_adds_the_other_reads_in_the_same_order() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, mut second) = world.workstation(2);
    let (a, b) = (first.records(3), second.records(2));
    one.push(&a[..2]).expect("added");
    two.push(&b).expect("added");
    one.push(&a[2..]).expect("added");

    let read = two
        .pull(Cursor::default(), (second.id, 0), 100)
        .expect("read");
    let order: Vec<_> = read
        .iter()
        .map(|r| (r.position, r.series, r.index))
        .collect();
    let expected = [
        (1, first.id, 1),
        (2, first.id, 2),
        (3, second.id, 1),
        (4, second.id, 2),
        (5, first.id, 3),
    ];
    assert_eq!(order, expected);
    let bodies: Vec<_> = read.iter().filter_map(|r| r.body.clone()).collect();
    let sent = [&a[0], &a[1], &b[0], &b[1], &a[2]].map(body);
    assert_eq!(bodies, sent);
    let hashes: Vec<_> = read.iter().map(|r| r.hash).collect();
    assert_eq!(hashes[4], a[2].link.hash);

    let rest = one.pull(cursor(&read[1]), (first.id, 2), 2).expect("read");
    assert_eq!(rest, read[2..4]);
}

#[test]
fn texts_one_holds_already_do_not_travel() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records = series.records(3);
    hub.push(&records).expect("added");
    let read = hub
        .pull(Cursor::default(), (series.id, 2), 100)
        .expect("read");
    let bodies: Vec<_> = read.iter().map(|r| r.body.is_some()).collect();
    assert_eq!(bodies, [false, false, true]);
    assert_eq!(read[2].body, Some(body(&records[2])));
}

#[test]
fn records_sent_again_are_passed_over() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records = series.records(5);
    hub.push(&records[..3]).expect("added");
    hub.push(&records[..3]).expect("passed over");
    hub.push(&records[1..]).expect("the new ones added");
    hub.push(&[]).expect("nothing to do");
    assert_eq!(
        world.sql("SELECT count(*), max(position) FROM bienmau.record"),
        "5|5"
    );
    let found = hub.greet(&series.beacon()).expect("greeted");
    assert_eq!((found.held, found.end), (5, 5));
}

#[test]
fn more_records_than_one_call_takes_are_added_all_or_none() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let mut records = series.records(2_500);
    let good = records[1_400].link.payload.clone();
    records[1_400].link.payload.push(' ');
    let error = hub.push(&records).expect_err("one is forged");
    let expected = HubError::Forged {
        series: series.id,
        index: 1_401,
    };
    assert_eq!(error, expected);
    assert_eq!(world.sql("SELECT count(*) FROM bienmau.record"), "0");
    records[1_400].link.payload = good;
    hub.push(&records).expect("added");
    assert_eq!(world.sql("SELECT count(*) FROM bienmau.record"), "2500");
}

#[test]
fn a_record_that_does_not_follow_is_refused() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records = series.records(5);
    hub.push(&records[..2]).expect("added");
    let hole = |index| HubError::Hole {
        series: series.id,
        index,
        held: 2,
    };
    assert_eq!(hub.push(&records[3..]), Err(hole(4)));
    let gap = [records[2].clone(), records[4].clone()];
    assert_eq!(hub.push(&gap), Err(hole(5)));
    let twice = [records[2].clone(), records[2].clone()];
    assert_eq!(hub.push(&twice), Err(hole(3)));
    hub.push(&records[2..])
        .expect("the right one is taken after that");
}

#[test]
fn a_record_that_is_not_what_was_hashed_is_refused() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records = series.records(3);
    hub.push(&records[..1]).expect("added");
    let tampered: [fn(&mut Outgoing); 3] = [
        |r| r.link.payload.push('x'),
        |r| r.link.id = uuid::Uuid::from_u128(9),
        |r| r.link.hash[0] ^= 1,
    ];
    for tamper in tampered {
        let mut two = records[1..].to_vec();
        tamper(&mut two[0]);
        let forged = HubError::Forged {
            series: series.id,
            index: 2,
        };
        assert_eq!(hub.push(&two), Err(forged));
    }
    hub.push(&records).expect("added as they were");
}

#[test]
fn two_that_write_one_series_are_noticed() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let mut copy = series.clone();
    hub.push(&series.records(2)).expect("added");
    let other = [copy.record("another", &[]), copy.record("more", &[])];
    let forked = HubError::Forked {
        series: series.id,
        index: 1,
    };
    assert_eq!(hub.push(&other), Err(forked));
    let mut copy = Series::new(1);
    let _same = copy.records(2);
    copy.hash = [7; 32];
    let forged = HubError::Forged {
        series: series.id,
        index: 3,
    };
    assert_eq!(hub.push(&copy.records(1)), Err(forged));
}

#[test]
fn a_beacon_is_entered_and_answered() {
    let world = World::new();
    let (hub, mut series) = world.workstation(7);
    let records = series.records(4);
    hub.push(&records).expect("added");
    let mut beacon = series.beacon();
    beacon.cursor = Cursor {
        position: 3,
        hash: records[2].link.hash,
    };
    let found = hub.greet(&beacon).expect("greeted");
    assert_eq!((found.held, found.end), (4, 4));
    assert_eq!(
        found.hub.to_string(),
        world.sql("SELECT id FROM bienmau.hub")
    );
    // The workstation's clock stands in 1970.
    assert!(found.clock_offset_ms > 1_700_000_000_000, "{found:?}");

    let members = hub.members().expect("members");
    let [member] = &members[..] else {
        panic!("{members:?}");
    };
    assert_eq!((member.series, member.held), (series.id, 4));
    assert_eq!(
        (member.name.as_str(), member.version.as_str()),
        ("Counter 7", "1.2.3")
    );
    assert_eq!((member.unsent, member.behind, member.lost), (3, 1, false));
    let late = found.clock_offset_ms - member.clock_offset_ms;
    assert!(
        late.abs() < 60_000 && member.seen_ms > 1_700_000_000_000,
        "{member:?}"
    );
}

#[test]
fn a_hub_put_back_from_an_older_copy_is_noticed() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(2)).expect("added");
    for (position, hash) in [(3, series.hash), (2, [1; 32])] {
        let cursor = Cursor { position, hash };
        let rewound = HubError::Rewound { position };
        let pulled = hub.pull(cursor, (series.id, 0), 10);
        assert_eq!(pulled, Err(rewound.clone()));
        let mut beacon = series.beacon();
        beacon.cursor = cursor;
        assert_eq!(hub.greet(&beacon), Err(rewound));
    }
    let cursor = Cursor {
        position: 2,
        hash: series.hash,
    };
    assert_eq!(hub.pull(cursor, (series.id, 0), 10), Ok(Vec::new()));
}
