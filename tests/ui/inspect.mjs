// What must hold on every screen: nothing cut off, nothing unworded, nothing out of reach.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AXE } from "./browser.mjs";

const AXE_SOURCE = readFileSync(AXE, "utf8");
const WORDS = JSON.parse(readFileSync(new URL("../../ui/src/i18n/vi.json", import.meta.url), "utf8"));
const PARTS = new Set(Object.keys(WORDS));
/** Whether a word is a key of the dictionary: what i18next shows where a word is missing. */
const isKey = (word) => /^[a-z]+\.\w+$/i.test(word) && PARTS.has(word.split(".")[0]);

/** Texts that do not fit where they stand. Dots at the end are allowed where a title tells all. */
function cutOff() {
  const pen = document.createElement("canvas").getContext("2d");
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.textContent.trim() !== "" &&
    element.closest("[class*=spoken]") === null;
  const found = [];
  for (const element of document.querySelectorAll("button, td, th, label, dt, dd, h1, h2, .tag, small, strong, span")) {
    const told = getComputedStyle(element).textOverflow === "ellipsis" && element.title !== "";
    if (isSeen(element) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !told) {
      found.push(`${element.tagName} "${element.textContent.slice(0, 40)}"`);
    }
  }
  for (const panel of document.querySelectorAll(".panel")) {
    const { right } = panel.getBoundingClientRect();
    for (const element of panel.querySelectorAll("*")) {
      const scrolls = element.closest("[class*=scroll], [class*=lines], [class*=clip]");
      if (isSeen(element) && !scrolls && element.getBoundingClientRect().right > right + 1) {
        found.push(`beyond its panel: ${element.tagName} "${element.textContent.slice(0, 40)}"`);
      }
    }
  }
  for (const select of document.querySelectorAll("select")) {
    const style = getComputedStyle(select);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const text = select.selectedOptions[0]?.text ?? "";
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (isSeen(select) && pen.measureText(text).width > room + 1) {
      found.push(`SELECT "${text}"`);
    }
  }
  return found;
}

const scrollsSideways = () =>
  [document.documentElement, ...document.querySelectorAll("main, main *, footer, [role=dialog]")]
    .filter((element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX) || element.tagName === "HTML")
    // A report is as wide as its columns are many: it scrolls where the arrow keys reach it, by itself.
    .filter((element) => !(element.tagName === "SECTION" && element.tabIndex === 0))
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.className || element.tagName);

export async function checkLayout(page) {
  assert.deepEqual(await page.evaluate(scrollsSideways), [], "scrolls sideways");
  assert.deepEqual(await page.evaluate(cutOff), [], "is cut off");
}

export async function checkWords(page, language) {
  assert.equal(await page.evaluate(() => document.documentElement.lang), language);
  const shown = await page.evaluate(() => {
    const attributes = ["aria-label", "placeholder", "title"];
    const hidden = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
    return [
      document.body.innerText,
      ...hidden.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? "")),
    ].join(" ");
  });
  const unworded = shown.split(/[\s"“”(),:]+/).filter(isKey);
  assert.deepEqual(unworded, [], "keys without a word");
  assert.doesNotMatch(shown, /\{\{?\w+\}?\}|undefined|NaN|\[object/, "a value that is missing");
}

/** Findings of axe-core that keep somebody from working, as rule: where. */
export async function checkAccess(page) {
  await page.evaluate(AXE_SOURCE);
  const findings = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
  });
  assert.deepEqual(findings, [], "axe-core, serious or critical");
}
