// A table from a file: what it would change is seen before it is taken as one change.
import { useState } from "react";
import type {
  LawChangeView,
  LawKindView,
  LawTableInput,
  LawTableRow,
  LawTableView,
} from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { DayField } from "../../components/DayField";
import { Button, CheckField, Dialog, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { readText } from "../../lib/file-text";
import { useHotkeys } from "../../lib/keyboard";
import { EffectPanel } from "./EffectPanel";
import classes from "./Law.module.css";
import { emptyTable, useLawChanges, useTablePreview } from "./use-law";

export function TableDialog(props: {
  kind: LawKindView;
  onDone: (change: LawChangeView) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { take } = useLawChanges();
  const [table, setTable] = useState<LawTableInput>(() => emptyTable(props.kind.kind));
  const [seen, setSeen] = useState<LawTableInput | null>(null);
  const [asked, setAsked] = useState(false);
  const preview = useTablePreview(seen);
  const change = (part: Partial<LawTableInput>) => {
    take.reset();
    setAsked(false);
    setSeen(null);
    setTable((held) => ({ ...held, ...part }));
  };
  const [unread, setUnread] = useState<string | null>(null);
  const read = (file: File | undefined) => {
    if (file) {
      readText(file).then(
        (text) => {
          setUnread(null);
          change({ name: file.name, text });
        },
        (error) => setUnread(messageOf(error)),
      );
    }
  };
  const look = table.text === "" ? undefined : () => setSeen(table);
  const violations = violationsOf(take.error);
  const problems = take.isError ? violations : (preview.data?.problems ?? []);
  const retroactive = problems.some(({ code }) => code === "law_retroactive");
  useHotkeys(
    { ...(look && { F7: look }), ...(preview.data && { F8: () => setAsked(true) }) },
    { within: true },
  );
  return (
    <Dialog
      title={t("law.tableTitle", { kind: props.kind.label })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="60rem"
    >
      <div className={classes.form}>
        <label>
          {t("law.file")}{" "}
          <input
            className={classes.file}
            type="file"
            accept=".csv,text/csv,text/plain"
            data-testid="law-file"
            data-autofocus
            onChange={(event) => read(event.currentTarget.files?.[0])}
          />
        </label>
        <div className={classes.fields}>
          <DayField
            label={t("law.tableFrom")}
            value={table.from || null}
            onChange={(day) => change({ from: day ?? "" })}
            testId="law-table-from"
          />
          <TextField
            label={t("law.basis")}
            value={table.basis}
            onChange={(basis) => change({ basis })}
            hint={t("law.basisHint")}
            testId="law-table-basis"
          />
          {(retroactive || table.reason !== "") && (
            <TextField
              label={t("law.reason")}
              value={table.reason}
              onChange={(reason) => change({ reason })}
              testId="law-table-reason"
            />
          )}
        </div>
        <CheckField
          label={t("law.tableWhole")}
          checked={table.whole}
          onChange={(whole) => change({ whole })}
          testId="law-table-whole"
        />
        <CheckField
          label={t("law.tableSkipBad")}
          checked={table.skip_bad}
          onChange={(skip_bad) => change({ skip_bad })}
        />
        {unread !== null && <Problem>{unread}</Problem>}
        {preview.isError && <Problem>{messageOf(preview.error)}</Problem>}
        {take.isError && violations.length === 0 && <Problem>{messageOf(take.error)}</Problem>}
        <div className={classes.notes}>
          {problems.map((one) => (
            <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
          ))}
        </div>
        {seen && preview.data && <Preview view={preview.data} />}
        <EffectPanel request={asked && seen ? { id: null, proposal: null, table: seen } : null} />
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <Button
            hotkey="F7"
            wide
            onClick={look}
            disabled={!look}
            busy={seen !== null && preview.isPending}
            testId="law-table-look"
          >
            {t("law.tableLook")}
          </Button>
          <Button hotkey="F8" wide onClick={() => setAsked(true)} disabled={!preview.data}>
            {t("law.effect")}
          </Button>
          <Button
            kind="primary"
            wide
            disabled={!seen || !preview.data}
            busy={take.isPending}
            onClick={() => seen && take.mutate(seen, { onSuccess: props.onDone })}
            testId="law-table-take"
          >
            {t("law.tableTake")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Preview({ view }: { view: LawTableView }) {
  const { t } = useWords();
  const sorts: [string, LawTableRow[]][] = [
    [t("law.tableNew", { count: view.new }), view.new_rows],
    [t("law.tableChanged", { count: view.changed }), view.changed_rows],
    [t("law.tableEnded", { count: view.ended }), view.ended_rows],
    [t("law.tableExcluded", { count: view.excluded }), view.excluded_rows],
  ];
  return (
    <section className={classes.effect} data-testid="law-table-view">
      <p>
        <strong>
          {t("law.tableCounts", {
            new: view.new,
            changed: view.changed,
            unchanged: view.unchanged,
            ended: view.ended,
            bad: view.bad,
          })}
        </strong>{" "}
        {view.second_person && t("law.needsSecond")}
      </p>
      {view.unused.length > 0 && (
        <p className="soft">{t("law.tableUnused", { columns: view.unused.join(", ") })}</p>
      )}
      {view.bad_rows.map((bad) => (
        <p key={`${bad.line} ${bad.column}`} data-testid="law-table-bad">
          {t("law.tableBad", { line: bad.line, column: bad.column || "–" })} {bad.reason}
        </p>
      ))}
      {sorts
        .filter(([, rows]) => rows.length > 0)
        .map(([heading, rows]) => (
          <div key={heading}>
            <strong>{heading}</strong>
            {rows.map((row) => (
              <p key={row.title} className={classes.small}>
                {row.title}: {[row.old, row.new].filter(Boolean).join(" → ")}
                {row.excluded && (
                  <span className="tag" data-tone="refuse">
                    {t("law.excluded")}
                  </span>
                )}
              </p>
            ))}
          </div>
        ))}
    </section>
  );
}
