import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderScreen } from "../testing/render";
import { AccountsScreen } from "./AccountsScreen";

describe("the accounts", () => {
  it("are entered by keyboard, with the parts of the work chosen", async () => {
    const { user } = renderScreen(<AccountsScreen />);
    await screen.findByTestId("account-lan");
    await user.keyboard("{F2}");
    await waitFor(() => expect(screen.getByTestId("account-name")).toHaveFocus());
    await user.keyboard("thu{Tab}Ngô Thị Thu");
    await user.click(screen.getByTestId("duty-cashier"));
    await user.type(screen.getByTestId("account-password"), "long-enough{Enter}");
    const row = await screen.findByTestId("account-thu");
    expect(within(row).getByText("Thu tiền")).toBeVisible();
    expect(screen.queryByTestId("account-save")).toBeNull();
  });

  it("keep what was typed when a field is refused, and say it there", async () => {
    const { user } = renderScreen(<AccountsScreen />);
    await screen.findByTestId("account-lan");
    await user.keyboard("{F3}");
    await user.clear(await screen.findByTestId("account-display-name"));
    await user.selectOptions(screen.getByTestId("account-role"), "leader");
    expect(screen.queryByTestId("duty-tax")).toBeNull();
    await user.click(screen.getByTestId("account-save"));
    expect(await screen.findByText("Ô này còn trống.")).toBeVisible();
    expect(screen.getByTestId("account-role")).toHaveValue("leader");
  });
});
