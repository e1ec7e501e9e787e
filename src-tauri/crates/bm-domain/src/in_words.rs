//! An amount of money in Vietnamese words, as a receipt shows it beside the figures.
//!
//! The words are those of the schoolbooks: an empty place of tens is "linh", one after "mươi" is
//! "mốt", four "tư", five after any ten "lăm"; a group of three digits below a higher one names its
//! hundreds even when there are none. Of the crates only a young machine-made port (`num2words2-core`)
//! knows the language, so that these forty lines are ours.

use crate::money::Vnd;

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// A thousand million, the largest number with a word of its own.
const MILLIARD: u64 = 1_000_000_000;

/// The amount in words, its first letter small: `hai triệu không trăm linh năm nghìn đồng`. A
/// negative amount begins with "âm".
#[must_use]
pub fn in_words(amount: Vnd) -> String {
    let mut words = Vec::new();
    if amount.dong() < 0 {
        words.push("âm");
    }
    match amount.dong().unsigned_abs() {
        0 => words.push(DIGITS[0]),
        dong => say(dong, false, &mut words),
    }
    words.push("đồng");
    words.join(" ")
}

/// Says a number above zero; `below` tells that something larger was said before it, so that its
/// first group names its hundreds.
fn say(number: u64, below: bool, words: &mut Vec<&'static str>) {
    let mut spoken = below;
    if number >= MILLIARD {
        say(number / MILLIARD, below, words);
        words.push("tỷ");
        spoken = true;
    }
    let rest = number % MILLIARD;
    for (unit, name) in [(1_000_000, "triệu"), (1_000, "nghìn"), (1, "")] {
        let group = rest / unit % 1_000;
        if group == 0 {
            continue;
        }
        say_group(group, spoken, words);
        if !name.is_empty() {
            words.push(name);
        }
        spoken = true;
    }
}

/// Says three digits; all places of them when something larger was said before.
fn say_group(group: u64, whole: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    if whole || hundreds > 0 {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if units > 0 && (whole || hundreds > 0) => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, units) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(units)),
    }
}

fn digit(value: u64) -> &'static str {
    let at = usize::try_from(value).unwrap_or_default();
    DIGITS.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::money::VND_MAX;

    #[test]
    fn amounts_read_as_people_say_them() {
        for (dong, words) in [
            (0, "không"),
            (1, "một"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (55, "năm mươi lăm"),
            (100, "một trăm"),
            (104, "một trăm linh bốn"),
            (105, "một trăm linh năm"),
            (115, "một trăm mười lăm"),
            (121, "một trăm hai mươi mốt"),
            (505, "năm trăm linh năm"),
            (1_000, "một nghìn"),
            (1_005, "một nghìn không trăm linh năm"),
            (1_025, "một nghìn không trăm hai mươi lăm"),
            (10_500, "mười nghìn năm trăm"),
            (628_800, "sáu trăm hai mươi tám nghìn tám trăm"),
            (2_005_000, "hai triệu không trăm linh năm nghìn"),
            (2_000_005, "hai triệu không trăm linh năm"),
            (
                5_025_110,
                "năm triệu không trăm hai mươi lăm nghìn một trăm mười",
            ),
            (
                1_505_555_005,
                "một tỷ năm trăm linh năm triệu năm trăm năm mươi lăm nghìn không trăm linh năm",
            ),
            (1_000_000_001, "một tỷ không trăm linh một"),
            (1_000_000_000_000, "một nghìn tỷ"),
            (VND_MAX, "một triệu tỷ"),
            (-7, "âm bảy"),
        ] {
            assert_eq!(in_words(Vnd::new(dong)), format!("{words} đồng"), "{dong}");
        }
    }

    /// Reads the words back, by the grammar of numbers and not by undoing the code above.
    fn read(words: &str) -> i64 {
        let values = HashMap::from([
            ("không", 0),
            ("một", 1),
            ("mốt", 1),
            ("hai", 2),
            ("ba", 3),
            ("bốn", 4),
            ("tư", 4),
            ("năm", 5),
            ("lăm", 5),
            ("sáu", 6),
            ("bảy", 7),
            ("tám", 8),
            ("chín", 9),
        ]);
        // Closed groups of the milliard, the group being read, its last digit.
        let (mut total, mut part, mut group, mut last) = (0, 0, 0, 0);
        for word in words.split(' ') {
            match word {
                "trăm" => (group, last) = (group + last * 100, 0),
                "mươi" => (group, last) = (group + last * 10, 0),
                "mười" => group += 10,
                "linh" => {}
                "nghìn" => (part, group, last) = (part + (group + last) * 1_000, 0, 0),
                "triệu" => (part, group, last) = (part + (group + last) * 1_000_000, 0, 0),
                "tỷ" => (total, part, group, last) = (part + group + last, 0, 0, 0),
                "đồng" => return total * 1_000_000_000 + part + group + last,
                digit => last = values[digit],
            }
        }
        panic!("no end: {words}")
    }

    proptest! {
        #[test]
        fn words_read_back_to_the_amount(dong in 0..=VND_MAX) {
            let words = in_words(Vnd::new(dong));
            prop_assert_eq!(read(&words), dong, "{}", words);
            prop_assert!(!words.contains("  "));
        }

        #[test]
        fn small_amounts_read_back_too(dong in 0_i64..10_000_000) {
            prop_assert_eq!(read(&in_words(Vnd::new(dong))), dong);
        }
    }
}
