//! The open database behind the window.

use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bm_app::AppError;
use bm_host::Office;

/// Between two exchanges with the hub.
const PAUSE: Duration = Duration::from_secs(2);

/// The database of one folder, opened by the first call that finds it free.
pub struct Host {
    folder: PathBuf,
    demo: bool,
    office: OnceLock<Office>,
    opening: Mutex<()>,
    /// Told of each call that was answered.
    called: OnceLock<SyncSender<()>>,
}

impl Host {
    /// The database in `folder`; a new one is filled with the invented example when `demo` is set.
    pub const fn new(folder: PathBuf, demo: bool) -> Self {
        Self {
            folder,
            demo,
            office: OnceLock::new(),
            opening: Mutex::new(()),
            called: OnceLock::new(),
        }
    }

    /// Answers one envelope with one JSON document; a failure is an answer too. A database that
    /// cannot be opened is tried again on the next call: the person may have freed it meanwhile.
    pub fn answer(&self, envelope: &str) -> String {
        match self.office() {
            Ok(office) => {
                let answer = office.api().answer(envelope);
                if let Some(called) = self.called.get() {
                    // One that waits already will see what this call did.
                    let _full = called.try_send(());
                }
                answer
            }
            Err(error) => bm_api::router::failure(envelope, &error),
        }
    }

    /// Exchanges records with the hub of the office from now on, where one was joined: after each
    /// call, and when a pause is over. It has a thread of its own, nobody at the counter waits for it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn meet_hub(self: &Arc<Self>) -> std::io::Result<()> {
        let host = Arc::clone(self);
        let (called, calls) = sync_channel(1);
        let meet = move || {
            while calls.recv_timeout(PAUSE) != Err(RecvTimeoutError::Disconnected) {
                if let Some(office) = host.office.get() {
                    office.meet_hub();
                }
            }
        };
        // Asked for once, when the window is made.
        let _first = self.called.set(called);
        std::thread::Builder::new()
            .name("hub".to_owned())
            .spawn(meet)
            .map(drop)
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
