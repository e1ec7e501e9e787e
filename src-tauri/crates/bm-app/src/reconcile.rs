//! The match of a gate's day: the facts it is made from, its counts, settlements and roll-up.

pub mod counts;
pub mod facts;
pub mod period;
pub mod settle;

use std::collections::BTreeSet;

use bm_domain::reconcile::count::BarrierCount;
use bm_domain::reconcile::settle::Settlement;
use bm_domain::reconcile::{
    Difference, DifferenceKind, ReconcileRule, Reconciliation, Way, reconcile,
};
use bm_domain::{BusinessDay, DeclarationId};

use crate::App;
use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::close::{CloseProposal, ClosedDay, closed_day};
use crate::error::{AppError, StoreError};
use crate::ports::Reader;

impl Keep for BarrierCount {
    const BOOK: Book = Book::BarrierCount;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day,
            open: self.replaced.is_none(),
            references: counts::file_word(&self.source).into_iter().collect(),
            number: None,
        }
    }
}

impl Keep for Settlement {
    const BOOK: Book = Book::Settlement;

    fn heading(&self) -> Heading<'_> {
        let forms = self.difference.forms.iter();
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day,
            open: self.is_pending(),
            references: forms.map(|form| form.id.to_string()).collect(),
            number: None,
        }
    }
}

/// Where a difference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand<'a> {
    /// Nobody has settled it.
    Open,
    /// A settlement waits for the second person.
    Pending(&'a Settlement),
    /// A settlement covers it.
    Settled(&'a Settlement),
    /// Its own process settled it: a cashier's count was acknowledged, a passage transferred.
    Done,
}

/// A gate's day as it stands now.
#[derive(Clone, Debug)]
pub struct DayMatch {
    /// The rule it is matched by.
    pub rule: ReconcileRule,
    /// Figures and differences. Those of a closed day are as they were closed, where that was kept.
    pub result: Reconciliation,
    /// The count that holds.
    pub count: Option<BarrierCount>,
    /// Settlements of the day at this gate, the newest first.
    pub settlements: Vec<Settlement>,
    /// Forms whose passage was transferred to their gate, here or there.
    pub transferred: BTreeSet<DeclarationId>,
    /// How the day was closed, once it is.
    pub closed: Option<ClosedDay>,
    /// The close that waits for the second person.
    pub closing: Option<CloseProposal>,
}

impl DayMatch {
    /// Where a difference of it stands.
    #[must_use]
    pub fn stand(&self, difference: &Difference) -> Stand<'_> {
        let moved = |form: &bm_domain::reconcile::NamedForm| self.transferred.contains(&form.id);
        let wrong_gate = difference.kind == DifferenceKind::WrongGate;
        let of = |one: &&Settlement| one.is_of(difference);
        let mut own = self.settlements.iter().filter(of);
        if let Some(holds) = own.clone().find(|one| one.holds()) {
            Stand::Settled(holds)
        } else if difference.seen.is_some() || (wrong_gate && difference.forms.iter().any(moved)) {
            Stand::Done
        } else {
            own.find(|one| one.is_pending())
                .map_or(Stand::Open, Stand::Pending)
        }
    }

    /// Differences that nothing settles yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &Difference> {
        let open = |one: &&Difference| matches!(self.stand(one), Stand::Open | Stand::Pending(_));
        self.result.differences.iter().filter(open)
    }
}

/// Entries of a gate's day.
pub(crate) fn of_day(gate: &str, day: BusinessDay) -> EntryFilter {
    EntryFilter {
        gate: Some(gate.to_owned()),
        days: Some((day, day)),
        ..EntryFilter::default()
    }
}

/// Forms whose passage a settlement of the day, at whatever gate, transferred.
fn transferred(
    reader: &dyn Reader,
    day: BusinessDay,
) -> Result<BTreeSet<DeclarationId>, StoreError> {
    let filter = EntryFilter {
        days: Some((day, day)),
        ..EntryFilter::default()
    };
    let all: Vec<Settlement> = book::list(reader, &filter)?;
    let moved = all
        .into_iter()
        .filter(|one| one.way == Way::Transfer && one.holds());
    Ok(moved
        .flat_map(|one| one.difference.forms)
        .map(|form| form.id)
        .collect())
}

impl App {
    /// Matches forms, money and barrier of a gate's day as they stand now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate.
    pub fn match_day(
        &self,
        reader: &dyn Reader,
        gate: &str,
        day: BusinessDay,
    ) -> Result<DayMatch, AppError> {
        let book = self.law_book(reader)?;
        if !book.1.gates.contains_key(gate) {
            return Err(AppError::NotFound);
        }
        let rule = book.1.on(day).reconcile();
        let settlements: Vec<Settlement> = book::list(reader, &of_day(gate, day))?;
        let closed = closed_day(reader, gate, day)?;
        let waiting = EntryFilter {
            open: Some(true),
            ..of_day(gate, day)
        };
        let closing = book::list(reader, &waiting)?.into_iter().next();
        let count = counts::held(reader, gate, day)?;
        let transferred = transferred(reader, day)?;
        let kept = closed.as_ref().and_then(|closed| closed.figures.clone());
        let result = match kept {
            // What was closed stays as it was; later changes are corrections of later days.
            Some(figures) => Reconciliation {
                figures,
                differences: settled_in(&settlements),
            },
            None => {
                let load = facts::Load {
                    reader,
                    book: &book.1,
                    gate,
                    day,
                    now: self.clock().now(),
                };
                let loaded = load.all(&rule, count.as_ref(), &transferred)?;
                let mut result = reconcile(&loaded);
                if closed.is_some() {
                    result.differences.clear();
                }
                result
            }
        };
        Ok(DayMatch {
            rule,
            result,
            count,
            settlements,
            transferred,
            closed,
            closing,
        })
    }
}

impl App {
    /// The money of a gate's day as it stands now, whether the day is closed or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate.
    pub fn money_of_day(
        &self,
        reader: &dyn Reader,
        gate: &str,
        day: BusinessDay,
    ) -> Result<Reconciliation, AppError> {
        let book = self.law_book(reader)?;
        if !book.1.gates.contains_key(gate) {
            return Err(AppError::NotFound);
        }
        let rule = book.1.on(day).reconcile();
        let load = facts::Load {
            reader,
            book: &book.1,
            gate,
            day,
            now: self.clock().now(),
        };
        Ok(reconcile(&load.all(&rule, None, &BTreeSet::new())?))
    }
}

/// The differences a day was closed with: each settled.
fn settled_in(settlements: &[Settlement]) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for one in settlements.iter().rev().filter(|one| one.holds()) {
        if !found.contains(&one.difference) {
            found.push(one.difference.clone());
        }
    }
    found
}
