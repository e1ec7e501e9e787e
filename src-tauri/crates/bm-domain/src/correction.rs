//! Corrections of a registered form: always a new entry, never an edit.
//!
//! An amended form is decided again under the law of the day it was registered on. What the officers
//! have done on it so far stands as far as it still fits: a tax that changed is confirmed again, an
//! inspection of other goods is done again, and what was paid counts towards the new sum.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::decide::Decision;
use crate::declaration::{Direction, Draft, DraftLine};
use crate::process::{Finding, Mark, Progress, Requirements};
use crate::resident::UnknownWord;

/// How a registered form is corrected.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// Its goods are declared otherwise (Law 54/2014/QH13 art. 29(4)).
    Amend,
    /// Its goods may not pass (Circular 80/2019/TT-BTC art. 7(3)).
    Refuse,
    /// Its goods go back (Decree 08/2015/ND-CP art. 47, 48).
    Return,
    /// It is taken back (Circular 38/2015/TT-BTC art. 22).
    Cancel,
}

impl CorrectionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Amend, Self::Refuse, Self::Return, Self::Cancel];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Amend => "amend",
            Self::Refuse => "refuse",
            Self::Return => "return",
            Self::Cancel => "cancel",
        }
    }

    /// The article it rests on, in its neutral form.
    #[must_use]
    pub const fn basis(self, direction: Direction) -> &'static str {
        match (self, direction) {
            (Self::Amend, _) => "Law 54/2014/QH13 art. 29(4)",
            (Self::Refuse, _) => "Circular 80/2019/TT-BTC art. 6(3), 7(3)",
            (Self::Return, Direction::Import) => "Decree 08/2015/ND-CP art. 48",
            (Self::Return, Direction::Export) => "Decree 08/2015/ND-CP art. 47",
            (Self::Cancel, _) => "Circular 38/2015/TT-BTC art. 22",
        }
    }

    /// Whether it may be done once the goods have left the supervised area: what has left can only
    /// be amended or come back.
    #[must_use]
    pub const fn after_release(self) -> bool {
        matches!(self, Self::Amend | Self::Return)
    }
}

impl FromStr for CorrectionKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let all = Self::ALL.into_iter();
        all.into_iter()
            .find(|kind| kind.word() == text.trim())
            .ok_or(UnknownWord)
    }
}

/// Whether a line names other goods than another: what an inspection looks at.
fn is_other_goods(one: &DraftLine, other: &DraftLine) -> bool {
    let of = |line: &DraftLine| (line.hs, line.quantity, line.weight, line.condition);
    of(one) != of(other) || (&one.unit, &one.origin) != (&other.unit, &other.origin)
}

fn has_other_goods(one: &Draft, other: &Draft) -> bool {
    let pairs = one.lines.iter().zip(&other.lines);
    one.lines.len() != other.lines.len() || pairs.into_iter().any(|(a, b)| is_other_goods(a, b))
}

/// How far a form has come once it is amended; `mark` tells who made the amendment effective.
#[must_use]
pub fn amended(
    mut progress: Progress,
    before: (&Draft, &Decision),
    after: (&Draft, &Decision),
    mark: &Mark,
) -> Progress {
    // What was printed says something else now: the form has new originals.
    progress.printed = 0;
    let charged = before.1.total_due();
    if charged != after.1.total_due() {
        progress.file_payment(charged);
        progress.taxed = None;
    }
    // Goods that have left can't be looked at again, nor do they wait for a certificate.
    if progress.released.is_some() {
        return progress;
    }
    if let Some((_, finding, _)) = &progress.inspected {
        let differed = *finding == Finding::Differs;
        if differed && !after.1.inspection_required {
            progress.ordered = progress.ordered.or_else(|| Some(mark.clone()));
        }
        if differed || has_other_goods(before.0, after.0) {
            progress.inspected = None;
        }
    }
    let same_goods = |line: usize| {
        let of = |draft: &Draft| draft.lines.get(line).map(|line| line.hs);
        of(before.0) == of(after.0)
    };
    let asked = Requirements::of(after.1).certificates;
    progress
        .certificates
        .retain(|line, _| asked.contains(line) && same_goods(*line));
    progress
}

#[cfg(test)]
mod tests;
