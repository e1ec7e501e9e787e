// One step of an officer: what it means, the article it rests on, and what must be typed for it.
import { type FormEvent, useEffect } from "react";
import type { Finding, PaymentMethod, Role, Violation } from "../../api/bindings";
import { useDeclaration } from "../../api/queries";
import { Button, Dialog, Problem, TextField } from "../../components/kit";
import { Money } from "../../components/Money";
import { OpenDrawer } from "../../components/OpenDrawer";
import { RadioChoice } from "../../components/RadioChoice";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { isPositive, withoutSign } from "../../lib/decimal";
import { decides, partRefusals, type StepDraft, type StepKind } from "../../lib/steps";
import classes from "./Steps.module.css";
import type { StepForm } from "./use-steps";

export interface StepDialogProps {
  kind: StepKind;
  form: StepForm;
  /** The line whose certificate is missing. */
  line: number | null;
  role: Role;
  draft: StepDraft;
  onDraft: (change: Partial<StepDraft>) => void;
  busy: boolean;
  refusal: { message: string; violations: Violation[] } | null;
  onSubmit: () => void;
  onClose: () => void;
}

export function StepDialog(props: StepDialogProps) {
  const { t } = useWords();
  const { kind, form, refusal } = props;
  const { beside, whole } = partRefusals(refusal?.violations ?? []);
  const basis = kind === "certify" && props.draft.waived ? "waive" : kind;
  // The window is gone the moment its step is taken: the focus goes back where it was.
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) {
      props.onSubmit();
    }
  };
  const isPlain = !["inspect", "certify", "waive", "pay", "refund", "extend_inspection"].includes(
    kind,
  );
  return (
    <Dialog
      title={t(`steps.title.${kind}`)}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="34rem"
    >
      <form className={classes.step} onSubmit={submit} data-testid={`step-${kind}`}>
        <p className={classes.of}>
          <strong>{form.number}</strong> · {form.person_name}
          <br />
          <span className="soft">{form.goods}</span>
        </p>
        <p>{t(`steps.text.${basis}`)}</p>
        <Due {...props} />
        <Fields {...props} beside={beside.map(({ message }) => message).join(" ") || null} />
        {kind === "release" && (
          <p className={classes.final} data-testid="step-final">
            {t("steps.final")}
          </p>
        )}
        {refusal && beside.length === 0 && (
          <Problem testId="step-refusal">
            {whole.length === 0 && refusal.message}
            {whole.map((one) => (
              <div key={`${one.code} ${one.field}`}>
                <ViolationNote violation={one} />
                <span className={classes.article}>{t("decision.basis", { basis: one.basis })}</span>
              </div>
            ))}
          </Problem>
        )}
        {whole.some(({ code }) => code === "cash_session_missing") && (
          <OpenDrawer onOpened={props.onSubmit} />
        )}
        <p className={classes.article} data-testid="step-basis">
          {t("decision.basis", { basis: t(`steps.basis.${basis}`) })}
        </p>
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("steps.leave")}
          </Button>
          <Button
            submit
            wide
            kind="primary"
            hotkey="Enter"
            busy={props.busy}
            testId="step-confirm"
            autoFocus={isPlain}
          >
            {t(`steps.do.${basis}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The sum a step is about; after a correction only the difference moves. */
function Due({ kind, form }: StepDialogProps) {
  const { t } = useWords();
  const { balance_vnd } = form.progress;
  const sums: Partial<Record<StepKind, [string, string]>> = {
    confirm_tax: [t("decision.total"), form.total_due_vnd],
    pay:
      balance_vnd === form.total_due_vnd
        ? [t("decision.total"), form.total_due_vnd]
        : [t("steps.topUp"), balance_vnd],
    release: [t("steps.paidSum"), form.total_due_vnd],
    refund: [t("steps.refundSum"), withoutSign(balance_vnd)],
  };
  const [label, vnd] = sums[kind] ?? ["", "0"];
  return isPositive(vnd) ? (
    <p className={classes.due}>
      {label}{" "}
      <strong>
        <Money vnd={vnd} testId="step-due" /> ₫
      </strong>
    </p>
  ) : null;
}

function Fields(props: StepDialogProps & { beside: string | null }) {
  const { t } = useWords();
  const { kind, draft, onDraft, beside } = props;
  const onText = (text: string) => onDraft({ text });
  if (kind === "inspect") {
    return (
      <>
        <RadioChoice<Finding>
          label={t("steps.finding")}
          value={draft.finding}
          onChange={(finding) => onDraft({ finding })}
          options={(["conforms", "differs"] as const).map((value) => ({
            value,
            label: t(`steps.found.${value}`),
          }))}
          testId="step-finding"
          autoFocus
        />
        <TextField
          label={t("steps.remark")}
          value={draft.text}
          onChange={onText}
          required={draft.finding === "differs"}
          error={beside}
          testId="step-text"
        />
      </>
    );
  }
  if (kind === "pay") {
    return (
      <>
        <RadioChoice<PaymentMethod>
          label={t("steps.method")}
          value={draft.method}
          onChange={(method) => onDraft({ method })}
          options={(["cash", "bank"] as const).map((value) => ({
            value,
            label: t(`steps.paidBy.${value}`),
          }))}
          testId="step-method"
        />
        <TextField
          label={t(`steps.document.${draft.method}`)}
          value={draft.text}
          onChange={onText}
          hint={draft.method === "cash" ? t("steps.receiptNext") : null}
          required={draft.method === "bank"}
          error={beside}
          testId="step-text"
          autoFocus
        />
      </>
    );
  }
  if (kind === "refund") {
    return (
      <>
        <RadioChoice<PaymentMethod>
          label={t("steps.refundMethod")}
          value={draft.method}
          onChange={(method) => onDraft({ method })}
          options={(["cash", "bank"] as const).map((value) => ({
            value,
            label: t(`steps.refundBy.${value}`),
          }))}
          testId="step-method"
        />
        <TextField
          label={t("steps.refundDocument")}
          value={draft.text}
          onChange={onText}
          required
          error={beside}
          testId="step-text"
          autoFocus
        />
      </>
    );
  }
  if (kind === "extend_inspection") {
    return (
      <TextField
        label={t("steps.extendReason")}
        value={draft.text}
        onChange={onText}
        required
        error={beside}
        testId="step-text"
        autoFocus
      />
    );
  }
  return kind === "certify" || kind === "waive" ? <Certificate {...props} /> : null;
}

/** Names the goods, so that the certificate goes to the right line. */
function Certificate(props: StepDialogProps & { beside: string | null }) {
  const { t } = useWords();
  const { draft, onDraft, line } = props;
  const declaration = useDeclaration(props.form.id);
  const goods = declaration.data?.lines[line ?? 0]?.name ?? "";
  return (
    <>
      <p data-testid="step-line">
        <strong>{t("steps.line", { line: (line ?? 0) + 1, goods })}</strong>
      </p>
      {decides(props.role) && (
        <RadioChoice<"certified" | "waived">
          label={t("steps.certificate")}
          value={draft.waived ? "waived" : "certified"}
          onChange={(value) => onDraft({ waived: value === "waived" })}
          options={[
            { value: "certified", label: t("steps.certified") },
            { value: "waived", label: t("steps.waived") },
          ]}
          testId="step-certificate"
        />
      )}
      <TextField
        label={t(draft.waived ? "steps.waiveReason" : "steps.certificateNumber")}
        value={draft.text}
        onChange={(text) => onDraft({ text })}
        required
        error={props.beside}
        testId="step-text"
        autoFocus
      />
    </>
  );
}
