//! One row of dated data, and the series it stands in: the rows that follow each other in time.

use serde::{Deserialize, Serialize};

use super::{
    Commune, ExchangeRate, Gate, Practice, Prohibition, SecondPerson, Term, UnitTitle, VatRate,
};
use crate::calendar::Validity;
use crate::cash::CashRule;
use crate::declaration::Direction;
use crate::goods::{Goods, ListEntry};
use crate::price::{PriceWatch, ReferencePrice};
use crate::process::TimeLimits;
use crate::quota::QuotaRule;
use crate::template::FormTemplate;
use crate::worktime::{Holiday, WeekHours};

/// One row of dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "section", content = "row", rename_all = "snake_case")]
pub enum LawRow {
    /// A quota rule.
    Quota(QuotaRule),
    /// A rate of value added tax.
    Vat(VatRate),
    /// An exchange rate.
    Rate(ExchangeRate),
    /// An entry of the list of goods.
    List(ListEntry),
    /// A commodity code of the catalogue, with its tariff and checks.
    Goods(Goods),
    /// Goods nobody may bring in or out.
    Prohibited(Prohibition),
    /// A gate.
    Gate(Gate),
    /// A border commune.
    Commune(Commune),
    /// Name of a customs unit or office holder on prints.
    UnitTitle(UnitTitle),
    /// Settings.
    Practice(Practice),
    /// Which corrections ask for a second person.
    SecondPerson(SecondPerson),
    /// Time limits.
    Limits(TimeLimits),
    /// A time limit outside working hours.
    Term(Term),
    /// Working hours.
    Hours(WeekHours),
    /// A public holiday.
    Holiday(Holiday),
    /// Rules for cash.
    Cash(CashRule),
    /// A price of reference.
    Price(ReferencePrice),
    /// When a price is far from its reference.
    PriceWatch(PriceWatch),
    /// How a form looks on paper.
    Template(FormTemplate),
}

/// Which kind of rule a row is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LawKind {
    /// Quota rules.
    Quota,
    /// Rates of value added tax.
    Vat,
    /// Exchange rates.
    Rate,
    /// The list of goods.
    List,
    /// Catalogue and tariff.
    Goods,
    /// Prohibited goods.
    Prohibited,
    /// Gates.
    Gate,
    /// Border communes.
    Commune,
    /// Titles of units.
    UnitTitle,
    /// Settings.
    Practice,
    /// Corrections that ask for a second person.
    SecondPerson,
    /// Time limits.
    Limits,
    /// Time limits outside working hours.
    Term,
    /// Working hours.
    Hours,
    /// Public holidays.
    Holiday,
    /// Rules for cash.
    Cash,
    /// Prices of reference.
    Price,
    /// When a price is far from its reference.
    PriceWatch,
    /// Templates of forms on paper.
    Template,
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
    /// Every kind, in the order an office looks for them.
    pub const ALL: [Self; 19] = [
        Self::Quota,
        Self::Vat,
        Self::Rate,
        Self::List,
        Self::Goods,
        Self::Prohibited,
        Self::Gate,
        Self::Commune,
        Self::UnitTitle,
        Self::Practice,
        Self::SecondPerson,
        Self::Limits,
        Self::Term,
        Self::Hours,
        Self::Holiday,
        Self::Cash,
        Self::Price,
        Self::PriceWatch,
        Self::Template,
    ];

    /// The word used in files, keys and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quota => "quota",
            Self::Vat => "vat",
            Self::Rate => "rate",
            Self::List => "list",
            Self::Goods => "goods",
            Self::Prohibited => "prohibited",
            Self::Gate => "gate",
            Self::Commune => "commune",
            Self::UnitTitle => "unit_title",
            Self::Practice => "practice",
            Self::SecondPerson => "second_person",
            Self::Limits => "limits",
            Self::Term => "term",
            Self::Hours => "hours",
            Self::Holiday => "holiday",
            Self::Cash => "cash",
            Self::Price => "price",
            Self::PriceWatch => "price_watch",
            Self::Template => "template",
        }
    }

    /// The kind a series belongs to.
    #[must_use]
    pub fn of_series(series: &str) -> Option<Self> {
        let word = series.split('/').next().unwrap_or_default();
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl LawRow {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> LawKind {
        match self {
            Self::Quota(_) => LawKind::Quota,
            Self::Vat(_) => LawKind::Vat,
            Self::Rate(_) => LawKind::Rate,
            Self::List(_) => LawKind::List,
            Self::Goods(_) => LawKind::Goods,
            Self::Prohibited(_) => LawKind::Prohibited,
            Self::Gate(_) => LawKind::Gate,
            Self::Commune(_) => LawKind::Commune,
            Self::UnitTitle(_) => LawKind::UnitTitle,
            Self::Practice(_) => LawKind::Practice,
            Self::SecondPerson(_) => LawKind::SecondPerson,
            Self::Limits(_) => LawKind::Limits,
            Self::Term(_) => LawKind::Term,
            Self::Hours(_) => LawKind::Hours,
            Self::Holiday(_) => LawKind::Holiday,
            Self::Cash(_) => LawKind::Cash,
            Self::Price(_) => LawKind::Price,
            Self::PriceWatch(_) => LawKind::PriceWatch,
            Self::Template(_) => LawKind::Template,
        }
    }

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
            | Self::PriceWatch(_) => word.to_owned(),
            Self::Price(r) => {
                let place = if r.place.is_empty() { "*" } else { &r.place };
                format!("{word}/{}/{}/{place}", r.hs, r.unit)
            }
            Self::Term(r) => format!("{word}/{}", r.kind.word()),
            Self::Holiday(r) => format!("{word}/{}", r.day),
            Self::Template(r) => format!("{word}/{}", r.form.word()),
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

    /// Days on which it holds.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        match self {
            Self::Quota(r) => r.validity,
            Self::Vat(r) => r.validity,
            Self::Rate(r) => r.validity,
            Self::List(r) => r.validity,
            Self::Goods(r) => r.validity,
            Self::Prohibited(r) => r.validity,
            Self::Gate(r) => r.validity,
            Self::Commune(r) => r.validity,
            Self::UnitTitle(r) => r.validity,
            Self::Practice(r) => r.validity,
            Self::SecondPerson(r) => r.validity,
            Self::Limits(r) => r.validity,
            Self::Term(r) => r.validity,
            Self::Hours(r) => r.validity,
            Self::Cash(r) => r.validity,
            Self::Price(r) => r.validity,
            Self::PriceWatch(r) => r.validity,
            Self::Template(r) => r.validity,
            Self::Holiday(r) => Validity {
                from: r.day,
                to: Some(r.day),
            },
        }
    }

    /// The same row on other days; a holiday keeps its day.
    #[must_use]
    pub fn on_days(mut self, validity: Validity) -> Self {
        match &mut self {
            Self::Quota(r) => r.validity = validity,
            Self::Vat(r) => r.validity = validity,
            Self::Rate(r) => r.validity = validity,
            Self::List(r) => r.validity = validity,
            Self::Goods(r) => r.validity = validity,
            Self::Prohibited(r) => r.validity = validity,
            Self::Gate(r) => r.validity = validity,
            Self::Commune(r) => r.validity = validity,
            Self::UnitTitle(r) => r.validity = validity,
            Self::Practice(r) => r.validity = validity,
            Self::SecondPerson(r) => r.validity = validity,
            Self::Limits(r) => r.validity = validity,
            Self::Term(r) => r.validity = validity,
            Self::Hours(r) => r.validity = validity,
            Self::Cash(r) => r.validity = validity,
            Self::Price(r) => r.validity = validity,
            Self::PriceWatch(r) => r.validity = validity,
            Self::Template(r) => r.validity = validity,
            Self::Holiday(_) => {}
        }
        self
    }

    /// The text it comes from; of a rate, where it was published.
    #[must_use]
    pub const fn basis(&self) -> &String {
        match self {
            Self::Quota(r) => &r.basis,
            Self::Vat(r) => &r.basis,
            Self::Rate(r) => &r.source,
            Self::List(r) => &r.basis,
            Self::Goods(r) => &r.basis,
            Self::Prohibited(r) => &r.basis,
            Self::Gate(r) => &r.basis,
            Self::Commune(r) => &r.basis,
            Self::UnitTitle(r) => &r.basis,
            Self::Practice(r) => &r.basis,
            Self::SecondPerson(r) => &r.basis,
            Self::Limits(r) => &r.basis,
            Self::Term(r) => &r.basis,
            Self::Hours(r) => &r.basis,
            Self::Template(r) => &r.basis,
            Self::Holiday(r) => &r.basis,
            Self::Cash(r) => &r.basis,
            Self::Price(r) => &r.source,
            Self::PriceWatch(r) => &r.basis,
        }
    }

    /// The same row resting on another text.
    #[must_use]
    pub fn with_basis(mut self, basis: &str) -> Self {
        let own = match &mut self {
            Self::Quota(r) => &mut r.basis,
            Self::Vat(r) => &mut r.basis,
            Self::Rate(r) => &mut r.source,
            Self::List(r) => &mut r.basis,
            Self::Goods(r) => &mut r.basis,
            Self::Prohibited(r) => &mut r.basis,
            Self::Gate(r) => &mut r.basis,
            Self::Commune(r) => &mut r.basis,
            Self::UnitTitle(r) => &mut r.basis,
            Self::Practice(r) => &mut r.basis,
            Self::SecondPerson(r) => &mut r.basis,
            Self::Limits(r) => &mut r.basis,
            Self::Term(r) => &mut r.basis,
            Self::Hours(r) => &mut r.basis,
            Self::Template(r) => &mut r.basis,
            Self::Holiday(r) => &mut r.basis,
            Self::Cash(r) => &mut r.basis,
            Self::Price(r) => &mut r.source,
            Self::PriceWatch(r) => &mut r.basis,
        };
        basis.clone_into(own);
        self
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
            | (Self::Template(_), Self::Template(_)) => true,
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
            | Self::Template(_) => Continuity::Always,
            Self::Rate(_) | Self::Goods(_) => Continuity::NoHole,
            Self::List(_)
            | Self::Prohibited(_)
            | Self::Gate(_)
            | Self::Commune(_)
            | Self::Holiday(_)
            // Without a price of its own a gate goes by the one for everywhere.
            | Self::Price(_)
            | Self::PriceWatch(_) => Continuity::Free,
        }
    }
}
