//! What the window and the command line share: the system's clock, ids and files; opening, making
//! and filling a database folder; importing tables; writing reports.

mod anchors;
pub mod export;
pub mod hub;
pub mod import;
pub mod init;
mod printers;
mod signing;
mod system;
pub mod words;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bm_api::router::Written;
use bm_api::{Api, Language};
use bm_app::ports::{Typesetter, Verification};
use bm_app::{App, AppError, StoreError};
use bm_domain::calendar::in_vietnam;
use bm_store_sqlite::{Key, SqliteStore};

pub use anchors::{GivenAnchor, Verified};
pub use printers::SystemPrinters;
pub use signing::{FileSigner, SIGNING_FILE};
pub use system::{SystemClock, SystemIds};
use words::{HostError, Message};

/// Environment variable with the passphrase of the database, where one is used.
pub const PASSPHRASE_VARIABLE: &str = "BIENMAU_PASSPHRASE";
/// File that marks a folder as the demo world, whose passwords are public.
const DEMO_MARK: &str = "demo";
/// File that every program with the database open holds a lock on.
const LOCK_FILE: &str = "bienmau.lock";
/// Folder in which a database is made before it takes its place.
const DRAFT_FOLDER: &str = "init.tmp";

/// Told how far a long piece of work is: done, of so many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// A database folder that is open.
pub struct Office {
    folder: PathBuf,
    store: Arc<SqliteStore>,
    api: Api,
    /// Held shared while the database is open, so that it is not replaced under our feet.
    _in_use: File,
}

fn passphrase() -> Option<String> {
    std::env::var(PASSPHRASE_VARIABLE).ok()
}

fn load_key(folder: &Path) -> Result<Key, StoreError> {
    Key::load(folder, passphrase())
}

/// What an error of the file system means for the database.
fn io(error: &std::io::Error) -> StoreError {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => StoreError::Full,
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => StoreError::ReadOnly,
        Kind::WouldBlock => StoreError::Locked,
        _ => StoreError::Broken(error.to_string()),
    }
}

fn lock_file(folder: &Path) -> Result<File, StoreError> {
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true);
    file.open(folder.join(LOCK_FILE))
        .map_err(|error| io(&error))
}

/// Says that the database of the folder is in use, as long as the file is held.
fn hold(folder: &Path) -> Result<File, StoreError> {
    let file = lock_file(folder)?;
    file.try_lock_shared()
        .map_err(|error| io(&std::io::Error::from(error)))?;
    Ok(file)
}

/// Keeps every other program from the database of the folder, as long as the file is held.
fn hold_alone(folder: &Path) -> Result<File, StoreError> {
    let file = lock_file(folder)?;
    file.try_lock()
        .map_err(|error| io(&std::io::Error::from(error)))?;
    Ok(file)
}

/// Whether there is a database in a folder.
#[must_use]
pub fn present_in(folder: &Path) -> bool {
    folder.join(bm_store_sqlite::DATABASE_FILE).exists()
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Records of the copy.
    pub records: u64,
    /// Records of the database before it that the copy does not have.
    pub lost: u64,
    /// Where the database before it is kept.
    pub kept: Option<PathBuf>,
}

impl Office {
    /// Opens the database in `folder`.
    ///
    /// # Errors
    /// [`StoreError`], as [`AppError::Store`].
    pub fn open(folder: &Path) -> Result<Self, AppError> {
        present(folder)?;
        let in_use = hold(folder)?;
        let key = load_key(folder)?;
        Self::over(folder, SqliteStore::open(folder, &key)?, in_use)
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
        std::fs::create_dir_all(folder).map_err(|error| io(&error))?;
        let in_use = hold(folder)?;
        let key = load_key(folder).or_else(|_| Key::create(folder, passphrase()))?;
        let store = SqliteStore::create(folder, &key, SystemIds::new_v4())?;
        if demo {
            std::fs::write(folder.join(DEMO_MARK), "").map_err(|error| io(&error))?;
        }
        Self::over(folder, store, in_use)
    }

    /// Opens the database in `folder`, or makes one with the law of every office, and in the demo
    /// with its invented world.
    ///
    /// # Errors
    /// [`AppError`]; a database that could not be made whole is not there.
    pub fn open_or_make(folder: &Path, demo: bool) -> Result<Self, AppError> {
        if !folder.join(bm_store_sqlite::DATABASE_FILE).exists() {
            let made = Self::make(folder, demo, &mut |app| {
                init::law(app, &bm_api::session::operator("setup"))?;
                if demo {
                    init::demo(app, &mut |_, _| ())?;
                }
                Ok(())
            });
            match made {
                // Another program may have made it meanwhile: then it opens.
                Ok(()) | Err(HostError::Wrong(_) | HostError::Refused(_)) => {}
                Err(HostError::App(error)) => return Err(error),
            }
        }
        Self::open(folder)
    }

    /// Makes a database with its law, and in the demo its invented world, in a folder beside and puts
    /// it in its place when it is whole: a program killed meanwhile leaves none.
    ///
    /// # Errors
    /// [`HostError`]; then there is no database in `folder`.
    pub fn make(
        folder: &Path,
        demo: bool,
        fill: &mut dyn FnMut(&App) -> Result<(), AppError>,
    ) -> Result<(), HostError> {
        let database = folder.join(bm_store_sqlite::DATABASE_FILE);
        let exists = || {
            let path = folder.display();
            HostError::Wrong(Message::new("database_exists").with("path", path))
        };
        if database.exists() {
            return Err(exists());
        }
        std::fs::create_dir_all(folder).map_err(|error| io(&error))?;
        let _alone = hold_alone(folder)?;
        if database.exists() {
            return Err(exists());
        }
        let draft = folder.join(DRAFT_FOLDER);
        let _ = std::fs::remove_dir_all(&draft);
        std::fs::create_dir_all(&draft).map_err(|error| io(&error))?;
        let made = Self::make_in(folder, &draft, demo, fill);
        let _ = std::fs::remove_dir_all(&draft);
        made
    }

    fn make_in(
        folder: &Path,
        draft: &Path,
        demo: bool,
        fill: &mut dyn FnMut(&App) -> Result<(), AppError>,
    ) -> Result<(), HostError> {
        for name in Key::FILES {
            if folder.join(name).exists() {
                let copied = std::fs::copy(folder.join(name), draft.join(name));
                copied.map_err(|error| io(&error))?;
            }
        }
        let office = Self::create(draft, demo)?;
        fill(office.app())?;
        let store = Arc::clone(&office.store);
        drop(office);
        SqliteStore::close(store)?;
        // The database last: a folder has one when it has everything.
        for name in [DEMO_MARK].iter().chain(&Key::FILES) {
            if draft.join(name).exists() {
                let moved = std::fs::rename(draft.join(name), folder.join(name));
                moved.map_err(|error| io(&error))?;
            }
        }
        let name = bm_store_sqlite::DATABASE_FILE;
        let moved = std::fs::rename(draft.join(name), folder.join(name));
        moved.map_err(|error| io(&error))?;
        Ok(())
    }

    fn over(folder: &Path, store: SqliteStore, in_use: File) -> Result<Self, AppError> {
        let store = Arc::new(store);
        let app = App::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemIds))?;
        app.set_signer(Arc::new(FileSigner::new(folder, passphrase())));
        let reports = folder.join("reports");
        let write = move |report: Written<'_>, format: &str, language: Language| {
            let path = reports.join(format!("{}.{format}", export::file_name(report)));
            std::fs::create_dir_all(&reports).map_err(|error| io(&error))?;
            export::write(report, format, language, &path)?;
            Ok(path.display().to_string())
        };
        let demo = folder.join(DEMO_MARK).exists();
        let api = Api::new(app, demo, Box::new(write), Box::new(import::FileTables));
        let office = Self {
            folder: folder.to_owned(),
            store,
            api,
            _in_use: in_use,
        };
        office.prepare_hub()?;
        Ok(office)
    }

    /// Lets the program print: what typesets is given, the printers are those of the system, templates that an older database lacks are
    /// entered.
    ///
    /// # Errors
    /// [`AppError::Store`] when they can't be entered.
    pub fn equip(&self, typesetter: Arc<dyn Typesetter>) -> Result<(), AppError> {
        init::complete(self.app())?;
        self.app().set_typesetter(typesetter);
        self.app().set_printers(Arc::new(SystemPrinters::default()));
        Ok(())
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

    /// Writes an encrypted copy of the database and proves it by deriving its tables again.
    ///
    /// # Errors
    /// [`HostError::Wrong`] when `target` exists, [`StoreError`] when it can't be written.
    pub fn backup(&self, target: &Path, progress: Progress<'_>) -> Result<Verification, HostError> {
        if target.exists() {
            let path = target.display();
            return Err(HostError::Wrong(
                Message::new("file_exists").with("path", path),
            ));
        }
        let parent = target.parent().filter(|path| !path.as_os_str().is_empty());
        if let Some(folder) = parent.filter(|folder| !folder.is_dir()) {
            let unwritable = Message::new("file_unwritable")
                .with("path", target.display())
                .with("detail", format!("{} ?", folder.display()));
            return Err(HostError::Wrong(unwritable));
        }
        let key = load_key(&self.folder)?;
        Ok(self.store.backup(target, &key, progress)?)
    }

    /// Derives everything again in the database of `folder` and compares, even where the law held
    /// can't be read; then checks every anchor that is kept, and those in `files`.
    ///
    /// # Errors
    /// [`HostError::Wrong`] for a file that can't be read; [`StoreError`] when the database can't be
    /// opened or read at all.
    pub fn verify(
        folder: &Path,
        files: &[PathBuf],
        progress: Progress<'_>,
    ) -> Result<Verified, HostError> {
        let given: Vec<_> = files
            .iter()
            .map(|path| Ok((path.clone(), anchors::read(path)?)))
            .collect::<Result<_, HostError>>()?;
        present(folder)?;
        let _in_use = hold(folder)?;
        let store = SqliteStore::open(folder, &load_key(folder)?)?;
        let found = store.verify_whole(progress)?;
        anchors::check(
            &store,
            &FileSigner::new(folder, passphrase()),
            found,
            &given,
        )
    }

    /// Puts a copy back into `folder` once it has been found whole; the database it replaces is kept
    /// beside it. Without `force` nothing is lost: a copy that differs from its records or lacks
    /// records of the present database is refused.
    ///
    /// # Errors
    /// [`HostError`]; the database in `folder` is then as it was.
    pub fn restore(
        folder: &Path,
        source: &Path,
        force: bool,
        progress: Progress<'_>,
    ) -> Result<Restored, HostError> {
        let about = |code| Message::new(code).with("path", source.display());
        if !source.is_file() {
            return Err(HostError::Wrong(about("file_missing")));
        }
        std::fs::create_dir_all(folder).map_err(|error| io(&error))?;
        let _alone = hold_alone(folder)?;
        let key = load_key(folder)?;
        let candidate = SqliteStore::examine(folder, source, &key, progress);
        let candidate = candidate.map_err(|error| match error {
            StoreError::KeyWrong => HostError::Wrong(about("copy_key_wrong")),
            StoreError::Damaged(_) => HostError::Wrong(about("copy_damaged")),
            other => other.into(),
        })?;
        let differences = candidate.found.differences.len();
        if differences > 0 && !force {
            let differs = Message::new("restore_differs").with("differences", differences);
            return Err(HostError::Refused(differs));
        }
        let lost = candidate.lost.unwrap_or_default();
        if lost > 0 && !force {
            let loses = Message::new("restore_loses").with("lost", lost);
            return Err(HostError::Refused(loses));
        }
        let records = candidate.found.records;
        let now = in_vietnam(bm_app::ports::Clock::now(&SystemClock));
        let stamp = now.format("%Y%m%d-%H%M%S%3f").to_string();
        let kept = candidate.install(&stamp)?;
        Ok(Restored {
            records,
            lost,
            kept,
        })
    }
}

fn present(folder: &Path) -> Result<(), StoreError> {
    if present_in(folder) {
        return Ok(());
    }
    Err(StoreError::Missing(folder.display().to_string()))
}

/// What to do about a key that does not open the database of `folder`.
#[must_use]
pub fn key_advice(folder: &Path) -> Message {
    if passphrase().is_none() && !Key::is_in(folder) {
        let path = folder.join(Key::FILES[0]);
        return Message::new("key_missing").with("path", path.display());
    }
    Message::new("key_or_head")
}
