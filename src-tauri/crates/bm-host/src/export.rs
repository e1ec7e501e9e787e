//! Reports as files.

mod gathering;
mod person;
mod tracking;
mod vehicles;

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use bm_api::Language;
use bm_api::router::Written;
use bm_api::view::{CorrectionTotals, DailyReport, DirectionTotals};
use bm_app::paper::Moment;
use bm_app::{AppError, StoreError};
use bm_domain::calendar::in_vietnam;
use bm_files::report::{Cell, Sheet, write_csv, write_xlsx};
use chrono::NaiveDateTime;

/// Writes the report to `path`; a file that can't be written whole is left as it was.
///
/// # Errors
/// [`AppError::BadRequest`] for an unknown format or a path that can't be, [`StoreError`] when the
/// disk does not take it.
pub fn write(
    report: Written<'_>,
    format: &str,
    language: Language,
    path: &Path,
) -> Result<(), AppError> {
    Draft::begin(path)?.write(report, format, language)
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
    /// As [`write`].
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
    /// As [`write`]; then what was there stays.
    pub fn finish(self, bytes: &[u8]) -> Result<(), AppError> {
        self.finish_with(|mut to| {
            let done = to.write_all(bytes).and_then(|()| to.flush());
            done.map_err(|error| failed(self.path, &error))
        })
    }

    /// Writes a report and puts it in its place.
    ///
    /// # Errors
    /// As [`write`]; then what was there stays.
    pub fn write(
        self,
        report: Written<'_>,
        format: &str,
        language: Language,
    ) -> Result<(), AppError> {
        self.finish_with(|to| write_to(report, format, language, to))
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
/// As [`write`].
pub fn write_to(
    report: Written<'_>,
    format: &str,
    language: Language,
    mut to: impl Write + Seek + Send,
) -> Result<(), AppError> {
    let place = Path::new("");
    let sheet = match report {
        Written::Daily(report) => sheet(report, language),
        Written::Gathering(list) => gathering::sheet(list, language),
        Written::Vehicles(book) => vehicles::sheet(book, language),
        Written::Dossier(held) => person::sheet(held, language),
        Written::Tracking(book, made_at) => tracking::sheet(book, made_at, language),
    };
    match format {
        "csv" => write_csv(sheet, &mut to).map_err(|error| failed(place, &error))?,
        "xlsx" => {
            write_xlsx(sheet, made_at(report), &mut to).map_err(|error| failed(place, &error))?
        }
        "json" => to_json(report, &mut to)
            .map_err(std::io::Error::from)
            .and_then(|()| to.write_all(b"\n"))
            .map_err(|error| failed(place, &error))?,
        _ => return Err(AppError::BadRequest(format!("format: {format}"))),
    }
    to.flush().map_err(|error| failed(place, &error))
}

fn to_json(report: Written<'_>, to: impl Write) -> serde_json::Result<()> {
    match report {
        Written::Daily(report) => serde_json::to_writer(to, report),
        Written::Gathering(list) => serde_json::to_writer(to, list),
        Written::Vehicles(book) => serde_json::to_writer(to, book),
        Written::Dossier(held) => serde_json::to_writer_pretty(to, held),
        Written::Tracking(book, _) => serde_json::to_writer(to, book),
    }
}

/// The time a workbook bears, so that the same report is the same file. That of a list is the day
/// its tax is computed by.
fn made_at(report: Written<'_>) -> NaiveDateTime {
    match report {
        Written::Daily(report) => report.made_at.naive_utc(),
        Written::Gathering(list) => list.assessed_on.start().naive_utc(),
        Written::Vehicles(book) => book.made_at.naive_utc(),
        Written::Dossier(held) => held.made_at.naive_utc(),
        Written::Tracking(_, made_at) => made_at.naive_utc(),
    }
}

/// The name of a report's file, without its suffix.
#[must_use]
pub fn file_name(report: Written<'_>) -> String {
    match report {
        Written::Daily(report) => format!("daily-{}-{}", report.gate, report.date),
        Written::Gathering(list) => format!("gathering-{}", list.row.number.replace('/', "-")),
        Written::Vehicles(book) => format!("vehicles-{}-{}", book.gate, book.year),
        Written::Dossier(held) => {
            let made = in_vietnam(held.made_at).format("%Y-%m-%d-%H%M%S");
            format!("person-{}-{made}", held.person.id)
        }
        Written::Tracking(book, _) => {
            let Moment {
                year, month, day, ..
            } = &book.from;
            format!("tracking-{}-{year}-{month}-{day}", book.office.gate)
        }
    }
}

/// A word in a language.
fn word(language: Language, vi: &str, en: &str, zh: &str) -> String {
    match language {
        Language::Vi => vi,
        Language::En => en,
        Language::Zh => zh,
    }
    .to_owned()
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
    let word = |vi: &str, en: &str, zh: &str| word(language, vi, en, zh);
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
    let (bought, sold) = (&report.corrections.import, &report.corrections.export);
    if bought.is_any() || sold.is_any() {
        type Moved = fn(&CorrectionTotals) -> i64;
        let figures: [(&str, &str, &str, Moved); 4] = [
            (
                "Điều chỉnh ngày đã khóa sổ: số tờ khai",
                "Corrections of closed days: forms",
                "已结账日更正：申报单数",
                |t| t.amended + t.returned + t.cancelled + t.refused,
            ),
            (
                "Điều chỉnh ngày đã khóa sổ: trị giá (đ)",
                "Corrections of closed days: value (VND)",
                "已结账日更正：货值（盾）",
                |t| t.value_vnd.dong(),
            ),
            (
                "Điều chỉnh ngày đã khóa sổ: được miễn (đ)",
                "Corrections of closed days: exempt (VND)",
                "已结账日更正：免税额（盾）",
                |t| t.exempt_vnd.dong(),
            ),
            (
                "Điều chỉnh ngày đã khóa sổ: thuế và lệ phí (đ)",
                "Corrections of closed days: taxes and fees (VND)",
                "已结账日更正：税费（盾）",
                |t| t.total().dong(),
            ),
        ];
        rows.extend(figures.into_iter().map(|(vi, en, zh, figure)| {
            let [bought, sold] = [bought, sold].map(|totals| Cell::Integer(figure(totals)));
            vec![Cell::Text(word(vi, en, zh)), bought, sold]
        }));
    }
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
