// A supervisor closes a gate's day; what stands against it is named form by form.
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { useChanged } from "../../api/queries";
import { Button, Dialog, Problem } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Report.module.css";

export function CloseDayDialog(props: { gate: string; day: string; onClose: () => void }) {
  const { t, language } = useWords();
  const client = useClient();
  const changed = useChanged();
  const { gate, day } = props;
  const close = useMutation({
    mutationFn: () => client.call("day_close", { gate, day }),
    onSuccess: async (came) => {
      await changed("day_close");
      if (came.closed) {
        props.onClose();
      }
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!close.isPending) {
      close.mutate();
    }
  };
  return (
    <Dialog
      title={t("report.closeTitle", { day: formatDay(day, language) })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
    >
      <form className={classes.close} onSubmit={submit} data-testid="close-day">
        <p>{t("report.closeText")}</p>
        {close.data && <p role="status">{t("report.closeWaits")}</p>}
        {close.isError && (
          <Problem testId="close-problem">
            {messageOf(close.error)}
            {violationsOf(close.error).map((one) => (
              <ViolationNote key={`${one.code} ${one.message}`} violation={one} />
            ))}
          </Problem>
        )}
        <Button
          submit
          wide
          kind="primary"
          hotkey="Enter"
          busy={close.isPending}
          testId="close-confirm"
          autoFocus
        >
          {t("report.closeConfirm")}
        </Button>
      </form>
    </Dialog>
  );
}
