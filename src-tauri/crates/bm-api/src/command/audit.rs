//! The log: found by time, person, account, form, rule or entry; a record whole, with what stood
//! before it.

use std::collections::BTreeMap;

use bm_app::AppError;
use bm_app::audit::{self, LogEntry, LogQuery, Subject};
use bm_app::book::Book;
use bm_app::event::{Correction, Event};
use bm_app::ports::Reader;
use bm_domain::calendar::at_in_vietnam;
use bm_domain::law::LawKind;
use bm_domain::resident::normal_number;
use bm_domain::{
    BusinessDay, DeclarationId, PersonId, Severity, Violation, ViolationCode as Code, text,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Call, read_id};
use crate::audit::{FIELDS_MAX, Teller, told};
use crate::law;
use crate::request::{AuditAt, AuditQuery, Nothing};
use crate::view::{
    AuditDetail, AuditKind, AuditPage, AuditRow, AuditSubject, AuditSubjectKind as Kind,
};
use crate::words::{self, Language};

/// Records answered when nothing is said of how many.
const PAGE: u32 = 50;
/// Most records answered at once.
const PAGE_MAX: u32 = 500;
/// Kinds of records besides the entries of books.
pub const EVENTS: [&str; 13] = [
    "registered",
    "refused",
    "corrected",
    "cancelled",
    "step_taken",
    "form_printed",
    "person_saved",
    "person_viewed",
    "people_listed",
    "people_revealed",
    "redacted",
    "law_saved",
    "account_saved",
];

/// Every kind of record, for choosing.
///
/// # Errors
/// None.
pub fn audit_kinds(call: &Call<'_>, _: Nothing) -> Result<Vec<AuditKind>, AppError> {
    let books = Book::ALL
        .iter()
        .map(|book| format!("entered/{}", book.word()));
    let kinds = EVENTS.iter().map(ToString::to_string).chain(books);
    Ok(kinds
        .map(|kind| AuditKind {
            label: words::event(call.language, &kind),
            kind,
        })
        .collect())
}

/// Records that answer a query, the newest first. Asking for a person's is a look-up of the person.
///
/// # Errors
/// [`AppError::Refused`] for a time or a subject that is not understood.
pub fn audit_search(call: &Call<'_>, ask: AuditQuery) -> Result<AuditPage, AppError> {
    let mut problems = Vec::new();
    let from = instant(&ask.from, "from", false, &mut problems);
    let to = instant(&ask.to, "to", true, &mut problems);
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let reversed = Violation::new(Code::LawDatesReversed, "to");
        problems.push(reversed.with("from", &ask.from).with("to", &ask.to));
    }
    if !problems.is_empty() {
        return Err(AppError::Refused(problems));
    }
    let (subject, person) = match ask.subject.trim() {
        "" => (None, None),
        typed => call.app.read(|reader| find(call.language, reader, typed))?,
    };
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = LogQuery {
        from,
        to,
        by: some(&ask.by),
        kinds: some(&ask.kind).into_iter().collect(),
        place: some(&ask.place),
        subject: subject.as_ref().map(|(subject, _)| subject.clone()),
        text: some(&text::fold(&ask.text)),
        before: ask.next.as_deref().map(read_id).transpose()?,
        limit: ask.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX),
    };
    let page = call.app.search_log(&call.actor, &query, person)?;
    call.app.read(|reader| {
        let teller = Teller {
            language: call.language,
            reader,
        };
        let rows = page.entries.iter().map(|entry| row(&teller, entry));
        Ok(AuditPage {
            subject: subject.as_ref().map(|(_, shown)| shown.clone()),
            rows: rows.collect::<Result<_, _>>()?,
            next: page.next.map(|row| row.to_string()),
            read_to: page.read_to,
        })
    })
}

/// A day or time as typed; the end of a day is the beginning of the next.
fn instant(
    typed: &str,
    field: &str,
    is_end: bool,
    problems: &mut Vec<Violation>,
) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    if let Ok(day) = typed.parse::<BusinessDay>() {
        return Some(if is_end { day.after(1) } else { day }.start());
    }
    let local = typed.replace('T', " ");
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let local = forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&local, form).ok());
    let found = typed.parse().ok().or_else(|| local.map(at_in_vietnam));
    if found.is_none() {
        problems.push(Violation::new(Code::ValueUnknown, field).with("value", typed));
    }
    found
}

type Found = (Option<(Subject, AuditSubject)>, Option<PersonId>);

/// What was typed to look for.
fn find(language: Language, reader: &dyn Reader, typed: &str) -> Result<Found, AppError> {
    let known = |subject, shown| Ok((Some((subject, shown)), None));
    let by_number = reader.declaration_by_number(typed)?;
    let by_id = match typed.parse() {
        Ok(id) => reader.declaration(DeclarationId(id))?,
        Err(_) => None,
    };
    if let Some(form) = by_number.or(by_id) {
        let id = form.declaration.draft.id;
        return known(Subject::form(id), form_shown(id, &form.declaration.number));
    }
    let mut people: Vec<PersonId> = match typed.parse().map(PersonId) {
        Ok(id) => reader
            .person(id)?
            .map(|person| person.id)
            .into_iter()
            .collect(),
        Err(_) => {
            let number = normal_number(typed);
            let found = reader.people_by_number(None, &number)?;
            found.into_iter().map(|person| person.id).collect()
        }
    };
    people.dedup();
    match people.as_slice() {
        [] => {}
        [person] => {
            let shown = person_shown(*person);
            return Ok((Some((Subject::person(*person), shown)), Some(*person)));
        }
        _ => {
            let ambiguous = Violation::new(Code::ValueUnknown, "subject");
            return Err(AppError::Refused(vec![ambiguous.with("value", typed)]));
        }
    }
    if reader.account(typed)?.is_some() {
        return known(Subject::account(typed), account_shown(typed));
    }
    if LawKind::of_series(typed).is_some() {
        return known(Subject::law(typed), law_shown(language, typed));
    }
    let word = Subject::reference(typed);
    let shown = AuditSubject {
        kind: Kind::Entry,
        id: word.word().to_owned(),
        name: typed.to_owned(),
    };
    known(word, shown)
}

fn form_shown(id: DeclarationId, number: &str) -> AuditSubject {
    AuditSubject {
        kind: Kind::Form,
        id: id.to_string(),
        name: if number.is_empty() {
            short(id.0)
        } else {
            number.to_owned()
        },
    }
}

fn person_shown(id: PersonId) -> AuditSubject {
    AuditSubject {
        kind: Kind::Person,
        id: id.to_string(),
        name: short(id.0),
    }
}

fn account_shown(name: &str) -> AuditSubject {
    AuditSubject {
        kind: Kind::Account,
        id: name.to_owned(),
        name: name.to_owned(),
    }
}

fn law_shown(language: Language, series: &str) -> AuditSubject {
    AuditSubject {
        kind: Kind::Law,
        id: series.to_owned(),
        name: law::series_title(language, series),
    }
}

/// The last digits of an id, which differ where the first tell the time only.
fn short(id: Uuid) -> String {
    let text = id.to_string();
    format!("…{}", &text[text.len() - 8..])
}

/// Everything a record was done to, the nearest first.
fn subjects(teller: &Teller<'_>, event: &Event) -> Result<Vec<AuditSubject>, AppError> {
    let form = |id: DeclarationId| -> Result<AuditSubject, AppError> {
        let held = teller.reader.declaration(id)?;
        Ok(form_shown(
            id,
            held.as_ref().map_or("", |form| &form.declaration.number),
        ))
    };
    Ok(match event {
        Event::Registered(made) | Event::Refused(made) => {
            let person = Some(made.person).filter(|person| !person.0.is_nil());
            let form = form_shown(made.draft.id, &made.number);
            [form].into_iter().chain(person.map(person_shown)).collect()
        }
        Event::Corrected(made) => {
            let person = match &made.correction {
                Correction::Amend(form) => Some(person_shown(form.person)),
                _ => None,
            };
            [form(made.id)?].into_iter().chain(person).collect()
        }
        Event::Cancelled { id, .. }
        | Event::StepTaken { id, .. }
        | Event::FormPrinted { id, .. } => vec![form(*id)?],
        Event::PersonSaved { person, .. } => vec![person_shown(person.id)],
        Event::PersonViewed { id } => vec![person_shown(*id)],
        Event::PeopleListed { ids } | Event::PeopleRevealed { ids, .. } => {
            ids.iter().copied().map(person_shown).collect()
        }
        Event::Redacted(made) => made.persons.iter().copied().map(person_shown).collect(),
        Event::Entered { entry, .. } => {
            let heading = entry.heading();
            let mut found = vec![AuditSubject {
                kind: Kind::Entry,
                id: heading.id.to_string(),
                name: heading
                    .number
                    .map_or_else(|| short(heading.id), str::to_owned),
            }];
            for reference in &heading.references {
                let Ok(id) = reference.parse::<Uuid>() else {
                    continue;
                };
                if teller.reader.declaration(DeclarationId(id))?.is_some() {
                    found.push(form(DeclarationId(id))?);
                } else if teller.reader.person(PersonId(id))?.is_some() {
                    found.push(person_shown(PersonId(id)));
                }
            }
            found
        }
        Event::LawSaved { .. } => audit::subjects(event)
            .iter()
            .filter_map(|subject| subject.word().strip_prefix("law/"))
            .map(|series| law_shown(teller.language, series))
            .collect(),
        Event::AccountSaved(account) => vec![account_shown(&account.name)],
    })
}

fn row(teller: &Teller<'_>, entry: &LogEntry) -> Result<AuditRow, AppError> {
    let mut all = subjects(teller, &entry.record.event)?.into_iter();
    let mut row = AuditRow::new(teller.language, entry);
    row.subject = all.next();
    row.more = u32::try_from(all.len()).unwrap_or(u32::MAX);
    row.note = note(teller, &entry.record.event);
    Ok(row)
}

/// What was done in particular, and why.
fn note(teller: &Teller<'_>, event: &Event) -> String {
    let parts = |parts: &[&str]| {
        let said = parts.iter().filter(|part| !part.trim().is_empty());
        said.copied().collect::<Vec<_>>().join(" · ")
    };
    match event {
        Event::Registered(form) => {
            let value = words::grouped(teller.language, &form.decision.value.to_string());
            let way = teller.word(form.draft.direction.word());
            parts(&[&way, &format!("{value} VND")])
        }
        Event::Refused(form) => {
            // A warning may name another person; what refuses the form does not.
            let mut all = form.decision.violations.iter();
            let first = all.find(|one| one.severity == Severity::Refuse);
            first
                .map(|first| words::violation(teller.language, first))
                .unwrap_or_default()
        }
        Event::Corrected(made) => {
            let kind = teller.word(&words::code(made.correction.kind()));
            parts(&[&kind, &made.reason])
        }
        Event::Cancelled { reason, .. } | Event::PersonSaved { reason, .. } => reason.clone(),
        Event::StepTaken { step, .. } => {
            let value = json!(step);
            let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            let word = teller.word(&text("step"));
            let finding = teller.word(&text("finding"));
            let said = ["remark", "reason", "document", "certificate"].map(text);
            parts(&[&word, &finding, &said[0], &said[1], &said[2], &said[3]])
        }
        Event::FormPrinted { copy, .. } => teller.word(if *copy { "copy" } else { "original" }),
        Event::PersonViewed { .. } => String::new(),
        Event::PeopleListed { ids } => counted(teller, "persons", ids.len()),
        Event::PeopleRevealed {
            count,
            what,
            reason,
            ..
        } => parts(&[
            &counted(teller, "persons", count),
            &teller.word(what),
            reason,
        ]),
        Event::Redacted(made) => {
            let count = counted(teller, "records", made.records.len());
            parts(&[&count, &made.reason])
        }
        Event::Entered { change, entry } => {
            let value = json!(entry);
            let reason = value["entry"]["reason"].as_str().unwrap_or_default();
            parts(&[&teller.word(change), reason])
        }
        Event::LawSaved {
            rows,
            removed,
            source,
        } => {
            let count = counted(teller, "rows", rows.len() + removed.len());
            parts(&[&count, source])
        }
        Event::AccountSaved(account) => {
            let active = if account.active { "" } else { "closed_account" };
            parts(&[&teller.word(account.role.word()), &teller.word(active)])
        }
    }
}

/// How many, with the word for what is counted.
fn counted(teller: &Teller<'_>, what: &str, count: impl ToString) -> String {
    let params = BTreeMap::from([("count".to_owned(), count.to_string())]);
    words::text(teller.language, &format!("audit.count.{what}"), &params)
}

/// A record whole, side by side with what stood before it. Persons it names are recorded as shown.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn audit_view(call: &Call<'_>, at: AuditAt) -> Result<AuditDetail, AppError> {
    let series: Uuid = read_id(&at.series)?;
    let (detail, people) = call.app.read(|reader| {
        let entry = reader
            .log_entry(series, at.index)?
            .ok_or(AppError::NotFound)?;
        let teller = Teller {
            language: call.language,
            reader,
        };
        let mut told = told::tell(&teller, &entry)?;
        let all: usize = told.groups.iter().map(|group| group.fields.len()).sum();
        let mut left = FIELDS_MAX;
        for group in &mut told.groups {
            group.fields.truncate(left);
            left -= group.fields.len();
        }
        let hidden = told.more + all.saturating_sub(FIELDS_MAX);
        let account = reader.account(&entry.record.by)?;
        let subjects = subjects(&teller, &entry.record.event)?;
        let people = subjects.iter().filter(|one| one.kind == Kind::Person);
        let people: Vec<PersonId> = people.filter_map(|one| one.id.parse().ok()).collect();
        let detail = AuditDetail {
            row: row(&teller, &entry)?,
            by_name: account.map_or_else(|| entry.record.by.clone(), |known| known.display_name),
            had_before: told.had_before,
            groups: told.groups,
            more: u32::try_from(hidden).unwrap_or(u32::MAX),
            subjects,
            hash: bm_app::anchor::hex(&entry.hash),
            previous: bm_app::anchor::hex(&entry.previous),
        };
        Ok((detail, people))
    })?;
    call.app.note_in_log(&call.actor, &people)?;
    Ok(detail)
}
