import { describe, expect, it } from "vitest";
import { dayOf, formatDay, formatTime, parseDay, parseMoment } from "./dates";

describe("parseDay", () => {
  it.each([
    ["05/02/1990", "1990-02-05"],
    ["5/2/1990", "1990-02-05"],
    ["5.2.1990", "1990-02-05"],
    ["5-2-1990", "1990-02-05"],
    ["5 2 1990", "1990-02-05"],
    ["05021990", "1990-02-05"],
    ["1990-02-05", "1990-02-05"],
    ["1990-2-5", "1990-02-05"],
    [" 05/02/1990 ", "1990-02-05"],
    ["29/02/2024", "2024-02-29"],
  ])("reads %j, day first", (typed, day) => {
    expect(parseDay(typed)).toBe(day);
  });

  it.each([
    "",
    "5/2",
    "5/2/90",
    "31/04/2026",
    "29/02/2026",
    "29/02/1900",
    "00/01/2026",
    "01/00/2026",
    "13/13/2026",
    "32132026",
    "2026-13-01",
    "hôm nay",
  ])("finds no day in %j", (typed) => {
    expect(parseDay(typed)).toBeNull();
  });
});

describe("formatDay", () => {
  it("puts the day first but in Chinese", () => {
    expect(formatDay("1990-02-05", "vi")).toBe("05/02/1990");
    expect(formatDay("1990-02-05", "en")).toBe("05/02/1990");
    expect(formatDay("1990-02-05", "zh")).toBe("1990-02-05");
  });

  it("is read back as the same day in every language", () => {
    for (const language of ["vi", "en", "zh"] as const) {
      expect(parseDay(formatDay("2024-02-29", language))).toBe("2024-02-29");
    }
  });

  it("leaves what is no day as it is", () => {
    expect(formatDay("", "vi")).toBe("");
    expect(formatDay("2026-11", "vi")).toBe("2026-11");
  });
});

describe("times at the gate", () => {
  it.each([
    ["2026-11-24T02:15:00Z", "09:15", "2026-11-24"],
    ["2026-11-24T16:59:59Z", "23:59", "2026-11-24"],
    ["2026-11-24T17:00:00Z", "00:00", "2026-11-25"],
    ["2026-12-31T20:00:00Z", "03:00", "2027-01-01"],
    ["2026-11-24T09:15:00+07:00", "09:15", "2026-11-24"],
  ])("reads %s as %s of %s, UTC+7", (at, time, day) => {
    expect(formatTime(at)).toBe(time);
    expect(dayOf(at)).toBe(day);
  });

  it("shows an unreadable time as it came", () => {
    expect(formatTime("soon")).toBe("soon");
    expect(dayOf("soon")).toBe("soon");
  });
});

describe("parseMoment", () => {
  it.each([
    ["24/11/2026", "2026-11-24"],
    ["24/11/2026 8:30", "2026-11-24 08:30"],
    ["2026-11-24T08:30", "2026-11-24 08:30"],
    ["", ""],
    ["hôm qua", "hôm qua"],
    ["31/2/2026 08:30", "31/2/2026 08:30"],
  ])("reads %j as %j", (typed, moment) => {
    expect(parseMoment(typed)).toBe(moment);
  });
});
