//! Records between workstations: a hub keeps them in one order, each workstation replays that order.
//!
//! A workstation only ever appends to its own series. The hub gives every record it takes a position;
//! positions follow its commits, so whoever has read up to one has read all before it. Each copy is
//! the records in the hub's order, followed by its own that the hub has not placed yet (its tail).
//! What arrives before the tail is put before it, so that all copies become equal.
//!
//! A quota is decided under a lock of the hub on the papers of the person, by a copy that holds every
//! record about them. Out of reach of the hub the copy decides by what it knows; such a form is
//! provisional until the hub has taken it.

pub mod exchange;

use bm_domain::DeclarationId;
use uuid::Uuid;

use crate::error::{AppError, StoreError};
use crate::ports::Store;

/// What identity papers are locked under at the hub: the first eight bytes of the SHA-256 of
/// `kind:number`.
pub type PaperKey = i64;

/// A record as it travels: the bytes that were hashed, and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Workstation in whose series it stands.
    pub series: Uuid,
    /// Its place in that series, from 1.
    pub index: i64,
    /// Its id.
    pub id: Uuid,
    /// The text that is hashed.
    pub payload: String,
    /// Its hash in the chain of its series.
    pub hash: [u8; 32],
}

/// A record for the hub, with whose papers it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The record.
    pub link: Link,
    /// Papers of the persons whose quota or data it changes.
    pub papers: Vec<PaperKey>,
}

/// A record as the hub placed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Its place among all records of the hub, from 1, growing, not without holes.
    pub position: i64,
    /// Workstation in whose series it stands.
    pub series: Uuid,
    /// Its place in that series.
    pub index: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// Its id and text; `None` for one of the asking workstation that it said it holds.
    pub body: Option<(Uuid, String)>,
}

/// The last record a copy has from the hub, by which it knows the hub again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Position; 0 before the first.
    pub position: i64,
    /// Hash of the record there; zero before the first.
    pub hash: [u8; 32],
}

/// How a workstation stands to its hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Identity of the hub it joined.
    pub hub: Uuid,
    /// Its own series.
    pub own: Uuid,
    /// Index of its own last record.
    pub last: i64,
    /// Index of the last of its own that the hub said it took.
    pub sent: i64,
    /// How far it has read the hub's order.
    pub cursor: Cursor,
}

impl Standing {
    /// How many of its own records the hub has not taken.
    #[must_use]
    pub const fn unsent(&self) -> i64 {
        self.last - self.sent
    }

    /// Whether a record at that place is one of them.
    #[must_use]
    pub fn awaits(&self, (series, index): (Uuid, i64)) -> bool {
        series == self.own && index > self.sent
    }
}

/// What became of records that arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Records of others that are held now and were not before.
    pub foreign: u64,
    /// Own records that were held by the hub only: this copy had lost them.
    pub restored: u64,
}

/// The part of the store that takes part in the exchange.
pub trait Replica: Store {
    /// How it stands to its hub; `None` when it has joined none.
    ///
    /// # Errors
    /// [`StoreError`].
    fn standing(&self) -> Result<Option<Standing>, StoreError>;

    /// Joins a hub. What was recorded before is its tail. Done again for the same hub it changes
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Broken`] when it has joined another hub.
    fn join(&self, hub: Uuid) -> Result<(), StoreError>;

    /// Own records after an index, the oldest first, at most so many.
    ///
    /// # Errors
    /// [`StoreError`].
    fn own_links(&self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError>;

    /// Notes that the hub has taken the own records up to that index.
    ///
    /// # Errors
    /// [`StoreError`].
    fn note_sent(&self, index: i64) -> Result<(), StoreError>;

    /// Forms of others that arrived, registered or corrected, and were not yet looked over. They are kept
    /// in the transaction that takes them.
    ///
    /// # Errors
    /// [`StoreError`].
    fn met(&self) -> Result<Vec<DeclarationId>, StoreError>;

    /// Notes that these have been looked over.
    ///
    /// # Errors
    /// [`StoreError`].
    fn forget_met(&self, forms: &[DeclarationId]) -> Result<(), StoreError>;

    /// Takes records in the order of the hub, all in one durable transaction, and moves the cursor
    /// to the last of them. What it holds already is passed over. Every table ends as if the records
    /// had been written in the hub's order, followed by the tail.
    ///
    /// # Errors
    /// [`TakeError`]; then nothing is changed.
    fn take(&self, arrived: &[Arrived]) -> Result<Taken, TakeError>;
}

/// Why records were not taken.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum TakeError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record does not follow the one before it in its series.
    #[error("record {index} of {series} does not follow the one before it")]
    Hole {
        /// The series.
        series: Uuid,
        /// Its place there.
        index: i64,
    },
    /// The hash of a record is not that of its text.
    #[error("record {index} of {series} is not what was hashed")]
    Forged {
        /// The series.
        series: Uuid,
        /// Its place there.
        index: i64,
    },
    /// Another record stands in its place here: two workstations write one series.
    #[error("record {index} of {series} stands here with another text")]
    Forked {
        /// The series.
        series: Uuid,
        /// Its place there.
        index: i64,
    },
}

/// Why the hub did not do what was asked.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum HubError {
    /// It can't be reached, or not in time; with what the network said.
    #[error("the hub is out of reach: {0}")]
    OutOfReach(String),
    /// It does not let this workstation in; with what it said.
    #[error("the hub does not let this workstation in: {0}")]
    NotAdmitted(String),
    /// There is no hub of this program at that address.
    #[error("there is no hub at that address")]
    NoHub,
    /// Its schema is older than this program needs.
    #[error("the hub has schema {found}, this program needs {needed}")]
    TooOld {
        /// Schema of the hub.
        found: i32,
        /// What this program needs.
        needed: i32,
    },
    /// Its schema is newer than this program knows.
    #[error("the hub has schema {found}, this program knows {known}")]
    TooNew {
        /// Schema of the hub.
        found: i32,
        /// The newest this program knows.
        known: i32,
    },
    /// It is another hub than the one joined.
    #[error("the hub is {found}, this workstation joined {joined}")]
    Another {
        /// Identity of the hub.
        found: Uuid,
        /// Identity of the one joined.
        joined: Uuid,
    },
    /// It does not hold what it held once: it was put back from an older copy.
    #[error("the hub no longer holds position {position}")]
    Rewound {
        /// What this workstation has read up to.
        position: i64,
    },
    /// This workstation was declared lost, or its series was taken over.
    #[error("the hub takes nothing more of series {series}")]
    SeriesEnded {
        /// Which.
        series: Uuid,
    },
    /// Another record stands in that place of the series: two workstations write it.
    #[error("the hub holds another record {index} of {series}")]
    Forked {
        /// The series.
        series: Uuid,
        /// The place.
        index: i64,
    },
    /// A record does not follow the last one the hub holds of its series.
    #[error("the hub holds {held} records of {series}, not {index}")]
    Hole {
        /// The series.
        series: Uuid,
        /// What was sent.
        index: i64,
        /// How many the hub holds.
        held: i64,
    },
    /// The hash of a record is not that of its text.
    #[error("the hub finds record {index} of {series} forged")]
    Forged {
        /// The series.
        series: Uuid,
        /// The place.
        index: i64,
    },
    /// Anything else it said.
    #[error("the hub failed: {0}")]
    Broken(String),
}

impl HubError {
    /// Its code, for messages and whoever watches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfReach(_) => "out_of_reach",
            Self::NotAdmitted(_) => "not_admitted",
            Self::NoHub => "no_hub",
            Self::TooOld { .. } => "too_old",
            Self::TooNew { .. } => "too_new",
            Self::Another { .. } => "another",
            Self::Rewound { .. } => "rewound",
            Self::SeriesEnded { .. } => "series_ended",
            Self::Forked { .. } => "forked",
            Self::Hole { .. } => "hole",
            Self::Forged { .. } => "forged",
            Self::Broken(_) => "broken",
        }
    }

    /// Every code, for tests that demand words for each.
    pub const CODES: [&'static str; 12] = [
        "out_of_reach",
        "not_admitted",
        "no_hub",
        "too_old",
        "too_new",
        "another",
        "rewound",
        "series_ended",
        "forked",
        "hole",
        "forged",
        "broken",
    ];
}

/// What a workstation says of itself with each exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beacon {
    /// Its series.
    pub series: Uuid,
    /// Gate and counter, or what else it is called.
    pub name: String,
    /// Version of its program.
    pub version: String,
    /// Its clock, in milliseconds since 1970.
    pub clock_ms: i64,
    /// How many of its records the hub has not taken.
    pub unsent: i64,
    /// How far it has read.
    pub cursor: Cursor,
}

/// What the hub answers to a beacon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Its identity.
    pub hub: Uuid,
    /// How many records of the asking series it holds.
    pub held: i64,
    /// Its last position.
    pub end: i64,
    /// Its clock less that of the workstation, in milliseconds.
    pub clock_offset_ms: i64,
}

/// A workstation as the hub knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its series.
    pub series: Uuid,
    /// What it is called.
    pub name: String,
    /// Version of its program.
    pub version: String,
    /// When it was last heard of, by the hub's clock; in milliseconds since 1970.
    pub seen_ms: i64,
    /// How many records the hub holds of it.
    pub held: i64,
    /// How many it had not sent when last heard of.
    pub unsent: i64,
    /// How many positions of the hub it has not read.
    pub behind: i64,
    /// The hub's clock less its own, in milliseconds.
    pub clock_offset_ms: i64,
    /// Whether it was declared lost.
    pub lost: bool,
}

/// The hub, as workstations see it.
pub trait Hub: Send + Sync {
    /// Tells the hub of this workstation and hears how it stands. A series it does not know is
    /// entered.
    ///
    /// # Errors
    /// [`HubError`]; [`HubError::Rewound`] when the hub no longer holds what the cursor names.
    fn greet(&self, beacon: &Beacon) -> Result<Greeting, HubError>;

    /// Adds records to the series of this workstation, all or none. Records it holds already are
    /// passed over.
    ///
    /// # Errors
    /// [`HubError`].
    fn push(&self, records: &[Outgoing]) -> Result<(), HubError>;

    /// Records after a cursor, in their order, at most so many; texts of `own` up to index `held` are left
    /// out.
    ///
    /// # Errors
    /// [`HubError`].
    fn pull(&self, after: Cursor, own: (Uuid, i64), limit: u32) -> Result<Vec<Arrived>, HubError>;

    /// Holds papers for this workstation until the lock is dropped: nobody else decides about their
    /// persons meanwhile.
    ///
    /// # Errors
    /// [`HubError`]; [`HubError::OutOfReach`] also when others hold them too long.
    fn lock(&self, papers: &[PaperKey]) -> Result<Box<dyn PaperLock + '_>, HubError>;

    /// Holds the order itself: nobody adds anything until the lock is dropped. [`PaperLock::latest`] is
    /// then the hub's last position.
    ///
    /// # Errors
    /// As for [`Self::lock`].
    fn hold_order(&self) -> Result<Box<dyn PaperLock + '_>, HubError>;

    /// The workstations it knows, by name.
    ///
    /// # Errors
    /// [`HubError`].
    fn members(&self) -> Result<Vec<Member>, HubError>;
}

/// Papers held at the hub. Dropped without [`Self::push`] it lets them go and adds nothing.
pub trait PaperLock {
    /// Position of the last record about any of the papers; 0 when there is none. A copy that has
    /// read so far knows all about them.
    fn latest(&self) -> i64;

    /// Adds records as [`Hub::push`] does and lets the papers go.
    ///
    /// # Errors
    /// [`HubError`]; [`HubError::OutOfReach`] leaves open whether they were added.
    fn push(self: Box<Self>, records: &[Outgoing]) -> Result<(), HubError>;
}

impl From<TakeError> for AppError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Store(error) => Self::Store(error),
            TakeError::Hole { series, index } => Self::Unreached(HubError::Hole {
                series,
                index,
                held: index - 1,
            }),
            TakeError::Forged { series, index } => {
                Self::Unreached(HubError::Forged { series, index })
            }
            TakeError::Forked { series, index } => {
                Self::Unreached(HubError::Forked { series, index })
            }
        }
    }
}
