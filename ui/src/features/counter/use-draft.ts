// Every change to the draft on the screen, the line that was removed last, and the forms that
// were set aside half typed when another person came.
import { type Dispatch, useReducer } from "react";
import type { GoodsHit } from "../../api/bindings";
import {
  type Counterpart,
  type Draft,
  type DraftLine,
  emptyDraft,
  emptyLine,
  insertLine,
  isBlank,
  patchLine,
  pickGoods,
  removeLine,
  repeatLine,
  turnDirection,
} from "../../lib/draft";

/** Whose form it is, as far as a form needs to know. */
export interface Owner {
  id: string;
  name: string;
}

export interface DraftState {
  draft: Draft;
  /** The other leg while goods are exchanged for goods. */
  other: Draft | null;
  owner: Owner | null;
  removed: { row: number; line: DraftLine } | null;
  /** Half-typed forms of others, the last one set aside last. */
  aside: { owner: Owner; draft: Draft; other: Draft | null }[];
}

export type DraftAction =
  | { type: "patch"; key: string; patch: Partial<DraftLine> }
  | { type: "pick"; key: string; goods: GoodsHit }
  | { type: "repeat"; key: string }
  | { type: "remove"; key: string }
  | { type: "add" }
  | { type: "undo" }
  | { type: "turn" }
  | { type: "exchange" }
  | { type: "counterpart"; patch: Partial<Counterpart> }
  | { type: "vehicle"; plate: string }
  | { type: "allocation" }
  | { type: "renew"; id: string }
  | { type: "serve"; owner: Owner }
  | { type: "restart"; draft: Draft };

export function startDraft(): DraftState {
  return { draft: emptyDraft(), other: null, owner: null, removed: null, aside: [] };
}

/** Sets the form on the screen aside, when anything is typed into it. */
function setAside({ draft, other, owner, aside }: DraftState): DraftState["aside"] {
  const isEmpty = isUntyped(draft) && (other === null || isUntyped(other));
  return owner === null || isEmpty ? aside : [...aside, { owner, draft, other }];
}

function isUntyped({ lines }: Draft): boolean {
  return lines.every(isBlank);
}

/** Turns the trade round; of an exchange it shows the other leg. The counterpart is that of both. */
function turn(state: DraftState): DraftState {
  const { draft, other } = state;
  if (other === null) {
    return { ...state, draft: turnDirection(draft) };
  }
  const shown = { ...other, counterpart: draft.counterpart, vehicle: draft.vehicle };
  return { ...state, draft: shown, other: draft, removed: null };
}

/** Begins an exchange, or leaves it while nothing is typed into the other leg. */
function exchange(state: DraftState): DraftState {
  const { draft, other } = state;
  if (other === null) {
    return { ...state, other: emptyDraft(draft.direction === "import" ? "export" : "import") };
  }
  return isUntyped(other) ? { ...state, other: null } : state;
}

/** Goods of one person never slip into the form of the next; a person who comes back finds theirs. */
function serve(state: DraftState, owner: Owner): DraftState {
  if (state.owner?.id === owner.id) {
    return state;
  }
  const own = state.aside.find((form) => form.owner.id === owner.id);
  const aside = setAside(state).filter((form) => form !== own);
  const legs = { draft: own?.draft ?? emptyDraft(), other: own?.other ?? null };
  return { ...legs, owner, removed: null, aside };
}

/** Gives back the line removed last, else the lines of the form that was set aside last. */
function undo(state: DraftState): DraftState {
  const { draft, removed, aside } = state;
  const last = aside.at(-1);
  if (removed !== null) {
    return { ...state, draft: insertLine(draft, removed.row, removed.line), removed: null };
  }
  if (last === undefined) {
    return state;
  }
  const { draft: put, other } = last;
  return { ...state, draft: put, other, aside: setAside({ ...state, aside: aside.slice(0, -1) }) };
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
      return { ...state, draft: removeLine(draft, row), removed: line ? { row, line } : null };
    case "add": {
      const added = emptyLine(draft.direction);
      return { ...state, draft: insertLine(draft, draft.lines.length, added) };
    }
    case "undo":
      return undo(state);
    case "turn":
      return turn(state);
    case "exchange":
      return exchange(state);
    case "counterpart": {
      const counterpart = { ...draft.counterpart, ...action.patch };
      return { ...state, draft: { ...draft, counterpart } };
    }
    case "vehicle":
      return { ...state, draft: { ...draft, vehicle: action.plate } };
    case "renew":
      return { ...state, draft: { ...draft, id: action.id } };
    case "allocation": {
      const allocation = draft.allocation === "entered" ? "least_tax" : "entered";
      return { ...state, draft: { ...draft, allocation } };
    }
    case "serve":
      return serve(state, action.owner);
    case "restart":
      return { ...state, draft: action.draft, other: null, removed: null };
  }
}

export function useDraft(): [DraftState, Dispatch<DraftAction>] {
  return useReducer(reduceDraft, undefined, startDraft);
}
