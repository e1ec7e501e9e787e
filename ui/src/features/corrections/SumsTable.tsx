// What a correction changes: the form as it stands beside the form as it would stand.
import type { CorrectionPreview } from "../../api/bindings";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import { formatDecimal, isNegative, isPositive, withoutSign } from "../../lib/decimal";
import classes from "./Corrections.module.css";

const SUMS = [
  ["value", "value_vnd"],
  ["exempt", "exempt_vnd"],
  ["excess", "excess_vnd"],
  ["total", "total_due_vnd"],
] as const;

export function SumsTable({ preview }: { preview: CorrectionPreview }) {
  const { t, language } = useWords();
  const { before, after, balance_vnd } = preview;
  const amount = formatDecimal(withoutSign(balance_vnd), language);
  const hasReceived = isPositive(preview.received_vnd);
  return (
    <>
      <table className={`sheet ${classes.sums}`} data-testid="correction-sums">
        <thead>
          <tr>
            <th />
            <th className="number">{t("correct.before")}</th>
            <th className="number">{t("correct.after")}</th>
          </tr>
        </thead>
        <tbody>
          {SUMS.map(([name, field]) => {
            const isChanged = after?.[field] !== before[field];
            return (
              <tr key={name} className={isChanged ? classes.changed : undefined}>
                <td>{t(`decision.${name}`)}</td>
                <td className="number">
                  <Money vnd={before[field]} testId={`before-${name}`} />
                </td>
                <td className="number">
                  {after ? (
                    <Money vnd={after[field]} testId={`after-${name}`} />
                  ) : name === "value" ? (
                    t("correct.gone")
                  ) : (
                    "–"
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {isNegative(balance_vnd) && (
        <p data-testid="correction-balance">{t("correct.toRefund", { amount })}</p>
      )}
      {hasReceived && isPositive(balance_vnd) && (
        <p data-testid="correction-balance">{t("correct.toPay", { amount })}</p>
      )}
      {preview.second_person && <p className={classes.second}>{t("correct.second")}</p>}
    </>
  );
}
