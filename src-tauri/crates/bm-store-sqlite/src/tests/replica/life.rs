//! Workstations that live at random, and a hub that keeps what they send in one order.

use bm_app::close::ClosedDay;
use bm_app::event::{Account, Corrected, Correction};
use bm_app::permission::Role;
use bm_app::sync::{Arrived, Link, Replica, Taken};
use bm_domain::decide::LineDecision;
use bm_domain::law::{ExchangeRate, LawRow};
use bm_domain::process::PaymentMethod;
use bm_domain::{Currency, DraftLine};
use chrono::TimeDelta;

use super::super::*;

pub const GATE: &str = "HOANHMO";

/// Numbers that look like chance and are the same in every run.
pub struct Chance(u64);

impl Chance {
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A place among so many.
    pub fn at(&mut self, many: usize) -> usize {
        let many = u64::try_from(many).expect("few");
        usize::try_from(self.below(many)).expect("few")
    }

    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What workstations sent, in one order.
#[derive(Default)]
pub struct Hub(pub Vec<Link>);

impl Hub {
    pub fn push(&mut self, links: &[Link]) {
        for link in links {
            let series = link.series;
            let held = self.0.iter().filter(|held| held.series == series).count();
            let held = i64::try_from(held).expect("few");
            if link.index == held + 1 {
                self.0.push(link.clone());
            } else {
                assert!(link.index <= held, "a hole in what is sent");
            }
        }
    }

    /// Records after a position, at most so many; texts that the asking workstation holds are left out.
    pub fn after(&self, position: i64, own: (Uuid, i64), limit: usize) -> Vec<Arrived> {
        let arrived = (1..).zip(&self.0).map(|(position, link)| Arrived {
            position,
            series: link.series,
            index: link.index,
            hash: link.hash,
            body: Some((link.id, link.payload.clone()))
                .filter(|_| link.series != own.0 || link.index > own.1),
        });
        let after = arrived.filter(|one| one.position > position);
        after.take(limit).collect()
    }
}

/// What writes records: an officer at a workstation of that number.
#[derive(Clone)]
pub struct Pen {
    pub number: u128,
    pub made: u128,
}

pub struct Station {
    pub folder: TempDir,
    pub store: SqliteStore,
    pub pen: Pen,
}

impl Station {
    pub fn new(number: u128) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = Key::create(folder.path(), None).expect("a key");
        let series = Uuid::from_u128(number);
        let store = SqliteStore::create(folder.path(), &key, series).expect("a store");
        let pen = Pen { number, made: 0 };
        let station = Self { folder, store, pen };
        station.hurry();
        station
    }

    /// These tests cut no power: they need not wait for the disk.
    pub fn hurry(&self) {
        let connection = lock(&self.store.writer).expect("free");
        connection
            .pragma_update(None, "synchronous", "OFF")
            .expect("set");
    }

    pub fn joined(number: u128) -> Self {
        let station = Self::new(number);
        station.store.join(hub_id()).expect("joined");
        station
    }

    pub fn push(&self, hub: &mut Hub, limit: usize) {
        let standing = self.store.standing().expect("read").expect("joined");
        let limit = u32::try_from(limit).expect("few");
        let links = self.store.own_links(standing.sent, limit).expect("read");
        hub.push(&links);
        if let Some(last) = links.last() {
            self.store.note_sent(last.index).expect("noted");
        }
    }

    pub fn pull(&self, hub: &Hub, limit: usize) -> Taken {
        let standing = self.store.standing().expect("read").expect("joined");
        let own = (standing.own, standing.last);
        let arrived = hub.after(standing.cursor.position, own, limit);
        self.store.take(&arrived).expect("taken")
    }

    /// Everything of its own sent, everything of others taken.
    pub fn meet(&self, hub: &mut Hub) {
        self.push(hub, 10_000);
        self.pull(hub, 10_000);
    }

    /// Writes in one transaction.
    pub fn write(
        &mut self,
        work: &mut dyn FnMut(&mut Pen, &mut dyn Writer) -> Result<(), StoreError>,
    ) {
        let pen = &mut self.pen;
        let written = self.store.write(&mut |writer| Ok(work(pen, writer)?));
        written.expect("written");
    }

    pub fn live(&mut self, chance: &mut Chance) {
        self.write(&mut |pen, writer| {
            for _ in 0..=chance.below(3) {
                pen.live(writer, chance)?;
            }
            Ok(())
        });
    }

    pub fn close_a_day(&mut self, chance: &mut Chance) {
        let on = days_after(chance.below(3));
        self.write(&mut |pen, writer| pen.close(writer, on));
    }
}

fn days_after(days: u64) -> BusinessDay {
    day().after(days.try_into().expect("few"))
}

pub fn hub_id() -> Uuid {
    Uuid::from_u128(0xbeef)
}

/// A person that any workstation may come to know.
pub fn person(id: u128, paper: u64) -> Resident {
    let mut person = resident();
    person.id = PersonId(Uuid::from_u128(id));
    person.name = format!("La Thị Đào {}", id % 7);
    person.papers = vec![Paper::new(PaperKind::Cccd, &format!("0221850{paper:05}"))];
    person
}

fn line(hs: &str, value: i64) -> (DraftLine, LineDecision) {
    let line = DraftLine {
        hs: hs.parse().expect("a code"),
        name: "Tỏi".into(),
        quantity: "1".parse().expect("a quantity"),
        unit: "kg".into(),
        weight: None,
        unit_price: "1".parse().expect("a price"),
        currency: Currency::VND,
        origin: "CN".into(),
        condition: Default::default(),
        certificate: None,
    };
    let decided = LineDecision {
        value: Vnd::new(value),
        exempt: Vnd::ZERO,
        excess: Vnd::ZERO,
        duty_percent: 0.into(),
        vat_percent: 0.into(),
        taxes: Taxes::default(),
        rate: None,
        weight: None,
    };
    (line, decided)
}

impl Pen {
    fn id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128((self.number << 64) | self.made)
    }

    pub fn append(&mut self, writer: &mut dyn Writer, event: Event) -> Result<(), StoreError> {
        let minutes = i64::try_from(self.made).unwrap_or_default();
        let record = Record {
            id: self.id(),
            at: day().start() + TimeDelta::minutes(minutes * 7),
            by: format!("officer{}", self.number),
            place: format!("{GATE}/QUAY-{:02}", self.number),
            event,
        };
        writer.append(&record)
    }

    fn serial(&self, writer: &mut dyn Writer, letters: &str) -> Result<String, StoreError> {
        let series = format!("{GATE}/2026/{letters}/QUAY-{:02}", self.number);
        let serial = writer.next_number(&series)?;
        Ok(format!("{series}-{serial:06}"))
    }

    pub fn save(&mut self, writer: &mut dyn Writer, person: Resident) -> Result<(), StoreError> {
        let event = Event::PersonSaved {
            person: Box::new(person),
            reason: "seen".into(),
        };
        self.append(writer, event)
    }

    /// Registers a form of a person on a day; gives its id.
    pub fn register(
        &mut self,
        writer: &mut dyn Writer,
        (id, person): (Uuid, PersonId),
        on: BusinessDay,
        values: (i64, i64),
    ) -> Result<DeclarationId, StoreError> {
        let form = self.filled(writer, (id, person), on, values)?;
        let id = form.draft.id;
        self.append(writer, Event::Registered(Box::new(form)))?;
        Ok(id)
    }

    fn filled(
        &mut self,
        writer: &mut dyn Writer,
        (id, person): (Uuid, PersonId),
        on: BusinessDay,
        (value, duty): (i64, i64),
    ) -> Result<Declaration, StoreError> {
        let mut form = form();
        form.draft.id = DeclarationId(id);
        form.draft.at = on.start() + TimeDelta::hours(1);
        form.draft.workstation = format!("QUAY-{:02}", self.number);
        form.person = person;
        form.number = self.serial(writer, "NK")?;
        valued(&mut form, value, duty);
        Ok(form)
    }

    /// Closes a day with what it is known to hold.
    pub fn close(&mut self, writer: &mut dyn Writer, on: BusinessDay) -> Result<(), StoreError> {
        if writer.is_closed(GATE, on)? {
            return Ok(());
        }
        let closed = ClosedDay {
            id: self.id(),
            gate: GATE.into(),
            day: on,
            closed: Mark {
                at: on.start(),
                by: "supervisor".into(),
            },
            import: writer.day_totals(GATE, on, Direction::Import)?,
            export: writer.day_totals(GATE, on, Direction::Export)?,
            proposed: None,
            figures: None,
            digest: Some(writer.day_listing(GATE, on)?.digest(GATE, on)),
        };
        let event = Event::Entered {
            change: "closed".into(),
            entry: closed.into(),
        };
        self.append(writer, event)
    }

    /// One thing that an officer might do by what this workstation knows.
    pub fn live(&mut self, writer: &mut dyn Writer, chance: &mut Chance) -> Result<(), StoreError> {
        match chance.below(12) {
            0 | 1 => self.enter(writer, chance),
            2..=5 => self.declare(writer, chance),
            6 => self.keep_books(writer, chance),
            7 => {
                let account = Account {
                    name: format!("lan{}", chance.below(3)),
                    display_name: format!("Lan {}", chance.below(100)),
                    role: Role::Officer,
                    password_hash: String::new(),
                    active: true,
                    duties: Default::default(),
                    must_change: false,
                    password_set: None,
                    former: vec![],
                };
                self.append(writer, Event::AccountSaved(account))
            }
            _ => self.go_on(writer, chance),
        }
    }

    /// Enters a person, or one that others may have entered, or saves one anew.
    fn enter(&mut self, writer: &mut dyn Writer, chance: &mut Chance) -> Result<(), StoreError> {
        let id = if chance.one_in(2) {
            u128::from(chance.below(6)) + 1
        } else {
            self.id().as_u128()
        };
        let mut new = person(id, chance.below(PAPERS));
        new.commune = format!("0684{}", chance.below(3));
        if chance.one_in(3) {
            let more = chance.below(PAPERS);
            let more = Paper::new(PaperKind::Cccd, &format!("0221850{more:05}"));
            new.papers.push(more);
        }
        self.save(writer, new)
    }

    fn declare(&mut self, writer: &mut dyn Writer, chance: &mut Chance) -> Result<(), StoreError> {
        // A file of forms, each of its day, may be read at two workstations.
        let (id, after) = if chance.one_in(8) {
            let listed = chance.below(9);
            (Uuid::from_u128(7_000 + u128::from(listed)), listed % 3)
        } else {
            (self.id(), chance.below(3))
        };
        let on = days_after(after);
        if writer.is_closed(GATE, on)? {
            return Ok(());
        }
        let who = PersonId(Uuid::from_u128(u128::from(chance.below(6)) + 1));
        if writer.person(who)?.is_none() {
            return self.save(writer, person(who.0.as_u128(), 90_000 + chance.below(9)));
        }
        if writer.declaration(DeclarationId(id))?.is_some() {
            return Ok(());
        }
        let values = (amount(chance), i64::from(chance.one_in(2)) * 40_000);
        if chance.one_in(6) {
            let mut form = form();
            form.draft.id = DeclarationId(id);
            form.draft.at = on.start();
            form.person = who;
            form.number = String::new();
            return self.append(writer, Event::Refused(Box::new(form)));
        }
        let mut form = self.filled(writer, (id, who), on, values)?;
        if chance.one_in(4) {
            form.draft.exchange_of = pick(writer, chance)?.map(|other| other.0);
        }
        self.append(writer, Event::Registered(Box::new(form)))
    }

    /// Goes on with a form: a step, a correction, a copy.
    fn go_on(&mut self, writer: &mut dyn Writer, chance: &mut Chance) -> Result<(), StoreError> {
        let Some((id, held)) = pick(writer, chance)? else {
            return Ok(());
        };
        let stands = held.status == Status::Registered;
        let step = |step| Event::StepTaken { id, step };
        let event = match chance.below(12) {
            0..=3 if stands && held.progress.released.is_none() => step(Step::Release),
            4 => Event::FormPrinted { id, copy: false },
            5 => step(Step::ConfirmTax),
            6 => step(Step::Pay {
                method: PaymentMethod::Bank,
                document: format!("GNT-{}", chance.below(1_000)),
                amount: None,
            }),
            7 => step(Step::Refund {
                amount: Vnd::new(20_000),
                method: PaymentMethod::Bank,
                document: "QD-1".into(),
            }),
            8 => step(Step::TakeBack {
                receipt: "BL-1".into(),
                reason: "torn".into(),
            }),
            9 if stands => Event::Cancelled {
                id,
                reason: format!("twice {}", chance.below(50)),
            },
            10 | 11 if stands => {
                let mut again = held.declaration;
                again.revision += 1;
                valued(&mut again, amount(chance), amount(chance) / 10);
                let correction = match chance.below(4) {
                    0 => Correction::Refuse,
                    1 => Correction::Return,
                    _ => Correction::Amend(Box::new(again)),
                };
                Event::Corrected(Box::new(Corrected {
                    id,
                    correction,
                    reason: format!("counted again {}", chance.below(50)),
                    proposed: None,
                }))
            }
            _ => Event::PersonViewed {
                id: held.declaration.person,
            },
        };
        self.append(writer, event)
    }

    fn keep_books(
        &mut self,
        writer: &mut dyn Writer,
        chance: &mut Chance,
    ) -> Result<(), StoreError> {
        let on = days_after(chance.below(2));
        if chance.one_in(2) {
            let rate = |from: BusinessDay| {
                LawRow::Rate(ExchangeRate {
                    currency: Currency::CNY,
                    rate: "3500".parse().expect("a rate"),
                    validity: Validity::since(from),
                    source: "bank".into(),
                })
            };
            let event = Event::LawSaved {
                rows: vec![rate(on)],
                removed: vec![rate(on.after(1)).key()],
                source: format!("file {}", chance.below(9)),
            };
            return self.append(writer, event);
        }
        let id = Uuid::from_u128(400 + u128::from(chance.below(3)));
        let held = writer.entry(Book::Vehicle, id)?;
        let Event::Entered { mut entry, .. } = lorry(None) else {
            return Ok(());
        };
        if let bm_app::book::Entry::Vehicle(lorry) = &mut entry {
            lorry.id = id;
            lorry.number = match held {
                Some(held) => held.heading().number.unwrap_or_default().to_owned(),
                None => self.serial(writer, "PT")?,
            };
            lorry.plate = plate(chance.below(5));
        }
        let change = "changed".into();
        self.append(writer, Event::Entered { change, entry })
    }
}

/// From how many numbers papers are taken.
const PAPERS: u64 = 14;

fn plate(number: u64) -> bm_domain::vehicle::Plate {
    format!("14C-{number:05}").parse().expect("a plate")
}

fn amount(chance: &mut Chance) -> i64 {
    i64::try_from(chance.below(20)).expect("few") * 50_000
}

/// Puts amounts into a form: the less they are, the less of the quota it uses.
fn valued(form: &mut Declaration, value: i64, duty: i64) {
    let hs = if value % 100_000 == 0 {
        "07032090"
    } else {
        "08081000"
    };
    let (line, decided) = line(hs, value);
    form.draft.lines = vec![line];
    form.decision.lines = vec![decided];
    form.decision.value = Vnd::new(value);
    form.decision.exempt = Vnd::new(value / 2);
    form.decision.counts_as_trip = value > 0;
    form.decision.taxes.duty = Vnd::new(duty);
}

/// A form of some day.
fn pick(
    writer: &dyn Writer,
    chance: &mut Chance,
) -> Result<Option<(DeclarationId, bm_app::ports::StoredDeclaration)>, StoreError> {
    let on = days_after(chance.below(3));
    let filter = DeclarationFilter {
        gate_day: Some((GATE.into(), on)),
        person: None,
        limit: 12,
    };
    let mut forms = writer.declarations(&filter)?;
    if forms.is_empty() {
        return Ok(None);
    }
    let form = forms.swap_remove(chance.at(forms.len()));
    Ok(Some((form.declaration.draft.id, form)))
}

/// Every row of every table that follows from the records, and the records themselves by workstation.
pub fn dump(store: &SqliteStore) -> Vec<String> {
    let connection = lock(&store.writer).expect("free");
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table'
        AND name NOT LIKE 'person_name%' AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut statement = connection.prepare(query).expect("prepared");
    let names = statement.query_map([], |r| r.get::<_, String>(0));
    let names: Vec<_> = names
        .expect("rows")
        .map(|name| name.expect("a name"))
        .collect();
    let mut lines = Vec::new();
    for name in names {
        let query = match name.as_str() {
            "hub" | "met" | "undo" | "meta" => continue,
            "series" => "SELECT hex(uuid), last_idx, hex(last_hash) FROM series
                WHERE last_idx > 0 ORDER BY 1"
                .to_owned(),
            "record" => "SELECT r.id, hex(s.uuid), idx, hex(r.uuid), payload, hex(hash)
                FROM record r JOIN series s ON s.id = r.series ORDER BY r.id"
                .to_owned(),
            _ => format!("SELECT * FROM {name}"),
        };
        let mut statement = connection.prepare(&query).expect("prepared");
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            values.collect::<rusqlite::Result<Vec<_>>>()
        });
        for row in rows.expect("rows") {
            lines.push(format!("{name} {:?}", row.expect("a row")));
        }
    }
    lines
}

/// The first line in which two stores differ.
pub fn difference(one: &SqliteStore, other: &SqliteStore) -> Option<(String, String)> {
    let (one, other) = (dump(one), dump(other));
    let odd = |a: &[String], b: &[String]| a.iter().find(|line| !b.contains(line)).cloned();
    let found = (odd(&one, &other), odd(&other, &one));
    (one != other).then(|| (found.0.unwrap_or_default(), found.1.unwrap_or_default()))
}

pub fn verified(store: &SqliteStore) -> Vec<bm_app::verification::Difference> {
    store.verify(&mut |_, _| ()).expect("verified").differences
}
