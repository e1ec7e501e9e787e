//! The way of a form from registration to release: the officers' marks and what each waits for.
//!
//! Circular 80/2019/TT-BTC knows four marks on a form: registration (art. 6(2)), tax (art. 6(2) to
//! (4)), physical inspection (art. 7(3)) and supervision (art. 7(4)). Each may be set by another
//! officer. A step is checked against what was done before it; a step that may not be taken yet
//! comes back as violations with their article.

mod limits;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::decide::Decision;
use crate::money::Vnd;
use crate::violation::{Violation, ViolationCode as Code};

pub use limits::{TimeLimits, deadline};

/// The longest number of a document and the longest remark, in characters.
pub(crate) const DOCUMENT_MAX: usize = 50;
const REMARK_MAX: usize = 500;

/// How a tax was paid (Circular 80/2019/TT-BTC art. 6(5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// At a bank or a point of the State Treasury.
    Bank,
    /// In cash to the customs office, against a receipt.
    Cash,
}

impl PaymentMethod {
    /// How money was given back where nothing else was said.
    const fn bank() -> Self {
        Self::Bank
    }
}

/// What an inspection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The goods are as declared.
    Conforms,
    /// They are not: the form is amended or refused, not released.
    Differs,
}

/// One step of an officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The head of the office orders an inspection although none is mandatory (art. 7(2)).
    OrderInspection,
    /// The head of the office extends the time for inspecting a large or mixed lot (Customs Law
    /// 54/2014/QH13 art. 23(2)(b)).
    ExtendInspection {
        /// What makes the lot large or mixed.
        reason: String,
    },
    /// All goods were presented: the time for inspecting them begins.
    Present,
    /// The result of the inspection.
    Inspect {
        /// What was found.
        finding: Finding,
        /// In words; required when the goods differ.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
        remark: String,
    },
    /// The certificate of a specialised agency for a line came in (art. 6(6)).
    Certify {
        /// Line, from 0.
        line: usize,
        /// Number of the certificate.
        certificate: String,
    },
    /// The specialised agency says that none is needed for a line.
    Waive {
        /// Line, from 0.
        line: usize,
        /// Why, and who said so.
        reason: String,
    },
    /// The tax on the form was checked and confirmed.
    ConfirmTax,
    /// It was paid.
    Pay {
        /// How.
        method: PaymentMethod,
        /// Number of the payment slip, or of the leaf of a pre-printed receipt book; a receipt in
        /// cash without one gets the next number of the counter.
        #[serde(default)]
        #[cfg_attr(feature = "bindings", ts(optional, as = "Option<String>"))]
        document: String,
        /// Amount paid, where it was typed: all that is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "bindings", ts(optional))]
        amount: Option<Vnd>,
    },
    /// The receipt came back with its paper and the cash was returned (the use case of receipts
    /// takes it; nobody asks for it alone).
    #[cfg_attr(feature = "bindings", ts(skip))]
    TakeBack {
        /// Number of the receipt.
        receipt: String,
        /// Why.
        reason: String,
    },
    /// The goods may leave the supervised area.
    Release,
    /// What was paid too much after a correction was given back, or its repayment was ordered
    /// (Law 107/2016/QH13 art. 19).
    Refund {
        /// How much, in VND: exactly what is to be given back.
        amount: Vnd,
        /// How: in cash it comes out of the cashier's drawer.
        #[serde(default = "PaymentMethod::bank")]
        method: PaymentMethod,
        /// Number of the decision or payment slip.
        document: String,
    },
}

/// When a step was taken and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When.
    pub at: DateTime<Utc>,
    /// Account of the officer.
    pub by: String,
}

/// What the decision on a form asks for before release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirements {
    /// Whether goods must be inspected (art. 7(1)).
    pub inspection: bool,
    /// Taxes and fee to be paid; nothing once the form no longer stands.
    pub due: Vnd,
    /// Taxes and fee as decided, whether or not the form still stands.
    pub charged: Vnd,
    /// Lines for which a certificate is missing.
    pub certificates: Vec<usize>,
}

impl Requirements {
    /// What a decision asks for.
    #[must_use]
    pub fn of(decision: &Decision) -> Self {
        let line = |violation: &Violation| {
            let field = violation.field.strip_prefix("lines[")?;
            field.split(']').next()?.parse().ok()
        };
        Self {
            inspection: decision.inspection_required,
            due: decision.total_due(),
            charged: decision.total_due(),
            certificates: decision
                .violations
                .iter()
                .filter(|violation| violation.code == Code::CertificateMissing)
                .filter_map(line)
                .collect(),
        }
    }

    /// What a form asks for that no longer stands: nothing but its money back.
    #[must_use]
    pub fn ended(self) -> Self {
        Self {
            charged: self.charged,
            ..Self::default()
        }
    }
}

/// How far a form has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// An inspection was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<Mark>,
    /// All goods were presented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presented: Option<Mark>,
    /// The time for inspecting was extended, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended: Option<(Mark, String)>,
    /// Inspected, with what was found and the remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected: Option<(Mark, Finding, String)>,
    /// Certificates that came in, or reasons why none is needed, by line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub certificates: BTreeMap<usize, (Mark, String)>,
    /// Tax confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxed: Option<Mark>,
    /// Paid, how, and the document's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<(Mark, PaymentMethod, String)>,
    /// Released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Mark>,
    /// Payments before a correction changed the sum: how, the document's number and how much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<(Mark, PaymentMethod, String, Vnd)>,
    /// What was given back: the document's number and how much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<(Mark, String, Vnd)>,
    /// How often it was printed; what is printed after the first time is a copy.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub printed: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What a form waits for next, in the order of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// For its inspection.
    Inspection,
    /// For the certificate of a specialised agency.
    Certificates,
    /// For the confirmation of its tax.
    Tax,
    /// For the payment.
    Payment,
    /// For its release.
    Release,
    /// For nothing: it is released.
    Released,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] = [
        Self::Inspection,
        Self::Certificates,
        Self::Tax,
        Self::Payment,
        Self::Release,
        Self::Released,
    ];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inspection => "inspection",
            Self::Certificates => "certificates",
            Self::Tax => "tax",
            Self::Payment => "payment",
            Self::Release => "release",
            Self::Released => "released",
        }
    }
}

impl Progress {
    /// Whether goods must be inspected, by the law or by order.
    #[must_use]
    pub const fn needs_inspection(&self, form: &Requirements) -> bool {
        form.inspection || self.ordered.is_some()
    }

    /// Paid and not given back before the last correction, in VND.
    fn kept(&self) -> Vnd {
        let paid: Vnd = self.payments.iter().map(|(.., amount)| *amount).sum();
        paid - self.given_back()
    }

    /// Every payment that was not taken back, the earlier first: its mark, how, the document's
    /// number and how much.
    #[must_use]
    pub fn all_payments(&self, form: &Requirements) -> Vec<(&Mark, PaymentMethod, &str, Vnd)> {
        let earlier = self.payments.iter();
        let earlier = earlier
            .map(|(mark, method, document, amount)| (mark, *method, document.as_str(), *amount));
        let last = self.paid.iter().map(|(mark, method, document)| {
            (mark, *method, document.as_str(), form.charged - self.kept())
        });
        earlier.chain(last).collect()
    }

    /// Given back on the form so far, in VND.
    #[must_use]
    pub fn given_back(&self) -> Vnd {
        self.refunds.iter().map(|(.., amount)| *amount).sum()
    }

    /// Paid and not given back, in VND. A payment always settles all that is due.
    #[must_use]
    pub fn received(&self, form: &Requirements) -> Vnd {
        if self.paid.is_some() {
            form.charged
        } else {
            self.kept()
        }
    }

    /// What is still to be paid, in VND; negative when it is to be given back.
    #[must_use]
    pub fn balance(&self, form: &Requirements) -> Vnd {
        form.due - self.received(form)
    }

    /// Whether a correction left a difference that no step of the process asks for: something to
    /// be given back, or to be paid although the goods have left.
    #[must_use]
    pub fn is_unsettled(&self, form: &Requirements) -> bool {
        let balance = self.balance(form);
        balance < Vnd::ZERO || (balance.is_positive() && self.released.is_some())
    }

    /// Puts the payment among the earlier ones, with its amount: `charged` was all that was due.
    pub(crate) fn file_payment(&mut self, charged: Vnd) {
        if let Some((mark, method, document)) = self.paid.take() {
            let amount = charged - self.kept();
            self.payments.push((mark, method, document, amount));
        }
    }

    fn inspection_is_open(&self, form: &Requirements) -> bool {
        let conforms = matches!(&self.inspected, Some((_, Finding::Conforms, _)));
        self.needs_inspection(form) && !conforms
    }

    fn open_certificate(&self, form: &Requirements) -> Option<usize> {
        let open = |line: &&usize| !self.certificates.contains_key(*line);
        form.certificates.iter().find(open).copied()
    }

    /// What the form waits for.
    #[must_use]
    pub fn stage(&self, form: &Requirements) -> Stage {
        if self.released.is_some() {
            Stage::Released
        } else if self.inspection_is_open(form) {
            Stage::Inspection
        } else if self.open_certificate(form).is_some() {
            Stage::Certificates
        } else if form.due.is_positive() && self.taxed.is_none() {
            Stage::Tax
        } else if self.balance(form).is_positive() {
            Stage::Payment
        } else {
            Stage::Release
        }
    }

    /// Why the step may not be taken; empty when it may.
    #[must_use]
    pub fn check(&self, form: &Requirements, step: &Step) -> Vec<Violation> {
        let refuse = |code| vec![Violation::new(code, "step")];
        // After the release only money may still move, where a correction left a difference.
        let settles = match step {
            Step::ConfirmTax | Step::Pay { .. } => self.balance(form).is_positive(),
            Step::Refund { .. } => true,
            _ => false,
        };
        if self.released.is_some() && !settles {
            return refuse(Code::AlreadyReleased);
        }
        match step {
            Step::OrderInspection if self.needs_inspection(form) => refuse(Code::StepTaken),
            Step::OrderInspection => Vec::new(),
            Step::ExtendInspection { reason } => self.check_extension(form, reason),
            Step::Present if self.presented.is_some() => refuse(Code::StepTaken),
            Step::Present if !self.needs_inspection(form) => refuse(Code::NoInspectionDue),
            Step::Present => Vec::new(),
            Step::Inspect { finding, remark } => self.check_inspection(form, *finding, remark),
            Step::Certify { line, certificate } => {
                self.check_line(form, *line, certificate, "certificate", DOCUMENT_MAX)
            }
            Step::Waive { line, reason } => {
                self.check_line(form, *line, reason, "reason", REMARK_MAX)
            }
            Step::ConfirmTax if self.taxed.is_some() => refuse(Code::StepTaken),
            Step::ConfirmTax if !form.due.is_positive() => refuse(Code::NoTaxDue),
            Step::ConfirmTax if self.released.is_none() && self.inspection_is_open(form) => {
                refuse(Code::InspectionOutstanding)
            }
            Step::ConfirmTax => Vec::new(),
            Step::Pay { .. } if self.paid.is_some() => refuse(Code::StepTaken),
            Step::Pay { .. } if self.taxed.is_none() => refuse(Code::TaxOutstanding),
            Step::Pay { .. } if !self.balance(form).is_positive() => refuse(Code::NoTaxDue),
            Step::Pay {
                method,
                document,
                amount,
            } => check_payment(self.balance(form), *method, document, *amount),
            Step::TakeBack { receipt, .. } => self.check_take_back(receipt),
            Step::Release => self.check_release(form),
            Step::Refund {
                amount, document, ..
            } => self.check_refund(form, *amount, document),
        }
    }

    fn check_refund(&self, form: &Requirements, amount: Vnd, document: &str) -> Vec<Violation> {
        let back = Vnd::ZERO - self.balance(form);
        if !back.is_positive() {
            return vec![Violation::new(Code::NothingToRefund, "step")];
        }
        if amount != back {
            let other = Violation::new(Code::RefundDiffers, "amount");
            return vec![other.with("due", back)];
        }
        text(document, "document", DOCUMENT_MAX)
    }

    /// It is extended once, while it runs: from the presentation until the result.
    fn check_extension(&self, form: &Requirements, reason: &str) -> Vec<Violation> {
        let refuse = |code| vec![Violation::new(code, "step")];
        if !self.needs_inspection(form) {
            refuse(Code::NoInspectionDue)
        } else if self.presented.is_none() {
            refuse(Code::NotPresented)
        } else if self.extended.is_some() || self.inspected.is_some() {
            refuse(Code::StepTaken)
        } else {
            text(reason, "reason", REMARK_MAX)
        }
    }

    fn check_inspection(
        &self,
        form: &Requirements,
        finding: Finding,
        remark: &str,
    ) -> Vec<Violation> {
        if !self.needs_inspection(form) {
            return vec![Violation::new(Code::NoInspectionDue, "step")];
        }
        // An inspection ordered after the tax was confirmed is still open and may be done.
        if self.taxed.is_some() && !self.inspection_is_open(form) {
            return vec![Violation::new(Code::StepTaken, "step")];
        }
        match finding {
            Finding::Differs => text(remark, "remark", REMARK_MAX),
            Finding::Conforms => too_long(remark, "remark", REMARK_MAX),
        }
    }

    fn check_line(
        &self,
        form: &Requirements,
        line: usize,
        said: &str,
        field: &str,
        longest: usize,
    ) -> Vec<Violation> {
        if form.certificates.contains(&line) {
            text(said, field, longest)
        } else {
            vec![Violation::new(Code::NoCertificateDue, "line").with("line", line + 1)]
        }
    }

    /// Only what was paid in cash, on this receipt, is given back in cash.
    fn check_take_back(&self, receipt: &str) -> Vec<Violation> {
        let paid = |(_, method, document): &(Mark, PaymentMethod, String)| {
            *method == PaymentMethod::Cash && document == receipt
        };
        if self.paid.as_ref().is_some_and(paid) {
            Vec::new()
        } else {
            vec![Violation::new(Code::NothingPaid, "step")]
        }
    }

    /// Everything that stands against a release, not only the first.
    fn check_release(&self, form: &Requirements) -> Vec<Violation> {
        let mut found = Vec::new();
        match &self.inspected {
            Some((_, Finding::Differs, _)) => {
                found.push(Violation::new(Code::InspectionDiffers, "step"));
            }
            _ if self.inspection_is_open(form) => {
                found.push(Violation::new(Code::InspectionOutstanding, "step"));
            }
            _ => {}
        }
        if let Some(line) = self.open_certificate(form) {
            let open = Violation::new(
                Code::CertificateOutstanding,
                format!("lines[{line}].certificate"),
            );
            found.push(open.with("line", line + 1));
        }
        if form.due.is_positive() {
            let balance = self.balance(form);
            if self.taxed.is_none() {
                found.push(Violation::new(Code::TaxOutstanding, "step"));
            } else if balance.is_positive() {
                let open = Violation::new(Code::PaymentOutstanding, "step");
                found.push(open.with("due", balance));
            }
        }
        found
    }

    /// The progress after the form was printed.
    #[must_use]
    pub const fn printed_again(mut self) -> Self {
        self.printed = self.printed.saturating_add(1);
        self
    }

    /// The progress after a step that was taken.
    #[must_use]
    pub fn after(mut self, step: &Step, mark: Mark) -> Self {
        match step {
            Step::OrderInspection => self.ordered = Some(mark),
            Step::ExtendInspection { reason } => self.extended = Some((mark, reason.clone())),
            Step::Present => self.presented = Some(mark),
            Step::Inspect { finding, remark } => {
                self.inspected = Some((mark, *finding, remark.clone()));
            }
            Step::Certify {
                line,
                certificate: said,
            }
            | Step::Waive { line, reason: said } => {
                self.certificates.insert(*line, (mark, said.clone()));
            }
            Step::ConfirmTax => self.taxed = Some(mark),
            Step::Pay {
                method, document, ..
            } => self.paid = Some((mark, *method, document.clone())),
            Step::TakeBack { .. } => self.paid = None,
            Step::Release => self.released = Some(mark),
            Step::Refund {
                amount, document, ..
            } => {
                // Only a form that has ended gives back what a payment settled, and then all of it.
                self.file_payment(*amount);
                self.refunds.push((mark, document.clone(), *amount));
            }
        }
        self
    }
}

/// A tax is paid whole. A slip has a number; a receipt in cash may get one.
fn check_payment(
    due: Vnd,
    method: PaymentMethod,
    document: &str,
    amount: Option<Vnd>,
) -> Vec<Violation> {
    let part = amount.filter(|amount| *amount != due);
    if let Some(amount) = part {
        let differs = Violation::new(Code::PaymentDiffers, "amount");
        return vec![differs.with("due", due).with("amount", amount)];
    }
    match method {
        PaymentMethod::Bank => text(document, "document", DOCUMENT_MAX),
        PaymentMethod::Cash => too_long(document, "document", DOCUMENT_MAX),
    }
}

/// A text that must be there and not too long.
pub(crate) fn text(said: &str, field: &str, longest: usize) -> Vec<Violation> {
    if said.trim().is_empty() {
        return vec![Violation::new(Code::FieldRequired, field)];
    }
    too_long(said, field, longest)
}

pub(crate) fn too_long(said: &str, field: &str, longest: usize) -> Vec<Violation> {
    let long = said.chars().count() > longest;
    let problem = || Violation::new(Code::TextTooLong, field).with("limit", longest);
    long.then(problem).into_iter().collect()
}

#[cfg(test)]
mod tests;
