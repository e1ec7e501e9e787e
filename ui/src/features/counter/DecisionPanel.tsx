// What the law makes of the form: exempt, taxed, due, and every rule that refuses or warns.
import type { ReactNode } from "react";
import type { Answer, DecisionView, Direction } from "../../api/bindings";
import { Button, Notice } from "../../components/Kit";
import { Money } from "../../components/Money";
import { Violations } from "../../components/Violations";
import { useWords } from "../../i18n";
import { formatDecimal, isPositive } from "../../lib/decimal";
import { type Draft, rowOf } from "../../lib/draft";
import css from "./Decision.module.css";

function Figure({
  label,
  amount,
  testId,
  strong = false,
}: {
  label: string;
  amount: string;
  testId?: string;
  strong?: boolean;
}) {
  return (
    <div className={strong ? css.strong : css.figure}>
      <dt>{label}</dt>
      <dd>
        <Money amount={amount} testId={testId} />
      </dd>
    </div>
  );
}

/** The figures of an answer, the taxes only where there are any. */
function Figures({ answer, direction }: { answer: Answer; direction: Direction }) {
  const { t } = useWords();
  const taxes: [string, string][] = [
    [t(direction === "import" ? "decision.duty" : "decision.dutyExport"), answer.duty_vnd],
    [t("decision.excise"), answer.excise_vnd],
    [t("decision.environment"), answer.environment_vnd],
    [t("decision.vat"), answer.vat_vnd],
    [t("decision.fee"), answer.fee_vnd],
  ];
  return (
    <dl className={css.figures}>
      <Figure label={t("decision.value")} amount={answer.value_vnd} testId="decision-value" />
      <Figure
        label={t("decision.exempt")}
        amount={answer.exempt_vnd}
        testId="decision-exempt"
        strong
      />
      <Figure
        label={t("decision.excess")}
        amount={answer.excess_vnd}
        testId="decision-excess"
        strong
      />
      {taxes
        .filter(([, amount]) => isPositive(amount))
        .map(([label, amount]) => (
          <Figure key={label} label={label} amount={amount} />
        ))}
    </dl>
  );
}

interface Props {
  draft: Draft;
  view: DecisionView | null;
  pending: boolean;
  failure: string | null;
  hold: string | null;
  onDirection: () => void;
  onAllocation: () => void;
  onRegister: () => void;
  canRegister: boolean;
}

function Choices({
  draft,
  view,
  onDirection,
  onAllocation,
}: Omit<Props, "hold" | "failure" | "pending">) {
  const { t, language } = useWords();
  const money = (amount: string) => formatDecimal(amount, language);
  return (
    <>
      <Button
        className={css.wide}
        onClick={onDirection}
        hotkey="F4"
        data-testid="direction"
        data-direction={draft.direction}
      >
        <b>{t(`direction.${draft.direction}`)}</b>
      </Button>
      <Button className={css.wide} onClick={onAllocation} hotkey="F6" data-testid="allocation">
        {view
          ? draft.allocation === "entered"
            ? t("decision.entered", { due: money(view.entered_due_vnd) })
            : t("decision.leastTax", { due: money(view.least_tax_due_vnd) })
          : t(`allocation.${draft.allocation}`)}
      </Button>
      {view &&
        draft.allocation === "entered" &&
        view.least_tax_due_vnd !== view.entered_due_vnd && (
          <p className={css.saving} data-testid="saving">
            {t("decision.leastTax", { due: money(view.least_tax_due_vnd) })}.{" "}
            {t("decision.leastTaxHint")}
          </p>
        )}
    </>
  );
}

export function DecisionPanel(props: Props) {
  const { draft, view, pending, failure, hold, onRegister, canRegister } = props;
  const { t } = useWords();
  const answer = view?.decision ?? null;
  let state: ReactNode = null;
  if (answer) {
    const refused = answer.status === "refused";
    state = (
      <p className={refused ? css.refused : css.ready}>
        {t(refused ? "decision.refused" : "decision.ready")}
      </p>
    );
  }
  return (
    <aside className={css.panel} aria-label={t("decision.title")} aria-busy={pending}>
      <Choices {...props} />
      {failure && <Notice tone="bad">{t("decision.failed", { message: failure })}</Notice>}
      {answer ? (
        <div
          className={pending ? css.stale : undefined}
          data-testid="decision"
          data-pending={pending}
        >
          <Figures answer={answer} direction={draft.direction} />
          <div className={css.total}>
            <span>{t("decision.total")}</span>
            <b>
              <Money amount={answer.total_due_vnd} testId="decision-total" /> ₫
            </b>
          </div>
          <p
            className={answer.inspection_required ? css.inspect : css.calm}
            data-testid="inspection"
          >
            {t(answer.inspection_required ? "decision.inspection" : "decision.noInspection")}
            {answer.provisional && ` · ${t("decision.provisional")}`}
          </p>
          {state}
          <Violations
            items={answer.violations.filter((item) => rowOf(item) === null)}
            testId="decision-problems"
          />
        </div>
      ) : (
        <Notice>{t("decision.waiting")}</Notice>
      )}
      <div className={css.end}>
        {hold && <p className={css.hold}>{hold}</p>}
        <Button
          look="main"
          className={css.register}
          hotkey="F9"
          data-testid="register"
          disabled={!canRegister}
          onClick={onRegister}
        >
          {t("decision.register")}
        </Button>
      </div>
    </aside>
  );
}
