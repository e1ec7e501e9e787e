// Gives the test page what a browser has and jsdom lacks.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { chooseLanguage, startI18n } from "../i18n";

// A busy machine draws late; nothing waits this long on an idle one.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(startI18n);
beforeEach(() => chooseLanguage("vi"));
afterEach(() => {
  cleanup();
  localStorage.clear();
});

Element.prototype.scrollIntoView = () => {};

window.matchMedia = (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
