// Making a correction, and what it would change while it is typed.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type { CorrectionInput } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useChanged } from "../../api/queries";

/** What a correction would change now; asked again whenever `ask` changes. */
export function useCorrectionPreview(ask: Omit<CorrectionInput, "reason"> | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["correction_preview", ask],
    queryFn: () => {
      if (ask === null) {
        throw new Error("nothing is asked");
      }
      return client.call("correction_preview", { ...ask, reason: "" });
    },
    enabled: ask !== null,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

/** Reads again what a correction made out of date. */
export function useReadAgain(): () => Promise<unknown> {
  const changed = useChanged();
  return () => changed("correction_make");
}

/** Makes a correction; `onMade` is told the proposal that waits, or null when it took effect. */
export function useCorrecting(onMade: (proposal: string | null) => void) {
  const client = useClient();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (ask: CorrectionInput) => client.call("correction_make", ask),
    onSuccess: async ({ proposal }) => {
      await readAgain();
      onMade(proposal);
    },
  });
}
