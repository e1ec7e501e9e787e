//! Every chain of a hub followed from its first record.

use std::time::Instant;

use sha2::{Digest, Sha256};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, Row};
use uuid::Uuid;

use crate::config::HubConfig;
use crate::error::Failure;
use crate::link::Link;

/// Records looked at with one statement.
const BATCH: i64 = 2_000;

/// A record that does not follow the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// Its position at the hub.
    pub position: i64,
    /// In whose series.
    pub series: Uuid,
    /// Where it stands there.
    pub index: i64,
}

/// What was found in a hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its identity.
    pub hub: Uuid,
    /// How many records it holds.
    pub records: i64,
    /// Its last position; 0 when it is empty.
    pub end: i64,
    /// Hash of the record there, 64 hexadecimal digits; empty when it is empty.
    pub end_hash: String,
    /// The broken link of least position.
    pub broken: Option<BrokenLink>,
    /// Series whose end is not where the hub says it is: records were cut off.
    pub cut: Vec<Uuid>,
    /// Papers whose last position is not that of the last record about them.
    pub papers: i64,
}

impl Checked {
    /// Whether everything is as it was recorded.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.broken.is_none() && self.cut.is_empty() && self.papers == 0
    }
}

/// A series and where the hub says it ends.
struct Series {
    id: Uuid,
    held: i64,
    last_hash: Vec<u8>,
}

/// A chain as far as it was followed.
struct Chain {
    series: Uuid,
    index: i64,
    hash: Vec<u8>,
    broken: Option<BrokenLink>,
}

/// Follows the chains in one transaction that sees the hub as it is when it begins.
pub fn run(
    config: &HubConfig,
    link: &mut Link,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Checked, Failure> {
    let deadline = || Instant::now() + config.background;
    let begin = format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE {}",
        super::OWNER
    );
    let (mut checked, all) = link.run(deadline(), async |client| {
        client.batch_execute(&begin).await?;
        Ok((whole(client).await?, series(client).await?))
    })?;
    let mut seen = 0;
    for known in all {
        let mut chain = Chain {
            series: known.id,
            index: 0,
            hash: vec![0; 32],
            broken: None,
        };
        loop {
            let query = "SELECT r.position, r.idx, r.id, r.payload, r.hash FROM bienmau.record r
                WHERE r.series = $1 AND r.idx > $2 ORDER BY r.idx LIMIT $3";
            let after = chain.index;
            let rows = link.run(deadline(), async |client| {
                let bounds = [
                    (&known.id as _, Type::UUID),
                    (&after as _, Type::INT8),
                    (&BATCH as _, Type::INT8),
                ];
                client.query_typed(query, &bounds).await
            })?;
            for row in &rows {
                chain.follow(row)?;
                seen += 1;
            }
            progress(seen, checked.records);
            if rows.is_empty() {
                break;
            }
        }
        if chain.broken.is_none() && (chain.index, &chain.hash) != (known.held, &known.last_hash) {
            checked.cut.push(known.id);
        }
        let both = checked.broken.into_iter().chain(chain.broken);
        checked.broken = both.min_by_key(|broken| broken.position);
    }
    checked.papers = link.run(deadline(), async |client| papers(client).await)?;
    Ok(checked)
}

impl Chain {
    fn follow(&mut self, row: &Row) -> Result<(), Error> {
        let (position, index): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let (id, payload): (Uuid, &str) = (row.try_get(2)?, row.try_get(3)?);
        let held: &[u8] = row.try_get(4)?;
        let mut digest = Sha256::new();
        digest.update(&self.hash);
        let parts: [&[u8]; 4] = [
            self.series.as_bytes(),
            &index.to_be_bytes(),
            id.as_bytes(),
            payload.as_bytes(),
        ];
        for part in parts {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        let follows = index == self.index + 1 && digest.finalize()[..] == *held;
        if !follows && self.broken.is_none() {
            self.broken = Some(BrokenLink {
                position,
                series: self.series,
                index,
            });
        }
        self.index = index;
        self.hash = held.to_vec();
        Ok(())
    }
}

async fn whole(client: &Client) -> Result<Checked, Error> {
    let query = "SELECT h.id, (SELECT count(*) FROM bienmau.record), coalesce(e.position, 0),
            coalesce(encode(e.hash, 'hex'), '')
        FROM bienmau.hub h
        LEFT JOIN (SELECT r.position, r.hash FROM bienmau.record r
            ORDER BY r.position DESC LIMIT 1) e ON true";
    let row = client.query_typed_one(query, &[]).await?;
    Ok(Checked {
        hub: row.try_get(0)?,
        records: row.try_get(1)?,
        end: row.try_get(2)?,
        end_hash: row.try_get(3)?,
        broken: None,
        cut: Vec::new(),
        papers: 0,
    })
}

/// Those the hub knows, and those only records speak of.
async fn series(client: &Client) -> Result<Vec<Series>, Error> {
    let query = "SELECT s.id, s.held, s.last_hash FROM bienmau.series s
        UNION ALL
        SELECT DISTINCT r.series, 0, ''::bytea FROM bienmau.record r
        WHERE NOT EXISTS (SELECT FROM bienmau.series s WHERE s.id = r.series)
        ORDER BY 1";
    let rows = client.query_typed(query, &[]).await?;
    let series = rows.iter().map(|row| {
        Ok(Series {
            id: row.try_get(0)?,
            held: row.try_get(1)?,
            last_hash: row.try_get(2)?,
        })
    });
    series.collect()
}

async fn papers(client: &Client) -> Result<i64, Error> {
    let query = "SELECT count(*) FROM bienmau.paper p FULL JOIN (
            SELECT k AS key, max(r.position) AS position
            FROM bienmau.record r, unnest(r.papers) k GROUP BY k
        ) f USING (key) WHERE p.position IS DISTINCT FROM f.position";
    client.query_typed_one(query, &[]).await?.try_get(0)
}
