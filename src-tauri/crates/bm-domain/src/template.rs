//! What a form looks like on paper: a template in the language of typst, dated like the law, because
//! the layouts of Circular 80/2019/TT-BTC are attachments that may change without a new program.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::calendar::Validity;
use crate::declaration::Direction;
use crate::resident::UnknownWord;

/// What can be put on paper.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Import form HQ2019/TKNKBG (Circular 80/2019/TT-BTC app. II).
    ImportForm,
    /// Export form HQ2019/TKXKBG (Circular 80/2019/TT-BTC app. II).
    ExportForm,
    /// Values of an import or export form for stationery that was printed before.
    Overlay,
    /// List of goods gathered by a trader, BK-MGHCDBG 2019/HQVN (app. I).
    GatheringList,
    /// Book of forms received, STDHCDBG 2019/HQVN (app. III).
    TrackingBook,
    /// Book of residents' vehicles, QLPT-BG (Decree 08/2015/ND-CP art. 81).
    VehicleBook,
    /// Receipt for cash (Circular 80/2019/TT-BTC art. 6(5)).
    Receipt,
    /// Anchor of the log of a day.
    AnchorSheet,
    /// Page that shows how far a printer is off.
    AlignmentPage,
    /// Report over a period (Circular 52/2020/TT-BTC).
    Report,
}

impl FormKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::ImportForm,
        Self::ExportForm,
        Self::Overlay,
        Self::GatheringList,
        Self::TrackingBook,
        Self::VehicleBook,
        Self::Receipt,
        Self::AnchorSheet,
        Self::AlignmentPage,
        Self::Report,
    ];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ImportForm => "import_form",
            Self::ExportForm => "export_form",
            Self::Overlay => "overlay",
            Self::GatheringList => "gathering_list",
            Self::TrackingBook => "tracking_book",
            Self::VehicleBook => "vehicle_book",
            Self::Receipt => "receipt",
            Self::AnchorSheet => "anchor_sheet",
            Self::AlignmentPage => "alignment_page",
            Self::Report => "report",
        }
    }

    /// The form of a direction.
    #[must_use]
    pub const fn of(direction: Direction) -> Self {
        match direction {
            Direction::Import => Self::ImportForm,
            Direction::Export => Self::ExportForm,
        }
    }
}

impl FromStr for FormKind {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let named = |kind: &Self| kind.word() == text.trim();
        Self::ALL.into_iter().find(named).ok_or(UnknownWord)
    }
}

/// Size of the paper.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 210 mm by 297 mm.
    #[default]
    A4,
    /// 148 mm by 210 mm.
    A5,
}

impl FromStr for PaperSize {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "a4" => Ok(Self::A4),
            "a5" => Ok(Self::A5),
            _ => Err(UnknownWord),
        }
    }
}

/// How a form is printed in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTemplate {
    /// Which form.
    pub form: FormKind,
    /// Days on which it holds.
    pub validity: Validity,
    /// Text in the language of typst; it reads its values from `/data.json`.
    pub source: String,
    /// Paper it is printed on unless another is asked for.
    pub paper: PaperSize,
    /// How many originals there are; at least two of a form, one of them for customs
    /// (Circular 80/2019/TT-BTC art. 4(2), 6(7)).
    pub copies: u8,
    /// The text it comes from.
    pub basis: String,
}
