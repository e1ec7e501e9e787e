//! Structure of the Vietnamese twelve-digit number: place, century and sex, year, serial.
//!
//! There is no public check digit (Decree 137/2015/ND-CP art. 13), so a number that does not match
//! the person is a warning: people born abroad and corrected records exist.

use chrono::{Datelike, NaiveDate};

use super::{Findings, PaperField, ProblemCode};
use crate::resident::Sex;

/// Codes of the 63 provinces in which births were registered; those of merged provinces stay valid.
const PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// Whether the text is twelve ASCII digits.
pub(super) fn is_citizen_number(text: &str) -> bool {
    is_digits(text, 12)
}

/// Whether the text is `length` ASCII digits.
pub(super) fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// Year of birth and sex the number stands for.
pub(super) fn birth_year_and_sex(number: &str) -> Option<(i32, Sex)> {
    let century_and_sex: i32 = number.get(3..4)?.parse().ok()?;
    let year: i32 = number.get(4..6)?.parse().ok()?;
    let sex = if century_and_sex % 2 == 0 {
        Sex::Male
    } else {
        Sex::Female
    };
    Some((1900 + century_and_sex / 2 * 100 + year, sex))
}

/// Warns of an unknown place code and of a year or sex other than the ones stated.
pub(super) fn compare(
    number: &str,
    born: Option<NaiveDate>,
    sex: Option<Sex>,
    found: &mut Findings,
) {
    let place = number.get(..3).unwrap_or_default();
    if !place
        .parse()
        .is_ok_and(|code: u8| PROVINCES.contains(&code))
    {
        let code = ("code", place.to_owned());
        found.warn_with(ProblemCode::UnknownProvince, PaperField::Number, code);
    }
    let Some((year, number_sex)) = birth_year_and_sex(number) else {
        return;
    };
    if born.is_some_and(|born| born.year() != year) {
        found.warn(ProblemCode::CenturySexMismatch, PaperField::Born);
    }
    if sex.is_some_and(|sex| sex != number_sex) {
        found.warn(ProblemCode::CenturySexMismatch, PaperField::Sex);
    }
}
