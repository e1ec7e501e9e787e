//! Rules in words: what a kind, a series and a value are called.

use std::collections::BTreeMap;

use bm_domain::law::{LawBook, LawKind, LawRow};

use super::fields::{Field, Holds};
use crate::words::{self, Language};

fn message(language: Language, key: &str) -> Option<String> {
    let text = words::text(language, key, &BTreeMap::new());
    (text != key).then_some(text)
}

/// What a kind is called.
#[must_use]
pub fn kind_label(language: Language, kind: LawKind) -> String {
    let key = format!("law.kind.{}", kind.word());
    message(language, &key).unwrap_or(key)
}

/// What a field is called.
#[must_use]
pub fn field_label(language: Language, field: &Field) -> String {
    let key = format!("law.field.{}", field.called.replace('.', "_"));
    message(language, &key).unwrap_or(key)
}

/// A word of the law as people read it; itself where it is a name or a code.
#[must_use]
pub fn word(language: Language, word: &str) -> String {
    let of_law = message(language, &format!("law.word.{word}"));
    of_law
        .or_else(|| message(language, &format!("difference.{word}")))
        .unwrap_or_else(|| word.to_owned())
}

/// One of several choices: a kind of rule, or a word of the law.
#[must_use]
pub fn chosen(language: Language, part: &str) -> String {
    let kind = LawKind::of_series(part).map(|kind| kind_label(language, kind));
    kind.unwrap_or_else(|| word(language, part))
}

/// What a series is about, without the kind it is of.
#[must_use]
pub fn series_label(language: Language, series: &str) -> String {
    let parts = series.split('/').skip(1);
    parts
        .map(|part| word(language, part))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What a series is called: its kind and what it is about.
#[must_use]
pub fn series_title(language: Language, series: &str) -> String {
    let kind = LawKind::of_series(series).map(|kind| kind_label(language, kind));
    let label = series_label(language, series);
    let parts = [kind.unwrap_or_default(), label];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.cloned().collect::<Vec<_>>().join(" · ")
}

/// The name a row bears besides its code; empty where it has none.
#[must_use]
pub fn row_name(row: &LawRow) -> &str {
    match row {
        LawRow::Goods(r) => &r.name_vi,
        LawRow::Gate(r) => &r.name,
        LawRow::Commune(r) => &r.name,
        LawRow::Prohibited(r) => &r.goods,
        LawRow::Holiday(r) => &r.name,
        _ => "",
    }
}

/// A series with the name its latest row bears.
#[must_use]
pub fn series_name(language: Language, book: &LawBook, series: &str) -> String {
    let label = series_label(language, series);
    let rows = book.series(series);
    match rows.last().map_or("", row_name) {
        "" => label,
        name => format!("{label} · {name}"),
    }
}

/// A value as people read it.
#[must_use]
pub fn shown(language: Language, field: &Field, text: &str) -> String {
    if text.is_empty() {
        return "–".to_owned();
    }
    let all = |mark: &str, key: &str| {
        let parts = text
            .split(mark)
            .map(|part| word(language, &format!("{key}{part}")));
        parts.collect::<Vec<_>>().join(", ")
    };
    let plain = match field.holds {
        Holds::Choice(_) | Holds::Flag => word(language, text),
        Holds::Choices(_) => {
            let chosen = text.split(',').map(|part| chosen(language, part));
            chosen.collect::<Vec<_>>().join(", ")
        }
        Holds::Weekdays => all(",", "weekday_"),
        Holds::Money => words::grouped(language, text),
        Holds::Moneys => {
            let amounts = text.split('/').map(|text| words::grouped(language, text));
            amounts.collect::<Vec<_>>().join(" / ")
        }
        Holds::Count | Holds::Number => decimal(language, text),
        // A template of hundreds of lines is told by its first.
        Holds::Body => format!("{} …", text.lines().next().unwrap_or_default()),
        _ => text.to_owned(),
    };
    match field.unit {
        "" => plain,
        "%" => format!("{plain} %"),
        unit => format!("{plain} {}", word(language, unit)),
    }
}

fn decimal(language: Language, text: &str) -> String {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole = words::grouped(language, whole);
    match (rest, language) {
        ("", _) => whole,
        (rest, Language::Vi) => format!("{whole},{rest}"),
        (rest, Language::En | Language::Zh) => format!("{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::fields;

    #[test]
    fn every_kind_field_and_choice_has_words() {
        for language in Language::ALL {
            for &kind in LawKind::ALL {
                assert!(!kind_label(language, kind).starts_with("law."), "{kind:?}");
                for field in fields::of(kind) {
                    let label = field_label(language, field);
                    assert!(!label.starts_with("law."), "{language:?} {}", field.name);
                    if let Holds::Choice(words) = field.holds {
                        for one in words {
                            let key = format!("law.word.{one}");
                            assert!(message(language, &key).is_some(), "{language:?} {key}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn figures_read_as_people_write_them() {
        let of = |name: &str| {
            let all = LawKind::ALL.iter().copied().flat_map(fields::of);
            all.copied()
                .find(|field| field.name == name)
                .expect("a field")
        };
        for (language, name, text, expected) in [
            (Language::Vi, "value_limit", "2000000", "2.000.000 VND"),
            (Language::Vi, "percent", "8.5", "8,5 %"),
            (Language::En, "percent", "8.5", "8.5 %"),
            (Language::En, "direction", "import", "import"),
            (Language::En, "weekdays", "1,7", "Mon, Sun"),
            (Language::En, "parent", "", "–"),
        ] {
            assert_eq!(shown(language, &of(name), text), expected, "{name}");
        }
    }
}
