// How a day was closed, its digest, and the corrections made to it since.
import type { DayClosing } from "../../api/bindings";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Reconcile.module.css";

export function ClosedNote({ closed }: { closed: DayClosing }) {
  const { t, language } = useWords();
  const mark = ({ at, name }: { at: string; name: string }) =>
    `${name} · ${formatTime(at)} ${formatDay(dayOf(at), language)}`;
  return (
    <section className={`panel ${classes.closed}`} data-testid="closed-note">
      <p>
        {t("reconcile.closedBy", { mark: mark(closed.closed) })}
        {closed.proposed && ` · ${t("reconcile.proposedBy", { mark: mark(closed.proposed) })}`}
      </p>
      {closed.digest !== "" && (
        <code className={classes.digest} data-testid="day-digest">
          SHA-256 {closed.digest}
        </code>
      )}
      {closed.corrections.length > 0 && (
        <ul data-testid="later-corrections">
          {closed.corrections.map(({ form, number, kind, reason, proposed, approved, decided }) => (
            <li key={`${form} ${proposed.at}`}>
              {number} · {t(`history.${kind}`)} · {reason} · {mark(proposed)} ·{" "}
              {t(
                decided === null
                  ? "reconcile.later.waits"
                  : approved
                    ? "reconcile.later.done"
                    : "reconcile.later.rejected",
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
