// Corrections as the fake server takes them: those of released forms wait for a second person.
import type {
  Answer,
  ApiError,
  Commands,
  CorrectionInput,
  CorrectionPreview,
  DraftInput,
  ProposalView,
  Status,
  Violation,
} from "../api/bindings";
import type { FakeForm } from "./fake-backend";

type Handler<K extends keyof Commands> = (
  request: Commands[K]["request"],
) => Commands[K]["response"];
type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;

const ENDED: Record<string, Status> = {
  cancel: "cancelled",
  refuse: "refused",
  return: "returned",
};

export function correctionsOf(
  forms: FakeForm[],
  form: (id: string) => FakeForm,
  decide: (draft: DraftInput) => Answer,
  fail: Fail,
) {
  const waiting: { ask: CorrectionInput; view: ProposalView }[] = [];
  const previewOf = (ask: CorrectionInput): CorrectionPreview => {
    const found = form(ask.id);
    if (found.row.status !== "registered") fail("stale", "Tờ khai không còn hiệu lực.");
    const amended = { ...found.draft, lines: ask.lines ?? [] };
    const after = ask.kind === "amend" ? decide(amended) : null;
    return {
      number: found.row.number,
      before: found.answer,
      after,
      second_person: found.progress.released !== null,
      received_vnd: "0",
      balance_vnd: after?.total_due_vnd ?? "0",
      violations: after?.violations ?? [],
    };
  };
  const takeEffect = (ask: CorrectionInput) => {
    const found = form(ask.id);
    const { after } = previewOf(ask);
    if (after === null) {
      found.row = { ...found.row, status: ENDED[ask.kind] ?? "cancelled", stage: null };
      found.progress = { ...found.progress, stage: null };
      found.reason = ask.reason;
      return;
    }
    const { value_vnd, exempt_vnd, excess_vnd, total_due_vnd } = after;
    found.answer = { ...after, number: found.row.number };
    found.draft = { ...found.draft, lines: ask.lines ?? [] };
    const revision = found.row.revision + 1;
    found.row = { ...found.row, revision, value_vnd, exempt_vnd, excess_vnd, total_due_vnd };
  };
  const make: Handler<"correction_make"> = (ask) => {
    const found = form(ask.id);
    const preview = previewOf(ask);
    if (!preview.second_person) {
      takeEffect(ask);
      return { proposal: null, warnings: [] };
    }
    const id = `proposal-${waiting.length}`;
    found.pending = true;
    waiting.push({
      ask,
      view: {
        id,
        form: found.row,
        kind: ask.kind,
        reason: ask.reason,
        proposed_by: "Trần Thị Lan",
        proposed_at: "2026-11-24T03:00:00Z",
        is_own: false,
        preview,
      },
    });
    return { proposal: id, warnings: [] };
  };
  const handlers = {
    correction_preview: previewOf,
    correction_make: make,
    declaration_cancel: ({ id, reason }) => {
      if (form(id).progress.released) fail("refused", "Hàng đã qua khu vực giám sát.");
      return make({ id, kind: "cancel", reason });
    },
    correction_list: () => ({
      pending: waiting.map(({ view }) => view),
      unsettled: forms
        .filter(({ progress }) => progress.balance_vnd.startsWith("-"))
        .map(({ row, progress }) => ({
          form: row,
          balance_vnd: progress.balance_vnd,
          is_taxed: progress.taxed !== null,
        })),
    }),
    correction_decide: ({ id, approve, reason }) => {
      const at = waiting.findIndex(({ view }) => view.id === id);
      const found = waiting[at] ?? fail("not_found", "Không có đề nghị này.");
      if (!approve && !reason.trim()) {
        const field = { code: "field_required", severity: "refuse", field: "reason" } as const;
        fail("refused", "Chưa quyết định được.", [
          { ...field, basis: "", message: "Ô này còn trống." },
        ]);
      }
      waiting.splice(at, 1);
      form(found.ask.id).pending = false;
      if (approve) takeEffect(found.ask);
      return null;
    },
    declaration_history: ({ id }) => {
      const { row } = form(id);
      const entry = {
        kind: null,
        at: row.at,
        by: "Trần Thị Lan",
        decided_by: null,
        rejected: false,
        reason: "",
        verdict_reason: "",
        basis: "",
        revision: 0,
        sums: { value_vnd: "1", exempt_vnd: "1", total_due_vnd: "0" },
      };
      const { value_vnd, exempt_vnd, total_due_vnd } = row;
      const sums = { value_vnd, exempt_vnd, total_due_vnd };
      const amended = { ...entry, kind: "amend" as const, reason: "đếm lại", revision: 1, sums };
      return row.revision === 0 ? [entry] : [entry, amended];
    },
  } satisfies { [K in keyof Commands]?: Handler<K> };
  return handlers;
}
