//! What is asked of forms on paper.

use bm_app::paper::Shift;
use bm_domain::template::PaperSize;
use serde::Deserialize;

/// A form to put on paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct FormPrint {
    /// Which.
    pub id: String,
    /// Size of the paper; the template's own when absent.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub paper: Option<PaperSize>,
    /// As a copy, although no original was printed yet.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub copy: bool,
    /// To be looked at only: nothing is recorded.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub preview: bool,
    /// Values only, for stationery printed before, moved so far.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub overlay: Option<Shift>,
    /// Whether pictures of the pages are wanted.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub pictures: bool,
}

/// A form to send to a printer.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct FormSend {
    /// Which.
    pub id: String,
    /// Name of the printer.
    pub printer: String,
    /// Size of the paper; the template's own when absent.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub paper: Option<PaperSize>,
    /// As a copy, although no original was printed yet.
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<bool>"))]
    pub copy: bool,
    /// Values only, for stationery printed before, moved so far.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub overlay: Option<Shift>,
}

/// The page for aligning a printer.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct AlignmentPrint {
    /// Size of the paper.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub paper: Option<PaperSize>,
    /// How far prints are moved now.
    pub shift: Shift,
}
