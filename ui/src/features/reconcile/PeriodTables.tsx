// Several gates over a period: roll-ups first, then every day with where it stands.
import type { DayState, PeriodDay, PeriodFigures, PeriodView } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Reconcile.module.css";

export const TONE_OF: Record<DayState, string> = {
  differs: "refuse",
  draft: "warm",
  settled: "brand",
  closed: "good",
};

export function StateTag({ state }: { state: DayState }) {
  const { t } = useWords();
  return (
    <span className="tag" data-tone={TONE_OF[state]} data-testid="day-state" data-state={state}>
      {t(`reconcile.dayState.${state}`)}
    </span>
  );
}

function Heads() {
  const { t } = useWords();
  const names = [
    "registered",
    "released",
    "pending",
    "due",
    "paid",
    "left",
    "seen",
    "unsettled",
  ] as const;
  return names.map((name) => (
    <th key={name} className="number">
      {t(`reconcile.period.${name}`)}
    </th>
  ));
}

function Cells({ of }: { of: PeriodFigures }) {
  return (
    <>
      <td className="number">{of.registered}</td>
      <td className="number">{of.released}</td>
      <td className="number">{of.pending}</td>
      <td className="number">
        <Money vnd={of.due_vnd} />
      </td>
      <td className="number">
        <Money vnd={of.paid_vnd} />
      </td>
      <td className="number">{of.left}</td>
      <td className="number">{of.seen}</td>
      <td className="number">{of.unsettled}</td>
    </>
  );
}

export function PeriodTables(props: {
  view: PeriodView;
  marked: string | null;
  onMark: (id: string) => void;
  onOpen: (day: PeriodDay) => void;
}) {
  const { t, language } = useWords();
  const { view } = props;
  const days = view.days.map((day) => ({ ...day, id: `${day.gate} ${day.day}` }));
  return (
    <div className={classes.period}>
      <section className="panel" aria-label={t("reconcile.rollUp")}>
        <table className="sheet" data-testid="period-groups">
          <thead>
            <tr>
              <th>{t("reconcile.level")}</th>
              <th>{t("reconcile.unitName")}</th>
              <th>{t("reconcile.state")}</th>
              <th className="number">{t("reconcile.period.days")}</th>
              <Heads />
            </tr>
          </thead>
          <tbody>
            {view.groups.map(({ level, code, name, state, figures }) => (
              <tr key={`${level} ${code}`} data-level={level}>
                <td>{t(`reconcile.levelName.${level}`)}</td>
                <td>{name || code || "—"}</td>
                <td>
                  <StateTag state={state} />
                </td>
                <td className="number">
                  {figures.closed}/{figures.days}
                </td>
                <Cells of={figures} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel" aria-label={t("reconcile.everyDay")}>
        <MarkedTable
          head={
            <>
              <th>{t("field.day")}</th>
              <th>{t("field.gate")}</th>
              <th>{t("reconcile.state")}</th>
              <Heads />
            </>
          }
          rows={days}
          marked={props.marked ?? days[0]?.id ?? null}
          testId="period"
          onMark={props.onMark}
          onOpen={props.onOpen}
          cells={(day) => (
            <>
              <td className="tight">{formatDay(day.day, language)}</td>
              <td>{day.gate}</td>
              <td>
                <StateTag state={day.state} />
              </td>
              <Cells of={day.figures} />
            </>
          )}
        />
      </section>
    </div>
  );
}
