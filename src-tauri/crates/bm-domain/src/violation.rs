//! Rules that were broken or need a second look, as data: code, severity, field, legal basis.
//!
//! A refused trade is an ordinary answer of the rules, not an error of the program. The words an
//! officer reads are made from these by the crate that talks to people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whether a violation stops the registration or only asks for attention.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The declaration is not registered.
    Refuse,
    /// The declaration may be registered; the officer is told.
    Warn,
}

macro_rules! violation_codes {
    ($($(#[$doc:meta])* $name:ident $severity:ident $basis:literal),+ $(,)?) => {
        /// What was broken. Each code has one severity and, unless a dated rule names its own, one
        /// legal basis.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ViolationCode { $($(#[$doc])* $name),+ }

        impl ViolationCode {
            /// Every code, for tests that demand words for each.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// How grave it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// The article it rests on; empty for plain mistakes of input.
            #[must_use]
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$name => $basis),+ }
            }
        }
    };
}

violation_codes! {
    /// A required field is empty.
    FieldRequired Refuse "",
    /// The text is no plain number.
    NumberInvalid Refuse "",
    /// The number is negative, zero where it must not be, or too large.
    NumberOutOfRange Refuse "",
    /// More decimal places than the field keeps.
    NumberTooPrecise Refuse "",
    /// The text is not one of the words the field takes.
    ValueUnknown Refuse "",
    /// The text is longer than the field takes.
    TextTooLong Refuse "",
    /// The password is shorter than the program takes.
    PasswordTooShort Refuse "",
    /// No administrator could sign in any more.
    LastAdministrator Refuse "",
    /// The account is not assigned to this part of the work.
    DutyNotAssigned Refuse "Circular 80/2019/TT-BTC art. 6(2), 7(3), 7(4)",
    /// The form has more lines than one form may have.
    TooManyLines Refuse "",
    /// The sums of the form leave the range the program can hold.
    ValueTooLarge Refuse "",
    /// The time of registration lies in the future of this workstation's clock.
    TimeInFuture Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// The workstation's clock stands before its last record: day, quota and rate may be wrong.
    ClockBehind Warn "Circular 38/2015/TT-BTC art. 35(1)",
    /// The gate is not in the table of gates, or not open on that day.
    GateUnknown Refuse "Decree 112/2014/ND-CP art. 4",
    /// No goods were declared.
    NothingDeclared Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The person is not known and the declaration does not say who it is.
    ResidentUnknown Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The commune is not in the list of border communes on that day.
    ResidentIneligible Refuse "Decree 14/2018/ND-CP art. 3(3)",
    /// The paper does not make its holder a border resident of Vietnam.
    PaperNotAccepted Refuse "Decree 134/2016/ND-CP art. 9(3)",
    /// A police permit to reside needs a supervisor's look.
    PermitToConfirm Warn "Decree 14/2018/ND-CP art. 3(3)(b)",
    /// The person is under sixteen.
    Minor Warn "Decree 134/2016/ND-CP art. 9",
    /// The paper's last day of validity is over.
    PaperExpired Warn "Decree 134/2016/ND-CP art. 9(3)",
    /// The paper is another person's.
    PossibleDuplicate Warn "Decree 134/2016/ND-CP art. 9",
    /// Another person has the same name and date of birth: maybe the same with another paper.
    Namesake Warn "Decree 134/2016/ND-CP art. 9",
    /// The commodity code is not in the nomenclature held.
    HsUnknown Refuse "Circular 80/2019/TT-BTC art. 6(3)",
    /// The goods are not on the list border residents may import.
    GoodsNotOnList Refuse "Circular 80/2019/TT-BTC art. 6(3)",
    /// The list names the goods as excluded.
    GoodsExcluded Refuse "Circular 80/2019/TT-BTC art. 6(3)",
    /// No list of goods is held for that day.
    GoodsListMissing Refuse "Circular 80/2019/TT-BTC art. 6(3)",
    /// Used consumer goods may not be imported.
    UsedGoodsBanned Refuse "Circular 08/2023/TT-BCT app. 1.I",
    /// Quarantine applies and no certificate was given: release will wait for it.
    CertificateMissing Warn "Circular 80/2019/TT-BTC art. 6(6)",
    /// No exchange rate of that week is held for the currency.
    RateMissing Refuse "Decree 08/2015/ND-CP art. 21(3)",
    /// No duty rate of that day is held for goods that must be taxed.
    TariffMissing Refuse "Law 107/2016/QH13 art. 5",
    /// No quota rule is held for that day.
    QuotaRuleMissing Refuse "Decree 134/2016/ND-CP app. V",
    /// The origin is not given: the ordinary rate applies to the excess.
    OriginUnknown Warn "Law 107/2016/QH13 art. 5(3)",
    /// The export duty rate is not held: none was charged.
    ExportRateUnknown Warn "Circular 80/2019/TT-BTC art. 6(4)",
    /// The unit is not one the tariff names for the goods.
    UnitUnusual Warn "Circular 52/2020/TT-BTC",
    /// No weight was given and none follows from the unit: statistics need it.
    WeightMissing Warn "Circular 52/2020/TT-BTC",
    /// The declared price is far from the reference price.
    PriceUnusual Warn "Circular 80/2019/TT-BTC art. 9(3)",
    /// The value is above what is left of the quota: the excess is taxed and inspected.
    OverQuota Warn "Circular 80/2019/TT-BTC art. 6(3), 7(1)",
    /// An exempt trip was already made that day: nothing of this one is exempt.
    SecondTripOfDay Warn "Decree 134/2016/ND-CP app. V",
    /// The exempt trips of the month are used up: nothing of this one is exempt.
    MonthTripsUsedUp Warn "Decree 134/2016/ND-CP app. V",
    /// The other leg of the exchange is not known here.
    ExchangeLegUnknown Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The other leg of the exchange belongs to another person or goes the same way.
    ExchangeLegMismatch Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The goods have left the supervised area: no further step.
    AlreadyReleased Refuse "Circular 80/2019/TT-BTC art. 7(4)",
    /// The step was taken before, or a later one rests on it.
    StepTaken Refuse "Circular 80/2019/TT-BTC art. 6(2)",
    /// No inspection is mandatory and none was ordered.
    NoInspectionDue Refuse "Circular 80/2019/TT-BTC art. 7(1), (2)",
    /// The inspection has not been done.
    InspectionOutstanding Refuse "Circular 80/2019/TT-BTC art. 7(1), (3)",
    /// The inspection found other goods than declared.
    InspectionDiffers Refuse "Circular 80/2019/TT-BTC art. 7(3)",
    /// No certificate is asked for on the line.
    NoCertificateDue Refuse "Circular 80/2019/TT-BTC art. 6(6)",
    /// The certificate of the specialised agency is missing.
    CertificateOutstanding Refuse "Circular 80/2019/TT-BTC art. 6(6)",
    /// Nothing is to be paid on the form.
    NoTaxDue Refuse "Circular 80/2019/TT-BTC art. 6(3)",
    /// The tax has not been confirmed.
    TaxOutstanding Refuse "Circular 80/2019/TT-BTC art. 6(2), (3)",
    /// The tax has not been paid.
    PaymentOutstanding Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// No template of the form is held for that day.
    TemplateMissing Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The template does not make a sheet.
    TemplateFaulty Refuse "",
    /// The sheet is of a form of another gate.
    FormOfOtherGate Warn "",
    /// The form of the sheet is not held here.
    FormUnknown Refuse "",
    /// The sheet does not match the record of its form.
    PaperDiffers Refuse "Circular 80/2019/TT-BTC art. 6(2)",
    /// The workstation has no printing system.
    PrinterMissing Refuse "",
    /// The printer is gone.
    PrinterGone Refuse "",
    /// The printer took nothing.
    PrinterFailed Refuse "",
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Recorded", into = "Recorded")]
pub struct Violation {
    /// Which rule.
    pub code: ViolationCode,
    /// Whether it stops the registration.
    pub severity: Severity,
    /// The field it concerns, as in `lines[0].quantity`; empty for the whole form.
    pub field: String,
    /// The legal basis in its neutral form, as in `Circular 80/2019/TT-BTC art. 6(3)`.
    pub basis: String,
    /// Facts for the wording, by name.
    pub params: BTreeMap<String, String>,
}

/// A violation as records keep it: what its code does not say by itself.
#[derive(Serialize, Deserialize)]
struct Recorded {
    code: ViolationCode,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    params: BTreeMap<String, String>,
}

impl From<Violation> for Recorded {
    fn from(violation: Violation) -> Self {
        let own = violation.code.basis();
        Self {
            code: violation.code,
            field: violation.field,
            basis: Some(violation.basis).filter(|basis| basis != own),
            params: violation.params,
        }
    }
}

impl From<Recorded> for Violation {
    fn from(recorded: Recorded) -> Self {
        let plain = Self::new(recorded.code, recorded.field);
        Self {
            basis: recorded.basis.unwrap_or(plain.basis),
            params: recorded.params,
            ..plain
        }
    }
}

impl Violation {
    /// A violation of `code` at `field`, with the code's own severity and basis.
    #[must_use]
    pub fn new(code: ViolationCode, field: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            field: field.into(),
            basis: code.basis().to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// Adds a fact for the wording.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Names the basis a dated rule carries; an empty one leaves the code's own.
    #[must_use]
    pub fn on_basis(mut self, basis: &str) -> Self {
        if !basis.is_empty() {
            basis.clone_into(&mut self.basis);
        }
        self
    }

    /// Whether it stops the registration.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.severity == Severity::Refuse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_what_the_code_does_not_say() {
        let plain = Violation::new(ViolationCode::OverQuota, "lines").with("free", 5);
        let dated = plain.clone().on_basis("Decree 134/2016/ND-CP app. V");
        for (violation, kept) in [(plain, false), (dated, true)] {
            let json = serde_json::to_string(&violation).expect("JSON");
            assert_eq!(json.contains("basis"), kept, "{json}");
            assert!(!json.contains("severity"), "{json}");
            let back: Violation = serde_json::from_str(&json).expect("a violation");
            assert_eq!(back, violation);
        }
    }
}
