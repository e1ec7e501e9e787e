//! The other books of the demo world: traders who gather, residents' vehicles.

use bm_app::gathering::NewGathering;
use bm_app::people::NewPerson;
use bm_app::ports::{DeclarationFilter, StoredDeclaration};
use bm_app::vehicle::{NewVehicle, Way};
use bm_app::{Actor, App, AppError};
use bm_domain::declaration::Direction;
use bm_domain::gathering::{GatheringStep, Taken, Trader};
use bm_domain::process::PaymentMethod;
use bm_domain::vehicle::{Plate, VehicleKind};
use bm_domain::{BusinessDay, Quantity};
use bm_seed::world::InventedResident;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{damaged, person, read};

/// Invented traders: name, address, tax code. The check digits fit; the codes belong to nobody that
/// is known.
const TRADERS: [(&str, &str, &str); 3] = [
    (
        "Công ty TNHH Thương mại An Phát Ka Long",
        "Số 12 Hùng Vương, phường Móng Cái 1",
        "5799000018",
    ),
    (
        "Hợp tác xã Nông sản Bình Liêu",
        "Thôn Đồng Thắng, xã Hoành Mô",
        "5799000025",
    ),
    (
        "Công ty Cổ phần Xuất nhập khẩu Hải Ninh",
        "Số 5 Trần Phú, phường Móng Cái 1",
        "5799000032",
    ),
];

/// A list: trader, gate, place, gathered so many days ago, steps taken.
const LISTS: [(usize, &str, &str, u32, usize); 7] = [
    (0, "MONGCAI", "Chợ cửa khẩu Móng Cái", 3, 0),
    (0, "MONGCAI", "Chợ cửa khẩu Móng Cái", 29, 0),
    (2, "MONGCAI", "Điểm tập kết Km3+4 Hải Yên", 8, 2),
    (2, "MONGCAI", "Điểm tập kết Km3+4 Hải Yên", 15, 4),
    (1, "HOANHMO", "Chợ biên giới Hoành Mô", 5, 0),
    (1, "BACPHONGSINH", "Chợ biên giới Bắc Phong Sinh", 26, 0),
    (1, "BACPHONGSINH", "Chợ biên giới Bắc Phong Sinh", 12, 2),
];

/// Forms of one list.
const FORMS: usize = 4;

/// A vehicle: gate, plate, kind, whether it is out.
const VEHICLES: [(&str, &str, VehicleKind, bool); 11] = [
    ("MONGCAI", "14C-101.02", VehicleKind::Truck, true),
    ("MONGCAI", "14C-118.36", VehicleKind::Truck, false),
    ("MONGCAI", "14H-007.55", VehicleKind::Truck, true),
    ("MONGCAI", "QN-4471", VehicleKind::Boat, true),
    ("MONGCAI", "14A-225.71", VehicleKind::Car, false),
    ("MONGCAI", "14M1-330.18", VehicleKind::Motorcycle, true),
    ("HOANHMO", "14C-140.99", VehicleKind::Truck, true),
    ("HOANHMO", "14N1-052.44", VehicleKind::Motorcycle, false),
    ("BACPHONGSINH", "14C-151.20", VehicleKind::Truck, false),
    ("BACPHONGSINH", "14C-160.07", VehicleKind::Truck, true),
    ("BACPHONGSINH", "14P1-118.63", VehicleKind::Motorcycle, true),
];

/// Fills the books over the month of trade.
///
/// # Errors
/// [`AppError`].
pub fn books(app: &App, officer: &Actor, residents: &[InventedResident]) -> Result<(), AppError> {
    let today = BusinessDay::of(app.clock().now());
    let mut chosen = Vec::new();
    for (at, list) in (0_u64..).zip(LISTS) {
        gather(app, officer, today, at, list, &mut chosen)?;
    }
    for (at, (gate, plate, kind, out)) in VEHICLES.into_iter().enumerate() {
        let actor = at_gate(officer, gate);
        let owner = residents.get(at * 7).ok_or_else(|| damaged("residents"))?;
        let NewPerson { paper, .. } = person(owner)?;
        let number = paper.map(|paper| paper.number).unwrap_or_default();
        let found = app.people_by_number(None, &number)?;
        let Some(owner) = found.first() else { continue };
        let plate: Plate = plate.parse().map_err(|_| damaged(plate))?;
        let given = NewVehicle {
            id: book_id(today, 1_000 + at as u64),
            plate: plate.clone(),
            kind,
            owner: owner.id,
            year: today.year(),
        };
        app.register_vehicle(&actor, &given)?;
        if out {
            app.cross(&actor, &plate, Way::Out, "")?;
        }
    }
    Ok(())
}

fn at_gate(officer: &Actor, gate: &str) -> Actor {
    Actor {
        gate: gate.to_owned(),
        workstation: "QUAY-01".into(),
        ..officer.clone()
    }
}

/// The same ids in every demo of a day.
fn book_id(today: BusinessDay, count: u64) -> Uuid {
    let millis = u64::try_from(today.start().timestamp_millis()).unwrap_or_default();
    let mut bytes = [0xb0; 10];
    bytes[2..].copy_from_slice(&count.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

fn gather(
    app: &App,
    officer: &Actor,
    today: BusinessDay,
    at: u64,
    (trader, gate, place, ago, steps): (usize, &str, &str, u32, usize),
    chosen: &mut Vec<bm_domain::DeclarationId>,
) -> Result<(), AppError> {
    let day = today.before(ago);
    let filter = DeclarationFilter {
        gate_day: Some((gate.to_owned(), day)),
        person: None,
        limit: 500,
    };
    let forms = app.read(|reader| Ok(reader.declarations(&filter)?))?;
    let may = |form: &&StoredDeclaration| {
        let draft = &form.declaration.draft;
        let fresh = !chosen.contains(&draft.id);
        fresh && draft.direction == Direction::Import && form.progress.released.is_some()
    };
    let forms: Vec<_> = forms.iter().filter(may).take(FORMS).collect();
    let lines: Vec<_> = forms.iter().filter_map(|form| half(form, day)).collect();
    chosen.extend(lines.iter().map(|line| line.form));
    if lines.is_empty() {
        return Ok(());
    }
    let (name, address, code) = TRADERS[trader];
    let given = NewGathering {
        id: book_id(today, at),
        gate: gate.to_owned(),
        workstation: "QUAY-01".into(),
        trader: Trader {
            name: name.into(),
            address: address.into(),
            tax_code: read(code)?,
        },
        place: place.into(),
        lines,
    };
    let list = app.save_gathering(officer, &given)?;
    let all = [
        GatheringStep::File {
            declaration: String::new(),
            reason: String::new(),
        },
        GatheringStep::ConfirmTax,
        GatheringStep::Pay {
            method: PaymentMethod::Bank,
            document: format!("GNT-{}", 7_000 + at),
        },
        GatheringStep::Release,
    ];
    for step in all.into_iter().take(steps) {
        match app.step_gathering(officer, list.id, &step) {
            Ok(_) => {}
            // Goods without any tax are not paid for.
            Err(AppError::Refused(_)) if matches!(step, GatheringStep::Pay { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Half of a form's first line in whole units, or all of it when it is but one.
fn half(form: &StoredDeclaration, day: BusinessDay) -> Option<Taken> {
    let draft = &form.declaration.draft;
    let whole = draft.lines.first()?.quantity;
    let part = (whole.decimal() / Decimal::TWO).floor();
    Some(Taken {
        form: draft.id,
        line: 0,
        quantity: Quantity::new(part).unwrap_or(whole),
        day,
    })
}
