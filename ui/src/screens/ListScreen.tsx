// The day's declarations at a gate: filter, open, print, cancel with a reason.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Direction, SessionView, SystemStatus } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf } from "../api/errors";
import { useDeclaration, useFormFind, useRowFollowed } from "../api/queries";
import { DayField } from "../components/DayField";
import { FoundForm, isFormCode } from "../components/FormCode";
import { ChoiceField, Problem, TextField } from "../components/kit";
import { ScreenKeys } from "../components/ScreenKeys";
import { DayTotals } from "../features/declarations/DayTotals";
import { DeclarationDetail } from "../features/declarations/DeclarationDetail";
import classes from "../features/declarations/Declarations.module.css";
import { DeclarationTable } from "../features/declarations/DeclarationTable";
import { PrintPreview } from "../features/print/PrintPreview";
import { useSteps } from "../features/steps/use-steps";
import { useWords } from "../i18n";
import { dayOf } from "../lib/dates";
import { useDebounced } from "../lib/debounce";
import { focusSoon } from "../lib/focus";
import { isComposing } from "../lib/keyboard";
import { useNow } from "../lib/now";
import { useCorrectionWindows } from "./use-correcting";

const PAUSE_MS = 120;

export function ListScreen(props: {
  session: SessionView;
  status: SystemStatus;
  /** The form that is shown first, wherever it was registered. */
  open?: string | null;
}) {
  const { session, status } = props;
  const { t } = useWords();
  const client = useClient();
  const [gate, setGate] = useState(session.gate);
  const [day, setDay] = useState(status.today);
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [direction, setDirection] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [awaited, setAwaited] = useState<string | null>(null);
  const [printing, setPrinting] = useState(false);
  const filter = useRef<HTMLDivElement>(null);
  const code = useFormFind();
  const scanned = isFormCode(text);
  const settled = useDebounced(scanned ? "" : text, PAUSE_MS);
  const request = {
    gate,
    day,
    text: settled,
    status: state || null,
    direction: (direction || null) as Direction | null,
  };
  const list = useQuery({
    queryKey: ["declaration_list", request],
    queryFn: () => client.call("declaration_list", request),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.rows ?? [];
  const row = rows.find(({ id }) => id === chosen);
  useRowFollowed(row);
  const now = useNow();
  // The same answer that the detail shows: it is asked for once.
  const detail = useDeclaration(row?.id ?? null).data;
  const form = row && detail ? { ...row, progress: detail.progress } : null;
  const steps = useSteps(session.role, form);
  const focusFilter = () => filter.current?.querySelector("input")?.focus();
  /** Shows the list in which a scanned form stands, and the form in it. */
  const open = async (id: string) => {
    const form = await client.call("declaration_view", { id });
    code.reset();
    setText(form.number);
    setGate(form.gate);
    setDay(dayOf(form.at));
    setState("");
    setDirection("");
    setChosen(id);
  };
  const first = useRef(props.open ?? null);
  useEffect(() => {
    const id = first.current;
    first.current = null;
    if (id !== null) {
      void open(id);
      setAwaited(id);
    }
  });
  // The rows of before stay until the list of the form's day is there: it has the focus then.
  const at = rows.findIndex(({ id }) => id === awaited);
  useEffect(() => {
    if (at >= 0) {
      setAwaited(null);
      focusSoon(`[data-testid="list-row-${at}"]`);
    }
  }, [at]);
  /** Down out of the filter leads to the rows it left; Enter ends a scan. */
  const onFilterKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && scanned && !isComposing(event)) {
      event.preventDefault();
      event.stopPropagation();
      code.mutate(text, {
        onSuccess: ({ id, problems }) => id !== null && problems.length === 0 && void open(id),
      });
      return;
    }
    const first = document.querySelector<HTMLElement>('[data-testid="list-row-0"]');
    if (event.key === "ArrowDown" && event.target instanceof HTMLInputElement && first) {
      event.preventDefault();
      first.focus();
    }
  };
  const correcting = useCorrectionWindows(session.role, row);
  const gates = status.gates.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="screen">
      <div className={classes.screen}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the fields inside */}
        <div ref={filter} className={classes.filters} onKeyDown={onFilterKey}>
          <TextField
            label={t("list.filter")}
            value={text}
            onChange={(typed) => {
              code.reset();
              setText(typed);
            }}
            testId="list-filter"
            autoFocus
          />
          <ChoiceField
            label={t("field.gate")}
            value={gate}
            onChange={setGate}
            options={gates}
            testId="list-gate"
          />
          <DayField
            label={t("field.day")}
            value={day}
            onChange={(next) => next && setDay(next)}
            testId="list-day"
          />
          <ChoiceField
            label={t("field.direction")}
            value={direction}
            onChange={setDirection}
            options={[
              { value: "", label: t("direction.any") },
              { value: "import", label: t("direction.import") },
              { value: "export", label: t("direction.export") },
            ]}
          />
          <ChoiceField
            label={t("field.status")}
            value={state}
            onChange={setState}
            testId="list-status"
            options={[
              { value: "", label: t("status.any") },
              { value: "registered", label: t("status.registered") },
              { value: "cancelled", label: t("status.cancelled") },
              { value: "returned", label: t("status.returned") },
              { value: "refused", label: t("status.refused") },
            ]}
          />
        </div>
        {code.isError && <Problem>{messageOf(code.error)}</Problem>}
        {code.data && <FoundForm found={code.data} onOpen={(id) => void open(id)} />}
        {list.isError && <Problem>{messageOf(list.error)}</Problem>}
        {steps.note}
        {correcting.note}
        <div className={classes.split}>
          <section className={`panel ${classes.table}`} aria-label={t("list.title")}>
            <DeclarationTable
              rows={rows}
              chosen={chosen}
              onChoose={setChosen}
              onOpen={() => setPrinting(true)}
            />
            {list.data?.more && (
              <p className={`soft ${classes.more}`} role="status">
                {t("list.more", { count: list.data.more })}
              </p>
            )}
            {list.data && <DayTotals list={list.data} />}
          </section>
          <DeclarationDetail
            id={chosen}
            now={now}
            steps={steps}
            onPrint={() => setPrinting(true)}
            onCorrect={correcting.start}
          />
        </div>
      </div>
      <ScreenKeys
        keys={[
          { key: "F2", label: t("keys.search"), action: focusFilter },
          ...steps.keys,
          correcting.key,
          { key: "F8", label: t("keys.print"), action: row && (() => setPrinting(true)) },
          { key: "↑↓", label: t("keys.move") },
          { key: "Enter", label: t("keys.print"), inBar: false },
        ]}
      />
      {steps.dialog}
      {correcting.windows}
      {printing && chosen && <PrintPreview id={chosen} onClose={() => setPrinting(false)} />}
    </div>
  );
}
