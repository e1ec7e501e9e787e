//! The start page of whoever decides: counts of what waits, each with its own screen.

use bm_app::AppError;
use bm_app::book::{self, EntryFilter};
use bm_app::breach::{BreachFilter, breaches};
use bm_app::cash::{deadline_of, unfinished};
use bm_app::correction::pending;
use bm_app::law::LawChange;
use bm_app::ports::Reader;
use bm_domain::breach::BreachState;
use bm_domain::cash::{Receipt, SessionStage};
use bm_domain::law::LawBook;
use bm_domain::{BusinessDay, Validity};
use chrono::{DateTime, TimeDelta, Utc};

use super::Call;
use super::breach::tally;
use crate::request::Nothing;
use crate::view::{Overview, OverviewDay};

/// A time limit is near within so many minutes of the clock: as the queue marks it.
const NEAR_MINUTES: i64 = 60;
/// Most forms of a gate that are counted.
const FORMS_MAX: u32 = 20_000;
/// Days back in which days that nobody closed are looked for.
const DAYS_BACK: u32 = 31;

/// What waits at the gate of who asks; away from a gate, at all gates.
///
/// # Errors
/// [`AppError::Store`].
pub fn overview(call: &Call<'_>, _: Nothing) -> Result<Overview, AppError> {
    let (now, today) = (call.app.clock().now(), call.today());
    let gate = Some(call.actor.gate.clone()).filter(|gate| !gate.is_empty());
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let gates: Vec<&str> = match &gate {
            Some(gate) => vec![gate],
            None => book.1.gates.keys().map(String::as_str).collect(),
        };
        let mut seen = Overview {
            gate: gate.clone().unwrap_or_default(),
            ..Overview::default()
        };
        count_breaches(call, reader, gate.clone(), &mut seen)?;
        let proposals = pending(reader, gate.as_deref())?;
        let own = proposals
            .iter()
            .filter(|one| one.proposed.by == call.actor.user);
        seen.corrections_own = count(own.count());
        seen.corrections = count(proposals.len());
        let open = EntryFilter {
            gate: gate.clone(),
            open: Some(true),
            ..EntryFilter::default()
        };
        seen.receipts = count(book::list::<Receipt>(reader, &open)?.len());
        let everywhere = EntryFilter { gate: None, ..open };
        seen.law_changes = count(book::list::<LawChange>(reader, &everywhere)?.len());
        count_cash(reader, &book.1, gate.as_deref(), now, &mut seen)?;
        for gate in gates {
            count_forms(reader, &book.1, gate, now, &mut seen)?;
            days_open(reader, gate, today, &mut seen)?;
        }
        seen.days_open
            .sort_by(|a, b| (a.day, &a.gate).cmp(&(b.day, &b.gate)));
        Ok(seen)
    })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn count_breaches(
    call: &Call<'_>,
    reader: &dyn Reader,
    gate: Option<String>,
    seen: &mut Overview,
) -> Result<(), AppError> {
    let filter = BreachFilter {
        gate,
        ..BreachFilter::default()
    };
    let all = breaches(reader, &filter)?;
    let own = |one: &&bm_domain::breach::Breach| {
        one.state == BreachState::Open && one.assigned.as_ref() == Some(&call.actor.user)
    };
    seen.breaches_own = count(all.iter().filter(own).count());
    let mut counts = tally(&all);
    let referred = counts
        .iter()
        .filter(|one| one.state == BreachState::Referred);
    seen.breaches_referred = referred.map(|one| one.count).sum();
    counts.retain(|one| one.state == BreachState::Open);
    seen.breaches = counts;
    Ok(())
}

fn count_cash(
    reader: &dyn Reader,
    book: &LawBook,
    gate: Option<&str>,
    now: DateTime<Utc>,
    seen: &mut Overview,
) -> Result<(), AppError> {
    for session in unfinished(reader, gate)? {
        match session.stage() {
            SessionStage::Open => seen.cash_open += 1,
            SessionStage::Difference => seen.cash_unseen += 1,
            SessionStage::HandOver => seen.cash_waiting += 1,
            SessionStage::Done => {}
        }
        let late = deadline_of(book, &session).is_some_and(|end| end < now);
        seen.cash_late += u32::from(late);
    }
    Ok(())
}

fn count_forms(
    reader: &dyn Reader,
    book: &LawBook,
    gate: &str,
    now: DateTime<Utc>,
    seen: &mut Overview,
) -> Result<(), AppError> {
    for form in reader.open_forms(gate, FORMS_MAX)? {
        seen.forms_open += 1;
        let Some(end) = bm_app::process::deadline_of(book, &form) else {
            continue;
        };
        if end < now {
            seen.forms_late += 1;
        } else if end < now + TimeDelta::minutes(NEAR_MINUTES) {
            seen.forms_near += 1;
        }
    }
    Ok(())
}

/// Past days with forms that nobody has closed.
fn days_open(
    reader: &dyn Reader,
    gate: &str,
    today: BusinessDay,
    seen: &mut Overview,
) -> Result<(), AppError> {
    for back in 1..=DAYS_BACK {
        let day = today.before(back);
        let only = Validity {
            from: day,
            to: Some(day),
        };
        if reader.forms_between(gate, only)? > 0 && !reader.is_closed(gate, day)? {
            seen.days_open.push(OverviewDay {
                gate: gate.to_owned(),
                day,
            });
        }
    }
    Ok(())
}
