//! Corrections: what one would change, those that wait, the history of a form.

use bm_app::AppError;
use bm_app::correction::{Plan, Proposal};
use bm_app::event::{Correction, Declaration, Event, Record};
use bm_app::ports::{Status, StoredDeclaration};
use bm_domain::correction::CorrectionKind;
use bm_domain::decide::Decision;
use bm_domain::declaration::Direction;
use bm_domain::{DeclarationId, Vnd};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::DeclarationRow;
use crate::answer::{self, Answer, ViolationView};
use crate::words::Language;

/// What a correction would change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionPreview {
    /// Its number.
    pub number: String,
    /// The form as it stands.
    pub before: Answer,
    /// The form as it would be decided; `None` when it would no longer stand.
    pub after: Option<Answer>,
    /// Whether a second person has to approve it.
    pub second_person: bool,
    /// What has been paid so far.
    pub received_vnd: Vnd,
    /// What would be to pay then; negative when it would be given back.
    pub balance_vnd: Vnd,
    /// What refuses it or needs a look.
    pub violations: Vec<ViolationView>,
}

impl CorrectionPreview {
    /// A plan in the words of a language.
    #[must_use]
    pub fn new(language: Language, plan: &Plan) -> Self {
        let answer = |form: &Declaration| {
            let mut answer =
                answer::of_decision(language, form.draft.id.to_string(), &form.decision);
            answer.number = Some(form.number.clone());
            answer
        };
        let after = &plan.after;
        let asked = after.requirements();
        Self {
            number: plan.form.declaration.number.clone(),
            before: answer(&plan.form.declaration),
            after: (after.status == Status::Registered).then(|| answer(&after.declaration)),
            second_person: plan.second_person,
            received_vnd: after.progress.received(&asked),
            balance_vnd: after.progress.balance(&asked),
            violations: answer::violations(language, &plan.violations),
        }
    }
}

/// What came of a correction.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionResult {
    /// The proposal that waits for a second person; `None` when the correction took effect.
    pub proposal: Option<String>,
    /// What needs a look.
    pub warnings: Vec<ViolationView>,
}

/// A correction that waits for the second person.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProposalView {
    /// Its id.
    pub id: String,
    /// The form as it stands.
    pub form: DeclarationRow,
    /// How it is to be corrected.
    pub kind: CorrectionKind,
    /// Why.
    pub reason: String,
    /// Display name of the proposer.
    pub proposed_by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub proposed_at: DateTime<Utc>,
    /// Whether it is one's own, which another has to decide.
    pub is_own: bool,
    /// What it would change now; `None` when the form no longer stands.
    pub preview: Option<CorrectionPreview>,
}

/// A form with a difference that a correction left.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UnsettledRow {
    /// The form.
    pub form: DeclarationRow,
    /// What is to be paid; negative when it is to be given back.
    pub balance_vnd: Vnd,
    /// Whether its tax is confirmed.
    pub is_taxed: bool,
}

/// Corrections of a gate with something still to be done.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CorrectionList {
    /// Those that wait for the second person, the oldest first.
    pub pending: Vec<ProposalView>,
    /// Forms with a difference that corrections left.
    pub unsettled: Vec<UnsettledRow>,
}

/// Sums of a form at one point of its history.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Sums {
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Taxes and fee.
    pub total_due_vnd: Vnd,
}

impl From<&Decision> for Sums {
    fn from(decision: &Decision) -> Self {
        Self {
            value_vnd: decision.value,
            exempt_vnd: decision.exempt,
            total_due_vnd: decision.total_due(),
        }
    }
}

/// One entry of a form's history.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RevisionView {
    /// How it was corrected; `None` for its registration.
    pub kind: Option<CorrectionKind>,
    /// When it took effect, or was rejected.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Display name of who registered, corrected or proposed it.
    pub by: String,
    /// Display name of the second person, where one decided.
    pub decided_by: Option<String>,
    /// Whether the second person rejected it.
    pub rejected: bool,
    /// Why it was corrected.
    pub reason: String,
    /// Why the second person rejected it.
    pub verdict_reason: String,
    /// The article it rests on.
    pub basis: String,
    /// Which revision it made; `None` when it made none.
    pub revision: Option<u32>,
    /// What it was then decided to.
    pub sums: Option<Sums>,
}

/// Tells the display name of an account.
type NameOf<'a> = dyn Fn(&str) -> Result<String, AppError> + 'a;

impl RevisionView {
    const fn entry(kind: Option<CorrectionKind>, at: DateTime<Utc>, by: String) -> Self {
        Self {
            kind,
            at,
            by,
            decided_by: None,
            rejected: false,
            reason: String::new(),
            verdict_reason: String::new(),
            basis: String::new(),
            revision: None,
            sums: None,
        }
    }

    /// The registration of a form.
    pub(crate) fn registered(first: &Declaration, officer: String) -> Self {
        Self {
            revision: Some(0),
            sums: Some(Sums::from(&first.decision)),
            ..Self::entry(None, first.draft.at, officer)
        }
    }

    /// A correction that took effect.
    pub(crate) fn corrected(record: &Record, name: &NameOf<'_>) -> Result<Option<Self>, AppError> {
        let by = name(&record.by)?;
        Ok(match &record.event {
            Event::Cancelled { reason, .. } => Some(Self {
                reason: reason.clone(),
                ..Self::entry(Some(CorrectionKind::Cancel), record.at, by)
            }),
            Event::Corrected(made) => {
                let kind = made.correction.kind();
                let mut entry = Self::entry(Some(kind), record.at, by);
                entry.reason.clone_from(&made.reason);
                if let Some(proposed) = &made.proposed {
                    let second = std::mem::replace(&mut entry.by, name(&proposed.by)?);
                    entry.decided_by = Some(second);
                }
                if let Correction::Amend(form) = &made.correction {
                    entry.revision = Some(form.revision);
                    entry.sums = Some(Sums::from(&form.decision));
                }
                Some(entry)
            }
            _ => None,
        })
    }

    /// A correction that the second person rejected.
    pub(crate) fn rejected(
        proposal: &Proposal,
        name: &NameOf<'_>,
    ) -> Result<Option<Self>, AppError> {
        let Some(verdict) = proposal.verdict.as_ref().filter(|it| !it.approved) else {
            return Ok(None);
        };
        let by = name(&proposal.proposed.by)?;
        Ok(Some(Self {
            decided_by: Some(name(&verdict.mark.by)?),
            rejected: true,
            reason: proposal.reason.clone(),
            verdict_reason: verdict.reason.clone(),
            ..Self::entry(Some(proposal.wanted.kind()), verdict.mark.at, by)
        }))
    }
}

/// The other leg of an exchange.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExchangeLeg {
    /// Its id.
    pub id: DeclarationId,
    /// Its number.
    pub number: String,
    /// Which way its goods go.
    pub direction: Direction,
    /// Where it stands.
    pub status: Status,
    /// Its customs value.
    pub value_vnd: Vnd,
    /// By how much the goods that come in are worth more than those that go out.
    pub difference_vnd: Vnd,
}

impl ExchangeLeg {
    /// The leg `other` as it is shown beside `form`.
    #[must_use]
    pub fn new(form: &StoredDeclaration, other: &StoredDeclaration) -> Self {
        let (own, leg) = (&form.declaration, &other.declaration);
        let difference = leg.decision.value - own.decision.value;
        Self {
            id: leg.draft.id,
            number: leg.number.clone(),
            direction: leg.draft.direction,
            status: other.status,
            value_vnd: leg.decision.value,
            difference_vnd: match leg.draft.direction {
                Direction::Import => difference,
                Direction::Export => Vnd::ZERO - difference,
            },
        }
    }
}

/// What came of an exchange: both legs are registered, or neither is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExchangeAnswer {
    /// The goods that go out.
    pub out: Answer,
    /// The goods that come in.
    pub back: Answer,
    /// By how much the goods that come in are worth more than those that go out.
    pub difference_vnd: Vnd,
}

impl ExchangeAnswer {
    /// The answers to both legs.
    #[must_use]
    pub fn new([out, back]: [Answer; 2]) -> Self {
        Self {
            difference_vnd: back.value_vnd - out.value_vnd,
            out,
            back,
        }
    }
}
