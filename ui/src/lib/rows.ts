// Moving between the rows of a table by keyboard.
import type { KeyboardEvent } from "react";

/** Arrows go to the row above or below; Enter does what the row is for. */
export function onRowKey(event: KeyboardEvent<HTMLElement>, onEnter?: () => void): void {
  const row = event.currentTarget;
  if (event.target !== row) {
    return;
  }
  const next = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
  }[event.key];
  if (next instanceof HTMLElement) {
    event.preventDefault();
    next.focus();
  } else if (event.key === "Enter" && onEnter) {
    event.preventDefault();
    onEnter();
  }
}
