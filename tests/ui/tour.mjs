// Every screen in every state an officer meets, one after the other, by keyboard where one can.
import { ask, cardOf, freshResident, OFFICER } from "./browser.mjs";

const STRANGER = "022185004321||NGUYỄN THỊ HOA|12031985|Nữ|Thôn 1, Hoành Mô, Quảng Ninh|15042021";
const BAD_CARD = "022185004321||NGUYỄN THỊ HOA|31021985|Nữ|Thôn 1|15042021";

/** Three purchases worth more than the quota of one day; prices in CNY, one needs a certificate. */
const LINES = [
  { goods: "61159500", quantity: "100", weight: "6", price: "5" },
  { goods: "39241099", quantity: "40", weight: "12", price: "8" },
  { goods: "08081000", quantity: "50", weight: "50", price: "8", certificate: "KDTV-0001" },
];

export const at = (page, testId) => page.locator(`[data-testid="${testId}"]`);

export async function focused(page) {
  return page.evaluate(() => document.activeElement?.closest("[data-testid]")?.dataset.testid);
}

export async function waitForFocus(page, testId) {
  await page.waitForFunction(
    (id) => document.activeElement?.closest("[data-testid]")?.dataset.testid === id,
    testId,
  );
}

export async function signIn(page) {
  await at(page, "user").fill(OFFICER.user);
  await at(page, "password").fill(OFFICER.password);
  await page.keyboard.press("Enter");
  await waitForFocus(page, "identify-box");
}

export async function identify(page, text) {
  // The counter stays on the page, out of sight, while another screen is open.
  await at(page, "identify-box").filter({ visible: true }).fill(text);
  await page.keyboard.press("Enter");
}

export async function pickGoods(page, row, goods) {
  await at(page, `goods-${row}`).fill(goods);
  await page.locator("[role=option]", { hasText: goods }).first().waitFor();
  await page.keyboard.press("Enter");
  await waitForFocus(page, `quantity-${row}`);
}

export async function fillLine(page, row, line) {
  await pickGoods(page, row, line.goods);
  for (const field of ["quantity", "weight", "price", "certificate"]) {
    if (line[field] !== undefined) {
      await at(page, `${field}-${row}`).fill(line[field]);
    }
  }
}

/** Waits until the decision is the answer to what is typed. */
export const decided = (page) =>
  page.locator('[data-testid="decision"][data-stale="false"] [data-testid="decision-total"]').waitFor();

async function goTo(page, number) {
  await page.keyboard.press(`Alt+${number}`);
}

async function counter(page, desk, visit) {
  await visit("counter-empty");
  await identify(page, "nguyen");
  await at(page, "match-1").waitFor();
  await visit("counter-matches");
  await page.keyboard.press("Escape");
  await identify(page, BAD_CARD);
  await at(page, "identify-reading").waitFor();
  await visit("counter-bad-scan");
  await page.keyboard.press("Escape");
  await identify(page, STRANGER);
  await at(page, "person-name").waitFor();
  await visit("new-resident");
  await at(page, "paper-number-0").fill("12AB");
  await at(page, "person-born").fill("");
  await at(page, "new-person-save").click();
  await page.locator(".mantine-InputWrapper-error").first().waitFor();
  await visit("new-resident-problems");
  await page.keyboard.press("Escape");
  const resident = await freshResident(desk);
  await identify(page, cardOf(resident));
  await waitForFocus(page, "goods-0");
  await visit("counter-identified");
  await at(page, "goods-0").fill("ao");
  await page.locator("[role=option]").first().waitFor();
  await visit("counter-goods");
  await fillLine(page, 0, { goods: "42021219", quantity: "2", weight: "3", price: "90" });
  await decided(page);
  await at(page, "line-problems-0").waitFor();
  await visit("counter-refused");
  await page.keyboard.press("Control+Delete");
  for (const [row, line] of LINES.entries()) {
    await fillLine(page, row, line);
    if (row < LINES.length - 1) {
      await page.keyboard.press("Control+Enter");
      await waitForFocus(page, `goods-${row + 1}`);
    }
  }
  await at(page, "savings").waitFor();
  await decided(page);
  await visit("counter-decided");
  await page.keyboard.press("F1");
  await page.locator("[role=dialog]").waitFor();
  await visit("help");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("F3");
  await waitForFocus(page, "counterpart-name");
  await page.keyboard.press("F7");
  await at(page, "exchange-values").waitFor();
  await visit("counter-exchange");
  // Left again, as nothing was typed into the other leg.
  await page.keyboard.press("F7");
  await at(page, "exchange-values").waitFor({ state: "detached" });
  await decided(page);
  await page.keyboard.press("F9");
  await at(page, "registered-number").waitFor();
  await visit("registered");
  await page.keyboard.press("F8");
  await page.locator("[role=dialog]").waitFor();
  await page.locator("[role=dialog] img").first().waitFor();
  await visit("print");
  await page.keyboard.press("Escape");
  return resident;
}

async function list(page, visit, resident) {
  await goTo(page, 2);
  await at(page, "list-row-0").waitFor();
  await at(page, "list-filter").fill(resident.name);
  await page.keyboard.press("ArrowDown");
  await waitForFocus(page, "list-row-0");
  await at(page, "list-cancel").waitFor();
  await visit("list");
  await page.keyboard.press("F7");
  await waitForFocus(page, "cancel-reason");
  await at(page, "correction-sums").waitFor();
  await visit("cancel");
  await at(page, "correction-kind-amend").click();
  await page.keyboard.press("Enter");
  await waitForFocus(page, "quantity-0");
  await page.locator('[role=dialog] [data-testid="price-0"]').fill("7");
  await at(page, "after-value").waitFor();
  await visit("amend");
  await page.keyboard.press("Escape");
}

async function residents(page, visit, resident) {
  await goTo(page, 3);
  await identify(page, "hoa");
  await at(page, "match-0").waitFor();
  await visit("residents-matches");
  await identify(page, resident.papers[0].number);
  await page.getByRole("heading", { name: resident.name }).waitFor();
  await visit("resident-page");
  await page.keyboard.press("F3");
  await at(page, "person-reason").waitFor();
  await visit("resident-edit");
  await page.keyboard.press("Escape");
}

async function report(page, visit) {
  await goTo(page, 4);
  await page.locator("main table").first().waitFor();
  await visit("report");
}

/** The steps of the resident's form. */
const STEPS = [
  "present",
  "inspect",
  "confirm_tax",
  // The receipt gets the next number: one typed twice would be refused.
  "pay",
  "release",
];

async function queue(page, visit, resident) {
  await goTo(page, 5);
  await waitForFocus(page, "queue-row-0");
  await visit("queue");
  const row = page.locator("[data-queue] tbody tr", { hasText: resident.name }).first();
  await row.click();
  await page.keyboard.press("Enter");
  await at(page, "marks").waitFor();
  await visit("queue-detail");
  await page.keyboard.press("Escape");
  for (const step of STEPS) {
    await page.keyboard.press("F9");
    await at(page, `step-${step}`).waitFor();
    if (step === "inspect") {
      await waitForFocus(page, "step-finding-conforms");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.locator("[role=dialog] .mantine-InputWrapper-error").waitFor();
      await visit("step-inspect-refused");
      await page.keyboard.press("ArrowUp");
    }
    await visit(`step-${step}`);
    await at(page, "step-confirm").focus();
    await page.keyboard.press("Enter");
    await page.locator("[role=dialog]").waitFor({ state: "detached" });
  }
  await at(page, "step-done").waitFor();
  await row.waitFor({ state: "detached" });
  await visit("queue-released");
  await page.keyboard.press("ArrowRight");
  await visit("queue-stage");
  await at(page, "stage-corrections").click();
  await at(page, "proposal-detail").waitFor();
  await visit("corrections");
}

async function gathering(page, visit) {
  await goTo(page, 6);
  await waitForFocus(page, "list-0");
  await visit("gathering-lists");
  await page.keyboard.press("Enter");
  await at(page, "goods-0").waitFor();
  await visit("gathering-list");
  await page.keyboard.press("F9");
  await waitForFocus(page, "list-text");
  await visit("gathering-file");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("F3");
  await at(page, "taken-0").fill("1000000");
  await page.keyboard.press("F9");
  await page.locator('[data-testid="taken-0"][aria-invalid="true"]').waitFor();
  await visit("gathering-refused");
  await page.keyboard.press("F7");
  await page.keyboard.press("Escape");
  await at(page, "list-0").waitFor();
  await page.keyboard.press("F3");
  await waitForFocus(page, "trader-tax-code");
  await at(page, "gather-form").fill("MONGCAI/0");
  await page.keyboard.press("Enter");
  await at(page, "form-refusal").waitFor();
  await visit("gathering-new");
  await page.keyboard.press("F7");
}

async function vehicles(page, visit) {
  await goTo(page, 7);
  await at(page, "outside-row-0").waitFor();
  await visit("vehicles");
  await page.keyboard.type("14C-151.20");
  await page.keyboard.press("Enter");
  await at(page, "vehicle-found").waitFor();
  await visit("vehicle-known");
  await page.keyboard.press("F9");
  await at(page, "cross-done").waitFor();
  await visit("vehicle-out");
  await page.keyboard.press("F9");
  await page.locator("[data-testid=vehicle-card] .tag[data-tone=good]").waitFor();
  await page.keyboard.press("F7");
  await waitForFocus(page, "reason");
  await visit("vehicle-strike");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await at(page, "plate-box").fill("14C-999.99");
  await page.keyboard.press("Enter");
  await page.locator("[data-code=vehicle_unregistered]").waitFor();
  await page.keyboard.press("F3");
  await at(page, "register-plate").waitFor();
  await visit("vehicle-register");
  await page.keyboard.press("Escape");
}

/** The officer of the example has a session open, with the receipt of the form above in it. */
async function cash(page, visit) {
  await goTo(page, 8);
  await at(page, "session-0").waitFor();
  await visit("cash-sessions");
  await page.keyboard.press("F4");
  await at(page, "pieces-500000").fill("1");
  await at(page, "cash-reason").waitFor();
  await visit("cash-count");
  await page.keyboard.press("Escape");
  await at(page, "cash-view-receipts").click();
  await at(page, "receipt-0").waitFor();
  await visit("cash-receipts");
  await at(page, "cash-view-day").click();
  await at(page, "cash-day").waitFor();
  await visit("cash-day");
}

async function signInAs(page, user, screen) {
  await at(page, "user").fill(user);
  await at(page, "password").fill(`${user}-demo`);
  await page.keyboard.press("Enter");
  await at(page, `nav-${screen}`).waitFor();
}

async function law(page, visit) {
  await goTo(page, 9);
  await at(page, "law-row-0").waitFor();
  await visit("law-quota");
  await at(page, "law-kind-goods").click();
  await page.keyboard.press("F2");
  await page.keyboard.type("0808");
  await page.locator('[data-testid="law-rule-0"]', { hasText: "0808" }).waitFor();
  await visit("law-goods");
  await page.keyboard.press("F3");
  await at(page, "law-form").waitFor();
  await at(page, "law-from").fill("1/1/2030");
  await page.keyboard.press("F8");
  await page.locator('[data-testid="law-effect"], [data-testid="law-problems"]').first().waitFor();
  await visit("law-new");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("F7");
  await at(page, "law-table-look").waitFor();
  await visit("law-table");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("F6");
  await visit("law-waiting");
}

async function accounts(page, visit) {
  await goTo(page, 0);
  await at(page, "account-officer").waitFor();
  await visit("accounts");
  await page.keyboard.press("F2");
  await at(page, "account-password").fill("short");
  await page.keyboard.press("Enter");
  await page.locator(".mantine-InputWrapper-error").first().waitFor();
  await visit("account-refused");
  await page.keyboard.press("Escape");
}

/** What who sits in an office sees, in turn. */
async function officeTour(page, _desk, visit) {
  await at(page, "user").waitFor();
  await signInAs(page, "admin", "law");
  await law(page, visit);
  await accounts(page, visit);
}

/** The gate's day as it goes on, the planted day before it with its differences, the days together. */
async function reconcile(page, desk, visit) {
  await goTo(page, "d");
  await at(page, "check-tax").waitFor();
  await visit("reconcile");
  const { today } = await ask(desk, "system_status");
  const planted = new Date(`${today}T00:00:00Z`);
  planted.setUTCDate(planted.getUTCDate() - 1);
  await at(page, "reconcile-day-of").fill(planted.toISOString().slice(0, 10));
  await page.keyboard.press("Tab");
  await at(page, "difference-7").waitFor();
  await visit("reconcile-planted");
  await at(page, "reconcile-period").click();
  await at(page, "period-0").waitFor();
  await visit("reconcile-period");
}

/** Reports over a period: with shares, and with a column a measure. */
async function periodReports(page, visit) {
  await goTo(page, 4);
  const which = at(page, "report-which");
  for (const name of ["groups", "days"]) {
    await which.selectOption(name);
    const title = await which.locator("option:checked").textContent();
    await page.getByRole("heading", { name: title, exact: true }).waitFor();
    await at(page, "report-about").waitFor();
    await visit(`report-${name}`);
  }
}

/** What a supervisor sees besides, in turn. */
async function supervisorTour(page, desk, visit) {
  await at(page, "user").waitFor();
  await at(page, "gate").selectOption("MONGCAI");
  await signInAs(page, "supervisor", "today");
  await waitForFocus(page, "tile-breaches");
  await visit("today");
  await goTo(page, "v");
  await waitForFocus(page, "breach-0");
  await at(page, "breach-gate").selectOption("");
  await page.locator('[data-testid="breach-3"]').waitFor();
  await visit("breaches");
  await at(page, "breach-0").click();
  await page.keyboard.press("Enter");
  await at(page, "breach-detail").waitFor();
  await visit("breach");
  await page.keyboard.press("F9");
  await waitForFocus(page, "decision-upheld");
  await visit("breach-decide");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("F4");
  await at(page, "assign-to").waitFor();
  await visit("breach-assign");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await at(page, "breach-kind").selectOption("shared_phone");
  await page.locator('[data-testid="breach-1"]').waitFor({ state: "detached" });
  await at(page, "breach-0").click();
  await page.keyboard.press("Enter");
  await at(page, "fact-shared").waitFor();
  await page.keyboard.press("F7");
  await at(page, "harmless-until").waitFor();
  await visit("breach-harmless");
  await page.keyboard.press("Escape");
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  await visit("breach-pattern");
  await at(page, "state-harmless").click();
  await visit("breach-verdicts");
  await reconcile(page, desk, visit);
  await periodReports(page, visit);
}

/** What an officer at a counter sees, in turn. */
async function counterTour(page, desk, visit) {
  await at(page, "user").waitFor();
  await visit("sign-in");
  await signIn(page);
  const resident = await counter(page, desk, visit);
  await list(page, visit, resident);
  await residents(page, visit, resident);
  await report(page, visit);
  await queue(page, visit, resident);
  await cash(page, visit);
  await gathering(page, visit);
  await vehicles(page, visit);
  await at(page, "lock").click();
  await waitForFocus(page, "unlock-password");
  await visit("locked");
}

/** The log and its anchors, by the one who reads everything. */
async function auditTour(page, _desk, visit) {
  await at(page, "user").waitFor();
  await signInAs(page, "auditor", "audit");
  await goTo(page, "n");
  await waitForFocus(page, "audit-subject");
  await at(page, "audit-row-0").waitFor();
  await at(page, "audit-changes").first().waitFor();
  await visit("audit");
  await at(page, "audit-kind").selectOption("registered");
  await page.keyboard.press("F2");
  await page.keyboard.press("Enter");
  await page.locator('[data-testid="audit-row-5"]').waitFor();
  await at(page, "audit-row-0").click();
  await page.keyboard.press("Enter");
  await at(page, "audit-found").waitFor();
  await at(page, "audit-row-0").press("ArrowDown");
  await page.locator('[data-testid="audit-row-1"][aria-selected="true"]').waitFor();
  await at(page, "audit-record").waitFor();
  await visit("audit-form");
  await page.keyboard.press("F6");
  await at(page, "anchor-file").waitFor({ state: "attached" });
  await page.keyboard.press("F3");
  await at(page, "anchor-row-0").waitFor();
  await visit("anchors");
}

/** Each calls `visit` with the name of each state, on a page of its own. */
export const TOURS = { counter: counterTour, supervisor: supervisorTour, office: officeTour, audit: auditTour };
