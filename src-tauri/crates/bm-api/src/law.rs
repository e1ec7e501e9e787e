//! Dated data on the wire: one description of the fields of each kind drives table, form, reading
//! and messages, so that a new kind is one entry in [`fields`].

pub mod fields;
mod words;

use bm_app::AppError;
use bm_app::law::LawRow;
use bm_domain::BusinessDay;
use bm_domain::law::{LawBook, LawKind};
use bm_domain::reconcile::count::{Counted, Passage};
use serde::{Deserialize, Serialize};

use crate::words::Language;

pub use words::{
    chosen, field_label, kind_label, row_name, series_name, series_title, shown, word,
};

/// A table of dated data as text, handed over to be read.
#[derive(Clone, Copy)]
pub struct TableText<'a> {
    /// What it holds.
    pub kind: LawKind,
    /// Name of the file it comes from.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The book: columns the table does not have stay as they are held.
    pub book: &'a LawBook,
    /// Day from which rows without one of their own hold.
    pub from: Option<BusinessDay>,
    /// Today.
    pub today: BusinessDay,
    /// Language of the reasons.
    pub language: Language,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BadTableRow {
    /// Line in the file, from 1.
    pub line: u32,
    /// Column; empty for the whole row.
    pub column: String,
    /// What is wrong, in words.
    pub reason: String,
}

/// What a table says.
#[derive(Clone, Debug, Default)]
pub struct ReadTable {
    /// The good rows.
    pub rows: Vec<LawRow>,
    /// How many rows are bad.
    pub bad_count: u32,
    /// The bad ones.
    pub bad: Vec<BadTableRow>,
    /// Columns that are there and not used.
    pub unused: Vec<String>,
}

/// A table of counts from the barrier as text, handed over to be read.
#[derive(Clone, Copy)]
pub struct CountText<'a> {
    /// Name of the file it comes from.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The gate it has to be about.
    pub gate: &'a str,
    /// The day it has to be about.
    pub day: BusinessDay,
    /// The gates there are.
    pub book: &'a LawBook,
    /// Language of the reasons.
    pub language: Language,
}

/// What a table of counts says.
#[derive(Clone, Debug, Default)]
pub struct ReadCounts {
    /// Import, export; absent where the table holds passages.
    pub totals: Option<[Counted; 2]>,
    /// Passages, in the order of the table.
    pub passages: Vec<Passage>,
    /// Rows that can't be taken.
    pub bad: Vec<BadTableRow>,
    /// Columns that are there and not used.
    pub unused: Vec<String>,
}

/// Reads tables; hosts know the formats.
pub trait Tables: Send + Sync {
    /// A table of dated data.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], in words, when it is no such table.
    fn law(&self, text: &TableText<'_>) -> Result<ReadTable, AppError>;

    /// A table of counts from the barrier.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], in words, when it is no such table.
    fn counts(&self, text: &CountText<'_>) -> Result<ReadCounts, AppError>;
}

/// What reads tables for the command list.
pub type TableReader = dyn Tables;
