//! Lists of gathered goods: drawn up over the residents' forms, filed, taxed, paid, released.

use std::collections::BTreeMap;

use bm_domain::gathering::{
    Filing, Gathering, GatheringStage, GatheringStep, ImportForm, ImportForms, ImportLine,
    Standing, Taken, Trader, assess, check, lateness, term_of,
};
use bm_domain::law::{LawBook, TermKind};
use bm_domain::process::Mark;
use bm_domain::tax_code::TaxCode;
use bm_domain::{BusinessDay, DeclarationId, Violation, ViolationCode as Code, vehicle};
use uuid::Uuid;

use crate::book::{self, EntryFilter};
use crate::counter::next_number;
use crate::error::{AppError, StoreError};
use crate::people::check_reason;
use crate::permission::{Duty, Permission, allows};
use crate::ports::{Reader, Status, StoredDeclaration, Writer};
use crate::process::check_duty;
use crate::{Actor, App};

/// A list as entered.
#[derive(Clone, Debug)]
pub struct NewGathering {
    /// Its id: entered again it changes the draft of that id.
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// Counter whose series numbers it.
    pub workstation: String,
    /// Who gathers.
    pub trader: Trader,
    /// Where.
    pub place: String,
    /// What.
    pub lines: Vec<Taken>,
}

impl NewGathering {
    /// The list under a number.
    #[must_use]
    pub fn numbered(&self, number: String) -> Gathering {
        Gathering {
            id: self.id,
            number,
            gate: self.gate.clone(),
            trader: self.trader.clone(),
            place: self.place.clone(),
            lines: self.lines.clone(),
            filed: None,
            taxed: None,
            paid: None,
            released: None,
            cancelled: None,
        }
    }
}

/// Lists that use a form, the newest first; cancelled ones use nothing.
///
/// # Errors
/// [`StoreError`].
pub fn lists_of(reader: &dyn Reader, form: DeclarationId) -> Result<Vec<Gathering>, StoreError> {
    let filter = EntryFilter {
        reference: Some(form.to_string()),
        ..EntryFilter::default()
    };
    let mut lists: Vec<Gathering> = book::list(reader, &filter)?;
    lists.retain(|list| list.cancelled.is_none());
    Ok(lists)
}

/// Why a form may not be cancelled or changed: a list of gathered goods uses it
/// (Circular 80/2019/TT-BTC art. 4(2)). `None` when none does.
///
/// # Errors
/// [`StoreError`].
pub fn gathered(reader: &dyn Reader, form: DeclarationId) -> Result<Option<Violation>, StoreError> {
    let lists = lists_of(reader, form)?;
    Ok(lists.first().map(|list| {
        let locked = Violation::new(Code::FormGathered, "id");
        locked.with("number", &list.number)
    }))
}

/// The form of that id or number.
///
/// # Errors
/// [`StoreError`].
pub fn find_form(reader: &dyn Reader, text: &str) -> Result<Option<StoredDeclaration>, StoreError> {
    match text.parse() {
        Ok(id) => reader.declaration(id),
        Err(_) => reader.declaration_by_number(text.trim()),
    }
}

/// A form as gathering sees it: what lists other than `own` took of it, and whether another trader
/// than `trader` did.
///
/// # Errors
/// [`StoreError`].
pub fn import_form(
    reader: &dyn Reader,
    stored: &StoredDeclaration,
    own: Option<Uuid>,
    trader: Option<&TaxCode>,
) -> Result<ImportForm, StoreError> {
    let declared = &stored.declaration;
    let draft = &declared.draft;
    let standing = match stored.status {
        Status::Refused => Standing::Refused,
        Status::Cancelled => Standing::Cancelled,
        Status::Returned => Standing::Returned,
        Status::Registered if stored.progress.released.is_some() => Standing::Released,
        Status::Registered => Standing::Pending,
    };
    let both = draft.lines.iter().zip(&declared.decision.lines);
    let mut form = ImportForm {
        number: declared.number.clone(),
        gate: draft.gate.clone(),
        day: declared.day(),
        direction: draft.direction,
        standing,
        lines: both
            .map(|(line, decided)| ImportLine::new(line, decided))
            .collect(),
        other_trader: None,
    };
    for list in lists_of(reader, draft.id)? {
        if Some(list.id) == own {
            continue;
        }
        for taken in list.lines.iter().filter(|taken| taken.form == draft.id) {
            if let Some(line) = form.lines.get_mut(taken.line) {
                line.taken += taken.quantity.decimal();
            }
        }
        if trader.is_some_and(|code| *code != list.trader.tax_code) {
            form.other_trader = Some(list.trader.name);
        }
    }
    Ok(form)
}

/// The forms a list names, as far as they are known.
///
/// # Errors
/// [`StoreError`].
pub fn forms_of(reader: &dyn Reader, list: &Gathering) -> Result<ImportForms, StoreError> {
    let mut forms = BTreeMap::new();
    for taken in &list.lines {
        if forms.contains_key(&taken.form) {
            continue;
        }
        if let Some(stored) = reader.declaration(taken.form)? {
            let code = &list.trader.tax_code;
            let form = import_form(reader, &stored, Some(list.id), Some(code))?;
            forms.insert(taken.form, form);
        }
    }
    Ok(forms)
}

/// The part of the work a step belongs to.
const fn duty(step: &GatheringStep) -> Duty {
    match step {
        GatheringStep::File { .. } => Duty::Registration,
        GatheringStep::ConfirmTax => Duty::Tax,
        GatheringStep::Pay { .. } => Duty::Cashier,
        GatheringStep::Release => Duty::Supervision,
    }
}

impl App {
    /// What stands against a list and what has to be looked at, its time limit included.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn check_gathering(
        &self,
        book: &LawBook,
        list: &Gathering,
        forms: &ImportForms,
    ) -> Vec<Violation> {
        let now = self.clock().now();
        let today = BusinessDay::of(now);
        let mut found = check(list, forms, now);
        if book.on(today).gate(&list.gate).is_none() {
            found.insert(
                0,
                Violation::new(Code::GateUnknown, "gate").with("gate", &list.gate),
            );
        }
        let late = term_of(list, book).and_then(|term| lateness(list, term, today));
        found.extend(late);
        found
    }

    /// Draws up a list, or changes a draft; the quantities are taken from then on. A list entered
    /// again as it stands stays as it is.
    ///
    /// # Errors
    /// [`AppError::Refused`] with everything that stands against it; [`AppError::Stale`] when it was
    /// filed or cancelled.
    pub fn save_gathering(
        &self,
        actor: &Actor,
        given: &NewGathering,
    ) -> Result<Gathering, AppError> {
        self.write(|writer| {
            check_duty(writer, actor, Duty::Registration)?;
            let law = self.law_book(writer)?;
            let known: Option<Gathering> = book::get(writer, given.id)?;
            let number = known.as_ref().map(|list| list.number.clone());
            let mut list = given.numbered(number.unwrap_or_default());
            if let Some(known) = known {
                let same = (&known.gate, &known.trader, &known.place, &known.lines)
                    == (&list.gate, &list.trader, &list.place, &list.lines);
                if same {
                    return Ok(known);
                }
                if known.stage() != GatheringStage::Draft || known.gate != list.gate {
                    return Err(AppError::Stale);
                }
            }
            let forms = forms_of(writer, &list)?;
            let found = self.check_gathering(&law.1, &list, &forms);
            if found.iter().any(Violation::refuses) {
                return Err(AppError::Refused(found));
            }
            if list.number.is_empty() {
                let year = BusinessDay::of(self.clock().now()).year();
                list.number = next_number(writer, &list.gate, year, "MG", &given.workstation)?;
            }
            self.keep(writer, actor, "draft", list.clone())?;
            Ok(list)
        })
    }

    /// Takes a step on a list. Filing computes its tax under the law of the day.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Refused`] when the step may not be taken yet, or when the
    /// list comes late without a supervisor's reason.
    pub fn step_gathering(
        &self,
        actor: &Actor,
        id: Uuid,
        step: &GatheringStep,
    ) -> Result<Gathering, AppError> {
        self.write(|writer| {
            check_duty(writer, actor, duty(step))?;
            let mut list: Gathering = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let problems = list.check_step(step);
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let mark = self.mark(actor);
            let change = match step {
                GatheringStep::File {
                    declaration,
                    reason,
                } => {
                    let filing = self.file(writer, actor, &list, reason)?;
                    list.filed = Some(Filing {
                        declaration: declaration.trim().to_owned(),
                        ..filing
                    });
                    "filed"
                }
                GatheringStep::ConfirmTax => {
                    list.taxed = Some(mark);
                    "taxed"
                }
                GatheringStep::Pay { method, document } => {
                    list.paid = Some((mark, *method, document.trim().to_owned()));
                    "paid"
                }
                GatheringStep::Release => {
                    list.released = Some(mark);
                    "released"
                }
            };
            self.keep(writer, actor, change, list.clone())?;
            Ok(list)
        })
    }

    fn file(
        &self,
        writer: &dyn Writer,
        actor: &Actor,
        list: &Gathering,
        reason: &str,
    ) -> Result<Filing, AppError> {
        let law = self.law_book(writer)?;
        let today = BusinessDay::of(self.clock().now());
        if term_of(list, &law.1).is_none() {
            let day = list.oldest_day().unwrap_or(today);
            let missing = vehicle::missing(TermKind::Gathering, day);
            return Err(AppError::Refused(vec![missing]));
        }
        let forms = forms_of(writer, list)?;
        let mut found = self.check_gathering(&law.1, list, &forms);
        let late = found.iter().find(|one| one.code == Code::GatheringLate);
        let reason = reason.trim();
        if let Some(late) = late.cloned() {
            let decided = allows(actor.role, Permission::Decide);
            if let Some(problem) = check_reason(reason).filter(|_| !reason.is_empty()) {
                found.push(problem);
            } else if reason.is_empty() || !decided {
                found.push(Violation {
                    code: Code::GatheringReasonNeeded,
                    severity: Code::GatheringReasonNeeded.severity(),
                    field: "reason".into(),
                    ..late
                });
            }
        }
        let sheet = assess(list, &forms, &law.1.on(today));
        match sheet {
            Ok(sheet) if !found.iter().any(Violation::refuses) => Ok(Filing {
                mark: self.mark(actor),
                declaration: String::new(),
                late_reason: reason.to_owned(),
                sheet,
            }),
            other => {
                found.extend(other.err().unwrap_or_default());
                found.retain(Violation::refuses);
                Err(AppError::Refused(found))
            }
        }
    }

    /// Cancels a list: its quantities are free again. Once it was paid a supervisor decides.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::NotPermitted`]; [`AppError::Refused`] without a reason, or
    /// when the goods have left or it was cancelled before.
    pub fn cancel_gathering(
        &self,
        actor: &Actor,
        id: Uuid,
        reason: &str,
    ) -> Result<Gathering, AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        self.write(|writer| {
            let mut list: Gathering = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if !list.is_open() {
                let closed = Violation::new(Code::GatheringClosed, "id");
                return Err(AppError::Refused(vec![closed]));
            }
            if list.paid.is_some() && !allows(actor.role, Permission::Decide) {
                return Err(AppError::NotPermitted);
            }
            list.cancelled = Some((self.mark(actor), reason.to_owned()));
            self.keep(writer, actor, "cancelled", list.clone())?;
            Ok(list)
        })
    }

    /// A mark of this moment.
    pub(crate) fn mark(&self, actor: &Actor) -> Mark {
        Mark {
            at: self.clock().now(),
            by: actor.user.clone(),
        }
    }
}
