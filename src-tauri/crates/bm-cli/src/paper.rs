//! Forms on paper from the command line.

use std::path::Path;
use std::sync::Arc;

use bm_api::command::Call;
use bm_api::request::ById;
use bm_app::AppError;
use bm_app::law::{LawRow, Proposal};
use bm_app::paper::{PrintMark, Shift};
use bm_app::printing::PrintOrder;
use bm_domain::law::change::Change;
use bm_domain::template::{FormKind, FormTemplate};
use bm_domain::{BusinessDay, Validity};
use bm_host::Office;
use bm_host::export::Draft;
use bm_host::words::{HostError, Message};
use serde_json::json;

use crate::args::{Arguments, Command};
use crate::output;
use crate::run::{Exit, about_file, form_of, print as answer, read_day, say};

/// Gives the program what sets sheets.
///
/// # Errors
/// [`AppError::Store`] when missing templates can't be entered.
pub fn equip(office: &Office) -> Result<(), AppError> {
    office.equip(Arc::new(bm_print::Typst))
}

/// Prints a form to a file.
///
/// # Errors
/// What kept it from being done; then nothing is recorded, or the file can't be written.
pub fn print(arguments: &Arguments, office: &Office, call: &Call<'_>) -> Result<Exit, HostError> {
    let Command::Print {
        id,
        out,
        paper,
        copy,
        overlay,
        shift,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    let known = form_of(call, id)?;
    let order = PrintOrder {
        paper: paper.map(Into::into),
        copy: *copy,
        overlay: match shift {
            Some(text) => Some(read_shift(text)?),
            None => overlay.then(Shift::default),
        },
        ..PrintOrder::default()
    };
    equip(office)?;
    // The place is tried before the originals are used up.
    let file = Draft::begin(out).map_err(|error| about_file(out, error))?;
    let mut file = Some(file);
    let printed = call.app.print_form(&call.actor, known, order, |printed| {
        file.take().map_or(Ok(()), |file| file.finish(&printed.pdf))
    });
    let about = |code| HostError::Refused(Message::new(code).with("id", id));
    let printed = printed.map_err(|error| match error {
        AppError::NotFound => about("declaration_unknown"),
        AppError::Stale => about("print_stale"),
        other => about_file(out, other),
    })?;
    if printed.mark == PrintMark::Copy && !copy {
        let copied = Message::new("printed_copy").with("times", printed.times - 1);
        say(arguments, &copied);
    }
    answer(
        arguments,
        &json!({"id": known, "mark": printed.mark, "times": printed.times, "file": out}),
    )
}

/// Millimetres right and down, as in `1.5,-2`, to tenths.
fn read_shift(text: &str) -> Result<Shift, HostError> {
    let wrong = || HostError::Wrong(Message::new("shift_invalid").with("value", text));
    let (x, y) = text.split_once(',').ok_or_else(wrong)?;
    let shift = Shift {
        x: tenths(x).ok_or_else(wrong)?,
        y: tenths(y).ok_or_else(wrong)?,
    };
    if shift.is_sane() {
        Ok(shift)
    } else {
        Err(wrong())
    }
}

fn tenths(text: &str) -> Option<i16> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(rest) || rest.len() != 1 {
        return None;
    }
    let (whole, rest): (i16, i16) = (whole.parse().ok()?, rest.parse().ok()?);
    whole.checked_mul(10)?.checked_add(rest)?.checked_mul(sign)
}

/// Enters a template, or writes the one that holds.
///
/// # Errors
/// What is wrong with it; then what held before holds on.
pub fn template(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
) -> Result<Exit, HostError> {
    let Command::Template {
        form,
        file,
        from,
        paper,
        copies,
        basis,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    let form: FormKind = form.parse().map_err(|_| {
        let known: Vec<_> = FormKind::ALL.iter().map(|kind| kind.word()).collect();
        let unknown = Message::new("form_unknown").with("value", form);
        HostError::Wrong(unknown.with("known", known.join(", ")))
    })?;
    let day = match from {
        Some(text) => read_day(text)?,
        None => BusinessDay::of(call.app.clock().now()),
    };
    equip(office)?;
    let Some(file) = file else {
        let source = call.app.read(|reader| {
            let book = call.app.law_book(reader)?;
            let held = book.1.on(day).template(form);
            Ok(held.map(|row| row.source.clone()))
        })?;
        output::bytes(source.ok_or(AppError::NotFound)?.as_bytes())?;
        return Ok(Exit::Done);
    };
    let source = std::fs::read_to_string(file).map_err(|error| {
        let unreadable = Message::new("file_unreadable").with("path", file.display());
        HostError::Wrong(unreadable.with("detail", error))
    })?;
    let template = FormTemplate {
        form,
        validity: Validity::since(day),
        source,
        paper: (*paper).into(),
        copies: *copies,
        basis: basis.clone(),
    };
    let proposal = Proposal {
        change: Change {
            rows: vec![LawRow::Template(template)],
            make_room: true,
            ..Change::default()
        },
        basis: basis.clone(),
        reason: String::new(),
    };
    let change = call.app.propose_law(&call.actor, &proposal)?;
    answer(
        arguments,
        &json!({"form": form, "valid_from": day, "state": change.state}),
    )
}

/// Prints an anchor that is kept to a file.
///
/// # Errors
/// What kept it from being done.
pub fn anchor(office: &Office, call: &Call<'_>, by: ById, out: &Path) -> Result<(), HostError> {
    equip(office)?;
    let id = by.id.parse().map_err(|_| AppError::NotFound)?;
    let kept = call.app.read(|reader| Ok(bm_app::book::get(reader, id)?))?;
    let printed = call
        .app
        .print_anchor(&call.actor, &kept.ok_or(AppError::NotFound)?, false)?;
    Draft::begin(out)
        .and_then(|file| file.finish(&printed.pdf))
        .map_err(|error| about_file(out, error))
}
