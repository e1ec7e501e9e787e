//! Traders who gather the goods of border residents: the list BK-MGHCDBG 2019/HQVN.
//!
//! Circular 80/2019/TT-BTC art. 4: the trader draws up a list of what was gathered, files it with
//! the originals of the residents' import forms within the time limit at the customs office nearest
//! to the place of gathering, and pays all taxes as for a commercial import; the goods leave the
//! place only then. A form can be gathered once it is released: before that its goods are under
//! supervision (art. 7(4)), and only a completed form travels with goods that are sold on
//! (art. 6(7)).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::BusinessDay;
use crate::decide::{self, LineDecision};
use crate::declaration::{Direction, DraftLine};
use crate::hs::HsCode;
use crate::ids::DeclarationId;
use crate::law::{LawOfDay, Term, TermKind};
use crate::money::{UnitPrice, VND_MAX, Vnd};
use crate::process::{DOCUMENT_MAX, Mark, PaymentMethod, text, too_long};
use crate::quantity::Quantity;
use crate::tax::{Rates, TaxedLine, Taxes, taxes};
use crate::tax_code::TaxCode;
use crate::violation::{Violation, ViolationCode as Code};

/// The most lines one list may have.
pub const LINES_MAX: usize = 1_000;

/// Who gathers (Circular 80/2019/TT-BTC art. 4(1)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trader {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Tax code (art. 3).
    pub tax_code: TaxCode,
}

/// Goods taken from one line of a resident's import form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The form.
    pub form: DeclarationId,
    /// Its line, from 0.
    pub line: usize,
    /// How much, in the unit of the form's line.
    pub quantity: Quantity,
    /// The day of gathering.
    pub day: BusinessDay,
}

/// What a line of a list owes, as of the day of filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// VND for one unit of the form line's currency.
    pub rate: UnitPrice,
    /// Customs value.
    pub value: Vnd,
    /// Duty in percent.
    pub duty_percent: Decimal,
    /// Excise in percent.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub excise_percent: Decimal,
    /// Environment tax in VND for one unit.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub environment_vnd: Decimal,
    /// Value added tax in percent.
    pub vat_percent: Decimal,
    /// Taxes on the whole of it.
    #[serde(default, skip_serializing_if = "Taxes::is_zero")]
    pub taxes: Taxes,
    /// What the resident paid on the same share of the form's line, for information: nothing is
    /// set off against it.
    #[serde(default, skip_serializing_if = "Vnd::is_zero")]
    pub paid_by_resident: Vnd,
}

/// That the list was filed with customs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// When, and the officer who confirmed it.
    pub mark: Mark,
    /// Number of the trader's commercial import declaration; empty while it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declaration: String,
    /// Why it was taken after its time limit; empty when it came in time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub late_reason: String,
    /// What each line owes, in the order of the lines.
    pub sheet: Vec<Assessed>,
}

impl Filing {
    /// All taxes.
    #[must_use]
    pub fn taxes(&self) -> Taxes {
        self.sheet.iter().map(|line| line.taxes).sum()
    }
}

/// A list of goods gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// Its entry.
    pub id: Uuid,
    /// Number of the list, `gate/year/MG/counter-serial`.
    pub number: String,
    /// Code of the gate whose customs office is nearest (art. 4(3)).
    pub gate: String,
    /// Who gathers.
    pub trader: Trader,
    /// Where: border market or assembly place.
    pub place: String,
    /// What was gathered.
    pub lines: Vec<Taken>,
    /// Filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Filing>,
    /// Tax confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxed: Option<Mark>,
    /// Paid, how, and the document's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<(Mark, PaymentMethod, String)>,
    /// The goods may leave the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Mark>,
    /// Cancelled, and why: the quantities are free again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<(Mark, String)>,
}

/// How far a list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GatheringStage {
    /// Being drawn up; its time limit runs.
    Draft,
    /// Filed: waits for the confirmation of its tax.
    Filed,
    /// Tax confirmed: waits for the payment.
    Taxed,
    /// Paid, or nothing to pay: waits for the release.
    Paid,
    /// The goods may leave.
    Released,
    /// Cancelled.
    Cancelled,
}

/// One step of an officer on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum GatheringStep {
    /// The list and the originals of its forms were handed in.
    File {
        /// Number of the trader's commercial import declaration, where it has one.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
        declaration: String,
        /// A supervisor's reason for taking it after its time limit.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
        reason: String,
    },
    /// The tax was checked and confirmed.
    ConfirmTax,
    /// It was paid.
    Pay {
        /// How.
        method: PaymentMethod,
        /// Number of the receipt or payment slip.
        document: String,
    },
    /// The goods may leave the place of assembly.
    Release,
}

impl Gathering {
    /// The first day on which something of it was gathered; `None` without lines.
    #[must_use]
    pub fn oldest_day(&self) -> Option<BusinessDay> {
        self.lines.iter().map(|line| line.day).min()
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(&self) -> GatheringStage {
        let due = self.filed.as_ref().map(|filing| filing.taxes().total());
        match due {
            _ if self.cancelled.is_some() => GatheringStage::Cancelled,
            None => GatheringStage::Draft,
            _ if self.released.is_some() => GatheringStage::Released,
            _ if self.taxed.is_none() => GatheringStage::Filed,
            Some(due) if self.paid.is_none() && due.is_positive() => GatheringStage::Taxed,
            Some(_) => GatheringStage::Paid,
        }
    }

    /// Whether something is still to be done with it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage() < GatheringStage::Released
    }

    /// The last day for filing: so many days after the oldest day of gathering (art. 4(2)).
    #[must_use]
    pub fn last_day(&self, term: &Term) -> Option<BusinessDay> {
        Some(self.oldest_day()?.after(term.amount))
    }

    /// Why the step may not be taken; empty when it may. Filing rests on the forms as well
    /// ([`check`]).
    #[must_use]
    pub fn check_step(&self, step: &GatheringStep) -> Vec<Violation> {
        let refuse = |code| vec![Violation::new(code, "step")];
        match (self.stage(), step) {
            (GatheringStage::Cancelled | GatheringStage::Released, _) => {
                refuse(Code::GatheringClosed)
            }
            (GatheringStage::Draft, GatheringStep::File { declaration, .. }) => {
                too_long(declaration, "declaration", DOCUMENT_MAX)
            }
            (GatheringStage::Taxed, GatheringStep::Pay { document, .. }) => {
                text(document, "document", DOCUMENT_MAX)
            }
            (GatheringStage::Filed, GatheringStep::ConfirmTax)
            | (GatheringStage::Paid, GatheringStep::Release) => Vec::new(),
            (GatheringStage::Draft, _) => refuse(Code::GatheringNotFiled),
            (_, GatheringStep::File { .. } | GatheringStep::ConfirmTax) => {
                refuse(Code::GatheringStepTaken)
            }
            (GatheringStage::Filed, _) => refuse(Code::GatheringNotTaxed),
            (GatheringStage::Taxed, _) => {
                let due = self.filed.as_ref().map(|filing| filing.taxes().total());
                let unpaid = Violation::new(Code::GatheringNotPaid, "step");
                vec![unpaid.with("due", due.unwrap_or_default())]
            }
            (GatheringStage::Paid, GatheringStep::Pay { .. }) => refuse(Code::GatheringStepTaken),
        }
    }
}

/// Where an import form stands, as gathering sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not accepted.
    Refused,
    /// Taken back.
    Cancelled,
    /// Its goods went back.
    Returned,
    /// Not released yet.
    Pending,
    /// Its goods have left the supervised area.
    Released,
}

/// A line of a form with what other lists took of it.
#[derive(Clone, Debug)]
pub struct ImportLine {
    /// As declared.
    pub declared: DraftLine,
    /// Taxes the resident paid on it.
    pub taxes: Taxes,
    /// Taken by other lists that are not cancelled, in the line's unit.
    pub taken: Decimal,
}

impl ImportLine {
    /// A line as declared and decided, before anything is taken.
    #[must_use]
    pub fn new(declared: &DraftLine, decided: &LineDecision) -> Self {
        Self {
            declared: declared.clone(),
            taxes: decided.taxes,
            taken: Decimal::ZERO,
        }
    }

    /// What can still be gathered, in the line's unit.
    #[must_use]
    pub fn left(&self) -> Decimal {
        (self.declared.quantity.decimal() - self.taken).max(Decimal::ZERO)
    }
}

/// A form as gathering needs it.
#[derive(Clone, Debug)]
pub struct ImportForm {
    /// Its number; empty when it was refused.
    pub number: String,
    /// Code of the gate that registered it.
    pub gate: String,
    /// The day it was registered.
    pub day: BusinessDay,
    /// Which way the goods went.
    pub direction: Direction,
    /// Where it stands.
    pub standing: Standing,
    /// Its lines.
    pub lines: Vec<ImportLine>,
    /// Another trader with goods of the same form, by name.
    pub other_trader: Option<String>,
}

impl ImportForm {
    /// Why nothing of it can be gathered by a list of `gate`, or what has to be looked at.
    #[must_use]
    pub fn check(&self, gate: &str, field: &str) -> Vec<Violation> {
        let about = |code| vec![Violation::new(code, field).with("number", &self.number)];
        match (self.standing, self.direction) {
            (Standing::Refused, _) => about(Code::GatheredFormRefused),
            (_, Direction::Export) => about(Code::GatheredFormExport),
            (Standing::Cancelled, _) => about(Code::GatheredFormCancelled),
            (Standing::Returned, _) => about(Code::GatheredFormReturned),
            (Standing::Pending, _) => about(Code::GatheredFormPending),
            (Standing::Released, Direction::Import) => {
                let elsewhere = (self.gate != gate).then(|| {
                    let found = Violation::new(Code::GatheredElsewhere, field);
                    found
                        .with("number", &self.number)
                        .with("gate", &self.gate)
                        .with("own", gate)
                });
                let split = self.other_trader.as_ref().map(|other| {
                    let found = Violation::new(Code::GatheredFormSplit, field);
                    found.with("number", &self.number).with("trader", other)
                });
                elsewhere.into_iter().chain(split).collect()
            }
        }
    }
}

/// Forms by id; one that is not there is unknown.
pub type ImportForms = BTreeMap<DeclarationId, ImportForm>;

/// Everything that stands against a list, and what has to be looked at. `now` is the time of the
/// check; fields are named `lines[0].quantity` and the like.
#[must_use]
pub fn check(list: &Gathering, forms: &ImportForms, now: DateTime<Utc>) -> Vec<Violation> {
    let mut found = Vec::new();
    if !list.trader.tax_code.check_digit_fits() {
        let doubtful = Violation::new(Code::TaxCodeDoubtful, "trader.tax_code");
        found.push(doubtful.with("value", &list.trader.tax_code));
    }
    if list.lines.is_empty() {
        found.push(Violation::new(Code::NothingGathered, "lines"));
    }
    if list.lines.len() > LINES_MAX {
        found.push(Violation::new(Code::TooManyLines, "lines").with("limit", LINES_MAX));
    }
    let mut told = BTreeMap::new();
    for (at, taken) in list.lines.iter().enumerate() {
        let field = |name: &str| format!("lines[{at}].{name}");
        let Some(form) = forms.get(&taken.form) else {
            found.push(Violation::new(Code::GatheredFormUnknown, field("form")));
            continue;
        };
        // What is to be said of the form is said at its first line.
        if told.insert(taken.form, ()).is_none() {
            found.extend(form.check(&list.gate, &field("form")));
        }
        if form.lines.get(taken.line).is_none() {
            let unknown = Violation::new(Code::GatheredLineUnknown, field("line"));
            found.push(
                unknown
                    .with("number", &form.number)
                    .with("line", taken.line + 1),
            );
        }
        if taken.day < form.day || taken.day > BusinessDay::of(now) {
            let wrong = Violation::new(Code::GatheringDayWrong, field("day"));
            found.push(wrong.with("day", taken.day).with("registered", form.day));
        }
    }
    check_quantities(list, forms, &mut found);
    found.sort_by_key(|violation| violation.severity);
    found
}

/// No more is gathered than was imported and not yet gathered (art. 4(1), (2)).
fn check_quantities(list: &Gathering, forms: &ImportForms, found: &mut Vec<Violation>) {
    let line_of = |taken: &Taken| forms.get(&taken.form)?.lines.get(taken.line);
    let mut left = BTreeMap::new();
    let mut goods: BTreeMap<(HsCode, &str), (Decimal, Decimal)> = BTreeMap::new();
    for taken in &list.lines {
        let Some(line) = line_of(taken) else { continue };
        let sums = goods
            .entry((line.declared.hs, line.declared.unit.as_str()))
            .or_default();
        sums.0 += taken.quantity.decimal();
        if left.insert((taken.form, taken.line), line.left()).is_none() {
            sums.1 += line.left();
        }
    }
    for (at, taken) in list.lines.iter().enumerate() {
        let (Some(line), Some(free)) = (line_of(taken), left.get_mut(&(taken.form, taken.line)))
        else {
            continue;
        };
        let asked = taken.quantity.decimal();
        let was = *free;
        *free = (was - asked).max(Decimal::ZERO);
        if asked <= was {
            continue;
        }
        let unit = line.declared.unit.as_str();
        let (wanted, available) = goods[&(line.declared.hs, unit)];
        let number = forms.get(&taken.form).map(|form| form.number.as_str());
        let over = Violation::new(Code::GatheredTooMuch, format!("lines[{at}].quantity"));
        found.push(
            over.with("number", number.unwrap_or_default())
                .with("line", taken.line + 1)
                .with("asked", asked.normalize())
                .with("left", was.normalize())
                .with("wanted", wanted.normalize())
                .with("available", available.normalize())
                .with("unit", unit),
        );
    }
}

/// The time limit of filing, and whether it is over on `today`: a warning that names both. The
/// limit in force on the oldest day of gathering counts.
#[must_use]
pub fn lateness(list: &Gathering, term: &Term, today: BusinessDay) -> Option<Violation> {
    let (oldest, last) = (list.oldest_day()?, list.last_day(term)?);
    let late = Violation::new(Code::GatheringLate, "lines")
        .with("day", last)
        .with("gathered", oldest)
        .with("limit", term.amount)
        .on_basis(&term.basis);
    (today > last).then_some(late)
}

/// The term that holds for a list.
#[must_use]
pub fn term_of<'a>(list: &Gathering, book: &'a crate::law::LawBook) -> Option<&'a Term> {
    book.on(list.oldest_day()?).term(TermKind::Gathering)
}

/// Computes the tax of a list as for a commercial import, on everything gathered (art. 4(2)): the
/// value at the declared price and the rate of the day, most-favoured-nation or ordinary duty by
/// origin, excise, environment tax, value added tax. Lines that can't be computed come back as
/// violations; then there is no sheet.
///
/// # Errors
/// What is missing or out of range.
pub fn assess(
    list: &Gathering,
    forms: &ImportForms,
    law: &LawOfDay<'_>,
) -> Result<Vec<Assessed>, Vec<Violation>> {
    let mut problems = Vec::new();
    let mut lines = Vec::with_capacity(list.lines.len());
    for (at, taken) in list.lines.iter().enumerate() {
        let Some(line) = forms
            .get(&taken.form)
            .and_then(|form| form.lines.get(taken.line))
        else {
            problems.push(Violation::new(
                Code::GatheredFormUnknown,
                format!("lines[{at}].form"),
            ));
            continue;
        };
        match assess_line(at, taken, line, law) {
            Ok(taxed) => lines.push((taxed, line, taken)),
            Err(problem) => problems.push(problem),
        }
    }
    let taxed: Vec<TaxedLine> = lines.iter().map(|((_, taxed), ..)| *taxed).collect();
    let values: Vec<Vnd> = taxed.iter().map(|line| line.value).collect();
    let total: Vnd = values.iter().copied().sum();
    let due = taxes(&taxed, &values, law.practice().rounding);
    let due = match due {
        Ok(due) if total.dong() <= VND_MAX => due,
        _ => {
            problems.push(Violation::new(Code::ValueTooLarge, "lines"));
            Vec::new()
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let assessed = lines.into_iter().zip(due);
    Ok(assessed
        .map(|(((rate, taxed), line, taken), taxes)| Assessed {
            rate,
            value: taxed.value,
            duty_percent: taxed.rates.duty,
            excise_percent: taxed.rates.excise,
            environment_vnd: taxed.rates.environment_vnd,
            vat_percent: taxed.rates.vat,
            taxes,
            paid_by_resident: share(line, taken),
        })
        .collect())
}

fn assess_line(
    at: usize,
    taken: &Taken,
    line: &ImportLine,
    law: &LawOfDay<'_>,
) -> Result<(UnitPrice, TaxedLine), Violation> {
    let field = |name: &str| format!("lines[{at}].{name}");
    let declared = DraftLine {
        quantity: taken.quantity,
        ..line.declared.clone()
    };
    let rate = law.exchange_rate(declared.currency).ok_or_else(|| {
        Violation::new(Code::RateMissing, field("form"))
            .with("currency", declared.currency)
            .with("day", law.day())
    })?;
    let value = decide::customs_value(&declared, Some(rate))
        .ok_or_else(|| Violation::new(Code::ValueTooLarge, field("quantity")))?;
    let goods = law.goods(declared.hs);
    let rates: Rates = decide::rates(&declared, Direction::Import, goods, law)
        .ok_or_else(|| Violation::new(Code::TariffMissing, field("form")))?;
    let taxed = TaxedLine {
        value,
        quantity: taken.quantity,
        rates,
    };
    Ok((rate, taxed))
}

/// The share of the resident's taxes that falls on what was taken, half up.
fn share(line: &ImportLine, taken: &Taken) -> Vnd {
    let paid = line.taxes.total().decimal();
    let whole = line.declared.quantity.decimal();
    let part = paid.checked_mul(taken.quantity.decimal());
    part.and_then(|part| Vnd::round(part / whole))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
