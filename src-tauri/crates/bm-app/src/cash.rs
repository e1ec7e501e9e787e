//! Cash: a cashier's session, the receipts in it, the hand-over to the State budget.
//!
//! A payment in cash issues its receipt in the same transaction as the step, so that no form is paid
//! without one and no receipt stands without its form.

mod receipt;

use bm_domain::cash::{
    CashRefund, CashRule, CashSession, Count, HandOver, Receipt, SessionStage, receipt_key, taken,
};
use bm_domain::law::LawBook;
use bm_domain::{BusinessDay, DeclarationId, Violation, ViolationCode as Code, Vnd};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(crate) use receipt::{check_correction, check_none_pending};

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::error::{AppError, StoreError};
use crate::permission::{Duty, Permission, allows};
use crate::ports::Reader;
use crate::process::check_duty;
use crate::{Actor, App};

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

impl Keep for CashRefund {
    const BOOK: Book = Book::CashRefund;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: &self.gate,
            day: BusinessDay::of(self.paid.at),
            open: false,
            references: vec![self.form.to_string(), self.session.to_string()],
            number: None,
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

/// Receipts of a form, the newest first: after an amendment more than one may stand.
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

/// What a session's drawer holds besides its float.
///
/// # Errors
/// [`StoreError`].
pub fn taken_in(reader: &dyn Reader, session: Uuid) -> Result<Vnd, StoreError> {
    let receipts = receipts_of_session(reader, session)?;
    let filter = EntryFilter {
        reference: Some(session.to_string()),
        ..EntryFilter::default()
    };
    let refunds: Vec<CashRefund> = book::list(reader, &filter)?;
    Ok(taken(session, &receipts, &refunds))
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
    // A drawer that took nothing in has nothing to hand over, whatever its count still waits for.
    let closing = session.closing.as_ref();
    let is_empty = closing.is_some_and(|closing| !closing.taken.is_positive());
    if is_empty || session.stage() == SessionStage::Done {
        return None;
    }
    let law = book.on(session.day());
    law.cash()?
        .hand_over_until(&session.gate, session.day(), law.work())
}

impl App {
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
            let sum = taken_in(writer, id)?;
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
}
