//! The communes the invented residents live in, and the gates they walk to.

use super::names::People;

/// A commune, how it is written on cards and where its people cross.
pub(super) struct Place {
    /// Code in the table of communes.
    pub(super) commune_code: &'static str,
    /// Name since 1 July 2025.
    pub(super) name: &'static str,
    /// Commune, district and province as on cards issued before that day.
    pub(super) on_old_cards: &'static str,
    /// Hamlets and quarters.
    pub(super) hamlets: &'static [&'static str],
    /// Who lives there.
    pub(super) peoples: &'static [(u32, People)],
    /// Gates and how often they are chosen.
    pub(super) gates: &'static [(u32, &'static str)],
    /// Whether trade follows the town's market and not the upland's.
    pub(super) town: bool,
}

const TOWN: &[(u32, People)] = &[(86, People::Kinh), (9, People::Hoa), (5, People::Tay)];
const TOWN_GATES: &[(u32, &str)] = &[(55, "MONGCAI"), (20, "MONGCAI2"), (25, "KM34")];
const BINH_LIEU: &[(u32, &str)] = &[(94, "HOANHMO"), (6, "BACPHONGSINH")];
const QUARTERS: &[&str] = &[
    "Khu 1", "Khu 2", "Khu 3", "Khu 4", "Khu 5", "Khu 6", "Khu 7", "Khu 8",
];

/// The places with how many of a hundred residents live there.
pub(super) const PLACES: &[(u32, Place)] = &[
    (
        20,
        Place {
            commune_code: "06712",
            name: "Phường Móng Cái 1",
            on_old_cards: "Hải Hòa, Móng Cái, Quảng Ninh",
            hamlets: QUARTERS,
            peoples: TOWN,
            gates: TOWN_GATES,
            town: true,
        },
    ),
    (
        17,
        Place {
            commune_code: "06709",
            name: "Phường Móng Cái 2",
            on_old_cards: "Ka Long, Móng Cái, Quảng Ninh",
            hamlets: QUARTERS,
            peoples: TOWN,
            gates: TOWN_GATES,
            town: true,
        },
    ),
    (
        9,
        Place {
            commune_code: "06736",
            name: "Phường Móng Cái 3",
            on_old_cards: "Hải Yên, Móng Cái, Quảng Ninh",
            hamlets: QUARTERS,
            peoples: TOWN,
            gates: &[(25, "MONGCAI"), (15, "MONGCAI2"), (60, "KM34")],
            town: true,
        },
    ),
    (
        5,
        Place {
            commune_code: "06724",
            name: "Xã Hải Sơn",
            on_old_cards: "Hải Sơn, Móng Cái, Quảng Ninh",
            hamlets: &[
                "Thôn Pò Hèn",
                "Thôn Lục Phủ",
                "Thôn Thán Phún",
                "Thôn Phình Hồ",
            ],
            peoples: &[
                (62, People::Dao),
                (20, People::Kinh),
                (12, People::Hoa),
                (6, People::Tay),
            ],
            gates: &[(55, "KM34"), (45, "MONGCAI")],
            town: false,
        },
    ),
    (
        7,
        Place {
            commune_code: "06733",
            name: "Xã Hải Ninh",
            on_old_cards: "Hải Đông, Móng Cái, Quảng Ninh",
            hamlets: &["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 5", "Thôn 7", "Thôn 10"],
            peoples: &[(90, People::Kinh), (10, People::Hoa)],
            gates: &[(45, "MONGCAI"), (55, "KM34")],
            town: true,
        },
    ),
    (
        8,
        Place {
            commune_code: "06931",
            name: "Xã Quảng Đức",
            on_old_cards: "Quảng Đức, Hải Hà, Quảng Ninh",
            hamlets: &[
                "Bản Cấu Phùng",
                "Bản Mốc 13",
                "Bản Lý Khoái",
                "Bản Nà Lý",
                "Bản Vắn Tốc",
            ],
            peoples: &[
                (66, People::Dao),
                (18, People::Kinh),
                (9, People::Hoa),
                (7, People::Tay),
            ],
            gates: &[(92, "BACPHONGSINH"), (8, "HOANHMO")],
            town: false,
        },
    ),
    (
        14,
        Place {
            commune_code: "06841",
            name: "Xã Hoành Mô",
            on_old_cards: "Hoành Mô, Bình Liêu, Quảng Ninh",
            hamlets: &[
                "Thôn Đồng Cậm",
                "Thôn Cửa Khẩu",
                "Thôn Pắc Pò",
                "Thôn Loòng Vài",
                "Thôn Nà Sa",
            ],
            peoples: &[
                (54, People::Tay),
                (30, People::Dao),
                (10, People::Kinh),
                (6, People::Hoa),
            ],
            gates: BINH_LIEU,
            town: false,
        },
    ),
    (
        9,
        Place {
            commune_code: "06856",
            name: "Xã Lục Hồn",
            on_old_cards: "Lục Hồn, Bình Liêu, Quảng Ninh",
            hamlets: &[
                "Thôn Bản Pạt",
                "Thôn Ngàn Chuồng",
                "Thôn Nà Luông",
                "Thôn Cao Thắng",
            ],
            peoples: &[
                (42, People::SanChi),
                (32, People::Tay),
                (22, People::Dao),
                (4, People::Kinh),
            ],
            gates: BINH_LIEU,
            town: false,
        },
    ),
    (
        10,
        Place {
            commune_code: "06838",
            name: "Xã Bình Liêu",
            on_old_cards: "Thị trấn Bình Liêu, Bình Liêu, Quảng Ninh",
            hamlets: &[
                "Khu Bình Quyền",
                "Khu Chang Chiếm",
                "Khu Nà Làng",
                "Khu Bình Dân",
            ],
            peoples: &[
                (50, People::Tay),
                (20, People::SanChi),
                (16, People::Kinh),
                (14, People::Dao),
            ],
            gates: BINH_LIEU,
            town: false,
        },
    ),
    (
        1,
        Place {
            commune_code: "06757",
            name: "Xã Vĩnh Thực",
            on_old_cards: "Vĩnh Thực, Móng Cái, Quảng Ninh",
            hamlets: &["Thôn 1", "Thôn 2", "Thôn 3"],
            peoples: &[(100, People::Kinh)],
            gates: TOWN_GATES,
            town: true,
        },
    ),
];

/// The place of a commune; residents that were not invented here count as of the first.
pub(super) fn of_commune(commune_code: &str) -> &'static Place {
    let known = PLACES
        .iter()
        .find(|(_, place)| place.commune_code == commune_code);
    known.map_or(&PLACES[0].1, |(_, place)| place)
}
