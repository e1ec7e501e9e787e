//! The hub of an office: records of all workstations in one order, in PostgreSQL 15 or newer.
//!
//! No server program of ours stands between: the hub is a schema with its roles, functions and row
//! policies. A workstation may call three functions and read; what they refuse is refused whatever
//! program calls them. Calls block and must not be made from within an asynchronous task.

pub mod admin;
mod config;
mod error;
mod link;
mod lock;
mod migration;
mod push;
#[cfg(all(unix, feature = "testing"))]
pub mod testing;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bm_app::sync::{
    Arrived, Beacon, Cursor, Greeting, Hub, HubError, Member, Outgoing, PaperKey, PaperLock,
};
use tokio_postgres::types::Type;
use tokio_postgres::{Error, Row};
use uuid::Uuid;

pub use config::{BACKGROUND, BUDGET, ConfigError, HubConfig};
use error::Failure;
use link::{Link, Pool};

/// A hub in PostgreSQL. Connects when it is first asked, and again when a connection broke.
pub struct PgHub {
    pool: Arc<Pool>,
    budget: Duration,
}

impl PgHub {
    /// The hub at that address, for the counter: no call takes longer than the budget.
    #[must_use]
    pub fn new(config: HubConfig) -> Self {
        Self {
            budget: config.budget,
            pool: Arc::new(Pool::new(config)),
        }
    }

    /// The same hub over the same connections where nobody waits: calls take as long as the
    /// configuration gives the background.
    #[must_use]
    pub fn in_background(&self) -> Self {
        Self {
            pool: Arc::clone(&self.pool),
            budget: self.pool.config().background,
        }
    }

    /// Host, port and database, to show.
    #[must_use]
    pub fn place(&self) -> String {
        self.pool.config().place()
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.budget
    }

    /// Does something that may be done twice and leaves no transaction open.
    fn call<T>(
        &self,
        deadline: Instant,
        work: impl Fn(&mut Link) -> Result<T, Failure>,
    ) -> Result<T, HubError> {
        let (link, value) = self.pool.with(deadline, work)?;
        self.pool.give(link);
        Ok(value)
    }
}

impl Hub for PgHub {
    fn greet(&self, beacon: &Beacon) -> Result<Greeting, HubError> {
        let (began, deadline) = (Instant::now(), self.deadline());
        let query = "SELECT hub, held, last, clock_offset_ms
            FROM bienmau.greet($1, $2, $3, $4, $5, $6, $7)";
        self.call(deadline, |link| {
            // The clock was read before the connection was made, which may have taken a while.
            let waited = i64::try_from(began.elapsed().as_millis()).unwrap_or_default();
            let clock = beacon.clock_ms.saturating_add(waited);
            let hash = &beacon.cursor.hash[..];
            link.run(deadline, async |client| {
                let said = [
                    (&beacon.series as _, Type::UUID),
                    (&beacon.name as _, Type::TEXT),
                    (&beacon.version as _, Type::TEXT),
                    (&clock as _, Type::INT8),
                    (&beacon.unsent as _, Type::INT8),
                    (&beacon.cursor.position as _, Type::INT8),
                    (&hash as _, Type::BYTEA),
                ];
                greeting(&client.query_typed_one(query, &said).await?)
            })
        })
    }

    fn push(&self, records: &[Outgoing]) -> Result<(), HubError> {
        let deadline = self.deadline();
        let chunks = push::chunks(records);
        if chunks.is_empty() {
            return Ok(());
        }
        let done = self
            .pool
            .with(deadline, |link| push::whole(link, deadline, &chunks));
        done.map(|(link, ())| self.pool.give(link))
    }

    fn pull(&self, after: Cursor, own: (Uuid, i64), limit: u32) -> Result<Vec<Arrived>, HubError> {
        let deadline = self.deadline();
        let query = "SELECT r.position, r.series, r.idx, r.hash,
                CASE WHEN r.series = $2 AND r.idx <= $3 THEN NULL ELSE r.id END,
                CASE WHEN r.series = $2 AND r.idx <= $3 THEN NULL ELSE r.payload END
            FROM bienmau.record r WHERE r.position > $1 ORDER BY r.position LIMIT $4";
        let check = "SELECT $1 = 0
            OR EXISTS (SELECT FROM bienmau.record r WHERE r.position = $1 AND r.hash = $2)";
        let (series, held) = own;
        let limit = i64::from(limit);
        let hash = &after.hash[..];
        let (known, arrived) = self.call(deadline, |link| {
            link.run(deadline, async |client| {
                let at = &after.position;
                let place = [(at as _, Type::INT8), (&hash as _, Type::BYTEA)];
                let known = client.query_typed_one(check, &place);
                let bounds = [
                    (at as _, Type::INT8),
                    (&series as _, Type::UUID),
                    (&held as _, Type::INT8),
                    (&limit as _, Type::INT8),
                ];
                let rows = client.query_typed(query, &bounds);
                let (known, rows) = futures_util::future::join(known, rows).await;
                let arrived = rows?.iter().map(arrived).collect::<Result<Vec<_>, _>>();
                Ok((known?.try_get::<_, bool>(0)?, arrived?))
            })
        })?;
        if known {
            Ok(arrived)
        } else {
            Err(HubError::Rewound {
                position: after.position,
            })
        }
    }

    fn lock(&self, papers: &[PaperKey]) -> Result<Box<dyn PaperLock + '_>, HubError> {
        let held = lock::Held::take(&self.pool, self.budget, Some(papers))?;
        Ok(Box::new(held))
    }

    fn hold_order(&self) -> Result<Box<dyn PaperLock + '_>, HubError> {
        let held = lock::Held::take(&self.pool, self.budget, None)?;
        Ok(Box::new(held))
    }

    fn members(&self) -> Result<Vec<Member>, HubError> {
        let deadline = self.deadline();
        self.call(deadline, |link| {
            link.run(deadline, async |client| members(client).await)
        })
    }
}

/// All workstations whose series the caller may see, by name.
async fn members(client: &tokio_postgres::Client) -> Result<Vec<Member>, Error> {
    let query = "SELECT s.id, s.name, s.version,
            round(extract(epoch FROM s.seen_at) * 1000)::bigint, s.held, s.unsent,
            greatest(e.position - s.cursor_position, 0), s.clock_offset_ms,
            s.lost_at IS NOT NULL
        FROM bienmau.series s,
            (SELECT coalesce(max(r.position), 0) AS position FROM bienmau.record r) e
        ORDER BY s.name, s.id";
    let rows = client.query_typed(query, &[]).await?;
    rows.iter().map(member).collect()
}

fn member(row: &Row) -> Result<Member, Error> {
    Ok(Member {
        series: row.try_get(0)?,
        name: row.try_get(1)?,
        version: row.try_get(2)?,
        seen_ms: row.try_get(3)?,
        held: row.try_get(4)?,
        unsent: row.try_get(5)?,
        behind: row.try_get(6)?,
        clock_offset_ms: row.try_get(7)?,
        lost: row.try_get(8)?,
    })
}

fn greeting(row: &Row) -> Result<Greeting, Error> {
    Ok(Greeting {
        hub: row.try_get(0)?,
        held: row.try_get(1)?,
        end: row.try_get(2)?,
        clock_offset_ms: row.try_get(3)?,
    })
}

fn arrived(row: &Row) -> Result<Arrived, Error> {
    let (id, payload): (Option<Uuid>, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    Ok(Arrived {
        position: row.try_get(0)?,
        series: row.try_get(1)?,
        index: row.try_get(2)?,
        hash: hash(row, 3)?,
        body: id.zip(payload),
    })
}

/// A hash of 32 bytes; one of another length can't be one, and matches none.
fn hash(row: &Row, column: usize) -> Result<[u8; 32], Error> {
    let bytes: &[u8] = row.try_get(column)?;
    Ok(bytes.try_into().unwrap_or_default())
}
