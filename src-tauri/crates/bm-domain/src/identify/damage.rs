//! What happens to Vietnamese letters between a card and the box.
//!
//! UTF-8 shown in a Western or Vietnamese code page and decomposed letters are brought back exactly. Anything
//! else (an input method that listened, dropped marks) cannot be undone with certainty: the text is
//! kept and the officer is told to compare it with the card.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

/// The text composed (NFC), with single spaces, its code page put right.
pub(super) fn restore_text(raw: &str) -> String {
    let decoded = [WINDOWS_1252, WINDOWS_1258]
        .into_iter()
        .find_map(|page| misread(raw, page));
    let composed: String = decoded.as_deref().unwrap_or(raw).nfc().collect();
    let visible: String = composed
        .chars()
        .map(|c| if super::is_noise(c) { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text behind UTF-8 bytes that were shown as characters of a code page, if it is that.
fn misread(raw: &str, page: &'static Encoding) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    for c in raw.chars() {
        // Latin-1 keeps the bytes 80 to 9F as invisible characters; code pages give them letters.
        if let (Ok(byte), true) = (u8::try_from(u32::from(c)), c.is_control()) {
            bytes.push(byte);
            continue;
        }
        let mut buffer = [0; 4];
        let (encoded, _, lost) = page.encode(c.encode_utf8(&mut buffer));
        if lost {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    let text = String::from_utf8(bytes).ok()?;
    (text != raw && !text.is_ascii()).then_some(text)
}

/// Whether a name of a card looks as printed there: Vietnamese letters only, with a mark somewhere.
pub(super) fn is_plausible_name(name: &str) -> bool {
    let letters = |c: char| c == ' ' || is_vietnamese_letter(c);
    name.chars().all(letters) && !name.is_ascii()
}

fn is_vietnamese_letter(c: char) -> bool {
    const MARKS: [char; 8] = [
        '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{306}', '\u{309}', '\u{31b}', '\u{323}',
    ];
    let mut parts = std::iter::once(c).nfd();
    matches!(parts.next(), Some('a'..='z' | 'A'..='Z' | 'đ' | 'Đ'))
        && parts.all(|mark| MARKS.contains(&mark))
}
