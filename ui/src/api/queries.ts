// Reads and writes that more than one screen makes, with the cache keys they share.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { OUT_OF_DATE, type PersonSave } from "./bindings";
import { useClient } from "./client";

const QUEUE_PAUSE_MS = 10_000;

/** Marks everything derived from the day's declarations as out of date. */
export function useDayChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of OUT_OF_DATE.declaration_register) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
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
