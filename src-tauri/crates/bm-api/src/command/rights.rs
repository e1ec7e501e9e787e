//! The data of persons: handed out whole to whom it belongs, and taken out when it was kept long
//! enough.

use bm_app::AppError;
use bm_domain::BusinessDay;

use super::declaration::shown;
use super::{Call, read_day, read_id};
use crate::request::{Nothing, PersonExport, RetentionAsk, RetentionVerdict};
use crate::router::{FileCall, Written};
use crate::view::{DossierView, ExportedFile, RetentionRunView, RetentionView};

/// All that is held of a person, as a view. It is recorded, with its reason.
///
/// # Errors
/// As for [`bm_app::App::dossier`].
pub fn dossier(call: &Call<'_>, id: &str, reason: &str) -> Result<DossierView, AppError> {
    let dossier = call.app.dossier(&call.actor, read_id(id)?, reason)?;
    let made_at = call.app.clock().now();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let forms = dossier.forms.iter().map(|form| shown(call, reader, form));
        let forms = forms.collect::<Result<_, _>>()?;
        let account = reader.account(&call.actor.user)?;
        let by = account.map_or_else(|| call.actor.user.clone(), |known| known.display_name);
        let made = (made_at, by, reason.trim().to_owned());
        let law = book.1.on(call.today());
        Ok(DossierView::new(
            call.language,
            law,
            dossier.clone(),
            forms,
            made,
        ))
    })
}

/// All that is held of a person, as a file.
///
/// # Errors
/// As for [`dossier`]; [`AppError::Store`] when the file can't be written.
pub fn person_export(files: &FileCall<'_>, ask: PersonExport) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let view = dossier(call, &ask.id, &ask.reason)?;
    let written = Written::Dossier(&view);
    let path = (files.exporter)(written, ask.format.word(), call.language)?;
    Ok(ExportedFile { path })
}

fn before(ask: &RetentionAsk) -> Result<Option<BusinessDay>, AppError> {
    Some(ask.before.trim())
        .filter(|day| !day.is_empty())
        .map(read_day)
        .transpose()
}

/// How many persons' data was kept long enough. Names nobody.
///
/// # Errors
/// [`AppError::Refused`] without a rule, or for a day within the time that files are kept.
pub fn retention_preview(call: &Call<'_>, ask: RetentionAsk) -> Result<RetentionView, AppError> {
    let plan = call.app.retention_plan(before(&ask)?)?;
    Ok(RetentionView::new(call.language, &plan))
}

/// Proposals and what became of them, the newest first.
///
/// # Errors
/// [`AppError::Store`].
pub fn retention_list(call: &Call<'_>, _: Nothing) -> Result<Vec<RetentionRunView>, AppError> {
    let runs = call.app.retention_runs()?;
    call.app.read(|reader| {
        let user = &call.actor.user;
        let views = runs
            .iter()
            .map(|run| RetentionRunView::new(reader, call.language, run, user));
        views.collect()
    })
}

/// Proposes that names and numbers kept long enough are taken out; answers all proposals.
///
/// # Errors
/// As for [`bm_app::App::propose_retention`].
pub fn retention_propose(
    call: &Call<'_>,
    ask: RetentionAsk,
) -> Result<Vec<RetentionRunView>, AppError> {
    call.app.propose_retention(&call.actor, before(&ask)?)?;
    retention_list(call, Nothing {})
}

/// Confirms or rejects a proposal; answers all of them.
///
/// # Errors
/// As for [`bm_app::App::decide_retention`].
pub fn retention_decide(
    call: &Call<'_>,
    ask: RetentionVerdict,
) -> Result<Vec<RetentionRunView>, AppError> {
    let id = read_id(&ask.id)?;
    call.app.decide_retention(&call.actor, id, ask.agree)?;
    retention_list(call, Nothing {})
}
