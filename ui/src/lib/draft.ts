// The declaration being typed: what the fields hold, and what of it can go to the server.
import type {
  DeclarationView,
  Direction,
  DraftInput,
  GoodsHit,
  LineInput,
  Violation,
} from "../api/bindings";
import { parseDecimal } from "./decimal";
import { newId } from "./ids";

/** One line as typed; numbers stay text until they are sent. */
export interface DraftLine {
  key: string;
  goods: string;
  hs: string;
  name: string;
  units: string[];
  quarantine: string | null;
  referencePrice: string | null;
  quantity: string;
  unit: string;
  weight: string;
  price: string;
  currency: string;
  origin: string;
  condition: "new" | "used";
  certificate: string;
}

/** Who the goods go to or come from, as typed. */
export interface Counterpart {
  name: string;
  kind: string;
  number: string;
}

export const NOBODY: Counterpart = { name: "", kind: "chinese_id", number: "" };

export interface Draft {
  id: string;
  direction: Direction;
  exchangeOf: string | null;
  counterpart: Counterpart;
  /** Plate of the vehicle that carries the goods. */
  vehicle: string;
  lines: DraftLine[];
  allocation: "entered" | "least_tax";
}

export const CURRENCIES = ["CNY", "VND", "USD"] as const;

const HOME_ORIGIN: Record<Direction, string> = { import: "CN", export: "VN" };

export function emptyLine(direction: Direction): DraftLine {
  return {
    key: newId(),
    goods: "",
    hs: "",
    name: "",
    units: [],
    quarantine: null,
    referencePrice: null,
    quantity: "",
    unit: "",
    weight: "",
    price: "",
    currency: "CNY",
    origin: HOME_ORIGIN[direction],
    condition: "new",
    certificate: "",
  };
}

export function emptyDraft(
  direction: Direction = "import",
  exchangeOf: string | null = null,
): Draft {
  return {
    id: newId(),
    direction,
    exchangeOf,
    counterpart: NOBODY,
    vehicle: "",
    lines: [emptyLine(direction)],
    allocation: "entered",
  };
}

/** Turns the trade round; origins that were still the default follow. */
export function turnDirection(draft: Draft): Draft {
  const direction = draft.direction === "import" ? "export" : "import";
  const lines = draft.lines.map((line) =>
    line.origin === HOME_ORIGIN[draft.direction]
      ? { ...line, origin: HOME_ORIGIN[direction] }
      : line,
  );
  return { ...draft, direction, lines };
}

export function patchLine(draft: Draft, row: number, patch: Partial<DraftLine>): Draft {
  const lines = draft.lines.map((line, index) => (index === row ? { ...line, ...patch } : line));
  return { ...draft, lines };
}

/** Takes over what the catalogue knows of the goods; the officer's own figures stay. */
export function pickGoods(draft: Draft, row: number, goods: GoodsHit): Draft {
  const { hs, name, units, quarantine } = goods;
  return patchLine(draft, row, {
    goods: name,
    hs,
    name,
    units,
    unit: units[0] ?? "",
    quarantine,
    referencePrice: goods.reference_price_vnd,
  });
}

export function insertLine(draft: Draft, row: number, line: DraftLine): Draft {
  return { ...draft, lines: draft.lines.toSpliced(row, 0, line) };
}

/** Puts a copy of a line below it. */
export function repeatLine(draft: Draft, row: number): Draft {
  const line = draft.lines[row];
  return line === undefined ? draft : insertLine(draft, row + 1, { ...line, key: newId() });
}

/** Takes a line out; the form always keeps one to type into. */
export function removeLine(draft: Draft, row: number): Draft {
  const lines = draft.lines.toSpliced(row, 1);
  return { ...draft, lines: lines.length > 0 ? lines : [emptyLine(draft.direction)] };
}

export function readPrice(line: DraftLine): string | null {
  return parseDecimal(line.price, { whole: line.currency === "VND" });
}

/** Whether nothing has been typed into a line yet. */
export function isBlank(line: DraftLine): boolean {
  return [line.goods, line.quantity, line.weight, line.price].every((text) => text.trim() === "");
}

/** The first field of a line that still lacks a readable value. */
export function missingField(line: DraftLine): "goods" | "quantity" | "price" | "weight" | null {
  if (line.hs === "") {
    return "goods";
  }
  if (parseDecimal(line.quantity) === null) {
    return "quantity";
  }
  if (line.weight.trim() !== "" && parseDecimal(line.weight) === null) {
    return "weight";
  }
  return readPrice(line) === null ? "price" : null;
}

/** A registered form as it is typed again. */
export function draftOf(form: DeclarationView): Draft {
  const asked = new Set(form.progress.certificates.map(({ line }) => line));
  const lines = form.lines.map((line, row): DraftLine => {
    // Three places after the point would read as thousands of dong.
    const price = line.unit_price.includes(".") ? `${line.unit_price}0` : line.unit_price;
    return {
      ...emptyLine(form.direction),
      goods: line.name,
      hs: line.hs,
      name: line.name,
      units: [line.unit],
      quarantine: line.certificate !== null || asked.has(row) ? "plant" : null,
      quantity: line.quantity,
      unit: line.unit,
      weight: line.weight_kg ?? "",
      price,
      currency: line.currency,
      origin: line.origin,
      condition: line.condition,
      certificate: line.certificate ?? "",
    };
  });
  const { allocation } = form;
  return { ...emptyDraft(form.direction), id: form.id, lines, allocation };
}

function toInput(line: DraftLine): LineInput {
  return {
    hs: line.hs,
    name: line.name,
    quantity: parseDecimal(line.quantity) ?? "",
    unit: line.unit,
    weight_kg: parseDecimal(line.weight),
    unit_price: readPrice(line) ?? "",
    currency: line.currency,
    origin: line.origin.trim().toUpperCase(),
    condition: line.condition,
    // The field shows for such goods only; what other goods hide in it is not declared.
    certificate: line.quarantine === null ? null : line.certificate.trim() || null,
  };
}

/** The part of a draft the server can decide on, with the row each sent line came from. */
export function toDraftInput(
  draft: Draft,
  person: string | null,
): { input: DraftInput; rows: number[] } {
  const rows = draft.lines.flatMap((line, row) => (missingField(line) === null ? [row] : []));
  const lines = draft.lines.filter((line) => missingField(line) === null).map(toInput);
  const { id, direction, exchangeOf, allocation } = draft;
  const { name, kind, number } = draft.counterpart;
  const isKnown = name.trim() !== "" || number.trim() !== "";
  const counterpart = isKnown ? { counterpart: { name, kind, number } } : {};
  const vehicle = draft.vehicle.trim() === "" ? {} : { vehicle: draft.vehicle.trim() };
  const form = { id, person, direction, exchange_of: exchangeOf, ...counterpart, ...vehicle };
  return { input: { ...form, lines, allocation }, rows };
}

/** The row a violation is about, as sent; null when it is about the whole form. */
export function rowOf(violation: Violation): number | null {
  const row = /^lines\[(\d+)\]/.exec(violation.field)?.[1];
  return row === undefined ? null : Number(row);
}

/** The column a violation is about, or an empty string. */
export function columnOf(violation: Violation): string {
  return /^lines\[\d+\]\.(\w+)/.exec(violation.field)?.[1] ?? "";
}
