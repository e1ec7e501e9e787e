//! What one box was given, in words and as a form to fill.

use bm_domain::resident::normal_number;
use bm_domain::text::fold;
use serde::Serialize;
use serde_json::Value;

use crate::answer::ViolationView;
use crate::words::Language;

/// What was understood.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// `qr`, `mrz`, `number`, `name`, `empty` or `unreadable`.
    pub kind: &'static str,
    /// Number to look up.
    pub number: Option<String>,
    /// Folded words to look up.
    pub words: Vec<String>,
    /// Fields read from a paper.
    pub scanned: Option<Value>,
    /// What needs a look.
    pub problems: Vec<ViolationView>,
}

/// Reads what was typed or scanned.
#[must_use]
pub fn read(_language: Language, typed: &str) -> Reading {
    let mut reading = Reading {
        kind: "empty",
        number: None,
        words: vec![],
        scanned: None,
        problems: vec![],
    };
    if typed.is_empty() {
        return reading;
    }
    if typed.bytes().filter(u8::is_ascii_digit).count() >= 6 {
        reading.kind = "number";
        reading.number = Some(normal_number(typed));
    } else {
        reading.kind = "name";
        reading.words = fold(typed).split(' ').map(str::to_owned).collect();
    }
    reading
}
