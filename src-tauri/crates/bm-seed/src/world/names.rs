//! Personal names of the peoples of Bình Liêu and Móng Cái, about as often as they are met.

use super::chance::Chance;

/// A people whose custom a name follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum People {
    /// Vietnamese of the coast.
    Kinh,
    /// Tày of the valleys.
    Tay,
    /// Dao of the heights.
    Dao,
    /// Sán Chỉ.
    SanChi,
    /// Hoa (Ngái) of the border towns.
    Hoa,
}

type Weighted = &'static [(u32, &'static str)];

const KINH: Weighted = &[
    (36, "Nguyễn"),
    (13, "Trần"),
    (10, "Phạm"),
    (9, "Lê"),
    (6, "Hoàng"),
    (6, "Vũ"),
    (5, "Bùi"),
    (4, "Đỗ"),
    (3, "Đặng"),
    (2, "Ngô"),
    (2, "Đinh"),
    (2, "Đoàn"),
    (2, "Lương"),
    (1, "Đào"),
    (1, "Mạc"),
    (1, "Phan"),
    (1, "Dương"),
];
const TAY: Weighted = &[
    (26, "Hoàng"),
    (16, "La"),
    (13, "Lô"),
    (8, "Nông"),
    (8, "Vi"),
    (7, "Lương"),
    (6, "Trần"),
    (5, "Hà"),
    (4, "Ngô"),
    (4, "Lý"),
    (3, "Dương"),
];
const DAO: Weighted = &[
    (25, "Chíu"),
    (19, "Tằng"),
    (16, "Phùn"),
    (14, "Dường"),
    (8, "Chìu"),
    (5, "Lỷ"),
    (4, "Bàn"),
    (4, "Đặng"),
    (3, "Triệu"),
];
const SAN_CHI: Weighted = &[
    (21, "Lỷ"),
    (19, "Trần"),
    (13, "Tằng"),
    (11, "Ninh"),
    (8, "Nình"),
    (8, "La"),
    (7, "Lục"),
    (6, "Hoàng"),
    (4, "Từ"),
];
const HOA: Weighted = &[
    (18, "Lỷ"),
    (16, "Voòng"),
    (14, "Tsần"),
    (12, "Hà"),
    (10, "Sỳ"),
    (9, "Lầu"),
    (8, "Giáp"),
    (7, "Chế"),
    (6, "Chíu"),
];

const MEN_MIDDLE: Weighted = &[
    (44, "Văn"),
    (9, "Đức"),
    (8, "Minh"),
    (7, "Quang"),
    (6, "Hữu"),
    (6, "Xuân"),
    (5, "Ngọc"),
    (5, "Thanh"),
    (4, "Mạnh"),
    (4, "Quốc"),
    (3, "Tiến"),
];
const WOMEN_MIDDLE: Weighted = &[
    (58, "Thị"),
    (6, "Thị Thu"),
    (6, "Thị Hồng"),
    (5, "Thị Thanh"),
    (5, "Thị Ngọc"),
    (5, "Thu"),
    (5, "Ngọc"),
    (4, "Thanh"),
    (3, "Minh"),
    (3, "Hồng"),
];
const MEN_GIVEN: &[&str] = &[
    "Hùng", "Dũng", "Cường", "Tuấn", "Thắng", "Sơn", "Hải", "Nam", "Long", "Quân", "Tùng", "Minh",
    "Đức", "Hiếu", "Trung", "Kiên", "Bình", "Hòa", "Toàn", "Thành", "Vinh", "Lợi", "Phúc", "Quý",
    "Hoàn", "Khánh", "Tiến", "Duy", "Thìn", "Tý", "Chiến", "Huy", "Lâm", "Thịnh",
];
const WOMEN_GIVEN: &[&str] = &[
    "Hoa", "Lan", "Hương", "Hằng", "Nga", "Thảo", "Trang", "Linh", "Mai", "Hạnh", "Thúy", "Huệ",
    "Yến", "Nhung", "Oanh", "Hà", "Liên", "Ngân", "Phương", "Dung", "Loan", "Vân", "Hiền", "Tâm",
    "Thu", "Xuân", "Bích", "Quỳnh", "Tuyết", "Lý", "Thơm", "Nguyệt", "Đào", "Gấm",
];
const HILL_MEN_MIDDLE: Weighted = &[
    (40, "A"),
    (14, "Dảu"),
    (12, "Phúc"),
    (12, "Văn"),
    (8, "Chăn"),
    (8, "Quay"),
    (6, "Sủi"),
];
const HILL_MEN_GIVEN: &[&str] = &[
    "Sáng", "Tình", "Sinh", "Lồng", "Vản", "Hiềng", "Phí", "Mằn", "Sềnh", "Cắm", "Nhì", "Tài",
    "Sì", "Chiu", "Thím", "Phềnh", "Dếnh", "Lầm", "Hồng", "Thành",
];
const HILL_WOMEN_MIDDLE: Weighted = &[
    (24, "Sám"),
    (22, "Nhì"),
    (20, "Tài"),
    (14, "Thị"),
    (11, "Sì"),
    (9, "Mỹ"),
];
const HILL_WOMEN_GIVEN: &[&str] = &[
    "Múi",
    "Mằn",
    "Nhộc",
    "Lan",
    "Hồng",
    "Dung",
    "Kíu",
    "Chắn",
    "Lìn",
    "Phượng",
    "Hà",
    "Sáng",
    "Giang",
    "Ngọc",
    "Thúy",
];

/// A full name: surname, middle name, given name.
pub(super) fn full_name(people: People, female: bool, chance: &mut Chance) -> String {
    let surname = chance.weighted(match people {
        People::Kinh => KINH,
        People::Tay => TAY,
        People::Dao => DAO,
        People::SanChi => SAN_CHI,
        People::Hoa => HOA,
    });
    let hill = match people {
        People::Kinh | People::Tay => false,
        People::Dao => true,
        People::SanChi | People::Hoa => chance.happens(550),
    };
    let (middle, given) = match (hill, female) {
        (false, false) => (MEN_MIDDLE, MEN_GIVEN),
        (false, true) => (WOMEN_MIDDLE, WOMEN_GIVEN),
        (true, false) => (HILL_MEN_MIDDLE, HILL_MEN_GIVEN),
        (true, true) => (HILL_WOMEN_MIDDLE, HILL_WOMEN_GIVEN),
    };
    let middle = chance.weighted(middle);
    let mut last = chance.one_of(given);
    while middle.ends_with(last) {
        last = chance.one_of(given);
    }
    format!("{surname} {middle} {last}")
}
