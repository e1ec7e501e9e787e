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
import { formatDecimal } from "../../lib/decimal";
import type { StepKind } from "../../lib/steps";
import classes from "./Declarations.module.css";
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
  onPrint: () => void;
  /** Absent where this account may not cancel. */
  onCancel: (() => void) | undefined;
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
          {t("list.cancelledBecause", { reason: declaration.cancel_reason })}
        </p>
      )}
      <p>
        <strong>{person.name}</strong> · {formatDay(person.born, language)}
        <br />
        <span className="soft">
          {person.papers.map(({ number }) => number).join(", ")} · {person.commune_name}
        </span>
      </p>
      {progress.stage !== null && <ProgressMarks declaration={declaration} />}
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
        <Button hotkey="F8" wide onClick={props.onPrint}>
          {t("keys.print")}
        </Button>
        {waits && props.onCancel && (
          <Button hotkey="F7" wide onClick={props.onCancel} testId="list-cancel">
            {t("list.cancel")}
          </Button>
        )}
      </div>
    </>
  );
}
