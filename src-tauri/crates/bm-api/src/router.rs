//! From an envelope of JSON to its answer: who asks, in which language, what went wrong in words.

use bm_app::anchor::Anchor;
use bm_app::paper::TrackingPaper;
use bm_app::permission::{Permission, allows};
use bm_app::report::table::ReportTable;
use bm_app::{Actor, App, AppError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use crate::answer::{self, ViolationView};
use crate::catalog;
use crate::command::Call;
use crate::law::TableReader;
use crate::session::{Sessions, operator};
use crate::view::{DailyReport, DossierView, GatheringView, VehicleBook};
use crate::words::{self, Language};

/// A request as a host hands it over.
#[derive(Deserialize)]
struct Envelope<'a> {
    command: String,
    #[serde(default)]
    session: Option<String>,
    #[serde(default)]
    language: Language,
    #[serde(borrow, default)]
    request: Option<&'a RawValue>,
}

/// An error as the hosts see it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ApiError {
    /// What the window acts on.
    pub code: ErrorCode,
    /// What happened, why, what to do.
    pub message: String,
    /// Fields that need a look.
    pub violations: Vec<ViolationView>,
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What kind of failure it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$doc])* $name),+ }

        impl ErrorCode {
            /// Every code, for tests that demand words for each.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

error_codes! {
    /// No one has signed in, or the session has ended.
    NotSignedIn,
    /// The password is asked again.
    SessionLocked,
    /// The role may not do it.
    NotPermitted,
    /// Account or password is wrong.
    WrongCredentials,
    /// Too many wrong tries.
    AccountLocked,
    /// The password has to be changed first.
    PasswordDue,
    /// There is no such thing.
    NotFound,
    /// Rules refuse it; the violations say which.
    Refused,
    /// The request is not understood.
    BadRequest,
    /// Someone else has changed it, or its state does not allow it.
    Stale,
    /// Another program holds the database.
    Busy,
    /// The hub is out of reach, or did not do its part.
    Unreached,
    /// The database failed.
    Broken,
}

/// The command list over the use cases, with its sessions.
pub struct Api {
    app: App,
    sessions: Sessions,
    demo: bool,
    exporter: Box<Exporter>,
    tables: Box<TableReader>,
}

/// What can be written to a file.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// The daily report of a gate.
    Daily(&'a DailyReport),
    /// A list of gathered goods with its tax.
    Gathering(&'a GatheringView),
    /// The vehicle book of a gate's year.
    Vehicles(&'a VehicleBook),
    /// An anchor of the log.
    Anchor(&'a Anchor),
    /// A report.
    Report(&'a ReportTable),
    /// A file that is ready, under this name.
    Bytes(&'a str, &'a [u8]),
    /// All that is held of one person.
    Dossier(&'a DossierView),
    /// A day of the tracking book, and when it was made.
    Tracking(&'a TrackingPaper, DateTime<Utc>),
}

/// Writes a report file and says where it went; hosts differ in where that may be.
pub type Exporter = dyn Fn(Written<'_>, &str, Language) -> Result<String, AppError> + Send + Sync;

/// A call that reads tables handed over as text.
pub struct TableCall<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) reader: &'a TableReader,
}

impl<'a> TableCall<'a> {
    /// A call of a host that reads tables itself.
    #[must_use]
    pub const fn new(call: Call<'a>, reader: &'a TableReader) -> Self {
        Self { call, reader }
    }
}

impl<'a> Place<'a> for TableCall<'a> {
    fn of(door: &Door<'a>, actor: Actor) -> Self {
        TableCall {
            call: Call::of(door, actor),
            reader: door.tables,
        }
    }
}

/// Accounts of the demo world, as the README gives them: name, password, role.
pub const DEMO_ACCOUNTS: [(&str, &str, &str); 6] = [
    ("officer", "officer-demo", "officer"),
    ("supervisor", "supervisor-demo", "supervisor"),
    ("branch", "branch-demo", "branch"),
    ("leader", "leader-demo", "leader"),
    ("admin", "admin-demo", "administrator"),
    ("auditor", "auditor-demo", "auditor"),
];

/// Where a request knocks: all that is known of it before anyone is known to have signed in.
#[derive(Clone, Copy)]
pub struct Door<'a> {
    pub(crate) app: &'a App,
    pub(crate) sessions: &'a Sessions,
    pub(crate) exporter: &'a Exporter,
    pub(crate) tables: &'a TableReader,
    pub(crate) demo: bool,
    pub(crate) token: Option<&'a str>,
    pub(crate) language: Language,
}

impl Door<'_> {
    /// Who may come in.
    pub(crate) fn admit(&self, permission: Permission, attended: bool) -> Result<Actor, AppError> {
        if permission == Permission::Anyone {
            return Ok(operator(""));
        }
        let (now, idle) = (self.app.clock().now(), self.app.idle_limit()?);
        let actor = (self.sessions).actor(self.token, now, idle, attended)?;
        // An account closed or given another role loses its open sessions at once.
        let must_change = self.app.check_account(&actor)?;
        if must_change && permission != Permission::OwnAccount {
            Err(AppError::PasswordDue)
        } else if allows(actor.role, permission) {
            Ok(actor)
        } else {
            Err(AppError::NotPermitted)
        }
    }
}

/// What a command works with: the [`Door`] itself, a [`Call`] by someone admitted, or a
/// [`FileCall`] that may also write a file.
pub trait Place<'a> {
    /// The place behind the door for this actor.
    fn of(door: &Door<'a>, actor: Actor) -> Self;
}

impl<'a> Place<'a> for Door<'a> {
    fn of(door: &Door<'a>, _: Actor) -> Self {
        *door
    }
}

impl<'a> Place<'a> for Call<'a> {
    fn of(door: &Door<'a>, actor: Actor) -> Self {
        Call {
            app: door.app,
            actor,
            language: door.language,
        }
    }
}

/// A call whose answer is a file.
pub struct FileCall<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) exporter: &'a Exporter,
}

impl<'a> Place<'a> for FileCall<'a> {
    fn of(door: &Door<'a>, actor: Actor) -> Self {
        FileCall {
            call: Call::of(door, actor),
            exporter: door.exporter,
        }
    }
}

impl Api {
    /// The command list over use cases. `demo` tells that the demo accounts may be shown.
    #[must_use]
    pub fn new(app: App, demo: bool, exporter: Box<Exporter>, tables: Box<TableReader>) -> Self {
        Self {
            app,
            sessions: Sessions::default(),
            demo,
            exporter,
            tables,
        }
    }

    /// The use cases below.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Answers an envelope: `{"ok": …}` or `{"error": …}`, always JSON.
    #[must_use]
    pub fn answer(&self, envelope: &str) -> String {
        let (language, answered) = match serde_json::from_str::<Envelope<'_>>(envelope) {
            Ok(envelope) => (envelope.language, self.dispatch(&envelope)),
            Err(error) => (Language::Vi, Err(AppError::BadRequest(error.to_string()))),
        };
        match answered {
            Ok(ok) => format!("{{\"ok\":{}}}", ok.get()),
            Err(error) => json!({ "error": api_error(language, &error) }).to_string(),
        }
    }

    fn dispatch(&self, envelope: &Envelope<'_>) -> catalog::Answered {
        let door = Door {
            app: &self.app,
            sessions: &self.sessions,
            exporter: self.exporter.as_ref(),
            tables: self.tables.as_ref(),
            demo: self.demo,
            token: envelope.session.as_deref(),
            language: envelope.language,
        };
        catalog::dispatch(&door, &envelope.command, envelope.request)
    }
}

/// Answers an envelope with an error, in the language the envelope asks for: for a host whose
/// database can't be opened.
#[must_use]
pub fn failure(envelope: &str, error: &AppError) -> String {
    let asked = serde_json::from_str::<Envelope<'_>>(envelope);
    let language = asked.map_or(Language::Vi, |envelope| envelope.language);
    json!({ "error": api_error(language, error) }).to_string()
}

/// An error in the words of a language, with the code the window acts on.
#[must_use]
pub fn api_error(language: Language, error: &AppError) -> ApiError {
    let violations = match error {
        AppError::Refused(all) => answer::violations(language, all),
        _ => Vec::new(),
    };
    ApiError {
        code: ErrorCode::of(error),
        message: words::error(language, error),
        violations,
    }
}

impl ErrorCode {
    /// The code of an error.
    #[must_use]
    pub const fn of(error: &AppError) -> Self {
        match error {
            AppError::Refused(_) => Self::Refused,
            AppError::NotPermitted => Self::NotPermitted,
            AppError::NotSignedIn => Self::NotSignedIn,
            AppError::SessionLocked => Self::SessionLocked,
            AppError::WrongCredentials => Self::WrongCredentials,
            AppError::AccountLocked(_) => Self::AccountLocked,
            AppError::PasswordDue => Self::PasswordDue,
            AppError::NotFound => Self::NotFound,
            AppError::Stale => Self::Stale,
            AppError::BadRequest(_) => Self::BadRequest,
            AppError::Store(bm_app::StoreError::Locked) => Self::Busy,
            AppError::Unreached(_) => Self::Unreached,
            AppError::Store(_) => Self::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use bm_app::StoreError;

    use super::*;

    #[test]
    fn a_database_that_cannot_be_opened_is_said_in_the_language_asked_for() {
        let said = |envelope: &str, error| {
            let answer = failure(envelope, &AppError::Store(error));
            let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
            let error = &answer["error"];
            let message = error["message"].as_str().unwrap_or_default();
            (
                error["code"].clone(),
                message.split(' ').next().map(str::to_owned),
            )
        };
        let english = r#"{"command": "system_status", "language": "en"}"#;
        let (code, word) = said(english, StoreError::Locked);
        assert_eq!((code, word.as_deref()), (json!("busy"), Some("Another")));
        let (code, word) = said("", StoreError::KeyWrong);
        assert_eq!((code, word.as_deref()), (json!("broken"), Some("Khóa")));
    }
}
