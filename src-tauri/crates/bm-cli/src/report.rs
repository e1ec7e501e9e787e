//! Reports from the command line, one by one or all that a night asks for.

use std::io::{Cursor, IsTerminal, stdout};
use std::path::Path;

use bm_api::command::{self, Call, LINES};
use bm_api::request::ReportRequest;
use bm_api::router::Written;
use bm_api::view::daily_table;
use bm_app::permission::Permission;
use bm_app::printing::PrintOrder;
use bm_app::report::definition::{Ready, definitions};
use bm_app::reveal::Numbers;
use bm_app::{AppError, tracking};
use bm_domain::BusinessDay as Day;
use bm_domain::statistics::{Period, PeriodKind};
use bm_domain::template::FormKind;
use bm_host::Office;
use bm_host::export::{self, Draft};
use bm_host::words::{HostError, Message};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::args::{Arguments, Command, Format};
use crate::output;
use crate::paper::equip;
use crate::run::{Exit, about_file, print, read_day};

/// Names by which the statistics by goods of a period are asked for.
const BY_GOODS: [(&str, PeriodKind); 6] = [
    ("halfmonth", PeriodKind::HalfMonth),
    ("month", PeriodKind::Month),
    ("quarter", PeriodKind::Quarter),
    ("halfyear", PeriodKind::HalfYear),
    ("year", PeriodKind::Year),
    ("span", PeriodKind::Span),
];
const DAILY: &str = "daily";
const TRACKING: &str = "tracking-book";
const NIGHTLY: &str = "nightly";

/// A report as asked for.
struct Asked<'a> {
    name: &'a str,
    gates: &'a [String],
    day: Day,
    to: Option<Day>,
    period: Option<PeriodKind>,
    /// The time it bears.
    made_at: DateTime<Utc>,
    /// Whether CSV begins with a mark.
    mark: bool,
    /// Why numbers of papers are to stand in it in full.
    reveal: Option<&'a str>,
}

/// What a report asks its caller to be allowed: the tracking book names persons.
pub fn permission(report: &str) -> Permission {
    match report {
        TRACKING | NIGHTLY => Permission::ReadTrade,
        _ => Permission::Report,
    }
}

/// Makes a report, or those of a night.
///
/// # Errors
/// What kept it from being done; then no file has changed.
pub fn run(arguments: &Arguments, office: &Office, call: &Call<'_>) -> Result<Exit, HostError> {
    let Command::Report {
        report,
        gate,
        all_gates,
        date,
        to,
        period,
        format,
        out,
        out_dir,
        no_mark,
        reveal,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    let mut asked = Asked {
        name: report,
        gates: gate,
        day: read_day(date)?,
        to: to.as_deref().map(read_day).transpose()?,
        period: period.map(Into::into),
        made_at: call.app.clock().now(),
        mark: !no_mark,
        reveal: reveal.as_deref(),
    };
    known_gates(call, gate)?;
    if gate.is_empty() && !all_gates && report != NIGHTLY {
        return Err(HostError::Wrong(Message::new("gate_needed")));
    }
    if let (NIGHTLY, Some(folder)) = (report.as_str(), out_dir) {
        equip(office)?;
        // The same data make the same files, however often.
        let last = call.app.read(|reader| Ok(reader.last_change()?))?;
        asked.made_at = last.unwrap_or(asked.made_at);
        return nightly(arguments, office, call, &asked, format, folder);
    }
    let format = format.first().copied().unwrap_or(Format::Json);
    let binary = matches!(format, Format::Xlsx | Format::Pdf);
    if binary && out.is_none() && stdout().is_terminal() {
        return Err(HostError::Wrong(Message::new("out_needed")));
    }
    // The place is tried before the work is done.
    let file = out.as_deref().map(|path| {
        let begun = Draft::begin(path);
        begun.map_err(|error| about_file(path, error))
    });
    let file = file.transpose()?;
    let (_, bytes) = made(arguments, office, call, &asked, format)?;
    match (file, out) {
        (Some(file), Some(path)) => {
            file.finish(&bytes)
                .map_err(|error| about_file(path, error))?;
        }
        _ => output::bytes(&bytes)?,
    }
    Ok(Exit::Done)
}

/// Every gate named must be one.
fn known_gates(call: &Call<'_>, gates: &[String]) -> Result<(), HostError> {
    let known = all_gates(call)?;
    match gates.iter().find(|gate| !known.contains(gate)) {
        None => Ok(()),
        Some(gate) => {
            let unknown = Message::new("gate_unknown").with("gate", gate);
            Err(HostError::Wrong(unknown.with("known", known.join(", "))))
        }
    }
}

fn all_gates(call: &Call<'_>) -> Result<Vec<String>, AppError> {
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        Ok(book.1.gates.keys().cloned().collect())
    })
}

/// A report in a format: a name for its file, and its bytes.
fn made(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
    asked: &Asked<'_>,
    format: Format,
) -> Result<(String, Vec<u8>), HostError> {
    match (asked.name, asked.gates) {
        (DAILY, [gate]) => daily(arguments, office, call, (gate, asked), format),
        (TRACKING, [gate]) => tracking_book(arguments, office, call, (gate, asked), format),
        (DAILY | TRACKING, _) => Err(HostError::Wrong(Message::new("gate_needed"))),
        _ => over_period(arguments, office, call, asked, format),
    }
}

fn over_period(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
    asked: &Asked<'_>,
    format: Format,
) -> Result<(String, Vec<u8>), HostError> {
    let by_goods = BY_GOODS.iter().find(|(name, _)| *name == asked.name);
    let (report, period) = match by_goods {
        Some((_, period)) => (Ready::Goods.word(), Some(*period)),
        None => (asked.name, asked.period),
    };
    let ask = ReportRequest {
        report: report.to_owned(),
        plan: None,
        period,
        day: asked.day.to_string(),
        to: asked.to.map(|day| day.to_string()),
        gates: asked.gates.to_vec(),
        reveal: asked.reveal.map(str::to_owned),
    };
    let table = command::report(call, &ask, asked.made_at);
    let table = table.map_err(|error| match error {
        AppError::NotFound => unknown_report(call, asked.name),
        other => other.into(),
    })?;
    let table = table.table;
    let bytes = match format {
        Format::Pdf => {
            equip(office)?;
            command::on_paper(call, asked.gates, &table)?
        }
        Format::Json => json_bytes(arguments, &table)?,
        Format::Csv | Format::Xlsx => {
            spreadsheet(Written::Report(&table), call, format, asked.mark)?
        }
    };
    Ok((table.file, bytes))
}

fn unknown_report(call: &Call<'_>, name: &str) -> HostError {
    let kept = call.app.read(|reader| definitions(reader));
    let kept = kept.unwrap_or_default().into_iter().map(|one| one.name);
    let own = [DAILY, TRACKING, LINES, NIGHTLY].into_iter();
    let own = own.chain(BY_GOODS.iter().map(|(name, _)| *name));
    let own = own.chain(Ready::ALL.iter().map(|one| one.word()));
    let known: Vec<String> = own.map(str::to_owned).chain(kept).collect();
    let unknown = Message::new("report_unknown").with("value", name);
    HostError::Wrong(unknown.with("known", known.join(", ")))
}

/// A value as the program's other answers.
fn json_bytes(arguments: &Arguments, value: &impl serde::Serialize) -> Result<Vec<u8>, AppError> {
    let text = if arguments.json {
        serde_json::to_vec(value)
    } else {
        serde_json::to_vec_pretty(value)
    };
    let mut text = text.map_err(|error| AppError::BadRequest(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

fn spreadsheet(
    written: Written<'_>,
    call: &Call<'_>,
    format: Format,
    mark: bool,
) -> Result<Vec<u8>, AppError> {
    let word = match format {
        Format::Csv if !mark => "csv-plain",
        other => other.word(),
    };
    // A spreadsheet's writer goes back and forth, which standard output can't.
    let mut file = Cursor::new(Vec::new());
    export::write_to(written, word, call.language, &mut file)?;
    Ok(file.into_inner())
}

fn daily(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
    (gate, asked): (&String, &Asked<'_>),
    format: Format,
) -> Result<(String, Vec<u8>), HostError> {
    let mut report = command::daily(call, gate, &asked.day.to_string())?;
    report.made_at = asked.made_at;
    let name = export::file_name(Written::Daily(&report));
    let bytes = match format {
        Format::Json => json_bytes(arguments, &report)?,
        Format::Pdf => {
            equip(office)?;
            let table = daily_table(call.language, &report);
            command::on_paper(call, std::slice::from_ref(gate), &table)?
        }
        Format::Csv | Format::Xlsx => {
            spreadsheet(Written::Daily(&report), call, format, asked.mark)?
        }
    };
    Ok((name, bytes))
}

fn tracking_book(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
    (gate, asked): (&String, &Asked<'_>),
    format: Format,
) -> Result<(String, Vec<u8>), HostError> {
    let numbers = match format {
        // On paper the book has a field for the number.
        Format::Pdf => Numbers::Form(tracking::ARTICLE),
        _ => Numbers::asked(asked.reveal),
    };
    let book = (call.app).tracking_book(&call.actor, gate, asked.day, numbers)?;
    let written = Written::Tracking(&book, asked.made_at);
    let name = export::file_name(written);
    let bytes = match format {
        Format::Json => json_bytes(arguments, &book)?,
        Format::Csv | Format::Xlsx => spreadsheet(written, call, format, asked.mark)?,
        Format::Pdf => {
            equip(office)?;
            let order = PrintOrder {
                at: Some(asked.made_at),
                ..PrintOrder::default()
            };
            let (form, day) = (FormKind::TrackingBook, asked.day);
            let printed = (call.app).print_sheet(&call.actor, form, day, book.into(), order)?;
            printed.pdf
        }
    };
    Ok((name, bytes))
}

/// Writes what a day asks for: of each gate its totals and tracking book, and of the periods that end
/// on it their statistics and, of a month, the provincial table.
fn nightly(
    arguments: &Arguments,
    office: &Office,
    call: &Call<'_>,
    asked: &Asked<'_>,
    formats: &[Format],
    folder: &Path,
) -> Result<Exit, HostError> {
    let formats = if formats.is_empty() {
        &[Format::Xlsx, Format::Pdf]
    } else {
        formats
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        let unwritable = Message::new("file_unwritable").with("path", folder.display());
        HostError::Wrong(unwritable.with("detail", error))
    })?;
    let gates = if asked.gates.is_empty() {
        all_gates(call)?
    } else {
        asked.gates.to_vec()
    };
    let mut all = Vec::new();
    for gate in &gates {
        all.push((DAILY, std::slice::from_ref(gate), None));
        all.push((TRACKING, std::slice::from_ref(gate), None));
    }
    all.push((Ready::Totals.word(), asked.gates, Some(PeriodKind::Day)));
    for (name, kind) in BY_GOODS {
        let ends = Period::of(kind, asked.day).to == asked.day;
        if ends && kind != PeriodKind::Span {
            all.push((name, asked.gates, Some(kind)));
        }
    }
    let month = Period::of(PeriodKind::Month, asked.day);
    if month.to == asked.day {
        let provincial = Ready::Provincial.word();
        all.push((provincial, asked.gates, Some(PeriodKind::Month)));
    }
    let mut files = Vec::new();
    for (name, gates, period) in all {
        for format in formats {
            let one = Asked {
                name,
                gates,
                day: asked.day,
                to: None,
                period,
                made_at: asked.made_at,
                mark: asked.mark,
                reveal: asked.reveal,
            };
            let (stem, bytes) = made(arguments, office, call, &one, *format)?;
            let path = folder.join(format!("{stem}.{}", format.word()));
            let file = Draft::begin(&path).and_then(|file| file.finish(&bytes));
            file.map_err(|error| about_file(&path, error))?;
            files.push(path.display().to_string());
        }
    }
    print(arguments, &json!({"day": asked.day, "files": files}))
}
