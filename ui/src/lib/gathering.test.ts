import { describe, expect, it } from "vitest";
import type { GatherableForm, Violation } from "../api/bindings";
import { addForm, emptyList, saidElsewhere, saidOf, toGathering } from "./gathering";

const form: GatherableForm = {
  id: "form-1",
  number: "MONGCAI/2026/NK/Q1-000001",
  gate: "MONGCAI",
  day: "2026-11-20",
  person_name: "Nguyễn Thị Hoa",
  lines: [
    { line: 0, hs: "39241010", name: "Bát", unit: "kg", quantity: "100", left: "60.5" },
    { line: 1, hs: "08081000", name: "Táo", unit: "kg", quantity: "50", left: "0" },
  ],
  problems: [],
};

const refusal = (field: string, message: string): Violation => ({
  code: "x",
  severity: "refuse",
  field,
  basis: "",
  message,
});

describe("a list being drawn up", () => {
  it("takes what is left of each line once", () => {
    const once = addForm(emptyList("2026-11-24"), form);
    expect(once.goods.map(({ line, quantity }) => [line, quantity])).toEqual([[0, "60.5"]]);
    expect(addForm(once, form).goods).toHaveLength(1);
  });

  it("sends numbers plainly, and what is no number as it was typed", () => {
    const draft = addForm(emptyList("2026-11-24"), form);
    const typed = (quantity: string) =>
      toGathering({ ...draft, goods: draft.goods.map((one) => ({ ...one, quantity })) }).lines[0];
    expect(typed("60,5")?.quantity).toBe("60.5");
    expect(typed("abc")?.quantity).toBe("abc");
    expect(toGathering({ ...draft, day: null }).day).toBe("");
  });

  it("shows each refusal beside its field or apart, never twice", () => {
    const all = [
      refusal("lines[0].quantity", "quá nhiều"),
      refusal("lines[0].form", "chưa thông quan"),
      refusal("place", "còn trống"),
    ];
    expect(saidOf(all, "lines[0].quantity")).toBe("quá nhiều");
    expect(saidOf(all, "lines[1].quantity")).toBeNull();
    expect(saidElsewhere(all).map(({ field }) => field)).toEqual(["lines[0].form"]);
  });
});
