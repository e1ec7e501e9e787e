//! A database folder of a test, the program that works on it, and the invented trade it is fed.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use bm_app::App;
use bm_app::people::NewPerson;
use bm_app::ports::Clock;
use bm_domain::resident::{Paper, PaperKind};
use bm_seed::world::{InventedResident, InventedTrade, World};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_bienmau");

/// Name and password of the administrator of a test's database.
pub const KEEPER: (&str, &str) = ("keeper", "keeper-first-day");

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// Exit status; `None` when it was killed.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }
}

impl Ran {
    /// The same run, which must have ended with this status.
    #[track_caller]
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{self:?}");
        self
    }

    /// The same run, whose messages must hold each of these words.
    #[track_caller]
    pub fn said(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "“{word}” in {self:?}");
        }
        for raw in [
            "ERROR CORE",
            "Error {",
            "panicked",
            "StoreError",
            "BadRequest",
            "Os {",
        ] {
            assert!(!self.err.contains(raw), "raw error in {self:?}");
        }
        self
    }

    /// The one value on standard output.
    #[track_caller]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The values on standard output, one a line.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        let read = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(read).collect()
    }
}

/// A folder removed at the end; in memory where the system has such a place, as a killed program
/// leaves the same files there.
pub fn folder() -> TempDir {
    let made = if has_room(MEMORY) {
        tempfile::tempdir_in(MEMORY)
    } else {
        tempfile::tempdir()
    };
    made.or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// Where Linux keeps files in memory; containers often have little of it.
const MEMORY: &str = "/dev/shm";

fn has_room(place: &str) -> bool {
    let asked = Command::new("df")
        .args(["--output=avail", "-k", place])
        .output();
    let answer = asked.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let free = answer
        .ok()
        .and_then(|text| text.lines().last()?.trim().parse::<u64>().ok());
    free.is_some_and(|kilobytes| kilobytes > 2_000_000)
}

/// A folder with a database, removed at the end.
pub struct Office {
    home: TempDir,
}

impl Office {
    /// A database with nothing but the law and an administrator.
    pub fn bare() -> Self {
        let office = Self::empty();
        office.run_as(KEEPER.0, KEEPER.1, ["init"]).ended(0);
        office
    }

    /// A home with no database yet.
    pub fn empty() -> Self {
        Self { home: folder() }
    }

    /// A database in which the residents of a world may trade.
    pub fn of(world: &Trade) -> Self {
        let office = Self::bare();
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bm-seed/data");
        let file = |name: &str| seed.join(name).display().to_string();
        office.run(["import", "gates", &file("gates.csv")]).ended(0);
        office
            .run(["import", "communes", &file("communes.csv")])
            .ended(0);
        let rates = office.file("rates.csv", world.rates());
        office.run(["import", "rates", &rates]).ended(0);
        let residents = office.file("residents.csv", world.residents_csv());
        office.run(["import", "residents", &residents]).ended(0);
        office
    }

    /// The database folder.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Writes a file beside the database folder; gives its path.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.home.path().join(name);
        std::fs::write(&path, contents).expect("written");
        path.display().to_string()
    }

    /// The path of a file beside the database folder.
    pub fn beside(&self, name: &str) -> String {
        self.home.path().join(name).display().to_string()
    }

    /// The program with its arguments, not yet started.
    pub fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(self.data()).args(arguments);
        for variable in ["BIENMAU_PASSWORD", "BIENMAU_PASSPHRASE"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ran {
        self.command(arguments).output().expect("started").into()
    }

    /// Runs the program as a user with a password.
    pub fn run_as<const N: usize>(&self, user: &str, password: &str, arguments: [&str; N]) -> Ran {
        let mut command = self.command(["--as", user].into_iter().chain(arguments));
        command.env("BIENMAU_PASSWORD", password);
        command.output().expect("started").into()
    }

    /// Starts `declare -` and gives its pipes: what it reads, what it answers.
    pub fn declaring(&self) -> (Child, ChildStdin, BufReader<ChildStdout>) {
        let mut command = self.command(["declare", "-"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("started");
        let to = child.stdin.take().expect("a pipe");
        let from = BufReader::new(child.stdout.take().expect("a pipe"));
        (child, to, from)
    }

    /// Runs the program with this on its standard input.
    pub fn feed(
        &self,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
        input: impl AsRef<[u8]> + Send,
    ) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("started");
        let mut pipe = child.stdin.take().expect("a pipe");
        std::thread::scope(|threads| {
            threads.spawn(move || {
                // The program may have had enough before it read everything.
                let _ = pipe.write_all(input.as_ref());
            });
            child.wait_with_output().expect("ended").into()
        })
    }

    /// The database itself, opened past the program with its key.
    pub fn database(&self) -> rusqlite::Connection {
        open_database(&self.data())
    }

    /// Verifies; gives what differs.
    #[track_caller]
    pub fn differences(&self) -> Vec<String> {
        let ran = self.run(["verify", "--json"]);
        let found = ran.value();
        let differences: Vec<String> =
            serde_json::from_value(found["differences"].clone()).expect("a list");
        let status = i32::from(!differences.is_empty());
        assert_eq!(ran.status, Some(status), "{ran:?}");
        differences
    }

    /// Verifies; nothing may differ.
    #[track_caller]
    pub fn is_clean(&self) {
        assert_eq!(self.differences(), [""; 0]);
    }

    /// How many records are held.
    pub fn records(&self) -> u64 {
        let ran = self.run(["verify", "--json"]);
        ran.value()["records"].as_u64().expect("a count")
    }
}

/// A clock that stands at one time.
pub struct Then(pub DateTime<Utc>);

impl Clock for Then {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// The use cases as if it were the first of March of a year.
pub fn in_year(app: &App, year: i32) -> App {
    let day = NaiveDate::from_ymd_opt(year, 3, 1).and_then(|day| day.and_hms_opt(1, 0, 0));
    let clock = Then(day.expect("a day").and_utc());
    app.by_clock(std::sync::Arc::new(clock))
        .expect("by another clock")
}

/// Somebody as entered from a citizen card.
pub fn somebody(number: &str, name: &str) -> NewPerson {
    NewPerson {
        paper: Some(Paper::new(PaperKind::Cccd, number)),
        name: name.into(),
        born: NaiveDate::from_ymd_opt(1980, 2, 3),
        commune: "06712".into(),
        address: "Thôn 2, Trà Cổ".into(),
        ..NewPerson::default()
    }
}

/// Opens the database of a folder with its key.
pub fn open_database(folder: &Path) -> rusqlite::Connection {
    let key = std::fs::read_to_string(folder.join("bienmau.key")).expect("a key");
    let database = rusqlite::Connection::open(folder.join("bienmau.db")).expect("a database");
    database
        .pragma_update(None, "key", format!("x'{key}'"))
        .expect("a key is taken");
    database
}

/// Today in Vietnam.
#[expect(
    clippy::disallowed_methods,
    reason = "the program under test goes by the system's clock"
)]
pub fn today() -> NaiveDate {
    (chrono::Utc::now() + TimeDelta::hours(7)).date_naive()
}

/// An invented world whose trade ended yesterday.
pub struct Trade {
    world: World,
    /// The residents.
    pub residents: Vec<InventedResident>,
    /// What they trade, in the order of time.
    pub trades: Vec<InventedTrade>,
}

impl Trade {
    /// About as many trades as residents.
    pub fn of(residents: u32) -> Self {
        let world = World::new(2019, today() - TimeDelta::days(1));
        let residents: Vec<_> = world.residents(residents).collect();
        let trades = world.month_of_trade(&residents, 30).expect("trade");
        Self {
            world,
            residents,
            trades,
        }
    }

    fn rates(&self) -> String {
        let mut csv = "currency,rate_vnd,valid_from,source\n".to_owned();
        for row in self.world.rates() {
            let _ = writeln!(
                csv,
                "{},{},{},test",
                row.currency, row.rate_vnd, row.valid_from
            );
        }
        csv
    }

    /// The residents as a table.
    pub fn residents_csv(&self) -> String {
        let mut csv = "kind,number,name,born,commune,sex,address,basis\n".to_owned();
        for person in &self.residents {
            let _ = writeln!(
                csv,
                "cccd,{},{},{},{},{},\"{}\",{}",
                person.cccd,
                person.name,
                person.born,
                person.commune_code,
                person.sex,
                person.address,
                person.basis
            );
        }
        csv
    }

    /// Gate and day of a trade.
    pub fn place(&self, index: usize) -> (&'static str, String) {
        let trade = &self.trades[index];
        let day = (trade.at + TimeDelta::hours(7)).date_naive();
        (trade.gate, day.to_string())
    }

    /// A trade as a declaration.
    pub fn declaration(&self, index: usize) -> Value {
        let trade = &self.trades[index];
        let lines: Vec<Value> = trade
            .lines
            .iter()
            .map(|line| {
                json!({
                    "hs": line.hs, "name": line.name, "quantity": line.quantity,
                    "unit": line.unit, "weight_kg": line.weight_kg,
                    "unit_price": line.unit_price, "currency": line.currency,
                    "origin": line.origin, "condition": line.condition,
                    "certificate": line.certificate,
                })
            })
            .collect();
        json!({
            "id": id(index), "at": trade.at.to_rfc3339(), "gate": trade.gate,
            "workstation": trade.workstation, "direction": trade.direction,
            "resident": {"kind": "cccd", "number": self.residents[trade.resident].cccd},
            "lines": lines, "allocation": trade.allocation,
        })
    }

    /// Trades as lines of JSON.
    pub fn jsonl(&self, range: std::ops::Range<usize>) -> String {
        range
            .map(|i| format!("{}\n", self.declaration(i)))
            .collect()
    }
}

/// The id of a trade.
pub fn id(index: usize) -> String {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + index as u128).to_string()
}

/// Seeded chance.
pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0.next_u32() as usize % bound
    }
}
