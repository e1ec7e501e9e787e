//! `breaches`: the queue of breaches, and a look over a gate's day.

use bm_api::command::{self, Call};
use bm_api::request::{BreachQuery, GateDay};
use bm_api::view::{BreachList, BreachRow};
use bm_api::words::breach as said;
use bm_app::AppError;
use bm_domain::breach::{BreachKind, BreachState};
use bm_host::words::{HostError, Message};

use crate::args::{Arguments, BreachArguments};
use crate::output;
use crate::run::{Exit, gate_day, print, say};

/// Looks over the day where that is asked, then lists.
///
/// # Errors
/// [`HostError::Wrong`] for an unknown word, gate or day.
pub fn run(
    arguments: &Arguments,
    call: &Call<'_>,
    asked: &BreachArguments,
) -> Result<Exit, HostError> {
    let wrong =
        |code: &'static str, value: &str| HostError::Wrong(Message::new(code).with("value", value));
    let state = asked.state.as_deref().map(|word| {
        let read = word.parse::<BreachState>();
        read.map_err(|_| wrong("breach_state_unknown", word))
    });
    let kind = asked.kind.as_deref().map(|word| {
        let read = word.parse::<BreachKind>();
        read.map_err(|_| wrong("breach_kind_unknown", word))
    });
    let (state, kind) = (state.transpose()?, kind.transpose()?);
    if let Some(gate) = &asked.gate {
        gate_day(call, gate, None)?;
    }
    if asked.scan {
        scan(arguments, call, asked)?;
    }
    let query = BreachQuery {
        gate: asked.gate.clone().unwrap_or_default(),
        state,
        kind,
        from: asked.from.clone(),
        to: asked.to.clone(),
        assigned: None,
    };
    for day in query.from.iter().chain(&query.to) {
        crate::run::read_day(day)?;
    }
    let list = command::breach_list(call, query)?;
    if arguments.json {
        print(arguments, &list)?;
    } else {
        show(call, &list)?;
    }
    let open = list.rows.iter().any(|row| row.state == BreachState::Open);
    Ok(if open { Exit::Refused } else { Exit::Done })
}

fn scan(arguments: &Arguments, call: &Call<'_>, asked: &BreachArguments) -> Result<(), HostError> {
    let gates = match &asked.gate {
        Some(gate) => vec![gate.clone()],
        None => call.app.read(|reader| {
            let book = call.app.law_book(reader)?;
            Ok(book.1.gates.keys().cloned().collect())
        })?,
    };
    for gate in gates {
        let day = gate_day(call, &gate, asked.date.as_deref())?;
        let of = GateDay {
            gate: gate.clone(),
            day: day.to_string(),
        };
        let done = command::breach_scan(call, of)?;
        let said = Message::new("breaches_scanned")
            .with("gate", gate)
            .with("day", day)
            .with("forms", done.forms)
            .with("opened", done.opened)
            .with("grown", done.grown);
        say(arguments, &said);
    }
    Ok(())
}

fn show(call: &Call<'_>, list: &BreachList) -> Result<(), AppError> {
    let line = |row: &BreachRow| {
        let state = said::state(call.language, row.state);
        let kind = said::kind(call.language, row.kind);
        let times = if row.attempts > 1 {
            format!(" ×{}", row.attempts)
        } else {
            String::new()
        };
        let who = [row.who.as_str(), row.why.as_str()];
        let who: Vec<_> = who.into_iter().filter(|text| !text.is_empty()).collect();
        format!(
            "{} {} {} [{state}] {kind}{times}\n    {}",
            row.id,
            row.day,
            row.gate,
            who.join(": ")
        )
    };
    for row in &list.rows {
        output::data(&line(row))?;
    }
    output::flush()
}
