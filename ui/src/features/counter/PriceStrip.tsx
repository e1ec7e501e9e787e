// How prices of the same goods spread at this gate, with the declared one among them. It only shows:
// the declared price is the declarant's.
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import type { Direction, PriceView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import { priceScale } from "../../lib/price-scale";
import classes from "./PriceStrip.module.css";

const FRESH_MS = 60_000;

export const PriceStrip = memo(function PriceStrip(props: {
  row: number;
  hs: string;
  unit: string;
  direction: Direction;
  /** VND for one unit as declared. */
  declared: number | null;
}) {
  const client = useClient();
  const { hs, unit, direction } = props;
  const prices = useQuery({
    queryKey: ["price_view", hs, unit, direction],
    queryFn: () => client.call("price_view", { hs, unit, direction }),
    staleTime: FRESH_MS,
  });
  if (!prices.data || (prices.data.spread === null && prices.data.reference === null)) {
    return null;
  }
  return <Strip view={prices.data} declared={props.declared} row={props.row} />;
});

function Strip({ view, declared, row }: { view: PriceView; declared: number | null; row: number }) {
  const { t, language } = useWords();
  const { reference, spread, unit } = view;
  const dong = (vnd: string) => formatDecimal(vnd, language);
  const told = [
    reference &&
      t(reference.since ? "prices.referenceSince" : "prices.reference", {
        price: dong(reference.price_vnd),
        unit,
        source: reference.source || "–",
        day: reference.since ? formatDay(reference.since, language) : "",
      }),
    spread
      ? t("prices.spread", {
          months: view.months,
          lines: spread.lines,
          lower: dong(spread.lower_vnd),
          upper: dong(spread.upper_vnd),
          median: dong(spread.median_vnd),
          least: dong(spread.least_vnd),
          most: dong(spread.most_vnd),
        })
      : view.least > 0 && t("prices.few", { least: view.least, months: view.months }),
  ].filter(Boolean);
  return (
    <div className={classes.strip} data-testid={`prices-${row}`}>
      <Drawing view={view} declared={declared} label={told.join(" ")} />
      <small>{told.join(" ")}</small>
    </div>
  );
}

function Drawing(props: { view: PriceView; declared: number | null; label: string }) {
  const { declared } = props;
  const { reference, spread } = props.view;
  const held = reference ? Number(reference.price_vnd) : null;
  const ends = spread ? [Number(spread.least_vnd), Number(spread.most_vnd)] : [];
  const at = priceScale([...ends, ...(held ? [held] : []), ...(declared ? [declared] : [])]);
  const x = (vnd: string) => at(Number(vnd));
  return (
    <svg
      className={classes.drawing}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {spread && (
        <>
          <line
            className={classes.range}
            x1={x(spread.least_vnd)}
            x2={x(spread.most_vnd)}
            y1={8}
            y2={8}
          />
          <rect
            className={classes.half}
            x={x(spread.lower_vnd)}
            width={Math.max(0.5, x(spread.upper_vnd) - x(spread.lower_vnd))}
            y={3}
            height={10}
          />
          <line
            className={classes.median}
            x1={x(spread.median_vnd)}
            x2={x(spread.median_vnd)}
            y1={3}
            y2={13}
          />
        </>
      )}
      {held !== null && (
        <line className={classes.reference} x1={at(held)} x2={at(held)} y1={0} y2={16} />
      )}
      {declared !== null && (
        <line
          className={classes.declared}
          data-testid="declared-mark"
          x1={at(declared)}
          x2={at(declared)}
          y1={0}
          y2={16}
        />
      )}
    </svg>
  );
}
