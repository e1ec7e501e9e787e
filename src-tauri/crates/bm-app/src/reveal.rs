//! Numbers of papers in lists and files: masked, unless a form asks for them or somebody who may says
//! why (Law 91/2025/QH15).

use std::borrow::Cow;

use bm_domain::PersonId;
use bm_domain::resident::{Resident, masked};

use crate::error::AppError;
use crate::event::Event;
use crate::people::check_reason;
use crate::permission::{Permission, allows};
use crate::{Actor, App};

/// More persons than these are counted in an entry and not named; its list can be made again from
/// what it says was shown.
const NAMED_MAX: usize = 500;

/// How numbers of papers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers<'a> {
    /// All but their ends hidden.
    Masked,
    /// In full, on an official form that has a field for them: the article that asks for the form.
    Form(&'a str),
    /// In full, for a reason somebody gave.
    Full(&'a str),
}

impl<'a> Numbers<'a> {
    /// As asked for: in full where a reason was given, even an empty one, which is refused later.
    #[must_use]
    pub fn asked(reason: Option<&'a str>) -> Self {
        reason.map_or(Self::Masked, Self::Full)
    }

    /// Whether the actor may have them so.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`] for a role that has no numbers in full in lists;
    /// [`AppError::Refused`] without a reason.
    pub fn check(self, actor: &Actor) -> Result<(), AppError> {
        let Self::Full(reason) = self else {
            return Ok(());
        };
        if !allows(actor.role, Permission::Reveal) {
            return Err(AppError::NotPermitted);
        }
        check_reason(reason).map_or(Ok(()), |problem| Err(AppError::Refused(vec![problem])))
    }

    /// A number, so.
    #[must_use]
    pub fn show(self, number: &str) -> Cow<'_, str> {
        match self {
            Self::Masked => masked(number).into(),
            Self::Form(_) | Self::Full(_) => number.into(),
        }
    }

    /// A person's first number, so; empty where there is none.
    #[must_use]
    pub fn first_of(self, person: Option<&Resident>) -> String {
        let paper = person.and_then(|person| person.papers.first());
        paper.map_or_else(String::new, |paper| self.show(&paper.number).into_owned())
    }

    /// What is recorded of persons shown so; `what` names the list or file.
    #[must_use]
    pub fn event(self, what: &str, ids: Vec<PersonId>) -> Event {
        let reason = match self {
            Self::Masked => return Event::PeopleListed { ids },
            Self::Form(article) => article,
            Self::Full(reason) => reason.trim(),
        };
        Event::PeopleRevealed {
            count: u32::try_from(ids.len()).unwrap_or(u32::MAX),
            ids: if ids.len() > NAMED_MAX {
                Vec::new()
            } else {
                ids
            },
            what: what.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

impl App {
    /// Notes that persons were shown in a list or file, and how their numbers were: to be called before
    /// anything is handed out.
    ///
    /// # Errors
    /// As for [`Numbers::check`]; [`AppError::Store`].
    pub fn note_shown(
        &self,
        actor: &Actor,
        numbers: Numbers<'_>,
        what: &str,
        people: &[Resident],
    ) -> Result<(), AppError> {
        numbers.check(actor)?;
        if people.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = people.iter().map(|person| person.id).collect();
        self.write(|writer| {
            let event = numbers.event(what, ids.clone());
            Ok(writer.append(&self.record(actor, event))?)
        })
    }
}
