//! Files of text in whatever encoding an office has.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::table::{LOOK, TableError, encoding_of};

/// The text of a file, whatever its encoding; of at most `limit` bytes.
///
/// # Errors
/// [`TableError`] when it can't be read or is longer.
pub fn read_text(path: &Path, limit: u64) -> Result<String, TableError> {
    let shown = path.display().to_string();
    let unreadable = |source| TableError::Unreadable {
        path: shown.clone(),
        source,
    };
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(TableError::Folder(shown));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let long = std::io::Error::from(std::io::ErrorKind::FileTooLarge);
        return Err(unreadable(long));
    }
    let start = &bytes[..bytes.len().min(LOOK)];
    let (text, _, _) = encoding_of(start).decode(&bytes);
    Ok(text.into_owned())
}
