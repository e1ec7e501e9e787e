//! What a change of the law would touch, before it is approved: past days, open work, and the forms
//! of the last month decided once more as if it had held then.

use std::collections::{HashMap, HashSet};

use bm_domain::decide::Decision;
use bm_domain::law::change::{Change, Plan, Touched, plan};
use bm_domain::law::{LawBook, LawKind};
use bm_domain::quota::QuotaUsage;
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, DeclarationId, Direction, Facts, PersonId, Validity, Vnd, decide};

use super::change::{forms_on, past_forms, reaches_back};
use crate::ports::{DeclarationFilter, Reader, Status, StoredDeclaration};
use crate::process::deadline_of;
use crate::{App, AppError};

/// Days of the past that are decided again.
const DAYS_BACK: u32 = 30;
/// Most forms decided again: about a second's work.
const FORMS_MAX: u64 = 10_000;
/// Most open forms of a gate that are looked at.
const OPEN_MAX: u32 = 2_000;
/// Affected forms that are shown.
const SHOWN: usize = 10;

/// What a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Days before today with forms, whose law becomes another; first and last.
    pub past_days: Option<Validity>,
    /// Forms that stand on those days. They keep what was decided.
    pub past_forms: u64,
    /// Forms that stand today.
    pub today_forms: u64,
    /// Forms registered and not released.
    pub open_forms: u32,
    /// Those of them registered on a day whose law becomes another, or whose deadline moves.
    pub open_touched: u32,
    /// The last month decided again; `None` where the change decides no form.
    pub replay: Option<Replay>,
}

/// Sums over forms that stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Forms.
    pub forms: u32,
    /// Customs value.
    pub value: Vnd,
    /// Within the quota.
    pub exempt: Vnd,
    /// Above it.
    pub excess: Vnd,
    /// Taxes and fees.
    pub due: Vnd,
}

/// The forms of a span of days under the law of their day and under the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// First day decided again.
    pub from: Option<BusinessDay>,
    /// Last day.
    pub to: Option<BusinessDay>,
    /// Whether there were more forms or days than could be looked at.
    pub bounded: bool,
    /// Forms decided again.
    pub forms: u32,
    /// Forms that would be decided otherwise.
    pub affected_forms: u32,
    /// Persons who declared them.
    pub affected_persons: u32,
    /// Forms that stood and would be refused.
    pub refused: u32,
    /// Forms that were refused and would stand.
    pub accepted: u32,
    /// As decided.
    pub old: Sums,
    /// Under the draft.
    pub new: Sums,
    /// The first that differ.
    pub first: Vec<ReplayedForm>,
}

/// A form that would be decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayedForm {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// Its day.
    pub day: BusinessDay,
    /// Code of its gate.
    pub gate: String,
    /// Exempt part and what is due, as decided; `None` when it was refused.
    pub old: Option<(Vnd, Vnd)>,
    /// The same under the draft.
    pub new: Option<(Vnd, Vnd)>,
}

impl App {
    /// What a change would touch.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn law_effect(&self, reader: &dyn Reader, change: &Change) -> Result<Effect, AppError> {
        let held = self.law_book(reader)?;
        let book = &held.1;
        let (plan, _) = plan(book, change);
        let today = BusinessDay::of(self.clock().now());
        let past = past_forms(reader, book, &plan, today)?;
        let of_today = Validity {
            from: today,
            to: Some(today),
        };
        let (open_forms, open_touched) = open_work(reader, book, &plan)?;
        Ok(Effect {
            past_days: past.map(|(days, _)| days),
            past_forms: past.map_or(0, |(_, forms)| forms),
            today_forms: forms_on(reader, book, of_today)?,
            open_forms,
            open_touched,
            replay: replay(reader, book, &plan, today)?,
        })
    }
}

/// Forms that are open, and those of them the change touches.
fn open_work(reader: &dyn Reader, book: &LawBook, plan: &Plan) -> Result<(u32, u32), AppError> {
    let moves_deadlines = |series: &String| {
        matches!(
            LawKind::of_series(series),
            Some(LawKind::Limits | LawKind::Hours | LawKind::Holiday)
        )
    };
    let after = (plan.series.keys().any(moves_deadlines)).then(|| plan.applied_to(book));
    let (mut open, mut touched) = (0, 0);
    for gate in book.gates.keys() {
        for form in reader.open_forms(gate, OPEN_MAX)? {
            open += 1;
            let day = form.declaration.day();
            let on_day = |span: &&Touched| span.days.holds_on(day) && reaches_back(plan, span);
            let of_day = plan.touched.iter().any(|span| on_day(&span));
            let moved = |after| deadline_of(after, &form) != deadline_of(book, &form);
            touched += u32::from(after.as_ref().map_or(of_day, moved));
        }
    }
    Ok((open, touched))
}

/// The book in which what the change sets has held all along. `None` where it decides no form.
fn as_if_always(book: &LawBook, plan: &Plan, since: BusinessDay) -> Option<LawBook> {
    let mut book = book.clone();
    let mut any = false;
    let mut seen = HashSet::new();
    for span in &plan.touched {
        let decides = match LawKind::of_series(&span.series) {
            Some(
                LawKind::Quota
                | LawKind::Vat
                | LawKind::List
                | LawKind::Goods
                | LawKind::Prohibited
                | LawKind::Commune
                | LawKind::Practice,
            ) => true,
            // A rate is that of its week, a gate was open or not.
            _ => false,
        };
        // What holds on the first day that changes; later turns of the same series come after it.
        if !decides || !seen.insert(span.series.as_str()) {
            continue;
        }
        any = true;
        let rows = plan.series.get(&span.series).into_iter().flatten();
        let mut then = rows.filter(|row| row.validity().holds_on(span.days.from));
        let row = then
            .next()
            .map(|row| row.clone().on_days(Validity::since(since)));
        book.set_series(&span.series, row.into_iter().collect());
    }
    any.then_some(book)
}

/// What was used of the quota, as decided in this replay.
#[derive(Default)]
struct Ledger(HashMap<PersonId, Vec<(BusinessDay, Vnd, u32)>>);

impl Ledger {
    fn usage(&self, person: PersonId, day: BusinessDay, period: Validity) -> QuotaUsage {
        let mut usage = QuotaUsage::default();
        for (on, exempt, trips) in self.0.get(&person).into_iter().flatten() {
            if *on == day {
                usage.exempt_today += *exempt;
                usage.trips_today += trips;
            }
            if period.holds_on(*on) {
                usage.trips_in_period += trips;
            }
        }
        usage
    }
}

/// One law with the quota used under it.
struct Run<'a> {
    book: &'a LawBook,
    ledger: Ledger,
    sums: Sums,
}

impl<'a> Run<'a> {
    fn of(book: &'a LawBook) -> Self {
        Self {
            book,
            ledger: Ledger::default(),
            sums: Sums::default(),
        }
    }

    /// Decides a form after those before it; `None` when it is refused.
    fn decide(&mut self, form: &StoredDeclaration, person: Option<&Resident>) -> Option<Decision> {
        let (draft, day) = (&form.declaration.draft, form.declaration.day());
        let law = self.book.on(day);
        let usage = match (person, law.quota(draft.direction)) {
            (Some(person), Some(rule)) => {
                let (from, to) = rule.period_of(day);
                let period = Validity { from, to: Some(to) };
                self.ledger.usage(person.id, day, period)
            }
            _ => QuotaUsage::default(),
        };
        let facts = Facts {
            law,
            resident: person,
            usage,
        };
        let decision = Some(decide(draft, &facts)).filter(|decision| !decision.is_refused())?;
        if draft.direction == Direction::Import && decision.counts_as_trip {
            let used = self.ledger.0.entry(form.declaration.person).or_default();
            used.push((day, decision.exempt, 1));
        }
        self.sums.forms += 1;
        self.sums.value += decision.value;
        self.sums.exempt += decision.exempt;
        self.sums.excess += decision.excess;
        self.sums.due += decision.total_due();
        Some(decision)
    }
}

fn replay(
    reader: &dyn Reader,
    book: &LawBook,
    plan: &Plan,
    today: BusinessDay,
) -> Result<Option<Replay>, AppError> {
    let mut from = today.before(DAYS_BACK);
    let Some(draft) = as_if_always(book, plan, from) else {
        return Ok(None);
    };
    let mut found = Replay::default();
    let mut days = Vec::new();
    let (mut day, mut count) = (today, 0);
    while day >= from {
        let mut of_day = 0;
        for gate in book.gates.keys() {
            for direction in [Direction::Import, Direction::Export] {
                let totals = reader.day_totals(gate, day, direction)?;
                of_day += u64::try_from(totals.forms + totals.refused).unwrap_or_default();
            }
        }
        if count > 0 && count + of_day > FORMS_MAX {
            found.bounded = true;
            break;
        }
        count += of_day;
        days.push(day);
        day = day.before(1);
    }
    from = days.last().copied().unwrap_or(today);
    (found.from, found.to) = (Some(from), Some(today));
    let mut persons: HashMap<PersonId, Option<Resident>> = HashMap::new();
    let mut affected = HashSet::new();
    let (mut old, mut new) = (Run::of(book), Run::of(&draft));
    for day in days.into_iter().rev() {
        for form in of_day(reader, book, day)? {
            let id = form.declaration.person;
            let person = match persons.entry(id) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => {
                    // What was used before the days that are decided again stays as it was.
                    let before = reader.quota_days(id, (from.before(31), from.before(1)))?;
                    old.ledger.0.insert(id, before.clone());
                    new.ledger.0.insert(id, before);
                    place.insert(reader.person(id)?)
                }
            };
            found.forms += 1;
            let was = old.decide(&form, person.as_ref());
            let is = new.decide(&form, person.as_ref());
            let brief = |d: &Option<Decision>| d.as_ref().map(|d| (d.exempt, d.total_due()));
            let (was, is) = (brief(&was), brief(&is));
            if was == is {
                continue;
            }
            found.affected_forms += 1;
            affected.insert(id);
            found.refused += u32::from(is.is_none());
            found.accepted += u32::from(was.is_none());
            if found.first.len() < SHOWN {
                found.first.push(ReplayedForm {
                    id: form.declaration.draft.id,
                    number: form.declaration.number.clone(),
                    day,
                    gate: form.declaration.draft.gate.clone(),
                    old: was,
                    new: is,
                });
            }
        }
    }
    found.affected_persons = u32::try_from(affected.len()).unwrap_or(u32::MAX);
    (found.old, found.new) = (old.sums, new.sums);
    Ok(Some(found))
}

/// The forms of a day that stand or were refused, in the order of their times.
fn of_day(
    reader: &dyn Reader,
    book: &LawBook,
    day: BusinessDay,
) -> Result<Vec<StoredDeclaration>, AppError> {
    let mut forms = Vec::new();
    for gate in book.gates.keys() {
        let filter = DeclarationFilter {
            gate_day: Some((gate.clone(), day)),
            person: None,
            limit: u32::try_from(FORMS_MAX).unwrap_or(u32::MAX),
        };
        forms.extend(reader.declarations(&filter)?);
    }
    forms.retain(|form| form.status != Status::Cancelled);
    forms.sort_by_key(|form| form.declaration.draft.at);
    Ok(forms)
}
