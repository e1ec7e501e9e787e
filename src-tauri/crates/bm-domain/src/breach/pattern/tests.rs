//! Which days fire, which do not, and by which figures.

use uuid::Uuid;

use super::*;
use crate::law::{LawBook, LawRow};
use crate::quota::{QuotaPeriod, QuotaRule, SecondTrip};
use crate::resident::ResidenceBasis;

fn day() -> BusinessDay {
    "2026-11-24".parse().expect("a day")
}

fn watch(pattern: PatternKind, threshold: u32, window: u32, share: u32) -> LawRow {
    LawRow::Pattern(PatternRule {
        pattern,
        enabled: true,
        threshold,
        window_minutes: window,
        share_percent: share,
        validity: Validity::since("2020-01-01".parse().expect("a day")),
        basis: "giám sát nội bộ".into(),
    })
}

fn law(rows: Vec<LawRow>) -> LawBook {
    let mut book = LawBook::of(rows);
    book.quota.push(QuotaRule {
        direction: Direction::Import,
        value_limit: Vnd::new(2_000_000),
        trips_limit: 4,
        period: QuotaPeriod::CalendarMonth,
        second_trip: SecondTrip::NotExempt,
        taxed_trip_counts: false,
        validity: Validity::since("2020-01-01".parse().expect("a day")),
        basis: String::new(),
    });
    book
}

fn form(n: u32, person: u32, minute: i64, value: i64, kilos: &str) -> DayForm {
    DayForm {
        id: DeclarationId(Uuid::from_u128(u128::from(n))),
        person: PersonId(Uuid::from_u128(u128::from(person))),
        gate: "MONGCAI".into(),
        at: day().start() + TimeDelta::minutes(8 * 60 + minute),
        direction: Direction::Import,
        value: Vnd::new(value),
        lines: vec![(
            "07032090".parse().expect("hs"),
            "kg".into(),
            kilos.parse().expect("a quantity"),
        )],
        vehicle: String::new(),
    }
}

fn people(phones: &[&str]) -> BTreeMap<PersonId, Resident> {
    let one = |(n, phone): (u128, &&str)| {
        let id = PersonId(Uuid::from_u128(n));
        let resident = Resident {
            id,
            name: format!("Người {n}"),
            born: day().date(),
            sex: None,
            address: format!("Thôn {n}, Hoành Mô"),
            commune: "06841".into(),
            basis: ResidenceBasis::PermanentResidence,
            phone: Some((*phone).to_owned()),
            papers: Vec::new(),
        };
        (id, resident)
    };
    (1_u128..).zip(phones).map(one).collect()
}

fn look(forms: &[DayForm], people: &BTreeMap<PersonId, Resident>, book: &LawBook) -> Vec<Found> {
    let day = GateDay {
        gate: "MONGCAI",
        day: day(),
        forms,
        elsewhere: &[],
        people,
        traders: &[],
    };
    findings(&day, book.on(day.day))
}

#[test]
fn one_telephone_over_many_persons_fires_from_its_threshold_on() {
    let book = law(vec![watch(PatternKind::SharedPhone, 3, 0, 0)]);
    let known = people(&[
        "0986 123 456",
        "+84 986.123.456",
        "0986123456",
        "0912000000",
    ]);
    let forms: Vec<_> = (1..=4).map(|n| form(n, n, 0, 500_000, "10")).collect();
    let found = look(&forms, &known, &book);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].people.len(), found[0].forms.len()), (3, 3));
    assert_eq!(found[0].facts["persons"], "3");
    assert_eq!(found[0].facts["threshold"], "3");
    assert_eq!(found[0].subject, "0986123456");
    // One person who comes three times shares nothing.
    let alone: Vec<_> = (1..=3).map(|n| form(n, 1, 0, 500_000, "10")).collect();
    assert_eq!(look(&alone, &known, &book), []);
    assert_eq!(look(&forms[..2], &known, &book), []);
}

#[test]
fn a_pattern_that_is_switched_off_is_not_looked_for() {
    let LawRow::Pattern(mut rule) = watch(PatternKind::SharedPhone, 1, 0, 0) else {
        unreachable!()
    };
    rule.enabled = false;
    let book = law(vec![LawRow::Pattern(rule)]);
    let forms = [form(1, 1, 0, 500_000, "10")];
    assert_eq!(look(&forms, &people(&["0986123456"]), &book), []);
}

#[test]
fn one_vehicle_and_one_trader_are_counted_by_persons() {
    let rows = vec![
        watch(PatternKind::SharedVehicle, 2, 0, 0),
        watch(PatternKind::SharedTrader, 2, 0, 0),
    ];
    let book = law(rows);
    let mut forms: Vec<_> = (1..=3).map(|n| form(n, n, 0, 500_000, "10")).collect();
    forms[0].vehicle = "14C12345".into();
    forms[2].vehicle = "14C12345".into();
    let known = people(&["", "", ""]);
    let traders = [Trader {
        code: "5799000018".into(),
        name: "An Phát".into(),
        forms: forms.iter().take(2).map(|form| form.id).collect(),
    }];
    let day = GateDay {
        gate: "MONGCAI",
        day: day(),
        forms: &forms,
        elsewhere: &[],
        people: &known,
        traders: &traders,
    };
    let found = findings(&day, book.on(day.day));
    let kinds: Vec<_> = found
        .iter()
        .map(|one| (one.kind, one.subject.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (BreachKind::SharedVehicle, "14C12345"),
            (BreachKind::SharedTrader, "5799000018"),
        ]
    );
}

#[test]
fn the_same_goods_minutes_apart_are_one_finding_of_the_day() {
    let book = law(vec![watch(PatternKind::SameGoods, 3, 10, 10)]);
    let known = people(&["", "", "", "", "", ""]);
    let near = [
        form(1, 1, 0, 500_000, "60"),
        form(2, 2, 4, 500_000, "62"),
        form(3, 3, 9, 500_000, "58"),
        // Out of the window, and other amounts.
        form(4, 4, 40, 500_000, "60"),
        form(5, 5, 5, 500_000, "20"),
    ];
    let found = look(&near, &known, &book);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].forms.len(), 3);
    assert_eq!(found[0].facts["goods"], "07032090");
    assert_eq!(found[0].facts["window"], "10");
    assert_eq!(look(&near[1..], &known, &book), []);
    // A second run later in the day is the same finding, grown.
    let mut twice = near.to_vec();
    twice.extend([form(6, 5, 41, 500_000, "60"), form(7, 6, 42, 500_000, "60")]);
    let grown = look(&twice, &known, &book);
    assert_eq!(grown.len(), 1);
    assert_eq!(
        (grown[0].forms.len(), grown[0].facts["runs"].as_str()),
        (6, "2")
    );
    assert_eq!(grown[0].key(), found[0].key());
    assert!(grown[0].outgrows(&found[0]));
}

#[test]
fn values_just_under_the_limit_and_not_on_either_side() {
    let book = law(vec![watch(PatternKind::JustUnder, 3, 30, 97)]);
    let known = people(&["", "", "", ""]);
    let values = [1_940_000, 2_000_000, 1_999_999, 2_000_001, 1_939_999];
    let forms: Vec<_> = (1_u32..)
        .zip(values)
        .map(|(n, value)| form(n, n.min(4), i64::from(n), value, "10"))
        .collect();
    let found = look(&forms, &known, &book);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].forms.len(), 3);
    assert_eq!(found[0].facts["least"], "1940000");
    assert_eq!(found[0].facts["most"], "2000000");
    assert_eq!(look(&forms[1..], &known, &book), []);
}

#[test]
fn one_person_at_two_gates_is_one_finding_from_either() {
    let book = law(vec![watch(PatternKind::TwoGates, 2, 0, 0)]);
    let known = people(&["", ""]);
    let here = [form(1, 1, 0, 500_000, "10"), form(2, 2, 0, 500_000, "10")];
    let mut there = [form(3, 1, 90, 700_000, "5")];
    there[0].gate = "HOANHMO".into();
    let of = |gate, forms: &[DayForm], elsewhere: &[DayForm]| {
        let day = GateDay {
            gate,
            day: day(),
            forms,
            elsewhere,
            people: &known,
            traders: &[],
        };
        findings(&day, book.on(day.day))
    };
    let found = of("MONGCAI", &here, &there);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].facts["gates"], "HOANHMO, MONGCAI");
    assert_eq!(found[0].facts["value"], "1200000");
    let other = of("HOANHMO", &there, &here);
    assert_eq!(found[0].key(), other[0].key());
    assert!(!other[0].outgrows(&found[0]));
    there[0].direction = Direction::Export;
    assert_eq!(of("MONGCAI", &here, &there), [], "a sale uses no quota");
}
