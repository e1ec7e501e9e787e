//! What an office lays down for its accounts and for the data of persons.

use super::LawOfDay;
use crate::account::AccountRule;
use crate::retention::RetentionRule;

impl<'a> LawOfDay<'a> {
    /// Rules for accounts; none where none were entered.
    #[must_use]
    pub fn account_rule(&self) -> Option<&'a AccountRule> {
        let holds = |rule: &&AccountRule| rule.validity.holds_on(self.day);
        self.book.account_rules.iter().rev().find(holds)
    }

    /// How long persons' data is kept; for ever where nothing was entered.
    #[must_use]
    pub fn retention(&self) -> Option<&'a RetentionRule> {
        let holds = |rule: &&RetentionRule| rule.validity.holds_on(self.day);
        self.book.retention.iter().rev().find(holds)
    }
}
