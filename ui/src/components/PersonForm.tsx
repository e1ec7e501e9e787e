// A resident's details: on first sight filled from the scan, later edited with a reason.
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { CommuneView, PaperView, PersonSave, Violation } from "../api/bindings";
import { useWords } from "../i18n";
import { personFieldOf } from "../lib/person-fields";
import { DayField } from "./DayField";
import { Button, ChoiceField, Problem, TextField } from "./kit";
import classes from "./PersonForm.module.css";
import { ViolationNote } from "./ViolationNote";

const PAPER_KINDS = ["cccd", "cmnd", "border_pass", "border_id", "passport"] as const;
const BASES = ["permanent_residence", "residence_permit"] as const;
const SEXES = ["male", "female"] as const;

export const EMPTY_PAPER: PaperView = { kind: "cccd", number: "", issued: null, expires: null };

export function PersonForm(props: {
  title: string;
  initial: PersonSave;
  communes: CommuneView[];
  violations: Violation[];
  problem: string | null;
  busy: boolean;
  /** Whether the form is in sight; it keeps what was typed while it is not. */
  active?: boolean;
  onSave: (person: PersonSave) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [person, setPerson] = useState(props.initial);
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<PersonSave>) => setPerson({ ...person, ...change });
  const shown = new Set<Violation>();
  const errorOf = (field: string): string | null => {
    const found = props.violations.filter(
      (violation) => personFieldOf(violation, person.papers) === field,
    );
    for (const violation of found) {
      shown.add(violation);
    }
    return found.map(({ message }) => message).join(" ") || null;
  };

  const active = props.active ?? true;
  const known = props.initial.id !== null;
  // The first thing to type for a newcomer is the first field that the scan left empty.
  useEffect(() => {
    if (!active) {
      return;
    }
    const fields = form.current?.querySelectorAll<HTMLInputElement>("input, select");
    const empty = Array.from(fields ?? []).find(({ value }) => known || value === "");
    empty?.focus();
  }, [active, known]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSave(person);
  };
  const fields = (
    <>
      <TextField
        label={t("field.name")}
        required
        value={person.name}
        onChange={(name) => set({ name })}
        error={errorOf("name")}
        testId="person-name"
      />
      <DayField
        label={t("field.born")}
        required
        value={person.born || null}
        onChange={(born) => set({ born: born ?? "" })}
        error={errorOf("born")}
        testId="person-born"
      />
      <ChoiceField
        label={t("field.sex")}
        value={person.sex ?? ""}
        onChange={(sex) => set({ sex: sex || null })}
        error={errorOf("sex")}
        options={[
          { value: "", label: t("sex.unknown") },
          ...SEXES.map((sex) => ({ value: sex, label: t(`sex.${sex}`) })),
        ]}
      />
      <ChoiceField
        label={t("field.commune")}
        required
        value={person.commune}
        onChange={(commune) => set({ commune })}
        error={errorOf("commune")}
        testId="commune-select"
        options={[
          { value: "", label: t("person.chooseCommune") },
          ...props.communes.map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      <TextField
        label={t("field.address")}
        value={person.address}
        onChange={(address) => set({ address })}
        error={errorOf("address")}
        testId="person-address"
      />
      <ChoiceField
        label={t("field.basis")}
        value={person.basis}
        onChange={(basis) => set({ basis })}
        error={errorOf("basis")}
        testId="person-basis"
        options={BASES.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
      />
      {person.papers.map((paper, row) => (
        <PaperFields
          key={row}
          paper={paper}
          row={row}
          kindError={errorOf(`papers[${row}].kind`)}
          numberError={errorOf(`papers[${row}].number`)}
          onChange={(next) =>
            set({ papers: person.papers.map((old, place) => (place === row ? next : old)) })
          }
        />
      ))}
      <TextField
        label={t("field.phone")}
        value={person.phone ?? ""}
        onChange={(phone) => set({ phone: phone || null })}
        error={errorOf("phone")}
      />
      <div className={classes.reason}>
        <TextField
          label={t("field.reason")}
          required
          value={person.reason}
          onChange={(reason) => set({ reason })}
          error={errorOf("reason")}
          testId="person-reason"
        />
      </div>
    </>
  );
  const rest = props.violations.filter((violation) => !shown.has(violation));
  return (
    <form ref={form} className={`panel ${classes.form}`} onSubmit={submit}>
      <h2>{props.title}</h2>
      <div className={classes.fields}>{fields}</div>
      {rest.map((violation) => (
        <ViolationNote key={violation.code + violation.field} violation={violation} />
      ))}
      {props.problem && <Problem>{props.problem}</Problem>}
      <div className={classes.actions}>
        <Button onClick={() => set({ papers: [...person.papers, EMPTY_PAPER] })}>
          {t("person.addPaper")}
        </Button>
        <span className={classes.gap} />
        <Button onClick={props.onClose}>{t("dialog.close")}</Button>
        {props.violations.some(({ code }) => code === "namesake") && (
          <Button
            onClick={() => props.onSave({ ...person, is_another: true })}
            testId="person-is-another"
          >
            {t("person.isAnother")}
          </Button>
        )}
        <Button submit kind="primary" busy={props.busy} testId="new-person-save">
          {t("person.save")}
        </Button>
      </div>
    </form>
  );
}

function PaperFields(props: {
  paper: PaperView;
  row: number;
  kindError: string | null;
  numberError: string | null;
  onChange: (paper: PaperView) => void;
}) {
  const { t } = useWords();
  const { paper, row, onChange } = props;
  return (
    <div className={classes.paper}>
      <ChoiceField
        label={t("field.paperKind")}
        value={paper.kind}
        onChange={(kind) => onChange({ ...paper, kind })}
        error={props.kindError}
        testId={`paper-kind-${row}`}
        options={PAPER_KINDS.map((kind) => ({ value: kind, label: t(`paper.${kind}`) }))}
      />
      <TextField
        label={t("field.paperNumber")}
        required
        value={paper.number}
        onChange={(number) => onChange({ ...paper, number })}
        error={props.numberError}
        testId={`paper-number-${row}`}
      />
      <DayField
        label={t("field.issued")}
        value={paper.issued}
        onChange={(issued) => onChange({ ...paper, issued })}
      />
      <DayField
        label={t("field.expires")}
        value={paper.expires}
        onChange={(expires) => onChange({ ...paper, expires })}
      />
    </div>
  );
}
