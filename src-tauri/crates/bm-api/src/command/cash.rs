//! Cash: opening, counting and handing over, receipts and how they are taken back.

use std::collections::BTreeMap;

use bm_app::book::{self, EntryFilter};
use bm_app::cash::{open_session, receipts_of_form, unfinished};
use bm_app::event::{Correction, Event};
use bm_app::ports::{DeclarationFilter, Reader, StoredDeclaration};
use bm_app::{AppError, StoreError};
use bm_domain::cash::{CashSession, Count, Notes, Receipt, SessionStage};
use bm_domain::in_words::in_words;
use bm_domain::law::LawBook;
use bm_domain::money::VND_MAX;
use bm_domain::process::PaymentMethod;
use bm_domain::{BusinessDay, Decision, Violation, ViolationCode as Code, Vnd};

use chrono::{DateTime, Utc};

use super::declaration::{FORMS_MAX, Names};
use super::{Call, read_day, read_id};
use crate::request::{
    AnswerReceipt, ById, CancelReceipt, CloseCash, Gate, GateDay, HandOverCash, OpenCash,
    ReceiptQuery,
};
use crate::view::{
    CashCheck, CashDay, CashDesk, CashDifference, CashSessionView, ReceiptRow, ReceiptView,
    SeriesView,
};

/// The cash of a gate as its officers see it now.
///
/// # Errors
/// [`AppError::Store`].
pub fn cash_desk(call: &Call<'_>, of: Gate) -> Result<CashDesk, AppError> {
    let (now, today) = (call.app.clock().now(), call.today());
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let show = |session: &CashSession| CashSessionView::new(reader, &book.1, session, now);
        let open = unfinished(reader, Some(&of.gate))?;
        let of_today: Vec<CashSession> = book::list(reader, &on_day(&of.gate, today))?;
        let finished = of_today.iter().filter(|s| s.stage() == SessionStage::Done);
        let sessions = open
            .iter()
            .chain(finished)
            .map(show)
            .collect::<Result<Vec<_>, _>>()?;
        let own = open_session(reader, &call.actor.user, &of.gate)?;
        let pending = EntryFilter {
            gate: Some(of.gate.clone()),
            open: Some(true),
            ..EntryFilter::default()
        };
        let mut receipts: Vec<Receipt> = book::list(reader, &pending)?;
        receipts.extend(book::list(reader, &on_day(&of.gate, today))?);
        receipts.sort_by_key(|receipt| std::cmp::Reverse((receipt.issued, receipt.id)));
        receipts.dedup_by_key(|receipt| receipt.id);
        let overdue = sessions.iter().filter(|session| session.overdue).count();
        let rule = book.1.on(today).cash();
        Ok(CashDesk {
            own: own.as_ref().map(show).transpose()?,
            overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
            sessions,
            receipts: rows(reader, &receipts)?,
            notes_vnd: rule.map(|rule| rule.notes.clone()).unwrap_or_default(),
        })
    })
}

fn on_day(gate: &str, day: BusinessDay) -> EntryFilter {
    EntryFilter {
        gate: Some(gate.to_owned()),
        days: Some((day, day)),
        ..EntryFilter::default()
    }
}

fn rows(reader: &dyn Reader, receipts: &[Receipt]) -> Result<Vec<ReceiptRow>, AppError> {
    let mut names = Names::default();
    let one = |receipt: &Receipt| {
        let form = reader
            .declaration(receipt.form)?
            .ok_or(AppError::NotFound)?;
        let name = names.of(reader, form.declaration.person)?;
        ReceiptRow::new(reader, receipt, &form, name)
    };
    receipts.iter().map(one).collect()
}

fn shown(call: &Call<'_>, session: &CashSession) -> Result<CashSessionView, AppError> {
    let now = call.app.clock().now();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        CashSessionView::new(reader, &book.1, session, now)
    })
}

/// Opens a session of who asks, at the gate where they sit.
///
/// # Errors
/// As for [`bm_app::App::open_cash`].
pub fn cash_open(call: &Call<'_>, ask: OpenCash) -> Result<CashSessionView, AppError> {
    let float = read_amount("float_vnd", &ask.float_vnd)?;
    shown(call, &call.app.open_cash(&call.actor, float)?)
}

/// Closes a session with what was counted.
///
/// # Errors
/// As for [`bm_app::App::close_cash`].
pub fn cash_close(call: &Call<'_>, ask: CloseCash) -> Result<CashSessionView, AppError> {
    let read = |notes: &crate::request::NotesInput| {
        Ok::<_, AppError>(Notes {
            note: read_amount("notes", &notes.note_vnd)?,
            count: notes.count,
        })
    };
    let mut notes = ask.notes.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    notes.retain(|notes| notes.count > 0);
    let count = Count {
        notes,
        small: read_amount("small_vnd", ask.small_vnd.as_deref().unwrap_or("0"))?,
    };
    let id = read_id(&ask.id)?;
    let closed = call.app.close_cash(&call.actor, id, &count, &ask.reason)?;
    shown(call, &closed)
}

/// A second person has seen a session's difference.
///
/// # Errors
/// As for [`bm_app::App::acknowledge_cash`].
pub fn cash_acknowledge(call: &Call<'_>, by: ById) -> Result<CashSessionView, AppError> {
    let seen = call.app.acknowledge_cash(&call.actor, read_id(&by.id)?)?;
    shown(call, &seen)
}

/// The money of a session was handed over.
///
/// # Errors
/// As for [`bm_app::App::hand_over_cash`].
pub fn cash_hand_over(call: &Call<'_>, ask: HandOverCash) -> Result<CashSessionView, AppError> {
    let day: BusinessDay = ask.day.parse().map_err(|_| {
        let wrong = Violation::new(Code::ValueUnknown, "day");
        AppError::Refused(vec![wrong.with("value", &ask.day)])
    })?;
    let amount = read_amount("amount", &ask.amount_vnd)?;
    let id = read_id(&ask.id)?;
    let app = call.app;
    let done = app.hand_over_cash(&call.actor, id, day, &ask.slip, amount)?;
    shown(call, &done)
}

/// Receipts of a gate's day, or of a session.
///
/// # Errors
/// [`AppError::BadRequest`] for a wrong day.
pub fn receipt_list(call: &Call<'_>, of: ReceiptQuery) -> Result<Vec<ReceiptRow>, AppError> {
    let filter = match &of.session {
        Some(session) => EntryFilter {
            reference: Some(session.clone()),
            ..EntryFilter::default()
        },
        None => on_day(&of.gate, read_day(&of.day)?),
    };
    call.app.read(|reader| {
        let receipts: Vec<Receipt> = book::list(reader, &filter)?;
        rows(reader, &receipts)
    })
}

/// What a printed receipt says. It names the payer in full, so that its opening is recorded.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn receipt_view(call: &Call<'_>, by: ById) -> Result<ReceiptView, AppError> {
    Ok(opened_receipt(call, &by)?.1)
}

/// A receipt with what it says on paper; its opening is recorded.
pub(super) fn opened_receipt(
    call: &Call<'_>,
    by: &ById,
) -> Result<(Receipt, ReceiptView), AppError> {
    let id = read_id(&by.id)?;
    let found = call.app.read(|reader| Ok(book::get(reader, id)?));
    let receipt: Receipt = found?.ok_or(AppError::NotFound)?;
    let form = call.app.form(&call.actor, receipt.form)?;
    let view = call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let payer = reader.person(form.declaration.person)?;
        let paper = payer.as_ref().and_then(|payer| payer.papers.first());
        let name = payer.as_ref().map_or("", |payer| payer.name.as_str());
        let [duty_vnd, excise_vnd, environment_vnd, vat_vnd, fee_vnd] =
            parts(reader, &form, &receipt)?;
        let (series, serial) = match receipt.number.rsplit_once('-') {
            Some((series, serial)) if !receipt.preprinted => (series, serial),
            _ => ("", receipt.number.as_str()),
        };
        Ok(ReceiptView {
            row: ReceiptRow::new(reader, &receipt, &form, name)?,
            series: series.to_owned(),
            serial: serial.to_owned(),
            gate_name: book
                .1
                .gate_name(&receipt.gate)
                .unwrap_or_default()
                .to_owned(),
            payer_address: payer
                .as_ref()
                .map(|p| p.address.clone())
                .unwrap_or_default(),
            payer_paper: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
            purpose: format!(
                "Thuế, lệ phí hàng hóa của cư dân biên giới theo tờ khai số {}",
                form.declaration.number
            ),
            duty_vnd,
            excise_vnd,
            environment_vnd,
            vat_vnd,
            fee_vnd,
            amount_words: capital(&in_words(receipt.amount)),
        })
    })?;
    Ok((receipt, view))
}

/// What a receipt is made of: what the form owed when it was issued, less what was settled before.
fn parts(
    reader: &dyn Reader,
    form: &StoredDeclaration,
    receipt: &Receipt,
) -> Result<[Vnd; 5], AppError> {
    let of = |decision: &Decision| {
        let taxes = &decision.taxes;
        [
            taxes.duty,
            taxes.excise,
            taxes.environment,
            taxes.vat,
            decision.fee,
        ]
    };
    let id = form.declaration.draft.id;
    let first = reader.as_registered(id)?.ok_or(AppError::NotFound)?;
    let mut amended = Vec::new();
    for record in reader.corrections(id)? {
        if let Event::Corrected(corrected) = record.event
            && let Correction::Amend(form) = corrected.correction
        {
            amended.push((record.at, of(&form.decision)));
        }
    }
    let owed = |at: DateTime<Utc>| {
        let last = amended.iter().rev().find(|(since, _)| *since <= at);
        last.map_or_else(|| of(&first.decision), |(_, parts)| *parts)
    };
    let (asked, progress) = (form.requirements(), &form.progress);
    let payments = progress.all_payments(&asked);
    let others = payments
        .iter()
        .filter(|(_, _, document, _)| *document != receipt.number);
    let refunds = progress.refunds.iter().map(|(mark, ..)| mark.at);
    let settled = others.map(|(mark, ..)| mark.at).chain(refunds);
    let before = settled.filter(|at| *at < receipt.issued).max().map(owed);
    let (now, before) = (owed(receipt.issued), before.unwrap_or_default());
    Ok(std::array::from_fn(|part| now[part] - before[part]))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn shown_receipt(call: &Call<'_>, receipt: &Receipt) -> Result<ReceiptRow, AppError> {
    call.app.read(|reader| {
        let row = rows(reader, std::slice::from_ref(receipt))?.pop();
        row.ok_or(AppError::NotFound)
    })
}

/// Takes a receipt back, its paper in hand.
///
/// # Errors
/// As for [`bm_app::App::take_receipt_back`].
pub fn receipt_cancel(call: &Call<'_>, ask: CancelReceipt) -> Result<ReceiptRow, AppError> {
    let (app, id) = (call.app, read_id(&ask.id)?);
    let receipt = app.take_receipt_back(&call.actor, id, &ask.serial, &ask.reason)?;
    shown_receipt(call, &receipt)
}

/// A second person confirms that a receipt's paper came back, or that it did not.
///
/// # Errors
/// As for [`bm_app::App::answer_receipt`].
pub fn receipt_answer(call: &Call<'_>, ask: AnswerReceipt) -> Result<ReceiptRow, AppError> {
    let (app, id) = (call.app, read_id(&ask.id)?);
    let receipt = app.answer_receipt(&call.actor, id, ask.confirm)?;
    shown_receipt(call, &receipt)
}

/// The money of a gate's day.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for a wrong day.
pub fn cash_day(call: &Call<'_>, of: GateDay) -> Result<CashDay, AppError> {
    let day = read_day(&of.day)?;
    let now = call.app.clock().now();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        if !book.1.gates.contains_key(&of.gate) {
            return Err(AppError::NotFound);
        }
        let mut made = CashDay {
            gate: of.gate.clone(),
            day,
            computed_vnd: Vnd::ZERO,
            paid_cash_vnd: Vnd::ZERO,
            paid_bank_vnd: Vnd::ZERO,
            refunded_vnd: Vnd::ZERO,
            unpaid_vnd: Vnd::ZERO,
            to_refund_vnd: Vnd::ZERO,
            series: Vec::new(),
            receipts: 0,
            preprinted: 0,
            cancelled: 0,
            standing_vnd: Vnd::ZERO,
            recorded_vnd: Vnd::ZERO,
            counted_vnd: Vnd::ZERO,
            taken_vnd: Vnd::ZERO,
            handed_over_vnd: Vnd::ZERO,
            differences: Vec::new(),
        };
        let filter = DeclarationFilter {
            gate_day: Some((of.gate.clone(), day)),
            person: None,
            limit: FORMS_MAX,
        };
        for form in reader.declarations(&filter)? {
            made.add_form(reader, &form)?;
        }
        made.add_receipts(&book::list(reader, &on_day(&of.gate, day))?);
        for session in book::list::<CashSession>(reader, &on_day(&of.gate, day))? {
            let view = CashSessionView::new(reader, &book.1, &session, now)?;
            made.add_session(&session, &view, &book.1);
        }
        Ok(made)
    })
}

impl CashDay {
    fn differ(&mut self, check: CashCheck, about: impl Into<String>, amount_vnd: Vnd) {
        self.differences.push(CashDifference {
            check,
            about: about.into(),
            amount_vnd,
        });
    }

    fn add_form(
        &mut self,
        reader: &dyn Reader,
        form: &StoredDeclaration,
    ) -> Result<(), StoreError> {
        let (asked, progress) = (form.requirements(), &form.progress);
        self.computed_vnd += asked.due;
        self.refunded_vnd += progress.given_back();
        let balance = progress.balance(&asked);
        if balance.is_positive() {
            self.unpaid_vnd += balance;
        } else {
            self.to_refund_vnd += Vnd::ZERO - balance;
        }
        for (_, method, document, amount) in progress.all_payments(&asked) {
            if method == PaymentMethod::Bank {
                self.paid_bank_vnd += amount;
                continue;
            }
            self.paid_cash_vnd += amount;
            let receipts = receipts_of_form(reader, form.declaration.draft.id)?;
            let of_payment = |receipt: &Receipt| {
                !receipt.is_cancelled() && receipt.number == document && receipt.amount == amount
            };
            if !receipts.iter().any(of_payment) {
                let number = form.declaration.number.clone();
                self.differ(CashCheck::Receipt, number, amount);
            }
        }
        Ok(())
    }

    fn add_receipts(&mut self, receipts: &[Receipt]) {
        let mut series: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for receipt in receipts {
            self.receipts += 1;
            self.preprinted += u32::from(receipt.preprinted);
            self.cancelled += u32::from(receipt.is_cancelled());
            if !receipt.is_cancelled() {
                self.standing_vnd += receipt.amount;
            }
            let parts = receipt.number.rsplit_once('-');
            let parts = parts.filter(|_| !receipt.preprinted);
            if let Some((name, Ok(serial))) = parts.map(|(name, serial)| (name, serial.parse())) {
                series.entry(name).or_default().push(serial);
            }
        }
        for (name, mut serials) in series {
            serials.sort_unstable();
            let (first, last) = (
                serials.first().copied().unwrap_or_default(),
                serials.last().copied().unwrap_or_default(),
            );
            let held = |serial: &u32| serials.binary_search(serial).is_ok();
            let missing: Vec<u32> = (first..=last).filter(|serial| !held(serial)).collect();
            if !missing.is_empty() {
                self.differ(CashCheck::Series, name, Vnd::ZERO);
            }
            self.series.push(SeriesView {
                series: name.to_owned(),
                first,
                last,
                receipts: u32::try_from(serials.len()).unwrap_or(u32::MAX),
                missing,
            });
        }
    }

    fn add_session(&mut self, session: &CashSession, view: &CashSessionView, book: &LawBook) {
        self.recorded_vnd += view.expected_vnd;
        self.taken_vnd += view.taken_vnd;
        let cashier = session.cashier.clone();
        match view.counted_vnd {
            None => self.differ(CashCheck::Open, cashier.clone(), view.expected_vnd),
            Some(counted) => self.counted_vnd += counted,
        }
        if let Some(difference) = view.difference_vnd.filter(|amount| !amount.is_zero()) {
            self.differ(CashCheck::Count, cashier.clone(), difference);
        }
        let slip = session.handed_over.as_ref();
        self.handed_over_vnd += slip.map(|slip| slip.amount).unwrap_or_default();
        // A slip of a day after the last one allowed was late, however soon it was entered.
        let law = book.on(session.day());
        let until = law
            .cash()
            .and_then(|rule| rule.hand_over_until(&session.gate, session.day(), law.work()));
        let late =
            slip.is_some_and(|slip| until.is_some_and(|end| slip.day > BusinessDay::of(end)));
        if late || view.overdue {
            self.differ(CashCheck::Late, cashier, view.taken_vnd);
        }
    }
}

/// An amount of whole VND that is not negative.
fn read_amount(field: &str, text: &str) -> Result<Vnd, AppError> {
    let refuse = |code| AppError::Refused(vec![Violation::new(code, field)]);
    let dong: i64 = text
        .trim()
        .parse()
        .map_err(|_| refuse(Code::NumberInvalid))?;
    if (0..=VND_MAX).contains(&dong) {
        Ok(Vnd::new(dong))
    } else {
        Err(refuse(Code::NumberOutOfRange))
    }
}
