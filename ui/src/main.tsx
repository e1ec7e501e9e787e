// Starts the program: dictionary, backend, providers.
import "@mantine/core/styles.css";
import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "./styles/tokens.css";
import "./styles/global.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { pickBackend } from "./api/backend";
import { ClientProvider, createClient } from "./api/client";
import { SchemeProvider } from "./components/scheme";
import { currentLanguage, startI18n } from "./i18n";

async function start(root: HTMLElement) {
  const [backend] = await Promise.all([pickBackend(), startI18n()]);
  const client = createClient(backend, currentLanguage);
  // The server is on this machine: an answer is right or wrong, trying again changes nothing.
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
  createRoot(root).render(
    <StrictMode>
      <SchemeProvider>
        <QueryClientProvider client={queries}>
          <ClientProvider value={client}>
            <App />
          </ClientProvider>
        </QueryClientProvider>
      </SchemeProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) {
  void start(root);
}
