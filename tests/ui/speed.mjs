// From a keystroke to the decision on it on the screen, in a form of fifty lines:
//   node tests/ui/speed.mjs [keystrokes]
import { cardOf, freshResident, openBrowser, openPage } from "./browser.mjs";
import { at, decided, fillLine, identify, signIn, waitForFocus } from "./tour.mjs";

const LINES = 50;
const ROW = LINES / 2;
const keystrokes = Number(process.argv[2] ?? 200);

/** Presses nothing itself: notes when a key went down and when its decision was drawn. */
function watch(row) {
  globalThis.took_ms = [];
  let pressed = null;
  const decision = document.querySelector('[data-testid="decision"]');
  const value = () => decision.querySelector('[data-testid="decision-value"]')?.dataset.amount;
  let before = value();
  document.querySelector(`[data-testid="quantity-${row}"]`).addEventListener("keydown", () => {
    pressed = performance.now();
    before = value();
  });
  new MutationObserver(() => {
    if (pressed !== null && decision.dataset.stale === "false" && value() !== before) {
      const since = pressed;
      pressed = null;
      requestAnimationFrame(() => globalThis.took_ms.push(performance.now() - since));
    }
  }).observe(decision, { subtree: true, attributes: true, childList: true, characterData: true });
}

const desk = await openBrowser();
try {
  const page = await openPage(desk, { language: "vi", scheme: "light", width: 1366, height: 768 });
  await signIn(page);
  await identify(page, cardOf(await freshResident(desk)));
  await waitForFocus(page, "goods-0");
  await fillLine(page, 0, { goods: "61159500", quantity: "1", weight: "6", price: "5" });
  for (let row = 1; row < LINES; row += 1) {
    await page.keyboard.press("Control+d");
    await waitForFocus(page, `goods-${row}`);
  }
  await decided(page);
  await page.evaluate(watch, ROW);
  const field = at(page, `quantity-${ROW}`);
  await field.focus();
  await page.keyboard.press("End");
  for (let stroke = 0; stroke < keystrokes; stroke += 1) {
    await page.keyboard.press(stroke % 2 === 0 ? "2" : "Backspace");
    await page.waitForFunction((count) => globalThis.took_ms.length > count, stroke);
  }
  const took = (await page.evaluate(() => globalThis.took_ms)).toSorted((a, b) => a - b);
  const at_ = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1);
  process.stdout.write(`${LINES} lines: p50 ${at_(0.5)} ms, p99 ${at_(0.99)} ms of ${took.length}\n`);
} finally {
  await desk.close();
}
