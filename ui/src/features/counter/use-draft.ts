// Every change to the draft on the screen, and the line that was removed last.
import { type Dispatch, useReducer } from "react";
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

export interface DraftState {
  draft: Draft;
  removed: { row: number; line: DraftLine } | null;
}

export type DraftAction =
  | { type: "patch"; key: string; patch: Partial<DraftLine> }
  | { type: "pick"; key: string; goods: GoodsHit }
  | { type: "repeat"; key: string }
  | { type: "remove"; key: string }
  | { type: "add" }
  | { type: "undo" }
  | { type: "turn" }
  | { type: "allocation" }
  | { type: "restart"; draft: Draft };

export function startDraft(): DraftState {
  return { draft: emptyDraft(), removed: null };
}

/** A line that is not there any more leaves the state as it was. */
export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  const { draft } = state;
  const row = "key" in action ? draft.lines.findIndex(({ key }) => key === action.key) : -1;
  const line = draft.lines[row];
  if ("key" in action && line === undefined) {
    return state;
  }
  switch (action.type) {
    case "patch":
      return { ...state, draft: patchLine(draft, row, action.patch) };
    case "pick":
      return { ...state, draft: pickGoods(draft, row, action.goods) };
    case "repeat":
      return { ...state, draft: repeatLine(draft, row) };
    case "remove":
      return { draft: removeLine(draft, row), removed: line ? { row, line } : null };
    case "add": {
      const added = emptyLine(draft.direction);
      return { ...state, draft: insertLine(draft, draft.lines.length, added) };
    }
    case "undo": {
      const { removed } = state;
      return removed === null
        ? state
        : { draft: insertLine(draft, removed.row, removed.line), removed: null };
    }
    case "turn":
      return { ...state, draft: turnDirection(draft) };
    case "allocation": {
      const allocation = draft.allocation === "entered" ? "least_tax" : "entered";
      return { ...state, draft: { ...draft, allocation } };
    }
    case "restart":
      return { draft: action.draft, removed: null };
  }
}

export function useDraft(): [DraftState, Dispatch<DraftAction>] {
  return useReducer(reduceDraft, undefined, startDraft);
}
