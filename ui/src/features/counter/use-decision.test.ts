import { describe, expect, it } from "vitest";
import type { LineAnswer, Violation } from "../../api/bindings";
import { outcomesByLine } from "./use-decision";

const about = (field: string, code = field): Violation => ({
  code,
  severity: "refuse",
  field,
  basis: "",
  message: "",
});

const worth = (value_vnd: string) => ({ value_vnd }) as LineAnswer;

describe("outcomesByLine", () => {
  it("gives each line as sent its own answer and violations", () => {
    const { byLine, whole } = outcomesByLine(
      {
        lines: [worth("10"), worth("20")],
        violations: [about("lines[1].hs"), about("lines[0].unit"), about("lines[1].quantity")],
      },
      ["first", "third"],
    );
    const codes = (key: string) => byLine.get(key)?.violations.map(({ code }) => code);
    expect(codes("first")).toEqual(["lines[0].unit"]);
    expect(codes("third")).toEqual(["lines[1].hs", "lines[1].quantity"]);
    expect(byLine.get("third")?.answer?.value_vnd).toBe("20");
    expect(whole).toEqual([]);
  });

  it.each(["", "lines", "exchange_of", "resident.number", "lines[2].hs"])(
    "shows a violation about %j with the whole form, so that none is lost",
    (field) => {
      const answer = { lines: [], violations: [about(field)] };
      expect(outcomesByLine(answer, ["first", "second"]).whole).toHaveLength(1);
    },
  );
});
