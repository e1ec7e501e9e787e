// A receipt on its way back: the paper in hand, then the eyes of a second person.
import { useState } from "react";
import type { ReceiptRow } from "../../api/bindings";
import { useCommand } from "../../api/queries";
import { FormDialog } from "../../components/FormDialog";
import { TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";

export function TakeBackDialog(props: { receipt: ReceiptRow; onClose: () => void }) {
  const { t, language } = useWords();
  const { receipt } = props;
  const [serial, setSerial] = useState("");
  const [reason, setReason] = useState("");
  const back = useCommand("receipt_cancel");
  return (
    <FormDialog
      title={t("cash.backTitle", { number: receipt.number })}
      action={t("cash.do.back")}
      testId="receipt-back"
      busy={back.isPending}
      error={back.error}
      disabled={serial.trim() === "" || reason.trim() === ""}
      onSubmit={() =>
        back.mutate(
          { id: receipt.id, serial: serial.trim(), reason: reason.trim() },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      <p>{t("cash.backText", { amount: formatDecimal(receipt.amount_vnd, language) })}</p>
      <TextField
        label={t("cash.serial")}
        value={serial}
        onChange={setSerial}
        testId="receipt-serial"
        required
        autoFocus
      />
      <TextField
        label={t("field.reason")}
        value={reason}
        onChange={setReason}
        testId="receipt-reason"
        required
      />
    </FormDialog>
  );
}

export function AnswerDialog(props: { receipt: ReceiptRow; onClose: () => void }) {
  const { t } = useWords();
  const { receipt } = props;
  const answer = useCommand("receipt_answer");
  const say = (confirm: boolean) =>
    answer.mutate({ id: receipt.id, confirm }, { onSuccess: props.onClose });
  return (
    <FormDialog
      title={t("cash.answerTitle", { number: receipt.number })}
      action={t("cash.answerYes")}
      testId="receipt-answer"
      busy={answer.isPending}
      error={answer.error}
      plain
      other={{ label: t("cash.answerNo"), onClick: () => say(false) }}
      onSubmit={() => say(true)}
      onClose={props.onClose}
    >
      <p>{t("cash.answerText", { name: receipt.asked?.name ?? "", reason: receipt.reason })}</p>
    </FormDialog>
  );
}
