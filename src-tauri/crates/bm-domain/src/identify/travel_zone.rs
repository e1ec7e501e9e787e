//! Machine-readable zones: cards of three lines of 30 (TD1) and passports of two lines of 44 (TD3), ICAO Doc 9303
//! parts 4 and 5. Every check digit must fit, or the reading is refused.

use chrono::{Datelike, NaiveDate};

use super::citizen_number::{birth_year_and_sex, compare, is_citizen_number};
use super::{Findings, Identification, PaperField, ProblemCode, ReadingKind, ScannedPaper};
use crate::resident::{PaperKind, Sex};

const TD1_LINE: usize = 30;
const TD3_LINE: usize = 44;
/// Fewest fillers that tell a damaged zone from a name or number.
const FEWEST_FILLERS: usize = 5;

/// Reads a zone; none when the text is something else.
pub(super) fn read(text: &str) -> Option<Identification> {
    let zone: String = text
        .split_whitespace()
        .collect::<String>()
        .to_ascii_uppercase();
    let is_zone_char = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'<';
    let fillers = zone.bytes().filter(|b| *b == b'<').count();
    if fillers < FEWEST_FILLERS || !zone.bytes().all(is_zone_char) {
        return None;
    }
    // Some scanners send the first two lines of a card only; the third is the name.
    Some(match zone.len() {
        60 | 90 => card(&zone),
        88 => passport(&zone),
        found => {
            let mut problems = Findings::default();
            let length = ("found", found.to_string());
            problems.refuse_with(ProblemCode::ZoneLength, PaperField::Text, length);
            Identification::without_paper(ReadingKind::Unreadable, problems)
        }
    })
}

/// Check digit of a field: weights 7, 3, 1; digits as themselves, A = 10 to Z = 35, `<` = 0.
pub(super) fn check_digit(field: &str) -> char {
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = (field.chars().zip(weights))
        .map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight)
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

fn checked(field: &str, digit: &str, place: PaperField, found: &mut Findings) {
    if !digit.starts_with(check_digit(field)) {
        let name = format!("{place:?}").to_lowercase();
        found.refuse_with(ProblemCode::CheckDigitWrong, place, ("field", name));
    }
}

fn card(zone: &str) -> Identification {
    let mut found = Findings::default();
    let (one, two) = (&zone[..TD1_LINE], &zone[TD1_LINE..2 * TD1_LINE]);
    checked(&one[5..14], &one[14..15], PaperField::Number, &mut found);
    checked(&two[..6], &two[6..7], PaperField::Born, &mut found);
    checked(&two[8..14], &two[14..15], PaperField::Expires, &mut found);
    let all = format!("{}{}{}{}", &one[5..], &two[..7], &two[8..15], &two[18..29]);
    checked(&all, &two[29..], PaperField::Composite, &mut found);
    let citizen = &one[15..27];
    let is_vietnamese = one.starts_with("IDVNM") && is_citizen_number(citizen);
    let mut paper = if is_vietnamese {
        checked(citizen, &one[29..], PaperField::Number, &mut found);
        if one[5..14] != citizen[3..] {
            found.refuse(ProblemCode::NumbersDiffer, PaperField::Number);
        }
        ScannedPaper::new(PaperKind::Cccd, citizen.to_owned())
    } else {
        ScannedPaper::new(PaperKind::BorderId, unfilled(&one[5..14]))
    };
    people(&mut paper, &two[..6], &two[7..8], &two[8..14], &mut found);
    paper.nationality = Some(unfilled(&two[15..18])).filter(|code| !code.is_empty());
    name(
        &mut paper,
        zone.get(2 * TD1_LINE..).unwrap_or_default(),
        &mut found,
    );
    if is_vietnamese {
        compare(&paper.number, paper.born, paper.sex, &mut found);
    }
    Identification::of_paper(ReadingKind::MrzTd1, paper, found)
}

fn passport(zone: &str) -> Identification {
    let mut found = Findings::default();
    let (one, two) = (&zone[..TD3_LINE], &zone[TD3_LINE..]);
    checked(&two[..9], &two[9..10], PaperField::Number, &mut found);
    checked(&two[13..19], &two[19..20], PaperField::Born, &mut found);
    checked(&two[21..27], &two[27..28], PaperField::Expires, &mut found);
    // An empty optional field may carry a filler instead of its check digit.
    if two[28..42].bytes().any(|b| b != b'<') || &two[42..43] != "<" {
        checked(
            &two[28..42],
            &two[42..43],
            PaperField::OldNumber,
            &mut found,
        );
    }
    let all = format!("{}{}{}", &two[..10], &two[13..20], &two[21..43]);
    checked(&all, &two[43..], PaperField::Composite, &mut found);
    let mut paper = ScannedPaper::new(PaperKind::Passport, unfilled(&two[..9]));
    people(
        &mut paper,
        &two[13..19],
        &two[20..21],
        &two[21..27],
        &mut found,
    );
    paper.nationality = Some(unfilled(&two[10..13])).filter(|code| !code.is_empty());
    name(&mut paper, &one[5..], &mut found);
    Identification::of_paper(ReadingKind::MrzTd3, paper, found)
}

/// Birth date, sex and expiry. The zone has two digits of the year: a citizen number tells the
/// century; otherwise it is the latest in which the holder was born before the paper expires.
fn people(paper: &mut ScannedPaper, born: &str, sex: &str, expires: &str, found: &mut Findings) {
    paper.expires = date(2000, expires, PaperField::Expires, found);
    let known = birth_year_and_sex(&paper.number).filter(|_| paper.paper_kind == PaperKind::Cccd);
    paper.born = match (known, paper.expires) {
        (Some((year, _)), _) => date(year - year.rem_euclid(100), born, PaperField::Born, found),
        (None, expires) => {
            let late = date(2000, born, PaperField::Born, found);
            let before = |late: &NaiveDate| expires.is_none_or(|end| late.year() < end.year());
            late.filter(before)
                .or_else(|| date(1900, born, PaperField::Born, found))
        }
    };
    paper.sex = match sex {
        "M" => Some(Sex::Male),
        "F" => Some(Sex::Female),
        _ => None,
    };
}

fn date(century: i32, digits: &str, place: PaperField, found: &mut Findings) -> Option<NaiveDate> {
    let part = |from: usize| digits.get(from..from + 2)?.parse::<u32>().ok();
    let read = part(0)
        .and_then(|year| i32::try_from(year).ok())
        .and_then(|year| NaiveDate::from_ymd_opt(century + year, part(2)?, part(4)?));
    if read.is_none() {
        found.refuse_with(
            ProblemCode::DateInvalid,
            place,
            ("found", digits.to_owned()),
        );
    }
    read
}

fn name(paper: &mut ScannedPaper, field: &str, found: &mut Findings) {
    let words: Vec<&str> = field.split('<').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        found.warn(ProblemCode::FieldMissing, PaperField::Name);
        return;
    }
    found.warn(ProblemCode::NameWithoutMarks, PaperField::Name);
    paper.name = Some(words.join(" "));
}

fn unfilled(field: &str) -> String {
    field.trim_end_matches('<').to_owned()
}
