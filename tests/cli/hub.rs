//! Two counters and a hub in a real PostgreSQL: one quota for one person, a line that is cut, machines
//! that are cloned, hubs that are put back.

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bm_hub::testing::Cluster;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::{Office, Ran, Trade, today};

const DATABASE: &str = "office";

/// A hub of its own, and the addresses of its counters.
struct Hub {
    cluster: Cluster,
    url: String,
}

impl Hub {
    fn start() -> Self {
        let cluster = Cluster::start();
        let url = cluster.database(DATABASE);
        let hub = Self { cluster, url };
        let made = hub.keeper(["hub", "init", &hub.url, "--office", "MONGCAI", "--json"]);
        assert_eq!(made.ended(0).value()["schema_before"], 0);
        hub
    }

    /// Runs a command that needs no database folder.
    fn keeper<const N: usize>(&self, arguments: [&str; N]) -> Ran {
        Office::empty().run(arguments)
    }

    fn admit(&self, name: &str) -> String {
        let admitted = self
            .keeper(["hub", "admit", &self.url, "--name", name, "--json"])
            .ended(0)
            .value();
        admitted["url"].as_str().expect("an address").to_owned()
    }
}

fn join(office: &Office, url: &str) -> Value {
    office.run(["hub", "join", url, "--json"]).ended(0).value()
}

/// An office with law, places and residents that began the hub, and a counter that joined it later.
fn two_counters(hub: &Hub, world: &Trade) -> (Office, Office) {
    let first = Office::of(world);
    join(&first, &hub.admit("QUAY-01"));
    let second = Office::empty();
    let round = join(&second, &hub.admit("QUAY-02"));
    assert!(round["taken"].as_u64().expect("a count") > 0, "{round}");
    (first, second)
}

fn purchase(id: u128, person: &str, at: &str, counter: &str, vnd: u32) -> Value {
    json!({"id": Uuid::from_u128(0x0199_aaaa_0000_7000_8000_0000_0000_0000 + id), "at": at,
        "gate": "MONGCAI", "workstation": counter, "direction": "import",
        "resident": {"kind": "cccd", "number": person},
        "lines": [{"hs": "08081000", "quantity": "1", "unit": "kg", "unit_price": vnd.to_string(),
            "currency": "VND"}],
        "allocation": "entered"})
}

/// Noon of the last day whose trade is over, so that no form lies in the future.
fn noon() -> String {
    format!("{}T12:00:00+07:00", today() - TimeDelta::days(1))
}

/// What a database says of everything that was traded: totals of each gate and day, breaches.
fn pictured(office: &Office, world: &Trade) -> BTreeMap<String, Value> {
    let mut picture = BTreeMap::new();
    let days: std::collections::BTreeSet<_> = (0..world.trades.len())
        .map(|at| world.place(at).1)
        .collect();
    let (from, to) = (days.first().expect("a day"), days.last().expect("a day"));
    let rolled = office.run(["reconcile", "--date", from, "--to", to, "--json"]);
    picture.insert("totals".to_owned(), rolled.value());
    let breaches = office.run(["breaches", "--json"]);
    let mut found: Vec<_> = breaches.lines().iter().map(Value::to_string).collect();
    found.sort();
    picture.insert("breaches".into(), json!(found));
    picture
}

/// Two databases say the same.
#[track_caller]
fn assert_same(world: &Trade, [left, right]: [&Office; 2]) {
    let (left, right) = (pictured(left, world), pictured(right, world));
    assert_eq!(
        left.keys().collect::<Vec<_>>(),
        right.keys().collect::<Vec<_>>()
    );
    for (what, said) in &left {
        assert_eq!(said.to_string(), right[what].to_string(), "{what}");
    }
}

#[test]
fn one_person_at_two_counters_at_the_same_second_is_exempt_once() {
    let hub = Hub::start();
    let world = Trade::of(40);
    let (first, second) = two_counters(&hub, &world);
    let at = noon();
    for (n, person) in (0_u128..).zip(world.residents.iter().take(8)) {
        let answers: Vec<Value> = std::thread::scope(|threads| {
            let counters = [(&first, "Q1", 2 * n), (&second, "Q2", 2 * n + 1)];
            let asked: Vec<_> = counters
                .map(|(office, counter, id)| {
                    let form = purchase(id, &person.cccd, &at, counter, 1_500_000);
                    threads.spawn(move || {
                        let done = office.feed(["declare", "-"], format!("{form}\n"));
                        done.ended(0).lines().remove(0)
                    })
                })
                .into();
            asked
                .into_iter()
                .map(|one| one.join().expect("an answer"))
                .collect()
        });
        let exempt = |answer: &Value| -> i64 {
            let amount = answer["exempt_vnd"].as_str().expect("an amount");
            amount.parse().expect("whole dong")
        };
        assert_eq!(
            answers.iter().map(exempt).sum::<i64>(),
            1_500_000,
            "{answers:?}"
        );
        assert!(
            answers.iter().all(|one| one["provisional"] == false),
            "{answers:?}"
        );
    }
    for office in [&first, &second] {
        office.run(["sync"]).ended(0);
    }
    first.run(["sync"]).ended(0);
    assert_same(&world, [&first, &second]);
    first.is_clean();
    second.is_clean();
    let checked = hub.keeper(["hub", "backup-check", &hub.url, "--json"]);
    assert_eq!(checked.ended(0).value()["whole"], true);
}

/// Something between a counter and its hub that can be cut.
struct Cable {
    port: u16,
    cut: Arc<AtomicBool>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("an address").port();
        let cable = Self {
            port: own,
            cut: Arc::default(),
            ends: Arc::default(),
        };
        let (cut, ends) = (cable.cut.clone(), cable.ends.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let far = TcpStream::connect(("127.0.0.1", port)).expect("the hub listens");
                let pair = [(&near, &far), (&far, &near)];
                for (from, to) in pair.map(|(a, b)| (a.try_clone(), b.try_clone())) {
                    let (mut from, mut to) = (from.expect("a line"), to.expect("a line"));
                    std::thread::spawn(move || {
                        // It ends when either side does.
                        let _ended = std::io::copy(&mut from, &mut to);
                        let _closed = to.shutdown(Shutdown::Both);
                    });
                }
                ends.lock().expect("ends").extend([near, far]);
            }
        });
        cable
    }

    fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for end in self.ends.lock().expect("ends").drain(..) {
            // It may be closed already.
            let _closed = end.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

fn through(url: &str, from: u16, to: u16) -> String {
    let changed = url.replace(&format!(":{from}/"), &format!(":{to}/"));
    assert_ne!(changed, url);
    changed
}

/// Declares lines; after so many answers something happens. Gives all answers.
fn declared(office: &Office, lines: &[String], after: usize, then: impl FnOnce()) -> Vec<Value> {
    let (mut child, mut pipe, mut output) = office.declaring();
    let mut answers = Vec::new();
    let mut then = Some(then);
    for line in lines {
        pipe.write_all(line.as_bytes()).expect("taken");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("an answer");
        answers.push(serde_json::from_str(&answer).expect("JSON"));
        if answers.len() == after
            && let Some(then) = then.take()
        {
            then();
        }
    }
    drop(pipe);
    child.wait().expect("ended");
    answers
}

#[test]
fn a_line_cut_amid_the_work_loses_nothing_and_doubles_nothing() {
    let hub = Hub::start();
    let world = Trade::of(120);
    let first = Office::of(&world);
    join(&first, &hub.admit("QUAY-01"));
    let cable = Cable::to(hub.cluster.port());
    let second = Office::empty();
    let port = hub.cluster.port();
    join(&second, &through(&hub.admit("QUAY-02"), port, cable.port));
    // Each counter meets everybody of the other one's, under ids and a counter of its own.
    let lines = |offset: u128, counter: &str| -> Vec<String> {
        let all = 0..world.trades.len().min(80);
        all.map(|at| {
            let mut form = world.declaration(at);
            let id = 0x0199_bbbb_0000_7000_8000_0000_0000_0000 + offset + at as u128;
            form["id"] = json!(Uuid::from_u128(id));
            form["workstation"] = json!(counter);
            format!("{form}\n")
        })
        .collect()
    };
    let (here, there) = (lines(0, "Q1"), lines(10_000, "Q2"));
    let half = there.len() / 2;
    let mut near = Vec::new();
    let far = declared(&second, &there, half, || {
        cable.cut();
        near = declared(&first, &here, usize::MAX, || ());
    });
    for (at, answer) in far.iter().enumerate() {
        let after = at >= half && answer["status"] == "registered";
        assert_eq!(answer["provisional"], after, "{at} of {half}: {answer}");
    }
    assert!(near.iter().all(|one| one["provisional"] == false));
    let waits = second.run(["sync"]);
    waits.ended(3).said(&["máy chủ chung"]);
    // A close needs what every counter recorded.
    let (gate, day) = world.place(0);
    let close = second.run(["reconcile", "--gate", gate, "--date", &day, "--close"]);
    close.ended(1).said(&["mọi quầy"]);

    cable.mend();
    for office in [&second, &first, &second, &first] {
        office.run(["sync"]).ended(0);
    }
    assert_same(&world, [&first, &second]);
    let registered = |answer: &&Value| answer["status"] == "registered";
    for answer in near.iter().chain(&far).filter(registered).step_by(8) {
        let id = answer["id"].as_str().expect("an id");
        for office in [&first, &second] {
            let shown = office.run(["show", id, "--json"]).ended(0).value();
            assert_eq!(shown["number"], answer["number"], "{shown}");
            assert_eq!(
                shown["answer"]["exempt_vnd"], answer["exempt_vnd"],
                "printed is printed"
            );
        }
    }
    // Whoever bought at both counters while they could not meet used the quota twice: it is named.
    let queue = first
        .run(["breaches", "--kind", "over_use", "--json"])
        .value();
    let over = queue["rows"].as_array().expect("rows").len();
    assert!(over > 0, "{queue}");
    first.is_clean();
    second.is_clean();
}

#[test]
fn a_cloned_counter_is_noticed_and_nothing_is_overwritten() {
    let mut hub = Hub::start();
    let world = Trade::of(20);
    let (_first, second) = two_counters(&hub, &world);
    let clone = Office::empty();
    let files = std::fs::read_dir(second.data()).expect("a folder");
    std::fs::create_dir_all(clone.data()).expect("a folder");
    for file in files.flatten() {
        std::fs::copy(file.path(), clone.data().join(file.file_name())).expect("a copy");
    }
    let form =
        |n, person: usize| purchase(n, &world.residents[person].cccd, &noon(), "Q2", 900_000);
    hub.cluster.stop();
    for (office, form) in [(&second, form(1, 1)), (&clone, form(2, 2))] {
        let done = office.feed(["declare", "-"], format!("{form}\n"));
        assert_eq!(done.ended(0).lines()[0]["provisional"], true);
    }
    hub.cluster.start_again();
    second.run(["sync"]).ended(0);
    let refused = clone.run(["sync"]).ended(3);
    refused.said(&["nhận dạng", "Chưa ghi đè"]);
    let on = clone.feed(["declare", "-"], format!("{}\n", form(3, 3)));
    let on = on.said(&["nhận dạng"]);
    assert_eq!(
        on.lines()[0]["provisional"],
        true,
        "it goes on, and says so"
    );
    let checked = hub
        .keeper(["hub", "backup-check", &hub.url, "--json"])
        .ended(0);
    assert_eq!(checked.value()["whole"], true);
    second.run(["sync"]).ended(0);
    second.is_clean();
}

#[test]
fn a_hub_put_back_from_an_old_copy_is_noticed() {
    let hub = Hub::start();
    let world = Trade::of(20);
    let (first, _second) = two_counters(&hub, &world);
    let sql = |text: &str| hub.cluster.sql("postgres", text);
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'office'";
    sql(end);
    sql("CREATE DATABASE kept TEMPLATE office");
    let form = purchase(1, &world.residents[1].cccd, &noon(), "Q1", 900_000);
    first.feed(["declare", "-"], format!("{form}\n")).ended(0);
    first.run(["sync"]).ended(0);
    sql(end);
    sql("DROP DATABASE office");
    sql("ALTER DATABASE kept RENAME TO office");
    first
        .run(["sync"])
        .ended(3)
        .said(&["bản sao cũ", "Chưa ghi đè"]);
    first.is_clean();
}

#[test]
fn what_is_wrong_with_an_address_is_said() {
    let hub = Hub::start();
    let office = Office::empty();
    office
        .run(["hub", "join", "http://hub"])
        .ended(2)
        .said(&["postgresql://"]);
    let nobody = "postgresql://bm_nobody:x@127.0.0.1:1/office?sslmode=disable";
    office
        .run(["hub", "join", nobody])
        .ended(3)
        .said(&["máy chủ chung"]);
    assert!(
        !office.data().join("bienmau.db").exists(),
        "nothing is left half"
    );
    let url = hub.admit("QUAY-01");
    let (before, after) = url.split_once('@').expect("a password");
    let name = before.rsplit_once(':').expect("a password").0;
    let wrong = format!("{name}:not-this@{after}");
    office
        .run(["hub", "join", &wrong])
        .ended(3)
        .said(&["từ chối"]);
    let empty = hub.cluster.database("empty");
    office.run(["hub", "status", "--json"]).ended(2);
    office
        .run(["hub", "join", &empty])
        .ended(3)
        .said(&["hub init"]);
}
