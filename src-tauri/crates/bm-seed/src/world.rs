//! An invented, reproducible world: residents of the border communes and a month of their trade.
//!
//! The same seed and the same date give the same bytes on every machine. Numbers follow the shape
//! of real papers but belong to nobody; a real holder of the same number is chance.

mod baskets;
mod chance;
mod names;
mod places;
mod planted;
mod rates;
mod residents;
mod trade;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::data::{DataError, RateRow};
pub use planted::PLANTED_RESIDENTS;
pub use residents::{InventedResident, MAX_RESIDENTS};
pub use trade::{InventedLine, InventedTrade, Situation};

/// What a seed and a date make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct World {
    seed: u64,
    today: NaiveDate,
}

impl World {
    /// The world of a seed as it stands on the morning of `today`, a day in Vietnam.
    #[must_use]
    pub const fn new(seed: u64, today: NaiveDate) -> Self {
        Self { seed, today }
    }

    /// The first `count` residents, made one at a time; at most [`MAX_RESIDENTS`].
    ///
    /// A resident depends on its place in the sequence alone, so that the first thousand are the
    /// same whether a thousand or a million are asked for.
    pub fn residents(&self, count: u32) -> impl Iterator<Item = InventedResident> + use<> {
        let world = *self;
        (0..count.min(MAX_RESIDENTS)).map(move |index| residents::invent(world, index))
    }

    /// Invented weekly rates of CNY and USD: nine weeks back, this week, four weeks ahead.
    #[must_use]
    pub fn rates(&self) -> Vec<RateRow> {
        rates::around(self.seed, self.today)
    }

    /// About one trade for each resident in the `days` days that end today at 10:00 Hanoi time,
    /// in the order of time.
    ///
    /// `days` is held between 28 and 62, so that a calendar month with five trips fits in and every
    /// day has a rate. With at least [`PLANTED_RESIDENTS`] residents every [`Situation`] occurs;
    /// with fewer none does.
    ///
    /// # Errors
    /// When an embedded table is damaged.
    pub fn month_of_trade(
        &self,
        residents: &[InventedResident],
        days: u32,
    ) -> Result<Vec<InventedTrade>, DataError> {
        trade::month(*self, residents, days)
    }
}
