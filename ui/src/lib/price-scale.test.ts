import { expect, it } from "vitest";
import { declaredPrice, priceScale } from "./price-scale";

it("equal ratios are equal ways", () => {
  const at = priceScale([1_000, 10_000, 100_000]);
  expect(at(10_000)).toBeCloseTo(50);
  expect(at(1_000)).toBeCloseTo(4);
  expect(at(100_000)).toBeCloseTo(96);
});

it("one price alone stands in the middle", () => {
  expect(priceScale([5_000, 5_000])(5_000)).toBe(50);
});

it("a price is known once there are a value and a quantity", () => {
  expect(declaredPrice("64000", "2")).toBe(32_000);
  for (const [value, quantity] of [
    [undefined, "2"],
    ["64000", null],
    ["64000", "0"],
    ["0", "2"],
  ] as const) {
    expect(declaredPrice(value, quantity)).toBeNull();
  }
});
