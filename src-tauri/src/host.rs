//! The open database behind the window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bm_app::AppError;
use bm_host::Office;

/// The database of one folder, opened by the first call that finds it free.
pub struct Host {
    folder: PathBuf,
    demo: bool,
    office: OnceLock<Office>,
    opening: Mutex<()>,
}

impl Host {
    /// The database in `folder`; a new one is filled with the invented example when `demo` is set.
    pub const fn new(folder: PathBuf, demo: bool) -> Self {
        Self {
            folder,
            demo,
            office: OnceLock::new(),
            opening: Mutex::new(()),
        }
    }

    /// Answers one envelope with one JSON document; a failure is an answer too. A database that
    /// cannot be opened is tried again on the next call: the person may have freed it meanwhile.
    pub fn answer(&self, envelope: &str) -> String {
        match self.office() {
            Ok(office) => office.api().answer(envelope),
            Err(error) => bm_api::router::failure(envelope, &error),
        }
    }

    fn office(&self) -> Result<&Office, AppError> {
        if let Some(office) = self.office.get() {
            return Ok(office);
        }
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(office) = self.office.get() {
            return Ok(office);
        }
        let office = Office::open_or_make(&self.folder, self.demo)?;
        office.equip(Arc::new(bm_print::Typst))?;
        Ok(self.office.get_or_init(|| office))
    }
}
