// Moving the focus to what is about to be drawn, and back to where it was.
import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

/** A frame may pass before the state just set is on the page; an answer may take some more. */
const FRAMES_MAX = 30;

function focusNow(element: HTMLElement | null): void {
  // The screen may have been left meanwhile: what is hidden takes the focus from nobody.
  if (element?.closest("[hidden]")) {
    return;
  }
  element?.focus();
  if (element instanceof HTMLInputElement) {
    element.select();
  }
}

/** A window over the screen keeps the focus: it asks for something, and Esc or Enter end it. */
function isCovered(element: HTMLElement): boolean {
  return document.querySelector("[role=dialog]") !== null && !element.closest("[role=dialog]");
}

/**
 * Focuses an element once it is there and no window is over it; its text is selected, so that
 * typing replaces it.
 */
export function focusSoon(selector: string, frames = FRAMES_MAX): void {
  const there = document.querySelector<HTMLElement>(selector);
  if (there !== null && there === document.activeElement) {
    // A frame later a scanner may have typed into it, and selecting would lose that.
    focusNow(there);
    return;
  }
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element !== null && !isCovered(element)) {
      focusNow(element);
    } else if (frames > 1) {
      focusSoon(selector, frames - 1);
    }
  });
}

/**
 * Gives a screen that comes back the focus it had, at first that of `first`. The screen tells the
 * returned function where its focus goes.
 */
export function useFocusKept(
  active: boolean,
  first: RefObject<HTMLElement | null>,
): (event: FocusEvent) => void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (active) {
      const kept = last.current?.isConnected ? last.current : first.current;
      (kept as HTMLElement | null)?.focus();
    }
  }, [active, first]);
  return ({ currentTarget, target }) => {
    // A window over the screen is below it for React, but not on the page.
    if (currentTarget.contains(target)) {
      last.current = target;
    }
  };
}

/** For a window that is gone the moment it is closed: the focus goes back where it was. */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
}
