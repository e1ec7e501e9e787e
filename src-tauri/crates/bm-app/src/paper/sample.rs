//! Invented sheets with everything that can go wrong on paper: names that do not fit a column, more
//! lines than a page holds, letters of another script. A template is tried on them before it is kept.

use bm_domain::process::{Finding, PaymentMethod};
use bm_domain::resident::Sex;
use bm_domain::statistics::Period;
use bm_domain::tax::Taxes;
use bm_domain::template::{FormKind, PaperSize};
use bm_domain::{BusinessDay, Vnd};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    AnchorPaper, ClosedPaper, Content, DeclarationPaper, GatheredLine, GatheringPaper,
    InspectionMark, LinePaper, Moment, Office, PaymentMark, PrintMark, ReceiptItem, ReceiptPaper,
    ReportPaper, ResidentPaper, RootPaper, Run, Sheet, Shift, SignedMark, TrackingPaper,
    TrackingRow, TrackingSums, VehicleRow, VehiclesPaper,
};
use crate::ports::Status;
use crate::report::table::{
    ColumnKind, ReportColumn, ReportFact, ReportRow, ReportRowKind, ReportTable,
};

/// Lines of the sample form: more than one page of it holds.
const LINES: u32 = 30;

/// The sheet a template of `form` is tried on.
#[must_use]
pub fn sheet(form: FormKind, paper: PaperSize) -> Sheet {
    let data = match form {
        FormKind::ImportForm | FormKind::Overlay => declaration("import", LINES),
        FormKind::ExportForm => declaration("export", LINES),
        FormKind::GatheringList => gathering(LINES),
        FormKind::TrackingBook => tracking(LINES),
        FormKind::VehicleBook => vehicles(LINES),
        FormKind::Receipt => receipt(),
        FormKind::AnchorSheet => anchor(),
        FormKind::AlignmentPage => Content::Alignment(office()),
        FormKind::Report => report(LINES),
    };
    Sheet {
        run: Run {
            paper,
            copies: 2,
            mark: PrintMark::Original,
            shift: Shift::default(),
            qr: Some("BM1:MONGCAI/2026/NK/QUAY-01-000123:0123456789ABCDEF".into()),
            printed: moment(0),
            printed_by: "Nguyễn Văn An".into(),
        },
        data,
        at: at(0),
    }
}

/// A report with sections, sums, long names and more rows than a page holds.
fn report(lines: u32) -> Content {
    let column = |id: &str, heading: &str, kind, places| ReportColumn {
        id: id.into(),
        heading: heading.into(),
        kind,
        places,
        in_section: id == "gate",
    };
    let row = |kind, label: &str, of: Vec<usize>, cells: [&str; 5]| ReportRow {
        kind,
        depth: 0,
        of,
        label: label.into(),
        cells: cells.map(str::to_owned).to_vec(),
    };
    let lines = lines as usize;
    let mut rows = vec![row(
        ReportRowKind::Section,
        "Cửa khẩu quốc tế Móng Cái (cầu Bắc Luân I)",
        Vec::new(),
        [""; 5],
    )];
    let name = "Ga trải giường sợi nhân tạo, loại dài, tên không vừa một cột 床单";
    let line = ["MONGCAI", "63023290", name, "1234567.891", "-1234567"];
    rows.extend((0..lines).map(|_| row(ReportRowKind::Line, "", Vec::new(), line)));
    let sums = ["", "", "", "37037036.73", "-37037010"];
    let of = (1..=lines).collect();
    rows.push(row(ReportRowKind::Sum, "Cộng Móng Cái", of, sums));
    rows.push(row(
        ReportRowKind::Total,
        "Tổng cộng",
        vec![lines + 1],
        sums,
    ));
    let day = BusinessDay::of(at(0));
    Content::Report(Box::new(ReportPaper {
        office: office(),
        report: ReportTable {
            file: "sample".into(),
            title: "Thống kê theo mặt hàng".into(),
            days: "Tháng 11/2026".into(),
            about: vec![ReportFact {
                name: "Cơ sở".into(),
                text: "Thông tư 52/2020/TT-BTC".into(),
            }],
            columns: vec![
                column("gate", "Cửa khẩu", ColumnKind::Text, 0),
                column("hs", "Mã HS", ColumnKind::Text, 0),
                column("goods", "Tên hàng", ColumnKind::Text, 0),
                column("mass", "Quy tấn", ColumnKind::Number, 6),
                column("value", "Trị giá (đ)", ColumnKind::Number, 0),
            ],
            rows,
            notes: vec!["Ghi chú".into()],
            signatures: vec!["Người lập biểu".into(), "Trưởng Hải quan cửa khẩu".into()],
            empty: false,
            period: Period { from: day, to: day },
            made_at: at(0),
        },
    }))
}

fn at(minutes: i64) -> DateTime<Utc> {
    // 24 November 2026, 08:05 in Vietnam.
    DateTime::UNIX_EPOCH + TimeDelta::minutes(29_924_705 + minutes)
}

fn moment(minutes: i64) -> Moment {
    Moment::of(at(minutes))
}

fn office() -> Office {
    Office {
        gate: "MONGCAI".into(),
        gate_name: "Cửa khẩu quốc tế Móng Cái (cầu Bắc Luân I)".into(),
        region: "Chi cục Hải quan khu vực VIII".into(),
        title: "Hải quan cửa khẩu quốc tế Móng Cái".into(),
        workstation: "QUAY-01".into(),
    }
}

fn anchor() -> Content {
    let groups = |count| vec!["9f0c".to_owned(); count];
    let root = RootPaper {
        series: "0199c3a2-7c1e-7a00-8000-000000000001".into(),
        index: "12345678".into(),
        records: "20481".into(),
        hash: groups(16),
    };
    let closed = ClosedPaper {
        gate: "BACPHONGSINH".into(),
        date: moment(0).date,
        digest: groups(16),
    };
    Content::Anchor(Box::new(AnchorPaper {
        office: office(),
        name: office().gate_name,
        day: moment(0),
        made: moment(600),
        by: "truongca".into(),
        ours: true,
        roots: vec![root; 3],
        closed: vec![closed; 4],
        key: groups(16),
        signature: groups(32),
    }))
}

fn mark(name: &str, minutes: i64) -> SignedMark {
    SignedMark {
        name: name.into(),
        at: moment(minutes),
    }
}

/// Goods with long and short names, one of them in another script.
const GOODS: [(&str, &str, &str); 5] = [
    ("08081000", "Táo tươi", "kg"),
    (
        "07032090",
        "Tỏi khô, chưa bóc vỏ, đóng trong túi lưới 10 kg, hàng của cư dân biên giới nhập khẩu qua cầu Bắc Luân",
        "kg",
    ),
    ("63014090", "Chăn sợi tổng hợp (仿毛毯)", "chiếc"),
    ("69111000", "Bộ đồ ăn bằng sứ", "bộ"),
    ("39249090", "Đồ gia dụng bằng plastic", "chiếc"),
];

/// A form with so many lines whose sums add up.
#[must_use]
pub fn declaration(direction: &str, count: u32) -> Content {
    let lines: Vec<_> = (0..count).map(line).collect();
    let sum = |of: fn(&LinePaper) -> Vnd| lines.iter().map(of).fold(Vnd::ZERO, |a, b| a + b);
    let taxes = Taxes {
        duty: sum(|line| line.taxes.duty),
        excise: Vnd::ZERO,
        environment: Vnd::ZERO,
        vat: sum(|line| line.taxes.vat),
    };
    Content::Declaration(Box::new(DeclarationPaper {
        direction: direction.into(),
        number: "MONGCAI/2026/NK/QUAY-01-000123".into(),
        office: office(),
        registered: mark("Nguyễn Văn An", 0),
        resident: Some(ResidentPaper {
            name: "NGUYỄN THỊ HỒNG NHUNG".into(),
            born: "12/03/1985".into(),
            sex: Some(Sex::Female),
            address: "Thôn Phình Hồ, xã Bắc Sơn, thành phố Móng Cái, tỉnh Quảng Ninh".into(),
            commune: "Phường Móng Cái 1".into(),
            paper_kind: "cccd".into(),
            paper_number: "022185004321".into(),
            paper_issued: "15/04/2021".into(),
            border_pass: "QN0012345".into(),
        }),
        exchange: String::new(),
        value: sum(|line| line.value),
        exempt: sum(|line| line.exempt),
        excess: sum(|line| line.excess),
        taxes,
        fee: Vnd::ZERO,
        due: taxes.total(),
        trips: 2,
        must_inspect: true,
        taxed: Some(mark("Hoàng Thị Bích", 25)),
        paid: Some(PaymentMark {
            mark: mark("Phạm Quốc Cường", 32),
            method: PaymentMethod::Cash,
            document: "BL-0000123".into(),
        }),
        inspected: Some(InspectionMark {
            mark: mark("Vũ Đức Thịnh", 18),
            finding: Finding::Conforms,
            remark: "Kiểm tra thực tế 10% lô hàng".into(),
        }),
        released: Some(mark("Trần Minh Dũng", 40)),
        revision: 0,
        status: Status::Registered,
        end_reason: String::new(),
        lines,
    }))
}

fn line(index: u32) -> LinePaper {
    let (hs, name, unit) = GOODS[index as usize % GOODS.len()];
    let quantity = i64::from(index) * 7 + 3;
    let value = Vnd::new(quantity * 36_503);
    let exempt = if index < 4 { value } else { Vnd::ZERO };
    let excess = value.above(exempt);
    LinePaper {
        hs: hs.into(),
        name: name.into(),
        origin: "CN".into(),
        used: false,
        quantity: format!("{quantity}.5"),
        unit: unit.into(),
        weight: format!("{quantity}.25"),
        price: "10.5".into(),
        currency: "CNY".into(),
        rate: "3650.25".into(),
        value,
        exempt,
        excess,
        duty_percent: "20".into(),
        vat_percent: "8".into(),
        taxes: Taxes {
            duty: Vnd::new(excess.dong() / 5),
            vat: Vnd::new(excess.dong() / 10),
            ..Taxes::default()
        },
        certificate: if index % 5 == 1 { "KDTV-0001" } else { "" }.into(),
    }
}

/// A gathering list with so many lines.
#[must_use]
pub fn gathering(count: u32) -> Content {
    let lines: Vec<_> = (0..count).map(gathered).collect();
    let value = lines.iter().fold(Vnd::ZERO, |sum, line| sum + line.value);
    Content::Gathering(Box::new(GatheringPaper {
        office: office(),
        number: "MONGCAI/2026/BK/QUAY-01-000007".into(),
        trader: "CÔNG TY TNHH THƯƠNG MẠI VÀ DỊCH VỤ XUẤT NHẬP KHẨU HẢI ĐĂNG".into(),
        address: "Số 8 đường Hữu Nghị, phường Móng Cái 1, tỉnh Quảng Ninh".into(),
        tax_code: "5700000001".into(),
        place: "Chợ biên giới Móng Cái".into(),
        gathered: moment(0),
        due: moment(30 * 24 * 60),
        lines,
        value,
        confirmed: Some(mark("Hoàng Thị Bích", 90)),
    }))
}

fn gathered(index: u32) -> GatheredLine {
    let LinePaper {
        hs,
        name,
        unit,
        quantity,
        value,
        ..
    } = line(index);
    GatheredLine {
        resident: "NGUYỄN THỊ HỒNG NHUNG".into(),
        identity: "022185004321".into(),
        address: "Phường Móng Cái 1".into(),
        form: format!("MONGCAI/2026/NK/QUAY-01-{:06}", 100 + index),
        form_date: "24/11/2026".into(),
        name,
        hs,
        unit,
        quantity,
        price: "36503".into(),
        value,
    }
}

/// A tracking book with so many forms, every eighth of them cancelled.
#[must_use]
pub fn tracking(count: u32) -> Content {
    let rows: Vec<_> = (0..count).map(tracking_row).collect();
    let mut totals = TrackingSums::default();
    for row in rows.iter().filter(|row| !row.cancelled) {
        totals.add(&row.sums);
    }
    Content::Tracking(Box::new(TrackingPaper {
        office: office(),
        from: moment(0),
        to: moment(0),
        rows,
        totals,
    }))
}

fn tracking_row(index: u32) -> TrackingRow {
    let line = line(index);
    let cancelled = index % 8 == 7;
    TrackingRow {
        index: index + 1,
        date: "24/11/2026".into(),
        time: "08:05".into(),
        number: format!("MONGCAI/2026/NK/QUAY-01-{:06}", 100 + index),
        direction: if index.is_multiple_of(3) {
            "export"
        } else {
            "import"
        }
        .into(),
        resident: "NGUYỄN THỊ HỒNG NHUNG".into(),
        identity: "022185004321".into(),
        address: "Phường Móng Cái 1".into(),
        goods: line.name,
        quantity: format!("{} {}", line.quantity, line.unit),
        sums: TrackingSums {
            value: line.value,
            exempt: line.exempt,
            duty: line.taxes.duty,
            vat: line.taxes.vat,
            ..TrackingSums::default()
        },
        receipt: if index < 4 { "" } else { "BL-0000123" }.into(),
        officer: "Nguyễn Văn An".into(),
        cancelled,
        note: if cancelled {
            "Phía bạn không giao hàng"
        } else {
            ""
        }
        .into(),
    }
}

/// A book of so many vehicles.
#[must_use]
pub fn vehicles(count: u32) -> Content {
    let row = |index: u32| VehicleRow {
        index: index + 1,
        plate: format!("14M-{:05}", 12_000 + index),
        kind: if index.is_multiple_of(2) {
            "Xe mô tô"
        } else {
            "Xe kéo"
        }
        .into(),
        owner: "NGUYỄN THỊ HỒNG NHUNG".into(),
        identity: "022185004321".into(),
        address: "Phường Móng Cái 1, tỉnh Quảng Ninh".into(),
        from: "01/01/2026".into(),
        to: "31/12/2026".into(),
        out: "08:05 24/11/2026".into(),
        back: if index.is_multiple_of(3) {
            ""
        } else {
            "10:40 24/11/2026"
        }
        .into(),
        note: String::new(),
    };
    Content::Vehicles(Box::new(VehiclesPaper {
        office: office(),
        from: moment(0),
        to: moment(0),
        rows: (0..count).map(row).collect(),
    }))
}

fn receipt() -> Content {
    let item = |kind: &str, amount| ReceiptItem {
        kind: kind.into(),
        amount: Vnd::new(amount),
    };
    Content::Receipt(Box::new(ReceiptPaper {
        office: office(),
        series: "MONGCAI/2026".into(),
        number: "0000123".into(),
        at: moment(32),
        payer: "NGUYỄN THỊ HỒNG NHUNG".into(),
        identity: "022185004321".into(),
        address: "Thôn Phình Hồ, xã Bắc Sơn, thành phố Móng Cái, tỉnh Quảng Ninh".into(),
        form: "MONGCAI/2026/NK/QUAY-01-000123".into(),
        items: vec![item("duty", 1_234_567), item("vat", 592_592)],
        total: Vnd::new(1_827_159),
        in_words: "Một triệu tám trăm hai mươi bảy nghìn một trăm năm mươi chín đồng".into(),
        cashier: "Phạm Quốc Cường".into(),
        cancelled: String::new(),
    }))
}
