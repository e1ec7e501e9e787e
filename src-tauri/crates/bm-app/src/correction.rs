//! Corrections of registered forms: amended, refused, returned, cancelled, each as a new entry.
//!
//! Where a second person is asked for (dated data, and always on a closed day) an officer's
//! correction is a proposal until a supervisor who is not the proposer has approved it.

use std::collections::BTreeSet;

use bm_domain::correction::CorrectionKind;
use bm_domain::declaration::{Allocation, Draft, DraftLine};
use bm_domain::process::Mark;
use bm_domain::quota::QuotaUsage;
use bm_domain::{
    BusinessDay, Decision, DeclarationId, Facts, LawOfDay, Violation, ViolationCode as Code, decide,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::cash::check_correction;
use crate::counter::standing_leg;
use crate::error::{AppError, StoreError};
use crate::event::{Corrected, Correction, Declaration, Event};
use crate::gathering::gathered;
use crate::people::check_reason;
use crate::permission::{Duty, Permission, allows};
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::process::check_duty;
use crate::sync::exchange::{Held, papers_of};
use crate::{Actor, App};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wanted {
    /// Other goods.
    Amend {
        /// The goods as they should stand.
        lines: Vec<DraftLine>,
        /// Order in which lines use up the exemption.
        allocation: Allocation,
    },
    /// The goods may not pass.
    Refuse,
    /// The goods go back.
    Return,
    /// The form is taken back.
    Cancel,
}

impl Wanted {
    /// Of which kind the correction is.
    #[must_use]
    pub const fn kind(&self) -> CorrectionKind {
        match self {
            Self::Amend { .. } => CorrectionKind::Amend,
            Self::Refuse => CorrectionKind::Refuse,
            Self::Return => CorrectionKind::Return,
            Self::Cancel => CorrectionKind::Cancel,
        }
    }
}

/// What the second person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who, and when.
    pub mark: Mark,
    /// Whether it was approved.
    pub approved: bool,
    /// Why; may be empty when it was approved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A correction that a second person decides on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: Uuid,
    /// The form.
    pub form: DeclarationId,
    /// Code of the form's gate.
    pub gate: String,
    /// The form's day.
    pub day: BusinessDay,
    /// What is asked for.
    pub wanted: Wanted,
    /// Why.
    pub reason: String,
    /// Who proposed it, and when.
    pub proposed: Mark,
    /// What became of it; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl Keep for Proposal {
    const BOOK: Book = Book::Proposal;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day,
            open: self.verdict.is_none(),
            references: vec![self.form.to_string()],
            number: None,
        }
    }
}

/// A correction as it would take effect now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The form as it stands.
    pub form: StoredDeclaration,
    /// What the correction would make of it.
    pub correction: Correction,
    /// The form as it would stand then.
    pub after: StoredDeclaration,
    /// Whether a second person has to approve it.
    pub second_person: bool,
    /// What refuses it or needs a look.
    pub violations: Vec<Violation>,
}

/// What came of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It took effect.
    Done(Plan),
    /// It waits for a second person, under this id.
    Proposed(Uuid, Plan),
}

/// Corrections of a gate that wait for the second person, the newest first; of all gates when absent.
///
/// # Errors
/// [`StoreError`].
pub fn pending(reader: &dyn Reader, gate: Option<&str>) -> Result<Vec<Proposal>, StoreError> {
    let filter = EntryFilter {
        gate: gate.map(str::to_owned),
        open: Some(true),
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

/// Every correction of a form that a second person decided on or is to decide on, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn proposals_of(
    reader: &dyn Reader,
    form: DeclarationId,
    open: Option<bool>,
) -> Result<Vec<Proposal>, StoreError> {
    let filter = EntryFilter {
        reference: Some(form.to_string()),
        open,
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

impl App {
    /// What a correction would change; nothing is written.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`] when the form does not stand.
    pub fn plan_correction(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        id: DeclarationId,
        wanted: &Wanted,
    ) -> Result<Plan, AppError> {
        let form = reader.declaration(id)?.ok_or(AppError::NotFound)?;
        if form.status != Status::Registered {
            return Err(AppError::Stale);
        }
        let book = self.law_book(reader)?;
        let (kind, day) = (wanted.kind(), form.declaration.day());
        let released = form.progress.released.is_some();
        let mut violations: Vec<_> = gathered(reader, id)?.into_iter().collect();
        if released && !kind.after_release() {
            violations.push(Violation::new(Code::AlreadyReleased, "id"));
        } else {
            violations.extend(check_correction(reader, &form, kind)?);
        }
        let now = self.clock().now();
        let closed = reader.is_closed(&form.declaration.draft.gate, day)?;
        let asks = (book.1.on(BusinessDay::of(now))).asks_second_person(kind, released);
        if let Some(other) = standing_leg(reader, &form)? {
            let remains = Violation::new(Code::ExchangeLegRemains, "exchange_of");
            violations.push(remains.with("number", other.declaration.number));
        }
        let mut after = form.clone();
        let correction = match wanted {
            Wanted::Amend { lines, allocation } => {
                let draft = Draft {
                    lines: lines.clone(),
                    allocation: *allocation,
                    ..form.declaration.draft.clone()
                };
                if draft == form.declaration.draft {
                    violations.push(Violation::new(Code::NothingAmended, "lines"));
                }
                let decision = decide_again(reader, &form.declaration, &draft, book.1.on(day))?;
                violations.extend(decision.violations.iter().cloned());
                let mark = Mark {
                    at: now,
                    by: actor.user.clone(),
                };
                let old = &form.declaration;
                after.progress = bm_domain::correction::amended(
                    after.progress,
                    (&old.draft, &old.decision),
                    (&draft, &decision),
                    &mark,
                );
                after.declaration = Declaration {
                    draft,
                    decision,
                    revision: old.revision + 1,
                    ..old.clone()
                };
                Correction::Amend(Box::new(after.declaration.clone()))
            }
            Wanted::Refuse => {
                after.status = Status::Refused;
                Correction::Refuse
            }
            Wanted::Return => {
                after.status = Status::Returned;
                Correction::Return
            }
            Wanted::Cancel => {
                after.status = Status::Cancelled;
                Correction::Cancel
            }
        };
        violations.sort_by_key(|violation| violation.severity);
        Ok(Plan {
            form,
            correction,
            after,
            second_person: asks || closed,
            violations,
        })
    }

    /// Corrects a registered form, or proposes it where a second person is asked for.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`] when the form does not stand;
    /// [`AppError::Refused`] where the account is not assigned to it, without a reason, while another correction of it waits, or when a rule
    /// refuses what it asks for.
    pub fn correct(
        &self,
        actor: &Actor,
        id: DeclarationId,
        wanted: &Wanted,
        reason: &str,
    ) -> Result<Came, AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        let held = self.hold_form(id)?;
        let done = self.write(|writer| {
            check_duty(writer, actor, duty(wanted.kind()))?;
            let plan = self.plan_correction(writer, actor, id, wanted)?;
            if !proposals_of(writer, id, Some(true))?.is_empty() {
                let waits = Violation::new(Code::CorrectionPending, "id");
                return Err(AppError::Refused(vec![waits]));
            }
            refuse(&plan)?;
            if !plan.second_person {
                self.carry_out(writer, actor, &plan, reason, None)?;
                return Ok(Came::Done(plan));
            }
            let declaration = &plan.form.declaration;
            let proposal = Proposal {
                id: self.ids().next(),
                form: id,
                gate: declaration.draft.gate.clone(),
                day: declaration.day(),
                wanted: wanted.clone(),
                reason: reason.to_owned(),
                proposed: self.mark_of(actor),
                verdict: None,
            };
            let proposed = proposal.id;
            self.keep(writer, actor, "proposed", proposal)?;
            Ok(Came::Proposed(proposed, plan))
        });
        self.release(held);
        done
    }

    /// Holds the papers of a form's person, where there is a hub.
    fn hold_form(&self, id: DeclarationId) -> Result<Option<Held<'_>>, AppError> {
        if self.hub().is_none() {
            return Ok(None);
        }
        let papers = self.read(|reader| match reader.declaration(id)? {
            Some(form) => Ok(papers_of(reader, form.declaration.person)?),
            None => Ok(BTreeSet::new()),
        })?;
        Ok(self.hold(&papers))
    }

    /// Cancels a registered form whose goods have not left; its quota is given back.
    ///
    /// # Errors
    /// As for [`Self::correct`].
    pub fn cancel(&self, actor: &Actor, id: DeclarationId, reason: &str) -> Result<Came, AppError> {
        self.correct(actor, id, &Wanted::Cancel, reason)
    }

    /// Decides on a proposed correction as the second person. Approved, it is decided once more and
    /// takes effect; rejected, the form stays as it is.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when it was decided or
    /// the form no longer stands; [`AppError::Refused`] to the proposer, without a reason for a
    /// rejection, or when a rule refuses it by now.
    pub fn decide_correction(
        &self,
        actor: &Actor,
        id: Uuid,
        approved: bool,
        reason: &str,
    ) -> Result<Proposal, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        let reason = reason.trim();
        let asked = self.read(|reader| Ok(book::get::<Proposal>(reader, id)?))?;
        let held = match asked.filter(|_| approved) {
            Some(proposal) => self.hold_form(proposal.form)?,
            None => None,
        };
        let done = self.write(|writer| {
            let mut proposal: Proposal = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if proposal.verdict.is_some() {
                return Err(AppError::Stale);
            }
            if proposal.proposed.by == actor.user {
                let own = Violation::new(Code::OwnProposal, "id");
                return Err(AppError::Refused(vec![own]));
            }
            let unsaid = check_reason(reason).filter(|_| !approved || !reason.is_empty());
            if let Some(problem) = unsaid {
                return Err(AppError::Refused(vec![problem]));
            }
            if approved {
                let plan = self.plan_correction(writer, actor, proposal.form, &proposal.wanted)?;
                refuse(&plan)?;
                let by = Some(proposal.proposed.clone());
                self.carry_out(writer, actor, &plan, &proposal.reason, by)?;
            }
            proposal.verdict = Some(Verdict {
                mark: self.mark_of(actor),
                approved,
                reason: reason.to_owned(),
            });
            let change = if approved { "approved" } else { "rejected" };
            self.keep(writer, actor, change, proposal.clone())?;
            Ok(proposal)
        });
        self.release(held);
        done
    }

    pub(crate) fn mark_of(&self, actor: &Actor) -> Mark {
        Mark {
            at: self.clock().now(),
            by: actor.user.clone(),
        }
    }

    fn carry_out(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        plan: &Plan,
        reason: &str,
        proposed: Option<Mark>,
    ) -> Result<(), AppError> {
        let id = plan.form.declaration.draft.id;
        let reason = reason.to_owned();
        if matches!(plan.correction, Correction::Amend(_)) {
            let by = proposed.as_ref().map(|mark| mark.by.as_str());
            self.note_amendment(writer, actor, &plan.form, &plan.after, by)?;
        }
        let event = match (&plan.correction, &proposed) {
            (Correction::Cancel, None) => Event::Cancelled { id, reason },
            _ => Event::Corrected(Box::new(Corrected {
                id,
                correction: plan.correction.clone(),
                reason,
                proposed,
            })),
        };
        Ok(writer.append(&self.record(actor, event))?)
    }
}

/// The part of the work a correction belongs to.
const fn duty(kind: CorrectionKind) -> Duty {
    match kind {
        CorrectionKind::Amend | CorrectionKind::Cancel => Duty::Registration,
        CorrectionKind::Refuse => Duty::Inspection,
        CorrectionKind::Return => Duty::Supervision,
    }
}

/// What refuses a plan, if anything does.
fn refuse(plan: &Plan) -> Result<(), AppError> {
    let refusing = plan.violations.iter().filter(|one| one.refuses());
    let refusing: Vec<_> = refusing.cloned().collect();
    if refusing.is_empty() {
        Ok(())
    } else {
        Err(AppError::Refused(refusing))
    }
}

/// Decides an amended form under the law of its day, with what the person used without it.
fn decide_again(
    reader: &dyn Reader,
    old: &Declaration,
    draft: &Draft,
    law: LawOfDay<'_>,
) -> Result<Decision, AppError> {
    let resident = reader.person(old.person)?;
    let usage = match law.quota(draft.direction) {
        Some(rule) => {
            let period = rule.period_of(law.day());
            let used = reader.quota_usage(old.person, law.day(), period)?;
            without(used, &old.decision)
        }
        None => QuotaUsage::default(),
    };
    let facts = Facts {
        law,
        resident: resident.as_ref(),
        usage,
    };
    Ok(decide(draft, &facts))
}

/// What was used besides a form.
fn without(used: QuotaUsage, own: &Decision) -> QuotaUsage {
    if !own.counts_as_trip {
        return used;
    }
    QuotaUsage {
        exempt_today: used.exempt_today - own.exempt,
        trips_today: used.trips_today.saturating_sub(1),
        trips_in_period: used.trips_in_period.saturating_sub(1),
    }
}
