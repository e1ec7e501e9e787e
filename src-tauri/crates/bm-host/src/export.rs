//! The daily report as a file.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use bm_api::Language;
use bm_api::view::{DailyReport, DirectionTotals};
use bm_app::paper::{TrackingPaper, TrackingRow};
use bm_app::{AppError, StoreError};
use bm_domain::calendar::in_vietnam;
use bm_files::report::{Cell, Sheet, write_csv, write_xlsx};
use chrono::{DateTime, Utc};

/// Writes the report to `path`; a file that can't be written whole is left as it was.
///
/// # Errors
/// [`AppError::BadRequest`] for an unknown format or a path that can't be, [`StoreError`] when the
/// disk does not take it.
pub fn daily(
    report: &DailyReport,
    format: &str,
    language: Language,
    path: &Path,
) -> Result<(), AppError> {
    Draft::begin(path)?.finish_with(|to| daily_to(report, format, language, to))
}

/// A file that takes its place when it is whole; until then what was there stays.
pub struct Draft<'a> {
    path: &'a Path,
    beside: PathBuf,
    file: File,
}

impl<'a> Draft<'a> {
    /// Begins a file at `path`: tells whether it can be written at all.
    ///
    /// # Errors
    /// As [`daily`].
    pub fn begin(path: &'a Path) -> Result<Self, AppError> {
        let name = path
            .file_name()
            .ok_or_else(|| AppError::BadRequest(path.display().to_string()))?;
        let beside = path.with_file_name(format!(".{}.part", name.to_string_lossy()));
        let file = File::create(&beside).map_err(|error| failed(path, &error))?;
        Ok(Self { path, beside, file })
    }

    /// Writes it and puts it in its place.
    ///
    /// # Errors
    /// As [`daily`]; then what was there stays.
    pub fn finish(self, bytes: &[u8]) -> Result<(), AppError> {
        self.finish_with(|mut to| {
            let done = to.write_all(bytes).and_then(|()| to.flush());
            done.map_err(|error| failed(self.path, &error))
        })
    }

    fn finish_with(
        &self,
        write: impl FnOnce(BufWriter<&File>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        write(BufWriter::new(&self.file))?;
        std::fs::rename(&self.beside, self.path).map_err(|error| failed(self.path, &error))
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // Once in its place there is none beside it.
        let _ = std::fs::remove_file(&self.beside);
    }
}

/// Writes the report to any writer, in the format `csv`, `xlsx` or `json`.
///
/// # Errors
/// As [`daily`].
pub fn daily_to(
    report: &DailyReport,
    format: &str,
    language: Language,
    mut to: impl Write + Seek + Send,
) -> Result<(), AppError> {
    let place = Path::new("");
    let sheet = sheet(report, language);
    match format {
        "csv" => write_csv(sheet, &mut to).map_err(|error| failed(place, &error))?,
        "xlsx" => write_xlsx(sheet, report.made_at.naive_utc(), &mut to)
            .map_err(|error| failed(place, &error))?,
        "json" => serde_json::to_writer(&mut to, report)
            .map_err(std::io::Error::from)
            .and_then(|()| to.write_all(b"\n"))
            .map_err(|error| failed(place, &error))?,
        _ => return Err(AppError::BadRequest(format!("format: {format}"))),
    }
    to.flush().map_err(|error| failed(place, &error))
}

/// Writes a day of the tracking book to any writer, as `csv` or `xlsx`.
///
/// # Errors
/// As [`daily`].
pub fn tracking_to(
    book: &TrackingPaper,
    made_at: DateTime<Utc>,
    format: &str,
    language: Language,
    mut to: impl Write + Seek + Send,
) -> Result<(), AppError> {
    let place = Path::new("");
    let sheet = tracking_sheet(book, made_at, language);
    match format {
        "csv" => write_csv(sheet, &mut to).map_err(|error| failed(place, &error))?,
        "xlsx" => write_xlsx(sheet, made_at.naive_utc(), &mut to)
            .map_err(|error| failed(place, &error))?,
        _ => return Err(AppError::BadRequest(format!("format: {format}"))),
    }
    to.flush().map_err(|error| failed(place, &error))
}

/// What an error of the file system means for the user.
fn failed(path: &Path, error: &std::io::Error) -> AppError {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => StoreError::Full.into(),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => StoreError::ReadOnly.into(),
        Kind::NotFound | Kind::NotADirectory | Kind::IsADirectory | Kind::InvalidInput => {
            AppError::BadRequest(format!("{}: {error}", path.display()))
        }
        _ => StoreError::Broken(format!("{} {error}", path.display())).into(),
    }
}

/// The report as a sheet: a row a figure, a column a direction.
#[must_use]
pub fn sheet(report: &DailyReport, language: Language) -> Sheet {
    let word = |vi: &str, en: &str, zh: &str| {
        match language {
            Language::Vi => vi,
            Language::En => en,
            Language::Zh => zh,
        }
        .to_owned()
    };
    let made = in_vietnam(report.made_at)
        .format("%d/%m/%Y %H:%M")
        .to_string();
    let gate = format!("{} ({})", report.gate_name, report.gate);
    let about = vec![
        (word("Cửa khẩu", "Gate", "口岸"), gate),
        (
            word("Ngày", "Day", "日期"),
            report.date.date().format("%d/%m/%Y").to_string(),
        ),
        (word("Lập lúc", "Made at", "编制时间"), made),
        (
            word("Người lập", "Made by", "编制人"),
            report.made_by.clone(),
        ),
        (
            word("Cơ sở", "Basis", "依据"),
            word(
                "Thông tư 80/2019/TT-BTC Điều 9",
                "Circular 80/2019/TT-BTC art. 9",
                "80/2019/TT-BTC号通知第9条",
            ),
        ),
    ];
    let columns = vec![
        word("Chỉ tiêu", "Figure", "指标"),
        word("Nhập khẩu", "Import", "进口"),
        word("Xuất khẩu", "Export", "出口"),
    ];
    type Figure = fn(&DirectionTotals) -> i64;
    let figures: [(&str, &str, &str, Figure); 15] = [
        (
            "Tờ khai có hiệu lực",
            "Forms that stand",
            "有效申报单",
            |t| t.forms,
        ),
        ("Số cư dân", "Residents", "边民人数", |t| {
            t.residents
        }),
        ("Trị giá (đ)", "Value (VND)", "货值（盾）", |t| {
            t.value_vnd.dong()
        }),
        (
            "Được miễn (đ)",
            "Exempt (VND)",
            "免税额（盾）",
            |t| t.exempt_vnd.dong(),
        ),
        (
            "Vượt định mức (đ)",
            "Excess (VND)",
            "超额（盾）",
            |t| t.excess_vnd.dong(),
        ),
        (
            "Thuế nhập khẩu, xuất khẩu (đ)",
            "Duty (VND)",
            "关税（盾）",
            |t| t.duty_vnd.dong(),
        ),
        (
            "Thuế tiêu thụ đặc biệt (đ)",
            "Excise (VND)",
            "特别消费税（盾）",
            |t| t.excise_vnd.dong(),
        ),
        (
            "Thuế bảo vệ môi trường (đ)",
            "Environment tax (VND)",
            "环保税（盾）",
            |t| t.environment_vnd.dong(),
        ),
        (
            "Thuế giá trị gia tăng (đ)",
            "VAT (VND)",
            "增值税（盾）",
            |t| t.vat_vnd.dong(),
        ),
        ("Lệ phí (đ)", "Fee (VND)", "规费（盾）", |t| {
            t.fee_vnd.dong()
        }),
        ("Tiếp nhận", "Received", "受理", |t| t.registered),
        ("Đã thông quan", "Released", "已放行", |t| t.released),
        ("Từ chối", "Refused", "拒绝", |t| t.refused),
        ("Đã hủy", "Cancelled", "取消", |t| t.cancelled),
        ("Chờ thông quan", "Pending", "待放行", |t| t.pending),
    ];
    let both = &report.directions;
    let mut rows: Vec<Vec<Cell>> = figures
        .into_iter()
        .map(|(vi, en, zh, figure)| {
            let name = Cell::Text(word(vi, en, zh));
            vec![
                name,
                Cell::Integer(figure(&both.import)),
                Cell::Integer(figure(&both.export)),
            ]
        })
        .collect();
    rows.push(vec![
        Cell::Text(word("Trọng lượng (kg)", "Weight (kg)", "重量（公斤）")),
        Cell::Decimal(both.import.weight_kg.clone()),
        Cell::Decimal(both.export.weight_kg.clone()),
    ]);
    let title = word(
        "Báo cáo ngày hàng hóa cư dân biên giới",
        "Daily report of border residents' goods",
        "边民商品日报",
    );
    Sheet {
        title,
        about,
        columns,
        rows,
    }
}

/// A day of the tracking book as a sheet: a row a form, the last one the sums of those that stand.
#[must_use]
pub fn tracking_sheet(book: &TrackingPaper, made_at: DateTime<Utc>, language: Language) -> Sheet {
    let word = |vi: &str, en: &str, zh: &str| {
        match language {
            Language::Vi => vi,
            Language::En => en,
            Language::Zh => zh,
        }
        .to_owned()
    };
    let made = in_vietnam(made_at).format("%d/%m/%Y %H:%M").to_string();
    let way = |row: &TrackingRow| match row.direction.as_str() {
        "import" => word("Nhập khẩu", "Import", "进口"),
        _ => word("Xuất khẩu", "Export", "出口"),
    };
    let note = |row: &TrackingRow| match row.cancelled {
        true => format!("{}: {}", word("Đã hủy", "Cancelled", "已取消"), row.note),
        false => row.note.clone(),
    };
    let money = |sums: &bm_app::paper::TrackingSums| {
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
