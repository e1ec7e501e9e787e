//! Lists of gathered goods: drawn up, filed, taxed, paid, released, cancelled, shown.

use bm_app::book::{self, EntryFilter};
use bm_app::gathering::{find_form, forms_of, import_form};
use bm_app::reveal::Numbers;
use bm_app::{AppError, StoreError};
use bm_domain::gathering::{Gathering, GatheringStage, assess};
use bm_domain::{Violation, ViolationCode as Code, text};

use super::{Call, read_id};
use crate::input::{GatheringInput, read_gathering};
use crate::request::{
    ById, Cancel, GatheringExport, GatheringListRequest, TakeGatheringStep, Typed,
};
use crate::router::{FileCall, Written};
use crate::view::{ExportedFile, GatherableForm, GatheringRow, GatheringView, TraderView};

/// Most lists that are looked through.
const LISTS_MAX: u32 = 5_000;

/// The form of that id or number, with what is left of each line. Who declared it is recorded as
/// shown.
///
/// # Errors
/// [`AppError::Refused`] when no such form is held.
pub fn gathering_form(call: &Call<'_>, of: Typed) -> Result<GatherableForm, AppError> {
    let (view, person) = call.app.read(|reader| {
        let stored = find_form(reader, of.text.trim())?.ok_or_else(|| {
            let unknown = Violation::new(Code::GatheredFormUnknown, "form");
            AppError::Refused(vec![unknown])
        })?;
        let book = call.app.law_book(reader)?;
        let form = import_form(reader, &stored, None, None)?;
        let person = reader.person(stored.declaration.person)?;
        let law = book.1.on(form.day);
        let name = person.as_ref().map(|person| person.name.clone());
        let name = name.unwrap_or_default();
        let gate = &call.actor.gate;
        let view = GatherableForm::new(call.language, law, &stored, &form, gate, name);
        Ok((view, person))
    })?;
    call.app.note_listed(&call.actor, person.as_slice())?;
    Ok(view)
}

/// The trader of a tax code, as on its last list.
///
/// # Errors
/// [`AppError::Store`].
pub fn gathering_trader(call: &Call<'_>, of: Typed) -> Result<Option<TraderView>, AppError> {
    let Ok(code) = of.text.parse::<bm_domain::tax_code::TaxCode>() else {
        return Ok(None);
    };
    let filter = EntryFilter {
        reference: Some(code.digits().to_owned()),
        limit: Some(1),
        ..EntryFilter::default()
    };
    call.app.read(|reader| {
        let lists: Vec<Gathering> = book::list(reader, &filter)?;
        Ok(lists.first().map(|list| (&list.trader).into()))
    })
}

/// Draws up a list, or changes a draft.
///
/// # Errors
/// [`AppError::Refused`] with the fields that need a look; [`AppError::Stale`].
pub fn gathering_save(call: &Call<'_>, input: GatheringInput) -> Result<GatheringView, AppError> {
    let forms = call.app.read(|reader| {
        let lines = input.lines.iter();
        let found = lines.map(|line| find_form(reader, line.form.trim()));
        let ids = found.map(|form| Ok(form?.map(|form| form.declaration.draft.id)));
        Ok(ids.collect::<Result<Vec<_>, StoreError>>()?)
    })?;
    let by_text: std::collections::HashMap<_, _> = (input.lines.iter())
        .map(|line| line.form.trim())
        .zip(forms)
        .collect();
    let find = |text: &str| by_text.get(text).copied().flatten();
    let given = read_gathering(&input, &call.desk(), find).map_err(AppError::Refused)?;
    let list = call.app.save_gathering(&call.actor, &given)?;
    open(call, &list)
}

/// Takes a step on a list.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
pub fn gathering_step(call: &Call<'_>, ask: TakeGatheringStep) -> Result<GatheringView, AppError> {
    let id = read_id(&ask.id)?;
    let list = call.app.step_gathering(&call.actor, id, &ask.step)?;
    open(call, &list)
}

/// Cancels a list.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::NotPermitted`], [`AppError::Refused`].
pub fn gathering_cancel(call: &Call<'_>, cancel: Cancel) -> Result<GatheringView, AppError> {
    let id = read_id(&cancel.id)?;
    let list = call.app.cancel_gathering(&call.actor, id, &cancel.reason)?;
    open(call, &list)
}

/// Lists, those whose time limit ends first in front.
///
/// # Errors
/// [`AppError::Store`].
pub fn gathering_list(
    call: &Call<'_>,
    of: GatheringListRequest,
) -> Result<Vec<GatheringRow>, AppError> {
    let filter = EntryFilter {
        gate: Some(of.gate.clone()).filter(|gate| !gate.is_empty()),
        open: (!of.all).then_some(true),
        limit: Some(LISTS_MAX),
        ..EntryFilter::default()
    };
    let wanted = text::fold(&of.text);
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let lists: Vec<Gathering> = book::list(reader, &filter)?;
        let rows = lists
            .iter()
            .map(|list| GatheringRow::new(&book.1, list, call.today()));
        let fits = |row: &GatheringRow| {
            let trader = &row.trader;
            let all = format!(
                "{} {} {} {}",
                row.number, trader.name, trader.tax_code, row.place
            );
            text::fold(&all).contains(&wanted)
        };
        let mut rows: Vec<_> = rows.filter(fits).collect();
        // The newest come first from the store: what is open is wanted the other way round.
        rows.reverse();
        rows.sort_by_key(|row| (row.stage > GatheringStage::Paid, row.day));
        Ok(rows)
    })
}

/// A list whole. The persons whose goods are on it are recorded as shown.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn gathering_view(call: &Call<'_>, by: ById) -> Result<GatheringView, AppError> {
    let id = read_id(&by.id)?;
    let list = call
        .app
        .read(|reader| book::get(reader, id)?.ok_or(AppError::NotFound))?;
    open(call, &list)
}

/// A list with its tax as a file, with numbers masked unless a reason is given.
///
/// # Errors
/// [`AppError::NotFound`]; as for [`Numbers::check`]; [`AppError::Store`] when the file can't be written.
pub fn gathering_export(
    files: &FileCall<'_>,
    export: GatheringExport,
) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let id = read_id(&export.id)?;
    let list = call
        .app
        .read(|reader| book::get(reader, id)?.ok_or(AppError::NotFound))?;
    let view = opened(call, &list, Numbers::asked(export.reveal.as_deref()))?;
    let written = Written::Gathering(&view);
    let path = (files.exporter)(written, export.format.word(), call.language)?;
    Ok(ExportedFile { path })
}

fn open(call: &Call<'_>, list: &Gathering) -> Result<GatheringView, AppError> {
    opened(call, list, Numbers::Masked)
}

fn opened(
    call: &Call<'_>,
    list: &Gathering,
    numbers: Numbers<'_>,
) -> Result<GatheringView, AppError> {
    numbers.check(&call.actor)?;
    let today = call.today();
    let opened = call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        let book = &law.1;
        let (mut found, mut sheet) = (Vec::new(), Vec::new());
        if let Some(filing) = &list.filed {
            sheet.clone_from(&filing.sheet);
        } else if list.cancelled.is_none() {
            let forms = forms_of(reader, list)?;
            found = call.app.check_gathering(book, list, &forms);
            match assess(list, &forms, &book.on(today)) {
                Ok(computed) => sheet = computed,
                Err(problems) => found.extend(problems),
            }
        }
        let parts = (found.as_slice(), sheet.as_slice());
        GatheringView::open(reader, call.language, (book, list), parts, (today, numbers))
    })?;
    let what = format!("gathering_list {}", list.number);
    call.app
        .note_shown(&call.actor, numbers, &what, &opened.people)?;
    Ok(opened.view)
}
