// Everything the counter holds while one resident is served, and the step that registers the form.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Answer, PersonFind, PersonHit } from "../../api/bindings";
import { useClient } from "../../api/client";
import { ApiFailure } from "../../api/errors";
import { useChanged } from "../../api/queries";
import { type Draft, emptyDraft, isBlank, missingField, toDraftInput } from "../../lib/draft";
import { focusSoon } from "../../lib/focus";
import { newId } from "../../lib/ids";
import { type LiveDecision, useDecision } from "./use-decision";
import { useDraft } from "./use-draft";

/** A search nobody matched. Its half-filled form is kept while it is not `open`. */
interface Unknown {
  find: PersonFind;
  text: string;
  open: boolean;
}

export function useCounter() {
  const client = useClient();
  const changed = useChanged();
  const [person, setPerson] = useState<PersonHit | null>(null);
  const [unknown, setUnknown] = useState<Unknown | null>(null);
  const [registered, setRegistered] = useState<Answer | null>(null);
  const [otherLeg, setOtherLeg] = useState<Answer | null>(null);
  const [exchangeOf, setExchangeOf] = useState<string | null>(null);
  /** The form whose refused attempt is on record, under the id it has now. */
  const [attempted, setAttempted] = useState<string | null>(null);
  const [state, dispatch] = useDraft();
  const { draft } = state;
  const [blank] = useState(emptyDraft);
  const decision = useDecision(draft, person?.id ?? null);
  const otherDecision = useDecision(state.other ?? blank, person?.id ?? null);
  const register = useMutation({
    mutationFn: async (): Promise<[Answer, Answer?]> => {
      const input = toDraftInput(draft, person?.id ?? null).input;
      if (state.other === null) {
        return [await client.call("declaration_register", input)];
      }
      const { counterpart, vehicle } = draft;
      const other = { ...state.other, counterpart, vehicle };
      const leg = toDraftInput(other, person?.id ?? null).input;
      const legs =
        draft.direction === "export" ? { out: input, back: leg } : { out: leg, back: input };
      const { out, back } = await client.call("exchange_register", legs);
      const violations = [...out.violations, ...back.violations];
      const refusing = violations.filter(({ severity }) => severity === "refuse");
      if (refusing[0]) {
        const { message } = refusing[0];
        throw new ApiFailure({ code: "refused", message, violations: refusing });
      }
      return [back, out];
    },
    onSuccess: ([answer, leg]) => {
      if (answer.status === "refused") {
        // What was tried is on record under its id; the form goes on under another.
        const id = newId();
        dispatch({ type: "renew", id });
        setAttempted(id);
        void changed("declaration_register");
        focusSoon(WRONG, 1);
        return;
      }
      setRegistered(answer);
      setOtherLeg(leg ?? null);
      void changed("declaration_register");
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
    setOtherLeg(null);
    register.reset();
  };
  return {
    person,
    choose,
    unknown,
    setUnknown,
    registered,
    otherLeg,
    exchangeOf,
    attempted,
    state,
    dispatch,
    decision,
    otherDecision,
    register,
    restart,
  };
}

const WRONG = '[data-line] [aria-invalid="true"]';
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
export function useRegistration(counter: ReturnType<typeof useCounter>) {
  const { state, dispatch, decision, otherDecision, register } = counter;
  const { draft, other } = state;
  const [wanted, setWanted] = useState<Draft | null>(null);
  const gap = firstGap(draft);
  const isAllowed = (leg: Draft, of: LiveDecision) =>
    firstGap(leg) === null && of.view?.decision.status === "registered";
  const allowed = isAllowed(draft, decision);
  const stale = decision.stale || (other !== null && otherDecision.stale);
  /** The leg that is not shown and can't be registered yet. */
  const waiting = other !== null && !isAllowed(other, otherDecision) ? other.direction : null;
  /** Refused, but to be put on record: somebody wants to pass what may not. */
  const attempt =
    other === null && gap === null && !stale && (decision.view?.breaches.length ?? 0) > 0;
  const ready = allowed && waiting === null && !stale && !register.isPending;
  const submit = () => {
    if (gap !== null) {
      focusSoon(`[data-testid="${gap.field}-${gap.row}"]`);
    } else if (stale) {
      setWanted(draft);
    } else if (ready || (attempt && !register.isPending)) {
      register.mutate();
    } else if (allowed && waiting !== null) {
      dispatch({ type: "turn" });
      focusSoon('[data-testid="goods-0"]');
    } else {
      focusSoon(WRONG, 1);
    }
  };
  useEffect(() => {
    if (wanted !== null && (wanted !== draft || !stale)) {
      setWanted(null);
      if (wanted === draft) {
        submit();
      }
    }
  });
  return { gap, waiting, ready, attempt, submit };
}
