//! A month of trade: who crosses when, with what.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::baskets::{Catalogue, Currency, Market};
use super::chance::Chance;
use super::residents::InventedResident;
use super::{PLANTED_RESIDENTS, World, places, planted, rates};
use crate::data::{self, DataError};

/// Each day has the stream of its number after this one.
const DAY_STREAMS: u64 = 1 << 41;
/// Hours by which Vietnam is ahead of UTC.
const HANOI_HOURS: i64 = 7;
/// Hour of today, Hanoi time, at which the invented world stops.
const LAST_HOUR_TODAY: u32 = 10;
/// Trade on each weekday from Monday on; market days are at the week's end.
const WEEK: [u32; 7] = [100, 95, 95, 105, 120, 135, 85];
/// Percent of a day's trade that has happened by the hour at which today stops.
const TODAY_PERCENT: u32 = 35;
/// Trade in each hour of a day, Hanoi time.
const RHYTHM: &[(u32, u32)] = &[
    (6, 7),
    (14, 8),
    (15, 9),
    (11, 10),
    (7, 11),
    (4, 12),
    (8, 13),
    (13, 14),
    (12, 15),
    (7, 16),
    (4, 17),
    (2, 18),
    (1, 19),
];
/// Counters of each gate.
const COUNTERS: &[(&str, u32)] = &[
    ("MONGCAI", 4),
    ("MONGCAI2", 3),
    ("KM34", 3),
    ("HOANHMO", 2),
    ("BACPHONGSINH", 1),
];
/// Value of a purchase in VND: how often, least, most.
const PURCHASES: &[(u32, (u32, u32))] = &[
    (54, (250_000, 1_500_000)),
    (24, (1_500_000, 1_940_000)),
    (14, (1_955_000, 1_999_999)),
    (8, (2_050_000, 6_500_000)),
];
/// Purchases worth exactly the limit: goods, thousandths of a kilogram, VND for a kilogram.
pub(super) const AT_THE_LIMIT: &[(&str, i64, i64)] = &[
    ("08081000", 80_000, 25_000),
    ("08083000", 100_000, 20_000),
    ("07032090", 62_500, 32_000),
    ("08061000", 40_000, 50_000),
    ("08052100", 100_000, 20_000),
];
/// Exempt trips a month (Decree 134/2016/NĐ-CP, appendix V): people do not go oftener unplanned.
const TRIPS_A_MONTH: u32 = 4;
/// Why a form was withdrawn.
pub(super) const CANCEL_REASONS: &[&str] = &[
    "Phía bạn không giao hàng, cư dân xin hủy tờ khai",
    "Nhập sai số lượng, lập lại tờ khai",
    "Cư dân trả lại hàng cho người bán trước khi qua cửa khẩu",
];

/// Something that was put into the month on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// One of three trips of a person in a calendar month.
    ThreeTrips,
    /// One of four trips of a person in a calendar month: the most that is exempt.
    FourTrips,
    /// One of five trips of a person in a calendar month: the last is taxed.
    FiveTrips,
    /// One of two trips of a person on a day at one gate.
    SecondTripSameDay,
    /// One of two trips of a person on a day at two gates.
    TwoGatesSameDay,
    /// A purchase of 2,000,000 VND.
    ExactlyAtLimit,
    /// A purchase of 2,000,001 VND.
    OneDongOver,
    /// A purchase of 5,000,000 VND, of which 3,000,000 are taxed.
    FiveMillion,
    /// One of several purchases just under the limit, of the same goods, minutes apart.
    JustUnderLimit,
    /// Goods that are not on the list.
    OffList,
    /// Seed that the list excludes by name.
    SeedExcluded,
    /// Used goods that may not be imported.
    UsedGoods,
    /// Goods under quarantine without a certificate.
    CertificateMissing,
    /// A form that was withdrawn.
    Cancelled,
}

/// A line of an invented form. Numbers are decimal strings with a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedLine {
    /// Commodity code, eight digits.
    pub hs: String,
    /// Trade name in Vietnamese.
    pub name: String,
    /// How much, in `unit`.
    pub quantity: String,
    /// Unit of the quantity.
    pub unit: String,
    /// Gross weight in kilograms.
    pub weight_kg: String,
    /// Price of one unit in `currency`.
    pub unit_price: String,
    /// `CNY` or `VND`.
    pub currency: &'static str,
    /// `CN` or `VN`.
    pub origin: &'static str,
    /// `new` or `used`.
    pub condition: &'static str,
    /// Number of the quarantine certificate.
    pub certificate: Option<String>,
}

/// An invented purchase or sale, before anything is decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedTrade {
    /// When the form is registered.
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: &'static str,
    /// Code of the counter, unique within its gate.
    pub workstation: String,
    /// `import` or `export`.
    pub direction: &'static str,
    /// Place of the resident in the slice given.
    pub resident: usize,
    /// The goods.
    pub lines: Vec<InventedLine>,
    /// `entered` or `least_tax`.
    pub allocation: &'static str,
    /// Why the form was withdrawn, in Vietnamese; `None` when it was not.
    pub cancel_reason: Option<&'static str>,
    /// What it was put in for; `None` for everyday trade.
    pub situation: Option<Situation>,
}

/// Opening and closing hour of each gate.
struct Hours(BTreeMap<String, (u32, u32)>);

impl Hours {
    fn load() -> Result<Self, DataError> {
        let hours = |gate: &data::GateRow| (gate.opens_at.hour(), gate.closes_at.hour());
        Ok(Self(
            data::gates()?
                .into_iter()
                .map(|gate| (gate.code.clone(), hours(&gate)))
                .collect(),
        ))
    }

    /// A moment within the gate's hours, oftener when it is busy, and before `end` o'clock.
    fn moment(&self, gate: &str, day: NaiveDate, end: u32, chance: &mut Chance) -> DateTime<Utc> {
        let &(opens, closes) = self.0.get(gate).unwrap_or(&(8, 16));
        let open = opens..closes.min(end);
        let rhythm = RHYTHM
            .iter()
            .copied()
            .filter(|(_, hour)| open.contains(hour));
        let hour = *chance.weighted(&rhythm.collect::<Vec<_>>());
        hanoi(day, hour * 3_600 + chance.below(3_600))
    }
}

/// The instant that many seconds after midnight in Vietnam.
pub(super) fn hanoi(day: NaiveDate, second_of_day: u32) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    midnight - TimeDelta::hours(HANOI_HOURS) + TimeDelta::seconds(i64::from(second_of_day))
}

/// One of the gate's counters.
pub(super) fn counter(gate: &str, chance: &mut Chance) -> String {
    let counters = COUNTERS
        .iter()
        .find(|(code, _)| *code == gate)
        .map_or(1, |(_, count)| *count);
    format!("Q{:02}", chance.between(1, counters))
}

/// Everyday and planted trade in the order of time.
pub(super) fn month(
    world: World,
    residents: &[InventedResident],
    days: u32,
) -> Result<Vec<InventedTrade>, DataError> {
    if residents.is_empty() {
        return Ok(Vec::new());
    }
    let first = world.today - TimeDelta::days(i64::from(days.clamp(28, 62)) - 1);
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|day| *day <= world.today)
        .collect();
    let catalogue = Catalogue::load()?;
    let mut trades = Vec::new();
    if residents.len() >= PLANTED_RESIDENTS as usize {
        trades = planted::trades(world, residents, &days, &catalogue)?;
    }
    Everyday {
        world,
        residents,
        catalogue,
        hours: Hours::load()?,
        people: Visitors::new(residents),
    }
    .fill(&days, &mut trades)?;
    trades.sort_by(|a, b| (a.at, a.gate, a.resident).cmp(&(b.at, b.gate, b.resident)));
    Ok(trades)
}

/// Trade that happens by itself.
struct Everyday<'a> {
    world: World,
    residents: &'a [InventedResident],
    catalogue: Catalogue,
    hours: Hours,
    people: Visitors,
}

impl Everyday<'_> {
    /// Adds trades until there are as many as residents, spread over the days by their weight.
    fn fill(
        &mut self,
        days: &[NaiveDate],
        trades: &mut Vec<InventedTrade>,
    ) -> Result<(), DataError> {
        let weights: Vec<usize> = days.iter().map(|day| self.weight(*day) as usize).collect();
        let (whole, wished) = (weights.iter().sum::<usize>(), self.residents.len());
        let planted = trades.len();
        let (mut passed, mut asked) = (0, planted.min(wished));
        let everyday = wished - asked;
        for (day, weight) in days.iter().zip(weights) {
            let chance = &mut Chance::new(
                self.world.seed,
                DAY_STREAMS + u64::from(day.to_epoch_days().unsigned_abs()),
            );
            passed += weight;
            while asked < planted.min(wished) + everyday * passed / whole {
                asked += 1;
                if let Some(resident) = self.people.next(*day, chance) {
                    trades.push(self.trade(resident, *day, chance)?);
                }
            }
        }
        Ok(())
    }

    fn weight(&self, day: NaiveDate) -> u32 {
        let weight = WEEK[day.weekday().num_days_from_monday() as usize];
        if day == self.world.today {
            weight * TODAY_PERCENT / 100
        } else {
            weight
        }
    }

    fn trade(
        &self,
        resident: usize,
        day: NaiveDate,
        chance: &mut Chance,
    ) -> Result<InventedTrade, DataError> {
        let place = places::of_commune(self.residents[resident].commune_code);
        let gate = *chance.weighted(place.gates);
        let end = if day == self.world.today {
            LAST_HOUR_TODAY
        } else {
            24
        };
        let import = chance.happens(820);
        let mut lines = self.lines(import, place.town, day, chance)?;
        if chance.happens(5) {
            lines.iter_mut().for_each(|line| line.certificate = None);
        }
        Ok(InventedTrade {
            at: self.hours.moment(gate, day, end, chance),
            gate,
            workstation: counter(gate, chance),
            direction: if import { "import" } else { "export" },
            resident,
            lines,
            allocation: if chance.happens(150) {
                "least_tax"
            } else {
                "entered"
            },
            cancel_reason: chance.happens(8).then(|| *chance.one_of(CANCEL_REASONS)),
            situation: None,
        })
    }

    fn lines(
        &self,
        import: bool,
        town: bool,
        day: NaiveDate,
        chance: &mut Chance,
    ) -> Result<Vec<InventedLine>, DataError> {
        if import && chance.happens(30) {
            let &(hs, quantity, price) = chance.one_of(AT_THE_LIMIT);
            return Ok(vec![
                self.catalogue.exact_line(hs, quantity, price, chance)?,
            ]);
        }
        let currency = if chance.happens(850) {
            Currency::Cny {
                rate: rates::yuan_on(self.world.seed, day),
            }
        } else {
            Currency::Vnd
        };
        let &(least, most) = if import {
            chance.weighted(PURCHASES)
        } else {
            &(400_000, 9_000_000)
        };
        let target = i64::from(chance.between(least, most));
        let goods = Market::new(import, town, day.month()).draw(chance);
        let mut lines = self.catalogue.lines(goods, target, currency, chance)?;
        if !import {
            lines.iter_mut().for_each(|line| line.origin = "VN");
        }
        Ok(lines)
    }
}

/// Chooses who crosses: a fifth of the people make half of the trips, nobody goes twice a day or
/// oftener than is exempt.
struct Visitors {
    first: u32,
    count: u32,
    days: BTreeSet<(u32, NaiveDate)>,
    trips: BTreeMap<(u32, u32), u32>,
}

impl Visitors {
    fn new(residents: &[InventedResident]) -> Self {
        let all = u32::try_from(residents.len()).unwrap_or(u32::MAX);
        // The planted people's months are theirs alone.
        let first = if all >= PLANTED_RESIDENTS {
            PLANTED_RESIDENTS
        } else {
            0
        };
        Self {
            first,
            count: all - first,
            days: BTreeSet::new(),
            trips: BTreeMap::new(),
        }
    }

    /// `None` when the few who were asked had all been often enough.
    fn next(&mut self, day: NaiveDate, chance: &mut Chance) -> Option<usize> {
        for _ in 0..8 {
            let regular = chance.happens(500);
            let among = if regular { self.count / 5 } else { self.count };
            let who = self.first + chance.below(among);
            let trips = self.trips.entry((who, day.month())).or_default();
            if *trips < TRIPS_A_MONTH && self.count > 0 && self.days.insert((who, day)) {
                *trips += 1;
                return Some(who as usize);
            }
        }
        None
    }
}
