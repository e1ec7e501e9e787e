//! Cash: a cashier's session, the receipts in it, the hand-over to the State budget.
//!
//! A payment in cash issues its receipt in the same transaction as the step, so that no form is paid
//! without one and no receipt stands without its form.

use bm_domain::cash::{
    CashRule, CashSession, Count, HandOver, Receipt, SessionStage, TakenBack, receipt_key, taken,
};
use bm_domain::law::LawBook;
use bm_domain::process::{Mark, PaymentMethod, Step};
use bm_domain::{BusinessDay, DeclarationId, Violation, ViolationCode as Code, Vnd};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
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

impl Keep for CashSession {
    const BOOK: Book = Book::CashSession;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: self.day(),
            open: self.stage() != SessionStage::Done,
            references: vec![self.cashier.clone()],
            number: None,
        }
    }
}

impl Keep for Receipt {
    const BOOK: Book = Book::Receipt;

    fn heading(&self) -> Heading<'_> {
        let mut references = vec![
            number_word(&self.number),
            self.form.to_string(),
            self.session.to_string(),
        ];
        references.extend(self.back.as_ref().map(|back| back.session.to_string()));
        Heading {
            id: self.id,
            gate: &self.gate,
            day: BusinessDay::of(self.issued),
            open: self.is_pending(),
            references,
            number: Some(self.number.as_str()).filter(|_| !self.preprinted),
        }
    }
}

/// What a receipt is looked up by for its number, typed or given.
fn number_word(number: &str) -> String {
    format!("no {}", receipt_key(number))
}

fn refused(code: Code, field: &str) -> AppError {
    AppError::Refused(vec![Violation::new(code, field)])
}

/// Receipts that have moved a session's drawer, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn receipts_of_session(reader: &dyn Reader, id: Uuid) -> Result<Vec<Receipt>, StoreError> {
    by_reference(reader, id.to_string())
}

/// Receipts of a form, the newest first; at most one of them stands.
///
/// # Errors
/// [`StoreError`].
pub fn receipts_of_form(
    reader: &dyn Reader,
    id: DeclarationId,
) -> Result<Vec<Receipt>, StoreError> {
    by_reference(reader, id.to_string())
}

fn by_reference(reader: &dyn Reader, word: String) -> Result<Vec<Receipt>, StoreError> {
    let filter = EntryFilter {
        reference: Some(word),
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

/// Sessions of a gate with something still to be done, the newest first; of all gates when none
/// is named.
///
/// # Errors
/// [`StoreError`].
pub fn unfinished(reader: &dyn Reader, gate: Option<&str>) -> Result<Vec<CashSession>, StoreError> {
    let filter = EntryFilter {
        gate: gate.map(str::to_owned),
        open: Some(true),
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

/// The session a cashier takes money into at a gate, if one is open.
///
/// # Errors
/// [`StoreError`].
pub fn open_session(
    reader: &dyn Reader,
    cashier: &str,
    gate: &str,
) -> Result<Option<CashSession>, StoreError> {
    let mut sessions = unfinished(reader, Some(gate))?.into_iter();
    Ok(sessions.find(|s| s.cashier == cashier && s.stage() == SessionStage::Open))
}

/// Until when the money of a session must be handed over; `None` where no rule or no working hours
/// are held, or nothing is to be handed over any more.
#[must_use]
pub fn deadline_of(book: &LawBook, session: &CashSession) -> Option<DateTime<Utc>> {
    if session.stage() == SessionStage::Done {
        return None;
    }
    let law = book.on(session.day());
    law.cash()?
        .hand_over_until(&session.gate, session.day(), law.work())
}

/// The receipt of a form that must be taken back before the form may be: one that stands.
pub(crate) fn check_none_stands(
    reader: &dyn Reader,
    form: &StoredDeclaration,
) -> Result<(), AppError> {
    let Some((_, PaymentMethod::Cash, _)) = &form.progress.paid else {
        return Ok(());
    };
    let receipts = receipts_of_form(reader, form.declaration.draft.id)?;
    match receipts.iter().find(|receipt| !receipt.is_cancelled()) {
        None => Ok(()),
        Some(receipt) => {
            let stands = Violation::new(Code::ReceiptStanding, "id");
            Err(AppError::Refused(vec![
                stands.with("number", &receipt.number),
            ]))
        }
    }
}

/// Goods do not leave while their receipt is being taken back.
pub(crate) fn check_none_pending(
    reader: &dyn Reader,
    form: &StoredDeclaration,
) -> Result<(), AppError> {
    let Some((_, PaymentMethod::Cash, _)) = &form.progress.paid else {
        return Ok(());
    };
    let receipts = receipts_of_form(reader, form.declaration.draft.id)?;
    match receipts.iter().find(|receipt| receipt.is_pending()) {
        None => Ok(()),
        Some(receipt) => {
            let pending = Violation::new(Code::ReceiptPending, "step");
            Err(AppError::Refused(vec![
                pending.with("number", &receipt.number),
            ]))
        }
    }
}

impl App {
    fn mark(&self, actor: &Actor) -> Mark {
        Mark {
            at: self.clock().now(),
            by: actor.user.clone(),
        }
    }

    fn cash_rule(&self, reader: &dyn Reader, day: BusinessDay) -> Result<CashRule, AppError> {
        let book = self.law_book(reader)?;
        let rule = book.1.on(day).cash().cloned();
        rule.ok_or_else(|| {
            let missing = Violation::new(Code::CashRuleMissing, "");
            AppError::Refused(vec![missing.with("day", day)])
        })
    }

    /// Opens a session of the actor at the actor's gate, with so much money for change.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::Refused`] while another one is open there;
    /// [`AppError::BadRequest`] away from a gate.
    pub fn open_cash(&self, actor: &Actor, float: Vnd) -> Result<CashSession, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        if actor.gate.is_empty() {
            return Err(AppError::BadRequest("gate".into()));
        }
        if float < Vnd::ZERO {
            return Err(refused(Code::NumberOutOfRange, "float_vnd"));
        }
        self.write(|writer| {
            check_duty(writer, actor, Duty::Cashier)?;
            if let Some(open) = open_session(writer, &actor.user, &actor.gate)? {
                let again = Violation::new(Code::CashSessionOpen, "session");
                return Err(AppError::Refused(vec![
                    again.with("at", open.opened.to_rfc3339()),
                ]));
            }
            let opened = self.clock().now();
            self.cash_rule(writer, BusinessDay::of(opened))?;
            let session = CashSession {
                id: self.ids().next(),
                gate: actor.gate.clone(),
                cashier: actor.user.clone(),
                opened,
                float,
                closing: None,
                handed_over: None,
            };
            self.keep(writer, actor, "open", session.clone())?;
            Ok(session)
        })
    }

    /// The session with that id, if the actor is its cashier or decides for the office.
    fn own_session(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        id: Uuid,
    ) -> Result<CashSession, AppError> {
        let session: CashSession = book::get(reader, id)?.ok_or(AppError::NotFound)?;
        let own = session.cashier == actor.user && allows(actor.role, Permission::Trade);
        if own || allows(actor.role, Permission::Decide) {
            Ok(session)
        } else {
            Err(AppError::NotPermitted)
        }
    }

    /// Closes a session with what was counted; a difference waits for a second person then.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::NotPermitted`] for another's session;
    /// [`AppError::Refused`] while a receipt of it is being taken back, or without a reason for a
    /// difference.
    pub fn close_cash(
        &self,
        actor: &Actor,
        id: Uuid,
        count: &Count,
        reason: &str,
    ) -> Result<CashSession, AppError> {
        self.write(|writer| {
            let session = self.own_session(writer, actor, id)?;
            let receipts = receipts_of_session(writer, id)?;
            let pays = |receipt: &&Receipt| {
                let back = receipt.back.as_ref();
                receipt.is_pending() && back.is_some_and(|back| back.session == id)
            };
            if let Some(pending) = receipts.iter().find(pays) {
                let waits = Violation::new(Code::ReceiptPending, "session");
                return Err(AppError::Refused(vec![
                    waits.with("number", &pending.number),
                ]));
            }
            let rule = self.cash_rule(writer, session.day())?;
            let sum = taken(id, &receipts);
            let closed = session
                .close(&rule, sum, count.clone(), reason, self.mark(actor))
                .map_err(AppError::Refused)?;
            self.keep(writer, actor, "close", closed.clone())?;
            Ok(closed)
        })
    }

    /// Notes that a second person has seen a session's difference.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::NotPermitted`]; [`AppError::Refused`] for the same person.
    pub fn acknowledge_cash(&self, actor: &Actor, id: Uuid) -> Result<CashSession, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let session: CashSession = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let seen = session
                .acknowledge(self.mark(actor))
                .map_err(AppError::Refused)?;
            self.keep(writer, actor, "acknowledge", seen.clone())?;
            Ok(seen)
        })
    }

    /// Notes that the money of a session was handed over, with day, number and amount of the slip.
    ///
    /// # Errors
    /// As for [`Self::close_cash`].
    pub fn hand_over_cash(
        &self,
        actor: &Actor,
        id: Uuid,
        day: BusinessDay,
        slip: &str,
        amount: Vnd,
    ) -> Result<CashSession, AppError> {
        self.write(|writer| {
            let session = self.own_session(writer, actor, id)?;
            let slip = HandOver {
                mark: self.mark(actor),
                day,
                slip: slip.trim().to_owned(),
                amount,
            };
            let done = session.hand_over(slip).map_err(AppError::Refused)?;
            self.keep(writer, actor, "hand_over", done.clone())?;
            Ok(done)
        })
    }

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
            amount: form.requirements().due,
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
            check_enough(writer, session.id, receipt.amount)?;
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
            check_enough(writer, session, receipt.amount)?;
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
fn check_enough(reader: &dyn Reader, session: Uuid, amount: Vnd) -> Result<(), AppError> {
    let held = taken(session, &receipts_of_session(reader, session)?);
    if amount <= held {
        return Ok(());
    }
    let short = Violation::new(Code::RefundTooLarge, "receipt");
    Err(AppError::Refused(vec![
        short.with("due", amount).with("free", held),
    ]))
}
