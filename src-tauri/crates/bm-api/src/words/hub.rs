//! What keeps a workstation from its hub, in words.

use std::collections::BTreeMap;

use bm_app::sync::exchange::SyncError;
use bm_app::sync::{HubError, TakeError};

use super::{Language, error as app_error, text};
use crate::words::AppError;

type Key = (&'static str, BTreeMap<String, String>);

fn params<const N: usize>(all: [(&str, &dyn std::fmt::Display); N]) -> BTreeMap<String, String> {
    all.map(|(name, value)| (name.to_owned(), value.to_string()))
        .into()
}

/// Key and parameters of what the hub or the way to it said.
pub fn key(error: &HubError) -> Key {
    match error {
        HubError::OutOfReach(detail) => ("hub.out_of_reach", params([("detail", detail)])),
        HubError::NotAdmitted(detail) => ("hub.not_admitted", params([("detail", detail)])),
        HubError::NoHub => ("hub.no_hub", params([])),
        HubError::TooOld { found, needed } => {
            ("hub.too_old", params([("held", found), ("needed", needed)]))
        }
        HubError::TooNew { found, known } => {
            ("hub.too_new", params([("held", found), ("known", known)]))
        }
        HubError::Another { found, joined } => {
            ("hub.another", params([("hub", found), ("joined", joined)]))
        }
        HubError::Rewound { position } => ("hub.rewound", params([("position", position)])),
        HubError::SeriesEnded { series } => ("hub.series_ended", params([("series", series)])),
        HubError::Forked { series, index } => {
            ("hub.forked", params([("series", series), ("index", index)]))
        }
        HubError::Hole { series, index, .. } => {
            ("hub.hole", params([("series", series), ("index", index)]))
        }
        HubError::Forged { series, index } => {
            ("hub.forged", params([("series", series), ("index", index)]))
        }
        HubError::Broken(detail) => ("hub.broken", params([("detail", detail)])),
    }
}

/// Why an exchange ended before its end, in the words of a language.
#[must_use]
pub fn sync_error(language: Language, error: &SyncError) -> String {
    let (key, params) = match error {
        SyncError::Hub(error) => key(error),
        SyncError::Take(TakeError::Hole { series, index }) => {
            ("hub.hole", params([("series", series), ("index", index)]))
        }
        SyncError::Take(TakeError::Forged { series, index }) => {
            ("hub.forged", params([("series", series), ("index", index)]))
        }
        SyncError::Take(TakeError::Forked { series, index }) => {
            ("hub.forked", params([("series", series), ("index", index)]))
        }
        SyncError::Take(TakeError::Store(store)) | SyncError::Store(store) => {
            return app_error(language, &AppError::Store(store.clone()));
        }
        SyncError::App(error) => return app_error(language, error),
    };
    text(language, key, &params)
}
