//! How long a person's data is kept before only figures stay (Law 91/2025/QH15).

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::calendar::{BusinessDay, Validity};

/// How long files are kept, as dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRule {
    /// Years after the last customs file of a person.
    pub customs_years: u32,
    /// Years after the last one that tax was due on: its receipts and books are accounts.
    pub accounting_years: u32,
    /// Whether a second person confirms before names and numbers go.
    pub needs_second: bool,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

impl RetentionRule {
    /// The days before which files are old, seen from a day; `before` may only keep more.
    #[must_use]
    pub fn cuts(&self, today: BusinessDay, before: Option<BusinessDay>) -> Cuts {
        let back = |years: u32| {
            let date = today.date().checked_sub_months(Months::new(years * 12));
            let cut = date.map_or(today, BusinessDay::new);
            before.map_or(cut, |before| before.min(cut))
        };
        Cuts {
            customs: back(self.customs_years),
            accounting: back(self.accounting_years),
        }
    }
}

/// The days before which nothing has to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cuts {
    /// Of customs files.
    pub customs: BusinessDay,
    /// Of accounts.
    pub accounting: BusinessDay,
}

impl Cuts {
    /// Whether nothing of a person with these traces has to be kept any longer.
    #[must_use]
    pub fn are_past(self, last: LastTrace) -> bool {
        let older = |day: Option<BusinessDay>, cut| day.is_none_or(|day| day < cut);
        older(last.customs, self.customs) && older(last.accounting, self.accounting)
    }
}

/// The last day on which a person left something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastTrace {
    /// In a customs file, or by being entered or changed.
    pub customs: Option<BusinessDay>,
    /// In the accounts.
    pub accounting: Option<BusinessDay>,
}

impl LastTrace {
    /// With one more trace.
    #[must_use]
    pub fn with(self, day: BusinessDay, is_accounting: bool) -> Self {
        Self {
            customs: self.customs.max(Some(day)),
            accounting: if is_accounting {
                self.accounting.max(Some(day))
            } else {
                self.accounting
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_kept_longer_than_customs_files() {
        let day = |text: &str| text.parse::<BusinessDay>().expect("a day");
        let rule = RetentionRule {
            customs_years: 5,
            accounting_years: 10,
            needs_second: true,
            validity: Validity::since(day("2020-01-01")),
            basis: String::new(),
        };
        let today = day("2026-11-24");
        let over = |text: &str, taxed| {
            let last = LastTrace::default().with(day(text), taxed);
            rule.cuts(today, None).are_past(last)
        };
        assert!(over("2021-11-23", false));
        assert!(!over("2021-11-24", false));
        assert!(!over("2021-11-23", true));
        assert!(over("2016-11-23", true));
        assert!(rule.cuts(today, None).are_past(LastTrace::default()));
        assert_eq!(
            rule.cuts(day("2028-02-29"), None).customs,
            day("2023-02-28")
        );
        // A day that is asked for keeps more, never less.
        let asked = |before: &str| rule.cuts(today, Some(day(before))).customs;
        assert_eq!(asked("2020-01-01"), day("2020-01-01"));
        assert_eq!(asked("2026-01-01"), day("2021-11-24"));
    }
}
