use super::*;
use crate::declaration::Allocation;
use crate::ids::DeclarationId;
use crate::money::Vnd;
use crate::process::{PaymentMethod, Stage, Step};
use crate::violation::{Violation, ViolationCode as Code};
use crate::{HsCode, Quantity};

fn mark(by: &str) -> Mark {
    Mark {
        at: "2026-11-24T01:00:00Z".parse().expect("a time"),
        by: by.into(),
    }
}

fn line(hs: &str, quantity: i64, certificate: bool) -> DraftLine {
    DraftLine {
        hs: hs.parse::<HsCode>().expect("a code"),
        name: String::new(),
        quantity: Quantity::new(quantity.into()).expect("a quantity"),
        unit: "kg".into(),
        weight: None,
        unit_price: "1000".parse().expect("a price"),
        currency: "VND".parse().expect("a currency"),
        origin: "CN".into(),
        condition: crate::declaration::Condition::New,
        certificate: certificate.then(|| "KD-1".into()),
    }
}

/// A form with these lines that owes `due` and is inspected where something is above the quota.
fn form(lines: Vec<DraftLine>, due: i64, inspection_required: bool) -> (Draft, Decision) {
    let missing = (lines.iter().enumerate())
        .filter(|(_, line)| line.certificate.is_none())
        .map(|(i, _)| Violation::new(Code::CertificateMissing, format!("lines[{i}].certificate")));
    let decision = Decision {
        lines: vec![],
        value: Vnd::new(due * 10),
        exempt: Vnd::ZERO,
        excess: Vnd::ZERO,
        taxes: crate::tax::Taxes {
            duty: Vnd::new(due),
            ..Default::default()
        },
        fee: Vnd::ZERO,
        inspection_required,
        counts_as_trip: false,
        trips_used: 0,
        violations: missing.collect(),
    };
    let draft = Draft {
        id: DeclarationId(uuid::Uuid::nil()),
        at: "2026-11-24T01:00:00Z".parse().expect("a time"),
        gate: "MONGCAI".into(),
        workstation: "Q1".into(),
        direction: Direction::Import,
        exchange_of: None,
        vehicle: None,
        counterpart: None,
        lines,
        allocation: Allocation::Entered,
    };
    (draft, decision)
}

type Form = (Draft, Decision);

fn after(progress: &Progress, steps: &[Step], of: &Form) -> Progress {
    let asked = Requirements::of(&of.1);
    steps.iter().fold(progress.clone(), |progress, step| {
        assert_eq!(progress.check(&asked, step), [], "{step:?}");
        progress.after(step, mark("officer"))
    })
}

fn amend(progress: &Progress, one: &Form, other: &Form) -> Progress {
    amended(
        progress.clone(),
        (&one.0, &one.1),
        (&other.0, &other.1),
        &mark("supervisor"),
    )
}

fn stage(progress: &Progress, of: &Form) -> (Stage, i64) {
    let asked = Requirements::of(&of.1);
    (progress.stage(&asked), progress.balance(&asked).dong())
}

fn inspect(finding: Finding) -> Step {
    Step::Inspect {
        finding,
        remark: "kiểm đếm".into(),
    }
}

fn pay() -> Step {
    Step::Pay {
        method: PaymentMethod::Cash,
        document: "BL-1".into(),
        amount: None,
    }
}

fn refund(amount: i64) -> Step {
    Step::Refund {
        amount: Vnd::new(amount),
        method: PaymentMethod::Bank,
        document: "QD-1".into(),
    }
}

#[test]
fn a_tax_that_changed_is_confirmed_again_and_only_the_difference_is_paid() {
    let lines = || vec![line("08081000", 3, true)];
    let (low, high, same) = (
        form(lines(), 60, false),
        form(lines(), 100, false),
        form(lines(), 100, false),
    );
    let paid = after(&Progress::default(), &[Step::ConfirmTax, pay()], &high);
    assert_eq!(stage(&paid, &high), (Stage::Release, 0));
    assert_eq!(amend(&paid, &high, &same), paid, "the sum stayed");

    let down = amend(&paid, &high, &low);
    assert_eq!(stage(&down, &low), (Stage::Tax, -40));
    let down = after(&down, &[Step::ConfirmTax], &low);
    assert_eq!(stage(&down, &low), (Stage::Release, -40), "nothing to pay");
    let asked = Requirements::of(&low.1);
    let code = |step: &Step| down.check(&asked, step)[0].code;
    assert_eq!(code(&pay()), Code::NoTaxDue);
    assert_eq!(code(&refund(39)), Code::RefundDiffers);
    let settled = after(&down, &[refund(40)], &low);
    assert_eq!(stage(&settled, &low), (Stage::Release, 0));
    assert_eq!(
        settled.check(&asked, &refund(40))[0].code,
        Code::NothingToRefund
    );

    let up = amend(&settled, &low, &high);
    assert_eq!(stage(&up, &high), (Stage::Tax, 40));
    let up = after(&up, &[Step::ConfirmTax, pay()], &high);
    assert_eq!(stage(&up, &high), (Stage::Release, 0));
}

#[test]
fn after_the_release_only_the_money_follows() {
    let (low, high) = (
        form(vec![line("08081000", 3, true)], 0, false),
        form(vec![line("08081000", 5, false)], 70, true),
    );
    let left = after(&Progress::default(), &[Step::Release], &low);
    let up = amend(&left, &low, &high);
    let asked = Requirements::of(&high.1);
    assert_eq!(stage(&up, &high), (Stage::Released, 70));
    assert!(up.is_unsettled(&asked));
    let code = |step: &Step| up.check(&asked, step).first().map(|one| one.code);
    assert_eq!(code(&Step::Present), Some(Code::AlreadyReleased));
    assert_eq!(code(&pay()), Some(Code::TaxOutstanding));
    let settled = after(&up, &[Step::ConfirmTax, pay()], &high);
    assert!(!settled.is_unsettled(&asked));
    assert_eq!(settled.check(&asked, &pay())[0].code, Code::AlreadyReleased);
}

#[test]
fn an_inspection_of_other_goods_is_done_again() {
    let three = form(vec![line("08081000", 3, true)], 50, true);
    let four = form(vec![line("08081000", 4, true)], 50, true);
    let dearer = form(vec![line("08081000", 3, true)], 90, true);
    let under = form(vec![line("08081000", 1, true)], 0, false);
    let conforms = after(&Progress::default(), &[inspect(Finding::Conforms)], &three);
    assert_eq!(
        stage(&amend(&conforms, &three, &dearer), &dearer).0,
        Stage::Tax
    );
    assert_eq!(
        stage(&amend(&conforms, &three, &four), &four).0,
        Stage::Inspection
    );
    assert_eq!(
        stage(&amend(&conforms, &three, &under), &under).0,
        Stage::Release
    );
    let differs = after(&Progress::default(), &[inspect(Finding::Differs)], &three);
    let mended = amend(&differs, &three, &under);
    assert_eq!(
        stage(&mended, &under).0,
        Stage::Inspection,
        "found otherwise: looked at again"
    );
    assert_eq!(
        mended.ordered.as_ref().map(|mark| mark.by.as_str()),
        Some("supervisor")
    );
    let looked = after(&mended, &[inspect(Finding::Conforms)], &under);
    assert_eq!(stage(&looked, &under).0, Stage::Release);
}

#[test]
fn a_certificate_stays_with_its_goods() {
    let both = form(
        vec![line("08081000", 3, false), line("07032090", 1, false)],
        0,
        false,
    );
    let swapped = form(
        vec![line("07032090", 1, false), line("07032090", 1, false)],
        0,
        false,
    );
    let certify = |line| Step::Certify {
        line,
        certificate: format!("KD-{line}"),
    };
    let come = after(&Progress::default(), &[certify(0), certify(1)], &both);
    assert_eq!(stage(&come, &both).0, Stage::Release);
    let amended = amend(&come, &both, &swapped);
    assert_eq!(
        amended.certificates.keys().copied().collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(stage(&amended, &swapped).0, Stage::Certificates);
}

#[test]
fn a_form_that_ended_gives_back_what_was_paid() {
    let taxed = form(vec![line("08081000", 3, true)], 100, false);
    let paid = after(&Progress::default(), &[Step::ConfirmTax, pay()], &taxed);
    let ended = Requirements::of(&taxed.1).ended();
    assert_eq!(paid.balance(&ended), Vnd::new(-100));
    assert!(paid.is_unsettled(&ended));
    assert_eq!(paid.check(&ended, &refund(100)), []);
    let settled = paid.after(&refund(100), mark("officer"));
    assert_eq!(settled.balance(&ended), Vnd::ZERO);
    assert_eq!(settled.payments.len(), 1);
    assert!(!settled.is_unsettled(&ended));
}
