// The whole life of an import above the quota in the real window, by keyboard alone: registered at
// the counter, refused its release, inspected, certified, taxed, paid, released. Each test goes on
// where the last one stopped.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  cardOf,
  freshResident,
  identify,
  ok,
  openDesk,
  picture,
  register,
  rpc,
  short,
  signIn,
  typeLine,
} from "./desk.mjs";
import { until } from "./webdriver.mjs";

const OFFICER = { user: "officer", password: "officer-demo" };

/** Worth more than the quota of a day; the apples are declared without their certificate. */
const LINES = [
  { goods: "61159500", quantity: "100", weight: "6", price: "8" },
  { goods: "tao", hs: "08081000", quantity: "50", weight: "50", price: "8" },
];

let desk;
let screen;
let number;
/** The form and a session of its own, for looking past the page. */
let form;

const shot = (name) => picture(screen, `queue-${name}`);

const dialogs = () =>
  screen.run("return document.querySelectorAll('[role=dialog]').length === 0");

/** Waits until the marked row is the form's and its text passes. */
async function markedRow(test) {
  return until(`the marked row of ${number}`, async () => {
    const text = await screen.run(
      "return document.activeElement?.matches('[data-queue] tr') ? document.activeElement.innerText : ''",
    );
    return text.includes(short(number)) && test(text) && text;
  });
}

/** Opens the dialog of the next step, which must be `step`, and pictures it. */
async function open(step) {
  await screen.press("F9");
  await screen.waitFor(`step-${step}`);
  const basis = await screen.text("step-basis");
  assert.match(basis, /Điều \d/, "the dialog names its article");
}

/** Confirms the open dialog with Enter; the form then waits for `stage`. */
async function confirm(stage) {
  await screen.press("Enter");
  await until("the dialog to close", dialogs);
  await markedRow((text) => text.includes(stage));
}

before(async () => {
  desk = await openDesk();
  screen = desk.session;
});
after(() => desk?.close());

test("the counter says what a registered form waits for", async () => {
  await signIn(screen, OFFICER);
  const resident = await freshResident(screen, OFFICER);
  await identify(screen, cardOf(resident));
  for (const [row, line] of LINES.entries()) {
    await typeLine(screen, row, line);
  }
  number = await register(screen);
  await screen.waitFor("registered-waits", (text) => text.includes("kiểm tra thực tế"));
  await shot("1-registered");
});

test("the queue has it, and its arrow keys lead to it", async () => {
  await screen.press("Alt+5");
  await screen.waitForFocus("queue-row-0");
  const rows = await screen.run(
    "return [...document.querySelectorAll('[data-queue] tbody tr')].map(({ innerText }) => innerText)",
  );
  const at = rows.findIndex((text) => text.includes(short(number)));
  assert.ok(at >= 0, `${number} in a queue of ${rows.length}`);
  for (let row = 0; row < at; row += 1) {
    await screen.press("ArrowDown");
  }
  const text = await markedRow((row) => row.includes("Chờ kiểm tra"));
  assert.match(text, /chưa tính giờ/, "no limit runs before the goods are presented");
  await shot("2-queue");
});

test("its release is refused with every reason", async () => {
  const { gates } = await ok(screen, "system_status");
  const station = { gate: gates[0].code, workstation: "TEST" };
  const { token } = await ok(screen, "session_sign_in", { ...OFFICER, ...station });
  const queue = await ok(screen, "declaration_queue", { gate: gates[0].code }, token);
  form = { id: queue.find((row) => row.form.number === number).form.id, token };
  const release = { id: form.id, step: { step: "release" } };
  const { error } = await rpc(screen, "declaration_step", release, token);
  assert.deepEqual(
    error.violations.map(({ code }) => code),
    ["inspection_outstanding", "certificate_outstanding", "tax_outstanding"],
  );
});

test("the goods are presented; no limit runs while a certificate is missing", async () => {
  await open("present");
  await shot("3-present");
  await confirm("Chờ kiểm tra");
  await markedRow((text) => text.includes("chưa tính giờ"));
});

test("goods that differ want a remark, and the form goes on waiting", async () => {
  await open("inspect");
  await screen.waitForFocus("step-finding-conforms");
  await screen.press("ArrowDown");
  await screen.waitForFocus("step-finding-differs");
  await screen.press("Enter");
  await until("the refusal beside the field", () =>
    screen.run(
      "return document.querySelector('[role=dialog] .mantine-InputWrapper-error')?.innerText",
    ),
  );
  await shot("4-differs-refused");
  await screen.press("Tab");
  await screen.waitForFocus("step-text");
  await screen.type("Thừa 2 thùng táo");
  await shot("5-differs");
  await confirm("Chờ kiểm tra");
});

test("they conform at the second look", async () => {
  await open("inspect");
  await screen.waitForFocus("step-finding-conforms");
  await confirm("Chờ giấy kiểm dịch");
});

test("the certificate comes in for the line that lacks it, and the time runs", async () => {
  await open("certify");
  await screen.waitFor("step-line", (text) => /Dòng 2: .*[Tt]áo/.test(text));
  await screen.waitForFocus("step-text");
  await screen.type("KDTV-0077");
  await shot("6-certify");
  await confirm("Chờ xác nhận thuế");
  await markedRow((text) => /còn \d+ giờ \d+ phút đến \d\d:\d\d/.test(text));
});

test("the tax is confirmed and paid", async () => {
  await open("confirm_tax");
  await shot("7-confirm-tax");
  await confirm("Chờ nộp tiền");
  await open("pay");
  await screen.waitForFocus("step-text");
  await screen.type("BL 0000012");
  await shot("8-pay");
  await confirm("Chờ thông quan");
});

test("Enter opens the form with its marks", async () => {
  await screen.press("Enter");
  await screen.waitFor("mark-tax", (text) => text.includes("BL 0000012"));
  await screen.waitFor("mark-inspection", (text) => text.includes("Đúng khai báo"));
  await screen.waitFor("mark-supervision", (text) => text.includes("chưa có"));
  await shot("9-detail");
});

test("the release says that it is final, and the form leaves the queue", async () => {
  await open("release");
  await screen.waitFor("step-final");
  await shot("10-release");
  await screen.press("Enter");
  await screen.waitFor("step-done", (text) => text.includes(number));
  await until("the form to be gone", () =>
    screen.run(
      "return ![...document.querySelectorAll('[data-queue] tbody tr')].some(r => r.innerText.includes(arguments[0]))",
      short(number),
    ),
  );
  await shot("11-released");
});

test("a released form can't be cancelled, and its print bears the marks", async () => {
  const cancel = { id: form.id, reason: "quá muộn" };
  const { error } = await rpc(screen, "declaration_cancel", cancel, form.token);
  assert.deepEqual(error.violations.map(({ code }) => code), ["already_released"]);
  await screen.press("Alt+2");
  await screen.press("F2");
  await screen.waitForFocus("list-filter");
  await screen.type(number);
  await screen.waitFor("list-row-0", (text) => text.includes(short(number)) && /thông quan/iu.test(text));
  await screen.press("ArrowDown");
  await screen.waitFor("mark-supervision", (text) => !text.includes("chưa có"));
  await shot("12-list");
  await screen.press("F8");
  await screen.waitFor("print-preview", (text) => text.includes("BL 0000012"));
  await shot("13-print");
});
