// The only module that touches the desktop shell.
import { invoke } from "@tauri-apps/api/core";
import type { Backend } from "./backend";

/** Sends envelopes through the shell's one `rpc` command. */
export const tauriBackend: Backend = {
  send: (envelope) => invoke<string>("rpc", { envelope }),
};
