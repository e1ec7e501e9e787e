//! What goes on paper, as templates read it from `/data.json`. Money is a string of whole VND, other
//! numbers are strings with a decimal point, words of choice are codes: the template says them in
//! the language of the form.

mod anchor;
mod declaration;
mod gathering;
pub mod sample;
mod vehicles;

use bm_domain::calendar::in_vietnam;
use bm_domain::resident::Resident;
use bm_domain::template::PaperSize;
use bm_domain::{LawOfDay, Vnd};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::report::table::ReportTable;

pub use anchor::{AnchorPaper, ClosedPaper, RootPaper};
pub use declaration::{
    DeclarationPaper, InspectionMark, LinePaper, PaymentMark, ResidentPaper, SignedMark, line_name,
};

/// A piece of paper: how it is printed and what stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// How it is printed.
    pub run: Run,
    /// What stands on it.
    pub data: Content,
    /// The time its file bears: the same sheet makes the same bytes.
    #[serde(skip)]
    pub at: DateTime<Utc>,
}

/// What the marks on a print tell of it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintMark {
    /// The originals of a form, printed once.
    Original,
    /// Printed again.
    Copy,
    /// Shown before it is printed; not to be handed out.
    Preview,
}

/// How a sheet is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Size of the paper.
    pub paper: PaperSize,
    /// How many originals.
    pub copies: u8,
    /// What the print is.
    pub mark: PrintMark,
    /// How far everything is moved.
    pub shift: Shift,
    /// Text of the QR code, drawn in `/qr.svg`; absent where there is none.
    pub qr: Option<String>,
    /// When it is printed.
    pub printed: Moment,
    /// By whom.
    pub printed_by: String,
}

/// How far a print is moved on pre-printed stationery, in tenths of a millimetre.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Shift {
    /// To the right.
    pub x: i16,
    /// Down.
    pub y: i16,
}

impl Shift {
    /// The farthest a print may be moved either way: 3 cm.
    pub const MAX: i16 = 300;

    /// Whether it stays on the paper.
    #[must_use]
    pub const fn is_sane(self) -> bool {
        self.x.unsigned_abs() <= Self::MAX.unsigned_abs()
            && self.y.unsigned_abs() <= Self::MAX.unsigned_abs()
    }
}

/// What stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// An import or export form.
    Declaration(Box<DeclarationPaper>),
    /// A list of goods gathered.
    Gathering(Box<GatheringPaper>),
    /// The tracking book.
    Tracking(Box<TrackingPaper>),
    /// The book of vehicles.
    Vehicles(Box<VehiclesPaper>),
    /// A receipt.
    Receipt(Box<ReceiptPaper>),
    /// A report.
    Report(Box<ReportPaper>),
    /// The anchor of a day.
    Anchor(Box<AnchorPaper>),
    /// The page for aligning a printer.
    Alignment(Office),
}

/// A moment as clocks in Vietnam show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `08:05`.
    pub time: String,
    /// `24/11/2026`.
    pub date: String,
    /// `24`.
    pub day: String,
    /// `11`.
    pub month: String,
    /// `2026`.
    pub year: String,
}

impl Moment {
    /// An instant.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        let local = in_vietnam(at);
        Self {
            time: local.format("%H:%M").to_string(),
            ..Self::day(local.date_naive())
        }
    }

    /// A day without a time.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self {
            time: String::new(),
            date: day.format("%d/%m/%Y").to_string(),
            day: day.format("%d").to_string(),
            month: day.format("%m").to_string(),
            year: day.format("%Y").to_string(),
        }
    }
}

/// Where a form is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Title of the region it belongs to, on the day of the sheet.
    pub region: String,
    /// Its own title on that day; the gate's name where none is held.
    pub title: String,
    /// Code of the counter.
    pub workstation: String,
}

/// Where a person lives: the address on the paper, else the border commune.
pub(crate) fn address_of(law: LawOfDay<'_>, person: &Resident) -> String {
    if !person.address.is_empty() {
        return person.address.clone();
    }
    let commune = law.commune(&person.commune);
    commune.map_or_else(|| person.commune.clone(), |commune| commune.name.clone())
}

/// List of goods a trader gathered (BK-MGHCDBG 2019/HQVN, Circular 80/2019/TT-BTC art. 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatheringPaper {
    /// Office that confirms it.
    pub office: Office,
    /// Number of the list.
    pub number: String,
    /// Trader's name.
    pub trader: String,
    /// Trader's address.
    pub address: String,
    /// Trader's tax code.
    pub tax_code: String,
    /// Border market or place of gathering.
    pub place: String,
    /// Day of gathering.
    pub gathered: Moment,
    /// Last day for the trader's own procedure (30 days, art. 4(2)).
    pub due: Moment,
    /// The goods.
    pub lines: Vec<GatheredLine>,
    /// Value of all lines.
    pub value: Vnd,
    /// Customs officer who confirmed it, and when.
    pub confirmed: Option<SignedMark>,
}

/// A line of a gathering list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatheredLine {
    /// Resident the goods were bought from.
    pub resident: String,
    /// Identity number.
    pub identity: String,
    /// Resident's address.
    pub address: String,
    /// Number of the import form.
    pub form: String,
    /// Day of the import form, `24/11/2026`.
    pub form_date: String,
    /// Goods.
    pub name: String,
    /// Commodity code.
    pub hs: String,
    /// Unit.
    pub unit: String,
    /// Quantity.
    pub quantity: String,
    /// Price of one unit in VND, or as agreed.
    pub price: String,
    /// Value.
    pub value: Vnd,
}

/// A day of the tracking book (STDHCDBG 2019/HQVN, Circular 80/2019/TT-BTC art. 9(2)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrackingPaper {
    /// Office that keeps it.
    pub office: Office,
    /// First day.
    pub from: Moment,
    /// Last day.
    pub to: Moment,
    /// The forms, in the order of their registration.
    pub rows: Vec<TrackingRow>,
    /// Sums of those that stand.
    pub totals: TrackingSums,
}

/// A form in the tracking book.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrackingRow {
    /// Running number of the book's year or day.
    pub index: u32,
    /// Day of registration, `24/11/2026`.
    pub date: String,
    /// Time of registration, `08:05`.
    pub time: String,
    /// Number of the form.
    pub number: String,
    /// `import` or `export`.
    pub direction: String,
    /// Resident.
    pub resident: String,
    /// Identity number.
    pub identity: String,
    /// Address.
    pub address: String,
    /// Goods.
    pub goods: String,
    /// Quantities with their units.
    pub quantity: String,
    /// Value, exempt part and taxes.
    #[serde(flatten)]
    pub sums: TrackingSums,
    /// Number of the receipt or payment slip; empty while nothing was paid.
    pub receipt: String,
    /// Officer who registered it.
    pub officer: String,
    /// Whether it was cancelled: it stays in the book and is not summed.
    pub cancelled: bool,
    /// Why it was cancelled; empty otherwise.
    pub note: String,
}

/// Sums of a book, or of one of its rows.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TrackingSums {
    /// Customs value.
    pub value: Vnd,
    /// Within the quota.
    pub exempt: Vnd,
    /// Import or export duty.
    pub duty: Vnd,
    /// Excise.
    pub excise: Vnd,
    /// Environment tax.
    pub environment: Vnd,
    /// Value added tax.
    pub vat: Vnd,
    /// Fee.
    pub fee: Vnd,
}

impl TrackingSums {
    /// Adds the sums of a row.
    pub fn add(&mut self, row: &Self) {
        self.value += row.value;
        self.exempt += row.exempt;
        self.duty += row.duty;
        self.excise += row.excise;
        self.environment += row.environment;
        self.vat += row.vat;
        self.fee += row.fee;
    }
}

/// The book of residents' vehicles (QLPT-BG, Decree 08/2015/ND-CP art. 81).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VehiclesPaper {
    /// Office that keeps it.
    pub office: Office,
    /// First day.
    pub from: Moment,
    /// Last day.
    pub to: Moment,
    /// The vehicles.
    pub rows: Vec<VehicleRow>,
}

/// A vehicle in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VehicleRow {
    /// Running number.
    pub index: u32,
    /// Number plate or mark.
    pub plate: String,
    /// Kind: truck, motorbike, boat, hand cart.
    pub kind: String,
    /// Owner.
    pub owner: String,
    /// Owner's identity number.
    pub identity: String,
    /// Owner's address.
    pub address: String,
    /// Registered for crossing from, `24/11/2026`.
    pub from: String,
    /// Until.
    pub to: String,
    /// Last crossing out, `08:05 24/11/2026`; empty when there was none.
    pub out: String,
    /// Return; empty while it is away.
    pub back: String,
    /// Remark.
    pub note: String,
}

/// A report over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportPaper {
    /// Office that makes it.
    pub office: Office,
    /// The report.
    pub report: ReportTable,
}

/// A receipt for cash (Circular 80/2019/TT-BTC art. 6(5)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptPaper {
    /// Office that collected.
    pub office: Office,
    /// Series of the receipt.
    pub series: String,
    /// Number of the receipt.
    pub number: String,
    /// When it was paid.
    pub at: Moment,
    /// Who paid.
    pub payer: String,
    /// Payer's identity number.
    pub identity: String,
    /// Payer's address.
    pub address: String,
    /// Number of the form.
    pub form: String,
    /// What was paid for: `duty`, `excise`, `environment`, `vat`, `fee`, with its amount.
    pub items: Vec<ReceiptItem>,
    /// Sum.
    pub total: Vnd,
    /// The sum in words; empty where it is not said.
    pub in_words: String,
    /// Who collected it.
    pub cashier: String,
    /// Why the receipt was cancelled; empty while it stands.
    pub cancelled: String,
}

/// What was paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptItem {
    /// Code of the tax.
    pub kind: String,
    /// Amount.
    pub amount: Vnd,
}
