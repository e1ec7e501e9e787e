// What waits, read again by itself while somebody looks.
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../api/client";

const PAUSE_MS = 30_000;

export function useOverview(active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["overview"],
    queryFn: () => client.call("overview", {}),
    refetchInterval: PAUSE_MS,
    enabled: active,
  });
}
