// The month day by day: how much of the quota each day used.
import type { PersonView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { formatDecimal, percentOf } from "../../lib/decimal";
import classes from "./Residents.module.css";

/** Every day of the month that `days` are in; a day without trade is `null`. */
function wholeMonth(days: PersonView["month"]): [string, PersonView["month"][number] | null][] {
  const month = (days[0]?.day ?? "").slice(0, 7);
  const [year, number] = month.split("-").map(Number);
  const last = month === "" ? 0 : new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate();
  return Array.from({ length: last }, (_, at) => {
    const day = `${month}-${String(at + 1).padStart(2, "0")}`;
    return [day, days.find((used) => used.day === day) ?? null];
  });
}

export function MonthStrip(props: { days: PersonView["month"]; limit_vnd: string }) {
  const { t, language } = useWords();
  return (
    <ul className={classes.strip}>
      {wholeMonth(props.days).map(([day, used]) => {
        if (used === null) {
          return (
            <li key={day} aria-hidden>
              <span className={classes.column} />
              <small>{day.slice(8)}</small>
            </li>
          );
        }
        const { exempt_vnd, trips } = used;
        const words = t("person.tripsOn", {
          day: formatDay(day, language),
          amount: formatDecimal(exempt_vnd, language),
          trips,
        });
        return (
          <li key={day} title={words}>
            <span className={classes.spoken}>{words}</span>
            <span className={classes.column} aria-hidden>
              <i style={{ height: `${percentOf(exempt_vnd, props.limit_vnd)}%` }} />
            </span>
            <small aria-hidden>{day.slice(8)}</small>
          </li>
        );
      })}
    </ul>
  );
}
