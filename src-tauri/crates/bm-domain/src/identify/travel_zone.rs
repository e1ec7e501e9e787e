//! Machine-readable zones: cards of three lines of 30 (TD1) and passports of two lines of 44 (TD3), ICAO Doc 9303
//! parts 4 and 5. Every check digit must fit, or the reading is refused.

use chrono::{Datelike, NaiveDate};
use mrz::{Field, MrzData, MrzError};

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

/// The zone as ICAO Doc 9303 lays it out, with every check digit that does not fit.
fn standard(read: Result<MrzData, MrzError>, found: &mut Findings) -> Option<MrzData> {
    let Ok(zone) = read else {
        found.refuse(ProblemCode::NotUnderstood, PaperField::Text);
        return None;
    };
    for field in zone.checks.failed() {
        let (place, name) = match field {
            Field::DocumentNumber => (PaperField::Number, "number"),
            Field::DateOfBirth => (PaperField::Born, "born"),
            Field::DateOfExpiry => (PaperField::Expires, "expires"),
            Field::PersonalNumber => (PaperField::OldNumber, "old_number"),
            _ => (PaperField::Composite, "composite"),
        };
        found.refuse_with(
            ProblemCode::CheckDigitWrong,
            place,
            ("field", name.to_owned()),
        );
    }
    Some(zone)
}

fn card(zone: &str) -> Identification {
    let mut found = Findings::default();
    let (one, two) = (&zone[..TD1_LINE], &zone[TD1_LINE..2 * TD1_LINE]);
    let three = zone.get(2 * TD1_LINE..).filter(|name| !name.is_empty());
    let unnamed = "<".repeat(TD1_LINE);
    let parsed = mrz::parse_td1(one, two, three.unwrap_or(&unnamed));
    let Some(read) = standard(parsed, &mut found) else {
        return Identification::without_paper(ReadingKind::MrzTd1, found);
    };
    let citizen = &one[15..27];
    let is_vietnamese = one.starts_with("IDVNM") && is_citizen_number(citizen);
    let mut paper = if is_vietnamese {
        // The card prints the twelve digits in the optional field, with a check digit of their own.
        if !mrz::verify(citizen, one[29..].chars().next().unwrap_or('<')) {
            let field = ("field", "number".to_owned());
            found.refuse_with(ProblemCode::CheckDigitWrong, PaperField::Number, field);
        }
        if one[5..14] != citizen[3..] {
            found.refuse(ProblemCode::NumbersDiffer, PaperField::Number);
        }
        ScannedPaper::new(PaperKind::Cccd, citizen.to_owned())
    } else {
        ScannedPaper::new(PaperKind::BorderId, read.full_document_number().to_owned())
    };
    people(&mut paper, &two[..6], &two[7..8], &two[8..14], &mut found);
    describe(&mut paper, &read, &mut found);
    if is_vietnamese {
        compare(&paper.number, paper.born, paper.sex, &mut found);
    }
    Identification::of_paper(ReadingKind::MrzTd1, paper, found)
}

fn passport(zone: &str) -> Identification {
    let mut found = Findings::default();
    let (one, two) = (&zone[..TD3_LINE], &zone[TD3_LINE..]);
    let Some(read) = standard(mrz::parse_td3(one, two), &mut found) else {
        return Identification::without_paper(ReadingKind::MrzTd3, found);
    };
    let number = read.full_document_number().to_owned();
    let mut paper = ScannedPaper::new(PaperKind::Passport, number);
    let (born, sex, expires) = (&two[13..19], &two[20..21], &two[21..27]);
    people(&mut paper, born, sex, expires, &mut found);
    describe(&mut paper, &read, &mut found);
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

fn describe(paper: &mut ScannedPaper, read: &MrzData, found: &mut Findings) {
    paper.nationality = Some(read.nationality.clone()).filter(|code| !code.is_empty());
    let name = format!("{} {}", read.surname, read.given_names);
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() {
        found.warn(ProblemCode::FieldMissing, PaperField::Name);
        return;
    }
    found.warn(ProblemCode::NameWithoutMarks, PaperField::Name);
    paper.name = Some(words.join(" "));
}
