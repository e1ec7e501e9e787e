//! What each command answers: persons, forms, goods and totals as the window and the command line
//! show them. Money is a string of whole VND.

use bm_app::event::Account;
use bm_app::people::{PersonPage, QuotaStanding};
use bm_app::permission::Role;
use bm_app::ports::{Status, StoredDeclaration};
use bm_domain::declaration::{Allocation, Condition, Direction, DraftLine};
use bm_domain::goods::{Goods, Quarantine};
use bm_domain::identify::ScannedPaper;
use bm_domain::law::{Commune, Gate};
use bm_domain::resident::{Paper, PaperKind, ResidenceBasis, Resident, Sex, masked};
use bm_domain::{BusinessDay, DeclarationId, HsCode, LawOfDay, PersonId, Vnd};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::answer::{self, Answer, LineAnswer, ViolationView};
use crate::reading::ReadAs;
use crate::words::{self, Language};

pub use crate::totals::{DailyReport, DirectionTotals, Directions};

/// What is shown before anyone has signed in; nothing personal.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SystemStatus {
    /// Version of the program.
    pub version: &'static str,
    /// Accounts of the invented example; none in an office's own database.
    pub demo_accounts: Vec<DemoAccount>,
    /// The business day.
    pub today: BusinessDay,
    /// Gates open today.
    pub gates: Vec<GateView>,
}

/// An account whose password is public.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DemoAccount {
    /// Account name.
    pub user: &'static str,
    /// Its password.
    pub password: &'static str,
    /// What it may do.
    pub role: Role,
}

/// A gate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GateView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Code of the gate it belongs to; empty when it stands alone.
    pub parent: String,
}

impl From<&Gate> for GateView {
    fn from(gate: &Gate) -> Self {
        Self {
            code: gate.code.clone(),
            name: gate.name.clone(),
            kind: gate.kind.clone(),
            parent: gate.parent.clone(),
        }
    }
}

/// Who has signed in, where.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SessionView {
    /// Names the session in every envelope.
    pub token: String,
    /// Account name.
    pub user: String,
    /// Name to show.
    pub display_name: String,
    /// What the account may do.
    pub role: Role,
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Code of the counter.
    pub workstation: String,
    /// Seconds without a command after which the session locks itself.
    pub idle_lock_seconds: u32,
}

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
                .map(|form| DeclarationRow::new(form, &person.name))
                .collect(),
        }
    }
}

/// A border commune.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CommuneView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl From<&Commune> for CommuneView {
    fn from(commune: &Commune) -> Self {
        Self {
            code: commune.code.clone(),
            name: commune.name.clone(),
        }
    }
}

/// Goods offered for what was typed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GoodsHit {
    /// Commodity code.
    pub hs: HsCode,
    /// Trade name in the language asked for, else in Vietnamese.
    pub name: String,
    /// Units the tariff names, the usual one first.
    pub units: Vec<String>,
    /// Whether residents may bring them in today.
    pub on_list: bool,
    /// Most-favoured-nation duty in percent.
    pub mfn: Option<String>,
    /// Reference price for one usual unit.
    pub reference_price_vnd: Option<Vnd>,
    /// Which specialised check applies.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub quarantine: Option<Quarantine>,
    /// Whether the person has traded them of late.
    pub usual: bool,
}

impl GoodsHit {
    /// Goods in the words of a language.
    #[must_use]
    pub fn new(language: Language, goods: &Goods, on_list: bool, usual: bool) -> Self {
        let name = match language {
            Language::En if !goods.name_en.is_empty() => &goods.name_en,
            Language::Zh if !goods.name_zh.is_empty() => &goods.name_zh,
            _ => &goods.name_vi,
        };
        Self {
            hs: goods.hs,
            name: name.clone(),
            units: goods.units.clone(),
            on_list,
            mfn: goods.tariff.mfn.map(|percent| percent.to_string()),
            reference_price_vnd: goods.reference_price,
            quarantine: goods.quarantine,
            usual,
        }
    }
}

/// The decision on a form as it is typed, with what each order of lines would cost.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DecisionView {
    /// As the form stands.
    pub decision: Answer,
    /// Due when the lines bear the excess so that it costs least.
    pub least_tax_due_vnd: Vnd,
    /// Due when they bear it in the order entered.
    pub entered_due_vnd: Vnd,
}

/// A form in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationRow {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// When it was registered.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Which way the goods go.
    pub direction: Direction,
    /// Where it stands.
    pub status: Status,
    /// Who declared it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Taxes and fee.
    pub total_due_vnd: Vnd,
    /// How many lines.
    pub lines: u32,
    /// Their names.
    pub goods: String,
}

impl DeclarationRow {
    /// A form with the name of its person.
    #[must_use]
    pub fn new(stored: &StoredDeclaration, person_name: &str) -> Self {
        let form = &stored.declaration;
        let goods = form.draft.lines.iter().map(|line| line.name.as_str());
        Self {
            id: form.draft.id,
            number: form.number.clone(),
            at: form.draft.at,
            gate: form.draft.gate.clone(),
            direction: form.draft.direction,
            status: stored.status,
            person: form.person,
            person_name: person_name.to_owned(),
            value_vnd: form.decision.value,
            exempt_vnd: form.decision.exempt,
            excess_vnd: form.decision.excess,
            total_due_vnd: form.decision.total_due(),
            lines: u32::try_from(form.draft.lines.len()).unwrap_or(u32::MAX),
            goods: goods.collect::<Vec<_>>().join(", "),
        }
    }
}

/// Forms of a gate's day, with the sums of those shown that stand.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationList {
    /// The forms, the newest first.
    pub rows: Vec<DeclarationRow>,
    /// How many stand.
    pub forms: u32,
    /// Their customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Taxes and fees.
    pub total_due_vnd: Vnd,
}

impl DeclarationList {
    /// Adds a form; the sums are of those that stand.
    pub(crate) fn push(&mut self, row: DeclarationRow) {
        if row.status == Status::Registered {
            self.forms += 1;
            self.value_vnd += row.value_vnd;
            self.exempt_vnd += row.exempt_vnd;
            self.excess_vnd += row.excess_vnd;
            self.total_due_vnd += row.total_due_vnd;
        }
        self.rows.push(row);
    }
}

/// A line of a form: what was declared and what was decided.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LineView {
    /// Commodity code.
    pub hs: HsCode,
    /// Description.
    pub name: String,
    /// How much.
    pub quantity: String,
    /// In which unit.
    pub unit: String,
    /// Gross weight in kilograms, where given.
    pub weight_kg: Option<String>,
    /// Price of one unit.
    pub unit_price: String,
    /// Currency of the price.
    pub currency: String,
    /// Country of origin or destination.
    pub origin: String,
    /// New or used.
    pub condition: Condition,
    /// Quarantine certificate.
    pub certificate: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub decided: LineAnswer,
}

impl LineView {
    fn new(line: &DraftLine, decided: &LineAnswer) -> Self {
        Self {
            hs: line.hs,
            name: line.name.clone(),
            quantity: line.quantity.to_string(),
            unit: line.unit.clone(),
            weight_kg: line.weight.map(|weight| weight.to_string()),
            unit_price: line.unit_price.to_string(),
            currency: line.currency.to_string(),
            origin: line.origin.clone(),
            condition: line.condition,
            certificate: line.certificate.clone(),
            decided: decided.clone(),
        }
    }
}

/// A form whole: papers in full, as its opening is recorded.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DeclarationView {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// When it was registered.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Code of the counter.
    pub workstation: String,
    /// Which way the goods go.
    pub direction: Direction,
    /// Where it stands.
    pub status: Status,
    /// Account that registered it.
    pub officer: String,
    /// Display name of the account, for the signature.
    pub officer_name: String,
    /// Why it was cancelled, if it was.
    pub cancel_reason: Option<String>,
    /// Who declared it; without a name when a refused form did not say.
    pub person: PersonHit,
    /// In which order lines used up the exemption.
    pub allocation: Allocation,
    /// The goods.
    pub lines: Vec<LineView>,
    /// What was decided.
    pub answer: Answer,
}

impl DeclarationView {
    /// A form in the words of a language.
    #[must_use]
    pub fn new(
        language: Language,
        law: LawOfDay<'_>,
        stored: &StoredDeclaration,
        person: Option<&Resident>,
        officer: Option<&Account>,
    ) -> Self {
        let form = &stored.declaration;
        let draft = &form.draft;
        let mut answer = answer::of_decision(language, draft.id.to_string(), &form.decision);
        answer.number = Some(form.number.clone()).filter(|number| !number.is_empty());
        let lines = draft.lines.iter().zip(&answer.lines);
        let gate = law.gate(&draft.gate);
        Self {
            id: draft.id,
            number: form.number.clone(),
            at: draft.at,
            gate: draft.gate.clone(),
            gate_name: gate.map(|gate| gate.name.clone()).unwrap_or_default(),
            workstation: draft.workstation.clone(),
            direction: draft.direction,
            status: stored.status,
            officer: stored.officer.clone(),
            officer_name: officer
                .map_or(&stored.officer, |account| &account.display_name)
                .clone(),
            cancel_reason: stored.cancel_reason.clone(),
            person: person
                .map_or_else(PersonHit::unknown, |person| PersonHit::in_full(law, person)),
            allocation: draft.allocation,
            lines: lines
                .map(|(line, decided)| LineView::new(line, decided))
                .collect(),
            answer,
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExportedFile {
    /// Where it is.
    pub path: String,
}
