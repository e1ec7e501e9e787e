//! What residents carry: goods by market and season, and quantities that reach a wished value.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::chance::Chance;
use super::trade::InventedLine;
use crate::data::{self, DataError, GoodsRow};

/// How often a commodity is met: in the town, in the uplands, and how much of that in the warm and
/// in the cold half of the year (percent).
struct Fare {
    hs: &'static str,
    town: u32,
    upland: u32,
    warm: u32,
    cold: u32,
}

const fn fare(hs: &'static str, town: u32, upland: u32, warm: u32, cold: u32) -> Fare {
    Fare {
        hs,
        town,
        upland,
        warm,
        cold,
    }
}

/// Bought across the border.
const IMPORTS: &[Fare] = &[
    fare("07032090", 12, 12, 100, 100),
    fare("07031019", 5, 8, 100, 100),
    fare("07031029", 2, 3, 100, 60),
    fare("07061010", 4, 6, 40, 100),
    fare("07049010", 2, 6, 20, 100),
    fare("07041020", 3, 1, 20, 100),
    fare("07095400", 3, 4, 30, 100),
    fare("08081000", 11, 8, 60, 100),
    fare("08083000", 8, 6, 80, 100),
    fare("08052100", 8, 6, 10, 100),
    fare("08061000", 7, 3, 100, 70),
    fare("08051010", 3, 3, 20, 100),
    fare("08091000", 3, 2, 100, 0),
    fare("08071900", 4, 2, 100, 20),
    fare("08062000", 2, 1, 60, 100),
    fare("10059099", 1, 6, 100, 100),
    fare("11081100", 2, 2, 100, 100),
    fare("11081300", 2, 3, 100, 100),
    fare("39241099", 5, 4, 100, 100),
    fare("39241010", 3, 2, 100, 100),
    fare("39249090", 4, 4, 100, 100),
    fare("61142000", 5, 3, 100, 60),
    fare("61143090", 4, 3, 60, 100),
    fare("61159500", 3, 3, 40, 100),
    fare("61130040", 1, 3, 100, 100),
    fare("63011000", 2, 2, 5, 100),
    fare("63014090", 7, 9, 10, 100),
    fare("63013090", 4, 4, 20, 100),
    fare("63022100", 4, 2, 100, 100),
    fare("63023290", 3, 2, 100, 100),
    fare("64029990", 8, 6, 100, 100),
    fare("64029199", 3, 4, 30, 100),
    fare("64039990", 2, 1, 80, 100),
];

/// Sold across the border.
const EXPORTS: &[Fare] = &[
    fare("03081920", 8, 1, 100, 100),
    fare("03077200", 10, 1, 100, 100),
    fare("08045021", 8, 2, 100, 25),
    fare("08045030", 6, 0, 100, 10),
    fare("08071100", 8, 2, 100, 60),
    fare("08039090", 6, 8, 100, 100),
    fare("08043000", 4, 2, 100, 50),
    fare("10063030", 3, 6, 60, 100),
    fare("10063099", 5, 6, 100, 100),
    fare("11081400", 5, 10, 100, 100),
];

/// Nobody carries less of a thing than this is worth.
const LEAST_LINE_VND: i64 = 30_000;

/// The goods at hand on one day at one market, each with its weight in a draw.
pub(super) struct Market(Vec<(u32, &'static str)>);

impl Market {
    /// The market of a month, for people of the town or of the uplands.
    pub(super) fn new(import: bool, town: bool, month: u32) -> Self {
        let fares = if import { IMPORTS } else { EXPORTS };
        let weigh = |fare: &Fare| {
            let base = if town { fare.town } else { fare.upland };
            let season = if (4..=9).contains(&month) {
                fare.warm
            } else {
                fare.cold
            };
            (base * season, fare.hs)
        };
        Self(
            fares
                .iter()
                .map(weigh)
                .filter(|(weight, _)| *weight > 0)
                .collect(),
        )
    }

    /// One to three different goods.
    pub(super) fn draw(&self, chance: &mut Chance) -> Vec<&'static str> {
        let wished = *chance.weighted(&[(45, 1_usize), (35, 2), (20, 3)]);
        let mut drawn: Vec<&'static str> = Vec::with_capacity(wished);
        while drawn.len() < wished {
            let hs = *chance.weighted(&self.0);
            if !drawn.contains(&hs) {
                drawn.push(hs);
            }
        }
        drawn
    }
}

/// Money a trade is settled in, with hundredths of a VND for one unit.
#[derive(Clone, Copy)]
pub(super) enum Currency {
    /// Dong.
    Vnd,
    /// Yuan at the week's rate.
    Cny {
        /// Hundredths of a VND for one yuan.
        rate: i64,
    },
}

/// The catalogue by code.
pub(super) struct Catalogue(BTreeMap<String, GoodsRow>);

impl Catalogue {
    pub(super) fn load() -> Result<Self, DataError> {
        Ok(Self(
            data::goods()?
                .into_iter()
                .map(|row| (row.hs.clone(), row))
                .collect(),
        ))
    }

    /// A line of these goods worth at most `target` VND, or of the least quantity if that is more,
    /// and its value in VND.
    pub(super) fn line(
        &self,
        hs: &str,
        target: i64,
        currency: Currency,
        chance: &mut Chance,
    ) -> Result<(InventedLine, i64), DataError> {
        let goods = self.goods(hs)?;
        let wish = goods.reference_price_vnd * i64::from(chance.between(88, 112)) / 100;
        // Prices are spoken in half thousands of dong or in tenths of a yuan.
        let (price, rate) = match currency {
            Currency::Vnd => ((wish / 500).max(1) * 50_000, 100),
            Currency::Cny { rate } => ((wish * 1_000 / rate).max(1) * 10, rate),
        };
        let step = if customary_unit(goods) == "kg" {
            100
        } else {
            1_000
        };
        // Thousandths of a unit, hundredths of a price and of a rate: seven decimals in all.
        let quantity = (target * 10_000_000 / (price * rate) / step).max(1) * step;
        let value = quantity * price * rate / 10_000_000;
        Ok((write_line(goods, quantity, price, currency, chance), value))
    }

    /// Lines of these goods that together are worth at most `target` VND, if they can be.
    pub(super) fn lines(
        &self,
        mut goods: Vec<&'static str>,
        target: i64,
        currency: Currency,
        chance: &mut Chance,
    ) -> Result<Vec<InventedLine>, DataError> {
        // What is weighed comes last: it fills the rest most closely.
        goods.sort_by_key(|hs| {
            self.0
                .get(*hs)
                .is_some_and(|row| customary_unit(row) == "kg")
        });
        let (mut lines, mut left) = (Vec::with_capacity(goods.len()), target);
        for (place, hs) in goods.iter().enumerate() {
            let last = place + 1 == goods.len();
            let share = if last {
                left
            } else {
                left * i64::from(chance.between(35, 60)) / 100
            };
            let (line, value) = self.line(hs, share, currency, chance)?;
            lines.push(line);
            left -= value;
            if left < LEAST_LINE_VND {
                break;
            }
        }
        Ok(lines)
    }

    /// A line of exactly this quantity (thousandths) at this price in whole VND.
    pub(super) fn exact_line(
        &self,
        hs: &str,
        quantity: i64,
        price_vnd: i64,
        chance: &mut Chance,
    ) -> Result<InventedLine, DataError> {
        Ok(write_line(
            self.goods(hs)?,
            quantity,
            price_vnd * 100,
            Currency::Vnd,
            chance,
        ))
    }

    fn goods(&self, hs: &str) -> Result<&GoodsRow, DataError> {
        self.0
            .get(hs)
            .ok_or_else(|| DataError::UnknownGoods { hs: hs.to_owned() })
    }
}

fn customary_unit(goods: &GoodsRow) -> &str {
    goods.units().next().unwrap_or_default()
}

fn write_line(
    goods: &GoodsRow,
    quantity: i64,
    price: i64,
    currency: Currency,
    chance: &mut Chance,
) -> InventedLine {
    let unit = customary_unit(goods);
    let grams = if unit == "kg" {
        quantity * i64::from(chance.between(102, 106)) / 100
    } else {
        quantity * grams_of_piece(&goods.hs) / 1_000
    };
    let currency = match currency {
        Currency::Vnd => "VND",
        Currency::Cny { .. } => "CNY",
    };
    InventedLine {
        hs: goods.hs.clone(),
        name: goods.name_vi.clone(),
        quantity: decimal(quantity, 3),
        unit: unit.to_owned(),
        weight_kg: decimal(grams, 3),
        unit_price: decimal(price, 2),
        currency,
        origin: "CN",
        condition: "new",
        certificate: goods
            .quarantine
            .as_deref()
            .map(|kind| certificate(kind, chance)),
    }
}

/// About what a packed piece weighs.
fn grams_of_piece(hs: &str) -> i64 {
    const BY_PREFIX: &[(&str, i64)] = &[
        ("6301", 2_300),
        ("6302", 900),
        ("6115", 60),
        ("61", 320),
        ("64", 850),
        ("42", 3_500),
    ];
    BY_PREFIX
        .iter()
        .find(|(prefix, _)| hs.starts_with(prefix))
        .map_or(450, |(_, grams)| *grams)
}

/// An invented number: plant quarantine (KDTV) or aquatic quarantine (KDTS).
fn certificate(quarantine: &str, chance: &mut Chance) -> String {
    let kind = if quarantine == "plant" {
        "KDTV"
    } else {
        "KDTS"
    };
    format!("22-{kind}-{:06}", chance.between(1, 999_999))
}

fn decimal(value: i64, places: u32) -> String {
    Decimal::new(value, places).normalize().to_string()
}
