// What was counted at the barrier: typed in totals, or taken from a file in CSV.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CountedInput, ReconciliationView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { useCommand } from "../../api/queries";
import { FormDialog } from "../../components/FormDialog";
import { Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { parseDecimal } from "../../lib/decimal";
import { readText } from "../../lib/file-text";
import classes from "./Reconcile.module.css";
import { heldCount } from "./use-reconcile";

const EMPTY: CountedInput = { persons: "", forms: "", vehicles: "", weight_kg: "" };
const FIELDS = ["persons", "forms", "vehicles", "weight_kg"] as const;

/** A number as the server reads it; what is no number goes as it is, to be refused there. */
const whole = (text = "") => parseDecimal(text, { whole: true }) ?? text;
const decimal = (text = "") => parseDecimal(text) ?? text;

function ReasonField(props: { value: string; onChange: (text: string) => void }) {
  const { t } = useWords();
  return (
    <TextField
      label={t("reconcile.replaceReason")}
      hint={t("reconcile.replaceHint")}
      value={props.value}
      onChange={props.onChange}
      testId="count-reason"
      required
    />
  );
}

export function CountDialog(props: { view: ReconciliationView; onClose: () => void }) {
  const { t } = useWords();
  const { view } = props;
  const held = heldCount(view);
  const [counter, setCounter] = useState(held?.counter ?? "");
  const [reason, setReason] = useState("");
  const [counted, setCounted] = useState({ import: EMPTY, export: EMPTY });
  const save = useCommand("barrier_save");
  const typed = (way: "import" | "export"): CountedInput => ({
    persons: whole(counted[way].persons),
    forms: whole(counted[way].forms),
    vehicles: whole(counted[way].vehicles),
    weight_kg: decimal(counted[way].weight_kg),
  });
  return (
    <FormDialog
      title={t("reconcile.countTitle")}
      action={t("reconcile.do.count")}
      testId="count"
      size="44rem"
      busy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate(
          {
            gate: view.gate,
            day: view.day,
            counter: counter.trim(),
            import: typed("import"),
            export: typed("export"),
            reason: reason.trim(),
          },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      <TextField
        label={t("reconcile.counter")}
        hint={t("reconcile.counterHint")}
        value={counter}
        onChange={setCounter}
        testId="count-counter"
        autoFocus
        required
      />
      <div className={classes.grid}>
        <span />
        {FIELDS.map((field) => (
          <strong key={field}>{t(`reconcile.counted.${field}`)}</strong>
        ))}
        {(["import", "export"] as const).map((way) => [
          <strong key={way}>{t(`directionShort.${way}`)}</strong>,
          ...FIELDS.map((field) => (
            <TextField
              key={`${way}-${field}`}
              label=""
              spoken={`${t(`directionShort.${way}`)} ${t(`reconcile.counted.${field}`)}`}
              value={counted[way][field] ?? ""}
              onChange={(text) =>
                setCounted((all) => ({ ...all, [way]: { ...all[way], [field]: text } }))
              }
              testId={`count-${way}-${field}`}
            />
          )),
        ])}
      </div>
      {held && <ReasonField value={reason} onChange={setReason} />}
    </FormDialog>
  );
}

export function CountFileDialog(props: { view: ReconciliationView; onClose: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const { view } = props;
  const held = heldCount(view);
  const [counter, setCounter] = useState(held?.counter ?? "");
  const [reason, setReason] = useState("");
  const [file, setFile] = useState({ name: "", text: "" });
  const [unread, setUnread] = useState<string | null>(null);
  const take = useCommand("barrier_import");
  const request = {
    gate: view.gate,
    day: view.day,
    counter: counter.trim(),
    reason: reason.trim(),
    ...file,
  };
  const preview = useQuery({
    queryKey: ["barrier_preview", request],
    queryFn: () => client.call("barrier_import", { ...request, take: false }),
    enabled: file.text !== "",
    retry: false,
  });
  const read = (chosen: File | undefined) => {
    take.reset();
    if (chosen) {
      readText(chosen).then(
        (text) => {
          setUnread(null);
          setFile({ name: chosen.name, text });
        },
        (error) => setUnread(messageOf(error)),
      );
    }
  };
  const seen = file.text === "" ? undefined : preview.data;
  return (
    <FormDialog
      title={t("reconcile.fileTitle")}
      action={t("reconcile.do.take")}
      testId="count-file"
      size="44rem"
      busy={take.isPending}
      error={take.error}
      disabled={!seen || seen.bad.length > 0 || seen.problems.length > 0}
      onSubmit={() => take.mutate({ ...request, take: true }, { onSuccess: props.onClose })}
      onClose={props.onClose}
    >
      <label>
        {t("reconcile.file")}
        <input
          className={classes.file}
          type="file"
          accept=".csv,text/csv,text/plain"
          data-testid="count-file-choose"
          data-autofocus
          onChange={(event) => read(event.currentTarget.files?.[0])}
        />
      </label>
      <p className="soft">{t("reconcile.fileHint")}</p>
      <TextField
        label={t("reconcile.counter")}
        value={counter}
        onChange={setCounter}
        testId="count-counter"
        required
      />
      {held && <ReasonField value={reason} onChange={setReason} />}
      {unread !== null && <Problem>{unread}</Problem>}
      {preview.isError && file.text !== "" && <Problem>{messageOf(preview.error)}</Problem>}
      {seen && (
        <div data-testid="count-preview">
          <p>
            {seen.totals
              ? t("reconcile.fileTotals", {
                  import: seen.totals.import.forms,
                  export: seen.totals.export.forms,
                })
              : t("reconcile.filePassages", { count: seen.passages })}
            {seen.unused.length > 0 &&
              ` · ${t("reconcile.unused", { columns: seen.unused.join(", ") })}`}
          </p>
          {seen.bad.length > 0 && (
            <ul className={classes.bad} data-testid="count-bad">
              {seen.bad.map(({ line, column, reason }) => (
                <li key={`${line} ${column}`}>
                  {t("reconcile.line", { line })} {column}: {reason}
                </li>
              ))}
            </ul>
          )}
          {seen.problems.map((one) => (
            <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
          ))}
        </div>
      )}
    </FormDialog>
  );
}
