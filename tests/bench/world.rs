//! Databases of any size, filled by the rules themselves and kept for the next run.

use std::fs;
use std::path::{Path, PathBuf};

use bm_api::session::operator;
use bm_app::counter::Declarant;
use bm_app::law::LawRow;
use bm_domain::declaration::{Allocation, Condition, Direction};
use bm_domain::goods::{Goods, ListVerdict};
use bm_domain::law::ExchangeRate;
use bm_domain::{
    BusinessDay, Currency, DeclarationId, Draft, DraftLine, PersonId, UnitPrice, Validity,
};
use bm_host::{Office, init};
use bm_seed::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rusqlite::Connection;
use rust_decimal::Decimal;
use uuid::Uuid;

/// What any step of the measurements may fail with.
pub type Failure = Box<dyn std::error::Error>;

/// The invented world is the same in every run.
const SEED: u64 = 20_26;
/// Forms registered in one transaction while a database is filled.
const GROUP: u64 = 1_000;
/// Persons entered in one transaction while a database is filled.
const PEOPLE_GROUP: usize = 20_000;
/// First day of trade: the list of goods of Circular 34/2025/TT-BCT holds from it on.
const FIRST_DAY: &str = "2025-07-21";
/// Last day of trade.
const LAST_DAY: &str = "2026-11-23";
/// Gates and their counters.
const GATES: [(&str, u32); 4] = [
    ("MONGCAI", 20),
    ("MONGCAI2", 10),
    ("HOANHMO", 6),
    ("BACPHONGSINH", 4),
];
/// File that marks a folder as filled to the end.
const MARK: &str = "filled";

/// A filled database.
pub struct Filled {
    /// Its folder.
    pub folder: PathBuf,
    /// The open database.
    pub office: Office,
    /// Every person in it.
    pub people: Vec<PersonId>,
    /// Forms it was filled with.
    pub forms: u64,
}

/// Opens the database of that size below `home`, filling it first when it is not there.
///
/// # Errors
/// What keeps it from being filled.
pub fn open(home: &Path, forms: u64, residents: u32) -> Result<Filled, Failure> {
    let folder = home.join(format!("{forms}-forms-{residents}-residents"));
    if !folder.join(MARK).exists() {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fill(&folder, forms, residents)?;
        fs::write(folder.join(MARK), "")?;
    }
    let office = Office::open(&folder)?;
    let people = people(&folder)?;
    Ok(Filled {
        folder,
        office,
        people,
        forms,
    })
}

/// A connection of our own to the database in `folder`, past the program.
///
/// # Errors
/// When the key or the file cannot be read.
pub fn connect(folder: &Path) -> Result<Connection, Failure> {
    let key = fs::read_to_string(folder.join("bienmau.key"))?;
    let connection = Connection::open(folder.join("bienmau.db"))?;
    connection.pragma_update(None, "key", format!("x'{}'", key.trim()))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn people(folder: &Path) -> Result<Vec<PersonId>, Failure> {
    let connection = connect(folder)?;
    let mut statement = connection.prepare("SELECT uuid FROM person ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    ids.map(|id| Ok(PersonId(Uuid::from_bytes(id?)))).collect()
}

fn bar(what: String, length: u64) -> Result<ProgressBar, Failure> {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}")?;
    Ok(ProgressBar::new(length)
        .with_style(style)
        .with_message(what))
}

fn fill(folder: &Path, forms: u64, residents: u32) -> Result<(), Failure> {
    let office = Office::create(folder, false)?;
    let app = office.app();
    let actor = operator("bench");
    init::law(app, &actor)?;
    let world = World::new(SEED, LAST_DAY.parse()?);
    let mut rows = init::places(&world)?;
    rows.extend(long_rates()?);
    app.save_law(&actor, &rows, "bench")?;
    let progress = bar(format!("{residents} residents"), residents.into())?;
    let mut group = Vec::with_capacity(PEOPLE_GROUP);
    for resident in world.residents(residents) {
        group.push(init::person(&resident)?);
        if group.len() == PEOPLE_GROUP {
            app.import_people(&actor, &group, "bench")?;
            progress.inc(PEOPLE_GROUP as u64);
            group.clear();
        }
    }
    app.import_people(&actor, &group, "bench")?;
    progress.finish_and_clear();
    let people = people(folder)?;
    let mut trade = Trade::new(&office, SEED)?;
    let progress = bar(format!("{forms} forms"), forms)?;
    let mut done = 0;
    while done < forms {
        let size = GROUP.min(forms - done);
        let group: Vec<_> = (done..done + size)
            .map(|n| {
                let lines = 1 + trade.upto(5);
                let form = trade.form(trade.at(n, forms), lines);
                (form, Declarant::Known(trade.one_of(&people)))
            })
            .collect();
        app.register(&actor, &group)?;
        done += size;
        progress.set_position(done);
    }
    progress.finish_and_clear();
    Ok(())
}

/// One rate for each currency over the whole time; weekly ones are the counter's business.
fn long_rates() -> Result<Vec<LawRow>, Failure> {
    let validity = Validity {
        from: FIRST_DAY.parse()?,
        to: Some("2030-12-31".parse()?),
    };
    let rate = |currency, rate: &str| -> Result<LawRow, Failure> {
        Ok(LawRow::Rate(ExchangeRate {
            currency,
            rate: rate.parse()?,
            validity,
            source: "invented".into(),
        }))
    };
    Ok(vec![
        rate(Currency::CNY, "3650.25")?,
        rate(Currency::USD, "26310")?,
    ])
}

/// Makes forms that the rules accept.
pub struct Trade {
    chance: ChaCha8Rng,
    /// Goods with their prices of reference.
    goods: Vec<(Goods, Decimal)>,
    first: DateTime<Utc>,
    minutes: i64,
}

impl Trade {
    /// Forms of the goods an office's list names.
    ///
    /// # Errors
    /// When the law cannot be read.
    pub fn new(office: &Office, seed: u64) -> Result<Self, Failure> {
        let last: BusinessDay = LAST_DAY.parse()?;
        let first: BusinessDay = FIRST_DAY.parse()?;
        let goods = office.app().read(|reader| {
            let book = office.app().law_book(reader)?;
            let law = book.1.on(last);
            let listed = |goods: &&Goods| matches!(law.list(goods.hs), ListVerdict::Listed(_));
            let priced = |goods: &Goods| {
                let unit = goods.units.first().map_or("", String::as_str);
                let held = law.reference_price(goods.hs, unit, "");
                held.map_or(Decimal::TEN, |held| held.price.decimal())
            };
            let all = book.1.goods.values().filter_map(|dated| dated.last());
            let listed = all.filter(listed);
            Ok(listed.map(|goods| (goods.clone(), priced(goods))).collect())
        })?;
        Ok(Self {
            chance: ChaCha8Rng::seed_from_u64(seed),
            goods,
            first: first.start() + TimeDelta::hours(7),
            minutes: (last.date() - first.date()).num_minutes(),
        })
    }

    /// The time of the n-th of `of` forms, between seven and nineteen o'clock.
    #[must_use]
    pub fn at(&self, n: u64, of: u64) -> DateTime<Utc> {
        let minute = i64::try_from(n).unwrap_or(i64::MAX) * self.minutes
            / i64::try_from(of).unwrap_or(i64::MAX);
        self.first + TimeDelta::days(minute / 1_440) + TimeDelta::minutes(minute % 1_440 / 2)
    }

    /// A number below `end`.
    pub fn upto(&mut self, end: u32) -> u32 {
        self.chance.random_range(0..end)
    }

    /// Any of `all`.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.chance.random_range(0..all.len())]
    }

    /// A purchase of `lines` kinds of goods, worth about a million VND in all.
    pub fn form(&mut self, at: DateTime<Utc>, lines: u32) -> Draft {
        let (gate, counters) = self.one_of(&GATES);
        let counter = 1 + self.upto(counters);
        let mut random = [0_u8; 10];
        self.chance.fill_bytes(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        Draft {
            id: DeclarationId(id),
            at,
            gate: gate.into(),
            workstation: format!("QUAY-{counter:02}"),
            direction: Direction::Import,
            exchange_of: None,
            vehicle: None,
            counterpart: None,
            lines: (0..lines).map(|_| self.line(lines)).collect(),
            allocation: Allocation::Entered,
        }
    }

    fn line(&mut self, of: u32) -> DraftLine {
        let at = self.chance.random_range(0..self.goods.len());
        let worth = Decimal::from(self.chance.random_range(400_000..2_000_000) / of);
        let (goods, reference) = &self.goods[at];
        let price = (reference / Decimal::from(3650))
            .round_dp(1)
            .max(Decimal::ONE);
        let quantity = (worth / Decimal::from(3650) / price)
            .round_dp(1)
            .max(Decimal::ONE);
        DraftLine {
            hs: goods.hs,
            name: goods.name_vi.clone(),
            quantity: bm_domain::Quantity::new(quantity).unwrap_or_else(|_| unreachable!()),
            unit: goods.units.first().cloned().unwrap_or_default(),
            weight: bm_domain::Weight::new(quantity).ok(),
            unit_price: UnitPrice::new(price).unwrap_or_else(|_| unreachable!()),
            currency: Currency::CNY,
            origin: "CN".into(),
            condition: Condition::New,
            certificate: goods.quarantine.map(|_| "KD-2026-0001".into()),
        }
    }
}
