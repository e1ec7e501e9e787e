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

/** Both sides have spoken, and say different things: what nobody counted is no fault by itself. */
const isFault = ({ meets, right }: CheckView) => !meets && right !== null;

function CheckRow({ check }: { check: CheckView }) {
  const { t, language } = useWords();
  const label = t(`reconcile.check.${check.name}`);
  const direction = check.direction && t(`directionShort.${check.direction}`);
  const figure = (n: number) => formatDecimal(String(n), language);
  const testId = `check-${check.name}${check.direction ? `-${check.direction}` : ""}`;
  return (
    <tr
      data-testid={testId}
      data-differs={isFault(check) ? "" : undefined}
      title={t(`reconcile.checkHint.${check.name}`)}
    >
      <th scope="row">
        {/* What the heading of the figures says is not said again. */}
        {check.name === "registered" || !direction
          ? (direction ?? label)
          : `${label} · ${direction}`}
      </th>
      <td>{figure(check.left)}</td>
      {check.right === null ? (
        <td colSpan={2} className={classes.uncounted}>
          {t("reconcile.uncounted")}
        </td>
      ) : (
        <>
          <td className={classes.sign}>{check.meets ? "=" : "≠"}</td>
          <td>{figure(check.right)}</td>
        </>
      )}
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
        const differs = of.some(isFault);
        const uncounted = of.some(({ right }) => right === null);
        // Whether a count has to be there is a dated rule, whose want is a difference of its own.
        const wanted =
          uncounted &&
          view.differences.some(
            ({ kind, state }) => kind === "count_missing" && state !== "settled",
          );
        const [tone, words] = differs
          ? (["refuse", "differs"] as const)
          : uncounted
            ? ([wanted ? "warm" : "plain", "uncounted"] as const)
            : (["good", "meets"] as const);
        return (
          <section
            key={name}
            className={`panel ${classes.column}`}
            data-differs={differs || undefined}
            data-tone={tone}
            data-testid={`column-${name}`}
          >
            <h2>
              {t(`reconcile.column.${name}`)}
              <span className="tag" data-tone={tone === "plain" ? undefined : tone}>
                {t(`reconcile.${words}`)}
              </span>
            </h2>
            <table>
              <thead>
                <tr>
                  <td />
                  <th scope="col">{t(`reconcile.left.${name}`)}</th>
                  <td />
                  <th scope="col">{t(`reconcile.right.${name}`)}</th>
                </tr>
              </thead>
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
