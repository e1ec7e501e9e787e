//! What the database says, as what it means for a workstation.

use std::error::Error as _;

use bm_app::sync::HubError;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};
use uuid::Uuid;

/// Why something was not done, and whether its connection is of any more use.
#[derive(Debug)]
pub enum Failure {
    /// The connection is gone, or nobody knows what comes on it.
    Gone(HubError),
    /// The hub said no; the connection is in order, an open transaction is not.
    Said(HubError),
}

impl Failure {
    /// The reason.
    pub fn into_error(self) -> HubError {
        match self {
            Self::Gone(error) | Self::Said(error) => error,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Some(said) = error.as_db_error() else {
            return Self::Gone(HubError::OutOfReach(text(&error)));
        };
        // After these the server closes the connection.
        let ended = said.parsed_severity().is_some_and(|severity| {
            use tokio_postgres::error::Severity::{Fatal, Panic};
            matches!(severity, Fatal | Panic)
        });
        if ended {
            Self::Gone(meaning(said))
        } else {
            Self::Said(meaning(said))
        }
    }
}

/// An error with its causes, in one line. The client never puts credentials into them.
pub fn text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        // The number of the system's error says nothing to who reads it.
        let said = inner.to_string();
        text.push_str(said.split(" (os error").next().unwrap_or(&said));
        cause = inner.source();
    }
    text
}

fn meaning(said: &DbError) -> HubError {
    let message = said.message().to_owned();
    let detail = Detail(said.detail().unwrap_or_default());
    match said.code().code() {
        "BM001" => return HubError::NotAdmitted(message),
        "BM002" => {
            return HubError::SeriesEnded {
                series: detail.series(),
            };
        }
        "BM003" => {
            return HubError::Forked {
                series: detail.series(),
                index: detail.number("index"),
            };
        }
        "BM004" => {
            return HubError::Hole {
                series: detail.series(),
                index: detail.number("index"),
                held: detail.number("held"),
            };
        }
        "BM005" => {
            return HubError::Forged {
                series: detail.series(),
                index: detail.number("index"),
            };
        }
        "BM006" => {
            return HubError::Rewound {
                position: detail.number("position"),
            };
        }
        _ => {}
    }
    let code = said.code();
    let class = code.code().get(..2).unwrap_or_default();
    if *code == SqlState::UNDEFINED_TABLE || *code == SqlState::INVALID_CATALOG_NAME {
        HubError::NoHub
    } else if class == "28" || *code == SqlState::INSUFFICIENT_PRIVILEGE {
        HubError::NotAdmitted(message)
    } else if is_of_the_moment(code, class) {
        HubError::OutOfReach(message)
    } else {
        HubError::Broken(format!("{message} ({})", code.code()))
    }
}

/// Whether the same may succeed another time: connections, locks, time limits, a copy that only reads,
/// a server that starts or stops.
fn is_of_the_moment(code: &SqlState, class: &str) -> bool {
    let others = [
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    matches!(class, "08" | "53" | "57") || others.contains(code)
}

/// `series=… index=…` as the functions of the hub put it.
struct Detail<'a>(&'a str);

impl Detail<'_> {
    fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.split(' ').filter_map(|field| field.split_once('='));
        fields.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn series(&self) -> Uuid {
        let value = self.field("series").and_then(|text| text.parse().ok());
        value.unwrap_or_default()
    }

    fn number(&self, name: &str) -> i64 {
        let value = self.field(name).and_then(|text| text.parse().ok());
        value.unwrap_or_default()
    }
}
