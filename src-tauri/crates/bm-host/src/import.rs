//! Tables imported from files: every row is checked first, then all are taken or none.

use std::path::Path;
use std::str::FromStr;

use bm_api::input::{ResidentInput, person};
use bm_app::law::LawRow;
use bm_app::people::NewPerson;
use bm_app::{Actor, App, AppError};
use bm_domain::goods::{Goods, ListEntry, Tariff};
use bm_domain::law::{Commune, ExchangeRate, Gate};
use bm_domain::{BusinessDay, HsCode, UnitPrice, Validity, Vnd};
use bm_files::table::{BadRow, Row, Table};
use rust_decimal::Decimal;

/// Rows in one transaction when residents are imported.
const GROUP: usize = 10_000;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Persons.
    Residents,
    /// Commodity codes.
    Goods,
    /// Goods residents may import.
    GoodsList,
    /// Exchange rates.
    Rates,
    /// Border communes.
    Communes,
    /// Gates.
    Gates,
}

/// What was taken.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Rows taken.
    pub taken: usize,
    /// Rows not taken, with the reason.
    pub bad: Vec<BadRow>,
}

/// Checks every row of a file, then takes all of them; with `skip_bad` the good ones.
///
/// # Errors
/// [`AppError::BadRequest`] when the file is no such table.
pub fn import(
    app: &App,
    actor: &Actor,
    kind: Kind,
    path: &Path,
    skip_bad: bool,
) -> Result<Imported, AppError> {
    let table = Table::open(path, kind.required())
        .map_err(|error| AppError::BadRequest(error.to_string()))?;
    let today = BusinessDay::of(app.clock().now());
    let held = app.read(|reader| app.law_book(reader))?;
    let mut imported = Imported::default();
    let mut law = Vec::new();
    let mut people = Vec::new();
    for row in table.rows() {
        let taken = row.and_then(|row| match kind {
            Kind::Residents => resident(&row).map(|person| people.push(person)),
            Kind::Goods => goods(&row, &held.1.goods).map(|row| law.push(LawRow::Goods(row))),
            Kind::GoodsList => list_entry(&row, today).map(|row| law.push(LawRow::List(row))),
            Kind::Rates => rate(&row).map(|row| law.push(LawRow::Rate(row))),
            Kind::Communes => commune(&row, today).map(|row| law.push(LawRow::Commune(row))),
            Kind::Gates => gate(&row).map(|row| law.push(LawRow::Gate(row))),
        });
        if let Err(bad) = taken {
            imported.bad.push(bad);
        }
    }
    if !imported.bad.is_empty() && !skip_bad {
        return Ok(imported);
    }
    let source = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let source = source.unwrap_or_default();
    imported.taken = law.len() + people.len();
    if !law.is_empty() {
        app.save_law(actor, &law, &source)?;
    }
    for group in people.chunks(GROUP) {
        app.import_people(actor, group, &source)?;
    }
    Ok(imported)
}

impl Kind {
    const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Residents => &["kind", "number", "name", "born", "commune"],
            Self::Goods => &["hs", "name_vi"],
            Self::GoodsList => &["hs_prefix", "rule"],
            Self::Rates => &["currency", "valid_from"],
            Self::Communes => &["code", "name"],
            Self::Gates => &["code"],
        }
    }
}

impl FromStr for Kind {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, AppError> {
        match text {
            "residents" => Ok(Self::Residents),
            "goods" => Ok(Self::Goods),
            "goods-list" => Ok(Self::GoodsList),
            "rates" => Ok(Self::Rates),
            "communes" => Ok(Self::Communes),
            "gates" => Ok(Self::Gates),
            _ => Err(AppError::BadRequest(format!("import {text}"))),
        }
    }
}

fn field<T: FromStr>(row: &Row, column: &str) -> Result<T, BadRow> {
    let text = row.get(column);
    let reason = if text.is_empty() {
        "empty".to_owned()
    } else {
        format!("\"{text}\"")
    };
    text.parse().map_err(|_| row.bad(column, reason))
}

fn optional<T: FromStr>(row: &Row, column: &str) -> Result<Option<T>, BadRow> {
    if row.get(column).is_empty() {
        Ok(None)
    } else {
        field(row, column).map(Some)
    }
}

fn validity(row: &Row, from: &str, to: &str, default: BusinessDay) -> Result<Validity, BadRow> {
    let span = Validity {
        from: optional(row, from)?.unwrap_or(default),
        to: optional(row, to)?,
    };
    match span.to {
        Some(last) if last < span.from => Err(row.bad(to, format!("{last} < {}", span.from))),
        _ => Ok(span),
    }
}

fn resident(row: &Row) -> Result<NewPerson, BadRow> {
    let given = |column: &str| Some(row.get(column).to_owned());
    let input = ResidentInput {
        kind: row.get("kind").to_owned(),
        number: row.get("number").to_owned(),
        name: given("name"),
        born: given("born"),
        sex: given("sex"),
        address: given("address"),
        commune: given("commune"),
        basis: given("basis"),
        phone: given("phone"),
    };
    let first = |problems: &[bm_domain::Violation]| {
        let column = problems
            .first()
            .map(|v| v.field.replace("resident.", ""))
            .unwrap_or_default();
        let code = problems
            .first()
            .map(|v| bm_api::words::code(v.code))
            .unwrap_or_default();
        row.bad(&column, code)
    };
    let person = person(&input).map_err(|problems| first(&problems))?;
    let problems = App::check_person(&person);
    if problems.is_empty() {
        Ok(person)
    } else {
        Err(first(&problems))
    }
}

/// Columns the file does not have leave what is held as it is.
fn goods(row: &Row, held: &std::collections::BTreeMap<HsCode, Goods>) -> Result<Goods, BadRow> {
    let hs: HsCode = field(row, "hs")?;
    let name = row.get("name_vi").trim_start_matches(['-', ' ']).to_owned();
    if name.is_empty() {
        return Err(row.bad("name_vi", "empty"));
    }
    let mut goods = held.get(&hs).cloned().unwrap_or(Goods {
        hs,
        name_vi: String::new(),
        name_en: String::new(),
        name_zh: String::new(),
        units: Vec::new(),
        tariff: Tariff::default(),
        quarantine: None,
        used_banned: false,
        reference_price: None,
    });
    // The nomenclature's bare words (a row that begins with dashes) do not replace a trade name.
    if goods.name_vi.is_empty() || !row.get("name_vi").starts_with('-') {
        goods.name_vi = name;
    }
    if row.has("name_en") {
        row.get("name_en").clone_into(&mut goods.name_en);
    }
    if row.has("name_zh") {
        row.get("name_zh").clone_into(&mut goods.name_zh);
    }
    if row.has("unit") {
        goods.units = row
            .get("unit")
            .split('/')
            .map(|unit| unit.trim().to_owned())
            .collect();
        goods.units.retain(|unit| !unit.is_empty());
    }
    if row.has("mfn") {
        goods.tariff = tariff(row)?;
    }
    if row.has("quarantine") {
        goods.quarantine = optional(row, "quarantine")?;
    }
    if row.has("used_banned") {
        goods.used_banned = matches!(row.get("used_banned"), "1" | "true");
    }
    if row.has("reference_price_vnd") {
        goods.reference_price = optional::<i64>(row, "reference_price_vnd")?.map(Vnd::new);
    }
    Ok(goods)
}

fn tariff(row: &Row) -> Result<Tariff, BadRow> {
    let percent = |column: &str| -> Result<Option<Decimal>, BadRow> {
        let value: Option<Decimal> = optional(row, column)?;
        match value {
            Some(value) if value.is_sign_negative() && !value.is_zero() => {
                Err(row.bad(column, format!("\"{value}\"")))
            }
            other => Ok(other),
        }
    };
    Ok(Tariff {
        mfn: percent("mfn")?,
        ordinary: percent("ordinary")?,
        acfta: percent("acfta")?,
        excise: percent("excise")?,
        environment_vnd: percent("environment")?,
        vat: optional(row, "vat_class")?,
        export_duty: percent("export_duty")?,
    })
}

fn list_entry(row: &Row, today: BusinessDay) -> Result<ListEntry, BadRow> {
    Ok(ListEntry {
        prefix: field(row, "hs_prefix")?,
        rule: field(row, "rule")?,
        validity: validity(row, "valid_from", "valid_to", today)?,
        basis: row.any(&["basis", "note"]).to_owned(),
    })
}

/// A rate holds from Monday to Sunday (Decree 08/2015/ND-CP art. 21(3)).
fn rate(row: &Row) -> Result<ExchangeRate, BadRow> {
    let column = if row.has("rate_vnd") {
        "rate_vnd"
    } else {
        "rate"
    };
    let rate: UnitPrice = field(row, column)?;
    if rate.decimal().is_zero() {
        return Err(row.bad(column, "0"));
    }
    let from: BusinessDay = field(row, "valid_from")?;
    if from != from.week_start() {
        return Err(row.bad("valid_from", format!("{from}: not a Monday")));
    }
    let validity = Validity {
        from,
        to: Some(from.after(6)),
    };
    let source = row.get("source").to_owned();
    Ok(ExchangeRate {
        currency: field(row, "currency")?,
        rate,
        validity,
        source,
    })
}

fn commune(row: &Row, today: BusinessDay) -> Result<Commune, BadRow> {
    let text = |column: &str| match row.get(column) {
        "" => Err(row.bad(column, "empty")),
        text => Ok(text.to_owned()),
    };
    Ok(Commune {
        code: text("code")?,
        name: text("name")?,
        validity: validity(row, "valid_from", "valid_to", today)?,
        basis: row.get("basis").to_owned(),
    })
}

fn gate(row: &Row) -> Result<Gate, BadRow> {
    let code = row.get("code");
    let simple = code
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if code.is_empty() || !simple || code.len() > 20 {
        return Err(row.bad("code", format!("\"{code}\"")));
    }
    let name = row.any(&["name", "name_vi"]);
    let long_ago =
        BusinessDay::from_number(0).unwrap_or_else(|| BusinessDay::new(Default::default()));
    let (from, to) = if row.has("open_from") {
        ("open_from", "open_to")
    } else {
        ("valid_from", "valid_to")
    };
    Ok(Gate {
        code: code.to_owned(),
        name: if name.is_empty() { code } else { name }.to_owned(),
        kind: row.any(&["kind", "type"]).to_owned(),
        parent: row.get("parent").to_owned(),
        validity: validity(row, from, to, long_ago)?,
    })
}
