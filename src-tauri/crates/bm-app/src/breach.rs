//! The book of breaches: opened by the rules in the transaction of what causes them, or by a look
//! over a gate's day; assigned and decided by supervisors, never deleted.

mod met;
mod scan;

use bm_domain::breach::{
    self, Breach, BreachKind, BreachState, FormFacts, Found, Harmless, Missed,
};
use bm_domain::law::LawBook;
use bm_domain::process::{Mark, Stage, Step};
use bm_domain::quota::QuotaUsage;
use bm_domain::{BusinessDay, LawOfDay, PersonId, Violation, ViolationCode as Code};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::error::{AppError, StoreError};
use crate::event::{Declaration, Event};
use crate::permission::{Permission, allows};
use crate::ports::{Reader, StoredDeclaration, Writer};
use crate::{Actor, App};

pub use scan::Scanned;

impl Keep for Breach {
    const BOOK: Book = Book::Breach;

    fn heading(&self) -> Heading<'_> {
        let found = &self.found;
        let mut references = vec![key_word(&found.key())];
        references.extend(found.forms.iter().map(ToString::to_string));
        references.extend(found.people.iter().map(ToString::to_string));
        Heading {
            id: self.id,
            gate: &found.gate,
            day: found.day,
            open: self.state == BreachState::Open,
            references,
            number: None,
        }
    }
}

impl Keep for Harmless {
    const BOOK: Book = Book::Harmless;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: BusinessDay::of(self.judged.at),
            open: self.withdrawn.is_none(),
            references: vec![Self::key(self.kind, &self.subject)],
            number: None,
        }
    }
}

fn key_word(key: &str) -> String {
    format!("key {key}")
}

/// How often the same is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    /// It was tried once more: counted, and a new entry where the last one was decided.
    Tried,
    /// It was looked at once more: nothing, unless there is more behind it.
    Seen,
}

/// What came of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Opened,
    Joined,
    Known,
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreachFilter {
    /// Of this gate; of all gates when absent.
    pub gate: Option<String>,
    /// Decided ones from this day to that; open ones of all days.
    pub days: Option<(BusinessDay, BusinessDay)>,
    /// Given to this account.
    pub assigned: Option<String>,
}

/// Open entries, and decided ones of the days, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn breaches(reader: &dyn Reader, filter: &BreachFilter) -> Result<Vec<Breach>, StoreError> {
    let of = |open, days| EntryFilter {
        gate: filter.gate.clone(),
        days,
        open: Some(open),
        ..EntryFilter::default()
    };
    let mut all: Vec<Breach> = book::list(reader, &of(true, None))?;
    all.extend(book::list::<Breach>(reader, &of(false, filter.days))?);
    if let Some(to) = &filter.assigned {
        all.retain(|one| one.assigned.as_ref() == Some(to));
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.found.day, one.last, one.id)));
    Ok(all)
}

/// Verdicts that a pattern is harmless, the newest first; also those withdrawn when `all`.
///
/// # Errors
/// [`StoreError`].
pub fn harmless(reader: &dyn Reader, all: bool) -> Result<Vec<Harmless>, StoreError> {
    let filter = EntryFilter {
        open: (!all).then_some(true),
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

fn judged_harmless(reader: &dyn Reader, found: &Found) -> Result<bool, StoreError> {
    if !found.kind.is_pattern() {
        return Ok(false);
    }
    let filter = EntryFilter {
        open: Some(true),
        reference: Some(Harmless::key(found.kind, &found.subject)),
        ..EntryFilter::default()
    };
    let verdicts: Vec<Harmless> = book::list(reader, &filter)?;
    Ok(verdicts.iter().any(|verdict| verdict.covers(found)))
}

fn facts<'a>(form: &'a Declaration, name: &'a str, usage: QuotaUsage) -> FormFacts<'a> {
    FormFacts {
        draft: &form.draft,
        decision: &form.decision,
        number: &form.number,
        person: Some(form.person).filter(|person| !person.0.is_nil()),
        name,
        usage,
    }
}

impl App {
    fn mark_now(&self, actor: &Actor) -> Mark {
        Mark {
            at: self.clock().now(),
            by: actor.user.clone(),
        }
    }

    /// Opens an entry for what a rule found, or joins it to the one that is there.
    fn note(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        found: Found,
        involved: &[String],
        again: Again,
    ) -> Result<Came, AppError> {
        if judged_harmless(writer, &found)? {
            return Ok(Came::Known);
        }
        let filter = EntryFilter {
            reference: Some(key_word(&found.key())),
            ..EntryFilter::default()
        };
        let mark = self.mark_now(actor);
        let held: Vec<Breach> = book::list(writer, &filter)?;
        // One that is open takes it; there is one at most.
        let open = held.iter().find(|one| one.state == BreachState::Open);
        let outgrown = held.iter().all(|one| found.outgrows(&one.found));
        match (open, again) {
            (Some(open), Again::Tried) => {
                let joined = open.clone().joined(&found, &mark, involved);
                self.keep(writer, actor, "joined", joined)?;
                Ok(Came::Joined)
            }
            (Some(open), Again::Seen) if found.outgrows(&open.found) => {
                let grown = open.clone().grown(found, &mark, involved);
                self.keep(writer, actor, "grown", grown)?;
                Ok(Came::Joined)
            }
            (None, Again::Seen) if !outgrown => Ok(Came::Known),
            // A limit is missed once, whenever the step is taken at last.
            (None, _) if found.kind == BreachKind::DeadlineMissed && !held.is_empty() => {
                Ok(Came::Known)
            }
            (Some(_), Again::Seen) => Ok(Came::Known),
            (None, _) => {
                let id = self.ids().next();
                let breach = Breach::open(id, found, mark, involved.to_vec());
                self.keep(writer, actor, "opened", breach)?;
                Ok(Came::Opened)
            }
        }
    }

    /// What registering a form, or trying to, breaks. Where nothing is broken nothing is read.
    pub(crate) fn note_form(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        form: &Declaration,
        name: &str,
        usage: QuotaUsage,
        law: LawOfDay<'_>,
    ) -> Result<(), AppError> {
        for found in breach::of_form(&facts(form, name, usage), law) {
            let by = std::slice::from_ref(&actor.user);
            self.note(writer, actor, found, by, Again::Tried)?;
        }
        Ok(())
    }

    /// What a refused leg of an exchange breaks. The form itself is not kept, and nothing links to it.
    pub(crate) fn note_attempt(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        form: &Declaration,
        law: LawOfDay<'_>,
    ) -> Result<(), AppError> {
        let person = writer.person(form.person)?;
        let name = person.map(|person| person.name).unwrap_or_default();
        let by = std::slice::from_ref(&actor.user);
        for mut found in breach::of_form(&facts(form, &name, QuotaUsage::default()), law) {
            found.forms.clear();
            self.note(writer, actor, found, by, Again::Tried)?;
        }
        Ok(())
    }

    /// What a paper hides: a finding about persons.
    pub(crate) fn note_paper(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        found: Found,
    ) -> Result<(), AppError> {
        let by = std::slice::from_ref(&actor.user);
        self.note(writer, actor, found, by, Again::Tried)?;
        Ok(())
    }

    /// What a step on a form breaks: taken late, or with other goods than declared. `form` is the
    /// form before the step.
    pub(crate) fn note_step(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        form: &StoredDeclaration,
        step: &Step,
    ) -> Result<(), AppError> {
        let by = [actor.user.clone(), form.officer.clone()];
        if let Step::Inspect {
            finding: bm_domain::process::Finding::Differs,
            remark,
        } = step
        {
            let declared = facts(&form.declaration, "", QuotaUsage::default());
            let found = breach::goods_differ(&declared, remark);
            self.note(writer, actor, found, &by, Again::Tried)?;
        }
        let awaited = matches!(
            (form.stage(), step),
            (Some(Stage::Inspection), Step::Inspect { .. })
                | (Some(Stage::Tax), Step::ConfirmTax)
                | (Some(Stage::Release), Step::Release)
        );
        if !awaited {
            return Ok(());
        }
        let law = self.law_book(writer)?;
        let now = self.clock().now();
        if let Some(found) = late_form(&law.1, form, now, true) {
            self.note(writer, actor, found, &by, Again::Tried)?;
        }
        Ok(())
    }

    /// What an amendment breaks: a value over the quota, found after the goods had left.
    pub(crate) fn note_amendment(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        before: &StoredDeclaration,
        after: &StoredDeclaration,
        proposer: Option<&str>,
    ) -> Result<(), AppError> {
        let (old, new) = (&before.declaration, &after.declaration);
        if new.decision.excess <= old.decision.excess {
            return Ok(());
        }
        let law = self.law_book(writer)?;
        let law = law.1.on(new.day());
        let open = after.progress.balance(&after.requirements());
        // What was used besides is in the figures of the decision.
        let used = QuotaUsage {
            trips_in_period: new.decision.trips_used - u32::from(new.decision.counts_as_trip),
            ..QuotaUsage::default()
        };
        let facts = facts(new, "", used);
        let mut by = vec![actor.user.clone(), before.officer.clone()];
        by.extend(proposer.map(str::to_owned));
        let gone = before.progress.released.is_some();
        let short = gone
            .then(|| breach::short_of_tax(&facts, old.decision.excess, open, law))
            .flatten();
        match short {
            Some(found) => {
                self.note(writer, actor, found, &by, Again::Tried)?;
            }
            None => {
                for found in breach::of_form(&facts, law) {
                    self.note(writer, actor, found, &by, Again::Seen)?;
                }
            }
        }
        Ok(())
    }

    /// An entry whole. It names persons, so that its opening is recorded.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn breach(&self, actor: &Actor, id: Uuid) -> Result<Breach, AppError> {
        self.write(|writer| {
            let breach: Breach = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let ids = breach.found.people.clone();
            if !ids.is_empty() {
                writer.append(&self.record(actor, Event::PeopleListed { ids }))?;
            }
            Ok(breach)
        })
    }

    /// Gives an entry to an account that may decide on it.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Refused`] for an account that
    /// may not decide, one that is behind it, or when it was decided.
    pub fn assign_breach(&self, actor: &Actor, id: Uuid, to: &str) -> Result<Breach, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let breach: Breach = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let account = writer.account(to)?;
            let may = account.is_some_and(|a| a.active && allows(a.role, Permission::Decide));
            if !may {
                let other = Violation::new(Code::BreachAssignee, "to");
                return Err(AppError::Refused(vec![other.with("name", to)]));
            }
            let given = breach.assign(to, self.mark_now(actor));
            let given = given.map_err(AppError::Refused)?;
            self.keep(writer, actor, "assigned", given.clone())?;
            Ok(given)
        })
    }

    /// Decides on an entry: upheld, waived, or referred to a higher office.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Refused`] to whoever made a
    /// form or decision behind it, without a reason, or when it was decided.
    pub fn decide_breach(
        &self,
        actor: &Actor,
        id: Uuid,
        state: BreachState,
        reason: &str,
    ) -> Result<Breach, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| self.decide_one(writer, actor, id, state, reason))
    }

    fn decide_one(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        id: Uuid,
        state: BreachState,
        reason: &str,
    ) -> Result<Breach, AppError> {
        let breach: Breach = book::get(writer, id)?.ok_or(AppError::NotFound)?;
        let decided = breach.decide(state, reason, self.mark_now(actor));
        let decided = decided.map_err(AppError::Refused)?;
        self.keep(writer, actor, state.word(), decided.clone())?;
        Ok(decided)
    }

    /// Finds a pattern harmless: the entry is waived, and the same does not fire again until the day,
    /// or for good, unless it grows.
    ///
    /// # Errors
    /// As for [`Self::decide_breach`]; [`AppError::Refused`] for what is no pattern or a day that is
    /// over.
    pub fn find_harmless(
        &self,
        actor: &Actor,
        id: Uuid,
        until: Option<BusinessDay>,
        reason: &str,
    ) -> Result<Breach, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let breach: Breach = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let mark = self.mark_now(actor);
            let verdict = Harmless::of(self.ids().next(), &breach, until, reason, mark);
            let verdict = verdict.map_err(AppError::Refused)?;
            let waived = self.decide_one(writer, actor, id, BreachState::Waived, reason)?;
            self.keep(writer, actor, "judged", verdict)?;
            Ok(waived)
        })
    }

    /// Takes a verdict back: the pattern fires again from then on.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when it was taken back
    /// before; [`AppError::Refused`] without a reason.
    pub fn withdraw_harmless(
        &self,
        actor: &Actor,
        id: Uuid,
        reason: &str,
    ) -> Result<Harmless, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let verdict: Harmless = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if verdict.withdrawn.is_some() {
                return Err(AppError::Stale);
            }
            let back = verdict.withdraw(reason, self.mark_now(actor));
            let back = back.map_err(AppError::Refused)?;
            self.keep(writer, actor, "withdrawn", back.clone())?;
            Ok(back)
        })
    }
}

/// The time limit that a form's next step missed, if it did by `now`.
fn late_form(
    book: &LawBook,
    form: &StoredDeclaration,
    now: DateTime<Utc>,
    done: bool,
) -> Option<Found> {
    let deadline = crate::process::deadline_of(book, form)?;
    let declared = &form.declaration;
    let limits = book.on(declared.day()).limits()?;
    let person: PersonId = declared.person;
    breach::missed(&Missed {
        what: form.stage()?.word(),
        number: &declared.number,
        key: declared.draft.id.to_string(),
        gate: &declared.draft.gate,
        day: declared.day(),
        person: Some(person).filter(|person| !person.0.is_nil()),
        form: Some(declared.draft.id),
        deadline,
        now,
        done,
        basis: &limits.basis,
    })
}
