//! What the window and the command line share: the system's clock, ids and files; opening, making
//! and filling a database folder; importing tables; writing reports.

pub mod export;
pub mod import;
pub mod init;
mod system;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bm_api::{Api, Language};
use bm_app::{App, AppError, StoreError};
use bm_store_sqlite::{Key, SqliteStore};

pub use system::{SystemClock, SystemIds};

/// Environment variable with the passphrase of the database, where one is used.
pub const PASSPHRASE_VARIABLE: &str = "BIENMAU_PASSPHRASE";
/// File that marks a folder as the demo world, whose passwords are public.
const DEMO_MARK: &str = "demo";

/// A database folder that is open.
pub struct Office {
    folder: PathBuf,
    store: Arc<SqliteStore>,
    api: Api,
}

fn passphrase() -> Option<String> {
    std::env::var(PASSPHRASE_VARIABLE).ok()
}

impl Office {
    /// Opens the database in `folder`.
    ///
    /// # Errors
    /// [`StoreError`], as [`AppError::Store`].
    pub fn open(folder: &Path) -> Result<Self, AppError> {
        if !folder.join(bm_store_sqlite::DATABASE_FILE).exists() {
            return Err(StoreError::Missing(folder.display().to_string()).into());
        }
        let key = Key::load(folder, passphrase())?;
        Self::over(folder, SqliteStore::open(folder, &key)?)
    }

    /// Makes a database in `folder` for this workstation.
    ///
    /// # Errors
    /// [`StoreError`] when there is one already or the folder can't be written.
    pub fn create(folder: &Path, demo: bool) -> Result<Self, AppError> {
        let database = folder.join(bm_store_sqlite::DATABASE_FILE);
        if database.exists() {
            let there = format!("{} exists", database.display());
            return Err(AppError::BadRequest(there));
        }
        let key = Key::load(folder, passphrase()).or_else(|_| Key::create(folder, passphrase()))?;
        let store = SqliteStore::create(folder, &key, SystemIds::new_v4())?;
        if demo {
            std::fs::write(folder.join(DEMO_MARK), "").map_err(|_| StoreError::ReadOnly)?;
        }
        Self::over(folder, store)
    }

    fn over(folder: &Path, store: SqliteStore) -> Result<Self, AppError> {
        let store = Arc::new(store);
        let app = App::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemIds))?;
        let reports = folder.join("reports");
        let write = move |report: &bm_api::view::DailyReport, format: &str, language: Language| {
            let name = format!("daily-{}-{}.{format}", report.gate, report.date);
            let path = reports.join(name);
            std::fs::create_dir_all(&reports).map_err(|_| StoreError::ReadOnly)?;
            export::daily(report, format, language, &path)?;
            Ok(path.display().to_string())
        };
        let demo = folder.join(DEMO_MARK).exists();
        let api = Api::new(app, demo, Box::new(write));
        Ok(Self {
            folder: folder.to_owned(),
            store,
            api,
        })
    }

    /// The command list.
    #[must_use]
    pub const fn api(&self) -> &Api {
        &self.api
    }

    /// The use cases.
    #[must_use]
    pub const fn app(&self) -> &App {
        self.api.app()
    }

    /// Writes an encrypted copy of the database.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn backup(&self, target: &Path) -> Result<(), AppError> {
        let key = Key::load(&self.folder, passphrase())?;
        Ok(self.store.backup(target, &key)?)
    }

    /// Puts a copy back into `folder` once it has been found whole.
    ///
    /// # Errors
    /// [`StoreError`]; the database in `folder` is then as it was.
    pub fn restore(folder: &Path, source: &Path) -> Result<(), AppError> {
        let key = Key::load(folder, passphrase())?;
        Ok(SqliteStore::restore(folder, source, &key)?)
    }
}
