//! What was typed by hand: the number of a paper, or part of a name, maybe with a year of birth.

use chrono::NaiveDate;

use super::citizen_number::{compare, is_digits};
use super::layout::Layout;
use super::{Findings, Identification, PaperField, ProblemCode, ReadingKind, ScannedPaper};
use crate::resident::{PaperKind, Sex, normal_number};
use crate::text::fold;

/// Longest number of a paper (LAW notes 6.1: free text up to 20).
const LONGEST_NUMBER: usize = 20;
/// Fewest digits by which a text is a number.
const FEWEST_DIGITS: usize = 4;
const FEWEST_LETTERS: usize = 2;

/// Reads what is neither a card's code nor a machine-readable zone.
pub(super) fn read(text: &str) -> Identification {
    let number = normal_number(text);
    let number = Layout::ALL
        .iter()
        .find_map(|layout| layout.digits(&number))
        .unwrap_or(number);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let plain = number
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'/');
    if plain && digits >= FEWEST_DIGITS && !is_name_with_year(text) {
        return self::number(number);
    }
    name(text)
}

fn is_name_with_year(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.chars().all(char::is_alphabetic))
        && text
            .split_whitespace()
            .any(|word| birth_year(word).is_some())
}

fn birth_year(word: &str) -> Option<u16> {
    word.parse()
        .ok()
        .filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

fn number(number: String) -> Identification {
    let mut found = Findings::default();
    let letters = number.bytes().filter(u8::is_ascii_alphabetic).count();
    let kind = match number.len() {
        12 if letters == 0 => PaperKind::Cccd,
        9 if letters == 0 => PaperKind::Cmnd,
        18 if is_digits(&number[..17], 17) => PaperKind::ChineseId,
        8 if letters == 1 && number.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            PaperKind::Passport
        }
        _ => PaperKind::BorderPass,
    };
    if number.len() > LONGEST_NUMBER {
        let length = ("found", number.len().to_string());
        found.refuse_with(ProblemCode::NumberLength, PaperField::Number, length);
        return Identification::without_paper(ReadingKind::Number, found);
    }
    if kind == PaperKind::BorderPass && letters == 0 && matches!(number.len(), 10..=13) {
        let length = ("found", number.len().to_string());
        found.warn_with(ProblemCode::NumberLength, PaperField::Number, length);
    }
    let mut paper = ScannedPaper::new(kind, number);
    match kind {
        PaperKind::Cccd => compare(&paper.number, None, None, &mut found),
        PaperKind::ChineseId => chinese(&mut paper, &mut found),
        _ => (),
    }
    Identification::of_paper(ReadingKind::Number, paper, found)
}

/// Whether a number is that of a Chinese identity card: eighteen characters with a date of birth and
/// the check character that fits them.
#[must_use]
pub fn is_chinese_number(number: &str) -> bool {
    if number.len() != 18 || !number.get(..17).is_some_and(|start| is_digits(start, 17)) {
        return false;
    }
    let mut found = Findings::default();
    let mut paper = ScannedPaper::new(PaperKind::ChineseId, number.to_owned());
    chinese(&mut paper, &mut found);
    paper.born.is_some()
}

/// Number of a Chinese resident: region, birth date, serial with sex, check character by
/// GB 11643-1999 (ISO 7064 MOD 11-2).
fn chinese(paper: &mut ScannedPaper, found: &mut Findings) {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let number = &paper.number;
    let digits = number.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = CHECKS.iter().cycle().nth(sum as usize % CHECKS.len());
    if number.as_bytes().last() != check {
        let field = ("field", "number".to_owned());
        found.refuse_with(ProblemCode::CheckDigitWrong, PaperField::Number, field);
        return;
    }
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
    let born = || {
        let year = i32::try_from(part(6, 10)?).ok()?;
        NaiveDate::from_ymd_opt(year, part(10, 12)?, part(12, 14)?)
    };
    let Some(born) = born() else {
        let typed = ("found", number[6..14].to_owned());
        found.refuse_with(ProblemCode::DateInvalid, PaperField::Born, typed);
        return;
    };
    let is_female = part(16, 17).is_some_and(|serial| serial.is_multiple_of(2));
    paper.born = Some(born);
    paper.sex = Some(if is_female { Sex::Female } else { Sex::Male });
    paper.nationality = Some("CHN".to_owned());
}

fn name(text: &str) -> Identification {
    let folded = fold(text);
    let words = folded.split(' ');
    let (years, words): (Vec<&str>, Vec<&str>) = words.partition(|w| birth_year(w).is_some());
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "'-.".contains(c));
    if !words.iter().all(is_word) {
        let code = ProblemCode::NotUnderstood;
        return Identification::refused(ReadingKind::Unreadable, code, PaperField::Text);
    }
    let letters = words
        .iter()
        .flat_map(|word| word.chars())
        .filter(|c| c.is_alphabetic())
        .count();
    // One character of a Chinese name says as much as a whole word of a Vietnamese one.
    let says_enough = letters >= FEWEST_LETTERS || (letters == 1 && !folded.is_ascii());
    if !says_enough {
        let code = ProblemCode::NameTooShort;
        return Identification::refused(ReadingKind::Name, code, PaperField::Name);
    }
    Identification {
        kind: ReadingKind::Name,
        paper: None,
        name_words: words.into_iter().map(str::to_owned).collect(),
        birth_year: years.first().and_then(|year| birth_year(year)),
        problems: Vec::new(),
    }
}
