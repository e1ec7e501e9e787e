//! What one box was given, in words and as a form to fill.

use bm_domain::Severity;
use bm_domain::identify::{Problem, ProblemSeverity, ReadingKind, ScannedPaper, identify};
use serde::Serialize;

use crate::answer::ViolationView;
use crate::words::{self, Language};

/// What the text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// QR code of a citizen card.
    Qr,
    /// Machine-readable zone of a card or passport.
    Mrz,
    /// Number of a paper.
    Number,
    /// Part of a name.
    Name,
    /// Nothing.
    Empty,
    /// None of these.
    Unreadable,
}

impl From<ReadingKind> for ReadAs {
    fn from(kind: ReadingKind) -> Self {
        match kind {
            ReadingKind::Qr => Self::Qr,
            ReadingKind::MrzTd1 | ReadingKind::MrzTd3 => Self::Mrz,
            ReadingKind::Number => Self::Number,
            ReadingKind::Name => Self::Name,
            ReadingKind::Empty => Self::Empty,
            ReadingKind::Unreadable => Self::Unreadable,
        }
    }
}

/// What was understood.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// What the text was taken for.
    pub kind: ReadAs,
    /// Numbers to look up, the paper's own first; none when the reading is refused.
    pub numbers: Vec<String>,
    /// Folded words to look up.
    pub words: Vec<String>,
    /// Year of birth typed with the name.
    pub birth_year: Option<u16>,
    /// Fields read from a paper.
    pub scanned: Option<ScannedPaper>,
    /// What needs a look.
    pub problems: Vec<ViolationView>,
}

/// Reads what was typed or scanned.
#[must_use]
pub fn read(language: Language, typed: &str) -> Reading {
    let read = identify(typed);
    let problems = read
        .problems
        .iter()
        .map(|problem| view(language, problem))
        .collect();
    let numbers = (read.paper.iter())
        .flat_map(|paper| [Some(paper.number.clone()), paper.old_number.clone()])
        .flatten()
        .collect();
    Reading {
        kind: read.kind.into(),
        numbers,
        words: read.name_words,
        birth_year: read.birth_year,
        scanned: read.paper,
        problems,
    }
}

fn view(language: Language, problem: &Problem) -> ViolationView {
    let code = words::code(problem.code);
    let field = words::code(problem.field);
    let mut params = problem.params.clone();
    let name = words::text(language, &format!("paper_field.{field}"), &params);
    params.insert("field".to_owned(), name);
    ViolationView {
        message: words::text(language, &format!("problem.{code}"), &params),
        severity: match problem.severity {
            ProblemSeverity::Refuse => Severity::Refuse,
            ProblemSeverity::Warn => Severity::Warn,
        },
        field,
        basis: String::new(),
        code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_worded_in_each_language() {
        let card = "022185004321||NGUYỄN THỊ HOA|31021985|Nữ|Thôn 1|15042021";
        for language in Language::ALL {
            let reading = read(language, card);
            assert!(reading.numbers.is_empty(), "a refused scan looks nobody up");
            let [problem] = reading.problems.as_slice() else {
                panic!("{:?}", reading.problems);
            };
            assert_eq!(
                (problem.code.as_str(), problem.field.as_str()),
                ("date_invalid", "born")
            );
            assert!(problem.message.contains("31021985"), "{}", problem.message);
            assert!(!problem.message.contains('{'), "{}", problem.message);
        }
    }
}
