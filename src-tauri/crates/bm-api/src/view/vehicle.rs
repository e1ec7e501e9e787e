//! The register of vehicles, and those that are away.

use bm_app::AppError;
use bm_app::ports::Reader;
use bm_app::reveal::Numbers;
use bm_domain::law::LawBook;
use bm_domain::resident::Resident;
use bm_domain::vehicle::{Crossing, Vehicle, VehicleKind};
use bm_domain::{BusinessDay, PersonId};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::MarkView;
use crate::answer::ViolationView;

/// More time for an absence.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExtensionView {
    /// Who gave it, and when.
    pub mark: MarkView,
    /// Hours.
    pub hours: u32,
    /// Why.
    pub reason: String,
}

/// A vehicle on its way out and back.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CrossingView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Plate.
    pub plate: String,
    /// Kind; `None` when its entry is not held.
    pub kind: Option<VehicleKind>,
    /// Name of the owner.
    pub owner_name: String,
    /// Code of the gate it left by, through which it comes back.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Left.
    pub left: MarkView,
    /// A supervisor's reason for letting it out at a gate that is not its own.
    pub reason: String,
    /// Until when it has to be back, extensions included; `None` where no limit runs.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub due: Option<DateTime<Utc>>,
    /// Whether it was, or is, away longer than that.
    pub late: bool,
    /// Extensions.
    pub extended: Vec<ExtensionView>,
    /// Back.
    pub back: Option<MarkView>,
    /// Code of the gate it came back by.
    pub back_gate: String,
    /// A supervisor's reason for taking it there.
    pub back_reason: String,
}

impl CrossingView {
    /// An absence as it stands at `now`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        book: &LawBook,
        crossing: &Crossing,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let entry: Option<Vehicle> = bm_app::book::get(reader, crossing.vehicle)?;
        let owner = match &entry {
            Some(entry) => reader.person(entry.owner)?,
            None => None,
        };
        let extension = |one: &bm_domain::vehicle::Extension| {
            Ok(ExtensionView {
                mark: MarkView::new(reader, &one.mark)?,
                hours: one.hours,
                reason: one.reason.clone(),
            })
        };
        let back = crossing.back.as_ref();
        Ok(Self {
            id: crossing.id,
            plate: crossing.plate.to_string(),
            kind: entry.map(|entry| entry.kind),
            owner_name: owner.map(|owner| owner.name).unwrap_or_default(),
            gate: crossing.gate.clone(),
            gate_name: gate_name(book, &crossing.gate),
            left: MarkView::new(reader, &crossing.left)?,
            reason: crossing.reason.clone(),
            due: crossing.due,
            late: crossing.is_late(now),
            extended: crossing
                .extended
                .iter()
                .map(extension)
                .collect::<Result<_, AppError>>()?,
            back: MarkView::of(reader, back.map(|back| &back.mark))?,
            back_gate: back.map(|back| back.gate.clone()).unwrap_or_default(),
            back_reason: back.map(|back| back.reason.clone()).unwrap_or_default(),
        })
    }
}

fn gate_name(book: &LawBook, code: &str) -> String {
    book.gate_name(code).unwrap_or(code).to_owned()
}

/// A vehicle in the register, its owner's number masked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VehicleView {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Number of the entry.
    pub number: String,
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// Plate.
    pub plate: String,
    /// Kind.
    pub kind: VehicleKind,
    /// Key of the owner.
    pub owner: PersonId,
    /// Name.
    pub owner_name: String,
    /// A paper of the owner, masked unless its number was asked for with a reason.
    pub owner_paper: String,
    /// Address.
    pub owner_address: String,
    /// First day of the entry.
    pub from: BusinessDay,
    /// Its last day.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub to: Option<BusinessDay>,
    /// Registered.
    pub registered: MarkView,
    /// Struck off.
    pub struck_off: Option<MarkView>,
    /// Why.
    pub strike_reason: String,
    /// Whether it holds today.
    pub holds: bool,
}

impl VehicleView {
    /// An entry as it stands on `today`, with its owner.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn new(
        reader: &dyn Reader,
        book: &LawBook,
        vehicle: &Vehicle,
        today: BusinessDay,
        numbers: Numbers<'_>,
    ) -> Result<(Self, Option<Resident>), AppError> {
        let owner = reader.person(vehicle.owner)?;
        let known = owner.as_ref();
        let struck = vehicle.struck_off.as_ref();
        let view = Self {
            id: vehicle.id,
            number: vehicle.number.clone(),
            gate: vehicle.gate.clone(),
            gate_name: gate_name(book, &vehicle.gate),
            plate: vehicle.plate.to_string(),
            kind: vehicle.kind,
            owner: vehicle.owner,
            owner_name: known.map(|owner| owner.name.clone()).unwrap_or_default(),
            owner_paper: numbers.first_of(known),
            owner_address: known.map(|owner| owner.address.clone()).unwrap_or_default(),
            from: vehicle.validity.from,
            to: vehicle.validity.to,
            registered: MarkView::new(reader, &vehicle.registered)?,
            struck_off: MarkView::of(reader, struck.map(|(mark, _)| mark))?,
            strike_reason: struck.map(|(_, reason)| reason.clone()).unwrap_or_default(),
            holds: vehicle.bar(today).is_none(),
        };
        Ok((view, owner))
    }
}

/// What a plate says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VehicleFind {
    /// The plate as it is looked up; empty when it is none.
    pub plate: String,
    /// Its entry: the one that holds today, else the last.
    pub vehicle: Option<VehicleView>,
    /// Where it is away, if it is.
    pub away: Option<CrossingView>,
    /// Its ways out and back, the newest first.
    pub history: Vec<CrossingView>,
    /// Why it may not go out, or what has to be looked at.
    pub problems: Vec<ViolationView>,
}

/// The vehicle book QLPT-BG of a gate's year, as it is printed and exported.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VehicleBook {
    /// Code of the gate.
    pub gate: String,
    /// Its name.
    pub gate_name: String,
    /// The year.
    pub year: i32,
    /// When it was made.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Entries in the order of their numbers.
    pub rows: Vec<VehicleView>,
}
