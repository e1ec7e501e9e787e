// Opens the real program on a screen of its own, with a data folder and a home of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isReady, Session, until } from "./webdriver.mjs";

const PICTURES = resolve(import.meta.dirname, "pictures");
const BINARY = resolve(process.env.BIENMAU_DESKTOP ?? "target/debug/bienmau-desktop");

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a process as the head of its own group, so that all of it can be ended. */
function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, ...options });
  const gone = new Promise((done) => {
    child.once("exit", done);
    child.once("error", done);
  });
  return {
    child,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        process.kill(-child.pid, "SIGTERM");
      }
      await gone;
    },
  };
}

/** An X server picks a free display itself and writes its number to the given descriptor. */
async function startScreen() {
  const args = ["-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp"];
  const screen = start("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((done, fail) => {
    let text = "";
    screen.child.once("error", fail);
    screen.child.once("exit", (code) => fail(new Error(`Xvfb ended with ${code}`)));
    screen.child.stdio[3].on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) {
        done(text.trim());
      }
    });
  });
  return { ...screen, display: `:${number}` };
}

async function startDriver(environment) {
  const port = await freePort();
  const args = ["--", "WebKitWebDriver", "--host=127.0.0.1", `--port=${port}`];
  const driver = start("dbus-run-session", args, { env: environment, stdio: "inherit" });
  const address = `http://127.0.0.1:${port}`;
  await until("the driver", () => isReady(address));
  return { ...driver, address };
}

/**
 * The example program in its own world, over a database of its own or the one in `kept`. Give back with
 * `close`.
 */
export async function openDesk(kept) {
  const folder = await mkdtemp(join(tmpdir(), "bienmau-"));
  const undo = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) {
      await step();
    }
  };
  try {
    const screen = await startScreen();
    undo.push(screen.stop);
    const { WAYLAND_DISPLAY: _, ...inherited } = process.env;
    const driver = await startDriver({
      ...inherited,
      DISPLAY: screen.display,
      HOME: folder,
      XDG_DATA_HOME: join(folder, "share"),
      XDG_CACHE_HOME: join(folder, "cache"),
      XDG_CONFIG_HOME: join(folder, "config"),
      NO_AT_BRIDGE: "1", // no accessibility bus: nobody listens on this screen
      TAURI_AUTOMATION: "true",
      TAURI_WEBVIEW_AUTOMATION: "true",
    });
    undo.push(driver.stop);
    const data = kept ?? join(folder, "data");
    const session = await Session.start(driver.address, BINARY, ["--data", data, "--demo"]);
    undo.push(() => session.close());
    return { session, display: screen.display, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sends one command past the page, through the shell's own door. Gives the answer as it came. */
export async function rpc(session, command, request = {}, token = null) {
  const envelope = JSON.stringify({ command, session: token, language: "vi", request });
  const script = "return window.__TAURI_INTERNALS__.invoke('rpc', { envelope: arguments[0] })";
  return JSON.parse(await session.run(script, envelope));
}

/** Keeps a picture of the window in `pictures/` and gives its bytes. */
export async function picture(session, name) {
  // What the page holds is on the screen only after the next frame but one.
  await session.run(
    "return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))",
  );
  const png = await session.screenshot();
  await mkdir(PICTURES, { recursive: true });
  await writeFile(join(PICTURES, `${name}.png`), png);
  return png;
}

/** What a command answers, past the page; an error fails the test. */
export async function ok(session, command, request, token) {
  const answer = await rpc(session, command, request, token);
  assert.ok("ok" in answer, `${command}: ${JSON.stringify(answer.error)}`);
  return answer.ok;
}

/** A form's number as the lists of one gate show it. */
export const short = (number) => number.slice(number.indexOf("/") + 1);

/** Whole VND out of a text such as "2.000.000 ₫". */
export const money = (text) => Number(text.replaceAll(/\D/g, ""));

/**
 * A resident with the whole quota of today, found past the page; one with some trips this month, while
 * there is one: in its first days few have been here.
 */
export async function freshResident(session, account) {
  const { gates } = await ok(session, "system_status");
  const station = { gate: gates[0].code, workstation: "TEST" };
  const { token } = await ok(session, "session_sign_in", { ...account, ...station });
  const fits = ({ quota, papers }) =>
    quota !== null &&
    quota.trips_used < quota.trips_limit &&
    quota.trips_today === 0 &&
    quota.left_today_vnd === quota.limit_vnd &&
    papers.some(({ kind }) => kind === "cccd");
  let spare;
  for (const text of ["nguyen", "tran", "hoang", "pham", "le", "vu", "chiu", "ly"]) {
    const { matches } = await ok(session, "person_find", { text }, token);
    const free = matches.filter(fits);
    spare ??= free[0];
    const found = free.find(({ quota }) => quota.trips_used > 0);
    if (found) {
      spare = found;
      break;
    }
  }
  assert.ok(spare, "nobody in the example has a trip left");
  // A list masks the numbers of papers; the page of a person, whose opening is recorded, does not.
  return ok(session, "person_view", { id: spare.id }, token);
}

/** The card of a resident as its QR code says it. */
export function cardOf({ papers, name, born, sex, address }) {
  const card = papers.find(({ kind }) => kind === "cccd").number;
  const [year, month, day] = born.split("-");
  return `${card}||${name}|${day}${month}${year}|${sex === "male" ? "Nam" : "Nữ"}|${address}|15042022`;
}

/** Signs in with the keyboard; the counter is open after it. */
export async function signIn(session, { user, password }) {
  await session.waitForFocus("user");
  await session.type(user);
  await session.press("Tab");
  await session.waitForFocus("password");
  await session.type(password);
  await session.press("Enter");
  await session.waitForFocus("identify-box");
}

export async function identify(session, card) {
  await session.waitForFocus("identify-box");
  await session.type(card);
  await session.press("Enter");
}

/** Types one line, going from field to field with Enter as the grid leads. */
export async function typeLine(session, row, line) {
  const texts = {
    [`goods-${row}`]: line.goods,
    [`quantity-${row}`]: line.quantity,
    [`weight-${row}`]: line.weight,
    [`price-${row}`]: line.price,
    [`certificate-${row}`]: line.certificate,
  };
  await session.waitForFocus(`goods-${row}`);
  for (let here = `goods-${row}`; here !== `goods-${row + 1}`; ) {
    if (texts[here] !== undefined) {
      await session.type(texts[here]);
      delete texts[here];
    }
    if (here === `goods-${row}`) {
      await until(`the goods ${line.goods}`, () =>
        session.run(
          "return [...document.querySelectorAll('[role=option]')].some(o => o.innerText.includes(arguments[0]))",
          line.hs ?? line.goods,
        ),
      );
    }
    const left = here;
    await session.press("Enter");
    here = await until(`the field after ${left}`, async () => {
      const now = await session.focused();
      return now !== left && now;
    });
  }
  const untyped = Object.values(texts).filter((text) => text !== undefined);
  assert.deepEqual(untyped, [], `fields of line ${row} that Enter never reached`);
}

/** Registers what is typed. Gives the number of the form. */
export async function register(session) {
  await until("leave to register", () =>
    session.run("return !document.querySelector('[data-testid=register]')?.disabled"),
  );
  await session.press("F9");
  const number = await session.waitFor("registered-number", (text) => text.trim() !== "");
  return number.trim();
}
