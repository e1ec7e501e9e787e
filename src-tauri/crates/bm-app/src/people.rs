//! Persons: found by paper or name, entered, changed.

use bm_domain::breach::{paper_of_another, same_name_and_birth};
use bm_domain::declaration::Direction;
use bm_domain::quota::{QuotaRule, QuotaUsage};
use bm_domain::resident::{Paper, PaperKind, ResidenceBasis, Resident, Sex, masked};
use bm_domain::{BusinessDay, PersonId, Violation, ViolationCode as Code, Vnd};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::AppError;
use crate::event::Event;
use crate::ports::{DeclarationFilter, Reader, StoredDeclaration};
use crate::{Actor, App};

/// The longest text of any field taken, in characters.
const TEXT_MAX: usize = 200;

/// A person as entered: some fields may still be missing.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// The paper shown.
    pub paper: Option<Paper>,
    /// Further papers.
    pub more_papers: Vec<Paper>,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub born: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address as on the paper.
    pub address: String,
    /// Code of the commune.
    pub commune: String,
    /// Ground of residence.
    pub basis: Option<ResidenceBasis>,
    /// Telephone.
    pub phone: Option<String>,
}

/// What a person has used and has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaStanding {
    /// The rule.
    pub rule: QuotaRule,
    /// What was used.
    pub usage: QuotaUsage,
    /// What the next trip may have exempt.
    pub left_today: Vnd,
}

/// A person's page.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// The person.
    pub person: Resident,
    /// Quota today.
    pub quota: Option<QuotaStanding>,
    /// Use by day in this month.
    pub month: Vec<(BusinessDay, Vnd, u32)>,
    /// The latest forms.
    pub history: Vec<StoredDeclaration>,
}

pub(crate) fn place_of(actor: &Actor) -> String {
    match (actor.gate.is_empty(), actor.workstation.is_empty()) {
        (true, _) => String::new(),
        (false, true) => actor.gate.clone(),
        (false, false) => format!("{}/{}", actor.gate, actor.workstation),
    }
}

/// Finds the person of a paper, or makes one when the declaration says enough of them. The second
/// part tells whether the person is new.
pub(crate) fn resolve(
    app: &App,
    reader: &dyn Reader,
    given: &NewPerson,
    problems: &mut Vec<Violation>,
) -> Result<(Option<Resident>, bool), AppError> {
    let Some(paper) = &given.paper else {
        return Ok((None, false));
    };
    let known = reader.people_by_number(Some(paper.kind), &paper.number)?;
    if let Some(person) = known.into_iter().next() {
        return Ok((Some(person), false));
    }
    let before = problems.len();
    check_person(given, problems);
    if problems.len() > before {
        return Ok((None, false));
    }
    Ok((build(app.ids().next(), given), true))
}

/// A person of the same name and birth that is known, if one is, with the warning that says so.
pub(crate) fn namesake(
    reader: &dyn Reader,
    newcomer: &Resident,
) -> Result<Option<(Resident, Violation)>, AppError> {
    let same = reader.namesakes(&newcomer.name, newcomer.born)?;
    let Some(other) = same.into_iter().find(|id| *id != newcomer.id) else {
        return Ok(None);
    };
    let Some(other) = reader.person(other)? else {
        return Ok(None);
    };
    let paper = other.papers.first();
    let paper = paper.map(|paper| masked(&paper.number));
    let warning = Violation::new(Code::Namesake, "resident.name")
        .with("name", &newcomer.name)
        .with("paper", paper.unwrap_or_default())
        .with("address", &other.address);
    Ok(Some((other, warning)))
}

fn build(id: Uuid, given: &NewPerson) -> Option<Resident> {
    let papers = given
        .paper
        .iter()
        .chain(&given.more_papers)
        .cloned()
        .collect();
    Some(Resident {
        id: PersonId(id),
        name: given.name.split_whitespace().collect::<Vec<_>>().join(" "),
        born: given.born?,
        sex: given.sex,
        address: given.address.trim().to_owned(),
        commune: given.commune.trim().to_owned(),
        basis: given.basis.unwrap_or(ResidenceBasis::PermanentResidence),
        phone: given.phone.clone().filter(|phone| !phone.trim().is_empty()),
        papers,
    })
}

/// What a table does not say of a known person stays as it is held.
fn keep_unsaid(person: &mut Resident, known: Resident, given: &NewPerson) {
    if person.address.is_empty() {
        person.address = known.address;
    }
    if given.basis.is_none() {
        person.basis = known.basis;
    }
    person.sex = person.sex.or(known.sex);
    person.phone = person.phone.take().or(known.phone);
    let named = std::mem::replace(&mut person.papers, known.papers);
    for paper in named {
        let held = |other: &Paper| (other.kind, &other.number) == (paper.kind, &paper.number);
        if !person.papers.iter().any(held) {
            person.papers.push(paper);
        }
    }
}

fn too_long(text: &str, field: &str) -> Option<Violation> {
    let long = || Violation::new(Code::TextTooLong, field).with("limit", TEXT_MAX);
    (text.chars().count() > TEXT_MAX).then(long)
}

/// A reason is given, in a few words.
pub(crate) fn check_reason(reason: &str) -> Option<Violation> {
    if reason.trim().is_empty() {
        return Some(Violation::new(Code::FieldRequired, "reason"));
    }
    too_long(reason, "reason")
}

/// Checks what is entered of a person; fields are named as in a declaration.
fn check_person(given: &NewPerson, problems: &mut Vec<Violation>) {
    let mut require = |missing: bool, field: &str| {
        if missing {
            problems.push(Violation::new(Code::FieldRequired, field));
        }
    };
    require(given.paper.is_none(), "resident.number");
    require(given.name.trim().is_empty(), "resident.name");
    require(given.born.is_none(), "resident.born");
    require(given.commune.trim().is_empty(), "resident.commune");
    let phone = given.phone.as_deref().unwrap_or_default();
    for (text, field) in [
        (given.name.as_str(), "resident.name"),
        (&given.address, "resident.address"),
        (&given.commune, "resident.commune"),
        (phone, "resident.phone"),
    ] {
        problems.extend(too_long(text, field));
    }
    for paper in given.paper.iter().chain(&given.more_papers) {
        if !paper.is_well_formed() {
            let odd = Violation::new(Code::ValueUnknown, "resident.number");
            problems.push(odd.with("value", &paper.number));
        }
    }
}

impl App {
    /// Persons with a paper of that number.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn people_by_number(
        &self,
        kind: Option<PaperKind>,
        number: &str,
    ) -> Result<Vec<Resident>, AppError> {
        self.read(|reader| Ok(reader.people_by_number(kind, number)?))
    }

    /// Persons whose name has words beginning with each of the folded `words`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn people_by_name(&self, words: &[String], limit: u32) -> Result<Vec<Resident>, AppError> {
        self.read(|reader| Ok(reader.people_by_name(words, limit)?))
    }

    /// The same among those born in a year.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn people_by_name_and_year(
        &self,
        words: &[String],
        year: u16,
        limit: u32,
    ) -> Result<Vec<Resident>, AppError> {
        self.read(|reader| Ok(reader.people_by_name_and_year(words, year, limit)?))
    }

    /// Notes that these persons were shown in answer to a search: every look-up of a person leaves
    /// an entry (Law 91/2025/QH15).
    ///
    /// # Errors
    /// [`AppError::Store`]; then they must not be shown.
    pub fn note_listed(&self, actor: &Actor, people: &[Resident]) -> Result<(), AppError> {
        if people.is_empty() {
            return Ok(());
        }
        let ids = people.iter().map(|person| person.id).collect::<Vec<_>>();
        self.write(|writer| {
            let event = Event::PeopleListed { ids: ids.clone() };
            Ok(writer.append(&self.record(actor, event))?)
        })
    }

    /// Quota of a person for imports at an instant's day, over all gates.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn quota_on(
        &self,
        person: PersonId,
        day: BusinessDay,
    ) -> Result<Option<QuotaStanding>, AppError> {
        self.read(|reader| {
            let book = self.law_book(reader)?;
            let Some(rule) = book.1.on(day).quota(Direction::Import) else {
                return Ok(None);
            };
            let usage = reader.quota_usage(person, day, rule.period_of(day))?;
            let left_today = bm_domain::quota::allowance(rule, usage).value;
            Ok(Some(QuotaStanding {
                rule: rule.clone(),
                usage,
                left_today,
            }))
        })
    }

    /// A person's page. Opening it is recorded.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn person_page(&self, actor: &Actor, id: PersonId) -> Result<PersonPage, AppError> {
        let today = BusinessDay::of(self.clock().now());
        let quota = self.quota_on(id, today)?;
        self.write(|writer| {
            let person = writer.person(id)?.ok_or(AppError::NotFound)?;
            writer.append(&self.record(actor, Event::PersonViewed { id }))?;
            let month = writer.quota_days(id, (today.month_start(), today.month_end()))?;
            let filter = DeclarationFilter {
                person: Some(id),
                limit: 50,
                gate_day: None,
            };
            let history = writer.declarations(&filter)?;
            Ok(PersonPage {
                person,
                quota: quota.clone(),
                month,
                history,
            })
        })
    }

    /// Enters or changes a person. A paper belongs to one person only.
    ///
    /// A new person of a name and birth that are known is entered only when someone has looked
    /// (`is_another`): the quota is the person's, whatever paper is shown.
    ///
    /// # Errors
    /// [`AppError::Refused`] with the fields that need a look.
    pub fn save_person(
        &self,
        actor: &Actor,
        id: Option<PersonId>,
        given: &NewPerson,
        reason: &str,
        is_another: bool,
    ) -> Result<Resident, AppError> {
        let mut problems = Vec::new();
        check_person(given, &mut problems);
        problems.extend(check_reason(reason));
        if !problems.is_empty() {
            return Err(AppError::Refused(problems));
        }
        let key = id.map_or_else(|| self.ids().next(), |id| id.0);
        let person = build(key, given).ok_or(AppError::NotFound)?;
        let saved = self.write(|writer| {
            if let Some(id) = id {
                let held = writer.person(id)?.ok_or(AppError::NotFound)?;
                // Nobody is without a paper but who was pseudonymised.
                if held.papers.is_empty() {
                    return Err(AppError::Stale);
                }
            }
            let today = BusinessDay::of(self.clock().now());
            for paper in &person.papers {
                let holders = writer.people_by_number(Some(paper.kind), &paper.number)?;
                if let Some(holder) = holders.iter().find(|holder| holder.id != person.id) {
                    // It is refused, and what was tried stays on record.
                    let found = paper_of_another(&actor.gate, today, paper, holder, &person);
                    self.note_paper(writer, actor, found)?;
                    let taken = Violation::new(Code::PossibleDuplicate, "resident.number");
                    return Ok(Err(vec![taken.with("name", &holder.name)]));
                }
            }
            let known = match id {
                None => namesake(writer, &person)?,
                Some(_) => None,
            };
            if let (false, Some((_, same))) = (is_another, &known) {
                return Ok(Err(vec![same.clone()]));
            }
            let event = Event::PersonSaved {
                person: Box::new(person.clone()),
                reason: reason.trim().to_owned(),
            };
            writer.append(&self.record(actor, event))?;
            if let Some((other, _)) = &known {
                // Somebody has looked and says that it is another: a supervisor looks too.
                let found = same_name_and_birth(&actor.gate, today, other, &person, None);
                self.note_paper(writer, actor, found)?;
            }
            Ok(Ok(person.clone()))
        })?;
        saved.map_err(AppError::Refused)
    }

    /// Enters many persons in one transaction, as [`Self::import_people_from`].
    ///
    /// # Errors
    /// [`AppError::Store`]; then none is entered.
    pub fn import_people(
        &self,
        actor: &Actor,
        people: &[NewPerson],
        source: &str,
    ) -> Result<(), AppError> {
        let mut people = people.iter().cloned().map(Ok);
        self.import_people_from(actor, &mut people, source)
            .map(|_| ())
    }

    /// Enters persons one by one as they come, all in one transaction; gives how many. Those whose
    /// paper is known are changed: what is not said of them, and their other papers, stay.
    ///
    /// # Errors
    /// The first error of `people`, or [`AppError::Store`]; then none is entered.
    pub fn import_people_from(
        &self,
        actor: &Actor,
        people: &mut dyn Iterator<Item = Result<NewPerson, AppError>>,
        source: &str,
    ) -> Result<u64, AppError> {
        self.write(|writer| {
            let mut entered = 0;
            for given in &mut *people {
                let given = given?;
                let paper = given.paper.as_ref().ok_or(AppError::NotFound)?;
                let known = writer.people_by_number(Some(paper.kind), &paper.number)?;
                let key = known.first().map_or_else(|| self.ids().next(), |p| p.id.0);
                let mut person = build(key, &given).ok_or(AppError::NotFound)?;
                if let Some(known) = known.into_iter().next() {
                    keep_unsaid(&mut person, known, &given);
                }
                let event = Event::PersonSaved {
                    person: Box::new(person),
                    reason: source.to_owned(),
                };
                writer.append(&self.record(actor, event))?;
                entered += 1;
            }
            Ok(entered)
        })
    }

    /// Checks a person without entering it.
    #[must_use]
    pub fn check_person(given: &NewPerson) -> Vec<Violation> {
        let mut problems = Vec::new();
        check_person(given, &mut problems);
        problems
    }
}
