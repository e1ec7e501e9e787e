import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { SessionView, SystemStatus } from "../api/bindings";
import { PLAN, TABLE } from "../testing/fake-report";
import { backendThat, renderScreen } from "../testing/render";
import { ReportScreen } from "./ReportScreen";

const STATUS = {
  today: "2026-11-24",
  gates: [{ code: "MONGCAI", name: "Móng Cái" }],
} as SystemStatus;
const SESSION = { role: "branch", gate: "MONGCAI" } as SessionView;

function drawn(overrides: Parameters<typeof backendThat>[0] = {}) {
  const backend = backendThat(overrides);
  const shown = renderScreen(<ReportScreen session={SESSION} status={STATUS} />, backend);
  const asked = (command: string) =>
    backend.sent.filter((one) => one.command === command).map(({ request }) => request);
  return { ...shown, asked };
}

async function choose(user: ReturnType<typeof drawn>["user"], report: string) {
  await waitFor(() =>
    expect(screen.getByTestId("report-which").children.length).toBeGreaterThan(1),
  );
  await user.selectOptions(screen.getByTestId("report-which"), report);
}

describe("a report over a period", () => {
  it("is asked for with its days and gate, and shows sections, sums and what it rests on", async () => {
    const { user, asked } = drawn();
    await choose(user, "groups");
    const table = await screen.findByTestId("report-table");
    expect(asked("report_run")).toEqual([
      { report: "groups", period: "month", day: "2026-11-24", gates: ["MONGCAI"] },
    ]);
    const rows = within(table).getAllByRole("row");
    expect(rows.map((row) => row.textContent)).toEqual([
      "Nhóm hàngQuy tấn trong kỳTrị giá (đ) trong kỳTrị giá (đ) lũy kế",
      "Nhập khẩu",
      "Rau củ12,5075.000.00090.000.000",
      "Trái cây3,2525.000.00025.000.000",
      "Cộng Nhập khẩu15,75100.000.000115.000.000",
      "Tổng cộng15,75100.000.000115.000.000",
    ]);
    expect(screen.getByTestId("report-about")).toHaveTextContent("Thông tư 52/2020/TT-BTC");
    const shares = within(screen.getByTestId("report-chart-shares")).getAllByRole("listitem");
    expect(shares.map((one) => one.textContent)).toEqual([
      "Rau củ75,0% · 75 triệu ₫",
      "Trái cây25,0% · 25 triệu ₫",
    ]);
    await user.selectOptions(screen.getByTestId("report-period"), "span");
    await user.selectOptions(screen.getByTestId("report-gate"), "");
    await waitFor(() =>
      expect(asked("report_run").at(-1)).toEqual({
        report: "groups",
        period: "span",
        day: "2026-11-24",
        to: "2026-11-24",
        gates: [],
      }),
    );
  });

  it("by day is drawn as columns of both directions, with the days in a table", async () => {
    const { user } = drawn();
    await choose(user, "days");
    const chart = await screen.findByTestId("report-chart-days");
    expect(within(chart).getByRole("img")).toHaveAccessibleName("Trị giá từng ngày (triệu ₫)");
    expect(chart.querySelectorAll("rect")).toHaveLength(4);
    expect(chart).toHaveTextContent("Nhập khẩu Xuất khẩu");
    expect(screen.getByTestId("report-table")).toHaveTextContent("03/11/2026");
  });

  it("without figures says so instead of drawing", async () => {
    const table = {
      ...TABLE,
      empty: true,
      rows: TABLE.rows.slice(-1),
      notes: ["Không có số liệu."],
    };
    const { user } = drawn({ report_run: { ok: { plan: PLAN, table } } });
    await choose(user, "groups");
    expect(await screen.findByTestId("report-empty")).toHaveTextContent("Không có số liệu.");
    expect(screen.queryByTestId("report-chart-shares")).toBeNull();
  });

  it("is written to each kind of file by its key", async () => {
    const { user, asked } = drawn();
    await choose(user, "groups");
    await screen.findByTestId("report-table");
    for (const [key, format] of [
      ["F6", "pdf"],
      ["F7", "csv"],
      ["F8", "xlsx"],
    ]) {
      await user.keyboard(`{${key}}`);
      expect(await screen.findByText(new RegExp(`${format}$`))).toBeVisible();
      expect(asked("report_file").at(-1)).toMatchObject({ format, report: { report: "groups" } });
    }
  });
});

describe("a report put together", () => {
  it("is looked at, then kept under a name that is chosen like any other, then withdrawn", async () => {
    const { user, asked } = drawn();
    await choose(user, "groups");
    await screen.findByTestId("report-table");
    await user.keyboard("{F2}");
    await screen.findByTestId("report-plan");
    await user.selectOptions(screen.getByTestId("plan-grouping-1"), "hs");
    await user.click(screen.getByTestId("plan-column-mass"));
    await user.type(screen.getByTestId("plan-hs"), "07 0805");
    await user.selectOptions(screen.getByTestId("plan-direction"), "import");
    await user.click(screen.getByTestId("plan-show"));
    const plan = {
      ...PLAN,
      grouping: ["direction", "hs"],
      columns: ["value"],
      filter: { ...PLAN.filter, hs: ["07", "0805"], direction: "import" },
    };
    await waitFor(() =>
      expect(asked("report_run").at(-1)).toMatchObject({ report: "groups", plan }),
    );
    await user.keyboard("{F2}");
    await user.type(await screen.findByTestId("plan-name"), "Rau quả nhập");
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.queryByTestId("report-plan")).toBeNull());
    expect(asked("report_save_definition")).toEqual([{ name: "Rau quả nhập", plan }]);
    expect(screen.getByTestId("report-which")).toHaveDisplayValue("Rau quả nhập");
    await screen.findByTestId("report-table");
    await user.keyboard("{F2}");
    await user.click(await screen.findByTestId("plan-withdraw"));
    await waitFor(() => expect(asked("report_withdraw")).toEqual([{ id: "kept-1" }]));
    expect(screen.getByTestId("report-which")).toHaveDisplayValue("Báo cáo ngày");
  });

  it("says what stands against keeping it, and keeps what was typed", async () => {
    const violation = {
      code: "report_name_taken",
      severity: "refuse" as const,
      field: "name",
      basis: "",
      message: "Đã có mẫu báo cáo tên “A”.",
    };
    const error = { code: "refused" as const, message: "Chưa lưu.", violations: [violation] };
    const { user } = drawn({ report_save_definition: { error } });
    await choose(user, "groups");
    await screen.findByTestId("report-table");
    await user.keyboard("{F2}");
    await user.type(await screen.findByTestId("plan-name"), "A");
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("plan-problem")).toHaveTextContent("Đã có mẫu báo cáo");
    expect(screen.getByTestId("plan-name")).toHaveValue("A");
  });
});
