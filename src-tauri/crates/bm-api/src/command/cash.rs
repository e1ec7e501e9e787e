//! Cash: opening, counting and handing over, receipts and how they are taken back.

use bm_app::AppError;
use bm_app::book::{self, EntryFilter};
use bm_app::cash::{open_session, unfinished};
use bm_app::event::{Correction, Event};
use bm_app::ports::{Reader, StoredDeclaration};
use bm_domain::cash::{CashSession, Count, Notes, Receipt, SessionStage};
use bm_domain::in_words::in_words;
use bm_domain::money::VND_MAX;
use bm_domain::reconcile::{Difference, DifferenceKind};
use bm_domain::{BusinessDay, Decision, Violation, ViolationCode as Code, Vnd};

use chrono::{DateTime, Utc};

use super::declaration::Names;
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

/// The money of a gate's day, as the match of the day has it.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for a wrong day.
pub fn cash_day(call: &Call<'_>, of: GateDay) -> Result<CashDay, AppError> {
    let day = read_day(&of.day)?;
    call.app.read(|reader| {
        let found = call.app.money_of_day(reader, &of.gate, day)?;
        let sums = &found.figures.money;
        let differences = found.differences.iter().filter_map(CashDifference::of);
        Ok(CashDay {
            gate: of.gate.clone(),
            day,
            computed_vnd: sums.computed,
            paid_cash_vnd: sums.paid_cash,
            paid_bank_vnd: sums.paid_bank,
            refunded_vnd: sums.refunded,
            to_refund_vnd: sums.to_refund,
            unpaid_vnd: sums.unpaid,
            series: sums.series.iter().map(SeriesView::from).collect(),
            receipts: sums.receipts,
            preprinted: sums.preprinted,
            cancelled: sums.cancelled,
            standing_vnd: sums.standing,
            recorded_vnd: sums.recorded,
            counted_vnd: sums.counted,
            taken_vnd: sums.taken,
            handed_over_vnd: sums.handed_over,
            differences: differences.collect(),
        })
    })
}

impl CashDifference {
    /// A difference of the day's match, where it is one of the money.
    fn of(difference: &Difference) -> Option<Self> {
        let check = match difference.kind {
            DifferenceKind::MissingReceipt if difference.forms.is_empty() => CashCheck::Series,
            DifferenceKind::MissingReceipt => CashCheck::Receipt,
            DifferenceKind::CashUncounted => CashCheck::Open,
            DifferenceKind::CashShort | DifferenceKind::CashOver => CashCheck::Count,
            DifferenceKind::HandOverLate => CashCheck::Late,
            _ => return None,
        };
        let form = difference.forms.first().map(|form| form.number.clone());
        let cashier = difference.session.as_ref().map(|session| session.1.clone());
        let first = difference.receipts.first().cloned();
        let amount = |at: usize| difference.figures.get(at).map_or(0, |figure| figure.amount);
        let amount = match check {
            CashCheck::Series => 0,
            CashCheck::Count => amount(1) - amount(0),
            CashCheck::Receipt | CashCheck::Open | CashCheck::Late => amount(0),
        };
        Some(Self {
            check,
            about: form.or(cashier).or(first).unwrap_or_default(),
            amount_vnd: Vnd::new(amount),
        })
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
