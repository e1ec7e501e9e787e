//! Between stored values and ours, and between SQLite's errors and ours.

use bm_app::StoreError;
use rusqlite::ErrorCode;

/// Reads stored JSON; what does not read is damage.
pub fn decode<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
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
