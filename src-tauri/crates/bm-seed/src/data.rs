//! The embedded tables: catalogue, goods list, value added tax, gates, communes, exchange rates.
//!
//! Each is a CSV file under `data/`, so that an office can open, correct and import it again.
//! Rows come back as plain values; what they mean is for the domain to say.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[cfg(test)]
mod tests;

/// The catalogue as CSV text.
pub const GOODS_CSV: &str = include_str!("../data/goods.csv");
/// The list of goods residents may import, as CSV text.
pub const GOODS_LIST_CSV: &str = include_str!("../data/goods-list.csv");
/// The value added tax rates as CSV text.
pub const VAT_CSV: &str = include_str!("../data/vat.csv");
/// The border gates of Quảng Ninh as CSV text.
pub const GATES_CSV: &str = include_str!("../data/gates.csv");
/// The candidate border communes of Quảng Ninh as CSV text.
pub const COMMUNES_CSV: &str = include_str!("../data/communes.csv");
/// Public holidays as CSV text.
pub const HOLIDAYS_CSV: &str = include_str!("../data/holidays.csv");
/// What the customs units of Quảng Ninh are called on prints, by date, as CSV text.
pub const TITLES_CSV: &str = include_str!("../data/titles.csv");
/// Time limits outside working hours as CSV text.
pub const TERMS_CSV: &str = include_str!("../data/terms.csv");
/// Patterns of trade that are watched for, as CSV text; the thresholds are ours.
pub const PATTERNS_CSV: &str = include_str!("../data/patterns.csv");
/// Example weekly exchange rates as CSV text; the figures are invented.
pub const RATES_CSV: &str = include_str!("../data/rates.csv");

/// Groups of commodities in reports, as CSV text.
pub const GROUPS_CSV: &str = include_str!("../data/commodity-groups.csv");

/// Which template a form is printed with, as CSV text.
pub const FORMS_CSV: &str = include_str!("../data/forms.csv");
/// The templates by file name, in the language of typst.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("to-khai.typ", include_str!("../data/forms/to-khai.typ")),
    ("in-chong.typ", include_str!("../data/forms/in-chong.typ")),
    ("bang-ke.typ", include_str!("../data/forms/bang-ke.typ")),
    (
        "so-theo-doi.typ",
        include_str!("../data/forms/so-theo-doi.typ"),
    ),
    (
        "so-phuong-tien.typ",
        include_str!("../data/forms/so-phuong-tien.typ"),
    ),
    ("bien-lai.typ", include_str!("../data/forms/bien-lai.typ")),
    (
        "neo-nhat-ky.typ",
        include_str!("../data/forms/neo-nhat-ky.typ"),
    ),
    ("trang-thu.typ", include_str!("../data/forms/trang-thu.typ")),
    ("bao-cao.typ", include_str!("../data/forms/bao-cao.typ")),
];

/// Said when an embedded table is damaged: a mistake of the build, not of the user.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A row does not have the shape of its table.
    #[error("embedded table {table} cannot be read")]
    Unreadable {
        /// File name of the table.
        table: &'static str,
        /// What the reader met.
        source: csv::Error,
    },
    /// A commodity code is used that the catalogue does not hold.
    #[error("the catalogue has no goods {hs}")]
    UnknownGoods {
        /// The eight digits.
        hs: String,
    },
}

/// A commodity of the catalogue with its rates (tariff of Decree 26/2023/NĐ-CP).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GoodsRow {
    /// Eight digits without points.
    pub hs: String,
    /// Trade name in Vietnamese.
    pub name_vi: String,
    /// Trade name in English.
    pub name_en: String,
    /// Trade name in Chinese.
    pub name_zh: String,
    /// Units that may be used, separated by `/`, the customary one first.
    pub unit: String,
    /// Most-favoured-nation import duty in percent.
    pub mfn: Decimal,
    /// Ordinary import duty in percent.
    pub ordinary: Decimal,
    /// ASEAN-China import duty in percent; `None` where China is excepted.
    pub acfta: Option<Decimal>,
    /// `not_subject`, `reduced` or `standard`.
    pub vat_class: String,
    /// Excise in percent; `None` when there is none.
    pub excise: Option<Decimal>,
    /// Environment protection tax in VND per customary unit; `None` when there is none.
    pub environment: Option<Decimal>,
    /// Export duty in percent; `None` when it is not known.
    pub export_duty: Option<Decimal>,
    /// `plant` or `aquatic` where a quarantine certificate is needed.
    pub quarantine: Option<String>,
    /// 1 when used goods may not be imported (Circular 08/2023/TT-BCT), else 0.
    pub used_banned: u8,
    /// Invented price of one customary unit in whole VND.
    pub reference_price_vnd: i64,
    /// First day of tariff and checks; `None` where it is not known.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// The texts of tariff and checks.
    #[serde(default)]
    pub basis: String,
    /// What else the officer should know, in Vietnamese.
    pub note: String,
}

impl GoodsRow {
    /// The units that may be used, the customary one first.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.unit.split('/')
    }
}

/// An entry of the goods list (Circular 34/2025/TT-BCT).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GoodsListRow {
    /// The first two, four, six or eight digits of the codes meant.
    pub hs_prefix: String,
    /// `include` or `exclude`; the longest prefix decides.
    pub rule: String,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Last day it holds; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text, in Vietnamese.
    pub basis: String,
}

/// The rate of one class of value added tax in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct VatRow {
    /// `not_subject`, `reduced` or `standard`.
    pub class: String,
    /// Rate in percent.
    pub rate_percent: Decimal,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Last day it holds; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text, in Vietnamese.
    pub basis: String,
}

/// A place where goods cross (Decree 112/2014/NĐ-CP art. 4, Decree 153/2026/NĐ-CP).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GateRow {
    /// Short ASCII code, stable for ever.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// `international`, `main`, `sub`, `opening` or `clearance_passage`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the gate it belongs to.
    pub parent: Option<String>,
    /// Code of the customs office in the national system.
    pub office_code: String,
    /// Number of the customs region the office belongs to.
    pub region: String,
    /// The place across the border.
    pub partner: String,
    /// First day it is open; `None` when it is not known.
    pub open_from: Option<NaiveDate>,
    /// Last day it is open; `None` while it is.
    pub open_to: Option<NaiveDate>,
    /// When its day begins, Hanoi time.
    #[serde(deserialize_with = "clock_time::deserialize")]
    pub opens_at: NaiveTime,
    /// When its day ends, Hanoi time.
    #[serde(deserialize_with = "clock_time::deserialize")]
    pub closes_at: NaiveTime,
    /// Source and doubts, in Vietnamese.
    pub note: String,
}

/// A commune whose permanent residents may be border residents (Decree 14/2018/NĐ-CP art. 3(3)).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommuneRow {
    /// Five digits of the statistics office.
    pub code: String,
    /// Name in Vietnamese.
    pub name: String,
    /// Code of the province.
    pub province_code: String,
    /// First day it is on the list.
    pub valid_from: NaiveDate,
    /// Last day it is on the list; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text and doubts, in Vietnamese.
    pub basis: String,
    /// Names before the reform of 1 July 2025 that old cards may bear, separated by `;`.
    pub old_names: String,
}

/// What a customs unit, or whoever signs for it, is called in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TitleRow {
    /// `department`, `region`, `head`, or the code of a gate.
    pub unit: String,
    /// Its title in Vietnamese.
    pub title: String,
    /// First day it is called so.
    pub valid_from: NaiveDate,
    /// Last day; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text, in Vietnamese.
    pub basis: String,
}

/// A public holiday (Labour Code 45/2019/QH14 art. 112).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct HolidayRow {
    /// The day.
    pub day: NaiveDate,
    /// What is kept, in Vietnamese.
    pub name: String,
    /// The legal text.
    pub basis: String,
    /// Doubts, in Vietnamese.
    pub note: String,
}

/// How a form is printed in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FormRow {
    /// Which form.
    pub form: String,
    /// File name of the template, one of [`TEMPLATES`].
    pub source: String,
    /// `a4` or `a5`.
    pub paper: String,
    /// How many originals.
    pub copies: u8,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Last day it holds; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text and doubts, in Vietnamese.
    pub basis: String,
}

/// Commodity codes that reports show together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GroupRow {
    /// Short code; groups are listed in its order.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// What codes of the group begin with, separated by `/`.
    pub prefixes: String,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Last day it holds; `None` while it has no end.
    pub valid_to: Option<NaiveDate>,
    /// The legal text and doubts, in Vietnamese.
    pub basis: String,
}

/// A pattern of trade that is watched for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PatternRow {
    /// Which.
    pub pattern: String,
    /// 1 when it is watched for, else 0.
    pub enabled: u8,
    /// Fewest persons, or gates.
    pub threshold: u32,
    /// Minutes between the first and the last form.
    pub window_minutes: u32,
    /// Percent of the limit, or by which quantities may differ.
    pub share_percent: u32,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// The text it rests on.
    pub basis: String,
    /// What it means, in Vietnamese.
    pub note: String,
}

/// A time limit counted in days or hours.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TermRow {
    /// What it is for.
    pub kind: String,
    /// How many days or hours, as its kind says.
    pub amount: u32,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// The legal text.
    pub basis: String,
    /// Its unit, in Vietnamese.
    pub note: String,
}

/// The rate of one currency in one week (Circular 38/2015/TT-BTC art. 35).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RateRow {
    /// ISO 4217 code.
    pub currency: String,
    /// VND for one unit.
    pub rate_vnd: Decimal,
    /// Thursday of the week before, when the bank quoted it.
    pub thursday: NaiveDate,
    /// Monday of the week in which forms use it.
    pub valid_from: NaiveDate,
    /// Sunday of that week.
    pub valid_to: NaiveDate,
    /// Who quoted it; `demo` when it is invented.
    pub source: String,
}

/// The catalogue.
///
/// # Errors
/// When the embedded table is damaged; so for the other tables.
pub fn goods() -> Result<Vec<GoodsRow>, DataError> {
    rows("goods.csv", GOODS_CSV)
}

/// The goods residents may import.
///
/// # Errors
/// As [`goods`].
pub fn goods_list() -> Result<Vec<GoodsListRow>, DataError> {
    rows("goods-list.csv", GOODS_LIST_CSV)
}

/// The value added tax rates.
///
/// # Errors
/// As [`goods`].
pub fn vat() -> Result<Vec<VatRow>, DataError> {
    rows("vat.csv", VAT_CSV)
}

/// The border gates of Quảng Ninh.
///
/// # Errors
/// As [`goods`].
pub fn gates() -> Result<Vec<GateRow>, DataError> {
    rows("gates.csv", GATES_CSV)
}

/// The candidate border communes of Quảng Ninh; which of them touch the border is unconfirmed.
///
/// # Errors
/// As [`goods`].
pub fn communes() -> Result<Vec<CommuneRow>, DataError> {
    rows("communes.csv", COMMUNES_CSV)
}

/// Example exchange rates for fourteen weeks of 2026.
///
/// # Errors
/// As [`goods`].
pub fn rates() -> Result<Vec<RateRow>, DataError> {
    rows("rates.csv", RATES_CSV)
}

/// Public holidays of 2026; those of the lunar calendar are to be confirmed each year.
///
/// # Errors
/// As [`goods`].
pub fn holidays() -> Result<Vec<HolidayRow>, DataError> {
    rows("holidays.csv", HOLIDAYS_CSV)
}

/// How each form is printed.
///
/// # Errors
/// As [`goods`].
pub fn forms() -> Result<Vec<FormRow>, DataError> {
    rows("forms.csv", FORMS_CSV)
}

/// Groups of commodities in reports.
///
/// # Errors
/// As [`goods`].
pub fn groups() -> Result<Vec<GroupRow>, DataError> {
    rows("commodity-groups.csv", GROUPS_CSV)
}

/// What the customs units are called on prints.
///
/// # Errors
/// As [`goods`].
pub fn titles() -> Result<Vec<TitleRow>, DataError> {
    rows("titles.csv", TITLES_CSV)
}

/// Time limits outside working hours.
///
/// # Errors
/// As [`goods`].
pub fn terms() -> Result<Vec<TermRow>, DataError> {
    rows("terms.csv", TERMS_CSV)
}

/// Patterns of trade that are watched for.
///
/// # Errors
/// When the embedded table is damaged.
pub fn patterns() -> Result<Vec<PatternRow>, DataError> {
    rows("patterns.csv", PATTERNS_CSV)
}

fn rows<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<Vec<T>, DataError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|source| DataError::Unreadable { table, source })
}

/// Times of day as people write them, `07:00`, which the library's own form (with seconds) is not.
mod clock_time {
    use chrono::NaiveTime;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(source)?;
        NaiveTime::parse_from_str(&text, "%H:%M").map_err(D::Error::custom)
    }
}
