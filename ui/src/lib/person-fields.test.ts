import { describe, expect, it } from "vitest";
import type { PaperView } from "../api/bindings";
import { personFieldOf } from "./person-fields";

const paper = (number: string): PaperView => ({
  kind: "cccd",
  number,
  issued: null,
  expires: null,
});

describe("personFieldOf", () => {
  it.each([
    ["resident.name", "", "name"],
    ["resident.born", "", "born"],
    ["resident.commune", "", "commune"],
    ["reason", "", "reason"],
    ["resident.kind", "", "papers[0].kind"],
    ["resident.number", "Chưa nhập số giấy tờ.", "papers[0].number"],
    ["resident.number", "Số 12AB không đúng.", "papers[1].number"],
    ["", "", ""],
  ])("puts %j (%j) beside %j", (field, message, place) => {
    const violation = { code: "", severity: "refuse" as const, field, basis: "", message };
    expect(personFieldOf(violation, [paper(""), paper("12AB")])).toBe(place);
  });
});
