//! `make bench`: how fast the program is, each figure as a ratio to a reference of the same run.
//!
//! `--scale 1` measures at 10 million forms and 2 million residents, whose database is filled through
//! the rules once and kept; a smaller scale does the same at a smaller size.

mod bare;
mod measures;
mod table;
mod world;

use std::path::PathBuf;

use clap::Parser;

use crate::table::Table;
use crate::world::Failure;

/// Forms and residents at scale 1, and of the small database.
const FORMS: u64 = 10_000_000;
const RESIDENTS: u32 = 2_000_000;
const SMALL_FORMS: u64 = 10_000;
const SMALL_RESIDENTS: u32 = 2_000;
/// Bytes a form takes in the database, residents included.
const BYTES_A_FORM: u64 = 2_000;

#[derive(Parser)]
struct Arguments {
    /// Share of 10 million forms, in percent of one: 1, 0.1, 0.01.
    #[arg(long, default_value = "1")]
    scale: rust_decimal::Decimal,
    /// Where the databases are kept.
    #[arg(long, default_value = "build/bench")]
    home: PathBuf,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the table is what it is for"
)]
fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let share = |whole: u64| -> u64 {
        let part = rust_decimal::Decimal::from(whole) * arguments.scale;
        u64::try_from(part.round().mantissa()).unwrap_or(whole)
    };
    let forms = share(FORMS).max(SMALL_FORMS);
    let residents = u32::try_from(share(RESIDENTS.into()))?.max(SMALL_RESIDENTS);
    std::fs::create_dir_all(&arguments.home)?;
    eprintln!(
        "{forms} forms of {residents} residents: about {} MB in {}, filled once and kept.",
        forms * BYTES_A_FORM / 1_000_000,
        arguments.home.display()
    );
    let small = world::open(&arguments.home, SMALL_FORMS, SMALL_RESIDENTS)?;
    let large = world::open(&arguments.home, forms, residents)?;
    let mut table = Table::default();
    measures::registering(&small, &large, &arguments.home, &mut table)?;
    measures::groups(&small, &mut table)?;
    measures::keystroke(&small, &mut table)?;
    measures::quota(&large, &mut table)?;
    measures::search(&large, &mut table)?;
    measures::report(&large, &mut table)?;
    measures::xlsx(&mut table)?;
    measures::paper(&small, &mut table)?;
    measures::verify(&large, &mut table)?;
    println!("\n{}\n\n{}", measures::machine(&large), table.markdown());
    Ok(())
}
