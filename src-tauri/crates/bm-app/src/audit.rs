//! The log: every record with who, when and where, found by time or by what it was done to.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::{AppError, StoreError};
use crate::event::{Correction, Event, Record};
use crate::ports::Reader;
use crate::{Actor, App};
use bm_domain::law::LawKind;
use bm_domain::process::{Mark, Progress};
use bm_domain::{DeclarationId, PersonId};

/// Most persons that one look at the log notes as shown.
const NOTED_MAX: usize = 50;
/// Most records of one form that are gone through for what stood before a step.
const TRAIL_MAX: u32 = 1_000;

/// What a record was done to, as the word it is looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject(String);

impl Subject {
    /// A form, a person or an entry of a book.
    #[must_use]
    pub fn id(id: Uuid) -> Self {
        Self(id.to_string())
    }

    /// A form.
    #[must_use]
    pub fn form(id: DeclarationId) -> Self {
        Self::id(id.0)
    }

    /// A person.
    #[must_use]
    pub fn person(id: PersonId) -> Self {
        Self::id(id.0)
    }

    /// An account.
    #[must_use]
    pub fn account(name: &str) -> Self {
        Self(format!("account/{name}"))
    }

    /// A rule of the law: its rows that follow each other.
    #[must_use]
    pub fn law(series: &str) -> Self {
        Self(format!("law/{series}"))
    }

    /// What entries are found by besides: a plate, a tax code, a number.
    #[must_use]
    pub fn reference(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// The word.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.0
    }

    /// The id, where it is one.
    #[must_use]
    pub fn as_id(&self) -> Option<Uuid> {
        self.0.parse().ok()
    }
}

/// The series a key of the law belongs to: the key without its first day, which a holiday has not.
#[must_use]
pub fn series_of(key: &str) -> &str {
    if LawKind::of_series(key) == Some(LawKind::Holiday) {
        return key;
    }
    key.rsplit_once('/').map_or(key, |(series, _)| series)
}

/// What a record is found by. Registered and refused forms are none of it: they are found by their
/// own rows, so that registering writes nothing for the log.
#[must_use]
pub fn subjects(event: &Event) -> Vec<Subject> {
    let mut found = match event {
        Event::Corrected(made) => vec![Subject::form(made.id)],
        Event::Cancelled { id, .. }
        | Event::StepTaken { id, .. }
        | Event::FormPrinted { id, .. } => vec![Subject::form(*id)],
        Event::PersonSaved { person, .. } => vec![Subject::person(person.id)],
        Event::PersonViewed { id } => vec![Subject::person(*id)],
        Event::PeopleListed { ids } | Event::PeopleRevealed { ids, .. } => {
            ids.iter().copied().map(Subject::person).collect()
        }
        Event::Redacted(made) => made.persons.iter().copied().map(Subject::person).collect(),
        Event::Entered { entry, .. } => {
            let heading = entry.heading();
            let number = heading.number.map(Subject::reference);
            let references = heading.references.into_iter().map(Subject);
            let own = [Subject::id(heading.id)].into_iter().chain(number);
            own.chain(references).collect()
        }
        Event::LawSaved { rows, removed, .. } => {
            let removed = removed.iter().map(|key| series_of(key).to_owned());
            let series = rows.iter().map(crate::law::LawRow::series).chain(removed);
            series.map(|series| Subject::law(&series)).collect()
        }
        Event::AccountSaved(account) => vec![Subject::account(&account.name)],
        Event::Registered(_) | Event::Refused(_) => Vec::new(),
    };
    found.sort();
    found.dedup();
    found
}

/// Whether a record was done to a subject.
#[must_use]
pub fn concerns(event: &Event, subject: &Subject) -> bool {
    match event {
        Event::Registered(form) | Event::Refused(form) => [form.draft.id.0, form.person.0]
            .map(Some)
            .contains(&subject.as_id()),
        other => subjects(other).contains(subject),
    }
}

/// What the log is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Written at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Written before this time.
    pub to: Option<DateTime<Utc>>,
    /// By this account.
    pub by: Option<String>,
    /// Of one of these kinds: the word of an event, or of an event and its book,
    /// `entered/receipt`.
    pub kinds: Vec<String>,
    /// At this gate, or at this counter of it, `MONGCAI/Q1`.
    pub place: Option<String>,
    /// Done to this.
    pub subject: Option<Subject>,
    /// With these words, folded, in a reason or remark.
    pub text: Option<String>,
    /// Before this one, by [`LogEntry::row`].
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// A record with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The row it stands in: later ones have greater ones.
    pub row: i64,
    /// Workstation whose series it stands in.
    pub series: Uuid,
    /// Its place in the series, from 1.
    pub index: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The hash of the record before it.
    pub previous: [u8; 32],
    /// The word of its event, `entered/receipt` where it is an entry of a book.
    pub kind: String,
    /// What was written.
    pub record: Record,
}

/// Records found, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// The records.
    pub entries: Vec<LogEntry>,
    /// Where to go on, as [`LogQuery::before`]; `None` when nothing is left.
    pub next: Option<i64>,
    /// When the last record that was looked at was written.
    pub read_to: Option<DateTime<Utc>>,
}

/// A record as it was written and hashed, for whoever checks the chain without this program.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ChainLink {
    /// The row it stands in.
    #[serde(skip)]
    pub row: i64,
    /// Workstation whose series it stands in.
    pub series: Uuid,
    /// Its place in the series, from 1.
    pub index: i64,
    /// Its id.
    pub id: Uuid,
    /// The text that is hashed.
    pub payload: String,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// Whether names were taken out of the text since: its hash then is that of the text before, and
    /// a later record of the kind `redacted` lists the digest of this one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
}

/// Where a series stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// Workstation whose series it is.
    pub series: Uuid,
    /// Index of its last record.
    pub index: i64,
    /// That record's hash.
    pub hash: [u8; 32],
}

/// How far a form had come before a record of it.
///
/// # Errors
/// [`StoreError`].
pub fn progress_before(
    reader: &dyn Reader,
    form: DeclarationId,
    row: i64,
) -> Result<Progress, StoreError> {
    let query = LogQuery {
        subject: Some(Subject::form(form)),
        before: Some(row),
        limit: TRAIL_MAX,
        ..LogQuery::default()
    };
    let mut trail = reader.log(&query)?.entries;
    trail.reverse();
    let mut progress = Progress::default();
    let mut said: Option<Box<crate::event::Declaration>> = None;
    for entry in trail {
        let mark = Mark {
            at: entry.record.at,
            by: entry.record.by,
        };
        match entry.record.event {
            Event::Registered(form) => said = Some(form),
            Event::StepTaken { step, .. } => progress = progress.after(&step, mark),
            Event::FormPrinted { .. } => progress = progress.printed_again(),
            Event::Corrected(made) => {
                if let (Correction::Amend(new), Some(old)) = (made.correction, &said) {
                    let before = (&old.draft, &old.decision);
                    let after = (&new.draft, &new.decision);
                    progress = bm_domain::correction::amended(progress, before, after, &mark);
                    said = Some(new);
                }
            }
            _ => {}
        }
    }
    Ok(progress)
}

/// The newest record of a subject before another that tells what it was.
///
/// # Errors
/// [`StoreError`].
pub fn last_before<T>(
    reader: &dyn Reader,
    subject: Subject,
    row: i64,
    mut tells: impl FnMut(Event) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let mut query = LogQuery {
        subject: Some(subject),
        before: Some(row),
        limit: 50,
        ..LogQuery::default()
    };
    loop {
        let page = reader.log(&query)?;
        for entry in page.entries {
            if let Some(told) = tells(entry.record.event) {
                return Ok(Some(told));
            }
        }
        match page.next {
            Some(next) => query.before = Some(next),
            None => return Ok(None),
        }
    }
}

impl App {
    /// Records that answer a query. Asking for a person's trail is a look-up of the person and is
    /// recorded as one (Law 91/2025/QH15), before it is answered.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn search_log(
        &self,
        actor: &Actor,
        query: &LogQuery,
        person: Option<PersonId>,
    ) -> Result<LogPage, AppError> {
        if let Some(person) = person {
            self.note_in_log(actor, &[person])?;
        }
        self.read(|reader| Ok(reader.log(query)?))
    }

    /// Notes that these persons were shown by the log.
    ///
    /// # Errors
    /// [`AppError::Store`]; then they must not be shown.
    pub fn note_in_log(&self, actor: &Actor, people: &[PersonId]) -> Result<(), AppError> {
        let mut ids: Vec<_> = people.iter().copied().take(NOTED_MAX).collect();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        self.write(|writer| {
            let event = Event::PeopleListed { ids: ids.clone() };
            Ok(writer.append(&self.record(actor, event))?)
        })
    }
}
