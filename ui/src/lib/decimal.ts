// Decimal numbers as text: reading what people type, and writing what the server sends.
// Nothing here computes an amount but one difference that is only shown; sums come from the server.
import type { Language } from "../api/bindings";

const PLAIN = /^\d+(\.\d+)?$/;

/** Separators by language: thousands, then decimal sign. */
const MARKS: Record<Language, { group: string; point: string }> = {
  vi: { group: ".", point: "," },
  en: { group: ",", point: "." },
  zh: { group: ",", point: "." },
};

function isGrouped(text: string, mark: string): boolean {
  const [head = "", ...groups] = text.split(mark);
  return /^[1-9]\d{0,2}$/.test(head) && groups.length > 0 && groups.every((g) => /^\d{3}$/.test(g));
}

function withoutZeros(text: string): string {
  return text.replace(/^0+(?=\d)/, "");
}

/**
 * Reads a number as typed, with a comma or a point as the decimal sign.
 *
 * Of two different marks the last is the decimal sign; a mark that repeats is a thousands mark.
 * A single mark is the decimal sign, except in `whole` amounts (VND), where `150.000` can only
 * be one hundred and fifty thousand. Returns null for anything that is not one clear number.
 */
export function parseDecimal(typed: string, options: { whole?: boolean } = {}): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, "");
  if (text === "") {
    return null;
  }
  const marks = text.replace(/[^.,]/g, "");
  const last = marks.at(-1);
  if (last === undefined) {
    return PLAIN.test(text) ? withoutZeros(text) : null;
  }
  const other = last === "." ? "," : ".";
  if (marks.includes(other)) {
    const cut = text.lastIndexOf(last);
    const head = text.slice(0, cut);
    const joined = `${head.replaceAll(other, "")}.${text.slice(cut + 1)}`;
    return isGrouped(head, other) && PLAIN.test(joined) ? withoutZeros(joined) : null;
  }
  if (marks.length > 1 || (options.whole === true && isGrouped(text, last))) {
    return isGrouped(text, last) ? withoutZeros(text.replaceAll(last, "")) : null;
  }
  const plain = text.replace(",", ".");
  return PLAIN.test(plain) ? withoutZeros(plain) : null;
}

/** Writes a plain decimal with the separators of `language`. */
export function formatDecimal(plain: string, language: Language): string {
  const { group, point } = MARKS[language];
  const negative = plain.startsWith("-");
  const [whole = "", fraction] = plain.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const sign = negative ? "−" : "";
  return fraction === undefined ? sign + grouped : `${sign}${grouped}${point}${fraction}`;
}

/** Share of `part` in `whole` in percent, 0 to 100, for drawing bars only. */
export function percentOf(part: string, whole: string): number {
  if (!/^\d+$/.test(part) || !/^\d+$/.test(whole) || BigInt(whole) === 0n) {
    return 0;
  }
  const share = (BigInt(part) * 100n) / BigInt(whole);
  return Number(share > 100n ? 100n : share);
}

/** How much more one whole amount is than another. */
export function differenceOf(one: string, other: string): string {
  return String(BigInt(one) - BigInt(other));
}

/** Whether a plain number is below zero. */
export function isNegative(plain: string): boolean {
  return /[1-9]/.test(plain) && plain.startsWith("-");
}

export function withoutSign(plain: string): string {
  return plain.replace("-", "");
}

/** Whether a plain amount is more than zero. */
export function isPositive(plain: string): boolean {
  return /[1-9]/.test(plain) && !plain.startsWith("-");
}
