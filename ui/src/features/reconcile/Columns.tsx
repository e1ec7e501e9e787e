// Forms, money and barrier side by side: each figure against the one it has to meet.
import type { CheckName, CheckView, ReconciliationView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatTime } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Reconcile.module.css";
import { heldCount } from "./use-reconcile";

const COLUMNS = [
  { name: "forms", checks: ["registered"] },
  { name: "money", checks: ["tax", "cash", "hand_over"] },
  { name: "barrier", checks: ["forms", "persons"] },
] as const satisfies readonly { name: string; checks: readonly CheckName[] }[];

function CheckRow({ check }: { check: CheckView }) {
  const { t, language } = useWords();
  const label = t(`reconcile.check.${check.name}`);
  const direction = check.direction && t(`directionShort.${check.direction}`);
  const figure = (n: number | null) => (n === null ? "—" : formatDecimal(String(n), language));
  const testId = `check-${check.name}${check.direction ? `-${check.direction}` : ""}`;
  return (
    <tr
      data-testid={testId}
      data-differs={check.meets ? undefined : ""}
      title={t(`reconcile.checkHint.${check.name}`)}
    >
      <th scope="row">{direction ? `${label} · ${direction}` : label}</th>
      <td>{figure(check.left)}</td>
      <td className={classes.sign}>{check.meets ? "=" : "≠"}</td>
      <td>{figure(check.right)}</td>
    </tr>
  );
}

function Note({ view, column }: { view: ReconciliationView; column: string }) {
  const { t, language } = useWords();
  if (column === "forms") {
    const { import: into, export: out } = view.forms;
    const sum = (pick: "released" | "refused" | "cancelled" | "pending") => into[pick] + out[pick];
    return (
      <p className={classes.note}>
        {t("reconcile.formsNote", {
          released: sum("released"),
          refused: sum("refused"),
          cancelled: sum("cancelled"),
          pending: sum("pending"),
        })}
      </p>
    );
  }
  if (column === "money") {
    const { receipts, cancelled, unpaid_vnd } = view.money;
    const unpaid = formatDecimal(unpaid_vnd, language);
    return (
      <p className={classes.note}>{t("reconcile.moneyNote", { receipts, cancelled, unpaid })}</p>
    );
  }
  const count = heldCount(view);
  return (
    <p className={classes.note} data-testid="count-note">
      {count === null
        ? t("reconcile.noCount")
        : t("reconcile.countNote", {
            counter: count.counter,
            name: count.entered.name,
            time: formatTime(count.entered.at),
            passages: count.passages,
          })}
    </p>
  );
}

export function Columns({ view }: { view: ReconciliationView }) {
  const { t } = useWords();
  return (
    <div className={classes.columns}>
      {COLUMNS.map(({ name, checks }) => {
        const names: readonly CheckName[] = checks;
        const of = view.checks.filter((check) => names.includes(check.name));
        const differs = of.some(({ meets, right }) => !meets && right !== null);
        const open = of.some(({ right }) => right === null);
        return (
          <section
            key={name}
            className={`panel ${classes.column}`}
            data-differs={differs || undefined}
            data-open={(open && !differs) || undefined}
            data-testid={`column-${name}`}
          >
            <h2>
              {t(`reconcile.column.${name}`)}
              <span className="tag" data-tone={differs ? "refuse" : open ? "warm" : "good"}>
                {t(differs ? "reconcile.differs" : open ? "reconcile.waits" : "reconcile.meets")}
              </span>
            </h2>
            <table>
              <tbody>
                {of.map((check) => (
                  <CheckRow key={`${check.name} ${check.direction}`} check={check} />
                ))}
              </tbody>
            </table>
            <Note view={view} column={name} />
          </section>
        );
      })}
    </div>
  );
}
