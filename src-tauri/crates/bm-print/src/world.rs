//! All that a template sees.

use std::sync::LazyLock;

use bm_app::paper::Sheet;
use bm_app::ports::TemplateFault;
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::fonts::{BOOK, FACES};

/// What all templates share.
const SHARED: &str = include_str!("../lib/bm.typ");
/// Width of the QR picture's modules in its own units; the template scales it.
const QR_MODULE: u32 = 4;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<Option<FileId>> = LazyLock::new(|| id("/main.typ"));

/// A template with the sheet it is to make.
pub struct SheetWorld {
    main: Source,
    shared: Source,
    data: Bytes,
    qr: Bytes,
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl SheetWorld {
    /// The world of a template and a sheet.
    ///
    /// # Errors
    /// [`TemplateFault`] when the sheet can't be written for it, or its code is too long to draw.
    pub fn new(source: &str, sheet: &Sheet) -> Result<Self, TemplateFault> {
        let fault = |sentence: String| TemplateFault { line: 0, sentence };
        let none = || fault("no path".into());
        let data = serde_json::to_vec(sheet).map_err(|error| fault(error.to_string()))?;
        let qr = match &sheet.run.qr {
            Some(text) => draw(text).map_err(|error| fault(error.to_string()))?,
            None => String::new(),
        };
        Ok(Self {
            main: Source::new((*MAIN).ok_or_else(none)?, source.to_owned()),
            shared: Source::new(id("/bm.typ").ok_or_else(none)?, SHARED.to_owned()),
            data: Bytes::new(data),
            qr: Bytes::from_string(qr),
        })
    }

    /// Line of the template at a place, from 1; `None` where the place lies in another file.
    pub fn line_of(&self, span: DiagSpan) -> Option<u32> {
        let file = match span.get() {
            DiagSpanKind::Detached => None,
            DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. } => Some(id),
        };
        if file != Some(self.main.id()) {
            return None;
        }
        let begins = self.range(span)?.start;
        let line = self.main.lines().byte_to_line(begins)?;
        u32::try_from(line + 1).ok()
    }
}

/// A QR code as a vector picture without a quiet zone; a quarter of it may be lost (level Q).
fn draw(text: &str) -> Result<String, qrcode::types::QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q)?;
    let mut picture = code.render::<Color<'_>>();
    let picture = picture
        .quiet_zone(false)
        .module_dimensions(QR_MODULE, QR_MODULE);
    Ok(picture.build())
}

impl World for SheetWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.main, &self.shared];
        let found = known.into_iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, file: FileId) -> FileResult<Bytes> {
        let known = [("/data.json", &self.data), ("/qr.svg", &self.qr)];
        let found = known.into_iter().find(|(path, _)| id(path) == Some(file));
        found
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.get(index).cloned()
    }

    /// No clock: what a sheet says of time stands in its data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
