//! The system's clock and its source of ids: the only place that asks for either.

use bm_app::ports::{Clock, IdSource};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Ids from the system's clock and its random numbers.
pub struct SystemIds;

impl SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the host's source of ids"
    )]
    pub(crate) fn new_v4() -> Uuid {
        Uuid::new_v4()
    }
}

impl IdSource for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the host's source of ids"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> String {
        format!("{}{}", Self::new_v4().simple(), Self::new_v4().simple())
    }
}
