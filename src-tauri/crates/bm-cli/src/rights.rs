//! `account` and `person`: locked accounts and own passwords; a person's data handed out, and taken
//! out when it was kept long enough.

use std::path::PathBuf;

use bm_api::command::{self, Call};
use bm_api::request::{Nothing, RetentionAsk, RetentionVerdict};
use bm_api::router::Written;
use bm_app::AppError;
use bm_app::permission::Permission;
use bm_domain::resident::{PaperKind, normal_number};
use bm_host::export;
use bm_host::words::{HostError, Message};
use clap::Subcommand;
use serde_json::json;

use crate::args::{Arguments, Format};
use crate::run::{Exit, about_file, only, print, read_day};

/// Environment variable with the password to take.
const NEW_PASSWORD: &str = "BIENMAU_NEW_PASSWORD";

#[derive(Subcommand)]
pub enum AccountCommand {
    /// Let an account that was locked after wrong passwords sign in at once.
    Unlock {
        /// Name of the account.
        name: String,
    },
    /// Change one's own password (--as) to the one in BIENMAU_NEW_PASSWORD.
    Password,
}

#[derive(Subcommand)]
pub enum PersonCommand {
    /// Write all that is held of a person to a file: data, forms, quota, receipts, vehicles, looks.
    ///
    /// For the person's own right of access (Law 91/2025/QH15). Recorded with its reason. Reads every
    /// record of the database.
    Export {
        /// Number of any of the person's papers.
        number: String,
        /// Kind of the paper, where two persons have papers of one number.
        #[arg(long)]
        kind: Option<crate::args::PaperKind>,
        /// File to write; one that is there is replaced. Its suffix tells the format: json, csv, xlsx.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Why, and at whose request.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Take names and numbers of persons out whose data was kept as long as it has to be.
    ///
    /// Proposes it; another person confirms with --confirm. --preview tells how many and changes
    /// nothing. Totals, quota and forms stay. Copies of the database made before still hold the names.
    Pseudonymise {
        /// Only persons without a trace since this day; the rule's own day without it.
        #[arg(long, value_name = "DAY")]
        before: Option<String>,
        /// Tell how many, change nothing.
        #[arg(long, conflicts_with_all = ["confirm", "reject", "list"])]
        preview: bool,
        /// Confirm this proposal, of another person, and carry it out.
        #[arg(long, value_name = "ID", conflicts_with_all = ["before", "reject", "list"])]
        confirm: Option<String>,
        /// Reject this proposal.
        #[arg(long, value_name = "ID", conflicts_with_all = ["before", "list"])]
        reject: Option<String>,
        /// List proposals and what became of them.
        #[arg(long, conflicts_with = "before")]
        list: bool,
    },
}

impl AccountCommand {
    /// What it asks the actor to be allowed.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::Unlock { .. } => Permission::KeepAccounts,
            Self::Password => Permission::OwnAccount,
        }
    }

    /// Does it.
    pub fn run(&self, arguments: &Arguments, call: &Call<'_>) -> Result<Exit, HostError> {
        match self {
            Self::Unlock { name } => {
                call.app.unlock_account(&call.actor, name)?;
                print(arguments, &json!({"account": name, "locked": false}))
            }
            Self::Password => {
                let variable = |name: &str| std::env::var(name).unwrap_or_default();
                let new = variable(NEW_PASSWORD);
                if arguments.user.is_none() || new.is_empty() {
                    let needed = Message::new("new_password_needed").with("name", NEW_PASSWORD);
                    return Err(HostError::Wrong(needed));
                }
                let old = variable("BIENMAU_PASSWORD");
                call.app.change_password(&call.actor, &old, &new)?;
                print(
                    arguments,
                    &json!({"account": call.actor.user, "changed": true}),
                )
            }
        }
    }
}

impl PersonCommand {
    /// What it asks the actor to be allowed.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::Export { .. } => Permission::Reveal,
            Self::Pseudonymise { .. } => Permission::KeepDatabase,
        }
    }

    /// Does it.
    pub fn run(&self, arguments: &Arguments, call: &Call<'_>) -> Result<Exit, HostError> {
        match self {
            Self::Export {
                number,
                kind,
                out,
                reason,
            } => {
                let format = Format::of_suffix(out).ok_or_else(|| {
                    let unknown = Message::new("file_unwritable").with("path", out.display());
                    HostError::Wrong(unknown.with("detail", ".json .csv .xlsx ?"))
                })?;
                let kind: Option<PaperKind> = kind.map(Into::into);
                let people = call.app.people_by_number(kind, &normal_number(number))?;
                let person = only(number, &people)?;
                // The place is tried before anything is recorded as handed out.
                let file = export::Draft::begin(out).map_err(|error| about_file(out, error))?;
                let view = command::dossier(call, &person.id.to_string(), reason)?;
                let written = Written::Dossier(&view);
                file.write(written, format.word(), call.language)
                    .map_err(|error| about_file(out, error))?;
                print(
                    arguments,
                    &json!({"person": person.id, "forms": view.forms.len(),
                        "looks": view.access.len(), "file": out}),
                )
            }
            Self::Pseudonymise { list: true, .. } => {
                print(arguments, &command::retention_list(call, Nothing {})?)
            }
            Self::Pseudonymise {
                confirm: Some(id), ..
            } => decide(arguments, call, id, true),
            Self::Pseudonymise {
                reject: Some(id), ..
            } => decide(arguments, call, id, false),
            Self::Pseudonymise {
                before, preview, ..
            } => {
                if let Some(day) = before {
                    read_day(day)?;
                }
                let ask = RetentionAsk {
                    before: before.clone().unwrap_or_default(),
                };
                if *preview {
                    return print(arguments, &command::retention_preview(call, ask)?);
                }
                newest(arguments, command::retention_propose(call, ask)?)
            }
        }
    }
}

fn decide(
    arguments: &Arguments,
    call: &Call<'_>,
    id: &str,
    agree: bool,
) -> Result<Exit, HostError> {
    let ask = RetentionVerdict {
        id: id.to_owned(),
        agree,
    };
    let runs = command::retention_decide(call, ask)?;
    let decided = runs.into_iter().filter(|run| run.id.to_string() == id);
    newest(arguments, decided.collect())
}

fn newest(
    arguments: &Arguments,
    runs: Vec<bm_api::view::RetentionRunView>,
) -> Result<Exit, HostError> {
    let run = runs.into_iter().next().ok_or(AppError::NotFound)?;
    print(arguments, &run)
}
