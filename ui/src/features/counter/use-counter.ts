// Everything the counter holds while one resident is served, and the step that registers the form.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Answer, PersonFind, PersonHit } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useDayChanged } from "../../api/queries";
import { type Draft, isBlank, missingField, toDraftInput } from "../../lib/draft";
import { focusSoon } from "../../lib/focus";
import { useDecision } from "./use-decision";
import { useDraft } from "./use-draft";

/** A search nobody matched. Its half-filled form is kept while it is not `open`. */
interface Unknown {
  find: PersonFind;
  text: string;
  open: boolean;
}

export function useCounter() {
  const client = useClient();
  const dayChanged = useDayChanged();
  const [person, setPerson] = useState<PersonHit | null>(null);
  const [unknown, setUnknown] = useState<Unknown | null>(null);
  const [registered, setRegistered] = useState<Answer | null>(null);
  const [exchangeOf, setExchangeOf] = useState<string | null>(null);
  const [state, dispatch] = useDraft();
  const { draft } = state;
  const decision = useDecision(draft, person?.id ?? null);
  const register = useMutation({
    mutationFn: () =>
      client.call("declaration_register", toDraftInput(draft, person?.id ?? null).input),
    onSuccess: (answer) => {
      setRegistered(answer);
      dayChanged();
      focusSoon(IDENTIFY);
    },
  });
  const choose = (next: PersonHit | null) => {
    setPerson(next);
    setUnknown(null);
    register.reset();
  };
  /** Starts a form; `exchange` is the number of the one it is the other leg of. */
  const restart = (next: Draft, exchange: string | null = null) => {
    dispatch({ type: "restart", draft: next });
    setExchangeOf(exchange);
    setRegistered(null);
    register.reset();
  };
  return {
    person,
    choose,
    unknown,
    setUnknown,
    registered,
    exchangeOf,
    state,
    dispatch,
    decision,
    register,
    restart,
  };
}

export const IDENTIFY = '[data-testid="identify-box"]';

interface Gap {
  row: number;
  field: NonNullable<ReturnType<typeof missingField>>;
}

/** The first field that still lacks a value; null when only the rules decide. */
function firstGap(draft: Draft): Gap | null {
  for (const [row, line] of draft.lines.entries()) {
    const field = isBlank(line) ? null : missingField(line);
    if (field !== null) {
      return { row, field };
    }
  }
  return null;
}

/**
 * Registering: `submit` goes to the first thing in the way, if there is one. Pressed before the
 * decision on what was typed last is there, it registers when it comes, unless typing goes on.
 */
export function useRegistration({ state, decision, register }: ReturnType<typeof useCounter>) {
  const { draft } = state;
  const [wanted, setWanted] = useState<Draft | null>(null);
  const gap = firstGap(draft);
  const allowed = gap === null && decision.view?.decision.status === "registered";
  const ready = allowed && !decision.stale && !register.isPending;
  const submit = () => {
    if (gap !== null) {
      focusSoon(`[data-testid="${gap.field}-${gap.row}"]`);
    } else if (decision.stale) {
      setWanted(draft);
    } else if (ready) {
      register.mutate();
    } else {
      focusSoon('[data-line] [aria-invalid="true"]', 1);
    }
  };
  useEffect(() => {
    if (wanted !== null && (wanted !== draft || !decision.stale)) {
      setWanted(null);
      if (wanted === draft) {
        submit();
      }
    }
  });
  return { gap, ready, submit };
}
