//! Each command: who acts, what is asked, what is printed.

use bm_api::command::{self, Call};
use bm_api::session::operator;
use bm_api::view;
use bm_app::permission::{Permission, Role, allows};
use bm_app::{Actor, AppError};
use bm_domain::resident::{PaperKind, normal_number};
use bm_domain::{BusinessDay, DeclarationId};
use bm_host::import::Kind;
use bm_host::{Office, export, import, init};
use serde_json::{Value, json};

use crate::args::{Arguments, Command};
use crate::{declare, output};

/// How a command ended; the graver one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Refused, or differences found.
    Refused = 1,
    /// Wrong usage or input.
    Wrong = 2,
    /// Broken.
    Broken = 3,
}

/// The exit status an error leads to.
#[must_use]
pub const fn exit_of(error: &AppError) -> Exit {
    match error {
        AppError::Store(bm_app::StoreError::Missing(_)) | AppError::BadRequest(_) => Exit::Wrong,
        AppError::Store(_) => Exit::Broken,
        AppError::Refused(_)
        | AppError::NotPermitted
        | AppError::NotSignedIn
        | AppError::SessionLocked
        | AppError::WrongCredentials
        | AppError::NotFound
        | AppError::Stale => Exit::Refused,
    }
}

/// Runs the command.
///
/// # Errors
/// What kept it from being done.
pub fn run(arguments: &Arguments) -> Result<Exit, AppError> {
    match &arguments.command {
        Command::Init { demo } => return create(arguments, *demo),
        Command::Restore { file } => {
            if arguments.data.join("bienmau.db").exists() {
                allow(
                    &actor(arguments, &Office::open(&arguments.data)?)?,
                    Permission::KeepDatabase,
                )?;
            }
            Office::restore(&arguments.data, file)?;
            return Ok(Exit::Done);
        }
        _ => {}
    }
    let office = Office::open(&arguments.data)?;
    let actor = actor(arguments, &office)?;
    allow(&actor, permission(&arguments.command))?;
    let call = Call {
        app: office.app(),
        actor,
        language: arguments.lang.into(),
    };
    match &arguments.command {
        Command::Import {
            kind,
            file,
            skip_bad,
        } => {
            let kind: Kind = kind.parse()?;
            let imported = import::import(call.app, &call.actor, kind, file, *skip_bad)?;
            report_import(arguments, &imported)
        }
        Command::Declare { file } => declare::declare(&call, file),
        Command::Quota { number, kind, at } => quota(&call, number, kind.as_deref(), at.as_deref()),
        Command::Cancel { id, reason } => {
            let id: DeclarationId = id.parse().map_err(|_| AppError::NotFound)?;
            call.app.cancel(&call.actor, id, reason)?;
            print(&json!({"id": id, "status": "cancelled"}))
        }
        Command::Show { id } => print(&json!(command::declaration_view(
            &call,
            request(json!({"id": id}))?,
        )?)),
        Command::Scan { text } => {
            let reading = bm_api::reading::read(call.language, text);
            print(&json!(reading))?;
            let refused = reading
                .problems
                .iter()
                .any(|p| p.severity == bm_domain::Severity::Refuse);
            Ok(if refused { Exit::Refused } else { Exit::Done })
        }
        Command::Report {
            gate,
            date,
            format,
            out,
            ..
        } => daily(&call, gate, date, format, out.as_deref()),
        Command::Verify => verify(&office, arguments.json),
        Command::Backup { file } => office.backup(file).map(|()| Exit::Done),
        Command::Init { .. } | Command::Restore { .. } => Ok(Exit::Done),
    }
}

fn request<T: for<'a> serde::Deserialize<'a>>(value: Value) -> Result<T, AppError> {
    serde_json::from_value(value).map_err(|error| AppError::BadRequest(error.to_string()))
}

const fn permission(command: &Command) -> Permission {
    match command {
        Command::Import { .. } => Permission::KeepLaw,
        Command::Declare { .. } | Command::Cancel { .. } => Permission::Trade,
        Command::Quota { .. } | Command::Show { .. } => Permission::ReadTrade,
        Command::Report { .. } => Permission::Report,
        Command::Verify | Command::Backup { .. } => Permission::KeepDatabase,
        Command::Init { .. } | Command::Restore { .. } | Command::Scan { .. } => Permission::Anyone,
    }
}

fn allow(actor: &Actor, permission: Permission) -> Result<(), AppError> {
    if allows(actor.role, permission) {
        Ok(())
    } else {
        Err(AppError::NotPermitted)
    }
}

fn password() -> String {
    std::env::var("BIENMAU_PASSWORD").unwrap_or_default()
}

fn system_user() -> String {
    std::env::var("USER")
        .or_else(|_| std::env::var("USERNAME"))
        .unwrap_or_else(|_| "?".into())
}

fn actor(arguments: &Arguments, office: &Office) -> Result<Actor, AppError> {
    let Some(user) = &arguments.user else {
        return Ok(operator(&system_user()));
    };
    let account = office.app().sign_in(user, &password())?;
    let (gate, workstation) = (String::new(), String::new());
    Ok(Actor {
        user: account.name,
        role: account.role,
        gate,
        workstation,
    })
}

fn create(arguments: &Arguments, demo: bool) -> Result<Exit, AppError> {
    let office = Office::create(&arguments.data, demo)?;
    let actor = operator(&system_user());
    init::law(office.app(), &actor)?;
    if let Some(user) = arguments.user.as_deref().filter(|_| !demo) {
        office
            .app()
            .save_account(&actor, user, user, Role::Administrator, &password())?;
    }
    if demo {
        let bar = output::bar("demo");
        init::demo(office.app(), &mut |done, of| {
            bar.set_length(of);
            bar.set_position(done);
        })?;
        bar.finish_and_clear();
    }
    output::message(&format!("{}", arguments.data.display()));
    Ok(Exit::Done)
}

fn print(value: &Value) -> Result<Exit, AppError> {
    output::data(&value.to_string())?;
    output::flush()?;
    Ok(Exit::Done)
}

fn report_import(arguments: &Arguments, imported: &import::Imported) -> Result<Exit, AppError> {
    for bad in &imported.bad {
        let line = json!({"line": bad.line, "column": bad.column, "reason": bad.reason});
        if arguments.json {
            output::data(&line.to_string())?;
        } else {
            output::message(&format!("{}: {}: {}", bad.line, bad.column, bad.reason));
        }
    }
    let taken = json!({"taken": imported.taken, "bad": imported.bad.len()});
    print(&taken)?;
    Ok(if imported.bad.is_empty() {
        Exit::Done
    } else {
        Exit::Wrong
    })
}

fn quota(
    call: &Call<'_>,
    number: &str,
    kind: Option<&str>,
    at: Option<&str>,
) -> Result<Exit, AppError> {
    let wrong = |what: &str| AppError::BadRequest(what.to_owned());
    let kind = kind
        .map(|kind| kind.parse::<PaperKind>().map_err(|_| wrong(kind)))
        .transpose()?;
    let at = at.map(|at| at.parse().map_err(|_| wrong(at))).transpose()?;
    let day = BusinessDay::of(at.unwrap_or_else(|| call.app.clock().now()));
    let people = call.app.people_by_number(kind, &normal_number(number))?;
    let person = people.first().ok_or(AppError::NotFound)?;
    let standing = call
        .app
        .quota_on(person.id, day)?
        .ok_or(AppError::NotFound)?;
    let mut quota = json!(view::QuotaView::new(call.language, Some(&standing)));
    quota["person"] = json!(person.id);
    quota["name"] = json!(person.name);
    quota["day"] = json!(day);
    print(&quota)
}

fn daily(
    call: &Call<'_>,
    gate: &str,
    date: &str,
    format: &str,
    out: Option<&std::path::Path>,
) -> Result<Exit, AppError> {
    let report = command::daily(call, gate, date)?;
    match (format, out) {
        ("json", None) => print(&json!(report)),
        ("json", Some(path)) => {
            let written = std::fs::write(path, format!("{}\n", json!(report)));
            written
                .map_err(|error| AppError::BadRequest(format!("{}: {error}", path.display())))?;
            Ok(Exit::Done)
        }
        (_, Some(path)) => {
            export::daily(&report, format, call.language, path)?;
            Ok(Exit::Done)
        }
        ("csv", None) => {
            let sheet = export::sheet(&report, call.language);
            export::csv_to(&sheet, std::io::stdout().lock())?;
            Ok(Exit::Done)
        }
        (_, None) => Err(AppError::BadRequest(format!(
            "--format {format}: --out FILE"
        ))),
    }
}

fn verify(office: &Office, json_wanted: bool) -> Result<Exit, AppError> {
    let bar = output::bar("verify");
    let found = office.app().store().verify(&mut |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if json_wanted {
        print(&json!(found))?;
    } else {
        for difference in &found.differences {
            output::data(difference)?;
        }
        let counts = format!(
            "{} records, {} declarations, {} differences",
            found.records,
            found.declarations,
            found.differences.len()
        );
        output::message(&counts);
    }
    Ok(if found.differences.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    })
}
