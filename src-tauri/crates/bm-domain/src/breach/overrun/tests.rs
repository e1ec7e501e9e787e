//! The quota over gates that worked apart.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::Validity;
use crate::quota::{QuotaPeriod, SecondTrip};

fn rule(second_trip: SecondTrip, period: QuotaPeriod) -> QuotaRule {
    QuotaRule {
        direction: Direction::Import,
        value_limit: Vnd::new(2_000_000),
        trips_limit: 4,
        period,
        second_trip,
        taxed_trip_counts: false,
        validity: Validity::since("2020-01-01".parse().expect("a day")),
        basis: "Decree 134/2016/ND-CP app. V".into(),
    }
}

fn strict() -> QuotaRule {
    rule(SecondTrip::NotExempt, QuotaPeriod::CalendarMonth)
}

fn claim(n: u128, gate: &str, hanoi: &str, exempt: i64) -> QuotaClaim {
    QuotaClaim {
        form: DeclarationId(Uuid::from_u128(n)),
        gate: gate.into(),
        at: format!("{hanoi}:00+07:00").parse().expect("an instant"),
        direction: Direction::Import,
        value: Vnd::new(exempt),
        exempt: Vnd::new(exempt),
    }
}

fn found(claims: &[QuotaClaim], rule: &QuotaRule) -> Vec<(u128, i64, Option<Curtailed>)> {
    let found = overruns(claims, |_, _| Some(rule)).into_iter();
    found
        .map(|over| (over.claim.form.0.as_u128(), over.over().dong(), over.why))
        .collect()
}

#[test]
fn vector_5_the_later_of_two_gates_exceeds() {
    // As two gates without a line would both have granted it, told in the other order.
    let claims = [
        claim(2, "MONGCAI", "2026-11-24T14:00", 2_000_000),
        claim(1, "HOANHMO", "2026-11-24T08:00", 2_000_000),
    ];
    let second = Some(Curtailed::SecondTripOfDay);
    assert_eq!(found(&claims, &strict()), [(2, 2_000_000, second)]);
    let law = strict();
    let over = &overruns(&claims, |_, _| Some(&law))[0];
    assert_eq!(over.before, [DeclarationId(Uuid::from_u128(1))]);
    assert_eq!(over.used.exempt_today, Vnd::new(2_000_000));

    let shared = rule(SecondTrip::ShareDayLimit, QuotaPeriod::CalendarMonth);
    let halves = [
        claim(1, "HOANHMO", "2026-11-24T08:00", 1_500_000),
        claim(2, "MONGCAI", "2026-11-24T14:00", 1_500_000),
    ];
    let partly = Some(Curtailed::DayPartlyUsed);
    assert_eq!(found(&halves, &shared), [(2, 1_000_000, partly)]);
}

#[test]
fn five_gates_in_a_month_leave_the_fifth_trip_over() {
    let mut claims: Vec<_> = (1..=5)
        .map(|n| claim(n, "G", &format!("2026-11-{:02}T08:00", n * 3), 500_000))
        .collect();
    let used_up = Some(Curtailed::PeriodTripsUsedUp);
    assert_eq!(found(&claims, &strict()), [(5, 500_000, used_up)]);
    // A trip that exceeds is taxed and uses up none: the sixth day of the month stays lawful.
    claims[1].at = claims[0].at;
    let second = Some(Curtailed::SecondTripOfDay);
    assert_eq!(found(&claims, &strict()), [(2, 500_000, second)]);
    // Hanoi's midnight, not Greenwich's, ends the month (vector 7).
    let ends = [
        claim(1, "G", "2026-01-31T23:50", 2_000_000),
        claim(2, "H", "2026-02-01T00:10", 2_000_000),
    ];
    assert_eq!(found(&ends, &strict()), []);
}

#[test]
fn a_form_above_the_limit_by_itself_exceeds_and_a_day_without_a_rule_does_not() {
    let much = [claim(1, "G", "2026-11-24T08:00", 2_000_001)];
    assert_eq!(found(&much, &strict()), [(1, 1, None)]);
    assert_eq!(overruns(&much, |_, _| None), []);
}

fn claims() -> impl Strategy<Value = Vec<QuotaClaim>> {
    let one = (0_u32..45, 0_u32..24, 0_i64..2_500_000, any::<bool>());
    proptest::collection::vec(one, 0..14).prop_map(|all| {
        let start: DateTime<Utc> = "2026-10-20T00:00:00Z".parse().expect("an instant");
        let all = (0_u128..).zip(all);
        all.map(|(n, (day, hour, exempt, here))| QuotaClaim {
            form: DeclarationId(Uuid::from_u128(n)),
            gate: if here { "MONGCAI" } else { "HOANHMO" }.into(),
            at: start + chrono::TimeDelta::hours(i64::from(day * 24 + hour)),
            direction: Direction::Import,
            value: Vnd::new(exempt),
            exempt: Vnd::new(exempt),
        })
        .collect()
    })
}

proptest! {
    /// Whatever gates granted: with the overruns taken off, no day and no period holds more than the
    /// law allows, nothing lawful is taken, and the order of telling does not matter.
    #[test]
    fn what_is_left_is_lawful_and_nothing_lawful_is_taken(
        claims in claims(), share in any::<bool>(), rolling in any::<bool>(), turn in 0_usize..14,
    ) {
        let second = if share { SecondTrip::ShareDayLimit } else { SecondTrip::NotExempt };
        let period = if rolling { QuotaPeriod::Rolling30Days } else { QuotaPeriod::CalendarMonth };
        let rule = rule(second, period);
        let found = overruns(&claims, |_, _| Some(&rule));
        let mut turned = claims.clone();
        turned.rotate_left(turn.min(claims.len()));
        prop_assert_eq!(&overruns(&turned, |_, _| Some(&rule)), &found);

        let left = |claim: &QuotaClaim| {
            let over = found.iter().find(|over| over.claim.form == claim.form);
            over.map_or(claim.exempt, |over| over.lawful)
        };
        let day = |claim: &QuotaClaim| BusinessDay::of(claim.at);
        for one in &claims {
            let today = claims.iter().filter(|other| day(other) == day(one));
            let exempt: Vnd = today.clone().map(left).sum();
            prop_assert!(exempt <= rule.value_limit);
            let trips = today.filter(|other| left(other).is_positive()).count();
            prop_assert!(share || trips <= 1);
            let (from, to) = rule.period_of(day(one));
            let period = claims.iter().filter(|other| (from..=to).contains(&day(other)));
            prop_assert!(period.filter(|other| left(other).is_positive()).count() <= 4);
        }
        // By brute force: a form gives back only what the forms before it leave no room for.
        for over in &found {
            let earlier = |other: &&QuotaClaim| (other.at, other.form) < (over.claim.at, over.claim.form);
            let before = claims.iter().filter(earlier);
            let (from, to) = rule.period_of(day(&over.claim));
            let same: Vec<_> = before.clone().filter(|other| day(other) == day(&over.claim)).collect();
            let exempt: Vnd = same.iter().map(|other| left(other)).sum();
            let trips = same.iter().filter(|other| left(other).is_positive()).count();
            let period = before.filter(|other| (from..=to).contains(&day(other)));
            let period = period.filter(|other| left(other).is_positive()).count();
            let room = if period >= 4 || (!share && trips > 0) {
                Vnd::ZERO
            } else {
                rule.value_limit.above(exempt)
            };
            prop_assert_eq!(over.lawful, room.min(over.claim.exempt));
        }
    }

    /// What one gate grants by its own ledger in the order of the clock exceeds nothing.
    #[test]
    fn one_ledger_in_order_never_exceeds(mut claims in claims(), share in any::<bool>()) {
        let second = if share { SecondTrip::ShareDayLimit } else { SecondTrip::NotExempt };
        let rule = rule(second, QuotaPeriod::CalendarMonth);
        claims.sort_by_key(|claim| (claim.at, claim.form));
        let mut granted: Vec<QuotaClaim> = Vec::new();
        for mut claim in claims {
            let day = BusinessDay::of(claim.at);
            let (from, to) = rule.period_of(day);
            let on = |one: &&QuotaClaim| BusinessDay::of(one.at) == day && one.exempt.is_positive();
            let within = |one: &&QuotaClaim| {
                (from..=to).contains(&BusinessDay::of(one.at)) && one.exempt.is_positive()
            };
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let used = QuotaUsage {
                exempt_today: granted.iter().filter(on).map(|one| one.exempt).sum(),
                trips_today: count(granted.iter().filter(on).count()),
                trips_in_period: count(granted.iter().filter(within).count()),
            };
            claim.exempt = claim.value.min(allowance(&rule, used).value);
            granted.push(claim);
        }
        prop_assert_eq!(overruns(&granted, |_, _| Some(&rule)), []);
    }
}
