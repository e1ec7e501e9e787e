//! The embedded database: one encrypted SQLite file a workstation.
//!
//! Appends records to a hash-chained series and keeps every derived table up to date in the same
//! transaction. SQL stands here and nowhere else.

mod about;
mod codec;
mod key;
mod migration;
mod reader;
mod redact;
mod replica;
mod restore;
mod table;
mod verify;
mod writer;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use bm_app::ports::{Reader, Store, Verification, Writer};
use bm_app::{AppError, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use uuid::Uuid;

pub use key::Key;
pub use restore::Candidate;
use writer::Transaction;

/// File name of the database in its folder.
pub const DATABASE_FILE: &str = "bienmau.db";

/// How long we wait for another program on the same database.
const BUSY: Duration = Duration::from_secs(5);

/// Statements kept prepared for each connection.
const STATEMENTS: usize = 64;

/// An open database: one connection writes, one reads beside it.
pub struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl SqliteStore {
    /// Makes a database in `folder` for the workstation with this identity.
    ///
    /// # Errors
    /// [`StoreError`] when there is one already or the folder can't be written.
    pub fn create(folder: &Path, key: &Key, series: Uuid) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| codec::io(&error))?;
        let path = folder.join(DATABASE_FILE);
        if path.exists() {
            return Err(StoreError::Broken(format!("{} exists", path.display())));
        }
        let mut connection = connect(&path, key, true)?;
        migration::migrate(&mut connection)?;
        let tx = connection.transaction().map_err(codec::sql)?;
        table::record::begin(&tx, series)?;
        tx.execute(
            "INSERT INTO meta (key, value) VALUES ('law_version', '1')",
            [],
        )
        .map_err(codec::sql)?;
        tx.commit().map_err(codec::sql)?;
        drop(connection);
        Self::open(folder, key)
    }

    /// Opens the database in `folder`, bringing an older one up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::KeyWrong`], [`StoreError::TooNew`],
    /// [`StoreError::Damaged`] and the like.
    pub fn open(folder: &Path, key: &Key) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE_FILE);
        if !path.exists() {
            return Err(StoreError::Missing(path.display().to_string()));
        }
        let mut writer = connect(&path, key, false)?;
        migration::require_tables(&writer)?;
        migration::migrate(&mut writer)?;
        let reader = connect(&path, key, false)?;
        Ok(Self {
            path,
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
        })
    }

    /// Where the database file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a complete, encrypted copy of the database to `target`, which must not exist, and
    /// derives the copy's tables again to prove it. Other programs may write meanwhile: the copy
    /// holds what was there when it began.
    ///
    /// # Errors
    /// [`StoreError`]; then there is no `target`.
    pub fn backup(
        &self,
        target: &Path,
        key: &Key,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verification, StoreError> {
        if target.exists() {
            return Err(StoreError::Broken(format!("{} exists", target.display())));
        }
        let draft = restore::beside(target, ".part");
        let written = self
            .copy_to(&draft, key, progress)
            .and_then(|found| restore::move_file(&draft, target).map(|()| found));
        if written.is_err() {
            restore::remove(&draft);
        }
        written
    }

    fn copy_to(
        &self,
        draft: &Path,
        key: &Key,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verification, StoreError> {
        restore::remove(draft);
        let mut to = connect(draft, key, true)?;
        {
            let from = lock(&self.reader)?;
            let backup = rusqlite::backup::Backup::new(&from, &mut to).map_err(codec::sql)?;
            // All in one step: in several, every write of another program would begin it anew.
            match backup.step(-1).map_err(codec::sql)? {
                rusqlite::backup::StepResult::Done => {}
                _ => return Err(StoreError::Locked),
            }
        }
        let found = verify::verify(&to, progress)?;
        close_whole(to)?;
        Ok(found)
    }

    /// Looks at the copy at `source` before it may take the place of the database in `folder`.
    /// Nothing in `folder` is changed until [`Candidate::install`].
    ///
    /// # Errors
    /// [`StoreError`] when the copy is damaged, under another key, or no copy at all.
    pub fn examine(
        folder: &Path,
        source: &Path,
        key: &Key,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Candidate, StoreError> {
        restore::examine(folder, source, key, progress)
    }

    /// Closes the database so that its one file holds everything and may be moved.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while somebody else uses it.
    pub fn close(store: std::sync::Arc<Self>) -> Result<(), StoreError> {
        let store = std::sync::Arc::into_inner(store).ok_or(StoreError::Locked)?;
        let poisoned = || StoreError::Broken("a thread failed while it held the file".into());
        let reader = store.reader.into_inner().map_err(|_| poisoned())?;
        reader.close().map_err(|(_, error)| codec::sql(error))?;
        let writer = store.writer.into_inner().map_err(|_| poisoned())?;
        close_whole(writer)
    }

    /// Reads every page of the database, then derives everything again.
    ///
    /// # Errors
    /// [`StoreError`] when a page of it can't be read.
    pub fn verify_whole(
        &self,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verification, StoreError> {
        check_pages(&*lock(&self.reader)?)?;
        self.verify(progress)
    }
}

/// Reads every page, also those of indexes that no other check needs.
fn check_pages(connection: &Connection) -> Result<(), StoreError> {
    let answer: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(codec::sql)?;
    if answer == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(answer))
    }
}

/// Closes a database so that its one file holds everything.
fn close_whole(connection: Connection) -> Result<(), StoreError> {
    let mode: String = connection
        .query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))
        .map_err(codec::sql)?;
    connection.close().map_err(|(_, error)| codec::sql(error))?;
    if mode == "delete" {
        Ok(())
    } else {
        Err(StoreError::Locked)
    }
}

fn lock(connection: &Mutex<Connection>) -> Result<MutexGuard<'_, Connection>, StoreError> {
    connection
        .lock()
        .map_err(|_| StoreError::Broken("a thread failed while it held the file".into()))
}

fn connect(path: &Path, key: &Key, create: bool) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(path, flags).map_err(codec::sql)?;
    connection.busy_timeout(BUSY).map_err(codec::sql)?;
    // What is wrong is said in our own words.
    connection
        .pragma_update(None, "cipher_log_level", "NONE")
        .map_err(codec::sql)?;
    connection
        .pragma_update(None, "key", key.pragma())
        .map_err(codec::sql)?;
    let settings = "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32000;";
    connection.execute_batch(settings).map_err(codec::opening)?;
    // Plans that do not depend on bound values: a prepared statement stays prepared.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(codec::sql)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

impl Store for SqliteStore {
    fn read(
        &self,
        work: &mut dyn FnMut(&dyn Reader) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let mut connection = lock(&self.reader)?;
        let tx = connection.transaction().map_err(codec::sql)?;
        work(&Transaction::reading(&tx))?;
        Ok(tx.commit().map_err(codec::sql)?)
    }

    fn write(
        &self,
        work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let mut connection = lock(&self.writer)?;
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(codec::sql)?;
        let mut transaction = Transaction::writing(&tx)?;
        work(&mut transaction)?;
        transaction.seal()?;
        let redacted = transaction.redacted;
        tx.commit().map_err(codec::sql)?;
        if redacted {
            // The log of the file holds the old texts until it is written over.
            connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .map_err(codec::sql)?;
        }
        Ok(())
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
        let mut connection = lock(&self.reader)?;
        let tx = connection.transaction().map_err(codec::sql)?;
        verify::verify(&tx, progress)
    }
}
