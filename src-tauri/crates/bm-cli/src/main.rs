//! `bienmau`: the command list on the command line.
//!
//! Data goes to standard output, messages to standard error. Exit status: 0 done, 1 refused or
//! differences found, 2 wrong usage or input, 3 broken.

mod args;
mod audit;
mod books;
mod breaches;
mod declare;
mod hub;
mod import;
mod output;
mod paper;
mod reconcile;
mod report;
mod rights;
mod run;

use std::process::ExitCode;

use bm_api::{Language, words};
use bm_app::{AppError, StoreError};
use bm_host::words::{HostError, Message};
use clap::Parser;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    match run::run(&arguments) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            tell(&arguments, &error);
            ExitCode::from(run::exit_of(&error) as u8)
        }
    }
}

fn tell(arguments: &args::Arguments, error: &HostError) {
    let language: Language = arguments.lang.into();
    output::message(&error.text(language));
    let advice = match error {
        HostError::App(AppError::Refused(violations)) => {
            for violation in violations {
                let message = words::violation(language, violation);
                output::message(&format!("  {}: {message}", violation.field));
            }
            None
        }
        HostError::App(AppError::Store(StoreError::KeyWrong)) => {
            Some(bm_host::key_advice(&arguments.data))
        }
        HostError::App(AppError::Store(StoreError::Damaged(detail))) => {
            Some(Message::new("detail").with("detail", detail))
        }
        HostError::App(AppError::Store(StoreError::TooNew { found, known })) => {
            Some(Message::new("detail").with("detail", format!("{found} > {known}")))
        }
        _ => None,
    };
    if let Some(advice) = advice {
        output::message(&advice.text(language));
    }
}
