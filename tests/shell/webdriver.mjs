// A small W3C WebDriver client over fetch: what the window tests need of it and no more.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Code points of the keys that have no character, from the WebDriver standard. */
const KEYS = {
  Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", Backspace: "\uE003", Delete: "\uE017",
  ArrowUp: "\uE013", ArrowDown: "\uE015", ArrowLeft: "\uE012", ArrowRight: "\uE014",
  Shift: "\uE008", Ctrl: "\uE009", Alt: "\uE00A",
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`F${n + 1}`, String.fromCharCode(0xe031 + n)]),
  ),
};

/** Asks again until `probe` gives something truthy; fails with `what` after `limit` ms. */
export async function until(what, probe, limit = 15_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${limit} ms in vain for ${what}`);
    }
    await new Promise((resume) => setTimeout(resume, 40));
  }
}

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await answer.json();
  if (!answer.ok) {
    throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
  }
  return value;
}

/** Whether the driver at `address` takes sessions yet. */
export async function isReady(address) {
  try {
    return (await ask("GET", `${address}/status`)).ready;
  } catch (error) {
    if (error instanceof TypeError) {
      return false; // fetch could not connect: not listening yet
    }
    throw error;
  }
}

export class Session {
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Starts `binary` with `args` and takes hold of its window. */
  static async start(address, binary, args) {
    const { sessionId } = await ask("POST", `${address}/session`, {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } },
    });
    return new Session(`${address}/session/${sessionId}`);
  }

  close() {
    return ask("DELETE", this.#url);
  }

  title() {
    return ask("GET", `${this.#url}/title`);
  }

  /** Runs a function's body in the page; it may return a promise. */
  run(script, ...args) {
    return ask("POST", `${this.#url}/execute/sync`, { script, args });
  }

  /** A PNG of what the window shows. */
  async screenshot() {
    return Buffer.from(await ask("GET", `${this.#url}/screenshot`), "base64");
  }

  /** The element with this test id, or null. */
  async find(testId) {
    try {
      const found = await ask("POST", `${this.#url}/element`, {
        using: "css selector",
        value: `[data-testid="${testId}"]`,
      });
      return found[ELEMENT];
    } catch (error) {
      if (error.code === "no such element") {
        return null;
      }
      throw error;
    }
  }

  /** What a person reads there: the value of a field, the text of anything else. */
  text(testId) {
    return this.run(
      `const found = document.querySelector('[data-testid="' + arguments[0] + '"]');
       if (!found) return null;
       return "value" in found && found.tagName !== "BUTTON" ? found.value : found.innerText;`,
      testId,
    );
  }

  /** Waits for the element, and for its text to pass `test` when one is given. */
  waitFor(testId, test = () => true, limit = undefined) {
    return until(
      `[data-testid=${testId}]`,
      async () => {
        const text = await this.text(testId);
        return text !== null && test(text) ? { text } : null;
      },
      limit,
    ).then(({ text }) => text);
  }

  /** The test id of the focused element, or null. */
  focused() {
    return this.run("return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? null");
  }

  waitForFocus(testId) {
    return until(`focus on ${testId}`, async () => (await this.focused()) === testId);
  }

  /** Presses keys by name, such as `F9`, `Enter` or `Alt+2`, one after the other. */
  async press(...names) {
    for (const name of names) {
      const keys = name.split("+").map((key) => KEYS[key] ?? key);
      await this.#strokes([
        ...keys.map((value) => ({ type: "keyDown", value })),
        ...keys.toReversed().map((value) => ({ type: "keyUp", value })),
      ]);
    }
  }

  /** Types text into whatever has the focus, a key press for each character. */
  type(text) {
    return this.#strokes(
      Array.from(text).flatMap((value) => [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ]),
    );
  }

  #strokes(actions) {
    return ask("POST", `${this.#url}/actions`, {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }
}
