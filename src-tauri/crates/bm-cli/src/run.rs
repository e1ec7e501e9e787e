//! Each command: who acts, what is asked, what is printed.

use std::io::{Read, stdin};
use std::path::Path;

use bm_api::command::{self, Call};
use bm_api::session::operator;
use bm_api::view;
use bm_app::correction::Came;
use bm_app::permission::{Permission, Role, allows};
use bm_app::{Actor, AppError, StoreError};
use bm_domain::resident::{PaperKind, Resident, normal_number};
use bm_domain::{BusinessDay, DeclarationId};
use bm_host::import::{LawTerms, Order};
use bm_host::words::{HostError, Message};
use bm_host::{Office, init};
use serde::Serialize;
use serde_json::{Value, json};

use crate::args::{Arguments, Command, ImportKind};
use crate::{audit, books, breaches, declare, hub, import, output, paper, reconcile, report};

/// The longest scan read from standard input, in bytes; what is longer is refused as too long.
const SCAN_MAX: u64 = 1 << 20;

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
pub const fn exit_of(error: &HostError) -> Exit {
    match error {
        HostError::Wrong(_) => Exit::Wrong,
        HostError::Refused(_) => Exit::Refused,
        HostError::App(error) => match error {
            AppError::Store(StoreError::Missing(_)) | AppError::BadRequest(_) => Exit::Wrong,
            AppError::Store(_) | AppError::Unreached(_) => Exit::Broken,
            AppError::Refused(_)
            | AppError::NotPermitted
            | AppError::NotSignedIn
            | AppError::SessionLocked
            | AppError::WrongCredentials
            | AppError::AccountLocked(_)
            | AppError::PasswordDue
            | AppError::NotFound
            | AppError::Stale => Exit::Refused,
        },
    }
}

/// Runs the command.
///
/// # Errors
/// What kept it from being done.
pub fn run(arguments: &Arguments) -> Result<Exit, HostError> {
    match (&arguments.command, &arguments.user) {
        (Command::Init { demo }, _) => return create(arguments, *demo),
        (Command::Scan { text }, None) => return scan(arguments, text),
        (Command::Hub { action }, None) => {
            if let Some(done) = action.without_database(arguments) {
                return done;
            }
        }
        // These must work on a database that can't be used otherwise.
        (Command::Restore { file, force }, None) => return restore(arguments, file, *force),
        (Command::Verify { anchors }, None) => return audit::verify(arguments, anchors),
        _ => {}
    }
    let office = Office::open(&arguments.data)?;
    let asked = permission(&arguments.command);
    let actor = actor(arguments, &office, asked)?;
    allow(&actor, asked)?;
    // The account has been checked; these work on the closed database.
    match &arguments.command {
        Command::Verify { anchors } => {
            drop(office);
            return audit::verify(arguments, anchors);
        }
        Command::Restore { file, force } => {
            drop(office);
            return restore(arguments, file, *force);
        }
        _ => {}
    }
    let call = Call {
        app: office.app(),
        actor,
        language: arguments.lang.into(),
    };
    if matches!(
        asked,
        Permission::Trade | Permission::KeepLaw | Permission::ImportResidents
    ) {
        hub::tell_reach(&office, &call)?;
    }
    let done = do_command(arguments, &office, call);
    if office.app().hub().is_some() && !matches!(arguments.command, Command::Hub { .. }) {
        office.meet_hub();
    }
    done
}

fn do_command(arguments: &Arguments, office: &Office, call: Call<'_>) -> Result<Exit, HostError> {
    match &arguments.command {
        Command::Import {
            kind,
            file,
            skip_bad,
            preview,
            from,
            basis,
            reason,
            whole,
        } => {
            let terms = LawTerms {
                from: from.as_deref().map(read_day).transpose()?,
                basis: basis.clone(),
                reason: reason.clone(),
                whole: *whole,
                preview: *preview,
            };
            let order = Order {
                kind: (*kind).into(),
                path: file,
                skip_bad: *skip_bad,
                language: call.language,
                terms: &terms,
            };
            import::run(arguments, &call, &order)
        }
        Command::Declare { file } => declare::declare(&call, file),
        Command::Quota { number, kind, at } => quota(
            arguments,
            &call,
            number,
            kind.map(Into::into),
            at.as_deref(),
        ),
        Command::Cancel { id, reason } => cancel(arguments, &call, id, reason),
        Command::Show { id } => {
            let known = form_of(&call, id)?;
            let form = request(json!({ "id": known }))
                .and_then(|by| command::declaration_view(&call, by))
                .map_err(|error| about_form(id, error))?;
            print(arguments, &form)
        }
        Command::Gather {
            file: Some(file), ..
        } => print(arguments, &books::gather(&call, file)?),
        Command::Gather { file: None, gate } => print(
            arguments,
            &books::lists(&call, gate.as_deref().unwrap_or_default())?,
        ),
        Command::Overdue { gate } => {
            let found = books::overdue(&call, gate.as_deref().unwrap_or_default())?;
            print(arguments, &found)?;
            Ok(if found.is_empty() {
                Exit::Done
            } else {
                Exit::Refused
            })
        }
        Command::Breaches(asked) => breaches::run(arguments, &call, asked),
        Command::Reconcile { .. } => reconcile::run(arguments, call),
        Command::Scan { text } => scan(arguments, text),
        Command::Report { .. } => report::run(arguments, office, &call),
        Command::Person { action } => action.run(arguments, &call),
        Command::Account { action } => action.run(arguments, &call),
        Command::Print { .. } => paper::print(arguments, office, &call),
        Command::Template { .. } => paper::template(arguments, office, &call),
        Command::Backup { file } => backup(arguments, office, file),
        Command::Audit { .. } => audit::run(arguments, &call),
        Command::Anchor { .. } => audit::anchor(arguments, office, &call),
        Command::Hub { action } => action.run(arguments, office, &call),
        Command::Sync { hub } => hub::sync(arguments, office, hub.as_deref()),
        Command::Init { .. } | Command::Verify { .. } | Command::Restore { .. } => Ok(Exit::Done),
    }
}

pub fn say(arguments: &Arguments, message: &Message) {
    output::message(&message.text(arguments.lang.into()));
}

fn request<T: for<'a> serde::Deserialize<'a>>(value: Value) -> Result<T, AppError> {
    serde_json::from_value(value).map_err(|error| AppError::BadRequest(error.to_string()))
}

fn permission(command: &Command) -> Permission {
    match command {
        Command::Import {
            kind: ImportKind::Residents,
            ..
        } => Permission::ImportResidents,
        Command::Import { .. } | Command::Template { .. } => Permission::KeepLaw,
        Command::Declare { .. }
        | Command::Cancel { .. }
        | Command::Print { .. }
        | Command::Gather { file: Some(_), .. } => Permission::Trade,
        Command::Quota { .. }
        | Command::Show { .. }
        | Command::Gather { file: None, .. }
        | Command::Overdue { .. } => Permission::ReadTrade,
        Command::Report { report, .. } => report::permission(report),
        Command::Breaches(asked) if asked.scan => Permission::Decide,
        Command::Breaches(_) => Permission::ReadBreaches,
        Command::Reconcile { counts, close, .. } if counts.is_some() || *close => Permission::Trade,
        Command::Reconcile { .. } => Permission::Report,
        Command::Person { action } => action.permission(),
        Command::Account { action } => action.permission(),
        Command::Hub { action } => action.permission(),
        Command::Sync { .. } => Permission::KeepDatabase,
        Command::Audit { chain: false, .. } => Permission::Audit,
        Command::Anchor {
            renew_key: true, ..
        } => Permission::Decide,
        Command::Anchor { .. } => Permission::Anchor,
        Command::Verify { .. }
        | Command::Audit { .. }
        | Command::Backup { .. }
        | Command::Restore { .. } => Permission::KeepDatabase,
        Command::Init { .. } | Command::Scan { .. } => Permission::Anyone,
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

pub fn system_user() -> String {
    std::env::var("USER")
        .or_else(|_| std::env::var("USERNAME"))
        .unwrap_or_else(|_| "?".into())
}

fn actor(arguments: &Arguments, office: &Office, asked: Permission) -> Result<Actor, AppError> {
    let Some(user) = &arguments.user else {
        return Ok(operator(&system_user()));
    };
    let account = office.app().sign_in(user, &password(), "")?;
    if asked != Permission::OwnAccount && office.app().must_change(&account)? {
        return Err(AppError::PasswordDue);
    }
    let (gate, workstation) = (String::new(), String::new());
    Ok(Actor {
        user: account.name,
        role: account.role,
        gate,
        workstation,
    })
}

fn create(arguments: &Arguments, demo: bool) -> Result<Exit, HostError> {
    let administrator = arguments.user.as_deref().filter(|_| !demo);
    let least = init::office::account_rule()?.least_length as usize;
    if administrator.is_some() && password().chars().count() < least {
        let short = Message::new("password_short").with("least", least);
        return Err(HostError::Wrong(short));
    }
    let bar = output::bar("init", false);
    Office::make(&arguments.data, demo, &mut |app| {
        let actor = operator(&system_user());
        init::law(app, &actor)?;
        if let Some(user) = administrator {
            app.enter_account(&actor, user, user, Role::Administrator, &password())?;
        }
        if demo {
            init::demo(app, &mut |done, of| output::follow(&bar, done, of))?;
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let path = arguments.data.display();
    say(arguments, &Message::new("database_made").with("path", path));
    Ok(Exit::Done)
}

/// Prints a value: on one line for programs, indented for people.
pub fn print(arguments: &Arguments, value: &impl Serialize) -> Result<Exit, HostError> {
    let text = if arguments.json {
        serde_json::to_string(value)
    } else {
        serde_json::to_string_pretty(value)
    };
    output::data(&text.map_err(|error| AppError::BadRequest(error.to_string()))?)?;
    output::flush()?;
    Ok(Exit::Done)
}

pub fn read_day(text: &str) -> Result<BusinessDay, HostError> {
    let invalid = || HostError::Wrong(Message::new("day_invalid").with("value", text));
    text.parse().map_err(|_| invalid())
}

fn quota(
    arguments: &Arguments,
    call: &Call<'_>,
    number: &str,
    kind: Option<PaperKind>,
    at: Option<&str>,
) -> Result<Exit, HostError> {
    let wrong = |at: &str| HostError::Wrong(Message::new("time_invalid").with("value", at));
    let at = at.map(|at| at.parse().map_err(|_| wrong(at))).transpose()?;
    let day = BusinessDay::of(at.unwrap_or_else(|| call.app.clock().now()));
    let people = call.app.people_by_number(kind, &normal_number(number))?;
    call.app.note_listed(&call.actor, &people)?;
    let person = only(number, &people)?;
    // Naming a person is a look-up, and every look-up is recorded.
    call.app.person_page(&call.actor, person.id)?;
    let standing = call
        .app
        .quota_on(person.id, day)?
        .ok_or(AppError::NotFound)?;
    let mut quota = json!(view::QuotaView::new(call.language, Some(&standing)));
    quota["person"] = json!(person.id);
    quota["name"] = json!(person.name);
    quota["day"] = json!(day);
    print(arguments, &quota)
}

/// The one person of a number.
pub fn only<'a>(number: &str, people: &'a [Resident]) -> Result<&'a Resident, HostError> {
    match people {
        [person] => Ok(person),
        [] => {
            let unknown = Message::new("number_unknown").with("number", number);
            Err(HostError::Refused(unknown))
        }
        several => {
            let normal = normal_number(number);
            let papers = several.iter().flat_map(|person| &person.papers);
            let kinds: Vec<_> = papers
                .filter(|paper| paper.number == normal)
                .map(|paper| paper.kind.word())
                .collect();
            let ambiguous = Message::new("number_ambiguous")
                .with("number", number)
                .with("kinds", kinds.join(", "));
            Err(HostError::Wrong(ambiguous))
        }
    }
}

/// The form of that id, or of that number: a number has strokes between its parts.
pub fn form_of(call: &Call<'_>, text: &str) -> Result<DeclarationId, HostError> {
    let text = text.trim();
    if text.contains('/') {
        let form = call
            .app
            .read(|reader| Ok(reader.declaration_by_number(text)?))?;
        let form = form.ok_or_else(|| about_form(text, AppError::NotFound))?;
        return Ok(form.declaration.draft.id);
    }
    let invalid = || HostError::Wrong(Message::new("id_invalid").with("value", text));
    text.parse().map_err(|_| invalid())
}

/// What an error says of the form with this id.
fn about_form(id: &str, error: AppError) -> HostError {
    let message = match error {
        AppError::NotFound => Message::new("declaration_unknown"),
        AppError::Stale => Message::new("cancel_stale"),
        other => return other.into(),
    };
    HostError::Refused(message.with("id", id))
}

/// What an error says of a file to write.
pub fn about_file(path: &Path, error: AppError) -> HostError {
    match error {
        AppError::BadRequest(detail) => HostError::Wrong(
            Message::new("file_unwritable")
                .with("path", path.display())
                .with("detail", detail),
        ),
        other => other.into(),
    }
}

fn cancel(
    arguments: &Arguments,
    call: &Call<'_>,
    id: &str,
    reason: &str,
) -> Result<Exit, HostError> {
    let known = form_of(call, id)?;
    let came = call.app.cancel(&call.actor, known, reason);
    match came.map_err(|error| about_form(id, error))? {
        Came::Done(_) => print(arguments, &json!({"id": known, "status": "cancelled"})),
        Came::Proposed(proposal, _) => {
            let waits = json!({"id": known, "status": "proposed", "proposal": proposal});
            print(arguments, &waits)
        }
    }
}

fn scan(arguments: &Arguments, text: &str) -> Result<Exit, HostError> {
    let text = if text == "-" {
        let mut bytes = Vec::new();
        let read = stdin().take(SCAN_MAX).read_to_end(&mut bytes);
        read.map_err(|error| {
            let unreadable = Message::new("file_unreadable").with("path", "-");
            HostError::Wrong(unreadable.with("detail", error))
        })?;
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        text.to_owned()
    };
    let reading = json!(bm_api::reading::read(arguments.lang.into(), &text));
    print(arguments, &reading)?;
    let problems = reading["problems"].as_array().into_iter().flatten();
    let mut exit = Exit::Done;
    for problem in problems {
        if problem["severity"] == "refuse" {
            exit = Exit::Refused;
        }
        if !arguments.json {
            output::message(problem["message"].as_str().unwrap_or_default());
        }
    }
    Ok(exit)
}

/// A day of a gate, today where none is named, once the gate is known.
pub fn gate_day(call: &Call<'_>, gate: &str, date: Option<&str>) -> Result<BusinessDay, HostError> {
    let today = BusinessDay::of(call.app.clock().now());
    let day = date.map_or(Ok(today), read_day)?;
    let known: Vec<String> = call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        Ok(book.1.gates.keys().cloned().collect())
    })?;
    if known.iter().any(|code| code == gate) {
        return Ok(day);
    }
    let unknown = Message::new("gate_unknown")
        .with("gate", gate)
        .with("known", known.join(", "));
    Err(HostError::Wrong(unknown))
}

fn backup(arguments: &Arguments, office: &Office, file: &Path) -> Result<Exit, HostError> {
    let bar = output::bar("backup", false);
    let found = office.backup(file, &mut |done, of| output::follow(&bar, done, of))?;
    bar.finish_and_clear();
    let said = Message::new("backed_up")
        .with("records", found.records)
        .with("path", file.display());
    say(arguments, &said);
    let differences = found.differences.len();
    if differences > 0 {
        let differs = Message::new("backup_differs").with("differences", differences);
        say(arguments, &differs);
    }
    print(
        arguments,
        &json!({"file": file, "records": found.records, "differences": differences}),
    )?;
    Ok(if differences == 0 {
        Exit::Done
    } else {
        Exit::Refused
    })
}

fn restore(arguments: &Arguments, file: &Path, force: bool) -> Result<Exit, HostError> {
    let bar = output::bar("restore", false);
    let restored = Office::restore(&arguments.data, file, force, &mut |done, of| {
        output::follow(&bar, done, of);
    })?;
    bar.finish_and_clear();
    let said = Message::new("restored")
        .with("records", restored.records)
        .with("path", file.display());
    say(arguments, &said);
    if restored.lost > 0 {
        let lost = Message::new("restore_lost").with("lost", restored.lost);
        say(arguments, &lost);
    }
    if let Some(kept) = &restored.kept {
        let kept = Message::new("kept_aside").with("path", kept.display());
        say(arguments, &kept);
    }
    print(
        arguments,
        &json!({"records": restored.records, "lost": restored.lost, "kept": restored.kept}),
    )
}
