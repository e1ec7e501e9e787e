import { describe, expect, it } from "vitest";
import { placeOf } from "./GoodsField";

const field = (top: number) => ({ left: 57, top, bottom: top + 32 });

describe("the list of goods", () => {
  it.each([
    ["a short list low on the screen, below", 480, 3, { left: 57, top: 516 }],
    ["a long list high on the screen, below", 260, 12, { left: 57, top: 296 }],
    ["a long list low on the screen, above", 480, 12, { left: 57, bottom: 292 }],
  ])("puts %s, and never over its field", (_, top, count, place) => {
    expect(placeOf(field(top), count, 768)).toEqual(place);
  });
});
