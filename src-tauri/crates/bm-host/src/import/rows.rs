//! One row of a table as what it says, or what is wrong with which column.

use std::str::FromStr;

use bm_api::input::{ResidentInput, person};
use bm_app::App;
use bm_app::law::LawRow;
use bm_app::people::NewPerson;
use bm_domain::goods::{Goods, ListEntry, Tariff, always};
use bm_domain::law::{Commune, ExchangeRate, Gate, LawBook};
use bm_domain::money::VND_MAX;
use bm_domain::price::ReferencePrice;
use bm_domain::worktime::Span;
use bm_domain::{BusinessDay, HsCode, UnitPrice, Validity, Violation, Vnd};
use bm_files::table::Row;
use chrono::NaiveTime;
use rust_decimal::Decimal;

use super::{Fault, Kind};
use crate::words::Message;

/// From which day rows hold that do not say it themselves.
#[derive(Clone, Copy)]
pub(super) struct OnDays {
    /// The day named for the whole table.
    pub(super) given: Option<BusinessDay>,
    /// Today.
    pub(super) today: BusinessDay,
}

impl OnDays {
    fn day(self) -> BusinessDay {
        self.given.unwrap_or(self.today)
    }

    /// For what is not known yet: since always, as nothing else was ever said of it.
    fn first(self, known: bool) -> BusinessDay {
        if known {
            return self.day();
        }
        self.given.unwrap_or(always().from)
    }
}

pub(super) fn law_row(kind: Kind, row: &Row, held: &LawBook, on: OnDays) -> Result<LawRow, Fault> {
    match kind {
        Kind::Goods => goods(row, held, on).map(LawRow::Goods),
        Kind::GoodsList => list_entry(row, on.day()).map(LawRow::List),
        Kind::Rates => rate(row).map(LawRow::Rate),
        Kind::Communes => commune(row, on.day()).map(LawRow::Commune),
        Kind::Prices => price(row, held, on.day()).map(LawRow::Price),
        Kind::Gates | Kind::Residents => gate(row, held, on).map(LawRow::Gate),
    }
}

/// What a column needs, as an example that reads the same in every language.
pub(super) fn example(column: &str) -> &'static str {
    match column {
        "kind" => "cccd | cmnd | border_pass | border_id | passport",
        "born" => "1985-02-28",
        "valid_from" | "valid_to" | "open_from" | "open_to" => "2026-11-23",
        "opens_at" | "closes_at" => "07:00",
        "hs" => "07032090",
        "hs_prefix" => "07 | 0703 | 070320 | 07032090",
        "rule" => "include | exclude",
        "currency" => "CNY",
        "rate" | "rate_vnd" => "3628.41",
        "vat_class" => "not_subject | reduced | standard",
        "quarantine" => "plant | aquatic | animal",
        "sex" => "male | female",
        "basis" => "permanent_residence | residence_permit",
        "code" => "MONGCAI | 06712",
        "unit" => "kg",
        "gate" => "MONGCAI",
        "source" => "TB 123/2026",
        "reference_price_vnd" | "price_vnd" => "25000",
        "mfn" | "ordinary" | "acfta" | "excise" | "environment" | "export_duty" => "12.5",
        _ => "…",
    }
}

pub(super) fn fault(column: &str, message: Message) -> Fault {
    Fault::Said(column.to_owned(), message)
}

pub(super) fn invalid(column: &str, value: &str) -> Fault {
    let message = if value.is_empty() {
        Message::new("field_empty")
    } else {
        Message::new("field_invalid").with("value", value)
    };
    fault(column, message.with("example", example(column)))
}

fn field<T: FromStr>(row: &Row, column: &str) -> Result<T, Fault> {
    let text = row.get(column);
    text.parse().map_err(|_| invalid(column, text))
}

fn optional<T: FromStr>(row: &Row, column: &str) -> Result<Option<T>, Fault> {
    if row.get(column).is_empty() {
        Ok(None)
    } else {
        field(row, column).map(Some)
    }
}

fn validity(row: &Row, from: &str, to: &str, default: BusinessDay) -> Result<Validity, Fault> {
    let span = Validity {
        from: optional(row, from)?.unwrap_or(default),
        to: optional(row, to)?,
    };
    match span.to {
        Some(last) if last < span.from => {
            let reversed = Message::new("validity_reversed")
                .with("to", last)
                .with("from", span.from);
            Err(fault(to, reversed))
        }
        _ => Ok(span),
    }
}

pub(super) fn resident(row: &Row) -> Result<NewPerson, Fault> {
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
    let first = |problems: Vec<Violation>| {
        let problem = problems.into_iter().next();
        problem.map(|problem| {
            let column = problem.field.replace("resident.", "");
            // A word or a date that can't be read is best told with one that can.
            match problem.code {
                bm_domain::ViolationCode::ValueUnknown if column != "number" => {
                    invalid(&column, row.get(&column))
                }
                _ => Fault::Rule(column, problem),
            }
        })
    };
    let person = match person(&input) {
        Ok(person) => person,
        Err(problems) => return Err(first(problems).unwrap_or_else(|| invalid("number", ""))),
    };
    match first(App::check_person(&person)) {
        None => Ok(person),
        Some(fault) => Err(fault),
    }
}

/// Columns the file does not have leave what is held as it is.
fn goods(row: &Row, book: &LawBook, on: OnDays) -> Result<Goods, Fault> {
    let hs: HsCode = field(row, "hs")?;
    let known = book.goods.contains_key(&hs);
    let days = validity(row, "valid_from", "valid_to", on.first(known))?;
    let held = book.on(days.from);
    let name = row.get("name_vi").trim_start_matches(['-', ' ']).to_owned();
    if name.is_empty() {
        return Err(invalid("name_vi", ""));
    }
    let mut goods = held.goods(hs).cloned().unwrap_or(Goods {
        hs,
        name_vi: String::new(),
        name_en: String::new(),
        name_zh: String::new(),
        units: Vec::new(),
        tariff: Tariff::default(),
        quarantine: None,
        used_banned: false,
        reference_price: None,
        validity: always(),
        basis: String::new(),
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
    goods.validity = days;
    row.get("basis").clone_into(&mut goods.basis);
    Ok(goods)
}

fn tariff(row: &Row) -> Result<Tariff, Fault> {
    let percent = |column: &str| -> Result<Option<Decimal>, Fault> {
        let value: Option<Decimal> = optional(row, column)?;
        match value {
            Some(value) if value.is_sign_negative() && !value.is_zero() => {
                Err(invalid(column, row.get(column)))
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

fn list_entry(row: &Row, today: BusinessDay) -> Result<ListEntry, Fault> {
    Ok(ListEntry {
        prefix: field(row, "hs_prefix")?,
        rule: field(row, "rule")?,
        validity: validity(row, "valid_from", "valid_to", today)?,
        basis: row.get("basis").to_owned(),
    })
}

/// A price of reference (Circular 80/2019/TT-BTC art. 9(3)); without a gate it holds everywhere.
fn price(row: &Row, held: &LawBook, today: BusinessDay) -> Result<ReferencePrice, Fault> {
    let text = |column: &str| match row.get(column) {
        "" => Err(invalid(column, "")),
        text => Ok(text.to_owned()),
    };
    let price: i64 = field(row, "price_vnd")?;
    if !(1..=VND_MAX).contains(&price) {
        return Err(invalid("price_vnd", row.get("price_vnd")));
    }
    let place = row.get("gate");
    if !place.is_empty() && !held.gates.contains_key(place) {
        return Err(invalid("gate", place));
    }
    Ok(ReferencePrice {
        hs: field(row, "hs")?,
        unit: text("unit")?,
        place: place.to_owned(),
        price: Vnd::new(price),
        validity: validity(row, "valid_from", "valid_to", today)?,
        source: text("source")?,
    })
}

/// A rate holds from Monday to Sunday (Decree 08/2015/ND-CP art. 21(3)).
fn rate(row: &Row) -> Result<ExchangeRate, Fault> {
    let column = if row.has("rate_vnd") {
        "rate_vnd"
    } else {
        "rate"
    };
    let rate: UnitPrice = field(row, column)?;
    if rate.decimal().is_zero() {
        return Err(invalid(column, row.get(column)));
    }
    let from: BusinessDay = field(row, "valid_from")?;
    if from != from.week_start() {
        return Err(fault(
            "valid_from",
            Message::new("not_monday").with("day", from),
        ));
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

fn commune(row: &Row, today: BusinessDay) -> Result<Commune, Fault> {
    let text = |column: &str| match row.get(column) {
        "" => Err(invalid(column, "")),
        text => Ok(text.to_owned()),
    };
    Ok(Commune {
        code: text("code")?,
        name: text("name")?,
        validity: validity(row, "valid_from", "valid_to", today)?,
        basis: row.get("basis").to_owned(),
    })
}

/// Opening hours, where both ends are given.
fn hours(row: &Row) -> Result<Option<Span>, Fault> {
    let time = |column: &str| match row.get(column) {
        "" => Ok(None),
        text => NaiveTime::parse_from_str(text, "%H:%M")
            .map(Some)
            .map_err(|_| invalid(column, text)),
    };
    let ends = time("opens_at")?.zip(time("closes_at")?);
    Ok(ends.map(|(from, to)| Span { from, to }))
}

fn gate(row: &Row, book: &LawBook, on: OnDays) -> Result<Gate, Fault> {
    let code = row.get("code");
    let simple = code
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if code.is_empty() || !simple || code.len() > 20 {
        return Err(invalid("code", code));
    }
    let name = row.any(&["name", "name_vi"]);
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
        office: row.any(&["office", "office_code"]).to_owned(),
        region: row.get("region").to_owned(),
        hours: hours(row)?,
        basis: row.any(&["basis", "note"]).to_owned(),
        validity: validity(row, from, to, on.first(book.gates.contains_key(code)))?,
    })
}
