//! The match of a gate's day on the wire: seen, counted, settled, closed, rolled up.

mod period;
mod show;

use bm_app::AppError;
use bm_app::close::Closing;
use bm_app::reconcile::counts::NewCount;
use bm_domain::reconcile::count::{COUNT_MAX, Counted, Source};
use bm_domain::reconcile::listing::sha256;
use bm_domain::{Violation, ViolationCode as Code, Weight};

use super::{Call, read_day, read_id};
use crate::answer;
use crate::law::CountText;
use crate::request::{
    BarrierInput, BarrierTable, CountedInput, GateDay, PeriodQuery, SecondAnswer, SettleInput,
};
use crate::router::TableCall;
use crate::view::{BarrierTableView, CloseResult, PeriodView, ReconciliationView};

/// Most bad rows shown of a table.
const BAD_MAX: usize = 200;

/// The match of a gate's day as it stands now.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for a wrong day.
pub fn reconciliation_view(call: &Call<'_>, of: GateDay) -> Result<ReconciliationView, AppError> {
    show::day(call, &of.gate, read_day(&of.day)?)
}

/// Enters what was counted at the barrier, in totals.
///
/// # Errors
/// [`AppError::Refused`] with every field that can't be read, and as for
/// [`bm_app::App::save_count`].
pub fn barrier_save(call: &Call<'_>, input: BarrierInput) -> Result<ReconciliationView, AppError> {
    let day = read_day(&input.day)?;
    let mut problems = Vec::new();
    let import = counted("import", &input.import, &mut problems);
    let export = counted("export", &input.export, &mut problems);
    if !problems.is_empty() {
        return Err(AppError::Refused(problems));
    }
    let new = NewCount {
        gate: input.gate.clone(),
        day,
        counter: input.counter,
        totals: Some([import, export]),
        passages: Vec::new(),
        source: Source::Typed,
        reason: input.reason,
    };
    call.app.save_count(&call.actor, &new)?;
    show::day(call, &input.gate, day)
}

fn counted(way: &str, typed: &CountedInput, problems: &mut Vec<Violation>) -> Counted {
    let mut number = |name: &str, text: &str| {
        let field = format!("{way}.{name}");
        let text = text.trim().replace(['\u{a0}', ' '], "");
        if text.is_empty() {
            return None;
        }
        match text.parse::<i64>() {
            Ok(n) if (0..=i64::from(COUNT_MAX)).contains(&n) => u32::try_from(n).ok(),
            Ok(_) => {
                problems.push(Violation::new(Code::NumberOutOfRange, field));
                None
            }
            Err(_) => {
                problems.push(Violation::new(Code::NumberInvalid, field));
                None
            }
        }
    };
    let persons = number("persons", &typed.persons);
    let forms = number("forms", &typed.forms);
    let vehicles = number("vehicles", &typed.vehicles);
    let weight = typed.weight_kg.trim();
    let weight_g = match weight.parse::<Weight>() {
        _ if weight.is_empty() => None,
        Ok(weight) => Some(weight.grams()),
        Err(_) => {
            let field = format!("{way}.weight_kg");
            problems.push(Violation::new(Code::NumberInvalid, field));
            None
        }
    };
    for (name, value) in [("persons", persons), ("forms", forms)] {
        let field = format!("{way}.{name}");
        if value.is_none() && !problems.iter().any(|one| one.field == field) {
            problems.push(Violation::new(Code::FieldRequired, field));
        }
    }
    Counted {
        persons: persons.unwrap_or_default(),
        forms: forms.unwrap_or_default(),
        vehicles,
        weight_g,
    }
}

/// The text of a file as it is told apart from others: marks of the system left out.
fn plain(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    text.trim_end().to_owned()
}

/// Reads a table of counts, tells what it says, and takes it when asked and nothing is wrong.
///
/// # Errors
/// [`AppError::BadRequest`], in words, when it is no such table; when it is to be taken,
/// [`AppError::Refused`] with bad rows and with what stands against the count.
pub fn barrier_import(
    tables: &TableCall<'_>,
    input: BarrierTable,
) -> Result<BarrierTableView, AppError> {
    let call = &tables.call;
    let day = read_day(&input.day)?;
    let book = call.app.read(|reader| call.app.law_book(reader))?;
    if !book.1.gates.contains_key(&input.gate) {
        return Err(AppError::NotFound);
    }
    let read = tables.reader.counts(&CountText {
        name: &input.name,
        text: &input.text,
        gate: &input.gate,
        day,
        book: &book.1,
        language: call.language,
    })?;
    let new = NewCount {
        gate: input.gate,
        day,
        counter: input.counter,
        totals: read.totals,
        passages: read.passages,
        source: Source::File {
            name: input.name,
            sha256: sha256(&plain(&input.text)),
        },
        reason: input.reason,
    };
    if input.take && !read.bad.is_empty() {
        let bad = Violation::new(Code::CountRowsBad, "text");
        return Err(AppError::Refused(vec![bad.with("limit", read.bad.len())]));
    }
    let (problems, taken) = if input.take {
        call.app.save_count(&call.actor, &new)?;
        (Vec::new(), true)
    } else {
        let checked =
            |reader: &dyn bm_app::ports::Reader| call.app.check_count(reader, &call.actor, &new);
        (call.app.read(checked)?.1, false)
    };
    Ok(BarrierTableView {
        totals: new.totals.as_ref().map(show::totals),
        passages: u32::try_from(new.passages.len()).unwrap_or(u32::MAX),
        bad: read.bad.into_iter().take(BAD_MAX).collect(),
        unused: read.unused,
        problems: answer::violations(call.language, &problems),
        taken,
    })
}

/// Settles a difference by an entry that refers to it.
///
/// # Errors
/// As for [`bm_app::App::settle_difference`].
pub fn difference_settle(
    call: &Call<'_>,
    input: SettleInput,
) -> Result<ReconciliationView, AppError> {
    let day = read_day(&input.day)?;
    let place = (input.gate.as_str(), day);
    let (way, reason) = (input.way, &input.reason);
    call.app
        .settle_difference(&call.actor, place, &input.key, way, reason)?;
    show::day(call, &input.gate, day)
}

/// A second person confirms a settlement, or says that it is none.
///
/// # Errors
/// As for [`bm_app::App::answer_settlement`].
pub fn settlement_answer(
    call: &Call<'_>,
    answer: SecondAnswer,
) -> Result<ReconciliationView, AppError> {
    let (id, confirm) = (read_id(&answer.id)?, answer.confirm);
    let app = call.app;
    let settled = app.answer_settlement(&call.actor, id, confirm, &answer.reason)?;
    show::day(call, &settled.gate, settled.day)
}

/// Closes a gate's day, or proposes it where a second person is asked for.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate; [`AppError::Refused`] with everything of the day that
/// is open.
pub fn day_close(call: &Call<'_>, of: GateDay) -> Result<CloseResult, AppError> {
    let came = (call.app).close_day(&call.actor, &of.gate, read_day(&of.day)?)?;
    Ok(match came {
        Closing::Done(closed) => CloseResult {
            closed: true,
            digest: closed.digest.unwrap_or_default(),
        },
        Closing::Proposed(_) => CloseResult {
            closed: false,
            digest: String::new(),
        },
    })
}

/// A second person confirms the close of a day, or says no.
///
/// # Errors
/// As for [`bm_app::App::answer_close`].
pub fn day_close_answer(call: &Call<'_>, answer: SecondAnswer) -> Result<CloseResult, AppError> {
    let (id, confirm) = (read_id(&answer.id)?, answer.confirm);
    let closed = (call.app).answer_close(&call.actor, id, confirm, &answer.reason)?;
    Ok(CloseResult {
        closed: closed.is_some(),
        digest: closed.and_then(|day| day.digest).unwrap_or_default(),
    })
}

/// The match of several gates over a period, with its roll-ups.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for wrong days or too many.
pub fn reconciliation_period(call: &Call<'_>, of: PeriodQuery) -> Result<PeriodView, AppError> {
    let days = (read_day(&of.from)?, read_day(&of.to)?);
    period::view(call, &of.gates, days)
}
