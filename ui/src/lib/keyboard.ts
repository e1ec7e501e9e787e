// One hotkey map a screen. Keys pressed while an input method composes are never ours.
import { useEffect, useRef } from "react";

export type HotkeyMap = Record<string, () => void>;
type KeyPress = KeyboardEvent | React.KeyboardEvent;

/** Name of a key press, such as `F9`, `Alt+1` or `Ctrl+D`. */
export function keyName(event: KeyPress): string {
  const printed = /^(?:Digit|Key)(\w)$/.exec(event.code)?.[1];
  const key = printed && event.altKey ? printed : event.key;
  const name = key.length === 1 ? key.toUpperCase() : key;
  return `${event.ctrlKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${name}`;
}

/** Whether an input method is in the middle of a word; 229 is how older engines say so. */
export function isComposing(event: KeyPress): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}

const MODAL = '[aria-modal="true"]';

/** Whether a modal window was open when the key was pressed: the key may have closed it since. */
let modalAtPress = false;
window.addEventListener(
  "keydown",
  () => {
    modalAtPress = document.querySelector(MODAL) !== null;
  },
  { capture: true },
);

/** A locked station (`data-cover`) is in front of every window. */
function behindWindow(within: boolean): boolean {
  return within
    ? document.querySelector("[data-cover]") !== null
    : modalAtPress || document.querySelector(MODAL) !== null;
}

/**
 * Listens for the keys of `map`. A handled key goes no further. While a modal window is open
 * only maps `within` it are heard.
 */
export function useHotkeys(
  map: HotkeyMap,
  { active = true, within = false }: { active?: boolean; within?: boolean } = {},
): void {
  const current = useRef(map);
  current.current = map;
  useEffect(() => {
    if (!active) {
      return;
    }
    const listen = (event: KeyboardEvent) => {
      const action = current.current[keyName(event)];
      if (!action || isComposing(event) || event.defaultPrevented || behindWindow(within)) {
        return;
      }
      event.preventDefault();
      // A key held down does its work once: the next form in a list may not be released with it.
      if (!event.repeat) {
        action();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [active, within]);
}
