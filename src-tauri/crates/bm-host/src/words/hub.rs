//! What is said of the hub of an office.

/// Code, Vietnamese, English, Chinese.
pub(super) const WORDS: &[(&str, &str, &str, &str)] = &[
    (
        "hub_address",
        "Không đọc được địa chỉ máy chủ chung: {detail}. Dạng đúng: postgresql://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu?sslrootcert=ca.pem",
        "The address of the hub can't be read: {detail}. It looks like postgresql://name:password@host:5432/database?sslrootcert=ca.pem",
        "无法读取中心服务器地址：{detail}。格式为 postgresql://名称:密码@主机:5432/数据库?sslrootcert=ca.pem",
    ),
    (
        "hub_joined_another",
        "Thư mục này đã tham gia một máy chủ chung khác. Chưa gửi gì. Hãy kiểm tra địa chỉ.",
        "This folder joined another hub. Nothing was sent. Check the address.",
        "此文件夹已加入另一台中心服务器。未发送任何内容。请检查地址。",
    ),
    (
        "hub_both_recorded",
        "Máy chủ chung đã có dữ liệu, và cơ sở dữ liệu này cũng có {records} bản ghi của riêng nó: không biết luật và tài khoản nào là đúng. Chưa gửi gì. Hãy tham gia từ một thư mục mới; nhập lại tờ khai cũ nếu cần.",
        "The hub holds data already, and this database has {records} records of its own: which law and accounts hold can't be told. Nothing was sent. Join with a new folder; enter old forms again where they are needed.",
        "中心服务器已有数据，而此数据库也有自己的 {records} 条记录：无法判断哪套法规和账户有效。未发送任何内容。请用新文件夹加入；必要时重新录入旧申报单。",
    ),
    (
        "hub_as_it_was",
        "Máy chủ chung đã sẵn sàng từ trước (cấu trúc {schema}); không thay đổi gì.",
        "The hub was there already (schema {schema}); nothing was changed.",
        "中心服务器早已就绪（结构 {schema}）；未作更改。",
    ),
    (
        "hub_made",
        "Đã tạo máy chủ chung (cấu trúc {schema}). Tiếp theo: “bienmau hub admit” cho từng quầy.",
        "The hub is made (schema {schema}). Next: “bienmau hub admit” for each workstation.",
        "中心服务器已建立（结构 {schema}）。下一步：为每个窗口运行“bienmau hub admit”。",
    ),
    (
        "hub_admitted",
        "{name} được vào. Địa chỉ dưới đây có mật khẩu và chỉ hiện một lần: dùng cho “bienmau hub join” ở quầy đó.",
        "{name} is let in. The address below holds its password and is told this once: use it for “bienmau hub join” there.",
        "{name} 已获准加入。下面的地址含密码，只显示一次：请在该窗口用于“bienmau hub join”。",
    ),
    (
        "reason_missing",
        "Cần nêu lý do (--reason).",
        "A reason is needed (--reason).",
        "需要说明理由（--reason）。",
    ),
];
