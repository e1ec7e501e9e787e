// What each line of a list owes: the value at the day's rate, each tax, the sums.
import type { GatheringView } from "../../api/bindings";
import { Money } from "../../components/Money";
import { NumberText } from "../../components/NumberText";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Gathering.module.css";

export function TaxSheet({ list }: { list: GatheringView }) {
  const { t, language } = useWords();
  const { sums } = list;
  const percent = (text: string) => `${formatDecimal(text, language)} %`;
  return (
    <table className="sheet" data-testid="tax-sheet">
      <thead>
        <tr>
          <th>{t("field.number")}</th>
          <th>{t("field.resident")}</th>
          <th>{t("field.goods")}</th>
          <th className="number">{t("field.quantity")}</th>
          <th className="number">{t("field.value")}</th>
          <th className="number">{t("gathering.duty")}</th>
          <th className="number">{t("gathering.excise")}</th>
          <th className="number">{t("gathering.environment")}</th>
          <th className="number">{t("gathering.vat")}</th>
          <th className="number">{t("gathering.total")}</th>
        </tr>
      </thead>
      <tbody>
        {list.goods.map((line, at) => (
          <tr key={`${line.form} ${line.line} ${line.day}`} data-testid={`goods-${at}`}>
            <td className="tight">
              <NumberText number={line.number} />
              {line.day !== list.day && (
                <span className="soft"> {formatDay(line.day, language)}</span>
              )}
            </td>
            <td title={line.person_paper}>{line.person_name}</td>
            <td className="clip" title={`${line.hs} ${line.name}`}>
              {line.name}
            </td>
            <td className="number">
              {formatDecimal(line.quantity, language)} {line.unit}
            </td>
            {line.assessed ? (
              <>
                <td
                  className="number"
                  title={t("gathering.priced", {
                    price: formatDecimal(line.unit_price, language),
                    currency: line.currency,
                    rate: formatDecimal(line.assessed.rate, language),
                  })}
                >
                  <Money vnd={line.assessed.value_vnd} />
                </td>
                <td className="number" title={percent(line.assessed.duty_percent)}>
                  <Money vnd={line.assessed.duty_vnd} />
                </td>
                <td className="number" title={percent(line.assessed.excise_percent)}>
                  <Money vnd={line.assessed.excise_vnd} />
                </td>
                <td className="number">
                  <Money vnd={line.assessed.environment_vnd} />
                </td>
                <td className="number" title={percent(line.assessed.vat_percent)}>
                  <Money vnd={line.assessed.vat_vnd} />
                </td>
                <td className="number">
                  <Money vnd={line.assessed.total_vnd} />
                </td>
              </>
            ) : (
              <td colSpan={6} className="number soft">
                {t("gathering.notComputed")}
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot className={classes.sums}>
        <tr>
          <td colSpan={4}>{t("gathering.sum")}</td>
          <td className="number">
            <Money vnd={sums.value_vnd} />
          </td>
          <td className="number">
            <Money vnd={sums.duty_vnd} />
          </td>
          <td className="number">
            <Money vnd={sums.excise_vnd} />
          </td>
          <td className="number">
            <Money vnd={sums.environment_vnd} />
          </td>
          <td className="number">
            <Money vnd={sums.vat_vnd} />
          </td>
          <td className="number">
            <Money vnd={sums.total_vnd} testId="list-total" />
          </td>
        </tr>
        <tr>
          <td colSpan={9} className="soft">
            {t("gathering.paidByResidents")}
          </td>
          <td className="number">
            <Money vnd={sums.paid_by_resident_vnd} testId="list-paid" />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
