// One declaration beside the list: person, lines, amounts, and what can be done with it.
import type { DeclarationView } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { useDeclaration } from "../../api/queries";
import { Button, Problem } from "../../components/kit";
import { Money } from "../../components/Money";
import { StatusTag } from "../../components/StatusTag";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Declarations.module.css";

export function DeclarationDetail(props: {
  id: string | null;
  onPrint: () => void;
  onCancel: () => void;
}) {
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

function Detail(props: {
  declaration: DeclarationView;
  onPrint: () => void;
  onCancel: () => void;
}) {
  const { t, language } = useWords();
  const { declaration } = props;
  const { answer, person } = declaration;
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
        <StatusTag status={declaration.status} />
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
        <br />
        <span className="soft">
          {t("field.officer")}: {declaration.officer_name} · {declaration.workstation}
        </span>
      </p>
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
        <Button hotkey="F8" wide onClick={props.onPrint}>
          {t("keys.print")}
        </Button>
        {declaration.status === "registered" && (
          <Button hotkey="F7" wide onClick={props.onCancel} testId="list-cancel">
            {t("list.cancel")}
          </Button>
        )}
      </div>
    </>
  );
}
