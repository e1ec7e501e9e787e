//! What can go wrong around the rules.

use bm_domain::Violation;
use chrono::{DateTime, Utc};

use crate::sync::HubError;

/// What keeps the store from doing its work.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum StoreError {
    /// Another program holds the database longer than we wait.
    #[error("the database is locked by another program")]
    Locked,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The database or its folder may not be written.
    #[error("the database is read-only")]
    ReadOnly,
    /// The file is damaged.
    #[error("the database file is damaged: {0}")]
    Damaged(String),
    /// The key does not open the file.
    #[error("the key does not open the database")]
    KeyWrong,
    /// The file was written by a newer program.
    #[error("the database has schema {found}, this program knows {known}")]
    TooNew {
        /// Schema of the file.
        found: u32,
        /// Newest schema of this program.
        known: u32,
    },
    /// There is no database at that place.
    #[error("no database at {0}")]
    Missing(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Broken(String),
}

/// Why a use case did not do what was asked.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum AppError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rules refuse it.
    #[error("refused")]
    Refused(Vec<Violation>),
    /// The role may not do it.
    #[error("not permitted")]
    NotPermitted,
    /// No one has signed in, or the session has ended.
    #[error("not signed in")]
    NotSignedIn,
    /// The session is locked.
    #[error("the session is locked")]
    SessionLocked,
    /// Account or password is wrong.
    #[error("wrong account or password")]
    WrongCredentials,
    /// Too many wrong tries: no password of this account is looked at until then.
    #[error("the account is locked until {0}")]
    AccountLocked(DateTime<Utc>),
    /// The account has to change its password first.
    #[error("the password has to be changed first")]
    PasswordDue,
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// Someone else has changed it, or its state does not allow it.
    #[error("its state does not allow it")]
    Stale,
    /// The request is not understood.
    #[error("not understood: {0}")]
    BadRequest(String),
    /// The hub did not do its part.
    #[error(transparent)]
    Unreached(#[from] HubError),
}
