//! Steps on a form after its registration, and the queue of those that wait.

use bm_app::AppError;
use bm_app::ports::StoredDeclaration;

use super::declaration::Names;
use super::{Call, read_id};
use crate::request::{Gate, TakeStep};
use crate::view::{DeclarationRow, ProgressView, QueueRow};

/// Most forms of a queue: more than any gate has open at once.
const QUEUE_MAX: u32 = 2_000;

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
    let now = call.app.clock().now();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let mut names = Names::default();
        let row = |form: StoredDeclaration| {
            let law = book.1.on(form.declaration.day());
            let name = names.of(reader, form.declaration.person)?;
            let progress = ProgressView::new(reader, &book.1, &form)?;
            Ok(QueueRow {
                overdue: progress.deadline.is_some_and(|end| end < now),
                progress,
                form: DeclarationRow::new(law, &form, name),
            })
        };
        let open = reader.open_forms(&of.gate, QUEUE_MAX)?;
        open.into_iter().map(row).collect()
    })
}
