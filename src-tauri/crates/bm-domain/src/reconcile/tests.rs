//! The match over facts made by hand.

use super::count::Source;
use super::*;
use crate::cash::{Closing, Count, Notes};

fn at(hanoi: &str) -> DateTime<Utc> {
    let text = format!("2026-11-24T{hanoi}:00+07:00");
    text.parse().expect("a time")
}

fn day() -> BusinessDay {
    "2026-11-24".parse().expect("a day")
}

fn mark(hanoi: &str, by: &str) -> Mark {
    Mark {
        at: at(hanoi),
        by: by.into(),
    }
}

fn form(n: u128, standing: Standing) -> FormFact {
    let released = (standing == Standing::Released).then(|| mark("09:00", "an"));
    FormFact {
        id: DeclarationId(Uuid::from_u128(n)),
        number: format!("MC-{n}"),
        gate: "MC".into(),
        at: at("08:00"),
        direction: Direction::Import,
        person: PersonId(Uuid::from_u128(100 + n)),
        standing,
        confirmed: released.as_ref().map(|mark| mark.at),
        released,
        ended: None,
        goods: format!("goods {n}"),
        weight_g: 1_000,
        due: Vnd::ZERO,
        payments: Vec::new(),
        given_back: Vnd::ZERO,
        balance: Vnd::ZERO,
        makers: BTreeSet::from(["an".to_owned()]),
    }
}

fn rule() -> ReconcileRule {
    ReconcileRule {
        doubled_minutes: 60,
        book_leaves: 50,
        ..ReconcileRule::strict(day())
    }
}

fn facts<'a>(
    rule: &'a ReconcileRule,
    forms: Vec<FormFact>,
    count: Option<&'a BarrierCount>,
) -> Facts<'a> {
    let mut import = FormSums::default();
    for form in &forms {
        import.registered += 1;
        match form.standing {
            Standing::Pending => import.pending += 1,
            Standing::Released => import.released += 1,
            Standing::Refused => import.refused += 1,
            Standing::Cancelled | Standing::Returned => import.cancelled += 1,
        }
    }
    Facts {
        gate: "MC",
        day: day(),
        now: at("20:00"),
        rule,
        totals: [import, FormSums::default()],
        forms,
        receipts: Vec::new(),
        unmatched: BTreeSet::new(),
        sessions: Vec::new(),
        count,
        seen: Vec::new(),
        elsewhere: Vec::new(),
        transferred: BTreeSet::new(),
    }
}

fn counted(persons: u32, forms: u32) -> BarrierCount {
    let import = Counted {
        persons,
        forms,
        ..Counted::default()
    };
    BarrierCount {
        id: Uuid::from_u128(1),
        gate: "MC".into(),
        day: day(),
        counter: "BP".into(),
        totals: Some([import, Counted::default()]),
        passages: Vec::new(),
        source: Source::Typed,
        entered: mark("18:00", "bich"),
        amends: None,
        reason: String::new(),
        replaced: None,
    }
}

fn kinds(facts: &Facts<'_>) -> Vec<DifferenceKind> {
    let found = reconcile(facts).differences;
    found.iter().map(|one| one.kind).collect()
}

#[test]
fn a_total_that_is_not_the_sum_of_its_forms_is_named() {
    let rule = rule();
    let mut facts = facts(&rule, vec![form(1, Standing::Released)], None);
    assert_eq!(kinds(&facts), []);
    facts.totals[0].released = 2;
    let found = reconcile(&facts).differences;
    assert_eq!(found[0].kind, DifferenceKind::TotalsDiffer);
    assert_eq!(found[0].key(), "totals_differ/import/released");
}

#[test]
fn a_count_may_differ_by_its_tolerance_and_not_by_one_more() {
    let forms = || (1..=4).map(|n| form(n, Standing::Released)).collect();
    for (seen, tolerance, differs) in [(4, 0, false), (3, 0, true), (3, 1, false), (6, 1, true)] {
        let rule = ReconcileRule {
            forms_tolerance: tolerance,
            persons_tolerance: tolerance,
            ..rule()
        };
        let count = counted(seen, seen);
        let found = kinds(&facts(&rule, forms(), Some(&count)));
        let expected = if differs { 2 } else { 0 };
        assert_eq!(found.len(), expected, "{seen} seen, {tolerance} allowed");
    }
}

#[test]
fn the_same_goods_of_a_person_are_one_form_made_twice_only_for_a_while() {
    for (minutes, expected) in [(0, 0), (59, 0), (60, 1)] {
        let rule = ReconcileRule {
            doubled_minutes: minutes,
            ..rule()
        };
        let mut second = form(2, Standing::Pending);
        second.at = at("09:00");
        let first = form(1, Standing::Released);
        second.person = first.person;
        second.goods.clone_from(&first.goods);
        let found = kinds(&facts(&rule, vec![first, second], None));
        assert_eq!(found.len(), expected, "within {minutes} minutes");
    }
}

fn session(counted: i64) -> SessionFact {
    let notes = vec![Notes {
        note: Vnd::new(1_000),
        count: u32::try_from(counted / 1_000).expect("so many"),
    }];
    let closing = Closing {
        mark: mark("17:00", "an"),
        count: Count {
            notes,
            small: Vnd::ZERO,
        },
        taken: Vnd::new(100_000),
        reason: "x".into(),
        acknowledged: None,
    };
    SessionFact {
        session: CashSession {
            id: Uuid::from_u128(9),
            gate: "MC".into(),
            cashier: "an".into(),
            opened: at("07:00"),
            float: Vnd::new(500_000),
            closing: Some(closing),
            handed_over: None,
        },
        taken: Vnd::new(100_000),
        until: Some(at("19:00")),
    }
}

#[test]
fn a_drawer_is_short_or_over_and_its_money_late() {
    use DifferenceKind::{CashOver, CashShort, HandOverLate};
    let rule = rule();
    for (counted, expected) in [
        (600_000, vec![HandOverLate]),
        (599_000, vec![CashShort, HandOverLate]),
        (601_000, vec![CashOver, HandOverLate]),
    ] {
        let mut facts = facts(&rule, Vec::new(), None);
        facts.sessions.push(session(counted));
        assert_eq!(kinds(&facts), expected, "{counted} counted");
    }
    let mut early = facts(&rule, Vec::new(), None);
    early.now = at("18:59");
    early.sessions.push(session(600_000));
    assert_eq!(kinds(&early), [], "the time is not over");
}

fn leaf(n: u128, number: &str) -> Receipt {
    Receipt {
        id: Uuid::from_u128(n),
        number: number.into(),
        preprinted: true,
        gate: "MC".into(),
        session: Uuid::from_u128(9),
        form: DeclarationId(Uuid::from_u128(n)),
        amount: Vnd::new(50_000),
        issued: at("10:00"),
        cashier: "an".into(),
        back: None,
    }
}

#[test]
fn leaves_of_a_book_have_no_gap_but_the_next_book_may_begin_anywhere() {
    let rule = rule();
    let mut facts = facts(&rule, Vec::new(), None);
    for (n, number) in [(1, "AB 0000007"), (2, "AB 0000009"), (3, "AB 0000301")] {
        facts.receipts.push(leaf(n, number));
    }
    let found = reconcile(&facts).differences;
    let named: Vec<_> = found.iter().map(|one| one.receipts[0].as_str()).collect();
    assert_eq!(named, ["AB 0000008"]);
    assert_eq!(found[0].makers, BTreeSet::from(["an".to_owned()]));
}

#[test]
fn every_difference_can_be_settled_and_has_a_key_of_its_kind() {
    for kind in DifferenceKind::ALL {
        assert!(!kind.ways().is_empty(), "{kind:?}");
        assert!(kind.basis().contains("art.") || kind.basis().starts_with("Circular"));
        assert_eq!(kind.word().parse(), Ok(*kind));
        let key = Difference::new(*kind, "x").key();
        assert!(key.starts_with(kind.word()), "{key}");
    }
}
