// The book of breaches as screens read it, and the look over the day that is taken by itself.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { BreachQuery, SessionView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useCommand } from "../../api/queries";

const LIST_PAUSE_MS = 30_000;
const SCAN_PAUSE_MS = 300_000;

export function useBreachList(query: BreachQuery, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["breach_list", query],
    queryFn: () => client.call("breach_list", query),
    placeholderData: keepPreviousData,
    refetchInterval: LIST_PAUSE_MS,
    enabled: active,
  });
}

/** An entry whole. Opening it is recorded: what was answered is kept until it changes. */
export function useBreach(id: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["breach_view", id],
    queryFn: () => client.call("breach_view", { id: id ?? "" }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== null,
  });
}

export function useHarmless(all: boolean, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["harmless_list", all],
    queryFn: () => client.call("harmless_list", { all }),
    enabled: active,
  });
}

/** Looks over the gate's day now and then, for whoever may; `look` does so at once. */
export function useScan(session: SessionView, today: string, active: boolean) {
  const scan = useCommand("breach_scan");
  const { mutate } = scan;
  const { gate } = session;
  const may = active && gate !== "" && session.commands.includes("breach_scan");
  useEffect(() => {
    if (!may) {
      return;
    }
    const look = () => mutate({ gate, day: today });
    look();
    const timer = setInterval(look, SCAN_PAUSE_MS);
    return () => clearInterval(timer);
  }, [may, gate, today, mutate]);
  return {
    look: may ? () => mutate({ gate, day: today }) : undefined,
    busy: scan.isPending,
    error: scan.error,
    done: scan.data ?? null,
  };
}
