// The form has its number: what it waits for, print it, declare the other leg, or the next person.
import type { ReactNode } from "react";
import type { Answer, Stage } from "../../api/bindings";
import { Button } from "../../components/kit";
import { useWords } from "../../i18n";
import { formatDecimal, isPositive } from "../../lib/decimal";
import type { StepKind } from "../../lib/steps";
import classes from "./Counter.module.css";

export function RegisteredPanel(props: {
  answer: Answer;
  /** The other leg, where an exchange was registered in one go. */
  otherLeg: Answer | null;
  /** What the form waits for; null until it is known. */
  stage: Stage | null;
  steps: {
    next: StepKind | null;
    keyOf: (kind: StepKind) => string | undefined;
    take: (kind: StepKind) => void;
    busy: boolean;
    note: ReactNode;
    notedOn: string | null;
  };
  onPrint: () => void;
  onExchange: () => void;
  onNext: () => void;
}) {
  const { t, language } = useWords();
  const { answer, otherLeg, stage, steps } = props;
  const { next } = steps;
  const due = formatDecimal(answer.total_due_vnd, language);
  return (
    <section className={`panel ${classes.registered}`} role="status">
      <span className={classes.tick} aria-hidden>
        ✓
      </span>
      <div className={classes.outcome}>
        <h2>{t(otherLeg ? "exchange.done" : "registered.title")}</h2>
        <strong className={classes.bigNumber} data-testid="registered-number">
          {answer.number}
        </strong>
        {(answer.provisional || otherLeg?.provisional) && (
          <p className={classes.provisional} data-testid="registered-provisional">
            {t("registered.provisional")}
          </p>
        )}
        <span className={classes.due} data-nothing={!isPositive(answer.total_due_vnd)}>
          {isPositive(answer.total_due_vnd)
            ? t("registered.due", { amount: due })
            : t("registered.nothingDue")}
        </span>
        {otherLeg && (
          <strong data-testid="registered-other">
            {t("exchange.with", {
              number: otherLeg.number ?? "",
              amount: formatDecimal(otherLeg.total_due_vnd, language),
            })}
          </strong>
        )}
        <span className="soft">{t("registered.trips", { count: answer.trips_used })}</span>
        {stage !== null && (
          <p className={classes.waits} data-testid="registered-waits">
            {t(`registered.waits.${stage}`)}
          </p>
        )}
        {steps.notedOn === answer.id && steps.note}
      </div>
      <div className={classes.actions}>
        {next && (
          <Button
            large
            wide
            hotkey={steps.keyOf(next)}
            busy={steps.busy}
            onClick={() => steps.take(next)}
            testId={`take-${next}`}
          >
            {t(`steps.do.${next}`)}
          </Button>
        )}
        <Button kind="primary" large wide hotkey="F8" onClick={props.onPrint}>
          {t("keys.print")}
        </Button>
        {otherLeg === null && (
          <Button large wide hotkey="F7" onClick={props.onExchange}>
            {t("registered.exchange")}
          </Button>
        )}
        <Button large wide hotkey="Esc" onClick={props.onNext} testId="next-resident">
          {t("keys.next")}
        </Button>
      </div>
    </section>
  );
}
