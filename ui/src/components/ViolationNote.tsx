// A rule that refuses or warns, with the article it rests on.
import type { Violation } from "../api/bindings";
import { useWords } from "../i18n";
import classes from "./ViolationNote.module.css";

export function ViolationNote({ violation }: { violation: Violation }) {
  const { t } = useWords();
  return (
    <div className={classes.note} data-severity={violation.severity} data-code={violation.code}>
      <span className={classes.mark} aria-hidden>
        {violation.severity === "refuse" ? "✕" : "!"}
      </span>
      <span>
        <span className={classes.spoken}>{t(`severity.${violation.severity}`)}: </span>
        {violation.message}
      </span>
    </div>
  );
}
