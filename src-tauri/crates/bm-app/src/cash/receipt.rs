//! Receipts: issued with the payment, taken back with their paper; and cash that a correction pays back.

use bm_domain::cash::{CashRefund, CashSession, Receipt, TakenBack, receipt_key};
use bm_domain::correction::CorrectionKind;
use bm_domain::process::{PaymentMethod, Step};
use bm_domain::{BusinessDay, Violation, ViolationCode as Code, Vnd};
use uuid::Uuid;

use super::{by_reference, number_word, open_session, receipts_of_form, refused, taken_in};
use crate::book;
use crate::counter::next_number;
use crate::error::{AppError, StoreError};
use crate::event::Event;
use crate::people::check_reason;
use crate::permission::{Duty, Permission, allows};
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::process::check_duty;
use crate::{Actor, App};

/// Letters of receipts in their numbers: biên lai.
const LETTERS: &str = "BL";

/// Why a form may not be corrected so while its cash is where it is: before the goods leave, a form
/// that is to end gives its receipt back first, and none is corrected while that is under way.
pub(crate) fn check_correction(
    reader: &dyn Reader,
    form: &StoredDeclaration,
    kind: CorrectionKind,
) -> Result<Option<Violation>, StoreError> {
    let ends = match kind {
        CorrectionKind::Refuse | CorrectionKind::Cancel => true,
        // The receipt of goods that go back stays, and their money is paid back.
        CorrectionKind::Amend | CorrectionKind::Return => false,
    };
    let stands = |receipt: &Receipt| !receipt.is_cancelled() && (ends || receipt.is_pending());
    let receipt = last_receipt(reader, form)?.filter(stands);
    Ok(receipt.map(|receipt| {
        let code = if ends {
            Code::ReceiptStanding
        } else {
            Code::ReceiptPending
        };
        Violation::new(code, "id").with("number", receipt.number)
    }))
}

/// Goods do not leave while their receipt is being taken back.
pub(crate) fn check_none_pending(
    reader: &dyn Reader,
    form: &StoredDeclaration,
) -> Result<(), AppError> {
    match last_receipt(reader, form)?.filter(Receipt::is_pending) {
        None => Ok(()),
        Some(receipt) => {
            let pending = Violation::new(Code::ReceiptPending, "step");
            Err(AppError::Refused(vec![
                pending.with("number", &receipt.number),
            ]))
        }
    }
}

/// The receipt of a form's last payment, where that was in cash.
fn last_receipt(
    reader: &dyn Reader,
    form: &StoredDeclaration,
) -> Result<Option<Receipt>, StoreError> {
    let Some((_, PaymentMethod::Cash, number)) = &form.progress.paid else {
        return Ok(None);
    };
    let receipts = receipts_of_form(reader, form.declaration.draft.id)?;
    Ok(receipts
        .into_iter()
        .find(|receipt| receipt.number == *number))
}

impl App {
    /// Issues the receipt of a payment in cash and gives the step with the receipt's number; any
    /// other step comes back as it is. The step has been checked.
    pub(crate) fn receive(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        form: &StoredDeclaration,
        step: &Step,
    ) -> Result<Step, AppError> {
        let Step::Pay {
            method: PaymentMethod::Cash,
            document,
            amount,
        } = step
        else {
            return Ok(step.clone());
        };
        let draft = &form.declaration.draft;
        let session = self.drawer(writer, actor, &draft.gate)?;
        let typed = document.trim();
        let number = if typed.is_empty() {
            let (year, place) = (BusinessDay::of(self.clock().now()).year(), actor);
            next_number(writer, &draft.gate, year, LETTERS, &place.workstation)?
        } else {
            check_unused(writer, typed)?;
            typed.to_owned()
        };
        let receipt = Receipt {
            id: self.ids().next(),
            number: number.clone(),
            preprinted: !typed.is_empty(),
            gate: draft.gate.clone(),
            session: session.id,
            form: draft.id,
            amount: form.progress.balance(&form.requirements()),
            issued: self.clock().now(),
            cashier: actor.user.clone(),
            back: None,
        };
        self.keep(writer, actor, "issue", receipt)?;
        Ok(Step::Pay {
            method: PaymentMethod::Cash,
            document: number,
            amount: *amount,
        })
    }

    /// Pays what a correction gives back in cash out of the actor's drawer; any other step moves no
    /// money there. The step has been checked.
    pub(crate) fn pay_back(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        form: &StoredDeclaration,
        step: &Step,
    ) -> Result<(), AppError> {
        let Step::Refund {
            method: PaymentMethod::Cash,
            amount,
            document,
        } = step
        else {
            return Ok(());
        };
        let draft = &form.declaration.draft;
        let session = self.drawer(writer, actor, &draft.gate)?;
        check_enough(writer, session.id, *amount, "amount")?;
        let refund = CashRefund {
            id: self.ids().next(),
            gate: draft.gate.clone(),
            session: session.id,
            form: draft.id,
            document: document.trim().to_owned(),
            amount: *amount,
            paid: self.mark(actor),
        };
        Ok(self.keep(writer, actor, "pay_back", refund)?)
    }

    /// The actor's open session of today at a gate.
    fn drawer(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        gate: &str,
    ) -> Result<CashSession, AppError> {
        let Some(session) = open_session(reader, &actor.user, gate)? else {
            let none = Violation::new(Code::CashSessionMissing, "step");
            return Err(AppError::Refused(vec![none.with("gate", gate)]));
        };
        if session.day() != BusinessDay::of(self.clock().now()) {
            let old = Violation::new(Code::CashSessionOld, "step");
            return Err(AppError::Refused(vec![old.with("day", session.day())]));
        }
        Ok(session)
    }

    /// Takes a receipt back: its paper is in hand, as `serial` read off it shows, and the cash is
    /// paid out of the actor's open session. Where the rule of the day asks for a second person
    /// the receipt waits for one; else the form is unpaid at once.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::NotPermitted`]; [`AppError::Refused`] when the goods have
    /// left, the paper is another, no session is open or its drawer took in too little.
    pub fn take_receipt_back(
        &self,
        actor: &Actor,
        id: Uuid,
        serial: &str,
        reason: &str,
    ) -> Result<Receipt, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        self.write(|writer| {
            check_duty(writer, actor, Duty::Cashier)?;
            let mut receipt: Receipt = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if receipt.is_cancelled() {
                return Err(refused(Code::StepTaken, "receipt"));
            }
            if receipt.is_pending() {
                let waits = Violation::new(Code::ReceiptPending, "receipt");
                let waits = waits.with("number", &receipt.number);
                return Err(AppError::Refused(vec![waits]));
            }
            if receipt_key(serial) != receipt_key(&receipt.number) {
                let other = Violation::new(Code::ReceiptPaperWrong, "serial");
                let other = other.with("number", &receipt.number);
                return Err(AppError::Refused(vec![other]));
            }
            self.check_unpaid_possible(writer, &receipt, reason)?;
            let session = self.drawer(writer, actor, &receipt.gate)?;
            check_enough(writer, session.id, receipt.amount, "receipt")?;
            let rule = self.cash_rule(writer, BusinessDay::of(self.clock().now()))?;
            let asked = self.mark(actor);
            receipt.back = Some(TakenBack {
                confirmed: (!rule.cancel_needs_second).then(|| asked.clone()),
                asked,
                reason: reason.to_owned(),
                session: session.id,
            });
            if rule.cancel_needs_second {
                self.keep(writer, actor, "ask_back", receipt.clone())?;
            } else {
                self.unpay(writer, actor, &receipt)?;
            }
            Ok(receipt)
        })
    }

    /// A second person confirms that a receipt's paper came back, or says that it did not; then
    /// the receipt stands as before.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::NotPermitted`]; [`AppError::Refused`] for the person who
    /// asked, or when the drawer holds too little by now.
    pub fn answer_receipt(
        &self,
        actor: &Actor,
        id: Uuid,
        confirm: bool,
    ) -> Result<Receipt, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let mut receipt: Receipt = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let pending = receipt.is_pending();
            let Some(back) = receipt.back.as_mut().filter(|_| pending) else {
                return Err(refused(Code::StepTaken, "receipt"));
            };
            // Who asked may think better of it alone, but not confirm it.
            if back.asked.by == actor.user && confirm {
                return Err(refused(Code::SecondPersonNeeded, "receipt"));
            }
            if !confirm {
                receipt.back = None;
                self.keep(writer, actor, "keep", receipt.clone())?;
                return Ok(receipt);
            }
            back.confirmed = Some(self.mark(actor));
            let (session, reason) = (back.session, back.reason.clone());
            self.check_unpaid_possible(writer, &receipt, &reason)?;
            check_enough(writer, session, receipt.amount, "receipt")?;
            self.unpay(writer, actor, &receipt)?;
            Ok(receipt)
        })
    }

    /// The form of a receipt may become unpaid again: its goods have not left.
    fn check_unpaid_possible(
        &self,
        reader: &dyn Reader,
        receipt: &Receipt,
        reason: &str,
    ) -> Result<(), AppError> {
        let form = reader.declaration(receipt.form)?;
        let form = form.ok_or(AppError::NotFound)?;
        if form.status != Status::Registered {
            return Err(AppError::Stale);
        }
        let problems = form
            .progress
            .check(&form.requirements(), &back_step(receipt, reason));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(AppError::Refused(problems))
        }
    }

    /// Records a receipt that was taken back together with what that does to its form.
    fn unpay(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        receipt: &Receipt,
    ) -> Result<(), AppError> {
        self.keep(writer, actor, "take_back", receipt.clone())?;
        let reason = receipt.back.as_ref().map(|back| back.reason.as_str());
        let event = Event::StepTaken {
            id: receipt.form,
            step: back_step(receipt, reason.unwrap_or_default()),
        };
        Ok(writer.append(&self.record(actor, event))?)
    }
}

fn back_step(receipt: &Receipt, reason: &str) -> Step {
    Step::TakeBack {
        receipt: receipt.number.clone(),
        reason: reason.to_owned(),
    }
}

/// A leaf of a pre-printed book is used once, over all gates.
fn check_unused(reader: &dyn Reader, number: &str) -> Result<(), AppError> {
    if !number.chars().any(|c| c.is_ascii_digit()) {
        let value = Violation::new(Code::ValueUnknown, "document");
        return Err(AppError::Refused(vec![value.with("value", number)]));
    }
    let Some(used) = by_reference(reader, number_word(number))?
        .into_iter()
        .next()
    else {
        return Ok(());
    };
    let form = reader.declaration(used.form)?;
    let form = form.map(|form| form.declaration.number).unwrap_or_default();
    let account = reader.account(&used.cashier)?;
    let name = account.map_or_else(|| used.cashier.clone(), |known| known.display_name);
    let again = Violation::new(Code::ReceiptUsed, "document");
    Err(AppError::Refused(vec![
        again
            .with("number", &used.number)
            .with("name", name)
            .with("at", used.issued.to_rfc3339())
            .with("form", form),
    ]))
}

/// The drawer has taken in what is to be paid back: the float is not the State's money.
fn check_enough(
    reader: &dyn Reader,
    session: Uuid,
    amount: Vnd,
    field: &str,
) -> Result<(), AppError> {
    let held = taken_in(reader, session)?;
    if amount <= held {
        return Ok(());
    }
    let short = Violation::new(Code::RefundTooLarge, field);
    Err(AppError::Refused(vec![
        short.with("due", amount).with("free", held),
    ]))
}
