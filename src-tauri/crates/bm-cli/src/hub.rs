//! `hub` and `sync`: the hub of the office kept, joined and met.

use bm_api::command::{self, Call};
use bm_api::request::Nothing;
use bm_app::AppError;
use bm_app::permission::Permission;
use bm_host::Office;
use bm_host::hub::admin::{self, Admission};
use bm_host::words::{HostError, Message};
use clap::Subcommand;
use serde_json::json;
use uuid::Uuid;

use crate::args::Arguments;
use crate::output;
use crate::run::{Exit, print, say, system_user};

#[derive(Subcommand)]
pub enum HubCommand {
    /// Make the hub in a PostgreSQL database (15 or newer), or bring an older one up to date.
    ///
    /// URL is that of a role that owns the database and may make roles. Done again it changes nothing;
    /// counters go on meanwhile. Then let workstations in with `hub admit`.
    #[command(after_long_help = "Example:\n  \
        bienmau hub init \"postgresql://postgres@hub.example/bienmau?sslrootcert=ca.pem\" --office MONGCAI")]
    Init {
        /// Address of the database.
        url: String,
        /// Whose it is.
        #[arg(long, value_name = "CODE")]
        office: String,
    },
    /// Let a workstation in; answers its address with the password, which is told this once.
    Admit {
        /// Address of the hub, as for `hub init`.
        url: String,
        /// What the workstation is called, as in QUAY-01.
        #[arg(long)]
        name: String,
        /// It only reads and records nothing.
        #[arg(long)]
        reader: bool,
    },
    /// Join the hub: the workstation gets all that others recorded, and sends what it records.
    ///
    /// Without a database in the folder one is made, and law, accounts and persons come from the hub.
    /// A database with records of its own joins only a hub that has none.
    Join {
        /// Address of the hub, as answered by `hub admit`.
        url: String,
    },
    /// How this workstation stands with the hub, and every workstation the hub knows.
    ///
    /// Exit status 1 when it is out of reach or something keeps this workstation from it.
    Status,
    /// Take nothing more from a workstation that was lost with its disk.
    ///
    /// Answers how many of its records the hub holds and the last number of each of its series of
    /// numbers: what it numbered after those is on paper only.
    Lost {
        /// Address of the hub, as for `hub init`.
        url: String,
        /// The series, as `hub status` lists it.
        #[arg(long)]
        series: Uuid,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Follow every chain of a hub, or of a copy of it that was put back: exit status 1 when one is
    /// broken.
    #[command(name = "backup-check")]
    Check {
        /// Address of the hub or of the copy, as for `hub init`.
        url: String,
    },
}

impl HubCommand {
    /// What it asks the actor to be allowed.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::Status => Permission::ReadStations,
            _ => Permission::KeepDatabase,
        }
    }

    /// Does what needs no database of this folder; `None` for what does.
    ///
    /// # Errors
    /// What the hub or the network says.
    pub fn without_database(&self, arguments: &Arguments) -> Option<Result<Exit, HostError>> {
        match self {
            Self::Init { url, office } => Some(init(arguments, url, office)),
            Self::Admit { url, name, reader } => Some(admit(arguments, url, name, *reader)),
            Self::Lost {
                url,
                series,
                reason,
            } => Some(lost(arguments, url, *series, reason)),
            Self::Check { url } => Some(check(arguments, url)),
            Self::Join { url } if !bm_host::present_in(&arguments.data) => {
                Some(join_anew(arguments, url))
            }
            Self::Join { .. } | Self::Status => None,
        }
    }

    /// Does what needs the database.
    ///
    /// # Errors
    /// What the hub or the database says.
    pub fn run(
        &self,
        arguments: &Arguments,
        office: &Office,
        call: &Call<'_>,
    ) -> Result<Exit, HostError> {
        match self {
            Self::Join { url } => {
                let bar = output::bar("hub", false);
                let round = office.join_hub(url, &mut |done, of| output::follow(&bar, done, of))?;
                bar.finish_and_clear();
                tell_round(arguments, &round)
            }
            Self::Status => status(arguments, office, call),
            Self::Init { .. } | Self::Admit { .. } | Self::Lost { .. } | Self::Check { .. } => {
                Ok(Exit::Done)
            }
        }
    }
}

fn init(arguments: &Arguments, url: &str, office: &str) -> Result<Exit, HostError> {
    let made = admin::init(url, office)?;
    say(
        arguments,
        &Message::new(if made.from == made.to {
            "hub_as_it_was"
        } else {
            "hub_made"
        })
        .with("schema", made.to),
    );
    print(
        arguments,
        &json!({"hub": made.hub, "office": made.office, "schema": made.to,
            "schema_before": made.from, "roles_made": made.roles}),
    )
}

fn admit(arguments: &Arguments, url: &str, name: &str, reader: bool) -> Result<Exit, HostError> {
    let what = if reader {
        Admission::Reader
    } else {
        Admission::Workstation
    };
    let admitted = admin::admit(url, name, what)?;
    say(arguments, &Message::new("hub_admitted").with("name", name));
    print(
        arguments,
        &json!({"role": admitted.role, "url": admitted.url}),
    )
}

fn lost(arguments: &Arguments, url: &str, series: Uuid, why: &str) -> Result<Exit, HostError> {
    if why.trim().is_empty() {
        return Err(HostError::Wrong(Message::new("reason_missing")));
    }
    let lost = admin::declare_lost(url, series, &system_user(), why.trim())?;
    let numbers: Vec<_> = lost
        .numbers
        .iter()
        .map(|(series, last)| json!({"series": series, "last": last}))
        .collect();
    print(
        arguments,
        &json!({"series": series, "held": lost.held, "numbers": numbers}),
    )
}

fn check(arguments: &Arguments, url: &str) -> Result<Exit, HostError> {
    let bar = output::bar("hub", false);
    let checked = admin::check(url, &mut |done, of| output::follow(&bar, done, of))?;
    bar.finish_and_clear();
    let broken = checked
        .broken
        .map(|link| json!({"position": link.position, "series": link.series, "index": link.index}));
    print(
        arguments,
        &json!({"hub": checked.hub, "records": checked.records, "end": checked.end,
            "end_hash": checked.end_hash, "broken": broken, "cut": checked.cut,
            "papers_that_differ": checked.papers, "whole": checked.is_whole()}),
    )?;
    Ok(if checked.is_whole() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

fn join_anew(arguments: &Arguments, url: &str) -> Result<Exit, HostError> {
    let bar = output::bar("hub", false);
    let round = Office::create_from_hub(&arguments.data, url, &mut |done, of| {
        output::follow(&bar, done, of);
    })?;
    bar.finish_and_clear();
    let path = arguments.data.display();
    say(arguments, &Message::new("database_made").with("path", path));
    tell_round(arguments, &round)
}

fn tell_round(
    arguments: &Arguments,
    round: &bm_app::sync::exchange::Round,
) -> Result<Exit, HostError> {
    print(
        arguments,
        &json!({"sent": round.sent, "taken": round.taken, "restored": round.restored,
            "opened": round.opened}),
    )
}

fn status(arguments: &Arguments, office: &Office, call: &Call<'_>) -> Result<Exit, HostError> {
    office.meet_hub();
    let standing = command::hub_status(call, Nothing {})?;
    if let Some(trouble) = &standing.trouble {
        output::message(&trouble.message);
    }
    let members = if standing.reached {
        command::hub_members(call, Nothing {})?
    } else {
        Vec::new()
    };
    print(
        arguments,
        &json!({"this": standing, "workstations": members}),
    )?;
    Ok(if !standing.joined || standing.reached {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// `sync`: everything exchanged with the hub, once.
///
/// # Errors
/// What keeps it from the hub.
pub fn sync(arguments: &Arguments, office: &Office, url: Option<&str>) -> Result<Exit, HostError> {
    let bar = output::bar("hub", false);
    let mut follow = |done, of| output::follow(&bar, done, of);
    let round = match url {
        Some(url) => office.join_hub(url, &mut follow),
        None => office.sync(&mut follow),
    };
    bar.finish_and_clear();
    tell_round(arguments, &round?)
}

/// Tells that what is done now is provisional, where the hub is out of reach.
pub fn tell_reach(office: &Office, call: &Call<'_>) -> Result<(), AppError> {
    office.meet_hub();
    let standing = command::hub_status(call, Nothing {})?;
    if let Some(trouble) = standing.trouble.filter(|_| standing.joined) {
        output::message(&trouble.message);
    }
    Ok(())
}
