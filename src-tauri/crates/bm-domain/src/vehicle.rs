//! Vehicles of border residents: registered once a year, then counted in and out.
//!
//! Decree 08/2015/ND-CP art. 81 as amended by Decree 59/2018/ND-CP: a resident's vehicle that
//! crosses often for daily needs is entered in the customs register once a year and needs no
//! procedure for each crossing; it leaves and comes back through the same gate.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Validity;
use crate::ids::PersonId;

/// What kind of vehicle; the time it may stay abroad or in the country depends on it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    /// A lorry.
    Truck,
    /// A passenger car.
    Car,
    /// A motorcycle or moped, with or without a trailer.
    Motorcycle,
    /// A boat or raft on the border river.
    Boat,
    /// A hand cart: it shows the form of its goods and needs no register.
    Handcart,
}

/// A vehicle in the register QLPT-BG of one gate for one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its entry.
    pub id: Uuid,
    /// Number of the entry, `gate/year/PT/counter-serial`.
    pub number: String,
    /// Code of the gate it crosses at.
    pub gate: String,
    /// Registration plate without spaces and dots, in capitals.
    pub plate: String,
    /// What it is.
    pub kind: VehicleKind,
    /// Whose it is.
    pub owner: PersonId,
    /// Days on which the entry holds: from registration to the end of the year.
    pub validity: Validity,
    /// Why it was struck off, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck_off: Option<String>,
}

/// A vehicle that went through the gate and has to come back through the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// Its entry.
    pub id: Uuid,
    /// The vehicle in the register.
    pub vehicle: Uuid,
    /// Code of the gate.
    pub gate: String,
    /// When it left, or came in.
    pub left: DateTime<Utc>,
    /// Until when it has to be back.
    pub due: DateTime<Utc>,
    /// When it came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<DateTime<Utc>>,
}
