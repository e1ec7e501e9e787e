import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Role, SessionView, SystemStatus } from "../api/bindings";
import { createFakeBackend } from "../testing/fake-backend";
import { renderScreen } from "../testing/render";
import { VehiclesScreen } from "./VehiclesScreen";

const STATUS = { today: "2026-11-24", gates: [] } as unknown as SystemStatus;

async function vehicles(plates: string[], role: Role = "officer") {
  const backend = createFakeBackend();
  for (const plate of plates) {
    const request = { id: plate, plate, kind: "truck", owner: "person-0", year: 2026 };
    await backend.send(JSON.stringify({ command: "vehicle_register", request }));
  }
  const commands = role === "supervisor" ? ["person_export"] : [];
  const session = { role, gate: "MONGCAI", commands } as unknown as SessionView;
  const drawn = renderScreen(<VehiclesScreen session={session} status={STATUS} active />, backend);
  await screen.findByTestId("outside-empty");
  return { ...drawn, box: screen.getByTestId("plate-box") };
}

describe("the vehicles", () => {
  it("begin with the plate, and F9 lets a known one out and back", async () => {
    const { user, box } = await vehicles(["14C12345"]);
    expect(box).toHaveFocus();
    await user.keyboard("14c-123.45{Enter}");
    expect(await screen.findByTestId("vehicle-found")).toHaveTextContent("14C12345");
    expect(screen.getByTestId("vehicle-card")).toHaveTextContent("Được qua lại");
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("cross-done")).toHaveTextContent("14C12345: đã ghi lượt ra.");
    expect(await screen.findByTestId("outside-row-0")).toHaveTextContent("14C12345");
    expect(screen.getByTestId("vehicle-card")).toHaveTextContent("Đang ở ngoài");
    await waitFor(() => expect(box).toHaveFocus());
    await user.keyboard("{F9}");
    expect(await screen.findByText("14C12345: đã ghi lượt vào.")).toBeVisible();
    expect(await screen.findByTestId("outside-empty")).toBeVisible();
    expect(screen.getByTestId("vehicle-history")).toHaveTextContent("09:45 24/11/2026");
  });

  it("say of an unknown plate that it is not registered, and F3 enters it", async () => {
    const { user } = await vehicles([]);
    await user.keyboard("14C77777{Enter}");
    expect(await screen.findByText(/chưa đăng ký/)).toBeVisible();
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("cross-done")).toBeNull();
    await user.keyboard("{F3}");
    expect(await screen.findByTestId("register-plate")).toHaveValue("14C77777");
    expect(screen.getByTestId("vehicle-register-confirm")).toBeDisabled();
    await user.type(screen.getByTestId("identify-box"), "hoa{Enter}");
    await user.click(await screen.findByTestId("match-0"));
    expect(screen.getByTestId("register-owner")).toHaveTextContent("Nguyễn Thị Hòa");
    await user.selectOptions(screen.getByTestId("register-kind"), "handcart");
    await user.click(screen.getByTestId("vehicle-register-confirm"));
    expect(await screen.findByTestId("vehicle-register-refusal")).toHaveTextContent("Xe kéo");
    await user.selectOptions(screen.getByTestId("register-kind"), "motorcycle");
    await user.click(screen.getByTestId("vehicle-register-confirm"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByTestId("vehicle-card")).toHaveTextContent("Xe máy");
  });

  it("at another gate tell an officer why not, and ask a supervisor for the reason", async () => {
    const officer = await vehicles(["14C99999"]);
    await officer.user.keyboard("14C99999{Enter}");
    await screen.findByTestId("vehicle-found");
    await officer.user.keyboard("{F9}");
    await screen.findByTestId("outside-row-0");
    await officer.user.keyboard("{F9}");
    expect(await screen.findByTestId("cross-refusal")).toHaveTextContent("cửa khẩu đã ra");
    expect(screen.queryByRole("dialog")).toBeNull();
    officer.unmount();

    const { user } = await vehicles(["14C99999"], "supervisor");
    await user.keyboard("14C99999{Enter}");
    await screen.findByTestId("vehicle-found");
    await user.keyboard("{F9}");
    await screen.findByTestId("outside-row-0");
    await user.keyboard("{F9}");
    await user.type(await screen.findByTestId("reason"), "sạt lở đường{Enter}");
    expect(await screen.findByText("14C99999: đã ghi lượt vào.")).toBeVisible();
    expect(screen.getByTestId("vehicle-history")).toHaveTextContent("sạt lở đường");
  });

  it("are extended by a supervisor only, and struck off with a reason", async () => {
    const { user } = await vehicles(["14C12345"], "supervisor");
    await user.keyboard("14C12345{Enter}");
    await screen.findByTestId("vehicle-found");
    await user.keyboard("{F6}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{F9}");
    await screen.findByTestId("outside-row-0");
    await user.keyboard("{F6}");
    await user.type(await screen.findByTestId("hours"), "24");
    expect(screen.getByTestId("vehicle-extend-confirm")).toBeDisabled();
    await user.type(screen.getByTestId("reason"), "hỏng xe{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByText("gia hạn 24 giờ: hỏng xe")).toBeVisible();
    await user.keyboard("{F7}");
    await user.type(await screen.findByTestId("reason"), "bán xe{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("are printed as the book of the gate's year", async () => {
    const { user } = await vehicles(["14C12345"]);
    await user.keyboard("{Control>}p{/Control}");
    const page = await screen.findByRole<HTMLImageElement>("img");
    expect(decodeURIComponent(page.src)).toContain(">vehicles MONGCAI 2026<");
  });

  it("that are out are chosen by arrows and Enter", async () => {
    const { user } = await vehicles(["14C11111", "14C22222"]);
    for (const plate of ["14C11111", "14C22222"]) {
      await user.clear(screen.getByTestId("plate-box"));
      await user.keyboard(`${plate}{Enter}`);
      await screen.findByText(plate, { selector: "[data-testid=vehicle-found]" });
      await user.keyboard("{F9}");
      await screen.findByText(`${plate}: đã ghi lượt ra.`);
    }
    const first = await screen.findByTestId("outside-row-0");
    first.focus();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByTestId("outside-row-1")).toHaveFocus();
    await user.keyboard("{ArrowUp}{Enter}");
    await waitFor(() => expect(screen.getByTestId("vehicle-found")).toHaveTextContent("14C11111"));
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("vehicle-path")).toHaveTextContent("MONGCAI-2026.xlsx");
  });

  it("are written with full numbers only by those who may, with a reason", async () => {
    const { user, unmount } = await vehicles([]);
    await user.keyboard("{Control>}e{/Control}");
    expect(screen.queryByTestId("reveal")).toBeNull();
    unmount();
    const chief = await vehicles([], "supervisor");
    await chief.user.keyboard("{Control>}e{/Control}");
    await chief.user.type(await screen.findByTestId("reveal-reason"), "công văn 12{Enter}");
    expect(await screen.findByTestId("reveal-path")).toBeVisible();
  });
});
