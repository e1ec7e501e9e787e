//! After registration: the officers' steps on a form, and until when each must be taken.

use bm_domain::law::{LawBook, TermKind};
use bm_domain::process::{Step, deadline};
use bm_domain::vehicle::missing;
use bm_domain::{BusinessDay, DeclarationId, Violation, ViolationCode};
use chrono::{DateTime, Utc};

use crate::cash::check_none_pending;
use crate::error::AppError;
use crate::event::Event;
use crate::permission::{Duty, Permission, allows};
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::{Actor, App};

/// Until when the law wants the next step of a form; `None` where no limit runs.
#[must_use]
pub fn deadline_of(book: &LawBook, form: &StoredDeclaration) -> Option<DateTime<Utc>> {
    let registered = form.declaration.draft.at;
    let law = book.on(BusinessDay::of(registered));
    let (asked, progress) = (form.requirements(), &form.progress);
    let extension = law.term(TermKind::InspectionExtension);
    deadline(
        &asked,
        progress,
        registered,
        law.limits()?,
        law.work(),
        extension,
    )
}

/// The part of the work a step belongs to.
const fn duty(step: &Step) -> Duty {
    match step {
        Step::OrderInspection
        | Step::ExtendInspection { .. }
        | Step::Present
        | Step::Inspect { .. }
        | Step::Certify { .. }
        | Step::Waive { .. } => Duty::Inspection,
        Step::ConfirmTax => Duty::Tax,
        Step::Pay { .. } | Step::TakeBack { .. } | Step::Refund { .. } => Duty::Cashier,
        Step::Release => Duty::Supervision,
    }
}

/// Why an account may not do a part of the work: the office gave it to others. Who has no account
/// of the program, such as a nightly job, is not assigned and not kept from anything.
///
/// # Errors
/// [`AppError::Refused`] with the part of the work.
pub(crate) fn check_duty(reader: &dyn Reader, actor: &Actor, duty: Duty) -> Result<(), AppError> {
    let account = reader.account(&actor.user)?;
    if account.is_none_or(|account| account.has(duty)) {
        return Ok(());
    }
    let other = Violation::new(ViolationCode::DutyNotAssigned, "step");
    Err(AppError::Refused(vec![other.with("duty", duty.word())]))
}

/// Who may take a step: where the head of the office decides, a supervisor.
const fn permission(step: &Step) -> Permission {
    match step {
        Step::OrderInspection | Step::ExtendInspection { .. } | Step::Waive { .. } => {
            Permission::Decide
        }
        Step::Present
        | Step::Inspect { .. }
        | Step::Certify { .. }
        | Step::ConfirmTax
        | Step::Pay { .. }
        | Step::TakeBack { .. }
        | Step::Release
        | Step::Refund { .. } => Permission::Trade,
    }
}

impl App {
    /// Takes a step on a registered form.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when the form was refused or cancelled;
    /// [`AppError::Refused`] when the step may not be taken yet.
    pub fn take_step(&self, actor: &Actor, id: DeclarationId, step: &Step) -> Result<(), AppError> {
        self.write(|writer| self.take(writer, actor, id, step))
    }

    /// Takes what steps `choose` names for each form, one after the other, all in one transaction.
    ///
    /// # Errors
    /// As for [`Self::take_step`]; then none is taken.
    pub fn take_steps(
        &self,
        actor: &Actor,
        ids: &[DeclarationId],
        choose: impl Fn(&StoredDeclaration) -> Option<Step>,
    ) -> Result<(), AppError> {
        self.write(|writer| {
            for id in ids {
                let stored = |writer: &dyn Writer| writer.declaration(*id);
                while let Some(step) = stored(writer)?.as_ref().and_then(&choose) {
                    self.take(writer, actor, *id, &step)?;
                }
            }
            Ok(())
        })
    }

    fn take(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        id: DeclarationId,
        step: &Step,
    ) -> Result<(), AppError> {
        if !allows(actor.role, permission(step)) {
            return Err(AppError::NotPermitted);
        }
        check_duty(writer, actor, duty(step))?;
        let stored = writer.declaration(id)?.ok_or(AppError::NotFound)?;
        // What no longer stands has no step left but to give back what was paid.
        let refunds = matches!(step, Step::Refund { .. });
        if stored.status != Status::Registered && !refunds {
            return Err(AppError::Stale);
        }
        let problems = stored.progress.check(&stored.requirements(), step);
        if !problems.is_empty() {
            return Err(AppError::Refused(problems));
        }
        match step {
            // Its receipt takes the payment back, with the paper in hand.
            Step::TakeBack { .. } => return Err(AppError::BadRequest("take_back".into())),
            Step::Release => check_none_pending(writer, &stored)?,
            Step::ExtendInspection { .. } => {
                let (book, day) = (self.law_book(writer)?, stored.declaration.day());
                if book.1.on(day).term(TermKind::InspectionExtension).is_none() {
                    let missing = missing(TermKind::InspectionExtension, day);
                    return Err(AppError::Refused(vec![missing]));
                }
            }
            _ => {}
        }
        self.pay_back(writer, actor, &stored, step)?;
        let step = self.receive(writer, actor, &stored, step)?;
        self.note_step(writer, actor, &stored, &step)?;
        let event = Event::StepTaken { id, step };
        Ok(writer.append(&self.record(actor, event))?)
    }
}
