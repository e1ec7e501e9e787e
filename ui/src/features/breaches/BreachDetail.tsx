// One breach: why it was opened, the figures as they were, its article, who and what is behind it,
// and what was done with it.
import type { BreachView } from "../../api/bindings";
import { Button } from "../../components/kit";
import { Money } from "../../components/Money";
import { StatusTag } from "../../components/StatusTag";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Breaches.module.css";
import { GravityTag } from "./BreachTable";

/** What an account may do with it; absent where it may not. */
export interface BreachActions {
  decide?: () => void;
  assign?: () => void;
  harmless?: () => void;
}

export function BreachDetail(props: {
  view: BreachView;
  actions: BreachActions;
  onForm: (id: string) => void;
  onPerson?: (id: string) => void;
}) {
  const { t, language } = useWords();
  const { view, actions, onPerson } = props;
  const { row } = view;
  const at = (time: string) => `${formatTime(time)} ${formatDay(dayOf(time), language)}`;
  return (
    <aside className={`panel ${classes.detail}`} data-testid="breach-detail">
      <header className={classes.heading}>
        <h1>{t(`breachKind.${row.kind}`)}</h1>
        <GravityTag row={row} />
        <span className="tag" data-testid="breach-state">
          {t(`breach.state.${row.state}`)}
        </span>
      </header>
      <p className={classes.why}>{row.why}</p>
      <p className="soft">
        {t("breach.basis")}: {view.basis}
      </p>
      {row.is_own && row.state === "open" && <p className={classes.own}>{t("breach.own")}</p>}
      <div className={classes.buttons}>
        <Button
          kind="primary"
          hotkey="F9"
          onClick={actions.decide}
          disabled={!actions.decide}
          testId="breach-decide"
        >
          {t("breach.decide")}
        </Button>
        <Button hotkey="F4" onClick={actions.assign} disabled={!actions.assign}>
          {t("breach.assign")}
        </Button>
        {view.is_pattern && (
          <Button hotkey="F7" onClick={actions.harmless} disabled={!actions.harmless}>
            {t("breach.harmless")}
          </Button>
        )}
      </div>
      <section>
        <h2>{t("breach.facts")}</h2>
        <dl className={classes.facts}>
          {view.facts.map(({ name, label, text }) => (
            <div key={name} data-testid={`fact-${name}`}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      {view.forms.length > 0 && (
        <section>
          <h2>{t("breach.forms", { count: row.forms })}</h2>
          <ul className={classes.links}>
            {view.forms.map((form) => (
              <li key={form.id}>
                <button type="button" onClick={() => props.onForm(form.id)}>
                  {form.number || t("breach.refusedForm")}
                </button>
                <StatusTag status={form.status} stage={form.stage} />
                <span className="soft">{form.person_name}</span>
                <Money vnd={form.value_vnd} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.people.length > 0 && (
        <section>
          <h2>{t("breach.people", { count: row.people })}</h2>
          <ul className={classes.links}>
            {view.people.map((person) => (
              <li key={person.id}>
                {onPerson ? (
                  <button type="button" onClick={() => onPerson(person.id)}>
                    {person.name}
                  </button>
                ) : (
                  <strong>{person.name}</strong>
                )}
                <span className="soft">{person.papers[0]?.number}</span>
                <span className="soft">{person.address}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t("breach.history")}</h2>
        <ol className={classes.history} data-testid="breach-history">
          <li>
            <span className="soft">{at(view.opened.at)}</span> {t("breach.opened")} ·{" "}
            {view.opened.name}
          </li>
          {row.attempts > 1 && (
            <li>
              <span className="soft">{at(row.last)}</span>{" "}
              {t("breach.again", { count: row.attempts })}
            </li>
          )}
          {view.acts.map((act) => (
            <li key={`${act.mark.at} ${act.state ?? act.to}`}>
              <span className="soft">{at(act.mark.at)}</span> <strong>{act.mark.name}</strong>{" "}
              {act.state === null
                ? t("breach.given", { name: act.to })
                : `${t(`breach.state.${act.state}`)}: ${act.reason}`}
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
}
