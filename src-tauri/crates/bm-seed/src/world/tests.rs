//! The world repeats, its numbers hold, and what was planted is there.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Debug;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::*;
use crate::data;

const LIMIT: Decimal = Decimal::from_parts(2_000_000, 0, 0, false, 0);
/// A day in the middle of a month, one at its start, and one after a February.
const DAYS: [&str; 3] = ["2026-11-24", "2027-01-03", "2028-03-01"];

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn filled(seed: u64, today: &str) -> (World, Vec<InventedResident>, Vec<InventedTrade>) {
    let world = World::new(seed, day(today));
    let residents: Vec<InventedResident> = world.residents(2_000).collect();
    let trades = world
        .month_of_trade(&residents, 31)
        .expect("a month of trade");
    (world, residents, trades)
}

fn digest<T: Debug>(items: &[T]) -> String {
    let mut digest = Sha256::new();
    for item in items {
        digest.update(format!("{item:?}\n"));
    }
    digest
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn hanoi_time(at: DateTime<Utc>) -> chrono::NaiveDateTime {
    at.naive_utc() + TimeDelta::hours(7)
}

/// Value of a form in whole VND at the week's rate, each line rounded half up.
fn value(world: World, trade: &InventedTrade) -> Decimal {
    let on = hanoi_time(trade.at).date();
    let rates = world.rates();
    let rate = |currency: &str| {
        let mut of_week = rates
            .iter()
            .filter(|row| row.valid_from <= on && on <= row.valid_to);
        of_week
            .find(|row| row.currency == currency)
            .map_or(Decimal::ONE, |row| row.rate_vnd)
    };
    let number = |text: &str| text.parse::<Decimal>().expect("a decimal");
    let lines = trade.lines.iter().map(|line| {
        let value = number(&line.quantity) * number(&line.unit_price) * rate(line.currency);
        value.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    });
    lines.sum()
}

fn with(trades: &[InventedTrade], situation: Situation) -> Vec<&InventedTrade> {
    trades
        .iter()
        .filter(|trade| trade.situation == Some(situation))
        .collect()
}

/// Demonstrations, screenshots and benchmarks rely on these bytes: a change is meant or a mistake.
#[test]
fn same_seed_gives_the_same_bytes() {
    let (world, residents, trades) = filled(1, "2026-11-24");
    let digests = [digest(&residents), digest(&trades), digest(&world.rates())];
    assert_eq!(
        digests,
        ["7cc15c16aacb4030", "050b218c5392f278", "dd4c7414b2389b7a"]
    );
}

#[test]
fn another_seed_gives_another_world() {
    let (world, residents, trades) = filled(1, "2026-11-24");
    let (other_world, other_residents, other_trades) = filled(2, "2026-11-24");
    assert_ne!(digest(&residents), digest(&other_residents));
    assert_ne!(digest(&trades), digest(&other_trades));
    assert_ne!(digest(&world.rates()), digest(&other_world.rates()));
}

#[test]
fn fewer_residents_are_the_first_of_more() {
    let world = World::new(1, day("2026-11-24"));
    let few: Vec<InventedResident> = world.residents(50).collect();
    let more: Vec<InventedResident> = world.residents(5_000).take(50).collect();
    assert_eq!(few, more);
}

/// Twelve digits `PPP G YY SSSSSS` that agree with sex and birth, and no number twice.
#[test]
fn numbers_of_200_000_residents_are_valid_and_different() {
    let world = World::new(9, day("2026-11-24"));
    let mut numbers = HashSet::new();
    for person in world.residents(200_000) {
        assert_eq!(person.cccd.len(), 12, "{person:?}");
        let digits: Vec<u32> = person.cccd.chars().filter_map(|c| c.to_digit(10)).collect();
        assert_eq!(digits.len(), 12, "{person:?}");
        let century = if person.born.year() < 2_000 { 0 } else { 2 };
        let sex = u32::from(person.sex == "female");
        assert_eq!(digits[3], century + sex, "{person:?}");
        let year = person.born.year().rem_euclid(100);
        assert_eq!(person.cccd[4..6], format!("{year:02}"), "{person:?}");
        let old = person.old_cmnd.clone();
        assert!(
            old.as_ref().is_none_or(|number| number.len() == 9),
            "{person:?}"
        );
        let pass = person.border_pass.clone();
        assert!(
            pass.as_ref().is_none_or(|number| number.len() == 9),
            "{person:?}"
        );
        for number in [Some(person.cccd), old, pass].into_iter().flatten() {
            assert!(numbers.insert(number), "a number is met twice");
        }
    }
}

/// Beyond a million the six free digits repeat, and the year of birth keeps people apart.
#[test]
fn numbers_stay_different_where_their_digits_repeat() {
    let world = World::new(9, day("2026-11-24"));
    let numbers = |from: u32| {
        let people = (from..from + 2_000).map(move |index| residents::invent(world, index));
        people.map(|person| person.cccd).collect::<Vec<_>>()
    };
    let starts = [0, 1_000_000, 2_000_000, 3_000_000];
    let mut serials = HashSet::new();
    let mut all = HashSet::new();
    for number in starts.into_iter().flat_map(numbers) {
        serials.insert(number[6..].to_owned());
        assert!(all.insert(number), "a number is met twice");
    }
    assert_eq!((all.len(), serials.len()), (8_000, 2_000));
}

#[test]
fn residents_look_like_the_border_communes() {
    let today = day("2026-11-24");
    let residents: Vec<InventedResident> = World::new(1, today).residents(20_000).collect();
    let share = |test: &dyn Fn(&InventedResident) -> bool| {
        residents.iter().filter(|person| test(person)).count() * 100 / residents.len()
    };
    assert!(
        (91..96).contains(&share(&|p| p.cccd.starts_with("022"))),
        "born in the province"
    );
    assert!((45..51).contains(&share(&|p| p.sex == "female")));
    assert!((95..99).contains(&share(&|p| p.basis == "permanent_residence")));
    assert!((2..60).contains(&share(&|p| p.name.starts_with("Nguyễn"))));
    assert!(
        share(&|p| ["Chíu", "Tằng", "Phùn", "Dường"]
            .iter()
            .any(|n| p.name.starts_with(n)))
            > 5
    );
    assert!(
        residents
            .iter()
            .all(|p| (14..80).contains(&(today.year() - p.born.year())))
    );
    let communes = data::communes().expect("communes.csv");
    let known: BTreeSet<&str> = communes.iter().map(|row| row.code.as_str()).collect();
    let lived: BTreeSet<&str> = residents.iter().map(|p| p.commune_code).collect();
    assert_eq!(known, lived, "every commune of the table has residents");
}

/// Nothing but its own subject is odd about a planted situation.
#[test]
fn planted_people_are_grown_up_and_permanent() {
    let today = day("2026-11-24");
    let mut planted = World::new(1, today).residents(PLANTED_RESIDENTS);
    assert!(planted.all(|person| {
        today.year() - person.born.year() >= 30 && person.basis == "permanent_residence"
    }));
}

#[test]
fn six_neighbours_share_a_telephone() {
    let (_, residents, _) = filled(1, "2026-11-24");
    let mut people: BTreeMap<&str, usize> = BTreeMap::new();
    for phone in residents
        .iter()
        .filter_map(|person| person.phone.as_deref())
    {
        *people.entry(phone).or_default() += 1;
    }
    assert_eq!(
        people
            .values()
            .filter(|count| **count > 2)
            .collect::<Vec<_>>(),
        [&6]
    );
}

#[test]
fn rates_are_whole_weeks_and_do_not_depend_on_the_day() {
    for today in DAYS {
        let rates = World::new(1, day(today)).rates();
        assert_eq!(rates.len(), 28);
        for row in &rates {
            assert_eq!(row.valid_from.weekday(), chrono::Weekday::Mon);
            assert_eq!(row.valid_from - row.thursday, TimeDelta::days(4));
            assert_eq!(row.valid_to - row.valid_from, TimeDelta::days(6));
            let (low, high) = if row.currency == "CNY" {
                (3_600, 3_700)
            } else {
                (26_000, 26_300)
            };
            assert!(
                (Decimal::from(low)..Decimal::from(high)).contains(&row.rate_vnd),
                "{row:?}"
            );
        }
    }
    let week_later = World::new(1, day("2026-12-01")).rates();
    assert_eq!(
        World::new(1, day("2026-11-24")).rates()[2..],
        week_later[..26]
    );
}

#[test]
fn trade_keeps_to_time_and_hours() {
    let gates = data::gates().expect("gates.csv");
    for today in DAYS {
        let (world, residents, trades) = filled(3, today);
        assert!(
            (1_900..=2_000).contains(&trades.len()),
            "{} trades",
            trades.len()
        );
        assert!(
            trades.windows(2).all(|pair| pair[0].at <= pair[1].at),
            "not in order"
        );
        let last_moment = world.today.and_hms_opt(10, 0, 0).expect("a time");
        for trade in &trades {
            let at = hanoi_time(trade.at);
            assert!(
                world.today - at.date() <= TimeDelta::days(30) && at <= last_moment,
                "{at}"
            );
            let gate = gates
                .iter()
                .find(|gate| gate.code == trade.gate)
                .expect("a known gate");
            assert!(
                gate.opens_at <= at.time() && at.time() < gate.closes_at,
                "{trade:?}"
            );
            assert!(trade.resident < residents.len() && !trade.lines.is_empty());
        }
        assert!(
            trades
                .iter()
                .any(|trade| hanoi_time(trade.at).date() == world.today)
        );
        let rush = |hours: [u32; 2]| {
            trades
                .iter()
                .filter(|t| hours.contains(&hanoi_time(t.at).hour()))
                .count()
        };
        assert!(
            rush([8, 9]) > 2 * rush([11, 12]),
            "mornings are busier than noon"
        );
    }
}

#[test]
fn lines_are_of_the_catalogue() {
    let goods = data::goods().expect("goods.csv");
    let (_, _, trades) = filled(4, "2026-11-24");
    for line in trades.iter().flat_map(|trade| &trade.lines) {
        let row = goods
            .iter()
            .find(|row| row.hs == line.hs)
            .expect("a known code");
        assert_eq!(row.units().next(), Some(line.unit.as_str()), "{line:?}");
        for number in [&line.quantity, &line.unit_price, &line.weight_kg] {
            assert!(
                number.parse::<Decimal>().expect("a decimal") > Decimal::ZERO,
                "{line:?}"
            );
        }
    }
    let share = |test: &dyn Fn(&InventedTrade) -> bool| {
        trades.iter().filter(|trade| test(trade)).count() * 100 / trades.len()
    };
    assert!((76..88).contains(&share(&|t| t.direction == "import")));
    assert!(share(&|t| t.lines[0].currency == "CNY") > 75);
    let origin = |t: &InventedTrade| if t.direction == "import" { "CN" } else { "VN" };
    assert_eq!(
        share(&|t| t.lines.iter().all(|line| line.origin == origin(t))),
        100
    );
}

#[test]
fn values_crowd_under_the_limit() {
    let (world, _, trades) = filled(1, "2026-11-24");
    let imports = trades.iter().filter(|trade| trade.direction == "import");
    let values: Vec<Decimal> = imports.map(|trade| value(world, trade)).collect();
    let count = |low: i64, high: i64| {
        let span = Decimal::from(low)..Decimal::from(high);
        values.iter().filter(|value| span.contains(value)).count()
    };
    assert!(
        count(0, 1_500_000) > values.len() * 4 / 10,
        "many are small"
    );
    assert!(
        count(1_950_000, 2_000_000) > 2 * count(1_850_000, 1_900_000),
        "a crowd just under"
    );
    assert!(
        count(2_000_000, 2_000_001) >= 20,
        "some exactly at the limit"
    );
    assert!(
        (40..250).contains(&count(2_000_001, 9_000_000)),
        "some over"
    );
}

#[test]
fn planted_people_reach_three_four_and_five_trips() {
    let cases = [
        (Situation::ThreeTrips, 3),
        (Situation::FourTrips, 4),
        (Situation::FiveTrips, 5),
    ];
    for today in DAYS {
        let (_, _, trades) = filled(1, today);
        for (situation, trips) in cases {
            let people: BTreeSet<usize> = with(&trades, situation)
                .iter()
                .map(|trade| trade.resident)
                .collect();
            assert_eq!(people.len(), 2, "{situation:?}");
            for person in people {
                let own = trades.iter().filter(|trade| trade.resident == person);
                let days: Vec<NaiveDate> = own.map(|trade| hanoi_time(trade.at).date()).collect();
                let months: BTreeSet<u32> = days.iter().map(Datelike::month).collect();
                let different: BTreeSet<&NaiveDate> = days.iter().collect();
                assert_eq!(
                    (days.len(), different.len(), months.len()),
                    (trips, trips, 1)
                );
            }
        }
    }
}

#[test]
fn planted_days_hold_two_trips() {
    let (world, _, trades) = filled(1, "2026-11-24");
    for (situation, gates) in [
        (Situation::SecondTripSameDay, 1),
        (Situation::TwoGatesSameDay, 2),
    ] {
        let mut by_person: BTreeMap<usize, Vec<&InventedTrade>> = BTreeMap::new();
        for trade in with(&trades, situation) {
            by_person.entry(trade.resident).or_default().push(trade);
        }
        assert!(!by_person.is_empty(), "{situation:?}");
        for pair in by_person.values() {
            let [first, second] = pair[..] else {
                panic!("{situation:?}: not two trips")
            };
            assert_eq!(hanoi_time(first.at).date(), hanoi_time(second.at).date());
            assert_eq!(BTreeSet::from([first.gate, second.gate]).len(), gates);
            if situation == Situation::TwoGatesSameDay {
                assert_eq!([value(world, first), value(world, second)], [LIMIT, LIMIT]);
            }
        }
    }
}

#[test]
fn planted_values_are_exact() {
    for today in DAYS {
        let (world, _, trades) = filled(5, today);
        let cases = [
            (Situation::ExactlyAtLimit, LIMIT, LIMIT),
            (
                Situation::OneDongOver,
                LIMIT + Decimal::ONE,
                LIMIT + Decimal::ONE,
            ),
            (
                Situation::FiveMillion,
                Decimal::from(5_000_000),
                Decimal::from(5_000_000),
            ),
            (
                Situation::JustUnderLimit,
                Decimal::from(1_975_000),
                LIMIT - Decimal::ONE,
            ),
        ];
        for (situation, least, most) in cases {
            let planted = with(&trades, situation);
            assert!(!planted.is_empty(), "{situation:?}");
            for trade in planted {
                let value = value(world, trade);
                assert!(least <= value && value <= most, "{situation:?}: {value}");
            }
        }
        let ring = with(&trades, Situation::JustUnderLimit);
        let minutes = (ring[ring.len() - 1].at - ring[0].at).num_minutes();
        assert!(
            ring.len() == 6 && minutes < 30,
            "{} people in {minutes} minutes",
            ring.len()
        );
    }
}

#[test]
fn planted_refusals_are_what_they_say() {
    let (_, _, trades) = filled(1, "2026-11-24");
    let line_of = |situation| &with(&trades, situation)[0].lines[0];
    assert_eq!(line_of(Situation::OffList).hs, "39269099");
    assert_eq!(line_of(Situation::SeedExcluded).hs, "10051000");
    assert_eq!(line_of(Situation::UsedGoods).condition, "used");
    assert_eq!(line_of(Situation::CertificateMissing).certificate, None);
    let goods = data::goods().expect("goods.csv");
    let bare = &line_of(Situation::CertificateMissing).hs;
    let row = goods
        .iter()
        .find(|row| row.hs == *bare)
        .expect("a known code");
    assert!(row.quarantine.is_some(), "a certificate is needed");
    let cancelled = with(&trades, Situation::Cancelled);
    assert_eq!(cancelled.len(), 3);
    assert!(cancelled.iter().all(|trade| trade.cancel_reason.is_some()));
}

#[test]
fn few_residents_have_no_planned_months() {
    let world = World::new(1, day("2026-11-24"));
    for count in [0, 1, 27] {
        let residents: Vec<InventedResident> = world.residents(count).collect();
        let trades = world
            .month_of_trade(&residents, 31)
            .expect("a month of trade");
        assert!(
            trades.iter().all(|trade| trade.situation.is_none()),
            "{count} residents"
        );
        assert!(trades.len() <= residents.len());
    }
}
