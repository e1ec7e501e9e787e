// The match of a gate's day as screens read it, and where its differences lead.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DifferenceView, ReconciliationView } from "../../api/bindings";
import { useClient } from "../../api/client";

const PAUSE_MS = 30_000;

/** A gate's day, read again by itself: it is a draft until it is closed. */
export function useDayMatch(gate: string, day: string, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["reconciliation_view", gate, day],
    queryFn: () => client.call("reconciliation_view", { gate, day }),
    placeholderData: keepPreviousData,
    refetchInterval: PAUSE_MS,
    enabled: active && gate !== "",
  });
}

export function usePeriod(request: { gates: string[]; from: string; to: string }, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["reconciliation_period", request],
    queryFn: () => client.call("reconciliation_period", request),
    placeholderData: keepPreviousData,
    enabled: active,
  });
}

/** The ways that are entries with a reason. */
export const recordedWays = (difference: DifferenceView) =>
  difference.ways.filter(({ recorded }) => recorded);

/** The form a difference is settled on: of a pair made twice the second. */
export function formOf({ kind, forms, candidates }: DifferenceView): string | null {
  const named = kind === "doubled_form" ? forms.at(-1) : forms[0];
  return (named ?? candidates[0])?.id ?? null;
}

/** The count that holds, if one was entered. */
export const heldCount = (view: ReconciliationView) =>
  view.counts.find(({ replaced }) => !replaced) ?? null;
