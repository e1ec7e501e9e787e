// The counter by keyboard alone: the order of its fields, and that nothing typed is lost.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { cardOf, freshResident, OFFICER, openBrowser, openPage } from "./browser.mjs";
import { at, decided, fillLine, focused, identify, pickGoods, signIn, waitForFocus } from "./tour.mjs";

const APPLES = { goods: "08081000", quantity: "50", weight: "50", price: "8", certificate: "KD-1" };
const SOCKS = { goods: "61159500", quantity: "100", weight: "6", price: "5" };

let desk;
let page;
before(async () => {
  desk = await openBrowser();
});
after(() => desk?.close());

beforeEach(async () => {
  page = await openPage(desk, { language: "vi", scheme: "light", width: 1366, height: 768 });
  await signIn(page);
});
afterEach(() => page.context().close());

/** Scans a resident of the example; the focus is then in the first goods field. */
async function serve() {
  const resident = await freshResident(desk);
  await identify(page, cardOf(resident));
  await waitForFocus(page, "goods-0");
  return resident;
}

/** Where the focus goes on pressing `key` again and again, until it leaves the counter. */
async function walk(key, steps) {
  const seen = [await focused(page)];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(key);
    seen.push(await focused(page));
  }
  return seen;
}

const LINE = ["goods", "quantity", "unit", "weight", "price", "currency", "origin", "condition"];

test("Enter leads through the fields of a line in the order of a form, then to the next line", async () => {
  await serve();
  await pickGoods(page, 0, SOCKS.goods);
  const order = [...LINE.slice(1).map((field) => `${field}-0`), "goods-1"];
  assert.deepEqual(await walk("Enter", order.length - 1), order);
});

test("Enter stops at the certificate where the goods need one", async () => {
  await serve();
  await pickGoods(page, 0, APPLES.goods);
  const order = [...LINE.slice(1), "certificate"].map((field) => `${field}-0`);
  assert.deepEqual(await walk("Enter", order.length - 1), order);
});

test("Enter in a blank last line leads to the button that registers", async () => {
  await serve();
  await fillLine(page, 0, SOCKS);
  await decided(page);
  await page.keyboard.press("Control+Enter");
  await waitForFocus(page, "goods-1");
  await page.keyboard.press("Enter");
  await waitForFocus(page, "register");
});

test("Tab visits every field of the line and the button, and Shift+Tab the way back", async () => {
  await serve();
  await fillLine(page, 0, SOCKS);
  await decided(page);
  await at(page, "goods-0").focus();
  const there = await walk("Tab", LINE.length);
  assert.deepEqual(there, [...LINE.map((field) => `${field}-0`), "register"]);
  assert.deepEqual(await walk("Shift+Tab", LINE.length), there.toReversed());
});

test("one key repeats a line, one removes it and one brings it back", async () => {
  await serve();
  await fillLine(page, 0, SOCKS);
  await page.keyboard.press("Control+d");
  await waitForFocus(page, "goods-1");
  assert.equal(await at(page, "quantity-1").inputValue(), SOCKS.quantity);
  await page.keyboard.press("Control+Delete");
  await at(page, "goods-1").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await at(page, "goods-1").waitFor();
  assert.equal(await at(page, "price-1").inputValue(), SOCKS.price);
});

test("F6 takes the order that costs less, and the total follows", async () => {
  await serve();
  await fillLine(page, 0, { ...APPLES, quantity: "200" });
  await page.keyboard.press("Control+Enter");
  await waitForFocus(page, "goods-1");
  await fillLine(page, 1, SOCKS);
  await at(page, "savings").waitFor();
  await decided(page);
  const due = () => at(page, "decision-total").getAttribute("data-amount");
  const entered = Number(await due());
  await page.keyboard.press("F6");
  await page.waitForFunction(
    (before) =>
      document.querySelector('[data-testid="decision-total"]')?.dataset.amount !== String(before),
    entered,
  );
  assert.ok(Number(await due()) < entered);
});

test("a locked station keeps what was typed, and answers no key until it is opened", async () => {
  await serve();
  await fillLine(page, 0, SOCKS);
  await decided(page);
  await at(page, "lock").click();
  await waitForFocus(page, "unlock-password");
  await page.keyboard.press("F9");
  await page.keyboard.press("Alt+2");
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() =>
      document.activeElement?.matches("body, [data-cover] *") ? null : document.activeElement?.outerHTML,
    );
    assert.equal(outside, null, "Tab left the lock");
  }
  await at(page, "unlock-password").focus();
  await page.keyboard.type(OFFICER.password);
  await page.keyboard.press("Enter");
  await at(page, "unlock-password").waitFor({ state: "detached" });
  assert.equal(await at(page, "registered-number").count(), 0);
  assert.equal(await at(page, "quantity-0").inputValue(), SOCKS.quantity);
  assert.equal(await at(page, "list-filter").count(), 0);
});

test("a look at another screen gives the focus back where it was", async () => {
  await serve();
  await fillLine(page, 0, SOCKS);
  await at(page, "weight-0").focus();
  await page.keyboard.press("Alt+4");
  await at(page, "report-day").focus();
  await page.keyboard.press("Alt+1");
  await waitForFocus(page, "weight-0");
});

test("nobody at the station locks it, and an open window behind the lock is dead", async () => {
  await page.clock.install();
  await serve();
  await fillLine(page, 0, SOCKS);
  await decided(page);
  await page.keyboard.press("F9");
  await at(page, "registered-number").waitFor();
  await page.keyboard.press("F8");
  await at(page, "print-preview").waitFor();
  await page.clock.fastForward(1_000_000);
  await waitForFocus(page, "unlock-password");
  await page.keyboard.press("Escape");
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    assert.equal(await page.locator('[data-testid="print-preview"] :focus').count(), 0);
  }
  await at(page, "unlock-password").fill(OFFICER.password);
  await page.keyboard.press("Enter");
  await at(page, "unlock-password").waitFor({ state: "detached" });
  assert.equal(await at(page, "print-preview").count(), 1, "Escape was not heard behind the lock");
});

test("the button that registers and the amounts stand still while lines are typed", async () => {
  await serve();
  const place = async () => {
    const [total, button] = await Promise.all([
      page.getByText("Tổng phải nộp").boundingBox(),
      at(page, "register").boundingBox(),
    ]);
    return { total: total.y, button: button.y, left: (await at(page, "quota-left").boundingBox()).y };
  };
  const before = await place();
  await fillLine(page, 0, { ...APPLES, quantity: "900" });
  await decided(page);
  assert.deepEqual(await place(), before);
});
