// A new dated row of any kind: fields, days, basis; what speaks against it and what it would touch
// while it is typed.
import { type FormEvent, useState } from "react";
import type {
  LawChangeView,
  LawKindView,
  LawProposalInput,
  LawRowInput,
  LawRowView,
} from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { DayField } from "../../components/DayField";
import { Button, CheckField, Dialog, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { useDebounced } from "../../lib/debounce";
import { useHotkeys } from "../../lib/keyboard";
import { EffectPanel } from "./EffectPanel";
import classes from "./Law.module.css";
import { RowFields } from "./RowFields";
import { emptyProposal, useCheck, useLawChanges } from "./use-law";

const PAUSE_MS = 250;

/** The values of a row as typed; nothing of a rule that has none. */
const valuesOf = (row: LawRowView | null): Record<string, string> =>
  Object.fromEntries((row?.values ?? []).map(({ name, value }) => [name, value]));

export function ChangeDialog(props: {
  kind: LawKindView;
  /** The row whose values are to begin with. */
  from: LawRowView | null;
  onDone: (change: LawChangeView) => void;
  onClose: () => void;
}) {
  const { t, language } = useWords();
  const { kind } = props;
  const { propose } = useLawChanges();
  const [values, setValues] = useState(() => valuesOf(props.from));
  const [before, setBefore] = useState<LawRowInput[]>([]);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [basis, setBasis] = useState("");
  const [reason, setReason] = useState("");
  // A week has one rate: a second one is a mistake until someone says that it corrects the first.
  const [makeRoom, setMakeRoom] = useState(kind.kind !== "rate");
  const [asked, setAsked] = useState<LawProposalInput | null>(null);
  const row: LawRowInput = {
    kind: kind.kind,
    values,
    valid_from: from ?? "",
    valid_to: to ?? "",
    basis: "",
  };
  const proposal: LawProposalInput = {
    ...emptyProposal(),
    rows: [...before, row],
    make_room: makeRoom,
    basis,
    reason,
  };
  const settled = useDebounced(JSON.stringify(proposal), PAUSE_MS);
  const ready = from !== null && basis.trim() !== "";
  const check = useCheck(ready ? (JSON.parse(settled) as LawProposalInput) : null);
  const prefix = `rows[${before.length}].`;
  const refused = violationsOf(propose.error);
  const problems = propose.isError ? refused : ready ? (check.data?.problems ?? []) : [];
  const errorAt = (name: string) =>
    problems.find(({ field }) => field === prefix + name)?.message ?? undefined;
  const beside = new Set([
    ...kind.fields.map(({ name }) => name),
    "valid_from",
    "valid_to",
    "basis",
  ]);
  const others = problems.filter(
    ({ field }) => !(field.startsWith(prefix) && beside.has(field.slice(prefix.length))),
  );
  const retroactive = problems.some(({ code }) => code === "law_retroactive") || reason !== "";
  const another = () => {
    setBefore([...before, row]);
    setFrom(null);
    setTo(null);
  };
  useHotkeys({ F8: () => setAsked(proposal), F4: another }, { within: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!propose.isPending) {
      propose.mutate(proposal, { onSuccess: props.onDone });
    }
  };
  const single = kind.kind === "holiday";
  return (
    <Dialog
      title={t("law.newRow", { kind: kind.label })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="52rem"
    >
      <form className={classes.form} onSubmit={submit} data-testid="law-form">
        {before.map((one, at) => (
          <p key={`${one.valid_from} ${one.valid_to}`} className={classes.small}>
            {at + 1}. {formatDay(one.valid_from, language)} –{" "}
            {one.valid_to ? formatDay(one.valid_to, language) : "…"}:{" "}
            {Object.values(one.values).filter(Boolean).join(" · ")}
          </p>
        ))}
        <RowFields
          fields={kind.fields}
          values={values}
          onChange={(name, value) => {
            propose.reset();
            setValues({ ...values, [name]: value });
          }}
          errorAt={errorAt}
        />
        <div className={classes.fields}>
          <DayField
            label={t(single ? "field.day" : "law.validFrom")}
            value={from}
            onChange={setFrom}
            error={errorAt("valid_from")}
            required
            testId="law-from"
          />
          {!single && (
            <DayField
              label={t("law.validTo")}
              value={to}
              onChange={setTo}
              error={errorAt("valid_to")}
              testId="law-to"
            />
          )}
          <TextField
            label={t("law.basis")}
            value={basis}
            onChange={setBasis}
            error={errorAt("basis")}
            hint={t("law.basisHint")}
            required
            testId="law-basis"
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
        </div>
        <CheckField
          label={t("law.makeRoom")}
          checked={makeRoom}
          onChange={setMakeRoom}
          testId="law-make-room"
        />
        {propose.isError && refused.length === 0 && <Problem>{messageOf(propose.error)}</Problem>}
        {others.length > 0 && (
          <div className={classes.notes} data-testid="law-problems">
            {others.map((one) => (
              <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
            ))}
          </div>
        )}
        {check.data && check.data.saved.length > 0 && others.length === 0 && (
          <div className={classes.notes} data-testid="law-saved">
            {check.data.saved.map((saved) => (
              <span key={saved.key} className={classes.small}>
                {formatDay(saved.valid_from, language)} –{" "}
                {saved.valid_to ? formatDay(saved.valid_to, language) : "…"}: {saved.summary}
              </span>
            ))}
            {check.data.second_person && <strong>{t("law.needsSecond")}</strong>}
          </div>
        )}
        <EffectPanel request={asked && { id: null, proposal: asked, table: null }} />
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <Button hotkey="F4" wide onClick={another} disabled={from === null}>
            {t("law.another")}
          </Button>
          <Button hotkey="F8" wide onClick={() => setAsked(proposal)} testId="law-ask-effect">
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
