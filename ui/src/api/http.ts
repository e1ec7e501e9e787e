// Sends envelopes to the loopback development host.
import type { Backend } from "./backend";

export const httpBackend: Backend = {
  async send(envelope) {
    const answer = await fetch("/rpc", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: envelope,
    });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    return answer.text();
  },
};
