// Breaches as the fake server keeps them: three of them, and who may decide.
import type {
  ApiError,
  BreachKind,
  BreachRow,
  BreachState,
  BreachView,
  CommandName,
  Commands,
  HarmlessView,
  Violation,
} from "../api/bindings";
import { PEOPLE } from "./fake-data";

type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;
type BreachCommand = Extract<CommandName, `breach_${string}` | `harmless_${string}` | "overview">;
type Handlers = {
  [K in BreachCommand]: (request: Commands[K]["request"]) => Commands[K]["response"];
};

const MARK = { at: "2026-11-24T02:00:00Z", by: "lan", name: "Trần Thị Lan" };
const CHIEF = { at: "2026-11-24T03:00:00Z", by: "hung", name: "Lê Văn Hùng" };

function breach(id: string, kind: BreachKind, extra: Partial<BreachRow> = {}): BreachView {
  return {
    row: {
      id,
      kind,
      gravity: "notice",
      state: "open",
      gate: "MONGCAI",
      day: "2026-11-24",
      last: MARK.at,
      attempts: 1,
      who: "Nguyễn Thị Hòa",
      people: 1,
      forms: 1,
      why: `Vì ${kind}.`,
      assigned: null,
      assigned_name: "",
      is_own: false,
      ...extra,
    },
    basis: "Nghị định 134/2016/NĐ-CP Phụ lục V",
    opened: MARK,
    facts: [{ name: "limit", label: "Định mức ngày (đồng)", text: "2.000.000" }],
    forms: [],
    people: PEOPLE.slice(0, 1).map((person) => ({ ...person, quota: null })),
    acts: [],
    is_pattern: kind.startsWith("shared_"),
    deciders: [{ name: "hung", display_name: "Lê Văn Hùng" }],
  };
}

export function createFakeBreaches(fail: Fail): Handlers {
  const entries = [
    breach("breach-0", "fifth_trip"),
    breach("breach-1", "off_list", { gravity: "attempt", attempts: 3 }),
    breach("breach-2", "shared_phone", { people: 4, forms: 4 }),
    breach("breach-3", "second_trip", { is_own: true }),
  ];
  const verdicts: HarmlessView[] = [];
  const entry = (id: string) =>
    entries.find(({ row }) => row.id === id) ?? fail("not_found", "Không tìm thấy.");
  const decide = (id: string, state: BreachState, reason: string) => {
    const one = entry(id);
    one.row = { ...one.row, state };
    one.acts = [...one.acts, { mark: CHIEF, state, to: "", reason }];
    return one;
  };
  const tally = () => entries.map(({ row: { kind, state } }) => ({ kind, state, count: 1 }));
  return {
    overview: () => ({
      gate: "MONGCAI",
      breaches: tally().filter(({ state }) => state === "open"),
      breaches_own: 1,
      breaches_referred: 0,
      corrections: 2,
      corrections_own: 1,
      forms_open: 5,
      forms_late: 1,
      forms_near: 2,
      cash_open: 1,
      cash_unseen: 0,
      cash_waiting: 1,
      cash_late: 1,
      receipts: 0,
      law_changes: 0,
      days_open: [{ gate: "MONGCAI", day: "2026-11-23" }],
    }),
    breach_list: ({ state, kind }) => {
      const rows = entries
        .map(({ row }) => row)
        .filter((row) => (!state || row.state === state) && (!kind || row.kind === kind));
      return { rows, total: rows.length, counts: tally() };
    },
    breach_view: ({ id }) => ({ ...entry(id) }),
    breach_assign: ({ id, to }) => {
      const one = entry(id);
      one.row = { ...one.row, assigned: to, assigned_name: "Lê Văn Hùng" };
      one.acts = [...one.acts, { mark: CHIEF, state: null, to: "Lê Văn Hùng", reason: "" }];
      return null;
    },
    breach_decide: ({ id, state, reason }) => {
      decide(id, state, reason);
      return null;
    },
    breach_harmless: ({ id, until, reason }) => {
      const { row } = decide(id, "waived", reason);
      verdicts.push({
        id: `verdict-${verdicts.length}`,
        kind: row.kind,
        subject: "••••••3456",
        gate: row.gate,
        people: row.people,
        until: until || null,
        reason,
        judged: CHIEF,
        withdrawn: null,
        withdraw_reason: "",
      });
      return null;
    },
    breach_scan: () => ({ forms: 42, opened: 0, grown: 0, known: 1 }),
    harmless_list: () => verdicts.filter(({ withdrawn }) => withdrawn === null),
    harmless_withdraw: ({ id, reason }) => {
      for (const one of verdicts.filter((one) => one.id === id)) {
        Object.assign(one, { withdrawn: CHIEF, withdraw_reason: reason });
      }
      return null;
    },
  };
}
