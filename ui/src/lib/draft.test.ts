import { describe, expect, it } from "vitest";
import type { DeclarationView, GoodsHit, Violation } from "../api/bindings";
import { GOODS, NO_PROGRESS } from "../testing/fake-data";
import {
  columnOf,
  type DraftLine,
  draftOf,
  emptyDraft,
  emptyLine,
  isBlank,
  missingField,
  patchLine,
  pickGoods,
  readPrice,
  repeatLine,
  rowOf,
  toDraftInput,
  turnDirection,
} from "./draft";

const [GARLIC, , SHIRT] = GOODS as [GoodsHit, GoodsHit, GoodsHit];

/** A line of garlic with every figure typed. */
function typedLine(change: Partial<DraftLine> = {}): DraftLine {
  const draft = pickGoods(emptyDraft(), 0, GARLIC);
  const line = patchLine(draft, 0, { quantity: "12,5", weight: "13", price: "1.234,5" }).lines[0];
  if (line === undefined) {
    throw new Error("a new draft has no line");
  }
  return { ...line, ...change };
}

const about = (field: string): Violation => ({
  code: "unit_unusual",
  severity: "warn",
  field,
  basis: "",
  message: "",
});

describe("a new draft", () => {
  it("has an id, one blank line, and the origin its direction suggests", () => {
    const bought = emptyDraft();
    const sold = emptyDraft("export", "first-leg");
    expect(bought.lines.map(isBlank)).toEqual([true]);
    expect(bought.lines[0]?.origin).toBe("CN");
    expect(sold.lines[0]?.origin).toBe("VN");
    expect(sold.exchangeOf).toBe("first-leg");
    expect(bought.id).not.toBe(sold.id);
  });
});

describe("pickGoods", () => {
  it("keeps every figure the officer typed before or changes the goods afterwards", () => {
    const draft = { ...emptyDraft(), lines: [typedLine({ certificate: "KD-7", origin: "TH" })] };
    const line = pickGoods(draft, 0, SHIRT).lines[0];
    expect(line).toMatchObject({ hs: SHIRT.hs, goods: SHIRT.name, unit: "chiếc" });
    expect(line).toMatchObject({ quantity: "12,5", weight: "13", price: "1.234,5" });
    expect(line).toMatchObject({ certificate: "KD-7", origin: "TH" });
  });
});

describe("turnDirection", () => {
  it("turns default origins round and leaves chosen ones", () => {
    const lines = [emptyLine("import"), { ...emptyLine("import"), origin: "TH" }];
    const turned = turnDirection({ ...emptyDraft(), lines });
    expect(turned.direction).toBe("export");
    expect(turned.lines.map(({ origin }) => origin)).toEqual(["VN", "TH"]);
    expect(turnDirection(turned).lines).toEqual(lines);
  });
});

describe("missingField", () => {
  it.each<[string, Partial<DraftLine>, ReturnType<typeof missingField>]>([
    ["nothing", {}, null],
    ["the goods, typed but not chosen", { hs: "" }, "goods"],
    ["the quantity", { quantity: "" }, "quantity"],
    ["a quantity one can read", { quantity: "12 cái" }, "quantity"],
    ["no weight, which may stay empty", { weight: "" }, null],
    ["a weight one can read", { weight: "nặng" }, "weight"],
    ["the price", { price: "" }, "price"],
    ["a price one can read", { price: "1.2.3" }, "price"],
  ])("misses %s", (_, change, field) => {
    expect(missingField(typedLine(change))).toBe(field);
  });
});

describe("readPrice", () => {
  it.each([
    ["150.000", "VND", "150000"],
    ["150.000", "CNY", "150.000"],
    ["3,5", "CNY", "3.5"],
    ["1.234,5", "USD", "1234.5"],
  ])("reads %s in %s as %s", (price, currency, read) => {
    expect(readPrice(typedLine({ price, currency }))).toBe(read);
  });
});

describe("toDraftInput", () => {
  it("sends the numbers as they were understood, never as they were typed", () => {
    const line = typedLine({ origin: " cn ", certificate: " KD-7 " });
    const { input } = toDraftInput({ ...emptyDraft(), lines: [line] }, "person-0");
    expect(input).toMatchObject({ person: "person-0", direction: "import", exchange_of: null });
    expect(input.lines).toEqual([
      {
        hs: GARLIC.hs,
        name: GARLIC.name,
        quantity: "12.5",
        unit: "kg",
        weight_kg: "13",
        unit_price: "1234.5",
        currency: "CNY",
        origin: "CN",
        condition: "new",
        certificate: "KD-7",
      },
    ]);
  });

  it("leaves unfinished lines out and remembers which row each sent line is", () => {
    const lines = [emptyLine("import"), typedLine(), typedLine({ price: "?" }), typedLine()];
    const { input, rows } = toDraftInput({ ...emptyDraft(), lines }, null);
    expect(rows).toEqual([1, 3]);
    expect(input.lines).toHaveLength(2);
  });

  it("sends an empty weight and an empty certificate as none", () => {
    const { input } = toDraftInput({ ...emptyDraft(), lines: [typedLine({ weight: " " })] }, null);
    expect(input.lines[0]).toMatchObject({ weight_kg: null, certificate: null });
  });

  it("sends no certificate that the line does not show", () => {
    const draft = { ...emptyDraft(), lines: [typedLine({ certificate: "KD-7" })] };
    const { input } = toDraftInput(pickGoods(draft, 0, SHIRT), null);
    expect(input.lines[0]?.certificate).toBeNull();
  });

  it("keeps the id through every change, so that a form is registered once", () => {
    const draft = emptyDraft();
    const changed = turnDirection(repeatLine(pickGoods(draft, 0, GARLIC), 0));
    expect(toDraftInput(changed, null).input.id).toBe(draft.id);
  });
});

describe("where a violation belongs", () => {
  it.each([
    ["lines[0].quantity", 0, "quantity"],
    ["lines[12].unit_price", 12, "unit_price"],
    ["lines[3]", 3, ""],
    ["lines", null, ""],
    ["exchange_of", null, ""],
    ["resident.number", null, ""],
    ["", null, ""],
  ])("puts %j in row %s, column %j", (field, row, column) => {
    expect(rowOf(about(field))).toBe(row);
    expect(columnOf(about(field))).toBe(column);
  });
});

describe("a registered form typed again", () => {
  const line = {
    hs: "07032090",
    name: "Tỏi",
    quantity: "1.234",
    unit: "kg",
    weight_kg: null,
    unit_price: "1.234",
    currency: "VND",
    origin: "CN",
    condition: "new",
    certificate: null,
  };
  const form = {
    id: "a",
    direction: "import",
    allocation: "least_tax",
    lines: [line, { ...line, certificate: "KD-7", unit_price: "20000" }],
    progress: { ...NO_PROGRESS, certificates: [{ line: 0, text: null }] },
  } as DeclarationView;

  it("is sent as it was declared, figure by figure", () => {
    const { input } = toDraftInput(draftOf(form), null);
    expect(input.allocation).toBe("least_tax");
    const [first, second] = input.lines;
    expect(first?.quantity).toBe("1.234");
    expect(first?.unit_price).toBe("1.2340");
    expect(second?.unit_price).toBe("20000");
    expect(second?.certificate).toBe("KD-7");
  });

  it("asks for the certificate that is missing", () => {
    expect(draftOf(form).lines.map(({ quarantine }) => quarantine)).toEqual(["plant", "plant"]);
    const settled = { ...form, progress: NO_PROGRESS };
    expect(draftOf(settled).lines[0]?.quarantine).toBeNull();
  });
});

it("a counterpart goes with the form only where something is typed of one", () => {
  const draft = emptyDraft();
  expect(toDraftInput(draft, null).input).not.toHaveProperty("counterpart");
  const named = { ...draft, counterpart: { name: "王伟", kind: "chinese_id", number: "" } };
  expect(toDraftInput(named, null).input.counterpart).toEqual(named.counterpart);
});
