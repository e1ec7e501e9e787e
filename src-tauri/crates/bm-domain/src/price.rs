//! Prices: what customs holds against a declared price, and how prices of the same goods spread.
//!
//! Customs keeps prices of border residents' goods for reference and consultation (Circular
//! 80/2019/TT-BTC art. 9(3)). They warn; the declared price stays what was declared.
//!
//! What was declared of late is kept as counts by price class, so that neither a form nor a person
//! can be read out of it. A class is a sixteenth of a doubling wide: 3 to 6 percent of the price.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity};
use crate::hs::HsCode;
use crate::money::Vnd;
use crate::quantity::Quantity;

/// A price of reference for goods at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferencePrice {
    /// Commodity code.
    pub hs: HsCode,
    /// Unit it is for.
    pub unit: String,
    /// Code of the gate it holds at; empty for everywhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// VND for one unit.
    pub price: Vnd,
    /// Days on which it holds.
    pub validity: Validity,
    /// Where it comes from.
    pub source: String,
}

/// When a declared price is told to be far from the reference, and what is shown of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceWatch {
    /// A price is far when it is more than so many times the reference, or less than the reference
    /// divided by that.
    pub times: Decimal,
    /// Calendar months that are looked back on, the running one included.
    pub months: u32,
    /// Fewest lines whose prices are shown: of fewer one could tell who declared them.
    pub least: u32,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// What is held against a price on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// VND for one unit.
    pub price: Vnd,
    /// Since when it holds; `None` where that is not known.
    pub since: Option<BusinessDay>,
    /// Where it comes from; empty where that is not known.
    pub source: &'a str,
}

/// Classes of a doubling.
const CLASSES: u64 = 16;

/// The class of the price of one unit; `None` when nothing was paid.
#[must_use]
pub fn class_of(value: Vnd, quantity: Quantity) -> Option<i32> {
    // Thousandths of a dong for one unit: goods are sold by the gram too.
    let thousandths = u128::try_from(value.dong()).ok()? * 1_000_000;
    let quantity = u128::try_from(quantity.thousandths()).ok()?;
    let price = u64::try_from(thousandths.checked_div(quantity)?).ok()?;
    let highest = price.checked_ilog2()?;
    let shift = highest.saturating_sub(4);
    let class = u64::from(shift) * CLASSES + (price >> shift);
    i32::try_from(class).ok()
}

/// Lowest price of a class, in thousandths of a dong.
fn start_of(class: i32) -> u128 {
    let class = u128::try_from(class).unwrap_or_default();
    let classes = u128::from(CLASSES);
    if class < 2 * classes {
        return class;
    }
    let shift = class / classes - 1;
    (class - shift * classes) << shift.min(100)
}

/// How prices spread, in VND for one unit. Each is exact to half a class; the ends are those of
/// their classes, so that every price lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Lines counted.
    pub lines: u64,
    /// The lowest price or a little less.
    pub least: Vnd,
    /// A quarter of the lines lies below.
    pub lower: Vnd,
    /// Half of them does.
    pub median: Vnd,
    /// Three quarters do.
    pub upper: Vnd,
    /// The highest price or a little more.
    pub most: Vnd,
}

/// The spread of lines counted by class; `None` without any.
#[must_use]
pub fn spread(counts: &BTreeMap<i32, u64>) -> Option<Spread> {
    let lines: u64 = counts.values().sum();
    let filled = || counts.iter().filter(|(_, count)| **count > 0);
    let (first, last) = (*filled().next()?.0, *filled().next_back()?.0);
    // Twice the price, so that the middle of a class is whole.
    let dong = |doubled: u128| {
        let rounded = (doubled + 1_000) / 2_000;
        Vnd::new(i64::try_from(rounded).unwrap_or(i64::MAX))
    };
    let quarter = |quarters: u64| {
        let rank = (lines * quarters).div_ceil(4).max(1);
        let mut passed = 0;
        let class = filled().find_map(|(class, count)| {
            passed += count;
            (passed >= rank).then_some(*class)
        });
        let class = class.unwrap_or(last);
        dong(start_of(class) + start_of(class + 1))
    };
    Some(Spread {
        lines,
        least: Vnd::new(i64::try_from(start_of(first) / 1_000).unwrap_or(i64::MAX)),
        lower: quarter(1),
        median: quarter(2),
        upper: quarter(3),
        most: Vnd::new(i64::try_from(start_of(last + 1).div_ceil(1_000)).unwrap_or(i64::MAX)),
    })
}

/// The number of a day's calendar month: months since the year 0.
#[must_use]
pub fn month_of(day: BusinessDay) -> i32 {
    use chrono::Datelike;
    let month = i32::try_from(day.date().month0()).unwrap_or_default();
    day.year() * 12 + month
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().expect("a quantity")
    }

    fn counted(prices: &[i64]) -> BTreeMap<i32, u64> {
        let mut counts = BTreeMap::new();
        for price in prices {
            let class = class_of(Vnd::new(*price), quantity("1")).expect("a class");
            *counts.entry(class).or_default() += 1;
        }
        counts
    }

    #[test]
    fn a_class_holds_prices_that_are_nearly_the_same() {
        let class = |vnd, of| class_of(Vnd::new(vnd), quantity(of));
        assert_eq!(class(32_000, "1"), class(64_000, "2"));
        assert_eq!(class(32_000, "1"), class(32, "0.001"));
        assert_eq!(class(32_000, "1"), class(32_100, "1"));
        assert_ne!(class(32_000, "1"), class(34_100, "1"));
        assert!(class(31_000, "1") < class(33_000, "1"));
        assert_eq!(class(0, "1"), None, "a gift has no price");
    }

    #[test]
    fn the_spread_of_a_few_prices_is_theirs() {
        assert_eq!(spread(&BTreeMap::new()), None);
        let spread = spread(&counted(&[10_000, 20_000, 20_000, 30_000, 90_000])).expect("some");
        let near = |got: Vnd, price: i64| {
            let off = (got.dong() - price).abs();
            assert!(off * 100 <= price * 7, "{got} is not near {price}");
        };
        assert_eq!(spread.lines, 5);
        near(spread.lower, 20_000);
        near(spread.median, 20_000);
        near(spread.upper, 30_000);
        near(spread.least, 10_000);
        near(spread.most, 90_000);
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let month = |text: &str| month_of(text.parse().expect("a day"));
        assert_eq!(month("2027-01-01") - month("2026-12-31"), 1);
        assert_eq!(month("2026-11-30"), month("2026-11-01"));
    }

    proptest! {
        /// Against sorting the prices themselves.
        #[test]
        fn the_spread_is_near_that_of_the_prices(
            mut prices in proptest::collection::vec(1_i64..2_000_000_000, 1..60),
        ) {
            let found = spread(&counted(&prices)).expect("some");
            prices.sort_unstable();
            let at = |quarters: usize| prices[(prices.len() * quarters).div_ceil(4).max(1) - 1];
            for (got, price) in [
                (found.lower, at(1)),
                (found.median, at(2)),
                (found.upper, at(3)),
            ] {
                let off = (got.dong() - price).abs();
                prop_assert!(off * 16 <= price + 16, "{got} for {price}");
            }
            prop_assert!(found.least.dong() <= prices[0]);
            prop_assert!(found.most.dong() >= prices[prices.len() - 1]);
            prop_assert_eq!(found.lines, prices.len() as u64);
        }

        #[test]
        fn a_higher_price_is_in_no_lower_class(one in 1_i64..1_000_000_000_000, more in 0_i64..1_000) {
            let class = |vnd| class_of(Vnd::new(vnd), quantity("1"));
            prop_assert!(class(one) <= class(one + more));
            let class = class(one).expect("a class");
            let price = u128::try_from(one).expect("positive") * 1_000;
            prop_assert!(start_of(class) <= price && price < start_of(class + 1));
        }
    }
}
