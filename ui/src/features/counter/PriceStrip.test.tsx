import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { PriceView } from "../../api/bindings";
import { backendThat, renderScreen } from "../../testing/render";
import { PriceStrip } from "./PriceStrip";

const VIEW: PriceView = {
  hs: "07032090",
  unit: "kg",
  reference: { price_vnd: "32000", source: "TB 1/2026", since: "2026-11-01" },
  months: 3,
  least: 5,
  times: "3",
  spread: {
    lines: 48,
    least_vnd: "10000",
    lower_vnd: "20000",
    median_vnd: "31000",
    upper_vnd: "40000",
    most_vnd: "100000",
  },
};

function strip(view: PriceView, declared: number | null) {
  return renderScreen(
    <PriceStrip row={0} hs="07032090" unit="kg" direction="import" declared={declared} />,
    backendThat({ price_view: { ok: view } }),
  );
}

it("tells the reference with its source and day, and how prices spread", async () => {
  strip(VIEW, 32_000);
  const told = await screen.findByTestId("prices-0");
  expect(told).toHaveTextContent("Tham khảo 32.000 đ/kg (TB 1/2026, từ 01/11/2026).");
  expect(told).toHaveTextContent("48 dòng: giữa 31.000, một nửa 20.000–40.000");
  expect(screen.getByRole("img")).toHaveAccessibleName(/TB 1\/2026/);
  // 32,000 stands half way from 10,000 to 100,000 by ratio.
  expect(Number(screen.getByTestId("declared-mark").getAttribute("x1"))).toBeCloseTo(50.5, 0);
});

it("says when too few lines were declared to be shown", async () => {
  strip({ ...VIEW, spread: null }, null);
  expect(await screen.findByTestId("prices-0")).toHaveTextContent("Chưa đủ 5 dòng trong 3 tháng");
  expect(screen.queryByTestId("declared-mark")).toBeNull();
});

it("is not there when nothing is known", async () => {
  const nothing = { ...VIEW, spread: null, reference: null };
  const { client } = strip(nothing, 1);
  await client.call("price_view", { hs: "07032090", unit: "kg", direction: "import" });
  expect(screen.queryByTestId("prices-0")).toBeNull();
});
