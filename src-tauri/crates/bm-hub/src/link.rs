//! A connection on which no call waits longer than it may.
//!
//! The client itself waits without end for an answer; here each call runs under a deadline of this
//! side, whatever the network does. After a deadline the connection is of no more use and dropped.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bm_app::sync::HubError;
use futures_util::future;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Error};

use crate::config::HubConfig;
use crate::error::Failure;
use crate::migration;

/// Connections kept open while nobody uses them: counter, background, and one to spare.
const KEPT: usize = 3;

/// A connection with the little runtime that drives it.
pub struct Link {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    client: Client,
}

impl Link {
    /// Opens a connection to any database, a hub or not.
    pub fn open(config: &HubConfig, deadline: Instant) -> Result<Self, HubError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| HubError::Broken(error.to_string()))?;
        let mut postgres = config.postgres.clone();
        let left = left(deadline);
        let hosts = u32::try_from(postgres.get_hosts().len())
            .unwrap_or(1)
            .max(1);
        // A dead host of a cluster must leave time for the next.
        postgres.connect_timeout(left / hosts);
        postgres.tcp_user_timeout(config.background);
        postgres.keepalives_idle(Duration::from_secs(5));
        postgres.keepalives_interval(Duration::from_secs(2));
        postgres.keepalives_retries(3);
        let opened = wait(&runtime, deadline, postgres.connect(config.tls.clone()));
        let (client, connection) = match opened {
            Ok(pair) => pair,
            Err(failure) => {
                runtime.shutdown_background();
                return Err(failure.into_error());
            }
        };
        // Ends when the client is dropped or the network says so; its error reaches each call.
        runtime.spawn(async move {
            let _closed = connection.await;
        });
        Ok(Self {
            runtime: Some(runtime),
            client,
        })
    }

    /// Opens a connection to a hub of a schema that this program knows.
    fn open_hub(config: &HubConfig, deadline: Instant) -> Result<Self, HubError> {
        let mut link = Self::open(config, deadline)?;
        let limit = config.background.as_millis();
        // What a workstation that went away left undone must not hold others up. A server of
        // another system may not know the last one.
        let settings = format!(
            "SET statement_timeout = {limit}; SET idle_in_transaction_session_timeout = {limit};
             SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;
             SET tcp_keepalives_count = 3;
             SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off'"
        );
        let watch = "SET client_connection_check_interval = 500";
        let version = link.run(deadline, async |client| {
            let settings = client.batch_execute(&settings);
            let version = migration::version(client);
            let watch = client.batch_execute(watch);
            let (settings, version, _watched) = future::join3(settings, version, watch).await;
            settings.and(version)
        });
        migration::require_known(version.map_err(Failure::into_error)?)?;
        Ok(link)
    }

    /// Runs calls to the database, at most until the deadline.
    pub fn run<T>(
        &mut self,
        deadline: Instant,
        calls: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        match &self.runtime {
            Some(runtime) => wait(runtime, deadline, calls(&self.client)),
            None => Err(Failure::Gone(HubError::OutOfReach("closed".into()))),
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // A look-up of a name that hangs must not hold up who gives up on it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn wait<T>(
    runtime: &Runtime,
    deadline: Instant,
    calls: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    let limited = async { tokio::time::timeout_at(deadline.into(), calls).await };
    match runtime.block_on(limited) {
        Ok(result) => result.map_err(Failure::from),
        Err(_elapsed) => {
            let text = "no answer in time".to_owned();
            Err(Failure::Gone(HubError::OutOfReach(text)))
        }
    }
}

/// Time until a deadline, at least a millisecond: none would mean without end.
pub fn left(deadline: Instant) -> Duration {
    let left = deadline.saturating_duration_since(Instant::now());
    left.max(Duration::from_millis(1))
}

/// Connections to one hub that wait for the next call.
pub struct Pool {
    config: HubConfig,
    idle: Mutex<Vec<Link>>,
}

impl Pool {
    /// For this hub; opens none yet.
    pub const fn new(config: HubConfig) -> Self {
        Self {
            config,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// What it connects to.
    pub const fn config(&self) -> &HubConfig {
        &self.config
    }

    /// Does something that may be done twice, on a connection that waits or a new one. One that
    /// broke while it waited is replaced, within the deadline. Gives the connection along.
    pub fn with<T>(
        &self,
        deadline: Instant,
        work: impl Fn(&mut Link) -> Result<T, Failure>,
    ) -> Result<(Link, T), HubError> {
        if let Some(mut link) = self.take() {
            match work(&mut link) {
                Ok(value) => return Ok((link, value)),
                Err(Failure::Said(error)) => {
                    self.give(link);
                    return Err(error);
                }
                Err(Failure::Gone(error)) => {
                    // The others broke with it: the server was stopped, or the network.
                    self.forget();
                    if Instant::now() >= deadline {
                        return Err(error);
                    }
                }
            }
        }
        let mut link = Link::open_hub(&self.config, deadline)?;
        match work(&mut link) {
            Ok(value) => Ok((link, value)),
            Err(Failure::Said(error)) => {
                self.give(link);
                Err(error)
            }
            Err(Failure::Gone(error)) => Err(error),
        }
    }

    /// Takes back a connection on which no transaction is open.
    pub fn give(&self, link: Link) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(link);
        }
    }

    fn take(&self) -> Option<Link> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop()
    }

    fn forget(&self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.clear();
    }
}
