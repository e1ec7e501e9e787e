//! Which lines are exempt and which bear the excess.
//!
//! The texts leave the order to the declarant, as the law leaves it to passengers. An order uses
//! the exemption up line by line: some lines wholly, at most one in part, the rest not at all.

use crate::declaration::Allocation;
use crate::money::Vnd;
use crate::tax::{AmountOutOfRange, Rounding, TaxedLine, Taxes, taxes};

/// Up to so many lines every possible order is tried; above it the order is by burden, which is
/// least before rounding and at most a few dong off after it.
pub const EXACT_LINES_MAX: usize = 8;

/// Exempt part of each line, in VND, in the order of the lines.
///
/// # Errors
/// [`AmountOutOfRange`] when a tax is too large to hold.
pub fn allocate(
    lines: &[TaxedLine],
    allowance: Vnd,
    allocation: Allocation,
    rounding: Rounding,
) -> Result<Vec<Vnd>, AmountOutOfRange> {
    let entered: Vec<usize> = (0..lines.len()).collect();
    let total: Vnd = lines.iter().map(|line| line.value).sum();
    let nothing_to_choose = total <= allowance || !allowance.is_positive();
    if allocation == Allocation::Entered || nothing_to_choose {
        return Ok(in_order(lines, allowance, &entered));
    }
    let greedy = in_order(lines, allowance, &by_burden(lines));
    if lines.len() > EXACT_LINES_MAX {
        return Ok(greedy);
    }
    least_of_all(lines, allowance, rounding, greedy)
}

/// Lines with the heaviest tax on a dong first; equal ones as entered.
fn by_burden(lines: &[TaxedLine]) -> Vec<usize> {
    let burdens: Vec<_> = lines.iter().map(TaxedLine::burden).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(burdens[i]), i));
    order
}

fn in_order(lines: &[TaxedLine], allowance: Vnd, order: &[usize]) -> Vec<Vnd> {
    let mut left = allowance;
    let mut exempt = vec![Vnd::ZERO; lines.len()];
    for &i in order {
        exempt[i] = lines[i].value.min(left);
        left = left - exempt[i];
    }
    exempt
}

/// Tries every set of wholly exempt lines with every line as the one exempt in part.
fn least_of_all(
    lines: &[TaxedLine],
    allowance: Vnd,
    rounding: Rounding,
    greedy: Vec<Vnd>,
) -> Result<Vec<Vnd>, AmountOutOfRange> {
    let mut least = (cost(lines, &greedy, rounding)?, greedy);
    for wholly in 0_u32..1 << lines.len() {
        let is_whole = |i: usize| wholly & (1 << i) != 0;
        let used: Vnd = (0..lines.len())
            .filter(|&i| is_whole(i))
            .map(|i| lines[i].value)
            .sum();
        if used > allowance {
            continue;
        }
        for partly in (0..lines.len()).filter(|&i| !is_whole(i)) {
            let rest = allowance - used;
            if lines[partly].value <= rest {
                continue;
            }
            let exempt: Vec<Vnd> = (0..lines.len())
                .map(|i| match i {
                    _ if is_whole(i) => lines[i].value,
                    _ if i == partly => rest,
                    _ => Vnd::ZERO,
                })
                .collect();
            let cost = cost(lines, &exempt, rounding)?;
            if cost < least.0 {
                least = (cost, exempt);
            }
        }
    }
    Ok(least.1)
}

fn cost(lines: &[TaxedLine], exempt: &[Vnd], rounding: Rounding) -> Result<Vnd, AmountOutOfRange> {
    let excess: Vec<Vnd> = lines
        .iter()
        .zip(exempt)
        .map(|(l, e)| l.value.above(*e))
        .collect();
    let taxed = taxes(lines, &excess, rounding)?;
    Ok(taxed.iter().map(Taxes::total).sum())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::quantity::Quantity;
    use crate::tax::Rates;

    fn line(value: i64, duty: i64, vat: i64) -> TaxedLine {
        TaxedLine {
            value: Vnd::new(value),
            quantity: Quantity::new(Decimal::ONE).expect("a quantity"),
            rates: Rates {
                duty: duty.into(),
                vat: vat.into(),
                ..Rates::default()
            },
        }
    }

    fn dong(parts: &[Vnd]) -> Vec<i64> {
        parts.iter().map(|part| part.dong()).collect()
    }

    #[test]
    fn entered_order_uses_the_first_lines_first() {
        let lines = [
            line(1_500_000, 5, 0),
            line(1_000_000, 40, 0),
            line(300_000, 0, 0),
        ];
        let limit = Vnd::new(2_000_000);
        let split =
            |allocation| allocate(&lines, limit, allocation, Rounding::PerLine).expect("ok");
        assert_eq!(dong(&split(Allocation::Entered)), [1_500_000, 500_000, 0]);
        assert_eq!(
            dong(&split(Allocation::LeastTax)),
            [1_000_000, 1_000_000, 0]
        );
    }

    /// Every permutation, by Heap's algorithm: written apart from the code it checks.
    fn permutations(n: usize) -> Vec<Vec<usize>> {
        if n == 0 {
            return vec![vec![]];
        }
        let mut all = Vec::new();
        for shorter in permutations(n - 1) {
            for place in 0..=shorter.len() {
                let mut order = shorter.clone();
                order.insert(place, n - 1);
                all.push(order);
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn least_tax_costs_no_more_than_any_order(
            rows in prop::collection::vec((1_i64..3_000_000, 0_i64..=60, 0_i64..=10), 1..6),
            allowance in 0_i64..5_000_000,
            per_form: bool,
        ) {
            let rounding = if per_form { Rounding::PerForm } else { Rounding::PerLine };
            let lines: Vec<_> = rows.iter().map(|&(v, d, t)| line(v, d, t)).collect();
            let allowance = Vnd::new(allowance);
            let least = allocate(&lines, allowance, Allocation::LeastTax, rounding).expect("ok");
            let total: Vnd = lines.iter().map(|line| line.value).sum();
            prop_assert_eq!(least.iter().copied().sum::<Vnd>(), total.min(allowance));
            let least_cost = cost(&lines, &least, rounding).expect("ok");
            let best = permutations(lines.len())
                .iter()
                .map(|order| cost(&lines, &in_order(&lines, allowance, order), rounding).expect("ok"))
                .min();
            prop_assert_eq!(Some(least_cost), best);
        }

        #[test]
        fn many_lines_are_within_rounding_of_the_least(
            rows in prop::collection::vec((1_i64..300_000, 0_i64..=60), 9..30),
            allowance in 1_i64..2_000_000,
        ) {
            let lines: Vec<_> = rows.iter().map(|&(v, d)| line(v, d, 0)).collect();
            let allowance = Vnd::new(allowance);
            let split = |by| allocate(&lines, allowance, by, Rounding::PerLine).expect("ok");
            let least = cost(&lines, &split(Allocation::LeastTax), Rounding::PerLine).expect("ok");
            let entered = cost(&lines, &split(Allocation::Entered), Rounding::PerLine).expect("ok");
            let slack = Vnd::new(i64::try_from(lines.len()).expect("few"));
            prop_assert!(least <= entered + slack);
        }
    }
}
