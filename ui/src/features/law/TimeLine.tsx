// A rule in time: what was, what holds today, what comes, and hatched what waits for approval.
import type { LawRowView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Law.module.css";

const DAY_MS = 86_400_000;
/** How far back is drawn, in days: rows before it begin at the edge. */
const BACK = 3_650;
/** Weekly rows are drawn for so many days back. */
const BACK_OF_WEEKS = 70;
const AHEAD = 180;

const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

export interface Stretch {
  row: LawRowView;
  left: number;
  width: number;
}

/** Where each row lies, in percent of the line, and where today is. */
export function stretchesOf(rows: LawRowView[], today: string) {
  const now = numberOf(today);
  const weekly = rows.length > 8;
  const begins = rows.map((row) => numberOf(row.valid_from));
  const ends = rows.flatMap((row) => (row.valid_to === null ? [] : [numberOf(row.valid_to)]));
  const start = Math.max(Math.min(now, ...begins), now - (weekly ? BACK_OF_WEEKS : BACK));
  const last = Math.max(now, ...begins, ...ends);
  const end = last + (weekly ? 7 : AHEAD);
  const at = (day: number) => ((Math.min(Math.max(day, start), end) - start) / (end - start)) * 100;
  const stretches = rows
    .filter((row) => row.valid_to === null || numberOf(row.valid_to) >= start)
    .map((row): Stretch => {
      const left = at(numberOf(row.valid_from));
      const right = row.valid_to === null ? 100 : at(numberOf(row.valid_to) + 1);
      return { row, left, width: Math.max(right - left, 0.6) };
    });
  const day = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);
  return { stretches, today: at(now), start: day(start), end: day(end) };
}

export function TimeLine(props: {
  rows: LawRowView[];
  today: string;
  chosen: string | null;
  onChoose: (key: string) => void;
}) {
  const { t, language } = useWords();
  const line = stretchesOf(props.rows, props.today);
  return (
    <div>
      <div
        className={classes.line}
        role="img"
        aria-label={t("law.timeLine")}
        data-testid="law-line"
      >
        {line.stretches.map(({ row, left, width }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table below does the same by keyboard
          // biome-ignore lint/a11y/useKeyWithClickEvents: the table below does the same by keyboard
          <div
            key={`${row.key} ${row.phase}`}
            className={classes.bar}
            data-phase={row.phase}
            data-chosen={row.key === props.chosen}
            data-testid={`law-bar-${row.key}`}
            title={`${formatDay(row.valid_from, language)} – ${
              row.valid_to ? formatDay(row.valid_to, language) : "…"
            } · ${row.summary}`}
            style={{
              left: `${left}%`,
              width: `${width}%`,
              top: row.phase === "waiting" ? "38px" : "4px",
            }}
            onClick={() => props.onChoose(row.key)}
          >
            {row.summary}
          </div>
        ))}
        <div className={classes.today} style={{ left: `${line.today}%` }} />
        <span
          className={classes.todayLabel}
          style={line.today > 70 ? { right: `${100 - line.today}%` } : { left: `${line.today}%` }}
        >
          {t("law.today")} {formatDay(props.today, language)}
        </span>
      </div>
      <div className={classes.ends}>
        <span>{formatDay(line.start, language)}</span>
        <span>{formatDay(line.end, language)}</span>
      </div>
    </div>
  );
}
