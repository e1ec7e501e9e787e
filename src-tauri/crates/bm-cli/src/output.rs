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

/// Writes data that is no line.
///
/// # Errors
/// As [`data`].
pub fn bytes(bytes: &[u8]) -> Result<(), AppError> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
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

/// A bar on a terminal that shows standard error, nothing elsewhere. It counts things, or bytes.
#[must_use]
pub fn bar(what: &'static str, bytes: bool) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(what);
    let template = if bytes {
        "{msg} {wide_bar} {bytes}/{total_bytes} {eta}"
    } else {
        "{msg} {wide_bar} {human_pos}/{human_len} {eta}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// Tells a bar how far it is.
pub fn follow(bar: &ProgressBar, done: u64, of: u64) {
    bar.set_length(of.max(done));
    bar.set_position(done);
}
