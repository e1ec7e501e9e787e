//! Seeded chance. Draws are made here, from the bare generator, because the ready-made
//! distributions of the random libraries may change their results between versions.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A sequence of draws that depends on a seed and a stream alone.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// Streams of one seed are independent: each resident and each day has its own.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number from zero to just under `bound`. The remainder prefers low numbers by less than
    /// `bound` in four thousand million, which nobody sees in invented data.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something happens that happens in `permille` of a thousand cases.
    pub(super) fn happens(&mut self, permille: u32) -> bool {
        self.below(1_000) < permille
    }

    /// One of the items, each as likely; they may not be empty.
    pub(super) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.0.next_u32() as usize % items.len()]
    }

    /// One of the items by its weight; they may not be empty.
    pub(super) fn weighted<'a, T>(&mut self, items: &'a [(u32, T)]) -> &'a T {
        let mut left = self.below(items.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in items {
            if left < *weight {
                return item;
            }
            left -= weight;
        }
        &items[0].1
    }
}

/// Sends the numbers under `period` to one another so that none is met twice and neighbours part.
///
/// `multiplier` must share no factor with `period`.
pub(super) fn scatter(index: u32, multiplier: u64, seed: u64, period: u32) -> u32 {
    let period = u64::from(period);
    // The golden ratio's bits part seeds that are near each other.
    let shift = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let place = (u64::from(index) * multiplier + shift % period) % period;
    u32::try_from(place).expect("a remainder is below its divisor, which is a u32")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |seed, stream| {
            let mut chance = Chance::new(seed, stream);
            [(); 4].map(|()| chance.below(1_000_000))
        };
        assert_eq!(draw(1, 1), draw(1, 1));
        assert_ne!(draw(1, 1), draw(1, 2), "streams differ");
        assert_ne!(draw(1, 1), draw(2, 1), "seeds differ");
    }

    #[test]
    fn weights_are_kept() {
        let mut chance = Chance::new(7, 7);
        let often = (0..10_000)
            .filter(|_| *chance.weighted(&[(1, false), (9, true)]))
            .count();
        assert!((8_800..9_200).contains(&often), "{often} of 10,000");
    }

    #[test]
    fn scattering_meets_every_number_once() {
        let met: BTreeSet<u32> = (0..1_000).map(|i| scatter(i, 271, 99_999, 1_000)).collect();
        assert_eq!(met.len(), 1_000);
        assert_eq!(met.last(), Some(&999));
    }
}
