//! Records on their way into the hub.

use std::time::Instant;

use bm_app::sync::{Outgoing, PaperKey};
use futures_util::future;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error};
use uuid::Uuid;

use crate::error::Failure;
use crate::link::Link;

/// Records of one call of `append`.
const RECORDS: usize = 1_000;

/// Bytes of text in one call of `append`.
const BYTES: usize = 4 << 20;

/// Records of one series for one call of `append`, column by column.
pub struct Chunk<'a> {
    series: Uuid,
    indexes: Vec<i64>,
    ids: Vec<Uuid>,
    payloads: Vec<&'a str>,
    hashes: Vec<&'a [u8]>,
    papers: Vec<String>,
    bytes: usize,
}

impl<'a> Chunk<'a> {
    const fn new(series: Uuid) -> Self {
        Self {
            series,
            indexes: Vec::new(),
            ids: Vec::new(),
            payloads: Vec::new(),
            hashes: Vec::new(),
            papers: Vec::new(),
            bytes: 0,
        }
    }

    fn takes(&self, record: &Outgoing) -> bool {
        let link = &record.link;
        let room = self.indexes.len() < RECORDS && self.bytes + link.payload.len() <= BYTES;
        link.series == self.series && (room || self.indexes.is_empty())
    }

    fn push(&mut self, record: &'a Outgoing) {
        let link = &record.link;
        self.indexes.push(link.index);
        self.ids.push(link.id);
        self.payloads.push(&link.payload);
        self.hashes.push(&link.hash);
        self.papers.push(array(&record.papers));
        self.bytes += link.payload.len();
    }

    /// Adds them to the hub.
    pub async fn append(&self, client: &Client) -> Result<(), Error> {
        let query = "SELECT bienmau.append($1, $2, $3, $4, $5, $6)";
        let columns = [
            (&self.series as _, Type::UUID),
            (&self.indexes as _, Type::INT8_ARRAY),
            (&self.ids as _, Type::UUID_ARRAY),
            (&self.payloads as _, Type::TEXT_ARRAY),
            (&self.hashes as _, Type::BYTEA_ARRAY),
            (&self.papers as _, Type::TEXT_ARRAY),
        ];
        let appended = client.query_typed_one(query, &columns).await;
        appended.map(|_position| ())
    }
}

/// Papers as PostgreSQL writes an array: those of all records together would have to be equally many.
fn array(papers: &[PaperKey]) -> String {
    let papers: Vec<_> = papers.iter().map(ToString::to_string).collect();
    format!("{{{}}}", papers.join(","))
}

/// Records in their order, in calls of a size that neither side minds.
pub fn chunks(records: &[Outgoing]) -> Vec<Chunk<'_>> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    for record in records {
        let last = chunks.pop();
        let mut chunk = last.unwrap_or_else(|| Chunk::new(record.link.series));
        if !chunk.takes(record) {
            chunks.push(chunk);
            chunk = Chunk::new(record.link.series);
        }
        chunk.push(record);
        chunks.push(chunk);
    }
    chunks
}

/// Adds all of them or none. Done twice it adds them once.
pub fn whole(link: &mut Link, deadline: Instant, chunks: &[Chunk<'_>]) -> Result<(), Failure> {
    // A single call is a transaction by itself.
    if let [only] = chunks {
        return link.run(deadline, async |client| only.append(client).await);
    }
    let begun = link.run(deadline, async |client| client.batch_execute("BEGIN").await);
    let done = begun.and_then(|()| in_transaction(link, deadline, chunks));
    match done {
        Err(Failure::Said(error)) => {
            let back = link.run(deadline, async |client| {
                client.batch_execute("ROLLBACK").await
            });
            Err(match back {
                Ok(()) => Failure::Said(error),
                Err(_) => Failure::Gone(error),
            })
        }
        done => done,
    }
}

/// Adds them in the transaction that is open and ends it. After an error it is still to be ended.
pub fn in_transaction(
    link: &mut Link,
    deadline: Instant,
    chunks: &[Chunk<'_>],
) -> Result<(), Failure> {
    link.run(deadline, async |client| {
        let Some((last, before)) = chunks.split_last() else {
            return client.batch_execute("COMMIT").await;
        };
        for chunk in before {
            chunk.append(client).await?;
        }
        // Sent together, which saves a way there and back. Where the first fails the second
        // ends the transaction without a trace.
        let (added, ended) =
            future::join(last.append(client), client.batch_execute("COMMIT")).await;
        added.and(ended)
    })
}
