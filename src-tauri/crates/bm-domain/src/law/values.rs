//! Whether a row makes sense by itself: its dates, its figures, its basis.

use super::LawBook;
use super::row::{LawKind, LawRow};
use crate::money::Vnd;
use crate::violation::{Violation, ViolationCode as Code};
use crate::worktime::Span;
use rust_decimal::Decimal;

/// More than any duty in force; a slip of the decimal point is above it.
const PERCENT_MAX: i64 = 1_000;
/// The longest time limit outside working hours, in the unit of its kind.
const TERM_MAX: u32 = 1_000;
/// Most originals of a form.
const COPIES_MAX: u8 = 9;
/// More than a year of working hours, in minutes.
const MINUTES_MAX: u32 = 200_000;
/// Minutes of a day: the match is made day by day.
const DAY_MINUTES: u32 = 1_440;
/// More leaves than any book of receipts has.
const LEAVES_MAX: u32 = 1_000;
/// A price farther than so many times its reference is warned of in no rule that makes sense.
const TIMES_MAX: u32 = 1_000;
/// A hundred times the limit, in percent.
const SHARE_MAX: u32 = 10_000;
/// Ten years of months to look back on prices.
const MONTHS_MAX: u32 = 120;
/// Old passwords looked at when a new one is chosen: each costs as long as signing in.
const REMEMBERED_MAX: u32 = 24;
/// A lock of a day, in minutes: a longer one would be a way to keep others from their work.
const LOCKED_MAX: u32 = 1_440;
/// A working day, in minutes.
const IDLE_MAX: u32 = 480;
/// Longer than any text has files kept.
const YEARS_MAX: u32 = 100;

/// Adds what is wrong with a row that is to be entered together with others.
pub fn check(
    book: &LawBook,
    together: &[LawRow],
    row: &LawRow,
    field: &str,
    problems: &mut Vec<Violation>,
) {
    let days = row.validity();
    let at = |name: &str| format!("{field}.{name}");
    if let Some(to) = days.to.filter(|to| *to < days.from) {
        let reversed = Violation::new(Code::LawDatesReversed, at("valid_to"));
        problems.push(reversed.with("from", days.from).with("to", to));
    }
    if row.basis().trim().is_empty() {
        problems.push(Violation::new(Code::LawBasisMissing, at("basis")));
    }
    if row.kind() == LawKind::Rate {
        let monday = days.from.week_start();
        if days.from != monday || days.to != Some(monday.after(6)) {
            let week = Violation::new(Code::LawRateWeek, at("valid_from"));
            problems.push(week.with("from", monday).with("to", monday.after(6)));
        }
    }
    for (name, wrong) in figures(row) {
        if wrong {
            problems.push(Violation::new(Code::NumberOutOfRange, at(name)));
        }
    }
    for (name, text) in texts(row) {
        if text.trim().is_empty() {
            problems.push(Violation::new(Code::FieldRequired, at(name)));
        }
    }
    for (name, code) in gates(row) {
        let with_it = |row: &LawRow| matches!(row, LawRow::Gate(g) if g.code == code);
        if !book.gates.contains_key(code) && !together.iter().any(with_it) {
            let unknown = Violation::new(Code::ValueUnknown, at(name));
            problems.push(unknown.with("value", code));
        }
    }
    if let LawRow::Gate(gate) = row {
        let with_it = |row: &LawRow| matches!(row, LawRow::Gate(g) if g.code == gate.parent);
        let known = gate.parent.is_empty()
            || book.gates.contains_key(&gate.parent)
            || together.iter().any(with_it);
        if !known || gate.parent == gate.code {
            let unknown = Violation::new(Code::ValueUnknown, at("parent"));
            problems.push(unknown.with("value", &gate.parent));
        }
    }
}

fn figures(row: &LawRow) -> Vec<(&'static str, bool)> {
    let odd = |percent: Option<Decimal>| {
        percent.is_some_and(|p| p < Decimal::ZERO || p > Decimal::from(PERCENT_MAX))
    };
    match row {
        LawRow::Quota(r) => vec![("value_limit", r.value_limit.dong() < 0)],
        LawRow::Vat(r) => vec![("percent", odd(Some(r.percent)))],
        LawRow::Rate(r) => vec![("rate", r.rate.decimal().is_zero())],
        LawRow::Goods(r) => vec![
            ("tariff.mfn", odd(r.tariff.mfn)),
            ("tariff.ordinary", odd(r.tariff.ordinary)),
            ("tariff.acfta", odd(r.tariff.acfta)),
            ("tariff.excise", odd(r.tariff.excise)),
            ("tariff.export_duty", odd(r.tariff.export_duty)),
            (
                "tariff.environment_vnd",
                r.tariff.environment_vnd.is_some_and(|v| v < Decimal::ZERO),
            ),
            (
                "reference_price",
                r.reference_price.is_some_and(|price| price.dong() < 0),
            ),
        ],
        LawRow::Gate(r) => vec![("hours", r.hours.is_some_and(|span| span.to <= span.from))],
        LawRow::Practice(r) => vec![
            ("fee", r.fee.dong() < 0),
            (
                "fee_free_below",
                r.fee_free_below.0.dong() < 0 || r.fee_free_below.1.dong() < 0,
            ),
        ],
        LawRow::Limits(r) => vec![
            (
                "documents_minutes",
                !(1..=MINUTES_MAX).contains(&r.documents_minutes),
            ),
            (
                "inspection_minutes",
                !(1..=MINUTES_MAX).contains(&r.inspection_minutes),
            ),
        ],
        LawRow::Term(r) => vec![("amount", !(1..=TERM_MAX).contains(&r.amount))],
        LawRow::Template(r) => vec![("copies", !(1..=COPIES_MAX).contains(&r.copies))],
        LawRow::Hours(r) => vec![
            ("weekdays", !are_weekdays(&r.weekdays)),
            ("spans", !are_apart(&r.spans)),
        ],
        LawRow::Cash(r) => vec![
            ("notes", !are_notes(&r.notes)),
            ("hand_over_days", r.hand_over_days > TERM_MAX),
            ("hand_over_days_remote", r.hand_over_days_remote > TERM_MAX),
        ],
        LawRow::Price(r) => vec![("price", !r.price.is_positive())],
        LawRow::PriceWatch(r) => vec![
            (
                "times",
                r.times <= Decimal::ONE || r.times > TIMES_MAX.into(),
            ),
            ("months", !(1..=MONTHS_MAX).contains(&r.months)),
            // A single line would tell what its one trader paid.
            ("least", !(2..=TERM_MAX).contains(&r.least)),
        ],
        LawRow::Reconcile(r) => vec![
            ("weight_percent", odd(Some(r.weight_percent))),
            ("doubled_minutes", r.doubled_minutes > DAY_MINUTES),
            ("book_leaves", r.book_leaves > LEAVES_MAX),
        ],
        LawRow::Account(r) => vec![
            // Shorter ones are guessed, longer ones would lock everybody out of the form's field.
            ("least_length", !(6..=64).contains(&r.least_length)),
            ("own_characters", r.own_characters > r.least_length),
            ("remembered", r.remembered > REMEMBERED_MAX),
            // NIST SP 800-63B sec. 5.2.2 ends at a hundred.
            ("wrong_tries", !(1..=100).contains(&r.wrong_tries)),
            (
                "locked_minutes",
                !(1..=LOCKED_MAX).contains(&r.locked_minutes),
            ),
            ("change_days", r.change_days > TERM_MAX),
            ("idle_minutes", !(1..=IDLE_MAX).contains(&r.idle_minutes)),
        ],
        LawRow::Retention(r) => vec![
            ("customs_years", !(1..=YEARS_MAX).contains(&r.customs_years)),
            (
                "accounting_years",
                !(1..=YEARS_MAX).contains(&r.accounting_years),
            ),
        ],
        LawRow::Pattern(r) => vec![
            ("threshold", !(1..=TERM_MAX).contains(&r.threshold)),
            ("window_minutes", r.window_minutes > MINUTES_MAX),
            ("share_percent", r.share_percent > SHARE_MAX),
        ],
        LawRow::List(_)
        | LawRow::SecondPerson(_)
        | LawRow::Prohibited(_)
        | LawRow::Commune(_)
        | LawRow::UnitTitle(_)
        | LawRow::Holiday(_) => Vec::new(),
        LawRow::CommodityGroup(r) => vec![("prefixes", r.prefixes.is_empty())],
    }
}

fn texts(row: &LawRow) -> Vec<(&'static str, &str)> {
    match row {
        LawRow::Goods(r) => vec![("name_vi", &r.name_vi)],
        LawRow::Gate(r) => vec![("code", &r.code), ("name", &r.name)],
        LawRow::Commune(r) => vec![("code", &r.code), ("name", &r.name)],
        LawRow::UnitTitle(r) => vec![("unit", &r.unit), ("title", &r.title)],
        LawRow::Holiday(r) => vec![("name", &r.name)],
        LawRow::Price(r) => vec![("unit", &r.unit)],
        LawRow::CommodityGroup(r) => vec![("code", &r.code), ("name_vi", &r.name_vi)],
        LawRow::Template(r) => vec![("source", &r.source)],
        _ => Vec::new(),
    }
}

/// Gates that a rule names, besides those that are rules themselves.
fn gates(row: &LawRow) -> Vec<(&'static str, &str)> {
    match row {
        LawRow::Cash(r) => {
            let remote = r.remote_gates.iter();
            remote.map(|code| ("remote_gates", code.as_str())).collect()
        }
        LawRow::Price(r) if !r.place.is_empty() => vec![("place", &r.place)],
        _ => Vec::new(),
    }
}

/// Values of notes, the largest first, each once.
fn are_notes(notes: &[Vnd]) -> bool {
    let falling = notes.windows(2).all(|pair| pair[0] > pair[1]);
    falling && notes.last().is_some_and(|least| least.is_positive())
}

/// Monday to Sunday as 1 to 7, each once, at least one: hours without a working day would leave
/// every time limit without an end.
fn are_weekdays(days: &[u8]) -> bool {
    let apart = days.windows(2).all(|pair| pair[0] < pair[1]);
    !days.is_empty() && apart && days.iter().all(|day| (1..=7).contains(day))
}

fn are_apart(spans: &[Span]) -> bool {
    let forward = spans.iter().all(|span| span.from < span.to);
    let apart = spans.windows(2).all(|pair| pair[0].to <= pair[1].from);
    !spans.is_empty() && forward && apart
}
