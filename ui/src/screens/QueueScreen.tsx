// What waits at the gate: the officers take the next step of each form, by keyboard alone.
import { useEffect, useState } from "react";
import type { QueueRow, SessionView } from "../api/bindings";
import { messageOf } from "../api/errors";
import { useCorrections, useQueue, useRowFollowed } from "../api/queries";
import { Problem } from "../components/kit";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import { DeclarationDetail } from "../features/declarations/DeclarationDetail";
import { PrintPreview } from "../features/print/PrintPreview";
import classes from "../features/queue/Queue.module.css";
import { QueueTable } from "../features/queue/QueueTable";
import { neighbour, type StageChoice, StageFilter } from "../features/queue/StageFilter";
import { useSteps } from "../features/steps/use-steps";
import { useWords } from "../i18n";
import { focusSoon } from "../lib/focus";
import { useHeld } from "../lib/held";
import { useHotkeys } from "../lib/keyboard";
import { useNow } from "../lib/now";
import { useCorrectionWindows } from "./use-correcting";
import { useCorrectionBoard } from "./use-correction-board";

const MARKED_ROW = '[data-queue] tr[aria-selected="true"]';

export function QueueScreen({ session, active }: { session: SessionView; active: boolean }) {
  const { t } = useWords();
  const now = useNow();
  const queue = useQueue(session.gate, active);
  const [choice, setChoice] = useState<StageChoice>("all");
  const [mark, setMark] = useState<{ id: string; at: number } | null>(null);
  const [opened, setOpened] = useState(false);
  const [printing, setPrinting] = useState(false);

  const all = queue.data ?? [];
  const rows = all.filter(({ progress }) => choice === "all" || progress.stage === choice);
  const marked = findMarked(rows, mark);
  const id = marked?.form.id ?? null;
  useRowFollowed(marked?.form);
  const printed = useHeld(printing, id);
  const steps = useSteps(
    session.role,
    marked ? { ...marked.form, progress: marked.progress } : null,
  );
  const corrections = useCorrections(session.gate, active);
  const correcting = useCorrectionWindows(session.role, marked?.form);
  const onBoard = choice === "corrections";
  const board = useCorrectionBoard(session, onBoard ? (corrections.data ?? null) : null);
  const covered = steps.dialog !== null || correcting.windows !== null || printing;

  // A form that was released leaves the list and takes the focus with it: the next one gets it.
  useEffect(() => {
    if (id === null || covered || onBoard) {
      return;
    }
    const frame = requestAnimationFrame(() => {
      if (!document.activeElement?.closest("[data-queue], [role=dialog], nav, header")) {
        document.querySelector<HTMLElement>(MARKED_ROW)?.focus();
      }
    });
    // A dialog that opens meanwhile keeps its focus.
    return () => cancelAnimationFrame(frame);
  }, [id, covered, onBoard]);

  const late = all.filter(({ overdue }) => overdue).length;
  const { pending = [], unsettled = [] } = corrections.data ?? {};
  const waiting = pending.length + unsettled.length;
  const choose = (next: StageChoice) => {
    setChoice(next);
    setMark(null);
    focusSoon(MARKED_ROW);
  };
  // Heard wherever the focus is: it has nowhere to stand where no row is left.
  useHotkeys({
    ArrowLeft: () => choose(neighbour(choice, -1)),
    ArrowRight: () => choose(neighbour(choice, 1)),
  });
  const ownKeys: ScreenKey[] = [
    ...steps.keys,
    correcting.key,
    { key: "F8", label: t("keys.print"), action: marked && (() => setPrinting(true)) },
  ];
  const openKeys: ScreenKey[] = [
    { key: "Enter", label: t("queue.open") },
    {
      key: "Escape",
      label: t("keys.close"),
      action: opened ? () => setOpened(false) : undefined,
      inBar: opened,
    },
  ];
  return (
    <div className="screen">
      <div className={classes.screen} data-queue>
        <div className={classes.head}>
          <h1>{t("queue.title")}</h1>
          <StageFilter rows={all} corrections={waiting} choice={choice} onChoose={choose} />
          {late > 0 && (
            <span className={classes.late} data-testid="queue-late">
              {t("queue.late", { count: late })}
            </span>
          )}
        </div>
        {queue.isError && <Problem>{messageOf(queue.error)}</Problem>}
        {steps.note}
        {correcting.note}
        {corrections.isError && <Problem>{messageOf(corrections.error)}</Problem>}
        {onBoard ? (
          board.body
        ) : (
          <div className={classes.split}>
            <section className={`panel ${classes.table}`} aria-label={t("queue.title")}>
              {rows.length === 0 ? (
                <p className={classes.empty} data-testid="queue-empty">
                  {queue.isPending
                    ? t("app.loading")
                    : t(all.length === 0 ? "queue.empty" : "queue.emptyStage")}
                </p>
              ) : (
                <QueueTable
                  rows={rows}
                  marked={id}
                  now={now}
                  narrow={opened}
                  onMark={(next) =>
                    setMark({ id: next, at: rows.findIndex(({ form }) => form.id === next) })
                  }
                  onOpen={() => setOpened(true)}
                />
              )}
            </section>
            {opened && id !== null && (
              <DeclarationDetail
                id={id}
                now={now}
                steps={steps}
                onPrint={() => setPrinting(true)}
                onCorrect={correcting.start}
              />
            )}
          </div>
        )}
      </div>
      <ScreenKeys
        keys={[
          ...(onBoard ? board.keys : ownKeys),
          { key: "↑↓", label: t("keys.move") },
          { key: "←→", label: t("queue.stages") },
          ...(onBoard ? [] : openKeys),
        ]}
      />
      {steps.dialog}
      {correcting.windows}
      {onBoard && board.windows}
      {printing && printed && <PrintPreview id={printed} onClose={() => setPrinting(false)} />}
    </div>
  );
}

/** The marked form; once it is gone, the one that took its place. */
function findMarked(
  rows: QueueRow[],
  mark: { id: string; at: number } | null,
): QueueRow | undefined {
  const same = rows.find(({ form }) => form.id === mark?.id);
  return same ?? rows[Math.min(mark?.at ?? 0, rows.length - 1)];
}
