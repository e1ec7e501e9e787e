//! Counts of the barrier: entered, taken from a file, replaced by another with a reason.

use bm_domain::process::Mark;
use bm_domain::reconcile::count::{BarrierCount, Counted, Passage, Source};
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};

use super::of_day;
use crate::book::{self, EntryFilter};
use crate::error::{AppError, StoreError};
use crate::permission::{Permission, allows};
use crate::ports::{Reader, Writer};
use crate::{Actor, App};

/// A count as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCount {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: BusinessDay,
    /// Who counted, in words.
    pub counter: String,
    /// Import, export.
    pub totals: Option<[Counted; 2]>,
    /// Passages, in any order.
    pub passages: Vec<Passage>,
    /// Where it comes from.
    pub source: Source,
    /// Why it takes the place of the one held; may be empty while none is.
    pub reason: String,
}

/// What a count is looked up by for its file.
pub(super) fn file_word(source: &Source) -> Option<String> {
    match source {
        Source::File { sha256, .. } => Some(format!("file {sha256}")),
        Source::Typed => None,
    }
}

/// The count that holds for a gate's day.
///
/// # Errors
/// [`StoreError`].
pub fn held(
    reader: &dyn Reader,
    gate: &str,
    day: BusinessDay,
) -> Result<Option<BarrierCount>, StoreError> {
    let filter = EntryFilter {
        open: Some(true),
        ..of_day(gate, day)
    };
    Ok(book::list(reader, &filter)?.into_iter().next())
}

/// Every count of a gate's day, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn history(
    reader: &dyn Reader,
    gate: &str,
    day: BusinessDay,
) -> Result<Vec<BarrierCount>, StoreError> {
    book::list(reader, &of_day(gate, day))
}

impl App {
    /// What stands against a count: a closed or future day, a file taken before, a count that is held
    /// and no reason to replace it, what is wrong with the count itself. Nothing is written.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate.
    pub fn check_count(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        new: &NewCount,
    ) -> Result<(BarrierCount, Vec<Violation>), AppError> {
        let book = self.law_book(reader)?;
        if !book.1.gates.contains_key(&new.gate) {
            return Err(AppError::NotFound);
        }
        let mark = self.mark(actor);
        let mut problems = Vec::new();
        let about_day = |code| Violation::new(code, "day").with("day", new.day);
        if new.day > BusinessDay::of(mark.at) {
            problems.push(about_day(Code::DayNotDone));
        }
        if reader.is_closed(&new.gate, new.day)? {
            problems.push(about_day(Code::DayClosed));
        }
        problems.extend(known_file(reader, &new.source)?);
        let before = held(reader, &new.gate, new.day)?;
        let reason = new.reason.trim();
        if let Some(before) = before.as_ref().filter(|_| reason.is_empty()) {
            problems.push(count_held(reader, before)?);
        }
        let mut passages = new.passages.clone();
        passages.sort();
        let count = BarrierCount {
            id: self.ids().next(),
            gate: new.gate.clone(),
            day: new.day,
            counter: new.counter.trim().to_owned(),
            totals: new.totals,
            passages,
            source: new.source.clone(),
            entered: mark,
            amends: before.map(|before| before.id),
            reason: reason.to_owned(),
            replaced: None,
        };
        let own = count.check();
        // The missing reason is told by the count that is held.
        let told = !problems.is_empty();
        problems.extend(own.into_iter().filter(|one| one.field != "reason" || !told));
        Ok((count, problems))
    }

    /// Enters a count; one that is held already is replaced, and stays as it was.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown gate; [`AppError::Refused`]
    /// with what stands against it.
    pub fn save_count(&self, actor: &Actor, new: &NewCount) -> Result<BarrierCount, AppError> {
        self.write(|writer| self.save_count_in(writer, actor, new))
    }

    /// The same within a transaction.
    ///
    /// # Errors
    /// As for [`Self::save_count`].
    pub fn save_count_in(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        new: &NewCount,
    ) -> Result<BarrierCount, AppError> {
        if !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        let (count, problems) = self.check_count(writer, actor, new)?;
        if !problems.is_empty() {
            return Err(AppError::Refused(problems));
        }
        if let Some(mut before) = held(writer, &new.gate, new.day)? {
            before.replaced = Some(count.id);
            self.keep(writer, actor, "replace", before)?;
        }
        let change = if count.amends.is_some() {
            "amend"
        } else {
            "enter"
        };
        self.keep(writer, actor, change, count.clone())?;
        Ok(count)
    }
}

fn name_of(reader: &dyn Reader, mark: &Mark) -> Result<String, StoreError> {
    let account = reader.account(&mark.by)?;
    Ok(account.map_or_else(|| mark.by.clone(), |known| known.display_name))
}

fn count_held(reader: &dyn Reader, before: &BarrierCount) -> Result<Violation, StoreError> {
    let held = Violation::new(Code::CountHeld, "reason");
    let held = held.with("at", before.entered.at.to_rfc3339());
    Ok(held.with("name", name_of(reader, &before.entered)?))
}

/// The refusal of a file whose text was taken before, whatever it was called.
fn known_file(reader: &dyn Reader, source: &Source) -> Result<Option<Violation>, StoreError> {
    let Some(word) = file_word(source) else {
        return Ok(None);
    };
    let filter = EntryFilter {
        reference: Some(word),
        limit: Some(1),
        ..EntryFilter::default()
    };
    let Some(before) = book::list::<BarrierCount>(reader, &filter)?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let known = Violation::new(Code::CountFileKnown, "text");
    let known = known.with("at", before.entered.at.to_rfc3339());
    let known = known.with("gate", &before.gate).with("day", before.day);
    Ok(Some(known.with("name", name_of(reader, &before.entered)?)))
}
