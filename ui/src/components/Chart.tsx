// Figures to look at rather than to read: columns over days, shares of a whole. The same figures
// stand in a table beside them, for whoever reads.
import classes from "./Chart.module.css";

const WIDTH = 760;
const HEIGHT = 190;
const LEFT = 58;
const FOOT = 22;
const TOP = 10;
const TICKS = [0, 0.5, 1] as const;

export interface ColumnGroup {
  label: string;
  values: number[];
}

/** A round figure at or above the largest: 1, 2 or 5 and zeros. */
export function roof(largest: number): number {
  if (largest <= 0) {
    return 1;
  }
  const step = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((times) => times * step).find((top) => top >= largest) ?? largest;
}

/** Columns side by side for each label, one a series. */
export function ColumnChart(props: {
  title: string;
  series: string[];
  groups: ColumnGroup[];
  /** A figure at the axis. */
  tick: (figure: number) => string;
  testId?: string;
}) {
  const { groups, series } = props;
  const top = roof(Math.max(0, ...groups.flatMap(({ values }) => values)));
  const height = HEIGHT - TOP - FOOT;
  const slot = (WIDTH - LEFT) / Math.max(groups.length, 1);
  const bar = Math.min((slot * 0.78) / Math.max(series.length, 1), 26);
  // So many labels that they do not touch.
  const every = Math.ceil(groups.length / 16);
  const y = (figure: number) => TOP + height - (Math.max(figure, 0) / top) * height;
  return (
    <figure className={classes.chart} data-testid={props.testId}>
      <figcaption className={classes.title}>
        <strong>{props.title}</strong>
        {series.map((name, at) => (
          <span key={name} className={classes.name}>
            <i className={classes.mark} data-series={at % 2} aria-hidden /> {name}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={props.title}>
        {TICKS.map((share) => (
          <g key={share}>
            <line
              className={classes.axis}
              x1={LEFT}
              x2={WIDTH}
              y1={y(top * share)}
              y2={y(top * share)}
            />
            <text className={classes.text} x={LEFT - 8} y={y(top * share) + 4} textAnchor="end">
              {props.tick(top * share)}
            </text>
          </g>
        ))}
        {groups.map(({ label, values }, at) => {
          const from = LEFT + slot * at + (slot - bar * series.length) / 2;
          return (
            <g key={label}>
              {values.map((figure, nth) => (
                <rect
                  key={series[nth]}
                  className={classes.bar}
                  data-series={nth % 2}
                  x={from + bar * nth}
                  y={y(figure)}
                  width={Math.max(bar - 1.5, 1)}
                  height={Math.max(TOP + height - y(figure), 0)}
                />
              ))}
              {at % every === 0 && (
                <text
                  className={classes.text}
                  x={LEFT + slot * (at + 0.5)}
                  y={HEIGHT - 6}
                  textAnchor="middle"
                >
                  {label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

export interface Share {
  label: string;
  /** The figure as people read it. */
  text: string;
  /** Of the whole, in percent. */
  percent: number;
}

/** Shares of a whole, the largest first. */
export function ShareChart(props: { title: string; shares: Share[]; testId?: string }) {
  return (
    <figure className={classes.chart} data-testid={props.testId}>
      <figcaption className={classes.title}>
        <strong>{props.title}</strong>
      </figcaption>
      <ul className={classes.shares}>
        {props.shares.map(({ label, text, percent }) => (
          <li key={label}>
            <span className={classes.label}>{label}</span>
            <span className={classes.track} aria-hidden>
              <span className={classes.fill} style={{ width: `${percent}%` }} />
            </span>
            <span className={classes.figure}>{text}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
