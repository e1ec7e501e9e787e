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
    /// The password is one that is guessed first.
    PasswordWeak Refuse "",
    /// The account had this password before.
    PasswordUsed Refuse "",
    /// No rule says how long persons' data is kept.
    RetentionUnknown Refuse "Law 91/2025/QH15",
    /// The day lies within the time that files are kept.
    RetentionNotOver Refuse "Law 91/2025/QH15",
    /// Nobody's time is over.
    RetentionNobody Refuse "",
    /// Another proposal waits for its second person.
    RetentionWaits Refuse "",
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
    /// The other leg is already exchanged for a form that stands.
    ExchangeLegTaken Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The other leg was refused: goods are exchanged both ways or not at all.
    ExchangeOtherRefused Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// A leg is corrected while the other one stays as it is.
    ExchangeLegRemains Warn "Circular 52/2020/TT-BTC",
    /// The number is none of a Chinese identity card: its check digit does not fit.
    CounterpartNumberInvalid Refuse "",
    /// The goods have left the supervised area: no further step.
    AlreadyReleased Refuse "Circular 80/2019/TT-BTC art. 7(4)",
    /// The step was taken before, or a later one rests on it.
    StepTaken Refuse "Circular 80/2019/TT-BTC art. 6(2)",
    /// No inspection is mandatory and none was ordered.
    NoInspectionDue Refuse "Circular 80/2019/TT-BTC art. 7(1), (2)",
    /// The goods were not presented yet: no time runs that could be extended.
    NotPresented Refuse "Customs Law 54/2014/QH13 art. 23(2)(b)",
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
    /// The amount is not what the form owes: a tax is paid whole.
    PaymentDiffers Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// Nothing was paid in cash on the form.
    NothingPaid Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// No rule for cash is held for that day.
    CashRuleMissing Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// The cashier has no open session at the gate.
    CashSessionMissing Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// The session is still open.
    CashSessionOpen Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// The session was closed before.
    CashSessionClosed Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// The cashier's session of an earlier day has not been closed.
    CashSessionOld Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// What was counted is not what the receipts say.
    CashDiffers Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// Another person must confirm.
    SecondPersonNeeded Refuse "",
    /// Who made a form or decision behind a breach does not decide on it.
    OwnBreach Refuse "",
    /// The breach was decided before.
    BreachDecided Refuse "",
    /// Only who may decide on breaches is given one.
    BreachAssignee Refuse "",
    /// Only a pattern can be found harmless.
    NoPattern Refuse "",
    /// The slip is not over what was taken in.
    HandOverDiffers Refuse "Circular 184/2015/TT-BTC art. 21(3)",
    /// The receipt's number was used before.
    ReceiptUsed Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// The paper in hand is not that receipt's.
    ReceiptPaperWrong Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// A receipt stands on the form.
    ReceiptStanding Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// A receipt waits for a second person to confirm that its paper came back.
    ReceiptPending Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// The drawer holds less from receipts than is to be paid back.
    RefundTooLarge Refuse "Circular 80/2019/TT-BTC art. 6(5)",
    /// No template of the form is held for that day.
    TemplateMissing Refuse "Circular 80/2019/TT-BTC art. 6(1)",
    /// The template does not make a sheet.
    TemplateFaulty Refuse "",
    /// The basis of a report does not tell what is asked for.
    ReportNotTold Refuse "",
    /// More forms stand in the period than a report of single forms takes.
    ReportTooLarge Refuse "",
    /// Another definition of a report has that name.
    ReportNameTaken Refuse "",
    /// The sheet is of a form of another gate.
    FormOfOtherGate Warn "",
    /// The form of the sheet is not held here.
    FormUnknown Refuse "",
    /// The sheet does not match the record of its form.
    PaperDiffers Refuse "Circular 80/2019/TT-BTC art. 6(2)",
    /// The workstation has no printing system.
    PrinterMissing Refuse "",
    /// The day an anchor is asked for has not come.
    AnchorDayToCome Refuse "",
    /// There is no record to anchor.
    AnchorOfNothing Refuse "",
    /// The text is no anchor, or was changed on the way.
    AnchorForged Refuse "",
    /// The anchor is of a time to come.
    AnchorOfFuture Refuse "",
    /// The anchor is our own: it is checked, not taken in.
    AnchorOfOurs Refuse "",
    /// The printer is gone.
    PrinterGone Refuse "",
    /// The printer took nothing.
    PrinterFailed Refuse "",
    /// Nothing was paid too much.
    NothingToRefund Refuse "Law 107/2016/QH13 art. 19",
    /// The amount is not what is to be given back.
    RefundDiffers Refuse "Law 107/2016/QH13 art. 19",
    /// The amendment leaves the form as it is.
    NothingAmended Refuse "Law 54/2014/QH13 art. 29(4)",
    /// A correction of the form waits for the second person.
    CorrectionPending Refuse "Law 54/2014/QH13 art. 29(4)",
    /// Who proposed a correction does not approve it.
    OwnProposal Refuse "Law 54/2014/QH13 art. 29(4)",
    /// The day of the gate is closed: what belongs to it only changes by a correction.
    DayClosed Refuse "Circular 52/2020/TT-BTC",
    /// The day is not over or not begun.
    DayNotDone Refuse "Circular 52/2020/TT-BTC",
    /// Forms of the day wait for a step.
    DayHasOpenForms Refuse "Circular 80/2019/TT-BTC art. 7(4)",
    /// Corrections of forms of the day wait for the second person.
    DayHasPendingCorrections Refuse "Law 54/2014/QH13 art. 29(4)",
    /// Differences of the day are not settled.
    DayHasDifferences Refuse "Circular 80/2019/TT-BTC art. 7(4), 9(1)",
    /// Settlements of the day wait for the second person.
    DayHasPendingSettlements Refuse "",
    /// The close of the day waits for the second person.
    ClosePending Refuse "",
    /// What all counters recorded is needed, and the hub is out of reach.
    HubNeeded Refuse "",
    /// Who proposed the close of a day does not confirm it.
    OwnClose Refuse "",
    /// A count is about another day.
    CountOtherDay Refuse "",
    /// A count is about another gate.
    CountOtherGate Refuse "",
    /// A passage is there already.
    PassageTwice Refuse "",
    /// A direction is counted in two rows.
    CountTwice Refuse "",
    /// A file of counts was taken before.
    CountFileKnown Refuse "",
    /// A count is held already: another takes its place with a reason.
    CountHeld Refuse "",
    /// A table has rows that can't be read.
    CountRowsBad Refuse "",
    /// A difference is not settled that way.
    WayNotOffered Refuse "",
    /// There is no such difference any more.
    DifferenceGone Refuse "",
    /// The difference is settled.
    DifferenceSettled Refuse "",
    /// A settlement of the difference waits for the second person.
    SettlementPending Refuse "",
    /// Who settled a difference does not confirm it.
    OwnSettlement Refuse "",
    /// Both made what stands behind the difference.
    BothMadeIt Refuse "",
    /// Of the two, one has to decide for the office.
    DeciderNeeded Refuse "",
    /// Nobody may bring in or take out these goods.
    GoodsProhibited Refuse "Law 05/2017/QH14",
    /// A rate of that week was entered and waits for approval.
    RateWaiting Refuse "Decree 08/2015/ND-CP art. 21(3)",
    /// The last day of a rule lies before its first.
    LawDatesReversed Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// The rule does not say which text it comes from.
    LawBasisMissing Refuse "Circular 80/2019/TT-BTC art. 11",
    /// A rate must hold from a Monday to the Sunday after.
    LawRateWeek Refuse "Decree 08/2015/ND-CP art. 21(3)",
    /// A rate of that currency and week is held already.
    LawRateTwice Refuse "Decree 08/2015/ND-CP art. 21(3)",
    /// Another rule of the same series holds on some of these days.
    LawOverlap Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// Two rows of one change hold on the same day.
    LawRowTwice Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// Days between two rules would be left without one.
    LawGap Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// No rule would follow the last one.
    LawEnds Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// The rule to be ended is not held, or ends before that day.
    LawRowUnknown Refuse "",
    /// Everything proposed is held already.
    LawUnchanged Refuse "",
    /// The change reaches back over days with registered forms: it needs a reason and another person.
    LawRetroactive Refuse "Circular 38/2015/TT-BTC art. 35(1)",
    /// The change begins today, when forms have been registered already; they keep their law.
    LawSameDay Warn "Circular 38/2015/TT-BTC art. 35(1)",
    /// Another change of the same rule waits for approval.
    LawWaiting Refuse "",
    /// Rows of a table can't be taken.
    LawTableBad Refuse "",
    /// Who proposed a change may not approve it.
    LawOwnApproval Refuse "",
    /// No dated time limit of the kind is held for that day.
    TermMissing Refuse "",
    /// The text is no tax code.
    TaxCodeInvalid Refuse "Circular 80/2019/TT-BTC art. 3",
    /// The check digit of the tax code does not fit.
    TaxCodeDoubtful Warn "Circular 80/2019/TT-BTC art. 3",
    /// A list of gathered goods without goods.
    NothingGathered Refuse "Circular 80/2019/TT-BTC art. 4(1)",
    /// No such form is known here.
    GatheredFormUnknown Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// An export form can't be gathered.
    GatheredFormExport Refuse "Circular 80/2019/TT-BTC art. 4(1)",
    /// The form was refused: it never stood.
    GatheredFormRefused Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The form was cancelled.
    GatheredFormCancelled Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The goods of the form went back.
    GatheredFormReturned Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The form is not released: its goods are still under supervision.
    GatheredFormPending Refuse "Circular 80/2019/TT-BTC art. 4(2), 6(7), 7(4)",
    /// The form has no such line.
    GatheredLineUnknown Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The day of gathering is before the form or in the future.
    GatheringDayWrong Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// More is taken than is left of the form's line.
    GatheredTooMuch Refuse "Circular 80/2019/TT-BTC art. 4(1), (2)",
    /// The form is of another gate than the list.
    GatheredElsewhere Warn "Circular 80/2019/TT-BTC art. 4(3)",
    /// Goods of the same form went to another trader too.
    GatheredFormSplit Warn "Circular 80/2019/TT-BTC art. 4(2)",
    /// The time limit for filing is over.
    GatheringLate Warn "Circular 80/2019/TT-BTC art. 4(2)",
    /// The time limit for filing is over: a supervisor's reason is needed.
    GatheringReasonNeeded Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The list is released or cancelled: no further step.
    GatheringClosed Refuse "Circular 80/2019/TT-BTC art. 4",
    /// The list has not been filed.
    GatheringNotFiled Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The tax of the list has not been confirmed.
    GatheringNotTaxed Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The tax of the list has not been paid: the goods may not leave.
    GatheringNotPaid Refuse "Circular 80/2019/TT-BTC art. 4(4)",
    /// The step was taken before.
    GatheringStepTaken Refuse "Circular 80/2019/TT-BTC art. 4",
    /// A list of gathered goods uses the form: it may not be cancelled or changed.
    FormGathered Refuse "Circular 80/2019/TT-BTC art. 4(2)",
    /// The text is no registration plate.
    PlateInvalid Refuse "",
    /// A hand cart shows the form of its goods and is not registered.
    HandcartNotRegistered Refuse "Decree 08/2015/ND-CP art. 81",
    /// The vehicle is in the register already.
    VehicleRegistered Refuse "Decree 08/2015/ND-CP art. 81",
    /// The vehicle is not in the register.
    VehicleUnregistered Refuse "Decree 08/2015/ND-CP art. 81",
    /// Its registration has ended: it is renewed each year.
    VehicleExpired Refuse "Decree 08/2015/ND-CP art. 81",
    /// The vehicle was struck off the register.
    VehicleStruckOff Refuse "Decree 08/2015/ND-CP art. 81",
    /// It has to leave and come back through its own gate.
    VehicleOtherGate Refuse "Decree 08/2015/ND-CP art. 81",
    /// It went out and has not come back.
    VehicleOutside Refuse "Decree 08/2015/ND-CP art. 81",
    /// It is not noted as outside.
    VehicleNotOutside Refuse "Decree 08/2015/ND-CP art. 81",
    /// It came back after its time limit.
    VehicleLate Warn "Decree 08/2015/ND-CP art. 81",
    /// No time limit runs that could be extended.
    NoLimitRuns Refuse "Decree 08/2015/ND-CP art. 81",
    /// The extension is longer than the law allows.
    ExtensionTooLong Refuse "Decree 08/2015/ND-CP art. 81",
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
