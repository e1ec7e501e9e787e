//! Forms on paper: sets templates in the language of typst to PDF and to pictures of their pages.
//!
//! A template sees four files and nothing else, neither disk nor network: its own text, `/data.json`
//! with the sheet, `/qr.svg` with the sheet's QR code, and `/bm.typ` with the few words all templates
//! share (numbers as Vietnam writes them, the national heading, signatures).

mod fonts;
mod world;

use bm_app::paper::Sheet;
use bm_app::ports::{TemplateFault, Typesetter};
use bm_domain::calendar::in_vietnam;
use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use world::SheetWorld;

/// How many runs what was set stays in memory for the next sheet of the same template.
const KEPT_RUNS: usize = 4;
/// Minutes by which Vietnam is ahead of UTC.
const OFFSET_MINUTES: i32 = 7 * 60;

/// Sets sheets with the fonts of this program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typst;

impl Typesetter for Typst {
    /// PDF/A-2a and PDF/UA-1: tagged, every font embedded, no reference to anything outside. The same
    /// sheet gives the same bytes.
    fn pdf(&self, source: &str, sheet: &Sheet) -> Result<Vec<u8>, TemplateFault> {
        let world = SheetWorld::new(source, sheet)?;
        let document = compile(&world)?;
        let fault = |message: &str| TemplateFault {
            line: 0,
            sentence: message.to_owned(),
        };
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
        let standards = standards.map_err(|error| fault(error.message()))?;
        let options = PdfOptions {
            creator: Smart::Custom(Some("Biên Mậu".into())),
            timestamp: timestamp(sheet.at),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options);
        let pdf = pdf.map_err(|errors| world.fault(errors.first()));
        typst::comemo::evict(KEPT_RUNS);
        pdf
    }

    fn pictures(&self, source: &str, sheet: &Sheet) -> Result<Vec<String>, TemplateFault> {
        let world = SheetWorld::new(source, sheet)?;
        let document = compile(&world)?;
        let options = SvgOptions::default();
        let pages = document.pages().iter();
        Ok(pages.map(|page| typst_svg::svg(page, &options)).collect())
    }
}

/// Sets the template; a warning counts as a fault, as it speaks of something that will not be printed
/// as it was meant.
fn compile(world: &SheetWorld) -> Result<PagedDocument, TemplateFault> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    let document = output.map_err(|errors| world.fault(errors.first()))?;
    match warnings.first() {
        Some(warning) => Err(world.fault(Some(warning))),
        None => Ok(document),
    }
}

/// The time the file bears, as clocks in Vietnam show it.
fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let local = in_vietnam(at);
    let byte = |number: u32| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        local.year(),
        byte(local.month())?,
        byte(local.day())?,
        byte(local.hour())?,
        byte(local.minute())?,
        byte(local.second())?,
    )?;
    Timestamp::new_local(datetime, OFFSET_MINUTES)
}

impl SheetWorld {
    /// What a fault says, in the line of the template it comes from.
    fn fault(&self, found: Option<&SourceDiagnostic>) -> TemplateFault {
        let Some(found) = found else {
            return TemplateFault {
                line: 0,
                sentence: String::new(),
            };
        };
        let mut places =
            std::iter::once(found.span).chain(found.trace.iter().map(|at| at.span.into()));
        let line = places.find_map(|span| self.line_of(span));
        let hints = found.hints.iter().map(|hint| hint.v.as_str());
        let said = std::iter::once(found.message.as_str()).chain(hints);
        TemplateFault {
            line: line.unwrap_or_default(),
            sentence: said.collect::<Vec<_>>().join("; "),
        }
    }
}
