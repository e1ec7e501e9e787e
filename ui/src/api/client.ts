// Typed commands over a backend. Holds the session token, and tells when a session ended or locked.
import { createContext, useContext } from "react";
import type { Backend } from "./backend";
import type { ApiError, CommandName, Commands, Language } from "./bindings";
import { ApiFailure } from "./errors";

const LOSSES = ["not_signed_in", "session_locked", "password_due"] as const;
export type SessionLoss = (typeof LOSSES)[number];

export interface Client {
  call<K extends CommandName>(
    command: K,
    request: Commands[K]["request"],
  ): Promise<Commands[K]["response"]>;
  setToken(token: string | null): void;
  /** Called when any command finds the session gone, locked, or its password due to be changed. */
  onSessionLoss(listener: (loss: SessionLoss) => void): void;
}

type Reply<T> = { ok: T } | { error: ApiError };

export function createClient(backend: Backend, language: () => Language): Client {
  let token: string | null = null;
  let notify: (loss: SessionLoss) => void = () => {};
  return {
    async call(command, request) {
      const sent = token;
      const envelope = { command, session: sent, language: language(), request };
      const text = await backend.send(JSON.stringify(envelope));
      const reply = JSON.parse(text) as Reply<Commands[typeof command]["response"]>;
      if ("error" in reply) {
        const loss = LOSSES.find((code) => code === reply.error.code);
        // A late answer to the session before says nothing of the one that holds.
        const current = sent !== null && sent === token;
        if (current && loss) {
          notify(loss);
        }
        throw new ApiFailure(reply.error);
      }
      return reply.ok;
    },
    setToken(next) {
      token = next;
    },
    onSessionLoss(listener) {
      notify = listener;
    },
  };
}

const ClientContext = createContext<Client | null>(null);
export const ClientProvider = ClientContext.Provider;

/** The client of the running program. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) {
    throw new Error("ClientProvider is missing above this component");
  }
  return client;
}
