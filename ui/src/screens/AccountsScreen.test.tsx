import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CommandName, SessionView } from "../api/bindings";
import { renderScreen } from "../testing/render";
import { AccountsScreen } from "./AccountsScreen";

const session = (...commands: CommandName[]): SessionView => ({
  token: "token",
  user: "admin",
  display_name: "Vũ Thị Én",
  role: "administrator",
  gate: "",
  gate_name: "",
  workstation: "",
  idle_lock_seconds: 300,
  must_change_password: false,
  commands,
});

describe("the accounts", () => {
  it("are entered by keyboard, with the parts of the work chosen", async () => {
    const { user } = renderScreen(
      <AccountsScreen session={session("account_list", "account_save")} />,
    );
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

  it("have the first one marked from the start, on which the keys act", async () => {
    renderScreen(<AccountsScreen session={session("account_list", "account_save")} />);
    const row = await screen.findByTestId("account-lan");
    await waitFor(() => expect(row).toHaveFocus());
    expect(row).toHaveAttribute("aria-selected", "true");
  });

  it("keep what was typed when a field is refused, and say it there", async () => {
    const { user } = renderScreen(
      <AccountsScreen session={session("account_list", "account_save")} />,
    );
    await screen.findByTestId("account-lan");
    await user.keyboard("{F3}");
    await user.clear(await screen.findByTestId("account-display-name"));
    await user.selectOptions(screen.getByTestId("account-role"), "leader");
    expect(screen.queryByTestId("duty-tax")).toBeNull();
    await user.click(screen.getByTestId("account-save"));
    expect(await screen.findByText("Ô này còn trống.")).toBeVisible();
    expect(screen.getByTestId("account-role")).toHaveValue("leader");
  });

  it("tell which is locked until when, and are unlocked by key", async () => {
    const { user } = renderScreen(
      <AccountsScreen session={session("account_list", "account_save")} />,
    );
    const row = await screen.findByTestId("account-lan");
    expect(row).toHaveTextContent("Tạm khóa đến 08:15");
    expect(row).toHaveTextContent("5 lần nhập sai");
    await user.keyboard("{F4}");
    await waitFor(() => expect(row).toHaveTextContent("đang dùng"));
    expect(row).not.toHaveTextContent("nhập sai");
  });

  it("are only read by an auditor", async () => {
    const { user } = renderScreen(<AccountsScreen session={session("account_list")} />);
    const row = await screen.findByTestId("account-lan");
    await user.click(row);
    await user.keyboard("{Enter}{F2}{F3}{F4}");
    expect(screen.queryByTestId("account-save")).toBeNull();
    expect(screen.queryByText("Thêm tài khoản")).toBeNull();
    expect(row).toHaveTextContent("Tạm khóa");
  });
});
