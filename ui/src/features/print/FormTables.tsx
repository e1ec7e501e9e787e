// The two tables of the form: the goods as declared, and the tax on each line.
import type { DeclarationView } from "../../api/bindings";
import { formWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";
import classes from "./FormPage.module.css";

function figure(plain: string | null): string {
  return plain === null ? "" : formatDecimal(plain, "vi");
}

export function GoodsTable({ declaration }: { declaration: DeclarationView }) {
  const t = formWords();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t("form.line")}</th>
          <th className={classes.wide}>{t("form.goods")}</th>
          <th>{t("form.hs")}</th>
          <th>{t("form.origin")}</th>
          <th>{t("form.quantity")}</th>
          <th>{t("form.unit")}</th>
          <th>{t("form.weight")}</th>
          <th>{t("form.price")}</th>
          <th>{t("form.rate")}</th>
          <th>{t("form.value")}</th>
        </tr>
      </thead>
      <tbody>
        {declaration.lines.map((line, row) => (
          <tr key={row}>
            <td>{row + 1}</td>
            <td className={classes.wide}>
              {line.name}
              {line.condition === "used" && ` (${t("condition.used")})`}
            </td>
            <td>{line.hs}</td>
            <td>{line.origin}</td>
            <td className={classes.figure}>{figure(line.quantity)}</td>
            <td>{line.unit}</td>
            <td className={classes.figure}>{figure(line.weight_kg)}</td>
            <td className={classes.figure}>
              {figure(line.unit_price)} {line.currency}
            </td>
            <td className={classes.figure}>{figure(line.rate)}</td>
            <td className={classes.figure}>{figure(line.value_vnd)}</td>
          </tr>
        ))}
        <tr>
          <td colSpan={9}>
            <strong>{t("form.sum")}</strong>
          </td>
          <td className={classes.figure}>
            <strong>{figure(declaration.answer.value_vnd)}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

export function TaxTable({ declaration }: { declaration: DeclarationView }) {
  const t = formWords();
  // The exemption is for purchases; the export form has no such column.
  const exemption = declaration.direction === "import";
  const { answer } = declaration;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t("form.line")}</th>
          {exemption && <th>{t("form.exempt")}</th>}
          <th>{t("form.taxable")}</th>
          <th colSpan={2}>{t("form.duty")}</th>
          <th>{t("form.excise")}</th>
          <th>{t("form.environment")}</th>
          <th colSpan={2}>{t("form.vat")}</th>
        </tr>
      </thead>
      <tbody>
        {declaration.lines.map((line, row) => (
          <tr key={row}>
            <td>{row + 1}</td>
            {exemption && <td className={classes.figure}>{figure(line.exempt_vnd)}</td>}
            <td className={classes.figure}>{figure(line.excess_vnd)}</td>
            <td>{figure(line.duty_percent)}%</td>
            <td className={classes.figure}>{figure(line.duty_vnd)}</td>
            <td className={classes.figure}>{figure(line.excise_vnd)}</td>
            <td className={classes.figure}>{figure(line.environment_vnd)}</td>
            <td>{figure(line.vat_percent)}%</td>
            <td className={classes.figure}>{figure(line.vat_vnd)}</td>
          </tr>
        ))}
        <tr className={classes.sum}>
          <td>{t("form.sum")}</td>
          {exemption && <td className={classes.figure}>{figure(answer.exempt_vnd)}</td>}
          <td className={classes.figure}>{figure(answer.excess_vnd)}</td>
          <td />
          <td className={classes.figure}>{figure(answer.duty_vnd)}</td>
          <td className={classes.figure}>{figure(answer.excise_vnd)}</td>
          <td className={classes.figure}>{figure(answer.environment_vnd)}</td>
          <td />
          <td className={classes.figure}>{figure(answer.vat_vnd)}</td>
        </tr>
      </tbody>
    </table>
  );
}
