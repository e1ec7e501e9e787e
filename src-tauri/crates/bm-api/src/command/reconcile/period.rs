//! Several gates over a period, rolled up by gate, parent gate, office and region.

use std::collections::BTreeMap;

use bm_app::AppError;
use bm_app::reconcile::period::{DayLine, DayState};
use bm_domain::law::{LawBook, LawOfDay};
use bm_domain::{BusinessDay, Vnd};

use crate::command::Call;
use crate::view::{Level, PeriodDay, PeriodFigures, PeriodGroup, PeriodView};

/// The match of gates over a period.
pub(super) fn view(
    call: &Call<'_>,
    gates: &[String],
    (from, to): (BusinessDay, BusinessDay),
) -> Result<PeriodView, AppError> {
    call.app.read(|reader| {
        let lines = call.app.match_period(reader, gates, (from, to))?;
        let book = call.app.law_book(reader)?;
        let mut groups = BTreeMap::new();
        let mut total = PeriodFigures::default();
        let mut days = Vec::new();
        for line in lines {
            let figures = figures(&line);
            for (level, code) in places(&book.1, &line) {
                let group: &mut PeriodGroup = groups
                    .entry((level as u8, code.clone()))
                    .or_insert_with(|| {
                        let name = name(&book.1, to, level, &code);
                        PeriodGroup {
                            level,
                            code,
                            name,
                            state: DayState::Closed,
                            figures: PeriodFigures::default(),
                        }
                    });
                group.state = group.state.min(line.state);
                group.figures.add(&figures);
            }
            total.add(&figures);
            days.push(PeriodDay {
                gate: line.gate,
                day: line.day,
                state: line.state,
                matched: line.matched,
                figures,
                digest: line.digest.unwrap_or_default(),
            });
        }
        Ok(PeriodView {
            from,
            to,
            days,
            groups: groups.into_values().collect(),
            total,
        })
    })
}

fn figures(line: &DayLine) -> PeriodFigures {
    let of = &line.figures;
    let forms = |pick: fn(&bm_domain::reconcile::FormSums) -> i64| of.forms.iter().map(pick).sum();
    let money = &of.money;
    let seen = of.counted.iter().flatten();
    PeriodFigures {
        registered: forms(|sums| sums.registered),
        released: forms(|sums| sums.released),
        refused: forms(|sums| sums.refused),
        cancelled: forms(|sums| sums.cancelled),
        pending: forms(|sums| sums.pending),
        due_vnd: Vnd::new(forms(|sums| sums.due)),
        paid_vnd: money.paid_cash + money.paid_bank - money.refunded,
        recorded_vnd: money.recorded,
        counted_vnd: money.counted,
        left: of.expected.iter().map(|one| one.forms).sum(),
        seen: seen.map(|one| i64::from(one.forms)).sum(),
        days: 1,
        closed: u32::from(line.state == DayState::Closed),
        differing: u32::from(line.state == DayState::Differs),
        unsettled: u32::try_from(line.unsettled).unwrap_or(u32::MAX),
    }
}

impl PeriodFigures {
    fn add(&mut self, other: &Self) {
        self.registered += other.registered;
        self.released += other.released;
        self.refused += other.refused;
        self.cancelled += other.cancelled;
        self.pending += other.pending;
        self.due_vnd += other.due_vnd;
        self.paid_vnd += other.paid_vnd;
        self.recorded_vnd += other.recorded_vnd;
        self.counted_vnd += other.counted_vnd;
        self.left += other.left;
        self.seen += other.seen;
        self.days += other.days;
        self.closed += other.closed;
        self.differing += other.differing;
        self.unsettled += other.unsettled;
    }
}

/// Every place a gate's day counts for, by the gate's row of that day.
fn places(book: &LawBook, line: &DayLine) -> [(Level, String); 4] {
    let law = book.on(line.day);
    let row = law.gate(&line.gate);
    let text = |pick: fn(&bm_domain::law::Gate) -> &String| {
        row.map(|gate| pick(gate).clone()).unwrap_or_default()
    };
    [
        (Level::Gate, line.gate.clone()),
        (Level::Parent, topmost(law, &line.gate)),
        (Level::Office, text(|gate| &gate.office)),
        (Level::Region, text(|gate| &gate.region)),
    ]
}

/// The gate that a gate belongs to in the end.
fn topmost(law: LawOfDay<'_>, gate: &str) -> String {
    let mut at = gate.to_owned();
    // A ring of gates that name each other ends somewhere.
    for _ in 0..8 {
        match law.gate(&at) {
            Some(row) if !row.parent.is_empty() => at.clone_from(&row.parent),
            _ => break,
        }
    }
    at
}

fn name(book: &LawBook, day: BusinessDay, level: Level, code: &str) -> String {
    let law = book.on(day);
    let named = match level {
        Level::Gate | Level::Parent => book.gate_name(code).map(str::to_owned),
        Level::Region => law.title("region").map(str::to_owned),
        Level::Office => {
            let of_office = |gate: &&String| law.gate(gate).is_some_and(|row| row.office == code);
            let gate = book.gates.keys().find(of_office);
            gate.and_then(|gate| law.office_title(gate))
                .map(str::to_owned)
        }
    };
    named.filter(|_| !code.is_empty()).unwrap_or_default()
}
