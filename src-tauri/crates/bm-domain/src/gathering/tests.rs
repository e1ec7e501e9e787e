use super::*;
use crate::goods::{Goods, Tariff, VatClass};
use crate::law::{ExchangeRate, LawBook, VatRate};
use crate::money::Currency;
use crate::{Validity, Weight};

fn day(text: &str) -> BusinessDay {
    text.parse().expect("a day")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn id(n: u128) -> DeclarationId {
    DeclarationId(Uuid::from_u128(n))
}

fn mark() -> Mark {
    Mark {
        at: at("2026-11-24T02:00:00Z"),
        by: "lan".into(),
    }
}

/// A released form of 100 kg of cups at 10 CNY.
fn form(n: u128) -> (DeclarationId, ImportForm) {
    let declared = DraftLine {
        hs: "39241090".parse().expect("a code"),
        name: String::new(),
        quantity: "100".parse().expect("a quantity"),
        unit: "kg".into(),
        weight: Some(Weight::new(100.into()).expect("a weight")),
        unit_price: "10".parse().expect("a price"),
        currency: Currency::CNY,
        origin: "CN".into(),
        condition: crate::declaration::Condition::New,
        certificate: None,
    };
    let line = ImportLine {
        declared,
        taxes: Taxes {
            duty: Vnd::new(101),
            ..Taxes::default()
        },
        taken: Decimal::ZERO,
    };
    let form = ImportForm {
        number: format!("MONGCAI/2026/NK/Q1-{n:06}"),
        gate: "MONGCAI".into(),
        day: day("2026-11-20"),
        direction: Direction::Import,
        standing: Standing::Released,
        lines: vec![line],
        other_trader: None,
    };
    (id(n), form)
}

fn taken(n: u128, quantity: &str) -> Taken {
    Taken {
        form: id(n),
        line: 0,
        quantity: quantity.parse().expect("a quantity"),
        day: day("2026-11-24"),
    }
}

fn list(lines: Vec<Taken>) -> Gathering {
    Gathering {
        id: Uuid::from_u128(99),
        number: "MONGCAI/2026/MG/Q1-000001".into(),
        gate: "MONGCAI".into(),
        trader: Trader {
            name: "Công ty An Phát".into(),
            address: "Móng Cái".into(),
            tax_code: "0100112437".parse().expect("a tax code"),
        },
        place: "Chợ biên giới".into(),
        lines,
        filed: None,
        taxed: None,
        paid: None,
        released: None,
        cancelled: None,
    }
}

fn found(list: &Gathering, forms: &ImportForms) -> Vec<Violation> {
    check(list, forms, at("2026-11-24T05:00:00Z"))
}

fn codes(found: &[Violation]) -> Vec<Code> {
    found.iter().map(|one| one.code).collect()
}

/// LAW vector 12.
#[test]
fn three_forms_of_a_hundred_kilograms_do_not_give_three_hundred_and_ten() {
    let forms: ImportForms = (1..=3).map(form).collect();
    let asked = list(vec![taken(1, "100"), taken(2, "100"), taken(3, "110")]);
    let all = found(&asked, &forms);
    assert_eq!(codes(&all), [Code::GatheredTooMuch]);
    assert_eq!(all[0].field, "lines[2].quantity");
    let said = |name: &str| all[0].params[name].as_str();
    assert_eq!(
        (
            said("asked"),
            said("left"),
            said("wanted"),
            said("available")
        ),
        ("110", "100", "310", "300")
    );
    let right = list(vec![taken(1, "100"), taken(2, "100"), taken(3, "100")]);
    assert_eq!(found(&right, &forms), []);
}

#[test]
fn what_other_lists_took_and_what_stands_twice_on_one_list_counts() {
    let mut forms: ImportForms = [form(1)].into();
    forms.get_mut(&id(1)).expect("the form").lines[0].taken = Decimal::from(60);
    let asked = list(vec![taken(1, "30"), taken(1, "10"), taken(1, "0.001")]);
    let all = found(&asked, &forms);
    assert_eq!(codes(&all), [Code::GatheredTooMuch]);
    assert_eq!(all[0].field, "lines[2].quantity");
    assert_eq!(all[0].params["left"], "0");
}

#[test]
fn each_form_that_cannot_be_gathered_has_its_own_sentence() {
    type Change = fn(&mut ImportForm);
    let cases: [(Change, Code); 6] = [
        (
            |f| f.standing = Standing::Refused,
            Code::GatheredFormRefused,
        ),
        (
            |f| f.standing = Standing::Cancelled,
            Code::GatheredFormCancelled,
        ),
        (
            |f| f.standing = Standing::Pending,
            Code::GatheredFormPending,
        ),
        (
            |f| f.direction = Direction::Export,
            Code::GatheredFormExport,
        ),
        (|f| f.gate = "HOANHMO".into(), Code::GatheredElsewhere),
        (
            |f| f.other_trader = Some("An Khang".into()),
            Code::GatheredFormSplit,
        ),
    ];
    for (change, code) in cases {
        let mut forms: ImportForms = [form(1)].into();
        change(forms.get_mut(&id(1)).expect("the form"));
        let all = found(&list(vec![taken(1, "1"), taken(1, "1")]), &forms);
        assert_eq!(codes(&all), [code], "once for the form");
    }
    let forms: ImportForms = [form(1)].into();
    assert_eq!(
        codes(&found(&list(vec![taken(2, "1")]), &forms)),
        [Code::GatheredFormUnknown]
    );
    let beyond = Taken {
        line: 1,
        ..taken(1, "1")
    };
    assert_eq!(
        codes(&found(&list(vec![beyond]), &forms)),
        [Code::GatheredLineUnknown]
    );
    assert_eq!(
        codes(&found(&list(Vec::new()), &forms)),
        [Code::NothingGathered]
    );
    for wrong in ["2026-11-19", "2026-11-25"] {
        let early = Taken {
            day: day(wrong),
            ..taken(1, "1")
        };
        assert_eq!(
            codes(&found(&list(vec![early]), &forms)),
            [Code::GatheringDayWrong]
        );
    }
    let mut doubtful = list(vec![taken(1, "1")]);
    doubtful.trader.tax_code = "0100112438".parse().expect("a tax code");
    assert_eq!(codes(&found(&doubtful, &forms)), [Code::TaxCodeDoubtful]);
}

/// LAW vector 13.
#[test]
fn the_thirty_first_day_after_the_oldest_day_is_late() {
    let term = Term {
        kind: TermKind::Gathering,
        amount: 30,
        validity: Validity::since(day("2020-01-01")),
        basis: String::new(),
    };
    let newer = Taken {
        day: day("2026-11-26"),
        ..taken(2, "1")
    };
    let mixed = list(vec![newer, taken(1, "1")]);
    assert_eq!(mixed.last_day(&term), Some(day("2026-12-24")));
    assert_eq!(lateness(&mixed, &term, day("2026-12-24")), None);
    let late = lateness(&mixed, &term, day("2026-12-25")).expect("late");
    assert_eq!(late.code, Code::GatheringLate);
    assert_eq!(late.params["day"], "2026-12-24");
}

fn cups(vat: VatClass) -> Goods {
    Goods {
        hs: "39241090".parse().expect("a code"),
        name_vi: "Cốc nhựa".into(),
        name_en: String::new(),
        name_zh: String::new(),
        units: vec!["kg".into()],
        tariff: Tariff {
            mfn: Some(22.into()),
            ordinary: Some(33.into()),
            excise: Some(10.into()),
            environment_vnd: Some(50.into()),
            vat: Some(vat),
            ..Tariff::default()
        },
        quarantine: None,
        used_banned: false,
        reference_price: None,
        validity: Validity::since(day("2020-01-01")),
        basis: String::new(),
    }
}

fn book() -> LawBook {
    let mut book = LawBook::default();
    let goods = cups(VatClass::Standard);
    book.goods.insert(goods.hs, vec![goods]);
    book.vat.push(VatRate {
        class: VatClass::Standard,
        percent: 8.into(),
        validity: Validity::since(day("2020-01-01")),
        basis: String::new(),
    });
    let rate = ExchangeRate {
        currency: Currency::CNY,
        rate: "3650.25".parse().expect("a rate"),
        validity: Validity::since(day("2026-11-23")),
        source: String::new(),
    };
    book.rates.insert(Currency::CNY, vec![rate]);
    book
}

#[test]
fn everything_gathered_is_taxed_at_the_rate_of_the_day() {
    let forms: ImportForms = [form(1)].into();
    let asked = list(vec![taken(1, "40")]);
    let book = book();
    let sheet = assess(&asked, &forms, &book.on(day("2026-11-24"))).expect("computed");
    // 40 kg at 10 CNY at 3,650.25 VND: 1,460,100; duty 22 %: 321,222; excise 10 % of both:
    // 178,132 (half up); environment 40 x 50: 2,000; VAT 8 % of all: 156,916 (half up).
    let expected = Taxes {
        duty: Vnd::new(321_222),
        excise: Vnd::new(178_132),
        environment: Vnd::new(2_000),
        vat: Vnd::new(156_916),
    };
    assert_eq!(sheet[0].value, Vnd::new(1_460_100));
    assert_eq!(sheet[0].taxes, expected);
    // 40 of 100 kg of 101 VND: 40.4.
    assert_eq!(sheet[0].paid_by_resident, Vnd::new(40));
    let unknown = assess(&asked, &forms, &book.on(day("2026-11-22"))).expect_err("no rate");
    assert_eq!(codes(&unknown), [Code::RateMissing]);
    let mut bare = book;
    bare.goods.clear();
    let unknown = assess(&asked, &forms, &bare.on(day("2026-11-24"))).expect_err("no duty");
    assert_eq!(codes(&unknown), [Code::TariffMissing]);
}

#[test]
fn the_goods_leave_only_when_the_tax_is_paid() {
    let file = GatheringStep::File {
        declaration: String::new(),
        reason: String::new(),
    };
    let pay = GatheringStep::Pay {
        method: PaymentMethod::Cash,
        document: "BL-1".into(),
    };
    let steps = [file, GatheringStep::ConfirmTax, pay, GatheringStep::Release];
    let refusals = |list: &Gathering| -> Vec<Option<Code>> {
        let first = |step| list.check_step(step).first().map(|one| one.code);
        steps.iter().map(first).collect()
    };
    let mut stages = Vec::new();
    let mut gone = list(vec![taken(1, "40")]);
    let mut note = |gone: &Gathering| stages.push((gone.stage(), refusals(gone)));
    note(&gone);
    let forms: ImportForms = [form(1)].into();
    let sheet = assess(&gone, &forms, &book().on(day("2026-11-24"))).expect("computed");
    gone.filed = Some(Filing {
        mark: mark(),
        declaration: String::new(),
        late_reason: String::new(),
        sheet,
    });
    note(&gone);
    gone.taxed = Some(mark());
    note(&gone);
    gone.paid = Some((mark(), PaymentMethod::Cash, "BL-1".into()));
    note(&gone);
    gone.released = Some(mark());
    note(&gone);
    use Code::{
        GatheringClosed as Closed, GatheringNotFiled as NotFiled, GatheringStepTaken as Done,
    };
    let none = None;
    assert_eq!(
        stages,
        [
            (
                GatheringStage::Draft,
                vec![none, Some(NotFiled), Some(NotFiled), Some(NotFiled)]
            ),
            (
                GatheringStage::Filed,
                vec![
                    Some(Done),
                    none,
                    Some(Code::GatheringNotTaxed),
                    Some(Code::GatheringNotTaxed)
                ]
            ),
            (
                GatheringStage::Taxed,
                vec![Some(Done), Some(Done), none, Some(Code::GatheringNotPaid)]
            ),
            (
                GatheringStage::Paid,
                vec![Some(Done), Some(Done), Some(Done), none]
            ),
            (GatheringStage::Released, vec![Some(Closed); 4]),
        ]
    );
}
