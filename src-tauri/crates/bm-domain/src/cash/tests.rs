use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn mark(by: &str) -> Mark {
    Mark {
        at: at("2026-11-24T17:10:00+07:00"),
        by: by.into(),
    }
}

fn rule() -> CashRule {
    CashRule {
        notes: [500_000, 100_000, 1_000].map(Vnd::new).to_vec(),
        hand_over_days: 0,
        hand_over_days_remote: 3,
        remote_gates: vec!["HOANHMO".into()],
        cancel_needs_second: true,
        validity: Validity::since("2020-01-01".parse().expect("a day")),
        basis: "Circular 184/2015/TT-BTC art. 21(3)".into(),
    }
}

fn session() -> CashSession {
    CashSession {
        id: Uuid::from_u128(1),
        gate: "MONGCAI".into(),
        cashier: "lan".into(),
        opened: at("2026-11-24T07:30:00+07:00"),
        float: Vnd::new(200_000),
        closing: None,
        handed_over: None,
    }
}

fn count(thousands: u32, small: i64) -> Count {
    Count {
        notes: vec![Notes {
            note: Vnd::new(1_000),
            count: thousands,
        }],
        small: Vnd::new(small),
    }
}

fn codes(found: Result<CashSession, Vec<Violation>>) -> Vec<Code> {
    let found = found.expect_err("refused");
    found.into_iter().map(|violation| violation.code).collect()
}

/// Closed by its cashier with 600,000 taken in and so much counted.
fn closed(thousands: u32) -> CashSession {
    let taken = Vnd::new(600_000);
    session()
        .close(&rule(), taken, count(thousands, 0), "lẻ", mark("lan"))
        .expect("closed")
}

fn slip(amount: i64, day: &str) -> HandOver {
    HandOver {
        mark: mark("lan"),
        day: day.parse().expect("a day"),
        slip: "GNT-9".into(),
        amount: Vnd::new(amount),
    }
}

#[test]
fn a_count_that_agrees_waits_for_the_hand_over_only() {
    let session = closed(800);
    assert_eq!(session.difference(), Some(Vnd::ZERO));
    assert_eq!(session.stage(), SessionStage::HandOver);
    let done = session.hand_over(slip(600_000, "2026-11-24"));
    assert_eq!(done.expect("handed over").stage(), SessionStage::Done);
}

#[test]
fn a_count_that_differs_needs_a_reason_and_another_person() {
    let short = session().close(
        &rule(),
        Vnd::new(600_000),
        count(799, 500),
        " ",
        mark("lan"),
    );
    let found = short.expect_err("without a reason");
    assert_eq!(found[0].code, Code::CashDiffers);
    assert_eq!(found[0].params["expected"], "800000");
    assert_eq!(found[0].params["counted"], "799500");

    let short = closed(799);
    assert_eq!(short.difference(), Some(Vnd::new(-1_000)));
    assert_eq!(short.stage(), SessionStage::Difference);
    let early = short.clone().hand_over(slip(600_000, "2026-11-24"));
    assert_eq!(codes(early), [Code::SecondPersonNeeded]);
    let own = short.clone().acknowledge(mark("lan"));
    assert_eq!(codes(own), [Code::SecondPersonNeeded]);
    let seen = short.acknowledge(mark("bich")).expect("seen");
    assert_eq!(seen.stage(), SessionStage::HandOver);
    assert_eq!(
        codes(seen.acknowledge(mark("bich"))),
        [Code::StepTaken],
        "once"
    );
}

#[test]
fn what_was_handed_over_is_what_was_taken_in_on_a_day_in_between() {
    for (given, expected) in [
        (slip(599_000, "2026-11-24"), Code::HandOverDiffers),
        (slip(600_000, "2026-11-23"), Code::ValueUnknown),
        (slip(600_000, "2026-11-25"), Code::ValueUnknown),
    ] {
        assert_eq!(codes(closed(800).hand_over(given)), [expected]);
    }
    let nameless = HandOver {
        slip: " ".into(),
        ..slip(600_000, "2026-11-24")
    };
    assert_eq!(
        codes(closed(800).hand_over(nameless)),
        [Code::FieldRequired]
    );
    let open = session().hand_over(slip(0, "2026-11-24"));
    assert_eq!(codes(open), [Code::CashSessionOpen]);
}

#[test]
fn a_session_that_took_nothing_has_nothing_to_hand_over() {
    let empty = session().close(&rule(), Vnd::ZERO, count(200, 0), "", mark("lan"));
    let empty = empty.expect("closed");
    assert_eq!(empty.stage(), SessionStage::Done);
    let again = empty
        .clone()
        .close(&rule(), Vnd::ZERO, count(200, 0), "", mark("lan"));
    assert_eq!(codes(again), [Code::CashSessionClosed]);
    assert_eq!(
        codes(empty.hand_over(slip(0, "2026-11-24"))),
        [Code::StepTaken]
    );
}

#[test]
fn only_notes_in_circulation_are_counted() {
    let old = Count {
        notes: vec![Notes {
            note: Vnd::new(300),
            count: 1,
        }],
        small: Vnd::ZERO,
    };
    let found = session().close(&rule(), Vnd::ZERO, old, "", mark("lan"));
    assert_eq!(codes(found), [Code::ValueUnknown]);
    let beyond = Count {
        notes: vec![Notes {
            note: Vnd::new(500_000),
            count: u32::MAX,
        }],
        small: Vnd::ZERO,
    };
    assert_eq!(beyond.total(), None);
    assert_eq!(
        count(1, -5_000).total(),
        None,
        "no drawer holds less than nothing"
    );
}

#[test]
fn a_remote_gate_has_three_working_days() {
    use crate::worktime::{Span, WeekHours};
    let time = |text| chrono::NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    let calendar = WorkCalendar {
        hours: vec![WeekHours {
            weekdays: vec![1, 2, 3, 4, 5],
            spans: vec![Span {
                from: time("07:30"),
                to: time("17:00"),
            }],
            validity: rule().validity,
            basis: String::new(),
        }],
        holidays: Default::default(),
    };
    let friday = "2026-11-27".parse().expect("a day");
    let until = |gate| rule().hand_over_until(gate, friday, &calendar);
    assert_eq!(until("MONGCAI"), Some(at("2026-11-30T07:30:00+07:00")));
    assert_eq!(until("HOANHMO"), Some(at("2026-12-02T17:00:00+07:00")));
}

#[test]
fn a_receipt_moves_the_drawers_it_went_through() {
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut receipt = Receipt {
        id: Uuid::from_u128(9),
        number: "AB/26P 0000123".into(),
        preprinted: true,
        gate: "MONGCAI".into(),
        session: first,
        form: DeclarationId(Uuid::from_u128(3)),
        amount: Vnd::new(50_000),
        issued: at("2026-11-24T08:00:00+07:00"),
        cashier: "lan".into(),
        back: None,
    };
    let moved = |receipt: &Receipt| {
        [first, second].map(|s| taken(s, std::slice::from_ref(receipt), &[]).dong())
    };
    assert_eq!(moved(&receipt), [50_000, 0]);
    receipt.back = Some(TakenBack {
        asked: mark("lan"),
        reason: "ghi nhầm".into(),
        session: second,
        confirmed: None,
    });
    assert!(receipt.is_pending() && !receipt.is_cancelled());
    assert_eq!(moved(&receipt), [50_000, 0], "not yet paid back");
    receipt.back = receipt.back.map(|back| TakenBack {
        confirmed: Some(mark("bich")),
        ..back
    });
    assert!(receipt.is_cancelled() && !receipt.is_pending());
    assert_eq!(moved(&receipt), [50_000, -50_000]);
    assert_eq!(receipt_key(&receipt.number), receipt_key("ab/26p-0000123"));
}
