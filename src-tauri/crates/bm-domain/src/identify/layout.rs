//! Digits as a scanner's keystrokes arrive on another keyboard layout.
//!
//! A keyboard-wedge scanner sends the keys of a United States keyboard. When the workstation uses
//! another layout the digit row gives other characters, one for one, so digits can be brought back
//! exactly; a text that does not fit as a whole is not guessed at.

/// Layout of the workstation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Digits are digits, maybe full-width from a Chinese input method.
    Plain,
    /// Windows "Vietnamese": the digit row has ă â ê ô, the five tones and đ.
    Vietnamese,
    /// AZERTY: the digit row has digits on the shifted level only.
    French,
}

impl Layout {
    /// Every layout, the usual first.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Vietnamese, Self::French];

    /// The digit whose key gives `c`.
    pub(super) fn digit(self, c: char) -> Option<char> {
        let keys: [char; 10] = match self {
            Self::Plain if c.is_ascii_digit() => return Some(c),
            Self::Plain => ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
            Self::Vietnamese => [
                'đ', 'ă', 'â', 'ê', 'ô', '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}',
            ],
            Self::French => ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'],
        };
        keys.iter()
            .zip('0'..='9')
            .find(|(key, _)| **key == c)
            .map(|(_, digit)| digit)
    }

    /// The whole text as digits.
    pub(super) fn digits(self, text: &str) -> Option<String> {
        text.chars().map(|c| self.digit(c)).collect()
    }
}
