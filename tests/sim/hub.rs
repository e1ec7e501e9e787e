//! A hub in memory, and the lines to it: what they lose, repeat and cut.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bm_app::sync::{
    Arrived, Beacon, Cursor, Greeting, Hub, HubError, Member, Outgoing, PaperKey, PaperLock,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A record as the hub placed it.
#[derive(Clone)]
struct Placed {
    series: Uuid,
    index: i64,
    id: Uuid,
    payload: String,
    hash: [u8; 32],
}

/// The hub as one ledger.
#[derive(Clone)]
pub struct MemoryHub {
    id: Uuid,
    order: Vec<Placed>,
    ends: BTreeMap<Uuid, (i64, [u8; 32])>,
    papers: BTreeMap<PaperKey, i64>,
    locked: BTreeSet<PaperKey>,
    order_locked: bool,
    members: BTreeMap<Uuid, Beacon>,
    /// Bugs planted on purpose, to see them found.
    pub planted: Option<Planted>,
}

/// A bug of the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Locks keep nobody out, and tell of nothing that came before.
    DeafLock,
    /// Who asks sees a later record before an earlier one, as where positions are given before the
    /// transaction ends.
    LateRecord,
    /// The last record of a batch is lost, though the batch is said to be taken.
    LostTail,
}

fn hash(previous: &[u8; 32], of: &Placed) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(previous);
    let index = of.index.to_be_bytes();
    for part in [
        &of.series.as_bytes()[..],
        &index,
        of.id.as_bytes(),
        of.payload.as_bytes(),
    ] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

impl MemoryHub {
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            order: Vec::new(),
            ends: BTreeMap::new(),
            papers: BTreeMap::new(),
            locked: BTreeSet::new(),
            order_locked: false,
            members: BTreeMap::new(),
            planted: None,
        }
    }

    fn end(&self) -> i64 {
        i64::try_from(self.order.len()).expect("a position")
    }

    fn check(&self, cursor: Cursor) -> Result<(), HubError> {
        let rewound = Err(HubError::Rewound {
            position: cursor.position,
        });
        match usize::try_from(cursor.position - 1) {
            Err(_) => Ok(()),
            Ok(at) => match self.order.get(at) {
                Some(placed) if placed.hash == cursor.hash => Ok(()),
                _ => rewound,
            },
        }
    }

    /// All of it, as an empty workstation would get it.
    pub fn whole(&self) -> Vec<Arrived> {
        self.after(Cursor::default(), (Uuid::nil(), 0), usize::MAX)
    }

    fn after(&self, cursor: Cursor, own: (Uuid, i64), limit: usize) -> Vec<Arrived> {
        let from = usize::try_from(cursor.position).expect("a position");
        let rows = self.order.iter().enumerate().skip(from).take(limit);
        rows.map(|(at, placed)| {
            let known = placed.series == own.0 && placed.index <= own.1;
            Arrived {
                position: i64::try_from(at + 1).expect("a position"),
                series: placed.series,
                index: placed.index,
                hash: placed.hash,
                body: (!known).then(|| (placed.id, placed.payload.clone())),
            }
        })
        .collect()
    }

    fn append(&mut self, records: &[Outgoing]) -> Result<(), HubError> {
        let before = self.clone();
        let done = self.append_all(records);
        if done.is_err() {
            *self = before;
        }
        done
    }

    fn append_all(&mut self, records: &[Outgoing]) -> Result<(), HubError> {
        let lost = usize::from(self.planted == Some(Planted::LostTail) && records.len() > 3);
        for sent in &records[..records.len() - lost] {
            let link = &sent.link;
            let (series, index) = (link.series, link.index);
            let (held, last) = self.ends.get(&series).copied().unwrap_or((0, [0; 32]));
            let placed = Placed {
                series,
                index,
                id: link.id,
                payload: link.payload.clone(),
                hash: link.hash,
            };
            if index <= held {
                let mut all = self.order.iter();
                let there = all.find(|one| one.series == series && one.index == index);
                if there.is_some_and(|one| one.hash == link.hash) {
                    continue;
                }
                return Err(HubError::Forked { series, index });
            }
            if index > held + 1 {
                return Err(HubError::Hole {
                    series,
                    index,
                    held,
                });
            }
            if hash(&last, &placed) != link.hash {
                return Err(HubError::Forged { series, index });
            }
            self.ends.insert(series, (index, link.hash));
            self.order.push(placed);
            let position = self.end();
            for paper in &sent.papers {
                self.papers.insert(*paper, position);
            }
        }
        Ok(())
    }
}

/// What may happen on a line with the next word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The question does not arrive.
    Lost,
    /// The answer does not come back: what was asked is done.
    AnswerLost,
    /// What was sent arrives once more, later.
    Repeated,
}

#[derive(Default)]
struct LineState {
    cut: bool,
    next: Vec<Mishap>,
    late: Vec<Vec<Outgoing>>,
}

/// The line of one workstation.
#[derive(Clone)]
pub struct Line {
    hub: Arc<Mutex<MemoryHub>>,
    state: Arc<Mutex<LineState>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn out_of_reach<T>() -> Result<T, HubError> {
    Err(HubError::OutOfReach("the line is down".into()))
}

impl Line {
    pub fn to(hub: Arc<Mutex<MemoryHub>>) -> Self {
        Self {
            hub,
            state: Arc::default(),
        }
    }

    pub fn cut(&self, cut: bool) {
        held(&self.state).cut = cut;
    }

    /// What happens with the next words, the last given first.
    pub fn plan(&self, mishap: Mishap) {
        held(&self.state).next.push(mishap);
    }

    pub fn forget_plans(&self) {
        held(&self.state).next.clear();
    }

    /// Whatever was sent once arrives again, the last first.
    pub fn deliver_late(&self) {
        let late = std::mem::take(&mut held(&self.state).late);
        for records in late.into_iter().rev() {
            // The hub may refuse what comes late; nobody waits for its answer.
            let _ignored = held(&self.hub).append(&records);
        }
    }

    /// A lock that is dropped asks the hub again, which must not be held then.
    fn ask<T>(
        &self,
        word: impl FnOnce(&mut MemoryHub) -> Result<T, HubError>,
    ) -> Result<T, HubError> {
        let mut hub = held(&self.hub);
        word(&mut hub)
    }

    fn say<T>(
        &self,
        sent: &[Outgoing],
        word: impl FnOnce(&mut MemoryHub) -> Result<T, HubError>,
    ) -> Result<T, HubError> {
        let mishap = {
            let mut state = held(&self.state);
            if state.cut {
                return out_of_reach();
            }
            let mishap = state.next.pop();
            if mishap == Some(Mishap::Repeated) && !sent.is_empty() {
                state.late.push(sent.to_vec());
            }
            mishap
        };
        match mishap {
            Some(Mishap::Lost) => out_of_reach(),
            Some(Mishap::AnswerLost) => {
                let answer = self.ask(word);
                answer.and_then(|_lost| out_of_reach())
            }
            Some(Mishap::Repeated) | None => self.ask(word),
        }
    }
}

impl Hub for Line {
    fn greet(&self, beacon: &Beacon) -> Result<Greeting, HubError> {
        self.say(&[], |hub| {
            hub.check(beacon.cursor)?;
            hub.members.insert(beacon.series, beacon.clone());
            Ok(Greeting {
                hub: hub.id,
                held: hub.ends.get(&beacon.series).map_or(0, |end| end.0),
                end: hub.end(),
                clock_offset_ms: 0,
            })
        })
    }

    fn push(&self, records: &[Outgoing]) -> Result<(), HubError> {
        self.say(records, |hub| {
            if hub.order_locked {
                return out_of_reach();
            }
            hub.append(records)
        })
    }

    fn pull(&self, after: Cursor, own: (Uuid, i64), limit: u32) -> Result<Vec<Arrived>, HubError> {
        self.say(&[], |hub| {
            hub.check(after)?;
            let mut arrived = hub.after(after, own, limit as usize);
            if hub.planted == Some(Planted::LateRecord) && arrived.len() > 1 {
                arrived.remove(arrived.len() - 2);
            }
            Ok(arrived)
        })
    }

    fn lock(&self, papers: &[PaperKey]) -> Result<Box<dyn PaperLock + '_>, HubError> {
        self.say(&[], |hub| {
            let deaf = hub.planted == Some(Planted::DeafLock);
            if !deaf && papers.iter().any(|paper| hub.locked.contains(paper)) {
                return out_of_reach();
            }
            hub.locked.extend(papers);
            let latest = papers.iter().filter_map(|paper| hub.papers.get(paper));
            Ok(Box::new(Lock {
                line: self,
                latest: if deaf {
                    0
                } else {
                    latest.max().copied().unwrap_or(0)
                },
                papers: papers.to_vec(),
                order: false,
            }) as Box<dyn PaperLock>)
        })
    }

    fn hold_order(&self) -> Result<Box<dyn PaperLock + '_>, HubError> {
        self.say(&[], |hub| {
            if hub.order_locked {
                return out_of_reach();
            }
            hub.order_locked = true;
            Ok(Box::new(Lock {
                line: self,
                latest: hub.end(),
                papers: Vec::new(),
                order: true,
            }) as Box<dyn PaperLock>)
        })
    }

    fn members(&self) -> Result<Vec<Member>, HubError> {
        self.say(&[], |_| Ok(Vec::new()))
    }
}

struct Lock<'a> {
    line: &'a Line,
    latest: i64,
    papers: Vec<PaperKey>,
    order: bool,
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let mut hub = held(&self.line.hub);
        for paper in &self.papers {
            hub.locked.remove(paper);
        }
        if self.order {
            hub.order_locked = false;
        }
    }
}

impl PaperLock for Lock<'_> {
    fn latest(&self) -> i64 {
        self.latest
    }

    fn push(self: Box<Self>, records: &[Outgoing]) -> Result<(), HubError> {
        self.line.say(records, |hub| hub.append(records))
    }
}
