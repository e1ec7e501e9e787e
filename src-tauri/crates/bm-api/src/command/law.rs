//! Dated data: reading rules, proposing and approving changes, what they touch, tables of rows.

use bm_app::AppError;
use bm_app::law::{LawChange, LawRow, Proposal, Sorted, State};
use bm_app::ports::Reader;
use bm_domain::law::change::{Change, End};
use bm_domain::law::{LawBook, LawKind};
use bm_domain::{Violation, ViolationCode as Code, text};

use super::{Call, read_id};
use crate::answer;
use crate::law::fields::{self, Typed};
use crate::law::{self, BadTableRow, ReadTable, TableText};
use crate::request::{
    ById, LawChangesQuery, LawEffectRequest, LawProposalInput, LawQuery, LawReject, LawSeries,
    LawTableInput, Nothing,
};
use crate::router::TableCall;
use crate::view::{
    LawChangeView, LawCheckView, LawEffectView, LawKindView, LawRowView, LawRuleView,
    LawSeriesList, LawTableRow, LawTableView, series_row, summary,
};
use crate::words::Language;

/// Most rules of a list.
const SERIES_MAX: usize = 200;
/// Most changes of a history.
const CHANGES_MAX: usize = 200;
/// Rows of each sort shown of a table.
const TABLE_ROWS: usize = 20;

/// The kinds of rule with their fields.
///
/// # Errors
/// [`AppError::Store`].
pub fn law_kinds(call: &Call<'_>, _: Nothing) -> Result<Vec<LawKindView>, AppError> {
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let waiting = call.app.law_changes(reader, Some(State::Waiting), None)?;
        let second = book.1.on(today).practice().second_person;
        let of_kind = |change: &&LawChange, kind| {
            let mut series = change.series.iter();
            series.any(|series| LawKind::of_series(series) == Some(kind))
        };
        let view = |kind| {
            let waits = waiting
                .iter()
                .filter(|change| of_kind(change, kind))
                .count();
            let rows = book.1.count(kind);
            LawKindView::new(call.language, kind, rows, waits, second.contains(&kind))
        };
        Ok(LawKind::ALL.iter().copied().map(view).collect())
    })
}

/// Rules of a kind whose code or name holds what was typed.
///
/// # Errors
/// [`AppError::Store`].
pub fn law_series(call: &Call<'_>, query: LawQuery) -> Result<LawSeriesList, AppError> {
    let today = call.today();
    let (wanted, digits) = (text::fold(&query.text), query.text.replace(['.', ' '], ""));
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let mut all: Vec<String> = Vec::new();
        for row in book.1.rows(query.kind) {
            let series = row.series();
            let fits = wanted.is_empty()
                || series.contains(&digits) && !digits.is_empty()
                || text::fold(law::row_name(&row)).contains(&wanted)
                || text::fold(&law::series_title(call.language, &series)).contains(&wanted);
            if fits {
                all.push(series);
            }
        }
        all.sort_unstable();
        all.dedup();
        let more = all.len().saturating_sub(SERIES_MAX);
        let shown = all.iter().take(SERIES_MAX);
        Ok(LawSeriesList {
            rows: shown
                .map(|series| series_row(call.language, &book.1, series, today))
                .collect(),
            more: u32::try_from(more).unwrap_or(u32::MAX),
        })
    })
}

/// A rule with its time line and its history.
///
/// # Errors
/// [`AppError::NotFound`] when neither a row nor a change of it is held.
pub fn law_rule(call: &Call<'_>, of: LawSeries) -> Result<LawRuleView, AppError> {
    let kind = LawKind::of_series(&of.series).ok_or(AppError::NotFound)?;
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let mut changes = call.app.law_changes(reader, None, Some(&of.series))?;
        changes.truncate(CHANGES_MAX);
        let held = book.1.series(&of.series);
        if held.is_empty() && changes.is_empty() {
            return Err(AppError::NotFound);
        }
        let view =
            |row: &LawRow| LawRowView::new(call.language, row, today, entered_by(&changes, row));
        let mut rows: Vec<_> = held.iter().map(view).collect();
        for change in changes
            .iter()
            .filter(|change| change.state == State::Waiting)
        {
            let own = change
                .change
                .rows
                .iter()
                .filter(|row| row.series() == of.series);
            rows.extend(own.map(|row| LawRowView::new(call.language, row, today, Some(change))));
        }
        rows.sort_by_key(|row| row.valid_from);
        Ok(LawRuleView {
            title: law::series_name(call.language, &book.1, &of.series),
            series: of.series.clone(),
            kind,
            today,
            rows,
            changes: changes
                .iter()
                .map(|change| LawChangeView::new(call.language, change, today))
                .collect(),
        })
    })
}

/// The latest change that entered a row; a large one no longer holds its rows.
fn entered_by<'a>(changes: &'a [LawChange], row: &LawRow) -> Option<&'a LawChange> {
    let key = row.key();
    let enters = |change: &&LawChange| {
        let rows = &change.change.rows;
        let large = rows.is_empty() && change.change.ends.is_empty();
        change.state == State::Taken && (large || rows.iter().any(|own| own.key() == key))
    };
    changes.iter().find(enters)
}

/// Changes, the newest first.
///
/// # Errors
/// [`AppError::Store`].
pub fn law_changes(call: &Call<'_>, of: LawChangesQuery) -> Result<Vec<LawChangeView>, AppError> {
    let state = of.waiting.then_some(State::Waiting);
    let today = call.today();
    call.app.read(|reader| {
        let changes = call.app.law_changes(reader, state, None)?;
        let shown = changes.iter().take(CHANGES_MAX);
        Ok(shown
            .map(|change| LawChangeView::new(call.language, change, today))
            .collect())
    })
}

fn read_proposal(input: &LawProposalInput) -> Result<Proposal, AppError> {
    let mut problems = Vec::new();
    let mut rows = Vec::new();
    for (i, row) in input.rows.iter().enumerate() {
        let typed = Typed {
            values: row.values.clone(),
            from: &row.valid_from,
            to: &row.valid_to,
            basis: &row.basis,
        };
        match fields::read(row.kind, &typed, &format!("rows[{i}]")) {
            Ok(row) => rows.push(row),
            Err(found) => problems.extend(found),
        }
    }
    let mut ends = Vec::new();
    for (i, end) in input.ends.iter().enumerate() {
        let last = match end.last.trim() {
            "" => Ok(None),
            last => last.parse().map(Some),
        };
        match last {
            Ok(last) => ends.push(End {
                key: end.key.clone(),
                last,
            }),
            Err(_) => {
                let odd = Violation::new(Code::ValueUnknown, format!("ends[{i}].last"));
                problems.push(odd.with("value", &end.last));
            }
        }
    }
    if !problems.is_empty() {
        return Err(AppError::Refused(problems));
    }
    Ok(Proposal {
        change: Change {
            rows,
            ends,
            make_room: input.make_room,
        },
        basis: input.basis.clone(),
        reason: input.reason.clone(),
    })
}

/// What speaks against a change, and the rows it comes to; nothing is written.
///
/// # Errors
/// [`AppError::Refused`] when it can't be read.
pub fn law_check(call: &Call<'_>, input: LawProposalInput) -> Result<LawCheckView, AppError> {
    let proposal = match read_proposal(&input) {
        Ok(proposal) => proposal,
        Err(AppError::Refused(problems)) => {
            return Ok(LawCheckView {
                problems: answer::violations(call.language, &problems),
                saved: Vec::new(),
                removed: Vec::new(),
                second_person: false,
            });
        }
        Err(other) => return Err(other),
    };
    let today = call.today();
    call.app.read(|reader| {
        let (plan, problems) = call.app.check_law(reader, &proposal, None)?;
        let second = call.app.asks_second(reader, &proposal, &plan)?;
        let saved = plan.saved.iter().take(TABLE_ROWS);
        Ok(LawCheckView {
            problems: answer::violations(call.language, &problems),
            saved: saved
                .map(|row| LawRowView::new(call.language, row, today, None))
                .collect(),
            removed: plan.removed,
            second_person: second,
        })
    })
}

/// Proposes a change; where nobody else has to approve it, it takes effect at once.
///
/// # Errors
/// [`AppError::Refused`] with everything that speaks against it.
pub fn law_propose(call: &Call<'_>, input: LawProposalInput) -> Result<LawChangeView, AppError> {
    let change = call.app.propose_law(&call.actor, &read_proposal(&input)?)?;
    Ok(LawChangeView::new(call.language, &change, call.today()))
}

/// Approves a change that waits.
///
/// # Errors
/// [`AppError::Refused`] for one's own, or when the law has become another; [`AppError::Stale`].
pub fn law_approve(call: &Call<'_>, by: ById) -> Result<LawChangeView, AppError> {
    let change = call.app.approve_law(&call.actor, read_id(&by.id)?)?;
    Ok(LawChangeView::new(call.language, &change, call.today()))
}

/// Rejects a change that waits, or withdraws one's own.
///
/// # Errors
/// [`AppError::Refused`] without a reason; [`AppError::Stale`].
pub fn law_reject(call: &Call<'_>, reject: LawReject) -> Result<LawChangeView, AppError> {
    let id = read_id(&reject.id)?;
    let change = call.app.reject_law(&call.actor, id, &reject.reason)?;
    Ok(LawChangeView::new(call.language, &change, call.today()))
}

/// What a change touches, before it is approved.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Refused`] when it can't be read.
pub fn law_effect(tables: &TableCall<'_>, of: LawEffectRequest) -> Result<LawEffectView, AppError> {
    let call = &tables.call;
    let change = match (&of.id, &of.proposal, &of.table) {
        (Some(id), ..) => {
            let id = read_id(id)?;
            let found = call.app.read(|reader| call.app.law_change(reader, id))?;
            found.proposal().filled()
        }
        (None, Some(input), _) => read_proposal(input)?.filled(),
        (None, None, Some(input)) => read_table(tables, input)?.proposal.filled(),
        (None, None, None) => return Err(AppError::BadRequest("id, proposal, table".into())),
    };
    call.app
        .read(|reader| Ok(call.app.law_effect(reader, &change)?.into()))
}

/// A table, read and compared with the book.
struct Compared {
    read: ReadTable,
    sorted: Sorted,
    proposal: Proposal,
}

fn read_table(tables: &TableCall<'_>, input: &LawTableInput) -> Result<Compared, AppError> {
    let call = &tables.call;
    let from = match input.from.trim() {
        "" => None,
        day => Some(super::read_day(day)?),
    };
    let today = call.today();
    let held = call.app.read(|reader| call.app.law_book(reader))?;
    let mut read = tables.reader.law(&TableText {
        kind: input.kind,
        name: &input.name,
        text: &input.text,
        book: &held.1,
        from,
        today,
        language: call.language,
    })?;
    let day = from.unwrap_or(today);
    let sorted = Sorted::of(
        &held.1,
        input.kind,
        std::mem::take(&mut read.rows),
        day,
        input.whole,
    );
    let basis = match input.basis.trim() {
        "" => input.name.clone(),
        basis => basis.to_owned(),
    };
    let proposal = Proposal {
        change: sorted.change(),
        basis,
        reason: input.reason.clone(),
    };
    Ok(Compared {
        read,
        sorted,
        proposal,
    })
}

/// What taking a table would change; nothing is written.
///
/// # Errors
/// [`AppError::BadRequest`] when it is no such table.
pub fn law_table_preview(
    tables: &TableCall<'_>,
    input: LawTableInput,
) -> Result<LawTableView, AppError> {
    let call = &tables.call;
    let compared = read_table(tables, &input)?;
    call.app.read(|reader| {
        let (problems, second) = check_table(call, reader, &compared)?;
        let book = call.app.law_book(reader)?;
        let view = table_view(call.language, &book.1, &compared.sorted);
        let bad: Vec<BadTableRow> = compared.read.bad.iter().take(TABLE_ROWS).cloned().collect();
        Ok(LawTableView {
            bad: compared.read.bad_count,
            bad_rows: bad,
            unused: compared.read.unused.clone(),
            problems: answer::violations(call.language, &problems),
            second_person: second,
            ..view
        })
    })
}

fn check_table(
    call: &Call<'_>,
    reader: &dyn Reader,
    compared: &Compared,
) -> Result<(Vec<Violation>, bool), AppError> {
    if compared.sorted.is_empty() {
        return Ok((Vec::new(), false));
    }
    let (plan, problems) = call.app.check_law(reader, &compared.proposal, None)?;
    let second = call.app.asks_second(reader, &compared.proposal, &plan)?;
    Ok((problems, second))
}

/// What a table would change, as people read it.
#[must_use]
pub fn table_view(language: Language, book: &LawBook, sorted: &Sorted) -> LawTableView {
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let excluded = |row: &LawRow| sorted.excluded.contains(row);
    let title = |row: &LawRow| {
        let named = law::row_name(row);
        match law::series_name(language, book, &row.series()) {
            title if named.is_empty() || title.contains(named) => title,
            title => format!("{title} · {named}"),
        }
    };
    let line = |old: Option<&LawRow>, new: Option<&LawRow>| LawTableRow {
        title: new.or(old).map(title).unwrap_or_default(),
        old: old.map(|row| summary(language, row)).unwrap_or_default(),
        new: new.map(|row| summary(language, row)).unwrap_or_default(),
        excluded: new.is_some_and(excluded),
    };
    LawTableView {
        new: count(sorted.new.len()),
        changed: count(sorted.changed.len()),
        unchanged: count(sorted.unchanged),
        ended: count(sorted.ended.len()),
        excluded: count(sorted.excluded.len()),
        bad: 0,
        new_rows: (sorted.new.iter().take(TABLE_ROWS))
            .map(|row| line(None, Some(row)))
            .collect(),
        changed_rows: (sorted.changed.iter().take(TABLE_ROWS))
            .map(|(old, new)| line(Some(old), Some(new)))
            .collect(),
        ended_rows: (sorted.ended.iter().take(TABLE_ROWS))
            .map(|row| line(Some(row), None))
            .collect(),
        excluded_rows: (sorted.excluded.iter().take(TABLE_ROWS))
            .map(|row| line(None, Some(row)))
            .collect(),
        bad_rows: Vec::new(),
        unused: Vec::new(),
        problems: Vec::new(),
        second_person: false,
    }
}

/// Takes a table as one change.
///
/// # Errors
/// [`AppError::Refused`] when rows are bad and are not to be left out, when nothing changes, and
/// with everything else that speaks against it.
pub fn law_table_take(
    tables: &TableCall<'_>,
    input: LawTableInput,
) -> Result<LawChangeView, AppError> {
    let call = &tables.call;
    let compared = read_table(tables, &input)?;
    if compared.read.bad_count > 0 && !input.skip_bad {
        let bad = Violation::new(Code::LawTableBad, "text");
        let bad = bad.with("rows", compared.read.bad_count);
        return Err(AppError::Refused(vec![bad]));
    }
    let change = call.app.propose_law(&call.actor, &compared.proposal)?;
    Ok(LawChangeView::new(call.language, &change, call.today()))
}
