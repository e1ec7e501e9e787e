// The law: every rule with its time line, what waits for approval, new rows and tables.
import { useRef, useState } from "react";
import type { LawChangeView, LawKind, SessionView } from "../api/bindings";
import { messageOf } from "../api/errors";
import { Problem, TextField } from "../components/kit";
import { ScreenKeys } from "../components/ScreenKeys";
import { ChangeDialog } from "../features/law/ChangeDialog";
import { EndDialog } from "../features/law/EndDialog";
import { KindList } from "../features/law/KindList";
import classes from "../features/law/Law.module.css";
import { RejectDialog } from "../features/law/RejectDialog";
import { Rows } from "../features/law/Rows";
import { RuleDetail } from "../features/law/RuleDetail";
import { TableDialog } from "../features/law/TableDialog";
import { useKinds, useLawChanges, useRule, useRules, useWaiting } from "../features/law/use-law";
import { WaitingPanel } from "../features/law/WaitingPanel";
import { useWords } from "../i18n";
import { formatDay } from "../lib/dates";
import { useDebounced } from "../lib/debounce";
import { useHeld } from "../lib/held";

const PAUSE_MS = 150;
type Window = "new" | "end" | "table" | "reject" | null;

export function LawScreen({ session }: { session: SessionView }) {
  const { t, language } = useWords();
  const keeps = session.commands.includes("law_propose");
  const [kind, setKind] = useState<LawKind | null>("quota");
  const [text, setText] = useState("");
  const [series, setSeries] = useState<string | null>(null);
  const [rowKey, setRowKey] = useState<string | null>(null);
  const [change, setChange] = useState<string | null>(null);
  const [open, setOpen] = useState<Window>(null);
  const [done, setDone] = useState<LawChangeView | null>(null);
  const filter = useRef<HTMLDivElement>(null);
  const kinds = useKinds();
  const waiting = useWaiting();
  const rules = useRules(kind, useDebounced(text, PAUSE_MS));
  const listed = rules.data?.rows ?? [];
  const shown = listed.find((one) => one.series === series)?.series ?? listed[0]?.series ?? null;
  const rule = useRule(kind === null ? null : shown);
  const { approve, reject } = useLawChanges();
  const view = kinds.data?.find((one) => one.kind === kind) ?? null;
  const rows = rule.data?.rows ?? [];
  const row =
    rows.find(({ key, phase }) => key === rowKey && phase !== "waiting") ??
    rows.find(({ phase }) => phase === "current") ??
    rows.at(-1) ??
    null;
  const changes = waiting.data ?? [];
  const waits = changes.find(({ id }) => id === change) ?? changes[0] ?? null;
  const asked = useHeld(open !== null, { row, waits, title: rule.data?.title });
  const { row: from, waits: judged } = asked;
  const choose = (next: LawKind | null) => {
    setKind(next);
    setText("");
    setSeries(null);
    setRowKey(null);
    setDone(null);
    approve.reset();
  };
  const finish = (made: LawChangeView) => {
    setOpen(null);
    setDone(made);
  };
  const decides = keeps && kind === null && waits !== null;
  const onApprove = decides
    ? () => approve.mutate(waits.id, { onSuccess: finish, onError: () => setDone(null) })
    : undefined;
  const error = kinds.error ?? rules.error ?? rule.error ?? waiting.error;
  const edits = keeps && view !== null;
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.column}>
          <KindList
            kinds={kinds.data ?? []}
            waiting={changes.length}
            chosen={kind}
            onChoose={choose}
          />
        </div>
        {kind === null ? (
          <WaitingPanel
            changes={changes}
            chosen={waits?.id ?? null}
            onChoose={(id) => {
              setChange(id);
              approve.reset();
            }}
            keeps={keeps}
            error={approve.error}
          />
        ) : (
          <>
            <div className={classes.column}>
              <div ref={filter}>
                <TextField
                  label={t("law.filter")}
                  value={text}
                  onChange={setText}
                  testId="law-filter"
                />
              </div>
              <section className={`panel ${classes.table}`} aria-label={view?.label}>
                <Rows
                  rows={listed}
                  keyOf={(one) => one.series}
                  chosen={shown}
                  onChoose={(next) => {
                    setSeries(next);
                    setRowKey(null);
                  }}
                  onOpen={edits ? () => setOpen("new") : undefined}
                  testId="law-rule"
                  columns={[
                    { label: t("law.rule"), cell: ({ title }) => title || view?.label },
                    { label: t("law.says"), cell: ({ today }) => today || t("law.nothingHolds") },
                    {
                      label: t("law.validTo"),
                      cell: ({ valid_to, changes_later }) =>
                        `${valid_to ? formatDay(valid_to, language) : "…"}${changes_later ? " →" : ""}`,
                    },
                  ]}
                />
                {rules.data && rules.data.more > 0 && (
                  <p className="soft">{t("law.more", { count: rules.data.more })}</p>
                )}
              </section>
            </div>
            <div className={classes.column}>
              {rule.data && (
                <RuleDetail
                  rule={rule.data}
                  chosen={rowKey}
                  onChoose={setRowKey}
                  onOpen={edits ? () => setOpen("new") : undefined}
                />
              )}
            </div>
          </>
        )}
      </div>
      {error && <Problem>{messageOf(error)}</Problem>}
      {done && (
        <p className={classes.done} role="status" data-testid="law-done">
          {t(`law.done.${done.state}`, { rule: done.titles.slice(0, 3).join("; ") })}
        </p>
      )}
      <ScreenKeys
        keys={[
          {
            key: "F2",
            label: t("keys.search"),
            action: kind ? () => filter.current?.querySelector("input")?.focus() : undefined,
          },
          { key: "F3", label: t("law.newKey"), action: edits ? () => setOpen("new") : undefined },
          {
            key: "F4",
            label: t("law.endKey"),
            action: edits && row ? () => setOpen("end") : undefined,
          },
          {
            key: "F6",
            label: t("law.waiting"),
            action: () => choose(kind === null ? "quota" : null),
          },
          {
            key: "F7",
            label: t("law.tableKey"),
            action: edits && view.tables ? () => setOpen("table") : undefined,
          },
          { key: "F9", label: t("law.approve"), action: onApprove },
          {
            key: "F10",
            label: t("law.reject"),
            action: decides ? () => setOpen("reject") : undefined,
          },
          { key: "↑↓", label: t("keys.move"), inBar: false },
        ]}
      />
      {open === "new" && view && (
        <ChangeDialog kind={view} from={from} onDone={finish} onClose={() => setOpen(null)} />
      )}
      {open === "end" && from && (
        <EndDialog
          title={asked.title || (view?.label ?? "")}
          row={from}
          onDone={finish}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "table" && view && (
        <TableDialog kind={view} onDone={finish} onClose={() => setOpen(null)} />
      )}
      {open === "reject" && judged && (
        <RejectDialog
          busy={reject.isPending}
          problem={reject.isError ? messageOf(reject.error) : null}
          onReject={(reason) => reject.mutate({ id: judged.id, reason }, { onSuccess: finish })}
          onClose={() => {
            reject.reset();
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}
