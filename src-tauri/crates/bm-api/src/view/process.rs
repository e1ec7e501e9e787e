//! How far a form has come, and the queue of those that wait.

use bm_app::AppError;
use bm_app::ports::{Reader, StoredDeclaration};
use bm_app::process::deadline_of;
use bm_domain::Vnd;
use bm_domain::law::LawBook;
use bm_domain::process::{Finding, Mark, PaymentMethod, Stage};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::DeclarationRow;

/// A mark on a form.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MarkView {
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: DateTime<Utc>,
    /// Account of the officer.
    pub by: String,
    /// Display name of the account, for the signature.
    pub name: String,
}

impl MarkView {
    /// A mark with the name of its officer.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(reader: &dyn Reader, mark: &Mark) -> Result<Self, AppError> {
        let account = reader.account(&mark.by)?;
        Ok(Self {
            at: mark.at,
            by: mark.by.clone(),
            name: account.map_or_else(|| mark.by.clone(), |account| account.display_name),
        })
    }

    pub(super) fn of(reader: &dyn Reader, mark: Option<&Mark>) -> Result<Option<Self>, AppError> {
        mark.map(|mark| Self::new(reader, mark)).transpose()
    }
}

/// The result of an inspection.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InspectionView {
    /// Who inspected, and when.
    pub mark: MarkView,
    /// What was found.
    pub finding: Finding,
    /// In words.
    pub remark: String,
}

/// The time for inspecting was extended.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InspectionExtensionView {
    /// Who extended it, and when.
    pub mark: MarkView,
    /// Why.
    pub reason: String,
}

/// A payment.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaymentView {
    /// Who noted it, and when.
    pub mark: MarkView,
    /// How it was paid.
    pub method: PaymentMethod,
    /// Number of the receipt or payment slip.
    pub document: String,
}

/// A certificate, or why none is needed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CertificateView {
    /// Line, from 0.
    pub line: u32,
    /// Its number or the reason; `None` while it is missing.
    pub text: Option<String>,
}

/// A payment before a correction changed the sum, or what was given back after one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SettlementView {
    /// Who noted it, and when.
    pub mark: MarkView,
    /// Number of the receipt, payment slip or decision.
    pub document: String,
    /// How much; negative when it was given back.
    pub amount_vnd: Vnd,
}

/// How far a form has come since it was registered.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProgressView {
    /// What it waits for; `None` when it was refused or cancelled.
    pub stage: Option<Stage>,
    /// Until when the law wants the next step; `None` where no limit runs.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub deadline: Option<DateTime<Utc>>,
    /// Whether goods must be inspected, by the law or by order.
    pub needs_inspection: bool,
    /// An inspection was ordered.
    pub ordered: Option<MarkView>,
    /// All goods were presented.
    pub presented: Option<MarkView>,
    /// The time for inspecting was extended.
    pub extended: Option<InspectionExtensionView>,
    /// Inspected.
    pub inspected: Option<InspectionView>,
    /// Lines that need a certificate.
    pub certificates: Vec<CertificateView>,
    /// Tax confirmed.
    pub taxed: Option<MarkView>,
    /// Paid.
    pub paid: Option<PaymentView>,
    /// Released.
    pub released: Option<MarkView>,
    /// What is still to be paid; negative when it is to be given back.
    pub balance_vnd: Vnd,
    /// What was paid and given back before and after corrections.
    pub settlements: Vec<SettlementView>,
    /// How often it was printed.
    pub printed: u32,
}

impl ProgressView {
    /// The progress of a form, with the names of those who set its marks.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        book: &LawBook,
        form: &StoredDeclaration,
    ) -> Result<Self, AppError> {
        let (asked, progress) = (form.requirements(), &form.progress);
        let mark = |mark: &Option<Mark>| MarkView::of(reader, mark.as_ref());
        let certificate = |line: &usize| CertificateView {
            line: u32::try_from(*line).unwrap_or(u32::MAX),
            text: progress
                .certificates
                .get(line)
                .map(|(_, text)| text.clone()),
        };
        let inspected = match &progress.inspected {
            None => None,
            Some((mark, finding, remark)) => Some(InspectionView {
                mark: MarkView::new(reader, mark)?,
                finding: *finding,
                remark: remark.clone(),
            }),
        };
        let extended = match &progress.extended {
            None => None,
            Some((mark, reason)) => Some(InspectionExtensionView {
                mark: MarkView::new(reader, mark)?,
                reason: reason.clone(),
            }),
        };
        let paid = match &progress.paid {
            None => None,
            Some((mark, method, document)) => Some(PaymentView {
                mark: MarkView::new(reader, mark)?,
                method: *method,
                document: document.clone(),
            }),
        };
        let paid_before = progress.payments.iter();
        let paid_before = paid_before.map(|(mark, _, text, amount)| (mark, text, *amount));
        let given_back = progress.refunds.iter();
        let given_back = given_back.map(|(mark, text, amount)| (mark, text, Vnd::ZERO - *amount));
        let mut settlements = Vec::new();
        for (mark, document, amount_vnd) in paid_before.chain(given_back) {
            settlements.push(SettlementView {
                mark: MarkView::new(reader, mark)?,
                document: document.clone(),
                amount_vnd,
            });
        }
        settlements.sort_by_key(|settlement| settlement.mark.at);
        Ok(Self {
            balance_vnd: progress.balance(&asked),
            settlements,
            stage: form.stage(),
            deadline: form.stage().and_then(|_| deadline_of(book, form)),
            needs_inspection: progress.needs_inspection(&asked),
            ordered: mark(&progress.ordered)?,
            presented: mark(&progress.presented)?,
            extended,
            inspected,
            certificates: asked.certificates.iter().map(certificate).collect(),
            taxed: mark(&progress.taxed)?,
            paid,
            released: mark(&progress.released)?,
            printed: progress.printed,
        })
    }
}

/// A form of the queue.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QueueRow {
    /// The form.
    pub form: DeclarationRow,
    /// How far it has come.
    pub progress: ProgressView,
    /// Whether its time limit is over.
    pub overdue: bool,
}
