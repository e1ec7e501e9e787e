//! Steps on a form after its registration, and the queue of those that wait.

use bm_app::AppError;

use super::{Call, read_id};
use crate::request::{Gate, TakeStep};
use crate::view::{DeclarationRow, ProgressView, QueueRow};

/// Takes a step on a form and tells how far it has come.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::NotPermitted`], [`AppError::Stale`], [`AppError::Refused`].
pub fn declaration_step(call: &Call<'_>, ask: TakeStep) -> Result<ProgressView, AppError> {
    let id = read_id(&ask.id)?;
    call.app.take_step(&call.actor, id, &ask.step)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let stored = reader.declaration(id)?.ok_or(AppError::NotFound)?;
        ProgressView::new(reader, &book.1, &stored)
    })
}

/// Forms of a gate that wait for a step, the oldest first.
///
/// # Errors
/// [`AppError::Store`].
pub fn declaration_queue(call: &Call<'_>, of: Gate) -> Result<Vec<QueueRow>, AppError> {
    let waiting = call.app.queue(&of.gate)?;
    let now = call.app.clock().now();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let row = |waiting: &bm_app::process::Waiting| {
            let law = book.1.on(waiting.form.declaration.day());
            let person = reader.person(waiting.form.declaration.person)?;
            let name = person.map(|person| person.name).unwrap_or_default();
            Ok(QueueRow {
                overdue: waiting.deadline.is_some_and(|end| end < now),
                progress: ProgressView::new(reader, &book.1, &waiting.form)?,
                form: DeclarationRow::new(law, &waiting.form, &name),
            })
        };
        waiting.iter().map(row).collect()
    })
}
