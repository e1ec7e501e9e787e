//! An entry from opening to decision.

use uuid::Uuid;

use super::*;

fn mark(by: &str) -> Mark {
    Mark {
        at: "2026-11-24T03:00:00Z".parse().expect("an instant"),
        by: by.into(),
    }
}

fn found(kind: BreachKind, forms: u128) -> Found {
    let day = "2026-11-24".parse().expect("a day");
    Found::new(kind, Gravity::Notice, "MONGCAI", day)
        .behind((0..forms).map(|n| DeclarationId(Uuid::from_u128(n))))
        .of(Some(PersonId(Uuid::from_u128(7))))
        .about("x")
        .with("limit", 2_000_000)
}

fn opened(kind: BreachKind) -> Breach {
    let by = vec!["lan".to_owned()];
    Breach::open(Uuid::from_u128(9), found(kind, 1), mark("lan"), by)
}

fn codes<T: std::fmt::Debug>(refused: Result<T, Vec<Violation>>) -> Vec<Code> {
    let problems = refused.expect_err("refused");
    problems.into_iter().map(|one| one.code).collect()
}

#[test]
fn who_made_the_form_neither_decides_nor_is_given_it() {
    use BreachState::{Upheld, Waived};
    let breach = opened(BreachKind::FifthTrip);
    let own = breach.clone().decide(Waived, "bạn tôi", mark("lan"));
    assert_eq!(codes(own), [Code::OwnBreach]);
    assert_eq!(
        codes(breach.clone().assign("lan", mark("bich"))),
        [Code::OwnBreach]
    );
    let given = breach.assign("bich", mark("cuong")).expect("given");
    assert_eq!(given.assigned.as_deref(), Some("bich"));
    assert_eq!(
        codes(given.clone().decide(Upheld, "  ", mark("bich"))),
        [Code::FieldRequired]
    );
    let upheld = given
        .decide(Upheld, " đúng ", mark("bich"))
        .expect("decided");
    assert_eq!((upheld.state, upheld.acts.len()), (Upheld, 2));
    assert_eq!(
        codes(upheld.clone().decide(Waived, "nghĩ lại", mark("bich"))),
        [Code::BreachDecided]
    );
    assert_eq!(
        codes(upheld.assign("dung", mark("bich"))),
        [Code::BreachDecided]
    );
}

#[test]
fn what_was_referred_may_be_decided_when_the_answer_comes() {
    use BreachState::{Open, Referred, Waived};
    let breach = opened(BreachKind::OverUse);
    let reopened = breach.clone().decide(Open, "x", mark("bich"));
    assert_eq!(codes(reopened), [Code::ValueUnknown]);
    let sent = breach.decide(Referred, "gửi Chi cục", mark("bich"));
    let sent = sent.expect("sent");
    assert_eq!(
        codes(sent.clone().decide(Referred, "lại gửi", mark("bich"))),
        [Code::BreachDecided]
    );
    let answered = sent.decide(Waived, "Chi cục trả lời", mark("bich"));
    assert_eq!(answered.expect("answered").state, Waived);
}

#[test]
fn the_same_again_is_counted_and_the_figures_stay() {
    let breach = opened(BreachKind::OffList);
    let again = found(BreachKind::OffList, 2).with("limit", 1);
    let joined = breach.joined(&again, &mark("cuong"), &["cuong".to_owned()]);
    assert_eq!((joined.attempts, joined.found.forms.len()), (2, 2));
    assert_eq!(joined.found.facts["limit"], "2000000");
    assert_eq!(joined.involved, ["lan", "cuong"]);
}

#[test]
fn a_verdict_covers_the_same_people_until_its_day() {
    let breach = opened(BreachKind::SharedPhone);
    let of = |until: Option<&str>, reason: &str| {
        let until = until.map(|day| day.parse().expect("a day"));
        Harmless::of(Uuid::nil(), &breach, until, reason, mark("bich"))
    };
    assert_eq!(codes(of(None, "")), [Code::FieldRequired]);
    assert_eq!(
        codes(of(Some("2026-11-23"), "nhà")),
        [Code::LawDatesReversed]
    );
    let no_pattern = opened(BreachKind::OffList);
    let judged = Harmless::of(Uuid::nil(), &no_pattern, None, "nhà", mark("bich"));
    assert_eq!(codes(judged), [Code::NoPattern]);

    let verdict = of(Some("2026-12-01"), "một nhà").expect("judged");
    let on = |text: &str| Found {
        day: text.parse().expect("a day"),
        ..found(BreachKind::SharedPhone, 5)
    };
    assert!(
        verdict.covers(&on("2026-12-01")),
        "more forms are no more people"
    );
    assert!(!verdict.covers(&on("2026-12-02")), "its time is over");
    let stranger = on("2026-11-25").of(Some(PersonId(Uuid::from_u128(8))));
    assert!(!verdict.covers(&stranger), "someone new");
    assert!(!verdict.covers(&on("2026-11-25").about("y")));
    let back = verdict.withdraw("khai gian", mark("bich")).expect("back");
    assert!(!back.covers(&on("2026-11-25")));
}

#[test]
fn someone_at_two_gates_is_not_judged_for_a_third() {
    let at = |gates: &str| found(BreachKind::TwoGates, 2).with("gates", gates);
    let breach = Breach::open(Uuid::nil(), at("KM34, MONGCAI"), mark("lan"), Vec::new());
    let verdict = Harmless::of(Uuid::nil(), &breach, None, "nhà ở giữa", mark("bich"));
    let verdict = verdict.expect("judged");
    assert!(verdict.covers(&at("KM34, MONGCAI2")));
    assert!(!verdict.covers(&at("HOANHMO, KM34, MONGCAI")));
}

#[test]
fn goods_are_judged_by_how_many_carry_them() {
    let crowd = |count: u128| {
        let mut crowd = found(BreachKind::SameGoods, 1);
        crowd.people = (0..count).map(|n| PersonId(Uuid::from_u128(n))).collect();
        crowd
    };
    let breach = Breach::open(Uuid::nil(), crowd(4), mark("lan"), Vec::new());
    let verdict = Harmless::of(Uuid::nil(), &breach, None, "mùa tỏi", mark("bich"));
    let verdict = verdict.expect("judged");
    let mut others = crowd(4);
    others.people = (50..54).map(|n| PersonId(Uuid::from_u128(n))).collect();
    assert!(verdict.covers(&others), "other people meet every day");
    assert!(!verdict.covers(&crowd(5)));
    others.gate = "HOANHMO".into();
    assert!(!verdict.covers(&others), "another gate was not judged");
}
