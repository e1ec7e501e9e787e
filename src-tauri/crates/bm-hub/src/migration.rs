//! Numbered migrations of the hub, run forward only and never edited once released.

use bm_app::sync::HubError;
use tokio_postgres::{Client, Error};

/// In order, each with the number it brings the schema to.
const MIGRATIONS: [(i32, &str); 1] = [(1, include_str!("../migrations/0001_hub.sql"))];

/// The schema of this program.
pub const KNOWN: i32 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// The schema a hub has; an error when it has none.
pub async fn version(client: &Client) -> Result<i32, Error> {
    let query = "SELECT coalesce(max(version), 0) FROM bienmau.schema_version";
    client.query_typed_one(query, &[]).await?.try_get(0)
}

/// Whether this program can talk to a hub of that schema.
pub const fn require_known(found: i32) -> Result<(), HubError> {
    let known = KNOWN;
    if found < known {
        let needed = known;
        return Err(HubError::TooOld { found, needed });
    }
    if found > known {
        return Err(HubError::TooNew { found, known });
    }
    Ok(())
}

/// Runs what is missing, in the transaction that is open; gives the number found and that of this
/// program, which is less when a newer one was here.
/// The transaction runs as the owner of the schema.
pub async fn run(client: &Client) -> Result<(i32, i32), Error> {
    let table = "CREATE TABLE IF NOT EXISTS bienmau.schema_version (
        version integer PRIMARY KEY,
        run_at timestamptz NOT NULL DEFAULT clock_timestamp())";
    client.batch_execute(table).await?;
    let found = version(client).await?;
    for (number, step) in MIGRATIONS.iter().filter(|(number, _)| *number > found) {
        client.batch_execute(step).await?;
        let note = format!("INSERT INTO bienmau.schema_version (version) VALUES ({number})");
        client.batch_execute(&note).await?;
    }
    Ok((found, KNOWN))
}
