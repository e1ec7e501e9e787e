//! Changes of dated data: what a new row does to the rows it meets, and which changes are refused.
//!
//! A declaration is decided under the law of its registration day (Circular 38/2015/TT-BTC
//! art. 35(1)), so every day must have exactly one: rows of a series neither overlap nor leave a
//! day out. A change is checked when it is proposed and once more when it is approved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::row::{Continuity, LawKind, LawRow};
use super::{LawBook, values};
use crate::calendar::{BusinessDay, Validity};
use crate::violation::{Violation, ViolationCode as Code};

/// A row that is to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Its key.
    pub key: String,
    /// Its last day; `None` when it is to go altogether, as one that never held.
    pub last: Option<BusinessDay>,
}

/// Rows that are entered and rows that end, together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// New rows, and rows in another wording.
    pub rows: Vec<LawRow>,
    /// Rows that end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<End>,
    /// Rows in the way end the day before a new one and go on after it; otherwise they refuse it.
    #[serde(default)]
    pub make_room: bool,
}

/// Days of a series on which forms would be decided by another law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The series.
    pub series: String,
    /// The days.
    pub days: Validity,
    /// Whether a row held on these days before; otherwise they get their first.
    pub held: bool,
    /// Whether a row holds on them afterwards.
    pub holds: bool,
}

/// What a change comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every series that changes, with its rows as they are from then on.
    pub series: BTreeMap<String, Vec<LawRow>>,
    /// Rows to be entered or replaced.
    pub saved: Vec<LawRow>,
    /// Keys of rows that go.
    pub removed: Vec<String>,
    /// On which days the law becomes another.
    pub touched: Vec<Touched>,
}

impl Plan {
    /// The book as it is after the change.
    #[must_use]
    pub fn applied_to(&self, book: &LawBook) -> LawBook {
        let mut book = book.clone();
        for (series, rows) in &self.series {
            book.set_series(series, rows.clone());
        }
        book
    }
}

/// What a change comes to, and why it may not be made.
#[must_use]
pub fn plan(book: &LawBook, change: &Change) -> (Plan, Vec<Violation>) {
    let mut problems = Vec::new();
    for (i, row) in change.rows.iter().enumerate() {
        values::check(
            book,
            &change.rows,
            row,
            &format!("rows[{i}]"),
            &mut problems,
        );
    }
    let mut by_series: BTreeMap<String, Vec<LawRow>> = BTreeMap::new();
    let mut unended: BTreeSet<&str> = change.ends.iter().map(|end| end.key.as_str()).collect();
    for end in &change.ends {
        let series = series_of(&end.key);
        let rows = by_series
            .entry(series.clone())
            .or_insert_with(|| book.series(&series));
        if shorten(rows, end) {
            unended.remove(end.key.as_str());
        }
    }
    for (i, end) in change.ends.iter().enumerate() {
        if unended.contains(end.key.as_str()) {
            let unknown = Violation::new(Code::LawRowUnknown, format!("ends[{i}]"));
            problems.push(unknown.with("value", &end.key));
        }
    }
    lay_in(book, change, &mut by_series, &mut problems);
    let plan = compare(book, by_series);
    check_gaps(book, &plan, &mut problems);
    if problems.is_empty() && plan.saved.is_empty() && plan.removed.is_empty() {
        problems.push(Violation::new(Code::LawUnchanged, "rows"));
    }
    (plan, problems)
}

/// The series of a key, which ends with the row's first day; a holiday is a series of its own.
fn series_of(key: &str) -> String {
    match (LawKind::of_series(key), key.rsplit_once('/')) {
        (Some(LawKind::Holiday), _) | (_, None) => key.to_owned(),
        (_, Some((series, _))) => series.to_owned(),
    }
}

/// Ends a row; `false` when there is none such or it ends before that day anyway.
fn shorten(rows: &mut Vec<LawRow>, end: &End) -> bool {
    let Some(at) = rows.iter().position(|row| row.key() == end.key) else {
        return false;
    };
    let held = rows[at].validity();
    match end.last.filter(|last| *last >= held.from) {
        None => {
            rows.remove(at);
        }
        Some(last) if held.to.is_none_or(|to| last < to) => {
            let row = rows.remove(at);
            rows.insert(
                at,
                row.on_days(Validity {
                    to: Some(last),
                    ..held
                }),
            );
        }
        Some(_) => return false,
    }
    true
}

/// Puts the new rows among those held, or says what is in the way.
fn lay_in(
    book: &LawBook,
    change: &Change,
    by_series: &mut BTreeMap<String, Vec<LawRow>>,
    problems: &mut Vec<Violation>,
) {
    let mut laid: BTreeMap<String, Vec<Validity>> = BTreeMap::new();
    for (i, row) in change.rows.iter().enumerate() {
        let (days, series) = (row.validity(), row.series());
        if days.to.is_some_and(|to| to < days.from) {
            continue;
        }
        let before = laid.entry(series.clone()).or_default();
        if before.iter().any(|other| other.overlaps(&days)) {
            let twice = Violation::new(Code::LawRowTwice, format!("rows[{i}].valid_from"));
            problems.push(twice.with("series", &series).with("from", days.from));
            continue;
        }
        before.push(days);
        let rows = by_series
            .entry(series.clone())
            .or_insert_with(|| book.series(&series));
        let in_the_way = rows.iter().find(|held| held.validity().overlaps(&days));
        if let Some(held) = in_the_way.filter(|_| !change.make_room) {
            problems.push(overlap(row.kind(), held, i));
            continue;
        }
        let mut kept: Vec<LawRow> = Vec::with_capacity(rows.len() + 2);
        for held in rows.drain(..) {
            kept.extend(around(held, &days));
        }
        kept.push(row.clone());
        kept.sort_by_key(|row| row.validity().from);
        *rows = kept;
    }
}

fn overlap(kind: LawKind, held: &LawRow, index: usize) -> Violation {
    let code = match kind {
        LawKind::Rate => Code::LawRateTwice,
        _ => Code::LawOverlap,
    };
    let days = held.validity();
    let last = days.to.map_or_else(|| "…".to_owned(), |to| to.to_string());
    Violation::new(code, format!("rows[{index}].valid_from"))
        .with("series", held.series())
        .with("from", days.from)
        .with("to", last)
        .with("source", held.basis())
}

/// What is left of a row before and after days that another takes.
fn around(held: LawRow, taken: &Validity) -> impl Iterator<Item = LawRow> + use<> {
    let days = held.validity();
    if !days.overlaps(taken) {
        return vec![held].into_iter();
    }
    let mut left = Vec::new();
    if days.from < taken.from {
        left.push(held.clone().on_days(Validity {
            from: days.from,
            to: Some(taken.from.before(1)),
        }));
    }
    if let Some(last) = taken.to.filter(|last| days.to.is_none_or(|to| *last < to)) {
        left.push(held.on_days(Validity {
            from: last.after(1),
            to: days.to,
        }));
    }
    left.into_iter()
}

/// What differs between the rows held and those that are to be.
fn compare(book: &LawBook, after: BTreeMap<String, Vec<LawRow>>) -> Plan {
    let mut plan = Plan::default();
    for (series, rows) in after {
        let before = book.series(&series);
        let keys: BTreeSet<String> = rows.iter().map(LawRow::key).collect();
        let gone = before.iter().map(LawRow::key);
        plan.removed.extend(gone.filter(|key| !keys.contains(key)));
        let new = rows.iter().filter(|row| !before.contains(row));
        plan.saved.extend(new.cloned());
        plan.touched.extend(touched(&series, &before, &rows));
        if rows != before {
            plan.series.insert(series, rows);
        }
    }
    plan
}

/// The spans of days on which another row holds than before, or one that says something else.
fn touched(series: &str, before: &[LawRow], after: &[LawRow]) -> Vec<Touched> {
    let all = || before.iter().chain(after).map(LawRow::validity);
    let starts = all().map(|days| days.from);
    let ends = all().filter_map(|days| days.to).map(|to| to.after(1));
    let turns: BTreeSet<BusinessDay> = starts.chain(ends).collect();
    let turns: Vec<_> = turns.into_iter().collect();
    let on = |rows: &'_ [LawRow], day| rows.iter().position(|row| row.validity().holds_on(day));
    let mut spans: Vec<Touched> = Vec::new();
    for (i, from) in turns.iter().enumerate() {
        let (old, new) = (on(before, *from), on(after, *from));
        let same = match (old, new) {
            (Some(old), Some(new)) => before[old].decides_the_same(&after[new]),
            (None, None) => true,
            _ => false,
        };
        if same {
            continue;
        }
        let to = turns.get(i + 1).map(|next| next.before(1));
        let (held, holds) = (old.is_some(), new.is_some());
        match spans.last_mut() {
            Some(last)
                if (last.held, last.holds) == (held, holds)
                    && last.days.to == Some(from.before(1)) =>
            {
                last.days.to = to;
            }
            _ => spans.push(Touched {
                series: series.to_owned(),
                days: Validity { from: *from, to },
                held,
                holds,
            }),
        }
    }
    spans
}

/// Days that would be left without a law and are not so already.
fn check_gaps(book: &LawBook, plan: &Plan, problems: &mut Vec<Violation>) {
    for (series, rows) in &plan.series {
        let before = book.series(series);
        let Some(one) = rows.first().or(before.first()) else {
            continue;
        };
        report_gaps(series, one.continuity(), &before, rows, problems);
    }
    // The list as a whole: on a day without any entry nothing could be brought in.
    let of_list = |series: &String| LawKind::of_series(series) == Some(LawKind::List);
    if plan.series.keys().any(of_list) {
        let after = plan.applied_to(book).rows(LawKind::List);
        let before = book.rows(LawKind::List);
        report_gaps("list", Continuity::Always, &before, &after, problems);
    }
}

fn report_gaps(
    series: &str,
    continuity: Continuity,
    before: &[LawRow],
    after: &[LawRow],
    problems: &mut Vec<Violation>,
) {
    if continuity == Continuity::Free {
        return;
    }
    let first = |rows: &[LawRow]| rows.iter().map(|row| row.validity().from).min();
    let firsts = [first(before), first(after)].into_iter().flatten();
    let Some(since) = firsts.min() else {
        return;
    };
    // Days before the first row and behind the last one were not owed yet.
    let mut known = gaps(before, first(before).unwrap_or(since));
    known.retain(|gap| gap.to.is_some());
    for gap in gaps(after, since) {
        let open = gap.to.is_none() && continuity == Continuity::NoHole;
        if open || known.iter().any(|known| known.covers(&gap)) {
            continue;
        }
        let left = |code| {
            let left = Violation::new(code, "rows").with("series", series);
            left.with("from", gap.from)
        };
        problems.push(match gap.to {
            Some(to) => left(Code::LawGap).with("to", to),
            None => left(Code::LawEnds),
        });
    }
}

/// The days from `since` on that no row holds on.
#[must_use]
pub fn gaps(rows: &[LawRow], since: BusinessDay) -> Vec<Validity> {
    let mut days: Vec<Validity> = rows.iter().map(LawRow::validity).collect();
    days.sort_by_key(|days| days.from);
    let mut gaps = Vec::new();
    let mut next = since;
    for span in days {
        if next < span.from {
            gaps.push(Validity {
                from: next,
                to: Some(span.from.before(1)),
            });
        }
        match span.to {
            Some(to) => next = next.max(to.after(1)),
            None => return gaps,
        }
    }
    gaps.push(Validity::since(next));
    gaps
}

#[cfg(test)]
mod tests;
