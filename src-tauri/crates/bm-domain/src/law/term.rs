//! Time limits counted by the calendar or the clock.

use serde::{Deserialize, Serialize};

use crate::calendar::Validity;
use crate::resident::UnknownWord;

/// What a time limit outside working hours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// Days a trader has for filing what was gathered (Circular 80/2019/TT-BTC art. 4(2)).
    Gathering,
    /// Hours a lorry may be away (Decree 08/2015/ND-CP art. 81).
    TruckAway,
    /// Hours a boat may be away (the same).
    BoatAway,
    /// Hours by which either may be extended (the same).
    AwayExtension,
    /// Days by which an inspection may be extended (Customs Law 54/2014/QH13 art. 23(2)(b)).
    InspectionExtension,
}

impl TermKind {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gathering => "gathering",
            Self::TruckAway => "truck_away",
            Self::BoatAway => "boat_away",
            Self::AwayExtension => "away_extension",
            Self::InspectionExtension => "inspection_extension",
        }
    }
}

impl std::str::FromStr for TermKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let all = [
            Self::Gathering,
            Self::TruckAway,
            Self::BoatAway,
            Self::AwayExtension,
            Self::InspectionExtension,
        ];
        all.into_iter()
            .find(|kind| kind.word() == text)
            .ok_or(UnknownWord)
    }
}

/// A time limit counted by the calendar or the clock, not in working hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What it is for.
    pub kind: TermKind,
    /// How long, in the unit its kind names.
    pub amount: u32,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}
