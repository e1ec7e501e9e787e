//! From figures to the rows of a report.

use std::collections::BTreeMap;

use super::{Amounts, Basis, Dimension, Fact, Period, ReportPlan};

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The heading of a section, so deep.
    Section(usize),
    /// Figures.
    Line,
    /// The sum of a section, so deep, over these rows.
    Sum(usize, Vec<usize>),
    /// The sum of all.
    Total(Vec<usize>),
}

/// A row of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// What it is about, by the report's grouping; a section's up to its own, a total's none.
    pub keys: Vec<String>,
    /// Figures of the period.
    pub period: Amounts,
    /// Figures since the beginning of the year.
    pub since_new_year: Amounts,
}

/// The rows of a report, its total last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabulated {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Tabulated {
    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= 1
    }
}

#[derive(Clone, Debug, Default)]
struct Sums {
    period: Amounts,
    since_new_year: Amounts,
}

/// A line: what it is about, its figures.
type Line = (Vec<String>, Sums);

/// Groups and adds up figures as a plan asks. `key` tells what a fact is about, by code; figures of
/// other days than those asked for are left out.
#[must_use]
pub fn tabulate(
    plan: &ReportPlan,
    period: Period,
    facts: impl IntoIterator<Item = Fact>,
    key: impl Fn(Dimension, &Fact) -> String,
) -> Tabulated {
    let year = period.since_new_year();
    let mut lines: BTreeMap<Vec<String>, Sums> = BTreeMap::new();
    for fact in facts {
        let counted = match plan.basis {
            Basis::DayBook | Basis::Standing => fact.registered,
            Basis::Statistical => fact.entered,
        };
        if !year.holds(counted) || !takes(plan, &fact, &key) {
            continue;
        }
        let keys = plan.grouping.iter().map(|one| key(*one, &fact)).collect();
        let sums = lines.entry(keys).or_default();
        sums.since_new_year.add(&fact.amounts, 1);
        if period.holds(counted) && period.holds(fact.registered) {
            sums.period.add(&fact.amounts, 1);
        }
    }
    let shown = |sums: &Sums| {
        plan.columns.iter().any(|one| {
            sums.period.of(*one) != 0 || (plan.cumulative && sums.since_new_year.of(*one) != 0)
        })
    };
    let mut lines: Vec<Line> = lines.into_iter().filter(|(_, sums)| shown(sums)).collect();
    let deep = usize::from(plan.sections).min(plan.grouping.len());
    if let Some(sort) = plan.sort {
        let figure = |sums: &Sums| sums.period.of(sort.by);
        lines.sort_by(|(a_keys, a), (b_keys, b)| {
            let sections = a_keys[..deep].cmp(&b_keys[..deep]);
            let (a, b) = (figure(a), figure(b));
            let figures = if sort.descending {
                b.cmp(&a)
            } else {
                a.cmp(&b)
            };
            sections.then(figures)
        });
    }
    let mut rows = Vec::new();
    let (sums, of) = section(&lines, deep, 0, &mut rows);
    rows.push(row(RowKind::Total(of), Vec::new(), &sums));
    Tabulated { rows }
}

fn takes(plan: &ReportPlan, fact: &Fact, key: &impl Fn(Dimension, &Fact) -> String) -> bool {
    let filter = &plan.filter;
    let among =
        |list: &[String], dimension| list.is_empty() || list.contains(&key(dimension, fact));
    let item = fact.item.as_ref();
    let code = |prefix| item.is_some_and(|item| item.hs.starts_with(prefix));
    filter.direction.is_none_or(|way| way == fact.direction)
        && among(&filter.communes, Dimension::Commune)
        && (item.is_some() || !filter.is_of_lines())
        && among(&filter.groups, Dimension::Group)
        && among(&filter.countries, Dimension::Country)
        && (filter.hs.is_empty() || filter.hs.iter().any(|prefix| code(*prefix)))
}

fn row(kind: RowKind, keys: Vec<String>, sums: &Sums) -> Row {
    Row {
        kind,
        keys,
        period: sums.period,
        since_new_year: sums.since_new_year,
    }
}

/// Lays out lines that agree in their first `depth` keys; gives their sum, and the rows that make it.
fn section(lines: &[Line], deep: usize, depth: usize, rows: &mut Vec<Row>) -> (Sums, Vec<usize>) {
    let mut all = Sums::default();
    let mut of = Vec::new();
    let mut add = |sums: &Sums, at: usize| {
        all.period.add(&sums.period, 1);
        all.since_new_year.add(&sums.since_new_year, 1);
        of.push(at);
    };
    if depth == deep {
        for (keys, sums) in lines {
            add(sums, rows.len());
            rows.push(row(RowKind::Line, keys.clone(), sums));
        }
        return (all, of);
    }
    for part in lines.chunk_by(|a, b| a.0[depth] == b.0[depth]) {
        let keys: Vec<_> = part[0].0[..=depth].to_vec();
        rows.push(row(RowKind::Section(depth), keys.clone(), &Sums::default()));
        let (sums, inner) = section(part, deep, depth + 1, rows);
        add(&sums, rows.len());
        rows.push(row(RowKind::Sum(depth, inner), keys, &sums));
    }
    (all, of)
}
