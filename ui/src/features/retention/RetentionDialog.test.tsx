import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { backendThat, renderScreen } from "../../testing/render";
import { RetentionDialog } from "./RetentionDialog";

describe("data kept long enough", () => {
  it("is told by how many and by which rule, and confirmed by another person", async () => {
    const { user } = renderScreen(<RetentionDialog onClose={() => {}} />);
    const preview = await screen.findByTestId("retention-preview");
    expect(preview).toHaveTextContent("3 người hết hạn lưu. 1 người khác còn việc chưa xong");
    expect(preview).toHaveTextContent("trước 24/11/2021");
    expect(preview).toHaveTextContent("trước 24/11/2016");
    // One proposal waits already.
    expect(await screen.findByTestId("retention-confirm")).toBeVisible();
    expect(screen.getByTestId("retention-propose")).toBeDisabled();
    await user.click(screen.getByTestId("retention-confirm"));
    const run = screen.getByTestId("run-run-1");
    await waitFor(() => expect(run).toHaveTextContent("Đã ẩn danh 3 người, 12 bản ghi"));
    expect(within(run).queryByTestId("retention-reject")).toBeNull();
  });

  it("can't be confirmed by whoever proposed it", async () => {
    const { user } = renderScreen(<RetentionDialog onClose={() => {}} />);
    await user.click(await screen.findByTestId("retention-reject"));
    await waitFor(() => expect(screen.getByTestId("retention-propose")).toBeEnabled());
    await user.click(screen.getByTestId("retention-propose"));
    const own = await screen.findByTestId("run-run-2");
    expect(own).toHaveTextContent("Bạn đã đề nghị");
    expect(within(own).queryByTestId("retention-confirm")).toBeNull();
  });

  it("says why a day is refused", async () => {
    const refused = {
      error: {
        code: "refused" as const,
        message: "Chưa làm.",
        violations: [
          {
            code: "retention_not_over",
            severity: "refuse" as const,
            field: "before",
            basis: "Law 91/2025/QH15",
            message: "Hồ sơ từ 24/11/2021 trở đi còn trong thời hạn lưu.",
          },
        ],
      },
    };
    const backend = backendThat({ retention_preview: refused });
    const { user } = renderScreen(<RetentionDialog onClose={() => {}} />, backend);
    await user.type(screen.getByTestId("retention-before"), "01/01/2026");
    expect(await screen.findByText(/còn trong thời hạn lưu/)).toBeVisible();
    expect(screen.queryByTestId("retention-propose")).toBeNull();
    const asked = backend.sent.filter(({ command }) => command === "retention_preview");
    expect(asked.at(-1)?.request).toEqual({ before: "2026-01-01" });
  });
});
