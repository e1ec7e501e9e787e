import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DailyReport, SessionView, SystemStatus } from "../api/bindings";
import { NO_CORRECTIONS, TOTALS } from "../testing/fake-data";
import { backendThat, renderScreen } from "../testing/render";
import { ReportScreen } from "./ReportScreen";

const STATUS = { today: "2026-11-24", gates: [{ code: "MONGCAI", name: "Móng Cái" }] };
const REPORT: DailyReport = {
  gate: "MONGCAI",
  gate_name: "Móng Cái",
  date: "2026-11-24",
  made_at: "2026-11-24T10:00:00Z",
  made_by: "Trần Thị Lan",
  closed: null,
  directions: { import: TOTALS, export: TOTALS },
  corrections: { import: NO_CORRECTIONS, export: NO_CORRECTIONS },
};

function drawn(report: DailyReport, role: SessionView["role"], refusal = false) {
  const error = {
    code: "refused" as const,
    message: "Chưa khóa được.",
    violations: [
      {
        code: "day_has_open_forms",
        severity: "refuse" as const,
        field: "day",
        basis: "",
        message: "Còn tờ khai: MC26-000007.",
      },
    ],
  };
  const backend = backendThat({
    report_daily: { ok: report },
    ...(refusal ? { day_close: { error } } : {}),
  });
  const session = { role, gate: "MONGCAI" } as SessionView;
  const screens = <ReportScreen session={session} status={STATUS as SystemStatus} />;
  return { ...renderScreen(screens, backend), sent: backend.sent };
}

describe("corrections of closed days", () => {
  it("stand apart from the day's own figures, and only where there are any", async () => {
    const moved = { ...NO_CORRECTIONS, amended: 2, value_vnd: "-1800000" };
    drawn({ ...REPORT, corrections: { import: moved, export: NO_CORRECTIONS } }, "officer");
    expect(await screen.findByTestId("correction-import-amended")).toHaveTextContent("2");
    expect(screen.getByTestId("correction-import-value")).toHaveTextContent("−1.800.000");
    expect(screen.getByTestId("report-import-value")).toHaveTextContent("91.250.000");
  });

  it("are not there on a day without any", async () => {
    drawn(REPORT, "officer");
    await screen.findByTestId("report-import-value");
    expect(screen.queryByTestId("report-corrections")).toBeNull();
  });
});

describe("closing the day", () => {
  it("is a supervisor's, who sees which forms stand against it", async () => {
    const { user, sent } = drawn(REPORT, "supervisor", true);
    await screen.findByTestId("report-import-value");
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("close-confirm")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("close-problem")).toHaveTextContent("MC26-000007");
    const asked = sent.find(({ command }) => command === "day_close");
    expect(asked?.request).toEqual({ gate: "MONGCAI", day: "2026-11-24" });
  });

  it("is not an officer's, nor done twice", async () => {
    const { user, unmount } = drawn(REPORT, "officer");
    await screen.findByTestId("report-import-value");
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("close-day")).toBeNull();
    unmount();
    const closed = { at: "2026-11-24T11:00:00Z", by: "Hoàng Thị Bích" };
    const again = drawn({ ...REPORT, closed }, "supervisor");
    expect(await screen.findByTestId("report-closed")).toHaveTextContent("Hoàng Thị Bích");
    await again.user.keyboard("{F9}");
    expect(screen.queryByTestId("close-day")).toBeNull();
  });
});
