//! Who may do what at the hub, by whatever program.

use bm_app::sync::{Cursor, Hub, HubError};
use bm_hub::admin::{self, Admission};

use crate::world::{Series, World, patient};

/// Statements that a role which may not do them gets refused.
const FORBIDDEN: [&str; 12] = [
    "INSERT INTO bienmau.record SELECT 9, series, 9, id, payload, hash, papers FROM bienmau.record",
    "UPDATE bienmau.record SET payload = ''",
    "DELETE FROM bienmau.record",
    "TRUNCATE bienmau.record",
    "UPDATE bienmau.series SET held = 0",
    "DELETE FROM bienmau.series",
    "SELECT * FROM bienmau.paper",
    "SELECT * FROM bienmau.admission",
    "UPDATE bienmau.hub SET id = gen_random_uuid()",
    "SELECT bienmau.declare_lost(id, 'me', 'why') FROM bienmau.series",
    "SELECT bienmau.lock_papers('{1}')",
    "CREATE TABLE bienmau.mine ()",
];

#[test]
fn a_workstation_can_only_call_and_read() {
    let world = World::new();
    let admitted = admin::admit(&world.admin, "Quầy 1", Admission::Workstation).expect("admitted");
    assert!(admitted.role.starts_with("bm_qu_y_1_"), "{}", admitted.role);
    let hub = patient(&admitted.url);
    let mut series = Series::new(1);
    hub.greet(&series.beacon()).expect("greeted");
    hub.push(&series.records(2)).expect("added");
    let run = |sql: &str| world.cluster.try_sql_as(&admitted.url, sql);
    for statement in FORBIDDEN {
        let error = run(statement).expect_err(statement);
        assert!(error.contains("42501"), "{statement}: {error}");
    }
    assert_eq!(
        run("SELECT count(*) FROM bienmau.record").as_deref(),
        Ok("2")
    );
}

#[test]
fn a_workstation_adds_to_its_own_series_only() {
    let world = World::new();
    let (_, mut first) = world.workstation(1);
    let (other, _) = world.workstation(2);
    let Err(HubError::NotAdmitted(text)) = other.push(&first.records(1)) else {
        panic!("added to another's series");
    };
    assert!(text.contains(&first.id.to_string()), "{text}");
    let greeted = other.greet(&first.beacon());
    assert!(
        matches!(greeted, Err(HubError::NotAdmitted(_))),
        "{greeted:?}"
    );
    let unknown = other.push(&Series::new(3).records(1));
    assert!(
        matches!(unknown, Err(HubError::NotAdmitted(_))),
        "{unknown:?}"
    );
    assert_eq!(world.sql("SELECT count(*) FROM bienmau.record"), "0");
}

#[test]
fn a_reader_reads() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(2)).expect("added");
    let admitted = admin::admit(&world.admin, "Chi cục", Admission::Reader).expect("admitted");
    let reader = patient(&admitted.url);
    let own = (Series::new(9).id, 0);
    assert_eq!(
        reader.pull(Cursor::default(), own, 9).map(|r| r.len()),
        Ok(2)
    );
    assert_eq!(reader.members().map(|m| m.len()), Ok(1));
    let refused = [
        reader.greet(&Series::new(9).beacon()).map(|_| ()),
        reader.push(&Series::new(9).records(1)),
        reader.lock(&[1]).map(|_| ()),
    ];
    for refused in refused {
        assert!(
            matches!(refused, Err(HubError::NotAdmitted(_))),
            "{refused:?}"
        );
    }
    for statement in FORBIDDEN {
        let error = world.cluster.try_sql_as(&admitted.url, statement);
        assert!(error.is_err_and(|e| e.contains("42501")), "{statement}");
    }
}

#[test]
fn another_office_sees_nothing() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(2)).expect("added");
    let admitted = admin::admit(&world.admin, "x", Admission::Workstation).expect("admitted");
    let moved = format!(
        "UPDATE bienmau.admission SET office = 'Lạng Sơn' WHERE role = '{}'",
        admitted.role
    );
    let _done = world.sql(&moved);
    let other = patient(&admitted.url);
    assert_eq!(
        other.pull(Cursor::default(), (series.id, 0), 9),
        Ok(Vec::new())
    );
    assert_eq!(other.members(), Ok(Vec::new()));
}

#[test]
fn a_role_nobody_admitted_stays_outside() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(2)).expect("added");
    let _made = world.sql(
        "CREATE ROLE grouped LOGIN PASSWORD 'x' IN ROLE bienmau_workstation;
         CREATE ROLE stranger LOGIN PASSWORD 'x'",
    );
    let connect = |role: &str| {
        let port = world.cluster.port();
        let url = format!("postgresql://{role}:x@127.0.0.1:{port}/bm?sslmode=disable");
        patient(&url)
    };
    let greeted = connect("grouped").greet(&Series::new(5).beacon());
    assert!(
        matches!(greeted, Err(HubError::NotAdmitted(_))),
        "{greeted:?}"
    );
    let read = connect("grouped").pull(Cursor::default(), (series.id, 0), 9);
    assert_eq!(read, Ok(Vec::new()));
    let read = connect("stranger").pull(Cursor::default(), (series.id, 0), 9);
    assert!(matches!(read, Err(HubError::NotAdmitted(_))), "{read:?}");
}

#[test]
fn nobody_changes_or_deletes_a_record() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(2)).expect("added");
    let before = world.sql("SELECT * FROM bienmau.record ORDER BY position");
    for who in [
        "SET ROLE bienmau_owner",
        "SET session_replication_role = replica",
    ] {
        for change in [
            "UPDATE bienmau.record SET payload = 'x' WHERE position = 1",
            "DELETE FROM bienmau.record",
            "TRUNCATE bienmau.record",
        ] {
            let error = world.cluster.try_sql("bm", &format!("{who}; {change}"));
            let refused = error.as_ref().is_err_and(|e| e.contains("BM007"));
            assert!(refused, "{who}; {change}: {error:?}");
        }
    }
    assert_eq!(
        world.sql("SELECT * FROM bienmau.record ORDER BY position"),
        before
    );
}

#[test]
fn a_role_that_was_shut_out_is_outside_at_once() {
    let world = World::new();
    let (stays, _) = world.workstation(2);
    let admitted = admin::admit(&world.admin, "Quầy 1", Admission::Workstation).expect("admitted");
    let (hub, mut series) = (patient(&admitted.url), Series::new(1));
    hub.greet(&series.beacon()).expect("greeted");
    let records = series.records(2);
    hub.push(&records[..1]).expect("added");
    let held = hub.lock(&[5]).expect("held");

    admin::shut_out(&world.admin, &admitted.role).expect("shut out");
    admin::shut_out(&world.admin, &admitted.role).expect("it is");
    // On the connections it has, and on a new one.
    let late = held.push(&records[1..]);
    assert!(matches!(late, Err(HubError::NotAdmitted(_))), "{late:?}");
    for hub in [hub, patient(&admitted.url)] {
        let refused = [
            hub.greet(&series.beacon()).map(|_| ()),
            hub.push(&records),
            hub.lock(&[1]).map(|_| ()),
        ];
        for refused in refused {
            assert!(
                matches!(refused, Err(HubError::NotAdmitted(_))),
                "{refused:?}"
            );
        }
        let read = hub.pull(Cursor::default(), (series.id, 0), 9);
        assert!(read.as_ref().map_or(true, Vec::is_empty), "{read:?}");
    }
    let read = stays.pull(Cursor::default(), (series.id, 0), 9);
    assert_eq!(read.map(|records| records.len()), Ok(1));

    let guests = admin::status(&world.admin).expect("status").guests;
    let guests: Vec<_> = guests.iter().map(|g| (g.name.as_str(), g.ended)).collect();
    assert_eq!(guests, [("Counter 2", false), ("Quầy 1", true)]);
    let unknown = admin::shut_out(&world.admin, "postgres");
    assert!(matches!(unknown, Err(HubError::Broken(_))), "{unknown:?}");
}
