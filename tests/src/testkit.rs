//! An office in a temporary folder: the command list over a real encrypted database, with a clock
//! that is set by hand and ids that come in order. Tests speak to it in envelopes of JSON only.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bm_api::Api;
use bm_api::router::Written;
use bm_api::session::operator;
use bm_app::accounts::AccountChange;
use bm_app::law::LawRow;
use bm_app::paper::Sheet;
use bm_app::permission::{Duty, Role};
use bm_app::ports::{Clock, IdSource, Store, TemplateFault, Typesetter, Verification};
use bm_app::{Actor, App};
use bm_domain::law::{Commune, ExchangeRate};
use bm_domain::{BusinessDay, UnitPrice, Validity};
use bm_host::{FileSigner, export, init};
use bm_seed::data;
use bm_store_sqlite::{DATABASE_FILE, Key, SqliteStore};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// The identity of the workstation.
pub const SERIES: Uuid = Uuid::from_u128(0x7e57);

/// A clock that stands until it is set.
pub struct SetClock(Mutex<DateTime<Utc>>);

impl SetClock {
    /// A clock that shows `hanoi`, as in `2026-11-24 08:00`.
    #[must_use]
    pub fn at(hanoi: &str) -> Self {
        Self(Mutex::new(utc(hanoi)))
    }

    /// Sets it.
    pub fn set(&self, hanoi: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = utc(hanoi);
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The instant at which clocks in Hanoi show `hanoi`.
///
/// # Panics
/// When it is no date and time.
#[must_use]
pub fn utc(hanoi: &str) -> DateTime<Utc> {
    let text = format!("{}:00+07:00", hanoi.replace(' ', "T"));
    text.parse().expect("a time such as 2026-11-24 08:00")
}

/// Ids one after the other.
#[derive(Default)]
pub struct CountedIds(AtomicU64);

impl IdSource for CountedIds {
    fn next(&self) -> Uuid {
        let count = u128::from(self.0.fetch_add(1, Ordering::Relaxed));
        Uuid::from_u128((0x0190_0000_0000_7000_8000 << 48) + count)
    }

    fn secret(&self) -> String {
        format!("token-{}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// Sets no type: its file is the sheet and its template in JSON, and a template that holds `#broken`
/// has a fault in that line.
pub struct PlainTypesetter;

impl Typesetter for PlainTypesetter {
    fn pdf(&self, source: &str, sheet: &Sheet) -> Result<Vec<u8>, TemplateFault> {
        let broken = source.lines().position(|line| line.contains("#broken"));
        if let Some(index) = broken {
            let line = u32::try_from(index + 1).unwrap_or_default();
            let sentence = "unknown variable: broken".to_owned();
            return Err(TemplateFault { line, sentence });
        }
        Ok(json!({"template": source, "sheet": sheet})
            .to_string()
            .into_bytes())
    }

    fn pictures(&self, source: &str, _: &Sheet) -> Result<Vec<String>, TemplateFault> {
        Ok(vec![format!("<svg>{}</svg>", source.len())])
    }
}

/// The id of a test's `n`th form.
#[must_use]
pub fn form_id(n: u32) -> String {
    Uuid::from_u128(0x0190_f0f0_0000_7000_8000_0000_0000_0000 + u128::from(n)).to_string()
}

/// What is open of an office.
struct Held {
    store: Arc<SqliteStore>,
    api: Api,
}

impl Held {
    fn over(
        folder: &TempDir,
        store: SqliteStore,
        clock: Arc<SetClock>,
        ids: Arc<CountedIds>,
    ) -> Arc<Self> {
        let store = Arc::new(store);
        let app = App::new(store.clone(), clock, ids).expect("use cases over a database");
        app.set_typesetter(Arc::new(PlainTypesetter));
        app.set_signer(Arc::new(FileSigner::new(folder.path(), None)));
        let exporter = Box::new(|report: Written<'_>, format: &str, _| {
            Ok(format!("{}.{format}", export::file_name(report)))
        });
        Arc::new(Self {
            store,
            api: Api::new(app, false, exporter, Box::new(bm_host::import::FileTables)),
        })
    }
}

/// The office under test.
pub struct TestOffice {
    folder: TempDir,
    held: Mutex<Arc<Held>>,
    ids: Arc<CountedIds>,
    /// Its clock.
    pub clock: Arc<SetClock>,
}

impl TestOffice {
    /// An office on Tuesday, 24 November 2026, 08:00, with law, gates, communes and rates.
    ///
    /// # Panics
    /// When it can't be made.
    #[must_use]
    pub fn new() -> Self {
        Self::opened_at("2026-11-24 08:00")
    }

    /// The same on another day.
    ///
    /// # Panics
    /// When it can't be made.
    #[must_use]
    pub fn opened_at(hanoi: &str) -> Self {
        Self::made(hanoi, SERIES)
    }

    /// The office of another workstation, whose series has this identity.
    ///
    /// # Panics
    /// When it can't be made.
    #[must_use]
    pub fn new_workstation(series: u128) -> Self {
        Self::made("2026-11-24 08:00", Uuid::from_u128(series))
    }

    fn made(hanoi: &str, series: Uuid) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let key = Key::create(folder.path(), None).expect("a key");
        let store = SqliteStore::create(folder.path(), &key, series).expect("a database");
        let clock = Arc::new(SetClock::at(hanoi));
        let ids = Arc::new(CountedIds::default());
        let held = Held::over(&folder, store, clock.clone(), ids.clone());
        init::law(held.api.app(), &operator("test")).expect("the law");
        let saved = held
            .api
            .app()
            .save_law(&operator("test"), &places(), "test");
        saved.expect("gates, communes and rates");
        Self {
            folder,
            held: Mutex::new(held),
            clock,
            ids,
        }
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Closes the program and starts it again; sessions are gone.
    ///
    /// # Panics
    /// When the database can't be opened.
    pub fn reopen(&self) {
        let key = Key::load(self.folder.path(), None).expect("the key");
        let store = SqliteStore::open(self.folder.path(), &key).expect("the database");
        let held = Held::over(&self.folder, store, self.clock.clone(), self.ids.clone());
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = held;
    }

    /// Does something with the use cases.
    pub fn with_app<T>(&self, work: impl FnOnce(&App) -> T) -> T {
        work(self.held().api.app())
    }

    /// Sends an envelope and reads the answer.
    ///
    /// # Panics
    /// When the answer is not JSON.
    #[must_use]
    pub fn send(&self, envelope: &str) -> Value {
        serde_json::from_str(&self.held().api.answer(envelope)).expect("an answer in JSON")
    }

    /// Makes the account of a role, named like the role, unless it is there.
    ///
    /// # Panics
    /// When it can't be saved.
    pub fn account(&self, role: &str) {
        let held = self.held();
        let app = held.api.app();
        let known = app.read(|reader| Ok(reader.account(role)?));
        if known.expect("accounts can be read").is_none() {
            let kind = Role::ALL.into_iter().find(|kind| kind.word() == role);
            let display_name = format!("Account of {role}");
            let saved = app.enter_account(
                &operator("test"),
                role,
                &display_name,
                kind.expect("a role"),
                &password(role),
            );
            saved.expect("an account is saved");
        }
    }

    /// Makes an officer's account with some parts of the work, by the operator, whose passwords need
    /// not be changed.
    ///
    /// # Panics
    /// When it can't be saved.
    pub fn officer_with(&self, name: &str, duties: &[Duty]) {
        let change = AccountChange {
            name: name.to_owned(),
            display_name: name.to_owned(),
            role: Role::Officer,
            active: true,
            duties: duties.iter().copied().collect(),
            password: Some(password(name)),
        };
        self.with_app(|app| app.save_account(&operator("test"), &change))
            .expect("an account is saved");
    }

    /// Opens a session of a role's account at a counter.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn sign_in(&self, role: &str, gate: &str, workstation: &str) -> Desk<'_> {
        self.account(role);
        self.open_session(role, gate, workstation)
    }

    /// Opens a session of an account whose password is its name with `-secret`.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn open_session(&self, name: &str, gate: &str, workstation: &str) -> Desk<'_> {
        let request = json!({"user": name, "password": password(name), "gate": gate,
            "workstation": workstation});
        self.desk(&self.stranger().ok("session_sign_in", &request))
    }

    /// The counter of a session that was opened.
    #[must_use]
    pub fn desk(&self, session: &Value) -> Desk<'_> {
        Desk {
            office: self,
            token: session["token"].as_str().map(str::to_owned),
        }
    }

    /// Someone who has not signed in.
    #[must_use]
    pub const fn stranger(&self) -> Desk<'_> {
        Desk {
            office: self,
            token: None,
        }
    }

    /// An officer as records name one, for tests of the use cases alone.
    #[must_use]
    pub fn officer(&self, gate: &str) -> Actor {
        Actor {
            user: "officer".into(),
            role: Role::Officer,
            gate: gate.into(),
            workstation: "Q1".into(),
        }
    }

    /// All text the database holds, in every row of every table.
    ///
    /// # Panics
    /// When the database can't be read.
    #[must_use]
    pub fn stored_text(&self) -> String {
        let connection = self.past_the_program();
        let query = "SELECT name FROM sqlite_schema WHERE type = 'table'";
        let mut statement = connection.prepare(query).expect("tables");
        let tables = statement.query_map([], |row| row.get::<_, String>(0));
        let tables: Vec<_> = tables.expect("tables").collect();
        let mut text = String::new();
        for table in tables {
            let query = format!("SELECT * FROM {}", table.expect("a table"));
            let mut statement = connection.prepare(&query).expect("a table");
            let columns = statement.column_count();
            let mut rows = statement.query([]).expect("rows");
            while let Some(row) = rows.next().expect("a row") {
                for column in 0..columns {
                    if let Ok(held) = row.get_ref(column).expect("a value").as_bytes() {
                        text += &String::from_utf8_lossy(held);
                        text.push('\n');
                    }
                }
            }
        }
        text
    }

    /// Every record of the series, as written.
    ///
    /// # Panics
    /// When the database can't be read.
    #[must_use]
    pub fn records(&self) -> Vec<Value> {
        let texts = self.record_texts().into_iter();
        texts
            .map(|text| serde_json::from_str(&text).expect("JSON"))
            .collect()
    }

    /// The text of every record of the series, as it was hashed.
    ///
    /// # Panics
    /// When the database can't be read.
    #[must_use]
    pub fn record_texts(&self) -> Vec<String> {
        let connection = self.past_the_program();
        let query = "SELECT payload FROM record ORDER BY id";
        let mut statement = connection.prepare(query).expect("a table of records");
        let rows = statement.query_map([], |row| row.get::<_, String>(0));
        rows.expect("records")
            .map(|row| row.expect("a record"))
            .collect()
    }

    /// The database, opened beside the program.
    fn past_the_program(&self) -> Connection {
        let connection = Connection::open(self.folder.path().join(DATABASE_FILE));
        let connection = connection.expect("the database opens");
        let Ok(Key::Raw(key)) = Key::load(self.folder.path(), None) else {
            panic!("the key is in its file");
        };
        connection
            .pragma_update(None, "key", format!("x'{key}'"))
            .expect("the key is taken");
        connection
    }

    /// What a check of the whole database finds.
    ///
    /// # Panics
    /// When the database can't be read.
    #[must_use]
    pub fn verify(&self) -> Verification {
        self.held()
            .store
            .verify(&mut |_, _| ())
            .expect("the database can be read")
    }
}

impl Default for TestOffice {
    fn default() -> Self {
        Self::new()
    }
}

/// Someone at a counter.
pub struct Desk<'a> {
    office: &'a TestOffice,
    token: Option<String>,
}

impl Desk<'_> {
    /// The whole answer to a command, in English.
    #[must_use]
    pub fn answer(&self, command: &str, request: &Value) -> Value {
        let envelope = json!({"command": command, "session": self.token, "language": "en",
            "request": request});
        self.office.send(&envelope.to_string())
    }

    /// What a command answers.
    ///
    /// # Panics
    /// When it answers an error.
    pub fn ok(&self, command: &str, request: &Value) -> Value {
        let mut answer = self.answer(command, request);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].take()
    }

    /// The error a command answers.
    ///
    /// # Panics
    /// When it answers none.
    #[must_use]
    pub fn error(&self, command: &str, request: &Value) -> Value {
        let mut answer = self.answer(command, request);
        assert!(answer.get("ok").is_none(), "{command}: {answer}");
        answer["error"].take()
    }

    /// The code of the error a command answers; `ok` when it answers none.
    #[must_use]
    pub fn code(&self, command: &str, request: &Value) -> String {
        let answer = self.answer(command, request);
        answer["error"]["code"].as_str().unwrap_or("ok").to_owned()
    }
}

fn password(name: &str) -> String {
    format!("{name}-secret")
}

/// Gates, communes and rates of the seed.
///
/// # Panics
/// When the seed can't be read.
#[must_use]
pub fn places() -> Vec<LawRow> {
    let span = |from: Option<NaiveDate>, to: Option<NaiveDate>| Validity {
        from: BusinessDay::new(from.unwrap_or(NaiveDate::MIN)),
        to: to.map(BusinessDay::new),
    };
    let gates = data::gates().expect("gates").into_iter();
    let gates = gates.map(|row| LawRow::Gate(init::gate(row, NaiveDate::MIN)));
    let communes = data::communes().expect("communes").into_iter();
    let communes = communes.map(|row| {
        LawRow::Commune(Commune {
            code: row.code,
            name: row.name,
            validity: span(Some(row.valid_from), row.valid_to),
            basis: row.basis,
        })
    });
    let rates = data::rates().expect("rates").into_iter();
    let rates = rates.map(|row| {
        LawRow::Rate(ExchangeRate {
            currency: row.currency.parse().expect("a currency"),
            rate: UnitPrice::new(row.rate_vnd).expect("a rate"),
            validity: span(Some(row.valid_from), Some(row.valid_to)),
            source: row.source,
        })
    });
    gates.chain(communes).chain(rates).collect()
}
