// How this workstation prints: remembered here, as printers and their offsets belong to the machine.
import { useState } from "react";
import type { PaperSize, Shift } from "../api/bindings";

export interface PrintSettings {
  /** Name of the printer; empty where the system is to ask. */
  printer: string;
  /** Size of the paper; empty where the template says it. */
  paper: PaperSize | "";
  /** Values only, for stationery printed before. */
  overlay: boolean;
  /** Millimetres to the right and down by which values are moved, as typed. */
  right: string;
  down: string;
}

const STORED = "bienmau.print";
const PLAIN: PrintSettings = { printer: "", paper: "", overlay: false, right: "0", down: "0" };
const SHIFT_MAX = 300;

function stored(): PrintSettings {
  try {
    return { ...PLAIN, ...JSON.parse(localStorage.getItem(STORED) ?? "{}") };
  } catch {
    // What another version wrote is no reason not to print.
    return PLAIN;
  }
}

export function usePrintSettings(): [PrintSettings, (change: Partial<PrintSettings>) => void] {
  const [settings, setSettings] = useState(stored);
  const change = (part: Partial<PrintSettings>) => {
    const next = { ...settings, ...part };
    localStorage.setItem(STORED, JSON.stringify(next));
    setSettings(next);
  };
  return [settings, change];
}

/** Tenths of a millimetre of what was typed, "-1,5" or "2"; null where it is none, or beyond 3 cm. */
export function tenths(text: string): number | null {
  const match = /^([-−]?)(\d{1,2})(?:[.,](\d))?$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [, sign, whole, rest] = match;
  const size = Number(whole) * 10 + Number(rest ?? 0);
  if (size > SHIFT_MAX) {
    return null;
  }
  return sign && size > 0 ? -size : size;
}

/** How far values are moved; null while what was typed is no length. */
export function shiftOf({ right, down }: PrintSettings): Shift | null {
  const [x, y] = [tenths(right), tenths(down)];
  return x === null || y === null ? null : { x, y };
}
