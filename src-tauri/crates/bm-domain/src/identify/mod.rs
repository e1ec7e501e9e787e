//! The one box of the counter: card scan, machine-readable zone, number, or part of a name.
//!
//! [`identify`] is total: whatever was typed comes back as a reading with its problems. Numbers and
//! dates come through exactly or the reading is refused; a name that was damaged on its way is kept
//! and marked, because the officer compares it with the card. Nothing here is a proof of identity:
//! the codes are unsigned text. Whether a paper has expired is for the caller, who has a calendar.

mod citizen_card;
mod citizen_number;
mod damage;
mod layout;
mod travel_zone;
mod typed;

pub use typed::is_chinese_number;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::resident::{PaperKind, Sex};

/// Longest text looked at, in characters; a card scan has fewer than 300.
pub const MAX_CHARS: usize = 2_000;

/// What the text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// QR code of a citizen card.
    Qr,
    /// Machine-readable zone of a card, three lines of 30 (ICAO Doc 9303 part 5).
    MrzTd1,
    /// Machine-readable zone of a passport, two lines of 44 (ICAO Doc 9303 part 4).
    MrzTd3,
    /// Number of a paper.
    Number,
    /// Part of a name, maybe with a year of birth.
    Name,
    /// Nothing but white space.
    Empty,
    /// None of these.
    Unreadable,
}

/// What a paper says of its holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "Scanned"))]
pub struct ScannedPaper {
    /// Which kind it seems to be.
    pub paper_kind: PaperKind,
    /// Number in capital letters without spaces, dots and dashes.
    pub number: String,
    /// Nine-digit number of the identity card before the citizen card.
    pub old_number: Option<String>,
    /// Full name, composed (NFC).
    pub name: Option<String>,
    /// Date of birth.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub born: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address as the card has it.
    pub address: Option<String>,
    /// Date of issue.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub issued: Option<NaiveDate>,
    /// Last day of validity; none when the paper has no limit or does not say.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub expires: Option<NaiveDate>,
    /// ISO 3166 alpha-3 code of the nationality.
    pub nationality: Option<String>,
}

impl ScannedPaper {
    const fn new(paper_kind: PaperKind, number: String) -> Self {
        Self {
            paper_kind,
            number,
            old_number: None,
            name: None,
            born: None,
            sex: None,
            address: None,
            issued: None,
            expires: None,
            nationality: None,
        }
    }
}

/// Whether the reading may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemSeverity {
    /// It must be scanned or typed again.
    Refuse,
    /// It may be used after a look at the paper.
    Warn,
}

/// The part of the text a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the fields of `ScannedPaper`, documented there"
)]
pub enum PaperField {
    /// The text as a whole.
    Text,
    Number,
    OldNumber,
    Name,
    Born,
    Sex,
    Address,
    Issued,
    Expires,
    Nationality,
    /// Check digit over several fields of a machine-readable zone.
    Composite,
}

/// What is wrong or odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// More than [`MAX_CHARS`] characters; nothing was read. Params: `limit`.
    TooLong,
    /// None of the known kinds of text.
    NotUnderstood,
    /// Fewer than two letters to look for.
    NameTooShort,
    /// Control characters stood inside the text.
    ControlCharacters,
    /// The number has an unusual length. Params: `found`.
    NumberLength,
    /// Letters that look like digits stand where digits belong.
    LetterInDigits,
    /// A check digit does not fit.
    CheckDigitWrong,
    /// Two places of the paper give different numbers.
    NumbersDiffer,
    /// The first digits are no known code of a province. Params: `code`.
    UnknownProvince,
    /// The number's century, year or sex differs from the birth date or the sex stated.
    CenturySexMismatch,
    /// No date of the calendar. Params: `found`.
    DateInvalid,
    /// Only part of a date is known.
    DateIncomplete,
    /// The name did not come through as printed. Params: `cause`.
    NameDamaged,
    /// The name is in capitals without marks, as machine-readable zones have it.
    NameWithoutMarks,
    /// The sex is neither Nam nor Nữ.
    SexUnknown,
    /// A field is absent.
    FieldMissing,
    /// The code has too few fields: the scan was cut. Params: `found`.
    FieldsMissing,
    /// Two different cards were scanned into the box.
    TwoScans,
    /// The keyboard layout differs from the scanner's; digits were brought back exactly.
    KeyboardLayout,
    /// The lines of a machine-readable zone have an unknown length. Params: `found`.
    ZoneLength,
}

/// A thing to tell the officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// How grave it is.
    pub severity: ProblemSeverity,
    /// Where it is.
    pub field: PaperField,
    /// Values for the wording.
    pub params: BTreeMap<String, String>,
}

/// The reading of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// What the text is.
    pub kind: ReadingKind,
    /// What the paper says; never there when a problem refuses the reading.
    pub paper: Option<ScannedPaper>,
    /// Folded words of a name to look for, in the order typed.
    pub name_words: Vec<String>,
    /// Year of birth typed with the name.
    pub birth_year: Option<u16>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
}

impl Identification {
    /// Whether the text must be scanned or typed again.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == ProblemSeverity::Refuse)
    }

    fn of_paper(kind: ReadingKind, paper: ScannedPaper, found: Findings) -> Self {
        let mut reading = Self::without_paper(kind, found);
        reading.paper = (!reading.is_refused()).then_some(paper);
        reading
    }

    fn without_paper(kind: ReadingKind, found: Findings) -> Self {
        Self {
            kind,
            paper: None,
            name_words: Vec::new(),
            birth_year: None,
            problems: found.0,
        }
    }

    fn refused(kind: ReadingKind, code: ProblemCode, field: PaperField) -> Self {
        let mut found = Findings::default();
        found.refuse(code, field);
        Self::without_paper(kind, found)
    }
}

/// Problems as they are found.
#[derive(Default)]
struct Findings(Vec<Problem>);

impl Findings {
    fn refuse(&mut self, code: ProblemCode, field: PaperField) {
        self.add(ProblemSeverity::Refuse, code, field, None);
    }

    fn refuse_with(&mut self, code: ProblemCode, field: PaperField, param: (&str, String)) {
        self.add(ProblemSeverity::Refuse, code, field, Some(param));
    }

    fn warn(&mut self, code: ProblemCode, field: PaperField) {
        self.add(ProblemSeverity::Warn, code, field, None);
    }

    fn warn_with(&mut self, code: ProblemCode, field: PaperField, param: (&str, String)) {
        self.add(ProblemSeverity::Warn, code, field, Some(param));
    }

    fn add(
        &mut self,
        severity: ProblemSeverity,
        code: ProblemCode,
        field: PaperField,
        param: Option<(&str, String)>,
    ) {
        let params = param
            .map(|(key, value)| (key.to_owned(), value))
            .into_iter()
            .collect();
        let problem = Problem {
            code,
            severity,
            field,
            params,
        };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}

/// Reads what was scanned or typed into the box. Never fails: see [`Identification::problems`].
#[must_use]
pub fn identify(text: &str) -> Identification {
    // Bytes first: the length of a huge text must not be counted character by character.
    if text.len() > MAX_CHARS * 4 || text.chars().count() > MAX_CHARS {
        let mut found = Findings::default();
        let limit = ("limit", MAX_CHARS.to_string());
        found.refuse_with(ProblemCode::TooLong, PaperField::Text, limit);
        return Identification::without_paper(ReadingKind::Unreadable, found);
    }
    let text = without_symbology(text.trim_matches(is_noise)).trim_matches(is_noise);
    if text.is_empty() {
        return Identification::without_paper(ReadingKind::Empty, Findings::default());
    }
    citizen_card::read(text)
        .or_else(|| travel_zone::read(text))
        .unwrap_or_else(|| typed::read(text))
}

/// White space, control characters and invisible marks scanners put around their text.
fn is_noise(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}')
}

/// Drops the symbology identifier (`]Q1` for a QR code, ISO/IEC 15424) some scanners send first.
fn without_symbology(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, modifier, ..]
            if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
        {
            text.get(3..).unwrap_or(text)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests;
