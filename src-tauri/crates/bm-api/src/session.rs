//! Who has signed in, where; kept in memory only.

use std::collections::HashMap;
use std::sync::Mutex;

use bm_app::permission::Role;
use bm_app::{Actor, AppError, StoreError};
use chrono::{DateTime, TimeDelta, Utc};

/// One signed-in person.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who and where.
    pub actor: Actor,
    /// Whether the password is asked again.
    pub locked: bool,
    /// Last command.
    pub seen: DateTime<Utc>,
}

/// All sessions of this program.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    fn with<T>(
        &self,
        work: impl FnOnce(&mut HashMap<String, Session>) -> T,
    ) -> Result<T, AppError> {
        let mut all = self
            .0
            .lock()
            .map_err(|_| AppError::Store(StoreError::Broken("sessions poisoned".into())))?;
        Ok(work(&mut all))
    }

    /// Opens a session.
    ///
    /// # Errors
    /// When another thread failed while it held the sessions.
    pub fn open(&self, token: String, actor: Actor, now: DateTime<Utc>) -> Result<(), AppError> {
        let session = Session {
            actor,
            locked: false,
            seen: now,
        };
        self.with(|all| all.insert(token, session)).map(|_| ())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn close(&self, token: &str) -> Result<(), AppError> {
        self.with(|all| all.remove(token)).map(|_| ())
    }

    /// Locks or unlocks a session.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn set_locked(
        &self,
        token: &str,
        locked: bool,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        self.with(|all| {
            if let Some(session) = all.get_mut(token) {
                session.locked = locked;
                session.seen = now;
            }
        })
    }

    /// The session of a token, locked or not.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`].
    pub fn get(&self, token: Option<&str>) -> Result<Session, AppError> {
        let found = self.with(|all| token.and_then(|token| all.get(token).cloned()))?;
        found.ok_or(AppError::NotSignedIn)
    }

    /// The actor of an unlocked session that was not left alone for longer than `idle`; a command
    /// someone `attended` counts as a sign of life.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`], [`AppError::SessionLocked`].
    pub fn actor(
        &self,
        token: Option<&str>,
        now: DateTime<Utc>,
        idle: TimeDelta,
        attended: bool,
    ) -> Result<Actor, AppError> {
        self.with(|all| {
            let session = token
                .and_then(|token| all.get_mut(token))
                .ok_or(AppError::NotSignedIn)?;
            if session.locked || now - session.seen > idle {
                session.locked = true;
                return Err(AppError::SessionLocked);
            }
            if attended {
                session.seen = now;
            }
            Ok(session.actor.clone())
        })?
    }
}

/// The operating-system account that runs a nightly job.
#[must_use]
pub fn operator(name: &str) -> Actor {
    Actor {
        user: format!("system:{name}"),
        role: Role::Operator,
        gate: String::new(),
        workstation: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_asks_by_itself_keeps_no_session_open() {
        let sessions = Sessions::default();
        let begun: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().expect("a time");
        let idle = TimeDelta::minutes(10);
        let after = |seconds| begun + idle + TimeDelta::seconds(seconds);
        sessions
            .open("t".into(), operator("lan"), begun)
            .expect("opened");
        let ask = |seconds, attended| {
            sessions
                .actor(Some("t"), after(seconds), idle, attended)
                .is_ok()
        };
        assert!(ask(-1, false));
        assert!(!ask(1, false), "polled, but nobody was there");
        assert!(!ask(2, true), "locked stays locked");
        sessions.set_locked("t", false, begun).expect("unlocked");
        assert!(ask(-1, true));
        assert!(ask(1, false), "someone was there in between");
    }
}
