//! Forms on paper: printed, and found again by their code.

use bm_app::AppError;
use bm_app::printing::PrintOrder;

use super::{Call, read_id};
use crate::request::{AlignmentPrint, FormPrint, FormSend, Nothing, PersonQuery};
use crate::view::{FoundFormView, PrintedFile, SentForm};

/// Prints a form: its originals the first time, a copy after that.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Stale`], [`AppError::Refused`] without a template that fits.
pub fn form_print(call: &Call<'_>, ask: FormPrint) -> Result<PrintedFile, AppError> {
    let order = PrintOrder {
        paper: ask.paper,
        copy: ask.copy,
        preview: ask.preview,
        overlay: ask.overlay,
        pictures: ask.pictures,
    };
    let (id, whole) = (read_id(&ask.id)?, |_: &_| Ok(()));
    Ok(call.app.print_form(&call.actor, id, order, whole)?.into())
}

/// Prints a form on a printer of this workstation without a dialog.
///
/// # Errors
/// As for [`form_print`]; [`AppError::Refused`] when the printer is gone or takes nothing.
pub fn form_send(call: &Call<'_>, ask: FormSend) -> Result<SentForm, AppError> {
    let order = PrintOrder {
        paper: ask.paper,
        copy: ask.copy,
        overlay: ask.overlay,
        ..PrintOrder::default()
    };
    let id = read_id(&ask.id)?;
    let printed = call.app.send_form(&call.actor, id, order, &ask.printer)?;
    Ok(SentForm {
        mark: printed.mark,
        times: printed.times,
    })
}

/// Names of this workstation's printers, the usual one first.
///
/// # Errors
/// [`AppError::Refused`] where it has no printing system.
pub fn printer_list(call: &Call<'_>, _: Nothing) -> Result<Vec<String>, AppError> {
    call.app.printers()
}

/// The page for aligning a printer.
///
/// # Errors
/// [`AppError::Refused`] without a template that fits.
pub fn alignment_print(call: &Call<'_>, ask: AlignmentPrint) -> Result<PrintedFile, AppError> {
    let order = PrintOrder {
        paper: ask.paper,
        overlay: Some(ask.shift),
        pictures: true,
        ..PrintOrder::default()
    };
    Ok(call.app.print_alignment(&call.actor, order)?.into())
}

/// The form a sheet's QR code names.
///
/// # Errors
/// [`AppError::BadRequest`] when the text is no such code.
pub fn form_find(call: &Call<'_>, query: PersonQuery) -> Result<FoundFormView, AppError> {
    let found = call.app.find_printed(&call.actor, &query.text)?;
    Ok(FoundFormView::new(call.language, found))
}
