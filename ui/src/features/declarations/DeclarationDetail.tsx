// One declaration beside the list: person, lines, amounts, and what can be done with it.
import type { DeclarationView } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { useDeclaration } from "../../api/queries";
import { Button, Problem } from "../../components/kit";
import { Money } from "../../components/Money";
import { StatusTag } from "../../components/StatusTag";
import { TimeLeftText } from "../../components/TimeLeftText";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { formatDecimal, isNegative, isPositive, withoutSign } from "../../lib/decimal";
import type { StepKind } from "../../lib/steps";
import classes from "./Declarations.module.css";
import { HistoryList } from "./HistoryList";
import { ProgressMarks } from "./ProgressMarks";

/** The steps this account may take on the form, and the keys they have on the screen. */
interface StepOffer {
  next: StepKind | null;
  others: StepKind[];
  keyOf: (kind: StepKind) => string | undefined;
  take: (kind: StepKind) => void;
  busy: boolean;
}

interface Offer {
  now: number;
  steps: StepOffer;
  onPrint: (() => void) | undefined;
  /** Absent where this account may not correct the form. */
  onCorrect: (() => void) | undefined;
}

export function DeclarationDetail(props: { id: string | null } & Offer) {
  const { t } = useWords();
  const declaration = useDeclaration(props.id);
  return (
    <aside className={`panel ${classes.detail}`}>
      {props.id === null && <p className="soft">{t("list.choose")}</p>}
      {declaration.isError && <Problem>{messageOf(declaration.error)}</Problem>}
      {props.id !== null && declaration.data && (
        <Detail declaration={declaration.data} {...props} />
      )}
    </aside>
  );
}

/** The other leg of an exchange, and who the goods go to or come from. */
function OtherSide({ declaration }: { declaration: DeclarationView }) {
  const { t, language } = useWords();
  const { exchange, counterpart } = declaration;
  const amount = (vnd: string) => formatDecimal(vnd, language);
  return (
    <>
      {exchange && (
        <p data-testid="exchange-leg">
          {t("exchange.leg", { number: exchange.number, value: amount(exchange.value_vnd) })}{" "}
          <StatusTag status={exchange.status} />
          <br />
          <span className="soft">
            {t("exchange.difference", { amount: amount(exchange.difference_vnd) })}
          </span>
        </p>
      )}
      {counterpart && (
        <p className="soft" data-testid="counterpart">
          {t("counterpart.of", { name: counterpart.name })}
          {counterpart.paper && ` · ${counterpart.paper.number}`}
        </p>
      )}
    </>
  );
}

/** What was paid and given back before, and the difference a correction left. */
function Settlements({ declaration }: { declaration: DeclarationView }) {
  const { t, language } = useWords();
  const { balance_vnd, settlements, stage } = declaration.progress;
  const amount = formatDecimal(withoutSign(balance_vnd), language);
  const owes = isPositive(balance_vnd) && (stage === "released" || settlements.length > 0);
  return (
    <>
      {settlements.map(({ document, amount_vnd, mark }) => (
        <p key={`${mark.at} ${document}`} className="soft" data-testid="settlement">
          {t("marks.settled", {
            document,
            amount: formatDecimal(amount_vnd, language),
            name: mark.name,
          })}
        </p>
      ))}
      {(owes || isNegative(balance_vnd)) && (
        <p className={classes.reason} data-testid="balance">
          {t(owes ? "correct.toPay" : "correct.toRefund", { amount })}
        </p>
      )}
    </>
  );
}

function Detail(props: { declaration: DeclarationView } & Offer) {
  const { t, language } = useWords();
  const { declaration, steps } = props;
  const { answer, person, progress } = declaration;
  const waits = progress.stage !== null && progress.stage !== "released";
  const offered = [...(steps.next ? [steps.next] : []), ...steps.others];
  return (
    <>
      <header className={classes.detailHead}>
        <div>
          <h1>{declaration.number}</h1>
          <span className="soft">
            {formatTime(declaration.at)} {formatDay(dayOf(declaration.at), language)} ·{" "}
            {t(`direction.${declaration.direction}`)}
          </span>
        </div>
        <StatusTag status={declaration.status} stage={progress.stage} />
        {declaration.revision > 0 && (
          <span className="tag" data-testid="revision">
            {t("correct.revision", { n: declaration.revision })}
          </span>
        )}
        {declaration.correction_pending && (
          <span className="tag" data-tone="warm" data-testid="correction-pending">
            {t("correct.pending")}
          </span>
        )}
        {waits && (
          <TimeLeftText
            deadline={progress.deadline}
            overdue={Date.parse(progress.deadline ?? "") < props.now}
            now={props.now}
          />
        )}
      </header>
      {declaration.cancel_reason !== null && (
        <p className={classes.reason}>
          {declaration.status === "cancelled"
            ? t("list.cancelledBecause", { reason: declaration.cancel_reason })
            : t("correct.ended", { reason: declaration.cancel_reason })}
        </p>
      )}
      <p>
        <strong>{person.name}</strong> · {formatDay(person.born, language)}
        <br />
        <span className="soft">
          {person.papers.map(({ number }) => number).join(", ")} · {person.commune_name}
        </span>
      </p>
      <OtherSide declaration={declaration} />
      {progress.stage !== null && <ProgressMarks declaration={declaration} />}
      <Settlements declaration={declaration} />
      <ol className={classes.lines}>
        {declaration.lines.map((line, row) => (
          <li key={row}>
            <span>
              {line.name}
              <br />
              <span className="soft">
                {formatDecimal(line.quantity, language)} {line.unit} ×{" "}
                {formatDecimal(line.unit_price, language)} {line.currency} · {line.hs}
              </span>
            </span>
            <Money vnd={line.value_vnd} />
          </li>
        ))}
      </ol>
      <dl className={classes.amounts}>
        <dt>{t("decision.value")}</dt>
        <dd>
          <Money vnd={answer.value_vnd} />
        </dd>
        <dt>{t("decision.exempt")}</dt>
        <dd>
          <Money vnd={answer.exempt_vnd} />
        </dd>
        <dt>{t("decision.excess")}</dt>
        <dd>
          <Money vnd={answer.excess_vnd} />
        </dd>
        <dt>
          <strong>{t("decision.total")}</strong>
        </dt>
        <dd>
          <strong>
            <Money vnd={answer.total_due_vnd} /> ₫
          </strong>
        </dd>
      </dl>
      {(declaration.revision > 0 || declaration.cancel_reason !== null) && (
        <HistoryList id={declaration.id} />
      )}
      <div className={classes.detailActions}>
        {offered.map((kind) => (
          <Button
            key={kind}
            wide
            kind={kind === steps.next ? "primary" : "quiet"}
            hotkey={steps.keyOf(kind)}
            busy={steps.busy}
            onClick={() => steps.take(kind)}
            testId={`take-${kind}`}
          >
            {t(`steps.do.${kind}`)}
          </Button>
        ))}
        {props.onPrint && (
          <Button hotkey="F8" wide onClick={props.onPrint}>
            {t("keys.print")}
          </Button>
        )}
        {props.onCorrect && !declaration.correction_pending && (
          <Button hotkey="F7" wide onClick={props.onCorrect} testId="list-cancel">
            {t("keys.correct")}
          </Button>
        )}
      </div>
    </>
  );
}
