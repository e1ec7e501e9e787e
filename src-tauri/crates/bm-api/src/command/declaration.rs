//! Forms: decided as they are typed, registered, shown.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use bm_app::AppError;
use bm_app::correction::proposals_of;
use bm_app::ports::{DeclarationFilter, Reader, StoredDeclaration};
use bm_domain::breach::would_open;
use bm_domain::declaration::Allocation;
use bm_domain::{Draft, PersonId, Violation, ViolationCode as Code, Vnd, text};

use super::{Call, read_day, read_id};
use crate::answer::{self, Answer};
use crate::input::{DraftInput, read_draft};
use crate::request::{ById, DeclarationListRequest, Exchange};
use crate::view::{
    DecisionView, DeclarationList, DeclarationRow, DeclarationView, ExchangeAnswer, ExchangeLeg,
    ProgressView,
};

/// Most forms of a gate's day that are looked through.
const FORMS_MAX: u32 = 20_000;

/// Decides a form as it is typed; nothing is written.
///
/// # Errors
/// [`AppError::Store`].
pub fn declaration_preview(call: &Call<'_>, input: DraftInput) -> Result<DecisionView, AppError> {
    let draft = match read_draft(&input, &call.desk()) {
        Ok((draft, _)) => draft,
        Err(problems) => {
            return Ok(DecisionView {
                decision: answer::unreadable(call.language, &input.id, &problems),
                least_tax_due_vnd: Vnd::ZERO,
                entered_due_vnd: Vnd::ZERO,
                breaches: Vec::new(),
            });
        }
    };
    let person = input.person.as_deref().and_then(|id| id.parse().ok());
    decide_both(call, &draft, person)
}

fn decide_both(
    call: &Call<'_>,
    draft: &Draft,
    person: Option<PersonId>,
) -> Result<DecisionView, AppError> {
    let with = |allocation| {
        let draft = Draft {
            allocation,
            ..draft.clone()
        };
        call.app.preview(&draft, person)
    };
    let entered = with(Allocation::Entered)?;
    let least = with(Allocation::LeastTax)?;
    let chosen = match draft.allocation {
        Allocation::Entered => &entered,
        Allocation::LeastTax => &least,
    };
    Ok(DecisionView {
        decision: answer::of_decision(call.language, draft.id.to_string(), chosen),
        least_tax_due_vnd: least.total_due(),
        entered_due_vnd: entered.total_due(),
        breaches: would_open(chosen),
    })
}

/// Registers forms in order, each answered; those that can be read in one transaction.
///
/// # Errors
/// [`AppError::Store`]; then none of them is registered.
pub fn register_all(call: &Call<'_>, inputs: &[DraftInput]) -> Result<Vec<Answer>, AppError> {
    let desk = call.desk();
    let read: Vec<_> = inputs
        .iter()
        .map(|input| read_draft(input, &desk))
        .collect();
    let forms: Vec<_> = read
        .iter()
        .filter_map(|form| form.as_ref().ok().cloned())
        .collect();
    let mut outcomes = call.app.register(&call.actor, &forms)?.into_iter();
    let both = inputs.iter().zip(&read);
    let answers = both.filter_map(|(input, read)| match read {
        Ok(_) => outcomes
            .next()
            .map(|outcome| answer::of_outcome(call.language, &outcome)),
        Err(problems) => Some(answer::unreadable(call.language, &input.id, problems)),
    });
    Ok(answers.collect())
}

/// Registers a form.
///
/// # Errors
/// As for [`register_all`].
pub fn declaration_register(call: &Call<'_>, input: DraftInput) -> Result<Answer, AppError> {
    let answers = register_all(call, &[input])?;
    Ok(answers.into_iter().next().unwrap_or_default())
}

/// Registers both legs of an exchange, or neither.
///
/// # Errors
/// [`AppError::Store`].
pub fn exchange_register(call: &Call<'_>, ask: Exchange) -> Result<ExchangeAnswer, AppError> {
    let desk = call.desk();
    let inputs = [ask.out, ask.back];
    let [out, back] = inputs.each_ref().map(|input| read_draft(input, &desk));
    let answers = match (out, back) {
        (Ok(out), Ok(back)) => {
            let both = call.app.exchange(&call.actor, &[out, back])?;
            both.map(|outcome| answer::of_outcome(call.language, &outcome))
        }
        (out, back) => {
            // The leg that can be read says that it waits for the other one.
            let other = [Violation::new(Code::ExchangeOtherRefused, "exchange_of")];
            let problems = [out.err(), back.err()];
            let said = |at: usize| {
                let problems = problems[at].as_deref().unwrap_or(&other);
                answer::unreadable(call.language, &inputs[at].id, problems)
            };
            [said(0), said(1)]
        }
    };
    Ok(ExchangeAnswer::new(answers))
}

/// A form whole. Opening it is recorded.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn declaration_view(call: &Call<'_>, by: ById) -> Result<DeclarationView, AppError> {
    let stored = call.app.form(&call.actor, read_id(&by.id)?)?;
    call.app.read(|reader| shown(call, reader, &stored))
}

/// A form whole, as it is shown to somebody whose look was recorded.
pub(super) fn shown(
    call: &Call<'_>,
    reader: &dyn Reader,
    stored: &StoredDeclaration,
) -> Result<DeclarationView, AppError> {
    let book = call.app.law_book(reader)?;
    let person = reader.person(stored.declaration.person)?;
    let officer = reader.account(&stored.officer)?;
    let other = stored.other_leg.map(|id| reader.declaration(id));
    let other = other.transpose()?.flatten();
    let waits = proposals_of(reader, stored.declaration.draft.id, Some(true))?;
    let mut view = DeclarationView::new(
        call.language,
        &book.1,
        stored,
        person.as_ref(),
        officer.as_ref(),
        ProgressView::new(reader, &book.1, stored)?,
    );
    view.exchange = other.map(|other| ExchangeLeg::new(stored, &other));
    view.correction_pending = !waits.is_empty();
    Ok(view)
}

/// Forms of a gate's day, with the sums of those that fit and stand.
///
/// # Errors
/// [`AppError::BadRequest`] for a wrong day.
pub fn declaration_list(
    call: &Call<'_>,
    of: DeclarationListRequest,
) -> Result<DeclarationList, AppError> {
    let day = read_day(&of.day)?;
    let filter = DeclarationFilter {
        gate_day: Some((of.gate.clone(), day)),
        person: None,
        limit: FORMS_MAX,
    };
    let wanted = text::fold(&of.text);
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(day);
        let mut names = Names::default();
        let mut list = DeclarationList::default();
        let forms = reader.declarations(&filter)?;
        for stored in forms.iter().filter(|form| is_of_kind(&of, form)) {
            let name = names.of(reader, stored.declaration.person)?;
            let row = DeclarationRow::new(law, stored, name);
            if fits(&row, &wanted) {
                list.push(row);
            }
        }
        Ok(list)
    })
}

fn is_of_kind(of: &DeclarationListRequest, form: &StoredDeclaration) -> bool {
    let status_fits = match of.status {
        // What was refused after it had stood has a number and is not forgotten.
        None => !form.declaration.number.is_empty(),
        Some(status) => status == form.status,
    };
    let way = form.declaration.draft.direction;
    status_fits && of.direction.is_none_or(|wanted| wanted == way)
}

fn fits(row: &DeclarationRow, wanted: &str) -> bool {
    let all = || text::fold(&format!("{} {} {}", row.number, row.person_name, row.goods));
    wanted.is_empty() || all().contains(wanted)
}

/// Names of persons, each read once.
#[derive(Default)]
pub(super) struct Names(HashMap<PersonId, String>);

impl Names {
    pub(super) fn of(&mut self, reader: &dyn Reader, id: PersonId) -> Result<&str, AppError> {
        Ok(match self.0.entry(id) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => {
                let person = reader.person(id)?;
                place.insert(person.map(|person| person.name).unwrap_or_default())
            }
        })
    }
}
