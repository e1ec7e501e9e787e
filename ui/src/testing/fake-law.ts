// The law of the backend in memory: two kinds, one rule each, one change that waits.
import type {
  Commands,
  LawChangeView,
  LawField,
  LawKindView,
  LawProposalInput,
  LawRowView,
} from "../api/bindings";

type LawCommand = Extract<keyof Commands, `law_${string}`>;
type LawHandlers = {
  [K in LawCommand]: (request: Commands[K]["request"]) => Commands[K]["response"];
};
type Fail = (code: "refused" | "not_found", message: string) => never;

const field = (name: string, label: string, part: Partial<LawField> = {}): LawField => ({
  name,
  label,
  input: "text",
  unit: "",
  options: [],
  optional: false,
  names: false,
  ...part,
});

const CLASSES = [
  { value: "standard", label: "thuế suất phổ thông" },
  { value: "reduced", label: "thuế suất giảm" },
];

const KINDS: LawKindView[] = [
  {
    kind: "quota",
    label: "Định mức miễn thuế",
    fields: [field("value_limit", "Trị giá miễn một ngày", { input: "money", unit: "VND" })],
    rows: 1,
    waiting: 1,
    second_person: true,
    tables: false,
  },
  {
    kind: "vat",
    label: "Thuế suất GTGT",
    fields: [
      field("class", "Loại", { input: "choice", options: CLASSES, names: true }),
      field("percent", "Thuế suất", { input: "number", unit: "%" }),
    ],
    rows: 2,
    waiting: 0,
    second_person: false,
    tables: false,
  },
  {
    kind: "list",
    label: "Danh mục hàng cư dân",
    fields: [field("prefix", "Nhóm mã HS", { names: true })],
    rows: 1,
    waiting: 0,
    second_person: false,
    tables: true,
  },
];

const row = (
  key: string,
  from: string,
  to: string | null,
  phase: LawRowView["phase"],
  percent: string,
): LawRowView => ({
  key,
  series: key.slice(0, key.lastIndexOf("/")),
  summary: `Thuế suất ${percent} %`,
  valid_from: from,
  valid_to: to,
  values: [
    { name: "class", label: "Loại", value: "standard", shown: "thuế suất phổ thông" },
    { name: "percent", label: "Thuế suất", value: percent, shown: `${percent} %` },
  ],
  basis: "Nghị quyết 204/2025/QH15",
  phase,
  by: phase === "future" ? "admin" : "",
  at: phase === "future" ? "2026-11-20T02:00:00Z" : null,
  approved_by: phase === "future" ? "branch" : "",
  approved_at: phase === "future" ? "2026-11-20T03:00:00Z" : null,
});

export const VAT_ROWS = [
  row("vat/standard/2025-07-01", "2025-07-01", "2026-12-31", "current", "8"),
  row("vat/standard/2027-01-01", "2027-01-01", null, "future", "10"),
];

const LOWER: LawChangeView = {
  id: "change-1",
  titles: ["Định mức miễn thuế · nhập khẩu"],
  series: 1,
  rows: [],
  ends: [],
  basis: "Nghị định (dự thảo)",
  reason: "",
  by: "admin",
  at: "2026-11-23T02:00:00Z",
  state: "waiting",
  decided_by: "",
  decided_at: null,
  decided_why: "",
};

const SUMS = { forms: 40, value_vnd: "60000000", excess_vnd: "0" };

export function lawHandlers(fail: Fail): LawHandlers {
  let changes = [LOWER];
  const decided = (id: string, state: LawChangeView["state"], why: string): LawChangeView => {
    const found = changes.find((one) => one.id === id) ?? fail("not_found", "Không có.");
    changes = changes.filter((one) => one.id !== id);
    return { ...found, state, decided_by: "branch", decided_why: why };
  };
  const made = (proposal: LawProposalInput): LawChangeView => ({
    ...LOWER,
    id: "change-2",
    titles: ["Thuế suất GTGT · phổ thông"],
    basis: proposal.basis,
    state: "taken",
  });
  return {
    law_kinds: () => KINDS,
    law_series: ({ kind, text }) => ({
      more: 0,
      rows: [
        {
          series: kind === "vat" ? "vat/standard" : `${kind}/import`,
          title: kind === "vat" ? "thuế suất phổ thông" : "nhập khẩu",
          today: "8 %",
          valid_from: "2025-07-01",
          valid_to: "2026-12-31",
          basis: "Nghị quyết 204/2025/QH15",
          rows: 2,
          changes_later: true,
        },
      ].filter(({ title }) => title.includes(text)),
    }),
    law_rule: ({ series }) => ({
      series,
      kind: "vat",
      title: "Thuế suất GTGT · phổ thông",
      today: "2026-11-24",
      rows: VAT_ROWS,
      changes: [],
    }),
    law_changes: () => changes,
    law_check: (proposal) => ({
      problems: proposal.rows.some(({ values }) => values.percent === "-1")
        ? [
            {
              code: "number_out_of_range",
              severity: "refuse",
              field: `rows[${proposal.rows.length - 1}].percent`,
              basis: "",
              message: "Số ngoài phạm vi.",
            },
          ]
        : [],
      saved: VAT_ROWS,
      removed: [],
      second_person: true,
    }),
    law_effect: () => ({
      past_from: null,
      past_to: null,
      past_forms: 0,
      today_forms: 3,
      open_forms: 2,
      open_touched: 0,
      replay: {
        from: "2026-10-25",
        to: "2026-11-24",
        bounded: false,
        forms: 40,
        affected_forms: 7,
        affected_persons: 6,
        refused: 0,
        accepted: 0,
        old: { ...SUMS, exempt_vnd: "60000000", due_vnd: "0" },
        new: { ...SUMS, exempt_vnd: "52000000", due_vnd: "812000" },
        first: [],
      },
    }),
    law_propose: made,
    law_approve: ({ id }) => decided(id, "taken", ""),
    law_reject: ({ id, reason }) => decided(id, "rejected", reason),
    law_table_preview: ({ text }) => ({
      new: text.split("\n").length - 2,
      changed: 0,
      unchanged: 1,
      ended: 0,
      excluded: 1,
      bad: 1,
      new_rows: [{ title: "0301", old: "", new: "được nhập", excluded: false }],
      changed_rows: [],
      ended_rows: [],
      excluded_rows: [{ title: "1005.10.00", old: "", new: "loại trừ", excluded: true }],
      bad_rows: [{ line: 4, column: "hs_prefix", reason: "“abc” không phải mã HS." }],
      unused: [],
      problems: [],
      second_person: false,
    }),
    law_table_take: ({ basis }) => ({ ...LOWER, id: "change-3", basis, state: "taken" }),
  };
}
