//! The demo's days at the gates: the steps on each day's forms and the cash they brought in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bm_app::breach::{BreachFilter, breaches};
use bm_app::permission::Role;
use bm_app::ports::Clock;
use bm_app::{Actor, App, AppError};
use bm_domain::breach::{Breach, BreachKind, BreachState};
use bm_domain::cash::{CashSession, Count, Notes};
use bm_domain::{BusinessDay, DeclarationId, Vnd};
use bm_seed::world::InventedTrade;
use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::{GROUP, damaged, next_step, trade_id};

/// Money for change at the beginning of each day.
const FLOAT: Vnd = Vnd::new(1_000_000);
/// When a cashier of the demo begins, in minutes after midnight.
const BEGINS: i64 = 7 * 60;
/// Minutes after its registration at which the steps on a form are taken.
const AFTER: i64 = 12;
/// Minutes by which one form of the demo waits longer than the law allows.
const WAITS: i64 = 6 * 60;
/// The latest minute at which a day's last work is written.
const ENDS: i64 = 23 * 60 + 50;

/// A clock that stands where it was set.
#[derive(Default)]
pub(super) struct PastClock(AtomicI64);

impl PastClock {
    pub(super) fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_millis(), Ordering::Relaxed);
    }
}

impl Clock for PastClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

/// The trade of a gate on a day.
#[derive(Default)]
struct GateDay {
    forms: Vec<DeclarationId>,
    workstation: String,
    last: DateTime<Utc>,
}

/// What was declared before today has left, its cash counted and handed over on its own day; of
/// today's forms those over the quota still wait, and the cashier's session is open. Tells the past days
/// of each gate; `before_today` is done when the last of them is over.
pub(super) fn live(
    app: &App,
    officer: &Actor,
    past: &[(usize, &InventedTrade)],
    today: BusinessDay,
    mut before_today: impl FnMut() -> Result<(), AppError>,
) -> Result<Vec<(BusinessDay, String)>, AppError> {
    let mut days: BTreeMap<(BusinessDay, &str), GateDay> = BTreeMap::new();
    for (i, trade) in past {
        let key = (BusinessDay::of(trade.at), trade.gate);
        let day = days.entry(key).or_default();
        day.forms.push(DeclarationId(trade_id(*i, trade)));
        if day.workstation.is_empty() {
            trade.workstation.clone_into(&mut day.workstation);
        }
        day.last = day.last.max(trade.at);
    }
    // The cashier sits at every gate today, whether anyone has traded there yet or not.
    let gates: BTreeMap<&str, String> = days
        .iter()
        .map(|((_, gate), day)| (*gate, day.workstation.clone()))
        .collect();
    for (gate, workstation) in gates {
        let of_today = days.entry((today, gate)).or_default();
        if of_today.workstation.is_empty() {
            of_today.workstation = workstation;
        }
    }
    let chief = Actor {
        user: "supervisor".into(),
        role: Role::Supervisor,
        ..officer.clone()
    };
    let forgotten = last_working_day(today);
    let clock = Arc::new(PastClock::default());
    let then = app.by_clock(clock.clone())?;
    let (mut lived, mut told) = (Vec::new(), false);
    for ((day, gate), of_gate) in days {
        let cashier = Actor {
            gate: gate.to_owned(),
            workstation: of_gate.workstation,
            ..officer.clone()
        };
        let over = day < today;
        let now = app.clock().now();
        if day == today && !lived.is_empty() && !told {
            told = true;
            before_today()?;
        }
        clock.set(day.start() + TimeDelta::minutes(BEGINS));
        let session = if over { &then } else { app }.open_cash(&cashier, FLOAT)?;
        let end = (day.start() + TimeDelta::minutes(ENDS)).min(now);
        // One form is forgotten for an afternoon.
        let late = (Some(day) == forgotten && gate == FORGETS).then(|| of_gate.forms.first());
        for group in of_gate.forms.chunks(GROUP) {
            then.take_steps(&cashier, group, |form| {
                let draft = &form.declaration.draft;
                let waits = if late == Some(Some(&draft.id)) {
                    WAITS
                } else {
                    AFTER
                };
                clock.set((draft.at + TimeDelta::minutes(waits)).min(end));
                next_step(form, over)
            })?;
        }
        clock.set((of_gate.last + TimeDelta::minutes(WAITS)).min(end));
        if over {
            hand_over(&then, &cashier, &session, day)?;
            lived.push((day, gate.to_owned()));
        }
        then.scan_breaches(&chief, gate, day)?;
    }
    decide_some(app, &chief, today)?;
    Ok(lived)
}

/// The last working day before today; the gate of the demo where a form waited too long on it.
const FORGETS: &str = "MONGCAI";

fn last_working_day(today: BusinessDay) -> Option<BusinessDay> {
    let mut days = (1..=4).map(|back| today.before(back));
    days.find(|day| day.date().weekday().num_days_from_monday() < 5)
}

/// What a supervisor of the demo has decided by now: of each kind with several entries the oldest,
/// and large excesses that were taxed some days ago.
fn decide_some(app: &App, chief: &Actor, today: BusinessDay) -> Result<(), AppError> {
    let all = app.read(|reader| Ok(breaches(reader, &BreachFilter::default())?))?;
    let mut by_kind: BTreeMap<BreachKind, Vec<&Breach>> = BTreeMap::new();
    for one in all.iter().rev() {
        by_kind.entry(one.found.kind).or_default().push(one);
    }
    for (kind, mut entries) in by_kind {
        entries.sort_by_key(|one| (one.found.day, one.id));
        if kind == BreachKind::OverQuota {
            entries.retain(|one| one.found.day < today.before(3));
        } else {
            entries.truncate(entries.len().min(2) / 2);
        }
        let (state, reason) = match kind {
            BreachKind::OverQuota => (BreachState::Waived, TAXED),
            _ => (BreachState::Upheld, UPHELD),
        };
        for one in entries {
            app.decide_breach(chief, one.id, state, reason)?;
        }
    }
    Ok(())
}

const TAXED: &str = "Đã kiểm tra hàng và thu đủ thuế phần vượt";
const UPHELD: &str = "Đối chiếu tờ khai và sổ theo dõi, đúng như ghi nhận";

/// Counts what a day brought in, which agrees, and takes it to the Treasury.
pub(super) fn hand_over(
    app: &App,
    cashier: &Actor,
    session: &CashSession,
    day: BusinessDay,
) -> Result<(), AppError> {
    let (taken, notes) = app.read(|reader| {
        let book = app.law_book(reader)?;
        let rule = book.1.on(day).cash();
        let notes = rule.map(|rule| rule.notes.clone());
        Ok((bm_app::cash::taken_in(reader, session.id)?, notes))
    })?;
    let notes = notes.ok_or_else(|| damaged("cash"))?;
    let count = in_notes(session.float + taken, &notes);
    app.close_cash(cashier, session.id, &count, "")?;
    if taken.is_positive() {
        let slip = format!("GNT-{}-{day}", session.gate);
        app.hand_over_cash(cashier, session.id, day, &slip, taken)?;
    }
    Ok(())
}

/// An amount in the largest notes it has.
fn in_notes(amount: Vnd, notes: &[Vnd]) -> Count {
    let mut left = amount.dong();
    let mut count = Count::default();
    for note in notes {
        let pieces = left / note.dong();
        left %= note.dong();
        if pieces > 0 {
            count.notes.push(Notes {
                note: *note,
                count: u32::try_from(pieces).unwrap_or(u32::MAX),
            });
        }
    }
    count.small = Vnd::new(left);
    count
}
