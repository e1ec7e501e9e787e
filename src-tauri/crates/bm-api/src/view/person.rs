//! Persons and their quota.

use bm_app::people::{PersonPage, QuotaStanding};
use bm_domain::identify::ScannedPaper;
use bm_domain::resident::{Paper, PaperKind, ResidenceBasis, Resident, Sex, masked};
use bm_domain::{BusinessDay, LawOfDay, PersonId, Vnd};
use chrono::NaiveDate;
use serde::Serialize;

use super::DeclarationRow;
use crate::answer::ViolationView;
use crate::reading::ReadAs;
use crate::words::{self, Language};

/// Quota of a person for imports today, over all gates.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QuotaView {
    /// Exempt value of a day.
    pub limit_vnd: Vnd,
    /// Used today.
    pub used_today_vnd: Vnd,
    /// What the next trip may have exempt.
    pub left_today_vnd: Vnd,
    /// Exempt trips of the period.
    pub trips_used: u32,
    /// How many there may be.
    pub trips_limit: u32,
    /// Exempt trips of today.
    pub trips_today: u32,
    /// Legal basis; empty when no rule is held.
    pub basis: String,
}

impl QuotaView {
    /// A standing in the words of a language. Where no rule is held nothing is exempt.
    #[must_use]
    pub fn new(language: Language, standing: Option<&QuotaStanding>) -> Self {
        standing.map_or_else(Self::default, |standing| Self {
            limit_vnd: standing.rule.value_limit,
            used_today_vnd: standing.usage.exempt_today,
            left_today_vnd: standing.left_today,
            trips_used: standing.usage.trips_in_period,
            trips_limit: standing.rule.trips_limit,
            trips_today: standing.usage.trips_today,
            basis: words::citation(language, &standing.rule.basis),
        })
    }
}

/// A paper by kind and number; the number is masked in lists.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaperHit {
    /// Which kind.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub kind: PaperKind,
    /// Its number.
    pub number: String,
}

/// A person in a list or on a form.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonHit {
    /// Key of the person.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub born: String,
    /// Sex, where known.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub sex: Option<Sex>,
    /// Papers.
    pub papers: Vec<PaperHit>,
    /// Address as on the paper.
    pub address: String,
    /// Code of the commune.
    pub commune: String,
    /// Its name; empty when it is not in the list of border communes.
    pub commune_name: String,
    /// Quota, where it was asked for.
    pub quota: Option<QuotaView>,
}

impl PersonHit {
    /// A person in a list: papers masked.
    #[must_use]
    pub fn masked(law: LawOfDay<'_>, person: &Resident, quota: Option<QuotaView>) -> Self {
        Self {
            quota,
            ..Self::with_papers(law, person, |paper| masked(&paper.number))
        }
    }

    /// A person on a form: papers in full, as its opening is recorded.
    #[must_use]
    pub fn in_full(law: LawOfDay<'_>, person: &Resident) -> Self {
        Self::with_papers(law, person, |paper| paper.number.clone())
    }

    /// Nobody: a refused form may not say who declared it.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            id: PersonId(uuid::Uuid::nil()),
            name: String::new(),
            born: String::new(),
            sex: None,
            papers: Vec::new(),
            address: String::new(),
            commune: String::new(),
            commune_name: String::new(),
            quota: None,
        }
    }

    fn with_papers(law: LawOfDay<'_>, person: &Resident, number: fn(&Paper) -> String) -> Self {
        let papers = person.papers.iter().map(|paper| PaperHit {
            kind: paper.kind,
            number: number(paper),
        });
        Self {
            id: person.id,
            name: person.name.clone(),
            born: person.born.to_string(),
            sex: person.sex,
            papers: papers.collect(),
            address: person.address.clone(),
            commune: person.commune.clone(),
            commune_name: commune_name(law, &person.commune),
            quota: None,
        }
    }
}

fn commune_name(law: LawOfDay<'_>, code: &str) -> String {
    law.commune(code)
        .map(|commune| commune.name.clone())
        .unwrap_or_default()
}

/// What one box says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonFind {
    /// What the text was taken for.
    pub reading: ReadAs,
    /// What needs a look.
    pub problems: Vec<ViolationView>,
    /// Fields read from a paper.
    pub scanned: Option<ScannedPaper>,
    /// Who it may be.
    pub matches: Vec<PersonHit>,
}

/// A paper whole.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaperView {
    /// Which kind.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub kind: PaperKind,
    /// Its number.
    pub number: String,
    /// Day of issue, where known.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub issued: Option<NaiveDate>,
    /// Last day of validity, where known.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub expires: Option<NaiveDate>,
}

impl From<&Paper> for PaperView {
    fn from(paper: &Paper) -> Self {
        Self {
            kind: paper.kind,
            number: paper.number.clone(),
            issued: paper.issued,
            expires: paper.expires,
        }
    }
}

/// What a person used on a day.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DayUse {
    /// The day.
    pub day: BusinessDay,
    /// Exempt value.
    pub exempt_vnd: Vnd,
    /// Exempt trips.
    pub trips: u32,
}

/// A person's page: papers in full, as its opening is recorded.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonView {
    /// Key of the person.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Date of birth.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub born: NaiveDate,
    /// Sex, where known.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub sex: Option<Sex>,
    /// Address as on the paper.
    pub address: String,
    /// Code of the commune.
    pub commune: String,
    /// Its name; empty when it is not in the list of border communes.
    pub commune_name: String,
    /// Ground of residence.
    pub basis: ResidenceBasis,
    /// Telephone.
    pub phone: Option<String>,
    /// All papers.
    pub papers: Vec<PaperView>,
    /// Quota today.
    pub quota: QuotaView,
    /// Use by day in this month.
    pub month: Vec<DayUse>,
    /// The latest forms.
    pub history: Vec<DeclarationRow>,
}

impl PersonView {
    /// A page in the words of a language.
    #[must_use]
    pub fn new(language: Language, law: LawOfDay<'_>, page: &PersonPage) -> Self {
        let person = &page.person;
        let month = page.month.iter().map(|&(day, exempt_vnd, trips)| DayUse {
            day,
            exempt_vnd,
            trips,
        });
        let history = page.history.iter();
        Self {
            id: person.id,
            name: person.name.clone(),
            born: person.born,
            sex: person.sex,
            address: person.address.clone(),
            commune: person.commune.clone(),
            commune_name: commune_name(law, &person.commune),
            basis: person.basis,
            phone: person.phone.clone(),
            papers: person.papers.iter().map(PaperView::from).collect(),
            quota: QuotaView::new(language, page.quota.as_ref()),
            month: month.collect(),
            history: history
                .map(|form| DeclarationRow::new(law, form, &person.name))
                .collect(),
        }
    }
}
