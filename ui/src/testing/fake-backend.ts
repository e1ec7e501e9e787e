// A backend in memory. It counts roughly, so that screens have figures; the law is not in it.
import type { Backend } from "../api/backend";
import type {
  AccountView,
  Answer,
  ApiError,
  CommandName,
  Commands,
  DeclarationRow,
  DraftInput,
  LineAnswer,
  PersonView,
  ProgressView,
  Violation,
} from "../api/bindings";
import { auditHandlers } from "./fake-audit";
import { createFakeBooks } from "./fake-books";
import { createFakeBreaches } from "./fake-breaches";
import { createFakeCash } from "./fake-cash";
import { correctionsOf } from "./fake-corrections";
import { GOODS, NO_CORRECTIONS, PEOPLE, QUOTA, TOTALS } from "./fake-data";
import { FakeHub } from "./fake-hub";
import { lawHandlers } from "./fake-law";
import { ALIGNMENT, sheetOf } from "./fake-print";
import { afterStep, refusalsOf, startOf } from "./fake-process";
import { createFakeReconcile } from "./fake-reconcile";
import { reportHandlers } from "./fake-report";
import { createFakeRights } from "./fake-rights";

type Handlers = {
  [K in CommandName]: (request: Commands[K]["request"]) => Commands[K]["response"];
};

/** A form as the fake server keeps it. */
export interface FakeForm {
  row: DeclarationRow;
  draft: DraftInput;
  answer: Answer;
  reason: string | null;
  progress: ProgressView;
  pending: boolean;
}

/** Thrown by a handler to answer with an error. */
class Refusal extends Error {
  constructor(readonly body: ApiError) {
    super(body.message);
  }
}

const PASSWORD = "demo-1234";
const PRINTERS = ["Quay-1", "Kho"];
const FORM_UNKNOWN: Violation = {
  code: "form_unknown",
  severity: "refuse",
  field: "text",
  basis: "",
  message: "Không có tờ khai này.",
};
const fold = (text: string) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const hit = (view: PersonView) => ({
  ...view,
  papers: view.papers.map(({ kind, number }) => ({ kind, number })),
});

function fail(code: ApiError["code"], message: string, violations: Violation[] = []): never {
  throw new Refusal({ code, message, violations });
}

function decide(draft: DraftInput): Answer {
  let left = Number(PEOPLE.find(({ id }) => id === draft.person)?.quota.left_today_vnd ?? 0);
  const lines = draft.lines.map((line): LineAnswer => {
    const rate = line.currency === "CNY" ? 3628.41 : 1;
    const value = Math.round(Number(line.quantity) * Number(line.unit_price) * rate);
    const exempt = draft.direction === "import" ? Math.min(left, value) : 0;
    const excess = draft.direction === "import" ? value - exempt : 0;
    left -= exempt;
    const duty = Math.round(excess * 0.2);
    const texts = { value, exempt, excess, duty, vat: Math.round((excess + duty) * 0.08) };
    return {
      value_vnd: String(texts.value),
      exempt_vnd: String(texts.exempt),
      excess_vnd: String(texts.excess),
      duty_vnd: String(texts.duty),
      excise_vnd: "0",
      environment_vnd: "0",
      vat_vnd: String(texts.vat),
      duty_percent: "20",
      vat_percent: "8",
      rate: String(rate),
    };
  });
  const sum = (key: "value_vnd" | "exempt_vnd" | "excess_vnd" | "duty_vnd" | "vat_vnd") =>
    String(lines.reduce((total, line) => total + Number(line[key]), 0));
  const violations = draft.lines.flatMap((line, index): Violation[] =>
    GOODS.find(({ hs }) => hs === line.hs)?.quarantine && line.certificate === null
      ? [
          {
            code: "quarantine_certificate",
            severity: "warn",
            field: `lines[${index}].certificate`,
            basis: "Thông tư 80/2019/TT-BTC, Điều 7",
            message: "Hàng phải kiểm dịch: cần số giấy kiểm dịch.",
          },
        ]
      : line.condition === "used"
        ? [
            {
              code: "used_goods",
              severity: "refuse",
              field: `lines[${index}].condition`,
              basis: "Nghị định 69/2018/NĐ-CP, Phụ lục I",
              message: "Hàng đã qua sử dụng không được nhập khẩu.",
            },
          ]
        : [],
  );
  return {
    id: draft.id,
    number: null,
    status: violations.some(({ severity }) => severity === "refuse") ? "refused" : "registered",
    value_vnd: sum("value_vnd"),
    exempt_vnd: sum("exempt_vnd"),
    excess_vnd: sum("excess_vnd"),
    duty_vnd: sum("duty_vnd"),
    excise_vnd: "0",
    environment_vnd: "0",
    vat_vnd: sum("vat_vnd"),
    fee_vnd: "0",
    total_due_vnd: String(Number(sum("duty_vnd")) + Number(sum("vat_vnd"))),
    inspection_required: sum("excess_vnd") !== "0",
    trips_used: 3,
    provisional: false,
    lines,
    violations,
  };
}

/** A server of one gate with three residents; `log` receives each command name. */
export function createFakeBackend(log: CommandName[] = [], hub = new FakeHub()): Backend {
  const people = [...PEOPLE];
  const forms: FakeForm[] = [];
  const person = (id: string | null) =>
    people.find((one) => one.id === id) ?? fail("not_found", "Không có cư dân này.");
  const form = (id: string) =>
    forms.find(({ row }) => row.id === id) ?? fail("not_found", "Không có tờ khai này.");
  const { issue, ...cash } = createFakeCash(fail);
  const rights = createFakeRights(fail);
  let accounts: AccountView[] = [
    {
      name: "lan",
      display_name: "Trần Thị Lan",
      role: "officer",
      active: true,
      duties: [],
      must_change_password: false,
      wrong_tries: 5,
      locked_until: "2026-11-24T01:15:00Z",
    },
  ];
  const handlers: Handlers = {
    ...cash,
    ...reportHandlers(fail),
    ...rights,
    system_status: () => ({
      version: "0.1.0",
      is_new: false,
      today: "2026-11-24",
      demo_accounts: [
        { user: "lan", password: PASSWORD, role: "officer" },
        { user: "minh", password: PASSWORD, role: "leader" },
      ],
      gates: [
        {
          code: "MONGCAI",
          name: "Cửa khẩu quốc tế Móng Cái (cầu Bắc Luân I)",
          kind: "international",
          parent: "",
        },
      ],
    }),
    session_sign_in: ({ user, password, gate, workstation }) =>
      password === PASSWORD
        ? {
            token: "token",
            user,
            display_name: "Trần Thị Lan",
            role: user === "hung" ? "supervisor" : "officer",
            gate,
            gate_name: "Cửa khẩu quốc tế Móng Cái (cầu Bắc Luân I)",
            workstation,
            idle_lock_seconds: 300,
            must_change_password: user === "thu",
            commands: user === "minh" ? ["report_daily"] : (Object.keys(handlers) as CommandName[]),
          }
        : fail("wrong_credentials", "Sai tài khoản hoặc mật khẩu."),
    account_first: () => null,
    password_change: ({ old }) =>
      old === PASSWORD ? null : fail("wrong_credentials", "Sai tài khoản hoặc mật khẩu."),
    account_list: () => accounts,
    account_unlock: ({ name }) => {
      accounts = accounts.map((account) =>
        account.name === name ? { ...account, wrong_tries: 0, locked_until: null } : account,
      );
      return accounts;
    },
    account_save: ({ password, ...account }) => {
      if (!account.display_name) {
        fail("refused", "Hãy xem các ô.", [
          {
            code: "field_required",
            severity: "refuse",
            field: "display_name",
            basis: "",
            message: "Ô này còn trống.",
          },
        ]);
      }
      accounts = [
        ...accounts.filter(({ name }) => name !== account.name),
        { ...account, must_change_password: !!password, wrong_tries: 0, locked_until: null },
      ];
      return accounts;
    },
    session_sign_out: () => null,
    session_lock: () => null,
    session_unlock: ({ password }) =>
      password === PASSWORD ? null : fail("wrong_credentials", "Sai mật khẩu."),
    person_find: ({ text }) => ({
      reading: text.trim() === "" ? "empty" : /^\d+$/.test(text) ? "number" : "name",
      problems: [],
      scanned: null,
      matches:
        text.trim() === ""
          ? []
          : people.filter(({ name }) => fold(name).includes(fold(text).trim())).map(hit),
    }),
    person_view: ({ id }) => ({
      ...person(id),
      history: forms.filter(({ row }) => row.person === id).map(({ row }) => row),
    }),
    person_save: (save) => {
      const view = {
        ...save,
        id: save.id ?? `person-${people.length}`,
        commune_name: "Xã Hải Sơn",
        month: [],
        history: [],
        basis: "permanent_residence" as const,
        quota: QUOTA,
      };
      people.push(view);
      return view;
    },
    commune_list: () => [
      { code: "06724", name: "Xã Hải Sơn" },
      { code: "06712", name: "Phường Móng Cái 1" },
    ],
    goods_find: ({ text }) =>
      GOODS.filter(
        ({ hs, name }) => hs.startsWith(text) || fold(name).includes(fold(text)),
      ).toSorted((a, b) => Number(b.usual) - Number(a.usual)),
    price_view: ({ hs, unit }) => ({
      hs,
      unit,
      reference: { price_vnd: "24000", source: "TB 1/2026", since: "2026-01-01" },
      months: 3,
      least: 5,
      times: "3",
      spread: {
        lines: 48,
        least_vnd: "12000",
        lower_vnd: "20000",
        median_vnd: "24000",
        upper_vnd: "28000",
        most_vnd: "48000",
      },
    }),
    declaration_preview: (draft) => {
      const decision = decide(draft);
      const least_tax_due_vnd = String(Math.floor(Number(decision.total_due_vnd) * 0.9));
      const entered_due_vnd = decision.total_due_vnd;
      return { decision, least_tax_due_vnd, entered_due_vnd, breaches: [] };
    },
    declaration_register: (draft) => {
      const answer = {
        ...decide(draft),
        number: `MC26-${String(forms.length + 1).padStart(6, "0")}`,
        provisional: hub.provisional,
      };
      if (answer.status === "refused") fail("refused", "Không đăng ký được.", answer.violations);
      const { value_vnd, exempt_vnd, excess_vnd, total_due_vnd } = answer;
      const progress = startOf(answer);
      forms.push({
        draft,
        answer,
        reason: null,
        progress,
        pending: false,
        row: {
          id: draft.id,
          number: answer.number,
          at: "2026-11-24T02:15:00Z",
          gate: "MONGCAI",
          direction: draft.direction,
          status: "registered",
          revision: 0,
          stage: progress.stage,
          person: draft.person ?? "",
          person_name: person(draft.person).name,
          value_vnd,
          exempt_vnd,
          excess_vnd,
          total_due_vnd,
          lines: draft.lines.length,
          goods: draft.lines[0]?.name ?? "",
        },
      });
      return answer;
    },
    ...correctionsOf(forms, form, decide, fail),
    exchange_register: ({ out, back }) => {
      const [gone, come] = [decide(out), decide(back)];
      const refused = gone.status === "refused" || come.status === "refused";
      const answers = refused
        ? { out: gone, back: come }
        : { out: handlers.declaration_register(out), back: handlers.declaration_register(back) };
      return {
        ...answers,
        difference_vnd: String(Number(come.value_vnd) - Number(gone.value_vnd)),
      };
    },
    declaration_queue: () =>
      forms
        .filter(({ row }) => row.stage !== null && row.stage !== "released")
        .map(({ row, progress }) => ({ form: row, progress, overdue: false })),
    declaration_step: ({ id, step }) => {
      const found = form(id);
      if (found.row.status !== "registered") fail("stale", "Tờ khai đã hủy.");
      const reasons = refusalsOf(found.progress, found.answer, step);
      if (reasons.length > 0) fail("refused", "Chưa thực hiện được bước này.", reasons);
      const taken =
        step.step === "pay" && step.method === "cash"
          ? { ...step, document: issue(found.row, step.document ?? "") }
          : step;
      found.progress = afterStep(found.progress, found.answer, taken);
      found.row = { ...found.row, stage: found.progress.stage };
      return found.progress;
    },
    declaration_list: ({ text }) => {
      const rows = forms
        .map(({ row }) => row)
        .filter((row) => fold(row.person_name).includes(fold(text)));
      const sum = (key: "value_vnd" | "exempt_vnd" | "excess_vnd" | "total_due_vnd") =>
        String(rows.reduce((total, row) => total + Number(row[key]), 0));
      return {
        rows,
        forms: rows.length,
        value_vnd: sum("value_vnd"),
        exempt_vnd: sum("exempt_vnd"),
        excess_vnd: sum("excess_vnd"),
        total_due_vnd: sum("total_due_vnd"),
      };
    },
    declaration_view: ({ id }) => {
      const { row, draft, answer, reason, progress, pending } = form(id);
      return {
        ...row,
        gate_name: "Cửa khẩu quốc tế Móng Cái",
        region_title: "Chi cục Hải quan khu vực VIII",
        office_title: "Hải quan cửa khẩu quốc tế Móng Cái",
        workstation: "QUAY-01",
        officer: "lan",
        officer_name: "Trần Thị Lan",
        cancel_reason: reason,
        correction_pending: pending,
        exchange: null,
        counterpart: draft.counterpart?.name ? { name: draft.counterpart.name, paper: null } : null,
        person: hit(person(row.person)),
        allocation: draft.allocation,
        answer,
        progress,
        lines: draft.lines.flatMap((line, index) => {
          const part = answer.lines[index];
          return part ? [{ ...line, ...part }] : [];
        }),
      };
    },
    form_print: (ask) => {
      const found = form(ask.id);
      const printed = sheetOf(found.row.number, found.progress.printed, ask);
      found.progress = { ...found.progress, printed: printed.times };
      return printed;
    },
    form_send: ({ id, printer, copy }) => {
      if (!PRINTERS.includes(printer)) fail("refused", `Không còn máy in “${printer}”.`);
      const found = form(id);
      const { mark, times } = sheetOf(found.row.number, found.progress.printed, { id, copy });
      found.progress = { ...found.progress, printed: times };
      return { mark, times };
    },
    printer_list: () => PRINTERS,
    form_find: ({ text }) => {
      const number = text.split(":")[1] ?? "";
      const found = forms.find(({ row }) => row.number === number);
      return {
        number,
        gate: "MONGCAI",
        gate_name: "Cửa khẩu quốc tế Móng Cái",
        id: found?.row.id ?? null,
        problems: found ? [] : [FORM_UNKNOWN],
      };
    },
    alignment_print: () => ALIGNMENT,
    ...lawHandlers(fail),
    ...auditHandlers(fail),
    ...createFakeBooks(fail),
    ...createFakeBreaches(fail),
    report_daily: ({ gate, day }) => ({
      gate,
      gate_name: "Cửa khẩu quốc tế Móng Cái",
      date: day,
      made_at: "2026-11-24T10:00:00Z",
      made_by: "Trần Thị Lan",
      directions: {
        import: TOTALS,
        export: { ...TOTALS, exempt_vnd: "0", excess_vnd: "0", duty_vnd: "0", vat_vnd: "0" },
      },
      closed: null,
      corrections: { import: NO_CORRECTIONS, export: NO_CORRECTIONS },
    }),
    ...createFakeReconcile(fail),
    ...hub.handlers(fail),
    report_export: ({ gate, day, format }) => ({
      path: `/home/officer/BienMau/${gate}-${day}.${format}`,
    }),
  };
  return {
    async send(text) {
      const { command, request } = JSON.parse(text) as { command: CommandName; request: never };
      log.push(command);
      try {
        return JSON.stringify({ ok: handlers[command](request) });
      } catch (error) {
        if (error instanceof Refusal) return JSON.stringify({ error: error.body });
        throw error;
      }
    },
  };
}
