import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { CommandName, ReconciliationView, SessionView, SystemStatus } from "../api/bindings";
import { dayView, difference } from "../testing/fake-reconcile";
import { backendThat, renderScreen } from "../testing/render";
import { ReconcileScreen } from "./ReconcileScreen";

const COMMANDS: CommandName[] = ["reconciliation_view", "difference_settle"];
const STATUS = {
  today: "2026-11-24",
  gates: [{ code: "MONGCAI", name: "Móng Cái" }],
} as SystemStatus;

function draw(commands = COMMANDS, backend = backendThat({})) {
  const session = { role: "supervisor", gate: "MONGCAI", user: "hung", commands } as SessionView;
  const to = { onForm: vi.fn(), onPerson: vi.fn(), onCash: vi.fn() };
  const node = <ReconcileScreen session={session} status={STATUS} active {...to} />;
  return { ...renderScreen(node, backend), backend, ...to };
}
const sent = (backend: ReturnType<typeof backendThat>, name: CommandName) =>
  backend.sent.filter(({ command }) => command === name).map(({ request }) => request);
const gone = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

it("three columns meet or differ, figure against figure", async () => {
  draw();
  expect(await screen.findByTestId("check-registered-import")).toHaveTextContent("12=12");
  expect(screen.getByTestId("check-cash")).toHaveTextContent("2.364.672≠2.314.672");
  expect(screen.getByTestId("column-forms")).not.toHaveAttribute("data-differs");
  expect(screen.getByTestId("column-money")).toHaveAttribute("data-differs");
  expect(screen.getByTestId("column-barrier")).toHaveAttribute("data-differs");
});

it("what nobody counted is said in words and is no difference, unless a rule asks for the count", async () => {
  const view = dayView("MONGCAI", "2026-11-24");
  const checks = view.checks.map((one) => (one.side === "barrier" ? { ...one, right: null } : one));
  const answer = (extra: Partial<ReconciliationView>) =>
    backendThat({ reconciliation_view: { ok: { ...view, checks, ...extra } } });
  const { unmount } = draw(COMMANDS, answer({ differences: [] }));
  const row = await screen.findByTestId("check-forms-import");
  expect(row).toHaveTextContent("10Chưa đếm");
  expect(row).not.toHaveAttribute("data-differs");
  expect(screen.getByTestId("column-barrier")).toHaveAttribute("data-tone", "plain");
  unmount();
  draw(COMMANDS, answer({ differences: [difference({ kind: "count_missing" })] }));
  expect(await screen.findByTestId("column-barrier")).toHaveAttribute("data-tone", "warm");
  expect(screen.getByTestId("check-forms-import")).not.toHaveAttribute("data-differs");
});

it("a difference names its form, leads to it, and is settled with a reason by keyboard", async () => {
  const { user, backend, onForm, onCash } = draw();
  const row = await screen.findByTestId("difference-0");
  await waitFor(() => expect(row).toHaveFocus());
  const detail = screen.getByTestId("difference-detail");
  expect(within(detail).getByText("MONGCAI/2026/NK/Q1-000001")).toBeVisible();
  expect(within(detail).getByTestId("ways")).toHaveTextContent("Thông quan tờ khai");
  await user.keyboard("{F8}");
  expect(onForm).toHaveBeenCalledWith("form-1");
  await user.keyboard("{F4}");
  expect(onCash).toHaveBeenCalled();
  await user.keyboard("{F6}");
  await waitFor(() => expect(screen.getByTestId("way-refer")).toHaveFocus());
  expect(screen.getByTestId("settle-do")).toBeDisabled();
  await user.keyboard("{ArrowDown}");
  await user.type(screen.getByTestId("settle-reason"), "đã hỏi biên phòng");
  await user.click(screen.getByTestId("settle-do"));
  await gone();
  expect(sent(backend, "difference_settle")).toEqual([
    {
      gate: "MONGCAI",
      day: "2026-11-24",
      key: "unreleased_form/import/form-1",
      way: "explain",
      reason: "đã hỏi biên phòng",
    },
  ]);
  expect(await screen.findByTestId("settlement")).toHaveTextContent("đã hỏi biên phòng");
});

it("what only a fact settles has no entry, what waits is confirmed by the second person", async () => {
  const { user, backend } = draw();
  await waitFor(() => expect(screen.getByTestId("difference-0")).toHaveFocus());
  await user.keyboard("{ArrowDown}{F6}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.keyboard("{ArrowDown}{F3}");
  await waitFor(() => expect(screen.getByTestId("second-answer-yes")).toHaveFocus());
  await user.keyboard("{Enter}");
  await gone();
  expect(sent(backend, "settlement_answer")).toEqual([
    { id: "settlement-1", confirm: true, reason: "" },
  ]);
});

it("a close by two is proposed, then confirmed by another, who sees the digest", async () => {
  const { user, backend, unmount } = draw();
  await screen.findByTestId("difference-0");
  await user.keyboard("{F9}");
  await waitFor(() => expect(screen.getByTestId("close-do")).toHaveFocus());
  expect(screen.getByText("Còn tờ khai: MC26-000007.")).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("closed-do")).toHaveFocus());
  expect(sent(backend, "day_close")).toEqual([{ gate: "MONGCAI", day: "2026-11-24" }]);
  unmount();
  const proposed = { at: "2026-11-24T03:00:00Z", by: "lan", name: "Trần Thị Lan" };
  const view = { ...dayView("MONGCAI", "2026-11-24"), closing: { id: "c", proposed, own: false } };
  const again = draw(COMMANDS, backendThat({ reconciliation_view: { ok: view } }));
  await screen.findByTestId("close-waits");
  await again.user.keyboard("{F9}");
  await waitFor(() => expect(screen.getByTestId("second-answer-yes")).toHaveFocus());
  await again.user.keyboard("{Enter}");
  expect(await screen.findByTestId("close-digest")).toHaveTextContent(/^(9f2c){16}$/);
});

it("a close that needs the hub says so, and is tried again with the same key", async () => {
  const message =
    "Cần số liệu của mọi quầy trong đơn vị nhưng chưa kết nối được máy chủ chung. Kiểm tra mạng rồi làm lại; việc đăng ký tại quầy vẫn tiếp tục được.";
  const needed = { code: "hub_needed", severity: "refuse", field: "", basis: "", message } as const;
  const error = { code: "refused", message: "Chưa làm được.", violations: [needed] } as const;
  let tries = 0;
  const backend = backendThat({
    day_close: () => {
      tries += 1;
      return tries === 1
        ? { error: { ...error, violations: [needed] } }
        : { ok: { digest: "9f2c".repeat(16) } as never };
    },
  });
  const { user } = draw(COMMANDS, backend);
  await screen.findByTestId("difference-0");
  await user.keyboard("{F9}");
  await waitFor(() => expect(screen.getByTestId("close-do")).toHaveFocus());
  await user.keyboard("{Enter}");
  const problem = await screen.findByTestId("close-problem");
  expect(problem).toHaveAttribute("role", "alert");
  expect(problem).toHaveTextContent(message);
  // Said once, and not beside what else stands against the day.
  expect(problem).not.toHaveTextContent("Chưa làm được.");
  expect(screen.queryByText("Còn tờ khai: MC26-000007.")).toBeNull();
  await user.keyboard("{Enter}");
  expect(await screen.findByTestId("close-digest")).toBeVisible();
});

it("a window stays at its difference when that leaves the list beneath it", async () => {
  const { user, backend, queries } = draw();
  await waitFor(() => expect(screen.getByTestId("difference-0")).toHaveFocus());
  await user.keyboard("{F6}");
  await user.type(await screen.findByTestId("settle-reason"), "đã hỏi biên phòng");
  // Another counter released the form meanwhile.
  const day = dayView("MONGCAI", "2026-11-24");
  const rest = { ...day, differences: day.differences.slice(1) };
  act(() => void queries.setQueryData(["reconciliation_view", "MONGCAI", "2026-11-24"], rest));
  await waitFor(() => expect(screen.queryByTestId("difference-2")).toBeNull());
  expect(screen.getByTestId("settle-reason")).toHaveValue("đã hỏi biên phòng");
  await user.click(screen.getByTestId("settle-do"));
  await waitFor(() => expect(sent(backend, "difference_settle")).toHaveLength(1));
  expect(sent(backend, "difference_settle")).toMatchObject([
    { key: "unreleased_form/import/form-1", reason: "đã hỏi biên phòng" },
  ]);
});

it("a count is typed by direction, and a file with bad rows is not taken", async () => {
  const { user, backend } = draw();
  await screen.findByTestId("difference-0");
  await user.keyboard("{F2}");
  await waitFor(() => expect(screen.getByTestId("count-counter")).toHaveFocus());
  await user.keyboard("Trạm 1");
  for (const [field, text] of [
    ["import-persons", "1.024"],
    ["import-forms", "11"],
    ["export-persons", "0"],
    ["export-forms", "0"],
  ] as const) {
    await user.type(screen.getByTestId(`count-${field}`), text);
  }
  await user.keyboard("{Enter}");
  await gone();
  const [count] = sent(backend, "barrier_save");
  expect(count).toMatchObject({ counter: "Trạm 1", import: { persons: "1024", forms: "11" } });
  await user.keyboard("{F7}");
  const file = new File(["gate,date\nMONGCAI,-1\n"], "dem.csv", { type: "text/csv" });
  await user.upload(await screen.findByTestId("count-file-choose"), file);
  expect(await screen.findByTestId("count-bad")).toHaveTextContent("Dòng 2 persons: Số âm.");
  expect(screen.getByTestId("count-file-do")).toBeDisabled();
});

it("the branch reads: nothing is offered that changes the day", async () => {
  const { user } = draw(["reconciliation_view"]);
  await screen.findByTestId("difference-0");
  for (const key of ["{F2}", "{F6}", "{F7}", "{F9}"]) {
    await user.keyboard(key);
    expect(screen.queryByRole("dialog")).toBeNull();
  }
  await waitFor(() => expect(screen.getByTestId("difference-0")).toHaveFocus());
  await user.keyboard("{ArrowRight}");
  const groups = await screen.findByTestId("period-groups");
  expect(groups).toHaveTextContent("Khu vực VIII");
  await waitFor(() => expect(screen.getByTestId("period-0")).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(await screen.findByTestId("difference-0")).toBeVisible();
});
