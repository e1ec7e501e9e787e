// Drawers and receipts as the fake server keeps them.
import type {
  ApiError,
  CashSessionView,
  CommandName,
  Commands,
  DeclarationRow,
  ReceiptRow,
  Violation,
} from "../api/bindings";
import { paperOf } from "./fake-print";

type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;
type CashCommand = Extract<CommandName, `cash_${string}` | `receipt_${string}`>;
type Handlers = {
  [K in CashCommand]: (request: Commands[K]["request"]) => Commands[K]["response"];
};

const MARK = { at: "2026-11-24T02:00:00Z", by: "lan", name: "Trần Thị Lan" };
const OTHER = { at: "2026-11-24T02:30:00Z", by: "hung", name: "Lê Văn Hùng" };
const NOTES = ["500000", "100000", "1000"];

export const SESSION_VIEW: CashSessionView = {
  id: "drawer-0",
  gate: "MONGCAI",
  opened: MARK,
  day: "2026-11-24",
  stage: "open",
  float_vnd: "0",
  receipts: 0,
  taken_vnd: "0",
  expected_vnd: "0",
  counted_vnd: null,
  difference_vnd: null,
  notes: [],
  small_vnd: "0",
  reason: "",
  closed: null,
  acknowledged: null,
  handed_over: null,
  deadline: "2026-11-25T00:30:00Z",
  overdue: false,
};

const refusal = (code: string, message: string, field = "step"): Violation => ({
  code,
  severity: "refuse",
  field,
  basis: "Thông tư 80/2019/TT-BTC Điều 6(5)",
  message,
});

/** `issue` takes the cash of a form in and gives the receipt's number. */
export function createFakeCash(
  fail: Fail,
): Handlers & { issue: (form: DeclarationRow, typed: string) => string } {
  const sessions: CashSessionView[] = [];
  const receipts: ReceiptRow[] = [];
  const session = (id: string) =>
    sessions.find((one) => one.id === id) ?? fail("not_found", "Không có ca này.");
  const receipt = (id: string) =>
    receipts.find((one) => one.id === id) ?? fail("not_found", "Không có biên lai này.");
  const own = () => sessions.find(({ stage }) => stage === "open") ?? null;
  const move = (drawer: CashSessionView, amount: number) => {
    drawer.taken_vnd = String(Number(drawer.taken_vnd) + amount);
    drawer.expected_vnd = String(Number(drawer.float_vnd) + Number(drawer.taken_vnd));
  };
  return {
    issue(form, typed) {
      const drawer = own();
      if (drawer === null) {
        return fail("refused", "Chưa thực hiện được.", [
          refusal("cash_session_missing", "Bạn chưa mở ca thu tiền. Mở ca (phím F2) rồi thu."),
        ]);
      }
      const number = typed || `MONGCAI/2026/BL/Q1-${String(receipts.length + 1).padStart(6, "0")}`;
      receipts.unshift({
        id: `receipt-${receipts.length}`,
        number,
        preprinted: typed !== "",
        session: drawer.id,
        form: form.id,
        form_number: form.number,
        person_name: form.person_name,
        amount_vnd: form.total_due_vnd,
        issued: MARK,
        status: "standing",
        reason: "",
        asked: null,
        confirmed: null,
      });
      drawer.receipts += 1;
      move(drawer, Number(form.total_due_vnd));
      return number;
    },
    cash_desk: () => ({
      own: own(),
      sessions: sessions.map((one) => ({ ...one })),
      receipts: receipts.map((one) => ({ ...one })),
      notes_vnd: NOTES,
      overdue: sessions.filter(({ overdue }) => overdue).length,
    }),
    cash_open: ({ float_vnd }) => {
      const opened = { ...SESSION_VIEW, id: `drawer-${sessions.length}`, float_vnd };
      sessions.unshift(opened);
      move(opened, 0);
      return opened;
    },
    cash_close: ({ id, notes, small_vnd, reason }) => {
      const found = session(id);
      const counted = notes.reduce(
        (sum, { note_vnd, count }) => sum + Number(note_vnd) * count,
        Number(small_vnd ?? "0"),
      );
      const difference = counted - Number(found.expected_vnd);
      const after = Number(found.taken_vnd) > 0 ? "hand_over" : "done";
      return Object.assign(found, {
        counted_vnd: String(counted),
        difference_vnd: String(difference),
        reason,
        closed: MARK,
        stage: difference === 0 ? after : "difference",
      });
    },
    cash_acknowledge: ({ id }) =>
      Object.assign(session(id), { acknowledged: OTHER, stage: "hand_over" }),
    cash_hand_over: ({ id, day, slip, amount_vnd }) =>
      Object.assign(session(id), {
        handed_over: { mark: MARK, day, slip, amount_vnd },
        stage: "done",
        overdue: false,
      }),
    cash_day: ({ gate, day }) => ({
      gate,
      day,
      computed_vnd: "50000",
      paid_cash_vnd: "50000",
      paid_bank_vnd: "0",
      refunded_vnd: "0",
      to_refund_vnd: "0",
      unpaid_vnd: "0",
      series: [{ series: "MONGCAI/2026/BL/Q1", first: 1, last: 1, receipts: 1, missing: [] }],
      receipts: 1,
      preprinted: 0,
      cancelled: 0,
      standing_vnd: "50000",
      recorded_vnd: "50000",
      counted_vnd: "0",
      taken_vnd: "50000",
      handed_over_vnd: "0",
      differences: [{ check: "open", about: "lan", amount_vnd: "50000" }],
    }),
    receipt_list: () => receipts,
    receipt_view: ({ id }) => ({
      row: receipt(id),
      series: "MONGCAI/2026/BL/Q1",
      serial: "000001",
      gate_name: "Cửa khẩu quốc tế Móng Cái",
      payer_address: "Thôn 1, Hải Sơn",
      payer_paper: "022185004321",
      purpose: "Thuế, lệ phí hàng hóa của cư dân biên giới",
      duty_vnd: "50000",
      excise_vnd: "0",
      environment_vnd: "0",
      vat_vnd: "0",
      fee_vnd: "0",
      amount_words: "Năm mươi nghìn đồng",
    }),
    receipt_print: ({ id }) => paperOf(`receipt ${id}`),
    receipt_cancel: ({ id, serial, reason }) => {
      const found = receipt(id);
      if (serial !== found.number) {
        fail("refused", "Chưa thực hiện được.", [
          refusal("receipt_paper_wrong", `Số trên tờ giấy không phải biên lai ${found.number}.`),
        ]);
      }
      return Object.assign(found, { status: "pending", reason, asked: MARK });
    },
    receipt_answer: ({ id, confirm }) =>
      Object.assign(receipt(id), {
        status: confirm ? "cancelled" : "standing",
        confirmed: confirm ? OTHER : null,
      }),
  };
}
