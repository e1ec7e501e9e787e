import { act, screen, waitFor, within } from "@testing-library/react";
import { useEffect } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { App } from "./App";
import { SCREENS } from "./components/AppFrame";
import type { HotkeyMap, useHotkeys } from "./lib/keyboard";
import { backendThat, renderScreen } from "./testing/render";

/** The key maps that listen at this moment. */
const listening = new Set<string[]>();

vi.mock("./lib/keyboard", async (original) => {
  const real = await original<typeof import("./lib/keyboard")>();
  const watched: typeof useHotkeys = (map: HotkeyMap, options = {}) => {
    const keys = Object.keys(map);
    const list = keys.join(" ");
    useEffect(() => {
      if (options.active === false) {
        return;
      }
      const entry = list.split(" ");
      listening.add(entry);
      return () => void listening.delete(entry);
    }, [list, options.active]);
    real.useHotkeys(map, options);
  };
  return { ...real, useHotkeys: watched };
});

afterEach(() => listening.clear());

async function signedIn(backend = backendThat({})) {
  const drawn = renderScreen(<App />, backend);
  await drawn.user.click(await screen.findByText("lan"));
  await drawn.user.click(screen.getByTestId("sign-in"));
  await screen.findByTestId("identify-box");
  return { ...drawn, backend };
}

/** Finds the resident, picks the goods and types the figures of one line. */
async function fillForm(user: Awaited<ReturnType<typeof signedIn>>["user"]) {
  await user.type(screen.getByTestId("identify-box"), "nguyen thi{Enter}");
  await user.click(await screen.findByTestId("match-0"));
  await fillLine(user);
}

async function fillLine(user: Awaited<ReturnType<typeof signedIn>>["user"]) {
  await user.type(await screen.findByTestId("goods-0"), "ao");
  await screen.findByText("Áo phông dệt kim");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
  await user.type(screen.getByTestId("quantity-0"), "1,5");
  await user.type(screen.getByTestId("price-0"), "1.234,5");
  await waitFor(() => expect(screen.getByTestId("register")).toBeEnabled());
}

const typed = () => ({
  goods: screen.getByTestId<HTMLInputElement>("goods-0").value,
  quantity: screen.getByTestId<HTMLInputElement>("quantity-0").value,
  price: screen.getByTestId<HTMLInputElement>("price-0").value,
});
const FILLED = { goods: "Áo phông dệt kim", quantity: "1,5", price: "1.234,5" };

const help = () => screen.findByRole("dialog", { name: "Phím tắt" });

/** A key under the name that the help shows. */
const shownAs = (key: string) => key.replace("Escape", "Esc").replace(/^Arrow(Left|Right)$/, "←→");

describe("the keys of a screen", () => {
  it.each(SCREENS.map(({ name, key }) => [name, key] as const))(
    "%s binds no key twice, and its help shows each",
    async (_, number) => {
      const { user } = await signedIn();
      await user.keyboard(`{Alt>}${number}{/Alt}`);
      const bound = [...listening].flat();
      expect(bound.length).toBeGreaterThan(5);
      expect(bound.filter((key, at) => bound.indexOf(key) !== at)).toEqual([]);
      await user.keyboard("{F1}");
      const shown = within(await help()).getAllByText(
        (_text, element) => element?.tagName === "KBD",
      );
      const names = shown.map(({ textContent }) => textContent);
      expect(names.filter((key, at) => names.indexOf(key) !== at)).toEqual([]);
      const own = bound.filter((key) => key !== "F1" && !key.startsWith("Alt+"));
      expect(names).toEqual(expect.arrayContaining(own.map(shownAs)));
    },
  );

  it.each([
    [1, ["Enter", "Ctrl+Enter", "Ctrl+D", "Ctrl+Delete"]],
    [2, ["↑↓", "Enter"]],
    [3, ["↑↓", "Enter"]],
  ])("list on screen %i what its fields and rows listen for", async (number, keys) => {
    const { user } = await signedIn();
    await user.keyboard(`{Alt>}${number}{/Alt}{F1}`);
    for (const key of keys) {
      expect(within(await help()).getByText(key)).toBeVisible();
    }
  });

  it("are silent behind an open window", async () => {
    const { user } = await signedIn();
    await user.keyboard("{F1}");
    await help();
    await user.keyboard("{Alt>}2{/Alt}");
    expect(screen.queryByTestId("list-filter")).toBeNull();
  });
});

describe("a database without accounts", () => {
  const status = {
    version: "0.1.0",
    demo_accounts: [],
    is_new: true,
    today: "2026-11-24",
    gates: [],
  };

  it("asks for its first administrator, and sends nothing while the passwords differ", async () => {
    const backend = backendThat({ system_status: { ok: status } });
    const { user } = renderScreen(<App />, backend);
    await user.type(await screen.findByTestId("first-name"), "quantri");
    await user.type(screen.getByTestId("first-display-name"), "Lê Thị Quý");
    await user.type(screen.getByTestId("first-password"), "long-enough");
    await user.type(screen.getByTestId("first-again"), "long-enouhg{Enter}");
    const asked = () => backend.sent.some(({ command }) => command === "account_first");
    expect(asked()).toBe(false);
    await user.type(screen.getByTestId("first-again"), "long-enough{Enter}");
    await waitFor(() => expect(asked()).toBe(true));
  });
});

describe("the screens of a role", () => {
  it("are those it has something to ask on, the first of them open", async () => {
    const { user } = renderScreen(<App />);
    await user.click(await screen.findByText("minh"));
    await user.click(screen.getByTestId("sign-in"));
    expect(await screen.findByTestId("nav-report")).toHaveAttribute("aria-current", "page");
    expect(screen.queryByTestId("nav-counter")).toBeNull();
    await user.keyboard("{Alt>}1{/Alt}");
    expect(screen.getByTestId("nav-report")).toHaveAttribute("aria-current", "page");
  });
});

describe("a session that ends", () => {
  const refused = (code: "not_signed_in" | "session_locked") => ({
    error: { code, message: "Phiên làm việc đã hết.", violations: [] },
  });

  it("leads back to the sign-in page when the token is gone", async () => {
    const backend = backendThat({ declaration_list: refused("not_signed_in") });
    const { user } = await signedIn(backend);
    await user.click(screen.getByTestId("nav-list"));
    expect(await screen.findByTestId("sign-in")).toBeVisible();
    expect(screen.queryByTestId("nav-list")).toBeNull();
  });

  it("covers the work when it is locked, and gives it back as it was", async () => {
    const { user } = await signedIn(backendThat({ declaration_list: refused("session_locked") }));
    await fillForm(user);
    await user.click(screen.getByTestId("nav-list"));
    const password = await screen.findByTestId("unlock-password");
    await user.type(password, "wrong{Enter}");
    expect(await screen.findByText("Sai mật khẩu.")).toBeVisible();
    await user.clear(password);
    await user.type(password, "demo-1234{Enter}");
    await waitFor(() => expect(screen.queryByTestId("unlock-password")).toBeNull());
    await user.click(screen.getByTestId("nav-counter"));
    expect(typed()).toEqual(FILLED);
  });

  it("keeps the account and the password of a sign-in that was refused", async () => {
    const { user } = renderScreen(<App />);
    await user.type(await screen.findByTestId("user"), "lan");
    await user.type(screen.getByTestId("password"), "wrong{Enter}");
    expect(await screen.findByTestId("sign-in-problem")).toHaveTextContent(
      "Sai tài khoản hoặc mật khẩu.",
    );
    expect(screen.getByTestId("user")).toHaveValue("lan");
    expect(screen.getByTestId("password")).toHaveValue("wrong");
  });
});

describe("a form that is refused", () => {
  it("stays as it was typed, and F9 sends the same declaration again", async () => {
    let refusals = 1;
    const error = { code: "busy" as const, message: "Máy đang bận.", violations: [] };
    const first = backendThat({ declaration_register: { error } });
    const rest = backendThat({});
    const sent: { id: string }[] = [];
    const backend = {
      ...rest,
      send(text: string) {
        const { command, request } = JSON.parse(text) as {
          command: string;
          request: { id: string };
        };
        if (command !== "declaration_register") {
          return rest.send(text);
        }
        sent.push(request);
        refusals -= 1;
        return refusals >= 0 ? first.send(text) : rest.send(text);
      },
    };
    const { user } = await signedIn(backend);
    await fillForm(user);
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("register-problem")).toHaveTextContent("Máy đang bận.");
    expect(typed()).toEqual(FILLED);
    await user.keyboard("{F9}");
    expect(await screen.findByTestId("registered-number")).toHaveTextContent("MC26-000001");
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });
});

describe("a form half typed", () => {
  it("survives a look at another screen, and waits while another resident is served", async () => {
    const { user } = await signedIn();
    await fillForm(user);
    await user.keyboard("{Alt>}4{/Alt}");
    await screen.findByTestId("report-day");
    await user.keyboard("{Alt>}1{/Alt}{F2}");
    await user.type(await screen.findByTestId("identify-box"), "do thi{Enter}");
    await user.click(await screen.findByTestId("match-0"));
    await act(async () => {});
    expect(typed()).toEqual({ goods: "", quantity: "", price: "" });
    expect(screen.getByText(/Hàng đang khai của Nguyễn Thị Hòa được cất/)).toBeVisible();
    await user.keyboard("{Control>}z{/Control}");
    expect(typed()).toEqual(FILLED);
  });
});

describe("a person nobody knows", () => {
  it.each(["{Escape}", "{F2}"])(
    "%s leads back to the box, whose text the next scan replaces",
    async (key) => {
      const { user } = await signedIn();
      const box = screen.getByTestId<HTMLInputElement>("identify-box");
      await user.type(box, "001180009999{Enter}");
      await user.type(await screen.findByTestId("person-name"), "Lê Văn Mới");
      screen.getByTestId("person-basis").focus();
      await user.keyboard(key);
      await waitFor(() => expect(box).toHaveFocus());
      expect(box).toHaveValue("001180009999");
      expect(screen.getByTestId("person-name")).not.toBeVisible();
      await user.keyboard("{Enter}");
      await waitFor(() => expect(screen.getByTestId("person-name")).toBeVisible());
      expect(screen.getByTestId("person-name")).toHaveValue("Lê Văn Mới");
      await user.keyboard(key);
      await waitFor(() => expect(box).toHaveFocus());
      await user.keyboard("do thi");
      expect(box).toHaveValue("do thi");
    },
  );
});

describe("the list of the day", () => {
  it("is entered from its filter with the arrow down", async () => {
    const { user } = await signedIn();
    await fillForm(user);
    await user.keyboard("{F9}");
    await screen.findByTestId("registered-number");
    await user.keyboard("{Alt>}2{/Alt}");
    await screen.findByTestId("list-row-0");
    await user.keyboard("{ArrowDown}");
    expect(screen.getByTestId("list-row-0")).toHaveFocus();
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("cancel-reason")).toHaveFocus();
  });
});

describe("F9", () => {
  it("pressed before the decision is there registers when it comes", async () => {
    const rest = backendThat({});
    let held: (() => void)[] | null = null;
    const backend = {
      ...rest,
      async send(text: string) {
        if (held !== null && text.includes("declaration_preview")) {
          await new Promise<void>((go) => held?.push(go));
        }
        return rest.send(text);
      },
    };
    const { user } = await signedIn(backend);
    await fillForm(user);
    const waiting: (() => void)[] = [];
    held = waiting;
    await user.type(screen.getByTestId("quantity-0"), "5");
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("registered-number")).toBeNull();
    held = null;
    for (const go of waiting) {
      go();
    }
    expect(await screen.findByTestId("registered-number")).toBeVisible();
    const sent = rest.sent.find(({ command }) => command === "declaration_register");
    expect(sent?.request).toMatchObject({ lines: [{ quantity: "1.55" }] });
  });

  it("goes to the field that is missing", async () => {
    const { user } = await signedIn();
    await fillForm(user);
    await user.clear(screen.getByTestId("quantity-0"));
    screen.getByTestId("price-0").focus();
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
  });

  it("goes to the field that a rule refuses", async () => {
    const { user } = await signedIn();
    await fillForm(user);
    await user.selectOptions(screen.getByTestId("condition-0"), "used");
    await screen.findByTestId("line-problems-0");
    screen.getByTestId("price-0").focus();
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("condition-0")).toHaveFocus());
    expect(screen.queryByTestId("registered-number")).toBeNull();
  });
});

describe("the other leg of an exchange", () => {
  it("names the form it belongs to and goes the other way", async () => {
    const { user, backend } = await signedIn();
    await fillForm(user);
    await user.keyboard("{F9}");
    await screen.findByTestId("registered-number");
    await user.keyboard("{F7}");
    expect(await screen.findByTestId("exchange-of")).toHaveTextContent("MC26-000001");
    expect(screen.getByTestId("direction-export")).toHaveAttribute("aria-pressed", "true");
    const first = backend.sent.find(({ command }) => command === "declaration_register");
    await fillLine(user);
    const last = backend.sent.findLast(({ command }) => command === "declaration_preview");
    expect(last?.request).toMatchObject({
      exchange_of: (first?.request as { id: string } | undefined)?.id,
      direction: "export",
    });
  });
});

describe("a registered form", () => {
  it("makes way for the next person's scan without a key before it", async () => {
    const { user } = await signedIn();
    await fillForm(user);
    await user.keyboard("{F9}");
    await screen.findByTestId("registered-number");
    await waitFor(() => expect(screen.getByTestId("identify-box")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("registered-number")).toBeVisible();
    await user.keyboard("do thi{Enter}");
    await user.click(await screen.findByTestId("match-0"));
    expect(screen.queryByTestId("registered-number")).toBeNull();
    expect(typed()).toEqual({ goods: "", quantity: "", price: "" });
  });
});
