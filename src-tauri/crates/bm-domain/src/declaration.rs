//! What a resident declares: one form for import, one for export (Circular 80/2019/TT-BTC art. 6).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hs::HsCode;
use crate::identify::is_chinese_number;
use crate::ids::DeclarationId;
use crate::money::{Currency, UnitPrice};
use crate::quantity::{Quantity, Weight};
use crate::resident::{Paper, PaperKind, UnknownWord};
use crate::vehicle::Plate;
use crate::violation::{Violation, ViolationCode as Code};

/// The most lines one form may have.
pub const LINES_MAX: usize = 200;

/// Which way the goods go.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Into Vietnam: a purchase, form HQ2019/TKNKBG.
    Import,
    /// Out of Vietnam: a sale, form HQ2019/TKXKBG.
    Export,
}

impl Direction {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Export => "export",
        }
    }

    /// The two letters in a form's number: nhập khẩu, xuất khẩu.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Import => "NK",
            Self::Export => "XK",
        }
    }
}

impl std::str::FromStr for Direction {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "import" => Ok(Self::Import),
            "export" => Ok(Self::Export),
            _ => Err(UnknownWord),
        }
    }
}

/// New or used: used consumer goods may not be imported.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Not used before.
    #[default]
    New,
    /// Used before.
    Used,
}

impl Condition {
    /// The usual case, left out of records.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New)
    }
}

impl std::str::FromStr for Condition {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "new" => Ok(Self::New),
            "used" => Ok(Self::Used),
            _ => Err(UnknownWord),
        }
    }
}

/// In which order the lines use up the exemption; the texts leave it to the declarant.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// As entered: the first line first.
    #[default]
    Entered,
    /// So that the whole form costs least.
    LeastTax,
}

impl std::str::FromStr for Allocation {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.trim() {
            "entered" => Ok(Self::Entered),
            "least_tax" => Ok(Self::LeastTax),
            _ => Err(UnknownWord),
        }
    }
}

/// One line of goods as declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// Commodity code.
    pub hs: HsCode,
    /// Description as declared; the catalogue's name when empty.
    pub name: String,
    /// How much.
    pub quantity: Quantity,
    /// In which unit.
    pub unit: String,
    /// Gross weight; `None` when it was not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// Price of one unit in `currency`.
    pub unit_price: UnitPrice,
    /// Currency of the price.
    pub currency: Currency,
    /// ISO 3166 country of origin (import) or destination (export); empty when not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// New or used.
    #[serde(default, skip_serializing_if = "Condition::is_new")]
    pub condition: Condition,
    /// Number of the quarantine certificate, where one was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

/// Who stands on the other side of a sale, purchase or exchange, as a rule a resident of China
/// (Decree 112/2014/ND-CP: border residents of both sides). Recorded where it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterpart {
    /// Full name.
    pub name: String,
    /// The paper shown, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

impl Counterpart {
    /// What is wrong with it; fields are named as in a declaration.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.name.trim().is_empty() {
            found.push(Violation::new(Code::FieldRequired, "counterpart.name"));
        }
        let Some(paper) = &self.paper else {
            return found;
        };
        let field = "counterpart.number";
        if paper.kind == PaperKind::ChineseId && !is_chinese_number(&paper.number) {
            found.push(Violation::new(Code::CounterpartNumberInvalid, field));
        } else if !paper.is_well_formed() {
            let odd = Violation::new(Code::ValueUnknown, field);
            found.push(odd.with("value", &paper.number));
        }
        found
    }
}

/// A form before it is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name from the first keystroke on.
    pub id: DeclarationId,
    /// When it is registered.
    pub at: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Code of the counter.
    pub workstation: String,
    /// Import or export.
    pub direction: Direction,
    /// The other leg, when goods are exchanged for goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_of: Option<DeclarationId>,
    /// Who the goods go to or come from, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<Box<Counterpart>>,
    /// Plate of the vehicle that carries the goods, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<Plate>,
    /// The goods.
    pub lines: Vec<DraftLine>,
    /// Order in which lines use up the exemption.
    pub allocation: Allocation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counterpart_has_a_name_and_a_number_that_fits_its_paper() {
        let check = |name: &str, kind, number: &str| {
            let paper = (!number.is_empty()).then(|| Paper::new(kind, number));
            let counterpart = Counterpart {
                name: name.into(),
                paper,
            };
            let found = counterpart.check().into_iter();
            found.map(|one| (one.code, one.field)).collect::<Vec<_>>()
        };
        use PaperKind::{BorderPass, ChineseId};
        let number = "counterpart.number".to_owned();
        assert_eq!(check("王伟", ChineseId, ""), []);
        // LAW vector 14.
        assert_eq!(check("王伟", ChineseId, "11010519491231002x"), []);
        assert_eq!(
            check("王伟", ChineseId, "110105194912310021"),
            [(Code::CounterpartNumberInvalid, number.clone())]
        );
        assert_eq!(
            check("王伟", BorderPass, "1"),
            [(Code::ValueUnknown, number)]
        );
        assert_eq!(
            check(" ", BorderPass, "GX1234567"),
            [(Code::FieldRequired, "counterpart.name".to_owned())]
        );
    }
}
