// The lines of the form. Enter moves on field by field and makes a new line at the end.
import { type Dispatch, type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import { useWords } from "../../i18n";
import { isBlank } from "../../lib/draft";
import { isComposing, keyName } from "../../lib/keyboard";
import classes from "./LineGrid.module.css";
import { LineRow } from "./LineRow";
import type { LineOutcome } from "./use-decision";
import type { DraftAction, DraftState } from "./use-draft";

const COLUMNS = [
  "goods",
  "quantity",
  "unit",
  "weight",
  "price",
  "currency",
  "origin",
  "condition",
  "value",
] as const;
const NUMERIC = new Set<string>(["quantity", "weight", "price", "value"]);

function focusCell(cell: Element | null | undefined): void {
  if (cell instanceof HTMLElement) {
    cell.focus();
    if (cell instanceof HTMLInputElement) {
      cell.select();
    }
  }
}

export function LineGrid(props: {
  state: DraftState;
  person: string | null;
  byLine: Map<string, LineOutcome>;
  dispatch: Dispatch<DraftAction>;
  /** Enter on a blank last line: nothing more to type. */
  onFinished: () => void;
}) {
  const { t } = useWords();
  const { state, dispatch } = props;
  const { lines, direction } = state.draft;
  const grid = useRef<HTMLDivElement>(null);
  const known = useRef(lines.map(({ key }) => key));

  // A new line takes the focus, wherever in the grid it appeared.
  useEffect(() => {
    const added = lines.find(({ key }) => !known.current.includes(key));
    if (added && lines.length > known.current.length) {
      focusCell(grid.current?.querySelector(`[data-line="${added.key}"] [data-cell]`));
    }
    known.current = lines.map(({ key }) => key);
  }, [lines]);

  const onChosen = useCallback((key: string) => {
    const row = grid.current?.querySelector(`[data-line="${key}"]`);
    focusCell(row?.querySelectorAll("[data-cell]")[1]);
  }, []);

  const moveOn = (from: Element) => {
    const cells = Array.from(grid.current?.querySelectorAll("[data-cell]") ?? []);
    const next = cells[cells.indexOf(from) + 1];
    const last = lines.at(-1);
    if (last && isBlank(last) && from.closest("[data-line]")?.matches(":last-child")) {
      props.onFinished();
    } else if (next) {
      focusCell(next);
    } else {
      dispatch({ type: "add" });
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const cell = event.target as Element;
    const key = cell.closest<HTMLElement>("[data-line]")?.dataset.line;
    if (isComposing(event) || key === undefined || !cell.matches("[data-cell]")) {
      return;
    }
    const actions: Record<string, () => void> = {
      Enter: () => moveOn(cell),
      "Ctrl+Enter": () => dispatch({ type: "add" }),
      "Ctrl+D": () => dispatch({ type: "repeat", key }),
      "Ctrl+Delete": () => dispatch({ type: "remove", key }),
    };
    const action = actions[keyName(event)];
    if (action) {
      event.preventDefault();
      action();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields inside
    <div className={`panel ${classes.grid}`} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <span />
        {COLUMNS.map((column) => (
          <span key={column} className={NUMERIC.has(column) ? "number" : undefined}>
            {t(`field.${column}`)}
          </span>
        ))}
      </div>
      <div ref={grid} className={classes.lines}>
        {lines.map((line, row) => (
          <LineRow
            key={line.key}
            line={line}
            row={row}
            direction={direction}
            person={props.person}
            outcome={props.byLine.get(line.key)}
            dispatch={dispatch}
            onChosen={onChosen}
          />
        ))}
      </div>
      <p className={classes.removed} role="status">
        {state.removed
          ? t("lines.removed", { row: state.removed.row + 1 })
          : state.aside.length > 0 &&
            t("lines.aside", { name: state.aside.at(-1)?.owner.name ?? "" })}
      </p>
    </div>
  );
}
