// The planted day of the example in the real window, by keyboard: all eight differences are named, each
// is settled, a second person confirms where two are asked for, the day is closed and its digest shown.
// Each test goes on where the last one stopped.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ok, openDesk, picture, rpc, short } from "./desk.mjs";
import { until } from "./webdriver.mjs";

const CHIEF = { user: "supervisor", password: "supervisor-demo" };
const OFFICER = { user: "officer", password: "officer-demo" };
const GATE = "MONGCAI";
const PLANTED = [
  "cancelled_counted",
  "cash_short",
  "doubled_form",
  "late_form",
  "missing_receipt",
  "uncounted_person",
  "unreleased_form",
  "wrong_gate",
];
/** How those are settled that an entry settles. */
const BY_ENTRY = {
  cancelled_counted: "refer",
  late_form: "cumulative",
  uncounted_person: "explain",
  wrong_gate: "transfer",
  missing_receipt: "spoiled",
};

let desk;
let screen;
let day;

const shot = (name) => picture(screen, `reconcile-${name}`);
const noDialog = () =>
  screen.run("return document.querySelectorAll('[role=dialog]').length === 0");

async function token(account) {
  const station = { gate: GATE, workstation: "TEST" };
  return (await ok(screen, "session_sign_in", { ...account, ...station })).token;
}

/** The day as the program has it, past the page. */
const matched = async () =>
  ok(screen, "reconciliation_view", { gate: GATE, day }, await token(CHIEF));

/** Kinds of what nothing settles yet, or what is in one state, in order. */
async function openKinds(only) {
  const { differences } = await matched();
  const left = differences.filter(({ state }) => state === (only ?? state) && state !== "settled");
  return left.map(({ kind }) => kind).sort();
}

async function signInAs(account) {
  await screen.waitForFocus("user");
  // The gate of the planted day; a list of choices has no key of its own here.
  await screen.run(
    `const gate = document.querySelector("[data-testid=gate]");
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(gate, arguments[0]);
    gate.dispatchEvent(new Event("change", { bubbles: true }));
    return true`,
    GATE,
  );
  await screen.type(account.user);
  await screen.press("Tab");
  await screen.waitForFocus("password");
  await screen.type(account.password);
  await screen.press("Enter");
  await until("the frame", () =>
    screen.run("return document.querySelector('[data-testid=nav-reconcile]') !== null"),
  );
}

async function signOut() {
  await screen.run(
    "[...document.querySelectorAll('header button')].at(-1).click(); return true",
  );
  await screen.waitForFocus("user");
}

/** Opens the planted day by keyboard. */
async function openDay() {
  await screen.press("Alt+D");
  await screen.waitFor("check-tax");
  const [year, month, date] = day.split("-");
  const text = `${date}/${month}/${year}`;
  // On a busy machine the field may be drawn anew while it is typed into.
  await until("the planted day in its field", async () => {
    await screen.run(
      "const day = document.querySelector('[data-testid=reconcile-day-of]'); day.focus(); day.select(); return true",
    );
    await screen.type(text);
    return screen.run(
      "return document.querySelector('[data-testid=reconcile-day-of]').value === arguments[0]",
      text,
    );
  });
  await shownAsItIs();
}

/** Waits until the screen shows the day as it is by now: it is read again after what was done. */
async function shownAsItIs() {
  const left = await openKinds();
  await until("the list of what is left", async () => {
    const shown = await screen.run(
      "return [...document.querySelectorAll('[data-reconcile] [data-kind]:not([data-tone=good])')].map((tag) => tag.dataset.kind)",
    );
    return shown.sort().join() === left.join();
  });
}

/** Marks the first row of that kind which is open, or waits for a second person, with the arrow keys. */
async function mark(kind, tone = "refuse") {
  await shownAsItIs();
  await until(`${kind} to be marked`, async () => {
    const [at, marked] = await screen.run(
      `const rows = [...document.querySelectorAll("tr[data-testid^=difference-]")];
      const open = (row) => row.querySelector('[data-kind="' + arguments[0] + '"][data-tone=' + arguments[1] + "]");
      const marked = rows.indexOf(document.activeElement);
      if (marked < 0) rows[0]?.focus();
      return [rows.findIndex(open), marked]`,
      kind,
      tone,
    );
    if (at >= 0 && marked >= 0 && at !== marked) {
      await screen.press(at > marked ? "ArrowDown" : "ArrowUp");
    }
    return at >= 0 && at === marked;
  });
}

/** Settles the marked difference by an entry, all by keyboard. */
async function settle(kind) {
  await mark(kind);
  await screen.press("F6");
  const way = BY_ENTRY[kind];
  await screen.waitFor(`way-${way}`);
  await until(`the way ${way}`, async () => {
    if ((await screen.focused()) === `way-${way}`) {
      return true;
    }
    await screen.press("ArrowDown");
    return false;
  });
  await screen.press("Tab");
  await screen.waitForFocus("settle-reason");
  await screen.type("Đã kiểm tra tại chỗ");
  await screen.press("Tab");
  await screen.press("Tab");
  await screen.waitForFocus("settle-do");
  await screen.press("Enter");
  await until("the dialog to close", noDialog);
}

before(async () => {
  desk = await openDesk();
  screen = desk.session;
});
after(() => desk?.close());

test("the planted day names all eight differences with what stands behind them", async () => {
  const { today } = await ok(screen, "system_status");
  const before = new Date(`${today}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  day = before.toISOString().slice(0, 10);
  await signInAs(CHIEF);
  await openDay();
  const shown = await until("eight rows", async () => {
    const rows = await screen.run(
      "return [...document.querySelectorAll('[data-reconcile] tbody tr [data-kind]')].map((tag) => tag.dataset.kind)",
    );
    return rows.length === PLANTED.length && rows;
  });
  assert.deepEqual(shown.toSorted(), PLANTED);
  for (const column of ["money", "barrier"]) {
    const differs = await screen.run(
      "return document.querySelector(`[data-testid=column-${arguments[0]}]`).hasAttribute('data-differs')",
      column,
    );
    assert.ok(differs, `${column} differs`);
  }
  await mark("unreleased_form");
  await screen.waitFor("difference-detail", (text) => /\/XK\/Q09-000001/.test(text));
  await shot("1-planted");
});

test("its close is refused with every difference", async () => {
  const { error } = await rpc(screen, "day_close", { gate: GATE, day }, await token(CHIEF));
  const codes = error.violations.map(({ code }) => code);
  assert.equal(codes.filter((code) => code === "day_has_differences").length, PLANTED.length);
  assert.ok(codes.includes("day_has_open_forms"));
  await screen.press("F9");
  await screen.waitFor("close", (text) => text.includes("Chưa khóa sổ được"));
  await shot("2-refused");
  await screen.press("Escape");
  await until("the dialog to close", noDialog);
});

test("the form that passed is released, the one made twice is cancelled, by the officer", async () => {
  await signOut();
  await signInAs(OFFICER);
  await openDay();
  await mark("unreleased_form");
  await screen.press("F8");
  await screen.waitFor("mark-supervision");
  // A form that owes nothing is released without a question.
  await screen.press("F9");
  await until("the release", async () => !(await openKinds()).includes("unreleased_form"));
  const { differences } = await matched();
  const twice = differences.find(({ kind }) => kind === "doubled_form").forms.at(-1);
  await openDay();
  await mark("doubled_form");
  await screen.press("F8");
  await screen.waitFor("list-row-0", (text) => text.includes(short(twice.number)));
  const cancel = { id: twice.id, reason: "Lập trùng" };
  await ok(screen, "declaration_cancel", cancel, await token(OFFICER));
  await until("the cancellation", async () => !(await openKinds()).includes("doubled_form"));
});

test("the short drawer is acknowledged by the supervisor", async () => {
  await signOut();
  await signInAs(CHIEF);
  await openDay();
  await mark("cash_short");
  await screen.press("F4");
  await screen.waitFor("cash-view-sessions");
  const { differences } = await matched();
  const { session } = differences.find(({ kind }) => kind === "cash_short");
  await until("the drawer that is short", async () => {
    const text = await screen.run(
      "return document.querySelector('[data-cash] tr[aria-selected=true]')?.innerText ?? ''",
    );
    if (/lệch|chênh/iu.test(text)) {
      return true;
    }
    await screen.press("ArrowDown");
    return false;
  });
  await screen.press("F6");
  await until("the dialog", async () => !(await noDialog()));
  await screen.press("Enter");
  await until(`${session.cashier}'s count to be seen`, async () =>
    !(await openKinds()).includes("cash_short"),
  );
});

test("the others are settled by entries with a reason", async () => {
  await openDay();
  for (const kind of ["cancelled_counted", "uncounted_person", "wrong_gate"]) {
    await settle(kind);
  }
  // What was released today became late by that.
  while ((await openKinds("open")).includes("late_form")) {
    await settle("late_form");
  }
  await settle("missing_receipt");
  assert.deepEqual(await openKinds("open"), []);
  assert.deepEqual(await openKinds("pending"), ["missing_receipt"]);
  await shot("3-waits");
});

test("two are asked for what is pending and for the close: the officer confirms", async () => {
  await mark("missing_receipt", "warm");
  await screen.waitFor("settlement", (text) => text.includes("người thứ hai"));
  const { differences } = await matched();
  const waits = differences.find(({ kind }) => kind === "missing_receipt").settlement;
  const own = { id: waits.id, confirm: true };
  const { error } = await rpc(screen, "settlement_answer", own, await token(CHIEF));
  assert.equal(error.violations[0].code, "own_settlement");
  await signOut();
  await signInAs(OFFICER);
  await openDay();
  for (const kind of await openKinds("pending")) {
    await mark(kind, "warm");
    await screen.press("F3");
    await screen.waitForFocus("second-answer-yes");
    await screen.press("Enter");
    await until("the dialog to close", noDialog);
  }
  assert.deepEqual(await openKinds(), []);
  await shownAsItIs();
  await screen.press("F9");
  await screen.waitForFocus("close-do");
  await screen.press("Enter");
  await screen.waitForFocus("closed-do");
  await shot("4-proposed");
  await screen.press("Enter");
});

test("the supervisor confirms the close and sees the digest", async () => {
  await signOut();
  await signInAs(CHIEF);
  await openDay();
  await screen.waitFor("close-waits");
  await screen.press("F9");
  await screen.waitForFocus("second-answer-yes");
  await screen.press("Enter");
  const digest = (await screen.waitFor("close-digest")).trim();
  assert.match(digest, /^[0-9a-f]{64}$/);
  await screen.press("Enter");
  await screen.waitFor("day-digest", (text) => text.includes(digest));
  const { state, closed } = await matched();
  assert.deepEqual([state, closed.digest], ["closed", digest]);
  await shot("5-closed");
});
