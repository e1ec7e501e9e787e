//! All that is held of one person, as a table people can read.

use bm_api::Language;
use bm_api::view::{DeclarationView, DossierMark, DossierPerson, DossierView};
use bm_app::book::Entry;
use bm_domain::BusinessDay;
use bm_domain::calendar::in_vietnam;
use bm_domain::declaration::Direction;
use bm_files::report::{Cell, Sheet};
use chrono::{DateTime, Utc};

use super::word;

/// A part of what is held, and the rows it has.
struct Table {
    language: Language,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn word(&self, vi: &str, en: &str, zh: &str) -> String {
        word(self.language, vi, en, zh)
    }

    fn row(&mut self, part: &str, when: String, what: String, detail: String, by: &str) {
        let cells = [part.to_owned(), when, what, detail, by.to_owned()];
        self.rows.push(cells.into_iter().map(Cell::Text).collect());
    }

    fn person(&mut self, part: &str, when: &str, by: &str, person: &DossierPerson) {
        let papers = person.papers.iter().map(|paper| {
            let until = paper
                .expires
                .map_or_else(String::new, |to| format!(" (→ {to})"));
            format!("{} {}{until}", paper.kind.word(), paper.number)
        });
        let fields = [
            (self.word("Họ tên", "Name", "姓名"), person.name.clone()),
            (
                self.word("Ngày sinh", "Born", "出生日期"),
                day(BusinessDay::new(person.born)),
            ),
            (
                self.word("Địa chỉ", "Address", "住址"),
                person.address.clone(),
            ),
            (
                self.word("Xã", "Commune", "乡"),
                format!("{} {}", person.commune, person.commune_name),
            ),
            (
                self.word("Điện thoại", "Telephone", "电话"),
                person.phone.clone().unwrap_or_default(),
            ),
            (
                self.word("Giấy tờ", "Papers", "证件"),
                papers.collect::<Vec<_>>().join("; "),
            ),
        ];
        for (name, value) in fields {
            self.row(part, when.to_owned(), name, value, by);
        }
    }

    fn form(&mut self, part: &str, form: &DeclarationView) {
        let way = match form.direction {
            Direction::Import => self.word("Nhập khẩu", "Import", "进口"),
            Direction::Export => self.word("Xuất khẩu", "Export", "出口"),
        };
        let sums = format!(
            "{way}; {} {}; {} {}; {} {}",
            self.word("trị giá", "value", "货值"),
            form.answer.value_vnd,
            self.word("miễn thuế", "exempt", "免税"),
            form.answer.exempt_vnd,
            self.word("phải nộp", "due", "应缴"),
            form.answer.total_due_vnd,
        );
        let what = format!("{} {} ({})", form.gate, form.number, form.status.word());
        self.row(part, clock(form.at), what, sums, &form.officer_name);
        for line in &form.lines {
            let what = format!("{} {}", line.hs, line.name);
            let detail = format!(
                "{} {} × {} {}",
                line.quantity, line.unit, line.unit_price, line.currency
            );
            self.row(part, String::new(), what, detail, "");
        }
    }

    fn mark(&mut self, part: &str, mark: &DossierMark) {
        let detail = [mark.place.as_str(), mark.reason.as_str()];
        let detail = detail.into_iter().filter(|text| !text.is_empty());
        let detail = detail.collect::<Vec<_>>().join("; ");
        self.row(part, clock(mark.at), self.act(&mark.what), detail, &mark.by);
    }

    /// What was done, in words; the name of a list or file as it is.
    fn act(&self, what: &str) -> String {
        match what {
            "person_viewed" => self.word("Mở hồ sơ", "Page opened", "打开档案"),
            "people_listed" => self.word(
                "Có trong danh sách được xem",
                "In a list shown",
                "出现在所查列表中",
            ),
            "person_export" => self.word("Xuất dữ liệu cá nhân", "Data handed out", "导出个人数据"),
            "redacted" => self.word("Ẩn danh", "Pseudonymised", "匿名化"),
            other => other.to_owned(),
        }
    }
}

fn day(day: BusinessDay) -> String {
    day.date().format("%d/%m/%Y").to_string()
}

fn clock(at: DateTime<Utc>) -> String {
    in_vietnam(at).format("%d/%m/%Y %H:%M").to_string()
}

/// The person, the forms, the quota, other entries, changes and looks, part by part.
pub fn sheet(held: &DossierView, language: Language) -> Sheet {
    let mut table = Table {
        language,
        rows: Vec::new(),
    };
    let now = table.word("Thông tin hiện có", "Held now", "现有信息");
    table.person(&now, "", "", &held.person);
    let forms = table.word("Tờ khai", "Forms", "申报单");
    for form in &held.forms {
        table.form(&forms, form);
    }
    let quota = table.word("Hạn mức đã dùng", "Quota used", "已用额度");
    for used in &held.quota {
        let trips = format!("{} {}", used.trips, table.word("lượt", "trips", "次"));
        table.row(
            &quota,
            day(used.day),
            used.exempt_vnd.to_string(),
            trips,
            "",
        );
    }
    let books = table.word("Sổ khác", "Other books", "其他登记簿");
    for entry in &held.entries {
        let detail = match &entry.entry {
            Entry::Vehicle(vehicle) => vehicle.plate.to_string(),
            Entry::Receipt(receipt) => receipt.amount.to_string(),
            Entry::CashRefund(refund) => refund.amount.to_string(),
            _ => String::new(),
        };
        let name = format!("{} {}", entry.book, entry.number);
        let by = entry.changes.last().map_or("", |mark| mark.by.as_str());
        table.row(&books, day(entry.day), name, detail, by);
    }
    let changes = table.word("Đã ghi và sửa", "Entered and changed", "录入与更改");
    for version in &held.versions {
        table.mark(&changes, &version.mark);
        table.person(
            &changes,
            &clock(version.mark.at),
            &version.mark.by,
            &version.person,
        );
    }
    let access = table.word("Lượt tra cứu", "Looks", "查阅记录");
    for mark in &held.access {
        table.mark(&access, mark);
    }
    Sheet {
        title: table.word(
            "Dữ liệu cá nhân đang lưu",
            "Personal data held",
            "所存个人数据",
        ),
        about: vec![
            (
                table.word("Lập lúc", "Made at", "编制时间"),
                clock(held.made_at),
            ),
            (
                table.word("Người lập", "Made by", "编制人"),
                held.made_by.clone(),
            ),
            (table.word("Lý do", "Reason", "理由"), held.reason.clone()),
            (table.word("Cơ sở", "Basis", "依据"), held.basis.clone()),
        ],
        columns: vec![
            table.word("Phần", "Part", "部分"),
            table.word("Thời điểm", "When", "时间"),
            table.word("Nội dung", "What", "内容"),
            table.word("Chi tiết", "Detail", "详情"),
            table.word("Người thực hiện", "By", "经办人"),
        ],
        rows: table.rows,
    }
}
