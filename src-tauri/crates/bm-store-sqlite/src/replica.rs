//! Taking part in the exchange with a hub: its order is followed, own records it has not placed yet
//! come after it.

mod order;
pub mod undo;

use bm_app::StoreError;
use bm_app::sync::{Arrived, Link, Replica, Standing, TakeError, Taken};
use bm_domain::DeclarationId;
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::table::hub::{self, Joined};
use crate::table::record;
use crate::{SqliteStore, codec, lock};
use codec::sql;
pub use order::Order;

/// Runs `work` in one durable transaction on the connection that writes.
fn transact<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<T, TakeError>,
) -> Result<T, TakeError> {
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(sql)?;
    let done = work(&tx)?;
    tx.commit().map_err(sql)?;
    Ok(done)
}

/// Turns the check of references between tables on or off. While it is on, every row that moves is
/// looked for in whole tables.
fn check_references(connection: &Connection, on: bool) -> Result<(), StoreError> {
    connection
        .pragma_update(None, "foreign_keys", on)
        .map_err(sql)
}

fn broken(what: impl Into<String>) -> StoreError {
    StoreError::Broken(what.into())
}

impl SqliteStore {
    /// The series of this workstation, and how many records it holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn own_series(&self) -> Result<(Uuid, i64), StoreError> {
        let (head, _) = record::head(&*lock(&self.reader)?)?;
        Ok((head.workstation(), head.last().0))
    }

    fn replicate<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = transact(&mut *lock(&self.writer)?, |db| Ok(work(db)?));
        done.map_err(|error| match error {
            TakeError::Store(error) => error,
            other => StoreError::Damaged(other.to_string()),
        })
    }
}

impl Replica for SqliteStore {
    fn standing(&self) -> Result<Option<Standing>, StoreError> {
        let mut connection = lock(&self.reader)?;
        let tx = connection.transaction().map_err(sql)?;
        let Some(joined) = hub::held(&tx)? else {
            return Ok(None);
        };
        let (head, _) = record::head(&tx)?;
        Ok(Some(Standing {
            hub: joined.hub,
            own: head.workstation(),
            last: head.last().0,
            sent: joined.sent,
            cursor: joined.cursor,
        }))
    }

    fn join(&self, to: Uuid) -> Result<(), StoreError> {
        self.replicate(|db| {
            if let Some(held) = hub::held(db)? {
                return if held.hub == to {
                    Ok(())
                } else {
                    Err(broken(format!("another hub is joined: {}", held.hub)))
                };
            }
            let replaced = "SELECT 1 FROM redaction LIMIT 1";
            let replaced = db.prepare(replaced).and_then(|mut s| s.exists([]));
            if replaced.map_err(sql)? {
                // Nobody could check their hashes any more.
                return Err(broken("texts of records were replaced: no hub takes them"));
            }
            let (head, _) = record::head(db)?;
            let joined = Joined {
                hub: to,
                cursor: bm_app::sync::Cursor::default(),
                sent: 0,
                passed: 0,
                undoable: head.last().0,
            };
            hub::note(db, &joined)
        })
    }

    fn own_links(&self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        record::own_links(&*lock(&self.reader)?, after, limit)
    }

    fn note_sent(&self, index: i64) -> Result<(), StoreError> {
        self.replicate(|db| {
            let mut joined = hub::held(db)?.ok_or_else(|| broken("no hub is joined"))?;
            let (head, _) = record::head(db)?;
            if joined.sent < index.min(head.last().0) {
                joined.sent = index.min(head.last().0);
                hub::note(db, &joined)?;
            }
            Ok(())
        })
    }

    fn met(&self) -> Result<Vec<DeclarationId>, StoreError> {
        hub::met(&*lock(&self.reader)?)
    }

    fn forget_met(&self, forms: &[DeclarationId]) -> Result<(), StoreError> {
        self.replicate(|db| hub::forget_met(db, forms))
    }

    fn take(&self, arrived: &[Arrived]) -> Result<Taken, TakeError> {
        let mut connection = lock(&self.writer)?;
        let taken = transact(&mut connection, |db| {
            let order = Order::open(db)?;
            if order.is_read(arrived) {
                return Ok(Some(Taken::default()));
            }
            if order.has_to_undo(arrived) {
                return Ok(None);
            }
            order.follow(arrived).map(Some)
        })?;
        if let Some(taken) = taken {
            return Ok(taken);
        }
        check_references(&connection, false)?;
        let taken = transact(&mut connection, |db| Order::open(db)?.reorder(arrived));
        check_references(&connection, true)?;
        taken
    }
}
