//! From an envelope of JSON to its answer: finds the command, checks the permission, words errors.

use bm_app::permission::{Permission, allows};
use bm_app::{Actor, App, AppError};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::answer::{self, ViolationView};
use crate::command::{self, Call};
use crate::session::{IDLE_LOCK_SECONDS, Session, Sessions};
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
pub struct ApiError {
    /// What the window acts on.
    pub code: &'static str,
    /// What happened, why, what to do.
    pub message: String,
    /// Fields that need a look.
    pub violations: Vec<ViolationView>,
}

/// The command list over the use cases, with its sessions.
pub struct Api {
    app: App,
    sessions: Sessions,
    demo: bool,
    exporter: Box<Exporter>,
}

/// Writes a report file and says where it went; hosts differ in where that may be.
pub type Exporter =
    dyn Fn(&crate::view::DailyReport, &str, Language) -> Result<String, AppError> + Send + Sync;

/// Accounts of the demo world, as the README gives them: name, password, role.
pub const DEMO_ACCOUNTS: [(&str, &str, &str); 5] = [
    ("officer", "officer-demo", "officer"),
    ("supervisor", "supervisor-demo", "supervisor"),
    ("branch", "branch-demo", "branch"),
    ("leader", "leader-demo", "leader"),
    ("admin", "admin-demo", "administrator"),
];

/// Every command with the permission it asks for.
pub const COMMANDS: &[(&str, Permission)] = &[
    ("system_status", Permission::Anyone),
    ("session_sign_in", Permission::Anyone),
    ("session_sign_out", Permission::Anyone),
    ("session_lock", Permission::Anyone),
    ("session_unlock", Permission::Anyone),
    ("person_find", Permission::ReadTrade),
    ("person_view", Permission::ReadTrade),
    ("person_save", Permission::Trade),
    ("commune_list", Permission::SignedIn),
    ("goods_find", Permission::SignedIn),
    ("declaration_preview", Permission::Trade),
    ("declaration_register", Permission::Trade),
    ("declaration_cancel", Permission::Trade),
    ("declaration_list", Permission::ReadTrade),
    ("declaration_view", Permission::ReadTrade),
    ("report_daily", Permission::Report),
    ("report_export", Permission::Report),
];

#[derive(Deserialize)]
struct SignIn {
    user: String,
    password: String,
    gate: String,
    #[serde(default)]
    workstation: String,
}

#[derive(Deserialize)]
struct Unlock {
    password: String,
}

#[derive(Deserialize)]
struct Export {
    gate: String,
    day: String,
    format: String,
}

fn parse<'a, T: Deserialize<'a>>(request: Option<&'a RawValue>) -> Result<T, AppError> {
    let text = request.map_or("{}", RawValue::get);
    serde_json::from_str(text).map_err(|error| AppError::BadRequest(error.to_string()))
}

impl Api {
    /// The command list over use cases. `demo` tells that the demo accounts may be shown.
    #[must_use]
    pub fn new(app: App, demo: bool, exporter: Box<Exporter>) -> Self {
        Self {
            app,
            sessions: Sessions::default(),
            demo,
            exporter,
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
        let answer = match answered {
            Ok(ok) => json!({ "ok": ok }),
            Err(error) => json!({ "error": api_error(language, &error) }),
        };
        answer.to_string()
    }

    fn dispatch(&self, envelope: &Envelope<'_>) -> Result<Value, AppError> {
        let name = envelope.command.as_str();
        let found = COMMANDS.iter().find(|(command, _)| *command == name);
        let (_, permission) =
            found.ok_or_else(|| AppError::BadRequest(format!("command: {name}")))?;
        let request = envelope.request;
        let token = envelope.session.as_deref();
        if *permission == Permission::Anyone {
            return self.dispatch_open(name, token, request, envelope.language);
        }
        let actor = self.sessions.actor(token, self.app.clock().now())?;
        if !allows(actor.role, *permission) {
            return Err(AppError::NotPermitted);
        }
        let call = Call {
            app: &self.app,
            actor,
            language: envelope.language,
        };
        match name {
            "person_find" => command::person_find(&call, parse(request)?),
            "person_view" => command::person_view(&call, parse(request)?),
            "person_save" => command::person_save(&call, parse(request)?),
            "commune_list" => command::commune_list(&call),
            "goods_find" => command::goods_find(&call, parse(request)?),
            "declaration_preview" => command::declaration_preview(&call, parse(request)?),
            "declaration_register" => command::declaration_register(&call, parse(request)?),
            "declaration_cancel" => command::declaration_cancel(&call, parse(request)?),
            "declaration_list" => command::declaration_list(&call, parse(request)?),
            "declaration_view" => command::declaration_view(&call, parse(request)?),
            "report_daily" => command::report_daily(&call, parse(request)?),
            "report_export" => self.export(&call, &parse(request)?),
            _ => Err(AppError::BadRequest(format!("command: {name}"))),
        }
    }

    fn dispatch_open(
        &self,
        name: &str,
        token: Option<&str>,
        request: Option<&RawValue>,
        language: Language,
    ) -> Result<Value, AppError> {
        let now = self.app.clock().now();
        match name {
            "system_status" => self.status(language),
            "session_sign_in" => self.sign_in(&parse(request)?, language),
            "session_unlock" => {
                let Session { actor, .. } = self.sessions.get(token)?;
                self.app
                    .sign_in(&actor.user, &parse::<Unlock>(request)?.password)?;
                self.sessions
                    .set_locked(token.unwrap_or_default(), false, now)?;
                Ok(Value::Null)
            }
            "session_lock" => {
                self.sessions
                    .set_locked(token.unwrap_or_default(), true, now)?;
                Ok(Value::Null)
            }
            _ => {
                self.sessions.close(token.unwrap_or_default())?;
                Ok(Value::Null)
            }
        }
    }

    fn status(&self, language: Language) -> Result<Value, AppError> {
        let nobody = crate::session::operator("");
        let mut status = command::gates(&Call {
            app: &self.app,
            actor: nobody,
            language,
        })?;
        let shown: Vec<Value> = DEMO_ACCOUNTS
            .iter()
            .filter(|_| self.demo)
            .map(|(user, password, role)| json!({"user": user, "password": password, "role": role}))
            .collect();
        status["version"] = json!(env!("CARGO_PKG_VERSION"));
        status["demo_accounts"] = json!(shown);
        Ok(status)
    }

    fn sign_in(&self, sign_in: &SignIn, language: Language) -> Result<Value, AppError> {
        let account = self.app.sign_in(&sign_in.user, &sign_in.password)?;
        let actor = Actor {
            user: account.name.clone(),
            role: account.role,
            gate: sign_in.gate.trim().to_owned(),
            workstation: sign_in.workstation.trim().to_owned(),
        };
        crate::input::check_workstation(&actor.workstation)
            .map_err(|odd| AppError::Refused(vec![odd]))?;
        let call = Call {
            app: &self.app,
            actor: actor.clone(),
            language,
        };
        let gates = command::gates(&call)?;
        let gate = gates["gates"].as_array().into_iter().flatten();
        let name = gate
            .filter(|gate| gate["code"] == actor.gate.as_str())
            .map(|g| &g["name"])
            .next();
        let name = name
            .cloned()
            .ok_or_else(|| AppError::BadRequest(format!("gate: {}", actor.gate)))?;
        // A random id: a time-ordered one could be guessed.
        let token = self.app.ids().secret();
        self.sessions
            .open(token.clone(), actor.clone(), self.app.clock().now())?;
        Ok(json!({
            "token": token, "user": actor.user, "display_name": account.display_name,
            "role": account.role, "gate": actor.gate, "gate_name": name,
            "workstation": actor.workstation, "idle_lock_seconds": IDLE_LOCK_SECONDS,
        }))
    }

    fn export(&self, call: &Call<'_>, export: &Export) -> Result<Value, AppError> {
        let report = command::daily(call, &export.gate, &export.day)?;
        let path = (self.exporter)(&report, &export.format, call.language)?;
        Ok(json!({ "path": path }))
    }
}

/// An error in the words of a language, with the code the window acts on.
#[must_use]
pub fn api_error(language: Language, error: &AppError) -> ApiError {
    let violations = match error {
        AppError::Refused(all) => answer::violations(language, all),
        _ => Vec::new(),
    };
    let (key, _) = words::error_key(error);
    let code = key.strip_prefix("error.").unwrap_or(key);
    let code = if code.starts_with("database_") {
        "broken"
    } else {
        code
    };
    ApiError {
        code,
        message: words::error(language, error),
        violations,
    }
}
