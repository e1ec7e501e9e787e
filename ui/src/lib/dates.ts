// Days and times as people read them. The business day is Asia/Ho_Chi_Minh.
import type { Language } from "../api/bindings";

const ZONE = "Asia/Ho_Chi_Minh";

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Reads `5/2/1990`, `05021990` or `1990-02-05` as `1990-02-05`; null when it is no real day. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text);
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const dayFirst = local ?? packed;
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : dayFirst
      ? [dayFirst[3], dayFirst[2], dayFirst[1]]
      : [];
  if (year === undefined || month === undefined || day === undefined) {
    return null;
  }
  if (!isRealDay(Number(year), Number(month), Number(day))) {
    return null;
  }
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Writes `1990-02-05` as `05/02/1990`; Chinese keeps the order of the standard. */
export function formatDay(day: string, language: Language): string {
  const [year, month, date] = day.split("-");
  if (year === undefined || month === undefined || date === undefined || language === "zh") {
    return day;
  }
  return `${date}/${month}/${year}`;
}

/** Hour and minute at the gate of an RFC 3339 time. */
export function formatTime(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) {
    return at;
  }
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: ZONE,
  }).format(time);
}

/** The business day an RFC 3339 time falls on. */
export function dayOf(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) {
    return at;
  }
  // Not `en-CA`, whose order of year, month and day differs between web views.
  const parts = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone: ZONE,
  }).formatToParts(time);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The day so many days before a day. */
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
