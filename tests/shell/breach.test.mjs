// A breach in the real window, by keyboard, from the attempt to the decision: an officer tries to
// register goods that residents may not bring in and is refused; the supervisor signs in, sees the
// count, opens the breach, decides with a reason, and the history shows it. Each test goes on where
// the last one stopped.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  cardOf,
  freshResident,
  identify,
  ok,
  openDesk,
  picture,
  signIn,
  typeLine,
} from "./desk.mjs";
import { until } from "./webdriver.mjs";

const OFFICER = { user: "officer", password: "officer-demo" };
const CHIEF = { user: "supervisor", password: "supervisor-demo" };
/** Plastic ware that is on no list of residents' goods. */
const OFF_LIST = { goods: "39269099", quantity: "10", weight: "5", price: "8" };
const REASON = "Đã giải thích, cư dân chở hàng về";

let desk;
let screen;
let resident;

const shot = (name) => picture(screen, `breach-${name}`);
const count = async (tile) => Number((await screen.text(`tile-${tile}`)).match(/\d+/)[0]);
const focusedText = () =>
  screen.run("return document.activeElement?.closest('tr')?.innerText ?? ''");
/** What is given up by a button alone: nobody signs out by a slip of a key. */
const signOut = () =>
  screen.run(
    "[...document.querySelectorAll('header button')].find((b) => b.innerText === 'Đăng xuất').click()",
  );

before(async () => {
  desk = await openDesk();
  screen = desk.session;
});
after(() => desk?.close());

test("the counter refuses goods off the list and says that the attempt goes on record", async () => {
  await signIn(screen, OFFICER);
  resident = await freshResident(screen, OFFICER);
  await identify(screen, cardOf(resident));
  await typeLine(screen, 0, OFF_LIST);
  await screen.waitFor("breach-warning", (text) => text.includes("Hàng ngoài danh mục"));
  await shot("1-warned");
  await screen.press("F9");
  await screen.waitFor("breach-warning", (text) => text.includes("Sửa tờ khai"));
  // Pressed again it is the same attempt, once more.
  await screen.press("F9");
  const { gates } = await ok(screen, "system_status");
  const station = { gate: gates[0].code, workstation: "TEST" };
  const { token } = await ok(screen, "session_sign_in", { ...CHIEF, ...station });
  await until("both attempts on record", async () => {
    const { rows } = await ok(screen, "breach_list", { kind: "off_list" }, token);
    return rows.some(({ who, attempts }) => who === resident.name && attempts === 2);
  });
  await shot("2-refused");
  assert.equal(
    await screen.run("return document.querySelector('[data-testid=registered-number]') === null"),
    true,
    "nothing was registered",
  );
});

test("an officer has no start page and no queue of breaches", async () => {
  const tabs = await screen.run(
    "return [...document.querySelectorAll('nav [data-testid]')].map((tab) => tab.dataset.testid)",
  );
  assert.ok(!tabs.includes("nav-today") && !tabs.includes("nav-breaches"), tabs.join());
});

test("the supervisor begins with what waits, and the count leads to the breaches", async () => {
  await signOut();
  await screen.waitForFocus("user");
  await screen.type(CHIEF.user);
  await screen.press("Tab");
  await screen.waitForFocus("password");
  await screen.type(CHIEF.password);
  await screen.press("Enter");
  await screen.waitForFocus("tile-breaches");
  assert.ok((await count("breaches")) > 0);
  assert.ok((await count("off_list")) > 0);
  await shot("3-today");
  // The tile of goods off the list by arrows.
  await until("the tile of the kind", async () => {
    if ((await screen.focused()) === "tile-off_list") {
      return true;
    }
    await screen.press("ArrowDown");
    return false;
  });
  await screen.press("Enter");
  await screen.waitForFocus("breach-0");
  await shot("4-queue");
});

test("the breach is opened with the figures, the article, the person", async () => {
  assert.match(await focusedText(), new RegExp(resident.name));
  assert.match(await focusedText(), /2 lần/, "pressed twice it is one entry");
  await screen.press("Enter");
  await screen.waitFor("breach-detail", (text) => text.includes("39269099"));
  const detail = await screen.text("breach-detail");
  assert.match(detail, /Điều 6\(3\)/);
  assert.match(detail, new RegExp(resident.name));
  await shot("5-detail");
});

test("it is decided with a reason, and the history shows who and why", async () => {
  await screen.press("F9");
  await screen.waitForFocus("decision-upheld");
  await screen.press("ArrowDown");
  await screen.waitForFocus("decision-waived");
  await screen.press("Tab");
  await screen.waitForFocus("breach-reason");
  await screen.type(REASON);
  await shot("6-decision");
  await screen.press("Enter");
  await screen.waitFor("breach-state", (text) => text.includes("Bỏ qua"));
  const history = await screen.text("breach-history");
  assert.match(history, /Hoàng Thị Bích/);
  assert.ok(history.includes(REASON), history);
  await shot("7-decided");
  await screen.press("Escape");
  await screen.press("Alt+h");
  await screen.waitFor("today");
});
