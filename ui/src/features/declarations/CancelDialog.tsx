// Cancelling is a new entry with a reason; nothing is edited or lost.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { DeclarationRow } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { Button, Dialog, Problem, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import classes from "./Declarations.module.css";

export function CancelDialog(props: {
  row: DeclarationRow;
  opened: boolean;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const [reason, setReason] = useState("");
  const cancel = useMutation({
    mutationFn: () =>
      client.call("declaration_cancel", { id: props.row.id, reason: reason.trim() }),
    onSuccess: () => {
      setReason("");
      props.onCancelled();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== "") {
      cancel.mutate();
    }
  };
  return (
    <Dialog
      title={t("list.cancelTitle", { number: props.row.number })}
      opened={props.opened}
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
    >
      <form className={classes.cancel} onSubmit={submit}>
        <p>
          <strong>{props.row.person_name}</strong> · {props.row.goods}
        </p>
        <p className="soft">{t("list.cancelText")}</p>
        <TextField
          label={t("field.reason")}
          placeholder={t("list.reasonPlaceholder")}
          value={reason}
          onChange={setReason}
          testId="cancel-reason"
          required
          autoFocus
        />
        {cancel.isError && <Problem>{messageOf(cancel.error)}</Problem>}
        <div className={classes.detailActions}>
          <Button wide onClick={props.onClose}>
            {t("dialog.keep")}
          </Button>
          <Button
            submit
            wide
            kind="danger"
            busy={cancel.isPending}
            disabled={reason.trim() === ""}
            testId="cancel-confirm"
          >
            {t("list.cancelConfirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
