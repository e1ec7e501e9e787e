//! What each kind of record changed: the fields it set, beside those an earlier record had set.

use bm_app::AppError;
use bm_app::audit::{self, LogEntry, Subject};
use bm_app::book::Entry;
use bm_app::event::{Correction, Declaration, Event};
use bm_app::law::LawRow;
use bm_app::ports::Reader;
use bm_domain::process::{Mark, Step};
use bm_domain::resident::{Resident, masked};
use bm_domain::{DeclarationId, PersonId};

use super::{Flat, Teller, beside};
use crate::law;
use crate::view::{AuditField, AuditGroup};
use crate::words;

/// Most rules or persons of one record that are shown.
const RULES_MAX: usize = 40;

/// What a record changed.
#[derive(Default)]
pub struct Told {
    /// Whether something stood before.
    pub had_before: bool,
    /// The fields.
    pub groups: Vec<AuditGroup>,
    /// Rules or persons that are not among them.
    pub more: usize,
}

impl Told {
    fn of(teller: &Teller<'_>, before: Option<Flat>, after: &Flat) -> Self {
        Self {
            had_before: before.is_some(),
            groups: vec![AuditGroup {
                title: String::new(),
                fields: teller.compare(&before.unwrap_or_default(), after),
            }],
            more: 0,
        }
    }

    /// The rules a change is about, each as it is to be.
    fn add_rules(&mut self, teller: &Teller<'_>, rows: &[LawRow]) {
        self.more += rows.len().saturating_sub(RULES_MAX);
        let shown = rows.iter().take(RULES_MAX);
        self.groups.extend(shown.map(|row| AuditGroup {
            title: law::series_title(teller.language, &row.series()),
            fields: beside(&Vec::new(), &teller.law_row(row)),
        }));
    }
}

/// What a record changed, side by side with what stood before it.
///
/// # Errors
/// [`AppError::Store`].
pub fn tell(teller: &Teller<'_>, entry: &LogEntry) -> Result<Told, AppError> {
    let (reader, row) = (teller.reader, entry.row);
    let record = &entry.record;
    let before = |subject| BeforeOf {
        reader,
        subject,
        row,
    };
    match &record.event {
        Event::Registered(form) | Event::Refused(form) => {
            Ok(Told::of(teller, None, &form_fields(teller, form)?))
        }
        Event::Corrected(made) => match &made.correction {
            Correction::Amend(form) => {
                let old = before(Subject::form(made.id)).find(|event| match event {
                    Event::Registered(form) => Some(form),
                    Event::Corrected(made) => match made.correction {
                        Correction::Amend(form) => Some(form),
                        _ => None,
                    },
                    _ => None,
                })?;
                let old = old.map(|old| form_fields(teller, &old)).transpose()?;
                Ok(Told::of(teller, old, &form_fields(teller, form)?))
            }
            ended => Ok(ended_form(teller, &words::code(ended.kind()), &made.reason)),
        },
        Event::Cancelled { reason, .. } => Ok(ended_form(teller, "cancel", reason)),
        Event::StepTaken { id, step } => {
            let mark = Mark {
                at: record.at,
                by: record.by.clone(),
            };
            step_told(teller, *id, row, Some((step, mark)))
        }
        Event::FormPrinted { id, .. } => step_told(teller, *id, row, None),
        Event::PersonSaved { person, .. } => {
            let old = before(Subject::person(person.id)).find(|event| match event {
                Event::PersonSaved { person, .. } => Some(person),
                _ => None,
            })?;
            let old = old.map(|old| teller.fields(&old)).transpose()?;
            Ok(Told::of(teller, old, &teller.fields(person)?))
        }
        Event::PersonViewed { id } => people_told(teller, &[*id]),
        Event::PeopleListed { ids } | Event::PeopleRevealed { ids, .. } => people_told(teller, ids),
        Event::Redacted(made) => people_told(teller, &made.persons),
        Event::Entered { entry: kept, .. } => {
            let key = (kept.book(), kept.heading().id);
            let old = before(Subject::id(key.1)).find(|event| match event {
                Event::Entered { entry, .. } => {
                    ((entry.book(), entry.heading().id) == key).then_some(entry)
                }
                _ => None,
            })?;
            let old = old.map(|old| teller.fields(&old)).transpose()?;
            let mut told = Told::of(teller, old, &teller.fields(kept)?);
            if let Entry::LawChange(change) = kept {
                told.add_rules(teller, &change.change.rows);
            }
            Ok(told)
        }
        Event::LawSaved { rows, removed, .. } => law_told(teller, row, rows, removed),
        Event::AccountSaved(account) => {
            let old = before(Subject::account(&account.name)).find(|event| match event {
                Event::AccountSaved(account) => Some(account),
                _ => None,
            })?;
            let mut fields = teller.fields(account)?;
            let same = old
                .as_ref()
                .map(|old| old.password_hash == account.password_hash);
            fields.extend(match same {
                Some(true) => None,
                Some(false) => Some(("password".into(), teller.word("password_changed"))),
                None => Some(("password".into(), teller.word("password_set"))),
            });
            let old = old.map(|old| teller.fields(&old)).transpose()?;
            Ok(Told::of(teller, old, &fields))
        }
    }
}

/// Looks for what stood before a record.
struct BeforeOf<'a> {
    reader: &'a dyn Reader,
    subject: Subject,
    row: i64,
}

impl BeforeOf<'_> {
    fn find<T>(self, tells: impl FnMut(Event) -> Option<T>) -> Result<Option<T>, AppError> {
        Ok(audit::last_before(
            self.reader,
            self.subject,
            self.row,
            tells,
        )?)
    }
}

/// A form, with what was said of it in words.
fn form_fields(teller: &Teller<'_>, form: &Declaration) -> Result<Flat, AppError> {
    let mut fields = teller.fields(form)?;
    let said = form.decision.violations.iter().enumerate();
    fields.extend(said.map(|(at, violation)| {
        let text = words::violation(teller.language, violation);
        (format!("warnings.{at}"), text)
    }));
    Ok(fields)
}

fn ended_form(teller: &Teller<'_>, kind: &str, reason: &str) -> Told {
    let field = |name: &str, word: &str| (name.to_owned(), teller.word(word));
    let ended = match kind {
        "refuse" => "refused",
        "return" => "returned",
        _ => "cancelled",
    };
    let mut after = vec![field("status", ended)];
    after.push(("reason".to_owned(), reason.to_owned()));
    Told::of(teller, Some(vec![field("status", "registered")]), &after)
}

fn step_told(
    teller: &Teller<'_>,
    form: DeclarationId,
    row: i64,
    step: Option<(&Step, Mark)>,
) -> Result<Told, AppError> {
    let old = audit::progress_before(teller.reader, form, row)?;
    let new = match step {
        Some((step, mark)) => old.clone().after(step, mark),
        None => old.clone().printed_again(),
    };
    let before = teller.progress(&old)?;
    Ok(Told::of(teller, Some(before), &teller.progress(&new)?))
}

/// Persons that were shown, as a list shows them.
fn people_told(teller: &Teller<'_>, ids: &[PersonId]) -> Result<Told, AppError> {
    let mut fields = Vec::new();
    for id in ids.iter().take(RULES_MAX) {
        let Some(person) = teller.reader.person(*id)? else {
            continue;
        };
        fields.push(AuditField {
            label: person.name.clone(),
            before: String::new(),
            after: numbers(teller, &person),
        });
    }
    let title = String::new();
    Ok(Told {
        had_before: false,
        groups: vec![AuditGroup { title, fields }],
        more: ids.len().saturating_sub(RULES_MAX),
    })
}

fn numbers(teller: &Teller<'_>, person: &Resident) -> String {
    let papers = person.papers.iter().map(|paper| {
        let kind = teller.word(paper.kind.word());
        format!("{kind} {}", masked(&paper.number))
    });
    papers.collect::<Vec<_>>().join(", ")
}

/// Rules side by side with the rows of the same key before.
fn law_told(
    teller: &Teller<'_>,
    row: i64,
    rows: &[LawRow],
    removed: &[String],
) -> Result<Told, AppError> {
    let mut told = Told {
        more: (rows.len() + removed.len()).saturating_sub(RULES_MAX),
        ..Told::default()
    };
    let held = |key: &str| -> Result<Option<LawRow>, AppError> {
        let found = BeforeOf {
            reader: teller.reader,
            subject: Subject::law(audit::series_of(key)),
            row,
        };
        let found = found.find(|event| match event {
            Event::LawSaved { rows, removed, .. } => {
                let saved = rows.into_iter().rev().find(|row| row.key() == key);
                let gone = removed.iter().any(|gone| gone == key);
                saved.map(Some).or(gone.then_some(None))
            }
            _ => None,
        })?;
        Ok(found.flatten())
    };
    for new in rows.iter().take(RULES_MAX) {
        let old = held(&new.key())?.map(|old| teller.law_row(&old));
        told.had_before |= old.is_some();
        told.groups.push(AuditGroup {
            title: law::series_title(teller.language, &new.series()),
            fields: beside(&old.unwrap_or_default(), &teller.law_row(new)),
        });
    }
    for key in removed.iter().take(RULES_MAX.saturating_sub(rows.len())) {
        let old = held(key)?.map(|old| teller.law_row(&old));
        told.had_before |= old.is_some();
        told.groups.push(AuditGroup {
            title: law::series_title(teller.language, audit::series_of(key)),
            fields: beside(&old.unwrap_or_default(), &Vec::new()),
        });
    }
    Ok(told)
}
