//! Quantities in the unit declared and weights in kilograms, both exact to a thousandth.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{NumberError, plain_decimal, scaled};

const PLACES: u32 = 3;
const MAX: i64 = 1_000_000_000;

/// How much of a good was declared, in its unit: above zero, at most three decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quantity(Decimal);

/// Gross weight in kilograms: not negative, at most three decimal places (a gram).
///
/// Recorded for every line because statistics count tonnes (Circular 52/2020/TT-BTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Weight(Decimal);

fn checked(value: Decimal) -> Result<Decimal, NumberError> {
    if value.is_sign_negative() && !value.is_zero() || value >= Decimal::from(MAX) {
        return Err(NumberError::OutOfRange);
    }
    let value = value.normalize();
    if value.scale() > PLACES {
        Err(NumberError::TooPrecise)
    } else {
        Ok(value)
    }
}

impl Quantity {
    /// Takes an exact decimal above zero.
    ///
    /// # Errors
    /// [`NumberError`] when it is zero, negative, a thousand million or more, or too precise.
    pub fn new(value: Decimal) -> Result<Self, NumberError> {
        let value = checked(value)?;
        if value.is_zero() {
            Err(NumberError::OutOfRange)
        } else {
            Ok(Self(value))
        }
    }

    /// The exact value.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The value in thousandths, as stored.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        scaled(self.0, PLACES)
    }

    /// Restores a stored value; `None` when it is out of range.
    #[must_use]
    pub fn from_thousandths(stored: i64) -> Option<Self> {
        Self::new(Decimal::new(stored, PLACES)).ok()
    }
}

impl Weight {
    /// Takes kilograms as an exact decimal.
    ///
    /// # Errors
    /// [`NumberError`] when negative, a million tonnes or more, or finer than a gram.
    pub fn new(kilograms: Decimal) -> Result<Self, NumberError> {
        checked(kilograms).map(Self)
    }

    /// The weight in kilograms.
    #[must_use]
    pub const fn kilograms(self) -> Decimal {
        self.0
    }

    /// The weight in whole grams, as stored.
    #[must_use]
    pub fn grams(self) -> i64 {
        scaled(self.0, PLACES)
    }

    /// Restores a stored weight; `None` when it is out of range.
    #[must_use]
    pub fn from_grams(stored: i64) -> Option<Self> {
        Self::new(Decimal::new(stored, PLACES)).ok()
    }
}

macro_rules! number_text {
    ($type:ident) => {
        impl FromStr for $type {
            type Err = NumberError;
            fn from_str(text: &str) -> Result<Self, NumberError> {
                Self::new(plain_decimal(text)?)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_text!(Quantity);
number_text!(Weight);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_above_zero_and_exact() {
        let cases = [
            ("1", Ok(1_000)),
            ("0.001", Ok(1)),
            ("12.5000", Ok(12_500)),
            ("0", Err(NumberError::OutOfRange)),
            ("-3", Err(NumberError::OutOfRange)),
            ("1.0005", Err(NumberError::TooPrecise)),
            ("1000000000", Err(NumberError::OutOfRange)),
            ("ten", Err(NumberError::NotANumber)),
        ];
        for (text, expected) in cases {
            assert_eq!(
                text.parse::<Quantity>().map(Quantity::thousandths),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_weight_may_be_zero() {
        assert_eq!("0".parse::<Weight>().map(Weight::grams), Ok(0));
        assert_eq!("-0.1".parse::<Weight>(), Err(NumberError::OutOfRange));
        assert_eq!(Weight::from_grams(-1), None);
    }
}
