//! A gate's day with its differences, as the window and the command line show it.

use std::collections::BTreeMap;

use bm_app::AppError;
use bm_app::book::{self, EntryFilter};
use bm_app::close::against_closing;
use bm_app::correction::{Proposal, Wanted};
use bm_app::permission::{Permission, allows};
use bm_app::ports::Reader;
use bm_app::reconcile::counts::history;
use bm_app::reconcile::period::DayState;
use bm_app::reconcile::{DayMatch, Stand};
use bm_domain::process::Mark;
use bm_domain::reconcile::count::{BarrierCount, Counted, Source};
use bm_domain::reconcile::settle::{Settlement, needs_second};
use bm_domain::reconcile::{
    DIRECTIONS, Difference, Figures, MoneySums, NamedForm, Side, Unit, place,
};
use bm_domain::resident::masked;
use bm_domain::{BusinessDay, Direction, Vnd};
use rust_decimal::Decimal;

use crate::answer;
use crate::command::Call;
use crate::command::declaration::Names;
use crate::view::{
    BarrierView, BehindForm, BehindSession, CheckName, CheckView, ClosePending, CountedView,
    DayClosing, DifferenceSettlement, DifferenceState, DifferenceView, Directions, FigureView,
    FormsView, LaterCorrection, MarkView, MoneyView, PassageView, ReconciliationView, SeriesView,
    WayView,
};
use crate::words;

/// A gate's day as it stands now.
pub(super) fn day(
    call: &Call<'_>,
    gate: &str,
    day: BusinessDay,
) -> Result<ReconciliationView, AppError> {
    call.app.read(|reader| {
        let found = call.app.match_day(reader, gate, day)?;
        let book = call.app.law_book(reader)?;
        let today = call.today();
        let against = if found.closed.is_some() {
            Vec::new()
        } else {
            against_closing(reader, &found, gate, day, today)?
        };
        let mut show = Show {
            call,
            reader,
            found: &found,
            names: Names::default(),
        };
        let differences = found.result.differences.iter();
        let differences = differences
            .map(|one| show.difference(one))
            .collect::<Result<Vec<_>, _>>()?;
        let unsettled = found.unsettled().count();
        let figures = &found.result.figures;
        let pending = figures.forms.iter().any(|sums| sums.pending > 0);
        let state = match &found.closed {
            Some(_) => DayState::Closed,
            None => DayState::of_open(day >= today, unsettled, pending),
        };
        Ok(ReconciliationView {
            gate: gate.to_owned(),
            gate_name: book.1.gate_name(gate).unwrap_or_default().to_owned(),
            day,
            state,
            forms: pair(|direction| forms(figures, direction)),
            money: money(&figures.money),
            checks: checks(figures),
            differences,
            unsettled: u32::try_from(unsettled).unwrap_or(u32::MAX),
            counts: show.counts(gate, day)?,
            against: answer::violations(call.language, &against),
            close_needs_second: found.rule.close_needs_second,
            closing: show.closing()?,
            closed: show.closed(gate, day)?,
        })
    })
}

fn pair<T>(of: impl Fn(Direction) -> T) -> Directions<T> {
    Directions {
        import: of(Direction::Import),
        export: of(Direction::Export),
    }
}

/// Both directions of a count.
pub(super) fn totals(counted: &[Counted; 2]) -> Directions<CountedView> {
    pair(|direction| counted_view(&counted[place(direction)]))
}

fn kilograms(grams: i64) -> String {
    Decimal::new(grams, 3).normalize().to_string()
}

fn counted_view(counted: &Counted) -> CountedView {
    CountedView {
        persons: counted.persons,
        forms: counted.forms,
        vehicles: counted.vehicles,
        weight_kg: counted.weight_g.map(kilograms),
    }
}

fn forms(figures: &Figures, direction: Direction) -> FormsView {
    let at = place(direction);
    let (sums, expected) = (&figures.forms[at], &figures.expected[at]);
    FormsView {
        registered: sums.registered,
        released: sums.released,
        refused: sums.refused,
        cancelled: sums.cancelled,
        pending: sums.pending,
        left: expected.forms,
        persons: expected.persons,
        weight_kg: kilograms(expected.weight_g),
        counted: figures.counted.as_ref().map(|both| counted_view(&both[at])),
    }
}

fn money(sums: &MoneySums) -> MoneyView {
    MoneyView {
        computed_vnd: sums.computed,
        paid_cash_vnd: sums.paid_cash,
        paid_bank_vnd: sums.paid_bank,
        refunded_vnd: sums.refunded,
        unpaid_vnd: sums.unpaid,
        to_refund_vnd: sums.to_refund,
        receipts: sums.receipts,
        preprinted: sums.preprinted,
        cancelled: sums.cancelled,
        standing_vnd: sums.standing,
        series: sums.series.iter().map(SeriesView::from).collect(),
        recorded_vnd: sums.recorded,
        counted_vnd: sums.counted,
        taken_vnd: sums.taken,
        handed_over_vnd: sums.handed_over,
    }
}

/// What was paid on the day's forms and is still to be, less what was given back or is to be.
fn settled(money: &MoneySums) -> Vnd {
    let paid = money.paid_cash + money.paid_bank + money.unpaid;
    paid - money.refunded - money.to_refund
}

fn checks(figures: &Figures) -> Vec<CheckView> {
    let money = &figures.money;
    let check = |name, unit, left: i64, side, right: Option<i64>| CheckView {
        name,
        direction: None,
        unit,
        left,
        side,
        right,
        meets: right == Some(left),
    };
    let mut found = Vec::new();
    for direction in DIRECTIONS {
        let at = place(direction);
        let (sums, expected) = (&figures.forms[at], &figures.expected[at]);
        let parts = sums.released + sums.refused + sums.cancelled + sums.pending;
        let counted = figures.counted.as_ref().map(|both| both[at]);
        let all = [
            check(
                CheckName::Registered,
                Unit::Forms,
                sums.registered,
                Side::Forms,
                Some(parts),
            ),
            check(
                CheckName::Forms,
                Unit::Forms,
                expected.forms,
                Side::Barrier,
                counted.map(|one| i64::from(one.forms)),
            ),
            check(
                CheckName::Persons,
                Unit::Persons,
                expected.persons,
                Side::Barrier,
                counted.map(|one| i64::from(one.persons)),
            ),
        ];
        found.extend(all.into_iter().map(|one| CheckView {
            direction: Some(direction),
            ..one
        }));
    }
    let vnd = |name, left: Vnd, right: Vnd| {
        check(
            name,
            Unit::Vnd,
            left.dong(),
            Side::Money,
            Some(right.dong()),
        )
    };
    found.push(vnd(CheckName::Tax, money.computed, settled(money)));
    found.push(vnd(CheckName::Cash, money.recorded, money.counted));
    found.push(vnd(CheckName::HandOver, money.taken, money.handed_over));
    found
}

struct Show<'a> {
    call: &'a Call<'a>,
    reader: &'a dyn Reader,
    found: &'a DayMatch,
    names: Names,
}

impl Show<'_> {
    fn word(&self, of: &str, word: &str) -> String {
        let key = format!("{of}.{word}");
        words::text(self.call.language, &key, &BTreeMap::new())
    }

    fn mark(&self, mark: &Mark) -> Result<MarkView, AppError> {
        MarkView::new(self.reader, mark)
    }

    fn behind(&mut self, forms: &[NamedForm]) -> Result<Vec<BehindForm>, AppError> {
        let mut behind = Vec::new();
        for form in forms {
            behind.push(BehindForm {
                id: form.id,
                number: form.number.clone(),
                person: form.person.0,
                person_name: self.names.of(self.reader, form.person)?.to_owned(),
            });
        }
        Ok(behind)
    }

    fn settlement(&self, one: &Settlement) -> Result<DifferenceSettlement, AppError> {
        let answered = one.answer.as_ref().map(|answer| self.mark(&answer.mark));
        Ok(DifferenceSettlement {
            id: one.id,
            way: one.way,
            label: self.word("way", one.way.word()),
            reason: one.reason.clone(),
            settled: self.mark(&one.settled)?,
            answered: answered.transpose()?,
            own: one.settled.by == self.call.actor.user,
        })
    }

    fn difference(&mut self, one: &Difference) -> Result<DifferenceView, AppError> {
        let actor = &self.call.actor;
        let stand = self.found.stand(one);
        let (state, settlement) = match stand {
            Stand::Open => (DifferenceState::Open, None),
            Stand::Pending(it) => (DifferenceState::Pending, Some(self.settlement(it)?)),
            Stand::Settled(it) => (DifferenceState::Settled, Some(self.settlement(it)?)),
            Stand::Done => (DifferenceState::Settled, None),
        };
        let open = state == DifferenceState::Open;
        let ways = one.kind.ways().iter().filter(|_| open).map(|way| WayView {
            way: *way,
            label: self.word("way", way.word()),
            recorded: way.is_recorded(),
        });
        let ways: Vec<WayView> = ways.collect();
        let decides = allows(actor.role, Permission::Decide);
        let session = match &one.session {
            None => None,
            Some((id, cashier)) => {
                let account = self.reader.account(cashier)?;
                let name = account.map_or_else(|| cashier.clone(), |known| known.display_name);
                Some(BehindSession {
                    id: *id,
                    cashier: name,
                })
            }
        };
        Ok(DifferenceView {
            key: one.key(),
            kind: one.kind,
            title: self.word("difference", one.kind.word()),
            basis: words::citation(self.call.language, one.kind.basis()),
            state,
            direction: one.direction,
            figures: one.figures.iter().map(FigureView::from).collect(),
            forms: self.behind(&one.forms)?,
            candidates: self.behind(&one.candidates)?,
            receipts: one.receipts.clone(),
            session,
            passage: one.passage.as_ref().map(|(gate, passage)| PassageView {
                at: passage.at,
                gate: gate.clone(),
                form: passage.form.clone(),
                paper: masked(&passage.paper),
            }),
            at: one.at,
            ways,
            needs_second: !decides || needs_second(&self.found.rule, one, &actor.user),
            settlement,
            seen: one.seen.as_ref().map(|mark| self.mark(mark)).transpose()?,
        })
    }

    fn counts(&self, gate: &str, day: BusinessDay) -> Result<Vec<BarrierView>, AppError> {
        let view = |count: BarrierCount| {
            Ok(BarrierView {
                id: count.id,
                entered: self.mark(&count.entered)?,
                file: match count.source {
                    Source::Typed => String::new(),
                    Source::File { name, .. } => name,
                },
                counter: count.counter,
                passages: u32::try_from(count.passages.len()).unwrap_or(u32::MAX),
                totals: count.totals.as_ref().map(totals),
                reason: count.reason,
                replaced: count.replaced.is_some(),
            })
        };
        let all = history(self.reader, gate, day)?;
        all.into_iter().map(view).collect()
    }

    fn closing(&self) -> Result<Option<ClosePending>, AppError> {
        let waits = self.found.closing.as_ref();
        waits
            .map(|waits| {
                Ok(ClosePending {
                    id: waits.id,
                    proposed: self.mark(&waits.proposed)?,
                    own: waits.proposed.by == self.call.actor.user,
                })
            })
            .transpose()
    }

    fn closed(&self, gate: &str, day: BusinessDay) -> Result<Option<DayClosing>, AppError> {
        let Some(closed) = &self.found.closed else {
            return Ok(None);
        };
        let filter = EntryFilter {
            gate: Some(gate.to_owned()),
            days: Some((day, day)),
            ..EntryFilter::default()
        };
        let mut corrections = Vec::new();
        for made in book::list::<Proposal>(self.reader, &filter)? {
            if made.proposed.at >= closed.closed.at {
                corrections.push(self.correction(&made)?);
            }
        }
        let proposed = closed.proposed.as_ref().map(|mark| self.mark(mark));
        Ok(Some(DayClosing {
            closed: self.mark(&closed.closed)?,
            proposed: proposed.transpose()?,
            digest: closed.digest.clone().unwrap_or_default(),
            corrections,
        }))
    }

    fn correction(&self, made: &Proposal) -> Result<LaterCorrection, AppError> {
        let form = self.reader.declaration(made.form)?;
        let verdict = made.verdict.as_ref();
        let decided = verdict.map(|verdict| self.mark(&verdict.mark));
        Ok(LaterCorrection {
            form: made.form,
            number: form.map(|form| form.declaration.number).unwrap_or_default(),
            kind: Wanted::kind(&made.wanted),
            reason: made.reason.clone(),
            proposed: self.mark(&made.proposed)?,
            decided: decided.transpose()?,
            approved: verdict.is_some_and(|verdict| verdict.approved),
        })
    }
}
