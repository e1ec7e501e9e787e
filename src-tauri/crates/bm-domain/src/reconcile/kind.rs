//! What can fail to meet on a gate's day, the article each rests on, and the lawful ways to settle it.

use serde::{Deserialize, Serialize};

use crate::resident::UnknownWord;

macro_rules! ways {
    ($($(#[$doc:meta])* $name:ident = $word:literal $recorded:literal;)+) => {
        /// A lawful way to settle a difference.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SettleWay"))]
        #[serde(rename_all = "snake_case")]
        pub enum Way { $($(#[$doc])* $name),+ }

        impl Way {
            /// Every way.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word used in files and on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Whether it is an entry that refers to the difference. Any other way changes the facts,
            /// and the difference is gone by itself.
            #[must_use]
            pub const fn is_recorded(self) -> bool {
                match self { $(Self::$name => $recorded),+ }
            }
        }
    };
}

ways! {
    /// Release the form.
    Release = "release" false;
    /// Cancel the form.
    Cancel = "cancel" false;
    /// Amend, refuse or return the form.
    Correct = "correct" false;
    /// Register the missing form.
    Register = "register" false;
    /// Enter the count of the barrier.
    EnterCount = "enter_count" false;
    /// Replace the count, with a reason.
    AmendCount = "amend_count" false;
    /// Enter the receipt that is missing.
    EnterReceipt = "enter_receipt" false;
    /// Take the receipt back.
    TakeBack = "take_back" false;
    /// A second person acknowledges the cashier's count.
    Acknowledge = "acknowledge" false;
    /// Count the drawer.
    CountCash = "count_cash" false;
    /// Hand the money over.
    HandOver = "hand_over" false;
    /// Collect what is owed.
    Pay = "pay" false;
    /// Pay back what is too much.
    Refund = "refund" false;
    /// Derive the totals again.
    Verify = "verify" false;
    /// The passage counts for the gate of its form.
    Transfer = "transfer" true;
    /// The form counts in the cumulative column only.
    Cumulative = "cumulative" true;
    /// The leaf was spoiled and lies in the book.
    Spoiled = "spoiled" true;
    /// It goes to those who follow up breaches.
    Refer = "refer" true;
    /// Why it is so.
    Explain = "explain" true;
}

macro_rules! difference_kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal $basis:literal [$($way:ident)+];)+) => {
        /// What does not meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum DifferenceKind { $($(#[$doc])* $name),+ }

        impl DifferenceKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word used in keys, files and on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The article it rests on, in its neutral form.
            #[must_use]
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$name => $basis),+ }
            }

            /// The lawful ways to settle it, the plainest first.
            #[must_use]
            pub const fn ways(self) -> &'static [Way] {
                match self { $(Self::$name => &[$(Way::$way),+]),+ }
            }
        }

        impl std::str::FromStr for DifferenceKind {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let all = Self::ALL.iter().copied();
                all.into_iter().find(|kind| kind.word() == text).ok_or(UnknownWord)
            }
        }
    };
}

difference_kinds! {
    /// The totals of the day are not the sum of its forms.
    TotalsDiffer = "totals_differ" "Circular 80/2019/TT-BTC art. 9(1)" [Verify];
    /// The goods passed the barrier, the form is not released.
    UnreleasedForm = "unreleased_form" "Circular 80/2019/TT-BTC art. 7(4)" [Release Correct Refer Explain];
    /// Two forms of one person with the same goods, and only one passed.
    DoubledForm = "doubled_form" "Circular 38/2015/TT-BTC art. 22" [Cancel Correct Explain];
    /// A form that passed the barrier does not stand any more.
    CancelledCounted = "cancelled_counted" "Circular 38/2015/TT-BTC art. 22" [AmendCount Register Refer Explain];
    /// A form of another gate passed here, or one of here passed there.
    WrongGate = "wrong_gate" "Circular 80/2019/TT-BTC art. 6(2), 7(4)" [Transfer AmendCount Explain];
    /// A form was confirmed or released on a later day only.
    LateForm = "late_form" "Circular 52/2020/TT-BTC" [Cumulative];
    /// No count from the barrier was entered.
    CountMissing = "count_missing" "Circular 80/2019/TT-BTC art. 7(4)" [EnterCount Explain];
    /// A person with a released form was not counted.
    UncountedPerson = "uncounted_person" "Circular 80/2019/TT-BTC art. 7(4)" [AmendCount Correct Refer Explain];
    /// A released form of a person who was counted with another one was not.
    UncountedForm = "uncounted_form" "Circular 80/2019/TT-BTC art. 7(4)" [AmendCount Correct Refer Explain];
    /// Somebody passed without a form.
    PassageWithoutForm = "passage_without_form" "Circular 80/2019/TT-BTC art. 6(1)" [Register AmendCount Refer Explain];
    /// A counted total differs from the forms, or from the passages counted one by one.
    CountDiffers = "count_differs" "Circular 80/2019/TT-BTC art. 7(4)" [AmendCount Correct Explain];
    /// A payment in cash without its receipt, or a number of a series without one.
    MissingReceipt = "missing_receipt" "Circular 80/2019/TT-BTC art. 6(5)" [EnterReceipt Spoiled Refer];
    /// A receipt whose form does not say that it was paid by it.
    UnmatchedReceipt = "unmatched_receipt" "Circular 80/2019/TT-BTC art. 6(5)" [TakeBack Explain];
    /// Less was counted in a drawer than recorded.
    CashShort = "cash_short" "Circular 184/2015/TT-BTC art. 21(3)" [Acknowledge];
    /// More was counted in a drawer than recorded.
    CashOver = "cash_over" "Circular 184/2015/TT-BTC art. 21(3)" [Acknowledge];
    /// A drawer was not counted.
    CashUncounted = "cash_uncounted" "Circular 184/2015/TT-BTC art. 21(3)" [CountCash];
    /// The money was not handed over in time.
    HandOverLate = "hand_over_late" "Circular 184/2015/TT-BTC art. 21(3)" [HandOver Explain];
    /// Goods have left whose tax is not paid.
    TaxUnpaid = "tax_unpaid" "Circular 80/2019/TT-BTC art. 6(5)" [Pay Refer];
    /// More was paid than is due.
    TaxOverpaid = "tax_overpaid" "Law 107/2016/QH13 art. 19" [Refund Explain];
}
