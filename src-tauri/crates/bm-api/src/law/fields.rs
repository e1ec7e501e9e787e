//! Which fields a kind of rule has: name, type, unit. Rows go to texts and back by them.

mod words;

use std::collections::BTreeMap;

use bm_app::law::LawRow;
use bm_domain::law::LawKind;
use bm_domain::{BusinessDay, HsCode, Violation, ViolationCode as Code};
use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use words::{CORRECTIONS, DIFFERENCES, DIRECTIONS, FORMS, GATE_KINDS, TERMS};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Text,
    /// A text of many lines.
    Body,
    /// A code of the customs tariff, whole.
    Hs,
    /// Two, four, six or eight digits of one.
    Prefix,
    /// A currency.
    Currency,
    /// Whole VND.
    Money,
    /// A decimal number: a percentage, a rate.
    Number,
    /// A whole number.
    Count,
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Several of these words.
    Choices(&'static [&'static str]),
    /// Texts between slashes.
    Texts,
    /// Amounts of whole VND between slashes.
    Moneys,
    /// Working days, 1 is Monday.
    Weekdays,
    /// A span of the day, as in 07:30-11:30.
    Span,
    /// Spans of the day between semicolons.
    Spans,
}

/// A field of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the row, as in `tariff.mfn`.
    pub name: &'static str,
    /// Its name among the words, where another kind has a field of the same name.
    pub called: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Its unit, as people write it.
    pub unit: &'static str,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Whether it names the rule: another value is another rule.
    pub names: bool,
}

const fn field(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        called: name,
        holds,
        unit: "",
        optional: false,
        names: false,
    }
}

impl Field {
    const fn names(mut self) -> Self {
        self.names = true;
        self
    }

    const fn called(mut self, word: &'static str) -> Self {
        self.called = word;
        self
    }

    const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }
}

/// Kinds that may ask for a second person, by their words.
const KINDS: &[&str] = LawKind::WORDS;

/// Patterns of trade, by their words.
const PATTERNS: &[&str] = &[
    "shared_phone",
    "shared_address",
    "shared_vehicle",
    "shared_trader",
    "same_goods",
    "just_under",
    "two_gates",
    "large_excess",
];

/// The fields of a kind, besides its days and the text it rests on.
#[must_use]
pub fn of(kind: LawKind) -> &'static [Field] {
    use Holds::{
        Body, Choice, Choices, Count, Currency, Flag, Hs, Money, Moneys, Number, Prefix, Span,
        Spans, Text, Texts, Weekdays,
    };
    match kind {
        LawKind::Quota => {
            const FIELDS: &[Field] = &[
                field("direction", Choice(DIRECTIONS)).names(),
                field("value_limit", Money).unit("VND"),
                field("trips_limit", Count),
                field("period", Choice(&["calendar_month", "rolling30_days"])),
                field("second_trip", Choice(&["not_exempt", "share_day_limit"])),
                field("taxed_trip_counts", Flag),
            ];
            FIELDS
        }
        LawKind::Vat => {
            const FIELDS: &[Field] = &[
                field("class", Choice(&["not_subject", "reduced", "standard"])).names(),
                field("percent", Number).unit("%"),
            ];
            FIELDS
        }
        LawKind::Rate => {
            const FIELDS: &[Field] = &[
                field("currency", Currency).names(),
                field("rate", Number).unit("VND"),
            ];
            FIELDS
        }
        LawKind::List => {
            const FIELDS: &[Field] = &[
                field("prefix", Prefix).names(),
                field("rule", Choice(&["include", "exclude"])),
            ];
            FIELDS
        }
        LawKind::Goods => {
            const FIELDS: &[Field] = &[
                field("hs", Hs).names(),
                field("name_vi", Text),
                field("name_en", Text).optional(),
                field("name_zh", Text).optional(),
                field("units", Texts).optional(),
                field("tariff.mfn", Number).unit("%").optional(),
                field("tariff.ordinary", Number).unit("%").optional(),
                field("tariff.acfta", Number).unit("%").optional(),
                field("tariff.export_duty", Number).unit("%").optional(),
                field("tariff.excise", Number).unit("%").optional(),
                field("tariff.environment_vnd", Number)
                    .unit("VND")
                    .optional(),
                field(
                    "tariff.vat",
                    Choice(&["not_subject", "reduced", "standard"]),
                )
                .optional(),
                field("quarantine", Choice(&["plant", "aquatic", "animal"])).optional(),
                field("used_banned", Flag),
                field("reference_price", Money).unit("VND").optional(),
            ];
            FIELDS
        }
        LawKind::Prohibited => {
            const FIELDS: &[Field] = &[
                field("prefix", Prefix).names(),
                field("direction", Choice(DIRECTIONS)).names(),
                field("goods", Text).optional(),
            ];
            FIELDS
        }
        LawKind::Gate => {
            const FIELDS: &[Field] = &[
                field("code", Text).names(),
                field("name", Text),
                field("kind", Choice(GATE_KINDS)),
                field("parent", Text).optional(),
                field("office", Text).optional(),
                field("region", Text).optional(),
                field("hours", Span).optional(),
            ];
            FIELDS
        }
        LawKind::Commune => {
            const FIELDS: &[Field] = &[field("code", Text).names(), field("name", Text)];
            FIELDS
        }
        LawKind::UnitTitle => {
            const FIELDS: &[Field] = &[field("unit", Text).names(), field("title", Text)];
            FIELDS
        }
        LawKind::Practice => {
            const FIELDS: &[Field] = &[
                field("rounding", Choice(&["per_line", "per_form"])),
                field("fee", Money).unit("VND"),
                field("fee_free_below.0", Money).unit("VND"),
                field("fee_free_below.1", Money).unit("VND"),
                field("second_person", Choices(KINDS)).optional(),
            ];
            FIELDS
        }
        LawKind::SecondPerson => {
            const FIELDS: &[Field] = &[
                field("before_release", Choices(CORRECTIONS)).optional(),
                field("after_release", Choices(CORRECTIONS)).optional(),
            ];
            FIELDS
        }
        LawKind::Limits => {
            const FIELDS: &[Field] = &[
                field("documents_minutes", Count).unit("min"),
                field("inspection_minutes", Count).unit("min"),
            ];
            FIELDS
        }
        LawKind::Term => {
            const FIELDS: &[Field] =
                &[field("kind", Choice(TERMS)).names(), field("amount", Count)];
            FIELDS
        }
        LawKind::Hours => {
            const FIELDS: &[Field] = &[field("weekdays", Weekdays), field("spans", Spans)];
            FIELDS
        }
        LawKind::Holiday => {
            const FIELDS: &[Field] = &[field("name", Text)];
            FIELDS
        }
        LawKind::Cash => {
            const FIELDS: &[Field] = &[
                field("notes", Moneys).unit("VND"),
                field("hand_over_days", Count),
                field("hand_over_days_remote", Count),
                field("remote_gates", Texts).optional(),
                field("cancel_needs_second", Flag),
            ];
            FIELDS
        }
        LawKind::Price => {
            const FIELDS: &[Field] = &[
                field("hs", Hs).names(),
                field("unit", Text).called("price_unit").names(),
                field("place", Text).names().optional(),
                field("price", Money).unit("VND"),
            ];
            FIELDS
        }
        LawKind::PriceWatch => {
            const FIELDS: &[Field] = &[
                field("times", Number),
                field("months", Count),
                field("least", Count),
            ];
            FIELDS
        }
        LawKind::Reconcile => {
            const FIELDS: &[Field] = &[
                field("count_required", Flag),
                field("persons_tolerance", Count),
                field("forms_tolerance", Count),
                field("weight_percent", Number).unit("%"),
                field("doubled_minutes", Count).unit("min"),
                field("book_leaves", Count),
                field("second_person", Choices(DIFFERENCES))
                    .called("settled_by_two")
                    .optional(),
                field("close_needs_second", Flag),
            ];
            FIELDS
        }
        LawKind::Account => {
            const FIELDS: &[Field] = &[
                field("least_length", Count),
                field("weak_words", Texts).optional(),
                field("own_characters", Count),
                field("remembered", Count),
                field("wrong_tries", Count),
                field("locked_minutes", Count).unit("min"),
                field("change_days", Count),
                field("idle_minutes", Count).unit("min"),
            ];
            FIELDS
        }
        LawKind::Retention => {
            const FIELDS: &[Field] = &[
                field("customs_years", Count),
                field("accounting_years", Count),
                field("needs_second", Flag),
            ];
            FIELDS
        }
        LawKind::Pattern => {
            const FIELDS: &[Field] = &[
                field("pattern", Choice(PATTERNS)).names(),
                field("enabled", Flag),
                field("threshold", Count),
                field("window_minutes", Count).unit("min"),
                field("share_percent", Count).unit("%"),
            ];
            FIELDS
        }
        LawKind::Template => {
            const FIELDS: &[Field] = &[
                field("form", Choice(FORMS)).names(),
                field("paper", Choice(&["a4", "a5"])),
                field("copies", Count),
                field("source", Body),
            ];
            FIELDS
        }
        LawKind::CommodityGroup => {
            const FIELDS: &[Field] = &[
                field("code", Text).names(),
                field("name_vi", Text),
                field("name_en", Text),
                field("name_zh", Text),
                field("prefixes", Texts),
            ];
            FIELDS
        }
    }
}

/// Where a kind keeps the text it rests on.
const fn basis_name(kind: LawKind) -> &'static str {
    match kind {
        LawKind::Rate | LawKind::Price => "source",
        _ => "basis",
    }
}

/// A row as entered: texts by field, days, the text it rests on.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    /// By name of the field.
    pub values: BTreeMap<String, String>,
    /// First day.
    pub from: &'a str,
    /// Last day; empty while it has none.
    pub to: &'a str,
    /// The text it rests on.
    pub basis: &'a str,
}

/// Reads a row as typed; what is wrong is named by field, after `prefix`.
///
/// # Errors
/// Every field that can't be read.
pub fn read(kind: LawKind, typed: &Typed<'_>, prefix: &str) -> Result<LawRow, Vec<Violation>> {
    let mut problems = Vec::new();
    let at = |name: &str| format!("{prefix}.{name}");
    let unknown = |name: &str, value: &str| {
        let empty = value.trim().is_empty();
        let code = if empty {
            Code::FieldRequired
        } else {
            Code::ValueUnknown
        };
        Violation::new(code, at(name)).with("value", value.trim())
    };
    let mut row = Map::new();
    for field in of(kind) {
        let text = typed.values.get(field.name).map_or("", |text| text.trim());
        match value(field, text) {
            Some(value) => put(&mut row, field.name, value),
            None => problems.push(unknown(field.name, text)),
        }
    }
    let day = |text: &str| text.parse::<BusinessDay>();
    let from = day(typed.from);
    if from.is_err() {
        problems.push(unknown("valid_from", typed.from));
    }
    let to = match (typed.to.trim(), &from) {
        // A rate holds to the Sunday of its week.
        ("", Ok(from)) if kind == LawKind::Rate => Some(from.after(6)),
        ("", _) => None,
        (text, _) => match day(text) {
            Ok(to) => Some(to),
            Err(_) => {
                problems.push(unknown("valid_to", text));
                None
            }
        },
    };
    let Ok(from) = from else {
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    if kind == LawKind::Holiday {
        row.insert("day".into(), json!(from));
    } else {
        row.insert("validity".into(), json!({"from": from, "to": to}));
    }
    row.insert(basis_name(kind).into(), json!(typed.basis.trim()));
    let row = json!({"section": kind.word(), "row": row});
    // Each field was read by itself; what still does not fit is a field nobody described.
    serde_json::from_value(row).map_err(|error| {
        let odd = Violation::new(Code::ValueUnknown, prefix);
        vec![odd.with("value", error)]
    })
}

/// A row as texts by field, for a form.
#[must_use]
pub fn texts(row: &LawRow) -> BTreeMap<String, String> {
    let json = serde_json::to_value(row).unwrap_or_default();
    let of_row = &json["row"];
    let fields = of(row.kind()).iter();
    fields
        .map(|field| {
            (
                field.name.to_owned(),
                text(field, at_path(of_row, field.name)),
            )
        })
        .collect()
}

fn at_path<'a>(row: &'a Value, name: &str) -> &'a Value {
    name.split('.')
        .fold(row, |value, part| match part.parse::<usize>() {
            Ok(at) => &value[at],
            Err(_) => &value[part],
        })
}

fn put(row: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((outer, inner)) = name.split_once('.') else {
        row.insert(name.to_owned(), value);
        return;
    };
    match inner.parse::<usize>() {
        Ok(_) => {
            let list = row.entry(outer).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(value);
            }
        }
        Err(_) => {
            let part = row.entry(outer).or_insert_with(|| json!({}));
            part[inner] = value;
        }
    }
}

/// A text as the value of a row; `None` when it is none.
fn value(field: &Field, text: &str) -> Option<Value> {
    if text.is_empty() {
        return match field.holds {
            Holds::Flag => Some(json!(false)),
            _ if !field.optional => None,
            Holds::Text => Some(json!("")),
            Holds::Texts | Holds::Choices(_) => Some(json!([])),
            _ => Some(Value::Null),
        };
    }
    let number = |text: &str| text.replace([' ', '\u{a0}'], "");
    match field.holds {
        Holds::Text | Holds::Body => Some(json!(text)),
        Holds::Hs => text.parse::<HsCode>().ok().map(|hs| json!(hs)),
        Holds::Prefix => text.parse::<bm_domain::HsPrefix>().ok().map(|hs| json!(hs)),
        Holds::Currency => text
            .parse::<bm_domain::money::Currency>()
            .ok()
            .map(|c| json!(c)),
        Holds::Money => number(text)
            .parse::<i64>()
            .ok()
            .map(|dong| json!(dong.to_string())),
        Holds::Number => number(text).parse::<Decimal>().ok().map(|n| json!(n)),
        Holds::Count => number(text).parse::<u32>().ok().map(|n| json!(n)),
        Holds::Flag => match text {
            "true" => Some(json!(true)),
            "false" => Some(json!(false)),
            _ => None,
        },
        Holds::Choice(words) => words.contains(&text).then(|| json!(text)),
        Holds::Choices(words) => {
            let all: Vec<&str> = text.split(',').map(str::trim).collect();
            all.iter()
                .all(|word| words.contains(word))
                .then(|| json!(all))
        }
        Holds::Texts => Some(json!(text.split('/').map(str::trim).collect::<Vec<_>>())),
        Holds::Moneys => {
            let amounts = text.split('/').map(|text| number(text).parse::<i64>());
            let amounts = amounts.map(|dong| dong.map(|dong| dong.to_string()));
            let amounts = amounts.collect::<Result<Vec<_>, _>>();
            amounts.ok().map(|amounts| json!(amounts))
        }
        Holds::Weekdays => {
            let days = text.split(',').map(|day| day.trim().parse::<u8>());
            days.collect::<Result<Vec<_>, _>>()
                .ok()
                .map(|days| json!(days))
        }
        Holds::Span => span(text),
        Holds::Spans => {
            let spans = text.split(';').map(|text| span(text.trim()));
            spans.collect::<Option<Vec<_>>>().map(|spans| json!(spans))
        }
    }
}

fn span(text: &str) -> Option<Value> {
    let (from, to) = text.split_once('-')?;
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    Some(json!({"from": time(from)?, "to": time(to)?}))
}

/// A value of a row as text.
fn text(field: &Field, value: &Value) -> String {
    let clock = |time: &Value| {
        time.as_str()
            .unwrap_or_default()
            .chars()
            .take(5)
            .collect::<String>()
    };
    let shown = |span: &Value| format!("{}-{}", clock(&span["from"]), clock(&span["to"]));
    let joined = |mark: &str| {
        let parts = value.as_array().into_iter().flatten();
        parts.map(plain).collect::<Vec<_>>().join(mark)
    };
    match field.holds {
        _ if value.is_null() => String::new(),
        Holds::Texts | Holds::Moneys => joined("/"),
        Holds::Choices(_) | Holds::Weekdays => joined(","),
        Holds::Span => shown(value),
        Holds::Spans => {
            let spans = value.as_array().into_iter().flatten();
            spans.map(shown).collect::<Vec<_>>().join("; ")
        }
        _ => plain(value),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests;
