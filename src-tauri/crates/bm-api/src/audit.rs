//! Records in words: the fields of what was written, and how they differ from what stood before.

pub mod told;

use std::collections::{BTreeMap, BTreeSet};

use bm_app::AppError;
use bm_app::law::LawRow;
use bm_app::ports::Reader;
use bm_domain::process::{Mark, Progress};
use bm_domain::resident::masked;
use bm_domain::{BusinessDay, DeclarationId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::law::{self, fields};
use crate::view::{AuditField, MarkView};
use crate::words::{self, Language};

/// Most fields of a record that are shown.
pub const FIELDS_MAX: usize = 400;
/// Most characters of a field that are shown.
const TEXT_MAX: usize = 300;

/// Names whose fields come first, in this order; the others follow by name.
const ORDER: [&str; 26] = [
    "draft",
    "decision",
    "status",
    "number",
    "name",
    "display_name",
    "kind",
    "plate",
    "gate",
    "workstation",
    "at",
    "by",
    "direction",
    "person",
    "form",
    "lines",
    "hs",
    "quantity",
    "unit",
    "unit_price",
    "currency",
    "value",
    "exempt",
    "excess",
    "taxes",
    "fee",
];
/// Names whose text is an amount in VND.
const MONEY: [&str; 16] = [
    "amount",
    "duty",
    "environment",
    "excess",
    "excise",
    "exempt",
    "expected",
    "fee",
    "float",
    "price",
    "taken",
    "total",
    "value",
    "vat",
    "counted",
    "small",
];
/// What is held for the program alone, and what is never shown.
const HIDDEN: [&str; 6] = [
    "id",
    "book",
    "password_hash",
    "former",
    "violations",
    "source",
];
/// Names of accounts and people: a word among them is no choice.
const NAMES: [&str; 4] = ["by", "cashier", "name", "display_name"];
/// Where the words of choices stand, and those of fields.
const WORDS: [&str; 6] = [
    "audit.word",
    "breach.kind",
    "breach.state",
    "breach.gravity",
    "difference",
    "way",
];
const LABELS: [&str; 2] = ["audit.field", "breach.fact"];
/// Fields below these hold numbers of personal papers.
const PAPERS: [&str; 2] = ["papers", "counterpart"];

/// A field: its path, `lines.0.quantity`, and its text.
pub type Flat = Vec<(String, String)>;

/// Says records in words.
pub struct Teller<'a> {
    /// Language of the words.
    pub language: Language,
    /// Knows the names behind ids.
    pub reader: &'a dyn Reader,
}

impl Teller<'_> {
    /// The fields of a value.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn fields(&self, of: &impl Serialize) -> Result<Flat, AppError> {
        let value = serde_json::to_value(of)
            .map_err(|error| bm_app::StoreError::Broken(error.to_string()))?;
        let mut flat = Vec::new();
        self.flatten("", &value, &mut flat)?;
        Ok(flat)
    }

    fn flatten(&self, path: &str, value: &Value, into: &mut Flat) -> Result<(), AppError> {
        let below = |name: &str| {
            if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            }
        };
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    // Rules are told with the labels of the law's screen.
                    let is_rules = name == "change" && value.is_object();
                    if !is_rules && !HIDDEN.contains(&name.as_str()) {
                        self.flatten(&below(name), value, into)?;
                    }
                }
            }
            Value::Array(all) => {
                let mut texts = Vec::new();
                let is_list = all
                    .iter()
                    .all(|value| value.is_object() || value.is_array());
                for (at, value) in all.iter().enumerate() {
                    match value {
                        // Several things that belong together: a mark with its reason.
                        Value::Object(_) | Value::Array(_) if !is_list => {
                            self.flatten(path, value, into)?;
                        }
                        Value::Object(_) | Value::Array(_) => {
                            self.flatten(&below(&at.to_string()), value, into)?;
                        }
                        leaf => texts.push(self.text(path, leaf)?),
                    }
                }
                texts.retain(|text| !text.is_empty());
                if !texts.is_empty() {
                    into.push((path.to_owned(), cut(&texts.join(" · "))));
                }
            }
            Value::Null => {}
            leaf => {
                let text = self.text(path, leaf)?;
                if !text.is_empty() {
                    into.push((path.to_owned(), text));
                }
            }
        }
        Ok(())
    }

    /// A value as people read it.
    fn text(&self, path: &str, leaf: &Value) -> Result<String, AppError> {
        let name = path.rsplit('.').find(|part| part.parse::<usize>().is_err());
        let name = name.unwrap_or_default();
        let raw = match leaf {
            Value::Bool(flag) => return Ok(self.word(&flag.to_string())),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let is_paper = path.split('.').any(|part| PAPERS.contains(&part));
        if (is_paper && name == "number") || name == "phone" {
            return Ok(masked(&raw));
        }
        if let Ok(id) = raw.parse::<Uuid>() {
            return self.named(id);
        }
        if let Ok(at) = raw.parse::<DateTime<Utc>>() {
            return Ok(words::clock(self.language, at));
        }
        if let Ok(day) = raw.parse::<NaiveDate>() {
            return Ok(words::day(self.language, BusinessDay::new(day)));
        }
        if MONEY.contains(&name) {
            return Ok(words::grouped(self.language, &raw));
        }
        if !NAMES.contains(&name) && raw.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Ok(self.word(&raw));
        }
        Ok(cut(&raw))
    }

    /// What an id stands for: a form's number, a person's name, else its first digits.
    fn named(&self, id: Uuid) -> Result<String, AppError> {
        if id.is_nil() {
            return Ok(String::new());
        }
        if let Some(form) = self.reader.declaration(DeclarationId(id))? {
            let number = form.declaration.number;
            if !number.is_empty() {
                return Ok(number);
            }
        }
        if let Some(person) = self.reader.person(PersonId(id))? {
            return Ok(person.name);
        }
        Ok(id.to_string().chars().take(8).collect())
    }

    /// A word of choice in the language; itself where it is none.
    #[must_use]
    pub fn word(&self, word: &str) -> String {
        self.first_of(&WORDS, word)
            .unwrap_or_else(|| word.to_owned())
    }

    fn first_of(&self, kinds: &[&str], name: &str) -> Option<String> {
        let mut keys = kinds.iter().map(|kind| format!("{kind}.{name}"));
        keys.find_map(|key| words::known(self.language, &key))
    }

    /// What a field is called: the names on its path, with the places in lists counted from 1.
    #[must_use]
    pub fn label(&self, path: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        for part in path.split('.') {
            match (part.parse::<usize>(), parts.last_mut()) {
                (Ok(at), Some(before)) => *before = format!("{before} {}", at + 1),
                _ => {
                    let label = self.first_of(&LABELS, part);
                    let label = label.unwrap_or_else(|| part.to_owned());
                    if !label.is_empty() {
                        parts.push(label);
                    }
                }
            }
        }
        parts.join(" · ")
    }

    /// How far a form has come, field by field.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn progress(&self, progress: &Progress) -> Result<Flat, AppError> {
        let mut flat = Vec::new();
        let mut add = |name: String, mark: &Mark, rest: &[&str]| -> Result<(), AppError> {
            let view = MarkView::new(self.reader, mark)?;
            let mut text = format!("{} · {}", words::clock(self.language, view.at), view.name);
            for part in rest.iter().filter(|part| !part.is_empty()) {
                text.push_str(" · ");
                text.push_str(part);
            }
            flat.push((name, text));
            Ok(())
        };
        for (name, mark) in [
            ("ordered", &progress.ordered),
            ("presented", &progress.presented),
            ("taxed", &progress.taxed),
            ("released", &progress.released),
        ] {
            if let Some(mark) = mark {
                add(name.to_owned(), mark, &[])?;
            }
        }
        if let Some((mark, finding, remark)) = &progress.inspected {
            add(
                "inspected".into(),
                mark,
                &[&self.word(&words::code(finding)), remark],
            )?;
        }
        if let Some((mark, reason)) = &progress.extended {
            add("extended".into(), mark, &[reason])?;
        }
        if let Some((mark, method, document)) = &progress.paid {
            add(
                "paid".into(),
                mark,
                &[&self.word(&words::code(method)), document],
            )?;
        }
        for (line, (mark, text)) in &progress.certificates {
            add(format!("certificates.{line}"), mark, &[text])?;
        }
        for (at, (mark, method, document, amount)) in progress.payments.iter().enumerate() {
            let amount = words::grouped(self.language, &amount.to_string());
            let method = self.word(&words::code(method));
            add(
                format!("payments.{at}"),
                mark,
                &[&method, document, &amount],
            )?;
        }
        for (at, (mark, document, amount)) in progress.refunds.iter().enumerate() {
            let amount = words::grouped(self.language, &amount.to_string());
            add(format!("refunds.{at}"), mark, &[document, &amount])?;
        }
        if progress.printed > 0 {
            flat.push(("printed".into(), progress.printed.to_string()));
        }
        Ok(flat)
    }

    /// A row of the law, field by field; its fields bear the labels the law's screen has.
    #[must_use]
    pub fn law_row(&self, row: &LawRow) -> Flat {
        let texts = fields::texts(row);
        let label = |field: &fields::Field| law::field_label(self.language, field);
        let said = fields::of(row.kind()).iter().filter_map(|field| {
            let text = texts.get(field.name).filter(|text| !text.is_empty())?;
            Some((label(field), cut(&law::shown(self.language, field, text))))
        });
        let days = row.validity();
        let day = |day| words::day(self.language, day);
        let ends = [
            (self.label("from"), Some(day(days.from))),
            (self.label("to"), days.to.map(day)),
            (
                self.label("basis"),
                Some(words::citation(self.language, row.basis())),
            ),
        ];
        let ends = ends
            .into_iter()
            .filter_map(|(label, text)| text.map(|text| (label, text)));
        said.chain(ends).collect()
    }

    /// Fields side by side: those that changed, or all of them where nothing stood before.
    #[must_use]
    pub fn compare(&self, before: &Flat, after: &Flat) -> Vec<AuditField> {
        let mut found = beside(before, after);
        found.sort_by(|a, b| rank(&a.label).cmp(&rank(&b.label)));
        for field in &mut found {
            field.label = self.label(&field.label);
        }
        // What was declared and what was decided repeat each other in places.
        let mut seen = BTreeSet::new();
        found.retain(|field| seen.insert((field.label.clone(), field.after.clone())));
        found
    }
}

/// Fields side by side under their own names, without those that are alike.
#[must_use]
pub fn beside(before: &Flat, after: &Flat) -> Vec<AuditField> {
    let then: BTreeMap<&str, &str> = pairs(before);
    let now: BTreeMap<&str, &str> = pairs(after);
    let gone = before
        .iter()
        .filter(|(path, _)| !now.contains_key(path.as_str()));
    let names = after.iter().chain(gone).map(|(path, _)| path.as_str());
    let fields = names.filter_map(|path| {
        let text = |side: &BTreeMap<&str, &str>| (*side.get(path).unwrap_or(&"")).to_owned();
        let (before, after) = (text(&then), text(&now));
        (before != after).then(|| AuditField {
            label: path.to_owned(),
            before,
            after,
        })
    });
    fields.collect()
}

fn pairs(flat: &Flat) -> BTreeMap<&str, &str> {
    flat.iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect()
}

/// Where a field stands among others: lists by their numbers, names by [`ORDER`].
fn rank(path: &str) -> Vec<(usize, usize, &str)> {
    let place = |part| match str::parse::<usize>(part) {
        Ok(at) => (0, at, ""),
        Err(_) => (
            1,
            ORDER
                .iter()
                .position(|name| *name == part)
                .unwrap_or(ORDER.len()),
            part,
        ),
    };
    path.split('.').map(place).collect()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
