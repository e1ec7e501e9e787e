//! Making a hub and looking after it.

use bm_app::sync::{Hub, HubError};
use bm_hub::HubConfig;
use bm_hub::admin::{self, Admission, BrokenLink};
use bm_hub::testing::Cluster;

use crate::world::{Series, World, patient};

#[test]
fn a_hub_is_made_once() {
    let cluster = Cluster::start();
    let config = HubConfig::parse(&cluster.database("bm")).expect("an address");
    let made = std::thread::scope(|scope| {
        let make = || admin::init(&config, "Móng Cái").expect("made");
        let both = [scope.spawn(make), scope.spawn(make)];
        both.map(|one| one.join().expect("ended"))
    });
    let mut made = made.to_vec();
    made.sort_by_key(|one| one.from);
    assert_eq!((made[0].from, made[0].to), (0, 1));
    assert_eq!(
        made[0].roles,
        [admin::OWNER, admin::WORKSTATIONS, admin::READERS]
    );
    assert_eq!((made[1].from, made[1].to, made[1].roles.len()), (1, 1, 0));
    let again = admin::init(&config, "Lạng Sơn").expect("made");
    assert_eq!(
        (again.hub, again.office.as_str()),
        (made[0].hub, "Móng Cái")
    );

    // Another hub on the same server has the same roles.
    let other = HubConfig::parse(&cluster.database("other")).expect("an address");
    let other = admin::init(&other, "Lạng Sơn").expect("made");
    assert!(
        other.roles.is_empty() && other.hub != made[0].hub,
        "{other:?}"
    );
}

#[test]
fn an_owner_of_the_database_who_is_no_superuser_can_do_it() {
    let cluster = Cluster::start();
    let _made = cluster.sql("postgres", "CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'x'");
    let _database = cluster.sql(
        "postgres",
        "CREATE DATABASE bm OWNER boss TEMPLATE template0",
    );
    let url = format!(
        "postgresql://boss:x@127.0.0.1:{}/bm?sslmode=disable",
        cluster.port()
    );
    let config = HubConfig::parse(&url).expect("an address");
    admin::init(&config, "Móng Cái").expect("made");
    let admitted = admin::admit(&config, "Quầy số 1", Admission::Workstation).expect("admitted");
    let hub = patient(&admitted.url);
    let mut series = Series::new(1);
    hub.greet(&series.beacon()).expect("greeted");
    hub.push(&series.records(3)).expect("added");
    admin::declare_lost(&config, series.id, "boss", "stolen").expect("declared");
    admin::shut_out(&config, &admitted.role).expect("shut out");
    assert!(
        admin::check(&config, &mut |_, _| ())
            .expect("checked")
            .is_whole()
    );
    assert_eq!(admin::status(&config).expect("status").end, 3);
}

#[test]
fn a_database_in_another_encoding_is_refused() {
    let cluster = Cluster::start();
    let made = "CREATE DATABASE bm TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'";
    let _made = cluster.sql("postgres", made);
    let config = HubConfig::parse(&cluster.url("bm")).expect("an address");
    let Err(HubError::Broken(text)) = admin::init(&config, "Móng Cái") else {
        panic!("made");
    };
    assert!(text.contains("UTF8"), "{text}");
    assert_eq!(
        cluster.sql("bm", "SELECT to_regrole('bienmau_owner') IS NULL"),
        "t"
    );
}

#[test]
fn the_password_of_a_workstation_is_nowhere_at_the_server() {
    let cluster = Cluster::start_with("log_statement = all\n");
    let world = World::on(cluster);
    let admitted = admin::admit(&world.admin, "Quầy 1", Admission::Workstation).expect("admitted");
    assert!(admitted.password.len() >= 32, "{}", admitted.password.len());
    assert!(!world.cluster.log().contains(&admitted.password));
    assert!(world.cluster.log().contains(&admitted.role));
    let kept = format!(
        "SELECT rolpassword FROM pg_authid WHERE rolname = '{}'",
        admitted.role
    );
    assert!(world.sql(&kept).starts_with("SCRAM-SHA-256$"));
    assert!(!format!("{admitted:?}").contains(&admitted.password));
}

#[test]
fn a_schema_of_another_program_is_named() {
    let world = World::new();
    let (hub, series) = world.workstation(1);
    drop(hub);
    let hub = patient(&world.cluster.url("bm"));
    let _newer = world.sql("INSERT INTO bienmau.schema_version (version) VALUES (7)");
    let newer = HubError::TooNew { found: 7, known: 1 };
    assert_eq!(hub.greet(&series.beacon()), Err(newer.clone()));
    assert_eq!(admin::init(&world.admin, "x"), Err(newer.clone()));
    assert_eq!(admin::status(&world.admin), Err(newer));
    let _older = world.sql("DELETE FROM bienmau.schema_version");
    let older = HubError::TooOld {
        found: 0,
        needed: 1,
    };
    assert_eq!(hub.greet(&series.beacon()), Err(older));
}

#[test]
fn a_lost_workstation_is_accounted_for() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    let texts = [
        r#"{"event":"registered","data":{"number":"BBN/2026/NK/Q1-000041"}}"#,
        r#"{"event":"registered","data":{"number":"BBN/2026/NK/Q1-000042"}}"#,
        r#"{"event":"refused","data":{"number":""}}"#,
        r#"{"event":"entered","data":{"body":"{\"number\":\"BBN/2026/BL/Q1-000007\"}"}}"#,
        r#"{"event":"person_saved","data":{"papers":[{"number":"022088000123"}]}}"#,
    ];
    let records: Vec<_> = texts.iter().map(|text| series.record(text, &[])).collect();
    hub.push(&records).expect("added");
    let lost = admin::declare_lost(&world.admin, series.id, "Lan", "flood").expect("declared");
    let numbers = [("BBN/2026/BL/Q1", 7), ("BBN/2026/NK/Q1", 42)];
    let numbers = numbers.map(|(name, last)| (name.to_owned(), last));
    assert_eq!((lost.held, &lost.numbers[..]), (5, &numbers[..]));

    let ended = HubError::SeriesEnded { series: series.id };
    let more = series.records(1);
    assert_eq!(hub.push(&more), Err(ended.clone()));
    assert_eq!(hub.push(&records), Err(ended.clone()));
    assert_eq!(hub.greet(&series.beacon()), Err(ended.clone()));
    let held = hub.lock(&[1]).expect("held");
    assert_eq!(held.push(&more), Err(ended));
    assert!(hub.members().expect("members")[0].lost);

    let again = admin::declare_lost(&world.admin, series.id, "Minh", "again").expect("declared");
    assert_eq!(again, lost);
    let kept = world.sql("SELECT lost_by, lost_reason, lost_at IS NOT NULL FROM bienmau.series");
    assert_eq!(kept, "Lan|flood|t");
    let unknown = admin::declare_lost(&world.admin, Series::new(8).id, "Lan", "x");
    assert!(matches!(unknown, Err(HubError::Broken(_))), "{unknown:?}");

    // The same machine goes on with a series of its own.
    let mut fresh = Series::new(2);
    hub.greet(&fresh.beacon()).expect("entered");
    hub.push(&fresh.records(1)).expect("added");
}

#[test]
fn the_status_of_a_hub() {
    let world = World::new();
    let (hub, mut series) = world.workstation(1);
    hub.push(&series.records(3)).expect("added");
    let status = admin::status(&world.admin).expect("status");
    assert_eq!((status.schema, status.end, status.members.len()), (1, 3, 1));
    assert_eq!(status.office, "Móng Cái");
    assert!(!status.durable, "this server runs without fsync");
    let durable = World::on(Cluster::start_durable());
    assert!(admin::status(&durable.admin).expect("status").durable);
}

#[test]
fn a_copy_that_was_changed_is_found_out() {
    let world = World::new();
    let (one, mut first) = world.workstation(1);
    let (two, mut second) = world.workstation(2);
    let check = || {
        let mut seen = Vec::new();
        let found = admin::check(&world.admin, &mut |done, of| seen.push((done, of)));
        (found.expect("checked"), seen)
    };
    let (empty, _) = check();
    assert_eq!(
        (empty.end, empty.end_hash.as_str(), empty.is_whole()),
        (0, "", true)
    );

    let records: Vec<_> = (0..2_500).map(|key| first.record("a", &[key])).collect();
    one.push(&records).expect("added");
    two.push(&[second.record("b", &[3])]).expect("added");
    let (found, seen) = check();
    assert!(found.is_whole(), "{found:?}");
    assert_eq!((found.records, found.end), (2_501, 2_501));
    let end: String = second
        .hash
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(found.end_hash, end);
    assert!(
        seen.contains(&(2_000, 2_501)) && seen.contains(&(2_501, 2_501)),
        "{seen:?}"
    );

    let tamper = |sql: &str| {
        let _done = world.sql(&format!(
            "ALTER TABLE bienmau.record DISABLE TRIGGER record_stays; {sql};
             ALTER TABLE bienmau.record ENABLE ALWAYS TRIGGER record_stays"
        ));
        check().0
    };
    let found = tamper("UPDATE bienmau.record SET papers = '{}' WHERE position = 2");
    assert_eq!((found.papers, found.is_whole()), (1, false));
    let found = tamper("UPDATE bienmau.record SET papers = '{1}' WHERE position = 2");
    assert!(found.is_whole(), "{found:?}");

    let found = tamper("DELETE FROM bienmau.record WHERE position = 2501");
    assert_eq!((&found.cut[..], found.broken), (&[second.id][..], None));
    let found = tamper("UPDATE bienmau.record SET payload = 'x' WHERE idx IN (2100, 2300)");
    let broken = BrokenLink {
        position: 2_100,
        series: first.id,
        index: 2_100,
    };
    assert_eq!(found.broken, Some(broken));
    let found = tamper("DELETE FROM bienmau.record WHERE idx = 7");
    assert_eq!(found.broken.map(|link| link.index), Some(8));
}
