import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "./App";
import type { CommandName } from "./api/bindings";
import { chooseLanguage } from "./i18n";
import { awayView, FakeHub, hubView, memberView } from "./testing/fake-hub";
import { backendThat, type Override, renderScreen } from "./testing/render";

type Overrides = { [K in CommandName]?: Override<K> | (() => Override<K>) };

const POLL_MS = 5_000;

// The page's own pauses pass by the tests' word; what is typed goes on meanwhile.
beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

async function signedIn(hub: FakeHub, overrides: Overrides = {}, user = "lan") {
  const backend = backendThat(overrides, hub);
  const drawn = renderScreen(<App />, backend);
  await drawn.user.click(await screen.findByText(user));
  await drawn.user.click(screen.getByTestId("sign-in"));
  await screen.findByTestId("lock");
  const times = (name: CommandName) =>
    backend.sent.filter(({ command }) => command === name).length;
  await waitFor(() => expect(times("hub_status")).toBe(1));
  /** Lets the page ask once more. */
  const poll = async () => {
    const before = times("hub_status");
    await act(() => vi.advanceTimersByTimeAsync(POLL_MS));
    await waitFor(() => expect(times("hub_status")).toBeGreaterThan(before));
  };
  return { ...drawn, backend, times, poll, hub };
}

describe("a workstation that stands alone", () => {
  it("is shown nothing of a hub, and is not asked again", async () => {
    const { user, times } = await signedIn(new FakeHub());
    await act(() => vi.advanceTimersByTimeAsync(3 * POLL_MS));
    expect(times("hub_status")).toBe(1);
    expect(screen.queryByTestId("hub-state")).toBeNull();
    expect(screen.queryByTestId("hub-change")).toBeNull();
    await user.keyboard("{Alt>}m{/Alt}");
    expect(screen.queryByTestId("hub-window")).toBeNull();
    await user.keyboard("{F1}");
    expect(await screen.findByText("Alt+1")).toBeVisible();
    expect(screen.queryByText("Alt+M")).toBeNull();
  });
});

describe("the state on the bar", () => {
  it.each([
    ["sent", hubView(), "Máy chủ chung: đã kết nối, đã gửi hết"],
    ["waiting", hubView({ unsent: 1234 }), "Máy chủ chung · 1.234 chờ gửi"],
    ["away", awayView(), "Tạm thời · 3 chưa gửi"],
  ])("says in words and by shape that it is %s", async (standing, view, words) => {
    await signedIn(new FakeHub(view));
    const state = await screen.findByTestId("hub-state");
    expect(state).toHaveAccessibleName(words);
    expect(state.querySelector("i")).toHaveAttribute("data-standing", standing);
  });

  it.each([
    ["en", "Provisional · 3 unsent"],
    ["zh", "暂定 · 3 条未发"],
  ] as const)("is written in %s too", async (language, words) => {
    await chooseLanguage(language);
    await signedIn(new FakeHub(awayView()));
    expect(await screen.findByTestId("hub-state")).toHaveTextContent(words);
  });

  it("is told to screen readers when the hub goes or comes, not at each question", async () => {
    const { hub, poll } = await signedIn(new FakeHub(hubView()));
    const change = await screen.findByTestId("hub-change");
    expect(change).toHaveAttribute("role", "status");
    const told: string[] = [];
    const watch = new MutationObserver(() => told.push(change.textContent ?? ""));
    watch.observe(change, { childList: true, characterData: true, subtree: true });
    hub.stand(hubView({ unsent: 2 }));
    await poll();
    await waitFor(() => expect(screen.getByTestId("hub-state")).toHaveTextContent("2 chờ gửi"));
    hub.stand(awayView({ unsent: 4 }));
    await poll();
    await waitFor(() => expect(screen.getByTestId("hub-state")).toHaveTextContent("4 chưa gửi"));
    hub.stand(awayView({ unsent: 5 }));
    await poll();
    await waitFor(() => expect(screen.getByTestId("hub-state")).toHaveTextContent("5 chưa gửi"));
    watch.disconnect();
    expect(told).toEqual(["Chưa kết nối được máy chủ chung: đăng ký lúc này là tạm thời."]);
  });

  it("is not asked for while the station is locked", async () => {
    const { user, times, poll } = await signedIn(new FakeHub(hubView()));
    await poll();
    await user.click(screen.getByTestId("lock"));
    await screen.findByTestId("unlock-password");
    const before = times("hub_status");
    await act(() => vi.advanceTimersByTimeAsync(3 * POLL_MS));
    expect(times("hub_status")).toBe(before);
    await user.type(screen.getByTestId("unlock-password"), "demo-1234{Enter}");
    await waitFor(() => expect(times("hub_status")).toBe(before + 1));
  });

  it("is not asked for once nobody is signed in", async () => {
    const { user, times } = await signedIn(new FakeHub(hubView()));
    await user.click(screen.getByText("Đăng xuất"));
    await screen.findByTestId("sign-in");
    const before = times("hub_status");
    await act(() => vi.advanceTimersByTimeAsync(3 * POLL_MS));
    expect(times("hub_status")).toBe(before);
  });
});

describe("what came from the hub", () => {
  it("marks what the page holds as out of date, only when there is news", async () => {
    const { user, hub, times, poll } = await signedIn(new FakeHub(hubView({ position: 40 })));
    await user.keyboard("{Alt>}2{/Alt}");
    const filter = await screen.findByTestId("list-filter");
    await user.type(filter, "nguyen");
    await waitFor(() => expect(times("declaration_list")).toBe(2));
    hub.stand(hubView({ position: 40, unsent: 1 }));
    await poll();
    hub.stand(awayView({ position: 40 }));
    await poll();
    expect(times("declaration_list")).toBe(2);
    hub.stand(hubView({ position: 41 }));
    await poll();
    await waitFor(() => expect(times("declaration_list")).toBe(3));
    // What is typed, and where, stays.
    expect(filter).toHaveValue("nguyen");
    expect(filter).toHaveFocus();
    await poll();
    expect(times("declaration_list")).toBe(3);
  });

  it("is found after a lock as well", async () => {
    const { user, hub, times } = await signedIn(new FakeHub(hubView({ position: 40 })));
    await user.keyboard("{Alt>}2{/Alt}");
    await waitFor(() => expect(times("declaration_list")).toBe(1));
    await user.click(screen.getByTestId("lock"));
    await screen.findByTestId("unlock-password");
    hub.stand(hubView({ position: 44 }));
    await user.type(screen.getByTestId("unlock-password"), "demo-1234{Enter}");
    await waitFor(() => expect(times("declaration_list")).toBe(2));
  });

  it("opens no form again by itself: a look at one is a record and would be news", async () => {
    const { user, hub, times, poll, queries } = await signedIn(new FakeHub(hubView()));
    await register(user);
    await waitFor(() => expect(times("declaration_view")).toBe(1));
    hub.stand(hubView({ position: 41 }));
    await poll();
    const [opened] = queries.getQueryCache().findAll({ queryKey: ["declaration_view"] });
    await waitFor(() => expect(opened?.state.isInvalidated).toBe(true));
    expect(times("declaration_view")).toBe(1);
  });
});

describe("a form opened beside its list", () => {
  it("is read again once when another counter had it in hand, and not for other news", async () => {
    const { user, hub, times, poll, backend } = await signedIn(new FakeHub(hubView()));
    await register(user);
    const { request } =
      backend.sent.find(({ command }) => command === "declaration_register") ?? {};
    const { id } = request as { id: string };
    await user.keyboard("{Alt>}2{/Alt}");
    await user.click(await screen.findByTestId("list-row-0"));
    // At the counter, which stays as it was, and beside the list.
    await waitFor(() => expect(screen.getAllByTestId("take-release")).toHaveLength(2));
    const before = times("declaration_view");
    hub.stand(hubView({ position: 41 }));
    await poll();
    await waitFor(() => expect(times("declaration_list")).toBe(2));
    expect(times("declaration_view")).toBe(before);
    const step = { id, step: { step: "release" } };
    await backend.send(JSON.stringify({ command: "declaration_step", request: step }));
    hub.stand(hubView({ position: 42 }));
    await poll();
    await waitFor(() => expect(times("declaration_view")).toBe(before + 1));
    await waitFor(() => expect(screen.queryAllByTestId("take-release")).toEqual([]));
    hub.stand(hubView({ position: 43 }));
    await poll();
    await waitFor(() => expect(times("declaration_list")).toBe(4));
    expect(times("declaration_view")).toBe(before + 1);
  });
});

/** Registers one purchase at the counter by keyboard. */
async function register(user: ReturnType<typeof renderScreen>["user"]) {
  await typeForm(user);
  await user.keyboard("{F9}");
  await screen.findByTestId("registered-number");
}

async function typeForm(user: ReturnType<typeof renderScreen>["user"]) {
  await user.type(screen.getByTestId("identify-box"), "nguyen thi{Enter}");
  await user.click(await screen.findByTestId("match-0"));
  await user.type(await screen.findByTestId("goods-0"), "ao");
  await screen.findByText("Áo phông dệt kim");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
  await user.type(screen.getByTestId("quantity-0"), "1");
  await user.type(screen.getByTestId("price-0"), "50");
  await waitFor(() => expect(screen.getByTestId("register")).toBeEnabled());
}

describe("the counter", () => {
  it("says before and after registering that a grant without the hub is provisional", async () => {
    const { user } = await signedIn(new FakeHub(awayView()));
    await screen.findByTestId("hub-state");
    await typeForm(user);
    expect(screen.getByTestId("decision-provisional")).toHaveTextContent(
      "Mất kết nối: miễn thuế là tạm thời.",
    );
    await user.keyboard("{F9}");
    const number = await screen.findByTestId("registered-number");
    const note = screen.getByTestId("registered-provisional");
    expect(note).toHaveTextContent("sẽ được kiểm tra lại khi có mạng");
    expect(number.nextElementSibling).toBe(note);
  });

  it("says so of a form whose other leg alone is provisional", async () => {
    const leg = { number: "MC26-000001", status: "registered", violations: [], lines: [] };
    const amounts = { total_due_vnd: "0", trips_used: 1, provisional: false };
    const final = { ...leg, ...amounts, id: "a" };
    const legs = { out: { ...final, provisional: true }, back: final, difference_vnd: "0" };
    const { user } = await signedIn(new FakeHub(hubView()), {
      exchange_register: { ok: legs as never },
    });
    await typeForm(user);
    await user.keyboard("{F7}");
    await user.keyboard("{F4}");
    await user.type(await screen.findByTestId("goods-0"), "ao");
    await screen.findByText("Áo phông dệt kim");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("quantity-0")).toHaveFocus());
    await user.type(screen.getByTestId("quantity-0"), "1");
    await user.type(screen.getByTestId("price-0"), "50");
    await waitFor(() => expect(screen.getByTestId("register")).toBeEnabled());
    await user.keyboard("{F9}");
    await screen.findByTestId("registered-other");
    expect(screen.getByTestId("registered-provisional")).toBeVisible();
  });

  it.each([
    ["in reach", hubView({ unsent: 2 })],
    ["alone", undefined],
  ])("says nothing of it %s", async (_, view) => {
    const { user } = await signedIn(new FakeHub(view));
    await typeForm(user);
    expect(screen.queryByTestId("decision-provisional")).toBeNull();
    await user.keyboard("{F9}");
    await screen.findByTestId("registered-number");
    expect(screen.queryByTestId("registered-provisional")).toBeNull();
  });
});

describe("the window about the hub", () => {
  const open = async (user: ReturnType<typeof renderScreen>["user"]) => {
    await screen.findByTestId("hub-state");
    await user.keyboard("{Alt>}m{/Alt}");
    const window = await screen.findByTestId("hub-window");
    await waitFor(() => expect(screen.getByTestId("hub-sync")).toHaveFocus());
    return window;
  };

  it("is opened, used and left by keyboard, and gives the focus back", async () => {
    const hub = new FakeHub(hubView({ unsent: 7, clock_offset_ms: 3_000 }));
    const { user, times } = await signedIn(hub);
    expect(screen.getByTestId("identify-box")).toHaveFocus();
    await open(user);
    expect(screen.getByTestId("hub-link")).toHaveTextContent("Đã kết nối");
    expect(screen.getByTestId("hub-met")).toHaveTextContent("09:00 24/11/2026");
    expect(screen.getByTestId("hub-waiting")).toHaveTextContent("7 bản ghi");
    expect(screen.getByTestId("hub-clock")).toHaveTextContent("chậm 3 giây");
    expect(screen.getByTestId("hub-clock").querySelector("[data-wrong]")).toBeNull();
    expect(screen.queryByTestId("hub-trouble")).toBeNull();
    await user.keyboard("{Enter}");
    const result = screen.getByTestId("hub-result");
    expect(result).toHaveAttribute("role", "status");
    await waitFor(() => expect(result).toHaveTextContent("Đã đồng bộ xong"));
    expect(screen.getByTestId("hub-waiting")).toHaveTextContent("đã gửi hết");
    await waitFor(() => expect(screen.getByTestId("hub-sync")).toHaveFocus());
    await user.keyboard("{F5}");
    await waitFor(() => expect(times("hub_sync")).toBe(2));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("hub-window")).toBeNull());
    await waitFor(() => expect(screen.getByTestId("identify-box")).toHaveFocus());
  });

  it("is opened by a click on the state", async () => {
    const { user } = await signedIn(new FakeHub(hubView()));
    await user.click(await screen.findByTestId("hub-state"));
    expect(await screen.findByTestId("hub-window")).toBeVisible();
  });

  it("waits for one exchange at a time, and says that it does", async () => {
    const { user, backend, times } = await signedIn(new FakeHub(hubView({ unsent: 1 })));
    const send = backend.send.bind(backend);
    let release = () => {};
    backend.send = async (text) => {
      if (text.includes('"hub_sync"')) {
        await new Promise<void>((go) => {
          release = go;
        });
      }
      return send(text);
    };
    await open(user);
    await user.keyboard("{F5}");
    await waitFor(() => expect(screen.getByTestId("hub-result")).toHaveTextContent("Đang đồng bộ"));
    const first = release;
    await user.keyboard("{F5}");
    expect(release).toBe(first);
    first();
    await waitFor(() => expect(screen.getByTestId("hub-result")).toHaveTextContent("xong"));
    expect(times("hub_sync")).toBe(1);
  });

  it("says in full what keeps us from it, and warns of a clock a minute off", async () => {
    const { user } = await signedIn(new FakeHub(awayView({ clock_offset_ms: -60_000 })));
    await open(user);
    expect(screen.getByTestId("hub-link")).toHaveTextContent("Chưa kết nối được");
    expect(screen.getByTestId("hub-trouble")).toHaveTextContent("hãy báo người quản trị mạng");
    const clock = screen.getByTestId("hub-clock");
    expect(clock).toHaveTextContent("nhanh 60 giây. Hãy chỉnh lại giờ của máy này");
    expect(clock.querySelector("[data-wrong]")).not.toBeNull();
    await user.keyboard("{F5}");
    await waitFor(() =>
      expect(screen.getByTestId("hub-result")).toHaveTextContent("Chưa đồng bộ được, 3 bản ghi"),
    );
  });

  it("shows the workstations with trouble first, our own marked", async () => {
    const seen = new Date().toISOString();
    const members = [
      memberView({ series: "a", name: "QUAY-01", own: true, seen }),
      memberView({ series: "b", name: "QUAY-02", seen, version: "0.0.9", unsent: 2, behind: 9 }),
      memberView({ series: "c", name: "QUAY-03", lost: true }),
    ];
    const { user } = await signedIn(new FakeHub(hubView()), { hub_members: { ok: members } });
    const window = await open(user);
    const rows = () => within(window).getAllByRole("row").slice(1);
    await waitFor(() => expect(rows()).toHaveLength(3));
    const [lost, other, own] = rows();
    expect(lost).toHaveTextContent(/QUAY-03 đã báo mất.*ngày trước 09:00 24\/11\/2026/);
    expect(other).toHaveTextContent(/QUAY-02.*vừa xong.*0\.0\.9 khác máy này1\.20429đúng giờ/);
    expect(own).toHaveTextContent(/QUAY-01 máy này/);
    expect(own).not.toHaveTextContent("khác máy này");
    lost?.focus();
    await user.keyboard("{ArrowDown}");
    expect(other).toHaveFocus();
  });

  it("says in the table's place why there is none", async () => {
    const error = { code: "unreached", message: "Máy chủ không trả lời.", violations: [] } as const;
    const { user } = await signedIn(new FakeHub(hubView()), {
      hub_members: { error: { ...error, violations: [] } },
    });
    await open(user);
    const place = await screen.findByTestId("hub-members-problem");
    expect(place).toHaveTextContent("Máy chủ không trả lời.");
    expect(screen.getByTestId("hub-link")).toHaveTextContent("Đã kết nối");
  });

  it("does not say twice what keeps us from the hub", async () => {
    const { user } = await signedIn(new FakeHub(awayView()));
    await open(user);
    await screen.findByTestId("hub-members-problem");
    expect(screen.getAllByText(/hãy báo người quản trị mạng/)).toHaveLength(1);
  });

  it("has no table for whoever may not ask for it", async () => {
    const { user, times } = await signedIn(new FakeHub(hubView()), {}, "minh");
    await open(user);
    expect(within(screen.getByTestId("hub-window")).queryByRole("table")).toBeNull();
    expect(times("hub_members")).toBe(0);
  });
});
