//! The embedded tables are whole and agree with each other.

use std::collections::BTreeSet;

use chrono::{Datelike, TimeDelta, Weekday};

use super::*;

fn is_digits(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn catalogue_rows_are_complete() {
    let goods = goods().expect("goods.csv");
    let codes: BTreeSet<&str> = goods.iter().map(|row| row.hs.as_str()).collect();
    assert_eq!(
        (goods.len(), codes.len()),
        (80, 80),
        "eighty different codes"
    );
    for row in &goods {
        assert!(is_digits(&row.hs, &[8]), "{}", row.hs);
        for name in [&row.name_vi, &row.name_en, &row.name_zh] {
            assert!(!name.trim().is_empty(), "{} lacks a name", row.hs);
        }
        assert!(
            row.units()
                .all(|unit| ["kg", "chiếc", "bộ", "đôi"].contains(&unit)),
            "{row:?}"
        );
        assert!(
            ["not_subject", "standard"].contains(&row.vat_class.as_str()),
            "{row:?}"
        );
        let check = row.quarantine.as_deref();
        assert!(matches!(check, None | Some("plant" | "aquatic")), "{row:?}");
        assert!(
            row.used_banned <= 1 && row.reference_price_vnd > 0,
            "{row:?}"
        );
    }
}

/// Ordinary rates are 150 % of the most-favoured-nation rate, and 5 % where that is zero.
#[test]
fn ordinary_rate_follows_the_mfn_rate() {
    for row in goods().expect("goods.csv") {
        let expected = if row.mfn.is_zero() {
            Decimal::from(5)
        } else {
            row.mfn * Decimal::new(15, 1)
        };
        assert_eq!(row.ordinary, expected, "{}", row.hs);
    }
}

#[test]
fn rows_hold_the_printed_rates() {
    let goods = goods().expect("goods.csv");
    let cases = [
        ("07032090", "20", Some("0"), "not_subject", Some("plant"), 0),
        (
            "03078110",
            "0",
            Some("0"),
            "not_subject",
            Some("aquatic"),
            0,
        ),
        ("07092000", "15", Some("0"), "standard", Some("plant"), 0),
        ("10063099", "40", None, "not_subject", Some("plant"), 0),
        ("40012110", "3", None, "not_subject", None, 0),
        ("62171090", "20", Some("5"), "standard", None, 1),
        ("63014090", "12", Some("0"), "standard", None, 1),
    ];
    for (hs, mfn, acfta, vat_class, quarantine, used_banned) in cases {
        let row = goods.iter().find(|row| row.hs == hs).expect(hs);
        let acfta = acfta.map(|rate| rate.parse().expect("a rate"));
        assert_eq!(row.mfn, mfn.parse().expect("a rate"), "{hs}");
        assert_eq!(
            (row.acfta, row.vat_class.as_str()),
            (acfta, vat_class),
            "{hs}"
        );
        assert_eq!(
            (row.quarantine.as_deref(), row.used_banned),
            (quarantine, used_banned),
            "{hs}"
        );
    }
}

#[test]
fn goods_list_prefixes_are_valid_and_different() {
    let list = goods_list().expect("goods-list.csv");
    let prefixes: BTreeSet<&str> = list.iter().map(|row| row.hs_prefix.as_str()).collect();
    assert_eq!(prefixes.len(), list.len(), "a prefix is there twice");
    for row in &list {
        assert!(is_digits(&row.hs_prefix, &[2, 4, 6, 8]), "{row:?}");
        assert!(
            ["include", "exclude"].contains(&row.rule.as_str()),
            "{row:?}"
        );
        assert_eq!(row.valid_from.to_string(), "2025-07-21");
    }
    let chapters: Vec<&str> = prefixes.iter().copied().filter(|p| p.len() == 2).collect();
    assert_eq!(chapters, ["07", "08", "44", "61", "62", "64", "66"]);
    let out: Vec<&GoodsListRow> = list.iter().filter(|row| row.rule == "exclude").collect();
    let out: Vec<&str> = out.iter().map(|row| row.hs_prefix.as_str()).collect();
    assert_eq!(out, ["10051000", "10061010"]);
}

/// The longest prefix decides; the catalogue keeps five goods off the list, to show a refusal.
#[test]
fn catalogue_goods_off_the_list_are_the_known_ones() {
    let list = goods_list().expect("goods-list.csv");
    let listed = |hs: &str| {
        let hits = list.iter().filter(|row| hs.starts_with(&row.hs_prefix));
        hits.max_by_key(|row| row.hs_prefix.len())
            .is_some_and(|row| row.rule == "include")
    };
    let off: Vec<String> = goods()
        .expect("goods.csv")
        .into_iter()
        .map(|row| row.hs)
        .collect();
    let off: Vec<&str> = off
        .iter()
        .map(String::as_str)
        .filter(|hs| !listed(hs))
        .collect();
    assert_eq!(
        off,
        ["10051000", "10061010", "11031300", "39269099", "42021219"]
    );
}

/// Every class has exactly one rate on every day from 1 July 2025.
#[test]
fn vat_spans_neither_overlap_nor_leave_a_gap() {
    let vat = vat().expect("vat.csv");
    for class in ["not_subject", "reduced", "standard"] {
        let mut spans: Vec<&VatRow> = vat.iter().filter(|row| row.class == class).collect();
        spans.sort_by_key(|row| row.valid_from);
        assert_eq!(spans[0].valid_from.to_string(), "2025-07-01", "{class}");
        for pair in spans.windows(2) {
            let end = pair[0].valid_to.expect("only the last span is open");
            assert_eq!(end + TimeDelta::days(1), pair[1].valid_from, "{class}");
        }
        assert_eq!(spans.last().and_then(|row| row.valid_to), None, "{class}");
    }
}

#[test]
fn gates_belong_to_known_parents() {
    let gates = gates().expect("gates.csv");
    let codes: BTreeSet<&str> = gates.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.len(), gates.len());
    let kinds = [
        "international",
        "main",
        "sub",
        "opening",
        "clearance_passage",
    ];
    for row in &gates {
        assert!(
            row.code
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
            "{row:?}"
        );
        assert!(kinds.contains(&row.kind.as_str()), "{row:?}");
        assert!(
            row.parent
                .as_deref()
                .is_none_or(|code| codes.contains(code)),
            "{row:?}"
        );
        assert!(row.opens_at < row.closes_at, "{row:?}");
    }
    let passage = gates
        .iter()
        .find(|row| row.code == "BACPHONGSINH")
        .expect("the passage");
    assert_eq!(passage.parent.as_deref(), Some("HOANHMO"));
}

#[test]
fn communes_are_of_quang_ninh() {
    let communes = communes().expect("communes.csv");
    let codes: BTreeSet<&str> = communes.iter().map(|row| row.code.as_str()).collect();
    assert_eq!((communes.len(), codes.len()), (10, 10));
    for row in &communes {
        assert!(is_digits(&row.code, &[5]), "{row:?}");
        assert_eq!(
            (row.province_code.as_str(), row.valid_to),
            ("22", None),
            "{row:?}"
        );
        assert_eq!(row.valid_from.to_string(), "2025-07-01");
    }
}

#[test]
fn rates_are_whole_weeks_of_the_thursday_before() {
    let rates = rates().expect("rates.csv");
    assert_eq!(rates.len(), 28, "two currencies in fourteen weeks");
    for row in &rates {
        assert_eq!(row.thursday.weekday(), Weekday::Thu, "{row:?}");
        assert_eq!(row.valid_from - row.thursday, TimeDelta::days(4), "{row:?}");
        assert_eq!(row.valid_to - row.valid_from, TimeDelta::days(6), "{row:?}");
        assert!(row.rate_vnd > Decimal::from(3_000), "{row:?}");
    }
    for currency in ["CNY", "USD"] {
        let weeks: Vec<&RateRow> = rates
            .iter()
            .filter(|row| row.currency == currency)
            .collect();
        for pair in weeks.windows(2) {
            assert_eq!(pair[0].valid_to + TimeDelta::days(1), pair[1].valid_from);
        }
    }
}

#[test]
fn damaged_table_is_named() {
    let error = rows::<VatRow>("vat.csv", "class,rate_percent\nstandard,eight\n").unwrap_err();
    assert_eq!(error.to_string(), "embedded table vat.csv cannot be read");
}
