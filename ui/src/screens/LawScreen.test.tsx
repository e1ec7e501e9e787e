import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CommandName, SessionView } from "../api/bindings";
import { backendThat, renderScreen } from "../testing/render";
import { LawScreen } from "./LawScreen";

const session = (commands: CommandName[]): SessionView => ({
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
const KEEPS: CommandName[] = ["law_kinds", "law_propose", "law_approve"];

async function openVat(user: ReturnType<typeof renderScreen>["user"]) {
  await user.click(await screen.findByTestId("law-kind-vat"));
  await waitFor(() => expect(screen.getByTestId("law-title")).toHaveTextContent("GTGT"));
}

describe("the law screen", () => {
  it("shows a rule in time, who entered and who approved each row", async () => {
    const { user } = renderScreen(<LawScreen session={session(KEEPS)} />);
    await openVat(user);
    expect(screen.getByTestId("law-values")).toHaveTextContent("8 %");
    expect(screen.getByTestId("law-bar-vat/standard/2027-01-01")).toHaveAttribute(
      "data-phase",
      "future",
    );
    const next = screen.getByTestId("law-row-0");
    expect(next).toHaveTextContent("admin");
    expect(next).toHaveTextContent("branch");
    await user.click(next);
    expect(screen.getByTestId("law-values")).toHaveTextContent("10 %");
  });

  it("takes a new row by keyboard, with its problems beside the field and its effect on demand", async () => {
    const backend = backendThat({});
    const { user } = renderScreen(<LawScreen session={session(KEEPS)} />, backend);
    await openVat(user);
    await user.keyboard("{F3}");
    const percent = await screen.findByTestId("law-field-percent");
    expect(percent).toHaveValue("8");
    expect(screen.getByTestId("law-field-class")).toHaveValue("standard");
    await user.clear(percent);
    await user.type(percent, "-1");
    await user.type(screen.getByTestId("law-from"), "01/07/2027");
    await user.type(screen.getByTestId("law-basis"), "Nghị quyết mới");
    expect(await screen.findByText("Số ngoài phạm vi.")).toBeVisible();
    await user.clear(percent);
    await user.type(percent, "7");
    await waitFor(() => expect(screen.queryByText("Số ngoài phạm vi.")).toBeNull());
    await user.keyboard("{F8}");
    expect(await screen.findByTestId("law-new-due")).toHaveAttribute("data-amount", "812000");
    expect(screen.getByTestId("law-replay")).toHaveTextContent("7 tờ khai của 6 người");
    await user.type(screen.getByTestId("law-basis"), "{Enter}");
    expect(await screen.findByTestId("law-done")).toBeVisible();
    const sent = backend.sent.find(({ command }) => command === "law_propose");
    expect(sent?.request).toMatchObject({
      basis: "Nghị quyết mới",
      make_room: true,
      rows: [
        {
          kind: "vat",
          valid_from: "2027-07-01",
          valid_to: "",
          values: { class: "standard", percent: "7" },
        },
      ],
    });
  });

  it("approves what waits with F9 and says why when it is one's own", async () => {
    const own = {
      code: "refused" as const,
      message: "Chưa thực hiện được.",
      violations: [
        {
          code: "law_own_approval",
          severity: "refuse" as const,
          field: "",
          basis: "",
          message: "Người đề nghị không được tự duyệt.",
        },
      ],
    };
    let first = true;
    const rest = backendThat({});
    const backend = {
      send: async (text: string) => {
        if (first && text.includes('"law_approve"')) {
          first = false;
          return JSON.stringify({ error: own });
        }
        return rest.send(text);
      },
    };
    const { user } = renderScreen(<LawScreen session={session(KEEPS)} />, backend);
    await screen.findByTestId("law-kind-vat");
    await user.keyboard("{F6}");
    expect(await screen.findByTestId("law-change-0")).toHaveTextContent("Nghị định (dự thảo)");
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("law-refusal")).toHaveTextContent("không được tự duyệt");
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.queryByTestId("law-change-0")).toBeNull());
    expect(screen.getByTestId("law-done")).toBeVisible();
  });

  it("rejects what waits with a reason", async () => {
    const { user } = renderScreen(<LawScreen session={session(KEEPS)} />);
    await screen.findByTestId("law-kind-vat");
    await user.keyboard("{F6}");
    await screen.findByTestId("law-change-0");
    await user.keyboard("{F10}");
    await user.type(await screen.findByTestId("law-why"), "sai số{Enter}");
    await waitFor(() => expect(screen.queryByTestId("law-change-0")).toBeNull());
  });

  it("previews a table before it is taken, with bad rows by line and column", async () => {
    const backend = backendThat({});
    const { user } = renderScreen(<LawScreen session={session(KEEPS)} />, backend);
    await user.click(await screen.findByTestId("law-kind-list"));
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("law-table-take")).toBeDisabled();
    const file = new File(["hs_prefix,rule\n0301,include\nabc,include\n"], "list.csv");
    await user.upload(screen.getByTestId("law-file"), file);
    await waitFor(() => expect(screen.getByTestId("law-table-look")).toBeEnabled());
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("law-table-bad")).toHaveTextContent("hs_prefix");
    expect(screen.getByTestId("law-table-view")).toHaveTextContent("1005.10.00");
    await user.click(screen.getByTestId("law-table-take"));
    expect(await screen.findByTestId("law-done")).toBeVisible();
    const sent = backend.sent.find(({ command }) => command === "law_table_take");
    expect(sent?.request).toMatchObject({ kind: "list", name: "list.csv" });
  });

  it("only shows the law to those who do not keep it", async () => {
    const { user } = renderScreen(<LawScreen session={session(["law_kinds"])} />);
    await openVat(user);
    await user.keyboard("{F3}{F4}{F7}");
    expect(screen.queryByTestId("law-form")).toBeNull();
    expect(screen.queryByTestId("law-end-form")).toBeNull();
  });
});
