//! Forms on paper.

use bm_app::paper::PrintMark;
use bm_app::printing::{FoundForm, Printed};
use bm_domain::DeclarationId;
use serde::Serialize;

use crate::answer::{self, ViolationView};
use crate::words::Language;

/// A sheet that was set.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PrintedFile {
    /// A name for the file.
    pub name: String,
    /// What the print is.
    pub mark: PrintMark,
    /// How often the form has been printed, this time included.
    pub times: u32,
    /// The PDF file in base64.
    pub pdf: String,
    /// Pictures of the pages in SVG, where asked for.
    pub pictures: Vec<String>,
}

impl From<Printed> for PrintedFile {
    fn from(printed: Printed) -> Self {
        use base64::Engine as _;
        Self {
            pdf: base64::engine::general_purpose::STANDARD.encode(&printed.pdf),
            name: printed.name,
            mark: printed.mark,
            times: printed.times,
            pictures: printed.pictures,
        }
    }
}

/// A form a printer took.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SentForm {
    /// What the print is.
    pub mark: PrintMark,
    /// How often the form has been printed, this time included.
    pub times: u32,
}

/// What the QR code of a sheet led to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FoundFormView {
    /// Number on the sheet.
    pub number: String,
    /// Code of the gate in the number.
    pub gate: String,
    /// Its name; empty where the gate is not held.
    pub gate_name: String,
    /// The form; absent where it is not held here.
    pub id: Option<DeclarationId>,
    /// What is wrong with the sheet, or to be known of it.
    pub problems: Vec<ViolationView>,
}

impl FoundFormView {
    /// What was found, in the words of a language.
    #[must_use]
    pub fn new(language: Language, found: FoundForm) -> Self {
        Self {
            problems: answer::violations(language, &found.problems),
            number: found.number,
            gate: found.gate,
            gate_name: found.gate_name,
            id: found.id,
        }
    }
}
