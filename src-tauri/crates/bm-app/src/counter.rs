//! The counter: preview a form, register it, cancel it.

use bm_domain::decide::Decision;
use bm_domain::declaration::Draft;
use bm_domain::quota::QuotaUsage;
use bm_domain::resident::Resident;
use bm_domain::{
    BusinessDay, DeclarationId, Facts, LawOfDay, PersonId, Violation, ViolationCode, decide,
};
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use crate::error::{AppError, StoreError};
use crate::event::{Declaration, Event, Record};
use crate::people::{NewPerson, check_reason, namesake, place_of, resolve};
use crate::permission::Duty;
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::process::check_duty;
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
            self.decide_now(reader, draft, resident.as_ref(), book.1.on(day_of(draft)))
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
        self.write(|writer| {
            check_duty(writer, actor, Duty::Registration)?;
            let book = self.law_book(writer)?;
            let one = |(draft, declarant): &(Draft, Declarant)| {
                self.register_one(writer, actor, draft, declarant, book.1.on(day_of(draft)))
            };
            forms.iter().map(one).collect()
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
            return Ok(Outcome {
                declaration: known.declaration,
                status: known.status,
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
        let mut decision = self.decide_now(writer, draft, resident.as_ref(), law)?;
        if !problems.is_empty() {
            // What is wrong with the paper says more than that nobody was found.
            decision
                .violations
                .retain(|v| v.code != ViolationCode::ResidentUnknown);
            decision.violations.splice(0..0, problems);
        }
        if let Some(newcomer) = &newcomer {
            decision.violations.extend(namesake(writer, newcomer)?);
        }
        let refused = decision.is_refused();
        // A newcomer whose form is refused is not entered, so the form names nobody.
        let entered = resident.filter(|_| !refused || newcomer.is_none());
        let mut declaration = Declaration {
            draft: draft.clone(),
            person: entered.map_or(PersonId(Uuid::nil()), |resident| resident.id),
            number: String::new(),
            decision,
        };
        if !refused {
            if let Some(person) = newcomer {
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
        let status = if refused {
            Status::Refused
        } else {
            Status::Registered
        };
        Ok(Outcome {
            declaration,
            status,
        })
    }

    /// Cancels a registered form; its quota is given back.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`] when it is cancelled or was refused;
    /// [`AppError::Refused`] without a reason, or when the goods have left.
    pub fn cancel(&self, actor: &Actor, id: DeclarationId, reason: &str) -> Result<(), AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        self.write(|writer| {
            let stored = writer.declaration(id)?.ok_or(AppError::NotFound)?;
            if stored.status != Status::Registered {
                return Err(AppError::Stale);
            }
            if stored.progress.released.is_some() {
                let gone = Violation::new(ViolationCode::AlreadyReleased, "id");
                return Err(AppError::Refused(vec![gone]));
            }
            let event = Event::Cancelled {
                id,
                reason: reason.to_owned(),
            };
            Ok(writer.append(&self.record(actor, event))?)
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
    ) -> Result<Decision, AppError> {
        let usage = match (resident, law.quota(draft.direction)) {
            (Some(resident), Some(rule)) => {
                reader.quota_usage(resident.id, law.day(), rule.period_of(law.day()))?
            }
            _ => QuotaUsage::default(),
        };
        let mut decision = decide(
            draft,
            &Facts {
                law,
                resident,
                usage,
            },
        );
        decision.violations.splice(0..0, self.check_times(draft));
        decision
            .violations
            .sort_by_key(|violation| violation.severity);
        check_exchange(reader, draft, resident, &mut decision)?;
        Ok(decision)
    }
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
            (!stands || !same_person || !opposite).then_some(ViolationCode::ExchangeLegMismatch)
        }
    };
    decision
        .violations
        .extend(code.map(|code| Violation::new(code, "exchange_of")));
    Ok(())
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
