// A table of which one row is marked; arrows move the mark.
import { type KeyboardEvent, type ReactNode, useRef } from "react";

export function MarkedTable<R extends { id: string }>(props: {
  head: ReactNode;
  rows: R[];
  marked: string | null;
  testId: string;
  onMark: (id: string) => void;
  onOpen?: (row: R) => void;
  cells: (row: R) => ReactNode;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = props.rows[at + (step ?? 0)];
    if (!row || !(step || (event.key === "Enter" && props.onOpen))) {
      return;
    }
    event.preventDefault();
    if (step) {
      body.current?.querySelectorAll<HTMLElement>("tr")[at + step]?.focus();
    } else {
      props.onOpen?.(row);
    }
  };
  return (
    <table className="sheet">
      <thead>
        <tr>{props.head}</tr>
      </thead>
      <tbody ref={body}>
        {props.rows.map((row, at) => (
          <tr
            key={row.id}
            data-testid={`${props.testId}-${at}`}
            tabIndex={row.id === props.marked ? 0 : -1}
            aria-selected={row.id === props.marked}
            onClick={() => props.onMark(row.id)}
            onFocus={() => props.onMark(row.id)}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            {props.cells(row)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
