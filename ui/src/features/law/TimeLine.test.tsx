import { describe, expect, it } from "vitest";
import type { LawRowView } from "../../api/bindings";
import { VAT_ROWS } from "../../testing/fake-law";
import { stretchesOf } from "./TimeLine";

const TODAY = "2026-11-24";

describe("the time line of a rule", () => {
  it("puts each row where its days lie, the next beginning where the last ends", () => {
    const { stretches, today } = stretchesOf(VAT_ROWS, TODAY);
    const [now, next] = stretches;
    expect(now?.left).toBe(0);
    expect((now?.left ?? 0) + (now?.width ?? 0)).toBeCloseTo(next?.left ?? -1, 5);
    expect((next?.left ?? 0) + (next?.width ?? 0)).toBe(100);
    expect(today).toBeGreaterThan(now?.left ?? 100);
    expect(today).toBeLessThan(next?.left ?? 0);
  });

  it("begins old rows at the edge and leaves out those before it", () => {
    const at = (key: string, from: string, to: string | null): LawRowView => ({
      ...(VAT_ROWS[0] as LawRowView),
      key,
      valid_from: from,
      valid_to: to,
    });
    const rows = [at("a", "1970-01-01", "2001-12-31"), at("b", "2002-01-01", null)];
    const { stretches } = stretchesOf(rows, TODAY);
    expect(stretches.map(({ row }) => row.key)).toEqual(["b"]);
    expect(stretches[0]?.left).toBe(0);
    expect(stretches[0]?.width).toBe(100);
  });
});
