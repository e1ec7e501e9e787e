// Made-up people and goods for tests and for looking at the screens without a server.
import type {
  CorrectionTotals,
  DirectionTotals,
  GoodsHit,
  PersonView,
  ProgressView,
  QuotaView,
} from "../api/bindings";

export const QUOTA: QuotaView = {
  limit_vnd: "2000000",
  used_today_vnd: "650000",
  left_today_vnd: "1350000",
  trips_used: 2,
  trips_limit: 4,
  trips_today: 1,
  basis: "Quyết định 31/2026/QĐ-TTg, Điều 3",
};

const goods = (
  hs: string,
  name: string,
  units: string[],
  extra: Partial<GoodsHit> = {},
): GoodsHit => ({
  hs,
  name,
  units,
  on_list: true,
  mfn: "20",
  reference_price_vnd: "24000",
  quarantine: null,
  usual: false,
  ...extra,
});

export const GOODS: GoodsHit[] = [
  goods("07032090", "Tỏi", ["kg"], { quarantine: "plant", usual: true }),
  goods("07070000", "Dưa chuột", ["kg"], { quarantine: "plant" }),
  goods("61099010", "Áo phông dệt kim", ["chiếc", "kg"], { usual: true }),
  goods("84145110", "Quạt bàn", ["chiếc"], { on_list: false, reference_price_vnd: "350000" }),
];

export const PEOPLE: PersonView[] = ["Nguyễn Thị Hòa", "Nguyễn Văn Hòa", "Đỗ Thị Hoa"].map(
  (name, index) => ({
    id: `person-${index}`,
    name,
    born: `198${index}-03-1${index}`,
    sex: index === 1 ? "male" : "female",
    address: `Thôn ${index + 1}, Hải Sơn`,
    commune: "06724",
    commune_name: "Xã Hải Sơn",
    basis: "permanent_residence",
    phone: null,
    papers: [{ kind: "cccd", number: `•••••••0${index}12`, issued: null, expires: null }],
    quota:
      index === 2
        ? { ...QUOTA, used_today_vnd: "2000000", left_today_vnd: "0", trips_used: 4 }
        : QUOTA,
    month: Array.from({ length: 30 }, (_, day) => ({
      day: `2026-11-${String(day + 1).padStart(2, "0")}`,
      exempt_vnd: day % 9 === 3 ? "1200000" : "0",
      trips: day % 9 === 3 ? 1 : 0,
    })),
    history: [],
  }),
);

export const TOTALS: DirectionTotals = {
  forms: 42,
  residents: 39,
  value_vnd: "91250000",
  exempt_vnd: "70100000",
  excess_vnd: "21150000",
  duty_vnd: "2115000",
  excise_vnd: "0",
  environment_vnd: "0",
  vat_vnd: "1692000",
  fee_vnd: "0",
  weight_kg: "3120.5",
  registered: 40,
  released: 37,
  refused: 1,
  cancelled: 2,
  pending: 3,
};

/** A day on which nothing of earlier days was corrected. */
export const NO_CORRECTIONS: CorrectionTotals = {
  amended: 0,
  returned: 0,
  cancelled: 0,
  refused: 0,
  forms: 0,
  value_vnd: "0",
  exempt_vnd: "0",
  excess_vnd: "0",
  duty_vnd: "0",
  excise_vnd: "0",
  environment_vnd: "0",
  vat_vnd: "0",
  fee_vnd: "0",
  weight_kg: "0",
};

/** A form nobody has taken a step on. */
export const NO_PROGRESS: ProgressView = {
  stage: "release",
  deadline: null,
  needs_inspection: false,
  ordered: null,
  presented: null,
  extended: null,
  inspected: null,
  certificates: [],
  taxed: null,
  paid: null,
  released: null,
  printed: 0,
  balance_vnd: "0",
  settlements: [],
};
