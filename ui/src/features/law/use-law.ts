// What the law screen asks and does.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type {
  LawEffectRequest,
  LawKind,
  LawProposalInput,
  LawTableInput,
} from "../../api/bindings";
import { useClient } from "../../api/client";
import { useChanged } from "../../api/queries";

export function useKinds() {
  const client = useClient();
  return useQuery({ queryKey: ["law_kinds"], queryFn: () => client.call("law_kinds", {}) });
}

export function useRules(kind: LawKind | null, text: string) {
  const client = useClient();
  return useQuery({
    queryKey: ["law_series", kind, text],
    queryFn: () => client.call("law_series", { kind: kind ?? "quota", text }),
    enabled: kind !== null,
    placeholderData: keepPreviousData,
  });
}

export function useRule(series: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["law_rule", series],
    queryFn: () => client.call("law_rule", { series: series ?? "" }),
    enabled: series !== null,
  });
}

export function useWaiting() {
  const client = useClient();
  return useQuery({
    queryKey: ["law_changes"],
    queryFn: () => client.call("law_changes", { waiting: true }),
  });
}

/** What speaks against a change as typed; nothing is asked while `proposal` is null. */
export function useCheck(proposal: LawProposalInput | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["law_check", proposal],
    queryFn: () => client.call("law_check", proposal ?? emptyProposal()),
    enabled: proposal !== null,
    placeholderData: keepPreviousData,
  });
}

export function useEffectOf(request: LawEffectRequest | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["law_effect", request],
    queryFn: () => client.call("law_effect", request ?? { id: null, proposal: null, table: null }),
    enabled: request !== null,
  });
}

export function useTablePreview(table: LawTableInput | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["law_table_preview", table],
    queryFn: () => client.call("law_table_preview", table ?? emptyTable("list")),
    enabled: table !== null,
    retry: false,
  });
}

export const emptyProposal = (): LawProposalInput => ({
  rows: [],
  ends: [],
  make_room: true,
  basis: "",
  reason: "",
});

export const emptyTable = (kind: LawKind): LawTableInput => ({
  kind,
  name: "",
  text: "",
  from: "",
  basis: "",
  reason: "",
  whole: false,
  skip_bad: false,
});

/** The four ways to change the law; each makes what was read of it out of date. */
export function useLawChanges() {
  const client = useClient();
  const changed = useChanged();
  const onSuccess = () => void changed("law_propose");
  return {
    propose: useMutation({
      mutationFn: (proposal: LawProposalInput) => client.call("law_propose", proposal),
      onSuccess,
    }),
    approve: useMutation({
      mutationFn: (id: string) => client.call("law_approve", { id }),
      onSuccess,
    }),
    reject: useMutation({
      mutationFn: (asked: { id: string; reason: string }) => client.call("law_reject", asked),
      onSuccess,
    }),
    take: useMutation({
      mutationFn: (table: LawTableInput) => client.call("law_table_take", table),
      onSuccess,
    }),
  };
}
