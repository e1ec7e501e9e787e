// The server's decision on the form as it stands, asked again at every change.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import type { Answer, DecisionView, LineAnswer, Violation } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { type Draft, rowOf, toDraftInput } from "../../lib/draft";

/** What the server said about one line of the grid. */
export interface LineOutcome {
  answer: LineAnswer | undefined;
  violations: Violation[];
}

export interface LiveDecision {
  view: DecisionView | null;
  /** Violations about the whole form. */
  violations: Violation[];
  byLine: Map<string, LineOutcome>;
  /** The answer shown is older than what is typed. */
  stale: boolean;
  problem: string | null;
}

/**
 * Sorts violations to the lines they are about; `keys` are the lines as sent. An outcome equal to
 * the one `before` stays the same object, so that its row need not be drawn again.
 */
export function outcomesByLine(
  answer: Pick<Answer, "lines" | "violations">,
  keys: string[],
  before?: Map<string, LineOutcome>,
): { byLine: Map<string, LineOutcome>; whole: Violation[] } {
  const byLine = new Map<string, LineOutcome>();
  for (const [row, key] of keys.entries()) {
    const violations = answer.violations.filter((violation) => rowOf(violation) === row);
    const outcome = { answer: answer.lines[row], violations };
    const old = before?.get(key);
    byLine.set(key, old && JSON.stringify(old) === JSON.stringify(outcome) ? old : outcome);
  }
  const whole = answer.violations.filter((violation) => {
    const row = rowOf(violation);
    return row === null || row >= keys.length;
  });
  return { byLine, whole };
}

/**
 * One question is on its way at a time and the newest form is asked about next, so the answer
 * follows the typing as fast as the server decides. The query key changes with the input: an
 * answer to older input is never shown as new.
 */
export function useDecision(draft: Draft, person: string | null): LiveDecision {
  const client = useClient();
  const current = useMemo(() => {
    const { input, rows } = toDraftInput(draft, person);
    return { input, keys: rows.map((row) => draft.lines[row]?.key ?? "") };
  }, [draft, person]);
  const [settled, setSettled] = useState(current);
  const before = useRef<Map<string, LineOutcome>>(undefined);
  const empty = current.input.lines.length === 0;
  const query = useQuery({
    queryKey: ["declaration_preview", settled],
    queryFn: async () => {
      const view = await client.call("declaration_preview", settled.input);
      return { view, keys: settled.keys };
    },
    enabled: settled.input.lines.length > 0 && settled.input.person !== null,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  if (settled !== current && !query.isFetching) {
    setSettled(current);
  }
  return useMemo(() => {
    if (empty || (query.isError && !query.data)) {
      const refused = query.isError && !empty ? violationsOf(query.error) : [];
      const sorted = outcomesByLine({ lines: [], violations: refused }, settled.keys);
      return {
        view: null,
        violations: sorted.whole,
        byLine: sorted.byLine,
        stale: settled !== current,
        problem: query.isError && !empty ? messageOf(query.error) : null,
      };
    }
    const data = query.data;
    const sorted = outcomesByLine(
      data?.view.decision ?? { lines: [], violations: [] },
      data?.keys ?? [],
      before.current,
    );
    before.current = sorted.byLine;
    return {
      view: data?.view ?? null,
      violations: sorted.whole,
      byLine: sorted.byLine,
      stale: query.isPlaceholderData || settled !== current,
      problem: null,
    };
  }, [empty, query.isError, query.error, query.data, query.isPlaceholderData, settled, current]);
}
