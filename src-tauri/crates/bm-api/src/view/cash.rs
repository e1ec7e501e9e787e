//! Cash: sessions, receipts, the money of a gate's day.

use bm_app::AppError;
use bm_app::cash::{deadline_of, receipts_of_session, taken_in};
use bm_app::ports::{Reader, StoredDeclaration};
use bm_domain::cash::{CashSession, Receipt, SessionStage};
use bm_domain::law::LawBook;
use bm_domain::reconcile::SeriesSum;
use bm_domain::{BusinessDay, DeclarationId, Vnd};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::MarkView;

/// So many notes of one value.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NotesView {
    /// Value of one.
    pub note_vnd: Vnd,
    /// How many.
    pub count: u32,
}

/// The slip of a hand-over.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HandOverView {
    /// Who entered it, and when.
    pub mark: MarkView,
    /// Day on the slip.
    pub day: BusinessDay,
    /// Its number.
    pub slip: String,
    /// Its amount.
    pub amount_vnd: Vnd,
}

/// A cashier's session.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashSessionView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// Who opened it, and when.
    pub opened: MarkView,
    /// The day its money was collected on.
    pub day: BusinessDay,
    /// What it waits for.
    pub stage: SessionStage,
    /// Money for change at the beginning.
    pub float_vnd: Vnd,
    /// Receipts issued into it.
    pub receipts: u32,
    /// Taken in by receipts, less what was paid back.
    pub taken_vnd: Vnd,
    /// What must lie in the drawer.
    pub expected_vnd: Vnd,
    /// What was counted.
    pub counted_vnd: Option<Vnd>,
    /// Counted less expected.
    pub difference_vnd: Option<Vnd>,
    /// What was counted, by note.
    pub notes: Vec<NotesView>,
    /// Small notes and coins counted.
    pub small_vnd: Vnd,
    /// Why the count differs.
    pub reason: String,
    /// Who counted, and when.
    pub closed: Option<MarkView>,
    /// The second person who has seen the difference.
    pub acknowledged: Option<MarkView>,
    /// How the money was handed over.
    pub handed_over: Option<HandOverView>,
    /// Until when it must be; `None` when it was or no limit is known.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that time is over.
    pub overdue: bool,
}

impl CashSessionView {
    /// A session as it stands at `now`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        book: &LawBook,
        session: &CashSession,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let receipts = receipts_of_session(reader, session.id)?;
        let issued = receipts.iter().filter(|r| r.session == session.id).count();
        let closing = session.closing.as_ref();
        let taken_vnd = match closing {
            Some(closing) => closing.taken,
            None => taken_in(reader, session.id)?,
        };
        let deadline = deadline_of(book, session);
        let opened = bm_domain::process::Mark {
            at: session.opened,
            by: session.cashier.clone(),
        };
        let acknowledged = closing.and_then(|closing| closing.acknowledged.as_ref());
        let handed_over = match &session.handed_over {
            None => None,
            Some(slip) => Some(HandOverView {
                mark: MarkView::new(reader, &slip.mark)?,
                day: slip.day,
                slip: slip.slip.clone(),
                amount_vnd: slip.amount,
            }),
        };
        let counted = closing.map(|closing| &closing.count);
        Ok(Self {
            id: session.id,
            gate: session.gate.clone(),
            opened: MarkView::new(reader, &opened)?,
            day: session.day(),
            stage: session.stage(),
            float_vnd: session.float,
            receipts: u32::try_from(issued).unwrap_or(u32::MAX),
            taken_vnd,
            expected_vnd: session.float + taken_vnd,
            counted_vnd: counted.and_then(|count| count.total()),
            difference_vnd: session.difference(),
            notes: counted
                .into_iter()
                .flat_map(|count| &count.notes)
                .map(|notes| NotesView {
                    note_vnd: notes.note,
                    count: notes.count,
                })
                .collect(),
            small_vnd: counted.map(|count| count.small).unwrap_or_default(),
            reason: closing.map(|c| c.reason.clone()).unwrap_or_default(),
            closed: MarkView::of(reader, closing.map(|closing| &closing.mark))?,
            acknowledged: MarkView::of(reader, acknowledged)?,
            handed_over,
            deadline,
            overdue: deadline.is_some_and(|end| end < now),
        })
    }
}

/// Where a receipt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReceiptStatus {
    /// It paid for its form.
    Standing,
    /// A second person must confirm that its paper came back.
    Pending,
    /// It was taken back and the money returned.
    Cancelled,
}

/// A receipt in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReceiptRow {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Whether it is a leaf of a pre-printed book.
    pub preprinted: bool,
    /// The session its money went into.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub session: Uuid,
    /// The form whose tax it is.
    pub form: DeclarationId,
    /// Number of the form.
    pub form_number: String,
    /// Who paid.
    pub person_name: String,
    /// What was paid.
    pub amount_vnd: Vnd,
    /// Who issued it, and when.
    pub issued: MarkView,
    /// Where it stands.
    pub status: ReceiptStatus,
    /// Why it is or was taken back.
    pub reason: String,
    /// Who has its paper in hand.
    pub asked: Option<MarkView>,
    /// Who confirmed that it came back.
    pub confirmed: Option<MarkView>,
}

impl ReceiptRow {
    /// A receipt with its form and payer.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        receipt: &Receipt,
        form: &StoredDeclaration,
        person_name: &str,
    ) -> Result<Self, AppError> {
        let issued = bm_domain::process::Mark {
            at: receipt.issued,
            by: receipt.cashier.clone(),
        };
        let back = receipt.back.as_ref();
        Ok(Self {
            id: receipt.id,
            number: receipt.number.clone(),
            preprinted: receipt.preprinted,
            session: receipt.session,
            form: receipt.form,
            form_number: form.declaration.number.clone(),
            person_name: person_name.to_owned(),
            amount_vnd: receipt.amount,
            issued: MarkView::new(reader, &issued)?,
            status: if receipt.is_cancelled() {
                ReceiptStatus::Cancelled
            } else if receipt.is_pending() {
                ReceiptStatus::Pending
            } else {
                ReceiptStatus::Standing
            },
            reason: back.map(|back| back.reason.clone()).unwrap_or_default(),
            asked: MarkView::of(reader, back.map(|back| &back.asked))?,
            confirmed: MarkView::of(reader, back.and_then(|back| back.confirmed.as_ref()))?,
        })
    }
}

/// What the printed receipt says. Its words are Vietnamese in every language of the program: it is
/// a paper of the office.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReceiptView {
    /// The receipt as it stands in lists.
    pub row: ReceiptRow,
    /// Series before the serial; the whole number of a pre-printed leaf stands in `serial`.
    pub series: String,
    /// Serial within the series.
    pub serial: String,
    /// Name of the gate.
    pub gate_name: String,
    /// Address of who paid.
    pub payer_address: String,
    /// Paper of who paid, its number in full.
    pub payer_paper: String,
    /// What is paid for.
    pub purpose: String,
    /// Import or export duty in it.
    pub duty_vnd: Vnd,
    /// Excise in it.
    pub excise_vnd: Vnd,
    /// Environment tax in it.
    pub environment_vnd: Vnd,
    /// Value added tax in it.
    pub vat_vnd: Vnd,
    /// Fee in it.
    pub fee_vnd: Vnd,
    /// The amount in words, its first letter large.
    pub amount_words: String,
}

/// The cash of a gate as its officers see it now.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashDesk {
    /// The open session of who asks.
    pub own: Option<CashSessionView>,
    /// Sessions with something still to be done, and those of today; the newest first.
    pub sessions: Vec<CashSessionView>,
    /// Receipts of today and those that wait for a second person; the newest first.
    pub receipts: Vec<ReceiptRow>,
    /// Notes in circulation, the largest first.
    pub notes_vnd: Vec<Vnd>,
    /// Sessions whose money is late.
    pub overdue: u32,
}

/// A number in a series that no receipt of the series has.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SeriesView {
    /// The series.
    pub series: String,
    /// First serial of the day.
    pub first: u32,
    /// Last serial of the day.
    pub last: u32,
    /// Receipts of the series on the day.
    pub receipts: u32,
    /// Serials in between that no receipt has.
    pub missing: Vec<u32>,
}

impl From<&SeriesSum> for SeriesView {
    fn from(sum: &SeriesSum) -> Self {
        Self {
            series: sum.series.clone(),
            first: sum.first,
            last: sum.last,
            receipts: sum.receipts,
            missing: sum.missing.clone(),
        }
    }
}

/// One thing that does not agree, with what stands behind it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashDifference {
    /// Which check.
    pub check: CashCheck,
    /// Number of the form, receipt or series, or the cashier's account.
    pub about: String,
    /// What it is about in money.
    pub amount_vnd: Vnd,
}

/// A check of the money of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CashCheck {
    /// A form paid in cash has no standing receipt of its amount.
    Receipt,
    /// A series has a gap.
    Series,
    /// A session was not counted.
    Open,
    /// A count differs from the records.
    Count,
    /// The money was not handed over in time.
    Late,
}

/// The money of a gate's day: what was due by the day's forms, what its receipts brought in, what
/// was counted and handed over.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashDay {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Due by forms registered that day that stand: what was paid and is unpaid, less what was given
    /// back or is to be.
    pub computed_vnd: Vnd,
    /// Paid on them in cash.
    pub paid_cash_vnd: Vnd,
    /// Paid on them at a bank or the Treasury.
    pub paid_bank_vnd: Vnd,
    /// Given back on them after corrections.
    pub refunded_vnd: Vnd,
    /// To be given back on them.
    pub to_refund_vnd: Vnd,
    /// Not yet paid on them.
    pub unpaid_vnd: Vnd,
    /// Numbered receipts issued that day, by series.
    pub series: Vec<SeriesView>,
    /// Receipts issued that day, pre-printed ones among them.
    pub receipts: u32,
    /// Pre-printed ones.
    pub preprinted: u32,
    /// Those taken back since.
    pub cancelled: u32,
    /// What those that stand brought in.
    pub standing_vnd: Vnd,
    /// Recorded in sessions opened that day: floats and receipts, less what was paid back.
    pub recorded_vnd: Vnd,
    /// Counted in those of them that are closed.
    pub counted_vnd: Vnd,
    /// Taken in by those sessions, to be handed over.
    pub taken_vnd: Vnd,
    /// Handed over of it.
    pub handed_over_vnd: Vnd,
    /// What does not agree.
    pub differences: Vec<CashDifference>,
}
