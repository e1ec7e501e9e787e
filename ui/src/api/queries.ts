// Reads and writes that more than one screen makes, with the cache keys they share.
import {
  keepPreviousData,
  type Query,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type CommandName,
  type Commands,
  type DeclarationRow,
  type DeclarationView,
  type HubView,
  OUT_OF_DATE,
  type PersonSave,
} from "./bindings";
import { useClient } from "./client";

const QUEUE_PAUSE_MS = 10_000;

/** Marks what a command has changed as out of date. */
export function useChanged(): (command: keyof typeof OUT_OF_DATE) => Promise<unknown> {
  const queries = useQueryClient();
  return (command) => {
    const stale: readonly CommandName[] = OUT_OF_DATE[command];
    return Promise.all(stale.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
}

export function useCommunes() {
  const client = useClient();
  return useQuery({
    queryKey: ["commune_list"],
    queryFn: () => client.call("commune_list", {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePersonFind() {
  const client = useClient();
  return useMutation({ mutationFn: (text: string) => client.call("person_find", { text }) });
}

/** The form a scanned code names. */
export function useFormFind() {
  const client = useClient();
  return useMutation({ mutationFn: (text: string) => client.call("form_find", { text }) });
}

export function usePerson(id: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["person_view", id],
    queryFn: () => client.call("person_view", { id: id ?? "" }),
    enabled: id !== null,
  });
}

export function usePersonSave() {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: PersonSave) => client.call("person_save", person),
    onSuccess: (saved) => queries.setQueryData(["person_view", saved.id], saved),
  });
}

export function useDeclaration(id: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["declaration_view", id],
    queryFn: () => client.call("declaration_view", { id: id ?? "" }),
    enabled: id !== null,
  });
}

/**
 * Reads the opened form of a list's row again once the row has moved on without it: another counter
 * had it in hand. A look at a form is recorded, so that news alone do not open it again.
 */
export function useRowFollowed(row: DeclarationRow | undefined): void {
  const queries = useQueryClient();
  const { id, status, revision, stage } = row ?? {};
  useEffect(() => {
    const opened = queries.getQueryState<DeclarationView>(["declaration_view", id]);
    const data = opened?.data;
    if (!data || opened.fetchStatus !== "idle") {
      return;
    }
    if (data.status !== status || data.revision !== revision || data.progress.stage !== stage) {
      void queries.invalidateQueries({ queryKey: ["declaration_view", id] });
    }
  }, [queries, id, status, revision, stage]);
}

/** What waits at a gate, read again by itself while somebody looks. */
export function useQueue(gate: string, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["declaration_queue", gate],
    queryFn: () => client.call("declaration_queue", { gate }),
    refetchInterval: QUEUE_PAUSE_MS,
    enabled: active,
  });
}

/** A command that changes something; what it makes out of date is read again, also when it was
 * refused: somebody else may have been faster. */
export function useCommand<K extends keyof typeof OUT_OF_DATE>(command: K) {
  const client = useClient();
  const changed = useChanged();
  const readAgain = () => changed(command);
  return useMutation({
    mutationFn: (request: Commands[K]["request"]) => client.call(command, request),
    onSuccess: readAgain,
    onError: readAgain,
  });
}

const CASH_PAUSE_MS = 60_000;

/** The cash of a gate, read again by itself: time alone makes a hand-over late. */
export function useCashDesk(gate: string, active = true) {
  const client = useClient();
  return useQuery({
    queryKey: ["cash_desk", gate],
    queryFn: () => client.call("cash_desk", { gate }),
    refetchInterval: CASH_PAUSE_MS,
    enabled: active,
  });
}
/** Corrections of a gate that wait for the second person, and the differences corrections left. */
export function useCorrections(gate: string, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["correction_list", gate],
    queryFn: () => client.call("correction_list", { gate }),
    refetchInterval: QUEUE_PAUSE_MS,
    enabled: active,
  });
}

/** What is known of a plate. Asking is recorded: what was answered is kept until it changes. */
export function useVehicle(plate: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["vehicle_find", plate],
    queryFn: () => client.call("vehicle_find", { text: plate ?? "" }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: plate !== null,
  });
}

/** Vehicles that left by a gate and are not back, read again by itself while somebody looks. */
export function useOutside(gate: string, active: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ["vehicle_outside", gate],
    queryFn: () => client.call("vehicle_outside", { gate }),
    refetchInterval: QUEUE_PAUSE_MS,
    enabled: active,
  });
}

/** A form from its registration through every correction. */
export function useHistory(id: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["declaration_history", id],
    queryFn: () => client.call("declaration_history", { id: id ?? "" }),
    enabled: id !== null,
  });
}

export function useGatherings(gate: string, all: boolean, text: string) {
  const client = useClient();
  return useQuery({
    queryKey: ["gathering_list", gate, all, text],
    queryFn: () => client.call("gathering_list", { gate, all, text }),
    placeholderData: keepPreviousData,
  });
}

/** A list whole. Opening it is recorded: what was answered is kept until it changes. */
export function useGathering(id: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["gathering_view", id],
    queryFn: () => client.call("gathering_view", { id: id ?? "" }),
    enabled: id !== null,
  });
}

const HUB = "hub_status";

/** How this workstation stood with the hub when it was last asked; asks nothing itself. */
export function useHubKnown(): HubView | undefined {
  const client = useClient();
  return useQuery({
    queryKey: [HUB],
    queryFn: () => client.call(HUB, {}),
    enabled: false,
  }).data;
}

/** What leaves a trace of who looked: it is not asked for again by itself. */
const RECORDED: ReadonlySet<unknown> = new Set<CommandName | "preview" | "paper">([
  "person_view",
  "declaration_view",
  "breach_view",
  "receipt_view",
  "gathering_view",
  "vehicle_find",
  "vehicle_book",
  "report_run",
  "audit_search",
  "audit_view",
  "preview",
  "paper",
]);

/**
 * Marks everything the page holds as out of date after records came from the hub, and reads what is
 * shown again. What leaves a trace waits until it is opened again: the trace is a record too, which
 * comes back from the hub, and the page would go on looking at persons with nobody before it.
 */
export function markAllOld(queries: QueryClient): void {
  const recorded = ({ queryKey }: Query) => RECORDED.has(queryKey[0]);
  void queries.invalidateQueries({ predicate: recorded, refetchType: "none" });
  void queries.invalidateQueries({
    predicate: (query) => query.queryKey[0] !== HUB && !recorded(query),
  });
}
