//! Until when each step must be taken.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Progress, Requirements, Stage};
use crate::calendar::Validity;
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
            calendar.deadline(start, limits.inspection_minutes)
        }
        Stage::Tax | Stage::Release => {
            let inspected = progress.inspected.as_ref().map(|(mark, ..)| mark.at);
            let start = inspected.map_or(registered, |at| at.max(registered));
            calendar.deadline(start, limits.documents_minutes)
        }
    }
}
