//! Forms on paper: printed, and found again by their code.

use bm_app::AppError;
use bm_app::paper::{Content, Moment, Office, ReceiptItem, ReceiptPaper};
use bm_app::printing::PrintOrder;
use bm_domain::BusinessDay;
use bm_domain::cash::Receipt;
use bm_domain::template::FormKind;

use super::cash::opened_receipt;
use super::{Call, read_id};
use crate::request::{AlignmentPrint, ById, FormPrint, FormSend, GateYear, Nothing, PersonQuery};
use crate::view::{FoundFormView, PrintedFile, ReceiptStatus, ReceiptView, SentForm};

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
        at: None,
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

/// A receipt on paper, with the template of its day; one taken back says so. Nothing is recorded but
/// that its payer was shown.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`] without a template that fits.
pub fn receipt_print(call: &Call<'_>, by: ById) -> Result<PrintedFile, AppError> {
    let (receipt, view) = opened_receipt(call, &by)?;
    let day = BusinessDay::of(receipt.issued);
    let office = call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        Ok(Office::of(law.1.on(day), &receipt.gate, ""))
    })?;
    let data = Content::Receipt(Box::new(receipt_paper(office, &receipt, view)));
    sheet(call, FormKind::Receipt, (day, &receipt.number), data)
}

fn receipt_paper(office: Office, receipt: &Receipt, view: ReceiptView) -> ReceiptPaper {
    let parts = [
        ("duty", view.duty_vnd),
        ("excise", view.excise_vnd),
        ("environment", view.environment_vnd),
        ("vat", view.vat_vnd),
        ("fee", view.fee_vnd),
    ];
    let asked = parts.into_iter().filter(|(_, amount)| !amount.is_zero());
    ReceiptPaper {
        office,
        series: view.series,
        number: view.serial,
        at: Moment::of(receipt.issued),
        payer: view.row.person_name,
        identity: view.payer_paper,
        address: view.payer_address,
        form: view.row.form_number,
        items: asked
            .map(|(kind, amount)| ReceiptItem {
                kind: kind.to_owned(),
                amount,
            })
            .collect(),
        total: receipt.amount,
        in_words: view.amount_words,
        cashier: view.row.issued.name,
        cancelled: match view.row.status {
            ReceiptStatus::Cancelled => view.row.reason,
            ReceiptStatus::Standing | ReceiptStatus::Pending => String::new(),
        },
    }
}

/// A list of gathered goods on paper, with the template of the day it was filed, of today before.
/// Nothing is recorded but that its residents were shown.
///
/// # Errors
/// As for [`bm_app::App::gathering_paper`]; [`AppError::Refused`] without a template that fits.
pub fn gathering_print(call: &Call<'_>, by: ById) -> Result<PrintedFile, AppError> {
    let id = read_id(&by.id)?;
    let (day, list) = call.app.gathering_paper(&call.actor, id)?;
    let number = list.number.clone();
    let data = Content::Gathering(Box::new(list));
    sheet(call, FormKind::GatheringList, (day, &number), data)
}

/// The book of vehicles of a gate's year on paper. Nothing is recorded but that its owners were shown.
///
/// # Errors
/// As for [`bm_app::App::vehicle_paper`]; [`AppError::Refused`] without a template that fits.
pub fn vehicle_print(call: &Call<'_>, of: GateYear) -> Result<PrintedFile, AppError> {
    let (day, book) = call.app.vehicle_paper(&call.actor, &of.gate, of.year)?;
    let name = format!("QLPT-BG-{}-{}", of.gate, of.year);
    let data = Content::Vehicles(Box::new(book));
    sheet(call, FormKind::VehicleBook, (day, &name), data)
}

/// Sets a sheet with the template of a day; its file is named by its number.
fn sheet(
    call: &Call<'_>,
    form: FormKind,
    (day, number): (BusinessDay, &str),
    data: Content,
) -> Result<PrintedFile, AppError> {
    let order = PrintOrder {
        pictures: true,
        ..PrintOrder::default()
    };
    let printed = call.app.print_sheet(&call.actor, form, day, data, order)?;
    Ok(PrintedFile {
        name: format!("{}.pdf", number.replace('/', "-")),
        ..printed.into()
    })
}
