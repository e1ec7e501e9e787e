// A table that arrows walk through and Enter opens; the columns are given.
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import classes from "./Law.module.css";

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
}

export function Rows<Row>(props: {
  rows: Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  chosen: string | null;
  onChoose: (key: string) => void;
  onOpen?: () => void;
  testId: string;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = props.rows.map(props.keyOf);
  const first = props.chosen !== null && keys.includes(props.chosen) ? props.chosen : keys[0];
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      body.current?.querySelectorAll<HTMLElement>("tr")[at + step]?.focus();
    } else if (event.key === "Enter" && props.onOpen) {
      event.preventDefault();
      props.onOpen();
    }
  };
  return (
    <div className={classes.table}>
      <table className="sheet">
        <thead>
          <tr>
            {props.columns.map(({ label }) => (
              <th key={label}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {props.rows.map((row, at) => {
            const key = props.keyOf(row);
            return (
              <tr
                key={key}
                data-testid={`${props.testId}-${at}`}
                tabIndex={key === first ? 0 : -1}
                aria-selected={key === props.chosen}
                onClick={() => props.onChoose(key)}
                onFocus={() => props.onChoose(key)}
                onKeyDown={(event) => onKeyDown(event, at)}
              >
                {props.columns.map(({ label, cell }) => (
                  <td key={label}>{cell(row)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
