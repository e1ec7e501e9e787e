// What is asked of the log: one box for what, and what narrows it down.
import { type FormEvent, useState } from "react";
import type { AuditKind, AuditQuery, Violation } from "../../api/bindings";
import { Button, ChoiceField, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import { parseMoment } from "../../lib/dates";
import classes from "./Audit.module.css";

export function SearchForm(props: {
  /** As typed so far; times as people write them. */
  value: AuditQuery;
  kinds: AuditKind[];
  problems: Violation[];
  busy: boolean;
  onChange: (value: AuditQuery) => void;
  onSearch: (ask: AuditQuery) => void;
}) {
  const { t } = useWords();
  const { value } = props;
  const set = (part: Partial<AuditQuery>) => props.onChange({ ...value, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSearch({ ...value, from: parseMoment(value.from), to: parseMoment(value.to) });
  };
  const problem = (field: string) =>
    props.problems.find((one) => one.field === field)?.message ?? null;
  return (
    <search>
      <form className={classes.search} onSubmit={submit} data-testid="audit-form">
        <div className={classes.what}>
          <TextField
            label={t("audit.subject")}
            value={value.subject}
            onChange={(subject) => set({ subject })}
            placeholder={t("audit.subjectHint")}
            error={problem("subject")}
            testId="audit-subject"
            autoFocus
          />
        </div>
        <TextField
          label={t("audit.from")}
          value={value.from}
          onChange={(from) => set({ from })}
          placeholder={t("audit.timeHint")}
          error={problem("from")}
          testId="audit-from"
        />
        <TextField
          label={t("audit.to")}
          value={value.to}
          onChange={(to) => set({ to })}
          placeholder={t("audit.timeHint")}
          error={problem("to")}
          testId="audit-to"
        />
        <TextField
          label={t("audit.by")}
          value={value.by}
          onChange={(by) => set({ by })}
          testId="audit-by"
        />
        <TextField
          label={t("audit.place")}
          value={value.place}
          onChange={(place) => set({ place })}
          placeholder="MONGCAI/Q1"
          testId="audit-place"
        />
        <div className={classes.kind}>
          <ChoiceField
            label={t("audit.kind")}
            value={value.kind}
            onChange={(kind) => set({ kind })}
            options={[
              { value: "", label: t("audit.anyKind") },
              ...props.kinds.map(({ kind, label }) => ({ value: kind, label })),
            ]}
            testId="audit-kind"
          />
        </div>
        <TextField
          label={t("audit.text")}
          value={value.text}
          onChange={(text) => set({ text })}
          testId="audit-text"
        />
        <div className={classes.go}>
          <Button submit wide kind="primary" hotkey="Enter" busy={props.busy} testId="audit-go">
            {t("audit.search")}
          </Button>
        </div>
      </form>
    </search>
  );
}

/** What stands in the form and what was last searched for; `turn` counts searches. */
export function useAsking(written: AuditQuery, first: AuditQuery) {
  const [typed, setTyped] = useState(written);
  const [asked, setAsked] = useState({ ask: first, turn: 0 });
  const search = (ask: AuditQuery) => setAsked(({ turn }) => ({ ask, turn: turn + 1 }));
  return { typed, setTyped, ...asked, search };
}
