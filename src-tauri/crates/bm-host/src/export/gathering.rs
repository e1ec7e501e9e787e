//! A list of gathered goods with its tax as a sheet.

use bm_api::Language;
use bm_api::view::{AssessedView, GatheredLineView, GatheringView};
use bm_domain::Vnd;
use bm_files::report::{Cell, Sheet};

use super::word;

/// The list: a row a line, the sums at the foot.
pub fn sheet(list: &GatheringView, language: Language) -> Sheet {
    let word = |vi: &str, en: &str, zh: &str| word(language, vi, en, zh);
    let row = &list.row;
    let day = |day: bm_domain::BusinessDay| day.date().format("%d/%m/%Y").to_string();
    let about = vec![
        (word("Số bảng kê", "Number", "清单编号"), row.number.clone()),
        (
            word("Thương nhân", "Trader", "商户"),
            row.trader.name.clone(),
        ),
        (
            word("Mã số thuế", "Tax code", "税号"),
            row.trader.tax_code.clone(),
        ),
        (
            word("Địa chỉ", "Address", "地址"),
            row.trader.address.clone(),
        ),
        (
            word("Nơi mua gom", "Place of gathering", "收购地点"),
            row.place.clone(),
        ),
        (
            word("Hải quan cửa khẩu", "Customs office", "口岸海关"),
            format!("{} ({})", list.gate_name, row.gate),
        ),
        (
            word("Tính thuế theo ngày", "Tax as of", "计税日期"),
            day(list.assessed_on),
        ),
        (
            word("Cơ sở", "Basis", "依据"),
            word(
                "Thông tư 80/2019/TT-BTC Điều 4",
                "Circular 80/2019/TT-BTC art. 4",
                "80/2019/TT-BTC号通知第4条",
            ),
        ),
    ];
    let columns = [
        ("Tờ khai", "Form", "申报单"),
        ("Cư dân", "Resident", "边民"),
        ("Số giấy tờ", "Paper", "证件号"),
        ("Ngày mua gom", "Gathered on", "收购日期"),
        ("Mã HS", "HS code", "HS编码"),
        ("Tên hàng", "Goods", "品名"),
        ("Xuất xứ", "Origin", "原产地"),
        ("Số lượng", "Quantity", "数量"),
        ("Đơn vị", "Unit", "单位"),
        ("Đơn giá", "Unit price", "单价"),
        ("Tiền", "Currency", "币种"),
        ("Tỷ giá", "Rate", "汇率"),
        ("Trị giá (đ)", "Value (VND)", "货值（盾）"),
        ("Thuế suất NK (%)", "Duty (%)", "关税税率（%）"),
        ("Thuế NK (đ)", "Duty (VND)", "关税（盾）"),
        ("Thuế TTĐB (đ)", "Excise (VND)", "特别消费税（盾）"),
        ("Thuế BVMT (đ)", "Environment tax (VND)", "环保税（盾）"),
        ("Thuế suất GTGT (%)", "VAT (%)", "增值税税率（%）"),
        ("Thuế GTGT (đ)", "VAT (VND)", "增值税（盾）"),
        ("Cộng thuế (đ)", "All taxes (VND)", "税款合计（盾）"),
        (
            "Cư dân đã nộp (đ)",
            "Paid by the resident (VND)",
            "边民已缴（盾）",
        ),
    ];
    let columns: Vec<String> = columns
        .into_iter()
        .map(|(vi, en, zh)| word(vi, en, zh))
        .collect();
    let mut rows: Vec<_> = list.lines.iter().map(line).collect();
    let sums = &list.sums;
    let mut foot = vec![Cell::Text(String::new()); columns.len()];
    foot[0] = Cell::Text(word("Cộng", "Total", "合计"));
    for (at, sum) in [
        (12, sums.value_vnd),
        (14, sums.duty_vnd),
        (15, sums.excise_vnd),
        (16, sums.environment_vnd),
        (18, sums.vat_vnd),
        (19, sums.total_vnd),
        (20, sums.paid_by_resident_vnd),
    ] {
        foot[at] = Cell::Integer(sum.dong());
    }
    rows.push(foot);
    Sheet {
        title: word(
            "Bảng kê mua gom hàng hóa BK-MGHCDBG 2019/HQVN",
            "List of gathered goods BK-MGHCDBG 2019/HQVN",
            "收购货物清单 BK-MGHCDBG 2019/HQVN",
        ),
        about,
        columns,
        rows,
    }
}

fn line(line: &GatheredLineView) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let tax = line.assessed.as_ref();
    let number = |pick: fn(&AssessedView) -> &String| {
        tax.map_or_else(|| text(""), |tax| Cell::Decimal(pick(tax).clone()))
    };
    let money = |pick: fn(&AssessedView) -> Vnd| {
        tax.map_or_else(|| text(""), |tax| Cell::Integer(pick(tax).dong()))
    };
    vec![
        text(&line.number),
        text(&line.person_name),
        text(&line.person_paper),
        text(&line.day.date().format("%d/%m/%Y").to_string()),
        text(&line.hs.to_string()),
        text(&line.name),
        text(&line.origin),
        Cell::Decimal(line.quantity.clone()),
        text(&line.unit),
        Cell::Decimal(line.unit_price.clone()),
        text(&line.currency),
        number(|tax| &tax.rate),
        money(|tax| tax.value_vnd),
        number(|tax| &tax.duty_percent),
        money(|tax| tax.duty_vnd),
        money(|tax| tax.excise_vnd),
        money(|tax| tax.environment_vnd),
        number(|tax| &tax.vat_percent),
        money(|tax| tax.vat_vnd),
        money(|tax| tax.total_vnd),
        money(|tax| tax.paid_by_resident_vnd),
    ]
}
