//! Every edge case of the quota, as one table through the whole decision.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::calendar::{BusinessDay, Validity};
use crate::declaration::Allocation;
use crate::goods::{ListEntry, ListRule, Quarantine, Tariff, VatClass};
use crate::ids::{DeclarationId, PersonId};
use crate::law::{Commune, ExchangeRate, Gate, LawBook, VatRate};
use crate::money::Currency;
use crate::quota::{QuotaPeriod, QuotaRule, SecondTrip};
use crate::resident::{Paper, PaperKind};

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

fn since(text: &str) -> Validity {
    Validity::since(day(text))
}

fn goods(hs: &str, mfn: i64, vat: VatClass) -> Goods {
    let tariff = Tariff {
        mfn: Some(mfn.into()),
        ordinary: Some((mfn * 3 / 2).into()),
        vat: Some(vat),
        ..Tariff::default()
    };
    Goods {
        hs: hs.parse().expect("hs"),
        name_vi: "Hàng thử".into(),
        name_en: String::new(),
        name_zh: String::new(),
        units: vec!["kg".into()],
        tariff,
        quarantine: None,
        used_banned: false,
        reference_price: None,
        validity: crate::goods::always(),
        basis: String::new(),
    }
}

fn law() -> LawBook {
    let mut book = LawBook::default();
    book.quota.push(QuotaRule {
        direction: Direction::Import,
        value_limit: Vnd::new(2_000_000),
        trips_limit: 4,
        period: QuotaPeriod::CalendarMonth,
        second_trip: SecondTrip::NotExempt,
        taxed_trip_counts: false,
        validity: since("2020-01-01"),
        basis: "Decree 134/2016/ND-CP app. V".into(),
    });
    let vat = |percent: i64, from: &str, to: Option<&str>| VatRate {
        class: VatClass::Standard,
        percent: percent.into(),
        validity: Validity {
            from: day(from),
            to: to.map(day),
        },
        basis: String::new(),
    };
    book.vat.push(vat(8, "2025-07-01", Some("2026-12-31")));
    book.vat.push(vat(10, "2027-01-01", None));
    for (prefix, rule) in [
        ("63", ListRule::Include),
        ("07", ListRule::Include),
        ("07032090", ListRule::Exclude),
    ] {
        let prefix = prefix.parse().expect("a prefix");
        let basis = "Circular 34/2025/TT-BCT".into();
        let entry = ListEntry {
            prefix,
            rule,
            validity: since("2025-07-21"),
            basis,
        };
        book.list.entry(prefix).or_default().push(entry);
    }
    let mut blankets = goods("63014090", 12, VatClass::Standard);
    blankets.used_banned = true;
    let mut cabbage = goods("07049010", 20, VatClass::Standard);
    cabbage.quarantine = Some(Quarantine::Plant);
    let mut unrated = goods("63013090", 0, VatClass::Standard);
    unrated.tariff = Tariff::default();
    let other = goods("39269099", 12, VatClass::Standard);
    for item in [
        blankets,
        cabbage,
        unrated,
        other,
        goods("07032090", 20, VatClass::Standard),
    ] {
        book.goods.insert(item.hs, vec![item]);
    }
    let week = Validity {
        from: day("2026-11-23"),
        to: Some(day("2026-11-29")),
    };
    let rate = "3650".parse().expect("a rate");
    book.rates.insert(
        Currency::CNY,
        vec![ExchangeRate {
            currency: Currency::CNY,
            rate,
            validity: week,
            source: String::new(),
        }],
    );
    book.gates.insert(
        "HOANHMO".into(),
        vec![Gate {
            code: "HOANHMO".into(),
            name: "Hoành Mô".into(),
            kind: "main".into(),
            parent: String::new(),
            office: String::new(),
            region: String::new(),
            hours: None,
            validity: since("2024-06-25"),
            basis: String::new(),
        }],
    );
    let commune = Commune {
        code: "06841".into(),
        name: "Hoành Mô".into(),
        validity: since("2025-07-01"),
        basis: String::new(),
    };
    book.communes = BTreeMap::from([("06841".into(), vec![commune])]);
    book
}

fn resident() -> Resident {
    Resident {
        id: PersonId(Uuid::nil()),
        name: "La Thị Mai".into(),
        born: NaiveDate::from_ymd_opt(1985, 3, 12).expect("a date"),
        sex: None,
        address: String::new(),
        commune: "06841".into(),
        basis: ResidenceBasis::PermanentResidence,
        phone: None,
        papers: vec![Paper::new(PaperKind::Cccd, "022185004321")],
    }
}

fn line(hs: &str, vnd: i64) -> DraftLine {
    DraftLine {
        hs: hs.parse().expect("hs"),
        name: String::new(),
        quantity: "1".parse().expect("a quantity"),
        unit: "kg".into(),
        weight: None,
        unit_price: UnitPrice::new(vnd.into()).expect("a price"),
        currency: Currency::VND,
        origin: "CN".into(),
        condition: Condition::New,
        certificate: None,
    }
}

fn draft(lines: Vec<DraftLine>) -> Draft {
    Draft {
        id: DeclarationId(Uuid::nil()),
        at: "2026-11-24T03:00:00Z".parse().expect("an instant"),
        gate: "HOANHMO".into(),
        workstation: "Q01".into(),
        direction: Direction::Import,
        exchange_of: None,
        vehicle: None,
        counterpart: None,
        lines,
        allocation: Allocation::Entered,
    }
}

fn used(exempt_today: i64, trips_today: u32, trips_in_period: u32) -> QuotaUsage {
    QuotaUsage {
        exempt_today: Vnd::new(exempt_today),
        trips_today,
        trips_in_period,
    }
}

fn decided(draft: &Draft, usage: QuotaUsage, book: &LawBook) -> Decision {
    let resident = resident();
    let law = book.on(BusinessDay::of(draft.at));
    decide(
        draft,
        &Facts {
            law,
            resident: Some(&resident),
            usage,
        },
    )
}

fn codes(decision: &Decision) -> Vec<Code> {
    decision
        .violations
        .iter()
        .map(|violation| violation.code)
        .collect()
}

#[test]
fn the_quota_of_one_trip() {
    let book = law();
    // (value, used) -> (exempt, excess, trip counted, warning); LAW 3.2 and vectors 1, 2, 4, 5.
    let cases = [
        (1_500_000, used(0, 0, 0), (1_500_000, 0, true), None),
        (2_000_000, used(0, 0, 0), (2_000_000, 0, true), None),
        (
            2_000_001,
            used(0, 0, 0),
            (2_000_000, 1, true),
            Some(Code::OverQuota),
        ),
        (
            400_000,
            used(1_500_000, 1, 1),
            (0, 400_000, false),
            Some(Code::SecondTripOfDay),
        ),
        (
            2_000_000,
            used(2_000_000, 1, 1),
            (0, 2_000_000, false),
            Some(Code::SecondTripOfDay),
        ),
        (
            100_000,
            used(0, 0, 4),
            (0, 100_000, false),
            Some(Code::MonthTripsUsedUp),
        ),
        (100_000, used(0, 0, 3), (100_000, 0, true), None),
        (0, used(0, 0, 0), (0, 0, false), None),
    ];
    for (value, usage, (exempt, excess, trip), warning) in cases {
        let decision = decided(&draft(vec![line("63014090", value)]), usage, &book);
        assert_eq!(
            decision.exempt.dong(),
            exempt,
            "exempt of {value} after {usage:?}"
        );
        assert_eq!(
            decision.excess.dong(),
            excess,
            "excess of {value} after {usage:?}"
        );
        assert_eq!(
            decision.counts_as_trip, trip,
            "trip of {value} after {usage:?}"
        );
        assert_eq!(
            decision.inspection_required,
            excess > 0,
            "inspection of {value}"
        );
        assert_eq!(decision.trips_used, usage.trips_in_period + u32::from(trip));
        assert_eq!(
            codes(&decision),
            Vec::from_iter(warning),
            "warning of {value}"
        );
    }
}

#[test]
fn a_shared_day_limit_lets_a_second_trip_have_the_rest() {
    // LAW vector 3.
    let mut book = law();
    book.quota[0].second_trip = SecondTrip::ShareDayLimit;
    let trip = draft(vec![line("63014090", 400_000)]);
    let decision = decided(&trip, used(1_500_000, 1, 1), &book);
    assert_eq!((decision.exempt.dong(), decision.trips_used), (400_000, 2));
}

#[test]
fn the_excess_is_taxed_under_the_law_of_the_day() {
    // LAW vector 6, and the same goods after the reduction of VAT has ended.
    let book = law();
    let mut form = draft(vec![line("63014090", 5_000_000)]);
    let decision = decided(&form, used(0, 0, 0), &book);
    assert_eq!(
        (decision.taxes.duty.dong(), decision.taxes.vat.dong()),
        (360_000, 268_800)
    );
    assert_eq!(decision.total_due().dong(), 628_800);
    form.at = "2026-12-31T17:00:00Z".parse().expect("an instant");
    assert_eq!(
        decided(&form, used(0, 0, 0), &book).taxes.vat.dong(),
        336_000
    );
    // Unknown origin bears the ordinary rate.
    form.lines[0].origin.clear();
    let decision = decided(&form, used(0, 0, 0), &book);
    assert_eq!(decision.taxes.duty.dong(), 540_000);
    assert!(codes(&decision).contains(&Code::OriginUnknown));
}

#[test]
fn what_may_not_come_in_is_refused_with_its_article() {
    let book = law();
    let refused = |change: fn(&mut Draft)| {
        let mut form = draft(vec![line("63014090", 100_000)]);
        change(&mut form);
        let decision = decided(&form, used(0, 0, 0), &book);
        let refusals = decision.violations.iter().filter(|v| v.refuses());
        refusals
            .map(|v| (v.code, v.field.clone(), v.basis.clone()))
            .collect::<Vec<_>>()
    };
    type Change = fn(&mut Draft);
    let set_hs: [(Change, Code, &str); 8] = [
        (
            |d| d.lines[0].hs = "07032090".parse().expect("hs"),
            Code::GoodsExcluded,
            "lines[0].hs",
        ),
        (
            |d| d.lines[0].hs = "39269099".parse().expect("hs"),
            Code::GoodsNotOnList,
            "lines[0].hs",
        ),
        (
            |d| d.lines[0].condition = Condition::Used,
            Code::UsedGoodsBanned,
            "lines[0].condition",
        ),
        (
            |d| d.lines[0].currency = Currency::USD,
            Code::RateMissing,
            "lines[0].currency",
        ),
        (|d| d.gate = "NOWHERE".into(), Code::GateUnknown, "gate"),
        (|d| d.lines.clear(), Code::NothingDeclared, "lines"),
        (
            |d| d.at = "2019-06-01T03:00:00Z".parse().expect("at"),
            Code::GateUnknown,
            "gate",
        ),
        (
            |d| d.lines[0].unit_price = UnitPrice::new(1_000_000_000_000_i64.into()).expect("max"),
            Code::ValueTooLarge,
            "lines[0].unit_price",
        ),
    ];
    for (change, code, field) in set_hs {
        let mut change_twice = refused(change);
        if code == Code::ValueTooLarge {
            let mut form = draft(vec![line("63014090", 1)]);
            change(&mut form);
            form.lines[0].quantity = "999999999".parse().expect("a quantity");
            let decision = decided(&form, used(0, 0, 0), &book);
            change_twice = decision
                .violations
                .iter()
                .filter(|v| v.refuses())
                .map(|v| (v.code, v.field.clone(), v.basis.clone()))
                .collect();
        }
        let found = change_twice.iter().find(|(got, _, _)| *got == code);
        let (_, at, basis) = found.unwrap_or_else(|| panic!("{code:?} in {change_twice:?}"));
        assert_eq!(at, field, "{code:?}");
        assert!(
            !basis.is_empty() || code == Code::ValueTooLarge,
            "{code:?} names its article"
        );
    }
}

#[test]
fn goods_above_the_quota_need_a_rate_and_goods_within_do_not() {
    let book = law();
    let of = |vnd| decided(&draft(vec![line("63013090", vnd)]), used(0, 0, 0), &book);
    assert!(!of(2_000_000).is_refused());
    assert_eq!(
        codes(&of(2_000_001)),
        [Code::TariffMissing, Code::OverQuota]
    );
}

#[test]
fn exports_have_no_quota() {
    let book = law();
    let mut form = draft(vec![line("39269099", 50_000)]);
    form.direction = Direction::Export;
    let decision = decided(&form, used(0, 0, 0), &book);
    assert_eq!(
        (decision.exempt.dong(), decision.excess.dong()),
        (0, 50_000)
    );
    assert!(!decision.inspection_required && !decision.counts_as_trip);
    assert_eq!(codes(&decision), [Code::ExportRateUnknown]);
}

#[test]
fn values_convert_at_the_rate_of_the_week() {
    let book = law();
    let mut form = draft(vec![line("07049010", 0)]);
    form.lines[0].quantity = "12.5".parse().expect("a quantity");
    form.lines[0].unit_price = "3.3333".parse().expect("a price");
    form.lines[0].currency = Currency::CNY;
    let decision = decided(&form, used(0, 0, 0), &book);
    // 12.5 x 3.3333 x 3650 = 152,081.8125
    assert_eq!(decision.value.dong(), 152_082);
    assert_eq!(decision.lines[0].weight.map(|w| w.grams()), Some(12_500));
    assert_eq!(codes(&decision), [Code::CertificateMissing]);
}

#[test]
fn who_is_not_a_border_resident_is_refused() {
    let book = law();
    let form = draft(vec![line("63014090", 100_000)]);
    let law = book.on(BusinessDay::of(form.at));
    let verdict = |change: fn(&mut Resident)| {
        let mut person = resident();
        change(&mut person);
        let usage = QuotaUsage::default();
        codes(&decide(
            &form,
            &Facts {
                law,
                resident: Some(&person),
                usage,
            },
        ))
    };
    assert_eq!(verdict(|_| {}), []);
    assert_eq!(
        verdict(|p| p.commune = "00001".into()),
        [Code::ResidentIneligible]
    );
    assert_eq!(
        verdict(|p| p.basis = ResidenceBasis::ResidencePermit),
        [Code::PermitToConfirm]
    );
    assert_eq!(
        verdict(|p| p.born = day("2015-01-01").date()),
        [Code::Minor]
    );
    assert_eq!(
        verdict(|p| p.papers = vec![Paper::new(PaperKind::ChineseId, "11010519491231002X")]),
        [Code::PaperNotAccepted]
    );
    let nobody = Facts {
        law,
        resident: None,
        usage: QuotaUsage::default(),
    };
    assert_eq!(codes(&decide(&form, &nobody)), [Code::ResidentUnknown]);
}
