//! The barrier: what the border guard, or the officer at the exit, counted against what was released
//! (Circular 80/2019/TT-BTC art. 7(4): goods leave the supervised area once their form is released).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::count::{BarrierCount, Counted, Passage};
use super::{
    DIRECTIONS, Difference, DifferenceKind as Kind, Expected, Facts, FormFact, NamedForm, Seen,
    Side, Standing, Unit, place,
};
use crate::declaration::Direction;
use crate::ids::{DeclarationId, PersonId};

/// Most forms that a difference without a written passage offers as its explanation.
const CANDIDATES_MAX: usize = 50;

type ById<'a> = BTreeMap<DeclarationId, &'a FormFact>;

/// Compares what was counted with the forms. Gives what should have been counted and what was.
pub(super) fn compare(
    facts: &Facts<'_>,
    by_id: &ById<'_>,
    differences: &mut Vec<Difference>,
) -> ([Expected; 2], Option<[Counted; 2]>) {
    let expected = DIRECTIONS.map(|direction| expected(facts, direction));
    let doubled = doubled(facts);
    for (gate, passage, id) in &facts.elsewhere {
        if let Some(form) = by_id.get(id) {
            differences.push(wrong_gate(facts, gate, passage, form));
        }
    }
    let Some(count) = facts.count else {
        if facts.rule.count_required {
            differences.push(missing(&expected));
        }
        for pair in &doubled {
            differences.push(pair.difference(facts));
        }
        return (expected, None);
    };
    let counted = if count.passages.is_empty() {
        for pair in &doubled {
            differences.push(pair.difference(facts));
        }
        let mut totals = count.totals.unwrap_or_default();
        for (_, passage, _) in facts
            .elsewhere
            .iter()
            .filter(|one| transferred(facts, one.2))
        {
            let here = &mut totals[place(passage.direction)];
            here.forms = here.forms.saturating_add(1);
            here.persons = here.persons.saturating_add(1);
        }
        for direction in DIRECTIONS {
            let at = place(direction);
            let pair = (&expected[at], &totals[at]);
            by_totals(facts, count, direction, pair, differences);
        }
        totals
    } else {
        let mut barrier = Barrier {
            facts,
            by_id,
            count,
            seen: BTreeSet::new(),
            persons: BTreeSet::new(),
            differences,
        };
        barrier.passages();
        barrier.not_seen(&doubled);
        let told = barrier.counted();
        barrier.against_totals(&told);
        told
    };
    (expected, Some(counted))
}

fn missing(expected: &[Expected; 2]) -> Difference {
    let forms = expected.iter().map(|one| one.forms).sum();
    Difference::new(Kind::CountMissing, "count").says(Side::Forms, Unit::Forms, forms)
}

fn expected(facts: &Facts<'_>, direction: Direction) -> Expected {
    let of = |form: &&FormFact| form.direction == direction && form.left_in_time();
    let left: Vec<&FormFact> = facts.forms.iter().filter(of).collect();
    let persons: BTreeSet<PersonId> = left.iter().map(|form| form.person).collect();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Expected {
        forms: count(left.len()),
        persons: count(persons.len()),
        weight_g: left.iter().map(|form| form.weight_g).sum(),
    }
}

/// A form and the same goods of the same person declared again.
struct Doubled<'a> {
    first: &'a FormFact,
    second: &'a FormFact,
}

impl Doubled<'_> {
    fn difference(&self, facts: &Facts<'_>) -> Difference {
        let both = Difference::new(Kind::DoubledForm, self.second.id.to_string())
            .of_form(self.second)
            .says(Side::Forms, Unit::Forms, 2);
        let mut both = match facts.count {
            Some(count) if !count.passages.is_empty() => both.says(Side::Barrier, Unit::Forms, 1),
            _ => both.says(Side::Forms, Unit::Persons, 1),
        };
        both.forms.insert(0, self.first.named());
        both
    }
}

/// Forms of one person with the same goods, so soon after each other that one was made twice; each
/// is held against the one before it.
fn doubled<'a>(facts: &'a Facts<'_>) -> Vec<Doubled<'a>> {
    let within = TimeDelta::minutes(i64::from(facts.rule.doubled_minutes));
    let mut last: BTreeMap<(PersonId, Direction, &str), &FormFact> = BTreeMap::new();
    let mut in_time: Vec<&FormFact> = facts.forms.iter().collect();
    in_time.sort_by_key(|form| (form.at, form.id));
    let mut found = Vec::new();
    for form in in_time {
        if !matches!(form.standing, Standing::Pending | Standing::Released) {
            continue;
        }
        let key = (form.person, form.direction, form.goods.as_str());
        if let Some(first) = last.insert(key, form)
            && form.at - first.at <= within
            && !within.is_zero()
        {
            found.push(Doubled {
                first,
                second: form,
            });
        }
    }
    found
}

/// Where only totals were kept, the difference offers the forms that may explain it.
fn by_totals(
    facts: &Facts<'_>,
    count: &BarrierCount,
    direction: Direction,
    (expected, counted): (&Expected, &Counted),
    differences: &mut Vec<Difference>,
) {
    let rule = facts.rule;
    let apart = |here: i64, there: i64, tolerance: u32| here.abs_diff(there) > u64::from(tolerance);
    let mut differ = |about: &str, unit, here: i64, there: i64| {
        let mut differs = Difference::new(Kind::CountDiffers, about)
            .says(Side::Forms, unit, here)
            .says(Side::Barrier, unit, there);
        differs.direction = Some(direction);
        differs.candidates = candidates(facts, count, direction, there > here);
        differs.makers.insert(count.entered.by.clone());
        differences.push(differs);
    };
    let forms = i64::from(counted.forms);
    if apart(expected.forms, forms, rule.forms_tolerance) {
        differ("forms", Unit::Forms, expected.forms, forms);
    }
    let persons = i64::from(counted.persons);
    if apart(expected.persons, persons, rule.persons_tolerance) {
        differ("persons", Unit::Persons, expected.persons, persons);
    }
    if let Some(weight) = counted.weight_g {
        let allowed = Decimal::from(expected.weight_g) * rule.weight_percent / Decimal::ONE_HUNDRED;
        if Decimal::from(expected.weight_g.abs_diff(weight)) > allowed {
            differ("weight", Unit::Grams, expected.weight_g, weight);
        }
    }
}

/// Forms that may explain a total: where the barrier counted more, those that do not stand or are not
/// released; where it counted less, those released after the count or last.
fn candidates(
    facts: &Facts<'_>,
    count: &BarrierCount,
    direction: Direction,
    more: bool,
) -> Vec<NamedForm> {
    let of = |form: &&FormFact| form.direction == direction && !form.number.is_empty();
    let mut all: Vec<(i64, &FormFact)> = facts
        .forms
        .iter()
        .filter(of)
        .filter_map(|form| {
            let rank = if more {
                match form.standing {
                    Standing::Released if form.left_in_time() => return None,
                    Standing::Cancelled | Standing::Refused | Standing::Returned => 0,
                    Standing::Pending | Standing::Released => 1,
                }
            } else {
                let released = form.released.as_ref().filter(|_| form.left_in_time())?;
                let late = released.at > count.entered.at;
                i64::from(!late)
            };
            Some((rank, form))
        })
        .collect();
    let last = |form: &FormFact| form.released.as_ref().map_or(form.at, |mark| mark.at);
    all.sort_by_key(|(rank, form)| (*rank, std::cmp::Reverse(last(form)), form.id));
    let named = all.into_iter().map(|(_, form)| form.named());
    named.take(CANDIDATES_MAX).collect()
}

/// A form of one gate was counted at another.
fn wrong_gate(
    facts: &Facts<'_>,
    counted_at: &str,
    passage: &Passage,
    form: &FormFact,
) -> Difference {
    let here = |gate: &str| i64::from(gate == facts.gate);
    let mut differs = Difference::new(Kind::WrongGate, form.id.to_string())
        .of_form(form)
        .says(Side::Forms, Unit::Forms, here(&form.gate))
        .says(Side::Barrier, Unit::Forms, here(counted_at));
    differs.passage = Some((counted_at.to_owned(), passage.clone()));
    differs
}

/// Whether a settlement counts the passage of a form for the form's gate.
fn transferred(facts: &Facts<'_>, form: DeclarationId) -> bool {
    facts.transferred.contains(&form)
}

/// A count that names its passages, held against the forms one by one.
struct Barrier<'a, 'b> {
    facts: &'a Facts<'a>,
    by_id: &'a ById<'a>,
    count: &'a BarrierCount,
    seen: BTreeSet<DeclarationId>,
    persons: BTreeSet<PersonId>,
    differences: &'b mut Vec<Difference>,
}

impl Barrier<'_, '_> {
    fn passages(&mut self) {
        let facts = self.facts;
        for (passage, seen) in self.count.passages.iter().zip(&facts.seen) {
            match seen {
                Seen::OfDay(id) => {
                    if let Some(form) = self.by_id.get(id).copied() {
                        self.seen.insert(*id);
                        self.persons.insert(form.person);
                        self.passed(passage, form);
                    }
                }
                Seen::Other(form) if form.gate == facts.gate => {
                    self.persons.insert(form.person);
                    self.passed(passage, form);
                }
                Seen::Other(form) => {
                    self.persons.insert(form.person);
                    let differs = wrong_gate(facts, facts.gate, passage, form);
                    self.differences.push(differs);
                }
                Seen::Unknown => {
                    let about = format!("{} {}", passage.at.to_rfc3339(), passage.form);
                    let mut differs = Difference::new(Kind::PassageWithoutForm, about)
                        .says(Side::Forms, Unit::Forms, 0)
                        .says(Side::Barrier, Unit::Forms, 1);
                    differs.direction = Some(passage.direction);
                    differs.passage = Some((facts.gate.to_owned(), passage.clone()));
                    differs.makers.insert(self.count.entered.by.clone());
                    self.differences.push(differs);
                }
            }
        }
        self.seen.extend(facts.elsewhere.iter().map(|one| one.2));
    }

    /// The goods of a form of this gate passed: it must be released, by then or by now.
    fn passed(&mut self, passage: &Passage, form: &FormFact) {
        let (kind, at): (Kind, Option<DateTime<Utc>>) = match form.standing {
            Standing::Released => return,
            Standing::Returned if form.released.is_some() => return,
            Standing::Pending => (Kind::UnreleasedForm, None),
            Standing::Cancelled | Standing::Refused | Standing::Returned => {
                (Kind::CancelledCounted, form.ended)
            }
        };
        let mut differs = Difference::new(kind, form.id.to_string())
            .of_form(form)
            .says(Side::Forms, Unit::Forms, 0)
            .says(Side::Barrier, Unit::Forms, 1);
        differs.passage = Some((self.facts.gate.to_owned(), passage.clone()));
        differs.at = at;
        self.differences.push(differs);
    }

    /// Released forms that nobody saw; of a pair made twice the second is the one.
    fn not_seen(&mut self, doubled: &[Doubled<'_>]) {
        let facts = self.facts;
        let mut told = BTreeSet::new();
        for pair in doubled {
            let both = self.seen.contains(&pair.first.id) && self.seen.contains(&pair.second.id);
            if !both {
                told.extend([pair.first.id, pair.second.id]);
                self.differences.push(pair.difference(facts));
            }
        }
        let mut persons: BTreeMap<(Direction, PersonId), Vec<&FormFact>> = BTreeMap::new();
        for form in &facts.forms {
            let unseen = !self.seen.contains(&form.id) && !told.contains(&form.id);
            if form.left_in_time() && unseen {
                let key = (form.direction, form.person);
                persons.entry(key).or_default().push(form);
            }
        }
        for ((direction, person), forms) in persons {
            let counted = self.persons.contains(&person);
            let kind = if counted {
                Kind::UncountedForm
            } else {
                Kind::UncountedPerson
            };
            let unit = if counted { Unit::Forms } else { Unit::Persons };
            let here = if counted { forms.len() } else { 1 };
            let mut differs = Difference::new(kind, person.to_string())
                .says(Side::Forms, unit, i64::try_from(here).unwrap_or(i64::MAX))
                .says(Side::Barrier, unit, 0);
            for form in forms {
                differs = differs.of_form(form);
            }
            differs.direction = Some(direction);
            differs.makers.insert(self.count.entered.by.clone());
            self.differences.push(differs);
        }
    }

    /// What the passages come to: a transferred one counts for the gate of its form.
    fn counted(&self) -> [Counted; 2] {
        let facts = self.facts;
        let mut forms = [0_u32; 2];
        let mut persons = [BTreeSet::new(), BTreeSet::new()];
        let mut count = |direction, person: String| {
            forms[place(direction)] += 1;
            persons[place(direction)].insert(person);
        };
        for (passage, seen) in self.count.passages.iter().zip(&facts.seen) {
            match seen {
                Seen::OfDay(id) => {
                    let person = self.by_id.get(id).map(|form| form.person.to_string());
                    count(passage.direction, person.unwrap_or_default());
                }
                Seen::Other(form) if form.gate != facts.gate && transferred(facts, form.id) => {}
                Seen::Other(form) => count(passage.direction, form.person.to_string()),
                Seen::Unknown => count(passage.direction, passage.at.to_rfc3339()),
            }
        }
        for (_, passage, id) in facts
            .elsewhere
            .iter()
            .filter(|one| transferred(facts, one.2))
        {
            let person = self.by_id.get(id).map(|form| form.person.to_string());
            count(passage.direction, person.unwrap_or_default());
        }
        let totals = self.count.totals.unwrap_or_default();
        DIRECTIONS.map(|direction| {
            let at = place(direction);
            Counted {
                persons: u32::try_from(persons[at].len()).unwrap_or(u32::MAX),
                forms: forms[at],
                ..totals[at]
            }
        })
    }

    /// Totals that come with passages are those of the passages.
    fn against_totals(&mut self, told: &[Counted; 2]) {
        let Some(totals) = &self.count.totals else {
            return;
        };
        let written = |direction| {
            let passages = self.count.passages.iter();
            passages.filter(|p| p.direction == direction).count()
        };
        for direction in DIRECTIONS {
            let (at, written) = (place(direction), written(direction));
            let total = usize::try_from(totals[at].forms).unwrap_or(usize::MAX);
            let persons = (told[at].persons, totals[at].persons);
            let apart = [
                (written != total).then_some(("forms", Unit::Forms, written, total)),
                (persons.0.abs_diff(persons.1) > self.facts.rule.persons_tolerance).then_some((
                    "persons",
                    Unit::Persons,
                    persons.0 as usize,
                    persons.1 as usize,
                )),
            ];
            for (about, unit, one, other) in apart.into_iter().flatten() {
                let figure = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
                let mut differs = Difference::new(Kind::CountDiffers, about)
                    .says(Side::Barrier, unit, figure(one))
                    .says(Side::Barrier, unit, figure(other));
                differs.direction = Some(direction);
                differs.makers.insert(self.count.entered.by.clone());
                self.differences.push(differs);
            }
        }
    }
}
