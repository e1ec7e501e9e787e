// The form has its number: print it, declare the other leg, or take the next person.
import type { Answer } from "../../api/bindings";
import { Button } from "../../components/kit";
import { useWords } from "../../i18n";
import { formatDecimal, isPositive } from "../../lib/decimal";
import classes from "./Counter.module.css";

export function RegisteredPanel(props: {
  answer: Answer;
  onPrint: () => void;
  onExchange: () => void;
  onNext: () => void;
}) {
  const { t, language } = useWords();
  const { answer } = props;
  const due = formatDecimal(answer.total_due_vnd, language);
  return (
    <section className={`panel ${classes.registered}`} role="status">
      <span className={classes.tick} aria-hidden>
        ✓
      </span>
      <div className={classes.outcome}>
        <h2>{t("registered.title")}</h2>
        <strong className={classes.bigNumber} data-testid="registered-number">
          {answer.number}
        </strong>
        <span className={classes.due} data-nothing={!isPositive(answer.total_due_vnd)}>
          {isPositive(answer.total_due_vnd)
            ? t("registered.due", { amount: due })
            : t("registered.nothingDue")}
        </span>
        <span className="soft">{t("registered.trips", { count: answer.trips_used })}</span>
        <div className={classes.flags}>
          {answer.inspection_required && (
            <span className="tag" data-tone="warm">
              {t("decision.inspection")}
            </span>
          )}
          {answer.provisional && (
            <span className="tag" data-tone="warm">
              {t("decision.provisional")}
            </span>
          )}
        </div>
      </div>
      <div className={classes.actions}>
        <Button kind="primary" large wide hotkey="F8" onClick={props.onPrint}>
          {t("keys.print")}
        </Button>
        <Button large wide hotkey="F7" onClick={props.onExchange}>
          {t("registered.exchange")}
        </Button>
        <Button large wide hotkey="Esc" onClick={props.onNext} testId="next-resident">
          {t("keys.next")}
        </Button>
      </div>
    </section>
  );
}
