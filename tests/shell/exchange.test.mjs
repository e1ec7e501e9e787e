// The whole life of an exchange in the real window, by keyboard alone: goods out against goods in,
// both decided, registered in one go, released from the queue. Each test goes on where the last one
// stopped.
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
  signIn,
  typeLine,
} from "./desk.mjs";

const OFFICER = { user: "officer", password: "officer-demo" };
/** A neighbour of the other side, with the check character of the Chinese identity number. */
const COUNTERPART = { name: "Wei Lan", number: "450602198501010019" };
/** Worth 250 and 240 yuan. */
const BACK = { goods: "61159500", quantity: "50", weight: "3", price: "5" };
const OUT = { goods: "39241099", quantity: "30", weight: "9", price: "8" };

let desk;
let screen;
/** Numbers of the two forms: as first shown, and the other leg. */
const numbers = [];

const shot = (name) => picture(screen, `exchange-${name}`);

before(async () => {
  desk = await openDesk();
  screen = desk.session;
});
after(() => desk?.close());

test("goods in and goods out are typed on one screen, with the counterpart", async () => {
  await signIn(screen, OFFICER);
  await identify(screen, cardOf(await freshResident(screen, OFFICER)));
  await screen.waitForFocus("goods-0");
  await screen.press("F7");
  await screen.waitFor("exchange-values");
  await typeLine(screen, 0, BACK);
  await screen.waitFor("decision-total");
  await screen.press("F4");
  await screen.waitForFocus("goods-0");
  await typeLine(screen, 0, OUT);
  await screen.press("F3");
  await screen.waitForFocus("counterpart-name");
  await screen.type(COUNTERPART.name);
  for (const field of ["counterpart-kind", "counterpart-number"]) {
    await screen.press("Tab");
    await screen.waitForFocus(field);
  }
  await screen.type(COUNTERPART.number);
  const values = await screen.waitFor("exchange-values", (text) => !text.includes("…"));
  const [out, back] = values.split("·").map(money);
  assert.ok(out > 0 && back > out, `both values are shown: ${values}`);
  await shot("1-both-legs");
});

test("F9 registers both forms, linked", async () => {
  numbers.push(await register(screen));
  const other = await screen.waitFor("registered-other");
  numbers.push(other.match(/\S+\/\d{4}\/(?:NK|XK)\/\S+?-\d{6}/)[0]);
  const ways = numbers.map((number) => number.split("/")[2]).toSorted();
  assert.deepEqual(ways, ["NK", "XK"]);
  await shot("2-registered");
});

test("each form says which one it was exchanged for, and is released", async () => {
  for (const [at, number] of numbers.entries()) {
    // Opened anew, the list has an empty filter.
    await screen.press("Alt+1");
    await screen.press("Alt+2");
    await screen.waitFor("list-filter");
    await screen.press("F2");
    await screen.waitForFocus("list-filter");
    await screen.type(number);
    await screen.waitFor("list-row-0", (text) => text.includes(short(number)));
    await screen.press("ArrowDown");
    await screen.waitForFocus("list-row-0");
    const leg = await screen.waitFor("exchange-leg");
    assert.ok(leg.includes(numbers[1 - at]), leg);
    await shot(`3-leg-${at + 1}`);
    // Nothing is due on either leg: it is released without a question.
    await screen.press("F9");
    await screen.waitFor("list-row-0", (text) => /thông quan/iu.test(text));
  }
  await shot("4-released");
});
