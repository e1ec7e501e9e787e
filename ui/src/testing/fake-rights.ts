// Persons' data handed out and taken out, in memory.
import type { RetentionRunView, RetentionView, Violation } from "../api/bindings";

const OWN: Violation = {
  code: "second_person_needed",
  severity: "refuse",
  field: "id",
  basis: "",
  message: "Việc này phải do người khác xác nhận.",
};
const mark = (by: string) => ({ at: "2026-11-24T01:00:00Z", by, name: by });

export function createFakeRights(
  fail: (code: "refused" | "stale", message: string, violations?: Violation[]) => never,
) {
  let runs: RetentionRunView[] = [
    {
      id: "run-1",
      before: "2021-11-24",
      basis: "Luật 91/2025/QH15",
      persons: 3,
      records: 0,
      proposed: mark("admin"),
      decided: null,
      done: false,
      own: false,
    },
  ];
  const plan: RetentionView = {
    customs_before: "2021-11-24",
    accounting_before: "2016-11-24",
    customs_years: 5,
    accounting_years: 10,
    basis: "Luật 91/2025/QH15",
    needs_second: true,
    persons: 3,
    held: 1,
    years: [{ year: 2020, persons: 3 }],
  };
  return {
    person_export: ({ format }: { format: string }) => ({ path: `reports/person.${format}` }),
    retention_preview: () => plan,
    retention_list: () => runs,
    retention_propose: () => {
      const next = { ...runs[0], id: "run-2", own: true, decided: null, done: false };
      runs = [next as RetentionRunView, ...runs];
      return runs;
    },
    retention_decide: ({ id, agree }: { id: string; agree: boolean }) => {
      const run = runs.find((one) => one.id === id);
      if (run?.own && agree) {
        fail("refused", "Chưa làm.", [OWN]);
      }
      runs = runs.map((one) =>
        one.id === id
          ? { ...one, decided: mark("branch"), done: agree, records: agree ? 12 : 0 }
          : one,
      );
      return runs;
    },
  };
}
