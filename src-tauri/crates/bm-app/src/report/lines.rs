//! Every line of every form with all its figures, so that anyone can count for themselves.

use std::collections::BTreeMap;

use bm_domain::statistics::{Amounts, Item, Measure, Period};
use bm_domain::{BusinessDay, DeclarationId, Direction, PersonId};
use chrono::{DateTime, Utc};

use super::{ReportOrder, commune, forms, gates, of_form};
use crate::error::AppError;
use crate::event::{Correction, Declaration, Event};
use crate::permission::{Permission, allows};
use crate::ports::{Reader, Status, StoredDeclaration};
use crate::{Actor, App};

/// Why a row is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// The form is not released: it is not in the statistics.
    Registered,
    /// It was released on the day it was counted.
    Released,
    /// It was corrected after that: as it was before, with its figures taken away.
    Withdrawn,
    /// The same, as it stood afterwards.
    Amended,
}

impl Movement {
    /// The word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Released => "released",
            Self::Withdrawn => "withdrawn",
            Self::Amended => "amended",
        }
    }
}

/// A line of a form, or (line 0) what belongs to the form as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Number of the form.
    pub number: String,
    /// Its gate.
    pub gate: String,
    /// Import or export.
    pub direction: Direction,
    /// Where the form stands now.
    pub status: Status,
    /// Day of registration.
    pub registered: BusinessDay,
    /// Day on which it is counted in the statistics; none while it is not released.
    pub counted: Option<BusinessDay>,
    /// Why it is there.
    pub movement: Movement,
    /// Line, from 1; 0 for the form as a whole.
    pub line: usize,
    /// Commodity code; empty for the form as a whole.
    pub hs: String,
    /// Description as declared.
    pub name: String,
    /// Unit of the quantity.
    pub unit: String,
    /// Country of origin or destination.
    pub country: String,
    /// Commune of the resident, by code.
    pub commune: String,
    /// Figures in their smallest units, in the order of [`LineReport::MEASURES`].
    pub figures: Vec<i64>,
}

/// Lines of forms.
#[derive(Clone, Debug)]
pub struct LineReport {
    /// The rows, by day of registration, gate and number.
    pub rows: Vec<LineRow>,
    /// Its days.
    pub period: Period,
    /// Its gates, by code; all when empty.
    pub gates: Vec<String>,
    /// Name of who made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

impl LineReport {
    /// The figures of a row.
    pub const MEASURES: [Measure; 13] = Amounts::KEPT;
}

impl App {
    /// Lines of the forms that were registered within a period or counted within it; no person is
    /// named.
    ///
    /// # Errors
    /// As for [`App::run_report`].
    pub fn line_report(
        &self,
        actor: &Actor,
        order: &ReportOrder,
        made_at: DateTime<Utc>,
    ) -> Result<LineReport, AppError> {
        if !allows(actor.role, Permission::ReadTrade) {
            return Err(AppError::NotPermitted);
        }
        self.read(|reader| {
            let law = self.law_book(reader)?;
            if order
                .gates
                .iter()
                .any(|gate| !law.1.gates.contains_key(gate))
            {
                return Err(AppError::NotFound);
            }
            let mut rows = Vec::new();
            let period = order.period;
            let mut communes = BTreeMap::new();
            for (day, gates) in registered(reader, order, &gates(order, &law.1))? {
                let of_day = Period { from: day, to: day };
                for form in forms(reader, of_day, &gates, None)? {
                    lines(reader, &form, period, &mut communes, &mut rows)?;
                }
            }
            let account = reader.account(&actor.user)?;
            Ok(LineReport {
                rows,
                period,
                gates: order.gates.clone(),
                made_by: account.map_or_else(|| actor.user.clone(), |known| known.display_name),
                made_at,
            })
        })
    }
}

/// The days, with their gates, on which forms of a period were registered: its own, and the earlier
/// ones of forms that were counted within it.
fn registered(
    reader: &dyn Reader,
    order: &ReportOrder,
    gates: &[String],
) -> Result<BTreeMap<BusinessDay, Vec<String>>, AppError> {
    let Period { from, to } = order.period;
    let mut days: BTreeMap<BusinessDay, Vec<String>> = BTreeMap::new();
    reader.statistics((from, to), &mut |fact| {
        let of_day = days.entry(fact.registered).or_default();
        if gates.contains(&fact.gate) && !of_day.contains(&fact.gate) {
            of_day.push(fact.gate);
        }
    })?;
    let mut day = from;
    while day <= to {
        days.insert(day, gates.to_vec());
        day = day.after(1);
    }
    Ok(days)
}

/// Every count of a form that falls into the period.
fn lines(
    reader: &dyn Reader,
    form: &StoredDeclaration,
    period: Period,
    communes: &mut BTreeMap<PersonId, String>,
    rows: &mut Vec<LineRow>,
) -> Result<(), AppError> {
    let id = form.declaration.draft.id;
    let Some(released) = form.progress.released.as_ref().map(|mark| mark.at) else {
        let person = form.declaration.person;
        let commune = commune(reader, communes, person)?;
        if period.holds(form.declaration.day()) {
            let registered = (Movement::Registered, None);
            put(form, &form.declaration, registered, commune, rows);
        }
        return Ok(());
    };
    let commune = reader.counted_commune(id)?.unwrap_or_default();
    for (movement, on, version) in history(reader, form, id, released)? {
        if period.holds(on) || period.holds(version.day()) {
            put(form, &version, (movement, Some(on)), &commune, rows);
        }
    }
    Ok(())
}

/// What happened to a released form since its release, with the form as it counts then.
fn history(
    reader: &dyn Reader,
    form: &StoredDeclaration,
    id: DeclarationId,
    released: DateTime<Utc>,
) -> Result<Vec<(Movement, BusinessDay, Declaration)>, AppError> {
    let mut stands = reader
        .as_registered(id)?
        .unwrap_or_else(|| form.declaration.clone());
    let mut found = Vec::new();
    let on_release = BusinessDay::of(released);
    for record in reader.corrections(id)? {
        let after = match record.event {
            Event::Corrected(made) => match made.correction {
                Correction::Amend(after) => Some(*after),
                _ => None,
            },
            _ => None,
        };
        let on = BusinessDay::of(record.at);
        if record.at > released {
            if found.is_empty() {
                found.push((Movement::Released, on_release, stands.clone()));
            }
            found.push((Movement::Withdrawn, on, stands.clone()));
            found.extend(after.clone().map(|form| (Movement::Amended, on, form)));
        }
        stands = after.unwrap_or(stands);
    }
    if found.is_empty() {
        found.push((Movement::Released, on_release, stands));
    }
    Ok(found)
}

fn put(
    form: &StoredDeclaration,
    version: &Declaration,
    (movement, counted): (Movement, Option<BusinessDay>),
    commune: &str,
    rows: &mut Vec<LineRow>,
) {
    let sign = if movement == Movement::Withdrawn {
        -1
    } else {
        1
    };
    let on = counted.unwrap_or(version.day());
    for (line, fact) in of_form(version, on, commune, sign).enumerate() {
        let declared = line
            .checked_sub(1)
            .and_then(|at| version.draft.lines.get(at));
        let item = fact.item.as_ref();
        let text = |of: fn(&Item) -> String| item.map(of).unwrap_or_default();
        rows.push(LineRow {
            number: version.number.clone(),
            gate: version.draft.gate.clone(),
            direction: fact.direction,
            status: form.status,
            registered: fact.registered,
            counted,
            movement,
            line,
            hs: text(|item| item.hs.to_string()),
            name: declared.map(|line| line.name.clone()).unwrap_or_default(),
            unit: text(|item| item.unit.clone()),
            country: text(|item| item.country.clone()),
            commune: commune.to_owned(),
            figures: LineReport::MEASURES
                .map(|one| fact.amounts.of(one))
                .to_vec(),
        });
    }
}
