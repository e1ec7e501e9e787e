//! What an office lays down for itself: prices to look at, cash, accounts, the data of persons.

use super::LawOfDay;
use crate::account::AccountRule;
use crate::cash::CashRule;
use crate::price::PriceWatch;
use crate::retention::RetentionRule;

impl<'a> LawOfDay<'a> {
    /// When a price is far from its reference; never where nothing was entered.
    #[must_use]
    pub fn price_watch(&self) -> Option<&'a PriceWatch> {
        let holds = |watch: &&PriceWatch| watch.validity.holds_on(self.day);
        self.book.price_watch.iter().rev().find(holds)
    }

    /// Rules for cash; none where none were entered.
    #[must_use]
    pub fn cash(&self) -> Option<&'a CashRule> {
        let holds = |rule: &&CashRule| rule.validity.holds_on(self.day);
        self.book.cash.iter().rev().find(holds)
    }

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
