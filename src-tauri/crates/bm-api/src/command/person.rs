//! Persons: found, opened, entered.

use bm_app::AppError;
use bm_domain::resident::Resident;
use bm_domain::{PersonId, text};

use super::{Call, HITS_MAX, read_id};
use crate::input;
use crate::reading::{self, Reading};
use crate::request::{ById, PersonQuery, PersonSave};
use crate::view::{PersonFind, PersonHit, PersonView, QuotaView};

/// Most persons of a name that are sorted, before the first of them are shown.
const NAMESAKES_MAX: u32 = 60;

/// What one box says: a person's paper, number or name, and who it may be. Who is shown is recorded.
///
/// # Errors
/// [`AppError::Store`].
pub fn person_find(call: &Call<'_>, query: PersonQuery) -> Result<PersonFind, AppError> {
    let reading = reading::read(call.language, query.text.trim());
    let people = candidates(call, &reading)?;
    Ok(PersonFind {
        reading: reading.kind,
        problems: reading.problems,
        scanned: reading.scanned,
        matches: hits(call, &people)?,
    })
}

fn candidates(call: &Call<'_>, reading: &Reading) -> Result<Vec<Resident>, AppError> {
    let mut people = Vec::new();
    for number in &reading.numbers {
        if people.is_empty() {
            people = call.app.people_by_number(None, number)?;
        }
    }
    if !reading.words.is_empty() {
        people = match reading.birth_year {
            Some(year) => call
                .app
                .people_by_name_and_year(&reading.words, year, NAMESAKES_MAX)?,
            None => call.app.people_by_name(&reading.words, NAMESAKES_MAX)?,
        };
    }
    people.sort_by_cached_key(|person| text::fold(&person.name));
    people.truncate(HITS_MAX);
    call.app.note_listed(&call.actor, &people)?;
    Ok(people)
}

fn hits(call: &Call<'_>, people: &[Resident]) -> Result<Vec<PersonHit>, AppError> {
    let today = call.today();
    let mut quotas = Vec::with_capacity(people.len());
    for person in people {
        let standing = call.app.quota_on(person.id, today)?;
        quotas.push(standing.map(|standing| QuotaView::new(call.language, Some(&standing))));
    }
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let hits = people.iter().zip(&quotas);
        Ok(hits
            .map(|(person, quota)| PersonHit::masked(law, person, quota.clone()))
            .collect())
    })
}

/// A person's page. Opening it is recorded.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn person_view(call: &Call<'_>, by: ById) -> Result<PersonView, AppError> {
    view(call, read_id(&by.id)?)
}

fn view(call: &Call<'_>, id: PersonId) -> Result<PersonView, AppError> {
    let page = call.app.person_page(&call.actor, id)?;
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        Ok(PersonView::new(call.language, book.1.on(today), &page))
    })
}

/// Enters or changes a person.
///
/// # Errors
/// [`AppError::Refused`] with the fields that need a look; [`AppError::NotFound`].
pub fn person_save(call: &Call<'_>, save: PersonSave) -> Result<PersonView, AppError> {
    let id = save.id.as_deref().map(read_id).transpose()?;
    let person = input::saved_person(&save).map_err(AppError::Refused)?;
    let saved = call
        .app
        .save_person(&call.actor, id, &person, &save.reason, save.is_another)?;
    view(call, saved.id)
}
