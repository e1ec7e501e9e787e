//! Each figure of the table.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bm_api::Language;
use bm_api::command::{Call, daily, register_all};
use bm_api::input::DraftInput;
use bm_api::session::operator;
use bm_app::counter::Declarant;
use bm_app::ports::{DeclarationFilter, Status};
use bm_app::printing::PrintOrder;
use bm_domain::text::fold;
use bm_domain::{BusinessDay, Draft, PersonId};
use bm_files::report::{Cell, Sheet, write_xlsx};
use bm_host::Office;
use chrono::{TimeDelta, Utc};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::bare::Twin;
use crate::table::{Table, Times, shown};
use crate::world::{Failure, Filled, Trade, connect};

/// Forms registered one by one.
const FORMS: usize = 2_000;
/// Lines of each.
const LINES: u32 = 5;
/// Forms of a file.
const FILE_FORMS: usize = 20_000;
/// Forms in one transaction, as `bienmau declare` takes them.
const GROUP: usize = 1_000;
/// Forms put on paper.
const SHEETS: u32 = 300;
/// Look-ups of a kind.
const LOOKS: usize = 20_000;

/// A form, as it is entered today.
fn form(trade: &mut Trade, lines: u32) -> Draft {
    trade.form(now() - TimeDelta::minutes(1), lines)
}

#[expect(
    clippy::disallowed_methods,
    reason = "measured forms are registered today"
)]
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}

fn register(office: &Office, draft: Draft, person: PersonId) -> Result<(), Failure> {
    let forms = [(draft, Declarant::Known(person))];
    let outcome = office.app().register(&operator("bench"), &forms)?;
    match outcome.first() {
        Some(one) if !one.declaration.decision.is_refused() => Ok(()),
        other => Err(format!("a measured form was refused: {other:?}").into()),
    }
}

/// One form at a time, durable: against a bare transaction, and at the large size against the small.
pub fn registering(
    small: &Filled,
    large: &Filled,
    home: &Path,
    table: &mut Table,
) -> Result<(), Failure> {
    let mut twin = Twin::of(&small.folder, &home.join("twin"))?;
    let mut trade = Trade::new(&small.office, 1)?;
    let (mut bare, mut at_small, mut at_large) =
        (Times::default(), Times::default(), Times::default());
    for _ in 0..FORMS {
        let draft = form(&mut trade, LINES);
        let person = trade.one_of(&small.people);
        at_small.take(|| register(&small.office, draft, person))?;
        let rows = twin.last_form()?;
        bare.take(|| twin.insert(&rows))?;
        let draft = form(&mut trade, LINES);
        let person = trade.one_of(&large.people);
        at_large.take(|| register(&large.office, draft, person))?;
    }
    for (share, target) in [(50, "≤ 1.5"), (99, "")] {
        let (small_time, bare_time) = (at_small.percentile(share), bare.percentile(share));
        let what = format!("registering a form of {LINES} lines, durable, p{share}");
        table.against(&what, small_time, "bare transaction", bare_time, target);
    }
    for (share, target) in [(50, "≤ 1.3"), (99, "")] {
        let what = format!("registering at {} forms, p{share}", large.forms);
        let name = format!("at {} forms", small.forms);
        let (large_time, small_time) = (at_large.percentile(share), at_small.percentile(share));
        table.against(&what, large_time, &name, small_time, target);
    }
    Ok(())
}

/// A file of forms: read, registered in groups, answered.
pub fn groups(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let mut trade = Trade::new(&filled.office, 2)?;
    let lines: Vec<String> = (0..FILE_FORMS)
        .map(|_| {
            let person = trade.one_of(&filled.people);
            wire(&form(&mut trade, 3), person).to_string()
        })
        .collect();
    let call = Call {
        app: filled.office.app(),
        actor: operator("bench"),
        language: Language::Vi,
    };
    let began = Instant::now();
    let mut bytes = 0;
    for group in lines.chunks(GROUP) {
        let forms = group
            .iter()
            .map(|line| serde_json::from_str::<DraftInput>(line))
            .collect::<Result<Vec<_>, _>>()?;
        for answer in register_all(&call, &forms)? {
            bytes += serde_json::to_string(&answer)?.len();
        }
    }
    let rate = FILE_FORMS as u128 * 1_000 / began.elapsed().as_millis().max(1);
    let what = format!(
        "a file of {FILE_FORMS} forms of 3 lines ({} MB of answers)",
        bytes / 1_000_000
    );
    table.plain(&what, format!("{rate} forms/s"), "≥ 5000 forms/s");
    Ok(())
}

/// A form as the page sends it.
fn wire(draft: &Draft, person: PersonId) -> Value {
    let lines: Vec<Value> = draft
        .lines
        .iter()
        .map(|line| {
            json!({"hs": line.hs, "name": line.name, "quantity": line.quantity, "unit": line.unit,
                "weight_kg": line.weight, "unit_price": line.unit_price, "currency": line.currency,
                "origin": line.origin, "condition": "new", "certificate": line.certificate})
        })
        .collect();
    json!({"id": draft.id, "at": draft.at, "gate": draft.gate, "workstation": draft.workstation,
        "direction": "import", "person": person, "lines": lines, "allocation": "entered"})
}

/// The decision on a form of fifty lines, from the page's envelope to the answer it draws.
pub fn keystroke(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let app = filled.office.app();
    let password = "bench-of-the-gate";
    app.enter_account(
        &operator("bench"),
        "bench",
        "bench",
        bm_app::permission::Role::Officer,
        password,
    )?;
    let ask = |command: &str, session: &Value, request: Value| -> Result<Value, Failure> {
        let envelope = json!({"command": command, "session": session, "request": request});
        let answer = filled.office.api().answer(&envelope.to_string());
        let answer: Value = serde_json::from_str(&answer)?;
        match answer.get("ok") {
            Some(ok) => Ok(ok.clone()),
            None => Err(answer.to_string().into()),
        }
    };
    let sign_in =
        json!({"user": "bench", "password": password, "gate": "HOANHMO", "workstation": "B"});
    let session = ask("session_sign_in", &Value::Null, sign_in)?["token"].clone();
    let mut trade = Trade::new(&filled.office, 3)?;
    let mut times = Times::default();
    for _ in 0..500 {
        let request = wire(&form(&mut trade, 50), trade.one_of(&filled.people));
        times.take(|| ask("declaration_preview", &session, request))?;
    }
    let p99 = times.percentile(99);
    table.plain(
        "decision on 50 lines, envelope to answer, p99",
        shown(p99),
        "< 50 ms",
    );
    Ok(())
}

/// What a person has used and has left.
pub fn quota(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let mut trade = Trade::new(&filled.office, 4)?;
    let today = BusinessDay::of(now());
    let mut times = Times::default();
    for _ in 0..LOOKS {
        let person = trade.one_of(&filled.people);
        times.take(|| filled.office.app().quota_on(person, today))?;
    }
    let what = format!("quota of a person at {} forms, p99", filled.forms);
    table.plain(&what, shown(times.percentile(99)), "< 1 ms");
    Ok(())
}

/// Persons by part of a name, as officers type it.
pub fn search(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let app = filled.office.app();
    let mut trade = Trade::new(&filled.office, 5)?;
    let mut times = Times::default();
    for n in 0..LOOKS / 10 {
        let person = trade.one_of(&filled.people);
        let person = app
            .read(|reader| Ok(reader.person(person)?))?
            .ok_or("a person is gone")?;
        let folded = fold(&person.name);
        let words: Vec<&str> = folded.split(' ').collect();
        let (first, last) = (words[0], words[words.len() - 1]);
        let short = |word: &str| word.chars().take(2).collect::<String>();
        let typed = match n % 4 {
            0 => vec![first.to_owned(), last.to_owned()],
            1 => vec![last.to_owned()],
            2 => vec![short(first), short(last)],
            _ => words.iter().map(|word| (*word).to_owned()).collect(),
        };
        times.take(|| app.people_by_name(&typed, 60))?;
    }
    let what = format!(
        "resident by part of a name among {}, p99",
        filled.people.len()
    );
    table.plain(&what, shown(times.percentile(99)), "< 20 ms");
    Ok(())
}

/// The daily report of a gate: the fullest hundred days.
pub fn report(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let connection = connect(&filled.folder)?;
    let mut statement =
        connection.prepare("SELECT gate, day FROM day_total ORDER BY forms DESC LIMIT 100")?;
    let days = statement
        .query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i32>(1)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let call = Call {
        app: filled.office.app(),
        actor: operator("bench"),
        language: Language::Vi,
    };
    let mut times = Times::default();
    for (gate, day) in days {
        let day = BusinessDay::from_number(day).ok_or("a day")?.to_string();
        times.take(|| daily(&call, &gate, &day))?;
    }
    let what = format!(
        "daily report of a gate at {} forms, slowest of 100",
        filled.forms
    );
    table.plain(&what, shown(times.percentile(100)), "< 50 ms");
    Ok(())
}

/// A form as PDF, its record of the look included, once the fonts are read. Each form is another one:
/// what was set before helps as little as at a counter.
pub fn paper(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    filled.office.equip(Arc::new(bm_print::Typst))?;
    let app = filled.office.app();
    let filter = DeclarationFilter {
        limit: SHEETS,
        ..DeclarationFilter::default()
    };
    let forms = app.read(|reader| Ok(reader.declarations(&filter)?))?;
    let stand = forms
        .iter()
        .filter(|form| form.status == Status::Registered);
    let order = PrintOrder {
        preview: true,
        ..PrintOrder::default()
    };
    let mut times = Times::default();
    for form in stand {
        let id = form.declaration.draft.id;
        times.take(|| app.print_form(&operator("bench"), id, order, |_| Ok(())))?;
    }
    table.plain(
        "a form as PDF, p50",
        shown(times.percentile(50)),
        "< 100 ms",
    );
    table.plain("a form as PDF, p99", shown(times.percentile(99)), "");
    Ok(())
}

/// 100,000 rows as XLSX, against the bare writer.
pub fn xlsx(table: &mut Table) -> Result<(), Failure> {
    const ROWS: u32 = 100_000;
    let cells = |row: u32| {
        let mut cells = vec![Cell::Text(format!("HOANHMO/2026/NK/QUAY-01-{row:06}"))];
        cells.extend((0..11).map(|column| Cell::Integer(i64::from(row) * 1_000 + column)));
        cells
    };
    let sheet = |rows| Sheet {
        title: "Tờ khai".into(),
        about: vec![],
        columns: (0..12).map(|column| column.to_string()).collect(),
        rows,
    };
    let (mut ours, mut bare) = (Times::default(), Times::default());
    for _ in 0..3 {
        ours.take(|| {
            write_xlsx(
                sheet((0..ROWS).map(cells)),
                now().naive_utc(),
                Cursor::new(Vec::new()),
            )
        })?;
        bare.take(|| bare_xlsx(ROWS, cells))?;
    }
    table.against(
        "XLSX of 100,000 rows of 12 columns",
        ours.percentile(50),
        "bare writer",
        bare.percentile(50),
        "≤ 1.5",
    );
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet holds numbers as doubles"
)]
fn bare_xlsx(rows: u32, cells: impl Fn(u32) -> Vec<Cell>) -> Result<(), Failure> {
    let mut book = Workbook::new();
    let page = book.add_worksheet_with_constant_memory()?;
    for row in 0..rows {
        for (column, cell) in (0_u16..).zip(cells(row)) {
            match cell {
                Cell::Text(text) | Cell::Decimal(text) => page.write(row, column, text)?,
                Cell::Integer(number) => page.write(row, column, number as f64)?,
            };
        }
    }
    Ok(book.save_to_writer(Cursor::new(Vec::new()))?)
}

/// Everything derived again and compared.
pub fn verify(filled: &Filled, table: &mut Table) -> Result<(), Failure> {
    let began = Instant::now();
    let found = filled.office.app().store().verify(&mut |_, _| ())?;
    let time = began.elapsed();
    if !found.differences.is_empty() {
        return Err(format!("verify: {:?}", found.differences).into());
    }
    let rate = u128::from(found.records) * 1_000 / time.as_millis().max(1);
    let what = format!("verify of {} records", found.records);
    table.plain(&what, format!("{} ({rate} records/s)", shown(time)), "");
    Ok(())
}

/// The machine and the size of what was measured.
#[must_use]
pub fn machine(filled: &Filled) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        });
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let size = std::fs::metadata(filled.folder.join("bienmau.db")).map_or(0, |file| file.len());
    format!(
        "{cores} cores, {model}; database of {} MB",
        size / 1_000_000
    )
}
