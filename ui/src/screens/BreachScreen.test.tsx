import { screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { CommandName, SessionView, SystemStatus } from "../api/bindings";
import { backendThat, renderScreen } from "../testing/render";
import { BreachScreen } from "./BreachScreen";
import { TodayScreen } from "./TodayScreen";

const COMMANDS: CommandName[] = ["overview", "breach_list", "breach_decide", "breach_scan"];
const CHIEF: SessionView = {
  token: "token",
  user: "hung",
  display_name: "Lê Văn Hùng",
  role: "supervisor",
  gate: "MONGCAI",
  gate_name: "Móng Cái",
  workstation: "VP",
  idle_lock_seconds: 300,
  must_change_password: false,
  commands: COMMANDS,
};
const AUDITOR: SessionView = { ...CHIEF, role: "auditor", commands: ["breach_list"] };
const STATUS: SystemStatus = {
  version: "1",
  demo_accounts: [],
  is_new: false,
  today: "2026-11-24",
  gates: [{ code: "MONGCAI", name: "Móng Cái", kind: "international", parent: "" }],
};

function draw(session = CHIEF, backend = backendThat({})) {
  const onPerson = vi.fn();
  const drawn = renderScreen(
    <BreachScreen session={session} status={STATUS} active kind={null} onPerson={onPerson} />,
    backend,
  );
  return { ...drawn, backend, onPerson };
}
const sent = (backend: ReturnType<typeof backendThat>, name: CommandName) =>
  backend.sent.filter(({ command }) => command === name).map(({ request }) => request);
const row = (at: number) => screen.findByTestId(`breach-${at}`);
const gone = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

it("a breach is opened, decided with a reason and leaves the queue, by keyboard alone", async () => {
  const { user, backend } = draw();
  await waitFor(async () => expect(await row(0)).toHaveFocus());
  expect(sent(backend, "breach_scan")).toEqual([{ gate: "MONGCAI", day: "2026-11-24" }]);
  expect(sent(backend, "breach_view")).toEqual([]);
  await user.keyboard("{ArrowDown}{Enter}");
  const detail = await screen.findByTestId("breach-detail");
  expect(within(detail).getByTestId("fact-limit")).toHaveTextContent("2.000.000");
  expect(within(detail).getByText(/Phụ lục V/)).toBeVisible();
  await user.keyboard("{F9}");
  const reason = await screen.findByTestId("breach-reason");
  await waitFor(() => expect(screen.getByTestId("decision-upheld")).toHaveFocus());
  await user.keyboard("{ArrowDown}");
  expect(screen.getByTestId("breach-decision-confirm")).toBeDisabled();
  await user.type(reason, "nhầm mã hàng{Enter}");
  await gone();
  expect(sent(backend, "breach_decide")).toEqual([
    { id: "breach-1", state: "waived", reason: "nhầm mã hàng" },
  ]);
  await waitFor(() => expect(screen.getByTestId("breach-state")).toHaveTextContent("Bỏ qua"));
  expect(screen.getByTestId("breach-history")).toHaveTextContent("nhầm mã hàng");
  expect(screen.getByTestId("state-waived")).toHaveTextContent("1");
  expect(screen.queryByText("Vì off_list.", { selector: "td" })).toBeNull();
});

it("whoever is behind a breach is told so and can't decide on it", async () => {
  const { user } = draw();
  await user.click(await row(3));
  await user.keyboard("{Enter}");
  await screen.findByText(/bốn mắt/);
  expect(screen.getByTestId("breach-decide")).toBeDisabled();
  await user.keyboard("{F9}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("a pattern is found harmless until a day, listed and withdrawn", async () => {
  const { user, backend } = draw();
  await user.click(await row(0));
  await user.keyboard("{Enter}");
  await screen.findByTestId("breach-detail");
  expect(screen.queryByRole("button", { name: /Vô hại F7/ })).toBeNull();
  await user.click(await row(2));
  await user.keyboard("{Enter}");
  await waitFor(() =>
    expect(screen.getByTestId("breach-detail")).toHaveTextContent("Chung số điện thoại"),
  );
  await user.keyboard("{F7}");
  await user.type(await screen.findByTestId("breach-reason"), "một nhà");
  await user.type(screen.getByTestId("harmless-until"), "30/11/2026");
  await user.click(screen.getByTestId("breach-harmless-confirm"));
  await gone();
  expect(sent(backend, "breach_harmless")).toEqual([
    { id: "breach-2", until: "2026-11-30", reason: "một nhà" },
  ]);
  await user.click(screen.getByTestId("state-harmless"));
  await waitFor(async () =>
    expect(await screen.findByTestId("harmless-0")).toHaveTextContent("30/11/2026"),
  );
  await user.keyboard("{F9}");
  await user.type(await screen.findByTestId("breach-reason"), "không cùng nhà");
  await user.click(screen.getByTestId("harmless-withdraw-confirm"));
  await gone();
  await screen.findByText("Chưa có dấu hiệu nào được ghi là vô hại.");
});

it("a breach is given to someone, and leads to its person", async () => {
  const { user, backend, onPerson } = draw();
  await user.click(await row(0));
  await user.keyboard("{Enter}");
  await screen.findByTestId("breach-detail");
  await user.keyboard("{F4}");
  await screen.findByTestId("assign-to");
  await user.click(screen.getByTestId("breach-assignment-confirm"));
  await gone();
  expect(sent(backend, "breach_assign")).toEqual([{ id: "breach-0", to: "hung" }]);
  await waitFor(() =>
    expect(screen.getByTestId("breach-history")).toHaveTextContent("giao cho Lê Văn Hùng"),
  );
  await user.keyboard("{F3}");
  expect(onPerson).toHaveBeenCalledWith("person-0");
});

it("who only reads looks over nothing and decides nothing", async () => {
  const { user, backend } = draw(AUDITOR);
  await user.click(await row(0));
  await user.keyboard("{Enter}");
  await screen.findByTestId("breach-detail");
  expect(screen.getByTestId("breach-decide")).toBeDisabled();
  expect(sent(backend, "breach_scan")).toEqual([]);
});

it("the counts of the start page lead to their screens by keyboard", async () => {
  const [onOpen, onBreaches] = [vi.fn(), vi.fn()];
  const { user } = renderScreen(
    <TodayScreen
      session={CHIEF}
      status={STATUS}
      active
      screens={["queue", "cash", "report"]}
      onOpen={onOpen}
      onBreaches={onBreaches}
    />,
    backendThat({}),
  );
  const all = await screen.findByTestId("tile-breaches");
  await waitFor(() => expect(all).toHaveFocus());
  expect(all).toHaveTextContent("4");
  expect(all).toHaveTextContent("1 giao cho bạn");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onBreaches).toHaveBeenCalledWith("fifth_trip");
  const late = screen.getByTestId("tile-late");
  expect(late).toHaveTextContent("2 sắp hết hạn");
  late.focus();
  await user.keyboard("{Enter}");
  expect(onOpen).toHaveBeenCalledWith("queue");
  expect(screen.getByTestId("tile-days")).toHaveTextContent("cũ nhất 23/11/2026");
  // No screen, no way there.
  expect(screen.getByTestId("tile-law")).toBeDisabled();
});
