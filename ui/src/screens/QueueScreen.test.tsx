import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DraftInput, QueueRow, SessionView } from "../api/bindings";
import { createFakeBackend } from "../testing/fake-backend";
import { renderScreen } from "../testing/render";
import { QueueScreen } from "./QueueScreen";

const SESSION = {
  role: "officer",
  gate: "MONGCAI",
} as SessionView;

/** A purchase; without tax up to 1,350,000 VND, which are left to each resident. */
const purchase = (id: string, price: string, hs = "61099010"): DraftInput => ({
  id,
  person: "person-0",
  direction: "import",
  exchange_of: null,
  allocation: "entered",
  lines: [
    {
      hs,
      name: hs === "07032090" ? "Tỏi" : "Áo phông",
      quantity: "1",
      unit: "kg",
      weight_kg: "1",
      unit_price: price,
      currency: "VND",
      origin: "CN",
      condition: "new",
      certificate: null,
    },
  ],
});
const FREE = "300000";
const TAXED = "3000000";

async function queueOf(forms: DraftInput[], session: SessionView = SESSION) {
  const backend = createFakeBackend();
  for (const request of forms) {
    await backend.send(JSON.stringify({ command: "declaration_register", request }));
  }
  const drawn = renderScreen(<QueueScreen session={session} active />, backend);
  if (forms.length > 0) {
    await screen.findByTestId("queue-row-0");
  } else {
    await screen.findByTestId("queue-empty");
  }
  return drawn;
}

const rows = () => screen.queryAllByTestId(/^queue-row-/);
const marked = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
const SUPERVISOR = { ...SESSION, role: "supervisor" } as SessionView;
const confirm = () => screen.findByTestId("step-confirm");

describe("the queue", () => {
  it("says so when nothing waits", async () => {
    await queueOf([]);
    expect(await screen.findByText(/^Không có tờ khai nào đang chờ/)).toBeVisible();
  });

  it("tells of each form what it waits for, and where no time limit runs", async () => {
    await queueOf([purchase("a", TAXED), purchase("b", FREE)]);
    const [first, second] = rows();
    expect(first).toHaveTextContent("Chờ kiểm tra");
    expect(first).toHaveTextContent("chưa tính giờ");
    expect(first).toHaveTextContent("MC26-000001");
    expect(second).toHaveTextContent("Chờ thông quan");
  });

  it("has the focus on the oldest form, and arrows move it", async () => {
    const { user } = await queueOf([purchase("a", TAXED), purchase("b", FREE)]);
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{ArrowDown}");
    expect(rows()[1]).toHaveFocus();
    expect(marked()).toBe(rows()[1]);
  });

  it("shows one stage at a time with the arrows left and right", async () => {
    const { user } = await queueOf([purchase("a", TAXED), purchase("b", FREE)]);
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{ArrowRight}");
    expect(screen.getByTestId("stage-inspection")).toHaveAttribute("aria-pressed", "true");
    expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("000001")]);
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{ArrowLeft}");
    expect(rows()).toHaveLength(2);
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("000002")]);
  });

  it("counts down, and says in words what is late", async () => {
    const soon = new Date(Date.now() + 100 * 60_000).toISOString();
    const past = new Date(Date.now() - 20 * 60_000).toISOString();
    const backend = createFakeBackend();
    for (const id of ["a", "b"]) {
      const request = purchase(id, FREE);
      await backend.send(JSON.stringify({ command: "declaration_register", request }));
    }
    const late = {
      async send(text: string) {
        const answer = await backend.send(text);
        if (!text.includes('"declaration_queue"')) {
          return answer;
        }
        const { ok } = JSON.parse(answer) as { ok: QueueRow[] };
        const timed = ok.map((row, at) => ({
          ...row,
          overdue: at === 0,
          progress: { ...row.progress, deadline: at === 0 ? past : soon },
        }));
        return JSON.stringify({ ok: timed });
      },
    };
    renderScreen(<QueueScreen session={SESSION} active />, late);
    const first = await screen.findByTestId("queue-row-0");
    expect(first).toHaveTextContent("quá hạn 20 phút");
    expect(screen.getByTestId("queue-row-1")).toHaveTextContent("còn 1 giờ 40 phút");
    expect(screen.getByTestId("queue-late")).toHaveTextContent("1 tờ khai quá hạn");
  });
});

describe("F9", () => {
  it("releases at once what needs nothing else, and goes on to the next form", async () => {
    const { user } = await queueOf([purchase("a", FREE), purchase("b", TAXED)]);
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("step-done")).toHaveTextContent("MC26-000001: đã thông quan.");
    await waitFor(() => expect(rows()).toHaveLength(1));
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    expect(marked()).toHaveTextContent("MC26-000002");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("held down releases one form, not all of them", async () => {
    const { user } = await queueOf([purchase("a", FREE), purchase("b", FREE)]);
    await user.keyboard("{F9>3/}");
    await screen.findByTestId("step-done");
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it("leads a form above the quota through every step to its release", async () => {
    const { user } = await queueOf([purchase("a", TAXED, "07032090")]);
    const step = async (name: string, ...typed: string[]) => {
      await user.keyboard("{F9}");
      expect(await screen.findByTestId(`step-${name}`)).toBeVisible();
      expect(screen.getByTestId("step-basis")).toHaveTextContent(/Căn cứ: .* Điều \d/);
      await waitFor(() =>
        expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement),
      );
      for (const text of typed) {
        await user.keyboard(text);
      }
      await user.keyboard("{Enter}");
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    };
    await step("present");
    await step("inspect");
    await step("certify", "KD-77");
    await step("confirm_tax");
    await user.keyboard("{F9}");
    await user.click(await confirm());
    expect(await screen.findByTestId("open-drawer")).toBeVisible();
    expect(screen.getByTestId("step-refusal")).toHaveTextContent("F2");
    await user.keyboard("{F2}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("step-final")).toHaveTextContent("không thể hủy");
    await user.click(await confirm());
    await screen.findByTestId("queue-empty");
  });

  it("pressed before the queue is read again does not repeat the step", async () => {
    const backend = createFakeBackend();
    const request = purchase("a", TAXED);
    await backend.send(JSON.stringify({ command: "declaration_register", request }));
    let letGo = () => {};
    let held: Promise<void> | null = null;
    const slow = {
      async send(text: string) {
        await (text.includes('"declaration_queue"') ? held : null);
        return backend.send(text);
      },
    };
    const { user } = renderScreen(<QueueScreen session={SESSION} active />, slow);
    await screen.findByTestId("queue-row-0");
    held = new Promise((go) => {
      letGo = go;
    });
    await user.keyboard("{F9}");
    await user.click(await confirm());
    await user.keyboard("{F9}");
    expect(screen.getByTestId("step-present")).toBeVisible();
    letGo();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("step-inspect")).toBeVisible();
  });

  it("keeps what was typed when the server refuses, and says why beside the field", async () => {
    const { user } = await queueOf([purchase("a", TAXED)]);
    await user.keyboard("{F9}");
    await user.click(await confirm());
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("step-finding-conforms")).toHaveFocus());
    await user.keyboard("{ArrowDown}{Enter}");
    const text = await screen.findByTestId("step-text");
    await waitFor(() => expect(text).toHaveAccessibleDescription("Ô này còn trống."));
    expect(screen.getByTestId("step-finding-differs")).toBeChecked();
    await user.type(text, "thừa 2 thùng");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("step-text")).toHaveValue("thừa 2 thùng");
    await user.click(await confirm());
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(rows()[0]).toHaveTextContent("Chờ kiểm tra");
  });

  it("says in words what another officer was faster with, and reads the queue again", async () => {
    const { user, client } = await queueOf([purchase("a", FREE)]);
    await client.call("declaration_step", { id: "a", step: { step: "release" } });
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("step-problem")).toHaveTextContent(
      "Hàng đã qua khu vực giám sát.",
    );
    await screen.findByTestId("queue-empty");
  });
});

describe("what a supervisor decides", () => {
  const chief = { ...SESSION, role: "supervisor" } as SessionView;

  it("is an inspection by order", async () => {
    const { user } = await queueOf([purchase("a", FREE)], chief);
    await user.keyboard("{F4}");
    await user.click(await confirm());
    await waitFor(() => expect(rows()[0]).toHaveTextContent("Chờ kiểm tra"));
  });

  it("is a certificate that is not needed, with the reason", async () => {
    const { user } = await queueOf([purchase("a", FREE, "07032090")], chief);
    await user.keyboard("{F9}");
    await user.click(await screen.findByTestId("step-certificate-waived"));
    expect(screen.getByText("Vì sao được miễn, ai trả lời")).toBeVisible();
    await user.type(screen.getByTestId("step-text"), "Kiểm dịch trả lời miễn{Enter}");
    await waitFor(() => expect(rows()[0]).toHaveTextContent("Chờ thông quan"));
  });

  it("is not offered to an officer", async () => {
    const { user } = await queueOf([purchase("a", FREE, "07032090")]);
    await user.keyboard("{F4}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{F9}");
    await screen.findByTestId("step-certify");
    expect(screen.queryByTestId("step-certificate-waived")).toBeNull();
  });

  it("is no step at all for those who only look on", async () => {
    const { user } = await queueOf([purchase("a", FREE)], { ...SESSION, role: "branch" });
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("step-done")).toBeNull();
    expect(rows()).toHaveLength(1);
  });
});

describe("a form opened with Enter", () => {
  it("shows its marks, and closes with Esc", async () => {
    const { user } = await queueOf([purchase("a", TAXED)]);
    await user.keyboard("{F9}");
    await user.click(await confirm());
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{Enter}");
    const marks = within(await screen.findByTestId("marks"));
    expect(marks.getByTestId("mark-registration")).toHaveTextContent("Trần Thị Lan · 09:15");
    expect(marks.getByTestId("mark-inspection")).toHaveTextContent("hàng xuất trình 09:45");
    expect(marks.getByTestId("mark-tax")).toHaveTextContent("chưa có");
    expect(screen.getByTestId("take-inspect")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("marks")).toBeNull();
  });
});

describe("a registered form that turns out wrong", () => {
  it("is amended in the grid with its old values, the old beside the new", async () => {
    const { user } = await queueOf([purchase("a", TAXED)]);
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("cancel-reason")).toHaveFocus();
    await user.click(screen.getByTestId("correction-kind-amend"));
    await user.click(screen.getByTestId("cancel-confirm"));
    const price = await screen.findByTestId("price-0");
    expect(price).toHaveValue("3000000");
    expect(screen.getByTestId("old-goods")).toHaveTextContent("Áo phông · 1 kg × 3.000.000 VND");
    await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
    await user.clear(price);
    await user.type(price, "1000000");
    await waitFor(() => expect(screen.getByTestId("after-value")).toHaveTextContent("1.000.000"));
    expect(screen.getByTestId("before-value")).toHaveTextContent("3.000.000");
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("amend-reason")).toHaveFocus());
    await user.keyboard("đếm lại{F9}");
    expect(await screen.findByTestId("correction-done")).toHaveTextContent("đã ghi nhận");
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("revision")).toHaveTextContent("Sửa lần 1");
    const history = await screen.findByTestId("history");
    expect(within(history).getAllByRole("listitem")).toHaveLength(2);
  });

  it("is refused with a reason and leaves the queue", async () => {
    const { user } = await queueOf([purchase("a", TAXED)]);
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    await user.keyboard("{F7}");
    await user.click(await screen.findByTestId("correction-kind-refuse"));
    expect(screen.getByTestId("cancel-confirm")).toBeDisabled();
    await user.type(screen.getByTestId("cancel-reason"), "hàng khác khai báo{Enter}");
    expect(await screen.findByTestId("correction-done")).toBeVisible();
    await waitFor(() => expect(rows()).toHaveLength(0));
  });
});

describe("corrections that wait for the second person", () => {
  /** A released form whose return was proposed by someone else. */
  async function proposed(session: SessionView) {
    const backend = createFakeBackend();
    const send = (command: string, request: unknown) =>
      backend.send(JSON.stringify({ command, request }));
    await send("declaration_register", purchase("a", FREE));
    await send("declaration_step", { id: "a", step: { step: "release" } });
    await send("correction_make", { id: "a", kind: "return", reason: "người mua không nhận" });
    const drawn = renderScreen(<QueueScreen session={session} active />, backend);
    await screen.findByTestId("queue-empty");
    await waitFor(() =>
      expect(screen.getByTestId("stage-corrections")).toHaveTextContent("Điều chỉnh 1"),
    );
    await drawn.user.click(screen.getByTestId("stage-corrections"));
    const row = await screen.findByTestId("proposal-0");
    await waitFor(() => expect(row).toHaveFocus());
    return drawn;
  }

  it("are approved by keyboard, with what they change in sight", async () => {
    const { user } = await proposed(SUPERVISOR);
    const detail = screen.getByTestId("proposal-detail");
    expect(detail).toHaveTextContent("Trả hàng về");
    expect(detail).toHaveTextContent("người mua không nhận");
    expect(within(detail).getByTestId("before-value")).toHaveTextContent("300.000");
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("verdict-reason")).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("proposal-0")).toBeNull());
    expect(screen.getByTestId("stage-corrections")).toHaveTextContent("Điều chỉnh 0");
  });

  it("are rejected with a reason only", async () => {
    const { user } = await proposed(SUPERVISOR);
    await user.keyboard("{F4}");
    await screen.findByTestId("verdict-reason");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Ô này còn trống.")).toBeVisible();
    await user.keyboard("thiếu giấy tờ{Enter}");
    await waitFor(() => expect(screen.queryByTestId("verdict")).toBeNull());
    expect(screen.queryByTestId("proposal-0")).toBeNull();
  });

  it("are only looked at by an officer", async () => {
    const { user } = await proposed(SESSION);
    expect(screen.getByTestId("approve")).toBeDisabled();
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("verdict")).toBeNull();
    await user.keyboard("{ArrowRight}");
    expect(screen.getByTestId("stage-all")).toHaveAttribute("aria-pressed", "true");
  });
});
