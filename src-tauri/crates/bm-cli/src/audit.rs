//! The log, its anchors, and whether it still is what it was.

use std::path::{Path, PathBuf};

use bm_api::command::{self, Call};
use bm_api::request::{AnchorDay, AnchorText, AuditAt, AuditQuery, ById, Nothing, Reason};
use bm_api::view::{AnchorView, AuditDetail, AuditRow};
use bm_api::words;
use bm_app::AppError;
use bm_app::anchor::{Anchor, KeptAnchor};
use bm_app::ports::Reader;
use bm_domain::BusinessDay;
use bm_host::export::Draft;
use bm_host::words::{HostError, Message};
use bm_host::{Office, Verified};
use serde_json::json;

use crate::args::{Arguments, Command};
use crate::run::{Exit, about_file, print, read_day, say};
use crate::{output, paper};

/// Records asked for at once.
const PAGE: u32 = 500;

/// Checks the database, and the anchors in `files`.
///
/// # Errors
/// [`HostError`] when it can't be read at all.
pub fn verify(arguments: &Arguments, files: &[PathBuf]) -> Result<Exit, HostError> {
    let bar = output::bar("verify", false);
    let verified = Office::verify(&arguments.data, files, &mut |done, of| {
        output::follow(&bar, done, of);
    })?;
    bar.finish_and_clear();
    if arguments.json {
        print(arguments, &in_words(arguments, &verified))?;
    } else {
        tell(arguments, &verified)?;
    }
    let said = Message::new("verified")
        .with("records", verified.found.records)
        .with("declarations", verified.found.declarations)
        .with("differences", verified.found.differences.len());
    say(arguments, &said);
    Ok(if verified.is_clean() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// What was found, each with its sentence.
fn in_words(arguments: &Arguments, verified: &Verified) -> serde_json::Value {
    let language = arguments.lang.into();
    let mut value = json!(verified);
    let mut say = |list: &str, sentences: Vec<String>| {
        let found = value[list].as_array_mut().into_iter().flatten();
        for (found, sentence) in found.zip(sentences) {
            found["message"] = sentence.into();
        }
    };
    let differences = verified.found.differences.iter();
    say(
        "differences",
        differences
            .map(|found| words::difference(language, found))
            .collect(),
    );
    let anchors = verified.anchors.iter();
    say(
        "anchors",
        anchors
            .map(|check| words::anchor(language, check))
            .collect(),
    );
    let given = verified.given.iter();
    say(
        "given",
        given
            .map(|given| words::anchor(language, &given.check))
            .collect(),
    );
    value
}

fn tell(arguments: &Arguments, verified: &Verified) -> Result<(), HostError> {
    let language = arguments.lang.into();
    if let Some(first) = &verified.found.first_altered {
        output::data(&words::first_altered(language, first))?;
    }
    for difference in &verified.found.differences {
        output::data(&words::difference(language, difference))?;
    }
    for check in verified
        .anchors
        .iter()
        .filter(|check| !check.answer.is_fine())
    {
        output::data(&words::anchor(language, check))?;
    }
    for given in &verified.given {
        let sentence = words::anchor(language, &given.check);
        output::data(&format!("{}: {sentence}", given.file.display()))?;
    }
    output::flush()?;
    Ok(())
}

/// Shows the log, one record of it, or the chain.
///
/// # Errors
/// [`AppError::Refused`] for a time that is not understood.
pub fn run(arguments: &Arguments, call: &Call<'_>) -> Result<Exit, HostError> {
    let Command::Audit {
        from,
        to,
        by,
        kind,
        place,
        about,
        text,
        limit,
        at,
        series,
        chain,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    if *chain {
        return show_chain(call);
    }
    if let Some(index) = at {
        return show_record(arguments, call, *index, series.as_deref());
    }
    let mut ask = AuditQuery {
        from: from.clone(),
        to: to.clone(),
        by: by.clone(),
        kind: kind.clone(),
        place: place.clone(),
        subject: about.clone(),
        text: text.clone(),
        next: None,
        limit: Some(PAGE),
    };
    let mut left = limit.unwrap_or(usize::MAX);
    loop {
        ask.limit = Some(u32::try_from(left).unwrap_or(PAGE).min(PAGE));
        let page = command::audit_search(call, ask.clone())?;
        for row in page.rows.iter().take(left) {
            let line = if arguments.json {
                json!(row).to_string()
            } else {
                line(call, row)
            };
            output::data(&line)?;
        }
        left = left.saturating_sub(page.rows.len());
        // The person is known by then: going on is one look-up, not one a page.
        if let Some(subject) = &page.subject {
            ask.subject.clone_from(&subject.id);
        }
        ask.next = page.next;
        if left == 0 || ask.next.is_none() {
            break;
        }
    }
    output::flush()?;
    Ok(Exit::Done)
}

fn line(call: &Call<'_>, row: &AuditRow) -> String {
    let at = words::clock(call.language, row.at);
    let subject = row.subject.as_ref().map_or("", |subject| &subject.name);
    let more = match row.more {
        0 => String::new(),
        more => format!(" +{more}"),
    };
    format!(
        "{at}  {}  {}  #{}  {}  {subject}{more}  {}",
        row.by, row.place, row.index, row.label, row.note
    )
    .trim_end()
    .to_owned()
}

/// The series of a record that is asked for by its index alone.
fn own_series(call: &Call<'_>) -> Result<String, AppError> {
    let ends = call.app.read(|reader| Ok(reader.chain_ends(None)?))?;
    let first = ends.first().ok_or(AppError::NotFound)?;
    Ok(first.series.to_string())
}

fn show_record(
    arguments: &Arguments,
    call: &Call<'_>,
    index: i64,
    series: Option<&str>,
) -> Result<Exit, HostError> {
    let series = series.map_or_else(|| own_series(call), |series| Ok(series.to_owned()))?;
    let detail = command::audit_view(call, AuditAt { series, index })?;
    if arguments.json {
        return print(arguments, &detail);
    }
    output::data(&line(call, &detail.row))?;
    for line in fields(&detail) {
        output::data(&line)?;
    }
    for line in [&detail.previous, &detail.hash] {
        output::data(&format!("  {line}"))?;
    }
    output::flush()?;
    Ok(Exit::Done)
}

fn fields(detail: &AuditDetail) -> Vec<String> {
    let mut lines = Vec::new();
    for group in &detail.groups {
        if !group.title.is_empty() {
            lines.push(format!("  [{}]", group.title));
        }
        for field in &group.fields {
            let (before, after) = (&field.before, &field.after);
            lines.push(if detail.had_before {
                format!("  {}: {before} → {after}", field.label)
            } else {
                format!("  {}: {after}", field.label)
            });
        }
    }
    lines
}

/// Every record as it was hashed, one JSON object a line.
fn show_chain(call: &Call<'_>) -> Result<Exit, HostError> {
    let mut after = 0;
    loop {
        let links = call
            .app
            .read(|reader: &dyn Reader| Ok(reader.chain_links(after, PAGE)?))?;
        let Some(last) = links.last() else {
            break;
        };
        after = last.row;
        for link in &links {
            output::data(&json!(link).to_string())?;
        }
    }
    output::flush()?;
    Ok(Exit::Done)
}

/// Makes, keeps, lists or hands out anchors.
///
/// # Errors
/// What kept it from being done.
pub fn anchor(arguments: &Arguments, office: &Office, call: &Call<'_>) -> Result<Exit, HostError> {
    let Command::Anchor {
        date,
        out,
        kept,
        pdf,
        keep,
        renew_key,
        reason,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    if *renew_key {
        let reason = reason.clone().unwrap_or_default();
        command::anchor_renew(call, Reason { reason })?;
        return Ok(Exit::Done);
    }
    if let Some(path) = keep {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let unreadable = Message::new("file_unreadable").with("path", path.display());
            HostError::Wrong(unreadable.with("detail", error))
        })?;
        return told(arguments, &command::anchor_keep(call, AnchorText { text })?);
    }
    let Some(out) = out else {
        let all = command::anchor_list(call, Nothing {})?;
        if arguments.json {
            return print(arguments, &all);
        }
        for view in &all {
            output::data(&format!("{}  {}", view.id, view.message))?;
        }
        output::flush()?;
        return Ok(Exit::Done);
    };
    let view = match kept {
        Some(id) => {
            let all = command::anchor_list(call, Nothing {})?;
            let found = all.into_iter().find(|view| view.id == id.trim());
            found.ok_or(AppError::NotFound)?
        }
        None => {
            let day = date.as_deref().map(read_day).transpose()?;
            let today = BusinessDay::of(call.app.clock().now());
            let day = day.unwrap_or(today).to_string();
            command::anchor_make(call, AnchorDay { day })?
        }
    };
    write(&held(call, &view)?, out)?;
    if let Some(pdf) = pdf {
        let by = ById {
            id: view.id.clone(),
        };
        paper::anchor(office, call, by, pdf)?;
    }
    told(arguments, &view)
}

fn held(call: &Call<'_>, view: &AnchorView) -> Result<Anchor, HostError> {
    let id = view.id.parse().map_err(|_| AppError::NotFound)?;
    let kept: Option<KeptAnchor> = call.app.read(|reader| Ok(bm_app::book::get(reader, id)?))?;
    Ok(kept.ok_or(AppError::NotFound)?.anchor)
}

fn write(anchor: &Anchor, out: &Path) -> Result<(), HostError> {
    let text = command::write_anchor(anchor)?;
    let file = Draft::begin(out).map_err(|error| about_file(out, error))?;
    file.finish(text.as_bytes())
        .map_err(|error| about_file(out, error))
}

fn told(arguments: &Arguments, view: &AnchorView) -> Result<Exit, HostError> {
    if arguments.json {
        print(arguments, view)?;
    } else {
        output::data(&view.message)?;
        output::flush()?;
    }
    Ok(if view.fine || !view.ours {
        Exit::Done
    } else {
        Exit::Refused
    })
}
