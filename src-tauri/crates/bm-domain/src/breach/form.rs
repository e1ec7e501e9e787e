//! What a form, or a step on it, breaks.

use chrono::{DateTime, Utc};

use super::{BreachKind, Found, Gravity, PatternKind};
use crate::calendar::BusinessDay;
use crate::decide::Decision;
use crate::declaration::Draft;
use crate::ids::{DeclarationId, PersonId};
use crate::law::LawOfDay;
use crate::money::Vnd;
use crate::quota::QuotaUsage;
use crate::violation::{Violation, ViolationCode as Code};

/// A form as it was decided.
#[derive(Clone, Copy, Debug)]
pub struct FormFacts<'a> {
    /// What was declared.
    pub draft: &'a Draft,
    /// What was decided.
    pub decision: &'a Decision,
    /// Its number; empty when it was refused.
    pub number: &'a str,
    /// Who declared it; `None` for someone who was not entered.
    pub person: Option<PersonId>,
    /// Name of the declarant; empty when it is not known.
    pub name: &'a str,
    /// What the person had used before, over all gates.
    pub usage: QuotaUsage,
}

impl FormFacts<'_> {
    fn day(&self) -> BusinessDay {
        BusinessDay::of(self.draft.at)
    }

    /// The one declaring, so that the same again is known: by person, else by name.
    fn who(&self) -> String {
        self.person
            .map_or_else(|| crate::text::fold(self.name), |person| person.to_string())
    }

    fn found(&self, kind: BreachKind, gravity: Gravity) -> Found {
        let mut found = Found::new(kind, gravity, &self.draft.gate, self.day());
        if !self.number.is_empty() {
            found = found.with("number", self.number).behind([self.draft.id]);
        }
        // Who is known is named by the person alone, whose name may change or be taken out.
        if self.person.is_none() && !self.name.is_empty() {
            found = found.with("name", self.name);
        }
        found
            .of(self.person)
            .with("at", self.draft.at.to_rfc3339())
            .with("value", self.decision.value)
    }

    /// With the quota as it stood before the form.
    fn with_quota(&self, found: Found, law: LawOfDay<'_>) -> Found {
        let found = found
            .with("exempt", self.decision.exempt)
            .with("excess", self.decision.excess)
            .with("due", self.decision.total_due())
            .with("used_today", self.usage.exempt_today)
            .with("trips", self.usage.trips_in_period);
        match law.quota(self.draft.direction) {
            Some(rule) => found
                .with("limit", rule.value_limit)
                .with("trips_limit", rule.trips_limit),
            None => found,
        }
    }
}

/// The kinds a refused form would open, for telling before it is pressed.
#[must_use]
pub fn would_open(decision: &Decision) -> Vec<BreachKind> {
    let mut kinds: Vec<_> = (decision.violations.iter())
        .filter(|one| one.refuses())
        .filter_map(|one| refused_kind(one.code))
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

const fn refused_kind(code: Code) -> Option<BreachKind> {
    match refusal(code) {
        Some((kind, _)) => Some(kind),
        None => None,
    }
}

/// What a refusing rule opens, and the rule in a word.
const fn refusal(code: Code) -> Option<(BreachKind, &'static str)> {
    match code {
        Code::GoodsNotOnList => Some((BreachKind::OffList, "not_on_list")),
        Code::GoodsExcluded => Some((BreachKind::OffList, "excluded")),
        Code::GoodsProhibited => Some((BreachKind::OffList, "prohibited")),
        Code::UsedGoodsBanned => Some((BreachKind::OffList, "used_goods")),
        Code::ResidentIneligible => Some((BreachKind::Ineligible, "commune")),
        Code::PaperNotAccepted => Some((BreachKind::Ineligible, "paper")),
        Code::RateMissing => Some((BreachKind::ExpiredRate, "rate_missing")),
        Code::RateWaiting => Some((BreachKind::ExpiredRate, "rate_waiting")),
        // Goods without a rate may come in exempt, so that this refusal is about the excess.
        Code::TariffMissing => Some((BreachKind::OverQuota, "tariff_missing")),
        _ => None,
    }
}

/// What registering a form, or trying to, breaks.
///
/// An excess that is declared and taxed is lawful (Circular 80/2019/TT-BTC art. 6(3)); a notice is
/// opened where the number of trips is exceeded (Decree 134/2016/ND-CP app. V), or where the value is
/// so many times the limit that it no longer looks like own use (Law 107/2016/QH13 art. 16(3); how
/// many is dated data, [`PatternKind::LargeExcess`]).
#[must_use]
pub fn of_form(form: &FormFacts<'_>, law: LawOfDay<'_>) -> Vec<Found> {
    let violations = &form.decision.violations;
    if violations.is_empty() {
        return Vec::new();
    }
    if form.decision.is_refused() {
        return would_open(form.decision)
            .into_iter()
            .map(|kind| refused(form, kind, law))
            .collect();
    }
    violations
        .iter()
        .filter_map(|one| accepted(form, one, law))
        .collect()
}

/// A registered form beyond the quota.
fn accepted(form: &FormFacts<'_>, why: &Violation, law: LawOfDay<'_>) -> Option<Found> {
    let kind = match why.code {
        Code::MonthTripsUsedUp => BreachKind::FifthTrip,
        Code::SecondTripOfDay => BreachKind::SecondTrip,
        Code::OverQuota => BreachKind::OverQuota,
        _ => return None,
    };
    let mut found = form.found(kind, Gravity::Notice).about(form.draft.id);
    if kind == BreachKind::OverQuota {
        let rule = law.pattern(PatternKind::LargeExcess)?;
        let limit = law.quota(form.draft.direction)?.value_limit;
        if !reaches(form.decision.value, rule.share_percent, limit) {
            return None;
        }
        found = found
            .with("share", rule.share_percent)
            .on_basis(&rule.basis);
    } else {
        found = found.on_basis(&why.basis);
    }
    Some(form.with_quota(found, law))
}

/// Whether a value is at least so many percent of a limit.
pub(super) fn reaches(value: Vnd, percent: u32, limit: Vnd) -> bool {
    i128::from(value.dong()) * 100 >= i128::from(limit.dong()) * i128::from(percent)
}

/// A refused form. It uses no number, so that the same again is known by person and matter.
fn refused(form: &FormFacts<'_>, kind: BreachKind, law: LawOfDay<'_>) -> Found {
    let of_kind =
        |one: &&Violation| one.refuses() && refused_kind(one.code).is_some_and(|own| own == kind);
    let broken: Vec<_> = form.decision.violations.iter().filter(of_kind).collect();
    let mut said: Vec<String> = broken.iter().map(|one| matter(form, one)).collect();
    said.sort();
    said.dedup();
    let said = said.join(", ");
    let found = form.found(kind, Gravity::Attempt);
    let mut found = found
        .behind([form.draft.id])
        .on_basis(broken.first().map_or("", |one| one.basis.as_str()));
    found.facts.insert("matter".to_owned(), said.clone());
    let rule = broken.iter().find_map(|one| refusal(one.code));
    found.facts.insert(
        "rule".to_owned(),
        rule.map_or("", |(_, word)| word).to_owned(),
    );
    match kind {
        // A rate that is missing is the office's matter, whoever stands at the counter.
        BreachKind::ExpiredRate => found.about(said),
        BreachKind::OverQuota => {
            let found = form.with_quota(found, law);
            found.about(format!("{}/{said}", form.who()))
        }
        _ => found.about(format!("{}/{said}", form.who())),
    }
}

/// What a refusal is about: the goods, the commune, the currency.
fn matter(form: &FormFacts<'_>, broken: &Violation) -> String {
    let named = ["hs", "commune", "currency"];
    let param = named.iter().find_map(|name| broken.params.get(*name));
    param.cloned().unwrap_or_else(|| {
        let line = broken.field.strip_prefix("lines[");
        let line = line.and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        let line = line.and_then(|at| form.draft.lines.get(at));
        line.map_or_else(|| broken.field.clone(), |line| line.hs.to_string())
    })
}

/// A value over the quota that an amendment brought up after the goods had left, with its tax
/// unpaid (Circular 80/2019/TT-BTC art. 6(3)). `before` is the excess as it stood, `open` what is
/// to be paid, in VND.
#[must_use]
pub fn short_of_tax(
    form: &FormFacts<'_>,
    before: Vnd,
    open: Vnd,
    law: LawOfDay<'_>,
) -> Option<Found> {
    if form.decision.excess <= before || !open.is_positive() {
        return None;
    }
    let found = form
        .found(BreachKind::OverQuota, Gravity::Breach)
        .about(format!("{}/short", form.draft.id))
        .with("excess_before", before)
        .with("open", open);
    Some(form.with_quota(found, law))
}

/// An inspection that found other goods than declared (Circular 80/2019/TT-BTC art. 7(3)).
#[must_use]
pub fn goods_differ(form: &FormFacts<'_>, remark: &str) -> Found {
    form.found(BreachKind::GoodsDiffer, Gravity::Breach)
        .about(form.draft.id)
        .with("remark", remark)
}

/// Something that had to be done until a time.
#[derive(Clone, Debug)]
pub struct Missed<'a> {
    /// What waits: a stage of a form, `cash`, `gathering`, `vehicle`.
    pub what: &'a str,
    /// Its number, or what else it is called by.
    pub number: &'a str,
    /// Its key among its kind.
    pub key: String,
    /// Code of the gate.
    pub gate: &'a str,
    /// The day it belongs to.
    pub day: BusinessDay,
    /// Whose it is.
    pub person: Option<PersonId>,
    /// The form, if it is one.
    pub form: Option<DeclarationId>,
    /// Until when it had to be done.
    pub deadline: DateTime<Utc>,
    /// When it was done, or now.
    pub now: DateTime<Utc>,
    /// Whether it has been done by now.
    pub done: bool,
    /// The text that sets the limit.
    pub basis: &'a str,
}

/// A time limit that was not kept (Customs Law 54/2014/QH13 art. 23(2) for the steps on a form).
#[must_use]
pub fn missed(of: &Missed<'_>) -> Option<Found> {
    if of.now <= of.deadline {
        return None;
    }
    let found = Found::new(BreachKind::DeadlineMissed, Gravity::Breach, of.gate, of.day);
    let found = found
        .on_basis(of.basis)
        .of(of.person)
        .behind(of.form)
        .about(format!("{}/{}", of.what, of.key))
        .with("what", of.what)
        .with("number", of.number)
        .with("deadline", of.deadline.to_rfc3339())
        .with("late_minutes", (of.now - of.deadline).num_minutes().max(1));
    let when = if of.done { "done_at" } else { "found_at" };
    Some(found.with(when, of.now.to_rfc3339()))
}
