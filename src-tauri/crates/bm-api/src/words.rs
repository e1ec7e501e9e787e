//! What people read, in Vietnamese, English and Chinese: one file of messages a language.

pub mod breach;
mod hub;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use hub::sync_error;

use bm_app::anchor::AnchorCheck;
use bm_app::verification::{Difference, RecordName};
use bm_app::{AppError, StoreError};
use bm_domain::calendar::in_vietnam;
use bm_domain::{BusinessDay, Violation};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Vietnamese, the source.
    #[default]
    Vi,
    /// English.
    En,
    /// Chinese, simplified.
    Zh,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::Zh];

    fn messages(self) -> &'static BTreeMap<String, String> {
        static VI: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        static EN: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        static ZH: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        let (cell, text) = match self {
            Self::Vi => (&VI, include_str!("../messages/vi.json")),
            Self::En => (&EN, include_str!("../messages/en.json")),
            Self::Zh => (&ZH, include_str!("../messages/zh.json")),
        };
        cell.get_or_init(|| serde_json::from_str(text).unwrap_or_default())
    }
}

/// The text of a key with its parameters; the key itself where no text is held.
#[must_use]
pub fn text(language: Language, key: &str, params: &BTreeMap<String, String>) -> String {
    let Some(template) = language.messages().get(key) else {
        return key.to_owned();
    };
    let mut text = template.clone();
    for (name, value) in params {
        text = text.replace(&format!("{{{name}}}"), &shown(language, name, value));
    }
    text
}

/// Parameters that are amounts or counts; every other number (a code, a paper) keeps its digits.
const AMOUNTS: [&str; 9] = [
    "amount",
    "counted",
    "due",
    "excess",
    "expected",
    "free",
    "limit",
    "reference",
    "trips",
];

/// Parameters that are days.
const DAYS: [&str; 7] = [
    "day",
    "found",
    "from",
    "gathered",
    "other",
    "registered",
    "to",
];

/// Parameters that are quantities of goods, with a decimal comma in Vietnamese.
const QUANTITIES: [&str; 4] = ["asked", "available", "left", "wanted"];

/// Parameters that are instants.
const INSTANTS: [&str; 4] = ["at", "last", "made", "now"];

/// A parameter as people write it: amounts with thousands apart, days with the day first, times as
/// clocks in Vietnam show them.
fn shown(language: Language, name: &str, value: &str) -> String {
    if AMOUNTS.contains(&name) {
        return grouped(language, value);
    }
    // A word of ours, such as a part of the work, that has a name in every language.
    if let Some(word) = language.messages().get(&format!("{name}.{value}")) {
        return word.clone();
    }
    // What a report does not tell, by its word.
    if name == "what" {
        let kinds = ["dimension", "measure", "basis"];
        let named = |kind: &str| language.messages().get(&format!("report.{kind}.{value}"));
        if let Some(word) = kinds.into_iter().find_map(named) {
            return word.clone();
        }
    }
    if let Some(instant) = instant(name, value) {
        let format = match language {
            Language::Vi => "%H:%M %d/%m/%Y",
            Language::En | Language::Zh => "%Y-%m-%d %H:%M",
        };
        return in_vietnam(instant).format(format).to_string();
    }
    if name == "series" {
        return crate::law::series_title(language, value);
    }
    if QUANTITIES.contains(&name) && language == Language::Vi {
        return value.replace('.', ",");
    }
    match value.parse::<chrono::NaiveDate>() {
        Ok(day) if DAYS.contains(&name) && language == Language::Vi => {
            day.format("%d/%m/%Y").to_string()
        }
        _ => value.to_owned(),
    }
}

/// A day as people write it.
#[must_use]
pub fn day(language: Language, day: BusinessDay) -> String {
    shown(language, "day", &day.to_string())
}

fn instant(name: &str, value: &str) -> Option<DateTime<Utc>> {
    INSTANTS.contains(&name).then(|| value.parse().ok())?
}

/// Whole numbers of five digits and more with their thousands apart.
pub(crate) fn grouped(language: Language, value: &str) -> String {
    if value.len() < 5 || !value.bytes().all(|b| b.is_ascii_digit()) {
        return value.to_owned();
    }
    let mark = if language == Language::Vi { '.' } else { ',' };
    let mut text = String::with_capacity(value.len() * 4 / 3);
    for (i, c) in value.chars().enumerate() {
        if i > 0 && (value.len() - i).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(c);
    }
    text
}

/// The text of a key without parameters; `None` where no text is held.
#[must_use]
pub fn known(language: Language, key: &str) -> Option<String> {
    language.messages().get(key).cloned()
}

/// An instant as clocks in Vietnam show it.
#[must_use]
pub fn clock(language: Language, at: DateTime<Utc>) -> String {
    shown(language, "at", &at.to_rfc3339())
}

/// What a kind of record is called: the word of its event, `entered/receipt` where it is an entry of
/// a book.
#[must_use]
pub fn event(language: Language, kind: &str) -> String {
    known(language, &format!("audit.kind.{kind}")).unwrap_or_else(|| kind.to_owned())
}

/// What is said of an anchor.
#[must_use]
pub fn anchor(language: Language, check: &AnchorCheck) -> String {
    let mut params = owned(&check.params);
    params.insert("office".into(), check.office.clone());
    params.insert("day".into(), check.day.to_string());
    text(
        language,
        &format!("anchor.{}", check.answer.word()),
        &params,
    )
}

/// What is said of a difference that `verify` found.
#[must_use]
pub fn difference(language: Language, found: &Difference) -> String {
    let mut params = owned(&found.params);
    params.insert("row".into(), found.row.clone());
    params.insert("table".into(), found.table.to_owned());
    if let Some(record) = &found.record {
        params.insert("record".into(), self::record(language, record));
    }
    text(language, &format!("verify.{}", found.code.word()), &params)
}

/// A record as far as it can be told: its place in the log, when and by whom it was written, what it
/// was.
#[must_use]
pub fn record(language: Language, record: &RecordName) -> String {
    let what = match record.event.as_str() {
        "" => known(language, "record.unreadable").unwrap_or_default(),
        kind => event(language, kind),
    };
    let params = [
        ("workstation", record.series.to_string()),
        ("index", record.index.to_string()),
        (
            "at",
            record.at.map_or_else(|| "?".into(), |at| at.to_rfc3339()),
        ),
        (
            "by",
            if record.by.is_empty() {
                "?".into()
            } else {
                record.by.clone()
            },
        ),
        ("place", record.place.clone()),
        (
            "what",
            format!("{what} {}", record.subject).trim().to_owned(),
        ),
    ];
    let params = params.map(|(name, value)| (name.to_owned(), value)).into();
    text(language, "record.name", &params)
}

/// The first record that is not as it was written.
#[must_use]
pub fn first_altered(language: Language, record: &RecordName) -> String {
    let params = [("record".to_owned(), self::record(language, record))].into();
    text(language, "record.first_altered", &params)
}

fn owned(params: &BTreeMap<&'static str, String>) -> BTreeMap<String, String> {
    let params = params.iter();
    params
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

/// The code of a violation as written on the wire.
#[must_use]
pub fn code<T: Serialize>(code: T) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A violation's message with its legal basis at the end.
#[must_use]
pub fn violation(language: Language, violation: &Violation) -> String {
    let key = format!("violation.{}", code(violation.code));
    let message = text(language, &key, &violation.params);
    match violation.basis.as_str() {
        "" => message,
        basis => format!("{message} ({})", citation(language, basis)),
    }
}

/// A legal basis, held in neutral English form, in the words of a language.
#[must_use]
pub fn citation(language: Language, basis: &str) -> String {
    const KINDS: [(&str, &str, &str); 7] = [
        ("Circular", "Thông tư", "通知"),
        ("Decree", "Nghị định", "议定"),
        ("Law", "Luật", "法律"),
        ("Resolution", "Nghị quyết", "决议"),
        ("Decision", "Quyết định", "决定"),
        (" art. ", " Điều ", " 第 "),
        (" app. ", " Phụ lục ", " 附录 "),
    ];
    let with_marks = |pick: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        KINDS.iter().fold(basis.to_owned(), |text, kind| {
            text.replace(kind.0, pick(kind))
        })
    };
    match language {
        Language::En => basis.to_owned(),
        Language::Vi => with_marks(|kind| kind.1).replace("ND-CP", "NĐ-CP"),
        Language::Zh => with_marks(|kind| kind.2),
    }
}

/// Key and parameters of an error's message.
#[must_use]
pub fn error_key(error: &AppError) -> (&'static str, BTreeMap<String, String>) {
    let one = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
    let none = BTreeMap::new;
    match error {
        AppError::Refused(_) => ("error.refused", none()),
        AppError::NotPermitted => ("error.not_permitted", none()),
        AppError::NotSignedIn => ("error.not_signed_in", none()),
        AppError::SessionLocked => ("error.session_locked", none()),
        AppError::WrongCredentials => ("error.wrong_credentials", none()),
        AppError::AccountLocked(until) => {
            let until = in_vietnam(*until).format("%H:%M %d/%m/%Y").to_string();
            ("error.account_locked", one("until", &until))
        }
        AppError::PasswordDue => ("error.password_due", none()),
        AppError::NotFound => ("error.not_found", none()),
        AppError::Stale => ("error.stale", none()),
        AppError::BadRequest(detail) => ("error.bad_request", one("detail", detail)),
        AppError::Unreached(error) => hub::key(error),
        AppError::Store(store) => match store {
            StoreError::Locked => ("error.busy", none()),
            StoreError::Full => ("error.database_full", none()),
            StoreError::ReadOnly => ("error.database_read_only", none()),
            StoreError::Damaged(_) => ("error.database_damaged", none()),
            StoreError::KeyWrong => ("error.database_key_wrong", none()),
            StoreError::TooNew { .. } => ("error.database_too_new", none()),
            StoreError::Missing(path) => ("error.database_missing", one("path", path)),
            StoreError::Broken(detail) => ("error.broken", one("detail", detail)),
        },
    }
}

/// An error's message.
#[must_use]
pub fn error(language: Language, error: &AppError) -> String {
    let (key, params) = error_key(error);
    text(language, key, &params)
}

#[cfg(test)]
mod tests {
    use bm_app::anchor::AnchorAnswer;
    use bm_app::verification::DifferenceCode;
    use bm_domain::ViolationCode;

    use super::*;

    #[test]
    fn every_code_has_words_in_three_languages() {
        for language in Language::ALL {
            let messages = language.messages();
            for violation in ViolationCode::ALL {
                let key = format!("violation.{}", code(violation));
                assert!(messages.contains_key(&key), "{key} in {language:?}");
            }
            for error in crate::ErrorCode::ALL {
                let key = format!("error.{}", code(error));
                assert!(messages.contains_key(&key), "{key} in {language:?}");
            }
            for difference in DifferenceCode::ALL {
                let key = format!("verify.{}", difference.word());
                assert!(messages.contains_key(&key), "{key} in {language:?}");
            }
            for code in bm_app::sync::HubError::CODES {
                let key = format!("hub.{code}");
                assert!(messages.contains_key(&key), "{key} in {language:?}");
            }
            for answer in AnchorAnswer::ALL {
                let key = format!("anchor.{}", answer.word());
                assert!(messages.contains_key(&key), "{key} in {language:?}");
            }
            assert!(
                messages.keys().eq(Language::Vi.messages().keys()),
                "keys of {language:?}"
            );
        }
    }

    #[test]
    fn languages_use_the_same_placeholders() {
        let holes = |text: &str| {
            let mut names: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            names.sort();
            names
        };
        for (key, source) in Language::Vi.messages() {
            for language in [Language::En, Language::Zh] {
                let other = &language.messages()[key];
                assert_eq!(holes(source), holes(other), "{key} in {language:?}");
            }
        }
    }

    #[test]
    fn amounts_and_articles_read_as_people_write_them() {
        let over =
            Violation::new(ViolationCode::GoodsNotOnList, "lines[0].hs").with("hs", "39269099");
        let message = violation(Language::Vi, &over);
        assert!(
            message.ends_with("(Thông tư 80/2019/TT-BTC Điều 6(3))"),
            "{message}"
        );
        for (language, name, value, expected) in [
            (Language::Vi, "excess", "2000000", "2.000.000"),
            (Language::En, "excess", "2000000", "2,000,000"),
            (Language::Vi, "hs", "17032090", "17032090"),
            (Language::Vi, "value", "100123456", "100123456"),
            (Language::Vi, "day", "2026-11-24", "24/11/2026"),
            (Language::Zh, "day", "2026-11-24", "2026-11-24"),
            (Language::Vi, "gathered", "2026-11-24", "24/11/2026"),
            (Language::Vi, "left", "12.5", "12,5"),
            (Language::En, "left", "12.5", "12.5"),
            (
                Language::Vi,
                "at",
                "2026-11-23T17:30:00+00:00",
                "00:30 24/11/2026",
            ),
            (
                Language::En,
                "at",
                "2026-11-23T17:30:00+00:00",
                "2026-11-24 00:30",
            ),
        ] {
            assert_eq!(shown(language, name, value), expected, "{name} {value}");
        }
    }
}
