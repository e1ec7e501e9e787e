// Draws a component with everything the running program puts around it.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import type { Backend } from "../api/backend";
import type { ApiError, CommandName, Commands } from "../api/bindings";
import { ClientProvider, createClient } from "../api/client";
import { SchemeProvider } from "../components/scheme";
import { currentLanguage } from "../i18n";
import { createFakeBackend } from "./fake-backend";
import type { FakeHub } from "./fake-hub";

/** Draws `node` over `backend`; `user` types and presses as a person does. */
export function renderScreen(node: ReactNode, backend: Backend = createFakeBackend()) {
  const client = createClient(backend, currentLanguage);
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const drawn = render(
    <SchemeProvider>
      <QueryClientProvider client={queries}>
        <ClientProvider value={client}>{node}</ClientProvider>
      </QueryClientProvider>
    </SchemeProvider>,
  );
  return { ...drawn, client, queries, user: userEvent.setup() };
}

/** What one command is to answer instead of the usual. */
export type Override<K extends CommandName = CommandName> =
  | { ok: Commands[K]["response"] }
  | { error: ApiError };

/** The fake server, with the answers of some commands laid down by the test. */
export function backendThat(
  overrides: { [K in CommandName]?: Override<K> | (() => Override<K>) },
  hub?: FakeHub,
): Backend & { sent: { command: CommandName; request: unknown }[] } {
  const rest = createFakeBackend([], hub);
  const sent: { command: CommandName; request: unknown }[] = [];
  return {
    sent,
    async send(text) {
      const { command, request } = JSON.parse(text) as { command: CommandName; request: unknown };
      sent.push({ command, request });
      const override = overrides[command];
      if (override === undefined) {
        return rest.send(text);
      }
      return JSON.stringify(typeof override === "function" ? override() : override);
    },
  };
}
