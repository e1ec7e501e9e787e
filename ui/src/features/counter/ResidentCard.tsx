// Who stands at the counter, what they did last, and what is left of their quota.
import type { DeclarationRow, PersonHit } from "../../api/bindings";
import { usePerson } from "../../api/queries";
import { Money } from "../../components/Money";
import { QuotaMeter } from "../../components/QuotaMeter";
import { useWords } from "../../i18n";
import { dayOf, formatDay } from "../../lib/dates";
import classes from "./Counter.module.css";

const RECENT_MAX = 3;

export function ResidentCard({ person, planned_vnd }: { person: PersonHit; planned_vnd: string }) {
  const { t, language } = useWords();
  // The search masks numbers and is not asked again when a form changes the quota.
  const whole = usePerson(person.id).data;
  const quota = whole?.quota ?? person.quota;
  return (
    <section className={`panel ${classes.resident}`} data-testid="resident">
      <div className={classes.person}>
        <h1 className={classes.name} title={person.name}>
          {person.name}
        </h1>
        <span>
          {formatDay(person.born, language)} ·{" "}
          {(whole?.papers ?? person.papers).map(({ number }) => number).join(", ")}
        </span>
        <span className="soft" title={person.address}>
          {person.address || person.commune_name}
        </span>
      </div>
      <Recent rows={whole?.history ?? []} />
      {quota ? (
        <QuotaMeter quota={quota} planned_vnd={planned_vnd} />
      ) : (
        <span className="soft">{t("quota.unknown")}</span>
      )}
    </section>
  );
}

/** The last trips over all gates. Takes its room before they are known, so that nothing moves. */
function Recent({ rows }: { rows: DeclarationRow[] }) {
  const { t, language } = useWords();
  return (
    <div className={classes.recent}>
      <h2 className="soft">{t("quota.recent")}</h2>
      {rows.length === 0 ? (
        <span className="soft">{t("quota.noRecent")}</span>
      ) : (
        <ol data-testid="recent">
          {rows.slice(0, RECENT_MAX).map((row) => (
            <li key={row.id} data-status={row.status} title={`${row.number} · ${row.gate}`}>
              <span>{formatDay(dayOf(row.at), language)}</span>
              <span className="soft">
                {t(
                  row.status === "cancelled"
                    ? "status.cancelled"
                    : `directionShort.${row.direction}`,
                )}
              </span>
              <Money vnd={row.value_vnd} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
