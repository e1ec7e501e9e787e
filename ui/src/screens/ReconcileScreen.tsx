// Reconciliation: forms, money and barrier of a gate's day, its differences, the close, the roll-up.
import { type KeyboardEvent, useEffect, useState } from "react";
import type { PeriodDay, SessionView, SystemStatus } from "../api/bindings";
import { messageOf } from "../api/errors";
import { DayField } from "../components/DayField";
import { ChoiceField, Problem } from "../components/kit";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import { ClosedNote } from "../features/reconcile/ClosedNote";
import { Columns } from "../features/reconcile/Columns";
import { CountDialog, CountFileDialog } from "../features/reconcile/count-dialogs";
import { DifferenceDetail, DifferenceTable } from "../features/reconcile/Differences";
import { CloseDialog, SettleDialog, SettlementAnswer } from "../features/reconcile/dialogs";
import { PeriodTables, StateTag } from "../features/reconcile/PeriodTables";
import classes from "../features/reconcile/Reconcile.module.css";
import { formOf, recordedWays, useDayMatch, usePeriod } from "../features/reconcile/use-reconcile";
import { useWords } from "../i18n";
import { daysBefore } from "../lib/dates";
import { focusSoon } from "../lib/focus";
import { useHeld } from "../lib/held";

type View = "day" | "period";
type Window = "settle" | "answer" | "count" | "file" | "close";

const MARKED_ROW = '[data-reconcile] tr[aria-selected="true"]';

export function ReconcileScreen(props: {
  session: SessionView;
  status: SystemStatus;
  active: boolean;
  onForm: ((id: string) => void) | undefined;
  onPerson: ((id: string) => void) | undefined;
  onCash: (() => void) | undefined;
}) {
  const { t } = useWords();
  const { session, status, active } = props;
  const [view, setView] = useState<View>("day");
  const [gate, setGate] = useState(session.gate || (status.gates[0]?.code ?? ""));
  const [day, setDay] = useState(status.today);
  const [from, setFrom] = useState(daysBefore(status.today, 6));
  const [mark, setMark] = useState<string | null>(null);
  const [dayMark, setDayMark] = useState<string | null>(null);
  const [window, setWindow] = useState<Window | null>(null);
  const match = useDayMatch(gate, day, active && view === "day");
  const period = usePeriod({ gates: [], from, to: day }, active && view === "period");
  const data = match.data;
  const differences = data?.differences ?? [];
  const one = differences.find(({ key }) => key === mark) ?? differences[0];
  const asked = useHeld(window !== null, one);
  const may = session.commands.includes("difference_settle");
  const isOpen = data !== undefined && data.closed === null;
  const form = one ? formOf(one) : null;
  const settles = may && isOpen && one?.state === "open" && recordedWays(one).length > 0;
  const answers = may && isOpen && one?.state === "pending" && one.settlement?.own === false;
  const closes = may && isOpen && (data.closing === null || !data.closing.own);
  const { onForm, onPerson, onCash } = props;
  const shown = view === "day" ? data !== undefined : period.data !== undefined;
  const first = view === "day" ? (one?.key ?? null) : view;

  // A row that was settled by its facts leaves the list and takes the focus with it, as does a view.
  useEffect(() => {
    if (window !== null || first === null || !shown) {
      return;
    }
    const frame = requestAnimationFrame(() => {
      if (!document.activeElement?.closest("[data-reconcile], [role=dialog], nav, header")) {
        document.querySelector<HTMLElement>(MARKED_ROW)?.focus();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [first, window, shown]);

  const close = () => {
    setWindow(null);
    focusSoon(MARKED_ROW);
  };
  const open = (line: PeriodDay) => {
    setGate(line.gate);
    setDay(line.day);
    setMark(null);
    setView("day");
    focusSoon(MARKED_ROW);
  };
  const turn = (event: KeyboardEvent) => {
    const turned = event.key === "ArrowRight" || event.key === "ArrowLeft";
    const typing = event.target instanceof HTMLInputElement;
    if (turned && !typing && !(event.target instanceof HTMLSelectElement)) {
      event.preventDefault();
      setView(view === "day" ? "period" : "day");
      focusSoon(MARKED_ROW);
    }
  };
  const offer = (key: string, label: string, action: (() => void) | undefined): ScreenKey => ({
    key,
    label,
    action,
    inBar: action !== undefined,
  });
  const show = (kind: Window) => () => setWindow(kind);
  const dayKeys: ScreenKey[] = [
    offer("F6", t("reconcile.do.settle"), settles ? show("settle") : undefined),
    offer("F3", t("reconcile.do.second"), answers ? show("answer") : undefined),
    offer("F8", t("reconcile.toForm"), form && onForm ? () => onForm(form) : undefined),
    offer("F4", t("reconcile.toCash"), onCash),
    offer("F2", t("reconcile.do.count"), may && isOpen ? show("count") : undefined),
    offer("F7", t("reconcile.do.file"), may && isOpen ? show("file") : undefined),
    offer(
      "F9",
      t(data?.closing ? "reconcile.do.confirmClose" : "reconcile.do.close"),
      closes ? show("close") : undefined,
    ),
  ];
  const person = one?.forms[0]?.person ?? one?.candidates[0]?.person;
  const keys: ScreenKey[] = [
    ...(view === "day" ? dayKeys : [{ key: "Enter", label: t("reconcile.openDay") }]),
    { key: "↑↓", label: t("keys.move"), inBar: false },
    { key: "←→", label: t("reconcile.views"), inBar: view === "period" },
  ];
  const gates = status.gates.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="screen">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows inside */}
      <div className={classes.screen} data-reconcile onKeyDown={turn}>
        <div className={classes.head}>
          <h1>{t("reconcile.title")}</h1>
          <fieldset className={classes.views} aria-label={t("reconcile.views")}>
            {(["day", "period"] as const).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={view === name}
                data-testid={`reconcile-${name}`}
                onClick={() => setView(name)}
              >
                {t(`reconcile.view.${name}`)}
              </button>
            ))}
          </fieldset>
          {view === "day" && data && <StateTag state={data.state} />}
          <div className={classes.filters}>
            {view === "day" ? (
              <ChoiceField
                label={t("field.gate")}
                value={gate}
                onChange={setGate}
                options={gates}
                testId="reconcile-gate"
              />
            ) : (
              <DayField
                label={t("reconcile.from")}
                value={from}
                onChange={(next) => next && setFrom(next)}
                testId="reconcile-from"
              />
            )}
            <DayField
              label={view === "day" ? t("field.day") : t("reconcile.to")}
              value={day}
              onChange={(next) => {
                if (next) {
                  setDay(next);
                  setMark(null);
                }
              }}
              testId="reconcile-day-of"
            />
          </div>
        </div>
        {view === "day" && match.isError && <Problem>{messageOf(match.error)}</Problem>}
        {view === "period" && period.isError && <Problem>{messageOf(period.error)}</Problem>}
        {view === "period" && period.data && (
          <PeriodTables view={period.data} marked={dayMark} onMark={setDayMark} onOpen={open} />
        )}
        {view === "day" && data && (
          <>
            <Columns view={data} />
            {data.closed && <ClosedNote closed={data.closed} />}
            {data.closing && (
              <p className={classes.pending} data-testid="close-waits">
                {t(data.closing.own ? "reconcile.ownClose" : "reconcile.closeProposed", {
                  name: data.closing.proposed.name,
                })}
              </p>
            )}
            <div className={classes.split}>
              <section className={`panel ${classes.table}`} aria-label={t("reconcile.differences")}>
                {differences.length === 0 ? (
                  <p className={classes.empty} data-testid="reconcile-empty">
                    {t("reconcile.nothing")}
                  </p>
                ) : (
                  <DifferenceTable
                    differences={differences}
                    marked={one?.key ?? null}
                    onMark={setMark}
                    onOpen={() => settles && setWindow("settle")}
                  />
                )}
              </section>
              {one && <DifferenceDetail one={one} onForm={onForm} onPerson={onPerson} />}
            </div>
          </>
        )}
      </div>
      <ScreenKeys
        keys={[
          ...keys,
          offer(
            "Ctrl+R",
            t("reconcile.toPerson"),
            view === "day" && person && onPerson ? () => onPerson(person) : undefined,
          ),
        ]}
        active={active}
      />
      {data && asked && window === "settle" && (
        <SettleDialog view={data} one={asked} onClose={close} />
      )}
      {asked && window === "answer" && <SettlementAnswer one={asked} onClose={close} />}
      {data && window === "count" && <CountDialog view={data} onClose={close} />}
      {data && window === "file" && <CountFileDialog view={data} onClose={close} />}
      {data && window === "close" && <CloseDialog view={data} onClose={close} />}
    </div>
  );
}
