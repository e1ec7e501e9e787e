// What the log's screen asks. A look at a person is recorded: what was answered is not asked again
// by itself.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditAt, AuditPage, AuditQuery } from "../../api/bindings";
import { useClient } from "../../api/client";

export const NOTHING_ASKED: AuditQuery = {
  from: "",
  to: "",
  by: "",
  kind: "",
  place: "",
  subject: "",
  text: "",
  next: null,
  limit: null,
};

const ONCE = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false } as const;

/** Every kind of record; empty for who may not read the log. */
export function useAuditKinds(reads: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["audit_kinds"],
    queryFn: () => client.call("audit_kinds", {}),
    enabled: reads,
    ...ONCE,
  });
}

/** Records that answer, page after page; `turn` tells one search from the same made again. */
export function useAuditSearch(ask: AuditQuery, turn: number, reads: boolean) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: ["audit_search", ask, turn],
    queryFn: ({ pageParam }) => client.call("audit_search", { ...ask, next: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: AuditPage) => page.next,
    enabled: reads,
    gcTime: 0,
    ...ONCE,
  });
}

export function useAuditRecord(at: AuditAt | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["audit_view", at?.series, at?.index],
    queryFn: () => client.call("audit_view", { series: at?.series ?? "", index: at?.index ?? 0 }),
    enabled: at !== null,
    ...ONCE,
  });
}

export function useAnchors(active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["anchor_list"],
    queryFn: () => client.call("anchor_list", {}),
    enabled: active,
  });
}
