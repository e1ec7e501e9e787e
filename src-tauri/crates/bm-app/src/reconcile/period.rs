//! The match of several gates over several days: each day with its state and figures.

use bm_domain::BusinessDay;
use bm_domain::declaration::Direction;
use bm_domain::reconcile::{DIRECTIONS, Figures};
use serde::{Deserialize, Serialize};

use super::facts::form_sums;
use crate::App;
use crate::close::closed_day;
use crate::error::AppError;
use crate::ports::Reader;

/// The longest period, in days.
pub const DAYS_MAX: u32 = 366;
/// Most open days that are matched form by form; older ones show their totals alone.
const MATCHED_MAX: usize = 60;

/// Where a gate's day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Something does not meet and is not settled.
    Differs,
    /// The day is not over, forms of it wait, or it was not matched.
    Draft,
    /// Everything meets or is settled: it can be closed.
    Settled,
    /// It is closed.
    Closed,
}

impl DayState {
    /// Where a day that is not closed stands: a day that is not over is a draft, whatever differs.
    #[must_use]
    pub const fn of_open(running: bool, unsettled: usize, pending: bool) -> Self {
        match (running, unsettled, pending) {
            (true, ..) | (false, 0, true) => Self::Draft,
            (false, 0, false) => Self::Settled,
            (false, ..) => Self::Differs,
        }
    }
}

/// A gate's day in a roll-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayLine {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Where it stands.
    pub state: DayState,
    /// Differences that are not settled.
    pub unsettled: usize,
    /// Whether it was matched form by form; else its figures are its totals.
    pub matched: bool,
    /// The three columns.
    pub figures: Figures,
    /// Digest of a closed day.
    pub digest: Option<String>,
}

impl App {
    /// Days of gates with anything on them, the newest first; of every gate when none is named.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for days in the wrong order
    /// or too many.
    pub fn match_period(
        &self,
        reader: &dyn Reader,
        gates: &[String],
        (from, to): (BusinessDay, BusinessDay),
    ) -> Result<Vec<DayLine>, AppError> {
        let days = to.number().checked_sub(from.number()).unwrap_or(i32::MAX);
        let days = u32::try_from(days).map_err(|_| AppError::BadRequest("to".into()))?;
        if days >= DAYS_MAX {
            return Err(AppError::BadRequest("to".into()));
        }
        let book = self.law_book(reader)?;
        let all: Vec<String> = match gates {
            [] => book.1.gates.keys().cloned().collect(),
            named => named.to_vec(),
        };
        if all.iter().any(|gate| !book.1.gates.contains_key(gate)) {
            return Err(AppError::NotFound);
        }
        let today = BusinessDay::of(self.clock().now());
        let (mut lines, mut matched) = (Vec::new(), 0);
        for back in 0..=days {
            let day = to.before(back);
            for gate in &all {
                let found = self.line(reader, gate, (day, today), &mut matched)?;
                lines.extend(found);
            }
        }
        Ok(lines)
    }

    fn line(
        &self,
        reader: &dyn Reader,
        gate: &str,
        (day, today): (BusinessDay, BusinessDay),
        matched: &mut usize,
    ) -> Result<Option<DayLine>, AppError> {
        let line = |state, figures| DayLine {
            gate: gate.to_owned(),
            day,
            state,
            unsettled: 0,
            matched: true,
            figures,
            digest: None,
        };
        if let Some(closed) = closed_day(reader, gate, day)? {
            let sums = [&closed.import, &closed.export].map(form_sums);
            let figures = closed.figures.unwrap_or_else(|| by_totals(sums));
            let digest = closed.digest;
            return Ok(Some(DayLine {
                digest,
                ..line(DayState::Closed, figures)
            }));
        }
        let totals = |direction: Direction| reader.day_totals(gate, day, direction);
        let [import, export] = DIRECTIONS.map(totals);
        let sums = [form_sums(&import?), form_sums(&export?)];
        let quiet = sums.iter().all(|sums| sums.registered == 0);
        let counted = super::counts::held(reader, gate, day)?.is_some();
        if quiet && !counted && day != today {
            return Ok(None);
        }
        if *matched >= MATCHED_MAX {
            return Ok(Some(DayLine {
                matched: false,
                ..line(DayState::Draft, by_totals(sums))
            }));
        }
        *matched += 1;
        let found = self.match_day(reader, gate, day)?;
        let unsettled = found.unsettled().count();
        let pending = sums.iter().any(|sums| sums.pending > 0);
        let state = DayState::of_open(day >= today, unsettled, pending);
        Ok(Some(DayLine {
            unsettled,
            ..line(state, found.result.figures)
        }))
    }
}

/// The figures of a day of which only the totals are known.
fn by_totals(forms: [bm_domain::reconcile::FormSums; 2]) -> Figures {
    Figures {
        forms,
        ..Figures::default()
    }
}
