// What a step taken without a dialog came to: done, or refused with every reason.
import type { Step } from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { Problem } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import classes from "./Steps.module.css";

export function StepNote(props: {
  asked: { form: { number: string }; step: Step } | undefined;
  error: Error | null;
  done: boolean;
}) {
  const { t } = useWords();
  const { asked } = props;
  if (asked === undefined || (!props.done && props.error === null)) {
    return null;
  }
  if (props.error !== null) {
    const reasons = violationsOf(props.error);
    return (
      <Problem testId="step-problem">
        {asked.form.number}: {messageOf(props.error)}
        {reasons.map((one) => (
          <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
        ))}
      </Problem>
    );
  }
  return (
    <p className={classes.note} role="status" data-testid="step-done">
      {t("steps.done", { number: asked.form.number, step: t(`steps.did.${asked.step.step}`) })}
    </p>
  );
}
