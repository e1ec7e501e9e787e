//! The situations a demonstration and its tests must be able to count on.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::baskets::{Catalogue, Currency, Market};
use super::chance::Chance;
use super::trade::{
    AT_THE_LIMIT, CANCEL_REASONS, InventedLine, InventedTrade, Situation, counter, hanoi,
};
use super::{World, places, rates};
use crate::data::DataError;
use crate::world::InventedResident;

/// The first residents, whose months are planned.
pub const PLANTED_RESIDENTS: u32 = 28;

const STREAM: u64 = 1 << 42;
/// All planted trade falls within the hours in which every gate is open.
const MORNING: u32 = 8 * 3_600 + 1_500;
const AFTERNOON: u32 = 14 * 3_600 + 600;

/// The planted trade, in no order. `days` reach back from today at least four weeks.
pub(super) fn trades(
    world: World,
    residents: &[InventedResident],
    days: &[NaiveDate],
    catalogue: &Catalogue,
) -> Result<Vec<InventedTrade>, DataError> {
    let chance = Chance::new(world.seed, STREAM);
    let days = one_month(world.today, days);
    let mut stage = Stage {
        world,
        residents,
        catalogue,
        chance,
        days,
        trades: Vec::new(),
    };
    stage.trips()?;
    stage.limits()?;
    stage.lending()?;
    stage.refusals()?;
    stage.withdrawals()?;
    Ok(stage.trades)
}

/// The past days of one calendar month: of this one, or of the last while this one is young.
fn one_month(today: NaiveDate, days: &[NaiveDate]) -> Vec<NaiveDate> {
    let this_month = |day: &&NaiveDate| (day.year(), day.month()) == (today.year(), today.month());
    let past = days.iter().filter(|day| **day < today);
    let (recent, before): (Vec<&NaiveDate>, Vec<&NaiveDate>) = past.partition(this_month);
    let chosen = if recent.len() >= 7 { recent } else { before };
    let month = chosen.last().map(|day| day.month());
    chosen
        .into_iter()
        .copied()
        .filter(|day| Some(day.month()) == month)
        .collect()
}

struct Stage<'a> {
    world: World,
    residents: &'a [InventedResident],
    catalogue: &'a Catalogue,
    chance: Chance,
    /// Days of one calendar month, at least seven.
    days: Vec<NaiveDate>,
    trades: Vec<InventedTrade>,
}

impl Stage<'_> {
    /// People at three, four and five trips, twice on a day, and at two gates on a day.
    fn trips(&mut self) -> Result<(), DataError> {
        let plans: [(Range<usize>, usize, Situation); 3] = [
            (0..2, 3, Situation::ThreeTrips),
            (2..4, 4, Situation::FourTrips),
            (4..6, 5, Situation::FiveTrips),
        ];
        for (people, trips, situation) in plans {
            for resident in people {
                let gate = self.gate_of(resident);
                for trip in 0..trips {
                    let day = self.days[trip * self.days.len() / trips];
                    let lines = self.basket(resident, day, 600_000, 1_900_000)?;
                    let second = if trip % 2 == 0 { MORNING } else { AFTERNOON };
                    self.put(situation, resident, gate, day, second, lines);
                }
            }
        }
        for resident in 6..8 {
            let (gate, day) = (self.gate_of(resident), self.day(resident));
            for (second, least, most) in
                [(MORNING, 900_000, 1_500_000), (AFTERNOON, 350_000, 480_000)]
            {
                let lines = self.basket(resident, day, least, most)?;
                self.put(
                    Situation::SecondTripSameDay,
                    resident,
                    gate,
                    day,
                    second,
                    lines,
                );
            }
        }
        let day = self.day(8);
        for (gate, second) in [("HOANHMO", MORNING), ("MONGCAI", AFTERNOON)] {
            let lines = self.at_the_limit()?;
            self.put(Situation::TwoGatesSameDay, 8, gate, day, second, lines);
        }
        Ok(())
    }

    /// Values at the limit, one dong over it, and far over it.
    fn limits(&mut self) -> Result<(), DataError> {
        for resident in 9..11 {
            // 20 blankets of 250,000 VND.
            let line = self
                .catalogue
                .exact_line("63014090", 20_000, 250_000, &mut self.chance)?;
            self.alone(Situation::FiveMillion, resident, vec![line]);
        }
        for resident in 11..13 {
            let lines = self.at_the_limit()?;
            self.alone(Situation::ExactlyAtLimit, resident, lines);
        }
        let line = self
            .catalogue
            .exact_line("03081920", 1_000, 2_000_001, &mut self.chance)?;
        self.alone(Situation::OneDongOver, 13, vec![line]);
        Ok(())
    }

    /// Six people with one telephone carry the same goods, minutes apart, just under the limit.
    fn lending(&mut self) -> Result<(), DataError> {
        let day = self.day(14);
        let currency = Currency::Cny {
            rate: rates::yuan_on(self.world.seed, day),
        };
        let mut second = MORNING;
        for resident in 14..20 {
            let target = i64::from(self.chance.between(1_985_000, 1_999_000));
            let lines =
                self.catalogue
                    .lines(vec!["07032090"], target, currency, &mut self.chance)?;
            self.put(
                Situation::JustUnderLimit,
                resident,
                "MONGCAI",
                day,
                second,
                lines,
            );
            second += self.chance.between(90, 300);
        }
        Ok(())
    }

    /// Goods that are refused, and goods that must wait.
    fn refusals(&mut self) -> Result<(), DataError> {
        let plans = [
            (20, "39269099", Situation::OffList),
            (21, "10051000", Situation::SeedExcluded),
            (22, "10061010", Situation::SeedExcluded),
            (23, "61143090", Situation::UsedGoods),
            (24, "08081000", Situation::CertificateMissing),
        ];
        for (resident, hs, situation) in plans {
            let target = i64::from(self.chance.between(500_000, 1_400_000));
            let lines = self
                .catalogue
                .lines(vec![hs], target, Currency::Vnd, &mut self.chance)?;
            let used = situation == Situation::UsedGoods;
            let bare = situation == Situation::CertificateMissing;
            let fit = |mut line: InventedLine| {
                line.condition = if used { "used" } else { "new" };
                line.certificate = line.certificate.filter(|_| !bare);
                line
            };
            self.alone(situation, resident, lines.into_iter().map(fit).collect());
        }
        Ok(())
    }

    /// Forms that were registered and withdrawn.
    fn withdrawals(&mut self) -> Result<(), DataError> {
        for (resident, reason) in (25..28).zip(CANCEL_REASONS) {
            let lines = self.basket(resident, self.day(resident), 700_000, 1_900_000)?;
            self.alone(Situation::Cancelled, resident, lines);
            if let Some(trade) = self.trades.last_mut() {
                trade.cancel_reason = Some(reason);
            }
        }
        Ok(())
    }

    /// A day of the month for a resident; neighbours get different ones.
    fn day(&self, resident: usize) -> NaiveDate {
        self.days[(resident * 5 + 3) % self.days.len()]
    }

    fn gate_of(&mut self, resident: usize) -> &'static str {
        let place = places::of_commune(self.residents[resident].commune_code);
        let gate: &&str = self.chance.weighted(place.gates);
        gate
    }

    fn basket(
        &mut self,
        resident: usize,
        day: NaiveDate,
        least: u32,
        most: u32,
    ) -> Result<Vec<InventedLine>, DataError> {
        let town = places::of_commune(self.residents[resident].commune_code).town;
        let goods = Market::new(true, town, day.month()).draw(&mut self.chance);
        let target = i64::from(self.chance.between(least, most));
        let currency = Currency::Cny {
            rate: rates::yuan_on(self.world.seed, day),
        };
        self.catalogue
            .lines(goods, target, currency, &mut self.chance)
    }

    fn at_the_limit(&mut self) -> Result<Vec<InventedLine>, DataError> {
        let &(hs, quantity, price) = self.chance.one_of(AT_THE_LIMIT);
        Ok(vec![self.catalogue.exact_line(
            hs,
            quantity,
            price,
            &mut self.chance,
        )?])
    }

    /// The only trip of a resident, on a day of theirs at a gate of theirs.
    fn alone(&mut self, situation: Situation, resident: usize, lines: Vec<InventedLine>) {
        let (gate, day) = (self.gate_of(resident), self.day(resident));
        self.put(situation, resident, gate, day, MORNING, lines);
    }

    /// Puts a purchase up to half an hour after `second` of the day.
    fn put(
        &mut self,
        situation: Situation,
        resident: usize,
        gate: &'static str,
        day: NaiveDate,
        second: u32,
        lines: Vec<InventedLine>,
    ) {
        let later = if situation == Situation::JustUnderLimit {
            0
        } else {
            1_800
        };
        self.trades.push(InventedTrade {
            at: hanoi(day, second + self.chance.below(later)),
            gate,
            workstation: counter(gate, &mut self.chance),
            direction: "import",
            resident,
            lines,
            allocation: "entered",
            cancel_reason: None,
            situation: Some(situation),
        });
    }
}
