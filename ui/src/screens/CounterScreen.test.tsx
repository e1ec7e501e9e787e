import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DecisionView, SessionView } from "../api/bindings";
import { backendThat, renderScreen } from "../testing/render";
import { CounterScreen } from "./CounterScreen";

const SESSION = { role: "officer", gate: "MONGCAI" } as SessionView;

/** The decision on goods off the list. */
const VIEW: DecisionView = {
  decision: {
    id: "form",
    number: null,
    status: "refused",
    value_vnd: "181421",
    exempt_vnd: "181421",
    excess_vnd: "0",
    duty_vnd: "0",
    excise_vnd: "0",
    environment_vnd: "0",
    vat_vnd: "0",
    fee_vnd: "0",
    total_due_vnd: "0",
    inspection_required: false,
    trips_used: 1,
    provisional: false,
    lines: [],
    violations: [
      {
        code: "goods_not_on_list",
        severity: "refuse",
        field: "lines[0].hs",
        basis: "Thông tư 80/2019/TT-BTC Điều 6(3)",
        message: "Hàng ngoài danh mục.",
      },
    ],
  },
  least_tax_due_vnd: "0",
  entered_due_vnd: "0",
  breaches: [],
};

/** Registers one purchase of that price in CNY by keyboard. */
async function registered(price: string) {
  const drawn = renderScreen(<CounterScreen active session={SESSION} />);
  const { user } = drawn;
  await user.type(screen.getByTestId("identify-box"), "nguyen thi{Enter}");
  await user.click(await screen.findByTestId("match-0"));
  await user.type(await screen.findByTestId("goods-0"), "ao");
  await screen.findByText("Áo phông dệt kim");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
  await user.type(screen.getByTestId("quantity-0"), "1");
  await user.type(screen.getByTestId("price-0"), price);
  await waitFor(() => expect(screen.getByTestId("register")).toBeEnabled());
  await user.keyboard("{F9}");
  await screen.findByTestId("registered-waits");
  return drawn;
}

describe("a form just registered", () => {
  it("that needs nothing is released with one key", async () => {
    const { user } = await registered("50");
    expect(screen.getByTestId("registered-waits")).toHaveTextContent("có thể thông quan ngay");
    await user.keyboard("{F9}");
    expect(screen.getByTestId("take-release")).toBeVisible();
    await user.keyboard("{F6}");
    expect(await screen.findByTestId("step-done")).toHaveTextContent("đã thông quan");
    await waitFor(() => expect(screen.queryByTestId("take-release")).toBeNull());
    expect(screen.getByTestId("registered-waits")).toHaveTextContent("rời khu vực giám sát");
  });

  it("says what it waits for, and takes the step there", async () => {
    const { user } = await registered("1000");
    expect(screen.getByTestId("registered-waits")).toHaveTextContent("chờ kiểm tra thực tế");
    await user.keyboard("{F6}");
    expect(await screen.findByTestId("step-present")).toBeVisible();
    await user.click(screen.getByTestId("step-confirm"));
    await waitFor(() => expect(screen.getByTestId("take-inspect")).toBeVisible());
  });
});

/** Serves a resident and types one line of shirts at that price in CNY. */
async function typed(price: string) {
  const drawn = renderScreen(<CounterScreen active session={SESSION} />);
  const { user } = drawn;
  await user.type(screen.getByTestId("identify-box"), "nguyen thi{Enter}");
  await user.click(await screen.findByTestId("match-0"));
  await line(user, price);
  return drawn;
}

async function line(user: ReturnType<typeof renderScreen>["user"], price: string) {
  await user.type(await screen.findByTestId("goods-0"), "ao");
  await screen.findByText("Áo phông dệt kim");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
  await user.type(screen.getByTestId("quantity-0"), "1");
  await user.type(screen.getByTestId("price-0"), price);
}

describe("goods for goods", () => {
  it("are two legs of one flow, registered together by keyboard", async () => {
    const { user } = await typed("50");
    await user.keyboard("{F7}");
    expect(screen.getByTestId("direction-import")).toHaveTextContent("Hàng về");
    await waitFor(() => expect(screen.getByTestId("decision-value")).toBeVisible());
    // The other leg is empty: registering leads there.
    await user.keyboard("{F9}");
    await waitFor(() =>
      expect(screen.getByTestId("direction-export")).toHaveAttribute("aria-pressed", "true"),
    );
    await line(user, "40");
    await waitFor(() =>
      expect(screen.getByTestId("exchange-values")).toHaveTextContent(
        "Hàng đi 145.136 ₫ · hàng về 181.421 ₫ · Hàng về hơn hàng đi 36.285 ₫",
      ),
    );
    await user.keyboard("{F4}");
    expect(screen.getByTestId("price-0")).toHaveValue("50");
    await waitFor(() => expect(screen.getByTestId("register")).toBeEnabled());
    await user.keyboard("{F9}");
    expect(await screen.findByText("Đã đăng ký hai tờ khai trao đổi")).toBeVisible();
    expect(screen.getByTestId("registered-number")).toHaveTextContent("MC26-000002");
    expect(screen.getByTestId("registered-other")).toHaveTextContent("MC26-000001");
  });
});

describe("a form that is refused for what it wants to pass", () => {
  it("goes on record when registering is tried, and can be mended", async () => {
    const backend = backendThat({
      declaration_preview: { ok: { ...VIEW, breaches: ["off_list"] } },
      declaration_register: { ok: VIEW.decision },
    });
    const drawn = renderScreen(<CounterScreen active session={SESSION} />, backend);
    const { user } = drawn;
    await user.type(screen.getByTestId("identify-box"), "nguyen thi{Enter}");
    await user.click(await screen.findByTestId("match-0"));
    await line(user, "50");
    const warning = await screen.findByTestId("breach-warning");
    expect(warning).toHaveTextContent("được ghi vào hàng vi phạm: Hàng ngoài danh mục");
    const tried = () => backend.sent.filter(({ command }) => command === "declaration_register");
    expect(tried()).toEqual([]);
    await user.keyboard("{F9}");
    await waitFor(() => expect(warning).toHaveTextContent("Đã từ chối và ghi vào"));
    expect(screen.queryByTestId("registered-number")).toBeNull();
    await user.keyboard("{F9}");
    await waitFor(() => expect(tried()).toHaveLength(2));
    const ids = tried().map(({ request }) => (request as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
    // What was typed is still there.
    expect(screen.getByTestId("price-0")).toHaveValue("50");
  });
});

describe("the counterpart", () => {
  it("is typed on F3 and goes with the form", async () => {
    const { user } = await typed("50");
    await user.keyboard("{F3}");
    await waitFor(() => expect(screen.getByTestId("counterpart-name")).toHaveFocus());
    await user.keyboard("王伟{Enter}");
    expect(screen.getByTestId("counterpart-kind")).toHaveFocus();
    await user.keyboard("{Enter}11010519491231002X{Enter}");
    expect(screen.getByTestId("counterpart-vehicle")).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("goods-0")).toHaveFocus());
    expect(screen.getByTestId("counterpart-number")).toHaveValue("11010519491231002X");
  });
});
