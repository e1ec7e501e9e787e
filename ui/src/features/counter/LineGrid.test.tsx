import { screen } from "@testing-library/react";
import { useReducer } from "react";
import { describe, expect, it, vi } from "vitest";
import type { GoodsHit, Violation } from "../../api/bindings";
import { GOODS } from "../../testing/fake-data";
import { renderScreen } from "../../testing/render";
import { LineGrid } from "./LineGrid";
import type { LineOutcome } from "./use-decision";
import { type DraftState, reduceDraft, startDraft } from "./use-draft";

const [GARLIC] = GOODS as [GoodsHit];

function lineAt(state: DraftState, row: number) {
  const line = state.draft.lines[row];
  if (line === undefined) {
    throw new Error(`no line ${row}`);
  }
  return line;
}

/** A draft with a line of garlic for each quantity. */
function draftOf(...quantities: string[]): DraftState {
  let state = startDraft();
  for (const [row, quantity] of quantities.entries()) {
    state = row === 0 ? state : reduceDraft(state, { type: "add" });
    const { key } = lineAt(state, row);
    state = reduceDraft(state, { type: "pick", key, goods: GARLIC });
    state = reduceDraft(state, { type: "patch", key, patch: { quantity, price: "24" } });
  }
  return state;
}

function Grid(props: {
  start: DraftState;
  byLine?: Map<string, LineOutcome>;
  onFinished?: () => void;
}) {
  const [state, dispatch] = useReducer(reduceDraft, props.start);
  return (
    <LineGrid
      state={state}
      person="person-0"
      byLine={props.byLine ?? new Map()}
      dispatch={dispatch}
      onFinished={props.onFinished ?? (() => {})}
    />
  );
}

const cell = (testId: string) => screen.getByTestId(testId);
const quantities = () =>
  screen.getAllByTestId(/^quantity-/).map((input) => (input as HTMLInputElement).value);

describe("the keys of the grid", () => {
  it("repeats the line on Ctrl+D and goes to the copy, wherever in the grid it is", async () => {
    const { user } = renderScreen(<Grid start={draftOf("1", "2", "3")} />);
    await user.click(cell("quantity-0"));
    await user.keyboard("{Control>}d{/Control}");
    expect(quantities()).toEqual(["1", "1", "2", "3"]);
    expect(cell("goods-1")).toHaveFocus();
  });

  it("removes the line on Ctrl+Delete and tells how to bring it back", async () => {
    const { user } = renderScreen(<Grid start={draftOf("1", "2")} />);
    await user.click(cell("quantity-0"));
    await user.keyboard("{Control>}{Delete}{/Control}");
    expect(quantities()).toEqual(["2"]);
    expect(screen.getByRole("status")).toHaveTextContent("Đã xóa dòng 1. Ctrl+Z để lấy lại.");
  });

  it("adds a line on Ctrl+Enter and goes to it", async () => {
    const { user } = renderScreen(<Grid start={draftOf("1", "2")} />);
    await user.click(cell("quantity-0"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(quantities()).toEqual(["1", "2", ""]);
    expect(cell("goods-2")).toHaveFocus();
  });

  it("walks from field to field on Enter, adds a line at the end, and finishes on it", async () => {
    const onFinished = vi.fn();
    const { user } = renderScreen(<Grid start={draftOf("1")} onFinished={onFinished} />);
    await user.click(cell("quantity-0"));
    for (const next of ["unit", "weight", "price", "currency", "origin", "condition"]) {
      await user.keyboard("{Enter}");
      expect(cell(`${next}-0`)).toHaveFocus();
    }
    await user.keyboard("{Enter}{Enter}");
    expect(cell("goods-1")).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(onFinished).toHaveBeenCalledOnce();
  });
});

describe("a number as typed", () => {
  it.each([
    ["1.234,5", ""],
    ["1234.5", "= 1.234,5"],
    ["1,5", ""],
    ["1.5", "= 1,5"],
    ["12 cái", "chưa đọc được số"],
  ])("stays %j in its field and is echoed as %j", async (typed, echo) => {
    const { user } = renderScreen(<Grid start={draftOf("")} />);
    await user.type(cell("quantity-0"), typed);
    expect(cell("quantity-0")).toHaveValue(typed);
    expect(cell("quantity-0").nextElementSibling).toHaveTextContent(echo);
    const unread = echo === "chưa đọc được số";
    expect(cell("quantity-0")).toHaveAttribute("aria-invalid", String(unread));
  });
});

describe("a violation", () => {
  it.each([
    ["lines[0].hs", "goods"],
    ["lines[0].name", "goods"],
    ["lines[0].quantity", "quantity"],
    ["lines[0].unit", "unit"],
    ["lines[0].weight_kg", "weight"],
    ["lines[0].unit_price", "price"],
    ["lines[0].currency", "currency"],
    ["lines[0].origin", "origin"],
    ["lines[0].condition", "condition"],
    ["lines[0].certificate", "certificate"],
  ])("about %s marks the %s of its line and is told below it", (field, name) => {
    const message = "Không đúng.";
    const violation: Violation = { code: "c", severity: "refuse", field, basis: "", message };
    const start = draftOf("1", "2");
    const outcome = { answer: undefined, violations: [violation] };
    const byLine = new Map([[lineAt(start, 1).key, outcome]]);
    const { container } = renderScreen(<Grid start={start} byLine={byLine} />);
    const wrong = container.querySelectorAll('[aria-invalid="true"]');
    expect(Array.from(wrong, (input) => input.getAttribute("data-testid"))).toEqual([`${name}-1`]);
    expect(screen.getByTestId("line-problems-1")).toHaveTextContent(message);
    expect(screen.queryByTestId("line-problems-0")).toBeNull();
  });
});
