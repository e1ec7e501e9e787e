import { describe, expect, it } from "vitest";
import { tenths } from "./print-settings";

describe("an offset in millimetres", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["1,5", 15],
    ["1.5", 15],
    [" -2 ", -20],
    ["−2,1", -21],
    ["30", 300],
    ["30,1", null],
    ["1,55", null],
    ["", null],
    ["1e1", null],
    ["-", null],
  ])("%j is %j tenths", (text, expected) => {
    expect(tenths(text)).toBe(expected);
  });
});
