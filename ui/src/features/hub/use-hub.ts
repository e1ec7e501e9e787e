// What the page asks about the hub: how we stand, an exchange now, all workstations.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { HubView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { markAllOld } from "../../api/queries";

const PAUSE_MS = 5_000;
const MEMBERS_PAUSE_MS = 10_000;

/**
 * How this workstation stands with the hub, asked again by itself while `active`. Once the hub's
 * order was read further, everything the page holds is marked as out of date.
 */
export function useHub(active: boolean): HubView | undefined {
  const client = useClient();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ["hub_status"],
    queryFn: () => client.call("hub_status", {}),
    // Joining a hub opens the program anew: one that stands alone need not be asked again.
    refetchInterval: ({ state }) => (state.data?.joined === false ? false : PAUSE_MS),
    enabled: active,
  });
  const position = data?.joined ? data.position : null;
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (before.current !== null && position !== null && position !== before.current) {
      markAllOld(queries);
    }
    before.current = position ?? before.current;
  }, [position, queries]);
  return data;
}

/** Exchanges everything with the hub at once. */
export function useHubSync() {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.call("hub_sync", {}),
    onSuccess: (view) => {
      queries.setQueryData(["hub_status"], view);
      void queries.invalidateQueries({ queryKey: ["hub_members"] });
    },
  });
}

/** The workstations of the office, asked again by itself while somebody looks. */
export function useHubMembers(active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["hub_members"],
    queryFn: () => client.call("hub_members", {}),
    refetchInterval: MEMBERS_PAUSE_MS,
    enabled: active,
  });
}
