//! What the use cases need from the world.

use std::collections::{BTreeMap, BTreeSet};

use bm_domain::declaration::Direction;
use bm_domain::process::{Progress, Requirements, Stage};
use bm_domain::quota::QuotaUsage;
use bm_domain::reconcile::listing::Listing;
use bm_domain::resident::{PaperKind, Resident};
use bm_domain::statistics::Fact;
use bm_domain::{BusinessDay, DeclarationId, HsCode, PersonId, Validity, Vnd};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{ChainEnd, ChainLink, LogEntry, LogPage, LogQuery};
use crate::book::{Book, Entry, EntryFilter};
use crate::error::{AppError, StoreError};
use crate::event::{Account, Declaration, Record, RedactedRecord};
use crate::law::LawRow;
use crate::paper::Sheet;
pub use crate::verification::Verification;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// Makes ids that no other workstation makes.
pub trait IdSource: Send + Sync {
    /// A new UUIDv7.
    fn next(&self) -> Uuid;
    /// A text nobody can guess, for a session.
    fn secret(&self) -> String;
}

/// Signs anchors with the key of this workstation (Ed25519). Keys and signatures are texts in
/// hexadecimal.
pub trait Signer: Send + Sync {
    /// The public key; a key is made when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when it can't be read or written.
    fn public(&self) -> Result<String, StoreError>;

    /// Signs a text.
    ///
    /// # Errors
    /// As [`Self::public`].
    fn sign(&self, text: &str) -> Result<String, StoreError>;

    /// Puts a new key in place of the present one and gives its public key.
    ///
    /// # Errors
    /// As [`Self::public`]; the present key then stays.
    fn renew(&self) -> Result<String, StoreError>;

    /// Whether a signature is that of a text by a key.
    fn holds(&self, key: &str, text: &str, signature: &str) -> bool;
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// Line of the template, from 1; 0 when the fault lies in no line of it.
    pub line: u32,
    /// What the typesetter says.
    pub sentence: String,
}

/// Sets sheets by templates.
pub trait Typesetter: Send + Sync {
    /// The sheet as a PDF file.
    ///
    /// # Errors
    /// [`TemplateFault`] when the template does not make a sheet of it.
    fn pdf(&self, source: &str, sheet: &Sheet) -> Result<Vec<u8>, TemplateFault>;

    /// The sheet's pages as pictures in SVG, the same as in the file.
    ///
    /// # Errors
    /// As [`Self::pdf`].
    fn pictures(&self, source: &str, sheet: &Sheet) -> Result<Vec<String>, TemplateFault>;
}

/// The printers of this workstation.
pub trait Printers: Send + Sync {
    /// Their names, the usual one first.
    ///
    /// # Errors
    /// [`PrinterFault::NoSystem`].
    fn list(&self) -> Result<Vec<String>, PrinterFault>;

    /// Hands a PDF file to a printer without asking anyone.
    ///
    /// # Errors
    /// [`PrinterFault`]; then nothing is printed.
    fn send(&self, printer: &str, title: &str, pdf: &[u8]) -> Result<(), PrinterFault>;
}

/// Why nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterFault {
    /// The workstation has no printing system.
    NoSystem,
    /// It has no printer of that name any more.
    Gone,
    /// The printing system did not take it, with what it says.
    NotTaken(String),
}

/// Where a form stands.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Registered; its progress tells whether it is released.
    Registered,
    /// Not accepted.
    Refused,
    /// Taken back.
    Cancelled,
    /// Its goods went back.
    Returned,
}

impl Status {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Returned => "returned",
        }
    }
}

/// A form with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDeclaration {
    /// The form as decided.
    pub declaration: Declaration,
    /// Account that registered it.
    pub officer: String,
    /// Where it stands.
    pub status: Status,
    /// Why it no longer stands, if it stood once.
    pub cancel_reason: Option<String>,
    /// How far it has come since it was registered.
    pub progress: Progress,
    /// The other leg, when goods are exchanged for goods.
    pub other_leg: Option<DeclarationId>,
}

impl StoredDeclaration {
    /// What it asks for before release.
    #[must_use]
    pub fn requirements(&self) -> Requirements {
        let asked = Requirements::of(&self.declaration.decision);
        if self.status == Status::Registered {
            asked
        } else {
            asked.ended()
        }
    }

    /// What it waits for; `None` when it was refused or cancelled.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        let stands = self.status == Status::Registered;
        stands.then(|| self.progress.stage(&self.requirements()))
    }
}

/// Totals of one gate, day and direction. Money in VND, weight in grams. Sums are over forms that
/// stand (registered, not cancelled); counts tell the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotals {
    /// Forms that stand.
    pub forms: i64,
    /// Persons with a form that stands.
    pub residents: i64,
    /// Customs value.
    pub value: i64,
    /// Within the quota.
    pub exempt: i64,
    /// Above the quota.
    pub excess: i64,
    /// Import or export duty.
    pub duty: i64,
    /// Excise.
    pub excise: i64,
    /// Environment tax.
    pub environment: i64,
    /// Value added tax.
    pub vat: i64,
    /// Fees.
    pub fee: i64,
    /// Gross weight in grams.
    pub weight_g: i64,
    /// Forms refused.
    pub refused: i64,
    /// Forms cancelled or returned.
    pub cancelled: i64,
    /// Forms released, among those that stand.
    pub released: i64,
    /// Forms returned, among the cancelled ones.
    pub returned: i64,
    /// Amendments.
    pub amended: i64,
}

/// Which forms a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclarationFilter {
    /// At this gate, on this day.
    pub gate_day: Option<(String, BusinessDay)>,
    /// Of this person.
    pub person: Option<PersonId>,
    /// At most so many, the newest first.
    pub limit: u32,
}

/// Which prices are asked for.
#[derive(Clone, Copy, Debug)]
pub struct PriceQuery<'a> {
    /// Code of the gate.
    pub gate: &'a str,
    /// Commodity code.
    pub hs: HsCode,
    /// Unit the prices are for.
    pub unit: &'a str,
    /// Which way the goods went.
    pub direction: Direction,
    /// From this calendar month to that, by number ([`bm_domain::price::month_of`]).
    pub months: (i32, i32),
}

/// Is shown a record with the persons it concerns.
pub type Show<'a> = dyn FnMut(&BTreeSet<PersonId>, &Record) -> Result<(), StoreError> + 'a;

/// Reads one consistent view.
pub trait Reader {
    /// Counts up with every change of dated data.
    fn law_version(&self) -> Result<u64, StoreError>;
    /// All dated data, by key.
    fn law_rows(&self) -> Result<Vec<LawRow>, StoreError>;
    /// A person by id.
    fn person(&self, id: PersonId) -> Result<Option<Resident>, StoreError>;
    /// Persons with a paper of that number, of one kind or of any.
    fn people_by_number(
        &self,
        kind: Option<PaperKind>,
        number: &str,
    ) -> Result<Vec<Resident>, StoreError>;
    /// Persons whose folded name has words that begin with each of `words`.
    fn people_by_name(&self, words: &[String], limit: u32) -> Result<Vec<Resident>, StoreError>;
    /// The same among those born in a year.
    fn people_by_name_and_year(
        &self,
        words: &[String],
        year: u16,
        limit: u32,
    ) -> Result<Vec<Resident>, StoreError>;
    /// Persons of that name and birth, for warning of duplicates.
    fn namesakes(&self, name: &str, born: NaiveDate) -> Result<Vec<PersonId>, StoreError>;
    /// Persons who name a paper of this one, and of theirs, by id: they were entered at workstations
    /// that could not hear of each other and may be one. What each used of the quota counts for all.
    fn twins(&self, person: PersonId) -> Result<Vec<PersonId>, StoreError>;
    /// What a person used, with all twins, on `day` and from `period.0` to `period.1`.
    fn quota_usage(
        &self,
        person: PersonId,
        day: BusinessDay,
        period: (BusinessDay, BusinessDay),
    ) -> Result<QuotaUsage, StoreError>;
    /// Exempt value and trips of a person by day, with those of all twins.
    fn quota_days(
        &self,
        person: PersonId,
        period: (BusinessDay, BusinessDay),
    ) -> Result<Vec<(BusinessDay, Vnd, u32)>, StoreError>;
    /// A form by id.
    fn declaration(&self, id: DeclarationId) -> Result<Option<StoredDeclaration>, StoreError>;
    /// The series in which a form was registered or refused, and its place there.
    fn place_of_form(&self, id: DeclarationId) -> Result<Option<(Uuid, i64)>, StoreError>;
    /// A form by its number.
    fn declaration_by_number(&self, number: &str) -> Result<Option<StoredDeclaration>, StoreError>;
    /// The first eight bytes of the SHA-256 of the record that says now what a form says.
    fn declaration_digest(&self, id: DeclarationId) -> Result<Option<u64>, StoreError>;
    /// Forms, the newest first.
    fn declarations(
        &self,
        filter: &DeclarationFilter,
    ) -> Result<Vec<StoredDeclaration>, StoreError>;
    /// Persons with a form of a gate's day that stands.
    fn people_on(&self, gate: &str, day: BusinessDay) -> Result<Vec<PersonId>, StoreError>;
    /// Forms of a gate that are neither released, refused nor cancelled, the oldest first.
    fn open_forms(&self, gate: &str, limit: u32) -> Result<Vec<StoredDeclaration>, StoreError>;
    /// The same of one day.
    fn open_forms_of(
        &self,
        gate: &str,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<StoredDeclaration>, StoreError>;
    /// Totals of a gate's day.
    fn day_totals(
        &self,
        gate: &str,
        day: BusinessDay,
        direction: Direction,
    ) -> Result<DayTotals, StoreError>;
    /// Every account, by name.
    fn accounts(&self) -> Result<Vec<Account>, StoreError>;
    /// What corrections made on a day moved the totals of days that were closed by then.
    fn correction_totals(
        &self,
        gate: &str,
        day: BusinessDay,
        direction: Direction,
    ) -> Result<DayTotals, StoreError>;
    /// What the digest of a gate's day is made over, as it stands now.
    fn day_listing(&self, gate: &str, day: BusinessDay) -> Result<Listing, StoreError>;
    /// Whether a gate's day is closed.
    fn is_closed(&self, gate: &str, day: BusinessDay) -> Result<bool, StoreError>;
    /// A form as it was first registered or refused, whatever became of it.
    fn as_registered(&self, id: DeclarationId) -> Result<Option<Declaration>, StoreError>;
    /// The records that corrected a form, the oldest first.
    fn corrections(&self, id: DeclarationId) -> Result<Vec<Record>, StoreError>;
    /// Forms of a gate with a difference to be paid or given back after a correction.
    fn unsettled_forms(&self, gate: &str, limit: u32)
    -> Result<Vec<StoredDeclaration>, StoreError>;
    /// How many forms of a gate stand that were registered on these days.
    fn forms_between(&self, gate: &str, days: Validity) -> Result<u64, StoreError>;
    /// An account by name.
    fn account(&self, name: &str) -> Result<Option<Account>, StoreError>;
    /// An entry of a book by its id.
    fn entry(&self, book: Book, id: Uuid) -> Result<Option<Entry>, StoreError>;
    /// Entries of a book, the newest first.
    fn entries(&self, book: Book, filter: &EntryFilter) -> Result<Vec<Entry>, StoreError>;
    /// Lines of forms that stand, counted by class of price ([`bm_domain::price::class_of`]).
    fn price_counts(&self, of: &PriceQuery<'_>) -> Result<BTreeMap<i32, u64>, StoreError>;
    /// Shows what released forms count for, counted from one day to another, the earlier first.
    fn statistics(
        &self,
        counted: (BusinessDay, BusinessDay),
        each: &mut dyn FnMut(Fact),
    ) -> Result<(), StoreError>;
    /// Shows the totals of every gate, day and direction from one day to another: those of the day,
    /// and those of corrections booked on it.
    fn booked_totals(
        &self,
        days: (BusinessDay, BusinessDay),
        each: &mut dyn FnMut(&str, BusinessDay, Direction, DayTotals),
    ) -> Result<(), StoreError>;
    /// The commune a released form counts for, by code.
    fn counted_commune(&self, id: DeclarationId) -> Result<Option<String>, StoreError>;
    /// When anything was last changed: looking persons up changes nothing.
    fn last_change(&self) -> Result<Option<DateTime<Utc>>, StoreError>;
    /// Shows the records that concern these persons to `show`, with whom each concerns, the oldest
    /// first: those that name them, their forms, or an entry about these. Reads every record.
    fn records_about(
        &self,
        persons: &BTreeSet<PersonId>,
        show: &mut Show<'_>,
    ) -> Result<(), StoreError>;
    /// Persons who are known by a paper and have declared nothing since that day.
    fn quiet_persons(&self, since: BusinessDay) -> Result<Vec<PersonId>, StoreError>;
    /// The latest time at which one of the last records of this workstation was written.
    fn last_written(&self) -> Result<Option<DateTime<Utc>>, StoreError>;
    /// Records, the newest first. One call looks at a bounded number of them.
    fn log(&self, query: &LogQuery) -> Result<LogPage, StoreError>;
    /// A record by its place in a series.
    fn log_entry(&self, series: Uuid, index: i64) -> Result<Option<LogEntry>, StoreError>;
    /// Where each series stood at an instant; now, without one.
    fn chain_ends(&self, at: Option<DateTime<Utc>>) -> Result<Vec<ChainEnd>, StoreError>;
    /// The hash of a record, even where the record itself can't be read.
    fn chain_hash(&self, series: Uuid, index: i64) -> Result<Option<[u8; 32]>, StoreError>;
    /// Records after a row as they were written, the oldest first, at most so many.
    fn chain_links(&self, after: i64, limit: u32) -> Result<Vec<ChainLink>, StoreError>;
}

/// Writes within one transaction.
pub trait Writer: Reader {
    /// The next number of a series without gaps.
    fn next_number(&mut self, series: &str) -> Result<i64, StoreError>;
    /// Takes what tells who these persons are out of every record and table; gives the records whose
    /// text changed, which have to be recorded in the same transaction
    /// ([`crate::event::Event::Redacted`]): the check of the whole database takes no other text.
    fn pseudonymise(
        &mut self,
        persons: &BTreeSet<PersonId>,
    ) -> Result<Vec<RedactedRecord>, StoreError>;
    /// Appends a record to this workstation's series and brings every derived table up to date.
    fn append(&mut self, record: &Record) -> Result<(), StoreError>;
}

/// A database.
pub trait Store: Send + Sync {
    /// Runs `work` over one consistent view.
    ///
    /// # Errors
    /// What `work` returns, or [`StoreError`].
    fn read(
        &self,
        work: &mut dyn FnMut(&dyn Reader) -> Result<(), AppError>,
    ) -> Result<(), AppError>;

    /// Runs `work` in one durable transaction.
    ///
    /// # Errors
    /// What `work` returns, and then nothing is written, or [`StoreError`].
    fn write(
        &self,
        work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError>;

    /// Derives everything again from the records and compares.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError>;
}
