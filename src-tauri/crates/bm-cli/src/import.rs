//! Importing a table: what is told while it is read, and what it would change.

use bm_api::command::{Call, table_view};
use bm_api::view::{LawTableRow, LawTableView};
use bm_app::AppError;
use bm_host::import::{self, Bad, Imported, Kind, Order, Told};
use bm_host::words::{HostError, Message};
use serde_json::json;

use crate::args::Arguments;
use crate::output;
use crate::run::{Exit, print, say};

/// Imports a table, or with `preview` tells what that would change.
///
/// # Errors
/// What kept it from being done.
pub fn run(arguments: &Arguments, call: &Call<'_>, order: &Order<'_>) -> Result<Exit, HostError> {
    if order.kind == Kind::Residents && order.terms.preview {
        return Err(HostError::Wrong(Message::new("preview_law_only")));
    }
    let bar = output::bar("import", true);
    let mut silent = Ok(());
    let mut preview: Option<LawTableView> = None;
    let mut waits = false;
    let book = call.app.read(|reader| call.app.law_book(reader))?;
    let imported = import::import(call.app, &call.actor, order, &mut |told| match told {
        Told::Progress(done, of) => output::follow(&bar, done, of),
        Told::Unused(columns, known) => {
            let unused = Message::new("columns_unused")
                .with("columns", columns.join(", "))
                .with("known", known.join(", "));
            bar.suspend(|| say(arguments, &unused));
        }
        Told::Bad(bad) => bar.suspend(|| {
            let shown = tell_bad(arguments, &bad);
            if silent.is_ok() {
                silent = shown;
            }
        }),
        Told::Preview(sorted) => preview = Some(table_view(call.language, &book.1, sorted)),
        Told::Waits => waits = true,
    })?;
    bar.finish_and_clear();
    silent?;
    let Imported { taken, bad } = imported;
    let exit = if bad == 0 { Exit::Done } else { Exit::Wrong };
    if let Some(mut view) = preview {
        view.bad = u32::try_from(bad).unwrap_or(u32::MAX);
        if arguments.json {
            print(arguments, &view)?;
        } else {
            tell_preview(arguments, &view)?;
        }
        return Ok(exit);
    }
    let code = match (taken, bad) {
        (_, 0) => "import_done",
        _ if order.skip_bad => "import_some",
        _ => "import_none",
    };
    let said = Message::new(code).with("taken", taken).with("bad", bad);
    say(arguments, &said);
    if waits {
        say(arguments, &Message::new("import_waits"));
    }
    output::data(&json!({"taken": taken, "bad": bad}).to_string())?;
    output::flush()?;
    Ok(exit)
}

fn tell_preview(arguments: &Arguments, view: &LawTableView) -> Result<(), AppError> {
    let language = arguments.lang.into();
    let counts = Message::new("preview_counts")
        .with("new", view.new)
        .with("changed", view.changed)
        .with("unchanged", view.unchanged)
        .with("ended", view.ended)
        .with("excluded", view.excluded)
        .with("bad", view.bad);
    output::data(&counts.text(language))?;
    let sorts: [(&str, u32, &[LawTableRow]); 4] = [
        ("preview_new", view.new, &view.new_rows),
        ("preview_changed", view.changed, &view.changed_rows),
        ("preview_ended", view.ended, &view.ended_rows),
        ("preview_excluded", view.excluded, &view.excluded_rows),
    ];
    for (heading, count, rows) in sorts {
        if rows.is_empty() {
            continue;
        }
        let shown = Message::new(heading)
            .with("count", count)
            .with("shown", rows.len());
        output::data(&shown.text(language))?;
        for row in rows {
            let both = [row.old.as_str(), row.new.as_str()];
            let parts: Vec<_> = both.into_iter().filter(|part| !part.is_empty()).collect();
            let said = parts.join(" → ");
            // A new code without anything but its name says it once.
            if row.title.ends_with(&said) {
                output::data(&format!("  {}", row.title))?;
            } else {
                output::data(&format!("  {}: {said}", row.title))?;
            }
        }
    }
    output::flush()
}

fn tell_bad(arguments: &Arguments, bad: &Bad) -> Result<(), AppError> {
    if arguments.json {
        let Bad {
            line,
            column,
            code,
            reason,
        } = bad;
        let value = json!({"line": line, "column": column, "code": code, "reason": reason});
        return output::data(&value.to_string());
    }
    let language = arguments.lang.into();
    let mut place = Message::new("line").with("line", bad.line).text(language);
    if !bad.column.is_empty() {
        let column = Message::new("column").with("column", &bad.column);
        place = format!("{place}, {}", column.text(language));
    }
    output::message(&format!("{place}: {}", bad.reason));
    Ok(())
}
