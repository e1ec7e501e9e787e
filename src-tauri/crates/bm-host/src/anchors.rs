//! Anchors beside the database: files of them, and what they say of it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use bm_api::command::read_anchor;
use bm_app::StoreError;
use bm_app::anchor::{Anchor, AnchorCheck, Checker, TEXT_MAX};
use bm_app::ports::{Clock as _, Store, Verification};
use bm_store_sqlite::SqliteStore;
use serde::Serialize;

use crate::words::{HostError, Message};
use crate::{FileSigner, SystemClock};

/// An anchor that was handed over as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GivenAnchor {
    /// The file.
    pub file: PathBuf,
    /// What it says.
    #[serde(flatten)]
    pub check: AnchorCheck,
}

/// What a check of a database found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Of its records and tables.
    #[serde(flatten)]
    pub found: Verification,
    /// Of the anchors that are kept in it.
    pub anchors: Vec<AnchorCheck>,
    /// Of those that were handed over.
    pub given: Vec<GivenAnchor>,
}

impl Verified {
    /// Whether nothing differs and every anchor holds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let given = self.given.iter().map(|given| &given.check);
        let mut anchors = self.anchors.iter().chain(given);
        self.found.differences.is_empty() && anchors.all(|check| check.answer.is_fine())
    }
}

/// Reads the file of an anchor.
pub fn read(path: &Path) -> Result<Anchor, HostError> {
    let about = |code| Message::new(code).with("path", path.display());
    let limit = u64::try_from(TEXT_MAX).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| HostError::Wrong(about("file_unreadable").with("detail", error)))?;
    let text = String::from_utf8(bytes).unwrap_or_default();
    read_anchor(&text).map_err(|_| HostError::Wrong(about("not_an_anchor")))
}

/// Checks every anchor that is kept, and those given.
pub fn check(
    store: &SqliteStore,
    signer: &FileSigner,
    found: Verification,
    given: &[(PathBuf, Anchor)],
) -> Result<Verified, HostError> {
    let mut verified = Verified {
        found,
        anchors: Vec::new(),
        given: Vec::new(),
    };
    let mut unreadable = None;
    let now = SystemClock.now();
    store.read(&mut |reader| {
        let checker = match Checker::new(reader, signer, now) {
            Ok(checker) => checker,
            // A book that can't be read any more has been named among the differences.
            Err(StoreError::Damaged(detail)) => {
                unreadable = Some(detail);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let kept = checker.kept()?.into_iter();
        verified.anchors = kept.map(|(_, check)| check).collect();
        for (file, anchor) in given {
            verified.given.push(GivenAnchor {
                file: file.clone(),
                check: checker.check(anchor, false)?,
            });
        }
        Ok(())
    })?;
    match unreadable {
        Some(detail) if verified.found.differences.is_empty() => {
            Err(StoreError::Damaged(detail).into())
        }
        _ => Ok(verified),
    }
}
