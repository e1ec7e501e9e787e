//! What the match of a gate's day is made from, read from the store.

use std::collections::{BTreeMap, BTreeSet};

use bm_domain::cash::{CashSession, Receipt};
use bm_domain::declaration::Direction;
use bm_domain::law::LawBook;
use bm_domain::process::{Mark, PaymentMethod};
use bm_domain::reconcile::count::{BarrierCount, Passage};
use bm_domain::reconcile::{
    DIRECTIONS, Facts, FormFact, FormSums, Paid, ReconcileRule, Seen, SessionFact, Standing,
};
use bm_domain::resident::normal_number;
use bm_domain::{BusinessDay, DeclarationId, PersonId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::of_day;
use crate::book::{self, EntryFilter};
use crate::cash::{receipts_of_form, taken_in};
use crate::error::{AppError, StoreError};
use crate::ports::{DayTotals, DeclarationFilter, Reader, Status, StoredDeclaration};

/// More forms than any gate registers on a day.
const FORMS_MAX: u32 = 100_000;

/// Which day is loaded, and from where.
pub(super) struct Load<'a> {
    pub reader: &'a dyn Reader,
    pub book: &'a LawBook,
    pub gate: &'a str,
    pub day: BusinessDay,
    pub now: DateTime<Utc>,
}

/// The forms of a day, found by their numbers and persons.
struct Known {
    by_number: BTreeMap<String, DeclarationId>,
    by_person: BTreeMap<PersonId, Vec<(Direction, DeclarationId)>>,
}

impl Known {
    fn of(forms: &[FormFact]) -> Self {
        let numbered = forms.iter().filter(|form| !form.number.is_empty());
        let mut by_person: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for form in numbered.clone() {
            let of_person = by_person.entry(form.person).or_default();
            of_person.push((form.direction, form.id));
        }
        Self {
            by_number: numbered
                .map(|form| (form.number.clone(), form.id))
                .collect(),
            by_person,
        }
    }
}

impl<'a> Load<'a> {
    /// Everything the match looks at.
    pub fn all(
        &self,
        rule: &'a ReconcileRule,
        count: Option<&'a BarrierCount>,
        transferred: &BTreeSet<DeclarationId>,
    ) -> Result<Facts<'a>, AppError> {
        let receipts: Vec<Receipt> = book::list(self.reader, &of_day(self.gate, self.day))?;
        let forms = self.forms(&receipts)?;
        let known = Known::of(&forms);
        let unmatched = self.unmatched(&receipts, &forms)?;
        let seen = match count {
            Some(count) => self.seen(&count.passages, &known)?,
            None => Vec::new(),
        };
        Ok(Facts {
            gate: self.gate,
            day: self.day,
            now: self.now,
            rule,
            totals: self.totals()?,
            elsewhere: self.elsewhere(&known)?,
            forms,
            receipts,
            unmatched,
            sessions: self.sessions()?,
            count,
            seen,
            transferred: transferred.clone(),
        })
    }

    fn totals(&self) -> Result<[FormSums; 2], StoreError> {
        let of = |direction| {
            let totals = self.reader.day_totals(self.gate, self.day, direction)?;
            Ok::<_, StoreError>(form_sums(&totals))
        };
        let [import, export] = DIRECTIONS.map(of);
        Ok([import?, export?])
    }

    fn forms(&self, receipts: &[Receipt]) -> Result<Vec<FormFact>, StoreError> {
        let mut by_form: BTreeMap<DeclarationId, Vec<&Receipt>> = BTreeMap::new();
        for receipt in receipts {
            by_form.entry(receipt.form).or_default().push(receipt);
        }
        let filter = DeclarationFilter {
            gate_day: Some((self.gate.to_owned(), self.day)),
            person: None,
            limit: FORMS_MAX,
        };
        let mut forms = Vec::new();
        // The store gives the newest first.
        for form in self.reader.declarations(&filter)?.iter().rev() {
            let of_day = by_form.get(&form.declaration.draft.id);
            forms.push(self.fact(form, of_day.map_or(&[][..], Vec::as_slice))?);
        }
        Ok(forms)
    }

    fn fact(&self, form: &StoredDeclaration, of_day: &[&Receipt]) -> Result<FormFact, StoreError> {
        let (asked, progress) = (form.requirements(), &form.progress);
        let (declaration, draft) = (&form.declaration, &form.declaration.draft);
        let mut payments = Vec::new();
        for (_, method, document, amount) in progress.all_payments(&asked) {
            let fits = |receipt: &Receipt| {
                !receipt.is_cancelled() && receipt.number == document && receipt.amount == amount
            };
            let receipt = match method {
                PaymentMethod::Bank => false,
                PaymentMethod::Cash if of_day.iter().any(|receipt| fits(receipt)) => true,
                PaymentMethod::Cash => receipts_of_form(self.reader, draft.id)?.iter().any(fits),
            };
            payments.push(Paid {
                method,
                document: document.to_owned(),
                amount,
                receipt,
            });
        }
        let standing = match form.status {
            Status::Registered if progress.released.is_some() => Standing::Released,
            Status::Registered => Standing::Pending,
            Status::Refused => Standing::Refused,
            Status::Cancelled => Standing::Cancelled,
            Status::Returned => Standing::Returned,
        };
        let stands = form.status == Status::Registered;
        let ended = if stands || declaration.number.is_empty() {
            None
        } else {
            self.reader.corrections(draft.id)?.last().map(|it| it.at)
        };
        let marks = [&progress.taxed, &progress.released];
        let confirmed = marks.into_iter().flatten().map(|mark| mark.at).min();
        let weights = declaration.decision.lines.iter();
        let weights = weights.filter_map(|line| line.weight);
        let mut makers = makers(form);
        makers.remove("");
        Ok(FormFact {
            id: draft.id,
            number: declaration.number.clone(),
            gate: draft.gate.clone(),
            at: draft.at,
            direction: draft.direction,
            person: declaration.person,
            standing,
            released: progress.released.clone(),
            confirmed,
            ended,
            goods: goods(form),
            weight_g: weights.map(|weight| weight.grams()).sum(),
            due: asked.due,
            payments,
            given_back: progress.given_back(),
            balance: progress.balance(&asked),
            makers,
        })
    }

    /// Receipts whose form does not say that it was paid by them.
    fn unmatched(
        &self,
        receipts: &[Receipt],
        forms: &[FormFact],
    ) -> Result<BTreeSet<Uuid>, StoreError> {
        let by_id: BTreeMap<_, _> = forms.iter().map(|form| (form.id, form)).collect();
        let fits = |receipt: &Receipt, form: &FormFact| {
            let paid = |paid: &Paid| {
                paid.document == receipt.number
                    && paid.amount == receipt.amount
                    && paid.method == PaymentMethod::Cash
            };
            form.payments.iter().any(paid)
        };
        let mut found = BTreeSet::new();
        for receipt in receipts.iter().filter(|receipt| !receipt.is_cancelled()) {
            let matched = match by_id.get(&receipt.form) {
                Some(form) => fits(receipt, form),
                None => match self.reader.declaration(receipt.form)? {
                    Some(form) => fits(receipt, &self.fact(&form, &[receipt])?),
                    None => false,
                },
            };
            if !matched {
                found.insert(receipt.id);
            }
        }
        Ok(found)
    }

    fn sessions(&self) -> Result<Vec<SessionFact>, StoreError> {
        let sessions: Vec<CashSession> = book::list(self.reader, &of_day(self.gate, self.day))?;
        let law = self.book.on(self.day);
        let until = law
            .cash()
            .and_then(|rule| rule.hand_over_until(self.gate, self.day, law.work()));
        let fact = |session: CashSession| {
            Ok(SessionFact {
                taken: match &session.closing {
                    Some(closing) => closing.taken,
                    None => taken_in(self.reader, session.id)?,
                },
                until,
                session,
            })
        };
        sessions.into_iter().rev().map(fact).collect()
    }

    /// The form each passage is about: by its number, else by the paper of who has one form that way.
    fn seen(&self, passages: &[Passage], known: &Known) -> Result<Vec<Seen>, StoreError> {
        let mut taken: BTreeSet<DeclarationId> = passages
            .iter()
            .filter_map(|passage| known.by_number.get(&passage.form).copied())
            .collect();
        let mut found = Vec::new();
        for passage in passages {
            if let Some(id) = known.by_number.get(&passage.form) {
                found.push(Seen::OfDay(*id));
            } else if !passage.form.is_empty() {
                let form = self.reader.declaration_by_number(&passage.form)?;
                found.push(match form {
                    Some(form) => Seen::Other(Box::new(self.fact(&form, &[])?)),
                    None => Seen::Unknown,
                });
            } else {
                let id = self.by_paper(passage, known, &taken)?;
                taken.extend(id);
                found.push(id.map_or(Seen::Unknown, Seen::OfDay));
            }
        }
        Ok(found)
    }

    fn by_paper(
        &self,
        passage: &Passage,
        known: &Known,
        taken: &BTreeSet<DeclarationId>,
    ) -> Result<Option<DeclarationId>, StoreError> {
        if passage.paper.is_empty() {
            return Ok(None);
        }
        let number = normal_number(&passage.paper);
        for person in self.reader.people_by_number(None, &number)? {
            let forms = known.by_person.get(&person.id).into_iter().flatten();
            let mut of_way = forms.filter(|form| form.0 == passage.direction);
            if let Some((_, id)) = of_way.find(|form| !taken.contains(&form.1)) {
                return Ok(Some(*id));
            }
        }
        Ok(None)
    }

    /// Passages of other gates that are about forms of this gate's day.
    fn elsewhere(
        &self,
        known: &Known,
    ) -> Result<Vec<(String, Passage, DeclarationId)>, StoreError> {
        let filter = EntryFilter {
            days: Some((self.day, self.day)),
            open: Some(true),
            ..EntryFilter::default()
        };
        let counts: Vec<BarrierCount> = book::list(self.reader, &filter)?;
        let mut found = Vec::new();
        for count in counts.into_iter().filter(|count| count.gate != self.gate) {
            for passage in count.passages {
                if let Some(id) = known.by_number.get(&passage.form) {
                    found.push((count.gate.clone(), passage, *id));
                }
            }
        }
        Ok(found)
    }
}

/// The forms of a day's totals.
#[must_use]
pub fn form_sums(totals: &DayTotals) -> FormSums {
    FormSums {
        registered: totals.forms + totals.refused + totals.cancelled,
        released: totals.released,
        refused: totals.refused,
        cancelled: totals.cancelled,
        pending: totals.forms - totals.released,
        due: totals.duty + totals.excise + totals.environment + totals.vat + totals.fee,
    }
}

/// Goods of a form in one text, equal for equal goods.
fn goods(form: &StoredDeclaration) -> String {
    let lines = form.declaration.draft.lines.iter().map(|line| {
        let price = (line.unit_price, line.currency);
        format!(
            "{} {} {} {} {}",
            line.hs, line.quantity, line.unit, price.0, price.1
        )
    });
    lines.collect::<Vec<_>>().join(" / ")
}

/// Who registered a form or set a mark on it.
fn makers(form: &StoredDeclaration) -> BTreeSet<String> {
    let progress = &form.progress;
    let marks = [
        &progress.ordered,
        &progress.presented,
        &progress.taxed,
        &progress.released,
    ];
    let inspected = progress.inspected.iter().map(|it| &it.0);
    let paid = progress.paid.iter().map(|it| &it.0);
    let earlier = progress.payments.iter().map(|it| &it.0);
    let all = marks.into_iter().flatten().chain(inspected);
    let all = all
        .chain(paid)
        .chain(earlier)
        .map(|mark: &Mark| mark.by.clone());
    all.chain([form.officer.clone()]).collect()
}
