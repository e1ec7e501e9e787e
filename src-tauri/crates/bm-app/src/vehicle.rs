//! The register of residents' vehicles, and their way out and back.

use bm_domain::law::TermKind;
use bm_domain::vehicle::{
    Crossing, Extension, Plate, Return, Vehicle, VehicleKind, check_entry, due, missing,
    validity_for,
};
use bm_domain::{BusinessDay, PersonId, Violation, ViolationCode as Code};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, EntryFilter};
use crate::counter::next_number;
use crate::error::{AppError, StoreError};
use crate::people::check_reason;
use crate::permission::{Duty, Permission, allows};
use crate::ports::{Reader, Writer};
use crate::process::check_duty;
use crate::{Actor, App};

/// A vehicle as entered.
#[derive(Clone, Debug)]
pub struct NewVehicle {
    /// Its id: entered again it is answered as it stands.
    pub id: Uuid,
    /// Plate.
    pub plate: Plate,
    /// Kind.
    pub kind: VehicleKind,
    /// Whose it is.
    pub owner: PersonId,
    /// Year: this one or the next.
    pub year: i32,
}

/// Which way a vehicle goes.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Out through the gate.
    Out,
    /// Back.
    Back,
}

/// Entries of a plate, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn entries_of(reader: &dyn Reader, plate: &Plate) -> Result<Vec<Vehicle>, StoreError> {
    let filter = EntryFilter {
        reference: Some(plate.to_string()),
        ..EntryFilter::default()
    };
    book::list(reader, &filter)
}

/// The entry by which a plate crosses on a day: the one that holds, else the newest that has begun,
/// else the newest.
///
/// # Errors
/// [`StoreError`].
pub fn entry_for(
    reader: &dyn Reader,
    plate: &Plate,
    day: BusinessDay,
) -> Result<Option<Vehicle>, StoreError> {
    let all = entries_of(reader, plate)?;
    let holds = all.iter().find(|entry| entry.bar(day).is_none());
    let begun = all.iter().find(|entry| entry.validity.from <= day);
    Ok(holds.or(begun).or(all.first()).cloned())
}

/// The absence of a plate that has not ended.
///
/// # Errors
/// [`StoreError`].
pub fn absence(reader: &dyn Reader, plate: &Plate) -> Result<Option<Crossing>, StoreError> {
    let filter = EntryFilter {
        open: Some(true),
        reference: Some(plate.to_string()),
        limit: Some(1),
        ..EntryFilter::default()
    };
    Ok(book::list(reader, &filter)?.into_iter().next())
}

/// Says that a vehicle goes through another gate than its own.
fn other_gate(plate: &Plate, own: &str, here: &str) -> Violation {
    Violation::new(Code::VehicleOtherGate, "gate")
        .with("plate", plate)
        .with("gate", own)
        .with("here", here)
}

impl App {
    /// Enters a vehicle in the register of the actor's gate.
    ///
    /// # Errors
    /// [`AppError::Refused`] when its owner is not known, its plate is in the register of that year,
    /// or it needs no register.
    pub fn register_vehicle(&self, actor: &Actor, given: &NewVehicle) -> Result<Vehicle, AppError> {
        self.write(|writer| {
            check_duty(writer, actor, Duty::Registration)?;
            if let Some(known) = book::get(writer, given.id)? {
                return Ok(known);
            }
            let today = BusinessDay::of(self.clock().now());
            let refuse = |one| Err(AppError::Refused(vec![one]));
            let law = self.law_book(writer)?;
            if law.1.on(today).gate(&actor.gate).is_none() {
                return refuse(Violation::new(Code::GateUnknown, "gate").with("gate", &actor.gate));
            }
            let Some(validity) = validity_for(given.year, today) else {
                return refuse(
                    Violation::new(Code::ValueUnknown, "year").with("value", given.year),
                );
            };
            if writer.person(given.owner)?.is_none() {
                return refuse(Violation::new(Code::ResidentUnknown, "owner"));
            }
            let mut vehicle = Vehicle {
                id: given.id,
                number: String::new(),
                gate: actor.gate.clone(),
                plate: given.plate.clone(),
                kind: given.kind,
                owner: given.owner,
                validity,
                registered: self.mark(actor),
                struck_off: None,
            };
            let problems = check_entry(&vehicle, &entries_of(writer, &given.plate)?);
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let (gate, counter) = (&actor.gate, &actor.workstation);
            vehicle.number = next_number(writer, gate, given.year, "PT", counter)?;
            self.keep(writer, actor, "registered", vehicle.clone())?;
            Ok(vehicle)
        })
    }

    /// Strikes a vehicle off the register.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`] when it was struck off; [`AppError::Refused`]
    /// without a reason.
    pub fn strike_off(&self, actor: &Actor, id: Uuid, reason: &str) -> Result<Vehicle, AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        self.write(|writer| {
            let mut vehicle: Vehicle = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            if vehicle.struck_off.is_some() {
                return Err(AppError::Stale);
            }
            vehicle.struck_off = Some((self.mark(actor), reason.to_owned()));
            self.keep(writer, actor, "struck_off", vehicle.clone())?;
            Ok(vehicle)
        })
    }

    /// Notes that a vehicle goes out through the actor's gate, or comes back. At a gate that is not
    /// its own a supervisor may take it with a `reason`.
    ///
    /// # Errors
    /// [`AppError::Refused`] when it is not registered, is out or back already, or is at another gate.
    pub fn cross(
        &self,
        actor: &Actor,
        plate: &Plate,
        way: Way,
        reason: &str,
    ) -> Result<Crossing, AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason).filter(|_| !reason.is_empty()) {
            return Err(AppError::Refused(vec![problem]));
        }
        let decided = !reason.is_empty() && allows(actor.role, Permission::Decide);
        self.write(|writer| {
            check_duty(writer, actor, Duty::Supervision)?;
            let away = absence(writer, plate)?;
            let crossing = match way {
                Way::Out => self.leave(writer, actor, plate, away, decided.then_some(reason))?,
                Way::Back => self.come_back(actor, plate, away, decided.then_some(reason))?,
            };
            let change = match way {
                Way::Out => "out",
                Way::Back => "back",
            };
            self.keep(writer, actor, change, crossing.clone())?;
            Ok(crossing)
        })
    }

    fn leave(
        &self,
        writer: &dyn Writer,
        actor: &Actor,
        plate: &Plate,
        away: Option<Crossing>,
        decided: Option<&str>,
    ) -> Result<Crossing, AppError> {
        let left = self.mark(actor);
        let today = BusinessDay::of(left.at);
        let refuse = |one| AppError::Refused(vec![one]);
        if let Some(away) = away {
            let out = Violation::new(Code::VehicleOutside, "plate").with("plate", plate);
            let out = out.with("at", away.left.at.to_rfc3339());
            return Err(refuse(out.with("gate", away.gate)));
        }
        let entry = entry_for(writer, plate, today)?.ok_or_else(|| {
            refuse(Violation::new(Code::VehicleUnregistered, "plate").with("plate", plate))
        })?;
        if let Some(bar) = entry.bar(today) {
            return Err(refuse(bar));
        }
        if entry.gate != actor.gate && decided.is_none() {
            return Err(refuse(other_gate(plate, &entry.gate, &actor.gate)));
        }
        let law = self.law_book(writer)?;
        let until = due(entry.kind, left.at, &law.1.on(today)).map_err(refuse)?;
        let elsewhere = decided.filter(|_| entry.gate != actor.gate);
        Ok(Crossing {
            id: self.ids().next(),
            vehicle: entry.id,
            plate: plate.clone(),
            gate: actor.gate.clone(),
            left,
            due: until,
            extended: Vec::new(),
            reason: elsewhere.unwrap_or_default().to_owned(),
            back: None,
        })
    }

    fn come_back(
        &self,
        actor: &Actor,
        plate: &Plate,
        away: Option<Crossing>,
        decided: Option<&str>,
    ) -> Result<Crossing, AppError> {
        let Some(mut away) = away else {
            let inside = Violation::new(Code::VehicleNotOutside, "plate").with("plate", plate);
            return Err(AppError::Refused(vec![inside]));
        };
        let elsewhere = away.gate != actor.gate;
        if elsewhere && decided.is_none() {
            let other = other_gate(plate, &away.gate, &actor.gate);
            return Err(AppError::Refused(vec![other]));
        }
        away.back = Some(Return {
            mark: self.mark(actor),
            gate: actor.gate.clone(),
            reason: decided.filter(|_| elsewhere).unwrap_or_default().to_owned(),
        });
        Ok(away)
    }

    /// Gives an absence more time, by a supervisor's decision.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Refused`] without a reason or for more hours than the law
    /// allows.
    pub fn extend_absence(
        &self,
        actor: &Actor,
        id: Uuid,
        hours: u32,
        reason: &str,
    ) -> Result<Crossing, AppError> {
        let reason = reason.trim();
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        self.write(|writer| {
            let away: Crossing = book::get(writer, id)?.ok_or(AppError::NotFound)?;
            let law = self.law_book(writer)?;
            let day = BusinessDay::of(away.left.at);
            let term = law.1.on(day).term(TermKind::AwayExtension);
            let problems = match term {
                Some(term) => away.check_extension(hours, term),
                None => vec![missing(TermKind::AwayExtension, day)],
            };
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let longer = away.extended(Extension {
                mark: self.mark(actor),
                hours,
                reason: reason.to_owned(),
            });
            self.keep(writer, actor, "extended", longer.clone())?;
            Ok(longer)
        })
    }
}
