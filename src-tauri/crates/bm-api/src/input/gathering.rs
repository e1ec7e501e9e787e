//! A list of gathered goods as it arrives.

use bm_app::gathering::NewGathering;
use bm_domain::gathering::{LINES_MAX, Taken, Trader};
use bm_domain::{BusinessDay, DeclarationId, Quantity, Violation, ViolationCode as Code};
use serde::Deserialize;
use uuid::Uuid;

use super::{Desk, NumberText, Reader, check_workstation};

/// A trader as entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct TraderInput {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Tax code.
    pub tax_code: String,
}

/// Goods taken from a line of a form.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct TakenInput {
    /// Id or number of the form.
    pub form: String,
    /// Its line, from 0.
    pub line: u32,
    /// How much, in the unit of the form's line.
    pub quantity: NumberText,
    /// Day of gathering; that of the list when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub day: Option<String>,
}

/// A list as entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct GatheringInput {
    /// UUID; a known one changes the draft it names.
    pub id: String,
    /// Gate; the session's when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub gate: Option<String>,
    /// Counter; the session's when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub workstation: Option<String>,
    /// Who gathers.
    pub trader: TraderInput,
    /// Border market or assembly place.
    pub place: String,
    /// Day of gathering.
    pub day: String,
    /// What.
    pub lines: Vec<TakenInput>,
}

/// Reads a list; `find` tells the id of a form by its id or number. A form that is not known is
/// read as the nil id, which no form has.
///
/// # Errors
/// The problems found, at least one.
pub fn read_gathering(
    input: &GatheringInput,
    desk: &Desk,
    mut find: impl FnMut(&str) -> Option<DeclarationId>,
) -> Result<NewGathering, Vec<Violation>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let id: Option<Uuid> = reader.word("id", &input.id);
    let gate = reader.place("gate", input.gate.as_deref(), &desk.gate);
    let workstation = reader.place(
        "workstation",
        input.workstation.as_deref(),
        &desk.workstation,
    );
    reader
        .problems
        .extend(check_workstation(&workstation).err());
    let name = reader.required("trader.name", &input.trader.name);
    let address = reader.required("trader.address", &input.trader.address);
    let place = reader.required("place", &input.place);
    let code = input.trader.tax_code.trim();
    let tax_code = if code.is_empty() {
        reader.take(Err(Violation::new(Code::FieldRequired, "trader.tax_code")))
    } else {
        let shown: String = code.chars().take(30).collect();
        reader.take(code.parse().map_err(|_| {
            Violation::new(Code::TaxCodeInvalid, "trader.tax_code").with("value", shown)
        }))
    };
    let day: Option<BusinessDay> = reader.word("day", &input.day);
    if input.lines.len() > LINES_MAX {
        let many = Violation::new(Code::TooManyLines, "lines").with("limit", LINES_MAX);
        reader.problems.push(many);
    }
    let mut lines = Vec::new();
    for (at, line) in input.lines.iter().take(LINES_MAX).enumerate() {
        let quantity: Option<Quantity> =
            reader.number(&format!("lines[{at}].quantity"), &line.quantity.0);
        let own = line.day.as_deref().filter(|text| !text.trim().is_empty());
        let day = match own {
            Some(text) => reader.word(&format!("lines[{at}].day"), text),
            None => day,
        };
        if let (Some(quantity), Some(day)) = (quantity, day) {
            lines.push(Taken {
                form: find(line.form.trim()).unwrap_or(DeclarationId(Uuid::nil())),
                line: line.line as usize,
                quantity,
                day,
            });
        }
    }
    match (id, tax_code) {
        (Some(id), Some(tax_code)) if reader.problems.is_empty() => Ok(NewGathering {
            id,
            gate,
            workstation,
            trader: Trader {
                name,
                address,
                tax_code,
            },
            place,
            lines,
        }),
        _ => Err(reader.problems),
    }
}
