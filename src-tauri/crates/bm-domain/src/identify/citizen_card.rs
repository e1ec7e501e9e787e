//! QR code of the Vietnamese citizen card as a hand scanner types it.
//!
//! Number, old number or nothing, name, birth date, sex, address, date of issue, separated by `|`;
//! some cards lack the old number and newer ones carry more fields. The separator's key gives other
//! characters on other layouts, so without a `|` it is whatever follows the first twelve digits.

use chrono::{Datelike, NaiveDate};

use super::citizen_number::{compare, is_citizen_number, is_digits};
use super::damage::{is_plausible_name, restore_text};
use super::layout::Layout;
use super::{
    Findings, Identification, PaperField, ProblemCode, ReadingKind, ScannedPaper, is_noise,
};
use crate::resident::{PaperKind, Sex};
use crate::text::fold;

const PIPES: [char; 4] = ['|', '｜', '¦', '│'];
const FEWEST_FIELDS: usize = 6;
/// Longest prefix or suffix a scanner is set up to add.
const MAX_AFFIX_CHARS: usize = 8;

/// Reads a card scan; none when the text is something else.
pub(super) fn read(text: &str) -> Option<Identification> {
    let separator = separator(text)?;
    let scan = match single_scan(text, separator) {
        Ok(scan) => scan,
        Err(problem) => return Some(*problem),
    };
    let fields: Vec<&str> = scan.split(separator).collect();
    let mut found = Findings::default();
    if fields.len() < FEWEST_FIELDS {
        let count = ("found", fields.len().to_string());
        found.refuse_with(ProblemCode::FieldsMissing, PaperField::Text, count);
        return Some(Identification::without_paper(ReadingKind::Qr, found));
    }
    let mut paper = ScannedPaper::new(PaperKind::Cccd, number(fields[0], &mut found));
    let rest = if has_old_number(fields[1]) {
        paper.old_number = old_number(fields[1], &mut found);
        &fields[2..]
    } else {
        &fields[1..]
    };
    if let [name, born, sex, address, issued @ ..] = rest {
        paper.name = self::name(name, &mut found);
        paper.born = date(born, PaperField::Born, &mut found);
        paper.sex = self::sex(sex, &mut found);
        paper.address = Some(restore_text(address)).filter(|text| !text.is_empty());
        paper.issued = issued
            .first()
            .map(|issued| without_suffix(issued))
            .and_then(|issued| date(issued, PaperField::Issued, &mut found));
        if issued.is_empty() {
            found.warn(ProblemCode::FieldMissing, PaperField::Issued);
        }
    }
    paper.nationality = Some("VNM".to_owned());
    if scan
        .chars()
        .any(|c| c.is_ascii_control() && !c.is_whitespace())
    {
        found.warn(ProblemCode::ControlCharacters, PaperField::Text);
    }
    compare(&paper.number, paper.born, paper.sex, &mut found);
    Some(Identification::of_paper(ReadingKind::Qr, paper, found))
}

fn separator(text: &str) -> Option<char> {
    if let Some(pipe) = text.chars().find(|c| PIPES.contains(c)) {
        return Some(pipe);
    }
    let after_number = |layout: &Layout| {
        let mut chars = text.chars();
        let number = chars
            .by_ref()
            .take(12)
            .filter(|c| layout.digit(*c).is_some())
            .count();
        chars.next().filter(|_| number == 12)
    };
    let is_separator = |c: &char| {
        let in_fields = matches!(c, ' ' | '-' | '/' | '.' | ',' | '\r' | '\n');
        let repeats = text.chars().filter(|other| other == c).count() + 1 >= FEWEST_FIELDS;
        !c.is_ascii_alphanumeric() && !in_fields && repeats
    };
    Layout::ALL
        .iter()
        .find_map(|layout| after_number(layout).filter(is_separator))
}

/// The one scan in the text; the same card scanned twice counts once.
fn single_scan(text: &str, separator: char) -> Result<&str, Box<Identification>> {
    let full = |line: &&str| line.split(separator).count() >= FEWEST_FIELDS;
    let mut scans = text
        .split(['\r', '\n'])
        .map(|line| line.trim_matches(is_noise))
        .filter(full);
    match (scans.next(), scans.next()) {
        (Some(first), Some(second)) if first == second && scans.next().is_none() => Ok(first),
        (Some(_), Some(_)) => {
            let (kind, code) = (ReadingKind::Qr, ProblemCode::TwoScans);
            Err(Box::new(Identification::refused(
                kind,
                code,
                PaperField::Text,
            )))
        }
        _ => Ok(text),
    }
}

fn number(field: &str, found: &mut Findings) -> String {
    let field = field.trim_matches(is_noise);
    let affix = field.chars().take_while(|c| !c.is_ascii_digit()).count();
    let bare = field.trim_start_matches(|c: char| !c.is_ascii_digit());
    let field = if affix <= MAX_AFFIX_CHARS && is_citizen_number(bare) {
        bare
    } else {
        field
    };
    match digits(field, found) {
        Some(number) if is_citizen_number(&number) => number,
        Some(number) => {
            let length = ("found", number.len().to_string());
            found.refuse_with(ProblemCode::NumberLength, PaperField::Number, length);
            String::new()
        }
        None => {
            found.refuse(ProblemCode::LetterInDigits, PaperField::Number);
            String::new()
        }
    }
}

/// Digits exactly as the scanner sent them, told when the layout had changed them.
fn digits(field: &str, found: &mut Findings) -> Option<String> {
    let (layout, digits) = Layout::ALL
        .iter()
        .find_map(|l| Some((*l, l.digits(field)?)))?;
    if layout != Layout::Plain && !digits.is_empty() {
        found.warn(ProblemCode::KeyboardLayout, PaperField::Text);
    }
    Some(digits)
}

/// Whether the second field is the place of the old number: empty, or made of digits.
fn has_old_number(field: &str) -> bool {
    let field = field.trim_matches(is_noise);
    Layout::ALL
        .iter()
        .any(|layout| layout.digits(field).is_some())
        || field.chars().any(|c| c.is_ascii_digit())
            && field.chars().filter(char::is_ascii_digit).count() * 2 > field.chars().count()
}

fn old_number(field: &str, found: &mut Findings) -> Option<String> {
    let field = field.trim_matches(is_noise);
    if field.is_empty() {
        return None;
    }
    let number = digits(field, found).filter(|number| is_digits(number, 9));
    if number.is_none() {
        let length = ("found", field.chars().count().to_string());
        found.refuse_with(ProblemCode::NumberLength, PaperField::OldNumber, length);
    }
    number
}

fn name(field: &str, found: &mut Findings) -> Option<String> {
    let name = restore_text(field);
    if name.is_empty() {
        found.warn(ProblemCode::FieldMissing, PaperField::Name);
        return None;
    }
    if !is_plausible_name(&name) {
        found.warn(ProblemCode::NameDamaged, PaperField::Name);
    }
    Some(name)
}

fn sex(field: &str, found: &mut Findings) -> Option<Sex> {
    match fold(&restore_text(field)).as_str() {
        "nam" => Some(Sex::Male),
        // Nữ as itself, as Telex keys and as VNI keys.
        "nu" | "nuwx" | "nuxw" | "nwx" | "nu74" | "nu47" => Some(Sex::Female),
        _ => {
            found.warn(ProblemCode::SexUnknown, PaperField::Sex);
            None
        }
    }
}

/// Drops what a scanner adds after the last field.
fn without_suffix(field: &str) -> &str {
    let bare = field.trim_end_matches(|c: char| !c.is_ascii_digit());
    let affix = field.chars().count() - bare.chars().count();
    if affix <= MAX_AFFIX_CHARS && !bare.is_empty() {
        bare
    } else {
        field
    }
}

/// A date of the card; an incomplete one is a warning, any other text refuses the scan.
fn date(field: &str, place: PaperField, found: &mut Findings) -> Option<NaiveDate> {
    let field = field.trim_matches(is_noise);
    if field.is_empty() {
        found.warn(ProblemCode::FieldMissing, place);
        return None;
    }
    let plain = without_date_marks(field)
        .or_else(|| digits(field, found))
        .unwrap_or_default();
    if is_digits(&plain, 4) || (is_digits(&plain, 8) && plain.starts_with("0000")) {
        found.warn(ProblemCode::DateIncomplete, place);
        return None;
    }
    let date = calendar_date(&plain);
    if date.is_none() {
        let typed = ("found", field.to_owned());
        found.refuse_with(ProblemCode::DateInvalid, place, typed);
    }
    date
}

/// `dd/MM/yyyy` as `ddMMyyyy`; other layouts give another mark for the slash.
fn without_date_marks(field: &str) -> Option<String> {
    let parts: Vec<&str> = field.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [day, month, year] if is_digits(day, 2) && is_digits(month, 2) && is_digits(year, 4) => {
            Some(parts.concat())
        }
        _ => None,
    }
}

fn calendar_date(digits: &str) -> Option<NaiveDate> {
    if !is_digits(digits, 8) {
        return None;
    }
    let (day, month, year) = (digits.get(..2)?, digits.get(2..4)?, digits.get(4..)?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .filter(|date| (1900..2100).contains(&date.year()))
}
