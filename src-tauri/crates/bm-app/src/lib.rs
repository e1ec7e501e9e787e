//! Use cases: load facts, ask the rules, write what follows in one transaction.
//!
//! Knows no database, no window and no wire format: it talks to the world through [`ports`].

pub mod accounts;
pub mod anchor;
pub mod audit;
pub mod book;
pub mod breach;
pub mod cash;
pub mod close;
pub mod correction;
pub mod counter;
pub mod dossier;
pub mod error;
pub mod event;
pub mod gathering;
pub mod law;
pub mod paper;
pub mod people;
pub mod permission;
pub mod ports;
pub mod printing;
pub mod process;
pub mod reconcile;
pub mod report;
pub mod retention;
pub mod reveal;
pub mod sync;
pub mod tracking;
pub mod vehicle;
pub mod verification;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use bm_domain::law::LawBook;

pub use error::{AppError, StoreError};
use ports::{Clock, IdSource, Printers, Reader, Signer, Store, Typesetter, Writer};

/// Who acts, where: written into every record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account name.
    pub user: String,
    /// What the account may do.
    pub role: permission::Role,
    /// Gate at which the actor sits; empty away from a gate.
    pub gate: String,
    /// Counter at which the actor sits.
    pub workstation: String,
}

/// The use cases over one store.
pub struct App {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    law: RwLock<Arc<(u64, LawBook)>>,
    goods_names: RwLock<(u64, Arc<law::GoodsNames>)>,
    /// The latest time a record bears, in milliseconds since 1970.
    latest: AtomicI64,
    /// What sets sheets; a program that never prints has none.
    typesetter: OnceLock<Arc<dyn Typesetter>>,
    /// Where sheets are sent; a program without a window sends none.
    printers: OnceLock<Arc<dyn Printers>>,
    /// What signs anchors.
    signer: OnceLock<Arc<dyn Signer>>,
    /// What goes to the hub and comes from it; a workstation may stand alone.
    exchange: OnceLock<sync::exchange::Exchange>,
}

impl App {
    /// Opens the use cases over a store.
    ///
    /// # Errors
    /// [`StoreError`] when the law held cannot be read.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, AppError> {
        let empty = RwLock::new(Arc::new((u64::MAX, LawBook::default())));
        let app = Self {
            store,
            clock,
            ids,
            law: empty,
            goods_names: RwLock::new((u64::MAX, Arc::default())),
            latest: AtomicI64::new(i64::MIN),
            typesetter: OnceLock::new(),
            printers: OnceLock::new(),
            signer: OnceLock::new(),
            exchange: OnceLock::new(),
        };
        let last = app.read(|reader| {
            app.law_book(reader)?;
            Ok(reader.last_written()?)
        })?;
        if let Some(last) = last {
            app.latest.store(last.timestamp_millis(), Ordering::Relaxed);
        }
        Ok(app)
    }

    /// The same use cases over the same store by another clock: for entering what happened before.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn by_clock(&self, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        Self::new(Arc::clone(&self.store), clock, Arc::clone(&self.ids))
    }

    /// The clock the use cases go by.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The source of new ids.
    #[must_use]
    pub fn ids(&self) -> &dyn IdSource {
        self.ids.as_ref()
    }

    /// The store under the use cases.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Runs `work` over one consistent view of the data.
    ///
    /// # Errors
    /// What `work` returns, or what keeps the store from reading.
    pub fn read<T>(
        &self,
        mut work: impl FnMut(&dyn Reader) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut answer = None;
        self.store.read(&mut |reader| {
            answer = Some(work(reader)?);
            Ok(())
        })?;
        answer.ok_or(AppError::Store(StoreError::Broken("no answer".into())))
    }

    /// Runs `work` in one durable transaction: all of it happens, or nothing.
    ///
    /// # Errors
    /// What `work` returns, or what keeps the store from writing.
    pub fn write<T>(
        &self,
        mut work: impl FnMut(&mut dyn Writer) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut answer = None;
        self.store.write(&mut |writer| {
            answer = Some(work(writer)?);
            Ok(())
        })?;
        answer.ok_or(AppError::Store(StoreError::Broken("no answer".into())))
    }

    /// The dated data as the store holds it now; kept in memory until its version changes.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn law_book(&self, reader: &dyn Reader) -> Result<Arc<(u64, LawBook)>, AppError> {
        let version = reader.law_version()?;
        let broken = |_| StoreError::Broken("law cache poisoned".into());
        {
            let held = self.law.read().map_err(|_| broken(()))?;
            if held.0 == version {
                return Ok(Arc::clone(&held));
            }
        }
        let fresh = Arc::new((version, LawBook::of(reader.law_rows()?)));
        *self.law.write().map_err(|_| broken(()))? = Arc::clone(&fresh);
        Ok(fresh)
    }
}
