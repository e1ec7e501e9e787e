//! The law as dated data: every figure that a text sets, with the days on which it holds.
//!
//! A declaration is decided under the law of its registration day
//! (Circular 38/2015/TT-BTC art. 35(1)). A row is one figure or name with the days on which it holds
//! ([`LawRow`]); [`change`] says which changes of the rows leave every day with one law.

pub mod change;
mod held;
mod office;
mod row;
mod term;
mod values;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::account::AccountRule;
use crate::breach::PatternRule;
use crate::calendar::{BusinessDay, Validity};
use crate::cash::CashRule;
use crate::correction::CorrectionKind;
use crate::declaration::Direction;
use crate::goods::{Goods, ListEntry, ListRule, ListVerdict, VatClass};
use crate::hs::{HsCode, HsPrefix};
use crate::money::{Currency, UnitPrice, Vnd};
use crate::price::{PriceWatch, Reference, ReferencePrice};
use crate::process::TimeLimits;
use crate::quota::QuotaRule;
use crate::reconcile::ReconcileRule;
use crate::retention::RetentionRule;
use crate::statistics::CommodityGroup;
use crate::tax::Rounding;
use crate::template::{FormKind, FormTemplate};
use crate::worktime::{Span, WorkCalendar};

pub use row::{Continuity, LawKind, LawRow};
pub use term::{Term, TermKind};

/// A dated rate of value added tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatRate {
    /// Class of goods.
    pub class: VatClass,
    /// Percent.
    pub percent: Decimal,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// A weekly exchange rate (Decree 08/2015/ND-CP art. 21(3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// Foreign currency.
    pub currency: Currency,
    /// VND for one unit.
    pub rate: UnitPrice,
    /// Monday to Sunday.
    pub validity: Validity,
    /// Where it was published.
    pub source: String,
}

/// A place where declarations are registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Short code.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Kind of gate: international, main, sub, opening, clearance_passage.
    pub kind: String,
    /// Code of the gate it belongs to; empty when it stands alone.
    #[serde(default)]
    pub parent: String,
    /// Code of the customs office it belongs to; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// Code of the customs region of that office; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Hours of the day in which it is open, Hanoi time; `None` where they are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Span>,
    /// Days on which it is open.
    pub validity: Validity,
    /// The text it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

/// Goods nobody may bring in or take out, as the Foreign Trade Law 05/2017/QH14 has them listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prohibition {
    /// Chapter, heading, sub-heading or code it covers.
    pub prefix: HsPrefix,
    /// Which way they may not go.
    pub direction: Direction,
    /// Which goods are meant, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub goods: String,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// What a customs unit is called, or whoever signs for it: prints bear the title of their day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTitle {
    /// Which unit: `department`, `region`, `head`, or the code of a gate.
    pub unit: String,
    /// What it is called.
    pub title: String,
    /// Days on which it is called so.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// A commune with part of its boundary on the land border (Decree 14/2018/ND-CP art. 3(3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commune {
    /// Code of the statistics office.
    pub code: String,
    /// Name.
    pub name: String,
    /// Days on which it is in the list.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// What else the law leaves to settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// Where taxes are rounded.
    pub rounding: Rounding,
    /// Customs fee of a form above the quota, in VND (Circular 274/2016/TT-BTC).
    pub fee: Vnd,
    /// Value and total tax below which no fee is due (Circular 274/2016/TT-BTC art. 3(3)), in VND.
    pub fee_free_below: (Vnd, Vnd),
    /// Kinds of rule that take effect only when a second person has approved them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub second_person: Vec<LawKind>,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// Which corrections of a registered form take effect only when a second person has approved them.
/// Those on a closed day always do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondPerson {
    /// Of forms whose goods are still under supervision.
    pub before_release: Vec<CorrectionKind>,
    /// Of forms whose goods have left.
    pub after_release: Vec<CorrectionKind>,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

/// All dated data, in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawBook {
    /// Quota rules.
    pub quota: Vec<QuotaRule>,
    /// Rates of value added tax.
    pub vat: Vec<VatRate>,
    /// Exchange rates by currency.
    pub rates: BTreeMap<Currency, Vec<ExchangeRate>>,
    /// List of goods by prefix.
    pub list: BTreeMap<HsPrefix, Vec<ListEntry>>,
    /// Catalogue by code.
    pub goods: BTreeMap<HsCode, Vec<Goods>>,
    /// Prohibited goods by prefix.
    pub prohibited: BTreeMap<HsPrefix, Vec<Prohibition>>,
    /// Gates by code.
    pub gates: BTreeMap<String, Vec<Gate>>,
    /// Border communes by code.
    pub communes: BTreeMap<String, Vec<Commune>>,
    /// Titles of units.
    pub titles: BTreeMap<String, Vec<UnitTitle>>,
    /// Settings.
    pub practice: Vec<Practice>,
    /// Which corrections ask for a second person.
    pub second_person: Vec<SecondPerson>,
    /// Time limits.
    pub limits: Vec<TimeLimits>,
    /// Time limits outside working hours.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// Working hours and holidays.
    pub work: WorkCalendar,
    /// Rules for cash.
    pub cash: Vec<CashRule>,
    /// Prices of reference by code.
    pub prices: BTreeMap<HsCode, Vec<ReferencePrice>>,
    /// When a price is far from its reference.
    pub price_watch: Vec<PriceWatch>,
    /// Groups of commodities in reports, by code.
    #[serde(default)]
    pub groups: BTreeMap<String, Vec<CommodityGroup>>,
    /// Rules for the match of a day.
    #[serde(default)]
    pub reconcile: Vec<ReconcileRule>,
    /// Rules for accounts.
    pub account_rules: Vec<AccountRule>,
    /// How long persons' data is kept.
    pub retention: Vec<RetentionRule>,
    /// Templates of forms on paper.
    #[serde(default)]
    pub templates: Vec<FormTemplate>,
    /// Patterns of trade that are watched for.
    #[serde(default)]
    pub patterns: Vec<PatternRule>,
}

/// The law as it stands on one day.
#[derive(Clone, Copy, Debug)]
pub struct LawOfDay<'a> {
    book: &'a LawBook,
    day: BusinessDay,
}

impl LawBook {
    /// The name of a gate, whether it is open or not: the latest one it had.
    #[must_use]
    pub fn gate_name(&self, code: &str) -> Option<&str> {
        let dated = self.gates.get(code)?;
        dated.last().map(|gate| gate.name.as_str())
    }

    /// The law of a day.
    #[must_use]
    pub const fn on(&self, day: BusinessDay) -> LawOfDay<'_> {
        LawOfDay { book: self, day }
    }
}

impl<'a> LawOfDay<'a> {
    /// The day.
    #[must_use]
    pub const fn day(&self) -> BusinessDay {
        self.day
    }

    /// The quota rule for a direction; exports have none unless one was entered (U3 of the notes).
    #[must_use]
    pub fn quota(&self, direction: Direction) -> Option<&'a QuotaRule> {
        let holds =
            |rule: &&QuotaRule| rule.direction == direction && rule.validity.holds_on(self.day);
        self.book.quota.iter().rev().find(holds)
    }

    /// VND for one unit of a currency in this week; one for the dong itself.
    #[must_use]
    pub fn exchange_rate(&self, currency: Currency) -> Option<UnitPrice> {
        if currency == Currency::VND {
            return UnitPrice::new(Decimal::ONE).ok();
        }
        let rates = self.book.rates.get(&currency)?;
        rates
            .iter()
            .rev()
            .find(|rate| rate.validity.holds_on(self.day))
            .map(|rate| rate.rate)
    }

    /// What the list says of a code; the longest prefix decides.
    #[must_use]
    pub fn list(&self, hs: HsCode) -> ListVerdict<'a> {
        for digits in [8, 6, 4, 2] {
            let entries = self.book.list.get(&hs.prefix(digits));
            let entry =
                entries.and_then(|all| all.iter().rev().find(|e| e.validity.holds_on(self.day)));
            match entry {
                Some(entry) if entry.rule == ListRule::Include => {
                    return ListVerdict::Listed(entry);
                }
                Some(entry) => return ListVerdict::Excluded(entry),
                None => {}
            }
        }
        let mut all = self.book.list.values().flatten();
        let any = all.any(|entry| entry.validity.holds_on(self.day));
        if any {
            ListVerdict::NotListed
        } else {
            ListVerdict::NoList
        }
    }

    /// The catalogue's entry for a code.
    #[must_use]
    pub fn goods(&self, hs: HsCode) -> Option<&'a Goods> {
        let dated = self.book.goods.get(&hs)?;
        let holds = |goods: &&Goods| goods.validity.holds_on(self.day);
        dated.iter().rev().find(holds)
    }

    /// What forbids a code that way, whoever trades; the longest prefix that says so.
    #[must_use]
    pub fn prohibition(&self, hs: HsCode, direction: Direction) -> Option<&'a Prohibition> {
        let holds =
            |ban: &&Prohibition| ban.direction == direction && ban.validity.holds_on(self.day);
        [8, 6, 4, 2].into_iter().find_map(|digits| {
            let bans = self.book.prohibited.get(&hs.prefix(digits))?;
            bans.iter().rev().find(holds)
        })
    }

    /// What a unit is called.
    #[must_use]
    pub fn title(&self, unit: &str) -> Option<&'a str> {
        let dated = self.book.titles.get(unit)?;
        let holds = |title: &&UnitTitle| title.validity.holds_on(self.day);
        dated
            .iter()
            .rev()
            .find(holds)
            .map(|title| title.title.as_str())
    }

    /// Percent of value added tax for a class.
    #[must_use]
    pub fn vat(&self, class: VatClass) -> Option<Decimal> {
        let holds = |rate: &&VatRate| rate.class == class && rate.validity.holds_on(self.day);
        self.book
            .vat
            .iter()
            .rev()
            .find(holds)
            .map(|rate| rate.percent)
    }

    /// The gate of that code, if it is open.
    #[must_use]
    pub fn gate(&self, code: &str) -> Option<&'a Gate> {
        let dated = self.book.gates.get(code)?;
        let holds = |gate: &&Gate| gate.validity.holds_on(self.day);
        dated.iter().rev().find(holds)
    }

    /// What the customs office at a gate is called: by the gate, or the gate it belongs to.
    #[must_use]
    pub fn office_title(&self, gate: &str) -> Option<&'a str> {
        let parent = || self.title(&self.gate(gate)?.parent);
        self.title(gate).or_else(parent)
    }

    /// The border commune of that code.
    #[must_use]
    pub fn commune(&self, code: &str) -> Option<&'a Commune> {
        let dated = self.book.communes.get(code)?;
        dated
            .iter()
            .rev()
            .find(|commune| commune.validity.holds_on(self.day))
    }

    /// Time limits; none where none were entered.
    #[must_use]
    pub fn limits(&self) -> Option<&'a TimeLimits> {
        let holds = |limits: &&TimeLimits| limits.validity.holds_on(self.day);
        self.book.limits.iter().rev().find(holds)
    }

    /// What is held against the price of goods at a gate: a price of that gate before one that holds
    /// everywhere, then the one in the catalogue for the usual unit.
    #[must_use]
    pub fn reference_price(&self, hs: HsCode, unit: &str, gate: &str) -> Option<Reference<'a>> {
        let dated = self.book.prices.get(&hs).map_or(&[][..], Vec::as_slice);
        let at = |place: &str| {
            let fits = |price: &&ReferencePrice| {
                price.unit == unit && price.place == place && price.validity.holds_on(self.day)
            };
            dated.iter().rev().find(fits)
        };
        let held = at(gate).or_else(|| at("")).map(|held| Reference {
            price: held.price,
            since: Some(held.validity.from),
            source: &held.source,
        });
        held.or_else(|| {
            let goods = self.goods(hs)?;
            let usual = goods.units.first().is_some_and(|first| first == unit);
            goods
                .reference_price
                .filter(|_| usual)
                .map(|price| Reference {
                    price,
                    since: None,
                    source: "",
                })
        })
    }

    /// The group that reports show a code in: the one with the longest prefix of it.
    #[must_use]
    pub fn commodity_group(&self, hs: HsCode) -> Option<&'a CommodityGroup> {
        let holds = |group: &&CommodityGroup| group.validity.holds_on(self.day);
        let fits = |group: &&CommodityGroup| {
            let fitting = group.prefixes.iter().filter(|one| hs.starts_with(**one));
            fitting.map(|one| one.digits()).max()
        };
        let held = self.book.groups.values().flatten().filter(holds);
        held.filter(|group| fits(group).is_some()).max_by_key(fits)
    }

    /// Every group of commodities, in the order of their codes.
    pub fn commodity_groups(&self) -> impl Iterator<Item = &'a CommodityGroup> + use<'a> {
        let day = self.day;
        let held = self.book.groups.values().flatten();
        held.filter(move |group| group.validity.holds_on(day))
    }

    /// Rules for the match of a gate's day; the strictest where none were entered.
    #[must_use]
    pub fn reconcile(&self) -> ReconcileRule {
        let holds = |rule: &&ReconcileRule| rule.validity.holds_on(self.day);
        let mut rules = self.book.reconcile.iter().rev();
        let held = rules.find(holds).cloned();
        held.unwrap_or_else(|| ReconcileRule::strict(self.day))
    }

    /// Whether a correction made today takes effect only when a second person has approved it. Where
    /// no rule was entered, all do whose goods have left.
    #[must_use]
    pub fn asks_second_person(&self, kind: CorrectionKind, released: bool) -> bool {
        let holds = |rule: &&SecondPerson| rule.validity.holds_on(self.day);
        match self.book.second_person.iter().rev().find(holds) {
            None => released,
            Some(rule) if released => rule.after_release.contains(&kind),
            Some(rule) => rule.before_release.contains(&kind),
        }
    }

    /// The time limit of that kind; none where none was entered.
    #[must_use]
    pub fn term(&self, kind: TermKind) -> Option<&'a Term> {
        let holds = |term: &&Term| term.kind == kind && term.validity.holds_on(self.day);
        self.book.terms.iter().rev().find(holds)
    }

    /// Working hours and holidays of all days.
    #[must_use]
    pub const fn work(&self) -> &'a WorkCalendar {
        &self.book.work
    }

    /// How a form is printed.
    #[must_use]
    pub fn template(&self, form: FormKind) -> Option<&'a FormTemplate> {
        let holds = |row: &&FormTemplate| row.form == form && row.validity.holds_on(self.day);
        self.book.templates.iter().rev().find(holds)
    }

    /// Settings; per line and without a fee where none was entered.
    #[must_use]
    pub fn practice(&self) -> Practice {
        let holds = |practice: &&Practice| practice.validity.holds_on(self.day);
        self.book
            .practice
            .iter()
            .rev()
            .find(holds)
            .cloned()
            .unwrap_or(Practice {
                rounding: Rounding::PerLine,
                fee: Vnd::ZERO,
                fee_free_below: (Vnd::ZERO, Vnd::ZERO),
                second_person: Vec::new(),
                validity: Validity::since(self.day),
                basis: String::new(),
            })
    }
}

#[cfg(test)]
mod tests;
