//! Reports on screen and as files.

use bm_app::AppError;
use bm_domain::Direction;

use super::{Call, read_day};
use crate::request::{Export, GateDay};
use crate::router::{FileCall, Written};
use crate::view::{DailyReport, Directions, ExportedFile};

/// The daily report of a gate.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate, [`AppError::BadRequest`] for a wrong day.
pub fn daily(call: &Call<'_>, gate: &str, day: &str) -> Result<DailyReport, AppError> {
    let date = read_day(day)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let found = book.1.gates.get(gate).ok_or(AppError::NotFound)?;
        let totals = |direction| reader.day_totals(gate, date, direction);
        let account = reader.account(&call.actor.user)?;
        Ok(DailyReport {
            gate: gate.to_owned(),
            gate_name: found.name.clone(),
            date,
            made_at: call.app.clock().now(),
            made_by: account.map_or_else(|| call.actor.user.clone(), |known| known.display_name),
            directions: Directions {
                import: totals(Direction::Import)?.into(),
                export: totals(Direction::Export)?.into(),
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
