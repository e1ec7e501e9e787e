// A workstation of an office with a hub in the real window: final while the hub is in reach, provisional
// when its server is gone, and final again by itself when it is back. A real PostgreSQL beside it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import {
  cardOf,
  freshResident,
  identify,
  openDesk,
  picture,
  register,
  signIn,
  typeLine,
} from "./desk.mjs";
import { until } from "./webdriver.mjs";

const OFFICER = { user: "officer", password: "officer-demo" };
const LINE = { goods: "61159500", quantity: "10", weight: "6", price: "5" };
const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = join(
  dirname(resolve(process.env.BIENMAU_DESKTOP ?? "target/debug/bienmau-desktop")),
  "bienmau",
);

const run = promisify(execFile);
const shot = (name) => picture(screen, `hub-${name}`);

let folder;
let hub;
let desk;
let screen;

async function program(...args) {
  const { stdout } = await run(PROGRAM, args);
  return JSON.parse(stdout);
}

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts or stops the server; its log stays out of the way. */
const server = (...args) => run(join(ROOT, ".ci/hub.sh"), args, { env: hub.env });

/** What the bar says of the hub. */
const standing = (wanted) =>
  until(`the hub to be ${wanted}`, () =>
    screen.run(
      "return document.querySelector('[data-testid=hub-state]')?.dataset.standing === arguments[0]",
      wanted,
    ),
  );

async function sell() {
  const resident = await freshResident(screen, OFFICER);
  await identify(screen, cardOf(resident));
  await typeLine(screen, 0, LINE);
  return register(screen);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "bienmau-hub-"));
  // The server runs under a user of its own.
  await chmod(folder, 0o755);
  const port = await freePort();
  const env = { ...process.env, HUB_FOLDER: join(folder, "server"), HUB_PORT: `${port}` };
  hub = { env, url: `postgresql://postgres:only-here@127.0.0.1:${port}/bienmau?sslmode=disable` };
  await server();
  const data = join(folder, "data");
  await run(PROGRAM, ["--data", data, "init", "--demo"]);
  const { url } = await program("hub", "admit", hub.url, "--name", "QUAY-01", "--json");
  const round = await program("--data", data, "hub", "join", url, "--json");
  assert.ok(round.sent > 1_000, JSON.stringify(round));
  desk = await openDesk(data);
  screen = desk.session;
});
after(async () => {
  await desk?.close();
  await server("stop");
  await rm(folder, { recursive: true, force: true });
});

test("a form is final while the hub is in reach", async () => {
  await signIn(screen, OFFICER);
  await standing("sent");
  await sell();
  const said = await screen.run("return document.body.innerText");
  assert.doesNotMatch(said, /tạm thời/iu);
  await shot("1-final");
});

test("without its server a form is provisional, and the screen says so", async () => {
  await server("stop");
  await standing("away");
  await screen.press("Escape");
  await sell();
  const said = await screen.run("return document.body.innerText");
  assert.match(said, /tạm thời/iu);
  await shot("2-provisional");
  await screen.press("Alt+M");
  await screen.waitFor("hub-trouble", (text) => /máy chủ chung/iu.test(text));
  await shot("3-trouble");
  await screen.press("Escape");
});

test("when it is back everything is sent by itself", async () => {
  await server();
  await standing("sent");
  await screen.press("Alt+M");
  await screen.waitFor("hub-waiting", (text) => /0/u.test(text) || !/[1-9]/u.test(text));
  await shot("4-back");
  await screen.press("Escape");
  const { whole } = await program("hub", "backup-check", hub.url, "--json");
  assert.equal(whole, true);
});
