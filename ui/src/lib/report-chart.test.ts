import { describe, expect, it } from "vitest";
import { roof } from "../components/Chart";
import { TABLE } from "../testing/fake-report";
import { pictureOf } from "./report-chart";

describe("the picture of a report", () => {
  it("shares out what is more than nothing, sums lines of one name, leaves sums out", () => {
    const line = { kind: "line" as const, depth: 1, of: [], label: "" };
    const rows = [
      { ...line, cells: ["Nhập khẩu", "Rau củ", "1", "30", "0"] },
      { ...line, cells: ["Xuất khẩu", "Rau củ", "1", "30", "0"] },
      { ...line, cells: ["Nhập khẩu", "Gạo", "1", "20", "0"] },
      { ...line, cells: ["Nhập khẩu", "Đã trả", "1", "-5", "0"] },
      { ...line, kind: "total" as const, cells: ["", "", "3", "75", "0"] },
    ];
    expect(pictureOf({ ...TABLE, rows })).toEqual({
      kind: "shares",
      shares: [
        { label: "Rau củ", value: 60, percent: 75 },
        { label: "Gạo", value: 20, percent: 25 },
      ],
    });
  });

  it("is none where there is nothing to compare", () => {
    expect(pictureOf({ ...TABLE, rows: TABLE.rows.slice(0, 2) })).toBeNull();
    const columns = TABLE.columns.filter(({ id }) => id !== "value.period");
    expect(pictureOf({ ...TABLE, columns })).toBeNull();
  });

  it("has an axis that ends at a round figure", () => {
    expect([0, 0.4, 1, 3, 60, 1_200_000].map(roof)).toEqual([1, 0.5, 1, 5, 100, 2_000_000]);
  });
});
