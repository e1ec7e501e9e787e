// A list of gathered goods being drawn up: what the fields hold, and what of it goes to the server.
import type {
  GatherableForm,
  GatheringInput,
  GatheringStage,
  GatheringStep,
  GatheringView,
  Violation,
} from "../api/bindings";
import { parseDecimal } from "./decimal";
import { newId } from "./ids";

/** Goods of one line of a form; the quantity stays as typed until it is sent. */
export interface DraftGoods {
  form: string;
  line: number;
  number: string;
  person: string;
  goods: string;
  unit: string;
  /** What other lists have left of the form's line. */
  available: string;
  quantity: string;
  /** Its own day of gathering, where it is not that of the list. */
  day: string | null;
}

export interface ListDraft {
  id: string;
  taxCode: string;
  name: string;
  address: string;
  place: string;
  day: string | null;
  goods: DraftGoods[];
}

export function emptyList(today: string): ListDraft {
  return { id: newId(), taxCode: "", name: "", address: "", place: "", day: today, goods: [] };
}

/** A saved draft to be changed. */
export function draftOf(view: GatheringView): ListDraft {
  return {
    id: view.id,
    taxCode: view.trader.tax_code,
    name: view.trader.name,
    address: view.trader.address,
    place: view.place,
    day: view.day,
    goods: view.goods.map((line) => ({
      form: line.form,
      line: line.line,
      number: line.number,
      person: line.person_name,
      goods: line.name,
      unit: line.unit,
      available: line.available,
      quantity: line.quantity,
      day: line.day === view.day ? null : line.day,
    })),
  };
}

/** Adds what is left of a form, line by line; what stands on the list already stays as it is. */
export function addForm(draft: ListDraft, form: GatherableForm): ListDraft {
  const isNew = (line: number) =>
    !draft.goods.some((one) => one.form === form.id && one.line === line);
  const added = form.lines
    .filter(({ line, left }) => left !== "0" && isNew(line))
    .map(
      ({ line, name, unit, left }): DraftGoods => ({
        form: form.id,
        line,
        number: form.number,
        person: form.person_name,
        goods: name,
        unit,
        available: left,
        quantity: left,
        day: null,
      }),
    );
  return { ...draft, goods: [...draft.goods, ...added] };
}

export function toGathering(draft: ListDraft): GatheringInput {
  return {
    id: draft.id,
    trader: { name: draft.name, address: draft.address, tax_code: draft.taxCode },
    place: draft.place,
    day: draft.day ?? "",
    lines: draft.goods.map(({ form, line, quantity, day }) => ({
      form,
      line,
      quantity: parseDecimal(quantity) ?? quantity,
      day,
    })),
  };
}

/** The messages that belong to a field, joined. */
export function saidOf(all: Violation[], field: string): string | null {
  return (
    all
      .filter((one) => one.field === field && one.severity === "refuse")
      .map(({ message }) => message)
      .join(" ") || null
  );
}

/** Refusals that no field of the page shows. */
export function saidElsewhere(all: Violation[]): Violation[] {
  const shown = /^(trader\.\w+|place|day|lines\[\d+\]\.quantity)$/;
  return all.filter(({ field }) => !shown.test(field));
}

/** The step a list waits for; null when it waits for none. */
export function nextOf(stage: GatheringStage): GatheringStep["step"] | null {
  switch (stage) {
    case "draft":
      return "file";
    case "filed":
      return "confirm_tax";
    case "taxed":
      return "pay";
    case "paid":
      return "release";
    default:
      return null;
  }
}
