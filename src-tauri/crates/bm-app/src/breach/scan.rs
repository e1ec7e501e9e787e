//! A look over a gate's day: patterns, quotas used beyond the law, time limits that ran out.

use std::collections::{BTreeMap, BTreeSet};

use bm_domain::breach::{
    DayForm, Found, GateDay, Missed, QuotaClaim, Trader, findings, missed, over_use, overruns,
};
use bm_domain::cash::CashSession;
use bm_domain::gathering::{Gathering, GatheringStage, term_of};
use bm_domain::law::{LawBook, TermKind};
use bm_domain::quota::{QuotaRule, SecondTrip};
use bm_domain::resident::Resident;
use bm_domain::vehicle::Crossing;
use bm_domain::{BusinessDay, DeclarationId, Direction, PersonId, Vnd};
use chrono::{DateTime, Utc};

use super::{Again, Came, late_form};
use crate::book::{self, EntryFilter};
use crate::cash::{deadline_of, unfinished};
use crate::error::{AppError, StoreError};
use crate::permission::{Permission, allows};
use crate::ports::{DeclarationFilter, Reader, Status, StoredDeclaration};
use crate::{Actor, App};

/// Most forms of a gate's day, of a person, or that wait, which are looked at.
const FORMS_MAX: u32 = 50_000;
/// Days around the day in which a trader's list may have been begun.
const LIST_DAYS: u32 = 60;

/// What a look over a day did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Forms of the day that stand.
    pub forms: u32,
    /// Entries opened.
    pub opened: u32,
    /// Entries that have more behind them by now.
    pub grown: u32,
    /// Findings that were known, or judged harmless.
    pub known: u32,
}

impl App {
    /// Looks over a gate's day and opens what it finds; looked at twice, nothing is opened twice.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown gate.
    pub fn scan_breaches(
        &self,
        actor: &Actor,
        gate: &str,
        day: BusinessDay,
    ) -> Result<Scanned, AppError> {
        if !allows(actor.role, Permission::Decide) {
            return Err(AppError::NotPermitted);
        }
        let now = self.clock().now();
        // Read first: a day of a large gate must not keep the counters from registering.
        let (forms, found) = self.read(|reader| {
            let book = self.law_book(reader)?;
            if !book.1.gates.contains_key(gate) {
                return Err(AppError::NotFound);
            }
            let look = Look::new(reader, &book.1, gate, day)?;
            let mut found = look.patterns();
            found.extend(look.overruns()?);
            found.extend(look.deadlines(now)?);
            Ok((look.forms.len(), found))
        })?;
        let mut done = Scanned {
            forms: u32::try_from(forms).unwrap_or(u32::MAX),
            ..Scanned::default()
        };
        if found.is_empty() {
            return Ok(done);
        }
        self.write(|writer| {
            for (one, by) in &found {
                match self.note(writer, actor, one.clone(), by, Again::Seen)? {
                    Came::Opened => done.opened += 1,
                    Came::Joined => done.grown += 1,
                    Came::Known => done.known += 1,
                }
            }
            Ok(done)
        })
    }
}

/// A finding with the accounts behind it.
pub(super) type Behind = (Found, Vec<String>);

/// A gate's day as it is held here.
struct Look<'a> {
    reader: &'a dyn Reader,
    book: &'a LawBook,
    gate: &'a str,
    day: BusinessDay,
    stored: Vec<StoredDeclaration>,
    forms: Vec<DayForm>,
    elsewhere: Vec<DayForm>,
    people: BTreeMap<PersonId, Resident>,
    traders: Vec<Trader>,
}

fn day_form(stored: &StoredDeclaration) -> DayForm {
    let (form, draft) = (&stored.declaration, &stored.declaration.draft);
    let line = |line: &bm_domain::DraftLine| (line.hs, line.unit.clone(), line.quantity);
    DayForm {
        id: draft.id,
        person: form.person,
        gate: draft.gate.clone(),
        at: draft.at,
        direction: draft.direction,
        value: form.decision.value,
        lines: draft.lines.iter().map(line).collect(),
        vehicle: (draft.vehicle.as_ref()).map_or_else(String::new, ToString::to_string),
    }
}

pub(super) fn of_person(
    reader: &dyn Reader,
    id: PersonId,
) -> Result<Vec<StoredDeclaration>, StoreError> {
    let filter = DeclarationFilter {
        gate_day: None,
        person: Some(id),
        limit: FORMS_MAX,
    };
    let mut forms = reader.declarations(&filter)?;
    forms.retain(|form| form.status == Status::Registered);
    Ok(forms)
}

impl<'a> Look<'a> {
    fn new(
        reader: &'a dyn Reader,
        book: &'a LawBook,
        gate: &'a str,
        day: BusinessDay,
    ) -> Result<Self, AppError> {
        let filter = DeclarationFilter {
            gate_day: Some((gate.to_owned(), day)),
            person: None,
            limit: FORMS_MAX,
        };
        let mut stored = reader.declarations(&filter)?;
        stored.retain(|form| form.status == Status::Registered);
        let forms: Vec<DayForm> = stored.iter().map(day_form).collect();
        let mut people = BTreeMap::new();
        for id in forms
            .iter()
            .map(|form| form.person)
            .collect::<BTreeSet<_>>()
        {
            people.extend(reader.person(id)?.map(|person| (id, person)));
        }
        let mut look = Self {
            reader,
            book,
            gate,
            day,
            stored,
            forms,
            elsewhere: Vec::new(),
            people,
            traders: Vec::new(),
        };
        look.elsewhere = look.find_elsewhere()?;
        look.traders = look.find_traders()?;
        Ok(look)
    }

    /// Forms of the day's persons at other gates.
    fn find_elsewhere(&self) -> Result<Vec<DayForm>, AppError> {
        let mut both = BTreeSet::new();
        for gate in self.book.gates.keys().filter(|code| *code != self.gate) {
            let there = self.reader.people_on(gate, self.day)?;
            both.extend(there.into_iter().filter(|id| self.people.contains_key(id)));
        }
        let mut found = Vec::new();
        for id in both {
            let forms = of_person(self.reader, id)?;
            let elsewhere = forms.iter().filter(|form| {
                let declared = &form.declaration;
                declared.day() == self.day && declared.draft.gate != self.gate
            });
            found.extend(elsewhere.map(day_form));
        }
        Ok(found)
    }

    /// Traders who gathered goods of the day's forms.
    fn find_traders(&self) -> Result<Vec<Trader>, AppError> {
        let filter = EntryFilter {
            days: Some((self.day.before(LIST_DAYS), self.day.after(LIST_DAYS))),
            ..EntryFilter::default()
        };
        let held: BTreeSet<DeclarationId> = self.forms.iter().map(|form| form.id).collect();
        let mut traders: BTreeMap<String, Trader> = BTreeMap::new();
        for list in book::list::<Gathering>(self.reader, &filter)? {
            let forms = list.lines.iter().map(|line| line.form);
            let forms: BTreeSet<_> = forms.filter(|form| held.contains(form)).collect();
            if list.cancelled.is_some() || forms.is_empty() {
                continue;
            }
            let code = list.trader.tax_code.digits().to_owned();
            let trader = traders.entry(code.clone()).or_insert_with(|| Trader {
                code,
                name: list.trader.name.clone(),
                forms: BTreeSet::new(),
            });
            trader.forms.extend(forms);
        }
        Ok(traders.into_values().collect())
    }

    fn patterns(&self) -> Vec<Behind> {
        let day = GateDay {
            gate: self.gate,
            day: self.day,
            forms: &self.forms,
            elsewhere: &self.elsewhere,
            people: &self.people,
            traders: &self.traders,
        };
        let found = findings(&day, self.book.on(self.day)).into_iter();
        found
            .map(|one| {
                let by = officers(&self.stored, &one);
                (one, by)
            })
            .collect()
    }

    /// Quotas used beyond the law by persons of the day.
    fn overruns(&self) -> Result<Vec<Behind>, AppError> {
        let rule_of = |direction, day| self.book.on(day).quota(direction);
        let Some(rule) = rule_of(Direction::Import, self.day) else {
            return Ok(Vec::new());
        };
        let period = rule.period_of(self.day);
        let mut found = Vec::new();
        for id in self.people.keys() {
            // The sums of the days tell most people apart without their forms.
            if !is_suspect(&self.reader.quota_days(*id, period)?, rule) {
                continue;
            }
            let forms = of_person(self.reader, *id)?;
            let claims: Vec<_> = forms.iter().map(claim).collect();
            for over in overruns(&claims, rule_of) {
                let day = BusinessDay::of(over.claim.at);
                let here = over.claim.gate == self.gate && day == self.day;
                if let (true, Some(rule)) = (here, rule_of(over.claim.direction, day)) {
                    let one = over_use(*id, &over, rule);
                    let by = officers(&forms, &one);
                    found.push((one, by));
                }
            }
        }
        Ok(found)
    }

    /// Time limits of the gate that ran out by `now`.
    fn deadlines(&self, now: DateTime<Utc>) -> Result<Vec<Behind>, AppError> {
        let mut found = Vec::new();
        for form in self.reader.open_forms(self.gate, FORMS_MAX)? {
            let late = late_form(self.book, &form, now, false);
            found.extend(late.map(|one| (one, vec![form.officer])));
        }
        let open = EntryFilter {
            gate: Some(self.gate.to_owned()),
            open: Some(true),
            ..EntryFilter::default()
        };
        let sessions = unfinished(self.reader, Some(self.gate))?;
        let lists: Vec<Gathering> = book::list(self.reader, &open)?;
        let away: Vec<Crossing> = book::list(self.reader, &open)?;
        let waiting = (sessions.iter().filter_map(|one| self.cash(one)))
            .chain(lists.iter().filter_map(|one| self.list(one)))
            .chain(away.iter().filter_map(|one| self.vehicle(one)));
        for (limit, by) in waiting {
            let late = missed(&Missed { now, ..limit });
            found.extend(late.map(|one| (one, vec![by])));
        }
        Ok(found)
    }

    /// Money that waits to be handed over (Circular 184/2015/TT-BTC art. 21(3)).
    fn cash<'s>(&'s self, session: &'s CashSession) -> Option<(Missed<'s>, String)> {
        let deadline = deadline_of(self.book, session)?;
        let basis = &self.book.on(session.day()).cash()?.basis;
        let key = session.id.to_string();
        let limit = self.waits(
            "cash",
            &session.cashier,
            key,
            session.day(),
            deadline,
            basis,
        );
        Some((limit, session.cashier.clone()))
    }

    /// A list of gathered goods that waits to be filed (Circular 80/2019/TT-BTC art. 4(2)).
    fn list<'s>(&'s self, list: &'s Gathering) -> Option<(Missed<'s>, String)> {
        let term = term_of(list, self.book)?;
        let last = list.last_day(term)?;
        if list.stage() != GatheringStage::Draft {
            return None;
        }
        let (key, end) = (list.id.to_string(), last.after(1).start());
        let limit = self.waits("gathering", &list.number, key, last, end, &term.basis);
        Some((limit, String::new()))
    }

    /// A vehicle that is away (Decree 08/2015/ND-CP art. 81).
    fn vehicle<'s>(&'s self, away: &'s Crossing) -> Option<(Missed<'s>, String)> {
        let day = BusinessDay::of(away.left.at);
        let term = self.book.on(day).term(TermKind::TruckAway)?;
        let key = away.id.to_string();
        let plate = away.plate.as_str();
        let limit = self.waits("vehicle", plate, key, day, away.due?, &term.basis);
        Some((limit, away.left.by.clone()))
    }

    fn waits<'s>(
        &'s self,
        what: &'s str,
        number: &'s str,
        key: String,
        day: BusinessDay,
        deadline: DateTime<Utc>,
        basis: &'s str,
    ) -> Missed<'s> {
        Missed {
            what,
            number,
            key,
            gate: self.gate,
            day,
            person: None,
            form: None,
            deadline,
            now: deadline,
            done: false,
            basis,
        }
    }
}

/// Accounts that registered the forms behind a finding.
pub(super) fn officers(forms: &[StoredDeclaration], found: &Found) -> Vec<String> {
    let behind = |form: &&StoredDeclaration| found.forms.contains(&form.declaration.draft.id);
    let names = forms.iter().filter(behind).map(|form| form.officer.clone());
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether a person's days could hold more than the rule allows.
fn is_suspect(days: &[(BusinessDay, Vnd, u32)], rule: &QuotaRule) -> bool {
    let trips: u32 = days.iter().map(|(.., trips)| trips).sum();
    let once = rule.second_trip == SecondTrip::NotExempt;
    trips > rule.trips_limit
        || (days.iter())
            .any(|(_, exempt, trips)| *exempt > rule.value_limit || (once && *trips > 1))
}

pub(super) fn claim(stored: &StoredDeclaration) -> QuotaClaim {
    let (draft, decision) = (&stored.declaration.draft, &stored.declaration.decision);
    QuotaClaim {
        form: draft.id,
        gate: draft.gate.clone(),
        at: draft.at,
        direction: draft.direction,
        value: decision.value,
        exempt: decision.exempt,
    }
}
