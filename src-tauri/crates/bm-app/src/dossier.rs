//! All that is held of one person, for that person (Law 91/2025/QH15: the right of access).

use std::collections::{BTreeMap, BTreeSet};

use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, PersonId, Vnd};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::book::Entry;
use crate::error::AppError;
use crate::event::{Event, Record};
use crate::ports::StoredDeclaration;
use crate::reveal::Numbers;
use crate::{Actor, App};

/// All that is held of one person.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The person as held now.
    pub person: Resident,
    /// Every form, the oldest first.
    pub forms: Vec<StoredDeclaration>,
    /// Quota used by day, over all time.
    pub quota: Vec<(BusinessDay, Vnd, u32)>,
    /// Entries of the other books about the person or the forms, as they stand, with how each came to
    /// be so.
    pub entries: Vec<(Entry, Vec<Record>)>,
    /// Records that entered or changed the person.
    pub versions: Vec<Record>,
    /// Records of who looked, and of what was taken out.
    pub access: Vec<Record>,
}

impl App {
    /// All that is held of one person. The reading is recorded, with its reason, before it is answered;
    /// it reads every record of the database.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; as for [`Numbers::check`].
    pub fn dossier(&self, actor: &Actor, id: PersonId, reason: &str) -> Result<Dossier, AppError> {
        let numbers = Numbers::Full(reason);
        numbers.check(actor)?;
        self.write(|writer| {
            writer.person(id)?.ok_or(AppError::NotFound)?;
            let event = numbers.event("person_export", vec![id]);
            Ok(writer.append(&self.record(actor, event))?)
        })?;
        // Others register meanwhile: it may read for a minute.
        self.read(|reader| {
            let person = reader.person(id)?.ok_or(AppError::NotFound)?;
            let mut found = Found::default();
            reader.records_about(&BTreeSet::from([id]), &mut |_, record| {
                found.take(id, record);
                Ok(())
            })?;
            let forms = found.forms.iter().map(|form| reader.declaration(*form));
            let forms: Vec<_> = forms.collect::<Result<_, _>>()?;
            let always = (NaiveDate::MIN, NaiveDate::MAX);
            let always = (BusinessDay::new(always.0), BusinessDay::new(always.1));
            Ok(Dossier {
                person,
                forms: forms.into_iter().flatten().collect(),
                quota: reader.quota_days(id, always)?,
                entries: found.entries.into_values().collect(),
                versions: found.versions,
                access: found.access,
            })
        })
    }
}

#[derive(Default)]
struct Found {
    forms: Vec<bm_domain::DeclarationId>,
    entries: BTreeMap<Uuid, (Entry, Vec<Record>)>,
    versions: Vec<Record>,
    access: Vec<Record>,
}

impl Found {
    fn take(&mut self, id: PersonId, record: &Record) {
        match &record.event {
            Event::Registered(form) | Event::Refused(form) if form.person == id => {
                self.forms.push(form.draft.id);
            }
            Event::PersonSaved { person, .. } if person.id == id => {
                self.versions.push(record.clone());
            }
            Event::PersonViewed { .. }
            | Event::PeopleListed { .. }
            | Event::PeopleRevealed { .. }
            | Event::Redacted(_) => self.access.push(record.clone()),
            Event::Entered { entry, .. } => {
                let held = self.entries.entry(entry.heading().id);
                let held = held.or_insert_with(|| (entry.clone(), Vec::new()));
                held.0 = entry.clone();
                held.1.push(record.clone());
            }
            _ => {}
        }
    }
}
