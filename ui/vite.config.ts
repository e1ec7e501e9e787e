import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The development host of `bm-api`; the built program never opens a port.
const devHost = process.env.BIENMAU_DEVHOST ?? "http://127.0.0.1:1421";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 1420, strictPort: true, proxy: { "/rpc": devHost } },
  build: { target: "es2022", chunkSizeWarningLimit: 900 },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    testTimeout: 20_000,
  },
});
