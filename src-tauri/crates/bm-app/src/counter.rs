//! The counter: preview a form, register it, alone or as the legs of an exchange.

use bm_domain::breach::{same_name_and_birth, would_open};
use bm_domain::decide::Decision;
use bm_domain::declaration::Draft;
use bm_domain::quota::QuotaUsage;
use bm_domain::resident::Resident;
use bm_domain::{
    BusinessDay, DeclarationId, Facts, LawOfDay, PersonId, Violation, ViolationCode, decide,
};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use crate::error::{AppError, StoreError};
use crate::event::{Declaration, Event, Record};
use crate::people::{NewPerson, namesake, place_of, resolve};
use crate::permission::Duty;
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::process::check_duty;
use crate::sync::PaperKey;
use crate::sync::exchange::{Held, paper_key, papers_of};
use crate::{Actor, App};

/// How far the clocks of counters may differ, in minutes: a form's time may lie so much ahead of this
/// workstation's clock, and the clock so much behind its last record. Days must not differ.
const SLACK_MINUTES: i64 = 5;

/// Who declares: someone known, or someone seen for the first time.
#[derive(Clone, Debug)]
pub enum Declarant {
    /// A person by id.
    Known(PersonId),
    /// A person by paper, with what the declaration says of them; boxed as it is seldom used.
    ByPaper(Box<NewPerson>),
    /// Not said.
    Unknown,
}

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The form as decided now or the first time its id was seen.
    pub declaration: Declaration,
    /// Registered or refused; cancelled when the id is that of a form taken back since.
    pub status: Status,
    /// Whether it was decided by what is known here, and the hub has not taken it yet.
    pub provisional: bool,
}

impl Outcome {
    /// Whether the form was never registered.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.declaration.number.is_empty()
    }

    /// Takes a leg back that would have been registered, as the other one is refused.
    fn give_up(&mut self) {
        let other = Violation::new(ViolationCode::ExchangeOtherRefused, "exchange_of");
        self.declaration.decision.violations.insert(0, other);
        self.declaration.number.clear();
        self.status = Status::Refused;
    }
}

impl App {
    /// Decides a form without writing anything.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn preview(&self, draft: &Draft, person: Option<PersonId>) -> Result<Decision, AppError> {
        self.read(|reader| {
            let book = self.law_book(reader)?;
            let resident = person.map(|id| reader.person(id)).transpose()?.flatten();
            let law = book.1.on(day_of(draft));
            Ok(self.decide_now(reader, draft, resident.as_ref(), law)?.0)
        })
    }

    /// Registers forms in their order, all in one durable transaction; each is answered, also the
    /// refused ones. An id seen before gets the answer it got then.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the account is not assigned to registering, [`AppError::Store`];
    /// then none of them is registered.
    pub fn register(
        &self,
        actor: &Actor,
        forms: &[(Draft, Declarant)],
    ) -> Result<Vec<Outcome>, AppError> {
        let held = self.hold_forms(forms)?;
        let mut done: Vec<Outcome> = self.write(|writer| {
            check_duty(writer, actor, Duty::Registration)?;
            let book = self.law_book(writer)?;
            let one = |(draft, declarant): &(Draft, Declarant)| {
                self.register_one(writer, actor, draft, declarant, book.1.on(day_of(draft)))
            };
            forms.iter().map(one).collect()
        })?;
        self.release(held);
        self.note_provisional(&mut done)?;
        Ok(done)
    }

    /// Holds the papers of those who declare, where there is a hub.
    fn hold_forms(&self, forms: &[(Draft, Declarant)]) -> Result<Option<Held<'_>>, AppError> {
        if self.hub().is_none() {
            return Ok(None);
        }
        let papers = self.read(|reader| {
            let mut papers = BTreeSet::new();
            for (_, declarant) in forms {
                match declarant {
                    Declarant::Known(id) => papers.extend(papers_of(reader, *id)?),
                    Declarant::ByPaper(person) => {
                        papers.extend(papers_shown(reader, person)?);
                    }
                    Declarant::Unknown => {}
                }
            }
            Ok(papers)
        })?;
        Ok(self.hold(&papers))
    }

    /// Tells which forms the hub has not taken.
    fn note_provisional(&self, outcomes: &mut [Outcome]) -> Result<(), AppError> {
        let Some(exchange) = self.hub() else {
            return Ok(());
        };
        let standing = exchange.standing()?;
        self.read(|reader| {
            for outcome in outcomes.iter_mut().filter(|one| !one.is_refused()) {
                let place = reader.place_of_form(outcome.declaration.draft.id)?;
                outcome.provisional = place.is_some_and(|place| standing.awaits(place));
            }
            Ok(())
        })
    }

    fn register_one(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        draft: &Draft,
        declarant: &Declarant,
        law: LawOfDay<'_>,
    ) -> Result<Outcome, AppError> {
        if let Some(known) = writer.declaration(draft.id)? {
            // A form amended since is answered as it was registered.
            let first = match known.declaration.revision {
                0 => None,
                _ => writer.as_registered(draft.id)?,
            };
            return Ok(Outcome {
                declaration: first.unwrap_or(known.declaration),
                status: known.status,
                provisional: false,
            });
        }
        let mut problems = Vec::new();
        let mut newcomer = None;
        let resident = match declarant {
            Declarant::Known(id) => writer.person(*id)?,
            Declarant::ByPaper(person) => {
                let (resident, is_new) = resolve(self, writer, person, &mut problems)?;
                newcomer = resident.clone().filter(|_| is_new);
                resident
            }
            Declarant::Unknown => None,
        };
        let (mut decision, usage) = self.decide_now(writer, draft, resident.as_ref(), law)?;
        if !problems.is_empty() {
            // What is wrong with the paper says more than that nobody was found.
            decision
                .violations
                .retain(|v| v.code != ViolationCode::ResidentUnknown);
            decision.violations.splice(0..0, problems);
        }
        let known = match &newcomer {
            Some(newcomer) => namesake(writer, newcomer)?,
            None => None,
        };
        decision
            .violations
            .extend(known.iter().map(|(_, warning)| warning.clone()));
        let refused = decision.is_refused();
        // A newcomer whose form is refused is not entered, so the form names nobody.
        let tells = !decision.violations.is_empty();
        let name = resident.as_ref().filter(|_| tells);
        let name = name.map(|resident| resident.name.clone());
        let entered = resident.filter(|_| !refused || newcomer.is_none());
        let mut declaration = Declaration {
            draft: draft.clone(),
            person: entered.map_or(PersonId(Uuid::nil()), |resident| resident.id),
            number: String::new(),
            revision: 0,
            decision,
        };
        if !refused {
            if let Some(person) = newcomer.clone() {
                let saved = Event::PersonSaved {
                    person: Box::new(person),
                    reason: "declare".into(),
                };
                writer.append(&self.record(actor, saved))?;
            }
            declaration.number = number(writer, draft)?;
        }
        let boxed = Box::new(declaration.clone());
        let event = if refused {
            Event::Refused(boxed)
        } else {
            Event::Registered(boxed)
        };
        writer.append(&self.record(actor, event))?;
        if tells {
            let name = name.unwrap_or_default();
            self.note_form(writer, actor, &declaration, &name, usage, law)?;
        }
        if let (false, Some((other, _)), Some(newcomer)) = (refused, &known, &newcomer) {
            let (gate, day, id) = (&draft.gate, law.day(), Some(draft.id));
            let found = same_name_and_birth(gate, day, other, newcomer, id);
            self.note_paper(writer, actor, found)?;
        }
        let status = if refused {
            Status::Refused
        } else {
            Status::Registered
        };
        Ok(Outcome {
            declaration,
            status,
            provisional: false,
        })
    }

    /// Registers both legs of an exchange, the goods that go out and those that come in, in one
    /// transaction: both, or neither when either is refused. Legs whose ids were seen before get the
    /// answers they got then. The answers are in the order of the legs.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the account is not assigned to registering, [`AppError::Store`].
    pub fn exchange(
        &self,
        actor: &Actor,
        legs: &[(Draft, Declarant); 2],
    ) -> Result<[Outcome; 2], AppError> {
        let [(out, giver), (back, taker)] = legs;
        let held = self.hold_forms(legs)?;
        let mut refused = None;
        let done = self.write(|writer| {
            check_duty(writer, actor, Duty::Registration)?;
            let book = self.law_book(writer)?;
            let mut one = |draft: &Draft, declarant| {
                self.register_one(writer, actor, draft, declarant, book.1.on(day_of(draft)))
            };
            let first = one(out, giver)?;
            // A refused leg can't be linked to; the other one then only shows what it lacks itself.
            let linked = Draft {
                exchange_of: (!first.is_refused()).then_some(out.id),
                ..back.clone()
            };
            let mut both = [first, one(&linked, taker)?];
            if both.iter().any(Outcome::is_refused) {
                // What is refused here must leave no trace: the leg may be mended and sent again.
                for leg in both.iter_mut().filter(|leg| !leg.is_refused()) {
                    leg.give_up();
                }
                refused = Some(both);
                return Err(AppError::Stale);
            }
            Ok(both)
        });
        let mut both = match (done, refused) {
            (Err(AppError::Stale), Some(both)) => {
                self.note_attempts(actor, &both)?;
                both
            }
            (done, _) => done?,
        };
        self.release(held);
        self.note_provisional(&mut both)?;
        Ok(both)
    }

    /// What a refused exchange breaks; its forms are not kept, so that nothing links to them.
    fn note_attempts(&self, actor: &Actor, legs: &[Outcome]) -> Result<(), AppError> {
        let broken = |leg: &Outcome| !would_open(&leg.declaration.decision).is_empty();
        if !legs.iter().any(broken) {
            return Ok(());
        }
        self.write(|writer| {
            let book = self.law_book(writer)?;
            for leg in legs.iter().filter(|leg| leg.is_refused()) {
                let form = &leg.declaration;
                self.note_attempt(writer, actor, form, book.1.on(form.day()))?;
            }
            Ok(())
        })
    }

    /// A form by id. It names the person in full, so that its opening is recorded.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn form(&self, actor: &Actor, id: DeclarationId) -> Result<StoredDeclaration, AppError> {
        self.write(|writer| {
            let form = writer.declaration(id)?.ok_or(AppError::NotFound)?;
            let person = form.declaration.person;
            if person != PersonId(Uuid::nil()) {
                writer.append(&self.record(actor, Event::PersonViewed { id: person }))?;
            }
            Ok(form)
        })
    }

    /// A record of this moment.
    pub(crate) fn record(&self, actor: &Actor, event: Event) -> Record {
        let place = place_of(actor);
        let at = self.clock().now();
        self.latest
            .fetch_max(at.timestamp_millis(), Ordering::Relaxed);
        Record {
            id: self.ids().next(),
            at,
            by: actor.user.clone(),
            place,
            event,
        }
    }

    /// What the clock says of a form. A clock that stands before the last record is only warned of:
    /// one record of a clock that ran ahead must not close the counter.
    fn check_times(&self, draft: &Draft) -> Vec<Violation> {
        let now = self.clock().now();
        let slack = TimeDelta::minutes(SLACK_MINUTES);
        let mut problems = Vec::new();
        if draft.at > now + slack {
            let early = Violation::new(ViolationCode::TimeInFuture, "at");
            problems.push(early.with("at", draft.at.to_rfc3339()));
        }
        let latest = DateTime::from_timestamp_millis(self.latest.load(Ordering::Relaxed));
        if let Some(latest) = latest.filter(|latest| *latest > now + slack) {
            let behind = Violation::new(ViolationCode::ClockBehind, "at");
            let behind = behind.with("now", now.to_rfc3339());
            problems.push(behind.with("last", latest.to_rfc3339()));
        }
        problems
    }

    fn decide_now(
        &self,
        reader: &dyn Reader,
        draft: &Draft,
        resident: Option<&Resident>,
        law: LawOfDay<'_>,
    ) -> Result<(Decision, QuotaUsage), AppError> {
        let usage = match (resident, law.quota(draft.direction)) {
            (Some(resident), Some(rule)) => {
                reader.quota_usage(resident.id, law.day(), rule.period_of(law.day()))?
            }
            _ => QuotaUsage::default(),
        };
        let facts = Facts {
            law,
            resident,
            usage,
        };
        let mut decision = decide(draft, &facts);
        decision.violations.splice(0..0, self.check_times(draft));
        if reader.is_closed(&draft.gate, law.day())? {
            let closed = Violation::new(ViolationCode::DayClosed, "at");
            decision.violations.push(closed.with("day", law.day()));
        }
        self.tell_waiting_rates(reader, law.day(), &mut decision)?;
        decision
            .violations
            .sort_by_key(|violation| violation.severity);
        check_exchange(reader, draft, resident, &mut decision)?;
        Ok((decision, usage))
    }
}

/// Papers somebody shows, with those of whoever is held under one of them.
fn papers_shown(reader: &dyn Reader, person: &NewPerson) -> Result<BTreeSet<PaperKey>, StoreError> {
    let mut papers = BTreeSet::new();
    for paper in person.paper.iter().chain(&person.more_papers) {
        papers.insert(paper_key(paper));
        for held in reader.people_by_number(Some(paper.kind), &paper.number)? {
            papers.extend(papers_of(reader, held.id)?);
        }
    }
    Ok(papers)
}

fn day_of(draft: &Draft) -> BusinessDay {
    BusinessDay::of(draft.at)
}

/// The other leg of an exchange is a form of the same person that stands and goes the other way.
fn check_exchange(
    reader: &dyn Reader,
    draft: &Draft,
    resident: Option<&Resident>,
    decision: &mut Decision,
) -> Result<(), AppError> {
    let Some(other) = draft.exchange_of else {
        return Ok(());
    };
    let code = match reader.declaration(other)? {
        None => Some(ViolationCode::ExchangeLegUnknown),
        Some(leg) => {
            let same_person = resident.is_none_or(|r| r.id == leg.declaration.person);
            let opposite = leg.declaration.draft.direction != draft.direction;
            let stands = leg.status == Status::Registered;
            if !stands || !same_person || !opposite {
                Some(ViolationCode::ExchangeLegMismatch)
            } else if standing_leg(reader, &leg)?.is_some() {
                Some(ViolationCode::ExchangeLegTaken)
            } else {
                None
            }
        }
    };
    decision
        .violations
        .extend(code.map(|code| Violation::new(code, "exchange_of")));
    Ok(())
}

/// The other leg of a form's exchange while it stands.
pub(crate) fn standing_leg(
    reader: &dyn Reader,
    form: &StoredDeclaration,
) -> Result<Option<StoredDeclaration>, AppError> {
    let Some(id) = form.other_leg else {
        return Ok(None);
    };
    let other = reader.declaration(id)?;
    Ok(other.filter(|other| other.status == Status::Registered))
}

fn number(writer: &mut dyn Writer, draft: &Draft) -> Result<String, StoreError> {
    let (letters, year) = (draft.direction.letters(), day_of(draft).year());
    next_number(writer, &draft.gate, year, letters, &draft.workstation)
}

/// The next number `gate/year/letters/counter-serial`: without gaps for a counter, and two counters
/// never meet. The letters name the kind of paper: NK and XK for forms.
pub(crate) fn next_number(
    writer: &mut dyn Writer,
    gate: &str,
    year: i32,
    letters: &str,
    workstation: &str,
) -> Result<String, StoreError> {
    let series = format!("{gate}/{year}/{letters}/{workstation}");
    let serial = writer.next_number(&series)?;
    Ok(format!("{series}-{serial:06}"))
}
