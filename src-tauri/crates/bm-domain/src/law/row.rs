//! One row of dated data, and the series it stands in: the rows that follow each other in time.

use serde::{Deserialize, Serialize};

use super::{
    Commune, ExchangeRate, Gate, Practice, Prohibition, SecondPerson, Term, UnitTitle, VatRate,
};
use crate::account::AccountRule;
use crate::breach::PatternRule;
use crate::calendar::Validity;
use crate::cash::CashRule;
use crate::declaration::Direction;
use crate::goods::{Goods, ListEntry};
use crate::price::{PriceWatch, ReferencePrice};
use crate::process::TimeLimits;
use crate::quota::QuotaRule;
use crate::reconcile::ReconcileRule;
use crate::retention::RetentionRule;
use crate::statistics::CommodityGroup;
use crate::template::FormTemplate;
use crate::worktime::{Holiday, WeekHours};

// One line a kind: how its row and itself are described, the row, its word in files, keys and on the
// wire, the field that says on which days it holds, and the one that says where it comes from.
macro_rules! kinds {
    ($(
        #[doc = $row_doc:literal] #[doc = $doc:literal]
        $name:ident($row:ty) = $word:literal, $days:ident, $basis:ident;
    )+) => {
        /// One row of dated data.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "section", content = "row", rename_all = "snake_case")]
        pub enum LawRow { $(#[doc = $row_doc] $name($row)),+ }

        /// Which kind of rule a row is.
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LawKind { $(#[doc = $doc] $name),+ }

        impl LawKind {
            /// Every kind, in the order an office looks for them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Their words, in the same order.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word used in files, keys and on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        impl LawRow {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> LawKind {
                match self { $(Self::$name(_) => LawKind::$name),+ }
            }

            /// Days on which it holds.
            #[must_use]
            pub const fn validity(&self) -> Validity {
                match self { $(Self::$name(r) => days!(r, $days)),+ }
            }

            /// The same row on other days; a holiday keeps its day.
            #[must_use]
            pub fn on_days(mut self, validity: Validity) -> Self {
                match &mut self { $(Self::$name(r) => move_to!(r, $days, validity)),+ }
                self
            }

            /// The text it comes from; of a rate, where it was published.
            #[must_use]
            pub const fn basis(&self) -> &String {
                match self { $(Self::$name(r) => &r.$basis),+ }
            }

            /// The same row resting on another text.
            #[must_use]
            pub fn with_basis(mut self, basis: &str) -> Self {
                let own = match &mut self { $(Self::$name(r) => &mut r.$basis),+ };
                basis.clone_into(own);
                self
            }
        }
    };
}

macro_rules! days {
    ($row:ident, validity) => {
        $row.validity
    };
    ($row:ident, day) => {
        Validity {
            from: $row.day,
            to: Some($row.day),
        }
    };
}

macro_rules! move_to {
    ($row:ident, validity, $validity:ident) => {
        $row.validity = $validity
    };
    ($row:ident, day, $validity:ident) => {
        _ = $row.day
    };
}

kinds! {
    /// A quota rule.
    /// Quota rules.
    Quota(QuotaRule) = "quota", validity, basis;
    /// A rate of value added tax.
    /// Rates of value added tax.
    Vat(VatRate) = "vat", validity, basis;
    /// An exchange rate.
    /// Exchange rates.
    Rate(ExchangeRate) = "rate", validity, source;
    /// An entry of the list of goods.
    /// The list of goods.
    List(ListEntry) = "list", validity, basis;
    /// A commodity code of the catalogue, with its tariff and checks.
    /// Catalogue and tariff.
    Goods(Goods) = "goods", validity, basis;
    /// Goods nobody may bring in or out.
    /// Prohibited goods.
    Prohibited(Prohibition) = "prohibited", validity, basis;
    /// A gate.
    /// Gates.
    Gate(Gate) = "gate", validity, basis;
    /// A border commune.
    /// Border communes.
    Commune(Commune) = "commune", validity, basis;
    /// Name of a customs unit or office holder on prints.
    /// Titles of units.
    UnitTitle(UnitTitle) = "unit_title", validity, basis;
    /// Settings.
    /// Settings.
    Practice(Practice) = "practice", validity, basis;
    /// Which corrections ask for a second person.
    /// Corrections that ask for a second person.
    SecondPerson(SecondPerson) = "second_person", validity, basis;
    /// Time limits.
    /// Time limits.
    Limits(TimeLimits) = "limits", validity, basis;
    /// A time limit outside working hours.
    /// Time limits outside working hours.
    Term(Term) = "term", validity, basis;
    /// Working hours.
    /// Working hours.
    Hours(WeekHours) = "hours", validity, basis;
    /// A public holiday.
    /// Public holidays.
    Holiday(Holiday) = "holiday", day, basis;
    /// Rules for cash.
    /// Rules for cash.
    Cash(CashRule) = "cash", validity, basis;
    /// A price of reference.
    /// Prices of reference.
    Price(ReferencePrice) = "price", validity, source;
    /// When a price is far from its reference.
    /// When a price is far from its reference.
    PriceWatch(PriceWatch) = "price_watch", validity, basis;
    /// What the office has laid down for the match of a day.
    /// Rules for reconciliation.
    Reconcile(ReconcileRule) = "reconcile", validity, basis;
    /// Rules for accounts: passwords, wrong tries, sessions.
    /// Accounts and passwords.
    Account(AccountRule) = "account", validity, basis;
    /// How long persons' data is kept.
    /// How long persons' data is kept.
    Retention(RetentionRule) = "retention", validity, basis;
    /// How a form looks on paper.
    /// Templates of forms on paper.
    Template(FormTemplate) = "template", validity, basis;
    /// Commodity codes that reports show together.
    /// Groups of commodities in reports.
    CommodityGroup(CommodityGroup) = "commodity_group", validity, basis;
    /// A pattern of trade that is watched for.
    /// Patterns of trade that are watched for.
    Pattern(PatternRule) = "pattern", validity, basis;
}

/// What the rows of one series owe the days between and after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// From its first day on there is exactly one row for every day.
    Always,
    /// Between its first and its last day.
    NoHole,
    /// A day without a row says something by itself: not listed, not open, no holiday.
    Free,
}

impl LawKind {
    /// The kind a series belongs to.
    #[must_use]
    pub fn of_series(series: &str) -> Option<Self> {
        let word = series.split('/').next().unwrap_or_default();
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

impl LawRow {
    /// The series it stands in, as in `vat/standard`: rows of one series follow each other in time.
    #[must_use]
    pub fn series(&self) -> String {
        let word = self.kind().word();
        match self {
            Self::Quota(r) => format!("{word}/{}", r.direction.word()),
            Self::Vat(r) => format!("{word}/{}", r.class.word()),
            Self::Rate(r) => format!("{word}/{}", r.currency),
            Self::List(r) => format!("{word}/{}", r.prefix),
            Self::Goods(r) => format!("{word}/{}", r.hs),
            Self::Prohibited(r) => format!("{word}/{}/{}", r.direction.word(), r.prefix),
            Self::Gate(r) => format!("{word}/{}", r.code),
            Self::Commune(r) => format!("{word}/{}", r.code),
            Self::UnitTitle(r) => format!("{word}/{}", r.unit),
            Self::Practice(_)
            | Self::SecondPerson(_)
            | Self::Limits(_)
            | Self::Hours(_)
            | Self::Cash(_)
            | Self::PriceWatch(_)
            | Self::Reconcile(_) => word.to_owned(),
            Self::Account(_) | Self::Retention(_) => word.to_owned(),
            Self::Price(r) => {
                let place = if r.place.is_empty() { "*" } else { &r.place };
                format!("{word}/{}/{}/{place}", r.hs, r.unit)
            }
            Self::Term(r) => format!("{word}/{}", r.kind.word()),
            Self::Holiday(r) => format!("{word}/{}", r.day),
            Self::Template(r) => format!("{word}/{}", r.form.word()),
            Self::CommodityGroup(r) => format!("{word}/{}", r.code),
            Self::Pattern(r) => format!("{word}/{}", r.pattern.word()),
        }
    }

    /// What names the row: entering a row with the same key replaces what the book says.
    #[must_use]
    pub fn key(&self) -> String {
        let series = self.series();
        match self {
            Self::Holiday(_) => series,
            _ => format!("{series}/{}", self.validity().from),
        }
    }

    /// Whether both say the same, on whatever days and by whatever text.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let plain = |row: &Self| row.clone().on_days(other.validity()).with_basis("");
        plain(self) == plain(other)
    }

    /// Whether both decide every form alike: names, units and prices of reference decide nothing.
    #[must_use]
    pub fn decides_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Goods(a), Self::Goods(b)) => {
                let checks = (a.quarantine, a.used_banned) == (b.quarantine, b.used_banned);
                checks && a.tariff == b.tariff
            }
            (Self::Gate(_), Self::Gate(_))
            | (Self::Commune(_), Self::Commune(_))
            | (Self::Holiday(_), Self::Holiday(_))
            | (Self::Cash(_), Self::Cash(_))
            | (Self::Price(_), Self::Price(_))
            | (Self::PriceWatch(_), Self::PriceWatch(_))
            | (Self::Reconcile(_), Self::Reconcile(_))
            | (Self::Account(_), Self::Account(_))
            | (Self::Retention(_), Self::Retention(_))
            | (Self::Template(_), Self::Template(_))
            | (Self::Pattern(_), Self::Pattern(_))
            | (Self::CommodityGroup(_), Self::CommodityGroup(_)) => true,
            _ => self.says_the_same(other),
        }
    }

    /// What its series owes the days between and after its rows.
    #[must_use]
    pub const fn continuity(&self) -> Continuity {
        match self {
            // Without a rule an export has no quota, which is a rule too (Circular 80/2019 art. 6(4)).
            Self::Quota(r) => match r.direction {
                Direction::Import => Continuity::Always,
                Direction::Export => Continuity::NoHole,
            },
            Self::Vat(_)
            | Self::UnitTitle(_)
            | Self::Practice(_)
            | Self::SecondPerson(_)
            | Self::Limits(_)
            | Self::Term(_)
            | Self::Hours(_)
            | Self::Cash(_)
            | Self::Reconcile(_)
            | Self::Account(_)
            | Self::Retention(_)
            | Self::Template(_) => Continuity::Always,
            Self::Rate(_) | Self::Goods(_) => Continuity::NoHole,
            Self::List(_)
            | Self::Prohibited(_)
            | Self::Gate(_)
            | Self::Commune(_)
            | Self::Holiday(_)
            // Without a price of its own a gate goes by the one for everywhere.
            | Self::Price(_)
            | Self::PriceWatch(_)
            | Self::Pattern(_)
            // What stands in no group is shown as other goods.
            | Self::CommodityGroup(_) => Continuity::Free,
        }
    }
}
