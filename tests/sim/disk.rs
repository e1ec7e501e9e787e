//! A workstation's database with a disk that fills and a program that is killed between two writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use bm_app::ports::{Reader, Store, Verification, Writer};
use bm_app::sync::{Arrived, Link, Replica, Standing, TakeError, Taken};
use bm_app::{AppError, StoreError};
use bm_domain::DeclarationId;
use bm_store_sqlite::SqliteStore;
use uuid::Uuid;

/// What happens at a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk is full: nothing is written.
    Full = 1,
    /// The program ends before it writes.
    KilledBefore = 2,
    /// The program ends when it has written.
    KilledAfter = 3,
}

/// The database with its faults.
pub struct Disk {
    store: Arc<SqliteStore>,
    /// Writes until the fault; negative when none is planned.
    countdown: AtomicI64,
    fault: AtomicU8,
    killed: AtomicU8,
}

impl Disk {
    pub const fn of(store: Arc<SqliteStore>) -> Self {
        Self {
            store,
            countdown: AtomicI64::new(-1),
            fault: AtomicU8::new(0),
            killed: AtomicU8::new(0),
        }
    }

    /// Plans a fault at one of the next writes.
    pub fn plan(&self, fault: Fault, writes: i64) {
        self.fault.store(fault as u8, Ordering::Relaxed);
        self.countdown.store(writes, Ordering::Relaxed);
    }

    pub fn forget_plan(&self) {
        self.countdown.store(-1, Ordering::Relaxed);
    }

    /// Whether the program was killed.
    pub fn is_killed(&self) -> bool {
        self.killed.load(Ordering::Relaxed) != 0
    }

    fn killed<E: From<StoreError>>() -> E {
        StoreError::Broken("killed".into()).into()
    }

    fn write_with<T, E: From<StoreError>>(
        &self,
        write: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if self.is_killed() {
            return Err(Self::killed());
        }
        let due = self.countdown.fetch_sub(1, Ordering::Relaxed) == 0;
        let fault = self.fault.load(Ordering::Relaxed);
        if due && fault == Fault::Full as u8 {
            return Err(StoreError::Full.into());
        }
        if due && fault == Fault::KilledBefore as u8 {
            self.killed.store(1, Ordering::Relaxed);
            return Err(Self::killed());
        }
        let done = write()?;
        if due && fault == Fault::KilledAfter as u8 {
            self.killed.store(1, Ordering::Relaxed);
            return Err(Self::killed());
        }
        Ok(done)
    }
}

impl Store for Disk {
    fn read(
        &self,
        work: &mut dyn FnMut(&dyn Reader) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        if self.is_killed() {
            return Err(Self::killed());
        }
        self.store.read(work)
    }

    fn write(
        &self,
        work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        self.write_with(|| self.store.write(work))
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
        self.store.verify(progress)
    }
}

impl Replica for Disk {
    fn standing(&self) -> Result<Option<Standing>, StoreError> {
        if self.is_killed() {
            return Err(Self::killed());
        }
        self.store.standing()
    }

    fn join(&self, hub: Uuid) -> Result<(), StoreError> {
        self.write_with(|| self.store.join(hub))
    }

    fn own_links(&self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        self.store.own_links(after, limit)
    }

    fn note_sent(&self, index: i64) -> Result<(), StoreError> {
        self.write_with(|| self.store.note_sent(index))
    }

    fn met(&self) -> Result<Vec<DeclarationId>, StoreError> {
        self.store.met()
    }

    fn forget_met(&self, forms: &[DeclarationId]) -> Result<(), StoreError> {
        self.write_with(|| self.store.forget_met(forms))
    }

    fn take(&self, arrived: &[Arrived]) -> Result<Taken, TakeError> {
        self.write_with(|| self.store.take(arrived))
    }
}
