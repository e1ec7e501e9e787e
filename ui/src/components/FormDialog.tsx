// A window that asks for a few things and does one: fields, what was refused, two buttons.
import type { FormEvent, ReactNode } from "react";
import { messageOf, violationsOf } from "../api/errors";
import { useWords } from "../i18n";
import classes from "./FormDialog.module.css";
import { Button, Dialog, Problem } from "./kit";
import { ViolationNote } from "./ViolationNote";

export function FormDialog(props: {
  title: string;
  /** What the button does. */
  action: string;
  testId: string;
  children: ReactNode;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  size?: string;
  /** A second way out beside the action. */
  other?: { label: string; onClick: () => void };
  /** Nothing is typed: the button has the focus. */
  plain?: boolean;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const violations = violationsOf(props.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy && !props.disabled) {
      props.onSubmit();
    }
  };
  return (
    <Dialog
      title={props.title}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size={props.size}
    >
      <form className={classes.form} onSubmit={submit} data-testid={props.testId}>
        {props.children}
        {props.error !== null && (
          <Problem testId={`${props.testId}-problem`}>
            {violations.length === 0 && messageOf(props.error)}
            {violations.map((one) => (
              <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
            ))}
          </Problem>
        )}
        <div className={classes.buttons}>
          {props.other ? (
            <Button wide onClick={props.other.onClick} testId={`${props.testId}-other`}>
              {props.other.label}
            </Button>
          ) : (
            <Button wide hotkey="Esc" onClick={props.onClose}>
              {t("dialog.close")}
            </Button>
          )}
          <Button
            submit
            wide
            kind="primary"
            hotkey="Enter"
            busy={props.busy}
            disabled={props.disabled}
            testId={`${props.testId}-do`}
            autoFocus={props.plain}
          >
            {props.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
