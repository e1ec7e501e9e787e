// The second person approves, or rejects with a reason.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ProposalView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { Button, Dialog, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import classes from "./Corrections.module.css";
import { SumsTable } from "./SumsTable";
import { useReadAgain } from "./use-correction";

export function VerdictDialog(props: {
  proposal: ProposalView;
  approve: boolean;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const readAgain = useReadAgain();
  const { proposal, approve } = props;
  const [reason, setReason] = useState("");
  const decide = useMutation({
    mutationFn: () =>
      client.call("correction_decide", { id: proposal.id, approve, reason: reason.trim() }),
    onSuccess: async () => {
      await readAgain();
      props.onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!decide.isPending) {
      decide.mutate();
    }
  };
  const said = violationsOf(decide.error);
  const beside = said.filter(({ field }) => field === "reason");
  return (
    <Dialog
      title={t(approve ? "board.approveTitle" : "board.rejectTitle")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
    >
      <form className={classes.form} onSubmit={submit} data-testid="verdict">
        <p className={classes.of}>
          <strong>{proposal.form.number}</strong> · {t(`correct.do_${proposal.kind}`)}
          <br />
          {proposal.proposed_by}: {proposal.reason}
        </p>
        {proposal.preview && approve && <SumsTable preview={proposal.preview} />}
        <TextField
          label={t("board.verdictReason")}
          value={reason}
          onChange={setReason}
          required={!approve}
          error={beside.map(({ message }) => message).join(" ") || null}
          testId="verdict-reason"
          autoFocus
        />
        {decide.isError && beside.length === 0 && (
          <Problem testId="verdict-problem">
            {messageOf(decide.error)}
            {said.map((one) => (
              <ViolationNote key={one.code + one.field} violation={one} />
            ))}
          </Problem>
        )}
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("steps.leave")}
          </Button>
          <Button
            submit
            wide
            kind={approve ? "primary" : "danger"}
            hotkey="Enter"
            busy={decide.isPending}
            testId="verdict-confirm"
          >
            {t(approve ? "keys.approve" : "keys.reject")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
