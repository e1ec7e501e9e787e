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

const CORRECTIONS = ["amended", "returned", "cancelled", "refused"] as const;

/** What corrections made on the day moved the figures of earlier days, apart from the day's own. */
function Corrections({ report }: { report: DailyReport }) {
  const { t, language } = useWords();
  const { import: bought, export: sold } = report.corrections;
  const isAny = CORRECTIONS.some((name) => bought[name] + sold[name] > 0);
  if (!isAny) {
    return null;
  }
  const rows = [
    ...CORRECTIONS.map((name) => [name, String(bought[name]), String(sold[name])] as const),
    ...AMOUNTS.map(([name, field]) => [name, bought[field], sold[field]] as const),
  ];
  return (
    <section className={`panel ${classes.table}`} data-testid="report-corrections">
      <table className="sheet">
        <thead>
          <tr>
            <th title={t("report.correctionsText")}>{t("report.corrections")}</th>
            <th className="number">{t("direction.import")}</th>
            <th className="number">{t("direction.export")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...both]) => (
            <tr key={name}>
              <td>{t(`report.${name}`)}</td>
              {both.map((figure, at) => (
                <td
                  key={at === 0 ? "import" : "export"}
                  className="number"
                  data-testid={`correction-${at === 0 ? "import" : "export"}-${name}`}
                >
                  {formatDecimal(figure, language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{t("report.correctionsText")}</p>
    </section>
  );
}

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
      <Corrections report={report} />
    </div>
  );
}
