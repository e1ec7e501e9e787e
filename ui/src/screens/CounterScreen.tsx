// The counter: identify, type the goods, read the decision, register. All of it from the keyboard.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Answer, PersonFind, PersonHit } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { useDayChanged } from "../api/queries";
import { PersonSearch } from "../components/PersonSearch";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import classes from "../features/counter/Counter.module.css";
import { DecisionPanel } from "../features/counter/DecisionPanel";
import { LineGrid } from "../features/counter/LineGrid";
import { NewResident } from "../features/counter/NewResident";
import { RegisteredPanel } from "../features/counter/RegisteredPanel";
import { ResidentCard } from "../features/counter/ResidentCard";
import { TradeBar } from "../features/counter/TradeBar";
import { useDecision } from "../features/counter/use-decision";
import { useDraft } from "../features/counter/use-draft";
import { PrintPreview } from "../features/print/PrintPreview";
import { useWords } from "../i18n";
import { type Draft, emptyDraft, isBlank, missingField, toDraftInput } from "../lib/draft";

/** A search nobody matched. Its half-filled form is kept while it is not `open`. */
interface Unknown {
  find: PersonFind;
  text: string;
  open: boolean;
}

/** Why a draft cannot be registered yet, in words; null when only the rules decide. */
function useHold(draft: Draft, person: PersonHit | null): string | null {
  const { t } = useWords();
  if (person === null) {
    return t("decision.noResident");
  }
  for (const [row, line] of draft.lines.entries()) {
    const field = isBlank(line) ? null : missingField(line);
    if (field !== null) {
      return t("lines.incomplete", { row: row + 1, field: t(`field.${field}`) });
    }
  }
  return null;
}

/** Everything the counter holds while one resident is served. */
function useCounter() {
  const client = useClient();
  const dayChanged = useDayChanged();
  const [person, setPerson] = useState<PersonHit | null>(null);
  const [unknown, setUnknown] = useState<Unknown | null>(null);
  const [registered, setRegistered] = useState<Answer | null>(null);
  const [state, dispatch] = useDraft();
  const { draft } = state;
  const decision = useDecision(draft, person?.id ?? null);
  const register = useMutation({
    mutationFn: () =>
      client.call("declaration_register", toDraftInput(draft, person?.id ?? null).input),
    onSuccess: (answer) => {
      setRegistered(answer);
      dayChanged();
    },
  });
  const choose = (next: PersonHit | null) => {
    setPerson(next);
    setUnknown(null);
    register.reset();
  };
  const restart = (next: Draft) => {
    dispatch({ type: "restart", draft: next });
    setRegistered(null);
    register.reset();
  };
  return {
    person,
    choose,
    unknown,
    setUnknown,
    registered,
    state,
    dispatch,
    decision,
    register,
    restart,
  };
}

/** Focuses an element that is about to be drawn; its text is selected, so typing replaces it. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus();
    if (element instanceof HTMLInputElement) {
      element.select();
    }
  });
}

const FIRST_GOODS = '[data-testid="goods-0"]';
const IDENTIFY = '[data-testid="identify-box"]';

export function CounterScreen({ active }: { active: boolean }) {
  const { t } = useWords();
  const counter = useCounter();
  const { person, unknown, registered, state, dispatch, decision, register } = counter;
  const { draft } = state;
  const [printing, setPrinting] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const hold = useHold(draft, person);
  const allowed = decision.view?.decision.status === "registered" && !decision.stale;
  const submit =
    hold === null && allowed && !register.isPending ? () => register.mutate() : undefined;

  const serve = (next: PersonHit) => {
    counter.choose(next);
    focusSoon(FIRST_GOODS);
  };
  const hideUnknown = () =>
    counter.setUnknown((form) => (form === null ? null : { ...form, open: false }));
  const identify = () => {
    if (person !== null) {
      counter.choose(null);
    }
    hideUnknown();
    focusSoon(IDENTIFY);
  };
  const next = () => {
    counter.restart(emptyDraft());
    identify();
  };
  const exchange = () => {
    const other = draft.direction === "import" ? "export" : "import";
    counter.restart(emptyDraft(other, registered?.id ?? null));
    focusSoon(FIRST_GOODS);
  };
  const print = () => setPrinting(registered?.id ?? null);
  const undo = state.removed ? () => dispatch({ type: "undo" }) : undefined;
  const keys: ScreenKey[] = registered
    ? [
        { key: "F8", label: t("keys.print"), action: print },
        { key: "F7", label: t("keys.exchange"), action: exchange },
        { key: "Escape", label: t("keys.next"), action: next },
      ]
    : [
        { key: "F2", label: t("keys.identify"), action: identify },
        ...(unknown?.open
          ? [{ key: "Escape", label: t("keys.back"), action: identify, inBar: true }]
          : []),
        { key: "F4", label: t("keys.direction"), action: () => dispatch({ type: "turn" }) },
        { key: "F6", label: t("keys.allocation"), action: () => dispatch({ type: "allocation" }) },
        { key: "F9", label: t("keys.register"), action: submit },
        { key: "Ctrl+Z", label: t("keys.undo"), action: undo, inBar: undo !== undefined },
        { key: "Enter", label: t("keys.moveOn"), inBar: false },
        { key: "Ctrl+Enter", label: t("lines.add"), inBar: false },
        { key: "Ctrl+D", label: t("keys.repeatLine"), inBar: false },
        { key: "Ctrl+Delete", label: t("keys.removeLine"), inBar: false },
      ];
  return (
    <div className="screen">
      <div className={classes.counter}>
        {registered ? (
          <RegisteredPanel
            answer={registered}
            onPrint={print}
            onExchange={exchange}
            onNext={next}
          />
        ) : (
          <>
            <div className={classes.top}>
              {person ? (
                <ResidentCard
                  person={person}
                  planned_vnd={decision.view?.decision.exempt_vnd ?? "0"}
                />
              ) : (
                <PersonSearch
                  label={t("identify.label")}
                  inputRef={box}
                  onPick={serve}
                  onUnknown={(find, text) => counter.setUnknown({ find, text, open: true })}
                  onSearch={() => {
                    hideUnknown();
                    setSearching(true);
                  }}
                  onClear={() => setSearching(false)}
                />
              )}
            </div>
            {person && (
              <div className={classes.work}>
                <div className={classes.goods}>
                  <TradeBar draft={draft} dispatch={dispatch} />
                  <LineGrid
                    state={state}
                    person={person.id}
                    byLine={decision.byLine}
                    dispatch={dispatch}
                    onFinished={() => focusSoon('[data-testid="register"]')}
                  />
                </div>
                <DecisionPanel
                  draft={draft}
                  decision={decision}
                  hold={hold}
                  busy={register.isPending}
                  onRegister={submit}
                  refusal={
                    register.isError
                      ? {
                          message: messageOf(register.error),
                          violations: violationsOf(register.error),
                        }
                      : null
                  }
                />
              </div>
            )}
            {!person && unknown && (
              <NewResident
                key={unknown.text}
                find={unknown.find}
                text={unknown.text}
                open={unknown.open}
                onSaved={serve}
                onClose={identify}
              />
            )}
            {!person && !unknown?.open && !searching && (
              <div className={classes.start}>
                <span className={classes.scanner} aria-hidden />
                <h1>{t("identify.start")}</h1>
                <p>{t("identify.startText")}</p>
              </div>
            )}
          </>
        )}
      </div>
      <ScreenKeys keys={keys} active={active} />
      {printing !== null && <PrintPreview id={printing} onClose={() => setPrinting(null)} />}
    </div>
  );
}
