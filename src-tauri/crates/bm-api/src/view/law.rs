//! Dated data as shown: kinds, rules, their time lines, changes and what they touch.

use bm_app::law::{LawChange, LawRow, State};
use bm_domain::BusinessDay;
use bm_domain::law::{LawBook, LawKind};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::answer::ViolationView;
use crate::law;
use crate::law::fields::{self, Field, Holds};
use crate::words::{self, Language};

/// A word that may be chosen.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawOption {
    /// As written.
    pub value: String,
    /// As people read it.
    pub label: String,
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LawInput {
    /// Words.
    Text,
    /// A number.
    Number,
    /// Whole VND.
    Money,
    /// One of the options.
    Choice,
    /// Several of the options, between commas.
    Choices,
    /// Yes or no.
    Flag,
    /// Many lines of text.
    Body,
}

/// A field of a kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawField {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// How it is typed.
    pub input: LawInput,
    /// Its unit; empty where it has none.
    pub unit: String,
    /// The words it takes.
    pub options: Vec<LawOption>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Whether it names the rule.
    pub names: bool,
}

impl LawField {
    fn new(language: Language, field: &Field) -> Self {
        let (input, words): (_, &[&str]) = match field.holds {
            Holds::Choice(words) => (LawInput::Choice, words),
            Holds::Choices(words) => (LawInput::Choices, words),
            Holds::Flag => (LawInput::Flag, &[]),
            Holds::Body => (LawInput::Body, &[]),
            Holds::Money => (LawInput::Money, &[]),
            Holds::Number | Holds::Count => (LawInput::Number, &[]),
            _ => (LawInput::Text, &[]),
        };
        let label = |word: &str| match field.holds {
            Holds::Choices(_) => law::chosen(language, word),
            _ => law::word(language, word),
        };
        let options = words.iter().map(|word| LawOption {
            value: (*word).to_owned(),
            label: label(word),
        });
        Self {
            name: field.name.to_owned(),
            label: law::field_label(language, field),
            input,
            unit: match field.unit {
                "" | "%" => field.unit.to_owned(),
                unit => law::word(language, unit),
            },
            options: options.collect(),
            optional: field.optional,
            names: field.names,
        }
    }
}

/// A kind of rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawKindView {
    /// The kind.
    pub kind: LawKind,
    /// What it is called.
    pub label: String,
    /// Its fields.
    pub fields: Vec<LawField>,
    /// How many rows are held.
    pub rows: u32,
    /// How many changes wait for approval.
    pub waiting: u32,
    /// Whether a second person approves its changes.
    pub second_person: bool,
    /// Whether tables of it are imported.
    pub tables: bool,
}

impl LawKindView {
    /// A kind in the words of a language.
    #[must_use]
    pub fn new(
        language: Language,
        kind: LawKind,
        rows: usize,
        waiting: usize,
        second: bool,
    ) -> Self {
        let tables = matches!(
            kind,
            LawKind::Rate | LawKind::List | LawKind::Goods | LawKind::Commune | LawKind::Gate
        );
        let fields = fields::of(kind).iter();
        Self {
            kind,
            label: law::kind_label(language, kind),
            fields: fields.map(|field| LawField::new(language, field)).collect(),
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            second_person: second,
            tables,
        }
    }
}

/// A rule in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawSeriesRow {
    /// Its series.
    pub series: String,
    /// What it is called.
    pub title: String,
    /// What it says today; empty where nothing holds.
    pub today: String,
    /// First day of what holds today.
    pub valid_from: Option<BusinessDay>,
    /// Last day of what holds today.
    pub valid_to: Option<BusinessDay>,
    /// The text it rests on.
    pub basis: String,
    /// How many rows it has.
    pub rows: u32,
    /// Whether another row begins later.
    pub changes_later: bool,
}

/// Rules of a kind.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawSeriesList {
    /// The first that fit.
    pub rows: Vec<LawSeriesRow>,
    /// How many more fit.
    pub more: u32,
}

/// Where a row lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LawPhase {
    /// Its last day is over.
    Past,
    /// It holds today.
    Current,
    /// It begins later.
    Future,
    /// It waits for approval.
    Waiting,
}

/// A value of a row.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawValue {
    /// Name of the field.
    pub name: String,
    /// What the field is called.
    pub label: String,
    /// As typed.
    pub value: String,
    /// As people read it.
    pub shown: String,
}

/// A row of a rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawRowView {
    /// Its key.
    pub key: String,
    /// Its series.
    pub series: String,
    /// What it says in short.
    pub summary: String,
    /// First day.
    pub valid_from: BusinessDay,
    /// Last day.
    pub valid_to: Option<BusinessDay>,
    /// Its values.
    pub values: Vec<LawValue>,
    /// The text it rests on.
    pub basis: String,
    /// Where it lies in time.
    pub phase: LawPhase,
    /// Who entered it; empty where it came with the program.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub at: Option<DateTime<Utc>>,
    /// Who approved it; empty where nobody had to.
    pub approved_by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub approved_at: Option<DateTime<Utc>>,
}

impl LawRowView {
    /// A row, with the change that entered it.
    #[must_use]
    pub fn new(
        language: Language,
        row: &LawRow,
        today: BusinessDay,
        entered: Option<&LawChange>,
    ) -> Self {
        let texts = fields::texts(row);
        let days = row.validity();
        let phase = match entered {
            Some(change) if change.state == State::Waiting => LawPhase::Waiting,
            _ if days.from > today => LawPhase::Future,
            _ if days.holds_on(today) => LawPhase::Current,
            _ => LawPhase::Past,
        };
        let value = |field: &Field| {
            let text = texts.get(field.name).map_or("", String::as_str);
            LawValue {
                name: field.name.to_owned(),
                label: law::field_label(language, field),
                value: text.to_owned(),
                shown: law::shown(language, field, text),
            }
        };
        let approved = entered.and_then(|change| change.decided.as_ref());
        Self {
            key: row.key(),
            series: row.series(),
            summary: summary(language, row),
            valid_from: days.from,
            valid_to: days.to,
            values: fields::of(row.kind()).iter().map(value).collect(),
            basis: words::citation(language, row.basis()),
            phase,
            by: entered.map(|change| change.by.clone()).unwrap_or_default(),
            at: entered.map(|change| change.at),
            approved_by: approved
                .map(|decided| decided.by.clone())
                .unwrap_or_default(),
            approved_at: approved.map(|decided| decided.at),
        }
    }
}

/// What a row says in short: its figures, without what names it and what is empty.
#[must_use]
pub fn summary(language: Language, row: &LawRow) -> String {
    let texts = fields::texts(row);
    let fields = || fields::of(row.kind()).iter().filter(|field| !field.names);
    let only = fields().count() == 1;
    // How a field is typed stands in brackets, for the form only.
    let label = |field: &Field| {
        let label = law::field_label(language, field);
        label.split(" (").next().unwrap_or_default().to_owned()
    };
    let said = fields().filter_map(|field| {
        let text = texts.get(field.name).filter(|text| !text.is_empty())?;
        let shown = law::shown(language, field, text);
        match field.holds {
            Holds::Flag if text == "false" => None,
            Holds::Body => None,
            Holds::Flag => Some(label(field)),
            Holds::Text | Holds::Choice(_) => Some(shown),
            _ if only => Some(shown),
            _ => Some(format!("{} {shown}", label(field))),
        }
    });
    said.take(4).collect::<Vec<_>>().join(" · ")
}

/// A change of the law.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawChangeView {
    /// Its id.
    pub id: String,
    /// What it changes: the first rules, by name.
    pub titles: Vec<String>,
    /// How many rules it changes.
    pub series: u32,
    /// The first rows it enters.
    pub rows: Vec<LawRowView>,
    /// Keys of rows it ends, the first of them.
    pub ends: Vec<String>,
    /// The text it comes from.
    pub basis: String,
    /// Why it reaches back; empty where it does not.
    pub reason: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Where it stands.
    pub state: State,
    /// Who decided on it; empty where nobody had to.
    pub decided_by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected.
    pub decided_why: String,
}

/// Most rows of a change that are shown.
const SHOWN: usize = 20;

impl LawChangeView {
    /// A change in the words of a language.
    #[must_use]
    pub fn new(language: Language, change: &LawChange, today: BusinessDay) -> Self {
        let rows = change.change.rows.iter().take(SHOWN);
        let titles = change.series.iter().take(SHOWN);
        let ends = change.change.ends.iter().take(SHOWN);
        let decided = change.decided.as_ref();
        let end = |end: &bm_domain::law::change::End| {
            let day = end
                .last
                .map(|day| words::day(language, day))
                .unwrap_or_default();
            let series = end
                .key
                .rsplit_once('/')
                .map_or(end.key.as_str(), |(series, _)| series);
            format!("{} → {day}", law::series_title(language, series))
        };
        Self {
            id: change.id.to_string(),
            titles: titles
                .map(|series| law::series_title(language, series))
                .collect(),
            series: u32::try_from(change.series.len()).unwrap_or(u32::MAX),
            rows: rows
                .map(|row| LawRowView::new(language, row, today, Some(change)))
                .collect(),
            ends: ends.map(end).collect(),
            basis: words::citation(language, &change.basis),
            reason: change.reason.clone(),
            by: change.by.clone(),
            at: change.at,
            state: change.state,
            decided_by: decided.map(|d| d.by.clone()).unwrap_or_default(),
            decided_at: decided.map(|d| d.at),
            decided_why: decided.map(|d| d.why.clone()).unwrap_or_default(),
        }
    }
}

/// A rule whole: its time line and its history.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawRuleView {
    /// Its series.
    pub series: String,
    /// Its kind.
    pub kind: LawKind,
    /// What it is called.
    pub title: String,
    /// Today.
    pub today: BusinessDay,
    /// Its rows, the earlier first; those that wait among them.
    pub rows: Vec<LawRowView>,
    /// Its changes, the newest first.
    pub changes: Vec<LawChangeView>,
}

/// What speaks against a change, and what it comes to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawCheckView {
    /// What speaks against it, and what should be known.
    pub problems: Vec<ViolationView>,
    /// The rows that are entered or replaced, those that make room among them.
    pub saved: Vec<LawRowView>,
    /// Keys of rows that go.
    pub removed: Vec<String>,
    /// Whether a second person has to approve it.
    pub second_person: bool,
}

/// A rule in a list.
#[must_use]
pub fn series_row(
    language: Language,
    book: &LawBook,
    series: &str,
    today: BusinessDay,
) -> LawSeriesRow {
    let rows = book.series(series);
    let now = rows.iter().find(|row| row.validity().holds_on(today));
    LawSeriesRow {
        series: series.to_owned(),
        title: law::series_name(language, book, series),
        today: now.map(|row| summary(language, row)).unwrap_or_default(),
        valid_from: now.map(|row| row.validity().from),
        valid_to: now.and_then(|row| row.validity().to),
        basis: now
            .map(|row| words::citation(language, row.basis()))
            .unwrap_or_default(),
        rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        changes_later: rows.iter().any(|row| row.validity().from > today),
    }
}
