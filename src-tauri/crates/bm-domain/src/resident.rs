//! Border residents and the papers they show.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::BusinessDay;
use crate::ids::PersonId;

/// Kinds of papers (Circular 06/2021/TT-BTC art. 14(4); LAW notes 6.1).
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// Citizen card, twelve digits.
    Cccd,
    /// Old identity card, nine digits.
    Cmnd,
    /// Border pass of the Vietnam-China border area.
    BorderPass,
    /// Border identity paper.
    BorderId,
    /// Passport.
    Passport,
    /// Identity card of a Chinese resident, eighteen characters; for the counterpart only.
    ChineseId,
}

impl PaperKind {
    /// Every kind, in the order lists show them.
    pub const ALL: [Self; 6] = [
        Self::Cccd,
        Self::Cmnd,
        Self::BorderPass,
        Self::BorderId,
        Self::Passport,
        Self::ChineseId,
    ];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cccd => "cccd",
            Self::Cmnd => "cmnd",
            Self::BorderPass => "border_pass",
            Self::BorderId => "border_id",
            Self::Passport => "passport",
            Self::ChineseId => "chinese_id",
        }
    }

    /// Whether the paper can prove a Vietnamese border resident
    /// (Decree 134/2016/ND-CP art. 9(3), Circular 06/2021/TT-BTC art. 14(4)).
    #[must_use]
    pub const fn proves_resident(self) -> bool {
        !matches!(self, Self::ChineseId)
    }
}

/// Said of a word that names none of the known choices.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown word")]
pub struct UnknownWord;

impl FromStr for PaperKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == text)
            .ok_or(UnknownWord)
    }
}

/// Sex as the card states it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl FromStr for Sex {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match crate::text::fold(text).as_str() {
            "male" | "m" | "nam" => Ok(Self::Male),
            "female" | "f" | "nu" => Ok(Self::Female),
            _ => Err(UnknownWord),
        }
    }
}

/// On what ground a person is a border resident (Decree 14/2018/ND-CP art. 3(3)).
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidenceBasis {
    /// Registered permanent residence in a border commune, art. 3(3)(a).
    PermanentResidence,
    /// Permit of the competent police to reside in the border area, art. 3(3)(b).
    ResidencePermit,
}

impl FromStr for ResidenceBasis {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "permanent_residence" | "permanent" | "a" => Ok(Self::PermanentResidence),
            "residence_permit" | "permit" | "b" => Ok(Self::ResidencePermit),
            _ => Err(UnknownWord),
        }
    }
}

/// A paper by its kind and number. The number is kept in capital letters without spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Paper {
    /// Which kind.
    pub kind: PaperKind,
    /// Its number, normalised.
    pub number: String,
    /// Day of issue, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<NaiveDate>,
    /// Last day of validity, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
}

impl Paper {
    /// The longest number of any paper.
    pub const NUMBER_MAX: usize = 20;

    /// A paper without dates.
    #[must_use]
    pub fn new(kind: PaperKind, number: &str) -> Self {
        Self {
            kind,
            number: normal_number(number),
            issued: None,
            expires: None,
        }
    }

    /// Whether the number has the form its kind asks for: twelve digits for a citizen card, nine
    /// for an old identity card, eighteen characters for a Chinese one, free text otherwise.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let digits = self.number.chars().all(|c| c.is_ascii_digit());
        let plain = self
            .number
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '/');
        match self.kind {
            PaperKind::Cccd => digits && self.number.len() == 12,
            PaperKind::Cmnd => digits && self.number.len() == 9,
            PaperKind::ChineseId => plain && self.number.len() == 18,
            PaperKind::BorderPass | PaperKind::BorderId | PaperKind::Passport => {
                plain && (4..=Self::NUMBER_MAX).contains(&self.number.len())
            }
        }
    }
}

/// A paper's number without spaces, dots and dashes, in capital letters.
#[must_use]
pub fn normal_number(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2013}'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// A number with all but its last four characters hidden, for lists and logs.
#[must_use]
pub fn masked(number: &str) -> String {
    let length = number.chars().count();
    let shown = if length > 6 { 4 } else { 2 };
    number
        .chars()
        .enumerate()
        .map(|(i, c)| if i + shown < length { '•' } else { c })
        .collect()
}

/// A person who trades across the border, with every paper known to be theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resident {
    /// The key of the quota.
    pub id: PersonId,
    /// Full name as on the paper.
    pub name: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// Sex, where the paper states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Address as read from the paper, kept as text: old districts stay on cards.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Code of the present commune.
    pub commune: String,
    /// Ground of residence.
    pub basis: ResidenceBasis,
    /// Telephone, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// All papers, the first shown being the first.
    pub papers: Vec<Paper>,
}

impl Resident {
    /// Whether the person is under sixteen on that day; under sixteen one may travel on a parent's
    /// pass, and no rule on their quota was found.
    #[must_use]
    pub fn is_minor_on(&self, day: BusinessDay) -> bool {
        day.date()
            .years_since(self.born)
            .is_none_or(|years| years < 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_normalised_and_checked() {
        let cases = [
            (PaperKind::Cccd, "022 185.004-321", true),
            (PaperKind::Cccd, "02218500432", false),
            (PaperKind::Cmnd, "100123456", true),
            (PaperKind::Cmnd, "10012345A", false),
            (PaperKind::ChineseId, "11010519491231002x", true),
            (PaperKind::BorderPass, "ab 12345", true),
            (PaperKind::Passport, "B1", false),
        ];
        for (kind, number, good) in cases {
            assert_eq!(Paper::new(kind, number).is_well_formed(), good, "{number}");
        }
        assert_eq!(
            Paper::new(PaperKind::Cccd, "022 185.004-321").number,
            "022185004321"
        );
    }

    #[test]
    fn a_masked_number_keeps_its_end() {
        assert_eq!(masked("022185004321"), "••••••••4321");
        assert_eq!(masked("AB12"), "••12");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn one_is_a_minor_until_the_sixteenth_birthday() {
        let day = |text: &str| text.parse::<BusinessDay>().expect("a day");
        let resident = Resident {
            id: PersonId(uuid::Uuid::nil()),
            name: "La Thị Mai".into(),
            born: day("2010-11-24").date(),
            sex: Some(Sex::Female),
            address: String::new(),
            commune: "06841".into(),
            basis: ResidenceBasis::PermanentResidence,
            phone: None,
            papers: vec![],
        };
        assert!(resident.is_minor_on(day("2026-11-23")));
        assert!(!resident.is_minor_on(day("2026-11-24")));
    }
}
