//! Workstations, a hub, people and time; what happens to them, and what must hold in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use bm_api::session::operator;
use bm_app::breach::{BreachFilter, breaches};
use bm_app::correction::Wanted;
use bm_app::counter::Declarant;
use bm_app::people::NewPerson;
use bm_app::ports::{Clock, IdSource, Status, Store};
use bm_app::sync::exchange::{Exchange, SyncError};
use bm_app::sync::{HubError, Replica, TakeError};
use bm_app::{Actor, App, AppError, StoreError};
use bm_domain::breach::BreachKind;
use bm_domain::declaration::{Allocation, Condition, Draft, DraftLine};
use bm_domain::process::Step;
use bm_domain::resident::{Paper, PaperKind, ResidenceBasis};
use bm_domain::{BusinessDay, DeclarationId, Direction, Severity, ViolationCode};
use bm_host::init;
use bm_store_sqlite::{Key, SqliteStore};
use bm_tests::testkit::{places, utc};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use crate::disk::{Disk, Fault};
use crate::hub::{Line, MemoryHub, Mishap, Planted};

/// Most workstations of a story.
pub const WORKSTATIONS_MAX: usize = 4;
/// People of a story; each has one identity card.
pub const PEOPLE: usize = 4;
/// The quota of the seed: Circular 80/2019/TT-BTC, Decree 134/2016/ND-CP Appendix V.
const DAY_LIMIT: i64 = 2_000_000;
const TRIPS_LIMIT: usize = 4;

const HUB: Uuid = Uuid::from_u128(0x4b);
const BEGIN: &str = "2026-11-24 07:00";

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A person buys goods of so many VND at a counter.
    Buy { at: usize, person: usize, vnd: u32 },
    /// The form made as the nth is cancelled at a counter, if it is known there.
    Cancel { at: usize, nth: usize },
    /// It is amended to goods of so many VND.
    Amend { at: usize, nth: usize, vnd: u32 },
    /// Its goods are released, where nothing else is due.
    Release { at: usize, nth: usize },
    /// The day so many days back is closed at the gate of a workstation, where nothing of it is open.
    Close { at: usize, days: u32 },
    /// A workstation exchanges what it has.
    Sync { at: usize },
    /// Its line is cut, or mended.
    Line { at: usize, cut: bool },
    /// Something happens with one of the next words on its line.
    Word { at: usize, mishap: Mishap },
    /// What was sent before arrives once more.
    Late { at: usize },
    /// Something happens at one of its next writes.
    Disk {
        at: usize,
        fault: Fault,
        writes: i64,
    },
    /// The program is closed and opened.
    Restart { at: usize },
    /// Its files are copied.
    Backup { at: usize },
    /// The copy takes the place of its files.
    Restore { at: usize },
    /// Its clock is set to differ by so many minutes.
    Skew { at: usize, minutes: i64 },
    /// So many minutes pass.
    Pass { minutes: i64 },
}

/// Time, the same for all but for how far each clock is off.
struct SimClock {
    base: Arc<AtomicI64>,
    off: Arc<AtomicI64>,
}

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        let minutes = self.base.load(Ordering::Relaxed) + self.off.load(Ordering::Relaxed);
        utc(BEGIN) + TimeDelta::minutes(minutes)
    }
}

struct SimIds(Arc<AtomicU64>);

impl IdSource for SimIds {
    fn next(&self) -> Uuid {
        let count = u128::from(self.0.fetch_add(1, Ordering::Relaxed));
        Uuid::from_u128((0x0190_0000_0000_7000_8000 << 48) + count)
    }

    fn secret(&self) -> String {
        format!("secret-{}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// Files of workstations that have caught up with a hub that holds the law, made once.
struct Template {
    folder: tempfile::TempDir,
    hub: MemoryHub,
    ids: u64,
}

fn series(at: usize) -> Uuid {
    Uuid::from_u128(0x5e71e5 + at as u128)
}

fn name(at: usize) -> String {
    format!("QUAY-{at:02}")
}

fn key() -> Key {
    Key::Raw("5a".repeat(32))
}

fn memory() -> tempfile::TempDir {
    let made = tempfile::Builder::new()
        .prefix("bienmau-sim")
        .tempdir_in("/dev/shm");
    made.or_else(|_| tempfile::tempdir()).expect("a folder")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

impl Template {
    fn make() -> Self {
        let folder = memory();
        let hub = Arc::new(Mutex::new(MemoryHub::new(HUB)));
        let base = Arc::new(AtomicI64::new(-60));
        let ids = Arc::new(AtomicU64::new(1));
        for at in 0..=WORKSTATIONS_MAX {
            let path = folder.path().join(name(at));
            let store = SqliteStore::create(&path, &key(), series(at)).expect("a database");
            let seat = Seat::over(store, Line::to(hub.clone()), at, (&base, &ids));
            if at == 0 {
                init::law(&seat.app, &operator("test")).expect("the law");
                let rows = places();
                let saved = seat.app.save_law(&operator("test"), &rows, "test");
                saved.expect("gates, communes and rates");
            }
            seat.disk.join(HUB).expect("a hub joined");
            seat.app
                .sync(&operator("sync"), &mut |_, _| ())
                .expect("an exchange");
            seat.close();
        }
        let hub = hub.lock().expect("the hub").clone();
        Self {
            folder,
            hub,
            ids: ids.load(Ordering::Relaxed),
        }
    }

    fn get() -> &'static Self {
        static MADE: OnceLock<Template> = OnceLock::new();
        MADE.get_or_init(Self::make)
    }
}

/// The program of a workstation, running.
struct Seat {
    store: Arc<SqliteStore>,
    disk: Arc<Disk>,
    app: App,
    line: Line,
    off: Arc<AtomicI64>,
}

impl Seat {
    fn over(
        store: SqliteStore,
        line: Line,
        at: usize,
        (base, ids): (&Arc<AtomicI64>, &Arc<AtomicU64>),
    ) -> Self {
        let store = Arc::new(store);
        let disk = Arc::new(Disk::of(store.clone()));
        let off = Arc::new(AtomicI64::new(0));
        let clock = Arc::new(SimClock {
            base: base.clone(),
            off: off.clone(),
        });
        let app = App::new(disk.clone(), clock, Arc::new(SimIds(ids.clone()))).expect("an office");
        let way = Arc::new(line.clone());
        app.meet(Exchange::new(way.clone(), way, disk.clone(), name(at)));
        Self {
            store,
            disk,
            app,
            line,
            off,
        }
    }

    fn close(self) {
        let Self {
            store, disk, app, ..
        } = self;
        drop((app, disk));
        SqliteStore::close(store).expect("a database closed");
    }
}

/// A form as somebody at a counter knows it.
struct Form {
    id: DeclarationId,
    person: usize,
    /// Whether the counter got an answer that it is registered.
    answered: bool,
    /// Whether that answer was final.
    is_final: bool,
    /// Whether its workstation lost it with its disk before it was sent.
    may_be_lost: bool,
}

/// All of it.
pub struct World {
    folder: tempfile::TempDir,
    hub: Arc<Mutex<MemoryHub>>,
    base: Arc<AtomicI64>,
    ids: Arc<AtomicU64>,
    seats: Vec<Option<Seat>>,
    skews: Vec<i64>,
    forms: Vec<Form>,
    forms_made: u128,
}

/// What went wrong.
pub type Failure = String;

fn actor() -> Actor {
    operator("test")
}

fn card(person: usize) -> String {
    // Province 022 (Quang Ninh), a woman or man of the 20th century.
    format!("0220900{person:05}")
}

fn someone(person: usize) -> NewPerson {
    NewPerson {
        paper: Some(Paper::new(PaperKind::Cccd, &card(person))),
        more_papers: Vec::new(),
        name: format!("Nguyễn Thị Người {person}"),
        born: NaiveDate::from_ymd_opt(1990, 1, 1),
        sex: None,
        address: String::new(),
        commune: "06709".into(),
        basis: Some(ResidenceBasis::PermanentResidence),
        phone: None,
    }
}

fn goods(vnd: u32) -> DraftLine {
    DraftLine {
        hs: "08081000".parse().expect("a code"),
        name: String::new(),
        quantity: "1".parse().expect("a quantity"),
        unit: "kg".into(),
        weight: None,
        unit_price: vnd.to_string().parse().expect("a price"),
        currency: "VND".parse().expect("a currency"),
        origin: String::new(),
        condition: Condition::New,
        certificate: Some("KDTV-0001".into()),
    }
}

impl World {
    /// So many workstations of one office, all caught up.
    pub fn new(workstations: usize, planted: Option<Planted>) -> Self {
        let template = Template::get();
        let folder = memory();
        let mut hub = template.hub.clone();
        hub.planted = planted;
        let mut world = Self {
            folder,
            hub: Arc::new(Mutex::new(hub)),
            base: Arc::new(AtomicI64::new(0)),
            ids: Arc::new(AtomicU64::new(template.ids)),
            seats: Vec::new(),
            skews: vec![0; workstations],
            forms: Vec::new(),
            forms_made: 0,
        };
        for at in 0..workstations {
            copy(&template.folder.path().join(name(at)), &world.path(at));
            let line = Line::to(world.hub.clone());
            world.seats.push(None);
            world.open(at, line);
        }
        world
    }

    fn path(&self, at: usize) -> PathBuf {
        self.folder.path().join(name(at))
    }

    fn open(&mut self, at: usize, line: Line) {
        let store = SqliteStore::open(&self.path(at), &key()).expect("the database opens");
        let seat = Seat::over(store, line, at, (&self.base, &self.ids));
        seat.off.store(self.skews[at], Ordering::Relaxed);
        self.seats[at] = Some(seat);
    }

    fn seat(&self, at: usize) -> &Seat {
        self.seats[at].as_ref().expect("a workstation that runs")
    }

    fn restart(&mut self, at: usize) {
        let seat = self.seats[at].take().expect("a workstation that runs");
        let line = seat.line.clone();
        seat.close();
        self.open(at, line);
    }

    fn revive(&mut self, at: usize) {
        if self.seat(at).disk.is_killed() {
            self.restart(at);
        }
    }

    /// Lets something happen.
    ///
    /// # Errors
    /// What must not come of it.
    pub fn take(&mut self, act: Act) -> Result<(), Failure> {
        let count = self.seats.len();
        match act {
            Act::Buy { at, person, vnd } => self.buy(at % count, person % PEOPLE, vnd)?,
            Act::Cancel { at, nth } => self.cancel(at % count, nth)?,
            Act::Amend { at, nth, vnd } => self.amend(at % count, nth, vnd)?,
            Act::Release { at, nth } => self.release(at % count, nth)?,
            Act::Close { at, days } => self.close(at % count, days)?,
            Act::Sync { at } => self.sync(at % count)?,
            Act::Line { at, cut } => self.seat(at % count).line.cut(cut),
            Act::Word { at, mishap } => self.seat(at % count).line.plan(mishap),
            Act::Late { at } => self.seat(at % count).line.deliver_late(),
            Act::Disk { at, fault, writes } => self.seat(at % count).disk.plan(fault, writes),
            Act::Restart { at } => self.restart(at % count),
            Act::Backup { at } => {
                let at = at % count;
                self.restart(at);
                let seat = self.seats[at].take().expect("a workstation that runs");
                let line = seat.line.clone();
                seat.close();
                let kept = self.folder.path().join(format!("{}-kept", name(at)));
                copy(&self.path(at), &kept);
                self.open(at, line);
            }
            Act::Restore { at } => self.restore(at % count)?,
            Act::Skew { at, minutes } => {
                let at = at % count;
                self.skews[at] = minutes;
                self.seat(at).off.store(minutes, Ordering::Relaxed);
            }
            Act::Pass { minutes } => {
                self.base.fetch_add(minutes, Ordering::Relaxed);
            }
        }
        for at in 0..count {
            self.revive(at);
        }
        Ok(())
    }

    fn buy(&mut self, at: usize, person: usize, vnd: u32) -> Result<(), Failure> {
        self.forms_made += 1;
        let id = DeclarationId(Uuid::from_u128(0xf0f0 << 64 | self.forms_made));
        let seat = self.seat(at);
        let draft = Draft {
            id,
            at: seat.app.clock().now(),
            gate: gate(at).into(),
            workstation: name(at),
            direction: Direction::Import,
            exchange_of: None,
            counterpart: None,
            vehicle: None,
            lines: vec![goods(vnd)],
            allocation: Allocation::Entered,
        };
        let declarant = Declarant::ByPaper(Box::new(someone(person)));
        let done = seat.app.register(&actor(), &[(draft, declarant)]);
        let mut form = Form {
            id,
            person,
            answered: false,
            is_final: false,
            may_be_lost: false,
        };
        match done.as_deref() {
            Ok([outcome]) if outcome.is_refused() => {
                let mut violations = outcome.declaration.decision.violations.iter();
                return match violations.find(|one| one.severity == Severity::Refuse) {
                    Some(one) if one.code == ViolationCode::DayClosed => Ok(()),
                    other => Err(format!("refused: {other:?}")),
                };
            }
            Ok([outcome]) => {
                form.answered = true;
                form.is_final = !outcome.provisional;
            }
            Ok(_) => return Err("one form, one answer".into()),
            Err(AppError::Store(error)) if is_fault(error) => {}
            Err(error) => return Err(format!("registering: {error}")),
        }
        self.forms.push(form);
        Ok(())
    }

    fn cancel(&mut self, at: usize, nth: usize) -> Result<(), Failure> {
        let Some(form) = self.forms.get(nth % self.forms.len().max(1)) else {
            return Ok(());
        };
        done(
            self.seat(at).app.cancel(&actor(), form.id, "nhầm"),
            "cancelling",
        )
    }

    fn amend(&mut self, at: usize, nth: usize, vnd: u32) -> Result<(), Failure> {
        let nth = nth % self.forms.len().max(1);
        let Some(form) = self.forms.get_mut(nth) else {
            return Ok(());
        };
        // Whether the hub was in reach then is not told.
        form.is_final = false;
        let wanted = Wanted::Amend {
            lines: vec![goods(vnd)],
            allocation: Allocation::Entered,
        };
        let id = form.id;
        let app = &self.seat(at).app;
        done(app.correct(&actor(), id, &wanted, "nhầm"), "amending")
    }

    fn release(&self, at: usize, nth: usize) -> Result<(), Failure> {
        let Some(form) = self.forms.get(nth % self.forms.len().max(1)) else {
            return Ok(());
        };
        let app = &self.seat(at).app;
        done(
            app.take_step(&actor(), form.id, &Step::Release),
            "releasing",
        )
    }

    fn close(&self, at: usize, days: u32) -> Result<(), Failure> {
        let app = &self.seat(at).app;
        let day = BusinessDay::of(app.clock().now()).before(days);
        done(app.close_day(&actor(), gate(at), day), "closing")
    }

    fn sync(&self, at: usize) -> Result<(), Failure> {
        match self.seat(at).app.sync(&operator("sync"), &mut |_, _| ()) {
            Ok(_) | Err(SyncError::Hub(HubError::OutOfReach(_))) => Ok(()),
            Err(SyncError::Store(error) | SyncError::Take(TakeError::Store(error)))
                if is_fault(&error) =>
            {
                Ok(())
            }
            Err(SyncError::App(AppError::Store(error))) if is_fault(&error) => Ok(()),
            Err(error) => Err(format!("{}: exchanging: {error}", name(at))),
        }
    }

    fn restore(&mut self, at: usize) -> Result<(), Failure> {
        let kept = self.folder.path().join(format!("{}-kept", name(at)));
        if !kept.exists() {
            return Ok(());
        }
        let seat = self.seats[at].take().expect("a workstation that runs");
        let standing = told(seat.store.standing())?.ok_or("no hub was joined")?;
        let own = |form: &Form| -> bool {
            let place = seat.app.read(|reader| Ok(reader.place_of_form(form.id)?));
            let place = place.expect("a place");
            place.is_some_and(|(series, index)| series == standing.own && index > standing.sent)
        };
        let lost: Vec<bool> = self.forms.iter().map(own).collect();
        for (form, lost) in self.forms.iter_mut().zip(lost) {
            form.may_be_lost |= lost;
        }
        let line = seat.line.clone();
        seat.close();
        told(std::fs::remove_dir_all(self.path(at)))?;
        copy(&kept, &self.path(at));
        // A restored workstation meets the hub before it writes anything.
        line.cut(false);
        line.forget_plans();
        self.open(at, line);
        self.sync(at)
    }

    /// Mends everything, exchanges until nothing moves, and looks at what is left.
    ///
    /// # Errors
    /// What does not hold.
    pub fn end(&mut self) -> Result<(), Failure> {
        for at in 0..self.seats.len() {
            let seat = self.seat(at);
            seat.line.cut(false);
            seat.line.forget_plans();
            seat.line.deliver_late();
            seat.disk.forget_plan();
            self.revive(at);
        }
        let mut moved = true;
        let mut rounds = 0;
        while moved {
            moved = false;
            for at in 0..self.seats.len() {
                let round = self.seat(at).app.sync(&operator("sync"), &mut |_, _| ());
                let round = round.map_err(|error| format!("{}: {error}", name(at)))?;
                moved |= round.sent + round.taken + round.restored > 0;
            }
            rounds += 1;
            if rounds > 10 {
                return Err("the exchange never ends".into());
            }
        }
        self.check()
    }

    fn check(&self) -> Result<(), Failure> {
        let alone = self.alone();
        let whole = self.picture(&alone.app)?;
        for (at, seat) in self.seats.iter().flatten().enumerate() {
            let found = told(seat.store.verify(&mut |_, _| ()))?;
            if !found.differences.is_empty() {
                return Err(format!("{}: {:?}", name(at), found.differences));
            }
            let picture = self.picture(&seat.app)?;
            if picture != whole {
                return Err(format!(
                    "{} differs from one ledger:\n{}",
                    name(at),
                    differing(&whole, &picture)
                ));
            }
        }
        self.check_forms(&alone.app)?;
        self.check_quota(&alone.app)
    }

    /// A workstation that had nothing and took the whole order.
    fn alone(&self) -> Seat {
        let path = self.path(WORKSTATIONS_MAX);
        copy(
            &Template::get().folder.path().join(name(WORKSTATIONS_MAX)),
            &path,
        );
        let store = SqliteStore::open(&path, &key()).expect("the database opens");
        let line = Line::to(self.hub.clone());
        let seat = Seat::over(store, line, WORKSTATIONS_MAX, (&self.base, &self.ids));
        let all = self.hub.lock().expect("the hub").whole();
        seat.store.take(&all).expect("all that the hub holds");
        seat
    }

    /// Everything a person could see, as text.
    fn picture(&self, app: &App) -> Result<String, Failure> {
        let read = app.read(|reader| {
            let mut text = String::new();
            for form in &self.forms {
                let held = reader.declaration(form.id)?.map(|held| {
                    let form = held.declaration;
                    let exempt = form.decision.exempt;
                    (held.status, form.number, form.person, exempt, held.progress)
                });
                let _infallible = writeln!(text, "form {} {held:?}", form.id);
            }
            let days = (day("2026-11-01"), day("2026-12-31"));
            for person in 0..PEOPLE {
                for held in reader.people_by_number(Some(PaperKind::Cccd), &card(person))? {
                    let uses = reader.quota_days(held.id, days)?;
                    let twins = reader.twins(held.id)?;
                    let _infallible =
                        writeln!(text, "person {} {uses:?} {twins:?} {}", held.id, held.name);
                }
            }
            reader.booked_totals(days, &mut |gate, day, direction, totals| {
                let _infallible = writeln!(text, "day {gate} {day} {direction:?} {totals:?}");
            })?;
            for breach in breaches(reader, &BreachFilter::default())? {
                let _infallible = writeln!(text, "breach {:?} {:?}", breach.found, breach.state);
            }
            for end in reader.chain_ends(None)? {
                if end.index > 0 {
                    let _infallible = writeln!(text, "chain {} {}", end.series, end.index);
                }
            }
            Ok(text)
        });
        let text = read.map_err(|error| error.to_string())?;
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        Ok(lines.join("\n"))
    }

    /// Nothing that was answered is gone, nothing is there twice.
    fn check_forms(&self, app: &App) -> Result<(), Failure> {
        let mut numbers = BTreeMap::new();
        for form in &self.forms {
            let held = app.read(|reader| Ok(reader.declaration(form.id)?));
            match told(held)? {
                None if form.answered && !form.may_be_lost => {
                    return Err(format!("form {} was answered and is gone", form.id));
                }
                None => {}
                Some(held) => {
                    let number = held.declaration.number;
                    if let Some(other) = numbers.insert(number.clone(), form.id) {
                        return Err(format!("{number} stands on {other} and {}", form.id));
                    }
                }
            }
        }
        Ok(())
    }

    /// What each person was granted beyond the law, worked out anew, has an entry that names it; and
    /// where every answer was final there is nothing of the kind.
    fn check_quota(&self, app: &App) -> Result<(), Failure> {
        let all = app.read(|reader| Ok(breaches(reader, &BreachFilter::default())?));
        let named: BTreeSet<DeclarationId> = told(all)?
            .into_iter()
            .filter(|breach| breach.found.kind == BreachKind::OverUse)
            .flat_map(|breach| breach.found.forms)
            .collect();
        for person in 0..PEOPLE {
            let mut granted = Vec::new();
            let mut all_final = true;
            for form in self.forms.iter().filter(|form| form.person == person) {
                let held = app.read(|reader| Ok(reader.declaration(form.id)?));
                let Some(held) = told(held)? else {
                    continue;
                };
                all_final &= form.is_final;
                if held.status == Status::Registered {
                    let exempt = held.declaration.decision.exempt.dong();
                    granted.push((held.declaration.draft.at, form.id, exempt));
                }
            }
            granted.sort();
            let over = beyond_law(&granted);
            for id in &over {
                if !named.contains(id) {
                    return Err(format!("form {id} exceeds the quota and no entry names it"));
                }
            }
            if all_final && !over.is_empty() {
                return Err(format!(
                    "final answers exceed the quota: {over:?} of {granted:?}"
                ));
            }
        }
        Ok(())
    }
}

/// Forms granted more than the seed's quota allows, in the order of their times.
fn beyond_law(granted: &[(DateTime<Utc>, DeclarationId, i64)]) -> Vec<DeclarationId> {
    let mut days = BTreeSet::new();
    let mut trips: BTreeMap<String, usize> = BTreeMap::new();
    let mut over = Vec::new();
    for (at, id, exempt) in granted.iter().filter(|(.., exempt)| *exempt > 0) {
        let day = BusinessDay::of(*at);
        let month = day.to_string()[..7].to_owned();
        let used = trips.entry(month).or_default();
        if *exempt > DAY_LIMIT || *used >= TRIPS_LIMIT || !days.insert(day) {
            over.push(*id);
        } else {
            *used += 1;
        }
    }
    over
}

/// What a rule refuses, or what is not known there, is no failure.
fn done<T>(answer: Result<T, AppError>, what: &str) -> Result<(), Failure> {
    match answer {
        Ok(_) | Err(AppError::NotFound | AppError::Stale | AppError::Refused(_)) => Ok(()),
        Err(AppError::Store(error)) if is_fault(&error) => Ok(()),
        Err(error) => Err(format!("{what}: {error}")),
    }
}

/// The gate at which a workstation stands.
const fn gate(at: usize) -> &'static str {
    if at.is_multiple_of(2) {
        "MONGCAI"
    } else {
        "KM34"
    }
}

/// A failure of what is looked at is one of the story.
fn told<T, E: std::fmt::Display>(done: Result<T, E>) -> Result<T, Failure> {
    done.map_err(|error| error.to_string())
}

fn is_fault(error: &StoreError) -> bool {
    matches!(error, StoreError::Full) || *error == StoreError::Broken("killed".into())
}

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

fn differing(whole: &str, picture: &str) -> String {
    let [left, right] = [whole, picture].map(|text| text.lines().collect::<BTreeSet<_>>());
    let missing = left.difference(&right).map(|line| format!("- {line}"));
    let added = right.difference(&left).map(|line| format!("+ {line}"));
    missing.chain(added).collect::<Vec<_>>().join("\n")
}
