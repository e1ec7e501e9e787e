//! Over-use of the quota, found when the ledgers of gates that worked apart have met.
//!
//! Each gate granted by what it knew. In the order of the law's clock (the time of registration)
//! each form is given again what the law allows after those before it; what it was granted beyond
//! that exceeds. Nothing printed is edited: the finding opens a tax case (U20 of the law notes).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{BreachKind, Found, Gravity};
use crate::calendar::BusinessDay;
use crate::declaration::Direction;
use crate::ids::{DeclarationId, PersonId};
use crate::money::Vnd;
use crate::quota::{Curtailed, QuotaRule, QuotaUsage, allowance, counts_as_trip};

/// What one form of a person claimed of the quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaClaim {
    /// The form.
    pub form: DeclarationId,
    /// Code of its gate.
    pub gate: String,
    /// When it was registered.
    pub at: DateTime<Utc>,
    /// Which way the goods went.
    pub direction: Direction,
    /// Its customs value.
    pub value: Vnd,
    /// What of it was exempt.
    pub exempt: Vnd,
}

/// A form that was granted more than the law allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// The form's claim.
    pub claim: QuotaClaim,
    /// What could be exempt, in VND.
    pub lawful: Vnd,
    /// Why no more; `None` when the value of a single day is exceeded by the form itself.
    pub why: Option<Curtailed>,
    /// What had been used lawfully before it.
    pub used: QuotaUsage,
    /// Forms of the same person that used it: of the day, or of the period when its trips ran out.
    pub before: Vec<DeclarationId>,
}

impl Overrun {
    /// Exempted beyond what the law allows, in VND.
    #[must_use]
    pub fn over(&self) -> Vnd {
        self.claim.exempt - self.lawful
    }
}

/// Which of a person's forms exceed the quota, in the order of the law's clock. The order of
/// `claims` does not matter; forms of one instant follow their ids. Days without a rule exceed
/// nothing.
#[must_use]
pub fn overruns<'a>(
    claims: &[QuotaClaim],
    rule: impl Fn(Direction, BusinessDay) -> Option<&'a QuotaRule>,
) -> Vec<Overrun> {
    let mut ordered: Vec<&QuotaClaim> = claims.iter().collect();
    ordered.sort_by_key(|claim| (claim.at, claim.form.0));
    let mut ledger: BTreeMap<BusinessDay, (Vnd, u32, Vec<DeclarationId>)> = BTreeMap::new();
    let mut found = Vec::new();
    for claim in ordered {
        let day = BusinessDay::of(claim.at);
        let Some(rule) = rule(claim.direction, day) else {
            continue;
        };
        let (from, to) = rule.period_of(day);
        let today = ledger.get(&day);
        let used = QuotaUsage {
            exempt_today: today.map_or(Vnd::ZERO, |(exempt, ..)| *exempt),
            trips_today: today.map_or(0, |(_, trips, _)| *trips),
            trips_in_period: ledger
                .range(from..=to)
                .map(|(_, (_, trips, _))| trips)
                .sum(),
        };
        let allowed = allowance(rule, used);
        let lawful = claim.exempt.min(allowed.value);
        if claim.exempt > lawful {
            let span = match allowed.curtailed {
                Some(Curtailed::PeriodTripsUsedUp) => from..=to,
                _ => day..=day,
            };
            let before = ledger.range(span).flat_map(|(_, (_, _, forms))| forms);
            found.push(Overrun {
                claim: claim.clone(),
                lawful,
                why: allowed.curtailed,
                used,
                before: before.copied().collect(),
            });
        }
        // What exceeds becomes taxed: only the lawful part uses up the quota.
        if counts_as_trip(rule, claim.value, lawful) {
            let (exempt, trips, forms) = ledger.entry(day).or_default();
            *exempt += lawful;
            *trips += 1;
            forms.push(claim.form);
        }
    }
    found
}

/// The finding of an over-use by a person.
#[must_use]
pub fn over_use(person: PersonId, of: &Overrun, rule: &QuotaRule) -> Found {
    let claim = &of.claim;
    let day = BusinessDay::of(claim.at);
    let why = match of.why {
        Some(Curtailed::PeriodTripsUsedUp) => "period_trips_used_up",
        Some(Curtailed::SecondTripOfDay) => "second_trip_of_day",
        Some(Curtailed::DayPartlyUsed) => "day_partly_used",
        None => "day_value",
    };
    Found::new(BreachKind::OverUse, Gravity::Breach, &claim.gate, day)
        .on_basis(&rule.basis)
        .of(Some(person))
        .behind([claim.form])
        .behind(of.before.iter().copied())
        .about(claim.form)
        .with("why", why)
        .with("at", claim.at.to_rfc3339())
        .with("value", claim.value)
        .with("exempt", claim.exempt)
        .with("lawful", of.lawful)
        .with("over", of.over())
        .with("limit", rule.value_limit)
        .with("trips_limit", rule.trips_limit)
        .with("used_today", of.used.exempt_today)
        .with("trips", of.used.trips_in_period)
}

#[cfg(test)]
mod tests;
