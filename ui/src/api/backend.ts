// Where commands go: the desktop shell, or the development host in a plain browser.

/** Carries one JSON envelope and brings back one JSON answer. */
export interface Backend {
  send(envelope: string): Promise<string>;
}

/** Picks the backend of the place the program runs in. */
export async function pickBackend(): Promise<Backend> {
  if (import.meta.env.DEV && import.meta.env.VITE_FAKE === "1") {
    return (await import("../testing/fake-backend")).createFakeBackend();
  }
  if ("__TAURI_INTERNALS__" in window) {
    return (await import("./tauri")).tauriBackend;
  }
  return (await import("./http")).httpBackend;
}
