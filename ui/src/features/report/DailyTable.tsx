// The two directions side by side: amounts and taxes, then declarations by status.
import type { DailyReport } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Report.module.css";

const AMOUNTS = [
  ["value", "value_vnd"],
  ["exempt", "exempt_vnd"],
  ["excess", "excess_vnd"],
  ["duty", "duty_vnd"],
  ["excise", "excise_vnd"],
  ["environment", "environment_vnd"],
  ["vat", "vat_vnd"],
  ["fee", "fee_vnd"],
  ["weight", "weight_kg"],
] as const;

const COUNTS = [
  "forms",
  "residents",
  "registered",
  "released",
  "refused",
  "cancelled",
  "pending",
] as const;

export function DailyTable({ report }: { report: DailyReport }) {
  const { t, language } = useWords();
  const { import: bought, export: sold } = report.directions;
  const head = (title: string) => (
    <thead>
      <tr>
        <th>{title}</th>
        <th className="number">{t("direction.import")}</th>
        <th className="number">{t("direction.export")}</th>
      </tr>
    </thead>
  );
  return (
    <div className={classes.tables}>
      <section className={`panel ${classes.table}`}>
        <table className="sheet">
          {head(t("report.amounts"))}
          <tbody>
            {AMOUNTS.map(([name, field]) => (
              <tr key={name}>
                <td>{t(`report.${name}`)}</td>
                <td className="number" data-testid={`report-import-${name}`}>
                  {formatDecimal(bought[field], language)}
                </td>
                <td className="number" data-testid={`report-export-${name}`}>
                  {formatDecimal(sold[field], language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className={`panel ${classes.table}`}>
        <table className="sheet">
          {head(t("report.counts"))}
          <tbody>
            {COUNTS.map((name) => (
              <tr key={name}>
                <td>{t(`report.${name}`)}</td>
                <td className="number" data-testid={`report-import-${name}`}>
                  {bought[name]}
                </td>
                <td className="number" data-testid={`report-export-${name}`}>
                  {sold[name]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
