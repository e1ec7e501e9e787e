// A file with personal data in full: which kind, why, and where it was written.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../api/client";
import { useWords } from "../i18n";
import { AskDialog } from "./AskDialog";
import { ChoiceField, TextField } from "./kit";

type Caller = ReturnType<typeof useClient>;

export function RevealDialog<F extends "json" | "csv" | "xlsx">(props: {
  title: string;
  text: string;
  formats: readonly F[];
  write: (client: Caller, format: F, reason: string) => Promise<{ path: string }>;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const [reason, setReason] = useState("");
  const [format, setFormat] = useState(props.formats[0] as F);
  const write = useMutation({ mutationFn: () => props.write(client, format, reason.trim()) });
  const done = write.data !== undefined;
  return (
    <AskDialog
      title={props.title}
      confirm={done ? t("dialog.close") : t("reveal.confirm")}
      busy={write.isPending}
      error={write.error}
      ready={done || reason.trim() !== ""}
      testId="reveal"
      onConfirm={() => (done ? props.onClose() : write.mutate())}
      onClose={props.onClose}
    >
      <p>{props.text}</p>
      <ChoiceField
        label={t("reveal.format")}
        value={format}
        onChange={(next) => setFormat(props.formats.find((known) => known === next) ?? format)}
        options={props.formats.map((value) => ({ value, label: t(`reveal.formats.${value}`) }))}
        testId="reveal-format"
      />
      <TextField
        label={t("field.reason")}
        hint={t("reveal.reasonHint")}
        value={reason}
        onChange={setReason}
        testId="reveal-reason"
        required
        autoFocus
      />
      {write.data && (
        <p role="status" data-testid="reveal-path">
          {t("report.savedAt", { path: write.data.path })}
        </p>
      )}
    </AskDialog>
  );
}
