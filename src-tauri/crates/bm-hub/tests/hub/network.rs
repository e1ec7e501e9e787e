//! A hub that is not there, goes away, comes back, or says nothing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bm_app::sync::{Cursor, Hub, HubError};
use bm_hub::{HubConfig, PgHub};

use crate::world::{Series, World, hasty, patient};

/// Far longer than a budget, for a machine that is busy; far shorter than what TCP would wait.
const LONG: Duration = Duration::from_secs(20);

/// Asserts that each call says in time that the hub is out of reach.
fn assert_out_of_reach(hub: &PgHub) {
    let mut series = Series::new(1);
    let began = Instant::now();
    let calls = [
        hub.greet(&series.beacon()).map(|_| ()),
        hub.push(&series.records(1)),
        hub.pull(Cursor::default(), (series.id, 0), 9).map(|_| ()),
        hub.lock(&[1]).map(|_| ()),
        hub.members().map(|_| ()),
    ];
    assert!(began.elapsed() < LONG, "{:?}", began.elapsed());
    for call in calls {
        let Err(HubError::OutOfReach(text)) = call else {
            panic!("{call:?}");
        };
        assert!(!text.is_empty() && !text.contains("s3cret"), "{text}");
    }
}

#[test]
fn nobody_there() {
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = free.local_addr().expect("its number").port();
    let url = format!("postgresql://ws:s3cret@127.0.0.1:{port}/bm?sslmode=disable");
    // Taken by somebody who never answers.
    assert_out_of_reach(&hasty(&url));
    drop(free);
    assert_out_of_reach(&hasty(&url));
    let unknown = "postgresql://ws:s3cret@no-such-host.invalid/bm?sslmode=disable";
    assert_out_of_reach(&hasty(unknown));
}

#[test]
fn a_wrong_password_is_told_without_it() {
    let world = World::new();
    let port = world.cluster.port();
    let url = format!("postgresql://postgres:s3cret@127.0.0.1:{port}/bm?sslmode=disable");
    let Err(HubError::NotAdmitted(text)) = patient(&url).members() else {
        panic!("let in");
    };
    assert!(
        text.contains("password") && !text.contains("s3cret"),
        "{text}"
    );

    let file = world.cluster.folder().join("password");
    world
        .cluster
        .write(&file, &format!("{}\nmore\n", bm_hub::testing::PASSWORD));
    let config = HubConfig::parse(&url).expect("an address");
    let config = config.with_password_file(&file).expect("a password");
    assert_eq!(PgHub::new(config).in_background().members(), Ok(Vec::new()));
    let named = format!("{url}&passfile={}", file.display());
    assert_eq!(patient(&named).members(), Ok(Vec::new()));
}

#[test]
fn a_database_that_is_no_hub() {
    let world = World::new();
    let empty = world.cluster.database("empty");
    assert_eq!(patient(&empty).members(), Err(HubError::NoHub));
    assert_eq!(
        patient(&world.cluster.url("none")).members(),
        Err(HubError::NoHub)
    );
}

#[test]
fn a_hub_that_was_started_again_is_found_at_once() {
    let mut world = World::new();
    let (hub, mut series) = world.workstation(1);
    let records = series.records(2);
    hub.push(&records[..1]).expect("added");
    world.cluster.stop();
    assert_out_of_reach(&hub);
    world.cluster.start_again();
    hub.push(&records).expect("added");
    // Now a connection waits in the pool while the server goes.
    world.cluster.stop();
    world.cluster.start_again();
    assert_eq!(hub.lock(&[1]).map(|lock| lock.latest()), Ok(0));
    assert_eq!(hub.greet(&series.beacon()).map(|found| found.held), Ok(2));
}

#[test]
fn a_copy_that_only_reads_takes_nothing() {
    let mut world = World::new();
    let (hub, mut series) = world.workstation(1);
    world
        .cluster
        .configure("default_transaction_read_only = on\n");
    let pushed = hub.push(&series.records(1));
    assert!(matches!(pushed, Err(HubError::OutOfReach(_))), "{pushed:?}");
}

/// Passes bytes on between clients and a server, unless it was silenced: then it swallows them.
struct Wire {
    port: u16,
    silent: Arc<AtomicBool>,
}

impl Wire {
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let silent = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&silent);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                let pair = (client.try_clone(), server.try_clone());
                let (Ok(from_client), Ok(from_server)) = pair else {
                    continue;
                };
                let (there, back) = (Arc::clone(&told), Arc::clone(&told));
                std::thread::spawn(move || pass(from_client, server, &there));
                std::thread::spawn(move || pass(from_server, client, &back));
            }
        });
        Self { port, silent }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, silent: &AtomicBool) {
    let mut buffer = [0; 16_384];
    while let Ok(length) = from.read(&mut buffer) {
        let swallowed = silent.load(Ordering::SeqCst);
        if length == 0 || (!swallowed && to.write_all(&buffer[..length]).is_err()) {
            break;
        }
    }
    let _closed = to.shutdown(std::net::Shutdown::Write);
}

#[test]
fn a_network_that_swallows_everything_costs_a_budget_at_most() {
    let world = World::new();
    let wire = Wire::to(world.cluster.port());
    let admitted = bm_hub::admin::admit(&world.admin, "x", bm_hub::admin::Admission::Workstation);
    let url = admitted.expect("admitted").url;
    let port = format!(":{}/", world.cluster.port());
    let url = url.replace(&port, &format!(":{}/", wire.port));
    let mut config = HubConfig::parse(&url).expect("an address");
    config.budget = Duration::from_secs(2);
    let through = PgHub::new(config);
    let mut series = Series::new(1);
    through.greet(&series.beacon()).expect("greeted");
    let held = through.lock(&[5]).expect("held");
    through.greet(&series.beacon()).expect("another connection");

    wire.silent.store(true, Ordering::SeqCst);
    let began = Instant::now();
    let pushed = held.push(&[series.record("a", &[5])]);
    assert!(matches!(pushed, Err(HubError::OutOfReach(_))), "{pushed:?}");
    let found = through.greet(&series.beacon());
    assert!(matches!(found, Err(HubError::OutOfReach(_))), "{found:?}");
    assert!(began.elapsed() < LONG, "{:?}", began.elapsed());
    assert_out_of_reach(&hasty(&url));

    wire.silent.store(false, Ordering::SeqCst);
    let through = through.in_background();
    let found = through.greet(&series.beacon());
    assert_eq!(found.map(|found| found.held), Ok(0));
    // What was swallowed with the papers held is undone as its connection is closed.
    assert_eq!(through.lock(&[5]).map(|lock| lock.latest()), Ok(0));
}
