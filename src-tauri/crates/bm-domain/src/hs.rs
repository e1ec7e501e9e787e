//! Commodity codes of the Harmonized System as Vietnam uses them: eight digits (AHTN).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An eight-digit commodity code, written without points.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode(u32);

/// The first two, four, six or eight digits of commodity codes: chapter, heading, sub-heading, code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsPrefix {
    value: u32,
    digits: u8,
}

/// Said of a text that is no commodity code, or no prefix of one.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a commodity code")]
pub struct NotAnHsCode;

/// The digits of a code written with or without points and spaces.
fn digits(text: &str) -> Result<String, NotAnHsCode> {
    let compact: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let valid = compact.chars().all(|c| c.is_ascii_digit()) && compact.len() <= 8;
    if valid { Ok(compact) } else { Err(NotAnHsCode) }
}

impl HsCode {
    /// The code as a number, as stored: 07032090 is 7032090.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Restores a stored code; `None` when it has more than eight digits.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        (1_000_000..100_000_000)
            .contains(&number)
            .then_some(Self(number))
    }

    /// Whether the prefix covers this code.
    #[must_use]
    pub fn starts_with(self, prefix: HsPrefix) -> bool {
        self.prefix(prefix.digits) == prefix
    }

    /// The first `digits` digits (2, 4, 6 or 8).
    #[must_use]
    pub fn prefix(self, digits: u8) -> HsPrefix {
        HsPrefix {
            value: self.0 / 10_u32.pow(8 - u32::from(digits.min(8))),
            digits: digits.min(8),
        }
    }
}

impl FromStr for HsCode {
    type Err = NotAnHsCode;
    fn from_str(text: &str) -> Result<Self, NotAnHsCode> {
        let digits = digits(text)?;
        if digits.len() != 8 {
            return Err(NotAnHsCode);
        }
        digits
            .parse()
            .ok()
            .and_then(Self::from_number)
            .ok_or(NotAnHsCode)
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl HsPrefix {
    /// How many digits it has: 2, 4, 6 or 8.
    #[must_use]
    pub const fn digits(self) -> u8 {
        self.digits
    }
}

impl FromStr for HsPrefix {
    type Err = NotAnHsCode;
    fn from_str(text: &str) -> Result<Self, NotAnHsCode> {
        let digits = digits(text)?;
        let length = u8::try_from(digits.len()).map_err(|_| NotAnHsCode)?;
        if !matches!(length, 2 | 4 | 6 | 8) {
            return Err(NotAnHsCode);
        }
        let value = digits.parse().map_err(|_| NotAnHsCode)?;
        Ok(Self {
            value,
            digits: length,
        })
    }
}

impl fmt::Display for HsPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:0width$}",
            self.value,
            width = usize::from(self.digits)
        )
    }
}

macro_rules! as_text {
    ($type:ident) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

as_text!(HsCode);
as_text!(HsPrefix);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_with_and_without_points() {
        for text in ["07032090", "0703.20.90", "0703 2090", " 0703.2090 "] {
            assert_eq!(
                text.parse::<HsCode>().map(|c| c.to_string()),
                Ok("07032090".into()),
                "{text}"
            );
        }
        for text in [
            "",
            "0703",
            "703209",
            "070320901",
            "0703209x",
            "００000000",
            "00000000",
        ] {
            assert_eq!(text.parse::<HsCode>(), Err(NotAnHsCode), "{text}");
        }
    }

    #[test]
    fn a_prefix_covers_its_codes_only() {
        let code: HsCode = "10051000".parse().expect("a code");
        for (prefix, covers) in [
            ("10", true),
            ("1005", true),
            ("1006", false),
            ("10051000", true),
            ("01", false),
        ] {
            let prefix: HsPrefix = prefix.parse().expect("a prefix");
            assert_eq!(code.starts_with(prefix), covers, "{prefix}");
        }
        assert_eq!("100".parse::<HsPrefix>(), Err(NotAnHsCode));
        assert_eq!(
            "07".parse::<HsPrefix>().map(|p| p.to_string()),
            Ok("07".into())
        );
    }
}
