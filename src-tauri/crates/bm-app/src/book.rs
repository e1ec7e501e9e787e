//! The office's other books: what is kept beside the forms, such as the register of vehicles.
//!
//! An entry is small and is recorded whole each time it is made or changed, so that a book is what
//! the last record of each entry says. What grows without end (the crossings of a vehicle) has
//! entries of its own that refer to the first.

use bm_domain::BusinessDay;
use bm_domain::account::SignInTries;
use bm_domain::breach::{Breach, Harmless};
use bm_domain::cash::{CashRefund, CashSession, Receipt};
use bm_domain::gathering::Gathering;
use bm_domain::reconcile::count::BarrierCount;
use bm_domain::reconcile::settle::Settlement;
use bm_domain::vehicle::{Crossing, Vehicle};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

use crate::anchor::{AnchorKey, KeptAnchor};
use crate::close::{CloseProposal, ClosedDay};
use crate::correction::Proposal;
use crate::error::StoreError;
use crate::event::Event;
use crate::law::LawChange;
use crate::ports::{Reader, Writer};
use crate::report::definition::ReportDefinition;
use crate::retention::RetentionRun;
use crate::{Actor, App};

/// What can be kept in a book.
pub trait Keep: Clone + Into<Entry> + TryFrom<Entry> {
    /// The book it stands in.
    const BOOK: Book;

    /// Where and how it is found.
    fn heading(&self) -> Heading<'_>;
}

/// What an entry is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its id.
    pub id: Uuid,
    /// Code of the gate it belongs to; empty when it belongs to none.
    pub gate: &'a str,
    /// The day it is listed under.
    pub day: BusinessDay,
    /// Whether something is still to be done with it.
    pub open: bool,
    /// What it is looked up by besides its id: a plate, a form, a person.
    pub references: Vec<String>,
    /// Its number `series-serial`, of a series without gaps.
    pub number: Option<&'a str>,
}

// One line a book: the names, the entry of any book and the way to it and back follow.
macro_rules! books {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {
        /// A book.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Book { $($(#[$doc])* $name),+ }

        impl Book {
            /// Every book.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in the database.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        /// An entry of any book.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "book", content = "entry")]
        pub enum Entry { $($(#[$doc])* #[serde(rename = $word)] $name(Box<$name>)),+ }

        impl Entry {
            /// The book it stands in.
            #[must_use]
            pub const fn book(&self) -> Book {
                match self { $(Self::$name(_) => Book::$name),+ }
            }

            /// Where and how it is found.
            #[must_use]
            pub fn heading(&self) -> Heading<'_> {
                match self { $(Self::$name(kept) => kept.heading()),+ }
            }
        }

        $(
            impl From<$name> for Entry {
                fn from(kept: $name) -> Self {
                    Self::$name(Box::new(kept))
                }
            }

            impl TryFrom<Entry> for $name {
                type Error = Entry;
                fn try_from(entry: Entry) -> Result<Self, Entry> {
                    match entry {
                        Entry::$name(kept) => Ok(*kept),
                        other => Err(other),
                    }
                }
            }
        )+
    };
}

books! {
    /// The yearly register of residents' vehicles (QLPT-BG).
    Vehicle = "vehicle";
    /// Vehicles that went through a gate and have to come back.
    Crossing = "crossing";
    /// Cashiers' sessions.
    CashSession = "cash_session";
    /// Receipts for tax paid in cash (biên lai thu tiền).
    Receipt = "receipt";
    /// Money paid back in cash after corrections.
    CashRefund = "cash_refund";
    /// Corrections that wait, or waited, for a second person.
    Proposal = "proposal";
    /// Days that a supervisor closed.
    ClosedDay = "closed_day";
    /// Closes of a day that wait, or waited, for a second person.
    CloseProposal = "close_proposal";
    /// What was counted at the barrier.
    BarrierCount = "barrier_count";
    /// How differences of a gate's day were settled.
    Settlement = "settlement";
    /// Changes of the law: those that wait for approval, and their history.
    LawChange = "law_change";
    /// Lists of residents' goods that traders gathered (BK-MGHCDBG).
    Gathering = "gathering";
    /// Reports that a branch keeps under a name.
    ReportDefinition = "report_definition";
    /// Anchors of the log: our own, and those neighbours handed in.
    KeptAnchor = "anchor";
    /// Keys that anchors are signed with.
    AnchorKey = "anchor_key";
    /// Wrong tries to sign in.
    SignInTries = "sign_in";
    /// Persons whose data was kept long enough.
    RetentionRun = "retention";
    /// Breaches, and patterns worth a look.
    Breach = "breach";
    /// Patterns that were found harmless.
    Harmless = "harmless";
}

impl Keep for Vehicle {
    const BOOK: Book = Book::Vehicle;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.validity.from,
            open: self.struck_off.is_none(),
            references: vec![self.plate.to_string(), self.owner.to_string()],
            number: Some(&self.number),
        }
    }
}

impl Keep for Crossing {
    const BOOK: Book = Book::Crossing;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: BusinessDay::of(self.left.at),
            open: self.back.is_none(),
            references: vec![self.plate.to_string(), self.vehicle.to_string()],
            number: None,
        }
    }
}

impl Keep for Gathering {
    const BOOK: Book = Book::Gathering;

    fn heading(&self) -> Heading<'_> {
        let forms: BTreeSet<_> = self.lines.iter().map(|line| line.form).collect();
        let code = self.trader.tax_code.digits();
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self
                .oldest_day()
                .unwrap_or(BusinessDay::of(chrono::DateTime::UNIX_EPOCH)),
            open: self.is_open(),
            references: forms
                .iter()
                .map(ToString::to_string)
                .chain([code.to_owned()])
                .collect(),
            number: Some(&self.number),
        }
    }
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Of this gate; of all gates when absent.
    pub gate: Option<String>,
    /// From this day to that; of all days when absent.
    pub days: Option<(BusinessDay, BusinessDay)>,
    /// Only those with something still to be done, or only those without.
    pub open: Option<bool>,
    /// Only those looked up by this.
    pub reference: Option<String>,
    /// At most so many, the newest first; all when absent.
    pub limit: Option<u32>,
}

/// An entry of a book by its id.
///
/// # Errors
/// [`StoreError`].
pub fn get<K: Keep>(reader: &dyn Reader, id: Uuid) -> Result<Option<K>, StoreError> {
    Ok(reader
        .entry(K::BOOK, id)?
        .and_then(|entry| entry.try_into().ok()))
}

/// Entries of a book, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list<K: Keep>(reader: &dyn Reader, filter: &EntryFilter) -> Result<Vec<K>, StoreError> {
    let entries = reader.entries(K::BOOK, filter)?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| entry.try_into().ok())
        .collect())
}

impl App {
    /// Records an entry as it is from now on; `change` names in a word what was done to it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        change: &str,
        kept: impl Keep,
    ) -> Result<(), StoreError> {
        let event = Event::Entered {
            change: change.to_owned(),
            entry: kept.into(),
        };
        writer.append(&self.record(actor, event))
    }
}
