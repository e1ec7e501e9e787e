//! Periods, tonnes and sums: the rules of Circular 52/2020/TT-BTC as the law notes give them (8.1).

use proptest::prelude::*;

use super::*;
use crate::decide::{Decision, LineDecision};
use crate::declaration::{Allocation, Condition};
use crate::ids::DeclarationId;
use crate::money::Currency;
use crate::tax::Taxes;
use crate::violation::ViolationCode as Code;

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

#[test]
fn periods_follow_the_solar_calendar() {
    let cases = [
        (PeriodKind::Day, "2026-02-15", "2026-02-15", "2026-02-15"),
        (
            PeriodKind::HalfMonth,
            "2026-02-15",
            "2026-02-01",
            "2026-02-15",
        ),
        (
            PeriodKind::HalfMonth,
            "2028-02-16",
            "2028-02-16",
            "2028-02-29",
        ),
        (PeriodKind::Month, "2026-12-31", "2026-12-01", "2026-12-31"),
        (
            PeriodKind::Quarter,
            "2026-05-20",
            "2026-04-01",
            "2026-06-30",
        ),
        (
            PeriodKind::HalfYear,
            "2026-06-30",
            "2026-01-01",
            "2026-06-30",
        ),
        (
            PeriodKind::HalfYear,
            "2026-07-01",
            "2026-07-01",
            "2026-12-31",
        ),
        (PeriodKind::Year, "2028-02-29", "2028-01-01", "2028-12-31"),
    ];
    for (kind, on, from, to) in cases {
        let expected = Period {
            from: day(from),
            to: day(to),
        };
        assert_eq!(Period::of(kind, day(on)), expected, "{kind:?} {on}");
    }
    let span = Period {
        from: day("2026-12-30"),
        to: day("2027-01-02"),
    };
    assert_eq!(span.since_new_year().from, day("2026-01-01"));
}

#[test]
fn units_of_mass_are_known_by_their_usual_names() {
    for (unit, expected) in [
        ("kg", Some("1000")),
        ("Kg", Some("1000")),
        ("tạ", Some("100000")),
        ("tấn", Some("1000000")),
        ("g", Some("1")),
        ("lb", Some("453.59237")),
        ("chiếc", None),
        ("đôi", None),
        ("", None),
    ] {
        let expected = expected.map(|text| text.parse().expect("a number"));
        assert_eq!(grams(unit), expected, "{unit}");
    }
}

/// A form of lines of quantity, unit and weight, each worth 1,000 VND.
fn form(lines: &[(&str, &str, Option<&str>)]) -> (Draft, Decision) {
    let drawn = lines.iter().map(|(quantity, unit, _)| DraftLine {
        hs: "07032090".parse().expect("a code"),
        name: String::new(),
        quantity: quantity.parse().expect("a quantity"),
        unit: (*unit).to_owned(),
        weight: None,
        unit_price: "1".parse().expect("a price"),
        currency: Currency::VND,
        origin: "CN".into(),
        condition: Condition::New,
        certificate: None,
    });
    let draft = Draft {
        id: DeclarationId(uuid::Uuid::nil()),
        at: "2026-11-03T02:00:00Z".parse().expect("a time"),
        gate: "MONGCAI".into(),
        workstation: "Q1".into(),
        direction: Direction::Import,
        exchange_of: None,
        counterpart: None,
        vehicle: None,
        lines: drawn.collect(),
        allocation: Allocation::Entered,
    };
    let decided = lines.iter().map(|(.., weight)| LineDecision {
        value: Vnd::new(1_000),
        exempt: Vnd::new(400),
        excess: Vnd::new(600),
        duty_percent: Decimal::ZERO,
        vat_percent: Decimal::ZERO,
        taxes: Taxes::default(),
        rate: None,
        weight: weight.map(|weight| weight.parse().expect("a weight")),
    });
    let decided: Vec<_> = decided.collect();
    let all = i64::try_from(decided.len()).expect("a count");
    let decision = Decision {
        lines: decided,
        value: Vnd::new(1_000 * all),
        exempt: Vnd::new(400 * all),
        excess: Vnd::new(600 * all),
        taxes: Taxes {
            duty: Vnd::new(7),
            ..Taxes::default()
        },
        fee: Vnd::new(20_000),
        inspection_required: false,
        counts_as_trip: true,
        trips_used: 1,
        violations: Vec::new(),
    };
    (draft, decision)
}

fn masses(lines: &[(&str, &str, Option<&str>)]) -> Vec<i64> {
    let (draft, decision) = form(lines);
    let points = points(&draft, &decision).into_iter();
    points
        .map(|(_, amounts)| amounts.of(Measure::Mass))
        .collect()
}

#[test]
fn tonnes_are_quantities_or_with_another_unit_the_weight_of_the_form() {
    // All in units of mass: what was declared, not the gross weight.
    let plain = [("2", "kg", Some("2.1")), ("1.5", "tạ", Some("160"))];
    assert_eq!(masses(&plain), [0, 2_000, 150_000]);
    assert_eq!(masses(&[("1", "lb", None)]), [0, 454]);
    // One line of pieces: the gross weight of every line.
    let mixed = [("2", "kg", Some("2.1")), ("3", "chiếc", Some("0.9"))];
    assert_eq!(masses(&mixed), [0, 2_100, 900]);
    // A weight that is not known: by its own unit, else nothing.
    let unknown = [("2", "kg", None), ("3", "chiếc", None)];
    assert_eq!(masses(&unknown), [0, 2_000, 0]);
}

#[test]
fn the_figures_of_a_form_are_those_of_its_lines_and_what_is_left() {
    let (draft, decision) = form(&[("2", "kg", Some("2")), ("3", "kg", Some("3"))]);
    let mut sum = Amounts::default();
    for (_, amounts) in points(&draft, &decision) {
        sum.add(&amounts, 1);
    }
    let expected = [
        (Measure::Forms, 1),
        (Measure::Lines, 2),
        (Measure::Quantity, 5_000),
        (Measure::Weight, 5_000),
        (Measure::Value, 2_000),
        (Measure::Exempt, 800),
        (Measure::Excess, 1_200),
        // Rounded by the form: the lines have none of it.
        (Measure::Duty, 7),
        (Measure::Taxes, 7),
        (Measure::Fee, 20_000),
    ];
    for (measure, figure) in expected {
        assert_eq!(sum.of(measure), figure, "{measure:?}");
    }
}

#[test]
fn dollars_are_rounded_to_cents_at_the_rate_of_the_day() {
    let rate = "26085".parse().expect("a rate");
    assert_eq!(cents(Vnd::new(26_085), rate), Some(100));
    assert_eq!(cents(Vnd::new(130_425), rate), Some(500));
    // Half a cent goes away from nothing.
    assert_eq!(
        cents(Vnd::new(-130), "26000".parse().expect("a rate")),
        Some(-1)
    );
}

fn plan(grouping: &[Dimension], columns: &[Measure]) -> ReportPlan {
    ReportPlan {
        basis: Basis::Statistical,
        period: PeriodKind::Month,
        grouping: grouping.to_vec(),
        sections: 0,
        filter: Filter::default(),
        columns: columns.to_vec(),
        cumulative: true,
        sort: None,
    }
}

fn fact(gate: &str, registered: &str, entered: &str, value: i64) -> Fact {
    Fact {
        gate: gate.into(),
        direction: Direction::Import,
        registered: day(registered),
        entered: day(entered),
        item: None,
        commune: "06712".into(),
        resident: None,
        amounts: Amounts::default()
            .with(Measure::Forms, 1)
            .with(Measure::Value, value),
    }
}

fn key(dimension: Dimension, fact: &Fact) -> String {
    match dimension {
        Dimension::Gate => fact.gate.clone(),
        Dimension::Direction => fact.direction.letters().to_owned(),
        Dimension::Day => fact.registered.to_string(),
        Dimension::Commune => fact.commune.clone(),
        _ => String::new(),
    }
}

/// Forms and value of the total: in the period, since the beginning of the year.
fn totals(period: Period, facts: &[Fact]) -> [(i64, i64); 2] {
    let plan = plan(&[Dimension::Gate], &[Measure::Forms, Measure::Value]);
    let table = tabulate(&plan, period, facts.to_vec(), key);
    let total = table.rows.last().expect("a total");
    [total.period, total.since_new_year]
        .map(|sums| (sums.of(Measure::Forms), sums.of(Measure::Value)))
}

#[test]
fn a_late_form_and_a_later_correction_count_in_the_cumulative_column_only() {
    let facts = [
        fact("MONGCAI", "2026-10-30", "2026-10-30", 100),
        // Registered in October, released in November.
        fact("MONGCAI", "2026-10-31", "2026-11-02", 10),
        fact("MONGCAI", "2026-11-05", "2026-11-05", 1_000),
        // A form of October corrected in November, and one of last year.
        fact("MONGCAI", "2026-10-30", "2026-11-20", -40),
        fact("MONGCAI", "2025-12-31", "2025-12-31", 7),
    ];
    let of = |on: &str| totals(Period::of(PeriodKind::Month, day(on)), &facts);
    assert_eq!(of("2026-10-15"), [(1, 100), (1, 100)]);
    assert_eq!(of("2026-11-15"), [(1, 1_000), (4, 1_070)]);
    assert_eq!(of("2026-12-15"), [(0, 0), (4, 1_070)]);
    assert_eq!(of("2025-12-15"), [(1, 7), (1, 7)]);
    assert_eq!(of("2024-12-15"), [(0, 0), (0, 0)]);
}

#[test]
fn sections_have_headings_and_sums_that_name_their_rows() {
    let facts = [
        fact("KM34", "2026-11-01", "2026-11-01", 5),
        fact("KM34", "2026-11-02", "2026-11-02", 9),
        fact("HOANHMO", "2026-11-02", "2026-11-02", 3),
    ];
    let mut plan = plan(&[Dimension::Gate, Dimension::Day], &[Measure::Value]);
    plan.sections = 1;
    plan.sort = Some(Sorting {
        by: Measure::Value,
        descending: true,
    });
    let period = Period::of(PeriodKind::Month, day("2026-11-01"));
    let table = tabulate(&plan, period, facts.to_vec(), key);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            (
                row.kind.clone(),
                row.keys.join(" "),
                row.period.of(Measure::Value),
            )
        })
        .collect();
    let row = |kind, keys: &str, value| (kind, keys.to_owned(), value);
    assert_eq!(
        rows,
        [
            row(RowKind::Section(0), "HOANHMO", 0),
            row(RowKind::Line, "HOANHMO 2026-11-02", 3),
            row(RowKind::Sum(0, vec![1]), "HOANHMO", 3),
            row(RowKind::Section(0), "KM34", 0),
            row(RowKind::Line, "KM34 2026-11-02", 9),
            row(RowKind::Line, "KM34 2026-11-01", 5),
            row(RowKind::Sum(0, vec![4, 5]), "KM34", 14),
            row(RowKind::Total(vec![2, 6]), "", 17),
        ]
    );
}

#[test]
fn what_a_basis_does_not_tell_is_named() {
    let fields = |plan: &ReportPlan| {
        let found = plan.check().into_iter();
        found.map(|one| (one.code, one.field)).collect::<Vec<_>>()
    };
    let told = |field: &str| vec![(Code::ReportNotTold, field.to_owned())];
    use Dimension as D;
    use Measure as M;
    assert_eq!(fields(&plan(&[D::Gate, D::Hs], &[M::Value])), []);
    assert_eq!(
        fields(&plan(&[D::Gate, D::Hs], &[M::Forms])),
        told("columns")
    );
    assert_eq!(fields(&plan(&[D::Hs], &[M::Quantity])), told("columns"));
    assert_eq!(fields(&plan(&[D::Hs, D::Unit], &[M::Quantity])), []);
    assert_eq!(fields(&plan(&[D::Resident], &[M::Value])), told("grouping"));
    assert_eq!(
        fields(&plan(&[D::Gate, D::Gate], &[M::Value])),
        [told("grouping"), told("grouping")].concat()
    );
    assert_eq!(fields(&plan(&[D::Gate], &[M::Pending])), told("columns"));
    let days = ReportPlan {
        basis: Basis::DayBook,
        ..plan(&[D::Gate, D::Commune], &[M::Pending, M::Mass])
    };
    assert_eq!(fields(&days), [told("grouping"), told("columns")].concat());
    let none = ReportPlan {
        sections: 2,
        sort: Some(Sorting {
            by: M::Value,
            descending: false,
        }),
        ..plan(&[D::Gate], &[])
    };
    let expected = ["columns", "sections", "sort"].map(str::to_owned);
    assert_eq!(
        fields(&none)
            .into_iter()
            .map(|one| one.1)
            .collect::<Vec<_>>(),
        expected
    );
}

const GATES: [&str; 3] = ["MONGCAI", "KM34", "HOANHMO"];

prop_compose! {
    /// A form registered in 2026 and counted up to forty days later, or a correction of one.
    fn any_fact()(
        gate in 0..GATES.len(), export in any::<bool>(), registered in 0_u32..365, late in 0_u32..40,
        commune in 0_u8..3, line in any::<bool>(), value in -5_000_000_i64..50_000_000,
    ) -> Fact {
        let from = day("2026-01-01").after(registered);
        Fact {
            gate: GATES[gate].into(),
            direction: if export { Direction::Export } else { Direction::Import },
            registered: from,
            entered: from.after(late.saturating_sub(20)),
            item: line.then(|| Item {
                hs: "07032090".parse().expect("a code"),
                country: "CN".into(),
                unit: "kg".into(),
            }),
            commune: format!("0671{commune}"),
            resident: None,
            amounts: Amounts::default()
                .with(Measure::Forms, i64::from(!line))
                .with(Measure::Value, value)
                .with(Measure::Mass, value / 3)
                .with(Measure::ValueUsd, value / 260),
        }
    }
}

proptest! {
    /// However figures are told apart, they add up to the same; a section to its sum.
    #[test]
    fn every_grouping_adds_up_to_the_whole(
        facts in prop::collection::vec(any_fact(), 0..80), month in 1_u32..13, sections in 0_u8..3,
    ) {
        use Dimension as D;
        let on = day(&format!("2026-{month:02}-10"));
        let columns = [Measure::Value, Measure::Mass, Measure::ValueUsd];
        let groupings: [&[D]; 6] = [
            &[], &[D::Gate], &[D::Direction, D::Gate], &[D::Day, D::Commune],
            &[D::Gate, D::Direction, D::Day], &[D::Commune, D::Gate, D::Direction],
        ];
        for kind in [PeriodKind::HalfMonth, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year] {
            let period = Period::of(kind, on);
            let year = period.since_new_year();
            for grouping in groupings {
                let mut plan = plan(grouping, &columns);
                plan.sections = sections.min(u8::try_from(grouping.len()).expect("few"));
                let table = tabulate(&plan, period, facts.clone(), key);
                for measure in columns {
                    let of = |fact: &&Fact| fact.amounts.of(measure);
                    let counted = |fact: &&Fact| year.holds(fact.entered);
                    let all: i64 = facts.iter().filter(counted).map(|f| of(&f)).sum();
                    let within = |fact: &&Fact| {
                        period.holds(fact.entered) && period.holds(fact.registered)
                    };
                    let inside: i64 = facts.iter().filter(within).map(|f| of(&f)).sum();
                    let total = table.rows.last().expect("a total");
                    prop_assert_eq!(total.since_new_year.of(measure), all);
                    prop_assert_eq!(total.period.of(measure), inside);
                    for row in &table.rows {
                        if let RowKind::Sum(_, of) | RowKind::Total(of) = &row.kind {
                            let parts: i64 = of.iter().map(|at| table.rows[*at].period.of(measure)).sum();
                            prop_assert_eq!(parts, row.period.of(measure));
                        }
                    }
                }
            }
        }
    }

    /// What was counted in a month is its cumulative column less the one before; on the day of
    /// registration half-months make the month.
    #[test]
    fn periods_make_up_the_year(facts in prop::collection::vec(any_fact(), 0..80), month in 2_u32..13) {
        let first = Period::of(PeriodKind::HalfMonth, day(&format!("2026-{month:02}-01")));
        let second = Period::of(PeriodKind::HalfMonth, day(&format!("2026-{month:02}-16")));
        let whole = Period::of(PeriodKind::Month, first.from);
        let before = Period::of(PeriodKind::Month, first.from.before(1));
        let value = |period, facts: &[Fact]| totals(period, facts).map(|(_, value)| value);
        let late = |of: Period| -> i64 {
            let late = facts.iter().filter(|fact| of.holds(fact.entered) && !of.holds(fact.registered));
            late.map(|fact| fact.amounts.of(Measure::Value)).sum()
        };
        let [inside, since] = value(whole, &facts);
        let [_, since_before] = value(before, &facts);
        prop_assert_eq!(inside + late(whole), since - since_before);
        let [of_first, _] = value(first, &facts);
        let [of_second, since_second] = value(second, &facts);
        prop_assert_eq!(since_second, since);
        let between: i64 = facts
            .iter()
            .filter(|fact| first.holds(fact.registered) && second.holds(fact.entered))
            .map(|fact| fact.amounts.of(Measure::Value))
            .sum();
        prop_assert_eq!(of_first + of_second + between, inside);
        let standing = ReportPlan { basis: Basis::Standing, ..plan(&[], &[Measure::Value]) };
        let by_day = |period| {
            let table = tabulate(&standing, period, facts.clone(), key);
            table.rows.last().expect("a total").period.of(Measure::Value)
        };
        prop_assert_eq!(by_day(first) + by_day(second), by_day(whole));
    }
}
