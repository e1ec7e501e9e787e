//! What a new database holds: the law, and in the demo an invented world of residents and trade.

use std::collections::BTreeSet;
use std::str::FromStr;

use bm_api::Language;
use bm_api::command::{Call, register_all};
use bm_api::input::{DraftInput, LineInput, NumberText};
use bm_api::router::DEMO_ACCOUNTS;
use bm_api::session::operator;
use bm_app::correction::Wanted;
use bm_app::gathering::gathered;
use bm_app::law::LawRow;
use bm_app::people::NewPerson;
use bm_app::permission::Role;
use bm_app::ports::StoredDeclaration;
use bm_app::{Actor, App, AppError, StoreError};
use bm_domain::breach::PatternRule;
use bm_domain::cash::CashRule;
use bm_domain::correction::CorrectionKind;
use bm_domain::declaration::Direction;
use bm_domain::goods::{self, Goods, ListEntry, Tariff};
use bm_domain::law::{
    Commune, ExchangeRate, Gate, LawKind, Practice, SecondPerson, Term, UnitTitle, VatRate,
};
use bm_domain::price::{PriceWatch, ReferencePrice};
use bm_domain::process::{Finding, PaymentMethod, Stage, Step, TimeLimits};
use bm_domain::quota::{QuotaPeriod, QuotaRule, SecondTrip};
use bm_domain::reconcile::{DifferenceKind, ReconcileRule};
use bm_domain::resident::{Paper, PaperKind};
use bm_domain::statistics::CommodityGroup;
use bm_domain::tax::Rounding;
use bm_domain::template::FormTemplate;
use bm_domain::worktime::{Holiday, Span, WeekHours};
use bm_domain::{BusinessDay, UnitPrice, Validity, Vnd};
use bm_seed::data;
use bm_seed::world::{InventedResident, InventedTrade, World};
use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

use crate::Progress;

mod demo;
mod demo_days;
mod demo_reconcile;
pub mod office;

/// The demo world is always the same for one day.
const DEMO_SEED: u64 = 80_2019;
/// Residents of the demo world.
const DEMO_RESIDENTS: u32 = 2_000;
/// Days of trade in the demo world.
const DEMO_DAYS: u32 = 30;
/// Why goods of the demo are to come back.
const DEMO_RETURN: &str = "Bên mua không nhận hàng, xin chở về";
/// Forms of the demo registered in one transaction.
const GROUP: usize = 500;

fn damaged(error: impl std::fmt::Display) -> AppError {
    AppError::Store(StoreError::Broken(format!("seed data: {error}")))
}

fn read<T: FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| damaged(text))
}

fn span(from: NaiveDate, to: Option<NaiveDate>) -> Validity {
    Validity {
        from: BusinessDay::new(from),
        to: to.map(BusinessDay::new),
    }
}

/// Enters the law every office needs: quota, goods list, catalogue with its rates, value added tax.
///
/// # Errors
/// [`AppError::Store`].
pub fn law(app: &App, actor: &Actor) -> Result<(), AppError> {
    let mut rows = statutory()?;
    rows.extend(office::rules()?);
    for row in data::holidays().map_err(damaged)? {
        rows.push(LawRow::Holiday(Holiday {
            day: BusinessDay::new(row.day),
            name: row.name,
            basis: row.basis,
        }));
    }
    for row in data::titles().map_err(damaged)? {
        rows.push(LawRow::UnitTitle(UnitTitle {
            unit: row.unit,
            title: row.title,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }));
    }
    for row in data::terms().map_err(damaged)? {
        rows.push(LawRow::Term(Term {
            kind: read(&row.kind)?,
            amount: row.amount,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }));
    }
    for row in data::vat().map_err(damaged)? {
        rows.push(LawRow::Vat(VatRate {
            class: read(&row.class)?,
            percent: row.rate_percent,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }));
    }
    for row in data::goods_list().map_err(damaged)? {
        rows.push(LawRow::List(ListEntry {
            prefix: read(&row.hs_prefix)?,
            rule: read(&row.rule)?,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }));
    }
    for row in data::goods().map_err(damaged)? {
        rows.push(LawRow::Goods(goods_of(&row)?));
        rows.extend(reference_price(&row)?.map(LawRow::Price));
    }
    rows.extend(groups()?);
    rows.extend(templates()?.into_iter().map(LawRow::Template));
    rows.extend(patterns()?.into_iter().map(LawRow::Pattern));
    app.save_law(actor, &rows, "seed")
}

/// The groups of commodities a new office begins with.
fn groups() -> Result<Vec<LawRow>, AppError> {
    let row = |row: data::GroupRow| {
        let prefixes = row.prefixes.split('/').map(read);
        Ok(LawRow::CommodityGroup(CommodityGroup {
            code: row.code,
            name_vi: row.name_vi,
            name_en: row.name_en,
            name_zh: row.name_zh,
            prefixes: prefixes.collect::<Result<_, AppError>>()?,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }))
    };
    let rows = data::groups().map_err(damaged)?;
    rows.into_iter().map(row).collect()
}

/// The patterns of trade a new office watches for.
fn patterns() -> Result<Vec<PatternRule>, AppError> {
    let row = |row: data::PatternRow| {
        Ok(PatternRule {
            pattern: read(&row.pattern)?,
            enabled: row.enabled == 1,
            threshold: row.threshold,
            window_minutes: row.window_minutes,
            share_percent: row.share_percent,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        })
    };
    let rows = data::patterns().map_err(damaged)?;
    rows.into_iter().map(row).collect()
}

/// The templates a new office begins with.
///
/// # Errors
/// [`AppError::Store`] when the embedded table is damaged.
pub fn templates() -> Result<Vec<FormTemplate>, AppError> {
    let row = |row: data::FormRow| {
        let held = data::TEMPLATES.iter().find(|(name, _)| *name == row.source);
        let (_, source) = held.ok_or_else(|| damaged(&row.source))?;
        Ok(FormTemplate {
            form: read(&row.form)?,
            validity: span(row.valid_from, row.valid_to),
            source: (*source).to_owned(),
            paper: read(&row.paper)?,
            copies: row.copies,
            basis: row.basis,
        })
    };
    let rows = data::forms().map_err(damaged)?;
    rows.into_iter().map(row).collect()
}

/// Enters what an older database holds none of: templates of forms, the office's own rules, patterns,
/// groups of commodities.
///
/// # Errors
/// [`AppError::Store`].
pub fn complete(app: &App) -> Result<(), AppError> {
    let held = app.read(|reader| app.law_book(reader))?;
    let templates = templates()?.into_iter().map(LawRow::Template);
    let rows = templates
        .chain(office::rules()?)
        .chain(patterns()?.into_iter().map(LawRow::Pattern))
        .chain(groups()?)
        .filter(|row| held.1.series(&row.series()).is_empty());
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    app.save_law(&operator("setup"), &rows, "seed")
}

/// Quota and settings as the notes on the law give them; the fee's amount was not seen in a source
/// and stays nothing until an office enters it.
fn statutory() -> Result<Vec<LawRow>, AppError> {
    Ok(vec![
        LawRow::Quota(QuotaRule {
            direction: Direction::Import,
            value_limit: Vnd::new(2_000_000),
            trips_limit: 4,
            period: QuotaPeriod::CalendarMonth,
            second_trip: SecondTrip::NotExempt,
            taxed_trip_counts: false,
            validity: Validity::since(read("2016-09-01")?),
            basis: "Decree 134/2016/ND-CP app. V".into(),
        }),
        LawRow::Practice(Practice {
            rounding: Rounding::PerLine,
            fee: Vnd::ZERO,
            fee_free_below: (Vnd::new(500_000), Vnd::new(50_000)),
            second_person: vec![LawKind::Rate, LawKind::Account, LawKind::Retention],
            validity: Validity::since(read("2020-01-01")?),
            basis: "Circular 274/2016/TT-BTC art. 3".into(),
        }),
        LawRow::SecondPerson(SecondPerson {
            before_release: Vec::new(),
            after_release: vec![CorrectionKind::Amend, CorrectionKind::Return],
            validity: Validity::since(read("2015-01-01")?),
            basis: "Law 54/2014/QH13 art. 29(4), đơn vị phân công".into(),
        }),
        LawRow::Limits(TimeLimits {
            documents_minutes: 120,
            inspection_minutes: 480,
            validity: Validity::since(read("2015-01-01")?),
            basis: "Law 54/2014/QH13 art. 23(2)".into(),
        }),
        LawRow::Cash(CashRule {
            // Notes of the State Bank in circulation; smaller ones are counted together.
            notes: [500, 200, 100, 50, 20, 10, 5, 2, 1]
                .map(|thousands| Vnd::new(thousands * 1_000))
                .to_vec(),
            hand_over_days: 0,
            hand_over_days_remote: 3,
            remote_gates: Vec::new(),
            cancel_needs_second: true,
            validity: Validity::since(read("2016-01-01")?),
            basis: "Circular 184/2015/TT-BTC art. 21(3)".into(),
        }),
        LawRow::PriceWatch(PriceWatch {
            times: 3.into(),
            months: 3,
            least: 5,
            validity: Validity::since(read("2020-01-01")?),
            basis: "Circular 80/2019/TT-BTC art. 9(3)".into(),
        }),
        LawRow::Reconcile(reconciliation()?),
        LawRow::Hours(WeekHours {
            weekdays: vec![1, 2, 3, 4, 5],
            spans: vec![span_of("07:30", "11:30")?, span_of("13:00", "17:00")?],
            validity: Validity::since(read("2015-01-01")?),
            basis: "giờ hành chính, đơn vị xác nhận".into(),
        }),
    ])
}

/// How a day is matched where an office has laid down nothing else: no count is required, one
/// supervisor closes, and what may hide a tax that was not paid is settled by two.
fn reconciliation() -> Result<ReconcileRule, AppError> {
    Ok(ReconcileRule {
        count_required: false,
        persons_tolerance: 0,
        forms_tolerance: 0,
        weight_percent: 5.into(),
        doubled_minutes: 60,
        book_leaves: 50,
        second_person: vec![
            DifferenceKind::PassageWithoutForm,
            DifferenceKind::MissingReceipt,
        ],
        close_needs_second: false,
        validity: Validity::since(read("2015-01-01")?),
        basis: "Circular 80/2019/TT-BTC art. 9(1), đơn vị phân công".into(),
    })
}

fn span_of(from: &str, to: &str) -> Result<Span, AppError> {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").map_err(damaged);
    Ok(Span {
        from: time(from)?,
        to: time(to)?,
    })
}

fn goods_of(row: &data::GoodsRow) -> Result<Goods, AppError> {
    Ok(Goods {
        hs: read(&row.hs)?,
        name_vi: row.name_vi.clone(),
        name_en: row.name_en.clone(),
        name_zh: row.name_zh.clone(),
        units: row.units().map(str::to_owned).collect(),
        tariff: Tariff {
            mfn: Some(row.mfn),
            ordinary: Some(row.ordinary),
            acfta: row.acfta,
            excise: row.excise,
            environment_vnd: row.environment,
            vat: Some(read(&row.vat_class)?),
            export_duty: row.export_duty,
        },
        quarantine: row.quarantine.as_deref().map(read).transpose()?,
        used_banned: row.used_banned == 1,
        reference_price: None,
        validity: row
            .valid_from
            .map_or_else(goods::always, |from| span(from, None)),
        basis: row.basis.clone(),
    })
}

/// The price of reference of the catalogue, invented like all of them and marked so.
fn reference_price(row: &data::GoodsRow) -> Result<Option<ReferencePrice>, AppError> {
    let Some(unit) = row.units().next() else {
        return Ok(None);
    };
    Ok(Some(ReferencePrice {
        hs: read(&row.hs)?,
        unit: unit.to_owned(),
        place: String::new(),
        price: Vnd::new(row.reference_price_vnd),
        validity: Validity::since(read("2020-01-01")?),
        source: "giá minh họa, đơn vị xác nhận".into(),
    }))
}

/// Enters the demo world: gates, communes, rates, accounts, residents and a month of trade.
///
/// # Errors
/// [`AppError::Store`].
pub fn demo(app: &App, progress: Progress<'_>) -> Result<(), AppError> {
    let actor = operator("demo");
    let today = BusinessDay::of(app.clock().now());
    let world = World::new(DEMO_SEED, today.date());
    let rows = places(&world)?;
    app.save_law(&actor, &rows, "demo")?;
    app.save_law(&actor, &demo_reconcile::rules(today)?, "demo")?;
    for (name, password, role) in DEMO_ACCOUNTS {
        let role = Role::ALL.into_iter().find(|known| known.word() == role);
        let role = role.ok_or_else(|| damaged(name))?;
        app.enter_account(&actor, name, display_name(role), role, password)?;
    }
    let residents: Vec<InventedResident> = world.residents(DEMO_RESIDENTS).collect();
    let people = residents
        .iter()
        .map(person)
        .collect::<Result<Vec<_>, _>>()?;
    app.import_people(&actor, &people, "demo")?;
    let trade = world
        .month_of_trade(&residents, DEMO_DAYS)
        .map_err(damaged)?;
    let now = app.clock().now();
    let past: Vec<_> = trade
        .iter()
        .enumerate()
        .filter(|(_, trade)| trade.at <= now)
        .collect();
    let total = past.len() as u64;
    let officer = Actor {
        user: "officer".into(),
        role: Role::Officer,
        ..actor
    };
    let call = Call {
        app,
        actor: officer.clone(),
        language: Language::Vi,
    };
    let mut done = 0;
    for group in past.chunks(GROUP) {
        let forms: Vec<_> = group
            .iter()
            .map(|(i, trade)| form(*i, trade, &residents[trade.resident]))
            .collect();
        register_all(&call, &forms)?;
        done += forms.len() as u64;
        progress(done, total);
    }
    for (i, trade) in &past {
        let i = *i;
        if let Some(reason) = trade.cancel_reason {
            let id = bm_domain::DeclarationId(trade_id(i, trade));
            match app.cancel(&officer, id, reason) {
                // A form that was refused has nothing to cancel.
                Ok(_) | Err(AppError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let supervisor = Actor {
        user: "supervisor".into(),
        role: Role::Supervisor,
        ..officer.clone()
    };
    let people = (&officer, &supervisor);
    let plant = || demo_reconcile::plant(app, &officer, &residents, today);
    let days = demo_days::live(app, &officer, &past, today, plant)?;
    demo_reconcile::count_and_close(app, people, &days, today)?;
    let newest: Vec<_> = past
        .iter()
        .rev()
        .map(|(i, trade)| bm_domain::DeclarationId(trade_id(*i, trade)))
        .collect();
    demo::books(app, &officer, &residents)?;
    propose_return(app, &officer, &newest, today)
}

/// At each gate of the demo one correction waits for the second person: the newest goods that have
/// left are to come back. Yesterday's stay, as that day is to be closed by hand.
fn propose_return(
    app: &App,
    officer: &Actor,
    newest: &[bm_domain::DeclarationId],
    today: BusinessDay,
) -> Result<(), AppError> {
    let mut gates = BTreeSet::new();
    for id in newest {
        // Goods on a trader's list are locked.
        let form = app.read(|reader| match gathered(reader, *id)? {
            Some(_) => Ok(None),
            None => Ok(reader.declaration(*id)?),
        })?;
        let left = form.filter(|form| form.stage() == Some(Stage::Released));
        let left = left.filter(|form| form.declaration.day() != today.before(1));
        if left.is_some_and(|form| gates.insert(form.declaration.draft.gate)) {
            app.correct(officer, *id, &Wanted::Return, DEMO_RETURN)?;
        }
    }
    Ok(())
}

/// The step that takes a form of the demo nearer to its release. Forms without a certificate keep
/// waiting for it, as do today's that are to be inspected.
fn next_step(form: &StoredDeclaration, over: bool) -> Option<Step> {
    match form.stage()? {
        Stage::Inspection if !over => None,
        Stage::Inspection if form.progress.presented.is_none() => Some(Step::Present),
        Stage::Inspection => Some(Step::Inspect {
            finding: Finding::Conforms,
            remark: String::new(),
        }),
        Stage::Tax => Some(Step::ConfirmTax),
        Stage::Payment => Some(Step::Pay {
            method: PaymentMethod::Cash,
            document: String::new(),
            amount: None,
        }),
        Stage::Release => Some(Step::Release),
        Stage::Certificates | Stage::Released => None,
    }
}

const fn display_name(role: Role) -> &'static str {
    match role {
        Role::Officer => "Nguyễn Văn An",
        Role::Supervisor => "Hoàng Thị Bích",
        Role::Branch => "Phạm Quốc Cường",
        Role::Leader => "Trần Minh Dũng",
        Role::Administrator => "Vũ Thị Én",
        Role::Auditor => "Đặng Thị Giang",
        Role::Operator => "",
    }
}

/// Gates, communes and exchange rates of the invented world.
///
/// # Errors
/// [`AppError::Store`] when an embedded table is damaged.
pub fn places(world: &World) -> Result<Vec<LawRow>, AppError> {
    let long_ago = read::<BusinessDay>("2000-01-01")?.date();
    let mut rows = Vec::new();
    for row in data::gates().map_err(damaged)? {
        rows.push(LawRow::Gate(gate(row, long_ago)));
    }
    for row in data::communes().map_err(damaged)? {
        rows.push(LawRow::Commune(Commune {
            code: row.code,
            name: row.name,
            validity: span(row.valid_from, row.valid_to),
            basis: row.basis,
        }));
    }
    for row in world.rates() {
        let rate = UnitPrice::new(row.rate_vnd).map_err(damaged)?;
        rows.push(LawRow::Rate(ExchangeRate {
            currency: read(&row.currency)?,
            rate,
            validity: span(row.valid_from, Some(row.valid_to)),
            source: row.source,
        }));
    }
    Ok(rows)
}

/// A gate of the seed; one without a first day is open since `unknown`.
#[must_use]
pub fn gate(row: data::GateRow, unknown: NaiveDate) -> Gate {
    Gate {
        code: row.code,
        name: row.name_vi,
        kind: row.kind,
        parent: row.parent.unwrap_or_default(),
        office: row.office_code,
        region: row.region,
        hours: Some(Span {
            from: row.opens_at,
            to: row.closes_at,
        }),
        validity: span(row.open_from.unwrap_or(unknown), row.open_to),
        basis: row.note,
    }
}

/// A resident of the invented world, as entered.
///
/// # Errors
/// [`AppError::Store`] when a word of the world is unknown to the rules.
pub fn person(resident: &InventedResident) -> Result<NewPerson, AppError> {
    let old = resident
        .old_cmnd
        .iter()
        .map(|number| Paper::new(PaperKind::Cmnd, number));
    let pass = resident
        .border_pass
        .iter()
        .map(|number| Paper::new(PaperKind::BorderPass, number));
    Ok(NewPerson {
        paper: Some(Paper::new(PaperKind::Cccd, &resident.cccd)),
        more_papers: old.chain(pass).collect(),
        name: resident.name.clone(),
        born: Some(resident.born),
        sex: Some(read(resident.sex)?),
        address: resident.address.clone(),
        commune: resident.commune_code.to_owned(),
        basis: Some(read(resident.basis)?),
        phone: resident.phone.clone(),
    })
}

/// A UUIDv7 of the trade's time and place in the sequence: the same in every demo of that day.
fn trade_id(index: usize, trade: &InventedTrade) -> Uuid {
    let millis = u64::try_from(trade.at.timestamp_millis()).unwrap_or_default();
    let mut bytes = [0_u8; 10];
    bytes[2..].copy_from_slice(&(index as u64).to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

fn form(index: usize, trade: &InventedTrade, resident: &InventedResident) -> DraftInput {
    let lines = trade
        .lines
        .iter()
        .map(|line| LineInput {
            hs: line.hs.to_string(),
            name: None,
            quantity: NumberText(line.quantity.to_string()),
            unit: line.unit.to_string(),
            weight_kg: NumberText(line.weight_kg.to_string()),
            unit_price: NumberText(line.unit_price.to_string()),
            currency: line.currency.to_string(),
            origin: Some(line.origin.to_string()),
            condition: Some(line.condition.to_string()),
            certificate: line.certificate.as_ref().map(ToString::to_string),
        })
        .collect();
    DraftInput {
        id: trade_id(index, trade).to_string(),
        at: Some(trade.at.to_rfc3339()),
        gate: Some(trade.gate.to_owned()),
        workstation: Some(trade.workstation.clone()),
        direction: trade.direction.to_owned(),
        resident: Some(bm_api::input::ResidentInput {
            kind: "cccd".into(),
            number: resident.cccd.clone(),
            ..Default::default()
        }),
        lines,
        allocation: Some(trade.allocation.to_owned()),
        ..DraftInput::default()
    }
}
