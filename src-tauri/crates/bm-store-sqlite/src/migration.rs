//! Numbered migrations, run forward only and never edited once released.

use bm_app::StoreError;
use rusqlite::{Connection, TransactionBehavior};

use crate::codec;
use crate::table::{hub, log_block, price_point, statistic, trail, twin};

/// In order; the schema's number is how many have run.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_initial.sql"),
    include_str!("../migrations/0002_progress_and_ends.sql"),
    include_str!("../migrations/0003_names.sql"),
    include_str!("../migrations/0004_books.sql"),
    include_str!("../migrations/0005_corrections.sql"),
    price_point::MIGRATION,
    include_str!("../migrations/0007_dated_law.sql"),
    statistic::MIGRATION,
    include_str!("../migrations/0011_redaction.sql"),
    trail::MIGRATION,
    twin::MIGRATION,
];

/// Brings the schema up to date, each migration in a transaction of its own.
///
/// # Errors
/// [`StoreError::TooNew`] when the file was written by a newer program.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for number in found..known {
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(codec::sql)?;
        // Another program may have done it while this one waited for the lock.
        if version(&tx)? != number {
            continue;
        }
        let Some(step) = MIGRATIONS.get(number as usize) else {
            break;
        };
        take(&tx, step)?;
        // A workstation may have joined a hub since that step.
        if MIGRATIONS[..=number as usize].contains(&twin::MIGRATION) {
            hub::forget_undo(&tx)?;
        }
        tx.pragma_update(None, "user_version", number + 1)
            .map_err(codec::sql)?;
        tx.commit().map_err(codec::sql)?;
    }
    Ok(())
}

/// Takes one step: what it makes is filled from the records.
pub(crate) fn take(db: &Connection, step: &str) -> Result<(), StoreError> {
    db.execute_batch(step).map_err(codec::sql)?;
    match step {
        price_point::MIGRATION => price_point::fill(db),
        statistic::MIGRATION => statistic::fill(db),
        trail::MIGRATION => {
            trail::fill(db)?;
            log_block::fill(db)
        }
        twin::MIGRATION => twin::fill(db),
        _ => Ok(()),
    }
}

/// Makes sure that there is something to bring up to date: an emptied file opens as a database
/// without tables.
///
/// # Errors
/// [`StoreError::Damaged`].
pub fn require_tables(connection: &Connection) -> Result<(), StoreError> {
    if version(connection)? == 0 {
        return Err(StoreError::Damaged("no tables".into()));
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<u32, StoreError> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(codec::opening)
}
