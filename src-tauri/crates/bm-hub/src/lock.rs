//! Papers held at the hub.

use std::time::{Duration, Instant};

use bm_app::sync::{HubError, Outgoing, PaperKey, PaperLock};
use futures_util::future;
use tokio_postgres::types::Type;

use crate::error::Failure;
use crate::link::{self, Link, Pool};
use crate::push;

/// How long a call may take less this is what the server is given, so that its answer arrives.
const MARGIN: Duration = Duration::from_millis(50);

/// How long the hub holds papers for a workstation that says nothing more.
const PATIENCE: Duration = Duration::from_secs(10);

/// A transaction that holds papers, on a connection of its own.
pub struct Held<'a> {
    pool: &'a Pool,
    budget: Duration,
    /// `None` once its transaction has ended.
    link: Option<Link>,
    latest: i64,
}

impl<'a> Held<'a> {
    /// Waits for papers, at most as long as the budget, and holds them; without any it is the order
    /// itself that is held.
    pub fn take(
        pool: &'a Pool,
        budget: Duration,
        papers: Option<&[PaperKey]>,
    ) -> Result<Self, HubError> {
        let deadline = Instant::now() + budget;
        let (link, latest) = pool.with(deadline, |link| hold(link, deadline, papers))?;
        Ok(Self {
            pool,
            budget,
            link: Some(link),
            latest,
        })
    }

    fn let_go(&mut self) {
        let Some(mut link) = self.link.take() else {
            return;
        };
        if roll_back(&mut link, Instant::now() + self.budget) {
            self.pool.give(link);
        }
    }
}

impl PaperLock for Held<'_> {
    fn latest(&self) -> i64 {
        self.latest
    }

    fn push(mut self: Box<Self>, records: &[Outgoing]) -> Result<(), HubError> {
        let deadline = Instant::now() + self.budget;
        let Some(mut link) = self.link.take() else {
            return Err(HubError::OutOfReach("the papers were let go".to_owned()));
        };
        let chunks = push::chunks(records);
        match push::in_transaction(&mut link, deadline, &chunks) {
            Ok(()) => {
                self.pool.give(link);
                Ok(())
            }
            Err(Failure::Said(error)) => {
                if roll_back(&mut link, deadline) {
                    self.pool.give(link);
                }
                Err(error)
            }
            Err(Failure::Gone(error)) => Err(error),
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.let_go();
    }
}

fn hold(link: &mut Link, deadline: Instant, papers: Option<&[PaperKey]>) -> Result<i64, Failure> {
    let wait = link::left(deadline)
        .saturating_sub(MARGIN)
        .as_millis()
        .max(1);
    let patience = PATIENCE.as_millis();
    let begin = format!(
        "BEGIN; SET LOCAL lock_timeout = {wait}; SET LOCAL statement_timeout = {wait};
         SET LOCAL idle_in_transaction_session_timeout = {patience}"
    );
    let held = link.run(deadline, async |client| {
        let begun = client.batch_execute(&begin);
        let (begun, latest) = match papers {
            Some(papers) => {
                let papers = [(&papers as _, Type::INT8_ARRAY)];
                let latest = client.query_typed_one("SELECT bienmau.hold($1)", &papers);
                future::join(begun, latest).await
            }
            None => {
                let latest = client.query_typed_one("SELECT bienmau.hold_order()", &[]);
                future::join(begun, latest).await
            }
        };
        begun?;
        latest?.try_get(0)
    });
    match held {
        Err(Failure::Said(error)) if !roll_back(link, deadline) => Err(Failure::Gone(error)),
        held => held,
    }
}

/// Ends a transaction without a trace; whether the connection is in order.
fn roll_back(link: &mut Link, deadline: Instant) -> bool {
    let ended = link.run(deadline, async |client| {
        client.batch_execute("ROLLBACK").await
    });
    ended.is_ok()
}
