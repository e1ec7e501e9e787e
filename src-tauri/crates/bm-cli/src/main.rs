//! `bienmau`: the command list on the command line.
//!
//! Data goes to standard output, messages to standard error. Exit status: 0 done, 1 refused or
//! differences found, 2 wrong usage or input, 3 broken.

mod args;
mod declare;
mod output;
mod run;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let language = arguments.lang.into();
    match run::run(&arguments) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            output::message(&bm_api::words::error(language, &error));
            if let bm_app::AppError::Refused(violations) = &error {
                for violation in violations {
                    let message = bm_api::words::violation(language, violation);
                    output::message(&format!("  {}: {message}", violation.field));
                }
            }
            ExitCode::from(run::exit_of(&error) as u8)
        }
    }
}
