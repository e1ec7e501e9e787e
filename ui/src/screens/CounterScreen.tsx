// The counter: identify, fill the lines, read the decision, register. All of it from the keyboard.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Answer, PersonFind, PersonHit, PersonView } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { Notice } from "../components/Kit";
import { Violations } from "../components/Violations";
import { DecisionPanel } from "../features/counter/DecisionPanel";
import { IdentifyBox } from "../features/counter/IdentifyBox";
import { focusedRow, LinesGrid } from "../features/counter/LinesGrid";
import { Registered } from "../features/counter/Registered";
import { ResidentCard } from "../features/counter/ResidentCard";
import { useDraft } from "../features/counter/use-draft";
import { PrintPreview } from "../features/form/PrintPreview";
import { ResidentForm } from "../features/resident/ResidentForm";
import { useWords } from "../i18n";
import { useDebounced } from "../lib/debounce";
import { emptyDraft, isBlank, missingField, toDraftInput } from "../lib/draft";
import { type HotkeyMap, useHotkeys } from "../lib/keyboard";
import css from "./CounterScreen.module.css";

const PREVIEW_PAUSE_MS = 150;

function hitOf(view: PersonView): PersonHit {
  return { ...view, papers: view.papers.map(({ kind, number }) => ({ kind, number })) };
}

/** The server's decision on the lines that can be read, the last good one while it is thinking. */
function usePreview(draft: Parameters<typeof toDraftInput>[0], person: PersonHit | null) {
  const client = useClient();
  const { language } = useWords();
  const sent = useDebounced(toDraftInputText(draft, person), PREVIEW_PAUSE_MS);
  const current = toDraftInputText(draft, person);
  const { input, rows } = JSON.parse(sent) as ReturnType<typeof toDraftInput>;
  const enabled = person !== null && input.lines.length > 0;
  const query = useQuery({
    queryKey: ["declaration_preview", input, language],
    queryFn: () => client.call("declaration_preview", input),
    placeholderData: keepPreviousData,
    enabled,
  });
  const stale = sent !== current || query.isPlaceholderData || query.isFetching;
  return { view: enabled ? (query.data ?? null) : null, rows, pending: stale, error: query.error };
}

const toDraftInputText = (draft: Parameters<typeof toDraftInput>[0], person: PersonHit | null) =>
  JSON.stringify(toDraftInput(draft, person?.id ?? null));

export function CounterScreen({ active }: { active: boolean }) {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [person, setPerson] = useState<PersonHit | null>(null);
  const [found, setFound] = useState<PersonFind | null>(null);
  const [registered, setRegistered] = useState<Answer | null>(null);
  const [printing, setPrinting] = useState(false);
  const { draft, edits, focus } = useDraft();
  const preview = usePreview(draft, person);

  const find = useMutation({
    mutationFn: (text: string) => client.call("person_find", { text }),
    onSuccess: (answer) => {
      const [only] = answer.matches;
      if (only && answer.matches.length === 1 && answer.reading !== "name") choose(only);
      else setFound(answer);
    },
  });
  const incomplete = draft.lines.findIndex((line) => !isBlank(line) && missingField(line) !== null);
  const gap = draft.lines[incomplete] && missingField(draft.lines[incomplete]);
  const hold =
    person === null
      ? t("decision.noResident")
      : gap
        ? t("lines.incomplete", { row: incomplete + 1, field: t(`field.${gap}`) })
        : null;
  const register = useMutation({
    mutationFn: () =>
      client.call("declaration_register", toDraftInput(draft, person?.id ?? null).input),
    onSuccess: (answer) => {
      setRegistered(answer.status === "registered" ? answer : null);
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== "system_status",
      });
    },
  });
  const decided = preview.view?.decision;
  const canRegister =
    hold === null && decided?.status === "registered" && !preview.pending && !register.isPending;

  function choose(next: PersonHit) {
    setPerson(next);
    setFound(null);
    focus("goods-0");
  }
  const identify = () => {
    setPerson(null);
    setFound(null);
    focus("identify-box");
  };
  const next = () => {
    setRegistered(null);
    setPrinting(false);
    register.reset();
    edits.restart();
    identify();
  };
  const exchange = () => {
    if (registered) {
      edits.restart(emptyDraft(draft.direction === "import" ? "export" : "import", registered.id));
      setRegistered(null);
      focus("goods-0");
    }
  };
  const submit = () => {
    if (canRegister) register.mutate();
  };
  const onRow = (edit: (row: number) => void) => () => {
    const row = focusedRow();
    if (row !== null) edit(row);
  };
  const afterwards: HotkeyMap = { F8: () => setPrinting(true), F7: exchange, Escape: next };
  const typing: HotkeyMap = {
    F2: identify,
    F4: edits.turn,
    F6: edits.toggleAllocation,
    F9: submit,
    "Ctrl+Enter": submit,
    "Ctrl+D": onRow(edits.repeat),
    "Ctrl+Delete": onRow(edits.remove),
    ...(edits.removed ? { "Ctrl+Z": edits.undo } : {}),
  };
  useHotkeys(registered ? afterwards : typing, active && !printing);

  if (registered) {
    return (
      <div className="screen">
        <Registered
          answer={registered}
          onPrint={() => setPrinting(true)}
          onExchange={exchange}
          onNext={next}
        />
        {printing && <PrintPreview id={registered.id} onClose={() => setPrinting(false)} />}
      </div>
    );
  }
  const scanned = found !== null && found.matches.length === 0 ? found.scanned : null;
  return (
    <div className={css.counter}>
      <div className={css.work}>
        {person ? (
          <ResidentCard
            person={person}
            taking_vnd={decided?.exempt_vnd ?? "0"}
            onChange={identify}
          />
        ) : (
          <IdentifyBox
            found={found}
            failure={find.isError ? messageOf(find.error) : null}
            onFind={find.mutate}
            onPick={choose}
          />
        )}
        {person === null && found === null && (
          <Notice title={t("identify.start")}>{t("identify.startText")}</Notice>
        )}
        {person === null &&
          found?.matches.length === 0 &&
          found.problems.every((item) => item.severity === "warn") && (
            <>
              <Notice>
                {t(found.reading === "empty" ? "identify.empty" : "identify.noMatch")}
              </Notice>
              {found.reading !== "empty" && (
                <ResidentForm
                  key={JSON.stringify(scanned)}
                  scanned={scanned}
                  person={null}
                  active={active}
                  onSaved={(view) => choose(hitOf(view))}
                  onClose={identify}
                />
              )}
            </>
          )}
        {person && (
          <>
            {register.isError && (
              <Notice tone="bad" title={messageOf(register.error)}>
                <Violations items={violationsOf(register.error)} testId="register-problems" />
              </Notice>
            )}
            <LinesGrid
              draft={draft}
              person={person.id}
              answer={decided ?? null}
              rows={preview.rows}
              edits={edits}
            />
          </>
        )}
      </div>
      <DecisionPanel
        draft={draft}
        view={preview.view}
        pending={preview.pending}
        hold={hold}
        canRegister={canRegister}
        failure={preview.error ? messageOf(preview.error) : null}
        onDirection={edits.turn}
        onAllocation={edits.toggleAllocation}
        onRegister={submit}
      />
    </div>
  );
}
