import { fireEvent, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useIdle } from "./idle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("useIdle", () => {
  it("tells once nobody has touched a key or the pointer for so long", () => {
    const onIdle = vi.fn();
    renderHook(() => useIdle(300, onIdle));
    vi.advanceTimersByTime(299_000);
    fireEvent.keyDown(document.body, { key: "a" });
    vi.advanceTimersByTime(299_000);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it("never does with a limit of 0", () => {
    const onIdle = vi.fn();
    renderHook(() => useIdle(0, onIdle));
    vi.advanceTimersByTime(10_000_000);
    expect(onIdle).not.toHaveBeenCalled();
  });
});
