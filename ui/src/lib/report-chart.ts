// Which picture a report makes, and its figures: for drawing only.
import type { ReportRow, ReportTable } from "../api/bindings";

/** Columns a chart may be told apart by, the first found is taken. */
const LABELS = ["day", "group", "country", "commune_name", "gate_name"] as const;
const SHARES_MAX = 8;

export type ReportPicture =
  | { kind: "days"; series: string[]; groups: { day: string; values: number[] }[] }
  | { kind: "shares"; shares: { label: string; value: number; percent: number }[] };

function cellOf(row: ReportRow, at: number): string {
  return at < 0 ? "" : (row.cells[at] ?? "");
}

/** The picture of a report's value; null where it has none to show. */
export function pictureOf(table: ReportTable): ReportPicture | null {
  const at = (id: string) => table.columns.findIndex((column) => column.id === id);
  const value = at("value.period");
  const label = LABELS.find((id) => at(id) >= 0);
  if (value < 0 || label === undefined) {
    return null;
  }
  const lines = table.rows.filter(({ kind }) => kind === "line");
  const figure = (row: ReportRow) => Number(cellOf(row, value));
  if (label === "day") {
    const way = at("direction");
    const series = [...new Set(lines.map((row) => cellOf(row, way)))];
    const days = new Map<string, number[]>();
    for (const row of lines) {
      const day = cellOf(row, at("day"));
      const values = days.get(day) ?? series.map(() => 0);
      const nth = series.indexOf(cellOf(row, way));
      values[nth] = (values[nth] ?? 0) + figure(row);
      days.set(day, values);
    }
    const groups = [...days].sort().map(([day, values]) => ({ day, values }));
    return groups.length > 1 ? { kind: "days", series, groups } : null;
  }
  const sums = new Map<string, number>();
  for (const row of lines) {
    const name = cellOf(row, at(label));
    sums.set(name, (sums.get(name) ?? 0) + figure(row));
  }
  const whole = [...sums.values()].reduce((sum, one) => sum + Math.max(one, 0), 0);
  const shares = [...sums]
    .filter(([, sum]) => sum > 0)
    .sort(([, one], [, other]) => other - one)
    .slice(0, SHARES_MAX)
    .map(([name, sum]) => ({ label: name, value: sum, percent: (sum / whole) * 100 }));
  return shares.length > 1 ? { kind: "shares", shares } : null;
}
