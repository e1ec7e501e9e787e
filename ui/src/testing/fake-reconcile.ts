// A gate's day as the fake server matches it: three differences, and what settles them.
import type {
  ApiError,
  CommandName,
  Commands,
  DifferenceView,
  FormsView,
  MarkView,
  ReconciliationView,
  Violation,
} from "../api/bindings";

type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;
type ReconcileCommand = Extract<
  CommandName,
  | `barrier_${string}`
  | `reconciliation_${string}`
  | `day_close${string}`
  | "difference_settle"
  | "settlement_answer"
>;
type Handlers = {
  [K in ReconcileCommand]: (request: Commands[K]["request"]) => Commands[K]["response"];
};

const MARK: MarkView = { at: "2026-11-24T02:00:00Z", by: "hung", name: "Lê Văn Hùng" };
const OTHER: MarkView = { at: "2026-11-24T02:30:00Z", by: "lan", name: "Trần Thị Lan" };
const DIGEST = "9f2c".repeat(16);

const form = (n: number) => ({
  id: `form-${n}`,
  number: `MONGCAI/2026/NK/Q1-00000${n}`,
  person: "hoa",
  person_name: "Nguyễn Thị Hòa",
});

export function difference(extra: Partial<DifferenceView>): DifferenceView {
  return {
    key: "unreleased_form/import/form-1",
    kind: "unreleased_form",
    title: "Hàng đã qua, tờ khai chưa thông quan",
    basis: "Thông tư 80/2019/TT-BTC Điều 7(4)",
    state: "open",
    direction: "import",
    figures: [
      { side: "forms", unit: "forms", amount: 0 },
      { side: "barrier", unit: "forms", amount: 1 },
    ],
    forms: [form(1)],
    candidates: [],
    receipts: [],
    session: null,
    passage: null,
    at: null,
    ways: [
      { way: "release", label: "Thông quan tờ khai", recorded: false },
      { way: "refer", label: "Chuyển xử lý vi phạm", recorded: true },
      { way: "explain", label: "Giải trình", recorded: true },
    ],
    needs_second: false,
    settlement: null,
    seen: null,
    ...extra,
  };
}

const FORMS: FormsView = {
  registered: 12,
  released: 10,
  refused: 0,
  cancelled: 1,
  pending: 1,
  left: 10,
  persons: 10,
  weight_kg: "310.5",
  counted: { persons: 10, forms: 11, vehicles: null, weight_kg: null },
};

export function dayView(gate: string, day: string): ReconciliationView {
  return {
    gate,
    gate_name: "Cửa khẩu quốc tế Móng Cái",
    day,
    state: "differs",
    forms: { import: FORMS, export: { ...FORMS, registered: 0, released: 0, left: 0 } },
    money: {
      computed_vnd: "364672",
      paid_cash_vnd: "364672",
      paid_bank_vnd: "0",
      refunded_vnd: "0",
      unpaid_vnd: "0",
      to_refund_vnd: "0",
      receipts: 2,
      preprinted: 2,
      cancelled: 0,
      standing_vnd: "364672",
      series: [],
      recorded_vnd: "2364672",
      counted_vnd: "2314672",
      taken_vnd: "364672",
      handed_over_vnd: "364672",
    },
    checks: [
      {
        name: "registered",
        direction: "import",
        unit: "forms",
        left: 12,
        side: "forms",
        right: 12,
        meets: true,
      },
      {
        name: "cash",
        direction: null,
        unit: "vnd",
        left: 2364672,
        side: "money",
        right: 2314672,
        meets: false,
      },
      {
        name: "forms",
        direction: "import",
        unit: "forms",
        left: 10,
        side: "barrier",
        right: 11,
        meets: false,
      },
    ],
    differences: [
      difference({}),
      difference({
        key: "cash_short/-/drawer",
        kind: "cash_short",
        title: "Quỹ thiếu tiền",
        direction: null,
        forms: [],
        session: { id: "drawer", cashier: "Trần Thị Lan" },
        ways: [{ way: "acknowledge", label: "Người thứ hai xác nhận", recorded: false }],
      }),
      difference({
        key: "missing_receipt/-/AB 102",
        kind: "missing_receipt",
        title: "Thiếu biên lai",
        direction: null,
        forms: [],
        receipts: ["AB 102"],
        state: "pending",
        ways: [],
        settlement: {
          id: "settlement-1",
          way: "spoiled",
          label: "Liên hỏng",
          reason: "rách",
          settled: OTHER,
          answered: null,
          own: false,
        },
      }),
    ],
    unsettled: 3,
    counts: [],
    against: [
      {
        code: "day_has_open_forms",
        severity: "refuse",
        field: "day",
        basis: "",
        message: "Còn tờ khai: MC26-000007.",
      },
    ],
    close_needs_second: true,
    closing: null,
    closed: null,
  };
}

export function createFakeReconcile(fail: Fail): Handlers {
  let held: ReconciliationView | null = null;
  const day = (gate: string, on: string) => {
    held ??= dayView(gate, on);
    return held;
  };
  const open = () => held ?? fail("not_found", "Không có ngày này.");
  const change = (key: string, extra: Partial<DifferenceView>) => {
    const view = open();
    held = {
      ...view,
      differences: view.differences.map((one) => (one.key === key ? { ...one, ...extra } : one)),
    };
    return held;
  };
  return {
    reconciliation_view: (of) => day(of.gate, of.day),
    reconciliation_period: ({ from, to }) => {
      const figures = {
        registered: 12,
        released: 10,
        refused: 0,
        cancelled: 1,
        pending: 1,
        due_vnd: "364672",
        paid_vnd: "364672",
        recorded_vnd: "0",
        counted_vnd: "0",
        left: 10,
        seen: 11,
        days: 1,
        closed: 0,
        differing: 1,
        unsettled: 3,
      };
      const line = { gate: "MONGCAI", day: to, state: "differs" as const, matched: true };
      return {
        from,
        to,
        days: [{ ...line, figures, digest: "" }],
        groups: [
          { level: "region", code: "VIII", name: "Khu vực VIII", state: "differs", figures },
        ],
        total: figures,
      };
    },
    barrier_save: ({ gate, day: on, counter, reason }) => {
      const view = day(gate, on);
      const count = {
        id: `count-${view.counts.length}`,
        counter,
        entered: MARK,
        file: "",
        passages: 0,
        totals: null,
        reason: reason ?? "",
        replaced: false,
      };
      held = {
        ...view,
        counts: [count, ...view.counts.map((one) => ({ ...one, replaced: true }))],
      };
      return held;
    },
    barrier_import: ({ text, take }) => ({
      totals: null,
      passages: text.trim().split("\n").length - 1,
      bad: text.includes("-1") ? [{ line: 2, column: "persons", reason: "Số âm." }] : [],
      unused: [],
      problems: [],
      taken: take ?? false,
    }),
    difference_settle: ({ key, way, reason }) =>
      change(key, {
        state: "settled",
        ways: [],
        settlement: {
          id: "settlement-2",
          way,
          label: way,
          reason,
          settled: MARK,
          answered: null,
          own: true,
        },
      }),
    settlement_answer: ({ id }) => {
      const found = open().differences.find(({ settlement }) => settlement?.id === id);
      return change(found?.key ?? "", { state: "settled" });
    },
    day_close: () => ({ closed: false, digest: "" }),
    day_close_answer: ({ confirm }) => ({ closed: confirm, digest: confirm ? DIGEST : "" }),
  };
}
