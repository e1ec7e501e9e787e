// How a workstation stands with the hub, and what of the office's workstations needs a look.
import type { HubView, MemberView } from "../api/bindings";

/** From here on a clock is said to be wrong, in milliseconds. */
export const CLOCK_WRONG_MS = 60_000;

/** A workstation not heard of for so long is silent, in milliseconds. */
export const SILENT_MS = 600_000;

/** Everything sent; something waits; out of reach, so that what is granted is provisional. */
export type HubStanding = "sent" | "waiting" | "away";

/** The standing a view tells of; null where this workstation stands alone, or nothing is known yet. */
export function standingOf(view: HubView | undefined): HubStanding | null {
  if (!view?.joined) {
    return null;
  }
  if (!view.reached) {
    return "away";
  }
  return view.unsent > 0 ? "waiting" : "sent";
}

/** Whether what is granted now has to be checked by the hub later. */
export const isProvisional = (view: HubView | undefined) => standingOf(view) === "away";

export type AgoUnit = "now" | "minutes" | "hours" | "days";

/** A span in milliseconds in its largest whole unit; under a minute, or ahead of us, it is now. */
export function agoOf(ms: number): { unit: AgoUnit; count: number } {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) {
    return { unit: "now", count: 0 };
  }
  if (minutes < 60) {
    return { unit: "minutes", count: minutes };
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? { unit: "hours", count: hours }
    : { unit: "days", count: Math.floor(hours / 24) };
}

/** Which way a clock is off, and by how many whole seconds; `wrong` from a minute on. */
export function clockOf(offset_ms: number) {
  const seconds = Math.round(Math.abs(offset_ms) / 1000);
  const way = seconds === 0 ? "right" : offset_ms > 0 ? "slow" : "fast";
  return { way, seconds, wrong: Math.abs(offset_ms) >= CLOCK_WRONG_MS } as const;
}

/** What is remarkable about a workstation. */
export interface MemberLook {
  silent: boolean;
  clock: boolean;
  version: boolean;
}

/**
 * Looks at a workstation. `now` is the time by the hub's clock in milliseconds since 1970, `version`
 * that of our own program.
 */
export function lookAt(member: MemberView, now: number, version: string): MemberLook {
  return {
    silent: now - Date.parse(member.seen) >= SILENT_MS,
    clock: clockOf(member.clock_offset_ms).wrong,
    version: member.version !== version,
  };
}

/** How much a workstation needs a look; 0 is the most. */
function rank(member: MemberView, now: number, version: string): number {
  const look = lookAt(member, now, version);
  const order = [
    member.lost,
    look.silent && member.unsent > 0,
    look.clock,
    look.silent,
    look.version,
    member.unsent > 0 || member.behind > 0,
  ];
  const first = order.indexOf(true);
  return first === -1 ? order.length : first;
}

/** The workstations with trouble first, alike ones by name; `now` and `version` as in `lookAt`. */
export function troubleFirst(members: MemberView[], now: number, version: string): MemberView[] {
  return members.toSorted(
    (a, b) => rank(a, now, version) - rank(b, now, version) || a.name.localeCompare(b.name, "vi"),
  );
}
