import { describe, expect, it } from "vitest";
import { countTotal, differenceOf, notesSum, toNotes } from "./cash";

describe("a drawer as it is counted", () => {
  it("is the sum of its notes and its small money", () => {
    const counts = { "500000": "3", "100000": "", "1000": " 7 " };
    expect(countTotal(counts, "450")).toBe("1507450");
    expect(toNotes(counts)).toEqual([
      { note_vnd: "500000", count: 3 },
      { note_vnd: "1000", count: 7 },
    ]);
    expect(countTotal({}, "0")).toBe("0");
  });

  it("has no sum while something typed is no whole number", () => {
    for (const typed of ["-1", "1.5", "x", "1e3", "12345678901"]) {
      expect(notesSum("1000", typed)).toBeNull();
      expect(countTotal({ "1000": typed }, "0")).toBeNull();
    }
    expect(countTotal({ "1000": "1" }, null)).toBeNull();
  });

  it("differs by what is missing or too much, however large", () => {
    expect(differenceOf("999", "1000")).toBe("-1");
    expect(differenceOf("900000000000001", "1")).toBe("900000000000000");
  });
});
