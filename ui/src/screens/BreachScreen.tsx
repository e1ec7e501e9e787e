// The queue of breaches: filtered, opened, assigned and decided, all of it from the keyboard.
import { useEffect, useState } from "react";
import type { BreachKind, BreachRow, SessionView, SystemStatus } from "../api/bindings";
import { messageOf } from "../api/errors";
import { CheckField, ChoiceField, Problem } from "../components/kit";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import { BreachDetail } from "../features/breaches/BreachDetail";
import classes from "../features/breaches/Breaches.module.css";
import { BreachTable } from "../features/breaches/BreachTable";
import {
  AssignDialog,
  DecideDialog,
  HarmlessDialog,
  WithdrawDialog,
} from "../features/breaches/dialogs";
import { HarmlessTable } from "../features/breaches/HarmlessTable";
import { neighbour, type StateChoice, StateFilter } from "../features/breaches/StateFilter";
import { useBreach, useBreachList, useHarmless, useScan } from "../features/breaches/use-breaches";
import { PrintPreview } from "../features/print/PrintPreview";
import { useWords } from "../i18n";
import { BREACH_KINDS, isKind } from "../lib/breaches";
import { focusSoon } from "../lib/focus";
import { useHeld } from "../lib/held";
import { useHotkeys } from "../lib/keyboard";

const MARKED_ROW = '[data-breaches] tr[aria-selected="true"]';

type Window = "decide" | "assign" | "harmless" | "withdraw";

export function BreachScreen(props: {
  session: SessionView;
  status: SystemStatus;
  active: boolean;
  /** The kind that is looked at first. */
  kind: BreachKind | null;
  onPerson: ((id: string) => void) | undefined;
}) {
  const { t } = useWords();
  const { session, active } = props;
  const [choice, setChoice] = useState<StateChoice>("open");
  const [kind, setKind] = useState<BreachKind | null>(props.kind);
  const [gate, setGate] = useState(session.gate);
  const [own, setOwn] = useState(false);
  const [mark, setMark] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [window, setWindow] = useState<Window | null>(null);
  const [form, setForm] = useState<string | null>(null);
  const onVerdicts = choice === "harmless";
  const list = useBreachList(
    { gate, kind, state: onVerdicts ? "open" : choice, assigned: own ? session.user : null },
    active,
  );
  const verdicts = useHarmless(false, active && onVerdicts);
  const scan = useScan(session, props.status.today, active);
  const all = list.data?.rows ?? [];
  const rows = all.filter(({ state }) => state === choice);
  const marked = rows.find(({ id }) => id === mark) ?? rows[0];
  const judged = verdicts.data ?? [];
  const verdict = judged.find(({ id }) => id === mark) ?? judged[0];
  const view = useBreach(onVerdicts ? null : opened).data;
  const decides = session.commands.includes("breach_decide");
  const shown = opened !== null && view?.row.id === opened ? view : undefined;
  const isUndecided = shown?.row.state === "open" || shown?.row.state === "referred";
  const may = decides && isUndecided && shown?.row.is_own === false;
  const judging = useHeld(window !== null, verdict);
  const covered = window !== null || form !== null;
  const first = (onVerdicts ? verdict : marked)?.id ?? null;

  // A row that was decided leaves the list and takes the focus with it: the next one gets it.
  useEffect(() => {
    if (first === null || covered) {
      return;
    }
    const frame = requestAnimationFrame(() => {
      if (!document.activeElement?.closest("[data-breaches], [role=dialog], nav, header")) {
        document.querySelector<HTMLElement>(MARKED_ROW)?.focus();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [first, covered]);

  const choose = (next: StateChoice) => {
    setChoice(next);
    setMark(null);
    setOpened(null);
    focusSoon(MARKED_ROW);
  };
  useHotkeys({
    ArrowLeft: () => choose(neighbour(choice, -1)),
    ArrowRight: () => choose(neighbour(choice, 1)),
  });
  const open = (row: BreachRow) => {
    setMark(row.id);
    setOpened(row.id);
  };
  const actions = {
    decide: may ? () => setWindow("decide") : undefined,
    assign: decides && shown?.row.state === "open" ? () => setWindow("assign") : undefined,
    harmless: may && shown?.is_pattern ? () => setWindow("harmless") : undefined,
  };
  const firstForm = shown?.forms[0]?.id;
  const firstPerson = shown?.people[0]?.id;
  const { onPerson } = props;
  const keys: ScreenKey[] = onVerdicts
    ? [
        {
          key: "F9",
          label: t("breach.withdraw"),
          action: decides && verdict ? () => setWindow("withdraw") : undefined,
        },
      ]
    : [
        { key: "Enter", label: t("keys.open") },
        { key: "F9", label: t("breach.decide"), action: actions.decide },
        { key: "F4", label: t("breach.assign"), action: actions.assign },
        { key: "F7", label: t("breach.harmless"), action: actions.harmless },
        {
          key: "F8",
          label: t("breach.toForm"),
          action: firstForm ? () => setForm(firstForm) : undefined,
        },
        {
          key: "F3",
          label: t("breach.toPerson"),
          action: firstPerson && onPerson ? () => onPerson(firstPerson) : undefined,
        },
      ];
  const close = () => {
    setOpened(null);
    focusSoon(MARKED_ROW);
  };
  const gates = props.status.gates.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="screen">
      <div className={classes.screen} data-breaches>
        <div className={classes.head}>
          <h1>{t("breach.title")}</h1>
          <StateFilter counts={list.data?.counts ?? []} choice={choice} onChoose={choose} />
          {!onVerdicts && (
            <div className={classes.filters}>
              <ChoiceField
                label={t("breach.kindOf")}
                value={kind ?? ""}
                onChange={(word) => setKind(isKind(word) ? word : null)}
                options={[
                  { value: "", label: t("breach.allKinds") },
                  ...BREACH_KINDS.map((word) => ({ value: word, label: t(`breachKind.${word}`) })),
                ]}
                testId="breach-kind"
              />
              <ChoiceField
                label={t("field.gate")}
                value={gate}
                onChange={setGate}
                options={[{ value: "", label: t("breach.allGates") }, ...gates]}
                testId="breach-gate"
              />
              <CheckField
                label={t("breach.mine")}
                checked={own}
                onChange={setOwn}
                testId="breach-mine"
              />
            </div>
          )}
        </div>
        {list.isError && <Problem>{messageOf(list.error)}</Problem>}
        {scan.error !== null && <Problem>{messageOf(scan.error)}</Problem>}
        {onVerdicts ? (
          <section className={`panel ${classes.table}`} aria-label={t("breach.state.harmless")}>
            {judged.length === 0 ? (
              <p className={classes.empty}>{t("breach.noVerdicts")}</p>
            ) : (
              <HarmlessTable verdicts={judged} marked={verdict?.id ?? null} onMark={setMark} />
            )}
          </section>
        ) : (
          <div className={classes.split}>
            <section className={`panel ${classes.table}`} aria-label={t("breach.title")}>
              {rows.length === 0 ? (
                <p className={classes.empty} data-testid="breach-empty">
                  {list.isPending ? t("app.loading") : t("breach.empty")}
                </p>
              ) : (
                <BreachTable
                  rows={rows}
                  marked={marked?.id ?? null}
                  narrow={shown !== undefined}
                  onMark={setMark}
                  onOpen={open}
                />
              )}
            </section>
            {shown && (
              <BreachDetail
                view={shown}
                actions={actions}
                onForm={setForm}
                onPerson={props.onPerson}
              />
            )}
          </div>
        )}
      </div>
      <ScreenKeys
        keys={[
          ...keys,
          { key: "F5", label: t("breach.scan"), action: scan.look },
          { key: "↑↓", label: t("keys.move"), inBar: false },
          { key: "←→", label: t("breach.states"), inBar: false },
          {
            key: "Escape",
            label: t("keys.close"),
            action: shown && !onVerdicts ? close : undefined,
            inBar: shown !== undefined,
          },
        ]}
      />
      {shown && window === "decide" && (
        <DecideDialog view={shown} onClose={() => setWindow(null)} />
      )}
      {shown && window === "assign" && (
        <AssignDialog view={shown} onClose={() => setWindow(null)} />
      )}
      {shown && window === "harmless" && (
        <HarmlessDialog view={shown} onClose={() => setWindow(null)} />
      )}
      {judging && window === "withdraw" && (
        <WithdrawDialog verdict={judging} onClose={() => setWindow(null)} />
      )}
      {form !== null && <PrintPreview id={form} onClose={() => setForm(null)} />}
    </div>
  );
}
