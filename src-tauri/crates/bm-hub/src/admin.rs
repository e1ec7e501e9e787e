//! Administration of a hub: making it, letting workstations in, looking at it as a whole.
//!
//! The address is that of a role which may make roles and owns the database, or of a superuser.

mod check;

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bm_app::sync::{HubError, Member};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, Row};
use uuid::Uuid;

pub use check::{BrokenLink, Checked};

use crate::config::HubConfig;
use crate::error::Failure;
use crate::link::Link;
use crate::migration;

/// Owner of the schema. Nobody signs in as it.
pub const OWNER: &str = "bienmau_owner";

/// The group of all workstations.
pub const WORKSTATIONS: &str = "bienmau_workstation";

/// The group of those who only read.
pub const READERS: &str = "bienmau_reader";

/// What making a hub did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Roles that were not there before.
    pub roles: Vec<&'static str>,
    /// Its schema before; 0 when there was none.
    pub from: i32,
    /// Its schema now.
    pub to: i32,
    /// Its identity.
    pub hub: Uuid,
    /// Whose it is. What it was made with, also when another name was given now.
    pub office: String,
}

/// What a new login role is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// A workstation, which adds records of its own.
    Workstation,
    /// Somebody who reads what the office recorded.
    Reader,
}

/// A login role with its password, which is kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The role.
    pub role: String,
    /// Its password.
    pub password: String,
    /// The address of the hub with both.
    pub url: String,
}

impl std::fmt::Debug for Admitted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admitted")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// A series that was declared lost, and what the hub has of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// How many of its records the hub holds.
    pub held: i64,
    /// The last number of each series of numbers in its records (`gate/year/letters/counter`).
    /// Numbers after these, if it gave any, are on paper only.
    pub numbers: Vec<(String, i64)>,
}

/// A login role that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The role.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// Whether it was shut out since.
    pub ended: bool,
}

/// A hub as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its schema.
    pub schema: i32,
    /// Its identity.
    pub hub: Uuid,
    /// Whose it is.
    pub office: String,
    /// Its last position.
    pub end: i64,
    /// Version of PostgreSQL.
    pub server: String,
    /// Whether what is committed is on the disk: `fsync`, `full_page_writes` and `synchronous_commit`
    /// are on.
    pub durable: bool,
    /// Its workstations, by name.
    pub members: Vec<Member>,
    /// The login roles that were let in, by name.
    pub guests: Vec<Guest>,
}

/// Makes the hub in the database of the address, or brings an older one up to date. Done again it
/// changes nothing.
///
/// # Errors
/// [`HubError`]; [`HubError::TooNew`] when a newer program made it. Then nothing is changed.
pub fn init(config: &HubConfig, office: &str) -> Result<Made, HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = Link::open(config, deadline)?;
    let made = link.run(deadline, async |client| make(client, office).await);
    made.map_err(Failure::into_error)?.map_err(newer)
}

const fn newer(found: i32) -> HubError {
    HubError::TooNew {
        found,
        known: migration::KNOWN,
    }
}

/// Makes it in one transaction; the schema it has when that is a newer one.
async fn make(client: &Client, office: &str) -> Result<Result<Made, i32>, Error> {
    client.batch_execute("BEGIN").await?;
    // Two that make it at once would meet at the roles.
    let alone = "SELECT pg_advisory_xact_lock(25198, 1)";
    client.batch_execute(alone).await?;
    require_fit(client).await?;
    let roles = make_roles(client).await?;
    let schema = "SELECT to_regnamespace('bienmau') IS NOT NULL";
    if !client.query_typed_one(schema, &[]).await?.try_get(0)? {
        let schema = format!("CREATE SCHEMA bienmau AUTHORIZATION {OWNER}");
        client.batch_execute(&schema).await?;
    }
    client
        .batch_execute(&format!("SET LOCAL ROLE {OWNER}"))
        .await?;
    let (from, to) = migration::run(client).await?;
    if from > to {
        client.batch_execute("ROLLBACK").await?;
        return Ok(Err(from));
    }
    let first = "INSERT INTO bienmau.hub (office) VALUES ($1) ON CONFLICT DO NOTHING";
    let office = [(&office as _, Type::TEXT)];
    client.execute_typed(first, &office).await?;
    let row = client
        .query_typed_one("SELECT id, office FROM bienmau.hub", &[])
        .await?;
    client.batch_execute("COMMIT").await?;
    Ok(Ok(Made {
        roles,
        from,
        to,
        hub: row.try_get(0)?,
        office: row.try_get(1)?,
    }))
}

/// Payloads are hashed in UTF-8, and functions used are those of PostgreSQL 15.
async fn require_fit(client: &Client) -> Result<(), Error> {
    let check = "DO $$ BEGIN
        IF current_setting('server_version_num')::integer < 150000 THEN
            RAISE EXCEPTION 'PostgreSQL 15 or newer is needed, this is %',
                current_setting('server_version');
        END IF;
        IF current_setting('server_encoding') <> 'UTF8' THEN
            RAISE EXCEPTION 'a database in UTF8 is needed, this is in %',
                current_setting('server_encoding');
        END IF;
    END $$";
    client.batch_execute(check).await
}

async fn make_roles(client: &Client) -> Result<Vec<&'static str>, Error> {
    let mut made = Vec::new();
    for role in [OWNER, WORKSTATIONS, READERS] {
        let there = "SELECT to_regrole($1) IS NOT NULL";
        let named = [(&role as _, Type::TEXT)];
        let there = client.query_typed_one(there, &named).await?;
        if !there.try_get(0)? {
            client
                .batch_execute(&format!("CREATE ROLE {role} NOLOGIN"))
                .await?;
            made.push(role);
        }
    }
    let member = "SELECT pg_has_role(session_user, $1, 'MEMBER')";
    let member = client.query_typed_one(member, &[(&OWNER as _, Type::TEXT)]);
    if !member.await?.try_get(0)? {
        let grant = format!("GRANT {OWNER} TO SESSION_USER");
        client.batch_execute(&grant).await?;
    }
    Ok(made)
}

/// Makes a login role for a workstation or a reader, with a password that is told this once.
///
/// # Errors
/// [`HubError`].
pub fn admit(config: &HubConfig, name: &str, what: Admission) -> Result<Admitted, HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = open(config, deadline)?;
    let role = format!("bm_{}_{}", plain(name), hexadecimal(random::<4>()?));
    let password = URL_SAFE_NO_PAD.encode(random::<24>()?);
    // The server gets what it would keep, so that its log never has the password.
    let verifier = postgres_protocol::password::scram_sha_256(password.as_bytes());
    let group = match what {
        Admission::Workstation => WORKSTATIONS,
        Admission::Reader => READERS,
    };
    let statements = format!(
        "BEGIN; CREATE ROLE {role} LOGIN PASSWORD '{verifier}' IN ROLE {group};
         SET LOCAL ROLE {OWNER}"
    );
    let entry = "INSERT INTO bienmau.admission (role, name, office)
        SELECT $1::text::name, $2, h.office FROM bienmau.hub h";
    let made = link.run(deadline, async |client| {
        client.batch_execute(&statements).await?;
        let columns = [(&role as _, Type::TEXT), (&name as _, Type::TEXT)];
        client.execute_typed(entry, &columns).await?;
        client.batch_execute("COMMIT").await
    });
    made.map_err(Failure::into_error)?;
    Ok(Admitted {
        url: config.url_for(&role, &password),
        role,
        password,
    })
}

/// Shuts out a login role that was let in: from now on it reads and adds nothing, also on connections
/// it has open. What it added stays.
///
/// # Errors
/// [`HubError`]; [`HubError::Broken`] when no such role was let in.
pub fn shut_out(config: &HubConfig, role: &str) -> Result<(), HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = open(config, deadline)?;
    let end = "UPDATE bienmau.admission SET ended_by = coalesce(ended_by, session_user),
            ended_at = coalesce(ended_at, clock_timestamp())
        WHERE role = $1::text::name RETURNING quote_ident(role)";
    let found = link.run(deadline, async |client| {
        as_owner(client).await?;
        let named = [(&role as _, Type::TEXT)];
        let Some(row) = client.query_typed_opt(end, &named).await? else {
            return Ok(false);
        };
        let quoted: String = row.try_get(0)?;
        let close = format!("RESET ROLE; ALTER ROLE {quoted} NOLOGIN; COMMIT");
        client.batch_execute(&close).await?;
        Ok(true)
    });
    if found.map_err(Failure::into_error)? {
        Ok(())
    } else {
        Err(HubError::Broken(format!("no role {role} was let in")))
    }
}

/// Takes nothing more from a series; who declared it lost and why is kept. Declared again it stays
/// as it was.
///
/// # Errors
/// [`HubError`]; [`HubError::Broken`] when the hub knows no such series.
pub fn declare_lost(
    config: &HubConfig,
    series: Uuid,
    by: &str,
    reason: &str,
) -> Result<Lost, HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = open(config, deadline)?;
    // Numbers stand in the records as "number":"gate/year/letters/counter-serial", in books with
    // their quotes escaped.
    let numbers = r#"SELECT m[1], max(m[2]::bigint)
        FROM bienmau.record r, regexp_matches(r.payload,
            'number\\*":\\*"([^"\\]+/\d{4}/[A-Z]+/[^"\\]+)-(\d{1,18})\\*"', 'g') m
        WHERE r.series = $1 GROUP BY m[1] ORDER BY m[1]"#;
    let found = link.run(deadline, async |client| {
        as_owner(client).await?;
        let who = [
            (&series as _, Type::UUID),
            (&by as _, Type::TEXT),
            (&reason as _, Type::TEXT),
        ];
        let declare = "SELECT bienmau.declare_lost($1, $2, $3)";
        let held: Option<i64> = client.query_typed_one(declare, &who).await?.try_get(0)?;
        let rows = client
            .query_typed(numbers, &[(&series as _, Type::UUID)])
            .await?;
        let numbers = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        let numbers = numbers.collect::<Result<Vec<_>, Error>>()?;
        client.batch_execute("COMMIT").await?;
        Ok((held, numbers))
    });
    match found.map_err(Failure::into_error)? {
        (Some(held), numbers) => Ok(Lost { held, numbers }),
        (None, _) => Err(HubError::Broken(format!("there is no series {series}"))),
    }
}

/// The hub as a whole.
///
/// # Errors
/// [`HubError`].
pub fn status(config: &HubConfig) -> Result<Status, HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = open(config, deadline)?;
    let query = "SELECT h.id, h.office,
            (SELECT coalesce(max(r.position), 0) FROM bienmau.record r),
            current_setting('server_version'),
            current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
                AND current_setting('synchronous_commit') <> 'off'
        FROM bienmau.hub h";
    let guests = "SELECT a.role::text, a.name, a.ended_at IS NOT NULL FROM bienmau.admission a
        ORDER BY a.name, a.role";
    let found = link.run(deadline, async |client| {
        as_owner(client).await?;
        let schema = migration::version(client).await?;
        let row = client.query_typed_one(query, &[]).await?;
        let members = crate::members(client).await?;
        let guests = client.query_typed(guests, &[]).await?;
        let guests = guests.iter().map(guest).collect::<Result<_, _>>()?;
        client.batch_execute("COMMIT").await?;
        Ok(Status {
            schema,
            hub: row.try_get(0)?,
            office: row.try_get(1)?,
            end: row.try_get(2)?,
            server: row.try_get(3)?,
            durable: row.try_get(4)?,
            members,
            guests,
        })
    });
    found.map_err(Failure::into_error)
}

fn guest(row: &Row) -> Result<Guest, Error> {
    Ok(Guest {
        role: row.try_get(0)?,
        name: row.try_get(1)?,
        ended: row.try_get(2)?,
    })
}

/// Follows every chain of the hub from its first record, without trusting the hub's own functions,
/// and compares what is derived. Tells now and then how many of how many records it has looked at.
///
/// # Errors
/// [`HubError`] when the hub can't be read; what is wrong in it is in the answer.
pub fn check(config: &HubConfig, progress: &mut dyn FnMut(i64, i64)) -> Result<Checked, HubError> {
    let deadline = Instant::now() + config.background;
    let mut link = open(config, deadline)?;
    check::run(config, &mut link, progress).map_err(Failure::into_error)
}

/// Opens a connection to a hub of a schema that this program knows.
fn open(config: &HubConfig, deadline: Instant) -> Result<Link, HubError> {
    let mut link = Link::open(config, deadline)?;
    let version = link.run(deadline, async |client| migration::version(client).await);
    migration::require_known(version.map_err(Failure::into_error)?)?;
    Ok(link)
}

/// Begins a transaction as the owner of the schema, for whom all rows are there.
async fn as_owner(client: &Client) -> Result<(), Error> {
    let begin = format!("BEGIN; SET LOCAL ROLE {OWNER}");
    client.batch_execute(&begin).await
}

/// Letters and digits of a name that may stand in the name of a role.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars().map(|letter| letter.to_ascii_lowercase()) {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        } else if !plain.ends_with('_') {
            plain.push('_');
        }
    }
    // A name of PostgreSQL has 63 bytes, of which the rest of ours takes 12.
    plain.truncate(48);
    plain.trim_matches('_').to_owned()
}

fn random<const N: usize>() -> Result<[u8; N], HubError> {
    let mut bytes = [0; N];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| HubError::Broken(error.to_string()))?;
    Ok(bytes)
}

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
    let digits = bytes.as_ref().iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}
