//! What is declared, as it arrives: every field is text until it has been looked at, and what is
//! wrong is said field by field.

use bm_app::correction::Wanted;
use bm_app::counter::Declarant;
use bm_app::people::NewPerson;
use bm_domain::correction::CorrectionKind;
use bm_domain::declaration::{Allocation, Condition, Counterpart, Draft, DraftLine, LINES_MAX};
use bm_domain::money::NumberError;
use bm_domain::resident::{Paper, PaperKind};
use bm_domain::vehicle::Plate;
use bm_domain::{
    Currency, DeclarationId, HsCode, PersonId, Quantity, UnitPrice, Violation,
    ViolationCode as Code, Weight,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::request::{CorrectionInput, PaperInput, PersonSave};

mod gathering;

pub use gathering::{GatheringInput, TakenInput, TraderInput, read_gathering};

/// The longest text of any field, in characters.
const TEXT_MAX: usize = 500;

/// Years in which a form may be registered.
const YEARS: RangeInclusive<i32> = 2000..=2099;

/// A number as written: a JSON string, or a JSON number kept digit by digit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
pub struct NumberText(pub String);

impl<'de> Deserialize<'de> for NumberText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        if text.starts_with('"') {
            return serde_json::from_str(text)
                .map(Self)
                .map_err(serde::de::Error::custom);
        }
        Ok(Self(if text == "null" {
            String::new()
        } else {
            text.to_owned()
        }))
    }
}

/// One line as it arrives.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct LineInput {
    /// Commodity code.
    pub hs: String,
    /// Description.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub name: Option<String>,
    /// How much.
    pub quantity: NumberText,
    /// Unit.
    pub unit: String,
    /// Gross weight in kilograms.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub weight_kg: NumberText,
    /// Price of one unit.
    pub unit_price: NumberText,
    /// Currency of the price.
    pub currency: String,
    /// Country of origin or destination.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub origin: Option<String>,
    /// `new` or `used`.
    #[cfg_attr(feature = "bindings", ts(as = "Condition"))]
    pub condition: Option<String>,
    /// Quarantine certificate.
    pub certificate: Option<String>,
}

/// The declarant as it arrives.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct ResidentInput {
    /// Kind of paper.
    pub kind: String,
    /// Number of the paper.
    pub number: String,
    /// Full name.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub name: Option<String>,
    /// Date of birth.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub born: Option<String>,
    /// Sex.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub sex: Option<String>,
    /// Address.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub address: Option<String>,
    /// Code of the commune.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub commune: Option<String>,
    /// Ground of residence.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub basis: Option<String>,
    /// Telephone.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub phone: Option<String>,
}

/// The other side of the trade as it arrives.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct CounterpartInput {
    /// Full name.
    pub name: String,
    /// Kind of paper.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub kind: Option<String>,
    /// Its number.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub number: Option<String>,
}

/// A form as it arrives: from the counter with a person's id, from a file with the paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct DraftInput {
    /// UUID.
    pub id: String,
    /// When; now when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub at: Option<String>,
    /// Gate; the session's when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub gate: Option<String>,
    /// Counter; the session's when empty.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub workstation: Option<String>,
    /// `import` or `export`.
    #[cfg_attr(feature = "bindings", ts(as = "bm_domain::Direction"))]
    pub direction: String,
    /// The other leg of an exchange.
    pub exchange_of: Option<String>,
    /// Who the goods go to or come from.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub counterpart: Option<CounterpartInput>,
    /// Plate of the vehicle that carries the goods.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub vehicle: Option<String>,
    /// A known person.
    pub person: Option<String>,
    /// A person by paper.
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub resident: Option<ResidentInput>,
    /// The goods.
    pub lines: Vec<LineInput>,
    /// `entered` or `least_tax`.
    #[cfg_attr(feature = "bindings", ts(as = "Allocation"))]
    pub allocation: Option<String>,
}

/// Where a form is entered, for what it does not say itself.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Gate.
    pub gate: String,
    /// Counter.
    pub workstation: String,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Collects what is wrong while fields are read.
struct Reader {
    problems: Vec<Violation>,
}

impl Reader {
    fn take<T>(&mut self, value: Result<T, Violation>) -> Option<T> {
        value.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn finish<T>(self, read: T) -> Result<T, Vec<Violation>> {
        if self.problems.is_empty() {
            Ok(read)
        } else {
            Err(self.problems)
        }
    }

    fn word<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        let unknown = || {
            let code = if text.trim().is_empty() {
                Code::FieldRequired
            } else {
                Code::ValueUnknown
            };
            let shown: String = text.chars().take(50).collect();
            Violation::new(code, field).with("value", shown)
        };
        self.take(text.trim().parse().map_err(|_| unknown()))
    }

    fn plate(&mut self, field: &str, text: &str) -> Option<Plate> {
        let read = (!text.trim().is_empty()).then(|| text.parse::<Plate>())?;
        self.take(read.map_err(|problem| Violation {
            field: field.to_owned(),
            ..problem
        }))
    }

    /// The desk's own gate or counter: who sits at one does not register for another, whose series
    /// of numbers is not theirs. A nightly job sits nowhere and may name any.
    fn place(&mut self, field: &str, given: Option<&str>, own: &str) -> String {
        let given = self.text(field, given);
        if given.is_empty() {
            return own.to_owned();
        }
        if !own.is_empty() && given != own {
            let foreign = Violation::new(Code::ValueUnknown, field).with("value", &given);
            self.problems.push(foreign);
        }
        given
    }

    /// A time within the years the law notes and the tables can speak of.
    fn instant(&mut self, field: &str, text: &str) -> Option<DateTime<Utc>> {
        let at: DateTime<Utc> = self.word(field, text)?;
        if YEARS.contains(&at.year()) {
            return Some(at);
        }
        self.take(Err(
            Violation::new(Code::ValueUnknown, field).with("value", at)
        ))
    }

    fn number<T: FromStr<Err = NumberError>>(&mut self, field: &str, text: &str) -> Option<T> {
        if text.trim().is_empty() {
            return self.take(Err(Violation::new(Code::FieldRequired, field)));
        }
        let code = |error| match error {
            NumberError::NotANumber => Code::NumberInvalid,
            NumberError::OutOfRange => Code::NumberOutOfRange,
            NumberError::TooPrecise => Code::NumberTooPrecise,
        };
        self.take(
            text.parse()
                .map_err(|error| Violation::new(code(error), field)),
        )
    }

    fn text(&mut self, field: &str, text: Option<&str>) -> String {
        let text = text.unwrap_or_default().trim();
        if text.chars().count() > TEXT_MAX {
            let long = Violation::new(Code::TextTooLong, field).with("limit", TEXT_MAX);
            self.problems.push(long);
        }
        text.to_owned()
    }

    fn lines(&mut self, lines: &[LineInput]) -> Vec<DraftLine> {
        if lines.len() > LINES_MAX {
            let many = Violation::new(Code::TooManyLines, "lines").with("limit", LINES_MAX);
            self.problems.push(many);
        }
        (lines.iter().take(LINES_MAX).enumerate())
            .filter_map(|(i, line)| self.line(i, line))
            .collect()
    }

    /// Nobody where every field is empty. What is wrong with the number is a rule's to say.
    fn counterpart(&mut self, other: &CounterpartInput) -> Option<Box<Counterpart>> {
        let name = self.text("counterpart.name", Some(&other.name));
        let number = self.text("counterpart.number", other.number.as_deref());
        if name.is_empty() && number.is_empty() {
            return None;
        }
        let kind = other.kind.as_deref().unwrap_or_default();
        let paper = match number.as_str() {
            "" => None,
            number => {
                let kind = self.word("counterpart.kind", kind)?;
                Some(Paper::new(kind, number))
            }
        };
        Some(Box::new(Counterpart { name, paper }))
    }

    fn required(&mut self, field: &str, text: &str) -> String {
        let text = self.text(field, Some(text));
        if text.is_empty() {
            self.problems
                .push(Violation::new(Code::FieldRequired, field));
        }
        text
    }

    fn line(&mut self, index: usize, line: &LineInput) -> Option<DraftLine> {
        let field = |name: &str| format!("lines[{index}].{name}");
        let hs: Option<HsCode> = self.word(&field("hs"), &line.hs);
        let quantity: Option<Quantity> = self.number(&field("quantity"), &line.quantity.0);
        let unit_price: Option<UnitPrice> = self.number(&field("unit_price"), &line.unit_price.0);
        let currency: Option<Currency> = self.word(&field("currency"), &line.currency);
        let condition = line.condition.as_deref().unwrap_or("new");
        let condition: Option<Condition> = self.word(&field("condition"), condition);
        let weight: Option<Weight> = match line.weight_kg.0.trim() {
            "" => None,
            text => self.number(&field("weight_kg"), text),
        };
        let unit = self.required(&field("unit"), &line.unit);
        let name = self.text(&field("name"), line.name.as_deref());
        let origin = self.text(&field("origin"), line.origin.as_deref());
        let certificate = self.text(&field("certificate"), line.certificate.as_deref());
        Some(DraftLine {
            hs: hs?,
            name,
            quantity: quantity?,
            unit,
            weight,
            unit_price: unit_price?,
            currency: currency?,
            origin: origin.to_ascii_uppercase(),
            condition: condition?,
            certificate: Some(certificate).filter(|text| !text.is_empty()),
        })
    }
}

/// Whether the text can name a workstation: it becomes a part of every form's number.
///
/// # Errors
/// The violation, for anything but 1 to 20 ASCII letters, digits and dashes.
pub fn check_workstation(text: &str) -> Result<(), Violation> {
    let simple = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if simple && (1..=20).contains(&text.len()) {
        return Ok(());
    }
    Err(Violation::new(Code::ValueUnknown, "workstation").with("value", text))
}

/// Reads a form; what is wrong with it comes back field by field.
///
/// # Errors
/// The problems found, at least one.
pub fn read_draft(input: &DraftInput, desk: &Desk) -> Result<(Draft, Declarant), Vec<Violation>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let id: Option<DeclarationId> = reader.word("id", &input.id);
    let at = match input.at.as_deref() {
        None | Some("") => Some(desk.now),
        Some(text) => reader.instant("at", text),
    };
    let direction = reader.word("direction", &input.direction);
    let allocation: Option<Allocation> = reader.word(
        "allocation",
        input.allocation.as_deref().unwrap_or("entered"),
    );
    let exchange_of = match input.exchange_of.as_deref() {
        None | Some("") => None,
        Some(text) => reader.word("exchange_of", text),
    };
    let gate = reader.place("gate", input.gate.as_deref(), &desk.gate);
    let workstation = reader.place(
        "workstation",
        input.workstation.as_deref(),
        &desk.workstation,
    );
    reader
        .problems
        .extend(check_workstation(&workstation).err());
    let lines = reader.lines(&input.lines);
    let counterpart = input.counterpart.as_ref();
    let counterpart = counterpart.and_then(|other| reader.counterpart(other));
    let vehicle = input.vehicle.as_deref();
    let vehicle = vehicle.and_then(|plate| reader.plate("vehicle", plate));
    let declarant = read_declarant(&mut reader, input);
    match (id, at, direction, allocation) {
        (Some(id), Some(at), Some(direction), Some(allocation)) if reader.problems.is_empty() => {
            let draft = Draft {
                id,
                at,
                gate,
                workstation,
                direction,
                exchange_of,
                counterpart,
                vehicle,
                lines,
                allocation,
            };
            Ok((draft, declarant))
        }
        _ => Err(reader.problems),
    }
}

/// Reads what is asked of a correction.
///
/// # Errors
/// The problems found, at least one.
pub fn read_correction(input: &CorrectionInput) -> Result<Wanted, Vec<Violation>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let wanted = match input.kind {
        CorrectionKind::Refuse => Wanted::Refuse,
        CorrectionKind::Return => Wanted::Return,
        CorrectionKind::Cancel => Wanted::Cancel,
        CorrectionKind::Amend => Wanted::Amend {
            lines: reader.lines(input.lines.as_deref().unwrap_or_default()),
            allocation: input.allocation.unwrap_or_default(),
        },
    };
    reader.finish(wanted)
}

fn read_declarant(reader: &mut Reader, input: &DraftInput) -> Declarant {
    if let Some(id) = input.person.as_deref().filter(|id| !id.is_empty()) {
        let id: Option<PersonId> = reader.word("person", id);
        return id.map_or(Declarant::Unknown, Declarant::Known);
    }
    match &input.resident {
        Some(resident) => Declarant::ByPaper(Box::new(read_resident(reader, resident))),
        None => Declarant::Unknown,
    }
}

fn read_resident(reader: &mut Reader, input: &ResidentInput) -> NewPerson {
    let kind = reader.word("resident.kind", &input.kind);
    let paper = kind.map(|kind| Paper::new(kind, &input.number));
    read_person(reader, input, paper)
}

fn read_person(reader: &mut Reader, input: &ResidentInput, paper: Option<Paper>) -> NewPerson {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    NewPerson {
        paper,
        more_papers: Vec::new(),
        name: reader.text("resident.name", input.name.as_deref()),
        born: given(&input.born).and_then(|text| reader.word::<NaiveDate>("resident.born", &text)),
        sex: given(&input.sex).and_then(|text| reader.word("resident.sex", &text)),
        address: reader.text("resident.address", input.address.as_deref()),
        commune: reader.text("resident.commune", input.commune.as_deref()),
        basis: given(&input.basis).and_then(|text| reader.word("resident.basis", &text)),
        phone: given(&input.phone),
    }
}

/// Reads a person as it arrives.
///
/// # Errors
/// The problems found, at least one.
pub fn person(input: &ResidentInput) -> Result<NewPerson, Vec<Violation>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let person = read_resident(&mut reader, input);
    reader.finish(person)
}

/// Reads a person with all papers as it is entered; fields are named as in a declaration.
///
/// # Errors
/// The problems found, at least one.
pub fn saved_person(input: &PersonSave) -> Result<NewPerson, Vec<Violation>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let papers = input.papers.iter();
    let mut papers = papers
        .filter_map(|paper| read_paper(&mut reader, paper))
        .collect::<Vec<_>>()
        .into_iter();
    let resident = ResidentInput {
        name: Some(input.name.clone()),
        born: Some(input.born.clone()),
        sex: input.sex.clone(),
        address: Some(input.address.clone()),
        commune: Some(input.commune.clone()),
        basis: Some(input.basis.clone()),
        phone: input.phone.clone(),
        ..ResidentInput::default()
    };
    let person = NewPerson {
        more_papers: papers.clone().skip(1).collect(),
        ..read_person(&mut reader, &resident, papers.next())
    };
    reader.finish(person)
}

fn read_paper(reader: &mut Reader, input: &PaperInput) -> Option<Paper> {
    let kind: Option<PaperKind> = reader.word("resident.kind", &input.kind);
    let mut day = |text: &Option<String>| {
        let given = text.as_deref().filter(|text| !text.trim().is_empty());
        given.and_then(|text| reader.word("resident.number", text))
    };
    let (issued, expires) = (day(&input.issued), day(&input.expires));
    Some(Paper {
        issued,
        expires,
        ..Paper::new(kind?, &input.number)
    })
}
