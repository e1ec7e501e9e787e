import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { GatheringView, Role, SessionView, SystemStatus } from "../api/bindings";
import type { ListDraft } from "../lib/gathering";
import { createFakeBackend } from "../testing/fake-backend";
import { backendThat, renderScreen } from "../testing/render";
import { GatheringScreen } from "./GatheringScreen";

const STATUS = { today: "2026-11-24" } as SystemStatus;

function Screen({ by: role }: { by: Role }) {
  const [draft, setDraft] = useState<ListDraft | null>(null);
  const commands = role === "supervisor" ? ["person_export"] : [];
  const session = { role, gate: "MONGCAI", commands } as unknown as SessionView;
  return <GatheringScreen session={session} status={STATUS} draft={draft} onDraft={setDraft} />;
}

const INPUT = {
  id: "list-1",
  trader: { name: "Công ty An Phát", address: "Móng Cái", tax_code: "0100112437" },
  place: "Chợ cửa khẩu",
  day: "2026-11-24",
  lines: [{ form: "form-1", line: 0, quantity: "40", day: null }],
};

async function withList(role: Role = "officer") {
  const backend = createFakeBackend();
  await backend.send(JSON.stringify({ command: "gathering_save", request: INPUT }));
  const drawn = renderScreen(<Screen by={role} />, backend);
  await waitFor(() => expect(screen.getByTestId("list-0")).toHaveFocus());
  return drawn;
}

const gone = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

describe("a list of gathered goods", () => {
  it("is drawn up form by form, by scan, and saved with F9", async () => {
    const { user } = renderScreen(<Screen by="officer" />);
    expect(await screen.findByTestId("lists-empty")).toBeVisible();
    await user.keyboard("{F3}");
    await waitFor(() => expect(screen.getByTestId("trader-tax-code")).toHaveFocus());
    await user.keyboard("0100112437");
    await waitFor(() => expect(screen.getByTestId("trader-name")).toHaveValue("Công ty An Phát"));
    await user.type(screen.getByTestId("gather-place"), "Chợ cửa khẩu");
    await user.keyboard("{F2}");
    const box = screen.getByTestId("gather-form");
    expect(box).toHaveFocus();
    await user.keyboard("MONGCAI/2026/NK/Q1-000001{Enter}");
    expect(await screen.findByTestId("taken-0")).toHaveValue("100");
    expect(box).toHaveValue("");
    await user.keyboard("MONGCAI/2026/NK/Q1-000002{Enter}");
    await screen.findByTestId("taken-1");
    await user.keyboard("MONGCAI/2026/NK/Q1-000001{Enter}");
    await waitFor(() => expect(box).toHaveValue(""));
    expect(screen.queryByTestId("taken-2")).toBeNull();

    await user.clear(screen.getByTestId("taken-1"));
    await user.type(screen.getByTestId("taken-1"), "110{F9}");
    expect(await screen.findByText("Chỉ còn 100 kg.")).toBeVisible();
    expect(screen.getByTestId("taken-1")).toBeInvalid();
    await user.clear(screen.getByTestId("taken-1"));
    await user.type(screen.getByTestId("taken-1"), "60,5{F9}");
    expect(await screen.findByTestId("list-number")).toHaveTextContent("MG/Q1-000001");
    expect(screen.getByTestId("goods-1")).toHaveTextContent("60,5 kg");
    expect(screen.getByTestId("list-facts")).toHaveTextContent("còn 30 ngày");
  });

  it("takes no form that cannot be gathered, and says why", async () => {
    const { user } = renderScreen(<Screen by="officer" />);
    await screen.findByTestId("lists-empty");
    await user.keyboard("{F3}");
    const box = await screen.findByTestId("gather-form");
    await user.type(box, "MONGCAI/2026/NK/Q1-000003{Enter}");
    expect(await screen.findByText("Tờ khai chưa thông quan.")).toBeVisible();
    expect(screen.queryByTestId("taken-0")).toBeNull();
    await user.clear(box);
    await user.type(box, "KHÔNG CÓ{Enter}");
    expect(await screen.findByTestId("form-refusal")).toHaveTextContent("Không tìm thấy");
    expect(box).toHaveValue("KHÔNG CÓ");
  });

  it("keeps what was typed when it is left, and forgets it with F7", async () => {
    const { user } = renderScreen(<Screen by="officer" />);
    await screen.findByTestId("lists-empty");
    await user.keyboard("{F3}");
    await user.type(await screen.findByTestId("gather-place"), "Chợ");
    await user.keyboard("{Escape}");
    await screen.findByTestId("lists-empty");
    await user.keyboard("{F3}");
    expect(await screen.findByTestId("gather-place")).toHaveValue("Chợ");
    await user.keyboard("{F7}");
    await screen.findByTestId("lists-empty");
    await user.keyboard("{F3}");
    expect(await screen.findByTestId("gather-place")).toHaveValue("");
  });

  it("removes a line with Ctrl+Delete", async () => {
    const { user } = await withList();
    await user.keyboard("{Enter}");
    await screen.findByTestId("goods-0");
    await user.keyboard("{F3}");
    await user.click(await screen.findByTestId("taken-0"));
    await user.keyboard("{Control>}{Delete}{/Control}");
    await waitFor(() => expect(screen.queryByTestId("taken-0")).toBeNull());
    await waitFor(() => expect(screen.getByTestId("gather-form")).toHaveFocus());
  });

  it("is shown as it is printed", async () => {
    const { user } = await withList();
    await user.keyboard("{Enter}");
    await screen.findByTestId("list-total");
    await user.keyboard("{Control>}p{/Control}");
    const page = await screen.findByRole<HTMLImageElement>("img");
    expect(decodeURIComponent(page.src)).toContain(">gathering ");
    await user.keyboard("{Escape}");
    await gone();
    expect(screen.getByTestId("list-total")).toBeVisible();
  });

  it("is led by F9 from filing to release", async () => {
    const { user } = await withList();
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("list-total")).toHaveTextContent("8.800");
    await user.keyboard("{F9}");
    await screen.findByTestId("list-text");
    await user.keyboard("{Escape}");
    await gone();
    expect(screen.getByTestId("list-total")).toBeVisible();
    await user.keyboard("{F9}");
    await user.type(await screen.findByTestId("list-text"), "106123{Enter}");
    await gone();
    expect(screen.getByTestId("list-facts")).toHaveTextContent("106123");
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("list-confirm_tax-confirm")).toHaveFocus());
    await user.keyboard("{Enter}");
    await gone();
    await user.keyboard("{F9}");
    const document = await screen.findByTestId("list-text");
    expect(screen.getByTestId("list-pay-confirm")).toBeDisabled();
    await user.type(document, "GNT-77{Enter}");
    await gone();
    await user.keyboard("{F9}");
    await user.click(await screen.findByTestId("list-release-confirm"));
    await gone();
    expect(screen.getByTestId("list-facts")).toHaveTextContent("Đã thông quan");
    await user.keyboard("{F9}{F7}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{Escape}");
    expect(await screen.findByTestId("lists-empty")).toBeVisible();
    await user.keyboard("{F4}");
    expect(await screen.findByTestId("list-0")).toHaveTextContent("Đã thông quan");
  });

  it("is cancelled with a reason", async () => {
    const { user } = await withList();
    await user.keyboard("{Enter}");
    await screen.findByTestId("goods-0");
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("list-cancel-confirm")).toBeDisabled();
    await user.type(screen.getByTestId("reason"), "khai nhầm{Enter}");
    await gone();
    expect(screen.getByTestId("list-facts")).toHaveTextContent("khai nhầm");
  });

  it("that comes late says so and asks for the reason", async () => {
    const first = createFakeBackend();
    const saved = await first.send(JSON.stringify({ command: "gathering_save", request: INPUT }));
    const { ok } = JSON.parse(saved) as { ok: GatheringView };
    const late = { ...ok, days_left: -2 };
    const backend = backendThat({
      gathering_list: { ok: [late] },
      gathering_view: { ok: late },
      gathering_step: { ok: { ...late, stage: "filed" } },
    });
    const { user } = renderScreen(<Screen by="supervisor" />, backend);
    expect(await screen.findByTestId("lists-late")).toHaveTextContent("1 bảng kê quá hạn");
    expect(screen.getByTestId("list-0")).toHaveTextContent("quá hạn 2 ngày");
    await waitFor(() => expect(screen.getByTestId("list-0")).toHaveFocus());
    await user.keyboard("{Enter}");
    await screen.findByTestId("goods-0");
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("list-file-confirm")).toBeDisabled();
    await user.type(screen.getByTestId("reason"), "đường ngập");
    await user.click(screen.getByTestId("list-file-confirm"));
    await gone();
    const step = backend.sent.find(({ command }) => command === "gathering_step");
    expect(step?.request).toEqual({ id: "list-1", step: { step: "file", reason: "đường ngập" } });
  });

  it("is only looked at by those who take no steps", async () => {
    const { user } = await withList("branch");
    await user.keyboard("{F3}");
    expect(screen.queryByTestId("gather-form")).toBeNull();
    await user.keyboard("{Enter}");
    await screen.findByTestId("goods-0");
    await user.keyboard("{F9}{F7}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("list-path")).toHaveTextContent("list-1.xlsx");
  });
});
