//! The variants of LAW notes 6.3 to 6.5 and vectors 14 and 15, then what may never happen.

use proptest::prelude::*;

use super::*;

const CARD: &str =
    "022185004321||NGUYỄN THỊ HOA|12031985|Nữ|Thôn 1, Hoành Mô, Bình Liêu, Quảng Ninh|15042021";
const TD1: &str = "IDVNM1850043218022185004321<<6\n8503127F3503122VNM<<<<<<<<<<<4";
const TD3: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn codes(reading: &Identification) -> Vec<ProblemCode> {
    reading
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect()
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

#[test]
fn every_variant_of_a_card_reads_alike() {
    let six = CARD.replace("||", "|");
    let old = CARD.replace("||", "|100234567|");
    let dated = CARD
        .replace("12031985", "12/03/1985")
        .replace("15042021", "15/04/2021");
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(CARD).collect();
    let misread: String = encoding_rs::WINDOWS_1252
        .decode(CARD.as_bytes())
        .0
        .into_owned();
    let variants = [
        CARD.to_owned(),
        six,
        old,
        dated,
        decomposed,
        misread,
        format!("{CARD}\r\n"),
        format!("\u{2}\t{CARD}\r"),
        format!("]Q1{CARD}\n"),
        format!("{CARD}\r\n{CARD}\r\n"),
        format!("{CARD}|Nguyễn Văn A|Trần Thị B|extra"),
        CARD.replace('|', "｜"),
    ];
    for text in variants {
        let reading = identify(&text);
        assert_eq!(reading.kind, ReadingKind::Qr, "{text}");
        assert_eq!(codes(&reading), [], "{text}");
        let paper = reading.paper.expect("a paper");
        assert_eq!(paper.paper_kind, PaperKind::Cccd);
        assert_eq!(paper.number, "022185004321");
        assert_eq!(paper.name.as_deref(), Some("NGUYỄN THỊ HOA"), "{text}");
        assert_eq!(paper.born, day(1985, 3, 12));
        assert_eq!(paper.sex, Some(Sex::Female), "{text}");
        assert!(
            paper
                .address
                .is_some_and(|address| address.starts_with("Thôn 1, Hoành Mô"))
        );
        assert_eq!(paper.issued, day(2021, 4, 15), "{text}");
    }
}

#[test]
fn the_old_number_and_the_layout_of_the_keyboard_come_back_exactly() {
    let old = identify(&CARD.replace("||", "|100234567|"))
        .paper
        .expect("a paper");
    assert_eq!(old.old_number.as_deref(), Some("100234567"));
    let typed: String = CARD
        .chars()
        .map(|c| match c {
            '0' => 'đ',
            '1' => 'ă',
            '2' => 'â',
            '3' => 'ê',
            '4' => 'ô',
            '5' => '\u{300}',
            '8' => '\u{301}',
            '9' => '\u{323}',
            other => other,
        })
        .collect();
    let reading = identify(&typed);
    assert!(codes(&reading).contains(&ProblemCode::KeyboardLayout));
    let paper = reading.paper.expect("a paper");
    assert_eq!(
        (paper.number.as_str(), paper.born),
        ("022185004321", day(1985, 3, 12))
    );
}

#[test]
fn a_damaged_card_says_what_is_wrong_with_it() {
    let other = CARD.replace("022185004321", "022185004322");
    let cases = [
        (
            CARD.replace("NGUYỄN THỊ HOA", "NGUYEENX THIJ HOA"),
            ProblemCode::NameDamaged,
            false,
        ),
        (
            CARD.replace("NGUYỄN THỊ HOA", "NGUY?N TH? HOA"),
            ProblemCode::NameDamaged,
            false,
        ),
        (
            CARD.replace("12031985", "1985"),
            ProblemCode::DateIncomplete,
            false,
        ),
        (
            CARD.replace("12031985", "31021985"),
            ProblemCode::DateInvalid,
            true,
        ),
        (
            CARD.replace("12031985", "12031986"),
            ProblemCode::CenturySexMismatch,
            false,
        ),
        (
            CARD.replace("Nữ", "Nam"),
            ProblemCode::CenturySexMismatch,
            false,
        ),
        (
            CARD.replace("022185004321", "097185004321"),
            ProblemCode::UnknownProvince,
            false,
        ),
        (
            CARD.replace("022185004321", "02218500432"),
            ProblemCode::NumberLength,
            true,
        ),
        (
            CARD.replace("022185004321", "O22185OO4321"),
            ProblemCode::LetterInDigits,
            true,
        ),
        (
            CARD.replace("|15042021", ""),
            ProblemCode::FieldMissing,
            false,
        ),
        (
            "022185004321||NGUYỄN THỊ HOA|1203".to_owned(),
            ProblemCode::FieldsMissing,
            true,
        ),
        (format!("{CARD}\r\n{other}"), ProblemCode::TwoScans, true),
        (
            CARD.replace("Thôn", "Th\u{7}ôn"),
            ProblemCode::ControlCharacters,
            false,
        ),
        ("x".repeat(MAX_CHARS + 1), ProblemCode::TooLong, true),
        ("|".repeat(10_000_000), ProblemCode::TooLong, true),
    ];
    for (text, code, refused) in cases {
        let reading = identify(&text);
        let shown: String = text.chars().take(80).collect();
        assert!(
            codes(&reading).contains(&code),
            "{shown}: {:?}",
            reading.problems
        );
        assert_eq!(reading.is_refused(), refused, "{shown}");
        assert_eq!(reading.paper.is_none(), refused, "{shown}");
    }
}

#[test]
fn vector_15_a_zone_is_read_and_no_changed_digit_passes() {
    let card = identify(TD1).paper.expect("a card");
    assert_eq!(card.number, "022185004321");
    assert_eq!(
        (card.born, card.expires),
        (day(1985, 3, 12), day(2035, 3, 12))
    );
    assert_eq!(card.sex, Some(Sex::Female));
    let named = format!("{TD1}\nNGUYEN<<THI<HOA<<<<<<<<<<<<<<<");
    assert_eq!(
        identify(&named).paper.and_then(|p| p.name).as_deref(),
        Some("NGUYEN THI HOA")
    );
    let passport = identify(TD3);
    assert_eq!(passport.kind, ReadingKind::MrzTd3);
    let passport = passport.paper.expect("a passport");
    assert_eq!(
        (passport.number.as_str(), passport.born),
        ("L898902C3", day(1974, 8, 12))
    );
    assert_eq!(passport.name.as_deref(), Some("ERIKSSON ANNA MARIA"));
    for zone in [TD1, TD3] {
        for (at, old) in zone.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            for new in ('0'..='9').filter(|new| *new != old) {
                let mut changed = zone.to_owned();
                changed.replace_range(at..=at, &new.to_string());
                assert!(
                    identify(&changed).is_refused(),
                    "{old} to {new} at {at} of {zone}"
                );
            }
        }
        assert!(
            identify(&zone[1..]).is_refused(),
            "a letter lost from {zone}"
        );
    }
}

#[test]
fn numbers_are_told_apart() {
    let cases = [
        ("022185004321", PaperKind::Cccd, "022185004321"),
        ("022 185 004 321", PaperKind::Cccd, "022185004321"),
        ("０２２１８５００４３２１", PaperKind::Cccd, "022185004321"),
        ("100.234.567", PaperKind::Cmnd, "100234567"),
        ("c1234567", PaperKind::Passport, "C1234567"),
        ("TH-02/123456", PaperKind::BorderPass, "TH02/123456"),
        (
            "11010519491231002x",
            PaperKind::ChineseId,
            "11010519491231002X",
        ),
        (
            "450602198501010019",
            PaperKind::ChineseId,
            "450602198501010019",
        ),
    ];
    for (text, kind, number) in cases {
        let reading = identify(text);
        assert_eq!(reading.kind, ReadingKind::Number, "{text}");
        let paper = reading.paper.expect(text);
        assert_eq!(
            (paper.paper_kind, paper.number.as_str()),
            (kind, number),
            "{text}"
        );
    }
}

#[test]
fn vector_14_a_chinese_number_with_a_wrong_check_character_is_refused() {
    let good = identify("11010519491231002X").paper.expect("valid");
    assert_eq!(
        (good.born, good.sex),
        (day(1949, 12, 31), Some(Sex::Female))
    );
    for number in [
        "110105194912310021",
        "110105194912310029",
        "450602198501010018",
    ] {
        let reading = identify(number);
        assert_eq!(codes(&reading), [ProblemCode::CheckDigitWrong], "{number}");
        assert!(reading.paper.is_none());
    }
}

#[test]
fn names_are_folded_and_a_year_may_follow() {
    let cases = [
        ("Nguyễn Hoa", vec!["nguyen", "hoa"], None),
        ("đỗ 1985", vec!["do"], Some(1985)),
        ("李明", vec!["李明"], None),
        ("H'Mông", vec!["h'mong"], None),
    ];
    for (text, words, year) in cases {
        let reading = identify(text);
        assert_eq!(reading.kind, ReadingKind::Name, "{text}");
        assert_eq!(
            (reading.name_words, reading.birth_year),
            (words.into_iter().map(String::from).collect(), year)
        );
    }
    assert_eq!(identify(" \r\n\t").kind, ReadingKind::Empty);
    assert_eq!(codes(&identify("a")), [ProblemCode::NameTooShort]);
    assert_eq!(codes(&identify("??##")), [ProblemCode::NotUnderstood]);
}

proptest! {
    #[test]
    fn nothing_typed_breaks_it(text in "\\PC{0,200}") {
        let reading = identify(&text);
        prop_assert!(reading.paper.is_none() || !reading.is_refused());
    }

    #[test]
    fn a_spoilt_card_keeps_its_number_or_is_refused(at in 0..CARD.len(), with in "\\PC") {
        let mut text = CARD.to_owned();
        if text.is_char_boundary(at) && at > 12 {
            text.insert_str(at, &with);
            if let Some(paper) = identify(&text).paper {
                prop_assert_eq!(paper.number, "022185004321");
            }
        }
    }
}
