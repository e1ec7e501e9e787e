//! Words an argument takes.

use bm_domain::statistics::PeriodKind;
use bm_host::import::Kind;
use clap::ValueEnum;

#[derive(Clone, Copy, ValueEnum)]
pub enum ImportKind {
    Residents,
    Goods,
    GoodsList,
    Rates,
    Communes,
    Gates,
    Prices,
}

impl From<ImportKind> for Kind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Residents => Self::Residents,
            ImportKind::Goods => Self::Goods,
            ImportKind::GoodsList => Self::GoodsList,
            ImportKind::Rates => Self::Rates,
            ImportKind::Communes => Self::Communes,
            ImportKind::Gates => Self::Gates,
            ImportKind::Prices => Self::Prices,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum PaperKind {
    Cccd,
    Cmnd,
    BorderPass,
    BorderId,
    Passport,
    ChineseId,
}

impl From<PaperKind> for bm_domain::resident::PaperKind {
    fn from(kind: PaperKind) -> Self {
        match kind {
            PaperKind::Cccd => Self::Cccd,
            PaperKind::Cmnd => Self::Cmnd,
            PaperKind::BorderPass => Self::BorderPass,
            PaperKind::BorderId => Self::BorderId,
            PaperKind::Passport => Self::Passport,
            PaperKind::ChineseId => Self::ChineseId,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Period {
    Day,
    HalfMonth,
    Month,
    Quarter,
    HalfYear,
    Year,
    Span,
}

impl From<Period> for PeriodKind {
    fn from(period: Period) -> Self {
        match period {
            Period::Day => Self::Day,
            Period::HalfMonth => Self::HalfMonth,
            Period::Month => Self::Month,
            Period::Quarter => Self::Quarter,
            Period::HalfYear => Self::HalfYear,
            Period::Year => Self::Year,
            Period::Span => Self::Span,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Paper {
    A4,
    A5,
}

impl From<Paper> for bm_domain::template::PaperSize {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::A5 => Self::A5,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As the program's other answers.
    Json,
    /// UTF-8 with a mark, for any spreadsheet.
    Csv,
    /// Excel, with real numbers.
    Xlsx,
    /// On paper, where a template is held.
    Pdf,
}

impl Format {
    /// The format a file's suffix names; a person's data is not printed.
    pub fn of_suffix(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The word used in file names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }
}
