//! The vehicle book of a gate's year as a sheet.

use bm_api::Language;
use bm_api::view::{VehicleBook, VehicleView};
use bm_domain::BusinessDay;
use bm_domain::calendar::in_vietnam;
use bm_domain::vehicle::VehicleKind;
use bm_files::report::{Cell, Sheet};

use super::word;

/// The book: a row a vehicle.
pub fn sheet(book: &VehicleBook, language: Language) -> Sheet {
    let word = |vi: &str, en: &str, zh: &str| word(language, vi, en, zh);
    let made = in_vietnam(book.made_at).format("%d/%m/%Y %H:%M");
    let about = vec![
        (
            word("Cửa khẩu", "Gate", "口岸"),
            format!("{} ({})", book.gate_name, book.gate),
        ),
        (word("Năm", "Year", "年份"), book.year.to_string()),
        (word("Lập lúc", "Made at", "编制时间"), made.to_string()),
        (word("Người lập", "Made by", "编制人"), book.made_by.clone()),
        (
            word("Cơ sở", "Basis", "依据"),
            word(
                "Nghị định 08/2015/NĐ-CP Điều 81",
                "Decree 08/2015/ND-CP art. 81",
                "08/2015/ND-CP号议定第81条",
            ),
        ),
    ];
    let columns = vec![
        word("Số đăng ký", "Number", "登记号"),
        word("Biển số", "Plate", "车牌"),
        word("Loại phương tiện", "Kind", "车辆类型"),
        word("Chủ phương tiện", "Owner", "车主"),
        word("Số giấy tờ", "Paper", "证件号"),
        word("Nơi thường trú", "Address", "住址"),
        word("Từ ngày", "From", "起始日"),
        word("Đến ngày", "To", "截止日"),
        word("Công chức", "Officer", "关员"),
        word("Ghi chú", "Note", "备注"),
    ];
    let struck = word("Đã xóa: ", "Struck off: ", "已注销：");
    Sheet {
        title: word(
            "Sổ đăng ký phương tiện QLPT-BG",
            "Vehicle register QLPT-BG",
            "车辆登记簿 QLPT-BG",
        ),
        about,
        columns,
        rows: (book.rows.iter())
            .map(|vehicle| row(vehicle, language, &struck))
            .collect(),
    }
}

fn row(vehicle: &VehicleView, language: Language, struck: &str) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let day = |day: BusinessDay| text(&day.date().format("%d/%m/%Y").to_string());
    let note = match &vehicle.struck_off {
        Some(_) => format!("{struck}{}", vehicle.strike_reason),
        None => String::new(),
    };
    vec![
        text(&vehicle.number),
        text(&vehicle.plate),
        Cell::Text(kind(vehicle.kind, language)),
        text(&vehicle.owner_name),
        text(&vehicle.owner_paper),
        text(&vehicle.owner_address),
        day(vehicle.from),
        vehicle.to.map_or_else(|| text(""), day),
        text(&vehicle.registered.name),
        Cell::Text(note),
    ]
}

fn kind(kind: VehicleKind, language: Language) -> String {
    let (vi, en, zh) = match kind {
        VehicleKind::Truck => ("Xe tải", "Lorry", "货车"),
        VehicleKind::Car => ("Ô tô con", "Car", "小汽车"),
        VehicleKind::Motorcycle => ("Xe máy", "Motorcycle", "摩托车"),
        VehicleKind::Boat => ("Thuyền, xuồng", "Boat", "船艇"),
        VehicleKind::Handcart => ("Xe kéo", "Hand cart", "手拉车"),
    };
    word(language, vi, en, zh)
}
