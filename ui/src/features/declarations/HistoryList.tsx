// A form from its registration through every correction: what, who, when, why, by whom approved.
import type { RevisionView } from "../../api/bindings";
import { useHistory } from "../../api/queries";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Declarations.module.css";

export function HistoryList({ id }: { id: string }) {
  const { t, language } = useWords();
  const history = useHistory(id).data ?? [];
  const who = ({ by, decided_by, rejected }: RevisionView) => {
    if (decided_by === null) {
      return by;
    }
    const second = { name: by, second: decided_by };
    return t(rejected ? "history.rejectedBy" : "history.second", second);
  };
  return (
    <section aria-label={t("history.title")}>
      <h2>{t("history.title")}</h2>
      <ol className={classes.lines} data-testid="history">
        {history.map((entry) => (
          <li key={`${entry.at} ${entry.kind} ${entry.rejected}`}>
            <span>
              <strong>{t(`history.${entry.kind ?? "registered"}`)}</strong> {formatTime(entry.at)}{" "}
              {formatDay(dayOf(entry.at), language)} · {who(entry)}
              <br />
              <span className="soft">
                {entry.reason}
                {entry.rejected && ` (${t("history.rejected", { reason: entry.verdict_reason })})`}
                {entry.basis && ` · ${entry.basis}`}
              </span>
            </span>
            {entry.sums && <Money vnd={entry.sums.value_vnd} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
