//! Tax codes of traders: what a plain typing mistake shows, and how they are written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Weights of the first nine digits; the tenth is ten less the rest of their sum by eleven.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// A tax code in digits alone: ten of an enterprise, thirteen of its branch, or the twelve of the
/// citizen's number, which a household business bears (Circular 86/2024/TT-BTC art. 5).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TaxCode(String);

/// Said of a text that is no tax code.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a tax code of 10, 12 or 13 digits")]
pub struct NotATaxCode;

impl TaxCode {
    /// The digits alone.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether the check digit fits; always so for twelve digits, which have another.
    #[must_use]
    pub fn check_digit_fits(&self) -> bool {
        if self.0.len() == 12 {
            return true;
        }
        let mut digits = self.0.chars().filter_map(|c| c.to_digit(10));
        let sum: u32 = WEIGHTS
            .iter()
            .zip(digits.by_ref())
            .map(|(w, d)| w * d)
            .sum();
        digits.next() == Some(10 - sum % 11)
    }
}

impl FromStr for TaxCode {
    type Err = NotATaxCode;
    fn from_str(text: &str) -> Result<Self, NotATaxCode> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.'))
            .collect();
        let right = digits.bytes().all(|b| b.is_ascii_digit());
        if right && matches!(digits.len(), 10 | 12 | 13) {
            Ok(Self(digits))
        } else {
            Err(NotATaxCode)
        }
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(10) {
            Some((head, branch)) if branch.len() == 3 => write!(f, "{head}-{branch}"),
            _ => f.write_str(&self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_or_without_marks_and_its_check_digit_looked_at() {
        for (text, shown, fits) in [
            ("0100112437", "0100112437", true),
            ("0100109106", "0100109106", true),
            ("0100109107", "0100109107", false),
            (" 0100112437-001 ", "0100112437-001", true),
            ("0100112473001", "0100112473-001", false),
            ("022185004321", "022185004321", true),
        ] {
            let code: TaxCode = text.parse().expect("a code");
            assert_eq!(
                (code.to_string().as_str(), code.check_digit_fits()),
                (shown, fits)
            );
        }
        for bad in ["", "123456789", "01001124A7", "01001124370012"] {
            assert_eq!(bad.parse::<TaxCode>(), Err(NotATaxCode), "{bad}");
        }
    }
}
