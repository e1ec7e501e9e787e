//! A day of the tracking book as a file.

use bm_api::Language;
use bm_app::paper::{TrackingPaper, TrackingRow, TrackingSums};
use bm_domain::calendar::in_vietnam;
use bm_files::report::{Cell, Sheet};
use chrono::{DateTime, Utc};

use super::word;

/// A day of the tracking book as a sheet: a row a form, the last one the sums of those that stand.
pub fn sheet(book: &TrackingPaper, made_at: DateTime<Utc>, language: Language) -> Sheet {
    let word = |vi: &str, en: &str, zh: &str| word(language, vi, en, zh);
    let made = in_vietnam(made_at).format("%d/%m/%Y %H:%M").to_string();
    let way = |row: &TrackingRow| match row.direction.as_str() {
        "import" => word("Nhập khẩu", "Import", "进口"),
        _ => word("Xuất khẩu", "Export", "出口"),
    };
    let note = |row: &TrackingRow| match row.cancelled {
        true => format!("{}: {}", word("Đã hủy", "Cancelled", "已取消"), row.note),
        false => row.note.clone(),
    };
    let money = |sums: &TrackingSums| {
        [
            sums.value,
            sums.exempt,
            sums.duty,
            sums.excise,
            sums.environment,
            sums.vat,
            sums.fee,
        ]
        .map(|amount| Cell::Integer(amount.dong()))
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |row: &TrackingRow| {
        let mut cells = vec![
            Cell::Integer(i64::from(row.index)),
            text(&row.date),
            text(&row.time),
            text(&row.number),
            Cell::Text(way(row)),
            text(&row.resident),
            text(&row.identity),
            text(&row.address),
            text(&row.goods),
            text(&row.quantity),
        ];
        cells.extend(money(&row.sums));
        cells.extend([
            text(&row.receipt),
            text(&row.officer),
            Cell::Text(note(row)),
        ]);
        cells
    };
    let mut rows: Vec<_> = book.rows.iter().map(row).collect();
    let mut sums = vec![text(""); 9];
    sums.push(Cell::Text(word(
        "Cộng (không kể đã hủy)",
        "Total (without cancelled)",
        "合计（不含已取消）",
    )));
    sums.extend(money(&book.totals));
    sums.extend([text(""), text(""), text("")]);
    rows.push(sums);
    let gate = format!("{} ({})", book.office.gate_name, book.office.gate);
    Sheet {
        title: word(
            "Sổ theo dõi, tiếp nhận đăng ký tờ khai (STDHCDBG 2019/HQVN)",
            "Tracking book of forms received (STDHCDBG 2019/HQVN)",
            "申报单登记簿（STDHCDBG 2019/HQVN）",
        ),
        about: vec![
            (word("Cửa khẩu", "Gate", "口岸"), gate),
            (word("Ngày", "Day", "日期"), book.from.date.clone()),
            (word("Lập lúc", "Made at", "编制时间"), made),
            (
                word("Cơ sở", "Basis", "依据"),
                word(
                    "Thông tư 80/2019/TT-BTC Điều 9(2)",
                    "Circular 80/2019/TT-BTC art. 9(2)",
                    "80/2019/TT-BTC号通知第9条第2款",
                ),
            ),
        ],
        columns: vec![
            word("STT", "No.", "序号"),
            word("Ngày", "Day", "日期"),
            word("Giờ", "Time", "时间"),
            word("Số tờ khai", "Form", "申报单号"),
            word("Chiều", "Direction", "方向"),
            word("Cư dân", "Resident", "边民"),
            word("Số giấy tờ", "Identity number", "证件号"),
            word("Địa chỉ", "Address", "地址"),
            word("Hàng hóa", "Goods", "商品"),
            word("Lượng", "Quantity", "数量"),
            word("Trị giá (đ)", "Value (VND)", "货值（盾）"),
            word("Miễn thuế (đ)", "Exempt (VND)", "免税额（盾）"),
            word("Thuế nhập khẩu, xuất khẩu (đ)", "Duty (VND)", "关税（盾）"),
            word(
                "Thuế tiêu thụ đặc biệt (đ)",
                "Excise (VND)",
                "特别消费税（盾）",
            ),
            word(
                "Thuế bảo vệ môi trường (đ)",
                "Environment tax (VND)",
                "环保税（盾）",
            ),
            word("Thuế giá trị gia tăng (đ)", "VAT (VND)", "增值税（盾）"),
            word("Lệ phí (đ)", "Fee (VND)", "规费（盾）"),
            word("Chứng từ nộp tiền", "Receipt", "缴款凭证"),
            word("Công chức", "Officer", "关员"),
            word("Ghi chú", "Note", "备注"),
        ],
        rows,
    }
}
