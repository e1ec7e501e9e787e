//! Settling differences: by one who decides for the office, or by two.

use bm_domain::BusinessDay;
use bm_domain::reconcile::settle::{Answer, Settlement, check_second, check_way, needs_second};
use bm_domain::reconcile::{Difference, Way};
use bm_domain::{Violation, ViolationCode as Code};
use uuid::Uuid;

use super::{DayMatch, Stand};
use crate::book;
use crate::error::AppError;
use crate::people::check_reason;
use crate::permission::{Permission, allows};
use crate::{Actor, App};

pub(crate) fn refused(code: Code, field: &str) -> AppError {
    AppError::Refused(vec![Violation::new(code, field)])
}

/// The difference of that key, nothing of which is settled or waits.
fn open<'a>(found: &'a DayMatch, key: &str) -> Result<&'a Difference, AppError> {
    let mut all = found.result.differences.iter();
    let Some(difference) = all.find(|one| one.key() == key) else {
        return Err(refused(Code::DifferenceGone, "key"));
    };
    match found.stand(difference) {
        Stand::Open => Ok(difference),
        Stand::Pending(_) => Err(refused(Code::SettlementPending, "key")),
        Stand::Settled(_) | Stand::Done => Err(refused(Code::DifferenceSettled, "key")),
    }
}

impl App {
    /// Settles a difference of a gate's day by an entry that refers to it. It waits for a second person
    /// where the rule of the day asks for one, where who settles it made what stands behind it, and
    /// where an officer settles it, who does not decide for the office.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown gate; [`AppError::Refused`] on
    /// a closed day, without a reason, or when the difference is gone, settled or not settled so.
    pub fn settle_difference(
        &self,
        actor: &Actor,
        (gate, day): (&str, BusinessDay),
        key: &str,
        way: Way,
        reason: &str,
    ) -> Result<Settlement, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let reason = reason.trim();
        self.write(|writer| {
            let found = self.match_day(writer, gate, day)?;
            if found.closed.is_some() {
                let closed = Violation::new(Code::DayClosed, "day").with("day", day);
                return Err(AppError::Refused(vec![closed]));
            }
            let difference = open(&found, key)?;
            let problems: Vec<Violation> = check_way(difference, way)
                .into_iter()
                .chain(check_reason(reason))
                .collect();
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let decides = allows(actor.role, Permission::Decide);
            let settlement = Settlement {
                id: self.ids().next(),
                gate: gate.to_owned(),
                day,
                difference: difference.clone(),
                way,
                reason: reason.to_owned(),
                settled: self.mark(actor),
                decides,
                needs_second: !decides || needs_second(&found.rule, difference, &actor.user),
                answer: None,
            };
            let change = if settlement.needs_second {
                "propose"
            } else {
                "settle"
            };
            self.keep(writer, actor, change, settlement.clone())?;
            Ok(settlement)
        })
    }

    /// A second person confirms a settlement, or says that it is none. One of the two decides for the
    /// office, and one made nothing of what stands behind the difference.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`]; [`AppError::Stale`] when it does not wait;
    /// [`AppError::Refused`] to who settled it, without a reason for a no, or when the difference is
    /// another one by now.
    pub fn answer_settlement(
        &self,
        actor: &Actor,
        id: Uuid,
        confirm: bool,
        reason: &str,
    ) -> Result<Settlement, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let reason = reason.trim();
        self.write(|writer| {
            let mut settlement: Settlement = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if !settlement.is_pending() {
                return Err(AppError::Stale);
            }
            if confirm {
                if let Some(problem) = check_second(&settlement, &actor.user) {
                    return Err(AppError::Refused(vec![problem]));
                }
                if !settlement.decides && !allows(actor.role, Permission::Decide) {
                    return Err(refused(Code::DeciderNeeded, "id"));
                }
                let found = self.match_day(writer, &settlement.gate, settlement.day)?;
                let mut all = found.result.differences.iter();
                if !all.any(|one| settlement.is_of(one)) {
                    return Err(refused(Code::DifferenceGone, "id"));
                }
            } else if let Some(problem) = check_reason(reason) {
                return Err(AppError::Refused(vec![problem]));
            }
            settlement.answer = Some(Answer {
                mark: self.mark(actor),
                confirmed: confirm,
                reason: reason.to_owned(),
            });
            let change = if confirm { "confirm" } else { "reject" };
            self.keep(writer, actor, change, settlement.clone())?;
            Ok(settlement)
        })
    }
}
