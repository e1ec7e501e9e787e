//! Goods: what a commodity code means, how it is taxed, and which goods residents may import.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity};
use crate::hs::{HsCode, HsPrefix};
use crate::money::Vnd;
use crate::resident::UnknownWord;

/// Which rate of value added tax applies; the rate itself is dated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VatClass {
    /// Not subject to the tax: unprocessed farm goods.
    NotSubject,
    /// The reduced rate.
    Reduced,
    /// The standard rate, lowered for a time by resolution.
    Standard,
}

impl std::str::FromStr for VatClass {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "not_subject" => Ok(Self::NotSubject),
            "reduced" => Ok(Self::Reduced),
            "standard" => Ok(Self::Standard),
            _ => Err(UnknownWord),
        }
    }
}

impl VatClass {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotSubject => "not_subject",
            Self::Reduced => "reduced",
            Self::Standard => "standard",
        }
    }
}

/// Which specialised check applies before release (Circular 80/2019/TT-BTC art. 6(6)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quarantine {
    /// Plants and plant products.
    Plant,
    /// Aquatic animals and their products.
    Aquatic,
    /// Land animals and their products.
    Animal,
}

impl std::str::FromStr for Quarantine {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "plant" => Ok(Self::Plant),
            "aquatic" => Ok(Self::Aquatic),
            "animal" => Ok(Self::Animal),
            _ => Err(UnknownWord),
        }
    }
}

/// The rates of one commodity code, in percent unless said otherwise; `None` where the table held
/// does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    /// Most-favoured-nation import duty.
    pub mfn: Option<Decimal>,
    /// Ordinary import duty, for goods of unknown or unfavoured origin.
    pub ordinary: Option<Decimal>,
    /// ASEAN-China preference; needs a proof of origin.
    pub acfta: Option<Decimal>,
    /// Excise.
    pub excise: Option<Decimal>,
    /// Environment protection tax in VND for one unit of quantity.
    pub environment_vnd: Option<Decimal>,
    /// Class of value added tax.
    pub vat: Option<VatClass>,
    /// Export duty.
    pub export_duty: Option<Decimal>,
}

/// A commodity code as held in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// The code.
    pub hs: HsCode,
    /// Trade name in Vietnamese.
    pub name_vi: String,
    /// Trade name in English; empty where not known.
    #[serde(default)]
    pub name_en: String,
    /// Trade name in Chinese; empty where not known.
    #[serde(default)]
    pub name_zh: String,
    /// Units the tariff names, the usual one first.
    #[serde(default)]
    pub units: Vec<String>,
    /// How it is taxed.
    #[serde(default)]
    pub tariff: Tariff,
    /// Which specialised check applies.
    #[serde(default)]
    pub quarantine: Option<Quarantine>,
    /// Whether used pieces may not be imported (Circular 08/2023/TT-BCT app. 1.I).
    #[serde(default)]
    pub used_banned: bool,
    /// Reference price in VND for one usual unit (Circular 80/2019/TT-BTC art. 9(3)).
    #[serde(default)]
    pub reference_price: Option<Vnd>,
    /// Days on which all this holds; since always where it was entered without a date.
    #[serde(default = "always", skip_serializing_if = "is_always")]
    pub validity: Validity,
    /// The text tariff and checks come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

/// Without a known beginning or end: since 1 January 1970.
#[must_use]
pub fn always() -> Validity {
    Validity::since(BusinessDay::new(chrono::NaiveDate::default()))
}

fn is_always(validity: &Validity) -> bool {
    *validity == always()
}

/// Whether an entry of the list names goods as allowed or as an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListRule {
    /// Residents may import them.
    Include,
    /// Named as excluded.
    Exclude,
}

impl std::str::FromStr for ListRule {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "include" => Ok(Self::Include),
            "exclude" => Ok(Self::Exclude),
            _ => Err(UnknownWord),
        }
    }
}

/// One entry of the list of goods residents may import (Circular 02/2018/TT-BCT app. I as amended).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    /// Chapter, heading, sub-heading or code it covers.
    pub prefix: HsPrefix,
    /// Allowed or excluded.
    pub rule: ListRule,
    /// Days on which the entry holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// What the list says of a code on a day; the longest prefix decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListVerdict<'a> {
    /// Residents may import it.
    Listed(&'a ListEntry),
    /// Named as excluded.
    Excluded(&'a ListEntry),
    /// No entry covers it.
    NotListed,
    /// No list is held for that day.
    NoList,
}
