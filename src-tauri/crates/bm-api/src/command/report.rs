//! Reports on screen and as files.

use bm_app::AppError;
use bm_app::close::closed_day;
use bm_app::paper::{Content, Office, ReportPaper};
use bm_app::permission::{Permission, allows};
use bm_app::printing::PrintOrder;
use bm_app::report::ReportOrder;
use bm_app::report::definition::{Ready, definitions};
use bm_app::report::table::ReportTable;
use bm_domain::Direction;
use bm_domain::statistics::{Period, PeriodKind, ReportPlan};
use bm_domain::template::FormKind;
use chrono::{DateTime, Utc};

use super::{Call, read_day, read_id};
use crate::request::{
    ById, Export, GateDay, Nothing, ReportFile, ReportFormat, ReportKeep, ReportRequest,
};
use crate::router::{FileCall, Written};
use crate::view::{
    Called, ClosedView, DailyReport, Directions, ExportedFile, KeptReport, ReportChoices,
    ReportView, daily_table, line_table, ready_title, report_table, signatures,
};

/// The report of every line of the forms.
pub const LINES: &str = "lines";

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
    let word = export.format.word();
    if export.format == ReportFormat::Pdf {
        let table = daily_table(call.language, &report);
        let gates = std::slice::from_ref(&export.gate);
        let pdf = on_paper(call, gates, &table)?;
        let path = (files.exporter)(Written::Bytes(&table.file, &pdf), word, call.language)?;
        return Ok(ExportedFile { path });
    }
    let path = (files.exporter)(Written::Daily(&report), word, call.language)?;
    Ok(ExportedFile { path })
}

/// A report as a table, with the plan it was made by.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown report or gate, [`AppError::BadRequest`] for a wrong day,
/// [`AppError::Refused`] when the report can't be made.
pub fn report(
    call: &Call<'_>,
    ask: &ReportRequest,
    made_at: DateTime<Utc>,
) -> Result<ReportView, AppError> {
    let ready = Ready::ALL.iter().find(|one| one.word() == ask.report);
    let kept = call.app.read(|reader| {
        let mut kept = definitions(reader)?.into_iter();
        Ok(kept.find(|one| one.name == ask.report || one.id.to_string() == ask.report))
    })?;
    let kind = ask.period;
    let lines = ask.report == LINES;
    let (title, file, plan) = match (ready, kept) {
        (Some(ready), _) => {
            let title = ready_title(call.language, *ready);
            let plan = ready.plan(kind.unwrap_or(PeriodKind::Month));
            (title, ready.word().to_owned(), plan)
        }
        (None, Some(kept)) => (kept.name.clone(), kept.name, kept.plan),
        (None, None) if lines => {
            let plan = Ready::Goods.plan(kind.unwrap_or(PeriodKind::Month));
            (String::new(), LINES.to_owned(), plan)
        }
        (None, None) => return Err(AppError::NotFound),
    };
    let changed = ask.plan.clone().map(|plan| ReportPlan {
        period: kind.unwrap_or(plan.period),
        ..plan
    });
    let plan = changed.unwrap_or(ReportPlan {
        period: kind.unwrap_or(plan.period),
        ..plan
    });
    let from = read_day(&ask.day)?;
    let period = match (&ask.to, plan.period) {
        (Some(to), PeriodKind::Span) => Period {
            from,
            to: read_day(to)?,
        },
        (_, kind) => Period::of(kind, from),
    };
    let order = ReportOrder {
        plan: plan.clone(),
        period,
        gates: ask.gates.clone(),
        reveal: ask.reveal.clone(),
    };
    if lines {
        let made = call.app.line_report(&call.actor, &order, made_at)?;
        let law = call.app.read(|reader| call.app.law_book(reader))?;
        let table = line_table(call.language, &made, &law.1, plan.period);
        return Ok(ReportView { plan, table });
    }
    let made = call.app.run_report(&call.actor, &order, made_at)?;
    let called = Called {
        title,
        file: &file,
        enterprise: ready == Some(&Ready::Provincial),
    };
    let table = report_table(call.language, &made, &called);
    Ok(ReportView { plan, table })
}

/// A report on paper, as a PDF file.
///
/// # Errors
/// [`AppError::Refused`] where no template is held or it does not fit.
pub fn on_paper(
    call: &Call<'_>,
    gates: &[String],
    table: &ReportTable,
) -> Result<Vec<u8>, AppError> {
    let day = table.period.to;
    let law = call.app.read(|reader| call.app.law_book(reader))?;
    let law = law.1.on(day);
    let gate = match gates {
        [gate] => gate.as_str(),
        _ => "",
    };
    let data = Content::Report(Box::new(ReportPaper {
        office: Office::of(law, gate, ""),
        report: ReportTable {
            signatures: signatures(law),
            ..table.clone()
        },
    }));
    let order = PrintOrder {
        at: Some(table.made_at),
        ..PrintOrder::default()
    };
    let printed = call
        .app
        .print_sheet(&call.actor, FormKind::Report, day, data, order)?;
    Ok(printed.pdf)
}

/// A report over a period, on screen.
///
/// # Errors
/// As for [`report`].
pub fn report_run(call: &Call<'_>, ask: ReportRequest) -> Result<ReportView, AppError> {
    report(call, &ask, call.app.clock().now())
}

/// A report over a period as a file.
///
/// # Errors
/// As for [`report`]; [`AppError::Store`] when the file can't be written.
pub fn report_file(files: &FileCall<'_>, ask: ReportFile) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let table = report(call, &ask.report, call.app.clock().now())?.table;
    // Twenty-six columns are for programs, not for paper.
    if ask.report.report == LINES && ask.format == ReportFormat::Pdf {
        return Err(AppError::BadRequest("lines: pdf".into()));
    }
    let word = ask.format.word();
    let path = if ask.format == ReportFormat::Pdf {
        let pdf = on_paper(call, &ask.report.gates, &table)?;
        (files.exporter)(Written::Bytes(&table.file, &pdf), word, call.language)?
    } else {
        (files.exporter)(Written::Report(&table), word, call.language)?
    };
    Ok(ExportedFile { path })
}

/// Every report there is, and what one can be made of.
///
/// # Errors
/// [`AppError::Store`].
pub fn report_definitions(call: &Call<'_>, _: Nothing) -> Result<ReportChoices, AppError> {
    call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        let mut kept = Vec::new();
        for one in definitions(reader)? {
            let by = reader.account(&one.kept.by)?;
            let by = by.map_or_else(|| one.kept.by.clone(), |known| known.display_name);
            kept.push(KeptReport::new(one, by));
        }
        let may_keep = allows(call.actor.role, Permission::KeepReports);
        let law = law.1.on(call.today());
        Ok(ReportChoices::new(call.language, law, kept, may_keep))
    })
}

/// Keeps a report under a name.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown id, [`AppError::Refused`] when it can't be answered or the
/// name is taken.
pub fn report_save_definition(call: &Call<'_>, ask: ReportKeep) -> Result<KeptReport, AppError> {
    let id = ask.id.as_deref().map(read_id).transpose()?;
    let kept = (call.app).keep_definition(&call.actor, id, &ask.name, &ask.plan)?;
    let account = call
        .app
        .read(|reader| Ok(reader.account(&call.actor.user)?))?;
    let by = account.map_or_else(|| call.actor.user.clone(), |known| known.display_name);
    Ok(KeptReport::new(kept, by))
}

/// Withdraws a report that was kept under a name.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown id.
pub fn report_withdraw(call: &Call<'_>, by: ById) -> Result<(), AppError> {
    call.app.withdraw_definition(&call.actor, read_id(&by.id)?)
}
