// The counter: identify, type the goods, read the decision, register. All of it from the keyboard.
import { useRef, useState } from "react";
import type { Language, PersonHit, SessionView } from "../api/bindings";
import { messageOf, violationsOf } from "../api/errors";
import { useDeclaration, useHubKnown } from "../api/queries";
import { PersonSearch } from "../components/PersonSearch";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import classes from "../features/counter/Counter.module.css";
import { CounterpartRow } from "../features/counter/CounterpartRow";
import { DecisionPanel } from "../features/counter/DecisionPanel";
import { LineGrid } from "../features/counter/LineGrid";
import { NewResident } from "../features/counter/NewResident";
import { RegisteredPanel } from "../features/counter/RegisteredPanel";
import { ResidentCard } from "../features/counter/ResidentCard";
import { TradeBar } from "../features/counter/TradeBar";
import { IDENTIFY, useCounter, useRegistration } from "../features/counter/use-counter";
import { PrintPreview } from "../features/print/PrintPreview";
import { useSteps } from "../features/steps/use-steps";
import { useWords } from "../i18n";
import { differenceOf, formatDecimal } from "../lib/decimal";
import { emptyDraft } from "../lib/draft";
import { focusSoon, useFocusKept } from "../lib/focus";
import { isProvisional } from "../lib/hub";

const FIRST_GOODS = '[data-testid="goods-0"]';

// Not F9: whoever presses it twice when registering must not have released the goods.
const NEXT_STEP_KEY = "F6";

export function CounterScreen({ active, session }: { active: boolean; session: SessionView }) {
  const { t, language } = useWords();
  const counter = useCounter();
  const { person, unknown, registered, state, dispatch, decision, register } = counter;
  const { draft, other } = state;
  const [counterpart, setCounterpart] = useState(false);
  const [printing, setPrinting] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const provisional = isProvisional(useHubKnown());
  const onFocus = useFocusKept(active, box);
  const { gap, waiting, ready, attempt, submit } = useRegistration(counter);
  const side = waiting && t(waiting === "export" ? "exchange.out" : "exchange.back");
  const missing =
    gap && t("lines.incomplete", { row: gap.row + 1, field: t(`field.${gap.field}`) });
  const hold = missing ?? (side && t("exchange.otherMissing", { side }));
  const { name, number } = draft.counterpart;
  const isNamed = name !== "" || number !== "" || draft.vehicle !== "";
  const hasCounterpart = counterpart || other !== null || isNamed;

  const serve = (next: PersonHit) => {
    counter.choose(next);
    dispatch({ type: "serve", owner: { id: next.id, name: next.name } });
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
    setCounterpart(false);
    identify();
  };
  /** The next scan needs no key before it: it puts the registered form away by itself. */
  const search = (text: string) => {
    if (registered && text.trim() !== "") {
      counter.restart(emptyDraft());
      counter.choose(null);
    }
    hideUnknown();
    setSearching(text.trim() !== "");
  };
  const exchange = () => {
    const other = draft.direction === "import" ? "export" : "import";
    counter.restart(emptyDraft(other, registered?.id ?? null), registered?.number);
    focusSoon(FIRST_GOODS);
  };
  const declared = useDeclaration(registered?.id ?? null).data;
  const steps = useSteps(
    session.role,
    registered && declared
      ? {
          id: declared.id,
          number: declared.number,
          person_name: declared.person.name,
          goods: declared.lines.map(({ name }) => name).join(", "),
          total_due_vnd: registered.total_due_vnd,
          progress: declared.progress,
        }
      : null,
    NEXT_STEP_KEY,
  );
  const print = () => setPrinting(registered?.id ?? null);
  const showCounterpart = () => {
    setCounterpart(true);
    focusSoon('[data-testid="counterpart-name"]');
  };
  const beginExchange = () => {
    dispatch({ type: "exchange" });
    focusSoon(FIRST_GOODS);
  };
  const turn = () => {
    dispatch({ type: "turn" });
    // The other leg has lines of its own: the one that had the focus is gone.
    if (other !== null) {
      focusSoon(FIRST_GOODS);
    }
  };
  const undoable = state.removed !== null || state.aside.length > 0;
  const undo = undoable && person ? () => dispatch({ type: "undo" }) : undefined;
  const keys: ScreenKey[] = registered
    ? [
        ...steps.keys,
        { key: "F8", label: t("keys.print"), action: print },
        ...(counter.otherLeg === null
          ? [{ key: "F7", label: t("keys.exchange"), action: exchange }]
          : []),
        { key: "Escape", label: t("keys.next"), action: next },
      ]
    : [
        { key: "F2", label: t("keys.identify"), action: identify },
        ...(unknown?.open
          ? [{ key: "Escape", label: t("keys.back"), action: identify, inBar: true }]
          : []),
        {
          key: "F3",
          label: t("keys.counterpart"),
          action: person ? showCounterpart : undefined,
          inBar: false,
        },
        {
          key: "F4",
          label: t(other === null ? "keys.direction" : "keys.legs"),
          action: turn,
        },
        {
          key: "F7",
          label: t("keys.exchangeMode"),
          action: person && draft.exchangeOf === null ? beginExchange : undefined,
          inBar: person !== null,
        },
        { key: "F6", label: t("keys.allocation"), action: () => dispatch({ type: "allocation" }) },
        { key: "F9", label: t("keys.register"), action: person ? submit : undefined },
        { key: "Ctrl+Z", label: t("keys.undo"), action: undo, inBar: undo !== undefined },
        { key: "Enter", label: t("keys.moveOn"), inBar: false },
        { key: "Ctrl+Enter", label: t("lines.add"), inBar: false },
        { key: "Ctrl+D", label: t("keys.repeatLine"), inBar: false },
        { key: "Ctrl+Delete", label: t("keys.removeLine"), inBar: false },
      ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens where the focus goes
    <div className="screen" onFocus={onFocus}>
      <div className={classes.counter}>
        <div className={classes.top}>
          {person && !registered ? (
            <ResidentCard person={person} planned_vnd={decision.view?.decision.exempt_vnd ?? "0"} />
          ) : (
            <PersonSearch
              label={t("identify.label")}
              inputRef={box}
              onPick={serve}
              onUnknown={(find, text) => counter.setUnknown({ find, text, open: true })}
              onSearch={search}
              onForm={setPrinting}
              onClear={() => setSearching(false)}
            />
          )}
        </div>
        {registered ? (
          <RegisteredPanel
            answer={registered}
            otherLeg={counter.otherLeg}
            stage={declared?.progress.stage ?? null}
            steps={steps}
            onPrint={print}
            onExchange={exchange}
            onNext={next}
          />
        ) : (
          <>
            {person && (
              <div className={classes.work}>
                <div className={classes.goods}>
                  <TradeBar
                    draft={draft}
                    exchangeOf={draft.exchangeOf === null ? null : counter.exchangeOf}
                    exchange={other && worthOf(counter, language)}
                    dispatch={dispatch}
                  />
                  {hasCounterpart && (
                    <CounterpartRow
                      counterpart={draft.counterpart}
                      vehicle={draft.vehicle}
                      violations={decision.violations}
                      dispatch={dispatch}
                      onDone={() => focusSoon(FIRST_GOODS)}
                    />
                  )}
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
                  onRegister={ready || attempt ? submit : undefined}
                  provisional={provisional}
                  recorded={counter.attempted === draft.id}
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
      {active && steps.dialog}
      {printing !== null && <PrintPreview id={printing} onClose={() => setPrinting(null)} />}
    </div>
  );
}

/** What both legs of an exchange are worth, as far as they are decided, in the user's writing. */
function worthOf(
  { state, decision, otherDecision }: ReturnType<typeof useCounter>,
  language: Language,
) {
  const own = decision.view?.decision.value_vnd ?? null;
  const leg = otherDecision.view?.decision.value_vnd ?? null;
  const [out, back] = state.draft.direction === "export" ? [own, leg] : [leg, own];
  const write = (vnd: string | null) => (vnd === null ? null : formatDecimal(vnd, language));
  const difference = out === null || back === null ? null : differenceOf(back, out);
  return { out: write(out), back: write(back), difference: write(difference) };
}
