//! Until when the law wants the next step of a form.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Progress, Requirements, Stage};
use crate::calendar::Validity;
use crate::law::Term;
use crate::worktime::WorkCalendar;

/// Time limits of an office, in working minutes (Customs Law 54/2014/QH13 art. 23(2)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLimits {
    /// For checking the papers, from registration on.
    pub documents_minutes: u32,
    /// For inspecting the goods, from their presentation or the last certificate on.
    pub inspection_minutes: u32,
    /// Days on which they hold.
    pub validity: Validity,
    /// The text they come from.
    pub basis: String,
}

/// The deadline of what a form waits for; `None` when no limit runs or no hours are entered.
///
/// `extension` is by how many days the head of the office may extend an inspection; they are counted
/// by the calendar (Customs Law art. 23(2)(b): "not more than 2 days").
///
/// An inspection runs from the presentation of all goods; where a specialised check applies, from
/// the day its result came in (Customs Law art. 23(2)(b)). Everything else is part of checking the
/// papers and runs from registration.
#[must_use]
pub fn deadline(
    form: &Requirements,
    progress: &Progress,
    registered: DateTime<Utc>,
    limits: &TimeLimits,
    calendar: &WorkCalendar,
    extension: Option<&Term>,
) -> Option<DateTime<Utc>> {
    match progress.stage(form) {
        Stage::Released | Stage::Certificates | Stage::Payment => None,
        Stage::Inspection => {
            let presented = progress.presented.as_ref()?.at;
            if progress.open_certificate(form).is_some() {
                return None;
            }
            let results = progress.certificates.values().map(|(mark, _)| mark.at);
            let start = results.max().map_or(presented, |last| last.max(presented));
            let usual = calendar.deadline(start, limits.inspection_minutes)?;
            let days = extension.filter(|_| progress.extended.is_some());
            Some(usual + TimeDelta::days(days.map_or(0, |term| i64::from(term.amount))))
        }
        Stage::Tax | Stage::Release => {
            let inspected = progress.inspected.as_ref().map(|(mark, ..)| mark.at);
            let start = inspected.map_or(registered, |at| at.max(registered));
            calendar.deadline(start, limits.documents_minutes)
        }
    }
}
