// The month day by day: how much of the quota each day used.
import type { PersonView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { formatDecimal, percentOf } from "../../lib/decimal";
import classes from "./Residents.module.css";

export function MonthStrip(props: { days: PersonView["month"]; limit_vnd: string }) {
  const { t, language } = useWords();
  return (
    <ul className={classes.strip}>
      {props.days.map(({ day, exempt_vnd, trips }) => {
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
