//! What a host says of files, folders and arguments, in Vietnamese, English and Chinese.

mod hub;

use std::fmt;

use bm_api::{Language, words};
use bm_app::{AppError, StoreError};

/// A sentence with its parameters; its words follow when the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Names the sentence, also for programs that read the answer.
    pub code: &'static str,
    params: Vec<(&'static str, String)>,
}

impl Message {
    /// The sentence of a code.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self {
            code,
            params: Vec::new(),
        }
    }

    /// Adds a parameter; long ones are cut.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let mut value = value.to_string();
        if let Some((end, _)) = value.char_indices().nth(PARAM_MAX) {
            value.truncate(end);
            value.push('…');
        }
        // A terminal obeys control characters; nothing foreign may hold any.
        value.retain(|c| !c.is_control());
        self.params.push((name, value));
        self
    }

    /// The sentence in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let Some((_, vi, en, zh)) = WORDS
            .iter()
            .chain(hub::WORDS)
            .find(|(code, ..)| *code == self.code)
        else {
            return self.code.to_owned();
        };
        let template = match language {
            Language::Vi => vi,
            Language::En => en,
            Language::Zh => zh,
        };
        let mut text = String::with_capacity(template.len());
        let mut rest = *template;
        while let Some((before, hole)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = hole.split_once('}').unwrap_or((hole, ""));
            let value = self.params.iter().find(|(given, _)| *given == name);
            text.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// The longest parameter shown, in characters.
const PARAM_MAX: usize = 200;

/// Why a host did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// A use case or the store.
    App(AppError),
    /// What was given is wrong.
    Wrong(Message),
    /// It would do harm that was not asked for.
    Refused(Message),
}

impl From<AppError> for HostError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<StoreError> for HostError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl HostError {
    /// What to tell the user.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::App(error) => words::error(language, error),
            Self::Wrong(message) | Self::Refused(message) => message.text(language),
        }
    }
}

/// Code, Vietnamese, English, Chinese.
const WORDS: &[(&str, &str, &str, &str)] = &[
    (
        "file_unreadable",
        "Không đọc được tệp {path}: {detail}. Kiểm tra đường dẫn và quyền đọc.",
        "The file {path} can't be read: {detail}. Check its path and permissions.",
        "无法读取文件 {path}：{detail}。请检查路径和权限。",
    ),
    (
        "file_unwritable",
        "Không ghi được tệp {path}: {detail}. Chọn nơi khác.",
        "The file {path} can't be written: {detail}. Choose another place.",
        "无法写入文件 {path}：{detail}。请选择其他位置。",
    ),
    (
        "file_folder",
        "{path} là thư mục, không phải tệp. Ghi rõ tên tệp CSV.",
        "{path} is a folder, not a file. Name the CSV file.",
        "{path} 是文件夹，不是文件。请指明 CSV 文件。",
    ),
    (
        "file_not_regular",
        "{path} không đọc lại được từ đầu (ống dẫn), mà bảng phải đọc hai lần. Lưu thành tệp rồi nhập.",
        "{path} can't be read twice (a pipe), and a table is read twice. Save it as a file first.",
        "{path} 不能重复读取（管道），而表格要读两遍。请先保存为文件。",
    ),
    (
        "file_empty",
        "Tệp {path} trống: không có dòng tiêu đề.",
        "The file {path} is empty: it has no header line.",
        "文件 {path} 为空：没有标题行。",
    ),
    (
        "file_changed",
        "Tệp {path} bị thay đổi trong lúc đọc. Chưa nhận dòng nào; nhập lại.",
        "The file {path} changed while it was read. No row was taken; import it again.",
        "文件 {path} 在读取期间被更改。未导入任何行；请重新导入。",
    ),
    (
        "file_exists",
        "Tệp {path} đã có và không bị ghi đè. Đặt tên khác.",
        "The file {path} exists and is not overwritten. Choose another name.",
        "文件 {path} 已存在，不会被覆盖。请换一个名称。",
    ),
    (
        "file_missing",
        "Không có tệp {path}.",
        "There is no file {path}.",
        "没有文件 {path}。",
    ),
    (
        "column_missing",
        "Tệp {path} thiếu cột “{column}”. Các cột có: {found}.",
        "The file {path} has no column “{column}”. Its columns: {found}.",
        "文件 {path} 缺少列“{column}”。现有列：{found}。",
    ),
    (
        "column_twice",
        "Tệp {path} có hai cột tên “{column}”. Bỏ bớt một cột.",
        "The file {path} has two columns named “{column}”. Remove one.",
        "文件 {path} 有两列名为“{column}”。请删除一列。",
    ),
    (
        "columns_unused",
        "Không dùng đến các cột: {columns}. Các cột dùng được: {known}.",
        "Columns not used: {columns}. Those that could be: {known}.",
        "未使用的列：{columns}。可用的列：{known}。",
    ),
    (
        "rows_too_many",
        "Tệp có quá {limit} dòng: không thể là bảng loại này. Chưa nhận dòng nào.",
        "The file has more than {limit} rows: it can't be such a table. No row was taken.",
        "文件超过 {limit} 行：不可能是此类表格。未导入任何行。",
    ),
    (
        "row_fields",
        "Dòng có {found} ô, tiêu đề có {expected}. Kiểm tra dấu phân cách và dấu ngoặc kép.",
        "The row has {found} fields, the header {expected}. Check separators and quotation marks.",
        "该行有 {found} 个字段，标题有 {expected} 个。请检查分隔符和引号。",
    ),
    (
        "row_fields_until",
        "Dòng kéo đến dòng {until} và có {found} ô, tiêu đề có {expected}. Có lẽ thiếu một dấu ngoặc kép.",
        "The row runs on to line {until} and has {found} fields, the header {expected}. A quotation mark may be missing.",
        "该行延续到第 {until} 行，有 {found} 个字段，标题有 {expected} 个。可能缺少引号。",
    ),
    (
        "rows_inside",
        "Một ô chứa cả các dòng sau, đến dòng {until}: thiếu một dấu ngoặc kép.",
        "A field holds the rows behind it, down to line {until}: a quotation mark is missing.",
        "某个字段包含了后面的行，直到第 {until} 行：缺少引号。",
    ),
    (
        "quote_open",
        "Dòng {line}: dấu ngoặc kép mở mà không đóng, không tách được các dòng sau. Chưa nhận dòng nào; sửa dòng này rồi nhập lại.",
        "Line {line}: a quotation mark is opened and never closed, so the rows behind it can't be told apart. No row was taken; mend the line and import again.",
        "第 {line} 行：引号未闭合，无法区分后面的行。未导入任何行；请修正后重新导入。",
    ),
    (
        "row_broken",
        "Dòng {line}: không đọc tiếp được tệp ({detail}). Chưa nhận dòng nào.",
        "Line {line}: the file can't be read on ({detail}). No row was taken.",
        "第 {line} 行：无法继续读取文件（{detail}）。未导入任何行。",
    ),
    (
        "field_long",
        "Ô dài quá {limit} byte.",
        "The field is longer than {limit} bytes.",
        "字段超过 {limit} 字节。",
    ),
    (
        "field_unreadable",
        "Ô có ký tự không đọc được. Lưu lại tệp bằng bảng mã UTF-8.",
        "The field has unreadable characters. Save the file as UTF-8.",
        "字段含有无法识别的字符。请以 UTF-8 编码重新保存文件。",
    ),
    (
        "field_empty",
        "Ô trống; phải ghi {example}.",
        "The field is empty; it needs {example}.",
        "字段为空；应填写 {example}。",
    ),
    (
        "field_invalid",
        "“{value}” không dùng được; phải ghi {example}.",
        "“{value}” is not valid; it needs {example}.",
        "“{value}”无效；应填写 {example}。",
    ),
    (
        "validity_reversed",
        "Ngày hết hiệu lực {to} trước ngày bắt đầu {from}.",
        "The last day {to} lies before the first day {from}.",
        "截止日期 {to} 早于开始日期 {from}。",
    ),
    (
        "not_monday",
        "{day} không phải thứ Hai; tỷ giá áp dụng từ thứ Hai đến Chủ nhật (Nghị định 08/2015/NĐ-CP Điều 21(3)).",
        "{day} is not a Monday; a rate holds from Monday to Sunday (Decree 08/2015/ND-CP art. 21(3)).",
        "{day} 不是星期一；汇率从星期一到星期日有效（08/2015/ND-CP 议定第 21(3) 条）。",
    ),
    (
        "row_repeated",
        "Dòng này lặp lại dòng {line} của tệp với nội dung khác.",
        "This row names the same as line {line} of the file but says something else.",
        "该行与文件第 {line} 行编码相同但内容不同。",
    ),
    (
        "import_done",
        "Đã nhận {taken} dòng.",
        "{taken} rows taken.",
        "已导入 {taken} 行。",
    ),
    (
        "import_some",
        "Đã nhận {taken} dòng, bỏ {bad} dòng.",
        "{taken} rows taken, {bad} left out.",
        "已导入 {taken} 行，略过 {bad} 行。",
    ),
    (
        "import_none",
        "{bad} dòng chưa đúng; chưa nhận dòng nào. Sửa tệp rồi nhập lại, hoặc thêm --skip-bad để nhận các dòng đúng.",
        "{bad} rows are wrong; no row was taken. Mend the file and import again, or add --skip-bad to take the good ones.",
        "{bad} 行有误；未导入任何行。请修正文件后重新导入，或加 --skip-bad 只导入正确的行。",
    ),
    (
        "import_waits",
        "Thay đổi đang chờ người thứ hai duyệt; chưa có hiệu lực.",
        "The change waits for a second person's approval; it has no effect yet.",
        "变更正等待第二人批准；尚未生效。",
    ),
    (
        "preview_law_only",
        "Chỉ xem trước được dữ liệu theo ngày (mã hàng, danh mục, tỷ giá, xã, cửa khẩu). Bỏ --preview để nhập cư dân.",
        "Only dated data (goods, goods-list, rates, communes, gates) can be previewed. Leave out --preview to import residents.",
        "只有按日期生效的数据（商品、清单、汇率、乡、口岸）可以预览。导入边民请去掉 --preview。",
    ),
    (
        "preview_counts",
        "Mới {new}, thay đổi {changed}, giữ nguyên {unchanged}, kết thúc {ended}, loại trừ {excluded}, sai {bad}. Chưa nhận dòng nào.",
        "{new} new, {changed} changed, {unchanged} unchanged, {ended} ended, {excluded} excluded, {bad} wrong. No row was taken.",
        "新增 {new}，变更 {changed}，不变 {unchanged}，结束 {ended}，除外 {excluded}，有误 {bad}。未导入任何行。",
    ),
    (
        "preview_new",
        "Mới ({shown} trong {count}):",
        "New ({shown} of {count}):",
        "新增（{count} 中的 {shown}）：",
    ),
    (
        "preview_changed",
        "Thay đổi ({shown} trong {count}):",
        "Changed ({shown} of {count}):",
        "变更（{count} 中的 {shown}）：",
    ),
    (
        "preview_ended",
        "Kết thúc ({shown} trong {count}):",
        "Ended ({shown} of {count}):",
        "结束（{count} 中的 {shown}）：",
    ),
    (
        "preview_excluded",
        "Loại trừ ({shown} trong {count}):",
        "Excluded ({shown} of {count}):",
        "除外（{count} 中的 {shown}）：",
    ),
    ("line", "Dòng {line}", "Line {line}", "第 {line} 行"),
    ("column", "cột {column}", "column {column}", "{column} 列"),
    (
        "database_exists",
        "Đã có cơ sở dữ liệu ở {path}; không tạo đè. Chọn thư mục khác bằng --data.",
        "There is a database at {path} already; it is not replaced. Choose another folder with --data.",
        "{path} 已有数据库，不会被覆盖。请用 --data 指定其他文件夹。",
    ),
    (
        "database_made",
        "Đã tạo cơ sở dữ liệu ở {path}.",
        "The database was made at {path}.",
        "已在 {path} 创建数据库。",
    ),
    (
        "password_short",
        "Mật khẩu trong BIENMAU_PASSWORD phải có ít nhất {least} ký tự.",
        "The password in BIENMAU_PASSWORD needs at least {least} characters.",
        "BIENMAU_PASSWORD 中的密码至少需要 {least} 个字符。",
    ),
    (
        "new_password_needed",
        "Cần --as và mật khẩu mới trong {name}.",
        "--as is needed, and the new password in {name}.",
        "需要 --as，以及 {name} 中的新密码。",
    ),
    (
        "key_missing",
        "Không có tệp khóa {path} và không có BIENMAU_PASSPHRASE. Chép tệp khóa cùng cơ sở dữ liệu vào thư mục này.",
        "There is no key file {path} and no BIENMAU_PASSPHRASE. Copy the key file of this database into the folder.",
        "没有密钥文件 {path}，也没有 BIENMAU_PASSPHRASE。请把该数据库的密钥文件复制到此文件夹。",
    ),
    (
        "key_or_head",
        "Nếu khóa đúng thì phần đầu tệp bị hỏng: hãy khôi phục từ bản sao lưu (bienmau restore).",
        "If the key is the right one, the head of the file is damaged: restore a backup (bienmau restore).",
        "如果密钥正确，则文件开头已损坏：请用备份恢复（bienmau restore）。",
    ),
    (
        "detail",
        "Chi tiết: {detail}",
        "Detail: {detail}",
        "详情：{detail}",
    ),
    (
        "gate_unknown",
        "Không có cửa khẩu “{gate}”. Các mã có: {known}.",
        "There is no gate “{gate}”. The codes held: {known}.",
        "没有口岸“{gate}”。现有代码：{known}。",
    ),
    (
        "day_invalid",
        "“{value}” không phải ngày. Ghi năm-tháng-ngày, ví dụ 2026-11-24.",
        "“{value}” is no day. Write year-month-day, as in 2026-11-24.",
        "“{value}”不是日期。请写年-月-日，例如 2026-11-24。",
    ),
    (
        "breach_state_unknown",
        "Không có trạng thái “{value}”. Các từ dùng được: open, upheld, waived, referred.",
        "There is no state “{value}”. Words taken: open, upheld, waived, referred.",
        "没有状态“{value}”。可用：open, upheld, waived, referred。",
    ),
    (
        "breach_kind_unknown",
        "Không có loại vi phạm “{value}”. Ví dụ: over_quota, fifth_trip, shared_phone.",
        "There is no kind of breach “{value}”. For example: over_quota, fifth_trip, shared_phone.",
        "没有违规种类“{value}”。例如：over_quota, fifth_trip, shared_phone。",
    ),
    (
        "breaches_scanned",
        "{gate} ngày {day}: xem {forms} tờ khai, mở {opened}, bổ sung {grown}.",
        "{gate} {day}: {forms} forms looked over, {opened} opened, {grown} grown.",
        "{gate} {day}：查看 {forms} 份申报单，新开 {opened}，补充 {grown}。",
    ),
    (
        "time_invalid",
        "“{value}” không phải thời điểm. Ghi theo RFC 3339, ví dụ 2026-11-24T08:30:00+07:00.",
        "“{value}” is no time. Write it as RFC 3339, as in 2026-11-24T08:30:00+07:00.",
        "“{value}”不是时间。请按 RFC 3339 书写，例如 2026-11-24T08:30:00+07:00。",
    ),
    (
        "gate_needed",
        "Báo cáo này cần cửa khẩu: thêm --gate MÃ, hoặc --all-gates cho báo cáo theo kỳ.",
        "This report needs a gate: add --gate CODE, or --all-gates for one over a period.",
        "此报表需要口岸：请加 --gate 代码；期间报表可用 --all-gates。",
    ),
    (
        "report_unknown",
        "Không có báo cáo “{value}”. Các báo cáo có: {known}.",
        "There is no report “{value}”. Those held: {known}.",
        "没有报表“{value}”。现有报表：{known}。",
    ),
    (
        "print_stale",
        "Tờ khai {id} bị từ chối, không có bản in; hoặc vừa được in ở nơi khác. Xem lại tờ khai rồi in.",
        "The declaration {id} was refused and has no print, or was printed elsewhere just now. Look at it again, then print.",
        "申报单 {id} 已被拒绝，没有打印件；或刚在别处打印。请查看后再打印。",
    ),
    (
        "printed_copy",
        "Bản chính đã in {times} lần trước: lần này là bản sao và ghi rõ trên giấy.",
        "It had been printed {times} times before: this print is a copy and says so.",
        "此前已打印 {times} 次：本次为副本，并已在纸上注明。",
    ),
    (
        "shift_invalid",
        "“{value}” không phải độ lệch. Viết số mm sang phải và xuống dưới, không quá 30 mm, ví dụ 1.5,-2.",
        "“{value}” is no shift. Write millimetres right and down, at most 30, as in 1.5,-2.",
        "“{value}”不是偏移量。请写向右和向下的毫米数，最多 30，例如 1.5,-2。",
    ),
    (
        "form_unknown",
        "Không có mẫu “{value}”. Các mẫu: {known}.",
        "There is no form “{value}”. The forms: {known}.",
        "没有单证“{value}”。可用：{known}。",
    ),
    (
        "id_invalid",
        "“{value}” không phải mã hay số tờ khai. Mã là UUID, ví dụ 0199c3a2-7c1e-7a00-8000-000000000001; số như MONGCAI/2026/NK/Q1-000001.",
        "“{value}” is neither id nor number of a declaration. An id is a UUID, as in 0199c3a2-7c1e-7a00-8000-000000000001; a number is like MONGCAI/2026/NK/Q1-000001.",
        "“{value}”不是申报单的编号或单号。编号为 UUID，例如 0199c3a2-7c1e-7a00-8000-000000000001；单号如 MONGCAI/2026/NK/Q1-000001。",
    ),
    (
        "not_a_list",
        "Tệp {path} không phải bảng kê mua gom: {detail}. Xem `bienmau gather --help`.",
        "The file {path} is no list of gathered goods: {detail}. See `bienmau gather --help`.",
        "文件 {path} 不是收购清单：{detail}。请参阅 `bienmau gather --help`。",
    ),
    (
        "list_long",
        "Tệp {path} dài hơn {limit} byte. Chia thành nhiều bảng kê.",
        "The file {path} is longer than {limit} bytes. Split it into several lists.",
        "文件 {path} 超过 {limit} 字节。请分成多张清单。",
    ),
    (
        "number_ambiguous",
        "Số {number} có trên giấy tờ của nhiều người. Thêm --kind: {kinds}.",
        "The number {number} is on papers of several persons. Add --kind: {kinds}.",
        "号码 {number} 出现在多人的证件上。请加 --kind：{kinds}。",
    ),
    (
        "number_unknown",
        "Không có người nào mang giấy tờ số {number}. Kiểm tra lại số, hoặc nhập cư dân trước.",
        "Nobody with a paper numbered {number} is held. Check the number, or import the residents first.",
        "没有持证件号 {number} 的人。请检查号码，或先导入边民。",
    ),
    (
        "declaration_unknown",
        "Không có tờ khai {id} trong cơ sở dữ liệu này.",
        "There is no declaration {id} in this database.",
        "此数据库中没有申报单 {id}。",
    ),
    (
        "cancel_stale",
        "Tờ khai {id} đã hủy hoặc bị từ chối từ trước, không hủy được nữa.",
        "The declaration {id} was cancelled or refused before and can't be cancelled.",
        "申报单 {id} 已取消或被拒绝，不能再取消。",
    ),
    (
        "one_gate",
        "Nêu một cửa khẩu (--gate) và một ngày để nhập số đếm hoặc khóa sổ.",
        "Name one gate (--gate) and one day to take counts or to close.",
        "录入点数或结账时，请指定一个口岸 (--gate) 和一个日期。",
    ),
    (
        "close_waits",
        "Đã đề nghị khóa sổ; chờ người thứ hai xác nhận.",
        "The close is proposed; it waits for a second person.",
        "已提出结账，等待第二人确认。",
    ),
    (
        "day_closed",
        "Đã khóa sổ. SHA-256: {digest}",
        "The day is closed. SHA-256: {digest}",
        "已结账。SHA-256：{digest}",
    ),
    (
        "out_needed",
        "Tệp XLSX hoặc PDF không hiện được trên màn hình. Thêm --out TỆP hoặc chuyển hướng đầu ra.",
        "An XLSX or PDF file can't be shown on a terminal. Add --out FILE or redirect the output.",
        "XLSX 或 PDF 文件不能显示在终端上。请加 --out 文件名或重定向输出。",
    ),
    (
        "line_long",
        "dài quá {limit} byte; không đọc",
        "longer than {limit} bytes; not read",
        "超过 {limit} 字节；未读取",
    ),
    (
        "line_not_text",
        "không phải văn bản UTF-8",
        "is not UTF-8 text",
        "不是 UTF-8 文本",
    ),
    (
        "line_not_json",
        "không phải JSON hợp lệ, sai ở cột {column} ({detail})",
        "is not valid JSON, wrong at column {column} ({detail})",
        "不是有效的 JSON，第 {column} 列出错（{detail}）",
    ),
    (
        "line_not_declaration",
        "là JSON nhưng không đúng mẫu tờ khai, sai ở cột {column} ({detail})",
        "is JSON but no declaration, wrong at column {column} ({detail})",
        "是 JSON 但不符合申报单格式，第 {column} 列出错（{detail}）",
    ),
    (
        "declared",
        "{registered} tờ khai được đăng ký, {refused} bị từ chối, {unreadable} dòng không đọc được.",
        "{registered} declarations registered, {refused} refused, {unreadable} lines unreadable.",
        "{registered} 份申报已登记，{refused} 份被拒绝，{unreadable} 行无法读取。",
    ),
    (
        "verified",
        "{records} bản ghi, {declarations} tờ khai, {differences} chỗ sai lệch.",
        "{records} records, {declarations} declarations, {differences} differences.",
        "{records} 条记录，{declarations} 份申报，{differences} 处不符。",
    ),
    (
        "not_an_anchor",
        "Tệp {path} không phải neo nhật ký. Đề nghị đơn vị kia gửi lại tệp.",
        "The file {path} is no anchor of a log. Ask the other office for it again.",
        "文件 {path} 不是日志锚。请对方单位重新发送。",
    ),
    (
        "backed_up",
        "Đã sao lưu {records} bản ghi vào {path} và kiểm tra lại. Bản sao mã hóa bằng khóa của cơ sở dữ liệu: giữ tệp khóa ở nơi khác.",
        "{records} records were backed up to {path} and checked. The copy is encrypted with the database's key: keep the key file elsewhere.",
        "已将 {records} 条记录备份到 {path} 并检查。备份用数据库的密钥加密：请另行保存密钥文件。",
    ),
    (
        "backup_differs",
        "Bản sao có {differences} chỗ sai lệch, giống như cơ sở dữ liệu; chạy bienmau verify.",
        "The copy has {differences} differences, as the database itself has; run bienmau verify.",
        "备份有 {differences} 处不符，与数据库本身相同；请运行 bienmau verify。",
    ),
    (
        "restored",
        "Đã khôi phục {records} bản ghi từ {path}.",
        "{records} records were restored from {path}.",
        "已从 {path} 恢复 {records} 条记录。",
    ),
    (
        "kept_aside",
        "Cơ sở dữ liệu cũ được giữ ở {path}.",
        "The database before it is kept at {path}.",
        "原数据库保存在 {path}。",
    ),
    (
        "restore_loses",
        "Cơ sở dữ liệu hiện nay có {lost} bản ghi mà bản sao không có: khôi phục sẽ mất chúng, và số tờ khai đã in sẽ bị cấp lại. Chưa thay đổi gì. Nếu vẫn muốn, thêm --force; cơ sở dữ liệu hiện nay sẽ được giữ lại dưới tên khác.",
        "The present database has {lost} records that the copy does not have: they would be lost, and numbers already printed would be given again. Nothing was changed. If you still want it, add --force; the present database is then kept under another name.",
        "当前数据库有 {lost} 条记录是备份中没有的：恢复将丢失这些记录，已打印的编号会被重新使用。未作任何更改。如仍要恢复，请加 --force；当前数据库将以其他名称保留。",
    ),
    (
        "restore_lost",
        "Mất {lost} bản ghi mới hơn bản sao; số tờ khai của chúng sẽ được cấp lại. Đối chiếu với tờ khai giấy.",
        "{lost} records newer than the copy are gone; their form numbers will be given again. Compare with the paper forms.",
        "比备份新的 {lost} 条记录已丢失；其编号会被重新使用。请与纸质申报单核对。",
    ),
    (
        "restore_differs",
        "Bản sao mở được nhưng có {differences} chỗ sai lệch, có thể đã bị sửa. Chưa thay đổi gì. Nếu vẫn muốn, thêm --force.",
        "The copy opens but has {differences} differences; it may have been changed by hand. Nothing was changed. If you still want it, add --force.",
        "备份可以打开，但有 {differences} 处不符，可能被改动过。未作任何更改。如仍要恢复，请加 --force。",
    ),
    (
        "copy_key_wrong",
        "Khóa của thư mục này không mở được bản sao {path}: bản sao của nơi khác, hoặc đầu tệp bị hỏng. Cơ sở dữ liệu giữ nguyên.",
        "This folder's key does not open the copy {path}: it is of another office, or its head is damaged. The database is as it was.",
        "此文件夹的密钥打不开备份 {path}：它属于其他单位，或文件开头已损坏。数据库保持不变。",
    ),
    (
        "copy_damaged",
        "Bản sao {path} bị hỏng. Cơ sở dữ liệu giữ nguyên; dùng bản sao khác.",
        "The copy {path} is damaged. The database is as it was; use another copy.",
        "备份 {path} 已损坏。数据库保持不变；请使用其他备份。",
    ),
];

#[cfg(test)]
mod tests;
