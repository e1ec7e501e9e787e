//! Which row of the book holds on a day.

use super::*;

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

fn entry(prefix: &str, rule: ListRule, from: &str, to: Option<&str>) -> ListEntry {
    ListEntry {
        prefix: prefix.parse().expect("a prefix"),
        rule,
        validity: Validity {
            from: day(from),
            to: to.map(day),
        },
        basis: "Circular 34/2025/TT-BCT".into(),
    }
}

#[test]
fn the_longest_prefix_decides_on_its_days() {
    let mut book = LawBook::default();
    for e in [
        entry("1005", ListRule::Include, "2025-07-21", None),
        entry("10051000", ListRule::Exclude, "2025-07-21", None),
        entry("6402", ListRule::Include, "2025-07-21", Some("2025-12-31")),
    ] {
        book.list.entry(e.prefix).or_default().push(e);
    }
    let verdict = |hs: &str, on: &str| match book.on(day(on)).list(hs.parse().expect("hs")) {
        ListVerdict::Listed(_) => "listed",
        ListVerdict::Excluded(_) => "excluded",
        ListVerdict::NotListed => "not listed",
        ListVerdict::NoList => "no list",
    };
    for (hs, on, expected) in [
        ("10059091", "2026-11-24", "listed"),
        ("10051000", "2026-11-24", "excluded"),
        ("39269099", "2026-11-24", "not listed"),
        ("10059091", "2025-07-20", "no list"),
        ("64029990", "2025-12-31", "listed"),
        ("64029990", "2026-01-01", "not listed"),
    ] {
        assert_eq!(verdict(hs, on), expected, "{hs} on {on}");
    }
}

#[test]
fn rates_hold_for_their_week_only() {
    let mut book = LawBook::default();
    let week = Validity {
        from: day("2026-11-16"),
        to: Some(day("2026-11-22")),
    };
    let rate = "3650.25".parse().expect("a rate");
    let row = ExchangeRate {
        currency: Currency::CNY,
        rate,
        validity: week,
        source: String::new(),
    };
    book.rates.insert(Currency::CNY, vec![row]);
    assert_eq!(
        book.on(day("2026-11-22")).exchange_rate(Currency::CNY),
        Some(rate)
    );
    // LAW vector 8: Monday 00:00 with last week's rate.
    assert_eq!(
        book.on(day("2026-11-23")).exchange_rate(Currency::CNY),
        None
    );
    assert!(
        book.on(day("2026-11-23"))
            .exchange_rate(Currency::VND)
            .is_some()
    );
}
