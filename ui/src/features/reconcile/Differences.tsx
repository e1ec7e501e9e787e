// What does not meet: one row a difference, and the marked one with what stands behind it.
import type { BehindForm, DifferenceState, DifferenceView } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { formatTime } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Reconcile.module.css";

const TONES: Record<DifferenceState, string> = {
  open: "refuse",
  pending: "warm",
  settled: "good",
};

/** What a difference is about in a few words. */
function about(one: DifferenceView): string {
  const forms = one.forms.map(({ number }) => number.slice(number.indexOf("/") + 1));
  const first = one.receipts.slice(0, 1);
  const cashier = one.session ? [one.session.cashier] : [];
  const passage = one.passage ? [`${formatTime(one.passage.at)} ${one.passage.paper}`] : [];
  return [forms, first, cashier, passage].find((words) => words.length > 0)?.join(", ") ?? "";
}

export function DifferenceTable(props: {
  differences: DifferenceView[];
  marked: string | null;
  onMark: (key: string) => void;
  onOpen: (difference: DifferenceView) => void;
}) {
  const { t, language } = useWords();
  const rows = props.differences.map((one) => ({ ...one, id: one.key }));
  const unitOf = ({ figures: [first] }: DifferenceView) =>
    first && ` ${t(`reconcile.unit.${first.unit}`)}`;
  return (
    <MarkedTable
      head={
        <>
          <th>{t("reconcile.state")}</th>
          <th>{t("reconcile.difference")}</th>
          <th>{t("reconcile.about")}</th>
          <th className="number">{t("reconcile.figures")}</th>
        </>
      }
      rows={rows}
      marked={props.marked}
      testId="difference"
      onMark={props.onMark}
      onOpen={props.onOpen}
      cells={(one) => (
        <>
          <td>
            <span className="tag" data-tone={TONES[one.state]} data-kind={one.kind}>
              {t(`reconcile.differenceState.${one.state}`)}
            </span>
          </td>
          <td>
            {one.title}
            {one.direction && (
              <span className="soft"> · {t(`directionShort.${one.direction}`)}</span>
            )}
          </td>
          <td>{about(one)}</td>
          <td className="number">
            {one.figures.map(({ amount }) => formatDecimal(String(amount), language)).join(" ≠ ")}
            <span className="soft">{unitOf(one)}</span>
          </td>
        </>
      )}
    />
  );
}

function Forms(props: {
  forms: BehindForm[];
  onForm: ((id: string) => void) | undefined;
  onPerson: ((id: string) => void) | undefined;
}) {
  const { onForm, onPerson } = props;
  return (
    <ul>
      {props.forms.map(({ id, number, person, person_name }) => (
        <li key={id}>
          {onForm ? (
            <button type="button" className={classes.link} onClick={() => onForm(id)}>
              {number}
            </button>
          ) : (
            number
          )}{" "}
          ·{" "}
          {onPerson ? (
            <button type="button" className={classes.link} onClick={() => onPerson(person)}>
              {person_name}
            </button>
          ) : (
            person_name
          )}
        </li>
      ))}
    </ul>
  );
}

function Settled({ one }: { one: DifferenceView }) {
  const { t } = useWords();
  const { settlement, seen } = one;
  if (settlement === null) {
    return seen ? (
      <p>{t("reconcile.seenBy", { name: seen.name, time: formatTime(seen.at) })}</p>
    ) : null;
  }
  const { label, reason, settled, answered } = settlement;
  return (
    <div className={one.state === "pending" ? classes.pending : undefined} data-testid="settlement">
      <strong>{label}</strong>: {reason}
      <br />
      {t("reconcile.settledBy", { name: settled.name, time: formatTime(settled.at) })}
      {answered &&
        ` · ${t("reconcile.confirmedBy", { name: answered.name, time: formatTime(answered.at) })}`}
      {one.state === "pending" && (
        <p>{t(settlement.own ? "reconcile.ownSettlement" : "reconcile.waitsSecond")}</p>
      )}
    </div>
  );
}

export function DifferenceDetail(props: {
  one: DifferenceView;
  onForm: ((id: string) => void) | undefined;
  onPerson: ((id: string) => void) | undefined;
}) {
  const { t, language } = useWords();
  const { one } = props;
  return (
    <aside className={`panel ${classes.detail}`} data-testid="difference-detail">
      <div>
        <h2>{one.title}</h2>
        <p className="soft">{one.basis}</p>
      </div>
      <dl className={classes.against}>
        {one.figures.map(({ side, unit, amount }, at) => (
          // Two figures of one side stand for themselves: their place is what tells them apart.
          <div key={`${side} ${at}`}>
            <dt>
              {t(`reconcile.column.${side}`)}
              {side !== unit && ` · ${t(`reconcile.unit.${unit}`)}`}
            </dt>
            <dd>{formatDecimal(String(amount), language)}</dd>
          </div>
        ))}
      </dl>
      {one.forms.length > 0 && (
        <section>
          <h3>{t("reconcile.formsBehind")}</h3>
          <Forms forms={one.forms} onForm={props.onForm} onPerson={props.onPerson} />
        </section>
      )}
      {one.candidates.length > 0 && (
        <section>
          <h3>{t("reconcile.candidates")}</h3>
          <Forms forms={one.candidates} onForm={props.onForm} onPerson={props.onPerson} />
        </section>
      )}
      {one.receipts.length > 0 && (
        <section>
          <h3>{t("reconcile.receipts")}</h3>
          <p>{one.receipts.join(" · ")}</p>
        </section>
      )}
      {one.session && (
        <p>
          {t("reconcile.cashier")}: <strong>{one.session.cashier}</strong>
        </p>
      )}
      {one.passage && (
        <p>
          {t("reconcile.passage", {
            time: formatTime(one.passage.at),
            gate: one.passage.gate,
            form: one.passage.form || one.passage.paper || "—",
          })}
        </p>
      )}
      {one.at && <p className="soft">{t("reconcile.happened", { time: formatTime(one.at) })}</p>}
      <Settled one={one} />
      {one.ways.length > 0 && (
        <section>
          <h3>{t("reconcile.ways")}</h3>
          <ul data-testid="ways">
            {one.ways.map(({ way, label, recorded }) => (
              <li key={way}>
                → {label}
                {recorded && <span className="soft"> · {t("reconcile.byEntry")}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
