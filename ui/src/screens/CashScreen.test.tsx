import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { SessionView } from "../api/bindings";
import { CashNotice } from "../features/cash/CashNotice";
import { createFakeBackend } from "../testing/fake-backend";
import { SESSION_VIEW } from "../testing/fake-cash";
import { backendThat, renderScreen } from "../testing/render";
import { CashScreen } from "./CashScreen";

const SESSION: SessionView = {
  token: "token",
  user: "lan",
  display_name: "Trần Thị Lan",
  role: "officer",
  gate: "MONGCAI",
  gate_name: "Móng Cái",
  workstation: "Q1",
  idle_lock_seconds: 300,
  must_change_password: false,
  commands: ["cash_desk"],
};
const CHIEF: SessionView = { ...SESSION, user: "hung", role: "supervisor" };

const RECEIPT = {
  id: "receipt-0",
  number: "MONGCAI/2026/BL/Q1-000001",
  preprinted: false,
  session: "drawer-0",
  form: "form-0",
  form_number: "MONGCAI/2026/NK/Q1-000001",
  person_name: "Nguyễn Thị Hòa",
  amount_vnd: "50000",
  issued: SESSION_VIEW.opened,
  status: "standing" as const,
  reason: "",
  asked: null,
  confirmed: null,
};

/** The cash of a gate with this one session and receipt. */
function deskOf(session: typeof SESSION_VIEW | null, receipt = RECEIPT as object) {
  return {
    ok: {
      own: null,
      sessions: session ? [session] : [],
      receipts: [{ ...RECEIPT, ...receipt }],
      notes_vnd: ["500000", "1000"],
      overdue: session?.overdue ? 1 : 0,
    },
  };
}

const screenOf = (session: SessionView) => (
  <CashScreen session={session} today="2026-11-24" active />
);
const gone = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

it("a session is opened, counted and handed over by keyboard alone", async () => {
  const { user } = renderScreen(screenOf(SESSION), createFakeBackend());
  await screen.findByTestId("cash-empty");
  await user.keyboard("{F2}");
  await waitFor(() => expect(screen.getByTestId("cash-float")).toHaveFocus());
  await user.keyboard("{Control>}a{/Control}200.000{Enter}");
  await gone();
  expect(await screen.findByTestId("session-0")).toHaveTextContent("Đang thu");

  await user.keyboard("{F4}");
  await waitFor(() => expect(screen.getByTestId("pieces-500000")).toHaveFocus());
  expect(screen.getByTestId("expected")).toHaveAttribute("data-amount", "200000");
  await user.tab();
  await user.keyboard("2{Enter}");
  await gone();
  expect(screen.getByTestId("session-0")).toHaveTextContent("Xong");
});

it("a count that differs asks for its reason before it is sent", async () => {
  const open = { ...SESSION_VIEW, taken_vnd: "50000", expected_vnd: "50000", receipts: 1 };
  const backend = backendThat({ cash_desk: deskOf(open), cash_close: { ok: open } });
  const { user } = renderScreen(screenOf(SESSION), backend);
  await screen.findByTestId("session-0");
  await user.keyboard("{F4}");
  await user.type(screen.getByTestId("pieces-1000"), "49");
  expect(screen.getByTestId("difference")).toHaveTextContent("−1.000");
  expect(screen.getByTestId("cash-close-do")).toBeDisabled();
  await user.type(screen.getByTestId("cash-reason"), "trả thừa{Enter}");
  await gone();
  expect(backend.sent.find(({ command }) => command === "cash_close")?.request).toEqual({
    id: "drawer-0",
    notes: [{ note_vnd: "1000", count: 49 }],
    small_vnd: "0",
    reason: "trả thừa",
  });
});

it("what was typed for a count stays when the server refuses", async () => {
  const error = {
    error: {
      code: "refused" as const,
      message: "Không thực hiện được.",
      violations: [
        {
          code: "receipt_pending",
          severity: "refuse" as const,
          field: "session",
          basis: "",
          message: "Biên lai đang chờ xác nhận thu hồi.",
        },
      ],
    },
  };
  const backend = backendThat({ cash_desk: deskOf(SESSION_VIEW), cash_close: error });
  const { user } = renderScreen(screenOf(SESSION), backend);
  await screen.findByTestId("session-0");
  await user.keyboard("{F4}");
  await user.click(await screen.findByTestId("cash-close-do"));
  expect(await screen.findByTestId("cash-close-problem")).toHaveTextContent("chờ xác nhận");
  expect(screen.getByTestId("pieces-1000")).toBeVisible();
});

it("another person confirms a difference; the slip is over what was taken in", async () => {
  const differs = {
    ...SESSION_VIEW,
    stage: "difference" as const,
    closed: SESSION_VIEW.opened,
    taken_vnd: "50000",
    counted_vnd: "49000",
    difference_vnd: "-1000",
    reason: "trả thừa",
  };
  const answers = { desk: deskOf(differs) };
  const backend = backendThat({
    cash_desk: () => answers.desk,
    cash_acknowledge: { ok: differs },
    cash_hand_over: { ok: differs },
  });
  const { user } = renderScreen(screenOf(CHIEF), backend);
  await screen.findByTestId("session-0");
  await user.keyboard("{F6}");
  expect(await screen.findByTestId("cash-acknowledge")).toHaveTextContent("trả thừa");
  answers.desk = deskOf({ ...differs, stage: "hand_over" as const });
  await user.click(screen.getByTestId("cash-acknowledge-do"));
  await gone();

  await user.keyboard("{F9}");
  expect(await screen.findByTestId("slip-amount")).toHaveValue("50.000");
  expect(screen.getByTestId("cash-hand-over-do")).toBeDisabled();
  await user.type(screen.getByTestId("slip-number"), "KB 77{Enter}");
  await gone();
  expect(backend.sent.find(({ command }) => command === "cash_hand_over")?.request).toEqual({
    id: "drawer-0",
    day: "2026-11-24",
    slip: "KB 77",
    amount_vnd: "50000",
  });
});

it("a receipt comes back with its number read off the paper", async () => {
  const backend = backendThat({ cash_desk: deskOf(null), receipt_cancel: { ok: RECEIPT } });
  const { user } = renderScreen(screenOf(SESSION), backend);
  await user.click(await screen.findByTestId("cash-view-receipts"));
  await screen.findByTestId("receipt-0");
  await user.keyboard("{F7}");
  await user.type(await screen.findByTestId("receipt-serial"), "000001");
  expect(screen.getByTestId("receipt-back-do")).toBeDisabled();
  await user.type(screen.getByTestId("receipt-reason"), "ghi nhầm{Enter}");
  await gone();
  expect(backend.sent.find(({ command }) => command === "receipt_cancel")?.request).toEqual({
    id: "receipt-0",
    serial: "000001",
    reason: "ghi nhầm",
  });
});

it("a second person confirms the paper, or says it is not there", async () => {
  const pending = { status: "pending", reason: "ghi nhầm", asked: SESSION_VIEW.opened };
  const backend = backendThat({
    cash_desk: deskOf(null, pending),
    receipt_answer: { ok: RECEIPT },
  });
  const { user } = renderScreen(screenOf(CHIEF), backend);
  await user.click(await screen.findByTestId("cash-view-receipts"));
  await screen.findByTestId("receipt-0");
  await user.keyboard("{F3}");
  expect(await screen.findByTestId("receipt-answer")).toHaveTextContent("Trần Thị Lan");
  await user.click(screen.getByTestId("receipt-answer-other"));
  await gone();
  await user.keyboard("{F3}");
  await user.click(await screen.findByTestId("receipt-answer-do"));
  await gone();
  const said = backend.sent.filter(({ command }) => command === "receipt_answer");
  expect(said.map(({ request }) => request)).toEqual([
    { id: "receipt-0", confirm: false },
    { id: "receipt-0", confirm: true },
  ]);
});

it("Enter shows the receipts of a session, also of an earlier day", async () => {
  const old = { ...RECEIPT, number: "MONGCAI/2026/BL/Q1-000077" };
  const late = { ...SESSION_VIEW, stage: "hand_over" as const };
  const backend = backendThat({ cash_desk: deskOf(late), receipt_list: { ok: [old] } });
  const { user } = renderScreen(screenOf(SESSION), backend);
  (await screen.findByTestId("session-0")).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("receipt-0")).toHaveTextContent("000077"));
  expect(backend.sent.find(({ command }) => command === "receipt_list")?.request).toMatchObject({
    session: "drawer-0",
  });
});

it("the day's money names what does not agree", async () => {
  const { user } = renderScreen(screenOf(SESSION), backendThat({ cash_desk: deskOf(null) }));
  await user.click(await screen.findByTestId("cash-view-day"));
  expect(await screen.findByTestId("differs-open")).toHaveTextContent("Ca chưa đếm: lan");
});

it("late money is said on the screen and on every other one", async () => {
  const late = { ...SESSION_VIEW, stage: "hand_over" as const, overdue: true };
  const backend = backendThat({ cash_desk: deskOf(late) });
  const { user } = renderScreen(
    <>
      <CashNotice session={SESSION} active onOpen={() => document.body.append("opened")} />
      {screenOf(SESSION)}
    </>,
    backend,
  );
  expect(await screen.findByTestId("cash-late")).toHaveTextContent("184/2015/TT-BTC");
  expect(await screen.findByTestId("cash-notice")).toHaveTextContent("1 ca quá hạn");
  await user.click(screen.getByRole("button", { name: "Thu tiền" }));
  expect(document.body).toHaveTextContent("opened");
});

it("the marked receipt is looked at and printed through the system's dialog", async () => {
  const print = vi.spyOn(window, "print").mockImplementation(() => {});
  const backend = backendThat({ cash_desk: deskOf(SESSION_VIEW) });
  const { user } = renderScreen(screenOf(SESSION), backend);
  await screen.findByTestId("session-0");
  await user.click(screen.getByTestId("cash-view-receipts"));
  await screen.findByTestId("receipt-0");
  await user.keyboard("{Control>}p{/Control}");
  const page = await screen.findByRole<HTMLImageElement>("img");
  expect(decodeURIComponent(page.src)).toContain("receipt receipt-0");
  expect(screen.getByRole("dialog")).toHaveAccessibleName(`Bản in ${RECEIPT.number}`);
  expect(print).not.toHaveBeenCalled();
  await user.keyboard("{F8}");
  await waitFor(() => expect(print).toHaveBeenCalledTimes(1));
  await user.keyboard("{Escape}");
  await gone();
  print.mockRestore();
});
