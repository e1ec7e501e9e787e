//! The hub of the office, from a workstation's folder: joined once, met again and again.

pub mod admin;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bm_api::session::operator;
use bm_app::sync::exchange::{Exchange, Round, SyncError};
use bm_app::sync::{Beacon, Cursor, Hub as _, Replica as _};
use bm_app::{AppError, StoreError};
use bm_hub::{HubConfig, PgHub};

use crate::words::{HostError, Message};
use crate::{Office, Progress, io};

/// File with the address of the hub, readable by its owner only: it may hold a password.
pub const HUB_FILE: &str = "hub.url";

/// Who acts when records are exchanged by themselves.
const SYNC: &str = "sync";

fn config(url: &str) -> Result<HubConfig, HostError> {
    HubConfig::parse(url.trim())
        .map_err(|error| HostError::Wrong(Message::new("hub_address").with("detail", error)))
}

/// What the hub calls a workstation: the name it signs in with.
fn name_in(url: &str) -> String {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    let user = after.split_once('@').map_or("", |(user, _)| user);
    user.split_once(':')
        .map_or(user, |(name, _)| name)
        .to_owned()
}

fn hub_file(folder: &Path) -> PathBuf {
    folder.join(HUB_FILE)
}

fn keep_address(folder: &Path, url: &str) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(hub_file(folder)).map_err(|error| io(&error))?;
    file.write_all(url.trim().as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| io(&error))
}

impl Office {
    /// Gets ready to exchange records with the hub that was joined, if one was. Nothing is sent yet,
    /// and a hub out of reach keeps nobody from working.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn prepare_hub(&self) -> Result<(), AppError> {
        if self.store.standing()?.is_none() {
            return Ok(());
        }
        // Without its address the workstation stays out of reach, and says so.
        let url = std::fs::read_to_string(hub_file(&self.folder)).unwrap_or_default();
        if let Ok(config) = HubConfig::parse(url.trim()) {
            self.meet(config, &url);
        }
        Ok(())
    }

    fn meet(&self, config: HubConfig, url: &str) {
        let counter = PgHub::new(config);
        let background = Arc::new(counter.in_background());
        let exchange = Exchange::new(
            Arc::new(counter),
            background,
            self.store.clone(),
            name_in(url),
        );
        self.app().meet(exchange);
    }

    /// Joins the hub at an address and exchanges everything with it. What this workstation recorded
    /// before goes there only where nobody else has recorded anything: two sets of law and accounts
    /// made apart can't be told which of them holds.
    ///
    /// # Errors
    /// [`HostError::Wrong`] for an address that can't be read; [`HostError::Refused`] where both have
    /// records, or another hub was joined; what the hub says.
    pub fn join_hub(&self, url: &str, progress: Progress<'_>) -> Result<Round, HostError> {
        let config = config(url)?;
        let hub = PgHub::new(config.clone()).in_background();
        let (series, records) = self.store.own_series()?;
        let greeting = hub
            .greet(&Beacon {
                series,
                name: name_in(url),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                clock_ms: self.app().clock().now().timestamp_millis(),
                unsent: records,
                cursor: Cursor::default(),
            })
            .map_err(AppError::Unreached)?;
        let standing = self.store.standing()?;
        let joined = standing.as_ref().map(|standing| standing.hub);
        if joined.is_some_and(|joined| joined != greeting.hub) {
            return Err(HostError::Refused(Message::new("hub_joined_another")));
        }
        if joined.is_none() && records > 0 && greeting.end > 0 && greeting.held == 0 {
            let both = Message::new("hub_both_recorded").with("records", records);
            return Err(HostError::Refused(both));
        }
        self.store.join(greeting.hub)?;
        keep_address(&self.folder, url)?;
        self.meet(config, url);
        self.sync(progress)
    }

    /// Exchanges everything with the hub that was joined.
    ///
    /// # Errors
    /// What the hub says; that there is none, where none was joined.
    pub fn sync(&self, progress: Progress<'_>) -> Result<Round, HostError> {
        let done = self.app().sync(&operator(SYNC), progress);
        done.map_err(|error| match error {
            SyncError::Hub(error) => AppError::Unreached(error).into(),
            SyncError::Take(error) => AppError::from(error).into(),
            SyncError::Store(error) => AppError::from(error).into(),
            SyncError::App(error) => error.into(),
        })
    }

    /// Exchanges everything, where a hub was joined; that it is out of reach is kept with how it
    /// stands and no error.
    pub fn meet_hub(&self) {
        if self.app().hub().is_some() {
            // What went wrong is told by how it stands.
            let _told = self.app().sync(&operator(SYNC), &mut |_, _| ());
        }
    }

    /// Makes a database without a law of its own in `folder`: all of it comes from the hub it joins.
    ///
    /// # Errors
    /// As for [`Self::create`] and [`Self::join_hub`]; a database that could not be filled is removed.
    pub fn create_from_hub(
        folder: &Path,
        url: &str,
        progress: Progress<'_>,
    ) -> Result<Round, HostError> {
        config(url)?;
        let office = Self::create(folder, false)?;
        let done = office.join_hub(url, progress);
        if done.is_err() {
            drop(office);
            for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = file.file_name();
                if name.to_string_lossy().starts_with("bienmau.db") {
                    // Best effort: the join says why it failed.
                    let _left = std::fs::remove_file(file.path());
                }
            }
        }
        done
    }
}
