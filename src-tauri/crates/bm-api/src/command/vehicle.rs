//! The register of vehicles: found by plate, entered, struck off, let out and back.

use bm_app::AppError;
use bm_app::book::{self, EntryFilter};
use bm_app::ports::Reader;
use bm_app::reveal::Numbers;
use bm_app::vehicle::{NewVehicle, Way, absence, entry_for};
use bm_domain::resident::Resident;
use bm_domain::vehicle::{Crossing, Plate, Vehicle};
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use chrono::NaiveDate;

use super::{Call, read_id};
use crate::answer;
use crate::request::{Cancel, Cross, Extend, Gate, GateYear, Typed, VehicleExport, VehicleInput};
use crate::router::{FileCall, Written};
use crate::view::{CrossingView, ExportedFile, VehicleBook, VehicleFind, VehicleView};

/// Most ways out and back that are shown of a vehicle.
const HISTORY_MAX: u32 = 50;

/// What is known of a plate. Its owner is recorded as shown.
///
/// # Errors
/// [`AppError::Store`].
pub fn vehicle_find(call: &Call<'_>, of: Typed) -> Result<VehicleFind, AppError> {
    match of.text.parse::<Plate>() {
        Ok(plate) => find(call, &plate, Vec::new()),
        Err(problem) => Ok(VehicleFind {
            plate: String::new(),
            vehicle: None,
            away: None,
            history: Vec::new(),
            problems: vec![answer::violation(call.language, &problem)],
        }),
    }
}

/// A plate as it stands, with what is to be said besides.
fn find(
    call: &Call<'_>,
    plate: &Plate,
    mut problems: Vec<Violation>,
) -> Result<VehicleFind, AppError> {
    let today = call.today();
    let mut owner = None;
    let mut found = call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        let entry = entry_for(reader, plate, today)?;
        let vehicle = match &entry {
            Some(entry) => {
                let (view, person) =
                    VehicleView::new(reader, &law.1, entry, today, Numbers::Masked)?;
                owner = person;
                problems.extend(entry.bar(today));
                Some(view)
            }
            None => {
                let unknown = Violation::new(Code::VehicleUnregistered, "plate");
                problems.push(unknown.with("plate", plate));
                None
            }
        };
        let filter = EntryFilter {
            reference: Some(plate.to_string()),
            limit: Some(HISTORY_MAX),
            ..EntryFilter::default()
        };
        let history: Vec<Crossing> = book::list(reader, &filter)?;
        let view = |one: &Crossing| shown(call, reader, one);
        Ok(VehicleFind {
            plate: plate.to_string(),
            vehicle,
            away: absence(reader, plate)?.as_ref().map(view).transpose()?,
            history: history.iter().map(view).collect::<Result<_, _>>()?,
            problems: Vec::new(),
        })
    })?;
    found.problems = answer::violations(call.language, &problems);
    call.app.note_listed(&call.actor, owner.as_slice())?;
    Ok(found)
}

fn shown(
    call: &Call<'_>,
    reader: &dyn Reader,
    crossing: &Crossing,
) -> Result<CrossingView, AppError> {
    let law = call.app.law_book(reader)?;
    CrossingView::new(reader, &law.1, crossing, call.app.clock().now())
}

/// Enters a vehicle for the year in the register of the session's gate.
///
/// # Errors
/// [`AppError::Refused`] with the fields that need a look.
pub fn vehicle_register(call: &Call<'_>, input: VehicleInput) -> Result<VehicleFind, AppError> {
    let plate: Plate = input.plate.parse().map_err(refused)?;
    let owner = input.owner.trim().parse();
    let given = NewVehicle {
        id: read_id(&input.id)?,
        plate: plate.clone(),
        kind: input.kind,
        owner: owner.map_err(|_| refused(Violation::new(Code::ResidentUnknown, "owner")))?,
        year: input.year.unwrap_or_else(|| call.today().year()),
    };
    call.app.register_vehicle(&call.actor, &given)?;
    find(call, &plate, Vec::new())
}

fn refused(problem: Violation) -> AppError {
    AppError::Refused(vec![problem])
}

/// Strikes a vehicle off the register.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Stale`], [`AppError::Refused`].
pub fn vehicle_strike_off(call: &Call<'_>, of: Cancel) -> Result<VehicleFind, AppError> {
    let gone = call
        .app
        .strike_off(&call.actor, read_id(&of.id)?, &of.reason)?;
    find(call, &gone.plate, Vec::new())
}

/// Lets a vehicle out, or notes that it is back; a return after its time is told.
///
/// # Errors
/// [`AppError::Refused`].
pub fn vehicle_cross(call: &Call<'_>, ask: Cross) -> Result<VehicleFind, AppError> {
    let plate: Plate = ask.plate.parse().map_err(refused)?;
    let crossing = call.app.cross(&call.actor, &plate, ask.way, &ask.reason)?;
    let late = ask.way == Way::Back && crossing.is_late(call.app.clock().now());
    let late = crossing.due.filter(|_| late).map(|due| {
        Violation::new(Code::VehicleLate, "plate")
            .with("plate", &plate)
            .with("last", due.to_rfc3339())
    });
    find(call, &plate, late.into_iter().collect())
}

/// Gives a vehicle that is away more time.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
pub fn vehicle_extend(call: &Call<'_>, ask: Extend) -> Result<CrossingView, AppError> {
    let id = read_id(&ask.id)?;
    let longer = call
        .app
        .extend_absence(&call.actor, id, ask.hours, &ask.reason)?;
    call.app.read(|reader| shown(call, reader, &longer))
}

/// Vehicles that left by a gate (by any, without one) and are not back, those due first in front.
///
/// # Errors
/// [`AppError::Store`].
pub fn vehicle_outside(call: &Call<'_>, of: Gate) -> Result<Vec<CrossingView>, AppError> {
    let filter = EntryFilter {
        gate: Some(of.gate).filter(|gate| !gate.is_empty()),
        open: Some(true),
        ..EntryFilter::default()
    };
    call.app.read(|reader| {
        let mut away: Vec<Crossing> = book::list(reader, &filter)?;
        away.sort_by_key(|one| (one.due.is_none(), one.due, one.left.at));
        away.iter().map(|one| shown(call, reader, one)).collect()
    })
}

/// The vehicle book of a gate's year. Its owners are recorded as shown.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate.
pub fn vehicle_book(call: &Call<'_>, of: GateYear) -> Result<VehicleBook, AppError> {
    book_of(call, &of, Numbers::Masked)
}

fn book_of(call: &Call<'_>, of: &GateYear, numbers: Numbers<'_>) -> Result<VehicleBook, AppError> {
    numbers.check(&call.actor)?;
    let day = |month, day| NaiveDate::from_ymd_opt(of.year, month, day).map(BusinessDay::new);
    let wrong = || AppError::BadRequest(format!("year: {}", of.year));
    let days = day(1, 1).zip(day(12, 31)).ok_or_else(wrong)?;
    let filter = EntryFilter {
        gate: Some(of.gate.clone()),
        days: Some(days),
        ..EntryFilter::default()
    };
    let mut owners: Vec<Resident> = Vec::new();
    let book = call.app.read(|reader| {
        let law = call.app.law_book(reader)?;
        let gate_name = law.1.gate_name(&of.gate).ok_or(AppError::NotFound)?;
        let account = reader.account(&call.actor.user)?;
        let mut entries: Vec<Vehicle> = book::list(reader, &filter)?;
        entries.sort_by(|a, b| a.number.cmp(&b.number));
        let mut rows = Vec::with_capacity(entries.len());
        for entry in &entries {
            let (view, owner) = VehicleView::new(reader, &law.1, entry, call.today(), numbers)?;
            rows.push(view);
            owners.extend(owner.filter(|one| owners.iter().all(|known| known.id != one.id)));
        }
        Ok(VehicleBook {
            gate: of.gate.clone(),
            gate_name: gate_name.to_owned(),
            year: of.year,
            made_at: call.app.clock().now(),
            made_by: account.map_or_else(|| call.actor.user.clone(), |known| known.display_name),
            rows,
        })
    })?;
    let what = format!("vehicle_book {} {}", of.gate, of.year);
    call.app.note_shown(&call.actor, numbers, &what, &owners)?;
    Ok(book)
}

/// The vehicle book of a gate's year as a file, with numbers masked unless a reason is given.
///
/// # Errors
/// As for [`vehicle_book`] and [`Numbers::check`]; [`AppError::Store`] when the file can't be written.
pub fn vehicle_export(
    files: &FileCall<'_>,
    export: VehicleExport,
) -> Result<ExportedFile, AppError> {
    let call = &files.call;
    let year = GateYear {
        gate: export.gate,
        year: export.year,
    };
    let book = book_of(call, &year, Numbers::asked(export.reveal.as_deref()))?;
    let written = Written::Vehicles(&book);
    let path = (files.exporter)(written, export.format.word(), call.language)?;
    Ok(ExportedFile { path })
}
