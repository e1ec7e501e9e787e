// Reports as the fake server makes them: two gates' goods of a month, the same whatever is asked.
import type {
  ApiError,
  KeptReport,
  ReportChoices,
  ReportColumn,
  ReportPlan,
  ReportRow,
  ReportTable,
} from "../api/bindings";

export const PLAN: ReportPlan = {
  basis: "statistical",
  period: "month",
  grouping: ["direction", "group"],
  sections: 1,
  filter: { groups: [], hs: [], countries: [], communes: [] },
  columns: ["mass", "value"],
  cumulative: true,
};

const DAYS: ReportPlan = {
  ...PLAN,
  basis: "day_book",
  grouping: ["day", "direction"],
  sections: 0,
  columns: ["value"],
  cumulative: false,
};

function column(id: string, heading: string, kind: ReportColumn["kind"], places = 0): ReportColumn {
  return { id, heading, kind, places, in_section: id === "direction" };
}

function row(kind: ReportRow["kind"], cells: string[], label = "", of: number[] = []): ReportRow {
  return { kind, depth: kind === "line" ? 1 : 0, of, label, cells };
}

const ABOUT = {
  days: "Tháng (01/11/2026 đến 30/11/2026)",
  about: [
    { name: "Cơ sở", text: "Thống kê: tờ khai đã thông quan (Thông tư 52/2020/TT-BTC)" },
    { name: "Lập lúc", text: "17:00 30/11/2026" },
  ],
  notes: ["Thông quan sau kỳ đăng ký chỉ tính vào cột lũy kế."],
  signatures: ["Người lập biểu"],
  empty: false,
  period: { from: "2026-11-01", to: "2026-11-30" },
  made_at: "2026-11-30T10:00:00Z",
};

export const TABLE: ReportTable = {
  ...ABOUT,
  file: "groups-MONGCAI-2026-11",
  title: "Thống kê theo nhóm hàng",
  columns: [
    column("direction", "Chiều", "text"),
    column("group", "Nhóm hàng", "text"),
    column("mass.period", "Quy tấn trong kỳ", "number", 6),
    column("value.period", "Trị giá (đ) trong kỳ", "number"),
    column("value.cumulative", "Trị giá (đ) lũy kế", "number"),
  ],
  rows: [
    row("section", ["", "", "", "", ""], "Nhập khẩu"),
    row("line", ["Nhập khẩu", "Rau củ", "12.5", "75000000", "90000000"]),
    row("line", ["Nhập khẩu", "Trái cây", "3.25", "25000000", "25000000"]),
    row("sum", ["", "", "15.75", "100000000", "115000000"], "Cộng Nhập khẩu", [1, 2]),
    row("total", ["", "", "15.75", "100000000", "115000000"], "Tổng cộng", [3]),
  ],
};

const BY_DAY: ReportTable = {
  ...ABOUT,
  file: "days-MONGCAI-2026-11",
  title: "Theo từng ngày",
  columns: [
    column("day", "Ngày", "day"),
    { ...column("direction", "Chiều", "text"), in_section: false },
    column("value.period", "Trị giá (đ)", "number"),
  ],
  rows: [
    row("line", ["2026-11-03", "Nhập khẩu", "5000000"]),
    row("line", ["2026-11-03", "Xuất khẩu", "2500000"]),
    row("line", ["2026-11-04", "Nhập khẩu", "10000000"]),
    row("total", ["", "", "17500000"], "Tổng cộng", [0, 1, 2]),
  ],
};

const BASES = {
  day_book: "Sổ ngày",
  statistical: "Thống kê",
  standing: "Đang có hiệu lực",
} as const;
const PERIODS = {
  day: "Ngày",
  half_month: "Nửa tháng",
  month: "Tháng",
  quarter: "Quý",
  half_year: "Sáu tháng",
  year: "Năm",
  span: "Khoảng ngày",
} as const;
const DIMENSIONS = {
  gate: "Cửa khẩu",
  direction: "Chiều",
  group: "Nhóm hàng",
  hs: "Mã HS",
} as const;
const MEASURES = { forms: "Số tờ khai", mass: "Quy tấn", value: "Trị giá (đ)" } as const;

function choices<W extends string>(words: Record<W, string>) {
  return (Object.keys(words) as W[]).map((word) => ({ word, title: words[word] }));
}

/** Reports of one server; `fail` answers with an error. */
export function reportHandlers(fail: (code: ApiError["code"], message: string) => never) {
  let kept: KeptReport[] = [];
  return {
    report_definitions: (): ReportChoices => ({
      ready: [
        { name: "groups", title: "Thống kê theo nhóm hàng", plan: PLAN },
        { name: "days", title: "Theo từng ngày", plan: DAYS },
      ],
      kept,
      may_keep: true,
      bases: choices(BASES),
      periods: choices(PERIODS),
      dimensions: choices(DIMENSIONS),
      measures: choices(MEASURES),
      groups: [{ word: "03", title: "Rau củ" }],
    }),
    report_run: ({ report, plan }: { report: string; plan?: ReportPlan }) =>
      report === "days" ? { plan: DAYS, table: BY_DAY } : { plan: plan ?? PLAN, table: TABLE },
    report_file: ({ format }: { format: string }) => ({
      path: `reports/groups-MONGCAI-2026-11.${format}`,
    }),
    report_save_definition: (ask: { id?: string; name: string; plan: ReportPlan }): KeptReport => {
      if (kept.some(({ id, name }) => name === ask.name && id !== ask.id)) {
        fail("refused", "Đã có mẫu báo cáo tên này.");
      }
      const one = {
        id: ask.id ?? `kept-${kept.length + 1}`,
        name: ask.name,
        plan: ask.plan,
        kept_by: "Phạm Quốc Cường",
        kept_at: "2026-11-24T02:00:00Z",
      };
      kept = [...kept.filter(({ id }) => id !== one.id), one];
      return one;
    },
    report_withdraw: ({ id }: { id: string }) => {
      kept = kept.filter((one) => one.id !== id);
      return null;
    },
  };
}
