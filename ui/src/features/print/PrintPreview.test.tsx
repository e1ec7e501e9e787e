import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "../../api/client";
import { backendThat, renderScreen } from "../../testing/render";
import { sizeOf } from "./Pages";
import { PrintPreview } from "./PrintPreview";

const print = vi.spyOn(window, "print").mockImplementation(() => {});

/** The preview of a form that was just registered. */
async function open(overrides: Parameters<typeof backendThat>[0] = {}) {
  const backend = backendThat(overrides);
  const client = createClient(backend, () => "vi");
  await client.call("declaration_register", {
    id: "form",
    person: "person-0",
    direction: "import",
    exchange_of: null,
    allocation: "entered",
    lines: [],
  });
  const drawn = renderScreen(<PrintPreview id="form" onClose={() => {}} />, backend);
  await screen.findByRole("img");
  const sent = (command: string) =>
    backend.sent.filter((one) => one.command === command).map(({ request }) => request);
  return { ...drawn, sent };
}

/** What the page that is shown says. */
const shown = () => decodeURIComponent(screen.getByRole<HTMLImageElement>("img").src);

beforeEach(() => {
  localStorage.removeItem("bienmau.print");
  print.mockClear();
});

describe("the preview of a form", () => {
  it("shows the sheet as it is set and records no print", async () => {
    const { sent } = await open();
    expect(shown()).toContain("MC26-000001 preview");
    expect(screen.getByRole("dialog")).toHaveAccessibleName("Bản in tờ khai MC26-000001");
    expect(screen.getByRole("img")).toHaveAccessibleName(/trang 1\/1$/);
    expect(sent("form_print")).toEqual([
      { id: "form", paper: null, overlay: null, preview: true, pictures: true },
    ]);
    expect(print).not.toHaveBeenCalled();
  });

  it("prints the originals through the system's dialog once they are drawn, then copies", async () => {
    const { user } = await open();
    await user.keyboard("{F8}");
    await waitFor(() => expect(print).toHaveBeenCalledTimes(1));
    expect(shown()).toContain("MC26-000001 original");
    expect(screen.getByTestId("print-done")).toHaveTextContent("lần in 1: bản chính");
    await waitFor(() => expect(screen.getByTestId("print-now")).toHaveTextContent("In bản sao"));
    await user.click(screen.getByTestId("print-now"));
    await waitFor(() => expect(print).toHaveBeenCalledTimes(2));
    expect(shown()).toContain("MC26-000001 copy");
  });

  it("sends to the printer this workstation remembers, without a dialog", async () => {
    const first = await open();
    await first.user.selectOptions(screen.getByTestId("print-printer"), "Kho");
    first.unmount();
    const { user, sent } = await open();
    expect(screen.getByTestId("print-printer")).toHaveValue("Kho");
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("print-done")).toHaveTextContent("Đã gửi bản chính");
    expect(sent("form_send")).toEqual([{ id: "form", paper: null, overlay: null, printer: "Kho" }]);
    expect(print).not.toHaveBeenCalled();
  });

  it("says that a printer is gone and keeps it chosen", async () => {
    localStorage.setItem("bienmau.print", JSON.stringify({ printer: "Cũ" }));
    const { user } = await open();
    expect(screen.getByTestId("print-printer")).toHaveValue("Cũ");
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("print-problem")).toHaveTextContent("Không còn máy in “Cũ”");
    expect(screen.queryByTestId("print-done")).toBeNull();
  });

  it("asks for another size of paper and shows it", async () => {
    const { user } = await open();
    await user.selectOptions(screen.getByTestId("print-paper"), "a5");
    await waitFor(() => expect(shown()).toContain("preview a5"));
  });

  it("moves values on printed stationery by what was typed, and not by nonsense", async () => {
    const { user, sent } = await open();
    await user.click(screen.getByTestId("print-overlay"));
    const right = screen.getByTestId("print-right");
    await user.clear(right);
    await user.type(right, "x");
    expect(screen.getByText(/Số mm, một chữ số lẻ/)).toBeVisible();
    await user.keyboard("{F8}");
    expect(sent("form_print").filter((ask) => !(ask as { preview?: boolean }).preview)).toEqual([]);
    await user.clear(right);
    await user.type(right, "-1,5");
    await user.keyboard("{F8}");
    await waitFor(() =>
      expect(sent("form_print").at(-1)).toMatchObject({ overlay: { x: -15, y: 0 } }),
    );
  });

  it("shows and prints the test page", async () => {
    const { user } = await open();
    await user.click(screen.getByTestId("print-overlay"));
    await user.click(screen.getByTestId("print-align"));
    await waitFor(() => expect(print).toHaveBeenCalledTimes(1));
    expect(shown()).toContain("align");
  });

  it("says in a sentence why a sheet can't be set", async () => {
    const message = "Không có mẫu in của tờ khai này.";
    const refused = { code: "refused" as const, message: "Xem các ô.", violations: [] };
    const violation = { code: "template_missing", severity: "refuse" as const, field: "form" };
    const violations = [{ ...violation, basis: "", message }];
    const backend = backendThat({ form_print: { error: { ...refused, violations } } });
    renderScreen(<PrintPreview id="form" onClose={() => {}} />, backend);
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent(message);
  });
});

describe("a page", () => {
  it("is as large as its drawing says", () => {
    const { width, height } = sizeOf('<svg width="595.276pt" height="841.89pt" viewBox="0 0 1 1">');
    expect([width.toFixed(0), height.toFixed(0)]).toEqual(["210", "297"]);
  });
});
