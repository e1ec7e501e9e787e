//! `reconcile`: the match of a gate's day, or of several gates over a period.

use std::path::Path;

use bm_api::command::{self, Call};
use bm_api::law::BadTableRow;
use bm_api::request::{BarrierTable, GateDay, PeriodQuery};
use bm_api::router::TableCall;
use bm_api::view::{
    CheckView, DifferenceState, DifferenceView, PeriodFigures, PeriodView, ReconciliationView,
};
use bm_api::words;
use bm_app::permission::{Permission, allows};
use bm_app::{Actor, AppError};
use bm_host::import::{FileTables, counts};
use bm_host::words::{HostError, Message};

use crate::args::{Arguments, Command};
use crate::output;
use crate::run::{Exit, gate_day, print, read_day, say};

/// Runs the command.
///
/// # Errors
/// [`HostError`]; a file of counts that was refused leaves nothing behind.
pub fn run(arguments: &Arguments, call: Call<'_>) -> Result<Exit, HostError> {
    let Command::Reconcile {
        gate,
        date,
        to,
        counts,
        reason,
        close,
    } = &arguments.command
    else {
        return Ok(Exit::Done);
    };
    let [gate] = gate.as_slice() else {
        if counts.is_some() || *close {
            return Err(HostError::Wrong(Message::new("one_gate")));
        }
        return period(
            arguments,
            &call,
            gate,
            (date, to.as_deref().unwrap_or(date)),
        );
    };
    let day = gate_day(&call, gate, Some(date))?.to_string();
    if let Some(to) = to {
        return period(arguments, &call, std::slice::from_ref(gate), (date, to));
    }
    let of = GateDay {
        gate: gate.clone(),
        day,
    };
    let mut exit = Exit::Done;
    if let Some(file) = counts {
        let actor = call.actor.clone();
        exit = exit.max(take(&call, actor, &of, file, reason)?);
    }
    if exit == Exit::Done && *close {
        let result = command::day_close(&call, of.clone())?;
        let said = if result.closed {
            Message::new("day_closed").with("digest", result.digest)
        } else {
            Message::new("close_waits")
        };
        say(arguments, &said);
    }
    if !allows(call.actor.role, Permission::ReadTrade) {
        return period(arguments, &call, std::slice::from_ref(gate), (date, date));
    }
    let view = command::reconciliation_view(&call, of)?;
    if arguments.json {
        print(arguments, &view)?;
    } else {
        show(&call, &view)?;
    }
    Ok(exit.max(of_count(view.unsettled)))
}

const fn of_count(unsettled: u32) -> Exit {
    if unsettled == 0 {
        Exit::Done
    } else {
        Exit::Refused
    }
}

/// Takes a file of counts; bad rows are listed and nothing of the file is taken.
fn take(
    call: &Call<'_>,
    actor: Actor,
    of: &GateDay,
    file: &Path,
    reason: &str,
) -> Result<Exit, HostError> {
    let name = file.file_name().unwrap_or(file.as_os_str());
    let name = name.to_string_lossy().into_owned();
    let tables = TableCall::new(
        Call {
            app: call.app,
            actor,
            language: call.language,
        },
        &FileTables,
    );
    let mut input = BarrierTable {
        gate: of.gate.clone(),
        day: of.day.clone(),
        counter: name.clone(),
        name,
        text: counts::file(file)?,
        reason: reason.to_owned(),
        take: false,
    };
    let seen = command::barrier_import(&tables, input.clone())?;
    for BadTableRow {
        line,
        column,
        reason,
    } in &seen.bad
    {
        output::message(&format!("{line}: {column}: {reason}"));
    }
    for problem in &seen.problems {
        output::message(&problem.message);
    }
    if !seen.bad.is_empty() || !seen.problems.is_empty() {
        return Ok(Exit::Wrong);
    }
    input.take = true;
    command::barrier_import(&tables, input)?;
    Ok(Exit::Done)
}

fn word(call: &Call<'_>, key: &str) -> String {
    words::text(call.language, key, &std::collections::BTreeMap::new())
}

/// The day for people: what meets, what does not, how it may be settled.
fn show(call: &Call<'_>, view: &ReconciliationView) -> Result<(), AppError> {
    let state = words::code(view.state);
    let state = word(call, &format!("reconcile.state.{state}"));
    output::data(&format!("{}  {}  {state}", view.gate_name, view.day))?;
    for check in &view.checks {
        output::data(&check_line(call, check))?;
    }
    for difference in &view.differences {
        difference_lines(call, difference)?;
    }
    if let Some(closed) = &view.closed {
        output::data(&format!("SHA-256 {}", closed.digest))?;
    }
    output::flush()
}

fn check_line(call: &Call<'_>, check: &CheckView) -> String {
    let name = word(
        call,
        &format!("reconcile.check.{}", words::code(check.name)),
    );
    let way = check.direction.map_or("", bm_domain::Direction::word);
    let sign = if check.meets { "=" } else { "≠" };
    let right = check
        .right
        .map_or("—".to_owned(), |right| right.to_string());
    format!("  {name:<34} {way:<7}{:>14} {sign} {right}", check.left)
}

fn difference_lines(call: &Call<'_>, one: &DifferenceView) -> Result<(), AppError> {
    let state = word(
        call,
        &format!("reconcile.difference.{}", words::code(one.state)),
    );
    output::data(&format!("- {} [{state}] ({})", one.title, one.basis))?;
    for form in one.forms.iter().chain(&one.candidates) {
        output::data(&format!("    {}  {}", form.number, form.person_name))?;
    }
    for receipt in &one.receipts {
        output::data(&format!("    {receipt}"))?;
    }
    if let Some(session) = &one.session {
        output::data(&format!("    {}", session.cashier))?;
    }
    if let Some(passage) = &one.passage {
        let seen = bm_domain::calendar::in_vietnam(passage.at).format("%H:%M:%S");
        let about = format!("{} {}", passage.form, passage.paper);
        output::data(&format!("    {seen}  {}  {}", passage.gate, about.trim()))?;
    }
    if one.state == DifferenceState::Open {
        let ways: Vec<&str> = one.ways.iter().map(|way| way.label.as_str()).collect();
        output::data(&format!("    → {}", ways.join(" | ")))?;
    }
    Ok(())
}

fn period(
    arguments: &Arguments,
    call: &Call<'_>,
    gates: &[String],
    (from, to): (&str, &str),
) -> Result<Exit, HostError> {
    for gate in gates {
        gate_day(call, gate, Some(from))?;
    }
    let of = PeriodQuery {
        gates: gates.to_vec(),
        from: read_day(from)?.to_string(),
        to: read_day(to)?.to_string(),
    };
    let view = command::reconciliation_period(call, of)?;
    if arguments.json {
        print(arguments, &view)?;
    } else {
        rolled_up(call, &view)?;
    }
    Ok(of_count(view.total.unsettled))
}

fn rolled_up(call: &Call<'_>, view: &PeriodView) -> Result<(), AppError> {
    let line = |name: &str, state: &str, of: &PeriodFigures| {
        let state = word(call, &format!("reconcile.state.{state}"));
        format!(
            "{name:<40} {state:<14} {:>7} {:>7} {:>14} {:>14} {:>7} {:>4}",
            of.registered, of.released, of.due_vnd, of.paid_vnd, of.seen, of.unsettled
        )
    };
    output::data(&word(call, "reconcile.heading"))?;
    for day in &view.days {
        let name = format!("{} {}", day.day, day.gate);
        output::data(&line(&name, &words::code(day.state), &day.figures))?;
    }
    for group in &view.groups {
        let name = if group.name.is_empty() {
            &group.code
        } else {
            &group.name
        };
        let level = word(
            call,
            &format!("reconcile.level.{}", words::code(group.level)),
        );
        let name = format!("{level}: {name}");
        output::data(&line(&name, &words::code(group.state), &group.figures))?;
    }
    output::flush()
}
