//! Patterns worth a look in the trade of a gate's day: hired carriers, split goods, lent quotas.
//!
//! Law 107/2016/QH13 art. 16(3) exempts goods for the residents' own production and consumption.
//! What may hint at something else is internal supervision, no rule of law: each pattern is a dated
//! row with its own threshold, and says by which figures it fired.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::form::reaches;
use super::{BreachKind, Found, Gravity, NAMED_MAX};
use crate::calendar::{BusinessDay, Validity};
use crate::declaration::Direction;
use crate::hs::HsCode;
use crate::ids::{DeclarationId, PersonId};
use crate::law::LawOfDay;
use crate::money::Vnd;
use crate::quantity::Quantity;
use crate::resident::{Resident, UnknownWord};
use crate::text::fold;

/// What is watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternKind {
    /// One telephone.
    SharedPhone,
    /// One address.
    SharedAddress,
    /// One vehicle.
    SharedVehicle,
    /// One trader.
    SharedTrader,
    /// The same goods minutes apart.
    SameGoods,
    /// Values just under the limit.
    JustUnder,
    /// One person at several gates.
    TwoGates,
    /// A value so many times the limit.
    LargeExcess,
}

impl PatternKind {
    /// Every pattern.
    pub const ALL: [Self; 8] = [
        Self::SharedPhone,
        Self::SharedAddress,
        Self::SharedVehicle,
        Self::SharedTrader,
        Self::SameGoods,
        Self::JustUnder,
        Self::TwoGates,
        Self::LargeExcess,
    ];

    /// What it opens.
    #[must_use]
    pub const fn opens(self) -> BreachKind {
        match self {
            Self::SharedPhone => BreachKind::SharedPhone,
            Self::SharedAddress => BreachKind::SharedAddress,
            Self::SharedVehicle => BreachKind::SharedVehicle,
            Self::SharedTrader => BreachKind::SharedTrader,
            Self::SameGoods => BreachKind::SameGoods,
            Self::JustUnder => BreachKind::JustUnder,
            Self::TwoGates => BreachKind::TwoGates,
            Self::LargeExcess => BreachKind::OverQuota,
        }
    }

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LargeExcess => "large_excess",
            other => other.opens().word(),
        }
    }
}

impl std::str::FromStr for PatternKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.word() == text).ok_or(UnknownWord)
    }
}

/// A pattern as it is watched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternRule {
    /// Which.
    pub pattern: PatternKind,
    /// Whether it is watched for at all.
    pub enabled: bool,
    /// Fewest persons; of one person at several gates the fewest gates.
    pub threshold: u32,
    /// Minutes between the first and the last form of a run.
    pub window_minutes: u32,
    /// Percent: of the limit where values are looked at, of the quantity by which the same goods may
    /// differ.
    pub share_percent: u32,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// A form that stands, as patterns look at it.
#[derive(Clone, Debug)]
pub struct DayForm {
    /// The form.
    pub id: DeclarationId,
    /// Whose.
    pub person: PersonId,
    /// Code of its gate.
    pub gate: String,
    /// When it was registered.
    pub at: DateTime<Utc>,
    /// Which way the goods went.
    pub direction: Direction,
    /// Its customs value.
    pub value: Vnd,
    /// Code, unit and quantity of each line.
    pub lines: Vec<(HsCode, String, Quantity)>,
    /// Plate of the vehicle that carried the goods; empty when it was not told.
    pub vehicle: String,
}

/// A trader with the persons whose goods of the day were gathered.
#[derive(Clone, Debug)]
pub struct Trader {
    /// Tax code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The forms the goods came in by.
    pub forms: BTreeSet<DeclarationId>,
}

/// The trade of a gate's day.
#[derive(Clone, Copy, Debug)]
pub struct GateDay<'a> {
    /// Code of the gate.
    pub gate: &'a str,
    /// The day.
    pub day: BusinessDay,
    /// The forms of the gate that stand.
    pub forms: &'a [DayForm],
    /// Forms of the same persons and day at other gates.
    pub elsewhere: &'a [DayForm],
    /// The persons.
    pub people: &'a BTreeMap<PersonId, Resident>,
    /// Who gathered of the forms.
    pub traders: &'a [Trader],
}

/// Everything the rules of the day find in it, each with the figures it fired by.
#[must_use]
pub fn findings(day: &GateDay<'_>, law: LawOfDay<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for kind in PatternKind::ALL {
        let Some(rule) = law.pattern(kind) else {
            continue;
        };
        found.extend(match kind {
            PatternKind::SharedPhone => shared(day, rule, |form| {
                let person = day.people.get(&form.person)?;
                person.phone.as_deref().and_then(phone_key)
            }),
            PatternKind::SharedAddress => shared(day, rule, |form| {
                let person = day.people.get(&form.person)?;
                Some(fold(&person.address)).filter(|text| !text.is_empty())
            }),
            PatternKind::SharedVehicle => shared(day, rule, |form| {
                Some(form.vehicle.clone()).filter(|plate| !plate.is_empty())
            }),
            PatternKind::SharedTrader => gathered(day, rule),
            PatternKind::SameGoods => same_goods(day, rule),
            PatternKind::JustUnder => just_under(day, rule, law).into_iter().collect(),
            PatternKind::TwoGates => two_gates(day, rule),
            // Opened when the form is registered.
            PatternKind::LargeExcess => Vec::new(),
        });
    }
    found
}

/// A telephone by its digits: the same with the country's code, spaces or points.
fn phone_key(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("84").filter(|rest| rest.len() >= 9);
    let digits = national.map_or(digits.clone(), |rest| format!("0{rest}"));
    (digits.len() >= 8).then_some(digits)
}

/// Makes a finding of forms, or nothing while there are fewer persons than the threshold.
fn of_forms(
    day: &GateDay<'_>,
    rule: &PatternRule,
    forms: &[&DayForm],
    subject: &str,
) -> Option<Found> {
    let persons: BTreeSet<_> = forms.iter().map(|form| form.person).collect();
    if persons.len() < rule.threshold as usize {
        return None;
    }
    let kind = rule.pattern.opens();
    let mut found = Found::new(kind, Gravity::Notice, day.gate, day.day)
        .on_basis(&rule.basis)
        .behind(forms.iter().take(NAMED_MAX).map(|form| form.id))
        .about(subject)
        .with("threshold", rule.threshold)
        .with("persons", persons.len())
        .with("forms", forms.len())
        .with("value", forms.iter().map(|form| form.value).sum::<Vnd>());
    found.people.extend(persons.into_iter().take(NAMED_MAX));
    let times = forms.iter().map(|form| form.at);
    if let (Some(first), Some(last)) = (times.clone().min(), times.max()) {
        found = found
            .with("first_at", first.to_rfc3339())
            .with("last_at", last.to_rfc3339());
    }
    Some(found)
}

fn shared(
    day: &GateDay<'_>,
    rule: &PatternRule,
    key: impl Fn(&DayForm) -> Option<String>,
) -> Vec<Found> {
    let mut by_key: BTreeMap<String, Vec<&DayForm>> = BTreeMap::new();
    for form in day.forms {
        if let Some(key) = key(form) {
            by_key.entry(key).or_default().push(form);
        }
    }
    let one = |(key, forms): (&String, &Vec<&DayForm>)| {
        let shown = match rule.pattern {
            // As it is written of one of them, not as it is compared.
            PatternKind::SharedAddress => {
                let first = forms.first()?;
                day.people.get(&first.person)?.address.clone()
            }
            _ => key.clone(),
        };
        Some(of_forms(day, rule, forms, key)?.with("shared", shown))
    };
    by_key.iter().filter_map(one).collect()
}

fn gathered(day: &GateDay<'_>, rule: &PatternRule) -> Vec<Found> {
    let one = |trader: &Trader| {
        let forms = day.forms.iter();
        let forms: Vec<_> = forms
            .filter(|form| trader.forms.contains(&form.id))
            .collect();
        let found = of_forms(day, rule, &forms, &trader.code)?;
        Some(
            found
                .with("shared", &trader.name)
                .with("tax_code", &trader.code),
        )
    };
    day.traders.iter().filter_map(one).collect()
}

/// Runs of forms that fit each other, each begun by the earliest that is in none yet.
fn runs<'a>(
    forms: &[&'a DayForm],
    window: TimeDelta,
    fit: impl Fn(&DayForm, &DayForm) -> bool,
) -> Vec<Vec<&'a DayForm>> {
    let mut left = forms.to_vec();
    left.sort_by_key(|form| (form.at, form.id.0));
    let mut all = Vec::new();
    while let Some(first) = left.first().copied() {
        let near = |form: &&DayForm| form.at - first.at <= window && fit(first, form);
        let (run, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(near);
        left = rest;
        all.push(run);
    }
    all
}

fn goods_key(form: &DayForm) -> Vec<(HsCode, &str)> {
    let mut goods: Vec<_> = form
        .lines
        .iter()
        .map(|(hs, unit, _)| (*hs, unit.as_str()))
        .collect();
    goods.sort();
    goods
}

/// Whether each quantity differs by so many percent at most.
fn alike(a: &DayForm, b: &DayForm, percent: u32) -> bool {
    let sorted = |form: &DayForm| {
        let mut lines = form.lines.clone();
        lines.sort();
        lines
    };
    let (a, b) = (sorted(a), sorted(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|((.., a), (.., b))| {
            let (a, b) = (i128::from(a.thousandths()), i128::from(b.thousandths()));
            (a - b).abs() * 100 <= a.max(b) * i128::from(percent)
        })
}

/// The runs with enough persons, as one finding of the day.
fn of_runs<'a>(
    day: &GateDay<'_>,
    rule: &PatternRule,
    forms: &[&'a DayForm],
    subject: &str,
    fit: impl Fn(&DayForm, &DayForm) -> bool,
) -> Option<(Found, Vec<&'a DayForm>)> {
    let window = TimeDelta::minutes(i64::from(rule.window_minutes));
    let is_long = |run: &Vec<&DayForm>| {
        let persons: BTreeSet<_> = run.iter().map(|form| form.person).collect();
        persons.len() >= rule.threshold as usize
    };
    let long: Vec<_> = runs(forms, window, fit)
        .into_iter()
        .filter(is_long)
        .collect();
    let count = long.len();
    let forms: Vec<_> = long.into_iter().flatten().collect();
    let found = of_forms(day, rule, &forms, subject)?
        .with("runs", count)
        .with("window", rule.window_minutes)
        .with("share", rule.share_percent);
    Some((found, forms))
}

fn same_goods(day: &GateDay<'_>, rule: &PatternRule) -> Vec<Found> {
    let mut by_goods: BTreeMap<_, Vec<&DayForm>> = BTreeMap::new();
    for form in day.forms {
        let key = (form.direction, goods_key(form));
        by_goods.entry(key).or_default().push(form);
    }
    let one = |((direction, goods), forms): (&(Direction, Vec<_>), &Vec<&DayForm>)| {
        let codes: Vec<_> = goods
            .iter()
            .map(|(hs, _): &(HsCode, &str)| hs.to_string())
            .collect();
        let codes = codes.join(", ");
        let subject = format!("{}/{codes}", direction.word());
        let fit = |a: &DayForm, b: &DayForm| alike(a, b, rule.share_percent);
        let (found, _) = of_runs(day, rule, forms, &subject, fit)?;
        Some(found.with("goods", codes))
    };
    by_goods.iter().filter_map(one).collect()
}

fn just_under(day: &GateDay<'_>, rule: &PatternRule, law: LawOfDay<'_>) -> Option<Found> {
    let limit = law.quota(Direction::Import)?.value_limit;
    let near = |form: &&DayForm| {
        let under = form.value <= limit && reaches(form.value, rule.share_percent, limit);
        form.direction == Direction::Import && under
    };
    let forms: Vec<_> = day.forms.iter().filter(near).collect();
    let (found, forms) = of_runs(day, rule, &forms, day.gate, |_, _| true)?;
    let values = forms.iter().map(|form| form.value);
    let (least, most) = (values.clone().min(), values.max());
    Some(
        found
            .with("limit", limit)
            .with("least", least.unwrap_or_default())
            .with("most", most.unwrap_or_default()),
    )
}

fn two_gates(day: &GateDay<'_>, rule: &PatternRule) -> Vec<Found> {
    let mut by_person: BTreeMap<PersonId, Vec<&DayForm>> = BTreeMap::new();
    let imports = |form: &&DayForm| form.direction == Direction::Import;
    for form in day.forms.iter().filter(imports) {
        by_person.entry(form.person).or_default().push(form);
    }
    for form in day.elsewhere.iter().filter(imports) {
        if let Some(forms) = by_person.get_mut(&form.person) {
            forms.push(form);
        }
    }
    let one = |(person, mut forms): (PersonId, Vec<&DayForm>)| {
        forms.sort_by_key(|form| (form.at, form.id.0));
        let gates: BTreeSet<_> = forms.iter().map(|form| form.gate.as_str()).collect();
        if gates.len() < rule.threshold as usize {
            return None;
        }
        let gates = gates.into_iter().collect::<Vec<_>>().join(", ");
        let found = Found::new(BreachKind::TwoGates, Gravity::Notice, day.gate, day.day)
            .on_basis(&rule.basis)
            .of(Some(person))
            .behind(forms.iter().take(NAMED_MAX).map(|form| form.id))
            .about(person)
            .with("gates", gates)
            .with("threshold", rule.threshold)
            .with("forms", forms.len())
            .with("value", forms.iter().map(|form| form.value).sum::<Vnd>());
        Some(found)
    };
    by_person.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests;
