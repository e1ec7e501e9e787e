// A day at the counter in the real window, by keyboard alone: what an officer does with one
// resident, from the scan to the cancelled form. Each test goes on where the last one stopped.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  cardOf,
  freshResident,
  identify,
  money,
  openDesk,
  picture,
  register,
  short,
  typeLine,
} from "./desk.mjs";
import { until } from "./webdriver.mjs";

const OFFICER = { user: "officer", password: "officer-demo" };

/** Three purchases worth more than the quota of one day; prices in CNY, one needs a certificate. */
const LINES = [
  { goods: "61159500", quantity: "100", weight: "6", price: "5" },
  { goods: "39241099", quantity: "40", weight: "12", price: "8" },
  { goods: "tao", hs: "08081000", quantity: "50", weight: "50", price: "8", certificate: "KDTV-0001" },
];

/** What the scanner sends for a card: an invented person who is not in the example. */
const STRANGER = "022185004321||NGUYỄN THỊ HOA|12031985|Nữ|Thôn 1, Hoành Mô, Quảng Ninh|15042021";

let desk;
let screen;
let resident;
let number;

const shot = (name) => picture(screen, `day-${name}`);

before(async () => {
  desk = await openDesk();
  screen = desk.session;
});
after(() => desk?.close());

test("the officer signs in", async () => {
  await screen.waitForFocus("user");
  await screen.type(OFFICER.user);
  await screen.press("Tab");
  await screen.waitForFocus("password");
  await screen.type(OFFICER.password);
  await shot("1-sign-in");
  await screen.press("Enter");
  await screen.waitForFocus("identify-box");
  resident = await freshResident(screen, OFFICER);
});

test("a card nobody knows opens the form of a new resident, filled from the scan", async () => {
  await identify(screen, STRANGER);
  await screen.waitFor("person-name", (text) => /^NGUYỄN THỊ HOA$/iu.test(text));
  assert.equal(await screen.text("paper-number-0"), STRANGER.slice(0, 12));
  await shot("2-new-resident");
  await screen.press("Escape");
  await screen.waitForFocus("identify-box");
  assert.equal(await screen.text("identify-box"), STRANGER, "what was scanned stays to be seen");
});

test("the card of a known resident shows the quota at once", async () => {
  await identify(screen, cardOf(resident));
  const left = money(await screen.waitFor("quota-left"));
  assert.equal(left, Number(resident.quota.left_today_vnd));
  await shot("3-identified");
});

test("three lines over the quota are parted into exempt and excess, and taxed", async () => {
  for (const [row, line] of LINES.entries()) {
    await typeLine(screen, row, line);
  }
  const excess = money(await screen.waitFor("decision-excess", (text) => money(text) > 2_000_000));
  assert.equal(money(await screen.text("decision-exempt")), Number(resident.quota.left_today_vnd));
  const due = money(await screen.text("decision-total"));
  assert.ok(due > 0 && due < excess, `${due} due on an excess of ${excess}`);
  await screen.press("Escape"); // closes the list of what this person usually buys
  await shot("4-decided");
});

test("F9 registers the form and F8 shows it for printing", async () => {
  number = await register(screen);
  await shot("5-registered");
  await screen.press("F8");
  await until("the printed form", () =>
    screen.run(
      "return [...document.querySelectorAll('[role=dialog]')].some(d => d.innerText.includes(arguments[0]))",
      number,
    ),
  );
  await shot("6-preview");
  await screen.press("Escape");
});

test("the form is in today's list, and is cancelled with a reason", async () => {
  await screen.press("Alt+2");
  await screen.waitFor("list-filter");
  await screen.press("F2");
  await screen.waitForFocus("list-filter");
  await screen.type(number);
  await screen.waitFor("list-row-0", (text) => text.includes(short(number)));
  await shot("7-list");
  await screen.press("ArrowDown");
  await screen.press("F7");
  await screen.waitForFocus("cancel-reason");
  await screen.type("Người khai xin hủy, chưa lấy hàng");
  await shot("8-cancel");
  await screen.press("Enter");
  await screen.waitFor("list-row-0", (text) => /hủy/iu.test(text));
  await shot("9-cancelled");
});

test("the quota of the resident is whole again", async () => {
  await screen.press("Alt+1");
  await screen.press("Escape");
  await identify(screen, cardOf(resident));
  await screen.waitFor("quota-left", (text) => money(text) === Number(resident.quota.left_today_vnd));
  await shot("10-quota-back");
});
