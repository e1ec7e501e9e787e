// Opens the development host with the example and Debian's Chromium, and pages over them.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../ui/package.json", import.meta.url));
const { chromium } = require("playwright-core");
export const AXE = require.resolve("axe-core");

const BINARY = resolve(process.env.BIENMAU_DEVHOST ?? "target/debug/bm-devhost");
const SYSTEM_CHROMIUM = process.env.BIENMAU_CHROMIUM ?? "/usr/bin/chromium";
/** The system's browser, or where there is none the one that came with the library. */
const CHROMIUM = existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined;
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
const CALM = ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-sync"];

/** What the officer of the example signs in with. */
export const OFFICER = { user: "officer", password: "officer-demo" };

async function startHost(folder) {
  const args = ["--data", join(folder, "data"), "--demo", "--page", resolve("ui/dist")];
  const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((done) => child.once("exit", done));
  const address = await new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`the host ended with ${code}`)));
    createInterface({ input: child.stdout }).once("line", done);
  });
  const stop = async () => {
    child.kill();
    await gone;
  };
  return { address, stop };
}

/** The host and the browser, to be given back with `close`. */
export async function openBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "bienmau-ui-"));
  const undo = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) {
      await step();
    }
  };
  try {
    const host = await startHost(folder);
    undo.push(host.stop);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CALM, ...QUIET] });
    undo.push(() => browser.close());
    return { address: host.address, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A page of its own, in a language, a scheme and a size. `page.problems` is what its console said. */
export async function openPage({ address, browser }, { language, scheme, width, height }) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: "reduce",
    timezoneId: "Asia/Ho_Chi_Minh",
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(
    ([chosen, colours]) => {
      localStorage.setItem("bienmau.language", chosen);
      localStorage.setItem("mantine-color-scheme-value", colours);
    },
    [language, scheme],
  );
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) {
      page.problems.push(line.text());
    }
  });
  await page.goto(address);
  return page;
}

let token = null;

/** Asks the host past the page, as the officer at a counter of its own. */
export async function ask({ address }, command, request = {}) {
  const send = async (name, body) => {
    const envelope = { command: name, session: token, language: "vi", request: body };
    const answer = await fetch(`${address}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(envelope),
    });
    const { ok, error } = await answer.json();
    if (error) {
      throw new Error(`${name}: ${error.message}`);
    }
    return ok;
  };
  if (token === null) {
    const { gates } = await send("system_status", {});
    const station = { gate: gates[0].code, workstation: "TEST" };
    ({ token } = await send("session_sign_in", { ...OFFICER, ...station }));
  }
  return send(command, request);
}

const served = new Set();

/**
 * A resident with the whole quota of today, another one on every call. One with some trips this month,
 * while there is one: in its first days few have been here.
 */
export async function freshResident(desk) {
  const names = ["nguyen", "tran", "hoang", "pham", "le", "vu", "chiu", "ly", "dang", "bui"];
  const fits = ({ id, quota, papers }) =>
    !served.has(id) &&
    quota !== null &&
    quota.trips_used < quota.trips_limit &&
    quota.trips_today === 0 &&
    papers.some(({ kind }) => kind === "cccd");
  let spare;
  for (const text of names) {
    const { matches } = await ask(desk, "person_find", { text });
    const free = matches.filter(fits);
    const found = free.find(({ quota }) => quota.trips_used > 0);
    spare ??= free[0];
    if (found) {
      return serve(desk, found);
    }
  }
  if (spare) {
    return serve(desk, spare);
  }
  throw new Error("nobody in the example has a trip left");
}

function serve(desk, { id }) {
  served.add(id);
  return ask(desk, "person_view", { id });
}

/** The card of a resident as its QR code says it. */
export function cardOf({ papers, name, born, sex, address }) {
  const card = papers.find(({ kind }) => kind === "cccd").number;
  const [year, month, day] = born.split("-");
  return `${card}||${name}|${day}${month}${year}|${sex === "male" ? "Nam" : "Nữ"}|${address}|15042022`;
}
