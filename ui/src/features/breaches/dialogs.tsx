// The windows over a breach: decide, give to someone, find harmless, take a verdict back.
import { useState } from "react";
import type { BreachState, BreachView, HarmlessView } from "../../api/bindings";
import { useCommand } from "../../api/queries";
import { AskDialog } from "../../components/AskDialog";
import { DayField } from "../../components/DayField";
import { ChoiceField, TextField } from "../../components/kit";
import { RadioChoice } from "../../components/RadioChoice";
import { useWords } from "../../i18n";
import classes from "./Breaches.module.css";

const DECISIONS = ["upheld", "waived", "referred"] as const satisfies readonly BreachState[];
type Decision = (typeof DECISIONS)[number];

function About({ view }: { view: BreachView }) {
  const { t } = useWords();
  return (
    <p className={classes.about}>
      <strong>{t(`breachKind.${view.row.kind}`)}</strong>
      {view.row.who && ` · ${view.row.who}`}
      <br />
      {view.row.why}
    </p>
  );
}

export function DecideDialog({ view, onClose }: { view: BreachView; onClose: () => void }) {
  const { t } = useWords();
  const decide = useCommand("breach_decide");
  const referred = view.row.state === "referred";
  const choices = DECISIONS.filter((one) => !(referred && one === "referred"));
  const [state, setState] = useState<Decision>("upheld");
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("breach.decideTitle")}
      confirm={t("breach.decide")}
      busy={decide.isPending}
      error={decide.error}
      ready={reason.trim() !== ""}
      testId="breach-decision"
      onConfirm={() => decide.mutate({ id: view.row.id, state, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <About view={view} />
      <RadioChoice
        label={t("breach.decision")}
        value={state}
        options={choices.map((value) => ({ value, label: t(`breach.do.${value}`) }))}
        onChange={setState}
        testId="decision"
        autoFocus
      />
      <Reason value={reason} onChange={setReason} />
      <p className="soft">{t("breach.noPenalty")}</p>
    </AskDialog>
  );
}

function Reason(props: { value: string; onChange: (text: string) => void; first?: boolean }) {
  const { t } = useWords();
  const { value, onChange, first } = props;
  return (
    <TextField
      label={t("field.reason")}
      value={value}
      onChange={onChange}
      required
      hint={t("breach.reasonHint")}
      testId="breach-reason"
      autoFocus={first}
    />
  );
}

export function AssignDialog({ view, onClose }: { view: BreachView; onClose: () => void }) {
  const { t } = useWords();
  const assign = useCommand("breach_assign");
  const [to, setTo] = useState(view.row.assigned ?? view.deciders[0]?.name ?? "");
  return (
    <AskDialog
      title={t("breach.assignTitle")}
      confirm={t("breach.assign")}
      busy={assign.isPending}
      error={assign.error}
      ready={to !== ""}
      testId="breach-assignment"
      onConfirm={() => assign.mutate({ id: view.row.id, to }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <About view={view} />
      <ChoiceField
        label={t("breach.assignTo")}
        value={to}
        onChange={setTo}
        options={view.deciders.map(({ name, display_name }) => ({
          value: name,
          label: display_name,
        }))}
        hint={view.deciders.length === 0 ? t("breach.nobody") : null}
        testId="assign-to"
        autoFocus
      />
    </AskDialog>
  );
}

export function HarmlessDialog({ view, onClose }: { view: BreachView; onClose: () => void }) {
  const { t } = useWords();
  const harmless = useCommand("breach_harmless");
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("breach.harmlessTitle")}
      confirm={t("breach.harmless")}
      busy={harmless.isPending}
      error={harmless.error}
      ready={reason.trim() !== ""}
      testId="breach-harmless"
      onConfirm={() =>
        harmless.mutate({ id: view.row.id, until: until ?? "", reason }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <About view={view} />
      <p>{t("breach.harmlessText")}</p>
      <Reason value={reason} onChange={setReason} first />
      <DayField
        label={t("breach.until")}
        value={until}
        onChange={setUntil}
        testId="harmless-until"
      />
    </AskDialog>
  );
}

export function WithdrawDialog(props: { verdict: HarmlessView; onClose: () => void }) {
  const { t } = useWords();
  const withdraw = useCommand("harmless_withdraw");
  const [reason, setReason] = useState("");
  const { verdict, onClose } = props;
  return (
    <AskDialog
      title={t("breach.withdrawTitle")}
      confirm={t("breach.withdraw")}
      kind="danger"
      busy={withdraw.isPending}
      error={withdraw.error}
      ready={reason.trim() !== ""}
      testId="harmless-withdraw"
      onConfirm={() => withdraw.mutate({ id: verdict.id, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={classes.about}>
        <strong>{t(`breachKind.${verdict.kind}`)}</strong> · {verdict.subject}
        <br />
        {verdict.judged.name}: {verdict.reason}
      </p>
      <Reason value={reason} onChange={setReason} first />
    </AskDialog>
  );
}
