// Residents: find one, see papers, quota, month and history, correct details with a reason.
import { useEffect, useState } from "react";
import type { CommandName, PersonView, SessionView } from "../api/bindings";
import { messageOf, violationsOf } from "../api/errors";
import { useCommunes, usePerson, usePersonSave } from "../api/queries";
import { Problem } from "../components/kit";
import { PersonForm } from "../components/PersonForm";
import { PersonSearch } from "../components/PersonSearch";
import { RevealDialog } from "../components/RevealDialog";
import { ScreenKeys } from "../components/ScreenKeys";
import { PrintPreview } from "../features/print/PrintPreview";
import { ResidentPage } from "../features/residents/ResidentPage";
import classes from "../features/residents/Residents.module.css";
import { RetentionDialog } from "../features/retention/RetentionDialog";
import { useWords } from "../i18n";

const focusSearch = () => document.querySelector<HTMLElement>("main search input")?.focus();

export function ResidentsScreen(props: {
  session: SessionView;
  open: string | null;
  onOpen: (id: string | null) => void;
}) {
  const { t } = useWords();
  const person = usePerson(props.open);
  const [editing, setEditing] = useState(false);
  const [printing, setPrinting] = useState<string | null>(null);
  const [asking, setAsking] = useState<"export" | "retention" | null>(null);
  const may = (command: CommandName) => props.session.commands.includes(command);
  const save = may("person_save");
  const edit = save && person.data && !editing ? () => setEditing(true) : undefined;
  useEffect(focusSearch, []);
  return (
    <div className="screen">
      <div className={`screen-body ${classes.body}`}>
        <search>
          <PersonSearch
            label={t("person.search")}
            onSearch={() => setEditing(false)}
            onForm={setPrinting}
            onPick={({ id }) => {
              setEditing(false);
              props.onOpen(id);
            }}
          />
        </search>
        {props.open === null && <p className={classes.hint}>{t("person.choose")}</p>}
        {person.isError && <Problem>{messageOf(person.error)}</Problem>}
        {person.data && editing && (
          <EditResident person={person.data} onClose={() => setEditing(false)} />
        )}
        {person.data && !editing && (
          <ResidentPage person={person.data} onEdit={edit ?? null} onOpen={setPrinting} />
        )}
      </div>
      <ScreenKeys
        keys={[
          { key: "F2", label: t("keys.search"), action: focusSearch },
          { key: "F3", label: t("keys.edit"), action: edit, inBar: save },
          {
            key: "F4",
            label: t("person.export"),
            action: may("person_export") && person.data ? () => setAsking("export") : undefined,
            inBar: may("person_export"),
          },
          {
            key: "F6",
            label: t("retention.key"),
            action: may("retention_list") ? () => setAsking("retention") : undefined,
            inBar: may("retention_list"),
          },
          {
            key: "Escape",
            label: t("keys.close"),
            action: editing ? () => setEditing(false) : undefined,
          },
          { key: "↑↓", label: t("keys.move"), inBar: false },
          { key: "Enter", label: t("keys.pick"), inBar: false },
        ]}
      />
      {asking === "export" && person.data && (
        <RevealDialog
          title={t("person.exportTitle", { name: person.data.name })}
          text={t("person.exportText")}
          formats={["json", "csv", "xlsx"] as const}
          write={(client, format, reason) =>
            client.call("person_export", { id: person.data.id, format, reason })
          }
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "retention" && <RetentionDialog onClose={() => setAsking(null)} />}
      {printing !== null && <PrintPreview id={printing} onClose={() => setPrinting(null)} />}
    </div>
  );
}

function EditResident({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useWords();
  const communes = useCommunes();
  const save = usePersonSave();
  const violations = violationsOf(save.error);
  const { id, name, born, sex, address, commune, basis, phone, papers } = person;
  return (
    <PersonForm
      title={t("person.editTitle")}
      initial={{ id, name, born, sex, address, commune, basis, phone, papers, reason: "" }}
      communes={communes.data ?? []}
      violations={violations}
      problem={save.isError && violations.length === 0 ? messageOf(save.error) : null}
      busy={save.isPending}
      onSave={(next) => save.mutate(next, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
