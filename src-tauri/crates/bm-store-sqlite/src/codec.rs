//! Between stored values and ours, and between SQLite's errors and ours.

use std::borrow::Cow;

use bm_app::StoreError;
use bm_app::event::{Event, Record};
use chrono::{DateTime, Utc};
use rusqlite::ErrorCode;
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// Reads stored JSON; what does not read is damage.
pub fn decode<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// A record whose event is read apart from what surrounds it.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: Uuid,
    at: DateTime<Utc>,
    by: String,
    place: String,
    event: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// Reads a record. Forms, which are nearly all of them, are read straight; serde would first gather
/// a tagged event into a tree, which takes twice as long.
pub fn record(text: &str) -> serde_json::Result<Record> {
    let Ok(envelope) = serde_json::from_str::<Envelope<'_>>(text) else {
        return serde_json::from_str(text);
    };
    let form = || serde_json::from_str(envelope.data.get());
    let event = match envelope.event {
        "registered" => Event::Registered(form()?),
        "refused" => Event::Refused(form()?),
        "corrected" => Event::Corrected(serde_json::from_str(envelope.data.get())?),
        _ => return serde_json::from_str(text),
    };
    Ok(Record {
        id: envelope.id,
        at: envelope.at,
        by: envelope.by,
        place: envelope.place,
        event,
    })
}

/// Who wrote a record, when, where and of what kind: what a search looks at, without the rest.
#[derive(Deserialize)]
pub struct Head<'a> {
    pub at: DateTime<Utc>,
    #[serde(borrow)]
    pub by: Cow<'a, str>,
    #[serde(borrow)]
    pub place: Cow<'a, str>,
    pub event: &'a str,
    #[serde(borrow)]
    pub data: &'a RawValue,
}

impl<'a> Head<'a> {
    /// The head of a record; `None` when it can't be read.
    pub fn of(payload: &'a str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }

    /// The book an entry stands in.
    pub fn book(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Entered {
            entry: Named,
        }
        #[derive(Deserialize)]
        struct Named {
            book: String,
        }
        let entered: Entered = serde_json::from_str(self.data.get()).ok()?;
        Some(entered.entry.book)
    }

    /// Whether it is of a form as registered or refused: nearly all records are.
    pub fn is_form(&self) -> bool {
        matches!(self.event, "registered" | "refused")
    }
}

/// Writes JSON.
pub fn encode<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(error.to_string()))
}

/// Names an error of SQLite for the user.
pub fn sql(error: rusqlite::Error) -> StoreError {
    // Over a disk quota or a limit on the size of files, not full to SQLite: full to the user.
    if let Some(raw) = error.sqlite_error()
        && raw.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE
    {
        return StoreError::Full;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::ReadOnly
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged(error.to_string())
        }
        _ => StoreError::Broken(error.to_string()),
    }
}

/// The same while opening: what is no database then is one under another key.
pub fn opening(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::KeyWrong,
        _ => sql(error),
    }
}

/// Names an error of the file system for the user.
pub fn io(error: &std::io::Error) -> StoreError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StoreError::Full
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Broken(error.to_string()),
    }
}
