//! Putting a copy in the place of the database: the copy is proven first, the database it replaces
//! is kept beside it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bm_app::StoreError;
use bm_app::ports::Verification;
use rusqlite::{Connection, OptionalExtension};

use crate::key::Key;
use crate::{DATABASE_FILE, close_whole, codec, connect, migration, verify};

/// What SQLite keeps beside a database file.
const SIDE_FILES: [&str; 2] = ["-wal", "-shm"];

/// A copy that has been found readable and may take the place of a database.
#[derive(Debug)]
pub struct Candidate {
    folder: PathBuf,
    copy: PathBuf,
    key: Key,
    /// What the copy holds; its differences, if any.
    pub found: Verification,
    /// Records of the present database that the copy does not have; `None` when there is no
    /// present database that can be read.
    pub lost: Option<u64>,
}

impl Drop for Candidate {
    fn drop(&mut self) {
        remove(&self.copy);
    }
}

impl Candidate {
    /// Puts the copy in its place. The database that was there is kept as `bienmau-STAMP.db`,
    /// whose path is given.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another program has the database open; the database is then as
    /// it was.
    pub fn install(self, stamp: &str) -> Result<Option<PathBuf>, StoreError> {
        let present = self.folder.join(DATABASE_FILE);
        if !present.exists() {
            move_file(&self.copy, &present)?;
            return Ok(None);
        }
        match connect(&present, &self.key, false).and_then(close_whole) {
            // One that can't be read is kept with all its side files.
            Ok(()) | Err(StoreError::Damaged(_) | StoreError::KeyWrong | StoreError::Broken(_)) => {
            }
            Err(error) => return Err(error),
        }
        let kept = self.folder.join(format!("bienmau-{stamp}.db"));
        if kept.exists() {
            return Err(StoreError::Broken(format!("{} exists", kept.display())));
        }
        for suffix in SIDE_FILES {
            let side = beside(&present, suffix);
            if side.exists() {
                fs::rename(&side, beside(&kept, suffix)).map_err(|error| codec::io(&error))?;
            }
        }
        fs::rename(&present, &kept).map_err(|error| codec::io(&error))?;
        if let Err(error) = move_file(&self.copy, &present) {
            let _ = fs::rename(&kept, &present);
            return Err(error);
        }
        Ok(Some(kept))
    }
}

pub fn examine(
    folder: &Path,
    source: &Path,
    key: &Key,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Candidate, StoreError> {
    if !source.exists() {
        return Err(StoreError::Missing(source.display().to_string()));
    }
    fs::create_dir_all(folder).map_err(|error| codec::io(&error))?;
    let copy = folder.join("restore.tmp");
    remove(&copy);
    let mut candidate = Candidate {
        folder: folder.to_owned(),
        copy,
        key: key.clone(),
        found: Verification::default(),
        lost: None,
    };
    let copy = &candidate.copy;
    fs::copy(source, copy).map_err(|error| codec::io(&error))?;
    let log = beside(source, "-wal");
    if log.exists() {
        fs::copy(log, beside(copy, "-wal")).map_err(|error| codec::io(&error))?;
    }
    let mut connection = connect(copy, key, false)?;
    migration::require_tables(&connection)?;
    let whole = "PRAGMA integrity_check(1)";
    let answer: String = connection
        .query_row(whole, [], |row| row.get(0))
        .map_err(codec::sql)?;
    if answer != "ok" {
        return Err(StoreError::Damaged(answer));
    }
    migration::migrate(&mut connection)?;
    candidate.found = verify::verify(&connection, progress)?;
    candidate.lost = only_in_present(&folder.join(DATABASE_FILE), key, &connection);
    close_whole(connection)?;
    Ok(candidate)
}

/// How many records of the present database the copy does not have; `None` when it can't be read.
fn only_in_present(present: &Path, key: &Key, copy: &Connection) -> Option<u64> {
    if !present.exists() {
        return None;
    }
    let present = connect(present, key, false).ok()?;
    let query = "SELECT s.uuid, MAX(r.idx) FROM record r JOIN series s ON s.id = r.series
        GROUP BY s.uuid";
    let mut statement = present.prepare(query).ok()?;
    let series = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
        .ok()?
        .collect::<Result<Vec<([u8; 16], i64)>, _>>()
        .ok()?;
    let hash = |database: &Connection, series: &[u8; 16], idx: i64| {
        let query = "SELECT hash FROM record
            WHERE series = (SELECT id FROM series WHERE uuid = ?1) AND idx = ?2";
        database
            .query_row(query, (series, idx), |r| r.get::<_, [u8; 32]>(0))
            .optional()
    };
    let mut lost = 0;
    for (series, last) in series {
        let held = "SELECT COALESCE(MAX(idx), 0) FROM record
            WHERE series = (SELECT id FROM series WHERE uuid = ?1)";
        let held: i64 = copy.query_row(held, [&series], |r| r.get(0)).ok()?;
        let common = held.min(last);
        let same = common > 0
            && hash(&present, &series, common).ok()? == hash(copy, &series, common).ok()?;
        lost += if same { last - common } else { last };
    }
    u64::try_from(lost).ok()
}

/// The path with a suffix after its whole name.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Removes a database file that nobody needs, with what SQLite keeps beside it.
pub fn remove(path: &Path) {
    let _ = fs::remove_file(path);
    for suffix in SIDE_FILES {
        let _ = fs::remove_file(beside(path, suffix));
    }
}

/// Moves a file once its contents are on the disk.
pub fn move_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let moved = File::open(from)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(from, to));
    moved.map_err(|error| codec::io(&error))?;
    // The name itself is durable once the folder is; not every system can do that.
    if let Some(folder) = to.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}
