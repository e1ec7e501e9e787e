// First sight of a resident: the form is filled from what was scanned or typed.
import type { PersonFind, PersonHit, PersonSave } from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { useCommunes, usePersonSave } from "../../api/queries";
import { EMPTY_PAPER, PersonForm } from "../../components/PersonForm";
import { useWords } from "../../i18n";
import classes from "./Counter.module.css";

/** A resident as far as the scan or the typed text tells. */
export function personFromFind(find: PersonFind, text: string, reason: string): PersonSave {
  const { scanned } = find;
  const typedNumber = find.reading === "number" ? text.trim() : "";
  const papers = [
    {
      ...EMPTY_PAPER,
      kind: scanned?.paper_kind ?? EMPTY_PAPER.kind,
      number: scanned?.number ?? typedNumber,
    },
  ];
  if (scanned?.old_number) {
    papers.push({ ...EMPTY_PAPER, kind: "cmnd", number: scanned.old_number });
  }
  return {
    id: null,
    name: scanned?.name ?? (find.reading === "name" ? text.trim() : ""),
    born: scanned?.born ?? "",
    sex: scanned?.sex ?? null,
    address: scanned?.address ?? "",
    commune: "",
    basis: "permanent_residence",
    phone: null,
    papers,
    reason,
  };
}

export function NewResident(props: {
  find: PersonFind;
  text: string;
  /** While it is not, the form is out of sight with all that was typed into it. */
  open: boolean;
  onSaved: (person: PersonHit) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const communes = useCommunes();
  const save = usePersonSave();
  const violations = violationsOf(save.error);
  return (
    <div className={classes.unknown} hidden={!props.open}>
      <p role="status">{t("identify.noMatch")}</p>
      <PersonForm
        title={t("person.newTitle")}
        initial={personFromFind(props.find, props.text, t("person.firstReason"))}
        communes={communes.data ?? []}
        violations={violations}
        problem={save.isError && violations.length === 0 ? messageOf(save.error) : null}
        busy={save.isPending}
        active={props.open}
        onSave={(person) => save.mutate(person, { onSuccess: props.onSaved })}
        onClose={props.onClose}
      />
    </div>
  );
}
