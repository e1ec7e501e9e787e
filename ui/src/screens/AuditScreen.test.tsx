import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { CommandName, SessionView, SystemStatus } from "../api/bindings";
import { createFakeBackend } from "../testing/fake-backend";
import { renderScreen } from "../testing/render";
import { AuditScreen } from "./AuditScreen";

const STATUS = { today: "2026-11-24", gates: [] } as unknown as SystemStatus;

function draw(commands: CommandName[] = ["audit_search", "anchor_list"]) {
  const log: CommandName[] = [];
  const session = { role: "auditor", gate: "MONGCAI", commands } as unknown as SessionView;
  const onPerson = vi.fn();
  const drawn = renderScreen(
    <AuditScreen session={session} status={STATUS} onPerson={onPerson} />,
    createFakeBackend(log),
  );
  return { ...drawn, log, onPerson };
}

describe("the log", () => {
  it("begins with today, the newest first, and shows what stood before", async () => {
    draw();
    expect(await screen.findByTestId("audit-row-0")).toHaveTextContent("Sửa tờ khai");
    expect(screen.getByTestId("audit-subject")).toHaveFocus();
    expect(screen.getByTestId("audit-from")).toHaveValue("24/11/2026");
    const changes = await screen.findByTestId("audit-changes");
    const [head, row] = within(changes).getAllByRole("row");
    expect(head).toHaveTextContent("Chỉ tiêuTrướcSau");
    expect(row).toHaveTextContent("Dòng hàng 1 · Số lượng1012");
    expect(screen.getByTestId("audit-record")).toHaveTextContent("bản ghi số 3 của chuỗi");
  });

  it("goes on where it ended, on F8, until nothing is left", async () => {
    const { user } = draw();
    await screen.findByTestId("audit-row-1");
    expect(screen.queryByTestId("audit-row-2")).toBeNull();
    expect(screen.getByTestId("audit-read-to")).toHaveTextContent("09:12 24/11/2026");
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("audit-row-2")).toHaveTextContent("Đăng ký tờ khai");
    expect(screen.queryByTestId("audit-more")).toBeNull();
  });

  it("is searched by Enter, and follows a thing by Enter on its row", async () => {
    const { user } = draw();
    await screen.findByTestId("audit-row-1");
    await user.type(screen.getByTestId("audit-by"), "hung{Enter}");
    await waitFor(() => expect(screen.queryByTestId("audit-row-1")).toBeNull());
    expect(screen.getByTestId("audit-row-0")).toHaveTextContent("Đăng ký tờ khai");
    expect(await screen.findByText("MONGCAI", { selector: "td" })).toBeVisible();
    screen.getByTestId("audit-row-0").focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("audit-found")).toHaveTextContent("Tờ khai MC26-000001");
    expect(screen.getByTestId("audit-subject")).toHaveValue("MC26-000001");
    await waitFor(() => expect(screen.getByTestId("audit-row-0")).toHaveTextContent("Sửa tờ khai"));
  });

  it("opens a person's page, and asks for the record of a row once", async () => {
    const { user, log, onPerson } = draw();
    await screen.findByTestId("audit-changes");
    screen.getByTestId("audit-row-0").focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() =>
      expect(screen.getByTestId("audit-record")).toHaveTextContent("tên sai dấu"),
    );
    await user.click(screen.getByText("mở hồ sơ"));
    expect(onPerson).toHaveBeenCalledWith("person-0");
    await user.keyboard("{ArrowUp}");
    expect(log.filter((name) => name === "audit_view")).toHaveLength(2);
  });

  it("says beside the field what is wrong, and when nothing is found", async () => {
    const { user } = draw();
    await screen.findByTestId("audit-row-0");
    await user.clear(screen.getByTestId("audit-from"));
    await user.type(screen.getByTestId("audit-from"), "hôm qua{Enter}");
    expect(await screen.findByText("Giá trị “hôm qua” không hợp lệ.")).toBeVisible();
    await user.keyboard("{F4}");
    await user.type(screen.getByTestId("audit-by"), "ai đó{Enter}");
    expect(await screen.findByTestId("audit-none")).toHaveTextContent("Không có mục nào");
  });
});

describe("anchors", () => {
  it("are made on F3, printed and saved", async () => {
    const { user } = draw();
    await screen.findByTestId("audit-row-0");
    await user.keyboard("{F6}");
    expect(await screen.findByTestId("anchor-none")).toHaveTextContent("Nhấn F3");
    await user.keyboard("{F3}");
    const row = await screen.findByTestId("anchor-row-0");
    expect(row).toHaveTextContent("24/11/2026");
    expect(row).toHaveTextContent("còn nguyên");
    expect(screen.getByTestId("anchor-detail")).toHaveTextContent("9f0c 11aa");
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("anchor-path")).toHaveTextContent("anchor-2026-11-24.json");
    await user.keyboard("{Control>}p{/Control}");
    const page = await screen.findByRole<HTMLImageElement>("img");
    expect(decodeURIComponent(page.src)).toContain(">anchor-2026-11-24<");
  });

  it("of a neighbour are taken in from a file; what is none is refused", async () => {
    const { user } = draw();
    await screen.findByTestId("audit-row-0");
    await user.keyboard("{F6}");
    const box = await screen.findByTestId("anchor-file");
    await user.upload(box, new File(["{}"], "x.json", { type: "application/json" }));
    expect(await screen.findByTestId("anchor-problem")).toHaveTextContent("không phải neo");
    const text = '{"format": "bienmau-anchor-1"}';
    await user.upload(box, new File([text], "y.json", { type: "application/json" }));
    expect(await screen.findByTestId("anchor-row-0")).toHaveTextContent("giữ hộ");
    expect(screen.getByTestId("anchor-detail")).toHaveTextContent("mâu thuẫn");
    expect(screen.queryByTestId("anchor-problem")).toBeNull();
    await user.keyboard("{F6}");
    expect(await screen.findByTestId("audit-form")).toBeVisible();
  });

  it("are all that is there for who may not read the log", async () => {
    const { user, log } = draw(["anchor_list"]);
    expect(await screen.findByTestId("anchor-none")).toBeVisible();
    await user.keyboard("{F6}");
    expect(screen.queryByTestId("audit-form")).toBeNull();
    expect(log).not.toContain("audit_search");
  });
});
