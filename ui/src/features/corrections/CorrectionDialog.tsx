// A registered form turns out wrong: cancel, refuse, return, or open its goods to amend them.
import { type FormEvent, useState } from "react";
import type { CorrectionKind } from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { Button, Dialog, Problem, TextField } from "../../components/kit";
import { RadioChoice } from "../../components/RadioChoice";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import classes from "./Corrections.module.css";
import { SumsTable } from "./SumsTable";
import { useCorrecting, useCorrectionPreview } from "./use-correction";

/** A form as far as its correction needs it. */
export interface CorrectedForm {
  id: string;
  number: string;
  person_name: string;
  goods: string;
  released: boolean;
}

/** What can be done with a form: what has left can only come back or be amended. */
function kindsOf(form: CorrectedForm): [CorrectionKind, ...CorrectionKind[]] {
  return form.released ? ["return", "amend"] : ["cancel", "amend", "refuse", "return"];
}

export function CorrectionDialog(props: {
  form: CorrectedForm;
  onClose: () => void;
  onAmend: () => void;
  onMade: (proposal: string | null) => void;
}) {
  const { t } = useWords();
  const { form } = props;
  const kinds = kindsOf(form);
  const [kind, setKind] = useState(kinds[0]);
  const [reason, setReason] = useState("");
  const amends = kind === "amend";
  const preview = useCorrectionPreview(amends ? null : { id: form.id, kind });
  const correct = useCorrecting(props.onMade);
  const said = correct.isError ? violationsOf(correct.error) : (preview.data?.violations ?? []);
  const isRefused = said.some(({ severity }) => severity === "refuse");
  const ready = reason.trim() !== "" && (correct.isError || !isRefused);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amends) {
      props.onAmend();
    } else if (ready && !correct.isPending) {
      correct.mutate({ id: form.id, kind, reason: reason.trim() });
    }
  };
  return (
    <Dialog
      title={t("correct.title", { number: form.number })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="36rem"
    >
      <form className={classes.form} onSubmit={submit} data-testid="correction">
        <p className={classes.of}>
          <strong>{form.person_name}</strong> · <span className="soft">{form.goods}</span>
        </p>
        <RadioChoice<CorrectionKind>
          label={t("correct.kind")}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`correct.do_${value}`) }))}
          testId="correction-kind"
        />
        <p className="soft">{t(`correct.text_${kind}`)}</p>
        {!amends && (
          <>
            <TextField
              label={t("field.reason")}
              value={reason}
              onChange={setReason}
              testId="cancel-reason"
              required
              autoFocus
            />
            {preview.data && <SumsTable preview={preview.data} />}
          </>
        )}
        {preview.isError && !amends && <Problem>{messageOf(preview.error)}</Problem>}
        {correct.isError && (
          <Problem testId="correction-problem">{messageOf(correct.error)}</Problem>
        )}
        {!amends && said.map((one) => <ViolationNote key={one.code + one.field} violation={one} />)}
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("steps.leave")}
          </Button>
          <Button
            submit
            wide
            kind={amends ? "primary" : "danger"}
            hotkey="Enter"
            busy={correct.isPending}
            disabled={!amends && !ready}
            testId="cancel-confirm"
          >
            {amends
              ? t("correct.openGoods")
              : t(preview.data?.second_person ? "correct.propose" : "correct.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
