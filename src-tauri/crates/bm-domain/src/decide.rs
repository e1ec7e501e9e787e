//! The decision on a form: value, exempt part, excess, tax, and every rule that refuses or warns.
//!
//! One pure function, [`decide`], from the draft and the facts to the [`Decision`]. The counter
//! calls it at every keystroke, the registration once more inside its transaction, and a replay
//! gives the same answer because nothing else enters.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::allocation::allocate;
use crate::declaration::{Condition, Direction, Draft, DraftLine, LINES_MAX};
use crate::goods::{Goods, ListVerdict};
use crate::law::LawOfDay;
use crate::money::{UnitPrice, VND_MAX, Vnd};
use crate::quantity::Weight;
use crate::quota::{Allowance, Curtailed, QuotaUsage, allowance, counts_as_trip};
use crate::resident::{ResidenceBasis, Resident};
use crate::tax::{Rates, TaxedLine, Taxes, taxes};
use crate::violation::{Violation, ViolationCode as Code};

/// Everything a decision needs besides the draft.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The law of the registration day.
    pub law: LawOfDay<'a>,
    /// The person; `None` while it is not known who it is.
    pub resident: Option<&'a Resident>,
    /// What the person has used over all gates.
    pub usage: QuotaUsage,
}

/// The decision on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDecision {
    /// Customs value.
    pub value: Vnd,
    /// Part within the quota.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub exempt: Vnd,
    /// Part above it.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub excess: Vnd,
    /// Rate of duty that applies to the excess, in percent.
    pub duty_percent: Decimal,
    /// Rate of value added tax that applies to the excess, in percent.
    pub vat_percent: Decimal,
    /// Taxes on the excess.
    #[serde(default, skip_serializing_if = "Taxes::is_zero")]
    pub taxes: Taxes,
    /// VND for one unit of the line's currency; `None` when no rate is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<UnitPrice>,
    /// Gross weight for statistics; `None` when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
}

/// The decision on a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Line by line, in the order of the draft.
    pub lines: Vec<LineDecision>,
    /// Customs value of all lines.
    pub value: Vnd,
    /// Part within the quota.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub exempt: Vnd,
    /// Part above it.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub excess: Vnd,
    /// Taxes on the excess.
    #[serde(default, skip_serializing_if = "Taxes::is_zero")]
    pub taxes: Taxes,
    /// Customs fee.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub fee: Vnd,
    /// Whether goods must be inspected (Circular 80/2019/TT-BTC art. 7(1)).
    pub inspection_required: bool,
    /// Whether this form uses up one of the trips.
    pub counts_as_trip: bool,
    /// Trips of the period, this one included.
    pub trips_used: u32,
    /// What was broken or needs a look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
}

impl Decision {
    /// Whether any rule refuses the form.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.violations.iter().any(Violation::refuses)
    }

    /// Taxes and fee together.
    #[must_use]
    pub fn total_due(&self) -> Vnd {
        self.taxes.total() + self.fee
    }
}

/// Decides a form.
#[must_use]
pub fn decide(draft: &Draft, facts: &Facts<'_>) -> Decision {
    let mut violations = Vec::new();
    check_form(draft, facts, &mut violations);
    check_resident(facts, &mut violations);
    let weighed: Vec<Weighed<'_>> = (draft.lines.iter().enumerate())
        .map(|(i, line)| weigh(i, line, draft, &facts.law, &mut violations))
        .collect();
    let mut decision = settle(draft, facts, &weighed, &mut violations);
    violations.sort_by_key(|violation| violation.severity);
    decision.violations = violations;
    decision
}

fn check_form(draft: &Draft, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    if facts.law.gate(&draft.gate).is_none() {
        violations.push(Violation::new(Code::GateUnknown, "gate").with("gate", &draft.gate));
    }
    let counterpart = draft.counterpart.iter();
    violations.extend(counterpart.flat_map(|other| other.check()));
    if draft.lines.is_empty() {
        violations.push(Violation::new(Code::NothingDeclared, "lines"));
    }
    if draft.lines.len() > LINES_MAX {
        violations.push(Violation::new(Code::TooManyLines, "lines").with("limit", LINES_MAX));
    }
}

fn check_resident(facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let Some(resident) = facts.resident else {
        violations.push(Violation::new(Code::ResidentUnknown, "resident.number"));
        return;
    };
    let day = facts.law.day();
    if !resident
        .papers
        .iter()
        .any(|paper| paper.kind.proves_resident())
    {
        violations.push(Violation::new(Code::PaperNotAccepted, "resident.kind"));
    }
    if resident.basis == ResidenceBasis::ResidencePermit {
        violations.push(Violation::new(Code::PermitToConfirm, "resident.basis"));
    } else if facts.law.commune(&resident.commune).is_none() {
        let commune = &resident.commune;
        violations.push(
            Violation::new(Code::ResidentIneligible, "resident.commune").with("commune", commune),
        );
    }
    if resident.is_minor_on(day) {
        violations.push(Violation::new(Code::Minor, "resident.born"));
    }
    // A paper without a known end is taken as valid: the cards of people over sixty have none.
    let ends = resident.papers.iter().map(|paper| paper.expires);
    let last_end = ends.collect::<Option<Vec<_>>>().unwrap_or_default();
    if let Some(last) = last_end.into_iter().max().filter(|end| *end < day.date()) {
        violations.push(Violation::new(Code::PaperExpired, "resident.number").with("day", last));
    }
}

/// A line with what the law says of it.
struct Weighed<'a> {
    goods: Option<&'a Goods>,
    rate: Option<UnitPrice>,
    weight: Option<Weight>,
    taxed: TaxedLine,
    duty_known: bool,
}

fn weigh<'a>(
    index: usize,
    line: &DraftLine,
    draft: &Draft,
    law: &LawOfDay<'a>,
    violations: &mut Vec<Violation>,
) -> Weighed<'a> {
    let (direction, gate) = (draft.direction, draft.gate.as_str());
    let field = |name: &str| format!("lines[{index}].{name}");
    let goods = law.goods(line.hs);
    if goods.is_none() {
        violations.push(Violation::new(Code::HsUnknown, field("hs")).with("hs", line.hs));
    }
    if direction == Direction::Import {
        check_import_policy(line, goods, law, &field, violations);
    }
    if let Some(ban) = law.prohibition(line.hs, direction) {
        let banned = Violation::new(Code::GoodsProhibited, field("hs"));
        let banned = banned.with("hs", line.hs).with("goods", &ban.goods);
        violations.push(banned.on_basis(&ban.basis));
    }
    if let Some(goods) = goods {
        check_description(line, goods, &field, violations);
    }
    let rate = law.exchange_rate(line.currency);
    if rate.is_none() {
        let missing = Violation::new(Code::RateMissing, field("currency"));
        violations.push(
            missing
                .with("currency", line.currency)
                .with("day", law.day()),
        );
    }
    let value = customs_value(line, rate);
    if value.is_none() {
        violations.push(Violation::new(Code::ValueTooLarge, field("unit_price")));
    }
    let value = value.unwrap_or_default();
    check_price(line, gate, law, value, &field, violations);
    let weight = line.weight.or_else(|| weight_from_unit(line));
    if weight.is_none() {
        violations.push(Violation::new(Code::WeightMissing, field("weight_kg")));
    }
    let rates = rates(line, direction, goods, law);
    let taxed = TaxedLine {
        value,
        quantity: line.quantity,
        rates: rates.unwrap_or_default(),
    };
    Weighed {
        goods,
        rate,
        weight,
        taxed,
        duty_known: rates.is_some(),
    }
}

/// Goods residents may bring in (Circular 80/2019/TT-BTC art. 6(3), (6)).
fn check_import_policy(
    line: &DraftLine,
    goods: Option<&Goods>,
    law: &LawOfDay<'_>,
    field: &impl Fn(&str) -> String,
    violations: &mut Vec<Violation>,
) {
    let refuse = |code, basis: &str| {
        Violation::new(code, field("hs"))
            .with("hs", line.hs)
            .on_basis(basis)
    };
    match law.list(line.hs) {
        ListVerdict::Listed(_) => {}
        ListVerdict::Excluded(entry) => violations.push(refuse(Code::GoodsExcluded, &entry.basis)),
        ListVerdict::NotListed => violations.push(refuse(Code::GoodsNotOnList, "")),
        ListVerdict::NoList => violations.push(refuse(Code::GoodsListMissing, "")),
    }
    let Some(goods) = goods else { return };
    if goods.used_banned && line.condition == Condition::Used {
        violations.push(Violation::new(Code::UsedGoodsBanned, field("condition")));
    }
    if goods.quarantine.is_some() && line.certificate.is_none() {
        violations.push(Violation::new(
            Code::CertificateMissing,
            field("certificate"),
        ));
    }
    if line.origin.is_empty() {
        violations.push(Violation::new(Code::OriginUnknown, field("origin")));
    }
}

fn check_description(
    line: &DraftLine,
    goods: &Goods,
    field: &impl Fn(&str) -> String,
    violations: &mut Vec<Violation>,
) {
    if !goods.units.is_empty() && !goods.units.contains(&line.unit) {
        let units = goods.units.join(", ");
        violations.push(Violation::new(Code::UnitUnusual, field("unit")).with("units", units));
    }
}

/// Warns when the price is far from what is held against it (Circular 80/2019/TT-BTC art. 9(3)); how
/// far is dated data.
fn check_price(
    line: &DraftLine,
    gate: &str,
    law: &LawOfDay<'_>,
    value: Vnd,
    field: &impl Fn(&str) -> String,
    violations: &mut Vec<Violation>,
) {
    let reference = law.reference_price(line.hs, &line.unit, gate);
    let reference = reference.filter(|held| held.price.is_positive());
    let (Some(reference), Some(watch)) = (reference, law.price_watch()) else {
        return;
    };
    let quantity = line.quantity.decimal();
    let expected = reference.price.decimal().checked_mul(quantity);
    let most = expected.and_then(|expected| expected.checked_mul(watch.times));
    let (Some(expected), Some(most)) = (expected, most) else {
        return;
    };
    let declared = value.decimal();
    let below = (declared.checked_mul(watch.times)).is_some_and(|times| times < expected);
    if value.is_zero() || (!below && declared <= most) {
        return;
    }
    let known = |text: String| {
        if text.is_empty() {
            "–".to_owned()
        } else {
            text
        }
    };
    let since = reference.since.map(|day| day.to_string());
    let far = Violation::new(Code::PriceUnusual, field("unit_price"));
    let far = far
        .with("reference", reference.price)
        .with("unit", &line.unit)
        .with("times", watch.times.normalize())
        .with("source", known(reference.source.to_owned()))
        .with("day", known(since.unwrap_or_default()));
    violations.push(far);
}

/// Declared value in VND, half up (Circular 39/2015/TT-BTC: without an invoice the declared value
/// is the customs value).
pub(crate) fn customs_value(line: &DraftLine, rate: Option<UnitPrice>) -> Option<Vnd> {
    let Some(rate) = rate else {
        return Some(Vnd::ZERO);
    };
    let foreign = line
        .quantity
        .decimal()
        .checked_mul(line.unit_price.decimal())?;
    Vnd::round(foreign.checked_mul(rate.decimal())?)
}

fn weight_from_unit(line: &DraftLine) -> Option<Weight> {
    let kilograms = match line.unit.trim() {
        "kg" => line.quantity.decimal(),
        "g" => line.quantity.decimal() / Decimal::ONE_THOUSAND,
        "tạ" => line.quantity.decimal() * Decimal::ONE_HUNDRED,
        "tấn" => line.quantity.decimal() * Decimal::ONE_THOUSAND,
        _ => return None,
    };
    Weight::new(kilograms.round_dp(3)).ok()
}

/// Rates of a line; `None` when the table held does not give the duty.
///
/// Goods of known origin bear the most-favoured-nation rate, others the ordinary one
/// (Law 107/2016/QH13 art. 5(3)). Residents normally hold no proof of preferential origin.
pub(crate) fn rates(
    line: &DraftLine,
    direction: Direction,
    goods: Option<&Goods>,
    law: &LawOfDay<'_>,
) -> Option<Rates> {
    let tariff = &goods?.tariff;
    if direction == Direction::Export {
        let duty = tariff.export_duty?;
        return Some(Rates {
            duty,
            ..Rates::default()
        });
    }
    let duty = if line.origin.is_empty() {
        tariff.ordinary?
    } else {
        tariff.mfn?
    };
    Some(Rates {
        duty,
        excise: tariff.excise.unwrap_or_default(),
        environment_vnd: tariff.environment_vnd.unwrap_or_default(),
        vat: law.vat(tariff.vat?)?,
    })
}

/// Splits the value over the quota, taxes the excess and adds it all up.
fn settle(
    draft: &Draft,
    facts: &Facts<'_>,
    weighed: &[Weighed<'_>],
    violations: &mut Vec<Violation>,
) -> Decision {
    let practice = facts.law.practice();
    let taxed: Vec<TaxedLine> = weighed.iter().map(|line| line.taxed).collect();
    let value: Vnd = taxed.iter().map(|line| line.value).sum();
    let free = allowance_of(draft, facts, value, violations);
    let exempt = allocate(&taxed, free, draft.allocation, practice.rounding);
    let exempt = exempt.unwrap_or_else(|_| vec![Vnd::ZERO; taxed.len()]);
    let excess: Vec<Vnd> = taxed
        .iter()
        .zip(&exempt)
        .map(|(l, e)| l.value - *e)
        .collect();
    check_rates_known(draft.direction, weighed, &excess, violations);
    let line_taxes = taxes(&taxed, &excess, practice.rounding).unwrap_or_else(|_| {
        violations.push(Violation::new(Code::ValueTooLarge, "lines"));
        vec![Taxes::default(); taxed.len()]
    });
    if value.dong() > VND_MAX {
        violations.push(Violation::new(Code::ValueTooLarge, "lines"));
    }
    let lines = (weighed.iter().enumerate())
        .map(|(i, line)| LineDecision {
            value: line.taxed.value,
            exempt: exempt[i],
            excess: excess[i],
            duty_percent: line.taxed.rates.duty,
            vat_percent: line.taxed.rates.vat,
            taxes: line_taxes[i],
            rate: line.rate,
            weight: line.weight,
        })
        .collect();
    let exempt: Vnd = exempt.into_iter().sum();
    let excess = value - exempt;
    let taxes: Taxes = line_taxes.into_iter().sum();
    let import = draft.direction == Direction::Import;
    let counted = facts
        .law
        .quota(draft.direction)
        .is_some_and(|r| counts_as_trip(r, value, exempt));
    // Circular 274/2016/TT-BTC art. 3(3), (4): none within the quota, none below both limits.
    let (value_floor, tax_floor) = practice.fee_free_below;
    let fee_due =
        import && excess.is_positive() && value >= value_floor && taxes.total() >= tax_floor;
    Decision {
        lines,
        value,
        exempt,
        excess,
        taxes,
        fee: if fee_due { practice.fee } else { Vnd::ZERO },
        inspection_required: import && excess.is_positive(),
        counts_as_trip: counted,
        trips_used: facts.usage.trips_in_period + u32::from(counted),
        violations: Vec::new(),
    }
}

/// What of this form may be exempt, with the warnings that explain it.
fn allowance_of(
    draft: &Draft,
    facts: &Facts<'_>,
    value: Vnd,
    violations: &mut Vec<Violation>,
) -> Vnd {
    let Some(rule) = facts.law.quota(draft.direction) else {
        // Exports have no quota in Circular 80/2019 art. 6(4); imports without a rule stop here.
        if draft.direction == Direction::Import {
            let missing = Violation::new(Code::QuotaRuleMissing, "");
            violations.push(missing.with("day", facts.law.day()));
        }
        return Vnd::ZERO;
    };
    let Allowance {
        value: free,
        curtailed,
    } = allowance(rule, facts.usage);
    if value <= free {
        return free;
    }
    let code = match curtailed {
        Some(Curtailed::PeriodTripsUsedUp) => Code::MonthTripsUsedUp,
        Some(Curtailed::SecondTripOfDay) => Code::SecondTripOfDay,
        Some(Curtailed::DayPartlyUsed) | None => Code::OverQuota,
    };
    let over = Violation::new(code, "lines")
        .with("limit", rule.value_limit)
        .with("trips", rule.trips_limit)
        .with("free", free)
        .with("excess", value - free);
    let basis = if code == Code::OverQuota {
        ""
    } else {
        &rule.basis
    };
    violations.push(over.on_basis(basis));
    free
}

/// Goods that must be taxed need a rate; without one the form waits for it. An export rate that is
/// not held is charged as nothing and said.
fn check_rates_known(
    direction: Direction,
    weighed: &[Weighed<'_>],
    excess: &[Vnd],
    violations: &mut Vec<Violation>,
) {
    for (i, line) in weighed.iter().enumerate() {
        if line.duty_known || line.goods.is_none() || !excess[i].is_positive() {
            continue;
        }
        let code = match direction {
            Direction::Import => Code::TariffMissing,
            Direction::Export => Code::ExportRateUnknown,
        };
        violations.push(Violation::new(code, format!("lines[{i}].hs")));
    }
}

#[cfg(test)]
mod tests;
