// The window opens, shows the page and reaches the router.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { openDesk, picture, rpc } from "./desk.mjs";

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

test("the window has the program's name", async () => {
  assert.equal(await desk.session.title(), "Biên Mậu");
});

test("the router answers through the window", async () => {
  const answer = await rpc(desk.session, "system_status");
  assert.match(answer.ok?.today ?? JSON.stringify(answer), /^\d{4}-\d{2}-\d{2}$/);
  assert.ok(answer.ok.gates.length > 0, "the example has gates");
  assert.ok(answer.ok.demo_accounts.some(({ user }) => user === "officer"));
});

test("the page may call nothing else of the shell", async () => {
  const refusal = await desk.session.run(
    "return window.__TAURI_INTERNALS__.invoke('plugin:app|version').then(() => null, String)",
  );
  assert.match(refusal ?? "it was allowed", /not allowed/);
});

test("the page is drawn", async () => {
  await desk.session.waitFor("user");
  const png = await picture(desk.session, "smoke");
  const colours = execFileSync("identify", ["-format", "%k", "png:-"], { input: png });
  assert.ok(Number(colours) > 20, `${colours} colours: an empty page`);
});
