// A window that asks for a few words before something is done: what, why, and the key to do it.
import type { FormEvent, ReactNode } from "react";
import { useWords } from "../i18n";
import { useFocusBack } from "../lib/focus";
import classes from "./AskDialog.module.css";
import { Button, Dialog } from "./kit";
import { Refusal } from "./Refusal";

export function AskDialog(props: {
  title: string;
  confirm: string;
  kind?: "primary" | "danger";
  busy: boolean;
  error: unknown;
  /** Whether what was typed is enough to go on. */
  ready: boolean;
  /** No field of its own: Enter confirms at once. */
  plain?: boolean;
  testId: string;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  useFocusBack();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (props.ready && !props.busy) {
      props.onConfirm();
    }
  };
  return (
    <Dialog
      title={props.title}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="34rem"
    >
      <form className={classes.ask} onSubmit={submit} data-testid={props.testId}>
        {props.children}
        <Refusal error={props.error} testId={`${props.testId}-refusal`} />
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("steps.leave")}
          </Button>
          <Button
            submit
            wide
            kind={props.kind ?? "primary"}
            hotkey="Enter"
            busy={props.busy}
            disabled={!props.ready}
            testId={`${props.testId}-confirm`}
            autoFocus={props.plain}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
