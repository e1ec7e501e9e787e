// The next step of a list, and its cancelling: what is asked before each.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { GatheringStep, GatheringView, PaymentMethod, Role } from "../../api/bindings";
import { useClient } from "../../api/client";
import { AskDialog } from "../../components/AskDialog";
import { TextField } from "../../components/kit";
import { Money } from "../../components/Money";
import { RadioChoice } from "../../components/RadioChoice";
import { useWords } from "../../i18n";
import { isPositive } from "../../lib/decimal";
import { decides } from "../../lib/steps";
import classes from "./Gathering.module.css";

type Kind = GatheringStep["step"] | "cancel";

export function ListStepDialog(props: {
  kind: Kind;
  list: GatheringView;
  role: Role;
  onDone: (list: GatheringView) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const { kind, list } = props;
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [method, setMethod] = useState<PaymentMethod>("bank");
  const late = kind === "file" && (list.days_left ?? 0) < 0;
  const step = (): GatheringStep => {
    const said = text.trim();
    switch (kind) {
      case "file":
        return { step: "file", ...(said && { declaration: said }), ...(late && { reason }) };
      case "pay":
        return { step: "pay", method, document: said };
      case "release":
        return { step: "release" };
      default:
        return { step: "confirm_tax" };
    }
  };
  const act = useMutation({
    mutationFn: () =>
      kind === "cancel"
        ? client.call("gathering_cancel", { id: list.id, reason: reason.trim() })
        : client.call("gathering_step", { id: list.id, step: step() }),
    onSuccess: props.onDone,
  });
  const ready =
    kind === "cancel" || (late && decides(props.role))
      ? reason.trim() !== ""
      : kind !== "pay" || text.trim() !== "";
  return (
    <AskDialog
      title={t(`gathering.do.${kind}`)}
      confirm={t(`gathering.do.${kind}`)}
      kind={kind === "cancel" ? "danger" : "primary"}
      busy={act.isPending}
      error={act.error}
      ready={ready}
      plain={kind === "confirm_tax" || kind === "release"}
      testId={`list-${kind}`}
      onConfirm={() => act.mutate()}
      onClose={props.onClose}
    >
      <p>
        <strong>{list.number}</strong> · {list.trader.name}
      </p>
      <p>{t(`gathering.text.${kind}`)}</p>
      {kind !== "cancel" && isPositive(list.sums.total_vnd) && (
        <p className={classes.due}>
          {t("gathering.total")}{" "}
          <strong>
            <Money vnd={list.sums.total_vnd} testId="step-due" /> ₫
          </strong>
        </p>
      )}
      {kind === "pay" && (
        <RadioChoice<PaymentMethod>
          label={t("steps.method")}
          value={method}
          onChange={setMethod}
          options={(["bank", "cash"] as const).map((value) => ({
            value,
            label: t(`steps.paidBy.${value}`),
          }))}
          testId="list-method"
        />
      )}
      {(kind === "file" || kind === "pay") && (
        <TextField
          label={kind === "file" ? t("gathering.declaration") : t(`steps.document.${method}`)}
          value={text}
          onChange={setText}
          testId="list-text"
          required={kind === "pay"}
          autoFocus
        />
      )}
      {(kind === "cancel" || late) && (
        <TextField
          label={t(late ? "gathering.lateReason" : "field.reason")}
          value={reason}
          onChange={setReason}
          testId="reason"
          required
          autoFocus={kind === "cancel"}
        />
      )}
    </AskDialog>
  );
}
