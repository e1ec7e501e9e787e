// Why a change that waits is rejected.
import { type FormEvent, useState } from "react";
import { Button, Dialog, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import classes from "./Law.module.css";

export function RejectDialog(props: {
  busy: boolean;
  problem: string | null;
  onReject: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) {
      props.onReject(reason);
    }
  };
  return (
    <Dialog
      title={t("law.rejectTitle")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
    >
      <form className={classes.form} onSubmit={submit}>
        <TextField
          label={t("law.why")}
          value={reason}
          onChange={setReason}
          error={props.problem}
          required
          testId="law-why"
          autoFocus
        />
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <Button submit wide kind="danger" hotkey="Enter" busy={props.busy} testId="law-reject">
            {t("law.reject")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
