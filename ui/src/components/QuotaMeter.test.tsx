import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { QuotaView } from "../api/bindings";
import { QUOTA } from "../testing/fake-data";
import { renderScreen } from "../testing/render";
import { QuotaMeter } from "./QuotaMeter";

/** The meter, and the widths of its used and its planned part. */
function draw(change: Partial<QuotaView> = {}, planned_vnd?: string) {
  renderScreen(<QuotaMeter quota={{ ...QUOTA, ...change }} planned_vnd={planned_vnd} />);
  const meter = screen.getByRole("meter");
  const widths = Array.from(meter.children, (part) => (part as HTMLElement).style.width);
  return { meter, widths };
}

describe("QuotaMeter", () => {
  it("tells what is left and what is used in the separators of the language", () => {
    draw();
    expect(screen.getByTestId("quota-left")).toHaveTextContent("1.350.000");
    expect(screen.getByText("Đã dùng 650.000 / 2.000.000 ₫")).toBeVisible();
    expect(screen.getByText("2/4")).toBeVisible();
  });

  it.each([
    ["nothing used or planned", "0", undefined, ["0%", "0%"]],
    ["a part used", "650000", undefined, ["32%", "0%"]],
    ["a part used and a part planned", "500000", "1000000", ["25%", "50%"]],
    ["more planned than is left", "1500000", "2000000", ["75%", "25%"]],
    ["all used", "2000000", "500000", ["100%", "0%"]],
    ["more used than allowed", "2500000", "0", ["100%", "0%"]],
  ])("draws %s inside its track", (_, used_today_vnd, planned, expected) => {
    expect(draw({ used_today_vnd }, planned).widths).toEqual(expected);
  });

  it("tells a screen reader the share that is used", () => {
    expect(draw({ used_today_vnd: "500000" }).meter).toHaveAttribute("aria-valuenow", "25");
  });

  it("marks the trips of the month that are used up", () => {
    const { meter } = draw({ trips_used: 3, trips_limit: 4 });
    const marks = meter.closest("section")?.querySelectorAll("[data-used]") ?? [];
    expect(Array.from(marks, (mark) => mark.getAttribute("data-used"))).toEqual([
      "true",
      "true",
      "true",
      "false",
    ]);
  });
});
