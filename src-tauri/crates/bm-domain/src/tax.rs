//! Tax on the part of a line's value above the quota.
//!
//! Circular 80/2019/TT-BTC art. 6(3): above the quota customs computes duty and other taxes on the
//! form itself. The chain is that of every import: duty on the customs value, excise on value and
//! duty, environment tax on the quantity, value added tax on the sum of all.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Vnd;
use crate::quantity::Quantity;

/// Where shares of a dong are rounded (half up). Which of the two customs uses is not settled by
/// the texts seen, so it is dated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Each tax of each line; totals are sums of rounded lines.
    PerLine,
    /// Each tax of the form; what a line bears is its share of the rounded total.
    PerForm,
}

/// Rates that apply to one line, in percent; the environment tax in VND for one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Import or export duty.
    pub duty: Decimal,
    /// Excise.
    pub excise: Decimal,
    /// Environment protection tax, VND a unit.
    pub environment_vnd: Decimal,
    /// Value added tax.
    pub vat: Decimal,
}

/// Tax amounts in whole VND.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxes {
    /// Import or export duty.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub duty: Vnd,
    /// Excise.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub excise: Vnd,
    /// Environment protection tax.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub environment: Vnd,
    /// Value added tax.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub vat: Vnd,
}

impl Taxes {
    /// All taxes together.
    #[must_use]
    pub fn total(&self) -> Vnd {
        self.duty + self.excise + self.environment + self.vat
    }

    /// True when nothing is due.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    fn from_array(taxes: [Vnd; 4]) -> Self {
        let [duty, excise, environment, vat] = taxes;
        Self {
            duty,
            excise,
            environment,
            vat,
        }
    }
}

impl std::iter::Sum for Taxes {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::default(), |sum, item| Self {
            duty: sum.duty + item.duty,
            excise: sum.excise + item.excise,
            environment: sum.environment + item.environment,
            vat: sum.vat + item.vat,
        })
    }
}

/// One line as the tax sees it.
#[derive(Clone, Copy, Debug)]
pub struct TaxedLine {
    /// Customs value of the whole line.
    pub value: Vnd,
    /// Quantity of the whole line.
    pub quantity: Quantity,
    /// Rates that apply to it.
    pub rates: Rates,
}

/// Said when an amount leaves the range the program can hold.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("amount out of range")]
pub struct AmountOutOfRange;

impl TaxedLine {
    /// Exact taxes on `excess` VND of the line's value; the environment tax falls on the same share
    /// of the quantity. `settle` is applied to each tax before it becomes part of another's base.
    fn chain(
        &self,
        excess: Vnd,
        settle: impl Fn(Decimal) -> Option<Decimal>,
    ) -> Option<[Decimal; 4]> {
        if !excess.is_positive() {
            return Some([Decimal::ZERO; 4]);
        }
        let base = excess.decimal();
        let duty = settle(base.checked_mul(self.rates.duty)? / Decimal::ONE_HUNDRED)?;
        let excise = settle((base + duty).checked_mul(self.rates.excise)? / Decimal::ONE_HUNDRED)?;
        let environment = if self.rates.environment_vnd.is_zero() {
            Decimal::ZERO
        } else {
            let whole = self
                .quantity
                .decimal()
                .checked_mul(self.rates.environment_vnd)?;
            settle(whole.checked_mul(base)? / self.value.decimal())?
        };
        let vat_base = base + duty + excise + environment;
        let vat = settle(vat_base.checked_mul(self.rates.vat)? / Decimal::ONE_HUNDRED)?;
        Some([duty, excise, environment, vat])
    }

    /// Unrounded tax on the whole line for one VND of value: what the excess costs here.
    #[must_use]
    pub fn burden(&self) -> Decimal {
        let whole = self.chain(self.value, Some).unwrap_or_default();
        let value = self.value.decimal();
        if value.is_zero() {
            Decimal::ZERO
        } else {
            whole.iter().sum::<Decimal>() / value
        }
    }
}

/// Taxes of each line for the excess it bears, in the order of the lines.
///
/// # Errors
/// [`AmountOutOfRange`] when an amount is too large to hold.
pub fn taxes(
    lines: &[TaxedLine],
    excess: &[Vnd],
    rounding: Rounding,
) -> Result<Vec<Taxes>, AmountOutOfRange> {
    match rounding {
        Rounding::PerLine => per_line(lines, excess),
        Rounding::PerForm => per_form(lines, excess),
    }
}

fn per_line(lines: &[TaxedLine], excess: &[Vnd]) -> Result<Vec<Taxes>, AmountOutOfRange> {
    let whole_dong = |exact| Vnd::round(exact).map(Vnd::decimal);
    let one = |(line, excess): (&TaxedLine, &Vnd)| {
        let settled = line.chain(*excess, whole_dong).ok_or(AmountOutOfRange)?;
        Ok(Taxes::from_array(
            settled.map(|exact| Vnd::round(exact).unwrap_or_default()),
        ))
    };
    lines.iter().zip(excess).map(one).collect()
}

/// Rounds each tax once for the form, then hands the rounded total out to the lines: whole parts
/// first, the rest one dong each to the largest remainders, so that lines always add up.
fn per_form(lines: &[TaxedLine], excess: &[Vnd]) -> Result<Vec<Taxes>, AmountOutOfRange> {
    let exact = lines
        .iter()
        .zip(excess)
        .map(|(line, excess)| line.chain(*excess, Some).ok_or(AmountOutOfRange))
        .collect::<Result<Vec<_>, _>>()?;
    let mut shares = vec![[Vnd::ZERO; 4]; lines.len()];
    for kind in 0..4 {
        let column: Vec<Decimal> = exact.iter().map(|line| line[kind]).collect();
        let total = Vnd::round(column.iter().sum()).ok_or(AmountOutOfRange)?;
        let mut floors = Vec::with_capacity(column.len());
        for amount in &column {
            floors.push(Vnd::round(amount.floor()).ok_or(AmountOutOfRange)?);
        }
        let mut left = (total - floors.iter().copied().sum()).dong();
        let mut by_remainder: Vec<usize> = (0..column.len()).collect();
        by_remainder.sort_by_key(|&i| (std::cmp::Reverse(column[i] - column[i].floor()), i));
        for i in by_remainder {
            let extra = left.clamp(0, 1);
            left -= extra;
            shares[i][kind] = floors[i] + Vnd::new(extra);
        }
    }
    Ok(shares.into_iter().map(Taxes::from_array).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(value: i64, duty: i64, vat: i64) -> TaxedLine {
        TaxedLine {
            value: Vnd::new(value),
            quantity: Quantity::new(Decimal::TEN).expect("a quantity"),
            rates: Rates {
                duty: duty.into(),
                vat: vat.into(),
                ..Rates::default()
            },
        }
    }

    #[test]
    fn the_chain_of_the_worked_example() {
        // LAW vector 6: 5,000,000 declared, 3,000,000 above the quota, duty 12 %, VAT 8 %.
        let taxed = taxes(
            &[line(5_000_000, 12, 8)],
            &[Vnd::new(3_000_000)],
            Rounding::PerLine,
        );
        let expected = Taxes {
            duty: Vnd::new(360_000),
            vat: Vnd::new(268_800),
            ..Taxes::default()
        };
        assert_eq!(taxed, Ok(vec![expected]));
        assert_eq!(expected.total(), Vnd::new(628_800));
    }

    #[test]
    fn excise_and_environment_enter_the_base_of_vat() {
        let mut taxed = line(1_000_000, 10, 10);
        taxed.rates.excise = Decimal::from(50);
        taxed.rates.environment_vnd = Decimal::from(40_000);
        // Half the value is excess: half the ten units bear the environment tax.
        let got = taxes(&[taxed], &[Vnd::new(500_000)], Rounding::PerLine).expect("in range");
        let expected = Taxes {
            duty: Vnd::new(50_000),
            excise: Vnd::new(275_000),
            environment: Vnd::new(200_000),
            vat: Vnd::new(102_500),
        };
        assert_eq!(got, vec![expected]);
    }

    #[test]
    fn the_two_roundings_differ_as_they_should() {
        // Three lines of 5 dong at 10 %: half a dong each.
        let lines = [line(5, 10, 0); 3];
        let excess = [Vnd::new(5); 3];
        let duty = |rounding| -> Vec<i64> {
            let taxed = taxes(&lines, &excess, rounding).expect("in range");
            taxed.iter().map(|taxes| taxes.duty.dong()).collect()
        };
        assert_eq!(duty(Rounding::PerLine), [1, 1, 1]);
        assert_eq!(duty(Rounding::PerForm), [1, 1, 0]);
    }

    #[test]
    fn an_amount_too_large_is_said_so() {
        let mut huge = line(crate::money::VND_MAX, 100, 100);
        huge.rates.duty = Decimal::from(1_000_000);
        let got = taxes(&[huge], &[huge.value], Rounding::PerLine);
        assert_eq!(got, Err(AmountOutOfRange));
    }

    proptest! {
        #[test]
        fn lines_add_up_to_the_rounded_form(
            rows in prop::collection::vec((1_i64..50_000_000, 0_i64..=60, 0_i64..=10, 0_u8..=100), 1..12),
        ) {
            let lines: Vec<_> = rows.iter().map(|&(v, d, t, _)| line(v, d, t)).collect();
            let excess: Vec<_> =
                rows.iter().map(|&(v, _, _, part)| Vnd::new(v * i64::from(part) / 100)).collect();
            let shared = taxes(&lines, &excess, Rounding::PerForm).expect("in range");
            let exact: Decimal =
                lines.iter().zip(&excess).map(|(l, e)| e.decimal() * l.rates.duty / Decimal::ONE_HUNDRED).sum();
            let total: Taxes = shared.iter().copied().sum();
            prop_assert_eq!(Some(total.duty), Vnd::round(exact));
            let single = taxes(&lines, &excess, Rounding::PerLine).expect("in range");
            let single: Taxes = single.into_iter().sum();
            let apart = (single.total().dong() - total.total().dong()).abs();
            prop_assert!(apart <= 4 * i64::try_from(lines.len()).expect("few"));
        }
    }
}
