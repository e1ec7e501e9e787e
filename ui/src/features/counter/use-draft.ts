// The draft on the screen, its edits, and where the focus goes after them.
import { useEffect, useRef, useState } from "react";
import type { GoodsHit } from "../../api/bindings";
import {
  type Draft,
  type DraftLine,
  emptyDraft,
  emptyLine,
  insertLine,
  patchLine,
  pickGoods,
  removeLine,
  repeatLine,
  turnDirection,
} from "../../lib/draft";

export interface DraftEdits {
  removed: { row: number; line: DraftLine } | null;
  patch: (row: number, patch: Partial<DraftLine>) => void;
  pick: (row: number, goods: GoodsHit) => void;
  add: () => void;
  repeat: (row: number) => void;
  remove: (row: number) => void;
  undo: () => void;
  turn: () => void;
  toggleAllocation: () => void;
  restart: (next?: Draft) => void;
}

/** Focuses a cell once it is drawn. */
function useFocus() {
  const [wanted, setWanted] = useState<{ cell: string } | null>(null);
  useEffect(() => {
    if (wanted) {
      document.querySelector<HTMLElement>(`[data-testid="${wanted.cell}"]`)?.focus();
    }
  }, [wanted]);
  return (cell: string) => setWanted({ cell });
}

export function useDraft(): { draft: Draft; edits: DraftEdits; focus: (cell: string) => void } {
  const [draft, setDraft] = useState(emptyDraft);
  const [removed, setRemoved] = useState<DraftEdits["removed"]>(null);
  const focus = useFocus();
  const latest = useRef(draft);
  latest.current = draft;
  const edits: DraftEdits = {
    removed,
    patch: (row, patch) => setDraft((old) => patchLine(old, row, patch)),
    pick: (row, goods) => {
      setDraft((old) => pickGoods(old, row, goods));
      focus(`quantity-${row}`);
    },
    add: () => {
      const row = latest.current.lines.length;
      setDraft((old) => insertLine(old, old.lines.length, emptyLine(old.direction)));
      focus(`goods-${row}`);
    },
    repeat: (row) => {
      setDraft((old) => repeatLine(old, row));
      focus(`quantity-${row + 1}`);
    },
    remove: (row) => {
      const line = latest.current.lines[row];
      if (line) {
        setRemoved({ row, line });
        setDraft((old) => removeLine(old, row));
        focus(`goods-${Math.max(0, row - 1)}`);
      }
    },
    undo: () => {
      if (removed) {
        setDraft((old) => insertLine(old, removed.row, removed.line));
        setRemoved(null);
        focus(`goods-${removed.row}`);
      }
    },
    turn: () => setDraft(turnDirection),
    toggleAllocation: () =>
      setDraft((old) => ({
        ...old,
        allocation: old.allocation === "entered" ? "least_tax" : "entered",
      })),
    restart: (next) => {
      setDraft(next ?? emptyDraft());
      setRemoved(null);
    },
  };
  return { draft, edits, focus };
}
