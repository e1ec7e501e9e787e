import { fireEvent, render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type HotkeyMap, isComposing, keyName, useHotkeys } from "./keyboard";

describe("keyName", () => {
  it.each([
    [{ key: "F9" }, "F9"],
    [{ key: "d", ctrlKey: true }, "Ctrl+D"],
    [{ key: "Delete", ctrlKey: true }, "Ctrl+Delete"],
    [{ key: "Escape" }, "Escape"],
    [{ key: "1", code: "Digit1", altKey: true }, "Alt+1"],
    [{ key: "¡", code: "Digit1", altKey: true }, "Alt+1"],
    [{ key: "√", code: "KeyV", altKey: true }, "Alt+V"],
    [{ key: "1", code: "Digit1" }, "1"],
  ])("of %j is %s", (init, name) => {
    expect(keyName(new KeyboardEvent("keydown", init))).toBe(name);
  });
});

describe("isComposing", () => {
  it.each([
    [{ isComposing: true }, true],
    [{ keyCode: 229 }, true],
    [{ keyCode: 13 }, false],
  ])("of %j is %s", (init, composing) => {
    expect(isComposing(new KeyboardEvent("keydown", { key: "Enter", ...init }))).toBe(composing);
  });
});

function Keys(props: { map: HotkeyMap; active?: boolean; within?: boolean }) {
  useHotkeys(props.map, { active: props.active, within: props.within });
  return <input aria-label="box" />;
}

/** Presses a key; false when someone handled it. */
const press = (init: KeyboardEventInit) => fireEvent.keyDown(document.body, init);

describe("useHotkeys", () => {
  it("handles the keys of its map and leaves the others to the field", () => {
    const F9 = vi.fn();
    render(<Keys map={{ F9 }} />);
    expect(press({ key: "F9" })).toBe(false);
    expect(press({ key: "F10" })).toBe(true);
    expect(F9).toHaveBeenCalledOnce();
  });

  it("does a held key's work once, and keeps its repeats from the browser", () => {
    const F9 = vi.fn();
    render(<Keys map={{ F9 }} />);
    press({ key: "F9" });
    expect(press({ key: "F9", repeat: true })).toBe(false);
    expect(F9).toHaveBeenCalledOnce();
  });

  it("calls the action of the last render and none after the screen is gone", () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const { rerender, unmount } = render(<Keys map={{ F9: first }} />);
    rerender(<Keys map={{ F9: second }} />);
    press({ key: "F9" });
    unmount();
    press({ key: "F9" });
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });

  it.each<[string, KeyboardEventInit, { active?: boolean; modal?: boolean }]>([
    ["while its screen is hidden", { key: "F9" }, { active: false }],
    ["while an input method composes", { key: "F9", isComposing: true }, {}],
    ["behind an open window", { key: "F9" }, { modal: true }],
  ])("is silent %s", (_, init, { active = true, modal = false }) => {
    const F9 = vi.fn();
    render(
      <>
        <Keys map={{ F9 }} active={active} />
        {modal && <div role="dialog" aria-modal="true" />}
      </>,
    );
    press(init);
    expect(F9).not.toHaveBeenCalled();
  });

  it("leaves to a window the key that closes it", () => {
    const Escape = vi.fn();
    render(<Keys map={{ Escape }} />);
    const dialog = document.createElement("div");
    dialog.setAttribute("aria-modal", "true");
    document.body.append(dialog);
    window.addEventListener("keydown", () => dialog.remove(), { capture: true, once: true });
    press({ key: "Escape" });
    expect(Escape).not.toHaveBeenCalled();
    press({ key: "Escape" });
    expect(Escape).toHaveBeenCalledOnce();
  });

  it("is heard in the open window itself", () => {
    const Escape = vi.fn();
    render(
      <div role="dialog" aria-modal="true">
        <Keys map={{ Escape }} within />
      </div>,
    );
    press({ key: "Escape" });
    expect(Escape).toHaveBeenCalledOnce();
  });
});
