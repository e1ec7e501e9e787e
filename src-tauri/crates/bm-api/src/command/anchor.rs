//! Anchors of the log: made, printed, handed out, taken in, checked.

use bm_app::AppError;
use bm_app::anchor::{Anchor, KeptAnchor, TEXT_MAX};
use bm_domain::{Violation, ViolationCode as Code};
use uuid::Uuid;

use super::{Call, read_day, read_id};
use crate::request::{AnchorDay, AnchorText, ById, Nothing, Reason};
use crate::router::{FileCall, Written};
use crate::view::{AnchorView, ExportedFile, PrintedFile};

/// Every anchor that is kept, the newest first, with what it says of this database.
///
/// # Errors
/// [`AppError::Store`].
pub fn anchor_list(call: &Call<'_>, _: Nothing) -> Result<Vec<AnchorView>, AppError> {
    let mut all = call.app.check_anchors()?;
    all.sort_by_key(|(kept, _)| std::cmp::Reverse(kept.anchor.made));
    let views = all.iter();
    Ok(views
        .map(|(kept, check)| AnchorView::new(call.language, kept, check))
        .collect())
}

/// Makes the anchor of a day and keeps it.
///
/// # Errors
/// [`AppError::Refused`] for a day to come.
pub fn anchor_make(call: &Call<'_>, ask: AnchorDay) -> Result<AnchorView, AppError> {
    let kept = call
        .app
        .make_anchor(&call.actor, read_day(&ask.day)?, &office(call)?)?;
    view_of(call, kept.id)
}

/// What this office is called on its anchors: the name of the gate the caller sits at, for who sits
/// at none the title of the region.
///
/// # Errors
/// [`AppError::Store`].
pub fn office(call: &Call<'_>) -> Result<String, AppError> {
    let gate = &call.actor.gate;
    call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        let title = law.1.on(call.today()).title("region");
        let name = law.1.gate_name(gate).or(title);
        Ok(name.unwrap_or(gate).to_owned())
    })
}

fn view_of(call: &Call<'_>, id: Uuid) -> Result<AnchorView, AppError> {
    let all = call.app.check_anchors()?;
    let found = all.iter().find(|(kept, _)| kept.id == id);
    let (kept, check) = found.ok_or(AppError::NotFound)?;
    Ok(AnchorView::new(call.language, kept, check))
}

/// Reads the file of an anchor.
///
/// # Errors
/// [`AppError::Refused`] when it is none.
pub fn read_anchor(text: &str) -> Result<Anchor, AppError> {
    let no_anchor = || AppError::Refused(vec![Violation::new(Code::AnchorForged, "text")]);
    if text.len() > TEXT_MAX {
        return Err(no_anchor());
    }
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| no_anchor())
}

/// The file of an anchor.
///
/// # Errors
/// [`AppError::Store`].
pub fn write_anchor(anchor: &Anchor) -> Result<String, AppError> {
    let text = serde_json::to_string_pretty(anchor);
    let text = text.map_err(|error| bm_app::StoreError::Broken(error.to_string()))?;
    Ok(text + "\n")
}

/// Takes in an anchor that another office handed over.
///
/// # Errors
/// [`AppError::Refused`] for one that is forged, of a time to come, or our own.
pub fn anchor_keep(call: &Call<'_>, ask: AnchorText) -> Result<AnchorView, AppError> {
    let anchor = read_anchor(&ask.text)?;
    let (kept, check) = call.app.keep_anchor(&call.actor, &anchor)?;
    Ok(AnchorView::new(call.language, &kept, &check))
}

fn kept(call: &Call<'_>, by: &ById) -> Result<KeptAnchor, AppError> {
    let id = read_id(&by.id)?;
    let found = call.app.read(|reader| Ok(bm_app::book::get(reader, id)?))?;
    found.ok_or(AppError::NotFound)
}

/// The file of an anchor that is kept, to be handed to another office.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Store`] when the file can't be written.
pub fn anchor_export(files: &FileCall<'_>, by: ById) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let kept = kept(call, &by)?;
    let path = (files.exporter)(Written::Anchor(&kept.anchor), "json", call.language)?;
    Ok(ExportedFile { path })
}

/// An anchor that is kept on paper.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Refused`] without a template that fits.
pub fn anchor_print(call: &Call<'_>, by: ById) -> Result<PrintedFile, AppError> {
    let kept = kept(call, &by)?;
    Ok(call.app.print_anchor(&call.actor, &kept, true)?.into())
}

/// Takes another key to sign with from now on.
///
/// # Errors
/// [`AppError::Refused`] without a reason.
pub fn anchor_renew(call: &Call<'_>, why: Reason) -> Result<(), AppError> {
    call.app
        .renew_anchor_key(&call.actor, &why.reason)
        .map(|_| ())
}
