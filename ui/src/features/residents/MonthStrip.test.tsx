import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { chooseLanguage } from "../../i18n";
import { renderScreen } from "../../testing/render";
import { MonthStrip } from "./MonthStrip";

const DAYS = [
  { day: "2026-11-01", exempt_vnd: "0", trips: 0 },
  { day: "2026-11-02", exempt_vnd: "500000", trips: 1 },
  { day: "2026-11-30", exempt_vnd: "2500000", trips: 2 },
];

/** For each day its number, the height of its column, and its words. */
function drawn() {
  renderScreen(<MonthStrip days={DAYS} limit_vnd="2000000" />);
  return screen.getAllByRole("listitem").map((day) => ({
    number: day.querySelector("small")?.textContent,
    height: day.querySelector("i")?.style.height,
    words: day.title,
    spoken: within(day).getByText(day.title).textContent,
  }));
}

describe("MonthStrip", () => {
  it("draws a column for each day, as high as its share of the quota and no higher", () => {
    expect(drawn().map(({ number, height }) => [number, height])).toEqual([
      ["01", "0%"],
      ["02", "25%"],
      ["30", "100%"],
    ]);
  });

  it("has room for every day of the month, traded on or not", () => {
    const { container } = renderScreen(<MonthStrip days={DAYS.slice(1, 2)} limit_vnd="2000000" />);
    const days = Array.from(container.querySelectorAll("li small"), (day) => day.textContent);
    expect(days).toHaveLength(30);
    expect([days[0], days[29]]).toEqual(["01", "30"]);
  });

  it("says in words what the column shows", () => {
    expect(drawn().map(({ spoken }) => spoken)).toEqual([
      "01/11/2026: 0 ₫ miễn thuế, 0 lượt",
      "02/11/2026: 500.000 ₫ miễn thuế, 1 lượt",
      "30/11/2026: 2.500.000 ₫ miễn thuế, 2 lượt",
    ]);
  });

  it("says it in the language of the screen", async () => {
    await chooseLanguage("zh");
    expect(drawn()[1]?.words).toMatch(/^2026-11-02.*500,000/);
  });
});
