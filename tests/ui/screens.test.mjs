// Every screen in every state, in the sizes, colours and languages that officers use.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { checkAccess, checkLayout, checkWords } from "./inspect.mjs";
import { TOURS } from "./tour.mjs";

const SMALL = { width: 1366, height: 768 };
/** The smallest size the window takes. */
const SMALLEST = { width: 1024, height: 700 };
const LARGE = { width: 1920, height: 1080 };

let desk;
before(async () => {
  desk = await openBrowser();
});
after(() => desk?.close());

for (const look of [
  { language: "vi", scheme: "light", access: true, ...SMALL },
  { language: "vi", scheme: "dark", access: true, ...SMALL },
  { language: "vi", scheme: "light", ...LARGE },
  { language: "vi", scheme: "dark", ...LARGE },
  { language: "vi", scheme: "light", ...SMALLEST },
  { language: "en", scheme: "light", ...SMALL },
  { language: "zh", scheme: "light", ...SMALL },
]) {
  const { language, scheme, width, height } = look;
  for (const [place, tour] of Object.entries(TOURS)) {
    test(`${place}: ${language}, ${scheme}, ${width} x ${height}`, async (t) => {
      const page = await openPage(desk, look);
      await tour(page, desk, (name) =>
        t.test(name, async () => {
          await checkLayout(page);
          await checkWords(page, language);
          if (look.access) {
            await checkAccess(page);
          }
          assert.deepEqual(page.problems.splice(0), [], "the console stays silent");
        }),
      );
      await page.context().close();
    });
  }
}

/** Asks the host under another name, as a rebound site would. */
function statusFor(headers, method = "GET") {
  const { hostname, port } = new URL(desk.address);
  return new Promise((done, fail) => {
    const path = method === "POST" ? "/rpc" : "/";
    request({ hostname, port, path, method, headers }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .once("error", fail)
      .end(method === "POST" ? "{}" : undefined);
  });
}

test("the host answers its own page only", async () => {
  assert.equal(await statusFor({}), 200);
  assert.equal(await statusFor({ host: "evil.example" }), 421);
  const json = { "content-type": "application/json" };
  assert.equal(await statusFor(json, "POST"), 200);
  assert.equal(await statusFor({ ...json, origin: "https://evil.example" }, "POST"), 403);
  assert.equal(await statusFor({ "content-type": "text/plain" }, "POST"), 415);
});
