//! Changes of the law: proposed by one, approved by another where that is asked, kept as history.
//!
//! What waits decides nothing: only an approved change enters rows into the book. Every change is
//! an entry of the office's books, so that it tells who entered what, on which basis, and who
//! approved it.

use bm_domain::decide::Decision;
use bm_domain::goods::ListRule;
use bm_domain::law::change::{Change, Plan, Touched, plan};
use bm_domain::law::{LawBook, LawKind};
use bm_domain::{BusinessDay, Validity, Violation, ViolationCode as Code};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::LawRow;
use crate::book::{Book, EntryFilter, Heading, Keep, get, list};
use crate::event::Event;
use crate::people::check_reason;
use crate::permission::{Permission, Role, allows};
use crate::ports::{Reader, Writer};
use crate::{Actor, App, AppError};

/// Rows of dated data in one record: keeps a record below a megabyte.
pub(crate) const ROWS_A_RECORD: usize = 500;

/// Where a change stands.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "LawChangeState"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for another person.
    Waiting,
    /// Its rows are in the book.
    Taken,
    /// It was refused or withdrawn.
    Rejected,
}

/// Who decided on a change, when, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Account.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; empty when it was approved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A change of the law, from its proposal on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawChange {
    /// Its id.
    pub id: Uuid,
    /// What is changed; without its rows once a large one is taken, as the book has them.
    pub change: Change,
    /// The series it changes.
    pub series: Vec<String>,
    /// The text or file it comes from.
    pub basis: String,
    /// Why it reaches back over days with forms; empty when it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Account that proposed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it stands.
    pub state: State,
    /// Who approved or rejected it; `None` while it waits, and when it took effect at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

impl Keep for LawChange {
    const BOOK: Book = Book::LawChange;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: "",
            day: BusinessDay::of(self.at),
            open: self.state == State::Waiting,
            references: self.series.clone(),
            number: None,
        }
    }
}

/// A change as an office enters it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// What is changed. Rows without a basis of their own rest on that of the proposal.
    pub change: Change,
    /// The text or file it comes from.
    pub basis: String,
    /// Why it reaches back over days with registered forms.
    pub reason: String,
}

impl Proposal {
    /// The change with the basis filled in.
    #[must_use]
    pub fn filled(&self) -> Change {
        let basis = self.basis.trim();
        let fill = |row: &LawRow| match row.basis().trim() {
            "" => row.clone().with_basis(basis),
            _ => row.clone(),
        };
        Change {
            rows: self.change.rows.iter().map(fill).collect(),
            ..self.change.clone()
        }
    }
}

/// Kinds of rule that ask for a second person on a day.
fn second_person(book: &LawBook, day: BusinessDay) -> Vec<LawKind> {
    book.on(day).practice().second_person
}

/// Whether the change of a span takes away what forms of these days were decided by. Giving a day
/// its first rate leaves its forms as they are; a new prohibition or a new exception does not.
pub(super) fn reaches_back(plan: &Plan, span: &Touched) -> bool {
    let forbids = |row: &LawRow| match row {
        LawRow::Prohibited(_) => true,
        LawRow::List(entry) => entry.rule == ListRule::Exclude,
        _ => false,
    };
    let rows = plan.series.get(&span.series);
    span.held || rows.is_some_and(|rows| rows.iter().any(forbids))
}

impl App {
    /// What a change comes to, and what speaks against it today. `own` is its id once it waits.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn check_law(
        &self,
        reader: &dyn Reader,
        proposal: &Proposal,
        own: Option<Uuid>,
    ) -> Result<(Plan, Vec<Violation>), AppError> {
        let book = self.law_book(reader)?;
        let (plan, mut problems) = plan(&book.1, &proposal.filled());
        problems.extend(self.waiting_already(reader, &plan, own)?);
        problems.extend(self.check_templates(&proposal.change.rows));
        let today = BusinessDay::of(self.clock().now());
        if let Some((days, forms)) = past_forms(reader, &book.1, &plan, today)? {
            let back = Violation::new(Code::LawRetroactive, "reason");
            let back = back.with("forms", forms).with("from", days.from);
            let back = back.with("to", days.to.unwrap_or(days.from));
            if check_reason(proposal.reason.trim()).is_some() {
                problems.push(back);
            }
        }
        let of_today = Validity {
            from: today,
            to: Some(today),
        };
        let begins_today = |span: &&_| reaches_back(&plan, span) && span.days.holds_on(today);
        if plan.touched.iter().any(|span| begins_today(&span)) {
            let forms = forms_on(reader, &book.1, of_today)?;
            if forms > 0 {
                problems.push(Violation::new(Code::LawSameDay, "").with("forms", forms));
            }
        }
        problems.sort_by_key(|problem| problem.severity);
        Ok((plan, problems))
    }

    /// Another change of the same rule that waits would be decided on without knowing of this one.
    fn waiting_already(
        &self,
        reader: &dyn Reader,
        plan: &Plan,
        own: Option<Uuid>,
    ) -> Result<Vec<Violation>, AppError> {
        let mut waiting = self.law_changes(reader, Some(State::Waiting), None)?;
        waiting.retain(|change| Some(change.id) != own);
        let clash = |change: &LawChange| {
            let rows = change.change.rows.iter().map(LawRow::key);
            let ends = change.change.ends.iter().map(|end| end.key.clone());
            let keys: Vec<String> = rows.chain(ends).collect();
            let saved = plan.saved.iter().map(LawRow::key);
            let mut all = saved.chain(plan.removed.iter().cloned());
            all.find(|key| keys.contains(key))
                .map(|_| change.series.first().cloned())
        };
        let found = waiting
            .iter()
            .find_map(|change| Some((change, clash(change)??)));
        let problem = found.map(|(change, series)| {
            let waits = Violation::new(Code::LawWaiting, "rows");
            waits.with("series", series).with("by", &change.by)
        });
        Ok(problem.into_iter().collect())
    }

    /// Proposes a change; where no second person is asked it takes effect at once.
    ///
    /// The operating-system account that owns the database stands for the office's nightly job: what
    /// it imports takes effect at once, as it could open the file anyway.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::Refused`] with everything that speaks against it.
    pub fn propose_law(&self, actor: &Actor, proposal: &Proposal) -> Result<LawChange, AppError> {
        if !allows(actor.role, Permission::KeepLaw) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let (plan, problems) = self.check_law(writer, proposal, None)?;
            refuse(problems)?;
            let asked = self.asks_second(writer, proposal, &plan)?;
            let waits = asked && actor.role != Role::Operator;
            let mut change = LawChange {
                id: self.ids().next(),
                change: proposal.filled(),
                series: plan.series.keys().cloned().collect(),
                basis: proposal.basis.trim().to_owned(),
                reason: proposal.reason.trim().to_owned(),
                by: actor.user.clone(),
                at: self.clock().now(),
                state: State::Waiting,
                decided: None,
            };
            if waits {
                self.keep(writer, actor, "proposed", change.clone())?;
            } else {
                self.take_effect(writer, actor, &mut change, &plan)?;
            }
            Ok(change)
        })
    }

    /// Whether a change needs the approval of another person than who enters it: of the kinds that
    /// the settings of the day name, of that list itself, and always where it reaches back over days
    /// with forms.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn asks_second(
        &self,
        reader: &dyn Reader,
        proposal: &Proposal,
        plan: &Plan,
    ) -> Result<bool, AppError> {
        let held = self.law_book(reader)?;
        let book = &held.1;
        let today = BusinessDay::of(self.clock().now());
        let kinds = second_person(book, today);
        let of_change = plan.series.keys().filter_map(|s| LawKind::of_series(s));
        let mut listed = of_change.filter(|kind| kinds.contains(kind));
        // Who could take the second person away alone would need none.
        let mut saved = plan.saved.iter();
        let unguards = saved.any(|row| match row {
            LawRow::Practice(practice) => practice.second_person != kinds,
            _ => false,
        });
        let back =
            !proposal.reason.trim().is_empty() && past_forms(reader, book, plan, today)?.is_some();
        Ok(back || (unguards && !kinds.is_empty()) || listed.next().is_some())
    }

    /// Puts the rows of a change into the book.
    fn take_effect(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        change: &mut LawChange,
        plan: &Plan,
    ) -> Result<(), AppError> {
        let mut parts: Vec<_> = plan
            .saved
            .chunks(ROWS_A_RECORD)
            .map(<[_]>::to_vec)
            .collect();
        if parts.is_empty() {
            parts.push(Vec::new());
        }
        for (i, rows) in parts.into_iter().enumerate() {
            let removed = if i == 0 {
                plan.removed.clone()
            } else {
                Vec::new()
            };
            let event = Event::LawSaved {
                rows,
                removed,
                source: change.basis.clone(),
            };
            writer.append(&self.record(actor, event))?;
        }
        change.state = State::Taken;
        if change.change.rows.len() > ROWS_A_RECORD {
            change.change.rows = Vec::new();
        }
        Ok(self.keep(writer, actor, "taken", change.clone())?)
    }

    /// Approves a change that waits: checked once more, it takes effect.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when it does not wait;
    /// [`AppError::Refused`] for one's own, or when the law has become another meanwhile.
    pub fn approve_law(&self, actor: &Actor, id: Uuid) -> Result<LawChange, AppError> {
        self.write(|writer| {
            let mut change = waiting(writer, actor, id)?;
            if change.by == actor.user {
                return refuse(vec![Violation::new(Code::LawOwnApproval, "")]).map(|()| change);
            }
            let proposal = change.proposal();
            let (plan, problems) = self.check_law(writer, &proposal, Some(id))?;
            refuse(problems)?;
            change.decided = Some(Decided {
                by: actor.user.clone(),
                at: self.clock().now(),
                why: String::new(),
            });
            self.take_effect(writer, actor, &mut change, &plan)?;
            Ok(change)
        })
    }

    /// Rejects a change that waits; who proposed it withdraws it so.
    ///
    /// # Errors
    /// As for [`Self::approve_law`]; [`AppError::Refused`] without a reason.
    pub fn reject_law(&self, actor: &Actor, id: Uuid, why: &str) -> Result<LawChange, AppError> {
        refuse(check_reason(why.trim()).into_iter().collect())?;
        self.write(|writer| {
            let mut change = waiting(writer, actor, id)?;
            change.state = State::Rejected;
            change.decided = Some(Decided {
                by: actor.user.clone(),
                at: self.clock().now(),
                why: why.trim().to_owned(),
            });
            self.keep(writer, actor, "rejected", change.clone())?;
            Ok(change)
        })
    }

    /// Where a rate is missing that was entered and waits for approval, the form says so.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub(crate) fn tell_waiting_rates(
        &self,
        reader: &dyn Reader,
        day: BusinessDay,
        decision: &mut Decision,
    ) -> Result<(), AppError> {
        let mut missing = decision.violations.iter();
        if !missing.any(|problem| problem.code == Code::RateMissing) {
            return Ok(());
        }
        let waiting = self.law_changes(reader, Some(State::Waiting), None)?;
        let rows = || waiting.iter().flat_map(|change| &change.change.rows);
        let waits = |currency: &str| {
            rows().any(|row| match row {
                LawRow::Rate(rate) => {
                    rate.currency.as_str() == currency && rate.validity.holds_on(day)
                }
                _ => false,
            })
        };
        for problem in &mut decision.violations {
            let currency = problem.params.get("currency");
            if problem.code == Code::RateMissing && currency.is_some_and(|held| waits(held)) {
                // Severity and basis are those of the missing rate.
                problem.code = Code::RateWaiting;
            }
        }
        Ok(())
    }

    /// A change by its id.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn law_change(&self, reader: &dyn Reader, id: Uuid) -> Result<LawChange, AppError> {
        get(reader, id)?.ok_or(AppError::NotFound)
    }

    /// Changes, the newest first; those of one series when it is named.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn law_changes(
        &self,
        reader: &dyn Reader,
        state: Option<State>,
        series: Option<&str>,
    ) -> Result<Vec<LawChange>, AppError> {
        let filter = EntryFilter {
            open: state.map(|state| state == State::Waiting),
            reference: series.map(str::to_owned),
            ..EntryFilter::default()
        };
        let mut all: Vec<LawChange> = list(reader, &filter)?;
        all.retain(|change| state.is_none_or(|state| change.state == state));
        Ok(all)
    }
}

impl LawChange {
    /// The change as it was proposed.
    #[must_use]
    pub fn proposal(&self) -> Proposal {
        Proposal {
            change: self.change.clone(),
            basis: self.basis.clone(),
            reason: self.reason.clone(),
        }
    }
}

fn waiting(writer: &dyn Writer, actor: &Actor, id: Uuid) -> Result<LawChange, AppError> {
    if !allows(actor.role, Permission::KeepLaw) {
        return Err(AppError::NotPermitted);
    }
    let change: LawChange = get(writer, id)?.ok_or(AppError::NotFound)?;
    match change.state {
        State::Waiting => Ok(change),
        State::Taken | State::Rejected => Err(AppError::Stale),
    }
}

/// Nothing that only warns stands against a change.
fn refuse(mut problems: Vec<Violation>) -> Result<(), AppError> {
    problems.retain(Violation::refuses);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Refused(problems))
    }
}

/// How many forms stand that were registered on these days, over all gates.
pub(super) fn forms_on(
    reader: &dyn Reader,
    book: &LawBook,
    days: Validity,
) -> Result<u64, AppError> {
    let mut forms = 0;
    for gate in book.gates.keys() {
        forms += reader.forms_between(gate, days)?;
    }
    Ok(forms)
}

/// The days before today on which forms stand whose law would become another, and how many.
pub(super) fn past_forms(
    reader: &dyn Reader,
    book: &LawBook,
    plan: &Plan,
    today: BusinessDay,
) -> Result<Option<(Validity, u64)>, AppError> {
    let yesterday = today.before(1);
    let past = plan
        .touched
        .iter()
        .filter(|span| reaches_back(plan, span) && span.days.from <= yesterday);
    let Some(from) = past.clone().map(|span| span.days.from).min() else {
        return Ok(None);
    };
    let last = past.map(|span| span.days.to.map_or(yesterday, |to| to.min(yesterday)));
    let days = Validity {
        from,
        to: last.max(),
    };
    let forms = forms_on(reader, book, days)?;
    Ok((forms > 0).then_some((days, forms)))
}
