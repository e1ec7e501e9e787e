//! Trade statistics: what a form is counted by, when it is counted, in which period (Circular
//! 52/2020/TT-BTC, which has border residents' goods in its scope).
//!
//! A form enters the statistics on the day it is released: before that its goods have not passed and
//! it may still be amended. In the report of a period stand the forms that were registered and
//! released within it; one that was released later stands only in the figures since the beginning of
//! the year, and so does a correction made after its period, on the day it was made.

// A choice out of words: the names, the words of files and of the wire, and the way to and from them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $one:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $one),+ }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$one),+];

            /// The word used in files and on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$one => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::resident::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let named = Self::ALL.iter().find(|one| one.word() == text.trim());
                named.copied().ok_or(crate::resident::UnknownWord)
            }
        }
    };
}

mod period;
mod plan;
mod table;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity};
use crate::decide::Decision;
use crate::declaration::{Direction, Draft, DraftLine};
use crate::hs::{HsCode, HsPrefix};
use crate::ids::PersonId;
use crate::money::{UnitPrice, Vnd};
use crate::quantity::Quantity;
use crate::text;

pub use period::{Period, PeriodKind};
pub use plan::{Basis, Dimension, Filter, Measure, ReportPlan, Sorting};
pub use table::{Row, RowKind, Tabulated, tabulate};

/// Commodity codes that statistics show together under one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommodityGroup {
    /// Short code; groups are listed in its order.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// What begins with one of these belongs to it, unless a longer one of another group fits.
    pub prefixes: Vec<HsPrefix>,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// The goods of a line, as statistics tell them apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// Commodity code.
    pub hs: HsCode,
    /// Country of origin (import) or destination (export), ISO 3166; empty where it is not known.
    pub country: String,
    /// Unit of the quantity.
    pub unit: String,
}

/// Figures, one of each [`Measure`] in its smallest unit: VND, cents, grams, thousandths, pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts([i64; Measure::ALL.len()]);

impl Amounts {
    /// The figures that statistics keep of a form, in the order they are stored.
    pub const KEPT: [Measure; 13] = [
        Measure::Forms,
        Measure::Lines,
        Measure::Quantity,
        Measure::Weight,
        Measure::Mass,
        Measure::Value,
        Measure::Exempt,
        Measure::Excess,
        Measure::Duty,
        Measure::Excise,
        Measure::Environment,
        Measure::Vat,
        Measure::Fee,
    ];

    /// The figure of a measure, in its smallest unit.
    #[must_use]
    pub fn of(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Taxes => {
                let taxes = [
                    Measure::Duty,
                    Measure::Excise,
                    Measure::Environment,
                    Measure::Vat,
                ];
                taxes.into_iter().map(|tax| self.of(tax)).sum()
            }
            plain => self.0[plain as usize],
        }
    }

    /// The same figures with another one for a measure.
    #[must_use]
    pub const fn with(mut self, measure: Measure, figure: i64) -> Self {
        self.0[measure as usize] = figure;
        self
    }

    /// Adds `sign` times the other figures.
    pub fn add(&mut self, other: &Self, sign: i64) {
        for (sum, part) in self.0.iter_mut().zip(other.0) {
            *sum += sign * part;
        }
    }
}

/// One entry of the figures a report is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Code of the gate.
    pub gate: String,
    /// Which way the goods went.
    pub direction: Direction,
    /// Day of registration.
    pub registered: BusinessDay,
    /// Day on which it was counted.
    pub entered: BusinessDay,
    /// The goods; `None` for what belongs to a form as a whole.
    pub item: Option<Item>,
    /// Commune of the resident, by code.
    pub commune: String,
    /// The resident, where the figures tell.
    pub resident: Option<PersonId>,
    /// The figures.
    pub amounts: Amounts,
}

/// Grams in one unit of mass, by its folded name; `None` for any other unit. Statistics add up
/// tonnes from kg, g, tạ and lb (Circular 52/2020/TT-BTC); 1 tạ is 100 kg, 1 yến 10 kg (Decree
/// 86/2012/ND-CP), 1 lb is 0.45359237 kg by the international agreement of 1959.
#[must_use]
pub fn grams(unit: &str) -> Option<Decimal> {
    let (mantissa, places) = match text::fold(unit).trim() {
        "g" | "gam" | "gram" => (1, 0),
        "kg" | "kilogam" | "kilogram" => (1_000, 0),
        "yen" => (10_000, 0),
        "ta" => (100_000, 0),
        "tan" | "t" | "tonne" => (1_000_000, 0),
        "lb" | "pound" => (45_359_237, 5),
        _ => return None,
    };
    Some(Decimal::new(mantissa, places))
}

/// A quantity of a unit of mass in whole grams.
fn mass(quantity: Quantity, gram: Decimal) -> i64 {
    let exact = quantity.decimal() * gram;
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    whole.to_i64().unwrap_or_default()
}

/// What a form counts for: first as a whole, then line by line.
///
/// Tonnes are the quantities where every line is in a unit of mass; with one line in another unit
/// they are the gross weight of the form (Circular 52/2020/TT-BTC), a line without a weight then
/// counts by its own unit of mass. Taxes rounded by the form leave a difference to its lines: that
/// stands with the form as a whole.
#[must_use]
pub fn points(draft: &Draft, decision: &Decision) -> Vec<(Option<Item>, Amounts)> {
    let gram = |line: &DraftLine| grams(&line.unit);
    let by_mass = draft.lines.iter().all(|line| gram(line).is_some());
    let lines = draft.lines.iter().zip(&decision.lines);
    let mut points: Vec<_> = lines
        .map(|(line, decided)| {
            let weight = decided.weight.map(|weight| weight.grams());
            let own = gram(line).map(|gram| mass(line.quantity, gram));
            let mass = if by_mass { own } else { weight.or(own) };
            let taxes = &decided.taxes;
            let amounts = Amounts::default()
                .with(Measure::Lines, 1)
                .with(Measure::Quantity, line.quantity.thousandths())
                .with(Measure::Weight, weight.unwrap_or_default())
                .with(Measure::Mass, mass.unwrap_or_default())
                .with(Measure::Value, decided.value.dong())
                .with(Measure::Exempt, decided.exempt.dong())
                .with(Measure::Excess, decided.excess.dong())
                .with(Measure::Duty, taxes.duty.dong())
                .with(Measure::Excise, taxes.excise.dong())
                .with(Measure::Environment, taxes.environment.dong())
                .with(Measure::Vat, taxes.vat.dong());
            let item = Item {
                hs: line.hs,
                country: line.origin.clone(),
                unit: line.unit.clone(),
            };
            (Some(item), amounts)
        })
        .collect();
    let mut of_lines = Amounts::default();
    for (_, line) in &points {
        of_lines.add(line, 1);
    }
    let taxes = &decision.taxes;
    let beyond = [
        (Measure::Value, decision.value),
        (Measure::Exempt, decision.exempt),
        (Measure::Excess, decision.excess),
        (Measure::Duty, taxes.duty),
        (Measure::Excise, taxes.excise),
        (Measure::Environment, taxes.environment),
        (Measure::Vat, taxes.vat),
    ];
    let whole = Amounts::default()
        .with(Measure::Forms, 1)
        .with(Measure::Fee, decision.fee.dong());
    let whole = beyond.into_iter().fold(whole, |whole, (measure, of_form)| {
        whole.with(measure, of_form.dong() - of_lines.of(measure))
    });
    points.insert(0, (None, whole));
    points
}

/// An amount of VND in cents of a dollar at the rate of its day, rounded half up.
#[must_use]
pub fn cents(value: Vnd, rate: UnitPrice) -> Option<i64> {
    let exact = (value.decimal() * Decimal::ONE_HUNDRED).checked_div(rate.decimal())?;
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    whole.to_i64()
}

#[cfg(test)]
mod tests;
