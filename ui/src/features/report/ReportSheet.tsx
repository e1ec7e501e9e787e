// A report over a period: what it rests on, a picture of it, its rows as in its files.
import type { ReportColumn, ReportRow, ReportTable } from "../../api/bindings";
import { ColumnChart, ShareChart } from "../../components/Chart";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import { pictureOf } from "../../lib/report-chart";
import classes from "./Report.module.css";

/** More rows than anyone reads on a screen; the files have all. */
const ROWS_MAX = 400;

function Picture({ table }: { table: ReportTable }) {
  const { t, language } = useWords();
  const picture = pictureOf(table);
  if (picture === null) {
    return null;
  }
  const millions = (figure: number) =>
    formatDecimal((figure / 1e6).toFixed(figure < 1e7 && figure > 0 ? 1 : 0), language);
  return (
    <section className={`panel ${classes.picture}`}>
      {picture.kind === "days" ? (
        <ColumnChart
          title={t("report.chartDays")}
          series={picture.series}
          groups={picture.groups.map(({ day, values }) => ({
            label: formatDay(day, language).slice(0, 5),
            values,
          }))}
          tick={millions}
          testId="report-chart-days"
        />
      ) : (
        <ShareChart
          title={t("report.chartShares")}
          shares={picture.shares.map(({ label, value, percent }) => ({
            label: label || t("report.unknown"),
            percent,
            text: `${formatDecimal(percent.toFixed(1), language)}% · ${millions(value)} ${t("report.millions")}`,
          }))}
          testId="report-chart-shares"
        />
      )}
    </section>
  );
}

/** Digits behind the point that each column shows in all its rows, so that points stand in line. */
function placesOf({ columns, rows }: ReportTable): number[] {
  return columns.map(({ id }, at) => {
    // Quantities are in pieces in one row and in kilograms in the next.
    if (!id.startsWith("value_usd.") && !id.startsWith("mass.")) {
      return 0;
    }
    return Math.max(0, ...rows.map(({ cells }) => cells[at]?.split(".")[1]?.length ?? 0));
  });
}

function padded(text: string, places: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  return text !== "0" && places > fraction.length
    ? `${whole}.${fraction.padEnd(places, "0")}`
    : text;
}

function Cell({ column, text, places }: { column: ReportColumn; text: string; places: number }) {
  const { language } = useWords();
  if (column.kind === "number") {
    return <td className="number">{text && formatDecimal(padded(text, places), language)}</td>;
  }
  return <td>{column.kind === "day" && text ? formatDay(text, language) : text}</td>;
}

function Row(props: { table: ReportTable; row: ReportRow; places: number[] }) {
  const { table, row } = props;
  // What the heading of a section says is not said again in its rows.
  const shown = table.columns.flatMap((column, at) =>
    column.in_section ? [] : [{ column, text: row.cells[at] ?? "", places: props.places[at] ?? 0 }],
  );
  if (row.kind === "section") {
    return (
      <tr data-kind="section" data-depth={row.depth}>
        <th scope="rowgroup" colSpan={shown.length}>
          {row.label}
        </th>
      </tr>
    );
  }
  const words = row.label ? shown.findIndex(({ column }) => column.kind === "number") : 0;
  const label = Math.max(words, row.label ? 1 : 0);
  return (
    <tr data-kind={row.kind} data-depth={row.depth}>
      {row.label && (
        <th scope="row" colSpan={label}>
          {row.label}
        </th>
      )}
      {shown.slice(label).map(({ column, text, places }) => (
        <Cell key={column.id} column={column} text={text} places={places} />
      ))}
    </tr>
  );
}

export function ReportSheet({ table }: { table: ReportTable }) {
  const { t } = useWords();
  const rows = table.rows.slice(0, ROWS_MAX);
  const places = placesOf(table);
  const cut = table.rows.length - rows.length;
  const total = cut > 0 ? table.rows.at(-1) : undefined;
  return (
    <>
      <dl className={classes.about} data-testid="report-about">
        {table.about.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {table.empty ? (
        <p className={`panel ${classes.nothing}`} data-testid="report-empty">
          {table.notes[0]}
        </p>
      ) : (
        <Picture table={table} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what is wider or longer */}
      <section className={`panel ${classes.scroller}`} aria-label={table.title} tabIndex={0}>
        <table className="sheet" data-testid="report-table">
          <caption className={classes.caption}>
            {table.title} · {table.days}
          </caption>
          <thead>
            <tr>
              {table.columns
                .filter(({ in_section }) => !in_section)
                .map((column) => (
                  <th key={column.id} className={column.kind === "number" ? "number" : ""}>
                    {column.heading}
                  </th>
                ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row key={at} table={table} row={row} places={places} />
            ))}
            {total && <Row table={table} row={total} places={places} />}
          </tbody>
        </table>
      </section>
      {cut > 0 && <p className="soft">{t("report.cut", { shown: rows.length, rest: cut })}</p>}
      {!table.empty && (
        <div className={classes.notes}>
          {table.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
    </>
  );
}
