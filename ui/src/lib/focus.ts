// Moving the focus to what is about to be drawn.

/** Focuses an element after the next draw; its text is selected, so that typing replaces it. */
export function focusSoon(selector: string): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus();
    if (element instanceof HTMLInputElement) {
      element.select();
    }
  });
}
