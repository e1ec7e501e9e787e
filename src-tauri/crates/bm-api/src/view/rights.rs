//! All that is held of one person, and what has been kept long enough.

use bm_app::book::Entry;
use bm_app::dossier::Dossier;
use bm_app::event::{Event, Record};
use bm_app::retention::{RetentionPlan, RetentionRun};
use bm_domain::resident::Resident;
use bm_domain::{BusinessDay, LawOfDay, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{DayUse, DeclarationView, MarkView, PaperView};
use crate::words::{self, Language};

/// A person as held, or as once held.
#[derive(Clone, Debug, Serialize)]
pub struct DossierPerson {
    /// Key of the person.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// Sex, where known.
    pub sex: Option<bm_domain::resident::Sex>,
    /// Address as on the paper.
    pub address: String,
    /// Code of the commune.
    pub commune: String,
    /// Its name; empty when it is not in the list of border communes.
    pub commune_name: String,
    /// Ground of residence.
    pub basis: bm_domain::resident::ResidenceBasis,
    /// Telephone.
    pub phone: Option<String>,
    /// All papers.
    pub papers: Vec<PaperView>,
}

impl DossierPerson {
    fn new(law: LawOfDay<'_>, person: &Resident) -> Self {
        let commune = law.commune(&person.commune);
        Self {
            id: person.id,
            name: person.name.clone(),
            born: person.born,
            sex: person.sex,
            address: person.address.clone(),
            commune: person.commune.clone(),
            commune_name: commune.map(|held| held.name.clone()).unwrap_or_default(),
            basis: person.basis,
            phone: person.phone.clone(),
            papers: person.papers.iter().map(PaperView::from).collect(),
        }
    }
}

/// Something done, by whom and where.
#[derive(Clone, Debug, Serialize)]
pub struct DossierMark {
    /// When.
    pub at: DateTime<Utc>,
    /// Account.
    pub by: String,
    /// Gate and counter.
    pub place: String,
    /// What, in a word.
    pub what: String,
    /// Why, where that was asked for.
    pub reason: String,
}

impl DossierMark {
    fn new(record: &Record) -> Self {
        let (what, reason) = match &record.event {
            Event::PersonSaved { reason, .. } => ("person_saved", reason.clone()),
            Event::PersonViewed { .. } => ("person_viewed", String::new()),
            Event::PeopleListed { .. } => ("people_listed", String::new()),
            Event::PeopleRevealed { what, reason, .. } => (what.as_str(), reason.clone()),
            Event::Redacted(redaction) => ("redacted", redaction.reason.clone()),
            Event::Entered { change, .. } => (change.as_str(), String::new()),
            _ => ("", String::new()),
        };
        Self {
            at: record.at,
            by: record.by.clone(),
            place: record.place.clone(),
            what: what.to_owned(),
            reason,
        }
    }
}

/// A person as entered at one time.
#[derive(Clone, Debug, Serialize)]
pub struct DossierVersion {
    /// When and by whom.
    #[serde(flatten)]
    pub mark: DossierMark,
    /// The person as entered.
    pub person: DossierPerson,
}

/// An entry of another book.
#[derive(Clone, Debug, Serialize)]
pub struct DossierEntry {
    /// The book.
    pub book: &'static str,
    /// Its id.
    pub id: Uuid,
    /// Its number; empty where its book has none.
    pub number: String,
    /// The day it is listed under.
    pub day: BusinessDay,
    /// How it came to be as it is.
    pub changes: Vec<DossierMark>,
    /// The entry as it stands.
    pub entry: Entry,
}

/// All that is held of one person.
#[derive(Clone, Debug, Serialize)]
pub struct DossierView {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Why.
    pub reason: String,
    /// What gives the right to it.
    pub basis: String,
    /// The person as held now.
    pub person: DossierPerson,
    /// The person as entered and changed, the oldest first.
    pub versions: Vec<DossierVersion>,
    /// Quota used by day.
    pub quota: Vec<DayUse>,
    /// Every form, the oldest first.
    pub forms: Vec<DeclarationView>,
    /// Entries of other books: receipts, vehicles, corrections and the like.
    pub entries: Vec<DossierEntry>,
    /// Who looked at the person, and when.
    pub access: Vec<DossierMark>,
}

impl DossierView {
    /// All that is held, with the forms as they are shown.
    #[must_use]
    pub fn new(
        language: Language,
        law: LawOfDay<'_>,
        dossier: Dossier,
        forms: Vec<DeclarationView>,
        (made_at, made_by, reason): (DateTime<Utc>, String, String),
    ) -> Self {
        let version = |record: &Record| match &record.event {
            Event::PersonSaved { person, .. } => Some(DossierVersion {
                mark: DossierMark::new(record),
                person: DossierPerson::new(law, person),
            }),
            _ => None,
        };
        let entry = |(entry, records): (Entry, Vec<Record>)| {
            let heading = entry.heading();
            DossierEntry {
                book: entry.book().word(),
                id: heading.id,
                number: heading.number.unwrap_or_default().to_owned(),
                day: heading.day,
                changes: records.iter().map(DossierMark::new).collect(),
                entry,
            }
        };
        let used = |(day, exempt_vnd, trips)| DayUse {
            day,
            exempt_vnd,
            trips,
        };
        Self {
            made_at,
            made_by,
            reason,
            basis: words::citation(language, "Law 91/2025/QH15"),
            person: DossierPerson::new(law, &dossier.person),
            versions: dossier.versions.iter().filter_map(version).collect(),
            quota: dossier.quota.into_iter().map(used).collect(),
            forms,
            entries: dossier.entries.into_iter().map(entry).collect(),
            access: dossier.access.iter().map(DossierMark::new).collect(),
        }
    }
}

/// Persons whose last trace fell in one year.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RetentionYear {
    /// The year.
    pub year: i32,
    /// How many.
    pub persons: u32,
}

/// Who falls under the rule, without a name.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RetentionView {
    /// Files before this day are old.
    pub customs_before: BusinessDay,
    /// Those with tax before this one.
    pub accounting_before: BusinessDay,
    /// Years after the last customs file.
    pub customs_years: u32,
    /// Years after the last one with tax.
    pub accounting_years: u32,
    /// The text.
    pub basis: String,
    /// Whether a second person confirms.
    pub needs_second: bool,
    /// How many persons.
    pub persons: u32,
    /// How many more of whom something is still open.
    pub held: u32,
    /// By the year of their last trace.
    pub years: Vec<RetentionYear>,
}

impl RetentionView {
    /// A plan in the words of a language.
    #[must_use]
    pub fn new(language: Language, plan: &RetentionPlan) -> Self {
        let years = plan.years.iter();
        Self {
            customs_before: plan.cuts.customs,
            accounting_before: plan.cuts.accounting,
            customs_years: plan.rule.customs_years,
            accounting_years: plan.rule.accounting_years,
            basis: words::citation(language, &plan.rule.basis),
            needs_second: plan.rule.needs_second,
            persons: u32::try_from(plan.persons.len()).unwrap_or(u32::MAX),
            held: plan.held,
            years: years
                .map(|(&year, &persons)| RetentionYear { year, persons })
                .collect(),
        }
    }
}

/// A proposal and what became of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RetentionRunView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Files before this day are old.
    pub before: BusinessDay,
    /// The text.
    pub basis: String,
    /// How many persons.
    pub persons: u32,
    /// How many records lost names.
    pub records: u32,
    /// Who proposed it.
    pub proposed: MarkView,
    /// Who confirmed or rejected it.
    pub decided: Option<MarkView>,
    /// Whether it was done.
    pub done: bool,
    /// Whether whoever asks proposed it.
    pub own: bool,
}

impl RetentionRunView {
    /// A proposal as `user` sees it.
    ///
    /// # Errors
    /// [`bm_app::AppError::Store`].
    pub fn new(
        reader: &dyn bm_app::ports::Reader,
        language: Language,
        run: &RetentionRun,
        user: &str,
    ) -> Result<Self, bm_app::AppError> {
        Ok(Self {
            id: run.id,
            before: run.cuts.customs,
            basis: words::citation(language, &run.basis),
            persons: run.persons,
            records: run.records,
            proposed: MarkView::new(reader, &run.proposed)?,
            decided: MarkView::of(reader, run.decided.as_ref())?,
            done: run.done,
            own: run.proposed.by == user,
        })
    }
}
