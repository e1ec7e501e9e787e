//! Money: whole dong for everything customs charges, exact decimals for what people agree on.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest amount any field may hold, in whole VND: a million times the largest plausible form.
pub const VND_MAX: i64 = 1_000_000_000_000_000;

/// A whole number of Vietnamese dong; the unit of quota, value and tax (Circular 174/2015 art. 6
/// rounds shares of a dong half up).
///
/// Written as a string in JSON so that no reader turns it into floating point.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vnd(i64);

impl Vnd {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Makes an amount of whole dong.
    #[must_use]
    pub const fn new(dong: i64) -> Self {
        Self(dong)
    }

    /// The amount in whole dong.
    #[must_use]
    pub const fn dong(self) -> i64 {
        self.0
    }

    /// The amount as an exact decimal, for multiplication by rates.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        Decimal::from(self.0)
    }

    /// Rounds an exact amount half up to whole dong; `None` when it leaves the accepted range.
    #[must_use]
    pub fn round(exact: Decimal) -> Option<Self> {
        let dong = exact
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()?;
        (dong.abs() <= VND_MAX).then_some(Self(dong))
    }

    /// The part above `other`, never below zero.
    #[must_use]
    pub fn above(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }

    /// True when there is nothing; zero amounts are left out of records.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// True when there is something.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }
}

impl Add for Vnd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Vnd {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Vnd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Vnd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Vnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Vnd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Vnd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// An ISO 4217 currency code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The Vietnamese dong.
    pub const VND: Self = Self(*b"VND");
    /// The Chinese yuan, the usual currency at the gates of Quảng Ninh.
    pub const CNY: Self = Self(*b"CNY");
    /// The United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

/// Said of a text that is no currency code.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a currency code of three letters")]
pub struct NotACurrency;

impl FromStr for Currency {
    type Err = NotACurrency;
    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let letters: [u8; 3] = text
            .trim()
            .to_ascii_uppercase()
            .into_bytes()
            .try_into()
            .map_err(|_| NotACurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(letters))
        } else {
            Err(NotACurrency)
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A price for one unit, or a rate in dong for one unit of a currency: exact, at most four decimal
/// places, not negative, below ten to the twelfth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitPrice(Decimal);

/// Why a typed or stored number was not taken.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NumberError {
    /// The text is no plain decimal number.
    #[error("not a number")]
    NotANumber,
    /// Below the least or above the greatest value the field takes.
    #[error("out of range")]
    OutOfRange,
    /// More decimal places than the field keeps.
    #[error("too many decimal places")]
    TooPrecise,
}

impl UnitPrice {
    /// Decimal places kept.
    pub const PLACES: u32 = 4;
    const MAX: i64 = 1_000_000_000_000;

    /// Takes an exact decimal.
    ///
    /// # Errors
    /// [`NumberError`] when it is negative, too large, or has more than four places.
    pub fn new(value: Decimal) -> Result<Self, NumberError> {
        if value.is_sign_negative() && !value.is_zero() || value > Decimal::from(Self::MAX) {
            return Err(NumberError::OutOfRange);
        }
        let value = value.normalize();
        if value.scale() > Self::PLACES {
            return Err(NumberError::TooPrecise);
        }
        Ok(Self(value))
    }

    /// The exact value.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The value in ten-thousandths, as stored.
    #[must_use]
    pub fn ten_thousandths(self) -> i64 {
        scaled(self.0, Self::PLACES)
    }

    /// Restores a stored value; `None` when it is out of range.
    #[must_use]
    pub fn from_ten_thousandths(stored: i64) -> Option<Self> {
        Self::new(Decimal::new(stored, Self::PLACES)).ok()
    }
}

impl FromStr for UnitPrice {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::new(plain_decimal(text)?)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads a plain decimal number (digits, one point, a sign), no exponent, no separators.
///
/// # Errors
/// [`NumberError::NotANumber`] for anything else, [`NumberError::OutOfRange`] when it has more
/// digits than a decimal holds.
pub fn plain_decimal(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1;
    if !plain {
        return Err(NumberError::NotANumber);
    }
    Decimal::from_str_exact(text).map_err(|_| NumberError::OutOfRange)
}

/// `value` times ten to the `places`, for values whose type has already limited both.
pub(crate) fn scaled(value: Decimal, places: u32) -> i64 {
    (value * Decimal::from(10_i64.pow(places)))
        .to_i64()
        .unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_dong_round_half_up() {
        for (exact, dong) in [
            ("0.4999", 0),
            ("0.5", 1),
            ("1.5", 2),
            ("2.5", 3),
            ("268800.0", 268_800),
        ] {
            let exact = plain_decimal(exact).expect("a number");
            assert_eq!(Vnd::round(exact), Some(Vnd::new(dong)), "{exact}");
        }
        assert_eq!(Vnd::round(Decimal::from(VND_MAX) + Decimal::ONE), None);
    }

    #[test]
    fn only_plain_numbers_are_read() {
        for bad in [
            "", "abc", "1e5", "1,5", "1.2.3", ".5", "5.", "--1", "0x10", "NaN", "１",
        ] {
            assert_eq!(plain_decimal(bad), Err(NumberError::NotANumber), "{bad}");
        }
        assert_eq!(plain_decimal(" 12.50 "), Ok(Decimal::new(1250, 2)));
        let forty_digits = "9".repeat(40);
        assert_eq!(plain_decimal(&forty_digits), Err(NumberError::OutOfRange));
    }

    #[test]
    fn prices_keep_four_places_and_no_sign() {
        assert_eq!("-1".parse::<UnitPrice>(), Err(NumberError::OutOfRange));
        assert_eq!("1.23456".parse::<UnitPrice>(), Err(NumberError::TooPrecise));
        assert_eq!(
            "1.2340000"
                .parse::<UnitPrice>()
                .map(UnitPrice::ten_thousandths),
            Ok(12_340)
        );
        assert_eq!(UnitPrice::from_ten_thousandths(-5), None);
    }
}
