// Moving the focus to what is about to be drawn.

/** A frame may pass before the state just set is on the page; an answer may take some more. */
const FRAMES_MAX = 30;

/** Focuses an element once it is there; its text is selected, so that typing replaces it. */
export function focusSoon(selector: string, frames = FRAMES_MAX): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null && frames > 1) {
      focusSoon(selector, frames - 1);
    }
    element?.focus();
    if (element instanceof HTMLInputElement) {
      element.select();
    }
  });
}
