//! Reports over periods: from the totals of days, from the statistics, or from the forms themselves
//! (Circular 52/2020/TT-BTC; LAW notes 8).

pub mod definition;
mod lines;
pub mod table;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bm_domain::law::LawBook;
use bm_domain::statistics::{
    Amounts, Basis, Dimension, Fact, Measure, Period, ReportPlan, Tabulated, cents, points,
    tabulate,
};
use bm_domain::{BusinessDay, Currency, PersonId, Violation, ViolationCode as Code, Vnd};
use chrono::{DateTime, Utc};

use crate::error::{AppError, StoreError};
use crate::event::Declaration;
use crate::permission::{Permission, allows};
use crate::ports::{DayTotals, DeclarationFilter, Reader, Status, StoredDeclaration};
use crate::reveal::Numbers;
use crate::{Actor, App};

pub use lines::{LineReport, LineRow, Movement};

/// Most forms that a report of single forms goes through.
const FORMS_MAX: usize = 200_000;

/// Which report, of which days and gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOrder {
    /// What it asks for.
    pub plan: ReportPlan,
    /// Its days.
    pub period: Period,
    /// Codes of its gates; all gates when empty.
    pub gates: Vec<String>,
    /// Why numbers of papers are to stand in it in full; masked without a reason.
    pub reveal: Option<String>,
}

/// A person in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPerson {
    /// Name.
    pub name: String,
    /// Number of the first paper, masked unless a reason was given.
    pub number: String,
}

/// A report with what its codes mean.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was asked.
    pub order: ReportOrder,
    /// Its rows.
    pub table: Tabulated,
    /// The law its names come from, as of its last day.
    pub law: Arc<(u64, LawBook)>,
    /// Persons by id, where it is grouped by them.
    pub people: BTreeMap<String, ReportPerson>,
    /// Days of registration for which no rate of the dollar is held: their value is in no sum of dollars.
    pub days_without_rate: Vec<BusinessDay>,
    /// Name of who made it.
    pub made_by: String,
    /// When; of a nightly report when anything was last changed.
    pub made_at: DateTime<Utc>,
}

impl App {
    /// Makes a report. Whoever is in it by name is noted as looked up.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`] for reports of single persons; [`AppError::NotFound`] for an unknown
    /// gate; [`AppError::Refused`] when the basis does not tell what is asked for, or when too many
    /// forms would have to be gone through.
    pub fn run_report(
        &self,
        actor: &Actor,
        order: &ReportOrder,
        made_at: DateTime<Utc>,
    ) -> Result<Report, AppError> {
        let names_persons = order.plan.grouping.contains(&Dimension::Resident);
        if names_persons && !allows(actor.role, Permission::ReadTrade) {
            return Err(AppError::NotPermitted);
        }
        let numbers = Numbers::asked(order.reveal.as_deref());
        numbers.check(actor)?;
        let mut problems = order.plan.check();
        if order.period.to < order.period.from {
            problems.push(Violation::new(Code::LawDatesReversed, "to"));
        }
        if !problems.is_empty() {
            return Err(AppError::Refused(problems));
        }
        let report = self.read(|reader| self.report(reader, actor, order, made_at))?;
        if !report.people.is_empty() {
            let ids = report.people.keys().filter_map(|id| id.parse().ok());
            let ids: Vec<PersonId> = ids.map(PersonId).collect();
            self.write(|writer| {
                let Period { from, to } = order.period;
                let event = numbers.event(&format!("report {from} {to}"), ids.clone());
                Ok(writer.append(&self.record(actor, event))?)
            })?;
        }
        Ok(report)
    }

    fn report(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        order: &ReportOrder,
        made_at: DateTime<Utc>,
    ) -> Result<Report, AppError> {
        let law = self.law_book(reader)?;
        if order
            .gates
            .iter()
            .any(|gate| !law.1.gates.contains_key(gate))
        {
            return Err(AppError::NotFound);
        }
        let mut facts = match order.plan.basis {
            Basis::DayBook => of_days(reader, order)?,
            Basis::Statistical => counted(reader, order)?,
            Basis::Standing => standing(reader, order, &law.1)?,
        };
        let mut days_without_rate = BTreeSet::new();
        if order.plan.columns.contains(&Measure::ValueUsd) {
            in_dollars(&mut facts, &law.1, &mut days_without_rate);
        }
        let held = law.1.on(order.period.to);
        let key = |dimension, fact: &Fact| key(&law.1, held, dimension, fact);
        let table = tabulate(&order.plan, order.period, facts, key);
        let people = people(reader, order, &table)?;
        let account = reader.account(&actor.user)?;
        Ok(Report {
            order: order.clone(),
            table,
            law: Arc::clone(&law),
            people,
            days_without_rate: days_without_rate.into_iter().collect(),
            made_by: account.map_or_else(|| actor.user.clone(), |known| known.display_name),
            made_at,
        })
    }
}

/// What a fact is about, by code.
fn key(book: &LawBook, law: bm_domain::LawOfDay<'_>, dimension: Dimension, fact: &Fact) -> String {
    let item = fact.item.as_ref();
    match dimension {
        Dimension::Gate => fact.gate.clone(),
        Dimension::Parent => parent_of(book, &fact.gate).to_owned(),
        // The letters of a form's number: NK stands before XK.
        Dimension::Direction => fact.direction.letters().to_owned(),
        Dimension::Group => item
            .and_then(|item| law.commodity_group(item.hs))
            .map(|group| group.code.clone())
            .unwrap_or_default(),
        Dimension::Hs => item.map(|item| item.hs.to_string()).unwrap_or_default(),
        Dimension::Country => item.map(|item| item.country.clone()).unwrap_or_default(),
        Dimension::Unit => item.map(|item| item.unit.clone()).unwrap_or_default(),
        Dimension::Commune => fact.commune.clone(),
        Dimension::Resident => fact
            .resident
            .map(|person| person.to_string())
            .unwrap_or_default(),
        Dimension::Day => fact.registered.to_string(),
    }
}

/// The gate that a gate belongs to, or itself.
fn parent_of<'a>(book: &'a LawBook, gate: &'a str) -> &'a str {
    let held = book.gates.get(gate).and_then(|rows| rows.last());
    let parent = held.map_or("", |gate| gate.parent.as_str());
    if parent.is_empty() { gate } else { parent }
}

fn of_gates(order: &ReportOrder, gate: &str) -> bool {
    order.gates.is_empty() || order.gates.iter().any(|one| one == gate)
}

/// The days of which figures are asked for.
fn days(order: &ReportOrder) -> Period {
    if order.plan.cumulative {
        order.period.since_new_year()
    } else {
        order.period
    }
}

/// The totals of days as figures.
fn of_days(reader: &dyn Reader, order: &ReportOrder) -> Result<Vec<Fact>, StoreError> {
    let Period { from, to } = days(order);
    let mut facts = Vec::new();
    reader.booked_totals((from, to), &mut |gate, day, direction, totals| {
        if of_gates(order, gate) {
            facts.push(Fact {
                gate: gate.to_owned(),
                direction,
                registered: day,
                entered: day,
                item: None,
                commune: String::new(),
                resident: None,
                amounts: of_totals(&totals),
            });
        }
    })?;
    Ok(facts)
}

fn of_totals(totals: &DayTotals) -> Amounts {
    let figures = [
        (
            Measure::Received,
            totals.forms + totals.refused + totals.cancelled,
        ),
        (Measure::Released, totals.released),
        (Measure::Refused, totals.refused),
        (Measure::Cancelled, totals.cancelled),
        (Measure::Pending, totals.forms - totals.released),
        (Measure::Forms, totals.forms),
        (Measure::Weight, totals.weight_g),
        (Measure::Value, totals.value),
        (Measure::Exempt, totals.exempt),
        (Measure::Excess, totals.excess),
        (Measure::Duty, totals.duty),
        (Measure::Excise, totals.excise),
        (Measure::Environment, totals.environment),
        (Measure::Vat, totals.vat),
        (Measure::Fee, totals.fee),
    ];
    let none = Amounts::default();
    figures
        .into_iter()
        .fold(none, |all, (measure, figure)| all.with(measure, figure))
}

/// The statistics of the days asked for.
fn counted(reader: &dyn Reader, order: &ReportOrder) -> Result<Vec<Fact>, StoreError> {
    let Period { from, to } = days(order);
    let mut facts = Vec::new();
    reader.statistics((from, to), &mut |fact| {
        if of_gates(order, &fact.gate) {
            facts.push(fact);
        }
    })?;
    Ok(facts)
}

/// Forms that stand, as they stand now.
fn standing(
    reader: &dyn Reader,
    order: &ReportOrder,
    book: &LawBook,
) -> Result<Vec<Fact>, AppError> {
    let mut facts = Vec::new();
    let mut communes = BTreeMap::new();
    for form in forms(reader, days(order), &gates(order, book), Status::Registered)? {
        let declaration = form.declaration;
        let person = declaration.person;
        let commune = commune(reader, &mut communes, person)?;
        facts.extend(of_form(&declaration, declaration.day(), commune, 1));
    }
    Ok(facts)
}

/// Where a person lives now; asked once.
fn commune<'a>(
    reader: &dyn Reader,
    known: &'a mut BTreeMap<PersonId, String>,
    person: PersonId,
) -> Result<&'a str, StoreError> {
    Ok(match known.entry(person) {
        Entry::Occupied(held) => held.into_mut(),
        Entry::Vacant(room) => {
            let lives = reader.person(person)?.map(|person| person.commune);
            room.insert(lives.unwrap_or_default())
        }
    })
}

/// Codes of the gates of a report.
fn gates(order: &ReportOrder, book: &LawBook) -> Vec<String> {
    let all = book.gates.keys().filter(|gate| of_gates(order, gate));
    all.cloned().collect()
}

/// The figures of one form, counted on a day.
fn of_form(
    form: &Declaration,
    entered: BusinessDay,
    commune: &str,
    sign: i64,
) -> impl Iterator<Item = Fact> {
    let points = points(&form.draft, &form.decision).into_iter();
    points.map(move |(item, figures)| {
        let mut amounts = Amounts::default();
        amounts.add(&figures, sign);
        Fact {
            gate: form.draft.gate.clone(),
            direction: form.draft.direction,
            registered: form.day(),
            entered,
            item,
            commune: commune.to_owned(),
            resident: Some(form.person),
            amounts,
        }
    })
}

/// Forms with a number registered on these days, the earlier first; `only` those of a status.
fn forms(
    reader: &dyn Reader,
    days: Period,
    gates: &[String],
    only: impl Into<Option<Status>>,
) -> Result<Vec<StoredDeclaration>, AppError> {
    let only = only.into();
    let mut found: Vec<StoredDeclaration> = Vec::new();
    let mut day = days.from;
    while day <= days.to {
        for gate in gates {
            let room = FORMS_MAX - found.len();
            let filter = DeclarationFilter {
                gate_day: Some((gate.clone(), day)),
                person: None,
                limit: u32::try_from(room + 1).unwrap_or(u32::MAX),
            };
            let of_day = reader.declarations(&filter)?;
            if of_day.len() > room {
                let many = Violation::new(Code::ReportTooLarge, "period");
                return Err(AppError::Refused(vec![many.with("limit", FORMS_MAX)]));
            }
            let numbered = |form: &StoredDeclaration| !form.declaration.number.is_empty();
            let fits = |form: &StoredDeclaration| only.is_none_or(|only| form.status == only);
            let wanted = of_day.into_iter().rev();
            found.extend(wanted.filter(|form| numbered(form) && fits(form)));
        }
        day = day.after(1);
    }
    Ok(found)
}

/// Adds the value in dollars to each figure, at the rate of its day of registration.
fn in_dollars(facts: &mut [Fact], book: &LawBook, missing: &mut BTreeSet<BusinessDay>) {
    let mut rates = BTreeMap::new();
    for fact in facts {
        let value = fact.amounts.of(Measure::Value);
        if value == 0 {
            continue;
        }
        let day = fact.registered;
        let rate = rates
            .entry(day)
            .or_insert_with(|| book.on(day).exchange_rate(Currency::USD));
        match rate.and_then(|rate| cents(Vnd::new(value), rate)) {
            Some(cents) => fact.amounts = fact.amounts.with(Measure::ValueUsd, cents),
            None => {
                missing.insert(day);
            }
        }
    }
}

/// The persons a report is grouped by.
fn people(
    reader: &dyn Reader,
    order: &ReportOrder,
    table: &Tabulated,
) -> Result<BTreeMap<String, ReportPerson>, StoreError> {
    let mut people = BTreeMap::new();
    let numbers = Numbers::asked(order.reveal.as_deref());
    let Some(at) = order
        .plan
        .grouping
        .iter()
        .position(|one| *one == Dimension::Resident)
    else {
        return Ok(people);
    };
    for id in table.rows.iter().filter_map(|row| row.keys.get(at)) {
        let known = match id.parse() {
            Ok(id) => reader.person(PersonId(id))?,
            Err(_) => None,
        };
        let Some(person) = known else { continue };
        let named = ReportPerson {
            number: numbers.first_of(Some(&person)),
            name: person.name,
        };
        people.insert(id.clone(), named);
    }
    Ok(people)
}
