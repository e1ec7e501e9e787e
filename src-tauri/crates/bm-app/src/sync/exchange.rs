//! The exchange with the hub: what was recorded goes there, what others recorded comes here.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bm_domain::PersonId;
use bm_domain::resident::{Paper, Resident};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{
    Arrived, Beacon, Greeting, Hub, HubError, Link, Member, Outgoing, PaperKey, PaperLock, Replica,
    Standing, TakeError, Taken,
};
use crate::error::{AppError, StoreError};
use crate::event::{Event, Record};
use crate::ports::Reader;
use crate::{Actor, App};

/// Records sent or asked for at once.
const BATCH: u32 = 1_000;
/// So many own records that still wait are sent while somebody stands at the counter; with more the
/// form is provisional and they follow in the background.
const INLINE_MAX: i64 = 50;
/// Most records of one use case that are sent while papers are held.
const HELD_MAX: u32 = 10_000;
/// A copy that is further behind does not catch up while somebody stands at the counter.
const BEHIND_MAX: i64 = 2_000;

/// Why an exchange ended before its end.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SyncError {
    /// The hub did not do its part.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// What came was not taken.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A use case failed on the way.
    #[error(transparent)]
    App(#[from] AppError),
}

impl SyncError {
    /// Its code, for messages and whoever watches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hub(error) => error.code(),
            Self::Take(TakeError::Hole { .. }) => "hole",
            Self::Take(TakeError::Forged { .. }) => "forged",
            Self::Take(TakeError::Forked { .. }) => "forked",
            Self::Take(TakeError::Store(_)) | Self::Store(_) | Self::App(_) => "store",
        }
    }
}

/// How it stands with the hub, for whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubState {
    /// Whether the last word with it came through.
    pub reached: bool,
    /// When all that waited was exchanged for the last time.
    pub met: Option<DateTime<Utc>>,
    /// Why not, since then.
    pub trouble: Option<SyncError>,
    /// Its clock less ours, in milliseconds.
    pub clock_offset_ms: i64,
    /// How this workstation stands to it.
    pub standing: Standing,
}

/// What a round of exchange did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Own records sent.
    pub sent: u64,
    /// Records of others taken.
    pub taken: u64,
    /// Own records that only the hub held.
    pub restored: u64,
    /// Findings opened on what met.
    pub opened: u32,
}

impl Round {
    const fn take(&mut self, taken: Taken) {
        self.taken += taken.foreign;
        self.restored += taken.restored;
    }
}

#[derive(Default)]
struct Contact {
    reached: bool,
    met: Option<DateTime<Utc>>,
    trouble: Option<SyncError>,
    clock_offset_ms: i64,
}

/// A workstation's side of the exchange.
pub struct Exchange {
    /// Asked while somebody stands at the counter: it answers soon or not at all.
    counter: Arc<dyn Hub>,
    /// Asked in the background: it may take its time.
    background: Arc<dyn Hub>,
    replica: Arc<dyn Replica>,
    name: String,
    contact: Mutex<Contact>,
    /// One round at a time.
    round: Mutex<()>,
}

/// The key a paper is locked under.
#[must_use]
pub fn paper_key(paper: &Paper) -> PaperKey {
    let word = format!("{}:{}", paper.kind.word(), paper.number);
    let hash = Sha256::digest(word.as_bytes());
    hash.first_chunk()
        .map_or(0, |first| i64::from_be_bytes(*first))
}

fn keys(person: &Resident) -> impl Iterator<Item = PaperKey> {
    person.papers.iter().map(paper_key)
}

/// Papers of a person, under whatever ids the person is held.
pub(crate) fn papers_of(
    reader: &dyn Reader,
    id: PersonId,
) -> Result<BTreeSet<PaperKey>, StoreError> {
    let mut found = BTreeSet::new();
    for id in std::iter::once(id).chain(reader.twins(id)?) {
        found.extend(reader.person(id)?.iter().flat_map(keys));
    }
    Ok(found)
}

/// Papers of the persons whose quota or data a record changes.
fn concerns(reader: &dyn Reader, record: &Record) -> Result<BTreeSet<PaperKey>, StoreError> {
    let of_form = |id| -> Result<BTreeSet<PaperKey>, StoreError> {
        match reader.declaration(id)? {
            Some(form) => papers_of(reader, form.declaration.person),
            None => Ok(BTreeSet::new()),
        }
    };
    match &record.event {
        Event::Registered(form) => papers_of(reader, form.person),
        Event::Cancelled { id, .. } => of_form(*id),
        Event::Corrected(made) => of_form(made.id),
        Event::PersonSaved { person, .. } => {
            let mut found = papers_of(reader, person.id)?;
            found.extend(keys(person));
            Ok(found)
        }
        _ => Ok(BTreeSet::new()),
    }
}

impl Exchange {
    /// An exchange of this workstation with a hub it has joined: the hub as the counter asks it, and
    /// as it is asked in the background. `name` is what the hub calls this workstation.
    #[must_use]
    pub fn new(
        counter: Arc<dyn Hub>,
        background: Arc<dyn Hub>,
        replica: Arc<dyn Replica>,
        name: String,
    ) -> Self {
        Self {
            counter,
            background,
            replica,
            name,
            contact: Mutex::default(),
            round: Mutex::default(),
        }
    }

    fn contact(&self) -> MutexGuard<'_, Contact> {
        self.contact.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How this workstation stands to its hub.
    ///
    /// # Errors
    /// [`StoreError`] also when it has joined none.
    pub fn standing(&self) -> Result<Standing, StoreError> {
        let standing = self.replica.standing()?;
        standing.ok_or_else(|| StoreError::Broken("no hub was joined".into()))
    }

    /// How it stands with the hub as last heard.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn state(&self) -> Result<HubState, StoreError> {
        let standing = self.standing()?;
        let contact = self.contact();
        Ok(HubState {
            reached: contact.reached,
            met: contact.met,
            trouble: contact.trouble.clone(),
            clock_offset_ms: contact.clock_offset_ms,
            standing,
        })
    }

    /// The workstations the hub knows.
    ///
    /// # Errors
    /// [`HubError`].
    pub fn members(&self) -> Result<Vec<Member>, HubError> {
        self.background.members()
    }

    fn lost(&self, error: SyncError) {
        let mut contact = self.contact();
        contact.reached = false;
        contact.trouble = Some(error);
    }

    fn greet(&self, standing: &Standing, now: DateTime<Utc>) -> Result<Greeting, HubError> {
        let beacon = Beacon {
            series: standing.own,
            name: self.name.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            clock_ms: now.timestamp_millis(),
            unsent: standing.unsent(),
            cursor: standing.cursor,
        };
        let greeting = self.background.greet(&beacon)?;
        if greeting.hub != standing.hub {
            return Err(HubError::Another {
                found: greeting.hub,
                joined: standing.hub,
            });
        }
        if greeting.held < standing.sent {
            // It said once that it had taken them.
            return Err(HubError::Rewound {
                position: standing.cursor.position,
            });
        }
        Ok(greeting)
    }

    fn outgoing(&self, app: &App, links: Vec<Link>) -> Result<Vec<Outgoing>, SyncError> {
        Ok(app.read(|reader| {
            links
                .iter()
                .map(|link| {
                    let record: Record = serde_json::from_str(&link.payload)
                        .map_err(|error| StoreError::Damaged(error.to_string()))?;
                    let papers = concerns(reader, &record)?;
                    Ok(Outgoing {
                        link: link.clone(),
                        papers: papers.into_iter().collect(),
                    })
                })
                .collect::<Result<_, AppError>>()
        })?)
    }

    /// Sends what the hub has not taken.
    fn send(
        &self,
        hub: &dyn Hub,
        app: &App,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<u64, SyncError> {
        let begun = self.standing()?;
        let all = u64::try_from(begun.unsent()).unwrap_or_default();
        let mut done = 0;
        let mut sent = begun.sent;
        loop {
            let links = self.replica.own_links(sent, BATCH)?;
            let Some(last) = links.last().map(|link| link.index) else {
                return Ok(done);
            };
            let count = links.len() as u64;
            hub.push(&self.outgoing(app, links)?)?;
            self.replica.note_sent(last)?;
            sent = last;
            done += count;
            progress(done, all.max(done));
        }
    }

    /// Takes what the hub has placed since, up to a position or to its end; `each` is told how far.
    fn fetch(
        &self,
        hub: &dyn Hub,
        until: Option<i64>,
        each: &mut dyn FnMut(i64),
    ) -> Result<Taken, SyncError> {
        let mut all = Taken::default();
        loop {
            let standing = self.standing()?;
            if until.is_some_and(|until| standing.cursor.position >= until) {
                return Ok(all);
            }
            let own = (standing.own, standing.last);
            let arrived: Vec<Arrived> = hub.pull(standing.cursor, own, BATCH)?;
            let Some(last) = arrived.last().map(|one| one.position) else {
                return Ok(all);
            };
            let taken = self.replica.take(&arrived)?;
            all.foreign += taken.foreign;
            all.restored += taken.restored;
            each(last);
        }
    }
}

/// Papers held at the hub while somebody is decided about.
pub(crate) struct Held<'a> {
    exchange: &'a Exchange,
    lock: Box<dyn PaperLock + 'a>,
}

impl App {
    /// Lets the use cases exchange records with a hub from now on.
    pub fn meet(&self, exchange: Exchange) {
        // A second call changes nothing: an office is opened once.
        let _first = self.exchange.set(exchange);
    }

    /// The exchange with the hub; `None` where this workstation stands alone.
    #[must_use]
    pub fn hub(&self) -> Option<&Exchange> {
        self.exchange.get()
    }

    /// Exchanges everything with the hub and looks over what met. `progress` is told how many records
    /// are done, of how many.
    ///
    /// # Errors
    /// [`SyncError`]; what was exchanged until then stays. [`HubError::NoHub`] where none was joined.
    pub fn sync(
        &self,
        actor: &Actor,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Round, SyncError> {
        let exchange = self.hub().ok_or(HubError::NoHub)?;
        let done = self.round(exchange, actor, progress);
        match &done {
            Ok(_) => {
                let mut contact = exchange.contact();
                contact.reached = true;
                contact.met = Some(self.clock().now());
                contact.trouble = None;
            }
            Err(error) => exchange.lost(error.clone()),
        }
        done
    }

    fn round(
        &self,
        exchange: &Exchange,
        actor: &Actor,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Round, SyncError> {
        let _alone = exchange
            .round
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let background = exchange.background.as_ref();
        let mut round = Round::default();
        let standing = exchange.standing()?;
        let greeting = exchange.greet(&standing, self.clock().now())?;
        exchange.contact().clock_offset_ms = greeting.clock_offset_ms;
        let begun = standing.cursor.position;
        let all = u64::try_from(greeting.end - begun).unwrap_or_default();
        let mut follow = |at: i64| {
            let done = u64::try_from(at - begun).unwrap_or_default();
            progress(done, all.max(done));
        };
        // Where it holds records of ours that this copy lost, nothing is sent before they are back.
        round.take(exchange.fetch(background, None, &mut follow)?);
        let held = greeting.held.min(exchange.standing()?.last);
        if held > standing.sent {
            exchange.replica.note_sent(held)?;
        }
        round.sent = exchange.send(background, self, progress)?;
        round.take(exchange.fetch(background, None, &mut |_| {})?);
        round.opened = self.note_overruns(actor, exchange.replica.as_ref())?;
        if round.opened > 0 {
            round.sent += exchange.send(background, self, progress)?;
        }
        Ok(round)
    }

    /// Holds papers at the hub, with all that is recorded about them held here. `None` where this
    /// workstation stands alone, the hub is out of reach, or too much waits: then one decides by what
    /// is known here.
    pub(crate) fn hold(&self, papers: &BTreeSet<PaperKey>) -> Option<Held<'_>> {
        let exchange = self.hub()?;
        if !exchange.contact().reached {
            return None;
        }
        match self.hold_in(exchange, papers) {
            Ok(held) => held,
            Err(error) => {
                exchange.lost(error);
                None
            }
        }
    }

    fn hold_in<'a>(
        &'a self,
        exchange: &'a Exchange,
        papers: &BTreeSet<PaperKey>,
    ) -> Result<Option<Held<'a>>, SyncError> {
        let counter = exchange.counter.as_ref();
        if exchange.standing()?.unsent() > INLINE_MAX {
            return Ok(None);
        }
        exchange.send(counter, self, &mut |_, _| {})?;
        let papers: Vec<PaperKey> = papers.iter().copied().collect();
        let lock = counter.lock(&papers)?;
        let (latest, cursor) = (lock.latest(), exchange.standing()?.cursor.position);
        if latest - cursor > BEHIND_MAX {
            return Ok(None);
        }
        if latest > cursor {
            exchange.fetch(counter, Some(latest), &mut |_| {})?;
        }
        Ok(Some(Held { exchange, lock }))
    }

    /// Sends what was decided while papers were held, and lets them go.
    pub(crate) fn release(&self, held: Option<Held<'_>>) {
        let Some(Held { exchange, lock }) = held else {
            return;
        };
        let sent = || -> Result<(), SyncError> {
            let links = exchange
                .replica
                .own_links(exchange.standing()?.sent, HELD_MAX)?;
            let Some(last) = links.last().map(|link| link.index) else {
                return Ok(());
            };
            lock.push(&exchange.outgoing(self, links)?)?;
            Ok(exchange.replica.note_sent(last)?)
        };
        if let Err(error) = sent() {
            exchange.lost(error);
        }
    }

    /// Holds the hub's order with all of it held here: what is made over everybody's records, as the close
    /// of a day, then stands right behind them. `None` where this workstation stands alone.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the hub is out of reach.
    pub(crate) fn hold_order(&self, actor: &Actor) -> Result<Option<Held<'_>>, AppError> {
        let Some(exchange) = self.hub() else {
            return Ok(None);
        };
        let held = || -> Result<Held<'_>, SyncError> {
            self.sync(actor, &mut |_, _| {})?;
            let background = exchange.background.as_ref();
            let lock = background.hold_order()?;
            exchange.fetch(background, Some(lock.latest()), &mut |_| {})?;
            Ok(Held { exchange, lock })
        };
        held().map(Some).map_err(|error| {
            exchange.lost(error);
            let needed = bm_domain::Violation::new(bm_domain::ViolationCode::HubNeeded, "day");
            AppError::Refused(vec![needed])
        })
    }
}
