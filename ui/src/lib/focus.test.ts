import { afterEach, describe, expect, it, vi } from "vitest";
import { focusSoon } from "./focus";

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function box(): HTMLInputElement {
  const input = document.createElement("input");
  input.value = "đã gõ";
  document.body.append(input);
  return input;
}

describe("focusSoon", () => {
  it("waits for what is drawn some frames later, and selects its text", () => {
    vi.useFakeTimers();
    focusSoon("input");
    vi.advanceTimersByTime(100);
    const input = box();
    expect(input).not.toHaveFocus();
    vi.advanceTimersByTime(100);
    expect(input).toHaveFocus();
    expect(input.selectionEnd).toBe(input.value.length);
  });

  it("leaves alone what is typed into a field that already has the focus", () => {
    vi.useFakeTimers();
    const input = box();
    input.focus();
    focusSoon("input");
    input.value = "0221";
    input.setSelectionRange(4, 4);
    vi.advanceTimersByTime(1_000);
    expect(input.selectionStart).toBe(4);
  });

  it("takes the focus from nobody for a screen that was left meanwhile", () => {
    vi.useFakeTimers();
    const left = document.createElement("div");
    left.append(box());
    document.body.append(left);
    const other = document.body.appendChild(document.createElement("button"));
    focusSoon("input");
    left.hidden = true;
    other.focus();
    vi.advanceTimersByTime(1_000);
    expect(other).toHaveFocus();
  });

  it("waits until the window over the screen is closed", () => {
    vi.useFakeTimers();
    const input = box();
    const over = document.body.appendChild(document.createElement("div"));
    over.setAttribute("role", "dialog");
    const asked = over.appendChild(document.createElement("button"));
    asked.focus();
    focusSoon("input");
    vi.advanceTimersByTime(100);
    expect(asked).toHaveFocus();
    over.remove();
    vi.advanceTimersByTime(100);
    expect(input).toHaveFocus();
  });

  it("gives up, so that what comes much later is left alone", () => {
    vi.useFakeTimers();
    focusSoon("input", 1);
    vi.advanceTimersByTime(100);
    const input = box();
    vi.advanceTimersByTime(2_000);
    expect(input).not.toHaveFocus();
  });
});
