use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::goods::{ListEntry, ListRule, VatClass};
use crate::law::{ExchangeRate, Prohibition, UnitTitle, VatRate};
use crate::money::Currency;

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

fn days(from: &str, to: &str) -> Validity {
    Validity {
        from: day(from),
        to: (!to.is_empty()).then(|| day(to)),
    }
}

fn vat(percent: i64, validity: Validity) -> LawRow {
    LawRow::Vat(VatRate {
        class: VatClass::Standard,
        percent: Decimal::from(percent),
        validity,
        basis: "Luật 48/2024/QH15".into(),
    })
}

fn rate(dong: &str, validity: Validity) -> LawRow {
    LawRow::Rate(ExchangeRate {
        currency: Currency::CNY,
        rate: dong.parse().expect("a rate"),
        validity,
        source: "Vietcombank".into(),
    })
}

fn listed(prefix: &str, validity: Validity) -> LawRow {
    LawRow::List(ListEntry {
        prefix: prefix.parse().expect("a prefix"),
        rule: ListRule::Include,
        validity,
        basis: "Thông tư 34/2025/TT-BCT".into(),
    })
}

/// VAT as it stands at the end of 2026, two weeks of a rate, two entries of the list.
fn book() -> LawBook {
    LawBook::of(vec![
        vat(8, days("2025-07-01", "2026-12-31")),
        vat(10, days("2027-01-01", "")),
        rate("3650", days("2026-11-16", "2026-11-22")),
        rate("3660", days("2026-11-23", "2026-11-29")),
        listed("07", days("2025-07-21", "")),
        listed("08", days("2025-07-21", "")),
    ])
}

fn enter(rows: Vec<LawRow>, make_room: bool) -> Change {
    Change {
        rows,
        ends: Vec::new(),
        make_room,
    }
}

fn end(key: &str, last: &str) -> Change {
    Change {
        ends: vec![End {
            key: key.into(),
            last: (!last.is_empty()).then(|| day(last)),
        }],
        ..Change::default()
    }
}

/// The codes that speak against a change, each with its field.
fn against(change: &Change) -> Vec<(Code, String)> {
    let (_, problems) = plan(&book(), change);
    problems.into_iter().map(|p| (p.code, p.field)).collect()
}

/// A name, a change, and what speaks against it.
type Case<'a> = (&'a str, Change, Vec<(Code, &'a str)>);

#[test]
fn a_change_that_leaves_one_law_a_day_is_taken_and_others_are_refused() {
    let next_week = days("2026-11-30", "2026-12-06");
    let (from, rows) = ("rows[0].valid_from", "rows");
    let cases: Vec<Case<'_>> = vec![
        (
            "the next week",
            enter(vec![rate("3655", next_week)], false),
            vec![],
        ),
        (
            "the reduction goes on for half a year",
            enter(vec![vat(8, days("2027-01-01", "2027-06-30"))], true),
            vec![],
        ),
        (
            "the same without making room",
            enter(vec![vat(8, days("2027-01-01", "2027-06-30"))], false),
            vec![(Code::LawOverlap, from)],
        ),
        (
            "last day before the first",
            enter(vec![vat(9, days("2027-06-30", "2027-01-01"))], true),
            vec![(Code::LawDatesReversed, "rows[0].valid_to")],
        ),
        (
            "nothing follows",
            end("vat/standard/2027-01-01", "2030-12-31"),
            vec![(Code::LawEnds, rows)],
        ),
        (
            "the first row taken out of the middle",
            end("vat/standard/2027-01-01", ""),
            vec![(Code::LawEnds, rows)],
        ),
        (
            "an earlier end leaves days between",
            end("vat/standard/2025-07-01", "2026-11-30"),
            vec![(Code::LawGap, rows)],
        ),
        (
            "a class of its own that ends",
            enter(
                vec![LawRow::UnitTitle(UnitTitle {
                    unit: "region".into(),
                    title: "Hải quan khu vực VIII".into(),
                    validity: days("2027-03-01", "2028-03-01"),
                    basis: "Luật 11/2026/QH16".into(),
                })],
                false,
            ),
            vec![(Code::LawEnds, rows)],
        ),
        (
            "a week is left out",
            enter(vec![rate("3655", days("2026-12-07", "2026-12-13"))], false),
            vec![(Code::LawGap, rows)],
        ),
        (
            "a week that is no week",
            enter(vec![rate("3655", days("2026-11-30", "2026-12-05"))], false),
            vec![(Code::LawRateWeek, from)],
        ),
        (
            "from Tuesday",
            enter(vec![rate("3655", days("2026-12-01", "2026-12-07"))], false),
            vec![(Code::LawRateWeek, from), (Code::LawGap, rows)],
        ),
        (
            "twice for a week",
            enter(vec![rate("3655", days("2026-11-23", "2026-11-29"))], false),
            vec![(Code::LawRateTwice, from)],
        ),
        (
            "twice in one change",
            enter(vec![rate("3655", next_week), rate("3656", next_week)], true),
            vec![(Code::LawRowTwice, "rows[1].valid_from")],
        ),
        (
            "an entry of the list ends",
            end("list/08/2025-07-21", "2026-12-31"),
            vec![],
        ),
        (
            "every entry of the list ends",
            Change {
                ends: ["07", "08"]
                    .map(|prefix| End {
                        key: format!("list/{prefix}/2025-07-21"),
                        last: Some(day("2026-12-31")),
                    })
                    .into(),
                ..Change::default()
            },
            vec![(Code::LawEnds, rows)],
        ),
        (
            "a row that is not there",
            end("list/09/2025-07-21", "2026-12-31"),
            vec![(Code::LawRowUnknown, "ends[0]")],
        ),
        (
            "what is held already",
            enter(vec![listed("07", days("2025-07-21", ""))], true),
            vec![(Code::LawUnchanged, rows)],
        ),
        (
            "no text it comes from",
            enter(
                vec![listed("09", days("2027-01-01", "")).with_basis(" ")],
                true,
            ),
            vec![(Code::LawBasisMissing, "rows[0].basis")],
        ),
        (
            "a negative percentage",
            enter(vec![vat(-1, days("2028-01-01", ""))], true),
            vec![(Code::NumberOutOfRange, "rows[0].percent")],
        ),
    ];
    for (name, change, expected) in cases {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(c, f)| (c, f.to_owned()))
            .collect();
        assert_eq!(against(&change), expected, "{name}");
    }
}

#[test]
fn what_is_in_the_way_ends_before_and_goes_on_after() {
    let (plan, problems) = plan(
        &book(),
        &enter(vec![vat(8, days("2027-01-01", "2027-06-30"))], true),
    );
    assert_eq!(problems, []);
    let after = plan.applied_to(&book());
    let percent = |on: &str| after.on(day(on)).vat(VatClass::Standard);
    for (on, expected) in [
        ("2026-12-31", 8),
        ("2027-01-01", 8),
        ("2027-06-30", 8),
        ("2027-07-01", 10),
    ] {
        assert_eq!(percent(on), Some(Decimal::from(expected)), "{on}");
    }
    let keys: Vec<_> = plan.saved.iter().map(LawRow::key).collect();
    assert_eq!(keys, ["vat/standard/2027-01-01", "vat/standard/2027-07-01"]);
    let spans: Vec<_> = plan
        .touched
        .iter()
        .map(|t| (t.days, t.held, t.holds))
        .collect();
    assert_eq!(spans, [(days("2027-01-01", "2027-06-30"), true, true)]);
}

#[test]
fn a_row_that_another_covers_goes() {
    let (plan, problems) = plan(&book(), &enter(vec![vat(9, days("2026-12-01", ""))], true));
    assert_eq!(problems, []);
    assert_eq!(plan.removed, ["vat/standard/2027-01-01"]);
    let rows: Vec<_> = plan.series["vat/standard"]
        .iter()
        .map(LawRow::validity)
        .collect();
    assert_eq!(
        rows,
        [days("2025-07-01", "2026-11-30"), days("2026-12-01", "")]
    );
}

#[test]
fn days_without_a_row_are_told_from_those_that_get_another() {
    let ban = LawRow::Prohibited(Prohibition {
        prefix: "9504".parse().expect("a prefix"),
        direction: crate::declaration::Direction::Import,
        goods: String::new(),
        validity: days("2026-01-01", ""),
        basis: "Luật 05/2017/QH14".into(),
    });
    let (plan, problems) = plan(&book(), &enter(vec![ban], false));
    assert_eq!(problems, []);
    assert_eq!(plan.touched.len(), 1);
    assert!(!plan.touched[0].held && plan.touched[0].holds);
}

proptest! {
    /// A book built by whatever changes are accepted has, for each series and each day since its
    /// first, exactly one row.
    #[test]
    fn every_day_has_exactly_one_law(
        steps in prop::collection::vec(
            (0_u8..3, 0_u32..400, prop::option::of(0_u32..200), 1_i64..30, any::<bool>(), 0_u8..8),
            1..25,
        ),
    ) {
        let base = day("2026-01-05");
        let mut book = LawBook::default();
        let mut firsts: BTreeMap<String, BusinessDay> = BTreeMap::new();
        for (which, start, length, figure, make_room, ends) in steps {
            let from = base.after(start);
            let validity = Validity { from, to: length.map(|length| from.after(length)) };
            let row = match which {
                0 => vat(figure, validity),
                1 => LawRow::UnitTitle(UnitTitle {
                    unit: "region".into(),
                    title: format!("Khu vực {figure}"),
                    validity,
                    basis: "b".into(),
                }),
                _ => {
                    let monday = from.week_start();
                    rate(&figure.to_string(), Validity { from: monday, to: Some(monday.after(6)) })
                }
            };
            let series = row.series();
            let held = book.series(&series);
            let change = match held.get(usize::from(ends)) {
                Some(row) if !make_room => end(&row.key(), &from.to_string()),
                _ => enter(vec![row], make_room),
            };
            let (plan, problems) = plan(&book, &change);
            if !problems.iter().any(Violation::refuses) {
                book = plan.applied_to(&book);
                let first = book.series(&series).iter().map(|row| row.validity().from).min();
                if let Some(first) = first {
                    let known = firsts.entry(series).or_insert(first);
                    *known = first.min(*known);
                }
            }
        }
        for (series, first) in &firsts {
            let rows = book.series(series);
            // A rate may be withdrawn at either end; the others hold on, once they have begun.
            let spans = || rows.iter().map(LawRow::validity);
            let (mut on, last) = if series.starts_with("rate") {
                let first = spans().map(|days| days.from).min();
                (first.unwrap_or(base), spans().filter_map(|days| days.to).max())
            } else {
                (*first, Some(base.after(700)))
            };
            while last.is_some_and(|last| on <= last) {
                let holding = rows.iter().filter(|row| row.validity().holds_on(on)).count();
                prop_assert_eq!(holding, 1, "{} on {}", series, on);
                on = on.after(1);
            }
        }
        // What is stored, read back in the order of keys, is the same book.
        let mut stored: Vec<LawRow> = LawKind::ALL.iter().copied().flat_map(|k| book.rows(k)).collect();
        stored.sort_by_key(LawRow::key);
        let again = LawBook::of(stored);
        for series in firsts.keys() {
            prop_assert_eq!(again.series(series), book.series(series));
        }
    }
}
