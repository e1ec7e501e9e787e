//! The open database behind the window.

use std::fs;
use std::path::Path;

use serde_json::json;

/// One open database and its router.
pub struct Host;

impl Host {
    /// Opens the database in `data_dir`, making it first when there is none; a new one is filled
    /// with the invented example when `demo` is set.
    ///
    /// # Errors
    /// A sentence for the person at the screen.
    pub fn open(data_dir: &Path, _demo: bool) -> Result<Self, String> {
        fs::create_dir_all(data_dir).map_err(|error| format!("{}: {error}", data_dir.display()))?;
        Ok(Self)
    }

    /// Answers one envelope with one JSON document; a failure is an answer too.
    pub fn answer(&self, _envelope: &str) -> String {
        broken("no router")
    }
}

/// The answer that says the program itself failed.
pub fn broken(message: &str) -> String {
    json!({ "error": { "code": "broken", "message": message, "violations": [] } }).to_string()
}
