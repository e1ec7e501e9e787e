import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CommandName, SessionView } from "../api/bindings";
import { PEOPLE } from "../testing/fake-data";
import { backendThat, renderScreen } from "../testing/render";
import { ResidentsScreen } from "./ResidentsScreen";

const session = (commands: CommandName[]): SessionView => ({
  token: "token",
  user: "hung",
  display_name: "Phạm Văn Hùng",
  role: "supervisor",
  gate: "MONGCAI",
  gate_name: "Móng Cái",
  workstation: "Q1",
  idle_lock_seconds: 300,
  must_change_password: false,
  commands,
});

const open = PEOPLE[0]?.id ?? null;

describe("a person's data", () => {
  it("is handed out by key with a reason", async () => {
    const backend = backendThat({});
    const { user } = renderScreen(
      <ResidentsScreen
        session={session(["person_view", "person_save", "person_export"])}
        open={open}
        onOpen={() => {}}
      />,
      backend,
    );
    await screen.findByText(PEOPLE[0]?.name ?? "", { selector: "h1" });
    await user.keyboard("{F4}");
    await waitFor(() => expect(screen.getByTestId("reveal-reason")).toHaveFocus());
    expect(screen.getByTestId("reveal-confirm")).toBeDisabled();
    await user.keyboard("đương sự yêu cầu{Enter}");
    expect(await screen.findByTestId("reveal-path")).toHaveTextContent("reports/person.json");
    const sent = backend.sent.find(({ command }) => command === "person_export");
    expect(sent?.request).toEqual({ id: open, format: "json", reason: "đương sự yêu cầu" });
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("reveal")).toBeNull());
  });

  it("is only read by those who may not change or hand it out", async () => {
    const { user } = renderScreen(
      <ResidentsScreen session={session(["person_view"])} open={open} onOpen={() => {}} />,
    );
    await screen.findByText(PEOPLE[0]?.name ?? "", { selector: "h1" });
    await user.keyboard("{F3}{F4}{F6}");
    expect(screen.queryByTestId("reveal")).toBeNull();
    expect(screen.queryByTestId("retention")).toBeNull();
    expect(screen.queryByText("Sửa thông tin")).toBeNull();
  });
});
