//! What a check of the whole database finds: codes with their fields. The words for them are those
//! of the command list.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

// One line a difference: its name, and the table it shows in.
macro_rules! differences {
    ($($(#[$doc:meta])* $name:ident = $word:literal in $table:literal;)+) => {
        /// How a row differs from what the records say, or a record from what was written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum DifferenceCode { $($(#[$doc])* $name),+ }

        impl DifferenceCode {
            /// Every code, for tests that demand words for each.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and in the names of messages.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The table it shows in.
            #[must_use]
            pub const fn table(self) -> &'static str {
                match self { $(Self::$name => $table),+ }
            }
        }
    };
}

differences! {
    /// A record is not there.
    RecordMissing = "record_missing" in "record";
    /// A record's hash is not that of its contents and of the record before it.
    RecordAltered = "record_altered" in "record";
    /// A record can't be read.
    RecordUnreadable = "record_unreadable" in "record";
    /// A record stands in another row than it was written to.
    RecordMoved = "record_moved" in "record";
    /// A record's text was replaced, and no later record tells so.
    RedactionUntold = "redaction_untold" in "record";
    /// A record's text was replaced by a later record, and is there again.
    RedactionUndone = "redaction_undone" in "record";
    /// A replaced text is noted of a record that is not there.
    RedactionStray = "redaction_stray" in "redaction";
    /// A series does not end where the last transaction left it.
    SeriesEnd = "series_end" in "series";
    /// Records belong to no series.
    SeriesUnknown = "series_unknown" in "series";
    /// A form's or entry's number has no serial.
    NumberMalformed = "number_malformed" in "record";
    /// A number does not follow the one before it.
    NumberGap = "number_gap" in "record";
    /// A series of numbers does not stand where the last number left it.
    NumberSeries = "number_series" in "number_series";
    /// A series of numbers is not held.
    NumberSeriesMissing = "number_series_missing" in "number_series";
    /// There are more or fewer forms than records of them.
    FormCount = "form_count" in "declaration";
    /// A form's row is not what its record says.
    FormRow = "form_row" in "declaration";
    /// A form was registered into a closed day.
    FormOnClosedDay = "form_on_closed_day" in "declaration";
    /// A form was corrected that does not stand.
    FormNotStanding = "form_not_standing" in "declaration";
    /// A form was released that is not held.
    FormNotHeld = "form_not_held" in "declaration";
    /// A form stands otherwise than its records say.
    FormFate = "form_fate" in "declaration";
    /// What became of a form is not held.
    FormFateMissing = "form_fate_missing" in "declaration";
    /// A form's progress is not what its records say.
    FormProgress = "form_progress" in "declaration";
    /// A form's progress is not held.
    FormProgressMissing = "form_progress_missing" in "declaration";
    /// A correction is noted that no record tells of.
    Correction = "correction" in "correction";
    /// A recorded correction is not noted.
    CorrectionMissing = "correction_missing" in "correction";
    /// A day was closed with other totals than it had.
    ClosingTotals = "closing_totals" in "book_entry";
    /// A day's digest is not that of its records.
    ClosingDigest = "closing_digest" in "book_entry";
    /// Totals are not the sums of their forms.
    Totals = "totals" in "day_total";
    /// Totals are not held.
    TotalsMissing = "totals_missing" in "day_total";
    /// What a person used of the quota is not what their forms say.
    Quota = "quota" in "quota_use";
    /// Quota use is not held.
    QuotaMissing = "quota_missing" in "quota_use";
    /// A person is not what the records say.
    Person = "person" in "person";
    /// Persons are not held.
    PersonMissing = "person_missing" in "person";
    /// A person's paper is not held.
    PaperMissing = "paper_missing" in "paper";
    /// A paper stands under a person who has none such.
    PaperStray = "paper_stray" in "paper";
    /// Persons who name one paper are noted otherwise than their records say.
    Twin = "twin" in "twin";
    /// The index of names is not that of the persons.
    NameIndex = "name_index" in "person_name";
    /// An entry of a book is not what its records say.
    BookEntry = "book_entry" in "book_entry";
    /// An entry of a book is not held.
    BookEntryMissing = "book_entry_missing" in "book_entry";
    /// A word is held that an entry is looked up by, but not the entry.
    BookReference = "book_reference" in "book_reference";
    /// Counts of prices are not those of the forms.
    Prices = "prices" in "price_point";
    /// Counts of prices are not held.
    PricesMissing = "prices_missing" in "price_point";
    /// Figures of the statistics are not those of the released forms.
    Statistics = "statistics" in "statistic";
    /// Figures of the statistics are not held.
    StatisticsMissing = "statistics_missing" in "statistic";
    /// A form counts for another commune in the statistics.
    Commune = "commune" in "declaration";
    /// The commune a form counts for is not held.
    CommuneMissing = "commune_missing" in "declaration";
    /// A dated row is not what its records say.
    Law = "law" in "law";
    /// Dated rows are not held.
    LawMissing = "law_missing" in "law";
    /// An account is not what its records say.
    Account = "account" in "account";
    /// Accounts are not held.
    AccountMissing = "account_missing" in "account";
    /// The index by which the log is searched is not that of the records.
    Trail = "trail" in "trail";
    /// A block of records was written at other times than is noted.
    LogBlock = "log_block" in "log_block";
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which.
    pub code: DifferenceCode,
    /// The table it shows in.
    pub table: &'static str,
    /// What the row is known by; empty where a whole table differs.
    pub row: String,
    /// The record, where it is one that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<RecordName>>,
    /// What the sentence names besides.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<&'static str, String>,
}

/// What a record says of itself, as far as it can still be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordName {
    /// Workstation whose series it stands in.
    pub series: Uuid,
    /// Its place in the series, from 1.
    pub index: i64,
    /// When it was written; of a missing one, when the record before it was.
    pub at: Option<DateTime<Utc>>,
    /// Who wrote it; empty where that can't be read.
    pub by: String,
    /// Where.
    pub place: String,
    /// What was done, as the word of its event; empty where that can't be read.
    pub event: String,
    /// What it was done to: a form's number, a person's id, an account.
    pub subject: String,
}

impl Difference {
    /// A difference in the row known by `row`.
    #[must_use]
    pub fn new(code: DifferenceCode, row: impl fmt::Display) -> Self {
        Self {
            code,
            table: code.table(),
            row: row.to_string(),
            record: None,
            params: BTreeMap::new(),
        }
    }

    /// With something more that its sentence names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.insert(name, value.to_string());
        self
    }

    /// In a table that has the same columns as the usual one.
    #[must_use]
    pub const fn in_table(mut self, table: &'static str) -> Self {
        self.table = table;
        self
    }

    /// A difference of a record.
    #[must_use]
    pub fn of_record(code: DifferenceCode, record: RecordName) -> Self {
        let row = format!("{}/{}", record.series, record.index);
        Self {
            record: Some(Box::new(record)),
            ..Self::new(code, row)
        }
    }
}

/// A difference by the word of its code.
impl PartialEq<&str> for Difference {
    fn eq(&self, word: &&str) -> bool {
        self.code.word() == *word
    }
}

/// The same.
impl PartialEq<String> for Difference {
    fn eq(&self, word: &String) -> bool {
        self.code.word() == word
    }
}

/// What `verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Records read.
    pub records: u64,
    /// Forms among them.
    pub declarations: u64,
    /// The first record that is not as it was written, or not there.
    pub first_altered: Option<Box<RecordName>>,
    /// What differs, the first finds first; at most a hundred.
    pub differences: Vec<Difference>,
}
