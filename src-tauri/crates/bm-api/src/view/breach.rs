//! Breaches: the list, one whole, verdicts that a pattern is harmless.

use bm_app::AppError;
use bm_app::ports::Reader;
use bm_domain::BusinessDay;
use bm_domain::breach::{Act, Breach, BreachKind, BreachState, Gravity, Harmless};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{DeclarationRow, MarkView, PersonHit};
use crate::words::Language;
use crate::words::breach as said;

/// An entry in a list. It names one person and no number of a paper.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachRow {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Of which kind.
    pub kind: BreachKind,
    /// How much came of it.
    pub gravity: Gravity,
    /// Where it stands.
    pub state: BreachState,
    /// Code of the gate.
    pub gate: String,
    /// The day it belongs to.
    pub day: BusinessDay,
    /// When it was found or tried last.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub last: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// Whose it is; empty when it is nobody's.
    pub who: String,
    /// How many persons are behind it.
    pub people: u32,
    /// How many forms are.
    pub forms: u32,
    /// Why it was opened, in a sentence.
    pub why: String,
    /// Account that is to decide.
    pub assigned: Option<String>,
    /// Its display name; empty while nobody is to.
    pub assigned_name: String,
    /// A form or decision of who asks is behind it: another decides.
    pub is_own: bool,
}

impl BreachRow {
    /// A row for `asker`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        language: Language,
        breach: &Breach,
        who: &str,
        asker: &str,
    ) -> Result<Self, AppError> {
        let found = &breach.found;
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let named = found.facts.get("name").map_or("", String::as_str);
        let assigned_name = match &breach.assigned {
            Some(name) => display_name(reader, name)?,
            None => String::new(),
        };
        Ok(Self {
            id: breach.id,
            kind: found.kind,
            gravity: found.gravity,
            state: breach.state,
            gate: found.gate.clone(),
            day: found.day,
            last: breach.last,
            attempts: breach.attempts,
            who: if who.is_empty() { named } else { who }.to_owned(),
            people: count(found.people.len()),
            forms: count(found.forms.len()),
            why: said::why(language, found),
            assigned: breach.assigned.clone(),
            assigned_name,
            is_own: breach.involved.iter().any(|name| name == asker),
        })
    }
}

/// The display name of an account; its name where it has none.
///
/// # Errors
/// [`AppError::Store`].
pub(crate) fn display_name(reader: &dyn Reader, user: &str) -> Result<String, AppError> {
    let account = reader.account(user)?;
    Ok(account.map_or_else(|| user.to_owned(), |account| account.display_name))
}

/// How many entries there are of a kind and state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachTally {
    /// Of which kind.
    pub kind: BreachKind,
    /// Where they stand.
    pub state: BreachState,
    /// How many.
    pub count: u32,
}

/// Entries, with the counts of all that the gate, days and assignment leave.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachList {
    /// The entries that fit, the newest first; the newest of many.
    pub rows: Vec<BreachRow>,
    /// How many fit.
    pub total: u32,
    /// By kind and state, whatever kind and state are asked for.
    pub counts: Vec<BreachTally>,
}

/// A figure of an entry, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachFact {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it was.
    pub text: String,
}

/// Something done with an entry.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachActView {
    /// Who did it, and when.
    pub mark: MarkView,
    /// What it was decided to be; absent when it was given to someone.
    pub state: Option<BreachState>,
    /// Display name of who it was given to; empty for a decision.
    pub to: String,
    /// Why it was decided so.
    pub reason: String,
}

impl BreachActView {
    /// An act with the names of its accounts.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(reader: &dyn Reader, act: &Act) -> Result<Self, AppError> {
        Ok(match act {
            Act::Assigned { to, mark } => Self {
                mark: MarkView::new(reader, mark)?,
                state: None,
                to: display_name(reader, to)?,
                reason: String::new(),
            },
            Act::Decided {
                state,
                reason,
                mark,
            } => Self {
                mark: MarkView::new(reader, mark)?,
                state: Some(*state),
                to: String::new(),
                reason: reason.clone(),
            },
        })
    }
}

/// Someone who may be given an entry.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachDecider {
    /// Account name.
    pub name: String,
    /// Name to show.
    pub display_name: String,
}

/// An entry whole; its opening is recorded.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachView {
    /// As in the list.
    pub row: BreachRow,
    /// The article.
    pub basis: String,
    /// Who caused or found it, and when.
    pub opened: MarkView,
    /// The figures as they were.
    pub facts: Vec<BreachFact>,
    /// The forms behind it that are held here, the first of many.
    pub forms: Vec<DeclarationRow>,
    /// The persons behind it, the first of many; numbers are masked.
    pub people: Vec<PersonHit>,
    /// What was done with it, the earlier first.
    pub acts: Vec<BreachActView>,
    /// Whether it is a pattern, which may be found harmless.
    pub is_pattern: bool,
    /// Who may be given it.
    pub deciders: Vec<BreachDecider>,
}

/// A verdict that a pattern is harmless.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HarmlessView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Which pattern.
    pub kind: BreachKind,
    /// What it is about; telephones and addresses of persons are masked.
    pub subject: String,
    /// Code of the gate where it was judged.
    pub gate: String,
    /// How many persons it was judged with.
    pub people: u32,
    /// Last day it is remembered; for good when absent.
    pub until: Option<BusinessDay>,
    /// Why it is harmless.
    pub reason: String,
    /// Who judged, and when.
    pub judged: MarkView,
    /// Who took it back, and when.
    pub withdrawn: Option<MarkView>,
    /// Why it was taken back.
    pub withdraw_reason: String,
}

impl HarmlessView {
    /// A verdict with the names of its accounts; `who` names the person it is about, if one.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        language: Language,
        verdict: &Harmless,
        who: &str,
    ) -> Result<Self, AppError> {
        let withdrawn = verdict.withdrawn.as_ref();
        Ok(Self {
            id: verdict.id,
            kind: verdict.kind,
            subject: said::subject(language, verdict, who),
            gate: verdict.gate.clone(),
            people: u32::try_from(verdict.people.len()).unwrap_or(u32::MAX),
            until: verdict.until,
            reason: verdict.reason.clone(),
            judged: MarkView::new(reader, &verdict.judged)?,
            withdrawn: MarkView::of(reader, withdrawn.map(|(mark, _)| mark))?,
            withdraw_reason: withdrawn.map(|(_, why)| why.clone()).unwrap_or_default(),
        })
    }
}

/// What a look over a gate's day did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BreachScan {
    /// Forms of the day that stand.
    pub forms: u32,
    /// Entries opened.
    pub opened: u32,
    /// Entries that have more behind them by now.
    pub grown: u32,
    /// Findings that were known or judged harmless.
    pub known: u32,
}
