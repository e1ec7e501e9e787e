//! Reports on screen and as files.

use bm_app::AppError;
use bm_app::close::closed_day;
use bm_domain::Direction;

use super::{Call, read_day};
use crate::request::{Export, GateDay};
use crate::router::{FileCall, Written};
use crate::view::{ClosedView, DailyReport, Directions, ExportedFile};

/// The daily report of a gate.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate, [`AppError::BadRequest`] for a wrong day.
pub fn daily(call: &Call<'_>, gate: &str, day: &str) -> Result<DailyReport, AppError> {
    let date = read_day(day)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let name = book.1.gate_name(gate).ok_or(AppError::NotFound)?;
        let closed = closed_day(reader, gate, date)?;
        let totals = |direction| match (&closed, direction) {
            (Some(day), Direction::Import) => Ok(day.import),
            (Some(day), Direction::Export) => Ok(day.export),
            (None, _) => reader.day_totals(gate, date, direction),
        };
        let moved = |direction| reader.correction_totals(gate, date, direction);
        let closed_by = match &closed {
            Some(day) => reader.account(&day.closed.by)?,
            None => None,
        };
        let account = reader.account(&call.actor.user)?;
        Ok(DailyReport {
            gate: gate.to_owned(),
            gate_name: name.to_owned(),
            date,
            made_at: call.app.clock().now(),
            made_by: account.map_or_else(|| call.actor.user.clone(), |known| known.display_name),
            closed: closed.as_ref().map(|day| ClosedView {
                at: day.closed.at,
                by: closed_by.map_or_else(|| day.closed.by.clone(), |known| known.display_name),
            }),
            directions: Directions {
                import: totals(Direction::Import)?.into(),
                export: totals(Direction::Export)?.into(),
            },
            corrections: Directions {
                import: moved(Direction::Import)?.into(),
                export: moved(Direction::Export)?.into(),
            },
        })
    })
}

/// The daily report of a gate.
///
/// # Errors
/// As for [`daily`].
pub fn report_daily(call: &Call<'_>, of: GateDay) -> Result<DailyReport, AppError> {
    daily(call, &of.gate, &of.day)
}

/// The daily report of a gate as a file.
///
/// # Errors
/// As for [`daily`]; [`AppError::Store`] when the file can't be written.
pub fn report_export(files: &FileCall<'_>, export: Export) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let report = daily(call, &export.gate, &export.day)?;
    let path = (files.exporter)(Written::Daily(&report), export.format.word(), call.language)?;
    Ok(ExportedFile { path })
}
