use proptest::prelude::*;

use super::*;
use crate::calendar::Validity;
use crate::law::{Term, TermKind};
use crate::worktime::WorkCalendar;
use crate::worktime::{Span, WeekHours};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn mark() -> Mark {
    Mark {
        at: at("2026-11-24T08:00:00+07:00"),
        by: "officer".into(),
    }
}

fn pay() -> Step {
    Step::Pay {
        method: PaymentMethod::Cash,
        document: "BL-000123".into(),
        amount: None,
    }
}

fn inspect(finding: Finding) -> Step {
    Step::Inspect {
        finding,
        remark: "đối chiếu đủ hàng".into(),
    }
}

fn certify(line: usize) -> Step {
    Step::Certify {
        line,
        certificate: "KDTV-0001".into(),
    }
}

/// Takes the steps in order; each must be allowed.
fn through(form: &Requirements, steps: &[Step]) -> Progress {
    steps.iter().fold(Progress::default(), |progress, step| {
        assert_eq!(
            progress.check(form, step),
            [],
            "{step:?} after {progress:?}"
        );
        progress.after(step, mark())
    })
}

fn codes(form: &Requirements, before: &[Step], step: &Step) -> Vec<Code> {
    let found = through(form, before).check(form, step);
    found.into_iter().map(|violation| violation.code).collect()
}

fn over_quota() -> Requirements {
    Requirements {
        inspection: true,
        due: Vnd::new(628_800),
        charged: Vnd::new(628_800),
        certificates: vec![1],
    }
}

#[test]
fn a_form_within_the_quota_is_released_at_once() {
    let form = Requirements::default();
    assert_eq!(Progress::default().stage(&form), Stage::Release);
    assert_eq!(
        through(&form, &[Step::Release]).stage(&form),
        Stage::Released
    );
}

#[test]
fn a_form_over_the_quota_goes_through_every_stage() {
    let form = over_quota();
    let steps = [
        (Step::Present, Stage::Inspection),
        (inspect(Finding::Conforms), Stage::Certificates),
        (certify(1), Stage::Tax),
        (Step::ConfirmTax, Stage::Payment),
        (pay(), Stage::Release),
        (Step::Release, Stage::Released),
    ];
    let mut taken = Vec::new();
    for (step, stage) in steps {
        taken.push(step);
        assert_eq!(through(&form, &taken).stage(&form), stage, "{taken:?}");
    }
}

#[test]
fn a_step_out_of_turn_says_what_is_missing() {
    let form = over_quota();
    let conforms = inspect(Finding::Conforms);
    let all = [
        Code::InspectionOutstanding,
        Code::CertificateOutstanding,
        Code::TaxOutstanding,
    ];
    assert_eq!(codes(&form, &[], &Step::Release), all);
    let differs = [inspect(Finding::Differs), certify(1)];
    assert_eq!(
        codes(&form, &differs, &Step::Release),
        [Code::InspectionDiffers, Code::TaxOutstanding]
    );
    let unpaid = [conforms.clone(), certify(1), Step::ConfirmTax];
    assert_eq!(
        codes(&form, &unpaid, &Step::Release),
        [Code::PaymentOutstanding]
    );
    assert_eq!(
        codes(&form, &[], &Step::ConfirmTax),
        [Code::InspectionOutstanding]
    );
    assert_eq!(codes(&form, &[], &pay()), [Code::TaxOutstanding]);
    assert_eq!(codes(&form, &[], &certify(0)), [Code::NoCertificateDue]);
    let blank = Step::Waive {
        line: 1,
        reason: "  ".into(),
    };
    assert_eq!(codes(&form, &[], &blank), [Code::FieldRequired]);
    // After the tax is confirmed an inspection would change what it rests on.
    assert_eq!(codes(&form, &unpaid, &conforms), [Code::StepTaken]);
    assert_eq!(codes(&form, &unpaid, &Step::ConfirmTax), [Code::StepTaken]);
    let free = Requirements::default();
    assert_eq!(codes(&free, &[], &Step::ConfirmTax), [Code::NoTaxDue]);
    assert_eq!(codes(&free, &[], &conforms), [Code::NoInspectionDue]);
    assert_eq!(
        codes(&free, &[Step::Release], &Step::Release),
        [Code::AlreadyReleased]
    );
}

#[test]
fn an_ordered_inspection_binds_like_a_mandatory_one() {
    let form = Requirements::default();
    let ordered = [Step::OrderInspection];
    assert_eq!(
        codes(&form, &ordered, &Step::Release),
        [Code::InspectionOutstanding]
    );
    let inspected = [Step::OrderInspection, inspect(Finding::Conforms)];
    assert_eq!(codes(&form, &inspected, &Step::Release), []);
}

#[test]
fn time_runs_from_papers_goods_and_certificates() {
    let calendar = WorkCalendar {
        hours: vec![WeekHours {
            weekdays: vec![1, 2, 3, 4, 5],
            spans: vec![Span {
                from: chrono::NaiveTime::from_hms_opt(7, 0, 0).expect("a time"),
                to: chrono::NaiveTime::from_hms_opt(17, 0, 0).expect("a time"),
            }],
            validity: Validity::since("2020-01-01".parse().expect("a day")),
            basis: String::new(),
        }],
        ..WorkCalendar::default()
    };
    let limits = TimeLimits {
        documents_minutes: 120,
        inspection_minutes: 480,
        validity: Validity::since("2015-01-01".parse().expect("a day")),
        basis: String::new(),
    };
    let extension = Term {
        kind: TermKind::InspectionExtension,
        amount: 2,
        validity: Validity::since("2015-01-01".parse().expect("a day")),
        basis: String::new(),
    };
    let registered = at("2026-11-24T08:00:00+07:00");
    let due = |form: &Requirements, progress: &Progress| {
        deadline(
            form,
            progress,
            registered,
            &limits,
            &calendar,
            Some(&extension),
        )
    };
    let free = Requirements::default();
    assert_eq!(
        due(&free, &Progress::default()),
        Some(at("2026-11-24T10:00:00+07:00"))
    );
    let form = Requirements {
        certificates: vec![0],
        ..over_quota()
    };
    assert_eq!(
        due(&form, &Progress::default()),
        None,
        "nothing is presented yet"
    );
    let presented = Progress::default().after(&Step::Present, mark());
    assert_eq!(due(&form, &presented), None, "the agency has not answered");
    let late = Mark {
        at: at("2026-11-24T09:00:00+07:00"),
        by: "officer".into(),
    };
    let answered = presented.after(&certify(0), late);
    assert_eq!(due(&form, &answered), Some(at("2026-11-24T17:00:00+07:00")));
    let longer = answered.after(&extend(), mark());
    assert_eq!(due(&form, &longer), Some(at("2026-11-26T17:00:00+07:00")));
}

fn extend() -> Step {
    Step::ExtendInspection {
        reason: "ba xe, mười hai mặt hàng".into(),
    }
}

#[test]
fn an_inspection_is_extended_once_and_only_while_it_runs() {
    let form = over_quota();
    let codes = |progress: &Progress, step: &Step| -> Vec<Code> {
        let found = progress.check(&form, step);
        found.into_iter().map(|violation| violation.code).collect()
    };
    let fresh = Progress::default();
    assert_eq!(codes(&fresh, &extend()), [Code::NotPresented]);
    let presented = fresh.after(&Step::Present, mark());
    let silent = Step::ExtendInspection { reason: " ".into() };
    assert_eq!(codes(&presented, &silent), [Code::FieldRequired]);
    assert_eq!(codes(&presented, &extend()), []);
    let extended = presented.clone().after(&extend(), mark());
    assert_eq!(codes(&extended, &extend()), [Code::StepTaken]);
    let inspected = presented.after(&inspect(Finding::Conforms), mark());
    assert_eq!(codes(&inspected, &extend()), [Code::StepTaken]);
    let free = Requirements::default();
    let needless = extended.check(&free, &extend());
    assert_eq!(needless[0].code, Code::NoInspectionDue);
}

fn any_step() -> impl Strategy<Value = Step> {
    let finding = prop_oneof![Just(Finding::Conforms), Just(Finding::Differs)];
    prop_oneof![
        Just(Step::OrderInspection),
        Just(extend()),
        Just(Step::Present),
        finding.prop_map(inspect),
        (0_usize..3).prop_map(certify),
        (0_usize..3).prop_map(|line| Step::Waive {
            line,
            reason: "miễn".into()
        }),
        Just(Step::ConfirmTax),
        Just(pay()),
        Just(Step::Release),
    ]
}

proptest! {
    /// Whatever is tried in whatever order, a form leaves only inspected, certified and paid.
    #[test]
    fn nothing_leaves_before_its_time(
        inspection: bool, due in 0_i64..3, lines in prop::collection::btree_set(0_usize..3, 0..3),
        steps in prop::collection::vec(any_step(), 0..25),
    ) {
        let form = Requirements {
            inspection,
            due: Vnd::new(due),
            charged: Vnd::new(due),
            certificates: lines.into_iter().collect(),
        };
        let mut progress = Progress::default();
        for step in steps {
            if progress.check(&form, &step).is_empty() {
                progress = progress.after(&step, mark());
            }
        }
        let conforms = matches!(progress.inspected, Some((_, Finding::Conforms, _)));
        let certified = form.certificates.iter().all(|line| progress.certificates.contains_key(line));
        let settled = form.due == Vnd::ZERO || (progress.taxed.is_some() && progress.paid.is_some());
        let ready = (conforms || !progress.needs_inspection(&form)) && certified && settled;
        prop_assert!(progress.released.is_none() || ready);
        let may_leave = progress.released.is_some() || progress.check(&form, &Step::Release).is_empty();
        prop_assert_eq!(may_leave, ready);
        prop_assert_eq!(progress.stage(&form) >= Stage::Release, ready);
    }
}
