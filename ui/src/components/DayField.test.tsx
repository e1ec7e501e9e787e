import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderScreen } from "../testing/render";
import { DayField } from "./DayField";

const box = () => screen.getByLabelText<HTMLInputElement>("Ngày");

/** A screen that goes on showing its last real day, as the list and the report do. */
function LastRealDay({ onDay }: { onDay: (day: string) => void }) {
  const [day, setDay] = useState("2026-11-24");
  const keep = (next: string | null) => {
    if (next) {
      setDay(next);
      onDay(next);
    }
  };
  return (
    <>
      <DayField label="Ngày" value={day} onChange={keep} />
      <button type="button" onClick={() => setDay("2026-12-01")}>
        từ ngoài
      </button>
    </>
  );
}

describe("DayField", () => {
  it("lets the day be typed anew key by key over a screen that keeps the old one", async () => {
    const onDay = vi.fn();
    const { user } = renderScreen(<LastRealDay onDay={onDay} />);
    expect(box()).toHaveValue("24/11/2026");
    await user.type(box(), "{Backspace}");
    expect(box()).toHaveValue("24/11/202");
    await user.clear(box());
    expect(box()).toHaveValue("");
    await user.type(box(), "5/2/2026");
    expect(box()).toHaveValue("5/2/2026");
    expect(onDay).toHaveBeenLastCalledWith("2026-02-05");
  });

  it("tells null while the text is no real day, and says so, and keeps the text", async () => {
    const onChange = vi.fn();
    const { user } = renderScreen(<DayField label="Ngày" value={null} onChange={onChange} />);
    await user.type(box(), "31/04/2026");
    expect(box()).toHaveValue("31/04/2026");
    expect(onChange).toHaveBeenLastCalledWith(null);
    expect(screen.getByText("Ngày không đúng: gõ ngày/tháng/năm.")).toBeVisible();
  });

  it("takes over a day that comes from elsewhere", async () => {
    const { user } = renderScreen(<LastRealDay onDay={() => {}} />);
    await user.type(box(), "{Backspace}");
    await user.click(screen.getByText("từ ngoài"));
    expect(box()).toHaveValue("01/12/2026");
  });
});
