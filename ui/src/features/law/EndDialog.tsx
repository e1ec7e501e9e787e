// A row that ends: on which day, by which text. Without a day it goes as one that never held.
import { type FormEvent, useState } from "react";
import type { LawChangeView, LawProposalInput, LawRowView } from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { DayField } from "../../components/DayField";
import { Button, Dialog, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { useHotkeys } from "../../lib/keyboard";
import { EffectPanel } from "./EffectPanel";
import classes from "./Law.module.css";
import { emptyProposal, useLawChanges } from "./use-law";

export function EndDialog(props: {
  title: string;
  row: LawRowView;
  onDone: (change: LawChangeView) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { propose } = useLawChanges();
  const [last, setLast] = useState<string | null>(null);
  const [basis, setBasis] = useState("");
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState<LawProposalInput | null>(null);
  const proposal: LawProposalInput = {
    ...emptyProposal(),
    ends: [{ key: props.row.key, last: last ?? "" }],
    basis,
    reason,
  };
  const violations = violationsOf(propose.error);
  const retroactive = violations.some(({ code }) => code === "law_retroactive") || reason !== "";
  useHotkeys({ F8: () => setAsked(proposal) }, { within: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!propose.isPending && basis.trim() !== "") {
      propose.mutate(proposal, { onSuccess: props.onDone });
    }
  };
  return (
    <Dialog
      title={t("law.endTitle", { rule: props.title })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="44rem"
    >
      <form className={classes.form} onSubmit={submit} data-testid="law-end-form">
        <p>
          <strong>{props.row.summary}</strong>
        </p>
        <DayField label={t("law.lastDay")} value={last} onChange={setLast} testId="law-last" />
        <p className="soft">{t("law.lastDayHint")}</p>
        <TextField
          label={t("law.basis")}
          value={basis}
          onChange={setBasis}
          hint={t("law.basisHint")}
          required
          testId="law-basis"
          autoFocus
        />
        {retroactive && (
          <TextField
            label={t("law.reason")}
            value={reason}
            onChange={setReason}
            required
            testId="law-reason"
          />
        )}
        {propose.isError && violations.length === 0 && (
          <Problem>{messageOf(propose.error)}</Problem>
        )}
        <div className={classes.notes} data-testid="law-problems">
          {violations.map((one) => (
            <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
          ))}
        </div>
        <EffectPanel request={asked && { id: null, proposal: asked, table: null }} />
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <Button hotkey="F8" wide onClick={() => setAsked(proposal)}>
            {t("law.effect")}
          </Button>
          <Button
            submit
            wide
            kind="primary"
            hotkey="Enter"
            busy={propose.isPending}
            testId="law-propose"
          >
            {t("law.propose")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
