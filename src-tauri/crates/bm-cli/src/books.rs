//! `gather` and `overdue`: lists of gathered goods, and what the office's books wait for too long.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use bm_api::command::{self, Call};
use bm_api::input::GatheringInput;
use bm_api::request::{Gate, GatheringListRequest};
use bm_api::view::{CrossingView, GatheringRow, GatheringView};
use bm_app::AppError;
use bm_host::words::{HostError, Message};
use serde::Serialize;

/// The longest list taken, in bytes: its thousand lines need less.
const LIST_MAX: u64 = 1 << 20;

/// What is overdue.
#[derive(Serialize)]
pub struct Overdue {
    /// Lists whose time limit for filing is over.
    gatherings: Vec<GatheringRow>,
    /// Vehicles that are away longer than they may.
    vehicles: Vec<CrossingView>,
}

impl Overdue {
    /// Whether anything is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.gatherings.is_empty() && self.vehicles.is_empty()
    }
}

/// Enters the list of a file, or of standard input for `-`.
///
/// # Errors
/// [`HostError::Wrong`] when it can't be read; [`AppError::Refused`] with what stands against it.
pub fn gather(call: &Call<'_>, path: &Path) -> Result<GatheringView, HostError> {
    let about = |code| Message::new(code).with("path", path.display());
    let source: Result<Box<dyn Read>, _> = if path == Path::new("-") {
        Ok(Box::new(stdin()))
    } else {
        File::open(path).map(|file| Box::new(file) as Box<dyn Read>)
    };
    let mut text = String::new();
    source
        .and_then(|source| source.take(LIST_MAX + 1).read_to_string(&mut text))
        .map_err(|error| HostError::Wrong(about("file_unreadable").with("detail", error)))?;
    if text.len() as u64 > LIST_MAX {
        return Err(HostError::Wrong(about("list_long").with("limit", LIST_MAX)));
    }
    let text = text.trim_start_matches('\u{feff}');
    let input: GatheringInput = serde_json::from_str(text)
        .map_err(|error| HostError::Wrong(about("not_a_list").with("detail", error)))?;
    Ok(command::gathering_save(call, input)?)
}

/// Lists that are not released, the oldest first.
///
/// # Errors
/// [`AppError::Store`].
pub fn lists(call: &Call<'_>, gate: &str) -> Result<Vec<GatheringRow>, AppError> {
    let ask = GatheringListRequest {
        gate: gate.to_owned(),
        all: false,
        text: String::new(),
    };
    command::gathering_list(call, ask)
}

/// What is overdue at a gate, or at all.
///
/// # Errors
/// [`AppError::Store`].
pub fn overdue(call: &Call<'_>, gate: &str) -> Result<Overdue, AppError> {
    let mut gatherings = lists(call, gate)?;
    gatherings.retain(|list| list.days_left.is_some_and(|days| days < 0));
    let gate = Gate {
        gate: gate.to_owned(),
    };
    let mut vehicles = command::vehicle_outside(call, gate)?;
    vehicles.retain(|away| away.late);
    Ok(Overdue {
        gatherings,
        vehicles,
    })
}
