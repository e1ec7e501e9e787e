//! Vehicles of border residents: registered once a year, then counted out and in.
//!
//! Decree 08/2015/ND-CP art. 81 as amended by Decree 59/2018/ND-CP: a resident's vehicle that
//! crosses often for daily needs is entered in the customs register once a year and needs no
//! procedure for each crossing; a hand cart shows the form of its goods instead. A vehicle that
//! delivers goods may be away for a limited time, which may be extended. It leaves and comes back
//! through the same gate.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::{BusinessDay, Validity};
use crate::ids::PersonId;
use crate::law::{LawOfDay, Term, TermKind};
use crate::process::Mark;
use crate::resident::UnknownWord;
use crate::violation::{Violation, ViolationCode as Code};

/// What kind of vehicle; the time it may be away depends on it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    /// A lorry.
    Truck,
    /// A passenger car.
    Car,
    /// A motorcycle or moped, with or without a trailer.
    Motorcycle,
    /// A boat or raft on the border river.
    Boat,
    /// A hand cart: it shows the form of its goods and needs no register.
    Handcart,
}

impl VehicleKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Truck,
        Self::Car,
        Self::Motorcycle,
        Self::Boat,
        Self::Handcart,
    ];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Truck => "truck",
            Self::Car => "car",
            Self::Motorcycle => "motorcycle",
            Self::Boat => "boat",
            Self::Handcart => "handcart",
        }
    }

    /// The time limit on its absence; none where it crosses for daily needs.
    #[must_use]
    pub const fn term(self) -> Option<TermKind> {
        match self {
            Self::Truck => Some(TermKind::TruckAway),
            Self::Boat => Some(TermKind::BoatAway),
            Self::Car | Self::Motorcycle | Self::Handcart => None,
        }
    }
}

impl FromStr for VehicleKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == text)
            .ok_or(UnknownWord)
    }
}

/// A registration plate as it is looked up: letters and digits alone, in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Plate(String);

/// Letters and digits of a plate.
const PLATE: std::ops::RangeInclusive<usize> = 4..=12;

impl Plate {
    /// The letters and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Plate {
    type Err = Violation;
    /// Reads a plate with or without blanks, points and dashes.
    fn from_str(text: &str) -> Result<Self, Violation> {
        let marks = |c: &char| c.is_whitespace() || matches!(c, '-' | '.' | '_');
        let plate: String = text.chars().filter(|c| !marks(c)).collect();
        let plate = plate.to_uppercase();
        let plain = plate.chars().all(char::is_alphanumeric);
        let has_digit = plate.bytes().any(|b| b.is_ascii_digit());
        if plain && has_digit && PLATE.contains(&plate.chars().count()) {
            return Ok(Self(plate));
        }
        let shown: String = text.trim().chars().take(30).collect();
        Err(Violation::new(Code::PlateInvalid, "plate").with("value", shown))
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A vehicle in the register QLPT-BG of one gate for one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its entry.
    pub id: Uuid,
    /// Number of the entry, `gate/year/PT/counter-serial`.
    pub number: String,
    /// Code of the gate it crosses at.
    pub gate: String,
    /// Its plate.
    pub plate: Plate,
    /// What it is.
    pub kind: VehicleKind,
    /// Whose it is.
    pub owner: PersonId,
    /// Days on which the entry holds: from registration to the end of the year.
    pub validity: Validity,
    /// Registered.
    pub registered: Mark,
    /// Struck off, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck_off: Option<(Mark, String)>,
}

impl Vehicle {
    /// Why the vehicle may not cross on that day by its entry; `None` when it may.
    #[must_use]
    pub fn bar(&self, day: BusinessDay) -> Option<Violation> {
        let about = |code| Violation::new(code, "plate").with("plate", &self.plate);
        if let Some((_, reason)) = &self.struck_off {
            return Some(about(Code::VehicleStruckOff).with("reason", reason));
        }
        if self.validity.holds_on(day) {
            return None;
        }
        let end = self.validity.to.unwrap_or(self.validity.from);
        Some(about(Code::VehicleExpired).with("day", end))
    }
}

/// How long a new entry holds: from today, or for the year after from its first day, to the end of
/// the year. `None` for any other year.
#[must_use]
pub fn validity_for(year: i32, today: BusinessDay) -> Option<Validity> {
    let from = match year - today.year() {
        0 => today,
        1 => BusinessDay::new(NaiveDate::from_ymd_opt(year, 1, 1)?),
        _ => return None,
    };
    let to = BusinessDay::new(NaiveDate::from_ymd_opt(year, 12, 31)?);
    Some(Validity { from, to: Some(to) })
}

/// Why a vehicle may not be entered; `known` are the entries of its plate.
#[must_use]
pub fn check_entry(new: &Vehicle, known: &[Vehicle]) -> Vec<Violation> {
    if new.kind == VehicleKind::Handcart {
        return vec![Violation::new(Code::HandcartNotRegistered, "kind")];
    }
    let same_year = |held: &&Vehicle| {
        held.struck_off.is_none() && held.validity.from.year() == new.validity.from.year()
    };
    let twice = known.iter().find(same_year).map(|held| {
        Violation::new(Code::VehicleRegistered, "plate")
            .with("plate", &held.plate)
            .with("number", &held.number)
            .with("gate", &held.gate)
    });
    twice.into_iter().collect()
}

/// More time for an absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When, and the supervisor.
    pub mark: Mark,
    /// By how many hours.
    pub hours: u32,
    /// Why.
    pub reason: String,
}

/// That a vehicle came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// When, and the officer.
    pub mark: Mark,
    /// Code of the gate.
    pub gate: String,
    /// A supervisor's reason for taking it at another gate; empty at its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A vehicle that went out through a gate and has to come back through the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// Its entry.
    pub id: Uuid,
    /// The vehicle in the register.
    pub vehicle: Uuid,
    /// Its plate.
    pub plate: Plate,
    /// Code of the gate it left by.
    pub gate: String,
    /// When it left, and the officer.
    pub left: Mark,
    /// Until when it has to be back; none where no limit runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// Extensions of that time; `due` includes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended: Vec<Extension>,
    /// A supervisor's reason for letting it out at a gate that is not its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Return>,
}

impl Crossing {
    /// Whether it was away longer than it might, or still is.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let end = self.back.as_ref().map_or(now, |back| back.mark.at);
        self.due.is_some_and(|due| end > due)
    }

    /// Why it may not be given `hours` more; empty when it may. `term` is what all extensions may
    /// come to.
    #[must_use]
    pub fn check_extension(&self, hours: u32, term: &Term) -> Vec<Violation> {
        if self.back.is_some() {
            return vec![
                Violation::new(Code::VehicleNotOutside, "plate").with("plate", &self.plate),
            ];
        }
        if self.due.is_none() {
            return vec![Violation::new(Code::NoLimitRuns, "hours")];
        }
        let so_far: u32 = self.extended.iter().map(|one| one.hours).sum();
        if hours == 0 || hours > term.amount.saturating_sub(so_far) {
            let long = Violation::new(Code::ExtensionTooLong, "hours")
                .with("limit", term.amount)
                .with("given", so_far)
                .on_basis(&term.basis);
            return vec![long];
        }
        Vec::new()
    }

    /// The absence with its time extended.
    #[must_use]
    pub fn extended(mut self, extension: Extension) -> Self {
        let more = TimeDelta::hours(i64::from(extension.hours));
        self.due = self.due.map(|due| due + more);
        self.extended.push(extension);
        self
    }
}

/// Until when a vehicle that leaves at `left` has to be back; `None` where no limit runs.
///
/// # Errors
/// The violation, when its kind has a limit and none is held for that day.
pub fn due(
    kind: VehicleKind,
    left: DateTime<Utc>,
    law: &LawOfDay<'_>,
) -> Result<Option<DateTime<Utc>>, Violation> {
    let Some(wanted) = kind.term() else {
        return Ok(None);
    };
    let term = law.term(wanted).ok_or_else(|| missing(wanted, law.day()))?;
    Ok(Some(left + TimeDelta::hours(i64::from(term.amount))))
}

/// Says that a time limit is not held.
#[must_use]
pub fn missing(kind: TermKind, day: BusinessDay) -> Violation {
    Violation::new(Code::TermMissing, "")
        .with("term", kind.word())
        .with("day", day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> BusinessDay {
        text.parse().expect("a day")
    }

    fn mark(at: &str) -> Mark {
        Mark {
            at: at.parse().expect("a time"),
            by: "lan".into(),
        }
    }

    fn truck(year: i32) -> Vehicle {
        Vehicle {
            id: Uuid::from_u128(1),
            number: format!("MONGCAI/{year}/PT/Q1-000001"),
            gate: "MONGCAI".into(),
            plate: "14C-123.45".parse().expect("a plate"),
            kind: VehicleKind::Truck,
            owner: PersonId(Uuid::from_u128(2)),
            validity: validity_for(year, day(&format!("{year}-03-02"))).expect("this year"),
            registered: mark("2026-03-02T01:00:00Z"),
            struck_off: None,
        }
    }

    fn codes(found: &[Violation]) -> Vec<Code> {
        found.iter().map(|one| one.code).collect()
    }

    #[test]
    fn a_plate_is_known_however_it_is_written() {
        for (text, plate) in [
            ("14c-123.45", "14C12345"),
            (" 14 C1 234 56 ", "14C123456"),
            ("29đ1-00112", "29Đ100112"),
            ("QN-1234", "QN1234"),
        ] {
            let read: Plate = text.parse().expect("a plate");
            assert_eq!(read.as_str(), plate);
        }
        for bad in ["", "14C", "ABCDE", "14C-12345/6", "1234567890123"] {
            let refused = bad.parse::<Plate>().expect_err(bad);
            assert_eq!(refused.code, Code::PlateInvalid, "{bad}");
        }
    }

    #[test]
    fn an_entry_holds_to_the_end_of_its_year_and_once() {
        let held = truck(2026);
        assert_eq!(held.validity.to, Some(day("2026-12-31")));
        assert_eq!(held.bar(day("2026-12-31")), None);
        let ended = held.bar(day("2027-01-01")).expect("it has ended");
        assert_eq!(ended.code, Code::VehicleExpired);
        let next = truck(2027);
        assert_eq!(codes(&check_entry(&next, std::slice::from_ref(&held))), []);
        assert_eq!(
            codes(&check_entry(&held, std::slice::from_ref(&held))),
            [Code::VehicleRegistered]
        );
        let gone = Vehicle {
            struck_off: Some((mark("2026-04-01T01:00:00Z"), "sold".into())),
            ..held.clone()
        };
        assert_eq!(codes(&check_entry(&held, std::slice::from_ref(&gone))), []);
        let bar = gone.bar(day("2026-05-01")).expect("struck off");
        assert_eq!(bar.code, Code::VehicleStruckOff);
        let cart = Vehicle {
            kind: VehicleKind::Handcart,
            ..held
        };
        assert_eq!(
            codes(&check_entry(&cart, &[])),
            [Code::HandcartNotRegistered]
        );
        assert_eq!(validity_for(2028, day("2026-11-24")), None);
        let renewed = validity_for(2027, day("2026-12-30")).expect("next year");
        assert_eq!(renewed.from, day("2027-01-01"));
    }

    #[test]
    fn an_absence_may_be_extended_up_to_its_limit() {
        let left = mark("2026-11-24T01:00:00Z");
        let away = Crossing {
            id: Uuid::from_u128(3),
            vehicle: Uuid::from_u128(1),
            plate: "14C-123.45".parse().expect("a plate"),
            gate: "MONGCAI".into(),
            due: Some(left.at + TimeDelta::hours(48)),
            left,
            extended: Vec::new(),
            reason: String::new(),
            back: None,
        };
        let term = Term {
            kind: TermKind::AwayExtension,
            amount: 48,
            validity: Validity::since(day("2015-03-15")),
            basis: String::new(),
        };
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        assert!(!away.is_late(at("2026-11-26T01:00:00Z")));
        assert!(away.is_late(at("2026-11-26T01:00:01Z")));
        assert_eq!(away.check_extension(48, &term), []);
        assert_eq!(
            codes(&away.check_extension(49, &term)),
            [Code::ExtensionTooLong]
        );
        let longer = away.extended(Extension {
            mark: mark("2026-11-26T00:00:00Z"),
            hours: 30,
            reason: "broken down".into(),
        });
        assert_eq!(longer.due, Some(at("2026-11-27T07:00:00Z")));
        assert_eq!(longer.check_extension(18, &term), []);
        assert_eq!(
            codes(&longer.check_extension(19, &term)),
            [Code::ExtensionTooLong]
        );
    }
}
