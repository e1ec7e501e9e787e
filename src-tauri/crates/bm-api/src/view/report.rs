//! Reports in words: headings, names of what codes mean, what each report is based on.

use std::collections::BTreeMap;

use bm_app::report::Report;
use bm_app::report::definition::{Ready, ReportDefinition};
use bm_app::report::table::{
    ColumnKind, ReportColumn, ReportFact, ReportRow, ReportRowKind, ReportTable,
};
use bm_domain::calendar::in_vietnam;
use bm_domain::law::LawBook;
use bm_domain::statistics::{
    Amounts, Basis, CommodityGroup, Dimension, Filter, Measure, Period, PeriodKind, ReportPlan,
    Row, RowKind,
};
use bm_domain::{BusinessDay, LawOfDay};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::words::{self, Language};

/// A word of reports, by its key.
pub(super) fn word(language: Language, key: &str) -> String {
    words::text(language, &format!("report.{key}"), &BTreeMap::new())
}

fn said(language: Language, key: &str, params: &[(&str, String)]) -> String {
    let params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    words::text(language, &format!("report.{key}"), &params.collect())
}

/// A choice with its name.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportChoice<T> {
    /// The word on the wire.
    pub word: T,
    /// What it is called.
    pub title: String,
}

/// A report every office has.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReadyReport {
    /// Its word.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it asks for, of a month.
    pub plan: ReportPlan,
}

/// A report a branch keeps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct KeptReport {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub plan: ReportPlan,
    /// Display name of who kept it last.
    pub kept_by: String,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub kept_at: DateTime<Utc>,
}

impl KeptReport {
    /// A definition, kept by an account of that name.
    #[must_use]
    pub fn new(kept: ReportDefinition, kept_by: String) -> Self {
        Self {
            id: kept.id.to_string(),
            name: kept.name,
            plan: kept.plan,
            kept_by,
            kept_at: kept.kept.at,
        }
    }
}

/// Every report that can be asked for, and what one can be made of.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportChoices {
    /// Those every office has.
    pub ready: Vec<ReadyReport>,
    /// Those a branch keeps.
    pub kept: Vec<KeptReport>,
    /// Whether the caller may keep one.
    pub may_keep: bool,
    /// What can be counted.
    pub bases: Vec<ReportChoice<Basis>>,
    /// How long a report may reach.
    pub periods: Vec<ReportChoice<PeriodKind>>,
    /// What figures can be told apart by.
    pub dimensions: Vec<ReportChoice<Dimension>>,
    /// The figures.
    pub measures: Vec<ReportChoice<Measure>>,
    /// Groups of commodities, by code.
    pub groups: Vec<ReportChoice<String>>,
}

impl ReportChoices {
    /// What can be asked for under the law of a day.
    #[must_use]
    pub fn new(
        language: Language,
        law: LawOfDay<'_>,
        kept: Vec<KeptReport>,
        may_keep: bool,
    ) -> Self {
        Self {
            ready: (Ready::ALL.iter())
                .map(|ready| ReadyReport {
                    name: ready.word().to_owned(),
                    title: ready_title(language, *ready),
                    plan: ready.plan(PeriodKind::Month),
                })
                .collect(),
            kept,
            may_keep,
            bases: choices(Basis::ALL, |one| basis_title(language, one)),
            periods: choices(PeriodKind::ALL, |one| {
                word(language, &format!("period.{}", one.word()))
            }),
            dimensions: choices(Dimension::ALL, |one| dimension_title(language, one)),
            measures: choices(Measure::ALL, |one| measure_title(language, one)),
            groups: (law.commodity_groups())
                .map(|group| ReportChoice {
                    word: group.code.clone(),
                    title: group_name(language, group),
                })
                .collect(),
        }
    }
}

fn choices<T: Copy>(all: &[T], title: impl Fn(T) -> String) -> Vec<ReportChoice<T>> {
    let named = all.iter().map(|one| ReportChoice {
        word: *one,
        title: title(*one),
    });
    named.collect()
}

/// A report on screen.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReportView {
    /// What was asked.
    pub plan: ReportPlan,
    /// The report.
    pub table: ReportTable,
}

/// What a report every office has is called.
#[must_use]
pub fn ready_title(language: Language, ready: Ready) -> String {
    word(language, &format!("ready.{}", ready.word()))
}

fn basis_title(language: Language, basis: Basis) -> String {
    word(language, &format!("basis.{}", basis.word()))
}

pub(super) fn dimension_title(language: Language, dimension: Dimension) -> String {
    word(language, &format!("dimension.{}", dimension.word()))
}

pub(super) fn measure_title(language: Language, measure: Measure) -> String {
    word(language, &format!("measure.{}", measure.word()))
}

fn group_name(language: Language, group: &CommodityGroup) -> String {
    match language {
        Language::Vi => &group.name_vi,
        Language::En => &group.name_en,
        Language::Zh => &group.name_zh,
    }
    .clone()
}

/// What a period is called: `Tháng 11/2026`, or its days.
pub(super) fn days(language: Language, kind: PeriodKind, period: Period) -> String {
    let from = words::day(language, period.from);
    let to = words::day(language, period.to);
    let span = if from == to {
        from
    } else {
        said(
            language,
            "from_to",
            &[
                ("from", period.from.to_string()),
                ("to", period.to.to_string()),
            ],
        )
    };
    format!(
        "{} ({span})",
        word(language, &format!("period.{}", kind.word()))
    )
}

/// How a report is called, in words and as a file.
#[derive(Clone, Debug)]
pub struct Called<'a> {
    /// Title.
    pub title: String,
    /// Name of its file, before gates and days.
    pub file: &'a str,
    /// Whether it has a column for the enterprise, empty for residents' trade (LAW notes 8.2).
    pub enterprise: bool,
}

/// A report as a table in words.
#[must_use]
pub fn report_table(language: Language, report: &Report, called: &Called<'_>) -> ReportTable {
    let (order, book) = (&report.order, &report.law.1);
    let plan = &order.plan;
    let law = book.on(order.period.to);
    let deep = usize::from(plan.sections);
    let mut columns = Vec::new();
    for (at, dimension) in plan.grouping.iter().enumerate() {
        columns.extend(heads(language, *dimension, at < deep));
    }
    for measure in &plan.columns {
        let title = measure_title(language, *measure);
        let spans: &[&str] = if plan.cumulative {
            &["period", "cumulative"]
        } else {
            &["period"]
        };
        for span in spans {
            let heading = if plan.cumulative {
                format!("{title} {}", word(language, &format!("span.{span}")))
            } else {
                title.clone()
            };
            columns.push(ReportColumn {
                id: format!("{}.{span}", measure.word()),
                heading,
                kind: ColumnKind::Number,
                places: measure.places(),
                in_section: false,
            });
        }
    }
    if called.enterprise {
        columns.push(ReportColumn {
            id: "enterprise".into(),
            heading: word(language, "enterprise"),
            kind: ColumnKind::Text,
            places: 0,
            in_section: false,
        });
    }
    let names = Names {
        language,
        book,
        law,
        report,
    };
    let rows = report.table.rows.iter();
    let rows = rows.map(|row| names.row(row, called.enterprise)).collect();
    let mut notes = Vec::new();
    if report.table.is_empty() {
        notes.push(word(language, "nothing"));
    }
    if plan.columns.contains(&Measure::Mass) {
        notes.push(word(language, "note_mass"));
    }
    if plan.basis == Basis::Statistical {
        notes.push(word(language, "note_late"));
    }
    if let Some(first) = report.days_without_rate.first() {
        let missing = [
            ("day", first.to_string()),
            ("days", report.days_without_rate.len().to_string()),
        ];
        notes.push(said(language, "note_rate", &missing));
    }
    ReportTable {
        file: file_name(called.file, &order.gates, plan.period, order.period),
        title: called.title.clone(),
        days: days(language, plan.period, order.period),
        about: about(language, &names),
        columns,
        rows,
        notes,
        signatures: signatures(law),
        empty: report.table.is_empty(),
        period: order.period,
        made_at: report.made_at,
    }
}

/// Who signs a report under the titles of its last day.
#[must_use]
pub fn signatures(law: LawOfDay<'_>) -> Vec<String> {
    let titles = ["report_maker", "head"].map(|unit| law.title(unit));
    titles.into_iter().flatten().map(str::to_owned).collect()
}

/// The name of a report's file: what it is, its gates, its days.
pub(super) fn file_name(name: &str, gates: &[String], kind: PeriodKind, period: Period) -> String {
    let gates = match gates {
        [] => "all".to_owned(),
        gates => gates.join("-"),
    };
    let days = match kind {
        PeriodKind::Day => period.from.to_string(),
        PeriodKind::Month => period.from.to_string()[..7].to_owned(),
        PeriodKind::Year => period.from.year().to_string(),
        _ => format!("{}_{}", period.from, period.to),
    };
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    format!(
        "{}-{gates}-{days}",
        name.chars().map(plain).collect::<String>()
    )
}

fn heads(language: Language, dimension: Dimension, in_section: bool) -> Vec<ReportColumn> {
    let title = dimension_title(language, dimension);
    let id = dimension.word();
    let column = |id: String, heading: String, kind| ReportColumn {
        id,
        heading,
        kind,
        places: 0,
        in_section,
    };
    let text = ColumnKind::Text;
    let second = match dimension {
        Dimension::Day => return vec![column(id.into(), title, ColumnKind::Day)],
        Dimension::Gate | Dimension::Parent | Dimension::Commune => "name",
        Dimension::Hs => "goods",
        Dimension::Resident => "number",
        _ => return vec![column(id.into(), title, text)],
    };
    let named = word(language, &format!("column.{second}"));
    let first = column(id.into(), title, text);
    vec![first, column(format!("{id}_{second}"), named, text)]
}

/// What codes mean.
struct Names<'a> {
    language: Language,
    book: &'a LawBook,
    law: LawOfDay<'a>,
    report: &'a Report,
}

impl Names<'_> {
    /// The cells of a key.
    fn cells(&self, dimension: Dimension, key: &str) -> Vec<String> {
        let code = key.to_owned();
        match dimension {
            Dimension::Gate | Dimension::Parent => {
                let name = self.book.gate_name(key).unwrap_or_default();
                vec![code, name.to_owned()]
            }
            Dimension::Direction => {
                let way = if key == "NK" { "import" } else { "export" };
                vec![word(self.language, &format!("direction.{way}"))]
            }
            Dimension::Group => {
                let mut groups = self.law.commodity_groups();
                let group = groups.find(|group| group.code == key);
                let name = group.map(|group| group_name(self.language, group));
                vec![name.unwrap_or_else(|| word(self.language, "other_goods"))]
            }
            Dimension::Hs => {
                let goods = key.parse().ok().and_then(|hs| {
                    let dated = self.book.goods.get(&hs)?;
                    self.law.goods(hs).or(dated.last())
                });
                let name = goods.map_or("", |goods| match self.language {
                    Language::Vi => &goods.name_vi,
                    Language::En => &goods.name_en,
                    Language::Zh => &goods.name_zh,
                });
                vec![code, name.to_owned()]
            }
            Dimension::Commune => {
                let dated = self.book.communes.get(key).and_then(|rows| rows.last());
                let held = self.law.commune(key).or(dated);
                let name = held.map(|commune| commune.name.clone());
                vec![code, name.unwrap_or_default()]
            }
            Dimension::Resident => match self.report.people.get(key) {
                Some(person) => vec![person.name.clone(), person.number.clone()],
                None => vec![String::new(); 2],
            },
            Dimension::Country | Dimension::Unit | Dimension::Day => vec![code],
        }
    }

    fn row(&self, row: &Row, enterprise: bool) -> ReportRow {
        let plan = &self.report.order.plan;
        let (kind, depth, of) = match &row.kind {
            RowKind::Section(depth) => (ReportRowKind::Section, *depth, Vec::new()),
            RowKind::Line => (ReportRowKind::Line, plan.sections.into(), Vec::new()),
            RowKind::Sum(depth, of) => (ReportRowKind::Sum, *depth, of.clone()),
            RowKind::Total(of) => (ReportRowKind::Total, 0, of.clone()),
        };
        let about = row.keys.last().map(|key| {
            let dimension = plan.grouping[row.keys.len() - 1];
            let cells = self.cells(dimension, key);
            cells
                .last()
                .filter(|name| !name.is_empty())
                .unwrap_or(key)
                .clone()
        });
        let about = about.unwrap_or_default();
        let label = match kind {
            ReportRowKind::Section => about,
            ReportRowKind::Line => String::new(),
            ReportRowKind::Sum => said(self.language, "sum_of", &[("what", about)]),
            ReportRowKind::Total => word(self.language, "total"),
        };
        let mut cells = Vec::new();
        for (at, dimension) in plan.grouping.iter().enumerate() {
            let own = row.keys.get(at).filter(|_| kind == ReportRowKind::Line);
            match own {
                Some(key) => cells.extend(self.cells(*dimension, key)),
                None => cells.extend(
                    heads(self.language, *dimension, false)
                        .iter()
                        .map(|_| String::new()),
                ),
            }
        }
        let figure = |measure: Measure, amounts: &Amounts| match (kind, measure) {
            (ReportRowKind::Section, _) => String::new(),
            // Quantities of different units make no sum.
            (ReportRowKind::Sum | ReportRowKind::Total, Measure::Quantity) => String::new(),
            _ => number(amounts.of(measure), measure),
        };
        for measure in &plan.columns {
            cells.push(figure(*measure, &row.period));
            if plan.cumulative {
                cells.push(figure(*measure, &row.since_new_year));
            }
        }
        if enterprise {
            cells.push(String::new());
        }
        ReportRow {
            kind,
            depth,
            of,
            label,
            cells,
        }
    }
}

/// A figure as a decimal number.
pub(super) fn number(figure: i64, measure: Measure) -> String {
    let number = Decimal::new(figure, measure.places());
    number.normalize().to_string()
}

/// Something said about a report.
pub(super) fn fact(language: Language, key: &str, text: String) -> ReportFact {
    ReportFact {
        name: word(language, &format!("about.{key}")),
        text,
    }
}

fn about(language: Language, names: &Names<'_>) -> Vec<ReportFact> {
    let report = names.report;
    let (order, plan) = (&report.order, &report.order.plan);
    let dimensions = plan.grouping.iter();
    let grouping: Vec<_> = dimensions
        .map(|one| dimension_title(language, *one))
        .collect();
    let mut about = vec![
        fact(language, "gates", gates(language, names.book, &order.gates)),
        fact(language, "days", days(language, plan.period, order.period)),
        fact(language, "basis", basis_title(language, plan.basis)),
        fact(language, "grouping", grouping.join(", ")),
        fact(language, "filter", filter(language, names, &plan.filter)),
    ];
    if plan.cumulative {
        let year = order.period.since_new_year();
        about.push(fact(
            language,
            "cumulative",
            words::day(language, year.from),
        ));
    }
    if plan.columns.contains(&Measure::ValueUsd) {
        about.push(fact(
            language,
            "rate",
            word(language, "rate_of_registration"),
        ));
    }
    about.extend(made(language, report.made_at, &report.made_by));
    about
}

/// When and by whom.
pub(super) fn made(language: Language, at: DateTime<Utc>, by: &str) -> [ReportFact; 2] {
    let format = match language {
        Language::Vi => "%H:%M %d/%m/%Y",
        Language::En | Language::Zh => "%Y-%m-%d %H:%M",
    };
    let at = in_vietnam(at).format(format).to_string();
    [
        fact(language, "made_at", at),
        fact(language, "made_by", by.to_owned()),
    ]
}

pub(super) fn gates(language: Language, book: &LawBook, gates: &[String]) -> String {
    if gates.is_empty() {
        return word(language, "all_gates");
    }
    let named = gates.iter().map(|code| {
        let name = book.gate_name(code).unwrap_or_default();
        format!("{name} ({code})")
    });
    named.collect::<Vec<_>>().join("; ")
}

fn filter(language: Language, names: &Names<'_>, filter: &Filter) -> String {
    let mut parts = Vec::new();
    if let Some(way) = filter.direction {
        parts.push(word(language, &format!("direction.{}", way.word())));
    }
    let named = |dimension: Dimension, list: &[String]| {
        let all = list.iter().map(|code| {
            let cells = names.cells(dimension, code);
            cells.last().cloned().unwrap_or_default()
        });
        let all = all.collect::<Vec<_>>().join(", ");
        format!("{}: {all}", dimension_title(language, dimension))
    };
    let codes: Vec<_> = filter.hs.iter().map(ToString::to_string).collect();
    if !codes.is_empty() {
        let title = dimension_title(language, Dimension::Hs);
        parts.push(format!("{title}: {}", codes.join(", ")));
    }
    for (dimension, list) in [
        (Dimension::Group, &filter.groups),
        (Dimension::Country, &filter.countries),
        (Dimension::Commune, &filter.communes),
    ] {
        if !list.is_empty() {
            parts.push(named(dimension, list));
        }
    }
    if parts.is_empty() {
        word(language, "no_filter")
    } else {
        parts.join("; ")
    }
}

/// A day in words, for the title of a daily report.
#[must_use]
pub fn one_day(language: Language, day: BusinessDay) -> String {
    days(language, PeriodKind::Day, Period { from: day, to: day })
}
