import { describe, expect, it } from "vitest";
import { formatDecimal, isPositive, parseDecimal, percentOf } from "./decimal";

describe("parseDecimal", () => {
  it.each([
    ["12", "12"],
    ["0", "0"],
    ["007", "7"],
    ["0,5", "0.5"],
    ["00,5", "0.5"],
    ["1,5", "1.5"],
    ["1.5", "1.5"],
    ["3,3333", "3.3333"],
    ["1.234,5", "1234.5"],
    ["1,234.5", "1234.5"],
    ["1.234.567", "1234567"],
    ["1,234,567", "1234567"],
    ["1.234.567,89", "1234567.89"],
    ["12.345.678.901.234,56", "12345678901234.56"],
  ])("reads %s as %s", (typed, read) => {
    expect(parseDecimal(typed)).toBe(read);
  });

  it.each([
    ["blanks around it", "  12,5 \t", "12.5"],
    ["blanks as thousands marks", "1 234 567,5", "1234567.5"],
    ["no-break spaces", "1\u00a0234\u00a0567", "1234567"],
    ["narrow no-break spaces", "1\u202f234,5", "1234.5"],
    ["a line end", "12,5\r\n", "12.5"],
  ])("reads a number pasted with %s", (_, pasted, read) => {
    expect(parseDecimal(pasted)).toBe(read);
  });

  it.each([
    "",
    " ",
    "abc",
    "1,5kg",
    "150.000 ₫",
    "-5",
    "+5",
    "1e3",
    "0x10",
    ",5",
    "5,",
    ".",
    "1..5",
    "1.2.3",
    "12.34.567",
    "1234.567,8",
    "1.234,5,6",
    "1,234.5.6",
    "1.234,",
    "NaN",
  ])("refuses to guess at %j", (typed) => {
    expect(parseDecimal(typed)).toBeNull();
  });

  it("takes a lone mark before three digits as thousands only in whole amounts", () => {
    expect(parseDecimal("150.000")).toBe("150.000");
    expect(parseDecimal("150,000")).toBe("150.000");
    expect(parseDecimal("150.000", { whole: true })).toBe("150000");
    expect(parseDecimal("150,000", { whole: true })).toBe("150000");
  });

  it("leaves a fraction of a dong to the server to refuse", () => {
    expect(parseDecimal("1,5", { whole: true })).toBe("1.5");
  });

  it.each(["0.500", "0,500"])("never reads %s, less than one dong, as five hundred", (typed) => {
    expect(parseDecimal(typed, { whole: true })).toBe("0.500");
  });

  it("knows no thousands mark after a leading zero", () => {
    expect(parseDecimal("0.123.456")).toBeNull();
    expect(parseDecimal("0.123,4")).toBeNull();
  });
});

describe("formatDecimal", () => {
  it.each([
    ["0", "0", "0"],
    ["999", "999", "999"],
    ["1000", "1.000", "1,000"],
    ["2000000", "2.000.000", "2,000,000"],
    ["1234.50", "1.234,50", "1,234.50"],
    ["0.5", "0,5", "0.5"],
    ["3628.41", "3.628,41", "3,628.41"],
    ["-1500000", "−1.500.000", "−1,500,000"],
    ["9007199254740993", "9.007.199.254.740.993", "9,007,199,254,740,993"],
  ])("writes %s by language", (plain, vi, en) => {
    expect(formatDecimal(plain, "vi")).toBe(vi);
    expect(formatDecimal(plain, "en")).toBe(en);
    expect(formatDecimal(plain, "zh")).toBe(en);
  });

  it.each(["12", "1234.5", "1234567", "1234567.89", "0.25"])(
    "writes %s so that reading it back gives the same number",
    (plain) => {
      for (const language of ["vi", "en", "zh"] as const) {
        expect(parseDecimal(formatDecimal(plain, language))).toBe(plain);
      }
    },
  );
});

describe("percentOf", () => {
  it.each([
    ["650000", "2000000", 32],
    ["0", "2000000", 0],
    ["2000000", "2000000", 100],
    ["3000000", "2000000", 100],
    ["1", "0", 0],
    ["", "2000000", 0],
    ["-1", "2000000", 0],
  ])("draws %s of %s as %i percent", (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });
});

describe("isPositive", () => {
  it.each([
    ["0", false],
    ["0.00", false],
    ["", false],
    ["-3", false],
    ["1", true],
    ["0.01", true],
  ])("of %j is %s", (plain, positive) => {
    expect(isPositive(plain)).toBe(positive);
  });
});
