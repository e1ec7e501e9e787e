import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "./ids";

afterEach(() => {
  vi.useRealTimers();
});

describe("newId", () => {
  it("is a UUID of version 7 and no two are the same", () => {
    const ids = Array.from({ length: 200 }, newId);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("carries the time in front, so that ids sort by when they were made", () => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2026-11-24T02:15:00Z"));
    const earlier = newId();
    expect(Number.parseInt(earlier.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.now());
    vi.setSystemTime(new Date("2026-11-24T02:15:01Z"));
    expect(earlier < newId()).toBe(true);
  });
});
