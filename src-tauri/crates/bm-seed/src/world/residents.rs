//! Residents: numbers that are never met twice, and lives that fit them.

use chrono::{Datelike, NaiveDate};

use super::chance::{Chance, scatter};
use super::names::full_name;
use super::places::{PLACES, Place};
use super::{PLANTED_RESIDENTS, World};

/// How many residents have different numbers.
pub const MAX_RESIDENTS: u32 = SERIALS * YEAR_CLASSES;

/// The six free digits of a number.
const SERIALS: u32 = 1_000_000;
/// Residents with the same six digits are kept apart by their year of birth, counted modulo four.
const YEAR_CLASSES: u32 = 4;
/// The seven free digits of old numbers and border passes.
const SEVEN_DIGITS: u32 = 10_000_000;
/// These residents share one telephone, as hired carriers do.
const ONE_PHONE: std::ops::Range<u32> = 14..20;

/// Codes of the province where the birth was registered; most were born in Quảng Ninh.
const BIRTH_PROVINCES: &[(u32, &str)] = &[
    (930, "022"),
    (14, "020"),
    (12, "024"),
    (14, "031"),
    (10, "034"),
    (8, "036"),
    (8, "030"),
    (4, "001"),
];
/// Youngest and oldest age of each group.
const AGES: &[(u32, (u32, u32))] = &[
    (2, (15, 17)),
    (24, (18, 29)),
    (36, (30, 44)),
    (27, (45, 59)),
    (11, (60, 74)),
];

/// Which of the groups is neither a minor nor near that.
const GROWN_UP: usize = 2;

/// A person nobody has met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedResident {
    /// Twelve-digit number of the citizen card.
    pub cccd: String,
    /// Nine-digit number of the old card.
    pub old_cmnd: Option<String>,
    /// Number of the Vietnam-China border pass.
    pub border_pass: Option<String>,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// `male` or `female`.
    pub sex: &'static str,
    /// Address as the card shows it, often with the commune and district of before July 2025.
    pub address: String,
    /// Code of today's commune.
    pub commune_code: &'static str,
    /// `permanent_residence` or `residence_permit` (Decree 14/2018/NĐ-CP art. 3(3)).
    pub basis: &'static str,
    /// Telephone number.
    pub phone: Option<String>,
}

/// The resident at a place of the sequence, which is below [`MAX_RESIDENTS`].
pub(super) fn invent(world: World, index: u32) -> InventedResident {
    let chance = &mut Chance::new(world.seed, u64::from(index));
    let place = chance.weighted(PLACES);
    let female = chance.happens(480);
    let name = full_name(*chance.weighted(place.peoples), female, chance);
    let spot = scatter(index, 2_718_281, world.seed, MAX_RESIDENTS);
    // The planted months are about goods and trips, not about who may trade.
    let planted = index < PLANTED_RESIDENTS;
    let ages = if planted {
        &AGES[GROWN_UP..=GROWN_UP]
    } else {
        AGES
    };
    let born = birthday(world.today.year(), ages, spot / SERIALS, chance);
    let century_digit = match (born.year() < 2_000, female) {
        (true, false) => 0,
        (true, true) => 1,
        (false, false) => 2,
        (false, true) => 3,
    };
    let province = chance.weighted(BIRTH_PROVINCES);
    let (year, serial) = (born.year() % 100, spot % SERIALS);
    let seven = |multiplier| scatter(index, multiplier, world.seed, SEVEN_DIGITS);
    InventedResident {
        cccd: format!("{province}{century_digit}{year:02}{serial:06}"),
        old_cmnd: (born.year() < 2_002 && chance.happens(620))
            .then(|| format!("10{:07}", seven(7_654_321))),
        border_pass: chance
            .happens(340)
            .then(|| format!("QN{:07}", seven(3_141_593))),
        name,
        born,
        sex: if female { "female" } else { "male" },
        address: address(place, chance),
        commune_code: place.commune_code,
        basis: if !planted && chance.happens(30) {
            "residence_permit"
        } else {
            "permanent_residence"
        },
        phone: phone(world.seed, index, chance),
    }
}

/// A day of birth in a year of the given class, so that number and birth agree.
fn birthday(
    this_year: i32,
    ages: &[(u32, (u32, u32))],
    year_class: u32,
    chance: &mut Chance,
) -> NaiveDate {
    let &(youngest, oldest) = chance.weighted(ages);
    let year = this_year.saturating_sub_unsigned(chance.between(youngest, oldest));
    let classes = YEAR_CLASSES.cast_signed();
    let year = year - (year - year_class.cast_signed()).rem_euclid(classes);
    let day_of_year = chance.between(1, 365);
    NaiveDate::from_yo_opt(year, day_of_year).expect("every year has 365 days")
}

/// Six of ten cards are older than the reform of communes.
fn address(place: &Place, chance: &mut Chance) -> String {
    let hamlet = chance.one_of(place.hamlets);
    if chance.happens(600) {
        format!("{hamlet}, {}", place.on_old_cards)
    } else {
        format!("{hamlet}, {}, Quảng Ninh", place.name)
    }
}

fn phone(seed: u64, index: u32, chance: &mut Chance) -> Option<String> {
    if ONE_PHONE.contains(&index) {
        return Some(format!("0986{:06}", scatter(0, 1, seed, 1_000_000)));
    }
    let prefix = chance.one_of(&["032", "035", "038", "086", "091", "096", "097", "098"]);
    chance
        .happens(700)
        .then(|| format!("{prefix}{:07}", chance.below(SEVEN_DIGITS)))
}
