// The sums under the list, as the server made them over all that matches.
import type { DeclarationList } from "../../api/bindings";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import classes from "./Declarations.module.css";

export function DayTotals({ list }: { list: DeclarationList }) {
  const { t } = useWords();
  const sums = [
    [t("report.value"), list.value_vnd],
    [t("report.exempt"), list.exempt_vnd],
    [t("report.excess"), list.excess_vnd],
    [t("field.total"), list.total_due_vnd],
  ] as const;
  return (
    <footer className={classes.totals}>
      <span>
        {t("list.forms")} <strong data-testid="list-forms">{list.forms}</strong>
      </span>
      {sums.map(([label, vnd]) => (
        <span key={label}>
          {label}{" "}
          <strong>
            <Money vnd={vnd} />
          </strong>
        </span>
      ))}
      {list.rows.length < list.forms && (
        <span className="soft">
          {t("list.partial", { shown: list.rows.length, forms: list.forms })}
        </span>
      )}
    </footer>
  );
}
