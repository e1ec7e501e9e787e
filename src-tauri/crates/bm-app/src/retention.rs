//! Pseudonymising: persons whose files were kept as long as they have to be lose names and numbers,
//! while their forms go on counting (Law 91/2025/QH15).
//!
//! One person proposes, another confirms where the rule asks for it. What is proposed is a day and not
//! a list of persons: who falls under it is looked up again when it is done.

use std::collections::{BTreeMap, BTreeSet};

use bm_domain::process::{Mark, Step};
use bm_domain::retention::{Cuts, LastTrace, RetentionRule};
use bm_domain::{BusinessDay, DeclarationId, PersonId, Violation, ViolationCode as Code};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, Book, Entry, EntryFilter, Heading, Keep};
use crate::error::{AppError, StoreError};
use crate::event::{Event, Record, Redaction};
use crate::ports::{Reader, Status, Writer};
use crate::{Actor, App};

/// Persons and records that one record of the log lists.
const LISTED_MAX: usize = 1_000;

/// Persons whose time is over, as proposed and decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRun {
    /// Its entry.
    pub id: Uuid,
    /// The days before which files are old.
    pub cuts: Cuts,
    /// The text that lets it be done.
    pub basis: String,
    /// How many persons, when it was proposed and then when it was done.
    pub persons: u32,
    /// How many records lost names.
    #[serde(default)]
    pub records: u32,
    /// Who proposed it.
    pub proposed: Mark,
    /// Who confirmed or rejected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Mark>,
    /// Whether it was done.
    #[serde(default)]
    pub done: bool,
}

impl Keep for RetentionRun {
    const BOOK: Book = Book::RetentionRun;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: "",
            day: BusinessDay::of(self.proposed.at),
            open: self.decided.is_none(),
            references: Vec::new(),
            number: None,
        }
    }
}

/// Who falls under a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionPlan {
    /// The rule.
    pub rule: RetentionRule,
    /// The days before which files are old.
    pub cuts: Cuts,
    /// The persons.
    pub persons: BTreeSet<PersonId>,
    /// How many persons by the year of their last trace.
    pub years: BTreeMap<i32, u32>,
    /// How many more whose time is over, but of whom something is still open.
    pub held: u32,
}

/// What is known of one person so far.
#[derive(Default)]
struct Traces {
    last: LastTrace,
    forms: BTreeSet<DeclarationId>,
    open: BTreeSet<Uuid>,
}

impl Traces {
    fn take(&mut self, id: PersonId, record: &Record) {
        let mut leave = |day, accounting| self.last = self.last.with(day, accounting);
        let day = BusinessDay::of(record.at);
        match &record.event {
            Event::Registered(form) | Event::Refused(form) => {
                let taxed = form.decision.total_due().is_positive() && !form.number.is_empty();
                leave(form.day(), taxed);
                if form.person == id {
                    self.forms.insert(form.draft.id);
                }
            }
            Event::StepTaken { step, .. } => leave(day, matches!(step, Step::Pay { .. })),
            Event::Corrected(_) | Event::Cancelled { .. } | Event::PersonSaved { .. } => {
                leave(day, false);
            }
            Event::Entered { entry, .. } => {
                leave(
                    day,
                    matches!(entry, Entry::Receipt(_) | Entry::CashRefund(_)),
                );
                let heading = entry.heading();
                // An entry of the register ends with its year and is never closed.
                if heading.open && !matches!(entry, Entry::Vehicle(_)) {
                    self.open.insert(heading.id);
                } else {
                    self.open.remove(&heading.id);
                }
            }
            // That somebody looked, or printed a copy, keeps nothing.
            Event::PersonViewed { .. }
            | Event::PeopleListed { .. }
            | Event::PeopleRevealed { .. }
            | Event::FormPrinted { .. }
            | Event::Redacted(_)
            | Event::LawSaved { .. }
            | Event::AccountSaved(_) => {}
        }
    }

    /// Whether something of the person still waits for somebody.
    fn is_open(&self, reader: &dyn Reader) -> Result<bool, StoreError> {
        if !self.open.is_empty() {
            return Ok(true);
        }
        for form in &self.forms {
            let stored = reader.declaration(*form)?;
            let waits = stored.is_some_and(|form| {
                form.status == Status::Registered && form.progress.released.is_none()
            });
            if waits {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl App {
    /// Who falls under today's rule; `before` may only keep more. Names nobody.
    ///
    /// # Errors
    /// [`AppError::Refused`] where no rule is held, or for a day after the rule's own.
    pub fn retention_plan(&self, before: Option<BusinessDay>) -> Result<RetentionPlan, AppError> {
        self.read(|reader| self.plan(reader, before))
    }

    fn plan(
        &self,
        reader: &dyn Reader,
        before: Option<BusinessDay>,
    ) -> Result<RetentionPlan, AppError> {
        let today = BusinessDay::of(self.clock().now());
        let book = self.law_book(reader)?;
        let refuse = |problem| AppError::Refused(vec![problem]);
        let rule = book.1.on(today).retention().cloned();
        let rule = rule.ok_or_else(|| refuse(Violation::new(Code::RetentionUnknown, "before")))?;
        let own = rule.cuts(today, None);
        if before.is_some_and(|before| before > own.customs) {
            let early = Violation::new(Code::RetentionNotOver, "before");
            return Err(refuse(early.with("day", own.customs)));
        }
        let cuts = rule.cuts(today, before);
        let quiet: BTreeSet<_> = reader.quiet_persons(cuts.customs)?.into_iter().collect();
        let mut traces: BTreeMap<PersonId, Traces> = BTreeMap::new();
        reader.records_about(&quiet, &mut |who, record| {
            for id in who {
                traces.entry(*id).or_default().take(*id, record);
            }
            Ok(())
        })?;
        let mut plan = RetentionPlan {
            rule,
            cuts,
            persons: BTreeSet::new(),
            years: BTreeMap::new(),
            held: 0,
        };
        for (id, found) in traces {
            if !cuts.are_past(found.last) {
                continue;
            }
            if found.is_open(reader)? {
                plan.held += 1;
                continue;
            }
            plan.persons.insert(id);
            let year = found.last.customs.map_or(0, BusinessDay::year);
            *plan.years.entry(year).or_default() += 1;
        }
        Ok(plan)
    }

    /// Proposes that whoever falls under today's rule is pseudonymised; where it asks for no second
    /// person it is done at once.
    ///
    /// # Errors
    /// As for [`Self::retention_plan`]; [`AppError::Refused`] when nobody falls under it, or another
    /// proposal waits.
    pub fn propose_retention(
        &self,
        actor: &Actor,
        before: Option<BusinessDay>,
    ) -> Result<RetentionRun, AppError> {
        self.write(|writer| {
            let plan = self.plan(writer, before)?;
            let refuse = |code| Err(AppError::Refused(vec![Violation::new(code, "before")]));
            if plan.persons.is_empty() {
                return refuse(Code::RetentionNobody);
            }
            let waiting = EntryFilter {
                open: Some(true),
                ..EntryFilter::default()
            };
            if !book::list::<RetentionRun>(writer, &waiting)?.is_empty() {
                return refuse(Code::RetentionWaits);
            }
            let run = RetentionRun {
                id: self.ids().next(),
                cuts: plan.cuts,
                basis: plan.rule.basis.clone(),
                persons: u32::try_from(plan.persons.len()).unwrap_or(u32::MAX),
                records: 0,
                proposed: self.mark(actor),
                decided: None,
                done: false,
            };
            if plan.rule.needs_second {
                self.keep(writer, actor, "proposed", run.clone())?;
                return Ok(run);
            }
            self.pseudonymise(writer, actor, run, &plan.persons)
        })
    }

    /// Confirms a proposal, which is carried out at once, or rejects it.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`] when it was decided; [`AppError::Refused`] for whoever
    /// proposed it.
    pub fn decide_retention(
        &self,
        actor: &Actor,
        id: Uuid,
        agree: bool,
    ) -> Result<RetentionRun, AppError> {
        self.write(|writer| {
            let run: RetentionRun = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if run.decided.is_some() {
                return Err(AppError::Stale);
            }
            if agree && run.proposed.by == actor.user {
                let own = Violation::new(Code::SecondPersonNeeded, "id");
                return Err(AppError::Refused(vec![own]));
            }
            if !agree {
                let rejected = RetentionRun {
                    decided: Some(self.mark(actor)),
                    ..run
                };
                self.keep(writer, actor, "rejected", rejected.clone())?;
                return Ok(rejected);
            }
            // Whoever came back since has a trace that is young.
            let plan = self.plan(writer, Some(run.cuts.customs))?;
            self.pseudonymise(writer, actor, run, &plan.persons)
        })
    }

    fn pseudonymise(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        run: RetentionRun,
        persons: &BTreeSet<PersonId>,
    ) -> Result<RetentionRun, AppError> {
        let records = writer.pseudonymise(persons)?;
        let done = RetentionRun {
            persons: u32::try_from(persons.len()).unwrap_or(u32::MAX),
            records: u32::try_from(records.len()).unwrap_or(u32::MAX),
            decided: Some(self.mark(actor)),
            done: true,
            ..run
        };
        let reason = format!("{}, < {}", done.basis, done.cuts.customs);
        let persons: Vec<_> = persons.iter().copied().collect();
        let mut parts = persons.chunks(LISTED_MAX);
        let mut texts = records.chunks(LISTED_MAX);
        loop {
            let (persons, records) = (parts.next(), texts.next());
            if persons.is_none() && records.is_none() {
                break;
            }
            let redaction = Redaction {
                persons: persons.unwrap_or_default().to_vec(),
                records: records.unwrap_or_default().to_vec(),
                reason: reason.clone(),
                proposed: Some(done.proposed.clone()).filter(|mark| mark.by != actor.user),
            };
            let event = Event::Redacted(Box::new(redaction));
            writer.append(&self.record(actor, event))?;
        }
        self.keep(writer, actor, "done", done.clone())?;
        Ok(done)
    }

    /// Proposals and what became of them, the newest first.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn retention_runs(&self) -> Result<Vec<RetentionRun>, AppError> {
        self.read(|reader| Ok(book::list(reader, &EntryFilter::default())?))
    }
}
