//! Corrections of registered forms, the second person's decision on them, and the closing of a day.

use bm_app::AppError;
use bm_app::correction::{self, Came, Plan, Wanted};
use bm_app::ports::Reader;
use bm_domain::correction::CorrectionKind;
use bm_domain::{Violation, ViolationCode as Code};

use super::declaration::Names;
use super::{Call, read_id};
use crate::answer;
use crate::input::read_correction;
use crate::request::{ById, Cancel, CorrectionInput, CorrectionVerdict, Gate};
use crate::view::{
    CorrectionList, CorrectionPreview, CorrectionResult, DeclarationRow, ProposalView,
    RevisionView, UnsettledRow,
};

/// Most forms with an open difference that are listed.
const UNSETTLED_MAX: u32 = 500;

/// What a correction would change; nothing is written.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Stale`] when the form does not stand; [`AppError::Refused`]
/// when the lines can't be read.
pub fn correction_preview(
    call: &Call<'_>,
    ask: CorrectionInput,
) -> Result<CorrectionPreview, AppError> {
    let id = read_id(&ask.id)?;
    let wanted = read_correction(&ask).map_err(AppError::Refused)?;
    call.app.read(|reader| {
        let mut plan = (call.app).plan_correction(reader, &call.actor, id, &wanted)?;
        if !correction::proposals_of(reader, id, Some(true))?.is_empty() {
            let waits = Violation::new(Code::CorrectionPending, "id");
            plan.violations.insert(0, waits);
        }
        Ok(preview(call, &plan))
    })
}

/// Corrects a form, or proposes it to a second person.
///
/// # Errors
/// As for [`correction_preview`]; [`AppError::Refused`] when a rule refuses it.
pub fn correction_make(
    call: &Call<'_>,
    ask: CorrectionInput,
) -> Result<CorrectionResult, AppError> {
    let wanted = read_correction(&ask).map_err(AppError::Refused)?;
    make(call, &ask.id, &wanted, &ask.reason)
}

/// Cancels a form.
///
/// # Errors
/// As for [`correction_make`].
pub fn declaration_cancel(call: &Call<'_>, ask: Cancel) -> Result<CorrectionResult, AppError> {
    make(call, &ask.id, &Wanted::Cancel, &ask.reason)
}

fn make(
    call: &Call<'_>,
    id: &str,
    wanted: &Wanted,
    reason: &str,
) -> Result<CorrectionResult, AppError> {
    let came = (call.app).correct(&call.actor, read_id(id)?, wanted, reason)?;
    let (proposal, plan) = match &came {
        Came::Done(plan) => (None, plan),
        Came::Proposed(id, plan) => (Some(id.to_string()), plan),
    };
    Ok(CorrectionResult {
        proposal,
        warnings: answer::violations(call.language, &plan.violations),
    })
}

/// Decides on a proposed correction as the second person.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Stale`] when it was decided before; [`AppError::Refused`] to
/// the proposer, without a reason for a rejection, or when a rule refuses it by now.
pub fn correction_decide(call: &Call<'_>, ask: CorrectionVerdict) -> Result<(), AppError> {
    let id = read_id(&ask.id)?;
    (call.app)
        .decide_correction(&call.actor, id, ask.approve, &ask.reason)
        .map(|_| ())
}

/// Corrections of a gate that wait for the second person, the oldest first, with what they would
/// change; and forms with a difference that corrections left.
///
/// # Errors
/// [`AppError::Store`].
pub fn correction_list(call: &Call<'_>, of: Gate) -> Result<CorrectionList, AppError> {
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let mut names = Names::default();
        let mut pending = Vec::new();
        for proposal in correction::pending(reader, Some(&of.gate))?
            .into_iter()
            .rev()
        {
            let planned =
                (call.app).plan_correction(reader, &call.actor, proposal.form, &proposal.wanted);
            // A form that no longer stands leaves its proposal to be rejected.
            let plan = match planned {
                Ok(plan) => Some(plan),
                Err(AppError::Stale) => None,
                Err(error) => return Err(error),
            };
            let form = reader
                .declaration(proposal.form)?
                .ok_or(AppError::NotFound)?;
            let name = names.of(reader, form.declaration.person)?;
            let law = book.1.on(form.declaration.day());
            pending.push(ProposalView {
                id: proposal.id.to_string(),
                form: DeclarationRow::new(law, &form, name),
                kind: proposal.wanted.kind(),
                reason: proposal.reason,
                proposed_by: display_name(reader, &proposal.proposed.by)?,
                proposed_at: proposal.proposed.at,
                is_own: proposal.proposed.by == call.actor.user,
                preview: plan.map(|plan| preview(call, &plan)),
            });
        }
        let mut unsettled = Vec::new();
        for form in reader.unsettled_forms(&of.gate, UNSETTLED_MAX)? {
            let name = names.of(reader, form.declaration.person)?;
            let law = book.1.on(form.declaration.day());
            unsettled.push(UnsettledRow {
                balance_vnd: form.progress.balance(&form.requirements()),
                is_taxed: form.progress.taxed.is_some(),
                form: DeclarationRow::new(law, &form, name),
            });
        }
        Ok(CorrectionList { pending, unsettled })
    })
}

fn preview(call: &Call<'_>, plan: &Plan) -> CorrectionPreview {
    CorrectionPreview::new(call.language, plan)
}

fn display_name(reader: &dyn Reader, user: &str) -> Result<String, AppError> {
    let account = reader.account(user)?;
    Ok(account.map_or_else(|| user.to_owned(), |account| account.display_name))
}

/// A form from its registration through every correction, with those that a second person rejected.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn declaration_history(call: &Call<'_>, by: ById) -> Result<Vec<RevisionView>, AppError> {
    let id = read_id(&by.id)?;
    call.app.read(|reader| {
        let form = reader.declaration(id)?.ok_or(AppError::NotFound)?;
        let first = reader.as_registered(id)?.ok_or(AppError::NotFound)?;
        let name = |user: &str| display_name(reader, user);
        let mut history = vec![RevisionView::registered(&first, name(&form.officer)?)];
        for record in reader.corrections(id)? {
            history.extend(RevisionView::corrected(&record, &name)?);
        }
        for proposal in correction::proposals_of(reader, id, Some(false))? {
            history.extend(RevisionView::rejected(&proposal, &name)?);
        }
        history.sort_by_key(|entry| entry.at);
        for entry in &mut history {
            let kind = entry.kind.unwrap_or(CorrectionKind::Amend);
            entry.basis = match entry.kind {
                None => String::new(),
                Some(_) => {
                    let basis = kind.basis(first.draft.direction);
                    crate::words::citation(call.language, basis)
                }
            };
        }
        Ok(history)
    })
}
