// What a window is about, whatever happens to the list beneath it.
import { useRef } from "react";

/**
 * `value` as it was when a window opened, for as long as it is `open`. Another counter may take the
 * marked row off its list meanwhile: what was typed must not be done to the row that is marked then.
 */
export function useHeld<T>(open: boolean, value: T): T {
  const held = useRef(value);
  if (!open) {
    held.current = value;
  }
  return held.current;
}
