// What the law makes of the form: exempt, taxed, due, and every rule on the form as a whole.
import type { Answer, DecisionView, Violation } from "../../api/bindings";
import { Button, Problem } from "../../components/kit";
import { Money } from "../../components/Money";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDecimal, isPositive } from "../../lib/decimal";
import type { Draft } from "../../lib/draft";
import classes from "./DecisionPanel.module.css";
import type { LiveDecision } from "./use-decision";

/** The amounts, with the taxes only where there are any. */
function Amounts({ answer, direction }: { answer: Answer; direction: Draft["direction"] }) {
  const { t } = useWords();
  const duty = t(direction === "import" ? "decision.duty" : "decision.dutyExport");
  const taxes: [string, string, string][] = [
    ["duty", duty, answer.duty_vnd],
    ["excise", t("decision.excise"), answer.excise_vnd],
    ["environment", t("decision.environment"), answer.environment_vnd],
    ["vat", t("decision.vat"), answer.vat_vnd],
    ["fee", t("decision.fee"), answer.fee_vnd],
  ];
  // A sale has no quota unless one was entered (Circular 80/2019/TT-BTC art. 6(4)): its duty is shown.
  const quota = direction === "import" || isPositive(answer.exempt_vnd);
  return (
    <dl className={classes.amounts}>
      <dt>
        {t("decision.value")} <span className="soft">({t(`decision.price_${direction}`)})</span>
      </dt>
      <dd>
        <Money vnd={answer.value_vnd} testId="decision-value" />
      </dd>
      {quota && (
        <>
          <dt className={classes.exempt}>{t("decision.exempt")}</dt>
          <dd className={classes.exempt}>
            <Money vnd={answer.exempt_vnd} testId="decision-exempt" />
          </dd>
          <dt className={classes.excess}>{t("decision.excess")}</dt>
          <dd className={classes.excess}>
            <Money vnd={answer.excess_vnd} testId="decision-excess" />
          </dd>
        </>
      )}
      {taxes
        .filter(([tax, , vnd]) => isPositive(vnd) || (tax === "duty" && !quota))
        .map(([tax, label, vnd]) => (
          <div key={tax} className={classes.tax}>
            <dt>{label}</dt>
            <dd>
              <Money vnd={vnd} testId={`decision-${tax}`} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Both orders of exemption side by side, when they differ. */
function Savings({ view, draft }: { view: DecisionView; draft: Draft }) {
  const { t, language } = useWords();
  if (view.least_tax_due_vnd === view.entered_due_vnd) {
    return null;
  }
  const entered = draft.allocation === "entered";
  return (
    <div className={classes.savings} data-testid="savings">
      <span data-chosen={entered}>
        {t("decision.entered", { due: formatDecimal(view.entered_due_vnd, language) })}
      </span>
      <span data-chosen={!entered}>
        {t("decision.leastTax", { due: formatDecimal(view.least_tax_due_vnd, language) })}
      </span>
      {entered && <strong>{t("decision.leastTaxHint")}</strong>}
    </div>
  );
}

function Flags({ answer }: { answer: Answer }) {
  const { t } = useWords();
  const refused = answer.status === "refused";
  return (
    <div className={classes.flags}>
      <span className="tag" data-tone={refused ? "refuse" : "good"} data-testid="decision-status">
        {t(refused ? "decision.refused" : "decision.ready")}
      </span>
      <span className="tag" data-tone={answer.inspection_required ? "warm" : undefined}>
        {t(answer.inspection_required ? "decision.inspection" : "decision.noInspection")}
      </span>
    </div>
  );
}

interface Props {
  draft: Draft;
  decision: LiveDecision;
  /** What the last attempt to register was refused for. */
  refusal: { message: string; violations: Violation[] } | null;
  /** Why it cannot be registered yet, in words. */
  hold: string | null;
  busy: boolean;
  /** A refused attempt of this form is on record. */
  recorded?: boolean;
  /** The hub is out of reach: what is granted has to be checked later. */
  provisional?: boolean;
  onRegister?: () => void;
}

export function DecisionPanel(props: Props) {
  const { draft, decision, refusal, hold, busy, onRegister } = props;
  const { t } = useWords();
  const { view } = decision;
  const kinds = view?.breaches.map((kind) => t(`breachKind.${kind}`)).join(", ") ?? "";
  return (
    <aside className={`panel ${classes.panel}`} data-stale={decision.stale} data-testid="decision">
      <div className={classes.scroll}>
        <h2>{t("decision.title")}</h2>
        {view ? (
          <>
            <Flags answer={view.decision} />
            <Amounts answer={view.decision} direction={draft.direction} />
            <Savings view={view} draft={draft} />
          </>
        ) : (
          <p className="soft">{t("decision.waiting")}</p>
        )}
        {decision.problem && (
          <Problem>{t("decision.failed", { message: decision.problem })}</Problem>
        )}
        {decision.violations.map((violation) => (
          <ViolationNote key={violation.code + violation.field} violation={violation} />
        ))}
        {kinds !== "" && (
          <Problem testId="breach-warning">
            {t(props.recorded ? "decision.recorded" : "decision.breach", { kinds })}
          </Problem>
        )}
        {refusal && (
          <Problem testId="register-problem">
            {refusal.message}
            {refusal.violations.map((violation) => (
              <ViolationNote key={violation.code + violation.field} violation={violation} />
            ))}
          </Problem>
        )}
      </div>
      <div className={classes.foot}>
        <div className={classes.total}>
          <span>{t("decision.total")}</span>
          {view && (
            <strong>
              <Money vnd={view.decision.total_due_vnd} testId="decision-total" /> ₫
            </strong>
          )}
        </div>
        {props.provisional && (
          <p className={classes.provisional} data-testid="decision-provisional">
            {t("decision.provisional")}
          </p>
        )}
        <p className={classes.hold}>{hold}</p>
        <Button
          kind="primary"
          large
          wide
          hotkey="F9"
          testId="register"
          busy={busy}
          disabled={onRegister === undefined}
          onClick={onRegister}
        >
          {t("decision.register")}
        </Button>
      </div>
    </aside>
  );
}
