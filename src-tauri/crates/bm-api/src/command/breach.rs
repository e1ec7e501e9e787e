//! The book of breaches: listed, opened, assigned, decided; patterns found harmless.

use std::collections::BTreeMap;

use bm_app::AppError;
use bm_app::breach::{BreachFilter, breaches, harmless};
use bm_app::permission::{Permission, allows};
use bm_app::ports::Reader;
use bm_domain::breach::Breach;
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};

use super::declaration::Names;
use super::{Call, read_day, read_id};
use crate::request::{
    BreachAssign, BreachDecision, BreachHarmless, BreachQuery, ById, Cancel, GateDay, HarmlessQuery,
};
use crate::view::{
    BreachActView, BreachDecider, BreachList, BreachRow, BreachScan, BreachTally, BreachView,
    DeclarationRow, HarmlessView, MarkView, PersonHit,
};
use crate::words::{self, breach as said};

/// Most rows of a list; nobody reads more, and the counts do not depend on it.
const ROWS_MAX: usize = 1_000;
/// Most forms and persons shown with an entry.
const SHOWN_MAX: usize = 50;
/// Days back from which decided entries are listed where nothing else is asked.
const DAYS_BACK: u32 = 30;

/// Entries, the newest first, with counts by kind and state.
///
/// # Errors
/// [`AppError::BadRequest`] for a wrong day.
pub fn breach_list(call: &Call<'_>, of: BreachQuery) -> Result<BreachList, AppError> {
    let today = call.today();
    let day = |text: &Option<String>, other: BusinessDay| {
        text.as_deref()
            .filter(|text| !text.is_empty())
            .map_or(Ok(other), read_day)
    };
    let filter = BreachFilter {
        gate: Some(of.gate).filter(|gate| !gate.is_empty()),
        days: Some((day(&of.from, today.before(DAYS_BACK))?, day(&of.to, today)?)),
        assigned: of.assigned,
    };
    call.app.read(|reader| {
        let all = breaches(reader, &filter)?;
        let mut names = Names::default();
        let fits = |one: &&Breach| {
            of.state.is_none_or(|state| state == one.state)
                && of.kind.is_none_or(|kind| kind == one.found.kind)
        };
        let mut list = BreachList {
            counts: tally(&all),
            ..BreachList::default()
        };
        for one in all.iter().filter(fits) {
            list.total += 1;
            if list.rows.len() < ROWS_MAX {
                list.rows.push(row(call, reader, &mut names, one)?);
            }
        }
        Ok(list)
    })
}

/// How many entries there are by kind and state.
pub(super) fn tally(all: &[Breach]) -> Vec<BreachTally> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry((one.found.kind, one.state)).or_insert(0) += 1;
    }
    let counts = counts.into_iter();
    counts
        .map(|((kind, state), count)| BreachTally { kind, state, count })
        .collect()
}

fn row(
    call: &Call<'_>,
    reader: &dyn Reader,
    names: &mut Names,
    breach: &Breach,
) -> Result<BreachRow, AppError> {
    let who = match breach.found.people.first() {
        Some(person) => names.of(reader, *person)?,
        None => "",
    };
    BreachRow::new(reader, call.language, breach, who, &call.actor.user)
}

/// An entry whole. It names persons, so that its opening is recorded.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn breach_view(call: &Call<'_>, by: ById) -> Result<BreachView, AppError> {
    let breach = call.app.breach(&call.actor, read_id(&by.id)?)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let found = &breach.found;
        let mut names = Names::default();
        let mut forms = Vec::new();
        for id in found.forms.iter().take(SHOWN_MAX) {
            if let Some(form) = reader.declaration(*id)? {
                let name = names.of(reader, form.declaration.person)?;
                let law = book.1.on(form.declaration.day());
                forms.push(DeclarationRow::new(law, &form, name));
            }
        }
        let mut people = Vec::new();
        for id in found.people.iter().take(SHOWN_MAX) {
            let person = reader.person(*id)?;
            let law = book.1.on(found.day);
            people.extend(person.map(|person| PersonHit::masked(law, &person, None)));
        }
        let acts = breach.acts.iter();
        let acts = acts.map(|act| BreachActView::new(reader, act));
        let free = reader.accounts()?.into_iter().filter(|account| {
            let decides = account.active && allows(account.role, Permission::Decide);
            decides && !breach.involved.contains(&account.name)
        });
        let deciders = free.map(|account| BreachDecider {
            name: account.name,
            display_name: account.display_name,
        });
        Ok(BreachView {
            basis: words::citation(call.language, &found.basis),
            opened: MarkView::new(reader, &breach.opened)?,
            facts: said::facts(call.language, found),
            acts: acts.collect::<Result<_, _>>()?,
            is_pattern: found.kind.is_pattern(),
            deciders: deciders.collect(),
            row: row(call, reader, &mut names, &breach)?,
            forms,
            people,
        })
    })
}

/// Gives an entry to someone who may decide on it.
///
/// # Errors
/// As for [`bm_app::App::assign_breach`].
pub fn breach_assign(call: &Call<'_>, ask: BreachAssign) -> Result<(), AppError> {
    let given = (call.app).assign_breach(&call.actor, read_id(&ask.id)?, &ask.to);
    given.map(|_| ())
}

/// Decides on an entry.
///
/// # Errors
/// As for [`bm_app::App::decide_breach`].
pub fn breach_decide(call: &Call<'_>, ask: BreachDecision) -> Result<(), AppError> {
    let id = read_id(&ask.id)?;
    let decided = (call.app).decide_breach(&call.actor, id, ask.state, &ask.reason);
    decided.map(|_| ())
}

/// Finds a pattern harmless.
///
/// # Errors
/// As for [`bm_app::App::find_harmless`].
pub fn breach_harmless(call: &Call<'_>, ask: BreachHarmless) -> Result<(), AppError> {
    let id = read_id(&ask.id)?;
    let until = match ask.until.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            let wrong = Violation::new(Code::ValueUnknown, "until");
            AppError::Refused(vec![wrong.with("value", text)])
        })?),
    };
    let judged = (call.app).find_harmless(&call.actor, id, until, &ask.reason);
    judged.map(|_| ())
}

/// Looks over a gate's day.
///
/// # Errors
/// As for [`bm_app::App::scan_breaches`]; [`AppError::BadRequest`] for a wrong day.
pub fn breach_scan(call: &Call<'_>, of: GateDay) -> Result<BreachScan, AppError> {
    let day = read_day(&of.day)?;
    let done = call.app.scan_breaches(&call.actor, &of.gate, day)?;
    Ok(BreachScan {
        forms: done.forms,
        opened: done.opened,
        grown: done.grown,
        known: done.known,
    })
}

/// Verdicts that a pattern is harmless, the newest first.
///
/// # Errors
/// [`AppError::Store`].
pub fn harmless_list(call: &Call<'_>, of: HarmlessQuery) -> Result<Vec<HarmlessView>, AppError> {
    call.app.read(|reader| {
        let mut names = Names::default();
        let mut views = Vec::new();
        for verdict in harmless(reader, of.all)? {
            let who = match verdict.people.first() {
                Some(person) => names.of(reader, *person)?,
                None => "",
            };
            views.push(HarmlessView::new(reader, call.language, &verdict, who)?);
        }
        Ok(views)
    })
}

/// Takes a verdict back.
///
/// # Errors
/// As for [`bm_app::App::withdraw_harmless`].
pub fn harmless_withdraw(call: &Call<'_>, ask: Cancel) -> Result<(), AppError> {
    let id = read_id(&ask.id)?;
    let back = (call.app).withdraw_harmless(&call.actor, id, &ask.reason);
    back.map(|_| ())
}
