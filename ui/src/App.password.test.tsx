import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { App } from "./App";
import { backendThat, renderScreen } from "./testing/render";

async function signIn(name: string, backend = backendThat({})) {
  const drawn = renderScreen(<App />, backend);
  await drawn.user.type(await screen.findByTestId("user"), name);
  await drawn.user.type(screen.getByTestId("password"), "demo-1234");
  await drawn.user.click(screen.getByTestId("sign-in"));
  return drawn;
}

const DUE = {
  error: { code: "password_due" as const, message: "Hãy đổi mật khẩu.", violations: [] },
};

describe("one's own password", () => {
  it("is changed first where an administrator has set it", async () => {
    const { user } = await signIn("thu");
    await waitFor(() => expect(screen.getByTestId("password-old")).toHaveFocus());
    expect(screen.queryByTestId("identify-box")).toBeNull();
    await user.keyboard("demo-1234{Tab}");
    await user.keyboard("sông chảy{Tab}");
    await user.keyboard("sông khác");
    expect(screen.getByText("Hai mật khẩu không giống nhau.")).toBeVisible();
    expect(screen.getByTestId("password-save")).toBeDisabled();
    await user.clear(screen.getByTestId("password-again"));
    await user.type(screen.getByTestId("password-again"), "sông chảy{Enter}");
    expect(await screen.findByTestId("identify-box")).toBeVisible();
  });

  it("is asked for when it turns out to be due in the middle of the work", async () => {
    await signIn("lan", backendThat({ commune_list: DUE, cash_desk: DUE }));
    expect(await screen.findByTestId("password-old")).toBeVisible();
  });

  it("is changed from the frame, and what is refused is said at its field", async () => {
    const weak = {
      error: {
        code: "refused" as const,
        message: "Chưa làm.",
        violations: [
          {
            code: "password_weak",
            severity: "refuse" as const,
            field: "password",
            basis: "",
            message: "Mật khẩu dễ đoán.",
          },
        ],
      },
    };
    const { user } = await signIn("lan", backendThat({ password_change: weak }));
    await user.click(await screen.findByTestId("own-password"));
    await user.type(await screen.findByTestId("password-old"), "demo-1234");
    await user.type(screen.getByTestId("password-new"), "haiquan123");
    await user.type(screen.getByTestId("password-again"), "haiquan123{Enter}");
    expect(await screen.findByText("Mật khẩu dễ đoán.")).toBeVisible();
    expect(screen.getByTestId("password-new")).toHaveValue("haiquan123");
  });
});
