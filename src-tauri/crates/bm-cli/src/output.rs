//! Standard output, standard error, and progress on a terminal.

use std::io::{self, Write};

use bm_app::{AppError, StoreError};
use indicatif::{ProgressBar, ProgressStyle};

/// Writes a line of data.
///
/// # Errors
/// [`StoreError::Broken`] when nobody reads it any more.
pub fn data(line: &str) -> Result<(), AppError> {
    let mut out = io::stdout().lock();
    let written = out
        .write_all(line.as_bytes())
        .and_then(|()| out.write_all(b"\n"));
    written.map_err(|error| StoreError::Broken(format!("stdout: {error}")).into())
}

/// Hands everything written so far to whoever reads it.
///
/// # Errors
/// As [`data`].
pub fn flush() -> Result<(), AppError> {
    io::stdout()
        .flush()
        .map_err(|error| StoreError::Broken(format!("stdout: {error}")).into())
}

/// Writes a message.
pub fn message(line: &str) {
    // Nothing can be told when standard error itself is gone.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A bar on a terminal, nothing elsewhere.
#[must_use]
pub fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(what);
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
